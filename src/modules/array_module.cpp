// SPDX-License-Identifier: MIT
// The module array. An array keeps its items in a bytearray of its own, which also counts buffer exports.
#include <cstring>

#include "builtins/byte_methods.h"
#include "builtins/container_support.h"
#include "builtins/packed_items.h"
#include "runtime/bytearrays.h"
#include "runtime/classes.h"
#include "runtime/import.h"
#include "runtime/slices.h"

namespace viperine {

namespace {

class TypedArray final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::TypedArray;
  int64_t length() const { return bytes_->length() / item_size_; }
  uint8_t* at(int64_t index) { return bytes_->data() + index * item_size_; }
  char code() const { return static_cast<char>(code_); }
  Slot<ByteArray> bytes_;
  int64_t item_size_, code_;
  LAYOUT(TypedArray, HeapObject, bytes_, item_size_, code_);
};

class TypedArrayIterator final : public HeapObject {
 public:
  Slot<Value> array_;  // int 0 once exhausted
  int64_t index_;
  LAYOUT(TypedArrayIterator, HeapObject, array_, index_);
};

constexpr std::string_view kTypeCodes = "bBuhHiIlLqQfd";
constexpr bool kLittleEndian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;

TypedArray* self_array(Value self) { return static_cast<TypedArray*>(self.as_object()); }

int64_t size_of_code(char code) { return code == 'u' ? 4 : pack_code_size(code, true).size; }

Result<TypedArray*> make_array(Thread& thread, Type* type, char code, int64_t length) {
  int64_t size;
  if (__builtin_mul_overflow(length, size_of_code(code), &size) || size > Value::kMaxInt / 2)
    return thread.raise_memory_error();
  ByteArray* bytes = TRY(make_bytearray(thread, {}));
  TRY(bytearray_resize(thread, bytes, size));
  TypedArray* array = make_instance<TypedArray>(thread, type);
  array->bytes_.set(array, bytes);
  array->item_size_ = size_of_code(code);
  array->code_ = code;
  return array;
}
Result<TypedArray*> make_array(Thread& thread, char code, int64_t length) {
  return make_array(thread, thread.runtime().type(Kind::TypedArray), code, length);
}

// --- items

Result<Value> item(Thread& thread, TypedArray* array, int64_t index) {
  const uint8_t* at = array->at(index);
  if (array->code() != 'u') return unpack_value(thread, at, array->code(), array->item_size_, kLittleEndian);
  uint32_t code;
  std::memcpy(&code, at, 4);
  if (code > 0x10FFFF) {
    char text[16];
    std::snprintf(text, sizeof text, "U+%x", code);
    return thread.raise<ValueError>("character {} is not in range [U+0000; U+10ffff]", static_cast<const char*>(text));
  }
  return to_value(make_character(thread, code));
}

/// The OverflowErrors of the C conversions behind each code.
Raised raise_range(Thread& thread, char code, bool too_large) {
  switch (code) {
    case 'b':
      return thread.raise<OverflowError>(too_large ? "signed char is greater than maximum"
                                                   : "signed char is less than minimum");
    case 'B':
      return thread.raise<OverflowError>(too_large ? "unsigned byte integer is greater than maximum"
                                                   : "unsigned byte integer is less than minimum");
    case 'h':
      return thread.raise<OverflowError>(too_large ? "signed short integer is greater than maximum"
                                                   : "signed short integer is less than minimum");
    case 'H':
      return thread.raise<OverflowError>(too_large ? "unsigned short is greater than maximum"
                                                   : "unsigned short is less than minimum");
    case 'i':
      return thread.raise<OverflowError>(too_large ? "signed integer is greater than maximum"
                                                   : "signed integer is less than minimum");
    case 'I':
      return thread.raise<OverflowError>(too_large ? "unsigned int is greater than maximum"
                                                   : "can't convert negative value to unsigned int");
    case 'l':
      return thread.raise<OverflowError>("Python int too large to convert to C long");
    case 'q':
      return thread.raise<OverflowError>("int too big to convert");
    default:
      return thread.raise<OverflowError>(too_large ? "int too big to convert"
                                                   : "can't convert negative value to unsigned int");
  }
}

/// `value` as the bytes of one item.
Result<void> pack_item(Thread& thread, char code, uint8_t* out, Value value) {
  PackFormat format;
  format.little_endian = kLittleEndian;
  if (code == 'u') {
    if (!is_str(value) || as_str(thread, value)->length() != 1)
      return thread.raise<TypeError>("array item must be unicode character");
    uint32_t character_code = as_str(thread, value)->at(0);
    std::memcpy(out, &character_code, 4);
    return {};
  }
  if (code == 'f' || code == 'd') {
    double number = TRY(to_double(thread, value));
    pack_float(out, code, format, number);
    return {};
  }
  uint64_t storage = 0;
  limbs::Signed number = signed_limbs(TRY(to_index(thread, value)), storage);
  char message[kPackMessageSize];
  if (pack_integer(out, code, format, number, message) != nullptr) return raise_range(thread, code, !number.negative);
  return {};
}

Result<void> append_item(Thread& thread, TypedArray* array, Value value) {
  uint8_t packed[16];
  TRY(pack_item(thread, array->code(), packed, value));
  return bytearray_append(thread, array->bytes_.get(), {packed, static_cast<size_t>(array->item_size_)});
}

// --- construction

Result<void> extend_with(Thread& thread, TypedArray* array, Value iterable) {
  if (is<TypedArray>(iterable)) {
    auto* other = cast<TypedArray>(iterable);
    if (other->code_ != array->code_) return thread.raise<TypeError>("can only extend with array of same kind");
    Bytes* copy = TRY(try_make_bytes(thread, other->bytes_->data(), other->bytes_->length()));
    return bytearray_append(thread, array->bytes_.get(), copy->span());
  }
  return for_each(thread, iterable, [&](Value value) -> Result<bool> {
    TRY(append_item(thread, array, value));
    return true;
  });
}

Result<void> append_bytes(Thread& thread, TypedArray* array, std::span<const uint8_t> data) {
  if (data.size() % static_cast<size_t>(array->item_size_) != 0)
    return thread.raise<ValueError>("bytes length not a multiple of item size");
  return bytearray_append(thread, array->bytes_.get(), data);
}

Result<void> append_text(Thread& thread, TypedArray* array, Str* text) {
  ByteBuffer units;
  for (int64_t i = 0; i < text->length(); ++i) {
    uint32_t code = text->at(i);
    units.append(&code, 4);
  }
  return bytearray_append(thread, array->bytes_.get(), units.view());
}

Result<Value> array_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() > 0 && type == thread.runtime().type(Kind::TypedArray))
    return thread.raise<TypeError>("array.array() takes no keyword arguments");
  uint32_t count = arguments.positional_count();
  if (count == 0) return thread.raise<TypeError>("array() takes at least 1 argument (0 given)");
  if (count > 2) return thread.raise<TypeError>("array() takes at most 2 arguments ({} given)", count);
  if (!is_str(arguments[0]) || as_str(thread, arguments[0])->length() != 1)
    return thread.raise<TypeError>("array() argument 1 must be a unicode character, not {}",
                                   type_name_of(arguments[0]));
  uint32_t code_point = as_str(thread, arguments[0])->at(0);
  if (code_point > 127 || kTypeCodes.find(static_cast<char>(code_point)) == std::string_view::npos)
    return thread.raise<ValueError>("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  char code = static_cast<char>(code_point);
  Value source = count > 1 ? arguments[1] : Value::none();
  if (count > 1 && is_str(source) && code != 'u')
    return thread.raise<TypeError>("cannot use a str to initialize an array with typecode '{}'", code);
  if (is<TypedArray>(source) && cast<TypedArray>(source)->code() == 'u' && code != 'u')
    return thread.raise<TypeError>("cannot use a unicode array to initialize an array with typecode '{}'", code);
  TypedArray* array = TRY(make_array(thread, type, code, 0));
  if (count < 2) return to_value(array);
  if (is_str(source))
    TRY(append_text(thread, array, as_str(thread, source)));
  else if (is_byte_string(source))
    TRY(append_bytes(thread, array, byte_span(source)));
  else if (is<TypedArray>(source) && cast<TypedArray>(source)->code_ != array->code_) {
    auto* other = cast<TypedArray>(source);
    for (int64_t i = 0; i < other->length(); ++i) TRY(append_item(thread, array, TRY(item(thread, other, i))));
  } else {
    TRY(extend_with(thread, array, source));
  }
  return to_value(array);
}

