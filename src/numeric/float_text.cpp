// SPDX-License-Identifier: MIT
// Doubles to text: digits from std::to_chars (exact, locale-free), laid out as Python does; round() through the digits.
// Reading text is in float_parse.cpp, hexadecimal in float_hex.cpp.
#include "numeric/float_text.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/check.h"

namespace viperine {

namespace {

/// No double has more significant digits than this, nor more places after the point.
constexpr int kMaximumDigits = 1080;

/// Reads "d.ddde+xx" into digits and point.
void digits_from_scientific(FloatDigits* out, const char* text, const char* end) {
  out->count = 0;
  const char* p = text;
  for (; p != end && *p != 'e'; ++p) {
    if (*p != '.') out->digits[out->count++] = *p;
  }
  int exponent = 0;
  const char* number = p + 1 + (p + 1 != end && p[1] == '+');
  std::from_chars(number, end, exponent);
  while (out->count > 1 && out->digits[out->count - 1] == '0') --out->count;
  out->point = exponent + 1;
}

/// `count` significant digits (at least 1), trailing zeros dropped.
void significant_digits(FloatDigits* out, double value, int count) {
  char text[kMaximumDigits + 32];
  int precision = std::min(count, kMaximumDigits) - 1;
  auto result = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, precision);
  CHECK(result.ec == std::errc{});
  digits_from_scientific(out, text, result.ptr);
}

/// Digits up to `places` after the point (not negative), trailing zeros dropped; none at all when it rounds to zero.
void fixed_digits(FloatDigits* out, double value, int places) {
  char text[kMaximumDigits + 340];
  int precision = std::min(places, kMaximumDigits);
  auto result = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, precision);
  CHECK(result.ec == std::errc{});
  out->count = 0;
  out->point = 0;
  bool seen_point = false;
  for (const char* p = text; p != result.ptr; ++p) {
    if (*p == '.') {
      seen_point = true;
    } else if (out->count == 0 && *p == '0') {
      out->point -= seen_point;
    } else {
      out->digits[out->count++] = *p;
      out->point += !seen_point;
    }
  }
  if (out->count == 0) out->point = value == 0 ? 1 : -precision;
  if (value == 0) out->digits[out->count++] = '0';
  while (out->count > 1 && out->digits[out->count - 1] == '0') --out->count;
}

constexpr uint64_t kPowersOfTen[] = {
    1,         10,         100,         1000,         10000,         100000,         1000000,         10000000,
    100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000};
constexpr int kMostScaledPlaces = 15;

/// value * 10 ** places, correctly rounded (ties to even) in integers: a double is a 53-bit integer times a power of
/// two, so that the product fits 103 bits and its remainder says how to round. False when the result is beyond 63 bits.
/// Preconditions: finite, not negative, 0 <= places <= kMostScaledPlaces.
bool scaled_integer(double value, int places, uint64_t* result) {
  auto bits = std::bit_cast<uint64_t>(value);
  int exponent = static_cast<int>(bits >> 52);
  uint64_t mantissa = bits & ((uint64_t{1} << 52) - 1);
  if (exponent == 0)
    exponent = 1;
  else
    mantissa |= uint64_t{1} << 52;
  int shift = 1075 - exponent;
  if (shift < 0) return false;
  auto product = static_cast<unsigned __int128>(mantissa) * kPowersOfTen[places];
  if (shift >= 120) {
    *result = 0;  // less than 2 ** -16
    return true;
  }
  unsigned __int128 whole = product >> shift, rest = product - (whole << shift);
  if (whole >> 63 != 0) return false;
  auto number = static_cast<uint64_t>(whole);
  if (shift > 0) {
    unsigned __int128 half = static_cast<unsigned __int128>(1) << (shift - 1);
    if (rest > half || (rest == half && (number & 1) != 0)) ++number;
  }
  *result = number;
  return true;
}

/// number / 10 ** places with exactly that many digits after the point.
size_t write_scaled(char* out, uint64_t number, int places) {
  char* p = std::to_chars(out, out + 24, number / kPowersOfTen[places]).ptr;
  if (places == 0) return static_cast<size_t>(p - out);
  *p++ = '.';
  uint64_t rest = number % kPowersOfTen[places];
  for (int i = places; i > 0; --i, rest /= 10) p[i - 1] = static_cast<char>('0' + rest % 10);
  return static_cast<size_t>(p + places - out);
}

