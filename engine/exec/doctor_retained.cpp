// What plans kept aside and nothing can bring back any more: the kept rows are gone, or what they belong to is.
#include "base/quote.h"
#include "exec/doctor.h"
#include "exec/retained.h"

namespace segue::exec {
namespace {

Finding rows_gone(const RetainedRow& row) {
  Finding finding;
  finding.code = "kept-rows-gone";
  finding.object = row.object;
  finding.what = row.relation + ", which kept what a plan had dropped, is gone";
  finding.why = "Plan " + row.plan_id.substr(0, 12) +
                " cannot be rolled back any more: somebody dropped by hand what it had kept of " + row.object + ".";
  finding.way_out = {{"Forget it, where no backup brings it back.",
                      "DELETE FROM segue.retained WHERE relation = " + quote_literal(row.relation) + ";"}};
  finding.needs_lock = true;
  finding.repairs = {
      {"DELETE FROM segue.retained WHERE relation = $1 AND NOT " + still_kept("relation"), {row.relation}}};
  return finding;
}

Finding table_gone(const RetainedRow& row) {
  Finding finding;
  finding.code = "kept-values-without-table";
  finding.object = row.object;
  finding.what = row.relation + " keeps the values of " + row.object + ", whose table is gone";
  finding.why = "Plan " + row.plan_id.substr(0, 12) +
                " cannot be rolled back as long as there is no such table. A plan that dropped it later may have kept "
                "the table itself: that one goes back first.";
  finding.way_out = {{"See which plans were applied since, and roll them back in turn.", "segue history"},
                     {"Or free what is kept.", "segue purge --plan " + row.plan_id.substr(0, 12)}};
  return finding;
}

}  // namespace

Status examine_retained(Session& session, Examination& examination) {
  const Result<std::vector<RetainedRow>> rows = read_retained(session);
  if (!rows) {
    examination.notes.push_back("what plans kept aside could not be read: " + rows.error().what);
    return done();
  }
  for (const RetainedRow& row : *rows) {
    if (!row.exists) {
      examination.findings.push_back(rows_gone(row));
    } else if (!row.has_table) {
      examination.findings.push_back(table_gone(row));
    }
  }
  return done();
}

}  // namespace segue::exec
