// SPDX-License-Identifier: MIT
// Reading dates and times in ISO 8601. Every reader stops at the NUL behind the text.
#include "modules/datetime/calendar.h"

namespace viperine::datetime {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Exactly `count` digits; null when one is missing.
const char* read_digits(const char* at, int* value, size_t count) {
  *value = 0;
  for (size_t i = 0; i < count; ++i, ++at) {
    if (!is_digit(*at)) return nullptr;
    *value = *value * 10 + (*at - '0');
  }
  return at;
}

/// HH[[:]MM[[:]SS]] up to `end`, and behind any of them a fraction of a second. Negative: malformed; 1: something
/// stands at the end; 0: complete.
int read_clock(const char* at, const char* end, int* hour, int* minute, int* second, int* microsecond) {
  *hour = *minute = *second = *microsecond = 0;
  int* parts[] = {hour, minute, second};
  bool has_separator = true;
  for (int i = 0; i < 3; ++i) {
    at = read_digits(at, parts[i], 2);
    if (at == nullptr) return -3;
    char c = *at++;
    if (i == 0) has_separator = c == ':';
    if (at >= end) return c != 0;
    if (has_separator && c == ':') continue;
    if (c == '.' || c == ',') break;
    if (has_separator) return -4;
    --at;
  }
  auto remaining = static_cast<size_t>(end - at);
  size_t count = remaining >= 6 ? 6 : remaining;
  at = read_digits(at, microsecond, count);
  if (at == nullptr) return -3;
  for (size_t i = count; i < 6; ++i) *microsecond *= 10;
  while (is_digit(*at)) ++at;
  return *at != 0;
}

}  // namespace

bool parse_iso_date(const char* text, size_t length, Fields* out) {
  const char* at = read_digits(text, &out->year, 4);
  if (at == nullptr) return false;
  bool uses_separator = *at == '-';
  if (uses_separator) ++at;
  if (*at == 'W') {
    int week, day = 1;
    at = read_digits(at + 1, &week, 2);
    if (at == nullptr) return false;
    if (static_cast<size_t>(at - text) < length) {
      if (uses_separator && *at++ != '-') return false;
      at = read_digits(at, &day, 1);
      if (at == nullptr) return false;
    }
    return from_iso_calendar(out->year, week, day, &out->year, &out->month, &out->day) == IsoStatus::Ok;
  }
  at = read_digits(at, &out->month, 2);
  if (at == nullptr) return false;
  if (uses_separator && *at++ != '-') return false;
  at = read_digits(at, &out->day, 2);
  return at != nullptr && static_cast<size_t>(at - text) == length;
}

size_t find_date_time_separator(const char* text, size_t length) {
  if (length == 7) return 7;
  if (text[4] == '-') {
    if (text[5] != 'W') return 10;  // YYYY-MM-DD
    if (length < 8) return SIZE_MAX;
    if (length == 8 || text[8] != '-') return 8;  // YYYY-Www
    if (length == 9) return SIZE_MAX;
    // YYYY-Www-D, or YYYY-Www and a time behind a hyphen: two digits in a row decide for the latter.
    return length > 10 && is_digit(text[10]) ? 8 : 10;
  }
  if (text[4] != 'W') return 8;  // YYYYMMDD
  size_t at = 7;
  while (at < length && is_digit(text[at])) ++at;
  if (at < 9) return at;  // YYYYWww or YYYYWwwd before something that is no digit
  return at % 2 == 0 ? 7 : 8;
}

bool parse_iso_time(const char* text, size_t length, Fields* out, IsoZone* zone) {
  const char* end = text + length;
  const char* mark = text;
  do {
    if (*mark == '+' || *mark == '-' || *mark == 'Z') break;
  } while (++mark < end);
  int status = read_clock(text, mark, &out->hour, &out->minute, &out->second, &out->microsecond);
  if (status < 0) return false;
  if (mark == end) return status == 0;
  zone->present = true;
  if (*mark == 'Z') return mark[1] == 0;
  int64_t sign = *mark == '-' ? -1 : 1;
  int hour, minute, second, microsecond;
  status = read_clock(mark + 1, end, &hour, &minute, &second, &microsecond);
  zone->seconds = sign * (hour * 3600 + minute * 60 + second);
  zone->microseconds = sign * microsecond;
  return status == 0;
}

}  // namespace viperine::datetime
