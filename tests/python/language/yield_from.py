# Delegation with yield from: send, throw, close reach the inner generator.
def inner(name):
    try:
        while True:
            received = yield name
            print(name, "received", received)
            if received == "end":
                return name + " result"
    except ValueError as error:
        print(name, "caught", error)
        return "from except"
    finally:
        print(name, "finally")


def outer():
    first = yield from inner("a")
    print("first", first)
    second = yield from inner("b")
    print("second", second)
    return "all"


o = outer()
print(next(o))
print(o.send(1))
print(o.send("end"))
print(o.gi_yieldfrom is not None)
try:
    o.throw(ValueError("boom"))
except StopIteration as stop:
    print("stop", stop.value)
o = outer()
next(o)
o.close()


class Manual:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("manual value")
        return self.n

    def send(self, value):
        return ("sent", value)

    def throw(self, *args):
        return ("thrown", args[0].__class__.__name__ if not isinstance(args[0], type) else args[0].__name__)

    def close(self):
        print("manual close")


def over(iterable):
    result = yield from iterable
    print("result", result)


print(list(over(Manual())))
m = over(Manual())
next(m)
print(m.send("x"))
print(m.throw(ValueError("y")))
m.close()
m = over([1, 2])
next(m)
try:
    m.send(5)
except AttributeError as error:
    print(error)
m = over([1, 2])
next(m)
try:
    m.throw(KeyError("k"))
except KeyError as error:
    print(repr(error))


def chain(*iterables):
    for it in iterables:
        yield from it


print(list(chain("ab", [1], (x for x in range(2)), {"k": 1})))


def flatten(x):
    if isinstance(x, list):
        for item in x:
            yield from flatten(item)
    else:
        yield x


print(list(flatten([1, [2, [3, [4, [5]]]]])))


def deep(n):
    if n:
        yield n
        yield from deep(n - 1)


print(sum(deep(300)))
try:
    list(over(5))
except TypeError as error:
    print(error)


def returns_directly():
    x = yield from ()
    yield x
    y = yield from (lambda: (yield 5))()
    yield y


print(list(returns_directly()))
