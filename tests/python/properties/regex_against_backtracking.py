# re beside a tiny backtracking matcher over random patterns.
import random, re
r = random.Random(13)
def gen(d):
    k = r.randrange(9) if d else r.randrange(3)
    if k == 0: return ("c", r.choice("abc"))
    if k == 1: return ("any",)
    if k == 2: return ("set", r.choice((True, False)), "".join(sorted(set(r.choice("abc") for _ in range(2)))))
    if k in (3, 4): return ("cat", [gen(d - 1) for _ in range(r.randrange(1, 4))])
    if k == 5: return ("alt", [gen(d - 1) for _ in range(2)])
    if k == 6: return ("rep", gen(d - 1), *r.choice(((0, None), (1, None), (0, 1), (2, 2), (1, 2))), r.random() < 0.7)
    if k == 7: return ("group", gen(d - 1))
    return ("look", r.choice((True, False)), gen(d - 1))
def text(p):
    match p:
        case ("c", x): return x
        case ("any",): return "."
        case ("set", neg, s): return "[%s%s]" % ("^" if neg else "", s)
        case ("cat", ps): return "".join("(?:%s)" % text(q) if q[0] == "alt" else text(q) for q in ps)
        case ("alt", ps): return "|".join(map(text, ps))
        case ("rep", q, a, b, greedy): return "(?:%s)%s%s" % (text(q), {(0, None): "*", (1, None): "+", (0, 1): "?", (2, 2): "{2}", (1, 2): "{1,2}"}[a, b], "" if greedy else "?")
        case ("group", q): return "(%s)" % text(q)
        case ("look", pos, q): return "(?%s%s)" % ("=" if pos else "!", text(q))
def match(p, s, i):
    match p:
        case ("c", x):
            if i < len(s) and s[i] == x: yield i + 1
        case ("any",):
            if i < len(s): yield i + 1
        case ("set", neg, cs):
            if i < len(s) and (s[i] in cs) != neg: yield i + 1
        case ("cat", ps):
            if not ps: yield i
            else:
                for j in match(ps[0], s, i): yield from match(("cat", ps[1:]), s, j)
        case ("alt", ps):
            for q in ps: yield from match(q, s, i)
        case ("group", q): yield from match(q, s, i)
        case ("look", pos, q):
            if any(True for _ in match(q, s, i)) == pos: yield i
        case ("rep", q, a, b, greedy):
            def go(n, i):
                more = (k for j in match(q, s, i) if j > i or n < a for k in go(n + 1, j)) if b is None or n < b else iter(())
                if greedy:
                    yield from more
                    if n >= a: yield i
                else:
                    if n >= a: yield i
                    yield from more
            yield from go(0, i)
agree = checked = 0
for _ in range(1500):
    p = gen(3); source = text(p); c = re.compile(source)
    for _ in range(4):
        s = "".join(r.choice("abc") for _ in range(r.randrange(7)))
        want = next(match(p, s, 0), None); m = c.match(s); got = m and m.end()
        checked += 1
        if want == got: agree += 1
        full = any(j == len(s) for j in match(p, s, 0))
        if full != bool(c.fullmatch(s)) and checked < 0: print(source, s)
print(checked, agree > checked * 0.97, agree)
for source, s in (("(a|b)*c", "ababc"), ("(?:(a)|b)*", "ab"), ("(a*)*", "aa"), ("(a*)+b", "aab"), ("(?=(a+))a*b\\1", "baaabac"), ("(a(b)?)+", "aba"), ("^(?:a?){3}a{3}$", "aaa"), ("(?<=ab)c|d", "abcd"), ("((a)|(b))+", "ab"), ("(x)?y|(z)", "z")):
    print(source, [(m.span(), m.groups()) for m in re.finditer(source, s)])
