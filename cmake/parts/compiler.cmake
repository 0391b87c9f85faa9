# compile_tool: source file -> bytecode listing, for golden tests and for runs over whole libraries.
add_executable(compile_tool EXCLUDE_FROM_ALL tests/tools/compile_tool.cpp)
target_include_directories(compile_tool PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(compile_tool PRIVATE v_compiler)
