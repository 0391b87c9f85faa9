// SPDX-License-Identifier: MIT
// asyncio.Future: results, exceptions, callbacks, cancellation; the iterator behind `await future`.
#include "modules/asyncio/future.h"

#include "modules/contextvars.h"

namespace viperine::asyncio {

namespace {

class FutureIterator final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::AsyncFutureIterator;
  Slot<Value> future_;  // None when exhausted
  LAYOUT(FutureIterator, HeapObject, future_);
};

Value or_none(Value value) { return value.is_absent() || value.is_int() ? Value::none() : value; }

Result<void> schedule_callbacks(Thread& thread, Future* future) {
  Value callbacks = future->callbacks_.get();
  future->callbacks_.set(future, Value::none());
  if (!is<List>(callbacks)) return {};
  List* list = cast<List>(callbacks);
  for (int64_t i = 0; i < list->length(); ++i) {
    Tuple* entry = cast<Tuple>(list->at(i));
    TRY(call_soon(thread, future->loop_.get(), entry->at(0), to_value(future), entry->at(1)));
  }
  return {};
}

Result<Value> future_new(Thread& thread, Type* type, const Arguments&) {
  auto* future = make_instance<Future>(thread, type);
  for (auto* slot : {&future->callbacks_, &future->result_, &future->exception_, &future->exception_traceback_,
                     &future->cancel_message_, &future->cancelled_error_, &future->source_traceback_})
    slot->initialize(Value::none());
  return to_value(future);
}
Result<void> future_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("Future(*, loop=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  return future_initialize(thread, static_cast<Future*>(self.as_object()), bound.values[0]);
}

Result<Value> result(Thread& thread, Future* self) {
  if (self->loop_.get().is_int())
    return raise_asyncio(thread, "InvalidStateError", make_str(thread, "Future object is not initialized."));
  return future_result(thread, self);
}
Result<Value> exception(Thread& thread, Future* self) {
  if (self->loop_.get().is_int())
    return raise_asyncio(thread, "InvalidStateError", make_str(thread, "Future object is not initialized."));
  if (self->state() == FutureState::Cancelled)
    return thread.raise_object(cast<ExceptionObject>(TRY(make_cancelled_error(thread, self))));
  if (self->state() != FutureState::Finished)
    return raise_asyncio(thread, "InvalidStateError", make_str(thread, "Exception is not set."));
  self->log_traceback_ = false;
  return self->exception_.get();
}
Result<void> set_result(Thread& thread, Future* self, Value value) {
  TRY(check_initialized(thread, self));
  return future_set_result(thread, self, value);
}
Result<void> set_exception(Thread& thread, Future* self, Value value) {
  TRY(check_initialized(thread, self));
  return future_set_exception(thread, self, value);
}
Result<Value> add_done_callback(Thread& thread, Future* self, Value function, Value context) {
  TRY(check_initialized(thread, self));
  return future_add_callback(thread, self, function, context);
}
Result<Value> remove_done_callback(Thread& thread, Future* self, Value function) {
  TRY(check_initialized(thread, self));
  Value callbacks = self->callbacks_.get();
  if (!is<List>(callbacks)) return Value::from_int(0);
  List* kept = List::make(thread.heap());
  int64_t removed = 0;
  for (int64_t i = 0; i < cast<List>(callbacks)->length(); ++i) {
    Value entry = cast<List>(callbacks)->at(i);
    if (TRY(equals(thread, cast<Tuple>(entry)->at(0), function)))
      ++removed;
    else
      TRY(list_append_value(thread, kept, entry));
  }
  if (removed > 0) self->callbacks_.set(self, kept->length() > 0 ? to_value(kept) : Value::none());
  return Value::from_int(removed);
}
Result<Value> cancel(Thread& thread, Future* self, Value message) {
  TRY(check_initialized(thread, self));
  return future_cancel(thread, self, message);
}
bool cancelled(Future* self) { return !self->loop_.get().is_int() && self->state() == FutureState::Cancelled; }
Result<Value> is_cancelled(Thread&, Future* self) { return Value::from_bool(cancelled(self)); }
Result<Value> is_done(Thread&, Future* self) {
  return Value::from_bool(!self->loop_.get().is_int() && self->state() != FutureState::Pending);
}
Result<Value> get_loop(Thread& thread, Future* self) {
  TRY(check_initialized(thread, self));
  return self->loop_.get();
}
Result<Value> cancelled_error(Thread& thread, Future* self) { return make_cancelled_error(thread, self); }
Result<Value> class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}
Result<Value> future_repr(Thread& thread, Value self) {
  return call(thread, TRY(import_attribute(thread, "asyncio.base_futures", "_future_repr")), self);
}
Result<Value> future_await(Thread& thread, Value self) {
  TRY(check_initialized(thread, static_cast<Future*>(self.as_object())));
  auto* iterator = make_exact<FutureIterator>(thread, Kind::AsyncFutureIterator);
  iterator->future_.initialize(self);
  return to_value(iterator);
}

