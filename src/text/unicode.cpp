// SPDX-License-Identifier: MIT
// The packed tables and what needs more than a flag: numbers, case mappings, decompositions, the view of Unicode 3.2.
// The lists of differences of Unicode 3.2 are facts of its UnicodeData.txt; no younger file states them.
#include "text/unicode.h"

#include <algorithm>
#include <iterator>

namespace viperine::unicode {

namespace {

struct CaseRecord {
  int32_t upper, lower, title, fold;  // distances
  uint16_t special;                   // place in kSpecialCases, meaningful with kSpecialCase
};

struct CompositionPair {
  uint32_t first, second, composed;
};

struct OldDecomposition {
  uint32_t code, decomposed;
};

}  // namespace

#include "text/unicode_tables.inc"

namespace {

const CaseRecord& case_of(const Record& record) { return kCaseRecords[record.case_record]; }

enum CaseKind { kToUpper, kToLower, kToTitle, kToFolded };

// A special entry: a word with the four lengths, two bits each, then the code points in the order of CaseKind.
size_t special_case(const CaseRecord& record, CaseKind kind, char32_t* out) {
  const uint16_t* entry = kSpecialCases + record.special;
  uint16_t lengths = *entry++;
  for (int before = 0; before < kind; ++before) entry += lengths >> (2 * before) & 3;
  size_t length = lengths >> (2 * kind) & 3;
  for (size_t i = 0; i < length; ++i) out[i] = entry[i];
  return length;
}

int32_t distance(const CaseRecord& record, CaseKind kind) {
  switch (kind) {
    case kToUpper: return record.upper;
    case kToLower: return record.lower;
    case kToTitle: return record.title;
    case kToFolded: return record.fold;
  }
  return 0;
}

template <CaseKind kind>
size_t map_full(char32_t code, char32_t* out) {
  const Record& record = record_of(code);
  const CaseRecord& mapping = case_of(record);
  if ((record.flags & kSpecialCase) != 0) return special_case(mapping, kind, out);
  *out = code + distance(mapping, kind);
  return 1;
}

template <CaseKind kind>
char32_t map_simple(char32_t code) {
  if (code < 0x80) {
    if constexpr (kind == kToLower) return code - 'A' < 26 ? code + 32 : code;
    return code - 'a' < 26 ? code - 32 : code;
  }
  char32_t out[kLongestCaseMapping];
  map_full<kind>(code, out);
  return out[0];
}

}  // namespace

const char* category_name(char32_t code) { return kCategoryNames[record_of(code).category]; }
const char* bidirectional(char32_t code) { return kBidirectionalNames[record_of(code).bidirectional]; }
const char* east_asian_width(char32_t code) { return kWidthNames[record_of(code).width]; }

int decimal_value(char32_t code) {
  if (code < 0x80) return is_ascii_digit(code) ? static_cast<int>(code - '0') : -1;
  const Record& record = record_of(code);
  return (record.flags & kDecimal) != 0 ? static_cast<int>(kNumericValues[record.numeric]) : -1;
}

int digit_value(char32_t code) {
  const Record& record = record_of(code);
  return (record.flags & kDigit) != 0 ? static_cast<int>(kNumericValues[record.numeric]) : -1;
}

double numeric_value(char32_t code) { return kNumericValues[record_of(code).numeric]; }

char32_t to_lower(char32_t code) { return map_simple<kToLower>(code); }
char32_t to_upper(char32_t code) { return map_simple<kToUpper>(code); }
char32_t to_title(char32_t code) { return map_simple<kToTitle>(code); }
size_t to_lower_full(char32_t code, char32_t* out) { return map_full<kToLower>(code, out); }
size_t to_upper_full(char32_t code, char32_t* out) { return map_full<kToUpper>(code, out); }
size_t to_title_full(char32_t code, char32_t* out) { return map_full<kToTitle>(code, out); }
size_t to_folded_full(char32_t code, char32_t* out) { return map_full<kToFolded>(code, out); }

Decomposition decomposition_of(char32_t code) {
  if (code > 0x10FFFF) return {"", 0, nullptr};
  uint32_t block = kDecompositionIndex[code >> kBlockShift];
  uint32_t offset = kDecompositionOffset[(block << kBlockShift) + (code & ((1 << kBlockShift) - 1))];
  const uint16_t* entry = kDecompositionPool + offset;
  return {kDecompositionTags[*entry >> 8], static_cast<uint8_t>(*entry & 0xFF), entry + 1};
}

char32_t compose_pair(char32_t first, char32_t second) {
  auto less = [](const CompositionPair& pair, const CompositionPair& key) {
    return pair.first != key.first ? pair.first < key.first : pair.second < key.second;
  };
  CompositionPair key = {first, second, 0};
  auto* found = std::lower_bound(std::begin(kCompositionPairs), std::end(kCompositionPairs), key, less);
  if (found == std::end(kCompositionPairs) || found->first != first || found->second != second) return 0;
  return found->composed;
}

namespace old {

namespace {

struct NamedRange {
  uint32_t first, last;
  const char* name;
};

// clang-format off
const NamedRange kCategories[] = {
  {0xA7, 0xA7, "So"}, {0xAA, 0xAA, "Ll"}, {0xAD, 0xAD, "Pd"}, {0xB6, 0xB6, "So"}, {0xBA, 0xBA, "Ll"},
  {0x294, 0x294, "Ll"}, {0x2B9, 0x2BA, "Sk"}, {0x2C6, 0x2CF, "Sk"}, {0x2EC, 0x2EC, "Sk"}, {0x374, 0x374, "Sk"},
  {0x5BE, 0x5BE, "Po"}, {0x6DE, 0x6DE, "Me"}, {0xF14, 0xF14, "So"}, {0x10D0, 0x10F8, "Lo"}, {0x1369, 0x1371, "Nd"},
  {0x13A0, 0x13F4, "Lo"}, {0x166D, 0x166D, "Po"}, {0x1734, 0x1734, "Mn"}, {0x17B4, 0x17B5, "Mc"},
  {0x1885, 0x1886, "Lo"}, {0x200B, 0x200B, "Zs"}, {0x2071, 0x2071, "Ll"}, {0x207F, 0x207F, "Ll"},
  {0x2118, 0x2118, "So"}, {0x2132, 0x2132, "So"}, {0x2183, 0x2183, "Nl"}, {0x2308, 0x230B, "Sm"},
  {0x23B4, 0x23B4, "Ps"}, {0x23B5, 0x23B5, "Pe"}, {0x23B6, 0x23B6, "Po"}, {0x302E, 0x302F, "Mn"},
  {0x30FB, 0x30FB, "Pc"}, {0xA015, 0xA015, "Lo"}, {0xFD3E, 0xFD3E, "Ps"}, {0xFD3F, 0xFD3F, "Pe"},
  {0xFF65, 0xFF65, "Pc"}, {0x10341, 0x10341, "Lo"},
};

const NamedRange kBidirectionals[] = {
  {0x2B, 0x2B, "ET"}, {0x2D, 0x2D, "ET"}, {0x2F, 0x2F, "ES"}, {0xAD, 0xAD, "ON"}, {0x6DD, 0x6DD, "AL"},
  {0x6DE, 0x6DE, "NSM"}, {0x70F, 0x70F, "BN"}, {0xCBF, 0xCBF, "NSM"}, {0xCC6, 0xCC6, "NSM"}, {0x1734, 0x1734, "NSM"},
  {0x17B4, 0x17B5, "L"}, {0x1885, 0x1886, "L"}, {0x202F, 0x202F, "WS"}, {0x2044, 0x2044, "ON"}, {0x207A, 0x207B, "ET"},
  {0x208A, 0x208B, "ET"}, {0x2132, 0x2132, "ON"}, {0x2212, 0x2212, "ET"}, {0x2460, 0x2487, "EN"},
  {0x24EA, 0x24EA, "EN"}, {0x2800, 0x28FF, "ON"}, {0x302E, 0x302F, "NSM"}, {0xFB29, 0xFB29, "ET"},
  {0xFE62, 0xFE63, "ET"}, {0xFF0B, 0xFF0B, "ET"}, {0xFF0D, 0xFF0D, "ET"}, {0xFF0F, 0xFF0F, "ES"},
  {0xFFF9, 0xFFFB, "BN"}, {0x1D6DB, 0x1D6DB, "L"}, {0x1D715, 0x1D715, "L"}, {0x1D74F, 0x1D74F, "L"},
  {0x1D789, 0x1D789, "L"}, {0x1D7C3, 0x1D7C3, "L"},
};

const NamedRange kWidths[] = {{0x231A, 0x231B, "N"}, {0x25FD, 0x25FE, "N"}, {0x2648, 0x2653, "N"}};

const NamedRange kMirrored[] = {
  {0xF3A, 0xF3D, ""}, {0x169B, 0x169C, ""}, {0x29A1, 0x29A1, "Y"}, {0xFE59, 0xFE5E, ""}, {0xFE64, 0xFE65, ""},
  {0x1D6DB, 0x1D6DB, ""}, {0x1D715, 0x1D715, ""}, {0x1D74F, 0x1D74F, ""}, {0x1D789, 0x1D789, ""},
  {0x1D7C3, 0x1D7C3, ""},
};

// Digits that counted as decimals then.
const NamedRange kDecimals[] = {
  {0xB2, 0xB3, ""}, {0xB9, 0xB9, ""}, {0x1369, 0x1371, ""}, {0x2070, 0x2070, ""}, {0x2074, 0x2079, ""},
  {0x2080, 0x2089, ""},
};
// clang-format on

template <size_t count>
const char* find(const NamedRange (&ranges)[count], char32_t code) {
  for (const NamedRange& range : ranges) {
    if (code <= range.last) return code >= range.first ? range.name : nullptr;
  }
  return nullptr;
}

}  // namespace

bool is_assigned(char32_t code) {
  auto* after = std::upper_bound(std::begin(kOldRangeStarts), std::end(kOldRangeStarts), code);
  return (after - std::begin(kOldRangeStarts)) % 2 == 1;
}

const char* category_name(char32_t code) {
  if (!is_assigned(code)) return "Cn";
  const char* name = find(kCategories, code);
  return name != nullptr ? name : unicode::category_name(code);
}

const char* bidirectional(char32_t code) {
  if (!is_assigned(code)) return "";
  const char* name = find(kBidirectionals, code);
  return name != nullptr ? name : unicode::bidirectional(code);
}

const char* east_asian_width(char32_t code) {
  if (!is_assigned(code)) return "F";
  const char* name = find(kWidths, code);
  return name != nullptr ? name : unicode::east_asian_width(code);
}

uint8_t combining(char32_t code) { return is_assigned(code) ? unicode::combining(code) : 0; }

bool is_mirrored(char32_t code) {
  if (!is_assigned(code)) return false;
  const char* name = find(kMirrored, code);
  return name != nullptr ? *name != 0 : unicode::is_mirrored(code);
}

int decimal_value(char32_t code) {
  if (!is_assigned(code)) return -1;
  return find(kDecimals, code) != nullptr ? digit_value(code) : unicode::decimal_value(code);
}

char32_t corrected_decomposition(char32_t code) {
  for (const OldDecomposition& entry : kOldDecompositions) {
    if (entry.code == code) return entry.decomposed;
  }
  return 0;
}

}  // namespace old

}  // namespace viperine::unicode
