// SPDX-License-Identifier: MIT
// The type list. Sorting is in list_sort.cpp, its iterators in iterators.cpp.
// Every loop that may run Python asks for the length again: the list may change meanwhile.
#include "builtins/container_support.h"
#include "builtins/list_sort.h"
#include "runtime/slices.h"

namespace viperine {

namespace {

List* self_list(Value self) { return static_cast<List*>(self.as_object()); }

Result<Value> list_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<List>(thread, type));
}

Result<void> list_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("list(iterable=(), /)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, without_foreign_keywords(thread, self, Kind::List, arguments), bound));
  List* list = self_list(self);
  list->truncate(thread.heap(), 0);
  if (bound.values[0].is_absent()) return {};
  return list_extend(thread, list, bound.values[0]);
}

Result<Value> list_repr(Thread& thread, Value self) {
  List* list = self_list(self);
  if (list->length() == 0) return to_value(make_str(thread, "[]"));
  ReprScope scope(thread, self);
  if (scope.entered_before()) return to_value(make_str(thread, "[...]"));
  StringBuilder builder(thread);
  builder.append(uint32_t{'['});
  TRY(append_items(thread, builder, list));
  builder.append(uint32_t{']'});
  return to_value(TRY(builder.finish()));
}

Result<Value> list_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<List>(other)) return Value::not_implemented();
  return compare_sequences(thread, self_list(self), cast<List>(other), op);
}

Result<Value> list_iter(Thread& thread, Value self) {
  auto* iterator = make_kind<IndexIterator>(thread, Kind::ListIterator);
  iterator->sequence_.initialize(self);
  return to_value(iterator);
}

Result<int64_t> list_length(Thread&, Value self) { return self_list(self)->length(); }

Raised raise_bad_index(Thread& thread, Value index) {
  return thread.raise<TypeError>("list indices must be integers or slices, not {}", type_name_of(index));
}

/// The position an index means, or IndexError with this text.
Result<int64_t> position_of(Thread& thread, List* list, Value index, const char* text) {
  int64_t position;
  if (index.is_int()) {
    position = index.as_int();
  } else {
    Result<int64_t> number = to_index_int64(thread, index);
    if (number.is_raised()) {
      if (!thread.pending_is<OverflowError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_name_of(index));
    }
    position = number.take();
  }
  if (position < 0) position += list->length();
  if (position < 0 || position >= list->length()) return thread.raise<IndexError>(text);
  return position;
}

bool is_index(Thread& thread, Value index) {
  return is_integer(index) || type_of(thread, index)->slots().to_index != nullptr;
}

Result<Value> list_get_slice(Thread& thread, List* list, Slice* slice) {
  SliceRange range = TRY(slice_range_in(thread, slice, list));
  if (range.step == 1)
    return to_value(TRY(make_list(thread, list->span().subspan(static_cast<size_t>(range.length == 0 ? 0 : range.start),
                                                               static_cast<size_t>(range.length)))));
  List* result = List::try_make(thread.heap(), range.length);
  if (result == nullptr) return thread.raise_memory_error();
  for (int64_t i = 0, from = range.start; i < range.length; ++i, from += range.step)
    result->append(thread.heap(), list->at(from));
  return to_value(result);
}

Result<Value> list_get_item(Thread& thread, Value self, Value index) {
  List* list = self_list(self);
  if (index.is_int()) {
    int64_t position = index.as_int();
    if (position < 0) position += list->length();
    if (position < 0 || position >= list->length()) return thread.raise<IndexError>("list index out of range");
    return list->at(position);
  }
  if (is<Slice>(index)) return list_get_slice(thread, list, cast<Slice>(index));
  if (!is_index(thread, index)) return raise_bad_index(thread, index);
  return list->at(TRY(position_of(thread, list, index, "list index out of range")));
}

