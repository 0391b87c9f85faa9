// SPDX-License-Identifier: MIT
// Parsing of the command line and of PYTHON* variables (same letters and names as CPython 3.11's).
#include "shell/options.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace viperine {

const char kUsage[] =
    "usage: viperine [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "Options (and corresponding environment variables):\n"
    "-b     : issue warnings about str(bytes_instance), str(bytearray_instance)\n"
    "         and comparing bytes/bytearray with str. (-bb: issue errors)\n"
    "-B     : don't write .pyc files on import; also PYTHONDONTWRITEBYTECODE=x\n"
    "-c cmd : program passed in as string (terminates option list)\n"
    "-d     : accepted and ignored\n"
    "-E     : ignore PYTHON* environment variables (such as PYTHONPATH)\n"
    "-h     : print this help message and exit (also -? or --help)\n"
    "-i     : inspect interactively after running script; also PYTHONINSPECT=x\n"
    "-I     : isolate from the user's environment (implies -E, -P and -s)\n"
    "-m mod : run library module as a script (terminates option list)\n"
    "-O     : remove assert and __debug__-dependent statements; also PYTHONOPTIMIZE=x\n"
    "-OO    : do -O changes and also discard docstrings\n"
    "-P     : don't prepend a potentially unsafe path to sys.path; also PYTHONSAFEPATH\n"
    "-q     : don't print version and copyright messages on interactive startup\n"
    "-s     : don't add user site directory to sys.path; also PYTHONNOUSERSITE\n"
    "-S     : don't imply 'import site' on initialization\n"
    "-u     : force the stdout and stderr streams to be unbuffered; also PYTHONUNBUFFERED=x\n"
    "-v     : verbose (trace import statements); also PYTHONVERBOSE=x\n"
    "-V     : print the version number and exit (also --version)\n"
    "-W arg : warning control; also PYTHONWARNINGS=arg\n"
    "-x     : skip first line of source, allowing use of non-Unix forms of #!cmd\n"
    "-X opt : implementation-specific option: dev, utf8, importtime, faulthandler, max-heap=SIZE, gc-stress=N,\n"
    "         gc-verify, gc-move, gc-dirty, nursery=SIZE\n"
    "file   : program read from script file\n"
    "-      : program read from stdin (default; interactive mode if a tty)\n"
    "arg ...: arguments passed to program in sys.argv[1:]\n";

const char* Settings::x_option(std::string_view name) const {
  const char* found = nullptr;
  for (const std::string& option : x_options) {
    std::string_view text = option;
    if (text == name) found = "";
    if (text.size() > name.size() && text.substr(0, name.size()) == name && text[name.size()] == '=')
      found = option.c_str() + name.size() + 1;
  }
  return found;
}

const char* Settings::environment(const char* name) const {
  if (ignore_environment) return nullptr;
  const char* value = std::getenv(name);
  return value != nullptr && *value != 0 ? value : nullptr;
}

bool parse_size(std::string_view text, size_t* bytes) {
  size_t number = 0, digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
    number = number * 10 + static_cast<size_t>(text[digits++] - '0');
  if (digits == 0 || digits > 15) return false;
  std::string_view unit = text.substr(digits);
  if (unit == "K" || unit == "k")
    number <<= 10;
  else if (unit == "M" || unit == "m")
    number <<= 20;
  else if (unit == "G" || unit == "g")
    number <<= 30;
  else if (!unit.empty())
    return false;
  *bytes = number;
  return true;
}

