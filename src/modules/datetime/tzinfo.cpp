// SPDX-License-Identifier: MIT
// datetime.tzinfo and datetime.timezone, and how dates and times ask a tzinfo.
#include "modules/datetime/datetime.h"

namespace viperine::datetime {

namespace {

bool less_than_a_day(const Delta& delta) {
  return (delta.days == -1 && (delta.seconds > 0 || delta.microseconds > 0)) || delta.days == 0;
}
TimeZone* as_zone(Value value) { return static_cast<TimeZone*>(value.as_object()); }
Delta offset_of(TimeZone* zone) { return as_delta(zone->offset_.get()); }

// --- tzinfo

Result<Value> tzinfo_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(allocate_instance(thread, type, sizeof(HeapObject)));
}
Raised missing(Thread& thread, const char* name) {
  return thread.raise<NotImplementedError>("a tzinfo subclass must implement {}()", name);
}
Result<Value> tzinfo_tzname(Thread& thread, Value, Value) { return missing(thread, "tzname"); }
Result<Value> tzinfo_utcoffset(Thread& thread, Value, Value) { return missing(thread, "utcoffset"); }
Result<Value> tzinfo_dst(Thread& thread, Value, Value) { return missing(thread, "dst"); }

Result<Value> tzinfo_fromutc(Thread& thread, Value self, Value dt) {
  if (!is_datetime(dt)) return thread.raise<TypeError>("fromutc: argument must be a datetime");
  if (as_datetime(dt)->tzinfo() != self) return thread.raise<ValueError>("fromutc: dt.tzinfo is not self");
  Value offset = TRY(call_offset(thread, self, thread.names().utcoffset, dt));
  if (offset.is_none()) return thread.raise<ValueError>("fromutc: non-None utcoffset() result required");
  Value dst = TRY(call_offset(thread, self, thread.names().dst, dt));
  if (dst.is_none()) return thread.raise<ValueError>("fromutc: non-None dst() result required");
  Value result = TRY(datetime_plus(thread, as_datetime(dt), as_delta(offset).plus(as_delta(dst), -1), 1));
  dst = TRY(call_offset(thread, self, thread.names().dst, result));
  if (dst.is_none()) return thread.raise<ValueError>("fromutc: tz.dst() gave inconsistent results; cannot convert");
  if (as_delta(dst).is_zero()) return result;
  return datetime_plus(thread, as_datetime(result), as_delta(dst), 1);
}

Result<Value> tzinfo_reduce(Thread& thread, Value self) {
  Value arguments = to_value(thread.runtime().empty_tuple());
  Optional<Value> method = TRY(find_attribute(thread, self, thread.names().__getinitargs__));
  if (method) arguments = TRY(call(thread, *method));
  Value state = TRY(call_method(thread, self, thread.names().__getstate__));
  return to_value(Tuple::of(thread.heap(), to_value(type_of(thread, self)), arguments, state));
}

constexpr NativeMethod kTzInfoMethods[] = {
    method<tzinfo_tzname>("tzname($self, dt, /)", "datetime -> string name of time zone."),
    method<tzinfo_utcoffset>("utcoffset($self, dt, /)",
                             "datetime -> timedelta showing offset from UTC, negative values indicating West of UTC"),
    method<tzinfo_dst>("dst($self, dt, /)", "datetime -> DST offset as timedelta positive east of UTC."),
    method<tzinfo_fromutc>("fromutc($self, dt, /)", "datetime in UTC -> datetime in local time."),
    method<tzinfo_reduce>("__reduce__($self, /)", "-> (cls, state)"),
};

// --- timezone

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kZoneSignature = function<unused>("timezone(offset, name=<unrepresentable>)");

Result<Value> zone_new(Thread& thread, Type*, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kZoneSignature, arguments, bound));
  Value offset = bound.values[0], name = bound.values[1];
  if (!is_delta(offset))
    return thread.raise<TypeError>("timezone() argument 1 must be datetime.timedelta, not {}", type_name_of(offset));
  if (!name.is_absent() && !is_str(name))
    return thread.raise<TypeError>("timezone() argument 2 must be str, not {}", type_name_of(name));
  if (name.is_absent()) name = Value::none();
  if (name.is_none() && as_delta(offset).is_zero()) return utc(thread);
  if (!less_than_a_day(as_delta(offset))) return make_zone(thread, as_delta(offset), name);
  auto* zone = make_exact<TimeZone>(thread, Kind::TimeZone);
  zone->offset_.initialize(offset);
  zone->name_.initialize(name);
  return to_value(zone);
}

