// SPDX-License-Identifier: MIT
// Starting importlib: _bootstrap.py and _bootstrap_external.py are compiled from the standard library and installed.
#include "shell/import_system.h"

#include <cstring>

#include "builtins/functions.h"
#include "objects/module.h"
#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/materialize.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "shell/code_cache.h"
#include "shell/make_image.h"

namespace viperine {

namespace {

/// From the image; else from the cache when it is there (and no other folder for caches is set); else compiled, without
/// docstrings.
Result<Code*> library_code(Thread& thread, std::string_view name, const std::string& path, Str* filename,
                           const ImportSettings& settings) {
  if (const ImageFrozen* module = thread.runtime().image().find_frozen(name))
    return reinterpret_cast<Code*>(module->module.code);
  if (settings.use_cache)
    if (Code* cached = read_cached_code(thread, path, filename)) return cached;
  std::string source;
  if (!read_whole_file(path, &source))
    return thread.raise<ImportError>("cannot read {}: the standard library of Python 3.11 is needed", path.c_str());
  SourceOptions options;
  options.optimize = 2;
  Code* code = TRY(compile_source(thread, source, filename, options));
  if (settings.use_cache && settings.write_bytecode) write_cached_code(thread, path, code);
  return code;
}

/// Runs a library file as the module `name` (entered in sys.modules).
Result<Module*> run_library_file(Thread& thread, std::string_view name, const std::string& path,
                                 std::string_view filename, const ImportSettings& settings) {
  Module* module = make_module(thread, intern(thread, name));
  TRY(dict_set(thread, thread.runtime().modules(), to_value(intern(thread, name)), to_value(module)));
  Code* code = TRY(library_code(thread, name, path, intern(thread, filename), settings));
  TRY(dict_set_name(thread, module->dict(), thread.names().__builtins__, to_value(thread.runtime().builtins_dict())));
  Function* function = TRY(make_plain_function(thread, code, module->dict()));
  TRY(call(thread, to_value(function), to_value(module->dict())));
  return module;
}

/// importlib computes CPython's number; our files have one of their own, which changes with the bytecode.
Result<void> set_magic(Thread& thread, Module* external) {
  const std::string magic = pyc_magic_bytes();
  uint32_t number;
  std::memcpy(&number, magic.data(), 4);
  TRY(dict_set_name(thread, external->dict(), "MAGIC_NUMBER", to_value(make_bytes(thread, magic))));
  return dict_set_name(thread, external->dict(), "_RAW_MAGIC_NUMBER", Value::from_int(number));
}

Result<void> set_path(Thread& thread, const ImportSettings& settings) {
  List* path = List::make(thread.heap());
  for (const std::string& item : settings.path)
    TRY(list_append_value(thread, path, to_value(decode_filesystem(thread, item))));
  TRY(dict_set_name(thread, thread.runtime().sys_dict(), "path", to_value(path)));
  return dict_set_name(thread, thread.runtime().sys_dict(), "dont_write_bytecode",
                       Value::from_bool(!settings.write_bytecode));
}

}  // namespace

Result<void> start_import_system(Thread& thread, const ImportSettings& settings) {
  NativeHolder holder(thread);
  TRY(set_path(thread, settings));
  const std::string& folder = settings.library;
  Module* sys = cast<Module>(*thread.runtime().modules()->get_str(thread.names().sys));
  Module* bootstrap = TRY(run_library_file(thread, "_frozen_importlib", folder + "/importlib/_bootstrap.py",
                                           "<frozen importlib._bootstrap>", settings));
  if (const ImageFrozen* module = thread.runtime().image().find_frozen("_frozen_importlib"))
    TRY(dict_set_name(thread, bootstrap->dict(), "__origname__", Value::from_address(module->origin)));
  // Where runtime/import.cpp keeps built-in modules, for builtins/import_function.cpp.
  if (Dict* own = try_cast<Dict>(thread.runtime().type(Kind::Module)->extra_.get()))
    TRY(dict_set_name(thread, own, "_frozen_importlib", to_value(bootstrap)));
  Module* imp = TRY(make_builtin_module(thread, "_imp"));
  Value install = TRY(get_attribute(thread, to_value(bootstrap), "_install"));
  TRY(dict_set(thread, thread.runtime().modules(), to_value(intern(thread, "_imp")), to_value(imp)));
  TRY(dict_set_name(thread, imp->dict(), "check_hash_based_pycs",
                    to_value(intern(thread, settings.check_hash_based_pycs))));
  TRY(call(thread, install, to_value(sys), to_value(imp)));
  Module* builtins = cast<Module>(*thread.runtime().modules()->get_str(thread.names().builtins));
  for (const NativeMethod& method : import_functions()) TRY(add_function(thread, builtins, method));
  Module* external;
  if (thread.runtime().image().find_frozen("_frozen_importlib_external") != nullptr) {
    external = cast<Module>(TRY(import_module(thread, "_frozen_importlib_external")));
  } else {
    external = TRY(run_library_file(thread, "_frozen_importlib_external", folder + "/importlib/_bootstrap_external.py",
                                    "<frozen importlib._bootstrap_external>", settings));
  }
  TRY(set_magic(thread, external));
  if (const ImageFrozen* hook = thread.runtime().image().find_frozen(kImageHook)) {
    Function* install_hook =
        TRY(make_plain_function(thread, reinterpret_cast<Code*>(hook->module.code), external->dict()));
    TRY(call(thread, to_value(install_hook), to_value(external->dict())));
  }
  TRY(dict_set_name(thread, bootstrap->dict(), "_bootstrap_external", to_value(external)));
  TRY(call(thread, TRY(get_attribute(thread, to_value(external), "_set_bootstrap_module")), to_value(bootstrap)));
  TRY(call(thread, TRY(get_attribute(thread, to_value(external), "_install")), to_value(bootstrap)));
  Value zip_hook = TRY(import_module(thread, "zipimport"));
  Value importer = TRY(get_attribute(thread, zip_hook, "zipimporter"));
  Optional<Value> hooks = thread.runtime().sys_dict()->get_str(intern(thread, "path_hooks"));
  TRY(call_method(thread, *hooks, intern(thread, "insert"), Value::from_int(0), importer));
  // Archives on the path were looked at before there was a hook for them.
  Optional<Value> cache = thread.runtime().sys_dict()->get_str(intern(thread, "path_importer_cache"));
  if (cache) TRY(call_method(thread, *cache, intern(thread, "clear")));
  return {};
}

}  // namespace viperine
