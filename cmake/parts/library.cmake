# The modules of lib/, embedded in the executable.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB library_modules CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/*.py)
set(embedded_library ${CMAKE_BINARY_DIR}/generated/modules/embedded_library.inc)
add_custom_command(OUTPUT ${embedded_library}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed_library.py ${embedded_library} ${library_modules}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed_library.py ${library_modules}
  COMMENT "Embedding lib/" VERBATIM)
target_sources(v_modules PRIVATE ${embedded_library})
