// SPDX-License-Identifier: MIT
// Rounding to a context, and the four basic operations with their relatives.
#include <algorithm>

#include "base/check.h"
#include "numeric/decimal/decimal.h"
#include "numeric/decimal/internal.h"

namespace viperine::decimal {

bool rounds_up(Rounding rounding, bool negative, Coefficient kept, Lost lost) {
  if (lost == Lost::Nothing) return false;
  switch (rounding) {
    case Rounding::Up:
      return true;
    case Rounding::Down:
    case Rounding::Truncate:
      return false;
    case Rounding::Ceiling:
      return !negative;
    case Rounding::Floor:
      return negative;
    case Rounding::HalfUp:
      return lost >= Lost::Half;
    case Rounding::HalfDown:
      return lost > Lost::Half;
    case Rounding::HalfEven:
      return lost > Lost::Half || (lost == Lost::Half && kept.is_odd());
    case Rounding::ZeroFiveUp:
      return digit_at(kept, 0) % 5 == 0;
  }
  return false;
}

Coefficient round_off(Scratch& scratch, Coefficient a, int64_t count, Rounding rounding, bool negative, Lost* lost) {
  Lost dropped = Lost::Nothing;
  Coefficient kept = shift_right(scratch, a, count, &dropped);
  if (*lost != Lost::Nothing) dropped = count > 0 ? with_more(dropped) : *lost;
  *lost = dropped;
  if (!rounds_up(rounding, negative, kept, dropped)) return kept;
  return add(scratch, kept, from_word(scratch, 1));
}

Context Context::widest() const {
  Context context(scratch);
  context.precision = kMaximumPrecision;
  context.maximum_exponent = kMaximumExponent;
  context.minimum_exponent = kMinimumExponent;
  return context;
}

Context Context::fresh() const {
  Context context = *this;
  context.status = 0;
  return context;
}

Decimal make_nan() {
  Decimal result;
  result.kind = Kind::QuietNan;
  return result;
}

Decimal make_infinity(bool negative) {
  Decimal result;
  result.kind = Kind::Infinity;
  result.negative = negative;
  return result;
}

Decimal make_zero(bool negative, int64_t exponent) {
  Decimal result;
  result.negative = negative;
  result.exponent = exponent;
  return result;
}

Decimal make_integer(Scratch& scratch, int64_t value) {
  Decimal result;
  result.negative = value < 0;
  result.coefficient = from_word(scratch, value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value));
  return result;
}

Decimal invalid(Context& context, uint32_t condition) {
  context.status |= condition;
  return make_nan();
}

bool fits_memory(Context& context, int64_t digits) {
  if (digits <= kMaximumWorkDigits) return true;
  context.status |= kMallocError;
  return false;
}

namespace {

/// Infinity or the largest finite number, as the rounding says.
Decimal overflow(Context& context, bool negative) {
  context.status |= kOverflow | kInexact | kRounded;
  bool to_largest = false;
  switch (context.rounding) {
    case Rounding::Down:
    case Rounding::Truncate:
    case Rounding::ZeroFiveUp:
      to_largest = true;
      break;
    case Rounding::Ceiling:
      to_largest = negative;
      break;
    case Rounding::Floor:
      to_largest = !negative;
      break;
    default:
      break;
  }
  if (!to_largest) return make_infinity(negative);
  if (!fits_memory(context, context.precision)) return make_nan();
  Decimal result;
  result.coefficient = nines(context.scratch, context.precision);
  result.exponent = context.top_exponent();
  result.negative = negative;
  return result;
}

Decimal finish_zero(Context& context, Decimal number) {
  int64_t low = context.tiny_exponent();
  int64_t high = context.clamp ? context.top_exponent() : context.maximum_exponent;
  int64_t exponent = std::clamp(number.exponent, low, std::max(low, high));
  if (exponent != number.exponent) context.status |= kClamped;
  number.exponent = exponent;
  return number;
}

Decimal finish_nan(Context& context, Decimal number) {
  // The payload keeps as many low digits as fit.
  int64_t room = context.precision - (context.clamp ? 1 : 0);
  number.coefficient = low_digits(context.scratch, number.coefficient, room);
  return number;
}

}  // namespace

