// SPDX-License-Identifier: MIT
// What surrounds a fork: the hooks of os.register_at_fork, and in the child one thread only, without waiting signals.
#pragma once

#include "runtime/calls.h"

namespace viperine {

void before_fork(Thread& thread);
void after_fork_in_parent(Thread& thread);
void after_fork_in_child(Thread& thread);
/// modules/signal_module.cpp: signals that the parent had noted are not the child's.
void clear_signals_after_fork(Thread& thread);

}  // namespace viperine
