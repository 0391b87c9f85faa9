// SPDX-License-Identifier: MIT
// The type FileIO. Opening is in file_open.cpp.
#include "modules/io/file_io.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/repr_scope.h"

namespace viperine {

void FileIO::release(HeapObject* object) {
  auto* file = static_cast<FileIO*>(object);
  if (file->descriptor_ >= 0 && file->has(kFileCloseDescriptor)) close(file->descriptor_);
  file->descriptor_ = -1;
}

namespace {

constexpr size_t kMostAtOnce = 0x7FFFF000;  // what read(2) and write(2) do at most

Raised raise_closed(Thread& thread) { return thread.raise<ValueError>("I/O operation on closed file"); }
Raised raise_mode(Thread& thread, const char* action) {
  return raise_unsupported(thread, format_text(thread, "File not open for {}", action)->ascii());
}
Result<void> require_reading(Thread& thread, FileIO* file) {
  if (!file->is_open()) return raise_closed(thread);
  if (!file->has(kFileReadable)) return raise_mode(thread, "reading");
  return {};
}
Result<void> require_writing(Thread& thread, FileIO* file) {
  if (!file->is_open()) return raise_closed(thread);
  if (!file->has(kFileWritable)) return raise_mode(thread, "writing");
  return {};
}

}  // namespace

Result<int64_t> file_read(Thread& thread, FileIO* file, uint8_t* data, int64_t size) {
  TRY(require_reading(thread, file));
  for (;;) {
    ssize_t count;
    if (thread.poll() & kPollSignal) TRY(check_signals(thread));
    {
      BlockingCall blocking(thread);
      count = read(file->descriptor_, data, std::min<size_t>(static_cast<size_t>(size), kMostAtOnce));
    }
    // An end that comes with a signal: the signal's handler goes first.
    if (count == 0) TRY(check_signals(thread));
    if (count >= 0) return count;
    if (errno == EAGAIN) return kWouldBlock;
    if (errno != EINTR) return thread.raise_errno(errno);
    TRY(check_signals(thread));
  }
}

Result<int64_t> file_write(Thread& thread, FileIO* file, const uint8_t* data, int64_t size) {
  TRY(require_writing(thread, file));
  for (;;) {
    ssize_t count;
    {
      BlockingCall blocking(thread);
      count = write(file->descriptor_, data, std::min<size_t>(static_cast<size_t>(size), kMostAtOnce));
    }
    if (count >= 0) return count;
    if (errno == EAGAIN) return kWouldBlock;
    if (errno != EINTR) return thread.raise_errno(errno);
    TRY(check_signals(thread));
  }
}

Result<int64_t> file_seek(Thread& thread, FileIO* file, int64_t offset, int whence) {
  if (!file->is_open()) return raise_closed(thread);
  off_t position = lseek(file->descriptor_, offset, whence);
  if ((file->flags_ & kFileSeekableKnown) == 0)
    file->flags_ |= kFileSeekableKnown | (position >= 0 ? uint32_t{kFileSeekable} : 0u);
  if (position < 0) return thread.raise_errno(errno);
  return position;
}

bool file_is_seekable(FileIO* file) {
  if (!file->is_open()) return false;
  if ((file->flags_ & kFileSeekableKnown) == 0)
    file->flags_ |= kFileSeekableKnown | (lseek(file->descriptor_, 0, SEEK_CUR) >= 0 ? uint32_t{kFileSeekable} : 0u);
  return file->has(kFileSeekable);
}

Result<void> file_close(Thread& thread, FileIO* file) {
  if (!file->is_open()) return {};
  int descriptor = file->descriptor_;
  file->descriptor_ = -1;
  int result;
  {
    BlockingCall blocking(thread);
    result = close(descriptor);
  }
  if (result < 0 && errno != EINTR) return thread.raise_errno(errno);
  return {};
}

namespace {

/// Bytes up to the end by what fstat says, 0 when it says nothing.
int64_t expected_rest(FileIO* file) {
  struct stat status;
  if (fstat(file->descriptor_, &status) < 0 || !S_ISREG(status.st_mode)) return 0;
  off_t position = lseek(file->descriptor_, 0, SEEK_CUR);
  return position < 0 || status.st_size < position ? 0 : status.st_size - position;
}

}  // namespace

Result<Value> file_read_all(Thread& thread, FileIO* file) {
  if (!file->is_open()) return raise_closed(thread);
  if (!file->has(kFileReadable)) return raise_mode(thread, "reading");
  int64_t expected = expected_rest(file);
  // The common case: a file of the expected size is read right into the result.
  Bytes* whole = TRY(try_make_bytes(thread, nullptr, expected));
  int64_t have = 0;
  while (have < expected) {
    int64_t count = TRY(file_read(thread, file, whole->data() + have, expected - have));
    if (count <= 0) {
      if (count == kWouldBlock && have == 0) return Value::none();
      return to_value(TRY(try_make_bytes(thread, whole->data(), have)));
    }
    have += count;
  }
  ByteBuffer more;
  size_t chunk = 8192;
  for (;;) {
    uint8_t small[1024];
    bool first = more.length() == 0 && expected > 0;
    uint8_t* target = first ? small : more.extend(chunk);
    int64_t size = first ? static_cast<int64_t>(sizeof(small)) : static_cast<int64_t>(chunk);
    auto answer = file_read(thread, file, target, size);
    if (answer.is_raised()) return Raised{};
    int64_t count = answer.take();
    if (first) {
      if (count > 0) more.append(small, static_cast<size_t>(count));
    } else {
      more.truncate(more.length() - chunk + static_cast<size_t>(std::max<int64_t>(count, 0)));
    }
    if (count == kWouldBlock && more.length() == 0 && expected == 0) return Value::none();
    if (count <= 0) break;
    if (static_cast<size_t>(count) == chunk && chunk < (size_t{1} << 20)) chunk *= 2;
  }
  if (more.length() == 0) return to_value(whole);
  Bytes* result = TRY(try_make_bytes(thread, nullptr, expected + static_cast<int64_t>(more.length())));
  __builtin_memcpy(result->data(), whole->data(), static_cast<size_t>(expected));
  __builtin_memcpy(result->data() + expected, more.data(), more.length());
  return to_value(result);
}

const char* file_mode(const FileIO* file) {
  bool reads = file->has(kFileReadable);
  if (file->has(kFileCreated)) return reads ? "xb+" : "xb";
  if (file->has(kFileAppending)) return reads ? "ab+" : "ab";
  if (reads) return file->has(kFileWritable) ? "rb+" : "rb";
  return "wb";
}

namespace {

Result<Value> file_new(Thread& thread, Type* type, const Arguments&) {
  auto* file = make_stream<FileIO>(thread, type);
  file->descriptor_ = -1;
  file->flags_ = kFileCloseDescriptor;
  file->block_size_ = static_cast<uint32_t>(kDefaultBufferSize);
  return to_value(file);
}

Result<void> file_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature("FileIO(file, mode='r', closefd=True, opener=None)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Str* mode = bound.values[1].is_absent() ? thread.runtime().latin1_character('r') : try_str(thread, bound.values[1]);
  if (mode == nullptr)
    return thread.raise<TypeError>("FileIO() argument 'mode' must be str, not {}", type_name_of(bound.values[1]));
  bool close_descriptor = bound.values[2].is_absent() || TRY(is_true(thread, bound.values[2]));
  Value opener = bound.values[3].is_absent() ? Value::none() : bound.values[3];
  return file_initialize(thread, cast<FileIO>(self), bound.values[0], mode, close_descriptor, opener);
}

Result<Value> file_readall(Thread& thread, FileIO* self) { return file_read_all(thread, self); }

Result<Value> file_read_method(Thread& thread, FileIO* self, Value size) {
  int64_t count = TRY(optional_size(thread, size, -1));
  TRY(require_reading(thread, self));
  if (count < 0) return call_method(thread, to_value(self), thread.names().readall);
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, count));
  int64_t got = TRY(file_read(thread, self, bytes->data(), count));
  if (got == kWouldBlock) return Value::none();
  return to_value(got == count ? bytes : TRY(try_make_bytes(thread, bytes->data(), got)));
}

