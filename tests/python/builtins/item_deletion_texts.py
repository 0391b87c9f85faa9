# What `del o[i]` says of types without item deletion depends on whether they look like sequences.
class A: pass
class B:
    def __index__(self): return 3
for o in (1, 'a', (1,), None, A(), range(3), {1}, len, b'a', {}.keys(), 1.5, type, frozenset()):
    for i in (0, 'x', 10**30, B()):
        try: del o[i]
        except Exception as e: print(type(o).__name__, type(i).__name__, type(e).__name__, e)
