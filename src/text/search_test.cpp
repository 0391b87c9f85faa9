// SPDX-License-Identifier: MIT
// Search against a naive search on random texts of small alphabets and all widths, and the hard cases.
#include "text/search.h"

#include <cstring>

#include "base/check.h"
#include "text/text_buffer.h"

namespace viperine {
namespace {

uint32_t state = 12345;
uint32_t next_random() { return (state = state * 1664525u + 1013904223u) >> 8; }

void fill(TextBuffer& out, size_t length, uint32_t letters, char32_t base) {
  for (size_t i = 0; i < length; ++i) out.append(base + next_random() % letters);
}

bool matches(const TextView& text, const TextView& needle, size_t at) {
  for (size_t i = 0; i < needle.length; ++i) {
    if (text[at + i] != needle[i]) return false;
  }
  return true;
}

size_t naive(const TextView& text, const TextView& needle, bool backwards) {
  size_t found = kNotFound;
  for (size_t at = 0; at + needle.length <= text.length; ++at) {
    if (!matches(text, needle, at)) continue;
    found = at;
    if (!backwards) break;
  }
  return found;
}

void check_random() {
  for (int round = 0; round < 60000; ++round) {
    TextBuffer text, needle;
    uint32_t letters = 1 + next_random() % 4;
    const char32_t bases[] = {'a', 0x3B1, 0x1F600};
    fill(text, next_random() % 200, letters, bases[next_random() % 3]);
    if (next_random() % 2 != 0 && text.length() != 0) {
      size_t start = next_random() % text.length();
      needle.append(text.view().slice(start, start + next_random() % (text.length() - start + 1)));
      if (next_random() % 4 == 0) needle.append(U'x');
    } else {
      fill(needle, next_random() % 12, letters, bases[next_random() % 3]);
    }
    CHECK(find_text(text.view(), needle.view()) == naive(text.view(), needle.view(), false));
    CHECK(rfind_text(text.view(), needle.view()) == naive(text.view(), needle.view(), true));
  }
}

// Quadratic for naive methods: must be quick, and right, in both directions.
void check_hard() {
  constexpr size_t kLength = 400000, kHalf = 100000;
  TextBuffer text, forward, backward, wide;
  text.append_fill('a', kLength);
  forward.append_fill('a', kHalf);
  forward.append(U'b');
  forward.append_fill('a', kHalf);
  CHECK(find_text(text.view(), forward.view()) == kNotFound);
  CHECK(rfind_text(text.view(), forward.view()) == kNotFound);
  backward.append_fill('a', 300);
  TextBuffer mixed;
  for (int i = 0; i < 2000; ++i) {
    mixed.append_fill('a', 299);
    mixed.append(U'b');
  }
  CHECK(find_text(mixed.view(), backward.view()) == kNotFound);
  mixed.append_fill('a', 300);
  CHECK(find_text(mixed.view(), backward.view()) == 2000 * 300);
  CHECK(rfind_text(mixed.view(), backward.view()) == 2000 * 300);
  TextBuffer edge;
  edge.append(text.view());
  edge.append(forward.view());
  edge.append(text.view());
  CHECK(find_text(edge.view(), forward.view()) == kLength);
  CHECK(rfind_text(edge.view(), forward.view()) == kLength);
}

bool span_is(TextSpan span, size_t start, size_t end) { return span.start == start && span.end == end; }

void check_cutting() {
  CHECK(count_text("aaaa", "aa") == 2 && count_text("abc", "") == 4 && count_text("aXbX", "X") == 2);
  CHECK(compare_text("abc", "abd") < 0 && compare_text("ab", "abc") < 0 && equal_text("x", "x"));
  CHECK(starts_with("hello", "he") && ends_with("hello", "lo") && !ends_with("lo", "hello"));
  CHECK(span_is(strip_spaces(" a b \x1f", Alphabet::kText, Side::kBoth), 1, 4));
  CHECK(span_is(strip_spaces(" a b \x1f", Alphabet::kBytes, Side::kBoth), 1, 6));
  CHECK(span_is(strip_characters("xyabyx", "xy", Side::kLeft), 2, 6));
  size_t position = 0;
  TextSpan span;
  CHECK(next_field("  ab c", Alphabet::kText, position, span) && span_is(span, 2, 4));
  CHECK(next_field("  ab c", Alphabet::kText, position, span) && span_is(span, 5, 6));
  CHECK(!next_field("  ab c", Alphabet::kText, position, span));
  position = 4;
  CHECK(previous_field("a b ", Alphabet::kBytes, position, span) && span_is(span, 2, 3));
  position = 0;
  CHECK(next_line("a\r\nb\x0b" "c", Alphabet::kText, position, span) && span_is(span, 0, 1) && position == 3);
  CHECK(next_line("a\r\nb\x0b" "c", Alphabet::kText, position, span) && span_is(span, 3, 4) && position == 5);
  position = 3;
  CHECK(next_line("a\r\nb\x0b" "c", Alphabet::kBytes, position, span) && span_is(span, 3, 6));
}

}  // namespace
}  // namespace viperine

int main() {
  viperine::check_random();
  viperine::check_hard();
  viperine::check_cutting();
  return 0;
}
