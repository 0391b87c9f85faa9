// SPDX-License-Identifier: MIT
// ComplexNumber arithmetic and elementary functions. Finite arguments: formulas after Kahan that avoid cancellation,
// overflow and underflow. Infinite and NaN arguments: the values of C99's annex G, from the C library, with the signs
// that Python pins where the annex leaves them open.
#include "numeric/complex_functions.h"

#include <cfloat>
#include <cmath>
#include <complex>
#include <limits>

namespace viperine {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLarge = DBL_MAX / 4.0;
constexpr double kLog2 = 0.6931471805599453094;
constexpr double kE = 2.7182818284590452354;
constexpr double kHalfPi = 1.57079632679489661923;

const double kSquareRootLarge = std::sqrt(kLarge);
const double kLogLarge = std::log(kLarge);
const double kSquareRootSmallest = std::sqrt(DBL_MIN);

using Function = std::complex<double> (*)(const std::complex<double>&);

bool is_finite(ComplexNumber z) { return std::isfinite(z.real) && std::isfinite(z.imaginary); }

ComplexNumber from_library(Function function, ComplexNumber z) {
  std::complex<double> result = function({z.real, z.imaginary});
  return {result.real(), result.imag()};
}

/// i z and -i z: how the circular functions reduce to the hyperbolic ones.
ComplexNumber times_i(ComplexNumber z) { return {-z.imaginary, z.real}; }
ComplexNumber times_minus_i(ComplexNumber z) { return {z.imaginary, -z.real}; }

MathStatus range_unless_finite(ComplexNumber z) {
  return std::isinf(z.real) || std::isinf(z.imaginary) ? MathStatus::Range : MathStatus::Ok;
}

/// log(hypot(real, imaginary)) near the overflow threshold, plus ln 2.
double log_of_large(ComplexNumber z) { return std::log(std::hypot(z.real / 2.0, z.imaginary / 2.0)) + kLog2 * 2.0; }
bool is_large(ComplexNumber z) { return std::fabs(z.real) > kLarge || std::fabs(z.imaginary) > kLarge; }

ComplexNumber unsigned_power(ComplexNumber base, unsigned exponent) {
  ComplexNumber result{1.0, 0.0};
  for (unsigned bit = 1; bit <= exponent; bit <<= 1) {
    if (exponent & bit) result = complex_multiply(result, base);
    base = complex_multiply(base, base);
  }
  return result;
}

}  // namespace

ComplexNumber complex_multiply(ComplexNumber a, ComplexNumber b) {
  return {a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real};
}

ComplexNumber complex_divide(ComplexNumber a, ComplexNumber b, MathStatus* status) {
  *status = MathStatus::Ok;
  double size_real = std::fabs(b.real), size_imaginary = std::fabs(b.imaginary);
  // Smith's method: divide both parts by the larger one.
  if (size_real >= size_imaginary) {
    if (size_real == 0.0) {
      *status = MathStatus::Domain;
      return {0.0, 0.0};
    }
    double ratio = b.imaginary / b.real, denominator = b.real + b.imaginary * ratio;
    return {(a.real + a.imaginary * ratio) / denominator, (a.imaginary - a.real * ratio) / denominator};
  }
  if (size_imaginary >= size_real) {
    double ratio = b.real / b.imaginary, denominator = b.real * ratio + b.imaginary;
    return {(a.real * ratio + a.imaginary) / denominator, (a.imaginary * ratio - a.real) / denominator};
  }
  return {kNan, kNan};
}