Result<Value> file_readinto(Thread& thread, FileIO* self, Value buffer) {
  TRY(require_reading(thread, self));
  BufferScope scope(thread);
  TRY(scope.acquire(buffer, true));
  int64_t got = TRY(file_read(thread, self, scope.data(), scope.length()));
  return got == kWouldBlock ? Value::none() : Value::from_int(got);
}

Result<Value> file_write_method(Thread& thread, FileIO* self, Value b) {
  TRY(require_writing(thread, self));
  BufferScope scope(thread);
  TRY(scope.acquire(b));
  int64_t count = TRY(file_write(thread, self, scope.data(), scope.length()));
  return count == kWouldBlock ? Value::none() : Value::from_int(count);
}

Result<Value> file_seek_method(Thread& thread, FileIO* self, Value offset, int whence) {
  if (!self->is_open()) return raise_closed(thread);
  int64_t position = TRY(to_offset(thread, offset));
  return offset_value(thread, TRY(file_seek(thread, self, position, whence)));
}
Result<Value> file_tell(Thread& thread, FileIO* self) {
  return offset_value(thread, TRY(file_seek(thread, self, 0, SEEK_CUR)));
}

Result<Value> file_truncate(Thread& thread, FileIO* self, Value size) {
  TRY(require_writing(thread, self));
  Value wanted = size.is_none() ? offset_value(thread, TRY(file_seek(thread, self, 0, SEEK_CUR))) : size;
  int64_t length = TRY(to_offset(thread, wanted));
  for (;;) {
    int result;
    {
      BlockingCall blocking(thread);
      result = ftruncate(self->descriptor_, length);
    }
    if (result == 0) return wanted;
    if (errno != EINTR) return thread.raise_errno(errno);
    TRY(check_signals(thread));
  }
}

