// SPDX-License-Identifier: MIT
// The module _string: the parser of str.format's markup, as string.Formatter uses it.
#include "builtins/container_support.h"
#include "runtime/text_views.h"
#include "text/format_fields.h"

namespace viperine {

namespace {

/// Walks a format string, or (is_field_ set) the parts behind the first of a field's name.
class FormatIterator final : public HeapObject {
 public:
  Slot<Value> text_;
  int64_t position_, is_field_;
  LAYOUT(FormatIterator, HeapObject, text_, position_, is_field_);
};

Result<Value> part_text(Thread& thread, Str* text, TextSpan span) {
  return to_value(TRY(substring(thread, text, static_cast<int64_t>(span.start), static_cast<int64_t>(span.end))));
}

Result<Optional<Value>> next_markup(Thread& thread, FormatIterator* self, Str* text) {
  MarkupIterator markup(view_of(text), {static_cast<size_t>(self->position_), static_cast<size_t>(text->length())});
  MarkupPart part;
  switch (markup.next(part)) {
    case Step::kEnd: return Optional<Value>();
    case Step::kError: return thread.raise<ValueError>("{}", markup.error());
    case Step::kItem: break;
  }
  self->position_ = static_cast<int64_t>(markup.position());
  Value none = Value::none();
  Value literal = TRY(part_text(thread, text, part.literal));
  if (!part.has_field) return Optional<Value>(tuple_of(thread, literal, none, none, none));
  Value name = TRY(part_text(thread, text, part.name));
  Value spec = TRY(part_text(thread, text, part.spec));
  Value conversion = part.conversion == 0 ? none : to_value(make_character(thread, part.conversion));
  return Optional<Value>(tuple_of(thread, literal, name, spec, conversion));
}

Result<Optional<Value>> next_step(Thread& thread, FormatIterator* self, Str* text) {
  FieldIterator steps(view_of(text), {static_cast<size_t>(self->position_), static_cast<size_t>(text->length())});
  FieldStep step;
  switch (steps.next(step)) {
    case Step::kEnd: return Optional<Value>();
    case Step::kError: return thread.raise<ValueError>("{}", steps.error());
    case Step::kItem: break;
  }
  self->position_ = static_cast<int64_t>(steps.position());
  Value name = step.index >= 0 ? Value::from_int(step.index) : TRY(part_text(thread, text, step.name));
  return Optional<Value>(make_pair(thread, Value::from_bool(step.is_attribute), name));
}

Result<Optional<Value>> iterator_next(Thread& thread, Value value) {
  auto* self = static_cast<FormatIterator*>(value.as_object());
  Str* text = cast<Str>(self->text_.get());
  return self->is_field_ ? next_step(thread, self, text) : next_markup(thread, self, text);
}
Result<Value> iterator_self(Thread&, Value self) { return self; }

Value make_iterator(Thread& thread, Str* text, size_t position, bool is_field) {
  auto* iterator = make_exact<FormatIterator>(thread, Kind::StringFormatIterator);
  iterator->text_.initialize(to_value(text));
  iterator->position_ = static_cast<int64_t>(position);
  iterator->is_field_ = is_field;
  return to_value(iterator);
}

Result<Str*> format_argument(Thread& thread, Value format) {
  if (is_str(format)) return as_str(thread, format);
  return thread.raise<TypeError>("expected str, got {}", type_name_of(format));
}

Result<Value> formatter_parser(Thread& thread, Value format) {
  return make_iterator(thread, TRY(format_argument(thread, format)), 0, false);
}

Result<Value> formatter_field_name_split(Thread& thread, Value format) {
  Str* text = TRY(format_argument(thread, format));
  FieldName parts;
  if (const char* error = split_field_name(view_of(text), {0, static_cast<size_t>(text->length())}, parts))
    return thread.raise<ValueError>("{}", error);
  Value first = parts.first_index >= 0 ? Value::from_int(parts.first_index) : TRY(part_text(thread, text, parts.first));
  return make_pair(thread, first, make_iterator(thread, text, parts.rest.start, true));
}

constexpr NativeMethod kFunctions[] = {
    function<formatter_field_name_split>("formatter_field_name_split($module, field_name, /)",
                                         "split the argument as a field name"),
    function<formatter_parser>("formatter_parser($module, format_string, /)", "parse the argument as a format string"),
};

constexpr TypeSpec kIteratorType = {
    .name = "_string.formatteriterator",
    .kind = Kind::StringFormatIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<FormatIterator>("formatteriterator"); },
    .slots = {.iter = iterator_self, .next = iterator_next},
};

Result<void> string_initialize(Thread& thread, Module*) {
  if (thread.runtime().type(Kind::StringFormatIterator) == nullptr) TRY(make_builtin_type(thread, kIteratorType));
  return {};
}

}  // namespace

extern const ModuleSpec kStringModule;
constinit const ModuleSpec kStringModule = {
    .name = "_string", .functions = kFunctions, .initialize = string_initialize, .doc = "string helper module"};

}  // namespace viperine
