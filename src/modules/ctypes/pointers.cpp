// SPDX-License-Identifier: MIT
// Pointer types and their instances: POINTER(c_int), pointer(x).
#ifdef VIPERINE_HAS_FFI
#include <cstring>
#include <string>

#include "builtins/functions.h"
#include "modules/ctypes/ctypes.h"

namespace viperine::ctypes {

namespace {

struct PointerView {
  Type* target;
  int64_t item_size;
  uint8_t* address;  // what it points to
};

Result<PointerView> view_of(Thread& thread, CData* self) {
  Type* type = type_of_data(thread, self);
  if (self->role_ != Role::Data || !has_category(type, Category::Pointer) || !is<Type>(info_part(type, kTarget)))
    return thread.raise<TypeError>("abstract class");
  PointerView view{target_of(type), info_of(target_of(type))->size, nullptr};
  std::memcpy(&view.address, self->data_, sizeof(view.address));
  if (view.address == nullptr) return thread.raise<ValueError>("NULL pointer access");
  return view;
}

Result<Value> pointer_contents(Thread& thread, CData* self) {
  PointerView view = TRY(view_of(thread, self));
  return to_value(TRY(make_data_at(thread, view.target, to_value(self), 0, view.address)));
}

Result<void> pointer_set_contents(Thread& thread, CData* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("Pointer does not support item deletion");
  Value target = info_part(type_of_data(thread, self), kTarget);
  if (!is<Type>(target)) return thread.raise<TypeError>("abstract class");
  if (!is_data(value))  // any instance will do, as in CPython
    return thread.raise<TypeError>("expected {} instead of {}", cast<Type>(target)->name(), type_name_of(value));
  CData* object = cast<CData>(value);
  std::memcpy(self->data_, &object->data_, sizeof(void*));
  TRY(keep_reference(thread, self, 1, value));
  Value kept = TRY(kept_objects(thread, object));
  return keep_reference(thread, self, 0, kept);
}

Result<int64_t> item_index(Thread& thread, Value index) {
  if (type_of(thread, index)->slots().to_index == nullptr)
    return thread.raise<TypeError>("Pointer indices must be integer");
  return to_index_int64(thread, index);
}

/// Slices of pointers: there is no length, so that what is left out must be clear.
Result<SliceRange> pointer_range(Thread& thread, Slice* slice) {
  SliceRange range{0, 0, 1, 0};
  if (!slice->step_.get().is_none()) {
    range.step = TRY(to_index_int64(thread, slice->step_.get()));
    if (range.step == 0) return thread.raise<ValueError>("slice step cannot be zero");
  }
  if (!slice->start_.get().is_none())
    range.start = TRY(to_index_int64(thread, slice->start_.get()));
  else if (range.step < 0)
    return thread.raise<ValueError>("slice start is required for step < 0");
  if (slice->stop_.get().is_none()) return thread.raise<ValueError>("slice stop is required");
  range.stop = TRY(to_index_int64(thread, slice->stop_.get()));
  if (range.step > 0 && range.start < range.stop)
    range.length = (range.stop - range.start - 1) / range.step + 1;
  else if (range.step < 0 && range.start > range.stop)
    range.length = (range.stop - range.start + 1) / range.step + 1;
  return range;
}

Result<Value> pointer_slice(Thread& thread, CData* self, Slice* slice) {
  SliceRange range = TRY(pointer_range(thread, slice));
  if (range.length == 0) {
    Value item = info_part(type_of_data(thread, self), kTarget);
    TypeInfo* info = info_of_value(item);
    char code = info != nullptr && info->category == Category::Simple ? info->code : '\0';
    if (code == 'c') return to_value(thread.runtime().empty_bytes());
    if (code == 'u') return to_value(thread.runtime().empty_str());
    return to_value(List::make(thread.heap()));
  }
  PointerView view = TRY(view_of(thread, self));
  TypeInfo* info = info_of(view.target);
  char code = info->category == Category::Simple ? info->code : '\0';
  if (code == 'c') {
    Bytes* bytes = TRY(try_make_bytes(thread, nullptr, range.length));
    for (int64_t i = 0; i < range.length; ++i) bytes->data()[i] = view.address[range.start + i * range.step];
    return to_value(bytes);
  }
  if (code == 'u') {
    StringBuilder text(thread);
    for (int64_t i = 0; i < range.length; ++i)
      text.append(static_cast<uint32_t>(reinterpret_cast<const wchar_t*>(view.address)[range.start + i * range.step]));
    return to_value(TRY(text.finish()));
  }
  List* list = List::make(thread.heap());
  for (int64_t i = 0; i < range.length; ++i) {
    int64_t index = range.start + i * range.step;
    Value item = TRY(read_item(thread, view.target, self, index, view.address + index * view.item_size));
    TRY(list_append_value(thread, list, item));
  }
  return to_value(list);
}

Result<Value> pointer_get_item(Thread& thread, Value self_value, Value index) {
  CData* self = self_data(self_value);
  if (is<Slice>(index)) return pointer_slice(thread, self, cast<Slice>(index));
  int64_t position = TRY(item_index(thread, index));
  PointerView view = TRY(view_of(thread, self));
  return read_item(thread, view.target, self, position, view.address + position * view.item_size);
}

Result<void> pointer_set_item(Thread& thread, Value self_value, Value index, Value value) {
  CData* self = self_data(self_value);
  if (value.is_absent()) return thread.raise<TypeError>("Pointer does not support item deletion");
  if (type_of(thread, index)->slots().to_index == nullptr)
    return thread.raise<TypeError>("'{}' object cannot be interpreted as an integer", type_name_of(index));
  int64_t position = TRY(item_index(thread, index));
  PointerView view = TRY(view_of(thread, self));
  return write_item(thread, self, view.target, value, position, view.address + position * view.item_size);
}

Result<bool> pointer_truth(Thread&, Value self) {
  void* address;
  std::memcpy(&address, self_data(self)->data_, sizeof(address));
  return address != nullptr;
}

Result<Value> pointer_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (!is<Type>(info_part(type, kTarget))) return thread.raise<TypeError>("Cannot create instance: has no _type_");
  return data_new(thread, type, arguments);
}

Result<void> pointer_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.positional_count() > 1)
    return thread.raise<TypeError>("POINTER() takes at most 1 argument ({} given)", arguments.positional_count());
  if (arguments.positional_count() == 0) return {};
  return pointer_set_contents(thread, self_data(self), arguments[0]);
}

