// SPDX-License-Identifier: MIT
// Case conversion of whole texts and identifier checks (declared in unicode.h).
// The one context rule of Unicode that Python applies is the final sigma: a capital sigma after a cased letter and not
// before one (case-ignorable characters in between do not count) becomes U+03C2.
#include "text/unicode.h"

namespace viperine::unicode {

namespace {

constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kSmallSigma = 0x3C3;
constexpr char32_t kFinalSigma = 0x3C2;

template <typename Unit>
char32_t lower_sigma(const Unit* units, size_t length, size_t index) {
  size_t before = index;
  while (before > 0 && is_case_ignorable(units[before - 1])) --before;
  if (before == 0 || !is_cased(units[before - 1])) return kSmallSigma;
  size_t after = index + 1;
  while (after < length && is_case_ignorable(units[after])) ++after;
  return after < length && is_cased(units[after]) ? kSmallSigma : kFinalSigma;
}

template <typename Unit>
size_t lower_at(const Unit* units, size_t length, size_t index, char32_t* out) {
  if (units[index] != kCapitalSigma) return to_lower_full(units[index], out);
  *out = lower_sigma(units, length, index);
  return 1;
}

void append_all(TextBuffer& out, const char32_t* codes, size_t count) {
  for (size_t i = 0; i < count; ++i) out.append(codes[i]);
}

// Calls mapper(units, index, mapped) for every index and appends what it wrote.
template <typename Mapper>
void map_text(const TextView& text, TextBuffer& out, Mapper mapper) {
  out.reserve(text.length);
  with_width(text, [&](auto* units) {
    char32_t mapped[kLongestCaseMapping];
    for (size_t i = 0; i < text.length; ++i) append_all(out, mapped, mapper(units, i, mapped));
  });
}

bool is_ascii_text(const TextView& text) { return text.width == 1 && is_ascii(text.bytes(), text.length); }

template <typename Mapper>
void map_ascii(const TextView& text, TextBuffer& out, Mapper mapper) {
  auto* target = static_cast<uint8_t*>(out.extend(text.length, 0x7F));
  if (out.width() != 1) {
    out.truncate(out.length() - text.length);
    for (size_t i = 0; i < text.length; ++i) out.append(mapper(text.bytes()[i]));
    return;
  }
  const uint8_t* source = text.bytes();
  for (size_t i = 0; i < text.length; ++i) target[i] = mapper(source[i]);
}

uint8_t ascii_lower(uint32_t code) { return static_cast<uint8_t>(code - 'A' < 26u ? code + 32 : code); }
uint8_t ascii_upper(uint32_t code) { return static_cast<uint8_t>(code - 'a' < 26u ? code - 32 : code); }

}  // namespace

void lower_text(const TextView& text, TextBuffer& out) {
  if (is_ascii_text(text)) return map_ascii(text, out, ascii_lower);
  map_text(text, out,
           [&](auto* units, size_t i, char32_t* mapped) { return lower_at(units, text.length, i, mapped); });
}

void upper_text(const TextView& text, TextBuffer& out) {
  if (is_ascii_text(text)) return map_ascii(text, out, ascii_upper);
  map_text(text, out, [](auto* units, size_t i, char32_t* mapped) { return to_upper_full(units[i], mapped); });
}

void casefold_text(const TextView& text, TextBuffer& out) {
  if (is_ascii_text(text)) return map_ascii(text, out, ascii_lower);
  map_text(text, out, [](auto* units, size_t i, char32_t* mapped) { return to_folded_full(units[i], mapped); });
}

void title_text(const TextView& text, TextBuffer& out) {
  bool previous_is_cased = false;
  map_text(text, out, [&](auto* units, size_t i, char32_t* mapped) {
    size_t count = previous_is_cased ? lower_at(units, text.length, i, mapped) : to_title_full(units[i], mapped);
    previous_is_cased = is_cased(units[i]);
    return count;
  });
}

void capitalize_text(const TextView& text, TextBuffer& out) {
  map_text(text, out, [&](auto* units, size_t i, char32_t* mapped) {
    return i == 0 ? to_title_full(units[i], mapped) : lower_at(units, text.length, i, mapped);
  });
}

void swapcase_text(const TextView& text, TextBuffer& out) {
  map_text(text, out, [&](auto* units, size_t i, char32_t* mapped) {
    if (is_upper(units[i])) return lower_at(units, text.length, i, mapped);
    if (is_lower(units[i])) return to_upper_full(units[i], mapped);
    *mapped = units[i];
    return size_t{1};
  });
}

bool is_identifier(const TextView& text) {
  if (text.length == 0) return false;
  return with_width(text, [&](auto* units) {
    if (!is_identifier_start(units[0])) return false;
    for (size_t i = 1; i < text.length; ++i) {
      if (!is_xid_continue(units[i])) return false;
    }
    return true;
  });
}

}  // namespace viperine::unicode
