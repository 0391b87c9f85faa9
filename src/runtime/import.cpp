// SPDX-License-Identifier: MIT
// Built-in modules from their ModuleSpec; import through builtins.__import__.
#include "runtime/import.h"

#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine {

Module* make_module(Thread& thread, Str* name) {
  auto* module = make_exact<Module>(thread, Kind::Module);
  module->dict_.initialize(Dict::make(thread.heap()));
  Dict* dict = module->dict();
  const Names& names = thread.names();
  MUST(dict_set_name(thread, dict, names.__name__, to_value(name)));
  for (Str* key : {names.__doc__, names.__package__, names.__loader__, names.__spec__})
    MUST(dict_set_name(thread, dict, key, Value::none()));
  return module;
}

namespace {

/// Built-in modules by name, kept by the type of modules; null while that is being made.
Dict* native_modules(Thread& thread) {
  Type* keeper = thread.runtime().type(Kind::Module);
  if (keeper == nullptr) return nullptr;
  if (!is<Dict>(keeper->extra_.get())) keeper->extra_.set(keeper, to_value(Dict::make(thread.heap())));
  return cast<Dict>(keeper->extra_.get());
}

}  // namespace

Module* native_module(Thread& thread, std::string_view name) {
  Dict* modules = native_modules(thread);
  Optional<Value> found = modules == nullptr ? Optional<Value>() : modules->get_str(intern(thread, name));
  return found ? cast<Module>(*found) : nullptr;
}

Result<Module*> make_builtin_module(Thread& thread, std::string_view name) {
  const ModuleSpec* found = nullptr;
  for (const ModuleSpec* spec : thread.runtime().tables().modules)
    if (name == spec->name) found = spec;
  if (found == nullptr) return thread.raise<ImportError>("no built-in module named '{}'", name);
  Module* module = make_module(thread, intern(thread, name));
  module->spec_ = found;
  if (Module* first = native_module(thread, name)) {
    module->state_.set(module, first->state_.get());
    TRY(dict_merge(thread, module->dict(), first->dict(), true));
    return module;
  }
  if (Dict* modules = native_modules(thread)) TRY(dict_set_name(thread, modules, name, to_value(module)));
  if (found->doc != nullptr)
    TRY(dict_set_name(thread, module->dict(), thread.names().__doc__, to_value(make_str(thread, found->doc))));
  for (const NativeMethod& method : found->functions) TRY(add_function(thread, module, method));
  if (found->initialize != nullptr && found->initialize(thread, module).is_raised()) {
    if (Dict* modules = native_modules(thread)) modules->delete_str(thread.heap(), intern(thread, name));
    return Raised{};
  }
  return module;
}

Result<void> add_function(Thread& thread, Module* module, const NativeMethod& method) {
  auto* function = make_exact<NativeFunction>(thread, Kind::NativeFunction);
  function->method_ = &method;
  function->self_.initialize(to_value(module));
  Optional<Value> name = module->dict()->get_str(thread.names().__name__);
  function->module_.initialize(name ? *name : Value::none());
  return dict_set_name(thread, module->dict(), intern(thread, method.name()), to_value(function));
}

Result<Value> import_module(Thread& thread, std::string_view name) {
  Str* text = make_str(thread, name);
  if (Optional<Value> loaded = thread.runtime().modules()->get_str(text); loaded && !(*loaded).is_none())
    return *loaded;
  Optional<Value> import = thread.runtime().builtins_dict()->get_str(thread.names().__import__);
  if (!import) {
    Module* module = TRY(make_builtin_module(thread, name));
    TRY(dict_set(thread, thread.runtime().modules(), to_value(text), to_value(module)));
    return to_value(module);
  }
  // __import__ holds its arguments while it runs Python code: the shell's `import runpy` must not count as clean.
  NativeHolder holder(thread);
  // A non-empty fromlist makes __import__ return the module itself.
  Value fromlist = to_value(Tuple::of(thread.heap(), to_value(thread.names().__name__)));
  return call(thread, *import, to_value(text), to_value(thread.runtime().builtins_dict()), Value::none(), fromlist,
              Value::from_int(0));
}

}  // namespace viperine
