// SPDX-License-Identifier: MIT
// The algebra of sets: the same steps as CPython's, so that the order of the results is the same. Single elements:
// containers.h.
#pragma once

#include "runtime/containers.h"

namespace viperine {

/// A key with its hash.
struct HashedKey {
  Value value;
  int64_t hash;
};
Result<HashedKey> hashed_key(Thread& thread, Value value);
Result<bool> set_contains_hashed(Thread& thread, Set* set, const HashedKey& key);
Result<bool> set_add_hashed(Thread& thread, Set* set, const HashedKey& key);
Result<bool> set_remove_hashed(Thread& thread, Set* set, const HashedKey& key);
/// Next element at or after *position with its hash; false at the end.
bool set_next_hashed(Set* set, int64_t* position, HashedKey* key);

Result<Set*> set_copy(Thread& thread, Set* set, Kind kind);
/// A set of the iterable's elements.
Result<Set*> set_from_iterable(Thread& thread, Value iterable, Kind kind);
Result<Set*> set_intersection(Thread& thread, Set* set, Value other, Kind kind);
Result<Set*> set_difference(Thread& thread, Set* set, Value other, Kind kind);
Result<Set*> set_symmetric_difference(Thread& thread, Set* set, Value other, Kind kind);
Result<void> set_difference_update(Thread& thread, Set* set, Value other);
Result<void> set_symmetric_difference_update(Thread& thread, Set* set, Value other);
Result<bool> set_is_subset(Thread& thread, Set* set, Set* other);
/// `set` takes over the elements of `source`, which is given up.
void set_take_over(Set* set, Set* source);
int64_t set_hash(Thread& thread, Set* set);
/// Removes and returns any element; absent when empty.
Optional<Value> set_pop(Set* set);

}  // namespace viperine
