// SPDX-License-Identifier: MIT
// asyncio.Task: a coroutine driven by the steps that the loop calls.
#include "interpreter/slow_paths.h"
#include "modules/asyncio/future.h"
#include "modules/contextvars.h"
#include "runtime/warnings.h"

namespace viperine::asyncio {

namespace {

/// Exactly Future or Task: nothing is overridden.
bool is_future(Value value) {
  return value.is_pointer() && (value.as_object()->shape_word() == exact_shape_word(Kind::AsyncFuture) ||
                                value.as_object()->shape_word() == exact_shape_word(Kind::AsyncTask));
}

Result<void> schedule_step(Thread& thread, Task* task, Value exception) {
  auto* step = make_exact<TaskStep>(thread, Kind::AsyncTaskStep);
  step->task_.initialize(task);
  step->exception_.initialize(exception);
  return call_soon(thread, task->loop_.get(), to_value(step), Value::absent(), task->context_.get());
}
/// Schedules a step that throws RuntimeError with this text into the coroutine.
Result<void> schedule_error(Thread& thread, Task* task, Str* text) {
  Value error = TRY(call(thread, to_value(thread.runtime().exception_type<RuntimeError>()), to_value(text)));
  return schedule_step(thread, task, error);
}
Value make_wakeup(Thread& thread, Task* task) {
  auto* wakeup = make_exact<TaskStep>(thread, Kind::AsyncTaskStep);
  wakeup->task_.initialize(task);
  wakeup->exception_.initialize(Value::none());
  wakeup->is_wakeup_ = 1;
  return to_value(wakeup);
}

Result<bool> is_cancelled_error(Thread& thread, Value exception) {
  if (!is<ExceptionObject>(exception)) return false;
  Value type = TRY(import_attribute(thread, "asyncio.exceptions", "CancelledError"));
  return is<Type>(type) && is_instance(thread, exception, cast<Type>(type));
}

/// Lets the coroutine run to its next await; absent when it returned (the value is in Thread::returned_).
Result<Optional<Value>> advance(Thread& thread, Task* task, Value exception) {
  Value coroutine = task->coroutine_.get();
  if (exception.is_none()) return send_to(thread, coroutine, Value::none());
  auto result = call_method(thread, coroutine, thread.names().throw_, exception);
  if (!result.is_raised()) return Optional<Value>(result.take());
  if (!thread.pending_is<StopIteration>()) return Raised{};
  ExceptionObject* stop = thread.take_pending();
  thread.returned_ = exception_member(thread, stop, thread.names().value);
  return Optional<Value>();
}

Result<void> coroutine_returned(Thread& thread, Task* task) {
  Value value = thread.returned_;
  thread.returned_ = Value::none();
  if (task->must_cancel_) {
    task->must_cancel_ = false;
    TRY(future_cancel(thread, task, task->cancel_message_.get()));
    return {};
  }
  return future_set_result(thread, task, value);
}

Result<void> coroutine_raised(Thread& thread, Task* task) {
  ExceptionObject* exception = thread.take_pending();
  if (TRY(is_cancelled_error(thread, to_value(exception)))) {
    task->cancelled_error_.set(task, to_value(exception));
    TRY(future_cancel(thread, task, Value::none()));
    return {};
  }
  TRY(future_set_exception(thread, task, to_value(exception)));
  Runtime& runtime = thread.runtime();
  bool leaves_loop = is_instance(thread, to_value(exception), runtime.exception_type<KeyboardInterrupt>()) ||
                     is_instance(thread, to_value(exception), runtime.exception_type<SystemExit>());
  if (leaves_loop) return thread.restore_pending(exception);
  return {};
}

/// The coroutine awaits a future of its own loop: the task sleeps until that is done.
Result<void> wait_for(Thread& thread, Task* task, Value awaited) {
  Value wakeup = make_wakeup(thread, task);
  if (is_future(awaited)) {
    auto* future = static_cast<Future*>(awaited.as_object());
    future->blocking_ = false;
    TRY(future_add_callback(thread, future, wakeup, task->context_.get()));
  } else {
    TRY(set_attribute(thread, awaited, thread.names()._asyncio_future_blocking, Value::false_()));
    Value add = TRY(get_attribute(thread, awaited, "add_done_callback"));
    Value list[] = {wakeup, task->context_.get()};
    TRY(call(thread, add, Arguments{list, 2, Tuple::of(thread.heap(), to_value(thread.names().context))}));
  }
  task->waiter_.set(task, awaited);
  if (!task->must_cancel_) return {};
  Value cancel = TRY(get_attribute(thread, awaited, "cancel"));
  Value message[] = {task->cancel_message_.get()};
  Tuple* keywords = Tuple::of(thread.heap(), to_value(intern(thread, "msg")));
  Value done = TRY(call(thread, cancel, Arguments{message, 1, keywords}));
  if (TRY(is_true(thread, done))) task->must_cancel_ = false;
  return {};
}

Result<Value> loop_of_other(Thread& thread, Value future) {
  Optional<Value> get_loop = TRY(find_attribute(thread, future, intern(thread, "get_loop")));
  if (get_loop) return call(thread, *get_loop);
  return get_attribute(thread, future, "_loop");
}

Result<void> coroutine_yielded(Thread& thread, Task* task, Value awaited) {
  Value self = to_value(task);
  if (awaited == self)
    return schedule_error(thread, task,
                          format_text(thread, "Task cannot await on itself: {}", TRY(repr(thread, self))));
  if (awaited.is_none()) return schedule_step(thread, task, Value::none());
  bool blocking = false;
  Value loop;
  if (is_future(awaited)) {
    blocking = static_cast<Future*>(awaited.as_object())->blocking_;
    loop = static_cast<Future*>(awaited.as_object())->loop_.get();
  } else {
    Optional<Value> mark = TRY(find_attribute(thread, awaited, thread.names()._asyncio_future_blocking));
    if (!mark || (*mark).is_none()) {
      if (has_kind(awaited, Kind::Generator))
        return schedule_error(
            thread, task,
            format_text(thread, "yield was used instead of yield from for generator in task {} with {}",
                        TRY(repr(thread, self)), TRY(repr(thread, awaited))));
      return schedule_error(thread, task, format_text(thread, "Task got bad yield: {}", TRY(repr(thread, awaited))));
    }
    blocking = TRY(is_true(thread, *mark));
    loop = TRY(loop_of_other(thread, awaited));
  }
  if (loop != task->loop_.get())
    return schedule_error(thread, task,
                          format_text(thread, "Task {} got Future {} attached to a different loop",
                                      TRY(repr(thread, self)), TRY(repr(thread, awaited))));
  if (!blocking)
    return schedule_error(thread, task,
                          format_text(thread, "yield was used instead of yield from in task {} with {}",
                                      TRY(repr(thread, self)), TRY(repr(thread, awaited))));
  return wait_for(thread, task, awaited);
}

Result<void> step_inside(Thread& thread, Task* task, Value exception) {
  if (task->must_cancel_) {
    if (!TRY(is_cancelled_error(thread, exception))) exception = TRY(make_cancelled_error(thread, task));
    task->must_cancel_ = false;
  }
  task->waiter_.set(task, Value::none());
  auto result = advance(thread, task, exception);
  if (result.is_raised()) return coroutine_raised(thread, task);
  Optional<Value> awaited = result.take();
  return awaited ? coroutine_yielded(thread, task, *awaited) : coroutine_returned(thread, task);
}

Result<void> task_step(Thread& thread, Task* task, Value exception) {
  if (task->state() != FutureState::Pending)
    return raise_asyncio(thread, "InvalidStateError",
                         format_text(thread, "__step(): already done: {} {}", TRY(repr(thread, to_value(task))),
                                     exception.is_none() ? make_str(thread, "") : TRY(repr(thread, exception))));
  TRY(enter_task(thread, task->loop_.get(), to_value(task)));
  auto result = step_inside(thread, task, exception);
  if (!result.is_raised()) return leave_task(thread, task->loop_.get(), to_value(task));
  ExceptionObject* pending = thread.take_pending();
  if (leave_task(thread, task->loop_.get(), to_value(task)).is_raised()) return Raised{};
  return thread.restore_pending(pending);
}

Result<void> task_wakeup(Thread& thread, Task* task, Value future) {
  auto result = is_future(future) ? future_result(thread, static_cast<Future*>(future.as_object()))
                                  : call_method(thread, future, intern(thread, "result"));
  if (!result.is_raised()) return task_step(thread, task, Value::none());
  ExceptionObject* exception = thread.take_pending();
  return task_step(thread, task, to_value(exception));
}

Result<Value> step_call(Thread& thread, Value self, const Arguments& arguments) {
  auto* step = cast<TaskStep>(self);
  if (step->is_wakeup_) {
    if (arguments.count != 1 || arguments.keywords != nullptr)
      return thread.raise<TypeError>("TaskWakeupMethWrapper takes exactly one argument ({} given)", arguments.count);
    TRY(task_wakeup(thread, step->task_.get(), arguments[0]));
  } else {
    if (arguments.keyword_count() != 0) return thread.raise<TypeError>("function takes no keyword arguments");
    if (arguments.count != 0) return thread.raise<TypeError>("function takes no positional arguments");
    TRY(task_step(thread, step->task_.get(), step->exception_.get()));
  }
  return Value::none();
}
Result<Value> step_self(Thread&, TaskStep* self) { return to_value(self->task_.get()); }
Result<Value> step_qualified_name(Thread& thread, TaskStep* self) {
  return to_value(intern(thread, self->is_wakeup_ ? "TaskWakeupMethWrapper" : "TaskStepMethWrapper"));
}
Result<Value> step_repr(Thread& thread, Value self) {
  auto* step = cast<TaskStep>(self);
  return to_value(format_text(thread, "<{} object at {}>",
                              step->is_wakeup_ ? "TaskWakeupMethWrapper" : "TaskStepMethWrapper",
                              address_text(thread, self)));
}

Result<Value> task_new(Thread& thread, Type* type, const Arguments&) {
  auto* task = make_instance<Task>(thread, type);
  for (auto* slot : {&task->callbacks_, &task->result_, &task->exception_, &task->exception_traceback_,
                     &task->cancel_message_, &task->cancelled_error_, &task->source_traceback_, &task->coroutine_,
                     &task->waiter_, &task->name_, &task->context_})
    slot->initialize(Value::none());
  task->silent_ = true;
  return to_value(task);
}

Result<Value> next_task_name(Thread& thread) {
  Value counter = TRY(module_value(thread, "_task_name_counter"));
  Optional<Value> number = TRY(next(thread, counter));
  return to_value(format_text(thread, "Task-{}", number ? (*number).as_int() : 0));
}

Result<void> task_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("Task(coro, *, loop=None, name=None, context=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  auto* task = cast<Task>(self);
  Value coroutine = bound.values[0], name = bound.values[2], context = bound.values[3];
  TRY(future_initialize(thread, task, bound.values[1]));
  task->silent_ = true;
  if (!has_kind(coroutine, Kind::Coroutine)) {
    Value test = TRY(import_attribute(thread, "asyncio.coroutines", "iscoroutine"));
    Value accepted = TRY(call(thread, test, coroutine));
    if (!TRY(is_true(thread, accepted)))
      return thread.raise<TypeError>("a coroutine was expected, got {}", TRY(repr(thread, coroutine)));
  }
  if (context.is_none()) context = TRY(copy_current_context(thread));
  if (name.is_none())
    name = TRY(next_task_name(thread));
  else if (!is_exact<Str>(name))
    name = to_value(TRY(str(thread, name)));
  task->context_.set(task, context);
  task->name_.set(task, name);
  task->coroutine_.set(task, coroutine);
  task->waiter_.set(task, Value::none());
  task->cancel_requests_ = 0;
  task->silent_ = false;
  TRY(schedule_step(thread, task, Value::none()));
  Value all = TRY(module_value(thread, "_all_tasks"));
  TRY(call_method(thread, all, thread.names().add, self));
  return {};
}

Result<Value> task_finalize(Thread& thread, Value self) {
  auto* task = static_cast<Task*>(self.as_object());
  if (task->state() == FutureState::Pending && !task->silent_) {
    task->silent_ = true;
    TRY(report(thread, task, "task", make_str(thread, "Task was destroyed but it is pending!"), Value::none()));
  }
  return future_finalize(thread, self);
}

Result<Value> task_cancel(Thread& thread, Task* self, Value message) {
  TRY(check_initialized(thread, self));
  self->log_traceback_ = false;
  if (self->state() != FutureState::Pending) return Value::false_();
  ++self->cancel_requests_;
  Value waiter = self->waiter_.get();
  if (!waiter.is_none()) {
    Value cancel = TRY(get_attribute(thread, waiter, "cancel"));
    Value list[] = {message};
    Tuple* keywords = Tuple::of(thread.heap(), to_value(intern(thread, "msg")));
    Value accepted = TRY(call(thread, cancel, Arguments{list, 1, keywords}));
    if (TRY(is_true(thread, accepted))) return Value::true_();
  }
  self->must_cancel_ = true;
  self->cancel_message_.set(self, message);
  return Value::true_();
}
Result<Value> cancelling(Thread&, Task* self) { return Value::from_int(self->cancel_requests_); }
Result<Value> uncancel(Thread&, Task* self) {
  if (self->cancel_requests_ > 0) --self->cancel_requests_;
  return Value::from_int(self->cancel_requests_);
}
Result<Value> task_repr(Thread& thread, Value self) {
  return call(thread, TRY(import_attribute(thread, "asyncio.base_tasks", "_task_repr")), self);
}
Result<Value> get_stack(Thread& thread, Task* self, Value limit) {
  return call(thread, TRY(import_attribute(thread, "asyncio.base_tasks", "_task_get_stack")), to_value(self), limit);
}
Result<Value> print_stack(Thread& thread, Task* self, Value limit, Value file) {
  return call(thread, TRY(import_attribute(thread, "asyncio.base_tasks", "_task_print_stack")), to_value(self), limit,
              file);
}
Result<Value> refuse_result(Thread& thread, Task*, Value) {
  return thread.raise<RuntimeError>("Task does not support set_result operation");
}
Result<Value> refuse_exception(Thread& thread, Task*, Value) {
  return thread.raise<RuntimeError>("Task does not support set_exception operation");
}
Result<Value> get_coroutine(Thread&, Task* self) { return self->coroutine_.get(); }
Result<Value> get_name(Thread&, Task* self) { return self->name_.get(); }
Result<void> set_name(Thread& thread, Task* self, Value name) {
  Value text = is_exact<Str>(name) ? name : to_value(TRY(str(thread, name)));
  self->name_.set(self, text);
  return {};
}
Result<Value> waiter(Thread&, Task* self) { return self->waiter_.get(); }
Result<Value> must_cancel(Thread&, Task* self) { return Value::from_bool(self->must_cancel_); }
Result<Value> log_destroy(Thread&, Task* self) { return Value::from_bool(!self->silent_); }
Result<void> set_log_destroy(Thread& thread, Task* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("cannot delete attribute");
  self->silent_ = !TRY(is_true(thread, value));
  return {};
}

constexpr NativeMethod kTaskMethods[] = {
    method<task_cancel>("cancel($self, /, msg=None)", "Request that this task cancel itself."),
    method<cancelling>("cancelling($self, /)", "Return the count of the task's cancellation requests."),
    method<uncancel>("uncancel($self, /)", "Decrement the task's count of cancellation requests."),
    method<refuse_result>("set_result($self, result, /)"),
    method<refuse_exception>("set_exception($self, exception, /)"),
    method<get_stack>("get_stack($self, /, *, limit=None)",
                      "Return the list of stack frames for this task's coroutine."),
    method<print_stack>("print_stack($self, /, *, limit=None, file=None)",
                        "Print the stack or traceback for this task's coroutine."),
    method<get_coroutine>("get_coro($self, /)"),
    method<get_name>("get_name($self, /)"),
    method<set_name>("set_name($self, value, /)"),
};
constexpr NativeAttribute kTaskAttributes[] = {
    attribute<get_coroutine>("_coro"),
    attribute<waiter>("_fut_waiter"),
    attribute<must_cancel>("_must_cancel"),
    attribute<log_destroy, set_log_destroy>("_log_destroy_pending"),
};
constexpr NativeAttribute kStepAttributes[] = {attribute<step_self>("__self__"),
                                               attribute<step_qualified_name>("__qualname__"),
                                               attribute<step_qualified_name>("__name__")};

}  // namespace

const TypeSpec kTaskType = {
    .name = "_asyncio.Task",
    .kind = Kind::AsyncTask,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs | kTypeHasFinalizer,
    .layout = [] { return layout_of<Task>("Task"); },
    .slots = {.repr = &task_repr, .new_ = &task_new, .init = &task_init, .finalize = &task_finalize},
    .methods = kTaskMethods,
    .attributes = kTaskAttributes,
    .doc = "A coroutine wrapped in a Future.",
    .text_signature = "(coro, *, loop=None, name=None, context=None)",
    .base_spec = &kFutureType,
};
const TypeSpec kTaskStepType = {
    .name = "TaskStepMethWrapper",
    .kind = Kind::AsyncTaskStep,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<TaskStep>("TaskStepMethWrapper"); },
    .slots = {.repr = &step_repr, .call = &step_call},
    .attributes = kStepAttributes,
};

}  // namespace viperine::asyncio
