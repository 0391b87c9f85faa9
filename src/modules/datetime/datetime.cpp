// SPDX-License-Identifier: MIT
// datetime.datetime: construction, class methods, fields, text; and the module. Arithmetic is in
// datetime_arithmetic.cpp.
#include "modules/datetime/datetime.h"

#include <time.h>

#include <cstring>

#include "runtime/import.h"

namespace viperine::datetime {

namespace {

Type* datetime_type(Thread& thread) { return thread.runtime().type(Kind::DateTimeObject); }

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kSignature =
    function<unused>("function(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)");

Result<Value> datetime_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() == 0 && (arguments.count == 1 || arguments.count == 2)) {
    Value state = TRY(pickled_state(thread, arguments[0], 10, 2, 0x7F, "datetime"));
    if (!state.is_absent()) {
      const uint8_t* data = cast<Bytes>(state)->data();
      Value tzinfo = arguments.count == 2 ? arguments[1] : Value::none();
      if (!tzinfo.is_none() && !is_tzinfo(tzinfo)) return thread.raise<TypeError>("bad tzinfo state arg");
      auto* datetime = make_instance<DateTimeObject>(thread, type);
      datetime->word_ = Fields{data[0] * 256 + data[1],
                               data[2] & 0x7F,
                               data[3] & 31,
                               data[4] & 31,
                               data[5] & 63,
                               data[6] & 63,
                               ((data[7] << 16) | (data[8] << 8) | data[9]) & 0xFFFFF,
                               data[2] >> 7}
                            .pack();
      datetime->tzinfo_.initialize(tzinfo);
      return to_value(datetime);
    }
  }
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  int parts[9] = {};
  for (int i : {0, 1, 2, 3, 4, 5, 6, 8}) parts[i] = TRY(to_signed_int(thread, bound.values[i]));
  return make_datetime(thread, type, {parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[8]},
                       bound.values[7]);
}

// --- from clocks and texts

/// Local time when `tzinfo` is None, else UTC brought to it.
Result<Value> from_timestamp(Thread& thread, Type* type, const Timestamp& when, bool local, Value tzinfo) {
  Fields f = TRY(broken_down_time(thread, when.seconds, local));
  f.microsecond = when.microseconds;
  if (local) f.fold = TRY(fold_of(thread, when.seconds, f));
  return construct_datetime(thread, type, f, tzinfo);
}
Result<Value> from_timestamp_in(Thread& thread, Type* type, const Timestamp& when, Value tz) {
  TRY(check_tzinfo(thread, tz));
  Value result = TRY(from_timestamp(thread, type, when, tz.is_none(), tz));
  return tz.is_none() ? Result<Value>(result) : call_method(thread, tz, thread.names().fromutc, result);
}
Timestamp current_time() {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return {now.tv_sec, static_cast<int>(now.tv_nsec / 1000)};
}
Result<Value> datetime_now(Thread& thread, Type* type, Value tz) {
  return from_timestamp_in(thread, type, current_time(), tz);
}
Result<Value> datetime_utcnow(Thread& thread, Type* type) {
  return from_timestamp(thread, type, current_time(), false, Value::none());
}
Result<Value> datetime_fromtimestamp(Thread& thread, Type* type, Value timestamp, Value tz) {
  TRY(check_tzinfo(thread, tz));
  Timestamp when = TRY(to_timestamp(thread, timestamp, TimestampRounding::HalfEven));
  return from_timestamp_in(thread, type, when, tz);
}
Result<Value> datetime_utcfromtimestamp(Thread& thread, Type* type, Value timestamp) {
  Timestamp when = TRY(to_timestamp(thread, timestamp, TimestampRounding::HalfEven));
  return from_timestamp(thread, type, when, false, Value::none());
}
Result<Value> datetime_strptime(Thread& thread, Type* type, Value text, Value format) {
  int number = 1;
  for (Value value : {text, format}) {
    if (!is_str(value))
      return thread.raise<TypeError>("strptime() argument {} must be str, not {}", number, type_name_of(value));
    ++number;
  }
  Value module = TRY(import_module(thread, "_strptime"));
  return call_method(thread, module, intern(thread, "_strptime_datetime"), to_value(type), text, format);
}
Result<Value> datetime_combine(Thread& thread, Type* type, Value date, Value time, Optional<Value> tzinfo) {
  if (!is_date(date))
    return thread.raise<TypeError>("combine() argument 1 must be datetime.date, not {}", type_name_of(date));
  if (!has_kind(time, Kind::TimeObject))
    return thread.raise<TypeError>("combine() argument 2 must be datetime.time, not {}", type_name_of(time));
  if (tzinfo) TRY(check_tzinfo(thread, *tzinfo));
  Fields day = as_date(date)->fields(), f = as_time(time)->fields();
  f.year = day.year, f.month = day.month, f.day = day.day;
  return construct_datetime(thread, type, f, tzinfo.value_or(as_time(time)->tzinfo()));
}

