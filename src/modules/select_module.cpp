// SPDX-License-Identifier: MIT
// The module select: select, poll objects, epoll objects. Waiting is resumed after signals with what is left of the
// timeout (PEP 475).
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include <cmath>
#include <vector>

#include "modules/posix/descriptors.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/integers.h"
#include "runtime/lock.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

int64_t now_nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000000000 + now.tv_nsec;
}

/// A timeout as nanoseconds, -1 for none; `unit` is what 1 means.
Result<int64_t> timeout_argument(Thread& thread, Value value, double unit, const char* type_text, bool negative_waits) {
  if (value.is_none()) return -1;
  if (!is_float(value) && !is_integer(value)) return thread.raise<TypeError>("{}", type_text);
  double amount = TRY(to_double(thread, value));
  if (std::isnan(amount)) return thread.raise<ValueError>("Invalid value NaN (not a number)");
  if (amount < 0) {
    if (negative_waits) return -1;
    return thread.raise<ValueError>("timeout must be non-negative");
  }
  double nanoseconds = std::ceil(amount * unit);
  if (nanoseconds > 9.2e18) return thread.raise<OverflowError>("timeout is too large");
  return static_cast<int64_t>(nanoseconds);
}

/// Runs wait(nanoseconds left or -1) without the lock until it is not interrupted; its count.
template <typename Wait>
Result<int> wait_with_timeout(Thread& thread, int64_t timeout, Wait wait) {
  int64_t deadline = timeout > 0 ? now_nanoseconds() + timeout : 0;
  int64_t left = timeout;
  for (;;) {
    int count = without_lock(thread, [&] { return wait(left); });
    if (count >= 0) return count;
    if (errno != EINTR) return thread.raise_errno(errno);
    TRY(handle_signals(thread));
    if (timeout > 0) {
      left = deadline - now_nanoseconds();
      if (left <= 0) return 0;
    }
  }
}
int milliseconds_of(int64_t nanoseconds) {
  if (nanoseconds < 0) return -1;
  int64_t milliseconds = (nanoseconds + 999999) / 1000000;
  return milliseconds > INT32_MAX ? INT32_MAX : static_cast<int>(milliseconds);
}

// --- select

struct SelectSet {
  List* objects = nullptr;
  std::vector<int> descriptors;
  fd_set set;
};

Result<void> fill_set(Thread& thread, Value iterable, SelectSet& out, int* highest) {
  FD_ZERO(&out.set);
  // A list is read as it is at each step: fileno() may change it.
  List* source = has_kind(iterable, Kind::List) ? cast<List>(iterable) : nullptr;
  if (source == nullptr) {
    auto listed = list_from_iterable(thread, iterable);
    if (listed.is_raised()) {
      if (!thread.pending_is<TypeError>()) return Raised{};
      thread.clear_pending();
      return thread.raise<TypeError>("arguments 1-3 must be sequences");
    }
    source = listed.take();
  }
  out.objects = List::make(thread.heap());
  for (int64_t i = 0; i < source->length(); ++i) {
    Value object = source->at(i);
    int descriptor = TRY(fileno_of(thread, object));
    TRY(list_append_value(thread, out.objects, object));
    if (descriptor >= FD_SETSIZE) return thread.raise<ValueError>("filedescriptor out of range in select()");
    FD_SET(descriptor, &out.set);
    out.descriptors.push_back(descriptor);
    if (descriptor > *highest) *highest = descriptor;
  }
  return {};
}
Result<Value> ready_objects(Thread& thread, const SelectSet& in, const fd_set& ready) {
  List* list = List::make(thread.heap());
  for (size_t i = 0; i < in.descriptors.size(); ++i)
    if (FD_ISSET(in.descriptors[i], &ready))
      TRY(list_append_value(thread, list, in.objects->at(static_cast<int64_t>(i))));
  return to_value(list);
}

Result<Value> select_select(Thread& thread, Value read, Value write, Value except, Value timeout_value) {
  int64_t timeout = TRY(timeout_argument(thread, timeout_value, 1e9, "timeout must be a float or None", false));
  SelectSet sets[3];
  int highest = -1;
  TRY(fill_set(thread, read, sets[0], &highest));
  TRY(fill_set(thread, write, sets[1], &highest));
  TRY(fill_set(thread, except, sets[2], &highest));
  fd_set ready[3];
  int count = TRY(wait_with_timeout(thread, timeout, [&](int64_t left) {
    for (int i = 0; i < 3; ++i) ready[i] = sets[i].set;
    timeval limit = {left / 1000000000, (left % 1000000000 + 999) / 1000};
    if (limit.tv_usec >= 1000000) limit.tv_usec -= 1000000, ++limit.tv_sec;
    return select(highest + 1, &ready[0], &ready[1], &ready[2], left < 0 ? nullptr : &limit);
  }));
  if (count == 0)
    for (fd_set& set : ready) FD_ZERO(&set);
  Value lists[3];
  for (int i = 0; i < 3; ++i) lists[i] = TRY(ready_objects(thread, sets[i], ready[i]));
  return to_value(TRY(make_tuple(thread, std::span<const Value>(lists, 3))));
}

