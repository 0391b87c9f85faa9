// SPDX-License-Identifier: MIT
// The module _contextvars: Context, ContextVar, Token (PEP 567). A context is a dict that is copied when a shared one
// is changed.
#include "modules/contextvars.h"

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"

namespace viperine {

namespace {

class Context final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Context;
  Slot<Dict> values_;     // ContextVar -> value; copied on copy()
  Slot<Value> previous_;  // Context entered before, while entered
  uint64_t entered_;
  LAYOUT(Context, HeapObject, values_, previous_, entered_);
};
class ContextVar final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ContextVar;
  Slot<Value> name_, default_;  // default_ Unbound when missing
  LAYOUT(ContextVar, HeapObject, name_, default_);
};
class ContextToken final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ContextToken;
  Slot<Value> context_, variable_, old_;  // old_ Unbound: there was none
  uint64_t used_;
  LAYOUT(ContextToken, HeapObject, context_, variable_, old_, used_);
};

Context* make_context(Thread& thread, Dict* values) {
  auto* context = make_exact<Context>(thread, Kind::Context);
  context->values_.initialize(values);
  context->previous_.initialize(Value::none());
  return context;
}
Context* current(Thread& thread) {
  if (is<Context>(thread.context_)) return cast<Context>(thread.context_);
  Context* context = make_context(thread, Dict::make(thread.heap()));
  thread.context_ = to_value(context);
  return context;
}


}  // namespace

Result<Value> copy_current_context(Thread& thread) {
  return to_value(make_context(thread, TRY(dict_copy(thread, current(thread)->values_.get()))));
}

