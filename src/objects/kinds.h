// SPDX-License-Identifier: MIT
// Kind: what a heap object is, and the type tests is<T>(value) / cast<T>(value) built on it. The table is
// object_kinds.def.
#pragma once

#include "heap/heap_object.h"

namespace viperine {

enum class Kind : uint8_t {
#define KIND(name) name,
#include "objects/object_kinds.def"
#undef KIND
  kCount
};
constexpr size_t kKindCount = static_cast<size_t>(Kind::kCount);
static_assert(kKindCount < 256);

inline Kind kind_of(const HeapObject* object) { return static_cast<Kind>(object->kind_byte()); }
/// Header word of exact instances of the built-in type with this kind.
constexpr uint32_t exact_shape_word(Kind kind) {
  return HeapObject::make_shape_word(static_cast<uint8_t>(kind), static_cast<uint32_t>(kind));
}
inline bool has_kind(Value value, Kind kind) { return value.is_pointer() && kind_of(value.as_object()) == kind; }

/// Whether `value` is a T (instances of Python subclasses included). T::kKind names the kind; classes with several
/// kinds define `static bool is_kind(Kind)`.
template <typename T>
bool is(Value value) {
  if constexpr (requires { T::kKind; })
    return has_kind(value, T::kKind);
  else
    return value.is_pointer() && T::is_kind(kind_of(value.as_object()));
}
/// Whether `value` is an instance of exactly the built-in type.
template <typename T>
bool is_exact(Value value) {
  return value.is_pointer() && value.as_object()->shape_word() == exact_shape_word(T::kKind);
}
/// Precondition: is<T>(value).
template <typename T>
T* cast(Value value) {
  DCHECK(is<T>(value));
  return static_cast<T*>(value.as_object());
}
/// The T, or null when `value` is something else.
template <typename T>
T* try_cast(Value value) {
  return is<T>(value) ? static_cast<T*>(value.as_object()) : nullptr;
}
inline Value to_value(HeapObject* object) { return Value::from_object(object); }

}  // namespace viperine
