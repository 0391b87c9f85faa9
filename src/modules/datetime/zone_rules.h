// SPDX-License-Identifier: MIT
// What a ZoneInfo knows of its zone, as plain data: transitions, and the rule for the time after the last one.
// Seconds count from 1970-01-01; the objects (offsets, names) are kept elsewhere, by index.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace viperine::datetime {

/// When in a year the clocks change: M month.week.day, Julian day 1 to 365 (no leap days), or day 0 to 365.
struct YearRule {
  enum class Kind : int32_t { Month, Julian, Day } kind = Kind::Day;
  int32_t month = 0, week = 0, day = 0;
  int64_t seconds = 7200;  // of that day, local time
  /// In local time.
  int64_t in_year(int year) const;
};

/// A POSIX TZ string.
struct ZoneString {
  std::string_view standard_name, summer_name;  // summer_name empty: no summer time
  int64_t standard_offset = 0, summer_offset = 0;
  YearRule start, end;
};
bool parse_zone_string(std::string_view text, ZoneString* out);

struct ZoneRules {
  int32_t count = 0;    // transitions
  int32_t before = -1;  // information before the first one
  int32_t after = -1;   // and after the last one; -1: the rule
  int32_t is_fixed = 0;
  int32_t standard = 0, summer = 0;
  int64_t standard_offset = 0, summer_offset = 0;
  YearRule start, end;

  int64_t difference() const { return summer_offset - standard_offset; }
  /// What is in force at a local time, and at a UTC time (with its fold).
  int32_t at_local(int64_t seconds, int year, int fold) const;
  int32_t at_utc(int64_t seconds, int year, int* fold) const;
};

/// dst() of every kind of local time, which the file does not say: inferred from the neighbours.
void infer_summer_offsets(std::span<const int32_t> transitions, std::span<const int64_t> offsets,
                          std::span<const uint8_t> is_summer, std::span<int64_t> out);

}  // namespace viperine::datetime
