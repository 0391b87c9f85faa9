// SPDX-License-Identifier: MIT
// The module sys: functions and the attributes that do not depend on the command line. argv, flags, path and the like
// are set by shell/; numbers about the platform (float_info, hash_info, ...) are in sys_info.cpp; hooks in
// sys_hooks.cpp.
#include "modules/sys.h"

#include <cstdio>

#include "interpreter/tracing.h"
#include "modules/builtin_modules.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

Result<Value> sys_intern(Thread& thread, Value text) {
  if (!is_str(text)) return thread.raise<TypeError>("intern() argument must be str, not {}", type_name_of(text));
  if (!is_exact<Str>(text) && !has_kind(text, Kind::Rope))
    return thread.raise<TypeError>("can't intern {}", type_name_of(text));
  return to_value(intern(thread, as_str(thread, text)));
}

Result<Value> sys_getframe(Thread& thread, int64_t depth) {
  if (!thread.runtime().audit_hooks_.is_none()) {
    Value* at = thread.frame();
    for (int64_t i = depth; i > 0 && at != nullptr; --i) at = caller_of(at);
    if (at != nullptr) TRY(audit(thread, "sys._getframe", to_value(frame_object(thread, at))));
  }
  Value* base = thread.frame();
  for (; depth > 0 && base != nullptr; --depth) base = caller_of(base);
  if (base == nullptr) return thread.raise<ValueError>("call stack is not deep enough");
  return to_value(frame_object(thread, base));
}

Result<Value> sys_exc_info(Thread& thread) {
  Value handled = thread.handled();
  if (handled.is_none()) return to_value(Tuple::of(thread.heap(), Value::none(), Value::none(), Value::none()));
  return to_value(Tuple::of(thread.heap(), to_value(type_of(thread, handled)), handled,
                            cast<ExceptionObject>(handled)->traceback_.get()));
}
Result<Value> sys_exception(Thread& thread) { return thread.handled(); }

Result<Value> sys_exit(Thread& thread, Value status) {
  Type* type = thread.runtime().exception_type<SystemExit>();
  Value error = status.is_none()    ? TRY(call(thread, to_value(type)))
                : is<Tuple>(status) ? TRY(call_with_tuple(thread, to_value(type), cast<Tuple>(status), nullptr))
                                    : TRY(call(thread, to_value(type), status));
  return thread.raise_object(cast<ExceptionObject>(error));
}

Result<Value> sys_getrecursionlimit(Thread& thread) { return Value::from_int(thread.depth_limit_); }
Result<void> sys_setrecursionlimit(Thread& thread, int limit) {
  if (limit < 1) return thread.raise<ValueError>("recursion limit must be greater or equal than 1");
  if (static_cast<uint32_t>(limit) <= thread.depth_)
    return thread.raise<RecursionError>(
        "cannot set the recursion limit to {} at the recursion depth {}: the limit is too low", limit, thread.depth_);
  for (Thread* each = thread.runtime().threads_; each != nullptr; each = each->next_)
    each->depth_limit_ = static_cast<uint32_t>(limit);
  return {};
}

Result<Value> sys_getsizeof(Thread& thread, Value object, Optional<Value> fallback) {
  auto found = lookup_special(thread, object, thread.names().__sizeof__);
  Result<Value> size = Raised{};
  if (!found.is_raised() && found.take()) size = call(thread, *found.take());
  if (!found.is_raised() && !found.take())
    size = thread.raise<TypeError>("Type {} doesn't define __sizeof__", type_name_of(object));
  if (!size.is_raised()) {
    int64_t bytes = TRY(to_index_int64(thread, size.take()));
    if (bytes < 0) return thread.raise<ValueError>("__sizeof__() should return >= 0");
    return make_int(thread.heap(), bytes);
  }
  if (!fallback || !thread.pending_is<TypeError>()) return Raised{};
  thread.clear_pending();
  return *fallback;
}

