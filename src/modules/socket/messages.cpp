// SPDX-License-Identifier: MIT
// recvmsg, recvmsg_into, sendmsg: several buffers and ancillary data (descriptors, credentials).
#include <limits.h>

#include <algorithm>
#include <cstring>

#include "modules/socket/socket.h"

namespace viperine {

namespace {

/// The items of an argument that must be iterable.
Result<List*> items_of(Thread& thread, Value values, const char* not_iterable) {
  auto listed = list_from_iterable(thread, values);
  if (!listed.is_raised()) return listed.take();
  if (!thread.pending_is<TypeError>() || type_of(thread, values)->slots().iter != nullptr) return Raised{};
  thread.clear_pending();
  return thread.raise<TypeError>("{}", not_iterable);
}

constexpr const char* kNotWritable =
    "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers";

/// (level, type, data) of each control message that is there in full or in part.
Result<Value> ancillary_items(Thread& thread, msghdr& message) {
  List* list = List::make(thread.heap());
  const char* end = static_cast<const char*>(message.msg_control) + message.msg_controllen;
  for (cmsghdr* item = message.msg_controllen > 0 ? CMSG_FIRSTHDR(&message) : nullptr; item != nullptr;
       item = CMSG_NXTHDR(&message, item)) {
    auto* data = reinterpret_cast<const char*>(CMSG_DATA(item));
    if (item->cmsg_len < CMSG_LEN(0) || data > end) break;
    size_t size = item->cmsg_len - CMSG_LEN(0), room = static_cast<size_t>(end - data);
    bool cut = size > room;
    Value bytes = to_value(TRY(try_make_bytes(thread, data, static_cast<int64_t>(cut ? room : size))));
    TRY(list_append_value(thread, list,
                          to_value(Tuple::of(thread.heap(), Value::from_int(item->cmsg_level),
                                             Value::from_int(item->cmsg_type), bytes))));
    if (cut) break;
  }
  return to_value(list);
}

struct Received {
  int64_t count;
  Value ancillary, flags, address;
};
/// Receives into memory outside the heap: nothing moves while the call blocks.
Result<Received> receive_message(Thread& thread, Socket* self, TransferBuffer& buffer, size_t size,
                                 int64_t ancillary_size, int flags) {
  if (buffer.data() == nullptr && size > 0) return thread.raise_memory_error();
  if (ancillary_size < 0 || ancillary_size > INT_MAX)
    return thread.raise<ValueError>("invalid ancillary data buffer length");
  TransferBuffer control(static_cast<size_t>(ancillary_size));
  if (control.data() == nullptr && ancillary_size > 0) return thread.raise_memory_error();
  Address from;
  from.base.sa_family = AF_UNSPEC;
  iovec vector = {buffer.data(), size};
  msghdr message = {};
  Received received;
  received.count = TRY(socket_call(thread, self, Direction::Reading, [&]() -> int64_t {
    message = {};
    message.msg_name = &from.storage;
    message.msg_namelen = sizeof from.storage;
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = ancillary_size > 0 ? control.data() : nullptr;
    message.msg_controllen = static_cast<size_t>(ancillary_size);
    return recvmsg(self->descriptor(), &message, flags);
  }));
  received.ancillary = TRY(ancillary_items(thread, message));
  received.flags = Value::from_int(message.msg_flags);
  received.address = TRY(make_address(thread, &from.base, message.msg_namelen));
  return received;
}

/// The control messages of sendmsg, as the system wants them.
Result<std::string> build_control(Thread& thread, Value ancillary) {
  std::string control;
  List* items = TRY(items_of(thread, ancillary, "sendmsg() argument 2 must be an iterable"));
  for (int64_t i = 0; i < items->length(); ++i) {
    Value item = items->at(i);
    if (!is<Tuple>(item) && !is<List>(item))
      return thread.raise<TypeError>("[sendmsg() ancillary data items]() argument must be 3-item sequence, not {}",
                                     type_name_of(item));
    Tuple* parts = TRY(tuple_from_iterable(thread, item));
    if (parts->length() != 3)
      return thread.raise<TypeError>("[sendmsg() ancillary data items]() argument must be sequence of length 3, not {}",
                                     parts->length());
    cmsghdr head = {};
    head.cmsg_level = TRY(to_c_int(thread, parts->at(0)));
    head.cmsg_type = TRY(to_c_int(thread, parts->at(1)));
    BufferScope data(thread);
    TRY(data.acquire(parts->at(2)));
    size_t size = static_cast<size_t>(data.length());
    if (size > INT_MAX - 64) return raise_os_error(thread, "ancillary data item too large");
    if (control.size() + CMSG_SPACE(size) > INT_MAX) return raise_os_error(thread, "too much ancillary data");
    head.cmsg_len = CMSG_LEN(size);
    size_t at = control.size();
    control.resize(at + CMSG_SPACE(size));
    std::memcpy(control.data() + at, &head, sizeof head);
    if (size > 0) std::memcpy(control.data() + at + CMSG_LEN(0), data.data(), size);
  }
  return control;
}

}  // namespace

Result<Value> socket_recvmsg(Thread& thread, Socket* self, Index size, Index ancillary_size, int flags) {
  if (size < 0) return thread.raise<ValueError>("negative buffer size in recvmsg()");
  TransferBuffer buffer(static_cast<size_t>(size));
  Received received = TRY(receive_message(thread, self, buffer, static_cast<size_t>(size), ancillary_size, flags));
  Value data = to_value(TRY(try_make_bytes(thread, buffer.data(), received.count)));
  return to_value(Tuple::of(thread.heap(), data, received.ancillary, received.flags, received.address));
}

Result<Value> socket_recvmsg_into(Thread& thread, Socket* self, Value buffers, Index ancillary_size, int flags) {
  List* items = TRY(items_of(thread, buffers, "recvmsg_into() argument 1 must be an iterable"));
  if (items->length() > INT_MAX) return raise_os_error(thread, "recvmsg_into() argument 1 is too long");
  size_t size = 0;
  for (int64_t i = 0; i < items->length(); ++i) {
    BufferScope scope(thread);
    TRY(acquire_target(thread, scope, items->at(i), kNotWritable));
    size += static_cast<size_t>(scope.length());
  }
  TransferBuffer buffer(size);
  Received received = TRY(receive_message(thread, self, buffer, size, ancillary_size, flags));
  auto left = static_cast<size_t>(received.count);
  const uint8_t* at = buffer.data();
  for (int64_t i = 0; i < items->length() && left > 0; ++i) {
    BufferScope scope(thread);
    TRY(acquire_target(thread, scope, items->at(i), kNotWritable));
    size_t part = std::min(left, static_cast<size_t>(scope.length()));
    std::memcpy(scope.data(), at, part);
    at += part;
    left -= part;
  }
  return to_value(
      Tuple::of(thread.heap(), Value::from_int(received.count), received.ancillary, received.flags, received.address));
}

Result<Value> socket_sendmsg(Thread& thread, Socket* self, Value buffers, Optional<Value> ancillary, int flags,
                             Value address_value) {
  Address address;
  if (!address_value.is_none()) TRY(parse_address(thread, self, address_value, "sendmsg", address));
  TRY(audit(thread, "socket.sendmsg", to_value(self), address_value));
  List* items = TRY(items_of(thread, buffers, "sendmsg() argument 1 must be an iterable"));
  if (items->length() > INT_MAX) return raise_os_error(thread, "sendmsg() argument 1 is too long");
  std::string data;
  for (int64_t i = 0; i < items->length(); ++i) {
    BufferScope scope(thread);
    TRY(scope.acquire(items->at(i)));
    data.append(scope.text());
  }
  std::string control = ancillary ? TRY(build_control(thread, *ancillary)) : std::string();
  msghdr message = {};
  message.msg_name = address_value.is_none() ? nullptr : &address.storage;
  message.msg_namelen = address_value.is_none() ? 0 : address.length;
  iovec vector = {data.data(), data.size()};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = control.empty() ? nullptr : control.data();
  message.msg_controllen = control.size();
  return Value::from_int(TRY(socket_call(thread, self, Direction::Writing,
                                         [&]() -> int64_t { return sendmsg(self->descriptor(), &message, flags); })));
}

}  // namespace viperine
