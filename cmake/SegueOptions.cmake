# How every target of segue is compiled: standard, warnings, sanitizers, version. Used through segue_compile(target).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(SEGUE_CCACHE ccache)
  if(SEGUE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${SEGUE_CCACHE}")
  endif()
endif()

# Warnings stop the build with the compilers that segue is developed with. A newer compiler brings warnings that nobody
# has seen yet; those must not keep a user from building.
set(segue_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    list(APPEND segue_warnings -Werror -Wno-restrict)  # GCC 12 warns of std::string's own insides (GCC PR105651)
  endif()
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
  list(APPEND segue_warnings -Werror)
endif()

if(SEGUE_SANITIZE)
  add_compile_options(-fsanitize=${SEGUE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SEGUE_SANITIZE})
  # GCC's flow analysis sees the sanitizers' own branches and warns of values that cannot be unset there.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND segue_warnings -Wno-maybe-uninitialized)
  endif()
endif()
if(SEGUE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "SEGUE_FUZZ needs clang: libFuzzer is a part of it. Configure with --preset fuzz.")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

function(segue_compile target)
  target_compile_options(${target} PRIVATE ${segue_warnings})
  target_compile_definitions(${target} PRIVATE SEGUE_VERSION="${PROJECT_VERSION}")
endfunction()
