// SPDX-License-Identifier: MIT
// datetime.datetime: arithmetic, comparison, hash, and local time (PEP 495).
#include "modules/datetime/datetime.h"
#include "runtime/hashing.h"

namespace viperine::datetime {

namespace {

/// Local clocks are never set further than this.
constexpr int64_t kMaximumFold = 24 * 3600;

Delta since_ordinal_zero(DateTimeObject* self) {
  Fields f = self->fields();
  return {to_ordinal(f.year, f.month, f.day), f.seconds_of_day(), f.microsecond};
}

bool offsets_differ(Value a, Value b) {
  if (a == b) return false;
  return !is_delta(a) || !is_delta(b) || !(as_delta(a) == as_delta(b));
}

/// utcoffset() with the other fold.
Result<Value> flipped_offset(Thread& thread, DateTimeObject* self) {
  Fields f = self->fields();
  f.fold = 1 - f.fold;
  Value flipped = TRY(make_datetime(thread, f, self->tzinfo()));
  return datetime_utcoffset(thread, as_datetime(flipped));
}
/// Datetimes whose offset depends on fold are equal to nothing in another zone.
Result<bool> is_problematic(Thread& thread, DateTimeObject* a, DateTimeObject* b, Value offset_a, Value offset_b) {
  if (offsets_differ(TRY(flipped_offset(thread, a)), offset_a)) return true;
  return offsets_differ(TRY(flipped_offset(thread, b)), offset_b);
}

Result<Value> difference(Thread& thread, DateTimeObject* a, DateTimeObject* b, Value offset_a, Value offset_b) {
  Delta result = since_ordinal_zero(a).plus(since_ordinal_zero(b), -1);
  if (offsets_differ(offset_a, offset_b)) result = result.plus(as_delta(offset_a).plus(as_delta(offset_b), -1), -1);
  return make_delta(thread, result);
}

// --- local time: seconds since ordinal 0, as utc_seconds() counts them

Result<int64_t> checked_utc_seconds(Thread& thread, const Fields& f) {
  if (f.year < kMinimumYear || f.year > kMaximumYear)
    return thread.raise<ValueError>("year {} is out of range", f.year);
  return utc_seconds(f.year, f.month, f.day, f.hour, f.minute, f.second);
}
/// What local clocks show at this moment.
Result<int64_t> local_clock(Thread& thread, int64_t seconds) {
  return checked_utc_seconds(thread, TRY(broken_down_time(thread, seconds - kPosixEpoch, true)));
}
/// The moment at which local clocks show these fields; the earlier or (fold) later of two, and by the offset before
/// or after the gap when there is none.
Result<int64_t> local_to_seconds(Thread& thread, const Fields& f) {
  int64_t wanted = TRY(checked_utc_seconds(thread, f));
  int64_t first_offset = TRY(local_clock(thread, wanted)) - wanted;
  int64_t first = wanted - first_offset;
  int64_t first_shown = TRY(local_clock(thread, first)), second_offset;
  if (first_shown == wanted) {
    int64_t probe = f.fold != 0 ? first + kMaximumFold : first - kMaximumFold;
    second_offset = TRY(local_clock(thread, probe)) - probe;
    if (second_offset == first_offset) return first;
  } else {
    second_offset = first_shown - first;
  }
  int64_t second = wanted - second_offset;
  if (TRY(local_clock(thread, second)) == wanted) return second;
  if (first_shown == wanted) return first;
  return f.fold != 0 ? std::min(first, second) : std::max(first, second);
}

/// The zone in use at a POSIX time.
Result<Value> local_zone_at(Thread& thread, int64_t posix_seconds) {
  LocalZone zone;
  TRY(broken_down_time(thread, posix_seconds, true, &zone));
  return make_zone(thread, Delta{0, zone.offset, 0}.normalized(), to_value(decode_filesystem(thread, zone.name)));
}
Result<Value> local_zone_of_naive(Thread& thread, DateTimeObject* self) {
  return local_zone_at(thread, TRY(local_to_seconds(thread, self->fields())) - kPosixEpoch);
}

}  // namespace

Result<int> fold_of(Thread& thread, int64_t posix_seconds, const Fields& fields) {
  int64_t shown = TRY(checked_utc_seconds(thread, fields));
  int64_t moment = posix_seconds + kPosixEpoch;
  int64_t transition = shown - TRY(local_clock(thread, moment - kMaximumFold)) - kMaximumFold;
  if (transition >= 0) return 0;
  return TRY(local_clock(thread, moment + transition)) == shown ? 1 : 0;
}

Result<Value> datetime_plus(Thread& thread, DateTimeObject* self, const Delta& delta, int sign) {
  Delta moment = since_ordinal_zero(self).plus(delta, sign);
  if (moment.days < 1 || moment.days > kMaximumOrdinal) return thread.raise<OverflowError>("date value out of range");
  Fields f;
  from_ordinal(moment.days, &f.year, &f.month, &f.day);
  f.hour = static_cast<int>(moment.seconds / 3600);
  f.minute = static_cast<int>(moment.seconds / 60 % 60);
  f.second = static_cast<int>(moment.seconds % 60);
  f.microsecond = static_cast<int>(moment.microseconds);
  return construct_datetime(thread, type_of(thread, to_value(self)), f, self->tzinfo());
}

Result<Value> datetime_add(Thread& thread, Value left, Value right) {
  if (is_datetime(left) && is_delta(right)) return datetime_plus(thread, as_datetime(left), as_delta(right), 1);
  if (is_datetime(right) && is_delta(left)) return datetime_plus(thread, as_datetime(right), as_delta(left), 1);
  return Value::not_implemented();
}

Result<Value> datetime_subtract(Thread& thread, Value left, Value right) {
  if (!is_datetime(left)) return Value::not_implemented();
  if (is_delta(right)) return datetime_plus(thread, as_datetime(left), as_delta(right), -1);
  if (!is_datetime(right)) return Value::not_implemented();
  DateTimeObject *a = as_datetime(left), *b = as_datetime(right);
  Value offset_a = Value::none(), offset_b = Value::none();
  if (a->tzinfo() != b->tzinfo()) {
    offset_a = TRY(datetime_utcoffset(thread, a));
    offset_b = TRY(datetime_utcoffset(thread, b));
    if (offset_a.is_none() != offset_b.is_none())
      return thread.raise<TypeError>("can't subtract offset-naive and offset-aware datetimes");
  }
  return difference(thread, a, b, offset_a, offset_b);
}

Result<Value> datetime_compare(Thread& thread, Value self, Value other, Comparison op) {
  bool is_equality = op == Comparison::Equal || op == Comparison::NotEqual;
  if (!is_datetime(other)) {
    if (!is_date(other)) return Value::not_implemented();
    if (is_equality) return Value::from_bool(op == Comparison::NotEqual);
    return thread.raise<TypeError>("can't compare {} to {}", shown_name(thread, self), shown_name(thread, other));
  }
  DateTimeObject *a = as_datetime(self), *b = as_datetime(other);
  if (a->tzinfo() == b->tzinfo()) return compared(order_of(a->moment(), b->moment()), op);
  Value offset_a = TRY(datetime_utcoffset(thread, a)), offset_b = TRY(datetime_utcoffset(thread, b));
  int order;
  if (!offsets_differ(offset_a, offset_b)) {
    order = order_of(a->moment(), b->moment());
  } else if (!offset_a.is_none() && !offset_b.is_none()) {
    order = as_delta(TRY(difference(thread, a, b, offset_a, offset_b))).compare(Delta());
  } else {
    if (is_equality) return Value::from_bool(op == Comparison::NotEqual);
    return thread.raise<TypeError>("can't compare offset-naive and offset-aware datetimes");
  }
  if (is_equality && order == 0 && TRY(is_problematic(thread, a, b, offset_a, offset_b))) order = 1;
  return compared(order, op);
}

Result<int64_t> datetime_hash(Thread& thread, Value self) {
  DateTimeObject* datetime = as_datetime(self);
  Fields f = datetime->fields();
  Value offset = Value::none();
  if (!datetime->tzinfo().is_none()) {
    DateTimeObject* plain = datetime;
    if (f.fold != 0) {
      f.fold = 0;
      plain = as_datetime(TRY(make_datetime(thread, f, datetime->tzinfo())));
    }
    offset = TRY(datetime_utcoffset(thread, plain));
  }
  if (!offset.is_none())
    return hash(thread, TRY(make_delta(thread, since_ordinal_zero(datetime).plus(as_delta(offset), -1))));
  const uint8_t data[] = {static_cast<uint8_t>(f.year >> 8),
                          static_cast<uint8_t>(f.year),
                          static_cast<uint8_t>(f.month),
                          static_cast<uint8_t>(f.day),
                          static_cast<uint8_t>(f.hour),
                          static_cast<uint8_t>(f.minute),
                          static_cast<uint8_t>(f.second),
                          static_cast<uint8_t>(f.microsecond >> 16),
                          static_cast<uint8_t>(f.microsecond >> 8),
                          static_cast<uint8_t>(f.microsecond)};
  return hash_data(thread, data);
}

Result<Value> datetime_astimezone(Thread& thread, DateTimeObject* self, Value tz) {
  TRY(check_tzinfo(thread, tz));
  Value own = self->tzinfo(), offset = Value::none();
  if (!own.is_none()) {
    if (own == tz) return to_value(self);
    offset = TRY(call_offset(thread, own, thread.names().utcoffset, to_value(self)));
  }
  if (offset.is_none()) {  // naive: local time
    own = TRY(local_zone_of_naive(thread, self));
    if (own == tz) return to_value(self);
    offset = TRY(call_offset(thread, own, thread.names().utcoffset, to_value(self)));
  }
  Value result = TRY(datetime_plus(thread, self, as_delta(offset), -1));
  auto attach = [&](Value zone) { as_datetime(result)->tzinfo_.set(result.as_object(), zone); };
  if (!is_datetime(result)) return thread.raise<TypeError>("astimezone() needs a datetime from its constructor");
  if (tz.is_none()) {
    attach(utc(thread));
    Delta since = since_ordinal_zero(as_datetime(result));
    tz = TRY(local_zone_at(thread, since.days * kSecondsPerDay + since.seconds - kPosixEpoch));
  }
  attach(tz);
  return call_method(thread, tz, thread.names().fromutc, result);
}

Result<Value> datetime_timestamp(Thread& thread, DateTimeObject* self) {
  if (!self->tzinfo().is_none()) {
    Value offset = TRY(datetime_utcoffset(thread, self));
    if (offset.is_none()) return thread.raise<TypeError>("can't subtract offset-naive and offset-aware datetimes");
    Delta since = since_ordinal_zero(self).plus(Delta{kPosixEpoch / kSecondsPerDay, 0, 0}, -1);
    return total_seconds(thread, since.plus(as_delta(offset), -1));
  }
  int64_t seconds = TRY(local_to_seconds(thread, self->fields()));
  return make_float(thread.heap(), static_cast<double>(seconds - kPosixEpoch) + self->fields().microsecond / 1e6);
}

}  // namespace viperine::datetime
