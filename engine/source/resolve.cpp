// Names: how the interpreter finds what a name means, and how it chooses the names that nobody wrote.
#include <algorithm>
#include <array>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/object_name.h"
#include "kinds/operator_members.h"
#include "kinds/routine_common.h"
#include "source/definition_text.h"
#include "source/interpreter.h"
#include "source/names.h"

namespace segue::source {

using model::Object;

namespace {

bool is_type(const model::Kind& kind) { return kind.name_space == model::NameSpace::type; }

std::string shown(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  quoted.reserve(names.size());
  for (const std::string& name : names) quoted.push_back(quote_identifier(name));
  return join(quoted, ".");
}

}  // namespace

std::vector<std::string> Interpreter::path() const { return schemas_of_path(path_text()); }

std::string Interpreter::path_text() const { return setting("search_path"); }

kinds::Name Interpreter::creation_name(const sql::Node& range_var) { return creation_name(qualified_names(range_var)); }

kinds::Name Interpreter::creation_name(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  const std::string name = truncate_identifier(names.back());
  if (names.size() > 1) {
    const std::string& in_schema = names[names.size() - 2];
    if (!schema().contains(model::key_of(kinds::schema, {in_schema}))) {
      error("schema " + quote_identifier(in_schema) + " does not exist",
            "add CREATE SCHEMA " + quote_identifier(in_schema) + " before this statement");
    }
    return {in_schema, name};
  }
  for (const std::string& in_schema : path()) {
    if (schema().contains(model::key_of(kinds::schema, {in_schema}))) return {in_schema, name};
  }
  error("no schema of the search path exists to create " + quote_identifier(name) + " in",
        "qualify the name, or set search_path in the file");
  return {"public", name};
}

// -- finding ----------------------------------------------------------------------------------------------------------

void Interpreter::note_relation(const Object& object) {
  if (object.kind->name_space == model::NameSpace::relation)
    relations_[quote_qualified(object.names[0], object.names[1])] = object.key;
  if (object.kind->names_taken == nullptr) return;
  for (const std::string& taken : object.kind->names_taken(object)) {
    if (taken.rfind("relation ", 0) == 0) relations_[taken.substr(9)] = object.key;
    if (taken.rfind("type ", 0) == 0) relations_[taken] = object.key;  // a multirange comes with its range
  }
}

void Interpreter::note_constraint(const Object& object) {
  if (object.kind == &kinds::constraint || object.kind == &kinds::domain_constraint)
    constraints_[quote_qualified(object.names[0], object.name())].push_back(object.key);
}

/// Whether a constraint of that name is there still: one that was dropped or renamed leaves its name to others.
bool Interpreter::has_constraint(const std::string& in_schema, const std::string& name) {
  const auto found = constraints_.find(quote_qualified(in_schema, name));
  return found != constraints_.end() && std::any_of(found->second.begin(), found->second.end(),
                                                    [this](const auto& key) { return schema().contains(key); });
}

namespace {

/// An identity that was dropped or renamed leaves its sequence's name to others.
bool is_or_has_relation(const Object& object, const std::string& name) {
  return object.kind != &kinds::column || object.text(model::attribute(kinds::column, "identity_sequence")) == name;
}

}  // namespace

Object* Interpreter::relation_named(const std::string& in_schema, const std::string& name) {
  const std::string qualified = quote_qualified(in_schema, name);
  const auto named = relations_.find(qualified);
  Object* found =
      named == relations_.end() ? nullptr : schema().find(named->second);  // null where it was dropped since
  return found == nullptr || is_or_has_relation(*found, qualified) ? found : nullptr;
}

Object* Interpreter::find_relation(const sql::Node& range_var, bool quiet) {
  return find_relation(any_name(range_var), quiet);
}

Object* Interpreter::find_relation(const std::vector<std::string>& names, bool quiet) {
  if (names.empty()) return nullptr;
  if (names.size() > 1) {
    if (Object* found = relation_named(names[names.size() - 2], names.back())) return found;
  } else {
    for (const std::string& in_schema : path()) {
      if (Object* found = relation_named(in_schema, names[0])) return found;
    }
  }
  if (!quiet)
    error("relation " + shown(names) + " does not exist", "create it before this statement, or correct the name");
  return nullptr;
}

Object* Interpreter::find_routine(const sql::Node& node, bool quiet) {
  const std::vector<std::string> names = sql::strings(node.list("objname"));
  if (names.empty()) return nullptr;
  std::vector<std::string> ignored;
  std::vector<std::string> types;
  for (const sql::Node argument : node.list("objargs"))
    types.push_back(kinds::routine::without_modifier(type(argument, ignored)));
  const std::string signature = join(types, ", ");
  const std::vector<std::string> schemas =
      names.size() > 1 ? std::vector<std::string>{names[names.size() - 2]} : path();
  for (const std::string& in_schema : schemas) {
    for (const model::Kind* kind : kinds::all()) {
      if (kind->name_space != model::NameSpace::routine) continue;
      if (Object* found = schema().find(model::key_of(*kind, {in_schema, names.back(), signature}))) return found;
    }
  }
  // a name alone is enough where there is one of that name
  if (node.flag("args_unspecified")) {
    for (Object& object : schema().objects()) {
      if (object.kind->name_space == model::NameSpace::routine && object.names[1] == names.back() &&
          std::find(schemas.begin(), schemas.end(), object.names[0]) != schemas.end()) {
        return &object;
      }
    }
  }
  if (!quiet)
    error(node, "function " + shown(names) + "(" + signature + ") does not exist",
          "create it before this statement, or correct its argument types");
  return nullptr;
}

Object* Interpreter::type_named(const std::vector<std::string>& names, std::vector<std::string>* depends,
                                std::string* resolved) {
  const std::vector<std::string> schemas =
      names.size() > 1 ? std::vector<std::string>{names[names.size() - 2]} : path();
  for (const std::string& in_schema : schemas) {
    Object* found = nullptr;
    for (const model::Kind* kind : kinds::all()) {
      if (is_type(*kind)) found = schema().find(model::key_of(*kind, {in_schema, names.back()}));
      if (found != nullptr) break;
    }
    if (found == nullptr) found = relation_named(in_schema, names.back());  // a relation's row type
    const auto taken = relations_.find("type " + quote_qualified(in_schema, names.back()));
    if (found == nullptr && taken != relations_.end()) found = schema().find(taken->second);
    if (found == nullptr) continue;
    if (depends != nullptr) depends->push_back(found->key);
    if (resolved != nullptr) *resolved = quote_qualified(in_schema, names.back());
    return found;
  }
  return nullptr;
}

/// Who has a name that no statement of the file creates: an extension, mostly. Where the live catalog does not say, the
/// schema of the file's extensions is the best answer.
std::string Interpreter::schema_in_environment(std::string_view object_class, const std::string& name) const {
  const std::vector<std::string> schemas = schemas_of_member(std::string(object_class) + " " + name);
  for (const std::string& in_schema : path()) {
    if (std::find(schemas.begin(), schemas.end(), in_schema) != schemas.end()) return in_schema;
  }
  return schemas.size() == 1 ? schemas.front() : "";
}

/// The schemas of the environment; of an extension that the file puts into another one, that.
std::vector<std::string> Interpreter::schemas_of_member(const std::string& member) const {
  static const std::size_t stated = model::attribute(kinds::extension, "schema");
  const auto& known = options_.environment.schemas_of;
  const auto look = [&](const std::string& name) {
    const auto found = known.find(name);
    return found == known.end() ? std::vector<std::string>{} : found->second;
  };
  std::vector<std::string> schemas = look(member);
  for (const std::string& extension : look("extension of " + member)) {
    const Object* wanted = result_.schema.find(model::key_of(kinds::extension, {extension}));
    const std::vector<std::string> standing = look("extension " + extension);
    if (wanted != nullptr && wanted->has(stated) && !standing.empty())
      std::replace(schemas.begin(), schemas.end(), standing.front(), wanted->text(stated));
  }
  return schemas;
}

/// It comes with an extension, which must be there first: the one that is known to bring it, or else any of the file's.
void Interpreter::depend_on_bringers(const std::string& member, std::vector<std::string>& depends) const {
  const auto known = options_.environment.schemas_of.find("extension of " + member);
  for (const Object& object : result_.schema.objects()) {
    if (object.kind != &kinds::extension || object.name() == "plpgsql") continue;
    const bool may_bring = known == options_.environment.schemas_of.end() ||
                           std::find(known->second.begin(), known->second.end(), object.name()) != known->second.end();
    if (may_bring) depends.push_back(object.key);
  }
}

/// Where the extensions of the file put what they bring, if it is one place: the best answer for a name that nobody has
/// before they are there. "" where the file has none.
std::string Interpreter::extension_schema() const {
  for (const Object& object : result_.schema.objects()) {
    if (object.kind != &kinds::extension || object.name() == "plpgsql") continue;
    const std::string& stated = object.text(model::attribute(kinds::extension, "schema"));
    if (!stated.empty()) return stated;
    for (const std::string& in_schema :
         schemas_of_path(object.text(model::attribute(kinds::extension, "created_under")))) {
      if (result_.schema.contains(model::key_of(kinds::schema, {in_schema}))) return in_schema;
    }
    return "";
  }
  return "";
}

std::string Interpreter::type(const sql::Node& type_name, std::vector<std::string>& depends) {
  if (type_name.flag("pct_type")) {
    std::vector<std::string> names = sql::strings(type_name.list("names"));
    const std::string of = names.back();
    names.pop_back();
    const Object* relation = find_relation(names, false);
    if (relation == nullptr) return "";
    const Object* found = schema().find(model::key_of(kinds::column, {relation->names[0], relation->names[1], of}));
    if (found == nullptr) return "";
    depends.insert(depends.end(), found->depends.begin(), found->depends.end());  // the type is read now, once for all
    return found->text(model::attribute(*found->kind, "type"));
  }
  return format_type(type_name, [&](const std::vector<std::string>& names) -> std::string {
    std::string text;
    std::vector<std::string> plain = names;
    if (type_named(plain, &depends, &text) != nullptr) return text;
    // by the name of its array type: _mood is mood[]
    if (plain.back().size() > 1 && plain.back()[0] == '_') {
      plain.back() = plain.back().substr(1);
      if (type_named(plain, &depends, &text) != nullptr) return text + "[]";
    }
    note_unmade("type", names, type_name);
    depend_on_bringers("type " + names.back(), depends);
    if (names.size() > 1) return shown(names);
    const std::string in_schema = schema_in_environment("type", names.back());
    if (in_schema == "pg_catalog") return quote_identifier(names.back());
    return quote_qualified(in_schema.empty() ? extension_schema() : in_schema, names.back());
  });
}

/// DROP … IF EXISTS and its like may name what is not there.
void Interpreter::note_unmade(std::string_view object_class, const std::vector<std::string>& names,
                              const sql::Node& node) {
  constexpr std::string_view that_make[] = {"AlterTableStmt", "AlterDomainStmt", "CompositeTypeStmt",
                                            "DefineStmt",     "ViewStmt",        "IndexStmt"};
  const std::string_view type = statement_ == nullptr ? std::string_view() : statement_->node.type();
  if (!type.starts_with("Create") && std::find(std::begin(that_make), std::end(that_make), type) == std::end(that_make))
    return;
  result_.unmade.push_back(
      {std::string(object_class), names, script_->locate(std::max(node.first_location(), statement_->begin))});
}

/// An operator class by its name, under the search path.
const Object* Interpreter::class_named(const std::vector<std::string>& names) {
  for (const std::string& in_schema : names.size() > 1 ? std::vector<std::string>{names[names.size() - 2]} : path()) {
    if (const Object* found = kinds::operator_members::class_named(schema(), in_schema, names.back())) return found;
  }
  return nullptr;
}

std::string Interpreter::collation(const sql::List& list, std::vector<std::string>& depends) {
  return qualified("collation", list, depends);
}

/// The object of a class that the names speak of, among those that the file has made so far.
const Object* Interpreter::made_of_class(std::string_view object_class, const std::vector<std::string>& names) {
  if (object_class == "opclass") return class_named(names);
  const bool is_qualified = names.size() > 1;
  if (!is_qualified && object_class == "collation" && is_builtin_collation(names[0])) return nullptr;
  for (const std::string& in_schema : is_qualified ? std::vector<std::string>{names[names.size() - 2]} : path()) {
    for (const model::Kind* kind : kinds::all()) {
      if (kind->name != object_class) continue;
      if (const Object* found = schema().find(model::key_of(*kind, {in_schema, names.back()}))) return found;
    }
  }
  return nullptr;
}

std::string Interpreter::qualified(std::string_view object_class, const sql::List& list,
                                   std::vector<std::string>& depends) {
  const std::vector<std::string> names = sql::strings(list);
  if (names.empty()) return "";
  if (const Object* found = made_of_class(object_class, names)) {
    depends.push_back(found->key);
    return quote_qualified(found->names[0], found->names[1]);
  }
  if (object_class == "function" || object_class == "collation") note_unmade(object_class, names, {});
  if (names.size() > 1) {
    return object_class != "collation" && names[names.size() - 2] == "pg_catalog" ? quote_identifier(names.back())
                                                                                  : shown(names);
  }
  if (object_class == "collation" && is_builtin_collation(names[0])) return "pg_catalog." + quote_identifier(names[0]);
  const std::string in_schema = schema_in_environment(object_class, names[0]);
  if (in_schema == "pg_catalog" && object_class != "collation") return quote_identifier(names[0]);
  if (!in_schema.empty()) return quote_qualified(in_schema, names[0]);
  if (object_class == "opclass") depend_on_bringers("opclass " + names[0], depends);
  // an extension that is not there yet brings it
  if (object_class == "opclass" && !extension_schema().empty()) return quote_qualified(extension_schema(), names[0]);
  return quote_identifier(names[0]);
}

/// The SQL name of a class of objects by the grammar's.
std::string Interpreter::class_of(std::string_view type) {
  static constexpr std::pair<std::string_view, std::string_view> others[] = {
      {"STATISTIC_EXT", "STATISTICS"},
      {"OPCLASS", "OPERATOR CLASS"},
      {"OPFAMILY", "OPERATOR FAMILY"},
      {"TSCONFIGURATION", "TEXT SEARCH CONFIGURATION"},
      {"TSDICTIONARY", "TEXT SEARCH DICTIONARY"},
      {"TSPARSER", "TEXT SEARCH PARSER"},
      {"TSTEMPLATE", "TEXT SEARCH TEMPLATE"},
      {"FDW", "FOREIGN DATA WRAPPER"},
      {"FOREIGN_SERVER", "SERVER"}};
  for (const auto& [name, sql_class] : others) {
    if (name == type) return std::string(sql_class);
  }
  std::string words(type);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// What names an object of some classes behind its name: an operator's types, an operator class's access method; all
/// there is of a cast or a transform. Takes out of `names` what is none.
std::string Interpreter::last_name(std::string_view type, const sql::Node& node, std::vector<std::string>& names) {
  std::vector<std::string> ignored;
  const auto type_text = [&](const sql::Node& one) {
    return one.is("TypeName") ? kinds::routine::without_modifier(this->type(one, ignored)) : std::string("NONE");
  };
  const sql::List parts = node.items();
  if (type == "OPERATOR") {
    const sql::List types = node.list("objargs");
    return types.size() == 2 ? type_text(types[0]) + ", " + type_text(types[1]) : "NONE, " + type_text(types[0]);
  }
  if (type == "CAST" || type == "TRANSFORM") {
    names.clear();
    if (type == "CAST") return type_text(parts[0]) + " AS " + type_text(parts[1]);
    return type_text(parts[0]) + " LANGUAGE " + quote_identifier(parts[1].text());
  }
  if ((type == "OPCLASS" || type == "OPFAMILY") && names.size() > 1) {
    std::string access_method = names.front();
    names.erase(names.begin());
    return access_method;
  }
  return "";
}

/// How the grammar writes what a statement speaks of (gram.y: CommentStmt, DropStmt, AlterOwnerStmt …).
Object* Interpreter::find_object(std::string_view object_type, const sql::Node& node, bool quiet) {
  const std::string_view type = object_type.substr(std::min<std::size_t>(object_type.size(), 7));  // behind OBJECT_
  std::vector<std::string> names = any_name(node);
  if (names.empty() && type != "CAST" && type != "TRANSFORM") return nullptr;
  static constexpr std::array routines = {"FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE"};
  if (std::find(routines.begin(), routines.end(), type) != routines.end()) return find_routine(node, quiet);
  static constexpr std::array relations = {"TABLE", "VIEW", "MATVIEW", "SEQUENCE", "INDEX", "FOREIGN_TABLE"};
  if (std::find(relations.begin(), relations.end(), type) != relations.end()) return find_relation(names, quiet);
  Object* found = nullptr;
  if (type == "TYPE" || type == "DOMAIN") {
    found = type_named(names, nullptr, nullptr);
  } else if (type == "COLUMN" || type == "ATTRIBUTE" || type == "TABCONSTRAINT" || type == "TRIGGER" ||
             type == "POLICY" || type == "RULE") {
    const std::string name = names.back();
    names.pop_back();
    const Object* relation = find_relation(names, quiet);
    if (relation == nullptr) return nullptr;
    const std::string_view wanted = type == "TABCONSTRAINT" ? "CONSTRAINT" : type == "ATTRIBUTE" ? "COLUMN" : type;
    for (Object* child : schema().children(relation->key)) {
      if (child->kind->sql_class == wanted && child->name() == name) found = child;
    }
    if (found == nullptr && relation->kind->sql_class != "TABLE" && type == "COLUMN") {
      if (!quiet)
        unmodelled("column " + shown(names) + "." + quote_identifier(name),
                   "columns of a " + std::string(relation->kind->name) + " are not objects of their own");
      return nullptr;
    }
  } else if (type == "DOMCONSTRAINT") {
    const sql::List pair = node.items();
    if (pair.size() != 2) return nullptr;
    const Object* domain = type_named(sql::strings(pair[0].list("names")), nullptr, nullptr);
    if (domain == nullptr) return nullptr;
    found = schema().find(
        model::key_of(kinds::domain_constraint, {domain->names[0], domain->names[1], std::string(pair[1].text())}));
  } else {
    // a kind by its SQL name: SCHEMA, EXTENSION, COLLATION …
    const std::string wanted = class_of(type);
    const std::string last = last_name(type, node, names);
    for (const model::Kind* kind : kinds::all()) {
      if (kind->sql_class != wanted || found != nullptr) continue;
      const auto with_last = [&](std::vector<std::string> list) {
        if (!last.empty()) list.push_back(last);
        return schema().find(model::key_of(*kind, list));
      };
      found = names.empty() ? with_last({}) : with_last({names.back()});
      const std::vector<std::string> schemas =
          names.size() > 1 ? std::vector<std::string>{names[names.size() - 2]} : path();
      for (const std::string& in_schema : schemas) {
        if (found == nullptr && !names.empty()) found = with_last({in_schema, names.back()});
      }
    }
    const bool modelled = std::any_of(kinds::all().begin(), kinds::all().end(),
                                      [&](const auto* kind) { return kind->sql_class == wanted; });
    if (!modelled) {
      unmodelled(std::string(type) + " " + shown(names), "segue does not model this kind of object");
      return nullptr;
    }
  }
  if (found == nullptr && !quiet)
    error(node, std::string(type) + " " + shown(names) + " does not exist",
          "create it before this statement, or correct the name");
  return found;
}

// -- implicit names ---------------------------------------------------------------------------------------------------

std::string Interpreter::choose_relation_name(std::string_view name1, std::string_view name2, std::string_view label,
                                              const std::string& in_schema, bool constraint) {
  std::string with_number(label);
  for (int pass = 1;; ++pass) {
    std::string name = kinds::make_object_name(name1, name2, with_number);
    const bool free = relation_named(in_schema, name) == nullptr && !(constraint && has_constraint(in_schema, name));
    if (free) return name;
    with_number = std::string(label) + std::to_string(pass);
  }
}

std::string Interpreter::choose_constraint_name(std::string_view name1, std::string_view name2, std::string_view label,
                                                const std::string& in_schema) {
  std::string with_number(label);
  for (int pass = 1;; ++pass) {
    std::string name = kinds::make_object_name(name1, name2, with_number);
    if (!has_constraint(in_schema, name)) return name;
    with_number = std::string(label) + std::to_string(pass);
  }
}

}  // namespace segue::source
