// SPDX-License-Identifier: MIT
// The signals of _decimal: exception classes, conditions as exceptions, and SignalDict. Also the module's state.
#include "modules/decimal/decimal_objects.h"
#include "runtime/import.h"

namespace viperine::decimals {

const Signal kSignals[kSignalCount] = {{"InvalidOperation", decimal::kInvalidOperations},
                                       {"FloatOperation", decimal::kFloatOperation},
                                       {"DivisionByZero", decimal::kDivisionByZero},
                                       {"Overflow", decimal::kOverflow},
                                       {"Underflow", decimal::kUnderflow},
                                       {"Subnormal", decimal::kSubnormal},
                                       {"Inexact", decimal::kInexact},
                                       {"Rounded", decimal::kRounded},
                                       {"Clamped", decimal::kClamped}};

namespace {

constexpr Signal kConditions[] = {{"InvalidOperation", decimal::kInvalidOperation},
                                  {"ConversionSyntax", decimal::kConversionSyntax},
                                  {"DivisionImpossible", decimal::kDivisionImpossible},
                                  {"DivisionUndefined", decimal::kDivisionUndefined},
                                  {"InvalidContext", decimal::kInvalidContext}};
constexpr const char* kInvalidDict = "invalid signal dict";

Array* state_array(Thread& thread) {
  return static_cast<Array*>(thread.runtime().type(Kind::DecimalContext)->extra_.get().as_object());
}

Result<Type*> make_exception(Thread& thread, Module* module, const char* name, std::span<Type* const> bases) {
  Value values[4];
  for (size_t i = 0; i < bases.size(); ++i) values[i] = to_value(bases[i]);
  Dict* space = Dict::make(thread.heap());
  TRY(dict_set_name(thread, space, thread.names().__module__, to_value(intern(thread, "decimal"))));
  Str* text = intern(thread, name);
  Type* type =
      TRY(make_class(thread, thread.runtime().type_type(), text,
                     Tuple::make(thread.heap(), std::span<const Value>(values, bases.size())), space, nullptr));
  TRY(add_constant(thread, module, name, to_value(type)));
  return type;
}

Raised raise_unknown_signal(Thread& thread) {
  return thread.raise<KeyError>(
      "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, "
      "Subnormal, Inexact, Rounded,\n   Clamped]");
}
/// The bits of a signal's exception class.
Result<uint32_t> signal_bits(Thread& thread, Value signal) {
  for (int i = 0; i < kSignalCount; ++i)
    if (state(thread, kStateSignals + i) == signal) return kSignals[i].bits;
  return raise_unknown_signal(thread);
}
Result<SignalsObject*> checked(Thread& thread, Value self) {
  auto* signals = static_cast<SignalsObject*>(self.as_object());
  if (signals->context_.is_null()) return thread.raise<ValueError>("{}", kInvalidDict);
  return signals;
}

Result<Value> signals_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<SignalsObject>(thread, type));
}
Result<void> signals_init(Thread&, Value, const Arguments&) { return {}; }
Result<int64_t> signals_length(Thread&, Value) { return int64_t{kSignalCount}; }
Result<Value> signals_iter(Thread& thread, Value self) {
  TRY(checked(thread, self));
  Tuple* names = TRY(make_tuple(thread, kSignalCount));
  for (int i = 0; i < kSignalCount; ++i) names->set(i, state(thread, kStateSignals + i));
  return iterate(thread, to_value(names));
}
Result<Value> signals_get_item(Thread& thread, Value self, Value key) {
  SignalsObject* signals = TRY(checked(thread, self));
  uint32_t bits = TRY(signal_bits(thread, key));
  return Value::from_bool((signals->bits() & bits) != 0);
}
Result<void> signals_set_item(Thread& thread, Value self, Value key, Value value) {
  SignalsObject* signals = TRY(checked(thread, self));
  if (value.is_absent()) return thread.raise<ValueError>("signal keys cannot be deleted");
  uint32_t bits = TRY(signal_bits(thread, key));
  if (TRY(is_true(thread, value)))
    signals->bits() |= bits;
  else
    signals->bits() &= ~bits;
  return {};
}
Result<Value> signals_repr(Thread& thread, Value self) {
  SignalsObject* signals = TRY(checked(thread, self));
  StringBuilder text(thread);
  for (int i = 0; i < kSignalCount; ++i) {
    text.append(i == 0 ? "{<class 'decimal." : ", <class 'decimal.");
    text.append(kSignals[i].name);
    text.append(signals->bits() & kSignals[i].bits ? "'>:True" : "'>:False");
  }
  text.append("}");
  return to_value(TRY(text.finish()));
}
Result<Value> signals_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (op != Comparison::Equal && op != Comparison::NotEqual) return Value::not_implemented();
  SignalsObject* signals = TRY(checked(thread, self));
  uint32_t bits;
  if (has_kind(other, Kind::DecimalSignals)) {
    bits = TRY(checked(thread, other))->bits();
  } else if (is<Dict>(other)) {
    Result<uint32_t> result = signals_of_dict(thread, other);
    if (result.is_raised()) {
      if (!thread.pending_is<KeyError>()) return Raised{};
      thread.clear_pending();
      return Value::not_implemented();
    }
    bits = result.take();
  } else {
    return Value::not_implemented();
  }
  return Value::from_bool((signals->bits() == bits) == (op == Comparison::Equal));
}
Result<Value> signals_copy(Thread& thread, Value self) {
  SignalsObject* signals = TRY(checked(thread, self));
  Dict* dict = Dict::make(thread.heap());
  for (int i = 0; i < kSignalCount; ++i)
    TRY(dict_set(thread, dict, state(thread, kStateSignals + i),
                 Value::from_bool((signals->bits() & kSignals[i].bits) != 0)));
  return to_value(dict);
}

