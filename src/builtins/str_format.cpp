// SPDX-License-Identifier: MIT
// str.format, str.format_map and str.__format__.
#include "builtins/str_methods.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "text/format_fields.h"
#include "text/format_spec.h"

namespace viperine {

namespace {

Result<Str*> span_text(Thread& thread, Str* text, TextSpan span) {
  return substring(thread, text, static_cast<int64_t>(span.start), static_cast<int64_t>(span.end));
}

/// Whether fields are numbered by the text or by us: it may not change within one format string.
enum class Numbering : uint8_t { kUnknown, kAutomatic, kManual };

class Formatter {
 public:
  Formatter(Thread& thread, std::span<const Value> positional, bool has_positional, Value keywords)
      : thread_(thread), positional_(positional), has_positional_(has_positional), keywords_(keywords) {}

  /// Expands the markup of text[span] into `out`; `depth` more levels of fields in specifications are allowed.
  Result<void> expand(Str* text, TextSpan span, int depth, TextBuffer& out) {
    if (depth < 0) return thread_.raise<ValueError>("Max string recursion exceeded");
    TextView view = view_of(text);
    MarkupIterator markup(view, span);
    MarkupPart part;
    for (;;) {
      Step step = markup.next(part);
      if (step == Step::kEnd) return {};
      if (step == Step::kError) return thread_.raise<ValueError>("{}", markup.error());
      out.append(view.slice(part.literal.start, part.literal.end));
      if (part.has_field) TRY(expand_field(text, part, depth, out));
    }
  }

 private:
  Result<void> expand_field(Str* text, const MarkupPart& part, int depth, TextBuffer& out) {
    Value value = TRY(field_value(text, part.name));
    if (part.conversion != 0) value = TRY(converted(value, part.conversion));
    Str* specification;
    if (part.spec_needs_expanding) {
      TextBuffer inner;
      TRY(expand(text, part.spec, depth - 1, inner));
      specification = TRY(make_text(thread_, inner));
    } else {
      specification = TRY(span_text(thread_, text, part.spec));
    }
    Value result = TRY(format(thread_, value, specification));
    out.append(view_of(as_str(thread_, result)));
    return {};
  }

  Result<Value> converted(Value value, char32_t conversion) {
    switch (conversion) {
      case 's': return to_value(TRY(str(thread_, value)));
      case 'r': return to_value(TRY(repr(thread_, value)));
      case 'a': return to_value(TRY(ascii(thread_, value)));
      default: break;
    }
    if (conversion > 32 && conversion < 127)
      return thread_.raise<ValueError>("Unknown conversion specifier {}", character(conversion));
    char digits[16];
    std::snprintf(digits, sizeof digits, "%x", static_cast<unsigned>(conversion));
    return thread_.raise<ValueError>("Unknown conversion specifier \\x{}", static_cast<const char*>(digits));
  }

  Result<Value> field_value(Str* text, TextSpan name) {
    TextView view = view_of(text);
    FieldName parts;
    if (const char* error = split_field_name(view, name, parts)) return thread_.raise<ValueError>("{}", error);
    Value value = TRY(first_value(text, parts));
    FieldIterator steps(view, parts.rest);
    FieldStep step;
    for (;;) {
      Step more = steps.next(step);
      if (more == Step::kEnd) return value;
      if (more == Step::kError) return thread_.raise<ValueError>("{}", steps.error());
      if (step.is_attribute) {
        value = TRY(get_attribute(thread_, value, intern(thread_, TRY(span_text(thread_, text, step.name)))));
      } else if (step.index >= 0) {
        value = TRY(get_item(thread_, value, Value::from_int(step.index)));
      } else {
        value = TRY(get_item(thread_, value, to_value(TRY(span_text(thread_, text, step.name)))));
      }
    }
  }

  Result<void> number_as(Numbering wanted) {
    if (numbering_ == Numbering::kUnknown) numbering_ = wanted;
    if (numbering_ == wanted) return {};
    return thread_.raise<ValueError>(
        wanted == Numbering::kAutomatic ? "cannot switch from manual field specification to automatic field numbering"
                                        : "cannot switch from automatic field numbering to manual field specification");
  }

  Result<Value> first_value(Str* text, const FieldName& parts) {
    int64_t index = parts.first_index;
    bool automatic = parts.first.start == parts.first.end;
    if (index < 0 && !automatic) {
      Str* key = TRY(span_text(thread_, text, parts.first));
      if (keywords_.is_absent()) return thread_.raise_value(ExceptionKind::KeyError, to_value(key));
      if (is_exact<Dict>(keywords_)) {
        Optional<Value> found = TRY(dict_find(thread_, cast<Dict>(keywords_), to_value(key)));
        if (!found) return thread_.raise_value(ExceptionKind::KeyError, to_value(key));
        return *found;
      }
      return get_item(thread_, keywords_, to_value(key));
    }
    TRY(number_as(automatic ? Numbering::kAutomatic : Numbering::kManual));
    if (automatic) index = next_index_++;
    if (!has_positional_) return thread_.raise<ValueError>("Format string contains positional fields");
    if (index >= static_cast<int64_t>(positional_.size()))
      return thread_.raise<IndexError>("Replacement index {} out of range for positional args tuple", index);
    return positional_[static_cast<size_t>(index)];
  }

  Thread& thread_;
  std::span<const Value> positional_;
  bool has_positional_;
  Value keywords_;   // absent: none
  Numbering numbering_ = Numbering::kUnknown;
  int64_t next_index_ = 0;
};

Result<Value> format_markup(Thread& thread, Str* text, Formatter& formatter) {
  TextBuffer out;
  TRY(formatter.expand(text, {0, static_cast<size_t>(text->length())}, 1, out));
  return to_value(TRY(make_text(thread, out)));
}

}  // namespace

Result<Value> str_format(Thread& thread, Str* self, Rest positional, Keywords keywords) {
  Formatter formatter(thread, positional.span(), true,
                      keywords.dict == nullptr ? Value::absent() : to_value(keywords.dict));
  return format_markup(thread, self, formatter);
}

Result<Value> str_format_map(Thread& thread, Str* self, Value mapping) {
  Formatter formatter(thread, {}, false, mapping);
  return format_markup(thread, self, formatter);
}

Result<Value> str_dunder_format(Thread& thread, Str* self, Str* specification) {
  if (specification->length() == 0) {
    if (is_exact<Str>(to_value(self))) return to_value(self);
    return to_value(TRY(str(thread, to_value(self))));
  }
  FormatSpec spec;
  TextBuffer out, error;
  Str* type_name = type_of(thread, to_value(self))->name();
  std::string_view name = type_name->is_ascii() ? type_name->ascii() : std::string_view("str");
  if (!parse_format_spec(view_of(specification), name, '<', spec, error))
    return thread.raise<ValueError>("{}", TRY(make_text(thread, error)));
  if (spec.width > Str::kMaxLength) return thread.raise_memory_error();
  if (!format_text(view_of(self), spec, name, out, error))
    return thread.raise<ValueError>("{}", TRY(make_text(thread, error)));
  return to_value(TRY(make_text(thread, out)));
}

}  // namespace viperine
