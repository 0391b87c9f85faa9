// SPDX-License-Identifier: MIT
// find, rfind, count and comparison. The quick scan compares the first and the last unit of the needle with 16 bytes of
// the text at a time and verifies what both agree on. When verifying has cost much more than scanning, two-way string
// matching (Crochemore and Perrin 1991) takes over; it needs no memory beyond the needle.
#include "text/search.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/check.h"
#include "text/scan_units.h"
#include "text/unicode.h"

namespace viperine {

namespace {

// The needle in the width of the text.
class Widened {
 public:
  Widened(const TextView& text, uint8_t width) {
    if (text.width == width) {
      data_ = text.data;
      return;
    }
    size_t size = text.length * width;
    void* target = inline_;
    if (size > sizeof inline_) {
      owned_ = std::malloc(size);
      CHECK(owned_ != nullptr);
      target = owned_;
    }
    copy_text(target, width, text);
    data_ = target;
  }
  Widened(const Widened&) = delete;
  Widened& operator=(const Widened&) = delete;
  ~Widened() { std::free(owned_); }
  const void* data() const { return data_; }

 private:
  const void* data_;
  void* owned_ = nullptr;
  alignas(8) uint8_t inline_[256];
};

template <typename Unit>
size_t rfind_unit(const Unit* units, size_t length, Unit wanted) {
  constexpr size_t kBlock = 64 / sizeof(Unit);
  for (; length >= kBlock; length -= kBlock) {
    Unit any = 0;
    for (size_t j = 1; j <= kBlock; ++j) any |= units[length - j] == wanted;
    if (any != 0) break;
  }
  while (length > 0) {
    if (units[--length] == wanted) return length;
  }
  return kNotFound;
}

template <typename Unit>
bool same(const Unit* left, const Unit* right, size_t length) {
  return std::memcmp(left, right, length * sizeof(Unit)) == 0;
}

// Forwards[i] is p[i], Backwards[i] counts from the end: the algorithms below serve both directions.
template <typename Unit>
struct Forwards {
  const Unit* start;
  Forwards(const Unit* units, size_t) : start(units) {}
  Unit operator[](size_t index) const { return start[index]; }
};

template <typename Unit>
struct Backwards {
  const Unit* last;
  Backwards(const Unit* units, size_t length) : last(units + length - 1) {}
  Unit operator[](size_t index) const { return *(last - index); }
};

// The start of the lexicographically greatest suffix, under < or under >, and its period.
template <typename Sequence>
size_t greatest_suffix(Sequence needle, size_t length, bool inverted, size_t& period) {
  size_t best = 0, candidate = 1, offset = 0;
  period = 1;
  while (candidate + offset < length) {
    auto a = needle[candidate + offset], b = needle[best + offset];
    if (inverted ? b < a : a < b) {
      candidate += offset + 1;
      offset = 0;
      period = candidate - best;
    } else if (a == b) {
      if (offset + 1 != period) {
        ++offset;
      } else {
        candidate += period;
        offset = 0;
      }
    } else {
      best = candidate++;
      offset = 0;
      period = 1;
    }
  }
  return best;
}

template <typename Sequence>
size_t two_way(Sequence text, size_t text_length, Sequence needle, size_t length) {
  size_t period, other_period;
  size_t cut = greatest_suffix(needle, length, false, period);
  size_t other_cut = greatest_suffix(needle, length, true, other_period);
  if (other_cut > cut) cut = other_cut, period = other_period;
  bool periodic = cut + period <= length;
  for (size_t i = 0; periodic && i < cut; ++i) periodic = needle[i] == needle[i + period];
  size_t memory = 0;
  size_t jump = periodic ? period : std::max(cut, length - cut) + 1;
  for (size_t position = 0; position + length <= text_length;) {
    size_t i = std::max(cut, memory);
    while (i < length && needle[i] == text[position + i]) ++i;
    if (i < length) {
      position += i - cut + 1;
      memory = 0;
      continue;
    }
    i = cut;
    while (i > memory && needle[i - 1] == text[position + i - 1]) --i;
    if (i <= memory) return position;
    position += jump;
    memory = periodic ? length - period : 0;
  }
  return kNotFound;
}

#ifdef __SSE2__
template <typename Unit>
struct Lanes;
template <>
struct Lanes<uint8_t> {
  static __m128i fill(uint8_t unit) { return _mm_set1_epi8(static_cast<char>(unit)); }
  static __m128i equal(__m128i a, __m128i b) { return _mm_cmpeq_epi8(a, b); }
};
template <>
struct Lanes<uint16_t> {
  static __m128i fill(uint16_t unit) { return _mm_set1_epi16(static_cast<short>(unit)); }
  static __m128i equal(__m128i a, __m128i b) { return _mm_cmpeq_epi16(a, b); }
};
template <>
struct Lanes<uint32_t> {
  static __m128i fill(uint32_t unit) { return _mm_set1_epi32(static_cast<int>(unit)); }
  static __m128i equal(__m128i a, __m128i b) { return _mm_cmpeq_epi32(a, b); }
};
#endif

// The quick scan is allowed this much verification per unit scanned before it gives up.
constexpr size_t kWorkPerUnit = 4, kFreeWork = 4096;

}  // namespace

template <typename Unit>
size_t find_units(const Unit* text, size_t text_length, const Unit* needle, size_t length) {
  Unit first = needle[0], last = needle[length - 1];
  size_t positions = text_length - length + 1;
  size_t work = 0, i = 0;
#ifdef __SSE2__
  constexpr size_t kLanes = 16 / sizeof(Unit);
  __m128i firsts = Lanes<Unit>::fill(first), lasts = Lanes<Unit>::fill(last);
  for (; i + kLanes <= positions; i += kLanes) {
    __m128i at_first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
    __m128i at_last = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i + length - 1));
    __m128i both = _mm_and_si128(Lanes<Unit>::equal(at_first, firsts), Lanes<Unit>::equal(at_last, lasts));
    unsigned mask = static_cast<unsigned>(_mm_movemask_epi8(both));
    while (mask != 0) {
      size_t lane = static_cast<size_t>(__builtin_ctz(mask)) / sizeof(Unit);
      if (same(text + i + lane, needle, length)) return i + lane;
      mask &= ~(((1u << sizeof(Unit)) - 1) << (lane * sizeof(Unit)));
      work += length;
    }
    if (work > kFreeWork + i * kWorkPerUnit) break;
  }
