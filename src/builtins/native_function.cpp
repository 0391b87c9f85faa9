// SPDX-License-Identifier: MIT
// builtin_function_or_method: functions of native modules, bound methods of built-in types, and `__new__` of built-in
// types.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

/// The object that the method is bound to, or the module; absent when there is none.
Optional<Value> receiver_of(NativeFunction* self) {
  return self->self_.get().is_int() && self->self_.get().as_int() == 0 &&
                 (self->method_->flags & (kNativeSelf | kNativeClass)) == 0
             ? Optional<Value>()
             : Optional<Value>(self->self_.get());
}

bool is_bound_method(NativeFunction* self) { return (self->method_->flags & (kNativeSelf | kNativeClass)) != 0; }

Result<Value> function_repr(Thread& thread, Value value) {
  auto* self = cast<NativeFunction>(value);
  if (!is_bound_method(self)) return to_value(format_text(thread, "<built-in function {}>", self->method_->name()));
  return to_value(format_text(thread, "<built-in method {} of {} object at {}>", self->method_->name(),
                              type_name_of(self->self_.get()), address_text(thread, self->self_.get())));
}

Result<Value> function_call(Thread& thread, Value self, const Arguments& arguments) {
  return call(thread, self, arguments);
}

Result<Value> function_compare(Thread&, Value self, Value other, Comparison op) {
  if ((op != Comparison::Equal && op != Comparison::NotEqual) || !is<NativeFunction>(other))
    return Value::not_implemented();
  auto* a = cast<NativeFunction>(self);
  auto* b = cast<NativeFunction>(other);
  bool equal = a->method_ == b->method_ && same_object(a->self_.get(), b->self_.get());
  return Value::from_bool(equal == (op == Comparison::Equal));
}

Result<int64_t> function_hash(Thread& thread, Value value) {
  auto* self = cast<NativeFunction>(value);
  Value receiver = self->self_.get();
  int64_t number = receiver.is_pointer() ? static_cast<int64_t>(thread.heap().identity(receiver.as_object()))
                                         : static_cast<int64_t>(receiver.bits() >> 2);
  return number * 1000003 ^ static_cast<int64_t>(reinterpret_cast<uintptr_t>(self->method_) >> 4);
}

Value function_name(Thread& thread, NativeFunction* self) { return to_value(intern(thread, self->method_->name())); }

Result<Value> function_qualname(Thread& thread, NativeFunction* self) {
  Optional<Value> receiver = receiver_of(self);
  if (!receiver || has_kind(*receiver, Kind::Module)) return function_name(thread, self);
  Value owner = has_kind(*receiver, Kind::Type) ? *receiver : to_value(type_of(thread, *receiver));
  Str* owner_name = cast<Type>(owner)->qualified_name_.get();
  return to_value(format_text(thread, "{}.{}", owner_name, self->method_->name()));
}

Value function_module(Thread&, NativeFunction* self) {
  return self->module_.get().is_pointer() ? self->module_.get() : Value::none();
}
Result<void> set_function_module(Thread&, NativeFunction* self, Value value) {
  self->module_.set(self, value.is_absent() ? Value::none() : value);
  return {};
}
Value function_doc(Thread& thread, NativeFunction* self) {
  return self->method_->doc == nullptr ? Value::none() : to_value(make_str(thread, self->method_->doc));
}
Value function_self(Thread&, NativeFunction* self) { return receiver_of(self).value_or(Value::none()); }
/// A function of a module shows $module first, as CPython's do.
Value function_signature(Thread& thread, NativeFunction* self) {
  Str* text = signature_text(thread, *self->method_);
  if (is_bound_method(self) || (self->method_->flags & (kNativeModule | kNativeStatic)) != 0) return to_value(text);
  Optional<Value> receiver = receiver_of(self);
  if (receiver && !has_kind(*receiver, Kind::Module)) return to_value(text);
  auto rest = substring(thread, text, 1, text->length());
  if (rest.is_raised()) return to_value(text);
  bool is_empty = text->length() == 2;
  bool has_positional_only = self->method_->positional_only > 0;
  return to_value(
      format_text(thread, "($module{}{}", is_empty || has_positional_only ? "" : ", /",
                  is_empty ? to_value(make_str(thread, ", /)")) : to_value(format_text(thread, ", {}", rest.take()))));
}

Result<Value> function_reduce(Thread& thread, NativeFunction* self) {
  Optional<Value> receiver = receiver_of(self);
  if (!receiver || has_kind(*receiver, Kind::Module)) return function_name(thread, self);
  Optional<Value> getattr = thread.runtime().builtins_dict()->get_str(intern(thread, "getattr"));
  return make_pair(thread, getattr.value_or(Value::none()), make_pair(thread, *receiver, function_name(thread, self)));
}

const NativeMethod kMethods[] = {method<function_reduce>("__reduce__($self, /)")};
const NativeAttribute kAttributes[] = {
    attribute<function_name>("__name__"),
    attribute<function_qualname>("__qualname__"),
    attribute<function_module, set_function_module>("=__module__"),
    attribute<function_doc>("__doc__"),
    attribute<function_self>("__self__"),
    attribute<function_signature>("__text_signature__"),
};

}  // namespace

const TypeSpec kNativeFunctionType = {
    .name = "builtin_function_or_method",
    .kind = Kind::NativeFunction,
    .flags = kTypeHasWeakrefs | kTypeDisallowInstantiation,
    .layout = [] { return layout_of<NativeFunction>("builtin_function_or_method"); },
    .slots = {.repr = &function_repr, .hash = &function_hash, .compare = &function_compare, .call = &function_call},
    .methods = kMethods,
    .attributes = kAttributes,
};

}  // namespace viperine
