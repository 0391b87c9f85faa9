// SPDX-License-Identifier: MIT
// Suspending and resuming activations of generators and coroutines; what Send and await need. The Python-visible types
// are in builtins/generator.cpp and builtins/coroutine.cpp. Invariant: while a generator runs, its handled_ field keeps
// the resumer's handled exception; while it is suspended, its own.
#include <cstring>

#include "bytecode/blueprint.h"
#include "interpreter/slow_paths.h"
#include "interpreter/tracing.h"

namespace viperine {

namespace {

/// cr_origin: file, line and name of the callers, as far as sys.set_coroutine_origin_tracking_depth() asks for.
Value origin_of(Thread& thread, Value* caller, int64_t depth) {
  int64_t count = 0;
  for (Value* base = caller; base != nullptr && count < depth; base = caller_of(base)) ++count;
  Tuple* origin = Tuple::try_make(thread.heap(), count);
  if (origin == nullptr) return Value();
  for (int64_t i = 0; i < count; ++i, caller = caller_of(caller)) {
    Code* code = function_of(caller)->code();
    origin->set(i,
                to_value(Tuple::of(thread.heap(), to_value(code->filename_.get()),
                                   Value::from_int(line_at(code, current_word(caller))), to_value(code->name_.get()))));
  }
  return to_value(origin);
}

}  // namespace

Value make_generator(Thread& thread, Value* base, const uint32_t* resume_pc) {
  Function* function = function_of(base);
  Code* code = function->code();
  Kind kind = (code->flags_ & kCodeCoroutine) != 0        ? Kind::Coroutine
              : (code->flags_ & kCodeAsyncGenerator) != 0 ? Kind::AsyncGenerator
                                                          : Kind::Generator;
  auto* generator = make_exact<Generator>(thread, kind, code->register_count_ * sizeof(Value));
  generator->function_.initialize(function);
  Value name = function->name_.get(), qualified = function->qualified_name_.get();
  generator->name_.initialize(name.is_pointer() ? name : to_value(code->name_.get()));
  generator->qualified_name_.initialize(qualified.is_pointer() ? qualified : to_value(code->qualified_name_.get()));
  generator->handled_.initialize(Value::none());
  generator->frame_.initialize(Value());
  generator->word_ = static_cast<uint32_t>(resume_pc - code->words());
  generator->register_count_ = code->register_count_;
  generator->state_ = static_cast<uint8_t>(GeneratorState::Created);
  copy_registers(generator->registers(), base, code->local_count_);
  // Only a generator that could be stopped inside try or with, and a coroutine (never awaited?), needs care when it
  // dies.
  if (kind != Kind::Generator || code->exception_count_ > 0) thread.heap().register_finalizer(generator);
  if (kind == Kind::Coroutine && thread.coroutine_origin_depth_.is_int() && thread.coroutine_origin_depth_.as_int() > 0)
    generator->more_.set(generator, origin_of(thread, caller_of(base), thread.coroutine_origin_depth_.as_int()));
  base[kFrameObject] = Value();
  --thread.depth_;
  thread.frame_ = caller_of(base);
  return to_value(generator);
}

Result<void> push_generator(Thread& thread, Generator* generator, Value sent, Opcode continuation) {
  Function* function = generator->function_.get();
  Code* code = function->code();
  Value* new_base = free_stack(thread) + kFrameWords;
  TRY(reserve_stack(thread, new_base + code->register_count_));
  if (++thread.depth_ > thread.depth_limit_) {
    --thread.depth_;
    return raise_recursion(thread);
  }
  bool is_started = generator->state() == GeneratorState::Suspended;
  const uint32_t* pc = code->words() + generator->word_;
  new_base[kFrameFunction] = to_value(function);
  new_base[kFrameCaller] = raw_word(thread.frame_);
  new_base[kFrameContinuation] = Value::from_int(static_cast<int64_t>(continuation));
  new_base[kFrameObject] = generator->frame_.get();
  new_base[kFrameGenerator] = to_value(generator);
  copy_registers(new_base, generator->registers(), code->register_count_);
  if (new_base[kFrameObject].is_pointer()) {
    auto* frame = static_cast<Frame*>(new_base[kFrameObject].as_object());
    frame->base_ = new_base;
  }
  if (is_started) {
    // Suspended at its Yield: the sent value is the yield expression's.
    new_base[operand_a(*pc)] = sent;
    new_base[kFramePc] = raw_word(pc + 1);
  } else {
    new_base[kFramePc] = raw_word(pc);
  }
  generator->state_ = static_cast<uint8_t>(GeneratorState::Running);
  thread.frame_ = new_base;
  Value own = generator->handled_.get();
  generator->handled_.set(generator, thread.handled_);
  if (generator->handling_) thread.handled_ = own;
  return {};
}

namespace {
void leave_generator(Thread& thread, Generator* generator) {
  Value outer = generator->handled_.get();
  Value inner = thread.handled_;
  thread.handled_ = outer;
  generator->handled_.set(generator, generator->handling_ ? inner : Value::none());
}
}  // namespace

void suspend_generator(Thread& thread, Value* base, const uint32_t* pc) {
  Generator* generator = generator_of(base);
  Code* code = function_of(base)->code();
  copy_registers(generator->registers(), base, code->register_count_);
  write_barrier(generator);
  generator->word_ = static_cast<uint32_t>(pc - code->words());
  generator->state_ = static_cast<uint8_t>(GeneratorState::Suspended);
  if (base[kFrameObject].is_pointer()) {
    auto* frame = static_cast<Frame*>(base[kFrameObject].as_object());
    generator->frame_.set(generator, to_value(frame));
    frame->base_ = nullptr;
    frame->word_ = generator->word_;
  }
  leave_generator(thread, generator);
  --thread.depth_;
  thread.frame_ = caller_of(base);
}

void finish_generator(Thread& thread, Value* base) {
  Generator* generator = generator_of(base);
  generator->state_ = static_cast<uint8_t>(GeneratorState::Finished);
  generator->clear_gc_bit(kGcHasFinalizer);  // nothing is left to close
  std::memset(static_cast<void*>(generator->registers()), 0, generator->register_count_ * sizeof(Value));
  generator->frame_.set(generator, Value());
  leave_generator(thread, generator);
  generator->handled_.set(generator, Value::none());
}

namespace {

Raised raise_running(Thread& thread, HeapObject* generator) {
  const char* what = kind_of(generator) == Kind::Coroutine        ? "coroutine"
                     : kind_of(generator) == Kind::AsyncGenerator ? "async generator"
                                                                  : "generator";
  return thread.raise<ValueError>("{} already executing", what);
}

Result<Optional<Value>> result_of(Thread& thread, Generator* generator, Result<Value> result) {
  Value value = TRY(result);
  if (generator->state() != GeneratorState::Finished) return Optional<Value>(value);
  return Optional<Value>();  // thread.returned_ is the return value
}

/// A trace function raised when the frame was entered.
Raised leave_entered(Thread& thread) {
  Value* base = thread.frame();
  finish_generator(thread, base);
  pop_frame(thread, base);
  return Raised{};
}

/// The pending exception is raised at the pc of the running frame, which is `generator`'s.
Result<Optional<Value>> raise_inside(Thread& thread, Generator* generator) {
  if (generator->handling_) thread.raise_object(thread.take_pending());  // its context is what the generator handles
  if (trace_throw_entry(thread).is_raised()) return leave_entered(thread);
  return result_of(thread, generator, execute_raised(thread));
}

}  // namespace

Result<Optional<Value>> resume_generator(Thread& thread, HeapObject* object, Value sent) {
  auto* generator = static_cast<Generator*>(object);
  if (generator->state() == GeneratorState::Running) return raise_running(thread, generator);
  if (generator->state() == GeneratorState::Finished) {
    thread.returned_ = Value::none();
    return Optional<Value>();
  }
  Code* code = generator->function_->code();
  Value* new_base = free_stack(thread) + kFrameWords;
  if (can_resume_simply(thread, generator, new_base, code))
    resume_simply(thread, generator, new_base, code, sent, Opcode::ContinueExit);
  else
    TRY(push_generator(thread, generator, sent, Opcode::ContinueExit));
  return result_of(thread, generator, execute(thread));
}

Result<Optional<Value>> resume_generator_at(Thread& thread, HeapObject* object) {
  auto* generator = static_cast<Generator*>(object);
  TRY(push_generator(thread, generator, Value::none(), Opcode::ContinueExit));
  Value* base = thread.frame();
  // push_generator took word_ for a Yield: undo what it did to that instruction's register.
  const uint32_t* pc = saved_pc(base) - 1;
  base[operand_a(*pc)] = generator->registers()[operand_a(*pc)];
  base[kFramePc] = raw_word(pc);
  return result_of(thread, generator, execute(thread));
}

Result<Optional<Value>> throw_into_generator(Thread& thread, HeapObject* object) {
  auto* generator = static_cast<Generator*>(object);
  if (generator->state() == GeneratorState::Running) {
    thread.clear_pending();
    return raise_running(thread, generator);
  }
  if (generator->state() == GeneratorState::Created) {
    // Never started: the exception leaves it at once, from its first line.
    generator->state_ = static_cast<uint8_t>(GeneratorState::Finished);
    Function* function = generator->function_.get();
    ExceptionObject* exception = thread.take_pending();
    generator->state_ = static_cast<uint8_t>(GeneratorState::Created);
    TRY(push_generator(thread, generator, Value::none(), Opcode::ContinueExit));
    thread.restore_pending(exception);
    (void)function;
    if (trace_throw_entry(thread).is_raised()) return leave_entered(thread);
    return result_of(thread, generator, execute_raised(thread));
  }
  if (generator->state() == GeneratorState::Finished) return Raised{};
  ExceptionObject* exception = thread.take_pending();
  TRY(push_generator(thread, generator, Value::none(), Opcode::ContinueExit));
  // The exception is raised by the Yield itself.
  Value* base = thread.frame();
  base[kFramePc] = raw_word(saved_pc(base) - 1);
  thread.restore_pending(exception);
  return raise_inside(thread, generator);
}

// --- throw() into a generator that delegates: its frame is on the stack while the delegate works

Result<void> enter_delegating(Thread& thread, Generator* generator) {
  TRY(push_generator(thread, generator, Value::none(), Opcode::ContinueExit));
  Value* base = thread.frame();
  const uint32_t* pc = saved_pc(base) - 1;
  base[operand_a(*pc)] = generator->registers()[operand_a(*pc)];
  base[kFramePc] = raw_word(pc);
  return {};
}

Result<Optional<Value>> leave_delegating(Thread& thread, Generator* generator, Result<Value> result) {
  Value* base = thread.frame();
  const uint32_t* pc = saved_pc(base);
  if (!result.is_raised()) {
    suspend_generator(thread, base, pc);
    return Optional<Value>(result.take());
  }
  if (!thread.pending_is<StopIteration>()) return raise_inside(thread, generator);
  // The delegation has ended: on behind its Send, to which YieldFrom and the jump after it go back.
  Value value = exception_member(thread, thread.take_pending(), thread.names().value);
  const uint32_t* send = pc + 2 + operand_l(pc[1]);
  base[operand_a(*send)] = value;
  base[kFramePc] = raw_word(send + 2 + extra_jump(send[1]));
  return result_of(thread, generator, execute(thread));
}

// --- Send, await

Result<Value> yield_from_iterator(Thread& thread, Function* function, Value iterable) {
  if (has_kind(iterable, Kind::Coroutine)) {
    if ((function->code()->flags_ & (kCodeCoroutine | kCodeIterableCoroutine)) == 0)
      return thread.raise<TypeError>("cannot 'yield from' a coroutine object in a non-coroutine generator");
    return iterable;
  }
  if (has_kind(iterable, Kind::Generator)) return iterable;
  return iterate(thread, iterable);
}

namespace {
bool is_iterable_coroutine(Value object) {
  return has_kind(object, Kind::Generator) &&
         (static_cast<Generator*>(object.as_object())->function_->code()->flags_ & kCodeIterableCoroutine) != 0;
}

/// The awaitable's iterator; TypeErrors as `await` gives them.
Result<Value> awaitable_iterator(Thread& thread, Value object) {
  if (has_kind(object, Kind::Coroutine) || is_iterable_coroutine(object)) return object;
  Type* type = type_of(thread, object);
  if (type->slots().await == nullptr)
    return thread.raise<TypeError>("object {} can't be used in 'await' expression", type);
  Value iterator = TRY(type->slots().await(thread, object));
  if (has_kind(iterator, Kind::Coroutine) || is_iterable_coroutine(iterator))
    return thread.raise<TypeError>("__await__() returned a coroutine");
  if (type_of(thread, iterator)->slots().next == nullptr)
    return thread.raise<TypeError>("__await__() returned non-iterator of type '{}'", type_name_of(iterator));
  return iterator;
}
}  // namespace

Result<Value> get_awaitable(Thread& thread, Value object, uint32_t context) {
  Type* type = type_of(thread, object);
  bool is_awaitable =
      has_kind(object, Kind::Coroutine) || is_iterable_coroutine(object) || type->slots().await != nullptr;
  if (!is_awaitable && context != 0)
    return thread.raise<TypeError>("'async with' received an object from {} that does not implement __await__: {}",
                                   context == 1 ? "__aenter__" : "__aexit__", type);
  Value iterator = TRY(awaitable_iterator(thread, object));
  if (has_kind(iterator, Kind::Coroutine) &&
      static_cast<Generator*>(iterator.as_object())->state() == GeneratorState::Suspended)
    return thread.raise<RuntimeError>("coroutine is being awaited already");
  return iterator;
}

Result<Value> get_async_iterator(Thread& thread, Value object) {
  Type* type = type_of(thread, object);
  if (type->slots().aiter == nullptr)
    return thread.raise<TypeError>("'async for' requires an object with __aiter__ method, got {}", type);
  Value iterator = TRY(type->slots().aiter(thread, object));
  if (type_of(thread, iterator)->slots().anext == nullptr)
    return thread.raise<TypeError>(
        "'async for' received an object from __aiter__ that does not implement __anext__: {}", type_name_of(iterator));
  return iterator;
}

Result<Value> get_async_next(Thread& thread, Value object) {
  Type* type = type_of(thread, object);
  if (type->slots().anext == nullptr)
    return thread.raise<TypeError>("'async for' requires an iterator with __anext__ method, got {}", type);
  Value awaitable = TRY(type->slots().anext(thread, object));
  auto iterator = awaitable_iterator(thread, awaitable);
  if (!iterator.is_raised()) return iterator;
  ExceptionObject* cause = thread.take_pending();
  thread.raise<TypeError>("'async for' received an invalid object from __anext__: {}", type_name_of(awaitable));
  ExceptionObject* error = thread.pending();
  error->cause_.set(error, to_value(cause));
  error->context_.set(error, to_value(cause));
  error->suppress_context_ = 1;
  return Raised{};
}

Result<Optional<Value>> send_to(Thread& thread, Value iterator, Value value) {
  if (Generator::is_kind(kind_of(iterator.as_object())) && !has_kind(iterator, Kind::AsyncGenerator)) {
    auto* generator = static_cast<Generator*>(iterator.as_object());
    if (generator->state() == GeneratorState::Created && !value.is_none())
      return thread.raise<TypeError>("can't send non-None value to a just-started {}",
                                     has_kind(iterator, Kind::Coroutine) ? "coroutine" : "generator");
    if (generator->state() == GeneratorState::Finished && has_kind(iterator, Kind::Coroutine))
      return thread.raise<RuntimeError>("cannot reuse already awaited coroutine");
    return resume_generator(thread, generator, value);
  }
  thread.returned_ = Value::none();
  if (value.is_none() && type_of(thread, iterator)->slots().next != nullptr) {
    auto result = next(thread, iterator);
    if (!result.is_raised() || !thread.pending_is<StopIteration>()) return result;
  } else {
    auto result = call_method(thread, iterator, thread.names().send, value);
    if (!result.is_raised()) return Optional<Value>(result.take());
    if (!thread.pending_is<StopIteration>()) return Raised{};
  }
  ExceptionObject* stop = thread.take_pending();
  thread.returned_ = exception_member(thread, stop, thread.names().value);
  return Optional<Value>();
}

Value wrap_async_value(Thread& thread, Value value) {
  auto* wrapped = make_exact<Cell>(thread, Kind::AsyncGeneratorValue);
  wrapped->value_.initialize(value);
  return to_value(wrapped);
}

}  // namespace viperine
