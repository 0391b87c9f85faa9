# sys.settrace, sys.setprofile, f_lineno jumps, audit hooks.
import sys

events = []


def tracer(frame, event, argument):
    name = frame.f_code.co_name
    if name in ("work", "helper", "gen", "raises"):
        events.append((event, name, frame.f_lineno - frame.f_code.co_firstlineno, type(argument).__name__ if event == "exception" else argument if isinstance(argument, int) else None))
    return tracer


def helper(x):
    return x + 1


def work(n):
    total = 0
    for i in range(n):
        if i % 2:
            total += helper(i)
        else:
            total -= 1
    while total > 5:
        total -= 2
    return total


def gen():
    yield 1
    yield 2


def raises():
    try:
        1 / 0
    except ZeroDivisionError:
        pass
    with open("/dev/null"):
        pass
    return [x for x in range(2)]


for f in (lambda: work(3), lambda: list(gen()), raises):
    events.clear()
    sys.settrace(tracer)
    f()
    sys.settrace(None)
    for e in events: print(e)
profile = []
def profiler(frame, event, argument):
    if event.startswith("c_"): profile.append((event, argument.__name__))
    else: profile.append((event, frame.f_code.co_name))
def profiled(): return len([1]) + helper(2)
sys.setprofile(profiler); profiled(); sys.setprofile(None)
print(profile)
print(sys.gettrace(), sys.getprofile())


def jumper():
    result = []
    result.append(1)
    result.append(2)
    result.append(3)
    return result


def jump_tracer(frame, event, argument):
    if frame.f_code is not jumper.__code__: return None
    if event == "line" and frame.f_lineno == jumper.__code__.co_firstlineno + 3:
        frame.f_lineno += 1
        frame.f_trace = None
    return jump_tracer


sys.settrace(jump_tracer); print(jumper()); sys.settrace(None)
try: sys._getframe().f_lineno = 5
except ValueError as e: print(e)
def local_lines():
    a = 1
    return a
seen = []
def opt(frame, event, arg):
    if frame.f_code is local_lines.__code__: frame.f_trace_opcodes = False; frame.f_trace_lines = False; seen.append(event); return opt
sys.settrace(opt); local_lines(); sys.settrace(None); print(seen)
def bad_tracer(frame, event, arg): raise ValueError("tracer fails")
sys.settrace(bad_tracer)
try: helper(1)
except ValueError as e: print(e, sys.gettrace())
audited = []
sys.addaudithook(lambda event, args: audited.append(event) if event in ("compile", "exec", "import", "open", "custom") else None)
compile("1", "f", "eval"); exec("pass"); open("/dev/null").close(); sys.audit("custom", 1)
print(sorted(set(audited)))
import bdb
class B(bdb.Bdb):
    def user_line(self, frame):
        if frame.f_code.co_name == "helper": print("bdb", frame.f_code.co_name, frame.f_locals)
        self.set_step()
b = B(); b.runcall(helper, 5)
import trace
t = trace.Trace(count=1, trace=0); t.runfunc(work, 2); print(len(t.results().counts) > 0)
