// SPDX-License-Identifier: MIT
// The types range, range_iterator and longrange_iterator. Numbers are Values: ints of any size, with a fast way for
// immediates.
#include "builtins/container_support.h"
#include "builtins/slice.h"
#include "runtime/hashing.h"

namespace viperine {

class LongRangeIterator final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::LongRangeIterator;
  Slot<Value> index_, start_, step_, length_;
  LAYOUT(LongRangeIterator, HeapObject, index_, start_, step_, length_);
};

namespace {

Range* self_range(Value self) { return static_cast<Range*>(self.as_object()); }

Result<Value> add(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b)) return make_int(thread.heap(), a.as_int() + b.as_int());
  return binary_operation(thread, BinaryOperator::Add, a, b);
}
Result<Value> subtract(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b)) return make_int(thread.heap(), a.as_int() - b.as_int());
  return binary_operation(thread, BinaryOperator::Subtract, a, b);
}
Result<Value> multiply(Thread& thread, Value a, Value b) {
  return binary_operation(thread, BinaryOperator::Multiply, a, b);
}
Result<bool> less(Thread& thread, Value a, Value b) { return compare_truth(thread, a, b, Comparison::Less); }

Result<Value> range_length_of(Thread& thread, Value start, Value stop, Value step) {
  if (Value::both_ints(start, stop) && step.is_int()) {
    int64_t from = start.as_int(), to = stop.as_int(), by = step.as_int();
    if (by > 0) return make_int(thread.heap(), from < to ? (to - from - 1) / by + 1 : 0);
    return make_int(thread.heap(), from > to ? (from - to - 1) / -by + 1 : 0);
  }
  if (TRY(less(thread, step, Value::from_int(0)))) {
    std::swap(start, stop);
    step = TRY(negative(thread, step));
  }
  if (!TRY(less(thread, start, stop))) return Value::from_int(0);
  Value span = TRY(subtract(thread, TRY(subtract(thread, stop, start)), Value::from_int(1)));
  return add(thread, TRY(binary_operation(thread, BinaryOperator::FloorDivide, span, step)), Value::from_int(1));
}

Result<Range*> make_range(Thread& thread, Value start, Value stop, Value step) {
  Value length = TRY(range_length_of(thread, start, stop, step));
  auto* range = make_kind<Range>(thread, Kind::Range);
  range->start_.initialize(start);
  range->stop_.initialize(stop);
  range->step_.initialize(step);
  range->length_.initialize(length);
  return range;
}

Result<Value> range_new(Thread& thread, Type*, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("range() takes no keyword arguments");
  uint32_t count = arguments.count;
  if (count == 0) return thread.raise<TypeError>("range expected at least 1 argument, got 0");
  if (count > 3) return thread.raise<TypeError>("range expected at most 3 arguments, got {}", count);
  Value start = Value::from_int(0), step = Value::from_int(1), stop;
  if (count == 1) {
    stop = TRY(to_index(thread, arguments[0]));
  } else {
    start = TRY(to_index(thread, arguments[0]));
    stop = TRY(to_index(thread, arguments[1]));
    if (count == 3) step = TRY(to_index(thread, arguments[2]));
    if (step == Value::from_int(0)) return thread.raise<ValueError>("range() arg 3 must not be zero");
  }
  return to_value(TRY(make_range(thread, start, stop, step)));
}

Result<Value> range_repr(Thread& thread, Value self) {
  Range* range = self_range(self);
  Str* start = TRY(repr(thread, range->start_.get()));
  Str* stop = TRY(repr(thread, range->stop_.get()));
  if (range->step_.get() == Value::from_int(1)) return to_value(format_text(thread, "range({}, {})", start, stop));
  return to_value(format_text(thread, "range({}, {}, {})", start, stop, TRY(repr(thread, range->step_.get()))));
}

/// (length, start, step) as far as they matter for equality.
Tuple* essence(Thread& thread, Range* range) {
  Value length = range->length_.get(), none = Value::none();
  Value start = length == Value::from_int(0) ? none : range->start_.get();
  Value step = length == Value::from_int(0) || length == Value::from_int(1) ? none : range->step_.get();
  return Tuple::of(thread.heap(), length, start, step);
}

