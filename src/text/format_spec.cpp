// SPDX-License-Identifier: MIT
// Parsing the format mini-language, padding and grouping. Errors come in the order in which CPython looks.
#include "text/format_spec.h"

#include <algorithm>
#include <climits>

#include "text/unicode.h"

namespace viperine {

namespace {

bool is_align(char32_t code) { return code == '<' || code == '>' || code == '=' || code == '^'; }

// 'x' where printable ASCII, else '\x12'.
void append_quoted(char32_t code, TextBuffer& out) {
  out.append(U'\'');
  if (code > 32 && code < 128) {
    out.append(code);
  } else {
    out.append("\\x");
    int shift = 28;
    while (shift > 0 && code >> shift == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) out.append(static_cast<char32_t>("0123456789abcdef"[code >> shift & 15]));
  }
  out.append(U'\'');
}

bool refuse(const TextView& message, TextBuffer& error) {
  error.append(message);
  return false;
}

bool check_grouping(FormatSpec& spec, char32_t type, TextBuffer& error) {
  switch (type) {
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'G':
    case '%':
    case 'F':
    case 0:
      return true;
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      if (spec.grouping == Grouping::kComma) break;
      spec.grouping = Grouping::kUnderscoreFour;
      return true;
  }
  error.append(spec.grouping == Grouping::kComma ? "Cannot specify ',' with " : "Cannot specify '_' with ");
  append_quoted(type, error);
  return refuse(".", error);
}

bool parse_grouping(const TextView& text, size_t& at, FormatSpec& spec, TextBuffer& error) {
  auto is = [&](char32_t code) { return at < text.length && text[at] == code; };
  constexpr const char* kBoth = "Cannot specify both ',' and '_'.";
  if (is(',')) {
    spec.grouping = Grouping::kComma;
    ++at;
  }
  if (is('_')) {
    if (spec.grouping != Grouping::kNone) return refuse(kBoth, error);
    spec.grouping = Grouping::kUnderscore;
    ++at;
  }
  if (is(',') && spec.grouping == Grouping::kUnderscore) return refuse(kBoth, error);
  return true;
}

// Walks the sizes of digit groups from the right; 0 when the rest is one group.
class GroupSizes {
 public:
  explicit GroupSizes(const char* sizes) : next_(sizes) {}
  int64_t next() {
    if (*next_ == 0) return previous_;
    if (*next_ == CHAR_MAX || *next_ < 0) return 0;
    previous_ = *next_++;
    return previous_;
  }

 private:
  const char* next_;
  int64_t previous_ = 0;
};

// Digits with separators, from right to left, filled with zeros up to `minimum` characters.
class GroupedDigits {
 public:
  GroupedDigits(std::string_view digits, int64_t minimum, const char* sizes, const TextView& separator) {
    GroupSizes groups(sizes);
    int64_t remaining = static_cast<int64_t>(digits.size());
    for (bool first = true;; first = false) {
      int64_t size = groups.next();
      int64_t wanted = std::max<int64_t>({remaining, minimum, 1});
      bool last = size == 0;
      size = last ? wanted : std::min(size, wanted);
      if (!first) {
        for (size_t i = separator.length; i > 0; --i) reversed_.append(separator[i - 1]);
      }
      int64_t taken = std::max<int64_t>(0, std::min(remaining, size));
      for (int64_t i = 0; i < taken; ++i) reversed_.append(static_cast<char32_t>(digits[--remaining]));
      reversed_.append_fill('0', static_cast<size_t>(size - taken));
      minimum -= size;
      if (last || (remaining <= 0 && minimum <= 0)) return;
      minimum -= static_cast<int64_t>(separator.length);
    }
  }
  size_t length() const { return reversed_.length(); }
  void append_to(TextBuffer& out) const {
    for (size_t i = reversed_.length(); i > 0; --i) out.append(reversed_[i - 1]);
  }

