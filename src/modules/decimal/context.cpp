// SPDX-License-Identifier: MIT
// The type Context, the current context, localcontext; and the module. Operations of a context are in
// context_operations.cpp.
#include "modules/contextvars.h"
#include "modules/decimal/decimal_objects.h"
#include "runtime/import.h"
#include "runtime/integers.h"

namespace viperine::decimals {

namespace {

constexpr const char* kRoundings[] = {"ROUND_UP",      "ROUND_DOWN",      "ROUND_CEILING",   "ROUND_FLOOR",
                                      "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"};
constexpr uint32_t kDefaultTraps = decimal::kInvalidOperations | decimal::kDivisionByZero | decimal::kOverflow;

ContextObject* make_context(Thread& thread, Type* type) {
  auto* context = make_instance<ContextObject>(thread, type);
  context->precision_ = 28;
  context->maximum_exponent_ = 999999;
  context->minimum_exponent_ = -999999;
  context->rounding_ = static_cast<uint8_t>(decimal::Rounding::HalfEven);
  context->capitals_ = 1;
  context->traps_ = kDefaultTraps;
  Value flags = make_signals(thread, context, false);
  context->flags_view_.set(context, flags);
  context->traps_view_.set(context, make_signals(thread, context, true));
  return context;
}
void copy_settings(ContextObject* to, const ContextObject* from) {
  to->precision_ = from->precision_;
  to->maximum_exponent_ = from->maximum_exponent_;
  to->minimum_exponent_ = from->minimum_exponent_;
  to->rounding_ = from->rounding_;
  to->clamp_ = from->clamp_;
  to->capitals_ = from->capitals_;
  to->traps_ = from->traps_;
}

// --- settings

Result<int64_t> size_of(Thread& thread, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("context attributes cannot be deleted");
  if (!is_integer(value)) return thread.raise<TypeError>("an integer is required");
  int64_t number;
  if (!int_fits_int64(value, &number))
    return thread.raise<OverflowError>("Python int too large to convert to C ssize_t");
  return number;
}
Result<void> set_precision(Thread& thread, ContextObject* self, Value value) {
  int64_t number = TRY(size_of(thread, value));
  if (number < 1 || number > decimal::kMaximumPrecision)
    return thread.raise<ValueError>("valid range for prec is [1, MAX_PREC]");
  self->precision_ = number;
  return {};
}
Result<void> set_minimum_exponent(Thread& thread, ContextObject* self, Value value) {
  int64_t number = TRY(size_of(thread, value));
  if (number < decimal::kMinimumExponent || number > 0)
    return thread.raise<ValueError>("valid range for Emin is [MIN_EMIN, 0]");
  self->minimum_exponent_ = number;
  return {};
}
Result<void> set_maximum_exponent(Thread& thread, ContextObject* self, Value value) {
  int64_t number = TRY(size_of(thread, value));
  if (number < 0 || number > decimal::kMaximumExponent)
    return thread.raise<ValueError>("valid range for Emax is [0, MAX_EMAX]");
  self->maximum_exponent_ = number;
  return {};
}
Result<void> set_capitals(Thread& thread, ContextObject* self, Value value) {
  int64_t number = TRY(size_of(thread, value));
  if (number != 0 && number != 1) return thread.raise<ValueError>("valid values for capitals are 0 or 1");
  self->capitals_ = static_cast<uint8_t>(number);
  return {};
}
Result<void> set_clamp(Thread& thread, ContextObject* self, Value value) {
  int64_t number = TRY(size_of(thread, value));
  if (number != 0 && number != 1) return thread.raise<ValueError>("valid values for clamp are 0 or 1");
  self->clamp_ = static_cast<uint8_t>(number);
  return {};
}
Result<void> set_rounding(Thread& thread, ContextObject* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("context attributes cannot be deleted");
  self->rounding_ = static_cast<uint8_t>(TRY(rounding_of(thread, value)));
  return {};
}
Result<void> set_flags(Thread& thread, ContextObject* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("context attributes cannot be deleted");
  self->status_ = TRY(signals_of_dict(thread, value));
  return {};
}
Result<void> set_traps(Thread& thread, ContextObject* self, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("context attributes cannot be deleted");
  self->traps_ = TRY(signals_of_dict(thread, value));
  return {};
}
Result<Value> precision(Thread& thread, ContextObject* self) { return make_int(thread.heap(), self->precision_); }
Result<Value> minimum_exponent(Thread& thread, ContextObject* self) {
  return make_int(thread.heap(), self->minimum_exponent_);
}
Result<Value> maximum_exponent(Thread& thread, ContextObject* self) {
  return make_int(thread.heap(), self->maximum_exponent_);
}
Result<Value> capitals(Thread&, ContextObject* self) { return Value::from_int(self->capitals_); }
Result<Value> clamp(Thread&, ContextObject* self) { return Value::from_int(self->clamp_); }
Result<Value> rounding(Thread& thread, ContextObject* self) {
  return cast<Tuple>(state(thread, kStateRoundings))->at(self->rounding_);
}
Result<Value> flags(Thread&, ContextObject* self) { return self->flags_view_.get(); }
Result<Value> traps(Thread&, ContextObject* self) { return self->traps_view_.get(); }

constexpr NativeAttribute kAttributes[] = {
    attribute<precision, set_precision>("prec"),
    attribute<maximum_exponent, set_maximum_exponent>("Emax"),
    attribute<minimum_exponent, set_minimum_exponent>("Emin"),
    attribute<rounding, set_rounding>("rounding"),
    attribute<capitals, set_capitals>("capitals"),
    attribute<clamp, set_clamp>("clamp"),
    attribute<flags, set_flags>("flags"),
    attribute<traps, set_traps>("traps"),
};

// --- the type

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kInitSignature = function<unused>(
    "function(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)");
constexpr NativeMethod kLocalSignature = function<unused>(
    "function(ctx=None, *, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, "
    "traps=None)");

/// The eight settings in the order of Context's parameters; None: unchanged.
Result<void> apply_settings(Thread& thread, ContextObject* context, const Value* values) {
  using Setter = Result<void> (*)(Thread&, ContextObject*, Value);
  constexpr Setter kSetters[] = {set_precision,        set_rounding, set_minimum_exponent,
                                 set_maximum_exponent, set_capitals, set_clamp};
  for (size_t i = 0; i < 6; ++i)
    if (!values[i].is_none()) TRY(kSetters[i](thread, context, values[i]));
  if (!values[7].is_none())
    context->traps_ =
        TRY(is<List>(values[7]) ? signals_of_list(thread, values[7]) : signals_of_dict(thread, values[7]));
  if (!values[6].is_none())
    context->status_ =
        TRY(is<List>(values[6]) ? signals_of_list(thread, values[6]) : signals_of_dict(thread, values[6]));
  return {};
}

Result<Value> context_new(Thread& thread, Type* type, const Arguments&) {
  ContextObject* context = make_context(thread, type);
  Value defaults = state(thread, kStateDefault);
  if (defaults.is_pointer()) copy_settings(context, as_context(defaults));
  context->capitals_ = 1;
  return to_value(context);
}
Result<void> context_init(Thread& thread, Value self, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kInitSignature, arguments, bound));
  return apply_settings(thread, as_context(self), bound.values);
}
Result<Value> context_repr(Thread& thread, Value self) {
  ContextObject* context = as_context(self);
  return to_value(
      format_text(thread, "Context(prec={}, rounding={}, Emin={}, Emax={}, capitals={}, clamp={}, flags={}, traps={})",
                  context->precision_, kRoundings[context->rounding_], context->minimum_exponent_,
                  context->maximum_exponent_, static_cast<int>(context->capitals_), static_cast<int>(context->clamp_),
                  conditions_text(thread, context->status_), conditions_text(thread, context->traps_)));
}

