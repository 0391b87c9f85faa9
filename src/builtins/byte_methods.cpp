// SPDX-License-Identifier: MIT
// Methods of bytes and bytearray about single bytes: case, classes, padding, translation, hexadecimal; and what their
// constructors take.
#include "base/short_memory.h"
#include "builtins/byte_methods.h"

#include <cstring>
#include <string>

#include "builtins/container_support.h"
#include "builtins/memoryview.h"
#include "numeric/binary_text.h"
#include "runtime/codecs.h"
#include "runtime/warnings.h"
#include "text/search.h"
#include "text/unicode.h"

namespace viperine {

Result<Value> make_like(Thread& thread, Value self, std::span<const uint8_t> data) {
  if (!has_kind(self, Kind::Bytes)) return to_value(TRY(make_bytearray(thread, data)));
  return to_value(TRY(try_make_bytes(thread, data.data(), static_cast<int64_t>(data.size()))));
}
Result<Value> make_like(Thread& thread, Value self, const TextView& view) {
  return make_like(thread, self, std::span<const uint8_t>(view.bytes(), view.length));
}
Result<Value> same_or_copy(Thread& thread, Value self) {
  if (is_exact<Bytes>(self)) return self;
  return make_like(thread, self, byte_span(self));
}

Result<uint8_t> to_byte(Thread& thread, Value value, const char* what) {
  Value index = TRY(to_index(thread, value));
  int64_t number;
  if (!int_fits_int64(index, &number) || number < 0 || number > 255)
    return thread.raise<ValueError>("{} must be in range(0, 256)", what);
  return static_cast<uint8_t>(number);
}

Result<Value> bytes_repeat(Thread& thread, Value self, int64_t count) {
  auto data = byte_span(self);
  auto length = static_cast<int64_t>(data.size());
  if (count == 1) return same_or_copy(thread, self);
  if (count <= 0 || length == 0) return make_like(thread, self, TextView());
  int64_t total;
  if (__builtin_mul_overflow(length, count, &total) || total > Value::kMaxInt / 2) return thread.raise_memory_error();
  auto fill = [&](uint8_t* out) {
    std::memcpy(out, byte_span(self).data(), static_cast<size_t>(length));
    for (int64_t done = length; done < total; done *= 2)
      std::memcpy(out + done, out, static_cast<size_t>(std::min(done, total - done)));
  };
  if (has_kind(self, Kind::Bytes)) {
    Bytes* result = TRY(try_make_bytes(thread, nullptr, total));
    fill(result->data());
    return to_value(result);
  }
  ByteArray* result = TRY(make_bytearray(thread, {}));
  TRY(bytearray_resize(thread, result, total));
  fill(result->data());
  return to_value(result);
}

/// -b: comparisons for equality with text (and of bytes with int) are probably mistakes.
static Result<void> warn_of_comparison(Thread& thread, Value self, Value other) {
  const char* kind = has_kind(self, Kind::Bytes) ? "bytes" : "bytearray";
  const char* what = is_str(other) ? "string" : is_integer(other) && *(kind + 5) == 0 ? "int" : nullptr;
  if (what == nullptr) return {};
  return warn(thread, thread.runtime().exception_type<BytesWarning>(),
              std::string("Comparison between ") + kind + " and " + what);
}

Result<void> warn_of_str(Thread& thread, std::string_view text) {
  if (thread.runtime().options().bytes_warning == 0) return {};
  return warn(thread, thread.runtime().exception_type<BytesWarning>(), text);
}

Result<Value> bytes_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (is_exact<Bytes>(self) && is_exact<Bytes>(other) && (op == Comparison::Equal || op == Comparison::NotEqual)) {
    auto *a = cast<Bytes>(self), *b = cast<Bytes>(other);
    bool equal = a->length() == b->length() && equal_runs(a->data(), b->data(), static_cast<size_t>(a->length()));
    return Value::from_bool(equal == (op == Comparison::Equal));
  }
  if (!has_buffer(thread, other)) {
    if (thread.runtime().options().bytes_warning != 0 && (op == Comparison::Equal || op == Comparison::NotEqual))
      TRY(warn_of_comparison(thread, self, other));
    return Value::not_implemented();
  }
  BufferScope buffer(thread);
  if (is_byte_string(other) && is_byte_string(self)) {
    auto a = byte_span(self), b = byte_span(other);
    if (a.size() != b.size() && op == Comparison::Equal) return Value::false_();
    if (a.size() != b.size() && op == Comparison::NotEqual) return Value::true_();
    size_t shorter = std::min(a.size(), b.size());
    int order = shorter == 0 ? 0 : std::memcmp(a.data(), b.data(), shorter);
    if (order == 0) return Value::from_bool(holds(static_cast<int64_t>(a.size()), static_cast<int64_t>(b.size()), op));
    return Value::from_bool(holds(order, 0, op));
  }
  // bytes leaves other buffers to the other operand; bytearray compares with them.
  if (has_kind(self, Kind::Bytes)) return Value::not_implemented();
  auto acquired = buffer.acquire(other);
  if (acquired.is_raised()) {
    thread.clear_pending();
    return Value::not_implemented();
  }
  return Value::from_bool(holds(compare_text(byte_view(self), view_of(buffer.span())), 0, op));
}

