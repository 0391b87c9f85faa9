// SPDX-License-Identifier: MIT
// Where the executable, the standard library and a virtual environment are; sys.prefix and its like follow from that.
#pragma once

#include <string>
#include <vector>

#include "shell/options.h"

namespace viperine {

struct Locations {
  std::string executable;       // sys.executable: as invoked, absolute, links not followed
  std::string base_executable;  // the one a virtual environment was made from
  std::string prefix;           // of the standard library, never that of a virtual environment (site sets that)
  std::string exec_prefix;
  std::string platlibdir;
  std::string library;            // the folder of os.py
  std::vector<std::string> path;  // the first sys.path
};

/// The executable of this process with links resolved; empty when the system does not tell.
std::string path_of_process();
Locations find_locations(const Settings& settings);
/// `path` made absolute by putting the working directory before it; nothing is resolved.
std::string absolute_path(const std::string& path);

}  // namespace viperine
