// SPDX-License-Identifier: MIT
// method<F>("pop($self, index=-1, /)"): a NativeMethod from a typed C++ function and its signature in Python syntax,
// which is also
// __text_signature__. Parameters in the text and in F (after Thread&) correspond one to one. How a Value becomes each
// C++ type, and the error when it cannot, is the Converter of that type, once. Filling parameters from Arguments is in
// binding.cpp.
//
// C++ types: Value | Str* List* Dict* Bytes* Type* ... (checked) | Index (int64 through __index__) | ClippedIndex |
// bool (truth) | int, int64_t (C ints) | double | Optional<T> (may be missing; no default shown or any default) |
// NoneOr<T*> (None or missing: null) | Rest (*args) | Keywords (**kwargs: a Dict or null) | Arguments (everything, raw:
// text "f($self, /, *args, **kwargs)"). Defaults written in the text: an int, a str, None, True, False, or anything
// else for Optional<> parameters (shown only).
#pragma once

#include <tuple>
#include <utility>

#include "objects/list.h"
#include "runtime/operators.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

struct Index {
  int64_t value;
  operator int64_t() const { return value; }  // NOLINT: reads as a number
};
struct ClippedIndex {
  int64_t value;
  operator int64_t() const { return value; }  // NOLINT
};
/// The remaining positional arguments.
struct Rest {
  const Value* values = nullptr;
  uint32_t count = 0;
  Value operator[](uint32_t index) const { return values[index]; }
  std::span<const Value> span() const { return {values, count}; }
};
/// The remaining keyword arguments: a fresh dict, null when there are none.
struct Keywords {
  Dict* dict = nullptr;
};
template <typename T>
class NoneOr;
template <typename T>
class NoneOr<T*> {
 public:
  NoneOr() = default;
  explicit NoneOr(T* object) : object_(object) {}
  explicit operator bool() const { return object_ != nullptr; }
  T* operator*() const { return object_; }
  T* operator->() const { return object_; }
  T* get() const { return object_; }


 private:
  T* object_ = nullptr;
};

/// Which parameter is being converted, for error texts.
struct ParameterPlace {
  const NativeMethod& method;
  uint32_t number;        // 0-based, self included
};

/// TypeError "replace() argument 1 must be str, not int"; for self "descriptor 'append' requires a 'list' object but
/// received a 'int'".
Raised raise_wrong_type(Thread& thread, const ParameterPlace& place, const char* expected, Value value);
Raised raise_wrong_type(Thread& thread, const ParameterPlace& place, Kind expected, Value value);
Raised raise_missing(Thread& thread, const ParameterPlace& place);

template <typename T>
struct Converter;