/// The text as UTF-8; a lone surrogate where the separator may be becomes a T. Null: it is none.
Bytes* iso_bytes(Thread& thread, Str* text) {
  if (text->length() < 7) return nullptr;
  for (int64_t at : {8, 10, 7}) {
    if (text->length() <= at || text->at(at) < 0xD800 || text->at(at) > 0xDFFF) continue;
    StringBuilder copy(thread);
    copy.append(text, 0, at);
    copy.append(uint32_t{'T'});
    copy.append(text, at + 1, text->length());
    Result<Str*> replaced = copy.finish();
    if (replaced.is_raised()) return nullptr;
    text = replaced.take();
    break;
  }
  Result<Bytes*> bytes = encode_utf8(thread, text);
  return bytes.is_raised() ? nullptr : bytes.take();
}
bool parse_iso_datetime(const char* text, size_t length, Fields* f, IsoZone* zone) {
  size_t separator = find_date_time_separator(text, length);
  if (separator == SIZE_MAX || !parse_iso_date(text, separator, f)) return false;
  if (separator > length) return false;
  if (length == separator) return true;
  const char* at = text + separator;
  auto first = static_cast<unsigned char>(*at);
  at += first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (at > text + length) return false;
  return parse_iso_time(at, length - static_cast<size_t>(at - text), f, zone);
}
Result<Value> datetime_fromisoformat(Thread& thread, Type* type, Value text) {
  if (!is_str(text)) return thread.raise<TypeError>("fromisoformat: argument must be str");
  Fields f;
  IsoZone zone;
  Bytes* bytes = iso_bytes(thread, as_str(thread, text));
  thread.clear_pending();
  if (bytes == nullptr || !parse_iso_datetime(reinterpret_cast<const char*>(bytes->data()),
                                              static_cast<size_t>(bytes->length()), &f, &zone))
    return thread.raise<ValueError>("Invalid isoformat string: {}", TRY(repr(thread, text)));
  return construct_datetime(thread, type, f, TRY(make_iso_zone(thread, zone)));
}

// --- text

Result<Value> datetime_repr(Thread& thread, Value self) {
  Fields f = as_datetime(self)->fields();
  StringBuilder text(thread);
  text.append(shown_name(thread, self));
  text.append("(");
  text.append_int(f.year);
  int count = f.microsecond != 0 ? 6 : f.second != 0 ? 5 : 4;
  const int parts[] = {f.month, f.day, f.hour, f.minute, f.second, f.microsecond};
  for (int i = 0; i < count; ++i) {
    text.append(", ");
    text.append_int(parts[i]);
  }
  if (f.fold != 0) text.append(", fold=1");
  if (!as_datetime(self)->tzinfo().is_none()) {
    text.append(", tzinfo=");
    text.append(TRY(repr(thread, as_datetime(self)->tzinfo())));
  }
  text.append(")");
  return to_value(TRY(text.finish()));
}
Result<Value> datetime_str(Thread& thread, Value self) {
  return call_method(thread, self, thread.names().isoformat, to_value(thread.runtime().latin1_character(' ')));
}
Result<Value> datetime_isoformat(Thread& thread, DateTimeObject* self, Optional<Value> sep, Optional<Value> timespec) {
  uint32_t separator = 'T';
  if (sep) {
    if (!is_str(*sep) || as_str(thread, *sep)->length() != 1)
      return thread.raise<TypeError>("isoformat() argument 1 must be a unicode character, not {}", type_name_of(*sep));
    separator = as_str(thread, *sep)->at(0);
  }
  if (timespec && !is_str(*timespec)) {
    if ((*timespec).is_none()) return thread.raise<TypeError>("isoformat() argument 2 must be str, not None");
    return thread.raise<TypeError>("isoformat() argument 2 must be str, not {}", type_name_of(*timespec));
  }
  Fields f = self->fields();
  StringBuilder text(thread);
  append_padded(text, f.year, 4);
  text.append("-");
  append_padded(text, f.month, 2);
  text.append("-");
  append_padded(text, f.day, 2);
  text.append(separator);
  TRY(append_time(thread, text, f, NoneOr<Str*>(timespec ? as_str(thread, *timespec) : nullptr)));
  TRY(append_utcoffset(thread, text, ":", self->tzinfo(), to_value(self)));
  return to_value(TRY(text.finish()));
}

