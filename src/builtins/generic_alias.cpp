// SPDX-License-Identifier: MIT
// types.GenericAlias: list[int] and the like. Parameters are replaced in generic_parameters.cpp.
#include "builtins/generic_alias.h"

#include "builtins/builtin_types.h"
#include "builtins/union.h"
#include "runtime/operators.h"

namespace viperine {

Result<Value> make_generic_alias(Thread& thread, Value origin, Value args) {
  auto* alias = make_instance<GenericAlias>(thread, thread.runtime().type(Kind::GenericAlias));
  alias->origin_.set(alias, origin);
  alias->args_.set(alias, is<Tuple>(args) ? cast<Tuple>(args) : Tuple::of(thread.heap(), args));
  return to_value(alias);
}

namespace {

GenericAlias* self_of(Value value) { return cast<GenericAlias>(value); }

Result<Value> alias_new(Thread& thread, Type* type, const Arguments& arguments) {
  TRY(refuse_keywords(thread, "GenericAlias", arguments));
  if (arguments.count != 2)
    return thread.raise<TypeError>("GenericAlias expected 2 arguments, got {}", arguments.count);
  auto* alias = make_instance<GenericAlias>(thread, type);
  alias->origin_.set(alias, arguments[0]);
  alias->args_.set(alias, is<Tuple>(arguments[1]) ? cast<Tuple>(arguments[1]) : Tuple::of(thread.heap(), arguments[1]));
  return to_value(alias);
}

Result<Value> alias_repr(Thread& thread, Value value) {
  auto* self = self_of(value);
  StringBuilder text(thread);
  if (self->starred_) text.append("*");
  TRY(append_type_text(thread, text, self->origin_.get()));
  text.append("[");
  Tuple* args = self->args_.get();
  for (int64_t i = 0; i < args->length(); ++i) {
    if (i > 0) text.append(", ");
    TRY(append_type_text(thread, text, args->at(i)));
  }
  if (args->length() == 0) text.append("()");
  text.append("]");
  return to_value(TRY(text.finish()));
}

Result<int64_t> alias_hash(Thread& thread, Value value) {
  auto* self = self_of(value);
  int64_t result = TRY(hash(thread, self->origin_.get())) ^ TRY(hash(thread, to_value(self->args_.get())));
  return result == -1 ? -2 : result;
}

Result<Value> alias_compare(Thread& thread, Value left, Value right, Comparison op) {
  if ((op != Comparison::Equal && op != Comparison::NotEqual) || !is<GenericAlias>(right))
    return Value::not_implemented();
  auto* a = self_of(left);
  auto* b = self_of(right);
  bool equal = a->starred_ == b->starred_ && TRY(equals(thread, a->origin_.get(), b->origin_.get())) &&
               TRY(equals(thread, to_value(a->args_.get()), to_value(b->args_.get())));
  return Value::from_bool(equal == (op == Comparison::Equal));
}

Result<Value> alias_call(Thread& thread, Value value, const Arguments& arguments) {
  Value object = TRY(call(thread, self_of(value)->origin_.get(), arguments));
  auto marked = set_attribute(thread, object, intern(thread, "__orig_class__"), value);
  if (marked.is_raised()) {
    if (!thread.pending_is<AttributeError>() && !thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
  }
  return object;
}

constexpr std::string_view kOwnAttributes[] = {"__class__",
                                               "__bases__",
                                               "__origin__",
                                               "__args__",
                                               "__unpacked__",
                                               "__parameters__",
                                               "__typing_unpacked_tuple_args__",
                                               "__mro_entries__",
                                               "__reduce_ex__",
                                               "__reduce__",
                                               "__copy__",
                                               "__deepcopy__"};

Result<Value> alias_get_attribute(Thread& thread, Value value, Str* name) {
  for (std::string_view own : kOwnAttributes)
    if (own != "__bases__" && name->equals(own)) return generic_get_attribute(thread, value, name);
  return get_attribute(thread, self_of(value)->origin_.get(), name);
}

Result<Tuple*> ensure_parameters(Thread& thread, GenericAlias* self) {
  if (self->parameters_.is_null()) self->parameters_.set(self, TRY(collect_parameters(thread, self->args_.get())));
  return self->parameters_.get();
}

Result<Value> alias_get_item(Thread& thread, Value value, Value item) {
  auto* self = self_of(value);
  Tuple* parameters = TRY(ensure_parameters(thread, self));
  Tuple* args = TRY(substitute_parameters(thread, value, self->args_.get(), parameters, item));
  Value result = TRY(make_generic_alias(thread, self->origin_.get(), to_value(args)));
  self_of(result)->starred_ = self->starred_;
  return result;
}

Result<Value> alias_iter(Thread& thread, Value value) {
  auto* iterator = make_instance<CombinedIterator>(thread, thread.runtime().type(Kind::GenericAliasIterator));
  iterator->first_.set(iterator, value);
  return to_value(iterator);
}

Result<Optional<Value>> alias_iterator_next(Thread& thread, Value value) {
  auto* iterator = static_cast<CombinedIterator*>(value.as_object());
  Value alias = iterator->first_.get();
  if (!alias.is_pointer()) return Optional<Value>();
  iterator->first_.set(iterator, Value());
  Value starred = TRY(make_generic_alias(thread, self_of(alias)->origin_.get(), to_value(self_of(alias)->args_.get())));
  self_of(starred)->starred_ = 1;
  return Optional<Value>(starred);
}
Result<Value> alias_iterator_iter(Thread&, Value self) { return self; }
Result<Value> alias_iterator_reduce(Thread& thread, Value self) {
  Value iter = *thread.runtime().builtins_dict()->get_str(intern(thread, "iter"));
  Value alias = static_cast<CombinedIterator*>(self.as_object())->first_.get();
  Value inner = alias.is_pointer() ? alias : to_value(thread.runtime().empty_tuple());
  return make_pair(thread, iter, to_value(Tuple::of(thread.heap(), inner)));
}

// --- methods and attributes

Result<Value> alias_mro_entries(Thread& thread, GenericAlias* self, Value) {
  return to_value(Tuple::of(thread.heap(), self->origin_.get()));
}
Result<Value> alias_instance_check(Thread& thread, Value, Value) {
  return thread.raise<TypeError>("isinstance() argument 2 cannot be a parameterized generic");
}
Result<Value> alias_subclass_check(Thread& thread, Value, Value) {
  return thread.raise<TypeError>("issubclass() argument 2 cannot be a parameterized generic");
}
Result<Value> alias_reduce(Thread& thread, GenericAlias* self) {
  Value origin = self->origin_.get(), args = to_value(self->args_.get());
  if (self->starred_) {
    Value plain = TRY(make_generic_alias(thread, origin, args));
    Value iterator = TRY(alias_iter(thread, plain));
    Value next_function = *thread.runtime().builtins_dict()->get_str(intern(thread, "next"));
    return make_pair(thread, next_function, to_value(Tuple::of(thread.heap(), iterator)));
  }
  return make_pair(thread, to_value(type_of(thread, to_value(self))), make_pair(thread, origin, args));
}
Result<Value> alias_dir(Thread& thread, GenericAlias* self) {
  Optional<Value> dir = thread.runtime().builtins_dict()->get_str(intern(thread, "dir"));
  if (!dir) return to_value(List::make(thread.heap()));
  Value names = TRY(call(thread, *dir, self->origin_.get()));
  if (!is<List>(names)) return names;
  for (std::string_view own : kOwnAttributes) {
    if (own == "__class__" || own == "__bases__") continue;
    Value name = to_value(intern(thread, own));
    if (!TRY(contains(thread, names, name))) TRY(list_append_value(thread, cast<List>(names), name));
  }
  return names;
}

Value alias_origin(Thread&, GenericAlias* self) { return self->origin_.get(); }
Value alias_args(Thread&, GenericAlias* self) { return to_value(self->args_.get()); }
Value alias_unpacked(Thread&, GenericAlias* self) { return Value::from_bool(self->starred_ != 0); }
Result<Value> alias_parameters(Thread& thread, GenericAlias* self) {
  return to_value(TRY(ensure_parameters(thread, self)));
}
Value alias_unpacked_args(Thread& thread, GenericAlias* self) {
  bool is_tuple = self->origin_.get() == to_value(thread.runtime().type(Kind::Tuple));
  return self->starred_ && is_tuple ? to_value(self->args_.get()) : Value::none();
}

const NativeMethod kMethods[] = {
    method<alias_mro_entries>("__mro_entries__($self, bases, /)"),
    method<alias_instance_check>("__instancecheck__($self, instance, /)"),
    method<alias_subclass_check>("__subclasscheck__($self, subclass, /)"),
    method<alias_reduce>("__reduce__($self, /)"),
    method<alias_dir>("__dir__($self, /)"),
};
const NativeAttribute kAttributes[] = {
    attribute<alias_origin>("=__origin__"),
    attribute<alias_args>("=__args__"),
    attribute<alias_unpacked>("=__unpacked__"),
    attribute<alias_parameters>("__parameters__", "Type variables in the GenericAlias."),
    attribute<alias_unpacked_args>("__typing_unpacked_tuple_args__"),
};
const NativeMethod kIteratorMethods[] = {method<alias_iterator_reduce>("__reduce__($self, /)")};

}  // namespace

const TypeSpec kGenericAliasType = {
    .name = "types.GenericAlias",
    .kind = Kind::GenericAlias,
    .flags = kTypeBase | kTypeHasWeakrefs,
    .layout = [] { return layout_of<GenericAlias>("types.GenericAlias"); },
    .slots = {.repr = &alias_repr,
              .hash = &alias_hash,
              .compare = &alias_compare,
              .call = &alias_call,
              .new_ = &alias_new,
              .get_attribute = &alias_get_attribute,
              .iter = &alias_iter,
              .get_item = &alias_get_item,
              .or_ = &union_or,
              .is_mapping = true},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
};

const TypeSpec kGenericAliasIteratorType = {
    .name = "generic_alias_iterator",
    .kind = Kind::GenericAliasIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<CombinedIterator>("generic_alias_iterator"); },
    .slots = {.iter = &alias_iterator_iter, .next = &alias_iterator_next},
    .methods = kIteratorMethods,
};

}  // namespace viperine