#endif
  for (; i < positions; ++i) {
    if (work > kFreeWork + i * kWorkPerUnit) {
      size_t found = two_way(Forwards<Unit>(text + i, 0), text_length - i, Forwards<Unit>(needle, 0), length);
      return found == kNotFound ? kNotFound : i + found;
    }
    if (text[i] != first || text[i + length - 1] != last) continue;
    if (same(text + i, needle, length)) return i;
    work += length;
  }
  return kNotFound;
}

template size_t find_units(const uint8_t*, size_t, const uint8_t*, size_t);
template size_t find_units(const uint16_t*, size_t, const uint16_t*, size_t);
template size_t find_units(const uint32_t*, size_t, const uint32_t*, size_t);

namespace {

template <typename Unit>
size_t rfind_units(const Unit* text, size_t text_length, const Unit* needle, size_t length) {
  Unit first = needle[0], last = needle[length - 1];
  size_t work = 0;
  for (size_t end = text_length; end >= length; --end) {
    if (work > kFreeWork + (text_length - end) * kWorkPerUnit) {
      size_t found = two_way(Backwards<Unit>(text, end), end, Backwards<Unit>(needle, length), length);
      return found == kNotFound ? kNotFound : end - found - length;
    }
    size_t start = end - length;
    if (text[end - 1] != last || text[start] != first) continue;
    if (same(text + start, needle, length)) return start;
    work += length;
  }
  return kNotFound;
}

// Whether lengths and widths alone settle what find returns.
bool settle(const TextView& text, const TextView& needle, size_t empty_answer, size_t& answer) {
  answer = needle.length == 0 ? empty_answer : kNotFound;
  return needle.length == 0 || needle.length > text.length || needle.width > text.width;
}

template <typename Unit>
int order_of(const Unit* left, const Unit* right, size_t length) {
  if constexpr (sizeof(Unit) == 1) {
    return length == 0 ? 0 : std::memcmp(left, right, length);
  } else {
    for (size_t i = 0; i < length; ++i) {
      if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
    }
    return 0;
  }
}

}  // namespace

