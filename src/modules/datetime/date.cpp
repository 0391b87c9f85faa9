// SPDX-License-Identifier: MIT
// datetime.date, IsoCalendarDate, and POSIX timestamps as broken-down time.
#include <time.h>

#include <cerrno>
#include <cmath>
#include <cstring>

#include "modules/datetime/datetime.h"
#include "numeric/float_arithmetic.h"
#include "runtime/hashing.h"
#include "runtime/import.h"

namespace viperine::datetime {

namespace {

constexpr const char* kOutOfRange = "date value out of range";

Type* date_type(Thread& thread) { return thread.runtime().type(Kind::DateObject); }

/// Through the constructor when `type` is a subclass.
Result<Value> construct_date(Thread& thread, Type* type, const Fields& f) {
  if (type == date_type(thread)) return make_date(thread, type, f);
  return call(thread, to_value(type), Value::from_int(f.year), Value::from_int(f.month), Value::from_int(f.day));
}
Result<Value> date_of_ordinal(Thread& thread, Type* type, int64_t ordinal) {
  if (ordinal < 1 || ordinal > kMaximumOrdinal) return thread.raise<OverflowError>("{}", kOutOfRange);
  Fields f;
  from_ordinal(ordinal, &f.year, &f.month, &f.day);
  return construct_date(thread, type, f);
}

// --- construction

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kSignature = function<unused>("function(year, month, day)");

Result<Value> date_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count == 1 && arguments.positional_count() == 1) {
    Value state = TRY(pickled_state(thread, arguments[0], 4, 2, 0xFF, "date"));
    if (!state.is_absent()) {
      const uint8_t* data = cast<Bytes>(state)->data();
      auto* date = make_instance<DateObject>(thread, type);
      date->word_ = Fields{data[0] * 256 + data[1], data[2], data[3] & 31}.pack();
      return to_value(date);
    }
  }
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Fields f;
  f.year = TRY(to_signed_int(thread, bound.values[0]));
  f.month = TRY(to_signed_int(thread, bound.values[1]));
  f.day = TRY(to_signed_int(thread, bound.values[2]));
  return make_date(thread, type, f);
}

