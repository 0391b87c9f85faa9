// SPDX-License-Identifier: MIT
// BytesIO: a binary stream in memory. While views of its bytes exist (getbuffer()) it cannot be resized.
// Invariant: bytes between the size and the end of the buffer are zero or will be overwritten before anybody sees them.
#include <algorithm>

#include "modules/io/io_object.h"
#include "runtime/bytearrays.h"

namespace viperine {

class BytesIO final : public IoObject {
 public:
  static constexpr Kind kKind = Kind::BytesIO;
  uint8_t* data() { return buffer_->data(); }
  int64_t capacity() const { return buffer_.is_null() ? 0 : buffer_->length(); }

  Slot<Buffer> buffer_;  // null while empty
  int64_t size_, position_;
  int32_t exports_;
  int16_t closed_;
  int16_t was_viewed_;  // a memoryview of the buffer was made
  LAYOUT(BytesIO, IoObject, buffer_, size_, position_, exports_, closed_, was_viewed_);
};

namespace {

Result<void> check(Thread& thread, BytesIO* stream) {
  if (stream->closed_) return thread.raise<ValueError>("I/O operation on closed file.");
  return {};
}
Result<void> check_exports(Thread& thread, BytesIO* stream) {
  bool is_exported = stream->exports_ > 0;
  if (!is_exported && stream->was_viewed_ && !stream->buffer_.is_null()) {
    is_exported = has_memoryview(thread, to_value(stream->buffer_.get()));
    if (!is_exported) stream->was_viewed_ = 0;
  }
  if (is_exported) return thread.raise<BufferError>("Existing exports of data: object cannot be re-sized");
  return {};
}

Result<void> reserve(Thread& thread, BytesIO* stream, int64_t size) {
  if (size <= stream->capacity()) return {};
  int64_t capacity = size < (int64_t{1} << 60) ? std::max<int64_t>(size + size / 8 + (size < 9 ? 3 : 6), 64) : size;
  if (capacity <= (int64_t{1} << 46) && !stream->buffer_.is_null()) {
    if (Buffer* longer = Buffer::try_extend(thread.heap(), stream->buffer_.get(), capacity)) {
      stream->buffer_.set(stream, longer);
      return {};
    }
  }
  Buffer* buffer = capacity > (int64_t{1} << 46) ? nullptr : Buffer::try_make(thread.heap(), capacity);
  if (buffer == nullptr) return thread.raise_memory_error();
  if (stream->size_ > 0) __builtin_memcpy(buffer->data(), stream->data(), static_cast<size_t>(stream->size_));
  stream->buffer_.set(stream, buffer);
  return {};
}

int64_t rest_of(BytesIO* stream) { return std::max<int64_t>(stream->size_ - stream->position_, 0); }

Result<Value> take(Thread& thread, BytesIO* stream, int64_t count) {
  if (count <= 0) return to_value(thread.runtime().empty_bytes());
  Bytes* bytes = TRY(try_make_bytes(thread, stream->data() + stream->position_, count));
  stream->position_ += count;
  return to_value(bytes);
}

Result<int64_t> write_data(Thread& thread, BytesIO* stream, const uint8_t* data, int64_t length) {
  TRY(check(thread, stream));
  TRY(check_exports(thread, stream));
  if (length == 0) return 0;
  int64_t end;
  if (__builtin_add_overflow(stream->position_, length, &end))
    return thread.raise<OverflowError>("new position too large");
  TRY(reserve(thread, stream, end));
  if (stream->position_ > stream->size_)  // a gap reads as zeros
    __builtin_memset(stream->data() + stream->size_, 0, static_cast<size_t>(stream->position_ - stream->size_));
  __builtin_memcpy(stream->data() + stream->position_, data, static_cast<size_t>(length));
  stream->position_ = end;
  stream->size_ = std::max(stream->size_, end);
  return length;
}

Result<int64_t> write_object(Thread& thread, BytesIO* stream, Value object) {
  TRY(check(thread, stream));
  TRY(check_exports(thread, stream));
  BufferScope scope(thread);
  TRY(scope.acquire(object));
  return write_data(thread, stream, scope.data(), scope.length());
}

int64_t line_length(BytesIO* stream, int64_t limit) {
  int64_t most = rest_of(stream);
  if (limit >= 0) most = std::min(most, limit);
  if (most == 0) return 0;
  const uint8_t* begin = stream->data() + stream->position_;
  auto* end = static_cast<const uint8_t*>(__builtin_memchr(begin, '\n', static_cast<size_t>(most)));
  return end == nullptr ? most : end + 1 - begin;
}

Result<void> bytes_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature("BytesIO(initial_bytes=b'')");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  auto* stream = cast<BytesIO>(self);
  TRY(check_exports(thread, stream));
  stream->size_ = stream->position_ = 0;
  stream->closed_ = 0;
  if (bound.values[0].is_absent() || bound.values[0].is_none()) return {};
  TRY(write_object(thread, stream, bound.values[0]));
  stream->position_ = 0;
  return {};
}

Result<Value> bytes_true(Thread& thread, BytesIO* self) {
  TRY(check(thread, self));
  return Value::true_();
}
Result<Value> bytes_isatty(Thread& thread, BytesIO* self) {
  TRY(check(thread, self));
  return Value::false_();
}
Result<void> bytes_flush(Thread& thread, BytesIO* self) { return check(thread, self); }

Result<Value> bytes_read(Thread& thread, BytesIO* self, Value size) {
  int64_t count = TRY(optional_size(thread, size, -1));
  TRY(check(thread, self));
  int64_t rest = rest_of(self);
  return take(thread, self, count < 0 ? rest : std::min(count, rest));
}
Result<Value> bytes_readline(Thread& thread, BytesIO* self, Value size) {
  int64_t limit = TRY(optional_size(thread, size, -1));
  TRY(check(thread, self));
  return take(thread, self, line_length(self, limit));
}
Result<Value> bytes_readlines(Thread& thread, BytesIO* self, Value hint) {
  int64_t most = TRY(optional_size(thread, hint, 0));
  TRY(check(thread, self));
  List* lines = List::make(thread.heap());
  for (int64_t total = 0;;) {
    int64_t length = line_length(self, -1);
    if (length == 0) return to_value(lines);
    TRY(list_append_value(thread, lines, TRY(take(thread, self, length))));
    total += length;
    if (most > 0 && total >= most) return to_value(lines);
  }
}
Result<Value> bytes_readinto(Thread& thread, BytesIO* self, Value buffer) {
  TRY(check(thread, self));
  BufferScope scope(thread);
  TRY(scope.acquire(buffer, true));
  int64_t count = std::min(scope.length(), rest_of(self));
  if (count > 0) __builtin_memmove(scope.data(), self->data() + self->position_, static_cast<size_t>(count));
  self->position_ += count;
  return Value::from_int(count);
}

Result<Value> bytes_write(Thread& thread, BytesIO* self, Value b) {
  return Value::from_int(TRY(write_object(thread, self, b)));
}
Result<void> bytes_writelines(Thread& thread, BytesIO* self, Value lines) {
  TRY(check(thread, self));
  return for_each(thread, lines, [&](Value line) -> Result<bool> {
    TRY(write_object(thread, self, line));
    return true;
  });
}

Result<Value> bytes_tell(Thread& thread, BytesIO* self) {
  TRY(check(thread, self));
  return Value::from_int(self->position_);
}
Result<Value> bytes_seek(Thread& thread, BytesIO* self, Index position, int whence) {
  TRY(check(thread, self));
  int64_t target = position;
  if (target < 0 && whence == 0) return thread.raise<ValueError>("negative seek value {}", target);
  if (whence < 0 || whence > 2) return thread.raise<ValueError>("invalid whence ({}, should be 0, 1 or 2)", whence);
  int64_t base = whence == 1 ? self->position_ : whence == 2 ? self->size_ : 0;
  if (__builtin_add_overflow(target, base, &target)) return thread.raise<OverflowError>("new position too large");
  self->position_ = std::max<int64_t>(target, 0);
  return make_int(thread.heap(), self->position_);
}
Result<Value> bytes_truncate(Thread& thread, BytesIO* self, Value size) {
  TRY(check(thread, self));
  TRY(check_exports(thread, self));
  int64_t length = TRY(optional_size(thread, size, self->position_));
  if (length < 0) return thread.raise<ValueError>("negative size value {}", length);
  if (length < self->size_) {
    self->size_ = length;
    if (length == 0) self->buffer_.set(self, nullptr);
  }
  return make_int(thread.heap(), length);
}

Result<Value> bytes_getvalue(Thread& thread, BytesIO* self) {
  TRY(check(thread, self));
  if (self->size_ == 0) return to_value(thread.runtime().empty_bytes());
  return to_value(TRY(try_make_bytes(thread, self->data(), self->size_)));
}

void release_export(Thread&, BufferView& view) { --cast<BytesIO>(view.owner)->exports_; }

Result<void> bytes_buffer(Thread& thread, Value self, BufferView& view, bool) {
  auto* stream = cast<BytesIO>(self);
  TRY(check(thread, stream));
  TRY(reserve(thread, stream, 1));
  if (view.length == kForMemoryView) stream->was_viewed_ = 1;
  view.owner = self;
  view.storage = to_value(stream->buffer_.get());  // a view outlives a change of size: it keeps the old bytes then
  view.data = stream->data();
  view.length = stream->size_;
  view.readonly = false;
  view.release = &release_export;
  ++stream->exports_;
  return {};
}

Result<Value> bytes_getbuffer(Thread& thread, BytesIO* self) {
  TRY(check(thread, self));
  return call(thread, to_value(thread.runtime().type(Kind::MemoryView)), to_value(self));
}

Result<void> bytes_close(Thread& thread, BytesIO* self) {
  TRY(check_exports(thread, self));
  self->closed_ = 1;
  self->buffer_.set(self, nullptr);
  self->size_ = self->position_ = 0;
  return {};
}
Result<Value> bytes_closed(Thread&, BytesIO* self) { return Value::from_bool(self->closed_ != 0); }

Result<Value> bytes_getstate(Thread& thread, BytesIO* self) {
  Value content = TRY(bytes_getvalue(thread, self));
  Dict* dict = TRY(copy_instance_dict(thread, self));
  Value attributes = dict == nullptr || dict->length() == 0 ? Value::none() : to_value(dict);
  return to_value(Tuple::of(thread.heap(), content, Value::from_int(self->position_), attributes));
}
Result<void> restore_attributes(Thread& thread, Value self, Value attributes) {
  if (attributes.is_none()) return {};
  if (!is<Dict>(attributes))
    return thread.raise<TypeError>("third item of state should be a dict, got a {}", type_name_of(attributes));
  Dict* dict = TRY(instance_dict(thread, self.as_object()));
  return dict_update(thread, dict, attributes);
}
Result<void> bytes_setstate(Thread& thread, BytesIO* self, Value state) {
  auto* parts = try_cast<Tuple>(state);
  if (parts == nullptr || parts->length() < 3)
    return thread.raise<TypeError>("{}.__setstate__ argument should be 3-tuple, got {}", type_name_of(to_value(self)),
                                   type_name_of(state));
  TRY(check_exports(thread, self));
  self->size_ = self->position_ = 0;
  TRY(write_object(thread, self, parts->at(0)));
  if (!is_integer(parts->at(1)))
    return thread.raise<TypeError>("second item of state must be an integer, got {}", type_name_of(parts->at(1)));
  int64_t position = TRY(to_index_int64(thread, parts->at(1)));
  if (position < 0) return thread.raise<ValueError>("position value cannot be negative");
  self->position_ = position;
  return restore_attributes(thread, to_value(self), parts->at(2));
}
Result<Value> bytes_sizeof(Thread& thread, BytesIO* self) {
  size_t size = thread.heap().size_of(self);
  if (!self->buffer_.is_null()) size += thread.heap().size_of(self->buffer_.get());
  return Value::from_int(static_cast<int64_t>(size));
}

Result<Optional<Value>> bytes_next(Thread& thread, Value self) {
  auto* stream = cast<BytesIO>(self);
  TRY(check(thread, stream));
  int64_t length = line_length(stream, -1);
  if (length == 0) return Optional<Value>();
  return Optional<Value>(TRY(take(thread, stream, length)));
}

Result<Value> bytes_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_stream<BytesIO>(thread, type));
}

