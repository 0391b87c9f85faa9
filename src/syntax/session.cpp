// SPDX-License-Identifier: MIT
// Interning, normalisation, message formatting and the few UTF-8 helpers of the front end.
// The error messages of UTF-8 follow CPython's decoder: the first maximal ill-formed part is reported.
#include "syntax/session.h"

#include <cstdio>
#include <cstring>

#include "text/normalize.h"
#include "text/text_buffer.h"
#include "text/unicode.h"

namespace viperine::syntax {

namespace {

uint32_t hash_text(std::string_view text) {
  uint32_t hash = 2166136261u;
  for (unsigned char byte : text) hash = (hash ^ byte) * 16777619u;
  return hash;
}

}  // namespace

void Interner::grow() {
  uint32_t capacity = capacity_ ? capacity_ * 2 : 256;
  Slot* slots = static_cast<Slot*>(std::calloc(capacity, sizeof(Slot)));
  CHECK(slots);
  for (uint32_t i = 0; i < capacity_; ++i) {
    if (!slots_[i].data) continue;
    uint32_t place = slots_[i].hash & (capacity - 1);
    while (slots[place].data) place = (place + 1) & (capacity - 1);
    slots[place] = slots_[i];
  }
  std::free(slots_);
  slots_ = slots;
  capacity_ = capacity;
}

std::string_view Interner::intern(std::string_view text) {
  if (used_ * 2 >= capacity_) grow();
  uint32_t hash = hash_text(text);
  uint32_t place = hash & (capacity_ - 1);
  for (; slots_[place].data; place = (place + 1) & (capacity_ - 1)) {
    Slot& slot = slots_[place];
    if (slot.hash == hash && std::string_view(slot.data, slot.size) == text) return {slot.data, slot.size};
  }
  std::string_view copy = arena_.copy(text);
  slots_[place] = {copy.data(), static_cast<uint32_t>(copy.size()), hash};
  ++used_;
  return copy;
}

std::string_view Session::identifier(std::string_view text) {
  bool ascii = true;
  for (unsigned char byte : text) ascii &= byte < 0x80;
  if (ascii) return interner_.intern(text);
  TextBuffer decoded;
  TextBuffer normal;
  for (size_t i = 0; i < text.size();) {
    uint32_t code_point = 0;
    int size = decode_utf8(text.substr(i), &code_point);
    if (!size) return interner_.intern(text);
    decoded.append(code_point);
    i += size;
  }
  unicode::normalize(decoded.view(), unicode::NormalForm::kKc, normal);
  Buffer<char> bytes;
  for (size_t i = 0; i < normal.length(); ++i) {
    char units[4];
    int size = encode_utf8(normal[i], units);
    for (int j = 0; j < size; ++j) bytes.push(units[j]);
  }
  return interner_.intern({bytes.data(), bytes.size()});
}

bool Session::is_identifier_start(uint32_t code_point) const { return unicode::is_identifier_start(code_point); }
bool Session::is_identifier_continue(uint32_t code_point) const { return unicode::is_xid_continue(code_point); }
bool Session::is_printable(uint32_t code_point) const { return unicode::is_printable(code_point); }

std::string_view Session::format_list(const char* format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int size = std::vsnprintf(nullptr, 0, format, again);
  va_end(again);
  char* text = static_cast<char*>(arena_.allocate(size + 1));
  std::vsnprintf(text, size + 1, format, arguments);
  return {text, static_cast<size_t>(size)};
}

std::string_view Session::format(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::string_view text = format_list(format, arguments);
  va_end(arguments);
  return text;
}

int encode_utf8(uint32_t code_point, char* out) {
  if (code_point < 0x80) {
    out[0] = static_cast<char>(code_point);
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = static_cast<char>(0xC0 | code_point >> 6);
    out[1] = static_cast<char>(0x80 | (code_point & 0x3F));
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = static_cast<char>(0xE0 | code_point >> 12);
    out[1] = static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    out[2] = static_cast<char>(0x80 | (code_point & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | code_point >> 18);
  out[1] = static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
  out[2] = static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
  out[3] = static_cast<char>(0x80 | (code_point & 0x3F));
  return 4;
}

namespace {

struct Decoded {
  int size;            // bytes of the character, or of the ill-formed part
  const char* reason;  // nullptr: well-formed
  uint32_t code_point;
};

/// Reads one character, or the maximal ill-formed part as the Unicode standard (and CPython) delimit it.
Decoded decode_one(std::string_view text, bool allow_surrogates) {
  auto byte = [&](size_t i) -> uint32_t { return static_cast<unsigned char>(text[i]); };
  uint32_t lead = byte(0);
  if (lead < 0x80) return {1, nullptr, lead};
  if (lead < 0xC2 || lead > 0xF4) return {1, "invalid start byte", 0};
  int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t code_point = lead & (0x7F >> length);
  uint32_t low = 0x80, high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED && !allow_surrogates) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (int i = 1; i < length; ++i) {
    if (static_cast<size_t>(i) >= text.size()) return {i, "unexpected end of data", 0};
    uint32_t next = byte(i);
    if (next < low || next > high) return {i, "invalid continuation byte", 0};
    code_point = code_point << 6 | (next & 0x3F);
    low = 0x80, high = 0xBF;
  }
  return {length, nullptr, code_point};
}

}  // namespace

int decode_utf8(std::string_view text, uint32_t* code_point, bool allow_surrogates) {
  if (text.empty()) return 0;
  Decoded decoded = decode_one(text, allow_surrogates);
  if (decoded.reason) return 0;
  *code_point = decoded.code_point;
  return decoded.size;
}

int32_t count_characters(std::string_view text) {
  int32_t count = 0;
  for (size_t i = 0; i < text.size(); ++count) {
    if (static_cast<unsigned char>(text[i]) < 0x80)
      ++i;
    else
      i += decode_one(text.substr(i), false).size;
  }
  return count;
}

std::string_view replace_undecodable(Arena& arena, std::string_view text) {
  bool clean = true;
  for (size_t i = 0; i < text.size() && clean;) {
    Decoded decoded = decode_one(text.substr(i), false);
    clean = !decoded.reason;
    i += decoded.size;
  }
  if (clean) return text;
  Buffer<char> out;
  for (size_t i = 0; i < text.size();) {
    Decoded decoded = decode_one(text.substr(i), false);
    std::string_view piece = decoded.reason ? std::string_view("\xEF\xBF\xBD") : text.substr(i, decoded.size);
    for (char byte : piece) out.push(byte);
    i += decoded.size;
  }
  return arena.copy(std::string_view(out.data(), out.size()));
}

std::string_view utf8_error_message(Session& session, std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    Decoded decoded = decode_one(text.substr(i), false);
    if (decoded.reason) {
      if (decoded.size == 1) {
        return session.format("'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                              static_cast<unsigned char>(text[i]), i, decoded.reason);
      }
      return session.format("'utf-8' codec can't decode bytes in position %zu-%zu: %s", i, i + decoded.size - 1,
                            decoded.reason);
    }
    i += decoded.size;
  }
  return {};
}

}  // namespace viperine::syntax
