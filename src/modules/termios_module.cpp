// SPDX-License-Identifier: MIT
// The module termios: terminal attributes and their constants.
#include <asm/ioctls.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <cstring>

#include "modules/posix/descriptors.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/lock.h"

namespace viperine {

namespace {

/// termios.error(number, text)
Raised raise_terminal_error(Thread& thread, int number) {
  Value module = to_value(native_module(thread, "termios"));
  auto type = get_attribute(thread, module, "error");
  if (type.is_raised()) return Raised{};
  auto error = call(thread, type.take(), Value::from_int(number), to_value(make_str(thread, std::strerror(number))));
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}
template <typename Call>
Result<void> terminal_call(Thread& thread, Call call_) {
  if (without_lock(thread, call_) == -1) return raise_terminal_error(thread, errno);
  return {};
}

Result<Value> get_attributes(Thread& thread, Value fd) {
  int descriptor = TRY(fileno_of(thread, fd));
  termios mode;
  TRY(terminal_call(thread, [&] { return tcgetattr(descriptor, &mode); }));
  List* characters = List::make(thread.heap());
  for (int i = 0; i < NCCS; ++i) {
    bool is_number = (mode.c_lflag & ICANON) == 0 && (i == VMIN || i == VTIME);
    char character = static_cast<char>(mode.c_cc[i]);
    Value shown = is_number ? Value::from_int(mode.c_cc[i]) : to_value(make_bytes(thread, {&character, 1}));
    TRY(list_append_value(thread, characters, shown));
  }
  const Value values[] = {
      Value::from_int(mode.c_iflag), Value::from_int(mode.c_oflag),       Value::from_int(mode.c_cflag),
      Value::from_int(mode.c_lflag), Value::from_int(cfgetispeed(&mode)), Value::from_int(cfgetospeed(&mode)),
      to_value(characters)};
  return to_value(TRY(make_list(thread, values)));
}

Result<void> set_attributes(Thread& thread, Value fd, int when, Value attributes) {
  int descriptor = TRY(fileno_of(thread, fd));
  if (!is<List>(attributes) || cast<List>(attributes)->length() != 7)
    return thread.raise<TypeError>("tcsetattr, arg 3: must be 7 element list");
  auto* list = cast<List>(attributes);
  termios mode;
  TRY(terminal_call(thread, [&] { return tcgetattr(descriptor, &mode); }));
  int64_t numbers[6];
  for (int i = 0; i < 6; ++i) numbers[i] = TRY(to_c_int64(thread, list->at(i)));
  mode.c_iflag = static_cast<tcflag_t>(numbers[0]);
  mode.c_oflag = static_cast<tcflag_t>(numbers[1]);
  mode.c_cflag = static_cast<tcflag_t>(numbers[2]);
  mode.c_lflag = static_cast<tcflag_t>(numbers[3]);
  List* characters = try_cast<List>(list->at(6));
  if (characters == nullptr || characters->length() != NCCS)
    return thread.raise<TypeError>("tcsetattr: attributes[6] must be {} element list", NCCS);
  for (int i = 0; i < NCCS; ++i) {
    Value item = characters->at(i);
    if (is<Bytes>(item) && cast<Bytes>(item)->length() == 1)
      mode.c_cc[i] = cast<Bytes>(item)->data()[0];
    else if (is_integer(item))
      mode.c_cc[i] = static_cast<cc_t>(TRY(to_c_int64(thread, item)));
    else
      return thread.raise<TypeError>("tcsetattr: elements of attributes must be characters or integers");
  }
  if (cfsetispeed(&mode, static_cast<speed_t>(numbers[4])) == -1 ||
      cfsetospeed(&mode, static_cast<speed_t>(numbers[5])) == -1)
    return raise_terminal_error(thread, errno);
  return terminal_call(thread, [&] { return tcsetattr(descriptor, when, &mode); });
}
Result<void> send_break(Thread& thread, Value fd, int duration) {
  int descriptor = TRY(fileno_of(thread, fd));
  return terminal_call(thread, [&] { return tcsendbreak(descriptor, duration); });
}
Result<void> drain(Thread& thread, Value fd) {
  int descriptor = TRY(fileno_of(thread, fd));
  return terminal_call(thread, [&] { return tcdrain(descriptor); });
}
Result<void> flush_queue(Thread& thread, Value fd, int queue) {
  int descriptor = TRY(fileno_of(thread, fd));
  return terminal_call(thread, [&] { return tcflush(descriptor, queue); });
}
Result<void> flow_action(Thread& thread, Value fd, int action) {
  int descriptor = TRY(fileno_of(thread, fd));
  return terminal_call(thread, [&] { return tcflow(descriptor, action); });
}
Result<Value> get_window_size(Thread& thread, Value fd) {
  int descriptor = TRY(fileno_of(thread, fd));
  winsize size;
  TRY(terminal_call(thread, [&] { return ioctl(descriptor, TIOCGWINSZ, &size); }));
  return make_pair(thread, Value::from_int(size.ws_row), Value::from_int(size.ws_col));
}
Result<void> set_window_size(Thread& thread, Value fd, Value sizes) {
  int descriptor = TRY(fileno_of(thread, fd));
  if ((!is<Tuple>(sizes) && !is<List>(sizes)) || TRY(length(thread, sizes)) != 2)
    return thread.raise<TypeError>("tcsetwinsize, arg 2: must be a two-item sequence");
  Tuple* pair = TRY(tuple_from_iterable(thread, sizes));
  int64_t numbers[2];
  for (int i = 0; i < 2; ++i) {
    numbers[i] = TRY(to_c_int64(thread, TRY(to_index(thread, pair->at(i)))));
    if (numbers[i] < 0 || numbers[i] > 0xFFFF) return thread.raise<OverflowError>("winsize value(s) out of range.");
  }
  winsize size;
  TRY(terminal_call(thread, [&] { return ioctl(descriptor, TIOCGWINSZ, &size); }));
  size.ws_row = static_cast<unsigned short>(numbers[0]);
  size.ws_col = static_cast<unsigned short>(numbers[1]);
  return terminal_call(thread, [&] { return ioctl(descriptor, TIOCSWINSZ, &size); });
}

constexpr NativeMethod kFunctions[] = {
    function<get_attributes>("tcgetattr(fd, /)"),
    function<set_attributes>("tcsetattr(fd, when, attributes, /)"),
    function<send_break>("tcsendbreak(fd, duration, /)"),
    function<drain>("tcdrain(fd, /)"),
    function<flush_queue>("tcflush(fd, queue, /)"),
    function<flow_action>("tcflow(fd, action, /)"),
    function<get_window_size>("tcgetwinsize(fd, /)"),
    function<set_window_size>("tcsetwinsize(fd, winsize, /)"),
};

struct Constant {
  const char* name;
  int64_t value;
};
constexpr Constant kConstants[] = {
#define CONSTANT(name) {#name, static_cast<int64_t>(name)},
#define NAMED(name, value) {#name, static_cast<int64_t>(value)},
#include "modules/termios_constants.def"
#undef CONSTANT
#undef NAMED
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_exception(thread, module, "error", thread.runtime().exception_type<Exception>()));
  for (const Constant& constant : kConstants) TRY(add_int(thread, module, constant.name, constant.value));
  return {};
}

}  // namespace

extern const ModuleSpec kTermiosModule = {
    .name = "termios",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc =
        "This module provides an interface to the Posix calls for tty I/O control.\n"
        "For a complete description of these calls, see the Posix or Unix manual\npages."};

}  // namespace viperine
