// SPDX-License-Identifier: MIT
// What buffered streams share: state, lock, the raw stream below, seek and tell. Reading is in buffered_read.cpp,
// writing in buffered_write.cpp, the types in buffered_types.cpp.
#include "modules/io/buffered.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>

namespace viperine {

bool BufferedLock::enter_slow(Thread& thread) {
  if (stream_->owner_ == thread.identifier_ + 1) {
    auto text = repr(thread, to_value(stream_));
    if (!text.is_raised()) thread.raise<RuntimeError>("reentrant call inside {}", text.take());
    return false;
  }
  while (stream_->owner_ != 0) {
    if (thread.runtime().yield_lock_ == nullptr) break;
    thread.runtime().yield_lock_(thread);
    sched_yield();
  }
  stream_->owner_ = thread.identifier_ + 1;
  return true;
}

Result<void> buffered_check(Thread& thread, BufferedIO* stream) {
  if (stream->has(kBufferedReady)) [[likely]]
    return {};
  return thread.raise<ValueError>(stream->has(kBufferedDetached) ? "raw stream has been detached"
                                                                 : "I/O operation on uninitialized object");
}

Result<bool> buffered_is_closed(Thread& thread, BufferedIO* stream) {
  if (FileIO* file = plain_file(stream->raw_.get())) return !file->is_open();
  return is_closed(thread, stream->raw_.get());
}

Result<void> buffered_check_open(Thread& thread, BufferedIO* stream, const char* closed_text) {
  TRY(buffered_check(thread, stream));
  bool closed = stream->is_plain() ? TRY(buffered_is_closed(thread, stream)) : TRY(is_closed(thread, to_value(stream)));
  if (closed) return thread.raise<ValueError>(closed_text);
  return {};
}

Result<void> buffered_initialize(Thread& thread, BufferedIO* stream, Value raw, int64_t buffer_size,
                                 uint32_t abilities) {
  const Names& names = thread.names();
  stream->flags_ = 0;
  FileIO* file = plain_file(raw);
  bool reads = (abilities & kBufferedReads) != 0, writes = (abilities & kBufferedWrites) != 0;
  if (reads && writes && !(file != nullptr && file_is_seekable(file)))
    TRY(require_ability(thread, raw, names.seekable, "File or stream is not seekable."));
  if (reads && !(file != nullptr && file->is_open() && file->has(kFileReadable)))
    TRY(require_ability(thread, raw, names.readable, "File or stream is not readable."));
  if (writes && !(file != nullptr && file->is_open() && file->has(kFileWritable)))
    TRY(require_ability(thread, raw, names.writable, "File or stream is not writable."));
  if (buffer_size <= 0) return thread.raise<ValueError>("buffer size must be strictly positive");
  stream->raw_.set(stream, raw);
  stream->flags_ = abilities;
  stream->buffer_.set(stream, nullptr);
  stream->buffer_size_ = buffer_size;
  stream->position_ = stream->raw_position_ = 0;
  stream->drop_read_data();
  stream->drop_write_data();
  stream->absolute_ = -1;
  stream->owner_ = 0;
  if (buffer_size > (int64_t{1} << 20)) TRY(buffered_ensure_buffer(thread, stream));
  if (raw_tell(thread, stream).is_raised()) thread.clear_pending();
  if (is<IoObject>(raw)) static_cast<IoObject*>(raw.as_object())->set_io_flag(kIoOwned);
  stream->flags_ |= kBufferedReady;
  return {};
}

Result<void> buffered_ensure_buffer(Thread& thread, BufferedIO* stream) {
  if (!stream->buffer_.is_null()) [[likely]]
    return {};
  Buffer* buffer =
      stream->buffer_size_ > (int64_t{1} << 46) ? nullptr : Buffer::try_make(thread.heap(), stream->buffer_size_);
  if (buffer == nullptr) return thread.raise_memory_error();
  stream->buffer_.set(stream, buffer);
  return {};
}

// --- the raw stream

Result<int64_t> raw_tell(Thread& thread, BufferedIO* stream) {
  int64_t position;
  if (FileIO* file = plain_file(stream->raw_.get())) {
    position = TRY(file_seek(thread, file, 0, SEEK_CUR));
  } else {
    position = TRY(to_offset(thread, TRY(call_method(thread, stream->raw_.get(), thread.names().tell))));
    if (position < 0) return thread.raise<OSError>("Raw stream returned invalid position {}", position);
  }
  stream->absolute_ = position;
  return position;
}

Result<int64_t> raw_seek(Thread& thread, BufferedIO* stream, int64_t offset, int whence) {
  int64_t position;
  if (FileIO* file = plain_file(stream->raw_.get())) {
    position = TRY(file_seek(thread, file, offset, whence));
  } else {
    position = TRY(to_offset(thread, TRY(call_method(thread, stream->raw_.get(), thread.names().seek,
                                                     offset_value(thread, offset), Value::from_int(whence)))));
    if (position < 0) return thread.raise<OSError>("Raw stream returned invalid position {}", position);
  }
  stream->absolute_ = position;
  return position;
}

namespace {

void advance_raw(BufferedIO* stream, int64_t count) {
  if (count > 0 && stream->absolute_ != -1) stream->absolute_ += count;
}

/// Into a Buffer, by a raw stream in Python.
Result<int64_t> ask_readinto(Thread& thread, BufferedIO* stream, Buffer* buffer, int64_t start, int64_t length) {
  Value view = TRY(view_of_buffer(thread, buffer, start, length));
  Value answer;
  for (;;) {
    auto result = call_method(thread, stream->raw_.get(), thread.names().readinto, view);
    if (!result.is_raised()) {
      answer = result.take();
      break;
    }
    if (!take_interrupted(thread)) return Raised{};
    TRY(check_signals(thread));
  }
  if (answer.is_none()) return kWouldBlock;
  auto number = to_index_int64(thread, answer);
  if (number.is_raised()) {
    ExceptionObject* cause = thread.take_pending();
    thread.raise<OSError>("raw readinto() failed");
    thread.pending()->cause_.set(thread.pending(), to_value(cause));
    thread.pending()->context_.set(thread.pending(), to_value(cause));
    thread.pending()->suppress_context_ = 1;
    return Raised{};
  }
  int64_t count = number.take();
  if (count < 0 || count > length)
    return thread.raise<OSError>("raw readinto() returned invalid length {} (should have been between 0 and {})", count,
                                 length);
  advance_raw(stream, count);
  return count;
}

}  // namespace

Result<int64_t> raw_read(Thread& thread, BufferedIO* stream, int64_t start, int64_t length) {
  TRY(buffered_ensure_buffer(thread, stream));
  Buffer* buffer = stream->buffer_.get();
  if (FileIO* file = plain_file(stream->raw_.get())) {
    int64_t count = TRY(file_read(thread, file, buffer->data() + start, length));
    advance_raw(stream, count);
    return count;
  }
  return ask_readinto(thread, stream, buffer, start, length);
}

Result<int64_t> raw_read_to(Thread& thread, BufferedIO* stream, uint8_t* data, int64_t length) {
  if (FileIO* file = plain_file(stream->raw_.get())) {
    int64_t count = TRY(file_read(thread, file, data, length));
    advance_raw(stream, count);
    return count;
  }
  Buffer* buffer = Buffer::try_make(thread.heap(), length);
  if (buffer == nullptr) return thread.raise_memory_error();
  int64_t count = TRY(ask_readinto(thread, stream, buffer, 0, length));
  if (count > 0) __builtin_memcpy(data, buffer->data(), static_cast<size_t>(count));
  return count;
}

Result<int64_t> raw_write(Thread& thread, BufferedIO* stream, const uint8_t* data, int64_t length) {
  if (FileIO* file = plain_file(stream->raw_.get())) {
    int64_t count = TRY(file_write(thread, file, data, length));
    advance_raw(stream, count);
    return count;
  }
  Value bytes = to_value(TRY(try_make_bytes(thread, data, length)));
  Type* view = thread.runtime().type(Kind::MemoryView);
  Value argument = view == nullptr ? bytes : TRY(call(thread, to_value(view), bytes));
  for (;;) {
    auto result = call_method(thread, stream->raw_.get(), thread.names().write, argument);
    if (!result.is_raised()) {
      if (result.take().is_none()) return kWouldBlock;
      int64_t count = TRY(to_index_int64(thread, result.take()));
      if (count < 0 || count > length)
        return thread.raise<OSError>("raw write() returned invalid length {} (should have been between 0 and {})",
                                     count, length);
      advance_raw(stream, count);
      return count;
    }
    if (!take_interrupted(thread)) return Raised{};
    TRY(check_signals(thread));
  }
}

// --- positions

Result<int64_t> buffered_tell(Thread& thread, BufferedIO* stream) {
  int64_t position = TRY(raw_tell(thread, stream));
  return position - stream->raw_offset();
}

Result<int64_t> buffered_seek(Thread& thread, BufferedIO* stream, int64_t target, int whence) {
  // Inside of what was read, the raw stream is left alone.
  if ((whence == SEEK_SET || whence == SEEK_CUR) && stream->reads() && stream->read_ahead() > 0) {
    int64_t raw = stream->absolute_ != -1 ? stream->absolute_ : TRY(raw_tell(thread, stream));
    int64_t current = raw - stream->raw_offset();
    int64_t offset = whence == SEEK_SET ? target - current : target;
    if (offset >= -stream->position_ && offset <= stream->read_ahead()) {
      stream->position_ += offset;
      return current + offset;
    }
  }
  BufferedLock lock(thread, stream);
  if (lock.failed()) return Raised{};
  int64_t ahead = stream->writes() ? TRY(buffered_flush_with_offset(thread, stream)) : stream->raw_offset();
  if (whence == SEEK_CUR) target -= ahead;
  int64_t position = TRY(raw_seek(thread, stream, target, whence));
  stream->raw_position_ = -1;
  if (stream->reads()) stream->drop_read_data();
  return position;
}

}  // namespace viperine
