// SPDX-License-Identifier: MIT
// weakref.ref and the two proxy types. Chains of references are in runtime/weakrefs.cpp, the _weakref module in
// modules/weakref.cpp.
#include "builtins/weakref.h"

#include "builtins/builtin_types.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

WeakRef* self_of(Value value) { return static_cast<WeakRef*>(value.as_object()); }

Result<void> check_referent(Thread& thread, Value object) {
  if (object.is_pointer() && type_of(thread, object)->has_flag(kTypeHasWeakrefs)) return {};
  return thread.raise<TypeError>("cannot create weak reference to '{}' object", type_name_of(object));
}

Result<Value> make_reference(Thread& thread, Type* type, Value object, Value callback) {
  TRY(check_referent(thread, object));
  bool is_exact = type == thread.runtime().type(Kind::WeakRef);
  if (is_exact && callback.is_none()) return to_value(plain_weakref(thread, object.as_object()));
  auto* reference = make_instance<WeakRef>(thread, type);
  reference->referent_.initialize(object);
  reference->callback_.initialize(callback);
  reference->next_.initialize(Value::none());
  reference->hash_ = -1;
  link_weakref(thread, reference);
  return to_value(reference);
}

Result<Value> reference_new(Thread& thread, Type* type, const Arguments& arguments) {
  uint32_t count = arguments.positional_count();
  if (count < 1) return thread.raise<TypeError>("__new__ expected at least 1 argument, got 0");
  if (count > 2) return thread.raise<TypeError>("__new__ expected at most 2 arguments, got {}", count);
  return make_reference(thread, type, arguments[0], count == 2 ? arguments[1] : Value::none());
}

Result<void> reference_init(Thread& thread, Value, const Arguments& arguments) {
  TRY(refuse_keywords(thread, "ref", arguments));
  if (arguments.count > 2)
    return thread.raise<TypeError>("__init__ expected at most 2 arguments, got {}", arguments.count);
  return {};
}

Result<Value> reference_call(Thread& thread, Value self, const Arguments& arguments) {
  TRY(refuse_keywords(thread, "weakref.ReferenceType", arguments));
  if (arguments.count != 0)
    return thread.raise<TypeError>("weakref.ReferenceType expected 0 arguments, got {}", arguments.count);
  return self_of(self)->referent_.get();
}

Result<int64_t> reference_hash(Thread& thread, Value value) {
  auto* self = self_of(value);
  if (self->hash_ != -1) return self->hash_;
  Optional<Value> target = weakref_target(self);
  if (!target) return thread.raise<TypeError>("weak object has gone away");
  int64_t result = TRY(hash(thread, *target));
  self->hash_ = result;
  return result;
}

Result<Value> reference_compare(Thread& thread, Value left, Value right, Comparison op) {
  if ((op != Comparison::Equal && op != Comparison::NotEqual) || !has_kind(right, Kind::WeakRef))
    return Value::not_implemented();
  Optional<Value> a = weakref_target(self_of(left)), b = weakref_target(self_of(right));
  if (!a || !b) return Value::from_bool((left == right) == (op == Comparison::Equal));
  return compare(thread, *a, *b, op);
}

Result<Value> describe(Thread& thread, Value value, const char* what) {
  Optional<Value> target = weakref_target(self_of(value));
  if (!target) return to_value(format_text(thread, "<{} at {}; dead>", what, address_text(thread, value)));
  Optional<Value> name = TRY(find_attribute(thread, *target, thread.names().__name__));
  Str* place = address_text(thread, *target);
  if (name && is_str(*name))
    return to_value(format_text(thread, "<{} at {}; to '{}' at {} ({})>", what, address_text(thread, value),
                                type_name_of(*target), place, *name));
  return to_value(format_text(thread, "<{} at {}; to '{}' at {}>", what, address_text(thread, value),
                              type_name_of(*target), place));
}

Result<Value> reference_repr(Thread& thread, Value self) { return describe(thread, self, "weakref"); }

Value reference_callback(Thread&, Value self) {
  auto* reference = self_of(self);
  return weakref_target(reference) ? reference->callback_.get() : Value::none();
}

Result<Value> reference_class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}

const NativeMethod kReferenceMethods[] = {
    method<reference_class_getitem>("__class_getitem__($type, item, /)", "See PEP 585")};
const NativeAttribute kReferenceAttributes[] = {attribute<reference_callback>("=__callback__")};

// --- proxies: every operation is done on the referent

Result<Value> unwrap(Thread& thread, Value value) {
  if (!has_kind(value, Kind::WeakProxy) && !has_kind(value, Kind::CallableProxy)) return value;
  Optional<Value> target = weakref_target(self_of(value));
  if (!target) return thread.raise<ReferenceError>("weakly-referenced object no longer exists");
  return *target;
}

