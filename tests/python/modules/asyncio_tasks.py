# Futures and tasks of _asyncio: results, cancellation, groups, time-outs, subclasses.
import asyncio, sys
print(asyncio.Task.__module__, asyncio.Future)
async def f(n):
    await asyncio.sleep(0)
    return n*2
async def main():
    t=asyncio.create_task(f(3), name='tt'); print(t.get_name())
    print(await t, t.done(), t.result(), t.cancelled())
    print(await asyncio.gather(*(f(i) for i in range(5))))
    t2=asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    print(t2.cancel('msg'), t2.cancelling())
    try: await t2
    except asyncio.CancelledError as e: print('cancelled', e.args)
    fut=asyncio.get_running_loop().create_future(); fut.x=5
    fut.add_done_callback(lambda f: print('cb', f.result()))
    fut.set_result(9); print(await fut)
    try: fut.set_result(1)
    except asyncio.InvalidStateError as e: print(e)
    async def bad(): raise ValueError('x')
    r=await asyncio.gather(bad(), f(1), return_exceptions=True); print(r)
    try: await asyncio.wait_for(asyncio.sleep(5), 0.01)
    except asyncio.TimeoutError as e: print('timeout', repr(e))
    async with asyncio.TaskGroup() as tg:
        a=tg.create_task(f(1)); b=tg.create_task(f(2))
    print(a.result()+b.result())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(bad()); tg.create_task(asyncio.sleep(9))
    except* ValueError as eg: print(eg.exceptions)
    async with asyncio.timeout(1): await f(2)
    print(asyncio.current_task() in asyncio.all_tasks(), len(asyncio.all_tasks()))
    def gen():
        yield 5
    class A:
        def __await__(self): yield 7
    try: await A()
    except RuntimeError as e: print(str(e)[:20])
    class T(asyncio.Task): pass
    t=T(f(4)); print(await t)
    q=asyncio.Queue(); await q.put(1); print(await q.get())
    p=await asyncio.create_subprocess_exec(sys.executable,'-c','print(42)',stdout=-1); print((await p.communicate())[0])
asyncio.run(main())
try: asyncio.get_running_loop()
except RuntimeError as e: print(e)
