// SPDX-License-Identifier: MIT
// type: methods and attributes of classes. Creation is in runtime/class_creation.cpp, attribute access in
// runtime/attributes.cpp.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "builtins/union.h"
#include "runtime/audit.h"

namespace viperine {

namespace {

Result<Value> type_repr(Thread& thread, Value self) {
  Str* name = TRY(full_type_name(thread, cast<Type>(self)));
  return to_value(format_text(thread, "<class '{}'>", name));
}

Result<void> type_init(Thread& thread, Value, const Arguments& arguments) {
  uint32_t count = arguments.positional_count();
  if (count == 1 && arguments.keyword_count() > 0)
    return thread.raise<TypeError>("type.__init__() takes no keyword arguments");
  if (count != 1 && count != 3) return thread.raise<TypeError>("type.__init__() takes 1 or 3 arguments");
  return {};
}

// --- setters share their first check

Result<void> check_settable(Thread& thread, Type* type, Value value, const char* name) {
  if (!type->is_heap_type() || type->has_flag(kTypeImmutable))
    return thread.raise<TypeError>("cannot set '{}' attribute of immutable type '{}'", name, type->name());
  if (value.is_absent())
    return thread.raise<TypeError>("cannot delete '{}' attribute of immutable type '{}'", name, type->name());
  return audit(thread, "object.__setattr__", to_value(type), to_value(intern(thread, name)), value);
}

Value type_name(Thread&, Type* type) { return to_value(type->name()); }

Result<void> set_type_name(Thread& thread, Type* type, Value value) {
  TRY(check_settable(thread, type, value, "__name__"));
  Str* name = try_str(thread, value);
  if (name == nullptr)
    return thread.raise<TypeError>("can only assign string to {}.__name__, not '{}'", type->name(),
                                   type_name_of(value));
  for (int64_t i = 0; i < name->length(); ++i)
    if (name->at(i) == 0) return thread.raise<ValueError>("type name must not contain null characters");
  if (!name->is_ascii()) TRY(encode_utf8(thread, name));
  type->name_.set(type, name);
  return {};
}

Value type_qualname(Thread&, Type* type) { return to_value(type->qualified_name_.get()); }

Result<void> set_type_qualname(Thread& thread, Type* type, Value value) {
  TRY(check_settable(thread, type, value, "__qualname__"));
  Str* name = try_str(thread, value);
  if (name == nullptr)
    return thread.raise<TypeError>("can only assign string to {}.__qualname__, not '{}'", type->name(),
                                   type_name_of(value));
  type->qualified_name_.set(type, name);
  return {};
}

Result<Value> type_module_attribute(Thread& thread, Type* type) {
  Value module = type_module(thread, type);
  if (!is_str(module) && !type->is_heap_type()) return to_value(thread.names().builtins);
  if (!module.is_none() || !type->is_heap_type()) return module;
  if (type->dict()->get_str(thread.names().__module__)) return module;
  thread.raise<AttributeError>("__module__");
  return Raised{};
}

Result<void> set_type_module(Thread& thread, Type* type, Value value) {
  TRY(check_settable(thread, type, value, "__module__"));
  class_modified(thread, type);
  return dict_set_name(thread, type->dict(), thread.names().__module__, value);
}

Value type_bases(Thread&, Type* type) { return to_value(type->bases()); }
Result<void> set_type_bases(Thread& thread, Type* type, Value value) {
  TRY(check_settable(thread, type, value, "__bases__"));
  return assign_bases(thread, type, value);
}
Value type_base(Thread&, Type* type) { return type->base() == nullptr ? Value::none() : to_value(type->base()); }
Value type_mro_attribute(Thread&, Type* type) { return type->mro() == nullptr ? Value::none() : to_value(type->mro()); }

Result<Value> type_abstract_methods(Thread& thread, Type* type) {
  // On `type` itself the name means the descriptor.
  if (type != thread.runtime().type_type()) {
    Optional<Value> methods = type->dict()->get_str(intern(thread, "__abstractmethods__"));
    if (methods) return open_class_cell(*methods);
  }
  return thread.raise<AttributeError>("__abstractmethods__");
}

Result<void> set_type_abstract_methods(Thread& thread, Type* type, Value value) {
  return set_abstract_methods(thread, type, value);
}

Value type_dict(Thread& thread, Type* type) {
  auto* proxy = make_exact<MappingProxy>(thread, Kind::MappingProxy);
  proxy->mapping_.initialize(to_value(type));
  return to_value(proxy);
}

Result<Value> type_doc(Thread& thread, Type* type) {
  if (!type->is_heap_type() && type->spec_ != nullptr)
    return type->spec_->doc == nullptr ? Value::none() : to_value(make_str(thread, type->spec_->doc));
  Optional<Value> doc = type->dict()->get_str(thread.names().__doc__);
  if (!doc) return Value::none();
  return bind_attribute(thread, open_class_cell(*doc), Value::absent(), type);
}

Result<void> set_type_doc(Thread& thread, Type* type, Value value) {
  TRY(check_settable(thread, type, value, "__doc__"));
  class_modified(thread, type);
  return dict_set_name(thread, type->dict(), thread.names().__doc__, value);
}

Value type_text_signature(Thread& thread, Type* type) {
  if (type->spec_ == nullptr || type->spec_->text_signature == nullptr) return Value::none();
  return to_value(make_str(thread, type->spec_->text_signature));
}

Result<Value> type_annotations(Thread& thread, Type* type) {
  Str* name = thread.names().__annotations__;
  if (!type->is_heap_type())
    return thread.raise<AttributeError>("type object '{}' has no attribute '__annotations__'", type->name());
  Optional<Value> found = type->dict()->get_str(name);
  if (found) return bind_attribute(thread, open_class_cell(*found), Value::absent(), type);
  Dict* fresh = TRY(make_dict(thread, 0));
  TRY(dict_set_name(thread, type->dict(), name, to_value(fresh)));
  class_modified(thread, type);
  return to_value(fresh);
}

Result<void> set_type_annotations(Thread& thread, Type* type, Value value) {
  if (!type->is_heap_type() || type->has_flag(kTypeImmutable))
    return thread.raise<TypeError>("cannot set '__annotations__' attribute of immutable type '{}'", type->name());
  if (!value.is_absent()) {
    TRY(dict_set_name(thread, type->dict(), thread.names().__annotations__, value));
  } else if (!type->dict()->delete_str(thread.heap(), thread.names().__annotations__)) {
    return thread.raise<AttributeError>("__annotations__");
  }
  class_modified(thread, type);
  return {};
}

/// The bits that Python code knows (inspect, copyreg, test suites).
Value type_flags(Thread&, Type* type) {
  uint32_t flags = 1u << 12;
  if (type->is_heap_type()) flags |= 1u << 9;
  if (!type->is_heap_type() || type->has_flag(kTypeImmutable)) flags |= 1u << 8;
  if (type->has_flag(kTypeBase)) flags |= 1u << 10;
  if (type->has_flag(kTypeAbstract)) flags |= 1u << 20;
  if (type->has_flag(kTypeSequence)) flags |= 1u << 5;
  if (type->has_flag(kTypeMapping)) flags |= 1u << 6;
  if (type->has_flag(kTypeDisallowInstantiation)) flags |= 1u << 7;
  if (type->has_flag(kTypeMatchSelf)) flags |= 1u << 22;
  switch (type->instance_kind()) {
    case Kind::Int:
    case Kind::Bool:
      flags |= 1u << 24;
      break;
    case Kind::List:
      flags |= 1u << 25 | 1u << 14;
      break;
    case Kind::Tuple:
      flags |= 1u << 26 | 1u << 14;
      break;
    case Kind::Bytes:
      flags |= 1u << 27;
      break;
    case Kind::Str:
      flags |= 1u << 28;
      break;
    case Kind::Dict:
      flags |= 1u << 29 | 1u << 14;
      break;
    case Kind::Exception:
      flags |= 1u << 30 | 1u << 14;
      break;
    case Kind::Type:
      flags |= 1u << 31 | 1u << 14;
      break;
    default:
      if (type->is_heap_type()) flags |= 1u << 14;
      break;
  }
  return Value::from_int(flags);
}

Value type_basic_size(Thread& thread, Type* type) {
  Shape* shape = type->root_shape();
  const Layout& layout = thread.runtime().layouts_[static_cast<size_t>(type->instance_kind())];
  return Value::from_int(layout.fixed_size + 8 * (shape->inline_count() + (shape->has_dict() ? 1 : 0)));
}
Value type_item_size(Thread&, Type* type) {
  switch (type->instance_kind()) {
    case Kind::Int:
    case Kind::Tuple:
      return Value::from_int(8);
    case Kind::Bytes:
      return Value::from_int(1);
    case Kind::Type:
      return Value::from_int(40);
    default:
      return Value::from_int(0);
  }
}
Value type_dict_offset(Thread&, Type* type) {
  return Value::from_int(!type->has_flag(kTypeHasDict) ? 0 : type->is_heap_type() ? -1 : 16);
}
Value type_weakref_offset(Thread&, Type* type) { return Value::from_int(type->has_flag(kTypeHasWeakrefs) ? 24 : 0); }

// --- methods

Result<Value> type_mro(Thread& thread, Type* type) {
  Tuple* order = TRY(linearize(thread, type));
  return to_value(TRY(make_list(thread, order->span())));
}

Result<Value> type_subclasses(Thread& thread, Type* type) {
  List* list = List::make(thread.heap());
  for_each_subclass(
      thread, type,
      [](Thread& thread, Type* subclass, void* context) {
        bool done = static_cast<List*>(context)->append(thread.heap(), to_value(subclass));
        CHECK(done);
      },
      list);
  return to_value(list);
}

Result<Value> type_prepare(Thread& thread, Type*, Arguments) { return to_value(TRY(make_dict(thread, 0))); }
Result<bool> type_instance_check(Thread& thread, Type* type, Value instance) {
  return real_is_instance(thread, instance, to_value(type));
}
Result<bool> type_subclass_check(Thread& thread, Type* type, Value subclass) {
  return real_is_subclass(thread, subclass, to_value(type));
}
Result<Value> type_dir(Thread& thread, Type* type) {
  Dict* names = TRY(make_dict(thread, 0));
  TRY(merge_class_names(thread, names, to_value(type)));
  return to_value(dict_keys_list(thread, names));
}
Value type_sizeof(Thread& thread, Type* type) {
  return Value::from_int(static_cast<int64_t>(thread.heap().size_of(type)));
}

const NativeMethod kMethods[] = {
    method<type_mro>("mro($self, /)", "Return a type's method resolution order."),
    method<type_subclasses>("__subclasses__($self, /)", "Return a list of immediate subclasses."),
    method<type_prepare>("__prepare__($type, /, *args, **kwargs)",
                         "Used to create the namespace for the class statement"),
    method<type_instance_check>("__instancecheck__($self, instance, /)", "Check if an object is an instance."),
    method<type_subclass_check>("__subclasscheck__($self, subclass, /)", "Check if a class is a subclass."),
    method<type_dir>("__dir__($self, /)", "Specialized __dir__ implementation for types."),
    method<type_sizeof>("__sizeof__($self, /)", "Return memory consumption of the type object."),
};

const NativeAttribute kAttributes[] = {
    attribute<type_name, set_type_name>("__name__"),
    attribute<type_qualname, set_type_qualname>("__qualname__"),
    attribute<type_module_attribute, set_type_module>("__module__"),
    attribute<type_bases, set_type_bases>("__bases__"),
    attribute<type_base>("=__base__"),
    attribute<type_mro_attribute>("=__mro__"),
    attribute<type_abstract_methods, set_type_abstract_methods>("__abstractmethods__"),
    attribute<type_dict>("__dict__"),
    attribute<type_doc, set_type_doc>("__doc__"),
    attribute<type_text_signature>("__text_signature__"),
    attribute<type_annotations, set_type_annotations>("__annotations__"),
    attribute<type_flags>("=__flags__"),
    attribute<type_basic_size>("=__basicsize__"),
    attribute<type_item_size>("=__itemsize__"),
    attribute<type_dict_offset>("=__dictoffset__"),
    attribute<type_weakref_offset>("=__weakrefoffset__"),
};

}  // namespace

const TypeSpec kTypeType = {
    .name = "type",
    .kind = Kind::Type,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Type>("type"); },
    .slots = {.repr = &type_repr,
              .call = &type_call,
              .new_ = &type_new,
              .init = &type_init,
              .get_attribute = &type_get_attribute,
              .set_attribute = &type_set_attribute,
              .or_ = &union_or},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
};

}  // namespace viperine