namespace {

/// The letter options that stand alone; false when there is no such letter.
bool simple_option(Settings& settings, char letter) {
  switch (letter) {
    case 'b':
      ++settings.bytes_warning;
      return true;
    case 'B':
      settings.dont_write_bytecode = true;
      return true;
    case 'd':
      ++settings.debug;
      return true;
    case 'E':
      settings.ignore_environment = true;
      return true;
    case 'i':
      ++settings.inspect, ++settings.interactive;
      return true;
    case 'I':
      settings.isolated = settings.ignore_environment = settings.no_user_site = settings.safe_path = true;
      return true;
    case 'O':
      ++settings.optimize;
      return true;
    case 'P':
      settings.safe_path = true;
      return true;
    case 'q':
      ++settings.quiet;
      return true;
    case 'R':
      settings.hash_randomization = true;
      return true;
    case 's':
      settings.no_user_site = true;
      return true;
    case 'S':
      settings.no_site = true;
      return true;
    case 'u':
      settings.unbuffered = true;
      return true;
    case 'v':
      ++settings.verbose;
      return true;
    case 'V':
      ++settings.version_count, settings.show_version = true;
      return true;
    case 'x':
      settings.skip_first_line = true;
      return true;
    case 'h':
    case '?':
      settings.show_help = true;
      return true;
    default:
      return false;
  }
}

int number_of(const char* text) {
  int number = std::atoi(text);
  return number < 1 ? 1 : number;
}

void apply_environment(Settings& settings) {
  if (const char* value = settings.environment("PYTHONOPTIMIZE"))
    settings.optimize = std::max(settings.optimize, number_of(value));
  if (const char* value = settings.environment("PYTHONVERBOSE"))
    settings.verbose = std::max(settings.verbose, number_of(value));
  if (settings.environment("PYTHONDONTWRITEBYTECODE")) settings.dont_write_bytecode = true;
  if (settings.environment("PYTHONNOUSERSITE")) settings.no_user_site = true;
  if (settings.environment("PYTHONUNBUFFERED")) settings.unbuffered = true;
  if (settings.environment("PYTHONINSPECT")) ++settings.inspect;
  if (settings.environment("PYTHONSAFEPATH")) settings.safe_path = true;
  if (settings.environment("PYTHONDEVMODE") || settings.x_option("dev")) settings.dev_mode = true;
  if (const char* value = settings.environment("PYTHONUTF8")) settings.utf8_mode = value[0] == '1';
  if (const char* value = settings.x_option("utf8")) settings.utf8_mode = value[0] != '0';
  if (const char* value = settings.environment("PYTHONWARNINGS")) {
    std::vector<std::string> own;
    for (const char* start = value; start != nullptr;) {
      const char* comma = std::strchr(start, ',');
      own.emplace_back(start, comma == nullptr ? std::strlen(start) : static_cast<size_t>(comma - start));
      start = comma == nullptr ? nullptr : comma + 1;
    }
    settings.warnings.insert(settings.warnings.begin(), own.begin(), own.end());
  }
  if (settings.dev_mode) settings.warnings.insert(settings.warnings.begin(), "default");
  if (settings.bytes_warning > 1)
    settings.warnings.push_back("error::BytesWarning");
  else if (settings.bytes_warning > 0)
    settings.warnings.push_back("default::BytesWarning");
}

/// Options with an argument: c m W X. Returns how many words were used, 0 when it is none of them, -1 when the argument
/// is missing.
int option_with_argument(Settings& settings, const char* letters, const char* next, bool* ends) {
  const char* inline_text = letters[1] != 0 ? letters + 1 : nullptr;
  const char* value = inline_text != nullptr ? inline_text : next;
  if (std::strchr("cmWX", letters[0]) == nullptr) return 0;
  if (value == nullptr) return -1;
  if (letters[0] == 'c')
    settings.run = Settings::Run::Command, settings.target = std::string(value) + "\n", *ends = true;
  if (letters[0] == 'm') settings.run = Settings::Run::Module, settings.target = value, *ends = true;
  if (letters[0] == 'W') settings.warnings.emplace_back(value);
  if (letters[0] == 'X') settings.x_options.emplace_back(value);
  return inline_text != nullptr ? 1 : 2;
}

}  // namespace

/// How many words the option takes.
static int check_hash_option(Settings& settings, const char* value) {
  const std::string_view mode = value == nullptr ? "" : value;
  if (mode == "default" || mode == "always" || mode == "never")
    settings.check_hash_based_pycs = mode;
  else
    settings.bad_option = "--check-hash-based-pycs must be one of 'default', 'always', or 'never'";
  return 2;
}

Settings parse_command_line(int count, char** arguments) {
  Settings settings;
  settings.original.assign(arguments, arguments + count);
  int at = 1;
  bool ends = false;
  while (at < count && !ends && settings.bad_option.empty()) {
    const char* text = arguments[at];
    if (text[0] != '-' || text[1] == 0) break;
    if (std::strcmp(text, "--") == 0) {
      ++at;
      break;
    }
    if (std::strcmp(text, "--help") == 0 || std::strcmp(text, "--help-all") == 0)
      settings.show_help = true, ++at;
    else if (std::strcmp(text, "--version") == 0)
      settings.show_version = true, ++settings.version_count, ++at;
    else if (std::strcmp(text, "--check-hash-based-pycs") == 0)
      at += check_hash_option(settings, at + 1 < count ? arguments[at + 1] : nullptr);
    else if (text[1] == '-')
      settings.bad_option = std::string("unknown option ") + text;
    else {
      int used = 1;
      for (const char* letter = text + 1; *letter != 0; ++letter) {
        int words = option_with_argument(settings, letter, at + 1 < count ? arguments[at + 1] : nullptr, &ends);
        if (words < 0) settings.bad_option = std::string("Argument expected for the -") + *letter + " option";
        if (words != 0) {
          used = words < 0 ? 1 : words;
          break;
        }
        if (!simple_option(settings, *letter)) {
          settings.bad_option = std::string("Unknown option: -") + *letter;
          break;
        }
      }
      at += used;
    }
  }
  if (ends) {
    settings.arguments.emplace_back(settings.run == Settings::Run::Command ? "-c" : "-m");
  } else if (at < count) {
    if (std::strcmp(arguments[at], "-") != 0) settings.run = Settings::Run::File, settings.target = arguments[at];
    settings.arguments.emplace_back(arguments[at]);
    ++at;
  } else {
    settings.arguments.emplace_back("");
  }
  for (; at < count; ++at) settings.arguments.emplace_back(arguments[at]);
  apply_environment(settings);
  return settings;
}

}  // namespace viperine
