// SPDX-License-Identifier: MIT
// pyexpat: the library's callbacks. Each makes its arguments and calls the Python handler; after an exception nothing
// is called any more and the parse stops.
#ifdef VIPERINE_HAS_EXPAT
#include "modules/expat/parser.h"
#include "runtime/codecs.h"

namespace viperine {

namespace {

/// What a callback works with; false when the handler must not be called.
struct Event {
  ParserSession& session;
  Thread& thread;
  ExpatParser* self;
  XmlHandler which;
  explicit Event(void* data, XmlHandler which)
      : session(*static_cast<ParserSession*>(data)), thread(session.thread), self(session.self), which(which) {}

  bool begin() {
    if (session.failed || self->handler(which).is_none()) return false;
    if (!flush_text(thread, self).is_raised()) return !self->handler(which).is_none();
    fail();
    return false;
  }
  void fail() {
    session.failed = true;
    for (int i = 0; i < static_cast<int>(XmlHandler::kCount); ++i) {
      self->handlers_->set(i, Value::none());
      install_handler(self, static_cast<XmlHandler>(i), false);
    }
    XML_StopParser(self->parser_, XML_FALSE);
  }
  template <typename... Values>
  Optional<Value> call_handler(Values... values) {
    uint8_t outer = self->in_callback_;
    self->in_callback_ = 1;
    auto result = call(thread, self->handler(which), values...);
    self->in_callback_ = outer;
    if (!result.is_raised()) return result.take();
    fail();
    return {};
  }
  /// For handlers whose answer tells whether to go on.
  template <typename... Values>
  int call_for_status(Values... values) {
    Optional<Value> answer = call_handler(values...);
    if (!answer) return 0;
    auto number = is_integer(*answer) ? to_c_int64(thread, *answer) : Result<int64_t>([&] {
      auto index = to_index(thread, *answer);
      return index.is_raised() ? Result<int64_t>(Raised{}) : to_c_int64(thread, index.take());
    }());
    if (!number.is_raised()) return static_cast<int>(number.take());
    fail();
    return 0;
  }