Result<Value> date_fromtimestamp(Thread& thread, Type* type, Value timestamp) {
  Timestamp when = TRY(to_timestamp(thread, timestamp, TimestampRounding::Floor));
  return construct_date(thread, type, TRY(broken_down_time(thread, when.seconds, true)));
}
Result<Value> date_today(Thread& thread, Type* type) {
  Value now = TRY(call_method(thread, TRY(import_module(thread, "time")), intern(thread, "time")));
  return call_method(thread, to_value(type), thread.names().fromtimestamp, now);
}
Result<Value> date_fromordinal(Thread& thread, Type* type, SignedInt ordinal) {
  if (ordinal.value < 1) return thread.raise<ValueError>("ordinal must be >= 1");
  Fields f;
  from_ordinal(ordinal.value, &f.year, &f.month, &f.day);
  return construct_date(thread, type, f);
}
Result<Value> date_fromisoformat(Thread& thread, Type* type, Value text) {
  if (!is_str(text)) return thread.raise<TypeError>("fromisoformat: argument must be str");
  Fields f;
  Result<Bytes*> utf8 = encode_utf8(thread, as_str(thread, text));
  if (utf8.is_raised()) {
    thread.clear_pending();
  } else {
    Bytes* bytes = utf8.take();
    int64_t length = bytes->length();
    if ((length == 7 || length == 8 || length == 10) &&
        parse_iso_date(reinterpret_cast<const char*>(bytes->data()), static_cast<size_t>(length), &f))
      return construct_date(thread, type, f);
  }
  return thread.raise<ValueError>("Invalid isoformat string: {}", TRY(repr(thread, text)));
}
Result<Value> date_fromisocalendar(Thread& thread, Type* type, Value year, Value week, Value day) {
  int parts[3];
  Value values[] = {year, week, day};
  for (int i = 0; i < 3; ++i) {
    Result<int> part = to_signed_int(thread, values[i]);
    if (part.is_raised()) {
      if (!thread.pending_is<OverflowError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<ValueError>("ISO calendar component out of range");
    }
    parts[i] = part.take();
  }
  Fields f;
  switch (from_iso_calendar(parts[0], parts[1], parts[2], &f.year, &f.month, &f.day)) {
    case IsoStatus::Year:
      return thread.raise<ValueError>("Year is out of range: {}", parts[0]);
    case IsoStatus::Week:
      return thread.raise<ValueError>("Invalid week: {}", parts[1]);
    case IsoStatus::Day:
      return thread.raise<ValueError>("Invalid day: {} (range is [1, 7])", parts[2]);
    case IsoStatus::Ok:
      break;
  }
  return construct_date(thread, type, f);
}

// --- operators

Result<Value> date_shifted(Thread& thread, Value date, int64_t days) {
  return date_of_ordinal(thread, type_of(thread, date), as_date(date)->ordinal() + days);
}
Result<Value> date_add(Thread& thread, Value left, Value right) {
  if (is_datetime(left) || is_datetime(right)) return Value::not_implemented();
  if (is_date(left) && is_delta(right)) return date_shifted(thread, left, as_delta(right).days);
  if (is_date(right) && is_delta(left)) return date_shifted(thread, right, as_delta(left).days);
  return Value::not_implemented();
}
Result<Value> date_subtract(Thread& thread, Value left, Value right) {
  if (is_datetime(left) || is_datetime(right) || !is_date(left)) return Value::not_implemented();
  if (is_date(right)) return make_delta(thread, {as_date(left)->ordinal() - as_date(right)->ordinal(), 0, 0});
  if (is_delta(right)) return date_shifted(thread, left, -as_delta(right).days);
  return Value::not_implemented();
}
Result<Value> date_compare(Thread&, Value self, Value other, Comparison op) {
  if (!is_date(other)) return Value::not_implemented();
  return compared(order_of(as_date(self)->date_word(), as_date(other)->date_word()), op);
}

void store_date(uint8_t* out, const Fields& f) {
  out[0] = static_cast<uint8_t>(f.year >> 8);
  out[1] = static_cast<uint8_t>(f.year);
  out[2] = static_cast<uint8_t>(f.month);
  out[3] = static_cast<uint8_t>(f.day);
}
Result<int64_t> date_hash(Thread& thread, Value self) {
  uint8_t data[4];
  store_date(data, as_date(self)->fields());
  return hash_data(thread, data);
}
Result<Value> date_repr(Thread& thread, Value self) {
  Fields f = as_date(self)->fields();
  return to_value(format_text(thread, "{}({}, {}, {})", shown_name(thread, self), f.year, f.month, f.day));
}
Result<Value> date_str(Thread& thread, Value self) { return call_method(thread, self, thread.names().isoformat); }

// --- methods

Result<Value> date_ctime(Thread& thread, DateObject* self) { return to_value(ctime_text(thread, self->fields())); }
Result<Value> date_strftime(Thread& thread, DateObject* self, Value format) {
  if (!is_str(format))
    return thread.raise<TypeError>("strftime() argument 1 must be str, not {}", type_name_of(format));
  Value timetuple = TRY(call_method(thread, to_value(self), thread.names().timetuple));
  Value tzinfo = is_datetime(to_value(self)) ? as_datetime(to_value(self))->tzinfo() : Value::none();
  return wrap_strftime(thread, as_str(thread, format), timetuple, tzinfo, to_value(self), self->fields().microsecond);
}
Result<Value> date_format(Thread& thread, Value self, Value specification) {
  if (!is_str(specification))
    return thread.raise<TypeError>("__format__() argument 1 must be str, not {}", type_name_of(specification));
  if (as_str(thread, specification)->length() == 0) return to_value(TRY(str(thread, self)));
  return call_method(thread, self, thread.names().strftime, specification);
}
Result<Value> date_timetuple(Thread& thread, DateObject* self) { return make_struct_time(thread, self->fields(), -1); }
Result<Value> date_isocalendar(Thread& thread, DateObject* self) { return isocalendar_of(thread, self->fields()); }
Result<Value> date_isoformat(Thread& thread, DateObject* self) {
  Fields f = self->fields();
  StringBuilder text(thread);
  append_padded(text, f.year, 4);
  text.append("-");
  append_padded(text, f.month, 2);
  text.append("-");
  append_padded(text, f.day, 2);
  return to_value(TRY(text.finish()));
}
Result<Value> date_weekday(Thread&, DateObject* self) {
  Fields f = self->fields();
  return Value::from_int(weekday(f.year, f.month, f.day));
}
Result<Value> date_isoweekday(Thread&, DateObject* self) {
  Fields f = self->fields();
  return Value::from_int(weekday(f.year, f.month, f.day) + 1);
}
Result<Value> date_toordinal(Thread&, DateObject* self) { return Value::from_int(self->ordinal()); }
Result<Value> date_replace(Thread& thread, DateObject* self, Optional<Value> year, Optional<Value> month,
                           Optional<Value> day) {
  Fields f = self->fields();
  f.hour = f.minute = f.second = f.microsecond = f.fold = 0;
  if (year) f.year = TRY(to_signed_int(thread, *year));
  if (month) f.month = TRY(to_signed_int(thread, *month));
  if (day) f.day = TRY(to_signed_int(thread, *day));
  return make_date(thread, type_of(thread, to_value(self)), f);
}
Result<Value> date_reduce(Thread& thread, DateObject* self) {
  uint8_t data[4];
  store_date(data, self->fields());
  Value state = to_value(make_bytes(thread, std::string_view(reinterpret_cast<const char*>(data), sizeof data)));
  return make_pair(thread, to_value(type_of(thread, to_value(self))), to_value(Tuple::of(thread.heap(), state)));
}
Result<Value> date_year(Thread&, DateObject* self) { return Value::from_int(self->fields().year); }
Result<Value> date_month(Thread&, DateObject* self) { return Value::from_int(self->fields().month); }
Result<Value> date_day(Thread&, DateObject* self) { return Value::from_int(self->fields().day); }

constexpr NativeMethod kMethods[] = {
    method<date_fromtimestamp>("fromtimestamp($type, timestamp, /)",
                               "Create a date from a POSIX timestamp, interpreted as local time."),
    method<date_fromordinal>("fromordinal($type, ordinal, /)", "The date with this proleptic Gregorian ordinal."),
    method<date_fromisoformat>("fromisoformat($type, date_string, /)", "A date from a string in ISO 8601 format."),
    method<date_fromisocalendar>("fromisocalendar($type, year, week, day)",
                                 "The inverse of date.isocalendar(): a date from ISO year, week and weekday."),
    method<date_today>("today($type, /)", "Current date or datetime: self.__class__.fromtimestamp(time.time())."),
    method<date_ctime>("ctime($self, /)", "Return ctime() style string."),
    method<date_strftime>("strftime($self, format)", "format -> strftime() style string."),
    method<date_format>("__format__($self, format_spec, /)", "Formats self with strftime."),
    method<date_timetuple>("timetuple($self, /)", "Return time tuple, compatible with time.localtime()."),
    method<date_isocalendar>("isocalendar($self, /)",
                             "Return a named tuple containing ISO year, week number, and weekday."),
    method<date_isoformat>("isoformat($self, /)", "Return string in ISO 8601 format, YYYY-MM-DD."),
    method<date_isoweekday>("isoweekday($self, /)", "The day of the week: Monday is 1, Sunday 7."),
    method<date_toordinal>("toordinal($self, /)", "Proleptic Gregorian ordinal: January 1 of year 1 is day 1."),
    method<date_weekday>("weekday($self, /)", "The day of the week: Monday is 0, Sunday 6."),
    method<date_replace>("replace($self, /, year=<unrepresentable>, month=<unrepresentable>, day=<unrepresentable>)",
                         "Return date with new specified fields."),
    method<date_reduce>("__reduce__($self, /)", "__reduce__() -> (cls, state)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<date_year>("year"), attribute<date_month>("month"),
                                           attribute<date_day>("day")};

// --- IsoCalendarDate: a tuple with three names

constexpr NativeMethod kIsoSignature = function<unused>("IsoCalendarDate(year, week, weekday)");

Result<Value> make_iso_calendar(Thread& thread, Type* type, Value year, Value week, Value day) {
  auto* tuple = static_cast<Tuple*>(allocate_instance(thread, type, sizeof(Tuple), 3 * sizeof(Value)));
  tuple->initialize(3);
  tuple->set(0, year);
  tuple->set(1, week);
  tuple->set(2, day);
  return to_value(tuple);
}
Result<Value> iso_new(Thread& thread, Type* type, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kIsoSignature, arguments, bound));
  for (int i = 0; i < 3; ++i) TRY(to_signed_int(thread, bound.values[i]));
  return make_iso_calendar(thread, type, bound.values[0], bound.values[1], bound.values[2]);
}
Result<Value> iso_repr(Thread& thread, Value self) {
  auto* tuple = cast<Tuple>(self);
  Str* year = TRY(repr(thread, tuple->at(0)));
  Str* week = TRY(repr(thread, tuple->at(1)));
  return to_value(format_text(thread, "{}(year={}, week={}, weekday={})", shown_name(thread, self), year, week,
                              TRY(repr(thread, tuple->at(2)))));
}
Result<Value> iso_year(Thread&, Tuple* self) { return self->at(0); }
Result<Value> iso_week(Thread&, Tuple* self) { return self->at(1); }
Result<Value> iso_weekday(Thread&, Tuple* self) { return self->at(2); }
Result<Value> iso_reduce(Thread& thread, Tuple* self) {
  Value plain = to_value(Tuple::make(thread.heap(), self->span()));
  return make_pair(thread, to_value(thread.runtime().type(Kind::Tuple)), to_value(Tuple::of(thread.heap(), plain)));
}
constexpr NativeMethod kIsoMethods[] = {method<iso_reduce>("__reduce__($self, /)")};
constexpr NativeAttribute kIsoAttributes[] = {attribute<iso_year>("year"), attribute<iso_week>("week"),
                                              attribute<iso_weekday>("weekday")};
