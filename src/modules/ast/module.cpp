// SPDX-License-Identifier: MIT
// The module _ast: the class AST and every node class, made from syntax/nodes.def and syntax/operators.def.
// Turning trees into objects and back is in to_object.cpp and from_object.cpp.
#include "modules/ast/state.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/import.h"

namespace viperine {

using namespace syntax_objects;
using ast::Arity;
using ast::FieldType;
using ast::NodeInfo;
using ast::NodeKind;

uint8_t syntax_objects::enumerator_count(FieldType type) {
  constexpr uint8_t kCounts[] = {
#define ENUM(Class, python_name) uint8_t{0
#define ENUMERATOR(Class, Name, python_name, symbol) +1
#define ENUM_END(Class) \
  }                     \
  ,
#include "syntax/operators.def"
  };
  return kCounts[static_cast<size_t>(type) - static_cast<size_t>(FieldType::ExprContext_)];
}

namespace {

// --- class AST

Result<void> set_positional(Thread& thread, Value self, const Arguments& arguments, Tuple* fields) {
  uint32_t given = arguments.positional_count();
  int64_t room = fields->length();
  if (given > room)
    return thread.raise<TypeError>("{} constructor takes at most {} positional argument{}",
                                   type_of(thread, self)->name(), room, room == 1 ? "" : "s");
  for (uint32_t i = 0; i < given; ++i) {
    Str* name = try_str(thread, fields->at(i));
    if (name == nullptr)
      return thread.raise<TypeError>("attribute name must be string, not '{}'", type_name_of(fields->at(i)));
    TRY(set_attribute(thread, self, intern(thread, name), arguments[i]));
  }
  return {};
}

Result<void> ast_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.count == 0) return {};
  Optional<Value> declared = TRY(find_attribute(thread, to_value(type_of(thread, self)), intern(thread, "_fields")));
  Tuple* fields = declared ? TRY(tuple_from_iterable(thread, *declared)) : thread.runtime().empty_tuple();
  TRY(set_positional(thread, self, arguments, fields));
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* name = as_str(thread, arguments.keywords->at(i));
    for (uint32_t other = 0; other < arguments.positional_count(); ++other)
      if (TRY(equals(thread, fields->at(other), to_value(name))))
        return thread.raise<TypeError>("{} got multiple values for argument '{}'", type_of(thread, self)->name(), name);
    TRY(set_attribute(thread, self, intern(thread, name), arguments.keyword_value(i)));
  }
  return {};
}

Result<Value> ast_reduce(Thread& thread, Value self) {
  Optional<Value> attributes = TRY(find_attribute(thread, self, thread.names().__dict__));
  Value parts[] = {to_value(type_of(thread, self)), to_value(thread.runtime().empty_tuple()),
                   attributes.value_or(Value::none())};
  return to_value(TRY(make_tuple(thread, std::span<const Value>(parts, attributes ? 3 : 2))));
}

Result<void> ast_ready(Thread& thread, Type* type) {
  for (const char* name : {"_fields", "__match_args__", "_attributes"})
    set_type_entry(thread, type, name, to_value(thread.runtime().empty_tuple()));
  type->flags_ |= kTypeHeap;  // its attributes may be set
  return {};
}

/// Arguments are __init__'s business, also for classes with a __new__ of their own.
Result<Value> ast_new(Thread& thread, Type* type, const Arguments&) { return object_new(thread, type, Arguments()); }

constexpr NativeMethod kMethods[] = {method<ast_reduce>("__reduce__($self, /)")};

constexpr TypeSpec kAstType = {
    .name = "ast.AST",
    .flags = kTypeBase | kTypeHasDict,
    .slots = {.new_ = ast_new, .init = ast_init},
    .methods = kMethods,
    .ready = ast_ready,
};

// --- descriptions: "BinOp(expr left, operator op, expr right)"

