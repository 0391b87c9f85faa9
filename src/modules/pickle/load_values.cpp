// SPDX-License-Identifier: MIT
// Unpickling: numbers, text, bytes, buffers, containers.
#include <algorithm>
#include <cstring>

#include "builtins/memoryview.h"
#include "modules/pickle/reader.h"
#include "numeric/float_text.h"
#include "runtime/bytearrays.h"
#include "runtime/codecs.h"
#include "runtime/integers.h"
#include "text/utf8.h"

namespace viperine::pickle {

namespace {

/// int(text, base), as the text opcodes have it.
Result<Value> int_of_text(Thread& thread, std::string_view text, int base) {
  Str* digits = TRY(make_str_from_units(thread, text.data(), 1, static_cast<int64_t>(text.size())));
  return call(thread, to_value(thread.runtime().type(Kind::Int)), to_value(digits), Value::from_int(base));
}

/// CPython says it in two ways: whether a number stands at the beginning decides.
Raised raise_bad_float(Thread& thread, std::string_view text) {
  double prefix;
  for (size_t length = text.size(); length > 0; --length)
    if (float_from_text(text.substr(0, length), &prefix))
      return thread.raise<ValueError>("could not convert string to float");
  Result<Str*> shown =
      make_str_from_units(thread, text.data(), 1, static_cast<int64_t>(std::min<size_t>(text.size(), 199)));
  if (shown.is_raised()) return Raised{};
  return thread.raise<ValueError>("could not convert string to float: '{}\n'", shown.take());
}

}  // namespace

Result<void> Reader::load_int() {
  std::string_view text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  if (text == "00\n" || text == "01\n") return push(Value::from_bool(text[1] == '1'));
  text.remove_suffix(1);
  text = text.substr(0, text.find('\0'));
  // Octal, as strtol has it, and anything that int() takes.
  bool octal = text.size() > 1 && text[0] == '0';
  for (char c : text) octal = octal && c >= '0' && c <= '7';
  Result<Value> value = int_of_text(thread_, text, octal ? 8 : 0);
  if (value.is_raised()) {
    thread_.clear_pending();
    return thread_.raise<ValueError>("could not convert string to int");
  }
  return push(value.take());
}

Result<void> Reader::load_long_text() {
  std::string_view text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  text.remove_suffix(1);
  if (text.ends_with('L')) text.remove_suffix(1);
  return push(TRY(int_of_text(thread_, text.substr(0, text.find('\0')), 0)));
}

/// Two's complement, least significant byte first.
Result<void> Reader::load_long(int bytes) {
  const int64_t size = bytes == 1 ? static_cast<int64_t>(TRY(number(1))) : static_cast<int32_t>(TRY(number(4)));
  if (size < 0) return raise_unpickling(thread_, "LONG pickle has negative byte count");
  if (size == 0) return push(Value::from_int(0));
  const uint8_t* data = TRY(take(static_cast<uint64_t>(size)));
  const bool negative = (data[size - 1] & 0x80) != 0;
  const auto count = static_cast<size_t>(size + 7) / 8;
  LimbBuffer buffer(count);
  std::memset(buffer.data(), negative ? 0xFF : 0, count * 8);
  std::memcpy(buffer.data(), data, static_cast<size_t>(size));
  if (negative) {
    bool carry = true;
    for (size_t i = 0; i < count; ++i) {
      buffer.data()[i] = ~buffer.data()[i] + (carry ? 1 : 0);
      carry = carry && buffer.data()[i] == 0;
    }
  }
  size_t used = count;
  while (used > 0 && buffer.data()[used - 1] == 0) --used;
  return push(TRY(make_integer(thread_, buffer.data(), used, negative)));
}

Result<void> Reader::load_float() {
  std::string_view text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  text.remove_suffix(1);
  double value;
  if (text.find('_') != std::string_view::npos || !float_from_text(text.substr(0, text.find('\0')), &value))
    return raise_bad_float(thread_, text);
  return push(make_float(thread_.heap(), value));
}

Result<void> Reader::load_binary_float() {
  const uint64_t bits = __builtin_bswap64(TRY(number(8)));
  return push(make_float(thread_.heap(), std::bit_cast<double>(bits)));
}

// --- text

/// A str of Python 2: decoded as the unpickler was told, or left as bytes.
Result<void> Reader::push_decoded(const uint8_t* data, int64_t size) {
  Value bytes = to_value(TRY(try_make_bytes(thread_, data, size)));
  Str* encoding = as_str(thread_, unpickler_->encoding_.get());
  if (encoding->equals("bytes")) return push(bytes);
  return push(to_value(TRY(decode_object(thread_, bytes, encoding, as_str(thread_, unpickler_->errors_.get())))));
}

Result<void> Reader::load_string() {
  std::string_view text = TRY(line());
  text.remove_suffix(1);
  if (text.size() < 2 || text.front() != text.back() || (text.front() != '\'' && text.front() != '"'))
    return raise_unpickling(thread_, "the STRING opcode argument must be quoted");
  text = text.substr(1, text.size() - 2);
  ByteBuffer out;
  const CodecStatus status =
      escape_decode({reinterpret_cast<const uint8_t*>(text.data()), text.size()}, ErrorPolicy::kStrict, out);
  if (!status.ok) {
    if (status.error.reason[0] == 'T') return thread_.raise<ValueError>("Trailing \\ in string");
    return thread_.raise<ValueError>("invalid \\x escape at position {}", static_cast<int64_t>(status.error.start));
  }
  return push_decoded(out.data(), static_cast<int64_t>(out.length()));
}

Result<void> Reader::load_binary_string(int bytes) {
  const auto size = static_cast<int64_t>(TRY(number(bytes)));
  const uint8_t* data = TRY(take(static_cast<uint64_t>(size)));
  return push_decoded(data, size);
}

Result<void> Reader::load_unicode() {
  std::string_view text = TRY(line());
  text.remove_suffix(1);
  Value bytes = to_value(make_bytes(thread_, text));
  return push(
      to_value(TRY(decode_object(thread_, bytes, intern(thread_, "raw-unicode-escape"), intern(thread_, "strict")))));
}

Result<void> Reader::load_binary_unicode(int bytes) {
  const uint64_t size = TRY(number(bytes));
  if (size > INT64_MAX)
    return thread_.raise<OverflowError>("BINUNICODE exceeds system's maximum size of {} bytes", INT64_MAX);
  const uint8_t* data = TRY(take(size));
  if (is_ascii(data, size)) {
    Str* text = Str::try_make(thread_.heap(), static_cast<int64_t>(size), Str::Width::Ascii);
    if (text == nullptr) return thread_.raise_memory_error();
    std::memcpy(text->data8(), data, size);
    return push(to_value(text));
  }
  if (scan_utf8({data, size}).bytes == size)
    return push(to_value(make_str(thread_, {reinterpret_cast<const char*>(data), size})));
  Value object = to_value(TRY(try_make_bytes(thread_, data, static_cast<int64_t>(size))));
  return push(
      to_value(TRY(decode_object(thread_, object, intern(thread_, "utf-8"), intern(thread_, "surrogatepass")))));
}

// --- bytes

Result<void> Reader::load_binary_bytes(int bytes) {
  const uint64_t size = TRY(number(bytes));
  if (size > INT64_MAX)
    return thread_.raise<OverflowError>("BINBYTES exceeds system's maximum size of {} bytes", INT64_MAX);
  if (size <= static_cast<uint64_t>(size_ - at_) || from_memory_) {
    const uint8_t* data = TRY(take(size));
    return push(to_value(TRY(try_make_bytes(thread_, data, static_cast<int64_t>(size)))));
  }
  Bytes* object = TRY(try_make_bytes(thread_, nullptr, static_cast<int64_t>(size)));
  TRY(take_into(object->data(), static_cast<int64_t>(size), to_value(object)));
  return push(to_value(object));
}

Result<void> Reader::load_bytearray() {
  const uint64_t size = TRY(number(8));
  if (size > INT64_MAX)
    return thread_.raise<OverflowError>("BYTEARRAY8 exceeds system's maximum size of {} bytes", INT64_MAX);
  if (from_memory_ && size > static_cast<uint64_t>(size_ - at_)) return raise_truncated();
  ByteArray* array = TRY(make_bytearray(thread_, {}));
  TRY(bytearray_resize(thread_, array, static_cast<int64_t>(size)));
  if (size > 0) TRY(take_into(array->data(), static_cast<int64_t>(size), to_value(array->buffer_.get())));
  return push(to_value(array));
}

Result<void> Reader::load_next_buffer() {
  Value buffers = unpickler_->buffers_.get();
  if (!is_set(buffers))
    return raise_unpickling(thread_, "pickle stream refers to out-of-band data but no *buffers* argument was given");
  Optional<Value> buffer = TRY(next(thread_, buffers));
  if (!buffer) return raise_unpickling(thread_, "not enough out-of-band buffers");
  return push(*buffer);
}

Result<void> Reader::load_readonly_buffer() {
  TRY(need(1));
  MemoryView* view = TRY(make_memoryview(thread_, top()));
  if (view->readonly_ == 0) {
    view->readonly_ = 1;
    stack_[stack_.size() - 1] = to_value(view);
  }
  return {};
}

// --- containers

Result<void> Reader::load_tuple(int64_t start) { return push(to_value(TRY(pop_tuple(start)))); }

Result<void> Reader::load_counted_tuple(int64_t count) {
  TRY(need(count));
  return load_tuple(depth() - count);
}

Result<void> Reader::load_list() {
  const int64_t start = TRY(pop_mark());
  List* list = TRY(make_list(thread_, std::span<const Value>(above(start))));
  cut(start);
  return push(to_value(list));
}

Result<void> Reader::load_dict() {
  const int64_t start = TRY(pop_mark());
  if ((depth() - start) % 2 != 0) return raise_unpickling(thread_, "odd number of items for DICT");
  Dict* dict = Dict::make(thread_.heap());
  for (int64_t i = start; i < depth(); i += 2) {
    std::span<Value> items = above(i);
    TRY(dict_set(thread_, dict, items[0], items[1]));
  }
  cut(start);
  return push(to_value(dict));
}

Result<void> Reader::load_frozenset() {
  const int64_t start = TRY(pop_mark());
  Set* set = make_set(thread_, Kind::FrozenSet);
  for (int64_t i = start; i < depth(); ++i) TRY(set_add(thread_, set, above(i)[0]));
  cut(start);
  return push(to_value(set));
}

Result<void> Reader::append(int64_t start) {
  if (start > depth() || start <= fence()) return raise_underflow();
  if (start == depth()) return {};
  Value target = above(start - 1)[0];
  if (is_exact<List>(target)) {
    for (Value item : above(start)) TRY(list_append_value(thread_, cast<List>(target), item));
    cut(start);
    return {};
  }
  Optional<Value> extend = TRY(find_attribute(thread_, target, intern(thread_, "extend")));
  if (extend) {
    List* items = TRY(make_list(thread_, std::span<const Value>(above(start))));
    TRY(call(thread_, *extend, to_value(items)));
  } else {
    Value add = TRY(get_attribute(thread_, target, "append"));
    for (int64_t i = start; i < depth(); ++i) TRY(call(thread_, add, above(i)[0]));
  }
  cut(start);
  return {};
}

Result<void> Reader::set_items(int64_t start) {
  if (start > depth() || start <= fence()) return raise_underflow();
  if (start == depth()) return {};
  if ((depth() - start) % 2 != 0) return raise_unpickling(thread_, "odd number of items for SETITEMS");
  Value target = above(start - 1)[0];
  for (int64_t i = start; i < depth(); i += 2) {
    std::span<Value> items = above(i);
    if (is_exact<Dict>(target))
      TRY(dict_set(thread_, cast<Dict>(target), items[0], items[1]));
    else
      TRY(set_item(thread_, target, items[0], items[1]));
  }
  cut(start);
  return {};
}

Result<void> Reader::add_items() {
  const int64_t start = TRY(pop_mark());
  if (start > depth() || start <= fence()) return raise_underflow();
  if (start == depth()) return {};
  Value target = above(start - 1)[0];
  if (has_kind(target, Kind::Set)) {
    for (int64_t i = start; i < depth(); ++i) TRY(set_add(thread_, cast<Set>(target), above(i)[0]));
  } else {
    Value add = TRY(get_attribute(thread_, target, "add"));
    for (int64_t i = start; i < depth(); ++i) TRY(call(thread_, add, above(i)[0]));
  }
  cut(start);
  return {};
}

}  // namespace viperine::pickle
