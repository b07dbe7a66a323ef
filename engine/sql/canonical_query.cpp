#include <algorithm>
#include <utility>

#include "sql/canonical_tree.h"

namespace segue::sql {
namespace {

bool is_location(std::string_view field) {
  return field == "location" || field == "stmt_len" || field.find("_location") != std::string_view::npos ||
         field == "list_start" || field == "list_end";
}

bool columns_known(const std::vector<OutputColumn>& columns) {
  return std::none_of(columns.begin(), columns.end(), [](const OutputColumn& column) { return column.name == "*"; });
}

// Column aliases rename from the left (addRangeTableEntry, buildRelationAliases).
void rename_columns(std::vector<OutputColumn>& columns, List aliases) {
  std::size_t i = 0;
  for (const Node alias : aliases) {
    if (i < columns.size()) {
      columns[i].name = alias.text();
    } else {
      columns.push_back({std::string(alias.text()), {}});
    }
    ++i;
  }
}

/// The simple selects of a tree of set operations, from the left.
void collect_arms(Node node, std::vector<Node>& arms) {
  std::vector<Node> open{node};
  while (!open.empty()) {
    const Node next = open.back();
    open.pop_back();
    if (!next.has("larg")) {
      arms.push_back(next);
    } else {
      open.push_back(next["rarg"]);
      open.push_back(next["larg"]);
    }
  }
}

}  // namespace

std::string Canonicalizer::generic(Node node, const Scope& scope) {
  if (!node) return "";
  if (node.is_list()) {
    std::string text = "[";
    for (const Node item : node.items()) text += (text.size() > 1 ? " " : "") + generic(item, scope);
    return text + "]";
  }
  const std::string_view type = node.type();
  if (type == "SelectStmt") return query(node, &scope);
  if (type == "String") return quoted(node.text());
  if (type == "InsertStmt" || type == "UpdateStmt") tell_assigned(node);
  constexpr std::string_view expressions[] = {"A_Const",       "ColumnRef",    "A_Expr",           "BoolExpr",
                                              "FuncCall",      "TypeCast",     "NullTest",         "BooleanTest",
                                              "CaseExpr",      "CoalesceExpr", "MinMaxExpr",       "A_ArrayExpr",
                                              "A_Indirection", "SubLink",      "SQLValueFunction", "CollateClause"};
  if (std::find(std::begin(expressions), std::end(expressions), type) != std::end(expressions)) {
    return text_of(expression(node, scope));
  }
  if (node.has("relname")) {
    Scope throw_away;
    throw_away.outer = &scope;
    return relation(node, throw_away);
  }
  if (type == "TypeName" || node.has("typemod")) {
    const ValueType name = type_of_name(node, names_);
    if (name.known()) return "type " + name.name + name.typmod;
  }
  std::string text = std::string(type) + "{";
  for (std::size_t i = 0; i < node.field_count(); ++i) {
    const std::string_view field = node.field_name(i);
    if (is_location(field)) continue;
    const bool is_class = field == "opclass" && !node.list(field).empty();
    text += std::string(field) + "=" +
            (is_class ? resolved_name(strings(node.list(field)), field, names_) : generic(node.field(i), scope)) + ";";
  }
  if (node.field_count() == 0) {
    // A scalar, or a node without fields.
    if (!node.text().empty()) return quoted(node.text());
    if (type.empty()) return node.flag() ? "true" : std::to_string(node.number());
  }
  return text + "}";
}

std::string Canonicalizer::with_clause(Node with, Scope& scope) {
  if (!with) return "";
  const bool recursive = with.flag("recursive");
  std::string text = recursive ? " with recursive" : " with";
  for (const Node item : with.list("ctes")) {
    CommonTable table;
    table.name = item.text("ctename");
    if (recursive) {
      // Its own columns are those of its first arm; here only its name matters.
      CommonTable self = table;
      for (const Node alias : item.list("aliascolnames")) self.columns.push_back({std::string(alias.text()), {}});
      self.known = !self.columns.empty();
      scope.common_tables.push_back(std::move(self));
    }
    const bool is_select = item["ctequery"].is("SelectStmt");
    text += " (" + table.name;
    if (const std::string_view how = item.text("ctematerialized"); how != "CTEMaterializeDefault")
      text += " " + std::string(how);
    for (const Node alias : item.list("aliascolnames")) text += " " + quoted(alias.text());
    text += " " + (is_select ? query(item["ctequery"], &scope, &table.columns) : generic(item["ctequery"], scope));
    for (const std::string_view rest : {"search_clause", "cycle_clause"}) {
      if (item.has(rest)) text += " " + generic(item[rest], scope);
    }
    text += ")";
    table.known = is_select && columns_known(table.columns);
    if (item.has("search_clause") || item.has("cycle_clause")) table.known = false;
    rename_columns(table.columns, item.list("aliascolnames"));
    if (recursive) scope.common_tables.pop_back();
    scope.common_tables.push_back(std::move(table));
  }
  return text;
}

std::string Canonicalizer::relation(Node range_var, Scope& scope) {
  RangeEntry entry;
  const std::string name(range_var.text("relname"));
  const Node alias = range_var["alias"];
  entry.ref = alias ? std::string(alias.text("aliasname")) : name;
  std::string text;
  if (!range_var.has("schemaname")) {
    for (const Scope* at = &scope; at != nullptr && text.empty(); at = at->outer) {
      const auto table = std::find_if(at->common_tables.rbegin(), at->common_tables.rend(),
                                      [&](const CommonTable& one) { return one.name == name; });
      if (table == at->common_tables.rend()) continue;
      entry.columns = table->columns;
      entry.known = table->known;
      text = "(cte " + quoted(name);
    }
  }
  if (text.empty()) {
    std::vector<std::string> parts;
    if (range_var.has("schemaname")) parts.emplace_back(range_var.text("schemaname"));
    parts.push_back(name);
    text = "(rel " + resolved_name(parts, "relation", names_);
    entry.relation = name;
    if (parts.size() == 2) {
      entry.schema = parts[0];
    } else if (names_.schema_of) {
      entry.schema = names_.schema_of("relation", name).value_or("");
    }
    if (!entry.schema.empty()) entry.columns = columns_of(entry.schema, name);
    entry.known = !entry.columns.empty();
  }
  if (alias) text += " as " + quoted(entry.ref);  // the server prints one that equals the name as well
  for (const Node column : alias.list("colnames")) text += " " + quoted(column.text());
  rename_columns(entry.columns, alias.list("colnames"));
  if (!range_var.flag("inh")) text += " only";
  scope.entries.push_back(std::move(entry));
  return text + ")";
}

std::string Canonicalizer::join(Node node, Scope& scope) {
  const std::size_t from = scope.entries.size();
  const std::string left = from_item(node["larg"], scope);
  const std::size_t middle = scope.entries.size();
  const std::string right = from_item(node["rarg"], scope);
  tell_merged(scope, from, middle, node);
  std::string text =
      "(" + std::string(node.text("jointype")) + (node.flag("isNatural") ? " natural " : " ") + left + " " + right;
  RangeEntry hidden;  // what merges columns in a way that is not followed here
  if (node.flag("isNatural") || node.has("alias")) scope.entries.push_back(hidden);
  if (node.has("usingClause")) {
    text += " using";
    for (const Node column : node.list("usingClause")) {
      text += " " + quoted(column.text());
      scope.merged.emplace_back(column.text());
    }
  }
  if (node.has("join_using_alias")) text += " " + generic(node["join_using_alias"], scope);
  if (node.has("alias")) text += " " + generic(node["alias"], scope);
  if (node.has("quals")) {
    text += " on " + text_of(coerce(expression(node["quals"], scope), ""));
  }
  return text + ")";
}

std::string Canonicalizer::subquery(Node node, Scope& scope) {
  RangeEntry entry;
  const Node alias = node["alias"];
  entry.ref = alias.text("aliasname");
  Scope outside;
  outside.outer = scope.outer;
  outside.common_tables = scope.common_tables;
  const bool lateral = node.flag("lateral");
  std::string text = lateral ? "(lateral " : "(sub ";
  text += query(node["subquery"], lateral ? &scope : &outside, &entry.columns);
  entry.known = columns_known(entry.columns);
  text += " as " + quoted(entry.ref);
  for (const Node column : alias.list("colnames")) text += " " + quoted(column.text());
  rename_columns(entry.columns, alias.list("colnames"));
  scope.entries.push_back(std::move(entry));
  return text + ")";
}

std::string Canonicalizer::from_item(Node item, Scope& scope) {
  if (item.is("RangeVar")) return relation(item, scope);
  if (item.is("JoinExpr")) return join(item, scope);
  if (item.is("RangeSubselect")) return subquery(item, scope);
  if (item.is("RangeTableSample")) {
    std::string text = "(sample " + from_item(item["relation"], scope);
    for (const std::string_view field : {"method", "args", "repeatable"}) text += " " + generic(item[field], scope);
    return text + ")";
  }
  if (item.is("RangeFunction")) return function_item(item, scope);
  std::string text = generic(item, scope);
  RangeEntry entry;
  entry.ref = item["alias"].text("aliasname");
  scope.entries.push_back(std::move(entry));
  return text;
}

// transformRangeFunction: a function that reads columns beside it is LATERAL without the word. One that returns a
// single column names it after the alias, or after itself (addRangeTableEntryForFunction).
std::string Canonicalizer::function_item(Node item, Scope& scope) {
  const List functions = item.list("functions");
  const bool lateral = item.flag("lateral") || holds_column(item["functions"]);
  std::string text = lateral ? "(lateral-function" : "(function";
  for (std::size_t i = 0; i < item.field_count(); ++i) {
    const std::string_view field = item.field_name(i);
    if (field != "lateral" && field != "alias") text += " " + std::string(field) + "=" + generic(item.field(i), scope);
  }
  const Node alias = item["alias"];
  const std::vector<std::string> name = strings(functions.front().items().front().list("funcname"));
  RangeEntry entry;
  entry.ref = alias ? std::string(alias.text("aliasname")) : name.empty() ? "" : name.back();
  rename_columns(entry.columns, alias.list("colnames"));
  constexpr std::string_view scalar[] = {"generate_series", "generate_subscripts", "regexp_split_to_table",
                                         "string_to_table"};
  const std::string resolved = resolved_name(name, "function", names_);
  const bool one_column = functions.size() == 1 && !item.flag("ordinality") &&
                          std::find(std::begin(scalar), std::end(scalar), resolved) != std::end(scalar);
  if (one_column && entry.columns.empty()) entry.columns.push_back({entry.ref, {}});
  entry.known = one_column;
  text += " as " + quoted(entry.ref);
  for (const OutputColumn& column : entry.columns) text += " " + quoted(column.name);
  scope.entries.push_back(std::move(entry));
  return text + ")";
}

void Canonicalizer::target(Node node, const Scope& scope, std::vector<Value>& values,
                           std::vector<OutputColumn>& columns) {
  const Node value = node["val"];
  const List fields = value.list("fields");
  const bool star = value.is("ColumnRef") && fields.back().is("A_Star");
  if (value.is("A_Indirection") && value.list("indirection").back().is("A_Star")) {
    values.push_back(expression(value, scope));
    columns.push_back({"*", {}});
    return;
  }
  if (!star) {
    Value made = expression(value, scope);
    columns.push_back({node.has("name") ? std::string(node.text("name")) : figure_column_name(value),
                       made.literal ? ValueType{"unknown", {}} : made.type});
    if (!made.exact) columns.back().type.typmod.clear();
    values.push_back(std::move(made));
    return;
  }
  // expandRelAttrs, where all columns are known.
  std::vector<const RangeEntry*> entries;
  bool known = fields.size() <= 2 && scope.merged.empty();
  for (const RangeEntry& entry : scope.entries) {
    if (fields.size() == 2 && fields[0].text() != entry.ref) continue;
    entries.push_back(&entry);
    tell_all(entry);
    known = known && entry.known;
  }
  if (!known || entries.empty()) {
    values.push_back(column(value, scope));
    columns.push_back({"*", {}});
    return;
  }
  for (const RangeEntry* entry : entries) {
    for (const OutputColumn& one : entry->columns) {
      Value made;
      made.text = entry->ref + "." + one.name;
      made.type = type_of_output(*entry, one);
      made.exact = made.type.known();
      columns.push_back({one.name, made.type});
      values.push_back(std::move(made));
    }
  }
}

Value Canonicalizer::key_expression(Node node, const Scope& scope) {
  std::vector<Mention>* const absent = std::exchange(absent_, nullptr);
  Value value = expression(node, scope);
  absent_ = absent;
  return value;
}

// parse_clause.c findTargetlistEntrySQL92: a number is a position; a bare name is an output column (ORDER BY, DISTINCT
// ON: first; GROUP BY: only where no input column has it).
std::string Canonicalizer::grouping(List items, const Scope& scope, const std::vector<Value>& values,
                                    const std::vector<OutputColumn>& columns, bool output_first) {
  std::string text;
  for (const Node item : items) {
    text += " ";
    if (item.is("A_Const") && item.has("ival") && item.number() >= 1 &&
        static_cast<std::size_t>(item.number()) <= values.size()) {
      text += text_of(values[static_cast<std::size_t>(item.number() - 1)]);
      continue;
    }
    const bool bare =
        item.is("ColumnRef") && item.list("fields").size() == 1 && item.list("fields").front().is("String");
    Value own = key_expression(item, scope);
    const bool is_input = own.text.find('?') == std::string::npos;
    if (bare && (output_first || !is_input)) {
      const std::string name(item.list("fields").front().text());
      for (std::size_t i = 0; i < columns.size() && i < values.size(); ++i) {
        if (columns[i].name != name) continue;
        own = values[i];
        break;
      }
    }
    text += text_of(own);
  }
  return text;
}

std::string Canonicalizer::sorting(List items, const Scope& scope, const std::vector<Value>& values,
                                   const std::vector<OutputColumn>& columns, bool by_position) {
  std::string text;
  for (const Node item : items) {
    const Node by = item["node"];
    text += "(";
    const bool bare = by.is("ColumnRef") && by.list("fields").size() == 1;
    std::string key;
    if (by_position && by.is("A_Const") && by.has("ival")) key = "#" + std::to_string(by.number());
    for (std::size_t i = 0; by_position && bare && key.empty() && i < columns.size(); ++i) {
      if (columns[i].name == by.list("fields").front().text()) key = "#" + std::to_string(i + 1);
    }
    if (key.empty()) {
      std::vector<Value> none;
      const bool ordinal = by.is("A_Const") && by.has("ival") && !values.empty();
      if (ordinal || (bare && !values.empty())) {
        key = ordinal && static_cast<std::size_t>(by.number() - 1) < values.size()
                  ? text_of(values[static_cast<std::size_t>(by.number() - 1)])
                  : "";
        for (std::size_t i = 0; !ordinal && i < columns.size() && i < values.size() && key.empty(); ++i) {
          if (columns[i].name == by.list("fields").front().text()) key = text_of(values[i]);
        }
      }
      if (key.empty()) key = text_of(key_expression(by, scope));
    }
    text += key;
    const bool descending = item.text("sortby_dir") == "SORTBY_DESC";
    const std::string_view nulls = item.text("sortby_nulls");
    const bool nulls_first = nulls == "SORTBY_NULLS_FIRST" || (nulls != "SORTBY_NULLS_LAST" && descending);
    if (item.text("sortby_dir") == "SORTBY_USING") {
      text += " using " + resolved_name(strings(item.list("useOp")), "operator", names_) +
              (nulls == "SORTBY_NULLS_DEFAULT" ? ""
               : nulls_first                   ? " nf"
                                               : " nl");
    } else {
      text += std::string(descending ? " desc" : " asc") + (nulls_first ? " nf" : " nl");
    }
    text += ")";
  }
  return text;
}

std::string Canonicalizer::clauses(Node node, const Scope& scope) {
  constexpr std::string_view handled[] = {"distinctClause", "targetList", "fromClause", "whereClause", "groupClause",
                                          "havingClause",   "sortClause", "withClause", "op",          "all",
                                          "larg",           "rarg",       "valuesLists"};
  std::string text;
  for (std::size_t i = 0; i < node.field_count(); ++i) {
    const std::string_view field = node.field_name(i);
    if (std::find(std::begin(handled), std::end(handled), field) != std::end(handled) || is_location(field)) continue;
    if (field == "limitOption" &&
        (node.text(field) == "LIMIT_OPTION_DEFAULT" || node.text(field) == "LIMIT_OPTION_COUNT"))
      continue;
    text += " " + std::string(field) + "=" + generic(node.field(i), scope);
  }
  return text;
}

std::string Canonicalizer::set_operation(Node node, Scope& scope, std::vector<OutputColumn>* output) {
  std::vector<Node> arms;
  collect_arms(node, arms);
  // Literals take the type that all other arms have in their column, or text (transformSetOperationTree).
  std::vector<OutputColumn> columns;
  std::vector<std::string> types;
  std::vector<bool> certain;
  bool same_width = true;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    std::vector<OutputColumn> own;
    arm_types_ = nullptr;
    Scope inner;
    inner.outer = &scope;
    in_set_operation_ = true;
    select(arms[i], inner, &own);
    if (i == 0) {
      columns = own;
      types.resize(own.size());
      certain.assign(own.size(), true);
    }
    same_width = same_width && own.size() == columns.size() && columns_known(own);
    for (std::size_t c = 0; same_width && c < own.size(); ++c) {
      const std::string& type = own[c].type.name;
      if (type == "unknown") continue;
      if (type.empty() || (!types[c].empty() && types[c] != type)) certain[c] = false;
      types[c] = type;
    }
  }
  for (std::size_t c = 0; c < types.size(); ++c) {
    if (!same_width || !certain[c]) {
      types[c].clear();
    } else if (types[c].empty()) {
      types[c] = "text";
    }
    columns[c].type = {types[c], {}};
  }
  std::size_t arm = 0;
  std::string text = "(" + set_tree(node, scope, types, arm, true);
  text += clauses(node, scope);
  if (node.has("sortClause")) text += " order " + sorting(node.list("sortClause"), scope, {}, columns, true);
  if (output != nullptr) *output = std::move(columns);
  return text + ")";
}

