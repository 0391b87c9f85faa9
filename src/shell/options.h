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
  bool dont_write_bytecode = false, no_user_site = false, no_site = false, ignore_environment = false, isolated = false;
  bool unbuffered = false, skip_first_line = false, safe_path = false, dev_mode = false, utf8_mode = false;
  bool hash_randomization = true, random_hash_seed = false;   // -R: PYTHONHASHSEED does not count
  bool utf8_mode_chosen = false;         // by -X utf8 or PYTHONUTF8, not by the locale
  bool debug_ranges = true, warn_default_encoding = false;
  long int_max_str_digits = -1;          // -1: not given
  std::string check_hash_based_pycs = "default";
  enum class Help { None, Usage, Environment, XOptions, All } help = Help::None;
  bool show_version = false;
  int version_count = 0;
  std::string bad_option;                // error: what to say before the usage
  struct Fatal {
    std::string message;                 // after "Fatal Python error: "
    const char* state = "";
  } fatal;
  /// Value of -X name[=value]; null when not given, "" without a value.
  const char* x_option(std::string_view name) const;
  /// getenv unless -E or -I.
  const char* environment(const char* name) const;
};

Settings parse_command_line(int count, char** arguments);
/// "64M" -> bytes; false when malformed.
bool parse_size(std::string_view text, size_t* bytes);
/// The text of -h and --help-*.
std::string help_text(Settings::Help help, const std::string& program);

}  // namespace viperine
