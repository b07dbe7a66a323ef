#include "plan/plan_file.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/hash.h"
#include "plan/plan_json.h"

namespace segue::plan {
namespace {

using Json = nlohmann::ordered_json;

/// The first release of segue that reads this format: told to those who meet the file with an older one.
constexpr const char* first_reader = "0.1";
/// Deeper than any plan; a hostile file must not exhaust the stack.
constexpr std::size_t deepest = 32;

Diagnostic broken(const std::string& name, const std::string& what, std::string hint) {
  return Diagnostic::error(ErrorCode::plan_file, name + ": " + what, std::move(hint));
}

// Sorted keys and no white space, so that a formatter or a merge that only moves things does not break the seal.
// Text that is not UTF-8 cannot stand in JSON; it is replaced rather than thrown about.
std::string canonical(const Json& tree) {
  return nlohmann::json(tree).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string pretty(const Json& tree) { return tree.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string id_of(const Json& body) { return sha256(canonical(body)); }

std::string seal_of(Json tree) {
  tree.erase("seal");
  return sha256(canonical(tree));
}

/// "line 12, 340 bytes in"
std::string place(std::string_view text, std::size_t bytes) {
  bytes = std::min(bytes, text.size());
  std::size_t line = 1;
  for (const char c : text.substr(0, bytes)) line += c == '\n' ? 1U : 0U;
  return "line " + std::to_string(line) + ", " + std::to_string(bytes) + " bytes in";
}

/// What the parser itself lets pass: a name given twice (of which a reviewer reads one and the program another), and
/// nesting without end.
class Guard {
 public:
  bool operator()(int depth, Json::parse_event_t event, Json& value) {
    if (static_cast<std::size_t>(depth) > deepest) throw Refused{"its values are nested too deeply"};
    if (event == Json::parse_event_t::object_start) names_.emplace_back();
    if (event == Json::parse_event_t::object_end && !names_.empty()) names_.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto& name = value.get_ref<const std::string&>();
      if (!names_.empty() && !names_.back().insert(name).second) {
        throw Refused{"the field \"" + name + "\" stands twice in one object"};
      }
    }
    return true;
  }
  struct Refused {
    std::string what;
  };

 private:
  std::vector<std::set<std::string>> names_;
};

Result<Json> parse(std::string_view text, const std::string& name) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return broken(name, "the file is empty", "Write it again with segue plan --out.");
  }
  try {
    Guard guard;
    return Json::parse(
        text, [&guard](int depth, Json::parse_event_t event, Json& value) { return guard(depth, event, value); });
  } catch (const Guard::Refused& refused) {
    return broken(name, refused.what, "Write the plan again with segue plan --out.");
  } catch (const Json::parse_error& error) {
    if (error.byte > text.size()) {
      return broken(name, "the file is cut short: it ends at " + place(text, text.size()) + ", inside the plan",
                    "Copy it again from where it was made, or write it again with segue plan --out.");
    }
    return broken(name, "this is not JSON: something is wrong at " + place(text, error.byte),
                  "Undo the change there, or write the plan again with segue plan --out.");
  } catch (const std::exception& error) {
    return broken(name, std::string("the file could not be read as JSON: ") + error.what(),
                  "Write the plan again with segue plan --out.");
  }
}

Status check_version(const Json& tree, const std::string& name) {
  const auto version = tree.is_object() ? tree.find("format_version") : tree.end();
  if (!tree.is_object() || version == tree.end() || !version->is_number_integer()) {
    return broken(name, "this is not a plan of segue: it has no format_version",
                  "Give a file that was written by segue plan --out.");
  }
  const auto number = version->get<std::int64_t>();
  if (number > format_version) {
    const auto needs = tree.find("needs_segue");
    const std::string wanted =
        needs != tree.end() && needs->is_string() ? "segue " + needs->get<std::string>() : "a newer segue";
    return broken(name,
                  "the plan has format " + std::to_string(number) + ", and this segue reads up to format " +
                      std::to_string(format_version),
                  "Use " + wanted + " or later for this plan, or plan again with this one.");
  }
  if (number < 1) {
    return broken(name, "the plan has format " + std::to_string(number) + ", which never existed",
                  "Write the plan again with segue plan --out.");
  }
  return done();
}

Diagnostic wrong_field(const std::string& name, const FieldProblem& problem) {
  return broken(name, problem.path + " " + problem.what,
                "Undo the change there, or write the plan again with segue plan --out.");
}

/// Everything but the seal.
Result<Plan> decode(const Json& tree, const std::string& name) {
  Plan plan;
  for (const char* part : {"plan", "observed"}) {
    if (!tree.contains(part)) return wrong_field(name, {part, "is missing"});
    if (!tree[part].is_object()) return wrong_field(name, {part, "must be an object"});
  }
  if (const auto problem = body_from_json(tree["plan"], plan.body)) return wrong_field(name, *problem);
  if (const auto problem = observed_from_json(tree["observed"], plan.observed)) return wrong_field(name, *problem);
  const auto edited = tree.find("hand_edited");
  if (edited != tree.end() && !edited->is_boolean()) {
    return wrong_field(name, {"hand_edited", "must be true or false"});
  }
  plan.hand_edited = edited != tree.end() && edited->get<bool>();
  plan.id = id_of(tree["plan"]);
  return plan;
}

std::string text_of(const Json& tree, const char* name) {
  const auto found = tree.find(name);
  return found != tree.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool sealed(const Json& tree) {
  return text_of(tree, "seal") == seal_of(tree) && tree.contains("plan") && text_of(tree, "id") == id_of(tree["plan"]);
}

Result<Plan> read(std::string_view text, const std::string& name) {
  Result<Json> tree = parse(text, name);
  if (!tree) return tree.failure();
  if (const Status version = check_version(*tree, name); !version) return version.failure();
  if (!sealed(*tree)) {
    return broken(name, "the plan was changed after segue had written it: its seal does not fit its content",
                  "If the change is meant, look it over and run `segue seal " + name +
                      "`; otherwise write the plan again with segue plan --out.");
  }
  return decode(*tree, name);
}

Result<std::string> reseal(std::string_view text, const std::string& name) {
  Result<Json> tree = parse(text, name);
  if (!tree) return tree.failure();
  if (const Status version = check_version(*tree, name); !version) return version.failure();
  const Result<Plan> plan = decode(*tree, name);
  if (!plan) return plan.failure();
  if (sealed(*tree)) return std::string(text);
  tree->erase("seal");  // stays the last field, after what it covers
  (*tree)["id"] = plan->id;
  (*tree)["hand_edited"] = true;
  (*tree)["seal"] = seal_of(*tree);
  return pretty(*tree);
}

}  // namespace

void identify(Plan& plan) { plan.id = id_of(body_to_json(plan.body)); }

std::string to_json(const Plan& plan) {
  Json tree;
  tree["format_version"] = format_version;
  tree["needs_segue"] = first_reader;
  tree["id"] = plan.id;
  tree["plan"] = body_to_json(plan.body);
  tree["observed"] = observed_to_json(plan.observed);
  tree["hand_edited"] = plan.hand_edited;
  tree["seal"] = seal_of(tree);
  return pretty(tree);
}

Result<Plan> from_json(std::string_view text, const std::string& name) {
  try {
    return read(text, name);
  } catch (const std::exception& error) {
    return broken(name, std::string("the plan could not be read: ") + error.what(),
                  "Write the plan again with segue plan --out.");
  }
}

Result<std::string> seal(std::string_view text, const std::string& name) {
  try {
    return reseal(text, name);
  } catch (const std::exception& error) {
    return broken(name, std::string("the plan could not be sealed: ") + error.what(),
                  "Write the plan again with segue plan --out.");
  }
}

}  // namespace segue::plan
