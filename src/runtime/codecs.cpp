// SPDX-License-Identifier: MIT
// str <-> bytes by the name of an encoding: what text/ can do at once, everything else through the registry, which asks
// the search functions (encodings.search_function first). The registry is Runtime::codec_state_: [search functions,
// cache, error handlers].
#include "runtime/codecs.h"

#include <cstring>

#include "runtime/attributes.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

// --- names

enum class Quick : uint8_t { kNone, kUtf8, kLatin1, kAscii, kUtf16, kUtf32 };

/// Codecs that need no registry, by the usual spellings of their names.
Quick quick_codec(Str* name) {
  if (name->length() == 0 || name->equals("utf-8")) return Quick::kUtf8;
  char clean[16];
  if (!name->is_ascii() || name->length() >= static_cast<int64_t>(sizeof clean)) return Quick::kNone;
  size_t size = 0;
  for (char c : name->ascii()) clean[size++] = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  std::string_view text(clean, size);
  if (text == "utf-8" || text == "utf8") return Quick::kUtf8;
  if (text == "latin-1" || text == "latin1" || text == "iso-8859-1" || text == "iso8859-1") return Quick::kLatin1;
  if (text == "ascii" || text == "us-ascii") return Quick::kAscii;
  if (text == "utf-16" || text == "utf16") return Quick::kUtf16;
  if (text == "utf-32" || text == "utf32") return Quick::kUtf32;
  return Quick::kNone;
}

/// Lower case; runs of anything but letters, digits and dots become one underscore.
Str* normalized_name(Thread& thread, Str* name) {
  StringBuilder builder(thread);
  bool gap = false;
  for (int64_t i = 0; i < name->length(); ++i) {
    uint32_t c = name->at(i);
    bool letter = (c | 0x20) - 'a' < 26, digit = c - '0' < 10;
    if (!letter && !digit && c != '.') {
      gap = true;
      continue;
    }
    if (gap && builder.length() > 0) builder.append(uint32_t{'_'});
    gap = false;
    builder.append(c - 'A' < 26 ? c + 32 : c);
  }
  return intern(thread, MUST(builder.finish()));
}

// --- the registry

enum Part : int64_t { kSearch, kCache, kErrors, kParts };

Array* registry(Thread& thread) {
  Runtime& runtime = thread.runtime();
  if (!has_kind(runtime.codec_state_, Kind::Array)) {
    Array* parts = Array::try_make(thread.heap(), kParts);
    runtime.codec_state_ = to_value(parts);
    parts->set(kSearch, to_value(List::make(thread.heap())));
    parts->set(kCache, to_value(Dict::make(thread.heap())));
    parts->set(kErrors, to_value(Dict::make(thread.heap())));
  }
  return static_cast<Array*>(runtime.codec_state_.as_object());
}
List* search_functions(Thread& thread) { return cast<List>(registry(thread)->at(kSearch)); }
Dict* cache(Thread& thread) { return cast<Dict>(registry(thread)->at(kCache)); }
Dict* error_handlers(Thread& thread) { return cast<Dict>(registry(thread)->at(kErrors)); }

}  // namespace

Result<void> register_codec_search(Thread& thread, Value function) {
  if (!is_callable(thread, function)) return thread.raise<TypeError>("argument must be callable");
  return list_append_value(thread, search_functions(thread), function);
}

void unregister_codec_search(Thread& thread, Value function) {
  List* list = search_functions(thread);
  for (int64_t i = 0; i < list->length(); ++i) {
    if (list->at(i) != function) continue;
    for (int64_t j = i + 1; j < list->length(); ++j) list->set(j - 1, list->at(j));
    list->truncate(thread.heap(), list->length() - 1);
    cache(thread)->clear();
    return;
  }
}

