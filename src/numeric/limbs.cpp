// SPDX-License-Identifier: MIT
// Comparison, addition, multiplication, division, shifts and bit counting of magnitudes.
// Small sizes are done in place here, larger ones by GMP. Powers and number theory: limbs_power.cpp.
#include "numeric/limbs.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/wide_integer.h"
#include "numeric/limbs_backend.h"

namespace viperine::limbs {

namespace {

/// Up to here plain loops beat a call of the library.
constexpr size_t kSmall = 8;

/// out[0..a+b) = a * b by the school method; a not shorter than b, b not empty.
void multiply_small(Limb* out, Limbs a, Limbs b) {
  Limb carry = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    Wide product = multiply_wide(a[i], b[0]);
    out[i] = product.low + carry;
    carry = product.high + (out[i] < carry);
  }
  out[a.size()] = carry;
  for (size_t j = 1; j < b.size(); ++j) {
    carry = 0;
    for (size_t i = 0; i < a.size(); ++i) {
      Wide product = multiply_wide(a[i], b[j]);
      Limb sum = product.low + carry;
      product.high += sum < carry;
      Limb total = out[i + j] + sum;
      carry = product.high + (total < sum);
      out[i + j] = total;
    }
    out[a.size() + j] = carry;
  }
}

/// One limb of the two's complement of a number whose sign says whether to negate; *carry starts as 1.
Limb next_complement(Limb limb, bool negative, Limb* carry) {
  if (!negative) return limb;
  return add_carry(~limb, 0, carry);
}

template <typename Operation>
SignedSize bitwise(Limb* out, Signed a, Signed b, Operation operation) {
  size_t size = std::max(a.magnitude.size(), b.magnitude.size());
  bool negative = operation(Limb{a.negative}, Limb{b.negative}) & 1;
  Limb carry_a = 1, carry_b = 1, carry_out = 1;
  for (size_t i = 0; i < size; ++i) {
    Limb limb_a = i < a.magnitude.size() ? a.magnitude[i] : 0;
    Limb limb_b = i < b.magnitude.size() ? b.magnitude[i] : 0;
    limb_a = next_complement(limb_a, a.negative, &carry_a);
    limb_b = next_complement(limb_b, b.negative, &carry_b);
    out[i] = next_complement(operation(limb_a, limb_b), negative, &carry_out);
  }
  // All limbs of a negative result were zero: its magnitude is one more than they can hold.
  if (negative && carry_out != 0) out[size++] = 1;
  return {normalised_size(out, size), negative};
}

}  // namespace

