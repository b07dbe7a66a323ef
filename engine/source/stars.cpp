// What `*` stands for in a definition that stands.
//
// The server writes the columns out when the statement runs (parse_relation.c expandNSItemAttrs). A definition keeps
// the bytes of the file, until a later statement of the file is about to change the columns of a relation: then the
// stars that take columns of it are written out as they were.
#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <vector>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "source/definition_edits.h"
#include "source/definition_text.h"
#include "source/interpreter.h"
#include "sql/canonical_tree.h"

namespace segue::source {
namespace {

using model::Definition;
using model::Object;
using sql::Node;

/// A column that a star stands for; without a name it is a shorter star, over what cannot change.
struct Output {
  std::string name;
  std::string text;
};
using Outputs = std::optional<std::vector<Output>>;  ///< nothing where they are not known

/// What a query reads, within the queries around it.
struct Scope {
  std::vector<Node> items;
  std::set<std::string> queries;        ///< of WITH, which hide relations of their name
  const Object* changed_row = nullptr;  ///< of a rule: what NEW and OLD are rows of
  const Scope* outer = nullptr;
};

bool is_star(const Node& value) {
  return value.is("ColumnRef") && !value.list("fields").empty() && value.list("fields").back().is("A_Star");
}

/// The name by which a column of a FROM item is qualified; "" where it has none.
std::string name_of(const Node& item) {
  const std::string_view alias = item["alias"].text("aliasname");
  if (!alias.empty() || item.is("JoinExpr")) return std::string(alias);
  if (item.is("RangeTableSample")) return name_of(item["relation"]);
  if (item.is("RangeFunction")) {
    const std::vector<std::string> function = sql::strings(item.list("functions")[0].items()[0].list("funcname"));
    return function.empty() ? "" : function.back();
  }
  return std::string(item.text("relname"));
}

/// An alias may give other names to the first columns.
std::string column_name(const Node& alias, std::size_t at, std::string name) {
  const sql::List names = alias.list("colnames");
  return at < names.size() ? std::string(names[at].text()) : std::move(name);
}

/// The part of a UNION and its like from which its columns have their names.
Node leftmost(Node select) {
  while (select.has("larg")) select = select["larg"];
  return select;
}

/// Whether a text may hold a name, in whatever case.
bool may_name(const std::string& text, const std::string& name) {
  const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
  return name.find('"') != std::string::npos ||
         std::search(text.begin(), text.end(), name.begin(), name.end(), same) != text.end();
}

}  // namespace

class Interpreter::Stars {
 public:
  /// `depth`: how many views read this definition for the sake of their columns.
  Stars(Interpreter& reader, const Parsed& parsed, const Definition& definition, int depth = 0)
      : reader_(reader),
        path_(schemas_of_path(definition.search_path)),
        depth_(depth),
        root_(parsed.fragment.node()),
        offset_(parsed.offset),
        edits_(definition.text) {}

  void write_out_of(const Object& relation) {
    relation_ = &relation;
    walk(root_, Scope{});
  }

  /// The names of the columns of a query; nothing where not all are known.
  std::optional<std::vector<std::string>> columns() {
    const Node select = leftmost(root_);
    Scope scope;
    for (const Node item : select.list("fromClause")) scope.items.push_back(item);
    for (const Node query : root_["withClause"].list("ctes")) scope.queries.emplace(query.text("ctename"));
    std::vector<std::string> names;
    for (const Node target : select.list("targetList")) {
      const Node value = target["val"];
      const Outputs outputs = is_star(value) ? of_star(value, scope) : Outputs({{named(target), {}}});
      if (!outputs) return std::nullopt;
      for (const Output& output : *outputs) {
        if (output.name.empty()) return std::nullopt;
        names.push_back(output.name);
      }
    }
    if (names.empty()) return std::nullopt;  // VALUES
    return names;
  }

  /// Whether the columns of everything beside the relation are known that a star takes together with its.
  bool certain() const { return certain_; }
  bool empty() const { return edits_.empty(); }
  std::string written_out() { return edits_.applied(); }

 private:
  /// The relation of a name under the path of the definition; null where the schema has none.
  const Object* find(const Node& range_var) const {
    const std::string in_schema(range_var.text("schemaname"));
    for (const std::string& one : in_schema.empty() ? path_ : std::vector<std::string>{in_schema}) {
      if (const Object* found = reader_.relation_named(one, std::string(range_var.text("relname")))) return found;
    }
    return nullptr;
  }

  void walk(const Node& node, const Scope& scope) {
    if (!node) return;
    if (node.is_list() || node.is("List")) {
      for (const Node item : node.items()) walk(item, scope);
    } else if (node.is("SelectStmt") || node.is("InsertStmt") || node.is("UpdateStmt") || node.is("DeleteStmt")) {
      walk_statement(node, scope);
    } else if (node.is("RuleStmt")) {
      Scope own = scope;
      own.changed_row = find(node["relation"]);
      walk_fields(node, own);
    } else {
      // parse_expr.c transformRowExpr
      if (node.is("RowExpr")) write_out(node.list("args"), scope);
      walk_fields(node, scope);
    }
  }

