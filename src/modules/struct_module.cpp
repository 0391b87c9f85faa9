// SPDX-License-Identifier: MIT
// The module _struct: Struct, its iterator, and the functions that take a format. The format language is
// numeric/packing.h. Invariant: a StructFormat's items_ is null until __init__ has run.
#include <cstring>

#include "builtins/container_support.h"
#include "builtins/packed_items.h"
#include "runtime/buffers.h"
#include "runtime/text_views.h"

namespace viperine {

namespace {

class StructFormat final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::StructFormat;
  Slot<Value> text_;       // str: the format
  Slot<Buffer> items_;     // PackItem[item_count_]
  int64_t size_, value_count_, item_count_;
  uint32_t little_endian_, native_;
  LAYOUT(StructFormat, HeapObject, text_, items_, size_, value_count_, item_count_, little_endian_, native_);
};

class UnpackIterator final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::UnpackIterator;
  Slot<Value> format_, buffer_;   // int 0 once exhausted
  int64_t position_;
  LAYOUT(UnpackIterator, HeapObject, format_, buffer_, position_);
};

Raised raise_error(Thread& thread, Str* text) {
  Optional<Value> module = thread.runtime().modules()->get_str(make_str(thread, "_struct"));
  if (module && is<Module>(*module))
    if (Optional<Value> error = cast<Module>(*module)->dict()->get_str(intern(thread, "error"))) {
      Value exception = TRY(call(thread, *error, to_value(text)));
      return thread.raise_object(cast<ExceptionObject>(exception));
    }
  return thread.raise<ValueError>("{}", text);
}
template <typename... Arguments_>
Raised raise_error(Thread& thread, std::string_view format, Arguments_... arguments) {
  return raise_error(thread, format_text(thread, format, arguments...));
}

// --- formats

PackFormat pack_format(const StructFormat* self) {
  PackFormat format;
  format.little_endian = self->little_endian_, format.native = self->native_;
  format.size = self->size_, format.value_count = self->value_count_,
  format.item_count = static_cast<size_t>(self->item_count_);
  return format;
}
const PackItem* items_of(const StructFormat* self) { return reinterpret_cast<const PackItem*>(self->items_->data()); }

Result<void> set_format(Thread& thread, StructFormat* self, Value source) {
  Str* text;
  if (is<Bytes>(source)) {
    text = TRY(make_text(thread, view_of(cast<Bytes>(source)->span())));
  } else if (is_str(source)) {
    text = as_str(thread, source);
  } else {
    return thread.raise<TypeError>("Struct() argument 1 must be a str or bytes object, not {}", type_name_of(source));
  }
  if (!text->is_ascii()) {
    Value ignored =
        TRY(call_method(thread, to_value(text), thread.names().encode, to_value(make_str(thread, "ascii"))));
    (void)ignored;
  }
  std::string_view format = text->ascii();
  Buffer* items = Buffer::try_make(thread.heap(), static_cast<int64_t>((format.size() + 1) * sizeof(PackItem)));
  if (items == nullptr) return thread.raise_memory_error();
  PackFormat parsed = parse_pack_format(format, reinterpret_cast<PackItem*>(items->data()));
  if (parsed.error != nullptr) return raise_error(thread, "{}", parsed.error);
  self->text_.set(self, to_value(text));
  self->items_.set(self, items);
  self->size_ = parsed.size;
  self->value_count_ = parsed.value_count;
  self->item_count_ = static_cast<int64_t>(parsed.item_count);
  self->little_endian_ = parsed.little_endian;
  self->native_ = parsed.native;
  return {};
}

Result<StructFormat*> make_format(Thread& thread, Value source) {
  if (is<StructFormat>(source)) return cast<StructFormat>(source);
  auto* format = make_exact<StructFormat>(thread, Kind::StructFormat);
  TRY(set_format(thread, format, source));
  return format;
}

