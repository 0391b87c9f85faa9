// SPDX-License-Identifier: MIT
// What zlib, _bz2 and _lzma share: bytes copied out of the heap, and streams that are fed in pieces and give output up
// to a limit. The state lies outside the heap, so that libraries may work on it without the interpreter's lock.
#pragma once

#include <mutex>
#include <string>

#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/lock.h"

namespace viperine {

/// One step of a library: takes input from *in, writes to *out; both are advanced. What it returns is up to the caller.
struct StreamWindow {
  const char* in;
  size_t in_size;
  char* out;
  size_t out_size;
};

/// Feeds `input` to step(window) until it has taken all of it and left room in the output, or it says to stop (true),
/// or `limit` bytes have come out (negative: any number). What was not taken stays in `input`.
template <typename Step>
void pump_stream(std::string& input, std::string& output, int64_t limit, Step step) {
  size_t taken = 0;
  for (;;) {
    size_t used = output.size();
    size_t room = used < 16384 ? 16384 : used < (size_t{1} << 28) ? used : size_t{1} << 28;
    if (limit >= 0 && room > static_cast<size_t>(limit) - used) room = static_cast<size_t>(limit) - used;
    if (room == 0 && limit != 0) break;
    output.resize(used + room);
    size_t piece = input.size() - taken < (size_t{1} << 30) ? input.size() - taken : size_t{1} << 30;
    StreamWindow window{input.data() + taken, piece, output.data() + used, room};
    bool stops = step(window);
    taken += piece - window.in_size;
    output.resize(used + room - window.out_size);
    if (stops || limit == 0 || (window.out_size > 0 && taken == input.size())) break;
    if (window.out_size > 0 && window.in_size == piece) break;  // no progress
  }
  input.erase(0, taken);
}

/// A copy of an object's bytes, outside the heap.
inline Result<std::string> copy_bytes(Thread& thread, Value data) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  return std::string(buffer.text());
}

/// What a stream was given and has not yet taken. Several threads may work on one stream: the mutex is held, without
/// the interpreter's lock, while `input` and the library's state are in use.
struct StreamInput {
  std::mutex mutex;
  std::string input;
};

}  // namespace viperine
