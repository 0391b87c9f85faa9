// SPDX-License-Identifier: MIT
// unicode_escape, raw_unicode_escape and the escapes of bytes (escape_decode, escape_encode).
#include "text/codecs.h"
#include "text/unicode.h"
#include "text/unicode_names.h"

namespace viperine {

namespace {

int hexadecimal_digit(uint8_t letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

bool is_octal(uint8_t letter) { return letter >= '0' && letter <= '7'; }

// The character of a one-letter escape, or 0.
uint8_t simple_escape(uint8_t letter) {
  switch (letter) {
    case '\\': case '\'': case '"': return letter;
    case 'b': return '\b';
    case 'f': return '\f';
    case 't': return '\t';
    case 'n': return '\n';
    case 'r': return '\r';
    case 'v': return '\v';
    case 'a': return '\a';
  }
  return 0;
}

// Up to three octal digits from `position`, which is moved behind them.
char32_t read_octal(ByteView input, size_t& position) {
  char32_t code = 0;
  for (int i = 0; i < 3 && position < input.size() && is_octal(input[position]); ++i) {
    code = code * 8 + (input[position++] - '0');
  }
  return code;
}

enum class Digits : uint8_t { kComplete, kIncomplete, kWrong };

Digits read_hexadecimal(ByteView input, size_t& position, int count, char32_t& code) {
  code = 0;
  for (; count > 0; --count, ++position) {
    if (position >= input.size()) return Digits::kIncomplete;
    int digit = hexadecimal_digit(input[position]);
    if (digit < 0) return Digits::kWrong;
    code = code << 4 | static_cast<uint32_t>(digit);
  }
  return Digits::kComplete;
}

// What is wrong with an escape: nothing, more bytes could mend it, or an error up to `position`.
struct Escape {
  const char* reason = nullptr;
  bool incomplete = false;
};

Escape read_name(ByteView input, size_t& position, TextBuffer& out) {
  constexpr const char* kMalformed = "malformed \\N character escape";
  if (position >= input.size()) return {kMalformed, true};
  if (input[position] != '{') return {kMalformed};
  size_t start = ++position;
  while (position < input.size() && input[position] != '}') ++position;
  if (position >= input.size()) return {kMalformed, true};
  if (position == start) return {kMalformed};
  auto* letters = reinterpret_cast<const char*>(input.data());
  char32_t code = unicode::code_of_name(std::string_view(letters + start, position++ - start));
  if (code == unicode::kNoCode) return {"unknown Unicode character name"};
  out.append(code);
  return {};
}

// The part of an escape behind the backslash.
Escape read_escape(ByteView input, size_t& position, TextBuffer& out, size_t* first_invalid) {
  if (position >= input.size()) return {"\\ at end of string", true};
  uint8_t letter = input[position];
  if (is_octal(letter)) {
    const size_t start = position;
    const char32_t code = read_octal(input, position);
    if (code > 0xFF && first_invalid != nullptr && *first_invalid == kNoEscape) *first_invalid = start;
    out.append(code);
    return {};
  }
  ++position;
  if (letter == '\n') return {};
  if (uint8_t code = simple_escape(letter)) {
    out.append(static_cast<char32_t>(code));
    return {};
  }
  if (letter == 'N') return read_name(input, position, out);
  int count = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  if (count == 0) {
    if (first_invalid != nullptr && *first_invalid == kNoEscape) *first_invalid = position - 1;
    out.append(U'\\');
    out.append(static_cast<char32_t>(letter));
    return {};
  }
  char32_t code;
  Digits digits = read_hexadecimal(input, position, count, code);
  if (digits != Digits::kComplete) {
    const char* reason = count == 2   ? "truncated \\xXX escape"
                         : count == 4 ? "truncated \\uXXXX escape"
                                      : "truncated \\UXXXXXXXX escape";
    return {reason, digits == Digits::kIncomplete};
  }
  if (code > 0x10FFFF) return {"illegal Unicode character"};
  out.append(code);
  return {};
}

Escape read_raw_escape(ByteView input, size_t& position, TextBuffer& out) {
  if (position >= input.size()) return {"\\ at end of string", true};
  uint8_t letter = input[position++];
  if (letter != 'u' && letter != 'U') {
    out.append(U'\\');
    out.append(static_cast<char32_t>(letter));
    return {};
  }
  char32_t code;
  Digits digits = read_hexadecimal(input, position, letter == 'u' ? 4 : 8, code);
  if (digits != Digits::kComplete) {
    return {letter == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape", digits == Digits::kIncomplete};
  }
  if (code > 0x10FFFF) return {"\\Uxxxxxxxx out of range"};
  out.append(code);
  return {};
}

void append_hexadecimal(char32_t code, int digits, ByteBuffer& out) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out.append("0123456789abcdef"[code >> shift & 15]);
}

void append_wide_escape(char32_t code, ByteBuffer& out) {
  out.append(code < 0x10000 ? "\\u" : "\\U");
  append_hexadecimal(code, code < 0x10000 ? 4 : 8, out);
}

// The two-character escape of a control character or backslash, or nullptr.
const char* short_escape(char32_t code) {
  switch (code) {
    case '\\': return "\\\\";
    case '\t': return "\\t";
    case '\n': return "\\n";
    case '\r': return "\\r";
  }
  return nullptr;
}

}  // namespace

CodecStatus decode_unicode_escape(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out,
                                  size_t* first_invalid_escape) {
  if (first_invalid_escape != nullptr) *first_invalid_escape = kNoEscape;
  Decoder decoder = {"unicodeescape", input, errors, out};
  size_t& position = decoder.position;
  while (position < decoder.input.size()) {
    size_t start = position;
    if (decoder.input[position++] != '\\') {
      out.append(static_cast<char32_t>(decoder.input[start]));
      continue;
    }
    Escape escape = read_escape(decoder.input, position, out, first_invalid_escape);
    if (escape.reason == nullptr) continue;
    if (escape.incomplete && final == Final::kNo) {
      position = start;
      break;
    }
    if (!decoder.fail(start, position, escape.reason)) return decoder.status;
  }
  decoder.status.consumed = position;
  return decoder.status;
}

CodecStatus decode_raw_unicode_escape(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out) {
  Decoder decoder = {"rawunicodeescape", input, errors, out};
  size_t& position = decoder.position;
  while (position < decoder.input.size()) {
    size_t start = position++;
    if (decoder.input[start] != '\\' || (position >= decoder.input.size() && final == Final::kYes)) {
      out.append(static_cast<char32_t>(decoder.input[start]));
      continue;
    }
    Escape escape = read_raw_escape(decoder.input, position, out);
    if (escape.reason == nullptr) continue;
    if (escape.incomplete && final == Final::kNo) {
      position = start;
      break;
    }
    if (!decoder.fail(start, position, escape.reason)) return decoder.status;
  }
  decoder.status.consumed = position;
  return decoder.status;
}

void encode_unicode_escape(const TextView& text, ByteBuffer& out) {
  out.reserve(text.length);
  for (size_t i = 0; i < text.length; ++i) {
    char32_t code = text[i];
    if (const char* escape = short_escape(code)) {
      out.append(escape);
    } else if (code >= 0x20 && code < 0x7F) {
      out.append(static_cast<uint8_t>(code));
    } else if (code < 0x100) {
      out.append("\\x");
      append_hexadecimal(code, 2, out);
    } else {
      append_wide_escape(code, out);
    }
  }
}

void encode_raw_unicode_escape(const TextView& text, ByteBuffer& out) {
  out.reserve(text.length);
  for (size_t i = 0; i < text.length; ++i) {
    if (text[i] < 0x100) {
      out.append(static_cast<uint8_t>(text[i]));
    } else {
      append_wide_escape(text[i], out);
    }
  }
}

CodecStatus escape_decode(ByteView input, ErrorPolicy errors, ByteBuffer& out, size_t* first_invalid_escape) {
  if (first_invalid_escape != nullptr) *first_invalid_escape = kNoEscape;
  size_t position = 0;
  while (position < input.size()) {
    size_t start = position;
    uint8_t letter = input[position++];
    if (letter != '\\') {
      out.append(letter);
      continue;
    }
    if (position >= input.size()) return {false, false, start, {"escape", start, position, "Trailing \\ in string"}};
    letter = input[position];
    if (is_octal(letter)) {
      const size_t digits = position;
      const char32_t code = read_octal(input, position);
      if (code > 0xFF && first_invalid_escape != nullptr && *first_invalid_escape == kNoEscape)
        *first_invalid_escape = digits;
      out.append(static_cast<uint8_t>(code));
      continue;
    }
    ++position;
    if (letter == '\n') continue;
    if (uint8_t code = simple_escape(letter)) {
      out.append(code);
    } else if (letter != 'x') {
      if (first_invalid_escape != nullptr && *first_invalid_escape == kNoEscape) *first_invalid_escape = position - 1;
      out.append('\\');
      out.append(letter);
    } else {
      char32_t byte;
      size_t digits = position;
      if (read_hexadecimal(input, digits, 2, byte) == Digits::kComplete) {
        out.append(static_cast<uint8_t>(byte));
        position = digits;
        continue;
      }
      const char* reason = "invalid \\x escape at position";
      if (errors != ErrorPolicy::kStrict) reason = "decoding error; unknown error handling code";
      if (errors == ErrorPolicy::kReplace) out.append('?');
      if (errors != ErrorPolicy::kReplace && errors != ErrorPolicy::kIgnore) {
        return {false, false, start, {"escape", start, digits, reason}};
      }
      if (position < input.size() && hexadecimal_digit(input[position]) >= 0) ++position;
    }
  }
  return {true, false, position};
}

void escape_encode(ByteView input, ByteBuffer& out) {
  out.reserve(input.size());
  for (uint8_t byte : input) {
    if (const char* escape = short_escape(byte)) {
      out.append(escape);
    } else if (byte == '\'') {
      out.append("\\'");
    } else if (byte >= 0x20 && byte < 0x7F) {
      out.append(byte);
    } else {
      out.append("\\x");
      append_hexadecimal(byte, 2, out);
    }
  }
}

}  // namespace viperine
