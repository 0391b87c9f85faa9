import asyncio
import contextlib
import io
import sys
from contextlib import *
from _show import run
run("""
@contextmanager
def cm(x):
    print('enter', x)
    try: yield x * 2
    except ValueError as e: print('caught', e); 
    else: print('clean')
    finally: print('exit', x)
with cm(1) as v: print(v)
with cm(2): raise ValueError('v')
---
with cm(3): raise KeyError('k')
---
@cm(4)
def decorated(): print('in'); return 5
print(decorated(), decorated())
---
@contextmanager
def twice(): yield 1; yield 2
with twice(): pass
---
@contextmanager
def none():
    if False: yield
with none(): pass
---
with ExitStack() as s:
    for i in range(3): s.enter_context(cm(i))
    s.callback(print, 'cb', k=1) if False else s.callback(print, 'cb')
    s.push(lambda *a: print('push', a[0]))
    print('body')
---
with ExitStack() as s:
    s.push(lambda t, v, tb: (print('swallow', v), True)[1]); raise ValueError('gone')
---
s = ExitStack(); s.callback(print, 'later'); t = s.pop_all(); s.close(); t.close()
---
with suppress(KeyError, IndexError): {}['x']
with suppress(): print('ok')
with nullcontext(7) as n: print(n)
with closing(io.StringIO('x')) as f: print(f.read())
print(f.closed)
---
with redirect_stdout(io.StringIO()) as f: print('hidden')
print(repr(f.getvalue()))
with redirect_stderr(io.StringIO()) as f: print('e', file=sys.stderr)
print(repr(f.getvalue()))
---
class C(AbstractContextManager):
    def __exit__(self, *a): return None
with C() as c: print(type(c).__name__)
class D(ContextDecorator):
    def __enter__(self): print('D in'); return self
    def __exit__(self, *a): print('D out')
@D()
def f(): print('f')
f()
---
@asynccontextmanager
async def acm(x):
    print('aenter'); 
    try: yield x
    finally: print('aexit')
async def main():
    async with acm(3) as v: print(v)
    async with AsyncExitStack() as s:
        print(await s.enter_async_context(acm(4))); s.push_async_callback(asyncio.sleep, 0)
    async with aclosing(agen()) as g:
        async for x in g: print(x); break
async def agen():
    try: yield 1; yield 2
    finally: print('agen closed')
asyncio.run(main())
---
import os
with contextlib.chdir('/'): print(os.getcwd())
""", globals())