// --- operators

Result<Value> array_tolist(Thread& thread, TypedArray* self) {
  List* list = List::make(thread.heap());
  for (int64_t i = 0; i < self->length(); ++i) {
    Value value = TRY(item(thread, self, i));
    TRY(list_append_value(thread, list, value));
  }
  return to_value(list);
}

Result<Value> array_tounicode(Thread& thread, TypedArray* self) {
  if (self->code() != 'u') return thread.raise<ValueError>("tounicode() may only be called on unicode type arrays");
  TextBuffer text;
  for (int64_t i = 0; i < self->length(); ++i) {
    uint32_t code;
    std::memcpy(&code, self->at(i), 4);
    if (code > 0x10FFFF) TRY(item(thread, self, i));
    text.append(code);
  }
  return to_value(TRY(make_text(thread, text)));
}

Result<Value> array_repr(Thread& thread, Value value) {
  TypedArray* self = self_array(value);
  StringBuilder builder(thread);
  builder.append(type_of(thread, value)->name());
  builder.append("('");
  builder.append(static_cast<uint32_t>(self->code()));
  builder.append(uint32_t{'\''});
  if (self->length() > 0) {
    builder.append(", ");
    Value shown = self->code() == 'u' ? TRY(array_tounicode(thread, self)) : TRY(array_tolist(thread, self));
    builder.append(TRY(repr(thread, shown)));
  }
  builder.append(uint32_t{')'});
  return to_value(TRY(builder.finish()));
}

