// SPDX-License-Identifier: MIT
// Writing int, float and complex after a format specification (declared in format_spec.h).
#include <climits>
#include <cmath>

#include "base/arena.h"
#include "numeric/float_text.h"
#include "text/format_spec.h"
#include "text/unicode.h"

namespace viperine {

namespace {

bool refuse(const TextView& message, TextBuffer& error) {
  error.append(message);
  return false;
}

FormatSpec with_locale(const FormatSpec& spec) {
  FormatSpec copy = spec;
  if (spec.type == 'n') copy.grouping = Grouping::kLocale;
  return copy;
}

unsigned float_flags(const FormatSpec& spec) {
  return (spec.alternate ? kFloatAlternate : 0u) | (spec.no_negative_zero ? kFloatNoNegativeZero : 0u);
}

// Cuts what float_to_text wrote into sign, digits and rest.
NumberParts split_float(std::string_view text) {
  NumberParts parts;
  if (text.starts_with('-')) {
    parts.negative = true;
    text.remove_prefix(1);
  }
  size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  parts.digits = text.substr(0, count);
  text.remove_prefix(count);
  if (text.starts_with('.')) {
    parts.has_point = true;
    text.remove_prefix(1);
  }
  parts.rest = text;
  return parts;
}

}  // namespace

int integer_format_base(const FormatSpec& spec) {
  switch (spec.type) {
    case 0: case 'd': case 'n': return 10;
    case 'b': return 2;
    case 'o': return 8;
    case 'x': case 'X': return 16;
    case 'c': return 1;
  }
  return is_float_format(spec.type) ? 0 : -1;
}

bool is_float_format(char32_t type) {
  switch (type) {
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': return true;
  }
  return false;
}

bool check_integer_format(const FormatSpec& spec, TextBuffer& error) {
  if (spec.precision != -1) return refuse("Precision not allowed in integer format specifier", error);
  if (spec.no_negative_zero) return refuse("Negative zero coercion (z) not allowed in integer format specifier", error);
  if (spec.type != 'c') return true;
  if (spec.sign != 0) return refuse("Sign not allowed with integer format specifier 'c'", error);
  if (spec.alternate) return refuse("Alternate form (#) not allowed with integer format specifier 'c'", error);
  return true;
}

void format_integer(std::string_view digits, bool negative, const FormatSpec& spec, const NumberLocale* locale,
                    TextBuffer& out) {
  NumberParts parts = {negative, "", digits};
  if (spec.alternate) {
    if (spec.type == 'b') parts.prefix = "0b";
    if (spec.type == 'o') parts.prefix = "0o";
    if (spec.type == 'x') parts.prefix = "0x";
    if (spec.type == 'X') parts.prefix = "0X";
  }
  if (spec.type != 'X') return append_number(parts, with_locale(spec), locale, out);
  ByteBuffer upper;
  for (char digit : digits) upper.append(static_cast<uint8_t>(digit >= 'a' ? digit - 32 : digit));
  parts.digits = std::string_view(reinterpret_cast<const char*>(upper.data()), upper.length());
  append_number(parts, spec, locale, out);
}

void format_integer_character(char32_t code, const FormatSpec& spec, TextBuffer& out) {
  NumberParts parts;
  parts.rest = TextView(&code, 1, 4);
  append_number(parts, spec, nullptr, out);
}

bool format_float(double value, const FormatSpec& spec, std::string_view type_name, const NumberLocale* locale,
                  TextBuffer& out, TextBuffer& error) {
  if (spec.type != 0 && spec.type != 'n' && !is_float_format(spec.type)) {
    unknown_format_code(spec.type, type_name, error);
    return false;
  }
  if (spec.precision > INT_MAX) return refuse("precision too big", error);
  unsigned flags = float_flags(spec);
  char code = static_cast<char>(spec.type);
  int precision = 6;
  if (code == 0) {
    flags |= kFloatAddDotZero;
    code = 'r';
    precision = 0;
  }
  if (code == 'n') code = 'g';
  if (code == '%') {
    code = 'f';
    value *= 100;
  }
  if (spec.precision >= 0) {
    precision = static_cast<int>(spec.precision);
    if (code == 'r') code = 'g';
  }
  Arena arena;
  std::string_view text = float_to_text(arena, value, code, precision, flags);
  if (spec.type == '%') {
    char* copy = static_cast<char*>(arena.allocate(text.size() + 1));
    text.copy(copy, text.size());
    copy[text.size()] = '%';
    text = std::string_view(copy, text.size() + 1);
  }
  append_number(split_float(text), with_locale(spec), locale, out);
  return true;
}

bool format_complex(double real, double imaginary, const FormatSpec& spec, std::string_view type_name,
                    const NumberLocale* locale, TextBuffer& out, TextBuffer& error) {
  if (spec.type == '%' || (spec.type != 0 && spec.type != 'n' && !is_float_format(spec.type))) {
    unknown_format_code(spec.type, type_name, error);
    return false;
  }
  if (spec.precision > INT_MAX) return refuse("precision too big", error);
  if (spec.fill == '0') return refuse("Zero padding is not allowed in complex format specifier", error);
  if (spec.align == '=') return refuse("'=' alignment flag is not allowed in complex format specifier", error);
  char code = static_cast<char>(spec.type);
  int precision = 6;
  bool skip_real = false, parentheses = false;
  if (code == 0) {
    code = 'r';
    precision = 0;
    skip_real = real == 0.0 && !std::signbit(real);
    parentheses = !skip_real;
  }
  if (code == 'n') code = 'g';
  if (spec.precision >= 0) {
    precision = static_cast<int>(spec.precision);
    if (code == 'r') code = 'g';
  }
  Arena arena;
  FormatSpec bare = with_locale(spec);
  bare.fill = 0;
  bare.align = '<';
  bare.width = -1;
  TextBuffer body;
  if (parentheses) body.append(U'(');
  if (!skip_real) {
    append_number(split_float(float_to_text(arena, real, code, precision, float_flags(spec))), bare, locale, body);
    bare.sign = '+';
  }
  append_number(split_float(float_to_text(arena, imaginary, code, precision, float_flags(spec))), bare, locale, body);
  body.append(U'j');
  if (parentheses) body.append(U')');
  FormatSpec around;
  around.fill = spec.fill;
  around.align = spec.align;
  around.width = spec.width;
  return format_text(body.view(), around, type_name, out, error);
}

}  // namespace viperine
