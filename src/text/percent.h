// SPDX-License-Identifier: MIT
// printf-style formatting: the directives of `format % values` for str and bytes, and laying out what they convert.
// A directive is read in stages because values are taken (and errors raised) in between: key, '*' width, '*' precision.
// Errors are the text of a ValueError unless said otherwise.
#pragma once

#include "text/search.h"
#include "text/text_buffer.h"

namespace viperine {

struct PercentDirective {
  bool has_key = false;
  TextSpan key;
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  bool star_width = false;      // ask set_width
  bool star_precision = false;  // ask set_precision
  int64_t width = -1;
  int precision = -1;
  char32_t type = 0;
  size_t type_index = 0;  // "at index N" of the unsupported format character
};

enum class PercentStep : uint8_t {
  kLiteral,    // literal() is to be copied
  kKey,        // directive has a key: select the value ("format requires a mapping" is the caller's TypeError)
  kWidth,      // take a value for '*', call set_width
  kPrecision,  // take a value for '*', call set_precision
  kDirective,  // complete: take a value, convert, append
  kEnd,
  kError,
};

class PercentParser {
 public:
  PercentParser(const TextView& format, bool is_bytes) : text_(format), is_bytes_(is_bytes) {}
  PercentStep next();
  const PercentDirective& directive() const { return directive_; }
  TextSpan literal() const { return literal_; }
  const char* error() const { return error_; }
  /// A negative width means left adjustment; a negative precision is 0.
  void set_width(int64_t width);
  void set_precision(int precision) { directive_.precision = precision < 0 ? 0 : precision; }

 private:
  enum class State : uint8_t { kText, kAfterPercent, kFlags, kAfterWidth, kAfterPrecision };
  PercentStep fail(const char* error);
  PercentStep read_text();
  PercentStep read_key();
  PercentStep read_width();
  PercentStep read_precision();
  PercentStep read_type();

  TextView text_;
  size_t at_ = 0;
  bool is_bytes_;
  State state_ = State::kText;
  TextSpan literal_;
  PercentDirective directive_;
  const char* error_ = nullptr;
};

/// Pads text (types s r a c b; all but c are cut to the precision).
void append_percent_text(const PercentDirective& directive, const TextView& value, TextBuffer& out);

/// Pads a number that may start with '-': sign flags, zero filling. For floats (their precision is used up).
void append_percent_number(const PercentDirective& directive, const TextView& value, TextBuffer& out);

/// Types d i u o x X: `digits` in the base, lower case. Precision is the least number of digits, '#' adds 0o 0x 0X.
void append_percent_integer(const PercentDirective& directive, std::string_view digits, bool negative, TextBuffer& out);

/// "unsupported format character 'y' (0x79) at index 1".
void unsupported_format_character(const PercentDirective& directive, TextBuffer& error);

}  // namespace viperine