Result<Tuple*> lookup_codec(Thread& thread, Str* encoding) {
  TRY(encode_utf8(thread, encoding));  // UnicodeEncodeError for surrogates
  Str* name = normalized_name(thread, encoding);
  if (Optional<Value> known = cache(thread)->get_str(name)) return cast<Tuple>(*known);
  if (search_functions(thread)->length() == 0) TRY(import_module(thread, "encodings"));
  if (search_functions(thread)->length() == 0)
    return thread.raise<LookupError>("no codec search functions registered: can't find encoding");
  for (int64_t i = 0; i < search_functions(thread)->length(); ++i) {
    Value answer = TRY(call(thread, search_functions(thread)->at(i), to_value(name)));
    if (answer.is_none()) continue;
    if (!is<Tuple>(answer) || cast<Tuple>(answer)->length() != 4)
      return thread.raise<TypeError>("codec search functions must return 4-tuples");
    TRY(dict_set_name(thread, cache(thread), name, answer));
    return cast<Tuple>(answer);
  }
  return thread.raise<LookupError>("unknown encoding: {}", encoding);
}

Result<void> register_error_handler(Thread& thread, Str* name, Value handler) {
  if (!is_callable(thread, handler)) return thread.raise<TypeError>("handler must be callable");
  return dict_set_name(thread, error_handlers(thread), intern(thread, name), handler);
}

void set_builtin_error_handler(Thread& thread, std::string_view name, Value handler) {
  MUST(dict_set_name(thread, error_handlers(thread), intern(thread, name), handler));
}

Result<Value> lookup_error_handler(Thread& thread, Str* name) {
  if (name == nullptr || name->length() == 0) name = thread.names().strict;
  if (error_handlers(thread)->get_str(thread.names().strict).raw().is_absent()) TRY(import_module(thread, "_codecs"));
  Optional<Value> handler = error_handlers(thread)->get_str(intern(thread, name));
  if (!handler) return thread.raise<LookupError>("unknown error handler name '{}'", name);
  return *handler;
}

// --- codecs through the registry

namespace {

enum class Way : uint8_t { kEncode, kDecode };

/// Whether a class made in Python makes its objects its own way.
bool has_own_construction(Thread& thread, Type* type) {
  Tuple* order = type->mro();
  for (int64_t i = 0; i < order->length(); ++i) {
    auto* each = try_cast<Type>(order->at(i));
    if (each == nullptr || !each->is_heap_type()) continue;
    Dict* dict = each->dict();
    if (dict->get_str(intern(thread, "__init__")) || dict->get_str(intern(thread, "__new__"))) return true;
  }
  return false;
}

/// An exception that is nothing but its text is told again with the codec's name (as its cause).
Raised explain_failure(Thread& thread, Way way, Str* encoding) {
  ExceptionObject* cause = thread.pending();
  Type* type = type_of(thread, to_value(cause));
  Runtime& runtime = thread.runtime();
  for (ExceptionKind kind : {ExceptionKind::OSError, ExceptionKind::UnicodeError, ExceptionKind::SyntaxError,
                             ExceptionKind::ImportError, ExceptionKind::StopIteration, ExceptionKind::SystemExit,
                             ExceptionKind::AttributeError, ExceptionKind::NameError})
    if (is_subtype(type, runtime.exception_type(kind)) && type != runtime.exception_type<UnicodeError>())
      return Raised{};
  Tuple* args = cause->args_.get();
  if (has_own_construction(thread, type) || args->length() > 1 || (args->length() == 1 && !is_str(args->at(0))))
    return Raised{};
  cause = thread.take_pending();
  Dict* attributes = TRY(copy_instance_dict(thread, cause));
  if (attributes != nullptr && attributes->length() > 0) return thread.raise_object(cause);
  Str* text = TRY(str(thread, to_value(cause)));
  Str* message = format_text(thread, "{} with '{}' codec failed ({}: {})",
                             way == Way::kEncode ? "encoding" : "decoding", encoding, type, text);
  Value fresh = TRY(call(thread, to_value(type), to_value(message)));
  auto* error = cast<ExceptionObject>(fresh);
  thread.raise_object(error);
  error->cause_.set(error, to_value(cause));
  error->context_.set(error, to_value(cause));
  error->suppress_context_ = 1;
  return Raised{};
}

Result<Value> run_codec(Thread& thread, Tuple* codec, Way way, Value object, Str* encoding, Str* errors) {
  Value function = codec->at(way == Way::kEncode ? 0 : 1);
  Result<Value> called = errors == nullptr || errors->length() == 0 ? call(thread, function, object)
                                                                    : call(thread, function, object, to_value(errors));
  if (called.is_raised()) return explain_failure(thread, way, encoding);
  Value answer = called.take();
  if (!is<Tuple>(answer) || cast<Tuple>(answer)->length() != 2)
    return thread.raise<TypeError>(way == Way::kEncode ? "encoder must return a tuple (object, integer)"
                                                       : "decoder must return a tuple (object,integer)");
  return cast<Tuple>(answer)->at(0);
}

/// str.encode and bytes.decode refuse codecs that are no text encodings.
Result<Tuple*> lookup_text_codec(Thread& thread, Str* encoding, Way way) {
  Tuple* codec = TRY(lookup_codec(thread, encoding));
  if (is_exact<Tuple>(to_value(codec))) return codec;
  Optional<Value> mark = TRY(find_attribute(thread, to_value(codec), intern(thread, "_is_text_encoding")));
  if (mark && !TRY(is_true(thread, *mark)))
    return thread.raise<LookupError>("'{}' is not a text encoding; use {} to handle arbitrary codecs", encoding,
                                     way == Way::kEncode ? "codecs.encode()" : "codecs.decode()");
  return codec;
}

}  // namespace