Result<Str*> byte_repr(Thread& thread, std::span<const uint8_t> data, SingleQuotes single_quotes) {
  bool has_single = false, has_double = false;
  for (uint8_t c : data) {
    has_single = has_single || c == '\'';
    has_double = has_double || c == '"';
  }
  uint32_t quote = has_single && !has_double ? '"' : '\'';
  StringBuilder builder(thread);
  builder.append(uint32_t{'b'});
  builder.append(quote);
  for (uint8_t c : data) {
    if (c == '\\' || (c == '\'' ? quote == '\'' || single_quotes == SingleQuotes::kEscaped : c == quote)) {
      builder.append(uint32_t{'\\'});
      builder.append(uint32_t{c});
    } else if (c == '\t' || c == '\n' || c == '\r') {
      builder.append(uint32_t{'\\'});
      builder.append(static_cast<uint32_t>(c == '\t' ? 't' : c == '\n' ? 'n' : 'r'));
    } else if (c < ' ' || c >= 0x7F) {
      builder.append("\\x");
      builder.append(static_cast<uint32_t>("0123456789abcdef"[c >> 4]));
      builder.append(static_cast<uint32_t>("0123456789abcdef"[c & 15]));
    } else {
      builder.append(uint32_t{c});
    }
  }
  builder.append(quote);
  return builder.finish();
}

// --- case

namespace {

bool is_lower(uint8_t c) { return c >= 'a' && c <= 'z'; }
bool is_upper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(uint8_t c) { return is_lower(c) || is_upper(c); }
uint8_t lower(uint8_t c) { return is_upper(c) ? static_cast<uint8_t>(c + 32) : c; }
uint8_t upper(uint8_t c) { return is_lower(c) ? static_cast<uint8_t>(c - 32) : c; }

template <typename Map>
Result<Value> map_bytes(Thread& thread, Value self, Map map) {
  Value result = TRY(make_like(thread, self, byte_span(self)));
  auto data = byte_span(self), copy = byte_span(result);
  auto* out = const_cast<uint8_t*>(copy.data());
  bool boundary = true;
  for (size_t i = 0; i < data.size(); ++i) {
    out[i] = map(data[i], boundary);
    boundary = !is_letter(data[i]);
  }
  return result;
}

template <typename Test>
bool all_of(Value self, Test test) {
  auto data = byte_span(self);
  for (uint8_t c : data)
    if (!test(c)) return false;
  return !data.empty();
}

}  // namespace

