// SPDX-License-Identifier: MIT
// Iterators with a position in a sequence: of list, tuple, str, bytes, bytearray, memoryview, of anything with
// __getitem__, and reversed. Invariant: sequence_ is int 0 once the iterator is exhausted.
#include "builtins/container_support.h"
#include "objects/bytes.h"

namespace viperine {

namespace {

IndexIterator* self_iterator(Value self) { return static_cast<IndexIterator*>(self.as_object()); }
bool is_exhausted(const IndexIterator* iterator) { return iterator->sequence_.get().is_int(); }
void exhaust(IndexIterator* iterator) { iterator->sequence_.set(iterator, Value()); }

Result<Value> iterator_self(Thread&, Value self) { return self; }

/// Length of a sequence whose iterator knows its kind.
int64_t direct_length(Value sequence) {
  switch (kind_of(sequence.as_object())) {
    case Kind::List: return cast<List>(sequence)->length();
    case Kind::Tuple: return cast<Tuple>(sequence)->length();
    case Kind::Str: return cast<Str>(sequence)->length();
    case Kind::Rope: return cast<Rope>(sequence)->length();
    case Kind::Bytes: return cast<Bytes>(sequence)->length();
    case Kind::ByteArray: return cast<ByteArray>(sequence)->length();
    default: return -1;
  }
}

Result<Optional<Value>> list_iterator_next(Thread&, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator)) return Optional<Value>();
  auto* list = static_cast<List*>(iterator->sequence_.get().as_object());
  if (iterator->index_ < list->length()) return Optional<Value>(list->at(iterator->index_++));
  exhaust(iterator);
  return Optional<Value>();
}

Result<Optional<Value>> tuple_iterator_next(Thread&, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator)) return Optional<Value>();
  auto* tuple = static_cast<Tuple*>(iterator->sequence_.get().as_object());
  if (iterator->index_ < tuple->length()) return Optional<Value>(tuple->at(iterator->index_++));
  exhaust(iterator);
  return Optional<Value>();
}

Result<Optional<Value>> str_iterator_next(Thread& thread, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator)) return Optional<Value>();
  Str* text = as_str(thread, iterator->sequence_.get());
  if (iterator->index_ < text->length())
    return Optional<Value>(to_value(make_character(thread, text->at(iterator->index_++))));
  exhaust(iterator);
  return Optional<Value>();
}

Result<Optional<Value>> bytes_iterator_next(Thread&, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator)) return Optional<Value>();
  Value sequence = iterator->sequence_.get();
  std::span<const uint8_t> bytes =
      is<Bytes>(sequence) ? cast<Bytes>(sequence)->span() : cast<ByteArray>(sequence)->span();
  if (iterator->index_ < static_cast<int64_t>(bytes.size()))
    return Optional<Value>(Value::from_int(bytes[static_cast<size_t>(iterator->index_++)]));
  exhaust(iterator);
  return Optional<Value>();
}

Result<Optional<Value>> memory_iterator_next(Thread& thread, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator)) return Optional<Value>();
  if (iterator->index_ < TRY(length(thread, iterator->sequence_.get())))
    return Optional<Value>(TRY(get_item(thread, iterator->sequence_.get(), Value::from_int(iterator->index_++))));
  exhaust(iterator);
  return Optional<Value>();
}

/// sequence[index]; exhausted on IndexError and StopIteration.
Result<Optional<Value>> item_or_end(Thread& thread, IndexIterator* iterator) {
  Result<Value> item = get_item(thread, iterator->sequence_.get(), make_int(thread.heap(), iterator->index_));
  if (!item.is_raised()) return Optional<Value>(item.take());
  if (!thread.pending_is<IndexError>() && !thread.pending_is<StopIteration>()) return Raised{};
  thread.clear_pending();
  exhaust(iterator);
  return Optional<Value>();
}

Result<Optional<Value>> sequence_iterator_next(Thread& thread, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator)) return Optional<Value>();
  if (iterator->index_ == INT64_MAX) return thread.raise<OverflowError>("iter index too large");
  Optional<Value> item = TRY(item_or_end(thread, iterator));
  if (item) ++iterator->index_;
  return item;
}