Result<Value> array_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<TypedArray>(self) || !is<TypedArray>(other)) return Value::not_implemented();
  TypedArray *left = self_array(self), *right = self_array(other);
  bool equality = op == Comparison::Equal || op == Comparison::NotEqual;
  if (equality && left->length() != right->length()) return Value::from_bool(op == Comparison::NotEqual);
  for (int64_t i = 0; i < left->length() && i < right->length(); ++i) {
    Value a = TRY(item(thread, left, i)), b = TRY(item(thread, right, i));
    if (TRY(compare_truth(thread, a, b, Comparison::Equal))) continue;
    if (equality) return Value::from_bool(op == Comparison::NotEqual);
    return compare(thread, a, b, op);
  }
  return Value::from_bool(holds(left->length(), right->length(), op));
}

Result<int64_t> array_length(Thread&, Value self) { return self_array(self)->length(); }

Result<int64_t> position_of(Thread& thread, TypedArray* array, Value index, const char* error) {
  if (!is_integer(index) && type_of(thread, index)->slots().to_index == nullptr)
    return thread.raise<TypeError>("array indices must be integers");
  Result<int64_t> number = to_index_int64(thread, index);
  if (number.is_raised()) {
    if (!thread.pending_is<OverflowError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_name_of(index));
  }
  int64_t position = number.take();
  if (position < 0) position += array->length();
  if (position < 0 || position >= array->length()) return thread.raise<IndexError>("{}", error);
  return position;
}

Result<Value> array_get_item(Thread& thread, Value self, Value index) {
  TypedArray* array = self_array(self);
  if (!is<Slice>(index)) return item(thread, array, TRY(position_of(thread, array, index, "array index out of range")));
  SliceRange range = TRY(slice_range_in(thread, cast<Slice>(index), array));
  TypedArray* result = TRY(make_array(thread, array->code(), range.length));
  auto size = static_cast<size_t>(array->item_size_);
  for (int64_t i = 0, from = range.start; i < range.length; ++i, from += range.step)
    std::memcpy(result->at(i), array->at(from), size);
  return to_value(result);
}

Result<void> assign_slice(Thread& thread, TypedArray* array, Slice* slice, Value value) {
  Bytes* data = thread.runtime().empty_bytes();
  if (!value.is_absent()) {
    if (!is<TypedArray>(value))
      return thread.raise<TypeError>("can only assign array (not \"{}\") to array slice", type_name_of(value));
    auto* source = cast<TypedArray>(value);
    if (source->code_ != array->code_) return thread.raise<TypeError>("bad argument type for built-in operation");
    data = TRY(try_make_bytes(thread, source->bytes_->data(), source->bytes_->length()));
  }
  SliceRange range = TRY(slice_range_in(thread, slice, array));
  int64_t size = array->item_size_, count = data->length() / size;
  if (range.step == 1) {
    int64_t stop = std::max(range.start, range.stop);
    return bytearray_replace(thread, array->bytes_.get(), range.start * size, stop * size, data->span());
  }
  if (!value.is_absent()) {
    if (count != range.length)
      return thread.raise<ValueError>("attempt to assign array of size {} to extended slice of size {}", count,
                                      range.length);
    for (int64_t i = 0, to = range.start; i < range.length; ++i, to += range.step)
      std::memcpy(array->at(to), data->data() + i * size, static_cast<size_t>(size));
    return {};
  }
  if (range.length == 0) return {};
  TRY(check_resizable(thread, array->bytes_.get()));
  if (range.step < 0) range.start += range.step * (range.length - 1), range.step = -range.step;
  int64_t to = range.start, next = range.start, left = range.length;
  for (int64_t from = range.start; from < array->length(); ++from) {
    if (left > 0 && from == next) {
      next += range.step, --left;
      continue;
    }
    std::memmove(array->at(to++), array->at(from), static_cast<size_t>(size));
  }
  return bytearray_resize(thread, array->bytes_.get(), to * size);
}