const TypeSpec kIsoCalendarType = {.name = "datetime.IsoCalendarDate",
                                   .kind = Kind::Tuple,
                                   .base = Kind::Tuple,
                                   .slots = {.repr = &iso_repr, .new_ = &iso_new},
                                   .methods = kIsoMethods,
                                   .attributes = kIsoAttributes,
                                   .doc = "The result of date.isocalendar() or datetime.isocalendar()"};

Result<void> date_ready(Thread& thread, Type* type) {
  type->extra_.set(type, to_value(TRY(make_builtin_type(thread, kIsoCalendarType))));
  Fields last;
  last.year = kMaximumYear, last.month = 12, last.day = 31;
  set_type_entry(thread, type, "min", TRY(make_date(thread, type, Fields())));
  set_type_entry(thread, type, "max", TRY(make_date(thread, type, last)));
  set_type_entry(thread, type, "resolution", TRY(make_delta(thread, {1, 0, 0})));
  return {};
}

}  // namespace

Result<void> check_date(Thread& thread, int64_t year, int64_t month, int64_t day) {
  if (year < kMinimumYear || year > kMaximumYear) return thread.raise<ValueError>("year {} is out of range", year);
  if (month < 1 || month > 12) return thread.raise<ValueError>("month must be in 1..12");
  if (day < 1 || day > days_in_month(static_cast<int>(year), static_cast<int>(month)))
    return thread.raise<ValueError>("day is out of range for month");
  return {};
}

