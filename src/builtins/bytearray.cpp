// SPDX-License-Identifier: MIT
// The type bytearray: construction, operators and the methods that change it. Storage is in runtime/bytearrays.cpp.
#include <cstring>

#include "builtins/byte_methods.h"
#include "builtins/container_support.h"
#include "runtime/codecs.h"
#include "runtime/slices.h"
#include "text/search.h"

namespace viperine {

namespace {

ByteArray* self_array(Value self) { return static_cast<ByteArray*>(self.as_object()); }

// --- construction

Result<Value> bytearray_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<ByteArray>(thread, type));
}

Result<void> fill_from(Thread& thread, ByteArray* array, Value source) {
  if (is_str(source)) return thread.raise<TypeError>("string argument without an encoding");
  if (is_integer(source) || type_of(thread, source)->slots().to_index != nullptr) {
    Result<int64_t> count = to_index_int64(thread, source);
    if (!count.is_raised()) {
      if (count.take() < 0) return thread.raise<ValueError>("negative count");
      return bytearray_resize(thread, array, count.take());
    }
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
  }
  ByteBuffer out;
  TRY(collect_bytes(thread, source, out, "bytearray", "byte"));
  return bytearray_replace(thread, array, 0, array->length(), out.view());
}

Result<void> bytearray_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("bytearray(source=b'', encoding=<str>, errors=<str>)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  ByteArray* array = self_array(self);
  if (array->length() > 0) TRY(bytearray_resize(thread, array, 0));
  Value source = bound.values[0];
  Str* names[] = {thread.runtime().empty_str(), thread.runtime().empty_str()};
  for (int i = 0; i < 2; ++i) {
    if (bound.values[i + 1].is_absent()) continue;
    if (!is_str(bound.values[i + 1]))
      return thread.raise<TypeError>("bytearray() argument '{}' must be str, not {}", i == 0 ? "encoding" : "errors",
                                     type_name_of(bound.values[i + 1]));
    names[i] = as_str(thread, bound.values[i + 1]);
  }
  bool has_encoding = !bound.values[1].is_absent(), has_errors = !bound.values[2].is_absent();
  if (!source.is_absent() && is_str(source)) {
    if (!has_encoding) return thread.raise<TypeError>("string argument without an encoding");
    Value encoded = TRY(encode_text(thread, as_str(thread, source), names[0], names[1]));
    return bytearray_append(thread, array, cast<Bytes>(encoded)->span());
  }
  if (has_encoding || has_errors)
    return thread.raise<TypeError>(has_encoding ? "encoding without a string argument"
                                                : "errors without a string argument");
  if (source.is_absent()) return {};
  return fill_from(thread, array, source);
}

// --- operators

Result<Value> bytearray_repr(Thread& thread, Value self) {
  Str* inner = TRY(byte_repr(thread, self_array(self)->span(), SingleQuotes::kEscaped));
  StringBuilder builder(thread);
  builder.append(type_of(thread, self)->name());
  builder.append(uint32_t{'('});
  builder.append(inner);
  builder.append(uint32_t{')'});
  return to_value(TRY(builder.finish()));
}
static Result<Value> bytearray_str(Thread& thread, Value self) {
  TRY(warn_of_str(thread, "str() on a bytearray instance"));
  return bytearray_repr(thread, self);
}

Result<int64_t> bytearray_length(Thread&, Value self) { return self_array(self)->length(); }

Result<Value> bytearray_iter(Thread& thread, Value self) {
  auto* iterator = make_kind<IndexIterator>(thread, Kind::ByteArrayIterator);
  iterator->sequence_.initialize(self);
  return to_value(iterator);
}

Result<int64_t> position_of(Thread& thread, ByteArray* array, Value index) {
  int64_t position;
  if (index.is_int()) {
    position = index.as_int();
  } else if (is_integer(index) || type_of(thread, index)->slots().to_index != nullptr) {
    Result<int64_t> number = to_index_int64(thread, index);
    if (number.is_raised()) {
      if (!thread.pending_is<OverflowError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_name_of(index));
    }
    position = number.take();
  } else {
    return thread.raise<TypeError>("bytearray indices must be integers or slices, not {}", type_name_of(index));
  }
  if (position < 0) position += array->length();
  if (position < 0 || position >= array->length()) return thread.raise<IndexError>("bytearray index out of range");
  return position;
}

