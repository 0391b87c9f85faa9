// SPDX-License-Identifier: MIT
// Hash values of str, bytes, tuple, frozenset and complex as CPython 3.11 computes them.
// Hashes of numbers: limbs.h and float_arithmetic.h.
// Invariant: no result is -1, and equal seeds give CPython's values bit for bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace viperine {

struct HashKey {
  uint64_t first = 0;
  uint64_t second = 0;
};

/// The key that PYTHONHASHSEED=seed selects; seed 0 gives the all-zero key.
HashKey hash_key_from_seed(uint32_t seed);
/// The same from 16 random bytes.
HashKey hash_key_from_bytes(std::span<const uint8_t, 16> bytes);
/// SipHash-1-3.
uint64_t siphash13(HashKey key, const void* data, size_t size);
/// hash(bytes), and hash(str) over its compact data (1, 2 or 4 bytes per code point, the smallest that fits).
int64_t hash_bytes(HashKey key, const void* data, size_t size);

/// hash(tuple): add every item's hash in order, then finish.
class TupleHash {
 public:
  void add(int64_t item) {
    state_ += static_cast<uint64_t>(item) * 0xC2B2AE3D27D4EB4Fu;
    state_ = (state_ << 31) | (state_ >> 33);
    state_ *= 0x9E3779B185EBCA87u;
  }
  int64_t finish(size_t count) const;

 private:
  uint64_t state_ = 0x27D4EB2F165667C5u;
};

/// hash(frozenset): the order of add does not matter.
class FrozenSetHash {
 public:
  void add(int64_t item) {
    auto hash = static_cast<uint64_t>(item);
    state_ ^= ((hash ^ 89869747u) ^ (hash << 16)) * 3644798167u;
  }
  int64_t finish(size_t count) const;

 private:
  uint64_t state_ = 0;
};

/// hash(complex) from the hashes of its parts.
inline int64_t hash_complex(int64_t real, int64_t imaginary) {
  auto hash = static_cast<int64_t>(static_cast<uint64_t>(real) + 1000003u * static_cast<uint64_t>(imaginary));
  return hash == -1 ? -2 : hash;
}

}  // namespace viperine
