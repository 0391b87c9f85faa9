// SPDX-License-Identifier: MIT
// Binary data as text: base64, hexadecimal, uuencode, quoted-printable, and the CRC of binhex. Used by binascii and
// bytes. Pure functions into buffers of documented sizes; the error texts are binascii's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace viperine {

/// `error` is null on success.
struct BinaryTextResult {
  size_t size = 0;
  const char* error = nullptr;
};

// Base64 -----------------------------------------------------------------------------------------------------------

inline size_t base64_encoded_size(size_t size, bool newline) { return (size + 2) / 3 * 4 + newline; }
size_t base64_encode(char* out, std::span<const uint8_t> data, bool newline);

inline size_t base64_decoded_bound(size_t size) { return (size + 3) / 4 * 3; }
/// The error of one lone data character contains a number: then `lone_character` is its count, else 0.
struct Base64Result {
  size_t size = 0;
  const char* error = nullptr;  // with "%zd" for lone_character when that is not 0
  size_t lone_character = 0;
};
Base64Result base64_decode(uint8_t* out, std::span<const uint8_t> text, bool strict);

// Hexadecimal ------------------------------------------------------------------------------------------------------

/// Bytes per group: 0 for no separators, positive groups count from the right end, negative ones from the left.
size_t hex_encoded_size(size_t size, int64_t group);
size_t hex_encode(char* out, std::span<const uint8_t> data, char separator, int64_t group);
/// binascii.a2b_hex. out: text.size() / 2 bytes.
BinaryTextResult hex_decode(uint8_t* out, std::span<const uint8_t> text);

// Uuencode, one line -----------------------------------------------------------------------------------------------

inline constexpr size_t kUuMaximumLine = 45;
/// out: 2 + (size + 2) / 3 * 4 characters.
BinaryTextResult uu_encode(char* out, std::span<const uint8_t> data, bool backtick);
/// out: 63 bytes.
BinaryTextResult uu_decode(uint8_t* out, std::span<const uint8_t> text);

// Quoted-printable -------------------------------------------------------------------------------------------------

struct QuotedPrintableOptions {
  bool quote_tabs = false;
  bool is_text = true;
  bool header = false;
};
/// With a null `out` it only counts.
size_t quoted_printable_encode(char* out, std::span<const uint8_t> data, QuotedPrintableOptions options);
/// out: text.size() bytes.
size_t quoted_printable_decode(uint8_t* out, std::span<const uint8_t> text, bool header);

// Checksums --------------------------------------------------------------------------------------------------------

/// CRC-CCITT as binascii.crc_hqx.
uint16_t crc_hqx(std::span<const uint8_t> data, uint16_t start);

}  // namespace viperine
