// SPDX-License-Identifier: MIT
// datetime.time.
#include "modules/datetime/datetime.h"
#include "runtime/hashing.h"

namespace viperine::datetime {

namespace {

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kSignature =
    function<unused>("function(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)");

Result<Value> utcoffset_of(Thread& thread, TimeObject* self) {
  return call_offset(thread, self->tzinfo(), thread.names().utcoffset, Value::none());
}

Result<Value> time_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() == 0 && (arguments.count == 1 || arguments.count == 2)) {
    Value state = TRY(pickled_state(thread, arguments[0], 6, 0, 0x7F, "time"));
    if (!state.is_absent()) {
      const uint8_t* data = cast<Bytes>(state)->data();
      Value tzinfo = arguments.count == 2 ? arguments[1] : Value::none();
      if (!tzinfo.is_none() && !is_tzinfo(tzinfo)) return thread.raise<TypeError>("bad tzinfo state arg");
      auto* time = make_instance<TimeObject>(thread, type);
      time->word_ = Fields{0,
                           0,
                           0,
                           data[0] & 31,
                           data[1] & 63,
                           data[2] & 63,
                           ((data[3] << 16) | (data[4] << 8) | data[5]) & 0xFFFFF,
                           data[0] >> 7}
                        .pack();
      time->tzinfo_.initialize(tzinfo);
      return to_value(time);
    }
  }
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Fields f{0, 0, 0};
  f.hour = TRY(to_signed_int(thread, bound.values[0]));
  f.minute = TRY(to_signed_int(thread, bound.values[1]));
  f.second = TRY(to_signed_int(thread, bound.values[2]));
  f.microsecond = TRY(to_signed_int(thread, bound.values[3]));
  f.fold = TRY(to_signed_int(thread, bound.values[5]));
  return make_time(thread, type, f, bound.values[4]);
}

Result<Value> time_fromisoformat(Thread& thread, Type* type, Value text) {
  if (!is_str(text)) return thread.raise<TypeError>("fromisoformat: argument must be str");
  Fields f{0, 0, 0};
  IsoZone zone;
  bool ok = false;
  Result<Bytes*> utf8 = encode_utf8(thread, as_str(thread, text));
  if (utf8.is_raised()) {
    thread.clear_pending();
  } else {
    Bytes* bytes = utf8.take();
    const char* data = reinterpret_cast<const char*>(bytes->data());
    auto length = static_cast<size_t>(bytes->length());
    if (*data == 'T') ++data, --length;
    ok = parse_iso_time(data, length, &f, &zone);
  }
  if (!ok) return thread.raise<ValueError>("Invalid isoformat string: {}", TRY(repr(thread, text)));
  Value tzinfo = TRY(make_iso_zone(thread, zone));
  if (type == thread.runtime().type(Kind::TimeObject)) return make_time(thread, type, f, tzinfo);
  return call(thread, to_value(type), Value::from_int(f.hour), Value::from_int(f.minute), Value::from_int(f.second),
              Value::from_int(f.microsecond), tzinfo);
}

// --- operators

/// Seconds and microseconds in UTC.
Delta in_utc(TimeObject* time, Value offset) {
  Fields f = time->fields();
  Delta own{0, f.seconds_of_day(), f.microsecond};
  return offset.is_none() ? own : own.plus(as_delta(offset), -1);
}

Result<Value> time_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!has_kind(other, Kind::TimeObject)) return Value::not_implemented();
  TimeObject *a = as_time(self), *b = as_time(other);
  if (a->tzinfo() == b->tzinfo()) return compared(order_of(a->moment(), b->moment()), op);
  Value offset1 = TRY(utcoffset_of(thread, a)), offset2 = TRY(utcoffset_of(thread, b));
  if (offset1.is_none() && offset2.is_none()) return compared(order_of(a->moment(), b->moment()), op);
  if (!offset1.is_none() && !offset2.is_none()) return compared(in_utc(a, offset1).compare(in_utc(b, offset2)), op);
  if (op == Comparison::Equal || op == Comparison::NotEqual) return Value::from_bool(op == Comparison::NotEqual);
  return thread.raise<TypeError>("can't compare offset-naive and offset-aware times");
}

void store_time(uint8_t* out, const Fields& f) {
  out[0] = static_cast<uint8_t>(f.hour);
  out[1] = static_cast<uint8_t>(f.minute);
  out[2] = static_cast<uint8_t>(f.second);
  out[3] = static_cast<uint8_t>(f.microsecond >> 16);
  out[4] = static_cast<uint8_t>(f.microsecond >> 8);
  out[5] = static_cast<uint8_t>(f.microsecond);
}
Result<int64_t> time_hash(Thread& thread, Value self) {
  TimeObject* time = as_time(self);
  Fields f = time->fields();
  Value offset = Value::none();
  if (!time->tzinfo().is_none()) {
    TimeObject* plain = time;
    if (f.fold != 0) {
      f.fold = 0;
      plain = as_time(TRY(make_time(thread, f, time->tzinfo())));
    }
    offset = TRY(utcoffset_of(thread, plain));
  }
  if (!offset.is_none()) return hash(thread, TRY(make_delta(thread, in_utc(time, offset))));
  uint8_t data[6];
  store_time(data, f);
  return hash_data(thread, data);
}

