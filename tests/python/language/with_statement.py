# Context managers.
class Manager:
    def __init__(self, name, swallow=False, fail_enter=False, fail_exit=False):
        self.name, self.swallow, self.fail_enter, self.fail_exit = name, swallow, fail_enter, fail_exit

    def __enter__(self):
        print("enter", self.name)
        if self.fail_enter:
            raise RuntimeError("enter failed")
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        if self.fail_exit:
            raise KeyError("exit failed")
        return self.swallow


with Manager("a") as a:
    print("body", a)
with Manager("a") as a, Manager("b") as b:
    print(a, b)
with (Manager("c") as c, Manager("d")):
    print(c)
with (
    Manager("e"),
    Manager("f") as f,
):
    print(f)
with Manager("swallow", swallow=True):
    raise ValueError("swallowed")
    print("never")
try:
    with Manager("propagate"):
        raise ValueError("out")
except ValueError as error:
    print("outside", error)
try:
    with Manager("outer"), Manager("inner", fail_enter=True):
        print("never")
except RuntimeError as error:
    print(error)
try:
    with Manager("x", fail_exit=True):
        1 / 0
except KeyError as error:
    print(repr(error), repr(error.__context__))
with Manager("outer", swallow=True), Manager("inner"):
    raise ValueError("through both")
with Manager("t") as (p, *q):
    print(p, q)


class Box: pass


box = Box()
with Manager("attr") as box.value:
    print(box.value)


def returning():
    with Manager("r"):
        return "returned"


print(returning())
for i in range(3):
    with Manager(str(i)):
        if i == 0:
            continue
        if i == 1:
            break


class NoEnter: pass
class NoExit:
    def __enter__(self): pass


for bad in (NoEnter(), NoExit(), 5):
    try:
        with bad:
            pass
    except Exception as error:
        print(type(error).__name__, error)
from contextlib import contextmanager, ExitStack, suppress, closing, nullcontext, redirect_stdout


@contextmanager
def generated(x):
    print("before", x)
    try:
        yield x * 2
    except ValueError as error:
        print("seen", error)
    finally:
        print("after", x)


with generated(5) as y:
    print(y)
with generated(6):
    raise ValueError("inside")
with ExitStack() as stack:
    names = [stack.enter_context(Manager(n)) for n in "pq"]
    stack.callback(print, "callback")
    print(names)
with suppress(KeyError, ZeroDivisionError):
    1 / 0
with nullcontext(3) as n:
    print(n)
import io
with redirect_stdout(io.StringIO()) as out:
    print("captured")
print(repr(out.getvalue()))
with Manager("in instance") as m:
    Manager.__exit__ = lambda *a: print("replaced exit")
