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

namespace {

std::string names(const std::vector<std::string>& of) {
  std::vector<std::string> literals;
  literals.reserve(of.size());
  for (const std::string& name : of) literals.push_back(quote_literal(name));
  return "ARRAY[" + join(literals, ", ") + "]::pg_catalog.name[]";
}

/// " FROM …" of the check, a copy of the bound, that a detachment leaves (tablecmds.c DetachAddConstraintIfNeeded has
/// the server name it), and of the foreign keys that came from above.
std::string left_on(const std::string& partition, const std::vector<std::string>& own, const Keys& keys) {
  std::string left =
      "k.contype = 'c' AND k.convalidated AND k.conislocal AND k.coninhcount = 0 AND k.conname ~ '_check[0-9]*$' AND "
      "k.conname <> ALL (" +
      names(own) + ")";
  if (!keys.names.empty()) left = "(" + left + " OR k.contype = 'f' AND k.conname = ANY (" + names(keys.names) + "))";
  return " FROM pg_catalog.pg_constraint k WHERE k.conrelid = pg_catalog.to_regclass(" + quote_literal(partition) +
         ") AND " + left;
}

std::string membership(const std::string& partition, const std::string& parent) {
  return "EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = pg_catalog.to_regclass(" +
         quote_literal(partition) + ") AND i.inhparent = pg_catalog.to_regclass(" + quote_literal(parent) + ")";
}

}  // namespace

/// One that was cut off in its middle cannot be called off either: it is ended.
void detach(const std::string& partition, const std::string& parent, const std::vector<std::string>& own,
            const Keys& keys, model::Emit& emit) {
  const std::string alter = "ALTER TABLE ONLY " + parent + " DETACH PARTITION " + partition;
  const std::string left = left_on(partition, own, keys);
  const std::string drop_left = "FOR name IN SELECT k.conname" + left +
                                "\n  LOOP EXECUTE pg_catalog.format('ALTER TABLE %s DROP CONSTRAINT %I', " +
                                quote_literal(partition) + ", name); END LOOP;";
  const auto block = [](const std::string& body) {
    return "DO " + quote_literal("DECLARE name pg_catalog.name; BEGIN\n  " + body + "\nEND");
  };
  const std::vector<std::string> relations = {parent, partition};
  auto& fragment = emit.statement(alter + " CONCURRENTLY", "DETACH PARTITION CONCURRENTLY");
  fragment.relations = relations;
  fragment.alone = {"SELECT NOT " + membership(partition, parent) + ") AND NOT EXISTS (SELECT" + left + ")",
                    block("IF " + membership(partition, parent) + " AND i.inhdetachpending) THEN EXECUTE " +
                          quote_literal(alter + " FINALIZE") + "; END IF;\n  IF NOT " + membership(partition, parent) +
                          ") THEN " + drop_left + " END IF;")};
  const model::Alone alone = *fragment.alone;
  auto& behind = emit.statement(block(drop_left), keys.names.empty() ? "DROP CHECK" : "DROP FOREIGN KEY");
  behind.relations = {partition};
  behind.relations.insert(behind.relations.end(), keys.referenced.begin(), keys.referenced.end());
  behind.alone = alone;
}

}  // namespace segue::kinds::concurrently