/// list[start:stop] = items, by moving what is behind.
Result<void> replace_range(Thread& thread, List* list, int64_t start, int64_t stop, std::span<const Value> items) {
  int64_t length = list->length();
  start = std::clamp<int64_t>(start, 0, length);
  stop = std::clamp(stop, start, length);
  auto count = static_cast<int64_t>(items.size());
  int64_t fresh_length = length - (stop - start) + count;
  if (fresh_length > list->capacity() && !list->reserve(thread.heap(), fresh_length + fresh_length / 8))
    return thread.raise_memory_error();
  Value* data = list->items();
  if (data != nullptr && stop != length)
    __builtin_memmove(static_cast<void*>(data + start + count), data + stop, static_cast<size_t>(length - stop) * 8);
  for (int64_t i = 0; i < count; ++i) data[start + i] = items[static_cast<size_t>(i)];
  if (fresh_length >= length) {
    list->set_length(fresh_length);
  } else {
    list->truncate(thread.heap(), fresh_length);
  }
  if (list->array() != nullptr) list->array()->written();
  return {};
}

Result<void> delete_slice(Thread& thread, List* list, SliceRange range) {
  if (range.length == 0) return {};
  if (range.step == 1) return replace_range(thread, list, range.start, range.start + range.length, {});
  if (range.step < 0) {
    range.start += range.step * (range.length - 1);
    range.step = -range.step;
  }
  Value* data = list->items();
  int64_t out = range.start, next_gone = range.start, gone = 0;
  for (int64_t i = range.start; i < list->length(); ++i) {
    if (gone < range.length && i == next_gone) {
      next_gone += range.step;
      ++gone;
      continue;
    }
    data[out++] = data[i];
  }
  list->array()->written();
  list->truncate(thread.heap(), out);
  return {};
}

Result<void> assign_slice(Thread& thread, List* list, Slice* slice, Value value) {
  SliceRange range = TRY(slice_range_in(thread, slice, list));
  if (value.is_absent()) return delete_slice(thread, list, range);
  bool simple = range.step == 1;
  Value source = value;
  if (!is<List>(value) && !is<Tuple>(value)) {
    if (type_of(thread, value)->slots().iter == nullptr && type_of(thread, value)->slots().get_item == nullptr)
      return thread.raise<TypeError>(simple ? "can only assign an iterable" : "must assign iterable to extended slice");
    source = to_value(TRY(list_from_iterable(thread, value)));
  } else if (value == to_value(list)) {
    source = to_value(TRY(make_list(thread, list->span())));
  }
  std::span<const Value> items = is<List>(source) ? cast<List>(source)->span() : cast<Tuple>(source)->span();
  if (simple) {
    if (range.stop < range.start) range.stop = range.start;
    return replace_range(thread, list, range.start, range.stop, items);
  }
  if (static_cast<int64_t>(items.size()) != range.length)
    return thread.raise<ValueError>("attempt to assign sequence of size {} to extended slice of size {}",
                                    static_cast<int64_t>(items.size()), range.length);
  for (int64_t i = 0, to = range.start; i < range.length; ++i, to += range.step)
    if (to < list->length()) list->set(to, items[static_cast<size_t>(i)]);
  return {};
}

void remove_at(Thread& thread, List* list, int64_t position) {
  int64_t length = list->length();
  Value* data = list->items();
  __builtin_memmove(static_cast<void*>(data + position), data + position + 1,
                    static_cast<size_t>(length - position - 1) * 8);
  list->array()->written();
  list->truncate(thread.heap(), length - 1);
}

Result<void> list_set_item(Thread& thread, Value self, Value index, Value value) {
  List* list = self_list(self);
  if (index.is_int() && !value.is_absent()) {
    int64_t position = index.as_int();
    if (position < 0) position += list->length();
    if (position < 0 || position >= list->length())
      return thread.raise<IndexError>("list assignment index out of range");
    list->set(position, value);
    return {};
  }
  if (is<Slice>(index)) return assign_slice(thread, list, cast<Slice>(index), value);
  if (!is_index(thread, index)) return raise_bad_index(thread, index);
  int64_t position = TRY(position_of(thread, list, index, "list assignment index out of range"));
  if (value.is_absent()) remove_at(thread, list, position);
  else list->set(position, value);
  return {};
}

