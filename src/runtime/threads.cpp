// SPDX-License-Identifier: MIT
// The lock: a mutex-protected flag with a condition. A waiter asks the holder to give way (kPollSwitch) after the
// switch interval. Invariant: whoever touches Values of a runtime is Runtime::running_thread_; others have published
// native_low_.
#include "runtime/threads.h"

#include <pthread.h>
#include <setjmp.h>
#include <unistd.h>

#include <cmath>
#include <memory>
#include <vector>

#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"
#include "runtime/poll.h"

namespace viperine {

struct ThreadTable {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t released;
  bool locked = false;
  uint64_t switches = 0;  // times the lock was taken
  int64_t count = 0;      // threads besides the main one
  size_t stack_size = 0;
  // What threads that wait without the lock had in their registers: it may be pointers of their callers.
  struct Registers {
    const Thread* thread;
    jmp_buf saved;
  };
  std::vector<std::unique_ptr<Registers>> registers;
  std::vector<NativeRange> ranges;  // for waiting_thread_ranges

  Registers& registers_of(const Thread& thread) {
    for (auto& entry : registers)
      if (entry->thread == &thread) return *entry;
    registers.push_back(std::make_unique<Registers>());
    registers.back()->thread = &thread;
    return *registers.back();
  }
};

namespace {

void take(ThreadTable& table, Thread& thread) {
  pthread_mutex_lock(&table.mutex);
  while (table.locked) {
    timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    double interval = thread.runtime().switch_interval_;
    until.tv_sec += static_cast<time_t>(interval);
    until.tv_nsec += static_cast<long>((interval - std::floor(interval)) * 1e9);
    if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, ++until.tv_sec;
    uint64_t seen = table.switches;
    int status = pthread_cond_timedwait(&table.released, &table.mutex, &until);
    Thread* holder = thread.runtime().running_thread_;
    if (status != 0 && table.locked && table.switches == seen && holder != nullptr) holder->request_poll(kPollSwitch);
  }
  table.locked = true;
  ++table.switches;
  thread.runtime().running_thread_ = &thread;
  pthread_mutex_unlock(&table.mutex);
}

void give(ThreadTable& table, Runtime& runtime) {
  pthread_mutex_lock(&table.mutex);
  table.locked = false;
  runtime.running_thread_ = nullptr;
  pthread_cond_signal(&table.released);
  pthread_mutex_unlock(&table.mutex);
}

/// Lets a waiter run, and waits for the next turn.
void yield_lock(Thread& thread) {
  ThreadTable& table = *thread.runtime().thread_table_;
  uint64_t seen = table.switches;
  release_lock(thread);
  // Without this pause the releasing thread usually wins the race for the lock again.
  for (int i = 0; i < 100 && __atomic_load_n(&table.switches, __ATOMIC_RELAXED) == seen; ++i) sched_yield();
  acquire_lock(thread);
}

}  // namespace

[[gnu::noinline]] void release_lock(Thread& thread) {
  ThreadTable& table = *thread.runtime().thread_table_;
  setjmp(table.registers_of(thread).saved);
  thread.native_low_ = __builtin_frame_address(0);
  give(table, thread.runtime());
}

std::span<const NativeRange> waiting_thread_ranges(Runtime& runtime) {
  ThreadTable* table = runtime.thread_table_;
  if (table == nullptr) return {};
  table->ranges.clear();
  for (Thread* thread = runtime.threads_; thread != nullptr; thread = thread->next_) {
    if (thread == runtime.running_thread_ || thread->native_low_ == nullptr) continue;
    auto* saved = reinterpret_cast<const char*>(&table->registers_of(*thread).saved);
    table->ranges.push_back({thread->native_low_, thread->native_high_});
    table->ranges.push_back({saved, saved + sizeof(jmp_buf)});
  }
  return table->ranges;
}

void acquire_lock(Thread& thread) {
  take(*thread.runtime().thread_table_, thread);
  thread.native_low_ = nullptr;
}

namespace {

void make_condition(ThreadTable& table) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&table.released, &attributes);
  pthread_condattr_destroy(&attributes);
}

}  // namespace

