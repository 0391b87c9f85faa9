// SPDX-License-Identifier: MIT
// The standard streams at start and at exit.
#include "modules/io/standard_streams.h"

#include <sys/stat.h>
#include <unistd.h>

#include "modules/io/text_io.h"
#include "runtime/import.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

bool is_valid(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0;
}

struct StreamOptions {
  int descriptor;
  const char* name;     // "<stdout>"
  bool writes;
  Str* encoding;
  Str* errors;
  bool unbuffered;
};

Result<Value> make_stream_of(Thread& thread, Value open, const StreamOptions& options) {
  const Names& names = thread.names();
  if (!is_valid(options.descriptor)) return Value::none();
  bool unbuffered = options.unbuffered && options.writes;
  Value mode = to_value(make_str(thread, options.writes ? "wb" : "rb"));
  // buffering; the descriptor stays open when the stream is closed.
  Value values[] = {Value::from_int(options.descriptor), mode, Value::from_int(unbuffered ? 0 : -1),
                    Value::none(), Value::none(), Value::none(), Value::false_()};
  Value buffer = TRY(call(thread, open, Arguments{values, 7, nullptr}));
  Value raw = unbuffered ? buffer : TRY(get_attribute(thread, buffer, names.raw));
  TRY(set_attribute(thread, raw, names.name, to_value(make_str(thread, options.name))));
  bool terminal = isatty(options.descriptor) != 0;
  auto* text = make_stream<TextIO>(thread, thread.runtime().type(Kind::TextIOWrapper));
  TextOptions text_options;
  text_options.buffer = buffer;
  text_options.encoding = options.encoding;
  text_options.errors = options.errors;
  // Input in any form; output as it is.
  text_options.newline = options.writes ? to_value(thread.runtime().latin1_character('\n')) : Value::none();
  text_options.line_buffering = !unbuffered && (terminal || options.descriptor == STDERR_FILENO);
  text_options.write_through = unbuffered;
  TRY(text_initialize(thread, text, text_options));
  text->mode_.set(text, to_value(thread.runtime().latin1_character(options.writes ? 'w' : 'r')));
  return to_value(text);
}

Result<void> put(Thread& thread, std::string_view name, std::string_view original, Value stream) {
  Dict* sys = thread.runtime().sys_dict();
  TRY(dict_set_name(thread, sys, intern(thread, name), stream));
  return dict_set_name(thread, sys, intern(thread, original), stream);
}

}  // namespace

Result<void> make_standard_streams(Thread& thread, std::string_view encoding, std::string_view errors,
                                   StreamBuffering buffering) {
  Value io = TRY(import_module(thread, "_io"));
  Value open = TRY(get_attribute(thread, io, thread.names().open));
  bool unbuffered = buffering == StreamBuffering::Unbuffered;
  Str* codec = encoding.empty() ? intern(thread, "utf-8") : make_str(thread, encoding);
  Str* handler = errors.empty() ? thread.names().strict : make_str(thread, errors);
  StreamOptions input{STDIN_FILENO, "<stdin>", false, codec, handler, unbuffered};
  TRY(put(thread, "stdin", "__stdin__", TRY(make_stream_of(thread, open, input))));
  StreamOptions output{STDOUT_FILENO, "<stdout>", true, codec, handler, unbuffered};
  TRY(put(thread, "stdout", "__stdout__", TRY(make_stream_of(thread, open, output))));
  StreamOptions error{STDERR_FILENO, "<stderr>", true, codec, make_str(thread, "backslashreplace"), unbuffered};
  TRY(put(thread, "stderr", "__stderr__", TRY(make_stream_of(thread, open, error))));
  return {};
}

namespace {

/// Flushes one of sys's streams unless it is closed.
Result<void> flush_named(Thread& thread, Str* name) {
  Optional<Value> stream = thread.runtime().sys_dict()->get_str(name);
  if (!stream || (*stream).is_none()) return {};
  auto closed = is_closed(thread, *stream);
  if (closed.is_raised()) thread.clear_pending();
  else if (closed.take()) return {};
  TRY(call_method(thread, *stream, thread.names().flush));
  return {};
}

struct OpenStreams {
  Thread& thread;
  List* list;
};

void note_writer(HeapObject* object, void* context) {
  auto* found = static_cast<OpenStreams*>(context);
  Kind kind = kind_of(object);
  bool text = kind == Kind::TextIOWrapper && static_cast<TextIO*>(object)->pending_length_ != 0 &&
              static_cast<TextIO*>(object)->has(kTextReady);
  bool buffered = kind == Kind::BufferedIO && static_cast<BufferedIO*>(object)->has_write_data() &&
                  static_cast<BufferedIO*>(object)->has(kBufferedReady);
  if ((text || buffered) && !found->list->append(found->thread.heap(), to_value(object))) return;
}

/// Files that the program did not close: what they hold is written, text first.
void flush_open_files(Thread& thread) {
  OpenStreams found{thread, List::try_make(thread.heap(), 4096)};
  if (found.list == nullptr) return;
  thread.heap().for_each_object(&note_writer, &found);
  for (bool text : {true, false}) {
    for (int64_t i = 0; i < found.list->length(); ++i) {
      Value stream = found.list->at(i);
      if (is<TextIO>(stream) != text) continue;
      auto closed = is_closed(thread, stream);
      if (!closed.is_raised() && !closed.take()) (void)call_method(thread, stream, thread.names().flush).is_raised();
      thread.clear_pending();
    }
  }
}

}  // namespace

bool flush_standard_streams(Thread& thread) {
  bool fine = true;
  if (flush_named(thread, thread.names().stdout_).is_raised()) {
    fine = false;
    Optional<Value> stream = thread.runtime().sys_dict()->get_str(thread.names().stdout_);
    report_unraisable(thread, stream.value_or(Value::none()));
  }
  if (flush_named(thread, thread.names().stderr_).is_raised()) {
    thread.clear_pending();
    fine = false;
  }
  flush_open_files(thread);
  return fine;
}

}  // namespace viperine
