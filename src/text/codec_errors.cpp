// SPDX-License-Identifier: MIT
// The named error handlers and the common path of every codec through them.
#include "text/codec_errors.h"

#include <cstring>

#include "text/unicode.h"
#include "text/unicode_names.h"

namespace viperine {

namespace {

enum class Standard : uint8_t { kUnknown, kUtf8, kUtf16Le, kUtf16Be, kUtf32Le, kUtf32Be };

// "utf-8", "UTF_16_LE", "utf32be", "cp65001": what surrogatepass can work with. Native order is little-endian.
Standard standard_encoding(const char* name) {
  constexpr bool kLittle = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
  if (std::strcmp(name, "CP_UTF8") == 0) return Standard::kUtf8;
  char clean[16];
  size_t length = 0;
  for (; *name != 0; ++name) {
    char letter = *name >= 'A' && *name <= 'Z' ? static_cast<char>(*name + 32) : *name;
    if (letter == '-' || letter == '_') {
      if (length == 3 || length == 5) continue;
      return Standard::kUnknown;
    }
    if (length + 1 >= sizeof clean) return Standard::kUnknown;
    clean[length++] = letter;
  }
  std::string_view text(clean, length);
  if (text == "utf8") return Standard::kUtf8;
  if (text == "utf16") return kLittle ? Standard::kUtf16Le : Standard::kUtf16Be;
  if (text == "utf32") return kLittle ? Standard::kUtf32Le : Standard::kUtf32Be;
  if (text == "utf16le") return Standard::kUtf16Le;
  if (text == "utf16be") return Standard::kUtf16Be;
  if (text == "utf32le") return Standard::kUtf32Le;
  if (text == "utf32be") return Standard::kUtf32Be;
  return Standard::kUnknown;
}

Refusal pass_surrogate(ByteView input, const CodecError& error, TextBuffer& out, size_t& resume) {
  Standard standard = standard_encoding(error.encoding);
  size_t room = input.size() - error.start;
  const uint8_t* at = input.data() + error.start;
  char32_t code = 0;
  size_t size = 0;
  if (standard == Standard::kUtf8 && room >= 3) {
    size = 3;
    if ((at[0] & 0xF0) == 0xE0 && (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80) {
      code = (at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    }
  } else if (standard == Standard::kUtf16Le && room >= 2) {
    size = 2, code = at[0] | at[1] << 8;
  } else if (standard == Standard::kUtf16Be && room >= 2) {
    size = 2, code = at[0] << 8 | at[1];
  } else if (standard == Standard::kUtf32Le && room >= 4) {
    size = 4, code = at[0] | at[1] << 8 | at[2] << 16 | static_cast<uint32_t>(at[3]) << 24;
  } else if (standard == Standard::kUtf32Be && room >= 4) {
    size = 4, code = static_cast<uint32_t>(at[0]) << 24 | at[1] << 16 | at[2] << 8 | at[3];
  }
  if (!unicode::is_surrogate(code)) return Refusal::kError;
  out.append(code);
  resume = error.start + size;
  return Refusal::kNone;
}

Refusal write_surrogates(const TextView& input, const CodecError& error, ByteBuffer& out) {
  Standard standard = standard_encoding(error.encoding);
  if (standard == Standard::kUnknown) return Refusal::kError;
  for (size_t i = error.start; i < error.end; ++i) {
    char32_t code = input[i];
    if (!unicode::is_surrogate(code)) return Refusal::kError;
    uint8_t high = static_cast<uint8_t>(code >> 8), low = static_cast<uint8_t>(code);
    switch (standard) {
      case Standard::kUtf8:
        out.append(0xE0 | code >> 12);
        out.append(0x80 | (code >> 6 & 0x3F));
        out.append(0x80 | (code & 0x3F));
        break;
      case Standard::kUtf16Le: out.append(low), out.append(high); break;
      case Standard::kUtf16Be: out.append(high), out.append(low); break;
      case Standard::kUtf32Le: out.append(low), out.append(high), out.append(0), out.append(0); break;
      case Standard::kUtf32Be: out.append(0), out.append(0), out.append(high), out.append(low); break;
      case Standard::kUnknown: break;
    }
  }
  return Refusal::kNone;
}

void append_decimal(char32_t code, TextBuffer& out) {
  char digits[16];
  size_t count = 0;
  do {
    digits[count++] = static_cast<char>('0' + code % 10);
    code /= 10;
  } while (code != 0);
  while (count > 0) out.append(static_cast<char32_t>(digits[--count]));
}

void append_name(char32_t code, TextBuffer& out) {
  char name[unicode::kLongestNameSize];
  size_t length = unicode::name_of(code, name);
  if (length == 0) return append_escape(code, out);
  out.append("\\N{");
  out.append(std::string_view(name, length));
  out.append(U'}');
}

}  // namespace

ErrorPolicy parse_error_policy(std::string_view name) {
  if (name == "strict") return ErrorPolicy::kStrict;
  if (name == "ignore") return ErrorPolicy::kIgnore;
  if (name == "replace") return ErrorPolicy::kReplace;
  if (name == "backslashreplace") return ErrorPolicy::kBackslashReplace;
  if (name == "xmlcharrefreplace") return ErrorPolicy::kXmlCharRefReplace;
  if (name == "namereplace") return ErrorPolicy::kNameReplace;
  if (name == "surrogateescape") return ErrorPolicy::kSurrogateEscape;
  if (name == "surrogatepass") return ErrorPolicy::kSurrogatePass;
  return ErrorPolicy::kOther;
}

void append_escape(char32_t code, TextBuffer& out) {
  int digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
  out.append(U'\\');
  out.append(static_cast<char32_t>(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U'));
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out.append(static_cast<char32_t>("0123456789abcdef"[code >> shift & 15]));
  }
}

Refusal decode_replacement(ErrorPolicy policy, ByteView input, const CodecError& error, TextBuffer& out,
                           size_t& resume) {
  resume = error.end;
  switch (policy) {
    case ErrorPolicy::kStrict: return Refusal::kError;
    case ErrorPolicy::kIgnore: return Refusal::kNone;
    case ErrorPolicy::kReplace: out.append(0xFFFD); return Refusal::kNone;
    case ErrorPolicy::kBackslashReplace:
      for (size_t i = error.start; i < error.end; ++i) append_escape(input[i], out);
      return Refusal::kNone;
    case ErrorPolicy::kSurrogateEscape: {
      size_t i = error.start;
      for (; i < error.end && i < error.start + 4 && input[i] >= 0x80; ++i) out.append(0xDC00 + input[i]);
      resume = i;
      return i == error.start ? Refusal::kError : Refusal::kNone;
    }
    case ErrorPolicy::kSurrogatePass: return pass_surrogate(input, error, out, resume);
    case ErrorPolicy::kXmlCharRefReplace:
    case ErrorPolicy::kNameReplace:
    case ErrorPolicy::kOther: return Refusal::kOther;
  }
  return Refusal::kOther;
}

Refusal encode_replacement(ErrorPolicy policy, const TextView& input, const CodecError& error, TextBuffer& text,
                           ByteBuffer& bytes, bool& is_bytes) {
  is_bytes = false;
  switch (policy) {
    case ErrorPolicy::kStrict: return Refusal::kError;
    case ErrorPolicy::kIgnore: return Refusal::kNone;
    case ErrorPolicy::kReplace: text.append_fill(U'?', error.end - error.start); return Refusal::kNone;
    case ErrorPolicy::kBackslashReplace:
      for (size_t i = error.start; i < error.end; ++i) append_escape(input[i], text);
      return Refusal::kNone;
    case ErrorPolicy::kXmlCharRefReplace:
      for (size_t i = error.start; i < error.end; ++i) {
        text.append("&#");
        append_decimal(input[i], text);
        text.append(U';');
      }
      return Refusal::kNone;
    case ErrorPolicy::kNameReplace:
      for (size_t i = error.start; i < error.end; ++i) append_name(input[i], text);
      return Refusal::kNone;
    case ErrorPolicy::kSurrogateEscape:
      is_bytes = true;
      for (size_t i = error.start; i < error.end; ++i) {
        if (input[i] < 0xDC80 || input[i] > 0xDCFF) return Refusal::kError;
        bytes.append(static_cast<uint8_t>(input[i] - 0xDC00));
      }
      return Refusal::kNone;
    case ErrorPolicy::kSurrogatePass: is_bytes = true; return write_surrogates(input, error, bytes);
    case ErrorPolicy::kOther: return Refusal::kOther;
  }
  return Refusal::kOther;
}

bool Decoder::fail(size_t start, size_t end, const char* reason) {
  CodecError error = {encoding, start, end, reason};
  size_t resume = end;
  Refusal refusal = decode_replacement(errors.policy, input, error, out, resume);
  if (refusal == Refusal::kNone) {
    position = resume;
    return true;
  }
  status.ok = false;
  status.error = error;
  if (refusal == Refusal::kError || errors.call == nullptr) return false;
  DecodeRequest request = {error, input, {}, end};
  if (!errors.call(errors.context, request)) {
    status.raised = true;
    return false;
  }
  status = {};
  input = request.input;
  out.append(request.replacement);
  position = request.resume;
  return true;
}

bool Encoder::fail(size_t start, size_t end, const char* reason) {
  EncodeRequest request = {{encoding, start, end, reason}, input};
  TextBuffer text;
  ByteBuffer bytes;
  request.resume = end;
  Refusal refusal = encode_replacement(errors.policy, input, request.error, text, bytes, request.is_bytes);
  status.ok = false;
  status.error = request.error;
  if (refusal == Refusal::kNone) {
    request.text = text.view();
    request.bytes = bytes.view();
  } else {
    if (refusal == Refusal::kError || errors.call == nullptr) return false;
    if (!errors.call(errors.context, request)) {
      status.raised = true;
      return false;
    }
  }
  bool written = request.is_bytes ? encode_bytes(*this, request.bytes) : encode_text(*this, request.text);
  if (!written) return false;
  status = {};
  position = request.resume;
  return true;
}

}  // namespace viperine
