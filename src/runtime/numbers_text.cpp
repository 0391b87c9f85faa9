// SPDX-License-Identifier: MIT
// Formatting of numbers: specification parsing and digits come from text/ and numeric/, the locale and errors from
// here.
#include "runtime/numbers_text.h"

#include <clocale>
#include <cstdlib>
#include <cstring>

#include "base/arena.h"
#include "numeric/float_text.h"
#include "runtime/integers.h"
#include "runtime/operators.h"
#include "runtime/plain_format.h"
#include "runtime/strings.h"
#include "text/format_spec.h"

namespace viperine {

namespace {

TextView view_of(const Str* text) {
  return {text->data(), static_cast<size_t>(text->length()), static_cast<uint8_t>(text->unit_size())};
}

Result<Value> finish(Thread& thread, TextBuffer& out) {
  TextView view = out.view();
  return to_value(TRY(make_str_from_units(thread, view.data, view.width, static_cast<int64_t>(view.length))));
}

/// Whether text of the specified width fits into memory at all.
bool fits(const FormatSpec& spec) {
  if (spec.width < 1 << 24) return true;
  void* probe = spec.width > Str::kMaxLength ? nullptr : std::malloc(static_cast<size_t>(spec.width) * 2);
  std::free(probe);
  return probe != nullptr;
}

Raised raise_format(Thread& thread, TextBuffer& error) {
  TextView view = error.view();
  auto text = make_str_from_units(thread, view.data, view.width, static_cast<int64_t>(view.length));
  if (text.is_raised()) return Raised{};
  return thread.raise<ValueError>("{}", text.take());
}

/// What the C library says, for the formats that ask for it.
NumberLocale c_locale(const FormatSpec& spec) {
  NumberLocale result;
  if (spec.type != 'n' && spec.grouping != Grouping::kLocale) return result;
  const lconv* conventions = std::localeconv();
  result.decimal_point = conventions->decimal_point;
  result.separator = conventions->thousands_sep;
  result.digit_groups = conventions->grouping;
  return result;
}

}  // namespace

Str* float_text(Thread& thread, double number) {
  char text[kFloatReprSize];
  return make_str(thread, std::string_view(text, float_repr(text, number)));
}

Result<Value> format_int(Thread& thread, Value number, Str* specification) {
  if (specification->length() == 0) return to_value(TRY(int_to_text(thread, number, 10)));
  if (number.is_int()) {
    Optional<Value> plain = TRY(format_plain_int(thread, number.as_int(), specification));
    if (plain) return *plain;
  }
  FormatSpec spec;
  TextBuffer out, error;
  Str* type_name = type_of(thread, number)->name();
  std::string_view name = type_name->is_ascii() ? type_name->ascii() : std::string_view("int");
  if (!parse_format_spec(view_of(specification), name, '>', spec, error)) return raise_format(thread, error);
  if (!fits(spec)) return thread.raise_memory_error();
  int base = integer_format_base(spec);
  if (base == 0) {
    double value = TRY(int_to_double(thread, number));
    NumberLocale locale = c_locale(spec);
    if (!format_float(value, spec, name, &locale, out, error)) return raise_format(thread, error);
    return finish(thread, out);
  }
  if (base < 0) {
    unknown_format_code(spec.type, name, error);
    return raise_format(thread, error);
  }
  if (!check_integer_format(spec, error)) return raise_format(thread, error);
  if (base == 1) {
    int64_t code;
    if (!int_fits_int64(number, &code)) return thread.raise<OverflowError>("Python int too large to convert to C long");
    if (code < 0 || code > 0x10FFFF) return thread.raise<OverflowError>("%c arg not in range(0x110000)");
    format_integer_character(static_cast<char32_t>(code), spec, out);
    return finish(thread, out);
  }
  Str* digits = TRY(int_to_text(thread, number, base));
  bool negative = digits->data8()[0] == '-';
  NumberLocale locale = c_locale(spec);
  format_integer(digits->ascii().substr(negative ? 1 : 0), negative, spec, &locale, out);
  return finish(thread, out);
}

Result<Value> format_float(Thread& thread, double number, Str* specification, std::string_view type_name) {
  if (specification->length() == 0) return to_value(float_text(thread, number));
  Optional<Value> plain = TRY(format_plain_float(thread, number, specification));
  if (plain) return *plain;
  FormatSpec spec;
  TextBuffer out, error;
  if (!parse_format_spec(view_of(specification), type_name, '>', spec, error)) return raise_format(thread, error);
  if (!fits(spec)) return thread.raise_memory_error();
  NumberLocale locale = c_locale(spec);
  if (!format_float(number, spec, type_name, &locale, out, error)) return raise_format(thread, error);
  return finish(thread, out);
}

Result<Value> format_complex(Thread& thread, double real, double imaginary, Str* specification) {
  FormatSpec spec;
  TextBuffer out, error;
  if (!parse_format_spec(view_of(specification), "complex", '>', spec, error)) return raise_format(thread, error);
  if (!fits(spec)) return thread.raise_memory_error();
  NumberLocale locale = c_locale(spec);
  if (!format_complex(real, imaginary, spec, "complex", &locale, out, error)) return raise_format(thread, error);
  return finish(thread, out);
}

}  // namespace viperine
