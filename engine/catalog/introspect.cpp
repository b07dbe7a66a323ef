#include "catalog/introspect.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "base/quote.h"
#include "catalog/reader.h"
#include "catalog/unmodelled.h"
#include "kinds/kinds.h"

namespace segue::catalog {
namespace {

/// Normal, automatic and internal dependencies between objects that users made (oid from FirstNormalObjectId on; pinned
/// ones of the system need no edge). Those of partitions on their parents ('P', 'S') are links of their own. Left out
/// as well: relations, types and routines in their schema, which is their parent, and row types and arrays, which stand
/// for what they belong to.
constexpr const char* dependencies =
    "SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid FROM pg_catalog.pg_depend d "
    "WHERE d.objid >= 16384 AND d.refobjid >= 2200 AND d.deptype IN ('n', 'a', 'i') "
    "AND NOT (d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.classid IN "
    "('pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass, "
    "'pg_catalog.pg_proc'::pg_catalog.regclass)) "
    "AND NOT (d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'i')";

struct Query {
  const model::Kind* kind = nullptr;  ///< null for the dependencies and the list of what is not modelled
  std::string sql;
  std::promise<Result<Rows>> answer = {};
};

std::vector<Query> queries(int version) {
  std::vector<Query> list;
  for (const model::Kind* kind : kinds::all()) {
    if (kind->query == nullptr) continue;
    std::string sql = kind->query(version);
    if (!sql.empty()) list.push_back({kind, std::move(sql)});
  }
  list.push_back({nullptr, dependencies});
  list.push_back({nullptr, unmodelled_query(version)});
  return list;
}

/// Every session takes the next few queries that nobody has taken, in a thread of its own, so that rows are read while
/// the server works on the next answer. Behind `stop` no further ones are asked.
class Asking {
 public:
  Asking(const std::vector<Session*>& sessions, std::vector<Query>& list, const Wanted& wanted)
      : list_(list), wanted_(wanted), few_(sessions.size() == 1 ? 12 : 3) {
    for (Session* session : sessions) threads_.emplace_back([this, session] { work(*session); });
  }
  void stop() { stopped_ = true; }

 private:
  void work(Session& session) {
    while (!stopped_) {
      const std::size_t first = next_.fetch_add(few_);
      if (first >= list_.size()) return;
      ask(session, first, std::min(first + few_, list_.size()));
    }
  }

  void ask(Session& session, std::size_t first, std::size_t end) {
    std::vector<std::string> texts;
    std::vector<Query*> asked;
    for (std::size_t i = first; i < end; ++i) {
      if (list_[i].kind != nullptr && !wanted_(*list_[i].kind)) {
        list_[i].answer.set_value(Rows());
      } else {
        texts.push_back(list_[i].sql);
        asked.push_back(&list_[i]);
      }
    }
    if (texts.empty()) return;
    auto next = asked.begin();
    session.query_each(texts, [&next](Result<Rows> rows) { (*next++)->answer.set_value(std::move(rows)); });
  }

