// SPDX-License-Identifier: MIT
// Text to doubles: the grammar is checked here, the correctly rounded conversion is std::from_chars.
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/check.h"
#include "numeric/float_text.h"

namespace viperine {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Length of the (case-folded) word at the start of the text, 0 when it is not there.
size_t match_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return 0;
  for (size_t i = 0; i < word.size(); ++i) {
    if (lower(text[i]) != word[i]) return 0;
  }
  return word.size();
}

/// Skips digits, and with them single underscores between digits when the caller allows them.
size_t skip_digits(std::string_view text, size_t i, bool underscores) {
  while (i < text.size()) {
    bool joins =
        underscores && text[i] == '_' && i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1]);
    if (!is_digit(text[i]) && !joins) break;
    ++i;
  }
  return i;
}

/// Converts an unsigned number whose grammar has been checked; underscores are skipped.
double convert(std::string_view text) {
  char small[128];
  Arena arena;
  char* buffer = text.size() <= sizeof small ? small : static_cast<char*>(arena.allocate(text.size()));
  size_t size = 0;
  bool has_nonzero = false, seen_point = false;
  int64_t leading = 0, exponent = 0;  // the first significant digit stands for 10 ** (leading - 1 + exponent)
  size_t i = 0;
  for (; i < text.size() && lower(text[i]) != 'e'; ++i) {
    if (text[i] == '_') continue;
    buffer[size++] = text[i];
    if (text[i] == '.') {
      seen_point = true;
      continue;
    }
    if (text[i] != '0') has_nonzero = true;
    if (has_nonzero) {
      leading += !seen_point;
    } else {
      leading -= seen_point;
    }
  }
  if (!has_nonzero) return 0.0;
  if (i < text.size()) {
    ++i;
    bool negative = text[i] == '-';
    i += text[i] == '-' || text[i] == '+';
    for (; i < text.size(); ++i) {
      if (text[i] != '_' && exponent < (int64_t{1} << 55)) exponent = exponent * 10 + (text[i] - '0');
    }
    if (negative) exponent = -exponent;
  }
  if (leading + exponent > 400) return kInfinity;
  if (leading + exponent < -400) return 0.0;
  // The exponent is small, or else it is compensated by as many digits: it fits in 24 characters.
  char digits[24];
  char* end = std::to_chars(digits, digits + sizeof digits, exponent).ptr;
  char* whole = buffer;
  Arena second;
  if (size + 32 > (buffer == small ? sizeof small : text.size())) {
    whole = static_cast<char*>(second.allocate(size + 32));
    std::memcpy(whole, buffer, size);
  }
  whole[size++] = 'e';
  std::memcpy(whole + size, digits, static_cast<size_t>(end - digits));
  size += static_cast<size_t>(end - digits);
  double value = 0;
  auto result = std::from_chars(whole, whole + size, value);
  if (result.ec == std::errc::result_out_of_range) return leading + exponent > 0 ? kInfinity : 0.0;
  CHECK(result.ec == std::errc{} && result.ptr == whole + size);
  return value;
}

/// digits[.digits] whose digits are an exact double: the quotient by the power of ten, exact too, is correctly rounded.
bool convert_short(std::string_view text, double* out) {
  static constexpr double kPowers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  if (text.size() > 16) return false;  // 15 digits and a point
  uint64_t mantissa = 0;
  size_t places = 0;
  bool seen_point = false;
  for (char c : text) {
    if (c == '.' && !seen_point) {
      seen_point = true;
      continue;
    }
    auto digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return false;
    mantissa = mantissa * 10 + digit;
    places += seen_point;
  }
  if (places > 15 || mantissa > uint64_t{1} << 53) return false;
  *out = static_cast<double>(mantissa) / kPowers[places];
  return true;
}

/// Converts an unsigned number whose grammar has been checked.
double convert_checked(std::string_view text) {
  double value;
  if (convert_short(text, &value)) return value;
  if (text.size() <= 64 && text.find('_') == std::string_view::npos) {
    auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec == std::errc{} && result.ptr == text.data() + text.size()) return value;
  }
  return convert(text);
}

/// A float at the start of the text; returns the characters used, 0 when there is none.
size_t parse_prefix(std::string_view text, double* out, bool underscores) {
  size_t i = 0;
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    i = 1;
  }
  double sign = negative ? -1.0 : 1.0;
  std::string_view rest = text.substr(i);
  if (size_t length = match_word(rest, "inf")) {
    if (size_t longer = match_word(rest, "infinity")) length = longer;
    *out = sign * kInfinity;
    return i + length;
  }
  if (size_t length = match_word(rest, "nan")) {
    *out = std::copysign(std::numeric_limits<double>::quiet_NaN(), sign);
    return i + length;
  }
  size_t start = i;
  i = skip_digits(text, i, underscores);
  size_t count = i - start;
  if (i < text.size() && text[i] == '.') {
    size_t fraction = skip_digits(text, i + 1, underscores);
    count += fraction - (i + 1);
    i = fraction;
  }
  if (count == 0) return 0;
  if (i < text.size() && lower(text[i]) == 'e') {
    size_t digits = i + 1;
    if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) ++digits;
    size_t end = skip_digits(text, digits, underscores);
    if (end > digits) i = end;
  }
  *out = sign * convert_checked(text.substr(start, i - start));
  return i;
}

}  // namespace

bool float_from_text(std::string_view text, double* out) {
  if (text.empty()) return false;
  return parse_prefix(text, out, true) == text.size();
}

bool complex_from_text(std::string_view text, double* real, double* imaginary) {
  auto strip = [&] {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  };
  strip();
  if (!text.empty() && text.front() == '(') {
    if (text.back() != ')' || text.size() < 2) return false;
    text = text.substr(1, text.size() - 2);
    strip();
  }
  // Forms: <float>, <float>j, <float><signed-float>j, where the float before j may be a mere sign or nothing.
  *real = 0;
  *imaginary = 0;
  auto is_unit = [&] { return text.size() == 1 && lower(text[0]) == 'j'; };
  double first = 0;
  size_t used = parse_prefix(text, &first, true);
  if (used == 0) {
    double sign = 1;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
      sign = text[0] == '-' ? -1 : 1;
      text.remove_prefix(1);
    }
    *imaginary = sign;
    return is_unit();
  }
  text.remove_prefix(used);
  if (text.empty()) {
    *real = first;
    return true;
  }
  if (is_unit()) {
    *imaginary = first;
    return true;
  }
  if (text[0] != '+' && text[0] != '-') return false;
  *real = first;
  used = parse_prefix(text, imaginary, true);
  if (used == 0) {
    *imaginary = text[0] == '-' ? -1 : 1;
    used = 1;
  }
  text.remove_prefix(used);
  return is_unit();
}

}  // namespace viperine
