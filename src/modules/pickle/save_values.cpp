// SPDX-License-Identifier: MIT
// Pickling: bytes and frames, memo opcodes, numbers, text, containers.
#include <algorithm>

#include "modules/pickle/writer.h"
#include "numeric/float_text.h"
#include "runtime/integers.h"
#include "runtime/text_views.h"
#include "text/codecs.h"

namespace viperine::pickle {

// --- bytes and frames

void Writer::make_room(size_t more) {
  const size_t wanted = std::max(capacity_ * 2, size_ + more + kFrameHeader + 256);
  auto* grown = static_cast<uint8_t*>(std::realloc(data_, wanted));
  CHECK(grown != nullptr);
  data_ = grown;
  capacity_ = wanted;
}

void Writer::put_number(uint8_t op, uint64_t number, int bytes) {
  uint8_t out[9] = {op};
  std::memcpy(out + 1, &number, 8);
  put(out, static_cast<size_t>(bytes) + 1);
}

void Writer::put_line(uint8_t op, int64_t number) {
  char out[32];
  const int length = std::snprintf(out, sizeof out, "%c%lld\n", op, static_cast<long long>(number));
  put(out, static_cast<size_t>(length));
}

/// Large data stand outside of frames, and go to a file without being copied.
Result<void> Writer::put_large(const uint8_t* header, size_t header_size, const void* data, size_t size,
                               Value payload) {
  if (static_cast<int64_t>(size) < kFrameTarget) {
    put(header, header_size);
    put(data, size);
    return {};
  }
  const bool framing = framing_;
  close_frame();
  framing_ = false;
  put(header, header_size);
  if (is_set(pickler_->write_.get())) {
    TRY(flush());
    if (payload.is_absent()) payload = to_value(TRY(try_make_bytes(thread_, data, static_cast<int64_t>(size))));
    TRY(call(thread_, pickler_->write_.get(), payload));
  } else {
    put(data, size);
  }
  framing_ = framing;
  return {};
}

void Writer::close_frame() {
  if (!framing_ || frame_start_ < 0) return;
  uint8_t* header = data_ + frame_start_;
  const uint64_t length = size_ - static_cast<size_t>(frame_start_) - kFrameHeader;
  if (length >= kFrameMinimum) {
    header[0] = kFrame;
    std::memcpy(header + 1, &length, 8);
  } else {
    std::memmove(header, header + kFrameHeader, length);
    size_ -= kFrameHeader;
  }
  frame_start_ = -1;
}

Result<void> Writer::flush() {
  Bytes* bytes = TRY(try_make_bytes(thread_, data_, static_cast<int64_t>(size_)));
  TRY(call(thread_, pickler_->write_.get(), to_value(bytes)));
  size_ = 0;
  frame_start_ = -1;
  return {};
}

/// Between two opcodes: full frames end.
Result<void> Writer::boundary() {
  if (!framing_ || frame_start_ < 0) return {};
  if (static_cast<int64_t>(size_) - frame_start_ - kFrameHeader < kFrameTarget) return {};
  close_frame();
  if (is_set(pickler_->write_.get())) TRY(flush());
  return {};
}

// --- memo

Result<void> Writer::get_memo(int64_t number) {
  if (!binary_)
    put_line(kGet, number);
  else if (number < 256)
    put_number(kBinGet, static_cast<uint64_t>(number), 1);
  else
    put_number(kLongBinGet, static_cast<uint64_t>(number), 4);
  return {};
}

Result<void> Writer::put_memo(Value object) {
  if (pickler_->fast_ != 0) return {};
  const int64_t number = pickler_->memo_count_;
  TRY(memo_add(thread_, pickler_, object, number));
  if (protocol_ >= 4)
    put(kMemoize);
  else if (!binary_)
    put_line(kPut, number);
  else if (number < 256)
    put_number(kBinPut, static_cast<uint64_t>(number), 1);
  else
    put_number(kLongBinPut, static_cast<uint64_t>(number), 4);
  return {};
}

// --- numbers

Result<void> Writer::save_int(Value number) {
  if (number.is_int() && number.as_int() == static_cast<int32_t>(number.as_int())) {
    const int64_t value = number.as_int();
    if (!binary_)
      put_line(kInt, value);
    else if (value < 0 || value > 0xFFFF)
      put_number(kBinInt, static_cast<uint64_t>(value), 4);
    else if (value > 0xFF)
      put_number(kBinInt2, static_cast<uint64_t>(value), 2);
    else
      put_number(kBinInt1, static_cast<uint64_t>(value), 1);
    return {};
  }
  if (protocol_ < 2) {
    Str* digits = TRY(repr(thread_, number));
    put(kLong), put(digits->data8(), static_cast<size_t>(digits->length())), put("L\n", 2);
    return {};
  }
  const IntView view(number);
  const limbs::Limbs limbs = view.magnitude();
  const size_t bits = limbs.size() * 64 - static_cast<size_t>(__builtin_clzll(limbs.back()));
  size_t count = bits / 8 + 1;
  std::string bytes(limbs.size() * 8 + 8, '\0');
  std::memcpy(bytes.data(), limbs.data(), limbs.size() * 8);
  if (view.negative()) {
    unsigned carry = 1;
    for (char& byte : bytes) {
      carry += static_cast<uint8_t>(~static_cast<uint8_t>(byte));
      byte = static_cast<char>(carry);
      carry >>= 8;
    }
    // One byte of sign too many?
    if (count > 1 && static_cast<uint8_t>(bytes[count - 1]) == 0xFF && (static_cast<uint8_t>(bytes[count - 2]) & 0x80))
      --count;
  }
  if (count < 256)
    put_number(kLong1, count, 1);
  else if (count <= 0x7FFFFFFF)
    put_number(kLong4, count, 4);
  else
    return thread_.raise<OverflowError>("int too large to pickle");
  put(bytes.data(), count);
  return {};
}

void Writer::save_float(double number) {
  if (binary_) return put_number(kBinFloat, __builtin_bswap64(std::bit_cast<uint64_t>(number)), 8);
  char text[kFloatReprSize + 2];
  text[0] = kFloat;
  const size_t length = float_repr(text + 1, number);
  text[length + 1] = '\n';
  put(text, length + 2);
}

// --- bytes and text

Result<void> Writer::save_bytes_data(Value object, const uint8_t* data, size_t size) {
  uint8_t header[9];
  const uint64_t wide = size;
  std::memcpy(header + 1, &wide, 8);
  size_t header_size = 2;
  header[0] = kShortBinBytes;
  if (size > 0xFF) header[0] = kBinBytes, header_size = 5;
  if (size > 0xFFFFFFFF) {
    if (protocol_ < 4)
      return thread_.raise<OverflowError>(
          "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher");
    header[0] = kBinBytes8, header_size = 9;
  }
  TRY(put_large(header, header_size, data, size, object));
  return put_memo(object);
}

/// Before protocol 3 there is no opcode for bytes: a call that makes them, such that Python 2 can read it too.
Result<void> Writer::save_bytes(Value object) {
  auto* bytes = cast<Bytes>(object);
  if (protocol_ >= 3) return save_bytes_data(object, bytes->data(), static_cast<size_t>(bytes->length()));
  Tuple* parts;
  if (bytes->length() == 0) {
    parts = Tuple::of(thread_.heap(), to_value(thread_.runtime().type(Kind::Bytes)),
                      to_value(thread_.runtime().empty_tuple()));
  } else {
    Str* text = TRY(make_str_from_units(thread_, bytes->data(), 1, bytes->length()));
    parts = Tuple::of(thread_.heap(), TRY(attribute_of(thread_, "codecs", "encode")),
                      make_pair(thread_, to_value(text), to_value(intern(thread_, "latin1"))));
  }
  return save_reduce(parts, object);
}

Result<void> Writer::save_bytearray_data(Value object, const uint8_t* data, size_t size) {
  uint8_t header[9] = {kByteArray8};
  const uint64_t wide = size;
  std::memcpy(header + 1, &wide, 8);
  TRY(put_large(header, 9, data, size, object));
  return put_memo(object);
}

Result<void> Writer::save_bytearray(Value object) {
  auto* array = cast<ByteArray>(object);
  if (protocol_ >= 5) return save_bytearray_data(object, array->data(), static_cast<size_t>(array->length()));
  Tuple* arguments = thread_.runtime().empty_tuple();
  if (array->length() > 0)
    arguments = Tuple::of(thread_.heap(), to_value(TRY(try_make_bytes(thread_, array->data(), array->length()))));
  return save_reduce(Tuple::of(thread_.heap(), to_value(thread_.runtime().type(Kind::ByteArray)), to_value(arguments)),
                     object);
}

namespace {
/// UTF-16 escapes as UNICODE has them: also of what ends a line or the text.
std::string raw_escaped(Str* text) {
  std::string out;
  char escape[16];
  for (int64_t i = 0; i < text->length(); ++i) {
    const uint32_t c = text->at(i);
    if (c >= 0x10000)
      out.append(escape, static_cast<size_t>(std::snprintf(escape, sizeof escape, "\\U%08x", c)));
    else if (c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1A)
      out.append(escape, static_cast<size_t>(std::snprintf(escape, sizeof escape, "\\u%04x", c)));
    else
      out.push_back(static_cast<char>(c));
  }
  return out;
}
}  // namespace

Result<void> Writer::save_text(Str* text) {
  if (!binary_) {
    const std::string escaped = raw_escaped(text);
    put(kUnicode), put(escaped.data(), escaped.size()), put('\n');
    return put_memo(to_value(text));
  }
  const TextView view = view_of(text);
  const size_t size = text->is_ascii() ? view.length : utf8_size(view);
  uint8_t header[9];
  const uint64_t wide = size;
  std::memcpy(header + 1, &wide, 8);
  size_t header_size = 5;
  header[0] = kBinUnicode;
  if (size <= 0xFF && protocol_ >= 4) header[0] = kShortBinUnicode, header_size = 2;
  if (size > 0xFFFFFFFF) {
    if (protocol_ < 4)
      return thread_.raise<OverflowError>(
          "serializing a string larger than 4 GiB requires pickle protocol 4 or higher");
    header[0] = kBinUnicode8, header_size = 9;
  }
  if (text->is_ascii()) {
    TRY(put_large(header, header_size, text->data8(), size, Value::absent()));
  } else {
    Bytes* encoded = TRY(try_make_bytes(thread_, nullptr, static_cast<int64_t>(size)));
    encode_valid_utf8(view, encoded->data());
    TRY(put_large(header, header_size, encoded->data(), size, to_value(encoded)));
  }
  return put_memo(to_value(text));
}

// --- containers

Result<void> Writer::save_tuple(Tuple* tuple) {
  const int64_t length = tuple->length();
  if (length == 0) {
    if (binary_)
      put(kEmptyTuple);
    else
      put(kMark), put(kTuple);
    return {};
  }
  const bool counted = length <= 3 && protocol_ >= 2;
  if (!counted) put(kMark);
  for (int64_t i = 0; i < length; ++i) TRY(save(tuple->at(i)));
  // A tuple that contains itself is in the memo by now: what was pushed goes away again.
  const int64_t known = find_memo(to_value(tuple));
  if (known != kNoMemo) {
    if (!counted && binary_)
      put(kPopMark);
    else
      for (int64_t i = counted ? 1 : 0; i <= length; ++i) put(kPop);
    return get_memo(known);
  }
  constexpr uint8_t kCounted[] = {kTuple1, kTuple2, kTuple3};
  put(counted ? kCounted[length - 1] : uint8_t{kTuple});
  return put_memo(to_value(tuple));
}

/// Fast mode has no memo: deep nesting is looked at for cycles.
Result<bool> Writer::enter_fast(Value object) {
  constexpr int kNestingLimit = 50;
  if (pickler_->fast_ == 0 || ++pickler_->fast_nesting_ < kNestingLimit) return true;
  if (!is_set(fast_memo_)) fast_memo_ = to_value(Dict::make(thread_.heap()));
  const auto identity = static_cast<int64_t>(thread_.heap().identity(object.as_object()));
  Value key = make_int(thread_.heap(), identity);
  if (TRY(dict_find(thread_, cast<Dict>(fast_memo_), key))) {
    pickler_->fast_nesting_ = -1;
    char place[32];
    std::snprintf(place, sizeof place, "0x%llx", static_cast<unsigned long long>(identity));
    return thread_.raise<ValueError>("fast mode: can't pickle cyclic objects including object type {} at {}",
                                     type_name_of(object), static_cast<const char*>(place));
  }
  TRY(dict_set(thread_, cast<Dict>(fast_memo_), key, Value::none()));
  return true;
}

Result<void> Writer::save_list(List* list) {
  TRY(enter_fast(to_value(list)));
  if (binary_)
    put(kEmptyList);
  else
    put(kMark), put(kList);
  TRY(put_memo(to_value(list)));
  if (protocol_ == 0 && list->length() > 0) {
    TRY(batch_items(TRY(iterate(thread_, to_value(list)))));
  } else if (list->length() == 1) {
    TRY(save(list->at(0)));
    put(kAppend);
  } else if (list->length() > 0) {
    int64_t total = 0;
    do {
      put(kMark);
      for (int64_t i = 0; i < kBatchSize && total < list->length(); ++i) TRY(save(list->at(total++)));
      put(kAppends);
    } while (total < list->length());
  }
  leave_fast();
  return {};
}

Result<void> Writer::save_dict(Dict* dict) {
  TRY(enter_fast(to_value(dict)));
  if (binary_)
    put(kEmptyDict);
  else
    put(kMark), put(kDict);
  TRY(put_memo(to_value(dict)));
  const uint32_t length = dict->length();
  if (length > 0 && protocol_ == 0) {
    Value items = TRY(call_method(thread_, to_value(dict), intern(thread_, "items")));
    TRY(batch_pairs(TRY(iterate(thread_, items))));
  } else if (length > 0) {
    int64_t entry = dict->next_entry(0), count;
    do {
      if (length > 1) put(kMark);
      for (count = 0; count < kBatchSize && entry >= 0; entry = dict->next_entry(entry + 1), ++count) {
        Value value = dict->table()->value(static_cast<uint32_t>(entry));
        TRY(save(dict->table()->key(static_cast<uint32_t>(entry))));
        TRY(save(value));
      }
      put(length > 1 ? kSetItems : kSetItem);
      if (dict->length() != length) return thread_.raise<RuntimeError>("dictionary changed size during iteration");
    } while (count == kBatchSize);
  }
  leave_fast();
  return {};
}

Result<void> Writer::save_set(Set* set) {
  if (protocol_ < 4) {
    List* items = TRY(list_from_iterable(thread_, to_value(set)));
    return save_reduce(Tuple::of(thread_.heap(), to_value(thread_.runtime().type(Kind::Set)),
                                 to_value(Tuple::of(thread_.heap(), to_value(items)))),
                       to_value(set));
  }
  put(kEmptySet);
  TRY(put_memo(to_value(set)));
  const uint32_t length = set->length();
  if (length == 0) return {};
  int64_t position = 0, count;
  do {
    put(kMark);
    for (count = 0; count < kBatchSize; ++count) {
      Optional<Value> item = set_next(set, &position);
      if (!item) break;
      TRY(save(*item));
    }
    put(kAddItems);
    if (set->length() != length) return thread_.raise<RuntimeError>("set changed size during iteration");
  } while (count == kBatchSize);
  return {};
}

Result<void> Writer::save_frozenset(Set* set) {
  TRY(enter_fast(to_value(set)));
  if (protocol_ < 4) {
    List* items = TRY(list_from_iterable(thread_, to_value(set)));
    TRY(save_reduce(Tuple::of(thread_.heap(), to_value(thread_.runtime().type(Kind::FrozenSet)),
                              to_value(Tuple::of(thread_.heap(), to_value(items)))),
                    to_value(set)));
    leave_fast();
    return {};
  }
  put(kMark);
  int64_t position = 0;
  while (Optional<Value> item = set_next(set, &position)) TRY(save(*item));
  leave_fast();
  const int64_t known = find_memo(to_value(set));
  if (known != kNoMemo) {
    put(kPopMark);
    return get_memo(known);
  }
  put(kFrozenSet);
  return put_memo(to_value(set));
}

/// Items of any iterator, a thousand at a time.
Result<void> Writer::batch_items(Value iterator) {
  if (protocol_ == 0) {
    for (;;) {
      Optional<Value> item = TRY(next(thread_, iterator));
      if (!item) return {};
      TRY(save(*item));
      put(kAppend);
    }
  }
  int64_t count;
  do {
    Optional<Value> first = TRY(next(thread_, iterator));
    if (!first) return {};
    Optional<Value> item = TRY(next(thread_, iterator));
    if (!item) {
      TRY(save(*first));
      put(kAppend);
      return {};
    }
    put(kMark);
    TRY(save(*first));
    count = 1;
    while (item) {
      TRY(save(*item));
      if (++count == kBatchSize) break;
      item = TRY(next(thread_, iterator));
    }
    put(kAppends);
  } while (count == kBatchSize);
  return {};
}

Result<void> Writer::batch_pairs(Value iterator) {
  auto next_pair = [&](Tuple** pair) -> Result<bool> {
    Optional<Value> item = TRY(next(thread_, iterator));
    if (!item) return false;
    if (!is<Tuple>(*item) || cast<Tuple>(*item)->length() != 2)
      return thread_.raise<TypeError>("dict items iterator must return 2-tuples");
    *pair = cast<Tuple>(*item);
    return true;
  };
  auto save_pair = [&](Tuple* pair) -> Result<void> {
    TRY(save(pair->at(0)));
    return save(pair->at(1));
  };
  Tuple *first = nullptr, *pair = nullptr;
  if (protocol_ == 0) {
    while (TRY(next_pair(&first))) {
      TRY(save_pair(first));
      put(kSetItem);
    }
    return {};
  }
  int64_t count;
  do {
    if (!TRY(next_pair(&first))) return {};
    bool more = TRY(next_pair(&pair));
    if (!more) {
      TRY(save_pair(first));
      put(kSetItem);
      return {};
    }
    put(kMark);
    TRY(save_pair(first));
    count = 1;
    while (more) {
      TRY(save_pair(pair));
      if (++count == kBatchSize) break;
      more = TRY(next_pair(&pair));
    }
    put(kSetItems);
  } while (count == kBatchSize);
  return {};
}

}  // namespace viperine::pickle
