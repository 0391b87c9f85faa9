// SPDX-License-Identifier: MIT
// Finalizers, weak reference callbacks, unraisable exceptions. Signals and the GIL hook in through Runtime's tables.
#include "runtime/poll.h"

#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

void report_unraisable(Thread& thread, Value object, const char* message) {
  if (!thread.has_pending()) return;
  ExceptionObject* exception = thread.take_pending();
  Optional<Value> hook = thread.runtime().sys_dict() == nullptr
                             ? Optional<Value>()
                             : thread.runtime().sys_dict()->get_str(thread.names().unraisablehook);
  if (hook && !(*hook).is_none()) {
    Type* type = thread.runtime().unraisable_type_;
    Value text = message == nullptr ? Value::none() : to_value(make_str(thread, message));
    Value values[] = {to_value(type_of(thread, to_value(exception))), to_value(exception), exception->traceback_.get(),
                      text, object};
    auto arguments = type == nullptr ? Result<Value>(Value::none()) : make_struct_sequence(thread, type, values);
    if (!arguments.is_raised()) {
      auto result = call(thread, *hook, arguments.take());
      if (!result.is_raised()) return;
    }
  }
  thread.clear_pending();
}

namespace {

void finalize(Thread& thread, HeapObject* object) {
  Value value = to_value(object);
  UnarySlot slot = type_of(thread, value)->slots().finalize;
  if (slot == nullptr) return;
  if (!slot(thread, value).is_raised()) return;
  // The report names the method of a class statement, otherwise the object.
  Optional<Value> method = lookup_in_type(thread, type_of(thread, value), thread.names().__del__);
  report_unraisable(thread, method && has_kind(*method, Kind::Function) ? *method : value);
}

}  // namespace

void run_finalizers(Thread& thread) {
  // The running code's exception state is not theirs.
  Value pending = thread.pending_;
  Value returned = thread.returned_;
  thread.pending_ = Value::absent();
  RootVector kept(thread.runtime());
  kept.push(pending);
  kept.push(returned);
  while (HeapObject* weak = thread.heap().take_cleared_weak()) {
    kept.push(to_value(weak));
    Value callback = static_cast<WeakRef*>(weak)->callback_.get();
    if (run_weakref_callback(thread, static_cast<WeakRef*>(weak)).is_raised()) report_unraisable(thread, callback);
  }
  while (HeapObject* object = thread.heap().take_finalizable()) {
    kept.push(to_value(object));
    finalize(thread, object);
  }
  thread.pending_ = kept[0];
  thread.returned_ = kept[1];
}

bool run_pending_work(Thread& thread, uint32_t bits) {
  // Only a loop of the interpreter can take these up.
  if (bits & (kPollTrace | kPollCollect)) thread.request_poll(bits & (kPollTrace | kPollCollect));
  if (bits & kPollFinalize) run_finalizers(thread);
  if ((bits & kPollSwitch) != 0 && thread.runtime().yield_lock_ != nullptr) thread.runtime().yield_lock_(thread);
  if (bits & kPollSignal) {
    auto handler = thread.runtime().signal_handler_;
    if (handler != nullptr && !handler(thread)) return false;
  }
  if (bits & kPollAsync) {
    Value exception = thread.async_exception_;
    thread.async_exception_ = Value::absent();
    if (!exception.is_absent()) {
      auto object = is<Type>(exception) ? call(thread, exception) : Result<Value>(exception);
      if (!object.is_raised()) thread.raise_object(cast<ExceptionObject>(object.take()));
      return false;
    }
  }
  return true;
}

}  // namespace viperine
