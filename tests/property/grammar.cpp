#include "grammar.h"

#include <sstream>
#include <stdexcept>

#include "support/files.h"

namespace segue::test {
namespace {

constexpr std::string_view option_end = "¦";

/// Reads the text of one rule.
class TextReader {
 public:
  TextReader(const std::string& text, Rule& rule) : text_(text), rule_(rule) {}

  Text read() {
    Text all = pieces();
    if (at_ != text_.size()) fail("'}}' or '¦' without '{{'");
    return all;
  }

 private:
  bool is_at(std::string_view what) const { return text_.compare(at_, what.size(), what) == 0; }
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error("grammar.txt, rule " + rule_.name + ": " + what);
  }

  /// Up to the end of the option, or of the text.
  Text pieces() {
    Text all;
    std::string plain;
    const auto flush = [&] {
      if (plain.empty()) return;
      Piece piece;
      piece.text = std::move(plain);
      all.push_back(std::move(piece));
      plain.clear();
    };
    while (at_ < text_.size() && !is_at("}}") && !is_at(option_end)) {
      if (is_at("{{") || is_at("${")) {
        flush();
        all.push_back(is_at("${") ? hole() : choice());
      } else {
        plain += text_[at_++];
      }
    }
    flush();
    return all;
  }

  Piece choice() {
    Piece piece;
    piece.sort = Piece::Sort::choice;
    piece.number = rule_.choices++;
    at_ += 2;
    for (;;) {
      piece.options.push_back(pieces());
      if (at_ >= text_.size()) fail("'{{' without '}}'");
      const bool end = is_at("}}");
      at_ += 2;  // both ends have two bytes
      if (end) return piece;
    }
  }

  Piece hole() {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string::npos) fail("'${' without '}'");
    std::string inside = text_.substr(at_ + 2, end - at_ - 2);
    at_ = end + 1;
    Piece piece;
    if (inside.empty() || inside == "*" || inside == ",*") {
      piece.sort = inside.empty() ? Piece::Sort::own_name : Piece::Sort::elements;
      piece.behind = inside == ",*";
      return piece;
    }
    piece.sort = Piece::Sort::node;
    piece.silent = inside[0] == '!';
    piece.bare = inside[0] == ':';
    if (piece.silent || piece.bare) inside.erase(0, 1);
    const auto cut = [&](char mark) {
      const std::size_t at = inside.find(mark);
      if (at == std::string::npos) return std::string();
      std::string rest = inside.substr(at + 1);
      inside.resize(at);
      return rest;
    };
    piece.same = cut('@');
    piece.tag = cut('=');
    piece.part = cut('.');
    piece.text = inside;
    return piece;
  }

  const std::string& text_;
  Rule& rule_;
  std::size_t at_ = 0;
};

void read_flag(const std::string& flag, Rule& rule) {
  const std::size_t equals = flag.find('=');
  const std::string name = flag.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : flag.substr(equals + 1);
  if (name == "weight") {
    rule.weight = std::stoi(value);
  } else if (name == "in") {
    rule.in = value;
  } else if (name == "once") {
    rule.once = value;
  } else if (name == "beside") {
    rule.beside = value;
  } else if (name == "qualified") {
    rule.qualified = true;
  } else if (name == "renamed") {
    rule.renamed = true;
  } else if (name == "tag") {
    rule.tags.insert(value);
  } else {
    throw std::runtime_error("grammar.txt, rule " + rule.name + ": what is " + flag + "?");
  }
}

Rule read_head(const std::string& line) {
  std::istringstream words(line.substr(1));
  Rule rule;
  words >> rule.name;
  rule.tags.insert(rule.name);
  for (std::string flag; words >> flag;) read_flag(flag, rule);
  return rule;
}

}  // namespace

std::vector<Rule> parse_grammar(const std::string& text) {
  std::vector<Rule> rules;
  std::string body;
  const auto finish = [&] {
    if (rules.empty()) return;
    while (body.ends_with('\n')) body.pop_back();
    rules.back().text = TextReader(body, rules.back()).read();
    body.clear();
  };
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    if (line.starts_with('=')) {
      finish();
      rules.push_back(read_head(line));
    } else {
      body += line + "\n";
    }
  }
  finish();
  return rules;
}

const std::vector<Rule>& grammar() {
  static const std::vector<Rule> rules = parse_grammar(read_file(source_tree() / "tests/property/grammar.txt"));
  return rules;
}

}  // namespace segue::test
