// SPDX-License-Identifier: MIT
// type.__new__ and calling classes: the order of steps is that of the data model, 3.3.3.
// __slots__ and instance layout are in class_members.cpp, MRO in mro.cpp, later changes in class_changes.cpp.
#include "runtime/class_creation.h"

#include "runtime/attributes.h"
#include "runtime/class_slots.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

Dict* running_globals(Thread& thread) {
  return thread.frame() == nullptr ? nullptr : function_of(thread.frame())->globals();
}

namespace {

Result<void> check_type_name(Thread& thread, Str* name) {
  for (int64_t i = 0; i < name->length(); ++i)
    if (name->at(i) == 0) return thread.raise<ValueError>("type name must not contain null characters");
  if (!name->is_ascii()) TRY(encode_utf8(thread, name));
  return {};
}

/// Removes a key from the namespace copy.
Result<void> drop(Thread& thread, Type* type, Str* name) {
  type->dict()->delete_str(thread.heap(), name);
  return {};
}

Result<void> take_qualified_name(Thread& thread, Type* type) {
  Str* key = thread.names().__qualname__;
  Optional<Value> given = type->dict()->get_str(key);
  if (!given) {
    type->qualified_name_.set(type, type->name());
    return {};
  }
  Str* text = try_str(thread, *given);
  if (text == nullptr) return thread.raise<TypeError>("type __qualname__ must be a str, not {}", type_name_of(*given));
  type->qualified_name_.set(type, text);
  return drop(thread, type, key);
}

void wrap_entry(Thread& thread, Type* type, Str* name, Kind kind) {
  Optional<Value> entry = type->dict()->get_str(name);
  if (!entry || !has_kind(*entry, Kind::Function)) return;
  auto* wrapped = make_instance<MethodKind>(thread, thread.runtime().type(kind));
  wrapped->callable_.set(wrapped, *entry);
  set_type_entry(thread, type, name, to_value(wrapped));
}

/// What every class dict has, and the functions that are implicitly static or class methods.
Result<void> complete_namespace(Thread& thread, Type* type) {
  const Names& names = thread.names();
  Dict* dict = type->dict();
  TRY(take_qualified_name(thread, type));
  if (!dict->get_str(names.__module__)) {
    Dict* globals = running_globals(thread);
    Optional<Value> module = globals == nullptr ? Optional<Value>() : globals->get_str(names.__name__);
    if (module) set_type_entry(thread, type, names.__module__, *module);
  }
  wrap_entry(thread, type, names.__new__, Kind::StaticMethod);
  wrap_entry(thread, type, names.__init_subclass__, Kind::ClassMethod);
  wrap_entry(thread, type, names.__class_getitem__, Kind::ClassMethod);
  return {};
}

/// The cell through which methods see __class__.
Result<void> fill_class_cell(Thread& thread, Type* type) {
  Optional<Value> cell = type->dict()->get_str(thread.names().__classcell__);
  if (!cell) return {};
  if (!is<Cell>(*cell))
    return thread.raise<TypeError>("__classcell__ must be a nonlocal cell, not {}",
                                   TRY(repr(thread, to_value(type_of(thread, *cell)))));
  cast<Cell>(*cell)->value_.set(cast<Cell>(*cell), to_value(type));
  return drop(thread, type, thread.names().__classcell__);
}

Result<void> default_doc_and_hash(Thread& thread, Type* type) {
  const Names& names = thread.names();
  if (!type->dict()->get_str(names.__doc__)) set_type_entry(thread, type, names.__doc__, Value::none());
  if (type->dict()->get_str(names.__eq__) && !type->dict()->get_str(names.__hash__))
    set_type_entry(thread, type, names.__hash__, Value::none());
  return {};
}

Result<void> call_set_names(Thread& thread, Type* type) {
  Dict* snapshot = TRY(dict_copy(thread, type->dict()));
  for (int64_t entry = snapshot->next_entry(0); entry >= 0; entry = snapshot->next_entry(entry + 1)) {
    Value key = snapshot->table()->key(static_cast<uint32_t>(entry));
    Value value = snapshot->table()->value(static_cast<uint32_t>(entry));
    if (has_kind(value, Kind::Function)) continue;
    auto hook = lookup_special(thread, value, thread.names().__set_name__);
    if (!hook.is_raised() && !hook.take()) continue;
    if (hook.is_raised()) return Raised{};
    auto result = call(thread, *hook.take(), to_value(type), key);
    if (!result.is_raised()) continue;
    ExceptionObject* cause = thread.take_pending();
    Str* key_text = TRY(repr(thread, key));
    thread.raise<RuntimeError>("Error calling __set_name__ on '{}' instance {} in '{}'", type_name_of(value), key_text,
                               type->name());
    ExceptionObject* error = thread.pending();
    error->cause_.set(error, to_value(cause));
    error->context_.set(error, to_value(cause));
    error->suppress_context_ = 1;
    return Raised{};
  }
  return {};
}

/// super(type, type).__init_subclass__(**keywords)
Result<void> call_init_subclass(Thread& thread, Type* type, Dict* keywords) {
  Str* name = thread.names().__init_subclass__;
  Tuple* order = type->mro();
  for (int64_t i = 1; i < order->length(); ++i) {
    if (!has_kind(order->at(i), Kind::Type)) continue;
    auto* base = cast<Type>(order->at(i));
    Optional<Value> entry = base->dict()->get_str(name);
    if (!entry) continue;
    if (base == thread.runtime().object_type() && (keywords == nullptr || keywords->length() == 0)) return {};
    Value hook = TRY(bind_attribute(thread, open_class_cell(*entry), Value::absent(), type));
    TRY(call_with_tuple(thread, hook, thread.runtime().empty_tuple(), keywords));
    return {};
  }
  return {};
}

Type* allocate_type(Thread& thread, Type* metatype) {
  Type* type = make_instance<Type>(thread, metatype);
  type->flags_ = kTypeHeap | kTypeBase;
  return type;
}

/// Takes name, bases and namespace into the fresh type.
Result<void> initialize_type(Thread& thread, Type* type, Str* name, Tuple* bases, Type* base, Dict* space) {
  type->name_.set(type, name);
  type->qualified_name_.set(type, name);
  type->bases_.set(type, bases);
  type->base_.set(type, base);
  Dict* dict = TRY(dict_copy(thread, space));
  type->dict_.set(type, dict);
  Optional<Value> doc = dict->get_str(thread.names().__doc__);
  if (doc && is_str(*doc) && !as_str(thread, *doc)->is_ascii()) TRY(encode_utf8(thread, as_str(thread, *doc)));
  constexpr uint32_t kInherited = kTypeSubclassOfException | kTypeMatchSelf | kTypeHasFinalizer;
  constexpr uint32_t kCollection = kTypeSequence | kTypeMapping;
  type->flags_ |= base->flags_ & kInherited;
  // The first base that is a sequence or a mapping says which one a pattern sees.
  for (Value value : bases->span())
    if (has_kind(value, Kind::Type) && (type->flags_ & kCollection) == 0)
      type->flags_ |= cast<Type>(value)->flags_ & kCollection;
  Kind kind = base->instance_kind();
  type->instance_kind_ = static_cast<uint8_t>(kind == Kind::Object ? Kind::Instance : kind);
  return {};
}

}  // namespace

