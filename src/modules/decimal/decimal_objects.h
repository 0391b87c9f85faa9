// SPDX-License-Identifier: MIT
// The objects of _decimal and what the module's files share; the arithmetic itself is numeric/decimal.
// Invariants: a DecimalObject never changes; its words are a normalised coefficient of base 10 ** 19.
#pragma once

#include "numeric/decimal/decimal.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/classes.h"
#include "runtime/containers.h"

namespace viperine::decimals {

using Number = decimal::Decimal;
using Engine = decimal::Context;
using decimal::Scratch;

class DecimalObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::DecimalObject;
  /// Valid while the object stays where it is.
  Number number() const {
    Number result;
    result.coefficient = {words(), size_};
    result.exponent = exponent_;
    result.negative = negative_ != 0;
    result.kind = static_cast<decimal::Kind>(number_kind_);
    return result;
  }
  decimal::Word* words() { return reinterpret_cast<decimal::Word*>(this + 1); }
  const decimal::Word* words() const { return reinterpret_cast<const decimal::Word*>(this + 1); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, size_t{static_cast<const DecimalObject*>(object)->size_} * sizeof(decimal::Word)};
  }
  int64_t exponent_;
  uint32_t size_;  // words
  uint8_t number_kind_, negative_;
  uint16_t padding_;
  LAYOUT(DecimalObject, HeapObject, exponent_, size_, number_kind_, negative_, padding_);
};

class ContextObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::DecimalContext;
  decimal::Rounding rounding() const { return static_cast<decimal::Rounding>(rounding_); }
  /// The engine's context with these settings and no conditions yet.
  void apply_to(Engine& engine) const {
    engine.precision = precision_;
    engine.maximum_exponent = maximum_exponent_;
    engine.minimum_exponent = minimum_exponent_;
    engine.rounding = rounding();
    engine.clamp = clamp_ != 0;
  }
  int64_t precision_, maximum_exponent_, minimum_exponent_;
  uint32_t status_, traps_;
  uint8_t rounding_, clamp_, capitals_, padding_[5];
  Slot<Value> flags_view_, traps_view_;  // SignalDict
  LAYOUT(ContextObject, HeapObject, precision_, maximum_exponent_, minimum_exponent_, status_, traps_, rounding_,
         clamp_, capitals_, padding_, flags_view_, traps_view_);
};

/// A mapping from signals to truth over the flags or the traps of a context.
class SignalsObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::DecimalSignals;
  uint32_t& bits() { return is_traps_ ? context_->traps_ : context_->status_; }
  Slot<ContextObject> context_;  // null: made without one
  uint64_t is_traps_;
  LAYOUT(SignalsObject, HeapObject, context_, is_traps_);
};

class ManagerObject final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::DecimalManager;
  Slot<ContextObject> local_, global_;
  LAYOUT(ManagerObject, HeapObject, local_, global_);
};

extern const TypeSpec kDecimalType, kContextType, kSignalsType, kManagerType;

inline bool is_decimal(Value value) { return has_kind(value, Kind::DecimalObject); }
inline Number number_of(Value value) { return static_cast<DecimalObject*>(value.as_object())->number(); }
inline ContextObject* as_context(Value value) { return static_cast<ContextObject*>(value.as_object()); }

// --- the module's own objects (signals.cpp)

enum StateIndex : int {
  kStateSignals = 0,      // nine exception classes, in the order of kSignals
  kStateConditions = 9,   // InvalidOperation and its four conditions
  kStateSignalDict = 14,  // the class
  kStateTuple,            // DecimalTuple
  kStateVariable,         // the context variable
  kStateDefault,          // DefaultContext, BasicContext, ExtendedContext
  kStateBasic,
  kStateExtended,
  kStateRational,   // numbers.Rational
  kStateRoundings,  // tuple of names, in the engine's order
  kStateModule,     // the module's dict, for another import
  kStateCount
};
Value state(Thread& thread, int index);
void set_state(Thread& thread, int index, Value value);

inline constexpr int kSignalCount = 9;
struct Signal {
  const char* name;
  uint32_t bits;
};
extern const Signal kSignals[kSignalCount];
Result<void> initialize_signals(Thread& thread, Module* module);
/// Adds the conditions to the context's flags, and raises when one of them is trapped.
Result<void> add_status(Thread& thread, ContextObject* context, uint32_t status);
/// The list of exception classes of these conditions, as an exception's argument shows them.
Result<Value> conditions_list(Thread& thread, uint32_t status);
/// "[Inexact, Rounded]"
Str* conditions_text(Thread& thread, uint32_t status);
/// The conditions of a list of signals; of a dict of all nine.
Result<uint32_t> signals_of_list(Thread& thread, Value list);
Result<uint32_t> signals_of_dict(Thread& thread, Value dict);
Value make_signals(Thread& thread, ContextObject* context, bool is_traps);

