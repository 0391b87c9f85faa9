// SPDX-License-Identifier: MIT
// collections.deque and its iterators: a ring buffer that doubles, and halves when three quarters are free.
// Every loop that may run Python compares version_ with what it was: "deque mutated during iteration".
#include "modules/collections/collections.h"

namespace viperine {

namespace {

Deque* self_deque(Value self) { return static_cast<Deque*>(self.as_object()); }
bool is_deque(Value value) { return has_kind(value, Kind::Deque); }

/// A ring of this capacity with the same items, from its place 0 on.
Result<void> set_capacity(Thread& thread, Deque* deque, int64_t capacity) {
  Array* fresh = Array::try_make(thread.heap(), capacity);
  if (fresh == nullptr) return thread.raise_memory_error();
  for (int64_t i = 0; i < deque->length_; ++i) fresh->items()[i] = deque->at(i);
  fresh->written();
  deque->items_.set(deque, fresh);
  deque->head_ = 0;
  return {};
}

Result<void> make_room(Thread& thread, Deque* deque) {
  if (deque->length_ < deque->capacity()) return {};
  return set_capacity(thread, deque, std::max<int64_t>(deque->capacity() * 2, 8));
}

void shrink(Thread& thread, Deque* deque) {
  if (deque->capacity() < 128 || deque->length_ > deque->capacity() / 4) return;
  if (set_capacity(thread, deque, deque->capacity() / 2).is_raised()) thread.clear_pending();
}

Value take_left(Thread& thread, Deque* deque) {
  Value item = deque->at(0);
  deque->items_->items()[deque->head_] = Value();
  deque->head_ = deque->place(1);
  --deque->length_;
  ++deque->version_;
  shrink(thread, deque);
  return item;
}

Value take_right(Thread& thread, Deque* deque) {
  int64_t place = deque->place(deque->length_ - 1);
  Value item = deque->items_->at(place);
  deque->items_->items()[place] = Value();
  --deque->length_;
  ++deque->version_;
  shrink(thread, deque);
  return item;
}

Result<void> put_right(Thread& thread, Deque* deque, Value item) {
  if (deque->maximum_ == 0) return {};
  TRY(make_room(thread, deque));
  ++deque->length_;
  deque->set(deque->length_ - 1, item);
  ++deque->version_;
  if (deque->maximum_ >= 0 && deque->length_ > deque->maximum_) take_left(thread, deque);
  return {};
}

Result<void> put_left(Thread& thread, Deque* deque, Value item) {
  if (deque->maximum_ == 0) return {};
  TRY(make_room(thread, deque));
  deque->head_ = deque->head_ == 0 ? deque->capacity() - 1 : deque->head_ - 1;
  ++deque->length_;
  deque->set(0, item);
  ++deque->version_;
  if (deque->maximum_ >= 0 && deque->length_ > deque->maximum_) take_right(thread, deque);
  return {};
}

void clear(Deque* deque) {
  deque->items_.set(deque, nullptr);
  deque->head_ = deque->length_ = 0;
  ++deque->version_;
}

Result<void> extend_right(Thread& thread, Deque* deque, Value iterable) {
  Value source = iterable == to_value(deque) ? to_value(TRY(list_from_iterable(thread, iterable))) : iterable;
  return for_each(thread, source, [&](Value item) -> Result<bool> {
    TRY(put_right(thread, deque, item));
    return true;
  });
}

Result<Value> deque_new(Thread& thread, Type* type, const Arguments&) {
  auto* deque = make_instance<Deque>(thread, type);
  deque->maximum_ = -1;
  return to_value(deque);
}

Result<void> deque_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("deque(iterable=(), maxlen=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Deque* deque = self_deque(self);
  int64_t maximum = -1;
  if (!bound.values[1].is_none()) {
    if (!is_integer(bound.values[1])) return thread.raise<TypeError>("an integer is required");
    maximum = TRY(to_index_int64(thread, bound.values[1]));
    if (maximum < 0) return thread.raise<ValueError>("maxlen must be non-negative");
  }
  deque->maximum_ = maximum;
  if (deque->length_ > 0) clear(deque);
  if (bound.values[0].is_absent()) return {};
  return extend_right(thread, deque, bound.values[0]);
}

/// A deque of the same type, length limit and items.
Result<Value> copy_of(Thread& thread, Deque* deque) {
  Type* type = type_of(thread, to_value(deque));
  if (type == thread.runtime().type(Kind::Deque)) {
    auto* copy = make_kind<Deque>(thread, Kind::Deque);
    copy->maximum_ = deque->maximum_;
    if (deque->length_ > 0) TRY(set_capacity(thread, copy, std::max<int64_t>(deque->length_, 8)));
    for (int64_t i = 0; i < deque->length_; ++i) copy->items_->set(i, deque->at(i));
    copy->length_ = deque->length_;
    return to_value(copy);
  }
  Value copy = deque->maximum_ < 0
                   ? TRY(call(thread, to_value(type), to_value(deque)))
                   : TRY(call(thread, to_value(type), to_value(deque), make_int(thread.heap(), deque->maximum_)));
  if (!is_deque(copy))
    return thread.raise<TypeError>("{}() must return a deque, not {}", type->name(), type_name_of(copy));
  return copy;
}

Result<Value> deque_repr(Thread& thread, Value self) {
  Deque* deque = self_deque(self);
  ReprScope scope(thread, self);
  if (scope.entered_before()) return to_value(make_str(thread, "[...]"));
  List* items = TRY(list_from_iterable(thread, self));
  Str* text = TRY(repr(thread, to_value(items)));
  Str* name = type_of(thread, self)->name();
  if (deque->maximum_ >= 0) return to_value(format_text(thread, "{}({}, maxlen={})", name, text, deque->maximum_));
  return to_value(format_text(thread, "{}({})", name, text));
}

Result<Value> deque_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is_deque(other)) return Value::not_implemented();
  return compare_sequences(thread, self_deque(self), self_deque(other), op);
}

