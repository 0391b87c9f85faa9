// SPDX-License-Identifier: MIT
// FileIO.__init__: modes, descriptors, openers.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "modules/io/file_io.h"
#include "runtime/audit.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

struct FileMode {
  uint32_t flags = 0;
  int open_flags = 0;
};

Result<FileMode> parse_mode(Thread& thread, Str* mode) {
  constexpr const char* kBad = "Must have exactly one of create/read/write/append mode and at most one plus";
  FileMode result;
  bool main = false, plus = false;
  for (int64_t i = 0; i < mode->length(); ++i) {
    uint32_t letter = mode->at(i);
    if (letter == 'b') continue;
    if (letter == '+') {
      if (plus) return thread.raise<ValueError>(kBad);
      plus = true;
      continue;
    }
    if (letter != 'x' && letter != 'r' && letter != 'w' && letter != 'a')
      return thread.raise<ValueError>("invalid mode: {}", mode);
    if (main) return thread.raise<ValueError>(kBad);
    main = true;
    switch (letter) {
      case 'x':
        result = {kFileCreated | kFileWritable, O_EXCL | O_CREAT};
        break;
      case 'r':
        result = {kFileReadable, 0};
        break;
      case 'w':
        result = {kFileWritable, O_CREAT | O_TRUNC};
        break;
      default:
        result = {kFileWritable | kFileAppending, O_APPEND | O_CREAT};
        break;
    }
  }
  if (!main) return thread.raise<ValueError>(kBad);
  if (plus) result.flags |= kFileReadable | kFileWritable;
  bool reads = (result.flags & kFileReadable) != 0, writes = (result.flags & kFileWritable) != 0;
  result.open_flags |= (reads && writes ? O_RDWR : reads ? O_RDONLY : O_WRONLY) | O_CLOEXEC;
  return result;
}

/// bytes of a path given as str or bytes.
Result<Bytes*> path_bytes(Thread& thread, Value name) {
  Value path = name;
  if (!is_str(path) && !is<Bytes>(path)) {
    Optional<Value> converted = TRY(call_special(thread, path, thread.names().__fspath__, {}));
    if (!converted)
      return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(name));
    path = *converted;
    if (!is_str(path) && !is<Bytes>(path))
      return thread.raise<TypeError>("expected {}.__fspath__() to return str or bytes, not {}", type_name_of(name),
                                     type_name_of(path));
  }
  Bytes* bytes = is<Bytes>(path) ? cast<Bytes>(path) : TRY(encode_filesystem(thread, as_str(thread, path)));
  if (bytes->view().find('\0') != std::string_view::npos) return thread.raise<ValueError>("embedded null byte");
  return bytes;
}

/// open(2); files that are garbage are closed when there are too many.
Result<int> open_path(Thread& thread, Bytes* path, int flags, Value name) {
  for (bool collected = false;;) {
    int descriptor;
    {
      BlockingCall blocking(thread);
      descriptor = open(reinterpret_cast<const char*>(path->data()), flags, 0666);
    }
    if (descriptor >= 0) return descriptor;
    int error = errno;
    if (error == EINTR) {
      TRY(check_signals(thread));
      continue;
    }
    if ((error == EMFILE || error == ENFILE) && !collected) {
      collected = true;
      thread.heap().request_collection(Collection::Full);
      if (!thread.heap().safepoint(false)) return thread.raise_memory_error();
      run_finalizers(thread);
      continue;
    }
    return thread.raise_errno(error, name);
  }
}

Result<int> open_with(Thread& thread, Value opener, Value name, int flags) {
  Value answer = TRY(call(thread, opener, name, Value::from_int(flags)));
  if (!is_integer(answer) && type_of(thread, answer)->slots().to_index == nullptr)
    return thread.raise<TypeError>("expected integer from opener");
  int descriptor = TRY(to_c_int(thread, TRY(to_index(thread, answer))));
  if (descriptor < 0) return thread.raise<ValueError>("opener returned {}", descriptor);
  int inherited = fcntl(descriptor, F_GETFD);
  if (inherited < 0) return thread.raise_errno(errno);
  if ((inherited & FD_CLOEXEC) == 0) fcntl(descriptor, F_SETFD, inherited | FD_CLOEXEC);
  return descriptor;
}

/// The descriptor that an int names, -1 for anything else.
Result<int> descriptor_of(Thread& thread, Value name) {
  if (!is_integer(name) && type_of(thread, name)->slots().to_index == nullptr) return -1;
  int descriptor = TRY(to_c_int(thread, TRY(to_index(thread, name))));
  if (descriptor < 0) return thread.raise<ValueError>("negative file descriptor");
  return descriptor;
}

Result<void> examine(Thread& thread, FileIO* file, Value name) {
  struct stat status;
  file->block_size_ = static_cast<uint32_t>(kDefaultBufferSize);
  if (fstat(file->descriptor_, &status) < 0) {
    if (errno == EBADF) return thread.raise_errno(EBADF);
    return {};
  }
  if (S_ISDIR(status.st_mode)) return thread.raise_errno(EISDIR, name);
  if (status.st_blksize > 1) file->block_size_ = static_cast<uint32_t>(status.st_blksize);
  return {};
}

}  // namespace

Result<void> file_initialize(Thread& thread, FileIO* file, Value name, Str* mode, bool close_descriptor, Value opener) {
  if (file->is_open()) {
    if (file->has(kFileCloseDescriptor))
      TRY(file_close(thread, file));
    else
      file->descriptor_ = -1;
  }
  int given = TRY(descriptor_of(thread, name));
  Bytes* path = given < 0 ? TRY(path_bytes(thread, name)) : nullptr;
  FileMode parsed = TRY(parse_mode(thread, mode));
  TRY(audit(thread, "open", name, to_value(mode), Value::from_int(parsed.open_flags | O_CLOEXEC)));
  file->flags_ = parsed.flags | (close_descriptor ? uint32_t{kFileCloseDescriptor} : 0u);
  file->clear_io_flag(kIoClosed);
  bool own = given < 0;
  if (!own) {
    file->descriptor_ = given;
  } else {
    if (!close_descriptor) return thread.raise<ValueError>("Cannot use closefd=False with file name");
    file->descriptor_ = opener.is_none() ? TRY(open_path(thread, path, parsed.open_flags, name))
                                         : TRY(open_with(thread, opener, name, parsed.open_flags));
  }
  Result<void> done = [&]() -> Result<void> {
    TRY(examine(thread, file, name));
    if (file->is_plain())
      file->name_.set(file, name == Value() ? Value::unbound() : name);  // int 0 means none
    else
      TRY(set_attribute(thread, to_value(file), thread.names().name, name));
    if (file->has(kFileAppending)) {
      auto moved = file_seek(thread, file, 0, SEEK_END);
      // Not everything can be moved in; then it is always at its end.
      if (moved.is_raised()) {
        if (!thread.pending_is<OSError>()) return Raised{};
        thread.clear_pending();
      }
    }
    return {};
  }();
  if (!done.is_raised()) return {};
  if (!own) {
    file->descriptor_ = -1;
  } else {
    ExceptionObject* error = thread.take_pending();
    if (file_close(thread, file).is_raised()) thread.clear_pending();
    thread.restore_pending(error);
  }
  return Raised{};
}

}  // namespace viperine
