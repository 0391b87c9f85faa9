// SPDX-License-Identifier: MIT
// What the types of _datetime share to become text: strftime, isoformat's time part, ctime, struct_time.
#include <cstdio>

#include "modules/datetime/datetime.h"
#include "runtime/import.h"

namespace viperine::datetime {

namespace {

/// What stands for %Z: the zone's name with its percent signs doubled.
Result<void> append_zone_name(Thread& thread, StringBuilder& out, Value tzinfo, Value argument) {
  Value name = TRY(call_tzname(thread, tzinfo, argument));
  if (name.is_none()) return {};
  if (!is_exact<Str>(name)) {  // a subclass may replace in its own way
    name = TRY(call_method(thread, name, thread.names().replace, to_value(intern(thread, "%")),
                           to_value(intern(thread, "%%"))));
    if (!is_str(name)) return thread.raise<TypeError>("tzname.replace() did not return a string");
    out.append(as_str(thread, name));
    return {};
  }
  Str* text = as_str(thread, name);
  for (int64_t i = 0; i < text->length(); ++i) {
    uint32_t c = text->at(i);
    if (c == '%') out.append(c);
    out.append(c);
  }
  return {};
}

}  // namespace

void append_padded(StringBuilder& out, int number, int digits) {
  char text[16];
  for (int i = digits - 1; i >= 0; --i, number /= 10) text[i] = static_cast<char>('0' + number % 10);
  out.append(std::string_view(text, static_cast<size_t>(digits)));
}

Str* shown_name(Thread& thread, Value object) {
  Type* type = type_of(thread, object);
  return type->is_heap_type() ? type->name() : format_text(thread, "datetime.{}", type->name());
}

Result<Value> wrap_strftime(Thread& thread, Str* format, Value timetuple, Value tzinfo, Value argument,
                            int microsecond) {
  if (!format->is_ascii()) TRY(encode_utf8(thread, format));  // refuses surrogates
  StringBuilder out(thread);
  int64_t length = format->length();
  for (int64_t i = 0; i < length; ++i) {
    uint32_t c = format->at(i);
    if (c != '%' || i + 1 == length) {
      out.append(c);
      continue;
    }
    c = format->at(++i);
    switch (c) {
      case 'z':
        TRY(append_utcoffset(thread, out, "", tzinfo, argument));
        break;
      case 'Z':
        TRY(append_zone_name(thread, out, tzinfo, argument));
        break;
      case 'f':
        append_padded(out, microsecond, 6);
        break;
      default:
        out.append(uint32_t{'%'});
        out.append(c);
    }
  }
  Value text = to_value(TRY(out.finish()));
  Value time = TRY(import_module(thread, "time"));
  return call_method(thread, time, thread.names().strftime, text, timetuple);
}

Result<void> append_time(Thread& thread, StringBuilder& out, const Fields& fields, NoneOr<Str*> timespec) {
  enum Precision { Hours, Minutes, Seconds, Milliseconds, Microseconds } precision = Seconds;
  if (!timespec || timespec->equals("auto"))
    precision = fields.microsecond == 0 ? Seconds : Microseconds;
  else if (timespec->equals("hours"))
    precision = Hours;
  else if (timespec->equals("minutes"))
    precision = Minutes;
  else if (timespec->equals("seconds"))
    precision = Seconds;
  else if (timespec->equals("milliseconds"))
    precision = Milliseconds;
  else if (timespec->equals("microseconds"))
    precision = Microseconds;
  else
    return thread.raise<ValueError>("Unknown timespec value");
  append_padded(out, fields.hour, 2);
  if (precision == Hours) return {};
  out.append(":");
  append_padded(out, fields.minute, 2);
  if (precision == Minutes) return {};
  out.append(":");
  append_padded(out, fields.second, 2);
  if (precision == Seconds) return {};
  out.append(".");
  if (precision == Milliseconds)
    append_padded(out, fields.microsecond / 1000, 3);
  else
    append_padded(out, fields.microsecond, 6);
  return {};
}

Result<Value> make_struct_time(Thread& thread, const Fields& f, int dst) {
  Tuple* parts = Tuple::of(thread.heap(), Value::from_int(f.year), Value::from_int(f.month), Value::from_int(f.day),
                           Value::from_int(f.hour), Value::from_int(f.minute), Value::from_int(f.second),
                           Value::from_int(weekday(f.year, f.month, f.day)),
                           Value::from_int(days_before_month(f.year, f.month) + f.day), Value::from_int(dst));
  Value time = TRY(import_module(thread, "time"));
  return call_method(thread, time, intern(thread, "struct_time"), to_value(parts));
}

Str* ctime_text(Thread& thread, const Fields& f) {
  constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  int length = std::snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %04d", kDays[weekday(f.year, f.month, f.day)],
                             kMonths[f.month - 1], f.day, f.hour, f.minute, f.second, f.year);
  return make_str(thread, std::string_view(text, static_cast<size_t>(length)));
}

}  // namespace viperine::datetime