Decimal finish(Context& context, Decimal number, Lost lost) {
  if (number.is_infinite()) return number;
  if (number.is_nan()) return finish_nan(context, number);
  if (number.coefficient.is_zero() && lost == Lost::Nothing) return finish_zero(context, number);
  int64_t digits = count_digits(number.coefficient);
  int64_t adjusted = number.exponent + digits - 1;
  if (adjusted > context.maximum_exponent) return overflow(context, number.negative);
  int64_t tiny = context.tiny_exponent();
  int64_t drop = std::max(digits - context.precision, tiny - number.exponent);
  bool subnormal = adjusted < context.minimum_exponent;
  if (subnormal) context.status |= kSubnormal;
  if (drop > 0 || lost != Lost::Nothing) {
    drop = std::max<int64_t>(drop, 0);
    number.coefficient = round_off(context.scratch, number.coefficient, drop, context.rounding, number.negative, &lost);
    number.exponent += drop;
    context.status |= kRounded;
    if (lost != Lost::Nothing) context.status |= subnormal ? kInexact | kUnderflow : kInexact;
    digits = count_digits(number.coefficient);
    if (digits == 0) {
      context.status |= kClamped;
      return number;
    }
    if (digits > context.precision) {
      // 999.. became 1000..
      Lost nothing;
      number.coefficient = shift_right(context.scratch, number.coefficient, 1, &nothing);
      ++number.exponent;
      --digits;
    }
    if (number.exponent + digits - 1 > context.maximum_exponent) return overflow(context, number.negative);
  }
  if (context.clamp && number.exponent > context.top_exponent()) {
    int64_t padding = number.exponent - context.top_exponent();
    if (!fits_memory(context, padding)) return make_nan();
    number.coefficient = shift_left(context.scratch, number.coefficient, padding);
    number.exponent -= padding;
    context.status |= kClamped;
  }
  return number;
}

bool propagate_nan(Context& context, const Decimal& a, Decimal* out) { return propagate_nan(context, a, {}, out); }

bool propagate_nan(Context& context, const Decimal& a, const Decimal& b, Decimal* out) {
  if (!a.is_nan() && !b.is_nan()) return false;
  const Decimal* chosen = a.is_nan() ? &a : &b;
  if (a.kind == Kind::SignalingNan) {
    chosen = &a;
  } else if (b.kind == Kind::SignalingNan) {
    chosen = &b;
  }
  if (chosen->kind == Kind::SignalingNan) context.status |= kInvalidOperation;
  *out = *chosen;
  out->kind = Kind::QuietNan;
  *out = finish_nan(context, *out);
  return true;
}

Decimal plus(Context& context, const Decimal& a) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  result = a;
  if (a.is_zero()) result.negative = a.negative && context.rounding == Rounding::Floor;
  return finish(context, result);
}

Decimal minus(Context& context, const Decimal& a) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  result = a;
  result.negative = a.is_zero() ? !a.negative && context.rounding == Rounding::Floor : !a.negative;
  return finish(context, result);
}

Decimal absolute(Context& context, const Decimal& a) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  result = a;
  result.negative = false;
  return finish(context, result);
}

namespace {

/// zero + b, or b alone with the zero's smaller exponent as far as the precision goes.
Decimal add_zero(Context& context, Decimal b, int64_t zero_exponent) {
  if (zero_exponent < b.exponent) {
    int64_t room = std::max<int64_t>(context.precision - b.digits() + 1, 1);
    int64_t count = std::min(b.exponent - zero_exponent, room);
    if (!fits_memory(context, count)) return make_nan();
    b.coefficient = shift_left(context.scratch, b.coefficient, count);
    b.exponent -= count;
  }
  return finish(context, b);
}

/// The exact sum of finite numbers, rounded; signs as given.
Decimal add_finite(Context& context, Decimal a, Decimal b) {
  if (a.coefficient.is_zero() && b.coefficient.is_zero()) {
    bool negative = a.negative == b.negative ? a.negative : context.rounding == Rounding::Floor;
    return finish(context, make_zero(negative, std::min(a.exponent, b.exponent)));
  }
  if (a.coefficient.is_zero()) return add_zero(context, b, a.exponent);
  if (b.coefficient.is_zero()) return add_zero(context, a, b.exponent);
  if (a.exponent < b.exponent) std::swap(a, b);
  // Far below a's last digit that can matter, b is as good as one unit.
  int64_t floor_exponent = a.exponent - std::max<int64_t>(context.precision + 3 - a.digits(), 2);
  if (b.adjusted() < floor_exponent - 1) {
    b.coefficient = from_word(context.scratch, 1);
    b.exponent = floor_exponent - 1;
  }
  int64_t gap = a.exponent - b.exponent;
  if (!fits_memory(context, gap)) return make_nan();
  Coefficient left = shift_left(context.scratch, a.coefficient, gap);
  Decimal result;
  result.exponent = b.exponent;
  result.negative = a.negative;
  if (a.negative == b.negative) {
    result.coefficient = add(context.scratch, left, b.coefficient);
    return finish(context, result);
  }
  int order = compare(left, b.coefficient);
  if (order == 0) return finish(context, make_zero(context.rounding == Rounding::Floor, b.exponent));
  if (order > 0) {
    result.coefficient = subtract(context.scratch, left, b.coefficient);
  } else {
    result.coefficient = subtract(context.scratch, b.coefficient, left);
    result.negative = b.negative;
  }
  return finish(context, result);
}

Decimal add_signed(Context& context, const Decimal& a, Decimal b) {
  if (a.is_infinite()) {
    if (b.is_infinite() && a.negative != b.negative) return invalid(context);
    return a;
  }
  if (b.is_infinite()) return b;
  return add_finite(context, a, b);
}

}  // namespace