// --- poll

class Poll final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Poll;
  std::vector<pollfd>* entries_;
  uint64_t running_;
  static void release(HeapObject* object) { delete static_cast<Poll*>(object)->entries_; }
  pollfd* find(int descriptor) {
    for (pollfd& entry : *entries_)
      if (entry.fd == descriptor) return &entry;
    return nullptr;
  }
  LAYOUT(Poll, HeapObject, entries_, running_);
};

Result<Value> make_poll(Thread& thread) {
  auto* poll = make_exact<Poll>(thread, Kind::Poll);
  poll->entries_ = new std::vector<pollfd>();
  poll->running_ = 0;
  thread.heap().register_special(poll);
  return to_value(poll);
}
Result<short> event_mask(Thread& thread, Value mask) {
  if (!is_integer(mask)) mask = TRY(to_index(thread, mask));
  int64_t number = -1;
  bool fits = int_fits_int64(mask, &number);
  if (number < 0 && fits) return thread.raise<ValueError>("value must be positive");
  if (!fits || number > 0xFFFF)
    return thread.raise<OverflowError>("Python int too large to convert to C unsigned short");
  return static_cast<short>(number);
}
Result<void> poll_register(Thread& thread, Poll* self, Value fd, Optional<Value> mask) {
  int descriptor = TRY(fileno_of(thread, fd));
  short events = mask ? TRY(event_mask(thread, *mask)) : static_cast<short>(POLLIN | POLLPRI | POLLOUT);
  if (pollfd* entry = self->find(descriptor))
    entry->events = events;
  else
    self->entries_->push_back({descriptor, events, 0});
  return {};
}
Result<void> poll_modify(Thread& thread, Poll* self, Value fd, Value mask) {
  int descriptor = TRY(fileno_of(thread, fd));
  short events = TRY(event_mask(thread, mask));
  pollfd* entry = self->find(descriptor);
  if (entry == nullptr) return thread.raise_errno(ENOENT);
  entry->events = events;
  return {};
}
Result<void> poll_unregister(Thread& thread, Poll* self, Value fd) {
  int descriptor = TRY(fileno_of(thread, fd));
  pollfd* entry = self->find(descriptor);
  if (entry == nullptr) return thread.raise_value(ExceptionKind::KeyError, Value::from_int(descriptor));
  self->entries_->erase(self->entries_->begin() + (entry - self->entries_->data()));
  return {};
}
Result<Value> poll_poll(Thread& thread, Poll* self, Value timeout_value) {
  int64_t timeout = TRY(timeout_argument(thread, timeout_value, 1e6, "timeout must be an integer or None", true));
  if (self->running_) return thread.raise<RuntimeError>("concurrent poll() invocation");
  std::vector<pollfd> entries = *self->entries_;
  self->running_ = 1;
  auto waited = wait_with_timeout(thread, timeout, [&](int64_t left) {
    return poll(entries.data(), entries.size(), milliseconds_of(left));
  });
  self->running_ = 0;
  if (waited.is_raised()) return Raised{};
  List* list = List::make(thread.heap());
  if (waited.take() > 0)
    for (const pollfd& entry : entries)
      if (entry.revents != 0)
        TRY(list_append_value(thread, list,
                              make_pair(thread, Value::from_int(entry.fd), Value::from_int(entry.revents & 0xFFFF))));
  return to_value(list);
}

// --- epoll

class Epoll final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Epoll;
  int64_t descriptor_;
  static void release(HeapObject* object) {
    auto* epoll = static_cast<Epoll*>(object);
    if (epoll->descriptor_ >= 0) ::close(static_cast<int>(epoll->descriptor_));
  }
  LAYOUT(Epoll, HeapObject, descriptor_);
};

