# Spectral norm of an infinite matrix: calls, generator expressions, float division.
import sys


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    n = range(len(v))
    return [sum(element(i, j) * v[j] for j in n) for i in n]


def transposed_times(v):
    n = range(len(v))
    return [sum(element(j, i) * v[j] for j in n) for i in n]


def main(n):
    u = [1.0] * n
    for _ in range(6):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    dot = sum(a * b for a, b in zip(u, v))
    square = sum(a * a for a in v)
    print("%.9f" % (dot / square) ** 0.5)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 260)
