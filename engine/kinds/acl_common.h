// Access control lists: what they hold, what is built in, GRANT and REVOKE on them, and the statements between two of
// them.
//
// Used by owner, privileges, default_privileges and whoever makes objects that default privileges reach. Knows no
// parse tree and no catalog query; follows catalog/aclchk.c and utils/adt/acl.c.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/kind.h"
#include "model/schema.h"

namespace segue::kinds::acl {

/// What kind of object a list belongs to: which rights there are and what is built in.
enum class Class { none, relation, sequence, column, routine, type, schema, language, foreign, large_object };

/// Rights by bit, in the order in which they are written.
using Rights = std::uint32_t;

/// Role names are kept quoted, as SQL writes them. Two stand for themselves: no role is written so, quoted.
inline constexpr std::string_view owner_role = "OWNER";  ///< whoever owns the object
inline constexpr std::string_view public_role = "PUBLIC";

struct Item {
  std::string grantee;
  std::string grantor;
  Rights rights = 0;
  Rights grantable = 0;  ///< those of `rights` that it may grant on
};

/// Items by (grantee, grantor), each once, none without rights; in the order in which they came, which the server keeps
/// and pg_dump shows. Two are equal whatever their order.
class Acl {
 public:
  const std::vector<Item>& items() const { return items_; }
  /// aclupdate with ACL_MODECHG_ADD.
  void add(const std::string& grantee, const std::string& grantor, Rights rights, bool with_grant_option);
  /// aclupdate with ACL_MODECHG_DEL and recursive_revoke with CASCADE: what the grantee granted on goes too.
  void remove(const std::string& grantee, const std::string& grantor, Rights rights, bool only_grant_option);
  Item find(std::string_view grantee, std::string_view grantor) const;
  /// Whether someone who was granted `rights` with grant option granted any of them on.
  bool granted_on(std::string_view grantee, Rights rights) const;
  /// Puts the items of these roles, as order_of writes them, in their order; all others behind them.
  void put_in_order(const model::List& order);
  friend bool operator==(const Acl& a, const Acl& b);

 private:
  Item& at(const std::string& grantee, const std::string& grantor);
  void tidy();
  std::vector<Item> items_;
};

Class class_of(const model::Object& target);
/// Of objects that SQL calls so: "TABLE", "MATERIALIZED VIEW".
Class class_named(std::string_view sql_class);
/// All rights on objects of the class; MAINTAIN came with 17.
Rights all_rights(Class of, int server_version);
/// "SELECT", in either case; 0 for none of that name.
Rights right_named(std::string_view name);
/// "SELECT, INSERT", or "ALL" where it is all of several.
std::string names_of(Rights rights, Class of, int server_version);

/// "SELECT, INSERT", all of them by name.
std::string rights_in_words(Rights rights);

/// acl.c acldefault, with the one exception that initdb makes: the schema public.
Acl built_in(Class of, int server_version, bool schema_public = false);
Acl built_in_for(const model::Object& target, int server_version);
/// The same of what is one object with the target (kinds/target.h) where `of` is not the target's own class.
Acl built_in_for(const model::Object& target, Class of, int server_version);

/// The readable form of a model's value: sorted entries such as `app: SELECT, INSERT WITH GRANT OPTION`, with
/// ` BY role` behind the grantee where the grantor is not the owner.
model::List to_list(const Acl& acl, Class of, int server_version);
Acl from_list(const model::List& list, Class of, int server_version);
/// `app` and `reader BY app`: whom the items are about, in their order.
model::List order_of(const Acl& acl);
/// The roles in such a list, grantors included.
model::List roles_in(const model::List& order);

/// The list of an object of the kinds privileges and default_privileges, in its order.
Acl list_of(const model::Object& object, Class of, int server_version);
void set_list(model::Object& object, const Acl& acl, Class of, int server_version);

/// aclitems as the server prints them (`"my role"=ar*/postgres`), for an object of `owner`.
Acl from_aclitems(const std::vector<std::string>& items, std::string_view owner);

/// acl.c aclnewowner: what the old owner was named in, the new one is; entries that become one are merged.
Acl with_new_owner(const Acl& acl, const std::string& old_owner, const std::string& new_owner);

/// `TABLE public.books`, `FUNCTION public.f(integer)`: how GRANT names an object.
std::string grant_object(const model::Object& target);
/// The same of what stands at `address` and may be one object with a column: a sequence. `whole`: the object itself, or
/// the relation of a column.
std::string grant_object(Class of, const std::string& address, const model::Object& whole);

/// How statements name what they change.
struct Wording {
  std::string prefix;  ///< "ALTER DEFAULT PRIVILEGES … " or ""
  std::string object;  ///< "TABLE public.books", "TABLES"
  std::string column;  ///< quoted; "" for the whole
  std::string owner;   ///< the role that OWNER stands for, quoted
  Class of = Class::none;
  int server_version = 150000;
};

/// GRANT and REVOKE statements that lead from any of `from` to `to`; none where all of them are `to`.
std::vector<std::string> statements(const std::vector<Acl>& from, const Acl& to, const Wording& wording);

/// The measured form (plan/locks.h) of one of these statements.
std::string form_of(Class of, std::string_view sql);

// -- default privileges ----------------------------------------------------------------------------------------------

/// "TABLES", "SEQUENCES", "FUNCTIONS", "TYPES", "SCHEMAS" or "LARGE OBJECTS"; "" where there are none.
std::string_view default_class(Class of);
Class class_of_default(std::string_view name);

/// aclchk.c get_user_default_acl: the list of a new object of class `of` in that schema, made by `creator`, under the
/// default privileges of `side`.
Acl initial(const model::Schema& side, Class of, const std::string& schema_name, const std::string& creator,
            int server_version);

/// Privileges on a base type come after its definition: GRANT refuses a shell (aclchk.c objectNamesToOids).
void follow_definition(model::Object& list, const model::Object& target);

/// Gives an object that a file just made the privileges object that the default privileges so far ask for; nothing
/// where that is what is built in. `creator` is the role that runs the file.
void give_default_privileges(model::Schema& schema, const model::Object& target, const std::string& creator,
                             int server_version);
/// The same for the sequence of a column that just became an identity.
void give_default_privileges_to_sequence(model::Schema& schema, const model::Object& column, const std::string& creator,
                                         int server_version);

/// For a step that creates `sides.to`, or the sequence of that column, without an object of its own for its privileges:
/// takes away again what default privileges in force on the server give it. Writes nothing where they give nothing.
void settle_created(const model::Sides& sides, model::Emit& emit);

/// The owner of an object on that side, quoted; "" where it is not known. What has none of its own has its parent's.
std::string owner_of(const model::Schema* side, const std::string& target_key);

}  // namespace segue::kinds::acl
