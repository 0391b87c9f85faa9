// SPDX-License-Identifier: MIT
// Methods of bytes and bytearray that look for bytes, cut and join.
#include <cstring>

#include "builtins/byte_methods.h"
#include "runtime/containers.h"
#include "text/search.h"

namespace viperine {

namespace {

enum class Direction : uint8_t { kForward, kBackward };

/// What find and count look for: bytes, or one byte given as an int.
class Needle {
 public:
  explicit Needle(Thread& thread) : thread_(thread), buffer_(thread) {}
  Result<void> take(Value value) {
    if (has_buffer(thread_, value)) return buffer_.acquire(value);
    if (!is_integer(value) && type_of(thread_, value)->slots().to_index == nullptr)
      return thread_.raise<TypeError>("argument should be integer or bytes-like object, not '{}'", type_name_of(value));
    byte_ = TRY(to_byte(thread_, value));
    is_byte_ = true;
    return {};
  }
  TextView view() const { return is_byte_ ? TextView(&byte_, 1, 1) : view_of(buffer_.span()); }

 private:
  Thread& thread_;
  BufferScope buffer_;
  uint8_t byte_ = 0;
  bool is_byte_ = false;
};

TextView part_of(Value self, const SearchRange& range) {
  return byte_view(self).slice(static_cast<size_t>(range.start), static_cast<size_t>(range.stop));
}

Result<int64_t> search(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop,
                       Direction direction) {
  Needle needle(thread);
  TRY(needle.take(sub));
  SearchRange range = TRY(search_range(thread, start, stop, static_cast<int64_t>(byte_span(self).size())));
  TextView wanted = needle.view();
  if (range.length() < static_cast<int64_t>(wanted.length)) return int64_t{-1};
  size_t found = direction == Direction::kForward ? find_text(part_of(self, range), wanted)
                                                  : rfind_text(part_of(self, range), wanted);
  return found == kNotFound ? int64_t{-1} : range.start + static_cast<int64_t>(found);
}

Result<Value> found_or_raise(Thread& thread, int64_t found) {
  if (found < 0) return thread.raise<ValueError>("subsection not found");
  return Value::from_int(found);
}

}  // namespace

Result<Value> bytes_find(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop) {
  return Value::from_int(TRY(search(thread, self, sub, start, stop, Direction::kForward)));
}
Result<Value> bytes_rfind(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop) {
  return Value::from_int(TRY(search(thread, self, sub, start, stop, Direction::kBackward)));
}
Result<Value> bytes_index(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop) {
  return found_or_raise(thread, TRY(search(thread, self, sub, start, stop, Direction::kForward)));
}
Result<Value> bytes_rindex(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop) {
  return found_or_raise(thread, TRY(search(thread, self, sub, start, stop, Direction::kBackward)));
}

Result<Value> bytes_count(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop) {
  Needle needle(thread);
  TRY(needle.take(sub));
  SearchRange range = TRY(search_range(thread, start, stop, static_cast<int64_t>(byte_span(self).size())));
  if (range.length() < static_cast<int64_t>(needle.view().length)) return Value::from_int(0);
  return Value::from_int(static_cast<int64_t>(count_text(part_of(self, range), needle.view())));
}

Result<bool> bytes_contains(Thread& thread, Value self, Value item) {
  if (is_integer(item) || (!has_buffer(thread, item) && type_of(thread, item)->slots().to_index != nullptr)) {
    uint8_t byte = TRY(to_byte(thread, item));
    auto data = byte_span(self);
    return !data.empty() && std::memchr(data.data(), byte, data.size()) != nullptr;
  }
  BufferScope needle(thread);
  TRY(needle.acquire(item));
  return find_text(byte_view(self), view_of(needle.span())) != kNotFound;
}

namespace {

Result<bool> matches_end(Thread& thread, Value self, const SearchRange& range, Value affix, Direction direction) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(affix));
  if (range.length() < buffer.length()) return false;
  return direction == Direction::kForward ? starts_with(part_of(self, range), view_of(buffer.span()))
                                          : ends_with(part_of(self, range), view_of(buffer.span()));
}

Result<bool> has_affix(Thread& thread, Value self, Value affix, Optional<Value> start, Optional<Value> stop,
                       Direction direction) {
  SearchRange range = TRY(search_range(thread, start, stop, static_cast<int64_t>(byte_span(self).size())));
  if (is<Tuple>(affix)) {
    for (Value item : cast<Tuple>(affix)->span())
      if (TRY(matches_end(thread, self, range, item, direction))) return true;
    return false;
  }
  if (!has_buffer(thread, affix))
    return thread.raise<TypeError>("{} first arg must be bytes or a tuple of bytes, not {}",
                                   direction == Direction::kForward ? "startswith" : "endswith", type_name_of(affix));
  return matches_end(thread, self, range, affix, direction);
}

}  // namespace

Result<bool> bytes_startswith(Thread& thread, Value self, Value prefix, Optional<Value> start, Optional<Value> stop) {
  return has_affix(thread, self, prefix, start, stop, Direction::kForward);
}
Result<bool> bytes_endswith(Thread& thread, Value self, Value suffix, Optional<Value> start, Optional<Value> stop) {
  return has_affix(thread, self, suffix, start, stop, Direction::kBackward);
}

