# Arithmetic in loops across every boundary of representation; fast paths must agree with slow ones.
EDGES = [2**k + d for k in (8, 15, 16, 30, 31, 32, 52, 53, 59, 60, 61, 62, 63, 64, 100) for d in (-1, 0, 1)]
EDGES += [-e for e in EDGES] + [0, 1, -1, 3, -7]
check = 0
for a in EDGES:
    for b in EDGES:
        s, d, p = a + b, a - b, a * b
        check = (check * 31 + s % 1000003 + d % 999983 + p % 1000033) % (2**61 - 1)
        assert s - b == a and d + b == a, (a, b)
        if b:
            q, r = divmod(a, b)
            assert q * b + r == a and (r == 0 or (r < 0) == (b < 0)), (a, b)
            assert a // b == q and a % b == r
            check = (check + q % 1009 * 7 + r % 1013) % (2**61 - 1)
        assert (a & b) + (a | b) == a + b and (a ^ b) == (a | b) - (a & b), (a, b)
        assert (a < b) == (d < 0) and (a == b) == (d == 0) and (a >= b) != (a < b)
        assert (a < b) is (float(a) < float(b)) or abs(a) > 2**52
    for k in (0, 1, 5, 31, 32, 61, 62, 63, 64, 70):
        assert (a << k) >> k == a and a << k == a * 2**k and a >> k == a // 2**k, (a, k)
    assert -(-a) == a and ~a == -a - 1 and abs(a) == (a if a >= 0 else -a) and +a == a
    assert int(str(a)) == a and int(hex(a), 16) == a and eval(repr(a)) == a
    assert hash(a) == hash(int(str(a))) and {a: 1}[a] == 1 and a in {a}
print(check)
x = 1
for i in range(70):
    x = x * 2 + 1
    print(x, x - 2**i, -x, end=" ")
print()
x = 2**62 - 5
for _ in range(10):
    x += 1
    print(x, end=" ")
for _ in range(10):
    x -= 1
    print(x, end=" ")
print()
n, total = 0, 0
while n < 100:
    total += n * 2**55
    n += 1
print(total, total // 2**55)
x = -2**60
for _ in range(5):
    x *= 3
    print(x, x // 7, x % 7, end=" ")
print()
f, acc = 1.0, 0
for i in range(50):
    f *= 1.5
    acc += int(f)
print(f, acc, int(f) // 3, f // 3, f % 7)
print(sum(range(10**6)), sum([2**61] * 10), sum([2**62 - 1, 1, -1]), max(2**62, 2**62 - 1), sorted([2**63, -2**63, 0, 2**61]))
print([2**62 // k for k in range(1, 6)], [-2**62 // k for k in range(1, 6)], [2**62 % k for k in range(1, 6)])
print(1 << 61, 1 << 62, 1 << 63, -1 << 61, -1 << 62, -1 << 63, (1 << 62) - (1 << 61), 3 << 60, -3 << 60)
print(4611686018427387903 * 2, 3037000500**2, 2147483648 * 2147483648, -2147483648 * 4294967296, 9007199254740993 * 1.0, 9007199254740993 + 0.0)
