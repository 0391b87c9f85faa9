// SPDX-License-Identifier: MIT
// Finds out what to say about a source that the tree parser refused.
// Follows the two passes of CPython's parser with the grammar of error_grammar.def: one to see how far the source makes
// sense, and one with the rules for common mistakes. Builds no tree.
#pragma once

#include "syntax/token_reader.h"

namespace viperine::syntax {

/// Sets the session's error.
void find_error(Session& session, std::string_view text, bool too_deep);
void report_multiple_statements(Session& session, std::string_view text);

}  // namespace viperine::syntax