Result<Value> time_repr(Thread& thread, Value self) {
  Fields f = as_time(self)->fields();
  StringBuilder text(thread);
  text.append(shown_name(thread, self));
  text.append("(");
  text.append_int(f.hour);
  text.append(", ");
  text.append_int(f.minute);
  if (f.second != 0 || f.microsecond != 0) {
    text.append(", ");
    text.append_int(f.second);
  }
  if (f.microsecond != 0) {
    text.append(", ");
    text.append_int(f.microsecond);
  }
  if (!as_time(self)->tzinfo().is_none()) {
    text.append(", tzinfo=");
    text.append(TRY(repr(thread, as_time(self)->tzinfo())));
  }
  text.append(f.fold != 0 ? ", fold=1)" : ")");
  return to_value(TRY(text.finish()));
}
Result<Value> time_str(Thread& thread, Value self) { return call_method(thread, self, thread.names().isoformat); }

// --- methods

Result<Value> time_isoformat(Thread& thread, TimeObject* self, Optional<Value> timespec) {
  if (timespec && !is_str(*timespec)) {
    if ((*timespec).is_none()) return thread.raise<TypeError>("isoformat() argument 1 must be str, not None");
    return thread.raise<TypeError>("isoformat() argument 1 must be str, not {}", type_name_of(*timespec));
  }
  StringBuilder text(thread);
  TRY(append_time(thread, text, self->fields(), NoneOr<Str*>(timespec ? as_str(thread, *timespec) : nullptr)));
  TRY(append_utcoffset(thread, text, ":", self->tzinfo(), Value::none()));
  return to_value(TRY(text.finish()));
}
Result<Value> time_strftime(Thread& thread, TimeObject* self, Value format) {
  if (!is_str(format))
    return thread.raise<TypeError>("strftime() argument 1 must be str, not {}", type_name_of(format));
  Fields f = self->fields();
  Tuple* timetuple = Tuple::of(thread.heap(), Value::from_int(1900), Value::from_int(1), Value::from_int(1),
                               Value::from_int(f.hour), Value::from_int(f.minute), Value::from_int(f.second),
                               Value::from_int(0), Value::from_int(1), Value::from_int(-1));
  return wrap_strftime(thread, as_str(thread, format), to_value(timetuple), self->tzinfo(), Value::none(),
                       f.microsecond);
}
Result<Value> time_format(Thread& thread, Value self, Value specification) {
  if (!is_str(specification))
    return thread.raise<TypeError>("__format__() argument 1 must be str, not {}", type_name_of(specification));
  if (as_str(thread, specification)->length() == 0) return to_value(TRY(str(thread, self)));
  return call_method(thread, self, thread.names().strftime, specification);
}
Result<Value> time_utcoffset(Thread& thread, TimeObject* self) { return utcoffset_of(thread, self); }
Result<Value> time_dst(Thread& thread, TimeObject* self) {
  return call_offset(thread, self->tzinfo(), thread.names().dst, Value::none());
}
Result<Value> time_tzname(Thread& thread, TimeObject* self) {
  return call_tzname(thread, self->tzinfo(), Value::none());
}
Result<Value> time_replace(Thread& thread, TimeObject* self, Optional<Value> hour, Optional<Value> minute,
                           Optional<Value> second, Optional<Value> microsecond, Optional<Value> tzinfo,
                           Optional<Value> fold) {
  Fields f = self->fields();
  if (hour) f.hour = TRY(to_signed_int(thread, *hour));
  if (minute) f.minute = TRY(to_signed_int(thread, *minute));
  if (second) f.second = TRY(to_signed_int(thread, *second));
  if (microsecond) f.microsecond = TRY(to_signed_int(thread, *microsecond));
  if (fold) f.fold = TRY(to_signed_int(thread, *fold));
  return make_time(thread, type_of(thread, to_value(self)), f, tzinfo.value_or(self->tzinfo()));
}
Result<Value> reduced(Thread& thread, TimeObject* self, bool with_fold) {
  Fields f = self->fields();
  uint8_t data[6];
  store_time(data, f);
  if (with_fold && f.fold != 0) data[0] |= 0x80;
  Value state = to_value(make_bytes(thread, std::string_view(reinterpret_cast<const char*>(data), sizeof data)));
  Tuple* arguments =
      self->tzinfo().is_none() ? Tuple::of(thread.heap(), state) : Tuple::of(thread.heap(), state, self->tzinfo());
  return make_pair(thread, to_value(type_of(thread, to_value(self))), to_value(arguments));
}
Result<Value> time_reduce_ex(Thread& thread, TimeObject* self, SignedInt protocol) {
  return reduced(thread, self, protocol.value > 3);
}
Result<Value> time_reduce(Thread& thread, TimeObject* self) { return reduced(thread, self, false); }

