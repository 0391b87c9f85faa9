// SPDX-License-Identifier: MIT
// isinstance and issubclass (language reference 3.3.4): exact matches first, tuples and unions, the metaclass's hooks,
// then what
// __class__ and __bases__ say.
#include "runtime/classes.h"

#include "runtime/attributes.h"
#include "runtime/nesting.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

/// cls.__bases__ when it is a tuple; absent otherwise.
Result<Optional<Value>> abstract_bases(Thread& thread, Value cls) {
  Optional<Value> bases = TRY(find_attribute(thread, cls, thread.names().__bases__));
  if (bases && !is<Tuple>(*bases)) return Optional<Value>();
  return bases;
}

Result<bool> abstract_is_subclass(Thread& thread, Value derived, Value cls) {
  if (thread.native_recursion_exceeded(" in __issubclass__")) return Raised{};
  for (;;) {
    if (derived == cls) return true;
    Optional<Value> found = TRY(abstract_bases(thread, derived));
    if (!found) return false;
    auto* bases = cast<Tuple>(*found);
    if (bases->length() == 0) return false;
    if (bases->length() == 1) {
      derived = bases->at(0);
      continue;
    }
    for (Value base : bases->span())
      if (TRY(abstract_is_subclass(thread, base, cls))) return true;
    return false;
  }
}

Result<void> check_class(Thread& thread, Value cls, const char* error) {
  if (TRY(abstract_bases(thread, cls))) return {};
  return thread.raise<TypeError>("{}", error);
}

}  // namespace

Result<bool> real_is_instance(Thread& thread, Value object, Value cls) {
  if (has_kind(cls, Kind::Type)) {
    Type* type = cast<Type>(cls);
    Type* actual = type_of(thread, object);
    if (actual->is_subtype_of(type)) return true;
    if (!object.is_pointer()) return false;
    // Only a class with a custom way of reading attributes, or one that defines __class__, can say something else.
    Optional<Value> claimed = TRY(find_attribute(thread, object, thread.names().__class__));
    if (!claimed || *claimed == to_value(actual) || !has_kind(*claimed, Kind::Type)) return false;
    return cast<Type>(*claimed)->is_subtype_of(type);
  }
  TRY(check_class(thread, cls, "isinstance() arg 2 must be a type, a tuple of types, or a union"));
  Optional<Value> claimed = TRY(find_attribute(thread, object, thread.names().__class__));
  if (!claimed) return false;
  return abstract_is_subclass(thread, *claimed, cls);
}

Result<bool> real_is_subclass(Thread& thread, Value derived, Value cls) {
  if (has_kind(cls, Kind::Type) && has_kind(derived, Kind::Type))
    return cast<Type>(derived)->is_subtype_of(cast<Type>(cls));
  TRY(check_class(thread, derived, "issubclass() arg 1 must be a class"));
  if (!has_kind(cls, Kind::UnionType))
    TRY(check_class(thread, cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union"));
  return abstract_is_subclass(thread, derived, cls);
}

Result<bool> is_instance_of(Thread& thread, Value object, Value cls) {
  Runtime& runtime = thread.runtime();
  if (to_value(type_of(thread, object)) == cls) return true;
  Type* metatype = type_of(thread, cls);
  if (metatype == runtime.type_type()) return real_is_instance(thread, object, cls);
  if (is<Tuple>(cls)) {
    if (thread.native_recursion_exceeded(" in __instancecheck__")) return Raised{};
    Nesting nesting(thread);
    TRY(nesting.check(" in __instancecheck__"));
    for (Value item : cast<Tuple>(cls)->span())
      if (TRY(is_instance_of(thread, object, item))) return true;
    return false;
  }
  if (thread.native_recursion_exceeded(" in __instancecheck__")) return Raised{};
  Optional<Value> hook = TRY(lookup_special(thread, cls, thread.names().__instancecheck__));
  if (hook) return is_true(thread, TRY(call(thread, *hook, object)));
  return real_is_instance(thread, object, cls);
}

Result<bool> is_subclass_of(Thread& thread, Value derived, Value cls) {
  Runtime& runtime = thread.runtime();
  if (type_of(thread, cls) == runtime.type_type()) {
    if (derived == cls) return true;
    return real_is_subclass(thread, derived, cls);
  }
  if (thread.native_recursion_exceeded(" in __subclasscheck__")) return Raised{};
  if (is<Tuple>(cls)) {
    Nesting nesting(thread);
    TRY(nesting.check(" in __subclasscheck__"));
    for (Value item : cast<Tuple>(cls)->span())
      if (TRY(is_subclass_of(thread, derived, item))) return true;
    return false;
  }
  Optional<Value> hook = TRY(lookup_special(thread, cls, thread.names().__subclasscheck__));
  if (hook) return is_true(thread, TRY(call(thread, *hook, derived)));
  return real_is_subclass(thread, derived, cls);
}

}  // namespace viperine
