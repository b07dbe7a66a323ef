#include "cli/settings.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>

namespace segue::cli {
namespace {

/// "lock-timeout" of an option --lock-timeout; "" of a positional.
std::string name_of(const CLI::Option& option) {
  return option.get_lnames().empty() ? std::string() : option.get_lnames().front();
}

std::string variable_of(const std::string& name) {
  std::string variable = "SEGUE_" + name;
  for (char& c : variable) c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable;
}

std::string dashed(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return key;
}

Diagnostic misfit(const std::string& where, const std::string& what) {
  return Diagnostic::error(ErrorCode::usage, where + ": " + what, "segue COMMAND --help lists what it takes.");
}

bool takes_many(const CLI::Option& option) { return option.get_items_expected_max() > 1; }

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

/// Gives the option its values, as if they had stood on the command line.
Status fill(CLI::Option& option, const std::vector<std::string>& values, const std::string& where) {
  try {
    for (const std::string& value : values) option.add_result(value);
    option.run_callback();
  } catch (const CLI::Error& error) {
    return misfit(where, error.what());
  }
  return done();
}

bool yes_or_no(const std::string& text) { return text == "1" || text == "true" || text == "yes" || text == "on"; }
bool is_boolean(const std::string& text) {
  return yes_or_no(text) || text == "0" || text == "false" || text == "no" || text == "off";
}

Status fill_from_text(CLI::Option& option, const std::string& text, const std::string& where) {
  if (option.get_items_expected_max() == 0) {
    if (!is_boolean(text)) return misfit(where, "must be true or false, and is \"" + text + "\"");
    return yes_or_no(text) ? fill(option, {"true"}, where) : done();
  }
  return fill(option, takes_many(option) ? split(text) : std::vector<std::string>{text}, where);
}

std::optional<std::string> scalar(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  return std::nullopt;
}

Status fill_from_node(CLI::Option& option, const toml::node& node, const std::string& where) {
  if (const toml::array* list = node.as_array()) {
    if (!takes_many(option)) return misfit(where, "takes one value, and is given a list");
    std::vector<std::string> values;
    for (const toml::node& element : *list) {
      const auto value = scalar(element);
      if (!value) return misfit(where, "its list must hold strings");
      values.push_back(*value);
    }
    return fill(option, values, where);
  }
  const auto value = scalar(node);
  if (!value) return misfit(where, "must be a string, a whole number, true or false");
  if (option.get_items_expected_max() == 0) return fill_from_text(option, *value, where);
  return fill(option, {*value}, where);
}

/// The file as a table, with what it is called in messages.
struct ConfigFile {
  std::string name;
  toml::table table;
  std::string at(const toml::node& node, const std::string& key) const {
    return name + ":" + std::to_string(node.source().begin.line) + ": " + key;
  }
};

Result<ConfigFile> read_config(const std::string& path) {
  ConfigFile file{path, {}};
  try {
    file.table = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    return misfit(path + ":" + std::to_string(error.source().begin.line), std::string(error.description()));
  }
  return file;
}

bool knows(const CLI::App& app, const std::string& key) {
  const auto options = app.get_options();
  return std::any_of(options.begin(), options.end(), [&](const CLI::Option* one) { return name_of(*one) == key; });
}

/// A key that nobody reads is a setting that its author believes in.
Status check_keys(const CLI::App& app, const ConfigFile& file) {
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const auto& [raw, node] : file.table) {
    const std::string key = dashed(std::string(raw.str()));
    const auto command =
        std::find_if(commands.begin(), commands.end(), [&](const CLI::App* one) { return one->get_name() == key; });
    if (const toml::table* own = node.as_table(); own != nullptr && command != commands.end()) {
      for (const auto& [inner, value] : *own) {
        const std::string name = dashed(std::string(inner.str()));
        if (!knows(**command, name) && !knows(app, name)) {
          return misfit(file.at(value, name), "segue " + key + " has no flag --" + name);
        }
      }
      continue;
    }
    const bool known = knows(app, key) || std::any_of(commands.begin(), commands.end(),
                                                      [&](const CLI::App* one) { return knows(*one, key); });
    if (!known) return misfit(file.at(node, key), "no command of segue has a flag --" + key);
  }
  return done();
}

const toml::node* find(const toml::table& table, const std::string& name) {
  for (const auto& [key, node] : table) {
    if (dashed(std::string(key.str())) == name) return &node;
  }
  return nullptr;
}

/// [command] over the top level.
const toml::node* find(const ConfigFile& file, const std::string& command, const std::string& name) {
  const toml::node* own = find(file.table, command);
  if (own != nullptr && own->is_table()) {
    if (const toml::node* node = find(*own->as_table(), name)) return node;
  }
  const toml::node* node = find(file.table, name);
  return node != nullptr && !node->is_table() ? node : nullptr;
}

Status fill_option(CLI::Option& option, const std::string& command, const Environment& environment,
                   const std::optional<ConfigFile>& file) {
  const std::string name = name_of(option);
  if (name.empty() || name == "help" || name == "version" || name == "config" || option.count() > 0) return done();
  const std::string variable = variable_of(name);
  if (const auto value = environment(variable); value && !value->empty()) {
    return fill_from_text(option, *value, variable);
  }
  if (!file) return done();
  const toml::node* node = find(*file, command, name);
  return node == nullptr ? done() : fill_from_node(option, *node, file->at(*node, name));
}

Result<std::optional<ConfigFile>> find_config(const Environment& environment, const std::string& config) {
  std::string path = config;
  if (path.empty()) path = environment("SEGUE_CONFIG").value_or("");
  const bool asked_for = !path.empty();
  if (!asked_for) path = "segue.toml";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    if (asked_for) return misfit("--config " + path, "there is no such file");
    return std::optional<ConfigFile>();
  }
  Result<ConfigFile> file = read_config(path);
  if (!file) return file.failure();
  return std::optional<ConfigFile>(std::move(*file));
}

}  // namespace

Status fill_from_settings(CLI::App& app, CLI::App& command, const Environment& environment, const std::string& config) {
  const Result<std::optional<ConfigFile>> file = find_config(environment, config);
  if (!file) return file.failure();
  if (*file) {
    if (const Status known = check_keys(app, **file); !known) return known;
  }
  for (CLI::App* owner : {&app, &command}) {
    for (CLI::Option* option : owner->get_options()) {
      if (const Status filled = fill_option(*option, command.get_name(), environment, *file); !filled) return filled;
    }
  }
  return done();
}

}  // namespace segue::cli
