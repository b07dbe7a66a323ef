#include "source/uses.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "source/definition_edits.h"
#include "source/definition_text.h"
#include "source/relations.h"
#include "sql/canonical.h"
#include "sql/script.h"

namespace segue::source {
namespace {

using model::Object;

/// The relation whose columns stand bare in an object's definitions.
sql::Home home_of(const Object& object, const model::Schema& schema) {
  sql::Home home;
  const Object* parent = object.parent.empty() ? nullptr : schema.find(object.parent);
  const bool is_of_publication = object.kind == &kinds::publication_table;
  const model::List& names = object.names.size() == 3 || parent == nullptr ? object.names : parent->names;
  if (names.size() < 2) return home;
  home.schema = names[names.size() == 3 && is_of_publication ? 1 : 0];
  home.relation = names[names.size() == 3 && is_of_publication ? 2 : 1];
  return home;
}

/// What names mean where the columns of tables are known, and no type is.
sql::Names names_under(const std::string& search_path, const model::Schema& schema) {
  sql::Names names;
  names.schema_of = [&schema, path = schemas_of_path(search_path)](
                        std::string_view object_class, std::string_view name) -> std::optional<std::string> {
    if (object_class != "relation") return std::nullopt;
    const auto has = [&](const std::string& in_schema) {
      return relation_named(schema, in_schema, std::string(name)) != nullptr;
    };
    const auto found = std::find_if(path.begin(), path.end(), has);
    return found == path.end() ? std::nullopt : std::optional(*found);
  };
  names.columns_of = [&schema](std::string_view in_schema, std::string_view relation) {
    std::vector<std::string> columns;
    const Object* table = relation_named(schema, std::string(in_schema), std::string(relation));
    for (const Object* child : table == nullptr ? std::vector<const Object*>{} : schema.children(table->key)) {
      if (child->kind == &kinds::column) columns.push_back(child->name());
    }
    return columns;
  };
  return names;
}

constexpr std::string_view aggregates[] = {
    "count",           "sum",     "avg",      "min",        "max",   "array_agg",       "json_agg", "jsonb_agg",
    "json_object_agg", "bool_or", "bool_and", "string_agg", "every", "jsonb_object_agg"};

/// The columns that stand in a select list or behind HAVING, ungrouped; within a call apart from the others: it may be
/// to an aggregate.
struct Ungrouped {
  std::set<std::string> names;
  std::set<std::string> in_calls;

  void collect(const sql::Node& node, bool in_call) {
    if (!node || node.is("SelectStmt")) return;
    const bool is_call = node.is("FuncCall");
    const std::string_view called = is_call ? node.list("funcname").back().text() : std::string_view();
    if (std::find(std::begin(aggregates), std::end(aggregates), called) != std::end(aggregates)) return;
    if (node.is("ColumnRef")) {
      const sql::Node last = node.list("fields").back();
      (in_call ? in_calls : names).insert(last.is("A_Star") ? "*" : std::string(last.text()));
      return;
    }
    for (const sql::Node item : node.items()) collect(item, in_call || is_call);
    if (node.is_list() || node.is("List")) return;
    for (std::size_t i = 0; i < node.field_count(); ++i) collect(node.field(i), in_call || is_call);
  }
};

std::set<std::string> grouped_by(const sql::Node& select) {
  std::set<std::string> names;
  const sql::List targets = select.list("targetList");
  for (sql::Node item : select.list("groupClause")) {
    const bool is_position =
        item.is("A_Const") && item.number() >= 1 && static_cast<std::size_t>(item.number()) <= targets.size();
    if (is_position) item = targets[static_cast<std::size_t>(item.number()) - 1]["val"];
    if (item.is("ColumnRef")) names.emplace(item.list("fields").back().text());
  }
  return names;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_of_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

bool stands_in(const std::string& text, const std::string& word) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  for (auto at = text.begin(); at != text.end(); ++at) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) return false;
    const auto end = at + static_cast<std::ptrdiff_t>(word.size());
    const bool begins = at == text.begin() || !is_of_word(*(at - 1)) || word.empty();
    if (begins && (end == text.end() || !is_of_word(*end) || word.empty())) return true;
  }
  return false;
}

}  // namespace

bool UsesFinder::has_word(const Object& object, const std::string& word) {
  const std::vector<std::size_t> all = ReadsFinder::definitions_of(object);
  return std::any_of(all.begin(), all.end(), [&](std::size_t i) { return stands_in(object.definition(i).text, word); });
}

const Uses& UsesFinder::of(const Object& object) {
  const auto [known, is_new] = known_.try_emplace(&object);
  if (!is_new) return known->second;
  for (const std::size_t i : ReadsFinder::definitions_of(object)) {
    add_named(object, i, known->second);
    add_columns(object, i, known->second);
    add_keys_of_groups(object, i, known->second);
  }
  return known->second;
}

