// SPDX-License-Identifier: MIT
// The module _asyncio: running loops and the registers of tasks; Future and Task are in future.cpp and task.cpp.
#include <unistd.h>

#include "modules/asyncio/future.h"
#include "runtime/import.h"

namespace viperine {

namespace asyncio {

Result<Value> module_value(Thread& thread, std::string_view name) {
  Optional<Value> module = thread.runtime().modules()->get_str(thread.names()._asyncio);
  if (module && is<Module>(*module)) {
    Optional<Value> found = cast<Module>(*module)->dict()->get_str(intern(thread, name));
    if (found) return *found;
  }
  return import_attribute(thread, "_asyncio", name);
}

Result<void> enter_task(Thread& thread, Value loop, Value task) {
  Dict* current = cast<Dict>(TRY(module_value(thread, "_current_tasks")));
  Optional<Value> other = TRY(dict_find(thread, current, loop));
  if (other)
    return thread.raise<RuntimeError>("Cannot enter into task {} while another task {} is being executed.",
                                      TRY(repr(thread, task)), TRY(repr(thread, *other)));
  return dict_set(thread, current, loop, task);
}

Result<void> leave_task(Thread& thread, Value loop, Value task) {
  Dict* current = cast<Dict>(TRY(module_value(thread, "_current_tasks")));
  Optional<Value> other = TRY(dict_find(thread, current, loop));
  if (!other || *other != task)
    return thread.raise<RuntimeError>("Leaving task {} does not match the current task {}.", TRY(repr(thread, task)),
                                      TRY(repr(thread, other ? *other : Value::none())));
  TRY(dict_remove(thread, current, loop));
  return {};
}

Result<Value> running_loop_or_policy(Thread& thread) {
  Value loop = running_loop(thread);
  if (!loop.is_none()) return loop;
  Value policy = TRY(call(thread, TRY(import_attribute(thread, "asyncio.events", "get_event_loop_policy"))));
  return call_method(thread, policy, intern(thread, "get_event_loop"));
}

Value running_loop(Thread& thread) {
  // A child made by fork() has no running loop of its own.
  if (!is<Tuple>(thread.running_loop_)) return Value::none();
  Tuple* entry = cast<Tuple>(thread.running_loop_);
  return entry->at(1).as_int() == getpid() ? entry->at(0) : Value::none();
}

}  // namespace asyncio

namespace {

using namespace asyncio;  // NOLINT: this file is its module

Result<Value> get_running_loop_or_none(Thread& thread) { return running_loop(thread); }
Result<Value> get_running_loop(Thread& thread) {
  Value loop = running_loop(thread);
  if (loop.is_none()) return thread.raise<RuntimeError>("no running event loop");
  return loop;
}
Result<void> set_running_loop(Thread& thread, Value loop) {
  thread.running_loop_ = loop.is_none() ? loop : to_value(Tuple::of(thread.heap(), loop, Value::from_int(getpid())));
  return {};
}
Result<Value> get_event_loop(Thread& thread) { return running_loop_or_policy(thread); }
Result<Value> get_event_loop_internal(Thread& thread, Value) { return running_loop_or_policy(thread); }
Result<void> register_task(Thread& thread, Value task) {
  TRY(call_method(thread, TRY(module_value(thread, "_all_tasks")), thread.names().add, task));
  return {};
}
Result<void> unregister_task(Thread& thread, Value task) {
  TRY(call_method(thread, TRY(module_value(thread, "_all_tasks")), intern(thread, "discard"), task));
  return {};
}
Result<void> enter(Thread& thread, Value loop, Value task) { return enter_task(thread, loop, task); }
Result<void> leave(Thread& thread, Value loop, Value task) { return leave_task(thread, loop, task); }

constexpr NativeMethod kFunctions[] = {
    function<get_running_loop_or_none>("_get_running_loop()", "Return the running event loop or None."),
    function<get_running_loop>("get_running_loop()",
                               "Return the running event loop.  Raise a RuntimeError if there is none."),
    function<set_running_loop>("_set_running_loop(loop, /)", "Set the running event loop."),
    function<get_event_loop>("get_event_loop()", "Return an asyncio event loop."),
    function<get_event_loop_internal>("_get_event_loop(stacklevel=3)"),
    function<register_task>("_register_task(task)", "Register a new task in asyncio as executed by loop."),
    function<unregister_task>("_unregister_task(task)", "Unregister a task."),
    function<enter>("_enter_task(loop, task)", "Enter into task execution or resume suspended task."),
    function<leave>("_leave_task(loop, task)", "Leave task execution or suspend a task."),
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kFutureType));
  TRY(add_type(thread, module, kTaskType));
  TRY(make_builtin_type(thread, kFutureIteratorType));
  TRY(make_builtin_type(thread, kTaskStepType));
  Value all = TRY(call(thread, TRY(import_attribute(thread, "weakref", "WeakSet"))));
  TRY(add_constant(thread, module, "_all_tasks", all));
  TRY(add_constant(thread, module, "_current_tasks", to_value(Dict::make(thread.heap()))));
  Value counter = TRY(call(thread, TRY(import_attribute(thread, "itertools", "count")), Value::from_int(1)));
  return add_constant(thread, module, "_task_name_counter", counter);
}

}  // namespace

extern const ModuleSpec kAsyncioModule = {
    .name = "_asyncio", .functions = kFunctions, .initialize = &initialize, .doc = "Accelerator module for asyncio"};

}  // namespace viperine
