// SPDX-License-Identifier: MIT
// Filling the parameters of a native function from Arguments: counts, keywords, defaults written in the signature text,
// and the TypeErrors for everything that does not fit. Conversion to C++ types is in binding.h.
#include "runtime/binding.h"

#include <cstring>

#include "runtime/containers.h"
#include "runtime/names_of_kinds.h"

namespace viperine {

namespace {

/// Walks the parameters of a signature text.
class SignatureReader {
 public:
  explicit SignatureReader(const NativeMethod& method) : at_(std::strchr(method.text, '(') + 1) {}

  struct Parameter {
    std::string_view name, default_text;
    bool is_self = false;
  };

  /// Next ordinary parameter ($self included), skipping `/`, `*`, `*args`, `**kwargs`, `$module`; false at the end.
  bool next(Parameter* parameter) {
    for (;;) {
      while (*at_ == ' ' || *at_ == ',') ++at_;
      if (*at_ == ')' || *at_ == 0) return false;
      const char* start = at_;
      skip_parameter();
      std::string_view text(start, static_cast<size_t>(at_ - start));
      if (text[0] == '/' || text[0] == '*') continue;
      parameter->is_self = text[0] == '$';
      if (parameter->is_self && text[1] == 'm') continue;
      if (parameter->is_self) text.remove_prefix(1);
      size_t equals_sign = text.find('=');
      parameter->name = text.substr(0, equals_sign);
      parameter->default_text =
          equals_sign == std::string_view::npos ? std::string_view() : text.substr(equals_sign + 1);
      return true;
    }
  }

