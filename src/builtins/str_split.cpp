// SPDX-License-Identifier: MIT
// str methods that cut and join: split, partition, splitlines, strip, join.
#include "base/short_memory.h"
#include "builtins/str_methods.h"
#include "runtime/containers.h"
#include "text/search.h"

namespace viperine {

namespace {

Result<void> append_span(Thread& thread, List* list, Str* text, TextSpan span) {
  Str* part = TRY(substring(thread, text, static_cast<int64_t>(span.start), static_cast<int64_t>(span.end)));
  return list_append_value(thread, list, to_value(part));
}

/// Null for None.
Result<NoneOr<Str*>> separator_of(Thread& thread, Value value) {
  if (value.is_none()) return NoneOr<Str*>();
  if (!is_str(value)) return thread.raise<TypeError>("must be str or None, not {}", type_name_of(value));
  Str* separator = as_str(thread, value);
  if (separator->length() == 0) return thread.raise<ValueError>("empty separator");
  return NoneOr<Str*>(separator);
}

Result<void> split_fields(Thread& thread, Str* self, int64_t limit, List* list) {
  TextView text = view_of(self);
  size_t at = 0;
  TextSpan field;
  while (limit-- > 0) {
    if (!next_field(text, Alphabet::kText, at, field)) return {};
    if (field.start == 0 && field.end == text.length)
      return list_append_value(thread, list, to_value(TRY(exact_text(thread, self))));
    TRY(append_span(thread, list, self, field));
  }
  while (at < text.length && is_space_in(Alphabet::kText, text[at])) ++at;
  if (at < text.length) {
    TRY(append_span(thread, list, self, {at, text.length}));
  }
  return {};
}

Result<void> rsplit_fields(Thread& thread, Str* self, int64_t limit, List* list) {
  TextView text = view_of(self);
  size_t at = text.length;
  TextSpan field;
  while (limit-- > 0) {
    if (!previous_field(text, Alphabet::kText, at, field)) return {};
    TRY(append_span(thread, list, self, field));
  }
  while (at > 0 && is_space_in(Alphabet::kText, text[at - 1])) --at;
  if (at > 0) TRY(append_span(thread, list, self, {0, at}));
  return {};
}

void reverse(List* list) {
  Value* items = list->items();
  for (int64_t i = 0, j = list->length() - 1; i < j; ++i, --j) std::swap(items[i], items[j]);
  if (list->array() != nullptr) list->array()->written();
}

int64_t limit_of(Index maximum) { return maximum.value < 0 ? INT64_MAX : maximum.value; }

}  // namespace

Result<Value> str_split(Thread& thread, Str* self, Value separator_value, Index maximum) {
  NoneOr<Str*> separator = TRY(separator_of(thread, separator_value));
  int64_t limit = limit_of(maximum);
  List* list = List::make(thread.heap());
  if (!separator) {
    TRY(split_fields(thread, self, limit, list));
    return to_value(list);
  }
  TextView text = view_of(self), needle = view_of(separator.get());
  size_t at = 0;
  while (limit-- > 0) {
    size_t found = find_text(text.slice(at, text.length), needle);
    if (found == kNotFound) break;
    TRY(append_span(thread, list, self, {at, at + found}));
    at += found + needle.length;
  }
  TRY(append_span(thread, list, self, {at, text.length}));
  return to_value(list);
}

Result<Value> str_rsplit(Thread& thread, Str* self, Value separator_value, Index maximum) {
  NoneOr<Str*> separator = TRY(separator_of(thread, separator_value));
  int64_t limit = limit_of(maximum);
  List* list = List::make(thread.heap());
  if (!separator) {
    TRY(rsplit_fields(thread, self, limit, list));
    reverse(list);
    return to_value(list);
  }
  TextView text = view_of(self), needle = view_of(separator.get());
  size_t end = text.length;
  while (limit-- > 0) {
    size_t found = rfind_text(text.slice(0, end), needle);
    if (found == kNotFound) break;
    TRY(append_span(thread, list, self, {found + needle.length, end}));
    end = found;
  }
  TRY(append_span(thread, list, self, {0, end}));
  reverse(list);
  return to_value(list);
}

Result<Value> str_splitlines(Thread& thread, Str* self, bool keep_ends) {
  TextView text = view_of(self);
  List* list = List::make(thread.heap());
  size_t at = 0;
  TextSpan line;
  while (next_line(text, Alphabet::kText, at, line)) {
    if (keep_ends) line.end = at;
    TRY(append_span(thread, list, self, line));
  }
  return to_value(list);
}

namespace {

Result<Str*> partition_separator(Thread& thread, Value value) {
  if (!is_str(value)) return thread.raise<TypeError>("must be str, not {}", type_name_of(value));
  Str* separator = as_str(thread, value);
  if (separator->length() == 0) return thread.raise<ValueError>("empty separator");
  return separator;
}

Result<Value> cut(Thread& thread, Str* self, Str* separator, size_t found) {
  auto at = static_cast<int64_t>(found);
  Str* before = TRY(substring(thread, self, 0, at));
  Str* after = TRY(substring(thread, self, at + separator->length(), self->length()));
  return to_value(Tuple::of(thread.heap(), to_value(before), to_value(separator), to_value(after)));
}

}  // namespace

Result<Value> str_partition(Thread& thread, Str* self, Value separator_value) {
  Str* separator = TRY(partition_separator(thread, separator_value));
  size_t found = find_text(view_of(self), view_of(separator));
  if (found != kNotFound) return cut(thread, self, separator, found);
  Value empty = to_value(thread.runtime().empty_str());
  return to_value(Tuple::of(thread.heap(), to_value(TRY(exact_text(thread, self))), empty, empty));
}

Result<Value> str_rpartition(Thread& thread, Str* self, Value separator_value) {
  Str* separator = TRY(partition_separator(thread, separator_value));
  size_t found = rfind_text(view_of(self), view_of(separator));
  if (found != kNotFound) return cut(thread, self, separator, found);
  Value empty = to_value(thread.runtime().empty_str());
  return to_value(Tuple::of(thread.heap(), empty, empty, to_value(TRY(exact_text(thread, self)))));
}

namespace {

Result<Str*> strip(Thread& thread, Str* self, Value characters, Side side, const char* name) {
  TextSpan kept;
  if (characters.is_none()) {
    kept = strip_spaces(view_of(self), Alphabet::kText, side);
  } else {
    if (!is_str(characters)) return thread.raise<TypeError>("{} arg must be None or str", name);
    kept = strip_characters(view_of(self), view_of(as_str(thread, characters)), side);
  }
  return substring(thread, self, static_cast<int64_t>(kept.start), static_cast<int64_t>(kept.end));
}

}  // namespace

Result<Str*> str_strip(Thread& thread, Str* self, Value characters) {
  return strip(thread, self, characters, Side::kBoth, "strip");
}
Result<Str*> str_lstrip(Thread& thread, Str* self, Value characters) {
  return strip(thread, self, characters, Side::kLeft, "lstrip");
}
Result<Str*> str_rstrip(Thread& thread, Str* self, Value characters) {
  return strip(thread, self, characters, Side::kRight, "rstrip");
}

namespace {

/// The items of any iterable as a span; `owner` keeps what was collected.
Result<std::span<const Value>> items_of(Thread& thread, Value iterable, Value& owner) {
  owner = iterable;
  if (is_exact<List>(iterable)) return cast<List>(iterable)->span();
  if (is_exact<Tuple>(iterable)) return cast<Tuple>(iterable)->span();
  const TypeSlots& slots = type_of(thread, iterable)->slots();
  if (slots.iter == nullptr && (slots.get_item == nullptr || slots.is_mapping))
    return thread.raise<TypeError>("can only join an iterable");
  List* list = TRY(list_from_iterable(thread, iterable));
  owner = to_value(list);
  return list->span();
}

}  // namespace

Result<Value> str_join(Thread& thread, Str* self, Value iterable) {
  Value owner;
  std::span<const Value> items = TRY(items_of(thread, iterable, owner));
  if (items.empty()) return to_value(thread.runtime().empty_str());
  if (items.size() == 1 && is_exact<Str>(items[0])) return items[0];
  Str::Width width = items.size() > 1 ? self->width() : Str::Width::Ascii;
  int64_t total = static_cast<int64_t>(items.size() - 1) * self->length();
  for (size_t i = 0; i < items.size(); ++i) {
    if (!is_str(items[i]))
      return thread.raise<TypeError>("sequence item {}: expected str instance, {} found", static_cast<int64_t>(i),
                                     type_name_of(items[i]));
    Str* item = as_str(thread, items[i]);
    width = std::max(width, item->width());
    total += item->length();
  }
  if (total == 0) return to_value(thread.runtime().empty_str());
  Str* result = Str::try_make(thread.heap(), total, width);
  if (result == nullptr) return thread.raise_memory_error();
  auto unit = static_cast<uint8_t>(result->unit_size());
  auto* out = static_cast<uint8_t*>(result->data());
  TextView separator = view_of(self);
  if (unit == 1) {
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) copy_run(out, separator.data, separator.length);
      if (i > 0) out += separator.length;
      Str* item = as_str(thread, items[i]);
      copy_run(out, item->data8(), static_cast<size_t>(item->length()));
      out += item->length();
    }
    if (total == 1) return to_value(make_character(thread, result->data8()[0]));
    return to_value(result);
  }
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0 && separator.length > 0) {
      copy_text(out, unit, separator);
      out += separator.length * unit;
    }
    TextView item = view_of(as_str(thread, items[i]));
    copy_text(out, unit, item);
    out += item.length * unit;
  }
  return to_value(result);
}

}  // namespace viperine
