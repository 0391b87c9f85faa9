// SPDX-License-Identifier: MIT
// Hash of str, and of the other types whose hash needs no Python: int, float, bool, None. Everything else:
// runtime/hashing.h. The key is the heap's (Heap::hash_key). Str caches the low 30 bits (0 is kept as 1), dict tables
// place exact str keys by them.
#pragma once

#include "objects/number.h"
#include "objects/str.h"

namespace viperine {

/// hash(text), all 64 bits; leaves the low 30 in the str.
int64_t hash_str(const Heap& heap, const Str* text);
/// The cached bits, computed when missing.
inline uint32_t str_hash30(const Heap& heap, const Str* text) {
  uint32_t cached = text->cached_hash();
  if (cached == 0) [[unlikely]] {
    hash_str(heap, text);
    cached = text->cached_hash();
  }
  return cached;
}

constexpr int64_t kHashModulus = (int64_t{1} << 61) - 1;
/// hash() of an immediate int.
inline int64_t hash_small_int(int64_t value) {
  if (value >= kHashModulus)
    value -= kHashModulus;
  else if (value <= -kHashModulus)
    value += kHashModulus;
  return value == -1 ? -2 : value;
}
/// hash() of any int (bool and subclasses included).
int64_t hash_integer(Value integer);
/// hash() of a float; a NaN hashes by its bits.
int64_t hash_double(double value);
/// hash() of the singletons. In CPython it comes from their addresses; these are those of Debian 12's python3.11, so
/// that sets which hold them print in the same order.
constexpr int64_t kNoneHash = 611532;
constexpr int64_t kEllipsisHash = 606842;
constexpr int64_t kNotImplementedHash = 606843;

/// int, float, bool or None, not of a subclass: the hash is cheap, comparing two needs no Python.
inline bool is_plain_number(Value value) {
  return value.is_int() || value.is_immediate_float() || value.is_bool() || value.is_none() ||
         is_exact<BigInt>(value) || is_exact<BoxedFloat>(value);
}
/// Precondition: is_plain_number.
int64_t hash_plain_number(Value value);
/// Precondition: both is_plain_number. As ==, but identical NaNs are equal.
bool plain_numbers_equal(Value left, Value right);
/// Keys that dict tables keep without a stored hash: exact str and plain numbers.
inline bool has_cheap_hash(Value value) { return is_exact<Str>(value) || is_plain_number(value); }

}  // namespace viperine
