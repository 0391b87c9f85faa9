// SPDX-License-Identifier: MIT
// The type str: construction, the operators, the table of methods. The methods themselves are in the files that
// str_methods.h lists. Invariant: a slot's self may be a Rope; only length() does not join it.
#include <cstring>

#include "builtins/container_support.h"
#include "builtins/str_methods.h"
#include "runtime/codecs.h"
#include "runtime/hashing.h"
#include "text/search.h"
#include "text/unicode.h"

namespace viperine {

Result<Str*> exact_text(Thread& thread, Str* text) {
  if (is_exact<Str>(to_value(text))) return text;
  return make_text(thread, view_of(text));
}

namespace {

// --- construction

/// An instance of a subclass with this text.
Value instance_of(Thread& thread, Type* type, Str* text) {
  if (type == thread.runtime().type(Kind::Str)) return to_value(text);
  Str* result = make_instance<Str>(thread, type, text->byte_length());
  result->initialize(text->length(), text->width());
  std::memcpy(result->data(), text->data(), text->byte_length());
  return to_value(result);
}

Result<Str*> optional_name(Thread& thread, Value value, const char* name) {
  if (value.is_absent()) return thread.runtime().empty_str();
  if (!is_str(value))
    return thread.raise<TypeError>("str() argument '{}' must be str, not {}", name,
                                   value.is_none() ? TextArgument("None") : type_name_of(value));
  Str* text = as_str(thread, value);
  if (find_code(view_of(text), 0) != kNotFound) return thread.raise<ValueError>("embedded null character");
  return text;
}

Result<Value> str_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("str(object=<str>, encoding=<str>, errors=<str>)");
  if (arguments.count == 1 && arguments.keywords == nullptr) {
    if (type == thread.runtime().type(Kind::Str)) {
      if (is_exact<Str>(arguments[0])) return arguments[0];
      return to_value(TRY(str(thread, arguments[0])));
    }
    return instance_of(thread, type, TRY(str(thread, arguments[0])));
  }
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  Value object = bound.values[0];
  if (bound.values[1].is_absent() && bound.values[2].is_absent()) {
    if (object.is_absent()) return instance_of(thread, type, thread.runtime().empty_str());
    return instance_of(thread, type, TRY(str(thread, object)));
  }
  Str* encoding = TRY(optional_name(thread, bound.values[1], "encoding"));
  Str* errors = TRY(optional_name(thread, bound.values[2], "errors"));
  if (object.is_absent()) return instance_of(thread, type, thread.runtime().empty_str());
  if (is_str(object)) return thread.raise<TypeError>("decoding str is not supported");
  Str* text = TRY(decode_object(thread, object, encoding, errors));
  return instance_of(thread, type, text);
}

// --- operators

Result<Value> str_repr(Thread& thread, Value self) {
  Str* text = as_str(thread, self);
  int64_t length = text->length();
  bool has_single = false, has_double = false, plain = text->is_ascii();
  with_width(view_of(text), [&](auto* units) {
    for (int64_t i = 0; i < length; ++i) {
      uint32_t code = units[i];
      has_single |= code == '\'';
      has_double |= code == '"';
      plain &= code >= ' ' && code != '\\' && code != 0x7F;
    }
  });
  uint32_t quote = has_single && !has_double ? '"' : '\'';
  if (plain && !(has_single && has_double)) {
    Str* result = Str::try_make(thread.heap(), length + 2, Str::Width::Ascii);
    if (result == nullptr) return thread.raise_memory_error();
    uint8_t* data = result->data8();
    data[0] = data[length + 1] = static_cast<uint8_t>(quote);
    std::memcpy(data + 1, text->data8(), static_cast<size_t>(length));
    return to_value(result);
  }
  StringBuilder builder(thread);
  builder.append(quote);
  constexpr char kDigits[] = "0123456789abcdef";
  for (int64_t i = 0; i < length; ++i) {
    uint32_t code = text->at(i);
    if (code == quote || code == '\\') {
      builder.append(uint32_t{'\\'});
      builder.append(code);
    } else if (code == '\t' || code == '\n' || code == '\r') {
      builder.append(uint32_t{'\\'});
      builder.append(static_cast<uint32_t>(code == '\t' ? 't' : code == '\n' ? 'n' : 'r'));
    } else if (code < ' ' || code == 0x7F || (code > 0x7F && !unicode::is_printable(code))) {
      int digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
      builder.append(uint32_t{'\\'});
      builder.append(static_cast<uint32_t>(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U'));
      for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        builder.append(static_cast<uint32_t>(kDigits[code >> shift & 15]));
    } else {
      builder.append(code);
    }
  }
  builder.append(quote);
  return to_value(TRY(builder.finish()));
}

Result<Value> str_str(Thread& thread, Value self) { return to_value(TRY(exact_text(thread, as_str(thread, self)))); }

Result<int64_t> str_hash(Thread& thread, Value self) { return hash_str(thread, as_str(thread, self)); }

Result<Value> str_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is_str(self) || !is_str(other)) return Value::not_implemented();
  Str *left = as_str(thread, self), *right = as_str(thread, other);
  if (op == Comparison::Equal) return Value::from_bool(left->equals(right));
  if (op == Comparison::NotEqual) return Value::from_bool(!left->equals(right));
  return Value::from_bool(holds(compare_text(left, right), 0, op));
}

Result<int64_t> str_length(Thread&, Value self) {
  return has_kind(self, Kind::Rope) ? cast<Rope>(self)->length() : cast<Str>(self)->length();
}

Result<Value> str_iter(Thread& thread, Value self) {
  Str* text = as_str(thread, self);
  auto* iterator = make_kind<IndexIterator>(thread, Kind::StrIterator);
  iterator->sequence_.initialize(to_value(text));
  return to_value(iterator);
}

Result<Value> get_slice(Thread& thread, Str* text, Slice* slice) {
  SliceRange range = TRY(slice_range(thread, slice, text->length()));
  if (range.length == 0) return to_value(thread.runtime().empty_str());
  if (range.step == 1) return to_value(TRY(substring(thread, text, range.start, range.start + range.length)));
  if (range.length == 1) return to_value(make_character(thread, text->at(range.start)));
  if (text->is_ascii()) {
    Str* result = Str::try_make(thread.heap(), range.length, Str::Width::Ascii);
    if (result == nullptr) return thread.raise_memory_error();
    const uint8_t* from = text->data8() + range.start;
    uint8_t* to = result->data8();
    for (int64_t i = 0; i < range.length; ++i, from += range.step) to[i] = *from;
    return to_value(result);
  }
  uint32_t bits = 0;
  for (int64_t i = 0, from = range.start; i < range.length; ++i, from += range.step) bits |= text->at(from);
  Str* result = Str::try_make(thread.heap(), range.length, width_of_bits(bits));
  if (result == nullptr) return thread.raise_memory_error();
  int unit = result->unit_size();
  for (int64_t i = 0, from = range.start; i < range.length; ++i, from += range.step) {
    uint32_t code = text->at(from);
    if (unit == 1)
      result->data8()[i] = static_cast<uint8_t>(code);
    else if (unit == 2)
      result->data16()[i] = static_cast<uint16_t>(code);
    else
      result->data32()[i] = code;
  }
  return to_value(result);
}

Result<Value> str_get_item(Thread& thread, Value self, Value index) {
  Str* text = as_str(thread, self);
  int64_t position;
  if (index.is_int()) {
    position = index.as_int();
  } else if (is<Slice>(index)) {
    return get_slice(thread, text, cast<Slice>(index));
  } else if (is_integer(index) || type_of(thread, index)->slots().to_index != nullptr) {
    Result<int64_t> number = to_index_int64(thread, index);
    if (number.is_raised()) {
      if (!thread.pending_is<OverflowError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<IndexError>("cannot fit '{}' into an index-sized integer", type_name_of(index));
    }
    position = number.take();
  } else {
    return thread.raise<TypeError>("string indices must be integers, not '{}'", type_name_of(index));
  }
  if (position < 0) position += text->length();
  if (position < 0 || position >= text->length()) return thread.raise<IndexError>("string index out of range");
  return to_value(make_character(thread, text->at(position)));
}

Result<bool> str_contains(Thread& thread, Value self, Value item) {
  if (!is_str(item))
    return thread.raise<TypeError>("'in <string>' requires string as left operand, not {}", type_name_of(item));
  return find_text(view_of(as_str(thread, self)), view_of(as_str(thread, item))) != kNotFound;
}

Result<Value> str_concatenate(Thread& thread, Value left, Value right) {
  if (!is_str(right))
    return thread.raise<TypeError>("can only concatenate str (not \"{}\") to str", type_name_of(right));
  return concatenate(thread, left, right);
}

Result<Value> str_repeat(Thread& thread, Value self, int64_t count) {
  Str* text = as_str(thread, self);
  int64_t length = text->length();
  if (length == 0 || count <= 0) return to_value(thread.runtime().empty_str());
  if (count == 1) return to_value(TRY(exact_text(thread, text)));
  int64_t total;
  if (__builtin_mul_overflow(length, count, &total)) return thread.raise_memory_error();
  Str* result = Str::try_make(thread.heap(), total, text->width());
  if (result == nullptr) return thread.raise_memory_error();
  size_t piece = text->byte_length(), size = result->byte_length();
  auto* data = static_cast<uint8_t*>(result->data());
  if (piece == 1) {
    std::memset(data, text->data8()[0], size);
    return to_value(result);
  }
  std::memcpy(data, text->data(), piece);
  for (size_t done = piece; done < size; done *= 2) std::memcpy(data + done, data, std::min(done, size - done));
  return to_value(result);
}

Result<Value> str_getnewargs(Thread& thread, Str* self) {
  StringBuilder copy(thread);   // another object, as CPython's
  copy.append(self);
  return tuple_of(thread, to_value(TRY(copy.finish())));
}

Result<Value> str_sizeof(Thread& thread, Value self) { return Value::from_int(object_size(thread, self.as_object())); }

constexpr NativeMethod kStrMethods[] = {
    method<str_encode>("encode($self, /, encoding='utf-8', errors='strict')",
                       "Encode the string using the codec registered for encoding.\n\n  encoding\n    The encoding in "
                       "which to encode the "
                       "string.\n  errors\n    What to do with what cannot be encoded: 'strict' raises "
                       "UnicodeEncodeError; others are\n"
                       "    'ignore', 'replace', 'xmlcharrefreplace' and any name given to codecs.register_error."),
    method<str_replace>(
        "replace($self, old, new, count=-1, /)",
        "Return a copy with all occurrences of substring old replaced by new.\n\n  count\n    Maximum number of "
        "occurrences to replace; -1 means all."),
    method<str_split>("split($self, /, sep=None, maxsplit=-1)",
                      "Return a list of the substrings in the string, using sep as the separator string.\n\nWithout "
                      "sep, runs of white "
                      "space separate; maxsplit is the maximum number of splits from the left."),
    method<str_rsplit>(
        "rsplit($self, /, sep=None, maxsplit=-1)",
        "Return a list of the substrings in the string, using sep as the separator string.\n\nSplitting starts at the "
        "end of the string and works to the front."),
    method<str_join>(
        "join($self, iterable, /)",
        "Concatenate any number of strings.\n\nThe string whose method is called is inserted in between each given "
        "string.\nExample: '.'.join(['ab', 'pq', 'rs']) -> 'ab.pq.rs'"),
    method<str_capitalize>(
        "capitalize($self, /)",
        "Return a capitalized version of the string: the first character in title case, the rest lower case."),
    method<str_casefold>("casefold($self, /)", "Return a version of the string suitable for caseless comparisons."),
    method<str_title>("title($self, /)", "Return a version of the string where each word is titlecased."),
    method<str_center>("center($self, width, fillchar=' ', /)", "Return a centered string of length width."),
    method<str_count>("count($self, sub, start=None, end=None, /)",
                      "Return the number of non-overlapping occurrences of sub in the range."),
    method<str_expandtabs>("expandtabs($self, /, tabsize=8)",
                           "Return a copy where all tab characters are expanded using spaces."),
    method<str_find>("find($self, sub, start=None, end=None, /)",
                     "Return the lowest index where sub is found within the range, -1 on failure."),
    method<str_partition>(
        "partition($self, sep, /)",
        "Partition the string into three parts using the given separator: before it, itself, after it.\n\nWithout "
        "the separator: the string and two empty strings."),
    method<str_index>("index($self, sub, start=None, end=None, /)",
                      "Like find, but raises ValueError when the substring is not found."),
    method<str_ljust>("ljust($self, width, fillchar=' ', /)", "Return a left-justified string of length width."),
    method<str_lower>("lower($self, /)", "Return a copy of the string converted to lowercase."),
    method<str_lstrip>("lstrip($self, chars=None, /)",
                       "Return a copy of the string with leading whitespace (or characters in chars) removed."),
    method<str_rfind>("rfind($self, sub, start=None, end=None, /)",
                      "Return the highest index where sub is found within the range, -1 on failure."),
    method<str_rindex>("rindex($self, sub, start=None, end=None, /)",
                       "Like rfind, but raises ValueError when the substring is not found."),
    method<str_rjust>("rjust($self, width, fillchar=' ', /)", "Return a right-justified string of length width."),
    method<str_rstrip>("rstrip($self, chars=None, /)",
                       "Return a copy of the string with trailing whitespace (or characters in chars) removed."),
    method<str_rpartition>("rpartition($self, sep, /)",
                           "Partition the string at the last occurrence of the separator.\n\nWithout it: two empty "
                           "strings and the string."),
    method<str_splitlines>("splitlines($self, /, keepends=False)",
                           "Return a list of the lines in the string, breaking at line boundaries.\n\nLine breaks are "
                           "not included unless keepends is true."),
    method<str_strip>(
        "strip($self, chars=None, /)",
        "Return a copy of the string with leading and trailing whitespace (or characters in chars) removed."),
    method<str_swapcase>("swapcase($self, /)",
                         "Convert uppercase characters to lowercase and lowercase characters to uppercase."),
    method<str_translate>(
        "translate($self, table, /)",
        "Replace each character in the string using the given translation table.\n\nThe table maps ordinals to "
        "ordinals, strings or None; LookupError leaves the character as it is, None deletes it."),
    method<str_upper>("upper($self, /)", "Return a copy of the string converted to uppercase."),
    method<str_startswith>("startswith($self, prefix, start=None, end=None, /)",
                           "Whether the string (or its range) starts with the prefix, or with one of a tuple."),
    method<str_endswith>("endswith($self, suffix, start=None, end=None, /)",
                         "Whether the string (or its range) ends with the suffix, or with one of a tuple."),
    method<str_removeprefix>("removeprefix($self, prefix, /)",
                             "Return a str with the given prefix string removed if present."),
    method<str_removesuffix>("removesuffix($self, suffix, /)",
                             "Return a str with the given suffix string removed if present."),
    method<str_isascii>("isascii($self, /)", "Return True if all characters in the string are ASCII, False otherwise."),
    method<str_islower>("islower($self, /)", "Return True if the string is a lowercase string, False otherwise."),
    method<str_isupper>("isupper($self, /)", "Return True if the string is an uppercase string, False otherwise."),
    method<str_istitle>("istitle($self, /)", "Return True if the string is a title-cased string, False otherwise."),
    method<str_isspace>("isspace($self, /)", "Return True if the string is a whitespace string, False otherwise."),
    method<str_isdecimal>("isdecimal($self, /)", "Return True if the string is a decimal string, False otherwise."),
    method<str_isdigit>("isdigit($self, /)", "Return True if the string is a digit string, False otherwise."),
    method<str_isnumeric>("isnumeric($self, /)", "Return True if the string is a numeric string, False otherwise."),
    method<str_isalpha>("isalpha($self, /)", "Return True if the string is an alphabetic string, False otherwise."),
    method<str_isalnum>("isalnum($self, /)", "Return True if the string is an alpha-numeric string, False otherwise."),
    method<str_isidentifier>("isidentifier($self, /)",
                             "Return True if the string is a valid Python identifier, False otherwise."),
    method<str_isprintable>("isprintable($self, /)", "Return True if the string is printable, False otherwise."),
    method<str_zfill>("zfill($self, width, /)",
                      "Pad a numeric string with zeros on the left, to fill a field of the given width."),
    method<str_format>(
        "format($self, /, *args, **kwargs)",
        "Return a formatted version of the string, with the replacement fields in braces filled from the arguments."),
    method<str_format_map>(
        "format_map($self, mapping, /)",
        "Return a formatted version of the string, with the replacement fields filled from mapping."),
    method<str_dunder_format>("__format__($self, format_spec, /)",
                              "Return a formatted version of the string as described by format_spec."),
    method<str_maketrans>("@maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)",
                          "Return a translation table usable for str.translate()."),
    method<str_getnewargs>("__getnewargs__($self, /)"),
    method<str_sizeof>("__sizeof__($self, /)", "Return the size of the string in memory, in bytes."),
};

/// Ropes are str as well.
Result<void> str_ready(Thread& thread, Type* type) {
  thread.runtime().set_type(Kind::Rope, type);
  thread.heap().set_shape(static_cast<uint32_t>(Kind::Rope), type->root_shape());
  return {};
}

}  // namespace

extern const TypeSpec kStrType;
constinit const TypeSpec kStrType = {
    .name = "str",
    .kind = Kind::Str,
    .flags = kTypeBase | kTypeMatchSelf,
    .layout = [] { return layout_of<Str>("str"); },
    .slots = {.repr = str_repr,
              .str = str_str,
              .hash = str_hash,
              .compare = str_compare,
              .new_ = str_new,
              .iter = str_iter,
              .length = str_length,
              .get_item = str_get_item,
              .contains = str_contains,
              .modulo = str_modulo,
              .concatenate = str_concatenate,
              .repeat = str_repeat},
    .methods = kStrMethods,
    .doc =
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
        "Create a new string object from the given object. If encoding or\nerrors is specified, then the object must "
        "expose a data "
        "buffer\nthat will be decoded using the given encoding and error handler.\nOtherwise, returns the result of "
        "object.__str__() (if defined)\nor repr(object).",
    .ready = str_ready,
};

}  // namespace viperine