size_t write_special(char* out, double value, bool upper, unsigned flags) {
  size_t size = 0;
  if (std::isinf(value) && value < 0) {
    out[size++] = '-';
  } else if (flags & kFloatAlwaysSign) {
    out[size++] = '+';
  }
  const char* word = std::isinf(value) ? (upper ? "INF" : "inf") : (upper ? "NAN" : "nan");
  std::memcpy(out + size, word, 3);
  return size + 3;
}

size_t write_exponent(char* out, int exponent, bool upper) {
  size_t size = 0;
  out[size++] = upper ? 'E' : 'e';
  out[size++] = exponent < 0 ? '-' : '+';
  unsigned value = static_cast<unsigned>(std::abs(exponent));
  if (value >= 100) out[size++] = static_cast<char>('0' + value / 100);
  out[size++] = static_cast<char>('0' + value / 10 % 10);
  out[size++] = static_cast<char>('0' + value % 10);
  return size;
}

struct Layout {
  int64_t point;  // the decimal point stands before this digit
  int64_t end;    // digits are written up to here
  bool has_exponent;
};

/// Which digits are shown, and whether an exponent is.
Layout layout_of(const FloatDigits& digits, char code, int precision, unsigned flags) {
  Layout layout{digits.point, digits.count, false};
  switch (code) {
    case 'e':
      layout.has_exponent = true;
      layout.end = int64_t{precision} + 1;
      break;
    case 'f':
      layout.end = int64_t{digits.point} + precision;
      break;
    case 'g':
      layout.has_exponent = digits.point <= -4 || digits.point > precision - ((flags & kFloatAddDotZero) != 0 ? 1 : 0);
      if (flags & kFloatAlternate) layout.end = precision;
      break;
    default:
      layout.has_exponent = digits.point <= -4 || digits.point > 16;
      break;
  }
  if (layout.has_exponent) layout.point = 1;
  bool dot_zero = !layout.has_exponent && (flags & kFloatAddDotZero) != 0;
  layout.end = std::max(layout.end, layout.point + (dot_zero ? 1 : 0));
  return layout;
}

}  // namespace

void float_shortest_digits(FloatDigits* out, double value) {
  char text[40];
  auto result = std::to_chars(text, text + sizeof text, std::fabs(value), std::chars_format::scientific);
  digits_from_scientific(out, text, result.ptr);
}

size_t float_text_size(double value, char code, int precision) {
  size_t size = 32;
  if (code == 'r' || !std::isfinite(value)) return size;
  if (code == 'f' || code == 'F') {
    int exponent = 0;
    std::frexp(value, &exponent);
    if (exponent > 0) size += static_cast<size_t>(exponent) * 31 / 100 + 1;
  }
  return size + static_cast<size_t>(precision);
}

size_t float_to_text(char* out, double value, char code, int precision, unsigned flags) {
  bool upper = code >= 'A' && code <= 'Z';
  if (upper) code = static_cast<char>(code + ('a' - 'A'));
  if (!std::isfinite(value)) return write_special(out, value, upper, flags);
  bool negative = std::signbit(value);
  double magnitude = std::fabs(value);
  uint64_t scaled;
  if (code == 'f' && precision <= kMostScaledPlaces && (flags & ~kFloatAlwaysSign) == 0 &&
      scaled_integer(magnitude, precision, &scaled)) {
    char* p = out;
    if (negative)
      *p++ = '-';
    else if (flags & kFloatAlwaysSign)
      *p++ = '+';
    return static_cast<size_t>(p - out) + write_scaled(p, scaled, precision);
  }
  FloatDigits digits;
  switch (code) {
    case 'e':
      significant_digits(&digits, magnitude, precision >= kMaximumDigits ? kMaximumDigits : precision + 1);
      break;
    case 'f':
      fixed_digits(&digits, magnitude, precision);
      break;
    case 'g':
      if (precision == 0) precision = 1;
      significant_digits(&digits, magnitude, precision);
      break;
    default:
      float_shortest_digits(&digits, magnitude);
      break;
  }
  bool is_zero = digits.count == 0 || (digits.count == 1 && digits.digits[0] == '0');
  if (is_zero && (flags & kFloatNoNegativeZero)) negative = false;
  Layout layout = layout_of(digits, code, precision, flags);

  char* p = out;
  if (negative) {
    *p++ = '-';
  } else if (flags & kFloatAlwaysSign) {
    *p++ = '+';
  }
  // Positions left of 0 and right of the last digit are zeros.
  int64_t start = layout.point <= 0 ? layout.point - 1 : 0;
  for (int64_t i = start; i < layout.end; ++i) {
    if (i == layout.point) *p++ = '.';
    *p++ = i >= 0 && i < digits.count ? digits.digits[i] : '0';
  }
  if ((flags & kFloatAlternate) && layout.end <= layout.point) *p++ = '.';
  if (layout.has_exponent) p += write_exponent(p, digits.point - 1, upper);
  return static_cast<size_t>(p - out);
}