Result<void> array_set_item(Thread& thread, Value self, Value index, Value value) {
  TypedArray* array = self_array(self);
  if (is<Slice>(index)) return assign_slice(thread, array, cast<Slice>(index), value);
  int64_t position = TRY(position_of(thread, array, index, "array assignment index out of range"));
  int64_t size = array->item_size_;
  if (value.is_absent())
    return bytearray_replace(thread, array->bytes_.get(), position * size, (position + 1) * size, {});
  uint8_t packed[16];
  TRY(pack_item(thread, array->code(), packed, value));
  if (position >= array->length()) return thread.raise<IndexError>("array assignment index out of range");
  std::memcpy(array->at(position), packed, static_cast<size_t>(size));
  return {};
}

Result<int64_t> find_item(Thread& thread, TypedArray* array, Value value, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop && i < array->length(); ++i)
    if (TRY(compare_truth(thread, TRY(item(thread, array, i)), value, Comparison::Equal))) return i;
  return int64_t{-1};
}

Result<bool> array_contains(Thread& thread, Value self, Value value) {
  return TRY(find_item(thread, self_array(self), value, 0, INT64_MAX)) >= 0;
}

Result<Value> array_concatenate(Thread& thread, Value left, Value right) {
  if (!is<TypedArray>(right))
    return thread.raise<TypeError>("can only append array (not \"{}\") to array", type_name_of(right));
  TypedArray *first = self_array(left), *second = self_array(right);
  if (first->code_ != second->code_) return thread.raise<TypeError>("bad argument type for built-in operation");
  TypedArray* result = TRY(make_array(thread, first->code(), 0));
  TRY(bytearray_append(thread, result->bytes_.get(), first->bytes_->span()));
  TRY(bytearray_append(thread, result->bytes_.get(), second->bytes_->span()));
  return to_value(result);
}

Result<Value> array_inplace_concatenate(Thread& thread, Value left, Value right) {
  if (!is<TypedArray>(right))
    return thread.raise<TypeError>("can only extend array with array (not \"{}\")", type_name_of(right));
  TRY(extend_with(thread, self_array(left), right));
  return left;
}

/// array[:] = array * count
Result<void> repeat_into(Thread& thread, ByteArray* bytes, int64_t count) {
  int64_t length = bytes->length(), total;
  if (count < 0) count = 0;
  if (__builtin_mul_overflow(length, count, &total) || total > Value::kMaxInt / 2) return thread.raise_memory_error();
  TRY(bytearray_resize(thread, bytes, total));
  uint8_t* data = bytes->data();
  for (int64_t done = length; done > 0 && done < total; done *= 2)
    std::memcpy(data + done, data, static_cast<size_t>(std::min(done, total - done)));
  return {};
}

Result<Value> array_repeat(Thread& thread, Value self, int64_t count) {
  TypedArray* result = TRY(make_array(thread, self_array(self)->code(), 0));
  TRY(bytearray_append(thread, result->bytes_.get(), self_array(self)->bytes_->span()));
  TRY(repeat_into(thread, result->bytes_.get(), count));
  return to_value(result);
}
Result<Value> array_inplace_repeat(Thread& thread, Value self, int64_t count) {
  TRY(repeat_into(thread, self_array(self)->bytes_.get(), count));
  return self;
}

Result<void> array_buffer(Thread&, Value self, BufferView& view, bool) {
  static constexpr char kFormats[] = "b\0B\0w\0h\0H\0i\0I\0l\0L\0q\0Q\0f\0d";
  TypedArray* array = self_array(self);
  ByteArray* bytes = array->bytes_.get();
  bytes->padding_ |= view.length == kForMemoryView ? 3 : 2;
  view.owner = self;
  view.data = bytes->data();
  view.length = bytes->length();
  view.item_size = array->item_size_;
  view.format = kFormats + 2 * kTypeCodes.find(array->code());
  view.readonly = false;
  if (!bytes->buffer_.is_null()) view.storage = to_value(bytes->buffer_.get());
  ++bytes->exports_;
  view.release = [](Thread&, BufferView& released) { --self_array(released.owner)->bytes_->exports_; };
  return {};
}