namespace {

Result<Value> context_new(Thread& thread, Type*, const Arguments& arguments) {
  if (arguments.count > 0) return thread.raise<TypeError>("Context() does not accept any arguments");
  return to_value(make_context(thread, Dict::make(thread.heap())));
}
Result<Value> context_run(Thread& thread, Context* self, const Arguments& arguments) {
  if (arguments.positional_count() == 0) return thread.raise<TypeError>("run() missing 1 required positional argument");
  if (self->entered_)
    return thread.raise<RuntimeError>("cannot enter context: {} is already entered", TRY(repr(thread, to_value(self))));
  self->previous_.set(self, thread.context_);
  self->entered_ = 1;
  thread.context_ = to_value(self);
  auto result = call(thread, arguments[0], arguments.without_first());
  thread.context_ = self->previous_.get();
  self->previous_.set(self, Value::none());
  self->entered_ = 0;
  return result;
}
Result<Value> context_copy(Thread& thread, Context* self) {
  return to_value(make_context(thread, TRY(dict_copy(thread, self->values_.get()))));
}
Result<void> check_variable(Thread& thread, Value key) {
  if (!is<ContextVar>(key))
    return thread.raise<TypeError>("a ContextVar key was expected, got {}", TRY(repr(thread, key)));
  return {};
}
Result<Value> context_get(Thread& thread, Context* self, Value key, Value fallback) {
  TRY(check_variable(thread, key));
  Optional<Value> found = TRY(dict_find(thread, self->values_.get(), key));
  return found ? *found : fallback;
}
Result<Value> context_get_item(Thread& thread, Value self, Value key) {
  TRY(check_variable(thread, key));
  Optional<Value> found = TRY(dict_find(thread, cast<Context>(self)->values_.get(), key));
  if (!found) return thread.raise_value(ExceptionKind::KeyError, key);
  return *found;
}
Result<bool> context_contains(Thread& thread, Value self, Value key) {
  TRY(check_variable(thread, key));
  return TRY(dict_find(thread, cast<Context>(self)->values_.get(), key)).has_value();
}
Result<int64_t> context_length(Thread&, Value self) { return cast<Context>(self)->values_->length(); }
Result<Value> context_iter(Thread& thread, Value self) {
  return iterate(thread, to_value(cast<Context>(self)->values_.get()));
}
Result<Value> context_keys(Thread& thread, Context* self) {
  return call_method(thread, to_value(self->values_.get()), thread.names().keys);
}
Result<Value> context_values(Thread& thread, Context* self) {
  return call_method(thread, to_value(self->values_.get()), thread.names().values);
}
Result<Value> context_items(Thread& thread, Context* self) {
  return call_method(thread, to_value(self->values_.get()), thread.names().items);
}
Result<Value> context_compare(Thread& thread, Value left, Value right, Comparison op) {
  if (!is<Context>(right) || (op != Comparison::Equal && op != Comparison::NotEqual)) return Value::not_implemented();
  bool same = TRY(dicts_equal(thread, cast<Context>(left)->values_.get(), cast<Context>(right)->values_.get()));
  return Value::from_bool(same == (op == Comparison::Equal));
}

Result<Value> construct_variable(Thread& thread, Value name, Optional<Value> fallback) {
  if (!is_str(name)) return thread.raise<TypeError>("context variable name must be a str");
  auto* variable = make_exact<ContextVar>(thread, Kind::ContextVar);
  variable->name_.initialize(name);
  variable->default_.initialize(fallback ? *fallback : Value::unbound());
  return to_value(variable);
}
constexpr NativeMethod kConstruct = function<construct_variable>("ContextVar(name, /, *, default=<unrepresentable>)");
Result<Value> variable_new(Thread& thread, Type*, const Arguments& arguments) {
  return kConstruct.entry(thread, kConstruct, arguments);
}
Result<Value> variable_get(Thread& thread, ContextVar* self, Optional<Value> fallback) {
  Optional<Value> found = TRY(dict_find(thread, current(thread)->values_.get(), to_value(self)));
  if (found) return *found;
  if (fallback) return *fallback;
  if (!self->default_.get().is_unbound()) return self->default_.get();
  return thread.raise_value(ExceptionKind::LookupError, to_value(self));
}
Result<Value> variable_set(Thread& thread, ContextVar* self, Value value) {
  Context* context = current(thread);
  Optional<Value> old = TRY(dict_find(thread, context->values_.get(), to_value(self)));
  auto* token = make_exact<ContextToken>(thread, Kind::ContextToken);
  token->context_.initialize(to_value(context));
  token->variable_.initialize(to_value(self));
  token->old_.initialize(old ? *old : Value::unbound());
  TRY(dict_set(thread, context->values_.get(), to_value(self), value));
  return to_value(token);
}
Result<void> variable_reset(Thread& thread, ContextVar* self, Value token_value) {
  if (!is<ContextToken>(token_value))
    return thread.raise<TypeError>("expected an instance of Token, got {}", TRY(repr(thread, token_value)));
  auto* token = cast<ContextToken>(token_value);
  if (token->used_) return thread.raise<RuntimeError>("{} has already been used once", TRY(repr(thread, token_value)));
  if (token->variable_.get().as_object() != self)
    return thread.raise<ValueError>("{} was created by a different ContextVar", TRY(repr(thread, token_value)));
  if (token->context_.get().as_object() != current(thread))
    return thread.raise<ValueError>("{} was created in a different Context", TRY(repr(thread, token_value)));
  token->used_ = 1;
  if (token->old_.get().is_unbound()) {
    TRY(dict_remove(thread, current(thread)->values_.get(), to_value(self)));
    return {};
  }
  return dict_set(thread, current(thread)->values_.get(), to_value(self), token->old_.get());
}
Result<Value> address(Thread& thread, Value object) {
  return format(thread, make_unsigned(thread.heap(), (thread.heap().identity(object.as_object()) + 0x100000) * 16),
                intern(thread, "#x"));
}
Result<Value> variable_repr(Thread& thread, Value self) {
  auto* variable = cast<ContextVar>(self);
  StringBuilder text(thread);
  text.append("<ContextVar name=");
  text.append(TRY(repr(thread, variable->name_.get())));
  if (!variable->default_.get().is_unbound()) {
    text.append(" default=");
    text.append(TRY(repr(thread, variable->default_.get())));
  }
  text.append(" at ");
  text.append(as_str(thread, TRY(address(thread, self))));
  text.append(">");
  return to_value(TRY(text.finish()));
}
Result<Value> variable_name(Thread&, ContextVar* self) { return self->name_.get(); }
Result<Value> class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}

