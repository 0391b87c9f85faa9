// SPDX-License-Identifier: MIT
// The module _ctypes: its functions, and the making of its types. The state of the module is an Array that the type
// _CData keeps.
#ifdef VIPERINE_HAS_FFI
#include <dlfcn.h>

#include <cstdlib>
#include <cstring>
#include <cwchar>

#include "builtins/functions.h"
#include "modules/ctypes/ctypes.h"
#include "runtime/audit.h"

namespace viperine::ctypes {

Value state(Thread& thread, StateIndex index) {
  return static_cast<Array*>(thread.runtime().type(viperine::Kind::CData)->extra_.get().as_object())->at(index);
}

namespace {

void set_state(Thread& thread, StateIndex index, Value value) {
  static_cast<Array*>(thread.runtime().type(viperine::Kind::CData)->extra_.get().as_object())->set(index, value);
}

// --- functions

Result<Value> module_sizeof(Thread& thread, Value object) {
  if (is_data(object)) return Value::from_int(cast<CData>(object)->size_);
  TypeInfo* info = info_of_value(object);
  if (info == nullptr) return thread.raise<TypeError>("this type has no size");
  return Value::from_int(info->size);
}

Result<Value> module_alignment(Thread& thread, Value object) {
  TypeInfo* info = is_data(object) ? info_of(type_of(thread, object)) : info_of_value(object);
  if (info == nullptr) return thread.raise<TypeError>("no alignment info");
  return Value::from_int(info->alignment);
}

Result<Value> module_addressof(Thread& thread, Value object) {
  if (!is_data(object)) return thread.raise<TypeError>("invalid type");
  TRY(audit(thread, "ctypes.addressof", object));
  return make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(cast<CData>(object)->data_));
}

Result<Value> module_byref(Thread& thread, Value object, Optional<Value> offset) {
  int64_t distance = offset ? TRY(to_index_int64(thread, *offset)) : 0;
  if (!is_data(object))
    return thread.raise<TypeError>("byref() argument must be a ctypes instance, not '{}'", type_name_of(object));
  return to_value(TRY(make_reference(thread, cast<CData>(object), distance)));
}

Result<Value> module_pointer_type(Thread& thread, Value type) { return to_value(TRY(pointer_type_to(thread, type))); }

Result<Value> module_pointer(Thread& thread, Value object) {
  Type* type = TRY(pointer_type_to(thread, to_value(type_of(thread, object))));
  return call(thread, to_value(type), object);
}

Result<void> module_resize(Thread& thread, Value object, Index size) {
  if (!is_data(object)) return thread.raise<TypeError>("excepted ctypes instance");
  CData* data = cast<CData>(object);
  int64_t least = info_of(type_of(thread, object))->size;
  if (size < least) return thread.raise<ValueError>("minimum size is {}", least);
  if (!data->owned_) return thread.raise<ValueError>("Memory cannot be resized because this object doesn't own it");
  if (size > data->size_) {
    void* memory = std::realloc(data->data_, static_cast<size_t>(size.value));
    if (memory == nullptr) return thread.raise_memory_error();
    data->data_ = static_cast<uint8_t*>(memory);
    std::memset(data->data_ + data->size_, 0, static_cast<size_t>(size - data->size_));
  }
  data->size_ = size;
  return {};
}

Result<Value> module_get_errno(Thread& thread) {
  TRY(audit(thread, "ctypes.get_errno"));
  return Value::from_int(*kept_errno());
}
Result<Value> module_set_errno(Thread& thread, int number) {
  TRY(audit(thread, "ctypes.set_errno", Value::from_int(number)));
  return Value::from_int(std::exchange(*kept_errno(), number));
}

Result<Value> module_unpickle(Thread& thread, Value type, Tuple* values) {
  Value object = TRY(call_method(thread, type, thread.names().__new__, type));
  TRY(call_method(thread, object, thread.names().__setstate__, to_value(values)));
  return object;
}

Result<Value> module_buffer_info(Thread& thread, Value object) {
  TypeInfo* info = is_data(object) ? info_of(type_of(thread, object)) : info_of_value(object);
  if (info == nullptr) return thread.raise<TypeError>("not a ctypes type or object");
  Tuple* shape = TRY(make_tuple(thread, info->dimensions));
  for (int i = 0; i < info->dimensions; ++i) shape->set(i, Value::from_int(info->shape[i]));
  Value format = to_value(make_str(thread, info->format == nullptr ? "B" : info->format));
  return to_value(Tuple::of(thread.heap(), format, Value::from_int(info->dimensions), to_value(shape)));
}

// --- libraries

Result<Value> module_dlopen(Thread& thread, Value name, int mode) {
  TRY(audit(thread, "ctypes.dlopen", name));
  void* handle;
  const char* error = nullptr;
  if (name.is_none()) {
    handle = dlopen(nullptr, mode | RTLD_NOW);
    if (handle == nullptr) error = dlerror();
  } else {
    Value path = name;
    if (!is_str(path) && !is<Bytes>(path)) {
      Optional<Value> given = TRY(call_special(thread, name, thread.names().__fspath__, {}));
      if (!given)
        return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(name));
      path = *given;
    }
    Bytes* text = is<Bytes>(path) ? cast<Bytes>(path) : TRY(encode_filesystem(thread, as_str(thread, path)));
    if (std::memchr(text->data(), 0, static_cast<size_t>(text->length())) != nullptr)
      return thread.raise<ValueError>("embedded null byte");
    handle = dlopen(reinterpret_cast<const char*>(text->data()), mode | RTLD_NOW);
    if (handle == nullptr) error = dlerror();
  }
  if (handle == nullptr) return thread.raise<OSError>("{}", error == nullptr ? "dlopen() error" : error);
  return make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(handle));
}

