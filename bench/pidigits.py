# Digits of pi: big integers growing without bound.
import sys


def digits(n):
    k, a, b, a1, b1 = 2, 4, 1, 12, 4
    while n:
        p, q, k = k * k, 2 * k + 1, k + 1
        a, b, a1, b1 = a1, b1, p * a + q * a1, p * b + q * b1
        d, d1 = a // b, a1 // b1
        while d == d1 and n:
            yield d
            n -= 1
            a, a1 = 10 * (a % b), 10 * (a1 % b1)
            d, d1 = a // b, a1 // b1


def main(n):
    text = "".join(map(str, digits(n)))
    print(text[:30], text[-30:], sum(map(int, text)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5500)
