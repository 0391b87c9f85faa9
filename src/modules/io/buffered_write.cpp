// SPDX-License-Identifier: MIT
// Writing to buffered streams: write and flush, with raw streams that would block.
#include <algorithm>

#include "modules/io/buffered.h"

namespace viperine {

namespace {

constexpr const char* kBlockedText = "write could not complete without blocking";

}  // namespace

Result<void> buffered_flush_unlocked(Thread& thread, BufferedIO* stream) {
  if (stream->has_write_data() && stream->write_position_ != stream->write_end_) {
    // The raw stream must stand where the first byte belongs.
    int64_t rewind = stream->raw_offset() + (stream->position_ - stream->write_position_);
    if (rewind != 0) {
      TRY(raw_seek(thread, stream, -rewind, SEEK_CUR));
      stream->raw_position_ -= rewind;
    }
    while (stream->write_position_ < stream->write_end_) {
      int64_t count = TRY(raw_write(thread, stream, stream->data() + stream->write_position_,
                                    stream->write_end_ - stream->write_position_));
      if (count == kWouldBlock) return raise_blocking(thread, kBlockedText, 0);
      stream->write_position_ += count;
      stream->raw_position_ = stream->write_position_;
      if (stream->write_position_ < stream->write_end_) TRY(check_signals(thread));
    }
  }
  stream->drop_write_data();
  return {};
}

Result<int64_t> buffered_flush_with_offset(Thread& thread, BufferedIO* stream) {
  bool had_data = stream->has_write_data();
  TRY(buffered_flush_unlocked(thread, stream));
  return had_data && stream->raw_position_ >= 0 ? stream->raw_position_ - stream->position_ : stream->raw_offset();
}

Result<void> buffered_flush_and_rewind(Thread& thread, BufferedIO* stream) {
  // The user's position is where the raw stream must be.
  int64_t offset = TRY(buffered_flush_with_offset(thread, stream));
  if (!stream->reads()) return {};
  if (offset != 0 || stream->has_read_data() || plain_file(stream->raw_.get()) == nullptr)
    TRY(raw_seek(thread, stream, -offset, SEEK_CUR));
  stream->drop_read_data();
  return {};
}

namespace {

/// The raw stream takes no more: keeps what the buffer can hold.
Result<int64_t> keep_what_fits(Thread& thread, BufferedIO* stream, const uint8_t* data, int64_t length) {
  thread.clear_pending();
  if (stream->reads()) stream->drop_read_data();
  uint8_t* buffer = stream->data();
  __builtin_memmove(buffer, buffer + stream->write_position_,
                    static_cast<size_t>(stream->write_end_ - stream->write_position_));
  stream->write_end_ -= stream->write_position_;
  stream->raw_position_ -= stream->write_position_;
  stream->position_ -= stream->write_position_;
  stream->write_position_ = 0;
  int64_t room = stream->buffer_size_ - stream->write_end_;
  int64_t kept = std::min(length, room);
  __builtin_memcpy(buffer + stream->write_end_, data, static_cast<size_t>(kept));
  stream->write_end_ += kept;
  stream->position_ += kept;
  if (length <= room) return length;
  // The caller learns how much was taken.
  return raise_blocking(thread, kBlockedText, kept);
}

void put(BufferedIO* stream, const uint8_t* data, int64_t length) {
  __builtin_memcpy(stream->data() + stream->position_, data, static_cast<size_t>(length));
  if (!stream->has_write_data() || stream->write_position_ > stream->position_)
    stream->write_position_ = stream->position_;
  stream->set_position(stream->position_ + length);
  if (stream->write_end_ < stream->position_) stream->write_end_ = stream->position_;
}

/// More than fits: what was there goes first, then whole blocks, and the rest stays in the buffer.
Result<int64_t> write_many(Thread& thread, BufferedIO* stream, const uint8_t* data, int64_t length) {
  auto flushed = buffered_flush_with_offset(thread, stream);
  if (flushed.is_raised()) {
    if (!thread.pending_is<BlockingIOError>()) return Raised{};
    return keep_what_fits(thread, stream, data, length);
  }
  int64_t offset = flushed.take();
  if (offset != 0) {
    TRY(raw_seek(thread, stream, -offset, SEEK_CUR));
    stream->raw_position_ -= offset;
  }
  int64_t written = 0;
  while (length - written > stream->buffer_size_) {
    int64_t count = TRY(raw_write(thread, stream, data + written, length - written));
    if (count == kWouldBlock) {
      __builtin_memcpy(stream->data(), data + written, static_cast<size_t>(stream->buffer_size_));
      stream->raw_position_ = 0;
      stream->set_position(stream->buffer_size_);
      stream->write_position_ = 0;
      stream->write_end_ = stream->buffer_size_;
      return raise_blocking(thread, kBlockedText, written + stream->buffer_size_);
    }
    written += count;
    TRY(check_signals(thread));
  }
  if (stream->reads()) stream->drop_read_data();
  int64_t rest = length - written;
  if (rest > 0) __builtin_memcpy(stream->data(), data + written, static_cast<size_t>(rest));
  stream->write_position_ = 0;
  stream->write_end_ = rest;
  stream->set_position(rest);
  stream->raw_position_ = 0;
  return length;
}

}  // namespace

Result<int64_t> buffered_write(Thread& thread, BufferedIO* stream, const uint8_t* data, int64_t length) {
  BufferedLock lock(thread, stream);
  if (lock.failed()) return Raised{};
  // Another thread may have closed the stream while this one waited.
  if (stream->buffer_.is_null() && TRY(buffered_is_closed(thread, stream)))
    return thread.raise<ValueError>("write to closed file");
  TRY(buffered_ensure_buffer(thread, stream));
  if (!stream->has_read_data() && !stream->has_write_data()) stream->position_ = stream->raw_position_ = 0;
  int64_t room = stream->buffer_size_ - stream->position_;
  if (length <= room && length < stream->buffer_size_) {
    put(stream, data, length);
    return length;
  }
  return write_many(thread, stream, data, length);
}

Result<void> buffered_flush(Thread& thread, BufferedIO* stream) {
  BufferedLock lock(thread, stream);
  if (lock.failed()) return Raised{};
  return buffered_flush_and_rewind(thread, stream);
}

Result<Value> buffered_write_method(Thread& thread, BufferedIO* self, Value buffer) {
  TRY(buffered_check(thread, self));
  BufferScope scope(thread);
  TRY(scope.acquire(buffer));
  TRY(buffered_check_open(thread, self, "write to closed file"));
  return Value::from_int(TRY(buffered_write(thread, self, scope.data(), scope.length())));
}

Result<void> buffered_flush_method(Thread& thread, BufferedIO* self) {
  TRY(buffered_check_open(thread, self, "flush of closed file"));
  return buffered_flush(thread, self);
}

}  // namespace viperine
