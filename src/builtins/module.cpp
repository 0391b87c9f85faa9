// SPDX-License-Identifier: MIT
// module. Attribute lookup with __getattr__ is in runtime/attributes.cpp; importing is elsewhere.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Result<Value> module_new(Thread& thread, Type* type, const Arguments&) {
  auto* module = make_instance<Module>(thread, type);
  module->dict_.set(module, Dict::make(thread.heap()));
  return to_value(module);
}

Result<void> module_initialize(Thread& thread, Module* self, Str* name, Value doc) {
  const Names& names = thread.names();
  Dict* dict = self->dict();
  TRY(dict_set_name(thread, dict, names.__name__, to_value(name)));
  TRY(dict_set_name(thread, dict, names.__doc__, doc));
  for (Str* key : {names.__package__, names.__loader__, names.__spec__})
    TRY(dict_set_name(thread, dict, key, Value::none()));
  return {};
}
constexpr NativeMethod kInit = method<module_initialize>("module($self, name, doc=None)");

Result<void> module_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.count > 2)
    return thread.raise<TypeError>("module() takes at most 2 arguments ({} given)", arguments.count);
  Value values[3] = {self};
  for (uint32_t i = 0; i < arguments.count; ++i) values[i + 1] = arguments.values[i];
  TRY(kInit.entry(thread, kInit, Arguments{values, arguments.count + 1, arguments.keywords}));
  return {};
}

/// An attribute of the spec or module, None when missing.
Result<Value> part(Thread& thread, Value object, std::string_view name) {
  return TRY(find_attribute(thread, object, intern(thread, name))).value_or(Value::none());
}

/// "<module 'name' from 'path'>" by what is known of it; the rule is that of importlib.
Result<Value> module_repr(Thread& thread, Value self) {
  Optional<Value> bootstrap = thread.runtime().modules()->get_str(intern(thread, "_frozen_importlib"));
  if (bootstrap) {
    Optional<Value> hook = TRY(find_attribute(thread, *bootstrap, intern(thread, "_module_repr")));
    if (hook) return call(thread, *hook, self);
  }
  const Names& names = thread.names();
  Value spec = TRY(find_attribute(thread, self, names.__spec__)).value_or(Value::none());
  bool has_spec = TRY(is_true(thread, spec));
  Value name, origin, loader;
  bool is_location = true;
  if (has_spec) {
    name = TRY(part(thread, spec, "name"));
    origin = TRY(part(thread, spec, "origin"));
    loader = TRY(part(thread, spec, "loader"));
    is_location = TRY(is_true(thread, TRY(part(thread, spec, "has_location"))));
  } else {
    name = TRY(find_attribute(thread, self, names.__name__)).value_or(Value::none());
    origin = TRY(find_attribute(thread, self, names.__file__)).value_or(Value::none());
    loader = TRY(find_attribute(thread, self, names.__loader__)).value_or(Value::none());
  }
  Str* shown_name = TRY(repr(thread, name.is_none() ? to_value(make_str(thread, "?")) : name));
  if (origin.is_none()) {
    if (loader.is_none()) return to_value(format_text(thread, "<module {}>", shown_name));
    return to_value(format_text(thread, "<module {} ({})>", shown_name, TRY(repr(thread, loader))));
  }
  if (is_location) return to_value(format_text(thread, "<module {} from {}>", shown_name, TRY(repr(thread, origin))));
  return to_value(format_text(thread, "<module {} ({})>", shown_name, TRY(str(thread, origin))));
}

Result<Value> module_dir(Thread& thread, Module* self) {
  Value space = TRY(get_attribute(thread, to_value(self), thread.names().__dict__));
  if (!is<Dict>(space)) return thread.raise<TypeError>("<module>.__dict__ is not a dictionary");
  Optional<Value> hook = cast<Dict>(space)->get_str(thread.names().__dir__);
  if (hook) return call(thread, *hook);
  return to_value(dict_keys_list(thread, cast<Dict>(space)));
}

Value module_dict(Thread&, Module* self) { return self->dict() == nullptr ? Value::none() : to_value(self->dict()); }

Result<Value> module_annotations(Thread& thread, Module* self) {
  Str* name = thread.names().__annotations__;
  Optional<Value> found = self->dict()->get_str(name);
  if (found) return *found;
  Dict* fresh = TRY(make_dict(thread, 0));
  TRY(dict_set_name(thread, self->dict(), name, to_value(fresh)));
  return to_value(fresh);
}
Result<void> set_module_annotations(Thread& thread, Module* self, Value value) {
  Str* name = thread.names().__annotations__;
  if (!value.is_absent()) return dict_set_name(thread, self->dict(), name, value);
  if (!self->dict()->delete_str(thread.heap(), name)) return thread.raise<AttributeError>("__annotations__");
  return {};
}

const NativeMethod kMethods[] = {
    method<module_dir>("__dir__($self, /)", "__dir__() -> list\nspecialized dir() implementation")};
const NativeAttribute kAttributes[] = {
    attribute<module_dict>("=__dict__"),
    attribute<module_annotations, set_module_annotations>("__annotations__"),
};

}  // namespace

const TypeSpec kModuleType = {
    .name = "module",
    .kind = Kind::Module,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Module>("module"); },
    .slots = {.repr = &module_repr, .new_ = &module_new, .init = &module_init, .get_attribute = &module_get_attribute},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
    .text_signature = "(name, doc=None)",
};

}  // namespace viperine