int compare(Limbs a, Limbs b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

int compare_signed(Signed a, Signed b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = compare(a.magnitude, b.magnitude);
  return a.negative ? -order : order;
}

size_t add(Limb* out, Limbs a, Limbs b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (b.empty()) {
    if (!a.empty()) std::memmove(out, a.data(), a.size_bytes());
    return a.size();
  }
  Limb carry = 0;
  if (a.size() <= kSmall) {
    size_t i = 0;
    for (; i < b.size(); ++i) out[i] = add_carry(a[i], b[i], &carry);
    for (; i < a.size(); ++i) out[i] = add_carry(a[i], 0, &carry);
  } else {
    carry = mpn_add(backend::data(out), backend::data(a), static_cast<mp_size_t>(a.size() * backend::kRatio),
                    backend::data(b), static_cast<mp_size_t>(b.size() * backend::kRatio));
  }
  if (carry == 0) return a.size();
  out[a.size()] = carry;
  return a.size() + 1;
}

size_t subtract(Limb* out, Limbs a, Limbs b) {
  DCHECK(compare(a, b) >= 0);
  if (b.empty()) {
    if (!a.empty()) std::memmove(out, a.data(), a.size_bytes());
    return a.size();
  }
  if (a.size() <= kSmall) {
    Limb borrow = 0;
    size_t i = 0;
    for (; i < b.size(); ++i) out[i] = subtract_borrow(a[i], b[i], &borrow);
    for (; i < a.size(); ++i) out[i] = subtract_borrow(a[i], 0, &borrow);
  } else {
    mpn_sub(backend::data(out), backend::data(a), static_cast<mp_size_t>(a.size() * backend::kRatio), backend::data(b),
            static_cast<mp_size_t>(b.size() * backend::kRatio));
  }
  return normalised_size(out, a.size());
}

SignedSize add_signed(Limb* out, Signed a, Signed b) {
  if (a.negative == b.negative) return {add(out, a.magnitude, b.magnitude), a.negative};
  int order = compare(a.magnitude, b.magnitude);
  if (order == 0) return {0, false};
  if (order > 0) return {subtract(out, a.magnitude, b.magnitude), a.negative};
  return {subtract(out, b.magnitude, a.magnitude), b.negative};
}

SignedSize subtract_signed(Limb* out, Signed a, Signed b) {
  if (b.magnitude.empty()) return {add(out, a.magnitude, {}), a.negative};
  SignedSize result = add_signed(out, a, {b.magnitude, !b.negative});
  return {result.size, result.size != 0 && result.negative};
}

size_t multiply(Limb* out, Limbs a, Limbs b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (b.empty()) return 0;
  if (b.size() <= 4 && a.size() <= kSmall) {
    multiply_small(out, a, b);
  } else if (a.data() == b.data() && a.size() == b.size()) {
    mpn_sqr(backend::data(out), backend::data(a), static_cast<mp_size_t>(a.size() * backend::kRatio));
  } else {
    mpn_mul(backend::data(out), backend::data(a), static_cast<mp_size_t>(a.size() * backend::kRatio), backend::data(b),
            static_cast<mp_size_t>(b.size() * backend::kRatio));
  }
  return normalised_size(out, a.size() + b.size());
}

size_t multiply_word(Limb* out, Limbs a, Limb b) {
  if (b == 0) return 0;
  Limb carry = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    Wide product = multiply_wide(a[i], b);
    out[i] = product.low + carry;
    carry = product.high + (out[i] < carry);
  }
  if (carry == 0) return a.size();
  out[a.size()] = carry;
  return a.size() + 1;
}

Limb divide_word(Limb* out, size_t* size, Limbs a, Limb b) {
  DCHECK(b != 0);
  Limb remainder = 0;
  if (a.size() <= kSmall || backend::kRatio != 1) {
    for (size_t i = a.size(); i-- > 0;) out[i] = divide_wide(remainder, a[i], b, &remainder);
  } else {
    remainder = mpn_divrem_1(backend::data(out), 0, backend::data(a), static_cast<mp_size_t>(a.size()),
                             static_cast<mp_limb_t>(b));
  }
  *size = normalised_size(out, a.size());
  return remainder;
}

Limb modulo_word(Limbs a, Limb b) {
  DCHECK(b != 0);
  Limb remainder = 0;
  if (a.size() > kSmall && backend::kRatio == 1) {
    return mpn_mod_1(backend::data(a), static_cast<mp_size_t>(a.size()), static_cast<mp_limb_t>(b));
  }
  for (size_t i = a.size(); i-- > 0;) divide_wide(remainder, a[i], b, &remainder);
  return remainder;
}

DivisionSizes divide(Limb* quotient, Limb* remainder, Limbs a, Limbs b) {
  DCHECK(!b.empty());
  if (compare(a, b) < 0) {
    if (!a.empty()) std::memmove(remainder, a.data(), a.size_bytes());
    return {0, a.size()};
  }
  if (b.size() == 1) {
    size_t size = 0;
    remainder[0] = divide_word(quotient, &size, a, b[0]);
    return {size, normalised_size(remainder, 1)};
  }
  mp_size_t size_a = backend::size(a), size_b = backend::size(b);
  mpn_tdiv_qr(backend::data(quotient), backend::data(remainder), 0, backend::data(a), size_a, backend::data(b), size_b);
  return {backend::finish(quotient, size_a - size_b + 1), backend::finish(remainder, size_b)};
}