size_t find_code(const TextView& text, char32_t code) {
  if (width_for(code) > text.width) return kNotFound;
  return with_width(text, [&](auto* units) {
    return find_unit(units, text.length, static_cast<std::remove_cvref_t<decltype(*units)>>(code));
  });
}

size_t rfind_code(const TextView& text, char32_t code) {
  if (width_for(code) > text.width) return kNotFound;
  return with_width(text, [&](auto* units) {
    return rfind_unit(units, text.length, static_cast<std::remove_cvref_t<decltype(*units)>>(code));
  });
}

size_t find_text(const TextView& text, const TextView& needle) {
  size_t answer;
  if (settle(text, needle, 0, answer)) return answer;
  if (needle.length == 1) return find_code(text, needle[0]);
  Widened wide(needle, text.width);
  return with_width(text, [&](auto* units) {
    return find_units(units, text.length, static_cast<decltype(units)>(wide.data()), needle.length);
  });
}

size_t rfind_text(const TextView& text, const TextView& needle) {
  size_t answer;
  if (settle(text, needle, text.length, answer)) return answer;
  if (needle.length == 1) return rfind_code(text, needle[0]);
  Widened wide(needle, text.width);
  return with_width(text, [&](auto* units) {
    return rfind_units(units, text.length, static_cast<decltype(units)>(wide.data()), needle.length);
  });
}

size_t count_text(const TextView& text, const TextView& needle, size_t limit) {
  if (needle.length == 0) return std::min(text.length + 1, limit);
  if (needle.length > text.length || needle.width > text.width || limit == 0) return 0;
  Widened wide(needle, text.width);
  return with_width(text, [&](auto* units) {
    using Unit = std::remove_cvref_t<decltype(*units)>;
    auto* wanted = static_cast<const Unit*>(wide.data());
    size_t count = 0, position = 0;
    if (needle.length == 1) {
      Unit unit = wanted[0];
      for (size_t i = 0; i < text.length; ++i) count += units[i] == unit;
      return std::min(count, limit);
    }
    while (count < limit && text.length - position >= needle.length) {
      size_t found = find_units(units + position, text.length - position, wanted, needle.length);
      if (found == kNotFound) break;
      ++count;
      position += found + needle.length;
    }
    return count;
  });
}

bool equal_text(const TextView& left, const TextView& right) {
  if (left.length != right.length) return false;
  if (left.length == 0) return true;
  if (left.width == right.width) return std::memcmp(left.data, right.data, left.length * left.width) == 0;
  return compare_text(left, right) == 0;
}

int compare_text(const TextView& left, const TextView& right) {
  size_t length = std::min(left.length, right.length);
  int order = with_width(left, [&](auto* a) {
    return with_width(right, [&](auto* b) {
      if constexpr (sizeof(*a) == sizeof(*b)) {
        return order_of(a, b, length);
      } else {
        for (size_t i = 0; i < length; ++i) {
          if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
        }
        return 0;
      }
    });
  });
  if (order != 0) return order;
  return left.length == right.length ? 0 : left.length < right.length ? -1 : 1;
}

bool starts_with(const TextView& text, const TextView& prefix) {
  return prefix.length <= text.length && equal_text(text.slice(0, prefix.length), prefix);
}

bool ends_with(const TextView& text, const TextView& suffix) {
  return suffix.length <= text.length && equal_text(text.slice(text.length - suffix.length, text.length), suffix);
}

}  // namespace viperine