constexpr NativeMethod kMethods[] = {
    method<bytes_true>("readable($self, /)", "Returns True if the IO object can be read."),
    method<bytes_true>("seekable($self, /)", "Returns True if the IO object can be seeked."),
    method<bytes_true>("writable($self, /)", "Returns True if the IO object can be written."),
    method<bytes_close>("close($self, /)", "Disable all I/O operations."),
    method<bytes_flush>("flush($self, /)", "Does nothing."),
    method<bytes_isatty>("isatty($self, /)",
                         "Always returns False.\n\nBytesIO objects are not connected to a TTY-like device."),
    method<bytes_tell>("tell($self, /)", "Current file position, an integer."),
    method<bytes_write>("write($self, b, /)", "Write bytes to file.\n\nReturn the number of bytes written."),
    method<bytes_writelines>("writelines($self, lines, /)"),
    method<bytes_read>("read1($self, size=-1, /)"),
    method<bytes_readinto>("readinto($self, buffer, /)"),
    method<bytes_readline>("readline($self, size=-1, /)"),
    method<bytes_readlines>("readlines($self, size=None, /)"),
    method<bytes_read>("read($self, size=-1, /)"),
    method<bytes_getbuffer>("getbuffer($self, /)", "Get a read-write view over the contents of the BytesIO object."),
    method<bytes_getvalue>("getvalue($self, /)", "Retrieve the entire contents of the BytesIO object."),
    method<bytes_seek>("seek($self, pos, whence=0, /)"),
    method<bytes_truncate>("truncate($self, size=None, /)"),
    method<bytes_getstate>("__getstate__($self, /)"),
    method<bytes_setstate>("__setstate__($self, state, /)"),
    method<bytes_sizeof>("__sizeof__($self, /)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<bytes_closed>("closed", "True if the file is closed.")};

}  // namespace

constinit const TypeSpec kBytesIoType = {
    .name = "_io.BytesIO",
    .kind = Kind::BytesIO,
    .flags = kTypeBase,
    .layout = [] { return layout_of<BytesIO>("BytesIO"); },
    .slots = {.new_ = bytes_new, .init = bytes_init, .next = bytes_next, .buffer = bytes_buffer},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Buffered I/O implementation using an in-memory bytes buffer.",
    .text_signature = "(initial_bytes=b'')",
    .base_spec = &kBufferedIoBaseType,
};

}  // namespace viperine
