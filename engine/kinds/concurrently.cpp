#include "kinds/concurrently.h"

#include "base/quote.h"

namespace segue::kinds::concurrently {
namespace {

std::string statement_of_drop(const std::string& index) { return "DROP INDEX CONCURRENTLY IF EXISTS " + index; }

}  // namespace

void create(std::string sql, const char* form, const std::string& index, const std::string& relation,
            model::Emit& emit) {
  auto& fragment = emit.statement(std::move(sql), form);
  fragment.relations = {relation};
  fragment.alone = {
      "SELECT EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indisvalid AND i.indexrelid = "
      "pg_catalog.to_regclass(" +
          quote_literal(index) + "))",
      statement_of_drop(index)};
}

/// A drop that was cut off cannot be called off: what is left of the index goes as well.
void drop(const std::string& index, const std::string& relation, model::Emit& emit) {
  auto& fragment = emit.statement("DROP INDEX CONCURRENTLY " + index, "DROP INDEX CONCURRENTLY");
  fragment.relations = {"", relation};  // for its own lock, the first, nobody waits
  fragment.hazards = {"INDEX_DROPPED"};
  fragment.alone = {"SELECT pg_catalog.to_regclass(" + quote_literal(index) + ") IS NULL", statement_of_drop(index)};
}

}  // namespace segue::kinds::concurrently