Result<void> compute_mro(Thread& thread, Type* type) {
  Type* metatype = type_of(thread, to_value(type));
  Optional<Value> method = lookup_in_type(thread, metatype, thread.names().mro);
  bool is_default = method && has_kind(*method, Kind::MethodDescriptor);
  if (is_default) {
    type->mro_.set(type, TRY(linearize(thread, type)));
    return {};
  }
  Optional<Value> result = TRY(call_special(thread, to_value(type), thread.names().mro, {}));
  Tuple* order = TRY(tuple_from_iterable(thread, result.value_or(Value::none())));
  Type* solid = type->base();
  for (Value value : order->span()) {
    if (!has_kind(value, Kind::Type))
      return thread.raise<TypeError>("mro() returned a non-class ('{}')", type_name_of(value));
    Type* base = cast<Type>(value);
    bool fits = base == type || solid->is_subtype_of(base) || base->instance_kind() == Kind::Instance ||
                type->instance_kind() == base->instance_kind();
    if (!fits) return thread.raise<TypeError>("mro() returned base with unsuitable layout ('{}')", base->name());
  }
  type->mro_.set(type, order);
  return {};
}

Result<Type*> make_class(Thread& thread, Type* metatype, Str* name, Tuple* bases, Dict* space, Dict* keywords) {
  if (bases->length() == 0) bases = Tuple::of(thread.heap(), to_value(thread.runtime().object_type()));
  Type* base = TRY(best_base(thread, bases));
  TRY(check_type_name(thread, name));
  InstanceParts parts = TRY(read_slots(thread, base, bases, name, space));
  Type* type = allocate_type(thread, metatype);
  TRY(initialize_type(thread, type, name, bases, base, space));
  TRY(complete_namespace(thread, type));
  TRY(fill_class_cell(thread, type));
  TRY(default_doc_and_hash(thread, type));
  type->root_shape_.set(type, nullptr);
  TRY(compute_mro(thread, type));
  compute_class_slots(thread, type);
  TRY(install_members(thread, type, parts));
  type->flags_ |= kTypeReady;
  for (Value value : bases->span())
    if (has_kind(value, Kind::Type)) add_subclass(thread, cast<Type>(value), type);
  TRY(call_set_names(thread, type));
  TRY(call_init_subclass(thread, type, keywords));
  return type;
}

