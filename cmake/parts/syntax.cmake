# The command line of the front end, used by tests/golden/run_syntax.py and tests/fuzz/fuzz_parser.py.
add_executable(syntax_tool tests/tools/syntax_tool_main.cpp)
target_link_libraries(syntax_tool PRIVATE v_syntax v_text v_numeric v_base)
if(VIPERINE_ARCHIVE_gmp)
  target_link_libraries(syntax_tool PRIVATE ${VIPERINE_ARCHIVE_gmp})
endif()
