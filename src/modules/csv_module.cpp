// SPDX-License-Identifier: MIT
// The module _csv: dialects, the reader's state machine, the writer. Excel's and Unix's dialects are registered by csv.
// State of the module (in its dict): _dialects, and field_size_limit under a private name.
#include <algorithm>
#include <cmath>

#include "modules/csv_characters.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

enum Quoting : int { kQuoteMinimal, kQuoteAll, kQuoteNonnumeric, kQuoteNone };
constexpr uint32_t kNoCharacter = 0xFFFFFFFF;

class CsvDialect final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::CsvDialect;
  Slot<Value> terminator_;
  uint32_t delimiter_, quote_, escape_;
  int32_t quoting_;
  uint32_t double_quote_, skip_initial_space_, strict_, unused_;
  LAYOUT(CsvDialect, HeapObject, terminator_, delimiter_, quote_, escape_, quoting_, double_quote_, skip_initial_space_,
         strict_, unused_);
};
class CsvReader final : public HeapObject {
 public:
  [[maybe_unused]] static constexpr Kind kKind = Kind::CsvReader;
  Slot<Value> input_, dialect_;
  Slot<List> limit_;  // the module's, one int
  int64_t line_number_;
  LAYOUT(CsvReader, HeapObject, input_, dialect_, limit_, line_number_);
};
class CsvWriter final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::CsvWriter;
  Slot<Value> write_, dialect_;
  LAYOUT(CsvWriter, HeapObject, write_, dialect_);
};

Module* csv_module(Thread& thread) { return native_module(thread, "_csv"); }
Result<Value> module_value(Thread& thread, const char* name) {
  return get_attribute(thread, to_value(csv_module(thread)), name);
}
Raised raise_csv(Thread& thread, Str* text) {
  auto type = module_value(thread, "Error");
  if (type.is_raised()) return Raised{};
  auto error = call(thread, type.take(), to_value(text));
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}
Raised raise_csv(Thread& thread, const char* text) { return raise_csv(thread, make_str(thread, text)); }

// --- dialects

Result<uint32_t> character_option(Thread& thread, const char* name, Value value, uint32_t fallback, bool may_be_none) {
  if (value.is_absent()) return fallback;
  if (value.is_none() && may_be_none) return kNoCharacter;
  Str* text = try_str(thread, value);
  if (text == nullptr)
    return thread.raise<TypeError>(
        may_be_none ? "\"{}\" must be string or None, not {}" : "\"{}\" must be string, not {}", name,
        type_name_of(value));
  if (text->length() != 1) return thread.raise<TypeError>("\"{}\" must be a 1-character string", name);
  return text->at(0);
}

Result<Value> find_dialect(Thread& thread, Value name) {
  Value dialects = TRY(module_value(thread, "_dialects"));
  Optional<Value> found = TRY(dict_find(thread, cast<Dict>(dialects), name));
  if (!found) return raise_csv(thread, "unknown dialect");
  return *found;
}

