// Conversions between encodings. PostgreSQL: pg_conversion, conversioncmds.c CreateConversionCommand.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { from_encoding, to_encoding, function_name, is_default };

constexpr std::string_view fixed = "ALTER CONVERSION changes its name, schema and owner alone";

constexpr model::Attribute attributes[] = {
    {.name = "from_encoding", .type = Type::text, .reason = fixed},
    {.name = "to_encoding", .type = Type::text, .reason = fixed},
    {.name = "function", .type = Type::text, .reason = fixed},
    {.name = "default", .type = Type::boolean, .reason = fixed},
};

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  emit.statement(std::string("CREATE ") + (object.flag(is_default) ? "DEFAULT " : "") + "CONVERSION " +
                     address(object) + " FOR " + quote_literal(object.text(from_encoding)) + " TO " +
                     quote_literal(object.text(to_encoding)) + " FROM " + object.text(function_name),
                 "CREATE CONVERSION");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP CONVERSION " + address(*sides.from), "DROP CONVERSION");
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.conname, pg_catalog.pg_encoding_to_char(c.conforencoding), "
         "pg_catalog.pg_encoding_to_char(c.contoencoding), " +
         routine::function_name_sql("c.conproc") +
         ", c.condefault FROM pg_catalog.pg_conversion c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace "
         "WHERE c.oid >= 16384 AND " +
         ours("pg_conversion", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(conversion, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  for (std::size_t i = from_encoding; i <= function_name; ++i) object[i] = row.text(i + 3);
  object[is_default] = row.flag(6);
  reader.add(std::move(object), "pg_conversion", row.text(0));
}

/// encnames.c: names compare by their letters and digits alone, without case.
std::string clean(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') text += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) text += c;
  }
  return text;
}

/// encnames.c pg_encname_tbl and pg_enc2name_tbl: the name that the server prints for any spelling of an encoding.
std::string encoding(std::string_view written) {
  static constexpr std::string_view names[] = {
      "SQL_ASCII",     "EUC_JP",  "EUC_CN",  "EUC_KR",  "EUC_TW",     "EUC_JIS_2004", "UTF8",
      "MULE_INTERNAL", "LATIN1",  "LATIN2",  "LATIN3",  "LATIN4",     "LATIN5",       "LATIN6",
      "LATIN7",        "LATIN8",  "LATIN9",  "LATIN10", "WIN1256",    "WIN1258",      "WIN866",
      "WIN874",        "KOI8R",   "WIN1251", "WIN1252", "ISO_8859_5", "ISO_8859_6",   "ISO_8859_7",
      "ISO_8859_8",    "WIN1250", "WIN1253", "WIN1254", "WIN1255",    "WIN1257",      "KOI8U",
      "SJIS",          "BIG5",    "GBK",     "UHC",     "GB18030",    "JOHAB",        "SHIFT_JIS_2004"};
  struct Alias {
    std::string_view clean_name;
    std::string_view name;
  };
  static constexpr Alias aliases[] = {
      {"abc", "WIN1258"},         {"alt", "WIN866"},          {"cp932", "SJIS"},          {"iso88591", "LATIN1"},
      {"iso885910", "LATIN6"},    {"iso885913", "LATIN7"},    {"iso885914", "LATIN8"},    {"iso885915", "LATIN9"},
      {"iso885916", "LATIN10"},   {"iso88592", "LATIN2"},     {"iso88593", "LATIN3"},     {"iso88594", "LATIN4"},
      {"iso88599", "LATIN5"},     {"koi8", "KOI8R"},          {"mskanji", "SJIS"},        {"shiftjis", "SJIS"},
      {"tcvn", "WIN1258"},        {"tcvn5712", "WIN1258"},    {"unicode", "UTF8"},        {"vscii", "WIN1258"},
      {"win", "WIN1251"},         {"win932", "SJIS"},         {"win936", "GBK"},          {"win949", "UHC"},
      {"win950", "BIG5"},         {"windows1250", "WIN1250"}, {"windows1251", "WIN1251"}, {"windows1252", "WIN1252"},
      {"windows1253", "WIN1253"}, {"windows1254", "WIN1254"}, {"windows1255", "WIN1255"}, {"windows1256", "WIN1256"},
      {"windows1257", "WIN1257"}, {"windows1258", "WIN1258"}, {"windows866", "WIN866"},   {"windows874", "WIN874"},
      {"windows932", "SJIS"},     {"windows936", "GBK"},      {"windows949", "UHC"},      {"windows950", "BIG5"}};
  const std::string wanted = clean(written);
  for (const Alias& alias : aliases) {
    if (alias.clean_name == wanted) return std::string(alias.name);
  }
  for (const auto name : names) {
    if (clean(name) == wanted) return std::string(name);
  }
  return "";
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("conversion_name")));
  Object object = model::make_object(conversion, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  object[from_encoding] = encoding(node.text("for_encoding_name"));
  object[to_encoding] = encoding(node.text("to_encoding_name"));
  if (!object.has(from_encoding) || object.text(from_encoding).empty()) {
    return reader.error(node, "encoding \"" + std::string(node.text("for_encoding_name")) + "\" does not exist");
  }
  if (object.text(to_encoding).empty()) {
    return reader.error(node, "encoding \"" + std::string(node.text("to_encoding_name")) + "\" does not exist");
  }
  object[function_name] = routine::read_function_name(node.list("func_name"), reader, object.depends);
  object[is_default] = node.flag("def");
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"CreateConversionStmt", read_create}};

}  // namespace

const model::Kind conversion = {
    .name = "conversion",
    .sql_class = "CONVERSION",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
