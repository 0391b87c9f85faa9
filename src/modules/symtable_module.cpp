// SPDX-License-Identifier: MIT
// The module _symtable: the compiler's symbol tables (compiler/scopes.h) as objects.
#include "compiler/scopes.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/source.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

using compiler::NameScope;
using compiler::Scope;
using compiler::ScopeKind;

constexpr uint32_t kScopeOffset = 11, kScopeMask = 15;

class SymbolTableEntry final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::SymbolTableEntry;
  Slot<Value> name_, symbols_, variables_, children_;
  int64_t type_, nested_, line_;
  LAYOUT(SymbolTableEntry, HeapObject, name_, symbols_, variables_, children_, type_, nested_, line_);
};

Value identity_of(Thread& thread, SymbolTableEntry* entry) {
  return make_int(thread.heap(), static_cast<int64_t>(thread.heap().identity(entry)));
}

Result<Value> entry_repr(Thread& thread, Value self) {
  auto* entry = cast<SymbolTableEntry>(self);
  return to_value(format_text(thread, "<symtable entry {}({}), line {}>", as_str(thread, entry->name_.get()),
                              static_cast<long>(identity_of(thread, entry).as_int()), static_cast<long>(entry->line_)));
}
Result<Value> entry_id(Thread& thread, SymbolTableEntry* self) { return identity_of(thread, self); }
template <auto Field>
Result<Value> entry_value(Thread&, SymbolTableEntry* self) {
  return (self->*Field).get();
}
template <auto Field>
Result<Value> entry_number(Thread&, SymbolTableEntry* self) {
  return Value::from_int(self->*Field);
}

Result<Value> make_entry(Thread& thread, const Scope* scope) {
  auto* entry = make_exact<SymbolTableEntry>(thread, SymbolTableEntry::kKind);
  entry->name_.set(entry, to_value(intern(thread, make_str(thread, scope->name))));
  entry->type_ = scope->kind == ScopeKind::Function ? 0 : scope->kind == ScopeKind::Class ? 1 : 2;
  entry->nested_ = scope->nested ? 1 : 0;
  entry->line_ = scope->parent == nullptr ? 0 : scope->position.line;
  Dict* symbols = Dict::make(thread.heap());
  for (const compiler::Symbol& symbol : scope->symbols) {
    const uint32_t place = static_cast<uint32_t>(symbol.scope) << kScopeOffset;
    TRY(dict_set_name(thread, symbols, intern(thread, make_str(thread, symbol.name)),
                      Value::from_int(symbol.flags | place)));
  }
  entry->symbols_.set(entry, to_value(symbols));
  List* variables = List::make(thread.heap());
  for (std::string_view name : scope->parameters)
    TRY(list_append_value(thread, variables, to_value(intern(thread, make_str(thread, name)))));
  entry->variables_.set(entry, to_value(variables));
  List* children = List::make(thread.heap());
  for (const Scope* child : scope->children)
    if (child->kind != ScopeKind::Annotation) TRY(list_append_value(thread, children, TRY(make_entry(thread, child))));
  entry->children_.set(entry, to_value(children));
  return to_value(entry);
}

Result<Str*> file_name(Thread& thread, Value filename) {
  if (Str* text = try_str(thread, filename)) return text;
  if (is<Bytes>(filename)) return decode_filesystem(thread, cast<Bytes>(filename)->view());
  if (has_buffer(thread, filename)) {
    Str* text = format_text(thread, "path should be string, bytes, or os.PathLike, not {}", type_name_of(filename));
    TRY(warn(thread, thread.runtime().exception_type<DeprecationWarning>(), text->ascii()));
    BufferScope buffer(thread);
    TRY(buffer.acquire(filename));
    return decode_filesystem(thread, buffer.text());
  }
  Optional<Value> path = TRY(call_special(thread, filename, thread.names().__fspath__, {}));
  if (path && is_str(*path)) return as_str(thread, *path);
  return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(filename));
}

