// SPDX-License-Identifier: MIT
// Items of a memoryview: reading, writing, slicing, casting, comparing.
#include <cstring>

#include "builtins/memoryview.h"

namespace viperine {

namespace {

MemoryView* self_view(Value self) { return static_cast<MemoryView*>(self.as_object()); }

Raised raise_unsupported(Thread& thread, const MemoryView* view) {
  return thread.raise<NotImplementedError>("memoryview: unsupported format {}", view->format());
}
Raised raise_bad_type(Thread& thread, const MemoryView* view) {
  return thread.raise<TypeError>("memoryview: invalid type for format '{}'", view->format());
}
Raised raise_bad_value(Thread& thread, const MemoryView* view) {
  return thread.raise<ValueError>("memoryview: invalid value for format '{}'", view->format());
}

constexpr bool kLittleEndian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;

}  // namespace

Result<Value> unpack_view_item(Thread& thread, const MemoryView* view, const uint8_t* item) {
  char code = native_code(view->format());
  if (code == 0) return raise_unsupported(thread, view);
  return unpack_value(thread, item, code, view->item_size_, kLittleEndian);
}

Result<void> pack_view_item(Thread& thread, const MemoryView* view, uint8_t* item, Value value) {
  char code = native_code(view->format());
  PackFormat format;
  format.little_endian = kLittleEndian;
  char message[kPackMessageSize];
  switch (code) {
    case 0:
      return raise_unsupported(thread, view);
    case 'c':
      if (!is<Bytes>(value)) return raise_bad_type(thread, view);
      if (cast<Bytes>(value)->length() != 1) return raise_bad_value(thread, view);
      *item = cast<Bytes>(value)->data()[0];
      return {};
    case '?':
      *item = TRY(is_true(thread, value));
      return {};
    case 'e':
    case 'f':
    case 'd': {
      Result<double> number = to_double(thread, value);
      if (number.is_raised()) {
        if (!thread.pending_is<TypeError>()) return Raised{};
        thread.clear_pending();
        return raise_bad_type(thread, view);
      }
      if (pack_float(item, code, format, number.take()) != nullptr) return raise_bad_value(thread, view);
      return {};
    }
    default:
      break;
  }
  Result<Value> index = to_index(thread, value);
  if (index.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return raise_bad_type(thread, view);
  }
  uint64_t storage = 0;
  uint8_t packed[8];
  if (pack_integer(packed, code, format, signed_limbs(index.take(), storage), message) != nullptr)
    return raise_bad_value(thread, view);
  std::memcpy(item, packed, static_cast<size_t>(view->item_size_));
  return {};
}

namespace {

/// Offset of one index in one dimension.
Result<int64_t> offset_in(Thread& thread, const MemoryView* view, int64_t index, int dimension) {
  int64_t length = view->shape()[dimension];
  if (index < 0) index += length;
  if (index < 0 || index >= length)
    return thread.raise<IndexError>("index out of bounds on dimension {}", dimension + 1);
  return index * view->strides()[dimension];
}

bool is_index(Thread& thread, Value value) {
  return is_integer(value) || type_of(thread, value)->slots().to_index != nullptr;
}

Result<int64_t> index_number(Thread& thread, Value value) {
  Result<int64_t> number = to_index_int64(thread, value);
  if (!number.is_raised() || !thread.pending_is<OverflowError>()) return number;
  thread.clear_pending();
  return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_name_of(value));
}

/// Offset of the item that a key names; absent (-1) when the key is a slice or something else.
Result<int64_t> item_offset(Thread& thread, const MemoryView* view, Value key) {
  if (view->dimensions_ == 0) {
    if ((is<Tuple>(key) && cast<Tuple>(key)->length() == 0)) return int64_t{0};
    return thread.raise<TypeError>("invalid indexing of 0-dim memory");
  }
  if (is_index(thread, key)) {
    if (view->dimensions_ > 1)
      return thread.raise<NotImplementedError>("multi-dimensional sub-views are not implemented");
    return offset_in(thread, view, TRY(index_number(thread, key)), 0);
  }
  auto* indices = cast<Tuple>(key);
  if (indices->length() < view->dimensions_) return thread.raise<NotImplementedError>("sub-views are not implemented");
  if (indices->length() > view->dimensions_)
    return thread.raise<TypeError>("cannot index {}-dimension view with {}-element tuple", view->dimensions_,
                                   indices->length());
  int64_t offset = 0;
  for (int i = 0; i < view->dimensions_; ++i)
    offset += TRY(offset_in(thread, view, TRY(index_number(thread, indices->at(i))), i));
  return offset;
}

bool all_items(Thread& thread, Value key, bool (*test)(Thread&, Value)) {
  if (!is<Tuple>(key)) return false;
  for (Value item : cast<Tuple>(key)->span())
    if (!test(thread, item)) return false;
  return true;
}

Result<MemoryView*> slice_view(Thread& thread, MemoryView* view, Slice* slice) {
  MemoryView* result = copy_view(thread, view);  // first: an __index__ may release the view
  SliceRange range = TRY(slice_range(thread, slice, view->shape()[0]));
  result->offset_ += range.start * view->strides()[0];
  if (range.length == 0) result->offset_ = view->offset_;
  if (view->dimensions_ == 1) {
    result->stride_ = view->stride_ * range.step;
    result->shape_ = range.length;
    result->length_ = range.length * view->item_size_;
    return result;
  }
  int count = view->dimensions_;
  Buffer* extents = Buffer::try_make(thread.heap(), count * 16);
  if (extents == nullptr) return thread.raise_memory_error();
  std::memcpy(extents->data(), view->shape(), static_cast<size_t>(count) * 16);
  auto* words = reinterpret_cast<int64_t*>(extents->data());
  words[0] = range.length;
  words[count] *= range.step;
  result->extents_.set(result, extents);
  result->length_ = view->item_size_;
  for (int i = 0; i < count; ++i) result->length_ *= words[i];
  return result;
}

bool is_ellipsis(Value key) { return key == Value::ellipsis(); }

}  // namespace

