// SPDX-License-Identifier: MIT
// compile, exec, eval (library reference, Built-in Functions).
#include "builtins/functions.h"
#include "bytecode/blueprint.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"
#include "runtime/materialize.h"
#include "runtime/source.h"
#include "runtime/syntax_trees.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

constexpr uint32_t kOnlyAst = 0x400, kTypeComments = 0x1000, kDontImplyDedent = 0x200, kIgnoreCookie = 0x100,
                   kAllowIncompleteInput = 0x4000;
constexpr uint32_t kFutureMask =
    0x1FF0000 | 0x20000 | 0x40000 | 0x80000 | 0x100000 | 0x200000 | 0x400000 | 0x800000 | 0x10;
constexpr uint32_t kKnownFlags = kFutureMask | kOnlyAst | kTypeComments | kDontImplyDedent | kIgnoreCookie |
                                 kAllowIncompleteInput | compiler::kAllowTopLevelAwait;

/// Future features of the code that calls.
uint32_t inherited_flags(Thread& thread) {
  if (thread.frame() == nullptr) return 0;
  return function_of(thread.frame())->code()->flags_ & (kCodeFutureAnnotations | kCodeFutureBarryAsBdfl);
}

/// Source of compile/exec/eval as UTF-8; a NUL byte is an error. `kept` keeps the bytes alive.
Result<std::string_view> source_text(Thread& thread, Value source, const char* function, const char* expected,
                                     SourceOptions& options, BufferScope& buffer, Value* kept) {
  std::string_view text;
  if (Str* str = try_str(thread, source)) {
    options.source_is_utf8 = true;
    Bytes* bytes = TRY(encode_utf8(thread, str));
    *kept = to_value(bytes);
    text = bytes->view();
  } else if (has_buffer(thread, source)) {
    TRY(buffer.acquire(source));
    text = buffer.text();
  } else {
    return thread.raise<TypeError>("{}() arg 1 must be a {}", function, expected);
  }
  if (text.find('\0') != std::string_view::npos)
    return thread.raise<ValueError>("source code string cannot contain null bytes");
  return text;
}

Result<Str*> filename_of(Thread& thread, Value filename) {
  if (Str* text = try_str(thread, filename)) return text;
  if (is<Bytes>(filename)) return decode_filesystem(thread, cast<Bytes>(filename)->view());
  Optional<Value> path = TRY(call_special(thread, filename, thread.names().__fspath__, {}));
  if (path && is_str(*path)) return as_str(thread, *path);
  if (path && is<Bytes>(*path)) return decode_filesystem(thread, cast<Bytes>(*path)->view());
  if (has_buffer(thread, filename)) {
    Str* text = format_text(thread, "path should be string, bytes, or os.PathLike, not {}", type_name_of(filename));
    TRY(warn(thread, thread.runtime().exception_type<DeprecationWarning>(), TRY(encode_utf8(thread, text))->view()));
    BufferScope buffer(thread);
    TRY(buffer.acquire(filename));
    return decode_filesystem(thread, buffer.text());
  }
  return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(filename));
}