Result<Value> encode_with_codec(Thread& thread, Value object, Str* encoding, Str* errors) {
  return run_codec(thread, TRY(lookup_codec(thread, encoding)), Way::kEncode, object, encoding, errors);
}

Result<Value> decode_with_codec(Thread& thread, Value object, Str* encoding, Str* errors) {
  return run_codec(thread, TRY(lookup_codec(thread, encoding)), Way::kDecode, object, encoding, errors);
}

// --- str.encode, bytes.decode

namespace {

/// -X dev: unknown names are errors even where nothing needs them.
Result<void> check_codec_names(Thread& thread, Str* encoding, Str* errors) {
  if (!thread.runtime().options().dev_mode) return {};
  if (encoding != nullptr && quick_codec(encoding) == Quick::kNone) TRY(lookup_codec(thread, encoding));
  if (errors != nullptr) TRY(lookup_error_handler(thread, errors));
  return {};
}

}  // namespace

Result<Value> encode_text(Thread& thread, Str* text, Str* encoding, Str* errors) {
  TRY(check_codec_names(thread, encoding, errors));
  Quick quick = quick_codec(encoding);
  if (quick == Quick::kNone) {
    Tuple* codec = TRY(lookup_text_codec(thread, encoding, Way::kEncode));
    Value result = TRY(run_codec(thread, codec, Way::kEncode, to_value(text), encoding, errors));
    if (is<Bytes>(result)) return result;
    if (has_kind(result, Kind::ByteArray)) {
      auto data = cast<ByteArray>(result)->span();
      return to_value(TRY(try_make_bytes(thread, data.data(), static_cast<int64_t>(data.size()))));
    }
    return thread.raise<TypeError>(
        "'{}' encoder returned '{}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types", encoding,
        type_name_of(result));
  }
  if (text->is_ascii() && quick <= Quick::kAscii)
    return to_value(TRY(try_make_bytes(thread, text->data8(), text->length())));
  TextView view = view_of(text);
  if (quick == Quick::kUtf8) {
    bool has_surrogates = false;
    size_t size = utf8_size(view, &has_surrogates);
    if (!has_surrogates) {
      Bytes* result = TRY(try_make_bytes(thread, nullptr, static_cast<int64_t>(size)));
      encode_valid_utf8(view, result->data());
      return to_value(result);
    }
  }
  if (quick == Quick::kLatin1 && view.width == 1)
    return to_value(TRY(try_make_bytes(thread, text->data8(), text->length())));
  EncodeHandler handler(thread, text, errors);
  EncodeErrors on_error = handler.errors();
  ByteBuffer out;
  switch (quick) {
    case Quick::kUtf8:
      return handler.finish(encode_utf8(view, on_error, out), out);
    case Quick::kLatin1:
      return handler.finish(encode_latin1(view, on_error, out), out);
    case Quick::kAscii:
      return handler.finish(encode_ascii(view, on_error, out), out);
    case Quick::kUtf16:
      return handler.finish(encode_utf16(view, on_error, ByteOrder::kNative, out), out);
    default:
      return handler.finish(encode_utf32(view, on_error, ByteOrder::kNative, out), out);
  }
}