Decimal add(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  return add_signed(context, a, b);
}

Decimal subtract(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  Decimal negated = b;
  negated.negative = !b.negative;
  return add_signed(context, a, negated);
}

namespace {

/// The unrounded product, NaN with a condition for infinity times zero.
Decimal exact_product(Context& context, const Decimal& a, const Decimal& b) {
  bool negative = a.negative != b.negative;
  if (a.is_infinite() || b.is_infinite()) {
    if (a.is_zero() || b.is_zero()) return invalid(context);
    return make_infinity(negative);
  }
  Decimal result;
  result.coefficient = multiply(context.scratch, a.coefficient, b.coefficient);
  result.exponent = a.exponent + b.exponent;
  result.negative = negative;
  return result;
}

}  // namespace

Decimal multiply(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  return finish(context, exact_product(context, a, b));
}

Decimal fused_multiply_add(Context& context, const Decimal& a, const Decimal& b, const Decimal& c) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) {
    // A signaling third operand still counts when the first two are quiet.
    if (c.kind == Kind::SignalingNan && a.kind != Kind::SignalingNan && b.kind != Kind::SignalingNan) {
      propagate_nan(context, c, &result);
    }
    return result;
  }
  Decimal product = exact_product(context, a, b);
  if (product.is_nan()) return product;
  if (propagate_nan(context, c, &result)) return result;
  return add_signed(context, product, c);
}

Decimal divide(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  bool negative = a.negative != b.negative;
  if (a.is_infinite()) return b.is_infinite() ? invalid(context) : make_infinity(negative);
  if (b.is_infinite()) {
    context.status |= kClamped;
    return make_zero(negative, context.tiny_exponent());
  }
  if (b.is_zero()) {
    if (a.is_zero()) return invalid(context, kDivisionUndefined);
    context.status |= kDivisionByZero;
    return make_infinity(negative);
  }
  int64_t ideal = a.exponent - b.exponent;
  if (a.is_zero()) return finish(context, make_zero(negative, ideal));
  if (context.precision > kMaximumWorkDigits && a.digits() + b.digits() < kMaximumWorkDigits / 8)
    return exactly_or_too_large(context, 4 * (a.digits() + b.digits()) + 8,
                                [&](Context& work) { return divide(work, a, b); });
  // Scale so that the quotient has one or two digits more than asked for.
  int64_t scale = b.digits() - a.digits() + context.precision + 1;
  if (!fits_memory(context, scale)) return make_nan();
  scale = std::max<int64_t>(scale, 0);
  Coefficient rest;
  result.coefficient = divide(context.scratch, shift_left(context.scratch, a.coefficient, scale), b.coefficient, &rest);
  result.exponent = ideal - scale;
  result.negative = negative;
  if (!rest.is_zero()) return finish(context, result, Lost::BelowHalf);
  int64_t zeros = std::min(trailing_zeros(result.coefficient), scale);
  Lost nothing;
  result.coefficient = shift_right(context.scratch, result.coefficient, zeros, &nothing);
  result.exponent += zeros;
  return finish(context, result);
}

namespace {

/// Finite, b not zero: truncating quotient (exponent 0) and remainder with the smaller exponent, neither rounded.
/// False when the quotient has more digits than the precision.
bool divide_truncating(Context& context, const Decimal& a, const Decimal& b, Decimal* quotient, Decimal* rest) {
  int64_t ideal = std::min(a.exponent, b.exponent);
  *quotient = make_zero(a.negative != b.negative);
  *rest = a;
  int64_t difference = a.adjusted() - b.adjusted();
  if (a.is_zero()) {
    rest->exponent = ideal;
    return true;
  }
  if (difference < 0) {
    if (a.exponent > ideal) {
      rest->coefficient = shift_left(context.scratch, a.coefficient, a.exponent - ideal);
      rest->exponent = ideal;
    }
    return true;
  }
  if (difference > context.precision) return false;
  if (!fits_memory(context, std::max(a.exponent, b.exponent) - ideal)) return false;
  Coefficient left = shift_left(context.scratch, a.coefficient, a.exponent - ideal);
  Coefficient right = shift_left(context.scratch, b.coefficient, b.exponent - ideal);
  quotient->coefficient = divide(context.scratch, left, right, &rest->coefficient);
  rest->exponent = ideal;
  return count_digits(quotient->coefficient) <= context.precision;
}

/// Special operands of the integer divisions; true when *quotient and *rest are set.
bool divide_special(Context& context, const Decimal& a, const Decimal& b, Decimal* quotient, Decimal* rest) {
  if (propagate_nan(context, a, b, quotient)) {
    *rest = *quotient;
    return true;
  }
  bool negative = a.negative != b.negative;
  if (a.is_infinite()) {
    *quotient = b.is_infinite() ? make_nan() : make_infinity(negative);
    *rest = make_nan();
    return true;
  }
  if (b.is_infinite()) {
    *quotient = make_zero(negative);
    *rest = a;
    return true;
  }
  return false;
}

}  // namespace

