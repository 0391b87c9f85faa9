// SPDX-License-Identifier: MIT
// What instances of a new class carry: __slots__ members, __dict__, __weakref__ (language reference 3.3.2.4).
#include <algorithm>

#include "runtime/attributes.h"
#include "runtime/class_creation.h"
#include "runtime/class_slots.h"
#include "runtime/containers.h"
#include "runtime/identifiers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

bool has_items(const Runtime& runtime, Type* type) {
  switch (type->instance_kind()) {
    case Kind::Int:
    case Kind::Tuple:
    case Kind::Bytes:
    case Kind::Type:
      return true;
    default:
      return false;
  }
}

namespace {

bool is_name(const Str* text) {
  return is_identifier_text(text->data(), static_cast<size_t>(text->length()), static_cast<uint8_t>(text->unit_size()));
}

/// `__x` in class C is `_C__x`.
Result<Str*> mangle(Thread& thread, Str* class_name, Str* name) {
  int64_t length = name->length();
  if (length < 2 || name->at(0) != '_' || name->at(1) != '_') return name;
  if (length >= 4 && name->at(length - 1) == '_' && name->at(length - 2) == '_') return name;
  int64_t start = 0;
  while (start < class_name->length() && class_name->at(start) == '_') ++start;
  if (start == class_name->length()) return name;
  StringBuilder builder(thread);
  builder.append(uint32_t{'_'});
  builder.append(class_name, start, class_name->length());
  builder.append(name);
  return TRY(builder.finish());
}

Result<void> add_slot_name(Thread& thread, Type* base, Str* class_name, Str* name, InstanceParts& parts, List* names) {
  const Names& known = thread.names();
  if (!is_name(name)) return thread.raise<TypeError>("__slots__ must be identifiers");
  name = intern(thread, name);
  if (name == known.__dict__) {
    if (base->has_flag(kTypeHasDict) || parts.add_dict)
      return thread.raise<TypeError>("__dict__ slot disallowed: we already got one");
    parts.add_dict = true;
    return {};
  }
  if (name == known.__weakref__) {
    if (base->has_flag(kTypeHasWeakrefs) || parts.add_weakrefs || has_items(thread.runtime(), base))
      return thread.raise<TypeError>("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
    parts.add_weakrefs = true;
    return {};
  }
  return list_append_value(thread, names, to_value(intern(thread, TRY(mangle(thread, class_name, name)))));
}

Result<Value> dict_getter(Thread& thread, Value self) {
  // The class of a class may derive from a Python class with a __dict__: a class shows its own all the same.
  if (has_kind(self, Kind::Type)) {
    Optional<Value> own = thread.runtime().type_type()->dict()->get_str(thread.names().__dict__);
    if (own) return bind_attribute(thread, *own, self, type_of(thread, self));
  }
  return to_value(TRY(instance_dict(thread, self.as_object())));
}

Result<void> dict_setter(Thread& thread, Value self, Value value) {
  if (has_kind(self, Kind::Type) || has_kind(self, Kind::Module))
    return thread.raise<AttributeError>("attribute '__dict__' of '{}' objects is not writable",
                                        has_kind(self, Kind::Type) ? "type" : "module");
  if (value.is_absent()) {
    for (Type* type = type_of(thread, self); type != nullptr; type = type->base())
      if (!type->is_heap_type() && type->has_flag(kTypeHasDict))
        return thread.raise<TypeError>("cannot delete __dict__");
    TRY(replace_instance_dict(thread, self.as_object(), TRY(make_dict(thread, 0))));
    return {};
  }
  if (!is<Dict>(value))
    return thread.raise<TypeError>("__dict__ must be set to a dictionary, not a '{}'", type_name_of(value));
  return replace_instance_dict(thread, self.as_object(), cast<Dict>(value));
}

Result<Value> weakref_getter(Thread& thread, Value self) {
  auto* head = thread.heap().weakref_head(self.as_object());
  return head == nullptr ? Value::none() : to_value(head);
}

}  // namespace

constinit const NativeAttribute kDictAttribute = {"__dict__", &dict_getter, &dict_setter,
                                                  "dictionary for instance variables (if defined)"};

namespace {

constexpr NativeAttribute kWeakrefAttribute = {"__weakref__", &weakref_getter, nullptr,
                                               "list of weak references to the object (if defined)"};

/// The `self.x = ` targets of __init__, or the most that one function of the class body has.
uint32_t expected_by_functions(Thread& thread, Type* type) {
  Optional<Value> initializer = type->dict()->get_str(thread.names().__init__);
  if (initializer && has_kind(*initializer, Kind::Function))
    if (uint32_t count = cast<Function>(*initializer)->code()->self_attribute_count_) return count;
  uint32_t most = 0;
  bool any = false;
  Dict* dict = type->dict();
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    Value value = dict->table()->value(static_cast<uint32_t>(entry));
    if (!has_kind(value, Kind::Function)) continue;
    any = true;
    most = std::max(most, cast<Function>(value)->code()->self_attribute_count_);
  }
  return any ? most : 1;
}

}  // namespace

