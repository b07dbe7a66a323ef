#include "source/transactions.h"

#include <algorithm>
#include <string>
#include <vector>

namespace segue::source {
namespace {

/// The transaction that is open, statement by statement. Outside of one every statement stands for itself.
class Transaction {
 public:
  explicit Transaction(Undone& undone) : undone_(undone) {}

  void run(const sql::Script& script, const sql::Statement& statement) {
    if (!statement.node.is("TransactionStmt")) {
      if (undone_.open) pending_.push_back(&statement);
      return;
    }
    const std::string_view kind = statement.node.text("kind");
    const bool ends = kind == "TRANS_STMT_COMMIT" || kind == "TRANS_STMT_ROLLBACK" || kind == "TRANS_STMT_PREPARE";
    if (!undone_.open && (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START"))
      undone_.open = script.locate(statement.begin);
    if (kind == "TRANS_STMT_ROLLBACK") undo_from(0);
    if (kind == "TRANS_STMT_SAVEPOINT" && undone_.open)
      savepoints_.push_back({std::string(statement.node.text("savepoint_name")), pending_.size()});
    if (kind == "TRANS_STMT_ROLLBACK_TO" || kind == "TRANS_STMT_RELEASE") return_to(statement.node, kind);
    if (!ends) return;
    pending_.clear();
    savepoints_.clear();
    if (!statement.node.flag("chain")) undone_.open.reset();
  }

 private:
  struct Savepoint {
    std::string name;
    std::size_t at;
  };

  void undo_from(std::size_t at) {
    undone_.statements.insert(pending_.begin() + static_cast<std::ptrdiff_t>(at), pending_.end());
    pending_.resize(at);
  }

  /// ROLLBACK TO keeps the savepoint, RELEASE does not; both end those that came after it.
  void return_to(const sql::Node& node, std::string_view kind) {
    const auto found = std::find_if(savepoints_.rbegin(), savepoints_.rend(),
                                    [&](const Savepoint& one) { return one.name == node.text("savepoint_name"); });
    if (found == savepoints_.rend()) return;
    const bool releases = kind == "TRANS_STMT_RELEASE";
    if (!releases) undo_from(found->at);
    savepoints_.erase(found.base() - (releases ? 1 : 0), savepoints_.end());
  }

  Undone& undone_;
  std::vector<const sql::Statement*> pending_;
  std::vector<Savepoint> savepoints_;
};

}  // namespace

Undone undone_in(const Scripts& scripts) {
  Undone undone;
  Transaction transaction(undone);
  for (const sql::Script& script : scripts) {
    for (const sql::Statement& statement : script.statements()) transaction.run(script, statement);
  }
  return undone;
}

}  // namespace segue::source
