// Collects what the kinds read from their rows, and knows who stands at which address of pg_depend.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "catalog/introspect.h"
#include "kinds/reader.h"

namespace segue::catalog {

class Reader final : public kinds::CatalogReader {
 public:
  Reader(Live& live, int server_version) : live_(live), server_version_(server_version) {}

  int server_version() const override { return server_version_; }
  model::Schema& schema() override { return live_.schema; }
  model::Object* add(model::Object object, std::string_view catalog, std::string_view oid, int sub) override;
  void alias(const model::Object& object, std::string_view catalog, std::string_view oid, int sub) override;
  void member(const model::Object& extension, std::string_view catalog, std::string_view oid) override;
  void hide_column(const model::Object& relation, std::string_view oid, int number) override;
  model::Object* at(std::string_view catalog, std::string_view oid, int sub) override;
  void unmodelled(std::string object, std::string note) override;
  void unmodelled_part(const std::string& part, const std::string& of, std::string note) override;

  /// Rows of pg_depend: who needs whom.
  void add_dependencies(const Rows& rows);

 private:
  bool is_said_by_a_part(const model::Object& from, const model::Object& to);
  bool is_within(const model::Object& part, const model::Object& whole) const;
  struct Address {
    std::uint32_t catalog;
    std::uint32_t oid;
    std::int32_t sub;
    friend bool operator==(const Address&, const Address&) = default;
  };
  struct Hash {
    std::size_t operator()(const Address& a) const {
      return (static_cast<std::size_t>(a.catalog) << 40) ^ (static_cast<std::size_t>(a.oid) << 12) ^
             static_cast<std::size_t>(a.sub);
    }
  };
  model::Object* find(Address address);
  const model::Object* needed_at(Address address);

  Live& live_;
  int server_version_;
  std::unordered_map<Address, model::Object*, Hash> at_;
  std::unordered_map<Address, const model::Object*, Hash> extension_of_;  ///< its members' addresses
};

}  // namespace segue::catalog
