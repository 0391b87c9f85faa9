// SPDX-License-Identifier: MIT
// The encodings that shift: HZ (state: byte 0 tells GB mode) and ISO 2022 (bytes 0 to 2: what G0, G1 and G2 designate,
// byte 4: shifted out, inside an escape that is passed through).
#include <cstring>

#include "text/multibyte.h"
#include "text/multibyte_encodings.h"

namespace viperine {

namespace {

constexpr int kInvalid = 1, kIncomplete = MultibyteStop::kIncomplete, kFine = 0;
constexpr uint8_t kEscape = 0x1B, kShiftOut = 0x0E, kShiftIn = 0x0F;
constexpr uint8_t kShifted = 1, kPassThrough = 2;
constexpr size_t kLongestEscape = 16;

bool ends_escape(uint8_t byte) { return (byte >= 'A' && byte <= 'Z') || byte == '@'; }

/// The EUC form in which iconv has a two-byte set.
const char* euc_of(uint8_t mark) {
  switch (mark) {
    case kMarkKorean:
      return "EUC-KR";
    case kMarkChinese:
      return "EUC-CN";
    case kMarkPlane1of2000:
    case kMarkPlane1of2004:
    case kMarkPlane2:
      return "EUC-JISX0213";
    default:
      return "EUC-JP";
  }
}
bool has_three_byte_form(uint8_t mark) { return mark == kMarkSupplement || mark == kMarkPlane2; }

}  // namespace

bool may_begin_pair(char32_t code) {
  switch (code) {
    case 0xE6:
    case 0x254:
    case 0x28C:
    case 0x259:
    case 0x25A:
    case 0x2E9:
    case 0x2E5:
    case 0xCA:
    case 0xEA:
    case 0x304B:
    case 0x304D:
    case 0x304F:
    case 0x3051:
    case 0x3053:
    case 0x30AB:
    case 0x30AD:
    case 0x30AF:
    case 0x30B1:
    case 0x30B3:
    case 0x30BB:
    case 0x30C4:
    case 0x30C8:
    case 0x31F7:
      return true;
    default:
      return false;
  }
}

int MultibyteCodec::decode_hz(const uint8_t* p, size_t left, uint8_t* state, size_t& used, TextBuffer& out) {
  if (p[0] == '~') {
    if (left < 2) return kIncomplete;
    used = 2;
    if (p[1] == '~' && state[0] == 0)
      out.append('~');
    else if (p[1] == '{' && state[0] == 0)
      state[0] = 1;
    else if (p[1] == '}' && state[0] != 0)
      state[0] = 0;
    else if (p[1] != '\n' || state[0] != 0)
      return kInvalid;
    return kFine;
  }
  if (p[0] >= 0x80) return kInvalid;
  if (state[0] == 0) {
    out.append(p[0]);
    return kFine;
  }
  if (left < 2) return kIncomplete;
  used = 2;
  const uint8_t code[2] = {static_cast<uint8_t>(p[0] | 0x80), static_cast<uint8_t>(p[1] | 0x80)};
  if (p[0] < 0x21 || p[1] >= 0x80) return kInvalid;
  return decode_code(code, 2, out) ? kFine : kInvalid;
}

int MultibyteCodec::encode_hz(char32_t code, uint8_t* state, ByteBuffer& out) {
  if (code < 0x80) {
    if (state[0] != 0) out.append("~}");
    state[0] = 0;
    out.append(static_cast<uint8_t>(code));
    if (code == '~') out.append(uint8_t{'~'});
    return kFine;
  }
  uint8_t bytes[8];
  if (set(encoding_->set)->encode(&code, 1, bytes) != 2) return kInvalid;
  if (state[0] == 0) out.append("~{");
  state[0] = 1;
  out.append(static_cast<uint8_t>(bytes[0] & 0x7F));
  out.append(static_cast<uint8_t>(bytes[1] & 0x7F));
  return kFine;
}

/// The designation that begins at p; returns how many bytes are invalid when it is none of this encoding's.
int MultibyteCodec::decode_escape(const uint8_t* p, size_t left, uint8_t* state, size_t& used) {
  size_t length = 0;
  for (size_t i = 1; i < kLongestEscape; ++i) {
    if (i >= left) return kIncomplete;
    if (ends_escape(p[i])) {
      length = i + 1;
      break;
    }
    if (encoding_->flags == 0 && i + 1 < left && p[i] == '&' && p[i + 1] == '@') i += 2;
  }
  const int invalid = length == 0 ? 1 : static_cast<int>(length);
  uint8_t mark = 0;
  int target = -1;
  const auto target_of = [](uint8_t byte) { return byte == '(' ? 0 : byte == ')' ? 1 : byte == '.' ? 2 : -1; };
  if (length == 3 && p[1] == '$') {
    mark = p[2] | 0x80;
    target = 0;
  } else if (length == 3) {
    mark = p[2];
    target = target_of(p[1]);
  } else if (length == 4 && p[1] == '$' && p[2] != '.') {
    mark = p[3] | 0x80;
    target = target_of(p[2]);
  } else if (length == 6 && std::memcmp(p + 1, "&@\x1B$B", 5) == 0) {
    mark = kMarkJapanese;
    target = 0;
  }
  if (target < 0) return invalid;
  if (mark != kMarkAscii && std::strchr(encoding_->marks, static_cast<char>(mark)) == nullptr) return invalid;
  state[target] = mark;
  used = length;
  return kFine;
}

size_t MultibyteCodec::decode_designated(uint8_t mark, const uint8_t* p, char32_t out[2]) {
  if (mark == kMarkRoman) {
    out[0] = p[0] == 0x5C ? 0xA5 : p[0] == 0x7E ? 0x203E : p[0];
    return 1;
  }
  if (mark == kMarkKatakana) {
    out[0] = char32_t{0xFF40} + p[0];
    return p[0] >= 0x21 && p[0] <= 0x5F ? 1 : 0;
  }
  CharacterSet* characters = set(euc_of(mark));
  if (characters == nullptr || p[0] < 0x21 || p[1] < 0x21 || p[1] >= 0x7F) return 0;
  const uint8_t code[3] = {0x8F, static_cast<uint8_t>(p[0] | 0x80), static_cast<uint8_t>(p[1] | 0x80)};
  return has_three_byte_form(mark) ? characters->decode(code, 3, out) : characters->decode(code + 1, 2, out);
}

int MultibyteCodec::decode_iso2022(const uint8_t* p, size_t left, uint8_t* state, size_t& used, TextBuffer& out) {
  const uint8_t byte = p[0];
  if ((state[4] & kPassThrough) != 0) {
    out.append(byte);
    if (ends_escape(byte)) state[4] &= static_cast<uint8_t>(~kPassThrough);
    return kFine;
  }
  if (byte == kEscape) {
    if (left < 2) return kIncomplete;
    if (std::memchr("()$.&", p[1], 5) != nullptr) return decode_escape(p, left, state, used);
    if ((encoding_->flags & kSingleShift) == 0 || p[1] != 'N') {
      out.append(byte);
      state[4] |= kPassThrough;
      return kFine;
    }
    if (left < 3) return kIncomplete;
    used = 3;
    char32_t greek[2];
    const uint8_t high = static_cast<uint8_t>(p[2] | 0x80);
    if (p[2] >= 0x80) return 3;
    if (state[2] == kMarkAscii)
      out.append(p[2]);
    else if (state[2] == kMarkLatin1)
      out.append(high);
    else if (set("ISO-8859-7") != nullptr && set("ISO-8859-7")->decode(&high, 1, greek) == 1)
      out.append(greek[0]);
    else
      return 3;
    return kFine;
  }
  if ((encoding_->flags & kShifts) != 0 && (byte == kShiftOut || byte == kShiftIn)) {
    state[4] = static_cast<uint8_t>(byte == kShiftOut ? state[4] | kShifted : state[4] & ~kShifted);
    return kFine;
  }
  if (byte >= 0x80) return kInvalid;
  if (byte == '\n') state[4] &= static_cast<uint8_t>(~kShifted);
  const uint8_t mark = (state[4] & kShifted) != 0 ? state[1] : state[0];
  if (byte < 0x20 || mark == kMarkAscii) {
    out.append(byte);
    return kFine;
  }
  used = (mark & 0x80) != 0 ? 2 : 1;
  if (left < used) return kIncomplete;
  char32_t text[2];
  const size_t count = decode_designated(mark, p, text);
  if (count == 0) return static_cast<int>(used);
  for (size_t i = 0; i < count; ++i) out.append(text[i]);
  return kFine;
}

/// kFine with the code in `out` (high bit set for two-byte sets: as EUC has it), or kInvalid.
int MultibyteCodec::encode_designated(uint8_t mark, const char32_t* text, uint8_t out[2]) {
  const char32_t code = text[0];
  if (mark == kMarkRoman) {
    out[0] = code == 0xA5 ? 0x5C : 0x7E;
    return code == 0xA5 || code == 0x203E ? kFine : kInvalid;
  }
  if (mark == kMarkKatakana) {
    out[0] = static_cast<uint8_t>(code - 0xFF40);
    return code >= 0xFF61 && code <= 0xFF9F ? kFine : kInvalid;
  }
  CharacterSet* characters = (mark & 0x80) != 0 ? set(euc_of(mark)) : nullptr;
  if (characters == nullptr) return kInvalid;
  if (std::strcmp(characters->name(), "EUC-JISX0213") == 0 && code == 0x2014) return kInvalid;
  uint8_t bytes[8];
  const size_t size = characters->encode(text, 1, bytes);
  if (size != (has_three_byte_form(mark) ? 3 : 2) || bytes[0] == 0x8E) return kInvalid;
  std::memcpy(out, size == 3 ? bytes + 1 : bytes, 2);
  return kFine;
}

int MultibyteCodec::encode_iso2022(const char32_t* text, uint8_t* state, ByteBuffer& out) {
  const bool is_korean = (encoding_->flags & kShifts) != 0;
  const auto shift_in = [&] {
    if ((state[4] & kShifted) != 0) out.append(kShiftIn);
    state[4] &= static_cast<uint8_t>(~kShifted);
  };
  if (text[0] < 0x80) {
    if (state[0] != kMarkAscii) out.append("\x1B(B");
    state[0] = kMarkAscii;
    shift_in();
    out.append(static_cast<uint8_t>(text[0]));
    return kFine;
  }
  for (const char* marks = encoding_->marks; *marks != 0; ++marks) {
    const uint8_t mark = static_cast<uint8_t>(*marks);
    uint8_t code[2];
    const int status = encode_designated(mark, text, code);
    if (status != kFine) continue;
    uint8_t& designated = state[is_korean ? 1 : 0];
    if (designated != mark) {
      out.append(kEscape);
      if ((mark & 0x80) != 0) out.append(uint8_t{'$'});
      if (is_korean || mark != kMarkJapanese) out.append(static_cast<uint8_t>(is_korean ? ')' : '('));
      out.append(static_cast<uint8_t>(mark & 0x7F));
      designated = mark;
    }
    if (is_korean && (state[4] & kShifted) == 0) {
      out.append(kShiftOut);
      state[4] |= kShifted;
    }
    if (!is_korean) shift_in();
    out.append(static_cast<uint8_t>(code[0] & 0x7F));
    if ((mark & 0x80) != 0) out.append(static_cast<uint8_t>(code[1] & 0x7F));
    return kFine;
  }
  return kInvalid;
}

}  // namespace viperine