// --- parts and copies

Result<Value> datetime_date(Thread& thread, DateTimeObject* self) { return make_date(thread, self->fields()); }
Result<Value> datetime_time(Thread& thread, DateTimeObject* self) {
  return make_time(thread, self->fields(), Value::none());
}
Result<Value> datetime_timetz(Thread& thread, DateTimeObject* self) {
  return make_time(thread, self->fields(), self->tzinfo());
}
Result<Value> datetime_dst(Thread& thread, DateTimeObject* self) {
  return call_offset(thread, self->tzinfo(), thread.names().dst, to_value(self));
}
Result<Value> datetime_tzname(Thread& thread, DateTimeObject* self) {
  return call_tzname(thread, self->tzinfo(), to_value(self));
}
Result<Value> datetime_timetuple(Thread& thread, DateTimeObject* self) {
  Value dst = TRY(datetime_dst(thread, self));
  return make_struct_time(thread, self->fields(), dst.is_none() ? -1 : !as_delta(dst).is_zero());
}
Result<Value> datetime_utctimetuple(Thread& thread, DateTimeObject* self) {
  Value offset = TRY(datetime_utcoffset(thread, self));
  if (offset.is_none()) return make_struct_time(thread, self->fields(), 0);
  Value exact = TRY(make_datetime(thread, self->fields(), Value::none()));
  Value moved = TRY(datetime_plus(thread, as_datetime(exact), as_delta(offset), -1));
  return make_struct_time(thread, as_datetime(moved)->fields(), 0);
}
Result<Value> datetime_replace(Thread& thread, DateTimeObject* self, Optional<Value> year, Optional<Value> month,
                               Optional<Value> day, Optional<Value> hour, Optional<Value> minute,
                               Optional<Value> second, Optional<Value> microsecond, Optional<Value> tzinfo,
                               Optional<Value> fold) {
  Fields f = self->fields();
  if (year) f.year = TRY(to_signed_int(thread, *year));
  if (month) f.month = TRY(to_signed_int(thread, *month));
  if (day) f.day = TRY(to_signed_int(thread, *day));
  if (hour) f.hour = TRY(to_signed_int(thread, *hour));
  if (minute) f.minute = TRY(to_signed_int(thread, *minute));
  if (second) f.second = TRY(to_signed_int(thread, *second));
  if (microsecond) f.microsecond = TRY(to_signed_int(thread, *microsecond));
  if (fold) f.fold = TRY(to_signed_int(thread, *fold));
  return make_datetime(thread, type_of(thread, to_value(self)), f, tzinfo.value_or(self->tzinfo()));
}
Result<Value> reduced(Thread& thread, DateTimeObject* self, bool with_fold) {
  Fields f = self->fields();
  int month = f.month | (with_fold && f.fold != 0 ? 0x80 : 0);
  const char data[] = {static_cast<char>(f.year >> 8),
                       static_cast<char>(f.year),
                       static_cast<char>(month),
                       static_cast<char>(f.day),
                       static_cast<char>(f.hour),
                       static_cast<char>(f.minute),
                       static_cast<char>(f.second),
                       static_cast<char>(f.microsecond >> 16),
                       static_cast<char>(f.microsecond >> 8),
                       static_cast<char>(f.microsecond)};
  Value state = to_value(make_bytes(thread, std::string_view(data, sizeof data)));
  Tuple* arguments =
      self->tzinfo().is_none() ? Tuple::of(thread.heap(), state) : Tuple::of(thread.heap(), state, self->tzinfo());
  return make_pair(thread, to_value(type_of(thread, to_value(self))), to_value(arguments));
}
Result<Value> datetime_reduce_ex(Thread& thread, DateTimeObject* self, SignedInt protocol) {
  return reduced(thread, self, protocol.value > 3);
}
Result<Value> datetime_reduce(Thread& thread, DateTimeObject* self) { return reduced(thread, self, false); }