Result<Value> symtable_symtable(Thread& thread, Value source, Value filename, Str* mode) {
  Str* name = TRY(file_name(thread, filename));
  SourceOptions options;
  if (mode->equals("eval"))
    options.mode = syntax::ParseMode::Eval;
  else if (mode->equals("single"))
    options.mode = syntax::ParseMode::Single;
  else if (!mode->equals("exec"))
    return thread.raise<ValueError>("symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  BufferScope buffer(thread);
  std::string_view text;
  Value kept;
  if (Str* given = try_str(thread, source)) {
    options.source_is_utf8 = true;
    Bytes* bytes = TRY(encode_utf8(thread, given));
    kept = to_value(bytes);
    text = bytes->view();
  } else if (has_buffer(thread, source)) {
    TRY(buffer.acquire(source));
    text = buffer.text();
  } else {
    return thread.raise<TypeError>("symtable() arg 1 must be a string or bytes");
  }
  if (text.find('\0') != std::string_view::npos)
    return thread.raise<ValueError>("source code string cannot contain null bytes");
  Arena arena;
  Bytes* path = TRY(encode_filesystem(thread, name));
  syntax::ParseResult parsed = syntax::parse(arena, text, parse_options(thread, options, arena.copy(path->view())));
  if (parsed.tree == nullptr) return raise_diagnostic(thread, *parsed.error, name, text);
  compiler::CompileOptions compile;
  compile.filename = arena.copy(path->view());
  compiler::Session session{arena, compile};
  compiler::ScopeTable scopes(session);
  if (!compiler::read_future_imports(session, parsed.tree) || !scopes.build(parsed.tree)) {
    if (session.error == nullptr) session.fail_depth();
    return raise_diagnostic(thread, *session.error, name, text);
  }
  return make_entry(thread, scopes.top());
}

constexpr NativeAttribute kEntryAttributes[] = {
    attribute<entry_id>("id"),
    attribute<entry_value<&SymbolTableEntry::name_>>("name"),
    attribute<entry_value<&SymbolTableEntry::symbols_>>("symbols"),
    attribute<entry_value<&SymbolTableEntry::variables_>>("varnames"),
    attribute<entry_value<&SymbolTableEntry::children_>>("children"),
    attribute<entry_number<&SymbolTableEntry::nested_>>("nested"),
    attribute<entry_number<&SymbolTableEntry::type_>>("type"),
    attribute<entry_number<&SymbolTableEntry::line_>>("lineno"),
};

const TypeSpec kEntryType = {.name = "symtable entry",
                             .kind = SymbolTableEntry::kKind,
                             .flags = kTypeDisallowInstantiation,
                             .layout = [] { return layout_of<SymbolTableEntry>("SymbolTableEntry"); },
                             .slots = {.repr = &entry_repr},
                             .attributes = kEntryAttributes};

constexpr NativeMethod kFunctions[] = {
    function<symtable_symtable>("symtable(source, filename, startstr, /)",
                                "Return symbol and scope dictionaries used internally by compiler."),
};

struct Constant {
  const char* name;
  int64_t value;
};
constexpr Constant kConstants[] = {
    {"USE", compiler::kUsed},
    {"DEF_GLOBAL", compiler::kDefinedGlobal},
    {"DEF_NONLOCAL", compiler::kDefinedNonlocal},
    {"DEF_LOCAL", compiler::kDefinedLocal},
    {"DEF_PARAM", compiler::kDefinedParameter},
    {"DEF_FREE", compiler::kDefinedFree},
    {"DEF_FREE_CLASS", compiler::kFreeInClass},
    {"DEF_IMPORT", compiler::kImported},
    {"DEF_BOUND", compiler::kBound},
    {"DEF_ANNOT", compiler::kAnnotated},
    {"TYPE_FUNCTION", 0},
    {"TYPE_CLASS", 1},
    {"TYPE_MODULE", 2},
    {"LOCAL", static_cast<int64_t>(NameScope::Local)},
    {"GLOBAL_EXPLICIT", static_cast<int64_t>(NameScope::GlobalExplicit)},
    {"GLOBAL_IMPLICIT", static_cast<int64_t>(NameScope::GlobalImplicit)},
    {"FREE", static_cast<int64_t>(NameScope::Free)},
    {"CELL", static_cast<int64_t>(NameScope::Cell)},
    {"SCOPE_OFF", kScopeOffset},
    {"SCOPE_MASK", kScopeMask},
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(make_builtin_type(thread, kEntryType));
  for (const Constant& constant : kConstants) TRY(add_int(thread, module, constant.name, constant.value));
  return {};
}

}  // namespace

extern const ModuleSpec kSymtableModule = {.name = "_symtable", .functions = kFunctions, .initialize = &initialize};

}  // namespace viperine
