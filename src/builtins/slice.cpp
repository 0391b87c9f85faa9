// SPDX-License-Identifier: MIT
// The type slice.
#include "builtins/slice.h"

#include "builtins/container_support.h"

namespace viperine {

Slice* make_slice(Thread& thread, Value start, Value stop, Value step) {
  auto* slice = make_kind<Slice>(thread, Kind::Slice);
  slice->start_.initialize(start);
  slice->stop_.initialize(stop);
  slice->step_.initialize(step);
  return slice;
}

namespace {

Slice* self_slice(Value self) { return static_cast<Slice*>(self.as_object()); }

Result<Value> slice_new(Thread& thread, Type*, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("slice() takes no keyword arguments");
  uint32_t count = arguments.count;
  if (count == 0) return thread.raise<TypeError>("slice expected at least 1 argument, got 0");
  if (count > 3) return thread.raise<TypeError>("slice expected at most 3 arguments, got {}", count);
  Value none = Value::none();
  if (count == 1) return to_value(make_slice(thread, none, arguments[0], none));
  return to_value(make_slice(thread, arguments[0], arguments[1], count == 3 ? arguments[2] : none));
}

Result<Value> slice_repr(Thread& thread, Value self) {
  Slice* slice = self_slice(self);
  Str* start = TRY(repr(thread, slice->start_.get()));
  Str* stop = TRY(repr(thread, slice->stop_.get()));
  Str* step = TRY(repr(thread, slice->step_.get()));
  return to_value(format_text(thread, "slice({}, {}, {})", start, stop, step));
}

Result<Value> slice_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Slice>(other)) return Value::not_implemented();
  if (self == other) {
    bool same = op == Comparison::Equal || op == Comparison::LessEqual || op == Comparison::GreaterEqual;
    return Value::from_bool(same);
  }
  auto parts = [&](Slice* slice) {
    return Tuple::of(thread.heap(), slice->start_.get(), slice->stop_.get(), slice->step_.get());
  };
  return compare_sequences(thread, parts(self_slice(self)), parts(cast<Slice>(other)), op);
}

Result<Value> index_part(Thread& thread, Value part) {
  if (!is_integer(part) && type_of(thread, part)->slots().to_index == nullptr)
    return thread.raise<TypeError>("slice indices must be integers or None or have an __index__ method");
  return to_index(thread, part);
}

Result<bool> less(Thread& thread, Value a, Value b) { return compare_truth(thread, a, b, Comparison::Less); }

/// A start or stop that is given: counted from the end when negative, kept between low and high.
Result<Value> bounded(Thread& thread, Value part, Value length, Value low, Value high) {
  Value position = TRY(index_part(thread, part));
  if (TRY(less(thread, position, Value::from_int(0)))) {
    position = TRY(binary_operation(thread, BinaryOperator::Add, position, length));
    return TRY(less(thread, position, low)) ? low : position;
  }
  return TRY(less(thread, high, position)) ? high : position;
}

Result<Value> slice_indices_method(Thread& thread, Slice* self, Value length) {
  Value count = TRY(to_index(thread, length));
  if (TRY(less(thread, count, Value::from_int(0)))) return thread.raise<ValueError>("length should not be negative");
  SliceIndices indices = TRY(slice_indices(thread, self, count));
  return tuple_of(thread, indices.start, indices.stop, indices.step);
}

Result<Value> slice_reduce(Thread& thread, Slice* self) {
  return tuple_of(thread, to_value(thread.runtime().type(Kind::Slice)),
                  tuple_of(thread, self->start_.get(), self->stop_.get(), self->step_.get()));
}

Value slice_start(Thread&, Slice* self) { return self->start_.get(); }
Value slice_stop(Thread&, Slice* self) { return self->stop_.get(); }
Value slice_step(Thread&, Slice* self) { return self->step_.get(); }

constexpr NativeMethod kSliceMethods[] = {
    method<slice_indices_method>(
        "indices($self, len, /)",
        "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the "
        "start and stop\nindices, and the stride length of the extended slice described by\nS. Out of "
        "bounds indices are clipped in a manner consistent with the\nhandling of normal slices."),
    method<slice_reduce>("__reduce__($self, /)", "Return state information for pickling."),
};
constexpr NativeAttribute kSliceAttributes[] = {
    attribute<slice_start>("=start"),
    attribute<slice_stop>("=stop"),
    attribute<slice_step>("=step"),
};

}  // namespace

Result<SliceIndices> slice_indices(Thread& thread, Slice* slice, Value length) {
  SliceIndices result;
  result.step = Value::from_int(1);
  if (!slice->step_.get().is_none()) {
    result.step = TRY(index_part(thread, slice->step_.get()));
    if (result.step == Value::from_int(0)) return thread.raise<ValueError>("slice step cannot be zero");
  }
  bool backward = TRY(less(thread, result.step, Value::from_int(0)));
  Value low = Value::from_int(backward ? -1 : 0);
  Value high = backward ? TRY(binary_operation(thread, BinaryOperator::Subtract, length, Value::from_int(1))) : length;
  result.start = backward ? high : low;
  result.stop = backward ? low : high;
  if (!slice->start_.get().is_none()) result.start = TRY(bounded(thread, slice->start_.get(), length, low, high));
  if (!slice->stop_.get().is_none()) result.stop = TRY(bounded(thread, slice->stop_.get(), length, low, high));
  return result;
}

extern const TypeSpec kSliceType;
constinit const TypeSpec kSliceType = {
    .name = "slice",
    .kind = Kind::Slice,
    .layout = [] { return layout_of<Slice>("slice"); },
    .slots = {.repr = slice_repr, .compare = slice_compare, .new_ = slice_new},
    .methods = kSliceMethods,
    .attributes = kSliceAttributes,
    .doc =
        "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. "
        "a[0:10:2]).",
};

}  // namespace viperine
