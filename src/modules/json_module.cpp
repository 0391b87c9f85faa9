// SPDX-License-Identifier: MIT
// The module _json: the scanner and the encoder behind json.loads and json.dumps. Indented output is json.encoder's
// own.
#include <cmath>

#include "objects/hashing.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

// --- errors

/// json.decoder.JSONDecodeError(message, document, position)
Raised raise_decode_error(Thread& thread, const char* message, Str* document, int64_t position) {
  auto build = [&]() -> Result<Value> {
    Value module = TRY(import_module(thread, "json.decoder"));
    Value type = TRY(get_attribute(thread, module, "JSONDecodeError"));
    return call(thread, type, to_value(make_str(thread, message)), to_value(document), Value::from_int(position));
  };
  auto error = build();
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}
Raised raise_stop(Thread& thread, int64_t position) {
  return thread.raise_value(ExceptionKind::StopIteration, Value::from_int(position));
}

// --- strings

int hex_digit(uint32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A' + 10);
  return -1;
}
/// Four hexadecimal digits at `at`, or -1.
int64_t read_unit(Str* text, int64_t at) {
  int64_t unit = 0;
  for (int64_t i = at; i < at + 4; ++i) {
    int digit = hex_digit(text->at(i));
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}
/// The position of the next quote or backslash at or after `at`.
Result<int64_t> plain_end(Thread& thread, Str* text, int64_t at, int64_t begin, bool strict) {
  int64_t length = text->length();
  for (; at < length; ++at) {
    uint32_t c = text->at(at);
    if (c == '"' || c == '\\') return at;
    if (c <= 0x1F && strict) return raise_decode_error(thread, "Invalid control character at", text, at);
  }
  return raise_decode_error(thread, "Unterminated string starting at", text, begin);
}
/// The code point of the escape whose backslash is before *position.
Result<uint32_t> read_escape(Thread& thread, Str* text, int64_t* position, int64_t begin) {
  int64_t at = *position, length = text->length();
  if (at == length) return raise_decode_error(thread, "Unterminated string starting at", text, begin);
  uint32_t c = text->at(at);
  *position = at + 1;
  switch (c) {
    case '"': case '\\': case '/': return c;
    case 'b': return uint32_t{'\b'};
    case 'f': return uint32_t{'\f'};
    case 'n': return uint32_t{'\n'};
    case 'r': return uint32_t{'\r'};
    case 't': return uint32_t{'\t'};
    case 'u': break;
    default: return raise_decode_error(thread, "Invalid \\escape", text, at - 1);
  }
  ++at;
  int64_t end = at + 4;
  if (end >= length) return raise_decode_error(thread, "Invalid \\uXXXX escape", text, at - 1);
  int64_t unit = read_unit(text, at);
  if (unit < 0) return raise_decode_error(thread, "Invalid \\uXXXX escape", text, end - 5);
  if (unit >= 0xD800 && unit < 0xDC00 && end + 6 < length && text->at(end) == '\\' && text->at(end + 1) == 'u') {
    int64_t low = read_unit(text, end + 2);
    if (low < 0) return raise_decode_error(thread, "Invalid \\uXXXX escape", text, end + 1);
    if (low >= 0xDC00 && low < 0xE000) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      end += 6;
    }
  }
  *position = end;
  return static_cast<uint32_t>(unit);
}
/// The string whose text begins at *position; *position becomes the place behind the closing quote.
Result<Str*> scan_string(Thread& thread, Str* text, int64_t* position, bool strict) {
  int64_t at = *position, begin = at - 1;
  if (at < 0 || at > text->length()) return thread.raise<ValueError>("end is out of bounds");
  int64_t stop = TRY(plain_end(thread, text, at, begin, strict));
  if (text->at(stop) == '"') {
    *position = stop + 1;
    return substring(thread, text, at, stop);
  }
  StringBuilder builder(thread);
  for (;;) {
    builder.append(text, at, stop);
    at = stop + 1;
    if (text->at(stop) == '"') break;
    builder.append(TRY(read_escape(thread, text, &at, begin)));
    stop = TRY(plain_end(thread, text, at, begin, strict));
  }
  *position = at;
  return builder.finish();
}
Result<Value> json_scanstring(Thread& thread, Value string, Index end, bool strict) {
  Str* text = try_str(thread, string);
  if (text == nullptr) return thread.raise<TypeError>("first argument must be a string, not {}", type_name_of(string));
  int64_t position = end;
  Str* result = TRY(scan_string(thread, text, &position, strict));
  return make_pair(thread, to_value(result), Value::from_int(position));
}

