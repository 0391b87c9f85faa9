// SPDX-License-Identifier: MIT
// Making lists and tuples from spans and iterables, with MemoryError.
#include <algorithm>
#include <cstring>

#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

Result<void> list_append_value(Thread& thread, List* list, Value value) {
  if (!list->append(thread.heap(), value)) return thread.raise_memory_error();
  return {};
}

namespace {

Result<void> extend_by_copy(Thread& thread, List* list, const HeapObject* source, int64_t count) {
  if (count == 0) return {};
  int64_t length = list->length();
  if (length + count > list->capacity()) {
    int64_t wanted = length == 0 ? count : length + count + (length + count) / 8;
    if (!list->reserve(thread.heap(), wanted)) return thread.raise_memory_error();
  }
  // After reserve: the source may be the list itself.
  Value* from = kind_of(source) == Kind::List ? static_cast<List*>(const_cast<HeapObject*>(source))->items()
                                              : static_cast<Tuple*>(const_cast<HeapObject*>(source))->items();
  std::memcpy(static_cast<void*>(list->items() + length), from, static_cast<size_t>(count) * 8);
  list->array()->written();
  list->set_length(length + count);
  return {};
}

}  // namespace

Result<void> list_extend(Thread& thread, List* list, Value iterable) {
  if (is_exact<List>(iterable))
    return extend_by_copy(thread, list, iterable.as_object(), cast<List>(iterable)->length());
  if (is_exact<Tuple>(iterable))
    return extend_by_copy(thread, list, iterable.as_object(), cast<Tuple>(iterable)->length());
  if (is_exact<Str>(iterable)) {
    auto* text = cast<Str>(iterable);
    int64_t count = text->length();
    if (count > 4 && !list->reserve(thread.heap(), list->length() + count)) return thread.raise_memory_error();
    for (int64_t i = 0; i < count; ++i)
      if (!list->append(thread.heap(), to_value(make_character(thread, text->at(i)))))
        return thread.raise_memory_error();
    return {};
  }
  if (is_exact<Dict>(iterable)) {
    auto* dict = cast<Dict>(iterable);
    if (dict->length() > 4 && !list->reserve(thread.heap(), list->length() + dict->length()))
      return thread.raise_memory_error();
    for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1))
      if (!list->append(thread.heap(), dict->table()->key(static_cast<uint32_t>(entry))))
        return thread.raise_memory_error();
    return {};
  }
  Value iterator = TRY(iterate(thread, iterable));
  int64_t hint = TRY(length_hint(thread, iterable, 8));
  if (hint > INT64_MAX - list->length()) hint = 0;  // it lies
  if (hint > int64_t{1} << 48) return thread.raise_memory_error();
  if (hint > 8 && !list->reserve(thread.heap(), list->length() + hint)) return thread.raise_memory_error();
  for (;;) {
    Optional<Value> item = TRY(next(thread, iterator));
    if (!item) break;
    if (!list->append(thread.heap(), *item)) return thread.raise_memory_error();
  }
  return {};
}

Result<List*> make_list(Thread& thread, std::span<const Value> items) {
  List* list = List::try_make(thread.heap(), static_cast<int64_t>(items.size()));
  if (list == nullptr) return thread.raise_memory_error();
  if (!items.empty()) {
    std::memcpy(static_cast<void*>(list->items()), items.data(), items.size_bytes());
    list->array()->written();
  }
  list->set_length(static_cast<int64_t>(items.size()));
  return list;
}

Result<List*> list_from_iterable(Thread& thread, Value iterable) {
  List* list = List::make(thread.heap());
  TRY(list_extend(thread, list, iterable));
  return list;
}

Result<Tuple*> tuple_from_iterable(Thread& thread, Value iterable) {
  if (is_exact<Tuple>(iterable)) return cast<Tuple>(iterable);
  if (is_exact<List>(iterable)) return list_to_tuple(thread, cast<List>(iterable));
  // A few items on the native stack (which is scanned), more in a list.
  Value iterator = TRY(iterate(thread, iterable));
  constexpr int64_t kFew = 12;
  Value items[kFew];
  int64_t count = 0;
  for (; count < kFew; ++count) {
    Optional<Value> item = TRY(next(thread, iterator));
    if (!item) return make_tuple(thread, std::span<const Value>(items, static_cast<size_t>(count)));
    items[count] = *item;
  }
  List* list = TRY(make_list(thread, std::span<const Value>(items, kFew)));
  for (;;) {
    Optional<Value> item = TRY(next(thread, iterator));
    if (!item) break;
    TRY(list_append_value(thread, list, *item));
  }
  Tuple* tuple = TRY(make_tuple(thread, list->span()));
  return tuple;
}

Result<Tuple*> make_tuple(Thread& thread, std::span<const Value> items) {
  if (items.empty() && thread.runtime().empty_tuple() != nullptr) return thread.runtime().empty_tuple();
  Tuple* tuple = Tuple::try_make(thread.heap(), static_cast<int64_t>(items.size()));
  if (tuple == nullptr) return thread.raise_memory_error();
  std::copy(items.begin(), items.end(), tuple->items());
  write_barrier(tuple);
  return tuple;
}

Result<Tuple*> make_tuple(Thread& thread, int64_t length) {
  if (length == 0 && thread.runtime().empty_tuple() != nullptr) return thread.runtime().empty_tuple();
  Tuple* tuple = Tuple::try_make(thread.heap(), length);
  if (tuple == nullptr) return thread.raise_memory_error();
  return tuple;
}

Tuple* list_to_tuple(Thread& thread, List* list) { return MUST(make_tuple(thread, list->span())); }

}  // namespace viperine
