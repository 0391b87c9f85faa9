// SPDX-License-Identifier: MIT
// posix: who a process is (users, groups, sessions, terminals) and how it is scheduled.
#include <grp.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <vector>

#include "modules/posix/posix.h"
#include "runtime/class_slots.h"
#include "runtime/classes.h"

namespace viperine {

Result<uint32_t> identity_argument(Thread& thread, Value value, const char* name) {
  auto index = to_index(thread, value);
  if (index.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<TypeError>("{} should be integer, not {}", name, type_name_of(value));
  }
  int64_t number = 0;
  bool fits = int_fits_int64(index.take(), &number);
  if (fits && number >= -1 && number <= UINT32_MAX) return static_cast<uint32_t>(number);
  bool negative = fits ? number < 0 : TRY(compare_truth(thread, index.take(), Value::from_int(0), Comparison::Less));
  if (negative) return thread.raise<OverflowError>("{} is less than minimum", name);
  return thread.raise<OverflowError>("{} is greater than maximum", name);
}

namespace {

// --- users and groups

template <int (*Set)(uid_t)>
Result<Value> set_one(Thread& thread, Value id, const char* name) {
  return none_or_error(thread, Set(TRY(identity_argument(thread, id, name))));
}
Result<Value> posix_setuid(Thread& thread, Value uid) { return set_one<setuid>(thread, uid, "uid"); }
Result<Value> posix_setgid(Thread& thread, Value gid) { return set_one<setgid>(thread, gid, "gid"); }
Result<Value> posix_seteuid(Thread& thread, Value uid) { return set_one<seteuid>(thread, uid, "uid"); }
Result<Value> posix_setegid(Thread& thread, Value gid) { return set_one<setegid>(thread, gid, "gid"); }
Result<Value> posix_setreuid(Thread& thread, Value real, Value effective) {
  uid_t first = TRY(identity_argument(thread, real, "uid"));
  return none_or_error(thread, setreuid(first, TRY(identity_argument(thread, effective, "uid"))));
}
Result<Value> posix_setregid(Thread& thread, Value real, Value effective) {
  gid_t first = TRY(identity_argument(thread, real, "gid"));
  return none_or_error(thread, setregid(first, TRY(identity_argument(thread, effective, "gid"))));
}
Result<Value> posix_setresuid(Thread& thread, Value real, Value effective, Value saved) {
  uid_t first = TRY(identity_argument(thread, real, "uid"));
  uid_t second = TRY(identity_argument(thread, effective, "uid"));
  return none_or_error(thread, setresuid(first, second, TRY(identity_argument(thread, saved, "uid"))));
}
Result<Value> posix_setresgid(Thread& thread, Value real, Value effective, Value saved) {
  gid_t first = TRY(identity_argument(thread, real, "gid"));
  gid_t second = TRY(identity_argument(thread, effective, "gid"));
  return none_or_error(thread, setresgid(first, second, TRY(identity_argument(thread, saved, "gid"))));
}
Result<Value> three(Thread& thread, int status, const uint32_t (&ids)[3]) {
  if (status != 0) return thread.raise_errno(errno);
  return to_value(Tuple::of(thread.heap(), Value::from_int(ids[0]), Value::from_int(ids[1]), Value::from_int(ids[2])));
}
Result<Value> posix_getresuid(Thread& thread) {
  uid_t ids[3];
  int status = getresuid(&ids[0], &ids[1], &ids[2]);
  return three(thread, status, ids);
}
Result<Value> posix_getresgid(Thread& thread) {
  gid_t ids[3];
  int status = getresgid(&ids[0], &ids[1], &ids[2]);
  return three(thread, status, ids);
}

Result<Value> group_list(Thread& thread, std::span<const gid_t> groups) {
  List* list = List::make(thread.heap());
  for (gid_t group : groups) TRY(list_append_value(thread, list, Value::from_int(group)));
  return to_value(list);
}
Result<Value> posix_getgroups(Thread& thread) {
  int count = getgroups(0, nullptr);
  std::vector<gid_t> groups(static_cast<size_t>(count > 0 ? count : 0));
  if (count < 0 || getgroups(count, groups.data()) < 0) return thread.raise_errno(errno);
  return group_list(thread, groups);
}
Result<Value> posix_setgroups(Thread& thread, Value sequence) {
  if (!is<List>(sequence) && !is<Tuple>(sequence) && type_of(thread, sequence)->slots().length == nullptr)
    return thread.raise<TypeError>("setgroups argument must be a sequence");
  std::vector<gid_t> groups;
  TRY(for_each(thread, sequence, [&](Value item) -> Result<bool> {
    if (!is_integer(item)) return thread.raise<TypeError>("groups must be integers");
    groups.push_back(TRY(identity_argument(thread, item, "gid")));
    return true;
  }));
  if (groups.size() > NGROUPS_MAX) return thread.raise<ValueError>("too many groups");
  return none_or_error(thread, setgroups(groups.size(), groups.data()));
}
Result<Value> posix_initgroups(Thread& thread, Value name, Value group) {
  Bytes* user = TRY(filesystem_bytes(thread, name));
  gid_t gid = TRY(identity_argument(thread, group, "gid"));
  return none_or_error(thread, initgroups(reinterpret_cast<const char*>(user->data()), gid));
}
Result<Value> posix_getgrouplist(Thread& thread, Str* name, Value group) {
  Bytes* user = TRY(filesystem_bytes(thread, to_value(name)));
  gid_t gid = TRY(identity_argument(thread, group, "gid"));
  std::vector<gid_t> groups(64);
  for (;;) {
    int count = static_cast<int>(groups.size());
    if (getgrouplist(reinterpret_cast<const char*>(user->data()), gid, groups.data(), &count) >= 0)
      return group_list(thread, std::span<const gid_t>(groups).first(static_cast<size_t>(count)));
    groups.resize(groups.size() * 2);
  }
}

// --- sessions and terminals

Result<Value> posix_setpgrp(Thread& thread) { return none_or_error(thread, setpgid(0, 0)); }
Result<Value> posix_tcgetpgrp(Thread& thread, int fd) {
  pid_t group = tcgetpgrp(fd);
  if (group < 0) return thread.raise_errno(errno);
  return Value::from_int(group);
}
Result<Value> posix_tcsetpgrp(Thread& thread, int fd, int pgid) { return none_or_error(thread, tcsetpgrp(fd, pgid)); }
Result<Value> posix_ttyname(Thread& thread, int fd) {
  char name[256];
  int error = ttyname_r(fd, name, sizeof name);
  if (error != 0) return thread.raise_errno(error);
  return decode_path(thread, name, false);
}
Result<Value> posix_ctermid(Thread& thread) {
  char name[L_ctermid];
  return decode_path(thread, ctermid(name), false);
}

// --- priorities and scheduling

Result<Value> posix_getpriority(Thread& thread, int which, int who) {
  errno = 0;
  int result = getpriority(static_cast<__priority_which>(which), static_cast<id_t>(who));
  if (errno != 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}
Result<Value> posix_setpriority(Thread& thread, int which, int who, int priority) {
  return none_or_error(thread, setpriority(static_cast<__priority_which>(which), static_cast<id_t>(who), priority));
}
Result<Value> number_or_error(Thread& thread, int result) {
  if (result < 0) return thread.raise_errno(errno);
  return Value::from_int(result);
}
Result<Value> posix_sched_get_priority_max(Thread& thread, int policy) {
  return number_or_error(thread, sched_get_priority_max(policy));
}
Result<Value> posix_sched_get_priority_min(Thread& thread, int policy) {
  return number_or_error(thread, sched_get_priority_min(policy));
}
Result<Value> posix_sched_getscheduler(Thread& thread, int pid) {
  return number_or_error(thread, sched_getscheduler(pid));
}
Result<Value> posix_sched_setscheduler(Thread& thread, int pid, int policy, Value value) {
  sched_param parameter = TRY(scheduling_argument(thread, value));
  return none_or_error(thread, sched_setscheduler(pid, policy, &parameter) < 0 ? -1 : 0);
}
Result<Value> posix_sched_getparam(Thread& thread, int pid) {
  sched_param parameter;
  if (sched_getparam(pid, &parameter) != 0) return thread.raise_errno(errno);
  Value values[] = {Value::from_int(parameter.sched_priority)};
  return make_struct_sequence(thread, posix_type(thread, PosixType::SchedParam), values);
}
Result<Value> posix_sched_setparam(Thread& thread, int pid, Value value) {
  sched_param parameter = TRY(scheduling_argument(thread, value));
  return none_or_error(thread, sched_setparam(pid, &parameter));
}
Result<Value> posix_sched_rr_get_interval(Thread& thread, int pid) {
  timespec interval;
  if (sched_rr_get_interval(pid, &interval) != 0) return thread.raise_errno(errno);
  return make_float(thread.heap(), static_cast<double>(interval.tv_sec) + 1e-9 * static_cast<double>(interval.tv_nsec));
}
Result<Value> posix_sched_getaffinity(Thread& thread, int pid) {
  cpu_set_t set;
  if (sched_getaffinity(pid, sizeof set, &set) != 0) return thread.raise_errno(errno);
  Set* result = make_set(thread, Kind::Set);
  for (int i = 0; i < CPU_SETSIZE; ++i)
    if (CPU_ISSET(i, &set)) TRY(set_add(thread, result, Value::from_int(i)));
  return to_value(result);
}
Result<Value> posix_sched_setaffinity(Thread& thread, int pid, Value mask) {
  cpu_set_t set;
  CPU_ZERO(&set);
  TRY(for_each(thread, mask, [&](Value item) -> Result<bool> {
    if (!is_integer(item))
      return thread.raise<TypeError>("expected an iterator of ints, but iterator yielded {}",
                                     TRY(str(thread, to_value(type_of(thread, item)))));
    int64_t number = TRY(to_c_int64(thread, item));
    if (number < 0) return thread.raise<ValueError>("negative CPU number");
    if (number > INT32_MAX - 1) return thread.raise<OverflowError>("CPU number too large");
    if (number < CPU_SETSIZE) CPU_SET(static_cast<size_t>(number), &set);
    return true;
  }));
  return none_or_error(thread, sched_setaffinity(pid, sizeof set, &set));
}

constexpr NativeMethod kFunctions[] = {
    function<posix_setuid>("setuid(uid, /)"),
    function<posix_setgid>("setgid(gid, /)"),
    function<posix_seteuid>("seteuid(euid, /)"),
    function<posix_setegid>("setegid(egid, /)"),
    function<posix_setreuid>("setreuid(ruid, euid, /)"),
    function<posix_setregid>("setregid(rgid, egid, /)"),
    function<posix_setresuid>("setresuid(ruid, euid, suid, /)"),
    function<posix_setresgid>("setresgid(rgid, egid, sgid, /)"),
    function<posix_getresuid>("getresuid()"),
    function<posix_getresgid>("getresgid()"),
    function<posix_getgroups>("getgroups()"),
    function<posix_setgroups>("setgroups(groups, /)"),
    function<posix_initgroups>("initgroups(username, gid, /)"),
    function<posix_getgrouplist>("getgrouplist(user, group, /)"),
    function<posix_setpgrp>("setpgrp()"),
    function<posix_tcgetpgrp>("tcgetpgrp(fd, /)"),
    function<posix_tcsetpgrp>("tcsetpgrp(fd, pgid, /)"),
    function<posix_ttyname>("ttyname(fd, /)"),
    function<posix_ctermid>("ctermid()"),
    function<posix_getpriority>("getpriority(which, who)"),
    function<posix_setpriority>("setpriority(which, who, priority)"),
    function<posix_sched_get_priority_max>("sched_get_priority_max(policy)"),
    function<posix_sched_get_priority_min>("sched_get_priority_min(policy)"),
    function<posix_sched_getscheduler>("sched_getscheduler(pid, /)"),
    function<posix_sched_setscheduler>("sched_setscheduler(pid, policy, param, /)"),
    function<posix_sched_getparam>("sched_getparam(pid, /)"),
    function<posix_sched_setparam>("sched_setparam(pid, param, /)"),
    function<posix_sched_rr_get_interval>("sched_rr_get_interval(pid, /)"),
    function<posix_sched_getaffinity>("sched_getaffinity(pid, /)"),
    function<posix_sched_setaffinity>("sched_setaffinity(pid, mask, /)"),
};

/// Takes the priority itself, not a sequence.
Result<Value> sched_param_new(Thread& thread, Type* type, const Arguments& arguments) {
  bool by_keyword = arguments.positional_count() == 0 && arguments.keyword_count() == 1 &&
                    as_str(thread, arguments.keywords->at(0))->equals("sched_priority");
  if (!by_keyword && (arguments.positional_count() != 1 || arguments.keyword_count() != 0)) {
    if (arguments.positional_count() + arguments.keyword_count() == 0)
      return thread.raise<TypeError>("sched_param() missing required argument 'sched_priority' (pos 1)");
    return thread.raise<TypeError>("sched_param() takes at most 1 argument ({} given)",
                                   arguments.positional_count() + arguments.keyword_count());
  }
  Value values[] = {by_keyword ? arguments.keyword_value(0) : arguments[0]};
  return make_struct_sequence(thread, type, values);
}
Result<Value> sched_param_reduce(Thread& thread, Tuple* self) {
  Tuple* arguments = Tuple::of(thread.heap(), self->at(0));
  return to_value(Tuple::of(thread.heap(), to_value(type_of(thread, to_value(self))), to_value(arguments)));
}
constexpr NativeMethod kReduceMethod = method<sched_param_reduce>("__reduce__($self, /)");

}  // namespace

std::span<const NativeMethod> posix_identity_functions() { return kFunctions; }

Result<Type*> add_sched_param(Thread& thread, Module* module) {
  constexpr const char* kFields[] = {"sched_priority"};
  Type* type = TRY(add_struct_sequence(thread, module, "posix.sched_param", kFields, 1));
  TypeSlots slots = type->slots();
  slots.new_ = &sched_param_new;
  type->slots_ = intern_slots(thread.runtime(), slots);
  auto* reducer = make_exact<MethodDescriptor>(thread, Kind::MethodDescriptor);
  reducer->method_ = &kReduceMethod;
  reducer->type_.initialize(type);
  set_type_entry(thread, type, "__reduce__", to_value(reducer));
  return type;
}

Result<sched_param> scheduling_argument(Thread& thread, Value value) {
  if (type_of(thread, value) != posix_type(thread, PosixType::SchedParam))
    return thread.raise<TypeError>("must have a sched_param object");
  sched_param parameter{};
  int64_t priority = TRY(to_c_int64(thread, cast<Tuple>(value)->at(0)));
  if (priority > INT32_MAX || priority < INT32_MIN) return thread.raise<OverflowError>("sched_priority out of range");
  parameter.sched_priority = static_cast<int>(priority);
  return parameter;
}

}  // namespace viperine
