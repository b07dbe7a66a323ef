#include <algorithm>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>

#include "plan/plan_json.h"

namespace segue::plan {
namespace {

using Json = nlohmann::ordered_json;

/// A value of the tree with its path. The first problem stays; what comes after it reads as empty.
class Field {
 public:
  Field(const Json* value, std::string path, std::optional<FieldProblem>* problem)
      : value_(value), path_(std::move(path)), problem_(problem) {}

  /// A member that must be there.
  Field operator[](const char* name) const {
    Field field = optional(name);
    if (value_ != nullptr && field.value_ == nullptr) field.fail("is missing");
    return field;
  }

  /// A member that may be absent, and is then left alone.
  Field optional(const char* name) const {
    const std::string path = path_ + "." + name;
    if (value_ == nullptr) return {nullptr, path, problem_};
    if (!value_->is_object()) {
      fail("must be an object, and is " + kind());
      return {nullptr, path, problem_};
    }
    const auto found = value_->find(name);
    return {found == value_->end() ? nullptr : &*found, path, problem_};
  }

  /// A list, or a text, that is written only where it holds something: one plan has one text, and so one id.
  Field unless_empty(const char* name) const {
    Field field = optional(name);
    const bool says_nothing = field.value_ != nullptr && (field.value_->empty() || *field.value_ == "");
    if (says_nothing) field.fail("must be left out where it is empty");
    return field;
  }

  void unless_false(const char* name, bool& out) const {
    const Field field = optional(name);
    field.read(out);
    if (field.value_ != nullptr && !out) field.fail("must be left out where it is false");
  }

  /// A member with any other name is a mistake that nobody would notice.
  const Field& only(std::initializer_list<const char*> names) const {
    if (value_ == nullptr || !value_->is_object()) return *this;
    for (const auto& [name, unused] : value_->items()) {
      const bool known = std::any_of(names.begin(), names.end(), [&n = name](const char* one) { return n == one; });
      if (!known) Field(nullptr, path_ + "." + name, problem_).fail("is not a field that segue knows");
    }
    return *this;
  }

  void read(std::string& out) const {
    if (value_ == nullptr) return;
    if (!value_->is_string()) return fail("must be a string, and is " + kind());
    out = value_->get<std::string>();
    // What is read here may be sent to a server as a C string: a NUL would end it before what the reviewer saw.
    if (out.find('\0') != std::string::npos) fail("holds a NUL character");
  }

  void read(bool& out) const {
    if (value_ == nullptr) return;
    if (!value_->is_boolean()) return fail("must be true or false, and is " + kind());
    out = value_->get<bool>();
  }

  template <class Integer>
  requires std::is_integral_v<Integer>
  void read(Integer& out) const {
    if (value_ == nullptr) return;
    if (!value_->is_number_integer()) return fail("must be a whole number, and is " + kind());
    const auto wide = value_->get<std::int64_t>();
    const bool too_large = value_->is_number_unsigned() && wide < 0;
    if (too_large || wide < std::numeric_limits<Integer>::min() || wide > std::numeric_limits<Integer>::max()) {
      return fail("is out of range");
    }
    out = static_cast<Integer>(wide);
  }

  template <class Value>
  void read(std::optional<Value>& out) const {
    if (value_ == nullptr || value_->is_null()) return;
    read(out.emplace());
  }

  template <class Value>
  void read(std::vector<Value>& out) const {
    elements([&](const Field& field) { field.read(out.emplace_back()); });
  }

  template <class Value>
  void read(std::map<std::string, Value>& out) const {
    if (value_ == nullptr) return;
    if (!value_->is_object()) return fail("must be an object, and is " + kind());
    for (const auto& [name, value] : value_->items())
      Field(&value, path_ + "[\"" + name + "\"]", problem_).read(out[name]);
  }

  void read(Verb& out) const;
  void read(Shape& out) const;
  void read(Preflight& out) const;
  void read(Inverse& out) const;
  void read(Source& out) const;
  void read(Lock& out) const;
  void read(Part& out) const;
  void read(Alone& out) const;
  void read(Retained& out) const;
  void read(Step& out) const;
  void read(Group& out) const;
  void read(SchemaFile& out) const;
  void read(Unmodelled& out) const;
  void read(Effects& out) const;
  void read(Measured& out) const;

