// SPDX-License-Identifier: MIT
// Hashes of str and numbers, and equality of numbers, without Python.
#include "objects/hashing.h"

#include <cmath>

#include "numeric/float_arithmetic.h"
#include "numeric/limbs.h"
#include "numeric/siphash.h"

namespace viperine {

int64_t hash_str(const Heap& heap, const Str* text) {
  const uint64_t* key = heap.hash_key();
  int64_t hash = hash_bytes(HashKey{key[0], key[1]}, text->data(), text->byte_length());
  if ((text->gc_bits() & kGcImmortal) == 0 || text->cached_hash() == 0) {
    uint32_t low = static_cast<uint32_t>(hash) & ((1u << 30) - 1);
    if (text->cached_hash() == 0) const_cast<Str*>(text)->set_cached_hash(low == 0 ? 1 : low);
  }
  return hash;
}

namespace {
limbs::Signed signed_of(const BigInt* integer) { return {integer->magnitude(), integer->is_negative()}; }
}  // namespace

int64_t hash_integer(Value integer) {
  if (integer.is_int()) return hash_small_int(integer.as_int());
  if (integer.is_bool()) return integer.is_true() ? 1 : 0;
  return limbs::hash_signed(signed_of(cast<BigInt>(integer)));
}

int64_t hash_double(double value) {
  if (std::isnan(value)) return 0;
  return float_hash(value);
}

int64_t hash_plain_number(Value value) {
  if (value.is_int()) return hash_small_int(value.as_int());
  if (is_float(value)) return hash_double(as_float(value));
  if (value.is_none()) return kNoneHash;
  return hash_integer(value);
}

bool plain_numbers_equal(Value left, Value right) {
  if (left == right) return true;
  if (Value::both_ints(left, right) || left.is_none() || right.is_none()) return false;
  if (left.is_bool()) left = Value::from_int(left.is_true());
  if (right.is_bool()) right = Value::from_int(right.is_true());
  if (left == right) return true;
  bool left_float = is_float(left), right_float = is_float(right);
  if (left_float && right_float) {
    double a = as_float(left), b = as_float(right);
    return a == b || std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
  }
  if (!left_float && !right_float) {
    if (left.is_int() || right.is_int()) return false;  // a BigInt never fits an immediate
    return limbs::compare_signed(signed_of(cast<BigInt>(left)), signed_of(cast<BigInt>(right))) == 0;
  }
  if (left_float) std::swap(left, right);
  double number = as_float(right);
  if (std::isnan(number)) return false;
  if (left.is_int()) {
    int64_t integer = left.as_int();
    double converted = static_cast<double>(integer);
    return converted == number && static_cast<int64_t>(converted) == integer;
  }
  return limbs::compare_double(signed_of(cast<BigInt>(left)), number) == 0;
}

}  // namespace viperine
