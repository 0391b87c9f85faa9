// SPDX-License-Identifier: MIT
// Finds out what to say about a source that the tree parser refused. Under construction: says "invalid syntax".
#include "syntax/error_finder.h"

namespace viperine::syntax {

void find_error(Session& session, std::string_view, bool too_deep) {
  Diagnostic error;
  error.error_class = too_deep ? ErrorClass::MemoryError : ErrorClass::SyntaxError;
  error.message = "invalid syntax";
  session.set_error(error);
}

void report_multiple_statements(Session& session, std::string_view) {
  Diagnostic error;
  error.message = "multiple statements found while compiling a single statement";
  session.set_error(error);
}

}  // namespace viperine::syntax
