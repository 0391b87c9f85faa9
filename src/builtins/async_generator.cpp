// SPDX-License-Identifier: MIT
// async_generator and the awaitables of its asend, athrow and aclose (PEP 525). What it yields comes wrapped in an
// AsyncGeneratorValue cell; unwrapped values belong to an inner await and pass through.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "builtins/generator.h"
#include "bytecode/blueprint.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

enum class StepMode : uint64_t { Send, Throw, Close, Default };
enum class StepState : uint64_t { Initial, Iterating, Closed };

/// The awaitable of one asend/athrow/aclose; Default: of anext(iterator, default), generator_ is the awaitable of
/// __anext__ and argument_ the default.
class AsyncStep final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::AsyncGeneratorStep;
  StepState state() const { return static_cast<StepState>(state_); }
  void set_state(StepState state) { state_ = static_cast<uint64_t>(state); }
  Slot<Value> generator_, argument_;  // value to send, or (type, value, traceback)
  uint64_t mode_, state_;
  LAYOUT(AsyncStep, HeapObject, generator_, argument_, mode_, state_);
};

// Flags of Generator::flags_.
constexpr uint8_t kHooksDone = 1, kStepRunning = 2;

Generator* generator_behind(AsyncStep* step) { return static_cast<Generator*>(step->generator_.get().as_object()); }

Result<void> run_hooks(Thread& thread, Generator* self) {
  if (self->flags_ & kHooksDone) return {};
  self->flags_ |= kHooksDone;
  self->more_.set(self, thread.asyncgen_hooks_[1]);
  Value first = thread.asyncgen_hooks_[0];
  if (!first.is_none()) TRY(call(thread, first, to_value(self)));
  return {};
}

Result<Value> make_step(Thread& thread, Generator* self, StepMode mode, Value argument) {
  TRY(run_hooks(thread, self));
  auto* step = make_exact<AsyncStep>(thread, Kind::AsyncGeneratorStep);
  step->generator_.initialize(to_value(self));
  step->argument_.initialize(argument);
  step->mode_ = static_cast<uint64_t>(mode);
  return to_value(step);
}

Result<Value> async_anext(Thread& thread, Value self) {
  return make_step(thread, static_cast<Generator*>(self.as_object()), StepMode::Send, Value::none());
}
Result<Value> async_asend(Thread& thread, Generator* self, Value value) {
  return make_step(thread, self, StepMode::Send, value);
}
Result<Value> async_athrow(Thread& thread, Generator* self, Value type, Optional<Value> value,
                           Optional<Value> traceback) {
  Value parts =
      to_value(Tuple::of(thread.heap(), type, value.value_or(Value::none()), traceback.value_or(Value::none())));
  return make_step(thread, self, StepMode::Throw, parts);
}
Result<Value> async_aclose(Thread& thread, Generator* self) {
  return make_step(thread, self, StepMode::Close, Value::none());
}

void finish_step(AsyncStep* step) {
  step->set_state(StepState::Closed);
  generator_behind(step)->flags_ &= static_cast<uint8_t>(~kStepRunning);
}

/// What resuming the generator gave: a yielded value ends the step, an awaited one is passed on.
Result<Value> step_result(Thread& thread, AsyncStep* step, Result<Value> result) {
  auto mode = static_cast<StepMode>(step->mode_);
  if (result.is_raised()) {
    finish_step(step);
    if (thread.pending_is<StopIteration>()) {
      // The generator returned.
      thread.clear_pending();
      if (mode == StepMode::Close) return thread.raise<StopIteration>();
      return thread.raise<StopAsyncIteration>();
    }
    if (mode == StepMode::Close && (thread.pending_is<StopAsyncIteration>() || thread.pending_is<GeneratorExit>())) {
      thread.clear_pending();
      return thread.raise<StopIteration>();
    }
    return Raised{};
  }
  Value value = result.take();
  if (!has_kind(value, Kind::AsyncGeneratorValue)) return value;
  finish_step(step);
  if (mode == StepMode::Close) return thread.raise<RuntimeError>("async generator ignored GeneratorExit");
  Value inner = static_cast<Cell*>(value.as_object())->value_.get();
  return thread.raise_value(ExceptionKind::StopIteration, inner);
}

const char* reuse_text(StepMode mode) {
  return mode == StepMode::Send    ? "cannot reuse already awaited __anext__()/asend()"
         : mode == StepMode::Throw ? "cannot reuse already awaited aclose()/athrow()"
                                   : "cannot reuse already awaited aclose()/athrow()";
}

