// SPDX-License-Identifier: MIT
// CFuncPtr: classes of foreign functions and their instances: by name from a library, by address, around a callable;
// argtypes, restype, errcheck and paramflags.
#ifdef VIPERINE_HAS_FFI
#include <dlfcn.h>

#include <cstring>

#include "modules/ctypes/ctypes.h"
#include "runtime/audit.h"

namespace viperine::ctypes {

namespace {

enum ParameterFlags : int64_t { kIn = 1, kOut = 2, kLocale = 4 };

Result<CData*> function_of_value(Thread& thread, CData* self) {
  if (self->role_ != Role::Data || !is<Array>(self->more_.get())) return thread.raise<TypeError>("abstract class");
  return self;
}

Value own_or_class(CData* self, Type* type, FunctionPart own, InfoPart inherited) {
  Value value = self->part(own);
  return is_nothing(value) ? info_part(type, inherited) : value;
}

// --- attributes

Result<Value> function_error_check(Thread& thread, CData* self) {
  TRY(function_of_value(thread, self));
  Value check = self->part(kFunctionErrorCheck);
  return is_nothing(check) ? Value::none() : check;
}
Result<void> function_set_error_check(Thread& thread, CData* self, Value value) {
  TRY(function_of_value(thread, self));
  if (!value.is_absent() && !is_callable(thread, value))
    return thread.raise<TypeError>("the errcheck attribute must be callable");
  self->parts()->set(kFunctionErrorCheck, value.is_absent() ? Value() : value);
  return {};
}

Result<Value> function_result_type(Thread& thread, CData* self) {
  TRY(function_of_value(thread, self));
  Value type = own_or_class(self, type_of_data(thread, self), kFunctionResultType, kResultType);
  return is_nothing(type) ? Value::none() : type;
}
Result<void> function_set_result_type(Thread& thread, CData* self, Value value) {
  TRY(function_of_value(thread, self));
  if (value.is_absent()) {
    self->parts()->set(kFunctionResultType, Value());
    self->parts()->set(kFunctionChecker, Value());
    return {};
  }
  if (!value.is_none() && info_of_value(value) == nullptr && !is_callable(thread, value))
    return thread.raise<TypeError>("restype must be a type, a callable, or None");
  Optional<Value> checker = TRY(find_class_attribute(thread, value, "_check_retval_"));
  self->parts()->set(kFunctionChecker, checker.value_or(Value()));
  self->parts()->set(kFunctionResultType, value);
  return {};
}

Result<Value> function_argument_types(Thread& thread, CData* self) {
  TRY(function_of_value(thread, self));
  Value types = own_or_class(self, type_of_data(thread, self), kFunctionArgumentTypes, kArgumentTypes);
  return is_nothing(types) ? Value::none() : types;
}
Result<void> function_set_argument_types(Thread& thread, CData* self, Value value) {
  TRY(function_of_value(thread, self));
  if (value.is_absent() || value.is_none()) {
    self->parts()->set(kFunctionArgumentTypes, Value());
    self->parts()->set(kFunctionConverters, Value());
    return {};
  }
  if (!is<Tuple>(value) && !is<List>(value) && type_of(thread, value)->slots().get_item == nullptr)
    return thread.raise<TypeError>("_argtypes_ must be a sequence of types");
  Tuple* types = TRY(tuple_from_iterable(thread, value));
  Tuple* converters = TRY(converters_of(thread, types));
  self->parts()->set(kFunctionConverters, to_value(converters));
  self->parts()->set(kFunctionArgumentTypes, value);
  return {};
}

constexpr NativeAttribute kAttributes[] = {
    attribute<function_error_check, function_set_error_check>("errcheck", "a function to check for errors"),
    attribute<function_result_type, function_set_result_type>("restype", "specify the result type"),
    attribute<function_argument_types, function_set_argument_types>("argtypes", "specify the argument types"),
};

// --- making one

Result<void> check_parameter_flags(Thread& thread, Type* type, Value flags) {
  constexpr const char* kText = "paramflags must be a sequence of (int [,string [,value]]) tuples";
  Value types = info_part(type, kArgumentTypes);
  if (is_nothing(types)) return thread.raise<TypeError>("abstract class");
  if (!is<Tuple>(flags)) return thread.raise<TypeError>("paramflags must be a tuple or None");
  auto* list = cast<Tuple>(flags);
  if (list->length() != cast<Tuple>(types)->length())
    return thread.raise<ValueError>("paramflags must have the same length as argtypes");
  for (int64_t i = 0; i < list->length(); ++i) {
    Tuple* item = try_cast<Tuple>(list->at(i));
    bool fits = item != nullptr && item->length() >= 1 && item->length() <= 3 && is_integer(item->at(0)) &&
                (item->length() < 2 || is_str(item->at(1)) || item->at(1).is_none());
    int64_t flag = 0;
    if (!fits || !int_fits_int64(item->at(0), &flag)) return thread.raise<TypeError>(kText);
    switch (flag & (kIn | kOut | kLocale)) {
      case 0:
      case kIn:
      case kIn | kLocale:
      case kIn | kOut:
        break;
      case kOut: {
        TypeInfo* info = info_of_value(cast<Tuple>(types)->at(i));
        bool usable = info != nullptr && ((info->flags & kIsPointer) != 0 || info->category == Category::Array);
        if (!usable)
          return thread.raise<TypeError>("'out' parameter {} must be a pointer type, not {}", i + 1,
                                         cast<Type>(cast<Tuple>(types)->at(i))->name());
        break;
      }
      default:
        return thread.raise<TypeError>("paramflag value {} not supported", flag);
    }
  }
  return {};
}

Result<CData*> make_function(Thread& thread, Type* type, void* address) {
  CData* function = TRY(make_data(thread, type));
  std::memcpy(function->data_, &address, sizeof(address));
  return function;
}

Result<Value> function_from_library(Thread& thread, Type* type, const Arguments& arguments) {
  auto* pair = cast<Tuple>(arguments[0]);
  if (pair->length() != 2) return thread.raise<TypeError>("first argument must be a tuple of a name and a library");
  Value name = pair->at(0), library = pair->at(1);
  TRY(audit(thread, "ctypes.dlsym", library, name));
  Value handle = TRY(get_attribute(thread, library, "_handle"));
  if (!is_integer(handle))
    return thread.raise<TypeError>("the _handle attribute of the second argument must be an integer");
  Bytes* text = try_cast<Bytes>(name);
  if (is_str(name)) text = TRY(encode_utf8(thread, as_str(thread, name)));
  if (text == nullptr) return thread.raise<TypeError>("function name must be string, bytes object or integer");
  dlerror();
  void* address = dlsym(reinterpret_cast<void*>(int_bits(handle)), reinterpret_cast<const char*>(text->data()));
  if (address == nullptr) {
    const char* reason = dlerror();
    return thread.raise<AttributeError>("{}", reason == nullptr ? "symbol not found" : reason);
  }
  bool has_flags = arguments.positional_count() > 1 && !arguments[1].is_none();
  if (has_flags) TRY(check_parameter_flags(thread, type, arguments[1]));
  CData* function = TRY(make_function(thread, type, address));
  if (has_flags) function->parts()->set(kFunctionParameterFlags, arguments[1]);
  TRY(keep_reference(thread, function, 0, library));
  return to_value(function);
}

Result<Value> function_from_callable(Thread& thread, Type* type, Value callable) {
  if (!is_callable(thread, callable))
    return thread.raise<TypeError>("argument must be callable or integer function address");
  TypeInfo* info = info_of(type);
  Value types = info_part(type, kArgumentTypes), result = info_part(type, kResultType);
  if (is_nothing(types)) return thread.raise<TypeError>("cannot construct instance of this class: no argtypes");
  CData* thunk = TRY(make_thunk(thread, callable, TRY(tuple_from_iterable(thread, types)),
                                is_nothing(result) ? Value::none() : result, info->flags));
  CData* function = TRY(make_function(thread, type, thunk_address(thunk)));
  function->parts()->set(kFunctionCallable, callable);
  function->parts()->set(kFunctionThunk, to_value(thunk));
  TRY(keep_reference(thread, function, 0, to_value(thunk)));
  return to_value(function);
}

Result<Value> function_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (info_of(type) == nullptr) return thread.raise<TypeError>("abstract class");
  if (arguments.positional_count() == 0) return data_new(thread, type, arguments);
  Value first = arguments[0];
  if (is<Tuple>(first)) return function_from_library(thread, type, arguments);
  if (arguments.positional_count() == 1 && is_integer(first))
    return to_value(TRY(make_function(thread, type, reinterpret_cast<void*>(int_bits(first)))));
  return function_from_callable(thread, type, first);
}

Result<void> function_init(Thread&, Value, const Arguments&) { return {}; }

// --- calling with paramflags

/// Arguments as C sees them, when paramflags say which are results.
struct BuiltArguments {
  Tuple* values = nullptr;
  uint32_t out = 0, in_out = 0;
  int64_t results = 0;
};

Result<Value> given_argument(Thread& thread, const Arguments& arguments, int64_t* next, Value name, Value fallback) {
  if (*next < arguments.positional_count()) return arguments[static_cast<uint32_t>((*next)++)];
  if (is_str(name)) {
    for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
      if (as_str(thread, arguments.keywords->at(i))->equals(as_str(thread, name))) {
        ++*next;
        return arguments.keyword_value(i);
      }
  }
  if (!is_nothing(fallback)) return fallback;
  if (is_str(name)) return thread.raise<TypeError>("required argument '{}' missing", as_str(thread, name));
  return thread.raise<TypeError>("not enough arguments");
}

/// A fresh object that an out parameter points to.
Result<Value> out_argument(Thread& thread, Value type) {
  if (!is<Type>(type) || info_of_value(type) == nullptr) return thread.raise<RuntimeError>("NULL stgdict unexpected");
  Value target = info_part(cast<Type>(type), kTarget);
  if (is_str(target))
    return thread.raise<TypeError>("{} 'out' parameter must be passed as default value", cast<Type>(type)->name());
  if (has_category(cast<Type>(type), Category::Array)) return call(thread, type);
  return call(thread, target);
}

Result<BuiltArguments> build_arguments(Thread& thread, CData* self, Value types, const Arguments& arguments) {
  BuiltArguments built;
  Value flags = self->part(kFunctionParameterFlags);
  if (is_nothing(types) || is_nothing(flags) || TRY(length(thread, types)) == 0) {
    built.values = TRY(make_tuple(thread, arguments.positional()));
    return built;
  }
  auto* list = cast<Tuple>(flags);
  Tuple* type_list = TRY(tuple_from_iterable(thread, types));
  built.values = TRY(make_tuple(thread, type_list->length()));
  int64_t next = 0;
  for (int64_t i = 0; i < type_list->length() && i < list->length(); ++i) {
    auto* item = cast<Tuple>(list->at(i));
    int64_t flag = 0;
    int_fits_int64(item->at(0), &flag);
    Value name = item->length() > 1 ? item->at(1) : Value(), fallback = item->length() > 2 ? item->at(2) : Value();
    Value value;
    switch (flag & (kIn | kOut | kLocale)) {
      case kIn | kLocale:
        value = is_nothing(fallback) ? Value::from_int(0) : fallback;
        break;
      case kIn | kOut:
        built.in_out |= 1u << i;
        ++built.results;
        value = TRY(given_argument(thread, arguments, &next, name, fallback));
        break;
      case 0:
      case kIn:
        value = TRY(given_argument(thread, arguments, &next, name, fallback));
        break;
      case kOut:
        built.out |= 1u << i;
        ++built.results;
        value = is_nothing(fallback) ? TRY(out_argument(thread, type_list->at(i))) : fallback;
        break;
      default:
        return thread.raise<ValueError>("paramflag {} not yet implemented", flag);
    }
    built.values->set(i, value);
  }
  if (arguments.count != static_cast<uint64_t>(next))
    return thread.raise<TypeError>("call takes exactly {} arguments ({} given)", next,
                                   static_cast<int64_t>(arguments.count));
  return built;
}

Result<Value> build_result(Thread& thread, Value result, const BuiltArguments& built) {
  if (built.results == 0) return result;
  Tuple* results = TRY(make_tuple(thread, built.results));
  int64_t next = 0;
  for (int64_t i = 0; i < std::min<int64_t>(32, built.values->length()); ++i) {
    Value value = built.values->at(i);
    if ((built.in_out >> i & 1) == 0 && (built.out >> i & 1) == 0) continue;
    if ((built.out >> i & 1) != 0) value = TRY(call_method(thread, value, intern(thread, "__ctypes_from_outparam__")));
    if (built.results == 1) return value;
    results->set(next++, value);
  }
  return to_value(results);
}

Result<void> check_count(Thread& thread, int64_t required, int64_t actual, uint32_t flags) {
  if ((flags & kFunctionCdecl) != 0) {
    if (required <= actual) return {};
    return thread.raise<TypeError>("this function takes at least {} argument{} ({} given)", required,
                                   required == 1 ? "" : "s", actual);
  }
  if (required == actual) return {};
  return thread.raise<TypeError>("this function takes {} argument{} ({} given)", required, required == 1 ? "" : "s",
                                 actual);
}

Result<Value> function_call(Thread& thread, Value self_value, const Arguments& arguments) {
  CData* self = TRY(function_of_value(thread, self_data(self_value)));
  Type* type = type_of(thread, self_value);
  CallRequest request{};
  std::memcpy(&request.address, self->data_, sizeof(request.address));
  request.flags = info_of(type)->flags;
  bool own_result = !is_nothing(self->part(kFunctionResultType));
  request.result_type = own_or_class(self, type, kFunctionResultType, kResultType);
  request.checker = own_result ? self->part(kFunctionChecker) : info_part(type, kChecker);
  Value types = own_or_class(self, type, kFunctionArgumentTypes, kArgumentTypes);
  Value converters = own_or_class(self, type, kFunctionConverters, kConverters);
  BuiltArguments built = TRY(build_arguments(thread, self, types, arguments));
  request.arguments = built.values->span();
  if (!is_nothing(converters)) {
    request.converters = request.types = cast<Tuple>(converters);
    TRY(check_count(thread, request.converters->length(), built.values->length(), request.flags));
  }
  if (request.address == nullptr) return thread.raise<ValueError>("NULL function pointer called");
  Value result = TRY(call_foreign(thread, request));
  Value check = self->part(kFunctionErrorCheck);
  if (!is_nothing(check)) {
    Value checked = TRY(call(thread, check, result, self_value, to_value(built.values)));
    if (checked != to_value(built.values)) return checked;
  }
  return build_result(thread, result, built);
}

Result<Value> function_repr(Thread& thread, Value self) {
  return to_value(format_text(thread, "<{} object at {}>", type_of(thread, self)->name(), address_text(thread, self)));
}

Result<bool> function_truth(Thread&, Value self) {
  void* address = nullptr;
  if (self_data(self)->data_ != nullptr) std::memcpy(&address, self_data(self)->data_, sizeof(address));
  return address != nullptr;
}

}  // namespace

