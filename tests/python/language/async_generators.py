# Async generators and coroutines by hand: protocol, errors, finalization.
import asyncio, types
async def agen():
    try:
        x = yield 1
        print("sent", x)
        yield 2
    except ValueError as e:
        print("thrown", e); yield "after"
    finally: print("final")
def drive(c):
    try:
        while True: c.send(None)
    except StopIteration as s: return s.value
    except StopAsyncIteration: return "StopAsyncIteration"
g = agen()
print(type(g).__name__, g.ag_running, g.ag_frame is not None, g.__name__, drive(g.__anext__()), drive(g.asend("v")), drive(g.__anext__()), drive(g.__anext__()))
g = agen(); print(drive(g.__anext__()), drive(g.athrow(ValueError("t"))), drive(g.aclose()))
g = agen(); drive(g.__anext__())
try: drive(g.athrow(KeyError))
except KeyError as e: print(repr(e))
g = agen()
try: drive(g.asend(5))
except TypeError as e: print(e)
async def coro(): return await sub()
async def sub(): return 7
c = coro(); print(drive(c))
try: c.send(None)
except RuntimeError as e: print(e)
c = coro(); c.close()
try: c.send(None)
except RuntimeError as e: print(e)
try:
    for x in coro(): pass
except TypeError as e: print(e)
try: list(agen())
except TypeError as e: print(e)
async def bad():
    async for x in [1]: pass
try: drive(bad())
except TypeError as e: print(e)
class BadIter:
    def __aiter__(self): return 5
async def bad2():
    async for x in BadIter(): pass
try: drive(bad2())
except TypeError as e: print(e)
class BadNext:
    def __aiter__(self): return self
    def __anext__(self): return 5
async def bad3():
    async for x in BadNext(): pass
try: drive(bad3())
except TypeError as e: print(e)
class BadAwait:
    def __await__(self): return 5
async def bad4(): await BadAwait()
try: drive(bad4())
except TypeError as e: print(e)
async def stops(): raise StopIteration("s")
try: drive(stops())
except RuntimeError as e: print(e, repr(e.__cause__))
async def astops():
    yield 1
    raise StopAsyncIteration("q")
async def use():
    async for x in astops(): pass
try: drive(use())
except RuntimeError as e: print(e)
@types.coroutine
def old(): r = yield "y"; return r
async def uses_old(): return await old()
c = uses_old(); print(c.send(None), c.cr_await is not None, c.cr_running, c.cr_frame.f_code.co_name)
try: c.send("result")
except StopIteration as s: print(s.value)
class CM:
    async def __aenter__(self): print("enter"); return self
    async def __aexit__(self, t, v, tb): print("exit", t and t.__name__); return t is ValueError
async def with_all():
    async with CM() as a, CM() as b: print("both")
    async with CM(): raise ValueError
    try:
        async with CM(): raise KeyError("k")
    except KeyError as e: print(repr(e))
    for i in range(3):
        async with CM():
            if i == 0: continue
            break
    return [x async for x in squares(4) if x % 2 == 0], {x: y async for x, y in pairs()}, [await v for v in (sub(), sub())]
async def squares(n):
    for i in range(n): yield i * i
async def pairs(): yield 1, 2; yield 3, 4
print(drive(with_all()))
async def nested():
    return [[y async for y in squares(x)] async for x in squares(3)], (x async for x in squares(2)).__class__.__name__
print(drive(nested()))
async def ret_gen():
    async for x in squares(5):
        if x > 3: return x
    return None
print(asyncio.run(ret_gen()))
async def main():
    g = agen(); print(await anext(g), await anext(g, "d"), await anext(g, "default"))
    try: await anext(g)
    except StopAsyncIteration: print("stopped")
    t = asyncio.gather(*(slow(i) for i in range(3))); print(await t)
async def slow(i): await asyncio.sleep(0.01 * (3 - i)); return i
asyncio.run(main())
for src in ("async def f():\n return (yield)", "async def f():\n x = [await i for i in y]", "def f():\n return [await x for x in y]", "async def f():\n def g():\n  await x", "async def f():\n yield\n return 1", "async def f():\n yield from x", "f = lambda: await x", "async def f(): return lambda: await x", "[x async for x in y]", "async def f():\n return [x async for x in y]", "async with x: pass", "class A:\n async def __init__(self): await x"):
    try: compile(src, "s", "exec"); print("ok")
    except SyntaxError as e: print(e.msg)
