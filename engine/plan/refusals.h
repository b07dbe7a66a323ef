// What a plan is refused with: changes that PostgreSQL does not make in place, in words that say why and what to do.
//
// Used by what expands differences to changes. Decides nothing.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "kinds/held_not_null.h"
#include "model/object.h"

namespace segue::plan {

/// An error about an object; `what` goes on behind its key.
Diagnostic about(const model::Object& object, const std::string& what, const std::string& why, std::string hint);

Diagnostic refusal(const model::Object& object, const std::string& reason);
/// What goes with its whole alone.
Diagnostic not_dropped(const model::Object& object, bool replaced, const std::string& why);
Diagnostic not_replaced(const model::Object& object, const std::string& lost, const std::string& reason);
Diagnostic not_created(const model::Object& object, const std::string& why);
Diagnostic not_null_held(const model::Object& of_column, const kinds::HeldNotNull& held);
Diagnostic not_converted(const model::Object& of_column, const std::string& foreign_table);
/// A type, or an attribute of one.
Diagnostic not_exchanged(const model::Object& of_type);
Diagnostic not_checked(const model::Object& check_of_domain);
/// `reason`: why it comes down, though the file changes nothing about it.
Diagnostic not_checked_again(const model::Object& check_of_domain, const std::string& reason);

/// The reasons, which also bar a way back.
std::string why_held(const kinds::HeldNotNull& held);
std::string why_not_checked();
std::string why_not_exchanged();
std::string why_not_converted(const std::string& foreign_table);

}  // namespace segue::plan