Result<void> file_close_method(Thread& thread, FileIO* self) {
  Optional<Value> base_close = lookup_in_type(thread, thread.runtime().type(Kind::IOBase), thread.names().close);
  auto flushed = call(thread, *base_close, to_value(self));
  if (!self->has(kFileCloseDescriptor)) {
    self->descriptor_ = -1;
    if (flushed.is_raised()) return Raised{};
    return {};
  }
  ExceptionObject* error = flushed.is_raised() ? thread.take_pending() : nullptr;
  if (self->has_io_flag(kIoFinalizing) && self->is_open()) warn_unclosed(thread, to_value(self));
  auto closed = file_close(thread, self);
  if (error != nullptr) return chain_errors(thread, error);
  return closed;
}

Result<void> file_dealloc_warn(Thread& thread, FileIO* self, Value source) {
  if (self->is_open() && self->has(kFileCloseDescriptor)) warn_unclosed(thread, source);
  return {};
}

Result<Value> file_seekable(Thread& thread, FileIO* self) {
  if (!self->is_open()) return raise_closed(thread);
  return Value::from_bool(file_is_seekable(self));
}
Result<Value> file_readable(Thread& thread, FileIO* self) {
  if (!self->is_open()) return raise_closed(thread);
  return Value::from_bool(self->has(kFileReadable));
}
Result<Value> file_writable(Thread& thread, FileIO* self) {
  if (!self->is_open()) return raise_closed(thread);
  return Value::from_bool(self->has(kFileWritable));
}
Result<Value> file_fileno(Thread& thread, FileIO* self) {
  if (!self->is_open()) return raise_closed(thread);
  return Value::from_int(self->descriptor_);
}
Result<Value> file_isatty(Thread& thread, FileIO* self) {
  if (!self->is_open()) return raise_closed(thread);
  return Value::from_bool(isatty(self->descriptor_) != 0);
}
Result<Value> file_getstate(Thread& thread, FileIO* self) { return raise_cannot_pickle(thread, to_value(self)); }

Result<Value> file_repr(Thread& thread, Value self) {
  auto* file = cast<FileIO>(self);
  if (!file->is_open()) return to_value(make_str(thread, "<_io.FileIO [closed]>"));
  ReprScope scope(thread, self);
  if (scope.entered_before())
    return thread.raise<RuntimeError>("reentrant call inside {}.__repr__", type_of(thread, self));
  const char* closes = file->has(kFileCloseDescriptor) ? "True" : "False";
  Optional<Value> name = TRY(find_attribute(thread, self, thread.names().name));
  if (!name)
    return to_value(
        format_text(thread, "<_io.FileIO fd={} mode='{}' closefd={}>", file->descriptor_, file_mode(file), closes));
  return to_value(format_text(thread, "<_io.FileIO name={} mode='{}' closefd={}>", TRY(repr(thread, *name)),
                              file_mode(file), closes));
}

