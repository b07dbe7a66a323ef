// SHA-256, from OpenSSL: plan ids, seals, the hashes of objects.
#pragma once

#include <string>
#include <string_view>

namespace segue {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace segue