template <>
struct Converter<Value> {
  static Result<Value> convert(Thread&, Value value, const ParameterPlace&) { return value; }
};
template <>
struct Converter<bool> {
  static Result<bool> convert(Thread& thread, Value value, const ParameterPlace&) { return is_true(thread, value); }
};
template <>
struct Converter<Index> {
  static Result<Index> convert(Thread& thread, Value value, const ParameterPlace&) {
    if (value.is_int()) return Index{value.as_int()};
    return Index{TRY(to_index_int64(thread, value))};
  }
};
template <>
struct Converter<ClippedIndex> {
  static Result<ClippedIndex> convert(Thread& thread, Value value, const ParameterPlace&) {
    if (value.is_int()) return ClippedIndex{value.as_int()};
    return ClippedIndex{TRY(to_index_clipped(thread, value))};
  }
};
template <>
struct Converter<int> {
  static Result<int> convert(Thread& thread, Value value, const ParameterPlace&) { return to_c_int(thread, value); }
};
template <>
struct Converter<int64_t> {
  static Result<int64_t> convert(Thread& thread, Value value, const ParameterPlace&) {
    return to_c_int64(thread, value);
  }
};
template <>
struct Converter<double> {
  static Result<double> convert(Thread& thread, Value value, const ParameterPlace&) { return to_double(thread, value); }
};
template <>
struct Converter<Str*> {
  static Result<Str*> convert(Thread& thread, Value value, const ParameterPlace& place) {
    if (has_kind(value, Kind::Str)) [[likely]] return static_cast<Str*>(value.as_object());
    if (has_kind(value, Kind::Rope)) return flatten(thread, static_cast<Rope*>(value.as_object()));
    return raise_wrong_type(thread, place, Kind::Str, value);
  }
};
/// Any object class: checked by kind.
template <typename T>
struct Converter<T*> {
  static Result<T*> convert(Thread& thread, Value value, const ParameterPlace& place) {
    if (is<T>(value)) [[likely]] return static_cast<T*>(value.as_object());
    if constexpr (requires { T::kKind; })
      return raise_wrong_type(thread, place, T::kKind, value);
    else
      return raise_wrong_type(thread, place, T::kFirstKind, value);
  }
};
template <typename T>
struct Converter<Optional<T>> {
  static Result<Optional<T>> convert(Thread& thread, Value value, const ParameterPlace& place) {
    if (value.is_absent()) return Optional<T>();
    return Optional<T>(TRY(Converter<T>::convert(thread, value, place)));
  }
};
template <>
struct Converter<Optional<Value>> {
  static Result<Optional<Value>> convert(Thread&, Value value, const ParameterPlace&) {
    return value.is_absent() ? Optional<Value>() : Optional<Value>(value);
  }
};
/// Small C++ types that may be missing.
template <typename T>
requires(std::is_same_v<T, Index> || std::is_same_v<T, bool> || std::is_same_v<T, int> || std::is_same_v<T, int64_t> ||
         std::is_same_v<T, double>) class Optional<T> {
 public:
  Optional() = default;
  Optional(T value) : value_(value), present_(true) {}  // NOLINT
  bool has_value() const { return present_; }
  explicit operator bool() const { return present_; }
  T operator*() const { return value_; }
  T value_or(T other) const { return present_ ? value_ : other; }

 private:
  T value_{};
  bool present_ = false;
};
template <typename T>
struct Converter<NoneOr<T*>> {
  static Result<NoneOr<T*>> convert(Thread& thread, Value value, const ParameterPlace& place) {
    if (value.is_absent() || value.is_none()) return NoneOr<T*>(nullptr);
    return NoneOr<T*>(TRY(Converter<T*>::convert(thread, value, place)));
  }
};

/// Parameters filled from Arguments; `values` has one Value per parameter of the text (absent when missing and without
/// default).
struct BoundArguments {
  static constexpr uint32_t kMax = 24;
  BoundArguments() {}
  union {   // not zeroed: bind_arguments fills as many as the text has parameters
    Value values[kMax];
  };
  Rest rest;
  Dict* keywords = nullptr;
};
/// TypeErrors as CPython's: "pop expected at most 1 argument, got 2", "f() got an unexpected keyword argument 'x'", ...
Result<void> bind_arguments(Thread& thread, const NativeMethod& method, const Arguments& arguments,
                            BoundArguments& bound);
/// The default written in the text for parameter `number`, absent when it has none that C++ can know.
Value default_of(Thread& thread, const NativeMethod& method, uint32_t number);

namespace binding_detail {

template <typename T>
constexpr bool is_collector = std::is_same_v<T, Rest> || std::is_same_v<T, Keywords> || std::is_same_v<T, Arguments>;

inline Result<Value> to_result(Value value) { return value; }
inline Result<Value> to_result(Result<Value> result) { return result; }
inline Result<Value> to_result(Result<void> result) {
  return result.is_raised() ? Result<Value>(Raised{}) : Result<Value>(Value::none());
}
inline Result<Value> to_result(Result<bool> result) {
  return result.is_raised() ? Result<Value>(Raised{}) : Result<Value>(Value::from_bool(result.take()));
}
template <typename T>
Result<Value> to_result(Result<T*> result) {
  return result.is_raised() ? Result<Value>(Raised{}) : Result<Value>(to_value(result.take()));
}

/// How the parameters of F map to the text's: the index of the text parameter for C++ parameter I (collectors take
/// none).
template <typename... P>
constexpr size_t text_index(size_t cpp_index) {
  constexpr bool collectors[] = {is_collector<P>..., false};
  size_t index = 0;
  for (size_t i = 0; i < cpp_index; ++i) index += collectors[i] ? 0 : 1;
  return index;
}

template <typename T>
bool take_parameter(Thread& thread, const NativeMethod& method, const BoundArguments& bound, const Value* values,
                    size_t index, T& parameter) {
  if constexpr (std::is_same_v<T, Rest>) {
    parameter = bound.rest;
  } else if constexpr (std::is_same_v<T, Keywords>) {
    parameter = Keywords{bound.keywords};
  } else {
    auto result =
        Converter<T>::convert(thread, values[index], ParameterPlace{method, static_cast<uint32_t>(index)});
    if (result.is_raised()) [[unlikely]] return false;
    parameter = result.take();
  }
  return true;
}

template <auto F, typename Signature>
struct Trampoline;

template <auto F, typename R, typename... P>
struct Trampoline<F, R (*)(Thread&, P...)> {
  static constexpr bool kRaw = (std::is_same_v<P, Arguments> || ...) || (std::is_same_v<P, const Arguments&> || ...);
  static constexpr size_t kCount = (0 + ... + (is_collector<P> ? 0 : 1));

