// Subscriptions. PostgreSQL: pg_subscription, subscriptioncmds.c CreateSubscription, AlterSubscription.
//
// segue never connects to a publisher: it creates with connect = false and drops without the slot, as pg_dump and its
// restore do. A connection string that holds a password is not kept, so it is neither compared nor written. Whether a
// subscription runs is compared only where the file says so: pg_dump's text does not.
#include <algorithm>

#include "base/quote.h"
#include "kinds/connection_secret.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  conninfo,  ///< absent where it holds a secret or cannot be read; of a file it may be ${secret:NAME}
  publications,
  slot_name,  ///< absent for NONE
  state,      ///< "enabled" or "disabled"; absent where the file does not say
  binary,
  streaming,
  two_phase,
  disable_on_error,
  synchronous_commit,
  password_required,
  run_as_owner,
  origin,
  failover,
};

constexpr const char* secret_note =
    "it holds a password, and segue keeps no secrets: the string is neither compared nor written; change it by hand, "
    "or "
    "name it in the file, all of it, as '${secret:NAME}'";
constexpr const char* connect_note =
    "segue does not connect to the publisher: create the slot there, and run ALTER SUBSCRIPTION … REFRESH PUBLICATION "
    "once it is enabled";

/// The first versions with an option.
constexpr int first_with_binary_and_streaming = 140000;
constexpr int first_with_two_phase_and_disable_on_error = 150000;
constexpr int first_with_origin_and_roles = 160000;
constexpr int first_with_failover = 170000;
constexpr int first_streaming_by_default = 180000;

std::string address(const Object& object) { return quote_identifier(object.name()); }

void write(const Sides& sides, const std::string& what, Emit& emit) {
  emit.statement("ALTER SUBSCRIPTION " + address(*sides.to) + " " + what, "ALTER SUBSCRIPTION");
}

// -- options ----------------------------------------------------------------------------------------------------------

std::string slot(const Object& object) {
  return "slot_name = " + (object.has(slot_name) ? quote_literal(object.text(slot_name)) : std::string("NONE"));
}

/// An option of WITH ( … ) and SET ( … ), named as its attribute.
std::string option(const Object& object, std::size_t at) {
  const model::Attribute& attribute = object.kind->attributes[at];
  const std::string value =
      attribute.type == Type::boolean ? (object.flag(at) ? "true" : "false") : quote_literal(object.text(at));
  return std::string(attribute.name) + " = " + value;
}

template <std::size_t at>
void alter_option(const Sides& sides, Emit& emit) {
  write(sides, "SET (" + option(*sides.to, at) + ")", emit);
}

std::string state_of(bool enabled) { return enabled ? "enabled" : "disabled"; }
bool runs(const Object& object) { return object.text(state) == "enabled"; }

/// No slot is taken from one that is enabled, and none without a slot is enabled: the slot changes in between.
void alter_state(const Sides& sides, Emit& emit) {
  const bool slot_differs = (*sides.from)[slot_name] != (*sides.to)[slot_name];
  const bool running = runs(*sides.from);
  const bool said = sides.to->has(state);
  const bool stop = running && (said ? !runs(*sides.to) : slot_differs && !sides.to->has(slot_name));
  if (stop) write(sides, "DISABLE", emit);
  if (slot_differs) write(sides, "SET (" + slot(*sides.to) + ")", emit);
  if (runs(*sides.to) && !running) write(sides, "ENABLE", emit);
}

Change decide_state(const Sides& sides) { return sides.to->has(state) ? Change::alter : Change::derived; }

void alter_conninfo(const Sides& sides, Emit& emit) {
  write(sides, "CONNECTION " + quote_literal(sides.to->text(conninfo)), emit);
}

/// Only what both sides show can be compared.
template <std::size_t at>
Change where_known(const Sides& sides) {
  return sides.from->has(at) && sides.to->has(at) ? Change::alter : Change::derived;
}

/// What the file calls by a name is set when the subscription is created, and never compared.
Change decide_conninfo(const Sides& sides) {
  const bool named = is_secret_reference(sides.from->text(conninfo)) || is_secret_reference(sides.to->text(conninfo));
  return named ? Change::derived : where_known<conninfo>(sides);
}