Decimal divide_integer(Context& context, const Decimal& a, const Decimal& b) {
  Decimal quotient, rest;
  if (divide_special(context, a, b, &quotient, &rest)) {
    if (quotient.is_nan() && !a.is_nan() && !b.is_nan()) context.status |= kInvalidOperation;
    return quotient;
  }
  if (b.is_zero()) {
    if (a.is_zero()) return invalid(context, kDivisionUndefined);
    context.status |= kDivisionByZero;
    return make_infinity(a.negative != b.negative);
  }
  if (!divide_truncating(context, a, b, &quotient, &rest)) return invalid(context, kDivisionImpossible);
  return finish(context, quotient);
}

Decimal remainder(Context& context, const Decimal& a, const Decimal& b) {
  Decimal quotient, rest;
  if (divide_special(context, a, b, &quotient, &rest)) {
    if (rest.is_nan() && !a.is_nan() && !b.is_nan()) context.status |= kInvalidOperation;
    return finish(context, rest);
  }
  if (b.is_zero()) return invalid(context, a.is_zero() ? kDivisionUndefined : kInvalidOperation);
  if (!divide_truncating(context, a, b, &quotient, &rest)) return invalid(context, kDivisionImpossible);
  return finish(context, rest);
}

Decimal divide_remainder(Context& context, const Decimal& a, const Decimal& b, Decimal* rest) {
  Decimal quotient;
  if (divide_special(context, a, b, &quotient, rest)) {
    if (a.is_infinite() && !b.is_nan()) context.status |= kInvalidOperation;
    *rest = finish(context, *rest);
    return quotient;
  }
  if (b.is_zero()) {
    if (a.is_zero()) {
      *rest = make_nan();
      return invalid(context, kDivisionUndefined);
    }
    context.status |= kDivisionByZero | kInvalidOperation;
    *rest = make_nan();
    return make_infinity(a.negative != b.negative);
  }
  if (!divide_truncating(context, a, b, &quotient, rest)) {
    *rest = make_nan();
    return invalid(context, kDivisionImpossible);
  }
  quotient = finish(context, quotient);
  *rest = finish(context, *rest);
  return quotient;
}

Decimal remainder_near(Context& context, const Decimal& a, const Decimal& b) {
  Decimal quotient, rest;
  if (propagate_nan(context, a, b, &rest)) return rest;
  if (a.is_infinite()) return invalid(context);
  if (b.is_infinite()) return finish(context, a);
  if (b.is_zero()) return invalid(context, a.is_zero() ? kDivisionUndefined : kInvalidOperation);
  if (!divide_truncating(context, a, b, &quotient, &rest)) return invalid(context, kDivisionImpossible);
  if (rest.coefficient.is_zero()) return finish(context, rest);
  // Nearer to the next multiple, or as near with an odd quotient?
  Scratch& scratch = context.scratch;
  if (b.adjusted() - 2 > rest.adjusted()) return finish(context, rest);
  int64_t ideal = rest.exponent;
  Coefficient right = shift_left(scratch, b.coefficient, std::max<int64_t>(b.exponent - ideal, 0));
  Coefficient left = shift_left(scratch, rest.coefficient, std::max<int64_t>(ideal - b.exponent, 0));
  Coefficient doubled = add(scratch, left, left);
  int order = compare(doubled, right);
  if (order > 0 || (order == 0 && quotient.coefficient.is_odd())) {
    quotient.coefficient = add(scratch, quotient.coefficient, from_word(scratch, 1));
    if (count_digits(quotient.coefficient) > context.precision) return invalid(context, kDivisionImpossible);
    rest.coefficient = subtract(scratch, right, left);
    rest.exponent = std::min(ideal, b.exponent);
    rest.negative = !rest.negative;
  }
  return finish(context, rest);
}

}  // namespace viperine::decimal
