// SPDX-License-Identifier: MIT
// str methods that look for text: find, index, count, startswith, removeprefix, replace and their relatives.
#include <cstring>

#include "builtins/str_methods.h"
#include "text/search.h"

namespace viperine {

Result<SearchRange> search_range(Thread& thread, Optional<Value> start, Optional<Value> stop, int64_t length) {
  SearchRange range{0, length};
  auto position = [&](Optional<Value> value, int64_t fallback) -> Result<int64_t> {
    if (!value || (*value).is_none()) return fallback;
    if ((*value).is_int()) return (*value).as_int();
    if (!is_integer(*value) && type_of(thread, *value)->slots().to_index == nullptr)
      return thread.raise<TypeError>("slice indices must be integers or None or have an __index__ method");
    return to_index_clipped(thread, *value);
  };
  range.start = TRY(position(start, 0));
  range.stop = TRY(position(stop, length));
  if (range.stop > length) range.stop = length;
  if (range.stop < 0) range.stop = range.stop < -length ? 0 : range.stop + length;
  if (range.start < 0) range.start = range.start < -length ? 0 : range.start + length;
  return range;
}

namespace {

Result<Str*> needle_of(Thread& thread, Value value) {
  if (!is_str(value)) return thread.raise<TypeError>("must be str, not {}", type_name_of(value));
  return as_str(thread, value);
}

enum class Direction : uint8_t { kForward, kBackward };

/// Where `sub` is within the range, or -1.
Result<int64_t> search(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop,
                       Direction direction) {
  Str* needle = TRY(needle_of(thread, sub));
  SearchRange range = TRY(search_range(thread, start, stop, self->length()));
  if (range.length() < needle->length()) return int64_t{-1};
  TextView part = view_of(self).slice(static_cast<size_t>(range.start), static_cast<size_t>(range.stop));
  size_t found =
      direction == Direction::kForward ? find_text(part, view_of(needle)) : rfind_text(part, view_of(needle));
  return found == kNotFound ? int64_t{-1} : range.start + static_cast<int64_t>(found);
}

}  // namespace

Result<Value> str_find(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop) {
  return Value::from_int(TRY(search(thread, self, sub, start, stop, Direction::kForward)));
}

Result<Value> str_rfind(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop) {
  return Value::from_int(TRY(search(thread, self, sub, start, stop, Direction::kBackward)));
}

Result<Value> str_index(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop) {
  int64_t found = TRY(search(thread, self, sub, start, stop, Direction::kForward));
  if (found < 0) return thread.raise<ValueError>("substring not found");
  return Value::from_int(found);
}

Result<Value> str_rindex(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop) {
  int64_t found = TRY(search(thread, self, sub, start, stop, Direction::kBackward));
  if (found < 0) return thread.raise<ValueError>("substring not found");
  return Value::from_int(found);
}

Result<Value> str_count(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop) {
  Str* needle = TRY(needle_of(thread, sub));
  SearchRange range = TRY(search_range(thread, start, stop, self->length()));
  if (range.length() < needle->length()) return Value::from_int(0);
  TextView part = view_of(self).slice(static_cast<size_t>(range.start), static_cast<size_t>(range.stop));
  return Value::from_int(static_cast<int64_t>(count_text(part, view_of(needle))));
}

namespace {

bool matches_end(Str* self, const SearchRange& range, Str* affix, Direction direction) {
  if (range.length() < affix->length()) return false;
  TextView part = view_of(self).slice(static_cast<size_t>(range.start), static_cast<size_t>(range.stop));
  return direction == Direction::kForward ? starts_with(part, view_of(affix)) : ends_with(part, view_of(affix));
}

Result<bool> has_affix(Thread& thread, Str* self, Value affix, Optional<Value> start, Optional<Value> stop,
                       Direction direction) {
  const char* name = direction == Direction::kForward ? "startswith" : "endswith";
  SearchRange range = TRY(search_range(thread, start, stop, self->length()));
  if (is_str(affix)) return matches_end(self, range, as_str(thread, affix), direction);
  if (!is<Tuple>(affix))
    return thread.raise<TypeError>("{} first arg must be str or a tuple of str, not {}", name, type_name_of(affix));
  for (Value item : cast<Tuple>(affix)->span()) {
    if (!is_str(item))
      return thread.raise<TypeError>("tuple for {} must only contain str, not {}", name, type_name_of(item));
    if (matches_end(self, range, as_str(thread, item), direction)) return true;
  }
  return false;
}

}  // namespace

Result<bool> str_startswith(Thread& thread, Str* self, Value prefix, Optional<Value> start, Optional<Value> stop) {
  return has_affix(thread, self, prefix, start, stop, Direction::kForward);
}

Result<bool> str_endswith(Thread& thread, Str* self, Value suffix, Optional<Value> start, Optional<Value> stop) {
  return has_affix(thread, self, suffix, start, stop, Direction::kBackward);
}

Result<Str*> str_removeprefix(Thread& thread, Str* self, Str* prefix) {
  if (!starts_with(view_of(self), view_of(prefix))) return exact_text(thread, self);
  return substring(thread, self, prefix->length(), self->length());
}

Result<Str*> str_removesuffix(Thread& thread, Str* self, Str* suffix) {
  if (suffix->length() == 0 || !ends_with(view_of(self), view_of(suffix))) return exact_text(thread, self);
  return substring(thread, self, 0, self->length() - suffix->length());
}

namespace {

/// Writes pieces into a str whose size is known.
class Writer {
 public:
  Writer(Str* target) : target_(target), unit_(static_cast<uint8_t>(target->unit_size())) {}
  void write(const TextView& text) {
    copy_text(static_cast<uint8_t*>(target_->data()) + at_ * unit_, unit_, text);
    at_ += text.length;
  }

