// SPDX-License-Identifier: MIT
// pyexpat: the parser object over libexpat, and what its files share.
// Invariant: while the library is active for a parser, session_ is on the native stack of the call that runs it, so the
// object cannot move; callbacks find everything through the session.
#pragma once

#include <expat.h>

#include <string>

#include "objects/array.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"

namespace viperine {

/// Handlers by number, in the order of CPython's attributes.
enum class XmlHandler {
#define HANDLER(name) name,
#include "modules/expat/handlers.def"
#undef HANDLER
  kCount
};

struct ParserSession;

class ExpatParser final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ExpatParser;
  Value handler(XmlHandler which) const { return handlers_->at(static_cast<int64_t>(which)); }
  Slot<Array> handlers_;  // None where there is none
  Slot<Value> intern_;    // a dict
  Slot<Value> parent_;    // of a parser for an external entity
  XML_Parser parser_;
  ParserSession* session_;
  std::string* text_;   // buffered character data; null when buffer_text is off
  int64_t text_limit_;  // buffer_size
  uint8_t ordered_attributes_, specified_attributes_, namespace_prefixes_, in_callback_;
  uint32_t padding_;
  static void release(HeapObject* object);
  LAYOUT(ExpatParser, HeapObject, handlers_, intern_, parent_, parser_, session_, text_, text_limit_,
         ordered_attributes_, specified_attributes_, namespace_prefixes_, in_callback_, padding_);
};

/// One activation of the library for a parser.
struct ParserSession {
  ParserSession(Thread& thread, ExpatParser* self) : thread(thread), self(self), outer(self->session_) {
    self->session_ = this;
    XML_SetUserData(self->parser_, this);
  }
  ~ParserSession() {
    self->session_ = outer;
    XML_SetUserData(self->parser_, outer);
  }
  ParserSession(const ParserSession&) = delete;
  Thread& thread;
  ExpatParser* self;
  ParserSession* outer;
  bool failed = false;  // a handler raised: no handler is called any more
};

/// Gives buffered character data to its handler.
Result<void> flush_text(Thread& thread, ExpatParser* self);
/// Sets or (None) removes a handler, in the library too.
Result<void> set_handler(Thread& thread, ExpatParser* self, XmlHandler which, Value value);
void install_handler(ExpatParser* self, XmlHandler which, bool present);
int decode_unknown_encoding(void* data, const XML_Char* name, XML_Encoding* info);
/// A fresh parser object around `parser`.
Result<ExpatParser*> wrap_parser(Thread& thread, XML_Parser parser, Value intern);
/// ExpatError "no element found: line 1, column 0" with code, lineno, offset.
Raised raise_expat_error(Thread& thread, XML_Parser parser, XML_Error code);
extern const TypeSpec kXmlParserType;

}  // namespace viperine
