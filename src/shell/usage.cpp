// SPDX-License-Identifier: MIT
// What -h, --help-env, --help-xoptions and --help-all print. One table per subject; nothing is parsed here.
#include "shell/options.h"

namespace viperine {

namespace {

struct Line {
  const char* name;
  const char* text;
};

constexpr Line kOptions[] = {
    {"-b", "warn about str(bytes), str(bytearray) and comparisons of bytes with str; -bb makes it an error"},
    {"-B", "write no .pyc files on import; also PYTHONDONTWRITEBYTECODE=x"},
    {"-c cmd", "run the program text cmd (ends the list of options)"},
    {"-d", "sets sys.flags.debug; there is no parser debugging output"},
    {"-E", "ignore PYTHON* environment variables (such as PYTHONPATH)"},
    {"-h", "print this help and exit (also -? or --help)"},
    {"-i", "go on interactively after the program; also PYTHONINSPECT=x"},
    {"-I", "isolate from the user's environment (implies -E, -P and -s)"},
    {"-m mod", "run a library module as a program (ends the list of options)"},
    {"-O", "drop assert statements and what depends on __debug__; also PYTHONOPTIMIZE=x"},
    {"-OO", "as -O, and drop docstrings"},
    {"-P", "put no unsafe path at the head of sys.path; also PYTHONSAFEPATH"},
    {"-q", "no version and copyright lines on interactive start"},
    {"-s", "leave the user's site directory out of sys.path; also PYTHONNOUSERSITE"},
    {"-S", "do not import site at start"},
    {"-u", "unbuffered stdout and stderr; also PYTHONUNBUFFERED=x"},
    {"-v", "trace imports; also PYTHONVERBOSE=x"},
    {"-V", "print the version and exit (also --version); -VV says more"},
    {"-W arg", "warning filter, action:message:category:module:lineno; also PYTHONWARNINGS=arg"},
    {"-x", "skip the first line of the source"},
    {"-X opt", "an option of the implementation; see --help-xoptions"},
    {"--check-hash-based-pycs always|default|never", "how hash-based .pyc files are validated"},
    {"--help-env", "the environment variables"},
    {"--help-xoptions", "the -X options"},
    {"--help-all", "all of it"},
};

constexpr Line kArguments[] = {
    {"file", "program read from a script file, a folder or an archive with __main__.py"},
    {"-", "program read from standard input (the default; interactive if it is a terminal)"},
    {"arg ...", "arguments of the program, sys.argv[1:]"},
};

constexpr Line kXOptions[] = {
    {"-X dev", "development mode: more checks at run time, all warnings shown"},
    {"-X faulthandler", "tracebacks on fatal signals"},
    {"-X frozen_modules=on|off", "whether modules that CPython freezes come from the image"},
    {"-X importtime", "print how long each import takes"},
    {"-X int_max_str_digits=N", "limit of digits in conversions between int and str (0: none)"},
    {"-X no_debug_ranges", "keep no columns in code objects: tracebacks without carets"},
    {"-X pycache_prefix=PATH", "write .pyc files to a tree of their own"},
    {"-X tracemalloc[=N]", "trace allocations, N frames deep"},
    {"-X utf8[=0|1]", "UTF-8 mode"},
    {"-X warn_default_encoding", "EncodingWarning when a text file is opened without an encoding"},
    {"-X max-heap=SIZE", "limit of the heap, like 64M; MemoryError beyond it"},
    {"-X nursery=SIZE", "size of the youngest generation; 0 for none"},
    {"-X gc-stress=N", "collect at every N-th safepoint"},
    {"-X gc-move, -X gc-dirty, -X gc-verify", "move every object, scan stacks always, check the heap"},
};

constexpr Line kEnvironment[] = {
    {"PYTHONASYNCIODEBUG", "debug mode of asyncio"},
    {"PYTHONBREAKPOINT", "what breakpoint() calls; 0 for nothing"},
    {"PYTHONCOERCECLOCALE", "0 keeps the C locale, warn says so when it is replaced"},
    {"PYTHONDEVMODE", "as -X dev"},
    {"PYTHONDONTWRITEBYTECODE", "as -B"},
    {"PYTHONFAULTHANDLER", "as -X faulthandler"},
    {"PYTHONHASHSEED", "random, or the seed of str hashes: 0 to 4294967295"},
    {"PYTHONHOME", "prefix of the standard library, or prefix:exec_prefix"},
    {"PYTHONINSPECT", "as -i"},
    {"PYTHONINTMAXSTRDIGITS", "as -X int_max_str_digits"},
    {"PYTHONIOENCODING", "encoding[:errors] of the standard streams"},
    {"PYTHONNODEBUGRANGES", "as -X no_debug_ranges"},
    {"PYTHONNOUSERSITE", "as -s"},
    {"PYTHONOPTIMIZE", "as -O"},
    {"PYTHONPATH", "folders put before the default sys.path, with ':' between them"},
    {"PYTHONPLATLIBDIR", "sys.platlibdir"},
    {"PYTHONPYCACHEPREFIX", "as -X pycache_prefix"},
    {"PYTHONSAFEPATH", "as -P"},
    {"PYTHONSTARTUP", "file run on interactive start"},
    {"PYTHONTRACEMALLOC", "as -X tracemalloc"},
    {"PYTHONUNBUFFERED", "as -u"},
    {"PYTHONUSERBASE", "base of the user's site directory"},
    {"PYTHONUTF8", "as -X utf8"},
    {"PYTHONVERBOSE", "as -v"},
    {"PYTHONWARNDEFAULTENCODING", "as -X warn_default_encoding"},
    {"PYTHONWARNINGS", "as -W, with ',' between filters"},
};

template <size_t Count>
void add(std::string& out, const Line (&lines)[Count], size_t column) {
  for (const Line& line : lines) {
    std::string name = line.name;
    if (name.size() < column) name.resize(column, ' ');
    out += name + ": " + line.text + "\n";
  }
}

}  // namespace

std::string help_text(Settings::Help help, const std::string& program) {
  std::string out;
  if (help == Settings::Help::Usage || help == Settings::Help::All) {
    out += "usage: " + program + " [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";
    out += "Options (and corresponding environment variables):\n";
    add(out, kOptions, 7);
    out += "\nArguments:\n";
    add(out, kArguments, 7);
  }
  if (help == Settings::Help::Environment || help == Settings::Help::All) {
    out += help == Settings::Help::All ? "\n" : "";
    out += "Environment variables that change behavior:\n";
    add(out, kEnvironment, 25);
  }
  if (help == Settings::Help::XOptions || help == Settings::Help::All) {
    out += help == Settings::Help::All ? "\n" : "";
    out += "The following implementation-specific options are available:\n";
    add(out, kXOptions, 31);
  }
  return out;
}

}  // namespace viperine
