// SPDX-License-Identifier: MIT
// posix: file descriptors and metadata of files.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

#include "modules/posix/posix.h"
#include "runtime/buffers.h"

namespace viperine {

namespace {

Value seconds(Thread& thread, const timespec& time) {
  return make_float(thread.heap(), static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec));
}
Result<Value> nanoseconds(Thread& thread, const timespec& time) {
  return make_int(thread.heap(), static_cast<int64_t>(time.tv_sec) * 1000000000 + time.tv_nsec);
}

}  // namespace

Result<Value> make_stat_result(Thread& thread, const struct stat& info) {
  Heap& heap = thread.heap();
  Value values[] = {Value::from_int(info.st_mode),          make_unsigned(heap, info.st_ino),
                    make_unsigned(heap, info.st_dev),       make_unsigned(heap, info.st_nlink),
                    Value::from_int(info.st_uid),           Value::from_int(info.st_gid),
                    make_int(heap, info.st_size),           make_int(heap, info.st_atim.tv_sec),
                    make_int(heap, info.st_mtim.tv_sec),    make_int(heap, info.st_ctim.tv_sec),
                    seconds(thread, info.st_atim),          seconds(thread, info.st_mtim),
                    seconds(thread, info.st_ctim),          TRY(nanoseconds(thread, info.st_atim)),
                    TRY(nanoseconds(thread, info.st_mtim)), TRY(nanoseconds(thread, info.st_ctim)),
                    make_int(heap, info.st_blksize),        make_int(heap, info.st_blocks),
                    make_unsigned(heap, info.st_rdev)};
  return make_struct_sequence(thread, posix_type(thread, PosixType::StatResult), values);
}