void reinitialize_threads(Thread& thread) {
  Runtime& runtime = thread.runtime();
  ThreadTable& table = *runtime.thread_table_;
  table.mutex = PTHREAD_MUTEX_INITIALIZER;
  make_condition(table);
  table.locked = true;
  table.count = 0;
  std::erase_if(table.registers, [&](auto& entry) { return entry->thread != &thread; });
  for (Thread* other = runtime.threads_; other != nullptr;) {
    Thread* next = other->next_;
    if (other != &thread) {
      finish_thread(*other);
      delete other;
    }
    other = next;
  }
  runtime.main_thread_ = &thread;
  runtime.running_thread_ = &thread;
  thread.is_main_ = true;
  thread.native_low_ = nullptr;
  thread.poll_.fetch_and(~static_cast<uint32_t>(kPollSwitch | kPollSignal));
}

void initialize_threads(Runtime& runtime) {
  auto* table = new ThreadTable();
  make_condition(*table);
  table->locked = true;
  runtime.thread_table_ = table;
  runtime.running_thread_ = runtime.main_thread();
  runtime.yield_lock_ = &yield_lock;
  runtime.main_thread()->identifier_ = static_cast<uint64_t>(pthread_self());
}

namespace {

struct Start {
  Runtime* runtime;
  Thread* thread;  // its dict_ holds (callable, args, kwargs)
};

void report_thread_exception(Thread& thread, Value callable) {
  if (thread.pending_is<SystemExit>()) {
    thread.clear_pending();
    return;
  }
  report_unraisable(thread, callable, "Exception ignored in thread started by");
}

void* run_thread(void* argument) {
  auto* start = static_cast<Start*>(argument);
  Thread& thread = *start->thread;
  Runtime& runtime = *start->runtime;
  delete start;
  runtime.heap().enter_thread();
  set_native_limits(thread);
  acquire_lock(thread);
  auto* parts = cast<Tuple>(thread.dict_);
  thread.dict_ = Value::none();
  {
    RootVector callable(runtime);
    callable.push(parts->at(0));
    Dict* keywords = parts->at(2).is_none() ? nullptr : cast<Dict>(parts->at(2));
    if (call_with_tuple(thread, callable[0], cast<Tuple>(parts->at(1)), keywords).is_raised())
      report_thread_exception(thread, callable[0]);
  }
  run_thread_exit_work(thread);
  finish_thread(thread);
  std::erase_if(runtime.thread_table_->registers, [&](auto& entry) { return entry->thread == &thread; });
  --runtime.thread_table_->count;
  give(*runtime.thread_table_, runtime);
  delete &thread;
  return nullptr;
}

}  // namespace

Result<Value> start_thread(Thread& thread, Value callable, Tuple* positional, Dict* keywords) {
  Runtime& runtime = thread.runtime();
  auto* fresh = new Thread();
  if (!initialize_thread(runtime, *fresh)) {
    delete fresh;
    return thread.raise<RuntimeError>("can't start new thread");
  }
  fresh->depth_limit_ = thread.depth_limit_;
  fresh->dispatch_ = nullptr;
  fresh->dict_ = to_value(Tuple::of(thread.heap(), callable, to_value(positional),
                                    keywords == nullptr ? Value::none() : to_value(keywords)));
  auto* start = new Start{&runtime, fresh};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  size_t stack = runtime.thread_table_->stack_size;
  if (stack != 0) pthread_attr_setstacksize(&attributes, stack);
  pthread_t handle;
  ++runtime.thread_table_->count;
  int status = pthread_create(&handle, &attributes, &run_thread, start);
  pthread_attr_destroy(&attributes);
  if (status != 0) {
    --runtime.thread_table_->count;
    finish_thread(*fresh);
    delete fresh;
    delete start;
    return thread.raise<RuntimeError>("can't start new thread");
  }
  fresh->identifier_ = static_cast<uint64_t>(handle);
  return make_unsigned(thread.heap(), static_cast<uint64_t>(handle));
}

size_t thread_stack_size(const Runtime& runtime) { return runtime.thread_table_->stack_size; }
void set_thread_stack_size(Runtime& runtime, size_t bytes) { runtime.thread_table_->stack_size = bytes; }
int64_t thread_count(const Runtime& runtime) { return runtime.thread_table_->count; }

}  // namespace viperine
