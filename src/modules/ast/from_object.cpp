// SPDX-License-Identifier: MIT
// From instances of the node classes (or anything that looks like them) to a syntax tree. What a well-formed tree must
// obey beyond its shape is checked by syntax/validate.h afterwards.
#include "modules/ast/state.h"
#include "objects/number.h"
#include "objects/set.h"
#include "runtime/attributes.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/integers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine::syntax_objects {

using ast::Arity;
using ast::ConstantKind;
using ast::ConstantValue;
using ast::FieldInfo;
using ast::FieldType;
using ast::Node;
using ast::NodeKind;

namespace {

/// UTF-8 in the arena; surrogates as if they were scalar values.
std::string_view text_in(Arena& arena, const Str* text) {
  int64_t length = text->length();
  char* data = static_cast<char*>(arena.allocate(static_cast<size_t>(length) * 4 + 1));
  char* at = data;
  for (int64_t i = 0; i < length; ++i) {
    auto c = static_cast<uint32_t>(text->at(i));
    if (c < 0x80) {
      *at++ = static_cast<char>(c);
      continue;
    }
    if (c < 0x800) {
      *at++ = static_cast<char>(0xC0 | c >> 6);
    } else {
      if (c < 0x10000) {
        *at++ = static_cast<char>(0xE0 | c >> 12);
      } else {
        *at++ = static_cast<char>(0xF0 | c >> 18);
        *at++ = static_cast<char>(0x80 | (c >> 12 & 0x3F));
      }
      *at++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    }
    *at++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return {data, static_cast<size_t>(at - data)};
}

class Reader {
 public:
  Reader(Thread& thread, Arena& arena, List* opaque)
      : thread_(thread), state_(state_of(thread)), arena_(arena), opaque_(opaque) {
    identifiers_ = Dict::make(thread.heap());
  }

  /// A node where `expected` stands in the grammar. None is a null pointer for sums; products are told by their
  /// attributes only.
  Result<void> node(Value object, FieldType expected, Node*& out) {
    NodeKind kind{};
    bool is_product = product_kind(expected, &kind);
    out = nullptr;
    if (object.is_none() && !is_product) return {};
    ast::PositionedNode place{};
    if (!is_product) {
      if (group_positions(expected))
        TRY(positions(object, ast::field_type_name(expected), place, expected != FieldType::PatternNode_));
      if (!find_kind(object, expected, &kind))
        return thread_.raise<TypeError>("expected some sort of {}, but got {}", ast::field_type_name(expected),
                                        TRY(repr(thread_, object)));
    }
    Node* node = ast::make_node(arena_, kind);
    TRY(fields(object, node));
    const ast::NodeInfo& info = ast::node_info(kind);
    if (info.has_positions) {
      if (is_product) TRY(positions(object, info.name, place, true));
      auto* positioned = static_cast<ast::PositionedNode*>(node);
      positioned->lineno = place.lineno;
      positioned->col_offset = place.col_offset;
      positioned->end_lineno = place.end_lineno;
      positioned->end_col_offset = place.end_col_offset;
    }
    out = node;
    return {};
  }

 private:
  static bool product_kind(FieldType type, NodeKind* kind) {
    switch (type) {
      case FieldType::Comprehension_:
        *kind = NodeKind::Comprehension;
        return true;
      case FieldType::Arguments_:
        *kind = NodeKind::Arguments;
        return true;
      case FieldType::Arg_:
        *kind = NodeKind::Arg;
        return true;
      case FieldType::Keyword_:
        *kind = NodeKind::Keyword;
        return true;
      case FieldType::Alias_:
        *kind = NodeKind::Alias;
        return true;
      case FieldType::WithItem_:
        *kind = NodeKind::WithItem;
        return true;
      case FieldType::MatchCase_:
        *kind = NodeKind::MatchCase;
        return true;
      default:
        return false;
    }
  }
  static bool group_positions(FieldType type) {
    return type != FieldType::ModNode_ && type != FieldType::TypeIgnoreNode_;
  }

  /// The node class that the object's class is or derives from, if it is one of the expected group.
  bool find_kind(Value object, FieldType expected, NodeKind* kind) {
    Tuple* order = type_of(thread_, object)->mro();
    std::string_view group = ast::field_type_name(expected);
    for (Value candidate : order->span())
      for (int i = 0; i < ast::kNodeKindCount; ++i)
        if (candidate == state_.roots[State::kKinds + static_cast<size_t>(i)] &&
            group == ast::node_info(static_cast<NodeKind>(i)).base_name) {
          *kind = static_cast<NodeKind>(i);
          return true;
        }
    return false;
  }

  Raised missing(const char* field, std::string_view owner) {
    return thread_.raise<TypeError>("required field \"{}\" missing from {}", field, owner);
  }

  Result<void> positions(Value object, std::string_view owner, ast::PositionedNode& place, bool ends_optional) {
    int32_t* targets[] = {&place.lineno, &place.col_offset, &place.end_lineno, &place.end_col_offset};
    for (size_t i = 0; i < 4; ++i) {
      Optional<Value> value = TRY(find_attribute(thread_, object, state_.position_name(i)));
      if (i >= 2 && ends_optional && (!value || (*value).is_none())) {
        *targets[i] = *targets[i - 2];
        continue;
      }
      if (!value) return missing(kPositionNames[i].data(), owner);
      TRY(read(*value, FieldType::int_, *targets[i]));
    }
    return {};
  }

  /// For RecursionErrors: nodes are named by their group.
  static const char* where_of(NodeKind kind) {
    switch (kind) {
#define NODE(Class, Base, python_name) \
  case NodeKind::Class:                \
    return group_text(static_cast<ast::Base*>(nullptr), " while traversing '" python_name "' node");
#include "syntax/nodes.def"
    }
    return "";
  }
  static const char* group_text(void*, const char* own) { return own; }
#define SUM(Class, python_name, positions) \
  static const char* group_text(ast::Class*, const char*) { return " while traversing '" python_name "' node"; }
#include "syntax/nodes.def"

  Result<void> fields(Value object, Node* node) {
    Result<void> outcome;
    size_t index = 0;
    ast::visit_fields(node, [&](const FieldInfo& field, auto& member) {
      if (outcome.is_raised()) return;
      outcome = one_field(object, node->kind, state_.field_name(node->kind, index++), field, member);
    });
    return outcome;
  }

  template <typename Member>
  Result<void> one_field(Value object, NodeKind kind, Str* name, const FieldInfo& field, Member& member) {
    const char* owner = ast::node_info(kind).name;
    Optional<Value> value = TRY(find_attribute(thread_, object, name));
    if (field.arity == Arity::Optional && (!value || (*value).is_none())) return {};
    if (!value) return missing(field.name, owner);
    if (thread_.native_recursion_exceeded(where_of(kind))) return Raised{};
    if constexpr (requires { typename Member::element_type; } && !std::is_same_v<Member, std::string_view>) {
      return sequence(*value, owner, field, member);
    } else {
      TRY(read(*value, field.type, member));
      if (field.arity != Arity::Required || !is_missing(member)) return {};
      return thread_.raise<ValueError>("field '{}' is required for {}", field.name, owner);
    }
  }

  template <typename T>
  static bool is_missing(const T& member) {
    if constexpr (std::is_pointer_v<T>)
      return member == nullptr;
    else if constexpr (std::is_same_v<T, std::string_view>)
      return member.data() == nullptr;
    else
      return false;
  }

  template <typename T>
  Result<void> sequence(Value value, const char* owner, const FieldInfo& field, std::span<T>& member) {
    if (!is<List>(value))
      return thread_.raise<TypeError>("{} field \"{}\" must be a list, not a {}", owner, field.name,
                                      type_name_of(value));
    List* list = cast<List>(value);
    int64_t length = list->length();
    T* items = static_cast<T*>(arena_.allocate(static_cast<size_t>(length) * sizeof(T)));
    for (int64_t i = 0; i < length; ++i) {
      new (&items[i]) T{};
      TRY(read(list->at(i), field.type, items[i]));
      if (list->length() != length)
        return thread_.raise<RuntimeError>("{} field \"{}\" changed size during iteration", owner, field.name);
    }
    member = {items, static_cast<size_t>(length)};
    return {};
  }

  // --- one value of each storage type

  template <typename T>
  requires std::is_pointer_v<T> Result<void> read(Value value, FieldType type, T& member) {
    Node* child = nullptr;
    TRY(node(value, type, child));
    member = static_cast<T>(child);
    return {};
  }
  template <typename T>
  requires std::is_enum_v<T> Result<void> read(Value value, FieldType type, T& member) {
    for (Value candidate : type_of(thread_, value)->mro()->span())
      for (uint8_t i = 0; i < enumerator_count(type); ++i)
        if (candidate == state_.enum_class(type, i)) {
          member = static_cast<T>(i);
          return {};
        }
    return thread_.raise<TypeError>("expected some sort of {}, but got {}", ast::field_type_name(type),
                                    TRY(repr(thread_, value)));
  }
  Result<void> read(Value value, FieldType, int32_t& member) {
    if (!is_integer(value)) return thread_.raise<ValueError>("invalid integer value: {}", TRY(repr(thread_, value)));
    int64_t number = 0;
    if (!int_fits_int64(value, &number) || number != static_cast<int32_t>(number))
      return thread_.raise<OverflowError>("Python int too large to convert to C int");
    member = static_cast<int32_t>(number);
    return {};
  }
  Result<void> read(Value value, FieldType type, std::string_view& member) {
    if (type == FieldType::identifier_) {
      if (value.is_none()) return {};
      if (!is_exact_str(value)) return thread_.raise<TypeError>("AST identifier must be of type str");
      return identifier(intern(thread_, as_str(thread_, value)), member);
    }
    if (is_exact_str(value)) {
      member = text_in(arena_, as_str(thread_, value));
      return {};
    }
    if (!is_exact<Bytes>(value)) return thread_.raise<TypeError>("AST string must be of type str");
    member = arena_.copy(cast<Bytes>(value)->view());
    return {};
  }
  /// Equal identifiers share their text.
  Result<void> identifier(Str* name, std::string_view& member) {
    Optional<Value> known = identifiers_->get_str(name);
    if (known) {
      member = known_[static_cast<size_t>((*known).as_int())];
      return {};
    }
    member = text_in(arena_, name);
    if (known_count_ == known_room_) grow_known();
    known_[known_count_] = member;
    return dict_set_name(thread_, identifiers_, name, Value::from_int(static_cast<int64_t>(known_count_++)));
  }
  void grow_known() {
    size_t room = known_room_ == 0 ? 64 : known_room_ * 2;
    auto* table = static_cast<std::string_view*>(arena_.allocate(room * sizeof(std::string_view)));
    for (size_t i = 0; i < known_count_; ++i) table[i] = known_[i];
    known_ = table;
    known_room_ = room;
  }

  bool is_exact_str(Value value) {
    return is_str(value) && type_of(thread_, value) == thread_.runtime().type(Kind::Str);
  }

  // --- constants

  Result<void> check_opaque(Value value) {
    if (thread_.native_recursion_exceeded(" during compilation")) return Raised{};
    if (is_exact<Tuple>(value)) {
      for (Value item : cast<Tuple>(value)->span()) TRY(check_opaque(item));
      return {};
    }
    if (has_kind(value, Kind::FrozenSet) && type_of(thread_, value) == thread_.runtime().type(Kind::FrozenSet)) {
      int64_t position = 0;
      while (Optional<Value> item = set_next(static_cast<Set*>(value.as_object()), &position)) TRY(check_opaque(*item));
      return {};
    }
    ConstantValue ignored;
    bool known = TRY(simple_constant(value, ignored));
    if (!known) return thread_.raise<TypeError>("got an invalid type in Constant: {}", type_name_of(value));
    return {};
  }

  /// False when the compiler does not know such constants.
  Result<bool> simple_constant(Value value, ConstantValue& out) {
    if (value.is_none()) return out.kind = ConstantKind::None, true;
    if (value.is_true()) return out.kind = ConstantKind::True, true;
    if (value.is_false()) return out.kind = ConstantKind::False, true;
    if (value == Value::ellipsis()) return out.kind = ConstantKind::Ellipsis, true;
    Type* type = type_of(thread_, value);
    Runtime& runtime = thread_.runtime();
    if (type == runtime.type(Kind::Int)) {
      std::string_view digits = text_in(arena_, TRY(int_to_text(thread_, value, 16)));
      out.kind = ConstantKind::Int;
      out.base = 16;
      out.negative = digits.starts_with("-");
      out.text = digits.substr(out.negative ? 1 : 0);
      return true;
    }
    if (type == runtime.type(Kind::Float)) {
      out.kind = ConstantKind::Float;
      out.real = as_float(value);
      return true;
    }
    if (type == runtime.type(Kind::Complex)) {
      out.kind = ConstantKind::Complex;
      out.real = cast<Complex>(value)->real();
      out.imaginary = cast<Complex>(value)->imaginary();
      return true;
    }
    if (is_exact_str(value)) {
      out.kind = ConstantKind::Str;
      out.text = text_in(arena_, as_str(thread_, value));
      return true;
    }
    if (type == runtime.type(Kind::Bytes)) {
      out.kind = ConstantKind::Bytes;
      out.text = arena_.copy(cast<Bytes>(value)->view());
      return true;
    }
    return false;
  }

  Result<void> read(Value value, FieldType, ConstantValue& member) {
    bool simple = TRY(simple_constant(value, member));
    if (simple) return {};
    TRY(check_opaque(value));
    member.kind = ConstantKind::Opaque;
    member.opaque_index = static_cast<uint32_t>(opaque_->length());
    return list_append_value(thread_, opaque_, value);
  }

  Thread& thread_;
  State& state_;
  Arena& arena_;
  List* opaque_;
  Dict* identifiers_;  // interned name -> index into known_
  std::string_view* known_ = nullptr;
  size_t known_count_ = 0, known_room_ = 0;
};

}  // namespace

Result<ast::ModNode*> tree_from_object(Thread& thread, Arena& arena, Value tree, syntax::ParseMode mode, List* opaque) {
  NodeKind required = mode == syntax::ParseMode::Eval     ? NodeKind::Expression
                      : mode == syntax::ParseMode::Single ? NodeKind::Interactive
                                                          : NodeKind::Module;
  if (!is_instance(thread, tree, state_of(thread).type_of_kind(required)))
    return thread.raise<TypeError>("expected {} node, got {}", ast::node_info(required).name, type_name_of(tree));
  Node* root = nullptr;
  TRY(Reader(thread, arena, opaque).node(tree, FieldType::ModNode_, root));
  return static_cast<ast::ModNode*>(root);
}

}  // namespace viperine::syntax_objects