Result<Value> construct_dialect(Thread& thread, Type* type, Value dialect, Optional<Value> delimiter,
                                Optional<Value> doublequote, Optional<Value> escapechar, Optional<Value> lineterminator,
                                Optional<Value> quotechar, Optional<Value> quoting, Optional<Value> skipinitialspace,
                                Optional<Value> strict) {
  auto given = [](const Optional<Value>& option) { return option ? *option : Value::absent(); };
  Value options[] = {given(delimiter), given(doublequote), given(escapechar),       given(lineterminator),
                     given(quotechar), given(quoting),     given(skipinitialspace), given(strict)};
  constexpr const char* kNames[] = {"delimiter", "doublequote", "escapechar",       "lineterminator",
                                    "quotechar", "quoting",     "skipinitialspace", "strict"};
  if (!dialect.is_none()) {
    if (is_str(dialect)) dialect = TRY(find_dialect(thread, dialect));
    bool all_missing = true;
    for (Value option : options) all_missing = all_missing && option.is_absent();
    if (all_missing && is<CsvDialect>(dialect)) return dialect;
    for (size_t i = 0; i < 8; ++i) {
      if (!options[i].is_absent()) continue;
      auto found = find_attribute(thread, dialect, intern(thread, kNames[i]));
      if (found.is_raised()) return Raised{};
      Optional<Value> value = found.take();
      if (value) options[i] = *value;
    }
  }
  uint32_t delimiter_character = TRY(character_option(thread, "delimiter", options[0], ',', false));
  bool double_quote = options[1].is_absent() || TRY(is_true(thread, options[1]));
  uint32_t escape = TRY(character_option(thread, "escapechar", options[2], kNoCharacter, true));
  Value terminator = options[3].is_absent() ? to_value(make_str(thread, "\r\n")) : options[3];
  if (!is_str(terminator)) return thread.raise<TypeError>("\"lineterminator\" must be a string");
  uint32_t quote = TRY(character_option(thread, "quotechar", options[4], '"', true));
  int64_t mode = kQuoteMinimal;
  if (!options[5].is_absent()) {
    if (!is_integer(options[5])) return thread.raise<TypeError>("\"quoting\" must be an integer");
    mode = TRY(to_c_int(thread, options[5]));
  }
  bool skip_space = !options[6].is_absent() && TRY(is_true(thread, options[6]));
  bool is_strict = !options[7].is_absent() && TRY(is_true(thread, options[7]));
  if (mode < 0 || mode > kQuoteNone) return thread.raise<TypeError>("bad \"quoting\" value");
  if (options[4].is_none() && options[5].is_absent()) mode = kQuoteNone;
  if (mode != kQuoteNone && quote == kNoCharacter)
    return thread.raise<TypeError>("quotechar must be set if quoting enabled");
  auto* self = make_instance<CsvDialect>(thread, type);
  self->terminator_.initialize(terminator);
  self->delimiter_ = delimiter_character;
  self->quote_ = quote;
  self->escape_ = escape;
  self->quoting_ = static_cast<int32_t>(mode);
  self->double_quote_ = double_quote;
  self->skip_initial_space_ = skip_space;
  self->strict_ = is_strict;
  return to_value(self);
}
constexpr NativeMethod kConstructDialect = method<construct_dialect>(
    "Dialect($type, /, dialect=None, delimiter=<x>, doublequote=<x>, escapechar=<x>, lineterminator=<x>, "
    "quotechar=<x>, quoting=<x>, "
    "skipinitialspace=<x>, strict=<x>)");
Result<Value> dialect_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count > 9)
    return thread.raise<TypeError>("Dialect() takes at most 9 arguments ({} given)",
                                   static_cast<int64_t>(arguments.count));
  Value values[10] = {to_value(type)};
  for (uint32_t i = 0; i < arguments.count; ++i) values[i + 1] = arguments[i];
  return kConstructDialect.entry(thread, kConstructDialect, Arguments{values, arguments.count + 1, arguments.keywords});
}
/// _csv.Dialect(dialect, **options)
Result<Value> make_dialect(Thread& thread, Optional<Value> dialect, Keywords options) {
  Tuple* arguments = thread.runtime().empty_tuple();
  if (dialect) arguments = Tuple::of(thread.heap(), *dialect);
  return call_with_tuple(thread, to_value(thread.runtime().type(Kind::CsvDialect)), arguments, options.dict);
}

Value character_value(Thread& thread, uint32_t c) {
  return c == kNoCharacter ? Value::none() : to_value(make_character(thread, c));
}
Result<Value> dialect_delimiter(Thread& thread, CsvDialect* self) { return character_value(thread, self->delimiter_); }
Result<Value> dialect_escape(Thread& thread, CsvDialect* self) { return character_value(thread, self->escape_); }
Result<Value> dialect_quote(Thread& thread, CsvDialect* self) { return character_value(thread, self->quote_); }
Result<Value> dialect_terminator(Thread&, CsvDialect* self) { return self->terminator_.get(); }
Result<Value> dialect_quoting(Thread&, CsvDialect* self) { return Value::from_int(self->quoting_); }
Result<Value> dialect_double_quote(Thread&, CsvDialect* self) { return Value::from_bool(self->double_quote_ != 0); }
Result<Value> dialect_skip_space(Thread&, CsvDialect* self) { return Value::from_bool(self->skip_initial_space_ != 0); }
Result<Value> dialect_strict(Thread&, CsvDialect* self) { return Value::from_bool(self->strict_ != 0); }

// --- reader

enum class ReadState {
  StartRecord,
  StartField,
  EscapedCharacter,
  InField,
  InQuotedField,
  EscapeInQuotedField,
  QuoteInQuotedField,
  EatNewline,
  AfterEscapedNewline
};