Result<void> ready_function(Thread& thread, Type* type) {
  Optional<Value> flags = TRY(find_class_attribute(thread, to_value(type), "_flags_"));
  int64_t number;
  if (!flags || !is_integer(*flags) || !int_fits_int64(*flags, &number))
    return thread.raise<TypeError>("class must define _flags_ which must be an integer");
  TypeInfo* info = attach_info(thread, type, Category::Function);
  info->size = sizeof(void*);
  info->alignment = alignof(void*);
  info->length = 1;
  info->flags = static_cast<uint32_t>(number & 0xFF) | kIsPointer;
  set_format(info, "X{}");
  Optional<Value> types = TRY(find_class_attribute(thread, to_value(type), "_argtypes_"));
  if (types) {
    if (!is<Tuple>(*types)) return thread.raise<TypeError>("_argtypes_ must be a sequence of types");
    set_info_part(type, kArgumentTypes, *types);
    set_info_part(type, kConverters, to_value(TRY(converters_of(thread, cast<Tuple>(*types)))));
  }
  Optional<Value> result = TRY(find_class_attribute(thread, to_value(type), "_restype_"));
  if (!result) return {};
  if (!(*result).is_none() && info_of_value(*result) == nullptr && !is_callable(thread, *result))
    return thread.raise<TypeError>("_restype_ must be a type, a callable, or None");
  set_info_part(type, kResultType, *result);
  Optional<Value> checker = TRY(find_class_attribute(thread, *result, "_check_retval_"));
  if (checker) set_info_part(type, kChecker, *checker);
  return {};
}

const TypeSpec kFunctionSpec = {.name = "_ctypes.CFuncPtr",
                                .kind = Kind::CData,
                                .flags = kTypeBase,
                                .slots = {.repr = &function_repr,
                                          .call = &function_call,
                                          .new_ = &function_new,
                                          .init = &function_init,
                                          .truth = &function_truth,
                                          .buffer = &data_buffer},
                                .attributes = kAttributes,
                                .doc = "Base class of foreign functions and of callbacks.",
                                .base_spec = &kDataSpec};

}  // namespace viperine::ctypes

#endif
