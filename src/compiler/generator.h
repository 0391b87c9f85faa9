// SPDX-License-Identifier: MIT
// Generator: walks the tree and fills one FunctionCode after another. Methods are grouped by the file that has them.
// Conventions: `value(e)` gives a register that holds e (the variable's own if it has one), `value_to(e, r)` puts e
// into r and writes r only once, at the very end, so that r may be a variable; a TemporaryScope frees what was taken.
// Invariant: at every call all live temporaries are below the call's base register.
#pragma once

#include <string>

#include "compiler/constants.h"
#include "compiler/function_code.h"
#include "compiler/scopes.h"
#include "compiler/session.h"

namespace viperine::compiler {

class Generator {
 public:
  Generator(Session& session, ScopeTable& scopes) : session_(session), scopes_(scopes), folder_(session) {}
  const Blueprint* module(ast::ModNode* tree);

 private:
  struct TemporaryScope {
    explicit TemporaryScope(Generator& generator) : code(*generator.code_), mark(code.next_temporary) {}
    ~TemporaryScope() { code.next_temporary = mark; }
    FunctionCode& code;
    Register mark;
  };
  /// Sets the position for the instructions inside and puts the old one back.
  struct At {
    At(Generator& generator, const Position& position) : code(*generator.code_), before(code.position) {
      code.position = position;
    }
    At(Generator& generator, const ast::PositionedNode* node) : At(generator, position_of(node)) {}
    ~At() { code.position = before; }
    FunctionCode& code;
    Position before;
  };

  // ---- emit.cpp: instructions, registers, constants
  Instruction& emit(Opcode op, Register a = 0, Register b = 0, Register c = 0);
  void emit_jump(Opcode op, Register a, Label target);
  void emit_artificial_jump(Opcode op, Label target);
  void jump(Label target) { emit_jump(Opcode::Jump, 0, target); }
  void bind(Label label) { code_->bind(label); }
  Label new_label() { return code_->new_label(); }
  void emit_name(Opcode op, Register a, Register b, std::string_view mangled_name);
  void load_constant(const Constant& constant, Register target);
  void load_none(Register target) { load_constant(none_constant(), target); }
  void load_text(std::string_view text, Register target) { load_constant(string_constant(text, false), target); }
  bool byte_constant(const Constant& constant, int* pool_index);
  void move(Register target, Register source);
  Register temporary();
  Register temporaries(int count);
  /// Makes registers up to and including `last` part of the frame and the top of the stack.
  void reach(Register last);
  bool is_temporary(Register r) const { return r >= code_->first_temporary; }
  bool is_top(Register r) const { return is_temporary(r) && r + 1 == code_->next_temporary; }
  Register scratch_for(Register target) { return is_temporary(target) ? target : temporary(); }
  uint16_t new_handler(Label label, Register target);
  void fail(const std::string& message) { session_.fail(code_->position, message); }
  void fail_at(const ast::PositionedNode* node, const std::string& message) {
    session_.fail(position_of(node), message);
  }
  void warn(const std::string& message) { session_.warn(code_->position, message); }

  // ---- names.cpp
  enum class Access : uint8_t { Local, FarLocal, Cell, Free, ClassFree, Global, Name };
  struct Variable {
    Access access;
    Register reg = 0;
    int far = 0;
    bool walrus = false;
    std::string_view name = {};
    bool always_bound = false;  // a parameter that is never deleted
  };
  Variable variable(std::string_view name, bool loading);
  std::string_view mangled(std::string_view name) {
    return mangle(session_.arena, code_->class_name, name);
  }
  void load_name(std::string_view name, Register target);
  void store_name(std::string_view name, Register source);
  void delete_name(std::string_view name);
  bool is_bound_parameter(std::string_view name, Symbol* symbol) const;
  bool forbidden(std::string_view name, bool deleting);
  /// The register of a plain local of this function, or kNoRegister; for_reading: also that it cannot change midway.
  static constexpr Register kNoRegister = 0xFFFF;
  Register local_register(ast::ExprNode* node, bool for_reading);
  Register local_register(std::string_view name, bool for_reading);
  void name_far_cell(int far, Register target);

  // ---- expressions.cpp
  Register value(ast::ExprNode* node);
  Register value_in_temporary(ast::ExprNode* node);
  Register operand(ast::ExprNode* node, Register scratch);
  void value_to(ast::ExprNode* node, Register target);
  void name_to(ast::Name* node, Register target);
  void binary_to(ast::BinOp* node, Register target);
  void unary_to(ast::UnaryOp* node, Register target);
  void bool_to(ast::BoolOp* node, Register target);
  void compare_to(ast::Compare* node, Register target);
  void conditional_to(ast::IfExp* node, Register target);
  void attribute_to(ast::Attribute* node, Register target);
  void subscript_to(ast::Subscript* node, Register target);
  void slice_to(ast::Slice* node, Register target);
  void slice_bounds(ast::Slice* node, Register first);
  void walrus_to(ast::NamedExpr* node, Register target);
  void yield_to(ast::Yield* node, Register target);
  void yield_from_to(ast::YieldFrom* node, Register target);
  void await_to(ast::Await* node, Register target);
  /// Runs the delegate in `iterator` to its end; the result is in `target` (both temporaries).
  void delegate(Register iterator, Register target, bool artificial = false);
  void await_value(Register object, Register target, int kind);
  void compare_pair(ast::CompareOperator op, Register target, Register left, Register right);
  /// `negated`: under a `not` that turns the operator into its opposite.
  void check_compare(ast::Compare* node, bool negated = false);
  void check_subscript(ast::Subscript* node);
  std::string infer_type(ast::ExprNode* node);
  std::string type_of_constant(const Constant& constant);
  void start_at_attribute(ast::Attribute* node);

