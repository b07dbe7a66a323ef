#include "kinds/operator_members.h"

#include <algorithm>
#include <string_view>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/routine_common.h"

namespace segue::kinds::operator_members {
namespace {

using model::Object;

std::string types_text(const std::string& left, const std::string& right) { return "(" + left + ", " + right + ")"; }

}  // namespace

std::string operator_text(const std::vector<std::string>& names, const std::string& left, const std::string& right,
                          DesiredReader& reader, std::vector<std::string>& depends) {
  std::vector<std::string> schemas = {"pg_catalog"};
  if (names.size() > 1)
    schemas = {names[names.size() - 2]};
  else
    schemas = routine::split_list(reader.setting("search_path"));
  for (const std::string& in_schema : schemas) {
    const std::string key = model::key_of(operator_, {in_schema, names.back(), left + ", " + right});
    if (!reader.schema().contains(key)) continue;
    depends.push_back(key);
    return quote_identifier(in_schema) + "." + names.back();
  }
  if (names.size() > 1 && schemas.front() != "pg_catalog")
    return quote_identifier(schemas.front()) + "." + names.back();
  return names.back();
}

namespace {

std::string function_text(const sql::Node& function, DesiredReader& reader, std::vector<std::string>& depends) {
  if (const Object* found = reader.find_routine(function, true); found != nullptr) {
    depends.push_back(found->key);
    return quote_qualified(found->names[0], found->names[1]) + "(" + found->names[2] + ")";
  }
  std::vector<std::string> types;
  for (const sql::Node type : function.list("objargs"))
    types.push_back(routine::without_modifier(reader.type(type, depends)));
  const std::vector<std::string> names = sql::strings(function.list("objname"));
  const bool own = names.size() > 1 && names[names.size() - 2] != "pg_catalog";
  return (own ? quote_qualified(names[names.size() - 2], names.back()) : quote_identifier(names.back())) + "(" +
         join(types, ", ") + ")";
}

/// opclasscmds.c assignProcTypes: a comparison is between its own argument types, a hash is of one; everything else is
/// of the class's type.
void default_function_types(const sql::Node& function, const std::string& method, const std::string& type,
                            DesiredReader& reader, Member& member) {
  std::vector<std::string> ignored;
  std::vector<std::string> types;
  for (const sql::Node one : function.list("objargs"))
    types.push_back(routine::without_modifier(reader.type(one, ignored)));
  member.left = member.right = type;
  if (method == "btree" && member.number == 1 && types.size() == 2) {
    member.left = types[0];
    member.right = types[1];
  } else if (method == "hash" && member.number == 1 && !types.empty()) {
    member.left = member.right = types[0];
  }
}

Member read_operator(const sql::Node& item, const std::string& type, DesiredReader& reader,
                     std::vector<std::string>& depends) {
  Member member;
  member.number = static_cast<int>(item.number("number"));
  const sql::List types = item["name"].list("objargs");
  member.left = member.right = type;
  if (types.size() == 2) {
    member.left = routine::without_modifier(reader.type(types[0], depends));
    member.right = routine::without_modifier(reader.type(types[1], depends));
  }
  const std::vector<std::string> names = sql::strings(item["name"].list("objname"));
  if (names.empty()) return member;
  member.clause = "OPERATOR " + std::to_string(member.number) + " " +
                  operator_text(names, member.left, member.right, reader, depends) + " " +
                  types_text(member.left, member.right);
  if (item.has("order_family")) {
    const std::vector<std::string> family = sql::strings(item.list("order_family"));
    const bool own = family.size() > 1 && family[family.size() - 2] != "pg_catalog";
    member.clause += " FOR ORDER BY " + (own ? quote_qualified(family[family.size() - 2], family.back())
                                             : quote_identifier(family.back()));
  }
  return member;
}

Member read_function(const sql::Node& item, const std::string& method, const std::string& type, DesiredReader& reader,
                     std::vector<std::string>& depends) {
  Member member;
  member.is_function = true;
  member.number = static_cast<int>(item.number("number"));
  const sql::List types = item.list("class_args");
  if (types.size() == 0) {
    default_function_types(item["name"], method, type, reader, member);
  } else {
    member.left = routine::without_modifier(reader.type(types[0], depends));
    member.right = types.size() > 1 ? routine::without_modifier(reader.type(types[1], depends)) : member.left;
  }
  // ALTER OPERATOR FAMILY … DROP names no function
  const std::string object = item.has("name") ? " " + function_text(item["name"], reader, depends) : "";
  member.clause = "FUNCTION " + std::to_string(member.number) + " " + types_text(member.left, member.right) + object;
  return member;
}

constexpr std::string_view op_name =
    "CASE WHEN pn.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(pn.nspname) || '.' END || p.oprname";

std::string tied(const std::string& catalog, const std::string& owner, const std::string& oid) {
  return "EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog." + catalog +
         "'::pg_catalog.regclass AND d.objid = m.oid AND d.refclassid = 'pg_catalog." + owner +
         "'::pg_catalog.regclass AND d.refobjid = " + oid + ")";
}

std::string types_sql(const std::string& left, const std::string& right) {
  return "'(' || pg_catalog.format_type(m." + left + ", NULL) || ', ' || pg_catalog.format_type(m." + right +
         ", NULL) || ')'";
}

std::size_t place_of(const Member& member, const Object& owner) {
  return model::attribute(*owner.kind, member.is_function ? "functions" : "operators");
}

}  // namespace

std::vector<Member> read_items(const sql::List& items, const std::string& method, const std::string& type,
                               DesiredReader& reader, std::vector<std::string>& depends) {
  constexpr std::int64_t operator_item = 1;  // opclasscmds.h, parsenodes.h: OPCLASS_ITEM_OPERATOR, _FUNCTION
  constexpr std::int64_t function_item = 2;
  std::vector<Member> members;
  for (const sql::Node item : items) {
    const std::int64_t kind = item.number("itemtype");
    if (kind == operator_item) {
      // ALTER OPERATOR FAMILY … DROP OPERATOR n (types) has them where a function's types stand
      if (item.has("name"))
        members.push_back(read_operator(item, type, reader, depends));
      else
        members.push_back(read_function(item, method, type, reader, depends));
      members.back().is_function = false;
      if (!item.has("name")) members.back().clause.replace(0, std::string_view("FUNCTION").size(), "OPERATOR");
    } else if (kind == function_item) {
      members.push_back(read_function(item, method, type, reader, depends));
    }
  }
  return members;
}

Tie tie_of(const Member& member, const std::string& method, bool of_class, int server_version) {
  const Tie as_stated = of_class ? Tie::to_class : Tie::to_family;
  if (server_version < 140000) return as_stated;
  const auto is_required = [&](std::initializer_list<int> numbers) {
    return member.is_function && std::find(numbers.begin(), numbers.end(), member.number) != numbers.end();
  };
  // nbtvalidate.c btadjustmembers, hashvalidate.c hashadjustmembers
  if (method == "btree" || method == "hash") {
    const bool optional = member.is_function && member.number != 1;
    return optional || member.left != member.right ? Tie::to_family : Tie::to_class_of_type;
  }
  // gistvalidate.c gistadjustmembers, ginvalidate.c ginadjustmembers, spgvalidate.c spgadjustmembers
  if (method == "gist") return is_required({1, 2, 5, 6, 7}) ? as_stated : Tie::to_family;
  if (method == "gin") return is_required({2, 3}) ? as_stated : Tie::to_family;
  if (method == "spgist") return is_required({1, 2, 3, 4, 5}) ? as_stated : Tie::to_family;
  return as_stated;
}

std::string address(const Object& object) {
  return quote_qualified(object.names[0], object.names[1]) + " USING " + quote_identifier(object.names[2]);
}

void need_method(Object& object, DesiredReader& reader) {
  const std::string key = model::key_of(access_method, {object.names.back()});
  if (reader.schema().contains(key)) object.depends.push_back(key);
}

void make_family(const Name& name, const std::string& method, DesiredReader& reader) {
  Object object =
      model::make_object(operator_family, {name.schema, name.name, method}, model::key_of(schema, {name.schema}));
  need_method(object, reader);
  reader.add(std::move(object));
}

void add(const Member& member, Object& owner) {
  model::Value& members = owner[place_of(member, owner)];
  std::get<model::List>(members).push_back(member.clause);
}

void remove(const Member& member, Object& owner) {
  const std::string gone = without_object(member.clause);
  model::Value& members = owner[place_of(member, owner)];
  std::erase_if(std::get<model::List>(members), [&](const std::string& one) { return without_object(one) == gone; });
}

std::string without_object(const std::string& clause) {
  const std::size_t open = clause.find('(');
  const std::size_t close = clause.find(')', open);
  const std::size_t number = clause.find(' ', clause.find(' ') + 1);
  return clause.substr(0, number) + " " + clause.substr(open, close - open + 1);
}

std::string family_name_sql(const std::string& oid) {
  return "(SELECT CASE WHEN fn.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(fn.nspname) || '.' END || "
         "pg_catalog.quote_ident(f.opfname) FROM pg_catalog.pg_opfamily f "
         "JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace WHERE f.oid = " +
         oid + ")";
}

std::string operators_sql(const std::string& owner, const std::string& oid) {
  return "ARRAY(SELECT 'OPERATOR ' || m.amopstrategy || ' ' || " + std::string(op_name) + " || ' ' || " +
         types_sql("amoplefttype", "amoprighttype") + " || COALESCE(' FOR ORDER BY ' || " +
         family_name_sql("NULLIF(m.amopsortfamily, 0)") +
         ", '') FROM pg_catalog.pg_amop m JOIN pg_catalog.pg_operator p ON p.oid = m.amopopr "
         "JOIN pg_catalog.pg_namespace pn ON pn.oid = p.oprnamespace WHERE " +
         tied("pg_amop", owner, oid) + " ORDER BY m.amopstrategy, m.oid)";
}

std::string functions_sql(const std::string& owner, const std::string& oid) {
  return "ARRAY(SELECT 'FUNCTION ' || m.amprocnum || ' ' || " + types_sql("amproclefttype", "amprocrighttype") +
         " || ' ' || " + routine::function_name_sql("m.amproc") +
         " || '(' || (SELECT pg_catalog.oidvectortypes(p.proargtypes) FROM pg_catalog.pg_proc p WHERE p.oid = "
         "m.amproc) "
         "|| ')' FROM pg_catalog.pg_amproc m WHERE " +
         tied("pg_amproc", owner, oid) + " ORDER BY m.amprocnum, m.oid)";
}

std::string members_sql(const std::string& catalog, const std::string& owner, const std::string& oid) {
  return "ARRAY(SELECT m.oid FROM pg_catalog." + catalog + " m WHERE " + tied(catalog, owner, oid) + ")";
}

void stand_for_members(const Object& owner, const Row& row, std::size_t first, CatalogReader& reader) {
  for (const std::string& oid : row.list(first)) reader.alias(owner, "pg_amop", oid);
  for (const std::string& oid : row.list(first + 1)) reader.alias(owner, "pg_amproc", oid);
}

const Object* class_named(const model::Schema& schema, const std::string& in_schema, const std::string& name) {
  static constexpr std::string_view methods[] = {"btree", "hash", "gist", "gin", "spgist", "brin"};
  for (const std::string_view method : methods) {
    if (const Object* found = schema.find(model::key_of(operator_class, {in_schema, name, std::string(method)})))
      return found;
  }
  return nullptr;
}

}  // namespace segue::kinds::operator_members