void append_unit(StringBuilder& builder, uint32_t unit) {
  builder.append("\\u");
  for (int shift = 12; shift >= 0; shift -= 4)
    builder.append(static_cast<uint32_t>("0123456789abcdef"[unit >> shift & 15]));
}
void append_quoted(StringBuilder& builder, Str* text, bool ascii_only) {
  builder.append(uint32_t{'"'});
  int64_t length = text->length(), plain = 0;
  for (int64_t i = 0; i < length; ++i) {
    uint32_t c = text->at(i);
    if (c >= 0x20 && c != '"' && c != '\\' && (c < 0x7F || !ascii_only)) continue;
    builder.append(text, plain, i);
    plain = i + 1;
    switch (c) {
      case '"': builder.append("\\\""); break;
      case '\\': builder.append("\\\\"); break;
      case '\n': builder.append("\\n"); break;
      case '\r': builder.append("\\r"); break;
      case '\t': builder.append("\\t"); break;
      case '\b': builder.append("\\b"); break;
      case '\f': builder.append("\\f"); break;
      default:
        if (c >= 0x10000) {
          append_unit(builder, 0xD800 + ((c - 0x10000) >> 10));
          append_unit(builder, 0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
          append_unit(builder, c);
        }
    }
  }
  builder.append(text, plain, length);
  builder.append(uint32_t{'"'});
}
template <bool kAsciiOnly>
Result<Value> encode_string(Thread& thread, Value string) {
  Str* text = try_str(thread, string);
  if (text == nullptr) return thread.raise<TypeError>("first argument must be a string, not {}", type_name_of(string));
  StringBuilder builder(thread);
  append_quoted(builder, text, kAsciiOnly);
  return to_value(TRY(builder.finish()));
}

// --- scanner

class JsonScanner final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::JsonScanner;
  Slot<Value> object_hook_, object_pairs_hook_, parse_float_, parse_int_, parse_constant_;
  uint64_t strict_;
  LAYOUT(JsonScanner, HeapObject, object_hook_, object_pairs_hook_, parse_float_, parse_int_, parse_constant_, strict_);
};

/// One parse: the text, where we are, keys seen so far.
class Scan {
 public:
  Scan(Thread& thread, JsonScanner* scanner, Str* text, Dict* keys)
      : thread_(thread), scanner_(scanner), text_(text), keys_(keys) {}
  Result<Value> value();
  int64_t at = 0;

 private:
  Result<Value> object();
  Result<Value> array();
  Result<Value> number();
  Result<Value> constant(const char* name) {
    at += static_cast<int64_t>(std::string_view(name).size());
    return call(thread_, scanner_->parse_constant_.get(), to_value(intern(thread_, name)));
  }
  bool has(int64_t index) const { return index < text_->length(); }
  bool is(int64_t index, uint32_t c) const { return has(index) && text_->at(index) == c; }
  bool is_digit(int64_t index) const { return has(index) && text_->at(index) >= '0' && text_->at(index) <= '9'; }
  bool follows(std::string_view word) const {
    for (size_t i = 0; i < word.size(); ++i)
      if (!is(at + static_cast<int64_t>(i), static_cast<unsigned char>(word[i]))) return false;
    return true;
  }
  bool take(const char* word) {
    if (!follows(word)) return false;
    at += static_cast<int64_t>(std::string_view(word).size());
    return true;
  }
  void skip_space() {
    while (has(at)) {
      uint32_t c = text_->at(at);
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return;
      ++at;
    }
  }
  Raised fail(const char* message) { return raise_decode_error(thread_, message, text_, at); }

