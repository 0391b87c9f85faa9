// SPDX-License-Identifier: MIT
// Decimal numbers from and to text, in scientific and engineering notation.
#include <algorithm>
#include <charconv>
#include <cstring>

#include "numeric/decimal/decimal.h"
#include "numeric/decimal/internal.h"

namespace viperine::decimal {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool consume_word(std::string_view* text, std::string_view word) {
  if (text->size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (lower((*text)[i]) != word[i]) return false;
  }
  text->remove_prefix(word.size());
  return true;
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// The exponent after 'e', saturated far beyond every limit. False when there are no digits.
bool read_exponent(std::string_view text, int64_t* out) {
  bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || !all_digits(text)) return false;
  constexpr int64_t kSaturated = 4'000'000'000'000'000'000;
  int64_t value = 0;
  for (char c : text) value = value > kSaturated / 10 - 1 ? kSaturated : value * 10 + (c - '0');
  *out = negative ? -value : value;
  return true;
}

/// inf, infinity, nan, snan with an optional payload. False when the text is none of them.
bool read_special(Scratch& scratch, std::string_view text, Decimal* out) {
  if (consume_word(&text, "inf")) {
    out->kind = Kind::Infinity;
    return text.empty() || (consume_word(&text, "inity") && text.empty());
  }
  out->kind = consume_word(&text, "s") ? Kind::SignalingNan : Kind::QuietNan;
  if (!consume_word(&text, "nan") || !all_digits(text)) return false;
  out->coefficient = from_digits(scratch, text.data(), text.size());
  return true;
}

/// A number without rounding. False when the text is not one.
bool read_number(Scratch& scratch, std::string_view text, Decimal* out) {
  size_t point = std::string_view::npos, i = 0, digits = 0;
  for (; i < text.size() && lower(text[i]) != 'e'; ++i) {
    if (text[i] == '.' && point == std::string_view::npos) {
      point = i;
    } else if (is_digit(text[i])) {
      ++digits;
    } else {
      return false;
    }
  }
  if (digits == 0) return false;
  int64_t exponent = 0;
  if (i < text.size() && !read_exponent(text.substr(i + 1), &exponent)) return false;
  std::string_view mantissa = text.substr(0, i);
  if (point == std::string_view::npos) {
    out->coefficient = from_digits(scratch, mantissa.data(), mantissa.size());
  } else {
    auto* joined = static_cast<char*>(scratch.arena().allocate(digits + 1));
    std::memcpy(joined, mantissa.data(), point);
    std::memcpy(joined + point, mantissa.data() + point + 1, digits - point);
    out->coefficient = from_digits(scratch, joined, digits);
    exponent -= static_cast<int64_t>(digits - point);
  }
  out->exponent = exponent;
  return true;
}

bool read(Scratch& scratch, std::string_view text, Decimal* out) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    out->negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) return false;
  return is_digit(text[0]) || text[0] == '.' ? read_number(scratch, text, out) : read_special(scratch, text, out);
}

}  // namespace

Decimal from_text(Context& context, std::string_view text) {
  Decimal result;
  if (!read(context.scratch, text, &result)) return invalid(context, kConversionSyntax);
  if (result.is_nan() && count_digits(result.coefficient) > context.precision - (context.clamp ? 1 : 0)) {
    return invalid(context, kConversionSyntax);
  }
  return finish(context, result);
}

Decimal from_text_exact(Context& context, std::string_view text) {
  Context exact = context.widest();
  Decimal result = from_text(exact, text);
  if ((exact.status & (kInexact | kRounded | kClamped)) != 0) return invalid(context);
  context.status |= exact.status & kInvalidOperations;
  return result;
}

size_t text_size(const Decimal& a) {
  size_t digits = static_cast<size_t>(std::max<int64_t>(count_digits(a.coefficient), 1));
  return digits + 40;
}

size_t to_text(char* out, const Decimal& a, bool engineering, bool capitals) {
  char* p = out;
  auto put = [&](std::string_view text) {
    std::memcpy(p, text.data(), text.size());
    p += text.size();
  };
  if (a.negative) *p++ = '-';
  if (a.is_infinite()) {
    put("Infinity");
    return static_cast<size_t>(p - out);
  }
  int64_t digits = count_digits(a.coefficient);
  if (a.is_nan()) {
    put(a.kind == Kind::SignalingNan ? "sNaN" : "NaN");
    to_digits(p, a.coefficient);
    return static_cast<size_t>(p - out) + static_cast<size_t>(digits);
  }
  bool zero = digits == 0;
  if (zero) digits = 1;
  // Digits to the left of the point when no exponent is shown, and how many are.
  int64_t left = a.exponent + digits, point = 1;
  if (a.exponent <= 0 && left > -6) {
    point = left;
  } else if (engineering) {
    auto modulo = [](int64_t x) { return ((x % 3) + 3) % 3; };
    point = zero ? modulo(left + 1) - 1 : modulo(left - 1) + 1;
  }
  char* start = p;
  if (point <= 0) {
    put("0.");
    std::memset(p, '0', static_cast<size_t>(-point));
    p += -point;
  }
  char* first = p;
  if (zero) {
    *p = '0';
  } else {
    to_digits(p, a.coefficient);
  }
  p += digits;
  if (point > 0 && point < digits) {
    std::memmove(start + point + 1, start + point, static_cast<size_t>(digits - point));
    start[point] = '.';
    ++p;
  } else if (point > digits) {
    std::memset(first + digits, '0', static_cast<size_t>(point - digits));
    p += point - digits;
  }
  if (left != point) {
    *p++ = capitals ? 'E' : 'e';
    if (left > point) *p++ = '+';
    p = std::to_chars(p, p + 24, left - point).ptr;
  }
  return static_cast<size_t>(p - out);
}

}  // namespace viperine::decimal
