# Random operations on list, dict, set, deque, bytearray, str beside simple models written with other types.
import random
from collections import OrderedDict, deque
r = random.Random(2024)
def list_model(steps):
    a, b = [], ()
    for _ in range(steps):
        op, x, i, j = r.randrange(12), r.randrange(100), r.randrange(-12, 12), r.randrange(-12, 12)
        if op == 0: a.append(x); b = b + (x,)
        elif op == 1: a.insert(i, x); k = min(max(i + len(b) if i < 0 else i, 0), len(b)); b = b[:k] + (x,) + b[k:]
        elif op == 2 and a: assert a.pop() == b[-1]; b = b[:-1]
        elif op == 3 and a: k = r.randrange(len(a)); assert a.pop(k) == b[k]; b = b[:k] + b[k + 1:]
        elif op == 4: a[i:j] = [x, x + 1]; s = slice(i, j).indices(len(b)); b = b[:s[0]] + (x, x + 1) + b[max(s[0], s[1]):]
        elif op == 5: del a[i:j]; s = slice(i, j).indices(len(b)); b = b[:s[0]] + b[max(s[0], s[1]):]
        elif op == 6: a.reverse(); b = b[::-1]
        elif op == 7: a.sort(key=lambda v: v % 10); b = tuple(sorted(b, key=lambda v: v % 10))
        elif op == 8 and x in b: a.remove(x); k = b.index(x); b = b[:k] + b[k + 1:]
        elif op == 9: a += [x] * 3; b += (x,) * 3
        elif op == 10 and len(b) > 60: del a[::2]; b = b[1::2]
        elif op == 11: a *= 1; assert a[i:j] == list(b[i:j]) and a[::-1] == list(b[::-1]) and a[i::2] == list(b[i::2])
        assert len(a) == len(b) and tuple(a) == b, (op, a, b)
    return sum(a), len(a)
print([list_model(400) for _ in range(5)])
def dict_model(steps, keys):
    d, m = {}, []
    for _ in range(steps):
        op, k, v = r.randrange(9), r.choice(keys), r.randrange(1000)
        at = next((i for i, (q, _) in enumerate(m) if q == k), None)
        if op < 3:
            d[k] = v
            if at is None: m.append((k, v))
            else: m[at] = (m[at][0], v)
        elif op == 3: assert d.pop(k, None) == (None if at is None else m.pop(at)[1])
        elif op == 4 and m: assert d.popitem() == m.pop()
        elif op == 5:
            assert d.setdefault(k, v) == (v if at is None else m[at][1])
            if at is None: m.append((k, v))
        elif op == 6: assert d.get(k) == (None if at is None else m[at][1]) and (k in d) == (at is not None)
        elif op == 7 and at is not None: del d[k]; m.pop(at)
        elif op == 8 and len(m) > 50: d = dict(d); d = d.copy()
        assert list(d.items()) == m and len(d) == len(m)
    return len(d), sum(d.values())
KEYS = [list(range(40)), ["k%d" % i for i in range(40)], [i * 2**58 for i in range(30)], [i / 4 for i in range(30)], [(i, str(i)) for i in range(30)], [1, 1.0, True, "1", b"1", None, (), 2**70, -1, -2, 0, 0.0, False, "", frozenset([1]), 1j, int, ...], [i - 2**62 for i in range(20)] + ["é%d" % i for i in range(20)]]
print([dict_model(600, keys) for keys in KEYS])
def set_model(steps):
    s, m = set(), []
    for _ in range(steps):
        op, x = r.randrange(8), r.randrange(60)
        other = [r.randrange(60) for _ in range(5)]
        if op < 2:
            s.add(x)
            if x not in m: m.append(x)
        elif op == 2:
            s.discard(x)
            if x in m: m.remove(x)
        elif op == 3: s |= set(other); m += [o for i, o in enumerate(other) if o not in m and o not in other[:i]]
        elif op == 4: s -= set(other); m = [o for o in m if o not in other]
        elif op == 5: assert sorted(s & set(other)) == sorted({o for o in other if o in m}) and (s ^ s) == set()
        elif op == 6: assert (s <= s | {x}) and (x in s) == (x in m) and s.isdisjoint(other) == (not any(o in m for o in other))
        elif op == 7 and len(s) > 40: s ^= set(range(0, 60, 2)); m = [v for v in range(60) if (v in m) != (v % 2 == 0)]
        assert sorted(s) == sorted(m) and len(s) == len(m)
    return len(s), sum(s)
print([set_model(500) for _ in range(4)])
def deque_model(steps):
    d, m = deque(), []
    for _ in range(steps):
        op, x = r.randrange(8), r.randrange(100)
        if op < 2: d.append(x); m.append(x)
        elif op < 4: d.appendleft(x); m.insert(0, x)
        elif op == 4 and m: assert d.pop() == m.pop()
        elif op == 5 and m: assert d.popleft() == m.pop(0)
        elif op == 6 and m: k = x % 7 - 3; d.rotate(k); k %= len(m); m = m[-k:] + m[:-k] if k else m
        elif op == 7 and m: i = x % len(m); d[i] = -1; m[i] = -1; del d[i]; del m[i]
        assert list(d) == m
    return len(d), sum(d)
print([deque_model(800) for _ in range(3)])
def ordered_model(steps):
    o, m = OrderedDict(), {}
    for _ in range(steps):
        op, k = r.randrange(6), r.randrange(20)
        if op < 2: o[k] = op; m[k] = op
        elif op == 2: o.pop(k, 0); m.pop(k, 0)
        elif op == 3 and k in o: o.move_to_end(k); m[k] = m.pop(k)
        elif op == 4 and k in o: o.move_to_end(k, last=False); m = {k: m.pop(k), **m}
        elif op == 5 and o: k = o.popitem(last=False)[0]; del m[k]
        assert list(o.items()) == list(m.items()) and list(reversed(o)) == list(m)[::-1]
    return list(o)[:5]
print(ordered_model(800))
def bytes_model(steps):
    b, m = bytearray(), []
    for _ in range(steps):
        op, x, i = r.randrange(8), r.randrange(256), r.randrange(-9, 9)
        if op < 2: b.append(x); m.append(x)
        elif op == 2: b.insert(i, x); m.insert(i, x)
        elif op == 3: b[i:i + 2] = b"xyz"; m[i:i + 2] = [120, 121, 122]
        elif op == 4: del b[i:]; del m[i:]
        elif op == 5: b.extend(range(x % 5)); m.extend(range(x % 5))
        elif op == 6: b.reverse(); m.reverse()
        elif op == 7 and m: assert b.pop(0) == m.pop(0)
        assert list(b) == m and bytes(b) == bytes(m) and b.find(b"xy") == bytes(m).find(b"xy") and b == bytes(m)
    return len(b), sum(b)
print(bytes_model(800))
