// SPDX-License-Identifier: MIT
// Classes: creation as type.__new__ does it, MRO, changes of __bases__ and __class__, isinstance and issubclass. Slots
// are in class_slots.h, attribute lookup in attributes.h, the Python-visible methods of `type` in builtins/type.cpp.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

/// isinstance(object, class_or_tuple) and issubclass(), with __instancecheck__, tuples and unions.
Result<bool> is_instance_of(Thread& thread, Value object, Value class_or_tuple);
Result<bool> is_subclass_of(Thread& thread, Value derived, Value class_or_tuple);
/// type.__instancecheck__ and type.__subclasscheck__: __class__ and __bases__ are asked for, nothing overridden is.
Result<bool> real_is_instance(Thread& thread, Value object, Value cls);
Result<bool> real_is_subclass(Thread& thread, Value derived, Value cls);

/// The most derived metaclass of `metatype` and the bases; TypeError "metaclass conflict: ...".
Result<Type*> calculate_metaclass(Thread& thread, Type* metatype, Tuple* bases);
/// type.__new__(metatype, name, bases, namespace, **keywords); the caller has found the metaclass.
Result<Type*> make_class(Thread& thread, Type* metatype, Str* name, Tuple* bases, Dict* space, Dict* keywords);
/// type(name, bases, namespace, ...) from the arguments of type.__new__: the NewSlot of `type`.
Result<Value> type_new(Thread& thread, Type* metatype, const Arguments& arguments);
/// Calling a class: new_, then init.
Result<Value> type_call(Thread& thread, Value self, const Arguments& arguments);
/// object.__new__ and __init__.
Result<Value> object_new(Thread& thread, Type* type, const Arguments& arguments);
Result<void> object_init(Thread& thread, Value self, const Arguments& arguments);

/// C3 linearisation; TypeError when there is none.
Result<Tuple*> linearize(Thread& thread, Type* type);
/// The base whose instances' layout the class extends; TypeErrors for bases that do not go together.
Result<Type*> best_base(Thread& thread, Tuple* bases);
Result<void> assign_bases(Thread& thread, Type* type, Value bases);
Result<void> assign_class(Thread& thread, Value object, Value cls);
void add_subclass(Thread& thread, Type* base, Type* type);
void remove_subclass(Thread& thread, Type* base, Type* type);
/// type.__abstractmethods__: from the class dict only.
Result<void> set_abstract_methods(Thread& thread, Type* type, Value value);

/// Adds member slots (descriptors, places in the root shape) to a type that has no instances and no subclasses yet.
Result<void> add_members(Thread& thread, Type* type, std::span<const std::string_view> names, uint32_t flags);
/// Enters the type of a name into `type`'s dict (creation time only).
void set_type_entry(Thread& thread, Type* type, Str* name, Value value);
void set_type_entry(Thread& thread, Type* type, std::string_view name, Value value);
/// Instances carry an extra word for __dict__ (and do not keep a dict in a field of their kind).
bool needs_extra_word(Type* type);
/// Kinds that keep __dict__ in a field: modules, functions, classes.
bool keeps_own_dict(Kind kind);
/// "module.qualname" of heap types, the spec's name of others: what %s shows in many error texts is type->name()
/// instead.
Result<Str*> full_type_name(Thread& thread, Type* type);
Value type_module(Thread& thread, Type* type);
Str* type_qualified_name(Thread& thread, Type* type);

/// A weak reference without callback to `object`, shared by all who ask (exact weakref.ref).
WeakRef* plain_weakref(Thread& thread, HeapObject* object);
/// Enters a fresh WeakRef into its referent's chain.
void link_weakref(Thread& thread, WeakRef* reference);
/// The referent, absent when it is gone.
Optional<Value> weakref_target(WeakRef* reference);
/// Calls the callback of a reference whose referent died (poll handler); errors go to sys.unraisablehook by the caller.
Result<void> run_weakref_callback(Thread& thread, WeakRef* reference);
/// Attribute of the running Python frame: the globals, null at the bottom.
Dict* running_globals(Thread& thread);
/// A property-like descriptor made of a C++ attribute; `attribute` must be static.
/// MemberDescriptor::flags_: doc_ is the address of a NativeAttribute.
constexpr uint32_t kMemberComputed = 8;
GetSetDescriptor* make_getset(Thread& thread, Type* type, const NativeAttribute* attribute);
/// A builtin_function_or_method.
NativeFunction* make_native_function(Thread& thread, const NativeMethod& method, Value self, Value module);

}  // namespace viperine