// --- contexts (context.cpp)
Result<ContextObject*> current_context(Thread& thread);
/// `value` as an optional context argument: None is the current one.
Result<ContextObject*> context_argument(Thread& thread, Value value);
Result<decimal::Rounding> rounding_of(Thread& thread, Value value);
ContextObject* copy_context(Thread& thread, ContextObject* context);
ContextObject* make_default_context(Thread& thread);
Result<Value> python_getcontext(Thread& thread);
Result<void> python_setcontext(Thread& thread, Value context);
Result<Value> python_localcontext(Thread& thread, const Arguments& arguments);
/// The methods of Context that are operations (context_operations.cpp).
std::span<const NativeMethod> context_operations();

// --- numbers (conversion.cpp)
/// A Decimal, MemoryError when it does not fit.
Result<Value> make_decimal(Thread& thread, Type* type, const Number& number);
Result<Value> make_decimal(Thread& thread, const Number& number);
/// Decimal(value): exact. `type` is Decimal or a subclass.
Result<Value> decimal_from_object_exact(Thread& thread, Type* type, Value value, ContextObject* context);
/// Context.create_decimal(value): rounded.
Result<Value> decimal_from_object(Thread& thread, Value value, ContextObject* context);
/// An int or float.
Result<Value> decimal_from_float_exact(Thread& thread, Type* type, Value value, ContextObject* context);
Result<Value> decimal_from_integer_exact(Thread& thread, Type* type, Value value, ContextObject* context);
/// Decimal or int as a Decimal; absent for everything else, or a TypeError.
enum class Otherwise { Absent, TypeError };
Result<Value> to_operand(Thread& thread, Value value, ContextObject* context, Otherwise otherwise);
/// What str() shows.
Str* decimal_text(Thread& thread, const Number& number, bool engineering, bool capitals);
Result<Value> decimal_to_integer(Thread& thread, const Number& number, decimal::Rounding rounding);
Result<Value> decimal_as_tuple(Thread& thread, DecimalObject* self);
Result<Value> decimal_as_integer_ratio(Thread& thread, DecimalObject* self);
Result<Value> decimal_to_float(Thread& thread, Value self);
Result<Value> decimal_format(Thread& thread, DecimalObject* self, Value specification, Optional<Value> override_);
Result<Value> decimal_compare(Thread& thread, Value self, Value other, Comparison op);
/// Context.create_decimal and the like: an exact number brought to the context.
Number rounded(Engine& engine, const Number& number);
/// The methods of Decimal (decimal_methods.cpp).
std::span<const NativeMethod> decimal_methods();

// --- operations that Decimal and Context share, in one form
using UnaryFunction = Number (*)(Engine&, const Number&);
using BinaryFunction = Number (*)(Engine&, const Number&, const Number&);
inline Number compare_total(Engine& engine, const Number& a, const Number& b) {
  return decimal::make_integer(engine.scratch, decimal::compare_total(a, b));
}
inline Number compare_total_mag(Engine& engine, const Number& a, const Number& b) {
  return decimal::make_integer(engine.scratch, decimal::compare_total_magnitude(a, b));
}
inline Number copy_sign(Engine&, const Number& a, const Number& b) {
  Number result = a;
  result.negative = b.negative;
  return result;
}
inline Number copy_abs(Engine&, const Number& a) {
  Number result = a;
  result.negative = false;
  return result;
}
inline Number copy_negate(Engine&, const Number& a) {
  Number result = a;
  result.negative = !a.negative;
  return result;
}
Result<Value> divmod_in(Thread& thread, ContextObject* context, Value left, Value right);
Result<Value> power_in(Thread& thread, ContextObject* context, Value base, Value exponent, Value modulus);
Result<Value> fma_in(Thread& thread, ContextObject* context, Value a, Value b, Value c);

/// One operation: memory, the engine's context with the settings of `context`, and its end: conditions and result.
class Operation {
 public:
  Operation(Thread& thread, ContextObject* context) : thread_(thread), context_(context), engine_(scratch_) {
    context->apply_to(engine_);
  }
  Engine& engine() { return engine_; }
  Scratch& scratch() { return scratch_; }
  Result<Value> finish(const Number& result) {
    if (engine_.status != 0) TRY(add_status(thread_, context_, engine_.status));
    return make_decimal(thread_, result);
  }

 private:
  Thread& thread_;
  ContextObject* context_;
  Scratch scratch_;
  Engine engine_;
};

}  // namespace viperine::decimals
