// SPDX-License-Identifier: MIT
// The calendar of _datetime.
#include "modules/datetime/calendar.h"

namespace viperine::datetime {

namespace {

constexpr int kDaysBefore[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
constexpr int kDaysIn[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr int kDaysIn4 = 1461, kDaysIn100 = 36524, kDaysIn400 = 146097;

int64_t floor_divide(int64_t a, int64_t b, int64_t* rest) {
  int64_t quotient = a / b, remainder = a % b;
  if (remainder < 0) --quotient, remainder += b;
  *rest = remainder;
  return quotient;
}

}  // namespace

bool is_leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) { return month == 2 && is_leap(year) ? 29 : kDaysIn[month]; }

int64_t days_before_year(int64_t year) {
  int64_t y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

int days_before_month(int year, int month) { return kDaysBefore[month] + (month > 2 && is_leap(year) ? 1 : 0); }

int64_t to_ordinal(int year, int month, int day) {
  return days_before_year(year) + days_before_month(year, month) + day;
}

void from_ordinal(int64_t ordinal, int* year, int* month, int* day) {
  auto n = static_cast<int>(ordinal - 1);
  int n400 = n / kDaysIn400;
  n %= kDaysIn400;
  int n100 = n / kDaysIn100;
  n %= kDaysIn100;
  int n4 = n / kDaysIn4;
  n %= kDaysIn4;
  int n1 = n / 365;
  n %= 365;
  *year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1;
  if (n1 == 4 || n100 == 4) {  // the last day of a leap year
    --*year;
    *month = 12;
    *day = 31;
    return;
  }
  int m = (n + 50) / 32 + 1;  // at most one too many
  if (m > 12) m = 12;
  while (days_before_month(*year, m) > n) --m;
  *month = m;
  *day = n - days_before_month(*year, m) + 1;
}

int weekday(int year, int month, int day) { return static_cast<int>((to_ordinal(year, month, day) + 6) % 7); }

int64_t iso_week1_monday(int year) {
  int64_t first_day = to_ordinal(year, 1, 1), first_weekday = (first_day + 6) % 7;
  int64_t monday = first_day - first_weekday;
  return first_weekday > 3 ? monday + 7 : monday;
}

void to_iso_calendar(int year, int month, int day, int* iso_year, int* week, int* iso_day) {
  int64_t today = to_ordinal(year, month, day), monday = iso_week1_monday(year), rest;
  int64_t weeks = floor_divide(today - monday, 7, &rest);
  if (weeks < 0) {
    monday = iso_week1_monday(--year);
    weeks = floor_divide(today - monday, 7, &rest);
  } else if (weeks >= 52 && today >= iso_week1_monday(year + 1)) {
    ++year;
    weeks = 0;
  }
  *iso_year = year;
  *week = static_cast<int>(weeks) + 1;
  *iso_day = static_cast<int>(rest) + 1;
}

IsoStatus from_iso_calendar(int iso_year, int week, int iso_day, int* year, int* month, int* day) {
  if (iso_year < kMinimumYear || iso_year > kMaximumYear) return IsoStatus::Year;
  if (week <= 0 || week >= 53) {
    bool fits = false;
    if (week == 53) {
      // Years that begin on a Thursday, and leap years that begin on a Wednesday, have 53 weeks.
      int first = weekday(iso_year, 1, 1);
      fits = first == 3 || (first == 2 && is_leap(iso_year));
    }
    if (!fits) return IsoStatus::Week;
  }
  if (iso_day <= 0 || iso_day >= 8) return IsoStatus::Day;
  int64_t ordinal = iso_week1_monday(iso_year) + (week - 1) * 7 + iso_day - 1;
  if (ordinal < 1) {
    *year = 0, *month = 12, *day = 31;  // the caller refuses the year
    return IsoStatus::Ok;
  }
  if (ordinal > kMaximumOrdinal) {
    *year = kMaximumYear + 1, *month = 1, *day = static_cast<int>(ordinal - kMaximumOrdinal);
    return IsoStatus::Ok;
  }
  from_ordinal(ordinal, year, month, day);
  return IsoStatus::Ok;
}

int64_t utc_seconds(int year, int month, int day, int hour, int minute, int second) {
  return ((to_ordinal(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

Delta Delta::normalized() const {
  int64_t us, s;
  int64_t more_seconds = floor_divide(microseconds, 1000000, &us);
  int64_t more_days = floor_divide(seconds + more_seconds, kSecondsPerDay, &s);
  return {days + more_days, s, us};
}

int Delta::compare(const Delta& other) const {
  if (days != other.days) return days < other.days ? -1 : 1;
  if (seconds != other.seconds) return seconds < other.seconds ? -1 : 1;
  return microseconds == other.microseconds ? 0 : microseconds < other.microseconds ? -1 : 1;
}

Delta Delta::plus(const Delta& other, int sign) const {
  return Delta{days + sign * other.days, seconds + sign * other.seconds, microseconds + sign * other.microseconds}
      .normalized();
}

}  // namespace viperine::datetime