  Value text(const XML_Char* utf8) { return utf8 == nullptr ? Value::none() : to_value(make_str(thread, utf8)); }
  Value text(const XML_Char* utf8, int length) {
    if (utf8 == nullptr) return Value::none();
    return to_value(make_str(thread, {utf8, static_cast<size_t>(length)}));
  }
  /// The same text from the parser's dict of names.
  Value name(const XML_Char* utf8) {
    Value value = text(utf8);
    Value table = self->intern_.get();
    if (value.is_none() || !is<Dict>(table)) return value;
    auto kept = dict_set_default(thread, cast<Dict>(table), value, value);
    if (!kept.is_raised()) return kept.take();
    thread.clear_pending();
    return value;
  }
};

Result<Value> attributes_of(Event& event, const XML_Char** attributes) {
  Thread& thread = event.thread;
  int count = 0;
  if (event.self->specified_attributes_)
    count = XML_GetSpecifiedAttributeCount(event.self->parser_);
  else
    while (attributes[count] != nullptr) count += 2;
  if (event.self->ordered_attributes_) {
    List* list = List::make(thread.heap());
    for (int i = 0; i < count; i += 2) {
      TRY(list_append_value(thread, list, event.name(attributes[i])));
      TRY(list_append_value(thread, list, event.text(attributes[i + 1])));
    }
    return to_value(list);
  }
  Dict* dict = Dict::make(thread.heap());
  for (int i = 0; i < count; i += 2)
    TRY(dict_set(thread, dict, event.name(attributes[i]), event.text(attributes[i + 1])));
  return to_value(dict);
}

void start_element(void* data, const XML_Char* name, const XML_Char** attributes) {
  Event event(data, XmlHandler::StartElement);
  if (!event.begin()) return;
  Value tag = event.name(name);
  auto container = attributes_of(event, attributes);
  if (container.is_raised()) return event.fail();
  event.call_handler(tag, container.take());
}
void end_element(void* data, const XML_Char* name) {
  Event event(data, XmlHandler::EndElement);
  if (event.begin()) event.call_handler(event.name(name));
}
void processing_instruction(void* data, const XML_Char* target, const XML_Char* instruction) {
  Event event(data, XmlHandler::ProcessingInstruction);
  if (event.begin()) event.call_handler(event.name(target), event.text(instruction));
}
void call_with_text(Event& event, const XML_Char* text, int length) { event.call_handler(event.text(text, length)); }

void character_data(void* data, const XML_Char* text, int length) {
  Event event(data, XmlHandler::CharacterData);
  if (event.session.failed || event.self->handler(event.which).is_none()) return;
  std::string* buffer = event.self->text_;
  if (buffer == nullptr) return call_with_text(event, text, length);
  auto size = static_cast<size_t>(length), limit = static_cast<size_t>(event.self->text_limit_);
  if (buffer->size() + size > limit) {
    if (flush_text(event.thread, event.self).is_raised()) return event.fail();
    if (event.self->handler(event.which).is_none()) return;
    buffer = event.self->text_;
  }
  if (size > limit || buffer == nullptr) {
    call_with_text(event, text, length);
    if (buffer != nullptr) buffer->clear();
  } else {
    buffer->append(text, size);
  }
}
void no_character_data(void*, const XML_Char*, int) {}

void unparsed_entity(void* data, const XML_Char* entity, const XML_Char* base, const XML_Char* system,
                     const XML_Char* public_name, const XML_Char* notation) {
  Event event(data, XmlHandler::UnparsedEntityDecl);
  if (event.begin())
    event.call_handler(event.name(entity), event.name(base), event.name(system), event.name(public_name),
                       event.name(notation));
}
void notation(void* data, const XML_Char* name, const XML_Char* base, const XML_Char* system,
              const XML_Char* public_name) {
  Event event(data, XmlHandler::NotationDecl);
  if (event.begin())
    event.call_handler(event.name(name), event.name(base), event.name(system), event.name(public_name));
}
void start_namespace(void* data, const XML_Char* prefix, const XML_Char* uri) {
  Event event(data, XmlHandler::StartNamespaceDecl);
  if (event.begin()) event.call_handler(event.name(prefix), event.name(uri));
}
void end_namespace(void* data, const XML_Char* prefix) {
  Event event(data, XmlHandler::EndNamespaceDecl);
  if (event.begin()) event.call_handler(event.name(prefix));
}
void comment(void* data, const XML_Char* text) {
  Event event(data, XmlHandler::Comment);
  if (event.begin()) event.call_handler(event.text(text));
}
void start_cdata(void* data) {
  Event event(data, XmlHandler::StartCdataSection);
  if (event.begin()) event.call_handler();
}
void end_cdata(void* data) {
  Event event(data, XmlHandler::EndCdataSection);
  if (event.begin()) event.call_handler();
}
void default_text(void* data, const XML_Char* text, int length) {
  Event event(data, XmlHandler::Default);
  if (event.begin()) call_with_text(event, text, length);
}
void default_expanded_text(void* data, const XML_Char* text, int length) {
  Event event(data, XmlHandler::DefaultHandlerExpand);
  if (event.begin()) call_with_text(event, text, length);
}
int not_standalone(void* data) {
  Event event(data, XmlHandler::NotStandalone);
  return event.begin() ? event.call_for_status() : 0;
}
int external_entity(XML_Parser parser, const XML_Char* context, const XML_Char* base, const XML_Char* system,
                    const XML_Char* public_name) {
  Event event(XML_GetUserData(parser), XmlHandler::ExternalEntityRef);
  if (!event.begin()) return 0;
  return event.call_for_status(event.text(context), event.name(base), event.name(system), event.name(public_name));
}
void start_doctype(void* data, const XML_Char* name, const XML_Char* system, const XML_Char* public_name,
                   int has_internal_subset) {
  Event event(data, XmlHandler::StartDoctypeDecl);
  if (event.begin())
    event.call_handler(event.name(name), event.name(system), event.name(public_name),
                       Value::from_int(has_internal_subset));
}
void end_doctype(void* data) {
  Event event(data, XmlHandler::EndDoctypeDecl);
  if (event.begin()) event.call_handler();
}
void entity(void* data, const XML_Char* name, int is_parameter, const XML_Char* value, int length, const XML_Char* base,
            const XML_Char* system, const XML_Char* public_name, const XML_Char* notation_name) {
  Event event(data, XmlHandler::EntityDecl);
  if (event.begin())
    event.call_handler(event.name(name), Value::from_int(is_parameter), event.text(value, length), event.name(base),
                       event.name(system), event.name(public_name), event.name(notation_name));
}
void xml_declaration(void* data, const XML_Char* version, const XML_Char* encoding, int standalone) {
  Event event(data, XmlHandler::XmlDecl);
  if (event.begin()) event.call_handler(event.text(version), event.text(encoding), Value::from_int(standalone));
}
/// (type, quantity, name, children)
Result<Value> content_model(Event& event, const XML_Content& model, int depth) {
  if (event.thread.native_recursion_exceeded("")) return Raised{};
  Tuple* children = TRY(make_tuple(event.thread, static_cast<int64_t>(model.numchildren)));
  for (unsigned i = 0; i < model.numchildren; ++i)
    children->set(i, TRY(content_model(event, model.children[i], depth + 1)));
  return to_value(Tuple::of(event.thread.heap(), Value::from_int(model.type), Value::from_int(model.quant),
                            event.name(model.name), to_value(children)));
}
void element_declaration(void* data, const XML_Char* name, XML_Content* model) {
  Event event(data, XmlHandler::ElementDecl);
  if (event.begin()) {
    auto shown = content_model(event, *model, 0);
    if (shown.is_raised())
      event.fail();
    else
      event.call_handler(event.name(name), shown.take());
  }
  XML_FreeContentModel(event.self->parser_, model);
}
void attribute_list(void* data, const XML_Char* element, const XML_Char* attribute_name, const XML_Char* type,
                    const XML_Char* fallback, int is_required) {
  Event event(data, XmlHandler::AttlistDecl);
  if (event.begin())
    event.call_handler(event.name(element), event.name(attribute_name), event.text(type), event.text(fallback),
                       Value::from_int(is_required));
}
void skipped_entity(void* data, const XML_Char* name, int is_parameter) {
  Event event(data, XmlHandler::SkippedEntity);
  if (event.begin()) event.call_handler(event.name(name), Value::from_int(is_parameter));
}

}  // namespace

Result<void> flush_text(Thread& thread, ExpatParser* self) {
  if (self->text_ == nullptr || self->text_->empty()) return {};
  Value handler = self->handler(XmlHandler::CharacterData);
  Str* text = make_str(thread, *self->text_);
  self->text_->clear();
  if (handler.is_none()) return {};
  uint8_t outer = self->in_callback_;
  self->in_callback_ = 1;
  auto result = call(thread, handler, to_value(text));
  self->in_callback_ = outer;
  if (result.is_raised()) return Raised{};
  return {};
}

void install_handler(ExpatParser* self, XmlHandler which, bool present) {
  XML_Parser parser = self->parser_;
  switch (which) {
    case XmlHandler::StartElement:
      return XML_SetStartElementHandler(parser, present ? start_element : nullptr);
    case XmlHandler::EndElement:
      return XML_SetEndElementHandler(parser, present ? end_element : nullptr);
    case XmlHandler::ProcessingInstruction:
      return XML_SetProcessingInstructionHandler(parser, present ? processing_instruction : nullptr);
    case XmlHandler::CharacterData:
      // The library keeps the old handler in a local while it is inside it: the new one must be callable then.
      return XML_SetCharacterDataHandler(parser, present              ? character_data
                                                 : self->in_callback_ ? no_character_data
                                                                      : nullptr);
    case XmlHandler::UnparsedEntityDecl:
      return XML_SetUnparsedEntityDeclHandler(parser, present ? unparsed_entity : nullptr);
    case XmlHandler::NotationDecl:
      return XML_SetNotationDeclHandler(parser, present ? notation : nullptr);
    case XmlHandler::StartNamespaceDecl:
      return XML_SetStartNamespaceDeclHandler(parser, present ? start_namespace : nullptr);
    case XmlHandler::EndNamespaceDecl:
      return XML_SetEndNamespaceDeclHandler(parser, present ? end_namespace : nullptr);
    case XmlHandler::Comment:
      return XML_SetCommentHandler(parser, present ? comment : nullptr);
    case XmlHandler::StartCdataSection:
      return XML_SetStartCdataSectionHandler(parser, present ? start_cdata : nullptr);
    case XmlHandler::EndCdataSection:
      return XML_SetEndCdataSectionHandler(parser, present ? end_cdata : nullptr);
    case XmlHandler::Default:
      return XML_SetDefaultHandler(parser, present ? default_text : nullptr);
    case XmlHandler::DefaultHandlerExpand:
      return XML_SetDefaultHandlerExpand(parser, present ? default_expanded_text : nullptr);
    case XmlHandler::NotStandalone:
      return XML_SetNotStandaloneHandler(parser, present ? not_standalone : nullptr);
    case XmlHandler::ExternalEntityRef:
      return XML_SetExternalEntityRefHandler(parser, present ? external_entity : nullptr);
    case XmlHandler::StartDoctypeDecl:
      return XML_SetStartDoctypeDeclHandler(parser, present ? start_doctype : nullptr);
    case XmlHandler::EndDoctypeDecl:
      return XML_SetEndDoctypeDeclHandler(parser, present ? end_doctype : nullptr);
    case XmlHandler::EntityDecl:
      return XML_SetEntityDeclHandler(parser, present ? entity : nullptr);
    case XmlHandler::XmlDecl:
      return XML_SetXmlDeclHandler(parser, present ? xml_declaration : nullptr);
    case XmlHandler::ElementDecl:
      return XML_SetElementDeclHandler(parser, present ? element_declaration : nullptr);
    case XmlHandler::AttlistDecl:
      return XML_SetAttlistDeclHandler(parser, present ? attribute_list : nullptr);
    case XmlHandler::SkippedEntity:
      return XML_SetSkippedEntityHandler(parser, present ? skipped_entity : nullptr);
    case XmlHandler::kCount:
      return;
  }
}

Result<void> set_handler(Thread& thread, ExpatParser* self, XmlHandler which, Value value) {
  if (value.is_absent()) return thread.raise<RuntimeError>("Cannot delete attribute");
  if (which == XmlHandler::CharacterData) TRY(flush_text(thread, self));
  self->handlers_->set(static_cast<int64_t>(which), value);
  install_handler(self, which, !value.is_none());
  return {};
}

int decode_unknown_encoding(void* data, const XML_Char* name, XML_Encoding* info) {
  auto& session = *static_cast<ParserSession*>(data);
  if (session.failed) return XML_STATUS_ERROR;
  Thread& thread = session.thread;
  char bytes[256];
  for (int i = 0; i < 256; ++i) bytes[i] = static_cast<char>(i);
  auto decoded = [&]() -> Result<Str*> {
    Value encoding = to_value(TRY(decode_utf8(thread, name)));
    Value errors = to_value(intern(thread, "replace"));
    Value source = to_value(make_bytes(thread, {bytes, 256}));
    Str* text = TRY(decode_object(thread, source, as_str(thread, encoding), as_str(thread, errors)));
    if (text->length() != 256) return thread.raise<ValueError>("multi-byte encodings are not supported");
    return text;
  }();
  if (decoded.is_raised()) {
    session.failed = true;
    return XML_STATUS_ERROR;
  }
  for (int i = 0; i < 256; ++i) {
    uint32_t code_point = decoded.take()->at(i);
    info->map[i] = code_point == 0xFFFD ? -1 : static_cast<int>(code_point);
  }
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

}  // namespace viperine
#endif