Result<Optional<Value>> list_reverse_iterator_next(Thread&, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator)) return Optional<Value>();
  auto* list = static_cast<List*>(iterator->sequence_.get().as_object());
  if (iterator->index_ >= 0 && iterator->index_ < list->length()) return Optional<Value>(list->at(iterator->index_--));
  exhaust(iterator);
  iterator->index_ = -1;
  return Optional<Value>();
}

Result<Optional<Value>> reversed_next(Thread& thread, Value self) {
  IndexIterator* iterator = self_iterator(self);
  if (is_exhausted(iterator) || iterator->index_ < 0) {
    exhaust(iterator);
    return Optional<Value>();
  }
  Optional<Value> item = TRY(item_or_end(thread, iterator));
  --iterator->index_;
  if (!item) iterator->index_ = -1;
  return item;
}

// --- methods of the forward iterators

Result<Value> length_hint_of(Thread& thread, IndexIterator* self) {
  if (is_exhausted(self)) return Value::from_int(0);
  int64_t total = direct_length(self->sequence_.get());
  if (total < 0) {
    if (type_of(thread, self->sequence_.get())->slots().length == nullptr) return Value::not_implemented();
    total = TRY(length(thread, self->sequence_.get()));
  }
  return Value::from_int(std::max<int64_t>(total - self->index_, 0));
}

Result<Value> reduce_forward(Thread& thread, IndexIterator* self) {
  Value iter = builtin(thread, "iter");
  if (!is_exhausted(self))
    return tuple_of(thread, iter, tuple_of(thread, self->sequence_.get()), Value::from_int(self->index_));
  Value empty = to_value(thread.runtime().empty_tuple());
  if (kind_of(self) == Kind::ListIterator) empty = to_value(List::make(thread.heap()));
  if (kind_of(self) == Kind::StrIterator) empty = to_value(thread.runtime().empty_str());
  return tuple_of(thread, iter, tuple_of(thread, empty));
}

Result<void> setstate_forward(Thread& thread, IndexIterator* self, Value state) {
  int64_t index = TRY(to_c_int64(thread, state));
  if (is_exhausted(self)) return {};
  index = std::max<int64_t>(index, 0);
  int64_t total = direct_length(self->sequence_.get());
  self->index_ = total < 0 ? index : std::min(index, total);
  return {};
}

constexpr NativeMethod kForwardMethods[] = {
    method<length_hint_of>("__length_hint__($self, /)", "Private method returning an estimate of len(list(it))."),
    method<reduce_forward>("__reduce__($self, /)", "Return state information for pickling."),
    method<setstate_forward>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

// --- methods of the reverse iterators

Result<Value> length_hint_reverse(Thread& thread, IndexIterator* self) {
  if (is_exhausted(self)) return Value::from_int(0);
  int64_t total = direct_length(self->sequence_.get());
  if (total < 0 || kind_of(self) == Kind::Reversed) total = TRY(length(thread, self->sequence_.get()));
  int64_t left = self->index_ + 1;
  return Value::from_int(total < left ? 0 : left);
}

Result<Value> reduce_list_reverse(Thread& thread, IndexIterator* self) {
  if (!is_exhausted(self))
    return tuple_of(thread, builtin(thread, "reversed"), tuple_of(thread, self->sequence_.get()),
                    Value::from_int(self->index_));
  return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, to_value(List::make(thread.heap()))));
}

Result<Value> reduce_reversed(Thread& thread, IndexIterator* self) {
  Value type = to_value(type_of(thread, to_value(self)));
  if (!is_exhausted(self))
    return tuple_of(thread, type, tuple_of(thread, self->sequence_.get()), Value::from_int(self->index_));
  return tuple_of(thread, type, tuple_of(thread, to_value(thread.runtime().empty_tuple())));
}

Result<void> setstate_reverse(Thread& thread, IndexIterator* self, Value state) {
  int64_t index = TRY(to_c_int64(thread, state));
  if (is_exhausted(self)) return {};
  int64_t total = direct_length(self->sequence_.get());
  if (total < 0 || kind_of(self) == Kind::Reversed) total = TRY(length(thread, self->sequence_.get()));
  self->index_ = std::clamp<int64_t>(index, -1, total - 1);
  return {};
}

