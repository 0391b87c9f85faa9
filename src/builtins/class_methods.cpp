// SPDX-License-Identifier: MIT
// classmethod and staticmethod.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

MethodKind* self_of(Value value) { return static_cast<MethodKind*>(value.as_object()); }

/// Both look like the function they wrap.
Result<void> copy_function_attributes(Thread& thread, Value wrapper, Value function) {
  const Names& names = thread.names();
  for (Str* name : {names.__module__, names.__name__, names.__qualname__, names.__doc__, names.__annotations__}) {
    Optional<Value> value = TRY(find_attribute(thread, function, name));
    if (value) TRY(set_attribute(thread, wrapper, name, *value));
  }
  return {};
}

Result<Value> wrapper_new(Thread& thread, Type* type, const Arguments&) {
  auto* wrapper = make_instance<MethodKind>(thread, type);
  wrapper->callable_.initialize(Value::none());
  return to_value(wrapper);
}

Result<void> initialize(Thread& thread, Value self, const Arguments& arguments, const char* name) {
  TRY(refuse_keywords(thread, name, arguments));
  if (arguments.count != 1) return thread.raise<TypeError>("{} expected 1 argument, got {}", name, arguments.count);
  self_of(self)->callable_.set(self.as_object(), arguments[0]);
  return copy_function_attributes(thread, self, arguments[0]);
}
Result<void> class_method_init(Thread& thread, Value self, const Arguments& arguments) {
  return initialize(thread, self, arguments, "classmethod");
}
Result<void> static_method_init(Thread& thread, Value self, const Arguments& arguments) {
  return initialize(thread, self, arguments, "staticmethod");
}

Result<Value> class_method_get(Thread& thread, Value self, Value object, Value type) {
  if (type.is_absent()) type = to_value(type_of(thread, object));
  Value callable = self_of(self)->callable_.get();
  DescriptorGetSlot get = type_of(thread, callable)->slots().descriptor_get;
  if (get != nullptr) return get(thread, callable, type, type);
  return to_value(BoundMethod::make(thread.heap(), callable, type));
}

Result<Value> static_method_get(Thread&, Value self, Value, Value) { return self_of(self)->callable_.get(); }

Result<Value> static_method_call(Thread& thread, Value self, const Arguments& arguments) {
  return call(thread, self_of(self)->callable_.get(), arguments);
}

Result<Value> show(Thread& thread, const char* name, Value self) {
  Str* inner = TRY(repr(thread, self_of(self)->callable_.get()));
  return to_value(format_text(thread, "<{}({})>", name, inner));
}
Result<Value> class_method_repr(Thread& thread, Value self) { return show(thread, "classmethod", self); }
Result<Value> static_method_repr(Thread& thread, Value self) { return show(thread, "staticmethod", self); }

Value wrapper_function(Thread&, MethodKind* self) { return self->callable_.get(); }
Result<Value> wrapper_is_abstract(Thread& thread, MethodKind* self) {
  Optional<Value> flag = TRY(find_attribute(thread, self->callable_.get(), thread.names().__isabstractmethod__));
  if (!flag) return Value::false_();
  return Value::from_bool(TRY(is_true(thread, *flag)));
}
Result<Value> wrapper_dict(Thread& thread, Value self) {
  return to_value(TRY(instance_dict(thread, self.as_object())));
}
Result<void> set_wrapper_dict(Thread& thread, Value self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("cannot delete __dict__");
  if (!is<Dict>(value))
    return thread.raise<TypeError>("__dict__ must be set to a dictionary, not a '{}'", type_name_of(value));
  return replace_instance_dict(thread, self.as_object(), cast<Dict>(value));
}

const NativeAttribute kAttributes[] = {
    attribute<wrapper_function>("=__func__"),
    attribute<wrapper_function>("=__wrapped__"),
    attribute<wrapper_is_abstract>("__isabstractmethod__"),
    attribute<wrapper_dict, set_wrapper_dict>("__dict__"),
};

}  // namespace

const TypeSpec kClassMethodType = {
    .name = "classmethod",
    .kind = Kind::ClassMethod,
    .flags = kTypeBase | kTypeHasDict,
    .layout = [] { return layout_of<MethodKind>("classmethod"); },
    .slots = {.repr = &class_method_repr,
              .new_ = &wrapper_new,
              .init = &class_method_init,
              .descriptor_get = &class_method_get},
    .attributes = kAttributes,
    .doc = "classmethod(function) -> method\n\nThe method receives the class as its first argument.",
};

const TypeSpec kStaticMethodType = {
    .name = "staticmethod",
    .kind = Kind::StaticMethod,
    .flags = kTypeBase | kTypeHasDict,
    .layout = [] { return layout_of<MethodKind>("staticmethod"); },
    .slots = {.repr = &static_method_repr,
              .call = &static_method_call,
              .new_ = &wrapper_new,
              .init = &static_method_init,
              .descriptor_get = &static_method_get},
    .attributes = kAttributes,
    .doc = "staticmethod(function) -> method\n\nThe method receives neither the instance nor the class.",
};

}  // namespace viperine
