// SPDX-License-Identifier: MIT
// The types of _datetime and what their files share. A date is one word of packed fields, a time and a datetime that
// word and the tzinfo, a timedelta three numbers.
// Invariant: fields are always in range; a timedelta is normalised; of a time object the date bits are 0.
#pragma once

#include "modules/datetime/calendar.h"
#include "modules/signed_int.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/classes.h"
#include "runtime/comparison.h"
#include "runtime/containers.h"

namespace viperine::datetime {

/// date, and datetime behind it.
class DateObject : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::DateObject;
  static bool is_kind(Kind kind) { return kind == Kind::DateObject || kind == Kind::DateTimeObject; }
  Fields fields() const { return Fields::unpack(word_); }
  uint64_t date_word() const { return word_ >> 38; }
  int64_t ordinal() const {
    Fields f = fields();
    return to_ordinal(f.year, f.month, f.day);
  }
  uint64_t word_;
  LAYOUT(DateObject, HeapObject, word_);
};

class DateTimeObject final : public DateObject {
 public:
  static constexpr Kind kKind = Kind::DateTimeObject;
  static bool is_kind(Kind kind) { return kind == kKind; }
  Value tzinfo() const { return tzinfo_.get(); }
  /// All but fold.
  uint64_t moment() const { return word_ >> 1; }
  Slot<Value> tzinfo_;
  LAYOUT(DateTimeObject, DateObject, tzinfo_);
};

class TimeObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::TimeObject;
  Fields fields() const { return Fields::unpack(word_); }
  Value tzinfo() const { return tzinfo_.get(); }
  uint64_t moment() const { return word_ >> 1; }
  uint64_t word_;
  Slot<Value> tzinfo_;
  LAYOUT(TimeObject, HeapObject, word_, tzinfo_);
};

class TimeDelta final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::TimeDelta;
  Delta delta() const { return {days_, seconds_, microseconds_}; }
  int32_t days_, seconds_, microseconds_, padding_;
  LAYOUT(TimeDelta, HeapObject, days_, seconds_, microseconds_, padding_);
};

/// datetime.timezone; tzinfo itself has no fields.
class TimeZone final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::TimeZone;
  Slot<Value> offset_, name_;  // TimeDelta; str or None
  LAYOUT(TimeZone, HeapObject, offset_, name_);
};

extern const TypeSpec kTimeDeltaType, kTzInfoType, kTimeZoneType, kDateType, kTimeType, kDateTimeType;

inline bool is_date(Value value) { return is<DateObject>(value); }
inline bool is_datetime(Value value) { return has_kind(value, Kind::DateTimeObject); }
inline bool is_delta(Value value) { return has_kind(value, Kind::TimeDelta); }
inline bool is_tzinfo(Value value) { return has_kind(value, Kind::TzInfo) || has_kind(value, Kind::TimeZone); }
inline DateObject* as_date(Value value) { return static_cast<DateObject*>(value.as_object()); }
inline DateTimeObject* as_datetime(Value value) { return static_cast<DateTimeObject*>(value.as_object()); }
inline TimeObject* as_time(Value value) { return static_cast<TimeObject*>(value.as_object()); }
inline Delta as_delta(Value value) { return static_cast<TimeDelta*>(value.as_object())->delta(); }

// --- timedelta.cpp
/// Normalises; OverflowError "days=...; must have magnitude <= 999999999".
Result<Value> make_delta(Thread& thread, Type* type, const Delta& delta);
Result<Value> make_delta(Thread& thread, const Delta& delta);
/// 10.5 of a delta of 10.5 seconds.
Result<Value> total_seconds(Thread& thread, const Delta& delta);

// --- tzinfo.cpp
/// The zone of this offset, checked to be less than a day; UTC itself for nothing.
Result<Value> make_zone(Thread& thread, const Delta& offset, Value name = Value::none());
Value utc(Thread& thread);
/// tzinfo.utcoffset(argument) or dst: None or a timedelta of less than a day. `tzinfo` may be None.
Result<Value> call_offset(Thread& thread, Value tzinfo, Str* method, Value argument);
/// tzinfo.tzname(argument): None or a str.
Result<Value> call_tzname(Thread& thread, Value tzinfo, Value argument);
/// TypeError "tzinfo argument must be None or of a tzinfo subclass, not type 'int'".
Result<void> check_tzinfo(Thread& thread, Value tzinfo);
/// "+HH<separator>MM[...]" of utcoffset(argument), nothing for None.
Result<void> append_utcoffset(Thread& thread, StringBuilder& out, const char* separator, Value tzinfo, Value argument);

