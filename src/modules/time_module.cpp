// SPDX-License-Identifier: MIT
// The module time: clocks, sleeping, broken-down time.
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>

#include "modules/signed_int.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/lock.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

int64_t nanoseconds_of(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000000000 + now.tv_nsec;
}
template <clockid_t kClock>
Result<Value> clock_seconds(Thread& thread) {
  return make_float(thread.heap(), static_cast<double>(nanoseconds_of(kClock)) * 1e-9);
}
template <clockid_t kClock>
Result<Value> clock_nanoseconds(Thread& thread) {
  return make_int(thread.heap(), nanoseconds_of(kClock));
}
Result<Value> time_time(Thread& thread) {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return make_float(thread.heap(), static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec));
}
Result<Value> time_clock_gettime(Thread& thread, int clock) {
  timespec now;
  if (clock_gettime(clock, &now) != 0) return thread.raise_errno(errno);
  return make_float(thread.heap(), static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec));
}
Result<Value> time_clock_gettime_ns(Thread& thread, int clock) {
  timespec now;
  if (clock_gettime(clock, &now) != 0) return thread.raise_errno(errno);
  return make_int(thread.heap(), static_cast<int64_t>(now.tv_sec) * 1000000000 + now.tv_nsec);
}
Result<Value> time_clock_getres(Thread& thread, int clock) {
  timespec resolution;
  if (clock_getres(clock, &resolution) != 0) return thread.raise_errno(errno);
  return make_float(thread.heap(),
                    static_cast<double>(resolution.tv_sec) + 1e-9 * static_cast<double>(resolution.tv_nsec));
}

/// A duration or a moment in nanoseconds: an int, or a float rounded away from zero (sleep) or to even (clocks).
enum class ClockRounding { Even, Up };
Result<int64_t> to_nanoseconds(Thread& thread, Value value, ClockRounding rounding) {
  constexpr const char* kTooLarge = "timestamp too large to convert to C _PyTime_t";
  if (is_float(value)) {
    double seconds = as_float(value);
    if (std::isnan(seconds)) return thread.raise<ValueError>("Invalid value NaN (not a number)");
    double scaled = seconds * 1e9;
    scaled = rounding == ClockRounding::Even ? std::nearbyint(scaled)
             : scaled < 0                    ? std::floor(scaled)
                                             : std::ceil(scaled);
    if (!(scaled >= -9223372036854775808.0 && scaled < 9223372036854775808.0))
      return thread.raise<OverflowError>("{}", kTooLarge);
    return static_cast<int64_t>(scaled);
  }
  Value index = TRY(to_index(thread, value));
  int64_t seconds, result;
  if (!int_fits_int64(index, &seconds) || __builtin_mul_overflow(seconds, int64_t{1000000000}, &result))
    return thread.raise<OverflowError>("{}", kTooLarge);
  return result;
}
timespec to_timespec(int64_t nanoseconds) {
  int64_t seconds = nanoseconds / 1000000000, rest = nanoseconds % 1000000000;
  if (rest < 0) --seconds, rest += 1000000000;
  timespec result;
  result.tv_sec = static_cast<time_t>(seconds);
  result.tv_nsec = static_cast<long>(rest);
  return result;
}

Result<void> time_clock_settime(Thread& thread, SignedInt clock, Value seconds) {
  timespec when = to_timespec(TRY(to_nanoseconds(thread, seconds, ClockRounding::Even)));
  if (clock_settime(clock, &when) != 0) return thread.raise_errno(errno);
  return {};
}
Result<void> time_clock_settime_ns(Thread& thread, SignedInt clock, Value nanoseconds) {
  timespec when = to_timespec(TRY(to_c_int64(thread, nanoseconds)));
  if (clock_settime(clock, &when) != 0) return thread.raise_errno(errno);
  return {};
}
Result<Value> time_pthread_getcpuclockid(Thread& thread, Value thread_id) {
  if (!is_integer(thread_id))
    return thread.raise<TypeError>("pthread_getcpuclockid() argument 1 must be int, not {}", type_name_of(thread_id));
  // Only identifiers of threads that live may be looked at.
  uint64_t identifier = TRY(to_c_uint64(thread, thread_id));
  for (Thread* other = thread.runtime().threads_; other != nullptr; other = other->next_) {
    if (other->identifier_ != identifier) continue;
    clockid_t clock;
    int status = pthread_getcpuclockid(static_cast<pthread_t>(identifier), &clock);
    if (status != 0) return thread.raise_errno(status);
    return Value::from_int(clock);
  }
  return thread.raise_errno(ESRCH);
}