 private:
  void skip_parameter() {
    int depth = 0;
    char quote = 0;
    for (; *at_ != 0; ++at_) {
      if (quote != 0) {
        if (*at_ == '\\')
          ++at_;
        else if (*at_ == quote)
          quote = 0;
      } else if (*at_ == '\'' || *at_ == '"') {
        quote = *at_;
      } else if (*at_ == '(' || *at_ == '[' || *at_ == '{') {
        ++depth;
      } else if (depth > 0 && (*at_ == ')' || *at_ == ']' || *at_ == '}')) {
        --depth;
      } else if (depth == 0 && (*at_ == ',' || *at_ == ')')) {
        return;
      }
    }
  }
  const char* at_;
};

Value parse_default(Thread& thread, std::string_view text) {
  if (text.size() >= 2 && (text[0] == '\'' || text[0] == '"') && text.find('\\') == std::string_view::npos)
    return to_value(intern(thread, text.substr(1, text.size() - 2)));
  if (text == "None") return Value::none();
  if (text == "True") return Value::true_();
  if (text == "False") return Value::false_();
  if (text.empty()) return Value::absent();
  bool is_negative = text[0] == '-';
  int64_t number = 0;
  for (char c : text.substr(is_negative ? 1 : 0)) {
    if (c < '0' || c > '9') return Value::absent();
    number = number * 10 + (c - '0');
  }
  return Value::from_int(is_negative ? -number : number);
}

/// Constructors whose errors do not name them are written as "function(...)".
bool is_nameless(const NativeMethod& method) {
  return method.name() == "function" && std::strncmp(method.text, "function(code", 13) != 0;  // types.FunctionType
}
const char* parentheses(const NativeMethod& method) { return is_nameless(method) ? "" : "()"; }

uint32_t self_count(const NativeMethod& method) { return (method.flags & (kNativeSelf | kNativeClass)) != 0 ? 1 : 0; }

/// The class whose dict holds this method, found from the receiver; null when there is none.
Type* owner_of(Thread& thread, const NativeMethod& method, Value receiver) {
  Type* type = (method.flags & kNativeClass) != 0 ? try_cast<Type>(receiver) : type_of(thread, receiver);
  if (type == nullptr || type->mro() == nullptr) return nullptr;
  Str* name = intern(thread, method.name());
  for (Value base : type->mro()->span()) {
    if (!has_kind(base, Kind::Type) || cast<Type>(base)->dict() == nullptr) continue;
    Optional<Value> entry = cast<Type>(base)->dict()->get_str(name);
    if (!entry || (!has_kind(*entry, Kind::MethodDescriptor) && !has_kind(*entry, Kind::ClassMethodDescriptor)))
      continue;
    if (static_cast<MethodDescriptor*>((*entry).as_object())->method_ == &method) return cast<Type>(base);
  }
  return nullptr;
}

/// "list.append" or "math.sin": how texts about calls without keywords name the function.
Str* function_text(Thread& thread, const NativeMethod& method, const Arguments* arguments) {
  if (self_count(method) != 0 && arguments != nullptr && arguments->positional_count() > 0) {
    Type* owner = owner_of(thread, method, (*arguments)[0]);
    if (owner != nullptr) return format_text(thread, "{}.{}", owner->qualified_name_.get(), method.name());
  }
  for (const ModuleSpec* module : thread.runtime().tables().modules)
    if (&method >= module->functions.data() && &method < module->functions.data() + module->functions.size())
      return format_text(thread, "{}.{}", module->name, method.name());
  return intern(thread, method.name());
}

const char* plural(uint32_t count) { return count == 1 ? "" : "s"; }

/// str.find and its relatives say "find() takes at least 1 argument (0 given)".
bool has_old_counts(const NativeMethod& method) {
  if (self_count(method) != 1 || method.required != 2 || method.positional != 4) return false;
  for (std::string_view name : {"find", "rfind", "index", "rindex", "count", "startswith", "endswith"})
    if (method.name() == name) return true;
  return false;
}

/// All parameters are positional-only.
Raised raise_positional_count(Thread& thread, const NativeMethod& method, uint32_t given, const Arguments* arguments) {
  uint32_t self = self_count(method);
  uint32_t required = method.required - self, most = method.positional - self;
  std::string_view name = method.name();
  if (most == 0)
    return thread.raise<TypeError>("{}() takes no arguments ({} given)", function_text(thread, method, arguments),
                                   given);
  bool few = given < required;
  uint32_t bound = few ? required : most;
  if (has_old_counts(method))
    return thread.raise<TypeError>("{}() takes {} {} argument{} ({} given)", name,
                                   required == most ? "exactly"
                                   : few            ? "at least"
                                                    : "at most",
                                   bound, plural(bound), given);
  if (required == most && most == 1)
    return thread.raise<TypeError>("{}() takes exactly one argument ({} given)",
                                   function_text(thread, method, arguments), given);
  if (required == most)
    return thread.raise<TypeError>("{} expected {} argument{}, got {}", name, most, plural(most), given);
  return thread.raise<TypeError>("{} expected at {} {} argument{}, got {}", name, few ? "least" : "most", bound,
                                 plural(bound), given);
}

Raised raise_count(Thread& thread, const NativeMethod& method, uint32_t given, const Arguments* arguments) {
  uint32_t self = self_count(method);
  uint32_t required = method.required - self, most = method.positional - self;
  given -= self;
  std::string_view name = method.name();
  if (method.positional_only == method.total && (method.flags & kNativeKeywords) == 0)
    return raise_positional_count(thread, method, given, arguments);
  if (most == 0) return thread.raise<TypeError>("{}() takes no positional arguments", name);
  uint32_t needed = required < method.positional_only - self ? required : method.positional_only - self;
  if (method.positional_only > self && given < needed)
    return thread.raise<TypeError>("{}{} takes {} {} positional argument{} ({} given)", name, parentheses(method),
                                   needed < most ? "at least" : "exactly", needed, plural(needed), given);
  if (given > method.total - self)
    return thread.raise<TypeError>("{}{} takes {} {} argument{} ({} given)", name, parentheses(method),
                                   required == method.total - self && !is_nameless(method) ? "exactly" : "at most",
                                   method.total - self, plural(method.total - self), given);
  return thread.raise<TypeError>("{}{} takes {} {} positional argument{} ({} given)", name, parentheses(method),
                                 required == most ? "exactly" : "at most", most, plural(most), given);
}

/// Number of the parameter with this name, or -1.
int find_parameter(const NativeMethod& method, Str* name) {
  SignatureReader reader(method);
  SignatureReader::Parameter parameter;
  for (int i = 0; reader.next(&parameter); ++i)
    if (!parameter.is_self && name->equals(parameter.name)) return i;
  return -1;
}

Result<void> bind_keywords(Thread& thread, const NativeMethod& method, const Arguments& arguments,
                           BoundArguments& bound) {
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* name = as_str(thread, arguments.keywords->at(i));
    Value value = arguments.keyword_value(i);
    int number = find_parameter(method, name);
    if (number >= static_cast<int>(method.positional_only)) {
      if (!bound.values[number].is_absent())
        return thread.raise<TypeError>("argument for {}() given by name ('{}') and position ({})", method.name(), name,
                                       number + 1 - static_cast<int>(self_count(method)));
      bound.values[number] = value;
      continue;
    }
    if ((method.flags & kNativeKeywords) == 0) {
      if (method.positional_only == method.total)
        return thread.raise<TypeError>("{}() takes no keyword arguments", function_text(thread, method, &arguments));
      if (is_nameless(method))
        return thread.raise<TypeError>("'{}' is an invalid keyword argument for this function", name);
      return thread.raise<TypeError>("'{}' is an invalid keyword argument for {}()", name, method.name());
    }
    if (bound.keywords == nullptr) bound.keywords = Dict::make(thread.heap());
    TRY(dict_set_name(thread, bound.keywords, name, value));
  }
  return {};
}

}  // namespace

