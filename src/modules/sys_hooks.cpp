// SPDX-License-Identifier: MIT
// sys: hooks - displayhook, excepthook, unraisablehook, breakpointhook, audit hooks, asynchronous generator hooks,
// tracing.
#include <string>

#include "modules/sys.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/traceback_text.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

Result<void> sys_displayhook(Thread& thread, Value object) {
  if (object.is_none()) return {};
  Dict* builtins = thread.runtime().builtins_dict();
  TRY(dict_set_name(thread, builtins, thread.names()._, Value::none()));
  Optional<Value> out = thread.runtime().sys_dict()->get_str(thread.names().stdout_);
  if (!out || (*out).is_none()) return thread.raise<RuntimeError>("lost sys.stdout");
  Str* text = TRY(repr(thread, object));
  auto written = call_method(thread, *out, thread.names().write, to_value(text));
  if (written.is_raised()) {
    if (!thread.pending_is<UnicodeEncodeError>()) return Raised{};
    thread.clear_pending();
    Value encoding = TRY(get_attribute(thread, *out, thread.names().encoding));
    Value encoded = TRY(call_method(thread, to_value(text), thread.names().encode, encoding,
                                    to_value(intern(thread, "backslashreplace"))));
    Value decoded = TRY(call_method(thread, encoded, thread.names().decode, encoding, to_value(thread.names().strict)));
    TRY(call_method(thread, *out, thread.names().write, decoded));
  }
  TRY(call_method(thread, *out, thread.names().write, to_value(thread.runtime().latin1_character('\n'))));
  return dict_set_name(thread, builtins, thread.names()._, object);
}

Result<void> sys_excepthook(Thread& thread, Value type, Value value, Value traceback) {
  if (is<ExceptionObject>(value)) {
    auto* exception = cast<ExceptionObject>(value);
    if (is<Traceback>(traceback) && exception->traceback_.get().is_none())
      exception->traceback_.set(exception, traceback);
    return print_exception(thread, exception);
  }
  Optional<Value> errors = thread.runtime().sys_dict()->get_str(thread.names().stderr_);
  if (!errors || (*errors).is_none()) return {};
  Str* text = format_text(thread, "TypeError: print_exception(): Exception expected for value, {} found\n",
                          type_name_of(value));
  TRY(call_method(thread, *errors, thread.names().write, to_value(text)));
  return {};
}

/// "Exception ignored in: ..." with its newline.
void describe_unraisable(Thread& thread, StringBuilder& text, Value message, Value object) {
  if (!object.is_none()) {
    if (is_str(message))
      text.append(as_str(thread, message));
    else
      text.append("Exception ignored in");
    text.append(": ");
    auto shown = repr(thread, object);
    if (shown.is_raised()) thread.clear_pending();
    shown.is_raised() ? text.append("<object repr() failed>") : text.append(shown.take());
    text.append("\n");
  } else if (is_str(message)) {
    text.append(as_str(thread, message));
    text.append(":\n");
  }
}

/// The class and the message; unlike an uncaught exception's, without causes and notes.
Result<void> describe_exception(Thread& thread, StringBuilder& text, Value type, Value exception) {
  Optional<Value> module = TRY(find_attribute(thread, type, thread.names().__module__));
  if (!module || !is_str(*module))
    text.append("<unknown>");
  else if (Str* name = as_str(thread, *module); !name->equals("builtins") && !name->equals("__main__")) {
    text.append(name);
    text.append(".");
  }
  Optional<Value> name = TRY(find_attribute(thread, type, thread.names().__qualname__));
  if (name && is_str(*name))
    text.append(as_str(thread, *name));
  else
    text.append("<unknown>");
  if (!exception.is_none()) {
    text.append(": ");
    auto shown = str(thread, exception);
    if (shown.is_raised()) thread.clear_pending();
    shown.is_raised() ? text.append("<exception str() failed>") : text.append(shown.take());
  }
  text.append("\n");
  return {};
}

Result<void> sys_unraisablehook(Thread& thread, Value unraisable) {
  if (thread.runtime().unraisable_type_ != nullptr && type_of(thread, unraisable) != thread.runtime().unraisable_type_)
    return thread.raise<TypeError>("sys.unraisablehook argument type must be UnraisableHookArgs");
  Optional<Value> errors = thread.runtime().sys_dict()->get_str(thread.names().stderr_);
  if (!errors || (*errors).is_none()) return {};
  Value message = TRY(get_attribute(thread, unraisable, "err_msg"));
  Value object = TRY(get_attribute(thread, unraisable, "object"));
  Value type = TRY(get_attribute(thread, unraisable, "exc_type"));
  StringBuilder text(thread);
  describe_unraisable(thread, text, message, object);
  if (text.length() > 0) TRY(call_method(thread, *errors, thread.names().write, to_value(TRY(text.finish()))));
  TRY(print_traceback_to(thread, *errors, TRY(get_attribute(thread, unraisable, "exc_traceback"))));
  if (!type.is_none()) {
    text.truncate(0);
    TRY(describe_exception(thread, text, type, TRY(get_attribute(thread, unraisable, "exc_value"))));
    TRY(call_method(thread, *errors, thread.names().write, to_value(TRY(text.finish()))));
  }
  if (call_method(thread, *errors, thread.names().flush).is_raised()) thread.clear_pending();
  return {};
}

