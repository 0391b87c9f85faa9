// SPDX-License-Identifier: MIT
// The type bytes: construction and operators. Methods shared with bytearray are in byte_methods.h.
#include <cstring>

#include "base/short_memory.h"
#include "builtins/byte_methods.h"
#include "builtins/container_support.h"
#include "runtime/codecs.h"
#include "runtime/hashing.h"

namespace viperine {

namespace {

Bytes* self_bytes(Value self) { return static_cast<Bytes*>(self.as_object()); }

// --- construction

Value instance_of(Thread& thread, Type* type, Bytes* bytes) {
  if (type == thread.runtime().type(Kind::Bytes)) return to_value(bytes);
  Bytes* result = make_instance<Bytes>(thread, type, static_cast<size_t>(bytes->length()) + 1);
  result->initialize(bytes->length());
  std::memcpy(result->data(), bytes->data(), static_cast<size_t>(bytes->length()));
  return to_value(result);
}

Result<Bytes*> encoded(Thread& thread, Value source, Value encoding, Value errors) {
  Str* empty = thread.runtime().empty_str();
  Str* names[] = {empty, empty};
  Value values[] = {encoding, errors};
  for (int i = 0; i < 2; ++i) {
    if (values[i].is_absent()) continue;
    if (!is_str(values[i]))
      return thread.raise<TypeError>("bytes() argument '{}' must be str, not {}", i == 0 ? "encoding" : "errors",
                                     type_name_of(values[i]));
    names[i] = as_str(thread, values[i]);
  }
  if (source.is_absent() || !is_str(source))
    return thread.raise<TypeError>(!encoding.is_absent() ? "encoding without a string argument"
                                                         : "errors without a string argument");
  if (encoding.is_absent()) return thread.raise<TypeError>("string argument without an encoding");
  return cast<Bytes>(TRY(encode_text(thread, as_str(thread, source), names[0], names[1])));
}

Result<Bytes*> from_object(Thread& thread, Value source) {
  Optional<Value> method =
      is_exact<Bytes>(source) ? Optional<Value>() : TRY(lookup_special(thread, source, thread.names().__bytes__));
  if (method) {
    Value result = TRY(call(thread, *method));
    if (!is<Bytes>(result))
      return thread.raise<TypeError>("__bytes__ returned non-bytes (type {})", type_name_of(result));
    return cast<Bytes>(result);
  }
  if (is_exact<Bytes>(source)) return cast<Bytes>(source);
  if (is_str(source)) return thread.raise<TypeError>("string argument without an encoding");
  if (is_integer(source) || type_of(thread, source)->slots().to_index != nullptr) {
    Result<int64_t> count = to_index_int64(thread, source);
    if (!count.is_raised()) {
      if (count.take() < 0) return thread.raise<ValueError>("negative count");
      return try_make_bytes(thread, nullptr, count.take());
    }
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
  }
  ByteBuffer out;
  TRY(collect_bytes(thread, source, out, "bytes", "bytes"));
  return make_bytes(thread, out);
}

Result<Value> bytes_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("bytes(source=b'', encoding=<str>, errors=<str>)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value source = bound.values[0], encoding = bound.values[1], errors = bound.values[2];
  if (!encoding.is_absent() || !errors.is_absent()) {
    Bytes* result = TRY(encoded(thread, source, encoding, errors));
    return instance_of(thread, type, result);
  }
  if (source.is_absent()) return instance_of(thread, type, thread.runtime().empty_bytes());
  Bytes* result = TRY(from_object(thread, source));
  // bytes(x) where x.__bytes__() is of a subclass gives that very object.
  return instance_of(thread, type, result);
}

// --- operators

Result<Value> bytes_repr(Thread& thread, Value self) {
  return to_value(TRY(byte_repr(thread, self_bytes(self)->span(), SingleQuotes::kPlain)));
}
static Result<Value> bytes_str(Thread& thread, Value self) {
  TRY(warn_of_str(thread, "str() on a bytes instance"));
  return bytes_repr(thread, self);
}
Result<int64_t> bytes_hash(Thread& thread, Value self) { return hash_bytes(thread, self_bytes(self)); }
Result<int64_t> bytes_length(Thread&, Value self) { return self_bytes(self)->length(); }

Result<Value> bytes_iter(Thread& thread, Value self) {
  auto* iterator = make_kind<IndexIterator>(thread, Kind::BytesIterator);
  iterator->sequence_.initialize(self);
  return to_value(iterator);
}

Result<Value> bytes_get_item(Thread& thread, Value self, Value index) {
  Bytes* bytes = self_bytes(self);
  if (is<Slice>(index)) {
    SliceRange range = TRY(slice_range(thread, cast<Slice>(index), bytes->length()));
    if (range.step == 1 && range.length == bytes->length() && is_exact<Bytes>(self)) return self;
    if (range.step == 1) return to_value(TRY(try_make_bytes(thread, bytes->data() + range.start, range.length)));
    Bytes* result = TRY(try_make_bytes(thread, nullptr, range.length));
    for (int64_t i = 0, from = range.start; i < range.length; ++i, from += range.step)
      result->data()[i] = bytes->data()[from];
    return to_value(result);
  }
  int64_t position;
  if (index.is_int()) {
    position = index.as_int();
  } else if (is_integer(index) || type_of(thread, index)->slots().to_index != nullptr) {
    Result<int64_t> number = to_index_int64(thread, index);
    if (number.is_raised()) {
      if (!thread.pending_is<OverflowError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_name_of(index));
    }
    position = number.take();
  } else {
    return thread.raise<TypeError>("byte indices must be integers or slices, not {}", type_name_of(index));
  }
  if (position < 0) position += bytes->length();
  if (position < 0 || position >= bytes->length()) return thread.raise<IndexError>("index out of range");
  return Value::from_int(bytes->data()[position]);
}

Result<Value> bytes_concatenate(Thread& thread, Value left, Value right) {
  if (!has_buffer(thread, right)) return thread.raise<TypeError>("can't concat {} to bytes", type_name_of(right));
  Bytes* first = self_bytes(left);
  if (is_exact<Bytes>(left) && is_exact<Bytes>(right)) {
    if (first->length() == 0) return right;
    auto* last = cast<Bytes>(right);
    if (last->length() == 0) return left;
    Bytes* result = TRY(try_make_bytes(thread, nullptr, first->length() + last->length()));
    copy_run(result->data(), first->data(), static_cast<size_t>(first->length()));
    copy_run(result->data() + first->length(), last->data(), static_cast<size_t>(last->length()));
    return to_value(result);
  }
  BufferScope second(thread);
  TRY(second.acquire(right));
  Bytes* result = TRY(try_make_bytes(thread, nullptr, first->length() + second.length()));
  std::memcpy(result->data(), first->data(), static_cast<size_t>(first->length()));
  if (second.length() > 0)
    std::memcpy(result->data() + first->length(), second.data(), static_cast<size_t>(second.length()));
  return to_value(result);
}

Result<void> bytes_buffer(Thread& thread, Value self, BufferView& view, bool writable) {
  if (writable) return thread.raise<BufferError>("Object is not writable.");
  view.data = self_bytes(self)->data();
  view.length = self_bytes(self)->length();
  return {};
}

Result<Value> bytes_fromhex(Thread& thread, Type* type, Str* string) {
  ByteBuffer out;
  TRY(parse_hex(thread, string, out));
  Value result = to_value(TRY(make_bytes(thread, out)));
  if (type == thread.runtime().type(Kind::Bytes)) return result;
  return call(thread, to_value(type), result);
}

Result<Value> bytes_getnewargs(Thread& thread, Bytes* self) {
  Value copy = is_exact<Bytes>(to_value(self)) ? to_value(self)
                                               : to_value(TRY(try_make_bytes(thread, self->data(), self->length())));
  return tuple_of(thread, copy);
}

Result<Value> bytes_bytes(Thread& thread, Bytes* self) {
  if (is_exact<Bytes>(to_value(self))) return to_value(self);
  return to_value(TRY(try_make_bytes(thread, self->data(), self->length())));
}

constexpr auto kOwnMethods = std::to_array<NativeMethod>({
    method<bytes_fromhex>(
        "fromhex($type, string, /)",
        "Create a bytes object from a string of hexadecimal numbers; spaces between two numbers are accepted."),
    method<bytes_getnewargs>("__getnewargs__($self, /)"),
    method<bytes_bytes>("__bytes__($self, /)", "Convert this value to exact type bytes."),
});
constexpr auto kBytesMethods = join_methods(kSharedByteMethods, kOwnMethods);

}  // namespace

extern const TypeSpec kBytesType;
constinit const TypeSpec kBytesType = {
    .name = "bytes",
    .kind = Kind::Bytes,
    .flags = kTypeBase | kTypeMatchSelf,
    .layout = [] { return layout_of<Bytes>("bytes"); },
    .slots = {.repr = bytes_repr,
              .str = bytes_str,
              .hash = bytes_hash,
              .compare = bytes_compare,
              .new_ = bytes_new,
              .iter = bytes_iter,
              .length = bytes_length,
              .get_item = bytes_get_item,
              .contains = bytes_contains,
              .modulo = bytes_modulo,
              .concatenate = bytes_concatenate,
              .repeat = bytes_repeat,
              .buffer = bytes_buffer},
    .methods = kBytesMethods,
    .doc =
        "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> "
        "immutable copy of "
        "bytes_or_buffer\nbytes(int) -> bytes object of size given by the parameter initialized with null "
        "bytes\nbytes() -> empty bytes object",
};

}  // namespace viperine
