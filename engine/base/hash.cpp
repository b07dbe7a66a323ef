#include "base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

namespace segue {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  // SHA-256 is in every provider that OpenSSL can be run with; without it there is no plan id to go on with.
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) std::abort();

  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(std::size_t{2} * length);
  for (unsigned int i = 0; i < length; ++i) {
    out += digits[digest[i] >> 4U];
    out += digits[digest[i] & 0x0fU];
  }
  return out;
}

}  // namespace segue
