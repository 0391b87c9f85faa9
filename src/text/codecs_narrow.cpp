// SPDX-License-Identifier: MIT
// One byte per character: ASCII, Latin-1, and charmap with any table.
#include "text/codecs.h"
#include "text/unicode.h"

namespace viperine {

namespace {

constexpr const char* kUndefined = "character maps to <undefined>";

struct Narrow {
  char32_t limit;
  const char* reason;
};

bool encode_narrow_text(Encoder& encoder, const TextView& text) {
  char32_t limit = static_cast<const Narrow*>(encoder.extra)->limit;
  for (size_t i = 0; i < text.length; ++i) {
    if (text[i] >= limit) return false;
  }
  copy_text(encoder.out.extend(text.length), 1, text);
  return true;
}

bool encode_plain_bytes(Encoder& encoder, ByteView bytes) {
  encoder.out.append(bytes.data(), bytes.size());
  return true;
}

CodecStatus encode_narrow(const char* name, const TextView& text, const EncodeErrors& errors, const Narrow& kind,
                          ByteBuffer& out) {
  if (text_bits(text) < kind.limit) {
    copy_text(out.extend(text.length), 1, text);
    return {};
  }
  Encoder encoder = {name, text, errors, out, encode_narrow_text, encode_plain_bytes, 0, &kind};
  size_t& position = encoder.position;
  while (position < text.length) {
    if (text[position] < kind.limit) {
      out.append(static_cast<uint8_t>(text[position++]));
      continue;
    }
    size_t end = position + 1;
    while (end < text.length && text[end] >= kind.limit) ++end;
    if (errors.policy == ErrorPolicy::kSurrogateEscape) {
      while (position < end && text[position] - 0xDC80 < 0x80) out.append(text[position++] & 0xFF);
    }
    if (position < end && !encoder.fail(position, end, kind.reason)) break;
  }
  return encoder.status;
}

// Encodes `text` through the table; false at the first character that it does not know.
bool encode_charmap_text(Encoder& encoder, const TextView& text) {
  auto* table = static_cast<const CharmapEncodeTable*>(encoder.extra);
  for (size_t i = 0; i < text.length; ++i) {
    CharmapAnswer answer = table->lookup(table->context, text[i], encoder.out);
    if (answer == CharmapAnswer::kMapped) continue;
    encoder.status.raised = answer == CharmapAnswer::kRaised;
    return false;
  }
  return true;
}

CharmapAnswer find_in_map(void* context, char32_t code, ByteBuffer& out) {
  int byte = static_cast<const EncodingMap*>(context)->find(code);
  if (byte < 0) return CharmapAnswer::kUndefined;
  out.append(static_cast<uint8_t>(byte));
  return CharmapAnswer::kMapped;
}

size_t slot_of(char32_t code) { return (code * 0x9E3779B1u) >> 23; }

}  // namespace

void decode_latin1(ByteView input, TextBuffer& out) { out.append(TextView(input.data(), input.size(), 1)); }

CodecStatus encode_latin1(const TextView& text, const EncodeErrors& errors, ByteBuffer& out) {
  return encode_narrow("latin-1", text, errors, {0x100, "ordinal not in range(256)"}, out);
}

CodecStatus encode_ascii(const TextView& text, const EncodeErrors& errors, ByteBuffer& out) {
  return encode_narrow("ascii", text, errors, {0x80, "ordinal not in range(128)"}, out);
}

CodecStatus decode_ascii(ByteView input, const DecodeErrors& errors, TextBuffer& out) {
  Decoder decoder = {"ascii", input, errors, out};
  size_t& position = decoder.position;
  while (position < decoder.input.size()) {
    const uint8_t* at = decoder.input.data() + position;
    if (size_t count = ascii_prefix(at, decoder.input.size() - position)) {
      out.append(TextView(at, count, 1));
      position += count;
    } else if (!decoder.fail(position, position + 1, "ordinal not in range(128)")) {
      return decoder.status;
    }
  }
  decoder.status.consumed = position;
  return decoder.status;
}

CodecStatus decode_charmap(ByteView input, const TextView& table, const DecodeErrors& errors, TextBuffer& out) {
  Decoder decoder = {"charmap", input, errors, out};
  size_t& position = decoder.position;
  out.reserve(input.size());
  while (position < decoder.input.size()) {
    uint8_t byte = decoder.input[position];
    char32_t code = byte < table.length ? table[byte] : 0xFFFE;
    if (code != 0xFFFE) {
      out.append(code);
      ++position;
    } else if (!decoder.fail(position, position + 1, kUndefined)) {
      return decoder.status;
    }
  }
  decoder.status.consumed = position;
  return decoder.status;
}

CodecStatus decode_charmap(ByteView input, const CharmapDecodeTable& table, const DecodeErrors& errors,
                           TextBuffer& out) {
  Decoder decoder = {"charmap", input, errors, out};
  size_t& position = decoder.position;
  while (position < decoder.input.size()) {
    switch (table.lookup(table.context, decoder.input[position], out)) {
      case CharmapAnswer::kMapped: ++position; break;
      case CharmapAnswer::kUndefined:
        if (!decoder.fail(position, position + 1, kUndefined)) return decoder.status;
        break;
      case CharmapAnswer::kRaised: decoder.status = {false, true}; return decoder.status;
    }
  }
  decoder.status.consumed = position;
  return decoder.status;
}

CodecStatus encode_charmap(const TextView& text, const CharmapEncodeTable& table, const EncodeErrors& errors,
                           ByteBuffer& out) {
  Encoder encoder = {"charmap", text, errors, out, encode_charmap_text, encode_plain_bytes, 0, &table};
  size_t& position = encoder.position;
  while (position < text.length) {
    CharmapAnswer answer = table.lookup(table.context, text[position], out);
    if (answer == CharmapAnswer::kMapped) {
      ++position;
      continue;
    }
    // The error covers all that cannot be encoded in a row.
    size_t end = position + 1;
    size_t written = out.length();
    while (answer == CharmapAnswer::kUndefined && end < text.length) {
      answer = table.lookup(table.context, text[end], out);
      if (answer == CharmapAnswer::kUndefined) ++end;
    }
    out.truncate(written);
    if (answer == CharmapAnswer::kRaised) {
      encoder.status = {false, true};
      break;
    }
    if (!encoder.fail(position, end, kUndefined)) break;
  }
  return encoder.status;
}

bool EncodingMap::build(const TextView& table) {
  if (table.length > 256 || table.length == 0 || table[0] != 0) return false;
  for (uint32_t& code : codes_) code = kFree;
  for (size_t byte = 0; byte < table.length; ++byte) {
    char32_t code = table[byte];
    if (byte != 0 && code == 0) return false;
    if (code == 0xFFFE) continue;
    size_t slot = slot_of(code);
    while (codes_[slot] != kFree && codes_[slot] != code) slot = (slot + 1) % kSlots;
    codes_[slot] = code;
    bytes_[slot] = static_cast<uint8_t>(byte);  // of equal characters the last byte wins, as in a dict
  }
  return true;
}

int EncodingMap::find(char32_t code) const {
  for (size_t slot = slot_of(code);; slot = (slot + 1) % kSlots) {
    if (codes_[slot] == code) return bytes_[slot];
    if (codes_[slot] == kFree) return -1;
  }
}

CharmapEncodeTable EncodingMap::as_table() const { return {find_in_map, const_cast<EncodingMap*>(this)}; }

}  // namespace viperine
