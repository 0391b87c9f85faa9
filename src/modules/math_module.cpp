// SPDX-License-Identifier: MIT
// The module math: libm with Python's errors, and exact functions on integers (numeric/math_functions.h).
#include <cerrno>
#include <cmath>
#include <vector>

#include "numeric/float_arithmetic.h"
#include "numeric/math_functions.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

Raised domain_error(Thread& thread) { return thread.raise<ValueError>("math domain error"); }
Raised range_error(Thread& thread) { return thread.raise<OverflowError>("math range error"); }

/// One-argument functions: NaN out of a number is a domain error; infinity out of a finite number a range error, or a
/// domain error for functions with poles.
template <double (*Function)(double), bool kPoleIsDomain>
Result<double> checked(Thread& thread, double x) {
  double result = Function(x);
  if (std::isnan(result) && !std::isnan(x)) return domain_error(thread);
  if (std::isinf(result) && std::isfinite(x)) {
    if (kPoleIsDomain) return domain_error(thread);
    return range_error(thread);
  }
  return result;
}
template <double (*Function)(double), bool kPoleIsDomain = false>
Result<Value> unary(Thread& thread, double x) {
  return make_float(thread.heap(), TRY((checked<Function, kPoleIsDomain>(thread, x))));
}

Result<Value> math_ceil(Thread& thread, Value x) {
  if (type_of(thread, x) != thread.runtime().type(Kind::Float)) {
    Optional<Value> result = TRY(call_special(thread, x, thread.names().__ceil__, {}));
    if (result) return *result;
  }
  double value = std::ceil(TRY(to_double(thread, x)));
  if (std::fabs(value) < 1e18) return int_from_double(thread, value);
  return call_method(thread, make_float(thread.heap(), value), thread.names().__trunc__);
}
Result<Value> math_floor(Thread& thread, Value x) {
  if (type_of(thread, x) != thread.runtime().type(Kind::Float)) {
    Optional<Value> result = TRY(call_special(thread, x, thread.names().__floor__, {}));
    if (result) return *result;
  }
  double value = std::floor(TRY(to_double(thread, x)));
  if (std::fabs(value) < 1e18) return int_from_double(thread, value);
  return call_method(thread, make_float(thread.heap(), value), thread.names().__trunc__);
}
Result<Value> math_trunc(Thread& thread, Value x) {
  Optional<Value> result = TRY(call_special(thread, x, thread.names().__trunc__, {}));
  if (!result) return thread.raise<TypeError>("type {} doesn't define __trunc__ method", type_name_of(x));
  return *result;
}

/// log of an int of any size or of a float.
template <double (*Function)(double)>
Result<double> log_of(Thread& thread, Value x) {
  if (is_integer(x)) {
    IntView view(x);
    if (view.negative() || view.magnitude().empty()) return domain_error(thread);
    int64_t exponent;
    double scaled = limbs::to_double_scaled(view.magnitude(), &exponent);
    if (exponent <= 1020) return Function(std::ldexp(scaled, static_cast<int>(exponent)));
    return Function(scaled) + Function(2.0) * static_cast<double>(exponent);
  }
  double value = TRY(to_double(thread, x));
  if (std::isnan(value)) return value;
  if (value > 0) return Function(value);
  return domain_error(thread);
}
Result<Value> math_log(Thread& thread, Value x, Optional<Value> base) {
  double result = TRY(log_of<std::log>(thread, x));
  if (!base) return make_float(thread.heap(), result);
  double denominator = TRY(log_of<std::log>(thread, *base));
  if (denominator == 0) return thread.raise<ZeroDivisionError>("float division by zero");
  return make_float(thread.heap(), result / denominator);
}
Result<Value> math_log2(Thread& thread, Value x) {
  return make_float(thread.heap(), TRY(log_of<std::log2>(thread, x)));
}
Result<Value> math_log10(Thread& thread, Value x) {
  return make_float(thread.heap(), TRY(log_of<std::log10>(thread, x)));
}

