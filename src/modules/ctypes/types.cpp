// SPDX-License-Identifier: MIT
// The metaclasses of C types and what is known of a type: making infos, from_param, from_address and their kin, POINTER
// and array types. What each metaclass does with its classes is in simple.cpp, structures.cpp, arrays.cpp, pointers.cpp
// and functions.cpp.
#ifdef VIPERINE_HAS_FFI
#include <dlfcn.h>

#include <cstdlib>
#include <cstring>

#include "builtins/memoryview.h"
#include "modules/ctypes/ctypes.h"
#include "runtime/audit.h"

namespace viperine::ctypes {

CData* info_object(Type* type) { return try_cast<CData>(type->extra_.get()); }

TypeInfo* info_of(Type* type) {
  CData* object = info_object(type);
  return object == nullptr ? nullptr : object->info();
}
TypeInfo* info_of_value(Value type) { return is<Type>(type) ? info_of(cast<Type>(type)) : nullptr; }

bool has_category(Type* type, Category category) {
  TypeInfo* info = info_of(type);
  return info != nullptr && info->category == category;
}

TypeInfo* attach_info(Thread& thread, Type* type, Category category) {
  CData* object = make_internal(thread, kThunkType, Role::Info);
  auto* info = new TypeInfo();
  info->category = category;
  info->ffi = ffi_type_pointer;
  object->data_ = reinterpret_cast<uint8_t*>(info);
  Array* parts = Array::try_make(thread.heap(), kInfoParts);
  object->more_.set(object, to_value(parts));
  type->extra_.set(type, to_value(object));
  return info;
}

void set_format(TypeInfo* info, std::string_view text) {
  std::free(info->format);
  info->format = strndup(text.data(), text.size());
}

void set_shape(TypeInfo* info, int dimensions, const int64_t* shape) {
  std::free(info->shape);
  info->dimensions = dimensions;
  info->shape = static_cast<int64_t*>(std::malloc(sizeof(int64_t) * static_cast<size_t>(dimensions)));
  CHECK(info->shape != nullptr);
  std::memcpy(info->shape, shape, sizeof(int64_t) * static_cast<size_t>(dimensions));
}

Value info_part(Type* type, InfoPart part) {
  CData* object = info_object(type);
  return object == nullptr ? Value() : object->part(part);
}
void set_info_part(Type* type, InfoPart part, Value value) { info_object(type)->parts()->set(part, value); }

bool is_simple_subclass(Thread& thread, Type* type) {
  return has_category(type, Category::Simple) && type->base() != state_type(thread, kSimpleType);
}

Result<Optional<Value>> find_class_attribute(Thread& thread, Value type, std::string_view name) {
  return find_attribute(thread, type, intern(thread, name));
}

// --- from_param

namespace {

/// What value._as_parameter_ says, absent without one.
Result<Optional<Value>> parameter_of(Thread& thread, Value value) {
  return find_attribute(thread, value, intern(thread, "_as_parameter_"));
}

bool is_argument(Value value) { return is<CData>(value) && cast<CData>(value)->role_ == Role::Argument; }

Result<Value> from_param(Thread& thread, Type* type, Value value) {
  if (has_category(type, Category::Simple)) return simple_from_param(thread, type, value);
  if (has_category(type, Category::Pointer)) return pointer_from_param(thread, type, value);
  return generic_from_param(thread, type, value);
}

Result<Value> again_from_param(Thread& thread, Type* type, Value value) {
  if (thread.native_recursion_exceeded(" while processing _as_parameter_")) return Raised{};
  return from_param(thread, type, value);
}

Value argument_of(Thread& thread, char code, Value object, uint64_t bits) {
  CData* argument = make_argument(thread, code, object);
  std::memcpy(argument->data_, &bits, sizeof(bits));
  return to_value(argument);
}

/// The values that c_char_p, c_wchar_p, c_void_p and py_object take besides their instances; absent for others.
Result<Optional<Value>> special_from_param(Thread& thread, char code, Value value) {
  bool is_text = code == 'z' || code == 'Z', any = code == 'P';
  if (code == 'O') return Optional<Value>(to_value(make_argument(thread, 'O', value)));
  if (value.is_none()) return Optional<Value>(value);
  if (any && is_integer(value)) return Optional<Value>(argument_of(thread, 'P', Value::none(), int_bits(value)));
  if ((code == 'z' || any) && is<Bytes>(value)) return Optional<Value>(to_value(make_argument(thread, 'z', value)));
  if ((code == 'Z' || any) && is_str(value)) {
    CData* copy = TRY(wide_copy(thread, as_str(thread, value)));
    return Optional<Value>(argument_of(thread, 'Z', to_value(copy), reinterpret_cast<uint64_t>(copy->data_)));
  }
  if (is_argument(value)) {
    CData* argument = cast<CData>(value);
    if (any && argument->code_ == 'P') return Optional<Value>(value);
    Value object = argument->objects_.get();  // byref(c_char(...))
    TypeInfo* given = is_text && is_data(object) ? info_of(type_of(thread, object)) : nullptr;
    if (given != nullptr && given->category == Category::Simple && given->code == (code == 'z' ? 'c' : 'u'))
      return Optional<Value>(value);
    return Optional<Value>();
  }
  if (!is_data(value)) return Optional<Value>();
  Type* type = type_of(thread, value);
  bool sequence = has_category(type, Category::Array) || has_category(type, Category::Pointer);
  if (any && sequence) return Optional<Value>(value);
  if (is_text && sequence) {
    TypeInfo* item = info_of_value(info_part(type, kTarget));
    if (item != nullptr && item->category == Category::Simple && item->code == (code == 'z' ? 'c' : 'u'))
      return Optional<Value>(value);
  }
  if (any && has_category(type, Category::Function)) {
    uint64_t bits;
    std::memcpy(&bits, cast<CData>(value)->data_, sizeof(bits));
    return Optional<Value>(argument_of(thread, 'P', value, bits));
  }
  if (any && has_category(type, Category::Simple) && (info_of(type)->code == 'z' || info_of(type)->code == 'Z')) {
    uint64_t bits;
    std::memcpy(&bits, cast<CData>(value)->data_, sizeof(bits));
    return Optional<Value>(argument_of(thread, 'P', value, bits));
  }
  return Optional<Value>();
}

}  // namespace

Result<Value> generic_from_param(Thread& thread, Type* type, Value value) {
  if (is_instance(thread, value, type)) return value;
  if (is_argument(value)) {
    Value object = cast<CData>(value)->objects_.get(), target = info_part(type, kTarget);
    if (is_data(object) && is<Type>(target) && is_instance(thread, object, cast<Type>(target))) return value;
    return thread.raise<TypeError>("expected {} instance instead of pointer to {}", type->name(), type_name_of(object));
  }
  Optional<Value> parameter = TRY(parameter_of(thread, value));
  if (parameter) return again_from_param(thread, type, *parameter);
  return thread.raise<TypeError>("expected {} instance instead of {}", type->name(), type_name_of(value));
}

Result<Value> simple_from_param(Thread& thread, Type* type, Value value) {
  if (is_instance(thread, value, type)) return value;
  TypeInfo* info = info_of(type);
  bool special = info->code == 'z' || info->code == 'Z' || info->code == 'P' || info->code == 'O';
  if (special) {
    Optional<Value> result = TRY(special_from_param(thread, info->code, value));
    if (result) return *result;
  } else {
    CData* argument = make_argument(thread, info->code, Value::none());
    auto kept = write_scalar(thread, info->code, info->swapped, argument->data_, value, 0);
    if (!kept.is_raised()) {
      argument->objects_.set(argument, kept.take());
      return to_value(argument);
    }
    thread.clear_pending();
  }
  Optional<Value> parameter = TRY(parameter_of(thread, value));
  if (parameter) return again_from_param(thread, type, *parameter);
  return thread.raise<TypeError>("wrong type");
}

Result<Value> pointer_from_param(Thread& thread, Type* type, Value value) {
  if (value.is_none()) return value;
  Value target = info_part(type, kTarget);
  if (is<Type>(target)) {
    Type* wanted = cast<Type>(target);
    if (is_data(value) && is_instance(thread, value, wanted))
      return to_value(TRY(make_reference(thread, cast<CData>(value), 0)));
    if (is_data(value)) {
      Type* given = type_of(thread, value);
      Value item = info_part(given, kTarget);
      bool sequence = has_category(given, Category::Pointer) || has_category(given, Category::Array);
      if (sequence && is<Type>(item) && TRY(is_subclass_of(thread, item, target))) return value;
    }
  }
  return generic_from_param(thread, type, value);
}

Result<Tuple*> converters_of(Thread& thread, Tuple* types) {
  if (types->length() > kMostArguments)
    return raise_argument_error(thread, format_text(thread, "_argtypes_ has too many arguments ({}), maximum is {}",
                                                    types->length(), kMostArguments));
  Tuple* result = TRY(make_tuple(thread, types->length()));
  for (int64_t i = 0; i < types->length(); ++i) {
    Value type = types->at(i);
    Optional<Value> converter = TRY(find_class_attribute(thread, type, "from_param"));
    if (!converter) return thread.raise<TypeError>("item {} in _argtypes_ has no from_param method", i + 1);
    result->set(i, *converter);
  }
  return result;
}

// --- methods of the metaclasses

namespace {

Result<TypeInfo*> usable_info(Thread& thread, Type* type) {
  TypeInfo* info = info_of(type);
  if (info == nullptr) return thread.raise<TypeError>("abstract class");
  return info;
}

Result<Value> meta_from_param(Thread& thread, Type* type, Value value) {
  TRY(usable_info(thread, type));
  return from_param(thread, type, value);
}

Result<Value> meta_from_address(Thread& thread, Type* type, Value value) {
  if (!is_integer(value)) return thread.raise<TypeError>("integer expected");
  TRY(usable_info(thread, type));
  TRY(audit(thread, "ctypes.cdata", value));
  return to_value(TRY(make_data_at(thread, type, Value(), 0, reinterpret_cast<uint8_t*>(int_bits(value)))));
}

Result<int64_t> checked_room(Thread& thread, TypeInfo* info, int64_t offset, int64_t length) {
  if (offset < 0) return thread.raise<ValueError>("offset cannot be negative");
  if (info->size > length - offset)
    return thread.raise<ValueError>("Buffer size too small ({} instead of at least {} bytes)", length,
                                    info->size + offset);
  return offset;
}

/// Gives the bytes of `owner` a place where the collector leaves them: that of a large object.
Result<void> fix_storage(Thread& thread, Value owner, Buffer* storage) {
  constexpr int64_t kUnmoved = 32768;
  if ((storage->gc_bits() & (kGcLarge | kGcFixed)) != 0) return {};
  Buffer* fresh = Buffer::try_make(thread.heap(), std::max(storage->length(), kUnmoved));
  if (fresh == nullptr) return thread.raise_memory_error();
  std::memcpy(fresh->data(), storage->data(), static_cast<size_t>(storage->length()));
  struct Replacement {
    Heap& heap;
    Value from, to;
    HeapObject* holder;
  } replacement{thread.heap(), to_value(storage), to_value(fresh), nullptr};
  auto replace_edge = [](Value* edge, void* context) {
    auto* work = static_cast<Replacement*>(context);
    if (*edge != work->from) return;
    *edge = work->to;
    write_barrier(work->holder);
  };
  if (is<ByteArray>(owner) && (cast<ByteArray>(owner)->padding_ & 1) == 0) {
    replacement.holder = owner.as_object();
    thread.heap().for_each_edge(owner.as_object(), replace_edge, &replacement);
    return {};
  }
  // Views of it may be anywhere.
  static constexpr auto replace_in = +[](HeapObject* object, void* context) {
    auto* work = static_cast<Replacement*>(context);
    work->holder = object;
    work->heap.for_each_edge(
        object,
        [](Value* edge, void* inner) {
          auto* same = static_cast<Replacement*>(inner);
          if (*edge != same->from) return;
          *edge = same->to;
          write_barrier(same->holder);
        },
        context);
  };
  thread.heap().for_each_object(replace_in, &replacement);
  return {};
}

Result<Value> meta_from_buffer(Thread& thread, Type* type, Value object, Index offset) {
  TypeInfo* info = TRY(usable_info(thread, type));
  MemoryView* view = TRY(make_memoryview(thread, object));
  if (view->readonly_) return thread.raise<TypeError>("underlying buffer is not writable");
  if (!is_contiguous(view, Order::kC)) return thread.raise<TypeError>("underlying buffer is not C contiguous");
  TRY(checked_room(thread, info, offset.value, view->length_));
  if (has_kind(view->storage_.get(), Kind::Buffer)) {
    auto* storage = static_cast<Buffer*>(view->storage_.get().as_object());
    TRY(fix_storage(thread, object, storage));
    if (view->storage_.get() == to_value(storage)) {  // only the bytearray itself was changed
      BufferScope now(thread);
      TRY(now.acquire(object));
      if (is<Buffer>(now.view().storage)) view->storage_.set(view, now.view().storage);
    }
  }
  if (has_kind(view->storage_.get(), Kind::Buffer) && (view->storage_.get().as_object()->gc_bits() & kGcLarge) == 0)
    return thread.raise<BufferError>("the memory of this object may move");
  uint8_t* data = TRY(view_data(thread, view));
  TRY(audit(thread, "ctypes.cdata/buffer", make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(data)),
            Value::from_int(view->length_), Value::from_int(offset)));
  CData* result = TRY(make_data_at(thread, type, Value(), 0, data + offset));
  TRY(keep_reference(thread, result, -1, to_value(view)));
  return to_value(result);
}

Result<Value> meta_from_buffer_copy(Thread& thread, Type* type, Value object, Index offset) {
  TypeInfo* info = TRY(usable_info(thread, type));
  BufferScope buffer(thread);
  TRY(buffer.acquire(object));
  TRY(checked_room(thread, info, offset.value, buffer.length()));
  CData* result = TRY(make_data(thread, type));
  std::memcpy(result->data_, buffer.data() + offset, static_cast<size_t>(info->size));
  return to_value(result);
}

Result<Value> meta_in_dll(Thread& thread, Type* type, Value library, Str* name) {
  TRY(usable_info(thread, type));
  TRY(audit(thread, "ctypes.dlsym", library, to_value(name)));
  Value handle = TRY(get_attribute(thread, library, "_handle"));
  if (!is_integer(handle))
    return thread.raise<TypeError>("the _handle attribute of the second argument must be an integer");
  Bytes* text = TRY(encode_utf8(thread, name));
  void* address = dlsym(reinterpret_cast<void*>(int_bits(handle)), reinterpret_cast<const char*>(text->data()));
  if (address == nullptr) return thread.raise<ValueError>("{}", static_cast<const char*>(dlerror()));
  return to_value(TRY(make_data_at(thread, type, Value(), 0, static_cast<uint8_t*>(address))));
}

constexpr NativeMethod kMetaMethods[] = {
    method<meta_from_param>("from_param($self, value, /)", "Convert a Python object into a function call parameter."),
    method<meta_from_address>("from_address($self, integer, /)",
                              "C.from_address(integer) -> C instance\naccess a C instance at the specified address"),
    method<meta_from_buffer>("from_buffer($self, object, offset=0, /)",
                             "C.from_buffer(object, offset=0, /) -> C instance\ncreate a C instance from a writeable "
                             "buffer"),
    method<meta_from_buffer_copy>("from_buffer_copy($self, object, offset=0, /)",
                                  "C.from_buffer_copy(object, offset=0, /) -> C instance\ncreate a C instance from a "
                                  "readable buffer"),
    method<meta_in_dll>("in_dll($self, dll, name, /)",
                        "C.in_dll(dll, name) -> C instance\naccess a C instance in a dll"),
};

Result<void> meta_set_type(Thread& thread, Type* type, Value target) {
  if (!has_category(type, Category::Pointer)) return thread.raise<TypeError>("abstract class");
  TRY(set_pointer_target(thread, type, target));
  return type_set_attribute(thread, to_value(type), intern(thread, "_type_"), target);
}
constexpr NativeMethod kPointerMetaMethods[] = {
    kMetaMethods[0], kMetaMethods[1], kMetaMethods[2],
    kMetaMethods[3], kMetaMethods[4], method<meta_set_type>("set_type($self, type, /)"),
};

Result<Value> meta_repeat(Thread& thread, Value self, int64_t count) {
  if (count < 0) return thread.raise<ValueError>("Array length must be >= 0, not {}", count);
  return to_value(TRY(array_type_of(thread, cast<Type>(self), count)));
}

/// type.__new__, then what makes the class a C type.
template <StateIndex Meta>
Result<Value> meta_new(Thread& thread, Type* metatype, const Arguments& arguments) {
  Value made = TRY(type_new(thread, metatype, arguments));
  if (!is<Type>(made)) return made;
  Type* type = cast<Type>(made);
  if (info_object(type) != nullptr) return made;
  switch (Meta) {
    case kStructMeta:
      TRY(ready_structure(thread, type, Category::Structure));
      break;
    case kUnionMeta:
      TRY(ready_structure(thread, type, Category::Union));
      break;
    case kArrayMeta:
      TRY(ready_array(thread, type));
      break;
    case kPointerMeta:
      TRY(ready_pointer(thread, type));
      break;
    case kSimpleMeta:
      TRY(ready_simple(thread, type, arguments));
      break;
    default:
      TRY(ready_function(thread, type));
      break;
  }
  return made;
}

Result<void> structure_set_attribute(Thread& thread, Value self, Str* name, Value value) {
  TRY(type_set_attribute(thread, self, name, value));
  if (!value.is_absent() && name->equals("_fields_")) return lay_out_fields(thread, cast<Type>(self), value);
  return {};
}

}  // namespace

