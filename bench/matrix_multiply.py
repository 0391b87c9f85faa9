# Matrices as lists of lists: multiplication, transposition, elimination, with ints and floats.
import sys


def multiply(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def multiply_by_index(a, b):
    n, m, p = len(a), len(b), len(b[0])
    out = [[0] * p for _ in range(n)]
    for i in range(n):
        row, target = a[i], out[i]
        for k in range(m):
            x, other = row[k], b[k]
            for j in range(p):
                target[j] += x * other[j]
    return out


def determinant(matrix):
    m = [row[:] for row in matrix]
    n, result = len(m), 1.0
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(m[r][i]))
        if pivot != i:
            m[i], m[pivot] = m[pivot], m[i]
            result = -result
        result *= m[i][i]
        for r in range(i + 1, n):
            factor = m[r][i] / m[i][i]
            for c in range(i, n):
                m[r][c] -= factor * m[i][c]
    return result


def main(n):
    a = [[(i * j) % 17 + 1 for j in range(n)] for i in range(n)]
    b = [[(i + 2 * j) % 13 - 6 for j in range(n)] for i in range(n)]
    c, d = multiply(a, b), multiply_by_index(a, b)
    print(c == d, sum(map(sum, c)), c[3][5])
    f = [[1.0 / (i + j + 1) + (i == j) for j in range(n)] for i in range(n)]
    print("%.6e" % determinant(f), "%.6f" % sum(map(sum, multiply(f, f))))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 110)