Result<bool> list_contains(Thread& thread, Value self, Value item) {
  List* list = self_list(self);
  for (int64_t i = 0; i < list->length(); ++i) {
    Value candidate = list->at(i);
    if (candidate == item) return true;
    if (Value::both_ints(candidate, item)) continue;
    if (TRY(equals(thread, candidate, item))) return true;
  }
  return false;
}

Result<Value> list_concatenate(Thread& thread, Value left, Value right) {
  if (!is<List>(right))
    return thread.raise<TypeError>("can only concatenate list (not \"{}\") to list", type_name_of(right));
  List* first = self_list(left);
  auto* second = cast<List>(right);
  int64_t length = first->length() + second->length();
  List* result = List::try_make(thread.heap(), length);
  if (result == nullptr) return thread.raise_memory_error();
  for (Value item : first->span()) result->append(thread.heap(), item);
  for (Value item : second->span()) result->append(thread.heap(), item);
  return to_value(result);
}

Result<Value> list_inplace_concatenate(Thread& thread, Value self, Value other) {
  TRY(list_extend(thread, self_list(self), other));
  return self;
}

Result<Value> list_repeat(Thread& thread, Value self, int64_t count) {
  List* list = self_list(self);
  int64_t length = list->length();
  if (count <= 0 || length == 0) return to_value(List::make(thread.heap()));
  int64_t total;
  if (__builtin_mul_overflow(length, count, &total) || total > Value::kMaxInt / 8) return thread.raise_memory_error();
  List* result = List::try_make(thread.heap(), total);
  if (result == nullptr) return thread.raise_memory_error();
  Value* data = result->items();
  for (int64_t i = 0; i < total; i += length) std::copy_n(list->items(), length, data + i);
  result->array()->written();
  result->set_length(total);
  return to_value(result);
}

Result<Value> list_inplace_repeat(Thread& thread, Value self, int64_t count) {
  List* list = self_list(self);
  int64_t length = list->length();
  if (count <= 0) {
    list->truncate(thread.heap(), 0);
    return self;
  }
  int64_t total;
  if (__builtin_mul_overflow(length, count, &total) || total > Value::kMaxInt / 8) return thread.raise_memory_error();
  if (!list->reserve(thread.heap(), total)) return thread.raise_memory_error();
  for (int64_t i = length; i < total; i += length) std::copy_n(list->items(), length, list->items() + i);
  if (list->array() != nullptr) list->array()->written();
  list->set_length(total);
  return self;
}

// --- methods

Result<void> list_append(Thread& thread, List* self, Value object) { return list_append_value(thread, self, object); }

Result<void> list_clear(Thread& thread, List* self) {
  self->truncate(thread.heap(), 0);
  return {};
}

Result<List*> list_copy(Thread& thread, List* self) { return make_list(thread, self->span()); }

Result<Value> list_count(Thread& thread, List* self, Value value) {
  int64_t count = 0;
  for (int64_t i = 0; i < self->length(); ++i)
    if (TRY(equals(thread, self->at(i), value))) ++count;
  return Value::from_int(count);
}

Result<void> list_extend_method(Thread& thread, List* self, Value iterable) {
  return list_extend(thread, self, iterable);
}

Result<Value> list_index(Thread& thread, List* self, Value value, Optional<Value> start, Optional<Value> stop) {
  int64_t from = TRY(search_position(thread, start, self->length(), 0));
  int64_t end = TRY(search_position(thread, stop, self->length(), INT64_MAX));
  for (int64_t i = from; i < end && i < self->length(); ++i)
    if (TRY(equals(thread, self->at(i), value))) return Value::from_int(i);
  return thread.raise<ValueError>("{} is not in list", TRY(repr(thread, value)));
}

Result<void> list_insert(Thread& thread, List* self, Index index, Value object) {
  int64_t length = self->length();
  int64_t position = index < 0 ? std::max<int64_t>(index + length, 0) : std::min<int64_t>(index, length);
  TRY(list_append_value(thread, self, object));
  Value* data = self->items();
  __builtin_memmove(static_cast<void*>(data + position + 1), data + position,
                    static_cast<size_t>(length - position) * 8);
  data[position] = object;
  self->array()->written();
  return {};
}