ComplexNumber complex_power(ComplexNumber a, ComplexNumber b, MathStatus* status) {
  *status = MathStatus::Ok;
  ComplexNumber result{1.0, 0.0};
  if (b.imaginary == 0.0 && b.real == std::floor(b.real) && std::fabs(b.real) <= 100.0) {
    // Small integers by repeated multiplication.
    result = unsigned_power(a, static_cast<unsigned>(std::fabs(b.real)));
    if (b.real <= 0.0) result = complex_divide({1.0, 0.0}, result, status);
  } else if (a.real == 0.0 && a.imaginary == 0.0) {
    if (b.imaginary != 0.0 || b.real < 0.0) *status = MathStatus::Domain;
    result = {0.0, 0.0};
  } else {
    double size = std::hypot(a.real, a.imaginary), angle = std::atan2(a.imaginary, a.real);
    double length = std::pow(size, b.real), phase = angle * b.real;
    if (b.imaginary != 0.0) {
      length /= std::exp(angle * b.imaginary);
      phase += b.imaginary * std::log(size);
    }
    // CPython takes the C library's domain error of cos(infinity) for one of its own.
    if (std::isinf(phase)) *status = MathStatus::Domain;
    result = {length * std::cos(phase), length * std::sin(phase)};
  }
  if (*status == MathStatus::Ok) *status = range_unless_finite(result);
  return result;
}

double complex_absolute(ComplexNumber a, MathStatus* status) {
  *status = MathStatus::Ok;
  if (std::isinf(a.real) || std::isinf(a.imaginary)) return kInfinity;
  if (std::isnan(a.real) || std::isnan(a.imaginary)) return kNan;
  double result = std::hypot(a.real, a.imaginary);
  if (std::isinf(result)) *status = MathStatus::Range;
  return result;
}

ComplexNumber complex_sqrt(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) return from_library(std::sqrt<double>, z);
  if (z.real == 0.0 && z.imaginary == 0.0) return {0.0, z.imaginary};
  double x = std::fabs(z.real), y = std::fabs(z.imaginary), root = 0;
  if (x < DBL_MIN && y < DBL_MIN) {
    // hypot would be subnormal.
    x = std::ldexp(x, 53);
    root = std::ldexp(std::sqrt(x + std::hypot(x, std::ldexp(y, 53))), -27);
  } else {
    x /= 8.0;
    root = 2.0 * std::sqrt(x + std::hypot(x, y / 8.0));
  }
  double other = y / (2.0 * root);
  if (z.real >= 0.0) return {root, std::copysign(other, z.imaginary)};
  return {other, std::copysign(root, z.imaginary)};
}

ComplexNumber complex_acos(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) {
    ComplexNumber result = from_library(std::acos<double>, z);
    return std::isnan(z.imaginary) ? ComplexNumber{result.real, std::fabs(result.imaginary)} : result;
  }
  if (is_large(z)) {
    double size = log_of_large(z);
    return {std::atan2(std::fabs(z.imaginary), z.real),
            z.real < 0.0 ? -std::copysign(size, z.imaginary) : std::copysign(size, -z.imaginary)};
  }
  ComplexNumber below = complex_sqrt({1.0 - z.real, -z.imaginary}, status);
  ComplexNumber above = complex_sqrt({1.0 + z.real, z.imaginary}, status);
  return {2.0 * std::atan2(below.real, above.real),
          std::asinh(above.real * below.imaginary - above.imaginary * below.real)};
}

ComplexNumber complex_acosh(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (z.real == 0.0 && std::isnan(z.imaginary)) return {kNan, kNan};
  if (!is_finite(z)) return from_library(std::acosh<double>, z);
  if (is_large(z)) return {log_of_large(z), std::atan2(z.imaginary, z.real)};
  ComplexNumber below = complex_sqrt({z.real - 1.0, z.imaginary}, status);
  ComplexNumber above = complex_sqrt({z.real + 1.0, z.imaginary}, status);
  return {std::asinh(below.real * above.real + below.imaginary * above.imaginary),
          2.0 * std::atan2(below.imaginary, above.real)};
}

ComplexNumber complex_asinh(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) {
    ComplexNumber result = from_library(std::asinh<double>, z);
    return std::isnan(z.real) ? ComplexNumber{std::fabs(result.real), result.imaginary} : result;
  }
  if (is_large(z)) return {std::copysign(log_of_large(z), z.real), std::atan2(z.imaginary, std::fabs(z.real))};
  ComplexNumber first = complex_sqrt({1.0 + z.imaginary, -z.real}, status);
  ComplexNumber second = complex_sqrt({1.0 - z.imaginary, z.real}, status);
  return {std::asinh(first.real * second.imaginary - second.real * first.imaginary),
          std::atan2(z.imaginary, first.real * second.real - first.imaginary * second.imaginary)};
}

