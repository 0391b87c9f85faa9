// SPDX-License-Identifier: MIT
// The format mini-language, [[fill]align][sign][z][#][0][width][grouping][.precision][type]: parsing, and writing str,
// int, float and complex after a specification. The fields of str.format are in format_fields.h, % in percent.h.
// Every function that can refuse returns false with CPython's text in `error`; they all are a ValueError.
#pragma once

#include "text/text_buffer.h"
#include "text/text_view.h"

namespace viperine {

enum class Grouping : uint8_t { kNone, kComma, kUnderscore, kUnderscoreFour, kLocale };

struct FormatSpec {
  char32_t fill = ' ';
  char align = '>';   // < > = ^
  char sign = 0;      // 0 + - or space
  bool alternate = false;
  bool no_negative_zero = false;
  bool has_align = false;  // written, not assumed
  Grouping grouping = Grouping::kNone;
  int64_t width = -1;
  int64_t precision = -1;
  char32_t type = 0;  // 0: not given
};

/// `default_align` is '<' for str and '>' for numbers; `type_name` only serves the error texts.
bool parse_format_spec(const TextView& text, std::string_view type_name, char default_align, FormatSpec& spec,
                       TextBuffer& error);

/// "Unknown format code 'y' for object of type 'int'".
void unknown_format_code(char32_t type, std::string_view type_name, TextBuffer& error);

// What type 'n' needs of the C locale; `digit_groups` is lconv's grouping.
struct NumberLocale {
  TextView decimal_point = ".";
  TextView separator = "";
  const char* digit_groups = "\x7f";
};

// A number in parts: sign, prefix (0x), digits that may be grouped, the rest (point, fraction, exponent, percent sign).
struct NumberParts {
  bool negative = false;
  std::string_view prefix;
  std::string_view digits;
  bool has_point = false;  // between the digits and the rest
  TextView rest = "";
};
void append_number(const NumberParts& parts, const FormatSpec& spec, const NumberLocale* locale, TextBuffer& out);

/// format(str): the type must be absent or 's'.
bool format_text(const TextView& text, const FormatSpec& spec, std::string_view type_name, TextBuffer& out,
                 TextBuffer& error);

/// Which digits format(int) wants: 2, 8, 10 or 16; 1 is type 'c'; 0 means it is a float's type (convert first);
/// -1 is an unknown type.
int integer_format_base(const FormatSpec& spec);
/// Whether an int may be written so; call it before converting.
bool check_integer_format(const FormatSpec& spec, TextBuffer& error);
/// `digits` in the base, lower case, without sign or prefix.
void format_integer(std::string_view digits, bool negative, const FormatSpec& spec, const NumberLocale* locale,
                    TextBuffer& out);
/// Type 'c' after the range check.
void format_integer_character(char32_t code, const FormatSpec& spec, TextBuffer& out);

bool is_float_format(char32_t type);
bool format_float(double value, const FormatSpec& spec, std::string_view type_name, const NumberLocale* locale,
                  TextBuffer& out, TextBuffer& error);
bool format_complex(double real, double imaginary, const FormatSpec& spec, std::string_view type_name,
                    const NumberLocale* locale, TextBuffer& out, TextBuffer& error);

/// Decimal digits of any script from `position` on, which moves behind them: -1 if there is none, -2 if too many.
int64_t parse_decimal(const TextView& text, size_t& position, size_t end);

}  // namespace viperine
