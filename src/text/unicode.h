// SPDX-License-Identifier: MIT
// The Unicode 14.0 Character Database: properties, case mappings, numbers, decompositions of a code point.
// Normal forms are in normalize.h, names in unicode_names.h. tools/generate_unicode.py packs the tables at build time.
// Every function takes any 32-bit number; what is beyond 0x10FFFF is unassigned. Meanings are those of CPython 3.11's
// str methods and unicodedata, where the two differ from the standard.
#pragma once

#include <cstddef>
#include <cstdint>

#include "text/text_buffer.h"
#include "text/text_view.h"

namespace viperine::unicode {

enum Flags : uint16_t {
  kAlpha = 1 << 0,
  kLower = 1 << 1,
  kUpper = 1 << 2,
  kTitle = 1 << 3,
  kLinebreak = 1 << 4,
  kSpace = 1 << 5,
  kXidStart = 1 << 6,
  kXidContinue = 1 << 7,
  kPrintable = 1 << 8,
  kCaseIgnorable = 1 << 9,
  kCased = 1 << 10,
  kMirrored = 1 << 11,
  kDecimal = 1 << 12,
  kDigit = 1 << 13,
  kNumeric = 1 << 14,
  kSpecialCase = 1 << 15,  // some full mapping is not the one code point of the simple mapping
};

// clang-format off
enum class Category : uint8_t {
  Cn, Lu, Ll, Lt, Mn, Mc, Me, Nd, Nl, No, Zs, Zl, Zp, Cc, Cf, Cs, Co, Lm, Lo, Pc, Pd, Ps, Pe, Pi, Pf, Po, Sm, Sc, Sk, So
};
// clang-format on

struct Record {
  uint8_t category;
  uint8_t bidirectional;
  uint8_t combining;
  uint8_t width;
  uint16_t flags;
  uint8_t quick_check;  // two bits each for NFD, NFKD, NFC, NFKC: 0 yes, 1 no, 2 maybe
  uint8_t numeric;      // place in the table of numeric values
  uint16_t case_record;
};

constexpr int kBlockShift = 7;
extern const uint16_t kRecordIndex[];
extern const uint16_t kRecordNumber[];
extern const Record kRecords[];
extern const uint16_t kLatin1Flags[];

inline const Record& record_of(char32_t code) {
  if (code > 0x10FFFF) return kRecords[0];
  uint32_t block = kRecordIndex[code >> kBlockShift];
  return kRecords[kRecordNumber[(block << kBlockShift) + (code & ((1 << kBlockShift) - 1))]];
}
inline uint16_t flags_of(char32_t code) { return code < 256 ? kLatin1Flags[code] : record_of(code).flags; }

inline bool is_ascii_alpha(char32_t code) { return (code | 0x20) - 'a' < 26; }
inline bool is_ascii_digit(char32_t code) { return code - '0' < 10; }
inline bool is_alpha(char32_t code) { return (flags_of(code) & kAlpha) != 0; }
inline bool is_lower(char32_t code) { return (flags_of(code) & kLower) != 0; }
inline bool is_upper(char32_t code) { return (flags_of(code) & kUpper) != 0; }
inline bool is_title(char32_t code) { return (flags_of(code) & kTitle) != 0; }
inline bool is_linebreak(char32_t code) { return (flags_of(code) & kLinebreak) != 0; }
inline bool is_space(char32_t code) { return (flags_of(code) & kSpace) != 0; }
inline bool is_xid_start(char32_t code) { return (flags_of(code) & kXidStart) != 0; }
inline bool is_xid_continue(char32_t code) { return (flags_of(code) & kXidContinue) != 0; }
/// May stand first in an identifier: XID_Start or an underscore.
inline bool is_identifier_start(char32_t code) { return code == '_' || is_xid_start(code); }
inline bool is_printable(char32_t code) { return (flags_of(code) & kPrintable) != 0; }
inline bool is_case_ignorable(char32_t code) { return (flags_of(code) & kCaseIgnorable) != 0; }
inline bool is_cased(char32_t code) { return (flags_of(code) & kCased) != 0; }
inline bool is_mirrored(char32_t code) { return (flags_of(code) & kMirrored) != 0; }
/// str.isdecimal, isdigit, isnumeric and isalnum of one code point.
inline bool is_decimal(char32_t code) { return (flags_of(code) & kDecimal) != 0; }
inline bool is_digit(char32_t code) { return (flags_of(code) & kDigit) != 0; }
inline bool is_numeric(char32_t code) { return (flags_of(code) & kNumeric) != 0; }
inline bool is_alnum(char32_t code) { return (flags_of(code) & (kAlpha | kDecimal | kDigit | kNumeric)) != 0; }
inline bool is_surrogate(char32_t code) { return (code & 0xFFFFF800) == 0xD800; }

inline Category category(char32_t code) { return static_cast<Category>(record_of(code).category); }
inline uint8_t combining(char32_t code) { return record_of(code).combining; }
const char* category_name(char32_t code);
const char* bidirectional(char32_t code);
const char* east_asian_width(char32_t code);

/// The decimal or digit value, or -1.
int decimal_value(char32_t code);
int digit_value(char32_t code);
/// The numeric value; only where is_numeric().
double numeric_value(char32_t code);

// Simple mappings (one to one). Where only a full mapping exists, its first code point, as the regex engine wants.
char32_t to_lower(char32_t code);
char32_t to_upper(char32_t code);
char32_t to_title(char32_t code);

// Full mappings: write up to three code points, return how many. The final sigma is lower_text's business.
constexpr size_t kLongestCaseMapping = 3;
size_t to_lower_full(char32_t code, char32_t* out);
size_t to_upper_full(char32_t code, char32_t* out);
size_t to_title_full(char32_t code, char32_t* out);
size_t to_folded_full(char32_t code, char32_t* out);

// Whole texts, as the str methods of the same names; they append to `out`.
void lower_text(const TextView& text, TextBuffer& out);
void upper_text(const TextView& text, TextBuffer& out);
void title_text(const TextView& text, TextBuffer& out);
void capitalize_text(const TextView& text, TextBuffer& out);
void swapcase_text(const TextView& text, TextBuffer& out);
void casefold_text(const TextView& text, TextBuffer& out);
bool is_identifier(const TextView& text);

// The single decomposition of UnicodeData.txt: tag ("" or "<compat>" and so on) and up to 18 code points.
struct Decomposition {
  const char* tag;
  uint8_t unit_count;  // 0: none
  const uint16_t* units;  // UTF-16
};
Decomposition decomposition_of(char32_t code);

// unicodedata.ucd_3_2_0: what was different in Unicode 3.2.
namespace old {
bool is_assigned(char32_t code);
const char* category_name(char32_t code);
const char* bidirectional(char32_t code);
const char* east_asian_width(char32_t code);
uint8_t combining(char32_t code);
bool is_mirrored(char32_t code);
int decimal_value(char32_t code);
/// The one code point that `code` decomposed to before a corrigendum, or 0.
char32_t corrected_decomposition(char32_t code);
}  // namespace old

}  // namespace viperine::unicode