std::string_view float_to_text(Arena& arena, double value, char code, int precision, unsigned flags) {
  auto* out = static_cast<char*>(arena.allocate(float_text_size(value, code, precision)));
  return {out, float_to_text(out, value, code, precision, flags)};
}

size_t float_repr(char* out, double value) { return float_to_text(out, value, 'r', 0, kFloatAddDotZero); }

size_t complex_repr(char* out, double real, double imaginary) {
  char* p = out;
  if (real == 0 && !std::signbit(real)) {
    p += float_to_text(p, imaginary, 'r', 0, 0);
    *p++ = 'j';
    return static_cast<size_t>(p - out);
  }
  *p++ = '(';
  p += float_to_text(p, real, 'r', 0, 0);
  p += float_to_text(p, imaginary, 'r', 0, kFloatAlwaysSign);
  *p++ = 'j';
  *p++ = ')';
  return static_cast<size_t>(p - out);
}

bool float_round(double value, int64_t digits, double* out) {
  *out = value;
  if (value == 0 || digits > 323) return true;  // nothing that far behind the point could change
  if (digits < -308) {
    *out = 0.0 * value;
    return true;
  }
  uint64_t scaled;
  if (digits >= 0 && digits <= kMostScaledPlaces &&
      scaled_integer(std::fabs(value), static_cast<int>(digits), &scaled) && scaled <= uint64_t{1} << 53) {
    // Both are exact doubles, so that their quotient is the double nearest to the decimal number.
    *out = std::copysign(static_cast<double>(scaled) / static_cast<double>(kPowersOfTen[digits]), value);
    return true;
  }
  FloatDigits rounded;
  if (digits >= 0) {
    fixed_digits(&rounded, std::fabs(value), static_cast<int>(digits));
  } else {
    // Round the exact integer part and fraction in text: they are at most 309 + 1074 digits, kept up to the first 1080.
    significant_digits(&rounded, std::fabs(value), kMaximumDigits);
    int64_t keep = rounded.point + digits;
    bool up = false;
    if (keep < 0) {
      rounded.count = 0;
    } else if (keep < rounded.count) {
      char next = rounded.digits[keep];
      bool odd = keep > 0 && ((rounded.digits[keep - 1] - '0') & 1) != 0;
      up = next > '5' || (next == '5' && (keep + 1 < rounded.count || odd));
      rounded.count = static_cast<int>(keep);
    }
    if (up) {
      int i = rounded.count;
      while (i > 0 && rounded.digits[i - 1] == '9') rounded.digits[--i] = '0';
      if (i > 0) {
        ++rounded.digits[i - 1];
      } else {
        rounded.digits[0] = '1';
        rounded.count = std::max(rounded.count, 1);
        ++rounded.point;
      }
    }
  }
  if (rounded.count == 0) {
    *out = std::copysign(0.0, value);
    return true;
  }
  char text[sizeof rounded.digits + 16];
  char* p = text;
  std::memcpy(p, rounded.digits, static_cast<size_t>(rounded.count));
  p += rounded.count;
  *p++ = 'e';
  p = std::to_chars(p, text + sizeof text, rounded.point - rounded.count).ptr;
  double result = 0;
  CHECK(float_from_text({text, static_cast<size_t>(p - text)}, &result));
  *out = std::copysign(result, value);
  return !std::isinf(result);
}

}  // namespace viperine