Result<Value> make_epoll(Thread& thread, Type* type, int descriptor) {
  auto* epoll = make_instance<Epoll>(thread, type);
  epoll->descriptor_ = descriptor;
  return to_value(epoll);
}
Result<Value> construct_epoll(Thread& thread, Type* type, int size_hint, int flags) {
  if (size_hint != -1 && size_hint <= 0) return thread.raise<ValueError>("negative sizehint");
  if ((flags & ~EPOLL_CLOEXEC) != 0) return thread.raise<OSError>("invalid flags");
  int descriptor = epoll_create1(EPOLL_CLOEXEC);
  if (descriptor < 0) return thread.raise_errno(errno);
  return make_epoll(thread, type, descriptor);
}
constexpr NativeMethod kConstructEpoll = method<construct_epoll>("epoll($type, /, sizehint=-1, flags=0)");
Result<Value> epoll_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count > 2)
    return thread.raise<TypeError>("epoll() takes at most 2 arguments ({} given)",
                                   static_cast<int64_t>(arguments.count));
  Value values[3] = {to_value(type)};
  for (uint32_t i = 0; i < arguments.count; ++i) values[i + 1] = arguments[i];
  return kConstructEpoll.entry(thread, kConstructEpoll, Arguments{values, arguments.count + 1, arguments.keywords});
}
Result<Value> epoll_fromfd(Thread& thread, Type* type, int descriptor) { return make_epoll(thread, type, descriptor); }
Result<int> open_epoll(Thread& thread, Epoll* self) {
  if (self->descriptor_ < 0) return thread.raise<ValueError>("I/O operation on closed epoll object");
  return static_cast<int>(self->descriptor_);
}
Result<void> epoll_close(Thread& thread, Epoll* self) {
  if (self->descriptor_ < 0) return {};
  int descriptor = static_cast<int>(self->descriptor_);
  self->descriptor_ = -1;
  if (without_lock(thread, [&] { return ::close(descriptor); }) < 0) return thread.raise_errno(errno);
  return {};
}
Result<Value> epoll_enter(Thread& thread, Epoll* self) {
  TRY(open_epoll(thread, self));
  return to_value(self);
}
Result<void> epoll_exit(Thread& thread, Epoll* self, Rest) { return epoll_close(thread, self); }
Result<Value> epoll_fileno(Thread& thread, Epoll* self) { return Value::from_int(TRY(open_epoll(thread, self))); }
Result<Value> epoll_closed(Thread&, Epoll* self) { return Value::from_bool(self->descriptor_ < 0); }

Result<void> control(Thread& thread, Epoll* self, int operation, Value fd, uint32_t events) {
  int epoll = TRY(open_epoll(thread, self));
  int descriptor = TRY(fileno_of(thread, fd));
  epoll_event event = {};
  event.events = events;
  event.data.fd = descriptor;
  if (epoll_ctl(epoll, operation, descriptor, &event) < 0) return thread.raise_errno(errno);
  return {};
}
Result<uint32_t> epoll_mask(Thread& thread, Value mask) {
  uint64_t number = TRY(to_c_uint64(thread, TRY(to_index(thread, mask))));
  if (number > UINT32_MAX) return thread.raise<OverflowError>("Python int too large to convert to C unsigned int");
  return static_cast<uint32_t>(number);
}
Result<void> epoll_register(Thread& thread, Epoll* self, Value fd, Optional<Value> mask) {
  uint32_t events = mask ? TRY(epoll_mask(thread, *mask)) : static_cast<uint32_t>(EPOLLIN | EPOLLPRI | EPOLLOUT);
  return control(thread, self, EPOLL_CTL_ADD, fd, events);
}
Result<void> epoll_modify(Thread& thread, Epoll* self, Value fd, Value mask) {
  return control(thread, self, EPOLL_CTL_MOD, fd, TRY(epoll_mask(thread, mask)));
}
Result<void> epoll_unregister(Thread& thread, Epoll* self, Value fd) {
  return control(thread, self, EPOLL_CTL_DEL, fd, 0);
}
Result<Value> epoll_poll(Thread& thread, Epoll* self, Value timeout_value, int max_events) {
  int epoll = TRY(open_epoll(thread, self));
  int64_t timeout = TRY(timeout_argument(thread, timeout_value, 1e9, "timeout must be an integer or None", true));
  if (max_events == -1) max_events = FD_SETSIZE - 1;
  if (max_events < 1) return thread.raise<ValueError>("maxevents must be greater than 0, got {}", max_events);
  std::vector<epoll_event> events(static_cast<size_t>(max_events));
  int count = TRY(wait_with_timeout(thread, timeout, [&](int64_t left) {
    return epoll_wait(epoll, events.data(), max_events, milliseconds_of(left));
  }));
  List* list = List::make(thread.heap());
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<size_t>(i)];
    TRY(list_append_value(thread, list,
                          make_pair(thread, Value::from_int(event.data.fd), Value::from_int(event.events))));
  }
  return to_value(list);
}