// --- methods

Result<void> array_append(Thread& thread, TypedArray* self, Value value) { return append_item(thread, self, value); }
Result<void> array_extend(Thread& thread, TypedArray* self, Value iterable) {
  return extend_with(thread, self, iterable);
}
Result<void> array_insert(Thread& thread, TypedArray* self, Index index, Value value) {
  uint8_t packed[16];
  TRY(pack_item(thread, self->code(), packed, value));
  int64_t position =
      index.value < 0 ? std::max<int64_t>(index.value + self->length(), 0) : std::min(index.value, self->length());
  int64_t at = position * self->item_size_;
  return bytearray_replace(thread, self->bytes_.get(), at, at, {packed, static_cast<size_t>(self->item_size_)});
}
Result<Value> array_pop(Thread& thread, TypedArray* self, Index index) {
  if (self->length() == 0) return thread.raise<IndexError>("pop from empty array");
  int64_t position = index.value < 0 ? index.value + self->length() : index.value;
  if (position < 0 || position >= self->length()) return thread.raise<IndexError>("pop index out of range");
  Value result = TRY(item(thread, self, position));
  TRY(bytearray_replace(thread, self->bytes_.get(), position * self->item_size_, (position + 1) * self->item_size_,
                        {}));
  return result;
}
Result<void> array_remove(Thread& thread, TypedArray* self, Value value) {
  int64_t found = TRY(find_item(thread, self, value, 0, INT64_MAX));
  if (found < 0) return thread.raise<ValueError>("array.remove(x): x not in array");
  return bytearray_replace(thread, self->bytes_.get(), found * self->item_size_, (found + 1) * self->item_size_, {});
}
Result<Value> array_index(Thread& thread, TypedArray* self, Value value, Optional<Value> start, Optional<Value> stop) {
  int64_t from = TRY(search_position(thread, start, self->length(), 0)),
          end = TRY(search_position(thread, stop, self->length(), INT64_MAX));
  int64_t found = TRY(find_item(thread, self, value, from, end));
  if (found < 0) return thread.raise<ValueError>("array.index(x): x not in array");
  return Value::from_int(found);
}
Result<Value> array_count(Thread& thread, TypedArray* self, Value value) {
  int64_t count = 0;
  for (int64_t i = 0; i < self->length(); ++i)
    if (TRY(compare_truth(thread, TRY(item(thread, self, i)), value, Comparison::Equal))) ++count;
  return Value::from_int(count);
}
void swap_bytes(uint8_t* item, int64_t size) {
  for (int64_t i = 0; i < size / 2; ++i) std::swap(item[i], item[size - 1 - i]);
}
Result<void> array_byteswap(Thread&, TypedArray* self) {
  for (int64_t i = 0; i < self->length(); ++i) swap_bytes(self->at(i), self->item_size_);
  return {};
}
Result<void> array_reverse(Thread&, TypedArray* self) {
  uint8_t spare[16];
  auto size = static_cast<size_t>(self->item_size_);
  for (int64_t i = 0, j = self->length() - 1; i < j; ++i, --j) {
    std::memcpy(spare, self->at(i), size);
    std::memcpy(self->at(i), self->at(j), size);
    std::memcpy(self->at(j), spare, size);
  }
  return {};
}
Result<Value> array_tobytes(Thread& thread, TypedArray* self) {
  return to_value(TRY(try_make_bytes(thread, self->bytes_->data(), self->bytes_->length())));
}
Result<void> array_frombytes(Thread& thread, TypedArray* self, Value data) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  Bytes* copy = TRY(try_make_bytes(thread, buffer.data(), buffer.length()));
  release_buffer(thread, buffer.view());
  return append_bytes(thread, self, copy->span());
}
Result<void> array_fromlist(Thread& thread, TypedArray* self, Value list) {
  if (!is<List>(list)) return thread.raise<TypeError>("arg must be list");
  int64_t before = self->bytes_->length(), length = cast<List>(list)->length();
  for (int64_t i = 0; i < length; ++i) {
    Result<void> done = append_item(thread, self, cast<List>(list)->at(i));
    if (!done.is_raised() && cast<List>(list)->length() == length) continue;
    if (!done.is_raised()) thread.raise<RuntimeError>("list changed size during iteration");
    ExceptionObject* pending = thread.take_pending();
    TRY(bytearray_resize(thread, self->bytes_.get(), before));
    return thread.restore_pending(pending);
  }
  return {};
}
Result<void> array_fromunicode(Thread& thread, TypedArray* self, Str* text) {
  if (self->code() != 'u') return thread.raise<ValueError>("fromunicode() may only be called on unicode type arrays");
  return append_text(thread, self, text);
}
Result<void> array_fromfile(Thread& thread, TypedArray* self, Value file, Index count) {
  if (count.value < 0) return thread.raise<ValueError>("negative count");
  int64_t size;
  if (__builtin_mul_overflow(count.value, self->item_size_, &size) || size > Value::kMaxInt)
    return thread.raise_memory_error();
  Value data = TRY(call_method(thread, file, thread.names().read, Value::from_int(size)));
  if (!is<Bytes>(data)) return thread.raise<TypeError>("read() didn't return bytes");
  TRY(append_bytes(thread, self, cast<Bytes>(data)->span()));
  if (cast<Bytes>(data)->length() != size) return thread.raise<EOFError>("read() didn't return enough bytes");
  return {};
}
Result<void> array_tofile(Thread& thread, TypedArray* self, Value file) {
  constexpr int64_t kBlock = 64 * 1024;
  for (int64_t at = 0; at < self->bytes_->length(); at += kBlock) {
    Bytes* block =
        TRY(try_make_bytes(thread, self->bytes_->data() + at, std::min(kBlock, self->bytes_->length() - at)));
    TRY(call_method(thread, file, thread.names().write, to_value(block)));
  }
  return {};
}
Value array_buffer_info(Thread& thread, TypedArray* self) {
  return make_pair(thread, make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(self->bytes_->data())),
                   Value::from_int(self->length()));
}
Result<Value> array_copy(Thread& thread, TypedArray* self) { return array_repeat(thread, to_value(self), 1); }
Result<Value> array_deepcopy(Thread& thread, TypedArray* self, Value) { return array_copy(thread, self); }
Value array_sizeof(Thread& thread, TypedArray* self) {
  return Value::from_int(object_size(thread, self) + object_size(thread, self->bytes_.get()) +
                         object_size(thread, self->bytes_->buffer_.get()));
}
Value array_typecode(Thread& thread, TypedArray* self) {
  return to_value(make_character(thread, static_cast<uint32_t>(self->code_)));
}
Value array_itemsize(Thread&, TypedArray* self) { return Value::from_int(self->item_size_); }