Result<int64_t> deque_length(Thread&, Value self) { return self_deque(self)->length_; }

Result<int64_t> position_of(Thread& thread, Deque* deque, Value index) {
  int64_t position = TRY(to_index_int64(thread, index));
  if (position < 0) position += deque->length_;
  if (position < 0 || position >= deque->length_) return thread.raise<IndexError>("deque index out of range");
  return position;
}

Result<void> check_index(Thread& thread, Value index) {
  if (is_integer(index) || type_of(thread, index)->slots().to_index != nullptr) return {};
  return thread.raise<TypeError>("sequence index must be integer, not '{}'", type_name_of(index));
}

Result<Value> deque_get_item(Thread& thread, Value self, Value index) {
  TRY(check_index(thread, index));
  return self_deque(self)->at(TRY(position_of(thread, self_deque(self), index)));
}

void remove_at(Thread& thread, Deque* deque, int64_t position) {
  if (position < deque->length_ / 2) {
    for (int64_t i = position; i > 0; --i) deque->set(i, deque->at(i - 1));
    take_left(thread, deque);
  } else {
    for (int64_t i = position; i + 1 < deque->length_; ++i) deque->set(i, deque->at(i + 1));
    take_right(thread, deque);
  }
}

Result<void> deque_set_item(Thread& thread, Value self, Value index, Value value) {
  TRY(check_index(thread, index));
  Deque* deque = self_deque(self);
  int64_t position = TRY(position_of(thread, deque, index));
  if (value.is_absent()) remove_at(thread, deque, position);
  else deque->set(position, value);
  return {};
}

/// Calls body(index) with each index whose item equals `value` until it says false.
template <typename Body>
Result<void> for_each_equal(Thread& thread, Deque* deque, Value value, int64_t start, int64_t stop, Body body) {
  uint64_t version = deque->version_;
  for (int64_t i = start; i < stop && i < deque->length_; ++i) {
    bool equal = TRY(equals(thread, deque->at(i), value));
    if (deque->version_ != version) return thread.raise<RuntimeError>("deque mutated during iteration");
    if (equal && !body(i)) return {};
  }
  return {};
}

Result<bool> deque_contains(Thread& thread, Value self, Value value) {
  bool found = false;
  TRY(for_each_equal(thread, self_deque(self), value, 0, INT64_MAX, [&](int64_t) { return !(found = true); }));
  return found;
}

Result<Value> deque_concatenate(Thread& thread, Value left, Value right) {
  if (!is_deque(right))
    return thread.raise<TypeError>("can only concatenate deque (not \"{}\") to deque", type_name_of(right));
  Value result = TRY(copy_of(thread, self_deque(left)));
  TRY(extend_right(thread, self_deque(result), right));
  return result;
}

Result<Value> deque_inplace_concatenate(Thread& thread, Value self, Value other) {
  TRY(extend_right(thread, self_deque(self), other));
  return self;
}

