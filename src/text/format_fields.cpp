// SPDX-License-Identifier: MIT
// The markup of str.format. '{{' and '}}' end a literal part early, so a part may be a literal without a field.
#include "text/format_fields.h"

#include "text/format_spec.h"

namespace viperine {

namespace {

constexpr const char* kTooManyDigits = "Too many decimal digits in format string";

// The number that the whole span is: -1 if it is none, -2 if it is too large.
int64_t parse_index(const TextView& text, TextSpan span) {
  size_t at = span.start;
  int64_t value = parse_decimal(text, at, span.end);
  return value >= 0 && at < span.end ? -1 : value;
}

}  // namespace

Step MarkupIterator::fail(const char* error) {
  error_ = error;
  return Step::kError;
}

Step MarkupIterator::next(MarkupPart& part) {
  part = {};
  if (at_ >= end_) return Step::kEnd;
  part.literal.start = at_;
  char32_t code = 0;
  bool is_brace = false;
  while (at_ < end_ && !is_brace) {
    code = text_[at_++];
    is_brace = code == '{' || code == '}';
  }
  part.literal.end = at_;
  if (!is_brace) return Step::kItem;
  bool doubled = at_ < end_ && text_[at_] == code;
  if (code == '}' && !doubled) return fail("Single '}' encountered in format string");
  if (at_ >= end_) return fail("Single '{' encountered in format string");
  if (doubled) {
    ++at_;
    return Step::kItem;
  }
  --part.literal.end;
  part.has_field = true;
  return parse_field(part);
}

Step MarkupIterator::parse_field(MarkupPart& part) {
  char32_t code = 0;
  part.name.start = at_;
  for (bool inside = true; inside && at_ < end_;) {
    code = text_[at_++];
    if (code == '{') return fail("unexpected '{' in field name");
    if (code == '[') {
      while (at_ < end_ && text_[at_] != ']') ++at_;
    }
    inside = code != '}' && code != ':' && code != '!';
  }
  if (code != '}' && code != ':' && code != '!') return fail("expected '}' before end of string");
  part.name.end = at_ - 1;
  if (code == '!') {
    if (at_ >= end_) return fail("end of string while looking for conversion specifier");
    part.conversion = text_[at_++];
    if (at_ < end_) {
      code = text_[at_++];
      if (code == '}') {
        part.spec = {at_ - 1, at_ - 1};
        return Step::kItem;
      }
      if (code != ':') return fail("expected ':' after conversion specifier");
    }
  }
  part.spec = {at_, at_};
  if (code == '}') return Step::kItem;
  for (int depth = 1; at_ < end_;) {
    code = text_[at_++];
    if (code == '{') {
      part.spec_needs_expanding = true;
      ++depth;
    } else if (code == '}' && --depth == 0) {
      part.spec.end = at_ - 1;
      return Step::kItem;
    }
  }
  return fail("unmatched '{' in format spec");
}

const char* split_field_name(const TextView& text, TextSpan name, FieldName& parts) {
  size_t at = name.start;
  while (at < name.end && text[at] != '[' && text[at] != '.') ++at;
  parts.first = {name.start, at};
  parts.rest = {at, name.end};
  parts.first_index = parse_index(text, parts.first);
  return parts.first_index == -2 ? kTooManyDigits : nullptr;
}

Step FieldIterator::fail(const char* error) {
  error_ = error;
  return Step::kError;
}

Step FieldIterator::next(FieldStep& step) {
  step = {};
  if (at_ >= end_) return Step::kEnd;
  char32_t code = text_[at_++];
  step.name.start = at_;
  if (code == '.') {
    step.is_attribute = true;
    while (at_ < end_ && text_[at_] != '[' && text_[at_] != '.') ++at_;
    step.name.end = at_;
  } else if (code == '[') {
    while (at_ < end_ && text_[at_] != ']') ++at_;
    if (at_ >= end_) return fail("Missing ']' in format string");
    step.name.end = at_++;
    step.index = parse_index(text_, step.name);
    if (step.index == -2) return fail(kTooManyDigits);
  } else {
    return fail("Only '.' or '[' may follow ']' in format field specifier");
  }
  if (step.name.start == step.name.end) return fail("Empty attribute in format string");
  return Step::kItem;
}

}  // namespace viperine
