// SPDX-License-Identifier: MIT
// Parsing of the command line and of PYTHON* variables (same letters and names as CPython 3.11's).
#include "shell/options.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <cstring>

namespace viperine {

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
      settings.random_hash_seed = true;
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
    case '?': settings.help = Settings::Help::Usage; return true;
    default: return false;
  }
}

/// PYTHONOPTIMIZE and its like: a number, or any text for 1.
int number_of(const char* text) {
  char* end;
  long number = std::strtol(text, &end, 10);
  return *end != 0 || number < 0 || number > INT_MAX ? 1 : static_cast<int>(number);
}

void note_number(const Settings& settings, const char* name, int& place) {
  if (const char* value = settings.environment(name)) place = std::max(place, number_of(value));
}

void note_flag(const Settings& settings, const char* name, bool& place) {
  if (const char* value = settings.environment(name)) place = place || number_of(value) != 0;
}

void collect_warning_options(Settings& settings) {
  std::vector<std::string> own;
  if (settings.dev_mode) own.emplace_back("default");
  for (const char* start = settings.environment("PYTHONWARNINGS"); start != nullptr;) {
    const char* comma = std::strchr(start, ',');
    own.emplace_back(start, comma == nullptr ? std::strlen(start) : static_cast<size_t>(comma - start));
    start = comma == nullptr ? nullptr : comma + 1;
  }
  settings.warnings.insert(settings.warnings.begin(), own.begin(), own.end());
  if (settings.bytes_warning > 1) settings.warnings.emplace_back("error::BytesWarning");
  else if (settings.bytes_warning > 0) settings.warnings.emplace_back("default::BytesWarning");
}

/// UTF-8 mode (PEP 540): -X utf8 before PYTHONUTF8.
void choose_utf8_mode(Settings& settings) {
  const char* value = settings.x_option("utf8");
  const char* complaint = "invalid -X utf8 option value";
  if (value == nullptr) {
    value = settings.environment("PYTHONUTF8");
    complaint = "invalid PYTHONUTF8 environment variable value";
    if (value == nullptr) return;
  } else if (*value == 0) {
    value = "1";
  }
  settings.utf8_mode_chosen = true;
  if (std::strcmp(value, "1") == 0) settings.utf8_mode = true;
  else if (std::strcmp(value, "0") != 0)
    settings.fatal = {"preconfig_init_utf8_mode: " + std::string(complaint), "preinitializing"};
}

void check_x_options(Settings& settings) {
  auto refuse = [&](std::string text) {
    if (settings.fatal.message.empty()) settings.fatal = {std::move(text), "preinitialized"};
  };
  auto check_digits = [&](const char* value, const char* name) {
    char* end;
    if (value == nullptr) return false;
    long number = std::strtol(value, &end, 10);
    if (*value == 0 || *end != 0 || number < 0 || (number != 0 && number < 640))
      refuse(std::string("config_init_int_max_str_digits: ") + name +
             ": invalid limit; must be >= 640 or 0 for unlimited.");
    settings.int_max_str_digits = number;
    return true;
  };
  if (!check_digits(settings.x_option("int_max_str_digits"), "-X int_max_str_digits"))
    check_digits(settings.environment("PYTHONINTMAXSTRDIGITS"), "PYTHONINTMAXSTRDIGITS");
  if (const char* frozen = settings.x_option("frozen_modules");
      frozen != nullptr && *frozen != 0 && std::strcmp(frozen, "on") != 0 && std::strcmp(frozen, "off") != 0)
    refuse("bad value for option -X frozen_modules (expected \"on\" or \"off\")");
  auto check_frames = [&](const char* value, const char* text) {
    char* end;
    if (value == nullptr || *value == 0) return;
    long number = std::strtol(value, &end, 10);
    if (*end != 0 || number < 0 || number > 65535) refuse(std::string("config_init_tracemalloc: ") + text);
  };
  check_frames(settings.x_option("tracemalloc"), "-X tracemalloc=NFRAME: invalid number of frames");
  check_frames(settings.environment("PYTHONTRACEMALLOC"), "PYTHONTRACEMALLOC: invalid number of frames");
}

void apply_environment(Settings& settings) {
  note_number(settings, "PYTHONOPTIMIZE", settings.optimize);
  note_number(settings, "PYTHONVERBOSE", settings.verbose);
  note_number(settings, "PYTHONDEBUG", settings.debug);
  note_number(settings, "PYTHONINSPECT", settings.inspect);
  note_flag(settings, "PYTHONDONTWRITEBYTECODE", settings.dont_write_bytecode);
  note_flag(settings, "PYTHONNOUSERSITE", settings.no_user_site);
  note_flag(settings, "PYTHONUNBUFFERED", settings.unbuffered);
  if (settings.environment("PYTHONSAFEPATH")) settings.safe_path = true;
  if (settings.environment("PYTHONDEVMODE") || settings.x_option("dev")) settings.dev_mode = true;
  settings.debug_ranges = !settings.x_option("no_debug_ranges") && !settings.environment("PYTHONNODEBUGRANGES");
  settings.warn_default_encoding =
      settings.x_option("warn_default_encoding") || settings.environment("PYTHONWARNDEFAULTENCODING");
  choose_utf8_mode(settings);
  check_x_options(settings);
  collect_warning_options(settings);
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

/// --help and its like; returns how many words were used.
int long_option(Settings& settings, const char* text, const char* next) {
  struct HelpOption {
    const char* name;
    Settings::Help help;
  };
  for (HelpOption option : {HelpOption{"--help", Settings::Help::Usage},
                            HelpOption{"--help-env", Settings::Help::Environment},
                            HelpOption{"--help-xoptions", Settings::Help::XOptions},
                            HelpOption{"--help-all", Settings::Help::All}})
    if (std::strcmp(text, option.name) == 0) settings.help = option.help;
  if (std::strncmp(text, "--help", 6) == 0 && settings.help != Settings::Help::None) return 1;
  if (std::strcmp(text, "--version") == 0) return settings.show_version = true, ++settings.version_count, 1;
  if (std::strcmp(text, "--check-hash-based-pycs") != 0) {
    settings.bad_option = std::string("unknown option ") + text;
    return 1;
  }
  if (next == nullptr) {
    settings.bad_option = "Argument expected for the --check-hash-based-pycs options";
    return 1;
  }
  settings.check_hash_based_pycs = next;
  if (settings.check_hash_based_pycs != "default" && settings.check_hash_based_pycs != "always" &&
      settings.check_hash_based_pycs != "never")
    settings.bad_option = "--check-hash-based-pycs must be one of 'default', 'always', or 'never'";
  return 2;
}

}  // namespace

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
    if (text[1] == '-') at += long_option(settings, text, at + 1 < count ? arguments[at + 1] : nullptr);
    else {
      int used = 1;
      for (const char* letter = text + 1; *letter != 0; ++letter) {
        int words = option_with_argument(settings, letter, at + 1 < count ? arguments[at + 1] : nullptr, &ends);
        if (words < 0) settings.bad_option = std::string("Argument expected for the -") + *letter + " option";
        if (*letter == 'J') settings.bad_option = "-J is reserved for Jython";
        if (!settings.bad_option.empty()) break;
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