Result<int64_t> range_hash(Thread& thread, Value self) { return hash_tuple(thread, essence(thread, self_range(self))); }

Result<Value> range_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Range>(other) || (op != Comparison::Equal && op != Comparison::NotEqual)) return Value::not_implemented();
  if (self == other) return Value::from_bool(op == Comparison::Equal);
  return compare_sequences(thread, essence(thread, self_range(self)), essence(thread, cast<Range>(other)), op);
}

/// An iterator over `length` numbers from `start`.
Result<Value> iterate_numbers(Thread& thread, Value start, Value step, Value length) {
  if (Value::both_ints(start, step) && length.is_int()) {
    int64_t end;
    if (!__builtin_mul_overflow(step.as_int(), length.as_int(), &end) &&
        !__builtin_add_overflow(end, start.as_int(), &end) && Value::fits_int(end)) {
      auto* iterator = make_kind<RangeIterator>(thread, Kind::RangeIterator);
      iterator->next_ = start.as_int();
      iterator->step_ = step.as_int();
      iterator->remaining_ = length.as_int();
      return to_value(iterator);
    }
  }
  auto* iterator = make_kind<LongRangeIterator>(thread, Kind::LongRangeIterator);
  iterator->index_.initialize(Value::from_int(0));
  iterator->start_.initialize(start);
  iterator->step_.initialize(step);
  iterator->length_.initialize(length);
  return to_value(iterator);
}

Result<Value> range_iter(Thread& thread, Value self) {
  Range* range = self_range(self);
  return iterate_numbers(thread, range->start_.get(), range->step_.get(), range->length_.get());
}

Result<Value> number_at(Thread& thread, Range* range, Value position) {
  if (position == Value::from_int(0)) return range->start_.get();
  return add(thread, range->start_.get(), TRY(multiply(thread, position, range->step_.get())));
}

Result<Value> range_reversed(Thread& thread, Range* self) {
  Value length = self->length_.get();
  Value last = TRY(number_at(thread, self, TRY(subtract(thread, length, Value::from_int(1)))));
  return iterate_numbers(thread, last, TRY(negative(thread, self->step_.get())), length);
}

Result<int64_t> range_length(Thread& thread, Value self) {
  int64_t length;
  if (!int_fits_int64(self_range(self)->length_.get(), &length))
    return thread.raise<OverflowError>("Python int too large to convert to C ssize_t");
  return length;
}

Result<bool> range_truth(Thread&, Value self) { return self_range(self)->length_.get() != Value::from_int(0); }

Result<Value> range_get_item(Thread& thread, Value self, Value index) {
  Range* range = self_range(self);
  Value start = range->start_.get(), step = range->step_.get(), length = range->length_.get();
  if (Value::both_ints(start, step) && Value::both_ints(index, length)) {
    int64_t at = index.as_int() < 0 ? index.as_int() + length.as_int() : index.as_int(), result;
    bool is_inside = at >= 0 && at < length.as_int();
    if (is_inside && !__builtin_mul_overflow(at, step.as_int(), &result) &&
        !__builtin_add_overflow(result, start.as_int(), &result) && Value::fits_int(result))
      return Value::from_int(result);
  }
  if (is<Slice>(index)) {
    SliceIndices indices = TRY(slice_indices(thread, cast<Slice>(index), length));
    Value new_step = TRY(multiply(thread, step, indices.step));
    Value new_start = TRY(number_at(thread, range, indices.start));
    Value new_stop = TRY(number_at(thread, range, indices.stop));
    return to_value(TRY(make_range(thread, new_start, new_stop, new_step)));
  }
  if (!is_integer(index) && type_of(thread, index)->slots().to_index == nullptr)
    return thread.raise<TypeError>("range indices must be integers or slices, not {}", type_name_of(index));
  Value position = TRY(to_index(thread, index));
  if (TRY(less(thread, position, Value::from_int(0)))) position = TRY(add(thread, position, range->length_.get()));
  if (TRY(less(thread, position, Value::from_int(0))) || !TRY(less(thread, position, range->length_.get())))
    return thread.raise<IndexError>("range object index out of range");
  return number_at(thread, range, position);
}