  Thread& thread_;
  JsonScanner* scanner_;
  Str* text_;
  Dict* keys_;
};

Result<Value> Scan::object() {
  ++at;
  bool pairs = !scanner_->object_pairs_hook_.get().is_none();
  List* list = pairs ? List::make(thread_.heap()) : nullptr;
  Dict* dict = pairs ? nullptr : Dict::make(thread_.heap());
  skip_space();
  if (!is(at, '}')) {
    for (;;) {
      if (!is(at, '"')) return fail("Expecting property name enclosed in double quotes");
      ++at;
      Value key = to_value(TRY(scan_string(thread_, text_, &at, scanner_->strict_ != 0)));
      key = TRY(dict_set_default(thread_, keys_, key, key));
      skip_space();
      if (!is(at, ':')) return fail("Expecting ':' delimiter");
      ++at;
      skip_space();
      Value item = TRY(value());
      if (pairs)
        TRY(list_append_value(thread_, list, make_pair(thread_, key, item)));
      else
        TRY(dict_set(thread_, dict, key, item));
      skip_space();
      if (is(at, '}')) break;
      if (!is(at, ',')) return fail("Expecting ',' delimiter");
      ++at;
      skip_space();
    }
  }
  ++at;
  if (pairs) return call(thread_, scanner_->object_pairs_hook_.get(), to_value(list));
  if (!scanner_->object_hook_.get().is_none()) return call(thread_, scanner_->object_hook_.get(), to_value(dict));
  return to_value(dict);
}

Result<Value> Scan::array() {
  ++at;
  List* list = List::make(thread_.heap());
  skip_space();
  if (!is(at, ']')) {
    for (;;) {
      Value item = TRY(value());
      TRY(list_append_value(thread_, list, item));
      skip_space();
      if (is(at, ']')) break;
      if (!is(at, ',')) return fail("Expecting ',' delimiter");
      ++at;
      skip_space();
    }
  }
  ++at;
  return to_value(list);
}

Result<Value> Scan::number() {
  int64_t start = at, end = at;
  bool is_real = false;
  if (is(end, '-')) ++end;
  if (is(end, '0')) {
    ++end;
  } else {
    if (!is_digit(end)) return raise_stop(thread_, start);
    while (is_digit(end)) ++end;
  }
  if (is(end, '.') && is_digit(end + 1)) {
    is_real = true;
    end += 2;
    while (is_digit(end)) ++end;
  }
  if (is(end, 'e') || is(end, 'E')) {
    int64_t digits = end + 1;
    if (is(digits, '-') || is(digits, '+')) ++digits;
    if (is_digit(digits)) {
      is_real = true;
      end = digits;
      while (is_digit(end)) ++end;
    }
  }
  at = end;
  if (!is_real && end - start <= 15 && scanner_->parse_int_.get() == to_value(thread_.runtime().type(Kind::Int))) {
    bool negative = text_->at(start) == '-';
    int64_t number = 0;
    for (int64_t i = start + negative; i < end; ++i) number = number * 10 + (text_->at(i) - '0');
    return make_int(thread_.heap(), negative ? -number : number);
  }
  Str* digits = TRY(substring(thread_, text_, start, end));
  return call(thread_, is_real ? scanner_->parse_float_.get() : scanner_->parse_int_.get(), to_value(digits));
}