  static Result<Value> entry(Thread& thread, const NativeMethod& method, const Arguments& arguments) {
    return enter(thread, method, arguments, std::index_sequence_for<P...>());
  }
  template <size_t... I>
  static Result<Value> enter(Thread& thread, const NativeMethod& method, const Arguments& arguments,
                             std::index_sequence<I...>) {
    if constexpr (sizeof...(P) == 1 && kRaw) {
      return to_result(F(thread, arguments));
    } else if constexpr (kRaw) {
      static_assert(sizeof...(P) == 2, "raw functions take (Thread&, Self, Arguments)");
      using Self = std::tuple_element_t<0, std::tuple<P...>>;
      auto self = Converter<Self>::convert(thread, arguments[0], ParameterPlace{method, 0});
      if (self.is_raised()) [[unlikely]] return Raised{};
      return to_result(F(thread, self.take(), arguments.without_first()));
    } else if constexpr (sizeof...(P) == 0) {
      if (arguments.count != 0) [[unlikely]] {
        BoundArguments bound;
        TRY(bind_arguments(thread, method, arguments, bound));
      }
      return to_result(F(thread));
    } else {
      BoundArguments bound;
      const Value* values = arguments.values;   // as they are, when each parameter was given by position
      if (arguments.keywords != nullptr || arguments.count != kCount || method.positional != kCount) {
        auto result = bind_arguments(thread, method, arguments, bound);
        if (result.is_raised()) [[unlikely]] return Raised{};
        values = bound.values;
      }
      std::tuple<P...> parameters;
      bool taken = (take_parameter(thread, method, bound, values, text_index<P...>(I), std::get<I>(parameters)) && ...);
      if (!taken) [[unlikely]] return Raised{};
      return to_result(F(thread, std::get<I>(parameters)...));
    }
  }
};

/// The DefaultCode of the default between `start` and `end` of the signature `signature`.
consteval uint8_t default_code(const char* signature, const char* start, const char* end) {
  std::string_view text(start, static_cast<size_t>(end - start));
  if (text == "None") return kDefaultNone;
  if (text == "True") return kDefaultTrue;
  if (text == "False") return kDefaultFalse;
  if (text.empty()) return kDefaultInText;
  if (text[0] == '\'' || text[0] == '"') {
    for (char c : text)
      if (c == '\\') return kDefaultInText;
    return start - signature > 255 - kDefaultText ? uint8_t{kDefaultInText}
                                                  : static_cast<uint8_t>(kDefaultText + (start - signature));
  }
  bool is_negative = text[0] == '-';
  int number = 0;
  for (char c : text.substr(is_negative ? 1 : 0)) {
    if (c < '0' || c > '9') return kDefaultAbsent;
    if (number > 1000) return kDefaultInText;
    number = number * 10 + (c - '0');
  }
  if (is_negative) number = -number;
  return number < -16 || number > kDefaultLargest ? uint8_t{kDefaultInText}
                                                  : static_cast<uint8_t>(kDefaultZero + number);
}

/// Counts of a signature text. Fails to compile (by calling a non-constexpr function) when malformed.
void malformed_signature();
consteval NativeMethod parse(const char* text, size_t cpp_parameters, bool raw, NativeEntry entry) {
  NativeMethod method;
  method.entry = entry;
  method.text = text;
  const char* at = text;
  if (*at == '@') {
    method.flags |= kNativeStatic;
    ++at;
  }
  const char* name = at;
  while (*at != '(' && *at != 0) ++at;
  if (*at == 0) malformed_signature();
  method.name_length = static_cast<uint8_t>(at - name);
  ++at;
  bool keyword_only = false, defaults = false;
  uint32_t collectors = 0;
  while (*at != ')') {
    while (*at == ' ' || *at == ',') ++at;
    if (*at == ')') break;
    if (*at == 0) malformed_signature();
    if (*at == '/') {
      method.positional_only = method.total;
      ++at;
      continue;
    }
    if (*at == '*' && at[1] == '*') {
      method.flags |= kNativeKeywords;
      ++collectors;
      at += 2;
    } else if (*at == '*') {
      keyword_only = true;
      ++at;
      if (*at == ',' || *at == ' ') continue;
      method.flags |= kNativeRest;
      ++collectors;
    } else {
      if (*at == '$') {
        method.flags |= at[1] == 's' ? kNativeSelf : at[1] == 't' ? kNativeClass : kNativeModule;
        if (method.flags & kNativeModule) {   // $module is not passed to functions
          while (*at != ',' && *at != ')') ++at;
          continue;
        }
        ++at;
      }
      ++method.total;
      if (!keyword_only) ++method.positional;
    }
    bool has_default = false;
    const char* default_start = nullptr;
    int depth = 0;
    char quote = 0;
    while (*at != 0 && (quote != 0 || depth > 0 || (*at != ',' && *at != ')'))) {
      if (quote != 0) {
        if (*at == '\\') ++at;
        else if (*at == quote) quote = 0;
      } else if (*at == '\'' || *at == '"') {
        quote = *at;
      } else if (*at == '(' || *at == '[' || *at == '{') {
        ++depth;
      } else if (*at == ')' || *at == ']' || *at == '}') {
        --depth;
      } else if (*at == '=' && !has_default) {
        has_default = true;
        default_start = at + 1;
      }
      ++at;
    }
    if (has_default && method.total <= NativeMethod::kCodedDefaults)
      method.defaults[method.total - 1] = default_code(text, default_start, at);
    if (has_default) defaults = true;
    if (!has_default && !defaults && !keyword_only && (method.flags & kNativeRest) == 0) method.required = method.total;
  }
  if (!raw && method.total + collectors != cpp_parameters) malformed_signature();
  if (method.total > BoundArguments::kMax) malformed_signature();
  return method;
}

}  // namespace binding_detail

