// SPDX-License-Identifier: MIT
// Decimal numbers from and to integers, doubles and ratios; the numeric hash.
#include <algorithm>
#include <cmath>

#include "base/wide_integer.h"
#include "numeric/decimal/decimal.h"
#include "numeric/decimal/internal.h"
#include "numeric/float_arithmetic.h"

namespace viperine::decimal {

namespace {

constexpr uint64_t kHashModulus = (uint64_t{1} << 61) - 1;

uint64_t power_modulo_word(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = multiply_modulo(result, base, kHashModulus);
    base = multiply_modulo(base, base, kHashModulus);
  }
  return result;
}

Decimal exactly(Context& context, const Decimal& number) {
  Context exact = context.widest();
  Decimal result = finish(exact, number);
  if ((exact.status & (kInexact | kRounded | kClamped)) != 0) return invalid(context);
  context.status |= exact.status & kInvalidOperations;
  return result;
}

}  // namespace

Decimal from_integer(Context& context, limbs::Signed value) {
  Decimal result;
  result.negative = value.negative;
  result.coefficient = from_limbs(context.scratch, value.magnitude);
  return finish(context, result);
}

Decimal from_integer_exact(Context& context, limbs::Signed value) {
  Decimal result;
  result.negative = value.negative;
  result.coefficient = from_limbs(context.scratch, value.magnitude);
  return exactly(context, result);
}

Decimal from_double_exact(Context& context, double value) {
  if (std::isnan(value)) {
    Decimal result = make_nan();
    result.negative = std::signbit(value);
    return result;
  }
  if (std::isinf(value)) return make_infinity(value < 0);
  FloatRatio ratio = float_ratio(value);
  Scratch& scratch = context.scratch;
  Decimal result = make_zero(ratio.negative);
  if (ratio.mantissa == 0) return result;
  limbs::Limbs mantissa = limbs::from_word(ratio.mantissa);
  if (ratio.exponent >= 0) {
    Word* out = scratch.words(static_cast<size_t>(ratio.exponent) / 64 + 2);
    size_t size = limbs::shift_left(out, mantissa, static_cast<uint64_t>(ratio.exponent));
    result.coefficient = from_limbs(scratch, {out, size});
    return result;
  }
  // m / 2 ** k is m * 5 ** k / 10 ** k.
  const Word five = 5;
  auto places = static_cast<uint64_t>(-ratio.exponent);
  Word* power = scratch.words(limbs::power_size({&five, 1}, places));
  size_t size = limbs::power(power, {&five, 1}, places, scratch.arena());
  Word* product = scratch.words(size + 1);
  result.coefficient = from_limbs(scratch, {product, limbs::multiply_word(product, {power, size}, ratio.mantissa)});
  result.exponent = ratio.exponent;
  return exactly(context, result);
}

Decimal from_parts(Context& context, bool negative, std::string_view digits, int64_t exponent, Kind kind) {
  Decimal result;
  result.kind = kind;
  result.negative = negative;
  if (kind != Kind::Infinity) result.coefficient = from_digits(context.scratch, digits.data(), digits.size());
  if (kind == Kind::Finite) result.exponent = exponent;
  return exactly(context, result);
}

bool to_integer(Scratch& scratch, const Decimal& a, limbs::Signed* out) {
  *out = {};
  if (a.coefficient.is_zero() || a.adjusted() < 0) return true;
  if (a.adjusted() > kMaximumWorkDigits) return false;
  Lost lost;
  Coefficient whole = a.exponent >= 0 ? shift_left(scratch, a.coefficient, a.exponent)
                                      : shift_right(scratch, a.coefficient, -a.exponent, &lost);
  *out = {to_limbs(scratch, whole), a.negative && !whole.is_zero()};
  return true;
}

bool to_ratio(Scratch& scratch, const Decimal& a, limbs::Signed* numerator, limbs::Limbs* denominator) {
  Word* one = scratch.words(1);
  one[0] = 1;
  *denominator = {one, 1};
  if (a.exponent >= 0 || a.coefficient.is_zero()) return to_integer(scratch, a, numerator);
  int64_t zeros = std::min(trailing_zeros(a.coefficient), -a.exponent);
  int64_t places = -a.exponent - zeros;
  if (places > kMaximumWorkDigits) return false;
  Lost lost;
  limbs::Limbs top = to_limbs(scratch, shift_right(scratch, a.coefficient, zeros, &lost));
  limbs::Limbs bottom = to_limbs(scratch, unit(scratch, places));
  Word* divisor = scratch.words(std::max(top.size(), bottom.size()));
  limbs::Limbs common{divisor, limbs::gcd(divisor, top, bottom)};
  Word* rest = scratch.words(common.size() + 1);
  Word* first = scratch.words(top.size() + 1);
  Word* second = scratch.words(bottom.size() + 1);
  *numerator = {{first, limbs::divide(first, rest, top, common).quotient}, a.negative};
  *denominator = {second, limbs::divide(second, rest, bottom, common).quotient};
  return true;
}

int64_t hash(const Decimal& a) {
  if (a.is_infinite()) return a.negative ? -314159 : 314159;
  uint64_t value = 0;
  for (size_t i = a.coefficient.size; i-- > 0;) {
    value = multiply_modulo(value, kRadix % kHashModulus, kHashModulus) + a.coefficient.words[i] % kHashModulus;
    value %= kHashModulus;
  }
  constexpr uint64_t kOrder = kHashModulus - 1;
  uint64_t steps = static_cast<uint64_t>(a.exponent < 0 ? -a.exponent : a.exponent) % kOrder;
  uint64_t ten = a.exponent < 0 ? power_modulo_word(10, kHashModulus - 2) : 10;
  value = multiply_modulo(value, power_modulo_word(ten, steps), kHashModulus);
  auto result = static_cast<int64_t>(value);
  if (a.negative) result = -result;
  return result == -1 ? -2 : result;
}

}  // namespace viperine::decimal
