// SPDX-License-Identifier: MIT
// FunctionCode: the code block under construction: instructions with symbolic labels and constants, registers,
// handlers, constants. The generator fills it, flow.h cleans it up, encode.h turns it into a Blueprint.
// Invariant: temporaries are a strict stack above the variables; next_temporary is its top.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bytecode/opcodes.h"
#include "compiler/constants.h"
#include "compiler/scopes.h"
#include "compiler/session.h"

namespace viperine::compiler {

using Register = uint16_t;
using Label = int32_t;
constexpr Label kNoLabel = -1;
constexpr Register kMaxRegisters = 256;

struct Instruction {
  Opcode op = Opcode::Nop;
  bool removed = false;
  bool artificial = false;   // no line of its own: takes its predecessor's if there is just one
  uint16_t a = 0, b = 0, c = 0;
  int32_t value = 0;         // d: immediate, far register; D, K, M: number in the constant pool (K: instead of b or c)
  int32_t second = 0;        // word 2: number in the constant pool (N, C) or count (UnpackEx)
  Label target = kNoLabel;
  uint16_t handler = 0;      // innermost handler, 0 = none
  Position position;
};

struct Handler {
  Label label = kNoLabel;
  Register target = 0;
};

enum class BlockKind : uint8_t {
  Loop, Try, FinallyTry, FinallyEnd, With, AsyncWith, HandlerCleanup, Handling, GroupHandling,
};

struct FunctionCode;

/// A statement that is open: what leaving it by return, break or continue has to do.
struct Block {
  BlockKind kind;
  Label start = kNoLabel, exit = kNoLabel;    // Loop: continue and break
  uint16_t outer_handler = 0;                 // in force outside
  Register saved = 0;                         // handled exception to restore; With: the exit method
  std::span<ast::StmtNode*> final_body = {};  // FinallyTry
  std::string_view name = {};                 // HandlerCleanup: `as` name
  Position position = {};                     // With
};

enum class CodeKind : uint8_t { Module, Class, Function, AsyncFunction, Lambda, Comprehension };

struct FunctionCode {
  FunctionCode* parent = nullptr;
  Scope* scope = nullptr;
  CodeKind kind = CodeKind::Module;
  std::string_view name, qualified_name;
  std::string_view class_name = {};          // for mangling
  std::string_view first_parameter = {};
  uint32_t first_line = 1, flags = 0;
  uint32_t positional_count = 0, positional_only_count = 0, keyword_only_count = 0;

  std::vector<Instruction> instructions;
  std::vector<int32_t> labels;               // instruction index of each label
  std::vector<Handler> handlers{Handler{}};
  std::vector<Block> blocks;
  uint16_t handler = 0;                      // in force
  ConstantPool constants;
  bool reserves_first_constant = false;      // functions: constant 0 is the docstring or None
  int byte_constants = 0;                    // how many constants stand in a K operand
  std::vector<uint8_t> is_byte_constant;

  std::vector<std::string_view> variable_names;    // register i holds variable i; in order of first use, as co_varnames
  std::vector<std::string_view> cell_names, free_names;
  std::vector<Register> cell_registers, free_registers;
  std::unordered_map<std::string_view, Register> registers;  // of every local, cell and free name
  std::unordered_map<std::string_view, int> far;              // name -> cell number in the far list
  size_t far_parameters = 0;                       // how many of them are parameters, the first ones
  Register far_list = 0;
  Register first_temporary = 0, next_temporary = 0;
  uint32_t register_count = 0;
  bool out_of_registers = false;
  std::vector<std::string_view> names;             // co_names
  std::unordered_map<std::string_view, int> name_index;
  std::vector<std::string_view> self_attributes;
  int nested_blocks = 0;
  Position position;                               // of what is being compiled

  Label new_label() {
    labels.push_back(-1);
    return static_cast<Label>(labels.size()) - 1;
  }
  void bind(Label label) { labels[static_cast<size_t>(label)] = static_cast<int32_t>(instructions.size()); }
};

}  // namespace viperine::compiler