Result<Value> view_get_item(Thread& thread, Value self, Value key) {
  MemoryView* view = self_view(self);
  TRY(check_view(thread, view));
  if (view->dimensions_ == 0 && is_ellipsis(key)) return self;
  bool is_item = is_index(thread, key) || all_items(thread, key, is_index) || view->dimensions_ == 0;
  if (is_item) {
    int64_t offset = TRY(item_offset(thread, view, key));
    TRY(check_view(thread, view));
    return unpack_view_item(thread, view, TRY(view_data(thread, view)) + offset);
  }
  if (is<Slice>(key)) return to_value(TRY(slice_view(thread, view, cast<Slice>(key))));
  if (all_items(thread, key, [](Thread&, Value item) { return is<Slice>(item); }))
    return thread.raise<NotImplementedError>("multi-dimensional slicing is not implemented");
  return thread.raise<TypeError>("memoryview: invalid slice key");
}

namespace {

bool same_format(const MemoryView* a, const MemoryView* b) {
  const char *x = a->format(), *y = b->format();
  return std::strcmp(*x == '@' ? x + 1 : x, *y == '@' ? y + 1 : y) == 0 && a->item_size_ == b->item_size_;
}

Result<void> assign_slice(Thread& thread, MemoryView* view, Slice* slice, Value value) {
  if (!has_buffer(thread, value))
    return thread.raise<TypeError>("a bytes-like object is required, not '{}'", type_name_of(value));
  MemoryView* target = TRY(slice_view(thread, view, slice));
  TRY(check_view(thread, view));  // an __index__ may have released it
  MemoryView* source = TRY(make_memoryview(thread, value));
  if (!same_format(target, source) || source->dimensions_ != 1 || source->shape_ != target->shape_)
    return thread.raise<ValueError>("memoryview assignment: lvalue and rvalue have different structures");
  ByteBuffer data;  // a copy: the two may overlap
  TRY(append_view(thread, source, data));
  uint8_t* at = TRY(view_data(thread, target));
  auto size = static_cast<size_t>(target->item_size_);
  for (int64_t i = 0; i < target->shape_; ++i)
    std::memcpy(at + i * target->stride_, data.data() + static_cast<size_t>(i) * size, size);
  return {};
}

}  // namespace

