// SPDX-License-Identifier: MIT
// frame: an activation as Python sees it. Frame objects are made by runtime/frames.cpp.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "builtins/generator.h"
#include "bytecode/blueprint.h"
#include "interpreter/jumps.h"
#include "interpreter/tracing.h"
#include "runtime/interpreter_data.h"
#include "runtime/poll.h"
#include "runtime/positions.h"

namespace viperine {

namespace {

uint32_t word_of(Frame* frame) {
  if (frame->base_ != nullptr) return current_word(frame->base_);
  if (frame->generator_.get().is_pointer() && (frame->flags_ & kFrameEnded) == 0)
    return static_cast<Generator*>(frame->generator_.get().as_object())->word_;
  return frame->word_;
}
/// Whether no instruction has a line (code.replace(co_linetable=...)).
bool is_without_lines(Code* code) {
  PositionReader reader(code);
  SourcePosition position;
  while (reader.next(&position))
    if (position.line != 0) return false;
  return true;
}

bool is_unstarted(Frame* frame) {
  return frame->base_ == nullptr && frame->generator_.get().is_pointer() && (frame->flags_ & kFrameEnded) == 0 &&
         static_cast<Generator*>(frame->generator_.get().as_object())->state() == GeneratorState::Created;
}

constexpr int32_t kNoLine = -1;

int32_t line_of(Frame* frame) {
  if (is_unstarted(frame)) return static_cast<int32_t>(frame->function_->code()->first_line_);
  bool is_entry = event_of(frame) == TraceEvent::Call;
  if (is_entry && frame->line_ != 0 && frame->base_ != nullptr) return frame->line_ - 1;
  int32_t line = line_at(frame->function_->code(), word_of(frame));
  if (line == 0 && frame->line_ > 1 && frame->base_ != nullptr) return frame->line_ - 1;
  if (line != 0) return line;
  if (is_without_lines(frame->function_->code())) return kNoLine;
  return static_cast<int32_t>(frame->function_->code()->first_line_);
}

Result<Value> frame_back(Thread& thread, Frame* self) {
  if (self->base_ == nullptr) return is<Frame>(self->back_.get()) ? self->back_.get() : Value::none();
  Value* caller = caller_of(self->base_);
  return caller == nullptr ? Value::none() : to_value(frame_object(thread, caller));
}
Result<Value> frame_code(Thread&, Frame* self) { return to_value(self->function_->code()); }
Result<Value> frame_globals(Thread&, Frame* self) { return to_value(self->function_->globals()); }
Result<Value> frame_builtins(Thread& thread, Frame* self) {
  Dict* builtins = self->function_->builtins_.get();
  if (builtins != nullptr) return to_value(builtins);
  // What globals["__builtins__"] names is no dict.
  return self->function_->globals()->get_str(thread.names().__builtins__).value_or(Value::none());
}
Result<Value> frame_locals_attribute(Thread& thread, Frame* self) { return frame_locals(thread, self); }
Result<Value> frame_line(Thread&, Frame* self) {
  int32_t line = line_of(self);
  return line == kNoLine ? Value::none() : Value::from_int(line);
}
Result<void> set_frame_line(Thread& thread, Frame* self, Value value) { return jump_to_line(thread, self, value); }
Result<Value> frame_last_instruction(Thread&, Frame* self) { return Value::from_int(int64_t{word_of(self)} * 2); }
Result<Value> frame_trace(Thread&, Frame* self) { return self->trace_.get(); }
Result<void> set_frame_trace(Thread&, Frame* self, Value value) {
  self->trace_.set(self, value.is_absent() ? Value::none() : value);
  return {};
}
Result<Value> trace_lines(Thread&, Frame* self) { return Value::from_bool((self->flags_ & kFrameNoTraceLines) == 0); }
Result<void> set_trace_lines(Thread& thread, Frame* self, Value value) {
  if (!value.is_bool()) return thread.raise<TypeError>("attribute value type must be bool");
  self->flags_ = value.is_true() ? self->flags_ & ~kFrameNoTraceLines : self->flags_ | kFrameNoTraceLines;
  return {};
}
Result<Value> trace_opcodes(Thread&, Frame* self) { return Value::from_bool((self->flags_ & kFrameTraceOpcodes) != 0); }
Result<void> set_trace_opcodes(Thread& thread, Frame* self, Value value) {
  if (!value.is_bool()) return thread.raise<TypeError>("attribute value type must be bool");
  self->flags_ = value.is_true() ? self->flags_ | kFrameTraceOpcodes : self->flags_ & ~kFrameTraceOpcodes;
  return {};
}
Result<void> frame_clear(Thread& thread, Frame* self) {
  Value owner = self->generator_.get();
  auto* generator = owner.is_pointer() ? static_cast<Generator*>(owner.as_object()) : nullptr;
  bool is_executing = generator != nullptr && generator->state() == GeneratorState::Running;
  if (self->base_ != nullptr || is_executing) return thread.raise<RuntimeError>("cannot clear an executing frame");
  if (generator != nullptr && generator_finalize(thread, owner).is_raised()) report_unraisable(thread, owner);
  if (generator != nullptr) generator->state_ = static_cast<uint8_t>(GeneratorState::Finished);
  self->values_.set(self, Value());
  self->locals_.set(self, Value());
  self->flags_ |= kFrameCleared;
  return {};
}
Result<Value> frame_repr(Thread& thread, Value self) {
  auto* frame = cast<Frame>(self);
  Code* code = frame->function_->code();
  return to_value(format_text(thread, "<frame at {}, file {}, line {}, code {}>", address_text(thread, self),
                              TRY(repr(thread, to_value(code->filename_.get()))), line_of(frame), code->name_.get()));
}

constexpr NativeMethod kMethods[] = {
    method<frame_clear>("clear($self, /)", "F.clear(): clear most references held by the frame")};
constexpr NativeAttribute kAttributes[] = {
    attribute<frame_back>("f_back"),
    attribute<frame_code>("f_code"),
    attribute<frame_globals>("f_globals"),
    attribute<frame_builtins>("f_builtins"),
    attribute<frame_locals_attribute>("f_locals"),
    attribute<frame_line, set_frame_line>("f_lineno"),
    attribute<frame_last_instruction>("f_lasti"),
    attribute<frame_trace, set_frame_trace>("f_trace"),
    attribute<trace_lines, set_trace_lines>("=f_trace_lines"),
    attribute<trace_opcodes, set_trace_opcodes>("=f_trace_opcodes"),
};

}  // namespace

const TypeSpec kFrameType = {
    .name = "frame",
    .kind = Kind::Frame,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<Frame>("frame"); },
    .slots = {.repr = &frame_repr},
    .methods = kMethods,
    .attributes = kAttributes,
};

}  // namespace viperine
