#include "catalog/reader.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace segue::catalog {

using model::Object;

namespace {

/// The fixed oids of the catalogs (pg_*.h, CATALOG(…)), the same in every version.
std::uint32_t catalog_oid(std::string_view name) {
  static const std::map<std::string_view, std::uint32_t> oids = {{"pg_type", 1247},
                                                                 {"pg_proc", 1255},
                                                                 {"pg_class", 1259},
                                                                 {"pg_attrdef", 2604},
                                                                 {"pg_constraint", 2606},
                                                                 {"pg_language", 2612},
                                                                 {"pg_namespace", 2615},
                                                                 {"pg_opclass", 2616},
                                                                 {"pg_operator", 2617},
                                                                 {"pg_rewrite", 2618},
                                                                 {"pg_trigger", 2620},
                                                                 {"pg_cast", 2605},
                                                                 {"pg_conversion", 2607},
                                                                 {"pg_opfamily", 2753},
                                                                 {"pg_extension", 3079},
                                                                 {"pg_policy", 3256},
                                                                 {"pg_collation", 3456},
                                                                 {"pg_event_trigger", 3466},
                                                                 {"pg_ts_config", 3602},
                                                                 {"pg_ts_dict", 3600},
                                                                 {"pg_ts_parser", 3601},
                                                                 {"pg_ts_template", 3764},
                                                                 {"pg_statistic_ext", 3381},
                                                                 {"pg_publication", 6104},
                                                                 {"pg_publication_rel", 6106},
                                                                 {"pg_subscription", 6100},
                                                                 {"pg_foreign_data_wrapper", 2328},
                                                                 {"pg_foreign_server", 1417},
                                                                 {"pg_transform", 3576},
                                                                 {"pg_am", 2601},
                                                                 {"pg_amop", 2602},
                                                                 {"pg_amproc", 2603},
                                                                 {"pg_default_acl", 826},
                                                                 {"pg_publication_namespace", 6237},
                                                                 {"pg_user_mapping", 1418}};
  const auto found = oids.find(name);
  return found == oids.end() ? 0 : found->second;
}

std::uint32_t number(std::string_view text) {
  std::int64_t value = 0;  // a system column's number is negative
  std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<std::uint32_t>(value);
}

}  // namespace

Object* Reader::add(Object object, std::string_view catalog, std::string_view oid, int sub) {
  Object* added = live_.schema.add(std::move(object));
  if (added != nullptr) alias(*added, catalog, oid, sub);
  return added;
}

void Reader::alias(const Object& object, std::string_view catalog, std::string_view oid, int sub) {
  const std::uint32_t of = catalog_oid(catalog);
  if (of != 0 && !oid.empty()) at_[{of, number(oid), sub}] = const_cast<Object*>(&object);
}

void Reader::member(const Object& extension, std::string_view catalog, std::string_view oid) {
  if (const std::uint32_t of = catalog_oid(catalog)) extension_of_[{of, number(oid), 0}] = &extension;
}

void Reader::hide_column(const Object& relation, std::string_view oid, int column_number) {
  at_[{catalog_oid("pg_class"), number(oid), column_number}] = nullptr;
  live_.with_hidden_columns.insert(relation.key);
}

Object* Reader::find(Address address) {
  auto found = at_.find(address);
  if (found == at_.end() && address.sub != 0) found = at_.find({address.catalog, address.oid, 0});
  return found == at_.end() ? nullptr : found->second;
}

const Object* Reader::needed_at(Address address) {
  if (const Object* object = find(address)) return object;
  const auto member = extension_of_.find({address.catalog, address.oid, 0});
  return member == extension_of_.end() ? nullptr : member->second;
}

Object* Reader::at(std::string_view catalog, std::string_view oid, int sub) {
  return find({catalog_oid(catalog), number(oid), sub});
}

void Reader::unmodelled(std::string object, std::string note) {
  live_.unmodelled.push_back({std::move(object), std::move(note), ""});
}

void Reader::unmodelled_part(const std::string& part, const std::string& of, std::string note) {
  live_.unmodelled.push_back({part + " of " + of, std::move(note), of});
}

/// What a part of an object that is made with it needs, the catalog states of the whole (a base type needs functions
/// that need it): the parts say it themselves.
bool Reader::is_said_by_a_part(const Object& from, const Object& to) {
  if (to.kind->made_with == nullptr) return false;
  for (const Object* part : live_.schema.children(from.key)) {
    const bool says = std::find(part->depends.begin(), part->depends.end(), to.key) != part->depends.end();
    if (part->kind->made_with != nullptr && says) return true;
  }
  return false;
}

bool Reader::is_within(const Object& part, const Object& whole) const {
  const Object* at = &part;
  while (at != nullptr && at != &whole) at = at->parent.empty() ? nullptr : live_.schema.find(at->parent);
  return at != nullptr;
}

void Reader::add_dependencies(const Rows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto cell = [&](std::size_t column) { return static_cast<std::uint32_t>(rows.number(i, column)); };
    Object* from = find({cell(0), cell(1), static_cast<std::int32_t>(cell(2))});
    const Object* to = needed_at({cell(3), cell(4), static_cast<std::int32_t>(cell(5))});
    if (from == nullptr || to == nullptr || is_within(*from, *to)) continue;
    if (is_said_by_a_part(*from, *to)) continue;
    if (std::find(from->depends.begin(), from->depends.end(), to->key) == from->depends.end())
      from->depends.push_back(to->key);
  }
}

}  // namespace segue::catalog
