// SPDX-License-Identifier: MIT
// The module fcntl: fcntl, ioctl, flock, lockf.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>

#include <cstring>

#include "modules/posix/descriptors.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/integers.h"
#include "runtime/lock.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

constexpr size_t kBufferSize = 1024;

/// Calls without the lock until it is not interrupted; OSError.
template <typename Call>
Result<int> retry_call(Thread& thread, Call call_) {
  for (;;) {
    int result = without_lock(thread, call_);
    if (result >= 0) return result;
    if (errno != EINTR) return thread.raise_errno(errno);
    TRY(handle_signals(thread));
  }
}
Result<Value> with_copy(Thread& thread, Value argument, const char* function, int (*run)(int, uint64_t, void*), int fd,
                        uint64_t code) {
  char buffer[kBufferSize + 1] = {};
  size_t length;
  if (is_str(argument)) {
    Bytes* text = TRY(encode_utf8(thread, as_str(thread, argument)));
    length = static_cast<size_t>(text->length());
    if (length > kBufferSize) return thread.raise<ValueError>("{} string arg too long", function);
    std::memcpy(buffer, text->data(), length);
  } else {
    BufferScope view(thread);
    TRY(view.acquire(argument));
    length = static_cast<size_t>(view.length());
    if (length > kBufferSize) return thread.raise<ValueError>("{} string arg too long", function);
    std::memcpy(buffer, view.data(), length);
  }
  TRY(retry_call(thread, [&] { return run(fd, code, buffer); }));
  return to_value(make_bytes(thread, std::string_view(buffer, length)));
}
int run_fcntl(int fd, uint64_t code, void* argument) { return fcntl(fd, static_cast<int>(code), argument); }
int run_ioctl(int fd, uint64_t code, void* argument) { return ioctl(fd, code, argument); }