Result<syntax::ParseMode> mode_of(Thread& thread, Str* mode, uint32_t flags) {
  if (mode->equals("exec")) return syntax::ParseMode::Exec;
  if (mode->equals("eval")) return syntax::ParseMode::Eval;
  if (mode->equals("single")) return syntax::ParseMode::Single;
  if (mode->equals("func_type")) {
    if (flags & kOnlyAst) return syntax::ParseMode::FunctionType;
    return thread.raise<ValueError>("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  }
  if (flags & kOnlyAst)
    return thread.raise<ValueError>("compile() mode must be 'exec', 'eval', 'single' or 'func_type'");
  return thread.raise<ValueError>("compile() mode must be 'exec', 'eval' or 'single'");
}

Result<Value> builtin_compile(Thread& thread, Value source, Value filename, Str* mode, int flags, bool dont_inherit,
                              int optimize, int feature_version) {
  Str* name = TRY(filename_of(thread, filename));
  TRY(audit(thread, "compile", source, to_value(name)));
  uint32_t bits = static_cast<uint32_t>(flags);
  if (bits & ~kKnownFlags) return thread.raise<ValueError>("compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return thread.raise<ValueError>("compile(): invalid optimize value");
  SourceOptions options;
  options.mode = TRY(mode_of(thread, mode, bits));
  options.flags = bits & (compiler::kFutureAnnotations | compiler::kFutureBarryAsBdfl | compiler::kAllowTopLevelAwait);
  if (!dont_inherit) options.flags |= inherited_flags(thread);
  options.optimize = optimize;
  options.dont_imply_dedent = bits & kDontImplyDedent;
  options.allow_incomplete_input = bits & kAllowIncompleteInput;
  options.type_comments = bits & kTypeComments;
  if (TRY(is_syntax_tree(thread, source))) {
    if (bits & kOnlyAst) return source;
    return to_value(TRY(compile_tree_object(thread, source, name, options)));
  }
  BufferScope buffer(thread);
  Value kept;
  std::string_view text =
      TRY(source_text(thread, source, "compile", "string, bytes or AST object", options, buffer, &kept));
  if (bits & kOnlyAst) return parse_to_object(thread, text, name, options, feature_version);
  return to_value(TRY(compile_source(thread, text, name, options)));
}

struct Namespaces {
  Dict* globals;
  Value locals;
};

Result<Namespaces> namespaces(Thread& thread, const char* function, Value globals, Value locals) {
  if (!locals.is_none() && type_of(thread, locals)->slots().get_item == nullptr) {
    if (function[1] == 'v') return thread.raise<TypeError>("locals must be a mapping");
    return thread.raise<TypeError>("locals must be a mapping or None, not {}", type_name_of(locals));
  }
  if (globals.is_none()) {
    if (thread.frame() == nullptr) return thread.raise<SystemError>("globals and locals cannot be NULL");
    Dict* own = function_of(thread.frame())->globals();
    if (!locals.is_none()) return Namespaces{own, locals};
    return Namespaces{own, TRY(frame_locals(thread, frame_object(thread, thread.frame())))};
  }
  if (!is<Dict>(globals)) {
    if (function[1] == 'v')
      return type_of(thread, globals)->slots().get_item != nullptr
                 ? thread.raise<TypeError>("globals must be a real dict; try eval(expr, {}, mapping)", "{}")
                 : thread.raise<TypeError>("globals must be a dict");
    return thread.raise<TypeError>("exec() globals must be a dict, not {}", type_name_of(globals));
  }
  Dict* dict = cast<Dict>(globals);
  if (!dict->get_str(thread.names().__builtins__)) {
    Dict* builtins =
        thread.frame() != nullptr ? function_of(thread.frame())->builtins_.get() : thread.runtime().builtins_dict();
    if (builtins == nullptr) builtins = thread.runtime().builtins_dict();
    TRY(dict_set_name(thread, dict, thread.names().__builtins__, to_value(builtins)));
  }
  return Namespaces{dict, locals.is_none() ? globals : locals};
}

Result<Value> run_code(Thread& thread, const char* name, Code* code, Namespaces spaces, Value closure) {
  TRY(audit(thread, "exec", to_value(code)));
  int64_t free_count = code->free_names_->length();
  if (closure.is_none() && free_count > 0)
    return thread.raise<TypeError>("code object passed to {} may not contain free variables", name);
  Function* function = TRY(make_plain_function(thread, code, spaces.globals));
  if (!closure.is_none()) {
    if (free_count == 0) return thread.raise<TypeError>("cannot use a closure with this code object");
    bool fits = is<Tuple>(closure) && cast<Tuple>(closure)->length() == free_count;
    for (int64_t i = 0; fits && i < free_count; ++i) fits = has_kind(cast<Tuple>(closure)->at(i), Kind::Cell);
    if (!fits) return thread.raise<TypeError>("code object requires a closure of exactly length {}", free_count);
    function->closure_.set(function, cast<Tuple>(closure));
  }
  if ((code->flags_ & kCodeOptimized) != 0 && code->parameter_count_ == 0) return call(thread, to_value(function));
  return call(thread, to_value(function), spaces.locals);
}

Result<Value> builtin_eval(Thread& thread, Value source, Value globals, Value locals) {
  Namespaces spaces = TRY(namespaces(thread, "eval", globals, locals));
  if (is<Code>(source)) return run_code(thread, "eval()", cast<Code>(source), spaces, Value::none());
  SourceOptions options;
  options.mode = syntax::ParseMode::Eval;
  options.flags = inherited_flags(thread);
  BufferScope buffer(thread);
  Value kept;
  std::string_view text =
      TRY(source_text(thread, source, "eval", "string, bytes or code object", options, buffer, &kept));
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t')) text.remove_prefix(1);
  Code* code = TRY(compile_source(thread, text, intern(thread, "<string>"), options));
  return run_code(thread, "eval()", code, spaces, Value::none());
}

Result<void> builtin_exec(Thread& thread, Value source, Value globals, Value locals, Value closure) {
  Namespaces spaces = TRY(namespaces(thread, "exec", globals, locals));
  if (is<Code>(source)) {
    TRY(run_code(thread, "exec()", cast<Code>(source), spaces, closure));
    return {};
  }
  if (!closure.is_none())
    return thread.raise<TypeError>("closure argument can only be used when source is a code object");
  SourceOptions options;
  options.flags = inherited_flags(thread);
  BufferScope buffer(thread);
  Value kept;
  std::string_view text =
      TRY(source_text(thread, source, "exec", "string, bytes or code object", options, buffer, &kept));
  Code* code = TRY(compile_source(thread, text, intern(thread, "<string>"), options));
  TRY(run_code(thread, "exec()", code, spaces, Value::none()));
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<builtin_compile>(
        "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
        "Compile source into a code object that can be executed by exec() or eval()."),
    function<builtin_eval>("eval(source, globals=None, locals=None, /)",
                           "Evaluate the given source in the context of globals and locals."),
    function<builtin_exec>("exec(source, globals=None, locals=None, /, *, closure=None)",
                           "Execute the given source in the context of globals and locals."),
};

}  // namespace

std::span<const NativeMethod> code_functions() { return kFunctions; }

}  // namespace viperine
