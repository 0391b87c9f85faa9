// SPDX-License-Identifier: MIT
// Array types and their instances: c_int * 3.
#ifdef VIPERINE_HAS_FFI
#include <cstring>
#include <vector>

#include "builtins/generic_alias.h"
#include "modules/ctypes/ctypes.h"

namespace viperine::ctypes {

namespace {

struct ArrayView {
  Type* item;
  int64_t item_size;
  char text;  // 'c', 'u' or 0
};

Result<ArrayView> view_of(Thread& thread, CData* self) {
  Type* type = type_of_data(thread, self);
  if (self->role_ != Role::Data || !has_category(type, Category::Array))
    return thread.raise<TypeError>("abstract class");
  Type* item = target_of(type);
  return ArrayView{item, info_of(item)->size, text_code(type)};
}

uint8_t* item_address(CData* self, const ArrayView& view, int64_t index) {
  return self->data_ + index * view.item_size;
}

Result<Value> slice_of(Thread& thread, CData* self, const ArrayView& view, const SliceRange& range) {
  if (view.text == 'c') {
    Bytes* bytes = TRY(try_make_bytes(thread, nullptr, range.length));
    for (int64_t i = 0; i < range.length; ++i) bytes->data()[i] = self->data_[range.start + i * range.step];
    return to_value(bytes);
  }
  if (view.text == 'u') {
    StringBuilder text(thread);
    for (int64_t i = 0; i < range.length; ++i)
      text.append(static_cast<uint32_t>(reinterpret_cast<const wchar_t*>(self->data_)[range.start + i * range.step]));
    return to_value(TRY(text.finish()));
  }
  List* list = List::make(thread.heap());
  for (int64_t i = 0; i < range.length; ++i) {
    int64_t index = range.start + i * range.step;
    Value item = TRY(read_item(thread, view.item, self, index, item_address(self, view, index)));
    TRY(list_append_value(thread, list, item));
  }
  return to_value(list);
}

Result<int64_t> checked_index(Thread& thread, CData* self, Value index) {
  if (type_of(thread, index)->slots().to_index == nullptr) return thread.raise<TypeError>("indices must be integers");
  Value exact = TRY(to_index(thread, index));
  int64_t position;
  if (!int_fits_int64(exact, &position))
    return thread.raise<IndexError>("cannot fit 'int' into an index-sized integer");
  if (position < 0) position += self->length_;
  if (position < 0 || position >= self->length_) return thread.raise<IndexError>("invalid index");
  return position;
}

Result<Value> array_get_item(Thread& thread, Value self_value, Value index) {
  CData* self = self_data(self_value);
  ArrayView view = TRY(view_of(thread, self));
  if (is<Slice>(index)) {
    SliceRange range = TRY(slice_range(thread, cast<Slice>(index), self->length_));
    return slice_of(thread, self, view, range);
  }
  int64_t position = TRY(checked_index(thread, self, index));
  return read_item(thread, view.item, self, position, item_address(self, view, position));
}

Result<void> set_at(Thread& thread, CData* self, const ArrayView& view, int64_t position, Value value) {
  return write_item(thread, self, view.item, value, position, item_address(self, view, position));
}

Result<void> array_set_item(Thread& thread, Value self_value, Value index, Value value) {
  CData* self = self_data(self_value);
  ArrayView view = TRY(view_of(thread, self));
  if (value.is_absent()) return thread.raise<TypeError>("Array does not support item deletion");
  if (!is<Slice>(index)) return set_at(thread, self, view, TRY(checked_index(thread, self, index)), value);
  SliceRange range = TRY(slice_range(thread, cast<Slice>(index), self->length_));
  int64_t given = TRY(length(thread, value));
  if (given != range.length) return thread.raise<ValueError>("Can only assign sequence of same size");
  for (int64_t i = 0; i < range.length; ++i) {
    Value item = TRY(get_item(thread, value, Value::from_int(i)));
    TRY(set_at(thread, self, view, range.start + i * range.step, item));
  }
  return {};
}

Result<int64_t> array_length(Thread&, Value self) { return self_data(self)->length_; }

Result<void> array_init(Thread& thread, Value self, const Arguments& arguments) {
  for (uint32_t i = 0; i < arguments.positional_count(); ++i)
    TRY(set_item(thread, self, Value::from_int(i), arguments[i]));
  return {};
}

// --- arrays of characters

Result<Value> characters_value(Thread& thread, CData* self) {
  return read_text(thread, self->data_, self->size_, text_code(type_of_data(thread, self)) == 'u');
}

Result<void> characters_set_value(Thread& thread, CData* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete attribute");
  if (text_code(type_of_data(thread, self)) == 'u') {
    Str* text = try_str(thread, value);
    if (text == nullptr)
      return thread.raise<TypeError>("unicode string expected instead of {} instance", type_name_of(value));
    if (text->length() > self->size_ / static_cast<int64_t>(sizeof(wchar_t)))
      return thread.raise<ValueError>("string too long");
    TRY(write_text(thread, self->data_, self->size_, value, true));
    return {};
  }
  if (!is<Bytes>(value)) return thread.raise<TypeError>("bytes expected instead of {} instance", type_name_of(value));
  if (cast<Bytes>(value)->length() > self->size_) return thread.raise<ValueError>("byte string too long");
  auto* bytes = cast<Bytes>(value);
  std::memcpy(self->data_, bytes->data(), static_cast<size_t>(std::min(bytes->length() + 1, self->size_)));
  return {};
}

Result<Value> characters_raw(Thread& thread, CData* self) {
  return to_value(TRY(try_make_bytes(thread, self->data_, self->size_)));
}

Result<void> characters_set_raw(Thread& thread, CData* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("cannot delete attribute");
  BufferScope buffer(thread);
  TRY(buffer.acquire(value));
  if (buffer.length() > self->size_) return thread.raise<ValueError>("byte string too long");
  std::memmove(self->data_, buffer.data(), static_cast<size_t>(buffer.length()));
  return {};
}

constexpr NativeAttribute kValue = attribute<characters_value, characters_set_value>("value", "string value");
constexpr NativeAttribute kRaw = attribute<characters_raw, characters_set_raw>("raw", "value");

/// _length_ of the class or a base.
Result<int64_t> declared_length(Thread& thread, Type* type) {
  Optional<Value> given = TRY(find_class_attribute(thread, to_value(type), "_length_"));
  if (!given) return thread.raise<AttributeError>("class must define a '_length_' attribute");
  if (!is_integer(*given)) return thread.raise<TypeError>("The '_length_' attribute must be an integer");
  int64_t count;
  bool fits = int_fits_int64(*given, &count);
  if (fits ? count < 0 : is<BigInt>(*given) && cast<BigInt>(*given)->is_negative())
    return thread.raise<ValueError>("The '_length_' attribute must not be negative");
  if (!fits) return thread.raise<OverflowError>("The '_length_' attribute is too large");
  return count;
}

}  // namespace

Result<void> ready_array(Thread& thread, Type* type) {
  int64_t count = TRY(declared_length(thread, type));
  Optional<Value> item_type = TRY(find_class_attribute(thread, to_value(type), "_type_"));
  if (!item_type) return thread.raise<AttributeError>("class must define a '_type_' attribute");
  TypeInfo* item = info_of_value(*item_type);
  if (item == nullptr) return thread.raise<TypeError>("_type_ must have storage info");
  if (item->size > 0 && count > INT64_MAX / item->size) return thread.raise<OverflowError>("array too large");
  item->flags |= kFinal;
  TypeInfo* info = attach_info(thread, type, Category::Array);
  info->size = item->size * count;
  info->alignment = item->alignment;
  info->length = count;
  info->flags |= (item->flags & (kIsPointer | kHasPointer)) != 0 ? kHasPointer : 0u;
  set_info_part(type, kTarget, *item_type);
  set_format(info, item->format == nullptr ? "B" : item->format);
  std::vector<int64_t> shape{count};
  for (int i = 0; i < item->dimensions; ++i) shape.push_back(item->shape[i]);
  set_shape(info, static_cast<int>(shape.size()), shape.data());
  char text = item->category == Category::Simple ? item->code : '\0';
  auto own = [&](const NativeAttribute* attribute) {
    return type_set_attribute(thread, to_value(type), intern(thread, attribute->name),
                              to_value(make_getset(thread, type, attribute)));
  };
  if (text == 'c' || text == 'u') TRY(own(&kValue));
  if (text == 'c') TRY(own(&kRaw));
  return {};
}

Result<Type*> array_type_of(Thread& thread, Type* item, int64_t length) {
  auto* cache = cast<Dict>(state(thread, kArrayCache));
  Value key = make_pair(thread, to_value(item), make_int(thread.heap(), length));
  Optional<Value> known = TRY(dict_find(thread, cache, key));
  if (known) {
    Optional<Value> type = weakref_target(cast<WeakRef>(*known));
    if (type) return cast<Type>(*type);
  }
  Str* name = format_text(thread, "{}_Array_{}", item->name(), length);
  Dict* space = Dict::make(thread.heap());
  TRY(dict_set_name(thread, space, "_length_", make_int(thread.heap(), length)));
  TRY(dict_set_name(thread, space, "_type_", to_value(item)));
  Value bases = to_value(Tuple::of(thread.heap(), state(thread, kArrayType)));
  Value made = TRY(call(thread, state(thread, kArrayMeta), to_value(name), bases, to_value(space)));
  TRY(dict_set(thread, cache, key, to_value(plain_weakref(thread, made.as_object()))));
  return cast<Type>(made);
}

namespace {
Result<Value> array_class_getitem(Thread& thread, Type* type, Value item) {
  return make_generic_alias(thread, to_value(type), item);
}
constexpr NativeMethod kMethods[] = {method<array_class_getitem>("__class_getitem__($type, item, /)", "See PEP 585")};
}  // namespace

const TypeSpec kArraySpec = {.name = "_ctypes.Array",
                             .kind = Kind::CData,
                             .flags = kTypeBase,
                             .slots = {.new_ = &data_new,
                                       .init = &array_init,
                                       .length = &array_length,
                                       .get_item = &array_get_item,
                                       .set_item = &array_set_item,
                                       .buffer = &data_buffer},
                             .methods = kMethods,
                             .doc = "Base class of arrays of C data.",
                             .base_spec = &kDataSpec};

}  // namespace viperine::ctypes

#endif
