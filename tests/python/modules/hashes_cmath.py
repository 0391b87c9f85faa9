# hashlib without OpenSSL, _blake2's parameters, cmath and statistics' accelerator.
import _sha3
import cmath
import hashlib
import statistics

for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
             "blake2b", "blake2s"):
    h = hashlib.new(name)
    for size in (0, 1, 63, 64, 65, 127, 128, 129, 300):
        h.update(bytes(i % 251 for i in range(size)))
    print(name, h.name, h.digest_size, h.block_size, h.hexdigest())
    other = h.copy()
    other.update(b"x")
    print(h.digest() == other.digest(), len(other.digest()))
for name in ("shake_128", "shake_256"):
    h = getattr(_sha3, name)(b"abc")
    print(name, h.hexdigest(50), h.digest(0), h.digest_size, h.block_size)
    try:
        h.digest(-1)
    except ValueError as error:
        print(error)

print(hashlib.blake2b(b"data", digest_size=20, key=b"k" * 64, salt=b"salt", person=b"person").hexdigest())
print(hashlib.blake2s(b"data", fanout=2, depth=3, leaf_size=4096, node_offset=7, node_depth=1, inner_size=32,
                      last_node=True).hexdigest())
print(hashlib.blake2b.MAX_KEY_SIZE, hashlib.blake2s.SALT_SIZE, hashlib.blake2s.PERSON_SIZE)
for call in (lambda: hashlib.blake2b(digest_size=0), lambda: hashlib.blake2s(key=b"k" * 33),
             lambda: hashlib.blake2b(salt=b"s" * 17), lambda: hashlib.blake2s(depth=0),
             lambda: hashlib.blake2s(node_offset=1 << 48), lambda: hashlib.blake2b(leaf_size=-1),
             lambda: hashlib.blake2b("text"), lambda: _sha3.sha3_256(1)):
    try:
        print(call())
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__, error)

for function in (cmath.sqrt, cmath.exp, cmath.sin, cmath.atan, cmath.log, cmath.acosh):
    print(function.__name__, [function(z) for z in (1 + 2j, -3.5, 0.25j, True)])
print(cmath.log(8, 2), cmath.polar(3 + 4j), cmath.rect(2, 0), cmath.phase(-1))
print(cmath.isclose(1 + 1j, 1 + 1.0000000001j), cmath.isinf(complex("inf")), cmath.infj, cmath.nanj)


class Number:
    def __complex__(self):
        return 3 + 4j


print(abs(cmath.sqrt(Number())))
for call in (lambda: cmath.log(0), lambda: cmath.exp(1000), lambda: cmath.sqrt("x"), lambda: cmath.log(2, 1)):
    try:
        print(call())
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__, error)
normal = statistics.NormalDist(100, 15)
print([normal.inv_cdf(p) for p in (1e-300, 1e-5, 0.1, 0.5, 0.8, 0.999999)], normal.quantiles(5))