Result<Value> Scan::value() {
  if (!has(at)) return raise_stop(thread_, at);
  switch (text_->at(at)) {
    case '"': {
      ++at;
      return to_value(TRY(scan_string(thread_, text_, &at, scanner_->strict_ != 0)));
    }
    case '{':
      if (thread_.native_recursion_exceeded(" while decoding a JSON object from a unicode string")) return Raised{};
      return object();
    case '[':
      if (thread_.native_recursion_exceeded(" while decoding a JSON array from a unicode string")) return Raised{};
      return array();
    case 'n':
      if (take("null")) return Value::none();
      break;
    case 't':
      if (take("true")) return Value::from_bool(true);
      break;
    case 'f':
      if (take("false")) return Value::from_bool(false);
      break;
    case 'N':
      if (follows("NaN")) return constant("NaN");
      break;
    case 'I':
      if (follows("Infinity")) return constant("Infinity");
      break;
    case '-':
      if (follows("-Infinity")) return constant("-Infinity");
      break;
  }
  return number();
}

Result<Value> scanner_scan(Thread& thread, JsonScanner* self, Value string, Index idx) {
  Str* text = try_str(thread, string);
  if (text == nullptr) return thread.raise<TypeError>("first argument must be a string, not {}", type_name_of(string));
  if (idx < 0) return thread.raise<ValueError>("idx cannot be negative");
  Scan scan(thread, self, text, Dict::make(thread.heap()));
  scan.at = idx;
  Value value = TRY(scan.value());
  return make_pair(thread, value, Value::from_int(scan.at));
}
constexpr NativeMethod kScan = method<scanner_scan>("scan_once($self, /, string, idx)");
Result<Value> call_as_method(Thread& thread, const NativeMethod& target, Value self, const Arguments& arguments) {
  if (arguments.count > 9) return thread.raise<TypeError>("too many arguments");
  Value values[10] = {self};
  for (uint32_t i = 0; i < arguments.count; ++i) values[i + 1] = arguments[i];
  return target.entry(thread, target, Arguments{values, arguments.count + 1, arguments.keywords});
}
Result<Value> scanner_call(Thread& thread, Value self, const Arguments& arguments) {
  return call_as_method(thread, kScan, self, arguments);
}
Result<Value> construct_scanner(Thread& thread, Type* type, Value context) {
  bool strict = TRY(is_true(thread, TRY(get_attribute(thread, context, "strict"))));
  constexpr const char* kNames[] = {"object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant"};
  Value parts[5];
  for (int i = 0; i < 5; ++i) parts[i] = TRY(get_attribute(thread, context, kNames[i]));
  auto* scanner = make_instance<JsonScanner>(thread, type);
  scanner->object_hook_.initialize(parts[0]);
  scanner->object_pairs_hook_.initialize(parts[1]);
  scanner->parse_float_.initialize(parts[2]);
  scanner->parse_int_.initialize(parts[3]);
  scanner->parse_constant_.initialize(parts[4]);
  scanner->strict_ = strict;
  return to_value(scanner);
}
constexpr NativeMethod kConstructScanner = method<construct_scanner>("make_scanner($type, /, context)");
Result<Value> scanner_new(Thread& thread, Type* type, const Arguments& arguments) {
  return call_as_method(thread, kConstructScanner, to_value(type), arguments);
}
Result<Value> scanner_strict(Thread&, JsonScanner* self) { return Value::from_bool(self->strict_ != 0); }
Result<Value> scanner_object_hook(Thread&, JsonScanner* self) { return self->object_hook_.get(); }
Result<Value> scanner_pairs_hook(Thread&, JsonScanner* self) { return self->object_pairs_hook_.get(); }
Result<Value> scanner_parse_float(Thread&, JsonScanner* self) { return self->parse_float_.get(); }
Result<Value> scanner_parse_int(Thread&, JsonScanner* self) { return self->parse_int_.get(); }
Result<Value> scanner_parse_constant(Thread&, JsonScanner* self) { return self->parse_constant_.get(); }

// --- encoder

enum class QuoteWith : uint64_t { Callable, Ascii, Unicode };

