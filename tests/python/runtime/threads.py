# Threads, locks, events, queues, thread-local data, pools.
import queue
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

results = []
threads = [threading.Thread(target=lambda i=i: results.append(i * i)) for i in range(10)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results), threading.active_count(), threading.current_thread().name, threading.main_thread() is threading.current_thread())
lock, total = threading.Lock(), 0
def add():
    global total
    for _ in range(2000):
        with lock: total += 1
ts = [threading.Thread(target=add) for _ in range(5)]
[t.start() for t in ts]; [t.join() for t in ts]; print(total)
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), lock.release(), lock.locked())
try: lock.release()
except RuntimeError as e: print(e)
rl = threading.RLock(); print(rl.acquire(), rl.acquire(), rl.release(), rl.release())
try: rl.release()
except RuntimeError as e: print(e)
ev = threading.Event(); out = []
def waiter(): out.append(ev.wait(5)); out.append("woke")
t = threading.Thread(target=waiter, name="Waiter", daemon=True); t.start(); print(t.is_alive(), t.daemon, t.name, t.ident is not None); ev.set(); t.join(); print(out, t.is_alive(), ev.is_set())
cond = threading.Condition(); items = []
def consumer():
    with cond:
        while len(items) < 3: cond.wait(5)
        out.append(list(items))
t = threading.Thread(target=consumer); t.start()
for i in range(3):
    with cond: items.append(i); cond.notify_all()
t.join(); print(out[-1])
sem = threading.Semaphore(2); print(sem.acquire(), sem.acquire(), sem.acquire(blocking=False), sem.release())
bar = threading.Barrier(3); got = []
ts = [threading.Thread(target=lambda: got.append(bar.wait(5))) for _ in range(3)]
[t.start() for t in ts]; [t.join() for t in ts]; print(sorted(got))
local = threading.local(); local.x = "main"
def use_local(): local.x = "thread"; out.append((local.x, hasattr(local, "y")))
t = threading.Thread(target=use_local); t.start(); t.join(); print(out[-1], local.x)
q = queue.Queue(maxsize=2)
def producer():
    for i in range(5): q.put(i)
    q.put(None)
t = threading.Thread(target=producer); t.start(); got = []
while (item := q.get()) is not None: got.append(item); q.task_done()
t.join(); print(got, q.empty(), q.qsize())
try: q.get_nowait()
except queue.Empty: print("Empty")
pq = queue.PriorityQueue(); [pq.put(x) for x in (3, 1, 2)]; print(pq.get(), pq.get()); lq = queue.LifoQueue(); lq.put(1); lq.put(2); print(lq.get()); sq = queue.SimpleQueue(); sq.put(5); print(sq.get(), sq.empty())
with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(lambda x: x * 2, range(5))), pool.submit(pow, 2, 5).result())
    f = pool.submit(lambda: 1 / 0); print(type(f.exception()).__name__, f.done())
    print(sorted(f.result() for f in as_completed([pool.submit(len, "ab"), pool.submit(len, "a")])))
errors = []
threading.excepthook = lambda a: errors.append((a.exc_type.__name__, str(a.exc_value), a.thread.name))
t = threading.Thread(target=lambda: 1 / 0, name="Bad"); t.start(); t.join(); print(errors)
timer = threading.Timer(0.01, lambda: out.append("timer")); timer.start(); timer.join(); print(out[-1])
for bad in (lambda: threading.Thread().start() or t.start(), lambda: threading.current_thread().join(), lambda: threading.Thread(group=1)):
    try: bad(); print("ok")
    except Exception as e: print(type(e).__name__, e)
done = []
def spin():
    n = 0
    while not done: n += 1
    out.append(n > 0)
t = threading.Thread(target=spin); t.start(); time.sleep(0.05); done.append(1); t.join(5); print(t.is_alive(), out[-1])
d = {}
def fill(k):
    for i in range(1000): d[k, i] = i
ts = [threading.Thread(target=fill, args=(k,)) for k in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]; print(len(d))
print(sys.getswitchinterval() > 0, threading.get_ident() > 0, threading.get_native_id() > 0, threading.stack_size(), [t.name for t in threading.enumerate()])
import contextvars
v = contextvars.ContextVar("v", default=0); tok = v.set(5); print(v.get(), tok.old_value is contextvars.Token.MISSING); v.reset(tok); print(v.get())
ctx = contextvars.copy_context(); ctx.run(v.set, 9); print(ctx[v], v.get(), len(ctx) >= 1, list(ctx.values())[-1])
import _thread
l = _thread.allocate_lock(); l.acquire(); _thread.start_new_thread(lambda: l.release(), ()); print(l.acquire(timeout=5))
