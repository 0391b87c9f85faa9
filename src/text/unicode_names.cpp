// SPDX-License-Identifier: MIT
// Decoding and searching the packed names. Entries are numbered: named code points in order, aliases, sequences.
// kNameOrder lists the entries sorted by name; a lookup is a binary search that unpacks what it compares.
#include "text/unicode_names.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/check.h"

namespace viperine::unicode {

namespace {

struct NameRange {
  uint32_t first, last, entry;
};

struct CodeRange {
  uint32_t first, last;
};

#include "text/unicode_names.inc"

static_assert(kLongestName + 8 < kLongestNameSize);
constexpr uint32_t kBlock = 16;
constexpr char32_t kFirstSyllable = 0xAC00, kSyllableCount = 11172;
constexpr std::string_view kSyllablePrefix = "HANGUL SYLLABLE ", kIdeographPrefix = "CJK UNIFIED IDEOGRAPH-";

// Unpacks word `number` behind `out`, with its leading space where it has one; returns the new end.
char* append_word(uint32_t number, bool first, char* out) {
  const uint8_t* at = kWordData + kWordStarts[number / kBlock];
  char word[64];
  size_t length = 0;
  for (uint32_t i = 0; i <= number % kBlock; ++i) {
    size_t shared = *at >> 4, rest = *at & 15;
    ++at;
    if (rest == 15) rest = *at++;
    DCHECK(shared + rest <= sizeof word);
    std::memcpy(word + shared, at, rest);
    at += rest;
    length = shared + rest;
  }
  if (!first && word[0] != '-' && word[0] != ' ') *out++ = ' ';
  std::memcpy(out, word, length);
  return out + length;
}

char* append_hexadecimal(char32_t code, char* out) {
  char digits[8];
  size_t count = 0;
  while (count < 4 || code != 0) {
    digits[count++] = "0123456789ABCDEF"[code & 15];
    code >>= 4;
  }
  while (count > 0) *out++ = digits[--count];
  return out;
}

char32_t code_of_entry(uint32_t entry) {
  auto* after = std::upper_bound(std::begin(kNameRanges), std::end(kNameRanges), entry,
                                 [](uint32_t entry, const NameRange& range) { return entry < range.entry; });
  const NameRange& range = after[-1];
  return range.first + (entry - range.entry);
}

size_t unpack_entry(uint32_t entry, char* out) {
  const uint8_t* at = kNameData + kNameStarts[entry / kBlock];
  uint16_t words[32];
  size_t count = 0;
  for (uint32_t i = 0; i <= entry % kBlock; ++i) {
    size_t shared = *at >> 4, fresh = *at & 15;
    ++at;
    count = shared + fresh;
    for (size_t word = shared; word < count; ++word) {
      uint32_t number = *at++;
      if (number >= kShortWords) number = kShortWords + ((number - kShortWords) << 8 | *at++);
      words[word] = static_cast<uint16_t>(number);
    }
  }
  char* end = out;
  for (size_t i = 0; i < count; ++i) {
    end = append_word(words[i], i == 0, end);
    if (end[-1] == '\1') end = append_hexadecimal(code_of_entry(entry), end - 1);
  }
  return end - out;
}

char* append_text(const char* text, char* out) {
  size_t length = std::strlen(text);
  std::memcpy(out, text, length);
  return out + length;
}

bool is_unified_ideograph(char32_t code) {
  for (const CodeRange& range : kIdeographRanges) {
    if (code >= range.first && code <= range.last) return true;
  }
  return false;
}

// The longest of `parts` that `text` starts with, and its length.
template <size_t count>
int longest_part(const char* const (&parts)[count], std::string_view text, size_t& length) {
  int found = -1;
  for (size_t i = 0; i < count; ++i) {
    std::string_view part = parts[i];
    if ((found < 0 || part.size() > length) && text.starts_with(part)) {
      found = static_cast<int>(i);
      length = part.size();
    }
  }
  return found;
}

char32_t code_of_syllable(std::string_view text) {
  size_t length = 0;
  int leading = longest_part(kJamoLeading, text, length);
  if (leading < 0) return kNoCode;
  text.remove_prefix(length);
  int vowel = longest_part(kJamoVowels, text, length);
  if (vowel < 0) return kNoCode;
  text.remove_prefix(length);
  int trailing = longest_part(kJamoTrailing, text, length);
  if (trailing < 0 || length != text.size()) return kNoCode;
  return kFirstSyllable + (leading * 21 + vowel) * 28 + trailing;
}

char32_t code_of_ideograph(std::string_view digits) {
  if (digits.size() != 4 && digits.size() != 5) return kNoCode;
  char32_t code = 0;
  for (char digit : digits) {
    if (digit >= '0' && digit <= '9') {
      code = code * 16 + (digit - '0');
    } else if (digit >= 'A' && digit <= 'F') {
      code = code * 16 + (digit - 'A' + 10);
    } else {
      return kNoCode;
    }
  }
  return is_unified_ideograph(code) ? code : kNoCode;
}

char upper(char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter; }

// The entry with that name, or kNamedTotal.
uint32_t find_entry(std::string_view name) {
  char wanted[kLongestNameSize], found[kLongestNameSize];
  if (name.size() > kLongestName) return kNamedTotal;
  for (size_t i = 0; i < name.size(); ++i) wanted[i] = upper(name[i]);
  std::string_view key(wanted, name.size());
  uint32_t low = 0, high = kNamedTotal;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    int order = key.compare(std::string_view(found, unpack_entry(kNameOrder[middle], found)));
    if (order == 0) return kNameOrder[middle];
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return kNamedTotal;
}

}  // namespace

size_t name_of(char32_t code, char* out) {
  char* end = out;
  if (code - kFirstSyllable < kSyllableCount) {
    uint32_t index = code - kFirstSyllable;
    end = append_text(kSyllablePrefix.data(), end);
    end = append_text(kJamoLeading[index / 588], end);
    end = append_text(kJamoVowels[index % 588 / 28], end);
    return append_text(kJamoTrailing[index % 28], end) - out;
  }
  if (is_unified_ideograph(code)) return append_hexadecimal(code, append_text(kIdeographPrefix.data(), end)) - out;
  auto* after = std::upper_bound(std::begin(kNameRanges), std::end(kNameRanges), code,
                                 [](char32_t code, const NameRange& range) { return code < range.first; });
  if (after == std::begin(kNameRanges) || code > after[-1].last) return 0;
  return unpack_entry(after[-1].entry + (code - after[-1].first), out);
}

size_t lookup_name(std::string_view name, char32_t* out) {
  *out = kNoCode;
  if (name.starts_with(kSyllablePrefix)) *out = code_of_syllable(name.substr(kSyllablePrefix.size()));
  if (*out != kNoCode) return 1;
  if (name.starts_with(kIdeographPrefix)) {
    *out = code_of_ideograph(name.substr(kIdeographPrefix.size()));
    return *out != kNoCode ? 1 : 0;
  }
  uint32_t entry = find_entry(name);
  if (entry == kNamedTotal) return 0;
  if (entry < kNamedCharacters) {
    *out = code_of_entry(entry);
    return 1;
  }
  entry -= kNamedCharacters;
  if (entry < kNamedAliases) {
    *out = kAliasCodes[entry];
    return 1;
  }
  const uint32_t* sequence = kSequencePool + kSequenceAt[entry - kNamedAliases];
  for (size_t i = 0; i < *sequence; ++i) out[i] = sequence[i + 1];
  return *sequence;
}

char32_t code_of_name(std::string_view name) {
  char32_t codes[kLongestSequence];
  return lookup_name(name, codes) == 1 ? codes[0] : kNoCode;
}

}  // namespace viperine::unicode
