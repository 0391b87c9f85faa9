// SPDX-License-Identifier: MIT
// Protocol functions: hash, len, repr, str, format, items, containment, iteration, index and number conversion
// (runtime/operators.h).
#include <cmath>

#include "numeric/limbs.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/integers.h"
#include "runtime/itertools_object.h"
#include "runtime/numbers_text.h"
#include "runtime/operators.h"
#include "runtime/plain_format.h"
#include "runtime/repr_scope.h"
#include "runtime/slices.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"
#include "runtime/warnings.h"

namespace viperine {

Result<int64_t> hash(Thread& thread, Value value) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  HashSlot slot = type_of(thread, value)->slots().hash;
  if (slot == nullptr) return thread.raise<TypeError>("unhashable type: '{}'", type_name_of(value));
  return slot(thread, value);
}

Result<int64_t> length(Thread& thread, Value value) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  LengthSlot slot = type_of(thread, value)->slots().length;
  if (slot == nullptr) return thread.raise<TypeError>("object of type '{}' has no len()", type_name_of(value));
  return slot(thread, value);
}

Result<int64_t> length_hint(Thread& thread, Value value, int64_t fallback) {
  if (type_of(thread, value)->slots().length != nullptr) {
    auto result = length(thread, value);
    if (!result.is_raised()) return result.take();
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
  }
  auto called = call_special(thread, value, thread.names().__length_hint__, {});
  if (called.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return fallback;
  }
  Optional<Value> hint = called.take();
  if (!hint || (*hint).is_not_implemented()) return fallback;
  if (!is_integer(*hint))
    return thread.raise<TypeError>("__length_hint__ must be an integer, not {}", type_name_of(*hint));
  int64_t number = TRY(to_index_int64(thread, *hint));
  if (number < 0) return thread.raise<ValueError>("__length_hint__() should return >= 0");
  return number;
}

// --- text

namespace {
Result<Str*> checked_text(Thread& thread, Value result, const char* method) {
  Str* text = try_str(thread, result);
  if (text == nullptr) return thread.raise<TypeError>("{} returned non-string (type {})", method, type_name_of(result));
  return text;
}
}  // namespace

Result<Str*> repr(Thread& thread, Value value) {
  if (value.is_int()) return int_to_text(thread, value, 10);
  if (value.is_immediate_float()) return float_text(thread, as_float(value));
  if (thread.native_recursion_exceeded(" while getting the repr of an object")) return Raised{};
  if (thread.repr_scopes_ != nullptr && thread.repr_scopes_->depth_ + thread.depth_ >= thread.depth_limit_)
    return thread.raise<RecursionError>("maximum recursion depth exceeded while getting the repr of an object");
  UnarySlot slot = type_of(thread, value)->slots().repr;
  return checked_text(thread, TRY(slot(thread, value)), "__repr__");
}

Result<Str*> str(Thread& thread, Value value) {
  if (is_exact<Str>(value)) return cast<Str>(value);
  if (value.is_int()) return int_to_text(thread, value, 10);
  if (value.is_immediate_float()) return float_text(thread, as_float(value));
  if (thread.native_recursion_exceeded(" while getting the str of an object")) return Raised{};
  const TypeSlots& slots = type_of(thread, value)->slots();
  if (slots.str == nullptr) return repr(thread, value);
  return checked_text(thread, TRY(slots.str(thread, value)), "__str__");
}

