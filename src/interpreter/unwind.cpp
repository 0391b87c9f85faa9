// SPDX-License-Identifier: MIT
// Unwinding: from a pending exception to its handler, frame by frame, adding traceback entries on the way.
#include "interpreter/slow_paths.h"
#include "interpreter/tracing.h"

namespace viperine {

namespace {

/// Handler entry that protects `word`, or null. Entries are sorted inner first.
const CodeException* find_handler(Code* code, uint32_t word) {
  auto* entries = reinterpret_cast<const CodeException*>(code->words() + code->word_count_);
  for (uint32_t i = 0; i < code->exception_count_; ++i)
    if (word >= entries[i].start && word < entries[i].end) return &entries[i];
  return nullptr;
}

/// Whether the pending exception only goes on from an instruction that re-raises: its traceback does not grow.
bool goes_on(const Thread& thread, uint32_t word) {
  Opcode opcode = opcode_of(word);
  if (opcode == Opcode::RaiseAgain) return thread.pending_ == thread.handled();
  return opcode == Opcode::Reraise || opcode == Opcode::EndAsyncFor;
}

/// PEP 479: a StopIteration that leaves a generator becomes a RuntimeError.
void convert_stop_iteration(Thread& thread, Generator* generator) {
  const char* text = nullptr;
  Kind kind = kind_of(generator);
  if (thread.pending_is<StopIteration>())
    text = kind == Kind::Generator   ? "generator raised StopIteration"
           : kind == Kind::Coroutine ? "coroutine raised StopIteration"
                                     : "async generator raised StopIteration";
  else if (kind == Kind::AsyncGenerator && thread.pending_is<StopAsyncIteration>())
    text = "async generator raised StopAsyncIteration";
  if (text == nullptr) return;
  ExceptionObject* cause = thread.take_pending();
  thread.raise<RuntimeError>(text);
  ExceptionObject* error = thread.pending();
  error->cause_.set(error, to_value(cause));
  error->context_.set(error, to_value(cause));
  error->suppress_context_ = 1;
}

/// A frame that is left by re-raising stands where the exception was raised (f_lineno).
void return_to_raise(Thread& thread, Value* base, Code* code) {
  auto* entry = try_cast<Traceback>(thread.pending()->traceback_.get());
  if (entry == nullptr || !base[kFrameObject].is_pointer() || entry->frame_.get() != base[kFrameObject]) return;
  base[kFramePc] = raw_word(code->words() + entry->word_);
}

}  // namespace

const uint32_t* trace_unwind(Thread& thread, bool leave_first) {
  for (;; leave_first = false) {
    Value* base = thread.frame();
    Code* code = function_of(base)->code();
    if (!leave_first) {
      uint32_t word = current_word(base);
      bool is_reraise = goes_on(thread, code->words()[word]);
      if (!is_reraise) add_traceback(thread, thread.pending(), base, word);
      trace_exception(thread, base, word, is_reraise);
      if (const CodeException* handler = find_handler(code, word)) {
        base[handler->target] = to_value(thread.take_pending());
        return code->words() + handler->handler;
      }
      trace_unwound(thread, base);
      if (is_reraise && opcode_of(code->words()[word]) != Opcode::RaiseAgain && line_at(code, word) == 0)
        return_to_raise(thread, base, code);
    }
    uint32_t continuation = static_cast<uint32_t>(base[kFrameContinuation].as_int());
    if (Generator* generator = generator_of(base)) {
      finish_generator(thread, base);
      convert_stop_iteration(thread, generator);
    }
    pop_frame(thread, base);
    if (continuation == static_cast<uint32_t>(Opcode::ContinueExit)) return nullptr;
  }
}

bool unwind(Thread& thread) {
  for (;;) {
    Value* base = thread.frame();
    Function* function = function_of(base);
    Code* code = function->code();
    uint32_t word = static_cast<uint32_t>(saved_pc(base) - code->words());
    bool is_reraise = goes_on(thread, code->words()[word]);
    if (!is_reraise) add_traceback(thread, thread.pending(), base, word);
    if (const CodeException* handler = find_handler(code, word)) {
      base[handler->target] = to_value(thread.take_pending());
      base[kFramePc] = raw_word(code->words() + handler->handler);
      return true;
    }
    if (is_reraise && opcode_of(code->words()[word]) != Opcode::RaiseAgain && line_at(code, word) == 0)
      return_to_raise(thread, base, code);
    uint32_t continuation = static_cast<uint32_t>(base[kFrameContinuation].as_int());
    if (Generator* generator = generator_of(base)) {
      finish_generator(thread, base);
      convert_stop_iteration(thread, generator);
    }
    pop_frame(thread, base);
    if (continuation == static_cast<uint32_t>(Opcode::ContinueExit)) return false;
    // The caller's saved pc stands at the instruction that called.
  }
}

}  // namespace viperine
