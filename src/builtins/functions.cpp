// SPDX-License-Identifier: MIT
// The functions of the builtins module (library reference, Built-in Functions), but for compile/exec/eval
// (code_functions.cpp), print/input/open (io_functions.cpp) and __build_class__ (build_class.cpp).
#include <charconv>

#include "builtins/functions.h"

#include "builtins/generator.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

Result<Value> builtin_abs(Thread& thread, Value x) { return absolute(thread, x); }

Result<bool> builtin_all(Thread& thread, Value iterable) {
  bool result = true;
  TRY(for_each(thread, iterable, [&](Value item) -> Result<bool> { return result = TRY(is_true(thread, item)); }));
  return result;
}

Result<bool> builtin_any(Thread& thread, Value iterable) {
  bool result = false;
  TRY(for_each(thread, iterable, [&](Value item) -> Result<bool> { return !(result = TRY(is_true(thread, item))); }));
  return result;
}

Result<Value> builtin_ascii(Thread& thread, Value object) { return to_value(TRY(ascii(thread, object))); }

Result<Value> builtin_callable(Thread& thread, Value object) { return Value::from_bool(is_callable(thread, object)); }

Result<Value> builtin_chr(Thread& thread, Value number) {
  Value index = TRY(to_index(thread, number));
  int64_t code_point;
  if (!int_fits_int64(index, &code_point))
    return thread.raise<OverflowError>("Python int too large to convert to C int");
  if (code_point > INT32_MAX || code_point < INT32_MIN)
    return thread.raise<OverflowError>("signed integer is {}",
                                       code_point > 0 ? "greater than maximum" : "less than minimum");
  if (code_point < 0 || code_point > 0x10FFFF) return thread.raise<ValueError>("chr() arg not in range(0x110000)");
  return to_value(make_character(thread, static_cast<uint32_t>(code_point)));
}

Result<Value> builtin_ord(Thread& thread, Value c) {
  if (Str* text = try_str(thread, c)) {
    if (text->length() == 1) return Value::from_int(text->at(0));
    return thread.raise<TypeError>("ord() expected a character, but string of length {} found", text->length());
  }
  int64_t length;
  const uint8_t* data;
  if (is<Bytes>(c)) {
    length = cast<Bytes>(c)->length(), data = cast<Bytes>(c)->data();
  } else if (is<ByteArray>(c)) {
    length = cast<ByteArray>(c)->length(), data = cast<ByteArray>(c)->data();
  } else {
    return thread.raise<TypeError>("ord() expected string of length 1, but {} found", type_name_of(c));
  }
  if (length != 1) return thread.raise<TypeError>("ord() expected a character, but string of length {} found", length);
  return Value::from_int(data[0]);
}

Result<Value> builtin_divmod(Thread& thread, Value x, Value y) { return divmod(thread, x, y); }

Result<Value> builtin_format(Thread& thread, Value value, Optional<Value> specification) {
  if (!specification) return format(thread, value, thread.runtime().empty_str());
  Str* text = try_str(thread, *specification);
  if (text == nullptr)
    return thread.raise<TypeError>("format() argument 2 must be str, not {}", type_name_of(*specification));
  return format(thread, value, text);
}

Result<Str*> attribute_name(Thread& thread, Value name) {
  Str* text = try_str(thread, name);
  if (text == nullptr) return thread.raise<TypeError>("attribute name must be string, not '{}'", type_name_of(name));
  return intern(thread, text);
}

Result<Value> builtin_getattr(Thread& thread, Value object, Value name, Optional<Value> fallback) {
  Str* text = TRY(attribute_name(thread, name));
  if (!fallback) return get_attribute(thread, object, text);
  Optional<Value> found = TRY(find_attribute(thread, object, text));
  return found ? *found : *fallback;
}

Result<bool> builtin_hasattr(Thread& thread, Value object, Value name) {
  Str* text = TRY(attribute_name(thread, name));
  return TRY(find_attribute(thread, object, text)).has_value();
}

Result<void> builtin_setattr(Thread& thread, Value object, Value name, Value value) {
  Str* text = TRY(attribute_name(thread, name));
  return set_attribute(thread, object, text, value);
}

Result<void> builtin_delattr(Thread& thread, Value object, Value name) {
  Str* text = TRY(attribute_name(thread, name));
  return delete_attribute(thread, object, text);
}

Result<Value> builtin_hash(Thread& thread, Value object) { return make_int(thread.heap(), TRY(hash(thread, object))); }

