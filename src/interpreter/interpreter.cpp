// SPDX-License-Identifier: MIT
// The interpreter's core: all handlers (handlers_*.inc), the dispatch table, execute(). See dispatch.h for how handlers
// are chained.
#include "interpreter/slow_paths.h"
#include "interpreter/tracing.h"

namespace viperine {

/// Return continuations run between two frames: no events there.
constexpr bool is_continuation(Opcode opcode) { return opcode >= Opcode::ContinueCall; }

constexpr uint8_t kOpcodeWords[kOpcodeCount] = {
#define OPCODE(name, format, traits) word_count_of(format),
#include "bytecode/opcodes.def"
#undef OPCODE
};

#if VIPERINE_TAIL_CALLS

#include "interpreter/handlers_arithmetic.inc"
#include "interpreter/handlers_basic.inc"
#include "interpreter/handlers_build.inc"
#include "interpreter/handlers_calls.inc"
#include "interpreter/handlers_pseudo.inc"

namespace {
const void* const kPlainTable[kDispatchSize] = {
#define OPCODE(name, format, traits) reinterpret_cast<const void*>(&op_##name),
#include "bytecode/opcodes.def"
#undef OPCODE
    reinterpret_cast<const void*>(&op_Unwind),
    reinterpret_cast<const void*>(&op_CallPoll),
    reinterpret_cast<const void*>(&op_EntryPoll),
    reinterpret_cast<const void*>(&op_TraceResume),
};
const void* const kTracingTable[kDispatchSize] = {
#define OPCODE(name, format, traits) \
  reinterpret_cast<const void*>(is_continuation(Opcode::name) ? &op_##name : &op_TraceStep),
#include "bytecode/opcodes.def"
#undef OPCODE
    reinterpret_cast<const void*>(&op_TraceUnwind),
    reinterpret_cast<const void*>(&op_CallPoll),
    reinterpret_cast<const void*>(&op_EntryPoll),
    reinterpret_cast<const void*>(&op_TraceResume),
};
}  // namespace

DispatchTable plain_dispatch_table() { return kPlainTable; }
DispatchTable tracing_dispatch_table() { return kTracingTable; }

static Value run(Thread& thread) {
  Value* base = thread.frame();
  Function* function = function_of(base);
  const uint32_t* pc = saved_pc(base);
  DispatchTable dispatch = thread.dispatch_;
  return reinterpret_cast<Handler>(const_cast<void*>(dispatch[*pc & 0xFF]))(
      pc, base, &thread, dispatch, function->code()->constants(), feedback_of(thread, function));
}

/// Enters with an exception pending: the unwinder first.
static Value run_raised(Thread& thread) {
  Value* base = thread.frame();
  Function* function = function_of(base);
  DispatchTable dispatch = thread.dispatch_;
  return reinterpret_cast<Handler>(const_cast<void*>(dispatch[kUnwindOpcode]))(
      saved_pc(base), base, &thread, dispatch, function->code()->constants(), feedback_of(thread, function));
}

#else

/// With thread == nullptr gives the table of labels, plain or tracing (as the bits of a Value).
static Value run_loop(Thread* thread, bool raised) {
  static const void* const kTable[kDispatchSize] = {
#define OPCODE(name, format, traits) &&label_##name,
#include "bytecode/opcodes.def"
#undef OPCODE
      &&label_Unwind,
      &&label_CallPoll,
      &&label_EntryPoll,
      &&label_TraceResume,
  };
  static const void* const kTracingTable[kDispatchSize] = {
#define OPCODE(name, format, traits) is_continuation(Opcode::name) ? &&label_##name : &&label_TraceStep,
#include "bytecode/opcodes.def"
#undef OPCODE
      &&label_TraceUnwind,
      &&label_CallPoll,
      &&label_EntryPoll,
      &&label_TraceResume,
  };
  if (thread == nullptr) return Value::from_bits(reinterpret_cast<uint64_t>(raised ? &kTracingTable[0] : &kTable[0]));
  Value* base = thread->frame();
  const uint32_t* pc = saved_pc(base);
  DispatchTable dispatch = thread->dispatch_;
  Value* constants = function_of(base)->code()->constants();
  FeedbackEntry* feedback = feedback_of(*thread, function_of(base));
  if (raised) goto* const_cast<void*>(dispatch[kUnwindOpcode]);
  DISPATCH_OPCODE(*pc & 0xFF);
#include "interpreter/handlers_arithmetic.inc"
#include "interpreter/handlers_basic.inc"
#include "interpreter/handlers_build.inc"
#include "interpreter/handlers_calls.inc"
#include "interpreter/handlers_pseudo.inc"
}

DispatchTable plain_dispatch_table() { return reinterpret_cast<DispatchTable>(run_loop(nullptr, false).bits()); }
DispatchTable tracing_dispatch_table() { return reinterpret_cast<DispatchTable>(run_loop(nullptr, true).bits()); }
static Value run(Thread& thread) { return run_loop(&thread, false); }
static Value run_raised(Thread& thread) { return run_loop(&thread, true); }

#endif

namespace {
/// Counts nested entries; the frames between are told apart by their ContinueExit.
class EntryScope {
 public:
  explicit EntryScope(Thread& thread) : thread_(thread) {
    ++thread_.native_entries_;
    if (thread.dispatch_ == nullptr) thread.dispatch_ = plain_dispatch_table();
    dispatch_ = thread.dispatch_;
  }
  ~EntryScope() {
    --thread_.native_entries_;
    // Tracing was switched on or off inside: the loops outside take it up at their next poll.
    if (thread_.dispatch_ != dispatch_) [[unlikely]]
      thread_.request_poll(kPollTrace);
  }

 private:
  Thread& thread_;
  DispatchTable dispatch_;
};
}  // namespace

Result<Value> execute(Thread& thread) {
  if (thread.native_recursion_exceeded("")) {
    EntryScope scope(thread);
    return run_raised(thread);
  }
  EntryScope scope(thread);
  return run(thread);
}

Result<Value> execute_raised(Thread& thread) {
  EntryScope scope(thread);
  return run_raised(thread);
}

}  // namespace viperine
