// SPDX-License-Identifier: MIT
// Exceptions as text for people (see traceback_text.h). The text is collected and written piece by piece, so that what
// was said stays said when something fails later; errors of str(), repr() and write() are swallowed.
#include "runtime/traceback_text.h"

#include <climits>
#include <cstdio>

#include "objects/list.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/calls.h"
#include "runtime/integers.h"
#include "runtime/interpreter_data.h"
#include "runtime/operators.h"
#include "runtime/positions.h"
#include "runtime/suggestions.h"
#include "runtime/traceback_source.h"

namespace viperine {

namespace {

constexpr int kMostGroupMembers = 15, kDeepestGroup = 10;
constexpr int64_t kSameLines = 3, kDefaultLimit = 1000;
constexpr std::string_view kCauseText = "The above exception was the direct cause of the following exception:\n";
constexpr std::string_view kContextText = "During handling of the above exception, another exception occurred:\n";

class Printer {
 public:
  Printer(Thread& thread, Value file)
      : thread_(thread), file_(file), text_(thread), source_(thread), seen_(thread.runtime()) {}

  void exception_with_chain(Value value);
  void traceback(Value first, bool is_group);
  bool failed() const { return failed_; }
  void flush();

 private:
  void margin() { margin(0, depth_ > 0 ? "| " : ""); }
  void margin(int extra, std::string_view mark) {
    text_.append_repeated(' ', 2 * depth_ + extra);
    text_.append(mark);
  }
  bool mark_seen(Value value);
  bool was_seen(Value value);
  void chained(Value earlier, std::string_view message);
  void single(Value value);
  void group(Value value);
  void group_member(Value group, int64_t number, int64_t count, bool is_last);
  void frame_line(Traceback* entry, Code* code, int64_t line);
  void carets(Code* code, uint32_t word, Str* line, int64_t indent);
  void repeated(int64_t count);
  bool syntax_error(Value value, Value* message);
  void syntax_text(Str* text, int64_t offset, int64_t end_offset);
  void type_and_message(Type* type, Value value);
  void notes(Value notes);
  Value member(Value object, Str* name);
  int64_t line_of(Traceback* entry) {
    if (entry->line_ >= 0) return entry->line_;
    return line_at(cast<Frame>(entry->frame_.get())->function_->code(), entry->word_);
  }