Result<void> check_argument(Thread& thread, Value dt, const char* method) {
  if (dt.is_none() || is_datetime(dt)) return {};
  return thread.raise<TypeError>("{}(dt) argument must be a datetime instance or None, not {}", method,
                                 type_name_of(dt));
}
Result<Value> zone_str(Thread& thread, Value self) {
  TimeZone* zone = as_zone(self);
  if (!zone->name_.get().is_none()) return zone->name_.get();
  Delta offset = offset_of(zone);
  if (self == utc(thread) || offset.is_zero()) return to_value(intern(thread, "UTC"));
  StringBuilder text(thread);
  bool negative = offset.days < 0;
  if (negative) offset = Delta().plus(offset, -1);
  text.append(negative ? "UTC-" : "UTC+");
  append_padded(text, static_cast<int>(offset.seconds / 3600), 2);
  text.append(":");
  append_padded(text, static_cast<int>(offset.seconds / 60 % 60), 2);
  if (offset.seconds % 60 != 0 || offset.microseconds != 0) {
    text.append(":");
    append_padded(text, static_cast<int>(offset.seconds % 60), 2);
  }
  if (offset.microseconds != 0) {
    text.append(".");
    append_padded(text, static_cast<int>(offset.microseconds), 6);
  }
  return to_value(TRY(text.finish()));
}
Result<Value> zone_repr(Thread& thread, Value self) {
  if (self == utc(thread)) return to_value(make_str(thread, "datetime.timezone.utc"));
  TimeZone* zone = as_zone(self);
  Str* offset = TRY(repr(thread, zone->offset_.get()));
  if (zone->name_.get().is_none()) return to_value(format_text(thread, "datetime.timezone({})", offset));
  Str* name = TRY(repr(thread, zone->name_.get()));
  return to_value(format_text(thread, "datetime.timezone({}, {})", offset, name));
}
Result<Value> zone_compare(Thread&, Value self, Value other, Comparison op) {
  if (!has_kind(other, Kind::TimeZone) || (op != Comparison::Equal && op != Comparison::NotEqual))
    return Value::not_implemented();
  return Value::from_bool((offset_of(as_zone(self)) == offset_of(as_zone(other))) == (op == Comparison::Equal));
}
Result<int64_t> zone_hash(Thread& thread, Value self) { return hash(thread, as_zone(self)->offset_.get()); }

Result<Value> zone_tzname(Thread& thread, TimeZone* self, Value dt) {
  TRY(check_argument(thread, dt, "tzname"));
  return zone_str(thread, to_value(self));
}
Result<Value> zone_utcoffset(Thread& thread, TimeZone* self, Value dt) {
  TRY(check_argument(thread, dt, "utcoffset"));
  return self->offset_.get();
}
Result<Value> zone_dst(Thread& thread, TimeZone*, Value dt) {
  TRY(check_argument(thread, dt, "dst"));
  return Value::none();
}
Result<Value> zone_fromutc(Thread& thread, TimeZone* self, Value dt) {
  if (!is_datetime(dt)) return thread.raise<TypeError>("fromutc: argument must be a datetime instance");
  if (as_datetime(dt)->tzinfo() != to_value(self)) return thread.raise<ValueError>("fromutc: dt.tzinfo is not self");
  return datetime_plus(thread, as_datetime(dt), offset_of(self), 1);
}
Result<Value> zone_getinitargs(Thread& thread, TimeZone* self) {
  Value offset = self->offset_.get(), name = self->name_.get();
  return to_value(name.is_none() ? Tuple::of(thread.heap(), offset) : Tuple::of(thread.heap(), offset, name));
}

constexpr NativeMethod kZoneMethods[] = {
    method<zone_tzname>("tzname($self, dt, /)", "The name given to the constructor, else 'UTC(+|-)HH:MM'."),
    method<zone_utcoffset>("utcoffset($self, dt, /)", "Return fixed offset."),
    method<zone_dst>("dst($self, dt, /)", "Return None."),
    method<zone_fromutc>("fromutc($self, dt, /)", "datetime in UTC -> datetime in local time."),
    method<zone_getinitargs>("__getinitargs__($self, /)", "pickle support"),
};

Result<void> zone_ready(Thread& thread, Type* type) {
  auto* zone = make_exact<TimeZone>(thread, Kind::TimeZone);
  zone->name_.initialize(Value::none());
  Value nothing = TRY(make_delta(thread, Delta()));
  zone->offset_.set(zone, nothing);
  type->extra_.set(type, to_value(zone));
  set_type_entry(thread, type, "utc", to_value(zone));
  set_type_entry(thread, type, "min", TRY(make_zone(thread, {-1, 60, 0})));
  set_type_entry(thread, type, "max", TRY(make_zone(thread, {0, kSecondsPerDay - 60, 0})));
  return {};
}

}  // namespace

