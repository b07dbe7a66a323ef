# The program `segue` from cli/*.cpp, put at the root of the build directory.
file(GLOB cli_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/cli/*.cpp")
if(cli_sources)
  find_package(CLI11 REQUIRED)
  pkg_check_modules(TOMLPLUSPLUS REQUIRED IMPORTED_TARGET tomlplusplus)

  add_executable(segue ${cli_sources})
  segue_compile(segue)
  target_include_directories(segue PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(segue PRIVATE segue::segue CLI11::CLI11 PkgConfig::TOMLPLUSPLUS)
  set_target_properties(segue PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endif()
