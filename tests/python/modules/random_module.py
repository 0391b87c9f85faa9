import random
r = random.Random(42)
print([r.random() for _ in range(3)], [r.randint(1, 100) for _ in range(5)], r.randrange(0, 100, 7), r.choice("abcdef"), r.getrandbits(70), r.uniform(1, 2))
x = list(range(10)); r.shuffle(x); print(x, r.sample(range(100), 5), r.choices("ab", k=5), r.choices([1, 2], weights=[1, 9], k=5))
print(r.gauss(0, 1), r.normalvariate(0, 1), r.expovariate(1), r.betavariate(1, 2), r.gammavariate(1, 2), r.triangular(), r.paretovariate(1), r.weibullvariate(1, 1), r.vonmisesvariate(0, 1), r.lognormvariate(0, 1))
s = r.getstate(); a = r.random(); r.setstate(s); print(a == r.random(), len(s[1]))
for seed in (0, 1, -5, 2**100, "text", b"bytes", 1.5, None.__class__.__name__, bytearray(b"x")):
    print(repr(seed), random.Random(seed).random(), random.Random(seed).getrandbits(32))
random.seed(7); print(random.random(), random.randint(0, 10), r.randbytes(4), random.Random(5).randbytes(3))
for f in (lambda: r.choice([]), lambda: r.randint(5, 1), lambda: r.randrange(0), lambda: r.sample([1], 2), lambda: random.seed([]), lambda: r.getrandbits(-1), lambda: r.choices([]), lambda: r.sample({1}, 1), lambda: r.setstate((1,)), lambda: r.randrange(1.5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(sorted(random.Random(1).sample(range(10**12), 3)), random.Random(3).randrange(2**80))
