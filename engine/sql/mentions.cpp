// Every name that a definition mentions, read off its tree.
#include <algorithm>
#include <array>
#include <map>

#include "sql/canonical.h"
#include "sql/fragments.h"
#include "sql/value_type.h"

namespace segue::sql {
namespace {

using Class = Mention::Class;

class Collector {
 public:
  explicit Collector(int offset) : offset_(offset) {}

  std::vector<Mention> take() { return std::move(found_); }

  // Depth first in the order of the text as the tree has it; names of WITH hold for the statement that has it, and FOR
  // UPDATE OF names what stands in its FROM.
  void visit(Node node) {
    if (!node || node.is("LockingClause")) return;
    const std::size_t outer = common_tables_.size();
    if (const Node with = node["withClause"]) enter(with);
    note(node);
    for (const Node item : node.items()) visit(item);
    if (!node.is_list() && !node.is("List")) {
      for (std::size_t i = 0; i < node.field_count(); ++i) visit(node.field(i));
    }
    common_tables_.resize(outer);
  }

 private:
  void enter(Node with) {
    for (const Node table : with.list("ctes")) common_tables_.emplace_back(table.text("ctename"));
  }

  void add(Class object_class, std::vector<std::string> names, int location) {
    if (names.empty()) return;
    Mention mention;
    mention.object_class = object_class;
    mention.names = std::move(names);
    mention.location = location < 0 ? -1 : location - offset_;
    found_.push_back(std::move(mention));
  }

  void note(Node node) {
    const std::string_view type = node.type();
    if (node.has("relname")) relation(node);
    if (const Node target = node["relation"]; target.has("relname") && is_change(type)) lock(target, "ROW EXCLUSIVE");
    for (const Node clause : node.list("lockingClause")) lock_rows(node, clause.list("lockedRels"));
    if (type == "InsertStmt") arbiter(node["relation"], node["onConflictClause"]["infer"]);
    if (node.has("names") && node.has("typemod")) add(Class::type, strings(node.list("names")), node.location());
    if (type == "FuncCall") call(node);
    if (type == "ColumnRef") column(node);
    if (type == "A_Expr") operation(strings(node.list("name")), node.location());
    if (type == "SubLink") operation(strings(node.list("operName")), node.location());
    for (const Node pair : node.list("exclusions")) operation(strings(pair.items()[1].items()), node.location());
    if (type == "SortBy") operation(strings(node.list("useOp")), node.location());
    if (node.has("collname")) add(Class::collation, strings(node.list("collname")), node.location());
    if (type == "TypeCast") constant(node);
    if (node.has("opclass")) add(Class::opclass, strings(node.list("opclass")), -1);
  }

  void call(Node node) {
    add(Class::function, strings(node.list("funcname")), node.location());
    if (!found_.empty()) found_.back().arguments = static_cast<int>(node.list("args").size());
    named_argument(node);
  }

  void relation(Node node) {
    const std::string name(node.text("relname"));
    const bool qualified = node.has("schemaname");
    if (!qualified && std::find(common_tables_.begin(), common_tables_.end(), name) != common_tables_.end()) return;
    std::vector<std::string> names;
    if (qualified) names.emplace_back(node.text("schemaname"));
    names.push_back(name);
    add(Class::relation, std::move(names), node.location());
    const auto locked = locks_.find(node.location());
    if (locked != locks_.end()) found_.back().lock = locked->second;
  }

  static bool is_change(std::string_view type) {
    return type == "InsertStmt" || type == "UpdateStmt" || type == "DeleteStmt" || type == "MergeStmt";
  }

  void lock(Node range, std::string_view mode) { locks_[range.location()] = mode; }

  // parse_relation.c isLockedRefname: FOR UPDATE and its like, of all that stands in FROM or of what is named.
  void lock_rows(Node select, List named) {
    for (const Node item : select.list("fromClause")) lock_rows_of(item, named);
  }

