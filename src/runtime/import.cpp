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

Result<Module*> make_builtin_module(Thread& thread, std::string_view name) {
  const ModuleSpec* found = nullptr;
  for (const ModuleSpec* spec : thread.runtime().tables().modules)
    if (name == spec->name) found = spec;
  if (found == nullptr) return thread.raise<ImportError>("no built-in module named '{}'", name);
  Module* module = make_module(thread, intern(thread, name));
  module->spec_ = found;
  if (found->doc != nullptr)
    TRY(dict_set_name(thread, module->dict(), thread.names().__doc__, to_value(make_str(thread, found->doc))));
  for (const NativeMethod& method : found->functions) TRY(add_function(thread, module, method));
  if (found->initialize != nullptr) TRY(found->initialize(thread, module));
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
  // A non-empty fromlist makes __import__ return the module itself.
  Value fromlist = to_value(Tuple::of(thread.heap(), to_value(thread.names().__name__)));
  return call(thread, *import, to_value(text), to_value(thread.runtime().builtins_dict()), Value::none(), fromlist,
              Value::from_int(0));
}

}  // namespace viperine
