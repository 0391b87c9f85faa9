# Sorting, searching, number theory, strings, combinatorics.
import random
def quick(a): return a if len(a) < 2 else quick([x for x in a[1:] if x < a[0]]) + [a[0]] + quick([x for x in a[1:] if x >= a[0]])
def insertion(a):
    a = a[:]
    for i in range(1, len(a)):
        j, v = i, a[i]
        while j and a[j - 1] > v: a[j] = a[j - 1]; j -= 1
        a[j] = v
    return a
def radix(a):
    for s in range(0, 32, 4):
        b = [[] for _ in range(16)]
        for v in a: b[v >> s & 15].append(v)
        a = [v for c in b for v in c]
    return a
def shell(a):
    a, gap = a[:], len(a) // 2
    while gap:
        for i in range(gap, len(a)):
            j = i
            while j >= gap and a[j - gap] > a[j]: a[j], a[j - gap] = a[j - gap], a[j]; j -= gap
        gap //= 2
    return a
data = random.Random(3).sample(range(10000), 300)
print(all(f(data) == sorted(data) for f in (quick, insertion, radix, shell)))
def binary(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x: lo = mid + 1
        else: hi = mid
    return lo
print([binary([1, 3, 5, 7], x) for x in range(9)])
def gcd(a, b):
    while b: a, b = b, a % b
    return a
def egcd(a, b): return (a, 1, 0) if b == 0 else (lambda g, x, y: (g, y, x - a // b * y))(*egcd(b, a % b))
def factor(n):
    out, p = [], 2
    while p * p <= n:
        while n % p == 0: out.append(p); n //= p
        p += 1
    return out + [n] * (n > 1)
print(gcd(1071, 462), egcd(240, 46), factor(600851475143), factor(2**32 - 1), [n for n in range(2, 60) if all(n % d for d in range(2, n))])
def roman(n):
    out = ""
    for v, s in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        while n >= v: out += s; n -= v
    return out
print([roman(n) for n in (4, 1999, 2024, 3888)])
def kmp(t, p):
    fail, k = [0] * len(p), 0
    for i in range(1, len(p)):
        while k and p[k] != p[i]: k = fail[k - 1]
        if p[k] == p[i]: k += 1
        fail[i] = k
    k = 0
    for i, c in enumerate(t):
        while k and p[k] != c: k = fail[k - 1]
        if p[k] == c: k += 1
        if k == len(p): yield i - k + 1; k = fail[k - 1]
print(list(kmp("abababcabab", "abab")))
def perms(a): return [[]] if not a else [[x] + p for i, x in enumerate(a) for p in perms(a[:i] + a[i + 1:])]
def subsets(a): return [[]] if not a else (lambda r: r + [[a[0]] + s for s in r])(subsets(a[1:]))
def partitions(n, m=None):
    m = m or n
    return 1 if n == 0 else sum(partitions(n - k, k) for k in range(1, min(n, m) + 1))
print(len(perms(list("abcde"))), perms([1, 2, 3]), subsets([1, 2, 3]), [partitions(n) for n in range(1, 15)])
def queens(n, row=0, cols=0, d1=0, d2=0):
    if row == n: return 1
    return sum(queens(n, row + 1, cols | 1 << c, d1 | 1 << row + c, d2 | 1 << row - c + n) for c in range(n) if not (cols >> c & 1 or d1 >> row + c & 1 or d2 >> row - c + n & 1))
print([queens(n) for n in range(1, 8)])
def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append((s[i], j - i)); i = j
    return out
print(rle("aaabccdddd"), "".join(c * n for c, n in rle("aabbb")), "".join(chr((ord(c) - 97 + 13) % 26 + 97) if c.isalpha() else c for c in "uryyb jbeyq"))
def collatz(n): 
    k = 0
    while n != 1: n = n // 2 if n % 2 == 0 else 3 * n + 1; k += 1
    return k
print(max(range(1, 3000), key=collatz), sum(map(collatz, range(1, 500))))
def fib_matrix(n):
    def mul(a, b): return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
    r, m = [[1, 0], [0, 1]], [[1, 1], [1, 0]]
    while n:
        if n & 1: r = mul(r, m)
        m, n = mul(m, m), n >> 1
    return r[0][1]
print(fib_matrix(10), fib_matrix(300))
def simpson(f, a, b, n=100):
    h = (b - a) / n
    return h / 3 * (f(a) + f(b) + 4 * sum(f(a + i * h) for i in range(1, n, 2)) + 2 * sum(f(a + i * h) for i in range(2, n, 2)))
import math
print(round(simpson(math.sin, 0, math.pi), 9), round(simpson(lambda x: x * x, 0, 3), 9))
def newton(f, x): 
    for _ in range(50):
        d = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6; x -= f(x) / d
    return x
print(round(newton(lambda x: x * x - 2, 1.0), 9))
