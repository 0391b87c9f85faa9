// SPDX-License-Identifier: MIT
// Slow paths of attribute and global sites: the generic operation, then, when the function is warm, what to expect next
// time.
#include "interpreter/inline_cache.h"

#include "interpreter/slow_paths.h"
#include "objects/module.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/observed_classes.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

namespace {

bool is_cold(const Thread& thread, const FeedbackEntry* entry) {
  auto* begin = static_cast<const FeedbackEntry*>(thread.runtime().cold_feedback_);
  return entry >= begin && entry < begin + kColdFeedbackBytes / sizeof(FeedbackEntry);
}

void write_entry(HeapObject* owner, FeedbackEntry* entry, uint32_t info, uint32_t shape_word, Value value) {
  entry->info = info;
  entry->shape_word = shape_word;
  entry->value = value;
  write_barrier(owner);
}

/// The place for another shape at a site that knows `entry->shape_word` already: the site becomes polymorphic, or its
/// list loses what was seen first. *owner becomes the object that holds the place.
FeedbackEntry* place_for_shape(Thread& thread, Feedback** owner, FeedbackEntry* entry, uint32_t shape_word) {
  if (entry->shape_word == shape_word) return entry;
  if ((entry->info & kCacheMask) != kCachePolymorphic) {
    if (entry->shape_word == 0) return entry;
    Feedback* list = Feedback::try_make(thread.runtime(), kPolymorphicEntries);
    write_entry(list, list->entries(), entry->info, entry->shape_word, entry->value);
    write_entry(*owner, entry, kCachePolymorphic, 0, to_value(list));
  }
  Feedback* list = *owner = static_cast<Feedback*>(entry->value.as_object());
  FeedbackEntry* entries = list->entries();
  for (uint32_t i = 0; i < kPolymorphicEntries; ++i)
    if (entries[i].shape_word == shape_word) return entries + i;
  for (uint32_t i = 0; i < kPolymorphicEntries; ++i)
    if (entries[i].shape_word == 0) return entries + i;
  for (uint32_t i = 1; i < kPolymorphicEntries; ++i) entries[i - 1] = entries[i];
  return entries + kPolymorphicEntries - 1;
}

/// Writes an entry of the running function's Feedback (with the write barrier).
void fill(Thread& thread, FeedbackEntry* entry, CacheKind kind, uint32_t detail, uint32_t shape_word, Value value) {
  if (detail > kMaxDetail) return;
  Feedback* feedback = function_of(thread.frame())->feedback_.get();
  if (feedback == nullptr || entry < feedback->entries() || entry >= feedback->entries() + feedback->count_) return;
  bool by_shape = kind != kCacheGlobal && kind != kCacheBuiltin;
  if (by_shape) {
    if (kind != kCacheModule) observe_class(static_cast<Shape*>(thread.heap().shape_object(shape_word >> 8))->type());
    entry = place_for_shape(thread, &feedback, entry, shape_word);
  }
  write_entry(feedback, entry, make_info(kind, detail), shape_word, value);
}

bool is_data_descriptor(const Thread& thread, Value attribute) {
  return type_of(thread, attribute)->slots().descriptor_set != nullptr;
}
bool is_descriptor(const Thread& thread, Value attribute) {
  return type_of(thread, attribute)->slots().descriptor_get != nullptr;
}
/// Binding gives BoundMethod(function, object) and nothing else.
bool binds_as_method(Value attribute) {
  return has_kind(attribute, Kind::Function) || has_kind(attribute, Kind::MethodDescriptor);
}

/// Byte offset of an inline slot, or -1 when it is not at a fixed place.
int64_t inline_offset(const Shape* shape, int32_t slot) {
  if (slot >= shape->inline_count() || shape->attributes_offset_ == 0) return -1;
  return shape->attributes_offset_ + (shape->has_dict() ? 8 : 0) + int64_t{8} * slot;
}

/// What the class contributes: raw attribute, and the ClassCell when the value changes often.
struct ClassAttribute {
  Optional<Value> value;
  Value cell;
  bool is_cell = false;
};
ClassAttribute class_attribute(Thread& thread, Type* type, Str* name) {
  ClassAttribute result;
  result.value = lookup_in_type(thread, type, name);
  if (!result.value) return result;
  Tuple* mro = type->mro();
  for (int64_t i = 0; i < mro->length(); ++i) {
    Optional<Value> raw = cast<Type>(mro->at(i))->dict()->get_str(name);
    if (!raw) continue;
    result.is_cell = has_kind(*raw, Kind::ClassCell);
    result.cell = *raw;
    break;
  }
  return result;
}

void cache_instance_load(Thread& thread, HeapObject* object, Str* name, FeedbackEntry* entry, bool for_method) {
  Runtime& runtime = thread.runtime();
  Shape* shape = runtime.shape_of(object);
  Type* type = shape->type();
  uint32_t word = object->shape_word();
  ClassAttribute found = class_attribute(thread, type, name);
  if (found.value && is_data_descriptor(thread, *found.value)) {
    auto* member = try_cast<MemberDescriptor>(*found.value);
    if (member != nullptr && !found.is_cell) {
      int64_t offset = inline_offset(shape, static_cast<int32_t>(member->slot_));
      if (offset > 0 && member->flags_ == 0)
        fill(thread, entry, kCacheInlineSlot, static_cast<uint32_t>(offset), word, Value());
      return;
    }
    if (has_kind(*found.value, Kind::GetSetDescriptor) && !found.is_cell) {
      if (static_cast<GetSetDescriptor*>((*found.value).as_object())->attribute_->getter != nullptr)
        fill(thread, entry, kCacheNativeGet, 0, word, *found.value);
      return;
    }
    auto* property = try_cast<Property>(*found.value);
    if (property != nullptr && !found.is_cell && is_exact<Property>(*found.value) &&
        has_kind(property->getter_.get(), Kind::Function) && !for_method &&
        is_simple_getter(cast<Function>(property->getter_.get())))
      fill(thread, entry, kCacheProperty, 0, word, property->getter_.get());
    return;
  }
  if (shape->is_dictionary()) {
    Value extra = *attribute_words(runtime, object, shape);
    if (has_kind(extra, Kind::Dict)) {
      int64_t at = cast<Dict>(extra)->find_str(name);
      if (at >= 0) fill(thread, entry, kCacheDictHint, static_cast<uint32_t>(at), word, to_value(name));
    }
    return;  // a class attribute could be hidden at any time by the dict
  }
  int32_t slot = shape->has_dict() ? shape->find(name) : -1;
  if (slot >= 0) {
    int64_t offset = inline_offset(shape, slot);
    if (offset > 0)
      fill(thread, entry, kCacheInlineSlot, static_cast<uint32_t>(offset), word, Value());
    else if (slot >= shape->inline_count() && shape->attributes_offset_ != 0)
      fill(thread, entry, kCacheOverflowSlot, static_cast<uint32_t>(slot - shape->inline_count()), word,
           Value::from_int(shape->attributes_offset_));
    return;
  }
  if (!found.value) return;
  if (found.is_cell) {
    if (!is_descriptor(thread, *found.value)) fill(thread, entry, kCacheClassCell, 0, word, found.cell);
    return;
  }
  if (binds_as_method(*found.value))
    fill(thread, entry, kCacheMethod, 0, word, *found.value);
  else if (!is_descriptor(thread, *found.value))
    fill(thread, entry, kCacheClassValue, 0, word, *found.value);
}

void cache_module_load(Thread& thread, Module* module, Str* name, FeedbackEntry* entry) {
  int64_t at = module->dict()->find_str(name);
  if (at >= 0 && module->dict()->table()->key(static_cast<uint32_t>(at)).as_object() == name)
    fill(thread, entry, kCacheModule, static_cast<uint32_t>(at), module->shape_word(), Value());
}

void cache_type_load(Thread& thread, Type* type, Str* name, FeedbackEntry* entry) {
  Type* metaclass = type_of(thread, to_value(type));
  ClassAttribute meta = class_attribute(thread, metaclass, name);
  if (meta.value && is_data_descriptor(thread, *meta.value)) return;
  ClassAttribute found = class_attribute(thread, type, name);
  if (!found.value) return;
  Value value = *found.value;
  if (has_kind(value, Kind::Function)) {
    if (!found.is_cell) fill(thread, entry, kCacheType, type->version_, type->shape_word(), value);
  } else if (!is_descriptor(thread, value)) {
    fill(thread, entry, found.is_cell ? kCacheTypeCell : kCacheType, type->version_, type->shape_word(),
         found.is_cell ? found.cell : value);
  } else if (has_kind(value, Kind::StaticMethod) && !found.is_cell) {
    fill(thread, entry, kCacheType, type->version_, type->shape_word(), cast<MethodKind>(value)->callable_.get());
  }
}

void cache_load(Thread& thread, Value object, Str* name, FeedbackEntry* entry, bool for_method) {
  if (!object.is_pointer()) return;
  Type* type = type_of(thread, object);
  if (type->slots().get_attribute == &generic_get_attribute)
    return cache_instance_load(thread, object.as_object(), name, entry, for_method);
  if (type->slots().get_attribute == &module_get_attribute && has_kind(object, Kind::Module))
    return cache_module_load(thread, cast<Module>(object), name, entry);
  if (type->slots().get_attribute == &type_get_attribute && has_kind(object, Kind::Type))
    return cache_type_load(thread, cast<Type>(object), name, entry);
}

}  // namespace

