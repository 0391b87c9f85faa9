// SPDX-License-Identifier: MIT
// Reading typed lines (see terminal_line.h). Without a line editor bytes are read one by one, so that what follows the
// line is left to the program.
#include "runtime/terminal_line.h"

#include <unistd.h>

#include <cstdio>
#include <string>

#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/lock.h"
#include "runtime/poll.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

/// readline's own reader, when the module is loaded and there is a terminal on both sides.
Result<Optional<Value>> line_editor(Thread& thread) {
  if (!isatty(0) || !isatty(1)) return Optional<Value>();
  Optional<Value> module = thread.runtime().modules()->get_str(intern(thread, "readline"));
  if (!module || (*module).is_none()) return Optional<Value>();
  return find_attribute(thread, *module, intern(thread, "_read_line"));
}

}  // namespace

Result<Optional<Value>> read_terminal_line(Thread& thread, Bytes* prompt) {
  Optional<Value> editor = TRY(line_editor(thread));
  if (editor) {
    Value line = TRY(call(thread, *editor, to_value(prompt)));
    return line.is_none() ? Optional<Value>() : Optional<Value>(line);
  }
  std::fflush(stdout);
  if (prompt->length() > 0 && write(2, prompt->data(), static_cast<size_t>(prompt->length())) < 0) {
    // Nobody sees it: the line is read all the same.
  }
  std::string line;
  for (;;) {
    char c = 0;
    auto count = without_lock(thread, [&c] { return read(0, &c, 1); });
    if (count < 0 && errno == EINTR) {
      if (!run_pending_work(thread, thread.poll_.exchange(0))) return Raised{};
      continue;
    }
    if (count < 0) return thread.raise_errno(errno);
    if (count == 0) break;
    line += c;
    if (c == '\n') break;
  }
  if (line.empty()) return Optional<Value>();
  return Optional<Value>(to_value(make_bytes(thread, line)));
}

}  // namespace viperine