Result<Value> bytes_removeprefix(Thread& thread, Value self, Value prefix) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(prefix));
  TextView view = byte_view(self);
  if (!starts_with(view, view_of(buffer.span()))) return same_or_copy(thread, self);
  return make_like(thread, self, view.slice(buffer.span().size(), view.length));
}

Result<Value> bytes_removesuffix(Thread& thread, Value self, Value suffix) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(suffix));
  TextView view = byte_view(self);
  if (!ends_with(view, view_of(buffer.span()))) return same_or_copy(thread, self);
  return make_like(thread, self, view.slice(0, view.length - buffer.span().size()));
}

Result<Value> bytes_replace(Thread& thread, Value self, Value old, Value fresh, Index count) {
  BufferScope from(thread), to(thread);
  TRY(from.acquire(old));
  TRY(to.acquire(fresh));
  TextView text = byte_view(self), needle = view_of(from.span()), piece = view_of(to.span());
  auto length = static_cast<int64_t>(text.length), needle_length = from.length();
  int64_t limit = count.value < 0 ? INT64_MAX : count.value, found;
  if (needle_length == 0) found = std::min<int64_t>(limit, length + 1);
  else found = limit == 0 ? 0 : static_cast<int64_t>(count_text(text, needle, static_cast<size_t>(limit)));
  if (found == 0) return same_or_copy(thread, self);
  int64_t added, total;
  if (__builtin_mul_overflow(found, to.length() - needle_length, &added) ||
      __builtin_add_overflow(added, length, &total))
    return thread.raise<OverflowError>("replace bytes is too long");
  Bytes* result = TRY(try_make_bytes(thread, nullptr, total));
  uint8_t* out = result->data();
  auto put = [&](const TextView& part) {
    if (part.length > 0) std::memcpy(out, part.data, part.length);
    out += part.length;
  };
  size_t at = 0;
  for (int64_t i = 0; i < found; ++i) {
    if (needle_length == 0) {
      put(piece);
      if (at < text.length) put(text.slice(at, at + 1));
      ++at;
      continue;
    }
    size_t next = at + find_text(text.slice(at, text.length), needle);
    put(text.slice(at, next));
    put(piece);
    at = next + needle.length;
  }
  if (at < text.length) put(text.slice(at, text.length));
  return has_kind(self, Kind::Bytes) ? Result<Value>(to_value(result)) : make_like(thread, self, result->span());
}

namespace {

Result<void> append_part(Thread& thread, List* list, Value self, size_t start, size_t end) {
  TextView view = byte_view(self);
  Value part = start == 0 && end == view.length ? TRY(same_or_copy(thread, self))
                                                : TRY(make_like(thread, self, view.slice(start, end)));
  return list_append_value(thread, list, part);
}

void reverse(List* list) {
  Value* items = list->items();
  for (int64_t i = 0, j = list->length() - 1; i < j; ++i, --j) std::swap(items[i], items[j]);
  if (list->array() != nullptr) list->array()->written();
}

Result<void> split_fields(Thread& thread, Value self, int64_t limit, List* list) {
  TextView view = byte_view(self);
  size_t at = 0;
  TextSpan field;
  for (; limit > 0 && next_field(view, Alphabet::kBytes, at, field); --limit)
    TRY(append_part(thread, list, self, field.start, field.end));
  if (limit > 0) return {};
  while (at < view.length && is_space_in(Alphabet::kBytes, view[at])) ++at;
  return at < view.length ? append_part(thread, list, self, at, view.length) : Result<void>();
}

Result<void> rsplit_fields(Thread& thread, Value self, int64_t limit, List* list) {
  TextView view = byte_view(self);
  size_t at = view.length;
  TextSpan field;
  for (; limit > 0 && previous_field(view, Alphabet::kBytes, at, field); --limit)
    TRY(append_part(thread, list, self, field.start, field.end));
  if (limit > 0) return {};
  while (at > 0 && is_space_in(Alphabet::kBytes, view[at - 1])) --at;
  return at > 0 ? append_part(thread, list, self, 0, at) : Result<void>();
}

}  // namespace

Result<Value> bytes_split(Thread& thread, Value self, Value separator, Index maximum) {
  int64_t limit = maximum.value < 0 ? INT64_MAX : maximum.value;
  List* list = List::make(thread.heap());
  if (separator.is_none()) {
    TRY(split_fields(thread, self, limit, list));
    return to_value(list);
  }
  BufferScope buffer(thread);
  TRY(buffer.acquire(separator));
  if (buffer.length() == 0) return thread.raise<ValueError>("empty separator");
  TextView view = byte_view(self), needle = view_of(buffer.span());
  size_t at = 0;
  for (; limit > 0; --limit) {
    size_t found = find_text(view.slice(at, view.length), needle);
    if (found == kNotFound) break;
    TRY(append_part(thread, list, self, at, at + found));
    at += found + needle.length;
  }
  TRY(append_part(thread, list, self, at, view.length));
  return to_value(list);
}

