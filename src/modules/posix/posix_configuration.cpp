// SPDX-License-Identifier: MIT
// posix: sysconf, pathconf, fpathconf and confstr with their tables of names.
#include <unistd.h>

#include <string>

#include "modules/posix/posix.h"

namespace viperine {

namespace {

struct Named {
  const char* name;
  int value;
};
constexpr Named kConfstrNames[] = {
#define CONFSTR(name) {#name, _##name},
#define PATHCONF(name)
#define SYSCONF(name)
#include "modules/posix/configuration_names.def"
#undef CONFSTR
#undef PATHCONF
};
constexpr Named kPathconfNames[] = {
#define CONFSTR(name)
#define PATHCONF(name) {#name, _##name},
#include "modules/posix/configuration_names.def"
#undef PATHCONF
#undef SYSCONF
};
constexpr Named kSysconfNames[] = {
#define PATHCONF(name)
#define SYSCONF(name) {#name, _##name},
#include "modules/posix/configuration_names.def"
#undef CONFSTR
#undef PATHCONF
#undef SYSCONF
};

Result<int> name_argument(Thread& thread, Value value, std::span<const Named> table) {
  if (is_integer(value)) return to_c_int(thread, value);
  Str* text = try_str(thread, value);
  if (text == nullptr) return thread.raise<TypeError>("configuration names must be strings or integers");
  for (const Named& entry : table)
    if (text->equals(entry.name)) return entry.value;
  return thread.raise<ValueError>("unrecognized configuration name");
}

Result<Value> posix_sysconf(Thread& thread, Value name) {
  int which = TRY(name_argument(thread, name, kSysconfNames));
  errno = 0;
  long result = sysconf(which);
  if (result == -1 && errno != 0) return thread.raise_errno(errno);
  return make_int(thread.heap(), result);
}
Result<Value> posix_fpathconf(Thread& thread, Value fd, Value name) {
  int descriptor = TRY(descriptor_argument(thread, fd));
  int which = TRY(name_argument(thread, name, kPathconfNames));
  errno = 0;
  long result = fpathconf(descriptor, which);
  if (result == -1 && errno != 0) return thread.raise_errno(errno);
  return make_int(thread.heap(), result);
}
Result<Value> posix_pathconf(Thread& thread, Value path_value, Value name) {
  Path path = TRY(path_argument(thread, path_value, "pathconf", Descriptors::Allowed));
  int which = TRY(name_argument(thread, name, kPathconfNames));
  errno = 0;
  long result = path.is_descriptor() ? fpathconf(path.descriptor, which) : pathconf(path.text(), which);
  if (result == -1 && errno != 0)
    return errno == EINVAL ? thread.raise_errno(errno) : thread.raise_errno(errno, path.object);
  return make_int(thread.heap(), result);
}
Result<Value> posix_confstr(Thread& thread, Value name) {
  int which = TRY(name_argument(thread, name, kConfstrNames));
  errno = 0;
  size_t length = confstr(which, nullptr, 0);
  if (length == 0) {
    if (errno != 0) return thread.raise_errno(errno);
    return Value::none();
  }
  std::string text(length, 0);
  confstr(which, text.data(), length);
  text.resize(length - 1);
  return decode_path(thread, text, false);
}

constexpr NativeMethod kFunctions[] = {
    function<posix_sysconf>("sysconf(name, /)"),
    function<posix_pathconf>("pathconf(path, name)"),
    function<posix_fpathconf>("fpathconf(fd, name, /)"),
    function<posix_confstr>("confstr(name, /)"),
};

Result<void> add_names(Thread& thread, Module* module, const char* name, std::span<const Named> table) {
  Dict* dict = TRY(make_dict(thread, static_cast<int64_t>(table.size())));
  for (const Named& entry : table)
    TRY(dict_set(thread, dict, to_value(intern(thread, entry.name)), Value::from_int(entry.value)));
  return add_constant(thread, module, name, to_value(dict));
}

}  // namespace

std::span<const NativeMethod> posix_configuration_functions() { return kFunctions; }

Result<void> add_configuration_names(Thread& thread, Module* module) {
  TRY(add_names(thread, module, "confstr_names", kConfstrNames));
  TRY(add_names(thread, module, "pathconf_names", kPathconfNames));
  return add_names(thread, module, "sysconf_names", kSysconfNames);
}

}  // namespace viperine