Result<Value> based_text(Thread& thread, Value number, int base) {
  if (number.is_int()) {
    int64_t value = number.as_int();
    char text[72];
    char* start = text + (value < 0);
    text[0] = '-';
    start[0] = '0';
    start[1] = base == 2 ? 'b' : base == 8 ? 'o' : 'x';
    auto magnitude = value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
    char* end = std::to_chars(start + 2, text + sizeof text, magnitude, base).ptr;
    return to_value(make_str(thread, std::string_view(text, static_cast<size_t>(end - text))));
  }
  Value index = TRY(to_index(thread, number));
  Str* specification = intern(thread, base == 2 ? "#b" : base == 8 ? "#o" : "#x");
  return format(thread, index, specification);
}
Result<Value> builtin_bin(Thread& thread, Value number) { return based_text(thread, number, 2); }
Result<Value> builtin_oct(Thread& thread, Value number) { return based_text(thread, number, 8); }
Result<Value> builtin_hex(Thread& thread, Value number) { return based_text(thread, number, 16); }

Result<Value> builtin_id(Thread& thread, Value object) { return identity_of(thread, object); }

Result<bool> builtin_isinstance(Thread& thread, Value object, Value type) {
  return is_instance_of(thread, object, type);
}
Result<bool> builtin_issubclass(Thread& thread, Value type, Value base) { return is_subclass_of(thread, type, base); }

Result<Value> builtin_iter(Thread& thread, Value object, Optional<Value> sentinel) {
  if (!sentinel) return iterate(thread, object);
  if (!is_callable(thread, object)) return thread.raise<TypeError>("iter(v, w): v must be callable");
  auto* iterator = make_exact<CombinedIterator>(thread, Kind::CallableIterator);
  iterator->first_.initialize(object);
  iterator->second_.initialize(*sentinel);
  iterator->third_.initialize(Value());
  return to_value(iterator);
}

Result<Value> builtin_next(Thread& thread, Value iterator, Optional<Value> fallback) {
  if (type_of(thread, iterator)->slots().next == nullptr)
    return thread.raise<TypeError>("'{}' object is not an iterator", type_name_of(iterator));
  thread.returned_ = Value::none();
  auto result = next(thread, iterator);
  if (result.is_raised()) {
    if (!fallback || !thread.pending_is<StopIteration>()) return Raised{};
    thread.clear_pending();
    return *fallback;
  }
  if (result.take()) return *result.take();
  if (fallback) return *fallback;
  if (Generator::is_kind(iterator.is_pointer() ? kind_of(iterator.as_object()) : Kind::Free) &&
      !thread.returned_.is_none())
    return thread.raise_value(ExceptionKind::StopIteration, thread.returned_);
  return thread.raise<StopIteration>();
}

Result<Value> builtin_aiter(Thread& thread, Value object) {
  Type* type = type_of(thread, object);
  if (type->slots().aiter == nullptr) return thread.raise<TypeError>("'{}' object is not an async iterable", type);
  Value iterator = TRY(type->slots().aiter(thread, object));
  if (type_of(thread, iterator)->slots().anext == nullptr)
    return thread.raise<TypeError>("aiter() returned not an async iterator of type '{}'", type_name_of(iterator));
  return iterator;
}

Result<Value> builtin_anext(Thread& thread, Value iterator, Optional<Value> fallback) {
  Type* type = type_of(thread, iterator);
  if (type->slots().anext == nullptr) return thread.raise<TypeError>("'{}' object is not an async iterator", type);
  Value awaitable = TRY(type->slots().anext(thread, iterator));
  return fallback ? anext_with_default(thread, awaitable, *fallback) : Result<Value>(awaitable);
}

Result<Value> builtin_len(Thread& thread, Value object) {
  if (is_exact<List>(object)) return Value::from_int(cast<List>(object)->length());
  if (is_exact<Str>(object)) return Value::from_int(cast<Str>(object)->length());
  return make_int(thread.heap(), TRY(length(thread, object)));
}

// --- min, max, sum, sorted

Result<Value> extreme(Thread& thread, const char* name, Comparison op, Rest arguments, Value key,
                      Optional<Value> fallback) {
  if (arguments.count == 0) return thread.raise<TypeError>("{} expected at least 1 argument, got 0", name);
  if (arguments.count > 1 && fallback)
    return thread.raise<TypeError>("Cannot specify a default for {}() with multiple positional arguments", name);
  Value best = Value::absent(), best_key;
  auto consider = [&](Value item) -> Result<bool> {
    Value item_key = key.is_none() ? item : TRY(call(thread, key, item));
    if (best.is_absent() || TRY(compare_truth(thread, item_key, best_key, op))) {
      best = item;
      best_key = item_key;
    }
    return true;
  };
  if (arguments.count > 1) {
    for (uint32_t i = 0; i < arguments.count; ++i) TRY(consider(arguments[i]));
  } else {
    TRY(for_each(thread, arguments[0], consider));
  }
  if (!best.is_absent()) return best;
  if (fallback) return *fallback;
  return thread.raise<ValueError>("{}() arg is an empty sequence", name);
}