Result<Value> deque_inplace_repeat(Thread& thread, Value self, int64_t count) {
  Deque* deque = self_deque(self);
  if (count <= 0) {
    clear(deque);
    return self;
  }
  int64_t length = deque->length_, total;
  if (length == 0 || count == 1) return self;
  if (__builtin_mul_overflow(length, count, &total) || total > Value::kMaxInt / 8) return thread.raise_memory_error();
  List* items = TRY(list_from_iterable(thread, self));
  if (deque->maximum_ >= 0 && length > 0) count = std::min(count, (deque->maximum_ + length - 1) / length + 1);
  for (int64_t n = 1; n < count; ++n)
    for (int64_t i = 0; i < items->length(); ++i) TRY(put_right(thread, deque, items->at(i)));
  return self;
}

Result<Value> deque_repeat(Thread& thread, Value self, int64_t count) {
  return deque_inplace_repeat(thread, TRY(copy_of(thread, self_deque(self))), count);
}

// --- methods

Result<void> deque_append(Thread& thread, Deque* self, Value item) { return put_right(thread, self, item); }
Result<void> deque_appendleft(Thread& thread, Deque* self, Value item) { return put_left(thread, self, item); }
Result<void> deque_clear(Thread&, Deque* self) {
  clear(self);
  return {};
}
Result<Value> deque_copy(Thread& thread, Deque* self) { return copy_of(thread, self); }

Result<Value> deque_count(Thread& thread, Deque* self, Value value) {
  int64_t count = 0;
  TRY(for_each_equal(thread, self, value, 0, INT64_MAX, [&](int64_t) {
    ++count;
    return true;
  }));
  return Value::from_int(count);
}

Result<void> deque_extend(Thread& thread, Deque* self, Value iterable) { return extend_right(thread, self, iterable); }

Result<void> deque_extendleft(Thread& thread, Deque* self, Value iterable) {
  Value source = iterable == to_value(self) ? to_value(TRY(list_from_iterable(thread, iterable))) : iterable;
  return for_each(thread, source, [&](Value item) -> Result<bool> {
    TRY(put_left(thread, self, item));
    return true;
  });
}

Result<Value> deque_index(Thread& thread, Deque* self, Value value, Optional<Value> start, Optional<Value> stop) {
  int64_t from = TRY(search_position(thread, start, self->length_, 0));
  int64_t end = TRY(search_position(thread, stop, self->length_, INT64_MAX));
  int64_t found = -1;
  TRY(for_each_equal(thread, self, value, from, end, [&](int64_t i) {
    found = i;
    return false;
  }));
  if (found < 0) return thread.raise<ValueError>("{} is not in deque", TRY(repr(thread, value)));
  return Value::from_int(found);
}

Result<void> deque_insert(Thread& thread, Deque* self, Index index, Value value) {
  if (self->maximum_ >= 0 && self->length_ >= self->maximum_)
    return thread.raise<IndexError>("deque already at its maximum size");
  int64_t position = index < 0 ? std::max<int64_t>(index + self->length_, 0) : std::min<int64_t>(index, self->length_);
  TRY(put_right(thread, self, value));
  for (int64_t i = self->length_ - 1; i > position; --i) self->set(i, self->at(i - 1));
  self->set(position, value);
  return {};
}

Result<Value> deque_pop(Thread& thread, Deque* self) {
  if (self->length_ == 0) return thread.raise<IndexError>("pop from an empty deque");
  return take_right(thread, self);
}
Result<Value> deque_popleft(Thread& thread, Deque* self) {
  if (self->length_ == 0) return thread.raise<IndexError>("pop from an empty deque");
  return take_left(thread, self);
}

Result<void> deque_remove(Thread& thread, Deque* self, Value value) {
  int64_t length = self->length_;
  uint64_t version = self->version_;
  for (int64_t i = 0; i < length; ++i) {
    bool equal = TRY(equals(thread, self->at(i), value));
    if (self->version_ != version) return thread.raise<IndexError>("deque mutated during remove().");
    if (!equal) continue;
    remove_at(thread, self, i);
    return {};
  }
  return thread.raise<ValueError>("{} is not in deque", TRY(repr(thread, value)));
}

Result<void> deque_reverse(Thread&, Deque* self) {
  for (int64_t i = 0, j = self->length_ - 1; i < j; ++i, --j) {
    Value item = self->at(i);
    self->set(i, self->at(j));
    self->set(j, item);
  }
  return {};
}

