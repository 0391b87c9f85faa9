// SPDX-License-Identifier: MIT
// Pushing and popping activations on the VM stack, binding arguments of Python functions, entering from C++.
#pragma once

#include "interpreter/dispatch.h"
#include "runtime/calls.h"

namespace viperine {

/// Code that a call with exactly its positional parameters can enter without binding.
inline bool is_simple_call(const Code* code, uint32_t count) {
  return code->parameter_count_ == count && code->positional_count_ == count;
}

/// First free word above the running frame.
inline Value* free_stack(const Thread& thread) {
  if (thread.frame_ == nullptr) return thread.stack_begin_;
  return thread.frame_ + code_of(function_of(thread.frame_))->register_count_;
}

/// Grows the usable part of the VM stack; RecursionError or MemoryError when it cannot.
Result<void> grow_stack(Thread& thread, Value* needed_end);
Raised raise_recursion(Thread& thread);

/// Whether a frame at new_base needs neither a larger stack nor a RecursionError.
inline bool has_room_for_frame(const Thread& thread, const Value* new_base, const Code* code) {
  return new_base + code->register_count_ <= thread.stack_soft_end_ && thread.depth_ < thread.depth_limit_;
}
/// push_frame when there is room.
inline void place_frame(Thread& thread, Value* new_base, Function* function, Code* code, Opcode continuation) {
  ++thread.depth_;
  new_base[kFrameFunction] = to_value(function);
  new_base[kFrameCaller] = raw_word(thread.frame_);
  new_base[kFramePc] = raw_word(code->words());
  new_base[kFrameContinuation] = Value::from_int(static_cast<int64_t>(continuation));
  new_base[kFrameObject] = Value();
  new_base[kFrameGenerator] = Value();
  for (uint32_t i = code->parameter_count_; i < code->local_count_; ++i) new_base[i] = Value::unbound();
  thread.frame_ = new_base;
}

/// Makes new_base the running frame of `function`: header and unbound locals; parameters are in place. pc of the caller
/// was saved.
inline Result<void> push_frame(Thread& thread, Value* new_base, Function* function, Opcode continuation) {
  Code* code = function->code();
  if (new_base + code->register_count_ > thread.stack_soft_end_) [[unlikely]]
    TRY(grow_stack(thread, new_base + code->register_count_));
  if (thread.depth_ >= thread.depth_limit_) [[unlikely]]
    return raise_recursion(thread);
  place_frame(thread, new_base, function, code, continuation);
  return {};
}

/// Takes the running frame off: its Frame object, if any, keeps the registers.
inline void pop_frame(Thread& thread, Value* base) {
  if (base[kFrameObject].is_pointer()) [[unlikely]]
    detach_frame(thread, base);
  --thread.depth_;
  thread.frame_ = caller_of(base);
}

/// Adds the defaults of a function that has positional parameters only; false when something is missing or too much.
inline bool fill_defaults_simply(Function* function, Value* registers, uint32_t given) {
  const Code* code = function->code();
  uint32_t count = code->positional_count_;
  if (code->parameter_count_ != count || given > count || function->defaults_.is_null()) return false;
  Tuple* defaults = function->defaults_.get();
  int64_t first = defaults->length() - (count - given);
  if (first < 0) return false;
  for (; given < count; ++given) registers[given] = defaults->at(first++);
  return true;
}

/// Fills the parameter registers at new_base from arguments (which may already lie at new_base). TypeErrors as
/// CPython's.
Result<void> bind_parameters(Thread& thread, Function* function, const Arguments& arguments, Value* new_base);

/// RuntimeTables::call_function.
Result<Value> call_python_function(Thread& thread, Function* function, const Arguments& arguments);
/// Runs the frame thread.frame_ until its ContinueExit; its result.
Result<Value> execute(Thread& thread);
/// The same with an exception pending at its saved pc (throw()).
Result<Value> execute_raised(Thread& thread);
/// The table of handlers for the thread's present mode (plain or tracing).
DispatchTable plain_dispatch_table();

/// A call of a warm function finds its Feedback made.
void make_feedback(Thread& thread, Function* function);
constexpr uint32_t kWarmCalls = 3;

/// Where the unwinder goes on: true = thread.frame_ with its saved pc is ready; false = leave execute() with the
/// exception.
bool unwind(Thread& thread);
/// Safepoint work for the poll bits; false = an exception is pending.
bool handle_poll(Thread& thread, bool clean);

// --- generators (generators.cpp)
/// Puts a suspended generator's registers on the stack above the running frame and makes it the running one. `sent`
/// goes to the Yield's target (ignored at the start). The caller's pc was saved.
Result<void> push_generator(Thread& thread, Generator* generator, Value sent, Opcode continuation);
/// Few words, mostly: no call of memcpy.
inline void copy_registers(Value* to, const Value* from, uint32_t count) {
  for (; count >= 4; count -= 4, to += 4, from += 4) __builtin_memcpy(static_cast<void*>(to), from, 32);
  if (count & 2) {
    __builtin_memcpy(static_cast<void*>(to), from, 16);
    to += 2, from += 2;
  }
  if (count & 1) *to = *from;
}
/// A suspended generator that has nothing to do with exceptions being handled, nor with a Frame object.
inline bool can_resume_simply(const Thread& thread, Generator* generator, const Value* new_base, const Code* code) {
  return generator->state() == GeneratorState::Suspended && !generator->frame_.get().is_pointer() &&
         generator->handled_.get().is_none() && thread.handled_.is_none() && has_room_for_frame(thread, new_base, code);
}
/// Makes it the running frame, in which the Yield gives `sent`; the place behind the Yield.
inline const uint32_t* resume_simply(Thread& thread, Generator* generator, Value* new_base, Code* code, Value sent,
                                     Opcode continuation) {
  ++thread.depth_;
  new_base[kFrameFunction] = to_value(generator->function_.get());
  new_base[kFrameCaller] = raw_word(thread.frame_);
  new_base[kFrameContinuation] = Value::from_int(static_cast<int64_t>(continuation));
  new_base[kFrameObject] = Value();
  new_base[kFrameGenerator] = to_value(generator);
  copy_registers(new_base, generator->registers(), code->register_count_);
  generator->state_ = static_cast<uint8_t>(GeneratorState::Running);
  const uint32_t* yield = code->words() + generator->word_;
  new_base[operand_a(*yield)] = sent;
  new_base[kFramePc] = raw_word(yield + 1);
  thread.frame_ = new_base;
  return yield + 1;
}
inline bool can_suspend_simply(const Thread& thread, Generator* generator, const Value* base) {
  return !base[kFrameObject].is_pointer() && generator->handled_.get().is_none() && thread.handled_.is_none() &&
         !(generator->gc_bits() & kGcMustLog);
}
/// The running frame of a generator goes back into its object; the caller's is the running one.
inline void suspend_simply(Thread& thread, Generator* generator, Value* base, const uint32_t* pc) {
  Code* code = code_of(function_of(base));
  copy_registers(generator->registers(), base, code->register_count_);
  generator->word_ = static_cast<uint32_t>(pc - code->words());
  generator->state_ = static_cast<uint8_t>(GeneratorState::Suspended);
  --thread.depth_;
  thread.frame_ = caller_of(base);
}
/// The running frame (of a generator) is put back into its object, which is suspended at `word`.
void suspend_generator(Thread& thread, Value* base, const uint32_t* pc);
/// The running frame of a generator ends.
void finish_generator(Thread& thread, Value* base);
Result<Optional<Value>> resume_generator(Thread& thread, HeapObject* generator, Value sent);
Result<Optional<Value>> resume_generator_at(Thread& thread, HeapObject* generator);
Result<Optional<Value>> throw_into_generator(Thread& thread, HeapObject* generator);
/// A suspended generator that delegates becomes the running frame, at its YieldFrom, for what is done to its delegate.
Result<void> enter_delegating(Thread& thread, Generator* generator);
/// Takes it off: suspended again when the delegate yielded `result`; otherwise the generator goes on, with the value of
/// StopIteration or the exception.
Result<Optional<Value>> leave_delegating(Thread& thread, Generator* generator, Result<Value> result);
/// MakeGenerator: the object that takes over the running frame.
Value make_generator(Thread& thread, Value* base, const uint32_t* resume_pc);

}  // namespace viperine