Result<Value> sys_breakpointhook(Thread& thread, const Arguments& arguments) {
  Value os = TRY(import_module(thread, "os"));
  Value environment = TRY(get_attribute(thread, os, "environ"));
  Value name = TRY(call_method(thread, environment, thread.names().get, to_value(intern(thread, "PYTHONBREAKPOINT"))));
  std::string_view target = "pdb.set_trace";
  if (is_str(name) && as_str(thread, name)->length() > 0 && as_str(thread, name)->is_ascii())
    target = as_str(thread, name)->ascii();
  if (target == "0") return Value::none();
  size_t dot = target.rfind('.');
  std::string_view module = dot == std::string_view::npos ? "builtins" : target.substr(0, dot);
  auto object = import_module(thread, module);
  Result<Value> function = Raised{};
  if (!object.is_raised())
    function = get_attribute(thread, object.take(), dot == std::string_view::npos ? target : target.substr(dot + 1));
  if (!function.is_raised()) return call(thread, function.take(), arguments);
  if (!thread.pending_is<ImportError>() && !thread.pending_is<AttributeError>() && !thread.pending_is<ValueError>())
    return Raised{};
  thread.clear_pending();
  std::string text = "Ignoring unimportable $PYTHONBREAKPOINT: \"" + std::string(target) + "\"";
  TRY(warn(thread, thread.runtime().exception_type<RuntimeWarning>(), text));
  return Value::none();
}

Result<void> sys_audit(Thread& thread, Value event, Rest arguments) {
  if (!is_str(event)) return thread.raise<TypeError>("expected str for argument 'event', not {}", type_name_of(event));
  if (thread.runtime().audit_hooks_.is_none()) return {};
  Bytes* name = TRY(encode_utf8(thread, as_str(thread, event)));
  return call_audit_hooks(thread, name->view(), arguments.span());
}
Result<void> sys_addaudithook(Thread& thread, Value hook) {
  // Hooks that are there may object: then the new one is silently not added.
  if (audit(thread, "sys.addaudithook").is_raised()) {
    if (!is_subtype(type_of(thread, to_value(thread.pending())), thread.runtime().exception_type<Exception>()))
      return Raised{};
    thread.clear_pending();
    return {};
  }
  Value old = thread.runtime().audit_hooks_;
  int64_t count = is<Tuple>(old) ? cast<Tuple>(old)->length() : 0;
  Tuple* hooks = TRY(make_tuple(thread, count + 1));
  for (int64_t i = 0; i < count; ++i) hooks->set(i, cast<Tuple>(old)->at(i));
  hooks->set(count, hook);
  thread.runtime().audit_hooks_ = to_value(hooks);
  return {};
}

Result<void> sys_set_asyncgen_hooks(Thread& thread, Optional<Value> firstiter, Optional<Value> finalizer) {
  if (finalizer) {
    if (!(*finalizer).is_none() && !is_callable(thread, *finalizer))
      return thread.raise<TypeError>("callable finalizer expected, got {}", type_name_of(*finalizer));
    thread.asyncgen_hooks_[1] = *finalizer;
  }
  if (firstiter) {
    if (!(*firstiter).is_none() && !is_callable(thread, *firstiter))
      return thread.raise<TypeError>("callable firstiter expected, got {}", type_name_of(*firstiter));
    thread.asyncgen_hooks_[0] = *firstiter;
  }
  return {};
}
Result<Value> sys_get_asyncgen_hooks(Thread& thread) {
  Optional<Value> type = thread.runtime().sys_dict()->get_str(intern(thread, "_asyncgen_hooks_type"));
  if (!type) {
    constexpr const char* kFields[] = {"firstiter", "finalizer"};
    Type* made = TRY(add_struct_sequence(thread, nullptr, "sys.asyncgen_hooks", kFields, 2));
    TRY(dict_set_name(thread, thread.runtime().sys_dict(), "_asyncgen_hooks_type", to_value(made)));
    type = to_value(made);
  }
  Value values[] = {thread.asyncgen_hooks_[0], thread.asyncgen_hooks_[1]};
  return make_struct_sequence(thread, cast<Type>(*type), values);
}

constexpr NativeMethod kFunctions[] = {
    function<sys_displayhook>("displayhook(object, /)", "Print an object to sys.stdout and also save it in builtins._"),
    function<sys_excepthook>("excepthook(exctype, value, traceback, /)",
                             "Handle an exception by displaying it with a traceback."),
    function<sys_unraisablehook>("unraisablehook(unraisable, /)", "Handle an unraisable exception."),
    function<sys_breakpointhook>("breakpointhook(*args, **kws)",
                                 "This hook function is called by built-in breakpoint()."),
    function<sys_audit>("audit(event, /, *args)", "Passes the event to any hooks that are attached."),
    function<sys_addaudithook>("addaudithook(hook)", "Adds a new audit hook callback."),
    function<sys_set_asyncgen_hooks>("set_asyncgen_hooks(firstiter=<unrepresentable>, finalizer=<unrepresentable>)"),
    function<sys_get_asyncgen_hooks>("get_asyncgen_hooks()"),
};

}  // namespace

std::span<const NativeMethod> sys_hook_functions() { return kFunctions; }

}  // namespace viperine