constexpr NativeAttribute kAttributes[] = {
    attribute<pointer_contents, pointer_set_contents>("contents", "the object this pointer points to (read-write)")};

}  // namespace

Result<void> set_pointer_target(Thread& thread, Type* type, Value target) {
  if (!is<Type>(target)) return thread.raise<TypeError>("_type_ must be a type");
  TypeInfo* item = info_of(cast<Type>(target));
  if (item == nullptr) return thread.raise<TypeError>("_type_ must have storage info");
  set_info_part(type, kTarget, target);
  std::string text = "&";
  if (item->dimensions > 0) {
    text += '(';
    for (int i = 0; i < item->dimensions; ++i) {
      if (i > 0) text += ',';
      text += std::to_string(item->shape[i]);
    }
    text += ')';
  }
  text += item->format == nullptr ? "B" : item->format;
  set_format(info_of(type), text);
  return {};
}

Result<void> ready_pointer(Thread& thread, Type* type) {
  TypeInfo* info = attach_info(thread, type, Category::Pointer);
  info->size = sizeof(void*);
  info->alignment = alignof(void*);
  info->length = 1;
  info->flags |= kIsPointer;
  set_format(info, "&");
  Optional<Value> target = type->dict()->get_str(intern(thread, "_type_"));
  if (!target) return {};
  return set_pointer_target(thread, type, open_class_cell(*target));
}

Result<Type*> pointer_type_to(Thread& thread, Value target) {
  auto* cache = cast<Dict>(state(thread, kPointerCache));
  Optional<Value> known = TRY(dict_find(thread, cache, target));
  if (known) {
    if (!is<Type>(*known)) return thread.raise<TypeError>("must be a ctypes type");
    return cast<Type>(*known);
  }
  Dict* space = Dict::make(thread.heap());
  Value bases = to_value(Tuple::of(thread.heap(), state(thread, kPointerType)));
  Str* name = try_str(thread, target);
  bool is_incomplete = name != nullptr;
  if (!is_incomplete) {
    if (!is<Type>(target)) return thread.raise<TypeError>("must be a ctypes type");
    name = cast<Type>(target)->name();
    TRY(dict_set_name(thread, space, "_type_", target));
  }
  Value full = to_value(format_text(thread, "LP_{}", name));
  Value made = TRY(call(thread, state(thread, kPointerMeta), full, bases, to_value(space)));
  Value key = is_incomplete ? TRY(identity_of(thread, made)) : target;
  TRY(dict_set(thread, cache, key, made));
  return cast<Type>(made);
}

const TypeSpec kPointerSpec = {.name = "_ctypes._Pointer",
                               .kind = Kind::CData,
                               .flags = kTypeBase,
                               .slots = {.new_ = &pointer_new,
                                         .init = &pointer_init,
                                         .get_item = &pointer_get_item,
                                         .set_item = &pointer_set_item,
                                         .truth = &pointer_truth,
                                         .buffer = &data_buffer},
                               .attributes = kAttributes,
                               .doc = "Base class of pointers to C data.",
                               .base_spec = &kDataSpec};

}  // namespace viperine::ctypes

#endif
