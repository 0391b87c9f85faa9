// SPDX-License-Identifier: MIT
// posix: extended attributes, device numbers and nodes.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstring>

#include "modules/posix/posix.h"
#include "runtime/buffers.h"

namespace viperine {

namespace {

Result<Path> attributed_path(Thread& thread, Value value, const char* function, bool follow) {
  Path path = TRY(path_argument(thread, value, function, Descriptors::Allowed));
  if (path.is_descriptor() && !follow)
    return thread.raise<ValueError>("{}: cannot use fd and follow_symlinks together", function);
  return path;
}
Result<Value> posix_getxattr(Thread& thread, Value path_value, Value attribute, bool follow_symlinks) {
  Path path = TRY(attributed_path(thread, path_value, "getxattr", follow_symlinks));
  Path name = TRY(path_argument(thread, attribute, "getxattr", Descriptors::Refused, "attribute"));
  TRY(audit(thread, "os.getxattr", path.object, name.object));
  for (size_t size : {size_t{128}, size_t{XATTR_SIZE_MAX}}) {
    Bytes* bytes = TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(size)));
    ssize_t length = without_lock(thread, [&] {
      return path.is_descriptor() ? fgetxattr(path.descriptor, name.text(), bytes->data(), size)
             : follow_symlinks    ? getxattr(path.text(), name.text(), bytes->data(), size)
                                  : lgetxattr(path.text(), name.text(), bytes->data(), size);
    });
    if (length >= 0) return to_value(make_bytes(thread, bytes->view().substr(0, static_cast<size_t>(length))));
    if (errno != ERANGE) break;
  }
  return thread.raise_errno(errno, path.object);
}
Result<Value> posix_setxattr(Thread& thread, Value path_value, Value attribute, Value value, int flags,
                             bool follow_symlinks) {
  Path path = TRY(attributed_path(thread, path_value, "setxattr", follow_symlinks));
  Path name = TRY(path_argument(thread, attribute, "setxattr", Descriptors::Refused, "attribute"));
  BufferScope buffer(thread);
  TRY(buffer.acquire(value));
  TRY(audit(thread, "os.setxattr", path.object, name.object, value, Value::from_int(flags)));
  auto length = static_cast<size_t>(buffer.length());
  int status = without_lock(thread, [&] {
    return path.is_descriptor() ? fsetxattr(path.descriptor, name.text(), buffer.data(), length, flags)
           : follow_symlinks    ? setxattr(path.text(), name.text(), buffer.data(), length, flags)
                                : lsetxattr(path.text(), name.text(), buffer.data(), length, flags);
  });
  return none_or_error(thread, status, &path);
}
Result<Value> posix_removexattr(Thread& thread, Value path_value, Value attribute, bool follow_symlinks) {
  Path path = TRY(attributed_path(thread, path_value, "removexattr", follow_symlinks));
  Path name = TRY(path_argument(thread, attribute, "removexattr", Descriptors::Refused, "attribute"));
  TRY(audit(thread, "os.removexattr", path.object, name.object));
  int status = without_lock(thread, [&] {
    return path.is_descriptor() ? fremovexattr(path.descriptor, name.text())
           : follow_symlinks    ? removexattr(path.text(), name.text())
                                : lremovexattr(path.text(), name.text());
  });
  return none_or_error(thread, status, &path);
}
Result<Value> posix_listxattr(Thread& thread, Value path_value, bool follow_symlinks) {
  Value where = path_value.is_none() ? to_value(make_str(thread, ".")) : path_value;
  Path path = TRY(attributed_path(thread, where, "listxattr", follow_symlinks));
  TRY(audit(thread, "os.listxattr", path_value.is_none() ? path_value : path.object));
  for (size_t size : {size_t{256}, size_t{XATTR_LIST_MAX}}) {
    Bytes* bytes = TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(size)));
    auto* text = reinterpret_cast<char*>(bytes->data());
    ssize_t length = without_lock(thread, [&] {
      return path.is_descriptor() ? flistxattr(path.descriptor, text, size)
             : follow_symlinks    ? listxattr(path.text(), text, size)
                                  : llistxattr(path.text(), text, size);
    });
    if (length < 0) {
      if (errno == ERANGE) continue;
      break;
    }
    List* names = List::make(thread.heap());
    for (ssize_t at = 0; at < length; at += static_cast<ssize_t>(std::strlen(text + at)) + 1)
      TRY(list_append_value(thread, names, decode_path(thread, text + at, false)));
    return to_value(names);
  }
  return thread.raise_errno(errno, path.object);
}

Result<Value> posix_major(Thread& thread, Value device) {
  return Value::from_int(major(TRY(to_c_uint64(thread, device))));
}
Result<Value> posix_minor(Thread& thread, Value device) {
  return Value::from_int(minor(TRY(to_c_uint64(thread, device))));
}
Result<Value> posix_makedev(Thread& thread, int first, int second) {
  return make_unsigned(thread.heap(), makedev(static_cast<unsigned>(first), static_cast<unsigned>(second)));
}
Result<Value> posix_mknod(Thread& thread, Value path_value, int mode, Value device, Value dir_fd) {
  Path path = TRY(path_argument(thread, path_value, "mknod"));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  dev_t number = TRY(to_c_uint64(thread, device));
  return none_or_error(thread, mknodat(directory, path.text(), static_cast<mode_t>(mode), number), &path);
}

constexpr NativeMethod kFunctions[] = {
    function<posix_getxattr>("getxattr(path, attribute, *, follow_symlinks=True)"),
    function<posix_setxattr>("setxattr(path, attribute, value, flags=0, *, follow_symlinks=True)"),
    function<posix_removexattr>("removexattr(path, attribute, *, follow_symlinks=True)"),
    function<posix_listxattr>("listxattr(path=None, *, follow_symlinks=True)"),
    function<posix_major>("major(device, /)"),
    function<posix_minor>("minor(device, /)"),
    function<posix_makedev>("makedev(major, minor, /)"),
    function<posix_mknod>("mknod(path, mode=384, device=0, *, dir_fd=None)"),
};

}  // namespace

std::span<const NativeMethod> posix_attribute_functions() { return kFunctions; }

}  // namespace viperine
