// What is asked of a database before either side is read: who asks, what its extensions say, and what was learnt
// before.
//
// Called by make_plan.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/session.h"
#include "same/same.h"
#include "source/desired.h"

namespace segue {

struct Background {
  std::string current_role;
  int server_version = 150000;
  std::string server_version_text;
  source::Environment environment;
  std::map<std::string, std::string> settings;
  bool wants_extensions = false;           ///< the files speak of extensions
  bool wants_required_extensions = false;  ///< … and let CASCADE bring those that they require
  same::Remembered remembered;
  std::set<std::string> managed;
  bool may_not_read_history = false;
};

/// Notes what a text of the schema wants to be asked.
void look_for_extensions(std::string_view text, Background& background);

Status read_background(Session& session, Background& background);

}  // namespace segue
