// SPDX-License-Identifier: MIT
// Values of percent formatting, and numbers among them.
#include "builtins/percent_values.h"

#include <climits>

#include "builtins/integer_digits.h"
#include "numeric/float_text.h"
#include "runtime/attributes.h"

namespace viperine {

PercentValues::PercentValues(Thread& thread, Value arguments, bool is_bytes)
    : thread_(thread), all_(arguments), current_(arguments), is_bytes_(is_bytes) {
  is_tuple_ = is<Tuple>(arguments);
  bool is_text =
      is_str(arguments) || (is_bytes && (has_kind(arguments, Kind::Bytes) || has_kind(arguments, Kind::ByteArray)));
  mapping_ = !is_tuple_ && !is_text && type_of(thread, arguments)->slots().get_item != nullptr;
}

Result<Value> PercentValues::next() {
  if (is_tuple_ && !selected_) {
    auto* tuple = cast<Tuple>(all_);
    if (used_ < tuple->length()) return tuple->at(used_++);
  } else if (used_ == 0) {
    used_ = 1;
    return current_;
  }
  return thread_.raise<TypeError>("not enough arguments for format string");
}

Result<void> PercentValues::select(Value key) {
  current_ = TRY(get_item(thread_, all_, key));
  used_ = 0;
  selected_ = true;
  return {};
}

Result<void> PercentValues::check_used() {
  if (mapping_) return {};
  int64_t total = is_tuple_ ? cast<Tuple>(all_)->length() : 1;
  if (used_ < total)
    return thread_.raise<TypeError>("not all arguments converted during {} formatting", is_bytes_ ? "bytes" : "string");
  return {};
}

Result<void> PercentValues::take_width(PercentParser& parser) {
  Value value = TRY(next());
  int64_t width;
  if (!is_integer(value)) return thread_.raise<TypeError>("* wants int");
  if (!int_fits_int64(value, &width) || width == INT64_MIN)
    return thread_.raise<OverflowError>("Python int too large to convert to C ssize_t");
  parser.set_width(width);
  return {};
}

Result<void> PercentValues::take_precision(PercentParser& parser) {
  Value value = TRY(next());
  int64_t precision;
  if (!is_integer(value)) return thread_.raise<TypeError>("* wants int");
  if (!int_fits_int64(value, &precision) || precision > INT_MAX || precision < INT_MIN)
    return thread_.raise<OverflowError>("Python int too large to convert to C int");
  parser.set_precision(static_cast<int>(precision));
  return {};
}

namespace {

/// int(value) for %d, operator.index(value) for %o and %x. Absent: it is no number.
Result<Optional<Value>> integer_of(Thread& thread, Value value, bool decimal) {
  if (is_integer(value)) return Optional<Value>(value);
  const TypeSlots& slots = type_of(thread, value)->slots();
  Result<Value> converted = Raised{};
  if (!decimal) {
    if (slots.to_index == nullptr) return Optional<Value>();
    converted = to_index(thread, value);
  } else {
    if (!is_float(value) && slots.to_int == nullptr && slots.to_index == nullptr && slots.to_float == nullptr)
      return Optional<Value>();
    converted = call(thread, to_value(thread.runtime().type(Kind::Int)), value);
  }
  if (converted.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return Optional<Value>();
  }
  return Optional<Value>(converted.take());
}

}  // namespace

Result<void> append_percent_integer_value(Thread& thread, const PercentDirective& directive, Value value,
                                          TextBuffer& out) {
  char type = static_cast<char>(directive.type);
  bool decimal = type != 'o' && type != 'x' && type != 'X';
  Optional<Value> integer = TRY(integer_of(thread, value, decimal));
  if (!integer)
    return thread.raise<TypeError>(
        decimal ? "%{} format: a real number is required, not {}" : "%{} format: an integer is required, not {}", type,
        type_name_of(value));
  IntegerText text(thread);
  IntegerDigits digits = TRY(text.write(*integer, decimal ? 10 : type == 'o' ? 8 : 16));
  append_percent_integer(directive, digits.digits, digits.negative, out);
  return {};
}

Result<void> append_percent_float_value(Thread& thread, const PercentDirective& directive, Value value, TextBuffer& out,
                                        bool is_bytes) {
  Result<double> converted = to_double(thread, value);
  if (converted.is_raised()) {
    if (!is_bytes || !thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<TypeError>("float argument required, not {}", type_name_of(value));
  }
  double number = converted.take();
  int precision = directive.precision < 0 ? 6 : directive.precision;
  char code = static_cast<char>(directive.type);
  unsigned flags = directive.alternate ? kFloatAlternate : 0u;
  char small[400];
  Arena arena;
  std::string_view text;
  if (float_text_size(number, code, precision) <= sizeof small)
    text = {small, float_to_text(small, number, code, precision, flags)};
  else
    text = float_to_text(arena, number, code, precision, flags);
  append_percent_number(directive, TextView(text), out);
  return {};
}

}  // namespace viperine