  void fail(std::string what) const {
    if (!*problem_) *problem_ = FieldProblem{path_, std::move(what)};
  }

 private:
  std::string kind() const { return value_->is_null() ? "null" : "of type " + std::string(value_->type_name()); }

  template <class Visit>
  void elements(const Visit& visit) const {
    if (value_ == nullptr) return;
    if (!value_->is_array()) return fail("must be an array, and is " + kind());
    for (std::size_t i = 0; i < value_->size(); ++i) {
      visit(Field(&(*value_)[i], path_ + "[" + std::to_string(i) + "]", problem_));
    }
  }

  const Json* value_;
  std::string path_;
  std::optional<FieldProblem>* problem_;
};

void Field::read(Verb& out) const {
  std::string name;
  read(name);
  for (const Verb verb : {Verb::create, Verb::alter, Verb::drop, Verb::replace, Verb::rename}) {
    if (name == to_string(verb)) {
      out = verb;
      return;
    }
  }
  if (value_ != nullptr) fail("must be one of create, alter, drop, replace, rename");
}

void Field::read(Shape& out) const {
  only({"attributes", "definitions"});
  (*this)["attributes"].read(out.attributes);
  (*this)["definitions"].read(out.definitions);
}

void Field::read(Preflight& out) const {
  only({"what", "sql", "list", "hazard", "relation", "sample", "runs_code", "in_turn"});
  (*this)["what"].read(out.what);
  (*this)["sql"].read(out.sql);
  (*this)["list"].read(out.list);
  (*this)["hazard"].read(out.hazard);
  (*this)["relation"].read(out.relation);
  unless_empty("sample").read(out.sample);
  unless_false("runs_code", out.runs_code);
  unless_false("in_turn", out.in_turn);
}

void Field::read(Inverse& out) const {
  only({"sql", "search_path", "fidelity", "reason", "preflight"});
  (*this)["sql"].read(out.sql);
  (*this)["search_path"].read(out.search_path);
  (*this)["fidelity"].read(out.fidelity);
  (*this)["reason"].read(out.reason);
  (*this)["preflight"].read(out.preflight);
  const bool known = out.fidelity == "exact" || out.fidelity == "loses data" || out.fidelity == "none";
  if (!known) (*this)["fidelity"].fail("must be one of exact, loses data, none");
}

void Field::read(Source& out) const {
  only({"file", "line"});
  (*this)["file"].read(out.file);
  (*this)["line"].read(out.line);
}

void Field::read(Lock& out) const {
  only({"mode", "relations"});
  (*this)["mode"].read(out.mode);
  (*this)["relations"].read(out.relations);
}

void Field::read(Part& out) const {
  only({"object", "kind", "verb", "reason", "source"});
  (*this)["object"].read(out.object);
  (*this)["kind"].read(out.kind);
  (*this)["verb"].read(out.verb);
  (*this)["reason"].read(out.reason);
  (*this)["source"].read(out.source);
}

void Field::read(Alone& out) const {
  only({"is_done", "clean"});
  (*this)["is_done"].read(out.is_done);
  (*this)["clean"].read(out.clean);
}

void Field::read(Retained& out) const {
  only({"object", "relation"});
  (*this)["object"].read(out.object);
  (*this)["relation"].read(out.relation);
}

void Field::read(Step& out) const {
  only({"id",      "object",  "kind",    "relation",  "verb",     "reason",   "sql",    "search_path",
        "inverse", "effects", "parts",   "source",    "group",    "alone",    "lock",   "rewrites",
        "scans",   "hazards", "allowed", "preflight", "retained", "timeouts", "secrets"});
  (*this)["id"].read(out.id);
  (*this)["object"].read(out.object);
  (*this)["kind"].read(out.kind);
  (*this)["relation"].read(out.relation);
  (*this)["verb"].read(out.verb);
  (*this)["reason"].read(out.reason);
  (*this)["sql"].read(out.sql);
  (*this)["search_path"].read(out.search_path);
  unless_empty("secrets").read(out.secrets);
  (*this)["inverse"].read(out.inverse);
  (*this)["effects"].read(out.changes);
  unless_empty("parts").read(out.parts);
  (*this)["source"].read(out.source);
  (*this)["group"].read(out.group);
  if (const Field alone = optional("alone"); alone.value_ != nullptr) alone.read(out.alone.emplace());
  (*this)["lock"].read(out.lock);
  (*this)["rewrites"].read(out.rewrites);
  (*this)["scans"].read(out.scans);
  (*this)["hazards"].read(out.hazards);
  unless_empty("allowed").read(out.allowed);
  (*this)["preflight"].read(out.preflight);
  unless_empty("retained").read(out.retained);
  const Field timeouts = (*this)["timeouts"].only({"lock_ms"});
  timeouts["lock_ms"].read(out.lock_timeout_ms);
  if (out.lock_timeout_ms < 0) timeouts["lock_ms"].fail("must not be negative");
}

void Field::read(Group& out) const {
  only({"reason", "in_transaction"});
  (*this)["reason"].read(out.reason);
  (*this)["in_transaction"].read(out.in_transaction);
}

void Field::read(SchemaFile& out) const {
  only({"path", "sha256"});
  (*this)["path"].read(out.path);
  (*this)["sha256"].read(out.sha256);
}

void Field::read(Unmodelled& out) const {
  only({"object", "note"});
  (*this)["object"].read(out.object);
  (*this)["note"].read(out.note);
}

void Field::read(Effects& out) const {
  only({"removed", "added", "altered"});
  (*this)["removed"].read(out.removed);
  (*this)["added"].read(out.added);
  (*this)["altered"].read(out.altered);
}

void Field::read(Measured& out) const {
  only({"step", "mode", "locked", "rewritten", "scanned"});
  (*this)["step"].read(out.step);
  (*this)["mode"].read(out.mode);
  (*this)["locked"].read(out.locked);
  (*this)["rewritten"].read(out.rewritten);
  (*this)["scanned"].read(out.scanned);
}

}  // namespace

std::optional<FieldProblem> body_from_json(const Json& tree, Body& body) {
  std::optional<FieldProblem> problem;
  const Field plan(&tree, "plan", &problem);
  plan.only({"scope", "exclude", "on_drop", "owner", "server_major", "files", "steps", "groups", "effects",
             "hash_version", "reads", "watches", "left_alone", "remembers", "manages", "assumptions", "unmodelled",
             "warnings"});
  plan["scope"].read(body.scope);
  plan["exclude"].read(body.exclude);
  plan["on_drop"].read(body.on_drop);
  plan["owner"].read(body.owner);
  plan["server_major"].read(body.server_major);
  plan["files"].read(body.files);
  plan["steps"].read(body.steps);
  plan.unless_empty("groups").read(body.groups);
  plan["effects"].read(body.effects);
  plan["hash_version"].read(body.hash_version);
  plan["reads"].read(body.reads);
  plan.unless_empty("watches").read(body.watches);
  plan["left_alone"].read(body.left_alone);
  plan["remembers"].read(body.remembers);
  plan["manages"].read(body.manages);
  plan["assumptions"].read(body.assumptions);
  plan["unmodelled"].read(body.unmodelled);
  plan["warnings"].read(body.warnings);
  return problem;
}

std::optional<FieldProblem> observed_from_json(const Json& tree, Observed& observed) {
  std::optional<FieldProblem> problem;
  const Field field(&tree, "observed", &problem);
  field.optional("server_version").read(observed.server_version);
  field.optional("rows").read(observed.rows);
  field.optional("bytes").read(observed.bytes);
  field.optional("settled_by_tier").read(observed.settled_by_tier);
  field.optional("not_ours").read(observed.not_ours);
  field.optional("notes").read(observed.notes);
  field.optional("measured").read(observed.measured);
  return problem;
}

}  // namespace segue::plan