bool is_simple_getter(const Function* function) {
  return function->code()->parameter_count_ == 1 && function->code()->positional_count_ == 1;
}

Result<Value> load_attribute_slow(Thread& thread, Value object, Str* name, FeedbackEntry* entry) {
  Value result = TRY(get_attribute(thread, object, name));
  if (!is_cold(thread, entry)) cache_load(thread, object, name, entry, false);
  return result;
}

Result<Value> load_method_slow(Thread& thread, Value object, Str* name, FeedbackEntry* entry, Value* self) {
  Type* type = type_of(thread, object);
  *self = Value::unbound();
  if (type->slots().get_attribute == &generic_get_attribute) {
    Optional<Value> attribute = lookup_in_type(thread, type, name);
    if (attribute && binds_as_method(*attribute) &&
        (!object.is_pointer() || !instance_attribute(thread, object.as_object(), name))) {
      if (!is_cold(thread, entry)) cache_load(thread, object, name, entry, true);
      *self = object;
      return *attribute;
    }
  }
  Value result = TRY(get_attribute(thread, object, name));
  if (!is_cold(thread, entry)) cache_load(thread, object, name, entry, true);
  return result;
}

Result<void> store_attribute_slow(Thread& thread, Value object, Str* name, Value value, FeedbackEntry* entry) {
  uint32_t word_before = object.is_pointer() ? object.as_object()->shape_word() : 0;
  TRY(set_attribute(thread, object, name, value));
  if (!object.is_pointer() || is_cold(thread, entry)) return {};
  Runtime& runtime = thread.runtime();
  HeapObject* target = object.as_object();
  Shape* shape = runtime.shape_of(target);
  if (shape->type()->slots().set_attribute != &generic_set_attribute || shape->is_dictionary()) return {};
  Optional<Value> found = lookup_in_type(thread, shape->type(), name);
  int32_t slot = -1;
  if (found && is_data_descriptor(thread, *found)) {
    auto* member = try_cast<MemberDescriptor>(*found);
    if (member == nullptr || member->flags_ != 0) return {};
    slot = static_cast<int32_t>(member->slot_);
  } else if (shape->has_dict()) {
    slot = shape->find(name);
  }
  if (slot < 0) return {};
  int64_t offset = inline_offset(shape, slot);
  if (offset < 0) return {};
  if (target->shape_word() == word_before)
    fill(thread, entry, kCacheInlineSlot, static_cast<uint32_t>(offset), word_before, Value());
  else
    fill(thread, entry, kCacheAddSlot, static_cast<uint32_t>(offset), word_before, to_value(shape));
  return {};
}

