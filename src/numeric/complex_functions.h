// SPDX-License-Identifier: MIT
// Complex arithmetic with Python's edge cases and the functions of `cmath`.
// Errors are status codes: Domain where cmath says "math domain error" (and operators ZeroDivisionError), Range where
// it says "math range error". On an error the value is unspecified.
#pragma once

#include "numeric/math_functions.h"

namespace viperine {

struct Complex {
  double real;
  double imaginary;
};

Complex complex_multiply(Complex a, Complex b);
/// Domain: complex division by zero.
Complex complex_divide(Complex a, Complex b, MathStatus* status);
/// The ** operator. Domain: 0.0 to a negative or complex power; Range: complex exponentiation.
Complex complex_power(Complex a, Complex b, MathStatus* status);
/// abs(). Range: absolute value too large.
double complex_absolute(Complex a, MathStatus* status);

Complex complex_acos(Complex z, MathStatus* status);
Complex complex_acosh(Complex z, MathStatus* status);
Complex complex_asin(Complex z, MathStatus* status);
Complex complex_asinh(Complex z, MathStatus* status);
Complex complex_atan(Complex z, MathStatus* status);
Complex complex_atanh(Complex z, MathStatus* status);
Complex complex_cos(Complex z, MathStatus* status);
Complex complex_cosh(Complex z, MathStatus* status);
Complex complex_exp(Complex z, MathStatus* status);
Complex complex_log(Complex z, MathStatus* status);
Complex complex_log10(Complex z, MathStatus* status);
Complex complex_sin(Complex z, MathStatus* status);
Complex complex_sinh(Complex z, MathStatus* status);
Complex complex_sqrt(Complex z, MathStatus* status);
Complex complex_tan(Complex z, MathStatus* status);
Complex complex_tanh(Complex z, MathStatus* status);
/// cmath.rect().
Complex complex_rect(double modulus, double angle, MathStatus* status);

}  // namespace viperine
