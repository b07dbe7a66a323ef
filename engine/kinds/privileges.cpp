// Privileges on objects and columns. PostgreSQL: relacl, attacl, proacl, typacl, nspacl; GRANT and REVOKE.
//
// An object of this kind exists only where the list differs from what is built in for its target. It is a child of its
// target; that of a column which is no object, of a view or of the system's, is named by the relation and the column,
// and that of the sequence of an identity by the column and the word sequence.
#include <algorithm>

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/grant_statement.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/system_columns.h"
#include "kinds/target.h"

namespace segue::kinds {
namespace {

using acl::Acl;
using acl::Class;
using acl::Rights;
using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

constexpr const char* changes_privileges = "CHANGES_PRIVILEGES";

// -- writing ---------------------------------------------------------------------------------------------------------

/// The relation whose owner a column and its sequence have, or the object itself.
const Object* owned(const Target& target, const model::Schema* side) {
  if (target.object == nullptr || target.object->kind->sql_class != "COLUMN") return target.object;
  return side->find(target.object->parent);
}

/// The table whose column owns the sequence on that side, or the object itself: whose owner it has.
const Object* bearer_of_owner(const Object& whole, const model::Schema* side) {
  const Object* on_side = side == nullptr || whole.kind != &sequence ? nullptr : side->find(whole.key);
  const Object* of = on_side == nullptr ? nullptr : side->find(on_side->text(model::attribute(sequence, "owned_by")));
  return of == nullptr ? &whole : side->find(of->parent);
}

/// One change: the target on the side that has it, and the statements between the lists.
struct Work {
  Target target;
  const Object* whole = nullptr;   ///< of a column the relation
  const Object* bearer = nullptr;  ///< whose owner it has: the table of an owned sequence, or the whole itself
  Class of = Class::none;
  std::string old_owner;
  std::string new_owner;
};

/// `standing`: the side in which the sequence is, if it is one, when the statements run.
Work work_on(const Target& target, const Sides& sides, const model::Schema* standing) {
  Work work;
  work.target = target;
  if (work.target.object == nullptr) return work;
  work.whole = owned(work.target, sides.to_schema);
  if (work.whole == nullptr) return {};
  work.of = acl::class_named(work.target.sql_class);
  work.bearer = bearer_of_owner(*work.whole, standing);
  work.old_owner = acl::owner_of(sides.from_schema, work.bearer->key);
  work.new_owner = acl::owner_of(sides.to_schema, work.bearer->key);
  if (work.new_owner.empty()) work.new_owner = work.old_owner;
  if (work.new_owner.empty()) work.new_owner = quote_identifier(sides.current_role);
  return work;
}

void write(const Work& work, const std::vector<Acl>& from, const Acl& to, const Sides& sides, Emit& emit) {
  const acl::Wording wording{"",
                             acl::grant_object(work.of, work.target.address, *work.whole),
                             work.target.column,
                             work.new_owner,
                             work.of,
                             sides.server_version};
  const bool standing = sides.from_schema != nullptr && sides.from_schema->contains(work.target.object->key);
  for (std::string& sql : acl::statements(from, to, wording)) {
    std::string form = acl::form_of(work.of, sql);
    auto& fragment = emit.statement(std::move(sql), std::move(form));
    if (!work.target.relation.empty()) fragment.relations = {work.target.relation};
    if (standing) fragment.hazards = {changes_privileges};
  }
}

/// Those of the relation's columns, of views' too.
std::vector<const Object*> lists_of_columns(const model::Schema& side, const Object& relation) {
  std::vector<const Object*> found;
  for (const Object* child : side.children(relation.key)) {
    if (child->kind == &privileges && child->names.size() > 1) found.push_back(child);
    if (child->kind->sql_class != "COLUMN") continue;
    if (const Object* own = side.find(model::key_of(privileges, {child->key}))) found.push_back(own);
  }
  return found;
}

void write_again(const Object& list, Sides sides, Emit& emit) {
  sides.to = &list;
  const Work work = work_on(target_of(list, sides.to_schema), sides, sides.to_schema);
  if (work.target.object != nullptr)
    write(work, {Acl{}}, acl::list_of(list, work.of, sides.server_version), sides, emit);
}

bool revokes(std::span<const model::Fragment> fragments) {
  return std::any_of(fragments.begin(), fragments.end(),
                     [](const model::Fragment& one) { return one.sql.rfind("REVOKE", 0) == 0; });
}

/// aclchk.c expand_all_col_privileges: REVOKE on a relation takes the same rights from its columns. Those that stay get
/// them again; those that change do so later.
void restore_columns(const Work& work, const Sides& sides, Emit& emit) {
  if (work.of != Class::relation || !revokes(emit.fragments()) || sides.from_schema == nullptr ||
      sides.to_schema == nullptr)
    return;
  for (const Object* child : lists_of_columns(*sides.to_schema, *work.whole)) {
    if (sides.from_schema->contains(child->key)) write_again(*child, sides, emit);
  }
}

/// The columns of a relation that was made just now have their lists by then, too.
void settle_created(const Sides& sides, Emit& emit) {
  const std::size_t first = emit.fragments().size();
  acl::settle_created(sides, emit);
  if (sides.to == nullptr || !revokes(std::span(emit.fragments()).subspan(first))) return;
  for (const Object* child : lists_of_columns(*sides.to_schema, *sides.to)) write_again(*child, sides, emit);
}

bool names_role(const Acl& list, const std::string& role) {
  return std::any_of(list.items().begin(), list.items().end(),
                     [&](const acl::Item& item) { return item.grantee == role || item.grantor == role; });
}

/// A change of owner in the same plan rewrites the list too (acl.c aclnewowner). Where the list names one of the
/// owners, the owner is set right here, whichever step comes first: setting it twice changes nothing.
void settle_owner(const Work& work, const Acl& from, const Acl& to, Emit& emit) {
  if (work.old_owner.empty() || work.old_owner == work.new_owner) return;
  const bool named = names_role(from, work.new_owner) || names_role(to, work.old_owner) ||
                     names_role(from, work.old_owner) || names_role(to, work.new_owner);
  if (!named) return;
  emit.statement("ALTER " + std::string(work.bearer->kind->sql_class) + " " + work.bearer->kind->address(*work.bearer) +
                 " OWNER TO " + work.new_owner);
}

Acl list_on(const Object& child, Class of, const Sides& sides) { return acl::list_of(child, of, sides.server_version); }

void alter(const Sides& sides, Emit& emit) {
  const Work work = work_on(target_of(*sides.to, sides.to_schema), sides, sides.to_schema);
  if (work.target.object == nullptr) return;
  const Acl from = list_on(*sides.from, work.of, sides);
  const Acl to = list_on(*sides.to, work.of, sides);
  settle_owner(work, from, to, emit);
  write(work, {acl::with_new_owner(from, work.old_owner, work.new_owner)}, to, sides, emit);
  restore_columns(work, sides, emit);
}

/// The target may be new or made again, and then has what default privileges give it; or it stood there with what is
/// built in. The statements are right for each.
void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Work work = work_on(target_of(*sides.to, sides.to_schema), sides, sides.to_schema);
  if (work.target.object == nullptr) return;
  const Acl to = list_on(*sides.to, work.of, sides);
  settle_owner(work, {}, to, emit);
  std::vector<Acl> from;
  if (work.of == Class::column) {
    from.push_back({});
  } else {
    from.push_back(acl::built_in_for(*work.target.object, work.of, sides.server_version));
    const std::string creator = quote_identifier(sides.current_role);
    for (const model::Schema* side : {sides.from_schema, sides.to_schema}) {
      if (side == nullptr) continue;
      const Acl given =
          acl::initial(*side, work.of, work.target.object->names.front(), sides.current_role, sides.server_version);
      const bool ordinary = given == acl::built_in(work.of, sides.server_version);
      if (!ordinary) from.push_back(acl::with_new_owner(given, creator, work.new_owner));
    }
  }
  write(work, from, to, sides, emit);
  restore_columns(work, sides, emit);
}

void drop(const Sides& sides, Emit& emit) {
  const Work work = work_on(target_left(*sides.from, sides), sides, sides.from_schema);
  if (work.target.object == nullptr) return;  // its privileges went with it
  const Acl from = list_on(*sides.from, work.of, sides);
  const Acl to = acl::built_in_for(*work.target.object, work.of, sides.server_version);
  settle_owner(work, from, to, emit);
  write(work, {acl::with_new_owner(from, work.old_owner, work.new_owner)}, to, sides, emit);
  restore_columns(work, sides, emit);
}

/// Of a sequence that gets, leaves or changes its table: they go while it has the one, whose owner it has, and come
/// back while it has the other.
Change decide(const Sides& sides) {
  const Object* before = target_of(*sides.from, sides.from_schema).object;
  const Object* after = target_of(*sides.to, sides.to_schema).object;
  const std::size_t owned_by = model::attribute(sequence, "owned_by");
  const bool moves = before != nullptr && after != nullptr && before->kind == &sequence && after->kind == &sequence &&
                     before->text(owned_by) != after->text(owned_by);
  return moves ? Change::replace : decide_by_target(sides);
}

constexpr model::Attribute attributes[] = {
    {.name = "acl", .type = Type::list, .change = Change::alter, .alter = alter, .decide = decide},
    {.name = "granted", .type = Type::list, .change = Change::derived},  // the order of its items
};

/// aclchk.c expand_all_col_privileges: REVOKE on a relation takes rights from its columns, so that theirs come after.
void follow_relation(Object& of_column, const std::string& relation) {
  of_column.depends.push_back(model::key_of(privileges, {relation}));
}

// -- catalog ---------------------------------------------------------------------------------------------------------

/// A catalog whose objects are in no schema, and whose columns begin with `prefix`.
std::string of_no_schema(const std::string& catalog, const std::string& prefix) {
  return " UNION ALL SELECT '" + catalog + "', o.oid, 0, NULL, o." + prefix +
         "acl::pg_catalog.text[], pg_catalog.pg_get_userbyid(o." + prefix + "owner) FROM pg_catalog." + catalog +
         " o WHERE o." + prefix + "acl IS NOT NULL AND o.oid >= 16384 AND " + ours(catalog, "o.oid", "");
}

std::string query(int) {
  const std::string user = "pg_catalog.pg_get_userbyid(";
  return "SELECT 'pg_class', c.oid, 0, NULL::pg_catalog.name, c.relacl::pg_catalog.text[], " + user +
         "c.relowner) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "WHERE c.relacl IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND " +
         ours("pg_class", "c.oid", "n.nspname") +
         " UNION ALL SELECT 'pg_class', c.oid, a.attnum, a.attname, a.attacl::pg_catalog.text[], " + user +
         "c.relowner) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND " +
         ours("pg_class", "c.oid", "n.nspname") +
         " UNION ALL SELECT 'pg_proc', p.oid, 0, NULL, p.proacl::pg_catalog.text[], " + user +
         "p.proowner) FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
         "WHERE p.proacl IS NOT NULL AND " +
         ours("pg_proc", "p.oid", "n.nspname") +
         " UNION ALL SELECT 'pg_type', t.oid, 0, NULL, t.typacl::pg_catalog.text[], " + user +
         "t.typowner) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
         "LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid "
         // that of a range's multirange is no range's: pg_dump leaves it out, and 17 refuses it (ExecGrant_Type_check)
         "WHERE t.typacl IS NOT NULL AND (c.oid IS NULL OR c.relkind = 'c') AND t.typtype <> 'm' AND " +
         ours("pg_type", "t.oid", "n.nspname") + of_no_schema("pg_language", "lan") +
         of_no_schema("pg_foreign_data_wrapper", "fdw") + of_no_schema("pg_foreign_server", "srv") +
         // of the schema public even a list that is built in is a change to what initdb left
         " UNION ALL SELECT 'pg_namespace', n.oid, 0, NULL, "
         "coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))::pg_catalog.text[], " +
         user + "n.nspowner) FROM pg_catalog.pg_namespace n WHERE (n.nspacl IS NOT NULL OR n.nspname = 'public') AND " +
         ours("pg_namespace", "n.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const int sub = static_cast<int>(row.number(2));
  const Object* target = reader.at(row.text(0), row.text(1), sub);
  if (target == nullptr) return;
  Object object = child_at(privileges, *target, row.text(0), sub, row.text(3));
  const Class of = acl::class_named(target_of(object, &reader.schema()).sql_class);
  if (of == Class::none) return;
  const int version = reader.server_version();
  const Acl list = acl::from_aclitems(row.list(4), row.text(5));
  if (list == acl::built_in_for(*target, of, version)) return;
  acl::set_list(object, list, of, version);
  if (of == Class::column) follow_relation(object, is_part(*target, row.text(3)) ? target->parent : target->key);
  acl::follow_definition(object, *target);
  reader.add(std::move(object), row.text(0) + "/acl", row.text(1), sub);
}

// -- statements ------------------------------------------------------------------------------------------------------

/// Columns of views, and those that every table has.
bool is_column_without_object(const Object& relation, const std::string& name) {
  return relation.kind == &view || relation.kind == &materialized_view ||
         (is_table(relation) && is_system_column(name));
}

/// One GRANT or REVOKE of a file on its way over the objects that it names.
class Granting {
 public:
  Granting(const sql::Node& node, DesiredReader& reader) : node_(node), reader_(reader), statement_(node, reader) {}

  void run(const Object& target) {
    Object whole = child_of_named(privileges, target, node_.text("objtype"));
    acl::follow_definition(whole, target);
    const Class of = acl::class_named(target_of(whole, &reader_.schema()).sql_class);
    if (of == Class::none) return;
    owner_ = owner_name(target);
    for (const GrantedPart& part : statement_.parts(of, target.key)) {
      if (part.column.empty()) {
        change_whole(whole, target, of, part.rights);
      } else {
        change_column(target, part.column, part.rights);
      }
    }
  }

 private:
  std::string owner_name(const Object& target) const {
    const std::string known = acl::owner_of(&reader_.schema(), target.key);
    return known.empty() ? quote_identifier(reader_.setting("segue.default_owner")) : known;
  }

  void change_whole(const Object& whole, const Object& target, Class of, Rights rights) {
    const int version = reader_.server_version();
    statement_.change(whole, acl::built_in_for(target, of, version), of, rights, owner_);
    if (!statement_.reaches_columns(of, rights)) return;
    std::vector<std::string> keys;
    collect_column_lists(target.key, keys);
    for (const std::string& key : keys) {
      Object* standing = reader_.schema().find(key);
      Object copy = model::make_object(privileges, standing->names, standing->parent);
      change_of_column(std::move(copy), target.key, rights & acl::all_rights(Class::column, version));
    }
  }

  /// Keys of the privileges of a relation's columns.
  void collect_column_lists(const std::string& relation, std::vector<std::string>& keys) const {
    for (const Object* child : std::as_const(reader_.schema()).children(relation)) {
      if (child->kind == &privileges && child->names.size() > 1) keys.push_back(child->key);
      if (child->kind->sql_class != "COLUMN") continue;
      const std::string key = model::key_of(privileges, {child->key});
      if (reader_.schema().contains(key)) keys.push_back(key);
    }
  }

  void change_column(const Object& target, const std::string& column_name, Rights rights) {
    for (const Object* child : std::as_const(reader_.schema()).children(target.key)) {
      if (!is_part(*child, column_name)) continue;
      return change_of_column(model::make_object(privileges, {child->key}, child->key), target.key, rights);
    }
    if (is_column_without_object(target, column_name)) {
      return change_of_column(make_child_of_column(privileges, target, column_name), target.key, rights);
    }
    reader_.error(node_, target.key + " has no column " + quote_identifier(column_name),
                  "check the name of the column");
  }

  void change_of_column(Object object, const std::string& relation, Rights rights) {
    follow_relation(object, relation);
    const Object* whole = reader_.schema().find(model::key_of(privileges, {relation}));
    const Acl above = whole == nullptr ? Acl{} : acl::list_of(*whole, Class::relation, reader_.server_version());
    statement_.change(std::move(object), {}, Class::column, rights, owner_, above);
  }

  const sql::Node& node_;
  DesiredReader& reader_;
  GrantStatement statement_;
  std::string owner_;  ///< of the object at hand, quoted
};

bool has_sequence(const Object& object) {
  return object.kind == &column && object.has(model::attribute(column, "identity_sequence"));
}

/// aclchk.c objectsInSchemaToOids: which objects ALL … IN SCHEMA speaks of.
bool in_all(std::string_view object_type, const Object& object) {
  const Class of = acl::class_of(object);
  const bool procedure = object.kind->sql_class == "PROCEDURE";
  if (object_type == "OBJECT_TABLE") return of == Class::relation;
  if (object_type == "OBJECT_SEQUENCE") return of == Class::sequence || has_sequence(object);
  if (object_type == "OBJECT_FUNCTION") return of == Class::routine && !procedure;
  if (object_type == "OBJECT_PROCEDURE") return procedure;
  return object_type == "OBJECT_ROUTINE" && of == Class::routine;
}

std::vector<const Object*> all_in_schemas(const sql::Node& node, DesiredReader& reader) {
  std::vector<const Object*> targets;
  const std::vector<std::string> schemas = sql::strings(node.list("objects"));
  for (const Object& object : reader.schema().objects()) {
    const bool inside =
        object.names.size() > 1 && std::find(schemas.begin(), schemas.end(), object.names.front()) != schemas.end();
    if (inside && in_all(node.text("objtype"), object)) targets.push_back(&object);
  }
  return targets;
}

/// Those that the file makes; all others are a matter of initial privileges.
std::vector<const Object*> named_objects(const sql::Node& node, DesiredReader& reader) {
  std::vector<const Object*> targets;
  for (const sql::Node object : node.list("objects")) {
    if (const Object* target = reader.find_granted(node.text("objtype"), object)) targets.push_back(target);
  }
  return targets;
}

void read_grant(const sql::Node& node, DesiredReader& reader) {
  const std::string_view type = node.text("objtype");
  if (!grants_modelled(type)) {
    return reader.unmodelled("privileges on " + words_of(type),
                             "objects of this kind are not modelled; their privileges are left alone");
  }
  const bool all = node.text("targtype") == "ACL_TARGET_ALL_IN_SCHEMA";
  Granting granting(node, reader);
  std::vector<std::string> keys;  // the statement itself adds and removes objects
  for (const Object* target : all ? all_in_schemas(node, reader) : named_objects(node, reader))
    keys.push_back(target->key);
  for (const std::string& key : keys) {
    if (const Object* target = reader.schema().find(key)) granting.run(*target);
  }
}

void read_grant_role(const sql::Node&, DesiredReader& reader) {
  reader.unmodelled("membership of roles",
                    "roles belong to the whole cluster; GRANT and REVOKE of roles are left alone");
}

constexpr model::StatementReader statements[] = {{"GrantStmt", read_grant}, {"GrantRoleStmt", read_grant_role}};

}  // namespace

const model::Kind privileges = {
    .name = "privileges",
    .sql_class = {},
    .attributes = attributes,
    .create = create,
    .drop = drop,
    .settle_created = settle_created,
    .name_space = model::NameSpace::of_target,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
