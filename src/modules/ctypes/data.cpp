// SPDX-License-Identifier: MIT
// Instances of C types: their memory, what they keep alive, reading and writing their parts, the buffer protocol,
// pickling.
// Invariant: a part of an object never outlives the memory it lies in: base_ leads to the object that owns it.
#ifdef VIPERINE_HAS_FFI
#include <sys/types.h>

#include <cstdlib>
#include <cstring>

#include "modules/ctypes/ctypes.h"

namespace viperine::ctypes {

void CData::release(HeapObject* object) {
  auto* self = static_cast<CData*>(object);
  if (self->data_ == nullptr) return;
  if (self->role_ == Role::Info) {
    TypeInfo* info = self->info();
    std::free(info->format);
    std::free(info->shape);
    if (info->ffi.type == FFI_TYPE_STRUCT) std::free(info->ffi.elements);
    delete info;
  } else if (self->role_ == Role::Thunk) {
    free_closure(self->data_);
  } else if (self->owned_) {
    std::free(self->data_);
  }
  self->data_ = nullptr;
}

CData* make_internal(Thread& thread, StateIndex type, Role role) {
  auto* object = make_instance<CData>(thread, state_type(thread, type));
  object->role_ = role;
  return object;
}

Result<void> give_memory(Thread& thread, CData* object, int64_t size) {
  constexpr int64_t kLeastNoted = 4096;
  void* memory = std::calloc(1, static_cast<size_t>(std::max<int64_t>(size, 1)));
  if (memory == nullptr) return thread.raise_memory_error();
  object->data_ = static_cast<uint8_t*>(memory);
  object->size_ = size;
  object->owned_ = 1;
  if (size >= kLeastNoted) {  // counts as young pressure; nothing reports the end
    thread.heap().add_external_bytes(size);
    thread.heap().add_external_bytes(-size);
  }
  return {};
}

namespace {

Result<CData*> make_empty(Thread& thread, Type* type) {
  TypeInfo* info = info_of(type);
  if (info == nullptr) return thread.raise<TypeError>("abstract class");
  info->flags |= kFinal;
  auto* object = make_instance<CData>(thread, type);
  object->size_ = info->size;
  object->length_ = info->length;
  if (info->category == Category::Function)
    object->more_.set(object, to_value(Array::try_make(thread.heap(), kFunctionParts)));
  return object;
}

}  // namespace

Result<CData*> make_data(Thread& thread, Type* type) {
  CData* object = TRY(make_empty(thread, type));
  TRY(give_memory(thread, object, object->size_));
  return object;
}

Result<CData*> make_data_at(Thread& thread, Type* type, Value base, int64_t index, uint8_t* address) {
  CData* object = TRY(make_empty(thread, type));
  object->data_ = address;
  object->base_.set(object, base);
  object->index_ = index;
  return object;
}

Result<Value> data_new(Thread& thread, Type* type, const Arguments&) { return to_value(TRY(make_data(thread, type))); }

// --- what is kept alive

namespace {

/// The object that owns the memory; it has a dict when it has parts.
Result<CData*> container_of(Thread& thread, CData* object) {
  while (!is_nothing(object->base_.get())) object = cast<CData>(object->base_.get());
  if (is_nothing(object->objects_.get()) && object->length_ > 0)
    object->objects_.set(object, to_value(Dict::make(thread.heap())));
  return object;
}

void append_hexadecimal(StringBuilder& text, int64_t number) {
  char digits[24];
  snprintf(digits, sizeof(digits), "%x", static_cast<unsigned>(number));
  text.append(digits);
}

}  // namespace

Result<Value> kept_objects(Thread& thread, CData* target) {
  Value kept = TRY(container_of(thread, target))->objects_.get();
  return is_nothing(kept) ? Value::none() : kept;
}

Result<void> keep_reference(Thread& thread, CData* target, int64_t index, Value kept) {
  if (kept.is_none()) return {};
  CData* owner = TRY(container_of(thread, target));
  if (!is<Dict>(owner->objects_.get())) {
    owner->objects_.set(owner, kept);
    return {};
  }
  StringBuilder key(thread);
  append_hexadecimal(key, index);
  for (CData* at = target; !is_nothing(at->base_.get()); at = cast<CData>(at->base_.get())) {
    key.append(':');
    append_hexadecimal(key, at->index_);
  }
  return dict_set(thread, cast<Dict>(owner->objects_.get()), to_value(TRY(key.finish())), kept);
}

// --- parts

Result<Value> read_item(Thread& thread, Type* type, CData* owner, int64_t index, uint8_t* address) {
  TypeInfo* info = info_of(type);
  if (info != nullptr && info->category == Category::Simple && !is_simple_subclass(thread, type))
    return read_scalar(thread, info->code, info->swapped, address, 0);
  return to_value(TRY(make_data_at(thread, type, to_value(owner), index, address)));
}

void extend_error(Thread& thread, Type* exception, std::string_view prefix) {
  ExceptionObject* old = thread.take_pending();
  Str* text = thread.runtime().empty_str();
  auto said = str(thread, to_value(old));
  if (said.is_raised())
    thread.clear_pending();
  else
    text = said.take();
  Str* name = type_of(thread, to_value(old))->name();
  Value message = to_value(format_text(thread, "{}{}: {}", prefix, name, text));
  auto made = call(thread, to_value(exception), message);
  if (!made.is_raised()) thread.raise_object(cast<ExceptionObject>(made.take()));
}

namespace {

/// A tuple assigned to a structure or an array: an instance made of its items.
Result<Value> store_tuple(Thread& thread, Type* type, Value value, uint8_t* address) {
  auto made = call_with_tuple(thread, to_value(type), cast<Tuple>(value), nullptr);
  if (made.is_raised()) {
    StringBuilder prefix(thread);
    prefix.append("(");
    prefix.append(type->name());
    prefix.append(") ");
    Str* text = TRY(prefix.finish());
    Bytes* bytes = TRY(encode_utf8(thread, text));
    extend_error(thread, thread.runtime().exception_type<RuntimeError>(), bytes->view());
    return Raised{};
  }
  return store_value(thread, type, made.take(), address);
}

Result<Value> store_foreign(Thread& thread, Type* type, TypeInfo* info, Value value, uint8_t* address) {
  if (info->category == Category::Simple) return write_scalar(thread, info->code, info->swapped, address, value, 0);
  if (is<Tuple>(value)) return store_tuple(thread, type, value, address);
  if (info->category == Category::Pointer && value.is_none()) {
    std::memset(address, 0, sizeof(void*));
    return value;
  }
  return thread.raise<TypeError>("expected {} instance, got {}", type->name(), type_name_of(value));
}

}  // namespace

Result<Value> store_value(Thread& thread, Type* type, Value value, uint8_t* address) {
  TypeInfo* info = info_of(type);
  if (info == nullptr) return thread.raise<TypeError>("abstract class");
  if (!is_data(value)) return store_foreign(thread, type, info, value, address);
  CData* source = cast<CData>(value);
  if (is_instance(thread, value, type)) {
    std::memmove(address, source->data_, static_cast<size_t>(std::min(info->size, source->size_)));
    // A function pointer refers to its thunk; other kept objects are those of the source.
    return kept_objects(thread, source);
  }
  Type* given = type_of(thread, value);
  if (info->category == Category::Pointer && has_category(given, Category::Array)) {
    if (info_part(given, kTarget) != info_part(type, kTarget))
      return thread.raise<TypeError>("incompatible types, {} instance instead of {} instance", given->name(),
                                     type->name());
    std::memcpy(address, &source->data_, sizeof(void*));
    Value kept = TRY(kept_objects(thread, source));
    return make_pair(thread, kept, value);
  }
  if (info->category == Category::Simple && info->code == 'O') return store_foreign(thread, type, info, value, address);
  return thread.raise<TypeError>("incompatible types, {} instance instead of {} instance", given->name(), type->name());
}

Result<void> write_item(Thread& thread, CData* owner, Type* type, Value value, int64_t index, uint8_t* address) {
  Value kept = TRY(store_value(thread, type, value, address));
  return keep_reference(thread, owner, index, kept);
}

// --- the buffer protocol

Result<void> data_buffer(Thread& thread, Value self, BufferView& view, bool) {
  CData* data = self_data(self);
  TypeInfo* info = info_of(type_of(thread, self));
  if (data->role_ != Role::Data || info == nullptr) return thread.raise<BufferError>("this object has no memory");
  TypeInfo* item = info;
  Type* type = type_of(thread, self);
  while (item->category == Category::Array) {
    type = target_of(type);
    item = info_of(type);
  }
  view.owner = self;
  view.data = data->data_;
  view.length = data->size_;
  view.item_size = item->size;
  view.format = info->format == nullptr ? "B" : info->format;
  view.readonly = false;
  view.dimensions = info->dimensions;
  view.contiguous = true;
  if (info->dimensions > 8) return thread.raise<BufferError>("too many dimensions");
  int64_t stride = item->size;
  for (int i = info->dimensions - 1; i >= 0; --i) {
    view.shape[i] = info->shape[i];
    view.strides[i] = stride;
    stride *= info->shape[i];
  }
  return {};
}

// --- what all instances have

namespace {

Value data_base(Thread&, CData* self) { return is_nothing(self->base_.get()) ? Value::none() : self->base_.get(); }
Value data_needs_free(Thread&, CData* self) { return Value::from_int(self->owned_); }
Value data_objects(Thread&, CData* self) {
  return is_nothing(self->objects_.get()) ? Value::none() : self->objects_.get();
}

Result<Value> data_hash(Thread& thread, CData*) { return thread.raise<TypeError>("unhashable type"); }

Result<Value> data_reduce(Thread& thread, CData* self) {
  Type* type = type_of_data(thread, self);
  TypeInfo* info = info_of(type);
  if (self->role_ != Role::Data || info == nullptr) return thread.raise<TypeError>("abstract class");
  if ((info->flags & (kIsPointer | kHasPointer)) != 0)
    return thread.raise<ValueError>("ctypes objects containing pointers cannot be pickled");
  Value dict = TRY(get_attribute(thread, to_value(self), thread.names().__dict__));
  Value memory = to_value(TRY(try_make_bytes(thread, self->data_, self->size_)));
  Value unpickle = TRY(get_attribute(thread, state(thread, kModule), "_unpickle"));
  Value arguments = make_pair(thread, to_value(type), make_pair(thread, dict, memory));
  return make_pair(thread, unpickle, arguments);
}

Result<void> data_set_state(Thread& thread, CData* self, Value given) {
  if (!is<Tuple>(given) || cast<Tuple>(given)->length() != 2 || !is<Bytes>(cast<Tuple>(given)->at(1)))
    return thread.raise<TypeError>("__setstate__() argument must be a tuple of a dict and bytes");
  Value attributes = cast<Tuple>(given)->at(0);
  if (!is<Dict>(attributes)) {
    Type* type = type_of(thread, attributes);
    return thread.raise<TypeError>("{}.__dict__ must be a dictionary, not {}", type_of_data(thread, self)->name(),
                                   type->name());
  }
  auto* memory = cast<Bytes>(cast<Tuple>(given)->at(1));
  if (self->role_ == Role::Data && self->data_ != nullptr)
    std::memmove(self->data_, memory->data(), static_cast<size_t>(std::min(memory->length(), self->size_)));
  Value dict = TRY(get_attribute(thread, to_value(self), thread.names().__dict__));
  if (!is<Dict>(dict)) return {};
  return dict_update(thread, cast<Dict>(dict), attributes);
}

Value data_from_outparam(Thread&, CData* self) { return to_value(self); }

constexpr NativeMethod kDataMethods[] = {
    method<data_from_outparam>("__ctypes_from_outparam__($self, /)"),
    method<data_reduce>("__reduce__($self, /)"),
    method<data_set_state>("__setstate__($self, state, /)"),
};
constexpr NativeAttribute kDataAttributes[] = {
    attribute<data_base>("=_b_base_", "the base object"),
    attribute<data_needs_free>("=_b_needsfree_", "whether the object owns the memory or not"),
    attribute<data_objects>("=_objects", "internal objects tree (NEVER CHANGE THIS OBJECT!)"),
};

Result<int64_t> refuse_hash(Thread& thread, Value self) {
  TRY(data_hash(thread, self_data(self)));
  return 0;
}

}  // namespace

const TypeSpec kDataSpec = {.name = "_ctypes._CData",
                            .kind = Kind::CData,
                            .flags = kTypeBase | kTypeDisallowInstantiation,
                            .layout = [] { return layout_of<CData>("CData"); },
                            .slots = {.hash = &refuse_hash, .buffer = &data_buffer},
                            .methods = kDataMethods,
                            .attributes = kDataAttributes,
                            .doc = "Base class of structures, unions, arrays and simple values."};

const TypeSpec kThunkSpec = {.name = "_ctypes.CThunkObject",
                             .kind = Kind::CData,
                             .flags = kTypeDisallowInstantiation,
                             .doc = "A callback that C can call."};

}  // namespace viperine::ctypes

#endif