Result<Str*> ascii(Thread& thread, Value value) {
  Str* text = TRY(repr(thread, value));
  if (text->is_ascii()) return text;
  StringBuilder builder(thread);
  constexpr char kDigits[] = "0123456789abcdef";
  for (int64_t i = 0; i < text->length(); ++i) {
    uint32_t c = text->at(i);
    if (c < 128) {
      builder.append(c);
      continue;
    }
    int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    builder.append(uint32_t{'\\'});
    builder.append(static_cast<uint32_t>(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U'));
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
      builder.append(static_cast<uint32_t>(kDigits[(c >> shift) & 15]));
  }
  return builder.finish();
}

Result<Value> format(Thread& thread, Value value, Str* specification) {
  if (specification->length() == 0) {
    if (is_exact<Str>(value)) return value;
    if (value.is_int()) return to_value(TRY(str(thread, value)));
  }
  // The __format__ of exact numbers, without looking it up.
  if (value.is_int()) return format_int(thread, value, specification);
  if (is_exact<BoxedFloat>(value) || value.is_immediate_float())
    return format_float(thread, as_float(value), specification, "float");
  if (is_exact<Str>(value)) {
    Optional<Value> plain = TRY(format_plain_str(thread, cast<Str>(value), specification));
    if (plain) return *plain;
  }
  Value argument = to_value(specification);
  Optional<Value> result =
      TRY(call_special(thread, value, thread.names().__format__, std::span<const Value>(&argument, 1)));
  if (!result) return thread.raise<TypeError>("Type {} doesn't define __format__", type_name_of(value));
  if (!is_str(*result)) return thread.raise<TypeError>("__format__ must return a str, not {}", type_name_of(*result));
  return *result;
}

// --- items

Result<Value> get_item(Thread& thread, Value container, Value index) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  Type* type = type_of(thread, container);
  if (type->slots().get_item != nullptr) return type->slots().get_item(thread, container, index);
  if (has_kind(container, Kind::Type)) {
    // Special method lookup goes to the metaclass first; then the class's own __class_getitem__.
    if (container.as_object() == thread.runtime().type_type()) {
      Value arguments[] = {container, index};
      return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), Arguments{arguments, 2, nullptr});
    }
    Optional<Value> method = TRY(find_attribute(thread, container, thread.names().__class_getitem__));
    if (method && !(*method).is_none()) return call(thread, *method, index);
    return thread.raise<TypeError>("type '{}' is not subscriptable", cast<Type>(container)->name());
  }
  return thread.raise<TypeError>("'{}' object is not subscriptable", type);
}

Result<void> set_item(Thread& thread, Value container, Value index, Value value) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  Type* type = type_of(thread, container);
  if (type->slots().set_item == nullptr)
    return thread.raise<TypeError>("'{}' object does not support item assignment", type);
  return type->slots().set_item(thread, container, index, value);
}

Result<void> delete_item(Thread& thread, Value container, Value index) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  Type* type = type_of(thread, container);
  if (type->slots().set_item == nullptr) {
    // What looks like a sequence takes another way through the C API of CPython, with another text.
    bool sequence = type->is_heap_type() || type->slots().get_item != nullptr || type->slots().contains != nullptr;
    if (!sequence || (!is_integer(index) && type_of(thread, index)->slots().to_index == nullptr))
      return thread.raise<TypeError>("'{}' object does not support item deletion", type);
    auto position = to_index_int64(thread, index);
    if (position.is_raised() && !thread.pending_is<OverflowError>()) return Raised{};
    if (position.is_raised()) {
      thread.clear_pending();
      return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_of(thread, index));
    }
    return thread.raise<TypeError>("'{}' object doesn't support item deletion", type);
  }
  return type->slots().set_item(thread, container, index, Value::absent());
}

Result<bool> contains(Thread& thread, Value container, Value item) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  Type* type = type_of(thread, container);
  if (type->slots().contains != nullptr) return type->slots().contains(thread, container, item);
  if (type->slots().iter == nullptr && type->slots().get_item == nullptr)
    return thread.raise<TypeError>("argument of type '{}' is not iterable", type);
  bool found = false;
  TRY(for_each(thread, container, [&](Value candidate) -> Result<bool> {
    found = TRY(equals(thread, candidate, item));
    return !found;
  }));
  return found;
}

// --- iteration

