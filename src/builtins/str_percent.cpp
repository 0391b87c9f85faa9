// SPDX-License-Identifier: MIT
// text % values.
#include "builtins/percent_values.h"
#include "builtins/str_methods.h"

namespace viperine {

namespace {

Result<void> append_character(Thread& thread, const PercentDirective& directive, Value value, TextBuffer& out) {
  uint32_t code;
  if (is_str(value)) {
    Str* text = as_str(thread, value);
    if (text->length() != 1) return thread.raise<TypeError>("%c requires int or char");
    code = text->at(0);
  } else {
    if (!is_integer(value) && type_of(thread, value)->slots().to_index == nullptr)
      return thread.raise<TypeError>("%c requires int or char");
    Value index = TRY(to_index(thread, value));
    int64_t number;
    if (!int_fits_int64(index, &number) || number < 0 || number > 0x10FFFF)
      return thread.raise<OverflowError>("%c arg not in range(0x110000)");
    code = static_cast<uint32_t>(number);
  }
  append_percent_text(directive, TextView(&code, 1, 4), out);
  return {};
}

Result<void> append_directive(Thread& thread, const PercentDirective& directive, PercentValues& values,
                              TextBuffer& out) {
  Value value = TRY(values.next());
  switch (directive.type) {
    case 's': append_percent_text(directive, view_of(TRY(str(thread, value))), out); return {};
    case 'r': append_percent_text(directive, view_of(TRY(repr(thread, value))), out); return {};
    case 'a': append_percent_text(directive, view_of(TRY(ascii(thread, value))), out); return {};
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return append_percent_integer_value(thread, directive, value, out);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return append_percent_float_value(thread, directive, value, out, false);
    case 'c': return append_character(thread, directive, value, out);
    default: break;
  }
  TextBuffer error;
  unsupported_format_character(directive, error);
  return thread.raise<ValueError>("{}", TRY(make_text(thread, error)));
}

/// Padding beyond what a str may hold is refused before memory is asked for.
bool is_too_wide(const PercentDirective& directive) { return directive.width > Str::kMaxLength; }

Result<Value> format_values(Thread& thread, Str* format, Value arguments) {
  TextView text = view_of(format);
  PercentParser parser(text, false);
  PercentValues values(thread, arguments, false);
  TextBuffer out;
  for (;;) {
    switch (parser.next()) {
      case PercentStep::kLiteral: out.append(text.slice(parser.literal().start, parser.literal().end)); break;
      case PercentStep::kKey: {
        if (!values.has_mapping()) return thread.raise<TypeError>("format requires a mapping");
        if (parser.error() != nullptr) return thread.raise<ValueError>("{}", parser.error());
        TextSpan key = parser.directive().key;
        Str* name = TRY(substring(thread, format, static_cast<int64_t>(key.start), static_cast<int64_t>(key.end)));
        TRY(values.select(to_value(name)));
        break;
      }
      case PercentStep::kWidth: TRY(values.take_width(parser)); break;
      case PercentStep::kPrecision: TRY(values.take_precision(parser)); break;
      case PercentStep::kDirective:
        if (is_too_wide(parser.directive())) return thread.raise_memory_error();
        TRY(append_directive(thread, parser.directive(), values, out));
        break;
      case PercentStep::kEnd: {
        TRY(values.check_used());
        return to_value(TRY(make_text(thread, out)));
      }
      case PercentStep::kError: return thread.raise<ValueError>("{}", parser.error());
    }
  }
}

}  // namespace

Result<Value> str_modulo(Thread& thread, Value left, Value right) {
  if (!is_str(left)) return Value::not_implemented();
  return format_values(thread, as_str(thread, left), right);
}

}  // namespace viperine
