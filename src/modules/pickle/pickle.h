// SPDX-License-Identifier: MIT
// The module _pickle: objects Pickler, Unpickler and PickleBuffer, opcodes, errors, and what its files share.
//   writer.h, save_values.cpp, save_objects.cpp: pickling; reader.h, load_*.cpp: unpickling; memo.cpp; buffer.cpp
// Invariant: Values are in heap objects and on the native stack only; the bytes made so far are in malloc memory, for
// the time of one dump.
#pragma once

#include "objects/function.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine::pickle {

enum Op : uint8_t {
  kMark = '(',
  kStop = '.',
  kPop = '0',
  kPopMark = '1',
  kDup = '2',
  kFloat = 'F',
  kInt = 'I',
  kBinInt = 'J',
  kBinInt1 = 'K',
  kBinInt2 = 'M',
  kLong = 'L',
  kNone = 'N',
  kPersId = 'P',
  kBinPersId = 'Q',
  kReduce = 'R',
  kString = 'S',
  kBinString = 'T',
  kShortBinString = 'U',
  kUnicode = 'V',
  kBinUnicode = 'X',
  kAppend = 'a',
  kBuild = 'b',
  kGlobal = 'c',
  kDict = 'd',
  kEmptyDict = '}',
  kAppends = 'e',
  kGet = 'g',
  kBinGet = 'h',
  kInst = 'i',
  kLongBinGet = 'j',
  kList = 'l',
  kEmptyList = ']',
  kObj = 'o',
  kPut = 'p',
  kBinPut = 'q',
  kLongBinPut = 'r',
  kSetItem = 's',
  kTuple = 't',
  kEmptyTuple = ')',
  kSetItems = 'u',
  kBinFloat = 'G',
  kProto = 0x80,
  kNewObj = 0x81,
  kExt1 = 0x82,
  kExt2 = 0x83,
  kExt4 = 0x84,
  kTuple1 = 0x85,
  kTuple2 = 0x86,
  kTuple3 = 0x87,
  kNewTrue = 0x88,
  kNewFalse = 0x89,
  kLong1 = 0x8A,
  kLong4 = 0x8B,
  kBinBytes = 'B',
  kShortBinBytes = 'C',
  kShortBinUnicode = 0x8C,
  kBinUnicode8 = 0x8D,
  kBinBytes8 = 0x8E,
  kEmptySet = 0x8F,
  kAddItems = 0x90,
  kFrozenSet = 0x91,
  kNewObjEx = 0x92,
  kStackGlobal = 0x93,
  kMemoize = 0x94,
  kFrame = 0x95,
  kByteArray8 = 0x96,
  kNextBuffer = 0x97,
  kReadonlyBuffer = 0x98,
};

constexpr int kHighestProtocol = 5, kDefaultProtocol = 4;
constexpr int64_t kBatchSize = 1000, kFrameMinimum = 4, kFrameTarget = 64 * 1024, kFrameHeader = 9;

/// Also the body of PicklerMemoProxy, whose owner_ is the Pickler. An empty slot is int 0.
class Pickler final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Pickler;
  Slot<Value> write_, persistent_id_, dispatch_table_, buffer_callback_, owner_;
  Slot<Buffer> memo_table_;   // index by identity, and numbers (memo.cpp); null while empty
  Slot<Array> memo_objects_;  // in order of entry
  int64_t memo_count_, memo_capacity_;
  int32_t protocol_, binary_, fast_, fix_imports_, fast_nesting_, running_;
  LAYOUT(Pickler, HeapObject, write_, persistent_id_, dispatch_table_, buffer_callback_, owner_, memo_table_,
         memo_objects_, memo_count_, memo_capacity_, protocol_, binary_, fast_, fix_imports_, fast_nesting_, running_);
};

// memo.cpp
constexpr int64_t kNoMemo = -1;
/// The number of the object, kNoMemo when it is not there.
int64_t memo_find(Thread& thread, Pickler* pickler, Value object);
Result<void> memo_add(Thread& thread, Pickler* pickler, Value object, int64_t number);
void memo_clear(Pickler* pickler);
Result<void> memo_copy(Thread& thread, Pickler* target, Pickler* source);
Result<Value> memo_to_dict(Thread& thread, Pickler* pickler);

/// Also the body of UnpicklerMemoProxy, whose owner_ is the Unpickler. An empty slot is int 0.
class Unpickler final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Unpickler;
  Slot<Value> read_, readline_, readinto_, peek_, persistent_load_, buffers_, encoding_, errors_, owner_;
  Slot<Array> memo_;  // absent: no such number
  int64_t memo_count_;
  int32_t protocol_, fix_imports_;
  LAYOUT(Unpickler, HeapObject, read_, readline_, readinto_, peek_, persistent_load_, buffers_, encoding_, errors_,
         owner_, memo_, memo_count_, protocol_, fix_imports_);
};
Result<void> unpickler_memo_put(Thread& thread, Unpickler* unpickler, int64_t number, Value object);
inline Value unpickler_memo_find(const Unpickler* unpickler, uint64_t number) {
  if (unpickler->memo_.is_null() || number >= static_cast<uint64_t>(unpickler->memo_->length())) return Value::absent();
  return unpickler->memo_->at(static_cast<int64_t>(number));
}

inline bool is_set(Value value) { return value.bits() != 0; }

// module.cpp
/// An exception of this module ("PicklingError") with a text.
Raised raise_text(Thread& thread, std::string_view type, Str* text);
template <typename... Arguments_>
Raised raise_pickling(Thread& thread, std::string_view format, Arguments_... arguments) {
  return raise_text(thread, "PicklingError", format_text(thread, format, arguments...));
}
template <typename... Arguments_>
Raised raise_unpickling(Thread& thread, std::string_view format, Arguments_... arguments) {
  return raise_text(thread, "UnpicklingError", format_text(thread, format, arguments...));
}
/// What is at the end of a dotted path below `object`, and its parent; AttributeErrors as pickle's.
struct DottedPlace {
  Value object, parent;
  Str* last;
};
Result<DottedPlace> dotted_attribute(Thread& thread, Value object, Str* path);
/// The attribute persistent_id or persistent_load that a subclass or instance defines; int 0 without.
Result<Value> optional_method(Thread& thread, Value self, std::string_view name);
/// The module with this dotted name.
Result<Value> import_named(Thread& thread, Str* name);
/// module.attribute, imported when necessary.
Result<Value> attribute_of(Thread& thread, std::string_view module, std::string_view attribute);

Result<int> protocol_number(Thread& thread, Value protocol);
Result<void> start_pickler(Thread& thread, Pickler* pickler, Value protocol, bool fix_imports, Value buffer_callback);
Result<void> set_output(Thread& thread, Pickler* pickler, Value file);
/// Writes one pickle: to the file when there is one (then None), otherwise as bytes.
Result<Value> dump_value(Thread& thread, Pickler* pickler, Value object);

Result<void> set_input(Thread& thread, Unpickler* unpickler, Value file);
Result<void> start_unpickler(Thread& thread, Unpickler* unpickler, bool fix_imports, Str* encoding, Str* errors,
                             Optional<Value> buffers);
/// Reads one pickle from `data` (a bytes-like object), or from the file when it is absent.
Result<Value> load_value(Thread& thread, Unpickler* unpickler, Value data);
/// Unpickler.find_class
Result<Value> find_class(Thread& thread, Unpickler* unpickler, Value module, Value name);

// buffer.cpp
class PickleBuffer;
extern const TypeSpec kPickleBufferType, kPicklerType, kUnpicklerType, kPicklerMemoType, kUnpicklerMemoType;

}  // namespace viperine::pickle
