# The installed package: the program, the layers' archives, segue.h with the headers it includes, and the files
# that make find_package(segue) work.
include(CMakePackageConfigHelpers)

# Every header that `header` includes, itself and theirs, as paths from engine/.
function(segue_header_closure header out)
  set(seen "")
  set(todo "${header}")
  while(todo)
    list(POP_FRONT todo current)
    if(current IN_LIST seen OR NOT EXISTS "${PROJECT_SOURCE_DIR}/engine/${current}")
      continue()
    endif()
    list(APPEND seen "${current}")
    set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY
      CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/engine/${current}")
    file(STRINGS "${PROJECT_SOURCE_DIR}/engine/${current}" lines REGEX "^#include \"")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" included "${line}")
      list(APPEND todo "${included}")
    endforeach()
  endwhile()
  set(${out} "${seen}" PARENT_SCOPE)
endfunction()

get_property(layers GLOBAL PROPERTY SEGUE_LAYERS)
install(TARGETS segue_engine ${layers} EXPORT segueTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
if(TARGET segue)
  install(TARGETS segue RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()

file(GLOB facade CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/engine/segue.h")
if(facade)
  segue_header_closure(segue.h public_headers)
  foreach(header IN LISTS public_headers)
    get_filename_component(folder "${header}" DIRECTORY)
    install(FILES "engine/${header}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/segue/${folder}")
  endforeach()
endif()

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/segue")
install(EXPORT segueTargets NAMESPACE segue:: DESTINATION "${package_dir}")
configure_package_config_file(cmake/segueConfig.cmake.in "${PROJECT_BINARY_DIR}/cmake/segueConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/segueConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/cmake/segueConfig.cmake" "${PROJECT_BINARY_DIR}/cmake/segueConfigVersion.cmake"
  DESTINATION "${package_dir}")
