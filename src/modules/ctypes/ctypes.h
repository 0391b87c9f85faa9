// SPDX-License-Identifier: MIT
// What the files of the module _ctypes share: the objects, what is known of each C type, and the operations on memory.
// Invariants: the memory behind data_ is malloc memory (or foreign) and never moves; it holds no Value. What it points
// to is kept alive by objects_ of the outermost object, as in CPython. A py_object in memory is a number from
// handle_of, which does not keep its object alive.
#pragma once

#include <ffi.h>

#include "builtins/common.h"
#include "objects/array.h"
#include "runtime/buffers.h"

namespace viperine::ctypes {

enum class Category : uint8_t { Simple, Structure, Union, Array, Pointer, Function };

enum InfoFlags : uint32_t {
  kFunctionCdecl = 1,  // FUNCFLAG_*: what a class of functions gives as _flags_
  kFunctionPythonApi = 4,
  kFunctionUseErrno = 8,
  kFunctionUseLastError = 16,
  kIsPointer = 0x100,
  kHasPointer = 0x200,
  kHasUnion = 0x400,
  kHasBitFields = 0x800,
  kFinal = 0x1000,  // instances or users exist: _fields_ is settled
};

/// A C type. Lives in malloc memory, owned by the info object that Type::extra_ refers to.
struct TypeInfo {
  Category category = Category::Simple;
  char code = 0;         // simple types: the letter of _type_
  bool swapped = false;  // simple types: the other byte order
  uint32_t flags = 0;
  int64_t size = 0, alignment = 0;
  int64_t length = 0;      // items of an array, fields of a structure
  ffi_type ffi{};          // elements is owned
  char* format = nullptr;  // PEP 3118
  int dimensions = 0;
  int64_t* shape = nullptr;
};

/// What the info object keeps besides: its more_ is an Array of these.
enum InfoPart { kTarget, kArgumentTypes, kConverters, kResultType, kChecker, kFieldTypes, kInfoParts };
/// The same of a foreign function. Absent ones are int 0.
enum FunctionPart {
  kFunctionCallable,
  kFunctionArgumentTypes,
  kFunctionConverters,
  kFunctionResultType,
  kFunctionChecker,
  kFunctionErrorCheck,
  kFunctionParameterFlags,
  kFunctionThunk,
  kFunctionParts
};

enum class Role : uint8_t { Data, Info, Field, Argument, Thunk };

/// Everything of this module: instances of C types, and by role_ the internal objects.
///   Data:     base_ whose memory it is a part of, objects_ what the memory refers to, more_ parts of a function
///   Info:     data_ is a TypeInfo, more_ its parts
///   Field:    base_ type, index_ offset, size_ size or bits << 16 | shift, length_ number of the field
///   Argument: a C argument: objects_ object, data_ 16 bytes of value, code_ how they are passed
///   Thunk:    a callback: base_ callable, objects_ argument types, more_ result type, data_ a Closure
class CData final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::CData;
  Slot<Value> base_, objects_, more_;  // int 0: nothing
  uint8_t* data_;
  int64_t size_, length_, index_;
  Role role_;
  uint8_t owned_;  // data_ is freed with the object
  char code_;
  uint8_t padding_[5];
  static void release(HeapObject* object);
  TypeInfo* info() const { return reinterpret_cast<TypeInfo*>(data_); }
  Array* parts() const { return static_cast<Array*>(more_.get().as_object()); }
  Value part(int index) const { return parts()->at(index); }
  LAYOUT(CData, HeapObject, base_, objects_, more_, data_, size_, length_, index_, role_, owned_, code_, padding_);
};

inline bool is_nothing(Value value) { return value.bits() == 0; }

// --- the module's types and tables (module.cpp)
enum StateIndex {
  kStructMeta,
  kUnionMeta,
  kArrayMeta,
  kPointerMeta,
  kSimpleMeta,
  kFunctionMeta,
  kDataType,
  kStructureType,
  kUnionType,
  kArrayType,
  kPointerType,
  kSimpleType,
  kFunctionType,
  kFieldType,
  kArgumentType,
  kThunkType,
  kArgumentError,
  kPointerCache,
  kArrayCache,
  kHandles,
  kCopies,
  kModule,
  kStateCount
};
Value state(Thread& thread, StateIndex index);
inline Type* state_type(Thread& thread, StateIndex index) { return cast<Type>(state(thread, index)); }