/// One record being read, of one or more lines.
class Record {
 public:
  Record(Thread& thread, CsvDialect* dialect, int64_t limit)
      : thread_(thread), dialect_(dialect), limit_(limit), field_(thread), fields_(List::make(thread.heap())) {}
  Result<void> process(uint32_t c);
  Result<void> save_field();
  ReadState state = ReadState::StartRecord;
  int64_t field_length() const { return field_.length(); }
  /// Takes characters from text[start] on that mean only themselves in this state; returns where they end.
  Result<int64_t> take_run(Str* text, int64_t start);
  List* fields() const { return fields_; }

 private:
  static constexpr uint32_t kEnd = 0xFFFFFFFE;  // end of a line
  Result<void> add(uint32_t c) {
    if (field_.length() >= limit_)
      return raise_csv(thread_, format_text(thread_, "field larger than field limit ({})", limit_));
    field_.append(c);
    return {};
  }
  Result<void> end_field(uint32_t c) {
    TRY(save_field());
    state = c == kEndOfLine          ? ReadState::StartRecord
            : c == '\n' || c == '\r' ? ReadState::EatNewline
                                     : ReadState::StartField;
    return {};
  }
  Result<void> start_field(uint32_t c);
  Result<void> quote_in_quoted(uint32_t c);
  static bool is_line_end(uint32_t c) { return c == '\n' || c == '\r' || c == kEndOfLine; }

 public:
  static constexpr uint32_t kEndOfLine = kEnd;

 private:
  Thread& thread_;
  CsvDialect* dialect_;
  int64_t limit_;
  StringBuilder field_;
  List* fields_;
  bool numeric_ = false;
};

Result<void> Record::save_field() {
  Value value = to_value(TRY(field_.finish()));
  field_.truncate(0);
  if (numeric_) {
    numeric_ = false;
    value = TRY(call(thread_, to_value(thread_.runtime().type(Kind::Float)), value));
  }
  return list_append_value(thread_, fields_, value);
}
Result<void> Record::start_field(uint32_t c) {
  if (is_line_end(c)) return end_field(c);
  if (c == dialect_->quote_ && dialect_->quoting_ != kQuoteNone) {
    state = ReadState::InQuotedField;
  } else if (c == dialect_->escape_) {
    state = ReadState::EscapedCharacter;
  } else if (c == ' ' && dialect_->skip_initial_space_) {
  } else if (c == dialect_->delimiter_) {
    return save_field();
  } else {
    if (dialect_->quoting_ == kQuoteNonnumeric) numeric_ = true;
    TRY(add(c));
    state = ReadState::InField;
  }
  return {};
}
Result<void> Record::quote_in_quoted(uint32_t c) {
  if (dialect_->quoting_ != kQuoteNone && c == dialect_->quote_) {
    state = ReadState::InQuotedField;
    return add(c);
  }
  if (c == dialect_->delimiter_ || is_line_end(c)) return end_field(c);
  if (dialect_->strict_)
    return raise_csv(thread_, format_text(thread_, "'{}' expected after '{}'", character(dialect_->delimiter_),
                                          character(dialect_->quote_)));
  state = ReadState::InField;
  return add(c);
}
Result<void> Record::process(uint32_t c) {
  switch (state) {
    case ReadState::StartRecord:
      if (c == kEndOfLine) return {};
      if (c == '\n' || c == '\r') {
        state = ReadState::EatNewline;
        return {};
      }
      state = ReadState::StartField;
      return start_field(c);
    case ReadState::StartField:
      return start_field(c);
    case ReadState::EscapedCharacter:
      if (c == '\n' || c == '\r') {
        state = ReadState::AfterEscapedNewline;
        return add(c);
      }
      state = ReadState::InField;
      return add(c == kEndOfLine ? uint32_t{'\n'} : c);
    case ReadState::AfterEscapedNewline:
      if (c == kEndOfLine) return {};
      [[fallthrough]];
    case ReadState::InField:
      if (is_line_end(c) || c == dialect_->delimiter_) return end_field(c);
      if (c == dialect_->escape_) {
        state = ReadState::EscapedCharacter;
        return {};
      }
      return add(c);
    case ReadState::InQuotedField:
      if (c == kEndOfLine) return {};
      if (c == dialect_->escape_) {
        state = ReadState::EscapeInQuotedField;
        return {};
      }
      if (c == dialect_->quote_ && dialect_->quoting_ != kQuoteNone) {
        state = dialect_->double_quote_ ? ReadState::QuoteInQuotedField : ReadState::InField;
        return {};
      }
      return add(c);
    case ReadState::EscapeInQuotedField:
      state = ReadState::InQuotedField;
      return add(c == kEndOfLine ? uint32_t{'\n'} : c);
    case ReadState::QuoteInQuotedField:
      return quote_in_quoted(c);
    case ReadState::EatNewline:
      if (c == '\n' || c == '\r') return {};
      if (c == kEndOfLine) {
        state = ReadState::StartRecord;
        return {};
      }
      return raise_csv(
          thread_,
          "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?");
  }
  return {};
}