Result<Value> module_dlsym(Thread& thread, Value handle, Str* name) {
  TRY(audit(thread, "ctypes.dlsym/handle", handle, to_value(name)));
  if (!is_integer(handle)) return thread.raise<TypeError>("an integer is required");
  Bytes* text = TRY(encode_utf8(thread, name));
  void* address = dlsym(reinterpret_cast<void*>(int_bits(handle)), reinterpret_cast<const char*>(text->data()));
  if (address == nullptr) return thread.raise<OSError>("{}", static_cast<const char*>(dlerror()));
  return make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(address));
}

Result<void> module_dlclose(Thread& thread, Value handle) {
  if (!is_integer(handle)) return thread.raise<TypeError>("an integer is required");
  if (dlclose(reinterpret_cast<void*>(int_bits(handle))) != 0)
    return thread.raise<OSError>("{}", static_cast<const char*>(dlerror()));
  return {};
}

Result<Value> call_address(Thread& thread, Value address, Tuple* arguments, uint32_t flags) {
  if (!is_integer(address)) return thread.raise<TypeError>("an integer is required");
  TRY(audit(thread, "ctypes.call_function", address, to_value(arguments)));
  CallRequest request{};
  request.address = reinterpret_cast<void*>(int_bits(address));
  request.flags = flags;
  request.arguments = arguments->span();
  return call_foreign(thread, request);
}
Result<Value> module_call_function(Thread& thread, Value address, Tuple* arguments) {
  return call_address(thread, address, arguments, 0);
}
Result<Value> module_call_cdeclfunction(Thread& thread, Value address, Tuple* arguments) {
  return call_address(thread, address, arguments, kFunctionCdecl);
}

// --- objects by address

Result<Value> module_object_of(Thread& thread, Value address) {
  if (!is_integer(address)) return thread.raise<TypeError>("an integer is required");
  TRY(audit(thread, "ctypes.PyObj_FromPtr", address));
  return object_of(thread, int_bits(address));
}
/// References are not counted here.
Value module_keep(Thread&, Value object) { return object; }

constexpr NativeMethod kFunctions[] = {
    function<module_pointer_type>("POINTER(type, /)"),
    function<module_object_of>("PyObj_FromPtr(address, /)"),
    function<module_keep>("Py_DECREF(object, /)"),
    function<module_keep>("Py_INCREF(object, /)"),
    function<module_unpickle>("_unpickle(type, state, /)"),
    function<module_addressof>("addressof(object, /)", "Where in memory the object's C data are."),
    function<module_alignment>("alignment(object, /)", "The alignment of a C type or of an object, in bytes."),
    function<module_buffer_info>("buffer_info(object, /)",
                                 "Format, number of dimensions and shape of an object's buffer."),
    function<module_byref>("byref(object, offset=<unrepresentable>, /)",
                           "A light pointer to an object, for arguments of foreign functions."),
    function<module_call_cdeclfunction>("call_cdeclfunction(address, arguments, /)"),
    function<module_call_function>("call_function(address, arguments, /)"),
    function<module_dlclose>("dlclose(handle, /)", "Close a shared library."),
    function<module_dlopen>("dlopen(name, flag=0, /)", "Open a shared library; the handle is a number."),
    function<module_dlsym>("dlsym(handle, name, /)", "The address of a name in a shared library."),
    function<module_get_errno>("get_errno()"),
    function<module_pointer>("pointer(object, /)"),
    function<module_resize>("resize(object, size, /)", "Give an object more memory; its old content stays."),
    function<module_set_errno>("set_errno(number, /)"),
    function<module_sizeof>("sizeof(object, /)", "The size of a C type or of an object, in bytes."),
};