// --- attributes
Result<Value> get_state(Thread& thread, Future* self) {
  const char* text = self->state() == FutureState::Pending     ? "PENDING"
                     : self->state() == FutureState::Cancelled ? "CANCELLED"
                                                               : "FINISHED";
  return to_value(intern(thread, text));
}
Result<Value> get_blocking(Thread&, Future* self) { return Value::from_bool(self->blocking_); }
Result<void> set_blocking(Thread& thread, Future* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("cannot delete attribute");
  self->blocking_ = TRY(is_true(thread, value));
  return {};
}
Result<Value> get_log_traceback(Thread&, Future* self) { return Value::from_bool(self->log_traceback_); }
Result<void> set_log_traceback(Thread& thread, Future* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("cannot delete attribute");
  if (TRY(is_true(thread, value))) return thread.raise<ValueError>("_log_traceback can only be set to False");
  self->log_traceback_ = false;
  return {};
}
Result<Value> loop_of(Thread&, Future* self) { return or_none(self->loop_.get()); }
Result<Value> get_callbacks(Thread&, Future* self) { return or_none(self->callbacks_.get()); }
Result<Value> get_result(Thread&, Future* self) { return self->result_.get(); }
Result<Value> get_exception(Thread&, Future* self) { return self->exception_.get(); }
Result<Value> get_source_traceback(Thread&, Future* self) { return self->source_traceback_.get(); }
Result<Value> get_cancel_message(Thread&, Future* self) { return self->cancel_message_.get(); }
Result<void> set_cancel_message(Thread& thread, Future* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("cannot delete attribute");
  self->cancel_message_.set(self, value);
  return {};
}

// --- await
Result<Value> iterator_send(Thread& thread, FutureIterator* self, Value) {
  Value value = self->future_.get();
  if (value.is_none()) return thread.raise<StopIteration>();
  auto* future = static_cast<Future*>(value.as_object());
  if (future->state() == FutureState::Pending) {
    if (future->blocking_) return thread.raise<RuntimeError>("await wasn't used with future");
    future->blocking_ = true;
    return value;
  }
  self->future_.set(self, Value::none());
  Value outcome = TRY(future_result(thread, future));
  if (outcome.is_none()) return thread.raise<StopIteration>();
  return thread.raise_value(ExceptionKind::StopIteration, outcome);
}
Result<Optional<Value>> iterator_next(Thread& thread, Value self) {
  return Optional<Value>(TRY(iterator_send(thread, cast<FutureIterator>(self), Value::none())));
}
Result<Value> iterator_throw(Thread& thread, FutureIterator* self, Value type, Value value, Value traceback) {
  if (!traceback.is_none() && !is<Traceback>(traceback))
    return thread.raise<TypeError>("throw() third argument must be a traceback");
  Value made = type;
  if (is<Type>(type) && is_subtype(cast<Type>(type), thread.runtime().exception_type<BaseException>())) {
    if (!is_instance(thread, value, cast<Type>(type)))
      made = value.is_none() ? TRY(call(thread, type)) : TRY(call(thread, type, value));
    else
      made = value;
  } else if (is<ExceptionObject>(type)) {
    if (!value.is_none()) return thread.raise<TypeError>("instance exception may not have a separate value");
  }
  if (!is<ExceptionObject>(made))
    return thread.raise<TypeError>("exceptions must be classes deriving BaseException or instances of such a class");
  self->future_.set(self, Value::none());
  auto* error = cast<ExceptionObject>(made);
  if (!traceback.is_none()) error->traceback_.set(error, traceback);
  return thread.raise_object(error);
}
Result<void> iterator_close(Thread&, FutureIterator* self) {
  self->future_.set(self, Value::none());
  return {};
}
Result<Value> iterator_itself(Thread&, Value self) { return self; }