  void walk_fields(const Node& node, const Scope& scope) {
    for (std::size_t i = 0; i < node.field_count(); ++i) walk(node.field(i), scope);
  }

  void walk_statement(const Node& statement, const Scope& outer) {
    Scope scope{{}, outer.queries, outer.changed_row, &outer};
    const Node with = statement["withClause"];
    for (const Node query : with.list("ctes")) {
      if (with.flag("recursive")) scope.queries.emplace(query.text("ctename"));
    }
    for (const Node query : with.list("ctes")) {
      walk(query["ctequery"], scope);
      scope.queries.emplace(query.text("ctename"));
    }
    const bool changes_rows = static_cast<bool>(statement["relation"]);
    if (changes_rows) scope.items.push_back(statement["relation"]);
    for (const char* clause : {"fromClause", "usingClause"}) {
      for (const Node item : statement.list(clause)) scope.items.push_back(item);
    }
    if (!changes_rows) write_out_targets(statement.list("targetList"), scope);
    write_out_targets(statement.list("returningList"), scope);
    for (const Node row : statement.list("valuesLists")) write_out(row.items(), scope);
    for (std::size_t i = 0; i < statement.field_count(); ++i) {
      const std::string_view field = statement.field_name(i);
      if (field == "larg" || field == "rarg") {  // of UNION and its like
        walk_statement(statement.field(i), scope);
      } else if (field != "withClause") {
        walk(statement.field(i), scope);
      }
    }
  }

  void write_out_targets(const sql::List& targets, const Scope& scope) {
    for (const Node target : targets) write_out(sql::List::of(target["val"]), scope);
  }

  void write_out(const sql::List& values, const Scope& scope) {
    for (const Node value : values) {
      if (!is_star(value)) continue;
      takes_from_relation_ = false;
      const Outputs outputs = of_star(value, scope);
      if (!takes_from_relation_) continue;
      if (!outputs) {
        certain_ = false;
        continue;
      }
      std::vector<std::string> texts;
      for (const Output& output : *outputs) texts.push_back(output.text);
      const std::string columns = join(texts, ", ");
      if (value.location() >= 0) {
        edits_.replace_name(value.location() - offset_, value.list("fields").size(), columns);
      } else {  // gram.y simple_select: TABLE t is SELECT * FROM t
        edits_.replace_word_before(scope.items.front().location() - offset_, "table", "SELECT " + columns + " FROM");
      }
    }
  }

  static std::string named(const Node& target) {
    const std::string_view name = target.text("name");
    return name.empty() ? sql::figure_column_name(target["val"]) : std::string(name);
  }

  Outputs of_star(const Node& star, const Scope& scope) {
    const sql::List fields = star.list("fields");
    return fields.size() == 1 ? of_all(scope) : of_name(std::string(fields[fields.size() - 2].text()), scope);
  }

  Outputs of_all(const Scope& scope) {
    Outputs all(std::in_place);
    for (const Node& item : scope.items) append(all, of_item(item, scope));
    return all;
  }

  /// What `name.*` stands for: the nearest query that reads something of that name.
  Outputs of_name(const std::string& name, const Scope& scope) {
    for (const Scope* at = &scope; at != nullptr; at = at->outer) {
      for (const Node& item : at->items) {
        if (const Node found = item_named(item, name)) return of_item(found, *at);
      }
    }
    if (scope.changed_row != nullptr && (name == "new" || name == "old"))
      return of_columns(*scope.changed_row, {}, name);
    return std::nullopt;
  }

  static Node item_named(const Node& item, const std::string& name) {
    if (name_of(item) == name) return item;
    if (!item.is("JoinExpr")) return {};
    const Node left = item_named(item["larg"], name);
    return left ? left : item_named(item["rarg"], name);
  }

  Outputs of_item(const Node& item, const Scope& scope) {
    if (item.is("RangeTableSample")) return of_item(item["relation"], scope);
    if (item.is("JoinExpr")) return of_join(item, scope);
    const std::string name = name_of(item);
    if (name.empty()) return std::nullopt;
    const bool is_query =
        item.text("schemaname").empty() && scope.queries.count(std::string(item.text("relname"))) != 0;
    const Object* found = item.text("relname").empty() || is_query ? nullptr : find(item);
    if (found != nullptr) {
      Outputs columns = of_columns(*found, item["alias"], name);
      if (columns) return columns;
    }
    return std::vector<Output>{{"", quote_identifier(name) + ".*"}};
  }

