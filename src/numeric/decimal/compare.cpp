// SPDX-License-Identifier: MIT
// Comparisons, total order, extremes, neighbours and classes of decimal numbers.
#include <algorithm>

#include "numeric/decimal/decimal.h"
#include "numeric/decimal/internal.h"

namespace viperine::decimal {

namespace {

/// |a| against |b| of numbers that are not NaNs.
int compare_magnitudes(const Decimal& a, const Decimal& b) {
  if (a.is_infinite() || b.is_infinite()) return static_cast<int>(a.is_infinite()) - static_cast<int>(b.is_infinite());
  if (a.coefficient.is_zero() || b.coefficient.is_zero()) {
    return static_cast<int>(!a.coefficient.is_zero()) - static_cast<int>(!b.coefficient.is_zero());
  }
  int64_t left = a.adjusted(), right = b.adjusted();
  if (left != right) return left < right ? -1 : 1;
  if (a.exponent == b.exponent) return compare(a.coefficient, b.coefficient);
  Scratch scratch;
  if (a.exponent > b.exponent) {
    return compare(shift_left(scratch, a.coefficient, a.exponent - b.exponent), b.coefficient);
  }
  return compare(a.coefficient, shift_left(scratch, b.coefficient, b.exponent - a.exponent));
}

int compare_total_of(const Decimal& a, const Decimal& b, bool negative) {
  int order = 0;
  auto rank = [](const Decimal& d) { return d.kind == Kind::QuietNan ? 2 : d.kind == Kind::SignalingNan ? 1 : 0; };
  if (a.is_nan() || b.is_nan()) {
    order = rank(a) - rank(b);
    if (order == 0) order = compare(a.coefficient, b.coefficient);
  } else {
    order = compare_magnitudes(a, b);
    if (order == 0 && a.is_finite()) order = (a.exponent > b.exponent) - (a.exponent < b.exponent);
  }
  order = (order > 0) - (order < 0);
  return negative ? -order : order;
}

enum class Wanted { Maximum, Minimum };

Decimal extreme(Context& context, const Decimal& a, const Decimal& b, Wanted wanted, bool by_magnitude) {
  if (a.is_nan() || b.is_nan()) {
    // A quiet NaN gives way to a number.
    if (a.kind == Kind::QuietNan && !b.is_nan()) return finish(context, b);
    if (b.kind == Kind::QuietNan && !a.is_nan()) return finish(context, a);
    Decimal result;
    propagate_nan(context, a, b, &result);
    return result;
  }
  int order = by_magnitude ? compare_magnitudes(a, b) : compare_numbers(a, b);
  if (order == 0 && by_magnitude) order = compare_numbers(a, b);
  if (order == 0) order = compare_total(a, b);
  bool first = wanted == Wanted::Maximum ? order >= 0 : order <= 0;
  return finish(context, first ? a : b);
}

Decimal largest(Context& context, bool negative) {
  if (!fits_memory(context, context.precision)) return make_nan();
  Decimal result;
  result.coefficient = nines(context.scratch, context.precision);
  result.exponent = context.top_exponent();
  result.negative = negative;
  return result;
}

/// The next number below or above: one unit below the tiniest is added with directed rounding.
Decimal neighbour(Context& context, const Decimal& a, bool upwards) {
  Decimal result;
  if (propagate_nan(context, a, &result)) return result;
  if (a.is_infinite()) return a.negative == upwards ? largest(context, a.negative) : a;
  Context work = context.fresh();
  work.rounding = upwards ? Rounding::Ceiling : Rounding::Floor;
  Decimal tiny;
  tiny.coefficient = from_word(context.scratch, 1);
  tiny.exponent = context.tiny_exponent() - 1;
  tiny.negative = !upwards;
  result = add(work, finish(work, a), tiny);
  // finish may itself have stepped: a number that did not fit is rounded in the wanted direction, and that is the
  // answer.
  if ((work.status & kInexact) != 0) {
    Context check = context.fresh();
    check.rounding = work.rounding;
    Decimal rounded = finish(check, a);
    if ((check.status & kInexact) != 0) result = rounded;
  }
  context.status |= work.status & (kInvalidOperations | kDivisionByZero);
  return result;
}

}  // namespace

int compare_numbers(const Decimal& a, const Decimal& b) {
  if (a.is_zero() && b.is_zero()) return 0;
  bool left_negative = a.negative && !a.is_zero(), right_negative = b.negative && !b.is_zero();
  if (left_negative != right_negative) return left_negative ? -1 : 1;
  int order = compare_magnitudes(a, b);
  return left_negative ? -order : order;
}

Decimal compare(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  return make_integer(context.scratch, compare_numbers(a, b));
}

Decimal compare_signal(Context& context, const Decimal& a, const Decimal& b) {
  if (a.is_nan() || b.is_nan()) context.status |= kInvalidOperation;
  return compare(context, a, b);
}

int compare_total(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  return compare_total_of(a, b, a.negative);
}

int compare_total_magnitude(const Decimal& a, const Decimal& b) { return compare_total_of(a, b, false); }

Decimal maximum(Context& context, const Decimal& a, const Decimal& b) {
  return extreme(context, a, b, Wanted::Maximum, false);
}
Decimal minimum(Context& context, const Decimal& a, const Decimal& b) {
  return extreme(context, a, b, Wanted::Minimum, false);
}
Decimal maximum_magnitude(Context& context, const Decimal& a, const Decimal& b) {
  return extreme(context, a, b, Wanted::Maximum, true);
}
Decimal minimum_magnitude(Context& context, const Decimal& a, const Decimal& b) {
  return extreme(context, a, b, Wanted::Minimum, true);
}

Decimal next_minus(Context& context, const Decimal& a) { return neighbour(context, a, false); }
Decimal next_plus(Context& context, const Decimal& a) { return neighbour(context, a, true); }

Decimal next_toward(Context& context, const Decimal& a, const Decimal& b) {
  Decimal result;
  if (propagate_nan(context, a, b, &result)) return result;
  int order = compare_numbers(a, b);
  if (order == 0) {
    result = a;
    result.negative = b.negative;
    return result;
  }
  result = neighbour(context, a, order < 0);
  if (result.is_infinite()) {
    context.status |= kOverflow | kRounded | kInexact;
  } else if (result.is_finite() && result.adjusted() < context.minimum_exponent) {
    context.status |= kUnderflow | kSubnormal | kRounded | kInexact;
    if (result.is_zero()) context.status |= kClamped;
  }
  return result;
}

bool same_quantum(const Decimal& a, const Decimal& b) {
  if (a.is_special() || b.is_special()) return (a.is_nan() && b.is_nan()) || (a.is_infinite() && b.is_infinite());
  return a.exponent == b.exponent;
}

bool is_normal(const Context& context, const Decimal& a) {
  return a.is_finite() && !a.coefficient.is_zero() && a.adjusted() >= context.minimum_exponent;
}

bool is_subnormal(const Context& context, const Decimal& a) {
  return a.is_finite() && !a.coefficient.is_zero() && a.adjusted() < context.minimum_exponent;
}

const char* number_class(const Context& context, const Decimal& a) {
  if (a.is_nan()) return a.kind == Kind::SignalingNan ? "sNaN" : "NaN";
  if (a.is_infinite()) return a.negative ? "-Infinity" : "+Infinity";
  if (a.is_zero()) return a.negative ? "-Zero" : "+Zero";
  if (is_subnormal(context, a)) return a.negative ? "-Subnormal" : "+Subnormal";
  return a.negative ? "-Normal" : "+Normal";
}

bool is_integer(const Decimal& a) {
  if (!a.is_finite()) return false;
  return a.exponent >= 0 || a.coefficient.is_zero() || trailing_zeros(a.coefficient) >= -a.exponent;
}

bool small_integer(const Decimal& a, int64_t limit, int64_t* out) {
  if (!a.is_finite() || a.exponent != 0 || a.coefficient.size > 1) return false;
  Word magnitude = a.coefficient.is_zero() ? 0 : a.coefficient.words[0];
  if (magnitude > static_cast<Word>(limit)) return false;
  *out = a.negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude);
  return true;
}

}  // namespace viperine::decimal