Result<Value> token_variable(Thread&, ContextToken* self) { return self->variable_.get(); }
Result<Value> token_old_value(Thread& thread, ContextToken* self) {
  if (!self->old_.get().is_unbound()) return self->old_.get();
  return get_attribute(thread, to_value(thread.runtime().type(Kind::ContextToken)), "MISSING");
}
Result<Value> token_repr(Thread& thread, Value self) {
  auto* token = cast<ContextToken>(self);
  return to_value(format_text(thread, "<Token{} var={} at {}>", token->used_ ? " used" : "",
                              TRY(repr(thread, token->variable_.get())), as_str(thread, TRY(address(thread, self)))));
}
Result<Value> missing_repr(Thread& thread, Value) { return to_value(make_str(thread, "<Token.MISSING>")); }

constexpr NativeMethod kContextMethods[] = {
    method<context_run>("run($self, /, *args, **kwargs)"),
    method<context_copy>("copy($self, /)"),
    method<context_get>("get($self, key, default=None, /)"),
    method<context_keys>("keys($self, /)"),
    method<context_values>("values($self, /)"),
    method<context_items>("items($self, /)"),
};
constexpr NativeMethod kVariableMethods[] = {
    method<variable_get>("get($self, default=<unrepresentable>, /)"),
    method<variable_set>("set($self, value, /)"),
    method<variable_reset>("reset($self, token, /)"),
    method<class_getitem>("__class_getitem__($type, item, /)"),
};
constexpr NativeMethod kTokenMethods[] = {method<class_getitem>("__class_getitem__($type, item, /)")};
constexpr NativeAttribute kVariableAttributes[] = {attribute<variable_name>("=name")};
constexpr NativeAttribute kTokenAttributes[] = {attribute<token_variable>("var"),
                                                attribute<token_old_value>("old_value")};

const TypeSpec kContextType = {.name = "_contextvars.Context",
                               .kind = Kind::Context,
                               .flags = kTypeHasWeakrefs,
                               .layout = [] { return layout_of<Context>("Context"); },
                               .slots = {.compare = &context_compare,
                                         .new_ = &context_new,
                                         .iter = &context_iter,
                                         .length = &context_length,
                                         .get_item = &context_get_item,
                                         .contains = &context_contains,
                                         .is_mapping = true},
                               .methods = kContextMethods};
const TypeSpec kVariableType = {.name = "_contextvars.ContextVar",
                                .kind = Kind::ContextVar,
                                .layout = [] { return layout_of<ContextVar>("ContextVar"); },
                                .slots = {.repr = &variable_repr, .new_ = &variable_new},
                                .methods = kVariableMethods,
                                .attributes = kVariableAttributes};
const TypeSpec kTokenType = {.name = "_contextvars.Token",
                             .kind = Kind::ContextToken,
                             .flags = kTypeDisallowInstantiation,
                             .layout = [] { return layout_of<ContextToken>("Token"); },
                             .slots = {.repr = &token_repr},
                             .methods = kTokenMethods,
                             .attributes = kTokenAttributes};
const TypeSpec kMissingType = {.name = "_contextvars.Token.MISSING",
                               .kind = Kind::Capsule,
                               .flags = kTypeDisallowInstantiation,
                               .layout =
                                   [] {
                                     Layout layout;
                                     layout.name = "capsule";
                                     layout.fixed_size = sizeof(HeapObject);
                                     return layout;
                                   },
                               .slots = {.repr = &missing_repr}};

constexpr NativeMethod kFunctions[] = {function<copy_current_context>("copy_context()")};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kContextType));
  TRY(add_type(thread, module, kVariableType));
  Type* token = TRY(add_type(thread, module, kTokenType));
  TRY(make_builtin_type(thread, kMissingType));
  Value missing = to_value(thread.heap().allocate(exact_shape_word(Kind::Capsule), sizeof(HeapObject)));
  return dict_set_name(thread, token->dict(), "MISSING", missing);
}

}  // namespace

Result<Optional<Value>> context_variable_value(Thread& thread, Value variable) {
  Optional<Value> found = TRY(dict_find(thread, current(thread)->values_.get(), variable));
  if (found) return found;
  Value fallback = cast<ContextVar>(variable)->default_.get();
  return fallback.is_unbound() ? Optional<Value>() : Optional<Value>(fallback);
}
Result<void> set_context_variable(Thread& thread, Value variable, Value value) {
  return dict_set(thread, current(thread)->values_.get(), variable, value);
}

extern const ModuleSpec kContextvarsModule = {
    .name = "_contextvars", .functions = kFunctions, .initialize = &initialize, .doc = "Context Variables"};

}  // namespace viperine
