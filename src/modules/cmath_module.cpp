// SPDX-License-Identifier: MIT
// The module cmath: functions of complex numbers (numeric/complex_functions.h) with Python's errors.
#include <cmath>

#include "numeric/complex_functions.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"

namespace viperine {

namespace {

Result<ComplexNumber> parts_of(Thread& thread, Complex* number) {
  (void)thread;
  return ComplexNumber{number->real(), number->imaginary()};
}
/// Any number: through __complex__ where the type has it, else as a real.
Result<ComplexNumber> to_complex(Thread& thread, Value value) {
  if (is<Complex>(value)) return parts_of(thread, cast<Complex>(value));
  if (!is_float(value) && !is_integer(value)) {
    Optional<Value> converted = TRY(call_special(thread, value, thread.names().dunder_complex, {}));
    if (converted) {
      if (!is<Complex>(*converted))
        return thread.raise<TypeError>("__complex__ returned non-complex (type {})", type_name_of(*converted));
      return parts_of(thread, cast<Complex>(*converted));
    }
  }
  return ComplexNumber{TRY(to_double(thread, value)), 0};
}

}  // namespace

template <>
struct Converter<ComplexNumber> {
  static Result<ComplexNumber> convert(Thread& thread, Value value, const ParameterPlace&) {
    return to_complex(thread, value);
  }
};

namespace {

Result<void> check(Thread& thread, MathStatus status) {
  if (status == MathStatus::Domain) return thread.raise<ValueError>("math domain error");
  if (status == MathStatus::Range) return thread.raise<OverflowError>("math range error");
  return {};
}
Value make(Thread& thread, ComplexNumber number) {
  return to_value(Complex::make(thread.heap(), number.real, number.imaginary));
}

template <ComplexNumber (*Function)(ComplexNumber, MathStatus*)>
Result<Value> unary(Thread& thread, ComplexNumber z) {
  MathStatus status = MathStatus::Ok;
  ComplexNumber result = Function(z, &status);
  TRY(check(thread, status));
  return make(thread, result);
}
Result<Value> cmath_log(Thread& thread, ComplexNumber z, Optional<Value> base) {
  MathStatus status = MathStatus::Ok;
  ComplexNumber result = complex_log(z, &status);
  if (base) {
    ComplexNumber divisor_of = TRY(to_complex(thread, *base));
    MathStatus base_status = MathStatus::Ok;
    ComplexNumber divisor = complex_log(divisor_of, &base_status);
    if (base_status != MathStatus::Ok && status == MathStatus::Ok) status = base_status;
    if (status == MathStatus::Ok) result = complex_divide(result, divisor, &status);
  }
  TRY(check(thread, status));
  return make(thread, result);
}
Result<Value> cmath_phase(Thread& thread, ComplexNumber z) {
  return make_float(thread.heap(), std::atan2(z.imaginary, z.real));
}
Result<Value> cmath_polar(Thread& thread, ComplexNumber z) {
  MathStatus status = MathStatus::Ok;
  double modulus = complex_absolute(z, &status);
  TRY(check(thread, status));
  Value first = make_float(thread.heap(), modulus);
  return make_pair(thread, first, make_float(thread.heap(), std::atan2(z.imaginary, z.real)));
}
Result<Value> cmath_rect(Thread& thread, double r, double phi) {
  MathStatus status = MathStatus::Ok;
  ComplexNumber result = complex_rect(r, phi, &status);
  TRY(check(thread, status));
  return make(thread, result);
}
Result<bool> cmath_isfinite(Thread&, ComplexNumber z) { return std::isfinite(z.real) && std::isfinite(z.imaginary); }
Result<bool> cmath_isnan(Thread&, ComplexNumber z) { return std::isnan(z.real) || std::isnan(z.imaginary); }
Result<bool> cmath_isinf(Thread&, ComplexNumber z) { return std::isinf(z.real) || std::isinf(z.imaginary); }
Result<bool> cmath_isclose(Thread& thread, ComplexNumber a, ComplexNumber b, Optional<double> rel_tol,
                           Optional<double> abs_tol) {
  double relative = rel_tol.value_or(1e-9), absolute_tolerance = abs_tol.value_or(0);
  if (relative < 0 || absolute_tolerance < 0) return thread.raise<ValueError>("tolerances must be non-negative");
  if (a.real == b.real && a.imaginary == b.imaginary) return true;
  if (std::isinf(a.real) || std::isinf(a.imaginary) || std::isinf(b.real) || std::isinf(b.imaginary)) return false;
  double difference = std::hypot(a.real - b.real, a.imaginary - b.imaginary);
  return difference <= relative * std::hypot(b.real, b.imaginary) ||
         difference <= relative * std::hypot(a.real, a.imaginary) || difference <= absolute_tolerance;
}

constexpr NativeMethod kFunctions[] = {
    function<unary<complex_acos>>("acos($module, z, /)", "Return the arc cosine of z."),
    function<unary<complex_acosh>>("acosh($module, z, /)", "Return the inverse hyperbolic cosine of z."),
    function<unary<complex_asin>>("asin($module, z, /)", "Return the arc sine of z."),
    function<unary<complex_asinh>>("asinh($module, z, /)", "Return the inverse hyperbolic sine of z."),
    function<unary<complex_atan>>("atan($module, z, /)", "Return the arc tangent of z."),
    function<unary<complex_atanh>>("atanh($module, z, /)", "Return the inverse hyperbolic tangent of z."),
    function<unary<complex_cos>>("cos($module, z, /)", "Return the cosine of z."),
    function<unary<complex_cosh>>("cosh($module, z, /)", "Return the hyperbolic cosine of z."),
    function<unary<complex_exp>>("exp($module, z, /)", "Return the exponential value e**z."),
    function<cmath_isclose>("isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
                            "Determine whether two complex numbers are close in value."),
    function<cmath_isfinite>("isfinite($module, z, /)", "Whether both the real and the imaginary part are finite."),
    function<cmath_isinf>("isinf($module, z, /)", "Whether the real or the imaginary part is infinite."),
    function<cmath_isnan>("isnan($module, z, /)", "Whether the real or the imaginary part is not a number."),
    function<cmath_log>("log($module, z, base=<unrepresentable>, /)",
                        "The logarithm of z to the given base, e when there is none."),
    function<unary<complex_log10>>("log10($module, z, /)", "Return the base-10 logarithm of z."),
    function<cmath_phase>("phase($module, z, /)", "Return argument, also known as the phase angle, of a complex."),
    function<cmath_polar>("polar($module, z, /)", "From rectangular to polar coordinates: distance from 0 and angle."),
    function<cmath_rect>("rect($module, r, phi, /)", "Convert from polar coordinates to rectangular coordinates."),
    function<unary<complex_sin>>("sin($module, z, /)", "Return the sine of z."),
    function<unary<complex_sinh>>("sinh($module, z, /)", "Return the hyperbolic sine of z."),
    function<unary<complex_sqrt>>("sqrt($module, z, /)", "Return the square root of z."),
    function<unary<complex_tan>>("tan($module, z, /)", "Return the tangent of z."),
    function<unary<complex_tanh>>("tanh($module, z, /)", "Return the hyperbolic tangent of z."),
};

Result<void> initialize(Thread& thread, Module* module) {
  Heap& heap = thread.heap();
  TRY(add_constant(thread, module, "pi", make_float(heap, M_PI)));
  TRY(add_constant(thread, module, "e", make_float(heap, M_E)));
  TRY(add_constant(thread, module, "tau", make_float(heap, 2 * M_PI)));
  TRY(add_constant(thread, module, "inf", make_float(heap, HUGE_VAL)));
  TRY(add_constant(thread, module, "infj", make(thread, {0, HUGE_VAL})));
  TRY(add_constant(thread, module, "nan", make_float(heap, std::nan(""))));
  return add_constant(thread, module, "nanj", make(thread, {0, std::nan("")}));
}

}  // namespace

extern const ModuleSpec kCmathModule = {
    .name = "cmath",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "This module provides access to mathematical functions for complex\nnumbers."};

}  // namespace viperine
