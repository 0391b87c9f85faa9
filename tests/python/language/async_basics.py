# Coroutines, async for, async with, async generators and comprehensions, driven by hand and by asyncio.
import asyncio


async def value(x):
    return x


async def add(a, b):
    return await value(a) + await value(b)


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


print(run(add(1, 2)))
c = value(1)
print(type(c).__name__, c.cr_code.co_name, c.__name__)
c.close()


class Awaitable:
    def __init__(self, n): self.n = n
    def __await__(self):
        for i in range(self.n):
            got = yield i
            print("got", got)
        return "awaited"


async def waits():
    result = await Awaitable(2)
    return result


w = waits()
print(w.send(None), w.send("a"))
try:
    w.send("b")
except StopIteration as stop:
    print(stop.value)


class AsyncIter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


class AsyncManager:
    async def __aenter__(self):
        print("aenter")
        return "resource"
    async def __aexit__(self, *args):
        print("aexit", args[0] and args[0].__name__)
        return True


async def agen(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
    print("agen done")


async def main():
    async for x in AsyncIter(3):
        print("x", x)
    else:
        print("else")
    async with AsyncManager() as r:
        print(r)
        raise ValueError
    async with AsyncManager() as a, AsyncManager() as b:
        print(a, b)
    print([x async for x in agen(3)], {x async for x in agen(2)}, {x: x async for x in agen(2)}, [x async for x in agen(6) if x % 2])
    print([await value(i) for i in range(3)], [y async for x in agen(2) async for y in agen(x + 1)])
    g = (x async for x in agen(2))
    print(type(g).__name__, await g.__anext__(), await anext(g), await anext(g, "default"))
    async for i in agen(10):
        if i == 2:
            break
    g = agen(5)
    print(await g.asend(None))
    try:
        await g.athrow(KeyError("k"))
    except KeyError as error:
        print(repr(error))
    await g.aclose()
    results = await asyncio.gather(value(1), add(2, 3), asyncio.sleep(0, "slept"))
    print(results)
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except asyncio.TimeoutError:
        print("timeout")
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())
    order = []
    async def worker(name, n):
        for i in range(n):
            order.append((name, i))
            await asyncio.sleep(0)
    await asyncio.gather(worker("a", 2), worker("b", 3))
    print(order)
    queue = asyncio.Queue()
    async def producer():
        for i in range(3):
            await queue.put(i)
        await queue.put(None)
    async def consumer():
        out = []
        while (item := await queue.get()) is not None:
            out.append(item)
        return out
    print((await asyncio.gather(producer(), consumer()))[1])
    async with asyncio.TaskGroup() as tg:
        t = tg.create_task(value(9))
    print(t.result())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(add(1, "a"))
    except ExceptionGroup as group:
        print(repr(group))
    async with asyncio.timeout(5):
        print("in time")


asyncio.run(main())
for bad in ("await 5", "async def f():\n x = [await y for y in z]\n yield from q", "def f():\n await x", "def f():\n async with x: pass", "[x async for x in y]", "async def f():\n yield 1\n return 2", "def f():\n async for x in y: pass", "class C:\n await x", "lambda: await x"):
    try:
        compile(bad, "<s>", "exec")
        print("ok", repr(bad))
    except SyntaxError as error:
        print(error.msg)


async def awaits_wrong():
    await 5


try:
    run(awaits_wrong())
except TypeError as error:
    print(error)
async def bad_for():
    async for x in [1]: pass
async def bad_with():
    async with 5: pass
for f in (bad_for, bad_with):
    try:
        run(f())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
import inspect
print(inspect.iscoroutinefunction(value), inspect.isasyncgenfunction(agen), inspect.iscoroutine(value))