Result<void> check_ready(Thread& thread, const StructFormat* self) {
  if (self->items_.is_null()) return thread.raise<RuntimeError>("Struct object is not initialized");
  return {};
}

// --- packing

Result<void> pack_text(Thread& thread, uint8_t* out, const PackItem& item, Value value) {
  std::span<const uint8_t> data;
  if (is<Bytes>(value)) data = cast<Bytes>(value)->span();
  else if (is<ByteArray>(value)) data = cast<ByteArray>(value)->span();
  else return raise_error(thread, "argument for '{}' must be a bytes object", item.code);
  auto room = static_cast<size_t>(item.size);
  if (item.code == 's') {
    std::memcpy(out, data.data(), std::min(data.size(), room));
    return {};
  }
  if (room == 0) return {};
  size_t count = std::min(data.size(), room - 1);
  out[0] = static_cast<uint8_t>(std::min(count, size_t{255}));
  if (count > 0) std::memcpy(out + 1, data.data(), count);
  return {};
}

Result<void> pack_number(Thread& thread, uint8_t* out, const PackItem& item, const PackFormat& format, Value value) {
  if (!is_integer(value) && type_of(thread, value)->slots().to_index == nullptr)
    return raise_error(thread, "required argument is not an integer");
  Value index = TRY(to_index(thread, value));
  uint64_t storage = 0;
  limbs::Signed number = signed_limbs(index, storage);
  char message[kPackMessageSize];
  char code = item.code == 'P' && number.negative ? 'n' : item.code;
  const char* error = pack_integer(out, code, format, number, message);
  if (error != nullptr) return raise_error(thread, "{}", error);
  return {};
}

Result<void> pack_one(Thread& thread, uint8_t* out, const PackItem& item, const PackFormat& format, Value value) {
  switch (item.code) {
    case 's': case 'p': return pack_text(thread, out, item, value);
    case 'c':
      if (!is<Bytes>(value) || cast<Bytes>(value)->length() != 1)
        return raise_error(thread, "char format requires a bytes object of length 1");
      *out = cast<Bytes>(value)->data()[0];
      return {};
    case '?': *out = TRY(is_true(thread, value)); return {};
    case 'e': case 'f': case 'd': {
      Result<double> number = to_double(thread, value);
      if (number.is_raised()) {
        thread.clear_pending();
        return raise_error(thread, "required argument is not a float");
      }
      const char* error = pack_float(out, item.code, format, number.take());
      if (error != nullptr) return thread.raise<OverflowError>("{}", error);
      return {};
    }
    default: return pack_number(thread, out, item, format, value);
  }
}

/// Writes all values to `out`, size bytes that are zeroed first.
Result<void> pack_values(Thread& thread, const StructFormat* self, uint8_t* out, std::span<const Value> values,
                         const char* name) {
  PackFormat format = pack_format(self);
  if (static_cast<int64_t>(values.size()) != format.value_count)
    return raise_error(thread, "{} expected {} items for packing (got {})", name, format.value_count,
                       static_cast<int64_t>(values.size()));
  if (format.size > 0) std::memset(out, 0, static_cast<size_t>(format.size));
  size_t next = 0;
  for (size_t i = 0; i < format.item_count; ++i) {
    PackItem item = items_of(self)[i];
    if (item.code == 'x') continue;
    for (int64_t n = 0; n < item.repeat; ++n)
      TRY(pack_one(thread, out + item.offset + n * item.size, item, format, values[next++]));
  }
  return {};
}

