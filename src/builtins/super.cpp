// SPDX-License-Identifier: MIT
// super: attribute lookup that starts behind a class in the MRO. super() without arguments reads the running frame: its
// first parameter and the __class__ cell.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

/// The type whose MRO counts: the object itself when it is a subclass of `type`, else its class.
Result<Type*> super_check(Thread& thread, Type* type, Value object) {
  if (has_kind(object, Kind::Type) && cast<Type>(object)->is_subtype_of(type)) return cast<Type>(object);
  if (is_instance(thread, object, type)) return type_of(thread, object);
  Optional<Value> claimed = TRY(find_attribute(thread, object, thread.names().__class__));
  if (claimed && has_kind(*claimed, Kind::Type) && cast<Type>(*claimed)->is_subtype_of(type))
    return cast<Type>(*claimed);
  return thread.raise<TypeError>("super(type, obj): obj must be an instance or subtype of type");
}

Result<void> fill(Thread& thread, Super* self, Value type, Value object) {
  Type* object_type = nullptr;
  if (!object.is_none()) object_type = TRY(super_check(thread, cast<Type>(type), object));
  self->type_.set(self, type);
  self->object_.set(self, object);
  self->object_type_.set(self, object_type == nullptr ? Value() : to_value(object_type));
  return {};
}

/// The content of the cell `name` that the running function closes over.
Result<Value> class_of_running_function(Thread& thread, Function* function) {
  Tuple* free_names = function->code()->free_names_.get();
  for (int64_t i = 0; free_names != nullptr && i < free_names->length(); ++i) {
    if (!(free_names->at(i) == to_value(thread.names().__class__))) continue;
    Value cell = function->closure_->at(i);
    Value value = cast<Cell>(cell)->value_.get();
    if (value.is_unbound()) return thread.raise<RuntimeError>("super(): empty __class__ cell");
    if (!has_kind(value, Kind::Type))
      return thread.raise<RuntimeError>("super(): __class__ is not a type ({})", type_name_of(value));
    return value;
  }
  return thread.raise<RuntimeError>("super(): __class__ cell not found");
}

Result<Value> first_argument(Thread& thread, Value* base, Code* code) {
  // Bodies of modules and classes have a register for their namespace, but no parameter.
  constexpr uint32_t kOptimized = 1;
  if (code->positional_count_ == 0 || (code->flags_ & kOptimized) == 0)
    return thread.raise<RuntimeError>("super(): no arguments");
  Value value = base[0];
  Tuple* cells = code->cell_names_.get();
  for (int64_t i = 0; cells != nullptr && i < cells->length(); ++i)
    if (cells->at(i) == code->variable_names_->at(0) && is<Cell>(value)) return cast<Cell>(value)->value_.get();
  return value;
}

Result<void> super_init(Thread& thread, Value self_value, const Arguments& arguments) {
  auto* self = cast<Super>(self_value);
  TRY(refuse_keywords(thread, "super", arguments));
  if (arguments.count > 2)
    return thread.raise<TypeError>("super() expected at most 2 arguments, got {}", arguments.count);
  if (arguments.count > 0) {
    if (!has_kind(arguments[0], Kind::Type))
      return thread.raise<TypeError>("super() argument 1 must be a type, not {}", type_name_of(arguments[0]));
    return fill(thread, self, arguments[0], arguments.count == 2 ? arguments[1] : Value::none());
  }
  Value* base = thread.frame();
  if (base == nullptr) return thread.raise<RuntimeError>("super(): no current frame");
  Function* function = function_of(base);
  Value object = TRY(first_argument(thread, base, function->code()));
  if (object.is_unbound()) return thread.raise<RuntimeError>("super(): arg[0] deleted");
  Value type = TRY(class_of_running_function(thread, function));
  return fill(thread, self, type, object);
}

Result<Value> super_new(Thread& thread, Type* type, const Arguments&) {
  auto* self = make_instance<Super>(thread, type);
  self->object_.initialize(Value::none());
  return to_value(self);
}

Result<Value> super_get_attribute(Thread& thread, Value self_value, Str* name) {
  auto* self = cast<Super>(self_value);
  Value object_type = self->object_type_.get();
  if (!object_type.is_pointer() || name == thread.names().__class__)
    return generic_get_attribute(thread, self_value, name);
  Tuple* order = cast<Type>(object_type)->mro();
  if (order == nullptr) return generic_get_attribute(thread, self_value, name);
  int64_t at = 0;
  while (at < order->length() && !(order->at(at) == self->type_.get())) ++at;
  for (++at; at < order->length(); ++at) {
    if (!has_kind(order->at(at), Kind::Type)) continue;
    Optional<Value> entry = cast<Type>(order->at(at))->dict()->get_str(name);
    if (!entry) continue;
    Value object = self->object_.get() == object_type ? Value::absent() : self->object_.get();
    return bind_attribute(thread, open_class_cell(*entry), object, cast<Type>(object_type));
  }
  return generic_get_attribute(thread, self_value, name);
}

Result<Value> super_descriptor_get(Thread& thread, Value self_value, Value object, Value) {
  auto* self = cast<Super>(self_value);
  if (object.is_absent() || object.is_none() || !self->object_.get().is_none()) return self_value;
  if (self->shape_word() != exact_shape_word(Kind::Super))
    return call(thread, to_value(type_of(thread, self_value)), self->type_.get(), object);
  auto* bound = make_exact<Super>(thread, Kind::Super);
  bound->object_.initialize(Value::none());
  TRY(fill(thread, bound, self->type_.get(), object));
  return to_value(bound);
}

Result<Value> super_repr(Thread& thread, Value self_value) {
  auto* self = cast<Super>(self_value);
  Type* type = try_cast<Type>(self->type_.get());
  std::string_view none = "NULL";
  if (self->object_type_.get().is_pointer())
    return to_value(format_text(thread, "<super: <class '{}'>, <{} object>>", type->name(),
                                cast<Type>(self->object_type_.get())->name()));
  if (type == nullptr) return to_value(format_text(thread, "<super: <class '{}'>, NULL>", none));
  return to_value(format_text(thread, "<super: <class '{}'>, NULL>", type->name()));
}

Value none_if_unset(Value value) { return value.is_pointer() ? value : Value::none(); }
Value super_this_class(Thread&, Super* self) { return none_if_unset(self->type_.get()); }
Value super_self(Thread&, Super* self) { return self->object_.get(); }
Value super_self_class(Thread&, Super* self) { return none_if_unset(self->object_type_.get()); }

const NativeAttribute kAttributes[] = {
    attribute<super_this_class>("=__thisclass__", "the class invoking super()"),
    attribute<super_self>("=__self__", "the instance invoking super(); may be None"),
    attribute<super_self_class>("=__self_class__", "the type of the instance invoking super(); may be None"),
};

}  // namespace

const TypeSpec kSuperType = {
    .name = "super",
    .kind = Kind::Super,
    .flags = kTypeBase,
    .layout = [] { return layout_of<Super>("super"); },
    .slots = {.repr = &super_repr,
              .new_ = &super_new,
              .init = &super_init,
              .get_attribute = &super_get_attribute,
              .descriptor_get = &super_descriptor_get},
    .attributes = kAttributes,
    .doc = "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n"
           "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
           "super(type, type2) -> bound super object; requires issubclass(type2, type)",
};

}  // namespace viperine