namespace {

/// The str literal that begins here.
Value literal_text(Thread& thread, const char* quote) {
  if (std::strncmp(quote + 1, "strict'", 7) == 0) return to_value(thread.names().strict);
  const char* end = quote + 1;
  while (*end != *quote) ++end;
  return to_value(intern(thread, std::string_view(quote + 1, static_cast<size_t>(end - quote - 1))));
}

/// Missing arguments become what NativeMethod::defaults says; false when one of them must be read from the text.
bool fill_coded_defaults(Thread& thread, const NativeMethod& method, uint32_t first, BoundArguments& bound) {
  if (method.total > NativeMethod::kCodedDefaults) return false;
  for (uint32_t i = first; i < method.total; ++i) {
    if (!bound.values[i].is_absent()) continue;
    uint8_t code = method.defaults[i];
    switch (code) {
      case kDefaultInText:
        return false;
      case kDefaultNone:
        bound.values[i] = Value::none();
        break;
      case kDefaultTrue:
        bound.values[i] = Value::true_();
        break;
      case kDefaultFalse:
        bound.values[i] = Value::false_();
        break;
      case kDefaultAbsent:
        break;
      default:
        bound.values[i] = code >= kDefaultText ? literal_text(thread, method.text + (code - kDefaultText))
                                               : Value::from_int(int{code} - kDefaultZero);
    }
  }
  return true;
}

}  // namespace

Value default_of(Thread& thread, const NativeMethod& method, uint32_t number) {
  SignatureReader reader(method);
  SignatureReader::Parameter parameter;
  for (uint32_t i = 0; reader.next(&parameter); ++i)
    if (i == number) return parse_default(thread, parameter.default_text);
  return Value::absent();
}

Result<void> bind_arguments(Thread& thread, const NativeMethod& method, const Arguments& arguments,
                            BoundArguments& bound) {
  uint32_t given = arguments.positional_count();
  if (arguments.keywords == nullptr && given >= method.required && given <= method.positional) [[likely]] {
    for (uint32_t i = 0; i < given; ++i) bound.values[i] = arguments.values[i];
    for (uint32_t i = given; i < method.total; ++i) bound.values[i] = Value::absent();
    if (fill_coded_defaults(thread, method, given, bound)) return {};
  }
  uint32_t taken = given < method.positional ? given : method.positional;
  for (uint32_t i = 0; i < taken; ++i) bound.values[i] = arguments[i];
  for (uint32_t i = taken; i < method.total; ++i) bound.values[i] = Value::absent();
  if (self_count(method) != 0 && given == 0)
    return thread.raise<TypeError>("unbound method {}() needs an argument", method.name());
  if (given > method.positional) {
    if ((method.flags & kNativeRest) == 0) return raise_count(thread, method, given, &arguments);
    bound.rest = Rest{arguments.values + method.positional, given - method.positional};
  }
  if (arguments.keyword_count() > 0) TRY(bind_keywords(thread, method, arguments, bound));
  bool all = true;
  for (uint32_t i = taken; i < method.total; ++i) all = all && !bound.values[i].is_absent();
  if (all) return {};
  if (fill_coded_defaults(thread, method, taken, bound)) return {};
  SignatureReader reader(method);
  SignatureReader::Parameter parameter;
  for (uint32_t i = 0; reader.next(&parameter); ++i) {
    if (!bound.values[i].is_absent()) continue;
    if (parameter.default_text.empty()) {
      if (method.positional_only >= method.positional || (i < method.positional_only))
        return raise_count(thread, method, given, &arguments);
      return thread.raise<TypeError>("{}{} missing required argument '{}' (pos {})", method.name(), parentheses(method),
                                     parameter.name, i + 1 - self_count(method));
    }
    bound.values[i] = parse_default(thread, parameter.default_text);
  }
  return {};
}

Raised raise_wrong_type(Thread& thread, const ParameterPlace& place, const char* expected, Value value) {
  const NativeMethod& method = place.method;
  if (value.is_absent()) return raise_missing(thread, place);
  if (place.number < self_count(method))
    return thread.raise<TypeError>("descriptor '{}' requires a '{}' object but received a '{}'", method.name(),
                                   expected, type_name_of(value));
  uint32_t number = place.number + 1 - self_count(method);
  if (method.total - self_count(method) == 1 && method.positional_only == method.total)
    return thread.raise<TypeError>("{}() argument must be {}, not {}", method.name(), expected, type_name_of(value));
  if (method.positional_only > place.number)
    return thread.raise<TypeError>("{}() argument {} must be {}, not {}", method.name(), number, expected,
                                   type_name_of(value));
  SignatureReader reader(method);
  SignatureReader::Parameter parameter;
  for (uint32_t i = 0; reader.next(&parameter) && i < place.number; ++i) {
  }
  return thread.raise<TypeError>("{}() argument '{}' must be {}, not {}", method.name(), parameter.name, expected,
                                 type_name_of(value));
}

Raised raise_wrong_type(Thread& thread, const ParameterPlace& place, Kind expected, Value value) {
  if (value.is_absent()) return raise_missing(thread, place);
  return raise_wrong_type(thread, place, kind_name(thread.runtime(), expected), value);
}

Raised raise_missing(Thread& thread, const ParameterPlace& place) {
  return raise_count(thread, place.method, place.number, nullptr);
}

}  // namespace viperine