void describe(StringBuilder& text, const NodeInfo& info) {
  text.append(info.name);
  if (info.fields.empty()) return;
  const char* separator = "(";
  for (const ast::FieldInfo& field : info.fields) {
    text.append(separator);
    text.append(ast::field_type_name(field.type));
    text.append(field.arity == Arity::Optional ? "? " : field.arity == Arity::Sequence ? "* " : " ");
    text.append(field.name);
    separator = ", ";
  }
  text.append(")");
}

Result<Value> description_of_node(Thread& thread, const NodeInfo& info) {
  StringBuilder text(thread);
  describe(text, info);
  return to_value(TRY(text.finish()));
}

/// "operator = Add | Sub" on one line; "mod = Module(...)", one class per line when any has fields.
Result<Value> description_of_group(Thread& thread, FieldType type) {
  StringBuilder text(thread);
  std::string_view name = ast::field_type_name(type);
  text.append(name);
  const char* separator = " = ";
  if (is_enum(type)) {
    for (uint8_t value = 0; value < enumerator_count(type); ++value) {
      text.append(separator);
      text.append(ast::enumerator_name(type, value));
      separator = " | ";
    }
    return to_value(TRY(text.finish()));
  }
  for (int kind = 0; kind < ast::kNodeKindCount; ++kind) {
    const NodeInfo& info = ast::node_info(static_cast<NodeKind>(kind));
    if (name != info.base_name) continue;
    if (separator[1] == '|') {
      text.append("\n");
      text.append_repeated(' ', static_cast<int64_t>(name.size()));
    }
    text.append(separator);
    describe(text, info);
    separator = " | ";
  }
  return to_value(TRY(text.finish()));
}

// --- making classes

Result<Tuple*> position_tuple(Thread& thread, State& state) {
  Value names[4];
  for (size_t i = 0; i < 4; ++i) names[i] = to_value(state.position_name(i));
  return make_tuple(thread, names);
}

/// `ends_optional`: the ends are None when missing (everywhere but in patterns).
Result<void> add_positions(Thread& thread, State& state, Dict* space, bool has_positions, bool ends_optional = true) {
  Tuple* attributes = has_positions ? TRY(position_tuple(thread, state)) : thread.runtime().empty_tuple();
  TRY(dict_set_name(thread, space, "_attributes", to_value(attributes)));
  if (!has_positions || !ends_optional) return {};
  TRY(dict_set_name(thread, space, "end_lineno", Value::none()));
  return dict_set_name(thread, space, "end_col_offset", Value::none());
}

Result<Dict*> make_space(Thread& thread, Tuple* fields, Value doc) {
  Dict* space = Dict::make(thread.heap());
  TRY(dict_set_name(thread, space, "_fields", to_value(fields)));
  TRY(dict_set_name(thread, space, "__match_args__", to_value(fields)));
  TRY(dict_set_name(thread, space, "__module__", to_value(intern(thread, "ast"))));
  TRY(dict_set_name(thread, space, "__doc__", doc));
  return space;
}

Result<Type*> make_subclass(Thread& thread, Type* base, std::string_view name, Dict* space) {
  return make_class(thread, thread.runtime().type_type(), intern(thread, name),
                    Tuple::of(thread.heap(), to_value(base)), space, nullptr);
}

bool group_has_positions(FieldType type) {
  switch (type) {
    case FieldType::StmtNode_:
    case FieldType::ExprNode_:
    case FieldType::ExceptHandlerNode_:
    case FieldType::PatternNode_:
      return true;
    default:
      return false;
  }
}

Result<void> make_groups(Thread& thread, State& state) {
  for (auto number = static_cast<size_t>(FieldType::ExprContext_);
       number <= static_cast<size_t>(FieldType::TypeIgnoreNode_); ++number) {
    auto type = static_cast<FieldType>(number);
    Dict* space = TRY(make_space(thread, thread.runtime().empty_tuple(), TRY(description_of_group(thread, type))));
    TRY(add_positions(thread, state, space, group_has_positions(type), type != FieldType::PatternNode_));
    Type* group = TRY(make_subclass(thread, state.base_type(), ast::field_type_name(type), space));
    state.roots[State::kGroups + number] = to_value(group);
    if (!is_enum(type)) continue;
    for (uint8_t value = 0; value < enumerator_count(type); ++value) {
      const char* name = ast::enumerator_name(type, value);
      Dict* own = TRY(make_space(thread, thread.runtime().empty_tuple(), to_value(make_str(thread, name))));
      Type* member = TRY(make_subclass(thread, group, name, own));
      state.roots[State::kEnumClasses + State::enum_place(type, value)] = to_value(member);
      state.roots[State::kSingletons + State::enum_place(type, value)] =
          to_value(allocate_instance(thread, member, sizeof(HeapObject)));
    }
  }
  return {};
}

