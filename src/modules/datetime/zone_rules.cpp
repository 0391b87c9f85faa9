// SPDX-License-Identifier: MIT
// Rules of time zones: POSIX TZ strings and what follows from them.
#include "modules/datetime/zone_rules.h"

#include "modules/datetime/calendar.h"

namespace viperine::datetime {

namespace {

constexpr int64_t kEpochOrdinal = 719163;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Reads a TZ string from front to back.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool at_end() const { return text_.empty(); }
  bool accept(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool next_is(char c) const { return !text_.empty() && text_.front() == c; }

  /// One to `most` digits.
  bool number(int most, int64_t* out) {
    int count = 0;
    *out = 0;
    while (count < most && !text_.empty() && is_digit(text_.front())) {
      *out = *out * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
      ++count;
    }
    return count > 0;
  }
  /// Letters, or anything plain between < and >.
  bool name(std::string_view* out) {
    bool is_quoted = accept('<');
    size_t length = 0;
    for (; length < text_.size(); ++length) {
      char c = text_[length];
      if (!is_letter(c) && !(is_quoted && (is_digit(c) || c == '+' || c == '-'))) break;
    }
    *out = text_.substr(0, length);
    text_.remove_prefix(length);
    return length > 0 && (!is_quoted || accept('>'));
  }
  /// [+-]h[h[h]][:mm[:ss]]
  bool clock(int64_t most_hours, int64_t* out) {
    int64_t sign = accept('-') ? -1 : (accept('+'), 1), hours, minutes = 0, seconds = 0;
    if (!number(most_hours > 24 ? 3 : 2, &hours) || hours > most_hours) return false;
    if (accept(':')) {
      if (!number(2, &minutes) || minutes > 59) return false;
      if (accept(':') && (!number(2, &seconds) || seconds > 59)) return false;
    }
    *out = sign * (hours * 3600 + minutes * 60 + seconds);
    return true;
  }
  bool year_rule(YearRule* out) {
    int64_t month, week, day;
    if (accept('M')) {
      out->kind = YearRule::Kind::Month;
      if (!number(2, &month) || month < 1 || month > 12 || !accept('.')) return false;
      if (!number(1, &week) || week < 1 || week > 5 || !accept('.')) return false;
      if (!number(1, &day) || day > 6) return false;
      out->month = static_cast<int32_t>(month);
      out->week = static_cast<int32_t>(week);
    } else {
      bool is_julian = accept('J');
      out->kind = is_julian ? YearRule::Kind::Julian : YearRule::Kind::Day;
      if (!number(3, &day) || day < (is_julian ? 1 : 0) || day > 365) return false;
    }
    out->day = static_cast<int32_t>(day);
    return !accept('/') || clock(167, &out->seconds);
  }

 private:
  std::string_view text_;
};

bool is_between(int64_t start, int64_t end, int64_t seconds) {
  return start < end ? start <= seconds && seconds < end : !(end <= seconds && seconds < start);
}

}  // namespace

int64_t YearRule::in_year(int year) const {
  int64_t days_before = days_before_year(year) - kEpochOrdinal;
  if (kind != Kind::Month) {
    int64_t number = day;
    if (kind == Kind::Julian && number >= 59 && is_leap(year)) ++number;
    return (days_before + number) * kSecondsPerDay + seconds;
  }
  int first = weekday(year, month, 1);
  int month_day = (day - (first + 1) + 14) % 7 + 1 + (week - 1) * 7;
  if (month_day > days_in_month(year, month)) month_day -= 7;
  return (to_ordinal(year, month, month_day) - kEpochOrdinal) * kSecondsPerDay + seconds;
}

bool parse_zone_string(std::string_view text, ZoneString* out) {
  Reader reader(text);
  if (!reader.name(&out->standard_name) || !reader.clock(24, &out->standard_offset)) return false;
  out->standard_offset = -out->standard_offset;
  if (reader.at_end()) return true;
  if (!reader.name(&out->summer_name)) return false;
  out->summer_offset = out->standard_offset + 3600;
  if (!reader.next_is(',')) {
    if (!reader.clock(24, &out->summer_offset)) return false;
    out->summer_offset = -out->summer_offset;
  }
  return reader.accept(',') && reader.year_rule(&out->start) && reader.accept(',') && reader.year_rule(&out->end) &&
         reader.at_end();
}

int32_t ZoneRules::at_local(int64_t seconds, int year, int fold) const {
  int64_t from = start.in_year(year), to = end.in_year(year);
  // What is ambiguous belongs to one side or the other by fold and by the sign of the change.
  if ((fold == 1) == (difference() >= 0))
    to -= difference();
  else
    from += difference();
  return is_between(from, to, seconds) ? summer : standard;
}

int32_t ZoneRules::at_utc(int64_t seconds, int year, int* fold) const {
  int64_t from = start.in_year(year) - standard_offset, to = end.in_year(year) - summer_offset;
  int64_t ambiguous_from = difference() > 0 ? to : from;
  int64_t ambiguous_to = difference() > 0 ? to + difference() : from - difference();
  *fold = ambiguous_from <= seconds && seconds < ambiguous_to;
  return is_between(from, to, seconds) ? summer : standard;
}

void infer_summer_offsets(std::span<const int32_t> transitions, std::span<const int64_t> offsets,
                          std::span<const uint8_t> is_summer, std::span<int64_t> out) {
  size_t wanted = 0, found = 0, count = offsets.size();
  for (size_t i = 0; i < count; ++i) wanted += is_summer[i] != 0;
  for (size_t i = 1; i < transitions.size() && found < wanted; ++i) {
    auto index = static_cast<size_t>(transitions[i]);
    if (!is_summer[index] || out[index] != 0) continue;
    int64_t difference = 0;
    auto other = static_cast<size_t>(transitions[i - 1]);
    if (!is_summer[other]) difference = offsets[index] - offsets[other];
    if (difference == 0 && index + 1 < count && i + 1 < transitions.size()) {
      other = static_cast<size_t>(transitions[i + 1]);
      if (is_summer[other]) continue;
      difference = offsets[index] - offsets[other];
    }
    if (difference != 0) {
      ++found;
      out[index] = difference;
    }
  }
  if (found == wanted) return;
  for (size_t i = 0; i < count; ++i)
    if (is_summer[i] && out[i] == 0) out[i] = 3600;
}

}  // namespace viperine::datetime