Result<Value> begin_step(Thread& thread, AsyncStep* step, Generator* generator, Value sent) {
  auto mode = static_cast<StepMode>(step->mode_);
  if (generator->flags_ & kStepRunning) {
    step->set_state(StepState::Closed);
    const char* what = mode == StepMode::Send    ? "anext(): asynchronous generator is already running"
                       : mode == StepMode::Throw ? "athrow(): asynchronous generator is already running"
                                                 : "aclose(): asynchronous generator is already running";
    return thread.raise<RuntimeError>(what);
  }
  step->set_state(StepState::Iterating);
  generator->flags_ |= kStepRunning;
  if (mode == StepMode::Send) {
    if (generator->state() == GeneratorState::Finished) {
      finish_step(step);
      return thread.raise<StopAsyncIteration>();
    }
    return step_result(thread, step, generator_send(thread, generator, sent.is_none() ? step->argument_.get() : sent));
  }
  if (!sent.is_none()) {
    finish_step(step);
    return thread.raise<RuntimeError>("can't send non-None value to a just-started coroutine");
  }
  if (generator->state() == GeneratorState::Finished) {
    finish_step(step);
    if (mode == StepMode::Close) return thread.raise<StopIteration>();
    return thread.raise<StopAsyncIteration>();
  }
  if (mode == StepMode::Close) {
    if (generator->state() == GeneratorState::Created) {
      generator->state_ = static_cast<uint8_t>(GeneratorState::Finished);
      finish_step(step);
      return thread.raise<StopIteration>();
    }
    thread.raise<GeneratorExit>();
    return step_result(thread, step, generator_throw_pending(thread, generator));
  }
  auto* parts = cast<Tuple>(step->argument_.get());
  return step_result(thread, step, generator_throw(thread, generator, parts->at(0), parts->at(1), parts->at(2)));
}

/// What drives the awaitable behind anext(iterator, default).
Result<Value> driver_of(Thread& thread, AsyncStep* step) {
  Value awaitable = step->generator_.get();
  bool is_native =
      has_kind(awaitable, Kind::Coroutine) ||
      (has_kind(awaitable, Kind::Generator) &&
       (static_cast<Generator*>(awaitable.as_object())->function_->code()->flags_ & kCodeIterableCoroutine) != 0);
  if (is_native) return awaitable;
  Type* type = type_of(thread, awaitable);
  if (type->slots().await == nullptr)
    return thread.raise<TypeError>("object {} can't be used in 'await' expression", type);
  Value iterator = TRY(type->slots().await(thread, awaitable));
  if (!has_kind(iterator, Kind::Coroutine) && type_of(thread, iterator)->slots().next == nullptr)
    return thread.raise<TypeError>("__await__() returned non-iterator of type '{}'", type_name_of(iterator));
  return iterator;
}

/// The end of the asynchronous iterator becomes the default.
Result<Value> default_result(Thread& thread, AsyncStep* step, Result<Value> result) {
  if (!result.is_raised() || !thread.pending_is<StopAsyncIteration>()) return result;
  thread.clear_pending();
  return thread.raise_value(ExceptionKind::StopIteration, step->argument_.get());
}

Result<Value> default_send(Thread& thread, AsyncStep* step, Value value) {
  Value driver = TRY(driver_of(thread, step));
  const Names& names = thread.names();
  if (value.is_none() && !has_kind(driver, Kind::Coroutine))
    return default_result(thread, step, call_method(thread, driver, names.__next__));
  return default_result(thread, step, call_method(thread, driver, names.send, value));
}

bool is_default(AsyncStep* step) { return static_cast<StepMode>(step->mode_) == StepMode::Default; }

Result<Value> step_send(Thread& thread, AsyncStep* self, Value value) {
  if (is_default(self)) return default_send(thread, self, value);
  Generator* generator = generator_behind(self);
  if (self->state() == StepState::Closed)
    return thread.raise<RuntimeError>(reuse_text(static_cast<StepMode>(self->mode_)));
  if (self->state() == StepState::Initial) return begin_step(thread, self, generator, value);
  return step_result(thread, self, generator_send(thread, generator, value));
}
Result<Optional<Value>> step_next(Thread& thread, Value self) {
  return Optional<Value>(TRY(step_send(thread, cast<AsyncStep>(self), Value::none())));
}
Result<Value> step_throw(Thread& thread, AsyncStep* self, Value type, Optional<Value> value,
                         Optional<Value> traceback) {
  if (is_default(self)) {
    Value values[] = {type, value.value_or(Value::none()), traceback.value_or(Value::none())};
    size_t count = traceback ? 3 : value ? 2 : 1;
    Value driver = TRY(driver_of(thread, self));
    return default_result(thread, self, call_method(thread, driver, thread.names().throw_, {values, count}));
  }
  if (self->state() == StepState::Closed)
    return thread.raise<RuntimeError>(reuse_text(static_cast<StepMode>(self->mode_)));
  if (self->state() == StepState::Initial) {
    self->set_state(StepState::Iterating);
    generator_behind(self)->flags_ |= kStepRunning;
  }
  return step_result(thread, self, generator_throw(thread, generator_behind(self), type, value.raw(), traceback.raw()));
}
Result<void> step_close(Thread& thread, AsyncStep* self) {
  if (is_default(self)) {
    TRY(call_method(thread, TRY(driver_of(thread, self)), thread.names().close));
    return {};
  }
  finish_step(self);
  return {};
}
Result<Value> step_itself(Thread&, Value self) { return self; }

