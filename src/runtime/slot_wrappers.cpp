// SPDX-License-Identifier: MIT
// How x.__add__(y) and the like call TypeSlots of built-in types: one wrapper per type of slot. The descriptors are in
// builtins/descriptors.cpp.
#include "runtime/slot_wrappers.h"

#include "runtime/attributes.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

Result<void> check_count(Thread& thread, const Arguments& arguments, uint32_t least, uint32_t most) {
  if (arguments.count >= least && arguments.count <= most) return {};
  if (least == most)
    return thread.raise<TypeError>("expected {} argument{}, got {}", least, least == 1 ? "" : "s", arguments.count);
  bool few = arguments.count < least;
  uint32_t bound = few ? least : most;
  return thread.raise<TypeError>("expected at {} {} argument{}, got {}", few ? "least" : "most", bound,
                                 bound == 1 ? "" : "s", arguments.count);
}

template <typename F>
F as(AnyFunction function) {
  return reinterpret_cast<F>(function);
}

Result<Value> none_of(Result<void> result) {
  if (result.is_raised()) return Raised{};
  return Value::none();
}

Result<Str*> name_argument(Thread& thread, Value value) {
  Str* name = try_str(thread, value);
  if (name == nullptr) return thread.raise<TypeError>("attribute name must be string, not '{}'", type_name_of(value));
  return intern(thread, name);
}

/// object.__setattr__(a class, ...) must not get round what a built-in type between overrides.
Result<void> check_not_skipped(Thread& thread, Value self, AnyFunction function, const char* what) {
  Type* type = type_of(thread, self);
  auto own = [](const Type* t) { return reinterpret_cast<AnyFunction>(t->slots().set_attribute); };
  auto by_class = [](const Type* t) { return t->slots().set_attribute == &class_set_attribute; };
  Type* defining = type;
  for (int64_t i = type->mro()->length() - 1; i >= 0; --i) {
    Type* base = cast<Type>(type->mro()->at(i));
    if (by_class(base)) continue;
    if (own(base) == own(type)) {
      defining = base;
      break;
    }
  }
  for (Type* base = defining; base != nullptr; base = base->base()) {
    if (own(base) == function) return {};
    if (!by_class(base)) return thread.raise<TypeError>("can't apply this {} to {} object", what, type);
  }
  return {};
}

}  // namespace

#define WRAP(name) \
  Result<Value> name(Thread& thread, const SlotEntry& entry, AnyFunction slot, Value self, const Arguments& arguments)