namespace {

struct NewArguments {
  Str* name;
  Tuple* bases;
  Dict* space;
};

Result<NewArguments> parse_new_arguments(Thread& thread, const Arguments& arguments) {
  if (arguments.positional_count() != 3)
    return thread.raise<TypeError>("type.__new__() takes exactly 3 arguments ({} given)", arguments.positional_count());
  NewArguments parsed;
  parsed.name = try_str(thread, arguments[0]);
  if (parsed.name == nullptr)
    return thread.raise<TypeError>("type.__new__() argument 1 must be str, not {}", type_name_of(arguments[0]));
  if (!is<Tuple>(arguments[1]))
    return thread.raise<TypeError>("type.__new__() argument 2 must be tuple, not {}", type_name_of(arguments[1]));
  if (!is<Dict>(arguments[2]))
    return thread.raise<TypeError>("type.__new__() argument 3 must be dict, not {}", type_name_of(arguments[2]));
  parsed.bases = cast<Tuple>(arguments[1]);
  parsed.space = cast<Dict>(arguments[2]);
  return parsed;
}

Result<Dict*> keyword_dict(Thread& thread, const Arguments& arguments) {
  Dict* dict = Dict::make(thread.heap());
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
    TRY(dict_set_name(thread, dict, as_str(thread, arguments.keywords->at(i)), arguments.keyword_value(i)));
  return dict;
}

}  // namespace

Result<Value> type_new(Thread& thread, Type* metatype, const Arguments& arguments) {
  NewArguments parsed = TRY(parse_new_arguments(thread, arguments));
  for (Value base : parsed.bases->span()) {
    if (has_kind(base, Kind::Type)) continue;
    if (TRY(find_attribute(thread, base, thread.names().__mro_entries__)))
      return thread.raise<TypeError>("type() doesn't support MRO entry resolution; use types.new_class()");
  }
  Type* winner = TRY(calculate_metaclass(thread, metatype, parsed.bases));
  if (winner != metatype) {
    if (winner->slots().new_ != &type_new) return winner->slots().new_(thread, winner, arguments);
    metatype = winner;
  }
  Dict* keywords = arguments.keyword_count() == 0 ? nullptr : TRY(keyword_dict(thread, arguments));
  return to_value(TRY(make_class(thread, metatype, parsed.name, parsed.bases, parsed.space, keywords)));
}

