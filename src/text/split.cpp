// SPDX-License-Identifier: MIT
// Cutting text at spaces, line ends and given characters (declared in search.h).
#include "text/search.h"
#include "text/unicode.h"

namespace viperine {

namespace {

template <typename Stop>
TextSpan strip_while(const TextView& text, Side side, Stop is_stripped) {
  TextSpan span = {0, text.length};
  with_width(text, [&](auto* units) {
    if ((static_cast<int>(side) & static_cast<int>(Side::kLeft)) != 0) {
      while (span.start < span.end && is_stripped(units[span.start])) ++span.start;
    }
    if ((static_cast<int>(side) & static_cast<int>(Side::kRight)) != 0) {
      while (span.end > span.start && is_stripped(units[span.end - 1])) --span.end;
    }
  });
  return span;
}

bool is_line_end(Alphabet alphabet, char32_t code) {
  if (alphabet == Alphabet::kBytes) return code == '\n' || code == '\r';
  return unicode::is_linebreak(code);
}

}  // namespace

bool is_space_in(Alphabet alphabet, char32_t code) {
  if (alphabet == Alphabet::kText) return unicode::is_space(code);
  return code == ' ' || code - '\t' < 5;
}

TextSpan strip_spaces(const TextView& text, Alphabet alphabet, Side side) {
  return strip_while(text, side, [=](char32_t code) { return is_space_in(alphabet, code); });
}

TextSpan strip_characters(const TextView& text, const TextView& characters, Side side) {
  // A bit for the low six bits of every character: most others are told apart by one test.
  uint64_t filter = 0;
  for (size_t i = 0; i < characters.length; ++i) filter |= uint64_t{1} << (characters[i] & 63);
  return strip_while(text, side, [&](char32_t code) {
    return (filter >> (code & 63) & 1) != 0 && find_code(characters, code) != kNotFound;
  });
}

bool next_field(const TextView& text, Alphabet alphabet, size_t& position, TextSpan& field) {
  return with_width(text, [&](auto* units) {
    size_t at = position;
    while (at < text.length && is_space_in(alphabet, units[at])) ++at;
    field.start = at;
    while (at < text.length && !is_space_in(alphabet, units[at])) ++at;
    field.end = position = at;
    return field.start < at;
  });
}

bool previous_field(const TextView& text, Alphabet alphabet, size_t& position, TextSpan& field) {
  return with_width(text, [&](auto* units) {
    size_t at = position;
    while (at > 0 && is_space_in(alphabet, units[at - 1])) --at;
    field.end = at;
    while (at > 0 && !is_space_in(alphabet, units[at - 1])) --at;
    field.start = position = at;
    return at < field.end;
  });
}

bool next_line(const TextView& text, Alphabet alphabet, size_t& position, TextSpan& line) {
  if (position >= text.length) return false;
  with_width(text, [&](auto* units) {
    size_t at = line.start = position;
    while (at < text.length && !is_line_end(alphabet, units[at])) ++at;
    line.end = at;
    if (at < text.length) at += units[at] == '\r' && at + 1 < text.length && units[at + 1] == '\n' ? 2 : 1;
    position = at;
  });
  return true;
}

}  // namespace viperine
