// SPDX-License-Identifier: MIT
// Converters, and the encodings without shift states: double bytes, EUC, Shift_JIS, GB 18030. HZ and ISO 2022 are in
// multibyte_shifts.cpp.
#include "text/multibyte.h"

#include <cstring>

#include "text/multibyte_encodings.h"

namespace viperine {

namespace {

constexpr int kInvalid = 1, kIncomplete = MultibyteStop::kIncomplete, kFine = 0;

uint32_t number_of(const uint8_t* p, size_t size) {
  uint32_t number = 0;
  for (size_t i = 0; i < size; ++i) number = number << 8 | p[i];
  return number;
}
size_t bytes_of(uint32_t number, uint8_t* out) {
  size_t size = number > 0xFFFFFF ? 4 : number > 0xFFFF ? 3 : number > 0xFF ? 2 : 1;
  for (size_t i = 0; i < size; ++i) out[i] = static_cast<uint8_t>(number >> (8 * (size - 1 - i)));
  return size;
}

/// What JIS X 0213 got in 2004.
bool is_of_2004(char32_t code) {
  constexpr char32_t kAdded[] = {0x4FF1, 0x525D, 0x541E, 0x5653, 0x59F8, 0x5C5B, 0x5E77, 0x7626, 0x7E6B, 0x20B9F};
  for (char32_t added : kAdded)
    if (code == added) return true;
  return false;
}

/// ETEN's part of Big5; 0: nothing there.
char32_t eten_character(const uint8_t* p) {
  const int column = p[1] >= 0xA1 && p[1] <= 0xFE ? p[1] - 0xA1 + 63 : p[1] >= 0x40 && p[1] <= 0x7E ? p[1] - 0x40 : -1;
  const int place = (p[0] - 0xC6) * 157 + column - 63;
  for (const EtenRun& run : kEtenRuns)
    if (column >= 0 && place >= run.place && place < run.place + run.count)
      return static_cast<char32_t>(run.text + place - run.place);
  return 0;
}
size_t eten_code(char32_t code, uint8_t* out) {
  for (const EtenRun& run : kEtenRuns) {
    if (code < run.text || code >= char32_t{run.text} + run.count) continue;
    const uint32_t place = run.place + (code - run.text) + 63, column = place % 157;
    out[0] = static_cast<uint8_t>(0xC6 + place / 157);
    out[1] = static_cast<uint8_t>(column < 63 ? 0x40 + column : 0xA1 + column - 63);
    return 2;
  }
  return 0;
}
bool is_private(char32_t code) { return code >= 0xE000 && code <= 0xF8FF; }

// The letters of Hangul that KS X 1001 has at A4A1 and on, as leading consonant and as final one; -1: not used so.
constexpr int8_t kLeading[30] = {0,  1, -1, 2, -1, -1, 3,  4,  5,  -1, -1, -1, -1, -1, -1,
                                 -1, 6, 7,  8, -1, 9,  10, 11, 12, 13, 14, 15, 16, 17, 18};
constexpr int8_t kTrailing[30] = {1,  2,  3,  4,  5,  6,  7,  -1, 8,  9,  10, 11, 12, 13, 14,
                                  15, 16, 17, -1, 18, 19, 20, 21, 22, -1, 23, 24, 25, 26, 27};
constexpr uint8_t kLetters = 0xA4, kFiller = 0xD4, kFirstLetter = 0xA1, kFirstVowel = 0xBF;
int letter_place(const int8_t (&table)[30], int value) {
  for (int i = 0; i < 30; ++i)
    if (table[i] == value) return i;
  return -1;
}

}  // namespace

size_t CharacterConverter::convert(const void* input, size_t size, void* output, size_t room) {
  iconv(handle_, nullptr, nullptr, nullptr, nullptr);
  char* from = const_cast<char*>(static_cast<const char*>(input));
  char* to = static_cast<char*>(output);
  const size_t all = room;
  if (iconv(handle_, &from, &size, &to, &room) == static_cast<size_t>(-1) || size != 0) return 0;
  if (iconv(handle_, nullptr, nullptr, &to, &room) == static_cast<size_t>(-1)) return 0;
  return all - room;
}

size_t CharacterSet::decode(const uint8_t* bytes, size_t size, char32_t out[2]) {
  return decoder_.convert(bytes, size, out, 2 * sizeof(char32_t)) / sizeof(char32_t);
}
size_t CharacterSet::encode(const char32_t* text, size_t count, uint8_t out[8]) {
  return encoder_.convert(text, count * sizeof(char32_t), out, 8);
}

bool MultibyteCodec::open(std::string_view name) {
  encoding_ = find_multibyte_encoding(name);
  if (encoding_ == nullptr) return false;
  return encoding_->set == nullptr || set(encoding_->set) != nullptr;
}

CharacterSet* MultibyteCodec::set(const char* name) {
  for (CharacterSet& entry : sets_) {
    if (entry.name() == nullptr) return entry.open(name) ? &entry : nullptr;
    if (std::strcmp(entry.name(), name) == 0) return &entry;
  }
  return nullptr;
}

uint64_t MultibyteCodec::initial_state(bool decoding) const {
  if (encoding_->family != MultibyteFamily::Iso2022) return 0;
  return kMarkAscii | (kMarkAscii << 8) | (decoding ? kMarkAscii << 16 : 0);
}

// --- decoding

MultibyteStop MultibyteCodec::decode(ByteView input, size_t position, uint64_t& state, TextBuffer& out) {
  uint8_t shifts[8];
  std::memcpy(shifts, &state, 8);
  MultibyteStop stop{position, kFine};
  while (stop.position < input.size() && stop.error == kFine) {
    const uint8_t* p = input.data() + stop.position;
    const size_t left = input.size() - stop.position;
    size_t used = 1;
    switch (encoding_->family) {
      case MultibyteFamily::Hz:
        stop.error = decode_hz(p, left, shifts, used, out);
        break;
      case MultibyteFamily::Iso2022:
        stop.error = decode_iso2022(p, left, shifts, used, out);
        break;
      case MultibyteFamily::Double:
      case MultibyteFamily::HangulParts:
      case MultibyteFamily::EucJp:
      case MultibyteFamily::ShiftJis:
      case MultibyteFamily::Cp932:
      case MultibyteFamily::Gb18030:
        stop.error = decode_plain(p, left, used, out);
        break;
    }
    if (stop.error == kFine) stop.position += used;
  }
  std::memcpy(&state, shifts, 8);
  return stop;
}

int MultibyteCodec::decode_plain(const uint8_t* p, size_t left, size_t& used, TextBuffer& out) {
  if (p[0] < 0x80) {
    const bool yen = (encoding_->flags & kYenInAscii) != 0;
    out.append(yen && p[0] == 0x5C ? 0xA5 : yen && p[0] == 0x7E ? 0x203E : p[0]);
    return kFine;
  }
  switch (encoding_->family) {
    case MultibyteFamily::ShiftJis:
    case MultibyteFamily::Cp932:
      return decode_shift_jis(p, left, used, out);
    case MultibyteFamily::Gb18030:
      return decode_gb18030(p, left, used, out);
    case MultibyteFamily::HangulParts:
      if (left >= 2 && p[0] == kLetters && p[1] == kFiller) return decode_hangul_parts(p, left, used, out);
      return decode_double(p, left, used, out);
    case MultibyteFamily::Double:
    case MultibyteFamily::EucJp:
    case MultibyteFamily::Hz:
    case MultibyteFamily::Iso2022:
      return decode_double(p, left, used, out);
  }
  return kInvalid;
}

/// A code of `size` bytes that is one character, or two that combine.
bool MultibyteCodec::decode_code(const uint8_t* p, size_t size, TextBuffer& out) {
  const uint32_t number = number_of(p, size);
  for (const CodePatch& patch : encoding_->patches)
    if (patch.code == number && patch.direction == CodePatch::kBoth) {
      out.append(patch.text);
      return true;
    }
  if (encoding_->eten && size == 2 && number >= 0xC6A1 && number <= 0xC8FE) {
    const char32_t found = eten_character(p);
    if (found != 0) out.append(found);
    return found != 0;
  }
  char32_t text[2] = {};
  size_t count = set(encoding_->set)->decode(p, size, text);
  if (count == 0 && size == 3 && encoding_->fallback != nullptr) {
    CharacterSet* more = set(encoding_->fallback);
    count = more == nullptr ? 0 : more->decode(p, size, text);
  }
  if (count == 0 || (count == 2 && ((encoding_->flags & kPairs) == 0 || text[1] < 0x100))) return false;
  if ((encoding_->flags & kFirstEdition) != 0 && is_of_2004(text[0])) return false;
  if (encoding_->eten && is_private(text[0])) return false;
  out.append(text[0]);
  if (count == 2) out.append(text[1]);
  return true;
}

int MultibyteCodec::decode_double(const uint8_t* p, size_t left, size_t& used, TextBuffer& out) {
  if (left < 2) return kIncomplete;
  const bool is_euc_jp = encoding_->family == MultibyteFamily::EucJp;
  used = is_euc_jp && p[0] == 0x8F ? 3 : 2;
  if (left < used) return kIncomplete;
  if (is_euc_jp && p[0] == 0x8E) {
    if (p[1] < 0xA1 || p[1] > 0xDF) return kInvalid;
    out.append(char32_t{0xFF61} + p[1] - 0xA1);
    return kFine;
  }
  const bool is_euc = is_euc_jp || encoding_->family == MultibyteFamily::HangulParts;
  if (p[0] == 0x80 || p[0] == 0xFF || (is_euc && p[0] < 0xA1 && used == 2)) return kInvalid;
  return decode_code(p, used, out) ? kFine : kInvalid;
}

int MultibyteCodec::decode_shift_jis(const uint8_t* p, size_t left, size_t& used, TextBuffer& out) {
  if (p[0] >= 0xA1 && p[0] <= 0xDF) {
    out.append(char32_t{0xFF61} + p[0] - 0xA1);
    return kFine;
  }
  const bool is_cp932 = encoding_->family == MultibyteFamily::Cp932;
  if (p[0] == 0x80 || p[0] == 0xA0 || p[0] >= 0xFD) {
    if (!is_cp932) return kInvalid;
    out.append(p[0] == 0x80 ? 0x80 : p[0] == 0xA0 ? 0xF8F0 : char32_t{0xF8F1} + p[0] - 0xFD);
    return kFine;
  }
  if (left < 2) return kIncomplete;
  used = 2;
  return decode_code(p, 2, out) ? kFine : kInvalid;
}

int MultibyteCodec::decode_gb18030(const uint8_t* p, size_t left, size_t& used, TextBuffer& out) {
  if (left < 2) return kIncomplete;
  used = p[1] >= 0x30 && p[1] <= 0x39 ? 4 : 2;
  if (left < used) return kIncomplete;
  if (p[0] == 0x80 || p[0] == 0xFF) return kInvalid;
  if (used == 4 && (p[2] < 0x81 || p[2] == 0xFF || p[3] < 0x30 || p[3] > 0x39)) return kInvalid;
  return decode_code(p, used, out) ? kFine : kInvalid;
}

/// KS X 1001 spells a syllable that it lacks: filler, leading consonant, vowel, final consonant or filler.
int MultibyteCodec::decode_hangul_parts(const uint8_t* p, size_t left, size_t& used, TextBuffer& out) {
  used = 8;
  if (left < used) return kIncomplete;
  if (p[2] != kLetters || p[4] != kLetters || p[6] != kLetters) return kInvalid;
  const int lead = p[3] >= kFirstLetter && p[3] < kFirstVowel ? kLeading[p[3] - kFirstLetter] : -1;
  const int vowel = p[5] >= kFirstVowel && p[5] < kFiller ? p[5] - kFirstVowel : -1;
  const int tail = p[7] == kFiller                              ? 0
                   : p[7] >= kFirstLetter && p[7] < kFirstVowel ? kTrailing[p[7] - kFirstLetter]
                                                                : -1;
  if (lead < 0 || vowel < 0 || tail < 0) return kInvalid;
  out.append(static_cast<char32_t>(0xAC00 + (lead * 21 + vowel) * 28 + tail));
  return kFine;
}

// --- encoding

MultibyteStop MultibyteCodec::encode(const TextView& text, size_t position, bool is_last, uint64_t& state,
                                     ByteBuffer& out) {
  uint8_t shifts[8];
  std::memcpy(shifts, &state, 8);
  MultibyteStop stop{position, kFine};
  while (stop.position < text.length && stop.error == kFine) {
    char32_t codes[2] = {text[stop.position], 0};
    size_t left = text.length - stop.position, used = 1;
    if (left > 1) codes[1] = text[stop.position + 1];
    switch (encoding_->family) {
      case MultibyteFamily::Hz:
        stop.error = encode_hz(codes[0], shifts, out);
        break;
      case MultibyteFamily::Iso2022:
        stop.error = encode_iso2022(codes, shifts, out);
        break;
      case MultibyteFamily::Double:
      case MultibyteFamily::HangulParts:
      case MultibyteFamily::EucJp:
      case MultibyteFamily::ShiftJis:
      case MultibyteFamily::Cp932:
      case MultibyteFamily::Gb18030:
        stop.error = encode_plain(codes, left, is_last, used, out);
        break;
    }
    if (stop.error == kFine) stop.position += used;
  }
  std::memcpy(&state, shifts, 8);
  return stop;
}

/// True when a patch decides; size 0: no code.
bool MultibyteCodec::encode_patched(char32_t code, uint8_t out[8], size_t& size) const {
  if ((encoding_->flags & kFirstEdition) != 0 && is_of_2004(code)) {
    size = 0;
    return true;
  }
  if (encoding_->eten && (is_private(code) || eten_code(code, out) != 0)) {
    size = is_private(code) ? 0 : 2;
    return true;
  }
  for (const CodePatch& patch : encoding_->patches)
    if (patch.text == code) {
      size = patch.direction == CodePatch::kNoEncoding ? 0 : bytes_of(patch.code, out);
      return true;
    }
  return false;
}

int MultibyteCodec::encode_plain(const char32_t* text, size_t left, bool is_last, size_t& used, ByteBuffer& out) {
  const char32_t code = text[0];
  const bool yen = (encoding_->flags & kYenInAscii) != 0;
  if (code < 0x80 && !(yen && (code == 0x5C || code == 0x7E))) {
    out.append(static_cast<uint8_t>(code));
    return kFine;
  }
  uint8_t bytes[8];
  size_t size = 0;
  const bool is_patched = encode_patched(code, bytes, size);
  if (encoding_->family == MultibyteFamily::Cp932 && (code == 0x80 || (code >= 0xF8F0 && code <= 0xF8F3))) {
    bytes[0] = static_cast<uint8_t>(code == 0x80 ? 0x80 : code == 0xF8F0 ? 0xA0 : 0xFD + (code - 0xF8F1));
    size = 1;
  } else if (!is_patched) {
    CharacterSet* characters = set(encoding_->set);
    size = characters->encode(text, 1, bytes);
    if (size == 0 && encoding_->fallback != nullptr && set(encoding_->fallback) != nullptr) {
      size = set(encoding_->fallback)->encode(text, 1, bytes);
      if (size != 3) size = 0;
    }
    if ((encoding_->flags & kPairs) != 0 && size == 2) {
      // iconv holds back what may begin a pair: a code point whose pair has a code of its own.
      uint8_t both[8];
      if (left > 1 && text[1] >= 0x100 && characters->encode(text, 2, both) == 2) {
        used = 2;
        out.append(both, 2);
        return kFine;
      }
      if (left == 1 && !is_last && may_begin_pair(code)) return kIncomplete;
    }
    if (encoding_->family == MultibyteFamily::HangulParts && size == 0 && code >= 0xAC00 && code <= 0xD7A3) {
      const int syllable = static_cast<int>(code - 0xAC00), tail = syllable % 28;
      const int lead = letter_place(kLeading, syllable / 588), last = letter_place(kTrailing, tail);
      const uint8_t parts[8] = {kLetters, kFiller,
                                kLetters, static_cast<uint8_t>(kFirstLetter + lead),
                                kLetters, static_cast<uint8_t>(kFirstVowel + syllable / 28 % 21),
                                kLetters, tail == 0 ? kFiller : static_cast<uint8_t>(kFirstLetter + last)};
      out.append(parts, 8);
      return kFine;
    }
    if (size == 1 && bytes[0] >= 0x80 && encoding_->family != MultibyteFamily::ShiftJis &&
        encoding_->family != MultibyteFamily::Cp932)
      size = 0;  // the C1 controls that iconv lets through
  }
  if (size == 0) return kInvalid;
  out.append(bytes, size);
  return kFine;
}

void MultibyteCodec::reset(uint64_t& state, ByteBuffer& out) {
  uint8_t shifts[8];
  std::memcpy(shifts, &state, 8);
  if (encoding_->family == MultibyteFamily::Hz && shifts[0] != 0) {
    out.append("~}");
    shifts[0] = 0;
  } else if (encoding_->family == MultibyteFamily::Iso2022) {
    if ((shifts[4] & 1) != 0) out.append(uint8_t{0x0F});
    shifts[4] &= static_cast<uint8_t>(~1);
    if (shifts[0] != kMarkAscii) out.append("\x1B(B");
    shifts[0] = kMarkAscii;
  }
  std::memcpy(&state, shifts, 8);
}

}  // namespace viperine
