// SPDX-License-Identifier: MIT
// What `math` needs beyond the C library: exact sums, accurate norms, gamma functions, ulp, and combinatorics on
// magnitudes. Complex functions are in complex_functions.h. Errors are status codes; the module words them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "numeric/limbs.h"

namespace viperine {

enum class MathStatus {
  Ok,
  Domain,  // ValueError: math domain error
  Range,   // OverflowError: math range error
};

/// fsum(): the correctly rounded sum of everything added.
class ExactSum {
 public:
  /// False on "intermediate overflow in fsum".
  [[nodiscard]] bool add(double value);
  /// False on "-inf + inf in fsum".
  [[nodiscard]] bool result(double* out) const;

 private:
  std::vector<double> partials_;  // non-overlapping, growing in magnitude
  double special_ = 0;
  double infinities_ = 0;
};

/// hypot() and dist(): the Euclidean norm, accurate to within an ulp, without undue overflow or underflow.
double vector_norm(std::span<const double> coordinates);

/// gamma() and lgamma() by Lanczos' approximation.
double gamma_function(double x, MathStatus* status);
double log_gamma_function(double x, MathStatus* status);

/// ulp().
double unit_in_last_place(double x);

// Combinatorics ----------------------------------------------------------------------------------------------------

/// out: factorial_size(n) limbs.
size_t factorial_size(uint64_t n);
size_t factorial(limbs::Limb* out, uint64_t n);
/// n choose k, with k <= n and k no larger than n - k for speed; k must be below 2 ** 32. out: combinations_size limbs.
size_t combinations_size(limbs::Limbs n, uint64_t k);
size_t combinations(limbs::Limb* out, limbs::Limbs n, uint64_t k);
/// n (n - 1) ... (n - k + 1) with k <= n. out: permutations_size limbs; SIZE_MAX when that is beyond a size_t.
size_t permutations_size(limbs::Limbs n, uint64_t k);
size_t permutations(limbs::Limb* out, limbs::Limbs n, uint64_t k);

}  // namespace viperine
