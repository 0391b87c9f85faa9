# throw() and close() of generators that delegate: who is on the stack, what is handled, what is thrown.
import sys


def stack():
    frame, names = sys._getframe(1), []
    while frame is not None and frame.f_code.co_name != "<module>":
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


def inner():
    try:
        yield 1
    except ValueError:
        print("inner", stack())
        yield 2
    finally:
        print("leaving", stack())
    return "result"


def middle():
    got = yield from inner()
    print("middle got", got)
    return got


def outer():
    try:
        return (yield from middle())
    except KeyError as error:
        print("outer caught", error, stack())
        yield "after"


g = outer()
print(next(g), g.throw(ValueError))
try:
    next(g)
except StopIteration as stop:
    print("value", stop.value)
g = outer()
next(g)
print(g.throw(KeyError("k")))
g = outer()
next(g)
g.close()
g = outer()
next(g)
try:
    g.throw(TypeError("t"))
except TypeError as error:
    tb, names = error.__traceback__, []
    while tb is not None:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print(names)


class Delegate:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, *arguments):
        raise StopIteration("thrown away")


def to_object():
    print("ended with", (yield from Delegate()))
    yield "next"


g = to_object()
next(g)
print(g.throw(ValueError))


# The same exception handled outside and inside.
def keeps():
    try:
        yield
    except Exception as error:
        print(sys.exc_info()[0], error.__context__)
        yield
        print(sys.exc_info()[0])
        yield
        raise


g = keeps()
next(g)
try:
    raise ValueError
except ValueError as error:
    g.throw(error)
print(sys.exc_info()[0])
next(g)
print(sys.exc_info()[0])
try:
    next(g)
except ValueError as error:
    print("raised again", error.__context__)


# What goes wrong in making the exception is thrown instead.
class NoException(Exception):
    def __new__(cls):
        return cls


def catches():
    try:
        yield
    except TypeError as error:
        print("calling" in str(error))
        yield "caught"


g = catches()
next(g)
print(g.throw(NoException))


# f_lineno of a generator that has not started.
def later():

    yield


print(later().gi_frame.f_lineno - later.__code__.co_firstlineno)
