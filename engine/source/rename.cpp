// RENAME and SET SCHEMA in a file: whatever names the object follows, as it does in the server, where definitions hold
// numbers and not names.
//
// Definitions are followed by their trees: what a name in one means is looked up, and its bytes are replaced. Where
// that is not certain the statement is refused.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "model/whole.h"
#include "source/definition_edits.h"
#include "source/definition_text.h"
#include "source/interpreter.h"
#include "source/replacements.h"
#include "sql/canonical.h"
#include "sql/canonical_tree.h"

namespace segue::source {

using model::Definition;
using model::List;
using model::Object;
using sql::Mention;

namespace {

/// A constraint that an index keeps goes by the index's name where it stands for the index.
std::string address_of(const Object& object) {
  return quote_qualified(object.names[0], object.kind == &kinds::constraint ? object.name() : object.names[1]);
}

bool has_address(const Object& object) {
  const auto space = object.kind->name_space;
  return object.names.size() == 2 && (space == model::NameSpace::relation || space == model::NameSpace::type);
}

bool is_kept_by_index(const Object& object) {
  if (object.kind != &kinds::constraint) return false;
  const std::vector<std::string> taken = object.kind->names_taken(object);
  return std::any_of(taken.begin(), taken.end(), [](const std::string& name) { return name.starts_with("relation "); });
}

std::size_t at(const Object& object, std::string_view name) { return model::attribute(*object.kind, name); }

void collect_subtree(model::Schema& schema, Object& object, std::vector<Object*>& found) {
  found.push_back(&object);
  for (Object* child : schema.children(object.key)) collect_subtree(schema, *child, found);
}

}  // namespace

/// Every mention of one of `moved` in a definition, under the path that the definition has, becomes its new name.
class Interpreter::Followed {
 public:
  Followed(Interpreter& reader, const std::vector<Object*>& moved) : reader_(reader), moved_(moved) {
    for (Object& object : reader.schema().objects()) {
      for (std::size_t i = 0; i < object.values.size(); ++i) {
        if (object.kind->attributes[i].type == model::Type::definition && object.has(i)) find_in(object, i);
      }
    }
  }

  /// Definitions that call a routine of a name that others have too.
  const std::vector<std::string>& uncertain() const { return uncertain_; }

  void rewrite() const {
    for (const Found& one : found_) {
      auto& definition = *model::definition_in((*one.in)[one.attribute]);
      const std::string text = definition.text;
      Edits edits(text);
      for (const Spot& spot : one.spots)
        edits.replace_name(spot.location, spot.parts,
                           spot.bare ? quote_identifier(spot.what->name()) : address_of(*spot.what));
      definition.text = edits.applied();
    }
  }

 private:
  struct Spot {
    const Object* what;
    int location;
    std::size_t parts;
    bool bare = false;  ///< before a column: the name alone
  };
  struct Found {
    Object* in;
    std::size_t attribute;
    std::vector<Spot> spots;
  };

  void find_in(Object& object, std::size_t attribute) {
    const auto parsed = parsed_definition(object, attribute);
    if (!parsed) return;
    Found found{&object, attribute, {}};
    const std::vector<std::string> path = schemas_of_path(object.definition(attribute).search_path);
    for (const Mention& mention : sql::mentions(parsed->fragment.node(), parsed->offset)) {
      const Object* what = meant_by(mention, path);
      if (what == nullptr) continue;
      if (mention.object_class == Mention::Class::function && has_namesakes(*what)) uncertain_.push_back(object.key);
      found.spots.push_back({what, mention.location, mention.names.size()});
    }
    find_qualifiers(*parsed, found);
    if (!found.spots.empty()) found_.push_back(std::move(found));
  }

  /// `item.cost`: the relation's name before a column, where no alias hides it.
  void find_qualifiers(const Parsed& parsed, Found& found) const {
    std::vector<const Object*> read;
    for (const Spot& spot : found.spots) read.push_back(spot.what);
    for (const Object* at = found.in; at != nullptr;
         at = at->parent.empty() ? nullptr : reader_.schema().find(at->parent))
      read.push_back(at);
    std::vector<std::string> aliases;
    each_node(parsed.fragment.node(), [&](const sql::Node& node) {
      if (node.has("aliasname")) aliases.emplace_back(node.text("aliasname"));
    });
    for (const Mention& mention : sql::mentions(parsed.fragment.node(), parsed.offset)) {
      if (mention.object_class != Mention::Class::column || mention.names.size() < 2) continue;
      const std::string& name = mention.names[mention.names.size() - 2];
      if (std::find(aliases.begin(), aliases.end(), name) != aliases.end()) continue;
      for (const Object* object : read) {
        const bool moved = std::find(moved_.begin(), moved_.end(), object) != moved_.end();
        if (!moved || object->kind->name_space != model::NameSpace::relation || object->names[1] != name) continue;
        found.spots.push_back({object, mention.location, mention.names.size() - 1, mention.names.size() == 2});
        break;
      }
    }
  }

