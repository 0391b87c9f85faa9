# Factorials, Fibonacci numbers, modular powers, gcd, conversion to text and back.
import math
import sys


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def is_probable_prime(n):
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23):
        if n % a == 0:
            return n == a
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def main(n):
    sys.set_int_max_str_digits(0)
    f = factorial(n)
    g = fibonacci(n * 10)
    print(len(str(f)), len(str(g)), str(f)[:20], str(g)[-20:], f.bit_length(), f % 1000000007)
    print(int(str(g)) == g, math.gcd(f, g), hex(g)[-10:], g >> (g.bit_length() - 40), (f // g) % 10**9,
          (f - g) & 0xFFFFFFFF)
    print([p for p in range(10**15, 10**15 + 300) if is_probable_prime(p)])
    print(is_probable_prime(2**521 - 1), is_probable_prime(2**607 + 1), pow(3, g, 10**18 + 9), math.isqrt(f) % 10**12)
    total = 0
    for i in range(1, n * 20):
        total += (i << 64) // (i + 1) ^ i
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11000)