Result<Value> math_pow(Thread& thread, double x, double y) {
  double result = std::pow(x, y);
  if (!std::isfinite(x) || !std::isfinite(y)) return make_float(thread.heap(), result);
  if (std::isnan(result)) return domain_error(thread);
  if (std::isinf(result)) {
    if (x == 0) return domain_error(thread);
    return range_error(thread);
  }
  return make_float(thread.heap(), result);
}
Result<Value> math_fmod(Thread& thread, double x, double y) {
  if (std::isinf(y) && std::isfinite(x)) return make_float(thread.heap(), x);
  double result = std::fmod(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) return domain_error(thread);
  return make_float(thread.heap(), result);
}
Result<Value> math_remainder(Thread& thread, double x, double y) {
  double result = std::remainder(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) return domain_error(thread);
  return make_float(thread.heap(), result);
}
Result<Value> math_atan2(Thread& thread, double y, double x) { return make_float(thread.heap(), std::atan2(y, x)); }
Result<Value> math_copysign(Thread& thread, double x, double y) {
  return make_float(thread.heap(), std::copysign(x, y));
}
Result<Value> math_nextafter(Thread& thread, double x, double y) {
  return make_float(thread.heap(), std::nextafter(x, y));
}
Result<Value> math_ulp(Thread& thread, double x) { return make_float(thread.heap(), unit_in_last_place(x)); }
Result<Value> math_degrees(Thread& thread, double x) { return make_float(thread.heap(), x * (180.0 / M_PI)); }
Result<Value> math_radians(Thread& thread, double x) { return make_float(thread.heap(), x * (M_PI / 180.0)); }
Result<Value> math_fabs(Thread& thread, double x) { return make_float(thread.heap(), std::fabs(x)); }
Result<Value> math_isfinite(Thread&, double x) { return Value::from_bool(std::isfinite(x)); }
Result<Value> math_isinf(Thread&, double x) { return Value::from_bool(std::isinf(x)); }
Result<Value> math_isnan(Thread&, double x) { return Value::from_bool(std::isnan(x)); }
Result<Value> math_frexp(Thread& thread, double x) {
  int exponent = 0;
  double mantissa = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  return to_value(Tuple::of(thread.heap(), make_float(thread.heap(), mantissa), Value::from_int(exponent)));
}
Result<Value> math_ldexp(Thread& thread, double x, Value exponent) {
  if (!is_integer(exponent)) return thread.raise<TypeError>("Expected an int as second argument to ldexp.");
  int64_t power;
  if (!int_fits_int64(exponent, &power)) power = IntView(exponent).negative() ? INT32_MIN : INT32_MAX;
  if (power > 100000) power = 100000;
  if (power < -100000) power = -100000;
  double result = std::ldexp(x, static_cast<int>(power));
  if (std::isinf(result) && std::isfinite(x)) return range_error(thread);
  return make_float(thread.heap(), result);
}
Result<Value> math_modf(Thread& thread, double x) {
  double whole, fraction = std::modf(x, &whole);
  return to_value(Tuple::of(thread.heap(), make_float(thread.heap(), fraction), make_float(thread.heap(), whole)));
}
Result<Value> math_gamma(Thread& thread, double x) {
  MathStatus status = MathStatus::Ok;
  double result = gamma_function(x, &status);
  if (status == MathStatus::Domain) return domain_error(thread);
  if (status == MathStatus::Range) return range_error(thread);
  return make_float(thread.heap(), result);
}
Result<Value> math_lgamma(Thread& thread, double x) {
  MathStatus status = MathStatus::Ok;
  double result = log_gamma_function(x, &status);
  if (status == MathStatus::Domain) return domain_error(thread);
  if (status == MathStatus::Range) return range_error(thread);
  return make_float(thread.heap(), result);
}

Result<Value> math_fsum(Thread& thread, Value seq) {
  ExactSum sum;
  TRY(for_each(thread, seq, [&](Value item) -> Result<bool> {
    if (!sum.add(TRY(to_double(thread, item)))) return thread.raise<OverflowError>("intermediate overflow in fsum");
    return true;
  }));
  double result;
  if (!sum.result(&result)) return thread.raise<ValueError>("-inf + inf in fsum");
  return make_float(thread.heap(), result);
}
Result<Value> math_prod(Thread& thread, Value iterable, Value start) {
  Value product = start;
  TRY(for_each(thread, iterable, [&](Value item) -> Result<bool> {
    product = TRY(binary_operation(thread, BinaryOperator::Multiply, product, item));
    return true;
  }));
  return product;
}
Result<Value> math_hypot(Thread& thread, Rest coordinates) {
  std::vector<double> numbers;
  for (uint32_t i = 0; i < coordinates.count; ++i) numbers.push_back(TRY(to_double(thread, coordinates[i])));
  return make_float(thread.heap(), vector_norm(numbers));
}
Result<Value> math_dist(Thread& thread, Value p, Value q) {
  Tuple* a = TRY(tuple_from_iterable(thread, p));
  Tuple* b = TRY(tuple_from_iterable(thread, q));
  if (a->length() != b->length())
    return thread.raise<ValueError>("both points must have the same number of dimensions");
  std::vector<double> numbers;
  for (int64_t i = 0; i < a->length(); ++i)
    numbers.push_back(std::fabs(TRY(to_double(thread, a->at(i))) - TRY(to_double(thread, b->at(i)))));
  return make_float(thread.heap(), vector_norm(numbers));
}