Result<Value> make_date(Thread& thread, Type* type, const Fields& f) {
  TRY(check_date(thread, f.year, f.month, f.day));
  auto* date = make_instance<DateObject>(thread, type);
  date->word_ = Fields{f.year, f.month, f.day}.pack();
  return to_value(date);
}
Result<Value> make_date(Thread& thread, const Fields& f) { return make_date(thread, date_type(thread), f); }

Result<Value> pickled_state(Thread& thread, Value value, int64_t length, int at, int mask, const char* what) {
  bool is_time = at == 0;
  auto is_sane = [&](uint32_t c) {
    c &= static_cast<uint32_t>(mask);
    return is_time ? c < 24 : c >= 1 && c <= 12;
  };
  if (is<Bytes>(value)) {
    auto* bytes = cast<Bytes>(value);
    if (bytes->length() == length && is_sane(bytes->data()[at])) return value;
  } else if (is_str(value)) {
    Str* text = as_str(thread, value);
    if (text->length() != length || text->at(at) > 0xFF || !is_sane(text->at(at))) return Value::absent();
    uint8_t data[16];
    for (int64_t i = 0; i < length; ++i) {
      if (text->at(i) > 0xFF)
        return thread.raise<ValueError>(
            "Failed to encode latin1 string when unpickling a {} object. "
            "pickle.load(data, encoding='latin1') is assumed.",
            what);
      data[i] = static_cast<uint8_t>(text->at(i));
    }
    std::string_view view(reinterpret_cast<const char*>(data), static_cast<size_t>(length));
    return to_value(make_bytes(thread, view));
  }
  return Value::absent();
}

