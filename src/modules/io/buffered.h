// SPDX-License-Identifier: MIT
// BufferedIO: BufferedReader, BufferedWriter and BufferedRandom, over a raw stream. One buffer serves reading and
// writing:
//   0 .. read_end_: what was read (-1: nothing valid)    write_position_ .. write_end_: what must be written
//   (write_end_ -1: nothing) position_: where the user is    raw_position_: where the raw stream is, both relative to
//   the start of the buffer
// Invariant: with something to write, write_position_ <= position_ <= write_end_ after every operation of the writer.
#pragma once

#include "modules/io/file_io.h"

namespace viperine {

enum BufferedFlags : uint32_t { kBufferedReady = 1, kBufferedDetached = 2, kBufferedReads = 4, kBufferedWrites = 8 };

class BufferedIO final : public IoObject {
 public:
  static constexpr Kind kKind = Kind::BufferedIO;
  bool has(uint32_t flag) const { return (flags_ & flag) != 0; }
  bool reads() const { return has(kBufferedReads); }
  bool writes() const { return has(kBufferedWrites); }
  bool has_read_data() const { return reads() && read_end_ != -1; }
  bool has_write_data() const { return writes() && write_end_ != -1; }
  /// How far the raw stream is ahead of the user.
  int64_t raw_offset() const {
    return (has_read_data() || has_write_data()) && raw_position_ >= 0 ? raw_position_ - position_ : 0;
  }
  int64_t read_ahead() const { return has_read_data() ? read_end_ - position_ : 0; }
  void set_position(int64_t position) {
    position_ = position;
    if (has_read_data() && read_end_ < position) read_end_ = position;
  }
  void drop_read_data() { read_end_ = -1; }
  void drop_write_data() {
    write_position_ = 0;
    write_end_ = -1;
  }
  uint8_t* data() { return buffer_->data(); }

  Slot<Value> raw_;            // int 0 before __init__ and after detach()
  Slot<Buffer> buffer_;        // null until it is needed
  uint32_t flags_;
  uint32_t padding_;
  int64_t buffer_size_;
  int64_t absolute_;           // position of the raw stream, -1 unknown
  int64_t position_, raw_position_, read_end_, write_position_, write_end_;
  uint64_t owner_;             // thread inside an operation (identifier + 1), 0: none
  LAYOUT(BufferedIO, IoObject, raw_, buffer_, flags_, padding_, buffer_size_, absolute_, position_, raw_position_,
         read_end_, write_position_, write_end_, owner_);
};

/// One operation at a time: a second thread waits; the same thread (a signal handler, a raw stream in Python) gets a
/// RuntimeError.
class BufferedLock {
 public:
  BufferedLock(Thread& thread, BufferedIO* stream) : stream_(stream), locked_(enter(thread)) {}
  ~BufferedLock() {
    if (locked_) stream_->owner_ = 0;
  }
  BufferedLock(const BufferedLock&) = delete;
  bool failed() const { return !locked_; }

 private:
  bool enter(Thread& thread) {
    if (stream_->owner_ != 0) [[unlikely]] return enter_slow(thread);
    stream_->owner_ = thread.identifier_ + 1;
    return true;
  }
  bool enter_slow(Thread& thread);
  BufferedIO* stream_;
  bool locked_;
};

/// ValueError unless __init__ has run and nothing was detached.
Result<void> buffered_check(Thread& thread, BufferedIO* stream);
/// The same, and ValueError with this text when closed.
Result<void> buffered_check_open(Thread& thread, BufferedIO* stream, const char* closed_text);
Result<bool> buffered_is_closed(Thread& thread, BufferedIO* stream);
Result<void> buffered_initialize(Thread& thread, BufferedIO* stream, Value raw, int64_t buffer_size,
                                 uint32_t abilities);
Result<void> buffered_ensure_buffer(Thread& thread, BufferedIO* stream);
/// The stream behind a value, if it is one of ours in the original and C++ may work on it directly; null otherwise.
inline BufferedIO* plain_buffered(Value value) {
  auto* stream = try_cast<BufferedIO>(value);
  return stream != nullptr && stream->is_plain() && stream->has(kBufferedReady) ? stream : nullptr;
}

// --- the raw stream
Result<int64_t> raw_tell(Thread& thread, BufferedIO* stream);
Result<int64_t> raw_seek(Thread& thread, BufferedIO* stream, int64_t offset, int whence);
/// Into our own buffer. kWouldBlock possible, as for the next ones.
Result<int64_t> raw_read(Thread& thread, BufferedIO* stream, int64_t start, int64_t length);
/// Into other memory.
Result<int64_t> raw_read_to(Thread& thread, BufferedIO* stream, uint8_t* data, int64_t length);
Result<int64_t> raw_write(Thread& thread, BufferedIO* stream, const uint8_t* data, int64_t length);

// --- operations; the caller has checked the state
/// Writes what is to be written; BlockingIOError.
Result<void> buffered_flush_unlocked(Thread& thread, BufferedIO* stream);
/// The same: how far the raw stream is ahead of the user then.
Result<int64_t> buffered_flush_with_offset(Thread& thread, BufferedIO* stream);
/// The same, and the raw stream is moved to where the user is.
Result<void> buffered_flush_and_rewind(Thread& thread, BufferedIO* stream);
Result<int64_t> buffered_fill(Thread& thread, BufferedIO* stream);
Result<Value> buffered_read(Thread& thread, BufferedIO* stream, int64_t size);
Result<Value> buffered_read1(Thread& thread, BufferedIO* stream, int64_t size);
Result<Value> buffered_readline(Thread& thread, BufferedIO* stream, int64_t limit);
Result<int64_t> buffered_write(Thread& thread, BufferedIO* stream, const uint8_t* data, int64_t length);
Result<void> buffered_flush(Thread& thread, BufferedIO* stream);
Result<int64_t> buffered_tell(Thread& thread, BufferedIO* stream);
Result<int64_t> buffered_seek(Thread& thread, BufferedIO* stream, int64_t target, int whence);

// --- methods, for the tables in buffered_types.cpp
Result<Value> buffered_peek_method(Thread& thread, BufferedIO* self, Value size);
Result<Value> buffered_read_method(Thread& thread, BufferedIO* self, Value size);
Result<Value> buffered_read1_method(Thread& thread, BufferedIO* self, Index size);
Result<Value> buffered_readinto_method(Thread& thread, BufferedIO* self, Value buffer);
Result<Value> buffered_readinto1_method(Thread& thread, BufferedIO* self, Value buffer);
Result<Value> buffered_readline_method(Thread& thread, BufferedIO* self, Value size);
Result<Value> buffered_write_method(Thread& thread, BufferedIO* self, Value buffer);
Result<void> buffered_flush_method(Thread& thread, BufferedIO* self);
Result<Optional<Value>> buffered_next(Thread& thread, Value self);

}  // namespace viperine