Result<bool> math_isclose(Thread& thread, double a, double b, Value rel_tol, Value abs_tol) {
  double relative = rel_tol.is_none() ? 1e-9 : TRY(to_double(thread, rel_tol));
  double absolute_tolerance = abs_tol.is_none() ? 0.0 : TRY(to_double(thread, abs_tol));
  if (relative < 0 || absolute_tolerance < 0) return thread.raise<ValueError>("tolerances must be non-negative");
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  double difference = std::fabs(b - a);
  return difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) ||
         difference <= absolute_tolerance;
}

// --- integers

Result<Value> math_isqrt(Thread& thread, Value n) {
  Value number = TRY(to_index(thread, n));
  IntView view(number);
  if (view.negative()) return thread.raise<ValueError>("isqrt() argument must be nonnegative");
  LimbBuffer out((view.magnitude().size() + 1) / 2 + 1);
  return make_integer(thread, out.data(), limbs::square_root(out.data(), view.magnitude(), nullptr), false);
}
Result<Value> math_factorial(Thread& thread, Value x) {
  Value number = TRY(to_index(thread, x));
  if (IntView(number).negative()) return thread.raise<ValueError>("factorial() not defined for negative values");
  int64_t n;
  if (!int_fits_int64(number, &n))
    return thread.raise<OverflowError>("factorial() argument should not exceed {}", INT64_MAX);
  size_t room = factorial_size(static_cast<uint64_t>(n));
  if (room > (size_t{1} << 32)) return thread.raise_memory_error();
  LimbBuffer out(room);
  return make_integer(thread, out.data(), factorial(out.data(), static_cast<uint64_t>(n)), false);
}

template <bool kCombinations>
Result<Value> choose(Thread& thread, Value n_value, Value k_value) {
  Value n = TRY(to_index(thread, n_value)), k = k_value.is_none() ? n : TRY(to_index(thread, k_value));
  if (IntView(n).negative()) return thread.raise<ValueError>("n must be a non-negative integer");
  if (IntView(k).negative()) return thread.raise<ValueError>("k must be a non-negative integer");
  if (int_compare(k, n) > 0) return Value::from_int(0);
  if (kCombinations) {
    Value other = TRY(int_subtract(thread, n, k));
    if (int_compare(other, k) < 0) k = other;
  }
  int64_t count;
  if (!int_fits_int64(k, &count) || count > UINT32_MAX)
    return thread.raise<OverflowError>("{} must not exceed {}", kCombinations ? "min(n - k, k)" : "k", INT64_MAX);
  IntView view(n);
  size_t room = kCombinations ? combinations_size(view.magnitude(), static_cast<uint64_t>(count))
                              : permutations_size(view.magnitude(), static_cast<uint64_t>(count));
  if (room > (size_t{1} << 32)) return thread.raise_memory_error();
  LimbBuffer out(room + 1);
  size_t size = kCombinations ? combinations(out.data(), view.magnitude(), static_cast<uint64_t>(count))
                              : permutations(out.data(), view.magnitude(), static_cast<uint64_t>(count));
  return make_integer(thread, out.data(), size, false);
}
Result<Value> math_comb(Thread& thread, Value n, Value k) { return choose<true>(thread, n, k); }
Result<Value> math_perm(Thread& thread, Value n, Value k) { return choose<false>(thread, n, k); }

Result<Value> gcd_of(Thread& thread, Value a, Value b) {
  IntView x(a), y(b);
  if (x.magnitude().empty()) return make_integer(thread, y.magnitude().data(), y.magnitude().size(), false);
  if (y.magnitude().empty()) return make_integer(thread, x.magnitude().data(), x.magnitude().size(), false);
  LimbBuffer out(std::max(x.magnitude().size(), y.magnitude().size()));
  return make_integer(thread, out.data(), limbs::gcd(out.data(), x.magnitude(), y.magnitude()), false);
}
Result<Value> math_gcd(Thread& thread, Rest integers) {
  Value result = Value::from_int(0);
  for (uint32_t i = 0; i < integers.count; ++i)
    result = TRY(gcd_of(thread, result, TRY(to_index(thread, integers[i]))));
  return result;
}
Result<Value> math_lcm(Thread& thread, Rest integers) {
  Value result = Value::from_int(1);
  for (uint32_t i = 0; i < integers.count; ++i) {
    Value item = TRY(to_index(thread, integers[i]));
    if (int_is_zero(item)) result = Value::from_int(0);
    if (int_is_zero(result)) continue;
    Value quotient;
    TRY(int_floor_divide(thread, item, TRY(gcd_of(thread, result, item)), &quotient, nullptr, ""));
    result = TRY(int_multiply(thread, result, quotient));
    if (IntView(result).negative()) result = TRY(int_negate(thread, result));
  }
  return result;
}

