// SPDX-License-Identifier: MIT
// Python objects as C memory sees them: a py_object is the number that id() gives, found again through a table of weak
// references; objects that are no heap objects stand in the table themselves. Also addresses of bytes that must not
// move: a copy beside a weak reference to the bytes.
// Invariant: an entry of a dead object is harmless; both tables are swept when they have doubled.
#ifdef VIPERINE_HAS_FFI
#include <cstring>

#include "builtins/functions.h"
#include "modules/ctypes/ctypes.h"

namespace viperine::ctypes {

namespace {

constexpr uint32_t kLeastSweep = 256;

Optional<Value> referent(Value entry) {
  if (is<WeakRef>(entry)) return weakref_target(cast<WeakRef>(entry));
  Value first = cast<Tuple>(entry)->at(0);
  return is<WeakRef>(first) ? weakref_target(cast<WeakRef>(first)) : Optional<Value>(first);
}

/// Drops entries of dead objects from a table that has grown.
Result<void> sweep(Thread& thread, StateIndex which) {
  auto* table = cast<Dict>(state(thread, which));
  if (table->length() < kLeastSweep || (table->length() & (table->length() - 1)) != 0) return {};
  List* keys = dict_keys_list(thread, table);
  for (int64_t i = 0; i < keys->length(); ++i) {
    Optional<Value> entry = TRY(dict_find(thread, table, keys->at(i)));
    if (entry && !referent(*entry)) TRY(dict_remove(thread, table, keys->at(i)));
  }
  return {};
}

bool is_plain_object(Value value) {
  return value.is_pointer() && !value.is_fixed_object() && !is_exact<BoxedFloat>(value);
}

}  // namespace

Result<uint64_t> handle_of(Thread& thread, Value object) {
  Value number = TRY(identity_of(thread, object));
  auto* table = cast<Dict>(state(thread, kHandles));
  Optional<Value> known = TRY(dict_find(thread, table, number));
  if (known) {
    Optional<Value> same = referent(*known);
    if (same && *same == object) return int_bits(number);
  }
  TRY(sweep(thread, kHandles));
  Value entry = is_plain_object(object) ? to_value(plain_weakref(thread, object.as_object()))
                                        : to_value(Tuple::of(thread.heap(), object));
  TRY(dict_set(thread, table, number, entry));
  return int_bits(number);
}

namespace {

struct Search {
  Thread& thread;
  uint64_t handle;
  HeapObject* found;
};

void compare_identity(HeapObject* object, void* context) {
  auto* search = static_cast<Search*>(context);
  if (object->identity_number() == 0 || search->found != nullptr) return;
  Result<Value> number = identity_of(search->thread, to_value(object));
  if (!number.is_raised() && int_bits(number.take()) == search->handle) search->found = object;
}

}  // namespace

Result<Value> object_of(Thread& thread, uint64_t handle) {
  Value number = make_unsigned(thread.heap(), handle);
  Optional<Value> entry = TRY(dict_find(thread, cast<Dict>(state(thread, kHandles)), number));
  if (entry) {
    Optional<Value> object = referent(*entry);
    if (object) return *object;
  }
  // A number that id() gave: the object is looked for.
  Search search{thread, handle, nullptr};
  thread.heap().for_each_object(&compare_identity, &search);
  if (search.found == nullptr) return thread.raise<ValueError>("no object has this address");
  Value found = to_value(search.found);
  TRY(handle_of(thread, found));
  return found;
}

Result<const char*> stable_address(Thread& thread, Bytes* bytes) {
  if ((bytes->gc_bits() & (kGcLarge | kGcFixed | kGcImmortal)) != 0 || to_value(bytes).is_fixed_object())
    return reinterpret_cast<const char*>(bytes->data());
  Value number = TRY(identity_of(thread, to_value(bytes)));
  auto* table = cast<Dict>(state(thread, kCopies));
  Optional<Value> known = TRY(dict_find(thread, table, number));
  if (known) {
    Optional<Value> same = referent(*known);
    if (same && *same == to_value(bytes))
      return reinterpret_cast<const char*>(cast<CData>(cast<Tuple>(*known)->at(1))->data_);
  }
  TRY(sweep(thread, kCopies));
  CData* copy = make_internal(thread, kThunkType, Role::Argument);
  TRY(give_memory(thread, copy, bytes->length() + 1));
  std::memcpy(copy->data_, bytes->data(), static_cast<size_t>(bytes->length()));
  Value entry = make_pair(thread, to_value(plain_weakref(thread, bytes)), to_value(copy));
  TRY(dict_set(thread, table, number, entry));
  return reinterpret_cast<const char*>(copy->data_);
}

}  // namespace viperine::ctypes

#endif
