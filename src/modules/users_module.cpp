// SPDX-License-Identifier: MIT
// The modules pwd, grp and spwd: the user, group and shadow password databases.
#include <grp.h>
#include <pwd.h>
#include <shadow.h>

#include <cerrno>
#include <cstring>

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"

namespace viperine {

namespace {

Result<Type*> type_in(Thread& thread, const char* module, const char* name) {
  Optional<Value> found = thread.runtime().modules()->get_str(intern(thread, module));
  return cast<Type>(TRY(get_attribute(thread, *found, name)));
}
Value text_of(Thread& thread, const char* text) {
  return text == nullptr ? Value::none() : to_value(decode_filesystem(thread, text));
}

/// A name as the system's databases take it.
Result<Bytes*> name_argument(Thread& thread, Str* name) {
  Bytes* bytes = TRY(encode_filesystem(thread, name));
  if (bytes->view().find('\0') != std::string_view::npos) return thread.raise<ValueError>("embedded null byte");
  return bytes;
}

Result<Value> user_entry(Thread& thread, const passwd& user) {
  Value values[] = {text_of(thread, user.pw_name), text_of(thread, user.pw_passwd), Value::from_int(user.pw_uid),
                    Value::from_int(user.pw_gid),  text_of(thread, user.pw_gecos),  text_of(thread, user.pw_dir),
                    text_of(thread, user.pw_shell)};
  return make_struct_sequence(thread, TRY(type_in(thread, "pwd", "struct_passwd")), values);
}
Result<Value> get_user(Thread& thread, Value uid) {
  int64_t number = 0;
  const passwd* user = nullptr;
  Value index = TRY(to_index(thread, uid));
  if (int_fits_int64(index, &number) && number >= 0 && number <= UINT32_MAX)
    user = getpwuid(static_cast<uid_t>(number));
  if (user == nullptr)
    return thread.raise_value(ExceptionKind::KeyError,
                              to_value(format_text(thread, "getpwuid(): uid not found: {}", TRY(str(thread, index)))));
  return user_entry(thread, *user);
}
Result<Value> get_user_by_name(Thread& thread, Str* name) {
  Bytes* bytes = TRY(name_argument(thread, name));
  const passwd* user = getpwnam(reinterpret_cast<const char*>(bytes->data()));
  if (user == nullptr)
    return thread.raise_value(ExceptionKind::KeyError, to_value(format_text(thread, "getpwnam(): name not found: {}",
                                                                            TRY(repr(thread, to_value(name))))));
  return user_entry(thread, *user);
}
Result<Value> all_users(Thread& thread) {
  List* list = List::make(thread.heap());
  setpwent();
  while (const passwd* user = getpwent()) TRY(list_append_value(thread, list, TRY(user_entry(thread, *user))));
  endpwent();
  return to_value(list);
}

Result<Value> group_entry(Thread& thread, const group& entry) {
  List* members = List::make(thread.heap());
  for (char** member = entry.gr_mem; *member != nullptr; ++member)
    TRY(list_append_value(thread, members, text_of(thread, *member)));
  Value values[] = {text_of(thread, entry.gr_name), text_of(thread, entry.gr_passwd), Value::from_int(entry.gr_gid),
                    to_value(members)};
  return make_struct_sequence(thread, TRY(type_in(thread, "grp", "struct_group")), values);
}
Result<Value> get_group(Thread& thread, Value id) {
  int64_t number = 0;
  const group* entry = nullptr;
  Value index = TRY(to_index(thread, id));
  if (int_fits_int64(index, &number) && number >= 0 && number <= UINT32_MAX)
    entry = getgrgid(static_cast<gid_t>(number));
  if (entry == nullptr)
    return thread.raise_value(ExceptionKind::KeyError,
                              to_value(format_text(thread, "getgrgid(): gid not found: {}", TRY(str(thread, index)))));
  return group_entry(thread, *entry);
}
Result<Value> get_group_by_name(Thread& thread, Str* name) {
  Bytes* bytes = TRY(name_argument(thread, name));
  const group* entry = getgrnam(reinterpret_cast<const char*>(bytes->data()));
  if (entry == nullptr)
    return thread.raise_value(ExceptionKind::KeyError, to_value(format_text(thread, "getgrnam(): name not found: {}",
                                                                            TRY(repr(thread, to_value(name))))));
  return group_entry(thread, *entry);
}
Result<Value> all_groups(Thread& thread) {
  List* list = List::make(thread.heap());
  setgrent();
  while (const group* entry = getgrent()) TRY(list_append_value(thread, list, TRY(group_entry(thread, *entry))));
  endgrent();
  return to_value(list);
}

Result<Value> shadow_entry(Thread& thread, const spwd& entry) {
  Value name = text_of(thread, entry.sp_namp), password = text_of(thread, entry.sp_pwdp);
  Value values[] = {name,
                    password,
                    Value::from_int(entry.sp_lstchg),
                    Value::from_int(entry.sp_min),
                    Value::from_int(entry.sp_max),
                    Value::from_int(entry.sp_warn),
                    Value::from_int(entry.sp_inact),
                    Value::from_int(entry.sp_expire),
                    Value::from_int(static_cast<int32_t>(entry.sp_flag)),
                    name,
                    password};
  return make_struct_sequence(thread, TRY(type_in(thread, "spwd", "struct_spwd")), values);
}
Result<Value> get_shadow_by_name(Thread& thread, Str* name) {
  Bytes* bytes = TRY(encode_filesystem(thread, name));
  if (std::strlen(reinterpret_cast<const char*>(bytes->data())) != static_cast<size_t>(bytes->length()))
    return thread.raise<ValueError>("embedded null byte");
  errno = 0;
  if (const spwd* entry = getspnam(reinterpret_cast<const char*>(bytes->data()))) return shadow_entry(thread, *entry);
  if (errno != 0) return thread.raise_errno(errno);
  return thread.raise_value(ExceptionKind::KeyError, to_value(make_str(thread, "getspnam(): name not found")));
}
Result<Value> all_shadows(Thread& thread) {
  List* list = List::make(thread.heap());
  setspent();
  while (const spwd* entry = getspent()) TRY(list_append_value(thread, list, TRY(shadow_entry(thread, *entry))));
  endspent();
  return to_value(list);
}

constexpr const char* kShadowFields[] = {"sp_namp",  "sp_pwdp",   "sp_lstchg", "sp_min", "sp_max", "sp_warn",
                                         "sp_inact", "sp_expire", "sp_flag",   "sp_nam", "sp_pwd"};
constexpr const char* kUserFields[] = {"pw_name", "pw_passwd", "pw_uid", "pw_gid", "pw_gecos", "pw_dir", "pw_shell"};
constexpr const char* kGroupFields[] = {"gr_name", "gr_passwd", "gr_gid", "gr_mem"};
constexpr NativeMethod kUserFunctions[] = {function<get_user>("getpwuid(uidobj, /)"),
                                           function<get_user_by_name>("getpwnam(name, /)"),
                                           function<all_users>("getpwall()")};
constexpr NativeMethod kGroupFunctions[] = {function<get_group>("getgrgid(id)"),
                                            function<get_group_by_name>("getgrnam(name)"),
                                            function<all_groups>("getgrall()")};

constexpr NativeMethod kShadowFunctions[] = {function<get_shadow_by_name>("getspnam($module, arg, /)"),
                                             function<all_shadows>("getspall($module, /)")};

Result<void> initialize_shadows(Thread& thread, Module* module) {
  TRY(add_struct_sequence(thread, module, "spwd.struct_spwd", kShadowFields, 9));
  return {};
}
Result<void> initialize_users(Thread& thread, Module* module) {
  TRY(add_struct_sequence(thread, module, "pwd.struct_passwd", kUserFields, 7));
  return {};
}
Result<void> initialize_groups(Thread& thread, Module* module) {
  TRY(add_struct_sequence(thread, module, "grp.struct_group", kGroupFields, 4));
  return {};
}

}  // namespace

extern const ModuleSpec kPwdModule = {.name = "pwd",
                                      .functions = kUserFunctions,
                                      .initialize = &initialize_users,
                                      .doc = "This module provides access to the Unix password database."};
extern const ModuleSpec kGrpModule = {.name = "grp",
                                      .functions = kGroupFunctions,
                                      .initialize = &initialize_groups,
                                      .doc = "Access to the Unix group database."};
extern const ModuleSpec kSpwdModule = {.name = "spwd",
                                       .functions = kShadowFunctions,
                                       .initialize = &initialize_shadows,
                                       .doc = "This module provides access to the Unix shadow password database."};

}  // namespace viperine