Result<void> view_set_item(Thread& thread, Value self, Value key, Value value) {
  MemoryView* view = self_view(self);
  TRY(check_view(thread, view));
  if (view->readonly_) return thread.raise<TypeError>("cannot modify read-only memory");
  if (value.is_absent()) return thread.raise<TypeError>("cannot delete memory");
  bool whole = view->dimensions_ == 0 && is_ellipsis(key);
  if (whole || is_index(thread, key) || all_items(thread, key, is_index) || view->dimensions_ == 0) {
    int64_t offset = whole ? 0 : TRY(item_offset(thread, view, key));
    uint8_t item[32];
    if (view->item_size_ > 16) return raise_unsupported(thread, view);
    TRY(pack_view_item(thread, view, item, value));  // may run Python: the place is asked for afterwards
    TRY(check_view(thread, view));
    std::memcpy(TRY(view_data(thread, view)) + offset, item, static_cast<size_t>(view->item_size_));
    return {};
  }
  if (is<Slice>(key)) {
    if (view->dimensions_ == 1) return assign_slice(thread, view, cast<Slice>(key), value);
    return thread.raise<NotImplementedError>("memoryview slice assignments are currently restricted to ndim = 1");
  }
  if (all_items(thread, key, [](Thread&, Value item) { return is<Slice>(item); }))
    return thread.raise<NotImplementedError>("memoryview slice assignments are currently restricted to ndim = 1");
  return thread.raise<TypeError>("memoryview: invalid slice key");
}

// --- tolist, comparison

namespace {

Result<Value> list_dimension(Thread& thread, MemoryView* view, int64_t offset, int at) {
  if (at == view->dimensions_) return unpack_view_item(thread, view, TRY(view_data(thread, view)) + offset);
  List* list = List::make(thread.heap());
  for (int64_t i = 0; i < view->shape()[at]; ++i) {
    Value item = TRY(list_dimension(thread, view, offset + i * view->strides()[at], at + 1));
    TRY(list_append_value(thread, list, item));
  }
  return to_value(list);
}

/// Equal items; formats that cannot be unpacked are compared as bytes when they are the same.
Result<bool> equal_dimension(Thread& thread, MemoryView* a, const uint8_t* x, MemoryView* b, const uint8_t* y, int at) {
  if (at < a->dimensions_) {
    for (int64_t i = 0; i < a->shape()[at]; ++i)
      if (!TRY(equal_dimension(thread, a, x + i * a->strides()[at], b, y + i * b->strides()[at], at + 1))) return false;
    return true;
  }
  char first = native_code(a->format()), second = native_code(b->format());
  bool comparable_bytes = first == second && (is_integer_code(first) || first == 'c' || first == '?' || first == 0);
  if (comparable_bytes && first != '?')
    return same_format(a, b) && std::memcmp(x, y, static_cast<size_t>(a->item_size_)) == 0;
  if (first == 0 || second == 0) return false;
  return equals(thread, TRY(unpack_view_item(thread, a, x)), TRY(unpack_view_item(thread, b, y)));
}

}  // namespace

Result<Value> view_tolist(Thread& thread, MemoryView* self) {
  TRY(check_view(thread, self));
  if (native_code(self->format()) == 0) return raise_unsupported(thread, self);
  return list_dimension(thread, self, 0, 0);
}

Result<Value> view_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (op != Comparison::Equal && op != Comparison::NotEqual) return Value::not_implemented();
  MemoryView* view = self_view(self);
  auto answer = [&](bool equal) { return Value::from_bool(equal == (op == Comparison::Equal)); };
  if (view->is_released() || (is<MemoryView>(other) && cast<MemoryView>(other)->is_released()))
    return answer(self == other);
  if (!has_buffer(thread, other)) return Value::not_implemented();
  Result<MemoryView*> made = make_memoryview(thread, other);
  if (made.is_raised()) {
    thread.clear_pending();
    return Value::not_implemented();
  }
  MemoryView* second = made.take();
  if (view->dimensions_ != second->dimensions_) return answer(false);
  for (int i = 0; i < view->dimensions_; ++i)
    if (view->shape()[i] != second->shape()[i]) return answer(false);
  uint8_t *x = TRY(view_data(thread, view)), *y = TRY(view_data(thread, second));
  return answer(TRY(equal_dimension(thread, view, x, second, y, 0)));
}

