// SPDX-License-Identifier: MIT
// TypeSpec and ModuleSpec: how a built-in type or module is declared: static tables, one line per method.
// runtime/types.cpp makes types of them; builtins/builtin_types.def and modules/builtin_modules.def list them.
#pragma once

#include "runtime/calls.h"

namespace viperine {

/// A computed attribute (getset_descriptor).
struct NativeAttribute {
  const char* name = nullptr;
  Result<Value> (*getter)(Thread&, Value self) = nullptr;
  Result<void> (*setter)(Thread&, Value self, Value value) = nullptr;   // null: read-only; value absent = delete
  const char* doc = nullptr;
};

struct TypeSpec {
  const char* name = nullptr;              // "list", or with its module: "collections.deque"
  Kind kind = Kind::Object;                // of instances
  Kind base = Kind::Object;                // kind of the base type
  uint32_t flags = 0;                      // TypeFlags; kTypeBase for those that may be subclassed
  Layout (*layout)() = nullptr;            // of `kind`; null when another type with the same kind gave it
  TypeSlots slots{};
  std::span<const NativeMethod> methods{};
  std::span<const NativeAttribute> attributes{};
  const char* doc = nullptr;
  const char* text_signature = nullptr;    // "(iterable=(), /)"
  Result<void> (*ready)(Thread&, Type*) = nullptr;   // after creation: class attributes that are not methods
  const TypeSpec* base_spec = nullptr;     // instead of `base` when several types share a kind
};

struct ModuleSpec {
  const char* name = nullptr;
  std::span<const NativeMethod> functions{};
  Result<void> (*initialize)(Thread&, Module*) = nullptr;   // constants, types
  const char* doc = nullptr;
};

/// Makes a built-in type (its base must exist) and, when it has a kind of its own, enters it in Runtime::types_.
Result<Type*> make_builtin_type(Thread& thread, const TypeSpec& spec);
/// Makes the type and puts it into the module under the last part of its name.
Result<Type*> add_type(Thread& thread, Module* module, const TypeSpec& spec);
Result<void> add_function(Thread& thread, Module* module, const NativeMethod& method);
Result<void> add_constant(Thread& thread, Module* module, std::string_view name, Value value);
Result<void> add_int(Thread& thread, Module* module, std::string_view name, int64_t value);
Result<void> add_text(Thread& thread, Module* module, std::string_view name, std::string_view value);
/// A new exception class "module.Name" with this base, put into the module.
Result<Type*> add_exception(Thread& thread, Module* module, std::string_view name, Type* base,
                            std::string_view doc = {});
/// A structseq type ("os.stat_result") whose fields are given by name; instances are tuples.
Result<Type*> add_struct_sequence(Thread& thread, Module* module, std::string_view name,
                                  std::span<const char* const> fields, int64_t visible, std::string_view doc = {});
Result<Value> make_struct_sequence(Thread& thread, Type* type, std::span<const Value> values);

/// Allocates an instance of `type` (the exact built-in type or a subclass) whose native part is a T with `tail_bytes`
/// behind it; registers finalizer and release. Never raises; fields are zero.
HeapObject* allocate_instance(Thread& thread, Type* type, size_t fixed_size, size_t tail_bytes = 0);
template <typename T>
T* make_instance(Thread& thread, Type* type, size_t tail_bytes = 0) {
  return static_cast<T*>(allocate_instance(thread, type, sizeof(T), tail_bytes));
}
/// The same for exact instances of the built-in type of this kind.
template <typename T>
T* make_exact(Thread& thread, Kind kind, size_t tail_bytes = 0) {
  return static_cast<T*>(thread.heap().allocate(exact_shape_word(kind), sizeof(T) + tail_bytes));
}

}  // namespace viperine
