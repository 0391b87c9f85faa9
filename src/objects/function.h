// SPDX-License-Identifier: MIT
// Code, Function, Cell, bound and native methods, descriptors: what can be called or bound. Calling is in
// runtime/calls.h. Invariants: a Code never moves and is never written after materialisation; a Function's feedback_ is
// null until it is warm.
#pragma once

#include "objects/dict.h"
#include "objects/bytes.h"
#include "objects/tuple.h"

namespace viperine {

class Type;
struct NativeMethod;

/// Compiled body. Tail: constants, then bytecode words, then the exception table (raw bytes).
class Code final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Code;
  static constexpr uint8_t kLayoutFlags = kLayoutFixedPlace;
  Value* constants() { return reinterpret_cast<Value*>(this + 1); }
  const Value* constants() const { return reinterpret_cast<const Value*>(this + 1); }
  uint32_t* words() { return reinterpret_cast<uint32_t*>(constants() + constant_count_); }
  const uint32_t* words() const { return const_cast<Code*>(this)->words(); }
  static TailExtent tail_extent(const HeapObject* object) {
    auto* code = static_cast<const Code*>(object);
    return {code->constant_count_,
            (size_t{code->word_count_} * 4 + size_t{code->exception_count_} * 16 + 7) & ~size_t{7}};
  }

  Slot<Str> name_, qualified_name_, filename_;
  Slot<Tuple> variable_names_, cell_names_, free_names_, names_;
  Slot<Bytes> positions_;            // encoded SourcePositions (runtime/positions.h)
  /// u16 registers of cell variables, then of free variables; when variables are far (bytecode/blueprint.h) then their
  /// list's register and the number of those before them.
  Slot<Bytes> registers_;
  Slot<Value> opcode_view_;          // int 0, or caches for co_code and the like
  uint32_t first_line_, flags_;
  uint32_t constant_count_, word_count_, exception_count_;
  uint32_t register_count_, feedback_count_;
  uint32_t positional_count_, positional_only_count_, keyword_only_count_;
  uint32_t parameter_count_;         // registers that calls fill: positional + keyword-only + *args + **kwargs
  uint32_t self_attribute_count_;    // distinct `self.x = ` targets
  uint32_t local_count_;             // registers before the temporaries
  uint32_t has_doc_;                 // 1 when the first constant is text: the docstring
  LAYOUT(Code, HeapObject, name_, qualified_name_, filename_, variable_names_, cell_names_, free_names_, names_,
         positions_, registers_, opcode_view_, first_line_, flags_, constant_count_, word_count_, exception_count_,
         register_count_, feedback_count_, positional_count_, positional_only_count_, keyword_only_count_,
         parameter_count_, self_attribute_count_, local_count_, has_doc_);
};

/// One entry behind the words of a Code: all in words from words().
struct CodeException {
  uint32_t start, end, handler, target;
};

class Cell final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Cell;
  Slot<Value> value_;   // Unbound while empty
  static Cell* make(Heap& heap, Value value) {
    auto* cell = static_cast<Cell*>(heap.allocate(exact_shape_word(Kind::Cell), sizeof(Cell)));
    cell->value_.initialize(value);
    return cell;
  }
  LAYOUT(Cell, HeapObject, value_);
};

/// What the sites of a warm function have seen: 16 bytes a site (interpreter/inline_cache.h), raw, plus Values.
class Feedback;

class Function final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Function;
  Code* code() const { return code_.get(); }
  Dict* globals() const { return globals_.get(); }

  Slot<Code> code_;
  Slot<Dict> globals_;
  Slot<Dict> builtins_;          // found through globals["__builtins__"] when the function was made
  Slot<Tuple> closure_;          // of Cell; null when none
  Slot<Tuple> defaults_;         // null when none
  Slot<Dict> keyword_defaults_;  // null when none
  Slot<Feedback> feedback_;
  Slot<Value> name_, qualified_name_;   // int 0: the code's own
  Slot<Value> annotations_;      // int 0, packed tuple (name, value, ...) or Dict
  Slot<Value> more_;             // int 0, or an Array: doc, module, dict (FunctionMore)
  uint32_t call_count_, flags_;
  LAYOUT(Function, HeapObject, code_, globals_, builtins_, closure_, defaults_, keyword_defaults_, feedback_, name_,
         qualified_name_, annotations_, more_, call_count_, flags_);
};

/// builtin_function_or_method: a native function of a module, or a native method bound to its object.
class NativeFunction final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::NativeFunction;
  const NativeMethod* method_;
  Slot<Value> self_;       // bound object, or the module, or int 0
  Slot<Value> module_;     // __module__
  LAYOUT(NativeFunction, HeapObject, method_, self_, module_);
};

class BoundMethod final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::BoundMethod;
  Slot<Value> function_, self_;
  static BoundMethod* make(Heap& heap, Value function, Value self) {
    auto* method = static_cast<BoundMethod*>(heap.allocate(exact_shape_word(Kind::BoundMethod), sizeof(BoundMethod)));
    method->function_.initialize(function);
    method->self_.initialize(self);
    return method;
  }
  LAYOUT(BoundMethod, HeapObject, function_, self_);
};

/// Method of a built-in type as found in its dict: method_descriptor, classmethod_descriptor.
class MethodDescriptor final : public HeapObject {
 public:
  static bool is_kind(Kind kind) { return kind == Kind::MethodDescriptor || kind == Kind::ClassMethodDescriptor; }
  const NativeMethod* method_;
  Slot<Type> type_;
  LAYOUT(MethodDescriptor, HeapObject, method_, type_);
};

/// Special method of a built-in type, made from a slot (runtime/slots.def).
class SlotWrapper final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::SlotWrapper;
  const struct SlotEntry* entry_;
  Slot<Type> type_;
  LAYOUT(SlotWrapper, HeapObject, entry_, type_);
};

class MethodWrapper final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::MethodWrapper;
  Slot<SlotWrapper> wrapper_;
  Slot<Value> self_;
  LAYOUT(MethodWrapper, HeapObject, wrapper_, self_);
};

/// __slots__ entry or a named slot of a built-in exception.
class MemberDescriptor final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::MemberDescriptor;
  Slot<Str> name_;
  Slot<Type> type_;
  Slot<Value> doc_;
  uint32_t slot_;
  uint32_t flags_;   // MemberFlags
  LAYOUT(MemberDescriptor, HeapObject, name_, type_, doc_, slot_, flags_);
};
enum MemberFlags : uint32_t { kMemberReadOnly = 1, kMemberNoneWhenUnset = 2, kMemberTupleItem = 4 };

class GetSetDescriptor final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::GetSetDescriptor;
  const struct NativeAttribute* attribute_;
  Slot<Type> type_;
  LAYOUT(GetSetDescriptor, HeapObject, attribute_, type_);
};

class Property final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Property;
  Slot<Value> getter_, setter_, deleter_, doc_, name_;   // None when missing
  uint64_t doc_from_getter_;
  LAYOUT(Property, HeapObject, getter_, setter_, deleter_, doc_, name_, doc_from_getter_);
};

/// classmethod and staticmethod.
class MethodKind final : public HeapObject {
 public:
  static bool is_kind(Kind kind) { return kind == Kind::ClassMethod || kind == Kind::StaticMethod; }
  Slot<Value> callable_;
  LAYOUT(MethodKind, HeapObject, callable_);
};

}  // namespace viperine