Result<Value> datetime_hour(Thread&, DateTimeObject* self) { return Value::from_int(self->fields().hour); }
Result<Value> datetime_minute(Thread&, DateTimeObject* self) { return Value::from_int(self->fields().minute); }
Result<Value> datetime_second(Thread&, DateTimeObject* self) { return Value::from_int(self->fields().second); }
Result<Value> datetime_microsecond(Thread&, DateTimeObject* self) {
  return Value::from_int(self->fields().microsecond);
}
Result<Value> datetime_tzinfo(Thread&, DateTimeObject* self) { return self->tzinfo(); }
Result<Value> datetime_fold(Thread&, DateTimeObject* self) { return Value::from_int(self->fields().fold); }

constexpr NativeMethod kMethods[] = {
    method<datetime_now>("now($type, /, tz=None)", "Current time local to tz, else to the local time zone."),
    method<datetime_utcnow>("utcnow($type, /)", "Return a new datetime representing UTC day and time."),
    method<datetime_fromtimestamp>("fromtimestamp($type, /, timestamp, tz=None)",
                                   "timestamp[, tz] -> tz's local time from POSIX timestamp."),
    method<datetime_utcfromtimestamp>("utcfromtimestamp($type, timestamp, /)",
                                      "Construct a naive UTC datetime from a POSIX timestamp."),
    method<datetime_strptime>("strptime($type, date_string, format, /)",
                              "A datetime parsed from a string (like time.strptime())."),
    method<datetime_combine>("combine($type, /, date, time, tzinfo=<unrepresentable>)",
                             "date, time -> datetime with same date and time fields"),
    method<datetime_fromisoformat>("fromisoformat($type, date_string, /)",
                                   "A datetime from a string in most ISO 8601 formats."),
    method<datetime_date>("date($self, /)", "Return date object with same year, month and day."),
    method<datetime_time>("time($self, /)", "Return time object with same time but with tzinfo=None."),
    method<datetime_timetz>("timetz($self, /)", "Return time object with same time and tzinfo."),
    method<datetime_timetuple>("timetuple($self, /)", "Return time tuple, compatible with time.localtime()."),
    method<datetime_timestamp>("timestamp($self, /)", "Return POSIX timestamp as float."),
    method<datetime_utctimetuple>("utctimetuple($self, /)", "Return UTC time tuple, compatible with time.localtime()."),
    method<datetime_isoformat>("isoformat($self, /, sep=<unrepresentable>, timespec=<unrepresentable>)",
                               "ISO 8601 text YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]; sep stands between date "
                               "and time, timespec says how much of the time."),
    method<datetime_utcoffset>("utcoffset($self, /)", "Return self.tzinfo.utcoffset(self)."),
    method<datetime_tzname>("tzname($self, /)", "Return self.tzinfo.tzname(self)."),
    method<datetime_dst>("dst($self, /)", "Return self.tzinfo.dst(self)."),
    method<datetime_replace>("replace($self, /, year=<unrepresentable>, month=<unrepresentable>, "
                             "day=<unrepresentable>, hour=<unrepresentable>, minute=<unrepresentable>, "
                             "second=<unrepresentable>, microsecond=<unrepresentable>, tzinfo=<unrepresentable>, *, "
                             "fold=<unrepresentable>)",
                             "Return datetime with new specified fields."),
    method<datetime_astimezone>("astimezone($self, /, tz=None)", "tz -> convert to local time in new timezone tz\n"),
    method<datetime_reduce_ex>("__reduce_ex__($self, protocol, /)", "__reduce_ex__(proto) -> (cls, state)"),
    method<datetime_reduce>("__reduce__($self, /)", "__reduce__() -> (cls, state)"),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<datetime_hour>("hour"),     attribute<datetime_minute>("minute"),
    attribute<datetime_second>("second"), attribute<datetime_microsecond>("microsecond"),
    attribute<datetime_tzinfo>("tzinfo"), attribute<datetime_fold>("fold")};

