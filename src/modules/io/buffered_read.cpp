// SPDX-License-Identifier: MIT
// Reading from buffered streams: read, read1, readinto, peek, readline.
#include <algorithm>

#include "modules/io/buffered.h"

namespace viperine {

namespace {

Result<void> flush_before_reading(Thread& thread, BufferedIO* stream) {
  if (!stream->writes()) return {};
  return buffered_flush_and_rewind(thread, stream);
}

Result<Bytes*> take_bytes(Thread& thread, BufferedIO* stream, int64_t count) {
  if (count == 0) return thread.runtime().empty_bytes();
  Bytes* bytes = TRY(try_make_bytes(thread, stream->data() + stream->position_, count));
  stream->position_ += count;
  return bytes;
}

Result<Bytes*> shortened(Thread& thread, Bytes* bytes, int64_t length) {
  if (length == bytes->length()) return bytes;
  return try_make_bytes(thread, bytes->data(), length);
}

}  // namespace

Result<int64_t> buffered_fill(Thread& thread, BufferedIO* stream) {
  int64_t start = stream->has_read_data() ? stream->read_end_ : 0;
  int64_t count = TRY(raw_read(thread, stream, start, stream->buffer_size_ - start));
  if (count <= 0) return count;
  stream->read_end_ = start + count;
  stream->raw_position_ = start + count;
  return count;
}

namespace {

/// read() of a raw stream in Python: until it has no more.
Result<Value> read_all_slowly(Thread& thread, BufferedIO* stream, Bytes* begin) {
  ByteBuffer all;
  all.append(begin->data(), static_cast<size_t>(begin->length()));
  for (;;) {
    Value data = TRY(call_method(thread, stream->raw_.get(), thread.names().read));
    if (!data.is_none() && !is<Bytes>(data)) return thread.raise<TypeError>("read() should return bytes");
    if (data.is_none() || cast<Bytes>(data)->length() == 0) {
      if (all.length() == 0) return data;
      return to_value(TRY(try_make_bytes(thread, all.data(), static_cast<int64_t>(all.length()))));
    }
    all.append(cast<Bytes>(data)->data(), static_cast<size_t>(cast<Bytes>(data)->length()));
    if (stream->absolute_ != -1) stream->absolute_ += cast<Bytes>(data)->length();
  }
}

Result<Value> read_all(Thread& thread, BufferedIO* stream) {
  Bytes* begin = TRY(take_bytes(thread, stream, stream->read_ahead()));
  TRY(flush_before_reading(thread, stream));
  stream->drop_read_data();
  Value rest;
  if (FileIO* file = plain_file(stream->raw_.get())) {
    rest = TRY(file_read_all(thread, file));
  } else {
    Optional<Value> readall = TRY(find_attribute(thread, stream->raw_.get(), thread.names().readall));
    if (!readall) return read_all_slowly(thread, stream, begin);
    rest = TRY(call(thread, *readall));
    if (!rest.is_none() && !is<Bytes>(rest)) return thread.raise<TypeError>("readall() should return bytes");
  }
  if (rest.is_none()) return begin->length() == 0 ? rest : to_value(begin);
  auto* bytes = cast<Bytes>(rest);
  if (stream->absolute_ != -1) stream->absolute_ += bytes->length();
  if (begin->length() == 0) return rest;
  Bytes* all = TRY(try_make_bytes(thread, nullptr, begin->length() + bytes->length()));
  __builtin_memcpy(all->data(), begin->data(), static_cast<size_t>(begin->length()));
  __builtin_memcpy(all->data() + begin->length(), bytes->data(), static_cast<size_t>(bytes->length()));
  return to_value(all);
}

/// More than the buffer holds: whole blocks go right to the result, the last one through the buffer.
Result<Value> read_many(Thread& thread, BufferedIO* stream, int64_t size) {
  if (size > (int64_t{1} << 46)) return thread.raise_memory_error();
  Bytes* result = TRY(try_make_bytes(thread, nullptr, size));
  int64_t written = stream->read_ahead();
  if (written > 0) __builtin_memcpy(result->data(), stream->data() + stream->position_, static_cast<size_t>(written));
  stream->position_ += written;
  TRY(flush_before_reading(thread, stream));
  stream->drop_read_data();
  auto partial = [&](int64_t count) -> Result<Value> {
    if (count == 0 || written > 0) return to_value(TRY(shortened(thread, result, written)));
    return Value::none();
  };
  while (written < size) {
    int64_t blocks = (size - written) / stream->buffer_size_ * stream->buffer_size_;
    if (blocks == 0) break;
    int64_t count = TRY(raw_read_to(thread, stream, result->data() + written, blocks));
    if (count <= 0) return partial(count);
    written += count;
  }
  stream->position_ = stream->raw_position_ = 0;
  stream->read_end_ = 0;
  while (written < size && stream->read_end_ < stream->buffer_size_) {
    int64_t count = TRY(buffered_fill(thread, stream));
    if (count <= 0) return partial(count);
    int64_t take = std::min(count, size - written);
    __builtin_memcpy(result->data() + written, stream->data() + stream->position_, static_cast<size_t>(take));
    written += take;
    stream->position_ += take;
  }
  return to_value(TRY(shortened(thread, result, written)));
}

}  // namespace

Result<Value> buffered_read(Thread& thread, BufferedIO* stream, int64_t size) {
  if (size >= 0 && size <= stream->read_ahead()) return to_value(TRY(take_bytes(thread, stream, size)));
  BufferedLock lock(thread, stream);
  if (lock.failed()) return Raised{};
  return size < 0 ? read_all(thread, stream) : read_many(thread, stream, size);
}

Result<Value> buffered_read1(Thread& thread, BufferedIO* stream, int64_t size) {
  if (size < 0) size = stream->buffer_size_;
  if (size == 0) return to_value(thread.runtime().empty_bytes());
  int64_t have = stream->read_ahead();
  if (have > 0) return to_value(TRY(take_bytes(thread, stream, std::min(have, size))));
  BufferedLock lock(thread, stream);
  if (lock.failed()) return Raised{};
  TRY(flush_before_reading(thread, stream));
  Bytes* result = TRY(try_make_bytes(thread, nullptr, size));
  stream->drop_read_data();
  int64_t count = TRY(raw_read_to(thread, stream, result->data(), size));
  return to_value(TRY(shortened(thread, result, std::max<int64_t>(count, 0))));
}

Result<Value> buffered_readline(Thread& thread, BufferedIO* stream, int64_t limit) {
  int64_t have = stream->read_ahead();
  if (limit >= 0) have = std::min(have, limit);
  if (have > 0) {
    const uint8_t* begin = stream->data() + stream->position_;
    auto* end = static_cast<const uint8_t*>(__builtin_memchr(begin, '\n', static_cast<size_t>(have)));
    if (end != nullptr) return to_value(TRY(take_bytes(thread, stream, end + 1 - begin)));
  }
  if (have == limit) return to_value(TRY(take_bytes(thread, stream, have)));
  BufferedLock lock(thread, stream);
  if (lock.failed()) return Raised{};
  ByteBuffer line;
  if (have > 0) {
    line.append(stream->data() + stream->position_, static_cast<size_t>(have));
    stream->position_ += have;
    limit -= limit < 0 ? 0 : have;
  }
  TRY(flush_before_reading(thread, stream));
  for (;;) {
    stream->drop_read_data();
    int64_t count = TRY(buffered_fill(thread, stream));
    if (count <= 0) break;
    if (limit >= 0) count = std::min(count, limit);
    const uint8_t* begin = stream->data();
    auto* end = static_cast<const uint8_t*>(__builtin_memchr(begin, '\n', static_cast<size_t>(count)));
    int64_t take = end == nullptr ? count : end + 1 - begin;
    line.append(begin, static_cast<size_t>(take));
    stream->position_ = take;
    if (end != nullptr || take == limit) break;
    limit -= limit < 0 ? 0 : take;
  }
  return to_value(TRY(try_make_bytes(thread, line.data(), static_cast<int64_t>(line.length()))));
}

// --- methods

namespace {

enum class ReadCalls : uint8_t { Any, One };

Result<Value> read_into(Thread& thread, BufferedIO* stream, Value target, ReadCalls calls) {
  TRY(buffered_check_open(thread, stream, "readinto of closed file"));
  BufferScope scope(thread);
  TRY(scope.acquire(target, true));
  int64_t length = scope.length(), written = std::min(stream->read_ahead(), length);
  if (written > 0) {
    __builtin_memcpy(scope.data(), stream->data() + stream->position_, static_cast<size_t>(written));
    stream->position_ += written;
  }
  if (written == length) return Value::from_int(written);
  BufferedLock lock(thread, stream);
  if (lock.failed()) return Raised{};
  TRY(flush_before_reading(thread, stream));
  stream->drop_read_data();
  stream->position_ = 0;
  while (written < length) {
    int64_t count = 0, remaining = length - written;
    if (remaining > stream->buffer_size_) {
      count = TRY(raw_read_to(thread, stream, scope.data() + written, remaining));
    } else if (calls == ReadCalls::Any || written == 0) {
      count = TRY(buffered_fill(thread, stream));
      if (count > 0) {
        count = std::min(count, remaining);
        __builtin_memcpy(scope.data() + written, stream->data() + stream->position_, static_cast<size_t>(count));
        stream->position_ += count;
      }
    }
    if (count == 0 || (count == kWouldBlock && written > 0)) break;
    if (count == kWouldBlock) return Value::none();
    written += count;
    if (calls == ReadCalls::One) break;
  }
  return Value::from_int(written);
}

}  // namespace

Result<Value> buffered_peek_method(Thread& thread, BufferedIO* self, Value size) {
  if (!size.is_none()) TRY(to_index_int64(thread, size));
  TRY(buffered_check_open(thread, self, "peek of closed file"));
  BufferedLock lock(thread, self);
  if (lock.failed()) return Raised{};
  TRY(flush_before_reading(thread, self));
  int64_t have = self->read_ahead();
  if (have <= 0) {
    self->drop_read_data();
    have = std::max<int64_t>(TRY(buffered_fill(thread, self)), 0);
    self->position_ = 0;
  }
  if (have == 0) return to_value(thread.runtime().empty_bytes());
  return to_value(TRY(try_make_bytes(thread, self->data() + self->position_, have)));
}

Result<Value> buffered_read_method(Thread& thread, BufferedIO* self, Value size) {
  int64_t count = TRY(optional_size(thread, size, -1));
  TRY(buffered_check(thread, self));
  if (count < -1) return thread.raise<ValueError>("read length must be non-negative or -1");
  TRY(buffered_check_open(thread, self, "read of closed file"));
  return buffered_read(thread, self, count);
}

Result<Value> buffered_read1_method(Thread& thread, BufferedIO* self, Index size) {
  TRY(buffered_check_open(thread, self, "read of closed file"));
  return buffered_read1(thread, self, size);
}

Result<Value> buffered_readinto_method(Thread& thread, BufferedIO* self, Value buffer) {
  return read_into(thread, self, buffer, ReadCalls::Any);
}
Result<Value> buffered_readinto1_method(Thread& thread, BufferedIO* self, Value buffer) {
  return read_into(thread, self, buffer, ReadCalls::One);
}

Result<Value> buffered_readline_method(Thread& thread, BufferedIO* self, Value size) {
  int64_t limit = TRY(optional_size(thread, size, -1));
  TRY(buffered_check_open(thread, self, "readline of closed file"));
  return buffered_readline(thread, self, limit);
}

Result<Optional<Value>> buffered_next(Thread& thread, Value self) {
  auto* stream = cast<BufferedIO>(self);
  Value line;
  if (stream->is_plain()) {
    TRY(buffered_check_open(thread, stream, "readline of closed file"));
    line = TRY(buffered_readline(thread, stream, -1));
  } else {
    line = TRY(call_method(thread, self, thread.names().readline));
    if (!is<Bytes>(line))
      return thread.raise<OSError>("readline() should have returned a bytes object, not '{}'", type_name_of(line));
  }
  return cast<Bytes>(line)->length() == 0 ? Optional<Value>() : Optional<Value>(line);
}

}  // namespace viperine
