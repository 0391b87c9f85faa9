// SPDX-License-Identifier: MIT
// Powers: integer exponents by squaring with some extra digits, others through exponential and logarithm. The precision
// of the intermediate steps is libmpdec's, so that the results agree to the last digit.
#include <algorithm>

#include "numeric/decimal/decimal.h"
#include "numeric/decimal/fixed_point.h"
#include "numeric/decimal/internal.h"

namespace viperine::decimal {

namespace {

bool is_odd_integer(const Decimal& a) {
  if (!is_integer(a) || a.exponent > 0 || a.coefficient.is_zero()) return false;
  return digit_at(a.coefficient, -a.exponent) % 2 == 1;
}

Decimal with_sign(Decimal a, bool negative) {
  a.negative = negative;
  return a;
}

Decimal powered_out(Context& context, bool negative, bool overflows) {
  Decimal result = with_sign(make_integer(context.scratch, 1), negative);
  result.exponent = overflows ? kMaximumExponent + 1 : context.tiny_exponent() - 1;
  return finish(context, result);
}

int64_t exponent_digits(int64_t value) {
  uint64_t magnitude = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  int64_t digits = 1;
  for (; magnitude >= 10; magnitude /= 10) ++digits;
  return digits;
}

/// |base| is 1: only the number of zeros after it is in question.
Decimal power_of_one(Context& context, const Decimal& base, const Decimal& exponent, bool negative) {
  int64_t zeros = context.precision - 1;
  if (!is_integer(exponent)) {
    context.status |= kInexact | kRounded;
  } else if (exponent.negative) {
    return with_sign(make_integer(context.scratch, 1), negative);
  } else {
    // 1.00 ** 3 is 1.000000.
    limbs::Signed count{};
    Word product[4] = {};
    bool fits = base.exponent <= 0 && exponent.adjusted() < 19 && to_integer(context.scratch, exponent, &count);
    uint64_t factor = base.exponent < 0 ? static_cast<uint64_t>(-base.exponent) : 0;
    fits = fits && count.magnitude.size() <= 1;
    size_t size = fits ? limbs::multiply_word(product, count.magnitude, factor) : 2;
    if (base.exponent == 0) size = 0;
    bool beyond = size == 1 && product[0] < INT64_MAX &&
                  exponent_digits(static_cast<int64_t>(product[0])) - 1 > context.maximum_exponent;
    if (beyond || size > 1 || (size == 1 && product[0] > static_cast<uint64_t>(zeros))) {
      context.status |= kRounded;
    } else {
      zeros = size == 0 ? 0 : static_cast<int64_t>(product[0]);
    }
  }
  if (!fits_memory(context, zeros)) return make_nan();
  Decimal result = with_sign(make_integer(context.scratch, 1), negative);
  result.coefficient = unit(context.scratch, zeros);
  result.exponent = -zeros;
  return result;
}

/// A lower bound of the decimal exponent of |log10(base)|; |base| is not 1.
int64_t logarithm_magnitude(Context& context, const Decimal& base) {
  int64_t adjusted = base.adjusted();
  if (adjusted > 0) return exponent_digits(adjusted) - 1;
  if (adjusted < -1) return exponent_digits(adjusted + 1) - 1;
  Context exact = context.widest();
  exact.precision = base.digits() + 3;
  Decimal distance = subtract(exact, with_sign(base, false), make_integer(context.scratch, 1));
  return distance.adjusted() - (adjusted == 0 ? 2 : 1);
}

/// Whether the power is certainly beyond the context's exponents (the very bounds decide how it is rounded).
bool is_far_out(Context& context, const Decimal& base, const Decimal& exponent, bool overflows) {
  int64_t limit = exponent_digits(overflows ? context.maximum_exponent : context.tiny_exponent());
  return limit < logarithm_magnitude(context, base) + exponent.adjusted();
}

Decimal integer_power(Context& context, const Decimal& base, const Decimal& exponent, bool negative) {
  Scratch& scratch = context.scratch;
  Context work = context.fresh();
  work.precision += exponent.digits() + exponent.exponent + 2;
  work.rounding = Rounding::HalfEven;
  work.clamp = false;
  Decimal factor = base;
  if (exponent.negative) {
    ++work.precision;
    factor = divide(work, make_integer(scratch, 1), base);
  }
  limbs::Signed count{};
  if (!to_integer(scratch, exponent, &count)) {
    context.status |= kMallocError;
    return make_nan();
  }
  Decimal result = factor;
  for (uint64_t bit = limbs::bit_length(count.magnitude) - 1; bit-- > 0;) {
    result = multiply(work, result, result);
    if (limbs::bit_test(count.magnitude, bit)) result = multiply(work, result, factor);
    if (result.is_special() || (result.is_zero() && (work.status & kClamped) != 0)) break;
  }
  if (result.is_infinite()) return powered_out(context, negative, true);
  context.status |= work.status;
  if (result.is_nan()) return result;
  result.negative = negative;
  return finish(context, result);
}

Decimal real_power(Context& context, const Decimal& base, const Decimal& exponent) {
  Scratch& scratch = context.scratch;
  Context work = context.widest();
  work.precision = std::max(base.digits(), context.precision) + 4 + kWordDigits;
  if (!fits_memory(context, work.precision)) return make_nan();
  // z = exponent * ln(base), with an error far below the last digit of the result.
  int64_t digits = work.precision + 30 + std::max<int64_t>(exponent.adjusted(), 0);
  fixed::Big logarithm, z, factor;
  int64_t bits = 0;
  fixed::logarithm(logarithm, context, base, digits, &bits);
  fixed::from_decimal(factor, scratch, exponent, bits);
  mpz_mul(z, logarithm, factor);
  mpz_fdiv_q_2exp(z, z, static_cast<mp_bitcnt_t>(bits));
  // |z| beyond 10 ** 19 is out of every range.
  if (mpz_sizeinbase(static_cast<mpz_ptr>(z), 2) > static_cast<size_t>(bits) + 63) {
    return powered_out(context, false, mpz_sgn(static_cast<mpz_ptr>(z)) > 0);
  }
  Decimal result;
  result.coefficient = fixed::exponential(scratch, z, bits, work.precision + 8, &result.exponent);
  work.minimum_exponent = kMinimumExponent * 4;
  work.maximum_exponent = kMaximumExponent * 4;
  result = finish(work, result);
  context.status |= kInexact | kRounded;
  if (compare_numbers(result, make_integer(scratch, 1)) == 0) {
    result.coefficient = unit(scratch, context.precision - 1);
    result.exponent = -(context.precision - 1);
  }
  result = finish(context, result);
  if ((context.status & kSubnormal) != 0) context.status |= kUnderflow;
  return result;
}

}  // namespace

Decimal power(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  bool negative = a.negative && is_odd_integer(b);
  if (b.is_zero()) return a.is_zero() ? invalid(context) : make_integer(context.scratch, 1);
  if (a.is_zero()) return b.negative ? make_infinity(negative) : make_zero(negative);
  if (a.negative && (b.is_infinite() || !is_integer(b))) return invalid(context);
  int order = compare_numbers(with_sign(a, false), make_integer(context.scratch, 1));
  if (b.is_infinite()) {
    if (order == 0) {
      context.status |= kInexact | kRounded;
      if (!fits_memory(context, context.precision)) return make_nan();
      result.coefficient = unit(context.scratch, context.precision - 1);
      result.exponent = 1 - context.precision;
      return result;
    }
    return (order > 0) == !b.negative ? make_infinity(false) : make_zero(false);
  }
  if (a.is_infinite()) return b.negative ? make_zero(negative) : make_infinity(negative);
  if (order == 0) return power_of_one(context, a, b, negative);
  bool grows = (order > 0) == !b.negative;
  if (is_far_out(context, a, b, grows)) return powered_out(context, negative, grows);
  if (is_integer(b)) return integer_power(context, a, b, negative);
  return real_power(context, a, b);
}

Decimal power_modulo(Context& context, const Decimal& a, const Decimal& b, const Decimal& modulus) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) {
    if (modulus.kind == Kind::SignalingNan && a.kind != Kind::SignalingNan && b.kind != Kind::SignalingNan) {
      propagate_nan(context, modulus, &result);
    }
    return result;
  }
  if (propagate_nan(context, modulus, &result)) return result;
  if (!is_integer(a) || !is_integer(b) || !is_integer(modulus) || modulus.is_zero()) return invalid(context);
  if (modulus.adjusted() >= context.precision) return invalid(context);
  if ((b.negative && !b.is_zero()) || (a.is_zero() && b.is_zero())) return invalid(context);
  Scratch& scratch = context.scratch;
  limbs::Signed base{}, exponent{}, divisor{};
  if (!to_integer(scratch, modulus, &divisor) || !to_integer(scratch, b, &exponent) || !to_integer(scratch, a, &base)) {
    context.status |= kMallocError;
    return make_nan();
  }
  Word* out = scratch.words(divisor.magnitude.size());
  size_t size = limbs::power_modulo(out, base.magnitude, exponent.magnitude, divisor.magnitude);
  result.coefficient = from_limbs(scratch, {out, size});
  result.negative = a.negative && is_odd_integer(b);
  return result;
}

}  // namespace viperine::decimal