Result<Value> bytearray_get_item(Thread& thread, Value self, Value index) {
  ByteArray* array = self_array(self);
  if (!is<Slice>(index)) {
    int64_t position = TRY(position_of(thread, array, index));
    return Value::from_int(array->data()[position]);
  }
  SliceRange range = TRY(slice_range_in(thread, cast<Slice>(index), array));
  ByteArray* result = TRY(make_bytearray(thread, {}));
  if (range.length == 0) return to_value(result);
  if (range.step == 1) {
    TRY(bytearray_append(thread, result, {array->data() + range.start, static_cast<size_t>(range.length)}));
    return to_value(result);
  }
  TRY(bytearray_resize(thread, result, range.length));
  for (int64_t i = 0, from = range.start; i < range.length; ++i, from += range.step)
    result->data()[i] = array->data()[from];
  return to_value(result);
}

/// del array[slice] with a step.
Result<void> delete_stepped(Thread& thread, ByteArray* array, SliceRange range) {
  if (range.length == 0) return {};
  TRY(check_resizable(thread, array));
  if (range.step < 0) {
    range.start += range.step * (range.length - 1);
    range.step = -range.step;
  }
  uint8_t* data = array->data();
  int64_t to = range.start, next = range.start, left = range.length;
  for (int64_t from = range.start; from < array->length(); ++from) {
    if (left > 0 && from == next) {
      next += range.step;
      --left;
      continue;
    }
    data[to++] = data[from];
  }
  return bytearray_resize(thread, array, to);
}