/// See the head of this file.
template <auto F>
consteval NativeMethod method(const char* text, const char* doc = nullptr) {
  using T = binding_detail::Trampoline<F, decltype(F)>;
  constexpr size_t count = []<typename R, typename... P>(R (*)(Thread&, P...)) { return sizeof...(P); }(F);
  NativeMethod result = binding_detail::parse(text, count, T::kRaw, &T::entry);
  result.doc = doc;
  return result;
}
/// A function of a module: the same, without $self.
template <auto F>
consteval NativeMethod function(const char* text, const char* doc = nullptr) {
  return method<F>(text, doc);
}

namespace binding_detail {
template <auto F, typename Signature>
struct Getter;
template <auto F, typename R, typename T>
struct Getter<F, R (*)(Thread&, T)> {
  static Result<Value> get(Thread& thread, Value self) {
    if constexpr (std::is_same_v<T, Value>)
      return to_result(F(thread, self));
    else
      return to_result(F(thread, static_cast<T>(static_cast<void*>(self.as_object()))));
  }
};
template <auto F, typename Signature>
struct Setter;
template <auto F, typename T>
struct Setter<F, Result<void> (*)(Thread&, T, Value)> {
  static Result<void> set(Thread& thread, Value self, Value value) {
    if constexpr (std::is_same_v<T, Value>)
      return F(thread, self, value);
    else
      return F(thread, static_cast<T>(static_cast<void*>(self.as_object())), value);
  }
};
}  // namespace binding_detail

/// A computed attribute: attribute<range_start>("start"), attribute<getter, setter>("name"). The receiver's kind was
/// checked by the descriptor.
template <auto G>
consteval NativeAttribute attribute(const char* name, const char* doc = nullptr) {
  return {name, &binding_detail::Getter<G, decltype(G)>::get, nullptr, doc};
}
template <auto G, auto S>
consteval NativeAttribute attribute(const char* name, const char* doc = nullptr) {
  return {name, &binding_detail::Getter<G, decltype(G)>::get, &binding_detail::Setter<S, decltype(S)>::set, doc};
}

}  // namespace viperine
