#include "legato.h"

#include <stdexcept>

namespace segue::test {

const char* const some_life = R"sql(
INSERT INTO users (username, email, password_hash, role) VALUES
  ('ada', 'ada@example.org', 'x', 'author'), ('bob', 'bob@example.org', 'x', 'reader');
INSERT INTO books (author_id, title, slug, status, price_minor, published_at) VALUES
  (1, 'Notes', 'notes', 'published', 990, now());
INSERT INTO book_authors (book_id, user_id, contribution) VALUES (1, 2, 'translator');
INSERT INTO chapters (book_id, position, title, body) VALUES (1, 1, 'A', 'words'), (1, 2, 'B', 'more words');
INSERT INTO transactions (user_id, book_id, amount_minor, currency, idempotency_key, provider, status, completed_at)
  VALUES (2, 1, 990, 'EUR', 'key-00000001', 'bank', 'succeeded', now());
INSERT INTO user_library (user_id, book_id, transaction_id) VALUES (2, 1, 1);
INSERT INTO comments (book_id, chapter_id, user_id, body) VALUES (1, 1, 2, 'first'), (1, NULL, 2, 'of the book');
INSERT INTO comments (book_id, chapter_id, parent_id, user_id, body) VALUES (1, 1, 1, 1, 'answer');
INSERT INTO bookmarks (user_id, book_id, chapter_id, char_offset) VALUES (2, 1, 1, 3);
)sql";

LegatoDatabase::LegatoDatabase(Server& server) : database_(server) {
  database_.execute(
      "DO $$ BEGIN CREATE ROLE legato LOGIN PASSWORD 'correct horse'; "
      "EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
      "ALTER DATABASE " +
      database_.name() + " OWNER TO legato;");
  write_file(folder_ / "schema.sql", read_file(source_tree() / "schema.sql"));
}

std::string LegatoDatabase::url() const {
  return "postgresql://" + std::string(deployer) + "@/" + database_.name() +
         "?host=" + database_.server().socket_folder();
}

Outcome LegatoDatabase::segue(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin() + 1, {"--db", url()});
  return run_segue(arguments, folder_.path().string());
}

void LegatoDatabase::deploy() const {
  const Outcome outcome = segue({"apply", "--schema", "schema.sql", "--yes"});
  if (!outcome.ok()) throw std::runtime_error("segue apply --schema schema.sql: " + outcome.text());
}

std::string LegatoDatabase::refusal(const std::string& script) const {
  const Outcome outcome = database_.server().psql(database_.name(), "\\set VERBOSITY sqlstate\n" + script);
  const std::size_t error = outcome.err.find("ERROR:  ");
  return error == std::string::npos ? "" : outcome.err.substr(error + 8, 5);
}

std::string LegatoDatabase::write_changed_schema(const std::string& name, const std::string& from,
                                                 const std::string& to) const {
  std::string text = read_file(folder_ / "schema.sql");
  const std::size_t at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
    throw std::runtime_error("schema.sql should hold once: " + from);
  }
  text.replace(at, from.size(), to);
  write_file(folder_ / name, text);
  return name;
}

}  // namespace segue::test