  // ---- displays.cpp: tuples, lists, sets, dicts, f-strings
  enum class Display : uint8_t { Tuple, List, Set };
  void display_to(std::span<ast::ExprNode*> items, Display display, Register target);
  void spread_to(std::span<ast::ExprNode*> items, Display display, Register target);
  void dict_to(ast::Dict* node, Register target);
  void dict_run(std::span<ast::ExprNode*> keys, std::span<ast::ExprNode*> values, Register target);
  void joined_to(ast::JoinedStr* node, Register target);
  void formatted_to(ast::FormattedValue* node, Register target);
  // percent.cpp
  bool percent_to(ast::BinOp* node, Register target);
  void join_parts(std::span<ast::ExprNode*> parts, Register target);

  // ---- conditions.cpp
  void jump_if(ast::ExprNode* node, Label label, bool sense);
  void jump_if_compare(ast::Compare* node, Label label, bool sense, bool negated);
  void jump_if_pair(ast::CompareOperator op, ast::ExprNode* left, ast::ExprNode* right, Label label, bool sense);
  void jump_if_registers(ast::CompareOperator op, Register left, Register right, Label label, bool sense);

  // ---- calls.cpp
  void call_to(ast::Call* node, Register target);
  void check_callable(ast::ExprNode* node);
  void check_keywords(std::span<ast::Keyword*> keywords);
  void method_call(ast::Call* node, Register target);
  /// Arguments in slots from base + kCallGap + skipped; emits the call.
  void plain_call(std::span<ast::ExprNode*> arguments, std::span<ast::Keyword*> keywords, Register base, int skipped,
                  Register target, bool method);
  /// `skipped` leading arguments are already in temporaries from `first`.
  void spread_call(std::span<ast::ExprNode*> arguments, std::span<ast::Keyword*> keywords, Register base,
                   Register first, int skipped, Register target);
  void keywords_to(std::span<ast::Keyword*> keywords, Register callable, Register target);
  bool needs_spread(std::span<ast::ExprNode*> arguments, std::span<ast::Keyword*> keywords, int extra);
  int keyword_names(std::span<ast::Keyword*> keywords);
  /// Calls regs[base] with arguments already placed.
  void call(Register target, Register base, int count);

  // ---- functions.cpp
  const Blueprint* finish(FunctionCode& code);
  void open(FunctionCode& code, Scope* scope, CodeKind kind, std::string_view name, uint32_t first_line);
  void close(FunctionCode& code) { code_ = code.parent; }
  void set_qualified_name(FunctionCode& code);
  void assign_registers(FunctionCode& code);
  void prologue();
  void far_parameters();
  uint32_t flags_of(FunctionCode& code);
  void return_none();
  void function_definition(ast::StmtNode* node, ast::Arguments* arguments, std::span<ast::StmtNode*> body,
                           std::span<ast::ExprNode*> decorators, ast::ExprNode* returns, std::string_view name,
                           bool is_async);
  const Blueprint* function_body(ast::StmtNode* node, ast::Arguments* arguments, std::span<ast::StmtNode*> body,
                                 std::string_view name, uint32_t first_line, bool is_async);
  void lambda_to(ast::Lambda* node, Register target);
  /// Defaults, keyword defaults, annotations and closure into temporaries from `first`; returns the MakeFunction bits.
  int defaults(ast::Arguments* arguments, Register* next);
  int annotations(ast::Arguments* arguments, ast::ExprNode* returns);
  int closure(const Blueprint* blueprint);
  void annotation_value(ast::ExprNode* annotation, Register target);
  void make_function(const Blueprint* blueprint, Register first, int bits, Register target);
  Register begin_decorators(std::span<ast::ExprNode*> decorators);
  void apply_decorators(std::span<ast::ExprNode*> decorators, Register first);
  void check_parameter_names(ast::Arguments* arguments);
  void class_definition(ast::ClassDef* node);
  const Blueprint* class_body(ast::ClassDef* node, uint32_t first_line);
  void body_with_docstring(std::span<ast::StmtNode*> body);
  template <typename Compile>
  const Blueprint* with_retry(const ast::Node* node, Compile compile);

