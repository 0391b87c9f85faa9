// SPDX-License-Identifier: MIT
// Plain format specifications: reading one, and laying out digits or ASCII text after it.
#include "runtime/plain_format.h"

#include <charconv>
#include <cstring>

#include "numeric/float_text.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

struct PlainSpec {
  char fill = ' ';
  char align = 0;  // < > ^ or 0: not written
  bool zero = false;
  bool comma = false;
  char type = 0;  // 0: not written
  size_t width = 0;
  int precision = -1;
};

bool is_align(char c) { return c == '<' || c == '>' || c == '^'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A number of at most four digits; false when there are more.
bool read_number(const char*& at, const char* end, size_t* number) {
  const char* start = at;
  size_t value = 0;
  for (; at < end && is_digit(*at); ++at) value = value * 10 + static_cast<size_t>(*at - '0');
  *number = value;
  return at - start <= 4;
}

bool read_plain_spec(const Str* specification, PlainSpec& spec) {
  if (!specification->is_ascii() || specification->length() > 16) return false;
  std::string_view text = specification->ascii();
  const char *at = text.data(), *end = at + text.size();
  if (text.size() >= 2 && is_align(at[1])) {
    spec.fill = at[0];
    spec.align = at[1];
    at += 2;
  } else if (at < end && is_align(*at)) {
    spec.align = *at++;
  }
  if (at < end && *at == '0') {
    if (spec.align != 0) return false;
    spec.zero = true;
    ++at;
  }
  if (!read_number(at, end, &spec.width)) return false;
  if (at < end && *at == ',') {
    if (spec.zero) return false;
    spec.comma = true;
    ++at;
  }
  if (at < end && *at == '.') {
    size_t precision;
    if (++at == end || !is_digit(*at) || !read_number(at, end, &precision)) return false;
    spec.precision = static_cast<int>(precision);
  }
  if (at < end) spec.type = *at++;
  return at == end;
}

/// `body` (ASCII, perhaps beginning with '-') in the width.
Result<Optional<Value>> lay_out(Thread& thread, const PlainSpec& spec, std::string_view body, char default_align) {
  size_t padding = spec.width > body.size() ? spec.width - body.size() : 0;
  size_t total = body.size() + padding;
  if (total == 1)
    return Optional<Value>(to_value(make_character(thread, static_cast<uint8_t>(padding == 0 ? body[0] : spec.fill))));
  if (total == 0) return Optional<Value>(to_value(thread.runtime().empty_str()));
  Str* result = Str::try_make(thread.heap(), static_cast<int64_t>(total), Str::Width::Ascii);
  if (result == nullptr) return thread.raise_memory_error();
  auto* out = reinterpret_cast<char*>(result->data8());
  if (spec.zero) {
    if (!body.empty() && body[0] == '-') {
      *out++ = '-';
      body.remove_prefix(1);
    }
    std::memset(out, '0', padding);
    std::memcpy(out + padding, body.data(), body.size());
    return Optional<Value>(to_value(result));
  }
  char align = spec.align != 0 ? spec.align : default_align;
  size_t left = align == '>' ? padding : align == '^' ? padding / 2 : 0;
  std::memset(out, spec.fill, left);
  std::memcpy(out + left, body.data(), body.size());
  std::memset(out + left + body.size(), spec.fill, padding - left);
  return Optional<Value>(to_value(result));
}

/// Copies a number with commas between groups of three of its leading digits; returns the end.
char* insert_commas(char* out, std::string_view number) {
  size_t at = 0, count = 0;
  if (!number.empty() && number[0] == '-') *out++ = number[at++];
  while (at + count < number.size() && is_digit(number[at + count])) ++count;
  for (; count > 0; --count) {
    *out++ = number[at++];
    if (count > 1 && count % 3 == 1) *out++ = ',';
  }
  std::memcpy(out, number.data() + at, number.size() - at);
  return out + (number.size() - at);
}

}  // namespace

Result<Optional<Value>> format_plain_int(Thread& thread, int64_t number, const Str* specification) {
  PlainSpec spec;
  if (!read_plain_spec(specification, spec) || spec.precision >= 0) return Optional<Value>();
  int base = 10;
  switch (spec.type) {
    case 0:
    case 'd':
      break;
    case 'x':
    case 'X':
      base = 16;
      break;
    case 'o':
      base = 8;
      break;
    case 'b':
      base = 2;
      break;
    default:
      return Optional<Value>();
  }
  if (spec.comma && base != 10) return Optional<Value>();
  char digits[80];
  char* end = std::to_chars(digits, digits + sizeof digits, number, base).ptr;
  if (spec.type == 'X')
    for (char* c = digits; c != end; ++c)
      if (*c >= 'a') *c = static_cast<char>(*c - ('a' - 'A'));
  std::string_view body(digits, static_cast<size_t>(end - digits));
  char grouped[32];
  if (spec.comma) body = std::string_view(grouped, static_cast<size_t>(insert_commas(grouped, body) - grouped));
  return lay_out(thread, spec, body, '>');
}

Result<Optional<Value>> format_plain_float(Thread& thread, double number, const Str* specification) {
  PlainSpec spec;
  if (!read_plain_spec(specification, spec)) return Optional<Value>();
  char code = spec.type;
  switch (code) {
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      break;
    default:
      return Optional<Value>();
  }
  int precision = spec.precision < 0 ? 6 : spec.precision;
  char text[400], grouped[540];
  if (float_text_size(number, code, precision) > sizeof text) return Optional<Value>();
  std::string_view body(text, float_to_text(text, number, code, precision, 0));
  if (spec.comma) body = std::string_view(grouped, static_cast<size_t>(insert_commas(grouped, body) - grouped));
  return lay_out(thread, spec, body, '>');
}

Result<Optional<Value>> format_plain_str(Thread& thread, Str* text, const Str* specification) {
  PlainSpec spec;
  if (!text->is_ascii() || !read_plain_spec(specification, spec)) return Optional<Value>();
  if (spec.zero || spec.comma || (spec.type != 0 && spec.type != 's')) return Optional<Value>();
  std::string_view body = text->ascii();
  if (spec.precision >= 0) body = body.substr(0, static_cast<size_t>(spec.precision));
  if (body.size() >= spec.width && body.size() == static_cast<size_t>(text->length()))
    return Optional<Value>(to_value(text));
  return lay_out(thread, spec, body, '<');
}

}  // namespace viperine
