#include "kinds/toast.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Object;
using model::Schema;

/// What counts of a type: pg_type.typlen or format_type.c type_maximum_size, typalign, and whether typstorage is PLAIN.
struct Extent {
  int length = 0;
  int alignment = 4;
  bool unlimited = false;
  bool toastable = false;
};

constexpr Extent toasted = {.unlimited = true, .toastable = true};

struct Builtin {
  std::string_view name;
  int length;
  int alignment;
};

/// Types of pg_catalog whose values have one length (pg_type.dat); every other is toastable, but for those of plain().
constexpr std::array builtins = {
    Builtin{"boolean", 1, 1},
    Builtin{"\"char\"", 1, 1},
    Builtin{"smallint", 2, 2},
    Builtin{"integer", 4, 4},
    Builtin{"bigint", 8, 8},
    Builtin{"real", 4, 4},
    Builtin{"double precision", 8, 8},
    Builtin{"oid", 4, 4},
    Builtin{"regclass", 4, 4},
    Builtin{"regcollation", 4, 4},
    Builtin{"regconfig", 4, 4},
    Builtin{"regdictionary", 4, 4},
    Builtin{"regnamespace", 4, 4},
    Builtin{"regoper", 4, 4},
    Builtin{"regoperator", 4, 4},
    Builtin{"regproc", 4, 4},
    Builtin{"regprocedure", 4, 4},
    Builtin{"regrole", 4, 4},
    Builtin{"regtype", 4, 4},
    Builtin{"aclitem", 16, 8},
    Builtin{"xid", 4, 4},
    Builtin{"xid8", 8, 8},
    Builtin{"cid", 4, 4},
    Builtin{"tid", 6, 2},
    Builtin{"pg_lsn", 8, 8},
    Builtin{"money", 8, 8},
    Builtin{"date", 4, 4},
    Builtin{"time without time zone", 8, 8},
    Builtin{"time with time zone", 12, 8},
    Builtin{"timestamp without time zone", 8, 8},
    Builtin{"timestamp with time zone", 8, 8},
    Builtin{"interval", 16, 8},
    Builtin{"uuid", 16, 1},
    Builtin{"name", 64, 1},
    Builtin{"macaddr", 6, 4},
    Builtin{"macaddr8", 8, 4},
    Builtin{"point", 16, 8},
    Builtin{"lseg", 32, 8},
    Builtin{"box", 32, 8},
    Builtin{"line", 24, 8},
    Builtin{"circle", 24, 8},
};

bool is_plain(std::string_view name) {
  return name == "tsquery" || name == "int2vector" || name == "oidvector" || name == "gtsvector";
}

/// "numeric(8,2)" -> "numeric" and 8; "time(3) with time zone" -> "time with time zone" and 3.
struct Written {
  std::string name;
  std::optional<int> modifier;
};