constexpr NativeMethod kSignalsMethods[] = {method<signals_copy>("copy($self, /)")};

/// class SignalDict(SignalDictMixin, MutableMapping)
Result<Value> make_signal_dict_class(Thread& thread) {
  Type* mixin = TRY(make_builtin_type(thread, kSignalsType));
  Value abstract = TRY(import_module(thread, "collections.abc"));
  Value mapping = TRY(get_attribute(thread, abstract, "MutableMapping"));
  Value bases = make_pair(thread, to_value(mixin), mapping);
  return call(thread, to_value(type_of(thread, mapping)), to_value(intern(thread, "SignalDict")), bases,
              to_value(Dict::make(thread.heap())));
}

}  // namespace

Value state(Thread& thread, int index) { return state_array(thread)->at(index); }
void set_state(Thread& thread, int index, Value value) { state_array(thread)->set(index, value); }

Result<void> initialize_signals(Thread& thread, Module* module) {
  Runtime& runtime = thread.runtime();
  Type* zero_division = runtime.exception_type<ZeroDivisionError>();
  Type* bases[3] = {runtime.exception_type<ArithmeticError>()};
  Type* root = TRY(make_exception(thread, module, "DecimalException", {bases, 1}));
  Type* made[kSignalCount];
  // Those that others derive from first.
  for (int i : {0, 1, 2, 6, 7, 5, 8, 3, 4}) {
    size_t count = 1;
    bases[0] = root;
    switch (i) {
      case 1:
        bases[count++] = runtime.exception_type<TypeError>();
        break;
      case 2:
        bases[count++] = zero_division;
        break;
      case 3:
      case 4:
        bases[0] = made[6], bases[1] = made[7], bases[2] = made[5];
        count = i == 3 ? 2 : 3;
        break;
      default:
        break;
    }
    made[i] = TRY(make_exception(thread, module, kSignals[i].name, {bases, count}));
    set_state(thread, kStateSignals + i, to_value(made[i]));
  }
  set_state(thread, kStateConditions, to_value(made[0]));
  for (int i = 1; i < 5; ++i) {
    bases[0] = made[0], bases[1] = zero_division;
    size_t count = i == 3 ? 2 : 1;
    Type* condition = TRY(make_exception(thread, module, kConditions[i].name, {bases, count}));
    set_state(thread, kStateConditions + i, to_value(condition));
  }
  set_state(thread, kStateSignalDict, TRY(make_signal_dict_class(thread)));
  return {};
}