  const Object* meant_by(const Mention& mention, const std::vector<std::string>& path) const {
    using Class = Mention::Class;
    if (mention.object_class == Class::column || mention.names.empty() || mention.location < 0) return nullptr;
    const std::vector<std::string> schemas =
        mention.names.size() > 1 ? std::vector<std::string>{mention.names[mention.names.size() - 2]} : path;
    const bool relation = mention.object_class == Class::relation || mention.object_class == Class::sequence;
    for (const std::string& in_schema : schemas) {
      for (const Object* object : moved_) {
        if (object->names.size() < 2 || object->names[0] != in_schema || object->names[1] != mention.names.back())
          continue;
        const auto space = object->kind->name_space;
        const bool fits = relation                                  ? space == model::NameSpace::relation
                          : mention.object_class == Class::type     ? has_address(*object)
                          : mention.object_class == Class::function ? space == model::NameSpace::routine
                                                                    : false;
        if (fits) return object;
      }
      if (relation && reader_.relation_named(in_schema, mention.names.back()) != nullptr) return nullptr;
    }
    return nullptr;
  }

  bool has_namesakes(const Object& routine) const {
    const auto& all = reader_.schema().objects();
    return std::any_of(all.begin(), all.end(), [&](const Object& other) {
      return other.kind->name_space == model::NameSpace::routine && other.names[0] == routine.names[0] &&
             other.names[1] == routine.names[1] && std::find(moved_.begin(), moved_.end(), &other) == moved_.end();
    });
  }