extern const TypeSpec kMetaSpecs[6];
extern const TypeSpec kDataSpec, kStructureSpec, kUnionSpec, kArraySpec, kPointerSpec, kSimpleSpec, kFunctionSpec;
extern const TypeSpec kFieldSpec, kArgumentSpec, kThunkSpec;

// --- types (types.cpp)
/// What is known of a C type; null for abstract ones and for classes that are none.
TypeInfo* info_of(Type* type);
CData* info_object(Type* type);
TypeInfo* info_of_value(Value type);  // null also when the value is no class
/// A fresh, empty info for `type`.
TypeInfo* attach_info(Thread& thread, Type* type, Category category);
void set_format(TypeInfo* info, std::string_view text);
void set_shape(TypeInfo* info, int dimensions, const int64_t* shape);
Value info_part(Type* type, InfoPart part);
void set_info_part(Type* type, InfoPart part, Value value);
inline Type* target_of(Type* type) { return cast<Type>(info_part(type, kTarget)); }
/// Whether values of this type are seen as instances although they are simple (subclasses of c_int, ...).
bool is_simple_subclass(Thread& thread, Type* type);
bool has_category(Type* type, Category category);
/// getattr(type, name), absent when missing.
Result<Optional<Value>> find_class_attribute(Thread& thread, Value type, std::string_view name);
Result<Value> generic_from_param(Thread& thread, Type* type, Value value);
Result<Value> simple_from_param(Thread& thread, Type* type, Value value);
Result<Value> pointer_from_param(Thread& thread, Type* type, Value value);
/// The class behind POINTER(type), and type * length.
Result<Type*> pointer_type_to(Thread& thread, Value type);
Result<Type*> array_type_of(Thread& thread, Type* item, int64_t length);
/// What the metaclasses do when a class has been made.
Result<void> ready_simple(Thread& thread, Type* type, const Arguments& arguments);
Result<void> ready_array(Thread& thread, Type* type);
Result<void> ready_pointer(Thread& thread, Type* type);
Result<void> ready_function(Thread& thread, Type* type);
Result<void> ready_structure(Thread& thread, Type* type, Category category);
Result<void> set_pointer_target(Thread& thread, Type* type, Value target);
/// _fields_ was assigned.
Result<void> lay_out_fields(Thread& thread, Type* type, Value fields);
Result<Tuple*> converters_of(Thread& thread, Tuple* types);

// --- instances (data.cpp)
inline CData* self_data(Value self) { return static_cast<CData*>(self.as_object()); }
inline bool is_data(Value value) { return is<CData>(value) && cast<CData>(value)->role_ == Role::Data; }
inline Type* type_of_data(Thread& thread, CData* data) { return type_of(thread, to_value(data)); }
/// A fresh instance with zeroed memory of its own; TypeError "abstract class".
Result<CData*> make_data(Thread& thread, Type* type);
/// An instance on memory that is part of `base` (int 0: foreign memory).
Result<CData*> make_data_at(Thread& thread, Type* type, Value base, int64_t index, uint8_t* address);
CData* make_internal(Thread& thread, StateIndex type, Role role);
/// Zeroed malloc memory that belongs to `object`.
Result<void> give_memory(Thread& thread, CData* object, int64_t size);
/// Reads or writes an item of type `type` at `address`, which is part `index` of `owner`.
Result<Value> read_item(Thread& thread, Type* type, CData* owner, int64_t index, uint8_t* address);
Result<void> write_item(Thread& thread, CData* owner, Type* type, Value value, int64_t index, uint8_t* address);
/// The same without recording what must stay alive: that is returned.
Result<Value> store_value(Thread& thread, Type* type, Value value, uint8_t* address);
Result<void> keep_reference(Thread& thread, CData* target, int64_t index, Value kept);
Result<Value> kept_objects(Thread& thread, CData* target);
Result<Value> data_new(Thread& thread, Type* type, const Arguments& arguments);
Result<void> data_buffer(Thread& thread, Value self, BufferView& view, bool writable);
/// "TypeName: text" behind a prefix, as another exception.
void extend_error(Thread& thread, Type* exception, std::string_view prefix);