Result<Value> type_call(Thread& thread, Value self, const Arguments& arguments) {
  Type* type = cast<Type>(self);
  Runtime& runtime = thread.runtime();
  if (type == runtime.type_type()) {
    if (arguments.count == 1 && arguments.keyword_count() == 0) return to_value(type_of(thread, arguments[0]));
    if (arguments.positional_count() != 3) return thread.raise<TypeError>("type() takes 1 or 3 arguments");
  }
  if (type->root_shape() == nullptr)
    return thread.raise<TypeError>("cannot make instances of the incomplete type '{}'", type->name());
  if (type->slots().new_ == nullptr) {
    Str* name = TRY(full_type_name(thread, type));
    return thread.raise<TypeError>("cannot create '{}' instances", name);
  }
  Value object = TRY(type->slots().new_(thread, type, arguments));
  Type* made = type_of(thread, object);
  if (made != type && !made->is_subtype_of(type)) return object;
  const TypeSlots& slots = made->slots();
  bool has_nothing_to_do = slots.init == nullptr || (slots.init == &object_init && slots.new_ != &object_new);
  if (!has_nothing_to_do) TRY(slots.init(thread, object, arguments));
  return object;
}

// --- object.__new__ and object.__init__

namespace {

Raised raise_abstract(Thread& thread, Type* type) {
  Optional<Value> methods = type->dict()->get_str(intern(thread, "__abstractmethods__"));
  List* names = TRY(list_from_iterable(thread, methods.value_or(to_value(thread.runtime().empty_tuple()))));
  Value sort = TRY(get_attribute(thread, to_value(names), thread.names().sort));
  TRY(call(thread, sort));
  StringBuilder joined(thread);
  for (int64_t i = 0; i < names->length(); ++i) {
    if (i > 0) joined.append(", ");
    Str* name = try_str(thread, names->at(i));
    if (name == nullptr)
      return thread.raise<TypeError>("sequence item {}: expected str instance, {} found", i,
                                     type_name_of(names->at(i)));
    joined.append(name);
  }
  return thread.raise<TypeError>("Can't instantiate abstract class {} with abstract method{} {}", type->name(),
                                 names->length() == 1 ? "" : "s", TRY(joined.finish()));
}

}  // namespace

Result<Value> object_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count > 0) {
    if (type->slots().new_ != &object_new)
      return thread.raise<TypeError>("object.__new__() takes exactly one argument (the type to instantiate)");
    if (type->slots().init == &object_init) return thread.raise<TypeError>("{}() takes no arguments", type->name());
  }
  if (type->has_flag(kTypeAbstract)) return raise_abstract(thread, type);
  return to_value(allocate_instance(thread, type, sizeof(HeapObject)));
}

Result<void> object_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.count == 0) return {};
  Type* type = type_of(thread, self);
  if (type->slots().init != &object_init)
    return thread.raise<TypeError>("object.__init__() takes exactly one argument (the instance to initialize)");
  if (type->slots().new_ == &object_new)
    return thread.raise<TypeError>("{}.__init__() takes exactly one argument (the instance to initialize)",
                                   type->name());
  return {};
}

// --- names

Value type_module(Thread& thread, Type* type) {
  Optional<Value> module = type->dict()->get_str(thread.names().__module__);
  // `type` itself has the descriptor in this place.
  if (module && !has_kind(*module, Kind::GetSetDescriptor)) return open_class_cell(*module);
  return type->is_heap_type() ? Value::none() : to_value(thread.names().builtins);
}

Str* type_qualified_name(Thread&, Type* type) { return type->qualified_name_.get(); }

Result<Str*> full_type_name(Thread& thread, Type* type) {
  Value module = type_module(thread, type);
  if (!is_str(module) || as_str(thread, module) == thread.names().builtins) return type->qualified_name_.get();
  return format_text(thread, "{}.{}", module, type->qualified_name_.get());
}

Result<void> set_abstract_methods(Thread& thread, Type* type, Value value) {
  Str* name = intern(thread, "__abstractmethods__");
  bool is_abstract = false;
  if (value.is_absent()) {
    if (!type->dict()->delete_str(thread.heap(), name)) {
      thread.raise<AttributeError>("__abstractmethods__");
      return Raised{};
    }
  } else {
    is_abstract = TRY(is_true(thread, value));
    TRY(dict_set_name(thread, type->dict(), name, value));
  }
  class_modified(thread, type);
  type->flags_ = is_abstract ? type->flags_ | kTypeAbstract : type->flags_ & ~kTypeAbstract;
  return {};
}

}  // namespace viperine