class JsonEncoder final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::JsonEncoder;
  Slot<Value> markers_, default_, encoder_, indent_, key_separator_, item_separator_;
  QuoteWith quote_;
  uint64_t sort_keys_, skip_keys_, allow_nan_;
  LAYOUT(JsonEncoder, HeapObject, markers_, default_, encoder_, indent_, key_separator_, item_separator_, quote_,
         sort_keys_, skip_keys_, allow_nan_);
};

class Encode {
 public:
  Encode(Thread& thread, JsonEncoder* encoder) : thread_(thread), encoder_(encoder), out_(thread) {}
  Result<void> value(Value value);
  Result<Str*> finish() { return out_.finish(); }

 private:
  Result<void> string(Value text);
  Result<void> integer(Value number);
  Result<void> real(double number);
  Result<void> sequence(Value value);
  Result<void> dictionary(Value value);
  Result<void> other(Value value);
  Result<bool> key(Value key);
  /// Puts the object among those under way; the key to take it away again, absent without markers.
  Result<Value> enter(Value object) {
    Value markers = encoder_->markers_.get();
    if (markers.is_none()) return Value::absent();
    Value marker = make_unsigned(thread_.heap(), thread_.heap().identity(object.as_object()));
    if (TRY(dict_find(thread_, cast<Dict>(markers), marker)))
      return thread_.raise<ValueError>("Circular reference detected");
    TRY(dict_set(thread_, cast<Dict>(markers), marker, object));
    return marker;
  }
  Result<void> leave(Value marker) {
    if (!marker.is_absent()) TRY(dict_remove(thread_, cast<Dict>(encoder_->markers_.get()), marker));
    return {};
  }

  Thread& thread_;
  JsonEncoder* encoder_;
  StringBuilder out_;
};