namespace {

Result<Value> do_stat(Thread& thread, const char* name, Value path_value, Value dir_fd, bool follow,
                      Descriptors allowed) {
  Path path = TRY(path_argument(thread, path_value, name, allowed));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  if (path.is_descriptor() && !dir_fd.is_none())
    return thread.raise<ValueError>("{}: can't specify dir_fd without matching path", name);
  if (path.descriptor > 0 && !follow)
    return thread.raise<ValueError>("{}: cannot use fd and follow_symlinks together", name);
  struct stat info;
  int status = path.is_descriptor() ? fstat(path.descriptor, &info)
                                    : fstatat(directory, path.text(), &info, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  if (status != 0) return thread.raise_errno(errno, path.object);
  return make_stat_result(thread, info);
}
Result<Value> posix_stat(Thread& thread, Value path, Value dir_fd, bool follow_symlinks) {
  return do_stat(thread, "stat", path, dir_fd, follow_symlinks, Descriptors::Allowed);
}
Result<Value> posix_lstat(Thread& thread, Value path, Value dir_fd) {
  return do_stat(thread, "lstat", path, dir_fd, false, Descriptors::Refused);
}
Result<Value> posix_fstat(Thread& thread, int fd) {
  struct stat info;
  if (fstat(fd, &info) != 0) return thread.raise_errno(errno);
  return make_stat_result(thread, info);
}

Result<Value> posix_open(Thread& thread, Value path_value, int flags, int mode, Value dir_fd) {
  Path path = TRY(path_argument(thread, path_value, "open"));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  TRY(audit(thread, "open", path.object, Value::none(), Value::from_int(flags | O_CLOEXEC)));
  bool raised = false;
  int fd = retry(
      thread, [&] { return openat(directory, path.text(), flags | O_CLOEXEC, mode); }, &raised);
  if (raised) return Raised{};
  if (fd < 0) return thread.raise_errno(errno, path.object);
  return Value::from_int(fd);
}
Result<Value> posix_close(Thread& thread, Value fd) {
  return none_or_error(thread, close(TRY(descriptor_argument(thread, fd))));
}
Result<void> posix_closerange(Thread&, int low, int high) {
  for (int fd = low < 0 ? 0 : low; fd < high; ++fd) close(fd);
  return {};
}
Result<Value> posix_read(Thread& thread, int fd, int64_t length) {
  if (length < 0) return thread.raise_errno(EINVAL);
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, length));
  bool raised = false;
  ssize_t count = retry(
      thread, [&] { return read(fd, bytes->data(), static_cast<size_t>(length)); }, &raised);
  if (raised) return Raised{};
  if (count < 0) return thread.raise_errno(errno);
  if (count == length) return to_value(bytes);
  return to_value(make_bytes(thread, bytes->view().substr(0, static_cast<size_t>(count))));
}
Result<Value> posix_write(Thread& thread, int fd, Value data) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  bool raised = false;
  ssize_t count = retry(
      thread, [&] { return write(fd, buffer.data(), static_cast<size_t>(buffer.length())); }, &raised);
  if (raised) return Raised{};
  if (count < 0) return thread.raise_errno(errno);
  return Value::from_int(count);
}
Result<Value> posix_pread(Thread& thread, int fd, int length, int64_t offset) {
  if (length < 0) return thread.raise_errno(EINVAL);
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, length));
  ssize_t count = pread(fd, bytes->data(), static_cast<size_t>(length), offset);
  if (count < 0) return thread.raise_errno(errno);
  return to_value(make_bytes(thread, bytes->view().substr(0, static_cast<size_t>(count))));
}
Result<Value> posix_pwrite(Thread& thread, int fd, Value data, int64_t offset) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  ssize_t count = pwrite(fd, buffer.data(), static_cast<size_t>(buffer.length()), offset);
  if (count < 0) return thread.raise_errno(errno);
  return Value::from_int(count);
}
Result<Value> posix_lseek(Thread& thread, int fd, int64_t position, int how) {
  off_t result = lseek(fd, position, how);
  if (result < 0) return thread.raise_errno(errno);
  return make_int(thread.heap(), result);
}
Result<Value> posix_isatty(Thread&, int fd) { return Value::from_bool(isatty(fd)); }
Result<Value> posix_dup(Thread& thread, int fd) {
  int result = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (result < 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}
Result<Value> posix_dup2(Thread& thread, int fd, int fd2, bool inheritable) {
  int result = inheritable ? dup2(fd, fd2) : dup3(fd, fd2, O_CLOEXEC);
  if (result < 0 && !inheritable && errno == EINVAL && fd == fd2) result = fd2;
  if (result < 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}
Result<Value> make_pipe(Thread& thread, int flags) {
  int ends[2];
  if (pipe2(ends, flags) != 0) return thread.raise_errno(errno);
  return to_value(Tuple::of(thread.heap(), Value::from_int(ends[0]), Value::from_int(ends[1])));
}
Result<Value> posix_pipe(Thread& thread) { return make_pipe(thread, O_CLOEXEC); }
Result<Value> posix_pipe2(Thread& thread, int flags) { return make_pipe(thread, flags); }
Result<Value> posix_get_inheritable(Thread& thread, int fd) {
  int flags = fcntl(fd, F_GETFD);
  if (flags < 0) return thread.raise_errno(errno);
  return Value::from_bool((flags & FD_CLOEXEC) == 0);
}
Result<Value> posix_set_inheritable(Thread& thread, int fd, int inheritable) {
  int flags = fcntl(fd, F_GETFD);
  if (flags < 0) return thread.raise_errno(errno);
  return none_or_error(thread, fcntl(fd, F_SETFD, inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC));
}
Result<Value> posix_get_blocking(Thread& thread, int fd) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0) return thread.raise_errno(errno);
  return Value::from_bool((flags & O_NONBLOCK) == 0);
}
Result<Value> posix_set_blocking(Thread& thread, int fd, bool blocking) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0) return thread.raise_errno(errno);
  return none_or_error(thread, fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK));
}
Result<Value> posix_fsync(Thread& thread, Value fd) {
  return none_or_error(thread, fsync(TRY(descriptor_argument(thread, fd))));
}
Result<Value> posix_fdatasync(Thread& thread, Value fd) {
  return none_or_error(thread, fdatasync(TRY(descriptor_argument(thread, fd))));
}
Result<Value> posix_ftruncate(Thread& thread, int fd, int64_t length) {
  TRY(audit(thread, "os.truncate", Value::from_int(fd), make_int(thread.heap(), length)));
  return none_or_error(thread, ftruncate(fd, length));
}
Result<Value> posix_truncate(Thread& thread, Value path_value, int64_t length) {
  Path path = TRY(path_argument(thread, path_value, "truncate", Descriptors::Allowed));
  TRY(audit(thread, "os.truncate", path.object, make_int(thread.heap(), length)));
  return none_or_error(
      thread, path.is_descriptor() ? ftruncate(path.descriptor, length) : truncate(path.text(), length), &path);
}
Result<bool> posix_access(Thread& thread, Value path_value, int mode, Value dir_fd, bool effective_ids,
                          bool follow_symlinks) {
  Path path = TRY(path_argument(thread, path_value, "access"));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  int flags = (effective_ids ? AT_EACCESS : 0) | (follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW);
  return faccessat(directory, path.text(), mode, flags) == 0;
}
Result<Value> posix_chmod(Thread& thread, Value path_value, int mode, Value dir_fd, bool follow_symlinks) {
  Path path = TRY(path_argument(thread, path_value, "chmod", Descriptors::Allowed));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  TRY(audit(thread, "os.chmod", path.object, Value::from_int(mode), audited(directory)));
  int status = path.is_descriptor() ? fchmod(path.descriptor, static_cast<mode_t>(mode))
                                    : fchmodat(directory, path.text(), static_cast<mode_t>(mode),
                                               follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW);
  return none_or_error(thread, status, &path);
}
Result<Value> posix_fchmod(Thread& thread, int fd, int mode) {
  TRY(audit(thread, "os.chmod", Value::from_int(fd), Value::from_int(mode), Value::from_int(-1)));
  return none_or_error(thread, fchmod(fd, static_cast<mode_t>(mode)));
}
Result<Value> posix_chown(Thread& thread, Value path_value, Value uid_value, Value gid_value, Value dir_fd,
                          bool follow_symlinks) {
  uid_t uid = TRY(identity_argument(thread, uid_value, "uid"));
  gid_t gid = TRY(identity_argument(thread, gid_value, "gid"));
  Path path = TRY(path_argument(thread, path_value, "chown", Descriptors::Allowed));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  TRY(audit(thread, "os.chown", path.object, Value::from_int(uid), Value::from_int(gid), audited(directory)));
  int status = path.is_descriptor()
                   ? fchown(path.descriptor, uid, gid)
                   : fchownat(directory, path.text(), uid, gid, follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW);
  return none_or_error(thread, status, &path);
}
Result<Value> posix_lchown(Thread& thread, Value path, Value uid, Value gid) {
  return posix_chown(thread, path, uid, gid, Value::none(), false);
}
Result<Value> posix_fchown(Thread& thread, int fd, Value uid_value, Value gid_value) {
  uid_t uid = TRY(identity_argument(thread, uid_value, "uid"));
  gid_t gid = TRY(identity_argument(thread, gid_value, "gid"));
  TRY(audit(thread, "os.chown", Value::from_int(fd), Value::from_int(uid), Value::from_int(gid), Value::from_int(-1)));
  return none_or_error(thread, fchown(fd, uid, gid));
}

