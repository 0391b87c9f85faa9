# Files written at build time into ${CMAKE_BINARY_DIR}/generated.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
