// SPDX-License-Identifier: MIT
// The extent of number and string literals, and everything that can be wrong with it.
// Values of literals are computed in literals.cpp and string_literals.cpp.
#include <cstring>

#include "syntax/tokenizer.h"

namespace viperine::syntax {

namespace {

bool is_digit(int c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(int c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool may_continue_name(int c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
}

constexpr int kBadDigits = 0;  // what decimal_tail returns after an error

}  // namespace

/// The cursor stands after a digit: skips digits and single underscores; the character after them, or kBadDigits.
int Tokenizer::decimal_tail() {
  for (;;) {
    int c;
    do c = next_character();
    while (is_digit(c));
    if (c != '_') return c;
    c = next_character();
    if (!is_digit(c)) {
      back_up(c);
      syntax_error("invalid decimal literal");
      return kBadDigits;
    }
  }
}

/// Whether `rest` and then no name character follows; the cursor stays.
bool Tokenizer::looking_at(const char* rest) {
  size_t length = std::strlen(rest);
  return static_cast<size_t>(input_end_ - cursor_) >= length && std::memcmp(cursor_, rest, length) == 0 &&
         !(cursor_ + length < input_end_ && may_continue_name(static_cast<unsigned char>(cursor_[length])));
}

/// `c` was read after a number. A keyword there is deprecated, any other name is an error.
bool Tokenizer::verify_end_of_number(int c, const char* kind) {
  bool keyword = false;
  switch (c) {
    case 'a': keyword = looking_at("nd"); break;
    case 'e': keyword = looking_at("lse"); break;
    case 'f': keyword = looking_at("or"); break;
    case 'i': {
      int d = next_character();
      keyword = d == 'f' || d == 'n' || d == 's';
      back_up(d);
      break;
    }
    case 'o': keyword = looking_at("r"); break;
    case 'n': keyword = looking_at("ot"); break;
    default: break;
  }
  if (keyword) {
    back_up(c);
    Warning warning;
    warning.category = WarningCategory::SyntaxWarning;
    warning.message = session_.format("invalid %s literal", kind);
    warning.lineno = lineno_;
    Diagnostic& error = warning.as_error;
    error.message = warning.message;
    error.lineno = error.end_lineno = lineno_;
    error.offset = count_characters({line_start_, static_cast<size_t>(cursor_ - line_start_)});
      size_t length = 0;
    while (line_start_[length] && line_start_[length] != '\n') ++length;
    error.has_line_text = true;
    error.line_text = replace_undecodable(session_.arena(), {line_start_, length});
    session_.warnings().push(warning);
    next_character();
    return true;
  }
  if (may_continue_name(c)) {
    back_up(c);
    syntax_error_format("invalid %s literal", kind);
    return false;
  }
  return true;
}

TokenType Tokenizer::end_number(int c, const char* kind) {
  if (!verify_end_of_number(c, kind)) return TokenType::Error;
  back_up(c);
  return TokenType::Number;
}

TokenType Tokenizer::number(int c) {
  if (c == '0') return number_from_zero();
  c = decimal_tail();
  if (c == kBadDigits) return TokenType::Error;
  if (c == '.') return fraction(next_character());
  if (c == 'e' || c == 'E') return exponent(c);
  if (c == 'j' || c == 'J') return imaginary();
  return end_number(c, "decimal");
}

TokenType Tokenizer::number_from_zero() {
  int c = next_character();
  if (c == 'x' || c == 'X') return digits_of_base(16, "hexadecimal");
  if (c == 'o' || c == 'O') return digits_of_base(8, "octal");
  if (c == 'b' || c == 'B') return digits_of_base(2, "binary");
  for (;;) {
    if (c == '_') {
      c = next_character();
      if (!is_digit(c)) {
        back_up(c);
        return syntax_error("invalid decimal literal");
      }
    }
    if (c != '0') break;
    c = next_character();
  }
  const char* zeros_end = cursor_;
  bool nonzero = is_digit(c);
  if (nonzero) {
    c = decimal_tail();
    if (c == kBadDigits) return TokenType::Error;
  }
  if (c == '.') return fraction(next_character());
  if (c == 'e' || c == 'E') return exponent(c);
  if (c == 'j' || c == 'J') return imaginary();
  if (nonzero) {
    back_up(c);
    return syntax_error(
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
        static_cast<int32_t>(start_ + 1 - line_start_), static_cast<int32_t>(zeros_end - line_start_));
  }
  return end_number(c, "decimal");
}

TokenType Tokenizer::digits_of_base(int base, const char* name) {
  auto is_base_digit = [base](int c) { return base == 16 ? is_hex_digit(c) : c >= '0' && c < '0' + base; };
  int c = next_character();
  do {
    if (c == '_') c = next_character();
    if (!is_base_digit(c)) {
      if (is_digit(c)) return syntax_error_format("invalid digit '%c' in %s literal", c, name);
      back_up(c);
      return syntax_error_format("invalid %s literal", name);
    }
    do c = next_character();
    while (is_base_digit(c));
  } while (c == '_');
  if (is_digit(c)) return syntax_error_format("invalid digit '%c' in %s literal", c, name);
  return end_number(c, name);
}

/// `c` is the character after the point.
TokenType Tokenizer::fraction(int c) {
  if (is_digit(c)) {
    c = decimal_tail();
    if (c == kBadDigits) return TokenType::Error;
  }
  if (c == 'e' || c == 'E') return exponent(c);
  if (c == 'j' || c == 'J') return imaginary();
  return end_number(c, "decimal");
}

/// `e` was read and may start an exponent, or a keyword ("1else").
TokenType Tokenizer::exponent(int e) {
  int c = next_character();
  if (c == '+' || c == '-') {
    c = next_character();
    if (!is_digit(c)) {
      back_up(c);
      return syntax_error("invalid decimal literal");
    }
  } else if (!is_digit(c)) {
    back_up(c);
    return end_number(e, "decimal");
  }
  c = decimal_tail();
  if (c == kBadDigits) return TokenType::Error;
  if (c == 'j' || c == 'J') return imaginary();
  return end_number(c, "decimal");
}

TokenType Tokenizer::imaginary() { return end_number(next_character(), "imaginary"); }

/// The cursor stands after the opening quote; start_ before the prefix.
TokenType Tokenizer::string(int quote) {
  first_lineno_ = lineno_;
  multi_line_start_ = line_start_;
  int quote_size = 1, end_quote_size = 0;
  int c = next_character();
  if (c == quote) {
    c = next_character();
    if (c == quote)
      quote_size = 3;
    else
      end_quote_size = 1;  // the empty string
  }
  if (c != quote) back_up(c);
  while (end_quote_size != quote_size) {
    c = next_character();
    if (c == kEnd || (quote_size == 1 && c == '\n')) {
      cursor_ = start_ + 1;
      line_start_ = multi_line_start_;
      int32_t detected = lineno_;
      lineno_ = first_lineno_;
      const char* kind = quote_size == 3 ? "triple-quoted string" : "string";
      syntax_error_format("unterminated %s literal (detected at line %d)", kind, detected);
      if (c != '\n') state_ = quote_size == 3 ? State::EndOfFileInString : State::EndOfLineInString;
      return TokenType::Error;
    }
    if (c == quote) {
      ++end_quote_size;
    } else {
      end_quote_size = 0;
      if (c == '\\') next_character();
    }
  }
  return TokenType::String;
}

}  // namespace viperine::syntax
