// SPDX-License-Identifier: MIT
// Adjacent string tokens become one node: escapes, implicit concatenation, f-strings with their expressions.
// Does not tokenize; expressions inside f-strings are parsed by the host, as pieces of source of their own.
// Invariant: on nullptr the host has been told why.
#pragma once

#include <span>

#include "syntax/ast.h"
#include "syntax/token_reader.h"

namespace viperine::syntax {

/// What the parser that met the strings provides.
class StringHost {
 public:
  virtual Session& session() = 0;
  /// SyntaxError at the last token read.
  virtual void string_error(std::string_view message) = 0;
  /// DeprecationWarning about what follows a backslash: one character, or an octal number beyond a byte.
  virtual void warn_invalid_escape(const Token& token, std::string_view sequence) = 0;
  /// Parses "(expression)\n", NUL-terminated in the arena.
  virtual ast::ExprNode* parse_embedded(std::string_view text, const ReaderPlace& place) = 0;

 protected:
  ~StringHost() = default;
};

/// What such a warning says.
std::string_view invalid_escape_message(Session& session, std::string_view sequence);

/// Constant or JoinedStr; nullptr after an error.
ast::ExprNode* parse_strings(StringHost& host, std::span<const Token> tokens);

}  // namespace viperine::syntax