// --- the current context

Result<void> set_current(Thread& thread, ContextObject* context) {
  return set_context_variable(thread, state(thread, kStateVariable), to_value(context));
}

Result<Value> manager_enter(Thread& thread, ManagerObject* self) {
  TRY(set_current(thread, self->local_.get()));
  return to_value(self->local_.get());
}
Result<Value> manager_exit(Thread& thread, ManagerObject* self, Rest) {
  TRY(set_current(thread, self->global_.get()));
  return Value::false_();
}
constexpr NativeMethod kManagerMethods[] = {method<manager_enter>("__enter__($self, /)"),
                                            method<manager_exit>("__exit__($self, /, *args)")};

// --- the module

Result<void> add_templates(Thread& thread, Module* module) {
  Type* type = thread.runtime().type(Kind::DecimalContext);
  ContextObject* defaults = make_context(thread, type);
  ContextObject* basic = make_context(thread, type);
  basic->precision_ = 9;
  basic->rounding_ = static_cast<uint8_t>(decimal::Rounding::HalfUp);
  basic->traps_ |= decimal::kUnderflow | decimal::kClamped;
  ContextObject* extended = make_context(thread, type);
  extended->precision_ = 9;
  extended->traps_ = 0;
  set_state(thread, kStateDefault, to_value(defaults));
  set_state(thread, kStateBasic, to_value(basic));
  set_state(thread, kStateExtended, to_value(extended));
  TRY(add_constant(thread, module, "DefaultContext", to_value(defaults)));
  TRY(add_constant(thread, module, "BasicContext", to_value(basic)));
  return add_constant(thread, module, "ExtendedContext", to_value(extended));
}

