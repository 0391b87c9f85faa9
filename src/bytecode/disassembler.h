// SPDX-License-Identifier: MIT
// Text listing of a Blueprint: header, tables, instructions with labels, exception ranges; nested code after it.
// For -X dump=bytecode and golden tests. Deterministic: no addresses, no build-dependent data.
#pragma once

#include <string>

#include "bytecode/blueprint.h"

namespace viperine {

enum class ListingDetail : uint8_t { Brief, Positions };  // Positions: line:column ranges of each instruction

/// The blueprint and, depth first, the code constants in it.
std::string disassemble(const Blueprint& blueprint, ListingDetail detail = ListingDetail::Brief);
/// Text of a constant; code as <code NAME>.
std::string constant_listing(const BlueprintConstant& constant);

}  // namespace viperine
