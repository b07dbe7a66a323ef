// What a step that was cut off leaves in the catalog: invalid indexes, half detached partitions, and constraints that
// nobody validated.
#include <map>

#include "base/quote.h"
#include "exec/doctor.h"

namespace segue::exec {
namespace {

// One that is being built right now is invalid too, and no finding: its builder shows its progress (to everybody at
// least its pid) and holds SHARE UPDATE EXCLUSIVE on the table. What is bound to a constraint or attached to a
// partitioned one cannot be dropped by itself.
constexpr const char* invalid_query =
    "SELECT n.nspname, c.relname, tn.nspname, t.relname, pg_catalog.pg_get_indexdef(i.indexrelid), i.indisunique,"
    " c.relkind = 'I', EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid"
    " AND k.contype IN ('p', 'u', 'x')) OR EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid ="
    " i.indexrelid), c.relname ~ '_cc(new|old)[0-9]*$', c.relname ~ '_ccold[0-9]*$', i.indexrelid::text,"
    " i.indisexclusion, pg_catalog.regexp_replace(c.relname, '_cc(new|old)[0-9]*$', ''), (SELECT o.type || ' ' ||"
    " o.identity FROM pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0) o)"
    " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
    " JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace"
    " WHERE NOT (i.indisvalid AND i.indisready AND i.indislive) AND c.relpersistence <> 't' AND NOT EXISTS"
    " (SELECT FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_progress_create_index p ON p.pid = l.pid"
    " WHERE l.relation = i.indrelid AND l.granted AND l.mode = 'ShareUpdateExclusiveLock'"
    " AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())"
    " AND (p.index_relid IS NULL OR p.index_relid = i.indexrelid)) ORDER BY 1, 2";

// The partitions that an invalid index of a partitioned table still lacks one in.
constexpr const char* lacking_query =
    "SELECT i.indexrelid::text, n.nspname, c.relname, c.relkind = 'p', pg_catalog.left(c.relname, 20) FROM "
    "pg_catalog.pg_index i"
    " JOIN pg_catalog.pg_class p ON p.oid = i.indexrelid AND p.relkind = 'I'"
    " JOIN pg_catalog.pg_inherits h ON h.inhparent = i.indrelid JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND NOT EXISTS"
    " (SELECT FROM pg_catalog.pg_inherits x JOIN pg_catalog.pg_index k ON k.indexrelid = x.inhrelid"
    " WHERE x.inhparent = i.indexrelid AND k.indrelid = c.oid) ORDER BY 1, 2, 3";

// Children inherit it and are validated with their parent. NOT ENFORCED (from 18) is a wish, and no work left undone.
std::string not_validated_query(int server_version) {
  return "SELECT n.nspname, coalesce(c.relname, t.typname), k.conname, k.contypid <> 0,"
         " CASE WHEN k.contype = 'c' AND k.conrelid <> 0 THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END,"
         " (SELECT o.type || ' ' || o.identity FROM pg_catalog.pg_identify_object("
         "'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0) o)"
         " FROM pg_catalog.pg_constraint k LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
         " LEFT JOIN pg_catalog.pg_type t ON t.oid = k.contypid"
         " JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(c.relnamespace, t.typnamespace)"
         " WHERE NOT k.convalidated AND k.conparentid = 0 AND (k.conislocal OR k.contypid <> 0)" +
         std::string(server_version >= 180000 ? " AND k.conenforced" : "") + " ORDER BY 1, 2, 3";
}

// pg_inherits.inhdetachpending (from 14): tablecmds.c ATExecDetachPartition commits it, waits for those who may still
// see the partition, and goes on.
constexpr const char* pending_query =
    "SELECT n.nspname, c.relname, pn.nspname, p.relname, (SELECT o.type || ' ' || o.identity FROM"
    " pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0) o)"
    " FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_class p ON p.oid = i.inhparent"
    " JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhdetachpending ORDER BY 1, 2";

struct Invalid {
  std::string name;      ///< quoted and qualified
  std::string table;     ///< the same
  std::string bare;      ///< as it is, unquoted
  std::string schema;    ///< the same
  std::string original;  ///< of a REINDEX's copy: what it is a copy of, unquoted
  std::string definition;
  std::string oid;
  std::string object;  ///< "index public.book_title"
  bool unique = false, partitioned = false, bound = false, copy = false, old_copy = false, exclusion = false;
};

Invalid invalid_of(const Rows& rows, std::size_t i) {
  const auto cell = [&](std::size_t column) { return rows.at(i, column).value_or(""); };
  const auto is = [&](std::size_t column) { return rows.at(i, column) == "t"; };
  Invalid one;
  one.name = quote_qualified(cell(0), cell(1));
  one.table = quote_qualified(cell(2), cell(3));
  one.bare = cell(1);
  one.schema = cell(0);
  one.original = cell(12);
  one.definition = cell(4);
  one.oid = cell(10);
  one.object = cell(13);
  one.unique = is(5);
  one.partitioned = is(6);
  one.bound = is(7);
  one.copy = is(8);
  one.old_copy = is(9);
  one.exclusion = is(11);
  return one;
}

std::string create(const Invalid& one) { return one.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX "; }

/// " USING btree (…) …": the definition behind the table's name, word for word; "" where it begins otherwise.
std::string behind_table(const Invalid& one) {
  const std::string head =
      create(one) + quote_identifier(one.bare) + " ON " + (one.partitioned ? "ONLY " : "") + one.table;
  return one.definition.starts_with(head + " ") ? one.definition.substr(head.size()) : "";
}

void way_out_of_copy(const Invalid& one, Finding& finding) {
  finding.why +=
      " By its name it was left by a REINDEX CONCURRENTLY that failed: the index that it was to replace still does its "
      "work. A name is no proof, so --fix leaves it alone.";
  finding.way_out = {{"Drop it; this does not block writes.", "DROP INDEX CONCURRENTLY " + one.name + ";"}};
  if (one.old_copy) return;
  finding.way_out.push_back({"Build the other one again, if that is still wanted.",
                             "REINDEX INDEX CONCURRENTLY " + quote_qualified(one.schema, one.original) + ";"});
}

void way_out_of_partitioned(const Invalid& one, const std::vector<Remedy>& lacking, Finding& finding) {
  finding.why += " An index of a partitioned table becomes valid once each partition has a valid one attached to it.";
  finding.way_out = lacking;
  if (!lacking.empty()) return;
  finding.way_out = {{"Attach the partitions' indexes again, or drop it with them and build it again; the second "
                      "blocks writes while it runs.",
                      "DROP INDEX " + one.name + ";"},
                     {"", create(one) + quote_identifier(one.bare) + " ON " + one.table + behind_table(one) + ";"}};
}

void way_out_of_plain(const Invalid& one, Finding& finding) {
  const std::string concurrently = one.exclusion ? "" : "CONCURRENTLY ";
  const Remedy rebuild{"Build it again where it is: keeps its comment, tablespace and what depends on it.",
                       "REINDEX INDEX " + concurrently + one.name + ";"};
  if (one.unique) finding.why += " It is unique: rows that are there twice make each attempt fail; remove them first.";
  if (one.bound) {
    finding.way_out = {rebuild};
    return;
  }
  const std::string tail = behind_table(one);
  finding.way_out = {
      {"Drop it and build it again; neither blocks writes.", "DROP INDEX CONCURRENTLY " + one.name + ";"},
      {"", (tail.empty() ? one.definition
                         : create(one) + "CONCURRENTLY " + quote_identifier(one.bare) + " ON " + one.table + tail) +
               ";"},
      {"Or instead of both: build it again where it is, which keeps its comment and its tablespace.", rebuild.command}};
  if (one.unique) return;  // duplicates would leave a second invalid one behind
  finding.needs_lock = true;
  finding.repairs = {
      {"SELECT NOT i.indisvalid FROM pg_catalog.pg_index i WHERE i.indexrelid = $1::oid", {one.oid}, true},
      {"REINDEX INDEX CONCURRENTLY " + one.name}};
}

Finding finding_of(const Invalid& one, const std::vector<Remedy>& lacking) {
  Finding finding;
  finding.code = "invalid-index";
  finding.object = one.object;
  finding.what = "the index " + one.name + " on " + one.table + " is invalid: its build was cut off or failed";
  finding.why = "No query uses it, and every write may still pay for it.";
  if (one.partitioned) {
    way_out_of_partitioned(one, lacking, finding);
  } else if (one.copy && !one.bound) {
    way_out_of_copy(one, finding);
  } else {
    way_out_of_plain(one, finding);
  }
  return finding;
}

/// By the oid of the index: what it takes in each partition that lacks one.
using Lacking = std::map<std::string, std::vector<Remedy>>;

Result<Lacking> lacking_partitions(Session& session, const std::vector<Invalid>& invalid) {
  const Result<Rows> rows = session.query(lacking_query);
  if (!rows) return rows.failure();
  std::map<std::string, const Invalid*> by_oid;
  for (const Invalid& one : invalid) by_oid.emplace(one.oid, &one);
  Lacking lacking;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto cell = [&](std::size_t column) { return rows->at(i, column).value_or(""); };
    const auto found = by_oid.find(cell(0));
    if (found == by_oid.end() || behind_table(*found->second).empty()) continue;
    const Invalid& index = *found->second;
    const std::string name = truncate_identifier(cell(4) + "_" + index.bare);
    const std::string partition = quote_qualified(cell(1), cell(2));
    lacking[cell(0)].push_back({partition + " lacks one; the name is yours to choose.",
                                create(index) + (cell(3) == "t" ? "" : "CONCURRENTLY ") + quote_identifier(name) +
                                    " ON " + partition + behind_table(index) + ";"});
    lacking[cell(0)].push_back(
        {"", "ALTER INDEX " + index.name + " ATTACH PARTITION " + quote_qualified(cell(1), name) + ";"});
  }
  return lacking;
}

Status examine_indexes(Session& session, Examination& examination) {
  const Result<Rows> rows = session.query(invalid_query);
  if (!rows) return rows.failure();
  if (rows->empty()) return done();
  std::vector<Invalid> invalid;
  for (std::size_t i = 0; i < rows->size(); ++i) invalid.push_back(invalid_of(*rows, i));
  Result<Lacking> lacking = lacking_partitions(session, invalid);
  if (!lacking) return lacking.failure();
  for (const Invalid& one : invalid) examination.findings.push_back(finding_of(one, (*lacking)[one.oid]));
  return done();
}

Finding not_validated(const Rows& rows, std::size_t i) {
  const auto cell = [&](std::size_t column) { return rows.at(i, column).value_or(""); };
  const bool of_type = cell(3) == "t";
  const std::string owner = quote_qualified(cell(0), cell(1));
  const std::string name = quote_identifier(cell(2));
  Finding finding;
  finding.code = "constraint-not-validated";
  finding.object = cell(5);
  finding.what = "the constraint " + name + " on " + owner + " is not validated (NOT VALID)";
  finding.why =
      "New rows are checked, those from before it never were: nobody, the planner included, may rely on it. --fix "
      "leaves it alone, since the rows may break it and the schema file may ask for NOT VALID.";
  if (!rows.is_null(i, 4)) {
    finding.way_out.push_back(
        {"See which rows break it.", "SELECT * FROM " + owner + " WHERE NOT (" + cell(4) + ") LIMIT 100;"});
  }
  finding.way_out.push_back(
      {of_type ? "Check the values that are there."
               : "Check the rows that are there; reads and writes go on meanwhile.",
       std::string(of_type ? "ALTER DOMAIN " : "ALTER TABLE ") + owner + " VALIDATE CONSTRAINT " + name + ";"});
  return finding;
}

Finding pending_detach(const Rows& rows, std::size_t i) {
  const auto cell = [&](std::size_t column) { return rows.at(i, column).value_or(""); };
  const std::string partition = quote_qualified(cell(0), cell(1));
  const std::string parent = quote_qualified(cell(2), cell(3));
  Finding finding;
  finding.code = "detach-pending";
  finding.object = cell(4);
  finding.what = "the table " + partition + " is half detached from " + parent +
                 ": a DETACH PARTITION CONCURRENTLY was cut off, or still waits for others";
  finding.why =
      "Queries of " + parent +
      " no longer see its rows, and no row can be written to it through there. It can only be ended, not called off. "
      "--fix leaves it alone, since the one who began it may still be waiting. Where a plan of segue did, segue apply "
      "PLAN.json --resume ends it as well.";
  finding.way_out = {
      {"See whether somebody is still at it.",
       "SELECT pid, state, query FROM pg_stat_activity WHERE query ILIKE '%DETACH PARTITION%' AND pid <> "
       "pg_backend_pid();"},
      {"End it; this waits for those who may still see the partition.",
       "ALTER TABLE " + parent + " DETACH PARTITION " + partition + " FINALIZE;"}};
  return finding;
}

Status examine_detachments(Session& session, Examination& examination) {
  if (session.server_version() < 140000) return done();
  const Result<Rows> rows = session.query(pending_query);
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) examination.findings.push_back(pending_detach(*rows, i));
  return done();
}

}  // namespace

Status examine_catalog(Session& session, Examination& examination) {
  if (const Status looked = examine_indexes(session, examination); !looked) return looked;
  if (const Status looked = examine_detachments(session, examination); !looked) return looked;
  const Result<Rows> rows = session.query(not_validated_query(session.server_version()));
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) examination.findings.push_back(not_validated(*rows, i));
  return done();
}

}  // namespace segue::exec
