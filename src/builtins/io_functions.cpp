// SPDX-License-Identifier: MIT
// print, input, open. Streams are what sys.stdout and sys.stdin say.
#include <unistd.h>

#include <cstdio>

#include "builtins/functions.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/terminal_line.h"

namespace viperine {

namespace {

Result<void> write_text(Thread& thread, Value file, Value text) {
  TRY(call_method(thread, file, thread.names().write, text));
  return {};
}

Result<Value> separator(Thread& thread, Value value, const char* name, Str* fallback) {
  if (value.is_none()) return to_value(fallback);
  if (!is_str(value)) return thread.raise<TypeError>("{} must be None or a string, not {}", name, type_name_of(value));
  return value;
}

Result<void> builtin_print(Thread& thread, Rest objects, Optional<Value> sep, Optional<Value> end, Value file,
                           bool flush) {
  if (file.is_none()) {
    Optional<Value> standard = thread.runtime().sys_dict()->get_str(thread.names().stdout_);
    if (!standard) return thread.raise<RuntimeError>("lost sys.stdout");
    if ((*standard).is_none()) return {};
    file = *standard;
  }
  Str* space = thread.runtime().latin1_character(' ');
  Str* newline = thread.runtime().latin1_character('\n');
  Value separator_text = TRY(separator(thread, sep.value_or(Value::none()), "sep", space));
  Value end_text = TRY(separator(thread, end.value_or(Value::none()), "end", newline));
  for (uint32_t i = 0; i < objects.count; ++i) {
    if (i > 0) TRY(write_text(thread, file, separator_text));
    TRY(write_text(
        thread, file,
        is_str(objects[i]) && is_exact<Str>(objects[i]) ? objects[i] : to_value(TRY(str(thread, objects[i])))));
  }
  TRY(write_text(thread, file, end_text));
  if (flush) TRY(call_method(thread, file, thread.names().flush));
  return {};
}

Result<Value> builtin_open(Thread& thread, const Arguments& arguments) {
  Value io = TRY(import_module(thread, "_io"));
  Value open = TRY(get_attribute(thread, io, thread.names().open));
  return call(thread, open, arguments);
}

Result<Value> standard_stream(Thread& thread, Str* name) {
  Optional<Value> stream = thread.runtime().sys_dict()->get_str(name);
  if (!stream || (*stream).is_none()) return thread.raise<RuntimeError>("input(): lost sys.{}", name);
  return *stream;
}

/// Without its newline; EOFError at the end of the stream.
Result<Value> line_without_end(Thread& thread, Value line) {
  Str* text = try_str(thread, line);
  if (text == nullptr) return thread.raise<TypeError>("object.readline() returned non-string");
  if (text->length() == 0) return thread.raise<EOFError>("EOF when reading a line");
  if (text->at(text->length() - 1) != '\n') return line;
  return to_value(TRY(substring(thread, text, 0, text->length() - 1)));
}

/// Whether a standard stream is the terminal at this descriptor.
bool is_terminal(Thread& thread, Value stream, int descriptor) {
  auto number = call_method(thread, stream, thread.names().fileno);
  if (number.is_raised()) {
    thread.clear_pending();
    return false;
  }
  return number.take().is_int() && number.take().as_int() == descriptor && isatty(descriptor);
}

/// input() at a terminal on both sides: the line editor shows the prompt.
/// A stream that cannot be flushed is good enough.
void try_flush(Thread& thread, Value stream) {
  if (call_method(thread, stream, thread.names().flush).is_raised()) thread.clear_pending();
}

Result<Value> input_from_terminal(Thread& thread, Value input, Value output, Optional<Value> prompt) {
  Value encoding = TRY(get_attribute(thread, output, thread.names().encoding));
  Value errors = TRY(get_attribute(thread, output, thread.names().errors));
  TRY(call_method(thread, output, thread.names().flush));
  Value shown = to_value(prompt ? TRY(str(thread, *prompt)) : thread.runtime().empty_str());
  Value bytes = TRY(call_method(thread, shown, thread.names().encode, encoding, errors));
  if (!is<Bytes>(bytes)) return thread.raise<TypeError>("encoder did not return a bytes object");
  if (cast<Bytes>(bytes)->view().find('\0') != std::string_view::npos)
    return thread.raise<ValueError>("input: prompt string cannot contain null characters");
  Optional<Value> line = TRY(read_terminal_line(thread, cast<Bytes>(bytes)));
  if (!line) return thread.raise<EOFError>();
  encoding = TRY(get_attribute(thread, input, thread.names().encoding));
  errors = TRY(get_attribute(thread, input, thread.names().errors));
  return line_without_end(thread, TRY(call_method(thread, *line, thread.names().decode, encoding, errors)));
}

Result<Value> builtin_input(Thread& thread, Optional<Value> prompt) {
  Value input = TRY(standard_stream(thread, thread.names().stdin_));
  Value output = TRY(standard_stream(thread, thread.names().stdout_));
  Value errors = TRY(standard_stream(thread, thread.names().stderr_));
  TRY(audit(thread, "builtins.input", prompt.value_or(Value::none())));
  try_flush(thread, errors);
  if (is_terminal(thread, input, 0) && is_terminal(thread, output, 1))
    return input_from_terminal(thread, input, output, prompt);
  if (prompt) TRY(write_text(thread, output, to_value(TRY(str(thread, *prompt)))));
  try_flush(thread, output);
  Value line = TRY(call_method(thread, input, thread.names().readline));
  return line_without_end(thread, line);
}

constexpr NativeMethod kFunctions[] = {
    function<builtin_print>("print(*args, sep=' ', end='\\n', file=None, flush=False)",
                            "Prints the values to a stream, or to sys.stdout by default."),
    function<builtin_input>("input(prompt='', /)",
                            "Read a string from standard input.  The trailing newline is stripped."),
    function<builtin_open>("open(*args, **kwargs)", "Open file and return a stream.  Raise OSError upon failure."),
};

}  // namespace

std::span<const NativeMethod> io_functions() { return kFunctions; }

}  // namespace viperine
