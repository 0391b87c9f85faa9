// SPDX-License-Identifier: MIT
// Dict, set, list and tuple operations that may run Python (__hash__, __eq__) or raise MemoryError. Methods are in
// builtins/.
#pragma once

#include "objects/list.h"
#include "objects/set.h"
#include "runtime/runtime.h"

namespace viperine {

// --- dict (runtime/dicts.cpp). Keys of any type.
Result<Optional<Value>> dict_find(Thread& thread, Dict* dict, Value key);
Result<Optional<Value>> dict_find_hashed(Thread& thread, Dict* dict, Value key, int64_t hash);
Result<void> dict_set(Thread& thread, Dict* dict, Value key, Value value);
Result<void> dict_set_hashed(Thread& thread, Dict* dict, Value key, int64_t hash, Value value);
/// The value removed, absent when there was none.
Result<Optional<Value>> dict_remove(Thread& thread, Dict* dict, Value key);
/// dict.setdefault.
Result<Value> dict_set_default(Thread& thread, Dict* dict, Value key, Value fallback);
/// Entry of the key, made with this value when there was none.
Result<int64_t> dict_ensure_entry(Thread& thread, Dict* dict, Value key, Value initial, bool* added);
/// Number of the key's entry in dict->table(), -1 when there is none.
Result<int64_t> dict_entry_of(Thread& thread, Dict* dict, Value key);
/// Interned-name shortcuts: never run Python.
inline Optional<Value> dict_get(Dict* dict, Str* name) { return dict->get_str(name); }
Result<void> dict_set_name(Thread& thread, Dict* dict, Str* name, Value value);
Result<void> dict_set_name(Thread& thread, Dict* dict, std::string_view name, Value value);
/// dict.update for a mapping or iterable of pairs; `override_` false: PyDict_Merge without replacing.
Result<void> dict_update(Thread& thread, Dict* dict, Value other);
Result<void> dict_merge(Thread& thread, Dict* dict, Dict* other, bool replace);
Result<Dict*> dict_copy(Thread& thread, Dict* dict);
/// A dict with room for `count` keys.
Result<Dict*> make_dict(Thread& thread, int64_t count);
Result<bool> dicts_equal(Thread& thread, Dict* left, Dict* right);
List* dict_keys_list(Thread& thread, Dict* dict);
/// Popped last item as (key, value); null when empty.
Tuple* dict_pop_last(Thread& thread, Dict* dict);

// --- set (runtime/sets.cpp)
Set* make_set(Thread& thread, Kind kind);  // Kind::Set or Kind::FrozenSet
Result<bool> set_contains(Thread& thread, Set* set, Value key);
/// True when the element is new.
Result<bool> set_add(Thread& thread, Set* set, Value key);
/// False when there was none.
Result<bool> set_remove(Thread& thread, Set* set, Value key);
Result<void> set_update(Thread& thread, Set* set, Value iterable);
/// Next element at or after *position (advanced); absent at the end.
Optional<Value> set_next(Set* set, int64_t* position);

// --- list and tuple (runtime/sequences.cpp)
Result<void> list_append_value(Thread& thread, List* list, Value value);
Result<void> list_extend(Thread& thread, List* list, Value iterable);
Result<List*> make_list(Thread& thread, std::span<const Value> items);
Result<List*> list_from_iterable(Thread& thread, Value iterable);
Result<Tuple*> tuple_from_iterable(Thread& thread, Value iterable);
Result<Tuple*> make_tuple(Thread& thread, std::span<const Value> items);
Result<Tuple*> make_tuple(Thread& thread, int64_t length);  // items int 0
Tuple* list_to_tuple(Thread& thread, List* list);
/// Pair without error path.
inline Value make_pair(Thread& thread, Value first, Value second) {
  return to_value(Tuple::of(thread.heap(), first, second));
}

}  // namespace viperine