/// Objects by their names: all but columns, and the keys of tables that are no more than mentioned. A call that may be
/// to any of several routines is to one of them. Operators are not followed: which one is meant depends on types.
void UsesFinder::add_named(const Object& object, std::size_t attribute, Uses& uses) {
  std::map<std::vector<std::string>, std::vector<std::string>> routines;
  if (!reads_) reads_.emplace(schema_, environment_);
  Reads reads = reads_->of(object, attribute);
  for (const sql::Mention& mention : reads.unmade) add_bringers(mention, uses);
  for (std::string& key : reads.keys) {
    const Object& used = *schema_.find(key);
    if (used.kind == &kinds::column || used.kind == &kinds::constraint || used.kind == &kinds::operator_) continue;
    if (used.kind->name_space == model::NameSpace::routine) {
      routines[{used.names[0], used.names[1]}].push_back(std::move(key));
    } else {
      uses.certain.insert(std::move(key));
    }
  }
  for (const auto& [name, keys] : routines)
    (keys.size() == 1 ? uses.certain : uses.possible).insert(keys.begin(), keys.end());
}

/// Members of extensions, where the server has them already.
void UsesFinder::add_bringers(const sql::Mention& mention, Uses& uses) const {
  const bool is_type = mention.object_class == sql::Mention::Class::type;
  if (!is_type && mention.object_class != sql::Mention::Class::function) return;
  const auto found =
      environment_.schemas_of.find((is_type ? "extension of type " : "extension of function ") + mention.names.back());
  if (found == environment_.schemas_of.end()) return;
  for (const std::string& extension : found->second) {
    std::string key = model::key_of(kinds::extension, {extension});
    if (schema_.contains(key)) uses.certain.insert(std::move(key));
  }
}

void UsesFinder::add_columns(const Object& object, std::size_t attribute, Uses& uses) const {
  const model::Grammar grammar = object.kind->attributes[attribute].grammar;
  if (grammar == model::Grammar::body || grammar == model::Grammar::none) return;
  const model::Definition& definition = object.definition(attribute);
  std::set<std::string> unowned;
  sql::Names names = names_under(definition.search_path, schema_);
  names.on_column = [&](const std::string& in_schema, const std::string& relation, const std::string& column) {
    if (relation.empty()) unowned.insert(column);
    std::string key = model::key_of(kinds::column, {in_schema, relation, column});
    if (schema_.contains(key)) uses.certain.insert(std::move(key));
  };
  // only what it tells of columns counts
  (void)sql::canonical(parsable(definition.text, grammar), canonical_grammar(grammar), names, home_of(object, schema_));
  const std::set<std::string> read = uses.certain;
  for (const std::string& key : read) {
    const Object& used = *schema_.find(key);
    for (const std::string& name : kinds::is_table(used) ? unowned : std::set<std::string>{}) {
      std::string possible = model::key_of(kinds::column, {used.names[0], used.names[1], name});
      if (schema_.contains(possible)) uses.possible.insert(std::move(possible));
    }
  }
}

/// parse_agg.c check_functional_grouping: grouped by the columns of a primary key, a query may use the table's others,
/// and rests on the key where it does.
void UsesFinder::add_keys_of_groups(const Object& object, std::size_t attribute, Uses& uses) const {
  const std::string& text = object.definition(attribute).text;
  const model::Grammar grammar = object.kind->attributes[attribute].grammar;
  if (grammar != model::Grammar::query || !has_word(object, "group")) return;
  const auto parsed = sql::parse_query(text);
  if (!parsed) return;
  each_node(parsed->node(), [&](const sql::Node& node) {
    if (node.is("SelectStmt") && !node.list("groupClause").empty()) add_keys_of_groups(node, uses);
  });
}

void UsesFinder::add_keys_of_groups(const sql::Node& select, Uses& uses) const {
  const std::set<std::string> groups = grouped_by(select);
  Ungrouped ungrouped;
  for (const std::string_view clause : {"targetList", "havingClause", "sortClause"})
    ungrouped.collect(select[clause], false);
  const std::set<std::string> read = uses.certain;
  for (const std::string& key : read) {
    const Object& table = *schema_.find(key);
    if (!kinds::is_table(table)) continue;
    const auto has_other = [&](const std::set<std::string>& names) {
      return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        const std::string column = model::key_of(kinds::column, {table.names[0], table.names[1], name});
        return name == "*" || (groups.count(name) == 0 && schema_.contains(column));
      });
    };
    for (const Object* part : schema_.children(key)) {
      if (part->kind != &kinds::constraint) continue;
      const model::List& columns = part->list(model::attribute(kinds::constraint, "columns"));
      const bool is_grouped =
          std::all_of(columns.begin(), columns.end(), [&](const std::string& name) { return groups.count(name) != 0; });
      if (part->text(model::attribute(kinds::constraint, "type")) != "primary key" || !is_grouped) continue;
      if (has_other(ungrouped.names)) uses.certain.insert(part->key);
      if (has_other(ungrouped.in_calls)) uses.possible.insert(part->key);
    }
  }
}

}  // namespace segue::source