Result<Value> unpack_values(Thread& thread, const StructFormat* self, const uint8_t* data) {
  PackFormat format = pack_format(self);
  Tuple* result = TRY(make_tuple(thread, format.value_count));
  int64_t next = 0;
  for (size_t i = 0; i < format.item_count; ++i) {
    PackItem item = items_of(self)[i];
    const uint8_t* at = data + item.offset;
    if (item.code == 'x') continue;
    if (item.code == 's') {
      result->set(next++, to_value(TRY(try_make_bytes(thread, at, item.size))));
      continue;
    }
    if (item.code == 'p') {
      int64_t count = item.size == 0 ? 0 : std::min<int64_t>(at[0], item.size - 1);
      result->set(next++, to_value(TRY(try_make_bytes(thread, at + 1, count))));
      continue;
    }
    for (int64_t n = 0; n < item.repeat; ++n)
      result->set(next++, unpack_value(thread, at + n * item.size, item.code, item.size, format.little_endian));
  }
  return to_value(result);
}

// --- Struct

Result<Value> struct_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<StructFormat>(thread, type));
}
Result<void> struct_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("Struct(format)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  return set_format(thread, static_cast<StructFormat*>(self.as_object()), bound.values[0]);
}

Result<Value> pack_with(Thread& thread, StructFormat* self, std::span<const Value> values) {
  Bytes* out = TRY(try_make_bytes(thread, nullptr, self->size_));
  TRY(pack_values(thread, self, out->data(), values, "pack"));
  return to_value(out);
}

Result<Value> struct_pack(Thread& thread, StructFormat* self, Rest values) {
  TRY(check_ready(thread, self));
  return pack_with(thread, self, values.span());
}

