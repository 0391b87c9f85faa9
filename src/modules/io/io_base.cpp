// SPDX-License-Identifier: MIT
// _IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase: the mixin methods over read, write, readinto, peek of classes in
// Python. The streams of this module have faster methods of their own.
#include "modules/io/io_object.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

// --- _IOBase

Result<Value> unsupported_method(Thread& thread, Value, const char* name) { return raise_unsupported(thread, name); }
Result<Value> base_seek(Thread& thread, Value self, Rest) { return unsupported_method(thread, self, "seek"); }
Result<Value> base_truncate(Thread& thread, Value self, Rest) { return unsupported_method(thread, self, "truncate"); }
Result<Value> base_fileno(Thread& thread, Value self) { return unsupported_method(thread, self, "fileno"); }
Result<Value> base_tell(Thread& thread, Value self) {
  return call_method(thread, self, thread.names().seek, Value::from_int(0), Value::from_int(1));
}

IoObject* io_of(Value self) { return static_cast<IoObject*>(self.as_object()); }

Result<void> base_flush(Thread& thread, Value self) {
  if (io_of(self)->has_io_flag(kIoClosed)) return thread.raise<ValueError>("I/O operation on closed file.");
  return {};
}

Result<void> base_close(Thread& thread, Value self) {
  if (io_of(self)->has_io_flag(kIoClosed)) return {};
  auto flushed = call_method(thread, self, thread.names().flush);
  io_of(self)->set_io_flag(kIoClosed);
  if (flushed.is_raised()) return Raised{};
  return {};
}

Result<Value> base_closed(Thread&, Value self) { return Value::from_bool(io_of(self)->has_io_flag(kIoClosed)); }

Result<Value> base_false(Thread&, Value) { return Value::false_(); }

Result<Value> base_isatty(Thread& thread, Value self) {
  TRY(check_open(thread, self));
  return Value::false_();
}

Result<void> base_check_closed(Thread& thread, Value self, Rest) { return check_open(thread, self); }
Result<Value> base_check_ability(Thread& thread, Value self, Str* question, const char* text) {
  TRY(require_ability(thread, self, question, text));
  return Value::true_();
}
Result<Value> base_check_seekable(Thread& thread, Value self, Rest) {
  return base_check_ability(thread, self, thread.names().seekable, "File or stream is not seekable.");
}
Result<Value> base_check_readable(Thread& thread, Value self, Rest) {
  return base_check_ability(thread, self, thread.names().readable, "File or stream is not readable.");
}
Result<Value> base_check_writable(Thread& thread, Value self, Rest) {
  return base_check_ability(thread, self, thread.names().writable, "File or stream is not writable.");
}

Result<Value> base_enter(Thread& thread, Value self) {
  TRY(check_open(thread, self));
  return self;
}
Result<void> base_exit(Thread& thread, Value self, Rest) {
  TRY(call_method(thread, self, thread.names().close));
  return {};
}

Result<Value> base_iter(Thread& thread, Value self) {
  TRY(check_open(thread, self));
  return self;
}

Result<Optional<Value>> base_next(Thread& thread, Value self) {
  Value line = TRY(call_method(thread, self, thread.names().readline));
  if (!TRY(truth(thread, line))) return Optional<Value>();
  return Optional<Value>(line);
}

/// How many bytes the next read() of readline may ask for: up to the line end if peek() shows it.
Result<int64_t> line_read_size(Thread& thread, Value peek, int64_t limit) {
  if (peek.is_absent()) return 1;
  Value seen = TRY(call(thread, peek, Value::from_int(1)));
  auto* bytes = try_cast<Bytes>(seen);
  if (bytes == nullptr)
    return thread.raise<OSError>("peek() should have returned a bytes object, not '{}'", type_name_of(seen));
  std::string_view view = bytes->view();
  if (view.empty()) return 1;
  if (limit >= 0 && static_cast<size_t>(limit) < view.size()) view = view.substr(0, static_cast<size_t>(limit));
  size_t end = view.find('\n');
  return static_cast<int64_t>(end == std::string_view::npos ? view.size() : end + 1);
}

