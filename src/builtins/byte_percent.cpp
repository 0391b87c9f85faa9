// SPDX-License-Identifier: MIT
// bytes % values (PEP 461).
#include "builtins/byte_methods.h"
#include "builtins/percent_values.h"
#include "runtime/attributes.h"

namespace viperine {

namespace {

Result<void> append_bytes(Thread& thread, const PercentDirective& directive, Value value, TextBuffer& out) {
  if (!has_buffer(thread, value)) {
    Optional<Value> method = TRY(lookup_special(thread, value, thread.names().__bytes__));
    if (!method)
      return thread.raise<TypeError>(
          "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'", type_name_of(value));
    value = TRY(call(thread, *method));
    if (!is<Bytes>(value))
      return thread.raise<TypeError>("__bytes__ returned non-bytes (type {})", type_name_of(value));
  }
  BufferScope buffer(thread);
  TRY(buffer.acquire(value));
  append_percent_text(directive, view_of(buffer.span()), out);
  return {};
}

Result<void> append_byte(Thread& thread, const PercentDirective& directive, Value value, TextBuffer& out) {
  uint8_t byte;
  if (is_byte_string(value)) {
    if (byte_span(value).size() != 1)
      return thread.raise<TypeError>("%c requires an integer in range(256) or a single byte");
    byte = byte_span(value)[0];
  } else {
    if (!is_integer(value) && type_of(thread, value)->slots().to_index == nullptr)
      return thread.raise<TypeError>("%c requires an integer in range(256) or a single byte");
    int64_t number;
    if (!int_fits_int64(TRY(to_index(thread, value)), &number) || number < 0 || number > 255)
      return thread.raise<OverflowError>("%c arg not in range(256)");
    byte = static_cast<uint8_t>(number);
  }
  append_percent_text(directive, TextView(&byte, 1, 1), out);
  return {};
}

Result<void> append_directive(Thread& thread, const PercentDirective& directive, PercentValues& values,
                              TextBuffer& out) {
  Value value = TRY(values.next());
  switch (directive.type) {
    case 'r': case 'a': append_percent_text(directive, view_of(TRY(ascii(thread, value))), out); return {};
    case 's': case 'b': return append_bytes(thread, directive, value, out);
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
      return append_percent_float_value(thread, directive, value, out, true);
    case 'c': return append_byte(thread, directive, value, out);
    default: break;
  }
  TextBuffer error;
  unsupported_format_character(directive, error);
  return thread.raise<ValueError>("{}", TRY(make_text(thread, error)));
}

}  // namespace

Result<Value> bytes_modulo(Thread& thread, Value left, Value right) {
  if (!is_byte_string(left)) return Value::not_implemented();
  // A copy: converting values may change a bytearray.
  Bytes* format =
      has_kind(left, Kind::Bytes)
          ? cast<Bytes>(left)
          : TRY(try_make_bytes(thread, byte_span(left).data(), static_cast<int64_t>(byte_span(left).size())));
  TextView text = view_of(format->span());
  PercentParser parser(text, true);
  PercentValues values(thread, right, true);
  TextBuffer out;
  for (;;) {
    switch (parser.next()) {
      case PercentStep::kLiteral: out.append(text.slice(parser.literal().start, parser.literal().end)); break;
      case PercentStep::kKey: {
        if (!values.has_mapping()) return thread.raise<TypeError>("format requires a mapping");
        if (parser.error() != nullptr) return thread.raise<ValueError>("{}", parser.error());
        TextSpan key = parser.directive().key;
        TRY(values.select(to_value(
            TRY(try_make_bytes(thread, format->data() + key.start, static_cast<int64_t>(key.end - key.start))))));
        break;
      }
      case PercentStep::kWidth: TRY(values.take_width(parser)); break;
      case PercentStep::kPrecision: TRY(values.take_precision(parser)); break;
      case PercentStep::kDirective:
        if (parser.directive().width > Str::kMaxLength) return thread.raise_memory_error();
        TRY(append_directive(thread, parser.directive(), values, out));
        break;
      case PercentStep::kEnd:
        TRY(values.check_used());
        return make_like(thread, left, out.view());
      case PercentStep::kError: return thread.raise<ValueError>("{}", parser.error());
    }
  }
}

}  // namespace viperine
