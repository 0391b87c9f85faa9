// SPDX-License-Identifier: MIT
// pyexpat: the type xmlparser: parsing, attributes, parsers of external entities. Callbacks are in handlers.cpp.
#ifdef VIPERINE_HAS_EXPAT
#include "modules/expat/parser.h"

#include <limits.h>

#include "runtime/import.h"

namespace viperine {

void ExpatParser::release(HeapObject* object) {
  auto* self = static_cast<ExpatParser*>(object);
  if (self->parser_ != nullptr) XML_ParserFree(self->parser_);
  delete self->text_;
  self->parser_ = nullptr;
  self->text_ = nullptr;
}

Raised raise_expat_error(Thread& thread, XML_Parser parser, XML_Error code) {
  auto line = static_cast<int64_t>(XML_GetErrorLineNumber(parser));
  auto column = static_cast<int64_t>(XML_GetErrorColumnNumber(parser));
  Value module = to_value(native_module(thread, "pyexpat"));
  Value text = to_value(format_text(thread, "{}: line {}, column {}", XML_ErrorString(code), line, column));
  auto type = get_attribute(thread, module, "ExpatError");
  if (type.is_raised()) return Raised{};
  auto error = call(thread, type.take(), text);
  if (error.is_raised()) return Raised{};
  Value exception = error.take();
  if (set_attribute(thread, exception, intern(thread, "code"), Value::from_int(code)).is_raised() ||
      set_attribute(thread, exception, intern(thread, "offset"), Value::from_int(column)).is_raised() ||
      set_attribute(thread, exception, intern(thread, "lineno"), Value::from_int(line)).is_raised())
    return Raised{};
  return thread.raise_object(cast<ExceptionObject>(exception));
}

Result<ExpatParser*> wrap_parser(Thread& thread, XML_Parser parser, Value intern) {
  auto* self = make_exact<ExpatParser>(thread, Kind::ExpatParser);
  self->handlers_.initialize(nullptr);
  self->intern_.initialize(intern);
  self->parent_.initialize(Value::none());
  self->parser_ = parser;
  self->session_ = nullptr;
  self->text_ = nullptr;
  self->text_limit_ = 8192;
  self->ordered_attributes_ = self->specified_attributes_ = self->namespace_prefixes_ = self->in_callback_ = 0;
  thread.heap().register_special(self);
  constexpr auto kCount = static_cast<int64_t>(XmlHandler::kCount);
  self->handlers_.set(self, Array::try_make(thread.heap(), kCount));
  for (int64_t i = 0; i < kCount; ++i) self->handlers_->set(i, Value::none());
  XML_SetUserData(parser, nullptr);
  XML_SetUnknownEncodingHandler(
      parser,
      [](void* data, const XML_Char* name, XML_Encoding* info) {
        return decode_unknown_encoding(XML_GetUserData(static_cast<XML_Parser>(data)), name, info);
      },
      parser);
  return self;
}

namespace {

constexpr size_t kChunk = size_t{1} << 20;

/// The end of a call of the library: what a handler raised, or the library's own error.
Result<Value> finish(Thread& thread, ExpatParser* self, bool failed, XML_Status status) {
  if (failed) return Raised{};
  if (status == XML_STATUS_ERROR) return raise_expat_error(thread, self->parser_, XML_GetErrorCode(self->parser_));
  TRY(flush_text(thread, self));
  return Value::from_int(status);
}

Result<Value> parser_parse(Thread& thread, ExpatParser* self, Value data, bool is_final) {
  BufferScope buffer(thread);
  if (is_str(data)) {
    data = to_value(TRY(encode_utf8(thread, as_str(thread, data))));
    XML_SetEncoding(self->parser_, "utf-8");
  }
  TRY(buffer.acquire(data));
  bool failed;
  XML_Status status;
  {
    ParserSession session(thread, self);
    auto left = static_cast<size_t>(buffer.length());
    const char* at = buffer.text().data();
    status = XML_STATUS_OK;
    while (left > kChunk && status == XML_STATUS_OK && !session.failed) {
      status = XML_Parse(self->parser_, at, static_cast<int>(kChunk), 0);
      at += kChunk;
      left -= kChunk;
    }
    if (status == XML_STATUS_OK && !session.failed)
      status = XML_Parse(self->parser_, at, static_cast<int>(left), is_final);
    failed = session.failed;
  }
  return finish(thread, self, failed, status);
}

Result<Value> parser_parse_file(Thread& thread, ExpatParser* self, Value file) {
  Optional<Value> read = TRY(find_attribute(thread, file, thread.names().read));
  if (!read) return thread.raise<TypeError>("argument must have 'read' attribute");
  constexpr int kBlock = 2048;
  for (;;) {
    Value data = TRY(call(thread, *read, Value::from_int(kBlock)));
    std::string_view text;
    if (is<Bytes>(data))
      text = cast<Bytes>(data)->view();
    else if (is<ByteArray>(data))
      text = {reinterpret_cast<const char*>(cast<ByteArray>(data)->data()), cast<ByteArray>(data)->span().size()};
    else
      return thread.raise<TypeError>("read() did not return a bytes object (type={})", type_name_of(data));
    if (text.size() > kBlock)
      return thread.raise<ValueError>("read() returned too much data: {} bytes requested, {} returned", kBlock,
                                      text.size());
    bool failed;
    XML_Status status;
    {
      ParserSession session(thread, self);
      status = XML_Parse(self->parser_, text.data(), static_cast<int>(text.size()), text.empty());
      failed = session.failed;
    }
    if (failed) return Raised{};
    if (status != XML_STATUS_OK || text.empty()) return finish(thread, self, false, status);
  }
}

Result<void> parser_set_base(Thread& thread, ExpatParser* self, Str* base) {
  if (XML_SetBase(self->parser_, TRY(encode_utf8(thread, base))->view().data()) == 0)
    return thread.raise_memory_error();
  return {};
}
Value parser_get_base(Thread& thread, ExpatParser* self) {
  const XML_Char* base = XML_GetBase(self->parser_);
  return base == nullptr ? Value::none() : to_value(make_str(thread, base));
}
Value parser_get_input_context(Thread& thread, ExpatParser* self) {
  if (!self->in_callback_) return Value::none();
  int offset = 0, size = 0;
  const char* text = XML_GetInputContext(self->parser_, &offset, &size);
  if (text == nullptr) return Value::none();
  return to_value(make_bytes(thread, {text + offset, static_cast<size_t>(size - offset)}));
}
Result<Value> parser_set_param_entity_parsing(Thread&, ExpatParser* self, int flag) {
  return Value::from_int(XML_SetParamEntityParsing(self->parser_, static_cast<XML_ParamEntityParsing>(flag)));
}
Result<void> parser_use_foreign_dtd(Thread& thread, ExpatParser* self, bool flag) {
  XML_Error code = XML_UseForeignDTD(self->parser_, flag);
  if (code != XML_ERROR_NONE) return raise_expat_error(thread, self->parser_, code);
  return {};
}

Result<Value> parser_external_entity(Thread& thread, ExpatParser* self, Value context, NoneOr<Str*> encoding) {
  Bytes* context_text = nullptr;
  if (!context.is_none()) {
    Str* text = try_str(thread, context);
    if (text == nullptr)
      return thread.raise<TypeError>("ExternalEntityParserCreate() argument 1 must be str or None, not {}",
                                     type_name_of(context));
    context_text = TRY(encode_utf8(thread, text));
  }
  Bytes* encoding_text = encoding ? TRY(encode_utf8(thread, encoding.get())) : nullptr;
  XML_Parser parser =
      XML_ExternalEntityParserCreate(self->parser_, context_text == nullptr ? nullptr : context_text->view().data(),
                                     encoding_text == nullptr ? nullptr : encoding_text->view().data());
  if (parser == nullptr) return thread.raise_memory_error();
  ExpatParser* child = TRY(wrap_parser(thread, parser, self->intern_.get()));
  child->parent_.set(child, to_value(self));
  child->text_limit_ = self->text_limit_;
  if (self->text_ != nullptr) child->text_ = new std::string();
  child->ordered_attributes_ = self->ordered_attributes_;
  child->specified_attributes_ = self->specified_attributes_;
  child->namespace_prefixes_ = self->namespace_prefixes_;
  for (int i = 0; i < static_cast<int>(XmlHandler::kCount); ++i) {
    Value handler = self->handlers_->at(i);
    child->handlers_->set(i, handler);
    if (!handler.is_none()) install_handler(child, static_cast<XmlHandler>(i), true);
  }
  return to_value(child);
}

// --- attributes

template <XmlHandler Which>
Value handler_getter(Thread&, ExpatParser* self) {
  return self->handler(Which);
}
template <XmlHandler Which>
Result<void> handler_setter(Thread& thread, ExpatParser* self, Value value) {
  return set_handler(thread, self, Which, value);
}
template <auto Ask>
Value position(Thread&, ExpatParser* self) {
  return Value::from_int(static_cast<int64_t>(Ask(self->parser_)));
}
template <auto Field>
Value flag_getter(Thread&, ExpatParser* self) {
  return Value::from_bool(self->*Field != 0);
}
Result<bool> flag_argument(Thread& thread, Value value) {
  if (value.is_absent()) return thread.raise<RuntimeError>("Cannot delete attribute");
  return is_true(thread, value);
}
template <auto Field>
Result<void> flag_setter(Thread& thread, ExpatParser* self, Value value) {
  self->*Field = TRY(flag_argument(thread, value));
  return {};
}
Result<void> set_namespace_prefixes(Thread& thread, ExpatParser* self, Value value) {
  self->namespace_prefixes_ = TRY(flag_argument(thread, value));
  XML_SetReturnNSTriplet(self->parser_, self->namespace_prefixes_);
  return {};
}
Value buffer_text(Thread&, ExpatParser* self) { return Value::from_bool(self->text_ != nullptr); }
Result<void> set_buffer_text(Thread& thread, ExpatParser* self, Value value) {
  bool on = TRY(flag_argument(thread, value));
  if (on == (self->text_ != nullptr)) return {};
  if (on) {
    self->text_ = new std::string();
    return {};
  }
  TRY(flush_text(thread, self));
  delete self->text_;
  self->text_ = nullptr;
  return {};
}
Value buffer_size(Thread&, ExpatParser* self) { return Value::from_int(self->text_limit_); }
Result<void> set_buffer_size(Thread& thread, ExpatParser* self, Value value) {
  if (value.is_absent()) return thread.raise<RuntimeError>("Cannot delete attribute");
  if (!is_integer(value)) return thread.raise<TypeError>("buffer_size must be an integer");
  int64_t size = TRY(to_c_int64(thread, value));
  if (size <= 0) return thread.raise<ValueError>("buffer_size must be greater than zero");
  if (size > INT_MAX) return thread.raise<ValueError>("buffer_size must not be greater than {}", INT_MAX);
  if (size != self->text_limit_) TRY(flush_text(thread, self));
  self->text_limit_ = size;
  return {};
}
Value buffer_used(Thread&, ExpatParser* self) {
  return Value::from_int(self->text_ == nullptr ? 0 : static_cast<int64_t>(self->text_->size()));
}
Value intern_getter(Thread&, ExpatParser* self) { return self->intern_.get(); }

constexpr NativeMethod kMethods[] = {
    method<parser_parse>("Parse($self, data, isfinal=False, /)", "Parse XML data."),
    method<parser_parse_file>("ParseFile($self, file, /)", "Parse XML data from file-like object."),
    method<parser_set_base>("SetBase($self, base, /)", "Set the base URL for the parser."),
    method<parser_get_base>("GetBase($self, /)", "Return base URL string for the parser."),
    method<parser_get_input_context>("GetInputContext($self, /)"),
    method<parser_external_entity>("ExternalEntityParserCreate($self, context, encoding=<unrepresentable>, /)"),
    method<parser_set_param_entity_parsing>("SetParamEntityParsing($self, flag, /)"),
    method<parser_use_foreign_dtd>("UseForeignDTD($self, flag=True, /)"),
};
#define FLAG(field, name) attribute<&flag_getter<&ExpatParser::field>, &flag_setter<&ExpatParser::field>>(name)
constexpr NativeAttribute kAttributes[] = {
#define DefaultHandlerExpandHandler DefaultHandlerExpand
#define HANDLER_NAME(name) #name
#define HANDLER_ATTRIBUTE(which, name) \
  attribute<&handler_getter<XmlHandler::which>, &handler_setter<XmlHandler::which>>(HANDLER_NAME(name)),
#define HANDLER(name) HANDLER_ATTRIBUTE(name, name##Handler)
#include "modules/expat/handlers.def"
#undef HANDLER
#undef HANDLER_ATTRIBUTE
#undef HANDLER_NAME
#undef DefaultHandlerExpandHandler
    attribute<&position<XML_GetErrorCode>>("ErrorCode"),
    attribute<&position<XML_GetCurrentLineNumber>>("ErrorLineNumber"),
    attribute<&position<XML_GetCurrentColumnNumber>>("ErrorColumnNumber"),
    attribute<&position<XML_GetCurrentByteIndex>>("ErrorByteIndex"),
    attribute<&position<XML_GetCurrentLineNumber>>("CurrentLineNumber"),
    attribute<&position<XML_GetCurrentColumnNumber>>("CurrentColumnNumber"),
    attribute<&position<XML_GetCurrentByteIndex>>("CurrentByteIndex"),
    attribute<&intern_getter>("intern"),
    attribute<&buffer_text, &set_buffer_text>("buffer_text"),
    attribute<&buffer_size, &set_buffer_size>("buffer_size"),
    attribute<&buffer_used>("buffer_used"),
    attribute<&flag_getter<&ExpatParser::namespace_prefixes_>, &set_namespace_prefixes>("namespace_prefixes"),
    FLAG(ordered_attributes_, "ordered_attributes"),
    FLAG(specified_attributes_, "specified_attributes"),
};
#undef FLAG

}  // namespace

extern const TypeSpec kXmlParserType = {.name = "pyexpat.xmlparser",
                                        .kind = Kind::ExpatParser,
                                        .flags = kTypeDisallowInstantiation,
                                        .layout = [] { return layout_of<ExpatParser>("xmlparser"); },
                                        .methods = kMethods,
                                        .attributes = kAttributes,
                                        .doc = "XML parser"};

}  // namespace viperine
#endif
