# The traceback module and frames seen from Python.
import io
import sys
import traceback


def level1(x):
    return level2(x) * 2


def level2(x):
    local = [x]
    return local[5]


try:
    level1(1)
except IndexError as error:
    caught = error
    print(traceback.format_exc().replace(__file__, "FILE"))
    print([(f.name, f.line, f.lineno > 0) for f in traceback.extract_tb(error.__traceback__)])
    print(traceback.format_exception_only(error), traceback.format_exception_only(type(error), error))
    stream = io.StringIO()
    traceback.print_exc(limit=1, file=stream)
    print(stream.getvalue().replace(__file__, "FILE"))
    traceback.print_exception(error, file=stream, chain=False)
    te = traceback.TracebackException.from_exception(error, capture_locals=True)
    print("\n".join(line for line in "".join(te.format()).splitlines() if not line.startswith("    io = ")).replace(__file__, "FILE"))
    print(len(traceback.extract_stack()), traceback.extract_stack()[-1].name)
for frame, line in traceback.walk_tb(caught.__traceback__):
    print(frame.f_code.co_name, line - frame.f_code.co_firstlineno, sorted(frame.f_locals)[:1] if frame.f_code.co_name != "<module>" else "")
try:
    try:
        raise ValueError("a")
    except ValueError:
        raise KeyError("b")
except KeyError as error:
    print("".join(traceback.format_exception(error)).replace(__file__, "FILE"))
try:
    raise ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [TypeError("x")])])
except ExceptionGroup as group:
    print("".join(traceback.format_exception(group)).replace(__file__, "FILE"))


def recurse(n):
    if n:
        return recurse(n - 1)
    raise RuntimeError("bottom")


try:
    recurse(20)
except RuntimeError:
    print(traceback.format_exc().replace(__file__, "FILE"))
print(traceback.format_list([("file.py", 3, "name", "source line")]), traceback.format_tb(None))
e = SyntaxError("bad", ("f.py", 2, 5, "abc def ghi\n", 2, 8))
print("".join(traceback.format_exception_only(e)))
tb = caught.__traceback__
while tb:
    print(tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)
    tb = tb.tb_next
positions = list(level2.__code__.co_positions())
print(any(p[2] is not None for p in positions))
