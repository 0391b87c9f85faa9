// SPDX-License-Identifier: MIT
// .pyc files read and written without importlib: for importlib's own two files, and for programs given as .pyc.
#pragma once

#include <string>

#include "objects/function.h"
#include "runtime/runtime.h"

namespace viperine {

/// The cached code of `source` ("…/x.py" -> "…/__pycache__/x.viperine-311.opt-2.pyc"), when there is some that is not
/// older; null otherwise (nothing is raised).
Code* read_cached_code(Thread& thread, const std::string& source, Str* filename);
/// Writes it; failures are of no interest.
void write_cached_code(Thread& thread, const std::string& source, Code* code);
/// The code of a .pyc file's bytes; ImportError "bad magic number" and what marshal says.
Result<Code*> code_of_pyc(Thread& thread, std::string_view data);
/// The content of a file below 256 MB; false when it cannot be read.
bool read_whole_file(const std::string& path, std::string* content);
/// The first four bytes of our .pyc files.
std::string pyc_magic_bytes();

}  // namespace viperine