std::string Canonicalizer::set_tree(Node node, Scope& scope, const std::vector<std::string>& types, std::size_t& arm,
                                    bool is_top) {
  if (!node.has("larg")) {
    Scope inner;
    inner.outer = &scope;
    arm_types_ = &types;
    in_set_operation_ = true;
    names_matter_ = arm == 0;
    ++arm;
    return select(node, inner, nullptr);
  }
  Scope inner;
  inner.outer = &scope;
  Scope& own = is_top ? scope : inner;
  std::string text = is_top ? "" : with_clause(node["withClause"], inner);
  text += std::string(node.text("op")) + (node.flag("all") ? " all " : " ");
  text += set_tree(node["larg"], own, types, arm, false);
  text += " " + set_tree(node["rarg"], own, types, arm, false);
  if (!is_top) {
    text = "(" + text + clauses(node, own);
    if (node.has("sortClause")) text += " order " + generic(node["sortClause"], own);
    text += ")";
  }
  return text;
}

std::string Canonicalizer::select(Node node, Scope& scope, std::vector<OutputColumn>* output) {
  const std::vector<std::string>* arm_types = std::exchange(arm_types_, nullptr);
  const bool in_set_operation = std::exchange(in_set_operation_, false);
  const bool names_matter = std::exchange(names_matter_, true);
  std::string text = "(select" + with_clause(node["withClause"], scope);
  std::vector<Value> values;
  std::vector<OutputColumn> columns;
  std::string from;
  for (const Node item : node.list("fromClause")) from += " " + from_item(item, scope);
  for (const Node item : node.list("targetList")) target(item, scope, values, columns);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].literal) continue;
    if (in_set_operation) {
      if (arm_types != nullptr && i < arm_types->size()) values[i] = coerce(std::move(values[i]), (*arm_types)[i]);
      continue;
    }
    values[i] = coerce(std::move(values[i]), "text");
    columns[i].type = {"text", {}};
  }
  if (node.has("distinctClause")) {
    const List distinct = node.list("distinctClause");
    text += distinct.front().field_count() == 0 ? " distinct"
                                                : " distinct on" + grouping(distinct, scope, values, columns, true);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += " " + text_of(values[i]);
    if (names_matter && columns[i].name != "*") text += " as " + quoted(columns[i].name);
  }
  if (node.has("valuesLists")) text += values_lists(node.list("valuesLists"), scope, columns);
  if (!from.empty()) text += " from" + from;
  if (node.has("whereClause")) text += " where " + text_of(expression(node["whereClause"], scope));
  if (node.has("groupClause")) text += " group" + grouping(node.list("groupClause"), scope, values, columns, false);
  if (node.has("havingClause")) text += " having " + text_of(expression(node["havingClause"], scope));
  text += clauses(node, scope);
  if (node.has("sortClause")) text += " order " + sorting(node.list("sortClause"), scope, values, columns, false);
  if (output != nullptr) *output = std::move(columns);
  return text + ")";
}