Result<Timestamp> to_timestamp(Thread& thread, Value value, TimestampRounding rounding) {
  constexpr const char* kTooLarge = "timestamp out of range for platform time_t";
  if (is_float(value)) {
    double number = as_float(value), whole;
    if (std::isnan(number)) return thread.raise<ValueError>("Invalid value NaN (not a number)");
    double fraction = std::modf(number, &whole) * 1e6;
    if (rounding == TimestampRounding::Floor) {
      whole = std::floor(number);
      fraction = 0;
    } else {
      fraction = float_round_half_even(fraction);
      if (fraction >= 1e6)
        fraction -= 1e6, whole += 1;
      else if (fraction < 0)
        fraction += 1e6, whole -= 1;
    }
    if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0))
      return thread.raise<OverflowError>("{}", kTooLarge);
    return Timestamp{static_cast<int64_t>(whole), static_cast<int>(fraction)};
  }
  Value index = TRY(to_index(thread, value));
  Timestamp result{0, 0};
  if (!int_fits_int64(index, &result.seconds)) return thread.raise<OverflowError>("{}", kTooLarge);
  return result;
}

Result<Fields> broken_down_time(Thread& thread, int64_t seconds, bool local, LocalZone* zone) {
  auto when = static_cast<time_t>(seconds);
  if (when != seconds) return thread.raise<OverflowError>("timestamp out of range for platform time_t");
  tm parts;
  errno = 0;
  if ((local ? localtime_r(&when, &parts) : gmtime_r(&when, &parts)) == nullptr)
    return thread.raise_errno(errno != 0 ? errno : EINVAL);
  if (zone != nullptr) {
    zone->offset = parts.tm_gmtoff;
    std::strncpy(zone->name, parts.tm_zone == nullptr ? "" : parts.tm_zone, sizeof zone->name - 1);
    zone->name[sizeof zone->name - 1] = 0;
  }
  Fields f;
  f.year = parts.tm_year + 1900;
  f.month = parts.tm_mon + 1;
  f.day = parts.tm_mday;
  f.hour = parts.tm_hour;
  f.minute = parts.tm_min;
  f.second = parts.tm_sec > 59 ? 59 : parts.tm_sec;
  return f;
}

Result<Value> isocalendar_of(Thread& thread, const Fields& f) {
  int year, week, day;
  to_iso_calendar(f.year, f.month, f.day, &year, &week, &day);
  return make_iso_calendar(thread, cast<Type>(date_type(thread)->extra_.get()), Value::from_int(year),
                           Value::from_int(week), Value::from_int(day));
}

const TypeSpec kDateType = {.name = "datetime.date",
                            .kind = Kind::DateObject,
                            .flags = kTypeBase,
                            .layout = [] { return layout_of<DateObject>("date"); },
                            .slots = {.repr = &date_repr,
                                      .str = &date_str,
                                      .hash = &date_hash,
                                      .compare = &date_compare,
                                      .new_ = &date_new,
                                      .add = &date_add,
                                      .subtract = &date_subtract},
                            .methods = kMethods,
                            .attributes = kAttributes,
                            .doc = "date(year, month, day) --> date object",
                            .ready = &date_ready};

}  // namespace viperine::datetime