// --- values of simple types (scalars.cpp)
bool is_scalar_code(char code);
int64_t scalar_size(char code);
ffi_type* scalar_ffi(char code);
/// `field`: bits << 16 | shift of a bit field, 0 without one.
Result<Value> read_scalar(Thread& thread, char code, bool swapped, const uint8_t* address, int64_t field);
/// What must be kept alive for the memory's sake, or None.
Result<Value> write_scalar(Thread& thread, char code, bool swapped, uint8_t* address, Value value, int64_t field);
Result<Value> read_text(Thread& thread, const uint8_t* address, int64_t bytes, bool wide);
Result<Value> write_text(Thread& thread, uint8_t* address, int64_t bytes, Value value, bool wide);
/// code 'c' or 'u' when the type is an array of c_char or c_wchar.
char text_code(Type* type);
uint64_t int_bits(Value integer);
Value make_wide_text(Thread& thread, const wchar_t* text, int64_t length);
/// NUL-terminated wchar_t in malloc memory that belongs to the result.
Result<CData*> wide_copy(Thread& thread, Str* text);

// --- objects as numbers (handles.cpp)
/// A number for `object`, valid while the object lives; it is id(object).
Result<uint64_t> handle_of(Thread& thread, Value object);
/// ValueError when there is no such object (any more).
Result<Value> object_of(Thread& thread, uint64_t handle);
/// An address of a bytes' data that stays the same while it lives.
Result<const char*> stable_address(Thread& thread, Bytes* bytes);

// --- calls (arguments.cpp, calls.cpp, callbacks.cpp, functions.cpp)
constexpr int64_t kMostArguments = 1024;
/// ctypes.ArgumentError with this text.
Raised raise_argument_error(Thread& thread, Str* text);
struct CallRequest {
  void* address;
  uint32_t flags;
  std::span<const Value> arguments;
  Tuple* types = nullptr;       // argument types, perhaps null
  Tuple* converters = nullptr;  // of the first arguments
  Value result_type;            // int 0: C int; None: void
  Value checker;
};
Result<Value> call_foreign(Thread& thread, const CallRequest& request);
/// One argument as libffi wants it.
struct CArgument {
  alignas(16) uint8_t value[16];
  ffi_type* type;
  void* place;  // value, or where a structure lies
  Value kept;
};
/// Precondition: `out` lies on the native stack.
Result<void> convert_argument(Thread& thread, Value value, int64_t number, CArgument* out);
CData* make_argument(Thread& thread, char code, Value object);
Result<CData*> make_reference(Thread& thread, CData* object, int64_t offset);
/// A callback: its closure's address is in data_.
Result<CData*> make_thunk(Thread& thread, Value callable, Tuple* types, Value result_type, uint32_t flags);
void free_closure(uint8_t* data);
void* thunk_address(const CData* thunk);
/// The copy of errno that ctypes keeps for this OS thread.
int* kept_errno();
/// Runs `call` as foreign code, without the lock unless `flags` says PYTHONAPI.
void run_foreign(Thread& thread, uint32_t flags, ffi_cif* cif, void* address, void* result, void** values);
/// The running Python thread of this OS thread while foreign code runs; null elsewhere.
Thread* foreign_caller();
/// While Python runs again below foreign code.
class CallbackScope {
 public:
  explicit CallbackScope(Runtime& runtime);
  ~CallbackScope();
  CallbackScope(const CallbackScope&) = delete;
  Thread& thread() { return *thread_; }

 private:
  Thread* thread_;
  bool attached_ = false, locked_ = false;
};

}  // namespace viperine::ctypes
