// SPDX-License-Identifier: MIT
// How handlers are written and chained, for two builds of the same bodies (handlers_*.inc):
//   clang >= 19: each handler is a function with the preserve_none convention, chained by musttail calls through a
//   table; other compilers: all bodies are labels of one function, chained by computed gotos.
// A handler that is hot calls nothing: what it cannot do at once it leaves to a SLOW_OP (written before it) by GO, so
// that it needs no stack frame.
// Handler state: pc (current instruction), base (register 0), thread, dispatch (table), constants, feedback.
// Invariant: before anything that may run Python, raise or look at frames, SAVE() has stored pc in the frame.
#pragma once

#include "bytecode/opcodes.h"
#include "runtime/interpreter_data.h"
#include "runtime/operators.h"

#if defined(__clang__) && defined(__has_feature)
#if __has_feature(address_sanitizer)  // its frames cannot be chained by tail calls
#define VIPERINE_TAIL_CALLS 0
#endif
#endif
#if defined(VIPERINE_TAIL_CALLS)
// decided above
#elif defined(__clang__) && __clang_major__ >= 19 && defined(__x86_64__)
#define VIPERINE_TAIL_CALLS 1
#else
#define VIPERINE_TAIL_CALLS 0
#endif

namespace viperine {

/// The table has kOpcodeCount entries: addresses of handlers or of labels.
using DispatchTable = const void* const*;

#if VIPERINE_TAIL_CALLS
#define HANDLER_CONVENTION __attribute__((preserve_none))
#define HANDLER_PARAMETERS                                                                            \
  [[maybe_unused]] const uint32_t *pc, [[maybe_unused]] Value *base, [[maybe_unused]] Thread *thread, \
      [[maybe_unused]] DispatchTable dispatch, [[maybe_unused]] Value *constants,                     \
      [[maybe_unused]] FeedbackEntry *feedback
using Handler = HANDLER_CONVENTION Value (*)(HANDLER_PARAMETERS);
#define DISPATCH_OPCODE(opcode)                                                              \
  [[clang::musttail]] return reinterpret_cast<Handler>(const_cast<void*>(dispatch[opcode]))( \
      pc, base, thread, dispatch, constants, feedback)
#define OP(name) HANDLER_CONVENTION static Value op_##name(HANDLER_PARAMETERS)
/// The handler proper of an opcode, whatever table is in force.
#define PLAIN_OPCODE(opcode)                                                                               \
  [[clang::musttail]] return reinterpret_cast<Handler>(const_cast<void*>(plain_dispatch_table()[opcode]))( \
      pc, base, thread, dispatch, constants, feedback)
#define LEAVE(value) return (value)
/// The rest of a handler: what calls functions, and would make the handler save registers if it stood in there.
#define SLOW_OP(name) HANDLER_CONVENTION __attribute__((noinline)) static Value op_##name(HANDLER_PARAMETERS)
#define GO(name) [[clang::musttail]] return op_##name(pc, base, thread, dispatch, constants, feedback)
#else
#define DISPATCH_OPCODE(opcode) goto* const_cast<void*>(dispatch[opcode])
#define PLAIN_OPCODE(opcode) goto* const_cast<void*>(kTable[opcode])
#define OP(name) label_##name:
#define LEAVE(value) return (value)
#define SLOW_OP(name) label_##name:
#define GO(name) goto label_##name
#endif

// --- inside a handler
#define WORD (*pc)
#define A operand_a(WORD)
#define B operand_b(WORD)
#define C operand_c(WORD)
#define REG(n) base[n]
#define SECOND (pc[1])
#define NEXT(words)              \
  do {                           \
    pc += (words);               \
    DISPATCH_OPCODE(*pc & 0xFF); \
  } while (0)
#define SAVE() (base[kFramePc] = raw_word(pc))
/// An exception is pending: find the handler.
#define RAISE() DISPATCH_OPCODE(kUnwindOpcode)
/// After thread->frame_ changed (call, return, unwinding) or a safepoint: reload all state from it. pc comes from the
/// frame.
#define RELOAD()                                 \
  do {                                           \
    base = thread->frame_;                       \
    pc = saved_pc(base);                         \
    Function* function_ = function_of(base);     \
    constants = code_of(function_)->constants(); \
    feedback = feedback_of(*thread, function_);  \
  } while (0)
#define RELOAD_FEEDBACK() (feedback = feedback_of(*thread, function_of(base)))
/// The value of a Result, or unwind.
#define GET(target, expression)           \
  do {                                    \
    auto result_ = (expression);          \
    if (result_.is_raised()) [[unlikely]] \
      RAISE();                            \
    target = result_.take();              \
  } while (0)
#define DO(expression)                         \
  do {                                         \
    if ((expression).is_raised()) [[unlikely]] \
      RAISE();                                 \
  } while (0)

/// Pseudo opcodes behind the real ones in the dispatch table.
constexpr uint32_t kUnwindOpcode = kOpcodeCount;
constexpr uint32_t kCallPollOpcode = kOpcodeCount + 1;
constexpr uint32_t kEntryPollOpcode = kOpcodeCount + 2;
constexpr uint32_t kTraceResumeOpcode = kOpcodeCount + 3;
constexpr uint32_t kDispatchSize = kOpcodeCount + 4;

/// A function always has code and globals.
inline Code* code_of(const Function* function) { return function->code_.operator->(); }
inline Dict* globals_of(const Function* function) { return function->globals_.operator->(); }

inline FeedbackEntry* cold_feedback(const Thread& thread) {
  return static_cast<FeedbackEntry*>(const_cast<void*>(thread.runtime().cold_feedback_));
}
inline FeedbackEntry* feedback_of(const Thread& thread, Function* function) {
  Feedback* feedback = function->feedback_.get();
  return feedback != nullptr ? feedback->entries() : cold_feedback(thread);
}

}  // namespace viperine
