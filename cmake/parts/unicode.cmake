# The Unicode tables of src/text, packed at build time from Debian's unicode-data.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(VIPERINE_UNICODE_DATA /usr/share/unicode CACHE PATH "Unicode Character Database (package unicode-data)")
set(unicode_tables ${CMAKE_BINARY_DIR}/generated/text/unicode_tables.inc
  ${CMAKE_BINARY_DIR}/generated/text/unicode_names.inc)
add_custom_command(OUTPUT ${unicode_tables}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/generate_unicode.py --source ${VIPERINE_UNICODE_DATA}
    --version 14.0 ${CMAKE_BINARY_DIR}/generated/text
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/generate_unicode.py ${VIPERINE_UNICODE_DATA}/UnicodeData.txt
  COMMENT "Packing the Unicode tables" VERBATIM)
target_sources(v_text PRIVATE ${unicode_tables})
