// SPDX-License-Identifier: MIT
// re.Pattern and its scanner.
#include "builtins/iterators.h"
#include "modules/sre/sre.h"
#include "runtime/poll.h"

namespace viperine {

using regex::Anchor;
using regex::MatchState;

Result<void> Subject::take(RegexPattern* pattern, Value string, int64_t position, int64_t end_position) {
  string_ = string;
  if (is_str(string)) {
    Str* text = as_str(thread_, string);
    string_ = to_value(text);
    view_ = view_of(text);
  } else {
    is_text_ = false;
    if (!has_buffer(thread_, string))
      return thread_.raise<TypeError>("expected string or bytes-like object, got '{}'", type_name_of(string));
    TRY(buffer_.acquire(string));
    view_ = view_of(buffer_.span());
  }
  if (pattern != nullptr && !pattern->pattern_.get().is_none()) {
    bool wants_text = is_str(pattern->pattern_.get());
    if (wants_text && !is_text_) return thread_.raise<TypeError>("cannot use a string pattern on a bytes-like object");
    if (!wants_text && is_text_) return thread_.raise<TypeError>("cannot use a bytes pattern on a string-like object");
  }
  auto length = static_cast<int64_t>(view_.length);
  position_ = std::clamp<int64_t>(position, 0, length);
  end_position_ = std::clamp<int64_t>(end_position, 0, length);
  return {};
}

Result<Value> Subject::slice(int64_t start, int64_t end) const {
  if (is_text_) return to_value(TRY(substring(thread_, cast<Str>(string_), start, end)));
  auto length = static_cast<int64_t>(view_.length);
  if (is_exact<Bytes>(string_) && start == 0 && end == length) return string_;
  return to_value(TRY(try_make_bytes(thread_, view_.bytes() + start, std::max<int64_t>(end - start, 0))));
}

regex::Interrupt interrupt_of(Thread& thread) {
  return {[](void* context) {
            auto& current = *static_cast<Thread*>(context);
            uint32_t bits = current.poll() & (kPollSignal | kPollAsync | kPollSwitch);
            return bits != 0 && !run_pending_work(current, bits);
          },
          &thread};
}

Result<bool> matched(Thread& thread, regex::Outcome outcome) {
  switch (outcome) {
    case regex::Outcome::kMatch: return true;
    case regex::Outcome::kNoMatch: return false;
    case regex::Outcome::kInterrupted: return Raised{};
    case regex::Outcome::kNoMemory: return thread.raise_memory_error();
  }
  return false;
}

Result<Value> make_match(Thread& thread, RegexPattern* pattern, const Subject& subject, const MatchState& state) {
  int64_t groups = pattern->groups_;
  auto* match = make_exact<RegexMatch>(thread, Kind::RegexMatch, static_cast<size_t>(groups + 1) * 16);
  match->group_count_ = groups;
  match->string_.initialize(subject.string());
  match->pattern_.initialize(to_value(pattern));
  match->regs_.initialize(Value::none());
  match->position_ = subject.position();
  match->end_position_ = subject.end_position();
  match->last_index_ = state.last_index();
  match->spans()[0] = static_cast<int64_t>(state.match_start());
  match->spans()[1] = static_cast<int64_t>(state.match_end());
  for (int64_t i = 1; i <= groups; ++i) {
    size_t start, end;
    bool took_part = state.group_span(static_cast<uint32_t>(i), start, end);
    match->spans()[2 * i] = took_part ? static_cast<int64_t>(start) : -1;
    match->spans()[2 * i + 1] = took_part ? static_cast<int64_t>(end) : -1;
  }
  return to_value(match);
}

Result<Value> group_text(const Subject& subject, const MatchState& state, int64_t group, Value fallback) {
  size_t start, end;
  if (!state.group_span(static_cast<uint32_t>(group), start, end)) return fallback;
  return subject.slice(static_cast<int64_t>(start), static_cast<int64_t>(end));
}

namespace {

enum class Look : uint8_t { kMatch, kFullMatch, kSearch };

regex::Outcome run(MatchState& state, Look look) {
  if (look == Look::kSearch) return state.search();
  return state.match(look == Look::kMatch ? Anchor::kPrefix : Anchor::kFull);
}

template <Look kLook>
Result<Value> pattern_look(Thread& thread, RegexPattern* self, Value string, Index position,
                           Optional<Index> end_position) {
  Subject subject(thread);
  TRY(subject.take(self, string, position.value, end_position.value_or(Index{INT64_MAX}).value));
  MatchState state(self->program(), subject.view(), static_cast<size_t>(subject.position()),
                   static_cast<size_t>(subject.end_position()), interrupt_of(thread));
  if (!TRY(matched(thread, run(state, kLook)))) return Value::none();
  return make_match(thread, self, subject, state);
}

Result<Value> pattern_findall(Thread& thread, RegexPattern* self, Value string, Index position,
                              Optional<Index> end_position) {
  Subject subject(thread);
  TRY(subject.take(self, string, position.value, end_position.value_or(Index{INT64_MAX}).value));
  MatchState state(self->program(), subject.view(), static_cast<size_t>(subject.position()),
                   static_cast<size_t>(subject.end_position()), interrupt_of(thread));
  List* list = List::make(thread.heap());
  Value empty = TRY(subject.slice(0, 0));
  while (TRY(matched(thread, state.search()))) {
    Value item;
    if (self->groups_ == 0) {
      item = TRY(subject.slice(static_cast<int64_t>(state.match_start()), static_cast<int64_t>(state.match_end())));
    } else if (self->groups_ == 1) {
      item = TRY(group_text(subject, state, 1, empty));
    } else {
      Tuple* groups = TRY(make_tuple(thread, self->groups_));
      for (int64_t i = 0; i < self->groups_; ++i) groups->set(i, TRY(group_text(subject, state, i + 1, empty)));
      item = to_value(groups);
    }
    TRY(list_append_value(thread, list, item));
    state.advance();
  }
  return to_value(list);
}

Result<Value> pattern_split(Thread& thread, RegexPattern* self, Value string, Index maximum) {
  Subject subject(thread);
  TRY(subject.take(self, string));
  MatchState state(self->program(), subject.view(), 0, subject.view().length, interrupt_of(thread));
  List* list = List::make(thread.heap());
  int64_t last = 0;
  for (int64_t n = 0; maximum.value <= 0 || n < maximum.value; ++n) {
    if (maximum.value < 0) break;
    if (!TRY(matched(thread, state.search()))) break;
    Value part = TRY(subject.slice(last, static_cast<int64_t>(state.match_start())));
    TRY(list_append_value(thread, list, part));
    for (int64_t i = 1; i <= self->groups_; ++i) {
      Value group = TRY(group_text(subject, state, i, Value::none()));
      TRY(list_append_value(thread, list, group));
    }
    last = static_cast<int64_t>(state.match_end());
    state.advance();
  }
  Value rest = TRY(subject.slice(last, static_cast<int64_t>(subject.view().length)));
  TRY(list_append_value(thread, list, rest));
  return to_value(list);
}

// --- scanner

Result<Value> pattern_scanner(Thread& thread, RegexPattern* self, Value string, Index position,
                              Optional<Index> end_position) {
  Subject subject(thread);
  TRY(subject.take(self, string, position.value, end_position.value_or(Index{INT64_MAX}).value));
  auto* scanner = make_exact<RegexScanner>(thread, Kind::RegexScanner);
  scanner->pattern_.initialize(to_value(self));
  scanner->string_.initialize(subject.string());
  scanner->first_ = scanner->position_ = subject.position();
  scanner->end_position_ = subject.end_position();
  return to_value(scanner);
}

template <Look kLook>
Result<Value> scanner_look(Thread& thread, RegexScanner* self) {
  if (self->position_ < 0) return Value::none();
  auto* pattern = static_cast<RegexPattern*>(self->pattern_.get().as_object());
  Subject subject(thread);
  TRY(subject.take(pattern, self->string_.get(), self->first_, self->end_position_));
  int64_t from = std::min<int64_t>(self->position_, static_cast<int64_t>(subject.view().length));
  MatchState state(pattern->program(), subject.view(), static_cast<size_t>(from),
                   static_cast<size_t>(subject.end_position()), interrupt_of(thread));
  state.set_must_advance(self->must_advance_ != 0);
  if (!TRY(matched(thread, run(state, kLook)))) {
    self->position_ = -1;
    return Value::none();
  }
  self->position_ = static_cast<int64_t>(state.match_end());
  self->must_advance_ = state.match_start() == state.match_end();
  return make_match(thread, pattern, subject, state);
}

Value scanner_pattern(Thread&, RegexScanner* self) { return self->pattern_.get(); }

constexpr NativeMethod kScannerMethods[] = {
    method<scanner_look<Look::kMatch>>("match($self, /)"),
    method<scanner_look<Look::kSearch>>("search($self, /)"),
};
constexpr NativeAttribute kScannerAttributes[] = {attribute<scanner_pattern>("=pattern")};

Result<Value> pattern_finditer(Thread& thread, RegexPattern* self, Value string, Index position,
                               Optional<Index> end_position) {
  Value scanner = TRY(pattern_scanner(thread, self, string, position, end_position));
  return make_callable_iterator(
      thread, to_value(make_native_function(thread, kScannerMethods[1], scanner, Value::none())), Value::none());
}

// --- the rest of Pattern

Result<Value> pattern_repr(Thread& thread, Value value) {
  auto* self = cast<RegexPattern>(value);
  static constexpr const char* kNames[] = {"re.TEMPLATE", "re.IGNORECASE", "re.LOCALE", "re.MULTILINE", "re.DOTALL",
                                           "re.UNICODE",  "re.VERBOSE",    "re.DEBUG",  "re.ASCII"};
  auto flags = static_cast<uint32_t>(self->flags_);
  constexpr uint32_t kKinds = regex::kFlagLocale | regex::kFlagUnicode | regex::kFlagAscii;
  if (is_str(self->pattern_.get()) && (flags & kKinds) == regex::kFlagUnicode) flags &= ~uint32_t{regex::kFlagUnicode};
  Str* text = TRY(repr(thread, self->pattern_.get()));
  StringBuilder builder(thread);
  builder.append("re.compile(");
  builder.append(text, 0, std::min<int64_t>(text->length(), 200));
  const char* separator = ", ";
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if ((flags & 1u << i) == 0) continue;
    flags &= ~(1u << i);
    builder.append(separator);
    builder.append(kNames[i]);
    separator = "|";
  }
  if (flags != 0) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "0x%x", flags);
    builder.append(separator);
    builder.append(digits);
  }
  builder.append(uint32_t{')'});
  return to_value(TRY(builder.finish()));
}

