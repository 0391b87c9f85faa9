// SPDX-License-Identifier: MIT
// Making str objects: from UTF-8 and code units, interning, ropes, slices, comparison. StringBuilder is in
// string_builder.cpp, UTF-8 and file system encodings with errors are in string_codecs.cpp.
#include "runtime/strings.h"

#include <algorithm>
#include <cstring>

#include "base/short_memory.h"
#include "objects/hashing.h"
#include "runtime/containers.h"
#include "runtime/type_spec.h"
#include "text/text_view.h"

namespace viperine {

namespace {

/// One code point of UTF-8 known to be valid (encoded surrogates included).
inline uint32_t next_code_point(const uint8_t*& at) {
  uint32_t first = *at++;
  if (first < 0x80) return first;
  if (first < 0xE0) return (first & 0x1F) << 6 | (*at++ & 0x3F);
  if (first < 0xF0) {
    uint32_t code = (first & 0x0F) << 12 | (at[0] & 0x3Fu) << 6 | (at[1] & 0x3Fu);
    at += 2;
    return code;
  }
  uint32_t code = (first & 0x07) << 18 | (at[0] & 0x3Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
  at += 3;
  return code;
}

Str::Width width_of_bits(uint32_t bits) {
  return bits < 0x80      ? Str::Width::Ascii
         : bits < 0x100   ? Str::Width::Latin1
         : bits < 0x10000 ? Str::Width::Two
                          : Str::Width::Four;
}

TextView view_of(const Str* text) {
  return {text->data(), static_cast<size_t>(text->length()), static_cast<uint8_t>(text->unit_size())};
}

Str* make_ascii(Thread& thread, std::string_view text) {
  if (text.empty() && thread.runtime().empty_str() != nullptr) return thread.runtime().empty_str();
  if (text.size() == 1) {
    Str* character = thread.runtime().latin1_character(static_cast<uint8_t>(text[0]));
    if (character != nullptr) return character;
  }
  Str* result = Str::try_make(thread.heap(), static_cast<int64_t>(text.size()), Str::Width::Ascii);
  CHECK(result != nullptr);
  if (!text.empty()) std::memcpy(result->data8(), text.data(), text.size());
  return result;
}

}  // namespace

Str* make_str(Thread& thread, std::string_view utf8) {
  auto* begin = reinterpret_cast<const uint8_t*>(utf8.data());
  auto* end = begin + utf8.size();
  if (is_ascii(begin, utf8.size())) return make_ascii(thread, utf8);
  uint32_t bits = 0;
  int64_t length = 0;
  for (auto* at = begin; at < end; ++length) bits |= next_code_point(at);
  if (length == 1 && bits < 0x100) return make_character(thread, bits);
  Str* result = Str::try_make(thread.heap(), length, width_of_bits(bits));
  CHECK(result != nullptr);
  int64_t out = 0;
  for (auto* at = begin; at < end; ++out) {
    uint32_t code = next_code_point(at);
    if (bits < 0x100)
      result->data8()[out] = static_cast<uint8_t>(code);
    else if (bits < 0x10000)
      result->data16()[out] = static_cast<uint16_t>(code);
    else
      result->data32()[out] = code;
  }
  return result;
}

Result<Str*> make_str_from_units(Thread& thread, const void* units, int unit_size, int64_t length) {
  TextView view(units, static_cast<size_t>(length), static_cast<uint8_t>(unit_size));
  return make_str_from_units(thread, units, unit_size, length, text_bits(view));
}

Result<Str*> make_str_from_units(Thread& thread, const void* units, int unit_size, int64_t length, uint32_t bits) {
  TextView view(units, static_cast<size_t>(length), static_cast<uint8_t>(unit_size));
  if (length == 0 && thread.runtime().empty_str() != nullptr) return thread.runtime().empty_str();
  if (length == 1 && bits < 0x100) return make_character(thread, view[0]);
  Str* result = Str::try_make(thread.heap(), length, width_of_bits(bits));
  if (result == nullptr) return thread.raise_memory_error();
  if (unit_size == 1)
    copy_run(result->data8(), units, view.length);
  else
    copy_text(result->data(), static_cast<uint8_t>(result->unit_size()), view);
  return result;
}

Str* make_character(Thread& thread, uint32_t code_point) {
  if (code_point < 256) {
    Str* cached = thread.runtime().latin1_character(static_cast<uint8_t>(code_point));
    if (cached != nullptr) return cached;
  }
  Str* result = Str::try_make(thread.heap(), 1, width_of_bits(code_point));
  if (code_point < 0x100)
    result->data8()[0] = static_cast<uint8_t>(code_point);
  else if (code_point < 0x10000)
    result->data16()[0] = static_cast<uint16_t>(code_point);
  else
    result->data32()[0] = code_point;
  return result;
}

Bytes* make_bytes(Thread& thread, std::string_view data) {
  if (data.empty() && thread.runtime().empty_bytes() != nullptr) return thread.runtime().empty_bytes();
  Bytes* result = Bytes::try_make(thread.heap(), static_cast<int64_t>(data.size()));
  CHECK(result != nullptr);
  if (!data.empty()) std::memcpy(result->data(), data.data(), data.size());
  return result;
}

Result<Bytes*> try_make_bytes(Thread& thread, const void* data, int64_t length) {
  if (length == 0 && thread.runtime().empty_bytes() != nullptr) return thread.runtime().empty_bytes();
  Bytes* result = Bytes::try_make(thread.heap(), length);
  if (result == nullptr) return thread.raise_memory_error();
  if (data != nullptr) std::memcpy(result->data(), data, static_cast<size_t>(length));
  return result;
}

// --- ropes

namespace {

constexpr int64_t kRopeLength = 256;
constexpr int64_t kRopeLeaf = 192;  // leaves grow to this by copying: a rope made of crumbs would be all nodes

int64_t text_length(Value value) {
  return has_kind(value, Kind::Rope) ? cast<Rope>(value)->length() : cast<Str>(value)->length();
}
Str::Width text_width(Value value) {
  return has_kind(value, Kind::Rope) ? cast<Rope>(value)->width() : cast<Str>(value)->width();
}
HeapObject* without_flat_rope(Value value) {
  if (has_kind(value, Kind::Rope) && cast<Rope>(value)->is_flat()) return cast<Rope>(value)->left();
  return value.as_object();
}

/// Copies the text of a tree of ropes behind `target`, from the right end to the left: most ropes lean to the left, so
/// that the list of what is to do stays short.
void fill_from_ropes(Rope* rope, uint8_t* data, size_t unit) {
  constexpr size_t kInline = 64;
  HeapObject* inline_stack[kInline];
  HeapObject** stack = inline_stack;
  size_t depth = 0, capacity = kInline;
  int64_t end = rope->length();
  HeapObject* node = rope;
  for (;;) {
    while (kind_of(node) == Kind::Rope) {
      auto* current = static_cast<Rope*>(node);
      if (current->is_flat()) {
        node = current->left();
        continue;
      }
      if (depth == capacity) {  // pointers only while nothing can be collected
        auto** bigger = static_cast<HeapObject**>(__builtin_malloc(capacity * 2 * sizeof(HeapObject*)));
        CHECK(bigger != nullptr);
        std::memcpy(bigger, stack, capacity * sizeof(HeapObject*));
        if (stack != inline_stack) __builtin_free(stack);
        stack = bigger;
        capacity *= 2;
      }
      stack[depth++] = current->left();
      node = current->right();
    }
    auto* text = static_cast<Str*>(node);
    end -= text->length();
    copy_text(data + static_cast<size_t>(end) * unit, static_cast<uint8_t>(unit), view_of(text));
    if (depth == 0) break;
    node = stack[--depth];
  }
  if (stack != inline_stack) __builtin_free(stack);
}

}  // namespace

Str* flatten(Thread& thread, Rope* rope) {
  if (rope->is_flat()) return static_cast<Str*>(rope->left());
  Str* result = Str::try_make(thread.heap(), rope->length(), rope->width());
  CHECK(result != nullptr);
  fill_from_ropes(rope, reinterpret_cast<uint8_t*>(result->data()), static_cast<size_t>(result->unit_size()));
  rope->become_flat(result);
  return result;
}

namespace {

Str* join_flat(Heap& heap, const Str* left, const Str* right) {
  Str* result = Str::try_make(heap, left->length() + right->length(), std::max(left->width(), right->width()));
  if (result == nullptr) return nullptr;
  auto unit = static_cast<size_t>(result->unit_size());
  auto* data = static_cast<uint8_t*>(result->data());
  if (unit == 1) {
    copy_run(data, left->data8(), static_cast<size_t>(left->length()));
    copy_run(data + left->length(), right->data8(), static_cast<size_t>(right->length()));
    return result;
  }
  copy_text(data, static_cast<uint8_t>(unit), view_of(left));
  copy_text(data + static_cast<size_t>(left->length()) * unit, static_cast<uint8_t>(unit), view_of(right));
  return result;
}

/// The leaf that a short text can be joined to: the outermost one of an unjoined rope; null when there is none.
Str* outer_leaf(HeapObject* node, bool at_right, int64_t more) {
  if (kind_of(node) != Kind::Rope || static_cast<Rope*>(node)->is_flat()) return nullptr;
  HeapObject* leaf = at_right ? static_cast<Rope*>(node)->right() : static_cast<Rope*>(node)->left();
  if (kind_of(leaf) != Kind::Str || static_cast<Str*>(leaf)->length() + more > kRopeLeaf) return nullptr;
  return static_cast<Str*>(leaf);
}

Value make_rope(Heap& heap, HeapObject* left, HeapObject* right, int64_t length, Str::Width width) {
  if (kind_of(right) == Kind::Str) {
    if (Str* leaf = outer_leaf(left, true, static_cast<Str*>(right)->length())) {
      if (Str* joined = join_flat(heap, leaf, static_cast<Str*>(right)))
        left = static_cast<Rope*>(left)->left(), right = joined;
    }
  } else if (kind_of(left) == Kind::Str) {
    if (Str* leaf = outer_leaf(right, false, static_cast<Str*>(left)->length())) {
      if (Str* joined = join_flat(heap, static_cast<Str*>(left), leaf))
        left = joined, right = static_cast<Rope*>(right)->right();
    }
  }
  auto* rope = static_cast<Rope*>(heap.allocate(exact_shape_word(Kind::Rope), sizeof(Rope)));
  rope->initialize(left, right, length, width);
  return to_value(rope);
}

}  // namespace

Result<Value> concatenate(Thread& thread, Value left, Value right) {
  int64_t left_length = text_length(left), right_length = text_length(right);
  if (left_length == 0 && !(has_kind(right, Kind::Str) && !is_exact<Str>(right))) return right;
  if (right_length == 0 && !(has_kind(left, Kind::Str) && !is_exact<Str>(left))) return left;
  int64_t length = left_length + right_length;
  if (length > Str::kMaxLength) return thread.raise_memory_error();
  Str::Width width = std::max(text_width(left), text_width(right));
  Heap& heap = thread.heap();
  if (length >= kRopeLength) return make_rope(heap, without_flat_rope(left), without_flat_rope(right), length, width);
  Str* result = Str::try_make(heap, length, width);
  if (result == nullptr) return thread.raise_memory_error();
  auto unit = static_cast<size_t>(result->unit_size());
  auto* data = static_cast<uint8_t*>(result->data());
  if (unit == 1) {
    copy_run(data, as_str(thread, left)->data8(), static_cast<size_t>(left_length));
    copy_run(data + left_length, as_str(thread, right)->data8(), static_cast<size_t>(right_length));
    return to_value(result);
  }
  copy_text(data, static_cast<uint8_t>(unit), view_of(as_str(thread, left)));
  copy_text(data + static_cast<size_t>(left_length) * unit, static_cast<uint8_t>(unit), view_of(as_str(thread, right)));
  return to_value(result);
}

Result<Str*> substring(Thread& thread, Str* text, int64_t start, int64_t stop) {
  if (start >= stop) return thread.runtime().empty_str();
  if (start == 0 && stop == text->length() && is_exact<Str>(to_value(text))) return text;
  if (stop - start == 1) return make_character(thread, text->at(start));
  if (text->is_ascii()) {
    Str* result = Str::try_make(thread.heap(), stop - start, Str::Width::Ascii);
    if (result == nullptr) return thread.raise_memory_error();
    copy_run(result->data8(), text->data8() + start, static_cast<size_t>(stop - start));
    return result;
  }
  auto unit = text->unit_size();
  return make_str_from_units(thread, static_cast<const uint8_t*>(text->data()) + start * unit, unit, stop - start);
}

int compare_text(const Str* left, const Str* right) {
  int64_t shorter = std::min(left->length(), right->length());
  if (left->unit_size() == 1 && right->unit_size() == 1) {
    int order = std::memcmp(left->data8(), right->data8(), static_cast<size_t>(shorter));
    if (order != 0) return order;
  } else {
    for (int64_t i = 0; i < shorter; ++i) {
      uint32_t a = left->at(i), b = right->at(i);
      if (a != b) return a < b ? -1 : 1;
    }
  }
  return left->length() == right->length() ? 0 : left->length() < right->length() ? -1 : 1;
}

// --- interning: the heap's table of unique objects holds one Str of each interned text, as long as somebody refers to
// it

namespace {
Str* find_interned(const Heap& heap, const Str* text) {
  auto equal = [](const HeapObject* object, const void* key) {
    return static_cast<const Str*>(object)->equals(static_cast<const Str*>(key));
  };
  return static_cast<Str*>(heap.find_unique(text->cached_hash(), equal, text));
}
}  // namespace

Str* intern(Thread& thread, Str* text) {
  if (is_exact<Str>(to_value(text)) && (text->gc_bits() & kGcUnique)) [[likely]]
    return text;
  Heap& heap = thread.heap();
  str_hash30(heap, text);
  if (Str* found = find_interned(heap, text)) return found;
  if (!is_exact<Str>(to_value(text)) || (text->gc_bits() & kGcImmortal) != 0) {  // the image is never written
    Result<Str*> copy = make_str_from_units(thread, text->data(), text->unit_size(), text->length());
    if (copy.is_raised()) {
      thread.clear_pending();
      return text;
    }
    text = copy.take();
    str_hash30(heap, text);
  }
  heap.add_unique(text->cached_hash(), text);
  return text;
}

Str* intern(Thread& thread, std::string_view ascii) {
  if (ascii.size() <= 1) return intern(thread, make_str(thread, ascii));
  // Look first: most names are there already, and then nothing is allocated.
  constexpr size_t kLongest = 128;
  if (ascii.size() <= kLongest && is_ascii(reinterpret_cast<const uint8_t*>(ascii.data()), ascii.size())) {
    alignas(8) char storage[sizeof(Str) + kLongest] = {};
    auto* probe = reinterpret_cast<Str*>(storage);
    probe->set_shape_word(exact_shape_word(Kind::Str));
    probe->initialize(static_cast<int64_t>(ascii.size()), Str::Width::Ascii);
    std::memcpy(probe->data8(), ascii.data(), ascii.size());
    str_hash30(thread.heap(), probe);
    if (Str* found = find_interned(thread.heap(), probe)) return found;
  }
  return intern(thread, make_str(thread, ascii));
}

namespace {

/// Built-in types are named with their module in error texts, classes without.
void append_type_name(StringBuilder& builder, Type* type) {
  if (type->spec_ != nullptr && !type->is_heap_type())
    builder.append(type->spec_->name);
  else
    builder.append(type->name());
}

}  // namespace

Str* format_text(Thread& thread, std::string_view format, const TextArgument* arguments, size_t count) {
  StringBuilder builder(thread);
  size_t next = 0, from = 0;
  for (;;) {
    size_t at = format.find("{}", from);
    if (at == std::string_view::npos || next >= count) break;
    builder.append(format.substr(from, at - from));
    from = at + 2;
    const TextArgument& argument = arguments[next++];
    switch (argument.kind) {
      case TextArgument::Kind::Text:
        builder.append(argument.text);
        break;
      case TextArgument::Kind::Int:
        builder.append_int(argument.number);
        break;
      case TextArgument::Kind::Unsigned:
        builder.append_unsigned(static_cast<uint64_t>(argument.number));
        break;
      case TextArgument::Kind::Character:
        builder.append(static_cast<uint32_t>(argument.number));
        break;
      case TextArgument::Kind::Str:
        if (is_str(argument.value)) builder.append(as_str(thread, argument.value));
        break;
      case TextArgument::Kind::TypeOf:
        append_type_name(builder, type_of(thread, argument.value));
        break;
      case TextArgument::Kind::Type:
        append_type_name(builder, static_cast<Type*>(argument.value.as_object()));
        break;
    }
  }
  builder.append(format.substr(from));
  return MUST(builder.finish());
}

}  // namespace viperine