Result<Value> list_pop(Thread& thread, List* self, Index index) {
  if (self->length() == 0) return thread.raise<IndexError>("pop from empty list");
  int64_t position = index < 0 ? index + self->length() : int64_t{index};
  if (position < 0 || position >= self->length()) return thread.raise<IndexError>("pop index out of range");
  Value item = self->at(position);
  if (position == self->length() - 1) self->truncate(thread.heap(), position);
  else remove_at(thread, self, position);
  return item;
}

Result<void> list_remove(Thread& thread, List* self, Value value) {
  for (int64_t i = 0; i < self->length(); ++i) {
    if (!TRY(equals(thread, self->at(i), value))) continue;
    if (i < self->length()) remove_at(thread, self, i);
    return {};
  }
  return thread.raise<ValueError>("list.remove(x): x not in list");
}

Result<void> list_reverse(Thread&, List* self) {
  if (self->length() > 1) {
    std::reverse(self->items(), self->items() + self->length());
    self->array()->written();
  }
  return {};
}

Result<void> list_sort_method(Thread& thread, List* self, Value key, bool reverse) {
  return list_sort(thread, self, key, reverse);
}

Result<Value> list_reversed(Thread& thread, List* self) {
  auto* iterator = make_kind<IndexIterator>(thread, Kind::ListReverseIterator);
  iterator->sequence_.initialize(to_value(self));
  iterator->index_ = self->length() - 1;
  return to_value(iterator);
}

Result<Value> list_sizeof(Thread& thread, List* self) {
  return Value::from_int(object_size(thread, self) + object_size(thread, self->array()));
}

constexpr NativeMethod kListMethods[] = {
    method<list_reversed>("__reversed__($self, /)", "Return a reverse iterator over the list."),
    method<list_sizeof>("__sizeof__($self, /)", "Return the size of the list in memory, in bytes."),
    method<list_clear>("clear($self, /)", "Remove all items from list."),
    method<list_copy>("copy($self, /)", "Return a shallow copy of the list."),
    method<list_append>("append($self, object, /)", "Append object to the end of the list."),
    method<list_insert>("insert($self, index, object, /)", "Insert object before index."),
    method<list_extend_method>("extend($self, iterable, /)", "Extend list by appending elements from the iterable."),
    method<list_pop>("pop($self, index=-1, /)",
                     "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index "
                     "is out of range."),
    method<list_remove>("remove($self, value, /)",
                        "Remove first occurrence of value.\n\nRaises ValueError if the value is not present."),
    method<list_index>("index($self, value, start=0, stop=sys.maxsize, /)",
                       "Return first index of value.\n\nRaises ValueError if the value is not present."),
    method<list_count>("count($self, value, /)", "Return number of occurrences of value."),
    method<list_reverse>("reverse($self, /)", "Reverse *IN PLACE*."),
    method<list_sort_method>("sort($self, /, *, key=None, reverse=False)",
                             "Sort the list in ascending order, in place, and return None. The sort is stable."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};

}  // namespace

extern const TypeSpec kListType;
constinit const TypeSpec kListType = {
    .name = "list",
    .kind = Kind::List,
    .flags = kTypeBase | kTypeSequence | kTypeMatchSelf,
    .layout = [] { return layout_of<List>("list"); },
    .slots = {.repr = list_repr, .compare = list_compare, .new_ = list_new, .init = list_init, .iter = list_iter,
              .length = list_length, .get_item = list_get_item, .set_item = list_set_item, .contains = list_contains,
              .concatenate = list_concatenate, .inplace_concatenate = list_inplace_concatenate, .repeat = list_repeat,
              .inplace_repeat = list_inplace_repeat},
    .methods = kListMethods,
    .doc = "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\n"
           "The argument must be an iterable if specified.",
    .text_signature = "(iterable=(), /)",
};

}  // namespace viperine