Result<Value> builtin_min(Thread& thread, Rest arguments, Value key, Optional<Value> fallback) {
  return extreme(thread, "min", Comparison::Less, arguments, key, fallback);
}
Result<Value> builtin_max(Thread& thread, Rest arguments, Value key, Optional<Value> fallback) {
  return extreme(thread, "max", Comparison::Greater, arguments, key, fallback);
}

Result<Value> builtin_pow(Thread& thread, Value base, Value exponent, Value modulus) {
  return power(thread, base, exponent, modulus);
}

Result<Value> builtin_repr(Thread& thread, Value object) { return to_value(TRY(repr(thread, object))); }

Result<Value> builtin_round(Thread& thread, Value number, Value digits) {
  Optional<Value> method = TRY(lookup_special(thread, number, thread.names().__round__));
  if (!method) return thread.raise<TypeError>("type {} doesn't define __round__ method", type_name_of(number));
  if (digits.is_none()) return call(thread, *method);
  return call(thread, *method, digits);
}

Result<Value> builtin_sorted(Thread& thread, const Arguments& arguments) {
  if (arguments.positional_count() != 1)
    return thread.raise<TypeError>("sorted expected 1 argument, got {}", arguments.positional_count());
  List* list = TRY(list_from_iterable(thread, arguments[0]));
  Value sort = TRY(get_attribute(thread, to_value(list), thread.names().sort));
  TRY(call(thread, sort, arguments.without_first()));
  return to_value(list);
}

Result<Value> builtin_sum(Thread& thread, Value iterable, Value start) {
  if (is_str(start)) return thread.raise<TypeError>("sum() can't sum strings [use ''.join(seq) instead]");
  if (is<Bytes>(start)) return thread.raise<TypeError>("sum() can't sum bytes [use b''.join(seq) instead]");
  if (is<ByteArray>(start)) return thread.raise<TypeError>("sum() can't sum bytearray [use b''.join(seq) instead]");
  Value total = start;
  TRY(for_each(thread, iterable, [&](Value item) -> Result<bool> {
    if (Value::both_ints(total, item) && Value::fits_int(total.as_int() + item.as_int()))
      total = Value::from_int(total.as_int() + item.as_int());
    else if (total.is_int() && item.is_bool())
      total = make_int(thread.heap(), total.as_int() + (item.is_true() ? 1 : 0));
    else if (is_float(total) && is_float(item))
      total = make_float(thread.heap(), as_float(total) + as_float(item));
    else
      total = TRY(binary_operation(thread, BinaryOperator::Add, total, item));
    return true;
  }));
  return total;
}

// --- namespaces

Result<Value> builtin_globals(Thread& thread) {
  if (thread.frame() == nullptr) return to_value(thread.runtime().builtins_dict());
  return to_value(function_of(thread.frame())->globals());
}

Result<Value> builtin_locals(Thread& thread) {
  if (thread.frame() == nullptr) return thread.raise<SystemError>("frame does not exist");
  return frame_locals(thread, frame_object(thread, thread.frame()));
}

Result<Value> builtin_vars(Thread& thread, Optional<Value> object) {
  if (!object) return builtin_locals(thread);
  Optional<Value> dict = TRY(find_attribute(thread, *object, thread.names().__dict__));
  if (!dict) return thread.raise<TypeError>("vars() argument must have __dict__ attribute");
  return *dict;
}

Result<Value> builtin_dir(Thread& thread, Optional<Value> object) {
  Value names;
  if (object) {
    Optional<Value> method = TRY(lookup_special(thread, *object, thread.names().__dir__));
    if (!method) return thread.raise<TypeError>("object does not provide __dir__");
    names = TRY(call(thread, *method));
  } else {
    Value locals = TRY(builtin_locals(thread));
    names = TRY(call_method(thread, locals, thread.names().keys));
  }
  List* list = TRY(list_from_iterable(thread, names));
  TRY(call_method(thread, to_value(list), thread.names().sort));
  return to_value(list);
}

Result<Value> builtin_breakpoint(Thread& thread, const Arguments& arguments) {
  Optional<Value> hook = thread.runtime().sys_dict()->get_str(intern(thread, "breakpointhook"));
  if (!hook) return thread.raise<RuntimeError>("lost sys.breakpointhook");
  return call(thread, *hook, arguments);
}

constexpr const char* kMaxDoc =
    "max(iterable, *[, default=obj, key=func]) -> the largest item\n"
    "max(arg1, arg2, *args, *[, key=func]) -> the largest argument";
constexpr const char* kMinDoc =
    "min(iterable, *[, default=obj, key=func]) -> the smallest item\n"
    "min(arg1, arg2, *args, *[, key=func]) -> the smallest argument";

