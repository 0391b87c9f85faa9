// SPDX-License-Identifier: MIT
// Exact sums, norms, gamma functions. Combinatorics: combinatorics.cpp.
#include "numeric/math_functions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/check.h"

namespace viperine {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kPi = 3.141592653589793238462643383279502884;
constexpr double kLogPi = 1.144729885849400174143427351353058711647;

/// sum + error == a + b exactly.
struct ExactPair {
  double sum;
  double error;
};

ExactPair two_sum(double a, double b) {
  if (std::fabs(a) < std::fabs(b)) std::swap(a, b);
  double sum = a + b;
  return {sum, b - (sum - a)};
}

/// sum + error == a * a exactly, barring overflow (Dekker's splitting).
ExactPair two_square(double a) {
  double shifted = a * 134217729.0;  // 2 ** 27 + 1
  double high = shifted - (shifted - a), low = a - high;
  double square = a * a;
  return {square, ((high * high - square) + 2.0 * high * low) + low * low};
}

// Lanczos' approximation with N = 13 and this g, which keeps the error below that of a double (Pugh's thesis).
constexpr double kLanczosG = 6.024680040776729583740234375;
constexpr double kLanczosNumerator[13] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
constexpr double kLanczosDenominator[13] = {0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0,
                                            45995730.0, 13339535.0, 2637558.0,   357423.0,    32670.0,
                                            1925.0,     66.0,       1.0};

/// The rational function of the approximation; the variable is inverted above 5 so that nothing overflows.
double lanczos_sum(double x) {
  double numerator = 0, denominator = 0;
  if (x < 5.0) {
    for (int i = 12; i >= 0; --i) {
      numerator = numerator * x + kLanczosNumerator[i];
      denominator = denominator * x + kLanczosDenominator[i];
    }
  } else {
    for (int i = 0; i < 13; ++i) {
      numerator = numerator / x + kLanczosNumerator[i];
      denominator = denominator / x + kLanczosDenominator[i];
    }
  }
  return numerator / denominator;
}

/// sin(pi * x) without the error of pi * x for large x.
double sine_of_pi(double x) {
  double y = std::fmod(std::fabs(x), 2.0), result = 0;
  switch (static_cast<int>(std::round(2.0 * y))) {
    case 0:
      result = std::sin(kPi * y);
      break;
    case 1:
      result = std::cos(kPi * (y - 0.5));
      break;
    case 2:
      result = std::sin(kPi * (1.0 - y));
      break;
    case 3:
      result = -std::cos(kPi * (y - 1.5));
      break;
    default:
      result = std::sin(kPi * (y - 2.0));
      break;
  }
  return std::copysign(1.0, x) * result;
}

double gamma_of_small_integer(int n) {
  double result = 1;
  for (int i = 2; i < n; ++i) result *= i;  // exact up to 22!
  return result;
}

}  // namespace

bool ExactSum::add(double value) {
  double x = value;
  size_t kept = 0;
  for (double partial : partials_) {
    ExactPair pair = two_sum(x, partial);
    if (pair.error != 0.0) partials_[kept++] = pair.error;
    x = pair.sum;
  }
  partials_.resize(kept);
  if (x == 0.0) return true;
  if (std::isfinite(x)) {
    partials_.push_back(x);
    return true;
  }
  if (std::isfinite(value)) return false;
  if (std::isinf(value)) infinities_ += value;
  special_ += value;
  partials_.clear();
  return true;
}

bool ExactSum::result(double* out) const {
  if (special_ != 0.0) {
    *out = special_;
    return !std::isnan(infinities_);
  }
  *out = 0.0;
  if (partials_.empty()) return true;
  size_t i = partials_.size() - 1;
  double high = partials_[i], low = 0;
  while (i > 0) {
    double x = high, y = partials_[--i];
    high = x + y;
    low = y - (high - x);
    if (low != 0.0) break;
  }
  // Half-way cases: the next partial decides, so round again if it has the sign of the remainder.
  if (i > 0 && ((low < 0.0 && partials_[i - 1] < 0.0) || (low > 0.0 && partials_[i - 1] > 0.0))) {
    double doubled = low * 2.0, rounded = high + doubled;
    if (doubled == rounded - high) high = rounded;
  }
  *out = high;
  return true;
}