std::span<const uint8_t> program_bytes(const RegexPattern* pattern) {
  return {pattern->program_->data(), static_cast<size_t>(pattern->program_->length())};
}

Result<int64_t> pattern_hash(Thread& thread, Value value) {
  auto* self = cast<RegexPattern>(value);
  int64_t result = TRY(hash(thread, self->pattern_.get())) ^ self->flags_ ^ self->groups_ << 8;
  return result == -1 ? -2 : result;
}

Result<Value> pattern_compare(Thread& thread, Value value, Value other, Comparison op) {
  if ((op != Comparison::Equal && op != Comparison::NotEqual) || !is<RegexPattern>(other))
    return Value::not_implemented();
  auto *left = cast<RegexPattern>(value), *right = cast<RegexPattern>(other);
  bool same = left == right;
  if (!same && left->flags_ == right->flags_ && left->groups_ == right->groups_ &&
      is_str(left->pattern_.get()) == is_str(right->pattern_.get())) {
    auto a = program_bytes(left), b = program_bytes(right);
    same = std::equal(a.begin(), a.end(), b.begin(), b.end()) &&
           TRY(equals(thread, left->pattern_.get(), right->pattern_.get()));
  }
  return Value::from_bool(same == (op == Comparison::Equal));
}

Value pattern_copy(Thread&, RegexPattern* self) { return to_value(self); }
Value pattern_deepcopy(Thread&, RegexPattern* self, Value) { return to_value(self); }
Value pattern_pattern(Thread&, RegexPattern* self) { return self->pattern_.get(); }
Value pattern_flags(Thread&, RegexPattern* self) { return Value::from_int(self->flags_); }
Value pattern_groups(Thread&, RegexPattern* self) { return Value::from_int(self->groups_); }
Value pattern_groupindex(Thread& thread, RegexPattern* self) {
  auto* proxy = make_exact<MappingProxy>(thread, Kind::MappingProxy);
  proxy->mapping_.initialize(self->group_index_.get());
  return to_value(proxy);
}