  Thread& thread_;
  Value file_;
  StringBuilder text_;
  SourceLines source_;
  RootVector seen_;
  int depth_ = 0;  // of exception groups
  bool need_close_ = false;
  bool failed_ = false;
};

void Printer::flush() {
  if (failed_ || text_.length() == 0) return;
  auto text = text_.finish();
  text_.truncate(0);
  if (text.is_raised() || call_method(thread_, file_, thread_.names().write, to_value(text.take())).is_raised()) {
    thread_.clear_pending();
    failed_ = true;
  }
}

/// An attribute, absent when it is missing or cannot be had.
Value Printer::member(Value object, Str* name) {
  auto found = find_attribute(thread_, object, name);
  if (found.is_raised()) {
    thread_.clear_pending();
    return Value::absent();
  }
  return found.take() ? *found.take() : Value::absent();
}

bool Printer::was_seen(Value value) {
  for (Value each : seen_.span())
    if (each == value) return true;
  return false;
}
bool Printer::mark_seen(Value value) {
  if (was_seen(value)) return false;
  seen_.push(value);
  return true;
}

void Printer::chained(Value earlier, std::string_view message) {
  bool need_close = need_close_;
  need_close_ = false;
  exception_with_chain(earlier);
  need_close_ = need_close;
  margin();
  text_.append("\n");
  margin();
  text_.append(message);
  margin();
  text_.append("\n");
}

void Printer::exception_with_chain(Value value) {
  if (failed_) return;
  if (thread_.native_recursion_exceeded(" while printing an exception")) {
    thread_.clear_pending();
    return;
  }
  if (is<ExceptionObject>(value)) {
    mark_seen(value);
    auto* exception = cast<ExceptionObject>(value);
    Value cause = exception->cause_.get(), context = exception->context_.get();
    if (!cause.is_none()) {
      if (!was_seen(cause)) chained(cause, kCauseText);
    } else if (!context.is_none() && !exception->suppress_context_ && !was_seen(context)) {
      chained(context, kContextText);
    }
  }
  if (is_instance(thread_, value, thread_.runtime().exception_type<BaseExceptionGroup>()))
    group(value);
  else
    single(value);
  flush();
}

// --- frames

void Printer::repeated(int64_t count) {
  text_.append("  [Previous line repeated ");
  text_.append_int(count - kSameLines);
  text_.append(count - kSameLines == 1 ? " more time]\n" : " more times]\n");
}

void Printer::traceback(Value first, bool is_group) {
  int64_t limit = kDefaultLimit;
  Optional<Value> wanted = thread_.runtime().sys_dict()->get_str(intern(thread_, "tracebacklimit"));
  if (wanted && is_integer(*wanted)) {
    if (!int_fits_int64(*wanted, &limit)) limit = int_compare(*wanted, Value::from_int(0)) < 0 ? 0 : INT64_MAX;
    if (limit <= 0) return;
  }
  if (is_group)
    margin(0, depth_ == 1 ? "+ " : depth_ > 0 ? "| " : "");
  else
    margin();
  text_.append(is_group ? "Exception Group Traceback (most recent call last):\n"
                        : "Traceback (most recent call last):\n");
  int64_t depth = 0;
  for (Value at = first; is<Traceback>(at); at = cast<Traceback>(at)->next_.get()) ++depth;
  Value at = first;
  for (; depth > limit; --depth) at = cast<Traceback>(at)->next_.get();
  Code* last_code = nullptr;
  int64_t last_line = -1, same = 0;
  for (; is<Traceback>(at); at = cast<Traceback>(at)->next_.get()) {
    auto* entry = cast<Traceback>(at);
    if (!is<Frame>(entry->frame_.get())) continue;
    Code* code = cast<Frame>(entry->frame_.get())->function_->code();
    int64_t line = line_of(entry);
    bool is_same = last_code != nullptr && line == last_line && line != -1 &&
                   code->filename_->equals(last_code->filename_.get()) && code->name_->equals(last_code->name_.get());
    if (!is_same) {
      if (same > kSameLines) repeated(same);
      last_code = code;
      last_line = line;
      same = 0;
    }
    if (++same <= kSameLines) frame_line(entry, code, line);
  }
  if (same > kSameLines) repeated(same);
}

void Printer::frame_line(Traceback* entry, Code* code, int64_t line) {
  margin();
  text_.append("  File \"");
  text_.append(code->filename_.get());
  text_.append("\", line ");
  text_.append_int(line);
  text_.append(", in ");
  text_.append(code->name_.get());
  text_.append("\n");
  Str* source = source_.line(code->filename_.get(), line);
  if (source == nullptr) return;
  int64_t indent = 0;
  while (indent < source->length() &&
         (source->at(indent) == ' ' || source->at(indent) == '\t' || source->at(indent) == '\f'))
    ++indent;
  margin();
  text_.append("    ");
  text_.append(source, indent, source->length());
  text_.append("\n");
  carets(code, entry->word_, source, indent);
}

void Printer::carets(Code* code, uint32_t word, Str* line, int64_t indent) {
  if (!thread_.runtime().options().debug_ranges) return;
  SourcePosition position = position_at(code, word);
  if (position.line <= 0 || position.end_line <= 0 || position.column < 0 || position.end_column < 0) return;
  CaretRange range;
  range.start = characters_in(line, position.column);
  if (position.line == position.end_line) {
    range.end = characters_in(line, position.end_column);
    find_anchors(thread_, line, &range);
  } else {
    range.end = line->length();
    while (range.end > 0 &&
           (line->at(range.end - 1) == ' ' || line->at(range.end - 1) == '\t' || line->at(range.end - 1) == '\f'))
      --range.end;
  }
  // Marking the whole line says nothing.
  if (range.end - range.start == line->length() - indent && range.left_end < 0) return;
  margin();
  text_.append("    ");
  for (int64_t at = indent; at < range.end; ++at) {
    char mark = range.primary;
    if (at < range.start)
      mark = ' ';
    else if (range.left_end >= 0 && at >= range.left_end && at < range.right_start)
      mark = range.secondary;
    text_.append(static_cast<uint32_t>(mark));
  }
  text_.append("\n");
}

// --- one exception

/// The lines of a SyntaxError's place; its message goes to *message. False when it is not such an exception.
bool Printer::syntax_error(Value value, Value* message) {
  if (member(value, thread_.names().print_file_and_line).is_absent()) return false;
  const Names& names = thread_.names();
  Value text = member(value, names.msg), filename = member(value, names.filename), line = member(value, names.lineno),
        offset = member(value, names.offset), end_line = member(value, names.end_lineno),
        end_offset = member(value, names.end_offset), source = member(value, names.text);
  if (text.is_absent() || filename.is_absent() || source.is_absent() || !line.is_int()) return false;
  if (!offset.is_int() && !offset.is_none()) return false;
  auto name = filename.is_none() ? Result<Str*>(intern(thread_, "<string>")) : str(thread_, filename);
  if (name.is_raised()) {
    thread_.clear_pending();
    return false;
  }
  *message = text;
  margin();
  text_.append("  File \"");
  text_.append(name.take());
  text_.append("\", line ");
  text_.append_int(line.as_int());
  text_.append("\n");
  if (!is_str(source)) return true;
  Str* shown = as_str(thread_, source);
  int64_t end = end_offset.is_int() ? end_offset.as_int() : -1;
  if (end_line.is_int() && end_line.as_int() > line.as_int())
    end = shown->length() > 0 && shown->at(shown->length() - 1) == '\n' ? shown->length() - 1 : shown->length();
  syntax_text(shown, offset.is_int() ? offset.as_int() : -1, end);
  return true;
}

void Printer::syntax_text(Str* text, int64_t offset, int64_t end_offset) {
  int64_t marks = end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
  int64_t start = 0, end = text->length();
  --offset;
  while (start < end && (text->at(start) == ' ' || text->at(start) == '\t' || text->at(start) == '\f'))
    ++start, --offset;
  if (end > start && text->at(end - 1) == '\n') --end;
  if (offset > end - start) offset = end - start;
  // Of several lines, the one with the mistake.
  for (int64_t at = start; at < text->length() && at - start < offset; ++at) {
    if (text->at(at) != '\n') continue;
    offset -= at + 1 - start;
    start = at + 1;
  }
  if (offset >= 0) marks = std::max<int64_t>(std::min(marks, end - start - offset), 1);
  margin();
  text_.append("    ");
  text_.append(text, start, text->length());
  if (end >= text->length()) text_.append("\n");
  if (offset < 0) return;
  margin();
  text_.append("    ");
  text_.append_repeated(' ', offset);
  text_.append_repeated('^', marks);
  text_.append("\n");
}

void Printer::type_and_message(Type* type, Value value) {
  margin();
  Value module = member(to_value(type), thread_.names().__module__);
  if (!is_str(module)) {
    text_.append("<unknown>.");
  } else if (Str* name = as_str(thread_, module); !name->equals("builtins") && !name->equals("__main__")) {
    text_.append(name);
    text_.append(".");
  }
  Value name = member(to_value(type), thread_.names().__qualname__);
  if (is_str(name))
    text_.append(as_str(thread_, name));
  else
    text_.append("<unknown>");
  if (value.is_none()) return;
  flush();
  auto text = str(thread_, value);
  if (text.is_raised()) {
    thread_.clear_pending();
    text_.append(": <exception str() failed>");
  } else if (text.take()->length() > 0) {
    text_.append(": ");
    text_.append(text.take());
  }
}

void Printer::notes(Value notes) {
  if (notes.is_absent()) return;
  Type* type = type_of(thread_, notes);
  bool is_sequence = type->slots().get_item != nullptr && !is<Dict>(notes);
  if (!is_sequence) {
    margin();
    auto text = repr(thread_, notes);
    if (text.is_raised()) thread_.clear_pending();
    text.is_raised() ? text_.append("<__notes__ repr() failed>") : text_.append(text.take());
    text_.append("\n");
    return;
  }
  auto count = length(thread_, notes);
  if (count.is_raised()) return thread_.clear_pending();
  for (int64_t i = 0; i < count.take(); ++i) {
    auto note = get_item(thread_, notes, Value::from_int(i));
    if (note.is_raised()) return thread_.clear_pending();
    auto text = str(thread_, note.take());
    if (text.is_raised()) {
      thread_.clear_pending();
      text_.append("<note str() failed>");
    } else {
      Str* shown = text.take();
      for (int64_t start = 0; start < shown->length();) {
        int64_t end = start;
        auto is_end = [](uint32_t c) {
          return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
        };
        while (end < shown->length() && !is_end(shown->at(end))) ++end;
        if (end + 1 < shown->length() && shown->at(end) == '\r' && shown->at(end + 1) == '\n') ++end;
        if (end < shown->length()) ++end;
        margin();
        text_.append(shown, start, end);
        start = end;
      }
    }
    text_.append("\n");
  }
}

void Printer::single(Value value) {
  if (!is<ExceptionObject>(value)) {
    margin();
    text_.append("TypeError: print_exception(): Exception expected for value, ");
    text_.append(type_of(thread_, value)->name());
    text_.append(" found\n");
    return;
  }
  auto* exception = cast<ExceptionObject>(value);
  bool is_group = is_instance(thread_, value, thread_.runtime().exception_type<BaseExceptionGroup>());
  if (is<Traceback>(exception->traceback_.get())) traceback(exception->traceback_.get(), is_group);
  Type* type = type_of(thread_, value);
  Value all_notes = member(value, thread_.names().__notes__);
  Value message = value;
  syntax_error(value, &message);
  type_and_message(type, message);
  if (Str* name = suggestion_for(thread_, exception)) {
    text_.append(". Did you mean: ");
    auto quoted = repr(thread_, to_value(name));
    if (quoted.is_raised())
      thread_.clear_pending();
    else
      text_.append(quoted.take());
    text_.append("?");
  }
  text_.append("\n");
  notes(all_notes);
}

// --- groups

void Printer::group(Value value) {
  if (depth_ > kDeepestGroup) {
    margin();
    text_.append("... (max_group_depth is ");
    text_.append_int(kDeepestGroup);
    text_.append(")\n");
    return;
  }
  if (depth_ == 0) depth_ = 1;
  single(value);
  Value members = exception_member(thread_, value.as_object(), thread_.names().exceptions);
  int64_t count = is<Tuple>(members) ? cast<Tuple>(members)->length() : 0;
  int64_t shown = count <= kMostGroupMembers ? count : kMostGroupMembers + 1;
  need_close_ = false;
  for (int64_t i = 0; i < shown && !failed_; ++i) group_member(members, i, count, i == shown - 1);
  if (depth_ == 1) depth_ = 0;
}

void Printer::group_member(Value members, int64_t number, int64_t count, bool is_last) {
  if (is_last) need_close_ = true;
  bool is_cut = number >= kMostGroupMembers;
  margin(0, number == 0 ? "+-" : "  ");
  text_.append("+---------------- ");
  if (is_cut)
    text_.append("...");
  else
    text_.append_int(number + 1);
  text_.append(" ----------------\n");
  ++depth_;
  if (is_cut) {
    int64_t rest = count - kMostGroupMembers;
    margin();
    text_.append("and ");
    text_.append_int(rest);
    text_.append(rest > 1 ? " more exceptions\n" : " more exception\n");
  } else {
    exception_with_chain(cast<Tuple>(members)->at(number));
  }
  if (is_last && need_close_) {
    margin(0, "+------------------------------------\n");
    need_close_ = false;
  }
  --depth_;
}

void write_quietly(Thread& thread, Value file, std::string_view text) {
  if (call_method(thread, file, thread.names().write, to_value(make_str(thread, text))).is_raised())
    thread.clear_pending();
}

/// sys.stderr, or absent.
Value error_stream(Thread& thread) {
  Optional<Value> file = thread.runtime().sys_dict()->get_str(thread.names().stderr_);
  return file ? *file : Value::absent();
}

}  // namespace

Result<void> print_exception_to(Thread& thread, Value file, ExceptionObject* exception) {
  NativeHolder holder(thread);
  Printer printer(thread, file);
  printer.exception_with_chain(to_value(exception));
  printer.flush();
  if (call_method(thread, file, thread.names().flush).is_raised()) thread.clear_pending();
  return {};
}

Result<void> print_traceback_to(Thread& thread, Value file, Value traceback) {
  NativeHolder holder(thread);
  Printer printer(thread, file);
  if (is<Traceback>(traceback)) printer.traceback(traceback, false);
  printer.flush();
  return {};
}

Result<void> print_exception(Thread& thread, ExceptionObject* exception) {
  Value file = error_stream(thread);
  if (file.is_absent()) {
    auto text = repr(thread, to_value(exception));
    auto bytes = text.is_raised() ? Result<Bytes*>(Raised{}) : encode_utf8(thread, text.take());
    if (bytes.is_raised())
      thread.clear_pending();
    else
      std::fprintf(stderr, "%s\n", std::string(bytes.take()->view()).c_str());
    std::fputs("lost sys.stderr\n", stderr);
    return {};
  }
  if (file.is_none()) return {};
  return print_exception_to(thread, file, exception);
}

bool call_except_hook(Thread& thread, ExceptionObject* exception) {
  NativeHolder holder(thread);
  Dict* sys = thread.runtime().sys_dict();
  Value value = to_value(exception), type = to_value(type_of(thread, value));
  Optional<Value> hook = sys->get_str(thread.names().excepthook);
  Value errors = error_stream(thread);
  bool can_write = !errors.is_absent() && !errors.is_none();
  if (!hook) {
    if (can_write) write_quietly(thread, errors, "sys.excepthook is missing\n");
    if (print_exception(thread, exception).is_raised()) thread.clear_pending();
    return true;
  }
  Value traceback = exception->traceback_.get();
  if (!audit(thread, "sys.excepthook", *hook, type, value, traceback).is_raised() &&
      !call(thread, *hook, type, value, traceback).is_raised())
    return true;
  if (thread.pending_is<SystemExit>()) return false;
  ExceptionObject* second = thread.take_pending();
  if (can_write) write_quietly(thread, errors, "Error in sys.excepthook:\n");
  if (print_exception(thread, second).is_raised()) thread.clear_pending();
  if (can_write) write_quietly(thread, errors, "\nOriginal exception was:\n");
  if (print_exception(thread, exception).is_raised()) thread.clear_pending();
  return true;
}

}  // namespace viperine