/// The machine format number of array._array_reconstructor.
int machine_format(char code) {
  bool is_signed = is_signed_code(code);
  int big = kLittleEndian ? 0 : 1;
  switch (code) {
    case 'u':
      return 20 + big;
    case 'f':
      return 14 + big;
    case 'd':
      return 16 + big;
    default:
      break;
  }
  switch (size_of_code(code)) {
    case 1:
      return is_signed ? 1 : 0;
    case 2:
      return (is_signed ? 4 : 2) + big;
    case 4:
      return (is_signed ? 8 : 6) + big;
    default:
      return (is_signed ? 12 : 10) + big;
  }
}

Result<Value> array_reconstructor(Thread& thread, Value type, Value code_text, int format, Value data) {
  if (!has_kind(type, Kind::Type))
    return thread.raise<TypeError>("first argument must be a type object, not {}", type_name_of(type));
  if (!cast<Type>(type)->is_subtype_of(thread.runtime().type(Kind::TypedArray)))
    return thread.raise<TypeError>("{} is not a subtype of array.array", cast<Type>(type)->name());
  if (!is_str(code_text) || as_str(thread, code_text)->length() != 1)
    return thread.raise<TypeError>("_array_reconstructor() argument 2 must be a unicode character, not {}",
                                   type_name_of(code_text));
  uint32_t code = as_str(thread, code_text)->at(0);
  if (code > 127 || kTypeCodes.find(static_cast<char>(code)) == std::string_view::npos)
    return thread.raise<ValueError>("second argument must be a valid type code");
  if (format < 0 || format > 21) return thread.raise<ValueError>("third argument must be a valid machine format code.");
  if (!is<Bytes>(data)) return thread.raise<TypeError>("fourth argument should be bytes, not {}", type_name_of(data));
  static constexpr uint8_t kSizes[] = {1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 8, 8, 2, 2, 4, 4};
  auto bytes = cast<Bytes>(data)->span();
  size_t size = kSizes[format];
  if (bytes.size() % size != 0) return thread.raise<ValueError>("string length not a multiple of item size");
  TypedArray* array = TRY(make_array(thread, cast<Type>(type), static_cast<char>(code), 0));
  bool little = format < 2 || format % 2 == 0;
  for (size_t at = 0; at < bytes.size(); at += size) {
    Value value;
    if (format >= 18) {
      uint32_t unit = static_cast<uint32_t>(unpack_integer(bytes.data() + at, size, false, little));
      value = to_value(make_character(thread, unit));
    } else {
      static constexpr char kCodes[] = "BbHHhhIIiiQQqqffdd";
      value = unpack_value(thread, bytes.data() + at, kCodes[format], static_cast<int64_t>(size), little);
    }
    TRY(append_item(thread, array, value));
  }
  return to_value(array);
}

