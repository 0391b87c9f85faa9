// SPDX-License-Identifier: MIT
// The meeting point with GMP: views of our 64-bit limbs as GMP's own limbs (which have 32 bits on small machines).
// Included by limbs*.cpp only. Little-endian machines only.
#pragma once

#include <gmp.h>

#include "numeric/limbs.h"

namespace viperine::limbs::backend {

static_assert(GMP_NAIL_BITS == 0 && (GMP_LIMB_BITS == 64 || GMP_LIMB_BITS == 32));
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
inline constexpr size_t kRatio = 64 / GMP_LIMB_BITS;

inline const mp_limb_t* data(Limbs a) { return reinterpret_cast<const mp_limb_t*>(a.data()); }
inline mp_limb_t* data(Limb* a) { return reinterpret_cast<mp_limb_t*>(a); }

/// Native limbs without a leading zero one; a is not zero.
inline mp_size_t size(Limbs a) {
  auto count = static_cast<mp_size_t>(a.size() * kRatio);
  if constexpr (kRatio == 2) count -= a.back() >> 32 == 0;
  return count;
}

/// Rounds `count` native limbs written at out up to whole limbs and normalises.
inline size_t finish(Limb* out, mp_size_t count) {
  if constexpr (kRatio == 2) {
    if (count & 1) data(out)[count] = 0;
  }
  return normalised_size(out, (static_cast<size_t>(count) + kRatio - 1) / kRatio);
}

/// A read-only mpz view of a magnitude, for the operations that mpn lacks.
class View {
 public:
  explicit View(Limbs a) { mpz_roinit_n(number_, data(a), a.empty() ? 0 : size(a)); }
  operator mpz_srcptr() const { return number_; }  // NOLINT: implicit on purpose

 private:
  mpz_t number_;
};

/// An mpz result, freed at the end of the scope.
class Temporary {
 public:
  Temporary() { mpz_init(number_); }
  ~Temporary() { mpz_clear(number_); }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  operator mpz_ptr() { return number_; }  // NOLINT: implicit on purpose

  size_t copy_to(Limb* out) {
    size_t count = mpz_size(number_);
    const mp_limb_t* from = mpz_limbs_read(number_);
    for (size_t i = 0; i < count; ++i) data(out)[i] = from[i];
    return finish(out, static_cast<mp_size_t>(count));
  }

 private:
  mpz_t number_;
};

}  // namespace viperine::limbs::backend