Result<void> time_sleep(Thread& thread, Value duration) {
  int64_t length = TRY(to_nanoseconds(thread, duration, ClockRounding::Up));
  if (length < 0) return thread.raise<ValueError>("sleep length must be non-negative");
  int64_t start = nanoseconds_of(CLOCK_MONOTONIC), end;
  if (__builtin_add_overflow(start, length, &end)) end = INT64_MAX;
  timespec until = to_timespec(end);
  for (;;) {
    int status = without_lock(thread, [&] { return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr); });
    if (status != EINTR) return {};
    if (!run_pending_work(thread, thread.poll_.exchange(0))) return Raised{};
  }
}

// --- broken-down time

constexpr const char* kFields[] = {"tm_year", "tm_mon",  "tm_mday",  "tm_hour", "tm_min",   "tm_sec",
                                   "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"};

Result<Type*> struct_time_type(Thread& thread) {
  Module* module = native_module(thread, "time");
  return cast<Type>(TRY(get_attribute(thread, to_value(module), "struct_time")));
}

Result<Value> broken_down(Thread& thread, const tm& parts) {
  Value values[] = {Value::from_int(parts.tm_year + 1900),
                    Value::from_int(parts.tm_mon + 1),
                    Value::from_int(parts.tm_mday),
                    Value::from_int(parts.tm_hour),
                    Value::from_int(parts.tm_min),
                    Value::from_int(parts.tm_sec),
                    Value::from_int((parts.tm_wday + 6) % 7),
                    Value::from_int(parts.tm_yday + 1),
                    Value::from_int(parts.tm_isdst),
                    parts.tm_zone == nullptr ? Value::none() : to_value(decode_filesystem(thread, parts.tm_zone)),
                    Value::from_int(parts.tm_gmtoff)};
  return make_struct_sequence(thread, TRY(struct_time_type(thread)), values);
}

Result<time_t> seconds_argument(Thread& thread, Value seconds) {
  if (seconds.is_none()) return time(nullptr);
  if (is_float(seconds)) {
    double value = as_float(seconds);
    if (std::isnan(value)) return thread.raise<ValueError>("Invalid value NaN (not a number)");
    if (std::fabs(value) > 9.2e18) return thread.raise<OverflowError>("timestamp out of range for platform time_t");
    return static_cast<time_t>(std::floor(value));
  }
  Value index = TRY(to_index(thread, seconds));
  int64_t number;
  if (!int_fits_int64(index, &number)) return thread.raise<OverflowError>("timestamp out of range for platform time_t");
  return number;
}

Result<Value> time_gmtime(Thread& thread, Value seconds) {
  time_t when = TRY(seconds_argument(thread, seconds));
  tm parts;
  if (gmtime_r(&when, &parts) == nullptr) return thread.raise_errno(errno);
  return broken_down(thread, parts);
}
Result<Value> time_localtime(Thread& thread, Value seconds) {
  time_t when = TRY(seconds_argument(thread, seconds));
  tm parts;
  if (localtime_r(&when, &parts) == nullptr) return thread.raise_errno(errno);
  return broken_down(thread, parts);
}

/// From a struct_time or a 9-tuple. `zone` keeps the name of a struct_time's zone.
Result<void> parse_parts(Thread& thread, Value value, tm* parts, const char* function, Bytes** zone) {
  if (!is<Tuple>(value)) return thread.raise<TypeError>("Tuple or struct_time argument required");
  auto* tuple = cast<Tuple>(value);
  if (tuple->length() != 9) return thread.raise<TypeError>("{}(): illegal time tuple argument", function);
  int numbers[9];
  for (int i = 0; i < 9; ++i) numbers[i] = TRY(to_signed_int(thread, tuple->at(i)));
  std::memset(parts, 0, sizeof *parts);
  if (numbers[0] < INT32_MIN + 1900) return thread.raise<OverflowError>("year out of range");
  parts->tm_year = numbers[0] - 1900;
  parts->tm_mon = numbers[1] - 1;
  parts->tm_mday = numbers[2];
  parts->tm_hour = numbers[3];
  parts->tm_min = numbers[4];
  parts->tm_sec = numbers[5];
  parts->tm_wday = (numbers[6] + 1) % 7;
  parts->tm_yday = numbers[7] - 1;
  parts->tm_isdst = numbers[8];
  if (type_of(thread, value) != TRY(struct_time_type(thread))) return {};
  Value name = TRY(get_attribute(thread, value, "tm_zone")), offset = TRY(get_attribute(thread, value, "tm_gmtoff"));
  if (is_str(name)) {
    *zone = TRY(encode_filesystem(thread, as_str(thread, name)));
    parts->tm_zone = reinterpret_cast<const char*>((*zone)->data());
  }
  if (is_integer(offset)) parts->tm_gmtoff = TRY(to_signed_int(thread, offset));
  return {};
}

