// SPDX-License-Identifier: MIT
// Unpickling: input from bytes or a file, the loop over opcodes.
#include "modules/pickle/reader.h"

#include <cstring>

#include "builtins/memoryview.h"
#include "runtime/bytearrays.h"

namespace viperine::pickle {

// --- input

Result<void> Reader::use(Value data) {
  TRY(buffer_.acquire(data));
  from_memory_ = true;
  data_ = buffer_.data();
  size_ = buffer_.length();
  return {};
}

Result<void> Reader::set_data(Value data) {
  if (!is<Bytes>(data))
    return thread_.raise<TypeError>("a bytes-like object is required, not '{}'", type_name_of(data));
  held_ = data;
  data_ = cast<Bytes>(data)->data();
  size_ = cast<Bytes>(data)->length();
  at_ = 0;
  prefetched_ = size_;
  return {};
}

/// Moves the file on over what was only peeked at.
Result<void> Reader::skip_consumed() {
  const int64_t consumed = at_ - prefetched_;
  if (!is_set(unpickler_->read_.get()) || consumed <= 0) return {};
  TRY(call(thread_, unpickler_->read_.get(), Value::from_int(consumed)));
  prefetched_ = at_;
  return {};
}

constexpr int64_t kWholeLine = -1, kPrefetch = 128 * 1024;

/// Replaces the input by the next `count` bytes of the file or by a line; how many there were.
Result<int64_t> Reader::read_file(int64_t count) {
  TRY(skip_consumed());
  if (count == kWholeLine) {
    TRY(set_data(TRY(call(thread_, unpickler_->readline_.get()))));
    return size_;
  }
  if (is_set(unpickler_->peek_.get()) && count < kPrefetch) {
    Result<Value> peeked = call(thread_, unpickler_->peek_.get(), Value::from_int(kPrefetch));
    if (peeked.is_raised()) {
      if (!thread_.pending_is<NotImplementedError>()) return Raised{};
      thread_.clear_pending();
      unpickler_->peek_.set(unpickler_, Value());
    } else {
      TRY(set_data(peeked.take()));
      prefetched_ = 0;
      if (count <= size_) return count;
    }
  }
  TRY(set_data(TRY(call(thread_, unpickler_->read_.get(), Value::from_int(count)))));
  return size_;
}

Result<const uint8_t*> Reader::take_slow(uint64_t count) {
  if (count > static_cast<uint64_t>(INT64_MAX - at_))
    return raise_unpickling(thread_, "read would overflow (invalid bytecode)");
  if (!is_set(unpickler_->read_.get()) || from_memory_) return raise_truncated();
  const int64_t got = TRY(read_file(static_cast<int64_t>(count)));
  if (got < static_cast<int64_t>(count)) return raise_truncated();
  at_ = static_cast<int64_t>(count);
  return data_;
}

/// Fills `target`, which lies in `owner`, from what is there and then from the file.
Result<void> Reader::take_into(uint8_t* target, int64_t count, Value owner) {
  const int64_t first = std::min(count, size_ - at_);
  if (first > 0) std::memcpy(target, data_ + at_, static_cast<size_t>(first));
  at_ += first;
  if (first == count) return {};
  if (!is_set(unpickler_->read_.get()) || from_memory_) return raise_truncated();
  TRY(skip_consumed());
  const int64_t missing = count - first;
  if (!is_set(unpickler_->readinto_.get())) {
    Value data = TRY(call(thread_, unpickler_->read_.get(), Value::from_int(missing)));
    if (!is<Bytes>(data))
      return thread_.raise<ValueError>("read() returned non-bytes object ({})", TRY(repr(thread_, data)));
    if (cast<Bytes>(data)->length() < missing) return raise_truncated();
    std::memcpy(target + first, cast<Bytes>(data)->data(), static_cast<size_t>(missing));
    return {};
  }
  ByteArray* room = TRY(make_bytearray(thread_, {}));
  TRY(bytearray_resize(thread_, room, missing));
  MemoryView* view = TRY(make_memoryview(thread_, to_value(room)));
  const int64_t got = TRY(to_index_int64(thread_, TRY(call(thread_, unpickler_->readinto_.get(), to_value(view)))));
  if (got < missing || room->length() < missing) return raise_truncated();
  std::memcpy(target + first, room->data(), static_cast<size_t>(missing));
  return {};
}

/// With its newline.
Result<std::string_view> Reader::line() {
  auto* begin = reinterpret_cast<const char*>(data_ + at_);
  const void* end = size_ > at_ ? std::memchr(begin, '\n', static_cast<size_t>(size_ - at_)) : nullptr;
  if (end == nullptr) {
    if (!is_set(unpickler_->read_.get()) || from_memory_) return raise_truncated();
    const int64_t got = TRY(read_file(kWholeLine));
    begin = reinterpret_cast<const char*>(data_);
    if (got == 0 || begin[got - 1] != '\n') return raise_truncated();
    at_ = got;
    return std::string_view(begin, static_cast<size_t>(got));
  }
  const size_t length = static_cast<size_t>(static_cast<const char*>(end) - begin) + 1;
  at_ += static_cast<int64_t>(length);
  return std::string_view(begin, length);
}

Result<uint64_t> Reader::number(int bytes) {
  uint64_t value = 0;
  std::memcpy(&value, TRY(take(static_cast<uint64_t>(bytes))), static_cast<size_t>(bytes));
  return value;
}

// --- stack

Result<int64_t> Reader::pop_mark() {
  if (marks_.empty()) return raise_unpickling(thread_, "could not find MARK");
  const int64_t mark = marks_.back();
  marks_.pop_back();
  return mark;
}

Result<Tuple*> Reader::pop_tuple(int64_t start) {
  std::span<Value> items = above(start);
  Tuple* tuple = items.empty() ? thread_.runtime().empty_tuple()
                               : TRY(viperine::make_tuple(thread_, std::span<const Value>(items)));
  cut(start);
  return tuple;
}

// --- the loop

Result<Value> Reader::load() {
  unpickler_->protocol_ = 0;
  for (;;) {
    if (at_ >= size_) {
      Result<const uint8_t*> next = take_slow(1);
      if (next.is_raised()) {
        ExceptionObject* error = thread_.take_pending();
        Value type = TRY(attribute_of(thread_, "_pickle", "UnpicklingError"));
        if (is<Type>(type) && is_instance(thread_, to_value(error), cast<Type>(type)))
          return thread_.raise<EOFError>("Ran out of input");
        return thread_.restore_pending(error);
      }
      --at_;
    }
    const uint8_t op = data_[at_++];
    if (op == kStop) break;
    TRY(step(op));
  }
  TRY(skip_consumed());
  return pop();
}

Result<void> Reader::step(uint8_t op) {
  switch (op) {
    case kNone:
      return push(Value::none());
    case kNewTrue:
      return push(Value::true_());
    case kNewFalse:
      return push(Value::false_());
    case kBinInt:
      return push(Value::from_int(static_cast<int32_t>(TRY(number(4)))));
    case kBinInt1:
      return push(Value::from_int(static_cast<int64_t>(TRY(number(1)))));
    case kBinInt2:
      return push(Value::from_int(static_cast<int64_t>(TRY(number(2)))));
    case kBinFloat:
      return load_binary_float();
    case kShortBinUnicode:
      return load_binary_unicode(1);
    case kBinUnicode:
      return load_binary_unicode(4);
    case kShortBinBytes:
      return load_binary_bytes(1);
    case kBinBytes:
      return load_binary_bytes(4);
    case kMark:
      marks_.push_back(depth());
      return {};
    case kEmptyTuple:
      return push(to_value(thread_.runtime().empty_tuple()));
    case kTuple1:
      return load_counted_tuple(1);
    case kTuple2:
      return load_counted_tuple(2);
    case kTuple3:
      return load_counted_tuple(3);
    case kTuple:
      return load_tuple(TRY(pop_mark()));
    case kEmptyList:
      return push(to_value(List::make(thread_.heap())));
    case kEmptyDict:
      return push(to_value(Dict::make(thread_.heap())));
    case kEmptySet:
      return push(to_value(make_set(thread_, Kind::Set)));
    case kAppend:
      return append(depth() - 1);
    case kAppends:
      return append(TRY(pop_mark()));
    case kSetItem:
      return set_items(depth() - 2);
    case kSetItems:
      return set_items(TRY(pop_mark()));
    case kAddItems:
      return add_items();
    case kMemoize:
      TRY(need(1));
      return load_put(unpickler_->memo_count_);
    case kBinGet:
      return load_get(TRY(number(1)));
    case kLongBinGet:
      return load_get(TRY(number(4)));
    case kBinPut: {
      const uint64_t place = TRY(number(1));
      return load_put(static_cast<int64_t>(place));
    }
    case kLongBinPut: {
      const uint64_t place = TRY(number(4));
      return load_put(static_cast<int64_t>(place));
    }
    case kStackGlobal:
      return load_stack_global();
    case kNewObj:
      return load_newobj(false);
    case kReduce:
      return load_reduce();
    case kBuild:
      return load_build();
    case kFrame:
      return load_frame();
    default:
      return step_more(op);
  }
}

Result<void> Reader::step_more(uint8_t op) {
  switch (op) {
    case kInt:
      return load_int();
    case kLong:
      return load_long_text();
    case kLong1:
      return load_long(1);
    case kLong4:
      return load_long(4);
    case kFloat:
      return load_float();
    case kString:
      return load_string();
    case kBinString:
      return load_binary_string(4);
    case kShortBinString:
      return load_binary_string(1);
    case kUnicode:
      return load_unicode();
    case kBinUnicode8:
      return load_binary_unicode(8);
    case kBinBytes8:
      return load_binary_bytes(8);
    case kByteArray8:
      return load_bytearray();
    case kNextBuffer:
      return load_next_buffer();
    case kReadonlyBuffer:
      return load_readonly_buffer();
    case kList:
      return load_list();
    case kDict:
      return load_dict();
    case kFrozenSet:
      return load_frozenset();
    case kInst:
      return load_inst();
    case kObj:
      return load_obj();
    case kNewObjEx:
      return load_newobj(true);
    case kGlobal:
      return load_global();
    case kPersId:
      return load_persid();
    case kBinPersId:
      return load_binpersid();
    case kExt1:
      return load_extension(1);
    case kExt2:
      return load_extension(2);
    case kExt4:
      return load_extension(4);
    case kPop:
      return load_pop();
    case kPopMark:
      cut(TRY(pop_mark()));
      return {};
    case kDup:
      return load_dup();
    case kGet:
      return load_get_text();
    case kPut:
      return load_put_text();
    case kProto:
      return load_proto();
    default:
      break;
  }
  if (op >= 0x20 && op <= 0x7E && op != '\'' && op != '\\')
    return raise_unpickling(thread_, "invalid load key, '{}'.", static_cast<char>(op));
  char text[8];
  std::snprintf(text, sizeof text, "\\x%02x", op);
  return raise_unpickling(thread_, "invalid load key, '{}'.", static_cast<const char*>(text));
}

Result<void> Reader::load_proto() {
  const uint64_t protocol = TRY(number(1));
  if (protocol > kHighestProtocol)
    return thread_.raise<ValueError>("unsupported pickle protocol: {}", static_cast<int64_t>(protocol));
  unpickler_->protocol_ = static_cast<int32_t>(protocol);
  return {};
}

Result<void> Reader::load_frame() {
  const uint64_t length = TRY(number(8));
  if (length > INT64_MAX)
    return thread_.raise<OverflowError>("FRAME length exceeds system's maximum of {} bytes", INT64_MAX);
  TRY(take(length));
  at_ -= static_cast<int64_t>(length);
  return {};
}

Result<Value> load_value(Thread& thread, Unpickler* unpickler, Value data) {
  Reader reader(thread, unpickler);
  if (!data.is_absent()) TRY(reader.use(data));
  return reader.load();
}

}  // namespace viperine::pickle
