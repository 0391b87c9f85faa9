// SPDX-License-Identifier: MIT
// The module _sre: compiling code words into a Pattern, and questions about characters.
#include <cstring>

#include "modules/sre/sre.h"
#include "text/regex/characters.h"

namespace viperine {

namespace {

Result<Value> sre_compile(Thread& thread, Value pattern, int flags, List* code, Index groups, Dict* group_index,
                          Tuple* index_group) {
  regex::Words words, program;
  for (Value item : code->span()) {
    int64_t word;
    if (!is_integer(item)) return thread.raise<TypeError>("an integer is required");
    if (!int_fits_int64(item, &word) || word < 0 || word > 0xFFFFFFFF)
      return thread.raise<OverflowError>("regular expression code size limit exceeded");
    words.append(static_cast<uint32_t>(word));
  }
  if (groups.value < 0 || groups.value > regex::kMaxGroups ||
      !regex::compile_program({words.data(), words.size()}, static_cast<uint32_t>(groups.value), program))
    return thread.raise<RuntimeError>("invalid SRE code");
  Buffer* buffer = Buffer::try_make(thread.heap(), static_cast<int64_t>(program.size() * 4));
  if (buffer == nullptr) return thread.raise_memory_error();
  std::memcpy(buffer->data(), program.data(), program.size() * 4);
  auto* result = make_instance<RegexPattern>(thread, thread.runtime().type(Kind::RegexPattern));
  result->pattern_.set(result, is_str(pattern) ? to_value(as_str(thread, pattern)) : pattern);
  result->group_index_.set(result, to_value(group_index));
  result->index_group_.set(result, to_value(index_group));
  result->program_.set(result, buffer);
  result->flags_ = flags;
  result->groups_ = groups.value;
  return to_value(result);
}

Value sre_getcodesize(Thread&) { return Value::from_int(regex::kCodeSize); }
Value sre_ascii_iscased(Thread&, int character) {
  return Value::from_bool(regex::ascii_is_cased(static_cast<char32_t>(character)));
}
Value sre_unicode_iscased(Thread&, int character) {
  return Value::from_bool(regex::unicode_is_cased(static_cast<char32_t>(character)));
}
Value sre_ascii_tolower(Thread&, int character) {
  return Value::from_int(regex::ascii_to_lower(static_cast<char32_t>(character)));
}
Value sre_unicode_tolower(Thread&, int character) {
  return Value::from_int(regex::unicode_to_lower(static_cast<char32_t>(character)));
}

constexpr NativeMethod kFunctions[] = {
    function<sre_compile>("compile($module, /, pattern, flags, code, groups, groupindex, indexgroup)"),
    function<sre_getcodesize>("getcodesize($module, /)"),
    function<sre_ascii_iscased>("ascii_iscased($module, character, /)"),
    function<sre_unicode_iscased>("unicode_iscased($module, character, /)"),
    function<sre_ascii_tolower>("ascii_tolower($module, character, /)"),
    function<sre_unicode_tolower>("unicode_tolower($module, character, /)"),
};

Result<void> sre_initialize(Thread& thread, Module* module) {
  for (const TypeSpec* spec : {&kPatternType, &kMatchType, &kScannerType})
    if (thread.runtime().type(spec->kind) == nullptr) TRY(make_builtin_type(thread, *spec));
  TRY(add_int(thread, module, "MAGIC", regex::kMagic));
  TRY(add_int(thread, module, "CODESIZE", regex::kCodeSize));
  TRY(add_int(thread, module, "MAXREPEAT", regex::kMaxRepeat));
  TRY(add_int(thread, module, "MAXGROUPS", regex::kMaxGroups));
  return add_text(thread, module, "copyright",
                  " Viperine's regular expression engine, for the code of the standard library's re ");
}

}  // namespace

extern const ModuleSpec kSreModule;
constinit const ModuleSpec kSreModule = {.name = "_sre", .functions = kFunctions, .initialize = sre_initialize};

}  // namespace viperine