  // ---- comprehensions.cpp
  void comprehension_to(ast::ExprNode* node, std::span<ast::Comprehension*> generators, ast::ExprNode* element,
                        ast::ExprNode* value, ComprehensionKind kind, Register target);
  void comprehension_loop(ast::ExprNode* node, std::span<ast::Comprehension*> generators, size_t depth,
                          ast::ExprNode* element, ast::ExprNode* value, ComprehensionKind kind, Register result);
  void comprehension_element(ast::ExprNode* node, ast::ExprNode* element, ast::ExprNode* value, ComprehensionKind kind,
                             Register result);

  // ---- statements.cpp
  void statements(std::span<ast::StmtNode*> body);
  void statement(ast::StmtNode* node);
  void expression_statement(ast::Expr* node);
  void return_statement(ast::Return* node);
  void raise_statement(ast::Raise* node);
  void assert_statement(ast::Assert* node);
  void delete_target(ast::ExprNode* node);
  void if_statement(ast::If* node);
  void import_statement(ast::Import* node);
  void import_from(ast::ImportFrom* node);

  // ---- assignments.cpp
  void assign(ast::Assign* node);
  void augmented(ast::AugAssign* node);
  void annotated(ast::AnnAssign* node);
  void evaluate_annotation(ast::ExprNode* node);
  void annotated_subscript(ast::ExprNode* node);
  void store(ast::ExprNode* target, Register source);
  void store_attribute(Register object, ast::Attribute* node, Register source);
  void unpack(std::span<ast::ExprNode*> targets, Register source);
  void unpack_long_tail(std::span<ast::ExprNode*> targets, size_t star, Register source);
  bool pairwise(ast::ExprNode* target, ast::ExprNode* value);
  void inplace(ast::Operator op, Register target, Register left, ast::ExprNode* right);

  // ---- loops.cpp
  void for_loop(ast::For* node);
  void async_for(ast::AsyncFor* node);
  void while_loop(ast::While* node);
  void break_statement();
  void continue_statement();
  void loop_target(ast::ExprNode* target, Register iterator, Label exhausted);
  /// The next item of an async iterator is in `item`; a StopAsyncIteration goes to the code at *stop.
  void async_next(Register iterator, Register item, Label stop, Register exception);

  // ---- blocks.cpp: leaving try, with and loops early
  bool push_block(const Block& block);
  void pop_block() { code_->blocks.pop_back(); }
  /// Emits what leaving the innermost blocks has to do, down to the innermost loop (which stays) or all of them.
  void unwind(bool to_loop);
  void unwind_block(const Block& block);
  const Block* innermost_loop() const;
  bool unwinding_runs_code() const;

  // ---- try.cpp, with.cpp
  void try_statement(ast::Try* node);
  void try_finally(ast::Try* node);
  void try_except(ast::Try* node);
  void except_clause(ast::ExceptHandler* handler, Register exception, Register saved, Label end);
  void try_star_statement(ast::TryStar* node);
  void try_star_finally(ast::TryStar* node);
  void try_star_except(ast::TryStar* node);
  void clear_name(std::string_view name);
  template <typename T, typename Body>
  void finally_block(T* node, Body body);
  /// Code of handler `label`: makes `saved` the handled exception again and passes `exception` on.
  void cleanup_code(Label label, Register exception, Register saved, uint16_t outer);
  void with_items(std::span<ast::WithItem*> items, std::span<ast::StmtNode*> body, bool is_async, ast::StmtNode* node);
  void call_exit_with_none(Register exit, bool is_async);

  // ---- match.cpp
  struct PatternContext;
  void match_statement(ast::Match* node);
  void pattern(ast::PatternNode* node, Register subject, PatternContext& context);
  void pattern_value(ast::MatchValue* node, Register subject, PatternContext& context);
  void pattern_singleton(ast::MatchSingleton* node, Register subject, PatternContext& context);
  void pattern_sequence(ast::MatchSequence* node, Register subject, PatternContext& context);
  void pattern_mapping(ast::MatchMapping* node, Register subject, PatternContext& context);
  void pattern_class(ast::MatchClass* node, Register subject, PatternContext& context);
  void pattern_or(ast::MatchOr* node, Register subject, PatternContext& context);
  void pattern_as(ast::MatchAs* node, Register subject, PatternContext& context);
  void pattern_capture(std::string_view name, Register subject, PatternContext& context);
  void pattern_unpacked(std::span<ast::PatternNode*> patterns, Register subject, PatternContext& context);
  void pattern_indexed(std::span<ast::PatternNode*> patterns, size_t star, Register subject, PatternContext& context);

  Session& session_;
  ScopeTable& scopes_;
  Folder folder_;
  FunctionCode* code_ = nullptr;
  std::unordered_map<const ast::Node*, const Blueprint*> compiled_;
  bool interactive_ = false;
  int nesting_ = 0;
  Register near_limit_ = 160;      // variables beyond it live in a list of cells
  bool out_of_registers_ = false;  // of the block that was finished last
};

}  // namespace viperine::compiler
