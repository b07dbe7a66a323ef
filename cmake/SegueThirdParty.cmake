# The libraries that segue stands on. Each belongs to one layer and is linked PRIVATE there.
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# Plain library names: that is what an installed package can hand on to its user without a find module of its own.
function(segue_require_library name header package)
  string(TOUPPER "SEGUE_${name}" prefix)
  find_library(${prefix}_LIBRARY ${name})
  find_path(${prefix}_INCLUDE ${header} PATH_SUFFIXES postgresql)
  if(NOT ${prefix}_LIBRARY OR NOT ${prefix}_INCLUDE)
    message(FATAL_ERROR "lib${name} with <${header}> was not found. On Debian: apt-get install ${package}")
  endif()
endfunction()

segue_require_library(pg_query pg_query.h libpg-query-dev)
segue_require_library(pqxx pqxx/pqxx libpqxx-dev)
segue_require_library(pq libpq-fe.h libpq-dev)

# Debian keeps libpq's header in a folder of its own.
function(segue_use_libpq target)
  get_target_property(type ${target} TYPE)
  if(NOT type STREQUAL "INTERFACE_LIBRARY")
    target_include_directories(${target} SYSTEM PRIVATE "${SEGUE_PQ_INCLUDE}")
  endif()
endfunction()
