// SPDX-License-Identifier: MIT
// posix: bytes from descriptor to descriptor and in several buffers at once, files without a name, advice, locks of
// ranges, counters of events.
#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "modules/posix/posix.h"
#include "runtime/buffers.h"

namespace viperine {

namespace {

Result<Value> count_or_error(Thread& thread, ssize_t count, bool raised) {
  if (raised) return Raised{};
  if (count < 0) return thread.raise_errno(errno);
  return make_int(thread.heap(), count);
}

// --- several buffers

/// The buffers of a sequence, held while the system reads or fills them.
class BufferVector {
 public:
  explicit BufferVector(Thread& thread) : thread_(thread) {}
  Result<void> acquire(Value sequence, const char* function, bool writable) {
    if (type_of(thread_, sequence)->slots().length == nullptr || is_str(sequence))
      return thread_.raise<TypeError>("{}() arg 2 must be a sequence", function);
    return for_each(thread_, sequence, [&](Value item) -> Result<bool> {
      scopes_.push_back(std::make_unique<BufferScope>(thread_));
      TRY(scopes_.back()->acquire(item, writable));
      parts_.push_back({scopes_.back()->data(), static_cast<size_t>(scopes_.back()->length())});
      return true;
    });
  }
  const iovec* data() const { return parts_.data(); }
  int count() const { return static_cast<int>(parts_.size()); }