Result<Value> fcntl_fcntl(Thread& thread, Value fd, int command, Value argument) {
  int descriptor = TRY(fileno_of(thread, fd));
  if (!is_integer(argument))
    return with_copy(thread, argument, "fcntl", &run_fcntl, descriptor, static_cast<uint64_t>(command));
  int64_t number = TRY(to_c_int64(thread, argument));
  return Value::from_int(TRY(retry_call(thread, [&] { return fcntl(descriptor, command, number); })));
}
Result<Value> fcntl_ioctl(Thread& thread, Value fd, Value request, Value argument, bool mutate) {
  int descriptor = TRY(fileno_of(thread, fd));
  uint64_t code = static_cast<uint32_t>(TRY(to_c_int64(thread, TRY(to_index(thread, request)))));
  if (is_integer(argument)) {
    int64_t number = TRY(to_c_int64(thread, argument));
    return Value::from_int(TRY(retry_call(thread, [&] { return ioctl(descriptor, code, number); })));
  }
  if (is_str(argument) || is<Bytes>(argument) || !mutate)
    return with_copy(thread, argument, "ioctl", &run_ioctl, descriptor, code);
  BufferScope view(thread);
  TRY(view.acquire(argument, true));
  int result = ioctl(descriptor, code, view.data());
  if (result < 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}
Result<void> fcntl_flock(Thread& thread, Value fd, int operation) {
  int descriptor = TRY(fileno_of(thread, fd));
  TRY(retry_call(thread, [&] { return flock(descriptor, operation); }));
  return {};
}
Result<Value> fcntl_lockf(Thread& thread, Value fd, int command, int64_t length, int64_t start, int whence) {
  int descriptor = TRY(fileno_of(thread, fd));
  struct flock lock = {};
  if ((command & LOCK_UN) != 0)
    lock.l_type = F_UNLCK;
  else if ((command & LOCK_SH) != 0)
    lock.l_type = F_RDLCK;
  else if ((command & LOCK_EX) != 0)
    lock.l_type = F_WRLCK;
  else
    return thread.raise<ValueError>("unrecognized lockf argument");
  lock.l_start = start;
  lock.l_len = length;
  lock.l_whence = static_cast<short>(whence);
  TRY(retry_call(thread, [&] { return fcntl(descriptor, (command & LOCK_NB) != 0 ? F_SETLK : F_SETLKW, &lock); }));
  return Value::none();
}

constexpr NativeMethod kFunctions[] = {
    function<fcntl_fcntl>("fcntl(fd, cmd, arg=0, /)"),
    function<fcntl_ioctl>("ioctl(fd, request, arg=0, mutate_flag=True, /)"),
    function<fcntl_flock>("flock(fd, operation, /)"),
    function<fcntl_lockf>("lockf(fd, cmd, len=0, start=0, whence=0, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  struct Constant {
    const char* name;
    int64_t value;
  };
  static constexpr Constant kConstants[] = {{"LOCK_SH", LOCK_SH},
                                            {"LOCK_EX", LOCK_EX},
                                            {"LOCK_NB", LOCK_NB},
                                            {"DN_ACCESS", DN_ACCESS},
                                            {"DN_ATTRIB", DN_ATTRIB},
                                            {"DN_CREATE", DN_CREATE},
                                            {"DN_DELETE", DN_DELETE},
                                            {"DN_MODIFY", DN_MODIFY},
                                            {"DN_MULTISHOT", DN_MULTISHOT},
                                            {"DN_RENAME", DN_RENAME},
                                            {"FASYNC", FASYNC},
                                            {"F_ADD_SEALS", F_ADD_SEALS},
                                            {"F_EXLCK", F_EXLCK},
                                            {"F_GETLEASE", F_GETLEASE},
                                            {"F_GETLK64", F_GETLK64},
                                            {"F_GET_SEALS", F_GET_SEALS},
                                            {"F_NOTIFY", F_NOTIFY},
                                            {"F_OFD_GETLK", F_OFD_GETLK},
                                            {"F_OFD_SETLK", F_OFD_SETLK},
                                            {"F_OFD_SETLKW", F_OFD_SETLKW},
                                            {"F_SEAL_GROW", F_SEAL_GROW},
                                            {"F_SEAL_SEAL", F_SEAL_SEAL},
                                            {"F_SEAL_SHRINK", F_SEAL_SHRINK},
                                            {"F_SEAL_WRITE", F_SEAL_WRITE},
                                            {"F_SETLEASE", F_SETLEASE},
                                            {"F_SETLK64", F_SETLK64},
                                            {"F_SETLKW64", F_SETLKW64},
                                            {"F_SHLCK", F_SHLCK},
                                            {"LOCK_MAND", LOCK_MAND},
                                            {"LOCK_READ", LOCK_READ},
                                            {"LOCK_RW", LOCK_RW},
                                            {"LOCK_WRITE", LOCK_WRITE},
                                            {"LOCK_UN", LOCK_UN},
                                            {"F_DUPFD", F_DUPFD},
                                            {"F_DUPFD_CLOEXEC", F_DUPFD_CLOEXEC},
                                            {"F_GETFD", F_GETFD},
                                            {"F_SETFD", F_SETFD},
                                            {"F_GETFL", F_GETFL},
                                            {"F_SETFL", F_SETFL},
                                            {"F_GETLK", F_GETLK},
                                            {"F_SETLK", F_SETLK},
                                            {"F_SETLKW", F_SETLKW},
                                            {"F_GETOWN", F_GETOWN},
                                            {"F_SETOWN", F_SETOWN},
                                            {"F_GETSIG", F_GETSIG},
                                            {"F_SETSIG", F_SETSIG},
                                            {"F_RDLCK", F_RDLCK},
                                            {"F_WRLCK", F_WRLCK},
                                            {"F_UNLCK", F_UNLCK},
                                            {"F_GETPIPE_SZ", F_GETPIPE_SZ},
                                            {"F_SETPIPE_SZ", F_SETPIPE_SZ},
                                            {"FD_CLOEXEC", FD_CLOEXEC}};
  for (const Constant& constant : kConstants) TRY(add_int(thread, module, constant.name, constant.value));
  return {};
}

}  // namespace

extern const ModuleSpec kFcntlModule = {
    .name = "fcntl",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "This module performs file control and I/O control on file descriptors."};

}  // namespace viperine
