# The driver that tests/tools/numeric_compare.py feeds: operations of src/numeric compared with python3.11.
if(VIPERINE_TESTS)
  add_executable(numeric_driver tests/tools/numeric_driver.cpp)
  target_link_libraries(numeric_driver PRIVATE v_numeric ${VIPERINE_EXTERNAL})
  target_link_options(numeric_driver PRIVATE -static-libstdc++ -static-libgcc)
  set_target_properties(numeric_driver PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
  find_program(VIPERINE_ORACLE python3.11 PATHS /usr/bin NO_DEFAULT_PATH)
  if(VIPERINE_ORACLE)
    add_test(NAME numeric_compare COMMAND ${VIPERINE_ORACLE} -I ${CMAKE_SOURCE_DIR}/tests/tools/numeric_compare.py
      $<TARGET_FILE:numeric_driver>)
  endif()
endif()