namespace {
/// Whether names are looked up in this dict without its __getitem__.
bool is_plain_space(Thread& thread, Dict* space) {
  return is_exact<Dict>(to_value(space)) ||
         type_of(thread, to_value(space))->slots().get_item == thread.runtime().type(Kind::Dict)->slots().get_item;
}

/// A name of a namespace of any type; absent after a KeyError.
Result<Optional<Value>> space_item(Thread& thread, Value space, Str* name) {
  auto found = get_item(thread, space, to_value(name));
  if (!found.is_raised()) return Optional<Value>(found.take());
  if (!thread.pending_is<KeyError>()) return Raised{};
  thread.clear_pending();
  return Optional<Value>();
}

/// The slowest way: globals or builtins with a __getitem__ of their own. A Function whose builtins_ is null was made
/// with a __builtins__ that is no dict.
Result<Optional<Value>> load_custom_global(Thread& thread, Function* function, Str* name) {
  Dict* globals = function->globals();
  if (is_plain_space(thread, globals)) {
    if (Optional<Value> found = globals->get_str(name)) return found;
  } else if (Optional<Value> found = TRY(space_item(thread, to_value(globals), name))) {
    return found;
  }
  if (function->builtins_.get() != nullptr) return space_item(thread, to_value(function->builtins_.get()), name);
  Optional<Value> builtins = globals->get_str(thread.names().__builtins__);
  if (!builtins) return Optional<Value>();
  return space_item(thread, *builtins, name);
}
}  // namespace

