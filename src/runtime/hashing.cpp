// SPDX-License-Identifier: MIT
// Hashes of bytes, tuples and objects without __hash__.
#include "runtime/hashing.h"

#include "numeric/siphash.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

int64_t hash_data(Thread& thread, std::span<const uint8_t> data) {
  const uint64_t* key = thread.heap().hash_key();
  return hash_bytes(HashKey{key[0], key[1]}, data.data(), data.size());
}

int64_t hash_bytes(Thread& thread, Bytes* bytes) {
  if (bytes->cached_hash() == 0) {
    auto hash = static_cast<uint64_t>(hash_data(thread, bytes->span()));
    if (bytes->gc_bits() & kGcImmortal) return static_cast<int64_t>(hash);
    bytes->set_cached_hash(hash);
  }
  return static_cast<int64_t>(bytes->cached_hash());
}

Result<int64_t> hash_tuple(Thread& thread, Tuple* tuple) {
  TupleHash hash;
  int64_t length = tuple->length();
  for (int64_t i = 0; i < length; ++i) hash.add(TRY(hash_key(thread, tuple->at(i))));
  return hash.finish(static_cast<size_t>(length));
}

int64_t hash_identity(Thread& thread, HeapObject* object) {
  return static_cast<int64_t>(thread.heap().identity(object));
}

Result<int64_t> hash_key(Thread& thread, Value key) {
  if (key.is_int()) return hash_small_int(key.as_int());
  if (is_exact<Str>(key)) return hash_str(thread.heap(), static_cast<const Str*>(key.as_object()));
  if (has_kind(key, Kind::Rope)) return hash_str(thread.heap(), as_str(thread, key));
  if (is_plain_number(key)) return hash_plain_number(key);
  if (is_exact<Bytes>(key)) return hash_bytes(thread, static_cast<Bytes*>(key.as_object()));
  return hash(thread, key);
}

}  // namespace viperine
