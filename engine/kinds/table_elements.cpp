#include "kinds/table_elements.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::List;
using model::Object;

/// The position of "inherits" among the attributes of either kind.
std::size_t inherits_of(const Object& relation) { return model::attribute(*relation.kind, "inherits"); }

bool holds(const List& list, const std::string& one) { return std::find(list.begin(), list.end(), one) != list.end(); }

/// A parent that comes is the last one (tablecmds.c CreateInheritance): those that stand in the new order already stay.
/// The others leave and come again, while a table that inherits from them stands in for them, so that what is inherited
/// stays so (RemoveInheritance makes the child's own what comes from nobody any more).
List parents_that_stay(const List& from, const List& to) {
  List stay;
  auto at = from.begin();
  for (const std::string& parent : to) {
    const auto next = std::find(at, from.end(), parent);
    if (next == from.end()) break;
    stay.push_back(parent);
    at = next + 1;
  }
  return stay;
}

/// A constraint of the statement waits until all columns stand: the server makes checks, then keys (the primary one
/// first), then foreign keys (parse_utilcmd.c transformCreateStmt), and names them in that order.
struct Pending {
  std::string type;
  sql::Node node;
  std::string column;
  std::vector<sql::Node> attributes;  ///< DEFERRABLE and its like, behind a column's own constraint
};

/// None for what is part of its column.
std::optional<int> phase(std::string_view type) {
  if (type == "CONSTR_CHECK") return 0;
  if (type == "CONSTR_PRIMARY") return 1;
  if (type == "CONSTR_UNIQUE" || type == "CONSTR_EXCLUSION") return 2;
  if (type == "CONSTR_FOREIGN") return 3;
  return std::nullopt;
}

void collect(const sql::Node& column_def, std::vector<Pending>& pending) {
  bool waits = false;
  for (const sql::Node constraint : column_def.list("constraints")) {
    const auto type = constraint.text("contype");
    if (type.rfind("CONSTR_ATTR_", 0) == 0) {
      if (waits) pending.back().attributes.push_back(constraint);
      continue;
    }
    waits = phase(type).has_value();
    if (waits) pending.push_back({std::string(type), constraint, std::string(column_def.text("colname")), {}});
  }
}

bool is_key(const Pending& one) { return one.type == "CONSTR_PRIMARY" || one.type == "CONSTR_UNIQUE"; }

List key_columns(const Pending& one) {
  return one.column.empty() ? sql::strings(one.node.list("keys")) : List{one.column};
}

/// Whether the server makes one index of two keys of a statement (parse_utilcmd.c transformIndexConstraints).
bool is_one_key(const Pending& a, const Pending& b) {
  const auto same_flag = [&](const char* flag) { return a.node.flag(flag) == b.node.flag(flag); };
  return is_key(a) && is_key(b) && key_columns(a) == key_columns(b) && a.attributes.empty() && b.attributes.empty() &&
         sql::strings(a.node.list("including")) == sql::strings(b.node.list("including")) &&
         same_flag("nulls_not_distinct") && same_flag("deferrable") && same_flag("initdeferred");
}

/// The name that a key without one takes over from those that are one with it; "" for none.
std::string name_taken_over(const std::vector<Pending>& pending, const Pending& one) {
  if (!one.node.text("conname").empty()) return "";
  for (const Pending& other : pending) {
    if (!other.node.text("conname").empty() && is_one_key(one, other)) return std::string(other.node.text("conname"));
  }
  return "";
}

void dispatch_pending(std::vector<Pending>& pending, Object& relation, DesiredReader& reader) {
  std::stable_sort(pending.begin(), pending.end(), [](const Pending& a, const Pending& b) {
    return phase(a.type).value_or(2) < phase(b.type).value_or(2);
  });
  for (const Pending& one : pending) {
    Object* in_column =
        one.column.empty()
            ? nullptr
            : reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], one.column}));
    reader.dispatch("Constraint/" + one.type, one.node, &relation, in_column, name_taken_over(pending, one));
    for (const sql::Node& attribute : one.attributes) {
      reader.dispatch("Constraint/" + std::string(attribute.text("contype")), attribute, &relation, in_column);
    }
  }
}

