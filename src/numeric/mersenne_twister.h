// SPDX-License-Identifier: MIT
// The MT19937 generator of `random`, bit exact. Reading entropy and the distributions are elsewhere.
// Invariant: 0 <= index <= kSize; the object may be copied as bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "numeric/limbs.h"

namespace viperine {

class MersenneTwister {
 public:
  static constexpr int kSize = 624;

  /// seed(n) with a non-negative int.
  void seed(limbs::Limbs number);
  void seed_by_array(std::span<const uint32_t> key);
  void seed_word(uint32_t seed);

  uint32_t next();
  /// random(): 53 bits in [0, 1).
  double next_double();
  /// getrandbits(count). out: (count + 63) / 64 limbs; returns the normalised size.
  size_t next_bits(limbs::Limb* out, uint64_t count);
  /// An even draw from [0, limit) as random._randbelow makes it (getrandbits(bit_length) until it is below); limit !=
  /// 0.
  uint64_t next_below(uint64_t limit);

  /// getstate and setstate.
  std::span<uint32_t, kSize> state() { return state_; }
  int index() const { return index_; }
  void set_index(int index) { index_ = index; }

 private:
  void refill();

  uint32_t state_[kSize] = {};
  int index_ = kSize + 1;
};

}  // namespace viperine
