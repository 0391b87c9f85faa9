// SPDX-License-Identifier: MIT
// The module posix: registration, result types, environment, path arguments.
#include <sys/stat.h>

#include <cstring>

#include "modules/posix/posix.h"
#include "runtime/buffers.h"
#include "runtime/import.h"
#include "runtime/warnings.h"

extern char** environ;

namespace viperine {

Result<Bytes*> filesystem_bytes(Thread& thread, Value value) {
  if (!is_str(value) && !is<Bytes>(value)) {
    Optional<Value> converted = TRY(call_special(thread, value, thread.names().__fspath__, {}));
    if (!converted)
      return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(value));
    if (!is_str(*converted) && !is<Bytes>(*converted))
      return thread.raise<TypeError>("expected {}.__fspath__() to return str or bytes, not {}", type_name_of(value),
                                     type_name_of(*converted));
    value = *converted;
  }
  Bytes* bytes = is<Bytes>(value) ? cast<Bytes>(value) : TRY(encode_filesystem(thread, as_str(thread, value)));
  if (bytes->view().find('\0') != std::string_view::npos) return thread.raise<ValueError>("embedded null byte");
  return bytes;
}

Result<Path> path_argument(Thread& thread, Value value, const char* function, Descriptors descriptors,
                           const char* name) {
  Path path;
  path.object = value;
  if (!is_str(value) && !is<Bytes>(value)) {
    if (descriptors == Descriptors::Allowed && type_of(thread, value)->slots().to_index != nullptr) {
      path.descriptor = TRY(descriptor_argument(thread, value));
      return path;
    }
    if (has_buffer(thread, value)) {
      Bytes* text = TRY(encode_filesystem(
          thread, format_text(thread, "{}: {} should be string, bytes{} not {}", function, name,
                              descriptors == Descriptors::Allowed ? ", os.PathLike or integer," : " or os.PathLike,",
                              type_name_of(value))));
      TRY(warn(thread, thread.runtime().exception_type<DeprecationWarning>(), text->view()));
      BufferScope buffer(thread);
      TRY(buffer.acquire(value));
      Path copy = TRY(path_argument(thread, to_value(make_bytes(thread, buffer.text())), function, descriptors, name));
      copy.object = value;
      return copy;
    }
    Optional<Value> converted = TRY(call_special(thread, value, thread.names().__fspath__, {}));
    if (!converted)
      return thread.raise<TypeError>(
          "{}: {} should be string, bytes{} not {}", function, name,
          descriptors == Descriptors::Allowed ? ", os.PathLike or integer," : " or os.PathLike,", type_name_of(value));
    if (!is_str(*converted) && !is<Bytes>(*converted))
      return thread.raise<TypeError>("expected {}.__fspath__() to return str or bytes, not {}", type_name_of(value),
                                     type_name_of(*converted));
    value = path.object = *converted;
  }
  path.was_bytes = is<Bytes>(value);
  path.bytes = path.was_bytes ? cast<Bytes>(value) : TRY(encode_filesystem(thread, as_str(thread, value)));
  if (std::strlen(path.text()) != static_cast<size_t>(path.bytes->length()))
    return path.was_bytes ? thread.raise<ValueError>("{}: embedded null character in {}", function, name)
                          : thread.raise<ValueError>("embedded null byte");
  return path;
}

Result<int> descriptor_argument(Thread& thread, Value value) {
  if (value.is_int() || is_integer(value)) return to_c_int(thread, value);
  if (type_of(thread, value)->slots().to_index != nullptr) return to_c_int(thread, value);
  Optional<Value> method = TRY(find_attribute(thread, value, thread.names().fileno));
  if (!method) return thread.raise<TypeError>("argument must be an int, or have a fileno() method.");
  Value number = TRY(call(thread, *method));
  if (!is_integer(number)) return thread.raise<TypeError>("fileno() returned a non-integer");
  int descriptor = TRY(to_c_int(thread, number));
  if (descriptor < 0) return thread.raise<ValueError>("file descriptor cannot be a negative integer ({})", descriptor);
  return descriptor;
}

Result<int> directory_descriptor(Thread& thread, Value value) {
  if (value.is_none()) return -100;  // AT_FDCWD
  if (type_of(thread, value)->slots().to_index == nullptr)
    return thread.raise<TypeError>("argument should be integer or None, not {}", type_name_of(value));
  return to_c_int(thread, value);
}

Result<Value> none_or_error(Thread& thread, int status, const Path* path, const Path* second) {
  if (status != -1) return Value::none();
  return thread.raise_errno(errno, path == nullptr ? Value::absent() : path->object,
                            second == nullptr ? Value::absent() : second->object);
}

namespace {
Array* state_of(Thread& thread) {
  Module* module = native_module(thread, "posix");
  return static_cast<Array*>(module->state_.get().as_object());
}
}  // namespace

Value posix_state(Thread& thread, PosixType which) { return state_of(thread)->at(static_cast<int64_t>(which)); }
Type* posix_type(Thread& thread, PosixType type) { return cast<Type>(posix_state(thread, type)); }
void set_posix_type(Thread&, Module* module, PosixType which, Type* type) {
  static_cast<Array*>(module->state_.get().as_object())->set(static_cast<int64_t>(which), to_value(type));
}

