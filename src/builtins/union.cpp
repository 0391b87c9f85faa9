// SPDX-License-Identifier: MIT
// types.UnionType: int | str (PEP 604).
#include "builtins/union.h"

#include "builtins/builtin_types.h"
#include "builtins/generic_alias.h"
#include "runtime/operators.h"

namespace viperine {

Tuple* union_arguments(Value value) { return cast<UnionType>(value)->args_.get(); }

namespace {

bool may_be_member(Thread& thread, Value value) {
  if (value.is_none() || has_kind(value, Kind::Type) || is<GenericAlias>(value)) return true;
  return value.is_pointer() && value.as_object()->shape_word() == exact_shape_word(Kind::UnionType);
}

Result<void> add_member(Thread& thread, List* members, Value value) {
  if (is<UnionType>(value)) {
    for (Value member : union_arguments(value)->span()) TRY(add_member(thread, members, member));
    return {};
  }
  if (value.is_none()) value = to_value(thread.runtime().type(Kind::NoneType));
  for (Value known : members->span()) {
    if (known == value) return {};
    if (is<GenericAlias>(known) && is<GenericAlias>(value) && TRY(equals(thread, known, value))) return {};
  }
  return list_append_value(thread, members, value);
}

Result<Value> make_union(Thread& thread, List* members) {
  if (members->length() == 1) return members->at(0);
  auto* result = make_instance<UnionType>(thread, thread.runtime().type(Kind::UnionType));
  result->args_.set(result, list_to_tuple(thread, members));
  return to_value(result);
}

Result<Value> union_repr(Thread& thread, Value self) {
  StringBuilder text(thread);
  Tuple* args = union_arguments(self);
  Value none_type = to_value(thread.runtime().type(Kind::NoneType));
  for (int64_t i = 0; i < args->length(); ++i) {
    if (i > 0) text.append(" | ");
    if (args->at(i) == none_type)
      text.append("None");
    else
      TRY(append_type_text(thread, text, args->at(i)));
  }
  return to_value(TRY(text.finish()));
}

Result<int64_t> union_hash(Thread& thread, Value self) {
  Value set = TRY(call(thread, to_value(thread.runtime().type(Kind::FrozenSet)), to_value(union_arguments(self))));
  return hash(thread, set);
}

Result<Value> union_compare(Thread& thread, Value left, Value right, Comparison op) {
  if ((op != Comparison::Equal && op != Comparison::NotEqual) || !is<UnionType>(right)) return Value::not_implemented();
  Value set_type = to_value(thread.runtime().type(Kind::FrozenSet));
  Value a = TRY(call(thread, set_type, to_value(union_arguments(left))));
  Value b = TRY(call(thread, set_type, to_value(union_arguments(right))));
  return compare(thread, a, b, op);
}

Result<void> refuse_parameterized(Thread& thread, Tuple* args, const char* function) {
  for (Value argument : args->span())
    if (is<GenericAlias>(argument))
      return thread.raise<TypeError>("{}() argument 2 cannot be a parameterized generic", function);
  return {};
}

Result<bool> union_instance_check(Thread& thread, UnionType* self, Value instance) {
  TRY(refuse_parameterized(thread, self->args_.get(), "isinstance"));
  for (Value argument : self->args_->span())
    if (has_kind(argument, Kind::Type) && TRY(is_instance_of(thread, instance, argument))) return true;
  return false;
}

Result<bool> union_subclass_check(Thread& thread, UnionType* self, Value derived) {
  if (!has_kind(derived, Kind::Type)) return thread.raise<TypeError>("issubclass() arg 1 must be a class");
  TRY(refuse_parameterized(thread, self->args_.get(), "issubclass"));
  for (Value argument : self->args_->span())
    if (has_kind(argument, Kind::Type) && TRY(is_subclass_of(thread, derived, argument))) return true;
  return false;
}

Result<Tuple*> ensure_parameters(Thread& thread, UnionType* self) {
  if (self->parameters_.is_null()) self->parameters_.set(self, TRY(collect_parameters(thread, self->args_.get())));
  return self->parameters_.get();
}

Result<Value> union_get_item(Thread& thread, Value value, Value item) {
  auto* self = cast<UnionType>(value);
  Tuple* parameters = TRY(ensure_parameters(thread, self));
  Tuple* args = TRY(substitute_parameters(thread, value, self->args_.get(), parameters, item));
  Value result = args->at(0);
  for (int64_t i = 1; i < args->length(); ++i)
    result = TRY(binary_operation(thread, BinaryOperator::Or, result, args->at(i)));
  return result;
}

Result<Value> union_get_attribute(Thread& thread, Value self, Str* name) {
  if (name == thread.names().__module__) return get_attribute(thread, to_value(type_of(thread, self)), name);
  return generic_get_attribute(thread, self, name);
}

Value union_args(Thread&, UnionType* self) { return to_value(self->args_.get()); }
Result<Value> union_parameters(Thread& thread, UnionType* self) {
  return to_value(TRY(ensure_parameters(thread, self)));
}

const NativeMethod kMethods[] = {
    method<union_instance_check>("__instancecheck__($self, instance, /)"),
    method<union_subclass_check>("__subclasscheck__($self, subclass, /)"),
};
const NativeAttribute kAttributes[] = {
    attribute<union_args>("=__args__"),
    attribute<union_parameters>("__parameters__", "Type variables in the types.UnionType."),
};

}  // namespace

Result<Value> union_or(Thread& thread, Value left, Value right) {
  if (!may_be_member(thread, left) || !may_be_member(thread, right)) return Value::not_implemented();
  List* members = List::make(thread.heap());
  TRY(add_member(thread, members, left));
  TRY(add_member(thread, members, right));
  return make_union(thread, members);
}

const TypeSpec kUnionTypeType = {
    .name = "types.UnionType",
    .kind = Kind::UnionType,
    .flags = kTypeDisallowInstantiation | kTypeHasWeakrefs,
    .layout = [] { return layout_of<UnionType>("types.UnionType"); },
    .slots = {.repr = &union_repr,
              .hash = &union_hash,
              .compare = &union_compare,
              .get_attribute = &union_get_attribute,
              .get_item = &union_get_item,
              .or_ = &union_or,
              .is_mapping = true},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Represent a PEP 604 union type\n\nE.g. for int | str",
};

}  // namespace viperine
