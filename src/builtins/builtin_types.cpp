// SPDX-License-Identifier: MIT
// The table of built-in types, from builtin_types.def, and the builtins module.
#include "builtins/builtins_module.h"
#include "builtins/functions.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/strings.h"

namespace viperine {

#define BUILTIN_TYPE(spec) extern const TypeSpec spec;
#include "builtins/builtin_types.def"
#undef BUILTIN_TYPE

std::span<const TypeSpec* const> builtin_types() {
  static const TypeSpec* const kTypes[] = {
#define BUILTIN_TYPE(spec) &spec,
#include "builtins/builtin_types.def"
#undef BUILTIN_TYPE
      nullptr};
  return std::span<const TypeSpec* const>(kTypes, std::size(kTypes) - 1);
}

namespace {

/// Types that are names of the builtins module (the others are reached through the types module).
constexpr Kind kNamedTypes[] = {Kind::Bool,         Kind::MemoryView, Kind::ByteArray, Kind::Bytes,  Kind::ClassMethod,
                                Kind::Complex,      Kind::Dict,       Kind::Enumerate, Kind::Filter, Kind::Float,
                                Kind::FrozenSet,    Kind::Property,   Kind::Int,       Kind::List,   Kind::Map,
                                Kind::Object,       Kind::Range,      Kind::Reversed,  Kind::Set,    Kind::Slice,
                                Kind::StaticMethod, Kind::Str,        Kind::Super,     Kind::Tuple,  Kind::Type,
                                Kind::Zip};

}  // namespace

Result<void> make_builtins_module(Thread& thread) {
  Runtime& runtime = thread.runtime();
  Module* module = make_module(thread, thread.names().builtins);
  runtime.builtins_dict_ = module->dict();
  for (auto functions : {builtin_functions(), code_functions(), io_functions(), class_functions()})
    for (const NativeMethod& method : functions) TRY(add_function(thread, module, method));
  for (Kind kind : kNamedTypes)
    if (Type* type = runtime.type(kind)) TRY(dict_set_name(thread, module->dict(), type->name(), to_value(type)));
  for (Type* type : runtime.exception_types_)
    if (type != nullptr) TRY(dict_set_name(thread, module->dict(), type->name(), to_value(type)));
  TRY(dict_set_name(thread, module->dict(), "ExceptionGroup", to_value(TRY(make_exception_group_type(thread)))));
  Type* os_error = runtime.exception_type<OSError>();
  TRY(dict_set_name(thread, module->dict(), "IOError", to_value(os_error)));
  TRY(dict_set_name(thread, module->dict(), "EnvironmentError", to_value(os_error)));
  TRY(dict_set_name(thread, module->dict(), "None", Value::none()));
  TRY(dict_set_name(thread, module->dict(), "True", Value::true_()));
  TRY(dict_set_name(thread, module->dict(), "False", Value::false_()));
  TRY(dict_set_name(thread, module->dict(), "Ellipsis", Value::ellipsis()));
  TRY(dict_set_name(thread, module->dict(), "NotImplemented", Value::not_implemented()));
  TRY(dict_set_name(thread, module->dict(), "__debug__", Value::from_bool(runtime.options().optimize == 0)));
  return dict_set(thread, runtime.modules(), to_value(thread.names().builtins), to_value(module));
}

}  // namespace viperine