template <auto Operation>
Result<Value> proxy_unary(Thread& thread, Value self) {
  return Operation(thread, TRY(unwrap(thread, self)));
}
template <BinaryOperator Operator>
Result<Value> proxy_binary(Thread& thread, Value left, Value right) {
  Value a = TRY(unwrap(thread, left)), b = TRY(unwrap(thread, right));
  return binary_operation(thread, Operator, a, b);
}
template <BinaryOperator Operator>
Result<Value> proxy_inplace(Thread& thread, Value left, Value right) {
  Value a = TRY(unwrap(thread, left)), b = TRY(unwrap(thread, right));
  return inplace_operation(thread, Operator, a, b);
}

Result<Value> proxy_repr(Thread& thread, Value value) {
  Optional<Value> target = weakref_target(self_of(value));
  Value shown = target.value_or(Value::none());
  return to_value(format_text(thread, "<weakproxy at {} to {} at {}>", address_text(thread, value), type_name_of(shown),
                              address_text(thread, shown)));
}
Result<Value> proxy_str(Thread& thread, Value self) { return to_value(TRY(str(thread, TRY(unwrap(thread, self))))); }
Result<Value> proxy_compare(Thread& thread, Value left, Value right, Comparison op) {
  Value a = TRY(unwrap(thread, left)), b = TRY(unwrap(thread, right));
  return compare(thread, a, b, op);
}
Result<Value> proxy_call(Thread& thread, Value self, const Arguments& arguments) {
  return call(thread, TRY(unwrap(thread, self)), arguments);
}
Result<Value> proxy_get_attribute(Thread& thread, Value self, Str* name) {
  return get_attribute(thread, TRY(unwrap(thread, self)), name);
}
Result<void> proxy_set_attribute(Thread& thread, Value self, Str* name, Value value) {
  return set_attribute(thread, TRY(unwrap(thread, self)), name, value);
}
Result<Value> proxy_iter(Thread& thread, Value self) { return iterate(thread, TRY(unwrap(thread, self))); }
Result<Optional<Value>> proxy_next(Thread& thread, Value self) {
  Value target = TRY(unwrap(thread, self));
  if (type_of(thread, target)->slots().next == nullptr)
    return thread.raise<TypeError>("Weakref proxy referenced a non-iterator '{}' object", type_name_of(target));
  return next(thread, target);
}
Result<int64_t> proxy_length(Thread& thread, Value self) { return length(thread, TRY(unwrap(thread, self))); }
Result<Value> proxy_get_item(Thread& thread, Value self, Value index) {
  Value target = TRY(unwrap(thread, self));
  return get_item(thread, target, TRY(unwrap(thread, index)));
}
Result<void> proxy_set_item(Thread& thread, Value self, Value index, Value value) {
  Value target = TRY(unwrap(thread, self));
  if (value.is_absent()) return delete_item(thread, target, index);
  return set_item(thread, target, index, value);
}
Result<bool> proxy_contains(Thread& thread, Value self, Value item) {
  return contains(thread, TRY(unwrap(thread, self)), item);
}
Result<bool> proxy_truth(Thread& thread, Value self) { return is_true(thread, TRY(unwrap(thread, self))); }

Result<Value> convert(Thread& thread, Value value, Kind kind) {
  return call(thread, to_value(thread.runtime().type(kind)), value);
}
Result<Value> to_int_value(Thread& thread, Value value) { return convert(thread, value, Kind::Int); }
Result<Value> to_float_value(Thread& thread, Value value) { return convert(thread, value, Kind::Float); }

Result<Value> proxy_divmod(Thread& thread, Value left, Value right) {
  Value a = TRY(unwrap(thread, left)), b = TRY(unwrap(thread, right));
  return divmod(thread, a, b);
}
Result<Value> proxy_power(Thread& thread, Value base, Value exponent, Value modulus) {
  Value a = TRY(unwrap(thread, base)), b = TRY(unwrap(thread, exponent));
  if (!modulus.is_absent()) modulus = TRY(unwrap(thread, modulus));
  return power(thread, a, b, modulus);
}

Result<Value> proxy_bytes(Thread& thread, Value self) {
  return call_method(thread, TRY(unwrap(thread, self)), thread.names().__bytes__);
}
Result<Value> proxy_reversed(Thread& thread, Value self) {
  return call_method(thread, TRY(unwrap(thread, self)), thread.names().__reversed__);
}
const NativeMethod kProxyMethods[] = {
    method<proxy_bytes>("__bytes__($self, /)"),
    method<proxy_reversed>("__reversed__($self, /)"),
};