Result<Value> base_readline(Thread& thread, Value self, Value size) {
  int64_t limit = TRY(optional_size(thread, size, -1));
  Value peek = TRY(find_attribute(thread, self, intern(thread, "peek"))).value_or(Value::absent());
  ByteBuffer line;
  while (limit < 0 || static_cast<int64_t>(line.length()) < limit) {
    int64_t wanted = 1;
    for (;;) {
      auto answer = line_read_size(thread, peek, limit < 0 ? -1 : limit - static_cast<int64_t>(line.length()));
      if (!answer.is_raised()) {
        wanted = answer.take();
        break;
      }
      if (!take_interrupted(thread)) return Raised{};
      TRY(check_signals(thread));
    }
    auto answer = call_method(thread, self, thread.names().read, Value::from_int(wanted));
    if (answer.is_raised()) {
      if (!take_interrupted(thread)) return Raised{};
      TRY(check_signals(thread));
      continue;
    }
    auto* bytes = try_cast<Bytes>(answer.take());
    if (bytes == nullptr)
      return thread.raise<OSError>("read() should have returned a bytes object, not '{}'", type_name_of(answer.take()));
    if (bytes->length() == 0) break;
    line.append(bytes->data(), static_cast<size_t>(bytes->length()));
    if (line.data()[line.length() - 1] == '\n') break;
  }
  return to_value(TRY(try_make_bytes(thread, line.data(), static_cast<int64_t>(line.length()))));
}

Result<Value> base_readlines(Thread& thread, Value self, Value hint) {
  int64_t most = TRY(optional_size(thread, hint, -1));
  List* lines = List::make(thread.heap());
  int64_t total = 0;
  Value iterator = TRY(iterate(thread, self));
  for (;;) {
    Optional<Value> line = TRY(next(thread, iterator));
    if (!line) break;
    TRY(list_append_value(thread, lines, *line));
    if (most <= 0) continue;
    int64_t size = TRY(length(thread, *line));
    if (size > most - total) break;
    total += size;
  }
  return to_value(lines);
}

Result<void> base_writelines(Thread& thread, Value self, Value lines) {
  TRY(check_open(thread, self));
  Value iterator = TRY(iterate(thread, lines));
  for (;;) {
    Optional<Value> line = TRY(next(thread, iterator));
    if (!line) return {};
    for (;;) {
      if (!call_method(thread, self, thread.names().write, *line).is_raised()) break;
      if (!take_interrupted(thread)) return Raised{};
      TRY(check_signals(thread));
    }
  }
}

/// What happens to a stream that became garbage: it is closed. Errors are shown in development mode only.
Result<Value> base_finalize(Thread& thread, Value self) {
  IoObject* stream = io_of(self);
  if (stream->has_io_flag(kIoOwned)) return Value::none();
  Value pending = thread.pending_;
  thread.pending_ = Value::absent();
  bool closed = true;
  auto answer = find_attribute(thread, self, thread.names().closed);
  if (answer.is_raised() || !answer.take()) {
    thread.clear_pending();
    closed = false;
  } else {
    auto is_true_answer = is_true(thread, *answer.take());
    if (is_true_answer.is_raised()) thread.clear_pending(), closed = false;
    else closed = is_true_answer.take();
  }
  if (!closed) {
    stream->set_io_flag(kIoFinalizing);
    if (call_method(thread, self, thread.names().close).is_raised()) {
      if (thread.runtime().options().dev_mode) report_unraisable(thread, self);
      thread.clear_pending();
    }
  }
  thread.pending_ = pending;
  return Value::none();
}

Result<void> base_del(Thread& thread, Value self) {
  TRY(base_finalize(thread, self));
  return {};
}