void read_elements(const sql::List& list, Object& relation, DesiredReader& reader) {
  std::vector<Pending> pending;
  for (const sql::Node element : list) {
    if (element.is("Constraint")) {
      pending.push_back({std::string(element.text("contype")), element, "", {}});
      continue;
    }
    reader.dispatch(std::string(element.type()), element, &relation);
    if (element.is("ColumnDef")) collect(element, pending);
  }
  dispatch_pending(pending, relation, reader);
}

void add_parent(Object& child, Object& parent, DesiredReader& reader) {
  List parents = child.list(inherits_of(child));
  parents.push_back(relation_address(parent));
  child[inherits_of(child)] = std::move(parents);
  child.depends.push_back(parent.key);
  reader.inherit(child, parent, false);
}

}  // namespace

std::string table_elements(const Object& object, std::span<const Object* const> folded) {
  std::string list;
  for (const Object* child : folded) {
    if (child->parent != object.key) continue;  // a column's default stands in its column
    const std::string element = child->kind->inline_form(*child, folded);
    if (element.empty()) continue;
    list += (list.empty() ? "\n    " : ",\n    ") + element;
  }
  return list.empty() ? "()" : "(" + list + "\n)";
}

bool has_new_parent(const model::Sides& sides) {
  const List& before = sides.from->list(inherits_of(*sides.from));
  const List& after = sides.to->list(inherits_of(*sides.to));
  return std::any_of(after.begin(), after.end(), [&](const std::string& one) { return !holds(before, one); });
}

void alter_parents(const model::Sides& sides, model::Emit& emit) {
  const auto alter = [&](const std::string& form, const std::string& parent) {
    emit.alter(alter_table(sides, *sides.to, true), form + " " + parent, form).relations = {
        relation_address(*sides.to)};
  };
  const List& from = sides.from->list(inherits_of(*sides.from));
  const List& to = sides.to->list(inherits_of(*sides.to));
  const List stay = parents_that_stay(from, to);
  List again;
  std::copy_if(to.begin(), to.end(), std::back_inserter(again),
               [&](const auto& one) { return holds(from, one) && !holds(stay, one); });
  const std::string stand_in = quote_qualified(sides.to->names[0], "segue_parent_of_" + sides.to->names[1]);
  if (!again.empty()) {
    auto& made = emit.statement("CREATE TABLE " + stand_in + " () INHERITS (" + join(again, ", ") + ")",
                                "CREATE TABLE INHERITS");
    made.relations = {stand_in};
    made.relations.insert(made.relations.end(), again.begin(), again.end());
    alter("INHERIT", stand_in);
  }
  for (const std::string& parent : from) {
    if (!holds(stay, parent)) alter("NO INHERIT", parent);
  }
  for (const std::string& parent : to) {
    if (!holds(stay, parent)) alter("INHERIT", parent);
  }
  if (!again.empty()) {
    alter("NO INHERIT", stand_in);
    emit.statement("DROP TABLE " + stand_in, "DROP TABLE").relations = {stand_in};
  }
}

std::string select_parents() {
  return "CASE WHEN c.relispartition THEN NULL ELSE (SELECT pg_catalog.array_agg(pg_catalog.format('%I.%I', "
         "pn.nspname, p.relname) ORDER BY i.inhseqno) FROM pg_catalog.pg_inherits i "
         "JOIN pg_catalog.pg_class p ON p.oid = i.inhparent "
         "JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) END";
}

void read_table_elements(const sql::Node& create, Object& relation, DesiredReader& reader) {
  for (const sql::Node name : create.list("inhRelations")) {
    if (create.has("partbound")) {
      reader.dispatch("PartitionOf", create, &relation);
    } else if (Object* parent = reader.find_relation(name)) {
      add_parent(relation, *parent, reader);
    }
  }
  read_elements(create.list("tableElts"), relation, reader);
}

void read_inherit(const sql::Node& command, DesiredReader& reader) {
  if (Object* parent = reader.find_relation(command["def"])) add_parent(*reader.relation(), *parent, reader);
}

void read_no_inherit(const sql::Node& command, DesiredReader& reader) {
  Object* parent = reader.find_relation(command["def"]);
  if (parent == nullptr) return;
  Object& child = *reader.relation();
  List parents = child.list(inherits_of(child));
  std::erase(parents, relation_address(*parent));
  child[inherits_of(child)] = std::move(parents);
  std::erase(child.depends, parent->key);
  reader.disinherit(child, *parent);
}

}  // namespace segue::kinds
