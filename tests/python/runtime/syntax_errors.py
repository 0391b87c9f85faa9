# Texts and positions of syntax errors.
CASES = r'''
(
[1, 2
{1: 2
)
]
(]
foo(1, 2
x = (1,
"abc
'abc
"""abc
f(a b)
a b
1 2
x = 
x = 1 +
if x
if x:
if True print(1)
for x in y
for x y: pass
while True
def f()
def f(: pass
def f(a, a): pass
def f(a=1, b): pass
def f(*): pass
def f(**k, a): pass
def f(*a, *b): pass
def f(a, /, b, /): pass
def f(*, **k): pass
def f(/): pass
lambda x=1, y: 0
class A
class A(: pass
class (A): pass
return 1
yield 1
break
continue
await x
import
import a.
from a import
from a import (b
from a import b,
from . import *a
import a as b.c
from __future__ import braces
from __future__ import nothing
1 = x
f() = 1
x + 1 = 2
None = 1
True = 1
"a" = 1
[a, 1] = 2
(a, b()) = 1
a, b += 1
x = yield = 1
f() += 1
1 += 1
del f()
del 1
del (a, 1)
a := 1
(a.b := 1)
(1 := 2)
f(a=1, 2)
f(**a, *b)
f(a for a in b, c)
f(a=1, a=2)
f(1=2)
f(a+b=1)
f(True=1)
f(**a, b)
f(lambda: 0 = 1)
[x for x in y if]
[x for x y]
[for x in y]
[*x for x in y]
{**x for x in y}
{1: 2, 3}
{1, 2: 3}
{1:}
{**a, b}
x = {a: *b}
x[1:2:3:4]
x[]
x..y
x.1
1.x
1_
1__0
0777
0b12
0o8
0xg
1e
12abc
0_
"a" b
b"é"
"\x1"
"\u12"
"\N{nothing here}"
"\U99999999"
b"\x1"
try: pass
try:\n pass\nx = 1
try:\n pass\nexcept:\n pass\nexcept A:\n pass
try:\n pass\nexcept A, B:\n pass
try:\n pass\nexcept* A:\n pass\nexcept B:\n pass
try:\n pass\nexcept*:\n pass
except: pass
finally: pass
else: pass
elif x: pass
if 1:\nx = 1
if 1:\n  x\n    y
  x = 1
if 1:\n    x\n  y
if 1:\n\tx\n        y
def f():\nreturn
class A:\npass
for x in y:\npass
while 1:\npass
with a:\npass
with a as 1: pass
with a as f(): pass
with (a as b, c as d) e: pass
try:\npass
match x:\ncase 1: pass
match x:\n case 1:\n pass
match x: pass
match x:\n  case 1 pass
x = match y:
global x, y z
nonlocal x
assert
assert x,
assert (x, "msg")
raise x from
raise from x
print "hello"
print x
exec "x"
x = 5 if y
x = 5 if y else
not
x not y
x is is y
a < > b
a <> b
a ? b
a ! b
$x
x = `a`
x++
++
--x +
x = 1;; y
;
@
@x
@x\nx = 1
async x
async def f(): yield from x
async for x in y: pass
async with x: pass
def f(): await x
[async for x in y]
\
x = \ 1
x = "a" "b
f"{"
f"{}"
f"{a b}"
f"}"
f"{a!x}"
f"{a:{b:{c}}}"
f"{lambda x: 1}"
f'{a["b"]}'
f"{'"
f"{a = !r:^20}" "{
x: int: str
(x, y): int
[x]: int = 1
f(): int
x, y: int = 1
lambda: (yield)
def f():\n def g():\n  nonlocal z
class C:\n return
def f(x):\n global x
def f():\n x = 1\n global x
x = 1 if 2 else 3 = 4
a, *b, *c = d
*a = 1
*a
x = *a
print(*)
f(*)
f(**)
del *a
for *a in b: pass
def f(x, (y, z)): pass
lambda (x, y): 0
x = 0xfffL
ur"a"
"a"u
if x = 1: pass
while x = 1: pass
f(x = y = 1)
[x = 1]
{x = 1}
(x = 1)
x == 1 = 2
from a import *, b
def f(): from a import *
import a, 
with open(a) as b, : pass
pass x
break 1
x.y z
None.x = 1
__debug__ = 1
def f(__debug__): pass
f(__debug__=1)
x.__debug__ = 1
import __debug__
'''


def position(e):
    return e.lineno, e.offset, e.end_lineno, e.end_offset


import warnings
warnings.simplefilter("ignore")
for case in CASES.strip("\n").split("\n"):
    source = case.replace("\\n", "\n").replace("\\t", "\t")
    try:
        compile(source, "<case>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as e:
        print(repr(source), "->", type(e).__name__, "|", e.msg, "|", position(e), "|", repr(e.text))
    except Exception as e:
        print(repr(source), "->", type(e).__name__, e)
for source in (b"\xff", b"x = '\xe9'", b"# coding: nope\nx", b"# coding: latin-1\nx = '\xe9'", b"\xef\xbb\xbfx = 1", b"\xef\xbb\xbf# coding: latin-1\n", "x = 1\0", "\0", b"x\0", "\ud800", "a" * 100 + " b", "(" * 300, "[" * 100 + "]" * 100, "x = " + "-" * 200 + "1", "\x0c x = 1", "x\r\ny\rz", "é = 1", "x = ’a’", "x\u00a0= 1", "𝐱 = 1", "1 if 2 else 3", "x = 1  # comment", "\n\n\n  (\n"):
    try:
        compile(source, "<case>", "exec")
        print(repr(source)[:40], "compiles")
    except (SyntaxError, ValueError, UnicodeError) as e:
        print(repr(source)[:40], "->", type(e).__name__, str(e)[:150])

# Warnings of source that has a mistake later; carets that end with the line.
import warnings
for source in ("'\\e' 1", "'\\e' = '\\d'", "x = '\\e'\nreturn"):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, "name", "exec")
        except SyntaxError as error:
            print(error.msg)
    print(sorted({str(each.message) for each in caught}))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (SyntaxWarning, DeprecationWarning))
        compile("'\\e' is 0", "name", "exec")
print(caught)
import sys
sys.stderr = sys.stdout
try:
    raise SyntaxError("bad", ("file.py", 1, 2, "abcdefg", 1, 100))
except SyntaxError:
    sys.__excepthook__(*sys.exc_info())
