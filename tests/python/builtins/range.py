from _show import show
big = 2**70
show("""
range(5), range(1, 5), range(0, 10, 3), range(10, 0, -2), list(range(0)), list(range(5, 0)), len(range(0, 10, 3)), range(5).start, range(5).stop, range(1, 2, 3).step
range(10)[3], range(10)[-1], range(10)[2:5], range(10)[::-1], range(0, 20, 2)[1:4], range(10)[5:2], range(10)[100:], list(range(10, 0, -3)), range(big, big + 3)[1], len(range(big, big + 5))
range(5)[5]
range(5)['a']
range(1.5)
range('a')
range(1, 2, 0)
range()
len(range(2**64))
3 in range(5), 5 in range(5), 2.0 in range(5), 1.5 in range(5), 'a' in range(5), 4 in range(0, 10, 3), -1 in range(5), True in range(2), big in range(big + 1), 6 in range(10, 0, -2)
range(5).index(3), range(0, 10, 2).index(4), range(5).count(3), range(5).count(9), range(5).count(2.0)
range(5).index(9)
range(5).index('a')
range(5) == range(0, 5), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), range(5) == [0, 1, 2, 3, 4], hash(range(5)) == hash(range(0, 5, 1)), range(5) != range(6)
range(5) < range(6)
range(5) + range(3)
list(reversed(range(5))), list(reversed(range(0, 10, 3))), reversed(range(0)), sum(range(101)), max(range(5)), min(range(5, 0, -1)), bool(range(0)), bool(range(1)), sorted(range(3, 0, -1)), tuple(range(3)), set(range(3)), list(zip(range(3), range(5, 8)))
repr(range(1, 10, 2)), str(range(5)), list(range(-3, 3)), [*range(3)], dict(enumerate(range(2))), range(True), range(0, -5, -1)[-1], list(range(2**62 - 1, 2**62 + 2))
""", globals())
for i in range(2**63 - 1, 2**63 + 2): print(i)
r = range(10); it = iter(r); next(it); print(it.__length_hint__(), list(it), next(it, "end"))
import pickle; print(pickle.loads(pickle.dumps(range(1, 10, 2))), pickle.loads(pickle.dumps(iter(range(3)))).__next__())
try: r.start = 5
except AttributeError as e: print(e)
try:
    class R(range): pass
except TypeError as e: print(e)