 private:
  TextBuffer reversed_;
};

}  // namespace

int64_t parse_decimal(const TextView& text, size_t& position, size_t end) {
  int64_t value = -1;
  for (; position < end; ++position) {
    int digit = unicode::decimal_value(text[position]);
    if (digit < 0) break;
    if (value < 0) value = 0;
    if (value > (INT64_MAX - digit) / 10) return -2;
    value = value * 10 + digit;
  }
  return value;
}

bool parse_format_spec(const TextView& text, std::string_view type_name, char default_align, FormatSpec& spec,
                       TextBuffer& error) {
  constexpr const char* kTooMany = "Too many decimal digits in format string";
  spec = {};
  spec.align = default_align;
  size_t at = 0, end = text.length;
  auto is = [&](char32_t code) { return at < end && text[at] == code; };
  bool has_fill = false;
  if (end >= 2 && is_align(text[1])) {
    spec.fill = text[0];
    spec.align = static_cast<char>(text[1]);
    has_fill = spec.has_align = true;
    at = 2;
  } else if (end >= 1 && is_align(text[0])) {
    spec.align = static_cast<char>(text[0]);
    spec.has_align = true;
    at = 1;
  }
  if (is(' ') || is('+') || is('-')) spec.sign = static_cast<char>(text[at++]);
  if (is('z')) spec.no_negative_zero = true, ++at;
  if (is('#')) spec.alternate = true, ++at;
  if (!has_fill && is('0')) {
    spec.fill = '0';
    if (!spec.has_align && default_align == '>') spec.align = '=';
    ++at;
  }
  spec.width = parse_decimal(text, at, end);
  if (spec.width == -2) return refuse(kTooMany, error);
  if (!parse_grouping(text, at, spec, error)) return false;
  if (is('.')) {
    spec.precision = parse_decimal(text, ++at, end);
    if (spec.precision == -2) return refuse(kTooMany, error);
    if (spec.precision == -1) return refuse("Format specifier missing precision", error);
  }
  if (end - at > 1) {
    error.append("Invalid format specifier '");
    error.append(text);
    error.append("' for object of type '");
    error.append(type_name);
    return refuse("'", error);
  }
  if (at < end) spec.type = text[at];
  char32_t type = spec.type == 0 && default_align == '<' ? U's' : spec.type;
  return spec.grouping == Grouping::kNone || check_grouping(spec, type, error);
}

void unknown_format_code(char32_t type, std::string_view type_name, TextBuffer& error) {
  error.append("Unknown format code ");
  append_quoted(type, error);
  error.append(" for object of type '");
  error.append(type_name);
  error.append(U'\'');
}

void append_number(const NumberParts& parts, const FormatSpec& spec, const NumberLocale* locale, TextBuffer& out) {
  NumberLocale plain;
  switch (spec.grouping) {
    case Grouping::kNone:
      break;
    case Grouping::kComma:
      plain.separator = ",", plain.digit_groups = "\3";
      break;
    case Grouping::kUnderscore:
      plain.separator = "_", plain.digit_groups = "\3";
      break;
    case Grouping::kUnderscoreFour:
      plain.separator = "_", plain.digit_groups = "\4";
      break;
    case Grouping::kLocale:
      if (locale != nullptr) plain = *locale;
      break;
  }
  char sign = parts.negative ? '-' : spec.sign == '+' || spec.sign == ' ' ? spec.sign : 0;
  size_t fixed = (sign != 0) + parts.prefix.size() + parts.rest.length;
  if (parts.has_point) fixed += plain.decimal_point.length;
  if (spec.width <= 0 && plain.separator.length == 0) {  // nothing to fill or to group
    if (sign != 0) out.append(static_cast<char32_t>(sign));
    out.append(parts.prefix);
    out.append(parts.digits);
    if (parts.has_point) out.append(plain.decimal_point);
    out.append(parts.rest);
    return;
  }
  int64_t minimum = spec.fill == '0' && spec.align == '=' ? spec.width - static_cast<int64_t>(fixed) : 0;
  GroupedDigits digits(parts.digits, minimum, plain.digit_groups, plain.separator);
  size_t digit_count = parts.digits.empty() ? 0 : digits.length();
  int64_t missing = spec.width - static_cast<int64_t>(fixed + digit_count);
  size_t padding = missing > 0 ? static_cast<size_t>(missing) : 0;
  size_t left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  size_t right = spec.align == '<' ? padding : spec.align == '^' ? padding - left : 0;
  out.append_fill(spec.fill, left);
  if (sign != 0) out.append(static_cast<char32_t>(sign));
  out.append(parts.prefix);
  if (spec.align == '=') out.append_fill(spec.fill, padding);
  if (digit_count != 0) digits.append_to(out);
  if (parts.has_point) out.append(plain.decimal_point);
  out.append(parts.rest);
  out.append_fill(spec.fill, right);
}

bool format_text(const TextView& text, const FormatSpec& spec, std::string_view type_name, TextBuffer& out,
                 TextBuffer& error) {
  if (spec.type != 0 && spec.type != 's') {
    unknown_format_code(spec.type, type_name, error);
    return false;
  }
  if (spec.sign == ' ') return refuse("Space not allowed in string format specifier", error);
  if (spec.sign != 0) return refuse("Sign not allowed in string format specifier", error);
  if (spec.no_negative_zero) return refuse("Negative zero coercion (z) not allowed in string format specifier", error);
  if (spec.alternate) return refuse("Alternate form (#) not allowed in string format specifier", error);
  if (spec.align == '=') return refuse("'=' alignment not allowed in string format specifier", error);
  size_t length = text.length;
  if (spec.precision >= 0) length = std::min(length, static_cast<size_t>(spec.precision));
  size_t padding = spec.width > static_cast<int64_t>(length) ? static_cast<size_t>(spec.width) - length : 0;
  size_t left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  out.append_fill(spec.fill, left);
  out.append(text.slice(0, length));
  out.append_fill(spec.fill, padding - left);
  return true;
}

}  // namespace viperine