Written take_apart(const std::string& type) {
  const std::size_t open = type.find('(');
  const std::size_t close = type.find(')', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {type, {}};
  int number = 0;
  std::from_chars(type.data() + open + 1, type.data() + close, number);
  return {type.substr(0, open) + type.substr(close + 1), number};
}

/// format_type.c type_maximum_size, for an encoding of four bytes a character.
std::optional<int> maximum(const Written& type) {
  constexpr int header = 4;
  if (!type.modifier) return {};
  const int n = *type.modifier;
  if (type.name == "character varying" || type.name == "character") return 4 * n + header;
  if (type.name == "numeric") return 2 * header + 2 * ((n + 2 * 3) / 4);
  if (type.name == "bit" || type.name == "bit varying") return (n + 7) / 8 + 2 * header;
  return {};
}

const Object* type_named(const Schema& all, const std::string& name) {
  const auto& objects = all.objects();
  const auto found = std::find_if(objects.begin(), objects.end(), [&](const Object& object) {
    const bool may_be_small =
        object.kind == &enum_type || object.kind == &domain || object.kind == &base_type_definition;
    return may_be_small && quote_qualified(object.names[0], object.names[1]) == name;
  });
  return found == objects.end() ? nullptr : &*found;
}

Extent extent_of(const Schema& all, const std::string& type);

/// CREATE TYPE: a length in bytes, or "variable" (type_maximum_size knows none of these).
Extent extent_of_base_type(const Object& type) {
  const std::string& length = type.text(model::attribute(base_type_definition, "length"));
  const std::string& alignment = type.text(model::attribute(base_type_definition, "alignment"));
  if (length == "variable") {
    return {.unlimited = true, .toastable = type.text(model::attribute(base_type_definition, "storage")) != "plain"};
  }
  const int bytes = alignment == "double" ? 8 : alignment == "int4" ? 4 : alignment == "int2" ? 2 : 1;
  return {.length = std::atoi(length.c_str()), .alignment = bytes};
}

/// Others of the file's own than these count as toastable, as rows and ranges are.
Extent extent_of_own(const Schema& all, const Object& type) {
  if (type.kind == &enum_type) return {.length = 4};
  if (type.kind == &base_type_definition) return extent_of_base_type(type);
  Extent base = extent_of(all, type.text(model::attribute(domain, "type")));
  base.unlimited = base.unlimited || base.toastable;  // type_maximum_size knows no domain
  return base;
}

Extent extent_of(const Schema& all, const std::string& type) {
  if (type.ends_with("[]")) return toasted;
  const Written written = take_apart(type);
  const auto builtin =
      std::find_if(builtins.begin(), builtins.end(), [&](const Builtin& one) { return one.name == written.name; });
  if (builtin != builtins.end()) return {.length = builtin->length, .alignment = builtin->alignment};
  if (is_plain(written.name)) return {.unlimited = true};
  if (const std::optional<int> limit = maximum(written)) return {.length = *limit, .toastable = true};
  const Object* own = type_named(all, type);
  return own == nullptr ? toasted : extent_of_own(all, *own);
}

int aligned(int length, int alignment) { return (length + alignment - 1) / alignment * alignment; }

/// As if the relation had no columns but those.
bool needs_toast_table_for(const Schema& all, const Object& relation,
                           const std::function<bool(const Object&)>& is_there) {
  constexpr int header = 23;       // SizeofHeapTupleHeader
  constexpr int threshold = 2032;  // TOAST_TUPLE_THRESHOLD with pages of 8 kB
  bool toastable = false;
  bool unlimited = false;
  int length = 0;
  int columns = 0;
  for (const Object* child : all.children(relation.key)) {
    if (child->kind != &column || !is_there(*child)) continue;
    const Extent extent = extent_of(all, child->text(model::attribute(column, "type")));
    toastable = toastable || extent.toastable;
    unlimited = unlimited || extent.unlimited;
    length = aligned(length, extent.alignment) + extent.length;
    ++columns;
  }
  if (!toastable || unlimited) return toastable;
  return aligned(header + (columns + 7) / 8, 8) + aligned(length, 8) > threshold;
}

bool keeps_type(const Object& after, const Schema& before) {
  static const std::size_t type = model::attribute(column, "type");
  const Object* twin = before.find(after.key);
  return twin != nullptr && twin->text(type) == after.text(type);
}

/// Whether statements around the one that brings a column write the table anew.
bool is_rewritten(const Object& before, const Object& after, const model::Sides& sides) {
  for (const char* attribute : {"persistence", "access_method"}) {
    const std::size_t at = model::attribute(table, attribute);
    if (before.text(at) != after.text(at)) return true;
  }
  const std::vector<const Object*> parts = sides.to_schema->children(after.key);
  return std::any_of(parts.begin(), parts.end(), [&](const Object* part) {
    return part->kind == &column && sides.from_schema->contains(part->key) && !keeps_type(*part, *sides.from_schema);
  });
}

}  // namespace

bool needs_toast_table(const Schema& all, const Object& relation) {
  return needs_toast_table_for(all, relation, [](const Object&) { return true; });
}

void restore_toast_options(const model::Sides& of_column, model::Emit& emit) {
  const Object* before = of_column.from_schema->find(of_column.to->parent);
  const Object* after = of_column.to_schema->find(of_column.to->parent);
  if (before == nullptr || after == nullptr || after->kind != &table) return;
  model::List wanted = after->list(model::attribute(table, "options"));
  std::erase_if(wanted, [](const std::string& option) { return !option.starts_with("toast."); });
  if (wanted.empty() || !needs_toast_table(*of_column.from_schema, *before) ||
      !is_rewritten(*before, *after, of_column))
    return;
  const auto stays = [&](const Object& one) { return keeps_type(one, *of_column.from_schema); };
  if (needs_toast_table_for(*of_column.to_schema, *after, stays)) return;
  emit.statement(alter_table(of_column, *of_column.to, true) + " SET (" + option_list(wanted) + ")", "SET (fillfactor)")
      .relations = {relation_address(*of_column.to)};
}

}  // namespace segue::kinds