Result<Value> iterate(Thread& thread, Value value) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  Type* type = type_of(thread, value);
  if (type->slots().iter != nullptr) {
    Value iterator = TRY(type->slots().iter(thread, value));
    if (type_of(thread, iterator)->slots().next == nullptr)
      return thread.raise<TypeError>("iter() returned non-iterator of type '{}'", type_name_of(iterator));
    return iterator;
  }
  if (type->slots().get_item == nullptr || type->slots().is_mapping)
    return thread.raise<TypeError>("'{}' object is not iterable", type);
  auto* iterator = make_exact<IndexIterator>(thread, Kind::SequenceIterator);
  iterator->sequence_.initialize(value);
  return to_value(iterator);
}

namespace {

[[gnu::noinline]] Result<Optional<Value>> next_by_slot(Thread& thread, Value iterator) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  NextSlot slot = type_of(thread, iterator)->slots().next;
  if (slot == nullptr) return thread.raise<TypeError>("'{}' object is not an iterator", type_name_of(iterator));
  // A loop that is native from end to end has no other safepoint.
  if (thread.heap().collection_wanted() && !thread.heap().safepoint(false)) [[unlikely]]
    return thread.raise_memory_error();
  return slot(thread, iterator);
}

[[gnu::noinline]] Result<Optional<Value>> next_of_itertool(Thread& thread, Value iterator) {
  NextSlot slot = static_cast<ItertoolsObject*>(iterator.as_object())->next_slot();
  if (slot == nullptr || thread.heap().collection_wanted()) [[unlikely]]
    return next_by_slot(thread, iterator);
  if (thread.native_recursion_exceeded("")) return Raised{};
  return slot(thread, iterator);
}

[[gnu::noinline]] Result<Optional<Value>> next_character(Thread& thread, Value iterator) {
  auto* position = static_cast<IndexIterator*>(iterator.as_object());
  Value sequence = position->sequence_.get();
  if (!has_kind(sequence, Kind::Str)) return next_by_slot(thread, iterator);  // exhausted, or a rope
  auto* text = static_cast<Str*>(sequence.as_object());
  if (position->index_ >= text->length()) return next_by_slot(thread, iterator);
  return Optional<Value>(to_value(make_character(thread, text->at(position->index_++))));
}

}  // namespace

Result<Optional<Value>> next(Thread& thread, Value iterator) {
  // Fast paths of the commonest kinds: the same as their slots (builtins/range.cpp, iterators.cpp, generator.cpp).
  // All else is called in other functions, last, so that this one needs no frame.
  if (!iterator.is_pointer()) [[unlikely]]
    return next_by_slot(thread, iterator);
  HeapObject* object = iterator.as_object();
  switch (kind_of(object)) {
    case Kind::RangeIterator: {
      auto* range = static_cast<RangeIterator*>(object);
      if (range->remaining_ <= 0) return Optional<Value>();
      int64_t value = range->next_;
      --range->remaining_;
      range->next_ = value + range->step_;
      return Optional<Value>(Value::from_int(value));
    }
    case Kind::ListIterator: {
      auto* position = static_cast<IndexIterator*>(object);
      if (!position->sequence_.get().is_pointer()) return Optional<Value>();
      auto* list = static_cast<List*>(position->sequence_.get().as_object());
      if (position->index_ < list->length()) return Optional<Value>(list->at(position->index_++));
      position->sequence_.initialize(Value());  // exhausted for good
      return Optional<Value>();
    }
    case Kind::TupleIterator: {
      auto* position = static_cast<IndexIterator*>(object);
      if (!position->sequence_.get().is_pointer()) return Optional<Value>();
      auto* tuple = static_cast<Tuple*>(position->sequence_.get().as_object());
      if (position->index_ < tuple->length()) return Optional<Value>(tuple->at(position->index_++));
      position->sequence_.initialize(Value());
      return Optional<Value>();
    }
    case Kind::ItertoolsObject:
      return next_of_itertool(thread, iterator);
    case Kind::StrIterator:
      return next_character(thread, iterator);
    case Kind::Generator:
      if (thread.heap().collection_wanted()) [[unlikely]]
        return next_by_slot(thread, iterator);
      return thread.runtime().tables().resume(thread, object, Value::none());
    default:
      return next_by_slot(thread, iterator);
  }
}

