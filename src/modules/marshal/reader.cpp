// SPDX-License-Identifier: MIT
// Reading marshal data, from memory or from a file object. Code objects are in code_reader.cpp.
#include "modules/marshal/reader.h"

#include <cstring>

#include "numeric/float_text.h"
#include "runtime/bytearrays.h"
#include "runtime/codecs.h"
#include "text/utf8.h"

namespace viperine {

namespace marshal {

Raised Reader::raise_bad(const char* what) { return thread_.raise<ValueError>("bad marshal data ({})", what); }

Result<const uint8_t*> Reader::take(int64_t size) {
  if (!file_.is_absent()) return take_from_file(size);
  if (size > end_ - at_) return thread_.raise<EOFError>("marshal data too short");
  const uint8_t* data = at_;
  at_ += size;
  return data;
}

Result<const uint8_t*> Reader::take_from_file(int64_t size) {
  ByteArray* target = TRY(make_bytearray(thread_, {}));
  TRY(bytearray_resize(thread_, target, size));
  Value count = TRY(call_method(thread_, file_, intern(thread_, "readinto"), to_value(target)));
  const int64_t got = TRY(to_index_int64(thread_, count));
  if (got > size)
    return thread_.raise<ValueError>("read() returned too much data: {} bytes requested, {} returned", size, got);
  if (got < size || target->length() < size) return thread_.raise<EOFError>("marshal data too short");
  scratch_.assign(target->data(), target->data() + size);
  scratch_.push_back(0);
  return scratch_.data();
}

/// One byte; EOFError at the end.
Result<int64_t> Reader::take_byte() {
  if (!file_.is_absent()) return int64_t{*TRY(take_from_file(1))};
  if (at_ == end_) return thread_.raise<EOFError>("EOF read where object expected");
  return int64_t{*at_++};
}
Result<int64_t> Reader::take_i32() {
  int32_t number;
  std::memcpy(&number, TRY(take(4)), 4);
  return int64_t{number};
}

Result<Value> Reader::read_top() {
  Optional<Value> value = TRY(read());
  if (!value) return thread_.raise<TypeError>("NULL object in marshal data for object");
  return *value;
}

/// An object that must be there.
Result<Value> Reader::read_item(const char* container) {
  Optional<Value> value = TRY(read());
  if (!value) return thread_.raise<TypeError>("NULL object in marshal data for {}", container);
  return *value;
}

Result<Optional<Value>> Reader::read() {
  Result<int64_t> type = take_byte();
  if (type.is_raised()) {
    if (!thread_.pending_is<EOFError>()) return Raised{};
    thread_.clear_pending();
    return thread_.raise<EOFError>("EOF read where object expected");
  }
  if (depth_ >= kMarshalDepth) return thread_.raise<ValueError>("recursion limit exceeded");
  ++depth_;
  Result<Optional<Value>> result = read_object(static_cast<int>(type.take() & 0x7F), (type.take() & 0x80) != 0);
  --depth_;
  return result;
}

/// Gives the object its number when it is flagged.
Result<Value> Reader::remember(bool flagged, Value value) {
  if (flagged) TRY(list_append_value(thread_, refs(), value));
  return value;
}
/// A number for an object that is not there yet.
Result<int64_t> Reader::reserve(bool flagged) {
  if (!flagged) return int64_t{-1};
  TRY(list_append_value(thread_, refs(), Value::absent()));
  return refs()->length() - 1;
}
Value Reader::settle(int64_t number, Value value) {
  if (number >= 0) refs()->set(number, value);
  return value;
}

Result<Optional<Value>> Reader::read_object(int type, bool flagged) {
  switch (type) {
    case '0':
      return Optional<Value>();
    case 'N':
      return Optional<Value>(Value::none());
    case 'S':
      return Optional<Value>(to_value(thread_.runtime().exception_type(ExceptionKind::StopIteration)));
    case '.':
      return Optional<Value>(Value::ellipsis());
    case 'F':
      return Optional<Value>(Value::false_());
    case 'T':
      return Optional<Value>(Value::true_());
    case 'r':
      return Optional<Value>(TRY(read_reference()));
    case 'i':
      return Optional<Value>(TRY(remember(flagged, Value::from_int(TRY(take_i32())))));
    case 'I': {
      int64_t number;
      std::memcpy(&number, TRY(take(8)), 8);
      return Optional<Value>(TRY(remember(flagged, make_int(thread_.heap(), number))));
    }
    case 'l':
      return Optional<Value>(TRY(remember(flagged, TRY(read_long()))));
    case 'f':
    case 'g': {
      double value = TRY(read_double(type == 'g'));
      return Optional<Value>(TRY(remember(flagged, make_float(thread_.heap(), value))));
    }
    case 'x':
    case 'y': {
      double real = TRY(read_double(type == 'y')), imaginary = TRY(read_double(type == 'y'));
      return Optional<Value>(TRY(remember(flagged, to_value(Complex::make(thread_.heap(), real, imaginary)))));
    }
    case 's':
      return Optional<Value>(TRY(remember(flagged, TRY(read_bytes()))));
    case 'a':
    case 'A':
    case 'z':
    case 'Z':
    case 'u':
    case 't':
      return Optional<Value>(TRY(remember(flagged, TRY(read_text(type)))));
    case ')':
      return Optional<Value>(TRY(read_tuple(TRY(take_byte()), flagged)));
    case '(':
      return Optional<Value>(TRY(read_tuple(TRY(take_i32()), flagged)));
    case '[':
      return Optional<Value>(TRY(read_list(flagged)));
    case '{':
      return Optional<Value>(TRY(read_dict(flagged)));
    case '<':
    case '>':
      return Optional<Value>(TRY(read_set(type == '<', flagged)));
    case 'c':
      return Optional<Value>(TRY(read_code(flagged)));
    default:
      return raise_bad("unknown type code");
  }
}

Result<Value> Reader::read_reference() {
  const int64_t number = TRY(take_i32());
  if (number < 0 || refs_ == nullptr || number >= refs_->length() || refs_->at(number).is_absent())
    return raise_bad("invalid reference");
  return refs_->at(number);
}

/// Digits of 15 bits.
Result<Value> Reader::read_long() {
  const int64_t signed_count = TRY(take_i32());
  if (signed_count == 0) return Value::from_int(0);
  if (signed_count < -INT32_MAX) return raise_bad("long size out of range");
  const int64_t count = signed_count < 0 ? -signed_count : signed_count;
  const uint8_t* data = TRY(take(count * 2));
  BigInt* big = BigInt::try_make(thread_.heap(), (count * 15 + 63) / 64, signed_count < 0);
  if (big == nullptr) return thread_.raise_memory_error();
  uint64_t* limbs = big->limbs();
  std::memset(limbs, 0, static_cast<size_t>(big->limb_count()) * 8);
  for (int64_t i = 0; i < count; ++i) {
    const uint64_t digit = data[2 * i] | uint64_t{data[2 * i + 1]} << 8;
    if (digit > 0x7FFF) return raise_bad("digit out of range in long");
    if (i == count - 1 && digit == 0) return raise_bad("unnormalized long data");
    const int64_t limb = i * 15 / 64, shift = i * 15 % 64;
    limbs[limb] |= digit << shift;
    if (shift > 49 && digit >> (64 - shift) != 0) limbs[limb + 1] |= digit >> (64 - shift);
  }
  int64_t used = big->limb_count();
  while (used > 0 && limbs[used - 1] == 0) --used;
  if (used <= 1 && limbs[0] <= static_cast<uint64_t>(Value::kMaxInt))
    return Value::from_int(signed_count < 0 ? -static_cast<int64_t>(limbs[0]) : static_cast<int64_t>(limbs[0]));
  if (used == 1 && signed_count < 0 && limbs[0] == uint64_t{1} << 61) return Value::from_int(Value::kMinInt);
  if (used == big->limb_count()) return to_value(big);
  BigInt* exact = BigInt::try_make(thread_.heap(), used, signed_count < 0);
  if (exact == nullptr) return thread_.raise_memory_error();
  std::memcpy(exact->limbs(), limbs, static_cast<size_t>(used) * 8);
  return to_value(exact);
}

Result<double> Reader::read_double(bool binary) {
  double value;
  if (binary) {
    std::memcpy(&value, TRY(take(8)), 8);
    return value;
  }
  const int64_t length = TRY(take_byte());
  std::string_view text(reinterpret_cast<const char*>(TRY(take(length))), static_cast<size_t>(length));
  text = text.substr(0, text.find('\0'));
  if (text.find('_') != std::string_view::npos || !float_from_text(text, &value))
    return thread_.raise<ValueError>(
        "could not convert string to float: '{}'",
        TRY(make_str_from_units(thread_, text.data(), 1, static_cast<int64_t>(text.size()))));
  return value;
}

Result<Value> Reader::read_bytes() {
  const int64_t length = TRY(take_i32());
  if (length < 0) return raise_bad("bytes object size out of range");
  const uint8_t* data = TRY(take(length));
  return to_value(TRY(try_make_bytes(thread_, data, length)));
}

Result<Value> Reader::read_text(int type) {
  const bool interned = type == 'A' || type == 'Z' || type == 't';
  const int64_t length = type == 'z' || type == 'Z' ? TRY(take_byte()) : TRY(take_i32());
  if (length < 0) return raise_bad("string size out of range");
  const uint8_t* data = TRY(take(length));
  const std::string_view bytes(reinterpret_cast<const char*>(data), static_cast<size_t>(length));
  if (type == 'Z' && is_ascii(data, bytes.size())) return to_value(intern(thread_, bytes));
  Str* text;
  if (type != 'u' && type != 't') {
    text = TRY(make_str_from_units(thread_, data, 1, length));
  } else if (scan_utf8({data, bytes.size()}).bytes == bytes.size()) {
    text = make_str(thread_, bytes);
  } else {
    Bytes* object = TRY(try_make_bytes(thread_, data, length));
    text = TRY(decode_object(thread_, to_value(object), intern(thread_, "utf-8"), intern(thread_, "surrogatepass")));
  }
  return to_value(interned ? intern(thread_, text) : text);
}

/// What is declared may be far more than what can follow: items take a byte each at least.
int64_t Reader::believable(int64_t count) const {
  return file_.is_absent() && count > end_ - at_ ? end_ - at_ + 1 : count;
}

Result<Value> Reader::read_tuple(int64_t count, bool flagged) {
  if (count < 0) return raise_bad("tuple size out of range");
  if (count == 0) return remember(flagged, to_value(thread_.runtime().empty_tuple()));
  Tuple* tuple = TRY(make_tuple(thread_, believable(count)));
  TRY(remember(flagged, to_value(tuple)));
  for (int64_t i = 0; i < count; ++i) tuple->set(i, TRY(read_item("tuple")));
  return to_value(tuple);
}

Result<Value> Reader::read_list(bool flagged) {
  const int64_t count = TRY(take_i32());
  if (count < 0) return raise_bad("list size out of range");
  List* list = List::try_make(thread_.heap(), believable(count));
  if (list == nullptr) return thread_.raise_memory_error();
  TRY(remember(flagged, to_value(list)));
  for (int64_t i = 0; i < count; ++i) TRY(list_append_value(thread_, list, TRY(read_item("list"))));
  return to_value(list);
}

Result<Value> Reader::read_dict(bool flagged) {
  Dict* dict = Dict::make(thread_.heap());
  TRY(remember(flagged, to_value(dict)));
  for (;;) {
    Optional<Value> key = TRY(read());
    if (!key) break;
    Optional<Value> value = TRY(read());
    if (!value) break;
    TRY(dict_set(thread_, dict, *key, *value));
  }
  return to_value(dict);
}

Result<Value> Reader::read_set(bool mutable_set, bool flagged) {
  const int64_t count = TRY(take_i32());
  if (count < 0) return raise_bad("set size out of range");
  Set* set = make_set(thread_, mutable_set ? Kind::Set : Kind::FrozenSet);
  int64_t number = -1;
  if (mutable_set)
    TRY(remember(flagged, to_value(set)));
  else
    number = TRY(reserve(flagged));
  for (int64_t i = 0; i < count; ++i) TRY(set_add(thread_, set, TRY(read_item("set"))));
  return settle(number, to_value(set));
}

}  // namespace marshal

Result<Value> read_marshal(Thread& thread, std::span<const uint8_t> bytes) {
  return marshal::Reader(thread, bytes).read_top();
}

Result<Value> read_marshal_file(Thread& thread, Value file) { return marshal::Reader(thread, file).read_top(); }

}  // namespace viperine