/// Ranges as strftime and asctime need them; zeros stand for the first of a kind.
Result<void> check_parts(Thread& thread, tm* parts) {
  if (parts->tm_mon == -1)
    parts->tm_mon = 0;
  else if (parts->tm_mon < 0 || parts->tm_mon > 11)
    return thread.raise<ValueError>("month out of range");
  if (parts->tm_mday == 0)
    parts->tm_mday = 1;
  else if (parts->tm_mday < 0 || parts->tm_mday > 31)
    return thread.raise<ValueError>("day of month out of range");
  if (parts->tm_hour < 0 || parts->tm_hour > 23) return thread.raise<ValueError>("hour out of range");
  if (parts->tm_min < 0 || parts->tm_min > 59) return thread.raise<ValueError>("minute out of range");
  if (parts->tm_sec < 0 || parts->tm_sec > 61) return thread.raise<ValueError>("seconds out of range");
  if (parts->tm_wday < 0) return thread.raise<ValueError>("day of week out of range");
  if (parts->tm_yday == -1)
    parts->tm_yday = 0;
  else if (parts->tm_yday < 0 || parts->tm_yday > 365)
    return thread.raise<ValueError>("day of year out of range");
  return {};
}

Result<Value> time_mktime(Thread& thread, Value value) {
  tm parts;
  Bytes* zone = nullptr;
  TRY(parse_parts(thread, value, &parts, "mktime", &zone));
  parts.tm_wday = -1;
  time_t result = mktime(&parts);
  if (result == -1 && parts.tm_wday == -1) return thread.raise<OverflowError>("mktime argument out of range");
  return make_float(thread.heap(), static_cast<double>(result));
}

Result<tm> parts_or_now(Thread& thread, Optional<Value> value, const char* function) {
  tm parts;
  if (value) {
    Bytes* zone = nullptr;
    TRY(parse_parts(thread, *value, &parts, function, &zone));
    TRY(check_parts(thread, &parts));
    return parts;
  }
  time_t now = time(nullptr);
  localtime_r(&now, &parts);
  return parts;
}

Result<Value> time_asctime(Thread& thread, Optional<Value> value) {
  tm parts = TRY(parts_or_now(thread, value, "asctime"));
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[96];
  std::snprintf(text, sizeof text, "%s %s%3d %.2d:%.2d:%.2d %d", kDays[parts.tm_wday], kMonths[parts.tm_mon],
                parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, 1900 + parts.tm_year);
  return to_value(make_str(thread, text));
}
Result<Value> time_ctime(Thread& thread, Value seconds) {
  Value local = TRY(time_localtime(thread, seconds));
  return time_asctime(thread, Optional<Value>(local));
}
Result<Value> time_strftime(Thread& thread, Str* format_text_, Optional<Value> value) {
  tm parts = TRY(parts_or_now(thread, value, "strftime"));
  Bytes* format_bytes = TRY(encode_filesystem(thread, format_text_));
  if (format_bytes->view().find('\0') != std::string_view::npos)
    return thread.raise<ValueError>("embedded null character");
  if (format_bytes->length() == 0) return to_value(thread.runtime().empty_str());
  std::string out(static_cast<size_t>(format_bytes->length()) * 4 + 256, '\0');
  for (int attempt = 0; attempt < 8; ++attempt) {
    size_t count = strftime(out.data(), out.size(), reinterpret_cast<const char*>(format_bytes->data()), &parts);
    if (count > 0) return to_value(decode_filesystem(thread, std::string_view(out.data(), count)));
    out.resize(out.size() * 2);
  }
  return to_value(thread.runtime().empty_str());
}
Result<Value> time_strptime(Thread& thread, const Arguments& arguments) {
  Optional<Value> import = thread.runtime().builtins_dict()->get_str(thread.names().__import__);
  Value module = TRY(call(thread, *import, to_value(intern(thread, "_strptime"))));
  return call(thread, TRY(get_attribute(thread, module, "_strptime_time")), arguments);
}

/// timezone, altzone, daylight and tzname as January and July of this year have them.
Result<void> set_zone(Thread& thread, Module* module) {
  tzset();
  constexpr time_t kYear = (365 * 24 + 6) * 3600;
  time_t january = time(nullptr) / kYear * kYear, july = january + kYear / 2;
  tm winter, summer;
  if (localtime_r(&january, &winter) == nullptr || localtime_r(&july, &summer) == nullptr)
    return thread.raise_errno(errno);
  if (winter.tm_gmtoff > summer.tm_gmtoff) std::swap(winter, summer);  // the southern hemisphere
  TRY(add_int(thread, module, "timezone", -winter.tm_gmtoff));
  TRY(add_int(thread, module, "altzone", -summer.tm_gmtoff));
  TRY(add_int(thread, module, "daylight", winter.tm_gmtoff != summer.tm_gmtoff));
  return add_constant(thread, module, "tzname",
                      to_value(Tuple::of(thread.heap(), to_value(decode_filesystem(thread, winter.tm_zone)),
                                         to_value(decode_filesystem(thread, summer.tm_zone)))));
}
Result<void> time_tzset(Thread& thread) {
  Module* module = native_module(thread, "time");
  return set_zone(thread, module);
}