constexpr NativeMethod kBaseMethods[] = {
    method<base_seek>("seek($self, /, *args)",
                      "Change the stream position to the given byte offset.\n\n"
                      "The offset is interpreted relative to the position indicated by whence.\n"
                      "Return the new absolute position."),
    method<base_tell>("tell($self, /)", "Return current stream position."),
    method<base_truncate>(
        "truncate($self, /, *args)",
        "Truncate file to size bytes.\n\nFile pointer is left unchanged. Size defaults to the current IO position\n"
        "as reported by tell(). Return the new size."),
    method<base_flush>(
        "flush($self, /)",
        "Flush write buffers, if applicable.\n\nThis is not implemented for read-only and non-blocking streams.\n"),
    method<base_close>("close($self, /)",
                       "Flush and close the IO object.\n\nThis method has no effect if the file is already closed."),
    method<base_false>(
        "seekable($self, /)",
        "Return whether object supports random access.\n\nIf False, seek(), tell() and truncate() will raise OSError.\n"
        "This method may need to do a test seek()."),
    method<base_false>("readable($self, /)",
                       "Return whether object was opened for reading.\n\nIf False, read() will raise OSError."),
    method<base_false>("writable($self, /)",
                       "Return whether object was opened for writing.\n\nIf False, write() will raise OSError."),
    method<base_check_closed>("_checkClosed($self, /, *args)"),
    method<base_check_seekable>("_checkSeekable($self, /, *args)"),
    method<base_check_readable>("_checkReadable($self, /, *args)"),
    method<base_check_writable>("_checkWritable($self, /, *args)"),
    method<base_fileno>("fileno($self, /)",
                        "Returns underlying file descriptor if one exists.\n\nOSError is raised if the IO object does "
                        "not use a file descriptor."),
    method<base_isatty>("isatty($self, /)",
                        "Return whether this is an 'interactive' stream.\n\nReturn False if it can't be determined."),
    method<base_enter>("__enter__($self, /)"),
    method<base_exit>("__exit__($self, /, *args)"),
    method<base_del>("__del__($self, /)"),
    method<base_readline>(
        "readline($self, size=-1, /)",
        "Read and return a line from the stream.\n\nIf size is specified, at most size bytes will be read.\n\n"
        "The line terminator is always b'\\n' for binary files; for text\n"
        "files, the newlines argument to open can be used to select the line\nterminator(s) recognized."),
    method<base_readlines>(
        "readlines($self, hint=-1, /)",
        "Return a list of lines from the stream.\n\nhint can be specified to control the number of lines read: no "
        "more\n"
        "lines will be read if the total size (in bytes/characters) of all\nlines so far exceeds hint."),
    method<base_writelines>(
        "writelines($self, lines, /)",
        "Write a list of lines to stream.\n\nLine separators are not added, so it is usual for each of the\n"
        "lines provided to have a line separator at the end."),
};

constexpr NativeAttribute kBaseAttributes[] = {attribute<base_closed>("closed")};

// --- _RawIOBase

Result<Value> raw_read(Thread& thread, Value self, Value size) {
  int64_t count = TRY(optional_size(thread, size, -1));
  if (count < 0) return call_method(thread, self, thread.names().readall);
  Value array = TRY(call(thread, to_value(thread.runtime().type(Kind::ByteArray)), Value::from_int(count)));
  Value answer = TRY(call_method(thread, self, thread.names().readinto, array));
  if (answer.is_none()) return answer;
  int64_t got = TRY(to_index_int64(thread, answer));
  auto* filled = cast<ByteArray>(array);
  if (got < 0 || got > filled->length_) got = got < 0 ? 0 : filled->length_;
  return to_value(TRY(try_make_bytes(thread, filled->data(), got)));
}

Result<Value> raw_readall(Thread& thread, Value self) {
  ByteBuffer all;
  bool any = false;
  for (;;) {
    auto answer = call_method(thread, self, thread.names().read, Value::from_int(kDefaultBufferSize));
    if (answer.is_raised()) {
      if (!take_interrupted(thread)) return Raised{};
      TRY(check_signals(thread));
      continue;
    }
    if (answer.take().is_none()) {
      if (!any) return Value::none();
      break;
    }
    auto* bytes = try_cast<Bytes>(answer.take());
    if (bytes == nullptr) return thread.raise<TypeError>("read() should return bytes");
    any = true;
    if (bytes->length() == 0) break;
    all.append(bytes->data(), static_cast<size_t>(bytes->length()));
  }
  return to_value(TRY(try_make_bytes(thread, all.data(), static_cast<int64_t>(all.length()))));
}

constexpr NativeMethod kRawMethods[] = {
    method<raw_read>("read($self, size=-1, /)"),
    method<raw_readall>("readall($self, /)", "Read until EOF, using multiple read() call."),
};

// --- _BufferedIOBase

Result<Value> buffered_detach(Thread& thread, Value self) { return unsupported_method(thread, self, "detach"); }
Result<Value> buffered_read(Thread& thread, Value self, Rest) { return unsupported_method(thread, self, "read"); }
Result<Value> buffered_read1(Thread& thread, Value self, Rest) { return unsupported_method(thread, self, "read1"); }
Result<Value> buffered_write(Thread& thread, Value self, Rest) { return unsupported_method(thread, self, "write"); }

Result<Value> read_into(Thread& thread, Value self, Value target, std::string_view name) {
  BufferScope scope(thread);
  TRY(scope.acquire(target, true));
  Value data = TRY(call_named(thread, self, name, Value::from_int(scope.length())));
  auto* bytes = try_cast<Bytes>(data);
  if (bytes == nullptr) return thread.raise<TypeError>("{}() should return bytes", name);
  if (bytes->length() > scope.length())
    return thread.raise<ValueError>("{}() returned too much data: {} bytes requested, {} returned", name,
                                    scope.length(), bytes->length());
  __builtin_memcpy(scope.data(), bytes->data(), static_cast<size_t>(bytes->length()));
  return Value::from_int(bytes->length());
}
Result<Value> buffered_readinto(Thread& thread, Value self, Value buffer) {
  return read_into(thread, self, buffer, "read");
}
Result<Value> buffered_readinto1(Thread& thread, Value self, Value buffer) {
  return read_into(thread, self, buffer, "read1");
}