Value utc(Thread& thread) { return thread.runtime().type(Kind::TimeZone)->extra_.get(); }

Result<Value> make_zone(Thread& thread, const Delta& offset, Value name) {
  if (name.is_none() && offset.is_zero()) return utc(thread);
  Value delta = TRY(make_delta(thread, offset));
  if (!less_than_a_day(as_delta(delta)))
    return thread.raise<ValueError>(
        "offset must be a timedelta strictly between -timedelta(hours=24) and "
        "timedelta(hours=24), not {}.",
        TRY(repr(thread, delta)));
  auto* zone = make_exact<TimeZone>(thread, Kind::TimeZone);
  zone->offset_.initialize(delta);
  zone->name_.initialize(name);
  return to_value(zone);
}

Result<Value> call_offset(Thread& thread, Value tzinfo, Str* method, Value argument) {
  if (tzinfo.is_none()) return tzinfo;
  if (has_kind(tzinfo, Kind::TimeZone)) {
    if (method == thread.names().utcoffset) return as_zone(tzinfo)->offset_.get();
    return Value::none();
  }
  Value offset = TRY(call_method(thread, tzinfo, method, argument));
  if (offset.is_none()) return offset;
  if (!is_delta(offset))
    return thread.raise<TypeError>("tzinfo.{}() must return None or a timedelta, not '{}'", method,
                                   type_name_of(offset));
  if (!less_than_a_day(as_delta(offset)))
    return thread.raise<ValueError>(
        "offset must be a timedelta strictly between -timedelta(hours=24) and "
        "timedelta(hours=24).");
  return offset;
}

Result<Value> call_tzname(Thread& thread, Value tzinfo, Value argument) {
  if (tzinfo.is_none()) return tzinfo;
  Value name = TRY(call_method(thread, tzinfo, thread.names().tzname, argument));
  if (name.is_none() || is_str(name)) return name;
  return thread.raise<TypeError>("tzinfo.tzname() must return None or a string, not '{}'", type_name_of(name));
}

Result<void> check_tzinfo(Thread& thread, Value tzinfo) {
  if (tzinfo.is_none() || is_tzinfo(tzinfo)) return {};
  return thread.raise<TypeError>("tzinfo argument must be None or of a tzinfo subclass, not type '{}'",
                                 type_name_of(tzinfo));
}

Result<void> append_utcoffset(Thread& thread, StringBuilder& out, const char* separator, Value tzinfo, Value argument) {
  Value value = TRY(call_offset(thread, tzinfo, thread.names().utcoffset, argument));
  if (value.is_none()) return {};
  Delta offset = as_delta(value);
  bool negative = offset.days < 0;
  if (negative) offset = Delta().plus(offset, -1);
  out.append(negative ? "-" : "+");
  append_padded(out, static_cast<int>(offset.seconds / 3600), 2);
  out.append(separator);
  append_padded(out, static_cast<int>(offset.seconds / 60 % 60), 2);
  if (offset.seconds % 60 == 0 && offset.microseconds == 0) return {};
  out.append(separator);
  append_padded(out, static_cast<int>(offset.seconds % 60), 2);
  if (offset.microseconds == 0) return {};
  out.append(".");
  append_padded(out, static_cast<int>(offset.microseconds), 6);
  return {};
}

const TypeSpec kTzInfoType = {.name = "datetime.tzinfo",
                              .kind = Kind::TzInfo,
                              .flags = kTypeBase,
                              .layout =
                                  [] {
                                    Layout layout;
                                    layout.name = "tzinfo";
                                    layout.fixed_size = sizeof(HeapObject);
                                    return layout;
                                  },
                              .slots = {.new_ = &tzinfo_new},
                              .methods = kTzInfoMethods,
                              .doc = "Abstract base class for time zone info objects."};

const TypeSpec kTimeZoneType = {
    .name = "datetime.timezone",
    .kind = Kind::TimeZone,
    .base = Kind::TzInfo,
    .layout = [] { return layout_of<TimeZone>("timezone"); },
    .slots = {.repr = &zone_repr, .str = &zone_str, .hash = &zone_hash, .compare = &zone_compare, .new_ = &zone_new},
    .methods = kZoneMethods,
    .doc = "Fixed offset from UTC implementation of tzinfo.",
    .ready = &zone_ready};

}  // namespace viperine::datetime
