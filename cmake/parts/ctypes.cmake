# SPDX-License-Identifier: MIT
# ctypes is as fast as libffi; its own code is better small than fast.
file(GLOB ctypes_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/modules/ctypes/*.cpp)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set_source_files_properties(${ctypes_sources} PROPERTIES COMPILE_OPTIONS -Os)
endif()
