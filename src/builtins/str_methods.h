// SPDX-License-Identifier: MIT
// The methods of str, one function each, by family of files: str_search.cpp, str_split.cpp, str_case.cpp,
// str_translate.cpp, str_percent.cpp, str_format.cpp. The table that names them is in str.cpp.
#pragma once

#include "runtime/binding.h"
#include "runtime/text_views.h"

namespace viperine {

/// start and stop of find, count and so on, adjusted to the length; start may be beyond stop.
struct SearchRange {
  int64_t start, stop;
  int64_t length() const { return stop - start; }
};
Result<SearchRange> search_range(Thread& thread, Optional<Value> start, Optional<Value> stop, int64_t length);

// str_search.cpp
Result<Value> str_find(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> str_rfind(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> str_index(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> str_rindex(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<Value> str_count(Thread& thread, Str* self, Value sub, Optional<Value> start, Optional<Value> stop);
Result<bool> str_startswith(Thread& thread, Str* self, Value prefix, Optional<Value> start, Optional<Value> stop);
Result<bool> str_endswith(Thread& thread, Str* self, Value suffix, Optional<Value> start, Optional<Value> stop);
Result<Str*> str_removeprefix(Thread& thread, Str* self, Str* prefix);
Result<Str*> str_removesuffix(Thread& thread, Str* self, Str* suffix);
Result<Str*> str_replace(Thread& thread, Str* self, Str* old, Str* fresh, Index count);

// str_split.cpp
Result<Value> str_split(Thread& thread, Str* self, Value separator, Index maximum);
Result<Value> str_rsplit(Thread& thread, Str* self, Value separator, Index maximum);
Result<Value> str_splitlines(Thread& thread, Str* self, bool keep_ends);
Result<Value> str_partition(Thread& thread, Str* self, Value separator);
Result<Value> str_rpartition(Thread& thread, Str* self, Value separator);
Result<Str*> str_strip(Thread& thread, Str* self, Value characters);
Result<Str*> str_lstrip(Thread& thread, Str* self, Value characters);
Result<Str*> str_rstrip(Thread& thread, Str* self, Value characters);
Result<Value> str_join(Thread& thread, Str* self, Value iterable);

// str_case.cpp
Result<Str*> str_capitalize(Thread& thread, Str* self);
Result<Str*> str_casefold(Thread& thread, Str* self);
Result<Str*> str_lower(Thread& thread, Str* self);
Result<Str*> str_upper(Thread& thread, Str* self);
Result<Str*> str_title(Thread& thread, Str* self);
Result<Str*> str_swapcase(Thread& thread, Str* self);
Result<bool> str_isalnum(Thread& thread, Str* self);
Result<bool> str_isalpha(Thread& thread, Str* self);
Result<bool> str_isascii(Thread& thread, Value self);
Result<bool> str_isdecimal(Thread& thread, Str* self);
Result<bool> str_isdigit(Thread& thread, Str* self);
Result<bool> str_isidentifier(Thread& thread, Str* self);
Result<bool> str_islower(Thread& thread, Str* self);
Result<bool> str_isnumeric(Thread& thread, Str* self);
Result<bool> str_isprintable(Thread& thread, Str* self);
Result<bool> str_isspace(Thread& thread, Str* self);
Result<bool> str_istitle(Thread& thread, Str* self);
Result<bool> str_isupper(Thread& thread, Str* self);
Result<Str*> str_center(Thread& thread, Str* self, Index width, Optional<Value> fill);
Result<Str*> str_ljust(Thread& thread, Str* self, Index width, Optional<Value> fill);
Result<Str*> str_rjust(Thread& thread, Str* self, Index width, Optional<Value> fill);
Result<Str*> str_zfill(Thread& thread, Str* self, Index width);
Result<Str*> str_expandtabs(Thread& thread, Str* self, int tab_size);

// str_translate.cpp
Result<Value> str_maketrans(Thread& thread, Value x, Optional<Value> y, Optional<Str*> z);
Result<Str*> str_translate(Thread& thread, Str* self, Value table);
Result<Value> str_encode(Thread& thread, Str* self, Optional<Str*> encoding, Optional<Str*> errors);

// str_percent.cpp
Result<Value> str_modulo(Thread& thread, Value left, Value right);

// str_format.cpp
Result<Value> str_format(Thread& thread, Str* self, Rest positional, Keywords keywords);
Result<Value> str_format_map(Thread& thread, Str* self, Value mapping);
Result<Value> str_dunder_format(Thread& thread, Str* self, Str* specification);

/// self when it is an exact str, otherwise an exact copy of its text.
Result<Str*> exact_text(Thread& thread, Str* text);

}  // namespace viperine