  std::vector<Query>& list_;
  const Wanted& wanted_;
  /// A round trip takes longer than most of the queries. All at once would wait for what is known last to be wanted,
  /// and among several sessions many would give the long ones, which stand together, to one of them.
  std::size_t few_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  std::vector<std::jthread> threads_;  ///< the last member: joined before the others go
};

Diagnostic explain(const Query& query, const Diagnostic& why) {
  Diagnostic error = why;
  error.object = query.kind == nullptr ? "pg_catalog" : "catalog of kind " + std::string(query.kind->name);
  return error;
}

constexpr const char* begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

}  // namespace

// A refusal ends the transaction, and in a subtransaction nothing can be shared: so this comes first, and begins again.
Result<std::string> begin_snapshot(Session& session) {
  if (auto begun = session.execute(begin); !begun) return begun.failure();
  if (auto name = session.query("SELECT pg_catalog.pg_export_snapshot()")) return name->at(0, 0).value_or("");
  if (auto ended = session.execute("ROLLBACK"); !ended) return ended.failure();
  if (auto begun = session.execute(begin); !begun) return begun.failure();
  return std::string();
}

bool join_snapshot(Session& session, const std::string& snapshot) {
  return session.execute(begin) && session.execute("SET TRANSACTION SNAPSHOT " + quote_literal(snapshot));
}

Result<Live> introspect(const std::vector<Session*>& sessions, const Wanted& wanted) {
  const int version = sessions.front()->server_version();
  std::vector<Query> list = queries(version);
  std::vector<std::future<Result<Rows>>> answers;
  answers.reserve(list.size());
  for (Query& query : list) answers.push_back(query.answer.get_future());
  Asking asking(sessions, list, wanted);
  Live live;
  Reader reader(live, version);
  for (std::size_t at = 0; at < list.size(); ++at) {
    const Query& query = list[at];
    const Result<Rows> rows = answers[at].get();
    if (!rows) {
      asking.stop();
      return explain(query, rows.error());
    }
    if (query.kind != nullptr) {
      for (std::size_t i = 0; i < rows->size(); ++i) query.kind->read_row({&*rows, i}, reader);
    } else if (at + 1 == list.size()) {
      for (std::size_t i = 0; i < rows->size(); ++i)
        reader.unmodelled(rows->at(i, 0).value_or(""), rows->at(i, 1).value_or(""));
    } else {
      reader.add_dependencies(*rows);
    }
  }
  return live;
}

Result<Live> introspect(Session& session, const Wanted& wanted) {
  return introspect(std::vector<Session*>{&session}, wanted);
}

Result<std::vector<std::pair<std::string, std::string>>> environment(Session& session) {
  // members of extensions by class, and the operator classes of the system, each name once: several access methods may
  // have classes of one name
  auto rows = session.query_again(
      "WITH ext AS MATERIALIZED (SELECT classid, objid, refobjid FROM pg_catalog.pg_depend WHERE deptype = 'e'), "
      "members(name, in_schema, of) AS MATERIALIZED ("
      "SELECT 'type ' || t.typname, n.nspname, ext.refobjid "
      "FROM ext JOIN pg_catalog.pg_type t ON ext.classid = "
      "'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
      "UNION ALL SELECT 'function ' || p.proname, n.nspname, ext.refobjid "
      "FROM ext JOIN pg_catalog.pg_proc p ON "
      "ext.classid = "
      "'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
      "UNION ALL SELECT 'opclass ' || o.opcname, n.nspname, ext.refobjid "
      "FROM ext JOIN pg_catalog.pg_opclass o ON "
      "ext.classid = "
      "'pg_catalog.pg_opclass'::pg_catalog.regclass AND o.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace "
      "UNION ALL SELECT 'relation ' || c.relname, n.nspname, ext.refobjid "
      "FROM ext JOIN pg_catalog.pg_class c ON "
      "ext.classid = "
      "'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "UNION ALL SELECT 'operator ' || o.oprname, n.nspname, ext.refobjid "
      "FROM ext JOIN pg_catalog.pg_operator o ON "
      "ext.classid = "
      "'pg_catalog.pg_operator'::pg_catalog.regclass AND o.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace "
      "UNION ALL SELECT 'text search dictionary ' || d.dictname, n.nspname, ext.refobjid "
      "FROM ext JOIN "
      "pg_catalog.pg_ts_dict d ON "
      "ext.classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass AND d.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace "
      "UNION ALL SELECT 'text search template ' || t.tmplname, n.nspname, ext.refobjid "
      "FROM ext JOIN "
      "pg_catalog.pg_ts_template t ON "
      "ext.classid = 'pg_catalog.pg_ts_template'::pg_catalog.regclass AND t.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace "
      "UNION ALL SELECT 'text search parser ' || p.prsname, n.nspname, ext.refobjid "
      "FROM ext JOIN "
      "pg_catalog.pg_ts_parser p ON "
      "ext.classid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass AND p.oid = ext.objid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace) "
      "SELECT name, in_schema FROM members "
      "UNION ALL SELECT 'extension of ' || m.name, e.extname FROM members m JOIN pg_catalog.pg_extension e ON e.oid = "
      "m.of "
      "UNION ALL SELECT 'extension ' || e.extname, n.nspname FROM pg_catalog.pg_extension e "
      "JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace "
      "UNION SELECT 'opclass ' || o.opcname, 'pg_catalog' FROM pg_catalog.pg_opclass o WHERE o.opcnamespace = "
      "'pg_catalog'::pg_catalog.regnamespace");
  if (!rows) return rows.failure();
  std::vector<std::pair<std::string, std::string>> names;
  for (std::size_t i = 0; i < rows->size(); ++i)
    names.emplace_back(rows->at(i, 0).value_or(""), rows->at(i, 1).value_or(""));
  return names;
}

}  // namespace segue::catalog