Result<void> assign_slice(Thread& thread, ByteArray* array, Slice* slice, Value value) {
  ByteBuffer data;
  if (!value.is_absent()) {
    if (is_integer(value) || is_str(value) ||
        (!has_buffer(thread, value) && type_of(thread, value)->slots().iter == nullptr &&
         type_of(thread, value)->slots().get_item == nullptr))
      return thread.raise<TypeError>("can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    TRY(collect_bytes(thread, value, data, "bytearray", "byte"));
  }
  SliceRange range = TRY(slice_range_in(thread, slice, array));
  if (range.step == 1) {
    int64_t stop = std::max(range.start, range.stop);
    return bytearray_replace(thread, array, range.start, stop, data.view());
  }
  if (value.is_absent() || data.length() == 0) return delete_stepped(thread, array, range);
  if (static_cast<int64_t>(data.length()) != range.length)
    return thread.raise<ValueError>("attempt to assign bytes of size {} to extended slice of size {}",
                                    static_cast<int64_t>(data.length()), range.length);
  for (int64_t i = 0, to = range.start; i < range.length; ++i, to += range.step) array->data()[to] = data.data()[i];
  return {};
}

Result<void> bytearray_set_item(Thread& thread, Value self, Value index, Value value) {
  ByteArray* array = self_array(self);
  if (is<Slice>(index)) return assign_slice(thread, array, cast<Slice>(index), value);
  int64_t position = TRY(position_of(thread, array, index));
  if (value.is_absent()) return bytearray_replace(thread, array, position, position + 1, {});
  uint8_t byte = TRY(to_byte(thread, value));
  if (position >= array->length()) return thread.raise<IndexError>("bytearray index out of range");
  array->data()[position] = byte;
  return {};
}

Result<Value> bytearray_concatenate(Thread& thread, Value left, Value right) {
  if (!has_buffer(thread, right)) return thread.raise<TypeError>("can't concat {} to bytearray", type_name_of(right));
  BufferScope second(thread);
  TRY(second.acquire(right));
  ByteArray* result = TRY(make_bytearray(thread, self_array(left)->span()));
  TRY(bytearray_append(thread, result, second.span()));
  return to_value(result);
}

/// array += data, which may be the array itself.
Result<void> extend_with(Thread& thread, ByteArray* array, Value value) {
  if (value == to_value(array)) {
    Bytes* copy = TRY(try_make_bytes(thread, array->data(), array->length()));
    return bytearray_append(thread, array, copy->span());
  }
  BufferScope data(thread);
  TRY(data.acquire(value));
  if (data.view().owner.is_pointer() && is<ByteArray>(value)) return bytearray_append(thread, array, data.span());
  if (has_kind(value, Kind::Bytes)) return bytearray_append(thread, array, data.span());
  Bytes* copy = TRY(try_make_bytes(thread, data.data(), data.length()));
  return bytearray_append(thread, array, copy->span());
}

Result<Value> bytearray_inplace_concatenate(Thread& thread, Value self, Value right) {
  if (!has_buffer(thread, right)) return thread.raise<TypeError>("can't concat {} to bytearray", type_name_of(right));
  TRY(extend_with(thread, self_array(self), right));
  return self;
}

Result<Value> bytearray_inplace_repeat(Thread& thread, Value self, int64_t count) {
  ByteArray* array = self_array(self);
  int64_t length = array->length(), total;
  if (count < 0) count = 0;
  if (__builtin_mul_overflow(length, count, &total) || total > Value::kMaxInt / 2) return thread.raise_memory_error();
  TRY(bytearray_resize(thread, array, total));
  uint8_t* data = array->data();
  for (int64_t done = length; done > 0 && done < total; done *= 2)
    std::memcpy(data + done, data, static_cast<size_t>(std::min(done, total - done)));
  return self;
}

Result<void> bytearray_buffer(Thread&, Value self, BufferView& view, bool) {
  ByteArray* array = self_array(self);
  if (view.length == kForMemoryView) array->padding_ = 1;
  view.data = array->data();
  view.length = array->length();
  view.readonly = false;
  view.owner = self;
  if (!array->buffer_.is_null()) view.storage = to_value(array->buffer_.get());
  ++array->exports_;
  view.release = [](Thread&, BufferView& released) { --self_array(released.owner)->exports_; };
  return {};
}

// --- methods

Result<void> bytearray_append_item(Thread& thread, ByteArray* self, Value item) {
  uint8_t byte = TRY(to_byte(thread, item));
  return bytearray_append(thread, self, {&byte, 1});
}

Result<void> bytearray_extend(Thread& thread, ByteArray* self, Value iterable) {
  if (has_buffer(thread, iterable)) return extend_with(thread, self, iterable);
  const TypeSlots& slots = type_of(thread, iterable)->slots();
  if (slots.iter == nullptr && (slots.get_item == nullptr || slots.is_mapping))
    return thread.raise<TypeError>("can't extend bytearray with {}", type_name_of(iterable));
  TRY(length_hint(thread, iterable, 0));  // may raise
  ByteBuffer out;
  TRY(for_each(thread, iterable, [&](Value item) -> Result<bool> {
    out.append(TRY(to_byte(thread, item)));
    return true;
  }));
  return bytearray_append(thread, self, out.view());
}

Result<void> bytearray_insert(Thread& thread, ByteArray* self, Index index, Value item) {
  uint8_t byte = TRY(to_byte(thread, item));
  int64_t position =
      index.value < 0 ? std::max<int64_t>(index.value + self->length(), 0) : std::min(index.value, self->length());
  return bytearray_replace(thread, self, position, position, {&byte, 1});
}

Result<Value> bytearray_pop(Thread& thread, ByteArray* self, Index index) {
  if (self->length() == 0) return thread.raise<IndexError>("pop from empty bytearray");
  int64_t position = index.value < 0 ? index.value + self->length() : index.value;
  if (position < 0 || position >= self->length()) return thread.raise<IndexError>("pop index out of range");
  Value result = Value::from_int(self->data()[position]);
  TRY(bytearray_replace(thread, self, position, position + 1, {}));
  return result;
}

Result<void> bytearray_remove(Thread& thread, ByteArray* self, Value value) {
  uint8_t byte = TRY(to_byte(thread, value));
  size_t found = find_code(view_of(self->span()), byte);
  if (found == kNotFound) return thread.raise<ValueError>("value not found in bytearray");
  auto position = static_cast<int64_t>(found);
  return bytearray_replace(thread, self, position, position + 1, {});
}

void reverse_bytes(uint8_t* data, int64_t length) {
  for (int64_t i = 0, j = length - 1; i < j; ++i, --j) std::swap(data[i], data[j]);
}

Result<void> bytearray_reverse(Thread&, ByteArray* self) {
  reverse_bytes(self->data(), self->length());
  return {};
}

Result<void> bytearray_clear(Thread& thread, ByteArray* self) { return bytearray_resize(thread, self, 0); }
Result<ByteArray*> bytearray_copy(Thread& thread, ByteArray* self) { return make_bytearray(thread, self->span()); }
Result<Value> bytearray_alloc(Thread&, ByteArray* self) {
  return Value::from_int(self->buffer_.is_null() ? 0 : self->buffer_->length() + 1);
}

/// The state of an instance besides its bytes: its __dict__ or None.
Result<Value> state_of(Thread& thread, ByteArray* self) {
  if (is_exact<ByteArray>(to_value(self))) return Value::none();
  Result<Value> state = call_method(thread, to_value(self), thread.names().__getstate__, std::span<const Value>());
  return state;
}

Result<Value> bytearray_reduce_ex(Thread& thread, ByteArray* self, int protocol) {
  Value type = to_value(type_of(thread, to_value(self)));
  Value state = TRY(state_of(thread, self));
  if (protocol < 3) {
    Value text = to_value(TRY(make_text(thread, view_of(self->span()))));
    Value arguments = self->length() == 0 ? to_value(thread.runtime().empty_tuple())
                                          : tuple_of(thread, text, to_value(make_str(thread, "latin-1")));
    return tuple_of(thread, type, arguments, state);
  }
  Value data = to_value(TRY(try_make_bytes(thread, self->data(), self->length())));
  return tuple_of(thread, type, self->length() == 0 ? to_value(thread.runtime().empty_tuple()) : tuple_of(thread, data),
                  state);
}
Result<Value> bytearray_reduce(Thread& thread, ByteArray* self) { return bytearray_reduce_ex(thread, self, 2); }

Result<Value> bytearray_fromhex(Thread& thread, Type* type, Str* string) {
  ByteBuffer out;
  TRY(parse_hex(thread, string, out));
  Value result = to_value(TRY(make_bytearray(thread, out.view())));
  if (type == thread.runtime().type(Kind::ByteArray)) return result;
  return call(thread, to_value(type), result);
}

constexpr auto kOwnMethods = std::to_array<NativeMethod>({
    method<bytearray_append_item>("append($self, item, /)", "Append a single item to the end of the bytearray."),
    method<bytearray_extend>("extend($self, iterable_of_ints, /)",
                             "Append all the items from the iterator or sequence to the bytearray."),
    method<bytearray_insert>("insert($self, index, item, /)",
                             "Insert a single item into the bytearray before the given index."),
    method<bytearray_pop>("pop($self, index=-1, /)", "Remove and return a single item; IndexError when there is none."),
    method<bytearray_remove>("remove($self, value, /)", "Remove the first occurrence of a value in the bytearray."),
    method<bytearray_reverse>("reverse($self, /)", "Reverse the order of the values in the bytearray in place."),
    method<bytearray_clear>("clear($self, /)", "Remove all items from the bytearray."),
    method<bytearray_copy>("copy($self, /)", "Return a copy of the bytearray."),
    method<bytearray_alloc>("__alloc__($self, /)", "The number of bytes actually allocated."),
    method<bytearray_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<bytearray_reduce_ex>("__reduce_ex__($self, proto=0, /)", "Return state information for pickling."),
    method<bytearray_fromhex>(
        "fromhex($type, string, /)",
        "Create a bytearray object from a string of hexadecimal numbers; spaces between two numbers are accepted."),
});
constexpr auto kByteArrayMethods = join_methods(kSharedByteMethods, kOwnMethods);

}  // namespace

