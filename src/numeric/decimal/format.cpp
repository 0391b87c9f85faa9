// SPDX-License-Identifier: MIT
// format(decimal, specifier): parsing the specifier and laying out the number.
#include <algorithm>
#include <charconv>
#include <climits>
#include <cstring>

#include "numeric/decimal/decimal.h"
#include "numeric/decimal/internal.h"

namespace viperine::decimal {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_align(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// Bytes of the UTF-8 character that starts so.
size_t character_size(char first) {
  auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

size_t character_count(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

/// A number; false when it has no digits or too many.
bool read_size(std::string_view* text, int64_t* out) {
  auto result = std::from_chars(text->data(), text->data() + text->size(), *out);
  if (result.ec != std::errc{} || text->empty() || !is_digit(text->front())) return false;
  text->remove_prefix(static_cast<size_t>(result.ptr - text->data()));
  return *out <= kMaximumPrecision;
}

/// Text that grows in the arena.
class Builder {
 public:
  Builder(Arena& arena, size_t capacity) : start_(static_cast<char*>(arena.allocate(capacity + 1))), end_(start_) {}
  void put(std::string_view text) {
    if (!text.empty()) std::memcpy(end_, text.data(), text.size());
    end_ += text.size();
  }
  void put(std::string_view text, int64_t times) {
    for (int64_t i = 0; i < times; ++i) put(text);
  }
  std::string_view text() const { return {start_, static_cast<size_t>(end_ - start_)}; }

 private:
  char* start_;
  char* end_;
};

struct Pieces {
  std::string_view whole;     // digits before the point
  std::string_view fraction;  // digits after it
  std::string_view tail;      // exponent, percent sign
};

/// Groups of digits from the right, with zeros in front up to min_width characters; written back to front.
std::string_view group_digits(Arena& arena, std::string_view digits, const FormatSpec& spec, int64_t minimum_width) {
  if (spec.separator.empty() || spec.grouping.empty()) {
    if (minimum_width <= static_cast<int64_t>(digits.size())) return digits;
    Builder padded(arena, static_cast<size_t>(minimum_width));
    padded.put("0", minimum_width - static_cast<int64_t>(digits.size()));
    padded.put(digits);
    return padded.text();
  }
  size_t capacity = std::max(digits.size(), static_cast<size_t>(std::max<int64_t>(minimum_width, 0))) + 2;
  capacity += capacity * spec.separator.size();
  auto* buffer = static_cast<char*>(arena.allocate(capacity));
  char* end = buffer + capacity;
  char* p = end;
  auto separator_width = static_cast<int64_t>(character_count(spec.separator));
  auto take = [&](int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      *--p = digits.empty() ? '0' : digits.back();
      if (!digits.empty()) digits.remove_suffix(1);
    }
    minimum_width -= count;
  };
  size_t group = 0;
  int64_t size = 0;
  for (;;) {
    if (group < spec.grouping.size()) {
      size = spec.grouping[group] == CHAR_MAX ? 0 : static_cast<unsigned char>(spec.grouping[group]);
      ++group;
    }
    int64_t wanted = std::max<int64_t>({static_cast<int64_t>(digits.size()), minimum_width, 1});
    if (size == 0) {
      take(wanted);
      break;
    }
    take(std::min(wanted, size));
    if (digits.empty() && minimum_width <= 0) break;
    minimum_width -= separator_width;
    p -= spec.separator.size();
    std::memcpy(p, spec.separator.data(), spec.separator.size());
  }
  return {p, static_cast<size_t>(end - p)};
}

std::string_view assemble(Context& context, std::string_view sign, const Pieces& pieces, const FormatSpec& spec) {
  Arena& arena = context.scratch.arena();
  std::string_view point = pieces.fraction.empty() ? std::string_view() : spec.point;
  size_t rest = sign.size() + character_count(point) + pieces.fraction.size() + pieces.tail.size();
  bool zeros = spec.align == 'z';
  int64_t digits_width = zeros ? spec.minimum_width - static_cast<int64_t>(rest) : 0;
  std::string_view whole = group_digits(arena, pieces.whole, spec, digits_width);
  int64_t padding = std::max<int64_t>(spec.minimum_width - static_cast<int64_t>(character_count(whole) + rest), 0);
  if (zeros) padding = 0;
  Builder out(arena, whole.size() + rest + point.size() + static_cast<size_t>(padding) * spec.fill.size());
  int64_t before = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  out.put(spec.fill, before);
  out.put(sign);
  if (spec.align == '=') out.put(spec.fill, padding);
  out.put(whole);
  out.put(point);
  out.put(pieces.fraction);
  out.put(pieces.tail);
  out.put(spec.fill, spec.align == '=' ? 0 : padding - before);
  return out.text();
}

std::string_view sign_of(bool negative, char wanted) {
  if (negative) return "-";
  return wanted == '+' ? "+" : wanted == ' ' ? " " : "";
}

std::string_view format_special(Context& context, const Decimal& a, FormatSpec spec) {
  auto* text = static_cast<char*>(context.scratch.arena().allocate(text_size(a)));
  Decimal positive = a;
  positive.negative = false;
  size_t size = to_text(text, positive, false, true);
  if (spec.align == 'z') spec.align = '>', spec.fill = " ";
  spec.separator = "";
  return assemble(context, sign_of(a.negative, spec.sign), {{text, size}, "", spec.type == '%' ? "%" : ""}, spec);
}

/// To so many significant digits.
Decimal round_to(Context& context, const Decimal& a, int64_t digits) {
  Context work = context.widest();
  work.precision = digits;
  work.rounding = context.rounding;
  return finish(work, a);
}

/// To so many places after the point.
Decimal round_places(Context& context, Decimal a, int64_t places) {
  int64_t difference = a.exponent + places;
  if (a.coefficient.is_zero()) {
    a.exponent = -places;
  } else if (difference >= 0) {
    if (!fits_memory(context, difference)) return a;
    a.coefficient = shift_left(context.scratch, a.coefficient, difference);
    a.exponent = -places;
  } else {
    Lost lost = Lost::Nothing;
    a.coefficient = round_off(context.scratch, a.coefficient, -difference, context.rounding, a.negative, &lost);
    a.exponent = -places;
  }
  return a;
}

}  // namespace

bool parse_format_spec(std::string_view text, bool capitals, FormatSpec* out) {
  *out = FormatSpec();
  out->type = capitals ? 'G' : 'g';
  auto accept = [&](char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  };
  bool has_align = false;
  size_t fill = text.empty() ? 0 : character_size(text.front());
  if (text.size() > fill && is_align(text[fill])) {
    out->fill = text.substr(0, fill);
    out->align = text[fill];
    text.remove_prefix(fill + 1);
    has_align = true;
  } else if (!text.empty() && is_align(text.front())) {
    out->align = text.front();
    text.remove_prefix(1);
    has_align = true;
  }
  if (!text.empty() && (text.front() == '+' || text.front() == '-' || text.front() == ' ')) {
    out->sign = text.front();
    text.remove_prefix(1);
  }
  out->no_negative_zero = accept('z');
  if (!text.empty() && text.front() == '0') {
    if (has_align) return false;
    out->align = 'z';
    text.remove_prefix(1);
  }
  if (!text.empty() && is_digit(text.front()) && !read_size(&text, &out->minimum_width)) return false;
  if (accept(',')) {
    out->separator = ",";
    out->grouping = "\3";
  }
  if (accept('.') && !read_size(&text, &out->precision)) return false;
  if (!text.empty()) {
    if (std::string_view("EeFfGg%n").find(text.front()) == std::string_view::npos) return false;
    if (text.front() == 'n' && !out->separator.empty()) return false;
    out->type = text.front();
    text.remove_prefix(1);
  }
  return text.empty();
}

std::string_view format(Context& context, const Decimal& a, const FormatSpec& spec) {
  if (!fits_memory(context, spec.minimum_width)) return {};
  if (a.is_special()) return format_special(context, a, spec);
  bool upper = spec.type >= 'A' && spec.type <= 'Z';
  char type = upper ? static_cast<char>(spec.type + ('a' - 'A')) : spec.type == 'n' ? 'g' : spec.type;
  Decimal number = a;
  if (type == '%') number.exponent += 2;
  bool fixed = type == 'f' || type == '%';
  if (spec.precision >= 0) {
    if (!fits_memory(context, spec.precision)) return {};
    if (type == 'e' && !number.is_zero()) number = round_to(context, number, spec.precision + 1);
    if (type == 'g' && number.digits() > std::max<int64_t>(spec.precision, 1)) {
      number = round_to(context, number, std::max<int64_t>(spec.precision, 1));
    }
    if (fixed) number = round_places(context, number, spec.precision);
  }
  if (fixed && number.is_zero() && number.exponent > 0) number.exponent = 0;
  // With type F, CPython's 'z' overlooks what only rounding made zero.
  bool coerced = spec.no_negative_zero && (spec.type == 'F' ? a.is_zero() : number.is_zero());
  bool negative = number.negative && !coerced;
  int64_t digits = number.digits(), left = number.exponent + digits, point = 1;
  if (type == 'e') {
    // A zero has no digits to pad: the exponent takes the precision.
    if (number.is_zero() && spec.precision >= 0) point = 1 - spec.precision;
    if (spec.precision > 0 && !number.is_zero() && digits < spec.precision + 1) {
      int64_t missing = spec.precision + 1 - digits;
      number.coefficient = shift_left(context.scratch, number.coefficient, missing);
      number.exponent -= missing;
      digits += missing;
    }
  } else if (fixed || (number.exponent <= 0 && left > -6)) {
    point = left;
  }
  // The digits round the point, with zeros where it lies outside them.
  int64_t before = std::max<int64_t>(-point + 1, 0), after = std::max<int64_t>(point - digits, 0);
  if (!fits_memory(context, before + digits + after)) return {};
  Arena& arena = context.scratch.arena();
  Builder all(arena, static_cast<size_t>(before + digits + after));
  all.put("0", before);
  if (number.is_zero()) {
    all.put("0");
  } else {
    auto* text = static_cast<char*>(arena.allocate(static_cast<size_t>(digits)));
    to_digits(text, number.coefficient);
    all.put({text, static_cast<size_t>(digits)});
  }
  all.put("0", after);
  auto cut = static_cast<size_t>(std::max<int64_t>(point, 1));
  Pieces pieces{all.text().substr(0, cut), all.text().substr(cut), ""};
  Builder tail(arena, 32);
  if (left != point || type == 'e') {
    char buffer[32];
    tail.put(upper ? "E" : "e");
    if (left >= point) tail.put("+");
    tail.put({buffer, static_cast<size_t>(std::to_chars(buffer, buffer + 32, left - point).ptr - buffer)});
  }
  if (type == '%') tail.put("%");
  pieces.tail = tail.text();
  return assemble(context, sign_of(negative, spec.sign), pieces, spec);
}

}  // namespace viperine::decimal
