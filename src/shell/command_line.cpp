// SPDX-License-Identifier: MIT
// The command line: from options to a running program and its exit status. Options are parsed in options.cpp; the
// runtime is made in startup.cpp.
#include "shell/command_line.h"

#include <langinfo.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "modules/io/standard_streams.h"
#include "modules/marshal/marshal.h"
#include "numeric/siphash.h"
#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/materialize.h"
#include "runtime/operators.h"
#include "runtime/poll.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "shell/dump.h"
#include "shell/import_system.h"
#include "shell/locations.h"
#include "shell/make_image.h"
#include "shell/options.h"
#include "shell/run.h"
#include "shell/startup.h"
#include "shell/sys_attributes.h"

namespace viperine {

namespace {

const char* program_name(const Settings& settings) {
  return settings.original.empty() ? "viperine" : settings.original[0].c_str();
}

int complain(const Settings& settings, const std::string& message) {
  std::fprintf(stderr,
               "%s\nusage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more "
               "information.\n",
               message.c_str(), program_name(settings));
  return 2;
}

/// What stops the interpreter before it runs: exit status 1.
int die(const Settings::Fatal& fatal) {
  std::fprintf(stderr, "Fatal Python error: %s\nPython runtime state: %s\n\n", fatal.message.c_str(), fatal.state);
  if (std::strcmp(fatal.state, "core initialized") == 0)
    std::fputs("Current thread 0x0000000000000001 (most recent call first):\n  <no Python frame>\n", stderr);
  return 1;
}

/// The SipHash key: random, or from PYTHONHASHSEED. False when the variable is malformed. While nobody chooses, an
/// image brings the key that it was made with: that of PYTHONHASHSEED=0.
bool choose_hash_key(Settings& settings, RuntimeOptions& options) {
  HashKey key;
  const char* seed = settings.random_hash_seed ? nullptr : settings.environment("PYTHONHASHSEED");
  if (settings.x_option("write-image") != nullptr) seed = "0";
  if (seed != nullptr && std::strcmp(seed, "random") != 0) {
    char* end;
    unsigned long number = std::strtoul(seed, &end, 10);
    if (*end != 0 || number > 4294967295ul) return false;
    settings.hash_randomization = number != 0;
    key = hash_key_from_seed(static_cast<uint32_t>(number));
  } else {
    uint8_t bytes[16] = {};
    if (getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return false;
    key = hash_key_from_bytes(std::span<const uint8_t, 16>(bytes));
  }
  options.hash_key[0] = key.first;
  options.hash_key[1] = key.second;
  return true;
}

/// -X options of our own; empty, or what is wrong.
std::string heap_options(const Settings& settings, RuntimeOptions& options) {
  struct SizeOption {
    const char* name;
    size_t* place;
  };
  for (SizeOption option :
       {SizeOption{"max-heap", &options.heap.max_heap}, SizeOption{"nursery", &options.heap.nursery}}) {
    const char* text = settings.x_option(option.name);
    if (text != nullptr && !parse_size(text, option.place))
      return std::string("-X ") + option.name + " needs a size like 64M";
  }
  if (const char* text = settings.x_option("gc-stress"))
    options.heap.stress_every = static_cast<uint32_t>(*text == 0 ? 1 : std::atoi(text));
  options.heap.stress_move = settings.x_option("gc-move") != nullptr;
  options.heap.always_dirty = settings.x_option("gc-dirty") != nullptr;
  options.heap.verify = settings.x_option("gc-verify") != nullptr;
  return {};
}

/// The image to use, or none: with another hash seed, without columns in code, or when -X image=off asks for that.
std::string choose_image(const Settings& settings, RuntimeOptions& options) {
  const char* frozen = settings.x_option("frozen_modules");
  options.frozen_modules = frozen == nullptr || std::strcmp(frozen, "off") != 0;
  options.code_format = code_fingerprint();
  const char* choice = settings.x_option("image");
  options.verify_image = choice != nullptr && std::strcmp(choice, "verify") == 0;
  const char* seed = settings.environment("PYTHONHASHSEED");
  bool is_off = choice != nullptr && std::strcmp(choice, "off") == 0;
  if (is_off || settings.x_option("write-image") != nullptr || settings.random_hash_seed ||
      (seed != nullptr && std::strcmp(seed, "0") != 0) || !settings.debug_ranges)
    return {};
  return image_path();
}

/// PEP 538 and 540: the C locale means UTF-8. LC_CTYPE is replaced for child processes too, unless LC_ALL forbids it.
void adopt_locale(Settings& settings) {
  const char* locale = std::setlocale(LC_CTYPE, "");
  bool is_c = locale == nullptr || std::strcmp(locale, "C") == 0 || std::strcmp(locale, "POSIX") == 0;
  const char* choice = settings.environment("PYTHONCOERCECLOCALE");
  bool warns = choice != nullptr && std::strcmp(choice, "warn") == 0;
  bool keeps = choice != nullptr && std::strcmp(choice, "0") == 0;
  const char* forced = std::getenv("LC_ALL");
  if (is_c && !keeps && (forced == nullptr || *forced == 0) && std::setlocale(LC_CTYPE, "C.UTF-8") != nullptr) {
    setenv("LC_CTYPE", "C.UTF-8", 1);
    if (warns)
      std::fputs(
          "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or "
          "PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\n",
          stderr);
  } else if (is_c) {
    if (warns)
      std::fputs(
          "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which may cause "
          "Unicode compatibility problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative "
          "Unicode-compatible locales is recommended.\n",
          stderr);
  }
  if (is_c && !settings.utf8_mode_chosen) settings.utf8_mode = true;
}

/// Encoding and error handler of stdin and stdout.
void choose_stream_encoding(const Settings& settings, std::string& name, std::string& errors) {
  name = "utf-8";
  const char* codeset = nl_langinfo(CODESET);
  if (!settings.utf8_mode && codeset != nullptr && *codeset != 0 && std::strcmp(codeset, "UTF-8") != 0 &&
      std::strcmp(codeset, "ANSI_X3.4-1968") != 0)
    name = codeset;
  const char* locale = std::setlocale(LC_CTYPE, nullptr);
  bool tolerant = settings.utf8_mode;
  for (const char* each : {"C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"})
    tolerant = tolerant || (locale != nullptr && std::strcmp(locale, each) == 0);
  errors = tolerant ? "surrogateescape" : "strict";
  const char* chosen = settings.environment("PYTHONIOENCODING");
  if (chosen == nullptr) return;
  const char* colon = std::strchr(chosen, ':');
  std::string part(chosen, colon == nullptr ? std::strlen(chosen) : static_cast<size_t>(colon - chosen));
  if (!part.empty()) name = part, errors = "strict";
  if (colon != nullptr && colon[1] != 0) errors = colon + 1;
}

/// Everything up to the first line of the program.
Result<void> prepare(Thread& thread, const Settings& settings) {
  NativeHolder holder(thread);
  Locations locations = find_locations(settings);
  TRY(set_sys_attributes(thread, settings, locations));
  if (settings.x_option("importtime") != nullptr || settings.environment("PYTHONPROFILEIMPORTTIME") != nullptr) {
    List* times = List::make(thread.heap());
    for (int i = 0; i < 2; ++i) TRY(list_append_value(thread, times, Value::from_int(0)));
    TRY(dict_set_name(thread, thread.runtime().sys_dict(), "_importtime", to_value(times)));
  }
  ImportSettings import;
  import.path = locations.path;
  import.library = locations.library;
  import.write_bytecode = !settings.dont_write_bytecode;
  import.use_cache = settings.x_option("pycache_prefix") == nullptr && !settings.environment("PYTHONPYCACHEPREFIX");
  import.check_hash_based_pycs = settings.check_hash_based_pycs;
  TRY(start_import_system(thread, import));
  TRY(import_module(thread, "encodings"));
  std::string name, errors;
  choose_stream_encoding(settings, name, errors);
  if (name != "utf-8") {
    Value codecs = TRY(import_module(thread, "_codecs"));
    Value codec = TRY(call_method(thread, codecs, intern(thread, "lookup"), to_value(make_str(thread, name))));
    Value canonical = TRY(get_attribute(thread, codec, thread.names().name));
    if (is_str(canonical) && as_str(thread, canonical)->is_ascii()) name = as_str(thread, canonical)->ascii();
  }
  TRY(make_standard_streams(thread, name, errors,
                            settings.unbuffered ? StreamBuffering::Unbuffered : StreamBuffering::Normal));
  Value io = TRY(import_module(thread, "_io"));
  TRY(dict_set_name(thread, thread.runtime().builtins_dict(), thread.names().open,
                    TRY(get_attribute(thread, io, thread.names().open))));
  if (settings.dev_mode || settings.x_option("faulthandler") != nullptr ||
      settings.environment("PYTHONFAULTHANDLER") != nullptr)
    TRY(call(thread, TRY(get_attribute(thread, TRY(import_module(thread, "faulthandler")), "enable"))));
  // Python turns SIGINT into KeyboardInterrupt as soon as the module is there.
  if (import_module(thread, "_signal").is_raised()) thread.clear_pending();
  Module* main = make_module(thread, thread.names().__main__);
  TRY(dict_set(thread, thread.runtime().modules(), to_value(thread.names().__main__), to_value(main)));
  TRY(dict_set_name(thread, main->dict(), thread.names().__annotations__, to_value(Dict::make(thread.heap()))));
  TRY(dict_set_name(thread, main->dict(), thread.names().__builtins__,
                    *thread.runtime().modules()->get_str(thread.names().builtins)));
  Value bootstrap = TRY(import_module(thread, "_frozen_importlib"));
  TRY(dict_set_name(thread, main->dict(), thread.names().__loader__,
                    TRY(get_attribute(thread, bootstrap, intern(thread, "BuiltinImporter")))));
  if (settings.verbose > 0) TRY(set_flags(thread, settings, settings.verbose));
  if (!settings.warnings.empty()) TRY(import_module(thread, "warnings"));
  if (!settings.no_site) {
    auto site = import_module(thread, "site");
    if (site.is_raised()) return Raised{};
    TRY(call(thread, TRY(get_attribute(thread, site.take(), "main"))));
  }
  return {};
}

}  // namespace

int run_command_line(int argument_count, char** arguments) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  Settings settings = parse_command_line(argument_count, arguments);
  if (!settings.fatal.message.empty()) return die(settings.fatal);
  if (!settings.bad_option.empty()) return complain(settings, settings.bad_option);
  if (settings.help != Settings::Help::None)
    return std::fputs(help_text(settings.help, program_name(settings)).c_str(), stdout) < 0 ? 1 : 0;
  if (settings.show_version) {
    std::puts(settings.version_count > 1 ? "Python 3.11.2 (Viperine 0.1.0) [C++20]" : "Python 3.11.2");
    return 0;
  }
  adopt_locale(settings);
  RuntimeOptions options;
  if (!choose_hash_key(settings, options))
    return die({"config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]",
                "preinitialized"});
  if (std::string wrong = heap_options(settings, options); !wrong.empty()) return complain(settings, wrong);
  struct stat info;
  if (fstat(0, &info) == 0 && S_ISDIR(info.st_mode))
    return die({"init_sys_streams: <stdin> is a directory, cannot continue", "core initialized"});
  if (settings.int_max_str_digits >= 0) options.int_max_str_digits = settings.int_max_str_digits;
  options.optimize = static_cast<uint32_t>(settings.optimize);
  options.bytes_warning = static_cast<uint32_t>(settings.bytes_warning);
  options.dev_mode = settings.dev_mode;
  options.debug_ranges = settings.debug_ranges;
  const std::string image = choose_image(settings, options);
  if (!image.empty()) options.image = image.c_str();
  Runtime* runtime = start_runtime(options);
  if (runtime == nullptr) return 1;
  Thread& thread = *runtime->main_thread();
  int status;
  if (prepare(thread, settings).is_raised())
    status = report_exception(thread);
  else if (const char* path = settings.x_option("write-image"))
    status = write_image(thread, find_locations(settings).library, *path == 0 ? image_path() : path);
  else
    status = run_program(thread, settings);
  dump_at_end(settings, *runtime);
  return finish_program(thread, status);
}

}  // namespace viperine
