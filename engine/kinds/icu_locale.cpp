#include "kinds/icu_locale.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <vector>

namespace segue::kinds {
namespace {

using Keywords = std::map<std::string, std::string>;  ///< in the order in which a tag has them

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, by);) parts.push_back(part);
  return parts;
}

struct Word {
  std::string_view key;  ///< of the tag
  std::string_view before;
  std::string_view after;
};

/// Values that are called otherwise in a tag (CLDR's bcp47 files: aliases of types).
constexpr Word words[] = {
    {"ks", "primary", "level1"},
    {"ks", "secondary", "level2"},
    {"ks", "tertiary", "level3"},
    {"ks", "quaternary", "level4"},
    {"ks", "identical", "identic"},
    {"ka", "non-ignorable", "noignore"},
    {"kf", "no", "false"},
    {"kb", "yes", "true"},
    {"kb", "no", "false"},
    {"kc", "yes", "true"},
    {"kc", "no", "false"},
    {"kk", "yes", "true"},
    {"kk", "no", "false"},
    {"kn", "yes", "true"},
    {"kn", "no", "false"},
    {"kh", "yes", "true"},
    {"kh", "no", "false"},
    {"co", "phonebook", "phonebk"},
    {"co", "traditional", "trad"},
    {"co", "dictionary", "dict"},
    {"co", "gb2312han", "gb2312"},
    {"ca", "gregorian", "gregory"},
    {"nu", "traditional", "traditio"},
};

/// The key of a tag for a keyword behind @; nothing for one that we do not know.
std::optional<std::string> key_of(const std::string& keyword) {
  static const std::map<std::string, std::string> keys = {{"colstrength", "ks"},  {"colalternate", "ka"},
                                                          {"colcasefirst", "kf"}, {"colbackwards", "kb"},
                                                          {"colcaselevel", "kc"}, {"colnormalization", "kk"},
                                                          {"colnumeric", "kn"},   {"colhiraganaquaternary", "kh"},
                                                          {"colreorder", "kr"},   {"collation", "co"},
                                                          {"calendar", "ca"},     {"numbers", "nu"},
                                                          {"currency", "cu"},     {"hours", "hc"}};
  const auto found = keys.find(keyword);
  if (found == keys.end()) return std::nullopt;
  return found->second;
}

/// What stands behind @, "colNumeric=yes;…"; of a keyword that stands there twice, the first. False where ICU would
/// have to say.
bool read_keywords(const std::string& text, Keywords& out) {
  for (const std::string& one : split(text, ';')) {
    const std::size_t equals = one.find('=');
    const auto key = equals == std::string::npos ? std::nullopt : key_of(lower(one.substr(0, equals)));
    if (!key) return false;
    std::string value = lower(one.substr(equals + 1));
    for (const Word& word : words) {
      if (word.key == *key && word.before == value) value = std::string(word.after);
    }
    out.emplace(*key, std::move(value));
  }
  return true;
}

/// The subtags behind "-u-": keys of two letters, each with its values. False where something else follows.
bool read_extension(const std::vector<std::string>& subtags, std::size_t at, Keywords& out) {
  std::string key;
  for (; at < subtags.size(); ++at) {
    const std::string& subtag = subtags[at];
    if (subtag.size() == 2) {
      key = subtag;
      out.emplace(key, "");
    } else if (key.empty() || subtag.size() < 3) {
      return false;
    } else {
      out[key] += (out[key].empty() ? "" : "-") + subtag;
    }
  }
  return true;
}

/// Script and region in their usual case.
std::string in_usual_case(std::string subtag) {
  const auto upper = [](char& c) { c = static_cast<char>(std::toupper(static_cast<unsigned char>(c))); };
  if (subtag.size() == 2) std::for_each(subtag.begin(), subtag.end(), upper);
  if (subtag.size() == 4) upper(subtag[0]);
  return subtag;
}

/// Language, script, region and variants; false where an extension other than u stands among them.
bool read_head(const std::string& text, std::string& tag, Keywords& keywords) {
  std::vector<std::string> subtags = split(lower(text), '-');
  tag = subtags.empty() || subtags[0].empty() || subtags[0] == "root" ? "und" : subtags[0];
  for (std::size_t i = 1; i < subtags.size(); ++i) {
    if (subtags[i] == "u") return read_extension(subtags, i + 1, keywords);
    if (subtags[i].size() < 2) return false;
    if (subtags[i] == "posix")
      keywords.emplace("va", "posix");
    else
      tag += "-" + in_usual_case(subtags[i]);
  }
  return true;
}

}  // namespace

std::string language_tag(const std::string& icu_locale) {
  const std::size_t at = icu_locale.find('@');
  std::string head = icu_locale.substr(0, std::min(at, icu_locale.find('.')));  // an encoding means nothing to ICU
  std::replace(head.begin(), head.end(), '_', '-');
  std::string tag;
  Keywords keywords;
  if (!read_head(head, tag, keywords)) return icu_locale;
  if (at != std::string::npos && !read_keywords(icu_locale.substr(at + 1), keywords)) return icu_locale;
  std::string extension;
  for (const auto& [key, value] : keywords)
    extension += "-" + key + (value.empty() || value == "true" ? "" : "-" + value);
  return tag + (extension.empty() ? "" : "-u" + extension);
}

}  // namespace segue::kinds
