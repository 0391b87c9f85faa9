# cProfile: the calls counted, recursive ones apart, native functions by name; __module__ of the function types.
import cProfile
import io
import pstats
import re
import types


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work():
    return sorted([fib(6)]), "".join(["a"]), {}.get(1), len("x")


profile = cProfile.Profile()
profile.enable()
work()
profile.disable()
out = io.StringIO()
pstats.Stats(profile, stream=out).sort_stats("name").print_stats()
print([re.sub(r"\S*/", "", line.split(None, 5)[-1]) + " " + line.split()[0] for line in out.getvalue().splitlines() if re.match(r" +\d+(/\d+)? +\d", line) and "function calls" not in line])
out = io.StringIO()
pstats.Stats(profile, stream=out).print_callers("fib")
print(re.findall(r"(\d+/\d+|\d+) +\d\S+ +\d\S+ +\S*?(\w+\.py:\d+\(\w+\))", out.getvalue()))
print(profile.runcall(fib, 3), sorted(type(e).__name__ for e in profile.getstats())[:1])
for kind in (types.FunctionType, types.BuiltinFunctionType, type, types.MethodType, object):
    print(kind.__module__, kind.__qualname__)
