// SPDX-License-Identifier: MIT
// Attribute access: classes (with the lookup cache), instances by the descriptor rules, modules. Language
// reference 3.3.2. Where instances keep their attributes is in instance_attributes.cpp. Invariants: a class with a
// version has bases with versions; changing a class ends its version and those of what derives from it; changing one
// that inline caches depend on (kTypeObserved) empties them.
#include "runtime/attributes.h"

#include <algorithm>

#include "runtime/class_slots.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

// --- the lookup cache: (type version, name) -> class dict entry, or absent

struct LookupCache {
  static constexpr size_t kEntries = 2048;
  Value words[kEntries][3];  // version as an int, name, entry
};

namespace {

Value* cache_line(Runtime& runtime, uint32_t version, Str* name) {
  size_t index = (version * 0x9E3779B1u ^ name->cached_hash() * 0x85EBCA6Bu) >> 16;
  return runtime.lookup_cache_->words[index % LookupCache::kEntries];
}

/// Gives a version to the type; false when it cannot have one (yet).
bool ensure_version(Runtime& runtime, Type* type) {
  if (type->version_ != 0) return true;
  if (!type->has_flag(kTypeReady) || type->mro() == nullptr || runtime.next_type_version_ == UINT32_MAX) return false;
  // A base without version could change without ending the version of this one.
  for (int64_t i = type->mro()->length() - 1; i >= 0; --i) {
    Value value = type->mro()->at(i);
    if (!has_kind(value, Kind::Type)) return false;
    auto* base = static_cast<Type*>(value.as_object());
    if (base->version_ == 0) base->version_ = runtime.next_type_version_++;
  }
  return true;
}

bool is_data_descriptor(Type* attribute_type) { return attribute_type->slots().descriptor_set != nullptr; }

/// Neither its reading nor its writing goes through a descriptor.
bool is_plain(Thread& thread, Value value) {
  const TypeSlots& slots = type_of(thread, value)->slots();
  return slots.descriptor_get == nullptr && slots.descriptor_set == nullptr;
}

bool is_dunder(const Str* name) {
  int64_t length = name->length();
  return length > 4 && name->at(0) == '_' && name->at(1) == '_' && name->at(length - 1) == '_' &&
         name->at(length - 2) == '_';
}

}  // namespace

void visit_lookup_cache(Runtime& runtime, EdgeVisitor&) { clear_lookup_cache(runtime); }

void clear_lookup_cache(Runtime& runtime) {
  if (runtime.lookup_cache_ != nullptr) *runtime.lookup_cache_ = LookupCache();
}

Optional<Value> lookup_uncached(Type* type, Str* name) {
  Tuple* order = type->mro();
  if (order == nullptr) {
    for (; type != nullptr; type = type->base())
      if (type->dict() != nullptr)
        if (Optional<Value> entry = type->dict()->get_str(name)) return entry;
    return {};
  }
  for (Value base : order->span()) {
    if (!has_kind(base, Kind::Type)) continue;
    Dict* dict = static_cast<Type*>(base.as_object())->dict();
    if (dict == nullptr) continue;
    if (Optional<Value> entry = dict->get_str(name)) return entry;
  }
  return {};
}

Optional<Value> lookup_class_entry(Thread& thread, Type* type, Str* name) {
  Runtime& runtime = thread.runtime();
  if (!ensure_version(runtime, type)) return lookup_uncached(type, name);
  if (runtime.lookup_cache_ == nullptr) runtime.lookup_cache_ = new LookupCache();
  Value* line = cache_line(runtime, type->version_, name);
  Value version = Value::from_int(type->version_);
  if (line[0] == version && line[1] == to_value(name)) [[likely]]
    return line[2];
  Optional<Value> entry = lookup_uncached(type, name);
  line[0] = version;
  line[1] = to_value(name);
  line[2] = entry.raw();
  return entry;
}

Optional<Value> lookup_in_type(Thread& thread, Type* type, Str* name) {
  Optional<Value> entry = lookup_class_entry(thread, type, name);
  return entry ? Optional<Value>(open_class_cell(*entry)) : entry;
}

namespace {

/// Ends the versions of the class and what derives from it; *observed becomes true when an inline cache relied on one
/// of them.
void end_versions(Thread& thread, Type* type, void* observed) {
  if (type->has_flag(kTypeObserved)) *static_cast<bool*>(observed) = true;
  bool was_used = type->version_ != 0 || type->has_flag(kTypeObserved);
  type->flags_ &= ~kTypeObserved;
  type->version_ = 0;
  // Who has a version has bases with versions: without one, nothing below has one either.
  if (was_used) for_each_subclass(thread, type, &end_versions, observed);
}

}  // namespace