  void lock_rows_of(Node item, List named) {
    if (item.is("JoinExpr")) {
      lock_rows_of(item["larg"], named);
      lock_rows_of(item["rarg"], named);
    }
    const std::string_view alias = item["alias"].text("aliasname");
    const std::string_view name = alias.empty() ? item.text("relname") : alias;
    const bool is_named =
        std::any_of(named.begin(), named.end(), [&](const Node one) { return one.text("relname") == name; });
    if (named.size() != 0 && !is_named) return;
    if (item.is("RangeVar")) lock(item, "ROW SHARE");
    if (item.is("RangeSubselect")) lock_rows(item["subquery"], List());
  }

  // ON CONFLICT ON CONSTRAINT: a constraint of the table that gets the rows.
  void arbiter(Node table, Node inferred) {
    if (!inferred.has("conname")) return;
    std::vector<std::string> names;
    if (table.has("schemaname")) names.emplace_back(table.text("schemaname"));
    names.emplace_back(table.text("relname"));
    names.emplace_back(inferred.text("conname"));
    add(Class::constraint, std::move(names), -1);
  }

  void column(Node node) {
    std::vector<std::string> names;
    for (const Node field : node.list("fields")) {
      if (field.is("String")) names.emplace_back(field.text());
    }
    add(Class::column, std::move(names), node.location());
  }

  void operation(std::vector<std::string> name, int location) {
    if (name.empty()) return;
    add(Class::op, std::move(name), location);
  }

  void named_in_text(Class object_class, Node constant) {
    if (!constant.is("A_Const") || !constant.has("sval")) return;
    auto names = object_class == Class::type ? split_name(constant.text()) : split_name_as_input(constant.text());
    if (!names || names->empty()) return;
    add(object_class, std::move(*names), constant.location());
    found_.back().in_text = true;
  }

  // nextval('s') and to_tsvector('c', text) name their objects without a cast as well.
  void named_argument(Node call) {
    static constexpr std::array searches = {"to_tsvector",       "to_tsquery",           "plainto_tsquery",
                                            "phraseto_tsquery",  "websearch_to_tsquery", "json_to_tsvector",
                                            "jsonb_to_tsvector", "ts_headline"};
    const std::string_view name = call.list("funcname").back().text();
    const List arguments = call.list("args");
    if (name == "nextval" || name == "currval" || name == "setval") named_in_text(Class::sequence, arguments.front());
    if (name == "ts_lexize") named_in_text(Class::search_dictionary, arguments.front());
    const bool searches_text = std::find(searches.begin(), searches.end(), name) != searches.end();
    if (searches_text && arguments.size() > 1) named_in_text(Class::search_configuration, arguments.front());
  }

  void constant(Node cast) {
    const List names = cast["typeName"].list("names");
    const std::string_view type = names.back().text();
    if (type == "regclass") named_in_text(Class::sequence, cast["arg"]);
    if (type == "regtype") named_in_text(Class::type, cast["arg"]);
    if (type == "regproc") named_in_text(Class::function, cast["arg"]);
    if (type == "regconfig") named_in_text(Class::search_configuration, cast["arg"]);
    if (type == "regdictionary") named_in_text(Class::search_dictionary, cast["arg"]);
    if (type == "regcollation") named_in_text(Class::collation, cast["arg"]);
  }

  int offset_;
  std::vector<Mention> found_;
  std::vector<std::string> common_tables_;
  std::map<int, std::string_view> locks_;  ///< by where the relation is named, where it is more than ACCESS SHARE
};

}  // namespace

Result<std::vector<Mention>> mentions(std::string_view text, Grammar grammar) {
  const auto parsed = parse_as(text, grammar);
  if (!parsed) return parsed.failure();
  return mentions(parsed->node(), parsed->offset());
}

std::vector<Mention> mentions(Node node, int offset) {
  Collector collector(offset);
  collector.visit(node);
  return collector.take();
}

}  // namespace segue::sql
