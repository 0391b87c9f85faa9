// SPDX-License-Identifier: MIT
// The module pyexpat: ParserCreate, ErrorString, the submodules errors and model.
#ifdef VIPERINE_HAS_EXPAT
#include "modules/expat/parser.h"
#include "runtime/import.h"

namespace viperine {

namespace {

// By error number, from 1.
constexpr const char* kErrorNames[] = {"NO_MEMORY",
                                       "SYNTAX",
                                       "NO_ELEMENTS",
                                       "INVALID_TOKEN",
                                       "UNCLOSED_TOKEN",
                                       "PARTIAL_CHAR",
                                       "TAG_MISMATCH",
                                       "DUPLICATE_ATTRIBUTE",
                                       "JUNK_AFTER_DOC_ELEMENT",
                                       "PARAM_ENTITY_REF",
                                       "UNDEFINED_ENTITY",
                                       "RECURSIVE_ENTITY_REF",
                                       "ASYNC_ENTITY",
                                       "BAD_CHAR_REF",
                                       "BINARY_ENTITY_REF",
                                       "ATTRIBUTE_EXTERNAL_ENTITY_REF",
                                       "MISPLACED_XML_PI",
                                       "UNKNOWN_ENCODING",
                                       "INCORRECT_ENCODING",
                                       "UNCLOSED_CDATA_SECTION",
                                       "EXTERNAL_ENTITY_HANDLING",
                                       "NOT_STANDALONE",
                                       "UNEXPECTED_STATE",
                                       "ENTITY_DECLARED_IN_PE",
                                       "FEATURE_REQUIRES_XML_DTD",
                                       "CANT_CHANGE_FEATURE_ONCE_PARSING",
                                       "UNBOUND_PREFIX",
                                       "UNDECLARING_PREFIX",
                                       "INCOMPLETE_PE",
                                       "XML_DECL",
                                       "TEXT_DECL",
                                       "PUBLICID",
                                       "SUSPENDED",
                                       "NOT_SUSPENDED",
                                       "ABORTED",
                                       "FINISHED",
                                       "SUSPEND_PE",
                                       "RESERVED_PREFIX_XML",
                                       "RESERVED_PREFIX_XMLNS",
                                       "RESERVED_NAMESPACE_URI",
                                       "INVALID_ARGUMENT",
                                       "NO_BUFFER",
                                       "AMPLIFICATION_LIMIT_BREACH"};

Result<Value> parser_create(Thread& thread, Value encoding, Value separator, Optional<Value> intern) {
  const char* names[] = {"encoding", "namespace_separator"};
  const Value given[] = {encoding, separator};
  Bytes* texts[2] = {};
  for (int i = 0; i < 2; ++i) {
    if (given[i].is_none()) continue;
    if (!is_str(given[i]))
      return thread.raise<TypeError>("ParserCreate() argument '{}' must be str or None, not {}", names[i],
                                     type_name_of(given[i]));
    texts[i] = TRY(encode_utf8(thread, as_str(thread, given[i])));
  }
  if (texts[1] != nullptr && texts[1]->length() > 1)
    return thread.raise<ValueError>("namespace_separator must be at most one character, omitted, or None");
  Value names_dict = Value::none();
  if (!intern)
    names_dict = to_value(Dict::make(thread.heap()));
  else if (!(*intern).is_none() && !is<Dict>(*intern))
    return thread.raise<TypeError>("intern must be a dictionary");
  else
    names_dict = *intern;
  XML_Parser parser =
      XML_ParserCreate_MM(texts[0] == nullptr ? nullptr : texts[0]->view().data(), nullptr,
                          texts[1] == nullptr ? nullptr : reinterpret_cast<const XML_Char*>(texts[1]->data()));
  if (parser == nullptr) return thread.raise_memory_error();
  uint64_t salt = thread.runtime().options().hash_key[0] ^ 0x9E3779B97F4A7C15u;
  XML_SetHashSalt(parser, salt);
  return to_value(TRY(wrap_parser(thread, parser, names_dict)));
}

Value error_string(Thread& thread, int64_t code) {
  const char* text = XML_ErrorString(static_cast<XML_Error>(code));
  return text == nullptr ? Value::none() : to_value(make_str(thread, text));
}

constexpr NativeMethod kFunctions[] = {
    function<parser_create>("ParserCreate(encoding=None, namespace_separator=None, intern=<unrepresentable>)",
                            "Return a new XML parser object."),
    function<error_string>("ErrorString(code, /)", "Returns string error for given number."),
};

Result<Module*> add_submodule(Thread& thread, Module* parent, const char* name, const char* full, const char* doc) {
  Module* module = make_module(thread, intern(thread, full));
  TRY(add_text(thread, module, "__doc__", doc));
  TRY(dict_set(thread, thread.runtime().modules(), to_value(intern(thread, full)), to_value(module)));
  TRY(add_constant(thread, parent, name, to_value(module)));
  return module;
}

Result<void> add_errors(Thread& thread, Module* parent) {
  Module* module =
      TRY(add_submodule(thread, parent, "errors", "pyexpat.errors", "Constants used to describe error conditions."));
  Dict* codes = Dict::make(thread.heap());
  Dict* messages = Dict::make(thread.heap());
  int code = 0;
  for (const char* name : kErrorNames) {
    ++code;
    const char* text = XML_ErrorString(static_cast<XML_Error>(code));
    if (text == nullptr) continue;
    Value message = to_value(make_str(thread, text));
    TRY(add_constant(thread, module, std::string("XML_ERROR_") + name, message));
    TRY(dict_set(thread, codes, message, Value::from_int(code)));
    TRY(dict_set(thread, messages, Value::from_int(code), message));
  }
  TRY(add_constant(thread, module, "codes", to_value(codes)));
  return add_constant(thread, module, "messages", to_value(messages));
}

Result<void> add_model(Thread& thread, Module* parent) {
  Module* module = TRY(add_submodule(thread, parent, "model", "pyexpat.model",
                                     "Constants used to interpret content model information."));
  constexpr std::pair<const char*, int> kConstants[] = {
#define CONSTANT(name) {#name, name}
      CONSTANT(XML_CTYPE_EMPTY),  CONSTANT(XML_CTYPE_ANY),  CONSTANT(XML_CTYPE_MIXED), CONSTANT(XML_CTYPE_NAME),
      CONSTANT(XML_CTYPE_CHOICE), CONSTANT(XML_CTYPE_SEQ),  CONSTANT(XML_CQUANT_NONE), CONSTANT(XML_CQUANT_OPT),
      CONSTANT(XML_CQUANT_REP),   CONSTANT(XML_CQUANT_PLUS)};
#undef CONSTANT
  for (auto [name, value] : kConstants) TRY(add_int(thread, module, name, value));
  return {};
}

Result<void> initialize(Thread& thread, Module* module) {
  Type* error =
      TRY(add_exception(thread, module, "xml.parsers.expat.ExpatError", thread.runtime().exception_type<Exception>()));
  TRY(add_constant(thread, module, "error", to_value(error)));
  Type* type = TRY(make_builtin_type(thread, kXmlParserType));
  TRY(add_constant(thread, module, "XMLParserType", to_value(type)));
  TRY(add_text(thread, module, "EXPAT_VERSION", XML_ExpatVersion()));
  XML_Expat_Version version = XML_ExpatVersionInfo();
  TRY(add_constant(thread, module, "version_info",
                   to_value(Tuple::of(thread.heap(), Value::from_int(version.major), Value::from_int(version.minor),
                                      Value::from_int(version.micro)))));
  TRY(add_text(thread, module, "native_encoding", "UTF-8"));
  List* features = List::make(thread.heap());
  for (const XML_Feature* feature = XML_GetFeatureList(); feature->feature != XML_FEATURE_END; ++feature)
    TRY(list_append_value(
        thread, features,
        make_pair(thread, to_value(make_str(thread, feature->name)), Value::from_int(feature->value))));
  TRY(add_constant(thread, module, "features", to_value(features)));
  TRY(add_int(thread, module, "XML_PARAM_ENTITY_PARSING_NEVER", XML_PARAM_ENTITY_PARSING_NEVER));
  TRY(add_int(thread, module, "XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE",
              XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE));
  TRY(add_int(thread, module, "XML_PARAM_ENTITY_PARSING_ALWAYS", XML_PARAM_ENTITY_PARSING_ALWAYS));
  TRY(add_errors(thread, module));
  return add_model(thread, module);
}

}  // namespace

extern const ModuleSpec kExpatModule = {
    .name = "pyexpat", .functions = kFunctions, .initialize = &initialize, .doc = "Python wrapper for Expat parser."};

}  // namespace viperine
#endif
