// SPDX-License-Identifier: MIT
// Powers, modular powers and inverses, greatest common divisors and square roots of magnitudes.
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/wide_integer.h"
#include "numeric/limbs.h"
#include "numeric/limbs_backend.h"

namespace viperine::limbs {

namespace {

uint64_t power_modulo_word(uint64_t base, Limbs exponent, uint64_t modulus) {
  if (modulus == 1) return 0;
  uint64_t result = 1;
  base %= modulus;
  for (uint64_t i = bit_length(exponent); i-- > 0;) {
    result = multiply_modulo(result, result, modulus);
    if (bit_test(exponent, i)) result = multiply_modulo(result, base, modulus);
  }
  return result;
}

}  // namespace

size_t power_size(Limbs base, uint64_t exponent) {
  Wide bits = multiply_wide(bit_length(base), exponent);
  if (bits.high != 0 || bits.low / 64 > SIZE_MAX / sizeof(Limb) - 4) return SIZE_MAX;
  return static_cast<size_t>(bits.low / 64) + 3;
}

size_t power(Limb* out, Limbs base, uint64_t exponent, Arena& scratch) {
  if (exponent == 0) {
    out[0] = 1;
    return 1;
  }
  if (base.empty()) return 0;
  // base = odd << zeros: the shift is done once, at the end.
  uint64_t zeros = trailing_zeros(base);
  auto* odd_data = static_cast<Limb*>(scratch.allocate(base.size_bytes()));
  Limbs odd{odd_data, shift_right(odd_data, base, zeros)};
  if (odd.size() == 1 && odd[0] == 1) return shift_left(out, odd, zeros * exponent);
  size_t capacity = power_size(odd, exponent);
  Limb* current = out;
  Limb* other = static_cast<Limb*>(scratch.allocate(capacity * sizeof(Limb)));
  std::memcpy(current, odd.data(), odd.size_bytes());
  size_t size = odd.size();
  for (int i = 62 - std::countl_zero(exponent); i >= 0; --i) {
    size = multiply(other, {current, size}, {current, size});
    std::swap(current, other);
    if ((exponent >> i) & 1) {
      size = multiply(other, {current, size}, odd);
      std::swap(current, other);
    }
  }
  return shift_left(out, {current, size}, zeros * exponent);
}

size_t power_modulo(Limb* out, Limbs base, Limbs exponent, Limbs modulus) {
  DCHECK(!modulus.empty());
  if (modulus.size() == 1) {
    out[0] = power_modulo_word(modulo_word(base, modulus[0]), exponent, modulus[0]);
    return normalised_size(out, 1);
  }
  if (exponent.empty()) {
    out[0] = 1;
    return 1;
  }
  backend::Temporary result;
  mpz_powm(result, backend::View(base), backend::View(exponent), backend::View(modulus));
  return result.copy_to(out);
}

bool invert_modulo(Limb* out, size_t* size, Limbs a, Limbs modulus) {
  *size = 0;
  if (modulus.size() == 1 && modulus[0] == 1) return true;
  backend::Temporary result;
  if (mpz_invert(result, backend::View(a), backend::View(modulus)) == 0) return false;
  *size = result.copy_to(out);
  return true;
}

uint64_t gcd_word(uint64_t a, uint64_t b) {
  if (a == 0 || b == 0) return a | b;
  int shift = std::countr_zero(a | b);
  a >>= std::countr_zero(a);
  while (b != 0) {
    b >>= std::countr_zero(b);
    if (a > b) std::swap(a, b);
    b -= a;
  }
  return a << shift;
}

size_t gcd(Limb* out, Limbs a, Limbs b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (b.empty()) {
    if (!a.empty()) std::memmove(out, a.data(), a.size_bytes());
    return a.size();
  }
  if (b.size() == 1) {
    out[0] = gcd_word(a.size() == 1 ? a[0] : modulo_word(a, b[0]), b[0]);
    return 1;
  }
  backend::Temporary result;
  mpz_gcd(result, backend::View(a), backend::View(b));
  return result.copy_to(out);
}

uint64_t square_root_word(uint64_t a) {
  auto root = static_cast<uint64_t>(std::sqrt(static_cast<double>(a)));
  if (root > 0xFFFFFFFFu) root = 0xFFFFFFFFu;
  while (root * root > a) --root;
  while (root < 0xFFFFFFFFu && (root + 1) * (root + 1) <= a) ++root;
  return root;
}

size_t square_root(Limb* out, Limbs a, bool* exact) {
  bool is_exact = true;
  size_t size = 0;
  if (a.size() == 1) {
    out[0] = square_root_word(a[0]);
    is_exact = out[0] * out[0] == a[0];
    size = 1;
  } else if (!a.empty()) {
    mp_size_t count = backend::size(a);
    is_exact = mpn_sqrtrem(backend::data(out), nullptr, backend::data(a), count) == 0;
    size = backend::finish(out, (count + 1) / 2);
  }
  if (exact != nullptr) *exact = is_exact;
  return size;
}

}  // namespace viperine::limbs