Result<timespec> time_argument(Thread& thread, Value value, bool is_nanoseconds) {
  timespec time;
  if (is_nanoseconds) {
    Value parts = TRY(divmod(thread, value, Value::from_int(1000000000)));
    time.tv_sec = TRY(to_c_int64(thread, cast<Tuple>(parts)->at(0)));
    time.tv_nsec = TRY(to_c_int64(thread, cast<Tuple>(parts)->at(1)));
  } else if (is_integer(value)) {
    time.tv_sec = TRY(to_c_int64(thread, value));
    time.tv_nsec = 0;
  } else {
    double number = TRY(to_double(thread, value));
    double whole = std::floor(number);
    time.tv_sec = static_cast<time_t>(whole);
    time.tv_nsec = static_cast<long>((number - whole) * 1e9);
  }
  return time;
}
Result<Value> posix_utime(Thread& thread, Value path_value, Value times, Optional<Value> ns, Value dir_fd,
                          bool follow_symlinks) {
  Path path = TRY(path_argument(thread, path_value, "utime", Descriptors::Allowed));
  if (ns && !times.is_none())
    return thread.raise<ValueError>("utime: you may specify either 'times' or 'ns' but not both");
  int directory = TRY(directory_descriptor(thread, dir_fd));
  timespec both[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  Value pair = ns ? *ns : times;
  if (!pair.is_none()) {
    if (!is<Tuple>(pair) || cast<Tuple>(pair)->length() != 2)
      return thread.raise<TypeError>("utime: '{}' must be {}a tuple of two ints", ns ? "ns" : "times",
                                     ns ? "" : "either ");
    for (int i = 0; i < 2; ++i) both[i] = TRY(time_argument(thread, cast<Tuple>(pair)->at(i), ns.has_value()));
  }
  TRY(audit(thread, "os.utime", path.object, times, ns.value_or(Value::none()), audited(directory)));
  int status = path.is_descriptor()
                   ? futimens(path.descriptor, both)
                   : utimensat(directory, path.text(), both, follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW);
  return none_or_error(thread, status, &path);
}

Result<Value> statvfs_result(Thread& thread, const struct statvfs& info) {
  Heap& heap = thread.heap();
  Value values[] = {
      make_unsigned(heap, info.f_bsize),   make_unsigned(heap, info.f_frsize), make_unsigned(heap, info.f_blocks),
      make_unsigned(heap, info.f_bfree),   make_unsigned(heap, info.f_bavail), make_unsigned(heap, info.f_files),
      make_unsigned(heap, info.f_ffree),   make_unsigned(heap, info.f_favail), make_unsigned(heap, info.f_flag),
      make_unsigned(heap, info.f_namemax), make_unsigned(heap, info.f_fsid)};
  return make_struct_sequence(thread, posix_type(thread, PosixType::StatvfsResult), values);
}
Result<Value> posix_statvfs(Thread& thread, Value path_value) {
  Path path = TRY(path_argument(thread, path_value, "statvfs", Descriptors::Allowed));
  struct statvfs info;
  if ((path.is_descriptor() ? fstatvfs(path.descriptor, &info) : statvfs(path.text(), &info)) != 0)
    return thread.raise_errno(errno, path.object);
  return statvfs_result(thread, info);
}

Result<Value> posix_fstatvfs(Thread& thread, int fd) {
  struct statvfs info;
  if (fstatvfs(fd, &info) != 0) return thread.raise_errno(errno);
  return statvfs_result(thread, info);
}

Result<Value> posix_get_terminal_size(Thread& thread, Optional<int> fd) {
  winsize size;
  if (ioctl(fd.value_or(1), TIOCGWINSZ, &size) != 0) return thread.raise_errno(errno);
  Value values[] = {Value::from_int(size.ws_col), Value::from_int(size.ws_row)};
  return make_struct_sequence(thread, posix_type(thread, PosixType::TerminalSize), values);
}
Result<Value> posix_device_encoding(Thread& thread, int fd) {
  return isatty(fd) ? to_value(intern(thread, "UTF-8")) : Value::none();
}
Result<Value> posix_urandom(Thread& thread, int64_t size) {
  if (size < 0) return thread.raise<ValueError>("negative argument not allowed");
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, size));
  for (int64_t done = 0; done < size;) {
    ssize_t count = getrandom(bytes->data() + done, static_cast<size_t>(size - done), 0);
    if (count < 0 && errno != EINTR) return thread.raise_errno(errno);
    if (count > 0) done += count;
  }
  return to_value(bytes);
}
Result<Value> posix_sendfile(Thread& thread, int out_fd, int in_fd, Value offset, int64_t count) {
  off_t position = 0;
  if (!offset.is_none()) position = TRY(to_c_int64(thread, offset));
  bool raised = false;
  ssize_t sent = retry(
      thread,
      [&] { return sendfile(out_fd, in_fd, offset.is_none() ? nullptr : &position, static_cast<size_t>(count)); },
      &raised);
  if (raised) return Raised{};
  if (sent < 0) return thread.raise_errno(errno);
  return make_int(thread.heap(), sent);
}
Result<Value> posix_umask(Thread&, int mask) { return Value::from_int(umask(static_cast<mode_t>(mask))); }
Result<Value> posix_fspath(Thread& thread, Value path) {
  if (is_str(path) || is<Bytes>(path)) return path;
  Optional<Value> converted = TRY(call_special(thread, path, thread.names().__fspath__, {}));
  if (!converted)
    return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(path));
  if (!is_str(*converted) && !is<Bytes>(*converted))
    return thread.raise<TypeError>("expected {}.__fspath__() to return str or bytes, not {}", type_name_of(path),
                                   type_name_of(*converted));
  return *converted;
}

