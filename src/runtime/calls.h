// SPDX-License-Identifier: MIT
// Calling anything: Arguments as callees see them, NativeMethod (a C++ function bound to Python), call(). How Python
// functions run is the interpreter's business; binding.h makes NativeMethods from typed C++ functions.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// Positional values, then the values of keyword arguments, whose names are in `keywords` (null when there are none).
/// `values` points to the VM stack or to native locals; for methods values[0] is self.
struct Arguments {
  const Value* values = nullptr;
  uint32_t count = 0;             // all values
  Tuple* keywords = nullptr;

  uint32_t keyword_count() const { return keywords == nullptr ? 0 : static_cast<uint32_t>(keywords->length()); }
  uint32_t positional_count() const { return count - keyword_count(); }
  Value operator[](uint32_t index) const { return values[index]; }
  std::span<const Value> positional() const { return {values, positional_count()}; }
  Value keyword_value(uint32_t index) const { return values[positional_count() + index]; }
  /// Without the first positional argument.
  Arguments without_first() const { return {values + 1, count - 1, keywords}; }
};

struct NativeMethod;
using NativeEntry = Result<Value> (*)(Thread&, const NativeMethod&, const Arguments&);

enum NativeFlags : uint8_t {
  kNativeSelf = 1,          // $self: a method
  kNativeClass = 2,         // $type: a classmethod
  kNativeStatic = 4,        // a staticmethod of its type (the text begins with "@")
  kNativeRest = 8,          // *args
  kNativeKeywords = 16,     // **kwargs
  kNativeSimple = 32,       // positional-only parameters without defaults: exact count
  kNativeModule = 64,       // $module
};

/// How NativeMethod::defaults says what a missing argument becomes.
enum DefaultCode : uint8_t {
  kDefaultInText = 0,   // there is none, or it must be read from the text
  kDefaultNone = 1,
  kDefaultTrue = 2,
  kDefaultFalse = 3,
  kDefaultAbsent = 4,   // only shown to people
  kDefaultZero = 24,    // ints from -16 to kDefaultLargest: kDefaultZero + n
  kDefaultText = 160,   // a str literal that begins kDefaultText + n characters into the text, quote included
};
constexpr int kDefaultLargest = kDefaultText - kDefaultZero - 1;

/// A native function or method. `text` is the signature in Python syntax: "pop($self, index=-1, /)"; see binding.h.
struct NativeMethod {
  NativeEntry entry = nullptr;
  const char* text = nullptr;
  const char* doc = nullptr;
  uint8_t name_length = 0;
  uint8_t required = 0;       // leading parameters without default ($self included)
  uint8_t positional = 0;     // parameters that may be given by position ($self included)
  uint8_t positional_only = 0;
  uint8_t total = 0;          // all parameters but *args and **kwargs
  uint8_t flags = 0;
  /// Defaults of the first parameters as DefaultCode, so that the text need not be read at a call.
  static constexpr uint32_t kCodedDefaults = 10;
  uint8_t defaults[kCodedDefaults] = {};
  std::string_view name() const { return {text + ((flags & kNativeStatic) ? 1 : 0), name_length}; }
};

/// callable(*arguments). The one way to call from C++.
Result<Value> call(Thread& thread, Value callable, const Arguments& arguments);
template <typename... Values>
Result<Value> call(Thread& thread, Value callable, Values... values) {
  const Value list[] = {values..., Value()};
  return call(thread, callable, Arguments{list, sizeof...(values), nullptr});
}
/// object.name(*values)
Result<Value> call_method(Thread& thread, Value object, Str* name, std::span<const Value> values);
template <typename... Values>
Result<Value> call_method(Thread& thread, Value object, Str* name, Values... values) {
  const Value list[] = {values..., Value()};
  return call_method(thread, object, name, std::span<const Value>(list, sizeof...(values)));
}
/// type(object).name(object, *values), found on the type only (special methods); absent when the type has no such
/// attribute.
Result<Optional<Value>> call_special(Thread& thread, Value object, Str* name, std::span<const Value> values);
/// callable(*positional tuple, **keywords dict or null)
Result<Value> call_with_tuple(Thread& thread, Value callable, Tuple* positional, Dict* keywords);

/// The default callable() of Python.
bool is_callable(Thread& thread, Value value);

}  // namespace viperine
