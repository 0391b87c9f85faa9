// SPDX-License-Identifier: MIT
// Which events an instruction gives, and calling trace and profile functions (see tracing.h). The order of events and
// what an error in a trace function does follow CPython 3.11 (PEP 626 for lines).
#include "interpreter/tracing.h"

#include "bytecode/blueprint.h"
#include "interpreter/slow_paths.h"
#include "runtime/frame_locals.h"
#include "runtime/positions.h"

namespace viperine {

bool is_traced(const Thread& thread) {
  return !thread.tracing_ && (!thread.trace_function_.is_none() || !thread.profile_function_.is_none());
}

namespace {

void choose_dispatch(Thread& thread) {
  thread.dispatch_ = is_traced(thread) ? tracing_dispatch_table() : plain_dispatch_table();
}
/// Running loops take the new table up at their next poll.
void mode_changed(Thread& thread) {
  choose_dispatch(thread);
  thread.request_poll(kPollTrace);
}

constexpr const char* kEventNames[] = {"",       "call",        "exception", "line",  "return",
                                       "c_call", "c_exception", "c_return",  "opcode"};

Frame* existing_frame(Value* base) {
  return base[kFrameObject].is_pointer() ? static_cast<Frame*>(base[kFrameObject].as_object()) : nullptr;
}

/// Calls a trace or profile function; f_locals and the variables are kept the same on both sides.
Result<Value> call_hook(Thread& thread, Frame* frame, Value hook, TraceEvent event, Value argument) {
  TraceEvent before = event_of(frame);
  thread.tracing_ = true;
  set_event(frame, event);
  thread.dispatch_ = plain_dispatch_table();
  Result<void> ready = {};
  if (is<Dict>(frame->locals_.get())) {
    auto refreshed = frame_locals(thread, frame);
    if (refreshed.is_raised()) ready = Raised{};
  }
  Result<Value> result = Raised{};
  if (!ready.is_raised())
    result =
        call(thread, hook, to_value(frame), to_value(intern(thread, kEventNames[static_cast<int>(event)])), argument);
  if (frame->base_ != nullptr && is<Dict>(frame->locals_.get())) store_frame_locals(thread, frame);
  thread.tracing_ = false;
  set_event(frame, before);
  choose_dispatch(thread);
  return result;
}

Result<void> call_profile(Thread& thread, Value* base, TraceEvent event, Value argument) {
  if (thread.profile_function_.is_none()) return {};
  if (!call_hook(thread, frame_object(thread, base), thread.profile_function_, event, argument).is_raised()) return {};
  thread.profile_function_ = Value::none();
  choose_dispatch(thread);
  return Raised{};
}

/// The global function gets call events, all others go to the frame's own.
Result<void> call_trace(Thread& thread, Value* base, TraceEvent event, Value argument) {
  if (thread.trace_function_.is_none()) return {};
  Frame* frame = event == TraceEvent::Call ? frame_object(thread, base) : existing_frame(base);
  if (frame == nullptr) return {};
  Value hook = event == TraceEvent::Call ? thread.trace_function_ : frame->trace_.get();
  if (hook.is_none()) return {};
  auto result = call_hook(thread, frame, hook, event, argument);
  if (result.is_raised()) {
    thread.trace_function_ = Value::none();
    frame->trace_.set(frame, Value::none());
    choose_dispatch(thread);
    return Raised{};
  }
  if (!result.take().is_none()) frame->trace_.set(frame, result.take());
  return {};
}

Result<void> call_both(Thread& thread, Value* base, TraceEvent event, Value argument) {
  TRY(call_trace(thread, base, event, argument));
  return call_profile(thread, base, event, argument);
}

/// The same while an exception is pending: it stays, or the hook's own takes its place.
Result<void> call_both_protected(Thread& thread, Value* base, TraceEvent event, Value argument) {
  ExceptionObject* exception = thread.take_pending();
  TRY(call_both(thread, base, event, argument));
  thread.restore_pending(exception);
  return {};
}

bool is_generator_code(const Code* code) {
  return (code->flags_ & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator)) != 0;
}

/// Call events; the frame shows `line` meanwhile.
Result<void> enter(Thread& thread, Value* base, int32_t line) {
  Frame* frame = frame_object(thread, base);
  frame->line_ = line + 1;
  auto result = thread.has_pending() ? call_both_protected(thread, base, TraceEvent::Call, Value::none())
                                     : call_both(thread, base, TraceEvent::Call, Value::none());
  frame->line_ = 0;
  return result;
}

int32_t entry_line(Code* code) {
  bool is_module = (code->flags_ & kCodeOptimized) == 0 && code->name_->equals("<module>");
  return is_module ? 0 : static_cast<int32_t>(code->first_line_);
}

/// What a call instruction is about to call, as profile functions see it: a built-in function, else absent.
Value native_callee(Thread& thread, Value* base, const uint32_t* pc) {
  Value callee = base[operand_b(*pc)];
  Value* arguments = base + operand_b(*pc) + kCallGap;
  switch (opcode_of(*pc)) {
    case Opcode::Call:
    case Opcode::CallKeywords:
      if (has_kind(callee, Kind::MethodDescriptor) && operand_c(*pc) > 0) break;
      return has_kind(callee, Kind::NativeFunction) ? callee : Value::absent();
    case Opcode::CallMethod:
    case Opcode::CallMethodKeywords:
      if (arguments[0].is_unbound()) {
        if (has_kind(callee, Kind::MethodDescriptor) && operand_c(*pc) > 0) {
          ++arguments;
          break;
        }
        return has_kind(callee, Kind::NativeFunction) ? callee : Value::absent();
      }
      if (has_kind(callee, Kind::MethodDescriptor)) break;
      return Value::absent();
    case Opcode::CallEx:
      return has_kind(callee, Kind::NativeFunction) ? callee : Value::absent();
    default:
      return Value::absent();
  }
  auto* descriptor = static_cast<MethodDescriptor*>(callee.as_object());
  auto* bound = make_exact<NativeFunction>(thread, Kind::NativeFunction);
  bound->method_ = descriptor->method_;
  bound->self_.initialize(arguments[0]);
  bound->module_.initialize(Value::none());
  return to_value(bound);
}

/// The native call that the frame's last instruction made is over. While a frame runs, its back_ is free: it keeps the
/// callee, and padding_ the instruction.
Result<void> end_native_call(Thread& thread, Value* base, Frame* frame, uint32_t word, TraceEvent event) {
  if (!has_kind(frame->back_.get(), Kind::NativeFunction)) return {};
  Value callee = frame->back_.get();
  bool is_it = frame->padding_ == word;
  frame->back_.set(frame, Value::none());
  if (!is_it) return {};
  if (event == TraceEvent::NativeReturn) return call_profile(thread, base, event, callee);
  ExceptionObject* exception = thread.take_pending();
  TRY(call_profile(thread, base, event, callee));
  thread.restore_pending(exception);
  return {};
}

/// Line and opcode events of the instruction at pc; `last_line` is that of the instruction before, -1 for none.
Result<void> line_events(Thread& thread, Value* base, Frame* frame, const uint32_t* pc, const uint32_t* previous,
                         int32_t last_line) {
  Code* code = function_of(base)->code();
  if ((frame->flags_ & kFrameNoTraceLines) == 0) {
    int32_t line = line_in_table(thread, code, static_cast<uint32_t>(pc - code->words()));
    bool is_backward = pc < previous && opcode_of(*pc) != Opcode::Send;
    if (line != 0 && (line != last_line || is_backward)) TRY(call_trace(thread, base, TraceEvent::Line, Value::none()));
  }
  if ((frame->flags_ & kFrameTraceOpcodes) != 0) return call_trace(thread, base, TraceEvent::Opcode, Value::none());
  return {};
}

/// Events of the instruction's own: leaving the frame, calling native code.
TraceResult action_events(Thread& thread, Value* base, const uint32_t* pc) {
  Value result;
  switch (opcode_of(*pc)) {
    case Opcode::Return:
      result = base[operand_a(*pc)];
      break;
    case Opcode::Yield:
    case Opcode::YieldFrom:
      result = base[operand_b(*pc)];
      break;
    case Opcode::Call:
    case Opcode::CallKeywords:
    case Opcode::CallMethod:
    case Opcode::CallMethodKeywords:
    case Opcode::CallEx: {
      if (thread.profile_function_.is_none()) return TraceResult::Go;
      Value callee = native_callee(thread, base, pc);
      if (callee.is_absent()) return TraceResult::Go;
      if (call_profile(thread, base, TraceEvent::NativeCall, callee).is_raised()) return TraceResult::Raise;
      Frame* frame = frame_object(thread, base);
      frame->back_.set(frame, callee);
      frame->padding_ = static_cast<uint32_t>(pc - function_of(base)->code()->words());
      return TraceResult::Go;
    }
    default:
      return TraceResult::Go;
  }
  return call_both(thread, base, TraceEvent::Return, result).is_raised() ? TraceResult::Leave : TraceResult::Go;
}

}  // namespace