Result<void> deque_rotate(Thread&, Deque* self, Index count) {
  int64_t length = self->length_;
  if (length < 2) return {};
  int64_t steps = count % length;
  if (steps < 0) steps += length;
  if (steps == 0) return {};
  ++self->version_;
  // Round the shorter way, an item at a time.
  Value* items = self->items_->items();
  if (steps <= length / 2) {
    for (; steps > 0; --steps) {
      int64_t last = self->place(length - 1);
      Value item = items[last];
      items[last] = Value();
      self->head_ = self->head_ == 0 ? self->capacity() - 1 : self->head_ - 1;
      items[self->head_] = item;
    }
  } else {
    for (steps = length - steps; steps > 0; --steps) {
      Value item = items[self->head_];
      items[self->head_] = Value();
      self->head_ = self->place(1);
      items[self->place(length - 1)] = item;
    }
  }
  self->items_->written();
  return {};
}

Result<Value> deque_reduce(Thread& thread, Deque* self) {
  Value state = TRY(call_method(thread, to_value(self), thread.names().__getstate__));
  Value iterator = TRY(iterate(thread, to_value(self)));
  Value type = to_value(type_of(thread, to_value(self))), nothing = to_value(thread.runtime().empty_tuple());
  Value arguments = self->maximum_ < 0 ? nothing : tuple_of(thread, nothing, make_int(thread.heap(), self->maximum_));
  return tuple_of(thread, type, arguments, state, iterator);
}

Result<Value> deque_sizeof(Thread& thread, Deque* self) {
  return Value::from_int(object_size(thread, self) + object_size(thread, self->items_.get()));
}

Value deque_maxlen(Thread& thread, Deque* self) {
  return self->maximum_ < 0 ? Value::none() : make_int(thread.heap(), self->maximum_);
}

// --- iterators

class DequeIterator final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::DequeIterator;
  static bool is_kind(Kind kind) { return kind == Kind::DequeIterator || kind == Kind::DequeReverseIterator; }
  Slot<Deque> deque_;
  int64_t index_;        // how many were given out
  int64_t remaining_;
  uint64_t version_;
  LAYOUT(DequeIterator, HeapObject, deque_, index_, remaining_, version_);
};

Value make_iterator(Thread& thread, Type* type, Deque* deque) {
  auto* iterator = make_instance<DequeIterator>(thread, type);
  iterator->deque_.set(iterator, deque);
  iterator->remaining_ = deque->length_;
  iterator->version_ = deque->version_;
  return to_value(iterator);
}

Result<Value> deque_iter(Thread& thread, Value self) {
  return make_iterator(thread, thread.runtime().type(Kind::DequeIterator), self_deque(self));
}
Result<Value> deque_reversed(Thread& thread, Deque* self) {
  return make_iterator(thread, thread.runtime().type(Kind::DequeReverseIterator), self);
}

Result<Value> iterator_self(Thread&, Value self) { return self; }

Result<Optional<Value>> iterator_next(Thread& thread, Value self) {
  auto* iterator = static_cast<DequeIterator*>(self.as_object());
  Deque* deque = iterator->deque_.get();
  if (iterator->version_ != deque->version_) {
    iterator->remaining_ = 0;
    return thread.raise<RuntimeError>("deque mutated during iteration");
  }
  if (iterator->remaining_ == 0) return Optional<Value>();
  --iterator->remaining_;
  int64_t index = iterator->index_++;
  return Optional<Value>(deque->at(kind_of(iterator) == Kind::DequeIterator ? index : deque->length_ - 1 - index));
}

Result<Value> iterator_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.positional_count() < 1 || arguments.positional_count() > 2)
    return thread.raise<TypeError>("function takes at least 1 argument ({} given)", arguments.positional_count());
  if (!is_deque(arguments[0]))
    return thread.raise<TypeError>("argument 1 must be collections.deque, not {}", type_name_of(arguments[0]));
  Value made = make_iterator(thread, type, self_deque(arguments[0]));
  int64_t skip = arguments.positional_count() == 2 ? TRY(to_index_int64(thread, arguments[1])) : 0;
  auto* iterator = static_cast<DequeIterator*>(made.as_object());
  skip = std::clamp<int64_t>(skip, 0, iterator->remaining_);
  iterator->index_ += skip;
  iterator->remaining_ -= skip;
  return made;
}

