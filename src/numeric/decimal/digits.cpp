// SPDX-License-Identifier: MIT
// Operations on the digits and exponents of decimal numbers: quantize, rounding to integers, shifts, logical
// operations.
#include <algorithm>
#include <cstring>

#include "numeric/decimal/decimal.h"
#include "numeric/decimal/internal.h"

namespace viperine::decimal {

namespace {

/// A finite number with the given exponent; invalid when its digits would not fit the precision.
Decimal with_exponent(Context& context, const Decimal& a, int64_t exponent) {
  if (a.coefficient.is_zero()) return finish(context, make_zero(a.negative, exponent));
  int64_t difference = a.exponent - exponent;
  if (a.digits() + difference > context.precision) return invalid(context);
  Decimal result = a;
  result.exponent = exponent;
  uint32_t conditions = 0;
  if (difference >= 0) {
    if (!fits_memory(context, difference)) return make_nan();
    result.coefficient = shift_left(context.scratch, a.coefficient, difference);
  } else {
    Lost lost = Lost::Nothing;
    result.coefficient = round_off(context.scratch, a.coefficient, -difference, context.rounding, a.negative, &lost);
    conditions = lost == Lost::Nothing ? kRounded : kRounded | kInexact;
    if (result.digits() > context.precision) return invalid(context);
  }
  if (!result.coefficient.is_zero() && result.adjusted() > context.maximum_exponent) return invalid(context);
  Context work = context.fresh();
  result = finish(work, result);
  context.status |= conditions | work.status;
  return result;
}

/// The operands of shift and rotate: false when *out holds the answer already.
bool shift_operands(Context& context, const Decimal& a, const Decimal& b, int64_t* count, Decimal* out) {
  if (propagate_nan(context, a, b, out)) return false;
  if (!small_integer(b, context.precision, count)) {
    *out = invalid(context);
    return false;
  }
  *out = a;
  return !a.is_infinite();
}

/// Whether a is a non-negative integer of zeros and ones with exponent 0.
bool is_logical(const Decimal& a) {
  if (!a.is_finite() || a.negative || a.exponent != 0) return false;
  for (size_t i = 0; i < a.coefficient.size; ++i) {
    for (Word word = a.coefficient.words[i]; word != 0; word /= 10) {
      if (word % 10 > 1) return false;
    }
  }
  return true;
}

template <typename Operation>
Decimal logical(Context& context, const Decimal& a, const Decimal& b, Operation operation) {
  if (!is_logical(a) || !is_logical(b)) return invalid(context);
  size_t size = std::max(a.coefficient.size, b.coefficient.size);
  Word* out = context.scratch.words(size);
  for (size_t i = 0; i < size; ++i) {
    Word left = i < a.coefficient.size ? a.coefficient.words[i] : 0;
    Word right = i < b.coefficient.size ? b.coefficient.words[i] : 0;
    out[i] = 0;
    for (int k = 0; k < kWordDigits; ++k, left /= 10, right /= 10) {
      out[i] += operation(left % 10, right % 10) * power_of_ten(k);
    }
  }
  Decimal result;
  result.coefficient = low_digits(context.scratch, normalised(out, size), context.precision);
  return result;
}

Decimal to_integral(Context& context, const Decimal& a, uint32_t* conditions) {
  Decimal result;
  *conditions = 0;
  if (propagate_nan(context, a, &result)) return result;
  if (a.is_infinite() || a.exponent >= 0) return a;
  if (a.coefficient.is_zero()) return make_zero(a.negative);
  result = a;
  Lost lost = Lost::Nothing;
  result.coefficient = round_off(context.scratch, a.coefficient, -a.exponent, context.rounding, a.negative, &lost);
  result.exponent = 0;
  *conditions = lost == Lost::Nothing ? kRounded : kRounded | kInexact;
  return result;
}

}  // namespace

Decimal quantize(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  if (a.is_infinite() || b.is_infinite()) return a.is_infinite() && b.is_infinite() ? a : invalid(context);
  if (b.exponent > context.maximum_exponent || b.exponent < context.tiny_exponent()) return invalid(context);
  return with_exponent(context, a, b.exponent);
}

Decimal rescale(Context& context, const Decimal& a, int64_t exponent) {
  return quantize(context, a, make_zero(false, exponent));
}

Decimal to_integral_value(Context& context, const Decimal& a) {
  uint32_t conditions = 0;
  return to_integral(context, a, &conditions);
}

Decimal to_integral_exact(Context& context, const Decimal& a) {
  uint32_t conditions = 0;
  Decimal result = to_integral(context, a, &conditions);
  context.status |= conditions;
  return result;
}

Decimal reduce(Context& context, const Decimal& a) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  if (a.is_infinite()) return a;
  result = finish(context, a);
  if (!result.is_finite()) return result;
  if (result.coefficient.is_zero()) return make_zero(result.negative);
  int64_t limit = context.clamp ? context.top_exponent() : context.maximum_exponent;
  int64_t count = std::min(trailing_zeros(result.coefficient), limit - result.exponent);
  if (count > 0) {
    Lost nothing;
    result.coefficient = shift_right(context.scratch, result.coefficient, count, &nothing);
    result.exponent += count;
  }
  return result;
}