Result<Str*> decode_data(Thread& thread, Value object, ByteView data, Str* encoding, Str* errors) {
  TRY(check_codec_names(thread, encoding, errors));
  if (data.empty()) return thread.runtime().empty_str();
  Quick quick = quick_codec(encoding);
  if (quick == Quick::kNone) {
    Tuple* codec = TRY(lookup_text_codec(thread, encoding, Way::kDecode));
    Value result = TRY(run_codec(thread, codec, Way::kDecode, object, encoding, errors));
    if (is_str(result)) return as_str(thread, result);
    return thread.raise<TypeError>(
        "'{}' decoder returned '{}' instead of 'str'; use codecs.decode() to decode to arbitrary types", encoding,
        type_name_of(result));
  }
  if (quick == Quick::kLatin1) return make_text(thread, view_of(data));
  if (quick <= Quick::kAscii && is_ascii(data.data(), data.size())) {
    if (data.size() == 1) return make_character(thread, data[0]);
    Str* text = Str::try_make(thread.heap(), static_cast<int64_t>(data.size()), Str::Width::Ascii);
    if (text == nullptr) return thread.raise_memory_error();
    std::memcpy(text->data8(), data.data(), data.size());
    return text;
  }
  if (quick == Quick::kUtf8) {
    Utf8Scan scan = scan_utf8(data);
    if (scan.bytes == data.size()) {
      if (scan.length == 1 && data.size() == 2)
        return make_character(thread, (data[0] & 0x1Fu) << 6 | (data[1] & 0x3Fu));
      Str* text = Str::try_make(thread.heap(), static_cast<int64_t>(scan.length), width_of_bits(scan.bits));
      if (text == nullptr) return thread.raise_memory_error();
      decode_valid_utf8(data.data(), data.size(), text->data(), static_cast<uint8_t>(text->unit_size()));
      return text;
    }
  }
  DecodeHandler handler(thread, object, data, errors);
  DecodeErrors on_error = handler.errors();
  TextBuffer out;
  ByteOrder order = ByteOrder::kNative;
  switch (quick) {
    case Quick::kUtf8:
      return handler.finish(decode_utf8(data, on_error, Final::kYes, out), out);
    case Quick::kAscii:
      return handler.finish(decode_ascii(data, on_error, out), out);
    case Quick::kUtf16:
      return handler.finish(decode_utf16(data, on_error, Final::kYes, order, out), out);
    default:
      return handler.finish(decode_utf32(data, on_error, Final::kYes, order, out), out);
  }
}

Result<Str*> decode_object(Thread& thread, Value object, Str* encoding, Str* errors) {
  if (is<Bytes>(object)) return decode_data(thread, object, cast<Bytes>(object)->span(), encoding, errors);
  if (!has_buffer(thread, object))
    return thread.raise<TypeError>("decoding to str: need a bytes-like object, {} found", type_name_of(object));
  BufferScope buffer(thread);
  TRY(buffer.acquire(object));
  Value source = object;
  if (quick_codec(encoding) == Quick::kNone)
    source = to_value(TRY(try_make_bytes(thread, buffer.data(), buffer.length())));
  return decode_data(thread, source, buffer.span(), encoding, errors);
}

}  // namespace viperine
