// SPDX-License-Identifier: MIT
// Binary fixed point for the transcendental decimal functions: an integer x stands for x / 2 ** bits.
// Errors are a few units of the last bit; the callers ask for enough bits that this stays far below their last digit.
#pragma once

#include "numeric/decimal/decimal.h"
#include "numeric/limbs_backend.h"

namespace viperine::decimal::fixed {

using Big = limbs::backend::Temporary;

/// A finite decimal, truncated.
void from_decimal(mpz_ptr out, Scratch& scratch, const Decimal& a, int64_t bits);
/// |value| * 10 ** places, truncated to an integer.
Coefficient to_coefficient(Scratch& scratch, mpz_srcptr value, int64_t bits, int64_t places);
/// ln 10.
void ln_10(mpz_ptr out, int64_t bits);
/// e ** x as a coefficient with `digits` digits after the first one, to be multiplied by 10 ** *exponent; |x| < 10
/// ** 19. bits must hold the digits and 70 more.
Coefficient exponential(Scratch& scratch, mpz_srcptr x, int64_t bits, int64_t digits, int64_t* exponent);
/// ln(a) of a positive number to `digits` significant digits at least; *bits is chosen here. Returns z such that the
/// result is at least 10 ** -(z + 1) in magnitude (z counts the digits that cancel when a is near 1).
int64_t logarithm(mpz_ptr out, Context& context, const Decimal& a, int64_t digits, int64_t* bits);

}  // namespace viperine::decimal::fixed