Decimal logb(Context& context, const Decimal& a) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  if (a.is_infinite()) return make_infinity(false);
  if (a.is_zero()) {
    context.status |= kDivisionByZero;
    return make_infinity(true);
  }
  return finish(context, make_integer(context.scratch, a.adjusted()));
}

Decimal scaleb(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  int64_t count = 0;
  if (!small_integer(b, 2 * (context.maximum_exponent + context.precision), &count)) return invalid(context);
  if (a.is_infinite()) return a;
  result = a;
  result.exponent += count;
  return finish(context, result);
}

Decimal shift(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  int64_t count = 0;
  if (!shift_operands(context, a, b, &count, &result)) return result;
  Scratch& scratch = context.scratch;
  if (count >= 0) {
    // What would leave on the left is dropped first.
    Coefficient kept = low_digits(scratch, a.coefficient, context.precision - count);
    if (!kept.is_zero() && !fits_memory(context, count)) return make_nan();
    result.coefficient = shift_left(scratch, kept, count);
  } else {
    Lost lost;
    result.coefficient = shift_right(scratch, low_digits(scratch, a.coefficient, context.precision), -count, &lost);
  }
  return result;
}

Decimal rotate(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  int64_t count = 0;
  if (!shift_operands(context, a, b, &count, &result)) return result;
  Scratch& scratch = context.scratch;
  int64_t left = count >= 0 ? count : context.precision + count;
  Coefficient whole = low_digits(scratch, a.coefficient, context.precision);
  Coefficient kept = low_digits(scratch, whole, context.precision - left);
  if (!kept.is_zero() && !fits_memory(context, left)) return make_nan();
  Lost lost;
  Coefficient wrapped = shift_right(scratch, whole, context.precision - left, &lost);
  result.coefficient = add(scratch, shift_left(scratch, kept, left), wrapped);
  return result;
}

Decimal logical_and(Context& context, const Decimal& a, const Decimal& b) {
  return logical(context, a, b, [](Word x, Word y) { return x & y; });
}

Decimal logical_or(Context& context, const Decimal& a, const Decimal& b) {
  return logical(context, a, b, [](Word x, Word y) { return x | y; });
}

Decimal logical_xor(Context& context, const Decimal& a, const Decimal& b) {
  return logical(context, a, b, [](Word x, Word y) { return x ^ y; });
}

Decimal logical_invert(Context& context, const Decimal& a) {
  if (!fits_memory(context, context.precision)) return make_nan();
  // All ones: 999.. / 9.
  Decimal ones;
  Coefficient rest;
  ones.coefficient =
      divide(context.scratch, nines(context.scratch, context.precision), from_word(context.scratch, 9), &rest);
  return logical_xor(context, a, ones);
}

}  // namespace viperine::decimal
