// SPDX-License-Identifier: MIT
// UTF-8, the codec that must be fast: one pass that validates and measures, then copying without checks.
// Surrogates are not allowed on either side unless an error handler says so.
#pragma once

#include "text/codec_errors.h"

namespace viperine {

struct Utf8Scan {
  size_t bytes = 0;   // the longest valid prefix
  size_t length = 0;  // its code points
  char32_t bits = 0;  // OR of them: width_for(bits) is the width needed
};

/// Measures valid UTF-8 at the start of `input`; all of it is valid when `bytes` is its size.
Utf8Scan scan_utf8(ByteView input);

/// Decodes valid UTF-8 into `length` units of `width` bytes.
void decode_valid_utf8(const uint8_t* input, size_t size, void* target, uint8_t width);

CodecStatus decode_utf8(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out);

/// Bytes that `text` needs in UTF-8; a surrogate counts as the three bytes of surrogatepass.
size_t utf8_size(const TextView& text, bool* has_surrogates = nullptr);
/// Writes utf8_size(text) bytes, surrogates as three bytes each.
void encode_valid_utf8(const TextView& text, uint8_t* target);

CodecStatus encode_utf8(const TextView& text, const EncodeErrors& errors, ByteBuffer& out);

/// One code point (up to 4 bytes); returns the count.
size_t encode_utf8_code(char32_t code, uint8_t* target);

}  // namespace viperine
