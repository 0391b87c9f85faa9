# A number made of the sources that decide what bytecode is: it separates .pyc files of different builds.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB fingerprint_sources CONFIGURE_DEPENDS src/syntax/*.cpp src/syntax/*.h src/syntax/*.def src/bytecode/*.cpp
  src/bytecode/*.h src/bytecode/*.def src/compiler/*.cpp src/compiler/*.h src/modules/marshal/*.cpp
  src/modules/marshal/*.h src/objects/function.h src/runtime/materialize.cpp src/runtime/positions.cpp)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/generated/modules/code_fingerprint.inc
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/code_fingerprint.py
    ${CMAKE_BINARY_DIR}/generated/modules/code_fingerprint.inc ${fingerprint_sources}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/code_fingerprint.py ${fingerprint_sources}
  COMMENT "Fingerprint of the bytecode" VERBATIM)
target_sources(v_modules PRIVATE ${CMAKE_BINARY_DIR}/generated/modules/code_fingerprint.inc)
