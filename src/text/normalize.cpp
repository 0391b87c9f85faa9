// SPDX-License-Identifier: MIT
// Normal forms after UAX #15: decompose fully, order by combining class, then compose. Hangul by arithmetic.
// The quick check comes first, so text that is already normal is only read.
#include "text/normalize.h"

#include <cstdlib>

#include "base/check.h"
#include "text/unicode.h"

namespace viperine::unicode {

namespace {

constexpr char32_t kSyllables = 0xAC00, kLeading = 0x1100, kVowels = 0x1161, kTrailing = 0x11A7;
constexpr uint32_t kLeadingCount = 19, kVowelCount = 21, kTrailingCount = 28;
constexpr uint32_t kSyllableCount = kLeadingCount * kVowelCount * kTrailingCount;

// Growing array of code points.
class Codes {
 public:
  Codes() = default;
  Codes(const Codes&) = delete;
  Codes& operator=(const Codes&) = delete;
  ~Codes() { std::free(data_); }
  void append(char32_t code) {
    if (length_ == capacity_) {
      capacity_ = capacity_ * 2 + 32;
      data_ = static_cast<char32_t*>(std::realloc(data_, capacity_ * sizeof(char32_t)));
      CHECK(data_ != nullptr);
    }
    data_[length_++] = code;
  }
  char32_t& operator[](size_t index) { return data_[index]; }
  size_t length() const { return length_; }

 private:
  char32_t* data_ = nullptr;
  size_t length_ = 0, capacity_ = 0;
};

bool is_compatibility(NormalForm form) { return form == NormalForm::kKd || form == NormalForm::kKc; }
bool is_composing(NormalForm form) { return form == NormalForm::kC || form == NormalForm::kKc; }

void decompose(char32_t code, bool compatibility, Edition edition, Codes& out) {
  if (code < 0xA0) return out.append(code);
  if (code - kSyllables < kSyllableCount) {
    uint32_t index = code - kSyllables;
    out.append(kLeading + index / (kVowelCount * kTrailingCount));
    out.append(kVowels + index % (kVowelCount * kTrailingCount) / kTrailingCount);
    if (index % kTrailingCount != 0) out.append(kTrailing + index % kTrailingCount);
    return;
  }
  if (edition == Edition::kOld) {
    if (!old::is_assigned(code)) return out.append(code);
    if (char32_t corrected = old::corrected_decomposition(code)) return out.append(corrected);
  }
  Decomposition parts = decomposition_of(code);
  if (parts.unit_count == 0 || (*parts.tag != 0 && !compatibility)) return out.append(code);
  // A decomposition's parts may decompose again; the depth is at most 4 in the data.
  for (size_t i = 0; i < parts.unit_count; ++i) {
    char32_t part = parts.units[i];
    if ((part & 0xFC00) == 0xD800 && i + 1 < parts.unit_count) {
      part = 0x10000 + ((part & 0x3FF) << 10) + (parts.units[++i] & 0x3FF);
    }
    decompose(part, compatibility, edition, out);
  }
}

// Stable insertion sort of every run of non-zero combining classes.
void reorder(Codes& codes) {
  for (size_t i = 1; i < codes.length(); ++i) {
    uint8_t rank = combining(codes[i]);
    if (rank == 0) continue;
    char32_t code = codes[i];
    size_t place = i;
    while (place > 0 && combining(codes[place - 1]) > rank) {
      codes[place] = codes[place - 1];
      --place;
    }
    codes[place] = code;
  }
}

char32_t compose_any(char32_t first, char32_t second) {
  if (first - kLeading < kLeadingCount && second - kVowels < kVowelCount) {
    return kSyllables + ((first - kLeading) * kVowelCount + (second - kVowels)) * kTrailingCount;
  }
  if (first - kSyllables < kSyllableCount && (first - kSyllables) % kTrailingCount == 0 &&
      second - kTrailing - 1 < kTrailingCount - 1) {
    return first + (second - kTrailing);
  }
  if (second < 0x300) return 0;
  return compose_pair(first, second);
}

// In place: `starter` is where the last starter was written, `last_rank` the class of what followed it and stayed.
size_t compose(Codes& codes) {
  constexpr size_t kNone = static_cast<size_t>(-1);
  size_t written = 0, starter = kNone;
  int last_rank = -1;
  for (size_t i = 0; i < codes.length(); ++i) {
    char32_t code = codes[i];
    int rank = combining(code);
    if (starter != kNone && (last_rank < rank || (last_rank == -1 && rank == 0))) {
      if (char32_t composed = compose_any(codes[starter], code)) {
        codes[starter] = composed;
        continue;
      }
    }
    if (rank == 0) {
      starter = written;
      last_rank = -1;
    } else {
      last_rank = rank;
    }
    codes[written++] = code;
  }
  return written;
}

bool is_ascii_word(const TextView& text, const char* word) {
  size_t i = 0;
  for (; i < text.length && word[i] != 0; ++i) {
    if (text[i] != static_cast<uint8_t>(word[i])) return false;
  }
  return i == text.length && word[i] == 0;
}

}  // namespace

bool parse_normal_form(const TextView& name, NormalForm& form) {
  const char* const names[] = {"NFD", "NFKD", "NFC", "NFKC"};
  for (int i = 0; i < 4; ++i) {
    if (!is_ascii_word(name, names[i])) continue;
    form = static_cast<NormalForm>(i);
    return true;
  }
  return false;
}

QuickCheck quick_check(const TextView& text, NormalForm form) {
  if (text.width == 1 && is_ascii(text.bytes(), text.length)) return QuickCheck::kYes;
  int shift = 2 * static_cast<int>(form);
  return with_width(text, [&](auto* units) {
    QuickCheck result = QuickCheck::kYes;
    uint8_t last_rank = 0;
    for (size_t i = 0; i < text.length; ++i) {
      if (units[i] < 0xA0) {
        last_rank = 0;
        continue;
      }
      const Record& record = record_of(units[i]);
      if (record.combining != 0 && last_rank > record.combining) return QuickCheck::kNo;
      last_rank = record.combining;
      switch (record.quick_check >> shift & 3) {
        case 1: return QuickCheck::kNo;
        case 2: result = QuickCheck::kMaybe; break;
      }
    }
    return result;
  });
}

void normalize(const TextView& text, NormalForm form, TextBuffer& out, Edition edition) {
  if (edition == Edition::kCurrent && quick_check(text, form) == QuickCheck::kYes) return out.append(text);
  Codes codes;
  with_width(text, [&](auto* units) {
    for (size_t i = 0; i < text.length; ++i) decompose(units[i], is_compatibility(form), edition, codes);
  });
  reorder(codes);
  size_t length = is_composing(form) ? compose(codes) : codes.length();
  out.reserve(length);
  for (size_t i = 0; i < length; ++i) out.append(codes[i]);
}

bool is_normalized(const TextView& text, NormalForm form, Edition edition) {
  if (edition == Edition::kCurrent) {
    QuickCheck quick = quick_check(text, form);
    if (quick != QuickCheck::kMaybe) return quick == QuickCheck::kYes;
  }
  TextBuffer normal;
  normalize(text, form, normal, edition);
  if (normal.length() != text.length) return false;
  for (size_t i = 0; i < text.length; ++i) {
    if (text[i] != normal[i]) return false;
  }
  return true;
}

}  // namespace viperine::unicode
