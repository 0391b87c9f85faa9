// SPDX-License-Identifier: MIT
// Methods that bytes and bytearray share (byte_search.cpp, byte_methods.cpp, byte_percent.cpp) and their table. Results
// are of self's type. Invariant: arguments are converted before self's bytes are looked at, as converting may run
// Python that changes a bytearray.
#pragma once

#include <array>

#include "builtins/str_methods.h"
#include "runtime/buffers.h"
#include "runtime/bytearrays.h"

namespace viperine {

/// The bytes of a bytes or bytearray.
inline std::span<const uint8_t> byte_span(Value self) {
  return has_kind(self, Kind::Bytes) ? static_cast<Bytes*>(self.as_object())->span()
                                     : static_cast<ByteArray*>(self.as_object())->span();
}
inline TextView byte_view(Value self) { return view_of(byte_span(self)); }
inline bool is_byte_string(Value value) { return has_kind(value, Kind::Bytes) || has_kind(value, Kind::ByteArray); }
/// An exact bytes or bytearray, as `self` is one of them.
Result<Value> make_like(Thread& thread, Value self, std::span<const uint8_t> data);
Result<Value> make_like(Thread& thread, Value self, const TextView& view);
/// self when it is an exact bytes, otherwise a copy.
Result<Value> same_or_copy(Thread& thread, Value self);
/// An int in range(256) from an index; ValueError "byte must be in range(0, 256)".
Result<uint8_t> to_byte(Thread& thread, Value value, const char* what = "byte");

Result<Value> bytes_repeat(Thread& thread, Value self, int64_t count);
Result<bool> bytes_contains(Thread& thread, Value self, Value item);
/// -b: a BytesWarning.
Result<void> warn_of_str(Thread& thread, std::string_view text);
Result<Value> bytes_compare(Thread& thread, Value self, Value other, Comparison op);
Result<Value> bytes_modulo(Thread& thread, Value left, Value right);
/// b'...'; bytearray escapes single quotes even between double ones.
enum class SingleQuotes : uint8_t { kPlain, kEscaped };
Result<Str*> byte_repr(Thread& thread, std::span<const uint8_t> data, SingleQuotes single_quotes);

// byte_search.cpp
Result<Value> bytes_find(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> bytes_rfind(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> bytes_index(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> bytes_rindex(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> bytes_count(Thread& thread, Value self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<bool> bytes_startswith(Thread& thread, Value self, Value prefix, Optional<Value> start, Optional<Value> stop);
Result<bool> bytes_endswith(Thread& thread, Value self, Value suffix, Optional<Value> start, Optional<Value> stop);
Result<Value> bytes_removeprefix(Thread& thread, Value self, Value prefix);
Result<Value> bytes_removesuffix(Thread& thread, Value self, Value suffix);
Result<Value> bytes_replace(Thread& thread, Value self, Value old, Value fresh, Index count);
Result<Value> bytes_split(Thread& thread, Value self, Value separator, Index maximum);
Result<Value> bytes_rsplit(Thread& thread, Value self, Value separator, Index maximum);
Result<Value> bytes_splitlines(Thread& thread, Value self, bool keep_ends);
Result<Value> bytes_partition(Thread& thread, Value self, Value separator);
Result<Value> bytes_rpartition(Thread& thread, Value self, Value separator);
Result<Value> bytes_strip(Thread& thread, Value self, Value characters);
Result<Value> bytes_lstrip(Thread& thread, Value self, Value characters);
Result<Value> bytes_rstrip(Thread& thread, Value self, Value characters);
Result<Value> bytes_join(Thread& thread, Value self, Value iterable);

// byte_methods.cpp
Result<Value> bytes_lower(Thread& thread, Value self);
Result<Value> bytes_upper(Thread& thread, Value self);
Result<Value> bytes_title(Thread& thread, Value self);
Result<Value> bytes_swapcase(Thread& thread, Value self);
Result<Value> bytes_capitalize(Thread& thread, Value self);
Result<bool> bytes_isalnum(Thread& thread, Value self);
Result<bool> bytes_isalpha(Thread& thread, Value self);
Result<bool> bytes_isascii(Thread& thread, Value self);
Result<bool> bytes_isdigit(Thread& thread, Value self);
Result<bool> bytes_islower(Thread& thread, Value self);
Result<bool> bytes_isspace(Thread& thread, Value self);
Result<bool> bytes_istitle(Thread& thread, Value self);
Result<bool> bytes_isupper(Thread& thread, Value self);
Result<Value> bytes_center(Thread& thread, Value self, Index width, Optional<Value> fill);
Result<Value> bytes_ljust(Thread& thread, Value self, Index width, Optional<Value> fill);
Result<Value> bytes_rjust(Thread& thread, Value self, Index width, Optional<Value> fill);
Result<Value> bytes_zfill(Thread& thread, Value self, Index width);
Result<Value> bytes_expandtabs(Thread& thread, Value self, int tab_size);
Result<Value> bytes_translate(Thread& thread, Value self, Value table, Optional<Value> deleted);
Result<Value> bytes_maketrans(Thread& thread, Value from, Value to);
Result<Value> bytes_hex(Thread& thread, Value self, Optional<Value> separator, Index group);
Result<Value> bytes_decode(Thread& thread, Value self, Optional<Str*> encoding, Optional<Str*> errors);
Result<Value> bytes_sizeof(Thread& thread, Value self);
/// Shared with memoryview.hex and binascii.
Result<Value> hex_text(Thread& thread, std::span<const uint8_t> data, Optional<Value> separator, int64_t group);
/// bytes.fromhex: the bytes in `out`.
Result<void> parse_hex(Thread& thread, Str* text, ByteBuffer& out);
/// Bytes from what bytes(x) and bytearray(x) take: an int, a str with encoding, a buffer, an iterable.
Result<void> collect_bytes(Thread& thread, Value source, ByteBuffer& out, const char* type_name,
                           const char* range_error);

inline constexpr auto kSharedByteMethods = std::to_array<NativeMethod>({
    method<bytes_capitalize>("capitalize($self, /)",
                             "Return a copy with only its first byte capitalized (ASCII) and the rest lower-cased."),
    method<bytes_center>("center($self, width, fillchar=b' ', /)", "Return a centered byte string of length width."),
    method<bytes_count>("count($self, sub, start=None, end=None, /)",
                        "Return the number of non-overlapping occurrences of sub in the range."),
    method<bytes_decode>("decode($self, /, encoding='utf-8', errors='strict')",
                         "Decode the bytes using the codec registered for encoding."),
    method<bytes_endswith>("endswith($self, suffix, start=None, end=None, /)",
                           "Whether the bytes (or their range) end with the suffix, or with one of a tuple."),
    method<bytes_expandtabs>("expandtabs($self, /, tabsize=8)",
                             "Return a copy where all tab characters are expanded using spaces."),
    method<bytes_find>("find($self, sub, start=None, end=None, /)",
                       "Return the lowest index where sub is found within the range, -1 on failure."),
    method<bytes_hex>("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
                      "Create a string of hexadecimal numbers, with a separator between groups of bytes.\n\n"
                      ">>> bytes([1, 171, 255]).hex(':')\n'01:ab:ff'"),
    method<bytes_index>("index($self, sub, start=None, end=None, /)",
                        "Like find, but raises ValueError when the subsection is not found."),
    method<bytes_isalnum>("isalnum($self, /)",
                          "True if all bytes are ASCII letters or digits and there is at least one."),
    method<bytes_isalpha>("isalpha($self, /)", "True if all bytes are ASCII letters and there is at least one."),
    method<bytes_isascii>("isascii($self, /)", "True if all bytes are ASCII."),
    method<bytes_isdigit>("isdigit($self, /)", "True if all bytes are ASCII digits and there is at least one."),
    method<bytes_islower>("islower($self, /)", "True if there is a lower-case ASCII letter and no upper-case one."),
    method<bytes_isspace>("isspace($self, /)", "True if all bytes are ASCII white space and there is at least one."),
    method<bytes_istitle>("istitle($self, /)", "True if the bytes are in title case."),
    method<bytes_isupper>("isupper($self, /)", "True if there is an upper-case ASCII letter and no lower-case one."),
    method<bytes_join>("join($self, iterable_of_bytes, /)",
                       "Concatenate any number of bytes-like objects, with self in between."),
    method<bytes_ljust>("ljust($self, width, fillchar=b' ', /)",
                        "Return a left-justified byte string of length width."),
    method<bytes_lower>("lower($self, /)", "Return a copy with all ASCII characters in lower case."),
    method<bytes_lstrip>("lstrip($self, bytes=None, /)",
                         "Strip leading white space, or bytes contained in the argument."),
    method<bytes_maketrans>("@maketrans(frm, to, /)",
                            "Return a translation table usable for the bytes or bytearray translate method."),
    method<bytes_partition>("partition($self, sep, /)",
                            "Partition the bytes into three parts using the given separator."),
    method<bytes_removeprefix>("removeprefix($self, prefix, /)",
                               "Return a copy with the given prefix removed if present."),
    method<bytes_removesuffix>("removesuffix($self, suffix, /)",
                               "Return a copy with the given suffix removed if present."),
    method<bytes_replace>("replace($self, old, new, count=-1, /)",
                          "Return a copy with all occurrences of old replaced by new."),
    method<bytes_rfind>("rfind($self, sub, start=None, end=None, /)",
                        "Return the highest index where sub is found within the range, -1 on failure."),
    method<bytes_rindex>("rindex($self, sub, start=None, end=None, /)",
                         "Like rfind, but raises ValueError when the subsection is not found."),
    method<bytes_rjust>("rjust($self, width, fillchar=b' ', /)",
                        "Return a right-justified byte string of length width."),
    method<bytes_rpartition>("rpartition($self, sep, /)",
                             "Partition the bytes at the last occurrence of the separator."),
    method<bytes_rsplit>("rsplit($self, /, sep=None, maxsplit=-1)",
                         "Return a list of the sections, splitting from the end."),
    method<bytes_rstrip>("rstrip($self, bytes=None, /)",
                         "Strip trailing white space, or bytes contained in the argument."),
    method<bytes_split>("split($self, /, sep=None, maxsplit=-1)",
                        "Return a list of the sections, using sep as the delimiter."),
    method<bytes_splitlines>("splitlines($self, /, keepends=False)",
                             "Return a list of the lines, breaking at ASCII line boundaries."),
    method<bytes_startswith>("startswith($self, prefix, start=None, end=None, /)",
                             "Whether the bytes (or their range) start with the prefix, or with one of a tuple."),
    method<bytes_strip>("strip($self, bytes=None, /)",
                        "Strip leading and trailing white space, or bytes contained in the argument."),
    method<bytes_swapcase>("swapcase($self, /)",
                           "Return a copy with upper-case ASCII characters made lower case and vice versa."),
    method<bytes_title>("title($self, /)", "Return a title-cased version (ASCII)."),
    method<bytes_translate>("translate($self, table, /, delete=<unrepresentable>)",
                            "Return a copy with each byte mapped by the table, without those in delete."),
    method<bytes_upper>("upper($self, /)", "Return a copy with all ASCII characters in upper case."),
    method<bytes_zfill>("zfill($self, width, /)",
                        "Pad a numeric string with zeros on the left, to fill a field of the given width."),
    method<bytes_sizeof>("__sizeof__($self, /)", "Return the size of the object in memory, in bytes."),
});

template <size_t A, size_t B>
consteval std::array<NativeMethod, A + B> join_methods(const std::array<NativeMethod, A>& first,
                                                       const std::array<NativeMethod, B>& second) {
  std::array<NativeMethod, A + B> all{};
  for (size_t i = 0; i < A; ++i) all[i] = first[i];
  for (size_t i = 0; i < B; ++i) all[A + i] = second[i];
  return all;
}

}  // namespace viperine