// --- numbers

Result<void> warn_subclass_returned(Thread& thread, Str* method, const char* base, Value result) {
  Str* text = format_text(thread,
                          "{} returned non-{} (type {}).  The ability to return an instance of a strict subclass of {} "
                          "is deprecated, and may be removed in a future version of Python.",
                          method, base, type_name_of(result), base);
  Bytes* bytes = TRY(encode_utf8(thread, text));
  return warn(thread, thread.runtime().exception_type<DeprecationWarning>(), bytes->view());
}

namespace {
/// The int of an instance of a subclass.
Result<Value> exact_int(Thread& thread, Value value) {
  if (value.is_int() || is_exact<BigInt>(value)) return value;
  IntView view(value);
  return make_integer(thread, view.magnitude().data(), view.magnitude().size(), view.negative());
}
}  // namespace

Result<Value> to_index(Thread& thread, Value value) {
  if (value.is_int() || is_exact<BigInt>(value)) return value;
  if (value.is_bool()) return Value::from_int(value.is_true() ? 1 : 0);
  if (is<BigInt>(value)) return exact_int(thread, value);
  UnarySlot slot = type_of(thread, value)->slots().to_index;
  if (slot == nullptr)
    return thread.raise<TypeError>("'{}' object cannot be interpreted as an integer", type_name_of(value));
  Value result = TRY(slot(thread, value));
  if (!is_integer(result)) return thread.raise<TypeError>("__index__ returned non-int (type {})", type_name_of(result));
  if (!result.is_int() && !is_exact<BigInt>(result))
    TRY(warn_subclass_returned(thread, intern(thread, "__index__"), "int", result));
  return exact_int(thread, result);
}

bool int_fits_int64(Value integer, int64_t* result) {
  if (integer.is_int()) return *result = integer.as_int(), true;
  if (integer.is_bool()) return *result = integer.is_true(), true;
  auto* big = cast<BigInt>(integer);
  if (big->limb_count() == 0) return *result = 0, true;
  if (big->limb_count() > 1) return false;
  uint64_t magnitude = big->limbs()[0];
  if (big->is_negative()) {
    if (magnitude > uint64_t{1} << 63) return false;
    *result = static_cast<int64_t>(uint64_t{0} - magnitude);
    return true;
  }
  if (magnitude >> 63) return false;
  *result = static_cast<int64_t>(magnitude);
  return true;
}

Result<int64_t> to_index_int64(Thread& thread, Value value) {
  Value index = TRY(to_index(thread, value));
  int64_t result;
  if (!int_fits_int64(index, &result))
    return thread.raise<OverflowError>("cannot fit '{}' into an index-sized integer", type_name_of(value));
  return result;
}

Result<int64_t> to_index_clipped(Thread& thread, Value value) {
  Value index = TRY(to_index(thread, value));
  int64_t result;
  if (int_fits_int64(index, &result)) return result;
  return cast<BigInt>(index)->is_negative() ? INT64_MIN : INT64_MAX;
}

Result<double> to_double(Thread& thread, Value value) {
  if (is_float(value)) return as_float(value);
  if (value.is_int()) return static_cast<double>(value.as_int());
  return float_of_number(thread, value);
}

Result<double> float_of_number(Thread& thread, Value value) {
  const TypeSlots& slots = type_of(thread, value)->slots();
  if (slots.to_float != nullptr) {
    Value result = TRY(slots.to_float(thread, value));
    if (!is_float(result))
      return thread.raise<TypeError>("{}.__float__ returned non-float (type {})", type_name_of(value),
                                     type_name_of(result));
    if (type_of(thread, result) != thread.runtime().type(Kind::Float))
      TRY(warn_subclass_returned(thread, format_text(thread, "{}.__float__", type_name_of(value)), "float", result));
    return as_float(result);
  }
  if (slots.to_index != nullptr) return to_double(thread, TRY(to_index(thread, value)));
  return thread.raise<TypeError>("must be real number, not {}", type_name_of(value));
}

