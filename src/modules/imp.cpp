// SPDX-License-Identifier: MIT
// The module _imp: what importlib needs of the interpreter. Frozen are the modules of lib/ and, while there is an
// image, those that CPython freezes; extension modules of other Pythons are refused by their suffix.
#include <mutex>

#include "modules/builtin_modules.h"
#include "modules/embedded_modules.h"
#include "modules/marshal/marshal.h"
#include "numeric/siphash.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/source.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

Result<bool> imp_lock_held(Thread& thread) { return thread.runtime().import_lock_depth_ > 0; }
Result<void> imp_acquire_lock(Thread& thread) {
  ++thread.runtime().import_lock_depth_;
  return {};
}
Result<void> imp_release_lock(Thread& thread) {
  if (thread.runtime().import_lock_depth_ == 0) return thread.raise<RuntimeError>("not holding the import lock");
  --thread.runtime().import_lock_depth_;
  return {};
}

const ModuleSpec* find_spec(std::string_view name) {
  for (const ModuleSpec* spec : builtin_modules())
    if (name == spec->name) return spec;
  return nullptr;
}

Result<Value> imp_is_builtin(Thread&, Str* name) {
  bool found = name->is_ascii() && (find_spec(name->ascii()) != nullptr || name->equals("builtins"));
  return Value::from_int(found ? 1 : 0);
}

Result<Value> imp_create_builtin(Thread& thread, Value spec) {
  Value name_value = TRY(get_attribute(thread, spec, thread.names().name));
  if (!is_str(name_value)) return thread.raise<TypeError>("name must be string, not {}", type_name_of(name_value));
  Str* name = as_str(thread, name_value);
  if (Optional<Value> loaded = thread.runtime().modules()->get_str(name)) return *loaded;
  if (!name->is_ascii() || find_spec(name->ascii()) == nullptr) return Value::none();
  return to_value(TRY(make_builtin_module(thread, name->ascii())));
}
Result<Value> imp_exec_builtin(Thread&, Value) { return Value::from_int(0); }

constexpr EmbeddedModule kEmbedded[] = {
#define EMBEDDED_MODULE(name, source) {name, source},
#include "modules/embedded_library.inc"
#undef EMBEDDED_MODULE
};

const EmbeddedModule* find_embedded(Str* name) {
  if (name->is_ascii())
    for (const EmbeddedModule& module : kEmbedded)
      if (module.name == name->ascii()) return &module;
  return nullptr;
}

Raised no_frozen(Thread& thread, Str* name) {
  thread.raise<ImportError>("No such frozen object named {}", name);
  set_exception_member(thread, thread.pending(), thread.names().name, to_value(name));
  return Raised{};
}

/// Modules that importlib itself is made of: frozen whatever -X frozen_modules says.
bool is_bootstrap(std::string_view name) {
  return name == "_frozen_importlib" || name == "_frozen_importlib_external" || name == "zipimport";
}
/// The image's entry for a frozen module, or null.
const ImageFrozen* find_in_image(Thread& thread, Str* name) {
  const ImageFrozen* module = thread.runtime().image().find_frozen(name);
  if (module == nullptr || name->at(0) == '<') return nullptr;
  bool wanted =
      thread.runtime().options().frozen_modules || find_embedded(name) != nullptr || is_bootstrap(name->ascii());
  return wanted ? module : nullptr;
}
Value text_at(uint64_t address) { return Value::from_address(address); }

Result<Value> imp_is_frozen(Thread& thread, Str* name) {
  return Value::from_bool(find_in_image(thread, name) != nullptr || find_embedded(name) != nullptr);
}
Result<Value> imp_find_frozen(Thread& thread, Str* name, bool) {
  if (const ImageFrozen* module = find_in_image(thread, name))
    return to_value(
        Tuple::of(thread.heap(), Value::none(), Value::from_bool(module->is_package != 0), text_at(module->origin)));
  if (find_embedded(name) == nullptr) return Value::none();
  return to_value(Tuple::of(thread.heap(), Value::none(), Value::false_(), to_value(name)));
}
Result<Value> imp_get_frozen(Thread& thread, Str* name, Optional<Value>) {
  if (const ImageFrozen* module = find_in_image(thread, name)) return text_at(module->module.code);
  const EmbeddedModule* module = find_embedded(name);
  if (module == nullptr) return no_frozen(thread, name);
  return to_value(TRY(compile_embedded(thread, module->name, module->source)));
}
Result<Value> imp_is_frozen_package(Thread& thread, Str* name) {
  if (const ImageFrozen* module = find_in_image(thread, name)) return Value::from_bool(module->is_package != 0);
  if (find_embedded(name) == nullptr) return no_frozen(thread, name);
  return Value::false_();
}
Result<Value> imp_init_frozen(Thread&, Str*) { return Value::none(); }
Result<Value> imp_frozen_names(Thread& thread) {
  List* names = List::make(thread.heap());
  for (const ImageFrozen& module : thread.runtime().image().frozen())
    if (cast<Str>(text_at(module.name))->at(0) != '<') TRY(list_append_value(thread, names, text_at(module.name)));
  if (names->length() == 0)
    for (const EmbeddedModule& module : embedded_modules())
      TRY(list_append_value(thread, names, to_value(intern(thread, module.name))));
  return to_value(names);
}
Result<Value> imp_override_frozen(Thread& thread, int choice) {
  thread.runtime().mutable_options().frozen_modules = choice >= 0;
  return Value::none();
}
/// The code that the image keeps for an unchanged source file, otherwise None.
Result<Value> imp_image_code(Thread& thread, Value path) {
  if (!is_exact<Str>(path) || thread.runtime().options().optimize != 0) return Value::none();
  Code* code = thread.runtime().image().find_code(thread.heap(), cast<Str>(path));
  return code == nullptr ? Value::none() : to_value(code);
}

