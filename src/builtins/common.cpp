// SPDX-License-Identifier: MIT
// See common.h.
#include "builtins/common.h"

#include "builtins/functions.h"
#include "runtime/operators.h"

namespace viperine {

Str* address_text(Thread& thread, Value object) {
  auto identity = identity_of(thread, object);
  int64_t fitting = 0;
  uint64_t number = object.bits();
  if (!identity.is_raised() && int_fits_int64(identity.take(), &fitting)) number = static_cast<uint64_t>(fitting);
  char digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = "0123456789abcdef"[number & 15];
    number >>= 4;
  } while (number != 0);
  digits[--at] = 'x';
  digits[--at] = '0';
  return make_str(thread, std::string_view(digits + at, sizeof digits - at));
}

Result<Value> default_object_repr(Thread& thread, Value self) {
  Type* type = type_of(thread, self);
  Str* name = TRY(full_type_name(thread, type));
  return to_value(format_text(thread, "<{} object at {}>", name, address_text(thread, self)));
}

Result<Value> import_by_name(Thread& thread, std::string_view name) {
  Str* text = intern(thread, name);
  Optional<Value> loaded = thread.runtime().modules()->get_str(text);
  if (loaded) return *loaded;
  Optional<Value> import = thread.runtime().builtins_dict()->get_str(thread.names().__import__);
  if (!import) return thread.raise<ImportError>("__import__ not found");
  TRY(call(thread, *import, to_value(text)));
  loaded = thread.runtime().modules()->get_str(text);
  if (!loaded) return thread.raise<ImportError>("No module named '{}'", text);
  return *loaded;
}

Result<Value> import_attribute(Thread& thread, std::string_view module, std::string_view attribute) {
  return get_attribute(thread, TRY(import_by_name(thread, module)), attribute);
}

Str* signature_text(Thread& thread, const NativeMethod& method) {
  const char* open = __builtin_strchr(method.text, '(');
  return make_str(thread, open);
}

Result<void> refuse_keywords(Thread& thread, const char* name, const Arguments& arguments) {
  if (arguments.keyword_count() == 0) return {};
  return thread.raise<TypeError>("{}() takes no keyword arguments", name);
}

Result<void> merge_class_names(Thread& thread, Dict* names, Value cls) {
  if (thread.native_recursion_exceeded(" in __dir__")) return Raised{};
  Optional<Value> space = TRY(find_attribute(thread, cls, thread.names().__dict__));
  if (space) TRY(dict_update(thread, names, *space));
  Optional<Value> bases = TRY(find_attribute(thread, cls, thread.names().__bases__));
  if (!bases || !is<Tuple>(*bases)) return {};
  for (Value base : cast<Tuple>(*bases)->span()) TRY(merge_class_names(thread, names, base));
  return {};
}

}  // namespace viperine