Result<int> to_c_int(Thread& thread, Value value) {
  Value index = TRY(to_index(thread, value));
  int64_t number;
  if (!int_fits_int64(index, &number)) return thread.raise<OverflowError>("Python int too large to convert to C long");
  if (number > INT32_MAX) return thread.raise<OverflowError>("signed integer is greater than maximum");
  if (number < INT32_MIN) return thread.raise<OverflowError>("signed integer is less than minimum");
  return static_cast<int>(number);
}

Result<int64_t> to_c_int64(Thread& thread, Value value) {
  Value index = TRY(to_index(thread, value));
  int64_t number;
  if (!int_fits_int64(index, &number)) return thread.raise<OverflowError>("Python int too large to convert to C long");
  return number;
}

Result<uint64_t> to_c_uint64(Thread& thread, Value value) {
  Value index = TRY(to_index(thread, value));
  int64_t number;
  if (int_fits_int64(index, &number)) {
    if (number < 0) return thread.raise<OverflowError>("can't convert negative value to unsigned int");
    return static_cast<uint64_t>(number);
  }
  auto* big = cast<BigInt>(index);
  if (big->is_negative()) return thread.raise<OverflowError>("can't convert negative value to unsigned int");
  if (big->limb_count() > 1) return thread.raise<OverflowError>("Python int too large to convert to C unsigned long");
  return big->limbs()[0];
}

// --- slices

namespace {
Result<int64_t> slice_part(Thread& thread, Value part) {
  if (part.is_int()) return part.as_int();
  if (type_of(thread, part)->slots().to_index == nullptr)
    return thread.raise<TypeError>("slice indices must be integers or None or have an __index__ method");
  return to_index_clipped(thread, part);
}
int64_t clip(int64_t position, int64_t length, int64_t low, int64_t high) {
  if (position < 0) {
    position += length;
    return position < 0 ? low : position;
  }
  return position >= length ? high : position;
}
}  // namespace

Result<SliceParts> slice_parts(Thread& thread, Slice* slice) {
  SliceParts parts;
  parts.step = 1;
  if (!slice->step_.get().is_none()) {
    parts.step = TRY(slice_part(thread, slice->step_.get()));
    if (parts.step == 0) return thread.raise<ValueError>("slice step cannot be zero");
    if (parts.step < -INT64_MAX) parts.step = -INT64_MAX;
  }
  parts.has_start = !slice->start_.get().is_none();
  if (parts.has_start) parts.start = TRY(slice_part(thread, slice->start_.get()));
  parts.has_stop = !slice->stop_.get().is_none();
  if (parts.has_stop) parts.stop = TRY(slice_part(thread, slice->stop_.get()));
  return parts;
}

SliceRange adjust_slice(const SliceParts& parts, int64_t length) {
  SliceRange range;
  range.step = parts.step;
  bool forward = range.step > 0;
  int64_t low = forward ? 0 : -1, high = forward ? length : length - 1;
  range.start = parts.has_start ? clip(parts.start, length, low, high) : (forward ? 0 : length - 1);
  range.stop = parts.has_stop ? clip(parts.stop, length, low, high) : (forward ? length : -1);
  range.length = 0;
  if (forward && range.start < range.stop) range.length = (range.stop - range.start - 1) / range.step + 1;
  if (!forward && range.stop < range.start) range.length = (range.start - range.stop - 1) / -range.step + 1;
  return range;
}

Result<SliceRange> slice_range(Thread& thread, Slice* slice, int64_t length) {
  return adjust_slice(TRY(slice_parts(thread, slice)), length);
}

}  // namespace viperine
