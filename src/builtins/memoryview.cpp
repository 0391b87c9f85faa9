// SPDX-License-Identifier: MIT
// The type memoryview: making, releasing and describing views. Items, slices, casts and comparison are in
// memoryview_items.cpp. A view locks the size of its bytearray while something refers to it (runtime/bytearrays.cpp).
#include "builtins/memoryview.h"

#include <cstring>

#include "builtins/common.h"
#include "runtime/hashing.h"

namespace viperine {

Result<void> check_view(Thread& thread, const MemoryView* view) {
  if (view->is_released()) return thread.raise<ValueError>("operation forbidden on released memoryview object");
  return {};
}

char native_code(const char* format) {
  if (*format == '@') ++format;
  return format[0] != 0 && format[1] == 0 && (pack_code_size(format[0], true).size != 0) &&
                 std::strchr("xsp", format[0]) == nullptr
             ? format[0]
             : 0;
}

Result<uint8_t*> view_data(Thread& thread, MemoryView* view) {
  Value storage = view->storage_.get();
  if (is<Bytes>(storage)) return cast<Bytes>(storage)->data() + view->offset_;
  if (has_kind(storage, Kind::Buffer)) return static_cast<Buffer*>(storage.as_object())->data() + view->offset_;
  if (!storage.is_pointer() || storage.is_none()) return reinterpret_cast<uint8_t*>(view);  // no bytes at all
  BufferView now;
  now.owner = storage;
  TRY(type_of(thread, storage)->slots().buffer(thread, storage, now, false));
  uint8_t* data = now.data;
  release_buffer(thread, now);
  return data + view->offset_;
}

namespace {

MemoryView* self_view(Value self) { return static_cast<MemoryView*>(self.as_object()); }

MemoryView* allocate_view(Thread& thread) {
  return make_instance<MemoryView>(thread, thread.runtime().type(Kind::MemoryView));
}

Result<void> set_extents(Thread& thread, MemoryView* view, const BufferView& buffer) {
  view->dimensions_ = buffer.dimensions;
  if (buffer.dimensions == 1) {
    bool given = buffer.shape[0] != 0 || buffer.strides[0] != 0;
    view->shape_ = given ? buffer.shape[0] : buffer.item_size == 0 ? 0 : buffer.length / buffer.item_size;
    view->stride_ = given && buffer.strides[0] != 0 ? buffer.strides[0] : buffer.item_size;
    return {};
  }
  if (buffer.dimensions == 0) return {};
  Buffer* extents = Buffer::try_make(thread.heap(), buffer.dimensions * 16);
  if (extents == nullptr) return thread.raise_memory_error();
  view->extents_.set(view, extents);
  auto* words = reinterpret_cast<int64_t*>(extents->data());
  int64_t stride = buffer.item_size;
  bool has_strides = buffer.strides[0] != 0;
  for (int i = buffer.dimensions - 1; i >= 0; --i) {
    words[i] = buffer.shape[i];
    words[buffer.dimensions + i] = has_strides ? buffer.strides[i] : stride;
    stride *= buffer.shape[i];
  }
  return {};
}

}  // namespace

MemoryView* copy_view(Thread& thread, const MemoryView* view) {
  MemoryView* copy = allocate_view(thread);
  copy->object_.set(copy, view->object_.get());
  copy->storage_.set(copy, view->storage_.get());
  copy->format_.set(copy, view->format_.get());
  copy->extents_.set(copy, view->extents_.get());
  copy->offset_ = view->offset_, copy->length_ = view->length_, copy->item_size_ = view->item_size_;
  copy->shape_ = view->shape_, copy->stride_ = view->stride_;
  copy->dimensions_ = view->dimensions_;
  copy->readonly_ = view->readonly_;
  return copy;
}

Result<MemoryView*> make_memoryview(Thread& thread, Value object) {
  if (is<MemoryView>(object)) {
    TRY(check_view(thread, cast<MemoryView>(object)));
    return copy_view(thread, cast<MemoryView>(object));
  }
  auto slot = type_of(thread, object)->slots().buffer;
  if (slot == nullptr)
    return thread.raise<TypeError>("memoryview: a bytes-like object is required, not '{}'", type_name_of(object));
  BufferView buffer;
  buffer.owner = object;
  buffer.length = kForMemoryView;
  TRY(slot(thread, object, buffer, false));
  MemoryView* view = allocate_view(thread);
  view->object_.set(view, buffer.owner);
  view->storage_.set(view, buffer.owner);
  view->format_.set(view, make_bytes(thread, buffer.format == nullptr ? "B" : std::string_view(buffer.format)));
  view->length_ = buffer.length;
  view->item_size_ = buffer.item_size;
  view->readonly_ = buffer.readonly;
  Result<void> done = set_extents(thread, view, buffer);
  if (has_kind(buffer.storage, Kind::Buffer)) {
    view->storage_.set(view, buffer.storage);
    view->offset_ = buffer.data - static_cast<Buffer*>(buffer.storage.as_object())->data();
  } else if (buffer.length == 0) {
    view->storage_.set(view, Value::none());
  }
  release_buffer(thread, buffer);
  if (done.is_raised()) return Raised{};
  return view;
}

bool is_contiguous(const MemoryView* view, Order order) {
  int64_t expected = view->item_size_;
  for (int i = 0; i < view->dimensions_; ++i) {
    int at = order == Order::kC ? view->dimensions_ - 1 - i : i;
    if (view->shape()[at] == 0) return true;
    if (view->shape()[at] > 1 && view->strides()[at] != expected) return false;
    expected *= view->shape()[at];
  }
  return true;
}

namespace {

/// The items of dimension `at` and those behind it.
void append_dimension(const MemoryView* view, const uint8_t* data, int at, ByteBuffer& out) {
  if (at == view->dimensions_) return out.append(data, static_cast<size_t>(view->item_size_));
  for (int64_t i = 0; i < view->shape()[at]; ++i) append_dimension(view, data + i * view->strides()[at], at + 1, out);
}
void append_fortran(const MemoryView* view, const uint8_t* data, int at, ByteBuffer& out) {
  if (at < 0) return out.append(data, static_cast<size_t>(view->item_size_));
  for (int64_t i = 0; i < view->shape()[at]; ++i) append_fortran(view, data + i * view->strides()[at], at - 1, out);
}

}  // namespace

Result<void> append_view(Thread& thread, MemoryView* view, ByteBuffer& out, Order order) {
  uint8_t* data = TRY(view_data(thread, view));
  if (is_contiguous(view, order))
    out.append(data, static_cast<size_t>(view->length_));
  else if (order == Order::kC)
    append_dimension(view, data, 0, out);
  else
    append_fortran(view, data, view->dimensions_ - 1, out);
  return {};
}

namespace {

Result<Value> view_new(Thread& thread, Type*, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("memoryview(object)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  return to_value(TRY(make_memoryview(thread, bound.values[0])));
}

Result<Value> view_repr(Thread& thread, Value self) {
  return to_value(format_text(thread, self_view(self)->is_released() ? "<released memory at {}>" : "<memory at {}>",
                              address_text(thread, self)));
}

Result<int64_t> view_hash(Thread& thread, Value self) {
  MemoryView* view = self_view(self);
  if (view->has_hash_) return view->hash_;
  TRY(check_view(thread, view));
  if (!view->readonly_) return thread.raise<ValueError>("cannot hash writable memoryview object");
  char code = native_code(view->format());
  if (code != 'B' && code != 'b' && code != 'c')
    return thread.raise<ValueError>("memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  TRY(hash(thread, view->object_.get()));
  ByteBuffer data;
  TRY(append_view(thread, view, data));
  view->hash_ = hash_data(thread, data.view());
  view->has_hash_ = 1;
  return view->hash_;
}

Result<int64_t> view_length(Thread& thread, Value self) {
  TRY(check_view(thread, self_view(self)));
  return self_view(self)->dimensions_ == 0 ? int64_t{1} : self_view(self)->shape()[0];
}

Result<Value> view_iter(Thread& thread, Value self) {
  MemoryView* view = self_view(self);
  TRY(check_view(thread, view));
  if (view->dimensions_ == 0) return thread.raise<TypeError>("invalid indexing of 0-dim memory");
  if (view->dimensions_ > 1)
    return thread.raise<NotImplementedError>("multi-dimensional sub-views are not implemented");
  auto* iterator = make_kind<IndexIterator>(thread, Kind::MemoryIterator);
  iterator->sequence_.initialize(self);
  return to_value(iterator);
}

Result<void> view_buffer(Thread& thread, Value self, BufferView& buffer, bool writable) {
  MemoryView* view = self_view(self);
  TRY(check_view(thread, view));
  if (writable && view->readonly_) return thread.raise<BufferError>("memoryview: underlying buffer is not writable");
  buffer.data = TRY(view_data(thread, view));
  buffer.owner = self;
  buffer.length = view->length_;
  buffer.item_size = view->item_size_;
  buffer.format = view->format();
  buffer.readonly = view->readonly_;
  buffer.dimensions = view->dimensions_;
  for (int i = 0; i < view->dimensions_; ++i)
    buffer.shape[i] = view->shape()[i], buffer.strides[i] = view->strides()[i];
  buffer.contiguous = is_contiguous(view, Order::kC);
  ++view->exports_;
  buffer.release = [](Thread&, BufferView& released) { --self_view(released.owner)->exports_; };
  return {};
}

// --- methods

Result<void> view_release(Thread& thread, MemoryView* self) {
  if (self->is_released()) return {};
  if (self->exports_ > 0)
    return thread.raise<BufferError>("memoryview has {} exported buffer{}", self->exports_,
                                     self->exports_ == 1 ? "" : "s");
  if (self->locked_ && has_kind(self->object_.get(), Kind::ByteArray))
    --static_cast<ByteArray*>(self->object_.get().as_object())->exports_;
  self->released_ = 1;
  self->locked_ = 0;
  self->object_.set(self, Value::none());
  self->storage_.set(self, Value::none());
  return {};
}

Result<Value> view_enter(Thread& thread, MemoryView* self) {
  TRY(check_view(thread, self));
  if (!self->locked_ && has_kind(self->object_.get(), Kind::ByteArray)) {
    ++static_cast<ByteArray*>(self->object_.get().as_object())->exports_;
    self->locked_ = 1;
  }
  return to_value(self);
}

Result<void> view_exit(Thread& thread, MemoryView* self, Rest) { return view_release(thread, self); }

Result<Value> view_tobytes(Thread& thread, MemoryView* self, NoneOr<Str*> order) {
  TRY(check_view(thread, self));
  Order wanted = Order::kC;
  if (order) {
    if (order->equals("F"))
      wanted = Order::kFortran;
    else if (order->equals("A"))
      wanted = !is_contiguous(self, Order::kC) && is_contiguous(self, Order::kFortran) ? Order::kFortran : Order::kC;
    else if (!order->equals("C"))
      return thread.raise<ValueError>("order must be 'C', 'F' or 'A'");
  }
  if (wanted == Order::kC && is_contiguous(self, Order::kC))
    return to_value(TRY(try_make_bytes(thread, TRY(view_data(thread, self)), self->length_)));
  ByteBuffer out;
  TRY(append_view(thread, self, out, wanted));
  return to_value(TRY(make_bytes(thread, out)));
}

Result<Value> view_hex(Thread& thread, MemoryView* self, Optional<Value> separator, Index group) {
  TRY(check_view(thread, self));
  ByteBuffer out;
  TRY(append_view(thread, self, out));
  return hex_text(thread, out.view(), separator, group.value);
}

Result<Value> view_toreadonly(Thread& thread, MemoryView* self) {
  TRY(check_view(thread, self));
  MemoryView* copy = copy_view(thread, self);
  copy->readonly_ = 1;
  return to_value(copy);
}

// --- attributes

Result<Value> tuple_of_numbers(Thread& thread, const int64_t* numbers, int count) {
  Tuple* tuple = TRY(make_tuple(thread, count));
  for (int i = 0; i < count; ++i) tuple->set(i, Value::from_int(numbers[i]));
  return to_value(tuple);
}

template <typename F>
Result<Value> described(Thread& thread, MemoryView* self, F describe) {
  TRY(check_view(thread, self));
  return describe();
}

Result<Value> view_obj(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return self->object_.get(); });
}
Result<Value> view_nbytes(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return Value::from_int(self->length_); });
}
Result<Value> view_readonly(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return Value::from_bool(self->readonly_); });
}
Result<Value> view_itemsize(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return Value::from_int(self->item_size_); });
}
Result<Value> view_format(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return to_value(make_str(thread, self->format())); });
}
Result<Value> view_ndim(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return Value::from_int(self->dimensions_); });
}
Result<Value> view_shape(Thread& thread, MemoryView* self) {
  TRY(check_view(thread, self));
  return tuple_of_numbers(thread, self->shape(), self->dimensions_);
}
Result<Value> view_strides(Thread& thread, MemoryView* self) {
  TRY(check_view(thread, self));
  return tuple_of_numbers(thread, self->strides(), self->dimensions_);
}
Result<Value> view_suboffsets(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return to_value(thread.runtime().empty_tuple()); });
}
Result<Value> view_c_contiguous(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return Value::from_bool(is_contiguous(self, Order::kC)); });
}
Result<Value> view_f_contiguous(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] { return Value::from_bool(is_contiguous(self, Order::kFortran)); });
}
Result<Value> view_contiguous(Thread& thread, MemoryView* self) {
  return described(thread, self, [&] {
    return Value::from_bool(is_contiguous(self, Order::kC) || is_contiguous(self, Order::kFortran));
  });
}