// transformValuesClause: each column has one type over all rows; its columns are called column1, column2 …
std::string Canonicalizer::values_lists(List rows, const Scope& scope, std::vector<OutputColumn>& columns) {
  std::vector<std::vector<Value>> by_column;
  for (const Node row : rows) {
    std::size_t c = 0;
    for (const Node item : row.items()) {
      if (c >= by_column.size()) by_column.emplace_back();
      by_column[c++].push_back(expression(item, scope));
    }
  }
  for (std::size_t c = 0; c < by_column.size(); ++c) {
    const std::string type = unify(by_column[c]);
    columns.push_back({"column" + std::to_string(c + 1), {type, {}}});
  }
  std::string text = " values";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    text += " (";
    for (const auto& column : by_column) {
      if (r < column.size()) text += " " + text_of(column[r]);
    }
    text += ")";
  }
  return text;
}

std::string Canonicalizer::query(Node node, const Scope* outer, std::vector<OutputColumn>* output) {
  Scope scope;
  scope.outer = outer;
  if (!node.is("SelectStmt") && !node.has("targetList") && !node.has("larg")) return generic(node, scope);
  if (!node.has("larg")) return select(node, scope, output);
  const std::string with = with_clause(node["withClause"], scope);
  return with + set_operation(node, scope, output);
}

}  // namespace segue::sql