constexpr NativeMethod kFunctions[] = {
    function<array_reconstructor>("_array_reconstructor($module, arraytype, typecode, mformat_code, items, /)",
                                  "Internal. Used for pickling support."),
};

Result<Value> array_reduce_ex(Thread& thread, TypedArray* self, int protocol) {
  Value type = to_value(type_of(thread, to_value(self)));
  Value state = Value::none();
  if (!is_exact<TypedArray>(to_value(self))) {
    Optional<Value> dict = TRY(find_attribute(thread, to_value(self), thread.names().__dict__));
    if (dict) state = *dict;
  }
  Value code = array_typecode(thread, self);
  if (protocol < 3) return tuple_of(thread, type, tuple_of(thread, code, TRY(array_tolist(thread, self))), state);
  Optional<Value> module = thread.runtime().modules()->get_str(make_str(thread, "array"));
  Value reconstruct = module ? TRY(get_attribute(thread, *module, "_array_reconstructor"))
                             : to_value(make_native_function(thread, kFunctions[0], Value(), Value::none()));
  Value data = TRY(array_tobytes(thread, self));
  return tuple_of(thread, reconstruct,
                  tuple_of(thread, type, code, Value::from_int(machine_format(self->code())), data), state);
}

Result<Value> array_iter(Thread& thread, Value self) {
  auto* iterator = make_exact<TypedArrayIterator>(thread, Kind::TypedArrayIterator);
  iterator->array_.initialize(self);
  return to_value(iterator);
}
TypedArrayIterator* self_iterator(Value self) { return static_cast<TypedArrayIterator*>(self.as_object()); }
Result<Value> iterator_self(Thread&, Value self) { return self; }
Result<Optional<Value>> iterator_next(Thread& thread, Value value) {
  TypedArrayIterator* self = self_iterator(value);
  if (self->array_.get().is_int()) return Optional<Value>();
  TypedArray* array = self_array(self->array_.get());
  if (self->index_ < array->length()) return Optional<Value>(TRY(item(thread, array, self->index_++)));
  self->array_.set(self, Value());
  return Optional<Value>();
}
Result<Value> iterator_reduce(Thread& thread, Value value) {
  TypedArrayIterator* self = self_iterator(value);
  if (self->array_.get().is_int())
    return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, to_value(List::make(thread.heap()))));
  return tuple_of(thread, builtin(thread, "iter"), tuple_of(thread, self->array_.get()), Value::from_int(self->index_));
}
Result<void> iterator_setstate(Thread& thread, Value value, Value state) {
  int64_t index = TRY(to_c_int64(thread, state));
  TypedArrayIterator* self = self_iterator(value);
  if (!self->array_.get().is_int())
    self->index_ = std::clamp<int64_t>(index, 0, self_array(self->array_.get())->length());
  return {};
}

constexpr NativeMethod kIteratorMethods[] = {
    method<iterator_reduce>("__reduce__($self, /)", "Return state information for pickling."),
    method<iterator_setstate>("__setstate__($self, state, /)", "Set state information for unpickling."),
};

