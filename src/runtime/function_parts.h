// SPDX-License-Identifier: MIT
// The rarely used parts of a Function (doc, module, dict), kept in an Array made on demand, and what its attributes
// say.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// Places in Function::more_.
enum class FunctionMore : uint8_t { Doc, Module, Dict, kCount };

/// Unbound when not set: the doc of the code, the __name__ of the globals are meant.
Value function_part(Function* function, FunctionMore part);
void set_function_part(Thread& thread, Function* function, FunctionMore part, Value value);
/// func.__dict__; null when there is none and `make` is false.
Dict* function_dict(Thread& thread, Function* function, bool make);
void set_function_dict(Thread& thread, Function* function, Dict* dict);
Value function_name(Function* function);
Value function_qualified_name(Function* function);
/// Says, once the constants of a new code are there, whether they begin with a docstring.
void note_doc(Code* code);
/// func.__doc__ and func.__module__.
Value function_doc(Thread& thread, Function* function);
Value function_module(Thread& thread, Function* function);

}  // namespace viperine
