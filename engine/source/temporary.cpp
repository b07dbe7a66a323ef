// Temporary objects: they belong to a session, and what is done to them is nothing of a schema. A name that has no
// schema means them first (namespace.c RangeVarGetRelid).
#include <algorithm>

#include "base/quote.h"
#include "source/interpreter.h"
#include "source/names.h"

namespace segue::source {
namespace {

/// What a statement makes, where it may be temporary.
sql::Node made_by(const sql::Node& node) {
  if (node.is("CreateStmt")) return node["relation"];
  if (node.is("ViewStmt")) return node["view"];
  if (node.is("CreateSeqStmt")) return node["sequence"];
  if (node.is("CreateTableAsStmt")) return node["into"]["rel"];
  return node.is("SelectStmt") ? node["intoClause"]["rel"] : sql::Node{};
}

bool is_dropped_on_commit(const sql::Node& node) {
  return node.text("oncommit") == "ONCOMMIT_DROP" || node["into"].text("onCommit") == "ONCOMMIT_DROP";
}

/// The relation that a statement is about, by the names that the file gives it; of COMMENT, what stands before the name
/// of a part.
std::vector<std::string> target_of(const sql::Node& node) {
  if (node.is("CommentStmt")) {
    std::vector<std::string> names = any_name(node["object"]);
    const std::string_view type = node.text("objtype");
    const bool is_part =
        type == "OBJECT_COLUMN" || type == "OBJECT_TABCONSTRAINT" || type == "OBJECT_TRIGGER" || type == "OBJECT_RULE";
    const bool is_relation =
        type == "OBJECT_TABLE" || type == "OBJECT_INDEX" || type == "OBJECT_VIEW" || type == "OBJECT_SEQUENCE";
    if (is_part && !names.empty()) names.pop_back();
    return is_part || is_relation ? names : std::vector<std::string>{};
  }
  if (node.is("GrantStmt") && node.text("objtype") == "OBJECT_TABLE")
    return qualified_names(node.list("objects").front());
  if (node.is("CreateStatsStmt")) return qualified_names(node.list("relations").front());
  if (node.is("AlterSeqStmt")) return qualified_names(node["sequence"]);
  if (node.is("CreatePolicyStmt") || node.is("AlterPolicyStmt")) return qualified_names(node["table"]);
  const bool is_about_relation = node.is("AlterTableStmt") || node.is("IndexStmt") || node.is("CreateTrigStmt") ||
                                 node.is("RuleStmt") || node.is("RenameStmt") || node.is("AlterObjectSchemaStmt");
  return is_about_relation && node["relation"] ? qualified_names(node["relation"]) : std::vector<std::string>{};
}

}  // namespace

bool Interpreter::is_temporary(const std::vector<std::string>& names) const {
  return names.size() == 1 && temporary_.count(names[0]) != 0;
}

/// Whether the statement makes something temporary, or is about what is: then nothing more is to be done with it.
bool Interpreter::run_on_temporary(const sql::Node& node) {
  const sql::Node made = made_by(node);
  if (made.text("relpersistence") == "t") {
    const std::string name(made.text("relname"));
    unmodelled("temporary " +
                   std::string(node.is("ViewStmt")        ? "view "
                               : node.is("CreateSeqStmt") ? "sequence "
                                                          : "table ") +
                   quote_identifier(name),
               "temporary objects belong to a session");
    if (!is_dropped_on_commit(node)) temporary_[name] = false;
    if (is_dropped_on_commit(node) && in_transaction_) temporary_[name] = true;
    return true;
  }
  if (!is_temporary(target_of(node))) return false;
  if (node.is("IndexStmt") && !node.text("idxname").empty()) temporary_[std::string(node.text("idxname"))] = false;
  const std::string_view renamed = node.text("renameType");
  if (renamed == "OBJECT_TABLE" || renamed == "OBJECT_VIEW" || renamed == "OBJECT_INDEX") {
    auto entry = temporary_.extract(target_of(node)[0]);
    entry.key() = std::string(node.text("newname"));
    temporary_.insert(std::move(entry));
  }
  return true;
}

}  // namespace segue::source
