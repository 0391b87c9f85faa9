// SPDX-License-Identifier: MIT
// Where instances keep their attributes: inline slots, the overflow Array, the Dict of dictionary shapes; modules and
// functions, which have a dict of their own; members (__slots__). The picture is in objects/shape.h.
#include <algorithm>

#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/function_parts.h"

namespace viperine {

namespace {

Value* slot_address(const Runtime& runtime, HeapObject* object, Shape* shape, uint32_t slot) {
  Value* words = attribute_words(runtime, object, shape);
  if (slot < shape->inline_count()) return words + (shape->has_dict() ? 1 : 0) + slot;
  return static_cast<Array*>(words[0].as_object())->items() + (slot - shape->inline_count());
}

void store_slot(const Runtime& runtime, HeapObject* object, Shape* shape, uint32_t slot, Value value) {
  *slot_address(runtime, object, shape, slot) = value;
  if (slot < shape->inline_count()) return write_barrier(object);
  Value* words = attribute_words(runtime, object, shape);
  write_barrier(words[0].as_object());
}

Dict* dictionary_of(const Runtime& runtime, HeapObject* object, Shape* shape) {
  return static_cast<Dict*>(attribute_words(runtime, object, shape)[0].as_object());
}

/// The overflow array has room for `slot`.
Result<void> ensure_overflow(Thread& thread, HeapObject* object, Shape* shape, uint32_t slot) {
  Value* words = attribute_words(thread.runtime(), object, shape);
  int64_t index = slot - shape->inline_count();
  Array* array = words[0].is_pointer() ? static_cast<Array*>(words[0].as_object()) : nullptr;
  if (array != nullptr && index < array->length()) return {};
  Array* grown = Array::try_make(thread.heap(), std::max<int64_t>(4, index + 1 + index / 2));
  if (grown == nullptr) return thread.raise_memory_error();
  for (int64_t i = 0; array != nullptr && i < array->length(); ++i) grown->items()[i] = array->at(i);
  grown->written();
  words[0] = to_value(grown);
  write_barrier(object);
  return {};
}

void change_shape(HeapObject* object, Shape* shape) {
  object->set_shape_word(HeapObject::make_shape_word(object->kind_byte(), shape->index()));
}

/// The dict of kinds that keep their attributes in a field of their own; null when there is none yet (and `make` is
/// false).
Result<Optional<Dict*>> own_dict(Thread& thread, HeapObject* object, bool make) {
  if (kind_of(object) == Kind::Module) {
    auto* module = static_cast<Module*>(object);
    if (module->dict() == nullptr && make) module->dict_.set(module, Dict::make(thread.heap()));
    return Optional<Dict*>(module->dict());
  }
  if (kind_of(object) == Kind::Function)
    return Optional<Dict*>(function_dict(thread, static_cast<Function*>(object), make));
  return Optional<Dict*>(static_cast<Type*>(object)->dict());
}

Result<Dict*> become_dictionary(Thread& thread, HeapObject* object, Shape* shape) {
  const Runtime& runtime = thread.runtime();
  Dict* dict = TRY(make_dict(thread, shape->slot_count() - shape->member_count()));
  for (uint32_t slot = shape->member_count(); slot < shape->slot_count(); ++slot)
    TRY(dict_set_name(thread, dict, static_cast<Str*>(shape->name(static_cast<int32_t>(slot)).as_object()),
                      *slot_address(runtime, object, shape, slot)));
  Shape* after = dictionary_shape(thread, shape);
  Value* words = attribute_words(runtime, object, shape);
  words[0] = to_value(dict);
  for (uint32_t slot = shape->member_count(); slot < std::min(shape->slot_count(), shape->inline_count()); ++slot)
    words[1 + slot] = Value();
  write_barrier(object);
  change_shape(object, after);
  return dict;
}

}  // namespace

bool keeps_own_dict(Kind kind) { return kind == Kind::Module || kind == Kind::Function || kind == Kind::Type; }

Optional<Value> instance_attribute(Thread& thread, HeapObject* object, Str* name) {
  const Runtime& runtime = thread.runtime();
  Shape* shape = runtime.shape_of(object);
  if (shape->has_dict()) [[likely]] {
    if (shape->is_dictionary()) return dictionary_of(runtime, object, shape)->get_str(name);
    int32_t slot = shape->find(name);
    return slot < 0 ? Optional<Value>()
                    : Optional<Value>(*slot_address(runtime, object, shape, static_cast<uint32_t>(slot)));
  }
  if (kind_of(object) == Kind::Module) {
    Dict* dict = static_cast<Module*>(object)->dict();
    return dict == nullptr ? Optional<Value>() : dict->get_str(name);
  }
  if (kind_of(object) == Kind::Function) {
    Dict* dict = function_dict(thread, static_cast<Function*>(object), false);
    return dict == nullptr ? Optional<Value>() : dict->get_str(name);
  }
  return {};
}

Result<void> set_instance_attribute(Thread& thread, HeapObject* object, Str* name, Value value) {
  const Runtime& runtime = thread.runtime();
  Shape* shape = runtime.shape_of(object);
  if (!shape->has_dict()) return dict_set_name(thread, *TRY(own_dict(thread, object, true)), name, value);
  if (shape->is_dictionary()) return dict_set_name(thread, dictionary_of(runtime, object, shape), name, value);
  int32_t slot = shape->find(name);
  if (slot >= 0) {
    store_slot(runtime, object, shape, static_cast<uint32_t>(slot), value);
    return {};
  }
  Shape* after = shape_with(thread, shape, name);
  if (after == nullptr) return dict_set_name(thread, TRY(become_dictionary(thread, object, shape)), name, value);
  uint32_t added = shape->slot_count();
  if (added >= shape->inline_count()) TRY(ensure_overflow(thread, object, shape, added));
  store_slot(runtime, object, after, added, value);
  change_shape(object, after);
  return {};
}

Result<bool> delete_instance_attribute(Thread& thread, HeapObject* object, Str* name) {
  const Runtime& runtime = thread.runtime();
  Shape* shape = runtime.shape_of(object);
  if (!shape->has_dict()) {
    Dict* dict = *TRY(own_dict(thread, object, false));
    return dict != nullptr && dict->delete_str(thread.heap(), name);
  }
  if (shape->is_dictionary()) return dictionary_of(runtime, object, shape)->delete_str(thread.heap(), name);
  int32_t found = shape->find(name);
  if (found < 0) return false;
  uint32_t slot = static_cast<uint32_t>(found), last = shape->slot_count() - 1u;
  // The shape of the same names without this one, replayed from where it was added.
  Shape* after = shape;
  while (after != nullptr && after->slot_count() > slot) after = after->parent_.get();
  if (last - slot > 16) after = nullptr;
  for (uint32_t i = slot + 1; after != nullptr && i <= last; ++i)
    after = shape_with(thread, after, static_cast<Str*>(shape->name(static_cast<int32_t>(i)).as_object()));
  if (after == nullptr) return TRY(become_dictionary(thread, object, shape))->delete_str(thread.heap(), name);
  for (uint32_t i = slot; i < last; ++i)
    store_slot(runtime, object, shape, i, *slot_address(runtime, object, shape, i + 1));
  store_slot(runtime, object, shape, last, Value());
  change_shape(object, after);
  return true;
}

Result<Dict*> instance_dict(Thread& thread, HeapObject* object) {
  Shape* shape = thread.runtime().shape_of(object);
  if (!shape->has_dict()) {
    if (!keeps_own_dict(kind_of(object))) return thread.raise<AttributeError>("__dict__");
    return *TRY(own_dict(thread, object, true));
  }
  if (shape->is_dictionary()) return dictionary_of(thread.runtime(), object, shape);
  return become_dictionary(thread, object, shape);
}

Result<Dict*> copy_instance_dict(Thread& thread, HeapObject* object) {
  const Runtime& runtime = thread.runtime();
  Shape* shape = runtime.shape_of(object);
  if (!shape->has_dict()) {
    if (!keeps_own_dict(kind_of(object))) return make_dict(thread, 0);
    Dict* own = *TRY(own_dict(thread, object, false));
    return own == nullptr ? make_dict(thread, 0) : dict_copy(thread, own);
  }
  if (shape->is_dictionary()) return dict_copy(thread, dictionary_of(runtime, object, shape));
  Dict* dict = TRY(make_dict(thread, shape->slot_count() - shape->member_count()));
  for (uint32_t slot = shape->member_count(); slot < shape->slot_count(); ++slot)
    TRY(dict_set_name(thread, dict, static_cast<Str*>(shape->name(static_cast<int32_t>(slot)).as_object()),
                      *slot_address(runtime, object, shape, slot)));
  return dict;
}

Result<void> replace_instance_dict(Thread& thread, HeapObject* object, Dict* dict) {
  if (kind_of(object) == Kind::Function) {
    set_function_dict(thread, static_cast<Function*>(object), dict);
    return {};
  }
  TRY(instance_dict(thread, object));
  Shape* shape = thread.runtime().shape_of(object);
  if (!shape->has_dict())
    return thread.raise<AttributeError>("attribute '__dict__' of '{}' objects is not writable", shape->type());
  attribute_words(thread.runtime(), object, shape)[0] = to_value(dict);
  write_barrier(object);
  return {};
}

// --- members

Value member(Thread& thread, HeapObject* object, uint32_t slot) {
  Shape* shape = thread.runtime().shape_of(object);
  return *slot_address(thread.runtime(), object, shape, slot);
}

void set_member(Thread& thread, HeapObject* object, uint32_t slot, Value value) {
  store_slot(thread.runtime(), object, thread.runtime().shape_of(object), slot, value);
}

namespace {
int32_t find_member(Shape* shape, Str* name) {
  for (int32_t slot = 0; slot < shape->member_count(); ++slot)
    if (shape->name(slot) == to_value(name)) return slot;
  return -1;
}
}  // namespace

Value exception_member(Thread& thread, HeapObject* exception, Str* name) {
  int32_t slot = find_member(thread.runtime().shape_of(exception), name);
  if (slot < 0) return Value::none();
  Value value = member(thread, exception, static_cast<uint32_t>(slot));
  return value.is_unbound() ? Value::none() : value;
}

void set_exception_member(Thread& thread, HeapObject* exception, Str* name, Value value) {
  int32_t slot = find_member(thread.runtime().shape_of(exception), name);
  if (slot >= 0) set_member(thread, exception, static_cast<uint32_t>(slot), value);
}

}  // namespace viperine