SignedDivisionSizes floor_divide(Limb* quotient, Limb* remainder, Signed a, Signed b) {
  DivisionSizes sizes = divide(quotient, remainder, a.magnitude, b.magnitude);
  bool differ = a.negative != b.negative;
  if (differ && sizes.remainder != 0) {
    const Limb one = 1;
    sizes.quotient = add(quotient, {quotient, sizes.quotient}, {&one, 1});
    sizes.remainder = subtract(remainder, b.magnitude, {remainder, sizes.remainder});
  }
  return {{sizes.quotient, differ && sizes.quotient != 0}, {sizes.remainder, b.negative && sizes.remainder != 0}};
}

uint64_t bit_length(Limbs a) { return a.empty() ? 0 : uint64_t{a.size()} * 64 - std::countl_zero(a.back()); }

uint64_t bit_count(Limbs a) {
  uint64_t count = 0;
  for (Limb limb : a) count += std::popcount(limb);
  return count;
}

uint64_t trailing_zeros(Limbs a) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] != 0) return uint64_t{i} * 64 + std::countr_zero(a[i]);
  }
  return 0;
}

bool bit_test(Limbs a, uint64_t index) { return index / 64 < a.size() && ((a[index / 64] >> (index % 64)) & 1) != 0; }

size_t shift_left(Limb* out, Limbs a, uint64_t count) {
  if (a.empty()) return 0;
  size_t whole = count / 64;
  unsigned bits = count % 64;
  if (bits == 0) {
    std::memmove(out + whole, a.data(), a.size_bytes());
    std::memset(out, 0, whole * sizeof(Limb));
    return a.size() + whole;
  }
  Limb above = a.back();
  size_t size = a.size() + whole + 1;
  out[size - 1] = above >> (64 - bits);
  for (size_t i = a.size(); i-- > 0;) {
    Limb below = i > 0 ? a[i - 1] : 0;
    out[i + whole] = (above << bits) | (below >> (64 - bits));
    above = below;
  }
  std::memset(out, 0, whole * sizeof(Limb));
  return normalised_size(out, size);
}

size_t shift_right(Limb* out, Limbs a, uint64_t count) {
  if (count / 64 >= a.size()) return 0;
  size_t whole = count / 64, size = a.size() - whole;
  unsigned bits = count % 64;
  if (bits == 0) {
    std::memmove(out, a.data() + whole, size * sizeof(Limb));
    return size;
  }
  for (size_t i = 0; i < size; ++i) {
    Limb above = i + 1 < size ? a[i + whole + 1] : 0;
    out[i] = (a[i + whole] >> bits) | (above << (64 - bits));
  }
  return normalised_size(out, size);
}

SignedSize shift_right_signed(Limb* out, Signed a, uint64_t count) {
  bool lost = a.negative && count > trailing_zeros(a.magnitude);
  size_t size = shift_right(out, a.magnitude, count);
  if (lost) {
    const Limb one = 1;
    size = add(out, {out, size}, {&one, 1});
  }
  return {size, a.negative};
}

SignedSize bit_and(Limb* out, Signed a, Signed b) {
  return bitwise(out, a, b, [](Limb x, Limb y) { return x & y; });
}

SignedSize bit_or(Limb* out, Signed a, Signed b) {
  return bitwise(out, a, b, [](Limb x, Limb y) { return x | y; });
}

SignedSize bit_xor(Limb* out, Signed a, Signed b) {
  return bitwise(out, a, b, [](Limb x, Limb y) { return x ^ y; });
}

SignedSize bit_invert(Limb* out, Signed a) {
  const Limb one = 1;
  if (a.negative) return {subtract(out, a.magnitude, {&one, 1}), false};
  return {add(out, a.magnitude, {&one, 1}), true};
}

}  // namespace viperine::limbs
