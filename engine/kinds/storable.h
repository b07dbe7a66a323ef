// What the server printed, in words that make it store the same tree again.
//
// Called where a printed definition is sent to a server (inverses), or compared with what came of it. Leaves everything
// alone that reads back as it is.
#pragma once

#include <string>
#include <string_view>

namespace segue::kinds {

/// `(ARRAY['a'::character varying])::text[]` is printed for an array that was coerced as a whole
/// (`kind IN ('a', 'b')` over a varchar); run again, the cast would go to the elements (parse_expr.c
/// transformTypeCast). An array that is cast to its own type first is coerced as a whole.
///
/// `SELECT 'a' AS id UNION SELECT 'b'` is printed with `'b'::text` as its second target: a column without a name, which
/// the cast would name "text" (ruleutils.c get_target_list leaves out no other name). `EXTRACT('YEAR' FROM d)` is
/// printed as `EXTRACT(YEAR FROM d)`.
///
/// `SELECT "*VALUES*".column1 AS v FROM (VALUES (1)) "*VALUES*"` is printed for a view over VALUES whose columns have
/// names of their own; CREATE VIEW names them.
///
/// `a BETWEEN 1 AND 2 AND b` and `((a, b), c) = ((1, 2), 3)` are printed as what the parser would flatten.
/// `printed`: any text, a statement too.
std::string storable(std::string_view printed);

}  // namespace segue::kinds
