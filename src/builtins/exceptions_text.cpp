// SPDX-License-Identifier: MIT
// SyntaxError and the Unicode errors: fields from arguments, texts.
#include "builtins/exceptions.h"
#include "runtime/operators.h"

namespace viperine {

// --- SyntaxError(msg, (filename, lineno, offset, text[, end_lineno, end_offset]))

Result<void> syntax_error_init(Thread& thread, Value self, const Arguments& arguments) {
  TRY(exception_init(thread, self, arguments));
  const Names& names = thread.names();
  HeapObject* object = self.as_object();
  if (arguments.count >= 1) set_exception_member(thread, object, names.msg, arguments[0]);
  if (arguments.count != 2) return {};
  Tuple* info = TRY(tuple_from_iterable(thread, arguments[1]));
  int64_t count = info->length();
  if (count < 4) return thread.raise<TypeError>("function takes at least 4 arguments ({} given)", count);
  if (count > 6) return thread.raise<TypeError>("function takes at most 6 arguments ({} given)", count);
  if (count == 5) return thread.raise<TypeError>("end_offset must be provided when end_lineno is provided");
  Str* const fields[] = {names.filename, names.lineno, names.offset, names.text, names.end_lineno, names.end_offset};
  for (int64_t i = 0; i < count; ++i) set_exception_member(thread, object, fields[i], info->at(i));
  return {};
}

Result<Value> syntax_error_str(Thread& thread, Value self) {
  const Names& names = thread.names();
  HeapObject* object = self.as_object();
  Str* message = TRY(str(thread, exception_member(thread, object, names.msg)));
  Value filename = exception_member(thread, object, names.filename),
        line = exception_member(thread, object, names.lineno);
  Str* path = try_str(thread, filename);
  bool has_line = line.is_int();
  if (path == nullptr && !has_line) return to_value(message);
  Str* base = path;
  for (int64_t i = path == nullptr ? 0 : path->length(); i > 0; --i) {
    if (path->at(i - 1) != '/') continue;
    base = TRY(substring(thread, path, i, path->length()));
    break;
  }
  if (base != nullptr && has_line)
    return to_value(format_text(thread, "{} ({}, line {})", message, base, line.as_int()));
  if (base != nullptr) return to_value(format_text(thread, "{} ({})", message, base));
  return to_value(format_text(thread, "{} (line {})", message, line.as_int()));
}

// --- Unicode errors

namespace {

Result<void> fill_unicode_error(Thread& thread, Value self, Value encoding, Value object, Value start, Value end,
                                Value reason) {
  const Names& names = thread.names();
  HeapObject* error = self.as_object();
  if (!encoding.is_absent()) set_exception_member(thread, error, names.encoding, encoding);
  set_exception_member(thread, error, names.object, object);
  set_exception_member(thread, error, names.start, start);
  set_exception_member(thread, error, names.end, end);
  set_exception_member(thread, error, names.reason, reason);
  return {};
}

/// Checks the fields (encoding,) object, start, end, reason; the object's type is the caller's business.
Result<void> check_fields(Thread& thread, Value self, const Arguments& arguments, std::string_view name,
                          bool has_encoding) {
  TRY(exception_init(thread, self, arguments));
  uint32_t wanted = has_encoding ? 5 : 4;
  if (arguments.count != wanted)
    return thread.raise<TypeError>("function takes exactly {} arguments ({} given)", wanted, arguments.count);
  uint32_t at = has_encoding ? 1 : 0;
  if (has_encoding && !is_str(arguments[0]))
    return thread.raise<TypeError>("argument 1 must be str, not {}", type_name_of(arguments[0]));
  for (uint32_t i = at + 1; i < at + 3; ++i) TRY(to_index_int64(thread, arguments[i]));
  if (!is_str(arguments[at + 3]))
    return thread.raise<TypeError>("argument {} must be str, not {}", at + 4, type_name_of(arguments[at + 3]));
  return {};
}

/// The range as it was given: texts do not clip it to the object.
struct ErrorRange {
  int64_t start, end;
};
ErrorRange range_of(Thread& thread, HeapObject* error, int64_t length) {
  Value start = exception_member(thread, error, thread.names().start),
        end = exception_member(thread, error, thread.names().end);
  return {start.is_int() ? start.as_int() : 0, end.is_int() ? end.as_int() : length};
}

/// 'x' as "\x80", "\u1234" or "\U00012345".
void append_escape(StringBuilder& text, uint32_t code_point) {
  int digits = code_point <= 0xFF ? 2 : code_point <= 0xFFFF ? 4 : 8;
  text.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
    text.append(static_cast<uint32_t>("0123456789abcdef"[(code_point >> shift) & 15]));
}

Result<Value> text_error(Thread& thread, HeapObject* error, const char* verb, bool has_encoding) {
  const Names& names = thread.names();
  Value object = exception_member(thread, error, names.object);
  Str* subject = try_str(thread, object);
  if (subject == nullptr) return to_value(thread.runtime().empty_str());
  Str* reason = TRY(str(thread, exception_member(thread, error, names.reason)));
  Value encoding = exception_member(thread, error, names.encoding);
  StringBuilder text(thread);
  if (has_encoding) {
    text.append("'");
    text.append(TRY(str(thread, encoding)));
    text.append("' codec ");
  }
  text.append("can't ");
  text.append(verb);
  ErrorRange range = range_of(thread, error, subject->length());
  if (range.start >= 0 && range.start < subject->length() && range.end == range.start + 1) {
    text.append(" character '");
    append_escape(text, subject->at(range.start));
    text.append("' in position ");
    text.append_int(range.start);
  } else {
    text.append(" characters in position ");
    text.append_int(range.start);
    text.append("-");
    text.append_int(range.end - 1);
  }
  text.append(": ");
  text.append(reason);
  return to_value(TRY(text.finish()));
}

}  // namespace

Result<void> unicode_decode_error_init(Thread& thread, Value self, const Arguments& arguments) {
  TRY(check_fields(thread, self, arguments, "UnicodeDecodeError", true));
  Value object = arguments[1];
  if (!is<Bytes>(object)) {
    if (type_of(thread, object)->slots().buffer == nullptr)
      return thread.raise<TypeError>("a bytes-like object is required, not '{}'", type_name_of(object));
    object = TRY(call(thread, to_value(thread.runtime().type(Kind::Bytes)), object));
  }
  return fill_unicode_error(thread, self, arguments[0], object, arguments[2], arguments[3], arguments[4]);
}

Result<void> unicode_encode_error_init(Thread& thread, Value self, const Arguments& arguments) {
  TRY(check_fields(thread, self, arguments, "UnicodeEncodeError", true));
  if (!is_str(arguments[1]))
    return thread.raise<TypeError>("argument 2 must be str, not {}", type_name_of(arguments[1]));
  return fill_unicode_error(thread, self, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
}

Result<void> unicode_translate_error_init(Thread& thread, Value self, const Arguments& arguments) {
  TRY(check_fields(thread, self, arguments, "UnicodeTranslateError", false));
  if (!is_str(arguments[0]))
    return thread.raise<TypeError>("argument 1 must be str, not {}", type_name_of(arguments[0]));
  return fill_unicode_error(thread, self, Value::absent(), arguments[0], arguments[1], arguments[2], arguments[3]);
}

Result<Value> unicode_encode_error_str(Thread& thread, Value self) {
  return text_error(thread, self.as_object(), "encode", true);
}
Result<Value> unicode_translate_error_str(Thread& thread, Value self) {
  return text_error(thread, self.as_object(), "translate", false);
}

Result<Value> unicode_decode_error_str(Thread& thread, Value self) {
  const Names& names = thread.names();
  HeapObject* error = self.as_object();
  auto* subject = try_cast<Bytes>(exception_member(thread, error, names.object));
  if (subject == nullptr) return to_value(thread.runtime().empty_str());
  Str* reason = TRY(str(thread, exception_member(thread, error, names.reason)));
  Str* encoding = TRY(str(thread, exception_member(thread, error, names.encoding)));
  ErrorRange range = range_of(thread, error, subject->length());
  StringBuilder text(thread);
  text.append("'");
  text.append(encoding);
  text.append("' codec can't decode ");
  if (range.start >= 0 && range.start < subject->length() && range.end == range.start + 1) {
    uint8_t byte = subject->data()[range.start];
    text.append("byte 0x");
    text.append(static_cast<uint32_t>("0123456789abcdef"[byte >> 4]));
    text.append(static_cast<uint32_t>("0123456789abcdef"[byte & 15]));
    text.append(" in position ");
    text.append_int(range.start);
  } else {
    text.append("bytes in position ");
    text.append_int(range.start);
    text.append("-");
    text.append_int(range.end - 1);
  }
  text.append(": ");
  text.append(reason);
  return to_value(TRY(text.finish()));
}

namespace {
Result<void> set_place(Thread& thread, Value self, Str* name, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete numeric/char attribute");
  set_exception_member(thread, self.as_object(), name, make_int(thread.heap(), TRY(to_index_int64(thread, value))));
  return {};
}
Value place_or_zero(Value value) { return value.is_none() ? Value::from_int(0) : value; }
}  // namespace

Result<Value> unicode_error_start(Thread& thread, Value self) {
  return place_or_zero(exception_member(thread, self.as_object(), thread.names().start));
}
Result<Value> unicode_error_end(Thread& thread, Value self) {
  return place_or_zero(exception_member(thread, self.as_object(), thread.names().end));
}
Result<void> set_unicode_error_start(Thread& thread, Value self, Value value) {
  return set_place(thread, self, thread.names().start, value);
}
Result<void> set_unicode_error_end(Thread& thread, Value self, Value value) {
  return set_place(thread, self, thread.names().end, value);
}

}  // namespace viperine
