// SPDX-License-Identifier: MIT
// The multibyte encodings of East Asia. Characters come from the C library's iconv, opened per call; here is what the
// encodings are made of: lead bytes, escapes and shifts, pairs of code points with one code, and where the editions
// that Python means differ from the library's. Knows nothing of Python; error handlers are the caller's.
#pragma once

#include <iconv.h>

#include "text/text_buffer.h"

namespace viperine {

/// One iconv descriptor that converts whole characters.
class CharacterConverter {
 public:
  CharacterConverter() = default;
  CharacterConverter(const CharacterConverter&) = delete;
  CharacterConverter& operator=(const CharacterConverter&) = delete;
  ~CharacterConverter() {
    if (is_open()) iconv_close(handle_);
  }
  bool open(const char* to, const char* from) {
    if (!is_open()) handle_ = iconv_open(to, from);
    return is_open();
  }
  /// The number of bytes written; 0 when `input` is not wholly convertible.
  size_t convert(const void* input, size_t size, void* output, size_t room);

 private:
  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
  iconv_t handle_ = reinterpret_cast<iconv_t>(-1);
};

/// One of the character sets that encodings are made of, by the name that iconv has for it.
class CharacterSet {
 public:
  bool open(const char* name) {
    name_ = name;
    return decoder_.open("UTF-32LE", name) && encoder_.open(name, "UTF-32LE");
  }
  /// The number of code points (at most two); 0 when the bytes are no character.
  size_t decode(const uint8_t* bytes, size_t size, char32_t out[2]);
  /// The number of bytes (at most eight); 0 when there is no code.
  size_t encode(const char32_t* text, size_t count, uint8_t out[8]);
  const char* name() const { return name_; }

 private:
  const char* name_ = nullptr;
  CharacterConverter decoder_, encoder_;
};

/// Where a conversion stopped. error: 0 at the end of the input, > 0 so many units are invalid, kIncomplete.
struct MultibyteStop {
  static constexpr int kIncomplete = -1;
  size_t position = 0;
  int error = 0;
};

struct MultibyteEncoding;

/// Code points that have a code of their own together with some that may follow.
bool may_begin_pair(char32_t code);

/// One encoding at work. The shift state is the caller's: eight bytes as an integer, lowest first.
class MultibyteCodec {
 public:
  /// False: no such encoding, or the C library has no tables for it.
  bool open(std::string_view name);
  uint64_t initial_state(bool decoding) const;
  MultibyteStop decode(ByteView input, size_t position, uint64_t& state, TextBuffer& out);
  /// `is_last`: no more text follows, so that a code point that could begin a pair stands alone.
  MultibyteStop encode(const TextView& text, size_t position, bool is_last, uint64_t& state, ByteBuffer& out);
  /// What returns to the initial shift state.
  void reset(uint64_t& state, ByteBuffer& out);

 private:
  static constexpr size_t kSets = 6;
  CharacterSet* set(const char* name);
  int decode_plain(const uint8_t* p, size_t left, size_t& used, TextBuffer& out);
  int decode_double(const uint8_t* p, size_t left, size_t& used, TextBuffer& out);
  int decode_shift_jis(const uint8_t* p, size_t left, size_t& used, TextBuffer& out);
  int decode_gb18030(const uint8_t* p, size_t left, size_t& used, TextBuffer& out);
  int decode_hangul_parts(const uint8_t* p, size_t left, size_t& used, TextBuffer& out);
  int decode_hz(const uint8_t* p, size_t left, uint8_t* state, size_t& used, TextBuffer& out);
  int decode_iso2022(const uint8_t* p, size_t left, uint8_t* state, size_t& used, TextBuffer& out);
  int decode_escape(const uint8_t* p, size_t left, uint8_t* state, size_t& used);
  bool decode_code(const uint8_t* p, size_t size, TextBuffer& out);
  size_t decode_designated(uint8_t mark, const uint8_t* p, char32_t out[2]);

  int encode_plain(const char32_t* text, size_t left, bool is_last, size_t& used, ByteBuffer& out);
  int encode_hz(char32_t code, uint8_t* state, ByteBuffer& out);
  int encode_iso2022(const char32_t* text, uint8_t* state, ByteBuffer& out);
  int encode_designated(uint8_t mark, const char32_t* text, uint8_t out[2]);
  bool encode_patched(char32_t code, uint8_t out[8], size_t& size) const;

  const MultibyteEncoding* encoding_ = nullptr;
  CharacterSet sets_[kSets];
};

}  // namespace viperine
