// SPDX-License-Identifier: MIT
// UTF-8 decoding and encoding. Well-formed sequences after the Unicode Standard's table 3-7; the extent of an error is
// the longest prefix of a well-formed sequence, or one byte.
#include "text/utf8.h"

#include <cstring>

#include "text/unicode.h"

namespace viperine {

namespace {

bool is_continuation(uint8_t byte) { return (byte & 0xC0) == 0x80; }

// What stands at `at`: a sequence of 1 to 4 bytes, or an error of `size` bytes.
struct Sequence {
  enum Kind : uint8_t { kValid, kBadStart, kBadContinuation, kTruncated } kind;
  uint8_t size;
};

Sequence classify(const uint8_t* at, size_t room) {
  uint8_t lead = at[0];
  if (lead < 0x80) return {Sequence::kValid, 1};
  if (lead < 0xC2 || lead > 0xF4) return {Sequence::kBadStart, 1};
  uint8_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (uint8_t i = 1; i < wanted; ++i) {
    if (i >= room) return {Sequence::kTruncated, static_cast<uint8_t>(room)};
    bool good = is_continuation(at[i]);
    if (i == 1) {
      if (lead == 0xE0) good = good && at[1] >= 0xA0;
      if (lead == 0xED) good = good && at[1] < 0xA0;
      if (lead == 0xF0) good = good && at[1] >= 0x90;
      if (lead == 0xF4) good = good && at[1] < 0x90;
    }
    if (!good) return {Sequence::kBadContinuation, i};
  }
  return {Sequence::kValid, wanted};
}

template <typename Unit>
void decode_into(const uint8_t* at, const uint8_t* end, Unit* target) {
  while (at < end) {
    uint8_t lead = *at;
    if (lead < 0x80) {
      size_t count = 1;
      if (end - at >= 8) count = ascii_prefix(at, end - at);
      for (size_t i = 0; i < count; ++i) target[i] = at[i];
      target += count;
      at += count;
    } else if (lead < 0xE0) {
      *target++ = static_cast<Unit>((lead & 0x1F) << 6 | (at[1] & 0x3F));
      at += 2;
    } else if (lead < 0xF0) {
      *target++ = static_cast<Unit>((lead & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F));
      at += 3;
    } else {
      *target++ = static_cast<Unit>((lead & 0x07) << 18 | (at[1] & 0x3F) << 12 | (at[2] & 0x3F) << 6 | (at[3] & 0x3F));
      at += 4;
    }
  }
}

bool encode_ascii_text(Encoder& encoder, const TextView& text) {
  if (text_bits(text) >= 0x80) return false;
  copy_text(encoder.out.extend(text.length), 1, text);
  return true;
}

bool encode_any_bytes(Encoder& encoder, ByteView bytes) {
  encoder.out.append(bytes.data(), bytes.size());
  return true;
}

}  // namespace

Utf8Scan scan_utf8(ByteView input) {
  const uint8_t* start = input.data();
  const uint8_t* end = start + input.size();
  const uint8_t* at = start;
  size_t continuation_bytes = 0;
  char32_t bits = 0;
  while (at < end) {
    uint8_t lead = *at;
    if (lead < 0x80) {
      size_t count = end - at >= 8 ? ascii_prefix(at, end - at) : 1;
      bits |= 0x7F;
      at += count;
      continue;
    }
    Sequence sequence = classify(at, end - at);
    if (sequence.kind != Sequence::kValid) break;
    if (sequence.size == 2) {
      bits |= (lead & 0x1F) << 6 | 0x3F;
    } else {
      bits |= sequence.size == 3 ? 0xFFFF : 0x10FFFF;
    }
    continuation_bytes += sequence.size - 1;
    at += sequence.size;
  }
  size_t bytes = at - start;
  return {bytes, bytes - continuation_bytes, bits};
}

void decode_valid_utf8(const uint8_t* input, size_t size, void* target, uint8_t width) {
  const uint8_t* end = input + size;
  if (width == 1) return decode_into(input, end, static_cast<uint8_t*>(target));
  if (width == 2) return decode_into(input, end, static_cast<uint16_t*>(target));
  decode_into(input, end, static_cast<uint32_t*>(target));
}

CodecStatus decode_utf8(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out) {
  Decoder decoder = {"utf-8", input, errors, out};
  size_t& position = decoder.position;
  while (position < decoder.input.size()) {
    const uint8_t* at = decoder.input.data() + position;
    size_t room = decoder.input.size() - position;
    Utf8Scan scan = scan_utf8({at, room});
    if (scan.length != 0) {
      void* target = out.extend(scan.length, scan.bits);
      decode_valid_utf8(at, scan.bytes, target, out.width());
      position += scan.bytes, at += scan.bytes, room -= scan.bytes;
    }
    if (room == 0) break;
    Sequence sequence = classify(at, room);
    const char* reason = "invalid start byte";
    if (sequence.kind == Sequence::kTruncated) {
      if (final == Final::kNo) break;
      reason = "unexpected end of data";
    } else if (sequence.kind == Sequence::kBadContinuation) {
      // The first two bytes of a surrogate may become one with surrogatepass when the third arrives.
      if (final == Final::kNo && at[0] == 0xED && room == 2 && at[1] >= 0xA0 && at[1] <= 0xBF) break;
      reason = "invalid continuation byte";
    }
    if (!decoder.fail(position, position + sequence.size, reason)) return decoder.status;
  }
  decoder.status.consumed = position;
  return decoder.status;
}

size_t utf8_size(const TextView& text, bool* has_surrogates) {
  bool surrogates = false;
  size_t size = with_width(text, [&](auto* units) {
    size_t total = text.length;
    using Unit = std::remove_cvref_t<decltype(*units)>;
    if constexpr (sizeof(Unit) == 1) {
      for (size_t i = 0; i < text.length; ++i) total += units[i] >> 7;
    } else {
      for (size_t i = 0; i < text.length; ++i) {
        uint32_t code = units[i];
        total += (code >= 0x80) + (code >= 0x800) + (code >= 0x10000);
        surrogates |= (code & 0xFFFFF800) == 0xD800;
      }
    }
    return total;
  });
  if (has_surrogates != nullptr) *has_surrogates = surrogates;
  return size;
}

size_t encode_utf8_code(char32_t code, uint8_t* target) {
  if (code < 0x80) {
    target[0] = static_cast<uint8_t>(code);
    return 1;
  }
  if (code < 0x800) {
    target[0] = static_cast<uint8_t>(0xC0 | code >> 6);
    target[1] = static_cast<uint8_t>(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    target[0] = static_cast<uint8_t>(0xE0 | code >> 12);
    target[1] = static_cast<uint8_t>(0x80 | (code >> 6 & 0x3F));
    target[2] = static_cast<uint8_t>(0x80 | (code & 0x3F));
    return 3;
  }
  target[0] = static_cast<uint8_t>(0xF0 | code >> 18);
  target[1] = static_cast<uint8_t>(0x80 | (code >> 12 & 0x3F));
  target[2] = static_cast<uint8_t>(0x80 | (code >> 6 & 0x3F));
  target[3] = static_cast<uint8_t>(0x80 | (code & 0x3F));
  return 4;
}

void encode_valid_utf8(const TextView& text, uint8_t* target) {
  with_width(text, [&](auto* units) {
    size_t i = 0;
    while (i < text.length) {
      if (units[i] >= 0x80) {
        target += encode_utf8_code(units[i++], target);
        continue;
      }
      if constexpr (sizeof(*units) == 1) {
        size_t count = ascii_prefix(units + i, text.length - i);
        std::memcpy(target, units + i, count);
        target += count, i += count;
      } else {
        *target++ = static_cast<uint8_t>(units[i++]);
      }
    }
  });
}

CodecStatus encode_utf8(const TextView& text, const EncodeErrors& errors, ByteBuffer& out) {
  bool has_surrogates = false;
  size_t size = utf8_size(text, &has_surrogates);
  if (!has_surrogates || errors.policy == ErrorPolicy::kSurrogatePass) {
    encode_valid_utf8(text, out.extend(size));
    return {};
  }
  out.reserve(size);
  Encoder encoder = {"utf-8", text, errors, out, encode_ascii_text, encode_any_bytes};
  size_t& position = encoder.position;
  while (position < text.length) {
    size_t end = position;
    while (end < text.length && !unicode::is_surrogate(text[end])) ++end;
    TextView valid = text.slice(position, end);
    encode_valid_utf8(valid, out.extend(utf8_size(valid)));
    position = end;
    while (end < text.length && unicode::is_surrogate(text[end])) ++end;
    if (errors.policy == ErrorPolicy::kSurrogateEscape) {
      while (position < end && text[position] - 0xDC80 < 0x80) out.append(text[position++] & 0xFF);
    }
    if (position < end && !encoder.fail(position, end, "surrogates not allowed")) return encoder.status;
  }
  return encoder.status;
}

}  // namespace viperine