Type* base_of(State& state, const NodeInfo& info) {
  for (size_t i = static_cast<size_t>(FieldType::ModNode_); i <= static_cast<size_t>(FieldType::TypeIgnoreNode_); ++i)
    if (std::string_view(ast::field_type_name(static_cast<FieldType>(i))) == info.base_name)
      return cast<Type>(state.roots[State::kGroups + i]);
  return state.base_type();
}

Result<void> make_node_class(Thread& thread, State& state, NodeKind kind) {
  const NodeInfo& info = ast::node_info(kind);
  Tuple* fields = thread.runtime().empty_tuple();
  if (!info.fields.empty()) fields = TRY(make_tuple(thread, static_cast<int64_t>(info.fields.size())));
  for (size_t i = 0; i < info.fields.size(); ++i)
    fields->set(static_cast<int64_t>(i), to_value(intern(thread, info.fields[i].name)));
  state.roots[State::kFields + static_cast<size_t>(kind)] = to_value(fields);
  Dict* space = TRY(make_space(thread, fields, TRY(description_of_node(thread, info))));
  Type* base = base_of(state, info);
  for (const ast::FieldInfo& field : info.fields)
    if (field.arity == Arity::Optional) TRY(dict_set_name(thread, space, field.name, Value::none()));
  if (base == state.base_type()) TRY(add_positions(thread, state, space, info.has_positions));
  state.roots[State::kKinds + static_cast<size_t>(kind)] = to_value(TRY(make_subclass(thread, base, info.name, space)));
  return {};
}

bool is_tree(Thread& thread, Value object) { return is_instance(thread, object, state_of(thread).base_type()); }

Result<void> make_state(Thread& thread) {
  auto* state = new State(thread.runtime());
  state->is_tree = &is_tree;
  state->to_object = &tree_to_object;
  state->from_object = &tree_from_object;
  for (size_t i = 0; i < State::kPlaces; ++i) state->roots.push(Value::from_int(0));
  auto fill = [&]() -> Result<void> {
    for (size_t i = 0; i < 4; ++i) state->roots[State::kPositions + i] = to_value(intern(thread, kPositionNames[i]));
    state->roots[State::kBase] = to_value(TRY(make_builtin_type(thread, kAstType)));
    TRY(make_groups(thread, *state));
    for (int kind = 0; kind < ast::kNodeKindCount; ++kind)
      TRY(make_node_class(thread, *state, static_cast<NodeKind>(kind)));
    return {};
  };
  if (fill().is_raised()) {
    delete state;
    return Raised{};
  }
  thread.runtime().syntax_tree_hooks_ = state;
  return {};
}

Result<void> initialize(Thread& thread, Module* module) {
  if (thread.runtime().syntax_tree_hooks_ == nullptr) TRY(make_state(thread));
  State& state = state_of(thread);
  for (size_t i = 0; i < State::kSingletons; ++i) {
    auto* type = try_cast<Type>(state.roots[i]);
    if (type != nullptr) TRY(dict_set_name(thread, module->dict(), type->name(), to_value(type)));
  }
  TRY(add_int(thread, module, "PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000));
  TRY(add_int(thread, module, "PyCF_ONLY_AST", 0x400));
  return add_int(thread, module, "PyCF_TYPE_COMMENTS", 0x1000);
}

}  // namespace

extern const ModuleSpec kAstModule = {.name = "_ast", .initialize = &initialize};

}  // namespace viperine
