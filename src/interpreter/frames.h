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

/// Grows the usable part of the VM stack; RecursionError or MemoryError when it cannot.
Result<void> grow_stack(Thread& thread, Value* needed_end);
Raised raise_recursion(Thread& thread);

/// Makes new_base the running frame of `function`: header and unbound locals; parameters are in place. pc of the caller
/// was saved.
inline Result<void> push_frame(Thread& thread, Value* new_base, Function* function, Opcode continuation) {
  Code* code = function->code();
  if (new_base + code->register_count_ > thread.stack_soft_end_) [[unlikely]]
    TRY(grow_stack(thread, new_base + code->register_count_));
  if (++thread.depth_ > thread.depth_limit_) [[unlikely]] {
    --thread.depth_;
    return raise_recursion(thread);
  }
  new_base[kFrameFunction] = to_value(function);
  new_base[kFrameCaller] = raw_word(thread.frame_);
  new_base[kFramePc] = raw_word(code->words());
  new_base[kFrameContinuation] = Value::from_int(static_cast<int64_t>(continuation));
  new_base[kFrameObject] = Value();
  new_base[kFrameGenerator] = Value();
  for (uint32_t i = code->parameter_count_; i < code->local_count_; ++i) new_base[i] = Value::unbound();
  thread.frame_ = new_base;
  return {};
}

/// Takes the running frame off: its Frame object, if any, keeps the registers.
inline void pop_frame(Thread& thread, Value* base) {
  if (base[kFrameObject].is_pointer()) [[unlikely]] detach_frame(thread, base);
  --thread.depth_;
  thread.frame_ = caller_of(base);
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
/// The running frame (of a generator) is put back into its object, which is suspended at `word`.
void suspend_generator(Thread& thread, Value* base, const uint32_t* pc);
/// The running frame of a generator ends.
void finish_generator(Thread& thread, Value* base);
Result<Optional<Value>> resume_generator(Thread& thread, HeapObject* generator, Value sent);
Result<Optional<Value>> resume_generator_at(Thread& thread, HeapObject* generator);
Result<Optional<Value>> throw_into_generator(Thread& thread, HeapObject* generator);
/// MakeGenerator: the object that takes over the running frame.
Value make_generator(Thread& thread, Value* base, const uint32_t* resume_pc);

}  // namespace viperine