Result<Value> time_hour(Thread&, TimeObject* self) { return Value::from_int(self->fields().hour); }
Result<Value> time_minute(Thread&, TimeObject* self) { return Value::from_int(self->fields().minute); }
Result<Value> time_second(Thread&, TimeObject* self) { return Value::from_int(self->fields().second); }
Result<Value> time_microsecond(Thread&, TimeObject* self) { return Value::from_int(self->fields().microsecond); }
Result<Value> time_tzinfo(Thread&, TimeObject* self) { return self->tzinfo(); }
Result<Value> time_fold(Thread&, TimeObject* self) { return Value::from_int(self->fields().fold); }

constexpr NativeMethod kMethods[] = {
    method<time_isoformat>("isoformat($self, /, timespec=<unrepresentable>)",
                           "ISO 8601 text [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]; timespec says how much of it."),
    method<time_strftime>("strftime($self, format)", "format -> strftime() style string."),
    method<time_format>("__format__($self, format_spec, /)", "Formats self with strftime."),
    method<time_utcoffset>("utcoffset($self, /)", "Return self.tzinfo.utcoffset(self)."),
    method<time_tzname>("tzname($self, /)", "Return self.tzinfo.tzname(self)."),
    method<time_dst>("dst($self, /)", "Return self.tzinfo.dst(self)."),
    method<time_replace>("replace($self, /, hour=<unrepresentable>, minute=<unrepresentable>, "
                         "second=<unrepresentable>, microsecond=<unrepresentable>, tzinfo=<unrepresentable>, *, "
                         "fold=<unrepresentable>)",
                         "Return time with new specified fields."),
    method<time_fromisoformat>("fromisoformat($type, time_string, /)", "A time from a string in ISO 8601 format."),
    method<time_reduce_ex>("__reduce_ex__($self, protocol, /)", "__reduce_ex__(proto) -> (cls, state)"),
    method<time_reduce>("__reduce__($self, /)", "__reduce__() -> (cls, state)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<time_hour>("hour"),     attribute<time_minute>("minute"),
                                           attribute<time_second>("second"), attribute<time_microsecond>("microsecond"),
                                           attribute<time_tzinfo>("tzinfo"), attribute<time_fold>("fold")};

Result<void> time_ready(Thread& thread, Type* type) {
  set_type_entry(thread, type, "min", TRY(make_time(thread, type, Fields{0, 0, 0}, Value::none())));
  set_type_entry(thread, type, "max", TRY(make_time(thread, type, Fields{0, 0, 0, 23, 59, 59, 999999}, Value::none())));
  set_type_entry(thread, type, "resolution", TRY(make_delta(thread, {0, 0, 1})));
  return {};
}

}  // namespace

Result<void> check_time(Thread& thread, const Fields& f) {
  if (f.hour < 0 || f.hour > 23) return thread.raise<ValueError>("hour must be in 0..23");
  if (f.minute < 0 || f.minute > 59) return thread.raise<ValueError>("minute must be in 0..59");
  if (f.second < 0 || f.second > 59) return thread.raise<ValueError>("second must be in 0..59");
  if (f.microsecond < 0 || f.microsecond > 999999) return thread.raise<ValueError>("microsecond must be in 0..999999");
  if (f.fold != 0 && f.fold != 1) return thread.raise<ValueError>("fold must be either 0 or 1");
  return {};
}

Result<Value> make_time(Thread& thread, Type* type, const Fields& f, Value tzinfo) {
  TRY(check_time(thread, f));
  TRY(check_tzinfo(thread, tzinfo));
  auto* time = make_instance<TimeObject>(thread, type);
  time->word_ = Fields{0, 0, 0, f.hour, f.minute, f.second, f.microsecond, f.fold}.pack();
  time->tzinfo_.initialize(tzinfo);
  return to_value(time);
}
Result<Value> make_time(Thread& thread, const Fields& f, Value tzinfo) {
  return make_time(thread, thread.runtime().type(Kind::TimeObject), f, tzinfo);
}

Result<Value> make_iso_zone(Thread& thread, const IsoZone& zone) {
  if (!zone.present) return Value::none();
  return make_zone(thread, Delta{0, zone.seconds, zone.microseconds}.normalized());
}

const TypeSpec kTimeType = {
    .name = "datetime.time",
    .kind = Kind::TimeObject,
    .flags = kTypeBase,
    .layout = [] { return layout_of<TimeObject>("time"); },
    .slots = {.repr = &time_repr, .str = &time_str, .hash = &time_hash, .compare = &time_compare, .new_ = &time_new},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n"
        "tzinfo may be None, or an instance of a tzinfo subclass; the rest are ints.",
    .ready = &time_ready};

}  // namespace viperine::datetime
