// SPDX-License-Identifier: MIT
// ComplexNumber arithmetic with Python's edge cases and the functions of `cmath`.
// Errors are status codes: Domain where cmath says "math domain error" (and operators ZeroDivisionError), Range where
// it says "math range error". On an error the value is unspecified.
#pragma once

#include "numeric/math_functions.h"

namespace viperine {

struct ComplexNumber {
  double real;
  double imaginary;
};

ComplexNumber complex_multiply(ComplexNumber a, ComplexNumber b);
/// Domain: complex division by zero.
ComplexNumber complex_divide(ComplexNumber a, ComplexNumber b, MathStatus* status);
/// The ** operator. Domain: 0.0 to a negative or complex power; Range: complex exponentiation.
ComplexNumber complex_power(ComplexNumber a, ComplexNumber b, MathStatus* status);
/// abs(). Range: absolute value too large.
double complex_absolute(ComplexNumber a, MathStatus* status);

ComplexNumber complex_acos(ComplexNumber z, MathStatus* status);
ComplexNumber complex_acosh(ComplexNumber z, MathStatus* status);
ComplexNumber complex_asin(ComplexNumber z, MathStatus* status);
ComplexNumber complex_asinh(ComplexNumber z, MathStatus* status);
ComplexNumber complex_atan(ComplexNumber z, MathStatus* status);
ComplexNumber complex_atanh(ComplexNumber z, MathStatus* status);
ComplexNumber complex_cos(ComplexNumber z, MathStatus* status);
ComplexNumber complex_cosh(ComplexNumber z, MathStatus* status);
ComplexNumber complex_exp(ComplexNumber z, MathStatus* status);
ComplexNumber complex_log(ComplexNumber z, MathStatus* status);
ComplexNumber complex_log10(ComplexNumber z, MathStatus* status);
ComplexNumber complex_sin(ComplexNumber z, MathStatus* status);
ComplexNumber complex_sinh(ComplexNumber z, MathStatus* status);
ComplexNumber complex_sqrt(ComplexNumber z, MathStatus* status);
ComplexNumber complex_tan(ComplexNumber z, MathStatus* status);
ComplexNumber complex_tanh(ComplexNumber z, MathStatus* status);
/// cmath.rect().
ComplexNumber complex_rect(double modulus, double angle, MathStatus* status);

}  // namespace viperine