std::string publication_names(const Object& object) {
  model::List names;
  for (const std::string& name : object.list(publications)) names.push_back(quote_identifier(name));
  return join(names, ", ");
}

void alter_publications(const Sides& sides, Emit& emit) {
  write(sides, "SET PUBLICATION " + publication_names(*sides.to) + " WITH (refresh = false)", emit);
}

constexpr std::string_view needs_publisher = "changing it means to change the slot at the publisher";

constexpr model::Attribute attributes[] = {
    {.name = "conninfo",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_conninfo,
     .decide = decide_conninfo,
     .may_be_left_open = true},
    {.name = "publications",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_publications,
     .unordered = true},
    {.name = "slot_name", .type = Type::text, .change = Change::alter, .alter = alter_state},
    {.name = "state",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_state,
     .decide = decide_state,
     .may_be_left_open = true},
    {.name = "binary", .type = Type::boolean, .change = Change::alter, .alter = alter_option<binary>},
    {.name = "streaming", .type = Type::text, .change = Change::alter, .alter = alter_option<streaming>},
    {.name = "two_phase", .type = Type::boolean, .reason = needs_publisher},
    {.name = "disable_on_error",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = alter_option<disable_on_error>},
    {.name = "synchronous_commit",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_option<synchronous_commit>,
     .decide = where_known<synchronous_commit>},
    {.name = "password_required",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = alter_option<password_required>},
    {.name = "run_as_owner", .type = Type::boolean, .change = Change::alter, .alter = alter_option<run_as_owner>},
    {.name = "origin", .type = Type::text, .change = Change::alter, .alter = alter_option<origin>},
    {.name = "failover", .type = Type::boolean, .reason = needs_publisher},
};

// -- writing ----------------------------------------------------------------------------------------------------------

std::string default_streaming(int version) { return version >= first_streaming_by_default ? "parallel" : "off"; }

/// What CREATE SUBSCRIPTION takes where no option is given (subscriptioncmds.c parse_subscription_options).
void fill_defaults(Object& object, int version) {
  object[conninfo] = {};
  object[slot_name] = object.name();
  object[streaming] = default_streaming(version);
  object[synchronous_commit] = std::string("off");
  object[password_required] = true;
  object[origin] = std::string("any");
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  Object usual = model::make_object(subscription, object.names);
  fill_defaults(usual, sides.server_version);
  std::string sql = "CREATE SUBSCRIPTION " + address(object) + " CONNECTION " + quote_literal(object.text(conninfo)) +
                    " PUBLICATION " + publication_names(object) + " WITH (connect = false";
  // the name that it has by itself need not be one that a slot may have (subscriptioncmds.c CreateSubscription)
  if (object[slot_name] != usual[slot_name]) sql += ", " + slot(object);
  for (std::size_t at = binary; at <= failover; ++at) {
    if (object.has(at) && object[at] != usual[at]) sql += ", " + option(object, at);
  }
  emit.statement(sql + ")", "CREATE SUBSCRIPTION");
  if (runs(object)) write(sides, "ENABLE", emit);
}

/// With a slot DROP SUBSCRIPTION connects and cannot run in a transaction; the slot is left to whoever has the
/// publisher.
void drop(const Sides& sides, Emit& emit) {
  const std::string alter = "ALTER SUBSCRIPTION " + address(*sides.from);
  if (sides.from->has(slot_name)) {
    emit.statement(alter + " DISABLE", "ALTER SUBSCRIPTION");
    emit.statement(alter + " SET (slot_name = NONE)", "ALTER SUBSCRIPTION");
  }
  emit.statement("DROP SUBSCRIPTION " + address(*sides.from), "DROP SUBSCRIPTION");
}

std::string why_not_created(const Object& object) {
  if (object.has(conninfo)) return "";
  return "its connection string holds a password or may be read by superusers alone; segue neither keeps nor writes it";
}

// -- catalog ----------------------------------------------------------------------------------------------------------

