// SPDX-License-Identifier: MIT
// The module _tokenize: the tokens of the front end, one by one, as tokenize.py's private iterator wants them.
#include <algorithm>
#include <iterator>

#include "base/arena.h"
#include "builtins/container_support.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"
#include "syntax/source_text.h"
#include "syntax/tokenizer.h"

namespace viperine {

namespace {

using syntax::Tokenizer;
using syntax::TokenType;

/// A text that is being read, and all that its tokens point to.
struct TokenStream {
  explicit TokenStream(const syntax::ParseOptions& given) : options(given), session(arena, options) {}
  const syntax::ParseOptions options;
  Arena arena;
  syntax::Session session;
  syntax::SourceText source;
  Tokenizer* tokenizer = nullptr;  // in the arena
};

class TokenizerIter final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::TokenizerIter;
  TokenStream* stream_;
  static void release(HeapObject* object) { delete static_cast<TokenizerIter*>(object)->stream_; }
  LAYOUT(TokenizerIter, HeapObject, stream_);
};

/// Numbers of the module token, in its order; keywords are names there.
constexpr TokenType kNumbered[] = {TokenType::EndMarker,
                                   TokenType::Name,
                                   TokenType::Number,
                                   TokenType::String,
                                   TokenType::Newline,
                                   TokenType::Indent,
                                   TokenType::Dedent,
                                   TokenType::LeftParen,
                                   TokenType::RightParen,
                                   TokenType::LeftBracket,
                                   TokenType::RightBracket,
                                   TokenType::Colon,
                                   TokenType::Comma,
                                   TokenType::Semicolon,
                                   TokenType::Plus,
                                   TokenType::Minus,
                                   TokenType::Star,
                                   TokenType::Slash,
                                   TokenType::VerticalBar,
                                   TokenType::Ampersand,
                                   TokenType::Less,
                                   TokenType::Greater,
                                   TokenType::Equal,
                                   TokenType::Dot,
                                   TokenType::Percent,
                                   TokenType::LeftBrace,
                                   TokenType::RightBrace,
                                   TokenType::DoubleEqual,
                                   TokenType::NotEqual,
                                   TokenType::LessEqual,
                                   TokenType::GreaterEqual,
                                   TokenType::Tilde,
                                   TokenType::Circumflex,
                                   TokenType::LeftShift,
                                   TokenType::RightShift,
                                   TokenType::DoubleStar,
                                   TokenType::PlusEqual,
                                   TokenType::MinusEqual,
                                   TokenType::StarEqual,
                                   TokenType::SlashEqual,
                                   TokenType::PercentEqual,
                                   TokenType::AmpersandEqual,
                                   TokenType::VerticalBarEqual,
                                   TokenType::CircumflexEqual,
                                   TokenType::LeftShiftEqual,
                                   TokenType::RightShiftEqual,
                                   TokenType::DoubleStarEqual,
                                   TokenType::DoubleSlash,
                                   TokenType::DoubleSlashEqual,
                                   TokenType::At,
                                   TokenType::AtEqual,
                                   TokenType::Arrow,
                                   TokenType::Ellipsis,
                                   TokenType::ColonEqual,
                                   TokenType::Unknown,
                                   TokenType::Await,
                                   TokenType::Async,
                                   TokenType::TypeIgnore,
                                   TokenType::TypeComment};

int64_t number_of(TokenType type) {
  const TokenType* found = std::find(std::begin(kNumbered), std::end(kNumbered), type);
  return found == std::end(kNumbered) ? 1 : found - kNumbered;
}

Result<Value> iter_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("tokenizeriter(source)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  if (!is_str(bound.values[0]))
    return thread.raise<TypeError>("tokenizeriter() argument 'source' must be str, not {}",
                                   type_name_of(bound.values[0]));
  Bytes* text = TRY(encode_utf8(thread, as_str(thread, bound.values[0])));
  SourceOptions options;
  options.source_is_utf8 = true;
  auto* self = make_instance<TokenizerIter>(thread, type);
  auto* stream = self->stream_ = new TokenStream(parse_options(thread, options, "<string>"));
  if (!syntax::read_source(stream->session, stream->arena.copy(text->view()), &stream->source))
    return raise_diagnostic(thread, *stream->session.error(), intern(thread, "<string>"), text->view());
  stream->tokenizer = stream->arena.make<Tokenizer>(stream->session, stream->source.text);
  return to_value(self);
}

/// (text, type, line, end line, column, end column, the lines that the token is in)
Result<Optional<Value>> iter_next(Thread& thread, Value value) {
  TokenStream* stream = cast<TokenizerIter>(value)->stream_;
  Tokenizer& tokenizer = *stream->tokenizer;
  const char *start = nullptr, *end = nullptr;
  TokenType type = tokenizer.next(&start, &end);
  if (type == TokenType::Error && stream->session.error() != nullptr)
    return raise_diagnostic(thread, *stream->session.error(), intern(thread, "<string>"), stream->source.text);
  if (type == TokenType::Error || type == TokenType::EndMarker) {
    thread.returned_ = Value::none();
    return Optional<Value>();
  }
  bool is_string = type == TokenType::String;
  const char* line_start = is_string ? tokenizer.multi_line_start() : tokenizer.line_start();
  auto column = [](const char* from, const char* to) {
    return Value::from_int(to != nullptr && to >= from ? to - from : -1);
  };
  std::string_view token = start == nullptr ? std::string_view() : std::string_view(start, end);
  std::string_view line(tokenizer.buffer(), tokenizer.input_end());
  Str *token_text = make_str(thread, token), *line_text = make_str(thread, line);
  return Optional<Value>(to_value(Tuple::of(thread.heap(), to_value(token_text), Value::from_int(number_of(type)),
                                            Value::from_int(is_string ? tokenizer.first_lineno() : tokenizer.lineno()),
                                            Value::from_int(tokenizer.lineno()), column(line_start, start),
                                            column(tokenizer.line_start(), end), to_value(line_text))));
}

const TypeSpec kIterType = {
    .name = "_tokenize.TokenizerIter",
    .kind = TokenizerIter::kKind,
    .layout = [] { return layout_of<TokenizerIter>("TokenizerIter"); },
    .slots = {
        .new_ = &iter_new, .iter = [](Thread&, Value self) -> Result<Value> { return self; }, .next = &iter_next}};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kIterType));
  return {};
}

}  // namespace

extern const ModuleSpec kTokenizeModule = {.name = "_tokenize", .initialize = &initialize};

}  // namespace viperine