Result<Value> file_closed(Thread&, FileIO* self) { return Value::from_bool(!self->is_open()); }
Result<Value> file_closefd(Thread&, FileIO* self) { return Value::from_bool(self->has(kFileCloseDescriptor)); }
Result<Value> file_mode_attribute(Thread& thread, FileIO* self) { return to_value(make_str(thread, file_mode(self))); }
Result<Value> file_block_size(Thread&, FileIO* self) { return Value::from_int(self->block_size_); }
Result<void> set_file_block_size(Thread& thread, FileIO* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete numeric/char attribute");
  self->block_size_ = static_cast<uint32_t>(TRY(to_index_int64(thread, value)));
  return {};
}
Result<Value> file_finalizing(Thread&, FileIO* self) { return Value::from_bool(self->has_io_flag(kIoFinalizing)); }
Result<void> set_file_finalizing(Thread& thread, FileIO* self, Value value) {
  self->clear_io_flag(kIoFinalizing);
  if (!value.is_absent() && TRY(is_true(thread, value))) self->set_io_flag(kIoFinalizing);
  return {};
}
Result<Value> file_name(Thread& thread, FileIO* self) {
  if (self->name_.get().bits() == 0)
    return thread.raise<AttributeError>("'{}' object has no attribute 'name'", type_name_of(to_value(self)));
  return self->name_.get() == Value::unbound() ? Value::from_int(0) : self->name_.get();
}
Result<void> set_file_name(Thread& thread, FileIO* self, Value value) {
  if (value.is_absent() && self->name_.get().bits() == 0)
    return thread.raise<AttributeError>("'{}' object has no attribute 'name'", type_name_of(to_value(self)));
  self->name_.set(self, value.is_absent() ? Value() : value == Value() ? Value::unbound() : value);
  return {};
}

constexpr NativeMethod kFileMethods[] = {
    method<file_read_method>(
        "read($self, size=-1, /)",
        "Read at most size bytes, returned as bytes.\n\nOnly makes one system call, so less data may be returned than "
        "requested.\n"
        "In non-blocking mode, returns None if no data is available.\nReturn an empty bytes object at EOF."),
    method<file_readall>("readall($self, /)",
                         "Read all data from the file, returned as bytes.\n\nIn non-blocking mode, returns as much as "
                         "is immediately available,\n"
                         "or None if no data is available.  Return an empty bytes object at EOF."),
    method<file_readinto>("readinto($self, buffer, /)", "Same as RawIOBase.readinto()."),
    method<file_write_method>("write($self, b, /)",
                              "Write buffer b to file, return number of bytes written.\n\nOnly makes one system call, "
                              "so not all of the data may be written.\n"
                              "The number of bytes actually written is returned.  In non-blocking mode,\nreturns None "
                              "if the write would block."),
    method<file_seek_method>("seek($self, pos, whence=0, /)",
                             "Move to new file position and return the file position."),
    method<file_tell>("tell($self, /)", "Current file position.\n\nCan raise OSError for non seekable files."),
    method<file_truncate>("truncate($self, size=None, /)",
                          "Truncate the file to at most size bytes and return the truncated size.\n\nSize defaults to "
                          "the current file position, as returned by tell().\n"
                          "The current file position is changed to the value of size."),
    method<file_close_method>(
        "close($self, /)",
        "Close the file.\n\nA closed file cannot be used for further I/O operations.  close() may be\n"
        "called more than once without error."),
    method<file_seekable>("seekable($self, /)", "True if file supports random-access."),
    method<file_readable>("readable($self, /)", "True if file was opened in a read mode."),
    method<file_writable>("writable($self, /)", "True if file was opened in a write mode."),
    method<file_fileno>("fileno($self, /)", "Return the underlying file descriptor (an integer)."),
    method<file_isatty>("isatty($self, /)", "True if the file is connected to a TTY device."),
    method<file_dealloc_warn>("_dealloc_warn($self, source, /)"),
    method<file_getstate>("__getstate__($self, /)"),
};

constexpr NativeAttribute kFileAttributes[] = {
    attribute<file_closed>("closed", "True if the file is closed"),
    attribute<file_closefd>("closefd", "True if the file descriptor will be closed by close()."),
    attribute<file_mode_attribute>("mode", "String giving the file mode"),
    attribute<file_block_size, set_file_block_size>("_blksize"),
    attribute<file_finalizing, set_file_finalizing>("_finalizing"),
    attribute<file_name, set_file_name>("name"),
};

}  // namespace

constinit const TypeSpec kFileIoType = {
    .name = "_io.FileIO",
    .kind = Kind::FileIO,
    .flags = kTypeBase | kTypeHasFinalizer,
    .layout = [] { return layout_of<FileIO>("FileIO"); },
    .slots = {.repr = file_repr, .new_ = file_new, .init = file_init},
    .methods = kFileMethods,
    .attributes = kFileAttributes,
    .doc =
        "Open a file.\n\nThe mode can be 'r' (default), 'w', 'x' or 'a' for reading, writing, exclusive creation or "
        "appending; a '+'\n"
        "allows reading and writing at the same time. `opener` is called with (*name*, *flags*) and returns a file "
        "descriptor.",
    .text_signature = "(file, mode='r', closefd=True, opener=None)",
    .base_spec = &kRawIoBaseType,
};

}  // namespace viperine