/// A column that only some may read, NULL for the others. A query that names it is refused as a whole: only text that
/// is run where the right is there may name it.
std::string where_readable(const std::string& column) {
  return "CASE WHEN pg_catalog.has_column_privilege('pg_catalog.pg_subscription', '" + column +
         "', 'SELECT') THEN pg_catalog.convert_from(pg_catalog.decode(pg_catalog.split_part(pg_catalog.split_part("
         "pg_catalog.query_to_xml(pg_catalog.format('SELECT pg_catalog.encode(pg_catalog.convert_to(s." +
         column +
         ", ''UTF8''), ''hex'') AS c FROM pg_catalog.pg_subscription s WHERE s.subdbid = %s AND s.subname = %L', "
         "s.subdbid, s.subname), true, true, '')::pg_catalog.text, '<c>', 2), '</c>', 1), 'hex'), 'UTF8') END";
}

/// 13 lets everybody read few columns; the oid is one of a view.
std::string query(int version) {
  const auto from = [version](int first, const char* column, const char* before) {
    return std::string(", ") + (version >= first ? column : before);
  };
  const bool public_columns = version >= first_with_binary_and_streaming;
  return std::string("SELECT ") +
         (public_columns ? "s.oid"
                         : "(SELECT pg_catalog.max(v.subid) FROM pg_catalog.pg_stat_subscription v WHERE v.subname = "
                           "s.subname)") +
         ", s.subname, " + where_readable("subconninfo") + ", s.subpublications, s.subslotname, s.subenabled" +
         from(first_with_binary_and_streaming, "s.subbinary", "false") +
         from(first_with_binary_and_streaming,
              "CASE s.substream::pg_catalog.text WHEN 't' THEN 'on' WHEN 'true' THEN 'on' WHEN 'p' THEN 'parallel' "
              "ELSE 'off' END",
              "'off'") +
         from(first_with_two_phase_and_disable_on_error, "s.subtwophasestate <> 'd'", "false") +
         from(first_with_two_phase_and_disable_on_error, "s.subdisableonerr", "false") + ", " +
         (public_columns ? "s.subsynccommit" : where_readable("subsynccommit")) +
         from(first_with_origin_and_roles, "s.subpasswordrequired", "true") +
         from(first_with_origin_and_roles, "s.subrunasowner", "false") +
         from(first_with_origin_and_roles, "s.suborigin", "'any'") +
         from(first_with_failover, "s.subfailover", "false") +
         " FROM pg_catalog.pg_subscription s WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d "
         "WHERE d.datname = pg_catalog.current_database())";
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(subscription, {row.text(1)});
  fill_defaults(object, reader.server_version());
  if (row.null(2)) {
    reader.unmodelled("connection string of " + object.key, "only superusers may read it; it is not compared");
  } else if (may_hold_secret(row.view(2))) {
    reader.unmodelled("connection string of " + object.key, secret_note);
  } else {
    object[conninfo] = row.text(2);
  }
  object[publications] = row.list(3);
  object[slot_name] = text_or_absent(row, 4);
  for (const std::size_t at : {binary, two_phase, disable_on_error, password_required, run_as_owner, failover})
    object[at] = row.flag(at + 2);
  object[state] = state_of(row.flag(5));
  object[streaming] = row.text(7);
  object[synchronous_commit] = text_or_absent(row, 10);
  object[origin] = row.text(13);
  reader.add(std::move(object), "pg_subscription", row.text(0));
}

// -- statements -------------------------------------------------------------------------------------------------------

void read_conninfo(const sql::Node& node, Object& object, DesiredReader& reader) {
  const std::string_view written = node.text("conninfo");
  if (is_secret_reference(written) || !may_hold_secret(written)) {
    object[conninfo] = std::string(written);
  } else {
    object[conninfo] = {};
    reader.unmodelled("connection string of " + object.key, secret_note);
  }
}

/// subscriptioncmds.c defGetStreamingMode: a word of its own, or a boolean.
std::string streaming_of(const sql::Node& arg) {
  if (arg && define::text_of(arg) == "parallel") return "parallel";
  return define::flag_of(arg) ? "on" : "off";
}

/// An option that is an attribute of that name.
bool read_kept_option(std::string_view name, const sql::Node& arg, Object& object) {
  for (std::size_t at = binary; at <= failover; ++at) {
    const model::Attribute& attribute = object.kind->attributes[at];
    if (attribute.name != name) continue;
    if (at == streaming)
      object[at] = streaming_of(arg);
    else if (attribute.type == Type::boolean)
      object[at] = define::flag_of(arg);
    else
      object[at] = define::text_of(arg);
    return true;
  }
  return false;
}