namespace {

constexpr const char* kStatFields[] = {"st_mode",     "st_ino",     "st_dev",    "st_nlink",    "st_uid",
                                       "st_gid",      "st_size",    nullptr,     nullptr,       nullptr,
                                       "st_atime",    "st_mtime",   "st_ctime",  "st_atime_ns", "st_mtime_ns",
                                       "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"};
constexpr const char* kStatvfsFields[] = {"f_bsize", "f_frsize", "f_blocks", "f_bfree",   "f_bavail", "f_files",
                                          "f_ffree", "f_favail", "f_flag",   "f_namemax", "f_fsid"};
constexpr const char* kTerminalFields[] = {"columns", "lines"};
constexpr const char* kTimesFields[] = {"user", "system", "children_user", "children_system", "elapsed"};
constexpr const char* kUnameFields[] = {"sysname", "nodename", "release", "version", "machine"};
constexpr const char* kWaitidFields[] = {"si_pid", "si_uid", "si_signo", "si_status", "si_code"};

Result<void> add_types(Thread& thread, Module* module) {
  module->state_.set(module, to_value(Array::try_make(thread.heap(), static_cast<int64_t>(PosixType::kCount))));
  for (int64_t i = 0; i < static_cast<int64_t>(PosixType::kCount); ++i)
    static_cast<Array*>(module->state_.get().as_object())->set(i, Value::none());
  struct Entry {
    PosixType which;
    const char* name;
    std::span<const char* const> fields;
    int64_t visible;
  };
  const Entry entries[] = {{PosixType::StatResult, "os.stat_result", kStatFields, 10},
                           {PosixType::StatvfsResult, "os.statvfs_result", kStatvfsFields, 10},
                           {PosixType::TerminalSize, "os.terminal_size", kTerminalFields, 2},
                           {PosixType::TimesResult, "posix.times_result", kTimesFields, 5},
                           {PosixType::UnameResult, "posix.uname_result", kUnameFields, 5},
                           {PosixType::WaitidResult, "posix.waitid_result", kWaitidFields, 5}};
  for (const Entry& entry : entries)
    set_posix_type(thread, module, entry.which,
                   TRY(add_struct_sequence(thread, module, entry.name, entry.fields, entry.visible)));
  set_posix_type(thread, module, PosixType::SchedParam, TRY(add_sched_param(thread, module)));
  set_posix_type(thread, module, PosixType::DirEntry, TRY(add_type(thread, module, kDirEntryType)));
  TRY(make_builtin_type(thread, kScandirIteratorType));
  static_cast<Array*>(module->state_.get().as_object())
      ->set(static_cast<int64_t>(PosixType::ForkHooks), to_value(List::make(thread.heap())));
  return {};
}

Result<void> add_environment(Thread& thread, Module* module) {
  Dict* dict = Dict::make(thread.heap());
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const char* equals_sign = std::strchr(*entry, '=');
    if (equals_sign == nullptr) continue;
    Value key = to_value(make_bytes(thread, std::string_view(*entry, static_cast<size_t>(equals_sign - *entry))));
    if (TRY(dict_find(thread, dict, key))) continue;
    TRY(dict_set(thread, dict, key, to_value(make_bytes(thread, equals_sign + 1))));
  }
  return add_constant(thread, module, "environ", to_value(dict));
}

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_types(thread, module));
  TRY(add_environment(thread, module));
  TRY(add_constant(thread, module, "error", to_value(thread.runtime().exception_type<OSError>())));
  for (auto functions : {posix_file_functions(), posix_directory_functions(), posix_process_functions(),
                         posix_fork_functions(), posix_spawn_functions(), posix_identity_functions(),
                         posix_transfer_functions(), posix_attribute_functions(), posix_configuration_functions()})
    for (const NativeMethod& method : functions) TRY(add_function(thread, module, method));
  List* have = List::make(thread.heap());
  for (const char* name :
       {"HAVE_FACCESSAT", "HAVE_FCHDIR",   "HAVE_FCHMOD",    "HAVE_FCHMODAT", "HAVE_FCHOWN",     "HAVE_FCHOWNAT",
        "HAVE_FDOPENDIR", "HAVE_FEXECVE",  "HAVE_FPATHCONF", "HAVE_FSTATAT",  "HAVE_FSTATVFS",   "HAVE_FTRUNCATE",
        "HAVE_FUTIMENS",  "HAVE_LINKAT",   "HAVE_LCHOWN",    "HAVE_LSTAT",    "HAVE_LUTIMES",    "HAVE_MEMFD_CREATE",
        "HAVE_MKDIRAT",   "HAVE_MKFIFOAT", "HAVE_MKNODAT",   "HAVE_OPENAT",   "HAVE_READLINKAT", "HAVE_RENAMEAT",
        "HAVE_SYMLINKAT", "HAVE_UNLINKAT", "HAVE_UTIMENSAT"})
    TRY(list_append_value(thread, have, to_value(intern(thread, name))));
  TRY(add_constant(thread, module, "_have_functions", to_value(have)));
  TRY(add_configuration_names(thread, module));
  return add_posix_constants(thread, module);
}

}  // namespace

extern const ModuleSpec kPosixModule = {
    .name = "posix", .initialize = &initialize, .doc = "Functions of the operating system; use the module os instead."};

}  // namespace viperine