Result<Value> bytes_rsplit(Thread& thread, Value self, Value separator, Index maximum) {
  int64_t limit = maximum.value < 0 ? INT64_MAX : maximum.value;
  List* list = List::make(thread.heap());
  if (separator.is_none()) {
    TRY(rsplit_fields(thread, self, limit, list));
    reverse(list);
    return to_value(list);
  }
  BufferScope buffer(thread);
  TRY(buffer.acquire(separator));
  if (buffer.length() == 0) return thread.raise<ValueError>("empty separator");
  TextView view = byte_view(self), needle = view_of(buffer.span());
  size_t end = view.length;
  for (; limit > 0; --limit) {
    size_t found = rfind_text(view.slice(0, end), needle);
    if (found == kNotFound) break;
    TRY(append_part(thread, list, self, found + needle.length, end));
    end = found;
  }
  TRY(append_part(thread, list, self, 0, end));
  reverse(list);
  return to_value(list);
}

Result<Value> bytes_splitlines(Thread& thread, Value self, bool keep_ends) {
  TextView view = byte_view(self);
  List* list = List::make(thread.heap());
  size_t at = 0;
  TextSpan line;
  while (next_line(view, Alphabet::kBytes, at, line))
    TRY(append_part(thread, list, self, line.start, keep_ends ? at : line.end));
  return to_value(list);
}

namespace {

Result<Value> partition(Thread& thread, Value self, Value separator, Direction direction) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(separator));
  if (buffer.length() == 0) return thread.raise<ValueError>("empty separator");
  TextView view = byte_view(self), needle = view_of(buffer.span());
  size_t found = direction == Direction::kForward ? find_text(view, needle) : rfind_text(view, needle);
  Heap& heap = thread.heap();
  if (found == kNotFound) {
    Value whole = TRY(same_or_copy(thread, self));
    Value first = TRY(make_like(thread, self, TextView())), second = TRY(make_like(thread, self, TextView()));
    return to_value(direction == Direction::kForward ? Tuple::of(heap, whole, first, second)
                                                     : Tuple::of(heap, first, second, whole));
  }
  Value before = TRY(make_like(thread, self, view.slice(0, found)));
  Value middle = has_kind(self, Kind::Bytes) ? separator : TRY(make_like(thread, self, needle));
  Value after = TRY(make_like(thread, self, view.slice(found + needle.length, view.length)));
  return to_value(Tuple::of(heap, before, middle, after));
}

Result<Value> strip(Thread& thread, Value self, Value characters, Side side) {
  TextSpan kept;
  if (characters.is_none()) {
    kept = strip_spaces(byte_view(self), Alphabet::kBytes, side);
  } else {
    BufferScope buffer(thread);
    TRY(buffer.acquire(characters));
    kept = strip_characters(byte_view(self), view_of(buffer.span()), side);
  }
  TextView view = byte_view(self);
  if (kept.start == 0 && kept.end == view.length) return same_or_copy(thread, self);
  return make_like(thread, self, view.slice(kept.start, kept.end));
}

}  // namespace

Result<Value> bytes_partition(Thread& thread, Value self, Value separator) {
  return partition(thread, self, separator, Direction::kForward);
}
Result<Value> bytes_rpartition(Thread& thread, Value self, Value separator) {
  return partition(thread, self, separator, Direction::kBackward);
}
Result<Value> bytes_strip(Thread& thread, Value self, Value characters) {
  return strip(thread, self, characters, Side::kBoth);
}
Result<Value> bytes_lstrip(Thread& thread, Value self, Value characters) {
  return strip(thread, self, characters, Side::kLeft);
}
Result<Value> bytes_rstrip(Thread& thread, Value self, Value characters) {
  return strip(thread, self, characters, Side::kRight);
}

Result<Value> bytes_join(Thread& thread, Value self, Value iterable) {
  const TypeSlots& slots = type_of(thread, iterable)->slots();
  if (slots.iter == nullptr && (slots.get_item == nullptr || slots.is_mapping))
    return thread.raise<TypeError>("can only join an iterable");
  List* list = is_exact<List>(iterable) ? cast<List>(iterable) : TRY(list_from_iterable(thread, iterable));
  if (list->length() == 1 && is_exact<Bytes>(list->at(0)) && has_kind(self, Kind::Bytes)) return list->at(0);
  ByteBuffer out;
  for (int64_t i = 0; i < list->length(); ++i) {
    Value item = list->at(i);
    if (i > 0) out.append(byte_span(self).data(), byte_span(self).size());
    if (is<Bytes>(item)) {
      out.append(cast<Bytes>(item)->data(), static_cast<size_t>(cast<Bytes>(item)->length()));
      continue;
    }
    if (!has_buffer(thread, item))
      return thread.raise<TypeError>("sequence item {}: expected a bytes-like object, {} found", i, type_name_of(item));
    BufferScope buffer(thread);
    TRY(buffer.acquire(item));
    out.append(buffer.data(), static_cast<size_t>(buffer.length()));
  }
  return make_like(thread, self, out.view());
}

}  // namespace viperine
