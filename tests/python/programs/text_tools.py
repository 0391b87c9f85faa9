# Templates, parsing of INI, CSV and URLs by hand, word wrap, diff, justified columns, Markdown table, expression evaluator.
import re
def template(t, **v): return re.sub(r"\{\{\s*(\w+)(?:\|(\w+))?\s*\}\}", lambda m: getattr(str(v.get(m[1], "?")), m[2] or "__str__")(), t)
print(template("Hi {{ name|title }}, {{n}} {{missing}} {{ name|upper }}", name="ada l", n=3))
def ini(text):
    out, cur = {}, None
    for n, line in enumerate(text.splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line: continue
        if m := re.fullmatch(r"\[(.+)\]", line): cur = out.setdefault(m[1], {})
        elif "=" in line and cur is not None: k, _, v = line.partition("="); cur[k.strip()] = v.strip()
        else: raise ValueError(f"line {n}: {line!r}")
    return out
print(ini("[a]\nx = 1 # c\ny=z = w\n\n[b]\n"))
try: ini("x=1")
except ValueError as e: print(e)
def csv_line(s):
    out, cur, q, i = [], "", False, 0
    while i < len(s):
        c = s[i]
        if q:
            if c == '"' and s[i + 1:i + 2] == '"': cur += '"'; i += 1
            elif c == '"': q = False
            else: cur += c
        elif c == '"': q = True
        elif c == ",": out.append(cur); cur = ""
        else: cur += c
        i += 1
    return out + [cur]
print(csv_line('a,"b,c","d""e",,f'))
def wrap(text, width):
    line, out = "", []
    for w in text.split():
        if line and len(line) + 1 + len(w) > width: out.append(line); line = w
        else: line = f"{line} {w}".strip()
    return out + [line] * bool(line)
for l in wrap("The quick brown fox jumps over the lazy dog and runs away", 20): print(f"|{l:<20}|{l:^20}|{l:>20}|")
def justify(l, w):
    words = l.split()
    if len(words) == 1: return l
    gap, extra = divmod(w - sum(map(len, words)), len(words) - 1)
    return "".join(x + " " * (gap + (i < extra)) for i, x in enumerate(words[:-1])) + words[-1]
print([justify(l, 20) for l in wrap("The quick brown fox jumps over the lazy dog", 20)])
def diff(a, b):
    n, m = len(a), len(b); t = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1): t[i][j] = t[i + 1][j + 1] + 1 if a[i] == b[j] else max(t[i + 1][j], t[i][j + 1])
    i = j = 0; out = []
    while i < n and j < m:
        if a[i] == b[j]: out.append(" " + a[i]); i += 1; j += 1
        elif t[i + 1][j] >= t[i][j + 1]: out.append("-" + a[i]); i += 1
        else: out.append("+" + b[j]); j += 1
    return out + ["-" + x for x in a[i:]] + ["+" + x for x in b[j:]]
print(diff("a b c d e".split(), "a x c e f".split()))
def table(rows):
    w = [max(len(str(r[i])) for r in rows) for i in range(len(rows[0]))]
    return "\n".join(" | ".join(f"{v:>{n}}" if isinstance(v, (int, float)) else f"{v:<{n}}" for v, n in zip(r, w)) for r in rows)
print(table([("name", "n", "share"), ("apple", 5, 0.25), ("kiwi", 12345, 1 / 3)]))
class Calc:
    def __init__(self, s): self.t = re.findall(r"\d+\.?\d*|[-+*/()^]|\w+", s); self.i = 0
    def peek(self): return self.t[self.i] if self.i < len(self.t) else None
    def next(self): self.i += 1; return self.t[self.i - 1]
    def expr(self, p=0):
        left = self.atom()
        while (o := self.peek()) in "+-*/^" and o and {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}[o] > p - (o == "^"):
            self.next(); r = self.expr({"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}[o] - (o == "^"))
            left = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "^": lambda a, b: a ** b}[o](left, r)
        return left
    def atom(self):
        t = self.next()
        if t == "(": v = self.expr(); self.next(); return v
        if t == "-": return -self.expr(2)
        return float(t) if "." in t else int(t)
class Safe(Calc):
    def peek(self): return super().peek() or ""
print([Safe(s).expr() for s in ("1+2*3", "(1+2)*3", "2^3^2", "10-4-3", "-2*3+10", "8/2/2", "2*(3+4)^2-1")])
def humanize(n):
    for u in ("B", "KB", "MB", "GB"):
        if n < 1024: return f"{n:.1f} {u}".replace(".0", "")
        n /= 1024
    return f"{n:.1f} TB"
print([humanize(n) for n in (0, 1023, 1024, 1536, 5 * 2**30, 2**45)], "".join(reversed("abc")), " ".join(w[::-1] for w in "hello world".split()), sorted("The quick brown".split(), key=str.lower), "racecar"[::-1] == "racecar", {c: "mississippi".count(c) for c in "misp"})
print("\n".join(f"{i:>2} x {j} = {i * j:<3}" for i in range(9, 11) for j in (1, 9)), "%s|%-5s|%5s|%05.1f|%x" % ("a", "b", "c", 3.14159, 255), "{:>{w}}|{:^{w}}|{:<{w}}".format("r", "c", "l", w=5))