// --- formatting.cpp
/// object.strftime: %z, %Z and %f are replaced, the rest is time.strftime's with this time tuple.
Result<Value> wrap_strftime(Thread& thread, Str* format, Value timetuple, Value tzinfo, Value argument,
                            int microsecond);
/// "09:30:00.000001" to what timespec says; ValueError "Unknown timespec value".
Result<void> append_time(Thread& thread, StringBuilder& out, const Fields& fields, NoneOr<Str*> timespec);
void append_padded(StringBuilder& out, int number, int digits);
/// time.struct_time of these fields.
Result<Value> make_struct_time(Thread& thread, const Fields& fields, int dst);
/// "timedelta" of a subclass, "datetime.timedelta" of the type itself: how reprs begin.
Str* shown_name(Thread& thread, Value object);
Str* ctime_text(Thread& thread, const Fields& fields);

// --- date.cpp
Result<void> check_date(Thread& thread, int64_t year, int64_t month, int64_t day);
/// An instance of `type` itself; checks the ranges.
Result<Value> make_date(Thread& thread, Type* type, const Fields& fields);
Result<Value> make_date(Thread& thread, const Fields& fields);
/// bytes or a latin-1 str from a pickle with so many bytes, whose byte `at` is a month (an hour when at is 0); absent
/// otherwise.
Result<Value> pickled_state(Thread& thread, Value value, int64_t length, int at, int mask, const char* what);
/// The C time_t and its microseconds of a timestamp (int or float).
struct Timestamp {
  int64_t seconds;
  int microseconds;
};
enum class TimestampRounding { Floor, HalfEven };
Result<Timestamp> to_timestamp(Thread& thread, Value value, TimestampRounding rounding);
/// localtime_r or gmtime_r as Fields, year unchecked; OSError. `zone`: name and offset when wanted.
struct LocalZone {
  int64_t offset;
  char name[64];
};
Result<Fields> broken_down_time(Thread& thread, int64_t seconds, bool local, LocalZone* zone = nullptr);
Result<Value> isocalendar_of(Thread& thread, const Fields& fields);

// --- time.cpp
Result<void> check_time(Thread& thread, const Fields& fields);
Result<Value> make_time(Thread& thread, Type* type, const Fields& fields, Value tzinfo);
Result<Value> make_time(Thread& thread, const Fields& fields, Value tzinfo);
/// The zone that a text named: None, UTC or a fixed offset.
Result<Value> make_iso_zone(Thread& thread, const IsoZone& zone);

// --- datetime.cpp, datetime_arithmetic.cpp
Result<Value> make_datetime(Thread& thread, Type* type, const Fields& fields, Value tzinfo);
Result<Value> make_datetime(Thread& thread, const Fields& fields, Value tzinfo);
/// The same through the constructor when `type` is a subclass.
Result<Value> construct_datetime(Thread& thread, Type* type, const Fields& fields, Value tzinfo);
Result<Value> datetime_plus(Thread& thread, DateTimeObject* self, const Delta& delta, int sign);
Result<Value> datetime_add(Thread& thread, Value left, Value right);
Result<Value> datetime_subtract(Thread& thread, Value left, Value right);
Result<Value> datetime_compare(Thread& thread, Value self, Value other, Comparison op);
Result<int64_t> datetime_hash(Thread& thread, Value self);
Result<Value> datetime_astimezone(Thread& thread, DateTimeObject* self, Value tz);
Result<Value> datetime_timestamp(Thread& thread, DateTimeObject* self);
/// 1 when a local time with these fields is the second of two.
Result<int> fold_of(Thread& thread, int64_t posix_seconds, const Fields& fields);
inline Result<Value> datetime_utcoffset(Thread& thread, DateTimeObject* self) {
  return call_offset(thread, self->tzinfo(), thread.names().utcoffset, to_value(self));
}
/// Compares by `order` (negative, 0, positive).
inline Value compared(int order, Comparison op) { return Value::from_bool(holds(order, 0, op)); }
inline int order_of(uint64_t a, uint64_t b) { return a < b ? -1 : a > b; }

}  // namespace viperine::datetime