constexpr NativeMethod kPatternMethods[] = {
    method<pattern_look<Look::kMatch>>("match($self, /, string, pos=0, endpos=sys.maxsize)",
                                       "Matches zero or more characters at the beginning of the string."),
    method<pattern_look<Look::kFullMatch>>("fullmatch($self, /, string, pos=0, endpos=sys.maxsize)",
                                           "Matches against all of the string."),
    method<pattern_look<Look::kSearch>>("search($self, /, string, pos=0, endpos=sys.maxsize)",
                                        "Scan through string looking for a match, and return a corresponding match "
                                        "object instance.\n\nReturn None if no position in the string matches."),
    method<pattern_sub>("sub($self, /, repl, string, count=0)",
                        "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern "
                        "in string by the replacement repl."),
    method<pattern_subn>("subn($self, /, repl, string, count=0)",
                         "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost "
                         "non-overlapping occurrences of pattern with the replacement repl."),
    method<pattern_findall>("findall($self, /, string, pos=0, endpos=sys.maxsize)",
                            "Return a list of all non-overlapping matches of pattern in string."),
    method<pattern_split>("split($self, /, string, maxsplit=0)", "Split string by the occurrences of pattern."),
    method<pattern_finditer>("finditer($self, /, string, pos=0, endpos=sys.maxsize)",
                             "Return an iterator over all non-overlapping matches for the RE pattern in string.\n\nFor "
                             "each match, the iterator returns a match object."),
    method<pattern_scanner>("scanner($self, /, string, pos=0, endpos=sys.maxsize)"),
    method<pattern_copy>("__copy__($self, /)"),
    method<pattern_deepcopy>("__deepcopy__($self, memo, /)"),
    method<class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};
constexpr NativeAttribute kPatternAttributes[] = {
    attribute<pattern_pattern>("=pattern", "The pattern string from which the RE object was compiled."),
    attribute<pattern_flags>("=flags", "The regex matching flags."),
    attribute<pattern_groups>("=groups", "The number of capturing groups in the pattern."),
    attribute<pattern_groupindex>("groupindex", "A dictionary mapping group names to group numbers."),
};

}  // namespace

constinit const TypeSpec kPatternType = {
    .name = "re.Pattern",
    .kind = Kind::RegexPattern,
    .flags = kTypeDisallowInstantiation | kTypeHasWeakrefs,
    .layout = [] { return layout_of<RegexPattern>("re.Pattern"); },
    .slots = {.repr = pattern_repr, .hash = pattern_hash, .compare = pattern_compare},
    .methods = kPatternMethods,
    .attributes = kPatternAttributes,
    .doc = "Compiled regular expression object.",
};

constinit const TypeSpec kScannerType = {
    .name = "_sre.SRE_Scanner",
    .kind = Kind::RegexScanner,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<RegexScanner>("_sre.SRE_Scanner"); },
    .methods = kScannerMethods,
    .attributes = kScannerAttributes,
};

}  // namespace viperine