// Objects are not counted; tools only compare with small numbers.
Result<Value> sys_getrefcount(Thread&, Value) { return Value::from_int(2); }
Result<Value> sys_getdefaultencoding(Thread& thread) { return to_value(intern(thread, "utf-8")); }
Result<Value> sys_getfilesystemencoding(Thread& thread) { return to_value(intern(thread, "utf-8")); }
Result<Value> sys_getfilesystemencodeerrors(Thread& thread) { return to_value(thread.names().surrogateescape); }
Result<Value> sys_is_finalizing(Thread& thread) { return Value::from_bool(thread.runtime().finalizing_); }
Result<Value> sys_getallocatedblocks(Thread& thread) {
  return make_unsigned(thread.heap(), thread.heap().statistics().live_bytes / 32);
}
Result<Value> sys_getswitchinterval(Thread& thread) {
  return make_float(thread.heap(), thread.runtime().switch_interval_);
}
Result<void> sys_setswitchinterval(Thread& thread, double interval) {
  if (interval <= 0) return thread.raise<ValueError>("switch interval must be strictly positive");
  thread.runtime().switch_interval_ = interval;
  return {};
}
Result<Value> sys_get_int_max_str_digits(Thread& thread) {
  return Value::from_int(thread.runtime().options().int_max_str_digits);
}
Result<void> sys_set_int_max_str_digits(Thread& thread, int64_t maxdigits) {
  if (maxdigits != 0 && maxdigits < 640) return thread.raise<ValueError>("maxdigits must be 0 or larger than 640");
  thread.runtime().mutable_options().int_max_str_digits = maxdigits;
  return {};
}
Result<void> sys_clear_type_cache(Thread& thread) {
  clear_lookup_cache(thread.runtime());
  return {};
}
Result<Value> sys_current_frames(Thread& thread) {
  Dict* frames = Dict::make(thread.heap());
  for (Thread* each = thread.runtime().threads_; each != nullptr; each = each->next_) {
    if (each->frame() == nullptr) continue;
    TRY(dict_set(thread, frames, make_unsigned(thread.heap(), each->identifier_),
                 to_value(frame_object(thread, each->frame()))));
  }
  return to_value(frames);
}
Result<Value> sys_current_exceptions(Thread& thread) {
  Dict* exceptions = Dict::make(thread.heap());
  for (Thread* each = thread.runtime().threads_; each != nullptr; each = each->next_)
  {
    Value handled = each->handled(), items[3] = {Value::none(), Value::none(), Value::none()};
    if (is<ExceptionObject>(handled)) {
      items[0] = to_value(type_of(thread, handled));
      items[1] = handled;
      items[2] = cast<ExceptionObject>(handled)->traceback_.get();
    }
    Value triple = to_value(TRY(make_tuple(thread, std::span<const Value>(items))));
    TRY(dict_set(thread, exceptions, make_unsigned(thread.heap(), each->identifier_), triple));
  }
  return to_value(exceptions);
}
Result<Value> sys_getdlopenflags(Thread& thread) { return Value::from_int(thread.runtime().dlopen_flags_); }
Result<void> sys_setdlopenflags(Thread& thread, int flags) {
  thread.runtime().dlopen_flags_ = flags;
  return {};
}
Result<Value> sys_get_coroutine_origin_depth(Thread& thread) { return thread.coroutine_origin_depth_; }
Result<void> sys_set_coroutine_origin_depth(Thread& thread, int depth) {
  if (depth < 0) return thread.raise<ValueError>("depth must be >= 0");
  thread.coroutine_origin_depth_ = Value::from_int(depth);
  return {};
}
Result<void> sys_debugmallocstats(Thread& thread) {
  std::fprintf(stderr, "heap: %zu bytes live\n", static_cast<size_t>(thread.heap().statistics().live_bytes));
  return {};
}
Result<Value> sys_getquickenedcount(Thread&) { return Value::from_int(0); }
Result<void> sys_settrace(Thread& thread, Value function) {
  TRY(audit(thread, "sys.settrace"));
  set_trace_function(thread, function);
  return {};
}
Result<void> sys_setprofile(Thread& thread, Value function) {
  TRY(audit(thread, "sys.setprofile"));
  set_profile_function(thread, function);
  return {};
}
Result<Value> sys_call_tracing(Thread& thread, Value function, Tuple* arguments) {
  return call_tracing(thread, function, arguments);
}

Result<Value> sys_gettrace(Thread& thread) { return thread.trace_function_; }
Result<Value> sys_getprofile(Thread& thread) { return thread.profile_function_; }

