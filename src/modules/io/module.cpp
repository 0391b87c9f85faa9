// SPDX-License-Identifier: MIT
// The module _io: open() and what else is no class.
#include "modules/io/text_io.h"

#include <unistd.h>

#include "runtime/classes.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

struct OpenMode {
  char raw[8] = {};
  bool reads = false, writes = false, updates = false, binary = false;
};

/// "wb+" into its parts; ValueErrors.
Result<OpenMode> parse_open_mode(Thread& thread, Str* mode) {
  bool create = false, read = false, write = false, append = false, update = false, text = false, binary = false;
  for (int64_t i = 0; i < mode->length(); ++i) {
    bool* flag = nullptr;
    switch (mode->at(i)) {
      case 'x': flag = &create; break;
      case 'r': flag = &read; break;
      case 'w': flag = &write; break;
      case 'a': flag = &append; break;
      case '+': flag = &update; break;
      case 't': flag = &text; break;
      case 'b': flag = &binary; break;
      default: break;
    }
    if (flag == nullptr || *flag) return thread.raise<ValueError>("invalid mode: '{}'", mode);
    *flag = true;
  }
  if (text && binary) return thread.raise<ValueError>("can't have text and binary mode at once");
  if (create + read + write + append > 1)
    return thread.raise<ValueError>("must have exactly one of create/read/write/append mode");
  OpenMode parsed;
  size_t length = 0;
  // None of them: FileIO refuses.
  if (create || read || write || append) parsed.raw[length++] = create ? 'x' : read ? 'r' : write ? 'w' : 'a';
  if (update) parsed.raw[length++] = '+';
  parsed.reads = read;
  parsed.writes = create || write || append;
  parsed.updates = update;
  parsed.binary = binary;
  return parsed;
}

struct OpenArguments {
  Value file;
  Str* mode;
  int buffering;
  Value encoding, errors, newline;
  bool close_descriptor;
  Value opener;
};

Result<void> check_open_arguments(Thread& thread, const OpenArguments& arguments, const OpenMode& mode) {
  if (mode.binary) {
    if (!arguments.encoding.is_none()) return thread.raise<ValueError>("binary mode doesn't take an encoding argument");
    if (!arguments.errors.is_none()) return thread.raise<ValueError>("binary mode doesn't take an errors argument");
    if (!arguments.newline.is_none()) return thread.raise<ValueError>("binary mode doesn't take a newline argument");
    if (arguments.buffering == 1)
      TRY(warn(thread, thread.runtime().exception_type<RuntimeWarning>(),
               "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used"));
  }
  return {};
}

Type* type_named(Thread& thread, const TypeSpec& spec) {
  Tuple* state = cast<Tuple>(thread.runtime().type(Kind::FileIO)->extra_.get());
  for (int64_t i = 0; i < state->length(); ++i)
    if (cast<Type>(state->at(i))->spec_ == &spec) return cast<Type>(state->at(i));
  return nullptr;
}

/// The stream over an open file that open() gives.
Result<Value> wrap_file(Thread& thread, FileIO* file, const OpenArguments& arguments, const OpenMode& mode) {
  int64_t size = arguments.buffering;
  bool terminal = size < 0 && isatty(file->descriptor_) != 0;
  bool line_buffering = (size == 1 && !mode.binary) || terminal;
  if (size == 1 || terminal) size = -1;
  if (size < -1) return thread.raise<ValueError>("invalid buffering size");
  if (size < 0) size = file->block_size_;
  if (size == 0) {
    if (!mode.binary) return thread.raise<ValueError>("can't have unbuffered text I/O");
    return to_value(file);
  }
  const TypeSpec& spec = mode.updates ? kBufferedRandomType : mode.writes ? kBufferedWriterType : kBufferedReaderType;
  uint32_t abilities = mode.updates ? kBufferedReads | kBufferedWrites : mode.writes ? kBufferedWrites : kBufferedReads;
  auto* buffered = make_stream<BufferedIO>(thread, type_named(thread, spec));
  TRY(buffered_initialize(thread, buffered, to_value(file), size, abilities));
  if (mode.binary) return to_value(buffered);
  auto* text = make_stream<TextIO>(thread, thread.runtime().type(Kind::TextIOWrapper));
  Value values[] = {to_value(buffered), arguments.encoding, arguments.errors, arguments.newline,
                    Value::from_bool(line_buffering)};
  auto initialized = text_init(thread, to_value(text), Arguments{values, 5, nullptr});
  if (initialized.is_raised()) return Raised{};
  text->mode_.set(text, to_value(arguments.mode));
  return to_value(text);
}