void set_trace_function(Thread& thread, Value function) {
  thread.trace_function_ = function;
  mode_changed(thread);
}

void set_profile_function(Thread& thread, Value function) {
  thread.profile_function_ = function;
  mode_changed(thread);
}

Result<Value> call_tracing(Thread& thread, Value function, Tuple* arguments) {
  bool is_tracing = thread.tracing_;
  thread.tracing_ = false;
  mode_changed(thread);
  auto result = call_with_tuple(thread, function, arguments, nullptr);
  thread.tracing_ = is_tracing;
  mode_changed(thread);
  return result;
}

namespace {

/// An instruction without a line of its own shows that of the code which ran before it.
void remember_line(Thread& thread, Frame* frame, Code* code, const uint32_t* pc, int32_t last_line) {
  if (line_in_table(thread, code, static_cast<uint32_t>(pc - code->words())) != 0)
    frame->line_ = 0;
  else if (last_line > 0)
    frame->line_ = last_line + 1;
}

/// An iterator that ended by raising StopIteration: loops swallow it, trace functions are told.
Result<void> stop_events(Thread& thread, Value* base, const uint32_t* previous, const uint32_t* pc) {
  Opcode opcode = opcode_of(*previous);
  if (opcode != Opcode::ForIter && opcode != Opcode::Send) return {};
  if (pc != previous + 2 + extra_jump(previous[1])) return {};
  Value iterator = base[operand_b(*previous)];
  Value value = opcode == Opcode::Send ? base[operand_a(*previous)] : Value::none();
  if (has_kind(iterator, Kind::Generator) || has_kind(iterator, Kind::Coroutine)) {
    if (opcode == Opcode::Send || thread.returned_.is_none()) return {};
    value = thread.returned_;
  } else if (opcode == Opcode::ForIter && !has_kind(iterator, Kind::Instance)) {
    return {};
  }
  Type* type = thread.runtime().exception_type<StopIteration>();
  Value stop = value.is_none() ? TRY(call(thread, to_value(type))) : TRY(call(thread, to_value(type), value));
  base[kFramePc] = raw_word(previous);
  auto result = call_trace(thread, base, TraceEvent::Exception,
                           to_value(Tuple::of(thread.heap(), to_value(type), stop, Value::none())));
  base[kFramePc] = raw_word(pc);
  return result;
}

}  // namespace