Result<void> Encode::string(Value text) {
  if (encoder_->quote_ != QuoteWith::Callable) {
    append_quoted(out_, as_str(thread_, text), encoder_->quote_ == QuoteWith::Ascii);
    return {};
  }
  Value quoted = TRY(call(thread_, encoder_->encoder_.get(), text));
  if (!is_str(quoted)) return thread_.raise<TypeError>("encoder() must return a string, not {}", type_name_of(quoted));
  out_.append(as_str(thread_, quoted));
  return {};
}
Result<void> Encode::integer(Value number) {
  if (number.is_int()) {
    out_.append_int(number.as_int());
    return {};
  }
  limbs::Signed parts = IntView(number).get();
  Value plain = TRY(make_integer(thread_, parts.magnitude.data(), parts.magnitude.size(), parts.negative));
  out_.append(TRY(repr(thread_, plain)));
  return {};
}
Result<void> Encode::real(double number) {
  if (std::isfinite(number)) {
    out_.append(TRY(repr(thread_, make_float(thread_.heap(), number))));
    return {};
  }
  if (!encoder_->allow_nan_) return thread_.raise<ValueError>("Out of range float values are not JSON compliant");
  out_.append(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  return {};
}
Result<void> Encode::sequence(Value value) {
  if (thread_.native_recursion_exceeded(" while encoding a JSON object")) return Raised{};
  auto count = [&] { return is<List>(value) ? cast<List>(value)->length() : cast<Tuple>(value)->length(); };
  if (count() == 0) {
    out_.append("[]");
    return {};
  }
  Value marker = TRY(enter(value));
  out_.append(uint32_t{'['});
  for (int64_t i = 0; i < count(); ++i) {
    if (i > 0) out_.append(as_str(thread_, encoder_->item_separator_.get()));
    TRY(this->value(is<List>(value) ? cast<List>(value)->at(i) : cast<Tuple>(value)->at(i)));
  }
  out_.append(uint32_t{']'});
  return leave(marker);
}
/// Writes the key as a string; false when it is to be skipped.
Result<bool> Encode::key(Value key) {
  if (is_str(key)) {
    TRY(string(key));
    return true;
  }
  if (is_float(key) || key.is_none() || key.is_true() || key.is_false() || is_integer(key)) {
    Encode text(thread_, encoder_);
    TRY(text.value(key));
    TRY(string(to_value(TRY(text.finish()))));
    return true;
  }
  if (encoder_->skip_keys_) return false;
  return thread_.raise<TypeError>("keys must be str, int, float, bool or None, not {}", type_name_of(key));
}
Result<void> Encode::dictionary(Value value) {
  if (thread_.native_recursion_exceeded(" while encoding a JSON object")) return Raised{};
  if (cast<Dict>(value)->length() == 0) {
    out_.append("{}");
    return {};
  }
  Value marker = TRY(enter(value));
  out_.append(uint32_t{'{'});
  List* items = TRY(list_from_iterable(thread_, TRY(call_method(thread_, value, thread_.names().items))));
  if (encoder_->sort_keys_) TRY(call_method(thread_, to_value(items), thread_.names().sort));
  bool first = true;
  for (int64_t i = 0; i < items->length(); ++i) {
    Value pair = items->at(i);
    if (!is<Tuple>(pair) || cast<Tuple>(pair)->length() != 2)
      return thread_.raise<ValueError>("items must return 2-tuples");
    int64_t before = out_.length();
    if (!first) out_.append(as_str(thread_, encoder_->item_separator_.get()));
    if (!TRY(key(cast<Tuple>(pair)->at(0)))) {
      out_.truncate(before);
      continue;
    }
    first = false;
    out_.append(as_str(thread_, encoder_->key_separator_.get()));
    TRY(this->value(cast<Tuple>(pair)->at(1)));
  }
  out_.append(uint32_t{'}'});
  return leave(marker);
}
Result<void> Encode::other(Value value) {
  Value marker = value.is_pointer() ? TRY(enter(value)) : Value::absent();
  Value replacement = TRY(call(thread_, encoder_->default_.get(), value));
  if (thread_.native_recursion_exceeded(" while encoding a JSON object")) return Raised{};
  TRY(this->value(replacement));
  return leave(marker);
}
Result<void> Encode::value(Value value) {
  if (value.is_none()) return out_.append("null"), Result<void>();
  if (value.is_true()) return out_.append("true"), Result<void>();
  if (value.is_false()) return out_.append("false"), Result<void>();
  if (is_str(value)) return string(value);
  if (is_integer(value)) return integer(value);
  if (is_float(value)) return real(as_float(value));
  if (is<List>(value) || is<Tuple>(value)) return sequence(value);
  if (is<Dict>(value)) return dictionary(value);
  return other(value);
}

Result<Value> encoder_encode(Thread& thread, JsonEncoder* self, Value object, Value) {
  Encode encode(thread, self);
  TRY(encode.value(object));
  Value text = to_value(TRY(encode.finish()));
  return to_value(TRY(make_list(thread, std::span<const Value>(&text, 1))));
}
constexpr NativeMethod kEncode = method<encoder_encode>("_iterencode($self, /, obj, _current_indent_level)");
Result<Value> encoder_call(Thread& thread, Value self, const Arguments& arguments) {
  return call_as_method(thread, kEncode, self, arguments);
}
Result<Value> construct_encoder(Thread& thread, Type* type, Value markers, Value default_, Value encoder, Value indent,
                                Str* key_separator, Str* item_separator, bool sort_keys, bool skip_keys,
                                bool allow_nan) {
  if (!markers.is_none() && !is<Dict>(markers))
    return thread.raise<TypeError>("make_encoder() argument 1 must be dict or None, not {}", type_name_of(markers));
  QuoteWith quote = QuoteWith::Callable;
  Value module = TRY(import_module(thread, "_json"));
  if (TRY(get_attribute(thread, module, "encode_basestring_ascii")) == encoder) quote = QuoteWith::Ascii;
  if (TRY(get_attribute(thread, module, "encode_basestring")) == encoder) quote = QuoteWith::Unicode;
  auto* self = make_instance<JsonEncoder>(thread, type);
  self->markers_.initialize(markers);
  self->default_.initialize(default_);
  self->encoder_.initialize(encoder);
  self->indent_.initialize(indent);
  self->key_separator_.initialize(to_value(key_separator));
  self->item_separator_.initialize(to_value(item_separator));
  self->quote_ = quote;
  self->sort_keys_ = sort_keys;
  self->skip_keys_ = skip_keys;
  self->allow_nan_ = allow_nan;
  return to_value(self);
}
constexpr NativeMethod kConstructEncoder = method<construct_encoder>(
    "make_encoder($type, /, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, "
    "allow_nan)");
Result<Value> encoder_new(Thread& thread, Type* type, const Arguments& arguments) {
  return call_as_method(thread, kConstructEncoder, to_value(type), arguments);
}
Result<Value> encoder_markers(Thread&, JsonEncoder* self) { return self->markers_.get(); }
Result<Value> encoder_default(Thread&, JsonEncoder* self) { return self->default_.get(); }
Result<Value> encoder_encoder(Thread&, JsonEncoder* self) { return self->encoder_.get(); }
Result<Value> encoder_indent(Thread&, JsonEncoder* self) { return self->indent_.get(); }
Result<Value> encoder_key_separator(Thread&, JsonEncoder* self) { return self->key_separator_.get(); }
Result<Value> encoder_item_separator(Thread&, JsonEncoder* self) { return self->item_separator_.get(); }
Result<Value> encoder_sort_keys(Thread&, JsonEncoder* self) { return Value::from_bool(self->sort_keys_ != 0); }
Result<Value> encoder_skip_keys(Thread&, JsonEncoder* self) { return Value::from_bool(self->skip_keys_ != 0); }

constexpr NativeAttribute kScannerAttributes[] = {attribute<scanner_strict>("strict"),
                                                  attribute<scanner_object_hook>("object_hook"),
                                                  attribute<scanner_pairs_hook>("object_pairs_hook"),
                                                  attribute<scanner_parse_float>("parse_float"),
                                                  attribute<scanner_parse_int>("parse_int"),
                                                  attribute<scanner_parse_constant>("parse_constant")};
constexpr NativeAttribute kEncoderAttributes[] = {
    attribute<encoder_markers>("markers"), attribute<encoder_default>("default"), attribute<encoder_encoder>("encoder"),
    attribute<encoder_indent>("indent"), attribute<encoder_key_separator>("key_separator"),
    attribute<encoder_item_separator>("item_separator"), attribute<encoder_sort_keys>("sort_keys"),
    attribute<encoder_skip_keys>("skipkeys")};
const TypeSpec kScannerType = {.name = "_json.Scanner", .kind = Kind::JsonScanner, .flags = kTypeBase,
                               .layout = [] { return layout_of<JsonScanner>("Scanner"); },
                               .slots = {.call = &scanner_call, .new_ = &scanner_new}, .attributes = kScannerAttributes,
                               .doc = "JSON scanner object"};
const TypeSpec kEncoderType = {
    .name = "_json.Encoder",
    .kind = Kind::JsonEncoder,
    .flags = kTypeBase,
    .layout = [] { return layout_of<JsonEncoder>("Encoder"); },
    .slots = {.call = &encoder_call, .new_ = &encoder_new},
    .attributes = kEncoderAttributes,
    .doc =
        "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, "
        "allow_nan)"};

constexpr NativeMethod kFunctions[] = {function<encode_string<true>>("encode_basestring_ascii(string, /)"),
                                       function<encode_string<false>>("encode_basestring(string, /)"),
                                       function<json_scanstring>("scanstring(string, end, strict=True, /)")};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_constant(thread, module, "make_scanner", to_value(TRY(make_builtin_type(thread, kScannerType)))));
  return add_constant(thread, module, "make_encoder", to_value(TRY(make_builtin_type(thread, kEncoderType))));
}

}  // namespace

extern const ModuleSpec kJsonModule = {
    .name = "_json", .functions = kFunctions, .initialize = &initialize, .doc = "json speedups\n"};

}  // namespace viperine
