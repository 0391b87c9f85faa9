# What is built from the layers: the executable, small tools, unit tests. Included at the end of CMakeLists.txt.
# Variables: VIPERINE_LINKER (lld-19), VIPERINE_STRIP, VIPERINE_LTO, VIPERINE_TESTS, VIPERINE_STRESS.
# Files cmake/parts/*.cmake are included first: generated sources (Unicode tables, ...) and extra programs go there.
option(VIPERINE_STRIP "strip the executable when linking" OFF)
option(VIPERINE_LTO "link-time optimisation (ThinLTO with clang)" OFF)
option(VIPERINE_TESTS "unit tests" ON)
set(VIPERINE_STRESS "" CACHE STRING "-X option that tools/run_tests.py passes by default in this build")

if(VIPERINE_LINKER)
  add_link_options(-fuse-ld=${VIPERINE_LINKER})
endif()
add_link_options(-Wl,--as-needed -Wl,--gc-sections -Wl,-z,relro)
if(VIPERINE_LINKER)
  # Relative relocations packed (glibc 2.36 knows them); equal functions whose address nobody takes merged.
  add_link_options(-Wl,-z,pack-relative-relocs -Wl,--icf=safe)
endif()
if(VIPERINE_STRIP)
  add_link_options(-Wl,-s)
endif()
if(VIPERINE_LTO)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(lto -flto=thin)
  else()
    set(lto -flto)
  endif()
endif()

# Every layer that has sources, highest first, as one link line.
set(VIPERINE_LIBRARIES ${before})
foreach(library IN LISTS VIPERINE_LIBRARIES)
  target_compile_options(${library} PRIVATE -ffunction-sections -fdata-sections ${lto})
endforeach()

# External libraries: those that are there; modules ask for the macro VIPERINE_HAS_<NAME>. Archives are preferred: only
# what is used is linked, and start-up maps and relocates fewer files.
set(VIPERINE_EXTERNAL "")
foreach(pair gmp:gmp.h z:zlib.h expat:expat.h ffi:ffi.h edit:histedit.h crypt:crypt.h uuid:uuid/uuid.h
    bz2:bzlib.h lzma:lzma.h)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 name)
  list(GET pair 1 header)
  find_library(VIPERINE_ARCHIVE_${name} NAMES lib${name}.a ${name})
  find_path(VIPERINE_HEADER_${name} ${header})
  mark_as_advanced(VIPERINE_ARCHIVE_${name} VIPERINE_HEADER_${name})
  if(VIPERINE_ARCHIVE_${name} AND VIPERINE_HEADER_${name})
    string(TOUPPER ${name} upper)
    list(APPEND VIPERINE_EXTERNAL ${VIPERINE_ARCHIVE_${name}})
    foreach(library IN LISTS VIPERINE_LIBRARIES)
      target_compile_definitions(${library} PRIVATE VIPERINE_HAS_${upper}=1)
    endforeach()
  endif()
endforeach()
find_package(Threads REQUIRED)
list(APPEND VIPERINE_EXTERNAL ${CMAKE_DL_LIBS} Threads::Threads m)

# A program made of every layer: viperine_program(name source...)
function(viperine_program name)
  add_executable(${name} ${ARGN})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(${name} PRIVATE ${VIPERINE_LIBRARIES} ${VIPERINE_EXTERNAL})
  target_compile_options(${name} PRIVATE ${lto})
  target_link_options(${name} PRIVATE -static-libstdc++ -static-libgcc ${lto})
endfunction()

file(GLOB parts CONFIGURE_DEPENDS cmake/parts/*.cmake)
foreach(part IN LISTS parts)
  include(${part})
endforeach()

if(EXISTS ${CMAKE_SOURCE_DIR}/src/shell/main.cpp)
  viperine_program(viperine src/shell/main.cpp)
  if(VIPERINE_LINKER AND NOT VIPERINE_SANITIZE)
    # A fixed address, and start-up's functions side by side: docs/decisions/0013.
    target_link_options(viperine PRIVATE -no-pie -Wl,--no-warn-symbol-ordering
      -Wl,--symbol-ordering-file=${CMAKE_SOURCE_DIR}/cmake/start_functions.txt)
    set_target_properties(viperine PROPERTIES LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/start_functions.txt)
  endif()
endif()

# The image of the standard library (docs/decisions/0014), beside the executable.
if(TARGET viperine)
  set(image ${CMAKE_BINARY_DIR}/viperine.image)
  add_custom_command(OUTPUT ${image} COMMAND viperine -I -W ignore -X write-image=${image} DEPENDS viperine
    COMMENT "Writing the image of the standard library" VERBATIM)
  add_custom_target(image ALL DEPENDS ${image})
endif()

# Unit tests: x_test.cpp beside x.cpp becomes a program <folder>_x_test that exits non-zero on failure.
if(VIPERINE_TESTS)
  enable_testing()
  file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS src/*_test.cpp)
  foreach(source IN LISTS test_sources)
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR}/src ${source})
    string(REGEX REPLACE "\\.cpp$" "" name ${name})
    string(REPLACE "/" "_" name ${name})
    viperine_program(${name} ${source})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  endforeach()
endif()