constexpr NativeMethod kFutureMethods[] = {
    method<result>("result($self, /)", "Return the result this future represents."),
    method<exception>("exception($self, /)", "Return the exception that was set on this future."),
    method<set_result>("set_result($self, result, /)", "Mark the future done and set its result."),
    method<set_exception>("set_exception($self, exception, /)", "Mark the future done and set an exception."),
    method<add_done_callback>("add_done_callback($self, fn, /, *, context=None)",
                              "Add a callback to be run when the future becomes done."),
    method<remove_done_callback>("remove_done_callback($self, fn, /)",
                                 "Remove all instances of a callback; return how many there were."),
    method<cancel>("cancel($self, /, msg=None)", "Cancel the future and schedule callbacks."),
    method<is_cancelled>("cancelled($self, /)", "Return True if the future was cancelled."),
    method<is_done>("done($self, /)", "Return True if the future is done."),
    method<get_loop>("get_loop($self, /)", "Return the event loop the Future is bound to."),
    method<cancelled_error>("_make_cancelled_error($self, /)",
                            "Create the CancelledError to raise if the Future is cancelled."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};
constexpr NativeAttribute kFutureAttributes[] = {
    attribute<get_state>("_state"),
    attribute<get_blocking, set_blocking>("_asyncio_future_blocking"),
    attribute<loop_of>("_loop"),
    attribute<get_callbacks>("_callbacks"),
    attribute<get_result>("_result"),
    attribute<get_exception>("_exception"),
    attribute<get_log_traceback, set_log_traceback>("_log_traceback"),
    attribute<get_source_traceback>("_source_traceback"),
    attribute<get_cancel_message, set_cancel_message>("_cancel_message"),
};
constexpr NativeMethod kIteratorMethods[] = {
    method<iterator_send>("send($self, value, /)"),
    method<iterator_throw>("throw($self, typ, val=None, tb=None, /)"),
    method<iterator_close>("close($self, /)"),
};

}  // namespace

Result<void> check_initialized(Thread& thread, Future* future) {
  if (future->loop_.get().is_int()) return thread.raise<RuntimeError>("Future object is not initialized.");
  return {};
}

namespace {
/// A future that is done without an exception has nothing to report when it dies.
void forget_finalizer(Thread& thread, Future* future) {
  UnarySlot finalizer = type_of(thread, to_value(future))->slots().finalize;
  if (finalizer == kFutureType.slots.finalize || finalizer == kTaskType.slots.finalize)
    future->clear_gc_bit(kGcHasFinalizer);
}
}  // namespace

Result<void> future_initialize(Thread& thread, Future* future, Value loop) {
  if (type_of(thread, to_value(future))->has_flag(kTypeHasFinalizer)) thread.heap().register_finalizer(future);
  for (auto* slot : {&future->callbacks_, &future->result_, &future->exception_, &future->exception_traceback_,
                     &future->cancel_message_, &future->cancelled_error_, &future->source_traceback_})
    slot->set(future, Value::none());
  future->set_state(FutureState::Pending);
  future->blocking_ = future->log_traceback_ = future->must_cancel_ = false;
  if (loop.is_none()) loop = TRY(running_loop_or_policy(thread));
  future->loop_.set(future, loop);
  Value debug = TRY(call_method(thread, loop, thread.names().get_debug));
  if (TRY(is_true(thread, debug))) {
    Value extract = TRY(import_attribute(thread, "asyncio.format_helpers", "extract_stack"));
    future->source_traceback_.set(future, TRY(call(thread, extract)));
  }
  return {};
}

Result<Value> future_cancel(Thread& thread, Future* future, Value message) {
  future->log_traceback_ = false;
  if (future->state() != FutureState::Pending) return Value::false_();
  future->set_state(FutureState::Cancelled);
  future->cancel_message_.set(future, message);
  TRY(schedule_callbacks(thread, future));
  return Value::true_();
}

Result<void> future_set_result(Thread& thread, Future* future, Value result) {
  if (future->state() != FutureState::Pending)
    return raise_asyncio(thread, "InvalidStateError", make_str(thread, "invalid state"));
  future->result_.set(future, result);
  future->set_state(FutureState::Finished);
  forget_finalizer(thread, future);
  return schedule_callbacks(thread, future);
}

Result<void> future_set_exception(Thread& thread, Future* future, Value exception) {
  if (future->state() != FutureState::Pending)
    return raise_asyncio(thread, "InvalidStateError", make_str(thread, "invalid state"));
  if (is<Type>(exception) && is_subtype(cast<Type>(exception), thread.runtime().exception_type<BaseException>())) {
    exception = TRY(call(thread, exception));
    if (future->state() != FutureState::Pending)
      return raise_asyncio(thread, "InvalidStateError", make_str(thread, "invalid state"));
  }
  if (!is<ExceptionObject>(exception)) return thread.raise<TypeError>("invalid exception object");
  if (type_of(thread, exception) == thread.runtime().exception_type<StopIteration>())
    return thread.raise<TypeError>("StopIteration interacts badly with generators and cannot be raised into a Future");
  future->exception_.set(future, exception);
  future->exception_traceback_.set(future, cast<ExceptionObject>(exception)->traceback_.get());
  future->set_state(FutureState::Finished);
  TRY(schedule_callbacks(thread, future));
  future->log_traceback_ = true;
  return {};
}

