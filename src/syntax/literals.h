// SPDX-License-Identifier: MIT
// Values of number tokens. Extent and errors of their spelling are the tokenizer's.
#pragma once

#include "syntax/ast.h"
#include "syntax/session.h"

namespace viperine::syntax {

/// Ints keep normalised digits (ast.h), in the arena. The text must be a well-formed number token.
ast::ConstantValue number_value(Session& session, std::string_view token);

/// The complaint when a decimal literal has more digits than the limit allows, otherwise no data().
std::string_view number_limit_error(Session& session, const ast::ConstantValue& value);

}  // namespace viperine::syntax
