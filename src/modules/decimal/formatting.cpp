// SPDX-License-Identifier: MIT
// Decimal.__format__: the specifier, and the locale or the dict that overrides it.
#include <clocale>
#include <cstring>

#include "modules/decimal/decimal_objects.h"

namespace viperine::decimals {

namespace {

/// A str of the override dict as UTF-8; `fallback` when it is missing. The bytes live as long as the dict and `keep`.
Result<std::string_view> override_text(Thread& thread, Dict* dict, const char* key, std::string_view fallback) {
  Optional<Value> value = TRY(dict_find(thread, dict, to_value(intern(thread, key))));
  if (!value) return fallback;
  if (!is_str(*value)) return thread.raise<TypeError>("bad argument type for built-in operation");
  return TRY(encode_utf8(thread, as_str(thread, *value)))->view();
}

size_t character_count(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

Result<void> apply_override(Thread& thread, Value override_, decimal::FormatSpec& spec) {
  if (!is<Dict>(override_)) return thread.raise<TypeError>("optional argument must be a dict");
  auto* dict = cast<Dict>(override_);
  spec.point = TRY(override_text(thread, dict, "decimal_point", spec.point));
  spec.separator = TRY(override_text(thread, dict, "thousands_sep", spec.separator));
  spec.grouping = TRY(override_text(thread, dict, "grouping", spec.grouping));
  spec.grouping = spec.grouping.substr(0, spec.grouping.find('\0'));
  for (char size : spec.grouping)
    if (static_cast<unsigned char>(size) > 127) return thread.raise<ValueError>("invalid override dict");
  bool valid = !spec.point.empty() && character_count(spec.point) == 1 && character_count(spec.separator) <= 1;
  if (!valid) return thread.raise<ValueError>("invalid override dict");
  return {};
}

}  // namespace

Result<Value> decimal_format(Thread& thread, DecimalObject* self, Value specification, Optional<Value> override_) {
  if (!is_str(specification)) return thread.raise<TypeError>("format arg must be str");
  ContextObject* context = TRY(current_context(thread));
  std::string_view text = TRY(encode_utf8(thread, as_str(thread, specification)))->view();
  decimal::FormatSpec spec;
  if (!decimal::parse_format_spec(text, context->capitals_ != 0, &spec))
    return thread.raise<ValueError>("invalid format string");
  if (spec.type == 'n') {
    lconv* locale = localeconv();
    spec.point = locale->decimal_point;
    spec.separator = locale->thousands_sep;
    spec.grouping = locale->grouping;
  }
  if (override_) TRY(apply_override(thread, *override_, spec));
  Scratch scratch;
  Engine engine(scratch);
  context->apply_to(engine);
  std::string_view result = decimal::format(engine, self->number(), spec);
  if (engine.status & decimal::kMallocError) return thread.raise_memory_error();
  if (result.data() == nullptr)
    return thread.raise<ValueError>("format specification exceeds internal limits of _decimal");
  return to_value(make_str(thread, result));
}

}  // namespace viperine::decimals