void class_modified(Thread& thread, Type* type) {
  bool observed = false;
  end_versions(thread, type, &observed);
  Runtime& runtime = thread.runtime();
  if (!observed || runtime.feedback_list_ == nullptr) return;
  runtime.feedback_list_->changed = type;
  runtime.tables().invalidate_caches(runtime);
  runtime.feedback_list_->changed = nullptr;
}

/// Ends all that was remembered of attribute lookup.
static void forget_all_lookups(Thread& thread) {
  Runtime& runtime = thread.runtime();
  bool observed = false;
  end_versions(thread, runtime.type(Kind::Object), &observed);
  if (runtime.feedback_list_ != nullptr) runtime.tables().invalidate_caches(runtime);
}

// --- binding

Result<Value> bind_attribute(Thread& thread, Value attribute, Value object, Type* type) {
  if (has_kind(attribute, Kind::Function)) {
    if (object.is_absent()) return attribute;
    return to_value(BoundMethod::make(thread.heap(), attribute, object));
  }
  DescriptorGetSlot get = type_of(thread, attribute)->slots().descriptor_get;
  return get == nullptr ? Result<Value>(attribute) : get(thread, attribute, object, to_value(type));
}

Result<Optional<Value>> lookup_special(Thread& thread, Value object, Str* name) {
  Type* type = type_of(thread, object);
  Optional<Value> attribute = lookup_in_type(thread, type, name);
  if (!attribute) return attribute;
  return TRY(bind_attribute(thread, *attribute, object, type));
}

// --- reading

void annotate_attribute_error(Thread& thread, Value object, Str* name) {
  if (!thread.pending_is<AttributeError>()) return;
  ExceptionObject* exception = thread.pending();
  const Names& names = thread.names();
  if (!exception_member(thread, exception, names.name).is_none() ||
      !exception_member(thread, exception, names.obj).is_none())
    return;
  set_exception_member(thread, exception, names.name, to_value(name));
  set_exception_member(thread, exception, names.obj, object);
}

Raised raise_no_attribute(Thread& thread, Value object, Str* name) {
  thread.raise<AttributeError>("'{}' object has no attribute '{}'", type_name_of(object), name);
  annotate_attribute_error(thread, object, name);
  return Raised{};
}

Result<Optional<Value>> find_generic_attribute(Thread& thread, Value object, Str* name) {
  Type* type = type_of(thread, object);
  Optional<Value> attribute = lookup_in_type(thread, type, name);
  Type* attribute_type = attribute ? type_of(thread, *attribute) : nullptr;
  if (attribute && attribute_type->slots().descriptor_get != nullptr && is_data_descriptor(attribute_type))
    return TRY(attribute_type->slots().descriptor_get(thread, *attribute, object, to_value(type)));
  if (object.is_pointer()) {
    Optional<Value> value = instance_attribute(thread, object.as_object(), name);
    if (value) return value;
  }
  if (!attribute) return attribute;
  return TRY(bind_attribute(thread, *attribute, object, type));
}

Result<Value> generic_get_attribute(Thread& thread, Value object, Str* name) {
  Optional<Value> value = TRY(find_generic_attribute(thread, object, name));
  if (value) return *value;
  return raise_no_attribute(thread, object, name);
}

Result<Value> get_attribute(Thread& thread, Value object, Str* name) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  name = intern(thread, name);
  auto result = type_of(thread, object)->slots().get_attribute(thread, object, name);
  if (result.is_raised()) [[unlikely]]
    annotate_attribute_error(thread, object, name);
  return result;
}

Result<Value> get_attribute(Thread& thread, Value object, std::string_view name) {
  return get_attribute(thread, object, intern(thread, name));
}

Result<Optional<Value>> find_attribute(Thread& thread, Value object, Str* name) {
  name = intern(thread, name);
  GetAttributeSlot slot = type_of(thread, object)->slots().get_attribute;
  if (slot == &generic_get_attribute) {
    auto found = find_generic_attribute(thread, object, name);
    if (!found.is_raised()) return found;
  } else {
    if (thread.native_recursion_exceeded("")) return Raised{};
    auto found = slot(thread, object, name);
    if (!found.is_raised()) return Optional<Value>(found.take());
  }
  if (!thread.pending_is<AttributeError>()) return Raised{};
  thread.clear_pending();
  return Optional<Value>();
}

