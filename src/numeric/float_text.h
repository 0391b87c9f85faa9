// SPDX-License-Identifier: MIT
// Doubles to and from text as Python writes and reads them: repr, the format codes e f g r, parsing, hexadecimal,
// complex. Arithmetic edge cases and the hash are in float_arithmetic.h. Locale, width, fill and grouping belong to the
// callers. Invariant: every conversion is correctly rounded, ties to even, and independent of the C locale.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/arena.h"

namespace viperine {

/// Bits of the `flags` of float_to_text.
enum FloatTextFlags : unsigned {
  kFloatAlwaysSign = 1,      // "+1.0" and "+nan"
  kFloatAddDotZero = 2,      // "1.0" rather than "1" (codes g and r, never with an exponent)
  kFloatAlternate = 4,       // keep the point and trailing zeros, as '#' asks
  kFloatNoNegativeZero = 8,  // "0.0" where rounding left "-0.0"
};

/// Room for float_to_text with these arguments.
size_t float_text_size(double value, char code, int precision);
/// Code e, f, g (with the precision; capitals give INF, NAN and E) or r (shortest that reads back; the precision is not
/// used). Returns the number of characters.
size_t float_to_text(char* out, double value, char code, int precision, unsigned flags);
std::string_view float_to_text(Arena& arena, double value, char code, int precision, unsigned flags);

/// repr(float) and str(float).
inline constexpr size_t kFloatReprSize = 32;
size_t float_repr(char* out, double value);
/// repr(complex) and str(complex).
inline constexpr size_t kComplexReprSize = 2 * kFloatReprSize + 4;
size_t complex_repr(char* out, double real, double imaginary);

/// The significant decimal digits of a finite number: 0.DIGITS * 10 ** point, without trailing zeros; "0" and 1 for
/// zero.
struct FloatDigits {
  char digits[1400];  // 309 before the point, 1080 after it
  int count = 0;
  int point = 0;
};
void float_shortest_digits(FloatDigits* out, double value);

/// float(text) without surrounding white space: sign, digits with underscores between them, exponent, inf, infinity,
/// nan. False when the text is no float. Too large is infinity, as in Python.
bool float_from_text(std::string_view text, double* out);
/// complex(text): one or two parts, parentheses and ASCII white space round the whole.
bool complex_from_text(std::string_view text, double* real, double* imaginary);

/// float.hex().
inline constexpr size_t kFloatHexSize = 32;
size_t float_to_hex(char* out, double value);
enum class FloatHexStatus { Ok, Invalid, Overflow };
/// float.fromhex(), with surrounding ASCII white space.
FloatHexStatus float_from_hex(std::string_view text, double* out);

/// round(value, digits) of a finite value; false when the result is too large to represent.
bool float_round(double value, int64_t digits, double* out);

}  // namespace viperine
