// SPDX-License-Identifier: MIT
// Decoding of escapes. Positions in error messages count as CPython's intermediate text does, in which each character
// outside ASCII is written as a ten-character escape.
#include "syntax/escapes.h"

#include "text/unicode_names.h"

namespace viperine::syntax {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The one-character escapes; -1 for the others.
int simple_escape(char c) {
  switch (c) {
    case '\\': return '\\';
    case '\'': return '\'';
    case '"': return '"';
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return -1;
  }
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

constexpr size_t kWidthOfNonAscii = 10;
constexpr size_t kWidthOfBackslashEscape = 5;  // "u005c" after the backslash

class TextEscapes {
 public:
  TextEscapes(Session& session, std::string_view source, Buffer<char>& out)
      : session_(session), p_(source.data()), end_(source.data() + source.size()), out_(out) {}

  EscapeResult run() {
    while (p_ < end_ && !result_.error.data()) {
      unsigned char c = static_cast<unsigned char>(*p_);
      if (c >= 0x80) {
        copy_character();
      } else if (c != '\\') {
        out_.push(*p_++);
        ++position_;
      } else {
        ++p_;
        ++position_;
        if (p_ >= end_ || static_cast<unsigned char>(*p_) >= 0x80) {
          out_.push('\\');
          position_ += kWidthOfBackslashEscape;
        } else {
          escape();
        }
      }
    }
    return result_;
  }

 private:
  void copy_character() {
    uint32_t code_point;
    int size = decode_utf8({p_, static_cast<size_t>(end_ - p_)}, &code_point);
    if (!size) {
      // CPython decodes runs outside ASCII on their own, so positions start anew at the run.
      const char* run_end = p_;
      while (run_end < end_ && static_cast<unsigned char>(*run_end) >= 0x80) ++run_end;
      while (p_ > run_start_ && static_cast<unsigned char>(p_[-1]) >= 0x80) --p_;
      std::string_view message = utf8_error_message(session_, {p_, static_cast<size_t>(run_end - p_)});
      result_.error = session_.format("(unicode error) %.*s", static_cast<int>(message.size()), message.data());
      return;
    }
    for (int i = 0; i < size; ++i) out_.push(*p_++);
    position_ += kWidthOfNonAscii;
  }

  void put(uint32_t code_point) {
    char units[4];
    int size = encode_utf8(code_point, units);
    for (int i = 0; i < size; ++i) out_.push(units[i]);
  }

  /// `length`: of the offending part, backslash included.
  void fail(size_t length, const char* reason) {
    size_t start = position_ - 1;
    if (length == 1) {
      result_.error = session_.format(
          "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %zu: %s", start, reason);
      return;
    }
    result_.error = session_.format("(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s",
                                    start, start + length - 1, reason);
  }

  /// p_ stands after the backslash, at an ASCII character.
  void escape() {
    char c = *p_;
    if (c == '\n') {
      ++p_, ++position_;
      return;
    }
    int simple = simple_escape(c);
    if (simple >= 0) {
      out_.push(static_cast<char>(simple));
      ++p_, ++position_;
    } else if (is_octal(c)) {
      uint32_t value = 0;
      const char* digits = p_;
      for (int i = 0; i < 3 && p_ < end_ && is_octal(*p_); ++i, ++p_, ++position_) value = value * 8 + (*p_ - '0');
      if (value > 0377 && !result_.invalid_escape.data()) result_.invalid_escape = {digits, 3};
      put(value);
    } else if (c == 'x') {
      hex_escape(2, "truncated \\xXX escape");
    } else if (c == 'u') {
      hex_escape(4, "truncated \\uXXXX escape");
    } else if (c == 'U') {
      hex_escape(8, "truncated \\UXXXXXXXX escape");
    } else if (c == 'N') {
      named_escape();
    } else {
      if (!result_.invalid_escape.data()) result_.invalid_escape = {p_, 1};
      out_.push('\\');
      out_.push(*p_++);
      ++position_;
    }
  }

  void hex_escape(int digits, const char* reason) {
    uint32_t value = 0;
    for (int i = 0; i < digits; ++i) {
      int digit = p_ + 1 + i < end_ ? hex_value(p_[1 + i]) : -1;
      if (digit < 0) return fail(static_cast<size_t>(i) + 2, reason);
      value = value << 4 | static_cast<uint32_t>(digit);
    }
    if (value > 0x10FFFF) return fail(static_cast<size_t>(digits) + 2, "illegal Unicode character");
    put(value);
    p_ += digits + 1;
    position_ += digits + 1;
  }

  /// Bytes of source to characters of CPython's intermediate text.
  size_t width_of(const char* start, const char* end) {
    size_t width = 0;
    for (const char* p = start; p < end; ++p) {
      unsigned char c = static_cast<unsigned char>(*p);
      bool after_backslash = p > start && p[-1] == '\\';
      if (c < 0x80)
        ++width;
      else if ((c & 0xC0) != 0x80)
        width += kWidthOfNonAscii + (after_backslash ? kWidthOfBackslashEscape : 0);
    }
    return width;
  }

  void named_escape() {
    const char* malformed = "malformed \\N character escape";
    const char* name = p_ + 1;
    if (name >= end_ || *name != '{') return fail(2, malformed);
    ++name;
    const char* close = name;
    while (close < end_ && *close != '}') ++close;
    if (close >= end_) return fail(3 + width_of(name, end_), malformed);
    if (close == name) return fail(3, malformed);
    char32_t code = unicode::code_of_name({name, static_cast<size_t>(close - name)});
    size_t width = 4 + width_of(name, close);
    if (code == unicode::kNoCode) return fail(width, "unknown Unicode character name");
    put(code);
    position_ += width - 1;
    p_ = close + 1;
  }

  Session& session_;
  const char* p_;
  const char* end_;
  const char* run_start_ = p_;
  size_t position_ = 0;
  Buffer<char>& out_;
  EscapeResult result_;
};

}  // namespace

EscapeResult decode_text_escapes(Session& session, std::string_view source, Buffer<char>& out) {
  return TextEscapes(session, source, out).run();
}

EscapeResult decode_bytes_escapes(Session& session, std::string_view source, Buffer<char>& out) {
  EscapeResult result;
  for (size_t i = 0; i < source.size();) {
    if (source[i] != '\\') {
      out.push(source[i++]);
      continue;
    }
    size_t backslash = i++;
    char c = source[i];
    int simple = simple_escape(c);
    if (c == '\n') {
      ++i;
    } else if (simple >= 0) {
      out.push(static_cast<char>(simple));
      ++i;
    } else if (is_octal(c)) {
      int value = 0;
      size_t digits = i;
      for (int n = 0; n < 3 && i < source.size() && is_octal(source[i]); ++n) value = value * 8 + (source[i++] - '0');
      if (value > 0377 && !result.invalid_escape.data()) result.invalid_escape = source.substr(digits, 3);
      out.push(static_cast<char>(value));
    } else if (c == 'x') {
      int high = i + 1 < source.size() ? hex_value(source[i + 1]) : -1;
      int low = i + 2 < source.size() ? hex_value(source[i + 2]) : -1;
      if (high < 0 || low < 0) {
        result.error = session.format("(value error) invalid \\x escape at position %zu", backslash);
        return result;
      }
      out.push(static_cast<char>(high << 4 | low));
      i += 3;
    } else {
      if (!result.invalid_escape.data()) result.invalid_escape = source.substr(i, 1);
      out.push('\\');
      out.push(c);
      ++i;
    }
  }
  return result;
}

}  // namespace viperine::syntax