Result<Value> conditions_list(Thread& thread, uint32_t status) {
  List* list = List::make(thread.heap());
  for (int i = 0; i < 5; ++i)
    if (status & kConditions[i].bits) TRY(list_append_value(thread, list, state(thread, kStateConditions + i)));
  for (int i = 1; i < kSignalCount; ++i)
    if (status & kSignals[i].bits) TRY(list_append_value(thread, list, state(thread, kStateSignals + i)));
  return to_value(list);
}

Str* conditions_text(Thread& thread, uint32_t status) {
  StringBuilder text(thread);
  const char* separator = "[";
  bool invalid_shown = false;
  for (uint32_t place = 1; place < decimal::kFloatOperation; place <<= 1) {
    // FloatOperation stands where the specification has a condition that never happens.
    uint32_t bit = place == decimal::kNotImplemented ? uint32_t{decimal::kFloatOperation} : place;
    if ((status & bit) == 0) continue;
    if (bit & decimal::kInvalidOperations) {
      if (invalid_shown) continue;
      invalid_shown = true;
    }
    for (const Signal& signal : kSignals) {
      if ((signal.bits & bit) == 0) continue;
      text.append(separator);
      text.append(signal.name);
      separator = ", ";
    }
  }
  text.append(*separator == '[' ? "[]" : "]");
  return MUST(text.finish());
}

Result<void> add_status(Thread& thread, ContextObject* context, uint32_t status) {
  context->status_ |= status;
  if ((status & (context->traps_ | decimal::kMallocError)) == 0) [[likely]]
    return {};
  if (status & decimal::kMallocError) return thread.raise_memory_error();
  uint32_t trapped = context->traps_ & status;
  int number = 0;
  while (number < kSignalCount - 1 && (trapped & kSignals[number].bits) == 0) ++number;
  Value conditions = TRY(conditions_list(thread, trapped));
  Value exception = TRY(call(thread, state(thread, kStateSignals + number), conditions));
  return thread.raise_object(cast<ExceptionObject>(exception));
}

Result<uint32_t> signals_of_list(Thread& thread, Value list) {
  if (!is<List>(list)) return thread.raise<TypeError>("argument must be a signal dict");
  uint32_t bits = 0;
  for (int64_t i = 0; i < cast<List>(list)->length(); ++i) bits |= TRY(signal_bits(thread, cast<List>(list)->at(i)));
  return bits;
}

Result<uint32_t> signals_of_dict(Thread& thread, Value dict) {
  if (has_kind(dict, Kind::DecimalSignals)) return TRY(checked(thread, dict))->bits();
  if (!is<Dict>(dict)) return thread.raise<TypeError>("argument must be a signal dict");
  if (cast<Dict>(dict)->length() != kSignalCount) return thread.raise<KeyError>("{}", kInvalidDict);
  uint32_t bits = 0;
  for (int i = 0; i < kSignalCount; ++i) {
    Optional<Value> value = TRY(dict_find(thread, cast<Dict>(dict), state(thread, kStateSignals + i)));
    if (!value) return thread.raise<KeyError>("{}", kInvalidDict);
    if (TRY(is_true(thread, *value))) bits |= kSignals[i].bits;
  }
  return bits;
}

Value make_signals(Thread& thread, ContextObject* context, bool is_traps) {
  auto* signals = make_instance<SignalsObject>(thread, cast<Type>(state(thread, kStateSignalDict)));
  signals->context_.set(signals, context);
  signals->is_traps_ = is_traps;
  return to_value(signals);
}

const TypeSpec kSignalsType = {.name = "decimal.SignalDictMixin",
                               .kind = Kind::DecimalSignals,
                               .flags = kTypeBase,
                               .layout = [] { return layout_of<SignalsObject>("SignalDict"); },
                               .slots = {.repr = &signals_repr,
                                         .compare = &signals_compare,
                                         .new_ = &signals_new,
                                         .init = &signals_init,
                                         .iter = &signals_iter,
                                         .length = &signals_length,
                                         .get_item = &signals_get_item,
                                         .set_item = &signals_set_item,
                                         .is_mapping = true},
                               .methods = kSignalsMethods};

}  // namespace viperine::decimals