Result<void> add_tuple_class(Thread& thread, Module* module) {
  Value collections = TRY(import_module(thread, "collections"));
  Value type =
      TRY(call_method(thread, collections, intern(thread, "namedtuple"), to_value(intern(thread, "DecimalTuple")),
                      to_value(make_str(thread, "sign digits exponent"))));
  TRY(set_attribute(thread, type, thread.names().__module__, to_value(intern(thread, "decimal"))));
  set_state(thread, kStateTuple, type);
  return add_constant(thread, module, "DecimalTuple", type);
}

Result<void> add_constants(Thread& thread, Module* module) {
  Tuple* names = TRY(make_tuple(thread, static_cast<int64_t>(std::size(kRoundings))));
  for (size_t i = 0; i < std::size(kRoundings); ++i) {
    Value name = to_value(intern(thread, kRoundings[i]));
    names->set(static_cast<int64_t>(i), name);
    TRY(add_constant(thread, module, kRoundings[i], name));
  }
  set_state(thread, kStateRoundings, to_value(names));
  TRY(add_int(thread, module, "MAX_PREC", decimal::kMaximumPrecision));
  TRY(add_int(thread, module, "MAX_EMAX", decimal::kMaximumExponent));
  TRY(add_int(thread, module, "MIN_EMIN", decimal::kMinimumExponent));
  TRY(add_int(thread, module, "MIN_ETINY", decimal::kMinimumTinyExponent));
  TRY(add_constant(thread, module, "HAVE_THREADS", Value::true_()));
  TRY(add_constant(thread, module, "HAVE_CONTEXTVAR", Value::true_()));
  TRY(add_text(thread, module, "__version__", "1.70"));
  return add_text(thread, module, "__libmpdec_version__", "2.5.1");
}

/// Types and state are made once: a second import of the module shows the same objects.
Result<void> initialize(Thread& thread, Module* module) {
  Type* keeper = thread.runtime().type(Kind::DecimalContext);
  if (keeper != nullptr && is<Array>(keeper->extra_.get()) && is<Dict>(state(thread, kStateModule)))
    return dict_merge(thread, module->dict(), cast<Dict>(state(thread, kStateModule)), true);
  TRY(add_constant(thread, module, "__name__", to_value(intern(thread, "decimal"))));
  Type* number = TRY(add_type(thread, module, kDecimalType));
  Type* context = TRY(add_type(thread, module, kContextType));
  TRY(make_builtin_type(thread, kManagerType));
  Array* array = Array::try_make(thread.heap(), kStateCount);
  if (array == nullptr) return thread.raise_memory_error();
  context->extra_.set(context, to_value(array));
  TRY(initialize_signals(thread, module));
  TRY(add_constants(thread, module));
  TRY(add_templates(thread, module));
  TRY(add_tuple_class(thread, module));
  Value contextvars = TRY(import_module(thread, "_contextvars"));
  set_state(
      thread, kStateVariable,
      TRY(call_method(thread, contextvars, intern(thread, "ContextVar"), to_value(intern(thread, "decimal_context")))));
  Value numbers = TRY(import_module(thread, "numbers"));
  set_state(thread, kStateRational, TRY(get_attribute(thread, numbers, "Rational")));
  Value base = TRY(get_attribute(thread, numbers, "Number"));
  TRY(call_method(thread, base, intern(thread, "register"), to_value(number)));
  set_state(thread, kStateModule, to_value(TRY(dict_copy(thread, module->dict()))));
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<python_getcontext>("getcontext($module, /)", "Get the current default context.\n"),
    function<python_setcontext>("setcontext($module, context, /)", "Set a new default context.\n"),
    function<python_localcontext>(
        "localcontext($module, /, ctx=None, **kwargs)",
        "A context manager that sets the default context to a copy of ctx on entry and\n"
        "restores the previous one on exit. Without ctx a copy of the current one is used.\n"),
};

}  // namespace

