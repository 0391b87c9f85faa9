// SPDX-License-Identifier: MIT
// Format specifications, replacement fields and % against tests/tools/check_format.py ("run": one query per line).
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/check.h"
#include "text/format_fields.h"
#include "text/format_spec.h"
#include "text/percent.h"

namespace viperine {
namespace {

void print_text(const TextView& text) {
  for (size_t i = 0; i < text.length; ++i) std::printf("%X ", static_cast<unsigned>(text[i]));
}

void print_answer(bool ok, const TextView& out, const TextView& error) {
  std::printf(ok ? "ok " : "error ");
  print_text(ok ? out : error);
  std::putchar('\n');
}

std::string_view digits_of(uint64_t value, int base, char (&buffer)[72]) {
  char* end = buffer + sizeof buffer;
  char* at = end;
  do *--at = "0123456789abcdef"[value % base];
  while ((value /= base) != 0);
  return {at, static_cast<size_t>(end - at)};
}

bool format_int(int64_t value, const FormatSpec& spec, TextBuffer& out, TextBuffer& error) {
  int base = integer_format_base(spec);
  if (base < 0) {
    unknown_format_code(spec.type, "int", error);
    return false;
  }
  if (base == 0) return format_float(static_cast<double>(value), spec, "int", nullptr, out, error);
  if (!check_integer_format(spec, error)) return false;
  if (base == 1) return format_integer_character(static_cast<char32_t>(value), spec, out), true;
  char buffer[72];
  uint64_t magnitude = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  format_integer(digits_of(magnitude, base, buffer), value < 0, spec, nullptr, out);
  return true;
}

void run_format(std::string_view kind, const char* value, const TextView& text) {
  TextBuffer out, error;
  FormatSpec spec;
  bool ok = parse_format_spec(text, kind, kind == "str" ? '<' : '>', spec, error);
  if (ok && kind == "int") ok = format_int(std::strtoll(value, nullptr, 10), spec, out, error);
  if (ok && kind == "float") ok = format_float(std::strtod(value, nullptr), spec, kind, nullptr, out, error);
  if (ok && kind == "complex") ok = format_complex(std::strtod(value, nullptr), -1.5, spec, kind, nullptr, out, error);
  if (ok && kind == "str") ok = format_text(value, spec, kind, out, error);
  print_answer(ok, out.view(), error.view());
}

void run_markup(const TextView& text) {
  MarkupIterator markup(text);
  MarkupPart part;
  Step step;
  while ((step = markup.next(part)) == Step::kItem) {
    print_text(text.slice(part.literal.start, part.literal.end));
    if (part.has_field) {
      std::printf("{ ");
      print_text(text.slice(part.name.start, part.name.end));
      std::printf("! %X : ", static_cast<unsigned>(part.conversion));
      print_text(text.slice(part.spec.start, part.spec.end));
    }
    std::printf("| ");
  }
  std::printf("%s\n", step == Step::kError ? markup.error() : "");
}

void run_name(const TextView& text) {
  FieldName name;
  const char* error = split_field_name(text, {0, text.length}, name);
  if (error == nullptr) {
    std::printf("%" PRId64 " ", name.first_index);
    print_text(text.slice(name.first.start, name.first.end));
    FieldIterator fields(text, name.rest);
    FieldStep step;
    Step status;
    while ((status = fields.next(step)) == Step::kItem) {
      std::printf("%s %" PRId64 " ", step.is_attribute ? "." : "[", step.index);
      print_text(text.slice(step.name.start, step.name.end));
    }
    if (status == Step::kError) error = fields.error();
  }
  std::printf("%s\n", error != nullptr ? error : "");
}

// Every value is -42 for d i, 255 for x X o, "abc" for s; a '*' takes 7.
void run_percent(const TextView& text, bool is_bytes) {
  PercentParser parser(text, is_bytes);
  TextBuffer out, error;
  for (;;) {
    switch (parser.next()) {
      case PercentStep::kLiteral: out.append(text.slice(parser.literal().start, parser.literal().end)); continue;
      case PercentStep::kKey: continue;
      case PercentStep::kWidth: parser.set_width(7); continue;
      case PercentStep::kPrecision: parser.set_precision(7); continue;
      case PercentStep::kEnd: return print_answer(true, out.view(), "");
      case PercentStep::kError: return print_answer(false, "", parser.error());
      case PercentStep::kDirective: break;
    }
    const PercentDirective& directive = parser.directive();
    switch (directive.type) {
      case 'd': case 'i': append_percent_integer(directive, "42", true, out); break;
      case 'x': case 'X': append_percent_integer(directive, "ff", false, out); break;
      case 'o': append_percent_integer(directive, "377", false, out); break;
      case 's': append_percent_text(directive, "abc", out); break;
      default: unsupported_format_character(directive, error); return print_answer(false, "", error.view());
    }
  }
}

void run_lines() {
  static char line[1 << 14];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    char operation[16], value[64];
    int used = 0;
    CHECK(std::sscanf(line, "%15s %63s%n", operation, value, &used) == 2);
    TextBuffer text;
    char* at = line + used;
    while (*at == ' ') text.append(static_cast<char32_t>(std::strtoul(at + 1, &at, 16)));
    std::string_view kind = operation;
    if (kind == "markup") {
      run_markup(text.view());
    } else if (kind == "name") {
      run_name(text.view());
    } else if (kind == "percent") {
      run_percent(text.view(), value[0] == 'b');
    } else {
      run_format(kind, value, text.view());
    }
  }
}

void check_facts() {
  TextBuffer out, error;
  FormatSpec spec;
  CHECK(parse_format_spec("*^+#10_.3f", "float", '>', spec, error));
  CHECK(spec.fill == '*' && spec.align == '^' && spec.width == 10 && spec.grouping == Grouping::kUnderscore);
  CHECK(parse_format_spec("012,d", "int", '>', spec, error) && format_int(-1234567, spec, out, error));
  CHECK(equal_text(out.view(), "-001,234,567"));
}

}  // namespace
}  // namespace viperine

int main(int count, char**) {
  if (count == 1) {
    viperine::check_facts();
  } else {
    viperine::run_lines();
  }
  return 0;
}
