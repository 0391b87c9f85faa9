// SPDX-License-Identifier: MIT
// What Python's float operators do beyond the processor's: floor division, modulo, power, rounding, hash, integer
// ratio. Text conversions are in float_text.h.
#pragma once

#include <cmath>
#include <cstdint>

namespace viperine {

struct FloatDivision {
  double quotient;
  double remainder;
};

/// divmod(dividend, divisor); precondition: the divisor is not zero.
FloatDivision float_divmod(double dividend, double divisor);
/// dividend % divisor; precondition: the divisor is not zero.
double float_modulo(double dividend, double divisor);
inline double float_floor_divide(double dividend, double divisor) { return float_divmod(dividend, divisor).quotient; }

enum class FloatPowerStatus {
  Ok,
  ZeroDivision,  // 0.0 cannot be raised to a negative power
  NegativeBase,  // the result is complex
  Overflow,      // (34, 'Numerical result out of range')
};
FloatPowerStatus float_power(double base, double exponent, double* out);

/// hash() of a float that is not a NaN (those hash by identity). Equal to the hash of an equal int.
int64_t float_hash(double value);

/// |value| = mantissa * 2 ** exponent with an odd mantissa (zero: 0 and 0); precondition: finite.
struct FloatRatio {
  uint64_t mantissa;
  int exponent;
  bool negative;
};
FloatRatio float_ratio(double value);

/// round(value): the nearest integer, ties to even.
inline double float_round_half_even(double value) {
  double rounded = std::round(value);
  return std::fabs(value - rounded) == 0.5 ? 2.0 * std::round(value / 2.0) : rounded;
}

}  // namespace viperine
