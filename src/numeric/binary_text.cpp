// SPDX-License-Identifier: MIT
// Base64, hexadecimal, uuencode and the binhex CRC. Quoted-printable: quoted_printable.cpp.
#include "numeric/binary_text.h"

#include <cstdlib>

namespace viperine {

namespace {

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kHexDigits[] = "0123456789abcdef";

/// 0..63, or 64 for characters outside the alphabet.
unsigned base64_value(uint8_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26u;
  if (c >= '0' && c <= '9') return c - '0' + 52u;
  return c == '+' ? 62 : c == '/' ? 63 : 64;
}

int hex_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

size_t base64_encode(char* out, std::span<const uint8_t> data, bool newline) {
  char* p = out;
  for (size_t i = 0; i < data.size(); i += 3) {
    size_t left = data.size() - i;
    uint32_t group = uint32_t{data[i]} << 16;
    if (left > 1) group |= uint32_t{data[i + 1]} << 8;
    if (left > 2) group |= data[i + 2];
    *p++ = kBase64[group >> 18];
    *p++ = kBase64[(group >> 12) & 63];
    *p++ = left > 1 ? kBase64[(group >> 6) & 63] : '=';
    *p++ = left > 2 ? kBase64[group & 63] : '=';
  }
  if (newline) *p++ = '\n';
  return static_cast<size_t>(p - out);
}

Base64Result base64_decode(uint8_t* out, std::span<const uint8_t> text, bool strict) {
  if (strict && !text.empty() && text[0] == '=') return {0, "Leading padding not allowed"};
  uint8_t* p = out;
  uint32_t group = 0;
  unsigned count = 0, pads = 0;  // characters of the open quad; pads seen since its last character
  bool padding_started = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=') {
      padding_started = true;
      if (count >= 2 && count + ++pads >= 4) {
        if (strict && i + 1 < text.size()) return {0, "Excess data after padding"};
        return {static_cast<size_t>(p - out), nullptr};
      }
      continue;
    }
    unsigned value = base64_value(text[i]);
    if (value == 64) {
      if (strict) return {0, "Only base64 data is allowed"};
      continue;
    }
    if (strict && padding_started) return {0, "Discontinuous padding not allowed"};
    pads = 0;
    group = (group << 6) | value;
    // Each character but a quad's first completes a byte.
    if (count > 0) *p++ = static_cast<uint8_t>(group >> (6 - 2 * count));
    count = (count + 1) % 4;
  }
  if (count == 0) return {static_cast<size_t>(p - out), nullptr};
  if (count > 1) return {0, "Incorrect padding"};
  return {0, "Invalid base64-encoded string: number of data characters (%zd) cannot be 1 more than a multiple of 4",
          static_cast<size_t>(p - out) / 3 * 4 + 1};
}

size_t hex_encoded_size(size_t size, int64_t group) {
  if (size == 0 || group == 0) return 2 * size;
  auto width = static_cast<uint64_t>(group < 0 ? -group : group);
  return 2 * size + static_cast<size_t>((size - 1) / width);
}

size_t hex_encode(char* out, std::span<const uint8_t> data, char separator, int64_t group) {
  char* p = out;
  auto width = static_cast<uint64_t>(group < 0 ? -group : group);
  for (size_t i = 0; i < data.size(); ++i) {
    if (i > 0 && width > 0 && (group < 0 ? i : data.size() - i) % width == 0) *p++ = separator;
    *p++ = kHexDigits[data[i] >> 4];
    *p++ = kHexDigits[data[i] & 15];
  }
  return static_cast<size_t>(p - out);
}

BinaryTextResult hex_decode(uint8_t* out, std::span<const uint8_t> text) {
  if (text.size() % 2 != 0) return {0, "Odd-length string"};
  for (size_t i = 0; i < text.size(); i += 2) {
    int high = hex_value(text[i]), low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return {0, "Non-hexadecimal digit found"};
    out[i / 2] = static_cast<uint8_t>(high << 4 | low);
  }
  return {text.size() / 2, nullptr};
}

BinaryTextResult uu_encode(char* out, std::span<const uint8_t> data, bool backtick) {
  if (data.size() > kUuMaximumLine) return {0, "At most 45 bytes at once"};
  auto character = [&](unsigned value) { return value == 0 && backtick ? '`' : static_cast<char>(' ' + value); };
  char* p = out;
  *p++ = character(static_cast<unsigned>(data.size()));
  for (size_t i = 0; i < data.size(); i += 3) {
    uint32_t group = 0;
    for (size_t k = i; k < i + 3; ++k) group = group << 8 | (k < data.size() ? data[k] : 0);
    for (int shift = 18; shift >= 0; shift -= 6) *p++ = character((group >> shift) & 63);
  }
  *p++ = '\n';
  return {static_cast<size_t>(p - out), nullptr};
}

BinaryTextResult uu_decode(uint8_t* out, std::span<const uint8_t> text) {
  // The first character is the length; CPython reads the terminating zero of an empty line as one.
  size_t length = ((text.empty() ? 0u : text[0]) - ' ') & 63u;
  size_t size = 0, i = 1;
  unsigned bits = 0, pending = 0;
  for (; size < length; ++i) {
    // Spaces at the end of the line may have got lost: what is missing is zero.
    unsigned value = 0;
    if (i < text.size() && text[i] != '\n' && text[i] != '\r') {
      if (text[i] < ' ' || text[i] > ' ' + 64) return {0, "Illegal char"};
      value = (text[i] - ' ') & 63u;
    }
    pending = (pending << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[size++] = static_cast<uint8_t>(pending >> bits);
      pending &= (1u << bits) - 1;
    }
  }
  for (; i < text.size(); ++i) {
    if (text[i] != ' ' && text[i] != '`' && text[i] != '\n' && text[i] != '\r') return {0, "Trailing garbage"};
  }
  return {size, nullptr};
}

uint16_t crc_hqx(std::span<const uint8_t> data, uint16_t start) {
  uint32_t crc = start;
  for (uint8_t byte : data) {
    crc ^= uint32_t{byte} << 8;
    for (int i = 0; i < 8; ++i) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xFFFF;
  }
  return static_cast<uint16_t>(crc);
}

}  // namespace viperine
