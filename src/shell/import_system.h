// SPDX-License-Identifier: MIT
// Starting importlib: the two bootstrap modules of the standard library, sys.path, site.
#pragma once

#include <string>
#include <vector>

#include "runtime/runtime.h"

namespace viperine {

struct ImportSettings {
  std::string library;            // where importlib/_bootstrap.py is
  std::vector<std::string> path;  // sys.path before site
  bool write_bytecode = true;
  bool use_cache = true;  // of importlib itself: where its files are
  std::string check_hash_based_pycs = "default";
};

/// sys.path and importlib.
Result<void> start_import_system(Thread& thread, const ImportSettings& settings);

}  // namespace viperine
