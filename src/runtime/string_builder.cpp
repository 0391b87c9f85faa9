// SPDX-License-Identifier: MIT
// StringBuilder: text that grows in malloc memory (code units only) and becomes a str at the end.
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "base/short_memory.h"
#include "runtime/strings.h"
#include "text/text_view.h"

namespace viperine {

StringBuilder::~StringBuilder() {
  if (data_ != inline_) std::free(data_);
}

/// Room for `more` further code points of `unit` bytes.
void StringBuilder::ensure(int64_t more, int unit) {
  unit = std::max(unit, unit_);
  if (unit == unit_ && length_ + more <= capacity_) return;
  int64_t capacity = std::max({length_ + more, capacity_ + capacity_ / 2, int64_t{64} / unit});
  if (unit == unit_ && data_ != inline_) {
    void* bigger = std::realloc(data_, static_cast<size_t>(capacity) * static_cast<size_t>(unit));
    if (bigger == nullptr) {
      failed_ = true;
      return;
    }
    data_ = bigger;
  } else {
    void* bigger = std::malloc(static_cast<size_t>(capacity) * static_cast<size_t>(unit));
    if (bigger == nullptr) {
      failed_ = true;
      return;
    }
    if (length_ > 0)
      copy_text(bigger, static_cast<uint8_t>(unit),
                TextView(data_, static_cast<size_t>(length_), static_cast<uint8_t>(unit_)));
    if (data_ != inline_) std::free(data_);
    data_ = bigger;
    unit_ = unit;
  }
  capacity_ = capacity;
}

void StringBuilder::append_slow(uint32_t code_point) {
  if (failed_) return;
  ensure(1, width_for(code_point));
  if (failed_) return;
  if (unit_ == 1) static_cast<uint8_t*>(data_)[length_++] = static_cast<uint8_t>(code_point);
  else if (unit_ == 2) static_cast<uint16_t*>(data_)[length_++] = static_cast<uint16_t>(code_point);
  else static_cast<uint32_t*>(data_)[length_++] = code_point;
}

void StringBuilder::append(std::string_view utf8) {
  auto* at = reinterpret_cast<const uint8_t*>(utf8.data());
  auto* end = at + utf8.size();
  if (utf8.empty() || failed_) return;
  if (unit_ == 1 && is_ascii(at, utf8.size())) {
    ensure(static_cast<int64_t>(utf8.size()), 1);
    if (failed_) return;
    copy_run(static_cast<uint8_t*>(data_) + length_, at, utf8.size());
    length_ += static_cast<int64_t>(utf8.size());
    return;
  }
  while (at < end) {
    uint32_t code = *at++;
    int more = code < 0x80 ? 0 : code < 0xE0 ? 1 : code < 0xF0 ? 2 : 3;
    if (more > 0) code &= 0x3Fu >> more;
    for (; more > 0; --more) code = code << 6 | (*at++ & 0x3Fu);
    append(code);
  }
}

void StringBuilder::append(Str* text, int64_t start, int64_t stop) {
  if (start >= stop || failed_) return;
  ensure(stop - start, text->unit_size());
  if (failed_) return;
  auto unit = static_cast<size_t>(text->unit_size());
  if (text->unit_size() == 1 && unit_ == 1) {
    copy_run(static_cast<uint8_t*>(data_) + length_, text->data8() + start, static_cast<size_t>(stop - start));
    length_ += stop - start;
    return;
  }
  TextView part(static_cast<const uint8_t*>(text->data()) + static_cast<size_t>(start) * unit,
                static_cast<size_t>(stop - start), static_cast<uint8_t>(unit));
  copy_text(static_cast<uint8_t*>(data_) + static_cast<size_t>(length_) * static_cast<size_t>(unit_),
            static_cast<uint8_t>(unit_), part);
  length_ += stop - start;
}

void StringBuilder::append_repeated(uint32_t code_point, int64_t count) {
  if (count <= 0) return;
  ensure(count, width_for(code_point));
  if (failed_) return;
  if (unit_ == 1) {
    std::memset(static_cast<uint8_t*>(data_) + length_, static_cast<int>(code_point), static_cast<size_t>(count));
    length_ += count;
    return;
  }
  for (int64_t i = 0; i < count; ++i) append(code_point);
}

void StringBuilder::append_int(int64_t number) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, number);
  append(std::string_view(digits, static_cast<size_t>(end.ptr - digits)));
}

void StringBuilder::append_unsigned(uint64_t number) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, number);
  append(std::string_view(digits, static_cast<size_t>(end.ptr - digits)));
}

Result<Str*> StringBuilder::finish() {
  if (failed_ || length_ > Str::kMaxLength) return thread_.raise_memory_error();
  return make_str_from_units(thread_, data_, unit_, length_);
}

}  // namespace viperine