constexpr NativeMethod kPollMethods[] = {
    method<poll_register>("register($self, fd, eventmask=<unrepresentable>, /)"),
    method<poll_modify>("modify($self, fd, eventmask, /)"),
    method<poll_unregister>("unregister($self, fd, /)"),
    method<poll_poll>("poll($self, timeout=None, /)"),
};
constexpr NativeMethod kEpollMethods[] = {
    method<epoll_fromfd>("fromfd($type, fd, /)"),
    method<epoll_close>("close($self, /)"),
    method<epoll_fileno>("fileno($self, /)"),
    method<epoll_register>("register($self, /, fd, eventmask=<unrepresentable>)"),
    method<epoll_modify>("modify($self, /, fd, eventmask)"),
    method<epoll_unregister>("unregister($self, /, fd)"),
    method<epoll_poll>("poll($self, /, timeout=None, maxevents=-1)"),
    method<epoll_enter>("__enter__($self, /)"),
    method<epoll_exit>("__exit__($self, /, *args)"),
};
constexpr NativeAttribute kEpollAttributes[] = {attribute<epoll_closed>("closed")};

const TypeSpec kPollType = {.name = "select.poll", .kind = Kind::Poll, .flags = kTypeDisallowInstantiation,
                            .layout = [] { return layout_of<Poll>("poll"); }, .methods = kPollMethods};
const TypeSpec kEpollType = {.name = "select.epoll", .kind = Kind::Epoll,
                             .layout = [] { return layout_of<Epoll>("epoll"); }, .slots = {.new_ = &epoll_new},
                             .methods = kEpollMethods, .attributes = kEpollAttributes};

constexpr NativeMethod kFunctions[] = {function<select_select>("select(rlist, wlist, xlist, timeout=None, /)"),
                                       function<make_poll>("poll()")};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(make_builtin_type(thread, kPollType));
  TRY(add_type(thread, module, kEpollType));
  TRY(add_constant(thread, module, "error", to_value(thread.runtime().exception_type(ExceptionKind::OSError))));
  struct Constant {
    const char* name;
    uint32_t value;
  };
  static constexpr Constant kConstants[] = {{"PIPE_BUF", 4096},
                                            {"POLLIN", POLLIN},
                                            {"POLLPRI", POLLPRI},
                                            {"POLLOUT", POLLOUT},
                                            {"POLLERR", POLLERR},
                                            {"POLLHUP", POLLHUP},
                                            {"POLLNVAL", POLLNVAL},
                                            {"POLLRDNORM", POLLRDNORM},
                                            {"POLLRDBAND", POLLRDBAND},
                                            {"POLLWRNORM", POLLWRNORM},
                                            {"POLLWRBAND", POLLWRBAND},
                                            {"POLLMSG", 0x400},
                                            {"POLLRDHUP", 0x2000},
                                            {"EPOLLIN", EPOLLIN},
                                            {"EPOLLOUT", EPOLLOUT},
                                            {"EPOLLPRI", EPOLLPRI},
                                            {"EPOLLERR", EPOLLERR},
                                            {"EPOLLHUP", EPOLLHUP},
                                            {"EPOLLRDHUP", EPOLLRDHUP},
                                            {"EPOLLET", 1U << 31},
                                            {"EPOLLONESHOT", EPOLLONESHOT},
                                            {"EPOLLEXCLUSIVE", EPOLLEXCLUSIVE},
                                            {"EPOLLRDNORM", EPOLLRDNORM},
                                            {"EPOLLRDBAND", EPOLLRDBAND},
                                            {"EPOLLWRNORM", EPOLLWRNORM},
                                            {"EPOLLWRBAND", EPOLLWRBAND},
                                            {"EPOLLMSG", EPOLLMSG},
                                            {"EPOLL_CLOEXEC", EPOLL_CLOEXEC}};
  for (const Constant& constant : kConstants) TRY(add_int(thread, module, constant.name, constant.value));
  return {};
}

}  // namespace

extern const ModuleSpec kSelectModule = {.name = "select", .functions = kFunctions, .initialize = &initialize,
                                         .doc = "This module supports asynchronous I/O on multiple file descriptors."};

}  // namespace viperine
