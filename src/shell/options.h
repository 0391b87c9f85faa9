// SPDX-License-Identifier: MIT
// What the command line and the environment ask for, before any Python exists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace viperine {

struct Settings {
  enum class Run { File, Command, Module, StandardInput } run = Run::StandardInput;
  std::string target;                  // file, command text or module name
  std::vector<std::string> arguments;  // sys.argv; [0] is filled in by the runner
  std::vector<std::string> original;   // sys.orig_argv
  std::vector<std::string> warnings;   // -W and PYTHONWARNINGS, in order
  std::vector<std::string> x_options;  // -X
  int inspect = 0, interactive = 0, optimize = 0, verbose = 0, bytes_warning = 0, quiet = 0, debug = 0;
  std::string check_hash_based_pycs = "default";
  bool dont_write_bytecode = false, no_user_site = false, no_site = false, ignore_environment = false, isolated = false;
  bool unbuffered = false, skip_first_line = false, safe_path = false, dev_mode = false, utf8_mode = false;
  bool hash_randomization = true;
  bool show_version = false, show_help = false;
  int version_count = 0;
  std::string bad_option;  // error: what to say
  /// Value of -X name[=value]; null when not given, "" without a value.
  const char* x_option(std::string_view name) const;
  /// getenv unless -E or -I.
  const char* environment(const char* name) const;
};

Settings parse_command_line(int count, char** arguments);
/// "64M" -> bytes; false when malformed.
bool parse_size(std::string_view text, size_t* bytes);
extern const char kUsage[];

}  // namespace viperine