Result<Value> pack_into_with(Thread& thread, StructFormat* self, std::span<const Value> arguments) {
  if (arguments.empty()) return raise_error(thread, "pack_into expected buffer argument");
  if (arguments.size() == 1) return raise_error(thread, "pack_into expected offset argument");
  auto values = arguments.subspan(2);
  if (static_cast<int64_t>(values.size()) != self->value_count_)
    return raise_error(thread, "pack_into expected {} items for packing (got {})", self->value_count_,
                       static_cast<int64_t>(values.size()));
  BufferScope buffer(thread);
  Result<void> acquired = buffer.acquire(arguments[0], true);
  if (acquired.is_raised()) {
    if (!thread.pending_is<BufferError>() && !thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<TypeError>("argument must be read-write bytes-like object, not {}", type_name_of(arguments[0]));
  }
  int64_t offset = TRY(to_index_int64(thread, arguments[1])), length = buffer.length(), size = self->size_;
  if (offset < 0) {
    if (offset + size > 0) return raise_error(thread, "no space to pack {} bytes at offset {}", size, offset);
    if (offset + length < 0) return raise_error(thread, "offset {} out of range for {}-byte buffer", offset, length);
    offset += length;
  }
  if (length - offset < size)
    return raise_error(
        thread,
        "pack_into requires a buffer of at least {} bytes for packing {} bytes at offset {} (actual buffer size is {})",
        static_cast<uint64_t>(offset) + static_cast<uint64_t>(size), size, offset, length);
  TRY(pack_values(thread, self, buffer.data() + offset, values, "pack_into"));
  return Value::none();
}

Result<Value> struct_pack_into(Thread& thread, StructFormat* self, Rest arguments) {
  TRY(check_ready(thread, self));
  return pack_into_with(thread, self, arguments.span());
}

Result<Value> struct_unpack(Thread& thread, StructFormat* self, Value data) {
  TRY(check_ready(thread, self));
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  if (buffer.length() != self->size_) return raise_error(thread, "unpack requires a buffer of {} bytes", self->size_);
  return unpack_values(thread, self, buffer.data());
}

Result<Value> struct_unpack_from(Thread& thread, StructFormat* self, Value data, Index start) {
  TRY(check_ready(thread, self));
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  int64_t offset = start.value, length = buffer.length(), size = self->size_;
  if (offset < 0) {
    if (offset + size > 0) return raise_error(thread, "not enough data to unpack {} bytes at offset {}", size, offset);
    if (offset + length < 0) return raise_error(thread, "offset {} out of range for {}-byte buffer", offset, length);
    offset += length;
  }
  if (length - offset < size)
    return raise_error(thread,
                       "unpack_from requires a buffer of at least {} bytes for unpacking {} bytes at offset {} (actual "
                       "buffer size is {})",
                       static_cast<uint64_t>(offset) + static_cast<uint64_t>(size), size, offset, length);
  return unpack_values(thread, self, buffer.data() + offset);
}

Result<Value> struct_iter_unpack(Thread& thread, StructFormat* self, Value data) {
  TRY(check_ready(thread, self));
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  if (self->size_ == 0) return raise_error(thread, "cannot iteratively unpack with a struct of length 0");
  if (buffer.length() % self->size_ != 0)
    return raise_error(thread, "iterative unpacking requires a buffer of a multiple of {} bytes", self->size_);
  auto* iterator = make_exact<UnpackIterator>(thread, Kind::UnpackIterator);
  iterator->format_.initialize(to_value(self));
  iterator->buffer_.initialize(data);
  return to_value(iterator);
}

Value struct_format(Thread&, StructFormat* self) { return self->items_.is_null() ? Value::none() : self->text_.get(); }
Value struct_size(Thread&, StructFormat* self) { return Value::from_int(self->items_.is_null() ? -1 : self->size_); }
Value struct_sizeof(Thread& thread, StructFormat* self) {
  return Value::from_int(object_size(thread, self) + object_size(thread, self->items_.get()));
}

constexpr NativeMethod kStructMethods[] = {
    method<struct_iter_unpack>("iter_unpack($self, buffer, /)",
                               "Return an iterator yielding tuples unpacked from the bytes, one after the other."),
    method<struct_pack>("pack($self, /, *values)",
                        "S.pack(v1, v2, ...) -> bytes\n\nReturn a bytes object containing values v1, v2, ... packed "
                        "according to S.format."),
    method<struct_pack_into>("pack_into($self, /, *arguments)",
                             "S.pack_into(buffer, offset, v1, v2, ...)\n\nPack the values and write the bytes into the "
                             "writable buffer starting at offset."),
    method<struct_unpack>("unpack($self, buffer, /)", "Return a tuple containing unpacked values."),
    method<struct_unpack_from>("unpack_from($self, /, buffer, offset=0)",
                               "Return a tuple containing values unpacked from the buffer, starting at offset."),
    method<struct_sizeof>("__sizeof__($self, /)"),
};
constexpr NativeAttribute kStructAttributes[] = {
    attribute<struct_format>("format", "struct format string"),
    attribute<struct_size>("size", "struct size in bytes"),
};
constexpr TypeSpec kStructType = {
    .name = "_struct.Struct",
    .kind = Kind::StructFormat,
    .flags = kTypeBase | kTypeHasWeakrefs,
    .layout = [] { return layout_of<StructFormat>("Struct"); },
    .slots = {.new_ = struct_new, .init = struct_init},
    .methods = kStructMethods,
    .attributes = kStructAttributes,
    .doc = "Struct(fmt) --> compiled struct object",
};

// --- the iterator

UnpackIterator* self_iterator(Value self) { return static_cast<UnpackIterator*>(self.as_object()); }

Result<Value> iterator_self(Thread&, Value self) { return self; }
Result<Optional<Value>> iterator_next(Thread& thread, Value value) {
  UnpackIterator* self = self_iterator(value);
  if (self->format_.get().is_int()) return Optional<Value>();
  auto* format = cast<StructFormat>(self->format_.get());
  BufferScope buffer(thread);
  TRY(buffer.acquire(self->buffer_.get()));
  if (self->position_ + format->size_ > buffer.length()) {
    self->format_.set(self, Value());
    self->buffer_.set(self, Value());
    return Optional<Value>();
  }
  int64_t position = self->position_;
  self->position_ += format->size_;
  return Optional<Value>(TRY(unpack_values(thread, format, buffer.data() + position)));
}
Result<Value> iterator_length_hint(Thread& thread, UnpackIterator* self) {
  if (self->format_.get().is_int()) return Value::from_int(0);
  BufferScope buffer(thread);
  TRY(buffer.acquire(self->buffer_.get()));
  return Value::from_int((buffer.length() - self->position_) / cast<StructFormat>(self->format_.get())->size_);
}
constexpr NativeMethod kIteratorMethods[] = {method<iterator_length_hint>("__length_hint__($self, /)")};
constexpr TypeSpec kIteratorType = {
    .name = "_struct.unpack_iterator",
    .kind = Kind::UnpackIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<UnpackIterator>("unpack_iterator"); },
    .slots = {.iter = iterator_self, .next = iterator_next},
    .methods = kIteratorMethods,
};

