// SPDX-License-Identifier: MIT
// The module sys: attributes that do not need the shell. Those of the command line (argv, flags, ...) are set by shell/.
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

Result<Value> sys_intern(Thread& thread, Value text) {
  if (!is_exact<Str>(text) && !has_kind(text, Kind::Rope))
    return thread.raise<TypeError>("can't intern {}", type_name_of(text));
  return to_value(intern(thread, as_str(thread, text)));
}

Result<Value> sys_getframe(Thread& thread, int64_t depth) {
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

constexpr NativeMethod kFunctions[] = {
    function<sys_intern>("intern(string, /)", "``Intern'' the given string."),
    function<sys_getframe>("_getframe(depth=0, /)", "Return a frame object from the call stack."),
    function<sys_exc_info>("exc_info()", "Return current exception information: (type, value, traceback)."),
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_text(thread, module, "byteorder", "little"));
  TRY(add_int(thread, module, "maxsize", INT64_MAX));
  TRY(add_int(thread, module, "maxunicode", 0x10FFFF));
  return {};
}

}  // namespace

extern const ModuleSpec kSysModule = {.name = "sys", .functions = kFunctions, .initialize = &initialize};

}  // namespace viperine