double exp2_of(double x) { return std::exp2(x); }
double log1p_of(double x) { return std::log1p(x); }

constexpr NativeMethod kFunctions[] = {
    function<unary<std::acos>>("acos(x, /)"),
    function<unary<std::acosh>>("acosh(x, /)"),
    function<unary<std::asin>>("asin(x, /)"),
    function<unary<std::asinh>>("asinh(x, /)"),
    function<unary<std::atan>>("atan(x, /)"),
    function<math_atan2>("atan2(y, x, /)"),
    function<unary<std::atanh, true>>("atanh(x, /)"),
    function<unary<std::cbrt>>("cbrt(x, /)"),
    function<math_ceil>("ceil(x, /)"),
    function<math_comb>("comb(n, k, /)"),
    function<math_copysign>("copysign(x, y, /)"),
    function<unary<std::cos>>("cos(x, /)"),
    function<unary<std::cosh>>("cosh(x, /)"),
    function<math_degrees>("degrees(x, /)"),
    function<math_dist>("dist(p, q, /)"),
    function<unary<std::erf>>("erf(x, /)"),
    function<unary<std::erfc>>("erfc(x, /)"),
    function<unary<std::exp>>("exp(x, /)"),
    function<unary<exp2_of>>("exp2(x, /)"),
    function<unary<std::expm1>>("expm1(x, /)"),
    function<math_fabs>("fabs(x, /)"),
    function<math_factorial>("factorial(x, /)"),
    function<math_floor>("floor(x, /)"),
    function<math_fmod>("fmod(x, y, /)"),
    function<math_frexp>("frexp(x, /)"),
    function<math_fsum>("fsum(seq, /)"),
    function<math_gamma>("gamma(x, /)"),
    function<math_gcd>("gcd(*integers)"),
    function<math_hypot>("hypot(*coordinates)"),
    function<math_isclose>("isclose(a, b, *, rel_tol=None, abs_tol=None)"),
    function<math_isfinite>("isfinite(x, /)"),
    function<math_isinf>("isinf(x, /)"),
    function<math_isnan>("isnan(x, /)"),
    function<math_isqrt>("isqrt(n, /)"),
    function<math_lcm>("lcm(*integers)"),
    function<math_ldexp>("ldexp(x, i, /)"),
    function<math_lgamma>("lgamma(x, /)"),
    function<math_log>("log(x, base=<unrepresentable>, /)"),
    function<math_log10>("log10(x, /)"),
    function<unary<log1p_of, true>>("log1p(x, /)"),
    function<math_log2>("log2(x, /)"),
    function<math_modf>("modf(x, /)"),
    function<math_nextafter>("nextafter(x, y, /)"),
    function<math_perm>("perm(n, k=None, /)"),
    function<math_pow>("pow(x, y, /)"),
    function<math_prod>("prod(iterable, /, *, start=1)"),
    function<math_radians>("radians(x, /)"),
    function<math_remainder>("remainder(x, y, /)"),
    function<unary<std::sin>>("sin(x, /)"),
    function<unary<std::sinh>>("sinh(x, /)"),
    function<unary<std::sqrt>>("sqrt(x, /)"),
    function<unary<std::tan>>("tan(x, /)"),
    function<unary<std::tanh>>("tanh(x, /)"),
    function<math_trunc>("trunc(x, /)"),
    function<math_ulp>("ulp(x, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  Heap& heap = thread.heap();
  TRY(add_constant(thread, module, "pi", make_float(heap, M_PI)));
  TRY(add_constant(thread, module, "e", make_float(heap, M_E)));
  TRY(add_constant(thread, module, "tau", make_float(heap, 2 * M_PI)));
  TRY(add_constant(thread, module, "inf", make_float(heap, HUGE_VAL)));
  return add_constant(thread, module, "nan", make_float(heap, std::nan("")));
}

}  // namespace

extern const ModuleSpec kMathModule = {
    .name = "math",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "This module provides access to the mathematical functions\ndefined by the C standard."};

}  // namespace viperine
