# What the interpreter does by shorter ways gives what the long ways give: slices, calls with defaults, finalizers.
import asyncio
import gc
import itertools
import warnings


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


ends = [None, 0, 1, 2, 5, 6, -1, -5, -6, 10**30, -10**30, True, Index(2), Index(-1)]
for sequence in [1, 2, 3, 4, 5], (1, 2, 3, 4, 5), "abcde", "aé☃x\U0001f600", [], (), "":
    for start, stop in itertools.product(ends, ends):
        assert sequence[start:stop] == sequence[slice(start, stop)], (sequence, start, stop)
    copied = sequence[:]
    print(copied, copied is sequence)
for sequence in [1], (1,), "a":
    try:
        sequence["x":]
    except TypeError as error:
        print(error)


def defaults(a, b=2, c=3):
    return a, b, c


for _ in range(5):
    print(defaults(1), defaults(1, 5), defaults(1, 5, 6), (lambda x, y=7: x + y)(1))
defaults.__defaults__ = (8, 9, 10)
print(defaults(), defaults(1), defaults(1, 2))
defaults.__defaults__ = None
try:
    defaults(1)
except TypeError as error:
    print(error)


class Pair:
    def __init__(self, left, right=0):
        self.left, self.right = left, right


print([(p.left, p.right) for p in [Pair(i) if i % 2 else Pair(i, i) for i in range(6)]])


def cleaning(log):
    try:
        yield 1
    finally:
        log.append("cleaned")


log = []
finished = cleaning(log)
print(list(finished), log)
started = cleaning(log)
next(started)
del started
gc.collect()
print(log)


async def work():
    return 1


with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    asyncio.run(work())
    gc.collect()
    print(len(seen))
    work()
    gc.collect()
    print(len(seen), seen[0].message)


async def forgetting():
    messages = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: messages.append(context["message"]))
    loop.create_future().set_result(1)
    loop.create_future().set_exception(ValueError(1))
    again = loop.create_future()
    again.set_result(1)
    again.__init__()
    again.set_exception(ValueError(2))
    del again
    await asyncio.sleep(0)
    gc.collect()
    await asyncio.sleep(0)
    print(sorted(messages))


asyncio.run(forgetting())


def inner():
    try:
        received = yield "a"
        print("received", received)
        yield "b"
    except KeyError as error:
        yield repr(error)


def outer():
    return (yield from inner())


def in_handler():
    try:
        raise ValueError("outer")
    except ValueError:
        for value in inner():
            print(value)
        generator = inner()
        print(next(generator), generator.throw(KeyError("k")))


generator = outer()
print(next(generator), generator.send(3))
in_handler()
print(range(5, 50, 7)[3], range(5, 50, 7)[-1], range(10**30, 10**30 + 5)[2], range(0, -10, -3)[-1])