// --- C functions that ctypes calls by address, as PYTHONAPI: objects are numbers

uint64_t result_handle(Thread& thread, Result<Value> result) {
  if (result.is_raised()) return 0;
  auto handle = handle_of(thread, result.take());
  return handle.is_raised() ? 0 : handle.take();
}

uint64_t string_at(const char* address, int size) {
  Thread& thread = *foreign_caller();
  if (audit(thread, "ctypes.string_at", make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(address)),
            Value::from_int(size))
          .is_raised())
    return 0;
  size_t count = size == -1 ? std::strlen(address) : static_cast<size_t>(size);
  auto bytes = try_make_bytes(thread, address, static_cast<int64_t>(count));
  return result_handle(thread, bytes.is_raised() ? Result<Value>(Raised{}) : Result<Value>(to_value(bytes.take())));
}

uint64_t wide_string_at(const wchar_t* address, int size) {
  Thread& thread = *foreign_caller();
  if (audit(thread, "ctypes.wstring_at", make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(address)),
            Value::from_int(size))
          .is_raised())
    return 0;
  int64_t count = size == -1 ? static_cast<int64_t>(std::wcslen(address)) : size;
  Value text = make_wide_text(thread, address, count);
  return result_handle(thread, text.is_raised() ? Result<Value>(Raised{}) : Result<Value>(text));
}

Result<void> check_cast_type(Thread& thread, Value type) {
  TypeInfo* info = info_of_value(type);
  if (info != nullptr && (info->category == Category::Pointer || info->category == Category::Function)) return {};
  if (info != nullptr && info->category == Category::Simple && std::strchr("sPzUZXO", info->code) != nullptr) return {};
  if (is<Type>(type))
    return thread.raise<TypeError>("cast() argument 2 must be a pointer type, not {}", cast<Type>(type)->name());
  return thread.raise<TypeError>("cast() argument 2 must be a pointer type, not {}", type_name_of(type));
}

/// The result shares what the source keeps alive, and keeps the source.
Result<Value> cast_pointer(Thread& thread, void* address, uint64_t source_handle, uint64_t type_handle) {
  Value source = TRY(object_of(thread, source_handle)), type = TRY(object_of(thread, type_handle));
  TRY(check_cast_type(thread, type));
  Value made = TRY(call(thread, type));
  CData* result = cast<CData>(made);
  if (is_data(source)) {
    CData* data = cast<CData>(source);
    TRY(kept_objects(thread, data));
    CData* owner = data;
    while (!is_nothing(owner->base_.get())) owner = cast<CData>(owner->base_.get());
    if (is_nothing(owner->objects_.get())) owner->objects_.set(owner, to_value(Dict::make(thread.heap())));
    Value kept = owner->objects_.get();
    result->objects_.set(result, kept);
    if (is<Dict>(kept)) TRY(dict_set(thread, cast<Dict>(kept), TRY(identity_of(thread, source)), source));
  }
  std::memcpy(result->data_, &address, sizeof(address));
  return made;
}

uint64_t cast_address(void* address, uint64_t source, uint64_t type) {
  Thread& thread = *foreign_caller();
  return result_handle(thread, cast_pointer(thread, address, source, type));
}

// --- the module

/// A type of this module; its own metaclass instead of `type`.
Result<Type*> add_data_type(Thread& thread, const TypeSpec& spec, StateIndex index, const StateIndex* metatype) {
  Type* type = TRY(make_builtin_type(thread, spec));
  if (metatype != nullptr) {
    uint32_t shape = state_type(thread, *metatype)->root_shape()->index();
    type->set_shape_word(HeapObject::make_shape_word(static_cast<uint8_t>(viperine::Kind::Type), shape));
  }
  set_state(thread, index, to_value(type));
  return type;
}