ComplexNumber complex_asin(ComplexNumber z, MathStatus* status) {
  return times_minus_i(complex_asinh(times_i(z), status));
}
ComplexNumber complex_atan(ComplexNumber z, MathStatus* status) {
  return times_minus_i(complex_atanh(times_i(z), status));
}

ComplexNumber complex_atanh(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) {
    ComplexNumber result = from_library(std::atanh<double>, z);
    return std::isnan(z.real) ? ComplexNumber{std::fabs(result.real), result.imaginary} : result;
  }
  if (std::signbit(z.real)) {
    ComplexNumber mirrored = complex_atanh({-z.real, -z.imaginary}, status);
    return {-mirrored.real, -mirrored.imaginary};
  }
  double y = std::fabs(z.imaginary);
  if (z.real > kSquareRootLarge || y > kSquareRootLarge) {
    double size = std::hypot(z.real / 2.0, z.imaginary / 2.0);
    return {z.real / 4.0 / size / size, -std::copysign(kHalfPi, -z.imaginary)};
  }
  if (z.real == 1.0 && y < kSquareRootSmallest) {
    if (y == 0.0) {
      *status = MathStatus::Domain;
      return {kInfinity, z.imaginary};
    }
    return {-std::log(std::sqrt(y) / std::sqrt(std::hypot(y, 2.0))),
            std::copysign(std::atan2(2.0, -y) / 2.0, z.imaginary)};
  }
  double x = 1.0 - z.real;
  return {std::log1p(4.0 * z.real / (x * x + y * y)) / 4.0,
          -std::atan2(-2.0 * z.imaginary, x * (1.0 + z.real) - y * y) / 2.0};
}

ComplexNumber complex_cos(ComplexNumber z, MathStatus* status) { return complex_cosh(times_i(z), status); }
ComplexNumber complex_sin(ComplexNumber z, MathStatus* status) {
  return times_minus_i(complex_sinh(times_i(z), status));
}
ComplexNumber complex_tan(ComplexNumber z, MathStatus* status) {
  return times_minus_i(complex_tanh(times_i(z), status));
}

ComplexNumber complex_cosh(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) {
    if (std::isinf(z.imaginary) && !std::isnan(z.real)) *status = MathStatus::Domain;
    ComplexNumber result = from_library(std::cosh<double>, z);
    return std::isnan(z.real) ? ComplexNumber{result.real, std::fabs(result.imaginary)} : result;
  }
  ComplexNumber result{};
  if (std::fabs(z.real) > kLogLarge) {
    // e ** (|x| - 1) is finite where e ** |x| is not.
    double x = z.real - std::copysign(1.0, z.real);
    result = {std::cos(z.imaginary) * std::cosh(x) * kE, std::sin(z.imaginary) * std::sinh(x) * kE};
  } else {
    result = {std::cos(z.imaginary) * std::cosh(z.real), std::sin(z.imaginary) * std::sinh(z.real)};
  }
  *status = range_unless_finite(result);
  return result;
}

ComplexNumber complex_sinh(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) {
    if (std::isinf(z.imaginary) && !std::isnan(z.real)) *status = MathStatus::Domain;
    ComplexNumber result = from_library(std::sinh<double>, z);
    return std::isnan(z.imaginary) && z.real == 0.0 ? ComplexNumber{0.0, result.imaginary} : result;
  }
  ComplexNumber result{};
  if (std::fabs(z.real) > kLogLarge) {
    double x = z.real - std::copysign(1.0, z.real);
    result = {std::cos(z.imaginary) * std::sinh(x) * kE, std::sin(z.imaginary) * std::cosh(x) * kE};
  } else {
    result = {std::cos(z.imaginary) * std::sinh(z.real), std::sin(z.imaginary) * std::cosh(z.real)};
  }
  *status = range_unless_finite(result);
  return result;
}