Result<void> datetime_ready(Thread& thread, Type* type) {
  Fields last{kMaximumYear, 12, 31, 23, 59, 59, 999999};
  set_type_entry(thread, type, "min", TRY(make_datetime(thread, type, Fields(), Value::none())));
  set_type_entry(thread, type, "max", TRY(make_datetime(thread, type, last, Value::none())));
  set_type_entry(thread, type, "resolution", TRY(make_delta(thread, {0, 0, 1})));
  return {};
}

/// The types are made once: a second import of the module shows the same ones.
Result<void> initialize(Thread& thread, Module* module) {
  Type* keeper = thread.runtime().type(Kind::TimeDelta);
  if (keeper != nullptr && is<Dict>(keeper->extra_.get()))
    return dict_merge(thread, module->dict(), cast<Dict>(keeper->extra_.get()), true);
  Dict* contents = Dict::make(thread.heap());
  for (const TypeSpec* spec : {&kTimeDeltaType, &kTzInfoType, &kTimeZoneType, &kDateType, &kTimeType, &kDateTimeType})
    TRY(dict_set_name(thread, contents, std::strrchr(spec->name, '.') + 1,
                      to_value(TRY(make_builtin_type(thread, *spec)))));
  TRY(dict_set_name(thread, contents, "MINYEAR", Value::from_int(kMinimumYear)));
  TRY(dict_set_name(thread, contents, "MAXYEAR", Value::from_int(kMaximumYear)));
  TRY(dict_set_name(thread, contents, "UTC", utc(thread)));
  keeper = thread.runtime().type(Kind::TimeDelta);
  keeper->extra_.set(keeper, to_value(contents));
  return dict_merge(thread, module->dict(), contents, true);
}

}  // namespace

Result<Value> make_datetime(Thread& thread, Type* type, const Fields& f, Value tzinfo) {
  TRY(check_date(thread, f.year, f.month, f.day));
  TRY(check_time(thread, f));
  TRY(check_tzinfo(thread, tzinfo));
  auto* datetime = make_instance<DateTimeObject>(thread, type);
  datetime->word_ = f.pack();
  datetime->tzinfo_.initialize(tzinfo);
  return to_value(datetime);
}
Result<Value> make_datetime(Thread& thread, const Fields& f, Value tzinfo) {
  return make_datetime(thread, datetime_type(thread), f, tzinfo);
}

Result<Value> construct_datetime(Thread& thread, Type* type, const Fields& f, Value tzinfo) {
  if (type == datetime_type(thread)) return make_datetime(thread, type, f, tzinfo);
  Value result = TRY(call(thread, to_value(type), Value::from_int(f.year), Value::from_int(f.month),
                          Value::from_int(f.day), Value::from_int(f.hour), Value::from_int(f.minute),
                          Value::from_int(f.second), Value::from_int(f.microsecond), tzinfo));
  if (is_datetime(result)) as_datetime(result)->word_ = (as_datetime(result)->word_ & ~uint64_t{1}) | (f.fold != 0);
  return result;
}

const TypeSpec kDateTimeType = {
    .name = "datetime.datetime",
    .kind = Kind::DateTimeObject,
    .base = Kind::DateObject,
    .flags = kTypeBase,
    .layout = [] { return layout_of<DateTimeObject>("datetime"); },
    .slots = {.repr = &datetime_repr,
              .str = &datetime_str,
              .hash = &datetime_hash,
              .compare = &datetime_compare,
              .new_ = &datetime_new,
              .add = &datetime_add,
              .subtract = &datetime_subtract},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\nThe year, month and day "
        "arguments are required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The rest are ints.",
    .ready = &datetime_ready};

}  // namespace viperine::datetime

namespace viperine {

extern const ModuleSpec kDatetimeModule = {
    .name = "_datetime", .initialize = &datetime::initialize, .doc = "Fast implementation of the datetime type."};

}  // namespace viperine