Result<Value> io_open(Thread& thread, Value file, Str* mode, int buffering, Value encoding, Value errors, Value newline,
                      bool closefd, Value opener) {
  OpenArguments arguments{file, mode, buffering, encoding, errors, newline, closefd, opener};
  bool number = is_integer(file) || is_float(file) || type_of(thread, file)->slots().to_index != nullptr ||
                type_of(thread, file)->slots().to_int != nullptr;
  if (!number && !is_str(file) && !is<Bytes>(file)) {
    Optional<Value> path = TRY(call_special(thread, file, thread.names().__fspath__, {}));
    if (!path) return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(file));
    if (!is_str(*path) && !is<Bytes>(*path))
      return thread.raise<TypeError>("expected {}.__fspath__() to return str or bytes, not {}", type_name_of(file),
                                     type_name_of(*path));
    arguments.file = *path;
  }
  OpenMode parsed = TRY(parse_open_mode(thread, mode));
  TRY(check_open_arguments(thread, arguments, parsed));
  auto* raw = make_stream<FileIO>(thread, thread.runtime().type(Kind::FileIO));
  raw->descriptor_ = -1;
  TRY(file_initialize(thread, raw, arguments.file, make_str(thread, parsed.raw), closefd, opener));
  auto result = wrap_file(thread, raw, arguments, parsed);
  if (!result.is_raised()) return result;
  ExceptionObject* error = thread.take_pending();
  if (raw->has(kFileCloseDescriptor)) {
    if (file_close(thread, raw).is_raised()) return chain_errors(thread, error);
  } else {
    raw->descriptor_ = -1;
  }
  return thread.restore_pending(error);
}

Result<Value> io_open_code(Thread& thread, Str* path) {
  return io_open(thread, to_value(path), make_str(thread, "rb"), -1, Value::none(), Value::none(), Value::none(), true,
                 Value::none());
}

/// An int attribute of sys.flags, 0 when there is none.
Result<int64_t> flag_value(Thread& thread, std::string_view name) {
  Optional<Value> flags = thread.runtime().sys_dict()->get_str(intern(thread, "flags"));
  if (!flags) return 0;
  Optional<Value> value = TRY(find_attribute(thread, *flags, intern(thread, name)));
  return value && (*value).is_int() ? (*value).as_int() : 0;
}

Result<Value> io_text_encoding(Thread& thread, Value encoding, int stacklevel) {
  if (!encoding.is_none()) return encoding;
  if (TRY(flag_value(thread, "warn_default_encoding")) != 0)
    TRY(warn(thread, thread.runtime().exception_type<EncodingWarning>(), "'encoding' argument not specified",
             stacklevel));
  bool utf8 = TRY(flag_value(thread, "utf8_mode")) != 0;
  return to_value(utf8 ? make_str(thread, "utf-8") : make_str(thread, "locale"));
}

constexpr NativeMethod kFunctions[] = {
    function<io_open>(
        "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
        "Open file and return a stream.  Raise OSError upon failure.\n\n"
        "file is a path or a file descriptor; mode says how it is opened ('r', 'w', 'x', 'a', with '+', 't', 'b');\n"
        "buffering is 0 for no buffer (binary only), 1 for line buffering (text only), else the size of the buffer."),
    function<io_open_code>("open_code(path)",
                           "Opens the provided file with the intent to import the contents.\n\n"
                           "This may perform extra validation beyond open(), but is otherwise interchangeable\n"
                           "with calling open(path, 'rb')."),
    function<io_text_encoding>(
        "text_encoding(encoding, stacklevel=2, /)",
        "A helper function to choose the text encoding.\n\nWhen encoding is not None, this function returns it.\n"
        "Otherwise, this function returns the default text encoding\n(i.e. \"locale\" or \"utf-8\" depends on UTF-8 "
        "mode)."),
};

Result<Type*> make_unsupported_operation(Thread& thread, Module* module) {
  Runtime& runtime = thread.runtime();
  Dict* space = Dict::make(thread.heap());
  TRY(dict_set_name(thread, space, thread.names().__module__, to_value(intern(thread, "io"))));
  Tuple* bases = Tuple::of(thread.heap(), to_value(runtime.exception_type<OSError>()),
                           to_value(runtime.exception_type<ValueError>()));
  Type* type =
      TRY(make_class(thread, runtime.type_type(), intern(thread, "UnsupportedOperation"), bases, space, nullptr));
  TRY(add_constant(thread, module, "UnsupportedOperation", to_value(type)));
  return type;
}

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_int(thread, module, "DEFAULT_BUFFER_SIZE", kDefaultBufferSize));
  TRY(add_constant(thread, module, "BlockingIOError", to_value(thread.runtime().exception_type<BlockingIOError>())));
  static constexpr const TypeSpec* kTypes[] = {
      &kIoBaseType,         &kRawIoBaseType,      &kBufferedIoBaseType, &kTextIoBaseType,   &kFileIoType,
      &kBufferedReaderType, &kBufferedWriterType, &kBufferedRandomType, &kBufferedPairType, &kBytesIoType,
      &kStringIoType,       &kTextWrapperType,    &kNewlineDecoderType};
  List* types = List::make(thread.heap());
  for (const TypeSpec* spec : kTypes)
    TRY(list_append_value(thread, types, to_value(TRY(add_type(thread, module, *spec)))));
  // Where C++ finds what has no kind of its own.
  Type* file = thread.runtime().type(Kind::FileIO);
  file->extra_.set(file, to_value(list_to_tuple(thread, types)));
  Type* base = thread.runtime().type(Kind::IOBase);
  base->extra_.set(base, to_value(TRY(make_unsupported_operation(thread, module))));
  return {};
}

}  // namespace

extern const ModuleSpec kIoModule = {
    .name = "_io",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "Streams: raw files, buffers, text. The module io shows them to programs.",
};

}  // namespace viperine