WRAP(wrap_unary) {
  TRY(check_count(thread, arguments, 0, 0));
  return as<UnarySlot>(slot)(thread, self);
}
WRAP(wrap_finalize) {
  TRY(check_count(thread, arguments, 0, 0));
  TRY(as<UnarySlot>(slot)(thread, self));
  return Value::none();
}
WRAP(wrap_hash) {
  TRY(check_count(thread, arguments, 0, 0));
  return make_int(thread.heap(), TRY(as<HashSlot>(slot)(thread, self)));
}
WRAP(wrap_length) {
  TRY(check_count(thread, arguments, 0, 0));
  return make_int(thread.heap(), TRY(as<LengthSlot>(slot)(thread, self)));
}
WRAP(wrap_truth) {
  TRY(check_count(thread, arguments, 0, 0));
  return Value::from_bool(TRY(as<TruthSlot>(slot)(thread, self)));
}
WRAP(wrap_binary) {
  TRY(check_count(thread, arguments, 1, 1));
  return as<BinarySlot>(slot)(thread, self, arguments[0]);
}
WRAP(wrap_reflected) {
  TRY(check_count(thread, arguments, 1, 1));
  return as<BinarySlot>(slot)(thread, arguments[0], self);
}
WRAP(wrap_repeat) {
  TRY(check_count(thread, arguments, 1, 1));
  int64_t count = TRY(to_index_int64(thread, arguments[0]));
  return as<decltype(TypeSlots::repeat)>(slot)(thread, self, count);
}
WRAP(wrap_power) {
  TRY(check_count(thread, arguments, 1, 2));
  Value modulus = arguments.count == 2 && !arguments[1].is_none() ? arguments[1] : Value::absent();
  return as<TernarySlot>(slot)(thread, self, arguments[0], modulus);
}
WRAP(wrap_reflected_power) {
  TRY(check_count(thread, arguments, 1, 2));
  Value modulus = arguments.count == 2 && !arguments[1].is_none() ? arguments[1] : Value::absent();
  return as<TernarySlot>(slot)(thread, arguments[0], self, modulus);
}
WRAP(wrap_compare) {
  TRY(check_count(thread, arguments, 1, 1));
  return as<CompareSlot>(slot)(thread, self, arguments[0], entry.comparison);
}
WRAP(wrap_call) { return as<CallSlot>(slot)(thread, self, arguments); }
WRAP(wrap_init) { return none_of(as<InitSlot>(slot)(thread, self, arguments)); }
WRAP(wrap_next) {
  TRY(check_count(thread, arguments, 0, 0));
  thread.returned_ = Value::none();
  Optional<Value> item = TRY(as<NextSlot>(slot)(thread, self));
  if (item) return *item;
  Value returned = thread.returned_;
  thread.returned_ = Value::none();
  if (returned.is_none()) return thread.raise<StopIteration>();
  return thread.raise_value(ExceptionKind::StopIteration, returned);
}
WRAP(wrap_get_attribute) {
  TRY(check_count(thread, arguments, 1, 1));
  return as<GetAttributeSlot>(slot)(thread, self, TRY(name_argument(thread, arguments[0])));
}
WRAP(wrap_set_attribute) {
  TRY(check_count(thread, arguments, 2, 2));
  Str* name = TRY(name_argument(thread, arguments[0]));
  TRY(check_not_skipped(thread, self, slot, "__setattr__"));
  return none_of(as<SetAttributeSlot>(slot)(thread, self, name, arguments[1]));
}
WRAP(wrap_delete_attribute) {
  TRY(check_count(thread, arguments, 1, 1));
  Str* name = TRY(name_argument(thread, arguments[0]));
  TRY(check_not_skipped(thread, self, slot, "__delattr__"));
  return none_of(as<SetAttributeSlot>(slot)(thread, self, name, Value::absent()));
}
WRAP(wrap_descriptor_get) {
  TRY(check_count(thread, arguments, 1, 2));
  Value object = arguments[0].is_none() ? Value::absent() : arguments[0];
  Value type = arguments.count < 2 || arguments[1].is_none() ? Value::absent() : arguments[1];
  if (object.is_absent() && type.is_absent()) return thread.raise<TypeError>("__get__(None, None) is invalid");
  return as<DescriptorGetSlot>(slot)(thread, self, object, type);
}
WRAP(wrap_descriptor_set) {
  TRY(check_count(thread, arguments, 2, 2));
  return none_of(as<DescriptorSetSlot>(slot)(thread, self, arguments[0], arguments[1]));
}
WRAP(wrap_descriptor_delete) {
  TRY(check_count(thread, arguments, 1, 1));
  return none_of(as<DescriptorSetSlot>(slot)(thread, self, arguments[0], Value::absent()));
}
WRAP(wrap_set_item) {
  TRY(check_count(thread, arguments, 2, 2));
  return none_of(as<SetItemSlot>(slot)(thread, self, arguments[0], arguments[1]));
}
WRAP(wrap_delete_item) {
  TRY(check_count(thread, arguments, 1, 1));
  return none_of(as<SetItemSlot>(slot)(thread, self, arguments[0], Value::absent()));
}
WRAP(wrap_contains) {
  TRY(check_count(thread, arguments, 1, 1));
  return Value::from_bool(TRY(as<ContainsSlot>(slot)(thread, self, arguments[0])));
}
#undef WRAP

Result<Value> call_slot_wrapper(Thread& thread, SlotWrapper* wrapper, Value self, const Arguments& arguments) {
  const SlotEntry& entry = *wrapper->entry_;
  if (arguments.keyword_count() != 0 && entry.wrap != &wrap_call && entry.wrap != &wrap_init)
    return thread.raise<TypeError>("wrapper {}() takes no keyword arguments", entry.name);
  return entry.wrap(thread, entry, slot_at(wrapper->type_->slots(), entry.offset), self, arguments);
}

}  // namespace viperine
