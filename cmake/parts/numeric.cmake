# The drivers that tests/tools/numeric_compare.py and decimal_compare.py feed: src/numeric compared with python3.11.
if(VIPERINE_TESTS)
  find_program(VIPERINE_ORACLE python3.11 PATHS /usr/bin NO_DEFAULT_PATH)
  foreach(name numeric decimal)
    add_executable(${name}_driver tests/tools/${name}_driver.cpp)
    target_link_libraries(${name}_driver PRIVATE v_numeric ${VIPERINE_EXTERNAL})
    target_link_options(${name}_driver PRIVATE -static-libstdc++ -static-libgcc)
    set_target_properties(${name}_driver PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
    if(VIPERINE_ORACLE)
      add_test(NAME ${name}_compare COMMAND ${VIPERINE_ORACLE} -I ${CMAKE_SOURCE_DIR}/tests/tools/${name}_compare.py
        $<TARGET_FILE:${name}_driver>)
    endif()
  endforeach()
endif()