Result<Value> imp_extension_suffixes(Thread& thread) {
  return to_value(TRY(make_list(thread, std::array{to_value(intern(thread, ".viperine-311-x86_64-linux-gnu.so"))})));
}
Result<Value> imp_create_dynamic(Thread& thread, Value spec, Optional<Value>) {
  Value name = TRY(get_attribute(thread, spec, thread.names().name));
  return thread.raise<ImportError>("extension module {} was not built for this interpreter", name);
}
Result<Value> imp_exec_dynamic(Thread&, Value) { return Value::from_int(0); }
Result<void> imp_fix_co_filename(Thread&, Code* code, Str* path) {
  rename_code_file(code, path);
  return {};
}

/// SipHash-1-3 of the source with the key as both halves: PEP 552 files.
Result<Value> imp_source_hash(Thread& thread, int64_t key, Value source) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(source));
  uint64_t hash =
      siphash13(HashKey{static_cast<uint64_t>(key), 0}, buffer.data(), static_cast<size_t>(buffer.length()));
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, 8));
  for (int i = 0; i < 8; ++i) bytes->data()[i] = static_cast<uint8_t>(hash >> (8 * i));
  return to_value(bytes);
}

constexpr NativeMethod kFunctions[] = {
    function<imp_lock_held>("lock_held()", "Return True if the import lock is currently held."),
    function<imp_acquire_lock>("acquire_lock()", "Acquires the interpreter's import lock for the current thread."),
    function<imp_release_lock>("release_lock()", "Release the interpreter's import lock."),
    function<imp_is_builtin>("is_builtin(name, /)",
                             "Returns True if the module name corresponds to a built-in module."),
    function<imp_create_builtin>("create_builtin(spec, /)", "Create an extension module."),
    function<imp_exec_builtin>("exec_builtin(mod, /)", "Initialize a built-in module."),
    function<imp_is_frozen>("is_frozen(name, /)", "Returns True if the module name corresponds to a frozen module."),
    function<imp_find_frozen>("find_frozen(name, /, *, withdata=False)",
                              "Return info about the corresponding frozen module."),
    function<imp_get_frozen>("get_frozen_object(name, data=<unrepresentable>, /)",
                             "Create a code object for a frozen module."),
    function<imp_is_frozen_package>("is_frozen_package(name, /)",
                                    "Returns True if the module name is of a frozen package."),
    function<imp_init_frozen>("init_frozen(name, /)", "Initializes a frozen module."),
    function<imp_frozen_names>("_frozen_module_names()", "Returns the list of available frozen modules."),
    function<imp_override_frozen>("_override_frozen_modules_for_tests(override, /)"),
    function<imp_extension_suffixes>("extension_suffixes()",
                                     "Returns the list of file suffixes used to identify extension modules."),
    function<imp_create_dynamic>("create_dynamic(spec, file=<unrepresentable>, /)", "Create an extension module."),
    function<imp_exec_dynamic>("exec_dynamic(mod, /)", "Initialize an extension module."),
    function<imp_fix_co_filename>("_fix_co_filename(code, path, /)",
                                  "Changes code.co_filename to specify the passed-in file path."),
    function<imp_image_code>("image_code(path, /)", "The code of an unchanged file of the standard library, or None."),
    function<imp_source_hash>("source_hash(key, source)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  return add_text(thread, module, "check_hash_based_pycs", "default");
}

}  // namespace

std::span<const EmbeddedModule> embedded_modules() { return kEmbedded; }

Result<Code*> compile_embedded(Thread& thread, std::string_view name, std::string_view source) {
  SourceOptions options;
  options.source_is_utf8 = true;
  return compile_source(thread, source, format_text(thread, "<frozen {}>", name), options);
}

extern const ModuleSpec kImpModule = {.name = "_imp",
                                      .functions = kFunctions,
                                      .initialize = &initialize,
                                      .doc = "(Extremely) low-level import machinery bits."};

}  // namespace viperine
