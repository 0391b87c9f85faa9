// SPDX-License-Identifier: MIT
// The module atexit: functions to be called when the process ends, last first.
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

/// The list of (function, args, kwargs) is kept in the first module's state, which others share, also after it has been
/// taken from sys.modules.
Result<List*> callbacks(Thread& thread) {
  Module* module = native_module(thread, "atexit");
  if (module == nullptr) return thread.raise<RuntimeError>("atexit is not imported");
  return cast<List>(module->state_.get());
}

Result<Value> atexit_register(Thread& thread, const Arguments& arguments) {
  if (arguments.positional_count() == 0)
    return thread.raise<TypeError>("register() takes at least 1 argument (0 given)");
  Value function = arguments[0];
  if (!is_callable(thread, function)) return thread.raise<TypeError>("the first argument must be callable");
  Value keywords = Value::none();
  if (arguments.keyword_count() > 0) {
    Dict* dict = Dict::make(thread.heap());
    for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
      TRY(dict_set(thread, dict, arguments.keywords->at(i), arguments.keyword_value(i)));
    keywords = to_value(dict);
  }
  Value positional = to_value(Tuple::make(thread.heap(), arguments.positional().subspan(1)));
  TRY(list_append_value(thread, TRY(callbacks(thread)),
                        to_value(Tuple::of(thread.heap(), function, positional, keywords))));
  return function;
}

Result<void> atexit_run(Thread& thread) {
  List* list = TRY(callbacks(thread));
  while (list->length() > 0) {
    auto* entry = cast<Tuple>(list->at(list->length() - 1));
    list->truncate(thread.heap(), list->length() - 1);
    Dict* keywords = entry->at(2).is_none() ? nullptr : cast<Dict>(entry->at(2));
    if (call_with_tuple(thread, entry->at(0), cast<Tuple>(entry->at(1)), keywords).is_raised())
      report_unraisable(thread, entry->at(0), "Exception ignored in atexit callback");
  }
  return {};
}
Result<void> atexit_clear(Thread& thread) {
  TRY(callbacks(thread))->truncate(thread.heap(), 0);
  return {};
}
Result<void> atexit_unregister(Thread& thread, Value function) {
  List* list = TRY(callbacks(thread));
  List* kept = List::make(thread.heap());
  for (int64_t i = 0; i < list->length(); ++i)
    if (!TRY(equals(thread, cast<Tuple>(list->at(i))->at(0), function)))
      TRY(list_append_value(thread, kept, list->at(i)));
  list->truncate(thread.heap(), 0);
  return list_extend(thread, list, to_value(kept));
}
Result<Value> atexit_count(Thread& thread) { return Value::from_int(TRY(callbacks(thread))->length()); }

constexpr NativeMethod kFunctions[] = {
    function<atexit_register>("register(*args, **kwargs)",
                              "Register a function to be executed upon normal program termination"),
    function<atexit_run>("_run_exitfuncs()"),
    function<atexit_clear>("_clear()"),
    function<atexit_unregister>("unregister(func, /)"),
    function<atexit_count>("_ncallbacks()"),
};
Result<void> initialize(Thread& thread, Module* module) {
  module->state_.set(module, to_value(List::make(thread.heap())));
  return {};
}

}  // namespace

extern const ModuleSpec kAtexitModule = {
    .name = "atexit",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "allow programmer to define multiple exit functions to be executed upon normal program termination."};

}  // namespace viperine
