// SPDX-License-Identifier: MIT
// Pattern.sub and subn. A template is taken apart by the standard library (re._compile_repl, which caches) and filled
// in here.
#include "modules/sre/sre.h"
#include "runtime/import.h"
#include "text/search.h"

namespace viperine {

using regex::MatchState;

Result<Value> re_function(Thread& thread, std::string_view name) {
  Value module = TRY(import_module(thread, "re"));
  return get_attribute(thread, module, name);
}

namespace {

/// What takes the place of each match.
struct Replacement {
  enum class Kind : uint8_t { kLiteral, kTemplate, kFunction } kind = Kind::kLiteral;
  Value literal;            // kLiteral: str or bytes-like; kFunction: the callable
  List* literals = nullptr;  // kTemplate: pieces, None where a group goes
  List* groups = nullptr;    // kTemplate: (place in literals, group number)
};

bool has_backslash(Thread& thread, Value text) {
  if (is_str(text)) return find_code(view_of(as_str(thread, text)), '\\') != kNotFound;
  if (is<Bytes>(text)) return find_code(view_of(cast<Bytes>(text)->span()), '\\') != kNotFound;
  if (is<ByteArray>(text)) return find_code(view_of(cast<ByteArray>(text)->span()), '\\') != kNotFound;
  return true;
}

Result<Replacement> replacement_of(Thread& thread, RegexPattern* pattern, Value value) {
  Replacement result;
  result.literal = value;
  if (is_callable(thread, value)) {
    result.kind = Replacement::Kind::kFunction;
    return result;
  }
  if (!has_backslash(thread, value)) return result;
  Value compile = TRY(re_function(thread, "_compile_repl"));
  Value parts = TRY(call(thread, compile, value, to_value(pattern)));
  if (!is<Tuple>(parts) || cast<Tuple>(parts)->length() != 2 || !is<List>(cast<Tuple>(parts)->at(0)) ||
      !is<List>(cast<Tuple>(parts)->at(1)))
    return thread.raise<TypeError>("invalid template");
  result.groups = cast<List>(cast<Tuple>(parts)->at(0));
  result.literals = cast<List>(cast<Tuple>(parts)->at(1));
  if (result.groups->length() == 0 && result.literals->length() == 1) result.literal = result.literals->at(0);
  else result.kind = Replacement::Kind::kTemplate;
  return result;
}

/// Collects the result: text or bytes, as the subject is.
class Output {
 public:
  Output(Thread& thread, const Subject& subject) : thread_(thread), subject_(subject) {}
  void append_part(size_t start, size_t end) {
    if (start < end) text_.append(subject_.view().slice(start, end));
  }
  Result<void> append_value(Value value, int64_t item) {
    if (value.is_none()) return {};
    if (subject_.is_text()) {
      if (!is_str(value))
        return thread_.raise<TypeError>("sequence item {}: expected str instance, {} found", item, type_name_of(value));
      text_.append(view_of(as_str(thread_, value)));
      return {};
    }
    if (!has_buffer(thread_, value))
      return thread_.raise<TypeError>("sequence item {}: expected a bytes-like object, {} found", item,
                                      type_name_of(value));
    BufferScope buffer(thread_);
    TRY(buffer.acquire(value));
    text_.append(view_of(buffer.span()));
    return {};
  }
  Result<Value> finish() {
    if (subject_.is_text()) return to_value(TRY(make_text(thread_, text_)));
    return to_value(TRY(try_make_bytes(thread_, text_.bytes(), static_cast<int64_t>(text_.length()))));
  }

 private:
  Thread& thread_;
  const Subject& subject_;
  TextBuffer text_;
};

Result<void> append_template(Thread& thread, const Replacement& replacement, const MatchState& state, Output& output,
                             int64_t item) {
  int64_t next = 0;
  for (int64_t i = 0; i < replacement.literals->length(); ++i) {
    Value literal = replacement.literals->at(i);
    if (!literal.is_none()) {
      TRY(output.append_value(literal, item));
      continue;
    }
    if (next >= replacement.groups->length()) continue;
    auto* pair = cast<Tuple>(replacement.groups->at(next++));
    int64_t group = TRY(to_index_int64(thread, pair->at(1)));
    size_t start = 0, end = 0;
    if (group == 0) output.append_part(state.match_start(), state.match_end());
    else if (state.group_span(static_cast<uint32_t>(group), start, end)) output.append_part(start, end);
  }
  return {};
}

struct Substituted {
  Value text;
  int64_t count;
};

Result<Substituted> substitute(Thread& thread, RegexPattern* self, Value replacement_value, Value string,
                               int64_t limit) {
  Replacement replacement = TRY(replacement_of(thread, self, replacement_value));
  Subject subject(thread);
  TRY(subject.take(self, string));
  MatchState state(self->program(), subject.view(), 0, subject.view().length, interrupt_of(thread));
  Output output(thread, subject);
  size_t last = 0;
  int64_t count = 0, items = 0;
  while (limit == 0 || count < limit) {
    if (!TRY(matched(thread, state.search()))) break;
    if (last < state.match_start()) ++items;
    output.append_part(last, state.match_start());
    switch (replacement.kind) {
      case Replacement::Kind::kLiteral: TRY(output.append_value(replacement.literal, items)); break;
      case Replacement::Kind::kTemplate: TRY(append_template(thread, replacement, state, output, items)); break;
      case Replacement::Kind::kFunction: {
        Value match = TRY(make_match(thread, self, subject, state));
        Value item = TRY(call(thread, replacement.literal, match));
        TRY(output.append_value(item, items));
        break;
      }
    }
    ++items;
    ++count;
    last = state.match_end();
    state.advance();
  }
  if (count == 0) return Substituted{TRY(subject.slice(0, static_cast<int64_t>(subject.view().length))), 0};
  output.append_part(last, subject.view().length);
  return Substituted{TRY(output.finish()), count};
}

}  // namespace

Result<Value> pattern_sub(Thread& thread, RegexPattern* self, Value replacement, Value string, Index count) {
  return TRY(substitute(thread, self, replacement, string, count.value)).text;
}

Result<Value> pattern_subn(Thread& thread, RegexPattern* self, Value replacement, Value string, Index count) {
  Substituted result = TRY(substitute(thread, self, replacement, string, count.value));
  return make_pair(thread, result.text, Value::from_int(result.count));
}

}  // namespace viperine
