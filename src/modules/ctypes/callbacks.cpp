// SPDX-License-Identifier: MIT
// Callbacks: machine code that C may call, made by libffi, which calls a Python object.
// Invariant: a closure lives as long as its thunk object; exceptions end in sys.unraisablehook.
#ifdef VIPERINE_HAS_FFI
#include <cstring>
#include <vector>

#include "modules/ctypes/ctypes.h"
#include "runtime/poll.h"
#include "runtime/warnings.h"

namespace viperine::ctypes {

namespace {

struct Closure {
  ffi_closure* writable = nullptr;
  void* code = nullptr;
  ffi_cif cif;
  std::vector<ffi_type*> types;
  Runtime* runtime = nullptr;
  uint64_t thunk = 0;  // handle of the thunk object
  uint32_t flags = 0;
};

Result<Value> argument_value(Thread& thread, Value type, uint8_t* place) {
  TypeInfo* info = info_of_value(type);
  if (info == nullptr) return thread.raise<TypeError>("cannot build parameter");
  Type* cls = cast<Type>(type);
  if (info->category == Category::Simple && !is_simple_subclass(thread, cls))
    return read_scalar(thread, info->code, info->swapped, place, 0);
  CData* made = TRY(make_data(thread, cls));
  std::memcpy(made->data_, place, static_cast<size_t>(info->size));
  return to_value(made);
}

Result<Value> call_thunk(Thread& thread, CData* thunk, void** places) {
  auto* types = cast<Tuple>(thunk->objects_.get());
  Tuple* values = TRY(make_tuple(thread, types->length()));
  for (int64_t i = 0; i < types->length(); ++i) {
    auto value = argument_value(thread, types->at(i), static_cast<uint8_t*>(places[i]));
    if (value.is_raised()) return Raised{};
    values->set(i, value.take());
  }
  return call_with_tuple(thread, thunk->base_.get(), values, nullptr);
}

/// Small integers are widened, as libffi asks.
void widen(TypeInfo* info, uint8_t* result) {
  if (info->category != Category::Simple || info->size >= static_cast<int64_t>(sizeof(ffi_arg))) return;
  if (std::strchr("cbhiu", info->code) != nullptr) {
    int64_t bits = 0;
    std::memcpy(&bits, result, static_cast<size_t>(info->size));
    int shift = 64 - 8 * static_cast<int>(info->size);
    bits = static_cast<int64_t>(static_cast<uint64_t>(bits) << shift) >> shift;
    std::memcpy(result, &bits, sizeof(bits));
  }
}

void give_result(Thread& thread, CData* thunk, Value value, uint8_t* result) {
  Value type = thunk->more_.get();
  TypeInfo* info = info_of_value(type);
  if (info == nullptr) return;
  auto kept = store_value(thread, cast<Type>(type), value, result);
  if (kept.is_raised()) {
    report_unraisable(thread, thunk->base_.get(), "Exception ignored on converting result of ctypes callback function");
    return;
  }
  widen(info, result);
  bool is_object = info->category == Category::Simple && info->code == 'O';
  if (kept.take().is_none() || is_object || info->category != Category::Simple) return;
  Type* category = thread.runtime().exception_type<RuntimeWarning>();
  if (warn(thread, category, "memory leak in callback function.").is_raised())
    report_unraisable(thread, thunk->base_.get(), "Exception ignored on converting result of ctypes callback function");
}

void enter_closure(ffi_cif* cif, void* result, void** places, void* context) {
  auto* closure = static_cast<Closure*>(context);
  size_t size = cif->rtype->type == FFI_TYPE_VOID ? 0 : std::max(cif->rtype->size, sizeof(ffi_arg));
  std::memset(result, 0, size);
  bool keep_error = (closure->flags & kFunctionUseErrno) != 0;
  if (keep_error) std::swap(errno, *kept_errno());
  {
    CallbackScope scope(*closure->runtime);
    Thread& thread = scope.thread();
    auto found = object_of(thread, closure->thunk);
    if (found.is_raised()) {
      thread.clear_pending();
    } else {
      CData* thunk = cast<CData>(found.take());
      auto value = call_thunk(thread, thunk, places);
      if (value.is_raised())
        report_unraisable(thread, thunk->base_.get(), "Exception ignored on calling ctypes callback function");
      else if (!thunk->more_.get().is_none())
        give_result(thread, thunk, value.take(), static_cast<uint8_t*>(result));
    }
  }
  if (keep_error) std::swap(errno, *kept_errno());
}

}  // namespace

void free_closure(uint8_t* data) {
  auto* closure = reinterpret_cast<Closure*>(data);
  if (closure->writable != nullptr) ffi_closure_free(closure->writable);
  delete closure;
}

void* thunk_address(const CData* thunk) { return reinterpret_cast<const Closure*>(thunk->data_)->code; }

Result<CData*> make_thunk(Thread& thread, Value callable, Tuple* types, Value result_type, uint32_t flags) {
  ffi_type* result = &ffi_type_void;
  if (!result_type.is_none()) {
    TypeInfo* info = info_of_value(result_type);
    bool usable = info != nullptr && (info->category == Category::Simple);
    if (!usable) return thread.raise<TypeError>("invalid result type for callback function");
    result = &info->ffi;
  }
  CData* thunk = make_internal(thread, kThunkType, Role::Thunk);
  auto* closure = new Closure();
  thunk->data_ = reinterpret_cast<uint8_t*>(closure);
  thunk->base_.set(thunk, callable);
  thunk->objects_.set(thunk, to_value(types));
  thunk->more_.set(thunk, result_type);
  closure->runtime = &thread.runtime();
  closure->flags = flags;
  for (Value type : types->span()) {
    TypeInfo* info = info_of_value(type);
    closure->types.push_back(info == nullptr || info->category == Category::Array ? &ffi_type_pointer : &info->ffi);
  }
  closure->thunk = TRY(handle_of(thread, to_value(thunk)));
  closure->writable = static_cast<ffi_closure*>(ffi_closure_alloc(sizeof(ffi_closure), &closure->code));
  if (closure->writable == nullptr) return thread.raise_memory_error();
  if (ffi_prep_cif(&closure->cif, FFI_DEFAULT_ABI, static_cast<unsigned>(closure->types.size()), result,
                   closure->types.data()) != FFI_OK ||
      ffi_prep_closure_loc(closure->writable, &closure->cif, &enter_closure, closure, closure->code) != FFI_OK)
    return thread.raise<RuntimeError>("ffi_prep_closure failed");
  return thunk;
}

}  // namespace viperine::ctypes

#endif
