// SPDX-License-Identifier: MIT
// generator and coroutine: send, throw, close, attributes, finalizer. Suspending and resuming is in
// interpreter/generators.cpp; the asynchronous generator is in async_generator.cpp. Language reference 6.2.9.
#include "builtins/generator.h"

#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "bytecode/blueprint.h"
#include "bytecode/opcodes.h"
#include "interpreter/frames.h"
#include "runtime/interpreter_data.h"
#include "runtime/poll.h"

namespace viperine {

Value generator_delegate(Generator* generator) {
  if (generator->state() != GeneratorState::Suspended) return Value::none();
  const uint32_t* pc = generator->function_->code()->words() + generator->word_;
  if (opcode_of(*pc) != Opcode::YieldFrom) return Value::none();
  // YieldFrom is followed by the jump back to its Send, which names the register of the delegate.
  const uint32_t* jump = pc + 1;
  if (opcode_of(*jump) != Opcode::JumpBack && opcode_of(*jump) != Opcode::Jump) return Value::none();
  const uint32_t* send = jump + 1 + operand_l(*jump);
  return opcode_of(*send) == Opcode::Send ? generator->registers()[operand_b(*send)] : Value::none();
}

Result<Value> generator_result(Thread& thread, Optional<Value> item) {
  if (item) return *item;
  Value value = thread.returned_;
  if (value.is_none()) return thread.raise<StopIteration>();
  return thread.raise_value(ExceptionKind::StopIteration, value);
}

Result<Value> generator_send(Thread& thread, Generator* self, Value value) {
  bool is_coroutine = kind_of(self) == Kind::Coroutine;
  if (self->state() == GeneratorState::Created && !value.is_none())
    return thread.raise<TypeError>("can't send non-None value to a just-started {}",
                                   is_coroutine                            ? "coroutine"
                                   : kind_of(self) == Kind::AsyncGenerator ? "async generator"
                                                                           : "generator");
  if (self->state() == GeneratorState::Finished && is_coroutine)
    return thread.raise<RuntimeError>("cannot reuse already awaited coroutine");
  thread.returned_ = Value::none();
  return generator_result(thread, TRY(thread.runtime().tables().resume(thread, self, value)));
}

namespace {

/// Closes whatever a generator delegates to; errors other than a missing close() pass on.
Result<void> close_delegate(Thread& thread, Value delegate) {
  if (delegate.is_pointer() && Generator::is_kind(kind_of(delegate.as_object())))
    return generator_close(thread, static_cast<Generator*>(delegate.as_object()));
  auto close = find_attribute(thread, delegate, thread.names().close);
  if (close.is_raised())
    report_unraisable(thread, delegate);
  else if (close.take())
    TRY(call(thread, *close.take()));
  return {};
}

Result<Optional<Value>> throw_to_delegate(Thread& thread, Generator* self, Value delegate) {
  ExceptionObject* exception = thread.take_pending();
  if (Generator::is_kind(kind_of(delegate.as_object())) && kind_of(delegate.as_object()) != Kind::AsyncGenerator) {
    TRY(enter_delegating(thread, self));
    thread.restore_pending(exception);
    auto result = generator_throw_pending(thread, static_cast<Generator*>(delegate.as_object()));
    return leave_delegating(thread, self, result);
  }
  self->state_ = static_cast<uint8_t>(GeneratorState::Running);
  auto found = find_attribute(thread, delegate, thread.names().throw_);
  self->state_ = static_cast<uint8_t>(GeneratorState::Suspended);
  Optional<Value> throw_method = TRY(found);
  if (!throw_method) {
    thread.restore_pending(exception);
    return thread.runtime().tables().throw_into(thread, self);
  }
  TRY(enter_delegating(thread, self));
  auto result = call(thread, *throw_method, to_value(exception));
  return leave_delegating(thread, self, result);
}

}  // namespace

Result<Value> generator_throw_pending(Thread& thread, Generator* self) {
  Value delegate = generator_delegate(self);
  thread.returned_ = Value::none();
  if (delegate.is_none()) return generator_result(thread, TRY(thread.runtime().tables().throw_into(thread, self)));
  if (thread.pending_is<GeneratorExit>()) {
    ExceptionObject* exit = thread.take_pending();
    self->state_ = static_cast<uint8_t>(GeneratorState::Running);
    auto closed = close_delegate(thread, delegate);
    self->state_ = static_cast<uint8_t>(GeneratorState::Suspended);
    if (!closed.is_raised()) thread.restore_pending(exit);
    return generator_result(thread, TRY(thread.runtime().tables().throw_into(thread, self)));
  }
  return generator_result(thread, TRY(throw_to_delegate(thread, self, delegate)));
}

namespace {
Result<ExceptionObject*> make_thrown(Thread& thread, Value type, Value value) {
  Value made;
  if (is_instance(thread, value, cast<Type>(type)))
    made = value;
  else if (value.is_none())
    made = TRY(call(thread, type));
  else if (is<Tuple>(value))
    made = TRY(call_with_tuple(thread, type, cast<Tuple>(value), nullptr));
  else
    made = TRY(call(thread, type, value));
  if (is<ExceptionObject>(made)) return cast<ExceptionObject>(made);
  return thread.raise<TypeError>("calling {} should have returned an instance of BaseException, not {}",
                                 TRY(repr(thread, type)), type_name_of(made));
}
}  // namespace

Result<void> prepare_thrown(Thread& thread, Value type, Value value, Value traceback) {
  if (traceback.is_absent()) traceback = Value::none();
  if (value.is_absent()) value = Value::none();
  if (!traceback.is_none() && !is<Traceback>(traceback))
    return thread.raise<TypeError>("throw() third argument must be a traceback object");
  ExceptionObject* exception = nullptr;
  if (is<Type>(type) && is_subtype(cast<Type>(type), thread.runtime().exception_type<BaseException>())) {
    auto made = make_thrown(thread, type, value);
    // What goes wrong in making the exception is thrown instead of it.
    exception = made.is_raised() ? thread.take_pending() : made.take();
  } else if (is<ExceptionObject>(type)) {
    if (!value.is_none()) return thread.raise<TypeError>("instance exception may not have a separate value");
    exception = cast<ExceptionObject>(type);
  } else {
    return thread.raise<TypeError>("exceptions must be classes or instances deriving from BaseException, not {}",
                                   type_name_of(type));
  }
  if (!traceback.is_none()) exception->traceback_.set(exception, traceback);
  thread.restore_pending(exception);  // its context is the generator's affair
  return {};
}

Result<Value> generator_throw(Thread& thread, Generator* self, Value type, Value value, Value traceback) {
  if (self->state() == GeneratorState::Finished && kind_of(self) == Kind::Coroutine)
    return thread.raise<RuntimeError>("cannot reuse already awaited coroutine");
  TRY(prepare_thrown(thread, type, value, traceback));
  return generator_throw_pending(thread, self);
}

Result<void> generator_close(Thread& thread, Generator* self) {
  if (self->state() == GeneratorState::Finished) return {};
  if (self->state() == GeneratorState::Created) {
    self->state_ = static_cast<uint8_t>(GeneratorState::Finished);
    return {};
  }
  const char* what = kind_of(self) == Kind::Coroutine        ? "coroutine"
                     : kind_of(self) == Kind::AsyncGenerator ? "async generator"
                                                             : "generator";
  if (self->state() == GeneratorState::Running) return thread.raise<ValueError>("{} already executing", what);
  thread.raise<GeneratorExit>();
  auto result = generator_throw_pending(thread, self);
  if (!result.is_raised()) return thread.raise<RuntimeError>("{} ignored GeneratorExit", what);
  if (!thread.pending_is<GeneratorExit>() && !thread.pending_is<StopIteration>()) return Raised{};
  thread.clear_pending();
  return {};
}

namespace {

Result<Optional<Value>> generator_next_slot(Thread& thread, Value self) {
  thread.returned_ = Value::none();
  return thread.runtime().tables().resume(thread, self.as_object(), Value::none());
}

Result<Value> itself(Thread&, Value self) { return self; }

Result<Value> generator_repr(Thread& thread, Value self) {
  auto* generator = static_cast<Generator*>(self.as_object());
  return to_value(format_text(thread, "<{} object {} at {}>", type_of(thread, self),
                              as_str(thread, generator->qualified_name_.get()), address_text(thread, self)));
}

}  // namespace

Result<Value> generator_finalize(Thread& thread, Value self) {
  auto* generator = static_cast<Generator*>(self.as_object());
  if (generator->state() == GeneratorState::Finished) return Value::none();
  if (generator->state() == GeneratorState::Created) {
    if (kind_of(generator) == Kind::Coroutine) {
      Value warn = TRY(import_attribute(thread, "warnings", "_warn_unawaited_coroutine"));
      TRY(call(thread, warn, self));
    }
    return Value::none();
  }
  TRY(generator_close(thread, generator));
  return Value::none();
}

namespace {

Result<Value> name(Thread&, Generator* self) { return self->name_.get(); }
Result<void> set_name(Thread& thread, Generator* self, Value value) {
  if (value.is_absent() || !is_str(value)) return thread.raise<TypeError>("__name__ must be set to a string object");
  self->name_.set(self, value);
  return {};
}
Result<Value> qualified_name(Thread&, Generator* self) { return self->qualified_name_.get(); }
Result<void> set_qualified_name(Thread& thread, Generator* self, Value value) {
  if (value.is_absent() || !is_str(value))
    return thread.raise<TypeError>("__qualname__ must be set to a string object");
  self->qualified_name_.set(self, value);
  return {};
}

}  // namespace

Result<Value> generator_frame(Thread& thread, Generator* self) {
  if (self->state() == GeneratorState::Finished) return Value::none();
  if (self->frame_.get().is_pointer()) return self->frame_.get();
  if (self->state() == GeneratorState::Running) {
    for (Value* base = thread.frame(); base != nullptr; base = caller_of(base))
      if (generator_of(base) == self) return to_value(frame_object(thread, base));
  }
  auto* frame = make_exact<Frame>(thread, Kind::Frame);
  frame->function_.initialize(self->function_.get());
  frame->back_.initialize(Value::none());
  frame->trace_.initialize(Value::none());
  frame->generator_.initialize(to_value(self));
  frame->word_ = self->word_;
  self->frame_.set(self, to_value(frame));
  return to_value(frame);
}
Result<Value> generator_running(Thread&, Generator* self) {
  return Value::from_bool(self->state() == GeneratorState::Running);
}
Result<Value> generator_suspended(Thread&, Generator* self) {
  return Value::from_bool(self->state() == GeneratorState::Suspended);
}
Result<Value> generator_code(Thread&, Generator* self) { return to_value(self->function_->code()); }
Result<Value> generator_delegate_attribute(Thread&, Generator* self) { return generator_delegate(self); }

namespace {

Result<Value> coroutine_origin(Thread&, Generator* self) {
  return self->more_.get().is_pointer() ? self->more_.get() : Value::none();
}

Result<Value> coroutine_await(Thread& thread, Value self) {
  auto* wrapper = make_exact<Cell>(thread, Kind::CoroutineWrapper);
  wrapper->value_.initialize(self);
  return to_value(wrapper);
}

Generator* wrapped(Value self) {
  return static_cast<Generator*>(static_cast<Cell*>(self.as_object())->value_.get().as_object());
}
Result<Value> wrapper_send(Thread& thread, Value self, Value value) {
  return generator_send(thread, wrapped(self), value);
}
Result<Value> wrapper_throw(Thread& thread, Value self, Value type, Optional<Value> value, Optional<Value> traceback) {
  return generator_throw(thread, wrapped(self), type, value.raw(), traceback.raw());
}
Result<void> wrapper_close(Thread& thread, Value self) { return generator_close(thread, wrapped(self)); }
Result<Optional<Value>> wrapper_next(Thread& thread, Value self) {
  Generator* generator = wrapped(self);
  if (generator->state() == GeneratorState::Finished)
    return thread.raise<RuntimeError>("cannot reuse already awaited coroutine");
  thread.returned_ = Value::none();
  return thread.runtime().tables().resume(thread, generator, Value::none());
}

Result<Value> throw_method(Thread& thread, Generator* self, Value type, Optional<Value> value,
                           Optional<Value> traceback) {
  return generator_throw(thread, self, type, value.raw(), traceback.raw());
}

constexpr NativeMethod kMethods[] = {
    method<generator_send>("send($self, value, /)",
                           "send(arg) -> send 'arg' into generator, return next yielded value."),
    method<throw_method>("throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
                         "Raise exception in generator."),
    method<generator_close>("close($self, /)", "close() -> raise GeneratorExit inside generator."),
};
constexpr NativeMethod kCoroutineMethods[] = {
    method<generator_send>(
        "send($self, value, /)",
        "send(arg) -> send 'arg' into coroutine, return next iterated value or raise StopIteration."),
    method<throw_method>("throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
                         "Raise exception in coroutine, return next iterated value or raise StopIteration."),
    method<generator_close>("close($self, /)", "close() -> raise GeneratorExit inside coroutine."),
};
constexpr NativeAttribute kGeneratorAttributes[] = {
    attribute<name, set_name>("__name__"),
    attribute<qualified_name, set_qualified_name>("__qualname__"),
    attribute<generator_frame>("gi_frame"),
    attribute<generator_running>("gi_running"),
    attribute<generator_suspended>("gi_suspended"),
    attribute<generator_code>("=gi_code"),
    attribute<generator_delegate_attribute>("gi_yieldfrom"),
};
constexpr NativeAttribute kCoroutineAttributes[] = {
    attribute<name, set_name>("__name__", "name of the coroutine"),
    attribute<qualified_name, set_qualified_name>("__qualname__", "qualified name of the coroutine"),
    attribute<generator_frame>("cr_frame"),
    attribute<generator_running>("cr_running"),
    attribute<generator_suspended>("cr_suspended"),
    attribute<generator_code>("=cr_code"),
    attribute<generator_delegate_attribute>("cr_await"),
    attribute<coroutine_origin>("=cr_origin"),
};
constexpr NativeMethod kWrapperMethods[] = {
    method<wrapper_send>("send($self, value, /)"),
    method<wrapper_throw>("throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)"),
    method<wrapper_close>("close($self, /)"),
};

}  // namespace

const TypeSpec kGeneratorType = {
    .name = "generator",
    .kind = Kind::Generator,
    .flags = kTypeDisallowInstantiation | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Generator>("generator"); },
    .slots = {.repr = &generator_repr, .finalize = &generator_finalize, .iter = &itself, .next = &generator_next_slot},
    .methods = kMethods,
    .attributes = kGeneratorAttributes,
};

const TypeSpec kCoroutineType = {
    .name = "coroutine",
    .kind = Kind::Coroutine,
    .flags = kTypeDisallowInstantiation | kTypeHasWeakrefs,
    .layout = [] { return layout_of<Generator>("coroutine"); },
    .slots = {.repr = &generator_repr, .finalize = &generator_finalize, .await = &coroutine_await},
    .methods = kCoroutineMethods,
    .attributes = kCoroutineAttributes,
};

const TypeSpec kCoroutineWrapperType = {
    .name = "coroutine_wrapper",
    .kind = Kind::CoroutineWrapper,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<Cell>("coroutine_wrapper"); },
    .slots = {.iter = &itself, .next = &wrapper_next},
    .methods = kWrapperMethods,
};

}  // namespace viperine
