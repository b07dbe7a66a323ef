#include "catalog/unmodelled.h"

#include "kinds/reader.h"

namespace segue::catalog {
namespace {

/// 18's constraints that the kind constraint does not read, and what of NOT NULL no attribute of the column says
/// (pg_constraint.h: conenforced, conperiod; heap.c StoreRelNotNull).
std::string constraints_of_18() {
  const std::string from =
      " FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relpersistence <> 't' AND k.conparentid = 0 "
      "AND " +
      kinds::ours("pg_class", "c.oid", "n.nspname");
  const std::string described =
      "SELECT pg_catalog.pg_describe_object('pg_catalog.pg_constraint'::pg_catalog.regclass, "
      "k.oid, 0), ";
  return " UNION ALL " + described + "'segue does not model NOT ENFORCED; it is left as it is'" + from +
         " AND NOT k.conenforced UNION ALL " + described +
         "'segue does not model keys over periods of time (WITHOUT OVERLAPS, PERIOD); it is left as it is'" + from +
         " AND k.conperiod UNION ALL " + described +
         "'segue does not model NO INHERIT and NOT VALID of NOT NULL; it is taken for plain NOT NULL'" + from +
         " AND k.contype = 'n' AND (k.connoinherit OR NOT k.convalidated) UNION ALL SELECT 'comment on ' || "
         "pg_catalog.pg_describe_object(d.classoid, d.objoid, 0), 'segue does not model comments on NOT NULL; it is "
         "left as it is' FROM pg_catalog.pg_description d JOIN pg_catalog.pg_constraint k ON k.oid = d.objoid "
         "WHERE d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.contype = 'n' AND k.conrelid <> 0";
}

}  // namespace

std::string unmodelled_query(int server_version) {
  return "SELECT 'security labels on the system''s objects', pg_catalog.count(*) || ' of them; they are left as they "
         "are' FROM pg_catalog.pg_seclabel l WHERE l.objoid < 16384 "
         "AND l.objoid IS DISTINCT FROM pg_catalog.to_regnamespace('public') HAVING pg_catalog.count(*) > 0" +
         (server_version >= 180000 ? constraints_of_18() : "") + " ORDER BY 1";
}

}  // namespace segue::catalog