TraceResult trace_step(Thread& thread, Value* base, const uint32_t* pc) {
  Code* code = function_of(base)->code();
  const uint32_t* previous = saved_pc(base);
  base[kFramePc] = raw_word(pc);
  if (!is_traced(thread)) return TraceResult::Go;
  // Making the generator object is no call of it.
  if (is_generator_code(code) && !base[kFrameGenerator].is_pointer()) return TraceResult::Go;
  int32_t last_line = -1;
  if (previous == pc) {
    bool is_resumed = pc > code->words() && generator_of(base) != nullptr && opcode_of(pc[-1]) != Opcode::MakeGenerator;
    if (is_resumed) last_line = line_in_table(thread, code, static_cast<uint32_t>(pc - 1 - code->words()));
    if (enter(thread, base, is_resumed ? last_line : entry_line(code)).is_raised()) return TraceResult::Leave;
  } else {
    last_line = line_in_table(thread, code, static_cast<uint32_t>(previous - code->words()));
    Frame* frame = existing_frame(base);
    if (frame != nullptr &&
        end_native_call(thread, base, frame, static_cast<uint32_t>(previous - code->words()), TraceEvent::NativeReturn)
            .is_raised())
      return TraceResult::Raise;
  }
  Frame* frame = existing_frame(base);
  if (frame != nullptr) remember_line(thread, frame, code, pc, last_line);
  if (frame != nullptr && !frame->trace_.get().is_none() && !thread.trace_function_.is_none()) {
    if (previous != pc && stop_events(thread, base, previous, pc).is_raised()) return TraceResult::Raise;
    if (line_events(thread, base, frame, pc, previous, last_line == 0 ? -1 : last_line).is_raised())
      return TraceResult::Raise;
    pc = saved_pc(base);
  }
  return action_events(thread, base, pc);
}

Result<void> trace_throw_entry(Thread& thread) {
  if (!is_traced(thread)) return {};
  Value* base = thread.frame();
  Code* code = function_of(base)->code();
  return enter(thread, base, line_in_table(thread, code, current_word(base)));
}

void trace_exception(Thread& thread, Value* base, uint32_t word, bool is_reraise) {
  if (!is_traced(thread)) return;
  Frame* frame = existing_frame(base);
  if (frame != nullptr && end_native_call(thread, base, frame, word, TraceEvent::NativeException).is_raised()) return;
  if (is_reraise || frame == nullptr || frame->trace_.get().is_none() || thread.trace_function_.is_none()) return;
  ExceptionObject* exception = thread.take_pending();
  Value triple = to_value(Tuple::of(thread.heap(), to_value(type_of(thread, to_value(exception))), to_value(exception),
                                    exception->traceback_.get()));
  if (call_trace(thread, base, TraceEvent::Exception, triple).is_raised()) return;
  thread.restore_pending(exception);
}

void trace_unwound(Thread& thread, Value* base) {
  if (is_traced(thread)) (void)call_both_protected(thread, base, TraceEvent::Return, Value::none()).is_raised();
}

}  // namespace viperine