constexpr NativeMethod kFunctions[] = {
    function<posix_stat>("stat(path, *, dir_fd=None, follow_symlinks=True)"),
    function<posix_lstat>("lstat(path, *, dir_fd=None)"),
    function<posix_fstat>("fstat(fd)"),
    function<posix_open>("open(path, flags, mode=511, *, dir_fd=None)"),
    function<posix_close>("close(fd)"),
    function<posix_closerange>("closerange(fd_low, fd_high, /)"),
    function<posix_read>("read(fd, length, /)"),
    function<posix_write>("write(fd, data, /)"),
    function<posix_pread>("pread(fd, length, offset, /)"),
    function<posix_pwrite>("pwrite(fd, buffer, offset, /)"),
    function<posix_lseek>("lseek(fd, position, whence, /)"),
    function<posix_isatty>("isatty(fd, /)"),
    function<posix_dup>("dup(fd, /)"),
    function<posix_dup2>("dup2(fd, fd2, inheritable=True)"),
    function<posix_pipe>("pipe()"),
    function<posix_pipe2>("pipe2(flags, /)"),
    function<posix_get_inheritable>("get_inheritable(fd, /)"),
    function<posix_set_inheritable>("set_inheritable(fd, inheritable, /)"),
    function<posix_get_blocking>("get_blocking(fd, /)"),
    function<posix_set_blocking>("set_blocking(fd, blocking, /)"),
    function<posix_fsync>("fsync(fd)"),
    function<posix_fdatasync>("fdatasync(fd)"),
    function<posix_ftruncate>("ftruncate(fd, length, /)"),
    function<posix_truncate>("truncate(path, length)"),
    function<posix_access>("access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)"),
    function<posix_chmod>("chmod(path, mode, *, dir_fd=None, follow_symlinks=True)"),
    function<posix_fchmod>("fchmod(fd, mode)"),
    function<posix_chown>("chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)"),
    function<posix_lchown>("lchown(path, uid, gid)"),
    function<posix_fchown>("fchown(fd, uid, gid)"),
    function<posix_utime>("utime(path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)"),
    function<posix_statvfs>("statvfs(path)"),
    function<posix_fstatvfs>("fstatvfs(fd, /)"),
    function<posix_get_terminal_size>("get_terminal_size(fd=<unrepresentable>, /)"),
    function<posix_device_encoding>("device_encoding(fd)"),
    function<posix_urandom>("urandom(size, /)"),
    function<posix_sendfile>("sendfile(out_fd, in_fd, offset, count)"),
    function<posix_umask>("umask(mask, /)"),
    function<posix_fspath>("fspath(path)"),
};

}  // namespace

std::span<const NativeMethod> posix_file_functions() { return kFunctions; }

}  // namespace viperine
