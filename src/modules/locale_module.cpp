// SPDX-License-Identifier: MIT
// The module _locale: the C library's locale, its conventions, collation and message catalogues.
#include <langinfo.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>

#include <cstring>
#include <string>
#include <vector>

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"

namespace viperine {

namespace {

Value decoded(Thread& thread, const char* text) { return to_value(decode_filesystem(thread, text)); }

Raised raise_locale_error(Thread& thread, const char* text) {
  Value module = to_value(native_module(thread, "_locale"));
  auto type = get_attribute(thread, module, "Error");
  if (type.is_raised()) return Raised{};
  auto error = call(thread, type.take(), to_value(make_str(thread, text)));
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}
/// C text of an argument; null for None.
Result<std::string> c_text(Thread& thread, Str* text) {
  std::string result(TRY(encode_filesystem(thread, text))->view());
  if (result.find('\0') != std::string::npos) return thread.raise<ValueError>("embedded null character");
  return result;
}

Result<Value> set_locale(Thread& thread, int category, NoneOr<Str*> locale) {
  std::string text = locale ? TRY(c_text(thread, locale.get())) : std::string();
  const char* result = setlocale(category, locale ? text.c_str() : nullptr);
  if (result == nullptr)
    return raise_locale_error(thread, locale ? "unsupported locale setting" : "locale query failed");
  return decoded(thread, result);
}

/// Group sizes: a list that ends with 0 (repeat) or CHAR_MAX (no further grouping).
Result<Value> grouping_list(Thread& thread, const char* grouping) {
  List* list = List::make(thread.heap());
  if (grouping[0] == 0) return to_value(list);
  for (;; ++grouping) {
    TRY(list_append_value(thread, list, Value::from_int(*grouping)));
    if (*grouping == 0 || *grouping == CHAR_MAX) return to_value(list);
  }
}
Result<Value> locale_conventions(Thread& thread) {
  Dict* dict = Dict::make(thread.heap());
  const lconv& found = *localeconv();
  const std::pair<const char*, const char*> texts[] = {{"int_curr_symbol", found.int_curr_symbol},
                                                       {"currency_symbol", found.currency_symbol},
                                                       {"mon_decimal_point", found.mon_decimal_point},
                                                       {"mon_thousands_sep", found.mon_thousands_sep}};
  for (auto [name, text] : texts) TRY(dict_set_name(thread, dict, name, decoded(thread, text)));
  TRY(dict_set_name(thread, dict, "mon_grouping", TRY(grouping_list(thread, found.mon_grouping))));
  TRY(dict_set_name(thread, dict, "positive_sign", decoded(thread, found.positive_sign)));
  TRY(dict_set_name(thread, dict, "negative_sign", decoded(thread, found.negative_sign)));
  const std::pair<const char*, char> numbers[] = {
      {"int_frac_digits", found.int_frac_digits}, {"frac_digits", found.frac_digits},
      {"p_cs_precedes", found.p_cs_precedes},     {"p_sep_by_space", found.p_sep_by_space},
      {"n_cs_precedes", found.n_cs_precedes},     {"n_sep_by_space", found.n_sep_by_space},
      {"p_sign_posn", found.p_sign_posn},         {"n_sign_posn", found.n_sign_posn}};
  for (auto [name, number] : numbers) TRY(dict_set_name(thread, dict, name, Value::from_int(number)));
  TRY(dict_set_name(thread, dict, "decimal_point", decoded(thread, found.decimal_point)));
  TRY(dict_set_name(thread, dict, "thousands_sep", decoded(thread, found.thousands_sep)));
  TRY(dict_set_name(thread, dict, "grouping", TRY(grouping_list(thread, found.grouping))));
  return to_value(dict);
}

std::vector<wchar_t> wide_text(Str* text) {
  std::vector<wchar_t> wide(static_cast<size_t>(text->length()) + 1);
  for (int64_t i = 0; i < text->length(); ++i) wide[static_cast<size_t>(i)] = static_cast<wchar_t>(text->at(i));
  return wide;
}
Result<Value> collate(Thread& thread, Str* left, Str* right) {
  std::vector<wchar_t> wide_left = wide_text(left), wide_right = wide_text(right);
  if (wcslen(wide_left.data()) != wide_left.size() - 1 || wcslen(wide_right.data()) != wide_right.size() - 1)
    return thread.raise<ValueError>("embedded null character");
  return Value::from_int(wcscoll(wide_left.data(), wide_right.data()));
}
Result<Value> transform(Thread& thread, Str* text) {
  std::vector<wchar_t> wide = wide_text(text);
  if (wcslen(wide.data()) != wide.size() - 1) return thread.raise<ValueError>("embedded null character");
  std::vector<wchar_t> result(wide.size() + 16);
  errno = 0;
  size_t length = wcsxfrm(result.data(), wide.data(), result.size());
  if (errno != 0 && errno != ERANGE) return thread.raise_errno(errno);
  if (length >= result.size()) {
    result.resize(length + 1);
    length = wcsxfrm(result.data(), wide.data(), result.size());
  }
  // The C library's keys may hold units beyond Unicode: they are mapped into it.
  std::vector<uint32_t> units(length);
  for (size_t i = 0; i < length; ++i) units[i] = std::min<uint32_t>(static_cast<uint32_t>(result[i]), 0x10FFFF);
  return to_value(TRY(make_str_from_units(thread, units.data(), 4, static_cast<int64_t>(length))));
}

constexpr std::pair<const char*, int> kLanguageItems[] = {
#define ITEM(name) \
  { #name, name }
    ITEM(DAY_1),    ITEM(DAY_2),     ITEM(DAY_3),       ITEM(DAY_4),     ITEM(DAY_5),      ITEM(DAY_6),
    ITEM(DAY_7),    ITEM(ABDAY_1),   ITEM(ABDAY_2),     ITEM(ABDAY_3),   ITEM(ABDAY_4),    ITEM(ABDAY_5),
    ITEM(ABDAY_6),  ITEM(ABDAY_7),   ITEM(MON_1),       ITEM(MON_2),     ITEM(MON_3),      ITEM(MON_4),
    ITEM(MON_5),    ITEM(MON_6),     ITEM(MON_7),       ITEM(MON_8),     ITEM(MON_9),      ITEM(MON_10),
    ITEM(MON_11),   ITEM(MON_12),    ITEM(ABMON_1),     ITEM(ABMON_2),   ITEM(ABMON_3),    ITEM(ABMON_4),
    ITEM(ABMON_5),  ITEM(ABMON_6),   ITEM(ABMON_7),     ITEM(ABMON_8),   ITEM(ABMON_9),    ITEM(ABMON_10),
    ITEM(ABMON_11), ITEM(ABMON_12),  ITEM(RADIXCHAR),   ITEM(THOUSEP),   ITEM(CRNCYSTR),   ITEM(D_T_FMT),
    ITEM(D_FMT),    ITEM(T_FMT),     ITEM(AM_STR),      ITEM(PM_STR),    ITEM(CODESET),    ITEM(T_FMT_AMPM),
    ITEM(ERA),      ITEM(ERA_D_FMT), ITEM(ERA_D_T_FMT), ITEM(ERA_T_FMT), ITEM(ALT_DIGITS), ITEM(YESEXPR),
    ITEM(NOEXPR),   ITEM(_DATE_FMT),
#undef ITEM
};
Result<Value> language_information(Thread& thread, int item) {
  for (auto [name, value] : kLanguageItems) {
    if (value != item) continue;
    const char* text = nl_langinfo(item);
    return decoded(thread, text == nullptr ? "" : text);
  }
  return thread.raise<ValueError>("unsupported langinfo constant");
}
Value locale_encoding(Thread& thread) {
  const char* name = nl_langinfo(CODESET);
  return decoded(thread, name == nullptr || *name == 0 ? "utf-8" : name);
}

// --- message catalogues

Result<Value> translate(Thread& thread, Str* message) {
  std::string text = TRY(c_text(thread, message));
  return decoded(thread, gettext(text.c_str()));
}
Result<Value> translate_in_domain(Thread& thread, NoneOr<Str*> domain, Str* message) {
  std::string where = domain ? TRY(c_text(thread, domain.get())) : std::string(), text = TRY(c_text(thread, message));
  return decoded(thread, dgettext(domain ? where.c_str() : nullptr, text.c_str()));
}
Result<Value> translate_in_category(Thread& thread, NoneOr<Str*> domain, Str* message, int category) {
  std::string where = domain ? TRY(c_text(thread, domain.get())) : std::string(), text = TRY(c_text(thread, message));
  return decoded(thread, dcgettext(domain ? where.c_str() : nullptr, text.c_str(), category));
}
Result<Value> text_domain(Thread& thread, NoneOr<Str*> domain) {
  std::string text = domain ? TRY(c_text(thread, domain.get())) : std::string();
  const char* result = textdomain(domain ? text.c_str() : nullptr);
  if (result == nullptr) return thread.raise_errno(errno);
  return decoded(thread, result);
}
Result<Value> bind_text_domain(Thread& thread, Str* domain, Value directory) {
  std::string where = TRY(c_text(thread, domain)), path;
  if (where.empty()) return raise_locale_error(thread, "domain must be a non-empty string");
  if (!directory.is_none()) {
    if (is<Bytes>(directory))
      path = cast<Bytes>(directory)->view();
    else if (Str* text = try_str(thread, directory))
      path = TRY(c_text(thread, text));
    else
      return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(directory));
  }
  const char* result = bindtextdomain(where.c_str(), directory.is_none() ? nullptr : path.c_str());
  if (result == nullptr) return thread.raise_errno(errno);
  return decoded(thread, result);
}
Result<Value> bind_codeset(Thread& thread, Str* domain, NoneOr<Str*> codeset) {
  std::string where = TRY(c_text(thread, domain)), text = codeset ? TRY(c_text(thread, codeset.get())) : std::string();
  const char* result = bind_textdomain_codeset(where.c_str(), codeset ? text.c_str() : nullptr);
  return result == nullptr ? Value::none() : decoded(thread, result);
}

constexpr NativeMethod kFunctions[] = {
    function<set_locale>("setlocale(category, locale=None, /)"),
    function<locale_conventions>("localeconv()"),
    function<collate>("strcoll(os1, os2, /)"),
    function<transform>("strxfrm(string, /)"),
    function<language_information>("nl_langinfo(key, /)"),
    function<locale_encoding>("getencoding()"),
    function<translate>("gettext(msg, /)"),
    function<translate_in_domain>("dgettext(domain, msg, /)"),
    function<translate_in_category>("dcgettext(domain, msg, category, /)"),
    function<text_domain>("textdomain(domain, /)"),
    function<bind_text_domain>("bindtextdomain(domain, dir, /)"),
    function<bind_codeset>("bind_textdomain_codeset(domain, codeset, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  constexpr std::pair<const char*, int> kCategories[] = {{"LC_CTYPE", LC_CTYPE},       {"LC_TIME", LC_TIME},
                                                         {"LC_COLLATE", LC_COLLATE},   {"LC_MONETARY", LC_MONETARY},
                                                         {"LC_MESSAGES", LC_MESSAGES}, {"LC_NUMERIC", LC_NUMERIC},
                                                         {"LC_ALL", LC_ALL},           {"CHAR_MAX", CHAR_MAX}};
  for (auto [name, value] : kCategories) TRY(add_int(thread, module, name, value));
  for (auto [name, value] : kLanguageItems) TRY(add_int(thread, module, name, value));
  TRY(add_exception(thread, module, "locale.Error", thread.runtime().exception_type<Exception>()));
  return {};
}

}  // namespace

extern const ModuleSpec kLocaleModule = {
    .name = "_locale", .functions = kFunctions, .initialize = &initialize, .doc = "Support for POSIX locales."};

}  // namespace viperine