namespace {

/// Reads `name` of a class: metaclass data descriptors, the class's own MRO, then the metaclass.
Result<Optional<Value>> find_type_attribute(Thread& thread, Type* type, Str* name) {
  Type* metatype = type_of(thread, to_value(type));
  Optional<Value> meta = lookup_in_type(thread, metatype, name);
  DescriptorGetSlot meta_get = nullptr;
  if (meta) {
    const TypeSlots& slots = type_of(thread, *meta)->slots();
    meta_get = slots.descriptor_get;
    if (meta_get != nullptr && slots.descriptor_set != nullptr)
      return TRY(meta_get(thread, *meta, to_value(type), to_value(metatype)));
  }
  if (Optional<Value> attribute = lookup_in_type(thread, type, name))
    return TRY(bind_attribute(thread, *attribute, Value::absent(), type));
  if (meta_get != nullptr) return TRY(meta_get(thread, *meta, to_value(type), to_value(metatype)));
  return meta;
}

}  // namespace

Result<Value> type_get_attribute(Thread& thread, Value object, Str* name) {
  Type* type = cast<Type>(object);
  Optional<Value> value = TRY(find_type_attribute(thread, type, name));
  if (value) return *value;
  thread.raise<AttributeError>("type object '{}' has no attribute '{}'", type->name(), name);
  annotate_attribute_error(thread, object, name);
  return Raised{};
}

namespace {

/// Whether the module's __spec__ says that it is still being imported.
bool is_initializing(Thread& thread, Module* module) {
  Optional<Value> spec = module->dict()->get_str(thread.names().__spec__);
  if (!spec || (*spec).is_none()) return false;
  auto flag = find_attribute(thread, *spec, intern(thread, "_initializing"));
  if (flag.is_raised()) {
    thread.clear_pending();
    return false;
  }
  if (!flag.take()) return false;
  auto is_set = is_true(thread, *flag.take());
  if (is_set.is_raised()) thread.clear_pending();
  return !is_set.is_raised() && is_set.take();
}

/// Whether the package's spec names a submodule that is being loaded.
bool is_loading_submodule(Thread& thread, Module* module, Str* name) {
  Optional<Value> spec = module->dict()->get_str(thread.names().__spec__);
  if (!spec || (*spec).is_none()) return false;
  auto loading = find_attribute(thread, *spec, intern(thread, "_uninitialized_submodules"));
  if (loading.is_raised()) return thread.clear_pending(), false;
  if (!loading.take() || !is<List>(*loading.take())) return false;
  for (Value item : cast<List>(*loading.take())->span())
    if (is_str(item) && as_str(thread, item)->equals(name)) return true;
  return false;
}

}  // namespace

Result<Value> module_get_attribute(Thread& thread, Value object, Str* name) {
  auto found = find_generic_attribute(thread, object, name);
  if (found.is_raised()) {
    if (!thread.pending_is<AttributeError>()) return Raised{};
  } else if (found.take()) {
    return *found.take();
  }
  auto* module = cast<Module>(object);
  Dict* dict = module->dict();
  if (dict != nullptr) {
    Optional<Value> hook = dict->get_str(thread.names().__getattr__);
    if (hook) {
      if (thread.has_pending()) thread.clear_pending();
      return call(thread, open_class_cell(*hook), to_value(name));
    }
  }
  if (thread.has_pending()) return Raised{};
  Optional<Value> module_name = dict == nullptr ? Optional<Value>() : dict->get_str(thread.names().__name__);
  Str* text = module_name ? try_str(thread, *module_name) : nullptr;
  if (text == nullptr)
    thread.raise<AttributeError>("module has no attribute '{}'", name);
  else if (is_initializing(thread, module))
    thread.raise<AttributeError>(
        "partially initialized module '{}' has no attribute '{}' (most likely due to a circular import)", text, name);
  else if (is_loading_submodule(thread, module, name))
    thread.raise<AttributeError>("cannot access submodule '{}' of module '{}' (most likely due to a circular import)",
                                 name, text);
  else
    thread.raise<AttributeError>("module '{}' has no attribute '{}'", text, name);
  annotate_attribute_error(thread, object, name);
  return Raised{};
}

// --- writing

Result<void> set_attribute(Thread& thread, Value object, Str* name, Value value) {
  name = intern(thread, name);
  Type* type = type_of(thread, object);
  SetAttributeSlot slot = type->slots().set_attribute;
  if (slot != nullptr) {
    auto result = slot(thread, object, name, value);
    if (result.is_raised()) annotate_attribute_error(thread, object, name);
    return result;
  }
  const char* verb = value.is_absent() ? "del" : "assign to";
  if (type->slots().get_attribute == nullptr)
    return thread.raise<TypeError>("'{}' object has no attributes ({} .{})", type, verb, name);
  return thread.raise<TypeError>("'{}' object has only read-only attributes ({} .{})", type, verb, name);
}