Result<Value> async_repr(Thread& thread, Value self) {
  auto* generator = static_cast<Generator*>(self.as_object());
  return to_value(format_text(thread, "<async_generator object {} at {}>",
                              as_str(thread, generator->qualified_name_.get()), address_text(thread, self)));
}
Result<Value> async_itself(Thread&, Value self) { return self; }
Result<Value> async_finalize(Thread& thread, Value self) {
  auto* generator = static_cast<Generator*>(self.as_object());
  if (generator->state() == GeneratorState::Finished) return Value::none();
  Value finalizer = generator->more_.get();
  if (finalizer.is_pointer() && !finalizer.is_none() && (generator->flags_ & kHooksDone) != 0)
    TRY(call(thread, finalizer, self));
  return Value::none();
}
Result<Value> running(Thread&, Generator* self) { return Value::from_bool((self->flags_ & kStepRunning) != 0); }
Result<Value> name(Thread&, Generator* self) { return self->name_.get(); }
Result<Value> qualified_name(Thread&, Generator* self) { return self->qualified_name_.get(); }
Result<void> set_name(Thread& thread, Generator* self, Value value) {
  if (value.is_absent() || !is_str(value)) return thread.raise<TypeError>("__name__ must be set to a string object");
  self->name_.set(self, value);
  return {};
}
Result<void> set_qualified_name(Thread& thread, Generator* self, Value value) {
  if (value.is_absent() || !is_str(value))
    return thread.raise<TypeError>("__qualname__ must be set to a string object");
  self->qualified_name_.set(self, value);
  return {};
}
Result<Value> class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}

constexpr NativeMethod kMethods[] = {
    method<async_asend>("asend($self, value, /)", "asend(v) -> send 'v' in generator."),
    method<async_athrow>("athrow($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
                         "athrow(typ[,val[,tb]]) -> raise exception in generator."),
    method<async_aclose>("aclose($self, /)", "aclose() -> raise GeneratorExit inside generator."),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<name, set_name>("__name__"),
    attribute<qualified_name, set_qualified_name>("__qualname__"),
    attribute<generator_delegate_attribute>("ag_await"),
    attribute<generator_frame>("ag_frame"),
    attribute<running>("=ag_running"),
    attribute<generator_suspended>("ag_suspended"),
    attribute<generator_code>("=ag_code"),
};
constexpr NativeMethod kStepMethods[] = {
    method<step_send>("send($self, value, /)"),
    method<step_throw>("throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)"),
    method<step_close>("close($self, /)"),
};

}  // namespace

Result<Value> anext_with_default(Thread& thread, Value awaitable, Value fallback) {
  auto* step = make_exact<AsyncStep>(thread, Kind::AsyncGeneratorStep);
  step->generator_.initialize(awaitable);
  step->argument_.initialize(fallback);
  step->mode_ = static_cast<uint64_t>(StepMode::Default);
  return to_value(step);
}

const TypeSpec kAsyncGeneratorType = {
    .name = "async_generator",
    .kind = Kind::AsyncGenerator,
    .flags = kTypeDisallowInstantiation | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Generator>("async_generator"); },
    .slots = {.repr = &async_repr, .finalize = &async_finalize, .aiter = &async_itself, .anext = &async_anext},
    .methods = kMethods,
    .attributes = kAttributes,
};
const TypeSpec kAsyncGeneratorStepType = {
    .name = "async_generator_asend",
    .kind = Kind::AsyncGeneratorStep,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<AsyncStep>("async_generator_asend"); },
    .slots = {.iter = &step_itself, .next = &step_next, .await = &step_itself},
    .methods = kStepMethods,
};

}  // namespace viperine
