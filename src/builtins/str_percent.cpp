// SPDX-License-Identifier: MIT
// text % values.
#include <charconv>
#include <cmath>

#include "builtins/percent_values.h"
#include "builtins/str_methods.h"
#include "numeric/float_text.h"

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
    case 's':
      append_percent_text(directive, view_of(TRY(str(thread, value))), out);
      return {};
    case 'r':
      append_percent_text(directive, view_of(TRY(repr(thread, value))), out);
      return {};
    case 'a':
      append_percent_text(directive, view_of(TRY(ascii(thread, value))), out);
      return {};
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
    case 'c':
      return append_character(thread, directive, value, out);
    default:
      break;
  }
  TextBuffer error;
  unsupported_format_character(directive, error);
  return thread.raise<ValueError>("{}", TRY(make_text(thread, error)));
}

/// Padding beyond what a str may hold is refused before memory is asked for.
bool is_too_wide(const PercentDirective& directive) { return directive.width > Str::kMaxLength; }

/// The quick way of formats that hold no directives but %d, %s, %f and %%, with a width and a precision at most, for
/// ints, floats and ASCII text: nothing of it runs Python. False for everything else, errors included: the general way
/// starts anew.
class PlainFormat {
 public:
  bool run(std::string_view format, std::span<const Value> values) {
    size_t at = 0, used = 0;
    while (at < format.size()) {
      if (format[at] != '%') {
        size_t end = std::min(format.find('%', at), format.size());
        if (!put(format.substr(at, end - at))) return false;
        at = end;
        continue;
      }
      if (++at == format.size()) return false;
      if (format[at] == '%') {
        if (!put(format.substr(at++, 1))) return false;
        continue;
      }
      if (!read_directive(format, at) || used == values.size() || !convert(values[used++]) || !lay_out()) return false;
    }
    return used == values.size();
  }
  std::string_view text() const { return {out_, length_}; }

 private:
  static constexpr size_t kRoom = 256;

  bool put(std::string_view text) {
    if (text.size() > kRoom - length_) return false;
    __builtin_memcpy(out_ + length_, text.data(), text.size());
    length_ += text.size();
    return true;
  }
  void fill(char character, size_t count) {
    __builtin_memset(out_ + length_, character, count);
    length_ += count;
  }
  static size_t read_number(std::string_view format, size_t& at) {
    size_t number = 0;
    for (; at < format.size() && format[at] >= '0' && format[at] <= '9' && number <= kRoom; ++at)
      number = number * 10 + static_cast<size_t>(format[at] - '0');
    return number;
  }
  bool read_directive(std::string_view format, size_t& at) {
    left_ = zero_ = false;
    precision_ = -1;
    for (; at < format.size() && (format[at] == '-' || format[at] == '0'); ++at)
      (format[at] == '-' ? left_ : zero_) = true;
    width_ = read_number(format, at);
    if (at < format.size() && format[at] == '.') precision_ = static_cast<int>(read_number(format, ++at));
    if (at == format.size()) return false;
    type_ = format[at++];
    return true;
  }
  /// Sets body_.
  bool convert(Value value) {
    if (value.is_int() && (type_ == 'd' || type_ == 's') && precision_ < 0) {
      body_ = {number_, static_cast<size_t>(std::to_chars(number_, number_ + 32, value.as_int()).ptr - number_)};
      return true;
    }
    if (type_ == 's' && is_exact<Str>(value) && cast<Str>(value)->is_ascii()) {
      body_ = cast<Str>(value)->ascii();
      if (precision_ >= 0) body_ = body_.substr(0, static_cast<size_t>(precision_));
      zero_ = false;
      return true;
    }
    if (type_ != 'f' || !value.is_immediate_float()) return false;
    double number = as_float(value);
    int precision = precision_ < 0 ? 6 : precision_;
    if (!std::isfinite(number) || float_text_size(number, 'f', precision) > sizeof number_) return false;
    body_ = {number_, float_to_text(number_, number, 'f', precision, 0)};
    return true;
  }
  bool lay_out() {
    size_t padding = width_ > body_.size() ? width_ - body_.size() : 0;
    if (body_.size() + padding > kRoom - length_) return false;
    if (padding != 0 && !left_ && zero_ && type_ != 's') {
      if (body_[0] == '-') {
        put(body_.substr(0, 1));
        body_.remove_prefix(1);
      }
      fill('0', padding);
    } else if (!left_) {
      fill(' ', padding);
    }
    put(body_);
    if (left_) fill(' ', padding);
    return true;
  }

  size_t length_ = 0, width_;
  int precision_;
  bool left_, zero_;
  char type_;
  std::string_view body_;
  char number_[80];
  char out_[kRoom];
};

/// Absent: the general way must go.
Result<Optional<Value>> format_plainly(Thread& thread, Str* format, Value arguments) {
  bool single = arguments.is_int() || is_exact<Str>(arguments) || arguments.is_immediate_float();
  if (!format->is_ascii() || (!single && !is_exact<Tuple>(arguments))) return Optional<Value>();
  PlainFormat plain;
  if (!plain.run(format->ascii(), single ? std::span<const Value>(&arguments, 1) : cast<Tuple>(arguments)->span()))
    return Optional<Value>();
  std::string_view text = plain.text();
  if (text.empty()) return Optional<Value>(to_value(thread.runtime().empty_str()));
  if (text.size() == 1) return Optional<Value>(to_value(make_character(thread, static_cast<uint8_t>(text[0]))));
  Str* result = Str::try_make(thread.heap(), static_cast<int64_t>(text.size()), Str::Width::Ascii);
  if (result == nullptr) return thread.raise_memory_error();
  __builtin_memcpy(result->data8(), text.data(), text.size());
  return Optional<Value>(to_value(result));
}

Result<Value> format_values(Thread& thread, Str* format, Value arguments) {
  Optional<Value> plain = TRY(format_plainly(thread, format, arguments));
  if (plain) return *plain;
  TextView text = view_of(format);
  PercentParser parser(text, false);
  PercentValues values(thread, arguments, false);
  TextBuffer out;
  for (;;) {
    switch (parser.next()) {
      case PercentStep::kLiteral:
        out.append(text.slice(parser.literal().start, parser.literal().end));
        break;
      case PercentStep::kKey: {
        if (!values.has_mapping()) return thread.raise<TypeError>("format requires a mapping");
        if (parser.error() != nullptr) return thread.raise<ValueError>("{}", parser.error());
        TextSpan key = parser.directive().key;
        Str* name = TRY(substring(thread, format, static_cast<int64_t>(key.start), static_cast<int64_t>(key.end)));
        TRY(values.select(to_value(name)));
        break;
      }
      case PercentStep::kWidth:
        TRY(values.take_width(parser));
        break;
      case PercentStep::kPrecision:
        TRY(values.take_precision(parser));
        break;
      case PercentStep::kDirective:
        if (is_too_wide(parser.directive())) return thread.raise_memory_error();
        TRY(append_directive(thread, parser.directive(), values, out));
        break;
      case PercentStep::kEnd: {
        TRY(values.check_used());
        return to_value(TRY(make_text(thread, out)));
      }
      case PercentStep::kError:
        return thread.raise<ValueError>("{}", parser.error());
    }
  }
}

}  // namespace

Result<Value> str_modulo(Thread& thread, Value left, Value right) {
  if (!is_str(left)) return Value::not_implemented();
  return format_values(thread, as_str(thread, left), right);
}

}  // namespace viperine
