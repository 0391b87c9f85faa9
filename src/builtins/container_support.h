// SPDX-License-Identifier: MIT
// What the built-in containers and iterators share: parsing of constructor arguments, __class_getitem__, repr and
// comparison of sequences, positions, pieces of __reduce__.
#pragma once

#include <algorithm>

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/comparison.h"
#include "runtime/containers.h"
#include "runtime/repr_scope.h"

namespace viperine {

/// The signature of a constructor, for bind_arguments.
consteval NativeMethod signature(const char* text) { return binding_detail::parse(text, 0, true, nullptr); }

/// The arguments of an initializer: keywords are for the __new__ of a subclass that has its own.
inline Arguments without_foreign_keywords(Thread& thread, Value self, Kind kind, const Arguments& arguments) {
  Type* type = type_of(thread, self);
  Type* exact = thread.runtime().type(kind);
  if (arguments.keyword_count() == 0 || type == exact || type->slots().new_ == exact->slots().new_) return arguments;
  return Arguments{arguments.values, arguments.positional_count(), nullptr};
}
/// The same for a constructor: keywords are for the __init__ of a subclass that has its own.
inline Arguments without_init_keywords(Thread& thread, Type* type, Kind kind, const Arguments& arguments) {
  Type* exact = thread.runtime().type(kind);
  if (arguments.keyword_count() == 0 || type == exact || type->slots().init == exact->slots().init) return arguments;
  return Arguments{arguments.values, arguments.positional_count(), nullptr};
}

/// Types without an initializer take keywords only for a subclass that has one.
inline bool refuses_keywords(Thread& thread, Type* type, const Arguments& arguments) {
  return arguments.keyword_count() > 0 && type->slots().init == thread.runtime().object_type()->slots().init;
}

/// __class_getitem__: types.GenericAlias(type, item).
inline Result<Value> class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}

/// start/stop of index(): clipped, negative ones count from the end.
inline Result<int64_t> search_position(Thread& thread, Optional<Value> position, int64_t length, int64_t fallback) {
  if (!position) return fallback;
  if (!is_integer(*position) && type_of(thread, *position)->slots().to_index == nullptr)
    return thread.raise<TypeError>("slice indices must be integers or have an __index__ method");
  int64_t number = TRY(to_index_clipped(thread, *position));
  if (number < 0) number = number < -length ? 0 : number + length;
  return number;
}

/// builtins.name, for __reduce__.
inline Value builtin(Thread& thread, std::string_view name) {
  return dict_get(thread.runtime().builtins_dict(), intern(thread, name)).value_or(Value::none());
}

template <typename... Values>
Value tuple_of(Thread& thread, Values... values) {
  return to_value(Tuple::of(thread.heap(), values...));
}

/// A new instance of this exact built-in kind, fields zero.
template <typename T>
T* make_kind(Thread& thread, Kind kind) {
  return make_exact<T>(thread, kind);
}

/// "[a, b]": open, items, close; the items are asked for again after each repr.
template <typename Sequence>
Result<void> append_items(Thread& thread, StringBuilder& builder, Sequence* sequence) {
  for (int64_t i = 0; i < sequence->length(); ++i) {
    if (i > 0) builder.append(", ");
    builder.append(TRY(repr(thread, sequence->at(i))));
  }
  return {};
}

/// Lexicographic comparison of two lists or two tuples.
template <typename Sequence>
Result<Value> compare_sequences(Thread& thread, Sequence* left, Sequence* right, Comparison op) {
  if (left->length() != right->length() && (op == Comparison::Equal || op == Comparison::NotEqual))
    return Value::from_bool(op == Comparison::NotEqual);
  for (int64_t i = 0; i < left->length() && i < right->length(); ++i) {
    Value a = left->at(i), b = right->at(i);
    if (a == b) continue;
    if (TRY(equals(thread, a, b))) continue;
    if (i >= left->length() || i >= right->length()) break;  // shortened by the comparison
    if (op == Comparison::Equal) return Value::false_();
    if (op == Comparison::NotEqual) return Value::true_();
    return compare(thread, a, b, op);
  }
  return Value::from_bool(holds(left->length(), right->length(), op));
}

/// Bytes of an object and of the tables that it alone owns.
inline int64_t object_size(Thread& thread, const HeapObject* object) {
  return object == nullptr ? 0 : static_cast<int64_t>(thread.heap().size_of(object));
}

}  // namespace viperine