constexpr NativeMethod kMethods[] = {
    method<array_append>("append($self, v, /)", "Append new value v to the end of the array."),
    method<array_buffer_info>("buffer_info($self, /)",
                              "Return a tuple (address, length) giving the current memory address and the length in "
                              "items of the buffer used to hold array's contents."),
    method<array_byteswap>("byteswap($self, /)", "Byteswap all items of the array."),
    method<array_copy>("__copy__($self, /)", "Return a copy of the array."),
    method<array_count>("count($self, v, /)", "Return number of occurrences of v in the array."),
    method<array_deepcopy>("__deepcopy__($self, unused, /)", "Return a copy of the array."),
    method<array_extend>("extend($self, bb, /)", "Append items to the end of the array."),
    method<array_fromfile>("fromfile($self, f, n, /)",
                           "Read n objects from the file object f and append them to the end of the array."),
    method<array_fromlist>("fromlist($self, list, /)", "Append items to array from list."),
    method<array_frombytes>("frombytes($self, buffer, /)",
                            "Appends items from the string, interpreting it as an array of machine values."),
    method<array_fromunicode>("fromunicode($self, ustr, /)",
                              "Extends this array with data from the unicode string ustr."),
    method<array_index>("index($self, v, start=0, stop=sys.maxsize, /)",
                        "Return index of first occurrence of v in the array."),
    method<array_insert>("insert($self, i, v, /)", "Insert a new item v into the array before position i."),
    method<array_pop>("pop($self, i=-1, /)", "Return the i-th element and delete it from the array."),
    method<array_reduce_ex>("__reduce_ex__($self, value, /)", "Return state information for pickling."),
    method<array_remove>("remove($self, v, /)", "Remove the first occurrence of v in the array."),
    method<array_reverse>("reverse($self, /)", "Reverse the order of the items in the array."),
    method<array_tobytes>("tobytes($self, /)",
                          "Convert the array to an array of machine values and return the bytes representation."),
    method<array_tofile>("tofile($self, f, /)", "Write all items (as machine values) to the file object f."),
    method<array_tolist>("tolist($self, /)", "Convert array to an ordinary list with the same items."),
    method<array_tounicode>("tounicode($self, /)", "Extracts unicode contents from the array."),
    method<array_sizeof>("__sizeof__($self, /)", "Size of the array in memory, in bytes."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<array_typecode>("typecode", "the typecode character used to create the array"),
    attribute<array_itemsize>("itemsize", "the size, in bytes, of one array item"),
};

constexpr TypeSpec kArrayType = {
    .name = "array.array",
    .kind = Kind::TypedArray,
    .flags = kTypeBase | kTypeSequence | kTypeHasWeakrefs,
    .layout = [] { return layout_of<TypedArray>("array"); },
    .slots = {.repr = array_repr,
              .compare = array_compare,
              .new_ = array_new,
              .iter = array_iter,
              .length = array_length,
              .get_item = array_get_item,
              .set_item = array_set_item,
              .contains = array_contains,
              .concatenate = array_concatenate,
              .inplace_concatenate = array_inplace_concatenate,
              .repeat = array_repeat,
              .inplace_repeat = array_inplace_repeat,
              .buffer = array_buffer},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, "
        "and\ninitialized from "
        "the optional initializer value, which must be a list,\nstring or iterable over elements of the appropriate "
        "type.",
};
constexpr TypeSpec kIteratorType = {
    .name = "array.arrayiterator",
    .kind = Kind::TypedArrayIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<TypedArrayIterator>("arrayiterator"); },
    .slots = {.iter = iterator_self, .next = iterator_next},
    .methods = kIteratorMethods,
};

Result<void> array_initialize(Thread& thread, Module* module) {
  if (thread.runtime().type(Kind::TypedArray) == nullptr) {
    TRY(make_builtin_type(thread, kArrayType));
    TRY(make_builtin_type(thread, kIteratorType));
  }
  Value type = to_value(thread.runtime().type(Kind::TypedArray));
  TRY(add_constant(thread, module, "array", type));
  TRY(add_constant(thread, module, "ArrayType", type));
  TRY(add_text(thread, module, "typecodes", kTypeCodes));
  auto abc = import_module(thread, "collections.abc");  // arrays are MutableSequences
  if (abc.is_raised()) {
    thread.clear_pending();
    return {};
  }
  Value sequence = TRY(get_attribute(thread, abc.take(), "MutableSequence"));
  TRY(call_method(thread, sequence, intern(thread, "register"), type));
  return {};
}

}  // namespace

extern const ModuleSpec kArrayModule;
constinit const ModuleSpec kArrayModule = {.name = "array",
                                           .functions = kFunctions,
                                           .initialize = array_initialize,
                                           .doc =
                                               "This module defines an object type which can efficiently represent\nan "
                                               "array of basic values: characters, integers, floating point\nnumbers."};

}  // namespace viperine