  Interpreter& reader_;
  const std::vector<Object*>& moved_;
  std::vector<std::string> uncertain_;
  std::vector<Found> found_;
};

namespace {

/// The names of an object that are made of the names of what it depends on.
std::vector<std::string> names_following(const Object& other, const std::vector<Object*>& moved,
                                         const Replacements& replaced) {
  std::vector<std::string> names = other.names;
  if (other.kind->signature) names.back() = with_types_replaced(names.back(), replaced);
  if (other.kind == &kinds::cast || other.kind == &kinds::transform)
    names[0] = with_types_around_word_replaced(names[0], replaced);
  if (other.kind != &kinds::publication_table && other.kind != &kinds::publication_schema) return names;
  for (const Object* one : moved) {
    const bool member = std::find(other.depends.begin(), other.depends.end(), one->key) != other.depends.end();
    // of a table its columns are, too
    if (member && one->names.size() + 1 == names.size())
      std::copy(one->names.begin(), one->names.end(), ++names.begin());
  }
  return names;
}

}  // namespace

namespace {

/// tablecmds.c AlterSeqNamespaces: the sequence of an identity is in the schema of its table.
void move_sequence(Object& object, const std::string& from_schema) {
  if (object.kind != &kinds::column || object.names[0] == from_schema) return;
  model::Value& name = object[at(object, "identity_sequence")];
  if (auto* text = std::get_if<std::string>(&name); text != nullptr && !text->empty())
    text->replace(0, quote_identifier(from_schema).size(), quote_identifier(object.names[0]));
}

}  // namespace

/// A routine whose name is no other object's, so that a text that says it means the routine.
bool Interpreter::is_routine_alone(const Object& object) {
  if (object.kind->name_space != model::NameSpace::routine) return false;
  if (relation_named(object.names[0], object.names[1]) != nullptr) return false;
  return std::none_of(schema().objects().begin(), schema().objects().end(), [&](const Object& other) {
    const auto space = other.kind->name_space;
    const bool counts = space == model::NameSpace::routine || space == model::NameSpace::type;
    return counts && &other != &object && other.names[0] == object.names[0] && other.names[1] == object.names[1];
  });
}

void Interpreter::rename_object(Object& object, std::vector<std::string> names) {
  std::vector<Object*> moved;
  collect_subtree(schema(), object, moved);
  const Followed followed(*this, moved);
  Replacements replaced;
  std::vector<std::string> old_keys;
  std::vector<std::string> old_names;
  std::vector<std::string> old_in_clauses;
  std::vector<std::string> old_schemas;
  for (const Object* one : moved) {
    old_keys.push_back(one->key);
    old_schemas.push_back(one->names[0]);
    old_names.push_back(has_address(*one) || is_routine_alone(*one) || is_kept_by_index(*one) ? address_of(*one) : "");
    const bool may_stand_in_clause = one->names.size() == 2 || is_routine_alone(*one);
    old_in_clauses.push_back(may_stand_in_clause ? quote_qualified(one->names[0], one->names[1]) : "");
  }
  if (object.kind == &kinds::schema) result_.created_in.erase(object.names[0]);
  const std::string before = object.name();
  schema().rename(object.key, std::move(names));
  result_.created_in.insert(object.names[0]);
  for (std::size_t i = 0; i < moved.size(); ++i) {
    replaced.keys.emplace_back(old_keys[i], moved[i]->key);
    if (!old_names[i].empty()) replaced.names.emplace_back(old_names[i], address_of(*moved[i]));
    if (!old_in_clauses[i].empty())
      replaced.in_clauses.emplace_back(old_in_clauses[i], quote_qualified(moved[i]->names[0], moved[i]->names[1]));
    if (const auto list = inheritors_.extract(old_keys[i])) inheritors_[moved[i]->key] = list.mapped();
    move_sequence(*moved[i], old_schemas[i]);
    note_relation(*moved[i]);
    note_constraint(*moved[i]);
  }
  for (auto& [parent, children] : inheritors_) {
    for (std::string& child : children) child = replaced.of(child);
  }
  const auto concerns = [&](const Object& other) {
    const auto is_moved = [&](const std::string& key) {
      return std::any_of(moved.begin(), moved.end(), [&](const Object* one) { return one->key == key; });
    };
    return is_moved(other.key) || std::any_of(other.depends.begin(), other.depends.end(), is_moved);
  };
  // a part that comes from one of a parent table names it, and needs nothing of it; so does the sequence of a column
  const auto comes_from_moved = [&](const Object& other) {
    if (other.kind->dropped_with != nullptr)
      return std::find(old_keys.begin(), old_keys.end(), other.kind->dropped_with(other)) != old_keys.end();
    if (other.kind != &kinds::column && other.kind != &kinds::constraint) return false;
    const List& from = other.list(at(other, "inherited_from"));
    return std::find_first_of(from.begin(), from.end(), old_keys.begin(), old_keys.end()) != from.end();
  };
  for (Object& other : schema().objects()) {
    if (model::is_aspect(other) || !(concerns(other) || comes_from_moved(other))) continue;
    replaced.in(other);
    std::vector<std::string> new_names = names_following(other, moved, replaced);
    if (new_names != other.names) schema().rename(other.key, std::move(new_names));
  }
  followed.rewrite();
  if ((object.kind == &kinds::index || is_kept_by_index(object)) && object.name() != before)
    dispatch("IndexRenamed", {}, schema().find(object.parent), &object, before);
  for (const std::string& routine : followed.uncertain())
    error("this RENAME is not followed into " + routine + ", which calls one of several routines of that name",
          "write the routine under its new name where it is created");
}

namespace {

/// Whether the columns of a query cannot be told apart by their names alone.
bool is_involved(const sql::Node& root, const std::string& name) {
  bool found = false;
  each_node(root, [&](const sql::Node& node) {
    if (node.is("A_Star") || node.is("RangeSubselect") || node.is("RangeFunction") || node.has("withClause"))
      found = true;
    if (node.is("JoinExpr") && node.flag("isNatural")) found = true;
    for (const sql::Node merged : node.list("usingClause")) found = found || merged.text() == name;
  });
  return found;
}

/// The columns that a statement gives values to: they stand bare, and are those of its target.
std::vector<sql::Node> assigned_columns(const sql::Node& statement) {
  std::vector<sql::Node> columns;
  for (const sql::Node one : statement.list("cols")) columns.push_back(one);
  if (statement.is("UpdateStmt")) {
    for (const sql::Node one : statement.list("targetList")) columns.push_back(one);
  }
  for (const sql::Node one : statement["onConflictClause"].list("targetList")) columns.push_back(one);
  return columns;
}

/// Targets of a query that take their names from the column itself, by their locations.
std::vector<int> unnamed_targets(const sql::Node& root) {
  std::vector<int> locations;
  each_node(root, [&](const sql::Node& node) {
    for (const sql::Node target : node.list("targetList")) {
      if (target.is("ResTarget") && !target.has("name") && target["val"].is("ColumnRef"))
        locations.push_back(target["val"].location());
    }
  });
  return locations;
}

}  // namespace

namespace {

/// Whether the table of a publication is this one, whose columns its filter means.
bool is_publication_of(const Object& object, const Object& relation) {
  const auto& needs = object.depends;
  return object.kind == &kinds::publication_table && std::find(needs.begin(), needs.end(), relation.key) != needs.end();
}

}  // namespace

/// The definition under the column's new name; nothing where it does not read the column. `certain` is false where
/// only the server could tell.
std::optional<std::string> Interpreter::with_column_renamed(const Object& object, std::size_t attribute,
                                                            const Object& relation, const std::string& from,
                                                            const std::string& to, bool& certain) {
  const auto parsed = parsed_definition(object, attribute);
  if (!parsed) return std::nullopt;
  const Definition& definition = object.definition(attribute);
  const sql::Node root = parsed->fragment.node();
  bool reads = is_publication_of(object, relation);
  for (const Object* at = &object; at != nullptr; at = at->parent.empty() ? nullptr : schema().find(at->parent))
    reads = reads || at == &relation;
  bool has_others = false;
  const std::vector<Mention> mentions = sql::mentions(root, parsed->offset);
  const std::vector<std::string> path = schemas_of_path(definition.search_path);
  const auto named = [&](const std::string& in_schema, const std::string& name) {
    const Object* found = nullptr;
    for (const std::string& one : in_schema.empty() ? path : std::vector<std::string>{in_schema}) {
      if (found == nullptr) found = relation_named(one, name);
    }
    return found;
  };
  for (const Mention& mention : mentions) {
    if (mention.object_class != Mention::Class::relation || mention.names.back() == "nobody") continue;
    const Object* found =
        named(mention.names.size() > 1 ? mention.names[mention.names.size() - 2] : "", mention.names.back());
    if (found == &relation) {
      reads = true;
    } else {
      const bool lacks = found != nullptr && kinds::is_table(*found) &&
                         !schema().contains(model::key_of(kinds::column, {found->names[0], found->names[1], from}));
      has_others = has_others || !lacks;
    }
  }
  if (!reads) return std::nullopt;
  const bool is_query = object.kind->attributes[attribute].grammar != model::Grammar::expression;
  const std::vector<int> unnamed = is_query ? unnamed_targets(root) : std::vector<int>{};
  Edits edits(definition.text);
  for (const Mention& mention : mentions) {
    if (mention.object_class != Mention::Class::column || mention.names.empty() || mention.names.back() != from)
      continue;
    const bool names_output =
        std::find(unnamed.begin(), unnamed.end(), mention.location + parsed->offset) != unnamed.end();
    edits.replace_part(mention.location, mention.names.size() - 1,
                       quote_identifier(to) + (names_output ? " AS " + quote_identifier(from) : ""));
  }
  const bool by_name_alone = !edits.empty();
  each_node(root, [&](const sql::Node& part) {
    if (part.is("InsertStmt") || part.is("UpdateStmt")) {
      const sql::Node target = part["relation"];
      if (named(std::string(target.text("schemaname")), std::string(target.text("relname"))) != &relation) return;
      for (const sql::Node& column : assigned_columns(part)) {
        if (column.text("name") == from)
          edits.replace_part(column.location() - parsed->offset, 0, quote_identifier(to));
      }
    }
    if (part.text("name") != from) return;
    if (part.is("PartitionElem")) edits.replace_part(part.location() - parsed->offset, 0, quote_identifier(to));
    if (part.is("IndexElem")) has_others = true;  // it has no place of its own
  });
  certain =
      !is_query || object.kind->attributes[attribute].grammar == model::Grammar::constraint || !is_involved(root, from);
  certain = certain && !(has_others && (by_name_alone || object.kind == &kinds::constraint));
  if (edits.empty()) return std::nullopt;
  return edits.applied();
}

/// Every definition that reads the column gets its new name; false and an error where that cannot be.
bool Interpreter::follow_column(const sql::Node& node, const Object& relation, const std::string& from,
                                const std::string& to) {
  write_stars_out(relation);
  for (Object& object : schema().objects()) {
    if (&object == &relation) continue;  // a view's own query names columns of others
    for (std::size_t i = 0; i < object.values.size(); ++i) {
      if (object.kind->attributes[i].type != model::Type::definition || !object.has(i)) continue;
      bool certain = true;
      auto text = with_column_renamed(object, i, relation, from, to, certain);
      if (!certain) {
        error(node,
              "this RENAME COLUMN is not followed into " + object.key +
                  ", where only the server can tell "
                  "which columns are meant",
              "write the column under its new name where it is created");
        return false;
      }
      if (text) model::definition_in(object[i])->text = std::move(*text);
    }
  }
  return true;
}

/// tablecmds.c renameatt: the column, its likes in inheritors, and every definition that reads it.
void Interpreter::rename_column(const sql::Node& node, Object& column_object, const std::string& to) {
  const std::string from = column_object.name();
  Object& relation = *schema().find(column_object.parent);
  if (!follow_column(node, relation, from, to)) return;
  rename_object(column_object, {relation.names[0], relation.names[1], to});
  dispatch("ColumnRenamed", node, &relation, &column_object, from);
  for (Object* child : inheritors(relation)) {
    Object* own = schema().find(model::key_of(kinds::column, {child->names[0], child->names[1], from}));
    if (own != nullptr) rename_column(node, *own, to);
  }
}

/// The same of a view, whose columns are no objects: they have their names in its query.
void Interpreter::rename_view_column(const sql::Node& node, Object& view_object, const std::string& to) {
  const std::string from(node.text("subname"));
  auto names = columns_of_relation(view_object);
  if (!names)
    return error(node, "the columns of " + view_object.key + " are not all named in its query",
                 "write its columns instead of *, or the column under its new name");
  const auto renamed = std::find(names->begin(), names->end(), from);
  if (renamed == names->end())
    return error(node, "column " + quote_identifier(from) + " of " + view_object.key + " does not exist",
                 "correct the name");
  *renamed = to;
  if (!follow_column(node, view_object, from, to)) return;
  const auto parsed = parsed_definition(view_object, at(view_object, "query"));
  Object as_column =
      model::make_object(kinds::column, {view_object.names[0], view_object.names[1], to}, view_object.key);
  dispatch("ViewColumnRenamed", parsed->fragment.node(), &view_object, &as_column, join(*names, "\n"));
  dispatch("ColumnRenamed", node, &view_object, &as_column, from);
}

/// `(c).a` and `(t.list[1]).a`: whoever is known to read the attribute, and no other of its name, says it so. The
/// columns of typed tables go along (tablecmds.c renameatt_internal).
void Interpreter::rename_attribute(const sql::Node& node, Object& attribute, const std::string& to) {
  static const std::size_t of_attribute = model::attribute(kinds::column, "of_attribute");
  const std::string from = attribute.name();
  for (Object& object : schema().objects()) {
    const List& read = object.depends;
    if (std::find(read.begin(), read.end(), attribute.key) == read.end()) continue;
    const bool alone = std::none_of(read.begin(), read.end(), [&](const std::string& key) {
      const Object* other = schema().find(key);
      const bool is_part = other != nullptr && (other->kind == attribute.kind || other->kind == &kinds::column);
      return is_part && other != &attribute && other->name() == from;
    });
    for (std::size_t i = 0; alone && i < object.values.size(); ++i) {
      if (object.kind->attributes[i].type != model::Type::definition || !object.has(i)) continue;
      std::string& text = model::definition_in(object[i])->text;
      const std::string before = text;
      Edits edits(before);
      edits.replace_field(quote_identifier(from), quote_identifier(to));
      text = edits.applied();
    }
  }
  std::vector<std::string> of_typed_tables;
  for (const Object& object : schema().objects()) {
    const bool comes_from_it = object.kind == &kinds::column && object.text(of_attribute) == attribute.key;
    if (comes_from_it) of_typed_tables.push_back(object.key);
  }
  rename_object(attribute, {attribute.names[0], attribute.names[1], to});
  for (const std::string& key : of_typed_tables) {
    Object& column_object = *schema().find(key);
    column_object[of_attribute] = attribute.key;
    rename_column(node, column_object, to);
  }
}

}  // namespace segue::source
