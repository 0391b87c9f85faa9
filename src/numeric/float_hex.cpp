// SPDX-License-Identifier: MIT
// float.hex and float.fromhex.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "numeric/float_text.h"

namespace viperine {

namespace {

constexpr int64_t kHuge = int64_t{1} << 60;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool equals_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (lower(text[i]) != word[i]) return false;
  }
  return true;
}

/// mantissa * 2 ** exponent (plus something smaller when sticky), rounded half to even; infinite when too large.
double round_scaled(uint64_t mantissa, int64_t exponent, bool sticky) {
  int64_t top = exponent + 64 - std::countl_zero(mantissa);  // the value is below 2 ** top
  if (top > 1024) return std::numeric_limits<double>::infinity();
  if (top < -1074) return 0.0;
  int64_t lowest = std::max<int64_t>(top - 53, -1074);  // exponent of the last bit kept
  int64_t drop = lowest - exponent;
  if (drop > 0) {
    uint64_t lost = 0, half = uint64_t{1} << (drop - 1);
    uint64_t kept = 0;
    if (drop < 64) {
      kept = mantissa >> drop;
      lost = mantissa & (2 * half - 1);
    } else {
      lost = mantissa;
    }
    if (lost > half || (lost == half && (sticky || (kept & 1) != 0))) ++kept;
    mantissa = kept;
    exponent = lowest;
  }
  return std::ldexp(static_cast<double>(mantissa), static_cast<int>(exponent));
}

struct HexNumber {
  uint64_t mantissa = 0;
  int64_t exponent = 0;
  bool sticky = false;
  bool any_digit = false;
};

/// Reads digits with an optional point; returns the characters used.
size_t read_mantissa(std::string_view text, HexNumber* number) {
  size_t i = 0;
  bool seen_point = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !seen_point) {
      seen_point = true;
      continue;
    }
    int digit = hex_value(text[i]);
    if (digit < 0) break;
    number->any_digit = true;
    if (number->mantissa >> 59 == 0) {
      number->mantissa = number->mantissa << 4 | static_cast<unsigned>(digit);
    } else {
      number->sticky |= digit != 0;
      number->exponent += 4;
    }
    if (seen_point) number->exponent -= 4;
  }
  return i;
}

}  // namespace

size_t float_to_hex(char* out, double value) {
  char* p = out;
  auto put = [&](std::string_view text) {
    std::memcpy(p, text.data(), text.size());
    p += text.size();
  };
  if (std::isnan(value)) {
    put("nan");
    return 3;
  }
  if (std::signbit(value)) *p++ = '-';
  if (std::isinf(value)) {
    put("inf");
  } else if (value == 0) {
    put("0x0.0p+0");
  } else {
    auto bits = std::bit_cast<uint64_t>(value);
    int biased = static_cast<int>((bits >> 52) & 0x7FF);
    put(biased == 0 ? "0x0." : "0x1.");
    for (int shift = 48; shift >= 0; shift -= 4) *p++ = "0123456789abcdef"[(bits >> shift) & 15];
    int exponent = biased == 0 ? -1022 : biased - 1023;
    put(exponent < 0 ? "p-" : "p+");
    p = std::to_chars(p, p + 8, std::abs(exponent)).ptr;
  }
  return static_cast<size_t>(p - out);
}

FloatHexStatus float_from_hex(std::string_view text, double* out) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  double sign = 1;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    if (text[0] == '-') sign = -1;
    text.remove_prefix(1);
  }
  if (equals_word(text, "inf") || equals_word(text, "infinity")) {
    *out = sign * std::numeric_limits<double>::infinity();
    return FloatHexStatus::Ok;
  }
  if (equals_word(text, "nan")) {
    *out = std::copysign(std::numeric_limits<double>::quiet_NaN(), sign);
    return FloatHexStatus::Ok;
  }
  if (text.size() >= 2 && text[0] == '0' && lower(text[1]) == 'x') text.remove_prefix(2);
  HexNumber number;
  text.remove_prefix(read_mantissa(text, &number));
  if (!number.any_digit) return FloatHexStatus::Invalid;
  if (!text.empty()) {
    if (lower(text[0]) != 'p') return FloatHexStatus::Invalid;
    text.remove_prefix(1);
    bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    if (text.empty()) return FloatHexStatus::Invalid;
    int64_t exponent = 0;
    for (char c : text) {
      if (c < '0' || c > '9') return FloatHexStatus::Invalid;
      if (exponent < kHuge / 16) exponent = exponent * 10 + (c - '0');
    }
    number.exponent += negative ? -exponent : exponent;
  }
  double result = number.mantissa == 0 ? 0.0 : round_scaled(number.mantissa, number.exponent, number.sticky);
  if (std::isinf(result)) return FloatHexStatus::Overflow;
  *out = sign * result;
  return FloatHexStatus::Ok;
}

}  // namespace viperine