// --- cast

namespace {

Result<void> set_shape(Thread& thread, MemoryView* view, Value shape) {
  std::span<const Value> items = is<List>(shape) ? cast<List>(shape)->span() : cast<Tuple>(shape)->span();
  if (items.size() > MemoryView::kMostDimensions)
    return thread.raise<ValueError>("memoryview: number of dimensions must not exceed {}", MemoryView::kMostDimensions);
  auto count = static_cast<int>(items.size());
  int64_t numbers[2 * MemoryView::kMostDimensions], total = view->item_size_;
  for (int i = 0; i < count; ++i) {
    if (!is_integer(items[static_cast<size_t>(i)]))
      return thread.raise<TypeError>("memoryview.cast(): elements of shape must be integers");
    int64_t number;
    if (!int_fits_int64(items[static_cast<size_t>(i)], &number) || number <= 0)
      return thread.raise<ValueError>("memoryview.cast(): elements of shape must be integers > 0");
    if (__builtin_mul_overflow(total, number, &total))
      return thread.raise<ValueError>("memoryview.cast(): product(shape) > SSIZE_MAX");
    numbers[i] = number;
  }
  if (total != view->length_) return thread.raise<TypeError>("memoryview: product(shape) * itemsize != buffer size");
  int64_t stride = view->item_size_;
  for (int i = count - 1; i >= 0; --i) {
    numbers[count + i] = stride;
    stride *= numbers[i];
  }
  view->dimensions_ = count;
  view->extents_.set(view, nullptr);
  if (count == 1) view->shape_ = numbers[0], view->stride_ = numbers[1];
  if (count <= 1) return {};
  Buffer* extents = Buffer::try_make(thread.heap(), count * 16);
  if (extents == nullptr) return thread.raise_memory_error();
  std::memcpy(extents->data(), numbers, static_cast<size_t>(count) * 16);
  view->extents_.set(view, extents);
  return {};
}

}  // namespace

Result<Value> view_cast(Thread& thread, MemoryView* self, Str* format, Optional<Value> shape) {
  TRY(check_view(thread, self));
  if (!is_contiguous(self, Order::kC))
    return thread.raise<TypeError>("memoryview: casts are restricted to C-contiguous views");
  if (shape && (*shape).is_none()) shape = Optional<Value>();
  if (shape && !is<List>(*shape) && !is<Tuple>(*shape))
    return thread.raise<TypeError>("shape must be a list or a tuple");
  bool reshaped = shape && length(thread, *shape).take() != 1;
  if (self->dimensions_ != 1 && reshaped)
    return thread.raise<TypeError>("memoryview: cast must be 1D -> ND or ND -> 1D");
  char code = 0;
  Bytes* name = nullptr;
  if (format->is_ascii()) {
    name = make_bytes(thread, format->ascii());
    code = native_code(reinterpret_cast<const char*>(name->data()));
  }
  if (code == 0)
    return thread.raise<ValueError>(
        "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  int64_t item_size = pack_code_size(code, true).size;
  auto is_byte = [](char c) { return c == 'B' || c == 'b' || c == 'c'; };
  char old = native_code(self->format());
  if (!is_byte(old) && !is_byte(code))
    return thread.raise<TypeError>("memoryview: cannot cast between two non-byte formats");
  if (self->length_ % item_size != 0)
    return thread.raise<TypeError>("memoryview: length is not a multiple of itemsize");
  MemoryView* result = copy_view(thread, self);
  result->format_.set(result, name);
  result->item_size_ = item_size;
  result->dimensions_ = 1;
  result->extents_.set(result, nullptr);
  result->shape_ = self->length_ / item_size;
  result->stride_ = item_size;
  if (shape) TRY(set_shape(thread, result, *shape));
  return to_value(result);
}

}  // namespace viperine
