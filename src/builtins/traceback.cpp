// SPDX-License-Identifier: MIT
// traceback: where an exception passed. Entries are made while unwinding; printing is in runtime/traceback_text.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

Result<Value> make_traceback(Thread& thread, Value next, Value frame, Value word, int line) {
  if (!next.is_none() && !is<Traceback>(next))
    return thread.raise<TypeError>("expected traceback object or None, got '{}'", type_name_of(next));
  if (!is<Frame>(frame))
    return thread.raise<TypeError>("TracebackType() argument 'tb_frame' must be frame, not {}", type_name_of(frame));
  if (!is_integer(word))
    return thread.raise<TypeError>("'{}' object cannot be interpreted as an integer", type_name_of(word));
  auto* traceback = make_exact<Traceback>(thread, Kind::Traceback);
  traceback->next_.initialize(next);
  traceback->frame_.initialize(frame);
  int64_t bytes = TRY(to_index_int64(thread, word));
  traceback->word_ = static_cast<uint32_t>(bytes < 0 ? 0 : bytes / 2);
  traceback->line_ = line;
  return to_value(traceback);
}
constexpr NativeMethod kMake = function<make_traceback>("TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)");

Result<Value> traceback_new(Thread& thread, Type*, const Arguments& arguments) {
  return kMake.entry(thread, kMake, arguments);
}

Value traceback_next(Thread&, Traceback* self) { return self->next_.get(); }
Result<void> set_traceback_next(Thread& thread, Traceback* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete tb_next attribute");
  if (!value.is_none() && !is<Traceback>(value))
    return thread.raise<TypeError>("expected traceback object or None, got '{}'", type_name_of(value));
  for (Value at = value; is<Traceback>(at); at = cast<Traceback>(at)->next_.get())
    if (at.as_object() == self) return thread.raise<ValueError>("traceback loop detected");
  self->next_.set(self, value);
  return {};
}
Value traceback_frame(Thread&, Traceback* self) { return self->frame_.get(); }
Value traceback_last_instruction(Thread&, Traceback* self) { return Value::from_int(int64_t{self->word_} * 2); }
Value traceback_line(Thread&, Traceback* self) {
  if (self->line_ >= 0 || !is<Frame>(self->frame_.get())) return Value::from_int(self->line_);
  return Value::from_int(line_at(cast<Frame>(self->frame_.get())->function_->code(), self->word_));
}

Result<Value> traceback_dir(Thread& thread, Traceback*) {
  List* names = List::make(thread.heap());
  for (const char* name : {"tb_frame", "tb_next", "tb_lasti", "tb_lineno"})
    TRY(list_append_value(thread, names, to_value(intern(thread, name))));
  return to_value(names);
}

const NativeMethod kMethods[] = {method<traceback_dir>("__dir__($self, /)")};
const NativeAttribute kAttributes[] = {
    attribute<traceback_next, set_traceback_next>("tb_next"),
    attribute<traceback_frame>("=tb_frame"),
    attribute<traceback_last_instruction>("=tb_lasti"),
    attribute<traceback_line>("tb_lineno"),
};

}  // namespace

const TypeSpec kTracebackType = {
    .name = "traceback",
    .kind = Kind::Traceback,
    .layout = [] { return layout_of<Traceback>("traceback"); },
    .slots = {.new_ = &traceback_new},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Create a new traceback object.",
    .text_signature = "(tb_next, tb_frame, tb_lasti, tb_lineno)",
};

}  // namespace viperine
