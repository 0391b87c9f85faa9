// SPDX-License-Identifier: MIT
// The order in which a runtime comes to life: heap and names, types, exceptions, builtins, sys, import system, streams.
#include "shell/startup.h"

#include <cstdio>

#include "builtins/builtins_module.h"
#include "interpreter/frames.h"
#include "interpreter/inline_cache.h"
#include "modules/builtin_modules.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/threads.h"

namespace viperine {

Runtime* start_runtime(const RuntimeOptions& options) {
  RuntimeTables tables;
  tables.types = builtin_types();
  tables.modules = builtin_modules();
  tables.call_function = &call_python_function;
  tables.resume = &resume_generator;
  tables.resume_at = &resume_generator_at;
  tables.throw_into = &throw_into_generator;
  tables.invalidate_caches = &invalidate_inline_caches;
  Runtime* runtime = Runtime::create(options, tables);
  if (runtime == nullptr) {
    std::fputs("viperine: not enough memory to start\n", stderr);
    return nullptr;
  }
  Thread& thread = *runtime->main_thread();
  thread.dispatch_ = plain_dispatch_table();
  for (const TypeSpec* spec : tables.types) MUST(make_builtin_type(thread, *spec));
  initialize_threads(*runtime);
  MUST(make_builtins_module(thread));
  Module* sys = MUST(make_builtin_module(thread, "sys"));
  runtime->sys_dict_ = sys->dict();
  MUST(dict_set(thread, runtime->modules(), to_value(thread.names().sys), to_value(sys)));
  return runtime;
}

}  // namespace viperine