constexpr NativeMethod kBufferedMethods[] = {
    method<buffered_detach>("detach($self, /)",
                            "Disconnect this buffer from its underlying raw stream and return it.\n\n"
                            "After the raw stream has been detached, the buffer is in an unusable\nstate."),
    method<buffered_read>("read($self, /, *args)",
                          "Read and return up to n bytes.\n\nIf the argument is omitted, None, or negative, read and\n"
                          "return all data until EOF."),
    method<buffered_read1>(
        "read1($self, /, *args)",
        "Read and return up to n bytes, with at most one read() call\nto the underlying raw stream."),
    method<buffered_write>("write($self, /, *args)",
                           "Write the given buffer to the IO stream.\n\nReturns the number of bytes written, which is "
                           "always the length of b\n"
                           "in bytes."),
    method<buffered_readinto>("readinto($self, buffer, /)"),
    method<buffered_readinto1>("readinto1($self, buffer, /)"),
};

// --- _TextIOBase

Result<Value> text_readline(Thread& thread, Value self, Rest) { return unsupported_method(thread, self, "readline"); }
Result<Value> text_none(Thread&, Value) { return Value::none(); }

constexpr NativeMethod kTextMethods[] = {
    method<buffered_detach>("detach($self, /)",
                            "Separate the underlying buffer from the TextIOBase and return it.\n\n"
                            "After the underlying buffer has been detached, the TextIO is in an\nunusable state."),
    method<buffered_read>("read($self, /, *args)",
                          "Read at most n characters from stream.\n\nRead from underlying buffer until we have n "
                          "characters or we hit EOF.\n"
                          "If n is negative or omitted, read until EOF."),
    method<text_readline>("readline($self, /, *args)",
                          "Read until newline or EOF.\n\nReturns an empty string if EOF is hit immediately."),
    method<buffered_write>(
        "write($self, /, *args)",
        "Write string to stream.\nReturns the number of characters written (which is always equal to\n"
        "the length of the string)."),
};

constexpr NativeAttribute kTextAttributes[] = {
    attribute<text_none>("encoding", "Encoding of the text stream.\n\nSubclasses should override.\n"),
    attribute<text_none>(
        "newlines",
        "Line endings translated so far.\n\nOnly line endings translated during reading are considered.\n\n"
        "Subclasses should override.\n"),
    attribute<text_none>("errors", "The error setting of the decoder or encoder.\n\nSubclasses should override.\n"),
};

}  // namespace

constinit const TypeSpec kIoBaseType = {
    .name = "_io._IOBase",
    .kind = Kind::IOBase,
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs | kTypeHasFinalizer,
    .layout = [] { return layout_of<IoObject>("_IOBase"); },
    .slots = {.new_ = stream_new<IoObject>, .finalize = base_finalize, .iter = base_iter, .next = base_next},
    .methods = kBaseMethods,
    .attributes = kBaseAttributes,
    .doc =
        "The abstract base class for all I/O classes: methods that do nothing or raise, for derived classes to "
        "override.",
};
constinit const TypeSpec kRawIoBaseType = {
    .name = "_io._RawIOBase",
    .kind = Kind::IOBase,
    .base = Kind::IOBase,
    .flags = kTypeBase | kTypeHasFinalizer,
    .slots = {.new_ = stream_new<IoObject>},
    .methods = kRawMethods,
    .doc = "Base class for raw binary I/O.",
};
constinit const TypeSpec kBufferedIoBaseType = {
    .name = "_io._BufferedIOBase",
    .kind = Kind::IOBase,
    .base = Kind::IOBase,
    .flags = kTypeBase | kTypeHasFinalizer,
    .slots = {.new_ = stream_new<IoObject>},
    .methods = kBufferedMethods,
    .doc = "Base class for buffered IO objects.",
};
constinit const TypeSpec kTextIoBaseType = {
    .name = "_io._TextIOBase",
    .kind = Kind::IOBase,
    .base = Kind::IOBase,
    .flags = kTypeBase | kTypeHasFinalizer,
    .slots = {.new_ = stream_new<IoObject>},
    .methods = kTextMethods,
    .attributes = kTextAttributes,
    .doc = "Base class for text I/O: characters and lines instead of bytes.",
};

}  // namespace viperine