Result<int64_t> Record::take_run(Str* text, int64_t start) {
  bool quoted = state == ReadState::InQuotedField;
  if (!quoted && state != ReadState::InField) return start;
  uint32_t stop = quoted ? dialect_->quote_ : dialect_->delimiter_, escape = dialect_->escape_;
  int64_t end = with_width(view_of(text), [&](auto* units) {
    int64_t at = start, length = text->length();
    if (quoted)
      while (at < length && units[at] != stop && units[at] != escape) ++at;
    else
      while (at < length && units[at] != stop && units[at] != escape && units[at] != '\n' && units[at] != '\r') ++at;
    return at;
  });
  end = std::max(start, std::min(end, start + limit_ - field_.length()));  // add() refuses what comes after
  field_.append(text, start, end);
  return end;
}

Result<List*> size_limit(Thread& thread) { return cast<List>(TRY(module_value(thread, "_field_size_limit"))); }

Result<Optional<Value>> reader_next(Thread& thread, Value self_value) {
  auto* self = cast<CsvReader>(self_value);
  auto* dialect = cast<CsvDialect>(self->dialect_.get());
  Record record(thread, dialect, TRY(to_c_int64(thread, self->limit_->at(0))));
  do {
    Optional<Value> line = TRY(next(thread, self->input_.get()));
    if (!line) {
      if (record.field_length() != 0 || record.state == ReadState::InQuotedField) {
        if (dialect->strict_) return raise_csv(thread, "unexpected end of data");
        TRY(record.save_field());
        break;
      }
      return Optional<Value>();
    }
    Str* text = try_str(thread, *line);
    if (text == nullptr)
      return raise_csv(
          thread, format_text(thread, "iterator should return strings, not {} (the file should be opened in text mode)",
                              type_name_of(*line)));
    ++self->line_number_;
    int64_t length = text->length();
    for (int64_t i = 0; i < length; ++i) {
      i = TRY(record.take_run(text, i));
      if (i < length) TRY(record.process(text->at(i)));
    }
    TRY(record.process(Record::kEndOfLine));
  } while (record.state != ReadState::StartRecord);
  return Optional<Value>(to_value(record.fields()));
}
Result<Value> reader_iter(Thread&, Value self) { return self; }
Result<Value> reader_dialect(Thread&, CsvReader* self) { return self->dialect_.get(); }
Result<Value> reader_line_number(Thread& thread, CsvReader* self) {
  return make_int(thread.heap(), self->line_number_);
}

Result<Value> csv_reader(Thread& thread, Value iterable, Optional<Value> dialect, Keywords options) {
  Value input = TRY(iterate(thread, iterable));
  Value made = TRY(make_dialect(thread, dialect, options));
  List* limit = TRY(size_limit(thread));
  auto* reader = make_exact<CsvReader>(thread, Kind::CsvReader);
  reader->input_.initialize(input);
  reader->dialect_.initialize(made);
  reader->limit_.initialize(limit);
  reader->line_number_ = 0;
  return to_value(reader);
}

// --- writer

