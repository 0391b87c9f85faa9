# Dynamic programming: edit distance, longest common subsequence, knapsack, coin change.
import sys


def distance(a, b):
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (x != y)))
        previous = current
    return previous[-1]


def common(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                table[i + 1][j + 1] = table[i][j] + 1
            else:
                left, up = table[i + 1][j], table[i][j + 1]
                table[i + 1][j + 1] = left if left > up else up
    i, j, out = len(a), len(b), []
    while i and j:
        if table[i][j] == table[i - 1][j]:
            i -= 1
        elif table[i][j] == table[i][j - 1]:
            j -= 1
        else:
            out.append(a[i - 1])
            i, j = i - 1, j - 1
    return "".join(reversed(out))


def knapsack(items, capacity):
    best = [0] * (capacity + 1)
    for weight, value in items:
        for c in range(capacity, weight - 1, -1):
            candidate = best[c - weight] + value
            if candidate > best[c]:
                best[c] = candidate
    return best[capacity]


def coins(amount, kinds):
    ways = [1] + [0] * amount
    for k in kinds:
        for i in range(k, amount + 1):
            ways[i] += ways[i - k]
    return ways[amount]


def main(n):
    a = "".join(chr(97 + i * i % 26) for i in range(n))
    b = "".join(chr(97 + (i * 7 + 3) % 26) for i in range(n))
    print(distance(a, b), len(common(a, b)), common(a, b)[:20])
    print(knapsack([(i * 7 % 23 + 1, i * 13 % 37 + 5) for i in range(60)], n * 5),
          coins(n * 60, (1, 2, 5, 10, 20, 50, 100, 200)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 650)
