// SPDX-License-Identifier: MIT
// What the front end reports: the one error that stops a parse, and the warnings that it collected on the way.
// Plain data for whoever raises the exception; the meaning of the numbers is that of SyntaxError's attributes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace viperine::syntax {

/// The exception class to raise.
enum class ErrorClass : uint8_t {
  SyntaxError,
  IndentationError,
  TabError,
  IncompleteInput,  // SyntaxError "incomplete input": the interactive loop asks for more lines
  MemoryError,      // the parser's depth limit was met; no message, no position
  RecursionError,   // message only
  ValueError,       // message only (NUL byte in a source string)
  OverflowError,    // message only
  UnicodeDecodeError,  // message only: what str() of the exception says
};

struct Diagnostic {
  static constexpr int32_t kNone = INT32_MIN;  // the attribute is None

  ErrorClass error_class = ErrorClass::SyntaxError;
  std::string_view message;
  int32_t lineno = 0;
  int32_t offset = 0;  // in code points, from 1
  int32_t end_lineno = 0;
  int32_t end_offset = 0;
  bool has_line_text = false;
  std::string_view line_text;  // UTF-8, usually with its newline
  /// False: SyntaxError has no `filename`, position and text at all, only its message.
  bool has_location = true;
};

enum class WarningCategory : uint8_t { DeprecationWarning, SyntaxWarning };

struct Warning {
  WarningCategory category = WarningCategory::DeprecationWarning;
  std::string_view message;
  int32_t lineno = 0;
  /// What to raise instead if the warnings filter turns this warning into an error.
  Diagnostic as_error;
};

}  // namespace viperine::syntax