Result<void> delete_attribute(Thread& thread, Value object, Str* name) {
  return set_attribute(thread, object, name, Value::absent());
}

Result<void> generic_set_attribute(Thread& thread, Value object, Str* name, Value value) {
  Type* type = type_of(thread, object);
  Optional<Value> attribute = lookup_in_type(thread, type, name);
  if (attribute) {
    DescriptorSetSlot set = type_of(thread, *attribute)->slots().descriptor_set;
    if (set != nullptr) return set(thread, *attribute, object, value);
  }
  if (!object.is_pointer() || !type->has_flag(kTypeHasDict)) {
    if (!attribute) return raise_no_attribute(thread, object, name);
    thread.raise<AttributeError>("'{}' object attribute '{}' is read-only", type, name);
    annotate_attribute_error(thread, object, name);
    return Raised{};
  }
  if (!value.is_absent()) return set_instance_attribute(thread, object.as_object(), name, value);
  bool was_there = TRY(delete_instance_attribute(thread, object.as_object(), name));
  if (!was_there) return raise_no_attribute(thread, object, name);
  return {};
}

namespace {

/// Changes one entry of a class dict, with all consequences but slots.
Result<void> store_class_entry(Thread& thread, Type* type, Str* name, Value value) {
  Dict* dict = type->dict();
  Optional<Value> old = dict->get_str(name);
  if (value.is_absent()) {
    if (!old) {
      thread.raise<AttributeError>("type object '{}' has no attribute '{}'", type->name(), name);
      annotate_attribute_error(thread, to_value(type), name);
      return Raised{};
    }
    dict->delete_str(thread.heap(), name);
    class_modified(thread, type);
    return {};
  }
  bool plain = is_plain(thread, value);
  if (old && has_kind(*old, Kind::ClassCell) && plain) {
    auto* cell = static_cast<ClassCell*>((*old).as_object());
    cell->value_.set(cell, value);
    return {};
  }
  if (old && plain && type->has_flag(kTypeObserved) && !is_dunder(name) && is_plain(thread, *old)) {
    auto* cell = static_cast<ClassCell*>(thread.heap().allocate(exact_shape_word(Kind::ClassCell), sizeof(ClassCell)));
    cell->value_.initialize(value);
    value = to_value(cell);
  }
  TRY(dict_set_name(thread, dict, name, value));
  class_modified(thread, type);
  return {};
}

/// A generated __init__ (dataclasses) tells how many attributes to expect, as long as no instance got one.
void reconsider_inline_slots(Thread& thread, Type* type, Value value) {
  if (!has_kind(value, Kind::Function) || type->root_shape() == nullptr) return;
  uint32_t count = cast<Function>(value)->code()->self_attribute_count_;
  Shape* root = type->root_shape();
  if (count + root->member_count() <= root->inline_count() || !root->has_dict() || !root->transitions_.is_null())
    return;
  type->expected_attributes_ = std::min(count, 64u);
  uint32_t members = root->member_count();
  std::span<const Value> names(members == 0 ? nullptr : root->names_->items(), members);
  type->root_shape_.set(type, make_root_shape(thread, type, names, true, members + type->expected_attributes_));
}

}  // namespace

Result<void> type_set_attribute(Thread& thread, Value object, Str* name, Value value) {
  Type* type = cast<Type>(object);
  if (!type->is_heap_type() || type->has_flag(kTypeImmutable))
    return thread.raise<TypeError>("cannot set '{}' attribute of immutable type '{}'", name, type->name());
  Optional<Value> meta = lookup_in_type(thread, type_of(thread, object), name);
  if (meta) {
    DescriptorSetSlot set = type_of(thread, *meta)->slots().descriptor_set;
    if (set != nullptr) return set(thread, *meta, object, value);
  }
  TRY(store_class_entry(thread, type, name, value));
  if (is_dunder(name)) {
    update_slots(thread, type, name);
    // What caches know of any class may be an instance of this one that was no descriptor, or one of another sort.
    const Names& names = thread.names();
    if (name == names.__get__ || name == names.__set__ || name == names.__delete__) forget_all_lookups(thread);
    if (name == thread.names().__init__) reconsider_inline_slots(thread, type, value);
  }
  return {};
}

}  // namespace viperine
