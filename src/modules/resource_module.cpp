// SPDX-License-Identifier: MIT
// The modules resource (limits and usage of processes) and syslog.
#include <sys/resource.h>
#include <syslog.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "modules/resource.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/lock.h"

namespace viperine {

Result<Value> usage_value(Thread& thread, const rusage& usage) {
  auto seconds = [&](const timeval& time) {
    return make_float(thread.heap(), static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6);
  };
  const long counts[] = {usage.ru_maxrss, usage.ru_ixrss,    usage.ru_idrss,   usage.ru_isrss,   usage.ru_minflt,
                         usage.ru_majflt, usage.ru_nswap,    usage.ru_inblock, usage.ru_oublock, usage.ru_msgsnd,
                         usage.ru_msgrcv, usage.ru_nsignals, usage.ru_nvcsw,   usage.ru_nivcsw};
  Value values[16] = {seconds(usage.ru_utime), seconds(usage.ru_stime)};
  for (int i = 0; i < 14; ++i) values[i + 2] = Value::from_int(counts[i]);
  Value module = to_value(native_module(thread, "resource"));
  return make_struct_sequence(thread, cast<Type>(TRY(get_attribute(thread, module, "struct_rusage"))), values);
}

namespace {

// --- resource

Result<Value> usage_of(Thread& thread, int who) {
  rusage usage;
  if (getrusage(static_cast<__rusage_who>(who), &usage) != 0) {
    if (errno == EINVAL) return thread.raise<ValueError>("invalid who parameter");
    return thread.raise_errno(errno);
  }
  return usage_value(thread, usage);
}

Value limit_value(Thread& thread, rlim_t limit) {
  return limit == RLIM_INFINITY ? Value::from_int(-1) : make_unsigned(thread.heap(), limit);
}
Value limit_pair(Thread& thread, const rlimit& limits) {
  return make_pair(thread, limit_value(thread, limits.rlim_cur), limit_value(thread, limits.rlim_max));
}
Result<rlimit> limits_argument(Thread& thread, Value value) {
  Tuple* pair = TRY(tuple_from_iterable(thread, value));
  if (pair->length() != 2) return thread.raise<ValueError>("expected a tuple of 2 integers");
  rlim_t numbers[2];
  for (int i = 0; i < 2; ++i) {
    Value index = TRY(to_index(thread, pair->at(i)));
    int64_t number = 0;
    if (int_fits_int64(index, &number))
      numbers[i] = static_cast<rlim_t>(number);
    else
      numbers[i] = TRY(to_c_uint64(thread, index));
  }
  return rlimit{numbers[0], numbers[1]};
}
Result<void> check_resource(Thread& thread, int resource) {
  if (resource < 0 || resource >= RLIM_NLIMITS) return thread.raise<ValueError>("invalid resource specified");
  return {};
}
Raised raise_limit_error(Thread& thread) {
  if (errno == EINVAL) return thread.raise<ValueError>("current limit exceeds maximum limit");
  if (errno == EPERM) return thread.raise<ValueError>("not allowed to raise maximum limit");
  return thread.raise_errno(errno);
}
Result<Value> get_limit(Thread& thread, int resource) {
  TRY(check_resource(thread, resource));
  rlimit limits;
  if (getrlimit(static_cast<__rlimit_resource>(resource), &limits) != 0) return thread.raise_errno(errno);
  return limit_pair(thread, limits);
}
Result<void> set_limit(Thread& thread, int resource, Value value) {
  TRY(check_resource(thread, resource));
  rlimit limits = TRY(limits_argument(thread, value));
  if (setrlimit(static_cast<__rlimit_resource>(resource), &limits) != 0) return raise_limit_error(thread);
  return {};
}
Result<Value> limit_of_process(Thread& thread, int pid, int resource, Value value) {
  TRY(check_resource(thread, resource));
  rlimit fresh = {}, old;
  if (!value.is_none()) fresh = TRY(limits_argument(thread, value));
  if (prlimit(pid, static_cast<__rlimit_resource>(resource), value.is_none() ? nullptr : &fresh, &old) != 0) {
    if (errno == EINVAL) return thread.raise<ValueError>("current limit exceeds maximum limit");
    return thread.raise_errno(errno);
  }
  return limit_pair(thread, old);
}
Value page_size(Thread&) { return Value::from_int(sysconf(_SC_PAGESIZE)); }

constexpr NativeMethod kResourceFunctions[] = {
    function<usage_of>("getrusage(who, /)"),
    function<get_limit>("getrlimit(resource, /)"),
    function<set_limit>("setrlimit(resource, limits, /)"),
    function<limit_of_process>("prlimit(pid, resource, limits=None, /)"),
    function<page_size>("getpagesize()"),
};

Result<void> initialize_resource(Thread& thread, Module* module) {
  TRY(add_constant(thread, module, "error", to_value(thread.runtime().exception_type<OSError>())));
  constexpr const char* kFields[] = {"ru_utime",  "ru_stime",    "ru_maxrss", "ru_ixrss",   "ru_idrss",   "ru_isrss",
                                     "ru_minflt", "ru_majflt",   "ru_nswap",  "ru_inblock", "ru_oublock", "ru_msgsnd",
                                     "ru_msgrcv", "ru_nsignals", "ru_nvcsw",  "ru_nivcsw"};
  TRY(add_struct_sequence(thread, module, "resource.struct_rusage", kFields, 16));
  constexpr std::pair<const char*, int> kConstants[] = {
#define CONSTANT(name) {#name, name}
      CONSTANT(RLIMIT_CPU),  CONSTANT(RLIMIT_FSIZE),    CONSTANT(RLIMIT_DATA),    CONSTANT(RLIMIT_STACK),
      CONSTANT(RLIMIT_CORE), CONSTANT(RLIMIT_NOFILE),   CONSTANT(RLIMIT_OFILE),   CONSTANT(RLIMIT_AS),
      CONSTANT(RLIMIT_RSS),  CONSTANT(RLIMIT_NPROC),    CONSTANT(RLIMIT_MEMLOCK), CONSTANT(RLIMIT_MSGQUEUE),
      CONSTANT(RLIMIT_NICE), CONSTANT(RLIMIT_RTPRIO),   CONSTANT(RLIMIT_RTTIME),  CONSTANT(RLIMIT_SIGPENDING),
      CONSTANT(RUSAGE_SELF), CONSTANT(RUSAGE_CHILDREN), CONSTANT(RUSAGE_THREAD),  {"RLIM_INFINITY", -1},
#undef CONSTANT
  };
  for (auto [name, value] : kConstants) TRY(add_int(thread, module, name, value));
  return {};
}

// --- syslog

/// The module's state: address of the identification that the library keeps a pointer to (0: closed), or absent.
Array* log_state(Thread& thread) {
  Value module = to_value(native_module(thread, "syslog"));
  return static_cast<Array*>(cast<Module>(module)->state_.get().as_object());
}
bool log_is_open(Thread& thread) { return log_state(thread)->at(0).is_true(); }
void forget_identification(Thread& thread) {
  uint64_t address = 0;
  if (auto number = to_c_uint64(thread, log_state(thread)->at(1)); !number.is_raised()) address = number.take();
  std::free(reinterpret_cast<void*>(address));
  log_state(thread)->set(1, Value::from_int(0));
}
/// The last part of sys.argv[0].
std::string default_identification(Thread& thread) {
  Optional<Value> argv = thread.runtime().sys_dict()->get_str(intern(thread, "argv"));
  List* list = argv ? try_cast<List>(*argv) : nullptr;
  Str* first = list != nullptr && list->length() > 0 ? try_str(thread, list->at(0)) : nullptr;
  if (first == nullptr || first->length() == 0) return {};
  auto encoded = encode_filesystem(thread, first);
  if (encoded.is_raised()) {
    thread.clear_pending();
    return {};
  }
  std::string text(encoded.take()->view());
  size_t slash = text.rfind('/');
  return slash == std::string::npos ? text : text.substr(slash + 1);
}
Result<void> log_open(Thread& thread, NoneOr<Str*> identification, int64_t options, int64_t facility) {
  std::string text = identification ? std::string(TRY(encode_utf8(thread, identification.get()))->view())
                                    : default_identification(thread);
  TRY(audit(thread, "syslog.openlog",
            text.empty() && !identification ? Value::none() : to_value(make_str(thread, text)),
            make_int(thread.heap(), options), make_int(thread.heap(), facility)));
  forget_identification(thread);
  char* kept = text.empty() && !identification ? nullptr : strdup(text.c_str());
  log_state(thread)->set(1, make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(kept)));
  log_state(thread)->set(0, Value::true_());
  openlog(kept, static_cast<int>(options), static_cast<int>(facility));
  return {};
}
Result<void> log_message(Thread& thread, Rest arguments) {
  if (arguments.count < 1 || arguments.count > 2) return thread.raise<TypeError>("[priority,] message string");
  int priority = LOG_INFO;
  if (arguments.count == 2) priority = TRY(to_c_int(thread, arguments[0]));
  Str* message = try_str(thread, arguments[arguments.count - 1]);
  if (message == nullptr) return thread.raise<TypeError>("[priority,] message string");
  std::string text(TRY(encode_utf8(thread, message))->view());
  TRY(audit(thread, "syslog.syslog", Value::from_int(priority), to_value(message)));
  if (!log_is_open(thread)) TRY(log_open(thread, NoneOr<Str*>(nullptr), 0, LOG_USER));
  without_lock(thread, [&] {
    syslog(priority, "%s", text.c_str());
    return 0;
  });
  return {};
}
Result<void> log_close(Thread& thread) {
  TRY(audit(thread, "syslog.closelog"));
  if (!log_is_open(thread)) return {};
  closelog();
  forget_identification(thread);
  log_state(thread)->set(0, Value::false_());
  return {};
}
Result<Value> log_set_mask(Thread& thread, int64_t mask) {
  TRY(audit(thread, "syslog.setlogmask", make_int(thread.heap(), mask)));
  return Value::from_int(setlogmask(static_cast<int>(mask)));
}
Value log_mask(Thread&, int64_t priority) { return Value::from_int(1 << (priority & 31)); }
Value log_up_to(Thread&, int64_t priority) { return Value::from_int((1 << ((priority & 31) + 1)) - 1); }

constexpr NativeMethod kLogFunctions[] = {
    function<log_open>("openlog(ident=None, logoption=0, facility=8)"),
    function<log_message>("syslog(*args)"),
    function<log_close>("closelog()"),
    function<log_set_mask>("setlogmask(maskpri, /)"),
    function<log_mask>("LOG_MASK(pri, /)"),
    function<log_up_to>("LOG_UPTO(pri, /)"),
};
Result<void> initialize_log(Thread& thread, Module* module) {
  Array* state = Array::try_make(thread.heap(), 2);
  state->set(0, Value::false_());
  state->set(1, Value::from_int(0));
  module->state_.set(module, to_value(state));
  constexpr std::pair<const char*, int> kConstants[] = {
#define CONSTANT(name) {#name, name}
      CONSTANT(LOG_EMERG),  CONSTANT(LOG_ALERT),  CONSTANT(LOG_CRIT),     CONSTANT(LOG_ERR),    CONSTANT(LOG_WARNING),
      CONSTANT(LOG_NOTICE), CONSTANT(LOG_INFO),   CONSTANT(LOG_DEBUG),    CONSTANT(LOG_PID),    CONSTANT(LOG_CONS),
      CONSTANT(LOG_NDELAY), CONSTANT(LOG_ODELAY), CONSTANT(LOG_NOWAIT),   CONSTANT(LOG_PERROR), CONSTANT(LOG_KERN),
      CONSTANT(LOG_USER),   CONSTANT(LOG_MAIL),   CONSTANT(LOG_DAEMON),   CONSTANT(LOG_AUTH),   CONSTANT(LOG_LPR),
      CONSTANT(LOG_LOCAL0), CONSTANT(LOG_LOCAL1), CONSTANT(LOG_LOCAL2),   CONSTANT(LOG_LOCAL3), CONSTANT(LOG_LOCAL4),
      CONSTANT(LOG_LOCAL5), CONSTANT(LOG_LOCAL6), CONSTANT(LOG_LOCAL7),   CONSTANT(LOG_SYSLOG), CONSTANT(LOG_CRON),
      CONSTANT(LOG_UUCP),   CONSTANT(LOG_NEWS),   CONSTANT(LOG_AUTHPRIV),
#undef CONSTANT
  };
  for (auto [name, value] : kConstants) TRY(add_int(thread, module, name, value));
  return {};
}

}  // namespace

extern const ModuleSpec kResourceModule = {
    .name = "resource", .functions = kResourceFunctions, .initialize = &initialize_resource};
extern const ModuleSpec kSyslogModule = {.name = "syslog", .functions = kLogFunctions, .initialize = &initialize_log};

}  // namespace viperine
