// SPDX-License-Identifier: MIT
// The module unicodedata and its object ucd_3_2_0, over text/unicode.h, normalize.h and unicode_names.h.
// Functions of the module are for Unicode 14.0; the methods of UCD are for 3.2, where some properties were different.
#include <algorithm>

#include "builtins/container_support.h"
#include "runtime/text_views.h"
#include "text/normalize.h"
#include "text/unicode.h"
#include "text/unicode_names.h"

namespace viperine {

namespace {

using unicode::Edition;

class UnicodeDatabase final : public HeapObject {
 public:
  int64_t edition_;
  LAYOUT(UnicodeDatabase, HeapObject, edition_);
};

constexpr bool is_old(Edition edition) { return edition == Edition::kOld; }

Result<char32_t> character_of(Thread& thread, Value value, const char* function, const char* argument = "argument") {
  if (is_str(value) && as_str(thread, value)->length() == 1) return static_cast<char32_t>(as_str(thread, value)->at(0));
  return thread.raise<TypeError>("{}() {} must be a unicode character, not {}", function, argument,
                                 type_name_of(value));
}

Result<Value> number_or(Thread& thread, int number, Optional<Value> fallback, const char* error) {
  if (number >= 0) return Value::from_int(number);
  if (fallback) return *fallback;
  return thread.raise<ValueError>("{}", error);
}

template <Edition E>
Result<Value> ucd_decimal(Thread& thread, Value character, Optional<Value> fallback) {
  char32_t code = TRY(character_of(thread, character, "decimal", "argument 1"));
  return number_or(thread, is_old(E) ? unicode::old::decimal_value(code) : unicode::decimal_value(code), fallback,
                   "not a decimal");
}

template <Edition E>
Result<Value> ucd_digit(Thread& thread, Value character, Optional<Value> fallback) {
  char32_t code = TRY(character_of(thread, character, "digit", "argument 1"));
  return number_or(thread, unicode::digit_value(code), fallback, "not a digit");
}

template <Edition E>
Result<Value> ucd_numeric(Thread& thread, Value character, Optional<Value> fallback) {
  char32_t code = TRY(character_of(thread, character, "numeric", "argument 1"));
  bool known = unicode::is_numeric(code) && (!is_old(E) || unicode::old::is_assigned(code));
  if (known) return make_float(thread.heap(), unicode::numeric_value(code));
  if (fallback) return *fallback;
  return thread.raise<ValueError>("not a numeric character");
}

template <Edition E>
Result<Value> ucd_category(Thread& thread, Value character) {
  char32_t code = TRY(character_of(thread, character, "category"));
  return to_value(make_str(thread, is_old(E) ? unicode::old::category_name(code) : unicode::category_name(code)));
}

template <Edition E>
Result<Value> ucd_bidirectional(Thread& thread, Value character) {
  char32_t code = TRY(character_of(thread, character, "bidirectional"));
  return to_value(make_str(thread, is_old(E) ? unicode::old::bidirectional(code) : unicode::bidirectional(code)));
}

template <Edition E>
Result<Value> ucd_combining(Thread& thread, Value character) {
  char32_t code = TRY(character_of(thread, character, "combining"));
  return Value::from_int(is_old(E) ? unicode::old::combining(code) : unicode::combining(code));
}

template <Edition E>
Result<Value> ucd_mirrored(Thread& thread, Value character) {
  char32_t code = TRY(character_of(thread, character, "mirrored"));
  return Value::from_int(is_old(E) ? unicode::old::is_mirrored(code) : unicode::is_mirrored(code));
}

template <Edition E>
Result<Value> ucd_east_asian_width(Thread& thread, Value character) {
  char32_t code = TRY(character_of(thread, character, "east_asian_width"));
  return to_value(make_str(thread, is_old(E) ? unicode::old::east_asian_width(code) : unicode::east_asian_width(code)));
}

void append_hex(StringBuilder& builder, char32_t code) {
  int digits = code > 0xFFFFF ? 6 : code > 0xFFFF ? 5 : 4;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    builder.append(static_cast<uint32_t>("0123456789ABCDEF"[code >> shift & 15]));
}

template <Edition E>
Result<Value> ucd_decomposition(Thread& thread, Value character) {
  char32_t code = TRY(character_of(thread, character, "decomposition"));
  StringBuilder builder(thread);
  if (is_old(E)) {
    if (!unicode::old::is_assigned(code)) return to_value(thread.runtime().empty_str());
    if (char32_t corrected = unicode::old::corrected_decomposition(code); corrected != 0) {
      append_hex(builder, corrected);
      return to_value(TRY(builder.finish()));
    }
  }
  unicode::Decomposition parts = unicode::decomposition_of(code);
  if (parts.unit_count == 0) return to_value(thread.runtime().empty_str());
  builder.append(parts.tag);
  for (int i = 0; i < parts.unit_count; ++i) {
    char32_t unit = parts.units[i];
    if ((unit & 0xFC00) == 0xD800 && i + 1 < parts.unit_count)
      unit = 0x10000 + ((unit & 0x3FF) << 10 | (parts.units[++i] & 0x3FF));
    if (builder.length() > 0) builder.append(uint32_t{' '});
    append_hex(builder, unit);
  }
  return to_value(TRY(builder.finish()));
}

template <Edition E>
Result<Value> ucd_name(Thread& thread, Value character, Optional<Value> fallback) {
  char32_t code = TRY(character_of(thread, character, "name", "argument 1"));
  char name[unicode::kLongestNameSize];
  size_t length = is_old(E) && !unicode::old::is_assigned(code) ? 0 : unicode::name_of(code, name);
  if (length > 0) return to_value(make_str(thread, std::string_view(name, length)));
  if (fallback) return *fallback;
  return thread.raise<ValueError>("no such name");
}

/// Whether it is the character's name, not an alias.
bool is_own_name(char32_t code, std::string_view name) {
  char own[unicode::kLongestNameSize];
  size_t size = unicode::name_of(code, own);
  auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  return std::equal(own, own + size, name.begin(), name.end(), [&](char a, char b) { return a == upper(b); });
}

template <Edition E>
Result<Value> ucd_lookup(Thread& thread, Str* name) {
  if (name->length() > 256) return thread.raise<KeyError>("name too long");
  char32_t codes[unicode::kLongestSequence];
  size_t count = name->is_ascii() ? unicode::lookup_name(name->ascii(), codes) : 0;
  if (is_old(E) && (count != 1 || !unicode::old::is_assigned(codes[0]) || !is_own_name(codes[0], name->ascii())))
    count = 0;
  if (count == 0) return thread.raise<KeyError>("undefined character name '{}'", name);
  return to_value(TRY(make_text(thread, TextView(codes, count, 4))));
}

Result<unicode::NormalForm> form_of(Thread& thread, Str* form) {
  unicode::NormalForm result;
  if (!unicode::parse_normal_form(view_of(form), result)) return thread.raise<ValueError>("invalid normalization form");
  return result;
}

template <Edition E>
Result<Value> ucd_normalize(Thread& thread, Str* form, Str* text) {
  if (text->length() == 0) return to_value(text);
  unicode::NormalForm wanted = TRY(form_of(thread, form));
  if (text->is_ascii() && is_exact<Str>(to_value(text))) return to_value(text);
  if (!is_old(E) && unicode::quick_check(view_of(text), wanted) == unicode::QuickCheck::kYes &&
      is_exact<Str>(to_value(text)))
    return to_value(text);
  TextBuffer out;
  unicode::normalize(view_of(text), wanted, out, E);
  return to_value(TRY(make_text(thread, out)));
}

template <Edition E>
Result<Value> ucd_is_normalized(Thread& thread, Str* form, Str* text) {
  unicode::NormalForm wanted = TRY(form_of(thread, form));
  return Value::from_bool(text->length() == 0 || unicode::is_normalized(view_of(text), wanted, E));
}

// Methods: the same behind a self that tells nothing more.
template <auto F, typename Signature>
struct WithSelf;
template <auto F, typename... P>
struct WithSelf<F, Result<Value> (*)(Thread&, P...)> {
  static Result<Value> run(Thread& thread, Value, P... parameters) { return F(thread, parameters...); }
};
template <auto F>
constexpr auto with_self = &WithSelf<F, decltype(F)>::run;

constexpr NativeMethod kFunctions[] = {
    function<ucd_decimal<Edition::kCurrent>>("decimal($module, chr, default=<unrepresentable>, /)",
                                             "Converts a Unicode character into its equivalent decimal value."),
    function<ucd_digit<Edition::kCurrent>>("digit($module, chr, default=<unrepresentable>, /)",
                                           "Converts a Unicode character into its equivalent digit value."),
    function<ucd_numeric<Edition::kCurrent>>("numeric($module, chr, default=<unrepresentable>, /)",
                                             "Converts a Unicode character into its equivalent numeric value."),
    function<ucd_category<Edition::kCurrent>>("category($module, chr, /)",
                                              "Returns the general category assigned to the character chr as string."),
    function<ucd_bidirectional<Edition::kCurrent>>(
        "bidirectional($module, chr, /)", "Returns the bidirectional class assigned to the character chr as string."),
    function<ucd_combining<Edition::kCurrent>>(
        "combining($module, chr, /)",
        "Returns the canonical combining class assigned to the character chr as integer."),
    function<ucd_mirrored<Edition::kCurrent>>(
        "mirrored($module, chr, /)", "Returns the mirrored property assigned to the character chr as integer."),
    function<ucd_east_asian_width<Edition::kCurrent>>(
        "east_asian_width($module, chr, /)", "Returns the east asian width assigned to the character chr as string."),
    function<ucd_decomposition<Edition::kCurrent>>(
        "decomposition($module, chr, /)",
        "Returns the character decomposition mapping assigned to the character chr as string."),
    function<ucd_name<Edition::kCurrent>>("name($module, chr, default=<unrepresentable>, /)",
                                          "Returns the name assigned to the character chr as a string."),
    function<ucd_lookup<Edition::kCurrent>>("lookup($module, name, /)", "Look up character by name."),
    function<ucd_normalize<Edition::kCurrent>>("normalize($module, form, unistr, /)",
                                               "Return the normal form 'form' for the Unicode string unistr."),
    function<ucd_is_normalized<Edition::kCurrent>>(
        "is_normalized($module, form, unistr, /)",
        "Return whether the Unicode string unistr is in the normal form 'form'."),
};

constexpr NativeMethod kMethods[] = {
    method<with_self<&ucd_decimal<Edition::kOld>>>("decimal($self, chr, default=<unrepresentable>, /)"),
    method<with_self<&ucd_digit<Edition::kOld>>>("digit($self, chr, default=<unrepresentable>, /)"),
    method<with_self<&ucd_numeric<Edition::kOld>>>("numeric($self, chr, default=<unrepresentable>, /)"),
    method<with_self<&ucd_category<Edition::kOld>>>("category($self, chr, /)"),
    method<with_self<&ucd_bidirectional<Edition::kOld>>>("bidirectional($self, chr, /)"),
    method<with_self<&ucd_combining<Edition::kOld>>>("combining($self, chr, /)"),
    method<with_self<&ucd_mirrored<Edition::kOld>>>("mirrored($self, chr, /)"),
    method<with_self<&ucd_east_asian_width<Edition::kOld>>>("east_asian_width($self, chr, /)"),
    method<with_self<&ucd_decomposition<Edition::kOld>>>("decomposition($self, chr, /)"),
    method<with_self<&ucd_name<Edition::kOld>>>("name($self, chr, default=<unrepresentable>, /)"),
    method<with_self<&ucd_lookup<Edition::kOld>>>("lookup($self, name, /)"),
    method<with_self<&ucd_normalize<Edition::kOld>>>("normalize($self, form, unistr, /)"),
    method<with_self<&ucd_is_normalized<Edition::kOld>>>("is_normalized($self, form, unistr, /)"),
};

Value ucd_version(Thread& thread, UnicodeDatabase*) { return to_value(make_str(thread, "3.2.0")); }
constexpr NativeAttribute kAttributes[] = {attribute<ucd_version>("unidata_version")};

constexpr TypeSpec kDatabaseType = {
    .name = "unicodedata.UCD",
    .kind = Kind::UnicodeDatabase,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<UnicodeDatabase>("UCD"); },
    .methods = kMethods,
    .attributes = kAttributes,
};

Result<void> unicodedata_initialize(Thread& thread, Module* module) {
  if (thread.runtime().type(Kind::UnicodeDatabase) == nullptr) TRY(make_builtin_type(thread, kDatabaseType));
  TRY(add_constant(thread, module, "UCD", to_value(thread.runtime().type(Kind::UnicodeDatabase))));
  TRY(add_constant(thread, module, "ucd_3_2_0", to_value(make_exact<UnicodeDatabase>(thread, Kind::UnicodeDatabase))));
  return add_text(thread, module, "unidata_version", "14.0.0");
}

}  // namespace

extern const ModuleSpec kUnicodedataModule;
constinit const ModuleSpec kUnicodedataModule = {.name = "unicodedata",
                                                 .functions = kFunctions,
                                                 .initialize = unicodedata_initialize,
                                                 .doc =
                                                     "This module provides access to the Unicode Character Database "
                                                     "which defines character properties for all Unicode characters."};

}  // namespace viperine
