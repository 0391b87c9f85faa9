// SPDX-License-Identifier: MIT
// Attribute access on any object and on classes; shapes of instances. Language reference 3.3.2.
#pragma once

#include "runtime/calls.h"

namespace viperine {

/// getattr(object, name); AttributeError when missing. `name` is any exact str (interned here when it is not yet).
Result<Value> get_attribute(Thread& thread, Value object, Str* name);
Result<Value> get_attribute(Thread& thread, Value object, std::string_view name);
/// Absent instead of AttributeError (other exceptions stay).
Result<Optional<Value>> find_attribute(Thread& thread, Value object, Str* name);
Result<void> set_attribute(Thread& thread, Value object, Str* name, Value value);   // value absent: delete
Result<void> delete_attribute(Thread& thread, Value object, Str* name);

/// object.__getattribute__ and object.__setattr__: the generic algorithms, used as slots.
Result<Value> generic_get_attribute(Thread& thread, Value object, Str* name);
Result<void> generic_set_attribute(Thread& thread, Value object, Str* name, Value value);
/// type.__getattribute__ and type.__setattr__.
Result<Value> type_get_attribute(Thread& thread, Value type, Str* name);
Result<void> type_set_attribute(Thread& thread, Value type, Str* name, Value value);
Result<Value> module_get_attribute(Thread& thread, Value module, Str* name);

/// The raw class attribute along the MRO, not bound; absent when missing. Cached; marks the classes as observed.
Optional<Value> lookup_in_type(Thread& thread, Type* type, Str* name);
/// The same, but a ClassCell instead of its value: what inline caches keep.
Optional<Value> lookup_class_entry(Thread& thread, Type* type, Str* name);
/// Without cache and without marking anything as observed.
Optional<Value> lookup_uncached(Type* type, Str* name);
/// Attributes of the class (or of a base) were changed: versions of it and its subclasses end, inline caches are
/// flushed.
void class_modified(Thread& thread, Type* type);
/// Empties the lookup cache (before a collection that shall free what it holds).
void clear_lookup_cache(Runtime& runtime);
/// generic_get_attribute without the AttributeError: absent when missing.
Result<Optional<Value>> find_generic_attribute(Thread& thread, Value object, Str* name);
/// The AttributeError "'C' object has no attribute 'x'" with its name and obj.
Raised raise_no_attribute(Thread& thread, Value object, Str* name);
/// Gives the pending exception name and obj when it is an AttributeError that has none yet.
void annotate_attribute_error(Thread& thread, Value object, Str* name);
/// ClassCells are opened.
inline Value open_class_cell(Value entry) {
  return has_kind(entry, Kind::ClassCell) ? static_cast<ClassCell*>(entry.as_object())->value_.get() : entry;
}

/// The class attribute `name` of type(object), bound to object (special method lookup); absent when missing.
Result<Optional<Value>> lookup_special(Thread& thread, Value object, Str* name);
/// Applies __get__ of a class attribute.
Result<Value> bind_attribute(Thread& thread, Value attribute, Value object, Type* type);

/// The value of an instance attribute kept in the object itself (shape slot, __dict__), without looking at the class.
Optional<Value> instance_attribute(Thread& thread, HeapObject* object, Str* name);
Result<void> set_instance_attribute(Thread& thread, HeapObject* object, Str* name, Value value);
/// False when there was none.
Result<bool> delete_instance_attribute(Thread& thread, HeapObject* object, Str* name);
/// object.__dict__: makes the dict real (the object becomes a dictionary shape). Null when the class has no __dict__.
Result<Dict*> instance_dict(Thread& thread, HeapObject* object);
/// A copy of the __dict__ attributes, without making __dict__ real.
Result<Dict*> copy_instance_dict(Thread& thread, HeapObject* object);
Result<void> replace_instance_dict(Thread& thread, HeapObject* object, Dict* dict);

/// __slots__ members and named slots of built-in exceptions, by slot number of the root shape.
Value member(Thread& thread, HeapObject* object, uint32_t slot);           // Unbound when unset
void set_member(Thread& thread, HeapObject* object, uint32_t slot, Value value);
/// Member of an exception by name, e.g. (exc, names().value); None when unset.
Value exception_member(Thread& thread, HeapObject* exception, Str* name);
void set_exception_member(Thread& thread, HeapObject* exception, Str* name, Value value);

// --- shapes (runtime/shapes.cpp)
/// The shape of fresh instances of a new class.
Shape* make_root_shape(Thread& thread, Type* type, std::span<const Value> members, bool has_dict,
                       uint32_t inline_count);
/// `shape` plus the attribute `name`; null when the object should become a dictionary.
Shape* shape_with(Thread& thread, Shape* shape, Str* name);
/// The dictionary shape of the class of `shape`.
Shape* dictionary_shape(Thread& thread, Shape* shape);
/// The shape without __dict__ attributes, and the dictionary shape, that `type` has for objects with that many inline
/// slots.
Shape* shape_like_root(Thread& thread, Type* type, uint16_t inline_count);
Shape* dictionary_shape_of(Thread& thread, Type* type, uint16_t inline_count);
/// Address of the first attribute word (the extra word when the shape has a dict).
Value* attribute_words(const Runtime& runtime, HeapObject* object, Shape* shape);

}  // namespace viperine