Result<Value> time_get_clock_info(Thread& thread, Str* name) {
  struct Info {
    const char* name;
    clockid_t clock;
    const char* implementation;
    bool monotonic, adjustable;
  };
  constexpr Info kClocks[] = {
      {"time", CLOCK_REALTIME, "clock_gettime(CLOCK_REALTIME)", false, true},
      {"monotonic", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
      {"perf_counter", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
      {"process_time", CLOCK_PROCESS_CPUTIME_ID, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false},
      {"thread_time", CLOCK_THREAD_CPUTIME_ID, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false}};
  for (const Info& info : kClocks) {
    if (!name->equals(info.name)) continue;
    Value result = TRY(call(thread, to_value(thread.runtime().type(Kind::SimpleNamespace))));
    TRY(set_attribute(thread, result, intern(thread, "implementation"),
                      to_value(make_str(thread, info.implementation))));
    TRY(set_attribute(thread, result, intern(thread, "monotonic"), Value::from_bool(info.monotonic)));
    TRY(set_attribute(thread, result, intern(thread, "adjustable"), Value::from_bool(info.adjustable)));
    TRY(set_attribute(thread, result, intern(thread, "resolution"), TRY(time_clock_getres(thread, info.clock))));
    return result;
  }
  return thread.raise<ValueError>("unknown clock");
}

constexpr NativeMethod kFunctions[] = {
    function<time_time>("time()"),
    function<clock_nanoseconds<CLOCK_REALTIME>>("time_ns()"),
    function<clock_seconds<CLOCK_MONOTONIC>>("monotonic()"),
    function<clock_nanoseconds<CLOCK_MONOTONIC>>("monotonic_ns()"),
    function<clock_seconds<CLOCK_MONOTONIC>>("perf_counter()"),
    function<clock_nanoseconds<CLOCK_MONOTONIC>>("perf_counter_ns()"),
    function<clock_seconds<CLOCK_PROCESS_CPUTIME_ID>>("process_time()"),
    function<clock_nanoseconds<CLOCK_PROCESS_CPUTIME_ID>>("process_time_ns()"),
    function<clock_seconds<CLOCK_THREAD_CPUTIME_ID>>("thread_time()"),
    function<clock_nanoseconds<CLOCK_THREAD_CPUTIME_ID>>("thread_time_ns()"),
    function<time_clock_gettime>("clock_gettime(clk_id, /)"),
    function<time_clock_gettime_ns>("clock_gettime_ns(clk_id, /)"),
    function<time_clock_getres>("clock_getres(clk_id, /)"),
    function<time_clock_settime>("clock_settime(clk_id, time, /)"),
    function<time_clock_settime_ns>("clock_settime_ns(clk_id, time, /)"),
    function<time_pthread_getcpuclockid>("pthread_getcpuclockid(thread_id, /)"),
    function<time_sleep>("sleep(seconds, /)"),
    function<time_gmtime>("gmtime(seconds=None, /)"),
    function<time_localtime>("localtime(seconds=None, /)"),
    function<time_mktime>("mktime(tuple, /)"),
    function<time_asctime>("asctime(tuple=<unrepresentable>, /)"),
    function<time_ctime>("ctime(seconds=None, /)"),
    function<time_strftime>("strftime(format, tuple=<unrepresentable>, /)"),
    function<time_strptime>("strptime(*args, **kwargs)"),
    function<time_tzset>("tzset()"),
    function<time_get_clock_info>("get_clock_info(name, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_struct_sequence(thread, module, "time.struct_time", kFields, 9));
  for (auto [name, clock] : {std::pair{"CLOCK_REALTIME", CLOCK_REALTIME}, std::pair{"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
                             std::pair{"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
                             std::pair{"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
                             std::pair{"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
                             std::pair{"CLOCK_BOOTTIME", CLOCK_BOOTTIME}, std::pair{"CLOCK_TAI", CLOCK_TAI}})
    TRY(add_int(thread, module, name, clock));
  TRY(add_int(thread, module, "_STRUCT_TM_ITEMS", 11));
  return set_zone(thread, module);
}

}  // namespace

extern const ModuleSpec kTimeModule = {.name = "time",
                                       .functions = kFunctions,
                                       .initialize = &initialize,
                                       .doc = "This module provides various functions to manipulate time values."};

}  // namespace viperine