constexpr NativeMethod kFunctions[] = {
    function<sys_intern>("intern(string, /)", "``Intern'' the given string."),
    function<sys_getframe>("_getframe(depth=0, /)", "Return a frame object from the call stack."),
    function<sys_exc_info>("exc_info()", "Return current exception information: (type, value, traceback)."),
    function<sys_exception>("exception()", "Return the current exception."),
    function<sys_exit>("exit(status=None, /)", "Exit the interpreter by raising SystemExit(status)."),
    function<sys_getrecursionlimit>("getrecursionlimit()", "Return the current value of the recursion limit."),
    function<sys_setrecursionlimit>("setrecursionlimit(limit, /)",
                                    "Set the maximum depth of the Python interpreter stack to n."),
    function<sys_getsizeof>("getsizeof(object, default=<unrepresentable>)", "Return the size of object in bytes."),
    function<sys_getrefcount>("getrefcount(object, /)", "Return a constant: objects are not reference counted."),
    function<sys_getdefaultencoding>("getdefaultencoding()", "Return the current default encoding."),
    function<sys_getfilesystemencoding>("getfilesystemencoding()", "Return the encoding used to convert filenames."),
    function<sys_getfilesystemencodeerrors>("getfilesystemencodeerrors()", "Return the error mode used for filenames."),
    function<sys_is_finalizing>("is_finalizing()", "Return True if Python is exiting."),
    function<sys_getallocatedblocks>("getallocatedblocks()", "An estimate of the number of memory blocks allocated."),
    function<sys_getswitchinterval>("getswitchinterval()", "Return the current thread switch interval."),
    function<sys_setswitchinterval>("setswitchinterval(interval, /)",
                                    "Set the ideal thread switching delay, in seconds."),
    function<sys_get_int_max_str_digits>("get_int_max_str_digits()",
                                         "The maximum string digits limit for int conversions."),
    function<sys_set_int_max_str_digits>("set_int_max_str_digits(maxdigits)", "Set that limit."),
    function<sys_clear_type_cache>("_clear_type_cache()", "Clear the internal type lookup cache."),
    function<sys_current_frames>("_current_frames()",
                                 "Return a dict mapping each thread's id to its current stack frame."),
    function<sys_current_exceptions>("_current_exceptions()",
                                     "Return a dict mapping each thread's id to its current exception."),
    function<sys_getdlopenflags>("getdlopenflags()", "Return the flags used for dlopen calls."),
    function<sys_setdlopenflags>("setdlopenflags(flags, /)", "Set the flags used for dlopen calls."),
    function<sys_get_coroutine_origin_depth>("get_coroutine_origin_tracking_depth()"),
    function<sys_set_coroutine_origin_depth>("set_coroutine_origin_tracking_depth(depth)"),
    function<sys_debugmallocstats>("_debugmallocstats()", "Print statistics of the heap to stderr."),
    function<sys_getquickenedcount>("_getquickenedcount()"),
    function<sys_settrace>("settrace(function, /)", "Set the global debug tracing function."),
    function<sys_setprofile>("setprofile(function, /)", "Set the profiling function."),
    function<sys_call_tracing>("call_tracing(func, args, /)", "Call func(*args), while tracing is enabled."),
    function<sys_gettrace>("gettrace()", "Return the global debug tracing function set with sys.settrace."),
    function<sys_getprofile>("getprofile()", "Return the profiling function set with sys.setprofile."),
};

Result<Value> builtin_names(Thread& thread) {
  List* names = List::make(thread.heap());
  for (const ModuleSpec* spec : builtin_modules())
    TRY(list_append_value(thread, names, to_value(intern(thread, spec->name))));
  TRY(list_append_value(thread, names, to_value(thread.names().builtins)));
  TRY(call_method(thread, to_value(names), thread.names().sort));
  return to_value(list_to_tuple(thread, names));
}

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_text(thread, module, "byteorder", "little"));
  TRY(add_text(thread, module, "platform", "linux"));
  TRY(add_text(thread, module, "platlibdir", "lib"));
  TRY(add_text(thread, module, "float_repr_style", "short"));
  TRY(add_text(thread, module, "abiflags", ""));
  TRY(add_text(thread, module, "copyright", "Copyright (c) 2026 The Viperine developers."));
  TRY(add_int(thread, module, "maxsize", INT64_MAX));
  TRY(add_int(thread, module, "maxunicode", 0x10FFFF));
  TRY(add_int(thread, module, "api_version", 1013));
  TRY(add_int(thread, module, "hexversion", 0x030B02F0));
  TRY(add_constant(thread, module, "modules", to_value(thread.runtime().modules())));
  TRY(add_constant(thread, module, "builtin_module_names", TRY(builtin_names(thread))));
  for (const char* name : {"path", "meta_path", "path_hooks", "warnoptions", "argv", "orig_argv"})
    TRY(add_constant(thread, module, name, to_value(List::make(thread.heap()))));
  TRY(add_constant(thread, module, "path_importer_cache", to_value(Dict::make(thread.heap()))));
  TRY(add_constant(thread, module, "_xoptions", to_value(Dict::make(thread.heap()))));
  TRY(add_constant(thread, module, "pycache_prefix", Value::none()));
  TRY(add_constant(thread, module, "dont_write_bytecode", Value::false_()));
  for (const NativeMethod& method : sys_hook_functions()) TRY(add_function(thread, module, method));
  for (auto [copy, hook] :
       {std::pair{"__displayhook__", "displayhook"}, std::pair{"__excepthook__", "excepthook"},
        std::pair{"__unraisablehook__", "unraisablehook"}, std::pair{"__breakpointhook__", "breakpointhook"}})
    if (Optional<Value> value = module->dict()->get_str(intern(thread, hook)))
      TRY(add_constant(thread, module, copy, *value));
  TRY(add_constant(thread, module, "stdlib_module_names", TRY(stdlib_module_names(thread))));
  TRY(add_constant(thread, module, "_home", Value::none()));
  return add_sys_info(thread, module);
}

}  // namespace

extern const ModuleSpec kSysModule = {.name = "sys",
                                      .functions = kFunctions,
                                      .initialize = &initialize,
                                      .doc =
                                          "This module provides access to some objects used or maintained by "
                                          "the\ninterpreter and to functions that interact "
                                          "strongly with the interpreter."};

}  // namespace viperine
