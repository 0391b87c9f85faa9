// SPDX-License-Identifier: MIT
// The proleptic Gregorian calendar as _datetime counts it, and reading ISO 8601 texts: pure functions on numbers.
// Ordinal 1 is January 1 of year 1.
#pragma once

#include <cstdint>
#include <string_view>

namespace viperine::datetime {

inline constexpr int kMinimumYear = 1, kMaximumYear = 9999;
inline constexpr int64_t kMaximumOrdinal = 3652059;
inline constexpr int64_t kSecondsPerDay = 86400;
inline constexpr int64_t kMicrosecondsPerDay = kSecondsPerDay * 1000000;

/// Every field of a datetime.
struct Fields {
  int year = 1, month = 1, day = 1;
  int hour = 0, minute = 0, second = 0, microsecond = 0, fold = 0;

  /// One word that orders like the fields; fold is its lowest bit, the date the bits from 38 on.
  uint64_t pack() const {
    return static_cast<uint64_t>(year) << 47 | static_cast<uint64_t>(month) << 43 | static_cast<uint64_t>(day) << 38 |
           static_cast<uint64_t>(hour) << 33 | static_cast<uint64_t>(minute) << 27 |
           static_cast<uint64_t>(second) << 21 | static_cast<uint64_t>(microsecond) << 1 | static_cast<uint64_t>(fold);
  }
  static Fields unpack(uint64_t word) {
    return {static_cast<int>(word >> 47),          static_cast<int>(word >> 43 & 15), static_cast<int>(word >> 38 & 31),
            static_cast<int>(word >> 33 & 31),     static_cast<int>(word >> 27 & 63), static_cast<int>(word >> 21 & 63),
            static_cast<int>(word >> 1 & 0xFFFFF), static_cast<int>(word & 1)};
  }
  int64_t seconds_of_day() const { return hour * 3600 + minute * 60 + second; }
};

bool is_leap(int64_t year);
int days_in_month(int year, int month);
/// Days before January 1 of `year`.
int64_t days_before_year(int64_t year);
int days_before_month(int year, int month);
int64_t to_ordinal(int year, int month, int day);
/// Precondition: 1 <= ordinal <= kMaximumOrdinal.
void from_ordinal(int64_t ordinal, int* year, int* month, int* day);
/// Monday is 0.
int weekday(int year, int month, int day);
/// Ordinal of the Monday of ISO week 1.
int64_t iso_week1_monday(int year);
void to_iso_calendar(int year, int month, int day, int* iso_year, int* week, int* iso_day);

enum class IsoStatus { Ok, Year, Week, Day };
IsoStatus from_iso_calendar(int iso_year, int week, int iso_day, int* year, int* month, int* day);
/// Seconds since ordinal 0 (not the POSIX epoch) of a UTC time.
int64_t utc_seconds(int year, int month, int day, int hour, int minute, int second);
inline constexpr int64_t kPosixEpoch = INT64_C(719163) * kSecondsPerDay;

/// days, 0 <= seconds < 86400, 0 <= microseconds < 10 ** 6.
struct Delta {
  int64_t days = 0, seconds = 0, microseconds = 0;
  Delta normalized() const;
  bool is_zero() const { return days == 0 && seconds == 0 && microseconds == 0; }
  bool operator==(const Delta&) const = default;
  int compare(const Delta& other) const;
  Delta plus(const Delta& other, int sign = 1) const;
};

// --- ISO 8601 (iso_texts.cpp). The text is UTF-8 with a NUL behind it.

/// date.fromisoformat: YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]. False: not a date.
bool parse_iso_date(const char* text, size_t length, Fields* out);
/// Where the time of a datetime's text begins: the index of the separator; SIZE_MAX when the text is none.
size_t find_date_time_separator(const char* text, size_t length);

struct IsoZone {
  bool present = false;
  int64_t seconds = 0, microseconds = 0;
};
bool parse_iso_time(const char* text, size_t length, Fields* out, IsoZone* zone);

}  // namespace viperine::datetime
