# exec() with odd closures and namespaces; __doc__ that cannot be encoded; streams without flush().
import functools
import io
import sys
import types


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def outer():
    a = b = 1

    def inner():
        return a + b

    return inner


inner = outer()
show(lambda: exec(inner.__code__, {}, closure=(int, types.CellType(1))))
show(lambda: exec(inner.__code__, {}, closure=[types.CellType(1)] * 2))
show(lambda: exec(inner.__code__, {}, closure=(types.CellType(1), types.CellType(2))))


class Frozen(dict):
    def __setitem__(self, key, value):
        raise KeyError("frozen")


show(lambda: exec("x = 1", Frozen()))
show(lambda: type("C", (), {"__doc__": "x\udcdcy"}))
partial = functools.partial(print)
for holder in (partial, ValueError()):
    try:
        del holder.__dict__
    except TypeError as error:
        print(error)


class Bucket:
    def write(self, text):
        pass


saved = sys.stdin, sys.stdout
sys.stdin, sys.stdout = io.StringIO("line\n"), Bucket()
try:
    line = input("prompt")
finally:
    sys.stdin, sys.stdout = saved
print(line)