constexpr TypeSlots make_proxy_slots(bool callable) {
  using enum BinaryOperator;
  TypeSlots slots;
  slots.repr = &proxy_repr, slots.str = &proxy_str, slots.compare = &proxy_compare;
  if (callable) slots.call = &proxy_call;
  slots.get_attribute = &proxy_get_attribute, slots.set_attribute = &proxy_set_attribute;
  slots.iter = &proxy_iter, slots.next = &proxy_next;
  slots.length = &proxy_length, slots.get_item = &proxy_get_item, slots.set_item = &proxy_set_item;
  slots.contains = &proxy_contains, slots.truth = &proxy_truth;
  slots.to_int = &proxy_unary<&to_int_value>, slots.to_float = &proxy_unary<&to_float_value>;
  slots.to_index = &proxy_unary<&to_index>;
  slots.negative = &proxy_unary<&negative>, slots.positive = &proxy_unary<&positive>;
  slots.absolute = &proxy_unary<&absolute>, slots.invert = &proxy_unary<&invert>;
  slots.add = &proxy_binary<Add>, slots.subtract = &proxy_binary<Subtract>, slots.multiply = &proxy_binary<Multiply>;
  slots.matrix_multiply = &proxy_binary<MatrixMultiply>, slots.true_divide = &proxy_binary<TrueDivide>;
  slots.floor_divide = &proxy_binary<FloorDivide>, slots.modulo = &proxy_binary<Modulo>, slots.divmod = &proxy_divmod;
  slots.left_shift = &proxy_binary<LeftShift>, slots.right_shift = &proxy_binary<RightShift>;
  slots.and_ = &proxy_binary<And>, slots.or_ = &proxy_binary<Or>, slots.xor_ = &proxy_binary<Xor>;
  slots.power = &proxy_power;
  slots.inplace_add = &proxy_inplace<Add>, slots.inplace_subtract = &proxy_inplace<Subtract>;
  slots.inplace_multiply = &proxy_inplace<Multiply>, slots.inplace_matrix_multiply = &proxy_inplace<MatrixMultiply>;
  slots.inplace_true_divide = &proxy_inplace<TrueDivide>, slots.inplace_floor_divide = &proxy_inplace<FloorDivide>;
  slots.inplace_modulo = &proxy_inplace<Modulo>, slots.inplace_left_shift = &proxy_inplace<LeftShift>;
  slots.inplace_right_shift = &proxy_inplace<RightShift>, slots.inplace_and = &proxy_inplace<And>;
  slots.inplace_or = &proxy_inplace<Or>, slots.inplace_xor = &proxy_inplace<Xor>,
  slots.inplace_power = &proxy_inplace<Power>;
  slots.is_mapping = true;
  return slots;
}

}  // namespace

Result<Value> make_weak_proxy(Thread& thread, Value object, Value callback) {
  TRY(check_referent(thread, object));
  Kind kind = is_callable(thread, object) ? Kind::CallableProxy : Kind::WeakProxy;
  if (callback.is_none()) {
    // One proxy without callback is shared.
    for (Value at = thread.heap().weakref_head(object.as_object()) == nullptr
                        ? Value::none()
                        : to_value(thread.heap().weakref_head(object.as_object()));
         !at.is_none(); at = self_of(at)->next_.get())
      if (has_kind(at, kind) && self_of(at)->callback_.get().is_none()) return at;
  }
  auto* proxy = make_instance<WeakRef>(thread, thread.runtime().type(kind));
  proxy->referent_.initialize(object);
  proxy->callback_.initialize(callback);
  proxy->next_.initialize(Value::none());
  proxy->hash_ = -1;
  link_weakref(thread, proxy);
  return to_value(proxy);
}

const TypeSpec kWeakRefType = {
    .name = "weakref.ReferenceType",
    .kind = Kind::WeakRef,
    .flags = kTypeBase,
    .layout = [] { return layout_of<WeakRef>("weakref.ReferenceType"); },
    .slots = {.repr = &reference_repr,
              .hash = &reference_hash,
              .compare = &reference_compare,
              .call = &reference_call,
              .new_ = &reference_new,
              .init = &reference_init},
    .methods = kReferenceMethods,
    .attributes = kReferenceAttributes,
};

const TypeSpec kWeakProxyType = {
    .name = "weakref.ProxyType",
    .kind = Kind::WeakProxy,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<WeakRef>("weakref.ProxyType"); },
    .slots = make_proxy_slots(false),
    .methods = kProxyMethods,
};

const TypeSpec kCallableProxyType = {
    .name = "weakref.CallableProxyType",
    .kind = Kind::CallableProxy,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<WeakRef>("weakref.CallableProxyType"); },
    .slots = make_proxy_slots(true),
    .methods = kProxyMethods,
};

}  // namespace viperine
