// SPDX-License-Identifier: MIT
// The built-in codecs except UTF-8 (utf8.h): UTF-16, UTF-32, UTF-7, Latin-1, ASCII, charmap, the escape codecs.
// Decoders append to a TextBuffer, encoders to a ByteBuffer; errors go through codec_errors.h.
// Encodings that the standard library writes in Python (cp1252, idna, ...) are built on charmap, not here.
#pragma once

#include "text/codec_errors.h"
#include "text/utf8.h"

namespace viperine {

enum class ByteOrder : int8_t { kLittle = -1, kNative = 0, kBig = 1 };

/// kNative reads a byte order mark; `order` becomes what the mark said (and stays kNative without one).
CodecStatus decode_utf16(ByteView input, const DecodeErrors& errors, Final final, ByteOrder& order, TextBuffer& out);
CodecStatus decode_utf32(ByteView input, const DecodeErrors& errors, Final final, ByteOrder& order, TextBuffer& out);
/// kNative writes a byte order mark.
CodecStatus encode_utf16(const TextView& text, const EncodeErrors& errors, ByteOrder order, ByteBuffer& out);
CodecStatus encode_utf32(const TextView& text, const EncodeErrors& errors, ByteOrder order, ByteBuffer& out);

CodecStatus decode_utf7(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out);
void encode_utf7(const TextView& text, ByteBuffer& out);

void decode_latin1(ByteView input, TextBuffer& out);
CodecStatus encode_latin1(const TextView& text, const EncodeErrors& errors, ByteBuffer& out);
CodecStatus decode_ascii(ByteView input, const DecodeErrors& errors, TextBuffer& out);
CodecStatus encode_ascii(const TextView& text, const EncodeErrors& errors, ByteBuffer& out);

/// Decoding through a table string: byte b becomes table[b]; U+FFFE, or no entry, means undefined.
CodecStatus decode_charmap(ByteView input, const TextView& table, const DecodeErrors& errors, TextBuffer& out);

enum class CharmapAnswer : uint8_t { kMapped, kUndefined, kRaised };
/// Any other mapping: the function looks one byte or code point up (in a Python object) and appends what it maps to.
struct CharmapDecodeTable {
  CharmapAnswer (*lookup)(void* context, uint8_t byte, TextBuffer& out);
  void* context;
};
struct CharmapEncodeTable {
  CharmapAnswer (*lookup)(void* context, char32_t code, ByteBuffer& out);
  void* context;
};
CodecStatus decode_charmap(ByteView input, const CharmapDecodeTable& table, const DecodeErrors& errors,
                           TextBuffer& out);
CodecStatus encode_charmap(const TextView& text, const CharmapEncodeTable& table, const EncodeErrors& errors,
                           ByteBuffer& out);

/// The inverse of a decoding table of up to 256 entries (codecs.charmap_build), for encode_charmap.
class EncodingMap {
 public:
  static constexpr size_t kSlots = 512;
  /// False if the table cannot be inverted compactly (longer than 256, or \0 is not at 0): use a dict.
  bool build(const TextView& table);
  /// The byte for a code point, or -1.
  int find(char32_t code) const;
  CharmapEncodeTable as_table() const;

 private:
  // Open addressing; a free slot has code kFree.
  static constexpr uint32_t kFree = 0xFFFFFFFF;
  uint32_t codes_[kSlots];
  uint8_t bytes_[kSlots];
};

/// `first_invalid_escape`: where the first unknown escape's letter is (deprecated by Python), or npos.
constexpr size_t kNoEscape = static_cast<size_t>(-1);
CodecStatus decode_unicode_escape(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out,
                                  size_t* first_invalid_escape = nullptr);
void encode_unicode_escape(const TextView& text, ByteBuffer& out);
CodecStatus decode_raw_unicode_escape(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out);
void encode_raw_unicode_escape(const TextView& text, ByteBuffer& out);

/// Backslash escapes of bytes literals. `consumed` counts read bytes; on failure `error.reason` is one of
/// "Trailing \\ in string" and "invalid \\x escape at position" (error.start) and
/// "decoding error; unknown error handling code" (`errors` is not strict, ignore or replace).
CodecStatus escape_decode(ByteView input, ErrorPolicy errors, ByteBuffer& out, size_t* first_invalid_escape = nullptr);
void escape_encode(ByteView input, ByteBuffer& out);

}  // namespace viperine