Result<Value> make_cancelled_error(Thread& thread, Future* future) {
  Value kept = future->cancelled_error_.get();
  if (!kept.is_none()) {
    future->cancelled_error_.set(future, Value::none());
    return kept;
  }
  Value type = TRY(import_attribute(thread, "asyncio.exceptions", "CancelledError"));
  Value message = future->cancel_message_.get();
  return message.is_none() ? call(thread, type) : call(thread, type, message);
}

Result<Value> future_result(Thread& thread, Future* future) {
  if (future->state() == FutureState::Cancelled)
    return thread.raise_object(cast<ExceptionObject>(TRY(make_cancelled_error(thread, future))));
  if (future->state() != FutureState::Finished)
    return raise_asyncio(thread, "InvalidStateError", make_str(thread, "Result is not set."));
  future->log_traceback_ = false;
  if (!is<ExceptionObject>(future->exception_.get())) return future->result_.get();
  auto* exception = cast<ExceptionObject>(future->exception_.get());
  exception->traceback_.set(exception, future->exception_traceback_.get());
  return thread.raise_object(exception);
}

Result<Value> future_add_callback(Thread& thread, Future* future, Value function, Value context) {
  if (context.is_none()) context = TRY(copy_current_context(thread));
  if (future->state() != FutureState::Pending) {
    TRY(call_soon(thread, future->loop_.get(), function, to_value(future), context));
    return Value::none();
  }
  if (!is<List>(future->callbacks_.get())) future->callbacks_.set(future, to_value(List::make(thread.heap())));
  Value entry = to_value(Tuple::of(thread.heap(), function, context));
  TRY(list_append_value(thread, cast<List>(future->callbacks_.get()), entry));
  return Value::none();
}

Result<void> call_soon(Thread& thread, Value loop, Value function, Value argument, Value context) {
  Value schedule = TRY(get_attribute(thread, loop, thread.names().call_soon));
  Value list[3] = {function};
  uint32_t count = 1;
  if (!argument.is_absent()) list[count++] = argument;
  if (context.is_none()) {
    TRY(call(thread, schedule, Arguments{list, count, nullptr}));
    return {};
  }
  list[count++] = context;
  TRY(call(thread, schedule, Arguments{list, count, Tuple::of(thread.heap(), to_value(thread.names().context))}));
  return {};
}

Result<void> report(Thread& thread, Future* future, const char* key, Str* message, Value exception) {
  Dict* context = Dict::make(thread.heap());
  TRY(dict_set_name(thread, context, "message", to_value(message)));
  if (!exception.is_none()) TRY(dict_set_name(thread, context, "exception", exception));
  TRY(dict_set_name(thread, context, key, to_value(future)));
  if (!future->source_traceback_.get().is_none())
    TRY(dict_set_name(thread, context, "source_traceback", future->source_traceback_.get()));
  TRY(call_method(thread, future->loop_.get(), intern(thread, "call_exception_handler"), to_value(context)));
  return {};
}

Result<Value> future_finalize(Thread& thread, Value self) {
  auto* future = static_cast<Future*>(self.as_object());
  if (!future->log_traceback_) return Value::none();
  future->log_traceback_ = false;
  Str* message = format_text(thread, "{} exception was never retrieved",
                             as_str(thread, TRY(get_attribute(thread, to_value(type_of(thread, self)), "__name__"))));
  TRY(report(thread, future, "future", message, future->exception_.get()));
  return Value::none();
}

Raised raise_asyncio(Thread& thread, const char* exception, Str* text) {
  auto type = import_attribute(thread, "asyncio.exceptions", exception);
  if (type.is_raised()) return Raised{};
  auto made = call(thread, type.take(), to_value(text));
  if (made.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(made.take()));
}

const TypeSpec kFutureType = {
    .name = "_asyncio.Future",
    .kind = Kind::AsyncFuture,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs | kTypeHasFinalizer,
    .layout = [] { return layout_of<Future>("Future"); },
    .slots = {.repr = &future_repr,
              .new_ = &future_new,
              .init = &future_init,
              .finalize = &future_finalize,
              .iter = &future_await,
              .await = &future_await},
    .methods = kFutureMethods,
    .attributes = kFutureAttributes,
    .doc = "This class is *almost* compatible with concurrent.futures.Future.",
    .text_signature = "(*, loop=None)",
};
const TypeSpec kFutureIteratorType = {
    .name = "_asyncio.FutureIter",
    .kind = Kind::AsyncFutureIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<FutureIterator>("FutureIter"); },
    .slots = {.iter = &iterator_itself, .next = &iterator_next},
    .methods = kIteratorMethods,
};

}  // namespace viperine::asyncio
