// The list of kinds. Adding one is its file, one line here, and its cases.
//
// Walked by source/, catalog/ and plan/; the order is the order of creation where nothing else decides, that of
// dropping turned round. It follows pg_dump (pg_dump_sort.c dbObjectTypePriority): what functions call in a body that
// nobody parses is there before a table's default, check or index calls them.
#pragma once

#include <span>
#include <string_view>

#include "model/kind.h"

namespace segue::kinds {

#define SEGUE_KINDS(X)         \
  X(schema)                    \
  X(extension)                 \
  X(language)                  \
  X(collation)                 \
  X(enum_type)                 \
  X(composite_type)            \
  X(composite_attribute)       \
  X(domain)                    \
  X(domain_constraint)         \
  X(range_type)                \
  X(base_type)                 \
  X(function)                  \
  X(procedure)                 \
  X(base_type_definition)      \
  X(operator_)                 \
  X(operator_family)           \
  X(operator_class)            \
  X(aggregate)                 \
  X(transform)                 \
  X(cast)                      \
  X(access_method)             \
  X(conversion)                \
  X(text_search_parser)        \
  X(text_search_template)      \
  X(text_search_dictionary)    \
  X(text_search_configuration) \
  X(foreign_data_wrapper)      \
  X(server)                    \
  X(user_mapping)              \
  X(sequence)                  \
  X(table)                     \
  X(foreign_table)             \
  X(column)                    \
  X(column_default)            \
  X(partition)                 \
  X(constraint)                \
  X(index)                     \
  X(index_attachment)          \
  X(replica_identity)          \
  X(view)                      \
  X(view_default)              \
  X(materialized_view)         \
  X(clustering)                \
  X(rule)                      \
  X(trigger)                   \
  X(trigger_state)             \
  X(policy)                    \
  X(statistics)                \
  X(publication)               \
  X(publication_table)         \
  X(publication_schema)        \
  X(subscription)              \
  X(event_trigger)             \
  X(owner)                     \
  X(privileges)                \
  X(initial_privileges)        \
  X(default_privileges)        \
  X(comment)                   \
  X(security_label)

#define SEGUE_DECLARE_KIND(kind) extern const model::Kind kind;
SEGUE_KINDS(SEGUE_DECLARE_KIND)
#undef SEGUE_DECLARE_KIND

/// All kinds in order.
std::span<const model::Kind* const> all();
/// By name; null where there is none.
const model::Kind* find(std::string_view name);
/// Position in all(): breaks ties.
int order_of(const model::Kind& kind);

}  // namespace segue::kinds
