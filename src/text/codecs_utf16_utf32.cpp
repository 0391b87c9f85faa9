// SPDX-License-Identifier: MIT
// UTF-16 and UTF-32 in both byte orders, with and without a byte order mark.
#include <cstring>

#include "text/codecs.h"
#include "text/unicode.h"

namespace viperine {

namespace {

constexpr bool kHostIsLittle = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;

uint32_t read16(const uint8_t* at, bool big) { return big ? at[0] << 8 | at[1] : at[1] << 8 | at[0]; }

uint32_t read32(const uint8_t* at, bool big) {
  uint32_t value;
  std::memcpy(&value, at, 4);
  return big == kHostIsLittle ? __builtin_bswap32(value) : value;
}

void append16(uint32_t unit, bool big, ByteBuffer& out) {
  uint8_t* at = out.extend(2);
  at[big ? 0 : 1] = static_cast<uint8_t>(unit >> 8);
  at[big ? 1 : 0] = static_cast<uint8_t>(unit);
}

void append32(uint32_t code, bool big, ByteBuffer& out) {
  if (big == kHostIsLittle) code = __builtin_bswap32(code);
  std::memcpy(out.extend(4), &code, 4);
}

bool is_big(ByteOrder order) { return order == ByteOrder::kNative ? !kHostIsLittle : order == ByteOrder::kBig; }

// Reads the mark, if one is asked for; returns how many bytes it takes.
size_t read_mark(ByteView input, size_t size, ByteOrder& order) {
  if (order != ByteOrder::kNative || input.size() < size) return 0;
  uint32_t little = size == 2 ? read16(input.data(), false) : read32(input.data(), false);
  uint32_t big = size == 2 ? read16(input.data(), true) : read32(input.data(), true);
  if (little == 0xFEFF) {
    order = ByteOrder::kLittle;
  } else if (big == 0xFEFF) {
    order = ByteOrder::kBig;
  } else {
    return 0;
  }
  return size;
}

// A run without surrogates that fits the buffer; returns how many bytes were taken.
size_t decode_plain16(const uint8_t* at, size_t size, bool big, TextBuffer& out) {
  size_t count = 0;
  char32_t bits = 0;
  for (; count * 2 + 1 < size; ++count) {
    uint32_t unit = read16(at + count * 2, big);
    if ((unit & 0xF800) == 0xD800) break;
    bits |= unit;
  }
  if (count == 0) return 0;
  void* target = out.extend(count, bits);
  if (out.width() == 1) {
    for (size_t i = 0; i < count; ++i) static_cast<uint8_t*>(target)[i] = at[i * 2 + big];
  } else if (out.width() == 2) {
    for (size_t i = 0; i < count; ++i) static_cast<uint16_t*>(target)[i] = read16(at + i * 2, big);
  } else {
    for (size_t i = 0; i < count; ++i) static_cast<uint32_t*>(target)[i] = read16(at + i * 2, big);
  }
  return count * 2;
}

struct Wide {
  bool big;
  bool four;
};

void append_code(char32_t code, Wide form, ByteBuffer& out) {
  if (form.four) return append32(code, form.big, out);
  if (code < 0x10000) return append16(code, form.big, out);
  append16(0xD7C0 + (code >> 10), form.big, out);
  append16(0xDC00 + (code & 0x3FF), form.big, out);
}

bool encode_wide_text(Encoder& encoder, const TextView& text) {
  if (text_bits(text) >= 0x80) return false;
  for (size_t i = 0; i < text.length; ++i) append_code(text[i], *static_cast<const Wide*>(encoder.extra), encoder.out);
  return true;
}

bool encode_wide_bytes(Encoder& encoder, ByteView bytes) {
  size_t unit = static_cast<const Wide*>(encoder.extra)->four ? 4 : 2;
  if (bytes.size() % unit != 0) return false;
  encoder.out.append(bytes.data(), bytes.size());
  return true;
}

CodecStatus encode_wide(const TextView& text, const EncodeErrors& errors, ByteOrder order, bool four,
                        const char* const (&names)[3], ByteBuffer& out) {
  Wide form = {is_big(order), four};
  out.reserve((text.length + 1) * (four ? 4 : 2));
  if (order == ByteOrder::kNative) append_code(0xFEFF, form, out);
  const char* name = names[static_cast<int>(order) + 1];
  Encoder encoder = {name, text, errors, out, encode_wide_text, encode_wide_bytes, 0, &form};
  size_t& position = encoder.position;
  while (position < text.length) {
    bool at_surrogate = with_width(text, [&](auto* units) {
      for (; position < text.length; ++position) {
        if (unicode::is_surrogate(units[position])) return true;
        append_code(units[position], form, out);
      }
      return false;
    });
    if (at_surrogate && !encoder.fail(position, position + 1, "surrogates not allowed")) break;
  }
  return encoder.status;
}

}  // namespace

CodecStatus decode_utf16(ByteView input, const DecodeErrors& errors, Final final, ByteOrder& order, TextBuffer& out) {
  size_t start = read_mark(input, 2, order);
  bool big = is_big(order);
  Decoder decoder = {big ? "utf-16-be" : "utf-16-le", input, errors, out, start};
  size_t& position = decoder.position;
  while (position < decoder.input.size()) {
    const uint8_t* at = decoder.input.data() + position;
    size_t size = decoder.input.size(), room = size - position;
    if (size_t taken = decode_plain16(at, room, big, out)) {
      position += taken;
      continue;
    }
    bool good = true;
    if (room < 2) {
      if (final == Final::kNo) break;
      good = decoder.fail(position, size, "truncated data");
    } else if (uint32_t lead = read16(at, big); lead >= 0xDC00) {
      good = decoder.fail(position, position + 2, "illegal encoding");
    } else if (room < 4) {
      if (final == Final::kNo) break;
      good = decoder.fail(position, size, "unexpected end of data");
    } else if (uint32_t trail = read16(at + 2, big); (trail & 0xFC00) != 0xDC00) {
      good = decoder.fail(position, position + 2, "illegal UTF-16 surrogate");
    } else {
      out.append(0x10000 + ((lead & 0x3FF) << 10) + (trail & 0x3FF));
      position += 4;
    }
    if (!good) return decoder.status;
  }
  decoder.status.consumed = position;
  return decoder.status;
}

CodecStatus decode_utf32(ByteView input, const DecodeErrors& errors, Final final, ByteOrder& order, TextBuffer& out) {
  size_t start = read_mark(input, 4, order);
  bool big = is_big(order);
  Decoder decoder = {big ? "utf-32-be" : "utf-32-le", input, errors, out, start};
  size_t& position = decoder.position;
  while (position < decoder.input.size()) {
    size_t size = decoder.input.size();
    bool good = true;
    if (size - position < 4) {
      if (final == Final::kNo) break;
      good = decoder.fail(position, size, "truncated data");
    } else {
      uint32_t code = read32(decoder.input.data() + position, big);
      if (unicode::is_surrogate(code)) {
        good = decoder.fail(position, position + 4, "code point in surrogate code point range(0xd800, 0xe000)");
      } else if (code > 0x10FFFF) {
        good = decoder.fail(position, position + 4, "code point not in range(0x110000)");
      } else {
        out.append(code);
        position += 4;
      }
    }
    if (!good) return decoder.status;
  }
  decoder.status.consumed = position;
  return decoder.status;
}

CodecStatus encode_utf16(const TextView& text, const EncodeErrors& errors, ByteOrder order, ByteBuffer& out) {
  return encode_wide(text, errors, order, false, {"utf-16-le", "utf-16", "utf-16-be"}, out);
}

CodecStatus encode_utf32(const TextView& text, const EncodeErrors& errors, ByteOrder order, ByteBuffer& out) {
  return encode_wide(text, errors, order, true, {"utf-32-le", "utf-32", "utf-32-be"}, out);
}

}  // namespace viperine