Result<Value> bytes_lower(Thread& thread, Value self) {
  return map_bytes(thread, self, [](uint8_t c, bool) { return lower(c); });
}
Result<Value> bytes_upper(Thread& thread, Value self) {
  return map_bytes(thread, self, [](uint8_t c, bool) { return upper(c); });
}
Result<Value> bytes_title(Thread& thread, Value self) {
  return map_bytes(thread, self, [](uint8_t c, bool boundary) { return boundary ? upper(c) : lower(c); });
}
Result<Value> bytes_swapcase(Thread& thread, Value self) {
  return map_bytes(thread, self, [](uint8_t c, bool) { return is_letter(c) ? static_cast<uint8_t>(c ^ 32) : c; });
}
Result<Value> bytes_capitalize(Thread& thread, Value self) {
  bool first = true;
  return map_bytes(thread, self, [&](uint8_t c, bool) { return std::exchange(first, false) ? upper(c) : lower(c); });
}

Result<bool> bytes_isalnum(Thread&, Value self) {
  return all_of(self, [](uint8_t c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}
Result<bool> bytes_isalpha(Thread&, Value self) { return all_of(self, is_letter); }
Result<bool> bytes_isascii(Thread&, Value self) { return is_ascii(byte_span(self).data(), byte_span(self).size()); }
Result<bool> bytes_isdigit(Thread&, Value self) {
  return all_of(self, [](uint8_t c) { return c >= '0' && c <= '9'; });
}
Result<bool> bytes_isspace(Thread&, Value self) {
  return all_of(self, [](uint8_t c) { return is_space_in(Alphabet::kBytes, c); });
}
Result<bool> bytes_islower(Thread&, Value self) {
  bool cased = false;
  for (uint8_t c : byte_span(self)) {
    if (is_upper(c)) return false;
    cased = cased || is_lower(c);
  }
  return cased;
}
Result<bool> bytes_isupper(Thread&, Value self) {
  bool cased = false;
  for (uint8_t c : byte_span(self)) {
    if (is_lower(c)) return false;
    cased = cased || is_upper(c);
  }
  return cased;
}
Result<bool> bytes_istitle(Thread&, Value self) {
  bool cased = false, inside = false;
  for (uint8_t c : byte_span(self)) {
    if ((is_upper(c) && inside) || (is_lower(c) && !inside)) return false;
    inside = is_letter(c);
    cased = cased || inside;
  }
  return cased;
}

// --- padding

namespace {

Result<uint8_t> fill_byte(Thread& thread, Optional<Value> fill, const char* name) {
  if (!fill) return uint8_t{' '};
  if (is_byte_string(*fill) && byte_span(*fill).size() == 1) return byte_span(*fill)[0];
  return thread.raise<TypeError>("{}() argument 2 must be a byte string of length 1, not {}", name,
                                 type_name_of(*fill));
}

Result<Value> pad(Thread& thread, Value self, int64_t left, int64_t right, uint8_t fill) {
  left = std::max<int64_t>(left, 0), right = std::max<int64_t>(right, 0);
  if (left == 0 && right == 0) return same_or_copy(thread, self);
  auto length = static_cast<int64_t>(byte_span(self).size());
  if (left > Value::kMaxInt / 4 || right > Value::kMaxInt / 4) return thread.raise_memory_error();
  Bytes* result = TRY(try_make_bytes(thread, nullptr, left + length + right));
  std::memset(result->data(), fill, static_cast<size_t>(left));
  if (length > 0) std::memcpy(result->data() + left, byte_span(self).data(), static_cast<size_t>(length));
  std::memset(result->data() + left + length, fill, static_cast<size_t>(right));
  return has_kind(self, Kind::Bytes) ? Result<Value>(to_value(result)) : make_like(thread, self, result->span());
}

int64_t margin_of(Value self, Index width) {
  return width.value < 0 ? 0 : width.value - static_cast<int64_t>(byte_span(self).size());
}

}  // namespace

Result<Value> bytes_center(Thread& thread, Value self, Index width, Optional<Value> fill) {
  uint8_t byte = TRY(fill_byte(thread, fill, "center"));
  int64_t margin = margin_of(self, width);
  if (margin <= 0) return same_or_copy(thread, self);
  int64_t left = margin / 2 + (margin & width.value & 1);
  return pad(thread, self, left, margin - left, byte);
}
Result<Value> bytes_ljust(Thread& thread, Value self, Index width, Optional<Value> fill) {
  uint8_t byte = TRY(fill_byte(thread, fill, "ljust"));
  return pad(thread, self, 0, margin_of(self, width), byte);
}
Result<Value> bytes_rjust(Thread& thread, Value self, Index width, Optional<Value> fill) {
  uint8_t byte = TRY(fill_byte(thread, fill, "rjust"));
  return pad(thread, self, margin_of(self, width), 0, byte);
}
Result<Value> bytes_zfill(Thread& thread, Value self, Index width) {
  int64_t zeros = margin_of(self, width);
  if (zeros <= 0) return same_or_copy(thread, self);
  Value result = TRY(pad(thread, self, zeros, 0, '0'));
  auto* out = const_cast<uint8_t*>(byte_span(result).data());
  uint8_t first = byte_span(self).empty() ? 0 : byte_span(self)[0];
  if (first == '+' || first == '-') out[0] = first, out[zeros] = '0';
  return result;
}

Result<Value> bytes_expandtabs(Thread& thread, Value self, int tab_size) {
  ByteBuffer out;
  int64_t column = 0;
  for (uint8_t c : byte_span(self)) {
    if (c == '\t') {
      int64_t step = tab_size > 0 ? tab_size - column % tab_size : 0;
      if (step > 0) std::memset(out.extend(static_cast<size_t>(step)), ' ', static_cast<size_t>(step));
      column += step;
    } else {
      out.append(c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  return make_like(thread, self, out.view());
}

// --- translation, text

Result<Value> bytes_translate(Thread& thread, Value self, Value table, Optional<Value> deleted) {
  BufferScope map(thread), unwanted(thread);
  if (!table.is_none()) {
    TRY(map.acquire(table));
    if (map.length() != 256) return thread.raise<ValueError>("translation table must be 256 characters long");
  }
  bool drop[256] = {};
  if (deleted) {
    TRY(unwanted.acquire(*deleted));
    for (uint8_t c : unwanted.span()) drop[c] = true;
  }
  ByteBuffer out;
  for (uint8_t c : byte_span(self))
    if (!drop[c]) out.append(table.is_none() ? c : map.data()[c]);
  if (has_kind(self, Kind::Bytes) && view_of(out.view()).length == byte_span(self).size() && out.length() > 0 &&
      std::memcmp(out.data(), byte_span(self).data(), out.length()) == 0)
    return same_or_copy(thread, self);
  return make_like(thread, self, out.view());
}

Result<Value> bytes_maketrans(Thread& thread, Value from, Value to) {
  BufferScope a(thread), b(thread);
  TRY(a.acquire(from));
  TRY(b.acquire(to));
  if (a.length() != b.length()) return thread.raise<ValueError>("maketrans arguments must have same length");
  uint8_t table[256];
  for (int i = 0; i < 256; ++i) table[i] = static_cast<uint8_t>(i);
  for (int64_t i = 0; i < a.length(); ++i) table[a.data()[i]] = b.data()[i];
  return to_value(TRY(try_make_bytes(thread, table, 256)));
}

Result<Value> hex_text(Thread& thread, std::span<const uint8_t> data, Optional<Value> separator, int64_t group) {
  char sign = 0;
  if (separator) {
    if (TRY(length(thread, *separator)) != 1) return thread.raise<ValueError>("sep must be length 1.");
    uint32_t code;
    if (is_str(*separator))
      code = as_str(thread, *separator)->at(0);
    else if (is<Bytes>(*separator))
      code = cast<Bytes>(*separator)->data()[0];
    else
      return thread.raise<TypeError>("sep must be str or bytes.");
    if (code > 127) return thread.raise<ValueError>("sep must be ASCII.");
    sign = static_cast<char>(code);
  } else {
    group = 0;
  }
  size_t size = hex_encoded_size(data.size(), group);
  if (size == 0) return to_value(thread.runtime().empty_str());
  Str* text = Str::try_make(thread.heap(), static_cast<int64_t>(size), Str::Width::Ascii);
  if (text == nullptr) return thread.raise_memory_error();
  hex_encode(reinterpret_cast<char*>(text->data8()), data, sign, group);
  return to_value(text);
}

Result<Value> bytes_hex(Thread& thread, Value self, Optional<Value> separator, Index group) {
  return hex_text(thread, byte_span(self), separator, group.value);
}

Result<void> parse_hex(Thread& thread, Str* text, ByteBuffer& out) {
  auto digit = [&](int64_t at) -> int {
    uint32_t c = at < text->length() ? text->at(at) : 0;
    if (c - '0' < 10) return static_cast<int>(c - '0');
    if ((c | 0x20) - 'a' < 6 && c < 128) return static_cast<int>((c | 0x20) - 'a' + 10);
    return -1;
  };
  for (int64_t at = 0; at < text->length();) {
    uint32_t c = text->at(at);
    if (c < 128 && is_space_in(Alphabet::kBytes, c)) {
      ++at;
      continue;
    }
    int high = digit(at), low = high < 0 ? -1 : digit(at + 1);
    if (low < 0)
      return thread.raise<ValueError>("non-hexadecimal number found in fromhex() arg at position {}",
                                      high < 0 ? at : at + 1);
    out.append(static_cast<uint8_t>(high << 4 | low));
    at += 2;
  }
  return {};
}

Result<Value> bytes_decode(Thread& thread, Value self, Optional<Str*> encoding, Optional<Str*> errors) {
  if (is<Bytes>(self) && (!encoding || (*encoding)->equals("utf-8")) && (!errors || (*errors)->equals("strict"))) {
    auto* bytes = cast<Bytes>(self);
    if (is_ascii(bytes->data(), static_cast<size_t>(bytes->length())))
      return to_value(TRY(make_str_from_units(thread, bytes->data(), 1, bytes->length(), 0x7F)));
  }
  Str* empty = thread.runtime().empty_str();
  Str* parts[] = {encoding ? *encoding : empty, errors ? *errors : empty};
  for (Str* part : parts)
    if (find_code(view_of(part), 0) != kNotFound) return thread.raise<ValueError>("embedded null character");
  return to_value(TRY(decode_object(thread, self, parts[0], parts[1])));
}

Result<Value> bytes_sizeof(Thread& thread, Value self) {
  int64_t size = object_size(thread, self.as_object());
  if (has_kind(self, Kind::ByteArray)) size += object_size(thread, cast<ByteArray>(self)->buffer_.get());
  return Value::from_int(size);
}

// --- constructors

Result<void> collect_bytes(Thread& thread, Value source, ByteBuffer& out, const char* type_name,
                           const char* range_error) {
  if (is<MemoryView>(source)) {  // also those with gaps
    TRY(check_view(thread, cast<MemoryView>(source)));
    return append_view(thread, cast<MemoryView>(source), out);
  }
  if (has_buffer(thread, source)) {
    BufferScope buffer(thread);
    TRY(buffer.acquire(source));
    out.append(buffer.data(), static_cast<size_t>(buffer.length()));
    return {};
  }
  const TypeSlots& slots = type_of(thread, source)->slots();
  if (is_str(source) || (slots.iter == nullptr && (slots.get_item == nullptr || slots.is_mapping)))
    return thread.raise<TypeError>("cannot convert '{}' object to {}", type_name_of(source), type_name);
  return for_each(thread, source, [&](Value item) -> Result<bool> {
    out.append(TRY(to_byte(thread, item, range_error)));
    return true;
  });
}

}  // namespace viperine