Result<Value> iterator_length_hint(Thread&, DequeIterator* self) { return Value::from_int(self->remaining_); }

Result<Value> iterator_reduce(Thread& thread, DequeIterator* self) {
  int64_t given = self->deque_->length_ - self->remaining_;
  return tuple_of(thread, to_value(type_of(thread, to_value(self))),
                  tuple_of(thread, to_value(self->deque_.get()), Value::from_int(given)));
}

constexpr NativeMethod kIteratorMethods[] = {
    method<iterator_length_hint>("__length_hint__($self, /)", "Private method returning an estimate of len(list(it))."),
    method<iterator_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};

constexpr NativeMethod kDequeMethods[] = {
    method<deque_append>("append($self, item, /)", "Add an element to the right side of the deque."),
    method<deque_appendleft>("appendleft($self, item, /)", "Add an element to the left side of the deque."),
    method<deque_clear>("clear($self, /)", "Remove all elements from the deque."),
    method<deque_copy>("__copy__($self, /)", "Return a shallow copy of a deque."),
    method<deque_copy>("copy($self, /)", "Return a shallow copy of a deque."),
    method<deque_count>("count($self, value, /)", "D.count(value) -- return number of occurrences of value"),
    method<deque_extend>("extend($self, iterable, /)",
                         "Extend the right side of the deque with elements from the iterable"),
    method<deque_extendleft>("extendleft($self, iterable, /)",
                             "Extend the left side of the deque with elements from the iterable"),
    method<deque_index>("index($self, value, start=0, stop=<unrepresentable>, /)",
                        "D.index(value, [start, [stop]]) -- return first index of value.\nRaises ValueError if the "
                        "value is not present."),
    method<deque_insert>("insert($self, index, value, /)", "D.insert(index, object) -- insert object before index"),
    method<deque_pop>("pop($self, /)", "Remove and return the rightmost element."),
    method<deque_popleft>("popleft($self, /)", "Remove and return the leftmost element."),
    method<deque_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<deque_remove>("remove($self, value, /)", "D.remove(value) -- remove first occurrence of value."),
    method<deque_reversed>("__reversed__($self, /)", "D.__reversed__() -- return a reverse iterator over the deque"),
    method<deque_reverse>("reverse($self, /)", "D.reverse() -- reverse *IN PLACE*"),
    method<deque_rotate>("rotate($self, n=1, /)",
                         "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left."),
    method<deque_sizeof>("__sizeof__($self, /)", "D.__sizeof__() -- size of D in memory, in bytes"),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};
constexpr NativeAttribute kDequeAttributes[] = {
    attribute<deque_maxlen>("maxlen", "maximum size of a deque or None if unbounded"),
};

}  // namespace

constinit const TypeSpec kDequeType = {
    .name = "collections.deque",
    .kind = Kind::Deque,
    .flags = kTypeBase | kTypeSequence | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Deque>("deque"); },
    .slots = {.repr = deque_repr,
              .compare = deque_compare,
              .new_ = deque_new,
              .init = deque_init,
              .iter = deque_iter,
              .length = deque_length,
              .get_item = deque_get_item,
              .set_item = deque_set_item,
              .contains = deque_contains,
              .concatenate = deque_concatenate,
              .inplace_concatenate = deque_inplace_concatenate,
              .repeat = deque_repeat,
              .inplace_repeat = deque_inplace_repeat},
    .methods = kDequeMethods,
    .attributes = kDequeAttributes,
    .doc =
        "deque([iterable[, maxlen]]) --> deque object\n\nA list-like sequence optimized for data accesses near its "
        "endpoints.",
};
constinit const TypeSpec kDequeIteratorType = {
    .name = "_collections._deque_iterator",
    .kind = Kind::DequeIterator,
    .layout = [] { return layout_of<DequeIterator>("_deque_iterator"); },
    .slots = {.new_ = iterator_new, .iter = iterator_self, .next = iterator_next},
    .methods = kIteratorMethods,
};
constinit const TypeSpec kDequeReverseIteratorType = {
    .name = "_collections._deque_reverse_iterator",
    .kind = Kind::DequeReverseIterator,
    .layout = [] { return layout_of<DequeIterator>("_deque_reverse_iterator"); },
    .slots = {.new_ = iterator_new, .iter = iterator_self, .next = iterator_next},
    .methods = kIteratorMethods,
};

}  // namespace viperine
