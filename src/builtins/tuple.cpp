// SPDX-License-Identifier: MIT
// The type tuple. Its iterator is in iterators.cpp, hashing in runtime/hashing.cpp.
#include "builtins/container_support.h"
#include "runtime/hashing.h"

namespace viperine {

namespace {

Tuple* self_tuple(Value self) { return static_cast<Tuple*>(self.as_object()); }

Result<Value> tuple_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("tuple(iterable=(), /)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, without_init_keywords(thread, type, Kind::Tuple, arguments), bound));
  Tuple* items =
      bound.values[0].is_absent() ? thread.runtime().empty_tuple() : TRY(tuple_from_iterable(thread, bound.values[0]));
  if (type == thread.runtime().type(Kind::Tuple)) return to_value(items);
  int64_t length = items->length();
  Tuple* tuple = make_instance<Tuple>(thread, type, static_cast<size_t>(length) * 8);
  tuple->initialize(length);
  std::copy_n(items->items(), length, tuple->items());
  write_barrier(tuple);
  return to_value(tuple);
}

Result<Value> tuple_repr(Thread& thread, Value self) {
  Tuple* tuple = self_tuple(self);
  if (tuple->length() == 0) return to_value(make_str(thread, "()"));
  ReprScope scope(thread, self);
  if (scope.entered_before()) return to_value(make_str(thread, "(...)"));
  StringBuilder builder(thread);
  builder.append(uint32_t{'('});
  TRY(append_items(thread, builder, tuple));
  builder.append(tuple->length() == 1 ? ",)" : ")");
  return to_value(TRY(builder.finish()));
}

Result<int64_t> tuple_hash(Thread& thread, Value self) { return hash_tuple(thread, self_tuple(self)); }

Result<Value> tuple_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<Tuple>(other)) return Value::not_implemented();
  return compare_sequences(thread, self_tuple(self), cast<Tuple>(other), op);
}

Result<Value> tuple_iter(Thread& thread, Value self) {
  auto* iterator = make_kind<IndexIterator>(thread, Kind::TupleIterator);
  iterator->sequence_.initialize(self);
  return to_value(iterator);
}

Result<int64_t> tuple_length(Thread&, Value self) { return self_tuple(self)->length(); }

Result<Value> tuple_get_slice(Thread& thread, Tuple* tuple, Slice* slice) {
  SliceRange range = TRY(slice_range(thread, slice, tuple->length()));
  if (range.length == tuple->length() && range.step == 1 && is_exact<Tuple>(to_value(tuple))) return to_value(tuple);
  Tuple* result = TRY(make_tuple(thread, range.length));
  for (int64_t i = 0, from = range.start; i < range.length; ++i, from += range.step)
    result->items()[i] = tuple->at(from);
  write_barrier(result);
  return to_value(result);
}

Result<Value> tuple_get_item(Thread& thread, Value self, Value index) {
  Tuple* tuple = self_tuple(self);
  int64_t position;
  if (index.is_int()) {
    position = index.as_int();
  } else if (is<Slice>(index)) {
    return tuple_get_slice(thread, tuple, cast<Slice>(index));
  } else if (is_integer(index) || type_of(thread, index)->slots().to_index != nullptr) {
    Result<int64_t> number = to_index_int64(thread, index);
    if (number.is_raised()) {
      if (!thread.pending_is<OverflowError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_name_of(index));
    }
    position = number.take();
  } else {
    return thread.raise<TypeError>("tuple indices must be integers or slices, not {}", type_name_of(index));
  }
  if (position < 0) position += tuple->length();
  if (position < 0 || position >= tuple->length()) return thread.raise<IndexError>("tuple index out of range");
  return tuple->at(position);
}

Result<bool> tuple_contains(Thread& thread, Value self, Value item) {
  for (Value candidate : self_tuple(self)->span())
    if (TRY(equals(thread, candidate, item))) return true;
  return false;
}

Result<Value> tuple_concatenate(Thread& thread, Value left, Value right) {
  if (!is<Tuple>(right))
    return thread.raise<TypeError>("can only concatenate tuple (not \"{}\") to tuple", type_name_of(right));
  Tuple* first = self_tuple(left);
  auto* second = cast<Tuple>(right);
  if (first->length() == 0 && is_exact<Tuple>(right)) return right;
  if (second->length() == 0 && is_exact<Tuple>(left)) return left;
  Tuple* result = TRY(make_tuple(thread, first->length() + second->length()));
  std::copy_n(first->items(), first->length(), result->items());
  std::copy_n(second->items(), second->length(), result->items() + first->length());
  write_barrier(result);
  return to_value(result);
}

Result<Value> tuple_repeat(Thread& thread, Value self, int64_t count) {
  Tuple* tuple = self_tuple(self);
  int64_t length = tuple->length();
  if ((length == 0 || count == 1) && is_exact<Tuple>(self)) return self;
  if (length == 0 || count <= 0) return to_value(thread.runtime().empty_tuple());
  int64_t total;
  if (__builtin_mul_overflow(length, count, &total) || total > Value::kMaxInt / 8) return thread.raise_memory_error();
  Tuple* result = TRY(make_tuple(thread, total));
  for (int64_t i = 0; i < total; i += length) std::copy_n(tuple->items(), length, result->items() + i);
  write_barrier(result);
  return to_value(result);
}

Result<Value> tuple_index(Thread& thread, Tuple* self, Value value, Optional<Value> start, Optional<Value> stop) {
  int64_t from = TRY(search_position(thread, start, self->length(), 0));
  int64_t end = TRY(search_position(thread, stop, self->length(), INT64_MAX));
  for (int64_t i = from; i < end && i < self->length(); ++i)
    if (TRY(equals(thread, self->at(i), value))) return Value::from_int(i);
  return thread.raise<ValueError>("tuple.index(x): x not in tuple");
}

Result<Value> tuple_count(Thread& thread, Tuple* self, Value value) {
  int64_t count = 0;
  for (Value item : self->span())
    if (TRY(equals(thread, item, value))) ++count;
  return Value::from_int(count);
}

Result<Value> tuple_getnewargs(Thread& thread, Tuple* self) {
  return tuple_of(thread, to_value(TRY(make_tuple(thread, self->span()))));
}

constexpr NativeMethod kTupleMethods[] = {
    method<tuple_getnewargs>("__getnewargs__($self, /)"),
    method<tuple_index>("index($self, value, start=0, stop=sys.maxsize, /)",
                        "Return first index of value.\n\nRaises ValueError if the value is not present."),
    method<tuple_count>("count($self, value, /)", "Return number of occurrences of value."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};

}  // namespace

extern const TypeSpec kTupleType;
constinit const TypeSpec kTupleType = {
    .name = "tuple",
    .kind = Kind::Tuple,
    .flags = kTypeBase | kTypeSequence | kTypeMatchSelf,
    .layout = [] { return layout_of<Tuple>("tuple"); },
    .slots = {.repr = tuple_repr, .hash = tuple_hash, .compare = tuple_compare, .new_ = tuple_new, .iter = tuple_iter,
              .length = tuple_length, .get_item = tuple_get_item, .contains = tuple_contains,
              .concatenate = tuple_concatenate, .repeat = tuple_repeat},
    .methods = kTupleMethods,
    .doc = "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\n"
           "If iterable is specified the tuple is initialized from iterable's items.\n\n"
           "If the argument is a tuple, the return value is the same object.",
    .text_signature = "(iterable=(), /)",
};

}  // namespace viperine
