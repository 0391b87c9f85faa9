// SPDX-License-Identifier: MIT
// Events of sys.settrace and sys.setprofile. While either is set, thread.dispatch_ is the tracing table: each real
// opcode first goes through trace_step(), which gives the events and hands on to the plain handler; unwinding goes
// through trace_unwind(). While a trace function itself runs, the plain table is in force.
// Invariant: under the tracing table the saved pc of a frame is its last executed instruction; it equals the current
// one only when the frame was just entered or resumed.
#pragma once

#include "interpreter/frames.h"

namespace viperine {

enum class TraceResult : uint8_t {
  Go,     // execute the instruction at the saved pc
  Raise,  // an exception is pending at the saved pc
  Leave,  // an exception is pending and this activation is over (a call or return event failed)
};

/// Before the instruction at `pc` of the running frame.
TraceResult trace_step(Thread& thread, Value* base, const uint32_t* pc);
/// A generator's frame was resumed by throw(): the call event. The pending exception is kept, or replaced.
Result<void> trace_throw_entry(Thread& thread);
/// The pending exception passes the running frame: exception events.
void trace_exception(Thread& thread, Value* base, uint32_t word, bool is_reraise);
/// The running frame ends with the pending exception: return events.
void trace_unwound(Thread& thread, Value* base);
/// As unwind(), with events: the handler's instruction, or null to leave execute(). `leave_first`: the running frame
/// has had its say.
const uint32_t* trace_unwind(Thread& thread, bool leave_first);

bool is_traced(const Thread& thread);
DispatchTable tracing_dispatch_table();

// --- what sys offers; None switches off
void set_trace_function(Thread& thread, Value function);
void set_profile_function(Thread& thread, Value function);
/// sys.call_tracing: a call with events, made inside a trace function.
Result<Value> call_tracing(Thread& thread, Value function, Tuple* arguments);

/// What a trace or profile function is being told; f_lineno may be set in some of them only. Kept in the upper bits of
/// Frame::flags_ meanwhile.
enum class TraceEvent : uint8_t {
  None,
  Call,
  Exception,
  Line,
  Return,
  NativeCall,
  NativeException,
  NativeReturn,
  Opcode
};
constexpr uint32_t kFrameEventShift = 8;
inline TraceEvent event_of(const Frame* frame) { return static_cast<TraceEvent>(frame->flags_ >> kFrameEventShift); }
inline void set_event(Frame* frame, TraceEvent event) {
  frame->flags_ = (frame->flags_ & ((1u << kFrameEventShift) - 1)) | static_cast<uint32_t>(event) << kFrameEventShift;
}

}  // namespace viperine
