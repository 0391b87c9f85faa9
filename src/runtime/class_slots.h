// SPDX-License-Identifier: MIT
// The tie between special methods and TypeSlots: the table of slots.def, filling the slots of Python classes, shared
// tables. Invariant: TypeSlots tables are immutable once a type refers to them; equal tables are one object.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

using AnyFunction = void (*)();

/// One special method: how Python calls the slot, and what a Python class that defines the method puts into it.
struct SlotEntry {
  using Wrap = Result<Value> (*)(Thread&, const SlotEntry&, AnyFunction slot, Value self, const Arguments&);
  std::string_view name;
  Str* Names::*interned;
  uint16_t offset;             // of the field in TypeSlots
  Comparison comparison;       // for __lt__ and the like
  Wrap wrap;
  AnyFunction class_function;  // null: none
  const char* signature;
  const char* doc;
};

std::span<const SlotEntry> slot_entries();
AnyFunction slot_at(const TypeSlots& slots, uint16_t offset);
void set_slot_at(TypeSlots& slots, uint16_t offset, AnyFunction function);

/// wrapper(self, *arguments); the caller has checked that self is an instance of the wrapper's type.
Result<Value> call_slot_wrapper(Thread& thread, SlotWrapper* wrapper, Value self, const Arguments& arguments);

/// The one table with this content.
const TypeSlots* intern_slots(Runtime& runtime, const TypeSlots& slots);
/// Fields that `slots` leaves empty are taken from the base's.
void inherit_slots(TypeSlots& slots, const TypeSlots& base);
/// Fills all slots of a Python class from what its MRO defines.
void compute_class_slots(Thread& thread, Type* type);
/// The special method `name` of the class was set or deleted: its slots and those of its subclasses follow.
void update_slots(Thread& thread, Type* type, Str* name);

/// Direct subclasses that are alive.
void for_each_subclass(Thread& thread, Type* type, void (*callback)(Thread&, Type*, void*), void* context);

/// The `__new__` of built-in types: checks its arguments and calls their new_ slot.
extern const NativeMethod kNewMethod;
/// new_ of classes whose __new__ is Python code.
Result<Value> class_new(Thread& thread, Type* type, const Arguments& arguments);
/// next of classes whose __next__ is Python code: StopIteration becomes absent. next_or_raise keeps the exception.
Result<Optional<Value>> class_next(Thread& thread, Value self);
/// next(iterator) with the StopIteration that the iterator raised, or a fresh one.
Result<Value> next_or_raise(Thread& thread, Value iterator);

}  // namespace viperine
