// A user of the installed package: includes the one public header, calls the engine, links nothing else by name.
#include <iostream>

#if __has_include(<segue/segue.h>)
#include <segue/segue.h>

int main() {
  const auto message = segue::Diagnostic::error(segue::ErrorCode::io, "a message made by the installed engine");
  std::cout << segue::render(message);
  return 0;
}
#else
int main() {
  std::cout << "the package has no public header yet\n";
  return 0;
}
#endif
