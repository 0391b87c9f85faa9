// SPDX-License-Identifier: MIT
// Magnitudes and doubles: correctly rounded conversions, true division, exact comparison, and the numeric hash.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/check.h"
#include "numeric/limbs.h"

namespace viperine::limbs {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr uint64_t kHashModulus = (uint64_t{1} << 61) - 1;

/// The 64 most significant bits (the first one is 1) and whether anything below them is not zero; a is not zero.
uint64_t top_word(Limbs a, bool* sticky) {
  size_t last = a.size() - 1;
  int shift = std::countl_zero(a[last]);
  uint64_t top = a[last] << shift;
  *sticky = false;
  if (last == 0) return top;
  size_t whole_below = last;
  if (shift != 0) {
    top |= a[last - 1] >> (64 - shift);
    *sticky = (a[last - 1] << shift) != 0;
    --whole_below;
  }
  for (size_t i = 0; i < whole_below && !*sticky; ++i) *sticky = a[i] != 0;
  return top;
}

/// The top word rounded to 53 bits, ties to even: an integer between 2 ** 52 and 2 ** 53.
uint64_t round_to_53(uint64_t top, bool sticky) {
  uint64_t kept = top >> 11, lost = top & 0x7FF;
  if (lost > 0x400 || (lost == 0x400 && (sticky || (kept & 1) != 0))) ++kept;
  return kept;
}

}  // namespace

double to_double(Limbs a, bool* overflow) {
  *overflow = false;
  if (a.empty()) return 0.0;
  if (a.size() == 1) return static_cast<double>(a[0]);
  uint64_t bits = bit_length(a);
  if (bits <= 1024) {
    bool sticky = false;
    uint64_t top = top_word(a, &sticky);
    double result = std::ldexp(static_cast<double>(round_to_53(top, sticky)), static_cast<int>(bits) - 53);
    if (!std::isinf(result)) return result;
  }
  *overflow = true;
  return kInfinity;
}

double to_double_scaled(Limbs a, int64_t* exponent) {
  *exponent = 0;
  if (a.empty()) return 0.0;
  bool sticky = false;
  uint64_t top = top_word(a, &sticky);
  double result = std::ldexp(static_cast<double>(round_to_53(top, sticky)), -53);
  *exponent = static_cast<int64_t>(bit_length(a));
  if (result == 1.0) {
    result = 0.5;
    ++*exponent;
  }
  return result;
}

SignedSize from_double(Limb* out, double value) {
  int exponent = 0;
  double fraction = std::frexp(std::fabs(value), &exponent);
  if (exponent <= 0) return {0, false};
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  bool negative = std::signbit(value);
  if (exponent <= 53) {
    out[0] = mantissa >> (53 - exponent);
    return {normalised_size(out, 1), negative};
  }
  return {shift_left(out, {&mantissa, 1}, static_cast<uint64_t>(exponent - 53)), negative};
}

double true_divide(Signed a, Signed b, DoubleStatus* status, Arena& scratch) {
  *status = DoubleStatus::Ok;
  bool negative = a.negative != b.negative;
  if (b.magnitude.empty()) {
    *status = DoubleStatus::ZeroDivision;
    return 0.0;
  }
  if (a.magnitude.empty()) return negative && b.negative ? -0.0 : 0.0;
  auto bits_a = static_cast<int64_t>(bit_length(a.magnitude)), bits_b = static_cast<int64_t>(bit_length(b.magnitude));
  double sign = negative ? -1.0 : 1.0;
  if (bits_a <= 53 && bits_b <= 53) {
    return sign * (static_cast<double>(a.magnitude[0]) / static_cast<double>(b.magnitude[0]));
  }
  int64_t difference = bits_a - bits_b;
  if (difference > 1024) {
    *status = DoubleStatus::Overflow;
    return sign * kInfinity;
  }
  if (difference < -1075) return sign * 0.0;
  // quotient = floor(a / (b << shift)) has at least two bits more than the result may keep.
  constexpr int64_t kMinimumExponent = -1021;
  int64_t shift = std::max(difference, kMinimumExponent) - 55;
  size_t capacity = a.magnitude.size() + static_cast<size_t>((shift < 0 ? -shift : 0) / 64) + 2;
  auto* dividend = static_cast<Limb*>(scratch.allocate(capacity * sizeof(Limb)));
  bool sticky = false;
  size_t size = 0;
  if (shift <= 0) {
    size = shift_left(dividend, a.magnitude, static_cast<uint64_t>(-shift));
  } else {
    size = shift_right(dividend, a.magnitude, static_cast<uint64_t>(shift));
    sticky = trailing_zeros(a.magnitude) < static_cast<uint64_t>(shift);
  }
  auto* quotient = static_cast<Limb*>(scratch.allocate((capacity + 1) * sizeof(Limb)));
  auto* remainder = static_cast<Limb*>(scratch.allocate((std::max(capacity, b.magnitude.size()) + 1) * sizeof(Limb)));
  DivisionSizes sizes = divide(quotient, remainder, {dividend, size}, b.magnitude);
  sticky |= sizes.remainder != 0;
  if (sizes.quotient == 0) return sign * 0.0;
  DCHECK(sizes.quotient == 1);
  // Drop the bits that the double has no room for (more of them when it is subnormal), ties to even.
  uint64_t value = quotient[0];
  int64_t quotient_bits = 64 - std::countl_zero(value);
  int64_t extra = std::max(quotient_bits, kMinimumExponent - shift) - 53;
  uint64_t half = uint64_t{1} << (extra - 1), lost = value & (2 * half - 1);
  value -= lost;
  if (lost > half || (lost == half && (sticky || (value & (2 * half)) != 0))) value += 2 * half;
  double result = std::ldexp(static_cast<double>(value), static_cast<int>(shift));
  if (std::isinf(result)) *status = DoubleStatus::Overflow;
  return sign * result;
}

int compare_double(Signed a, double value) {
  if (std::isinf(value)) return value > 0 ? -1 : 1;
  double whole = std::trunc(value);
  Limb storage[kDoubleLimbs];
  SignedSize size = from_double(storage, whole);
  int order = compare_signed(a, {{storage, size.size}, size.size != 0 && size.negative});
  if (order != 0) return order;
  return value == whole ? 0 : value > whole ? -1 : 1;
}

uint64_t hash_magnitude(Limbs a) {
  // 2 ** 64 is 8 modulo 2 ** 61 - 1, and multiplying by 8 rotates the 61 bits.
  uint64_t hash = 0;
  for (size_t i = a.size(); i-- > 0;) {
    hash = ((hash << 3) & kHashModulus) | (hash >> 58);
    hash += (a[i] & kHashModulus) + (a[i] >> 61);
    hash = (hash & kHashModulus) + (hash >> 61);
    if (hash >= kHashModulus) hash -= kHashModulus;
  }
  return hash;
}

int64_t hash_signed(Signed a) {
  auto hash = static_cast<int64_t>(hash_magnitude(a.magnitude));
  if (a.negative) hash = -hash;
  return hash == -1 ? -2 : hash;
}

}  // namespace viperine::limbs