double vector_norm(std::span<const double> coordinates) {
  double largest = 0;
  bool found_nan = false;
  for (double x : coordinates) {
    found_nan |= std::isnan(x);
    largest = std::max(largest, std::fabs(x));
  }
  if (std::isinf(largest)) return largest;
  if (found_nan) return std::numeric_limits<double>::quiet_NaN();
  if (largest == 0.0 || coordinates.size() <= 1) return largest;
  int exponent = 0;
  std::frexp(largest, &exponent);
  // Scaled by a power of two, the largest is in [0.5, 1): squares are summed as unevaluated pairs of doubles.
  bool tiny = exponent < -1021;
  double scale = tiny ? 0.0 : std::ldexp(1.0, -exponent);
  double sum = 0, error = 0;
  for (double x : coordinates) {
    x = tiny ? std::ldexp(x, -exponent) : x * scale;
    ExactPair square = two_square(x);
    ExactPair total = two_sum(sum, square.sum);
    sum = total.sum;
    error += total.error + square.error;
  }
  double root = std::sqrt(sum + error);
  // One step of Newton's method on the exact residual.
  ExactPair square = two_square(root);
  ExactPair residual = two_sum(sum, -square.sum);
  double correction = (residual.sum + (residual.error + (error - square.error))) / (2.0 * root);
  root += correction;
  return tiny ? std::ldexp(root, exponent) : root / scale;
}

double gamma_function(double x, MathStatus* status) {
  *status = MathStatus::Ok;
  if (std::isnan(x) || x == kInfinity) return x;
  if (x == -kInfinity || x == 0.0 || (x < 0.0 && x == std::floor(x))) {
    *status = MathStatus::Domain;
    return x == 0.0 ? std::copysign(kInfinity, x) : std::numeric_limits<double>::quiet_NaN();
  }
  if (x == std::floor(x) && x <= 23.0) return gamma_of_small_integer(static_cast<int>(x));
  double size = std::fabs(x), result = 0;
  if (size < 1e-20) {
    result = 1.0 / x;
  } else if (size > 200.0) {
    if (x < 0.0) return 0.0 / sine_of_pi(x);
    result = kInfinity;
  } else {
    constexpr double kOffset = kLanczosG - 0.5;
    double y = size + kOffset;
    // The rounding error of that sum, which the power would magnify.
    double error = size > kOffset ? (y - size) - kOffset : (y - kOffset) - size;
    double correction = error * kLanczosG / y;
    // The power is taken in two halves where the whole would overflow.
    bool halves = size >= 140.0;
    double factor = halves ? std::pow(y, size / 2.0 - 0.25) : std::pow(y, size - 0.5);
    if (x < 0.0) {
      result = -kPi / sine_of_pi(size) / size * std::exp(y) / lanczos_sum(size);
      result -= correction * result;
      result /= factor;
      if (halves) result /= factor;
    } else {
      result = lanczos_sum(size) / std::exp(y);
      result += correction * result;
      result *= factor;
      if (halves) result *= factor;
    }
  }
  if (std::isinf(result)) *status = MathStatus::Range;
  return result;
}

double log_gamma_function(double x, MathStatus* status) {
  *status = MathStatus::Ok;
  if (std::isnan(x)) return x;
  if (std::isinf(x)) return kInfinity;
  if (x == std::floor(x) && x <= 2.0) {
    if (x > 0.0) return 0.0;
    *status = MathStatus::Domain;
    return kInfinity;
  }
  double size = std::fabs(x);
  if (size < 1e-20) return -std::log(size);
  double result = std::log(lanczos_sum(size)) - kLanczosG;
  result += (size - 0.5) * (std::log(size + kLanczosG - 0.5) - 1.0);
  if (x < 0.0) result = kLogPi - std::log(std::fabs(sine_of_pi(size))) - std::log(size) - result;
  if (std::isinf(result)) *status = MathStatus::Range;
  return result;
}

double unit_in_last_place(double x) {
  if (std::isnan(x)) return x;
  x = std::fabs(x);
  if (std::isinf(x)) return x;
  double above = std::nextafter(x, kInfinity);
  return std::isinf(above) ? x - std::nextafter(x, -kInfinity) : above - x;
}

}  // namespace viperine
