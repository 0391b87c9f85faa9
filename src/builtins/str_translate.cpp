// SPDX-License-Identifier: MIT
// str.maketrans, str.translate and str.encode.
#include <cstring>

#include "builtins/str_methods.h"
#include "runtime/codecs.h"
#include "runtime/containers.h"
#include "text/search.h"

namespace viperine {

namespace {

Result<Value> table_from_dict(Thread& thread, Value source) {
  if (!is_exact<Dict>(source))
    return thread.raise<TypeError>("if you give only one argument to maketrans it must be a dict");
  auto* dict = cast<Dict>(source);
  Dict* table = Dict::make(thread.heap());
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    Value key = dict->table()->key(static_cast<uint32_t>(entry)),
          value = dict->table()->value(static_cast<uint32_t>(entry));
    if (is_str(key)) {
      Str* text = as_str(thread, key);
      if (text->length() != 1) return thread.raise<ValueError>("string keys in translate table must be of length 1");
      key = Value::from_int(text->at(0));
    } else if (!is_integer(key)) {
      return thread.raise<TypeError>("keys in translate table must be strings or integers");
    }
    TRY(dict_set(thread, table, key, value));
  }
  return to_value(table);
}

}  // namespace

Result<Value> str_maketrans(Thread& thread, Value x, Optional<Value> y, Optional<Str*> z) {
  if (!y) return table_from_dict(thread, x);
  if (!is_str(*y)) return thread.raise<TypeError>("maketrans() argument 2 must be str, not {}", type_name_of(*y));
  if (!is_str(x))
    return thread.raise<TypeError>("first maketrans argument must be a string if there is a second argument");
  Str *from = as_str(thread, x), *to = as_str(thread, *y);
  if (from->length() != to->length())
    return thread.raise<ValueError>("the first two maketrans arguments must have equal length");
  Dict* table = Dict::make(thread.heap());
  for (int64_t i = 0; i < from->length(); ++i)
    TRY(dict_set(thread, table, Value::from_int(from->at(i)), Value::from_int(to->at(i))));
  if (z)
    for (int64_t i = 0; i < (*z)->length(); ++i)
      TRY(dict_set(thread, table, Value::from_int((*z)->at(i)), Value::none()));
  return to_value(table);
}

namespace {

/// What the table says about one code point; absent when it says nothing (LookupError).
Result<Optional<Value>> translation_of(Thread& thread, Value table, uint32_t code) {
  Value key = Value::from_int(code);
  if (is_exact<Dict>(table)) return dict_find(thread, cast<Dict>(table), key);
  Result<Value> found = get_item(thread, table, key);
  if (!found.is_raised()) return Optional<Value>(found.take());
  if (!thread.pending_is<LookupError>()) return Raised{};
  thread.clear_pending();
  return Optional<Value>();
}

Result<void> append_translation(Thread& thread, Value answer, TextBuffer& out) {
  if (answer.is_none()) return {};
  if (is_str(answer)) {
    out.append(view_of(as_str(thread, answer)));
    return {};
  }
  if (!is_integer(answer)) return thread.raise<TypeError>("character mapping must return integer, None or str");
  int64_t code;
  if (!int_fits_int64(answer, &code) || code < 0 || code > 0x10FFFF)
    return thread.raise<ValueError>("character mapping must be in range(0x110000)");
  out.append(static_cast<char32_t>(code));
  return {};
}

}  // namespace

Result<Str*> str_translate(Thread& thread, Str* self, Value table) {
  constexpr uint8_t kUnknown = 0xFF, kAsk = 0xFE, kDelete = 0xFD;
  uint8_t ascii[128];  // what is already known about ASCII code points
  std::memset(ascii, kUnknown, sizeof ascii);
  TextBuffer out;
  for (int64_t i = 0; i < self->length(); ++i) {
    if (self->is_ascii()) {   // as far as everything is known and stays ASCII
      uint8_t run[256];
      size_t count = 0;
      const uint8_t* data = self->data8();
      int64_t length = self->length();
      for (; i < length && count < sizeof run && ascii[data[i]] < 128; ++i) run[count++] = ascii[data[i]];
      out.append(TextView(run, count, 1));
      if (i >= length) break;
    }
    uint32_t code = self->at(i);
    if (code < 128 && ascii[code] != kUnknown && ascii[code] != kAsk) {
      if (ascii[code] != kDelete) out.append(ascii[code]);
      continue;
    }
    Optional<Value> answer = TRY(translation_of(thread, table, code));
    if (code < 128) {
      int64_t known;
      if (!answer)
        ascii[code] = static_cast<uint8_t>(code);
      else if ((*answer).is_none())
        ascii[code] = kDelete;
      else if (is_integer(*answer) && int_fits_int64(*answer, &known) && known >= 0 && known < 128)
        ascii[code] = static_cast<uint8_t>(known);
      else
        ascii[code] = kAsk;
    }
    if (!answer)
      out.append(static_cast<char32_t>(code));
    else
      TRY(append_translation(thread, *answer, out));
  }
  return make_text(thread, out);
}

Result<Value> str_encode(Thread& thread, Str* self, Optional<Str*> encoding, Optional<Str*> errors) {
  Str* empty = thread.runtime().empty_str();
  Str* parts[] = {encoding ? *encoding : empty, errors ? *errors : empty};
  if (self->is_ascii() && parts[0]->equals("utf-8") && parts[1]->equals("strict"))
    return to_value(TRY(try_make_bytes(thread, self->data8(), self->length())));
  for (Str* part : parts)
    if (find_code(view_of(part), 0) != kNotFound) return thread.raise<ValueError>("embedded null character");
  return encode_text(thread, self, parts[0], parts[1]);
}

}  // namespace viperine