ContextObject* copy_context(Thread& thread, ContextObject* context) {
  ContextObject* copy = make_context(thread, thread.runtime().type(Kind::DecimalContext));
  copy_settings(copy, context);
  copy->status_ = context->status_;
  return copy;
}

Result<ContextObject*> current_context(Thread& thread) {
  Optional<Value> value = TRY(context_variable_value(thread, state(thread, kStateVariable)));
  if (value) [[likely]]
    return as_context(*value);
  ContextObject* context = copy_context(thread, as_context(state(thread, kStateDefault)));
  context->status_ = 0;
  TRY(set_current(thread, context));
  return context;
}

Result<ContextObject*> context_argument(Thread& thread, Value value) {
  if (value.is_none()) return current_context(thread);
  if (!has_kind(value, Kind::DecimalContext)) return thread.raise<TypeError>("optional argument must be a context");
  return as_context(value);
}

Result<decimal::Rounding> rounding_of(Thread& thread, Value value) {
  if (is_str(value)) {
    Str* text = as_str(thread, value);
    for (size_t i = 0; i < std::size(kRoundings); ++i)
      if (text->equals(kRoundings[i])) return static_cast<decimal::Rounding>(i);
  }
  return thread.raise<TypeError>(
      "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, "
      "ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]");
}

Result<Value> python_getcontext(Thread& thread) { return to_value(TRY(current_context(thread))); }

Result<void> python_setcontext(Thread& thread, Value value) {
  if (!has_kind(value, Kind::DecimalContext)) return thread.raise<TypeError>("argument must be a context");
  ContextObject* context = as_context(value);
  // The templates stay as they are.
  for (int index : {kStateDefault, kStateBasic, kStateExtended}) {
    if (state(thread, index) != value) continue;
    context = copy_context(thread, context);
    context->status_ = 0;
    break;
  }
  return set_current(thread, context);
}

Result<Value> python_localcontext(Thread& thread, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kLocalSignature, arguments, bound));
  ContextObject* global = TRY(current_context(thread));
  ContextObject* local = copy_context(thread, TRY(context_argument(thread, bound.values[0])));
  TRY(apply_settings(thread, local, bound.values + 1));
  auto* manager = make_exact<ManagerObject>(thread, Kind::DecimalManager);
  manager->local_.initialize(local);
  manager->global_.initialize(global);
  return to_value(manager);
}

const TypeSpec kContextType = {
    .name = "decimal.Context",
    .kind = Kind::DecimalContext,
    .flags = kTypeBase,
    .layout = [] { return layout_of<ContextObject>("Context"); },
    .slots = {.repr = &context_repr, .new_ = &context_new, .init = &context_init},
    .methods = context_operations(),
    .attributes = kAttributes,
    .doc =
        "The context affects almost all operations and controls rounding,\nOver/Underflow, raising of exceptions "
        "and much more.\n",
    .text_signature =
        "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, "
        "traps=None)"};
const TypeSpec kManagerType = {.name = "decimal.ContextManager",
                               .kind = Kind::DecimalManager,
                               .flags = kTypeDisallowInstantiation,
                               .layout = [] { return layout_of<ManagerObject>("ContextManager"); },
                               .methods = kManagerMethods};

}  // namespace viperine::decimals

namespace viperine {

extern const ModuleSpec kDecimalModule = {.name = "_decimal",
                                          .functions = decimals::kFunctions,
                                          .initialize = &decimals::initialize,
                                          .doc = "C decimal arithmetic module"};

}  // namespace viperine
