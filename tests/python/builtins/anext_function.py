# anext with and without default, awaited and driven by hand.
class Count:
    def __init__(self, stop):
        self.now, self.stop = 0, stop

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.now == self.stop:
            raise StopAsyncIteration
        self.now += 1
        return self.now


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


async def generator():
    yield "a"


async def main():
    iterator = Count(1)
    print(await anext(iterator), await anext(iterator, "default"))
    letters = generator()
    print(await anext(letters), await anext(letters, None))
    try:
        await anext(iterator)
    except StopAsyncIteration:
        print("stopped")


run(main())
for wrong in (lambda: anext(5), lambda: anext(5, 6), lambda: anext(), lambda: anext(1, 2, 3)):
    try:
        wrong()
    except TypeError as error:
        print(error)
