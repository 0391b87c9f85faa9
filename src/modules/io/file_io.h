// SPDX-License-Identifier: MIT
// FileIO: an open file descriptor. What Python sees is in file_io.cpp, opening is in file_open.cpp; buffered streams
// use the functions here directly.
#pragma once

#include "modules/io/io_object.h"

namespace viperine {

enum FileFlags : uint32_t {
  kFileCreated = 1,
  kFileReadable = 2,
  kFileWritable = 4,
  kFileAppending = 8,
  kFileCloseDescriptor = 16,
  kFileSeekable = 32,        // valid when kFileSeekableKnown
  kFileSeekableKnown = 64,
};

class FileIO final : public IoObject {
 public:
  static constexpr Kind kKind = Kind::FileIO;
  bool has(uint32_t flag) const { return (flags_ & flag) != 0; }
  bool is_open() const { return descriptor_ >= 0; }
  static void release(HeapObject* object);

  Slot<Value> name_;        // int 0: none
  int32_t descriptor_;      // -1: closed
  uint32_t flags_;
  uint32_t block_size_;
  uint32_t padding_;
  LAYOUT(FileIO, IoObject, name_, descriptor_, flags_, block_size_, padding_);
};

constexpr int64_t kWouldBlock = -2;

/// Bytes read; kWouldBlock when there is nothing yet. Signals are handled.
Result<int64_t> file_read(Thread& thread, FileIO* file, uint8_t* data, int64_t size);
Result<int64_t> file_write(Thread& thread, FileIO* file, const uint8_t* data, int64_t size);
Result<int64_t> file_seek(Thread& thread, FileIO* file, int64_t offset, int whence);
/// Everything up to the end: Bytes, or None when there is nothing yet.
Result<Value> file_read_all(Thread& thread, FileIO* file);
Result<void> file_close(Thread& thread, FileIO* file);
/// FileIO.__init__ without parsing of arguments.
Result<void> file_initialize(Thread& thread, FileIO* file, Value name, Str* mode, bool close_descriptor, Value opener);
/// lseek works. False for closed files.
bool file_is_seekable(FileIO* file);
const char* file_mode(const FileIO* file);
/// The FileIO behind a value, if C++ may use it directly.
inline FileIO* plain_file(Value value) {
  auto* file = try_cast<FileIO>(value);
  return file != nullptr && file->is_plain() ? file : nullptr;
}

}  // namespace viperine
