#include "catalog/unmodelled.h"

namespace segue::catalog {

std::string unmodelled_query(int) {
  return "SELECT 'security label of provider ' || l.provider || ' on ' || "
         "pg_catalog.pg_describe_object(l.classoid, l.objoid, l.objsubid), "
         "'segue does not model security labels; it is left as it is' FROM pg_catalog.pg_seclabel l ORDER BY 1";
}

}  // namespace segue::catalog
