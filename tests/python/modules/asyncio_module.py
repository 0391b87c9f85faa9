import asyncio, sys, time
from _show import run
run("""
async def main(): await asyncio.sleep(0); return 5
print(asyncio.run(main()))
---
asyncio.run(5)
---
async def f(n, d=0): await asyncio.sleep(d); return n
async def main():
    print(await asyncio.gather(f(1, 0.02), f(2, 0.01), f(3)))
    print(await asyncio.gather(f(1), bad(), return_exceptions=True))
    t = asyncio.create_task(f(7), name='T'); print(t.get_name(), t.done(), await t, t.done(), t.result(), t.exception())
    done, pending = await asyncio.wait([asyncio.create_task(f(1)), asyncio.create_task(f(2, 5))], timeout=0.05); print(len(done), len(pending)); [p.cancel() for p in pending]
    print([await x for x in asyncio.as_completed([f(1, 0.02), f(2)])])
    print(await asyncio.wait_for(f(9), 1), await asyncio.shield(f(3)))
async def bad(): raise ValueError('bad')
asyncio.run(main())
---
asyncio.run(bad())
---
async def main():
    fut = asyncio.get_running_loop().create_future(); asyncio.get_running_loop().call_soon(fut.set_result, 4); print(await fut, fut.done()); fut.set_result(1)
asyncio.run(main())
---
async def main():
    ev, lock, sem, cond = asyncio.Event(), asyncio.Lock(), asyncio.Semaphore(2), asyncio.Condition(); log = []
    async def w(i):
        await ev.wait()
        async with lock: log.append(('in', i)); await asyncio.sleep(0); log.append(('out', i))
        async with sem: log.append(('s', i))
    ts = [asyncio.create_task(w(i)) for i in range(3)]; await asyncio.sleep(0); ev.set(); await asyncio.gather(*ts); print(log, lock.locked())
    async def c():
        async with cond: await cond.wait(); log.append('notified')
    t = asyncio.create_task(c()); await asyncio.sleep(0)
    async with cond: cond.notify()
    await t; print(log[-1])
asyncio.run(main())
---
async def main():
    q = asyncio.Queue(2); out = []
    async def cons():
        while True:
            x = await q.get(); out.append(x); q.task_done()
    t = asyncio.create_task(cons())
    for i in range(5): await q.put(i)
    await q.join(); t.cancel(); print(out, q.empty())
    try: q.get_nowait()
    except asyncio.QueueEmpty as e: print(repr(e))
asyncio.run(main())
---
async def main():
    async def victim():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError as e: print('cancelling', e.args); raise
        finally: print('cleanup')
    t = asyncio.create_task(victim()); await asyncio.sleep(0); t.cancel('why')
    try: await t
    except asyncio.CancelledError: print('cancelled', t.cancelled())
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(5)
    except TimeoutError as e: print('timeout', repr(e))
    try:
        async with asyncio.TaskGroup() as g:
            g.create_task(victim()); g.create_task(bad())
    except* ValueError as e: print(e.exceptions)
asyncio.run(main())
---
async def handle(r, w): d = await r.readline(); w.write(d.upper()); await w.drain(); w.close()
async def main():
    s = await asyncio.start_server(handle, '127.0.0.1', 0); port = s.sockets[0].getsockname()[1]
    r, w = await asyncio.open_connection('127.0.0.1', port); w.write(b'hello\\n'); print(await r.read()); w.close(); await w.wait_closed(); s.close(); await s.wait_closed()
asyncio.run(main())
---
async def main():
    p = await asyncio.create_subprocess_exec('cat', stdin=-1, stdout=-1); print(await p.communicate(b'sub'), p.returncode)
    p = await asyncio.create_subprocess_shell('echo hi; exit 3', stdout=-1); print((await p.communicate())[0], p.returncode)
    print(await asyncio.to_thread(pow, 2, 5), await asyncio.get_running_loop().run_in_executor(None, len, 'abc'))
asyncio.run(main())
---
loop = asyncio.new_event_loop(); log = []; loop.call_later(0.01, log.append, 'later'); loop.call_soon(log.append, 'soon'); loop.call_soon_threadsafe(log.append, 'safe'); h = loop.call_later(0.005, log.append, 'never'); h.cancel(); loop.call_later(0.02, loop.stop); loop.run_forever(); print(log, loop.is_running()); loop.close(); print(loop.is_closed()); loop.run_until_complete(f(1))
---
async def agen():
    try:
        for i in range(5): yield i; await asyncio.sleep(0)
    finally: print('agen final')
async def main():
    async for x in agen():
        if x == 2: break
    await asyncio.sleep(0); import gc; gc.collect(); await asyncio.sleep(0)
    print([x async for x in agen()], asyncio.current_task().get_name()[:4], len(asyncio.all_tasks()), asyncio.iscoroutinefunction(main), asyncio.isfuture(5))
asyncio.run(main())
---
asyncio.get_running_loop()
---
with asyncio.Runner() as r: print(r.run(f(1)), r.run(f(2)))
---
import contextvars
v = contextvars.ContextVar('v', default='d')
async def child(): v.set('child'); return v.get()
async def main(): print(await asyncio.create_task(child()), v.get(), await child(), v.get())
asyncio.run(main())
""", globals())
