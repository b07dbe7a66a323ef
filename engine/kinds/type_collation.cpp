#include "kinds/type_collation.h"

#include "kinds/kinds.h"

namespace segue::kinds {

std::string collation_of_type(const std::string& type, const model::Schema& all) {
  const std::string element = type.ends_with("[]") ? type.substr(0, type.size() - 2) : type;
  if (element == "name") return "pg_catalog.\"C\"";
  const model::Object* of = all.find(std::string(domain.name) + " " + element);
  if (of == nullptr) return "pg_catalog.\"default\"";
  const std::size_t own = model::attribute(domain, "collation");
  return of->has(own) ? of->text(own) : collation_of_type(of->text(model::attribute(domain, "type")), all);
}

}  // namespace segue::kinds
