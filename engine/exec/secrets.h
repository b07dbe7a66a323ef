// Secrets that a plan names and does not hold: `${secret:NAME}` becomes its value when the statement is sent.
//
// Used by exec/executor before anything runs, and by exec/transaction for each statement. Never writes a value
// anywhere: the history and messages show the reference.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "exec/job.h"

namespace segue::exec {

/// The value of a secret by its name; nothing where there is none.
using SecretSource = std::function<std::optional<std::string>(const std::string& name)>;

/// Refuses where a step of the job names a secret that there is none of.
Status secrets_are_there(const Job& job, const SecretSource& source);

/// The statement of a step as it is to be sent: of what the step lists, each literal that is a reference is that of its
/// value.
std::string with_secrets(const plan::Step& step, const std::string& sql, const SecretSource& source);

/// A failure of such a statement without what the server said of it: a function that it calls may have put the value
/// into its message, in whatever spelling.
Diagnostics without_words_of_server(Diagnostics all);

}  // namespace segue::exec
