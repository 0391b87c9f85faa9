# Generator functions: next, send, throw, close, return values, state.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


print(list(count(4)), sum(count(10)), tuple(count(2)), next(count(1)), max(count(5)))
g = count(2)
print(next(g), next(g), next(g, "end"), next(g, "still"))
try:
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)


def echo():
    received = None
    while True:
        received = yield received
        if received == "stop":
            return "result"


e = echo()
print(next(e), e.send(1), e.send("x"))
try:
    e.send("stop")
except StopIteration as stop:
    print(stop.value)


def guarded():
    while True:
        try:
            x = yield "ready"
            print("got", x)
        except ValueError as error:
            print("caught", error)
            yield "after"
        finally:
            print("finally")


g = guarded()
print(next(g))
print(g.throw(ValueError("thrown")))
print(next(g))
g.close()
try:
    next(g)
except StopIteration:
    print("closed")
g = count(3)
try:
    g.throw(KeyError("not handled"))
except KeyError as error:
    print(error)
print(list(g))
try:
    count(1).send(5)
except TypeError as error:
    print(error)


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)


def raises_stop():
    yield 1
    raise StopIteration("inner")


g = raises_stop()
next(g)
try:
    next(g)
except RuntimeError as error:
    print(error, repr(error.__cause__))


def recursive():
    yield next(me)


me = recursive()
try:
    next(me)
except ValueError as error:
    print(error)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


import itertools
print(list(itertools.islice(fib(), 15)))


def walk(tree):
    if tree:
        left, value, right = tree
        yield from walk(left)
        yield value
        yield from walk(right)


print(list(walk((((), 1, ()), 2, ((), 3, ())))))


def pipeline(numbers):
    squares = (x * x for x in numbers)
    evens = (x for x in squares if x % 2 == 0)
    return sum(evens)


print(pipeline(range(10)))


def with_return():
    yield 1
    return "value"


def delegator():
    result = yield from with_return()
    print("result", result)
    result = yield from [10, 20]
    print("result", result)


print(list(delegator()))
g = count(3)
print(g.gi_frame is not None, g.gi_running, g.gi_code.co_name, g.__name__, g.__qualname__, g.gi_yieldfrom)
list(g)
print(g.gi_frame)
print(iter(g) is g, type(g).__name__)


def empty():
    return
    yield


print(list(empty()))


def yield_expression():
    x = yield
    y = (yield x) + 1
    return [x, y]


g = yield_expression()
next(g)
print(g.send(5))
try:
    g.send(10)
except StopIteration as stop:
    print(stop.value)


def args(*a, k=1, **kw):
    yield a
    yield k
    yield kw


print(list(args(1, 2, k=3, z=4)))


def exception_state():
    try:
        raise ValueError("in generator")
    except ValueError:
        yield 1
        import sys
        yield sys.exc_info()[0].__name__


g = exception_state()
next(g)
import sys
print(sys.exc_info()[0])
print(next(g))


class Tree:
    def __init__(self, *children):
        self.children = children

    def __iter__(self):
        yield self
        for c in self.children:
            yield from c


print(len(list(Tree(Tree(), Tree(Tree(), Tree())))))
g = (x for x in range(3))
print(g.send(None), list(g))
def throw_forms():
    try:
        yield
    except Exception as error:
        yield type(error).__name__, error.args
for form in ((ValueError,), (ValueError, "v"), (ValueError("w"),)):
    g = throw_forms()
    next(g)
    print(g.throw(*form))
try:
    count(1).throw(5)
except TypeError as error:
    print(error)