constexpr NativeMethod kListReverseMethods[] = {
    method<length_hint_reverse>("__length_hint__($self, /)", "Private method returning an estimate of len(list(it))."),
    method<reduce_list_reverse>("__reduce__($self, /)", "Return state information for pickling."),
    method<setstate_reverse>("__setstate__($self, state, /)", "Set state information for unpickling."),
};
constexpr NativeMethod kReversedMethods[] = {
    method<length_hint_reverse>("__length_hint__($self, /)", "Private method returning an estimate of len(list(it))."),
    method<reduce_reversed>("__reduce__($self, /)", "Return state information for pickling."),
    method<setstate_reverse>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

Result<Value> reversed_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (refuses_keywords(thread, type, arguments))
    return thread.raise<TypeError>("reversed() takes no keyword arguments");
  if (arguments.positional_count() != 1)
    return thread.raise<TypeError>("reversed expected 1 argument, got {}", arguments.positional_count());
  Value sequence = arguments[0];
  Optional<Value> special = TRY(lookup_special(thread, sequence, thread.names().__reversed__));
  if (special) {
    if ((*special).is_none()) return thread.raise<TypeError>("'{}' object is not reversible", type_name_of(sequence));
    return call(thread, *special);
  }
  const TypeSlots& slots = type_of(thread, sequence)->slots();
  if (slots.get_item == nullptr || slots.is_mapping)
    return thread.raise<TypeError>("'{}' object is not reversible", type_name_of(sequence));
  int64_t total = TRY(length(thread, sequence));
  auto* iterator = make_instance<IndexIterator>(thread, type);
  iterator->sequence_.set(iterator, sequence);
  iterator->index_ = total - 1;
  return to_value(iterator);
}

constexpr TypeSpec forward_type(const char* name, Kind kind, NextSlot next, Layout (*layout)()) {
  TypeSpec spec;
  spec.name = name;
  spec.kind = kind;
  spec.flags = kTypeDisallowInstantiation;
  spec.layout = layout;
  spec.slots.iter = iterator_self;
  spec.slots.next = next;
  spec.methods = kForwardMethods;
  return spec;
}

}  // namespace

extern const TypeSpec kSequenceIteratorType, kListIteratorType, kTupleIteratorType, kStrIteratorType,
    kBytesIteratorType, kByteArrayIteratorType, kMemoryIteratorType, kListReverseIteratorType, kReversedType;

constinit const TypeSpec kSequenceIteratorType = forward_type(
    "iterator", Kind::SequenceIterator, sequence_iterator_next, [] { return layout_of<IndexIterator>("iterator"); });
constinit const TypeSpec kListIteratorType = forward_type("list_iterator", Kind::ListIterator, list_iterator_next,
                                                          [] { return layout_of<IndexIterator>("list_iterator"); });
constinit const TypeSpec kTupleIteratorType = forward_type("tuple_iterator", Kind::TupleIterator, tuple_iterator_next,
                                                           [] { return layout_of<IndexIterator>("tuple_iterator"); });
constinit const TypeSpec kStrIteratorType = forward_type("str_iterator", Kind::StrIterator, str_iterator_next,
                                                         [] { return layout_of<IndexIterator>("str_iterator"); });
constinit const TypeSpec kBytesIteratorType = forward_type("bytes_iterator", Kind::BytesIterator, bytes_iterator_next,
                                                           [] { return layout_of<IndexIterator>("bytes_iterator"); });
constinit const TypeSpec kByteArrayIteratorType =
    forward_type("bytearray_iterator", Kind::ByteArrayIterator, bytes_iterator_next,
                 [] { return layout_of<IndexIterator>("bytearray_iterator"); });
constinit const TypeSpec kMemoryIteratorType =
    forward_type("memory_iterator", Kind::MemoryIterator, memory_iterator_next,
                 [] { return layout_of<IndexIterator>("memory_iterator"); });

constinit const TypeSpec kListReverseIteratorType = {
    .name = "list_reverseiterator",
    .kind = Kind::ListReverseIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<IndexIterator>("list_reverseiterator"); },
    .slots = {.iter = iterator_self, .next = list_reverse_iterator_next},
    .methods = kListReverseMethods,
};

constinit const TypeSpec kReversedType = {
    .name = "reversed",
    .kind = Kind::Reversed,
    .flags = kTypeBase,
    .layout = [] { return layout_of<IndexIterator>("reversed"); },
    .slots = {.new_ = reversed_new, .iter = iterator_self, .next = reversed_next},
    .methods = kReversedMethods,
    .doc = "Return a reverse iterator over the values of the given sequence.",
    .text_signature = "(sequence, /)",
};

}  // namespace viperine