 private:
  Thread& thread_;
  std::vector<std::unique_ptr<BufferScope>> scopes_;
  std::vector<iovec> parts_;
};

Result<Value> posix_readv(Thread& thread, int fd, Value buffers) {
  BufferVector parts(thread);
  TRY(parts.acquire(buffers, "readv", true));
  bool raised = false;
  ssize_t count = retry(
      thread, [&] { return readv(fd, parts.data(), parts.count()); }, &raised);
  return count_or_error(thread, count, raised);
}
Result<Value> posix_writev(Thread& thread, int fd, Value buffers) {
  BufferVector parts(thread);
  TRY(parts.acquire(buffers, "writev", false));
  bool raised = false;
  ssize_t count = retry(
      thread, [&] { return writev(fd, parts.data(), parts.count()); }, &raised);
  return count_or_error(thread, count, raised);
}
Result<Value> posix_preadv(Thread& thread, int fd, Value buffers, int64_t offset, int flags) {
  BufferVector parts(thread);
  TRY(parts.acquire(buffers, "preadv2", true));
  bool raised = false;
  ssize_t count = retry(
      thread, [&] { return preadv2(fd, parts.data(), parts.count(), offset, flags); }, &raised);
  return count_or_error(thread, count, raised);
}
Result<Value> posix_pwritev(Thread& thread, int fd, Value buffers, int64_t offset, int flags) {
  BufferVector parts(thread);
  TRY(parts.acquire(buffers, "pwritev2", false));
  bool raised = false;
  ssize_t count = retry(
      thread, [&] { return pwritev2(fd, parts.data(), parts.count(), offset, flags); }, &raised);
  return count_or_error(thread, count, raised);
}

// --- between descriptors

using Transfer = ssize_t (*)(int from, off_t* from_offset, int to, off_t* to_offset, size_t count, unsigned flags);
template <Transfer Call>
Result<Value> transfer(Thread& thread, int source, int target, int64_t count, Value source_offset, Value target_offset,
                       int flags) {
  if (count < 0) return thread.raise<ValueError>("negative value for 'count' not allowed");
  off_t offsets[2];
  bool from_here = source_offset.is_none(), to_here = target_offset.is_none(), raised = false;
  if (!from_here) offsets[0] = TRY(to_c_int64(thread, source_offset));
  if (!to_here) offsets[1] = TRY(to_c_int64(thread, target_offset));
  ssize_t done = retry(
      thread,
      [&] {
        return Call(source, from_here ? nullptr : &offsets[0], target, to_here ? nullptr : &offsets[1],
                    static_cast<size_t>(count), static_cast<unsigned>(flags));
      },
      &raised);
  return count_or_error(thread, done, raised);
}
Result<Value> posix_copy_file_range(Thread& thread, int src, int dst, int64_t count, Value offset_src,
                                    Value offset_dst) {
  return transfer<copy_file_range>(thread, src, dst, count, offset_src, offset_dst, 0);
}
Result<Value> posix_splice(Thread& thread, int src, int dst, int64_t count, Value offset_src, Value offset_dst,
                           int flags) {
  return transfer<splice>(thread, src, dst, count, offset_src, offset_dst, flags);
}

// --- one descriptor

Result<Value> posix_posix_fallocate(Thread& thread, int fd, int64_t offset, int64_t length) {
  int error;
  do {
    error = without_lock(thread, [&] { return posix_fallocate(fd, offset, length); });
    if (error == EINTR) TRY(handle_signals(thread));
  } while (error == EINTR);
  if (error != 0) return thread.raise_errno(error);
  return Value::none();
}
Result<Value> posix_posix_fadvise(Thread& thread, int fd, int64_t offset, int64_t length, int advice) {
  int error = without_lock(thread, [&] { return posix_fadvise(fd, offset, length, advice); });
  if (error != 0) return thread.raise_errno(error);
  return Value::none();
}
Result<Value> posix_lockf(Thread& thread, int fd, int command, int64_t length) {
  TRY(audit(thread, "os.lockf", Value::from_int(fd), Value::from_int(command), make_int(thread.heap(), length)));
  int status = without_lock(thread, [&] { return lockf(fd, command, length); });
  return none_or_error(thread, status);
}
Result<Value> descriptor_or_error(Thread& thread, int descriptor) {
  if (descriptor < 0) return thread.raise_errno(errno);
  return Value::from_int(descriptor);
}
Result<Value> posix_memfd_create(Thread& thread, Value name, int64_t flags) {
  Bytes* text = TRY(filesystem_bytes(thread, name));
  return descriptor_or_error(thread,
                             memfd_create(reinterpret_cast<const char*>(text->data()), static_cast<unsigned>(flags)));
}
Result<Value> posix_eventfd(Thread& thread, int64_t initval, int flags) {
  if (initval < 0 || initval > UINT32_MAX)
    return initval < 0 ? thread.raise<ValueError>("value must be positive")
                       : thread.raise<OverflowError>("Python int too large for C unsigned int");
  return descriptor_or_error(thread, eventfd(static_cast<unsigned>(initval), flags));
}
Result<Value> posix_eventfd_read(Thread& thread, Value fd) {
  int descriptor = TRY(descriptor_argument(thread, fd));
  eventfd_t value = 0;
  if (without_lock(thread, [&] { return eventfd_read(descriptor, &value); }) < 0) return thread.raise_errno(errno);
  return make_unsigned(thread.heap(), value);
}
Result<Value> posix_eventfd_write(Thread& thread, Value fd, Value number) {
  int descriptor = TRY(descriptor_argument(thread, fd));
  uint64_t value = TRY(to_c_uint64(thread, number));
  return none_or_error(thread, without_lock(thread, [&] { return eventfd_write(descriptor, value); }));
}
Result<Value> posix_getrandom(Thread& thread, int64_t size, int flags) {
  if (size < 0) return thread.raise_errno(EINVAL);
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, size));
  bool raised = false;
  ssize_t count = retry(
      thread, [&] { return getrandom(bytes->data(), static_cast<size_t>(size), static_cast<unsigned>(flags)); },
      &raised);
  if (raised) return Raised{};
  if (count < 0) return thread.raise_errno(errno);
  if (count == size) return to_value(bytes);
  return to_value(make_bytes(thread, bytes->view().substr(0, static_cast<size_t>(count))));
}
Result<void> posix_sync(Thread& thread) {
  without_lock(thread, [] {
    sync();
    return 0;
  });
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<posix_readv>("readv(fd, buffers, /)"),
    function<posix_writev>("writev(fd, buffers, /)"),
    function<posix_preadv>("preadv(fd, buffers, offset, flags=0, /)"),
    function<posix_pwritev>("pwritev(fd, buffers, offset, flags=0, /)"),
    function<posix_copy_file_range>("copy_file_range(src, dst, count, offset_src=None, offset_dst=None)"),
    function<posix_splice>("splice(src, dst, count, offset_src=None, offset_dst=None, flags=0)"),
    function<posix_posix_fallocate>("posix_fallocate(fd, offset, length, /)"),
    function<posix_posix_fadvise>("posix_fadvise(fd, offset, length, advice, /)"),
    function<posix_lockf>("lockf(fd, command, length, /)"),
    function<posix_memfd_create>("memfd_create(name, flags=1)"),
    function<posix_eventfd>("eventfd(initval, flags=524288)"),
    function<posix_eventfd_read>("eventfd_read(fd)"),
    function<posix_eventfd_write>("eventfd_write(fd, value)"),
    function<posix_getrandom>("getrandom(size, flags=0)"),
    function<posix_sync>("sync()"),
};

}  // namespace

std::span<const NativeMethod> posix_transfer_functions() { return kFunctions; }

}  // namespace viperine