Result<InstanceParts> read_slots(Thread& thread, Type* base, Tuple* bases, Str* class_name, Dict* space) {
  InstanceParts parts;
  Runtime& runtime = thread.runtime();
  bool may_add_dict = !base->has_flag(kTypeHasDict);
  bool may_add_weakrefs = !base->has_flag(kTypeHasWeakrefs) && !has_items(runtime, base);
  Optional<Value> slots = space->get_str(thread.names().__slots__);
  if (!slots) {
    parts.add_dict = may_add_dict;
    parts.add_weakrefs = may_add_weakrefs;
    parts.members = runtime.empty_tuple();
    return parts;
  }
  parts.has_slots = true;
  Tuple* given = is_str(*slots) ? Tuple::of(thread.heap(), *slots) : TRY(tuple_from_iterable(thread, *slots));
  if (given->length() > 0 && has_items(runtime, base))
    return thread.raise<TypeError>("nonempty __slots__ not supported for subtype of '{}'", base->name());
  List* names = List::make(thread.heap());
  for (Value value : given->span()) {
    Str* name = try_str(thread, value);
    if (name == nullptr)
      return thread.raise<TypeError>("__slots__ items must be strings, not '{}'", type_name_of(value));
    TRY(add_slot_name(thread, base, class_name, name, parts, names));
  }
  for (int64_t i = 0; i < names->length(); ++i) {
    auto* name = static_cast<Str*>(names->at(i).as_object());
    bool is_own_machinery = name == thread.names().__qualname__ || name == thread.names().__classcell__;
    if (!is_own_machinery && space->get_str(name))
      return thread.raise<ValueError>("{} in __slots__ conflicts with class variable", TRY(repr(thread, names->at(i))));
  }
  // Sorted, as observable through dir() order of creation; duplicates stay.
  std::sort(names->items(), names->items() + names->length(), [](Value a, Value b) {
    return compare_text(static_cast<Str*>(a.as_object()), static_cast<Str*>(b.as_object())) < 0;
  });
  parts.members = list_to_tuple(thread, names);
  for (Value value : bases->span()) {
    if (!has_kind(value, Kind::Type) || value.as_object() == base) continue;
    Type* other = cast<Type>(value);
    if (may_add_dict && other->has_flag(kTypeHasDict)) parts.add_dict = true;
    if (may_add_weakrefs && other->has_flag(kTypeHasWeakrefs)) parts.add_weakrefs = true;
  }
  return parts;
}

Result<void> install_members(Thread& thread, Type* type, const InstanceParts& parts) {
  Type* base = type->base();
  uint32_t flags = base->flags_ & (kTypeHasDict | kTypeHasWeakrefs);
  if (parts.add_dict) flags |= kTypeHasDict;
  if (parts.add_weakrefs) flags |= kTypeHasWeakrefs;
  type->flags_ |= flags;
  const Names& names = thread.names();
  if (parts.add_dict && type->dict()->find_str(names.__dict__) < 0)
    set_type_entry(thread, type, names.__dict__, to_value(make_getset(thread, type, &kDictAttribute)));
  if (parts.add_weakrefs && type->dict()->find_str(names.__weakref__) < 0)
    set_type_entry(thread, type, names.__weakref__, to_value(make_getset(thread, type, &kWeakrefAttribute)));
  Shape* base_shape = base->root_shape();
  uint32_t inherited = base_shape->member_count(), own = static_cast<uint32_t>(parts.members->length());
  if (inherited + own > 240) return thread.raise<TypeError>("too many __slots__ in class '{}'", type->name());
  Value all[240];
  for (uint32_t i = 0; i < inherited; ++i) all[i] = base_shape->name(static_cast<int32_t>(i));
  for (uint32_t i = 0; i < own; ++i) {
    all[inherited + i] = parts.members->at(i);
    auto* descriptor = make_exact<MemberDescriptor>(thread, Kind::MemberDescriptor);
    descriptor->name_.initialize(static_cast<Str*>(parts.members->at(i).as_object()));
    descriptor->type_.initialize(type);
    descriptor->doc_.initialize(Value::none());
    descriptor->slot_ = inherited + i;
    set_type_entry(thread, type, static_cast<Str*>(parts.members->at(i).as_object()), to_value(descriptor));
  }
  bool has_dict = needs_extra_word(type);
  type->expected_attributes_ =
      has_dict ? std::min(base->expected_attributes_ + expected_by_functions(thread, type), 64u) : 0;
  type->root_shape_.set(type, make_root_shape(thread, type, std::span<const Value>(all, inherited + own), has_dict,
                                              inherited + own + type->expected_attributes_));
  return {};
}

}  // namespace viperine
