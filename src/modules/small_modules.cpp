// SPDX-License-Identifier: MIT
// Three small modules: _typing (one function), _stat (file modes) and _opcode (what dis asks of the interpreter).
#include <sys/stat.h>

#include "bytecode/opcodes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"

namespace viperine {

namespace {

Result<Value> typing_idfunc(Thread&, Value x) { return x; }
constexpr NativeMethod kTypingFunctions[] = {function<typing_idfunc>("_idfunc(x, /)")};

// --- _stat

Result<uint64_t> mode_of(Thread& thread, Value value) {
  if (!is_integer(value) && type_of(thread, value)->slots().to_index == nullptr)
    return thread.raise<TypeError>("an integer is required");
  Value number = TRY(to_index(thread, value));
  int64_t small;
  if (int_fits_int64(number, &small) && small < 0)
    return thread.raise<OverflowError>("can't convert negative value to unsigned int");
  if (!int_fits_int64(number, &small))
    return thread.raise<OverflowError>("Python int too large to convert to C unsigned long");
  if (small > UINT32_MAX) return thread.raise<OverflowError>("mode out of range");
  return static_cast<uint64_t>(small);
}

template <uint32_t Type>
Result<bool> stat_is(Thread& thread, Value mode) {
  return (TRY(mode_of(thread, mode)) & S_IFMT) == Type;
}
Result<bool> stat_never(Thread& thread, Value mode) {
  TRY(mode_of(thread, mode));
  return false;
}
Result<Value> stat_mode(Thread& thread, Value mode) {
  return Value::from_int(static_cast<int64_t>(TRY(mode_of(thread, mode)) & 07777));
}
Result<Value> stat_format(Thread& thread, Value mode) {
  return Value::from_int(static_cast<int64_t>(TRY(mode_of(thread, mode)) & S_IFMT));
}

char type_letter(uint64_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return '-';
    case S_IFDIR:
      return 'd';
    case S_IFLNK:
      return 'l';
    case S_IFBLK:
      return 'b';
    case S_IFCHR:
      return 'c';
    case S_IFIFO:
      return 'p';
    case S_IFSOCK:
      return 's';
    default:
      return '?';
  }
}

Result<Value> stat_filemode(Thread& thread, Value value) {
  const uint64_t mode = TRY(mode_of(thread, value));
  char text[] = "?rwxrwxrwx";
  text[0] = type_letter(mode);
  for (int i = 0; i < 9; ++i)
    if ((mode & (0400u >> i)) == 0) text[i + 1] = '-';
  if (mode & S_ISUID) text[3] = mode & S_IXUSR ? 's' : 'S';
  if (mode & S_ISGID) text[6] = mode & S_IXGRP ? 's' : 'S';
  if (mode & S_ISVTX) text[9] = mode & S_IXOTH ? 't' : 'T';
  return to_value(make_str(thread, text));
}

constexpr NativeMethod kStatFunctions[] = {
    function<stat_is<S_IFDIR>>("S_ISDIR(mode, /)", "S_ISDIR(mode) -> bool\n\nReturn True if mode is from a directory."),
    function<stat_is<S_IFCHR>>("S_ISCHR(mode, /)",
                               "S_ISCHR(mode) -> bool\n\nReturn True if mode is from a character special device file."),
    function<stat_is<S_IFBLK>>("S_ISBLK(mode, /)",
                               "S_ISBLK(mode) -> bool\n\nReturn True if mode is from a block special device file."),
    function<stat_is<S_IFREG>>("S_ISREG(mode, /)",
                               "S_ISREG(mode) -> bool\n\nReturn True if mode is from a regular file."),
    function<stat_is<S_IFIFO>>("S_ISFIFO(mode, /)",
                               "S_ISFIFO(mode) -> bool\n\nReturn True if mode is from a FIFO (named pipe)."),
    function<stat_is<S_IFLNK>>("S_ISLNK(mode, /)",
                               "S_ISLNK(mode) -> bool\n\nReturn True if mode is from a symbolic link."),
    function<stat_is<S_IFSOCK>>("S_ISSOCK(mode, /)", "S_ISSOCK(mode) -> bool\n\nReturn True if mode is from a socket."),
    function<stat_never>("S_ISDOOR(mode, /)", "S_ISDOOR(mode) -> bool\n\nReturn True if mode is from a door."),
    function<stat_never>("S_ISPORT(mode, /)", "S_ISPORT(mode) -> bool\n\nReturn True if mode is from an event port."),
    function<stat_never>("S_ISWHT(mode, /)", "S_ISWHT(mode) -> bool\n\nReturn True if mode is from a whiteout."),
    function<stat_mode>("S_IMODE(mode, /)", "Return the portion of the file's mode that can be set by os.chmod()."),
    function<stat_format>("S_IFMT(mode, /)", "Return the portion of the file's mode that describes the file type."),
    function<stat_filemode>("filemode(mode, /)", "Convert a file's mode to a string of the form '-rwxrwxrwx'"),
};

struct Constant {
  const char* name;
  int64_t value;
};
constexpr Constant kStatConstants[] = {
    {"S_IFDIR", S_IFDIR},
    {"S_IFCHR", S_IFCHR},
    {"S_IFBLK", S_IFBLK},
    {"S_IFREG", S_IFREG},
    {"S_IFIFO", S_IFIFO},
    {"S_IFLNK", S_IFLNK},
    {"S_IFSOCK", S_IFSOCK},
    {"S_IFDOOR", 0},
    {"S_IFPORT", 0},
    {"S_IFWHT", 0},
    {"S_ISUID", S_ISUID},
    {"S_ISGID", S_ISGID},
    {"S_ISVTX", S_ISVTX},
    {"S_ENFMT", S_ISGID},
    {"S_IREAD", S_IRUSR},
    {"S_IWRITE", S_IWUSR},
    {"S_IEXEC", S_IXUSR},
    {"S_IRWXU", S_IRWXU},
    {"S_IRUSR", S_IRUSR},
    {"S_IWUSR", S_IWUSR},
    {"S_IXUSR", S_IXUSR},
    {"S_IRWXG", S_IRWXG},
    {"S_IRGRP", S_IRGRP},
    {"S_IWGRP", S_IWGRP},
    {"S_IXGRP", S_IXGRP},
    {"S_IRWXO", S_IRWXO},
    {"S_IROTH", S_IROTH},
    {"S_IWOTH", S_IWOTH},
    {"S_IXOTH", S_IXOTH},
    {"UF_NODUMP", 1},
    {"UF_IMMUTABLE", 2},
    {"UF_APPEND", 4},
    {"UF_OPAQUE", 8},
    {"UF_NOUNLINK", 16},
    {"UF_COMPRESSED", 32},
    {"UF_HIDDEN", 0x8000},
    {"SF_ARCHIVED", 0x10000},
    {"SF_IMMUTABLE", 0x20000},
    {"SF_APPEND", 0x40000},
    {"SF_NOUNLINK", 0x100000},
    {"SF_SNAPSHOT", 0x200000},
    {"ST_MODE", 0},
    {"ST_INO", 1},
    {"ST_DEV", 2},
    {"ST_NLINK", 3},
    {"ST_UID", 4},
    {"ST_GID", 5},
    {"ST_SIZE", 6},
    {"ST_ATIME", 7},
    {"ST_MTIME", 8},
    {"ST_CTIME", 9},
};

Result<void> initialize_stat(Thread& thread, Module* module) {
  for (const Constant& constant : kStatConstants) TRY(add_int(thread, module, constant.name, constant.value));
  return {};
}

// --- _opcode: there is no operand stack, so that no instruction changes its depth

Result<Value> opcode_stack_effect(Thread& thread, int, Value, Value jump) {
  if (!jump.is_none() && !jump.is_bool())
    return thread.raise<ValueError>("stack_effect: jump must be False, True or None");
  return Value::from_int(0);
}
Result<Value> opcode_statistics(Thread&) { return Value::none(); }

/// Names and operand letters of all instructions, in the order of their numbers: lib/opcode.py reads them.
Result<Value> opcode_formats(Thread& thread) {
  List* list = List::make(thread.heap());
  for (const OpcodeInfo& info : kOpcodes)
    TRY(list_append_value(thread, list,
                          to_value(Tuple::of(thread.heap(), to_value(intern(thread, info.name)),
                                             to_value(make_str(thread, info.format))))));
  return to_value(list);
}

constexpr NativeMethod kOpcodeFunctions[] = {
    function<opcode_formats>("formats()", "(name, operand letters) of every instruction."),
    function<opcode_stack_effect>("stack_effect(opcode, oparg=None, /, *, jump=None)",
                                  "Compute the stack effect of the opcode."),
    function<opcode_statistics>("get_specialization_stats()", "Return the specialization stats"),
};

}  // namespace

extern const ModuleSpec kTypingModule = {
    .name = "_typing", .functions = kTypingFunctions, .doc = "Accelerators for the typing module.\n"};
extern const ModuleSpec kStatModule = {.name = "_stat",
                                       .functions = kStatFunctions,
                                       .initialize = &initialize_stat,
                                       .doc = "S_IFMT_: file type bits and the rest of the module stat."};
extern const ModuleSpec kOpcodeModule = {
    .name = "_opcode", .functions = kOpcodeFunctions, .doc = "Opcode support module."};

}  // namespace viperine
