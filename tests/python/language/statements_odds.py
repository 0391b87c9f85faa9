# Semicolons, line joining, indentation styles, del, pass, assert, global code blocks, soft keywords, Unicode names.
a = 1; b = 2; print(a, b);
if a: print("x"); print("y")
total = a + \
    b + \
    3
print(total, (1 +
  2), [1,
2,
], {
 "k":
 "v" })
if True:
  two = 2
  if two:
        eight = 8
print(two, eight)
if a:
	tab = "tabbed"
print(tab)
class X: pass
def f(): pass; return 5
print(f(), X().__class__.__name__)
x = [1, 2, 3]; del x[0], x[0]; print(x)
y = z = 1; del y, (z); del [], ()
try: y
except NameError as e: print(e)
été, Ünïcode, 变量, _ = 1, 2, 3, 4
print(été + Ünïcode + 变量 + _, "ﬁ" != "fi", globals().get("été"))
ﬁ = 5
print(fi)
match, case, type, _ = 1, 2, 3, 4
print(match, case, type, _)
print(match
      , case)
match (1):
    case 1: print("matched")
print(1if 1else 2, 1 if(1)else(2), [1for _ in"a"])
"docstring-like expression"; 5; ...; None
assert True, "never"; assert (1, ), "non-empty"
if 1:pass
else:pass
while 0: break
else: print("while else")
for i in (): pass
else: print("for else")
print(*[1, 2], *"ab", sep="-", end="\n")
lambda: 0
print((lambda *, a=1, **k: (a, k))(b=2), (lambda a, /, b, *c: (a, b, c))(1, 2, 3))
def default(a, b=a, *, c=[b for b in range(2)]): return a, b, c
print(default(9))
print(not not 1, - - 1, ~-1, +-+1, 2 ** -1, -2 ** 2, (-2) ** 2, 2 ** 3 ** 0, not 1 == 2, 1 < 2 == True, 1 or 0 and 0, 5 - 3 - 1, 2 * 3 % 4 // 1, 1 | 2 ^ 3 & 4 << 1, 7 & 3 == 3, "a" "b" * 2, -1 ** 0.5 if 0 else 1)
print(__name__, __doc__, __debug__, __file__[-19:] if "__file__" in globals() else "no file")
def gen(): x = yield; print("got", x); yield (yield)
g = gen(); next(g); g.send(1); g.send(2); print(next(g, "end"))
@print
def decorated(): pass
print(decorated)
def outer():
    global made_global
    made_global = [k for k in range(2)]
    class Local:
        global made_in_class
        made_in_class = 1
    return [made_global, Local]
outer(); print(made_global, made_in_class)
try: raise ValueError("v")
except ValueError as exc: kept = exc
try: exc
except NameError: print("exc is gone", kept)
with open(__file__) as f1, open(__file__) as f2: print(f1.readline() == f2.readline())
if (n := 10) > 5 and (m := n * 2): print(n, m)
print([y := 5, y**2], (w := 1, w + 1), {(k := "key"): k}, f"{(q := 3)}", [last := i for i in range(3)], last)
x: int = 1; obj = X(); obj.attr: str = "s"; x_list = [0]; x_list[0]: int = 5; print(__annotations__, obj.attr, x_list)
print(10_000, 0xFF_FF, 0b1_0, 1_0.0_1, 1e1_0, 0o1_7, 1_0j, 0_0, 00, 0e0)
print("a\
b", 'c' "d" 'e', """f
g""", '''h''', b'i' b"j", r"\n" "\n", u"k")
print("\a\b\f\v\0\1\12\123\x7f\u00e9\U0001f600\N{GREEK SMALL LETTER ALPHA}".encode("unicode_escape"))
