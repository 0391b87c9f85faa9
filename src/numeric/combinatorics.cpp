// SPDX-License-Identifier: MIT
// Factorials, combinations and permutations of magnitudes.
#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/wide_integer.h"
#include "numeric/limbs_backend.h"
#include "numeric/math_functions.h"

namespace viperine {

using limbs::Limb;
using limbs::Limbs;

namespace {

/// result = (n - first) (n - first - 1) ... (n - last + 1), halving the range so that factors of like size meet.
void falling_product(mpz_ptr result, mpz_srcptr n, uint64_t first, uint64_t last) {
  if (last - first <= 8) {
    limbs::backend::Temporary factor;
    mpz_set_ui(result, 1);
    for (uint64_t i = first; i < last; ++i) {
      mpz_sub_ui(factor, n, static_cast<unsigned long>(i));
      mpz_mul(result, result, factor);
    }
    return;
  }
  uint64_t middle = first + (last - first) / 2;
  limbs::backend::Temporary second;
  falling_product(result, n, first, middle);
  falling_product(second, n, middle, last);
  mpz_mul(result, result, second);
}

}  // namespace

size_t factorial_size(uint64_t n) {
  if (n < 2) return 1;
  double x = static_cast<double>(n);
  double bits = (x + 0.5) * std::log2(x) - (x - 1) * 1.4426950408889634 + 1;
  return static_cast<size_t>(bits / 64) + 2;
}

size_t factorial(Limb* out, uint64_t n) {
  limbs::backend::Temporary result;
  mpz_fac_ui(result, static_cast<unsigned long>(n));
  return result.copy_to(out);
}

size_t permutations_size(Limbs n, uint64_t k) { return std::max<size_t>(limbs::power_size(n, k), 1); }

size_t permutations(Limb* out, Limbs n, uint64_t k) {
  limbs::backend::Temporary result;
  falling_product(result, limbs::backend::View(n), 0, k);
  return result.copy_to(out);
}

size_t combinations_size(Limbs n, uint64_t k) {
  // At most n ** k, and below 2 ** n.
  size_t size = permutations_size(n, k);
  if (n.size() == 1) size = std::min(size, static_cast<size_t>(n[0] / 64) + 2);
  return size;
}

size_t combinations(Limb* out, Limbs n, uint64_t k) {
  if (n.size() == 1 && n[0] >= k && n[0] - k < k) k = n[0] - k;
  limbs::backend::Temporary result;
  mpz_bin_ui(result, limbs::backend::View(n), static_cast<unsigned long>(k));
  return result.copy_to(out);
}

}  // namespace viperine
