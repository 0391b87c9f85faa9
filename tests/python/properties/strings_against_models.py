# String operations beside naive versions, over alphabets of every width.
import random
r = random.Random(77)
def naive_find(s, t):
    for i in range(len(s) - len(t) + 1):
        if list(s[i:i + len(t)]) == list(t): return i
    return -1
def naive_replace(s, a, b):
    out, i = "", 0
    while i < len(s):
        if s[i:i + len(a)] == a: out += b; i += len(a)
        else: out += s[i]; i += 1
    return out
digest = 0
for alphabet in ("ab", "aé", "a日é", "a😀日é", "xyzXYZ ", "aA\u0130ß\u01c4\u03a3 ", "0١²½a"):
    for _ in range(300):
        s = "".join(r.choice(alphabet) for _ in range(r.randrange(40)))
        t = "".join(r.choice(alphabet) for _ in range(r.randrange(1, 4)))
        assert s.find(t) == naive_find(s, t) and (t in s) == (naive_find(s, t) >= 0)
        assert s.rfind(t) == (-1 if naive_find(s[::-1], t[::-1]) < 0 else len(s) - len(t) - naive_find(s[::-1], t[::-1]))
        assert s.replace(t, "<>") == naive_replace(s, t, "<>") and s.count(t) == len(s.split(t)) - 1
        assert t.join(s.split(t)) == s and "".join(s.partition(t)) == s and s.rpartition(t)[::-1][0] == s.rsplit(t, 1)[-1]
        assert s.encode("utf-8").decode("utf-8") == s and s.encode("utf-16").decode("utf-16") == s and s.encode("utf-32-le").decode("utf-32-le") == s and s.encode("unicode_escape").decode("unicode_escape") == s and s.encode("utf-7").decode("utf-7") == s
        assert eval(repr(s)) == s and eval(ascii(s)) == s and len(s + t) == len(s) + len(t) and (s + t).startswith(s) and (s + t).endswith(t) and (s + t)[len(s):] == t
        assert "".join(reversed(s)) == s[::-1] and "".join(sorted(s)) == "".join(sorted(s[::-1])) and hash(s) == hash("".join(list(s))) and {s: 1}["".join(c for c in s)] == 1
        assert (s < t) == ([ord(c) for c in s] < [ord(c) for c in t]) and (s == t) == (list(s) == list(t))
        for f in (str.upper, str.lower, str.title, str.swapcase, str.casefold, str.capitalize, str.split, str.splitlines, str.isalpha, str.isdigit, str.isupper, str.isspace, str.istitle, str.strip):
            digest = (digest * 31 + sum(ord(c) for c in str(f(s)))) % 1000000007
        i, j, k = r.randrange(-45, 45), r.randrange(-45, 45), r.choice((-3, -2, -1, 1, 2, 3))
        assert s[i:j:k] == "".join(list(s)[i:j:k])
print(digest)
text = ""
pieces = []
for i in range(3000):
    p = r.choice(("a", "bc", "é", "日本", "😀", ""))
    text += p
    pieces.append(p)
    if i % 500 == 0: assert text == "".join(pieces)
print(len(text), text.count("日"), text[-10:], hash(text) == hash("".join(pieces)))
b = bytes(r.randrange(256) for _ in range(3000))
for errors in ("replace", "ignore", "backslashreplace", "surrogateescape"):
    for codec in ("utf-8", "ascii", "utf-16-le", "utf-32-be", "utf-7", "cp1252", "utf-8-sig"):
        try: d = b[:2999 if "16" not in codec else 3000].decode(codec, errors); print(codec, errors, len(d), sum(map(ord, d)) % 100003)
        except UnicodeError as e: print(codec, errors, type(e).__name__, str(e)[:80])
print(b.decode("latin-1").encode("latin-1") == b, b.decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape") == b)
