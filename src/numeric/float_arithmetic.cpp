// SPDX-License-Identifier: MIT
// Float operators with Python's edge cases.
#include "numeric/float_arithmetic.h"

#include <bit>

namespace viperine {

namespace {
constexpr uint64_t kHashModulus = (uint64_t{1} << 61) - 1;
constexpr int64_t kHashInfinity = 314159;
}  // namespace

FloatDivision float_divmod(double dividend, double divisor) {
  double remainder = std::fmod(dividend, divisor);
  // fmod is exact, so this is nearly an integer.
  double quotient = (dividend - remainder) / divisor;
  if (remainder != 0) {
    if ((divisor < 0) != (remainder < 0)) {
      remainder += divisor;
      quotient -= 1.0;
    }
  } else {
    remainder = std::copysign(0.0, divisor);
  }
  if (quotient == 0) return {std::copysign(0.0, dividend / divisor), remainder};
  double whole = std::floor(quotient);
  if (quotient - whole > 0.5) whole += 1.0;
  return {whole, remainder};
}

double float_modulo(double dividend, double divisor) {
  double remainder = std::fmod(dividend, divisor);
  if (remainder == 0) return std::copysign(0.0, divisor);
  if ((divisor < 0) != (remainder < 0)) remainder += divisor;
  return remainder;
}

FloatPowerStatus float_power(double base, double exponent, double* out) {
  if (base == 1.0 || exponent == 0) {
    *out = 1.0;
    return FloatPowerStatus::Ok;
  }
  if (std::isnan(base) || std::isnan(exponent)) {
    *out = std::isnan(base) ? base : exponent;
    return FloatPowerStatus::Ok;
  }
  if (std::isinf(base) || std::isinf(exponent)) {
    // C's pow agrees with Python on infinities, even on 0.0 ** -inf.
    *out = std::pow(base, exponent);
    return FloatPowerStatus::Ok;
  }
  if (base == 0 && exponent < 0) return FloatPowerStatus::ZeroDivision;
  if (base < 0 && std::floor(exponent) != exponent) return FloatPowerStatus::NegativeBase;
  *out = std::pow(base, exponent);
  return std::isinf(*out) ? FloatPowerStatus::Overflow : FloatPowerStatus::Ok;
}

FloatRatio float_ratio(double value) {
  if (value == 0) return {0, 0, std::signbit(value)};
  int exponent = 0;
  double fraction = std::frexp(std::fabs(value), &exponent);
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  int zeros = std::countr_zero(mantissa);
  return {mantissa >> zeros, exponent - 53 + zeros, value < 0};
}

int64_t float_hash(double value) {
  if (std::isinf(value)) return value > 0 ? kHashInfinity : -kHashInfinity;
  FloatRatio ratio = float_ratio(value);
  // Multiplying by a power of two rotates the 61 bits.
  int shift = ((ratio.exponent % 61) + 61) % 61;
  uint64_t rotated = ((ratio.mantissa << shift) & kHashModulus) | (ratio.mantissa >> (61 - shift));
  auto hash = static_cast<int64_t>(rotated == kHashModulus ? 0 : rotated);
  if (ratio.negative) hash = -hash;
  return hash == -1 ? -2 : hash;
}

}  // namespace viperine