constexpr NativeMethod kMethods[] = {
    method<view_release>("release($self, /)", "Release the underlying buffer exposed by the memoryview object."),
    method<view_enter>("__enter__($self, /)"),
    method<view_exit>("__exit__($self, /, *exc_info)"),
    method<view_tobytes>("tobytes($self, /, order='C')",
                         "Return the data in the buffer as a byte string; order is 'C', 'F' or 'A'."),
    method<view_hex>("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
                     "Return the data in the buffer as a str of hexadecimal numbers.\n\n"
                     ">>> memoryview(b'\\x10\\xff').hex()\n'10ff'"),
    method<view_tolist>("tolist($self, /)", "Return the data in the buffer as a list of elements."),
    method<view_cast>("cast($self, /, format, shape=<unrepresentable>)", "Cast a memoryview to a new format or shape."),
    method<view_toreadonly>("toreadonly($self, /)", "Return a readonly version of the memoryview."),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<view_obj>("obj", "The underlying object of the memoryview."),
    attribute<view_nbytes>("nbytes",
                           "The amount of space in bytes that the array would use in a contiguous representation."),
    attribute<view_readonly>("readonly", "A bool indicating whether the memory is read only."),
    attribute<view_itemsize>("itemsize", "The size in bytes of each element of the memoryview."),
    attribute<view_format>("format",
                           "A string containing the format (in struct module style) for each element in the view."),
    attribute<view_ndim>(
        "ndim", "An integer indicating how many dimensions of a multi-dimensional array the memory represents."),
    attribute<view_shape>("shape",
                          "A tuple of ndim integers giving the shape of the memory as an N-dimensional array."),
    attribute<view_strides>(
        "strides",
        "A tuple of ndim integers giving the size in bytes to access each element for each dimension of the array."),
    attribute<view_suboffsets>("suboffsets", "A tuple of integers used internally for PIL-style arrays."),
    attribute<view_c_contiguous>("c_contiguous", "A bool indicating whether the memory is C contiguous."),
    attribute<view_f_contiguous>("f_contiguous", "A bool indicating whether the memory is Fortran contiguous."),
    attribute<view_contiguous>("contiguous", "A bool indicating whether the memory is contiguous."),
};

}  // namespace

extern const TypeSpec kMemoryViewType;
constinit const TypeSpec kMemoryViewType = {
    .name = "memoryview",
    .kind = Kind::MemoryView,
    .flags = kTypeSequence | kTypeHasWeakrefs,
    .layout = [] { return layout_of<MemoryView>("memoryview"); },
    .slots = {.repr = view_repr,
              .hash = view_hash,
              .compare = view_compare,
              .new_ = view_new,
              .iter = view_iter,
              .length = view_length,
              .get_item = view_get_item,
              .set_item = view_set_item,
              .buffer = view_buffer},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Create a new memoryview object which references the given object.",
    .text_signature = "(object)",
};

}  // namespace viperine