extern const TypeSpec kByteArrayType;
constinit const TypeSpec kByteArrayType = {
    .name = "bytearray",
    .kind = Kind::ByteArray,
    .flags = kTypeBase | kTypeMatchSelf,
    .layout = [] { return layout_of<ByteArray>("bytearray"); },
    .slots = {.repr = bytearray_repr,
              .str = bytearray_str,
              .compare = bytes_compare,
              .new_ = bytearray_new,
              .init = bytearray_init,
              .iter = bytearray_iter,
              .length = bytearray_length,
              .get_item = bytearray_get_item,
              .set_item = bytearray_set_item,
              .contains = bytes_contains,
              .modulo = bytes_modulo,
              .concatenate = bytearray_concatenate,
              .inplace_concatenate = bytearray_inplace_concatenate,
              .repeat = bytes_repeat,
              .inplace_repeat = bytearray_inplace_repeat,
              .buffer = bytearray_buffer},
    .methods = kByteArrayMethods,
    .doc =
        "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> "
        "bytearray\nbytearray(bytes_or_buffer) -> "
        "mutable copy of bytes_or_buffer\nbytearray(int) -> bytes array of size given by the parameter initialized "
        "with null bytes\n"
        "bytearray() -> empty bytes array",
};

}  // namespace viperine