constexpr NativeMethod kFunctions[] = {
    function<builtin_abs>("abs(x, /)", "Return the absolute value of the argument."),
    function<builtin_aiter>("aiter(async_iterable, /)", "Return an AsyncIterator for an AsyncIterable object."),
    function<builtin_all>("all(iterable, /)", "Return True if bool(x) is True for all values x in the iterable."),
    function<builtin_anext>("anext(aiterator, default=<unrepresentable>, /)",
                            "Return the next item from the async iterator."),
    function<builtin_any>("any(iterable, /)", "Return True if bool(x) is True for any x in the iterable."),
    function<builtin_ascii>("ascii(obj, /)", "Return an ASCII-only representation of an object."),
    function<builtin_bin>("bin(number, /)",
                          "Return the binary representation of an integer.\n\n>>> bin(-10)\n'-0b1010'"),
    function<builtin_breakpoint>("breakpoint(*args, **kws)", "Call sys.breakpointhook(*args, **kws)."),
    function<builtin_callable>("callable(obj, /)", "Return whether the object is callable."),
    function<builtin_chr>("chr(i, /)", "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."),
    function<builtin_delattr>("delattr(obj, name, /)", "Deletes the named attribute from the given object."),
    function<builtin_dir>("dir(object=<unrepresentable>, /)",
                          "The names in the current scope, or an object's attributes."),
    function<builtin_divmod>("divmod(x, y, /)", "Return the tuple (x//y, x%y)."),
    function<builtin_format>("format(value, format_spec='', /)", "Return type(value).__format__(value, format_spec)."),
    function<builtin_getattr>("getattr(object, name, default=<unrepresentable>, /)",
                              "Get a named attribute from an object."),
    function<builtin_globals>("globals()", "Return the dictionary containing the current scope's global variables."),
    function<builtin_hasattr>("hasattr(obj, name, /)",
                              "Return whether the object has an attribute with the given name."),
    function<builtin_hash>("hash(obj, /)", "Return the hash value for the given object."),
    function<builtin_hex>("hex(number, /)",
                          "Return the hexadecimal representation of an integer.\n\n>>> hex(48879)\n'0xbeef'"),
    function<builtin_id>("id(obj, /)", "Return the identity of an object."),
    function<builtin_isinstance>("isinstance(obj, class_or_tuple, /)",
                                 "Return whether an object is an instance of a class."),
    function<builtin_issubclass>("issubclass(cls, class_or_tuple, /)", "Return whether 'cls' is derived from a class."),
    function<builtin_iter>("iter(object, sentinel=<unrepresentable>, /)", "Get an iterator from an object."),
    function<builtin_len>("len(obj, /)", "Return the number of items in a container."),
    function<builtin_locals>("locals()", "Return a dictionary containing the current scope's local variables."),
    function<builtin_max>("max(*args, key=None, default=<unrepresentable>)", kMaxDoc),
    function<builtin_min>("min(*args, key=None, default=<unrepresentable>)", kMinDoc),
    function<builtin_next>("next(iterator, default=<unrepresentable>, /)", "Return the next item from the iterator."),
    function<builtin_oct>("oct(number, /)", "Return the octal representation of an integer.\n\n>>> oct(493)\n'0o755'"),
    function<builtin_ord>("ord(c, /)", "Return the Unicode code point for a one-character string."),
    function<builtin_pow>("pow(base, exp, mod=None)",
                          "Equivalent to base**exp with 2 arguments or base**exp % mod with 3."),
    function<builtin_repr>("repr(obj, /)", "Return the canonical string representation of the object."),
    function<builtin_round>("round(number, ndigits=None)", "Round a number to a given precision in decimal digits."),
    function<builtin_setattr>("setattr(obj, name, value, /)", "Sets the named attribute on the given object."),
    function<builtin_sorted>("sorted(iterable, /, *, key=None, reverse=False)", "A new sorted list of the items."),
    function<builtin_sum>("sum(iterable, /, start=0)",
                          "Return the sum of a 'start' value plus an iterable of numbers."),
    function<builtin_vars>("vars(object=<unrepresentable>, /)", "locals(), or the __dict__ of an object."),
};

}  // namespace

Result<Value> identity_of(Thread& thread, Value object) {
  // Identities of objects are even multiples of 16 above the fixed region; those of immediates come from their bits.
  if (object.is_pointer() && !is_exact<BoxedFloat>(object))
    return make_unsigned(thread.heap(), (thread.heap().identity(object.as_object()) + 0x100000) * 16);
  uint64_t bits = object.is_pointer() ? std::bit_cast<uint64_t>(as_float(object)) : object.bits();
  return make_unsigned(thread.heap(), bits | uint64_t{1} << 63);
}

std::span<const NativeMethod> builtin_functions() { return kFunctions; }

}  // namespace viperine
