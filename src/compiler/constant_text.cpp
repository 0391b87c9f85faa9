// SPDX-License-Identifier: MIT
// repr() of constants: strings with the quotes and escapes that Python chooses, floats in their shortest form.
#include "compiler/constant_text.h"

#include <algorithm>
#include <cstdio>

#include "numeric/float_text.h"
#include "text/unicode.h"

namespace viperine::compiler {

namespace {

void append_hex(std::string& out, const char* prefix, uint32_t value, int digits) {
  out += prefix;
  for (int i = digits; i-- > 0;) out.push_back("0123456789abcdef"[(value >> (4 * i)) & 15]);
}

/// The next code point of UTF-8 that may hold encoded surrogates.
uint32_t next_code_point(std::string_view text, size_t* at) {
  auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<uint32_t>(static_cast<unsigned char>(text[i])) : 0u;
  };
  const size_t i = *at;
  const uint32_t first = byte(i);
  if (first < 0x80) return *at += 1, first;
  if (first < 0xE0) return *at += 2, (first & 0x1F) << 6 | (byte(i + 1) & 0x3F);
  if (first < 0xF0) return *at += 3, (first & 0x0F) << 12 | (byte(i + 1) & 0x3F) << 6 | (byte(i + 2) & 0x3F);
  *at += 4;
  return (first & 0x07) << 18 | (byte(i + 1) & 0x3F) << 12 | (byte(i + 2) & 0x3F) << 6 | (byte(i + 3) & 0x3F);
}

char quote_for(std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos, both = text.find('"') != std::string_view::npos;
  return single && !both ? '"' : '\'';
}

bool append_common(std::string& out, uint32_t code, char quote) {
  if (code == static_cast<uint32_t>(quote) || code == '\\') {
    out.push_back('\\');
    out.push_back(static_cast<char>(code));
  } else if (code == '\n') {
    out += "\\n";
  } else if (code == '\r') {
    out += "\\r";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code < 0x20 || code == 0x7F) {
    append_hex(out, "\\x", code, 2);
  } else if (code < 0x7F) {
    out.push_back(static_cast<char>(code));
  } else {
    return false;
  }
  return true;
}

std::string bytes_text(std::string_view text) {
  const char quote = quote_for(text);
  std::string out = "b";
  out.push_back(quote);
  for (char letter : text) {
    const uint32_t code = static_cast<unsigned char>(letter);
    if (!append_common(out, code, quote)) append_hex(out, "\\x", code, 2);
  }
  out.push_back(quote);
  return out;
}

/// "0x1f" to decimal; other text is decimal already.
std::string decimal(std::string_view text) {
  const bool negative = text.starts_with("-");
  if (negative) text.remove_prefix(1);
  if (!text.starts_with("0x")) return (negative ? "-" : "") + std::string(text);
  std::vector<uint32_t> parts{0};  // base 10**9, lowest first
  for (char digit : text.substr(2)) {
    uint64_t carry = static_cast<uint64_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    for (uint32_t& part : parts) {
      uint64_t sum = uint64_t{part} * 16 + carry;
      part = static_cast<uint32_t>(sum % 1000000000);
      carry = sum / 1000000000;
    }
    if (carry) parts.push_back(static_cast<uint32_t>(carry));
  }
  std::string out = negative ? "-" : "";
  char buffer[16];
  for (size_t i = parts.size(); i-- > 0;) {
    std::snprintf(buffer, sizeof buffer, i + 1 == parts.size() ? "%u" : "%09u", parts[i]);
    out += buffer;
  }
  return out;
}

std::string items_text(const Constant& constant) {
  std::string out;
  for (size_t i = 0; i < constant.items.size(); ++i) {
    if (i) out += ", ";
    out += constant_text(constant.items[i]);
  }
  return out;
}

}  // namespace

std::string string_text(std::string_view text) {
  const char quote = quote_for(text);
  std::string out(1, quote);
  for (size_t i = 0; i < text.size();) {
    const size_t start = i;
    const uint32_t code = next_code_point(text, &i);
    if (append_common(out, code, quote)) continue;
    if (unicode::is_printable(code)) {
      out += text.substr(start, i - start);
    } else if (code < 0x100) {
      append_hex(out, "\\x", code, 2);
    } else if (code < 0x10000) {
      append_hex(out, "\\u", code, 4);
    } else {
      append_hex(out, "\\U", code, 8);
    }
  }
  out.push_back(quote);
  return out;
}

std::string constant_text(const Constant& constant) {
  using Kind = Constant::Kind;
  char buffer[128];
  switch (constant.kind) {
    case Kind::None: return "None";
    case Kind::True: return "True";
    case Kind::False: return "False";
    case Kind::Ellipsis: return "Ellipsis";
    case Kind::Int: return constant.text.empty() ? std::to_string(constant.small) : decimal(constant.text);
    case Kind::Float: return std::string(buffer, float_repr(buffer, constant.real));
    case Kind::Complex: return std::string(buffer, complex_repr(buffer, constant.real, constant.imaginary));
    case Kind::Str: return string_text(constant.text);
    case Kind::Bytes: return bytes_text(constant.text);
    case Kind::Tuple: return "(" + items_text(constant) + (constant.items.size() == 1 ? ",)" : ")");
    case Kind::FrozenSet: return constant.items.empty() ? "frozenset()" : "frozenset({" + items_text(constant) + "})";
    case Kind::Code: return "<code object " + std::string(constant.code->name) + ">";
    case Kind::Opaque: return "<object>";
  }
  return "";
}

}  // namespace viperine::compiler