ComplexNumber complex_tanh(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) {
    if (std::isinf(z.imaginary) && std::isfinite(z.real)) *status = MathStatus::Domain;
    if (z.real == 0.0 && std::isnan(z.imaginary)) return {kNan, kNan};
    if (std::isinf(z.real) && std::isinf(z.imaginary)) return {std::copysign(1.0, z.real), 0.0};
    return from_library(std::tanh<double>, z);
  }
  if (std::fabs(z.real) > kLogLarge) {
    return {std::copysign(1.0, z.real),
            4.0 * std::sin(z.imaginary) * std::cos(z.imaginary) * std::exp(-2.0 * std::fabs(z.real))};
  }
  double tangent_x = std::tanh(z.real), tangent_y = std::tan(z.imaginary), secant = 1.0 / std::cosh(z.real);
  double product = tangent_x * tangent_y, denominator = 1.0 + product * product;
  return {tangent_x * (1.0 + tangent_y * tangent_y) / denominator, ((tangent_y / denominator) * secant) * secant};
}

ComplexNumber complex_exp(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) {
    bool grows = std::isfinite(z.real) || (std::isinf(z.real) && z.real > 0);
    if (std::isinf(z.imaginary) && grows) *status = MathStatus::Domain;
    if (std::isinf(z.imaginary) && z.real < 0) return {0.0, 0.0};
    return from_library(std::exp<double>, z);
  }
  ComplexNumber result{};
  if (z.real > kLogLarge) {
    double size = std::exp(z.real - 1.0);
    result = {size * std::cos(z.imaginary) * kE, size * std::sin(z.imaginary) * kE};
  } else {
    double size = std::exp(z.real);
    result = {size * std::cos(z.imaginary), size * std::sin(z.imaginary)};
  }
  *status = range_unless_finite(result);
  return result;
}

ComplexNumber complex_log(ComplexNumber z, MathStatus* status) {
  *status = MathStatus::Ok;
  if (!is_finite(z)) return from_library(std::log<double>, z);
  double x = std::fabs(z.real), y = std::fabs(z.imaginary), size = 0;
  if (x > kLarge || y > kLarge) {
    size = std::log(std::hypot(x / 2.0, y / 2.0)) + kLog2;
  } else if (x < DBL_MIN && y < DBL_MIN) {
    if (x == 0.0 && y == 0.0) {
      *status = MathStatus::Domain;
      return {-kInfinity, std::atan2(z.imaginary, z.real)};
    }
    size = std::log(std::hypot(std::ldexp(x, DBL_MANT_DIG), std::ldexp(y, DBL_MANT_DIG))) - DBL_MANT_DIG * kLog2;
  } else {
    double modulus = std::hypot(x, y);
    if (0.71 <= modulus && modulus <= 1.73) {
      // Near the unit circle, where log(modulus) would cancel.
      double larger = x > y ? x : y, smaller = x > y ? y : x;
      size = std::log1p((larger - 1.0) * (larger + 1.0) + smaller * smaller) / 2.0;
    } else {
      size = std::log(modulus);
    }
  }
  return {size, std::atan2(z.imaginary, z.real)};
}

ComplexNumber complex_log10(ComplexNumber z, MathStatus* status) {
  ComplexNumber result = complex_log(z, status);
  constexpr double kLog10 = 2.302585092994045684;
  return {result.real / kLog10, result.imaginary / kLog10};
}

ComplexNumber complex_rect(double modulus, double angle, MathStatus* status) {
  *status = MathStatus::Ok;
  if (std::isfinite(modulus) && std::isfinite(angle)) {
    if (angle == 0.0) return {modulus, modulus * angle};
    return {modulus * std::cos(angle), modulus * std::sin(angle)};
  }
  if (std::isinf(angle) && modulus != 0.0 && !std::isnan(modulus)) *status = MathStatus::Domain;
  if (std::isinf(modulus) && std::isfinite(angle)) {
    if (angle == 0.0) return {modulus, std::copysign(0.0, std::copysign(1.0, modulus) * angle)};
    return {std::copysign(modulus, std::cos(angle) * modulus), std::copysign(modulus, std::sin(angle) * modulus)};
  }
  if (modulus == 0.0) return {0.0, 0.0};
  if (std::isinf(modulus)) return {kInfinity, kNan};
  if (angle == 0.0) return {modulus, 0.0};
  return {kNan, kNan};
}

}  // namespace viperine