const TypeSpec kMetaSpecs[6] = {
    {.name = "_ctypes.PyCStructType",
     .kind = Kind::Type,
     .base = Kind::Type,
     .flags = kTypeBase,
     .slots = {.new_ = &meta_new<kStructMeta>, .set_attribute = &structure_set_attribute, .repeat = &meta_repeat},
     .methods = kMetaMethods,
     .doc = "Type of structure types."},
    {.name = "_ctypes.UnionType",
     .kind = Kind::Type,
     .base = Kind::Type,
     .flags = kTypeBase,
     .slots = {.new_ = &meta_new<kUnionMeta>, .set_attribute = &structure_set_attribute, .repeat = &meta_repeat},
     .methods = kMetaMethods,
     .doc = "Type of union types."},
    {.name = "_ctypes.PyCArrayType",
     .kind = Kind::Type,
     .base = Kind::Type,
     .flags = kTypeBase,
     .slots = {.new_ = &meta_new<kArrayMeta>, .repeat = &meta_repeat},
     .methods = kMetaMethods,
     .doc = "Type of array types."},
    {.name = "_ctypes.PyCPointerType",
     .kind = Kind::Type,
     .base = Kind::Type,
     .flags = kTypeBase,
     .slots = {.new_ = &meta_new<kPointerMeta>, .repeat = &meta_repeat},
     .methods = kPointerMetaMethods,
     .doc = "Type of pointer types."},
    {.name = "_ctypes.PyCSimpleType",
     .kind = Kind::Type,
     .base = Kind::Type,
     .flags = kTypeBase,
     .slots = {.new_ = &meta_new<kSimpleMeta>, .repeat = &meta_repeat},
     .methods = kMetaMethods,
     .doc = "Type of simple types."},
    {.name = "_ctypes.PyCFuncPtrType",
     .kind = Kind::Type,
     .base = Kind::Type,
     .flags = kTypeBase,
     .slots = {.new_ = &meta_new<kFunctionMeta>, .repeat = &meta_repeat},
     .methods = kMetaMethods,
     .doc = "Type of function types."},
};

}  // namespace viperine::ctypes

#endif
