// SPDX-License-Identifier: MIT
#include "text/multibyte_encodings.h"

namespace viperine {

namespace {

using Patch = CodePatch;
constexpr uint8_t kEncodeOnly = Patch::kEncodeOnly, kNoEncoding = Patch::kNoEncoding;

constexpr Patch kEucJp[] = {{0x5C, 0xA5, kEncodeOnly}, {0x7E, 0x203E, kEncodeOnly}};
constexpr Patch kCp932[] = {{0, 0xA5, kNoEncoding}, {0, 0x2014, kNoEncoding}, {0, 0x203E, kNoEncoding}};
constexpr Patch kEucJisx0213[] = {{0xA1BD, 0x2015},         {0xA2D6, 0x2985},         {0xA2D7, 0x2986},
                                  {0, 0x2014, kNoEncoding}, {0, 0xFF5F, kNoEncoding}, {0, 0xFF60, kNoEncoding}};
constexpr Patch kShiftJisx0213[] = {{0x815C, 0x2015},         {0x81D4, 0x2985},         {0x81D5, 0x2986},
                                    {0x815F, 0x5C},           {0x81B0, 0x7E},           {0, 0x2014, kNoEncoding},
                                    {0, 0xFF5F, kNoEncoding}, {0, 0xFF60, kNoEncoding}, {0, 0xFF3C, kNoEncoding},
                                    {0, 0xFF5E, kNoEncoding}};
constexpr Patch kBig5[] = {{0xA145, 0x2022}, {0xA14E, 0xFF64}, {0xA1C2, 0x203E}, {0xA1E3, 0x223C},
                           {0xA1F2, 0x2641}, {0xA1F3, 0x2609}, {0xA241, 0xFF0F}, {0xA242, 0xFF3C},
                           {0xA244, 0xA5},   {0xA246, 0xA2},   {0xA247, 0xA3},   {0, 0x20AC, kNoEncoding}};
constexpr Patch kCp950[] = {{0xA246, 0xA2, kEncodeOnly},
                            {0xA247, 0xA3, kEncodeOnly},
                            {0xA244, 0xA5, kEncodeOnly},
                            {0xA1C2, 0x203E, kEncodeOnly}};
constexpr Patch kBig5Hkscs[] = {{0xA15A, 0x2574}, {0xA1C3, 0xFFE3}, {0xA1C5, 0x02CD}};
constexpr Patch kJohab[] = {{0x5C, 0x5C}, {0, 0x20A9, kNoEncoding}, {0, 0x327E, kNoEncoding}};
constexpr Patch kGbk[] = {{0, 0x20AC, kNoEncoding}};
// The edition of 2000 has private code points where that of 2005 has characters, which it reaches with four bytes.
constexpr Patch kGb18030[] = {
    {0xA6D9, 0xE78D},      {0x84318236, 0xFE10},  {0xA6DA, 0xE78E},      {0x84318238, 0xFE12},  {0xA6DB, 0xE78F},
    {0x84318237, 0xFE11},  {0xA6DC, 0xE790},      {0x84318239, 0xFE13},  {0xA6DD, 0xE791},      {0x84318330, 0xFE14},
    {0xA6DE, 0xE792},      {0x84318331, 0xFE15},  {0xA6DF, 0xE793},      {0x84318332, 0xFE16},  {0xA6EC, 0xE794},
    {0x84318333, 0xFE17},  {0xA6ED, 0xE795},      {0x84318334, 0xFE18},  {0xA6F3, 0xE796},      {0x84318335, 0xFE19},
    {0xA8BC, 0xE7C7},      {0x8135F437, 0x1E3F},  {0xFE51, 0xE816},      {0x95329031, 0x20087}, {0xFE52, 0xE817},
    {0x95329033, 0x20089}, {0xFE53, 0xE818},      {0x95329730, 0x200CC}, {0xFE59, 0xE81E},      {0x82359037, 0x9FB4},
    {0xFE61, 0xE826},      {0x82359038, 0x9FB5},  {0xFE66, 0xE82B},      {0x82359039, 0x9FB6},  {0xFE67, 0xE82C},
    {0x82359130, 0x9FB7},  {0xFE6C, 0xE831},      {0x9536B937, 0x215D7}, {0xFE6D, 0xE832},      {0x82359131, 0x9FB8},
    {0xFE76, 0xE83B},      {0x9630BA35, 0x2298F}, {0xFE7E, 0xE843},      {0x82359132, 0x9FB9},  {0xFE90, 0xE854},
    {0x82359133, 0x9FBA},  {0xFE91, 0xE855},      {0x9635B630, 0x241FE}, {0xFEA0, 0xE864},      {0x82359134, 0x9FBB}};

using enum MultibyteFamily;
constexpr MultibyteEncoding kEncodings[] = {
    {"big5", Double, 0, "BIG5", nullptr, kBig5, true, nullptr},
    {"big5hkscs", Double, kPairs, "BIG5-HKSCS", nullptr, kBig5Hkscs, false, nullptr},
    {"cp932", Cp932, 0, "CP932", nullptr, kCp932, false, nullptr},
    {"cp949", Double, 0, "UHC", nullptr, {}, false, nullptr},
    {"cp950", Double, 0, "CP950", nullptr, kCp950, true, nullptr},
    {"euc_jis_2004", EucJp, kPairs, "EUC-JISX0213", "EUC-JP", kEucJisx0213, false, nullptr},
    {"euc_jisx0213", EucJp, kPairs | kFirstEdition, "EUC-JISX0213", "EUC-JP", kEucJisx0213, false, nullptr},
    {"euc_jp", EucJp, 0, "EUC-JP", nullptr, kEucJp, false, nullptr},
    {"euc_kr", HangulParts, 0, "EUC-KR", nullptr, {}, false, nullptr},
    {"gb18030", Gb18030, 0, "GB18030", nullptr, kGb18030, false, nullptr},
    {"gb2312", Double, 0, "EUC-CN", nullptr, {}, false, nullptr},
    {"gbk", Double, 0, "GBK", nullptr, kGbk, false, nullptr},
    {"hz", Hz, 0, "EUC-CN", nullptr, {}, false, nullptr},
    {"iso2022_jp", Iso2022, 0, nullptr, nullptr, {}, false, "\xC2J\xC0"},
    {"iso2022_jp_1", Iso2022, 0, nullptr, nullptr, {}, false, "\xC2\xC4J\xC0"},
    {"iso2022_jp_2",
     Iso2022,
     kSingleShift,
     nullptr,
     nullptr,
     {},
     false,
     "\xC2\xC4\xC3\xC1J\xC0"
     "AF"},
    {"iso2022_jp_2004", Iso2022, kPairs, nullptr, nullptr, {}, false, "\xC2\xD1\xD0"},
    {"iso2022_jp_3", Iso2022, kPairs, nullptr, nullptr, {}, false, "\xC2\xCF\xD0"},
    {"iso2022_jp_ext", Iso2022, 0, nullptr, nullptr, {}, false, "\xC2\xC4JI\xC0"},
    {"iso2022_kr", Iso2022, kShifts, nullptr, nullptr, {}, false, "\xC3"},
    {"johab", Double, 0, "JOHAB", nullptr, kJohab, false, nullptr},
    {"shift_jis", ShiftJis, 0, "SHIFT_JIS", nullptr, {}, false, nullptr},
    {"shift_jis_2004", ShiftJis, kPairs | kYenInAscii, "SHIFT_JISX0213", nullptr, kShiftJisx0213, false, nullptr},
    {"shift_jisx0213", ShiftJis, kPairs | kYenInAscii | kFirstEdition, "SHIFT_JISX0213", nullptr, kShiftJisx0213, false,
     nullptr},
};

}  // namespace

const MultibyteEncoding* find_multibyte_encoding(std::string_view name) {
  for (const MultibyteEncoding& encoding : kEncodings)
    if (encoding.name == name) return &encoding;
  return nullptr;
}

}  // namespace viperine
