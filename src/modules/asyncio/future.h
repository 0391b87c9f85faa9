// SPDX-License-Identifier: MIT
// Futures and tasks of _asyncio: the objects and what the two files that work on them share. Semantics: the Python
// classes asyncio.Future and asyncio.Task, for which these stand in.
// Invariant: a pending task either has a step scheduled (waiter_ is None) or waits for waiter_.
#pragma once

#include "builtins/common.h"
#include "builtins/container_support.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"

namespace viperine::asyncio {

enum class FutureState : uint8_t { Pending, Cancelled, Finished };

/// asyncio.Future; with TaskPart behind it, asyncio.Task.
class Future : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::AsyncFuture;
  static bool is_kind(Kind kind) { return kind == Kind::AsyncFuture || kind == Kind::AsyncTask; }
  FutureState state() const { return static_cast<FutureState>(state_); }
  void set_state(FutureState state) { state_ = static_cast<uint8_t>(state); }

  Slot<Value> loop_;       // int 0 before __init__
  Slot<Value> callbacks_;  // None, or a List of (function, context)
  Slot<Value> result_;
  Slot<Value> exception_;  // None when there is none
  Slot<Value> exception_traceback_;
  Slot<Value> cancel_message_;
  Slot<Value> cancelled_error_;   // the CancelledError that ended a task, for chaining
  Slot<Value> source_traceback_;  // None unless the loop is in debug mode
  uint8_t state_;
  bool blocking_;  // _asyncio_future_blocking: __await__ has just yielded it
  bool log_traceback_;
  bool must_cancel_;  // tasks: CancelledError is due at the next step
  bool silent_;       // tasks: not _log_destroy_pending
  uint8_t padding_[3];
  LAYOUT(Future, HeapObject, loop_, callbacks_, result_, exception_, exception_traceback_, cancel_message_,
         cancelled_error_, source_traceback_, state_, blocking_, log_traceback_, must_cancel_, silent_, padding_);
};

class Task final : public Future {
 public:
  static constexpr Kind kKind = Kind::AsyncTask;
  static bool is_kind(Kind kind) { return kind == Kind::AsyncTask; }
  Slot<Value> coroutine_, waiter_, name_, context_;
  int64_t cancel_requests_;
  LAYOUT(Task, Future, coroutine_, waiter_, name_, context_, cancel_requests_);
};

/// What the loop calls for a task: its next step, with an exception to throw or after the future that it waited for.
class TaskStep final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::AsyncTaskStep;
  Slot<Task> task_;
  Slot<Value> exception_;  // None: send
  uint64_t is_wakeup_;
  LAYOUT(TaskStep, HeapObject, task_, exception_, is_wakeup_);
};

extern const TypeSpec kFutureType, kFutureIteratorType, kTaskType, kTaskStepType;

/// RuntimeError unless __init__ has run.
Result<void> check_initialized(Thread& thread, Future* future);
Result<void> future_initialize(Thread& thread, Future* future, Value loop);
Result<Value> future_cancel(Thread& thread, Future* future, Value message);
Result<void> future_set_result(Thread& thread, Future* future, Value result);
Result<void> future_set_exception(Thread& thread, Future* future, Value exception);
/// The result; its exception, CancelledError or InvalidStateError is raised.
Result<Value> future_result(Thread& thread, Future* future);
Result<Value> future_add_callback(Thread& thread, Future* future, Value function, Value context);
/// The CancelledError to raise.
Result<Value> make_cancelled_error(Thread& thread, Future* future);
/// loop.call_soon(function[, argument], context=context); `argument` absent: none, `context` None: the current one.
Result<void> call_soon(Thread& thread, Value loop, Value function, Value argument, Value context);
/// The loop that runs in this thread, or None.
Value running_loop(Thread& thread);
Result<Value> running_loop_or_policy(Thread& thread);
/// Marks the task that runs in the loop; RuntimeError when there is another one.
Result<void> enter_task(Thread& thread, Value loop, Value task);
Result<void> leave_task(Thread& thread, Value loop, Value task);
/// Tells the loop's exception handler about a future that is going away.
Result<void> report(Thread& thread, Future* future, const char* key, Str* message, Value exception);
Result<Value> future_finalize(Thread& thread, Value self);
Raised raise_asyncio(Thread& thread, const char* exception, Str* text);
/// A name of the module's own dict (_all_tasks, _current_tasks).
Result<Value> module_value(Thread& thread, std::string_view name);

}  // namespace viperine::asyncio
