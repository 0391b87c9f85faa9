# Structural pattern matching.
def literal(x):
    match x:
        case 0: return "zero"
        case 1 | 2: return "one or two"
        case -1: return "minus one"
        case 1.5: return "float"
        case "text": return "str"
        case b"b": return "bytes"
        case None: return "none"
        case True: return "true"
        case 3+4j: return "complex"
        case "a" "b": return "joined"
        case _: return "other"


print([literal(v) for v in (0, 1, 2, -1, 1.5, "text", b"b", None, True, False, 3+4j, "ab", 99, 1.0)])


def sequence(x):
    match x:
        case []: return "empty"
        case [1]: return "just one"
        case [a]: return f"single {a}"
        case [1, b]: return f"one and {b}"
        case (a, [b, c]): return f"nested {a} {b} {c}"
        case [a, *_, "end"]: return f"to the end from {a}"
        case [a, b, *rest]: return f"{a} {b} rest {rest}"
        case _: return "no sequence"


for v in ([], [1], [5], [1, 2], (1, [2, 3]), [7, [8, 9]], [1, 2, 3, 4, "end"], (1, 2, 3), "abc", b"ab", {1: 2}, range(3), iter([1]), bytearray(b"a")):
    print(sequence(v) if not hasattr(v, "__next__") else sequence(v))


def mapping(x):
    match x:
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"type": "rect", "w": w, "h": h, **rest}: return f"rect {w}x{h} {rest}"
        case {1: _, 2: two}: return f"two={two}"
        case {"nested": {"deep": [a, b]}}: return f"{a},{b}"
        case {}: return "any mapping"
        case _: return "not a mapping"


for v in ({"type": "circle", "r": 1}, {"type": "rect", "w": 1, "h": 2, "c": "red"}, {1: 1, 2: 3}, {"nested": {"deep": (4, 5)}}, {}, {"x": 1}, []):
    print(mapping(v))


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Other:
    pass


def classes(x):
    match x:
        case Point(0, 0): return "origin"
        case Point(0, y=y): return f"on y at {y}"
        case Point(x=x, y=0): return f"on x at {x}"
        case Point(x, y) if x == y: return f"diagonal {x}"
        case Point(): return "a point"
        case int(n) if n > 100: return f"big {n}"
        case int() | float(): return "number"
        case str(s): return f"str {s}"
        case [Point(x, _), Point(y=yy)]: return f"points {x} {yy}"
        case bool(): return "never"
        case list([a, b]): return f"list {a} {b}"
        case dict(): return "dict"
        case _: return "?"


for v in (Point(0, 0), Point(0, 5), Point(5, 0), Point(3, 3), Point(1, 2), 101, 5, 2.5, "s", [Point(1, 2), Point(3, 4)], True, [1, 2], {}, None):
    print(classes(v))


class Colors:
    RED = 1
    GREEN = 2


def values(x):
    match x:
        case Colors.RED: return "red"
        case Colors.GREEN: return "green"
        case captured: return f"captured {captured}"


print(values(1), values(2), values(3))


def as_patterns(x):
    match x:
        case [(1 | 2) as first, *_] as whole: return first, whole
        case {"k": (str() | int()) as v}: return v
        case (a, b) as pair if a == b: return "equal pair", pair
        case _: return None


print(as_patterns([1, 5]), as_patterns({"k": "v"}), as_patterns({"k": []}), as_patterns([3, 3]), as_patterns([3, 4]))
match 1, 2:
    case a, b:
        print(a, b)
match [1, 2, 3]:
    case [*everything]:
        print(everything)
match {"a": 1}:
    case {"a": x, **kw}:
        print(x, kw)
match = 5
case = 6
_ = 7
print(match, case, _)
match match:
    case 5:
        print("soft keywords")
match (1, 2):
    case (1, x) | (x, 1):
        print("or binds", x)
guards = []


def guard(v):
    guards.append(v)
    return False


match 5:
    case x if guard("first"): pass
    case x if guard("second"): pass
print(guards, x)
for source in ("match 1:\n case x: pass\n case _: pass", "match 1:\n case a | b: pass", "match 1:\n case [a, a]: pass", "match 1:\n case {**r, 'a': 1}: pass", "match 1:\n case Point(x=1, x=2): pass", "match 1:\n case 1+1: pass", "match 1:\n case [*a, *b]: pass", "match 1:\n case _ | 1: pass", "match 1:\n case f(): pass\n", "match 1:\n case {'a': 1, 'a': 2}: pass", "match 1:\n case (x as _): pass", "match 1:\n case x.y(): pass", "match 1:\n case -x: pass", "match 1:\n case {a: 1}: pass"):
    try:
        exec(source)
        print("ok")
    except Exception as error:
        print(type(error).__name__, getattr(error, "msg", error))
for pattern in ("int(1, 2)", "Point(1, 2, 3)", "Other(1)", "Point(1, x=2)", "five(1)"):
    five = 5
    try:
        exec(f"match Point(1, 2) if 'Point' in '{pattern}' else (Other() if 'Other' in '{pattern}' else 5):\n case {pattern}: pass")
        print("no error")
    except Exception as error:
        print(type(error).__name__, error)
import collections
match collections.OrderedDict(a=1):
    case {"a": 1}: print("ordered dict")
match collections.deque([1, 2]):
    case [1, 2]: print("deque")
