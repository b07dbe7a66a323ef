#include "kinds/foreign_options.h"

#include <algorithm>
#include <array>

#include "base/quote.h"
#include "kinds/connection_secret.h"
#include "kinds/define_options.h"

namespace segue::kinds::foreign_options {
namespace {

std::string name_of(const std::string& option) { return option.substr(0, option.find('=')); }
std::string value_of(const std::string& option) { return option.substr(option.find('=') + 1); }
std::string written(const std::string& option) {
  return quote_identifier(name_of(option)) + " " + quote_literal(value_of(option));
}

model::List::const_iterator find(const model::List& options, const std::string& name) {
  return std::find_if(options.begin(), options.end(),
                      [&](const std::string& option) { return name_of(option) == name; });
}

}  // namespace

bool is_secret(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  static constexpr std::array words = {"password", "passwd",     "passphrase", "secret",
                                       "token",    "credential", "access_key", "api_key"};
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return lower.find(word) != std::string::npos; });
}

namespace {

std::string secret_of(const std::string& name, const std::string& whose) { return "option " + name + " of " + whose; }
constexpr const char* secret_note =
    "segue keeps no secrets: neither its value nor whether it is set is compared or written; set it by hand, or name "
    "it "
    "in the file as '${secret:NAME}', which apply fills in from SEGUE_SECRET_NAME";

constexpr std::string_view reference_begin = "${secret:";
bool has_reference(const std::string& option) { return option.find(reference_begin) != std::string::npos; }

/// What the file says of a secret: kept where it is a reference.
void apply_secret(const sql::Node& element, model::Object& object, std::optional<std::size_t> attribute,
                  DesiredReader& reader) {
  const std::string name(element.text("defname"));
  const bool goes = element.text("defaction") == "DEFELEM_DROP";
  const std::string value = goes ? "" : define::text_of(element["arg"]);
  model::List secrets = attribute ? object.list(*attribute) : model::List{};
  std::erase_if(secrets, [&](const std::string& one) { return name_of(one) == name; });
  if (!has_reference(value)) {
    reader.unmodelled(secret_of(name, object.key), secret_note);
  } else if (!attribute || !is_secret_reference(value)) {
    reader.error(element, "option " + quote_identifier(name) + " of " + object.key + " cannot be filled in",
                 "a secret is the whole value, '${secret:NAME}', of an option of a server or of a user mapping");
  } else {
    secrets.push_back(name + "=" + value);
  }
  if (attribute) object[*attribute] = std::move(secrets);
}

}  // namespace

void apply(const sql::List& elements, model::Object& object, std::size_t attribute, DesiredReader& reader,
           std::optional<std::size_t> secrets) {
  const std::string& whose = object.key;
  model::List options = object.list(attribute);
  for (const sql::Node element : elements) {
    const std::string name(element.text("defname"));
    if (is_secret(name)) {
      apply_secret(element, object, secrets, reader);
      continue;
    }
    const std::string_view action = element.text("defaction");
    if (action != "DEFELEM_DROP" && has_reference(define::text_of(element["arg"]))) {
      reader.error(element, "option " + quote_identifier(name) + " of " + whose + " is none that holds a secret",
                   "its value is compared and shown: write it out");
      continue;
    }
    const auto standing = find(options, name);
    if (action == "DEFELEM_DROP") {
      if (standing == options.end()) {
        reader.error(element, "option " + quote_identifier(name) + " of " + whose + " is not set");
      } else {
        options.erase(options.begin() + (standing - options.cbegin()));
      }
    } else if (action == "DEFELEM_SET" && standing != options.end()) {
      options[static_cast<std::size_t>(standing - options.cbegin())] = name + "=" + define::text_of(element["arg"]);
    } else if (standing != options.end()) {
      reader.error(element, "option " + quote_identifier(name) + " of " + whose + " is given twice",
                   "change it with SET");
    } else {
      options.push_back(name + "=" + define::text_of(element["arg"]));
    }
  }
  object[attribute] = std::move(options);
}

model::List without_secrets(model::List options, const std::string& whose, CatalogReader& reader) {
  for (const std::string& option : options) {
    if (is_secret(name_of(option))) reader.unmodelled_part("option " + name_of(option), whose, secret_note);
  }
  std::erase_if(options, [](const std::string& option) { return is_secret(name_of(option)); });
  return options;
}

model::List secrets_in(const model::List& options) {
  model::List names;
  for (const std::string& option : options) {
    if (is_secret(name_of(option))) names.push_back(name_of(option));
  }
  return names;
}

bool sets_secrets(const model::List& from, const model::List& to) {
  const auto lacks = [](const model::List& side, const std::string& one) {
    return find(side, name_of(one)) == side.end();
  };
  return std::any_of(to.begin(), to.end(), [&](const auto& one) { return has_reference(one) && lacks(from, one); }) ||
         std::any_of(from.begin(), from.end(), [&](const auto& one) { return has_reference(one) && lacks(to, one); });
}

model::List with_secrets(const model::Object& object, std::size_t attribute, std::size_t secrets,
                         const model::Object& other) {
  model::List options = object.list(attribute);
  for (const std::string& one : object.list(secrets)) {
    const model::List& there = other.list(secrets);
    if (has_reference(one) && find(there, name_of(one)) == there.end()) options.push_back(one);
  }
  return options;
}

std::string lost_secrets(const model::Object& standing, const model::Object* wanted, std::size_t secrets) {
  model::List lost;
  for (const std::string& one : standing.list(secrets)) {
    const model::List named = wanted == nullptr ? model::List{} : wanted->list(secrets);
    if (!has_reference(one) && find(named, name_of(one)) == named.end()) lost.push_back(name_of(one));
  }
  return lost.empty() ? "" : "its " + join(lost, ", ") + ", which segue does not keep";
}

model::List all_options(const model::Object& object, std::size_t attribute, std::size_t secrets) {
  model::List options = object.list(attribute);
  for (const std::string& one : object.list(secrets)) {
    if (has_reference(one)) options.push_back(one);
  }
  return options;
}

std::string create_clause(const model::List& options) {
  model::List parts;
  for (const std::string& option : options) parts.push_back(written(option));
  return parts.empty() ? "" : " OPTIONS (" + join(parts, ", ") + ")";
}

std::string alter_clause(const model::List& from, const model::List& to) {
  model::List parts;
  for (const std::string& option : from) {
    if (find(to, name_of(option)) == to.end()) parts.push_back("DROP " + quote_identifier(name_of(option)));
  }
  for (const std::string& option : to) {
    const auto standing = find(from, name_of(option));
    if (standing == from.end())
      parts.push_back("ADD " + written(option));
    else if (*standing != option)
      parts.push_back("SET " + written(option));
  }
  return parts.empty() ? "" : "OPTIONS (" + join(parts, ", ") + ")";
}

}  // namespace segue::kinds::foreign_options
