// SPDX-License-Identifier: MIT
// What the files of the module posix share: paths, results, retrying of system calls.
#pragma once

#include <fcntl.h>
#include <sched.h>

#include <cerrno>

#include "modules/posix/descriptors.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/lock.h"
#include "runtime/poll.h"

namespace viperine {

/// A path argument: str, bytes, os.PathLike, or (where allowed) a file descriptor; C string of its bytes.
struct Path {
  Value object;            // the path as text or bytes (or the descriptor), for error messages
  Bytes* bytes = nullptr;  // null for a descriptor
  int descriptor = -1;
  bool was_bytes = false;
  const char* text() const { return reinterpret_cast<const char*>(bytes->data()); }
  bool is_descriptor() const { return bytes == nullptr; }
};
enum class Descriptors { Refused, Allowed };
/// TypeError "stat: path should be string, bytes, os.PathLike or integer, not list"; ValueError for embedded NULs.
Result<Path> path_argument(Thread& thread, Value value, const char* function,
                           Descriptors descriptors = Descriptors::Refused, const char* name = "path");
/// dir_fd=None or a descriptor.
Result<int> directory_descriptor(Thread& thread, Value value);
Result<int> descriptor_argument(Thread& thread, Value value);
inline Value decode_path(Thread& thread, std::string_view text, bool as_bytes) {
  return as_bytes ? to_value(make_bytes(thread, text)) : to_value(decode_filesystem(thread, text));
}
/// PyUnicode_FSConverter's rules: the bytes of str, bytes or os.PathLike; ValueError "embedded null byte".
Result<Bytes*> filesystem_bytes(Thread& thread, Value value);
/// A user or group number, -1 included; `name` is "uid" or "gid".
Result<uint32_t> identity_argument(Thread& thread, Value value, const char* name);
/// An os.sched_param.
Result<sched_param> scheduling_argument(Thread& thread, Value value);
/// None, or OSError from errno with the path.
Result<Value> none_or_error(Thread& thread, int status, const Path* path = nullptr, const Path* second = nullptr);
/// A directory descriptor as audit events have it: -1 for none.
inline Value audited(int directory) { return Value::from_int(directory == AT_FDCWD ? -1 : directory); }
/// Calls until it is not interrupted; between tries signal handlers run (PEP 475).
template <typename Call>
auto retry(Thread& thread, Call call_, bool* raised) -> decltype(call_()) {
  for (;;) {
    auto result = without_lock(thread, call_);
    if (result != -1 || errno != EINTR) return result;
    if (handle_signals(thread).is_raised()) {
      *raised = true;
      return result;
    }
  }
}

/// Types of results, kept in the module's state Array by these numbers.
enum class PosixType {
  StatResult,
  StatvfsResult,
  TerminalSize,
  TimesResult,
  UnameResult,
  WaitidResult,
  SchedParam,
  DirEntry,
  ForkHooks,  // a list: (before, in the child, in the parent) of each registration
  kCount
};
Value posix_state(Thread& thread, PosixType which);
Type* posix_type(Thread& thread, PosixType type);
void set_posix_type(Thread& thread, Module* module, PosixType which, Type* type);

std::span<const NativeMethod> posix_file_functions();
std::span<const NativeMethod> posix_directory_functions();
std::span<const NativeMethod> posix_process_functions();
std::span<const NativeMethod> posix_fork_functions();
std::span<const NativeMethod> posix_spawn_functions();
std::span<const NativeMethod> posix_identity_functions();
std::span<const NativeMethod> posix_transfer_functions();
std::span<const NativeMethod> posix_attribute_functions();
std::span<const NativeMethod> posix_configuration_functions();
/// os.confstr_names and the like.
Result<void> add_configuration_names(Thread& thread, Module* module);
/// os.sched_param(sched_priority).
Result<Type*> add_sched_param(Thread& thread, Module* module);
Result<void> add_posix_constants(Thread& thread, Module* module);
Result<Value> make_stat_result(Thread& thread, const struct stat& info);
extern const TypeSpec kDirEntryType, kScandirIteratorType;

}  // namespace viperine