Result<void> make_types(Thread& thread, Module* module) {
  Type* keeper = TRY(make_builtin_type(thread, kDataSpec));
  keeper->extra_.set(keeper, to_value(Array::try_make(thread.heap(), kStateCount)));
  set_state(thread, kDataType, to_value(keeper));
  for (int i = 0; i < 6; ++i)
    set_state(thread, static_cast<StateIndex>(kStructMeta + i),
              to_value(TRY(make_builtin_type(thread, kMetaSpecs[i]))));
  static constexpr struct {
    const TypeSpec& spec;
    StateIndex index, meta;
  } kTypes[] = {{kStructureSpec, kStructureType, kStructMeta}, {kUnionSpec, kUnionType, kUnionMeta},
                {kArraySpec, kArrayType, kArrayMeta},          {kPointerSpec, kPointerType, kPointerMeta},
                {kSimpleSpec, kSimpleType, kSimpleMeta},       {kFunctionSpec, kFunctionType, kFunctionMeta}};
  for (const auto& entry : kTypes) TRY(add_data_type(thread, entry.spec, entry.index, &entry.meta));
  TRY(add_data_type(thread, kFieldSpec, kFieldType, nullptr));
  TRY(add_data_type(thread, kArgumentSpec, kArgumentType, nullptr));
  TRY(add_data_type(thread, kThunkSpec, kThunkType, nullptr));
  for (StateIndex index : {kPointerCache, kArrayCache, kHandles, kCopies})
    set_state(thread, index, to_value(Dict::make(thread.heap())));
  Type* error =
      TRY(add_exception(thread, module, "ctypes.ArgumentError", thread.runtime().exception_type<Exception>()));
  set_state(thread, kArgumentError, to_value(error));
  return {};
}

Result<void> initialize(Thread& thread, Module* module) {
  if (thread.runtime().type(viperine::Kind::CData) == nullptr) TRY(make_types(thread, module));
  set_state(thread, kModule, to_value(module));
  static constexpr struct {
    const char* name;
    StateIndex index;
  } kNames[] = {{"Structure", kStructureType},
                {"Union", kUnionType},
                {"Array", kArrayType},
                {"_Pointer", kPointerType},
                {"_SimpleCData", kSimpleType},
                {"CFuncPtr", kFunctionType},
                {"ArgumentError", kArgumentError},
                {"_pointer_type_cache", kPointerCache}};
  for (const auto& entry : kNames) TRY(add_constant(thread, module, entry.name, state(thread, entry.index)));
  constexpr std::pair<const char*, int> kNumbers[] = {{"FUNCFLAG_CDECL", kFunctionCdecl},
                                                      {"FUNCFLAG_PYTHONAPI", kFunctionPythonApi},
                                                      {"FUNCFLAG_USE_ERRNO", kFunctionUseErrno},
                                                      {"FUNCFLAG_USE_LASTERROR", kFunctionUseLastError},
                                                      {"RTLD_LOCAL", RTLD_LOCAL},
                                                      {"RTLD_GLOBAL", RTLD_GLOBAL},
                                                      {"CTYPES_MAX_ARGCOUNT", 1024}};
  for (auto [name, value] : kNumbers) TRY(add_int(thread, module, name, value));
  const std::pair<const char*, void*> kAddresses[] = {{"_memmove_addr", reinterpret_cast<void*>(&std::memmove)},
                                                      {"_memset_addr", reinterpret_cast<void*>(&std::memset)},
                                                      {"_string_at_addr", reinterpret_cast<void*>(&string_at)},
                                                      {"_wstring_at_addr", reinterpret_cast<void*>(&wide_string_at)},
                                                      {"_cast_addr", reinterpret_cast<void*>(&cast_address)}};
  for (auto [name, address] : kAddresses)
    TRY(add_constant(thread, module, name, make_unsigned(thread.heap(), reinterpret_cast<uint64_t>(address))));
  return add_text(thread, module, "__version__", "1.1.0");
}

}  // namespace

}  // namespace viperine::ctypes

namespace viperine {

extern const ModuleSpec kCtypesModule = {.name = "_ctypes",
                                         .functions = ctypes::kFunctions,
                                         .initialize = &ctypes::initialize,
                                         .doc = "Data types of C, and functions of shared libraries."};

}  // namespace viperine

#endif
