// SPDX-License-Identifier: MIT
// Frame objects of running activations, made on demand, and traceback entries.
#include "bytecode/blueprint.h"
#include "runtime/containers.h"
#include "runtime/frame_locals.h"
#include "runtime/interpreter_data.h"
#include "runtime/positions.h"
#include "runtime/type_spec.h"

namespace viperine {

Frame* frame_object(Thread& thread, Value* base) {
  if (base[kFrameObject].is_pointer()) return static_cast<Frame*>(base[kFrameObject].as_object());
  auto* frame = make_exact<Frame>(thread, Kind::Frame);
  frame->function_.initialize(function_of(base));
  frame->back_.initialize(Value::none());
  frame->values_.initialize(Value());
  frame->locals_.initialize(Value());
  frame->trace_.initialize(Value::none());
  frame->generator_.initialize(base[kFrameGenerator]);
  frame->base_ = base;
  base[kFrameObject] = to_value(frame);
  return frame;
}

void detach_frame(Thread& thread, Value* base) {
  auto* frame = static_cast<Frame*>(base[kFrameObject].as_object());
  Code* code = function_of(base)->code();
  frame->word_ = current_word(base);
  frame->flags_ |= kFrameEnded;
  frame->base_ = nullptr;
  if (Value* caller = caller_of(base)) frame->back_.set(frame, to_value(frame_object(thread, caller)));
  Array* values = Array::try_make(thread.heap(), code->local_count_);
  if (values == nullptr) return;
  for (uint32_t i = 0; i < code->local_count_; ++i) values->set(i, base[i]);
  frame->values_.set(frame, to_value(values));
}

uint32_t current_word(Value* base) {
  return static_cast<uint32_t>(saved_pc(base) - function_of(base)->code()->words());
}

namespace {

/// Puts a variable's value into the snapshot, or takes a stale one out.
Result<void> refresh_local(Thread& thread, Dict* locals, Str* name, Value value) {
  if (has_kind(value, Kind::Cell)) value = static_cast<Cell*>(value.as_object())->value_.get();
  if (!value.is_unbound()) return dict_set_name(thread, locals, name, value);
  locals->delete_str(thread.heap(), name);
  return {};
}

/// Where the values of a frame's variables are: variable i in `register i`, in a cell there, or in a cell of the far
/// list.
class VariablePlaces {
 public:
  VariablePlaces(Code* code, Value* registers) : registers_(registers), near_(code->variable_names_->length()) {
    auto* places = reinterpret_cast<const uint16_t*>(code->registers_->data());
    int64_t closed = code->cell_names_->length() + code->free_names_->length();
    if (code->registers_->length() / 2 == closed) return;
    far_ = try_cast<List>(registers[places[closed]]);  // null before the prologue has made it
    near_ = places[closed + 1];
  }
  /// Null when there is no such place yet.
  Value* at(int64_t variable) const {
    if (variable < near_) return registers_ + variable;
    return far_ != nullptr && variable - near_ < far_->length() ? far_->items() + (variable - near_) : nullptr;
  }

 private:
  Value* registers_;
  int64_t near_;
  List* far_ = nullptr;
};

}  // namespace

Result<Value> frame_locals(Thread& thread, Frame* frame) {
  Code* code = frame->function_->code();
  Value* registers = frame->base_;
  if (registers == nullptr) {
    if (frame->values_.get().is_pointer())
      registers = static_cast<Array*>(frame->values_.get().as_object())->items();
    else if (frame->generator_.get().is_pointer())
      registers = static_cast<Generator*>(frame->generator_.get().as_object())->registers();
  }
  if ((code->flags_ & kCodeOptimized) == 0)
    return registers != nullptr ? registers[0] : to_value(Dict::make(thread.heap()));
  Dict* locals = try_cast<Dict>(frame->locals_.get());
  if (locals == nullptr) {
    locals = Dict::make(thread.heap());
    frame->locals_.set(frame, to_value(locals));
  }
  if (registers == nullptr) return to_value(locals);
  VariablePlaces variables(code, registers);
  for (int64_t i = 0; i < code->variable_names_->length(); ++i)
    if (Value* place = variables.at(i))
      TRY(refresh_local(thread, locals, cast<Str>(code->variable_names_->at(i)), *place));
  auto* places = reinterpret_cast<const uint16_t*>(code->registers_->data());
  for (Tuple* names : {code->cell_names_.get(), code->free_names_.get()})
    for (int64_t i = 0; i < names->length(); ++i)
      TRY(refresh_local(thread, locals, cast<Str>(names->at(i)), registers[*places++]));
  return to_value(locals);
}

namespace {
void store_local(Value* place, Optional<Value> value) {
  Value stored = value ? *value : Value::unbound();
  if (has_kind(*place, Kind::Cell)) {
    auto* cell = static_cast<Cell*>(place->as_object());
    cell->value_.set(cell, stored);
  } else {
    *place = stored;
  }
}
}  // namespace

void store_frame_locals(Thread&, Frame* frame) {
  Code* code = frame->function_->code();
  auto* locals = try_cast<Dict>(frame->locals_.get());
  if (locals == nullptr || frame->base_ == nullptr || (code->flags_ & kCodeOptimized) == 0) return;
  VariablePlaces variables(code, frame->base_);
  for (int64_t i = 0; i < code->variable_names_->length(); ++i)
    if (Value* place = variables.at(i)) store_local(place, locals->get_str(cast<Str>(code->variable_names_->at(i))));
  auto* places = reinterpret_cast<const uint16_t*>(code->registers_->data());
  for (Tuple* names : {code->cell_names_.get(), code->free_names_.get()})
    for (int64_t i = 0; i < names->length(); ++i)
      store_local(frame->base_ + *places++, locals->get_str(cast<Str>(names->at(i))));
}

int32_t line_at(Code* code, uint32_t word) { return position_at(code, word).line; }

void add_traceback(Thread& thread, ExceptionObject* exception, Value* base, uint32_t word) {
  auto* entry = make_exact<Traceback>(thread, Kind::Traceback);
  entry->next_.initialize(exception->traceback_.get());
  entry->frame_.initialize(Value::none());
  entry->word_ = word;
  entry->line_ = -1;  // computed from word_ when asked for
  exception->traceback_.set(exception, to_value(entry));
  entry->frame_.set(entry, to_value(frame_object(thread, base)));
}

}  // namespace viperine