bool is_plain_int(Value value) { return value.is_int() || value.is_bool() || is_exact<BigInt>(value); }

Result<bool> contains_int(Thread& thread, Range* range, Value number) {
  Value start = range->start_.get(), stop = range->stop_.get(), step = range->step_.get();
  bool forward = TRY(less(thread, Value::from_int(0), step));
  bool inside = forward ? !TRY(less(thread, number, start)) && TRY(less(thread, number, stop))
                        : TRY(less(thread, stop, number)) && !TRY(less(thread, start, number));
  if (!inside) return false;
  Value offset = TRY(binary_operation(thread, BinaryOperator::Subtract, number, start));
  Value rest = TRY(binary_operation(thread, BinaryOperator::Modulo, offset, step));
  return rest == Value::from_int(0);
}

Result<bool> range_contains(Thread& thread, Value self, Value item) {
  if (is_plain_int(item)) return contains_int(thread, self_range(self), item);
  bool found = false;
  TRY(for_each(thread, self, [&](Value candidate) -> Result<bool> {
    found = TRY(equals(thread, candidate, item));
    return !found;
  }));
  return found;
}

Result<Value> range_count(Thread& thread, Range* self, Value value) {
  if (is_plain_int(value)) return Value::from_int(TRY(contains_int(thread, self, value)) ? 1 : 0);
  int64_t count = 0;
  TRY(for_each(thread, to_value(self), [&](Value candidate) -> Result<bool> {
    if (TRY(equals(thread, candidate, value))) ++count;
    return true;
  }));
  return Value::from_int(count);
}

Result<Value> range_index(Thread& thread, Range* self, Value value) {
  if (is_plain_int(value)) {
    if (!TRY(contains_int(thread, self, value)))
      return thread.raise<ValueError>("{} is not in range", TRY(repr(thread, value)));
    Value offset = TRY(binary_operation(thread, BinaryOperator::Subtract, value, self->start_.get()));
    return binary_operation(thread, BinaryOperator::FloorDivide, offset, self->step_.get());
  }
  int64_t index = 0;
  bool found = false;
  TRY(for_each(thread, to_value(self), [&](Value candidate) -> Result<bool> {
    found = TRY(equals(thread, candidate, value));
    if (!found) ++index;
    return !found;
  }));
  if (!found) return thread.raise<ValueError>("sequence.index(x): x not in sequence");
  return Value::from_int(index);
}

Result<Value> range_reduce(Thread& thread, Range* self) {
  return tuple_of(thread, to_value(thread.runtime().type(Kind::Range)),
                  tuple_of(thread, self->start_.get(), self->stop_.get(), self->step_.get()));
}

Value range_start(Thread&, Range* self) { return self->start_.get(); }
Value range_stop(Thread&, Range* self) { return self->stop_.get(); }
Value range_step(Thread&, Range* self) { return self->step_.get(); }

constexpr NativeMethod kRangeMethods[] = {
    method<range_reversed>("__reversed__($self, /)", "Return a reverse iterator."),
    method<range_reduce>("__reduce__($self, /)"),
    method<range_count>("count($self, object, /)",
                        "rangeobject.count(value) -> integer -- return number of occurrences of value"),
    method<range_index>("index($self, object, /)",
                        "rangeobject.index(value) -> integer -- return index of value.\n"
                        "Raise ValueError if the value is not present."),
};
constexpr NativeAttribute kRangeAttributes[] = {
    attribute<range_start>("=start"),
    attribute<range_stop>("=stop"),
    attribute<range_step>("=step"),
};

// --- iterators

Result<Value> iterator_self(Thread&, Value self) { return self; }

Result<Optional<Value>> range_iterator_next(Thread&, Value self) {
  auto* iterator = static_cast<RangeIterator*>(self.as_object());
  if (iterator->remaining_ == 0) return Optional<Value>();
  --iterator->remaining_;
  Value number = Value::from_int(iterator->next_);
  iterator->next_ += iterator->step_;
  return Optional<Value>(number);
}

Result<Value> range_iterator_length_hint(Thread&, RangeIterator* self) { return Value::from_int(self->remaining_); }