 private:
  Str* target_;
  size_t at_ = 0;
  uint8_t unit_;
};

/// An empty `old`: `fresh` before each code point, and behind the last one.
Result<Str*> interleave(Thread& thread, Str* self, Str* fresh, int64_t count) {
  int64_t total, added;
  if (__builtin_mul_overflow(count, fresh->length(), &added) || __builtin_add_overflow(added, self->length(), &total))
    return thread.raise<OverflowError>("replace string is too long");
  Str* result = Str::try_make(thread.heap(), total, std::max(self->width(), fresh->width()));
  if (result == nullptr) return thread.raise_memory_error();
  Writer writer(result);
  TextView text = view_of(self), piece = view_of(fresh);
  size_t at = 0;
  for (int64_t i = 0; i < count; ++i) {
    writer.write(piece);
    if (at < text.length) writer.write(text.slice(at, at + 1));
    ++at;
  }
  if (at < text.length) writer.write(text.slice(at, text.length));
  return result;
}

}  // namespace

Result<Str*> str_replace(Thread& thread, Str* self, Str* old, Str* fresh, Index count) {
  TextView text = view_of(self), needle = view_of(old), piece = view_of(fresh);
  int64_t limit = count.value < 0 ? INT64_MAX : count.value;
  if (limit == 0 || old->equals(fresh) || (old->length() > self->length())) return exact_text(thread, self);
  if (old->length() == 0) return interleave(thread, self, fresh, std::min<int64_t>(limit, self->length() + 1));
  auto found = static_cast<int64_t>(count_text(text, needle, static_cast<size_t>(limit)));
  if (found == 0) return exact_text(thread, self);
  int64_t added, total;
  if (__builtin_mul_overflow(found, fresh->length() - old->length(), &added) ||
      __builtin_add_overflow(added, self->length(), &total))
    return thread.raise<OverflowError>("replace string is too long");
  if (total == 0) return thread.runtime().empty_str();
  auto build = [&](Str* result) {
    Writer writer(result);
    size_t at = 0;
    for (int64_t i = 0; i < found; ++i) {
      size_t next = at + find_text(text.slice(at, text.length), needle);
      writer.write(text.slice(at, next));
      writer.write(piece);
      at = next + needle.length;
    }
    writer.write(text.slice(at, text.length));
  };
  // What replaces may be narrower than what goes: only when it removes wide code points is the width open.
  if (old->width() <= Str::Width::Ascii || old->width() <= fresh->width()) {
    Str* result = Str::try_make(thread.heap(), total, std::max(self->width(), fresh->width()));
    if (result == nullptr) return thread.raise_memory_error();
    build(result);
    return result;
  }
  TextBuffer buffer;
  size_t at = 0;
  for (int64_t i = 0; i < found; ++i) {
    size_t next = at + find_text(text.slice(at, text.length), needle);
    buffer.append(text.slice(at, next));
    buffer.append(piece);
    at = next + needle.length;
  }
  buffer.append(text.slice(at, text.length));
  return make_text(thread, buffer);
}

}  // namespace viperine
