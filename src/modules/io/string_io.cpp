// SPDX-License-Identifier: MIT
// StringIO: a text stream in memory. The text is kept in one buffer of units that are as wide as the widest character
// ever written.
#include <algorithm>

#include "modules/io/text_io.h"

namespace viperine {

class StringIO final : public IoObject {
 public:
  static constexpr Kind kKind = Kind::StringIO;
  int64_t capacity() const { return buffer_.is_null() ? 0 : buffer_->length() / width_; }
  TextView view() { return {buffer_.is_null() ? nullptr : buffer_->data(), static_cast<size_t>(size_), width_}; }
  Str* newline() const { return newline_.get().is_none() ? nullptr : static_cast<Str*>(newline_.get().as_object()); }

  Slot<Buffer> buffer_;           // null while empty
  Slot<Value> newline_;           // None or str
  Slot<NewlineDecoder> decoder_;  // null: line ends are left alone when writing
  int64_t size_, position_;       // characters
  uint8_t width_;                 // 1, 2, 4 bytes per character
  uint8_t closed_, ready_, translate_, universal_, writes_newline_;
  uint8_t padding_[2];
  LAYOUT(StringIO, IoObject, buffer_, newline_, decoder_, size_, position_, width_, closed_, ready_, translate_,
         universal_, writes_newline_, padding_);
};

namespace {

Result<void> check(Thread& thread, StringIO* stream) {
  if (!stream->ready_) return thread.raise<ValueError>("I/O operation on uninitialized object");
  if (stream->closed_) return thread.raise<ValueError>("I/O operation on closed file");
  return {};
}

/// Room for `size` characters of `width` bytes.
Result<void> reserve(Thread& thread, StringIO* stream, int64_t size, uint8_t width) {
  width = std::max(width, stream->width_);
  if (size <= stream->capacity() && width == stream->width_) return {};
  int64_t capacity = size <= stream->capacity() ? stream->capacity() : size + size / 8 + 16;
  if (capacity <= (int64_t{1} << 44) && width == stream->width_ && !stream->buffer_.is_null()) {
    if (Buffer* longer = Buffer::try_extend(thread.heap(), stream->buffer_.get(), capacity * width)) {
      stream->buffer_.set(stream, longer);
      return {};
    }
  }
  Buffer* buffer = capacity > (int64_t{1} << 44) ? nullptr : Buffer::try_make(thread.heap(), capacity * width);
  if (buffer == nullptr) return thread.raise_memory_error();
  if (stream->size_ > 0) copy_text(buffer->data(), width, stream->view());
  stream->buffer_.set(stream, buffer);
  stream->width_ = width;
  return {};
}

Result<Str*> replace_newlines(Thread& thread, Str* text, Str* newline) {
  StringBuilder builder(thread);
  int64_t start = 0;
  for (int64_t i = 0; i < text->length(); ++i) {
    if (text->at(i) != '\n') continue;
    builder.append(text, start, i);
    builder.append(newline);
    start = i + 1;
  }
  builder.append(text, start, text->length());
  return builder.finish();
}

Result<void> write_text(Thread& thread, StringIO* stream, Str* text) {
  if (!stream->decoder_.is_null()) text = TRY(decode_line_ends(thread, stream->decoder_.get(), text, true));
  if (stream->writes_newline_) text = TRY(replace_newlines(thread, text, stream->newline()));
  int64_t length = text->length();
  if (length == 0) return {};
  int64_t end;
  if (__builtin_add_overflow(stream->position_, length, &end))
    return thread.raise<OverflowError>("new position too large");
  TRY(reserve(thread, stream, end, static_cast<uint8_t>(text->unit_size())));
  uint8_t* data = stream->buffer_->data();
  size_t width = stream->width_;
  if (stream->position_ > stream->size_)
    __builtin_memset(data + static_cast<size_t>(stream->size_) * width, 0,
                     static_cast<size_t>(stream->position_ - stream->size_) * width);
  copy_text(data + static_cast<size_t>(stream->position_) * width, stream->width_, view_of(text));
  stream->position_ = end;
  stream->size_ = std::max(stream->size_, end);
  return {};
}

Result<Value> take(Thread& thread, StringIO* stream, int64_t count) {
  if (count <= 0) return to_value(thread.runtime().empty_str());
  const uint8_t* from = stream->buffer_->data() + static_cast<size_t>(stream->position_) * stream->width_;
  Str* text = TRY(make_str_from_units(thread, from, stream->width_, count));
  stream->position_ += count;
  return to_value(text);
}
int64_t rest_of(StringIO* stream) { return std::max<int64_t>(stream->size_ - stream->position_, 0); }

Result<Value> next_line(Thread& thread, StringIO* stream, int64_t limit) {
  int64_t rest = rest_of(stream);
  if (limit >= 0) rest = std::min(rest, limit);
  if (rest == 0) return to_value(thread.runtime().empty_str());
  auto start = static_cast<size_t>(stream->position_);
  size_t end;
  TextView view = stream->view().slice(0, start + static_cast<size_t>(rest));
  Str* newline = stream->newline();
  if (newline != nullptr && newline->length() == 0) newline = nullptr;
  bool found = find_line_end(view, start, stream->translate_ != 0, stream->universal_ != 0, newline, &end);
  if (!found) end = view.length;
  return take(thread, stream, static_cast<int64_t>(end - start));
}

Result<void> set_newline(Thread& thread, StringIO* stream, Value newline) {
  if (!newline.is_none() && !is_str(newline))
    return thread.raise<TypeError>("newline must be str or None, not {}", type_name_of(newline));
  Str* text = newline.is_none() ? nullptr : as_str(thread, newline);
  if (text != nullptr && text->length() != 0 && !text->equals("\n") && !text->equals("\r") && !text->equals("\r\n"))
    return thread.raise<ValueError>("illegal newline value: {}", TRY(repr(thread, newline)));
  stream->newline_.set(stream, text == nullptr ? Value::none() : to_value(text));
  stream->translate_ = text == nullptr;
  stream->universal_ = text == nullptr || text->length() == 0;
  stream->writes_newline_ = text != nullptr && text->length() != 0 && !text->equals("\n");
  stream->decoder_.set(stream, !stream->universal_
                                   ? nullptr
                                   : make_newline_decoder(thread, TextCodec::None, Value::none(), thread.names().strict,
                                                          stream->translate_ ? LineEnds::Translate : LineEnds::Look));
  return {};
}

Result<void> initialize(Thread& thread, StringIO* stream, Value initial, Value newline) {
  if (!initial.is_none() && !is_str(initial))
    return thread.raise<TypeError>("initial_value must be str or None, not {}", type_name_of(initial));
  stream->ready_ = 0;
  TRY(set_newline(thread, stream, newline));
  stream->size_ = stream->position_ = 0;
  stream->buffer_.set(stream, nullptr);
  stream->width_ = 1;
  stream->closed_ = 0;
  if (!initial.is_none()) TRY(write_text(thread, stream, as_str(thread, initial)));
  stream->position_ = 0;
  stream->ready_ = 1;
  return {};
}

Result<void> string_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature("StringIO(initial_value='', newline='\\n')");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value initial = bound.values[0].is_absent() ? Value::none() : bound.values[0];
  Value newline = bound.values[1].is_absent() ? to_value(thread.runtime().latin1_character('\n')) : bound.values[1];
  return initialize(thread, cast<StringIO>(self), initial, newline);
}

Result<Value> string_new(Thread& thread, Type* type, const Arguments&) {
  auto* stream = make_stream<StringIO>(thread, type);
  stream->newline_.initialize(Value::none());
  stream->width_ = 1;
  return to_value(stream);
}

Result<Value> string_true(Thread& thread, StringIO* self) {
  TRY(check(thread, self));
  return Value::true_();
}
Result<Value> string_read(Thread& thread, StringIO* self, Value size) {
  int64_t count = TRY(optional_size(thread, size, -1));
  TRY(check(thread, self));
  int64_t rest = rest_of(self);
  return take(thread, self, count < 0 ? rest : std::min(count, rest));
}
Result<Value> string_readline(Thread& thread, StringIO* self, Value size) {
  int64_t limit = TRY(optional_size(thread, size, -1));
  TRY(check(thread, self));
  return next_line(thread, self, limit);
}
Result<Value> string_write(Thread& thread, StringIO* self, Value s) {
  if (!is_str(s)) return thread.raise<TypeError>("string argument expected, got '{}'", type_name_of(s));
  TRY(check(thread, self));
  Str* text = as_str(thread, s);
  TRY(write_text(thread, self, text));
  return Value::from_int(text->length());
}
Result<Value> string_tell(Thread& thread, StringIO* self) {
  TRY(check(thread, self));
  return Value::from_int(self->position_);
}
Result<Value> string_seek(Thread& thread, StringIO* self, Index position, int whence) {
  TRY(check(thread, self));
  int64_t target = position;
  if (whence < 0 || whence > 2) return thread.raise<ValueError>("Invalid whence ({}, should be 0, 1 or 2)", whence);
  if (target < 0 && whence == 0) return thread.raise<ValueError>("Negative seek position {}", target);
  if (whence != 0 && target != 0) return thread.raise<OSError>("Can't do nonzero cur-relative seeks");
  self->position_ = whence == 0 ? target : whence == 1 ? self->position_ : self->size_;
  return make_int(thread.heap(), self->position_);
}
Result<Value> string_truncate(Thread& thread, StringIO* self, Value size) {
  TRY(check(thread, self));
  int64_t length = TRY(optional_size(thread, size, self->position_));
  if (length < 0) return thread.raise<ValueError>("Negative size value {}", length);
  self->size_ = std::min(self->size_, length);
  return make_int(thread.heap(), length);
}
Result<Value> string_getvalue(Thread& thread, StringIO* self) {
  TRY(check(thread, self));
  if (self->size_ == 0) return to_value(thread.runtime().empty_str());
  return to_value(TRY(make_str_from_units(thread, self->buffer_->data(), self->width_, self->size_)));
}
Result<void> string_close(Thread&, StringIO* self) {
  self->closed_ = 1;
  self->buffer_.set(self, nullptr);
  self->size_ = self->position_ = 0;
  return {};
}

Result<Value> string_getstate(Thread& thread, StringIO* self) {
  Value content = TRY(string_getvalue(thread, self));
  Dict* dict = TRY(copy_instance_dict(thread, self));
  Value attributes = dict == nullptr || dict->length() == 0 ? Value::none() : to_value(dict);
  return to_value(
      Tuple::of(thread.heap(), content, self->newline_.get(), Value::from_int(self->position_), attributes));
}
Result<void> string_setstate(Thread& thread, StringIO* self, Value state) {
  if (self->closed_) return thread.raise<ValueError>("I/O operation on closed file");
  auto* parts = try_cast<Tuple>(state);
  if (parts == nullptr || parts->length() < 4)
    return thread.raise<TypeError>("{}.__setstate__ argument should be 4-tuple, got {}", type_name_of(to_value(self)),
                                   type_name_of(state));
  TRY(initialize(thread, self, Value::none(), parts->at(1)));
  // The text was translated when it was written first.
  if (!is_str(parts->at(0)))
    return thread.raise<TypeError>("initial_value must be str or None, not {}", type_name_of(parts->at(0)));
  NewlineDecoder* decoder = self->decoder_.get();
  uint8_t writes = self->writes_newline_;
  self->decoder_.set(self, nullptr);
  self->writes_newline_ = 0;
  auto written = write_text(thread, self, as_str(thread, parts->at(0)));
  self->decoder_.set(self, decoder);
  self->writes_newline_ = writes;
  if (written.is_raised()) return Raised{};
  if (!is_integer(parts->at(2)))
    return thread.raise<TypeError>("third item of state must be an integer, got {}", type_name_of(parts->at(2)));
  int64_t position = TRY(to_index_int64(thread, parts->at(2)));
  if (position < 0) return thread.raise<ValueError>("position value cannot be negative");
  self->position_ = position;
  if (parts->at(3).is_none()) return {};
  if (!is<Dict>(parts->at(3)))
    return thread.raise<TypeError>("fourth item of state should be a dict, got a {}", type_name_of(parts->at(3)));
  Dict* dict = TRY(instance_dict(thread, self));
  return dict_update(thread, dict, parts->at(3));
}

Result<Optional<Value>> string_next(Thread& thread, Value self) {
  auto* stream = cast<StringIO>(self);
  TRY(check(thread, stream));
  Value line;
  if (stream->plain_word_ != 0) {
    line = TRY(next_line(thread, stream, -1));
  } else {
    line = TRY(call_method(thread, self, thread.names().readline));
    if (!is_str(line))
      return thread.raise<OSError>("readline() should have returned a str object, not '{}'", type_name_of(line));
  }
  if (as_str(thread, line)->length() == 0) return Optional<Value>();
  return Optional<Value>(line);
}

Result<Value> string_closed(Thread& thread, StringIO* self) {
  if (!self->ready_) return thread.raise<ValueError>("I/O operation on uninitialized object");
  return Value::from_bool(self->closed_ != 0);
}
Result<Value> string_line_buffering(Thread& thread, StringIO* self) {
  TRY(check(thread, self));
  return Value::false_();
}
Result<Value> string_newlines(Thread& thread, StringIO* self) {
  TRY(check(thread, self));
  return self->decoder_.is_null() ? Value::none() : decoder_newlines(thread, self->decoder_.get());
}

constexpr NativeMethod kMethods[] = {
    method<string_close>("close($self, /)",
                         "Close the IO object.\n\nAttempting any further operation after the object is closed\nwill "
                         "raise a ValueError."),
    method<string_getvalue>("getvalue($self, /)", "Retrieve the entire contents of the object."),
    method<string_read>("read($self, size=-1, /)"),
    method<string_readline>("readline($self, size=-1, /)"),
    method<string_tell>("tell($self, /)", "Tell the current file position."),
    method<string_truncate>("truncate($self, pos=None, /)"),
    method<string_seek>("seek($self, pos, whence=0, /)"),
    method<string_write>("write($self, s, /)"),
    method<string_true>("seekable($self, /)", "Returns True if the IO object can be seeked."),
    method<string_true>("readable($self, /)", "Returns True if the IO object can be read."),
    method<string_true>("writable($self, /)", "Returns True if the IO object can be written."),
    method<string_getstate>("__getstate__($self, /)"),
    method<string_setstate>("__setstate__($self, state, /)"),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<string_closed>("closed"),
    attribute<string_newlines>("newlines"),
    attribute<string_line_buffering>("line_buffering"),
};

}  // namespace

constinit const TypeSpec kStringIoType = {
    .name = "_io.StringIO",
    .kind = Kind::StringIO,
    .flags = kTypeBase,
    .layout = [] { return layout_of<StringIO>("StringIO"); },
    .slots = {.new_ = string_new, .init = string_init, .next = string_next},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "Text I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets the value of object.  "
        "The newline\n"
        "argument is like the one of TextIOWrapper's constructor.",
    .text_signature = "(initial_value='', newline='\\n')",
    .base_spec = &kTextIoBaseType,
};

}  // namespace viperine