// --- functions

Result<Value> module_pack(Thread& thread, Rest arguments) {
  if (arguments.count == 0) return thread.raise<TypeError>("missing format argument");
  StructFormat* format = TRY(make_format(thread, arguments[0]));
  return pack_with(thread, format, arguments.span().subspan(1));
}
Result<Value> module_pack_into(Thread& thread, Rest arguments) {
  if (arguments.count == 0) return thread.raise<TypeError>("missing format argument");
  StructFormat* format = TRY(make_format(thread, arguments[0]));
  return pack_into_with(thread, format, arguments.span().subspan(1));
}
Result<Value> module_unpack(Thread& thread, Value format, Value buffer) {
  return struct_unpack(thread, TRY(make_format(thread, format)), buffer);
}
Result<Value> module_unpack_from(Thread& thread, Value format, Value buffer, Index offset) {
  return struct_unpack_from(thread, TRY(make_format(thread, format)), buffer, offset);
}
Result<Value> module_iter_unpack(Thread& thread, Value format, Value buffer) {
  return struct_iter_unpack(thread, TRY(make_format(thread, format)), buffer);
}
Result<Value> module_calcsize(Thread& thread, Value format) {
  return Value::from_int(TRY(make_format(thread, format))->size_);
}
Result<void> module_clearcache(Thread&) { return {}; }

constexpr NativeMethod kFunctions[] = {
    function<module_clearcache>("_clearcache($module, /)", "Clear the internal cache."),
    function<module_calcsize>("calcsize($module, format, /)",
                              "Return size in bytes of the struct described by the format string."),
    function<module_iter_unpack>("iter_unpack($module, format, buffer, /)",
                                 "Return an iterator yielding tuples unpacked from the given bytes."),
    function<module_pack>("pack($module, /, *arguments)",
                          "pack(format, v1, v2, ...) -> bytes\n\nReturn a bytes object containing the values v1, v2, "
                          "... packed according to the format string."),
    function<module_pack_into>("pack_into($module, /, *arguments)",
                               "pack_into(format, buffer, offset, v1, v2, ...)\n\nPack the values v1, v2, ... and "
                               "write the packed bytes into the writable buffer."),
    function<module_unpack>("unpack($module, format, buffer, /)",
                            "Return a tuple containing values unpacked according to the format string."),
    function<module_unpack_from>("unpack_from($module, format, /, buffer, offset=0)",
                                 "Return a tuple containing values unpacked according to the format string."),
};

Result<void> struct_initialize(Thread& thread, Module* module) {
  if (thread.runtime().type(Kind::UnpackIterator) == nullptr) TRY(make_builtin_type(thread, kIteratorType));
  if (thread.runtime().type(Kind::StructFormat) == nullptr) TRY(make_builtin_type(thread, kStructType));
  TRY(add_constant(thread, module, "Struct", to_value(thread.runtime().type(Kind::StructFormat))));
  TRY(add_exception(thread, module, "struct.error", thread.runtime().exception_type(ExceptionKind::Exception)));
  return {};
}

}  // namespace

extern const ModuleSpec kStructModule;
constinit const ModuleSpec kStructModule = {
    .name = "_struct", .functions = kFunctions, .initialize = struct_initialize,
    .doc = "Functions to convert between Python values and C structs represented as Python bytes objects."};

}  // namespace viperine