  Outputs of_columns(const Object& of, const Node& alias, const std::string& qualifier) {
    takes_from_relation_ = takes_from_relation_ || &of == relation_;
    const auto names = reader_.columns_of_relation(of, depth_ + 1);
    if (!names) return std::nullopt;
    std::vector<Output> outputs;
    for (const std::string& own : *names) {
      const std::string name = column_name(alias, outputs.size(), own);
      outputs.push_back({name, quote_identifier(qualifier) + "." + quote_identifier(name)});
    }
    return outputs;
  }

  /// parse_clause.c transformFromClauseItem: the merged columns come first, then the others of both sides.
  Outputs of_join(const Node& join, const Scope& scope) {
    const Outputs left = of_item(join["larg"], scope);
    const Outputs right = of_item(join["rarg"], scope);
    const auto all_named = [](const Outputs& outputs) {
      return outputs && std::none_of(outputs->begin(), outputs->end(), [](const Output& o) { return o.name.empty(); });
    };
    const bool merges = join.flag("isNatural") || !join.list("usingClause").empty();
    const std::string name = name_of(join);
    if ((merges || !name.empty()) && !(all_named(left) && all_named(right))) return std::nullopt;
    Outputs all(std::in_place);
    std::vector<std::string> merged = sql::strings(join.list("usingClause"));
    if (join.flag("isNatural")) merged = common(*left, *right);
    for (const std::string& column : merged) all->push_back({column, quote_identifier(column)});
    append(all, without(left, merged));
    append(all, without(right, merged));
    if (name.empty()) return all;
    for (std::size_t i = 0; i < all->size(); ++i) {
      Output& output = (*all)[i];
      output.name = column_name(join["alias"], i, output.name);
      output.text = quote_identifier(name) + "." + quote_identifier(output.name);
    }
    return all;
  }

  static std::vector<std::string> common(const std::vector<Output>& left, const std::vector<Output>& right) {
    std::vector<std::string> names;
    for (const Output& output : left) {
      const auto same = [&](const Output& other) { return other.name == output.name; };
      if (std::any_of(right.begin(), right.end(), same)) names.push_back(output.name);
    }
    return names;
  }

  static Outputs without(const Outputs& outputs, const std::vector<std::string>& merged) {
    if (!outputs) return std::nullopt;
    std::vector<Output> rest;
    for (const Output& output : *outputs) {
      if (std::find(merged.begin(), merged.end(), output.name) == merged.end()) rest.push_back(output);
    }
    return rest;
  }

  static void append(Outputs& all, const Outputs& more) {
    if (all && more) all->insert(all->end(), more->begin(), more->end());
    if (!more) all = std::nullopt;
  }

  Interpreter& reader_;
  std::vector<std::string> path_;
  int depth_;
  Node root_;
  int offset_;
  const Object* relation_ = nullptr;  ///< whose columns are about to change
  Edits edits_;
  bool certain_ = true;
  bool takes_from_relation_ = false;  ///< what is being looked up
};

/// The names of the columns of a relation, in their order; nothing where not all of them can be told from the file.
std::optional<std::vector<std::string>> Interpreter::columns_of_relation(const Object& relation, int depth) {
  constexpr int deepest = 50;  // views can read each other in a circle
  if (relation.kind != &kinds::view && relation.kind != &kinds::materialized_view) {
    std::vector<std::string> names;
    for (const Object* child : std::as_const(schema()).children(relation.key)) {
      if (child->kind == &kinds::column) names.push_back(child->name());
    }
    if (names.empty()) return std::nullopt;
    return names;
  }
  const std::size_t query = model::attribute(*relation.kind, "query");
  const auto parsed = parsed_definition(relation, query);
  if (!parsed || depth == deepest) return std::nullopt;
  return Stars(*this, *parsed, relation.definition(query), depth).columns();
}

/// Before the columns of `relation` change.
void Interpreter::write_stars_out(const Object& relation) {
  const auto write_out_in = [&](Object& object, std::size_t attribute) {
    Definition& definition = *model::definition_in(object[attribute]);
    if (object.parent != relation.key && !may_name(definition.text, relation.names[1])) return;
    const auto parsed = parsed_definition(object, attribute);
    if (!parsed) return;
    Stars stars(*this, *parsed, definition);
    stars.write_out_of(relation);
    if (!stars.certain())
      error("this statement changes the columns of " + relation.key + ", and what * stands for in " + object.key +
                " beside them is known to the server alone",
            "write the columns out in " + object.key);
    if (!stars.empty()) definition.text = stars.written_out();
  };
  for (Object& object : schema().objects()) {
    for (std::size_t i = 0; i < object.values.size(); ++i) {
      if (object.kind->attributes[i].type == model::Type::definition && object.has(i)) write_out_in(object, i);
    }
  }
}

}  // namespace segue::source
