# Random numbers: text and back, division laws, formatting, mixed comparison, hashing, conversion.
import math, random, struct
from fractions import Fraction
r = random.Random(5)
digest = 0
def note(x):
    global digest
    digest = (digest * 1000003 + sum(x.encode())) % (2**61 - 1)
for _ in range(3000):
    f = struct.unpack("<d", r.getrandbits(64).to_bytes(8, "little"))[0]
    if f != f: continue
    assert float(repr(f)) == f and float.fromhex(f.hex()) == f and (math.isinf(f) or float("%.17g" % f) == f)
    note(repr(f)); note("%.6e" % f); note("%g" % f); note(format(f, ".3g")); note(format(f, ".10e"))
    if not math.isinf(f):
        n, d = f.as_integer_ratio()
        assert n / d == f and hash(f) == hash(Fraction(n, d)) and int(f) == (abs(n) // d) * (1 if n > 0 else -1)
        if abs(f) < 1e200: note("%f" % f); note(repr(round(f, 3))); note(repr(round(f / 1e100, 2)))
for _ in range(3000):
    f = r.uniform(-1000, 1000)
    note(repr(f)); note("%.2f" % f); note(f"{f:,.4f}"); note(repr(round(f, 2))); note(str(round(f))); note(str(f // 7)); note(repr(f % 7)); note(repr(divmod(f, -3.5))); note(repr(math.floor(f)) + repr(math.ceil(f)))
    assert float(str(f)) == f and abs(math.fmod(f, 3) - f + 3 * math.trunc(f / 3)) < 1e-9
print(digest)
for bits in (10, 61, 62, 63, 64, 65, 128, 200, 1000, 5000):
    for _ in range(60):
        a = r.getrandbits(bits) * r.choice((1, -1)); b = r.getrandbits(r.choice((5, 62, 64, bits))) * r.choice((1, -1)) or 1
        q, m = divmod(a, b)
        assert q * b + m == a and abs(m) < abs(b) and (m == 0 or (m < 0) == (b < 0))
        assert int(str(a)) == a and int(hex(a), 0) == a and int(oct(a), 0) == a and int(bin(a), 0) == a and int.from_bytes(a.to_bytes(bits // 8 + 2, "big", signed=True), "big", signed=True) == a
        assert (a * b) // b == a and (a + b) * (a - b) == a * a - b * b and (a & b) + (a | b) == a + b and ~a == -a - 1
        assert math.gcd(a, b) == math.gcd(b, a % b) and a % math.gcd(a, b) == 0 and math.isqrt(a * a) == abs(a) and pow(a, 3) == a * a * a
        assert pow(a, 5, abs(b) + 1) == a**5 % (abs(b) + 1) and (a << 13) >> 13 == a and a.bit_length() == len(bin(abs(a))) - 2 * (a != 0) - (a == 0) * 3
        note(str(a * b)); note(str(a // b)); note(hex(a ^ b))
        if bits < 1000:
            x = float(a)
            assert (x < a) == (int(x) < a) and (x == a) == (int(x) == a) and hash(x) == hash(int(x))
            note(repr(a / b)); note(repr(x))
print(digest)
halves = [k / 2 for k in range(-9, 10)]
print([round(h) for h in halves], ["%.0f" % h for h in halves], [round(h * 10, -1) for h in halves], [f"{h:.0f}" for h in halves])
print([round(v, 2) for v in (2.675, 1.005, 0.125, 0.375, 1e16, 123456.785, -2.5, 5e-3)], [round(n, -2) for n in (149, 150, 151, 250, 350, -150, 10**20 + 50)])
for s in ("1e400", "-1e400", "1e-400", "0.1e1", "1_0.5", "1.7976931348623158e308", "1.7976931348623159e308", "2.2250738585072011e-308", "4.9e-324", "2.4e-324", "2.5e-324", "9007199254740993", "0.1" + "0" * 500 + "1", "1" * 400, "." + "0" * 400 + "5", "179769313486231580793e289", "5e-324", "1e23", "8.5e22"):
    print(s[:30], repr(float(s)))