Result<Value> range_iterator_reduce(Thread& thread, RangeIterator* self) {
  Value stop = make_int(thread.heap(), self->next_ + self->step_ * self->remaining_);
  Range* rest = TRY(make_range(thread, Value::from_int(self->next_), stop, Value::from_int(self->step_)));
  return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, to_value(rest)), Value::from_int(0));
}

Result<void> range_iterator_setstate(Thread& thread, RangeIterator* self, Value state) {
  int64_t index = TRY(to_c_int64(thread, state));
  index = std::clamp<int64_t>(index, 0, self->remaining_);
  self->next_ += index * self->step_;
  self->remaining_ -= index;
  return {};
}

constexpr NativeMethod kRangeIteratorMethods[] = {
    method<range_iterator_length_hint>("__length_hint__($self, /)",
                                       "Private method returning an estimate of len(list(it))."),
    method<range_iterator_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<range_iterator_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

Result<Optional<Value>> long_range_iterator_next(Thread& thread, Value self) {
  auto* iterator = static_cast<LongRangeIterator*>(self.as_object());
  Value index = iterator->index_.get();
  if (!TRY(less(thread, index, iterator->length_.get()))) return Optional<Value>();
  Value number = TRY(add(thread, iterator->start_.get(), TRY(multiply(thread, index, iterator->step_.get()))));
  iterator->index_.set(iterator, TRY(add(thread, index, Value::from_int(1))));
  return Optional<Value>(number);
}

Result<Value> long_range_iterator_length_hint(Thread& thread, LongRangeIterator* self) {
  return subtract(thread, self->length_.get(), self->index_.get());
}

Result<Value> long_range_iterator_reduce(Thread& thread, LongRangeIterator* self) {
  Value stop = TRY(add(thread, self->start_.get(), TRY(multiply(thread, self->length_.get(), self->step_.get()))));
  Range* range = TRY(make_range(thread, self->start_.get(), stop, self->step_.get()));
  return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, to_value(range)), self->index_.get());
}

Result<void> long_range_iterator_setstate(Thread& thread, LongRangeIterator* self, Value state) {
  Value index = TRY(to_index(thread, state));
  if (TRY(less(thread, index, Value::from_int(0)))) index = Value::from_int(0);
  if (TRY(less(thread, self->length_.get(), index))) index = self->length_.get();
  self->index_.set(self, index);
  return {};
}

constexpr NativeMethod kLongRangeIteratorMethods[] = {
    method<long_range_iterator_length_hint>("__length_hint__($self, /)",
                                            "Private method returning an estimate of len(list(it))."),
    method<long_range_iterator_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<long_range_iterator_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

}  // namespace

extern const TypeSpec kRangeType;
constinit const TypeSpec kRangeType = {
    .name = "range",
    .kind = Kind::Range,
    .flags = kTypeSequence,
    .layout = [] { return layout_of<Range>("range"); },
    .slots = {.repr = range_repr,
              .hash = range_hash,
              .compare = range_compare,
              .new_ = range_new,
              .iter = range_iter,
              .length = range_length,
              .get_item = range_get_item,
              .contains = range_contains,
              .truth = range_truth},
    .methods = kRangeMethods,
    .attributes = kRangeAttributes,
    .doc =
        "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n"
        "Return an object that produces a sequence of integers from start (inclusive)\n"
        "to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\n"
        "start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\n"
        "These are exactly the valid indices for a list of 4 elements.\n"
        "When step is given, it specifies the increment (or decrement).",
};

extern const TypeSpec kRangeIteratorType;
constinit const TypeSpec kRangeIteratorType = {
    .name = "range_iterator",
    .kind = Kind::RangeIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<RangeIterator>("range_iterator"); },
    .slots = {.iter = iterator_self, .next = range_iterator_next},
    .methods = kRangeIteratorMethods,
};

extern const TypeSpec kLongRangeIteratorType;
constinit const TypeSpec kLongRangeIteratorType = {
    .name = "longrange_iterator",
    .kind = Kind::LongRangeIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<LongRangeIterator>("longrange_iterator"); },
    .slots = {.iter = iterator_self, .next = long_range_iterator_next},
    .methods = kLongRangeIteratorMethods,
};

}  // namespace viperine
