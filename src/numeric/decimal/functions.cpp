// SPDX-License-Identifier: MIT
// Square root, exponential and logarithms, correctly rounded (half even) for every argument and precision: they are
// computed in binary fixed point with some guard digits, and again with more when the rounding is not yet decided
// (Ziv's strategy). Powers are in power.cpp.
#include <algorithm>
#include <cmath>

#include "numeric/decimal/decimal.h"
#include "numeric/decimal/fixed_point.h"
#include "numeric/decimal/internal.h"

namespace viperine::decimal {

namespace {

/// Bits for so many decimal digits.
int64_t bits_for(int64_t digits) { return static_cast<int64_t>(static_cast<double>(digits) * 3.3219280948873627) + 2; }

/// Whether an error of a few units at the end of the number could change its rounding (half even) to the context.
bool is_undecided(Context& context, Coefficient coefficient, int64_t exponent) {
  int64_t digits = count_digits(coefficient);
  int64_t drop = std::max(digits - context.precision, context.tiny_exponent() - exponent);
  if (drop <= 1) return true;
  if (drop > digits + 1) return false;
  Scratch scratch;
  Coefficient tail = low_digits(scratch, coefficient, drop);
  Coefficient half = multiply(scratch, unit(scratch, drop - 1), from_word(scratch, 5));
  Coefficient distance = compare(tail, half) < 0 ? subtract(scratch, half, tail) : subtract(scratch, tail, half);
  return compare(distance, from_word(scratch, 20)) <= 0;
}

/// An inexact result: the coefficient is right to a few units, and more digits follow.
Decimal finish_inexact(Context& context, Coefficient coefficient, int64_t exponent, bool negative) {
  Context work = context.fresh();
  work.rounding = Rounding::HalfEven;
  Decimal result;
  result.coefficient = coefficient;
  result.exponent = exponent;
  result.negative = negative;
  result = finish(work, result, Lost::BelowHalf);
  context.status |= work.status;
  return result;
}

Decimal overflowed(Context& context) {
  Decimal huge = make_integer(context.scratch, 1);
  huge.exponent = kMaximumExponent + 1;
  Context work = context.fresh();
  work.rounding = Rounding::HalfEven;
  Decimal result = finish(work, huge);
  context.status |= work.status;
  return result;
}

/// 1 + something too small to see, of either sign; never counted as subnormal, as in libmpdec.
Decimal nearly_one(Context& context) {
  context.status |= kInexact | kRounded;
  Decimal result;
  result.coefficient = unit(context.scratch, context.precision - 1);
  result.exponent = 1 - context.precision;
  return result;
}

}  // namespace

Decimal square_root(Context& context, const Decimal& a) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  if (a.is_infinite()) return a.negative ? invalid(context) : a;
  int64_t ideal = a.exponent >= 0 ? a.exponent / 2 : -((1 - a.exponent) / 2);
  if (a.is_zero()) return finish(context, make_zero(a.negative, ideal));
  if (a.negative) return invalid(context);
  if (context.precision > kMaximumWorkDigits && a.digits() < kMaximumWorkDigits / 8)
    return exactly_or_too_large(context, a.digits() + 8, [&](Context& work) { return square_root(work, a); });
  if (!fits_memory(context, context.precision)) return make_nan();
  // Scale to at least 2 (precision + 1) digits and an even exponent.
  int64_t scale = std::max<int64_t>(2 * (context.precision + 1) - a.digits(), 0);
  if (((a.exponent - scale) & 1) != 0) ++scale;
  limbs::Limbs radicand = to_limbs(context.scratch, shift_left(context.scratch, a.coefficient, scale));
  Word* root = context.scratch.words((radicand.size() + 1) / 2);
  bool exact = false;
  size_t size = limbs::square_root(root, radicand, &exact);
  result.coefficient = from_limbs(context.scratch, {root, size});
  result.exponent = (a.exponent - scale) / 2;
  if (!exact) return finish_inexact(context, result.coefficient, result.exponent, false);
  int64_t zeros = std::min(trailing_zeros(result.coefficient), ideal - result.exponent);
  if (zeros > 0) {
    Lost nothing;
    result.coefficient = shift_right(context.scratch, result.coefficient, zeros, &nothing);
    result.exponent += zeros;
  }
  Context work = context.fresh();
  work.rounding = Rounding::HalfEven;
  result = finish(work, result);
  context.status |= work.status;
  return result;
}

Decimal exp(Context& context, const Decimal& a) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  if (a.is_infinite()) return a.negative ? make_zero(false) : a;
  if (a.is_zero()) return make_integer(context.scratch, 1);
  if (!fits_memory(context, context.precision)) return make_nan();
  if (a.adjusted() > 18) {
    if (!a.negative) return overflowed(context);
    return finish_inexact(context, from_word(context.scratch, 1), context.tiny_exponent() - 2, false);
  }
  if (a.adjusted() < -(context.precision + 1)) return nearly_one(context);
  for (int64_t guard = 8;; guard *= 2) {
    int64_t digits = context.precision + guard;
    int64_t bits = bits_for(digits) + 80;
    fixed::Big x;
    fixed::from_decimal(x, context.scratch, a, bits);
    int64_t exponent = 0;
    Coefficient coefficient = fixed::exponential(context.scratch, x, bits, digits, &exponent);
    if (is_undecided(context, coefficient, exponent)) continue;
    return finish_inexact(context, coefficient, exponent, false);
  }
}

namespace {

/// ln(a) or log10(a) of a finite positive number other than 1.
Decimal logarithm(Context& context, const Decimal& a, bool decimal) {
  if (!fits_memory(context, context.precision)) return make_nan();
  for (int64_t guard = 8;; guard *= 2) {
    int64_t digits = context.precision + guard;
    fixed::Big value;
    int64_t bits = 0;
    int64_t zeros = fixed::logarithm(value, context, a, digits, &bits);
    if (decimal) {
      fixed::Big ln10;
      fixed::ln_10(ln10, bits);
      mpz_mul_2exp(value, value, static_cast<mp_bitcnt_t>(bits));
      mpz_tdiv_q(value, value, ln10);
    }
    bool negative = mpz_sgn(static_cast<mpz_ptr>(value)) < 0;
    int64_t places = digits + zeros;
    Coefficient coefficient = fixed::to_coefficient(context.scratch, value, bits, places);
    if (is_undecided(context, coefficient, -places)) continue;
    return finish_inexact(context, coefficient, -places, negative);
  }
}

/// What both logarithms do with special operands; true when *result is set.
bool logarithm_special(Context& context, const Decimal& a, Decimal* result) {
  if (propagate_nan(context, a, result)) return true;
  if (a.is_zero()) {
    *result = make_infinity(true);
  } else if (a.negative) {
    *result = invalid(context);
  } else if (a.is_infinite()) {
    *result = a;
  } else {
    return false;
  }
  return true;
}

}  // namespace

Decimal ln(Context& context, const Decimal& a) {
  Decimal result;
  if (logarithm_special(context, a, &result)) return result;
  if (is_power_of_ten(a.coefficient) && a.adjusted() == 0) return make_zero(false);
  return logarithm(context, a, false);
}

Decimal log10(Context& context, const Decimal& a) {
  Decimal result;
  if (logarithm_special(context, a, &result)) return result;
  if (is_power_of_ten(a.coefficient)) {
    Context work = context.fresh();
    work.rounding = Rounding::HalfEven;
    result = finish(work, make_integer(context.scratch, a.adjusted()));
    context.status |= work.status;
    return result;
  }
  return logarithm(context, a, true);
}

}  // namespace viperine::decimal
