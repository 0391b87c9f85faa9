// SPDX-License-Identifier: MIT
// str.format's markup: literal text and replacement fields {name!conversion:spec}, and the parts of a field's name,
// first.attribute[item]. Knows nothing of values; nested fields in a spec are the caller's second round.
// Errors are the text of a ValueError.
#pragma once

#include "text/search.h"
#include "text/text_view.h"

namespace viperine {

struct MarkupPart {
  TextSpan literal;
  bool has_field = false;
  TextSpan name;
  TextSpan spec;
  char32_t conversion = 0;          // 0: none
  bool spec_needs_expanding = false;  // holds '{'
};

enum class Step : uint8_t { kItem, kEnd, kError };

/// Walks a format string part by part, as _string.formatter_parser.
class MarkupIterator {
 public:
  explicit MarkupIterator(const TextView& text) : MarkupIterator(text, {0, text.length}) {}
  MarkupIterator(const TextView& text, TextSpan range) : text_(text), at_(range.start), end_(range.end) {}
  Step next(MarkupPart& part);
  const char* error() const { return error_; }
  size_t position() const { return at_; }

 private:
  Step fail(const char* error);
  Step parse_field(MarkupPart& part);

  TextView text_;
  size_t at_, end_;
  const char* error_ = nullptr;
};

// How the first part of the name selects: by number, or by keyword. -1 is not a number.
struct FieldName {
  TextSpan first;
  int64_t first_index = -1;
  TextSpan rest;
};
/// Null, or the error.
const char* split_field_name(const TextView& text, TextSpan name, FieldName& parts);

struct FieldStep {
  bool is_attribute = false;
  TextSpan name;
  int64_t index = -1;  // of an item that is a number
};

/// Walks `.attribute` and `[item]`, as _string.formatter_field_name_split's iterator.
class FieldIterator {
 public:
  FieldIterator(const TextView& text, TextSpan rest) : text_(text), at_(rest.start), end_(rest.end) {}
  Step next(FieldStep& step);
  const char* error() const { return error_; }
  size_t position() const { return at_; }

 private:
  Step fail(const char* error);

  TextView text_;
  size_t at_, end_;
  const char* error_ = nullptr;
};

}  // namespace viperine