/// Appends one field's text, quoted and escaped as the dialect says.
Result<void> write_field(Thread& thread, CsvDialect* dialect, const SpecialCharacters& special, StringBuilder& out,
                         Str* text, bool quoted) {
  int64_t plain = special.find(text);
  if (plain == text->length()) {
    if (quoted) out.append(dialect->quote_);
    out.append(text);
    if (quoted) out.append(dialect->quote_);
    return {};
  }
  StringBuilder field(thread);
  field.append(text, 0, plain);
  for (int64_t i = plain; i < text->length(); ++i) {
    uint32_t c = text->at(i);
    if (special.has(c)) {
      bool escape = false;
      if (dialect->quoting_ == kQuoteNone) {
        escape = true;
      } else {
        if (c == dialect->quote_) {
          if (dialect->double_quote_)
            field.append(dialect->quote_);
          else
            escape = true;
        } else if (c == dialect->escape_) {
          escape = true;
        }
        if (!escape) quoted = true;
      }
      if (escape) {
        if (dialect->escape_ == kNoCharacter) return raise_csv(thread, "need to escape, but no escapechar set");
        field.append(dialect->escape_);
      }
    }
    field.append(c);
  }
  if (quoted) out.append(dialect->quote_);
  out.append(TRY(field.finish()));
  if (quoted) out.append(dialect->quote_);
  return {};
}

Result<Value> writer_write_row(Thread& thread, CsvWriter* self, Value row) {
  auto* dialect = cast<CsvDialect>(self->dialect_.get());
  auto iterator = iterate(thread, row);
  if (iterator.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return raise_csv(thread, format_text(thread, "iterable expected, not {}", type_name_of(row)));
  }
  SpecialCharacters special({dialect->delimiter_, dialect->escape_, dialect->quote_},
                            as_str(thread, dialect->terminator_.get()));
  bool plain_digits = special.has_none_of("-0123456789");
  StringBuilder out(thread);
  int64_t count = 0;
  bool empty_single = false;
  TRY(for_each(thread, iterator.take(), [&](Value field) -> Result<bool> {
    bool is_number = is_float(field) || is_integer(field);
    bool quoted = dialect->quoting_ == kQuoteAll || (dialect->quoting_ == kQuoteNonnumeric && !is_number);
    if (field.is_int() && plain_digits && !quoted) {
      if (count++ > 0) out.append(dialect->delimiter_);
      empty_single = false;
      out.append_int(field.as_int());
      return true;
    }
    Str* text = field.is_none() ? thread.runtime().empty_str() : TRY(str(thread, field));
    if (count++ > 0) out.append(dialect->delimiter_);
    empty_single = count == 1 && text->length() == 0 && !quoted;
    TRY(write_field(thread, dialect, special, out, text, quoted));
    return true;
  }));
  if (empty_single) {
    if (dialect->quoting_ == kQuoteNone) return raise_csv(thread, "single empty field record must be quoted");
    out.append(dialect->quote_);
    out.append(dialect->quote_);
  }
  out.append(as_str(thread, dialect->terminator_.get()));
  return call(thread, self->write_.get(), to_value(TRY(out.finish())));
}
Result<void> writer_write_rows(Thread& thread, CsvWriter* self, Value rows) {
  return for_each(thread, TRY(iterate(thread, rows)), [&](Value row) -> Result<bool> {
    TRY(writer_write_row(thread, self, row));
    return true;
  });
}
Result<Value> writer_dialect(Thread&, CsvWriter* self) { return self->dialect_.get(); }

Result<Value> csv_writer(Thread& thread, Value file, Optional<Value> dialect, Keywords options) {
  Optional<Value> write = TRY(find_attribute(thread, file, thread.names().write));
  if (!write || !is_callable(thread, *write)) return thread.raise<TypeError>("argument 1 must have a \"write\" method");
  Value made = TRY(make_dialect(thread, dialect, options));
  auto* writer = make_exact<CsvWriter>(thread, Kind::CsvWriter);
  writer->write_.initialize(*write);
  writer->dialect_.initialize(made);
  return to_value(writer);
}

// --- functions

Result<void> register_dialect(Thread& thread, Value name, Optional<Value> dialect, Keywords options) {
  if (!is_str(name)) return thread.raise<TypeError>("dialect name must be a string");
  Value made = TRY(make_dialect(thread, dialect, options));
  return dict_set(thread, cast<Dict>(TRY(module_value(thread, "_dialects"))), name, made);
}
Result<void> unregister_dialect(Thread& thread, Value name) {
  Optional<Value> removed = TRY(dict_remove(thread, cast<Dict>(TRY(module_value(thread, "_dialects"))), name));
  if (!removed) return raise_csv(thread, "unknown dialect");
  return {};
}
Result<Value> get_dialect(Thread& thread, Value name) { return find_dialect(thread, name); }
Result<Value> list_dialects(Thread& thread) {
  return to_value(dict_keys_list(thread, cast<Dict>(TRY(module_value(thread, "_dialects")))));
}
Result<Value> field_size_limit(Thread& thread, Optional<Value> limit) {
  List* holder = TRY(size_limit(thread));
  Value old = holder->at(0);
  if (limit) {
    if (!is_integer(*limit)) return thread.raise<TypeError>("limit must be an integer");
    TRY(to_c_int64(thread, *limit));
    holder->set(0, *limit);
  }
  return old;
}

