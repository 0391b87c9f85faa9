# SPDX-License-Identifier: MIT
# The profiler beneath cProfile, on sys.setprofile: calls, total and own time of each function, and of each pair of
# caller and callee.
# Invariant: _stack holds the calls that began while the profiler was on, innermost last.
import sys
from collections import namedtuple
from time import perf_counter
from types import ModuleType

profiler_entry = namedtuple("profiler_entry", "code callcount reccallcount totaltime inlinetime calls")
profiler_subentry = namedtuple("profiler_subentry", "code callcount reccallcount totaltime inlinetime")


class _Counter:
    __slots__ = ("calls", "recursive", "total", "inline", "level", "callees")

    def __init__(self):
        self.calls = self.recursive = self.level = 0
        self.total = self.inline = 0.0
        self.callees = {}

    def leave(self, total, inline):
        self.level -= 1
        self.calls += 1
        self.inline += inline
        if self.level:
            self.recursive += 1
        else:
            self.total += total


def _name_of(function):
    """How reports call a function that is not written in Python."""
    owner = getattr(function, "__self__", None)
    name = getattr(function, "__name__", "?")
    if owner is None or isinstance(owner, ModuleType):
        module = getattr(function, "__module__", None)
        return "<built-in method %s.%s>" % (module, name) if module else "<built-in method %s>" % name
    for base in type(owner).__mro__:
        if name in base.__dict__:
            return repr(base.__dict__[name])
    return "<built-in method %s>" % name


class Profiler:
    """Profiler(timer=None, timeunit=0.0, subcalls=True, builtins=True)"""

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = timer or perf_counter
        self._unit = (timeunit or 1.0) if timer else 1.0
        self._subcalls, self._builtins = subcalls, builtins
        self._stack, self._counters = [], {}

    def enable(self, subcalls=True, builtins=True):
        """Start collecting profiling information."""
        self._subcalls, self._builtins = subcalls, builtins
        self._stack = []
        sys.setprofile(self._event)

    def disable(self):
        """Stop collecting profiling information."""
        sys.setprofile(None)
        while self._stack:
            self._leave(self._timer())

    def clear(self):
        """Clear all profiling information collected so far."""
        self._stack, self._counters = [], {}

    def getstats(self):
        """A list of profiler_entry objects."""
        unit = self._unit
        return [profiler_entry(code, c.calls, c.recursive, c.total * unit, c.inline * unit, [
            profiler_subentry(callee, s.calls, s.recursive, s.total * unit, s.inline * unit)
            for callee, s in c.callees.items() if s.calls] or None)
            for code, c in self._counters.items() if c.calls]

    def _enter(self, key):
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = _Counter()
        counter.level += 1
        pair = None
        if self._stack and self._subcalls:
            callees = self._stack[-1][0].callees
            pair = callees.get(key)
            if pair is None:
                pair = callees[key] = _Counter()
            pair.level += 1
        self._stack.append([counter, pair, 0.0, self._timer()])

    def _leave(self, now):
        counter, pair, inside, start = self._stack.pop()
        total = now - start
        if self._stack:
            self._stack[-1][2] += total
        counter.leave(total, total - inside)
        if pair is not None:
            pair.leave(total, total - inside)

    def _event(self, frame, event, argument):
        now = self._timer()
        if event == "call":
            code = frame.f_code
            self._enter(_DISABLE if code is _DISABLE_CODE else code)
        elif event == "return":
            if self._stack:
                self._leave(now)
        elif self._builtins and not (frame.f_code is _DISABLE_CODE):
            if event == "c_call":
                self._enter(_name_of(argument))
            elif self._stack:
                self._leave(now)


_DISABLE, _DISABLE_CODE = "<method 'disable' of '_lsprof.Profiler' objects>", Profiler.disable.__code__
