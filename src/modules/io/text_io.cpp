// SPDX-License-Identifier: MIT
// The type TextIOWrapper: methods and attributes.
#include "modules/io/text_io.h"

#include "runtime/repr_scope.h"

namespace viperine {

Result<void> text_check(Thread& thread, TextIO* text) {
  if (text->has(kTextReady)) [[likely]] return {};
  return thread.raise<ValueError>(text->has(kTextDetached) ? "underlying buffer has been detached"
                                                           : "I/O operation on uninitialized object");
}

namespace {

Result<bool> buffer_is_closed(Thread& thread, TextIO* text) {
  if (BufferedIO* stream = plain_buffered(text->buffer_.get())) return buffered_is_closed(thread, stream);
  return is_closed(thread, text->buffer_.get());
}

}  // namespace

Result<void> text_check_open(Thread& thread, TextIO* text) {
  TRY(text_check(thread, text));
  bool is_ours = text->plain_word_ != 0;
  if (is_ours ? TRY(buffer_is_closed(thread, text)) : TRY(is_closed(thread, to_value(text))))
    return thread.raise<ValueError>("I/O operation on closed file.");
  return {};
}

namespace {

Result<Value> text_write_method(Thread& thread, TextIO* self, Value text) {
  TRY(text_check(thread, self));
  if (!is_str(text)) return thread.raise<TypeError>("write() argument must be str, not {}", type_name_of(text));
  TRY(text_check_open(thread, self));
  Str* string = as_str(thread, text);
  TRY(text_write(thread, self, string));
  return Value::from_int(string->length());
}

Result<Value> text_read_method(Thread& thread, TextIO* self, Value size) {
  int64_t count = TRY(optional_size(thread, size, -1));
  TRY(text_check_open(thread, self));
  return text_read(thread, self, count);
}

Result<Value> text_readline_method(Thread& thread, TextIO* self, Index size) {
  TRY(text_check_open(thread, self));
  return to_value(TRY(text_readline(thread, self, size.value < 0 ? -1 : size.value)));
}

Result<void> text_flush_method(Thread& thread, TextIO* self) {
  TRY(text_check_open(thread, self));
  return text_flush(thread, self);
}

Result<void> text_close(Thread& thread, TextIO* self) {
  TRY(text_check(thread, self));
  if (TRY(is_closed(thread, to_value(self)))) return {};
  Value buffer = self->buffer_.get();
  if (self->has_io_flag(kIoFinalizing) && call_named(thread, buffer, "_dealloc_warn", to_value(self)).is_raised())
    thread.clear_pending();
  auto flushed = call_method(thread, to_value(self), thread.names().flush);
  ExceptionObject* error = flushed.is_raised() ? thread.take_pending() : nullptr;
  auto closed = call_method(thread, buffer, thread.names().close);
  if (error != nullptr) return chain_errors(thread, error);
  if (closed.is_raised()) return Raised{};
  return {};
}

Result<Value> text_detach(Thread& thread, TextIO* self) {
  TRY(text_check(thread, self));
  TRY(call_method(thread, to_value(self), thread.names().flush));
  Value buffer = self->buffer_.get();
  self->buffer_.set(self, Value());
  self->set_flag(kTextReady, false);
  self->set_flag(kTextDetached, true);
  if (is<IoObject>(buffer)) static_cast<IoObject*>(buffer.as_object())->clear_io_flag(kIoOwned);
  return buffer;
}

Result<Value> text_tell_method(Thread& thread, TextIO* self) {
  TRY(text_check_open(thread, self));
  return text_tell(thread, self);
}
Result<Value> text_seek_method(Thread& thread, TextIO* self, Value cookie, int whence) {
  TRY(text_check_open(thread, self));
  return text_seek(thread, self, cookie, whence);
}
Result<Value> text_truncate(Thread& thread, TextIO* self, Value position) {
  TRY(text_check(thread, self));
  TRY(call_method(thread, to_value(self), thread.names().flush));
  return call_method(thread, self->buffer_.get(), thread.names().truncate, position);
}

template <Str* Names::*kName>
Result<Value> forward(Thread& thread, TextIO* self) {
  TRY(text_check(thread, self));
  return call_method(thread, self->buffer_.get(), thread.names().*kName);
}

Result<Optional<Value>> text_next(Thread& thread, Value self) {
  auto* text = cast<TextIO>(self);
  TRY(text_check(thread, text));
  text->set_flag(kTextTelling, false);
  Value line;
  if (text->plain_word_ != 0) {
    TRY(text_check_open(thread, text));
    line = to_value(TRY(text_readline(thread, text, -1)));
  } else {
    line = TRY(call_method(thread, self, thread.names().readline));
    if (!is_str(line))
      return thread.raise<OSError>("readline() should have returned a str object, not '{}'", type_name_of(line));
    line = to_value(as_str(thread, line));
  }
  if (static_cast<Str*>(line.as_object())->length() != 0) return Optional<Value>(line);
  text->snapshot_input_.set(text, nullptr);
  text->set_flag(kTextTelling, text->has(kTextSeekable));
  return Optional<Value>();
}

Result<Value> text_getstate(Thread& thread, TextIO* self) { return raise_cannot_pickle(thread, to_value(self)); }

Result<Value> text_repr(Thread& thread, Value self) {
  auto* text = cast<TextIO>(self);
  if (text->encoding_.is_null()) return thread.raise<ValueError>("I/O operation on uninitialized object");
  ReprScope scope(thread, self);
  if (scope.entered_before())
    return thread.raise<RuntimeError>("reentrant call inside {}.__repr__", type_of(thread, self));
  StringBuilder builder(thread);
  builder.append("<_io.TextIOWrapper");
  TRY(append_name(thread, builder, self));
  Optional<Value> mode = TRY(find_attribute(thread, self, thread.names().mode));
  if (mode) {
    builder.append(" mode=");
    builder.append(TRY(repr(thread, *mode)));
  }
  builder.append(" encoding=");
  builder.append(TRY(repr(thread, to_value(text->encoding_.get()))));
  builder.append(">");
  return to_value(TRY(builder.finish()));
}

// --- attributes

Result<Value> text_encoding(Thread& thread, TextIO* self) {
  if (self->encoding_.is_null()) return thread.raise<ValueError>("I/O operation on uninitialized object");
  return to_value(self->encoding_.get());
}
Result<Value> text_errors(Thread& thread, TextIO* self) {
  if (self->errors_.is_null()) return thread.raise<ValueError>("I/O operation on uninitialized object");
  return to_value(self->errors_.get());
}
Result<Value> text_buffer(Thread& thread, TextIO* self) {
  // Detached: AttributeError as for a missing member would be wrong; it reads as None.
  (void)thread;
  return self->buffer_.get() == Value() ? Value::none() : self->buffer_.get();
}
Result<Value> text_line_buffering(Thread&, TextIO* self) { return Value::from_bool(self->has(kTextLineBuffered)); }
Result<Value> text_write_through(Thread&, TextIO* self) { return Value::from_bool(self->has(kTextWriteThrough)); }
Result<Value> text_name(Thread& thread, TextIO* self) {
  TRY(text_check(thread, self));
  return get_attribute(thread, self->buffer_.get(), thread.names().name);
}
Result<Value> text_closed(Thread& thread, TextIO* self) {
  TRY(text_check(thread, self));
  return get_attribute(thread, self->buffer_.get(), thread.names().closed);
}
Result<Value> text_newlines(Thread& thread, TextIO* self) {
  TRY(text_check(thread, self));
  return self->decoder() == nullptr ? Value::none() : decoder_newlines(thread, self->decoder());
}
Result<Value> text_chunk_size(Thread& thread, TextIO* self) {
  TRY(text_check(thread, self));
  return Value::from_int(self->chunk_size_);
}
Result<void> set_text_chunk_size(Thread& thread, TextIO* self, Value value) {
  TRY(text_check(thread, self));
  if (value.is_absent()) return thread.raise<AttributeError>("cannot delete attribute");
  int64_t size = TRY(to_index_int64(thread, value));
  if (size <= 0) return thread.raise<ValueError>("a strictly positive integer is required");
  self->chunk_size_ = size;
  return {};
}
Result<Value> text_finalizing(Thread&, TextIO* self) { return Value::from_bool(self->has_io_flag(kIoFinalizing)); }
Result<void> set_text_finalizing(Thread& thread, TextIO* self, Value value) {
  self->clear_io_flag(kIoFinalizing);
  if (!value.is_absent() && TRY(is_true(thread, value))) self->set_io_flag(kIoFinalizing);
  return {};
}
Result<Value> text_mode(Thread& thread, TextIO* self) {
  if (self->mode_.get() == Value())
    return thread.raise<AttributeError>("'{}' object has no attribute 'mode'", type_name_of(to_value(self)));
  return self->mode_.get();
}
Result<void> set_text_mode(Thread&, TextIO* self, Value value) {
  self->mode_.set(self, value.is_absent() ? Value() : value);
  return {};
}

constexpr NativeMethod kMethods[] = {
    method<text_detach>("detach($self, /)"),
    method<text_reconfigure>(
        "reconfigure($self, /, *, encoding=None, errors=None, newline=<unset>, line_buffering=None, "
        "write_through=None)",
        "Reconfigure the text stream with new parameters.\n\nThis also does an implicit stream flush."),
    method<text_write_method>("write($self, text, /)"),
    method<text_read_method>("read($self, size=-1, /)"),
    method<text_readline_method>("readline($self, size=-1, /)"),
    method<text_flush_method>("flush($self, /)"),
    method<text_close>("close($self, /)"),
    method<forward<&Names::fileno>>("fileno($self, /)"),
    method<forward<&Names::seekable>>("seekable($self, /)"),
    method<forward<&Names::readable>>("readable($self, /)"),
    method<forward<&Names::writable>>("writable($self, /)"),
    method<forward<&Names::isatty>>("isatty($self, /)"),
    method<text_seek_method>("seek($self, cookie, whence=0, /)"),
    method<text_tell_method>("tell($self, /)"),
    method<text_truncate>("truncate($self, pos=None, /)"),
    method<text_getstate>("__getstate__($self, /)"),
};

constexpr NativeAttribute kAttributes[] = {
    attribute<text_encoding>("encoding"),
    attribute<text_errors>("errors"),
    attribute<text_buffer>("buffer"),
    attribute<text_line_buffering>("line_buffering"),
    attribute<text_write_through>("write_through"),
    attribute<text_name>("name"),
    attribute<text_closed>("closed"),
    attribute<text_newlines>("newlines"),
    attribute<text_mode, set_text_mode>("mode"),
    attribute<text_chunk_size, set_text_chunk_size>("_CHUNK_SIZE"),
    attribute<text_finalizing, set_text_finalizing>("_finalizing"),
};

}  // namespace

constinit const TypeSpec kTextWrapperType = {
    .name = "_io.TextIOWrapper",
    .kind = Kind::TextIOWrapper,
    .flags = kTypeBase | kTypeHasFinalizer,
    .layout = [] { return layout_of<TextIO>("TextIOWrapper"); },
    .slots = {.repr = text_repr, .new_ = stream_new<TextIO>, .init = text_init, .next = text_next},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "Character and line based layer over a BufferedIOBase object, buffer.\n\nencoding and errors say how text "
        "becomes bytes; newline\n"
        "is None, '', '\\n', '\\r' or '\\r\\n' and controls how line ends are handled; with line_buffering a line end "
        "in what is\n"
        "written flushes the stream.",
    .text_signature = "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
    .base_spec = &kTextIoBaseType,
};

}  // namespace viperine
