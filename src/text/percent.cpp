// SPDX-License-Identifier: MIT
// The directives of `format % values`.
#include "text/percent.h"

#include <climits>

namespace viperine {

PercentStep PercentParser::fail(const char* error) {
  error_ = error;
  return PercentStep::kError;
}

PercentStep PercentParser::next() {
  switch (state_) {
    case State::kText:
      return read_text();
    case State::kAfterPercent:
      return read_key();
    case State::kFlags:
      return read_width();
    case State::kAfterWidth:
      return read_precision();
    case State::kAfterPrecision:
      return read_type();
  }
  return PercentStep::kEnd;
}

PercentStep PercentParser::read_text() {
  if (at_ >= text_.length) return PercentStep::kEnd;
  size_t found = find_code(text_.slice(at_, text_.length), '%');
  size_t percent = found == kNotFound ? text_.length : at_ + found;
  literal_ = {at_, percent};
  at_ = percent;
  if (percent < text_.length) {
    if (percent + 1 < text_.length && text_[percent + 1] == '%') {
      // "%%": the first sign ends the literal, the second is dropped.
      literal_.end = percent + 1;
      at_ = percent + 2;
      return PercentStep::kLiteral;
    }
    at_ = percent + 1;
    state_ = State::kAfterPercent;
    directive_ = {};
    if (literal_.start == literal_.end) return read_key();
  }
  return PercentStep::kLiteral;
}

PercentStep PercentParser::read_key() {
  state_ = State::kFlags;
  if (at_ >= text_.length || text_[at_] != '(') return read_width();
  directive_.has_key = true;
  directive_.key.start = ++at_;
  int depth = 1;
  while (depth > 0 && at_ < text_.length) {
    char32_t code = text_[at_++];
    if (code == ')') --depth;
    if (code == '(') ++depth;
  }
  // Whether the values are a mapping is asked first: kKey comes even for an unfinished key, the error after it.
  if (depth > 0) error_ = "incomplete format key";
  directive_.key.end = depth > 0 ? at_ : at_ - 1;
  return PercentStep::kKey;
}

PercentStep PercentParser::read_width() {
  if (error_ != nullptr) return PercentStep::kError;
  for (; at_ < text_.length; ++at_) {
    char32_t code = text_[at_];
    if (code == '-') {
      directive_.left = true;
    } else if (code == '+') {
      directive_.plus = true;
    } else if (code == ' ') {
      directive_.blank = true;
    } else if (code == '#') {
      directive_.alternate = true;
    } else if (code == '0') {
      directive_.zero = true;
    } else {
      break;
    }
  }
  state_ = State::kAfterWidth;
  if (at_ < text_.length && text_[at_] == '*') {
    ++at_;
    directive_.star_width = true;
    return PercentStep::kWidth;
  }
  for (; at_ < text_.length && text_[at_] - '0' < 10; ++at_) {
    int digit = static_cast<int>(text_[at_] - '0');
    if (directive_.width < 0) directive_.width = 0;
    if (directive_.width > (INT64_MAX - digit) / 10) return fail("width too big");
    directive_.width = directive_.width * 10 + digit;
  }
  return read_precision();
}

PercentStep PercentParser::read_precision() {
  state_ = State::kAfterPrecision;
  if (at_ >= text_.length || text_[at_] != '.') return read_type();
  directive_.precision = 0;
  ++at_;
  if (at_ < text_.length && text_[at_] == '*') {
    ++at_;
    directive_.star_precision = true;
    return PercentStep::kPrecision;
  }
  for (; at_ < text_.length && text_[at_] - '0' < 10; ++at_) {
    int digit = static_cast<int>(text_[at_] - '0');
    if (directive_.precision > (INT_MAX - digit) / 10) return fail(is_bytes_ ? "prec too big" : "precision too big");
    directive_.precision = directive_.precision * 10 + digit;
  }
  return read_type();
}

PercentStep PercentParser::read_type() {
  state_ = State::kText;
  if (at_ < text_.length && (text_[at_] == 'h' || text_[at_] == 'l' || text_[at_] == 'L')) ++at_;
  if (at_ >= text_.length) return fail("incomplete format");
  directive_.type_index = at_;
  directive_.type = text_[at_++];
  return PercentStep::kDirective;
}

void PercentParser::set_width(int64_t width) {
  if (width < 0) {
    directive_.left = true;
    width = -width;
  }
  directive_.width = width;
}

void append_percent_text(const PercentDirective& directive, const TextView& value, TextBuffer& out) {
  TextView body = value;
  if (directive.type != 'c' && directive.precision >= 0 && static_cast<size_t>(directive.precision) < body.length) {
    body = body.slice(0, static_cast<size_t>(directive.precision));
  }
  auto width = static_cast<size_t>(directive.width < 0 ? 0 : directive.width);
  size_t padding = width > body.length ? width - body.length : 0;
  if (!directive.left) out.append_fill(' ', padding);
  out.append(body);
  if (directive.left) out.append_fill(' ', padding);
}

namespace {

void append_signed(const PercentDirective& directive, bool negative, const TextView& prefix, const TextView& body,
                   TextBuffer& out) {
  char32_t sign = negative ? U'-' : directive.plus ? U'+' : directive.blank ? U' ' : 0;
  size_t length = (sign != 0) + prefix.length + body.length;
  auto width = static_cast<size_t>(directive.width < 0 ? 0 : directive.width);
  size_t padding = width > length ? width - length : 0;
  if (padding == 0 && sign == 0 && prefix.length == 0) return out.append(body);
  if (!directive.zero && !directive.left) out.append_fill(' ', padding);
  if (sign != 0) out.append(sign);
  out.append(prefix);
  if (directive.zero && !directive.left) out.append_fill('0', padding);
  out.append(body);
  if (directive.left) out.append_fill(' ', padding);
}

}  // namespace

void append_percent_number(const PercentDirective& directive, const TextView& value, TextBuffer& out) {
  bool negative = value.length != 0 && value[0] == '-';
  append_signed(directive, negative, "", value.slice(negative ? 1 : 0, value.length), out);
}

void append_percent_integer(const PercentDirective& directive, std::string_view digits, bool negative,
                            TextBuffer& out) {
  TextView prefix = "";
  if (directive.alternate) {
    if (directive.type == 'x') prefix = "0x";
    if (directive.type == 'X') prefix = "0X";
    if (directive.type == 'o') prefix = "0o";
  }
  if (directive.precision <= 0 && directive.type != 'X') return append_signed(directive, negative, prefix, digits, out);
  TextBuffer body;
  if (directive.precision > 0 && static_cast<size_t>(directive.precision) > digits.size()) {
    body.append_fill('0', static_cast<size_t>(directive.precision) - digits.size());
  }
  bool upper = directive.type == 'X';
  for (char digit : digits) body.append(static_cast<char32_t>(upper && digit >= 'a' ? digit - 32 : digit));
  append_signed(directive, negative, prefix, body.view(), out);
}

void unsupported_format_character(const PercentDirective& directive, TextBuffer& error) {
  char32_t code = directive.type;
  error.append("unsupported format character '");
  error.append(code > 31 && code < 128 ? code : U'?');
  error.append("' (0x");
  int shift = 28;
  while (shift > 0 && code >> shift == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) error.append(static_cast<char32_t>("0123456789abcdef"[code >> shift & 15]));
  error.append(") at index ");
  char digits[24];
  size_t count = 0, index = directive.type_index;
  do digits[count++] = static_cast<char>('0' + index % 10);
  while ((index /= 10) != 0);
  while (count > 0) error.append(static_cast<char32_t>(digits[--count]));
}

}  // namespace viperine