void read_option(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::string_view name = option.text("defname");
  const sql::Node arg = option["arg"];
  if (name == "slot_name") {
    const std::string written = define::text_of(arg);
    object[slot_name] = written == "none" ? model::Value{} : model::Value{written};
  } else if (name == "enabled") {
    object[state] = state_of(define::flag_of(arg));
  } else if (name == "connect" || name == "create_slot" || name == "copy_data" || name == "refresh" || name == "lsn") {
    return;  // what the statement does beside the definition
  } else if (!read_kept_option(name, arg, object)) {
    reader.error(option, "a subscription has no parameter \"" + std::string(name) + "\"",
                 "check its spelling against CREATE SUBSCRIPTION of your server's version");
  }
}

/// By default the server connects, enables the subscription and makes the slot.
bool connects(const sql::Node& node) {
  for (const sql::Node option : node.list("options")) {
    if (option.text("defname") == "connect") return define::flag_of(option["arg"]);
  }
  return true;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(subscription, {std::string(node.text("subname"))});
  fill_defaults(object, reader.server_version());
  read_conninfo(node, object, reader);
  object[publications] = sql::strings(node.list("publication"));
  for (const sql::Node option : node.list("options")) read_option(option, object, reader);
  if (!object.has(slot_name)) object[state] = state_of(false);  // nothing else is allowed
  if (connects(node)) {
    if (!object.has(state)) object[state] = state_of(true);
    reader.unmodelled("publisher of " + object.key, connect_note);
  }
  reader.add(std::move(object));
}

void change_publications(const sql::Node& node, bool adds, Object& object, DesiredReader& reader) {
  model::List list = object.list(publications);
  for (const std::string& name : sql::strings(node.list("publication"))) {
    const auto found = std::find(list.begin(), list.end(), name);
    if (adds == (found != list.end())) {
      return reader.error(
          node, "publication " + quote_identifier(name) + " is " + (adds ? "already" : "not") + " in " + object.key);
    }
    if (adds)
      list.push_back(name);
    else
      list.erase(found);
  }
  object[publications] = std::move(list);
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  const std::string key = model::key_of(subscription, {std::string(node.text("subname"))});
  Object* object = reader.schema().find(key);
  if (object == nullptr)
    return reader.error(node, key + " does not exist", "create it before this statement, or correct the name");
  const std::string_view what = node.text("kind");
  if (what == "ALTER_SUBSCRIPTION_CONNECTION") {
    read_conninfo(node, *object, reader);
  } else if (what == "ALTER_SUBSCRIPTION_ADD_PUBLICATION" || what == "ALTER_SUBSCRIPTION_DROP_PUBLICATION") {
    change_publications(node, what == "ALTER_SUBSCRIPTION_ADD_PUBLICATION", *object, reader);
  } else if (what == "ALTER_SUBSCRIPTION_SET_PUBLICATION" || what == "ALTER_SUBSCRIPTION_PUBLICATION") {
    (*object)[publications] = sql::strings(node.list("publication"));
  } else if (what == "ALTER_SUBSCRIPTION_OPTIONS" || what == "ALTER_SUBSCRIPTION_ENABLED") {
    for (const sql::Node option : node.list("options")) read_option(option, *object, reader);
  }
}

void read_drop(const sql::Node& node, DesiredReader& reader) {
  const std::string key = model::key_of(subscription, {std::string(node.text("subname"))});
  if (!reader.schema().contains(key)) {
    if (!node.flag("missing_ok")) reader.error(node, key + " does not exist", "correct the name, or add IF EXISTS");
    return;
  }
  reader.schema().remove(key);
}

std::string lost_when_dropped(const Object&, const Object*) {
  return "its place in the publisher's stream of changes, where its slot stays and keeps WAL until somebody drops it";
}

constexpr model::StatementReader statements[] = {{"CreateSubscriptionStmt", read_create},
                                                 {"AlterSubscriptionStmt", read_alter},
                                                 {"DropSubscriptionStmt", read_drop}};

}  // namespace

const model::Kind subscription = {
    .name = "subscription",
    .sql_class = "SUBSCRIPTION",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .why_not_created = why_not_created,
    .lost_when_dropped = lost_when_dropped,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
