// SPDX-License-Identifier: MIT
// method: a callable bound to its first argument.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Result<Value> method_repr(Thread& thread, Value self) {
  auto* method = cast<BoundMethod>(self);
  Value function = method->function_.get();
  Optional<Value> name = TRY(find_attribute(thread, function, thread.names().__qualname__));
  if (!name) name = TRY(find_attribute(thread, function, thread.names().__name__));
  Str* text = name ? try_str(thread, *name) : nullptr;
  Str* receiver = TRY(repr(thread, method->self_.get()));
  if (text == nullptr) return to_value(format_text(thread, "<bound method ? of {}>", receiver));
  return to_value(format_text(thread, "<bound method {} of {}>", text, receiver));
}

Result<Value> method_call(Thread& thread, Value self, const Arguments& arguments) {
  return call(thread, self, arguments);
}

Result<Value> method_compare(Thread& thread, Value self, Value other, Comparison op) {
  if ((op != Comparison::Equal && op != Comparison::NotEqual) || !is<BoundMethod>(other))
    return Value::not_implemented();
  auto* a = cast<BoundMethod>(self);
  auto* b = cast<BoundMethod>(other);
  bool equal =
      TRY(equals(thread, a->function_.get(), b->function_.get())) && same_object(a->self_.get(), b->self_.get());
  return Value::from_bool(equal == (op == Comparison::Equal));
}

Result<int64_t> method_hash(Thread& thread, Value self) {
  auto* method = cast<BoundMethod>(self);
  Value receiver = method->self_.get();
  int64_t number = receiver.is_pointer() ? static_cast<int64_t>(thread.heap().identity(receiver.as_object()))
                                         : static_cast<int64_t>(receiver.bits() >> 2);
  int64_t result = number * 1000003 ^ TRY(hash(thread, method->function_.get()));
  return result == -1 ? -2 : result;
}

/// What a method does not have, its function may have.
Result<Value> method_get_attribute(Thread& thread, Value self, Str* name) {
  Type* type = type_of(thread, self);
  Optional<Value> attribute = lookup_in_type(thread, type, name);
  if (attribute) return bind_attribute(thread, *attribute, self, type);
  return get_attribute(thread, cast<BoundMethod>(self)->function_.get(), name);
}

Result<Value> method_new(Thread& thread, Type*, const Arguments& arguments) {
  TRY(refuse_keywords(thread, "method", arguments));
  if (arguments.count != 2) return thread.raise<TypeError>("method expected 2 arguments, got {}", arguments.count);
  if (!is_callable(thread, arguments[0])) return thread.raise<TypeError>("first argument must be callable");
  if (arguments[1].is_none()) return thread.raise<TypeError>("self must not be None");
  return to_value(BoundMethod::make(thread.heap(), arguments[0], arguments[1]));
}

Value method_function(Thread&, BoundMethod* self) { return self->function_.get(); }
Value method_self(Thread&, BoundMethod* self) { return self->self_.get(); }
Result<Value> method_doc(Thread& thread, BoundMethod* self) {
  return get_attribute(thread, self->function_.get(), thread.names().__doc__);
}
Result<Value> method_reduce(Thread& thread, BoundMethod* self) {
  Value name = TRY(get_attribute(thread, self->function_.get(), thread.names().__name__));
  Optional<Value> getattr = thread.runtime().builtins_dict()->get_str(intern(thread, "getattr"));
  return make_pair(thread, getattr.value_or(Value::none()), make_pair(thread, self->self_.get(), name));
}

const NativeMethod kMethods[] = {method<method_reduce>("__reduce__($self, /)")};
const NativeAttribute kAttributes[] = {
    attribute<method_function>("=__func__", "the function (or other callable) implementing a method"),
    attribute<method_self>("=__self__", "the instance to which a method is bound"),
    attribute<method_doc>("__doc__"),
};

}  // namespace

const TypeSpec kBoundMethodType = {
    .name = "method",
    .kind = Kind::BoundMethod,
    .flags = kTypeHasWeakrefs,
    .layout = [] { return layout_of<BoundMethod>("method"); },
    .slots = {.repr = &method_repr,
              .hash = &method_hash,
              .compare = &method_compare,
              .call = &method_call,
              .new_ = &method_new,
              .get_attribute = &method_get_attribute},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Create a bound instance method object.",
    .text_signature = "(function, instance, /)",
};

}  // namespace viperine
