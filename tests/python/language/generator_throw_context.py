# The context of a thrown exception is what the generator handles, not what the caller handles.
def plain():
    yield 1


def handling():
    try:
        raise KeyError("inner")
    except KeyError:
        yield 1


for function in (plain, handling):
    generator = function()
    next(generator)
    try:
        raise IndexError("outer")
    except IndexError:
        try:
            generator.throw(ValueError("thrown"))
        except ValueError as error:
            print(function.__name__, repr(error.__context__))

# A lambda that is a generator returns the value of its expression.
generator = (lambda: (yield 1))()
next(generator)
try:
    generator.send("sent")
except StopIteration as stop:
    print(stop.value)


# clear() of a generator's frame closes the generator.
def closing():
    try:
        yield
    finally:
        print("closed")


generator = closing()
next(generator)
frame = generator.gi_frame
frame.clear()
print(list(generator))


def clears_itself():
    try:
        generator.gi_frame.clear()
    except RuntimeError as error:
        print(error)
    yield


generator = clears_itself()
next(generator)


# A coroutine that waits for something cannot be awaited.
import types


@types.coroutine
def pause():
    yield


async def inner():
    await pause()


async def outer(coroutine):
    await coroutine


waiting = inner()
waiting.send(None)
try:
    outer(waiting).send(None)
except RuntimeError as error:
    print(error)
waiting.close()
