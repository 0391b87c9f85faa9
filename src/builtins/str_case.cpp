// SPDX-License-Identifier: MIT
// str methods about case and classes of characters, and those that pad: center, zfill, expandtabs.
#include <cstring>

#include "builtins/str_methods.h"
#include "text/unicode.h"

namespace viperine {

namespace {

/// A case mapping: ASCII text by `ascii`, anything else by `full`.
template <typename AsciiMap>
Result<Str*> map_text(Thread& thread, Str* self, AsciiMap ascii, void (*full)(const TextView&, TextBuffer&)) {
  if (!self->is_ascii()) {
    TextBuffer buffer;
    full(view_of(self), buffer);
    return make_text(thread, buffer);
  }
  int64_t length = self->length();
  if (length == 0) return thread.runtime().empty_str();
  if (length == 1) return make_character(thread, ascii(self->data8()[0], true));
  Str* result = Str::try_make(thread.heap(), length, Str::Width::Ascii);
  if (result == nullptr) return thread.raise_memory_error();
  const uint8_t* from = self->data8();
  uint8_t* to = result->data8();
  bool boundary = true;
  for (int64_t i = 0; i < length; ++i) {
    to[i] = ascii(from[i], boundary);
    boundary = !unicode::is_ascii_alpha(from[i]);
  }
  return result;
}

uint8_t ascii_lower(uint8_t c, bool) { return static_cast<uint8_t>(c + (c >= 'A' && c <= 'Z' ? 32 : 0)); }
uint8_t ascii_upper(uint8_t c, bool) { return static_cast<uint8_t>(c - (c >= 'a' && c <= 'z' ? 32 : 0)); }
uint8_t ascii_title(uint8_t c, bool boundary) { return boundary ? ascii_upper(c, false) : ascii_lower(c, false); }
uint8_t ascii_swap(uint8_t c, bool) { return unicode::is_ascii_alpha(c) ? static_cast<uint8_t>(c ^ 32) : c; }

}  // namespace

Result<Str*> str_lower(Thread& thread, Str* self) { return map_text(thread, self, ascii_lower, unicode::lower_text); }
Result<Str*> str_upper(Thread& thread, Str* self) { return map_text(thread, self, ascii_upper, unicode::upper_text); }
Result<Str*> str_title(Thread& thread, Str* self) { return map_text(thread, self, ascii_title, unicode::title_text); }
Result<Str*> str_swapcase(Thread& thread, Str* self) {
  return map_text(thread, self, ascii_swap, unicode::swapcase_text);
}
Result<Str*> str_casefold(Thread& thread, Str* self) {
  return map_text(thread, self, ascii_lower, unicode::casefold_text);
}

Result<Str*> str_capitalize(Thread& thread, Str* self) {
  if (self->length() == 0) return thread.runtime().empty_str();
  TextBuffer buffer;
  unicode::capitalize_text(view_of(self), buffer);
  return make_text(thread, buffer);
}

namespace {

/// Not empty, and each code point passes.
template <typename Test>
bool all_of(Str* self, Test test) {
  for (int64_t i = 0; i < self->length(); ++i)
    if (!test(self->at(i))) return false;
  return self->length() > 0;
}

}  // namespace

Result<bool> str_isalnum(Thread&, Str* self) { return all_of(self, unicode::is_alnum); }
Result<bool> str_isalpha(Thread&, Str* self) { return all_of(self, unicode::is_alpha); }
Result<bool> str_isdecimal(Thread&, Str* self) { return all_of(self, unicode::is_decimal); }
Result<bool> str_isdigit(Thread&, Str* self) { return all_of(self, unicode::is_digit); }
Result<bool> str_isnumeric(Thread&, Str* self) { return all_of(self, unicode::is_numeric); }
Result<bool> str_isspace(Thread&, Str* self) { return all_of(self, unicode::is_space); }
Result<bool> str_isprintable(Thread&, Str* self) { return self->length() == 0 || all_of(self, unicode::is_printable); }
Result<bool> str_isidentifier(Thread&, Str* self) { return unicode::is_identifier(view_of(self)); }

Result<bool> str_isascii(Thread& thread, Value self) {
  if (!is_str(self))
    return thread.raise<TypeError>("descriptor 'isascii' for 'str' objects doesn't apply to a '{}' object",
                                   type_name_of(self));
  if (has_kind(self, Kind::Rope)) return cast<Rope>(self)->width() == Str::Width::Ascii;
  return cast<Str>(self)->is_ascii();
}

Result<bool> str_islower(Thread&, Str* self) {
  bool cased = false;
  for (int64_t i = 0; i < self->length(); ++i) {
    uint32_t code = self->at(i);
    if (unicode::is_upper(code) || unicode::is_title(code)) return false;
    cased = cased || unicode::is_lower(code);
  }
  return cased;
}

Result<bool> str_isupper(Thread&, Str* self) {
  bool cased = false;
  for (int64_t i = 0; i < self->length(); ++i) {
    uint32_t code = self->at(i);
    if (unicode::is_lower(code) || unicode::is_title(code)) return false;
    cased = cased || unicode::is_upper(code);
  }
  return cased;
}

Result<bool> str_istitle(Thread&, Str* self) {
  bool cased = false, previous_cased = false;
  for (int64_t i = 0; i < self->length(); ++i) {
    uint32_t code = self->at(i);
    if (unicode::is_upper(code) || unicode::is_title(code)) {
      if (previous_cased) return false;
      cased = previous_cased = true;
    } else if (unicode::is_lower(code)) {
      if (!previous_cased) return false;
      cased = true;
    } else {
      previous_cased = false;
    }
  }
  return cased;
}

// --- padding

namespace {

Result<uint32_t> fill_character(Thread& thread, Optional<Value> fill) {
  if (!fill) return uint32_t{' '};
  if (!is_str(*fill))
    return thread.raise<TypeError>("The fill character must be a unicode character, not {}", type_name_of(*fill));
  Str* text = as_str(thread, *fill);
  if (text->length() != 1) return thread.raise<TypeError>("The fill character must be exactly one character long");
  return text->at(0);
}

void fill_units(Str* target, int64_t start, int64_t count, uint32_t code) {
  switch (target->unit_size()) {
    case 1: std::memset(target->data8() + start, static_cast<int>(code), static_cast<size_t>(count)); return;
    case 2: std::fill_n(target->data16() + start, count, static_cast<uint16_t>(code)); return;
    default: std::fill_n(target->data32() + start, count, code);
  }
}

Result<Str*> pad(Thread& thread, Str* self, int64_t left, int64_t right, uint32_t code) {
  left = std::max<int64_t>(left, 0);
  right = std::max<int64_t>(right, 0);
  if (left == 0 && right == 0) return exact_text(thread, self);
  if (left > INT64_MAX - self->length() || right > INT64_MAX - self->length() - left)
    return thread.raise<OverflowError>("padded string is too long");
  Str* result =
      Str::try_make(thread.heap(), left + self->length() + right, std::max(self->width(), width_of_bits(code)));
  if (result == nullptr) return thread.raise_memory_error();
  auto unit = static_cast<uint8_t>(result->unit_size());
  fill_units(result, 0, left, code);
  copy_text(static_cast<uint8_t*>(result->data()) + left * unit, unit, view_of(self));
  fill_units(result, left + self->length(), right, code);
  return result;
}

}  // namespace

Result<Str*> str_center(Thread& thread, Str* self, Index width, Optional<Value> fill) {
  uint32_t code = TRY(fill_character(thread, fill));
  int64_t margin = width.value - self->length();
  if (margin <= 0) return exact_text(thread, self);
  int64_t left = margin / 2 + (margin & width.value & 1);
  return pad(thread, self, left, margin - left, code);
}

Result<Str*> str_ljust(Thread& thread, Str* self, Index width, Optional<Value> fill) {
  uint32_t code = TRY(fill_character(thread, fill));
  return pad(thread, self, 0, width.value < 0 ? 0 : width.value - self->length(), code);
}

Result<Str*> str_rjust(Thread& thread, Str* self, Index width, Optional<Value> fill) {
  uint32_t code = TRY(fill_character(thread, fill));
  return pad(thread, self, width.value < 0 ? 0 : width.value - self->length(), 0, code);
}

Result<Str*> str_zfill(Thread& thread, Str* self, Index width) {
  int64_t zeros = width.value < 0 ? 0 : width.value - self->length();
  if (zeros <= 0) return exact_text(thread, self);
  Str* result = TRY(pad(thread, self, zeros, 0, '0'));
  uint32_t first = self->length() > 0 ? self->at(0) : 0;
  if (first == '+' || first == '-') {   // the sign goes before the zeros
    fill_units(result, 0, 1, first);
    fill_units(result, zeros, 1, '0');
  }
  return result;
}

Result<Str*> str_expandtabs(Thread& thread, Str* self, int tab_size) {
  int64_t total = 0, column = 0;
  bool found = false;
  for (int64_t i = 0; i < self->length(); ++i) {
    uint32_t code = self->at(i);
    int64_t step = 1;
    if (code == '\t') {
      found = true;
      step = tab_size > 0 ? tab_size - column % tab_size : 0;
      column += step;
    } else {
      column = code == '\n' || code == '\r' ? 0 : column + 1;
    }
    if (total > INT64_MAX - step) return thread.raise<OverflowError>("new string is too long");
    total += step;
  }
  if (!found) return exact_text(thread, self);
  if (total == 0) return thread.runtime().empty_str();
  Str* result = Str::try_make(thread.heap(), total, self->width());
  if (result == nullptr) return thread.raise_memory_error();
  column = 0;
  int64_t at = 0;
  for (int64_t i = 0; i < self->length(); ++i) {
    uint32_t code = self->at(i);
    if (code == '\t') {
      int64_t step = tab_size > 0 ? tab_size - column % tab_size : 0;
      fill_units(result, at, step, ' ');
      at += step;
      column += step;
    } else {
      fill_units(result, at++, 1, code);
      column = code == '\n' || code == '\r' ? 0 : column + 1;
    }
  }
  return result;
}

}  // namespace viperine
