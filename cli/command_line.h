// The command line as other users of the machine see it.
//
// Used by main alone, once the arguments were read. Changes nothing but what `ps` shows.
#pragma once

namespace segue::cli {

/// Overwrites every part of the arguments that may be a password, in place. What was there before the program ran could
/// be seen until now: .pgpass, PGPASSWORD or SEGUE_DB keep it off the command line altogether.
void hide_passwords(int argc, char** argv);

}  // namespace segue::cli