Result<Value> load_global_slow(Thread& thread, Function* function, Str* name, FeedbackEntry* entry) {
  Dict* globals = function->globals();
  Dict* builtins = function->builtins_.get();
  if (builtins == nullptr || !is_plain_space(thread, globals) || !is_plain_space(thread, builtins)) [[unlikely]] {
    if (Optional<Value> found = TRY(load_custom_global(thread, function, name))) return *found;
    return raise_name_error(thread, name);
  }
  int64_t at = globals->find_str(name);
  if (at >= 0) {
    DictTable* table = globals->table();
    if (!is_cold(thread, entry) && table->key(static_cast<uint32_t>(at)).as_object() == name)
      fill(thread, entry, kCacheGlobal, static_cast<uint32_t>(at), 0, Value());
    return table->value(static_cast<uint32_t>(at));
  }
  at = builtins->find_str(name);
  if (at < 0) return raise_name_error(thread, name);
  DictTable* table = builtins->table();
  if (!is_cold(thread, entry) && table->key(static_cast<uint32_t>(at)).as_object() == name)
    fill(thread, entry, kCacheBuiltin, static_cast<uint32_t>(at), globals->version(), Value());
  return table->value(static_cast<uint32_t>(at));
}

void cache_instantiation(Thread& thread, FeedbackEntry* entry, Type* type, Function* init) {
  if (is_cold(thread, entry) || type->version_ == 0) return;
  Feedback* feedback = function_of(thread.frame())->feedback_.get();
  if (feedback == nullptr || entry < feedback->entries() || entry >= feedback->entries() + feedback->count_) return;
  write_entry(feedback, entry, kCacheInstantiate, type->version_, to_value(init));
}

const FeedbackEntry kNoEntry{0, 0, Value()};

namespace {

/// Entries that name a shape whose class they rely on. Those of modules rely on the shape alone.
bool relies_on_class(uint32_t kind) {
  return kind != kCacheEmpty && kind != kCacheGlobal && kind != kCacheBuiltin && kind != kCacheModule &&
         kind < kCacheInstantiate;
}

void empty_entries(Runtime& runtime, Feedback* feedback, Type* changed) {
  for (FeedbackEntry *entry = feedback->entries(), *end = entry + feedback->count_; entry < end; ++entry) {
    uint32_t kind = entry->info & kCacheMask;
    if (changed == nullptr ? !relies_on_class(kind) && kind != kCacheModule : !relies_on_class(kind)) continue;
    auto* shape = static_cast<Shape*>(runtime.heap().shape_object(entry->shape_word >> 8));
    if (changed != nullptr && shape != nullptr && !shape->type()->is_subtype_of(changed)) continue;
    *entry = kNoEntry;
  }
}

}  // namespace

void invalidate_inline_caches(Runtime& runtime) {
  if (runtime.feedback_list_ == nullptr) return;
  for (Feedback* feedback : runtime.feedback_list_->members)
    if (feedback != nullptr) empty_entries(runtime, feedback, runtime.feedback_list_->changed);
}

}  // namespace viperine
