// SPDX-License-Identifier: MIT
// The table of multibyte encodings: what each is made of, and single codes where Python's edition of an encoding
// differs from the C library's. Included by multibyte*.cpp only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace viperine {

enum class MultibyteFamily : uint8_t { Double, HangulParts, EucJp, ShiftJis, Cp932, Gb18030, Hz, Iso2022 };

enum MultibyteFlags : uint8_t {
  kPairs = 1,         // two code points may have one code
  kYenInAscii = 2,    // 5C and 7E are the yen sign and the overline
  kFirstEdition = 4,  // JIS X 0213:2000
  kShifts = 8,        // SO and SI
  kSingleShift = 16,  // ESC N
};

/// A code, and the code point that it has in both directions (kEncodeOnly: in one).
struct CodePatch {
  static constexpr uint8_t kBoth = 0, kEncodeOnly = 1, kNoEncoding = 2;
  uint32_t code;  // as many bytes as are not zero; kNoEncoding: 0
  char32_t text;
  uint8_t direction = kBoth;
};

struct MultibyteEncoding {
  std::string_view name;
  MultibyteFamily family;
  uint8_t flags;
  const char* set;       // iconv's name
  const char* fallback;  // for three-byte codes that `set` lacks
  std::span<const CodePatch> patches;
  bool eten;          // Big5: rows C6 to C8 are ETEN's kana, Cyrillic and circled numbers
  const char* marks;  // ISO 2022: final bytes in order of preference; bit 7: two bytes
};

/// Consecutive code points at consecutive codes of rows C6 and C7 of Big5, 157 codes a row.
struct EtenRun {
  uint16_t place;  // from C6A1
  uint16_t text;
  uint16_t count;
};
inline constexpr EtenRun kEtenRuns[] = {{0, 0x30FE, 1},    {1, 0x309D, 2},   {3, 0x3005, 1},   {4, 0x3041, 83},
                                        {87, 0x30A1, 86},  {173, 0x0414, 2}, {175, 0x0401, 1}, {176, 0x0416, 7},
                                        {183, 0x0423, 13}, {196, 0x0430, 6}, {202, 0x0451, 1}, {203, 0x0436, 26},
                                        {229, 0x2460, 10}, {239, 0x2474, 10}};

/// nullptr when there is no such encoding.
const MultibyteEncoding* find_multibyte_encoding(std::string_view name);

// Final bytes of designations; bit 7 tells two-byte sets.
inline constexpr uint8_t kMarkAscii = 'B', kMarkLatin1 = 'A', kMarkGreek = 'F', kMarkRoman = 'J', kMarkKatakana = 'I',
                         kMarkKorean = 'C' | 0x80, kMarkJapanese = 'B' | 0x80, kMarkOldJapanese = '@' | 0x80,
                         kMarkSupplement = 'D' | 0x80, kMarkChinese = 'A' | 0x80, kMarkPlane1of2000 = 'O' | 0x80,
                         kMarkPlane2 = 'P' | 0x80, kMarkPlane1of2004 = 'Q' | 0x80;

}  // namespace viperine
