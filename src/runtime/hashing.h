// SPDX-License-Identifier: MIT
// Hashes of built-in objects as Python sees them; hash() itself is in operators.h, str and numbers in
// objects/hashing.h.
#pragma once

#include "objects/bytes.h"
#include "objects/hashing.h"
#include "objects/tuple.h"
#include "runtime/runtime.h"

namespace viperine {

inline int64_t hash_str(Thread& thread, const Str* text) { return hash_str(thread.heap(), text); }
int64_t hash_bytes(Thread& thread, Bytes* bytes);
/// The same for bytes that are no bytes object (memoryview).
int64_t hash_data(Thread& thread, std::span<const uint8_t> data);
Result<int64_t> hash_tuple(Thread& thread, Tuple* tuple);
/// The default hash of objects.
int64_t hash_identity(Thread& thread, HeapObject* object);
/// hash(value) when no Python can run for it: exact str, numbers, bytes, None; otherwise as hash().
Result<int64_t> hash_key(Thread& thread, Value key);

}  // namespace viperine
