// SPDX-License-Identifier: MIT
// Searching, comparing and cutting text and bytes of any mix of widths: what str.find, count, split, strip and the like
// share. Positions are code points of the view that was given; ranges are cut with TextView::slice first.
// Linear in the worst case in both directions: a quick vector scan that turns to two-way matching when it wastes time.
#pragma once

#include "text/text_view.h"

namespace viperine {

constexpr size_t kNotFound = static_cast<size_t>(-1);

size_t find_text(const TextView& text, const TextView& needle);
size_t rfind_text(const TextView& text, const TextView& needle);
/// Matches that do not overlap, at most `limit`; an empty needle matches length + 1 times.
size_t count_text(const TextView& text, const TextView& needle, size_t limit = kNotFound);
size_t find_code(const TextView& text, char32_t code);
size_t rfind_code(const TextView& text, char32_t code);

bool equal_text(const TextView& left, const TextView& right);
/// Below, at or above zero, by code points.
int compare_text(const TextView& left, const TextView& right);
bool starts_with(const TextView& text, const TextView& prefix);
bool ends_with(const TextView& text, const TextView& suffix);

struct TextSpan {
  size_t start = 0, end = 0;
};

// Text takes Unicode's spaces and line ends, bytes take ASCII's spaces and \n, \r, \r\n.
enum class Alphabet : uint8_t { kText, kBytes };
enum class Side : uint8_t { kLeft = 1, kRight = 2, kBoth = 3 };

bool is_space_in(Alphabet alphabet, char32_t code);
/// What remains without white space at the ends, or without the code points of `characters`.
TextSpan strip_spaces(const TextView& text, Alphabet alphabet, Side side);
TextSpan strip_characters(const TextView& text, const TextView& characters, Side side);

/// The next field between spaces from `position` on, which moves behind it; false when there is none.
bool next_field(const TextView& text, Alphabet alphabet, size_t& position, TextSpan& field);
/// The last field before `position`, which moves to its start.
bool previous_field(const TextView& text, Alphabet alphabet, size_t& position, TextSpan& field);

/// The next line from `position` on, without its end; `position` moves behind the line's end.
bool next_line(const TextView& text, Alphabet alphabet, size_t& position, TextSpan& line);

}  // namespace viperine