constexpr NativeAttribute kDialectAttributes[] = {attribute<dialect_delimiter>("delimiter"),
                                                  attribute<dialect_escape>("escapechar"),
                                                  attribute<dialect_terminator>("lineterminator"),
                                                  attribute<dialect_quote>("quotechar"),
                                                  attribute<dialect_quoting>("quoting"),
                                                  attribute<dialect_double_quote>("doublequote"),
                                                  attribute<dialect_skip_space>("skipinitialspace"),
                                                  attribute<dialect_strict>("strict")};
constexpr NativeAttribute kReaderAttributes[] = {attribute<reader_dialect>("dialect"),
                                                 attribute<reader_line_number>("line_num")};
constexpr NativeAttribute kWriterAttributes[] = {attribute<writer_dialect>("dialect")};
constexpr NativeMethod kWriterMethods[] = {method<writer_write_row>("writerow($self, row, /)"),
                                           method<writer_write_rows>("writerows($self, rows, /)")};
const TypeSpec kDialectType = {.name = "_csv.Dialect",
                               .kind = Kind::CsvDialect,
                               .flags = kTypeBase,
                               .layout = [] { return layout_of<CsvDialect>("Dialect"); },
                               .slots = {.new_ = &dialect_new},
                               .attributes = kDialectAttributes,
                               .doc = "CSV dialect"};
const TypeSpec kReaderType = {.name = "_csv.reader",
                              .kind = Kind::CsvReader,
                              .flags = kTypeDisallowInstantiation,
                              .layout = [] { return layout_of<CsvReader>("reader"); },
                              .slots = {.iter = &reader_iter, .next = &reader_next},
                              .attributes = kReaderAttributes,
                              .doc = "CSV reader"};
const TypeSpec kWriterType = {.name = "_csv.writer",
                              .kind = Kind::CsvWriter,
                              .flags = kTypeDisallowInstantiation,
                              .layout = [] { return layout_of<CsvWriter>("writer"); },
                              .methods = kWriterMethods,
                              .attributes = kWriterAttributes,
                              .doc = "CSV writer"};

constexpr NativeMethod kFunctions[] = {
    function<csv_reader>("reader(iterable, dialect=<unrepresentable>, /, **options)"),
    function<csv_writer>("writer(file, dialect=<unrepresentable>, /, **options)"),
    function<register_dialect>("register_dialect(name, dialect=<unrepresentable>, /, **options)"),
    function<unregister_dialect>("unregister_dialect(name)"),
    function<get_dialect>("get_dialect(name)"),
    function<list_dialects>("list_dialects()"),
    function<field_size_limit>("field_size_limit(limit=<unrepresentable>, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kDialectType));
  TRY(make_builtin_type(thread, kReaderType));
  TRY(make_builtin_type(thread, kWriterType));
  TRY(add_exception(thread, module, "Error", thread.runtime().exception_type(ExceptionKind::Exception)));
  TRY(add_constant(thread, module, "_dialects", to_value(Dict::make(thread.heap()))));
  List* limit = TRY(make_list(thread, {}));
  TRY(list_append_value(thread, limit, Value::from_int(128 * 1024)));
  TRY(add_constant(thread, module, "_field_size_limit", to_value(limit)));
  TRY(add_int(thread, module, "QUOTE_MINIMAL", kQuoteMinimal));
  TRY(add_int(thread, module, "QUOTE_ALL", kQuoteAll));
  TRY(add_int(thread, module, "QUOTE_NONNUMERIC", kQuoteNonnumeric));
  TRY(add_int(thread, module, "QUOTE_NONE", kQuoteNone));
  return add_text(thread, module, "__version__", "1.0");
}

}  // namespace

extern const ModuleSpec kCsvModule = {
    .name = "_csv", .functions = kFunctions, .initialize = &initialize, .doc = "CSV parsing and writing."};

}  // namespace viperine
