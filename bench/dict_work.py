# Dictionaries: counting, grouping, inversion, deletion, integer, string and tuple keys.
import sys


def main(n):
    counts = {}
    x = 12345
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        key = x % 5000
        counts[key] = counts.get(key, 0) + 1
    print(len(counts), max(counts.values()), min(counts.values()))
    groups = {}
    for key, count in counts.items():
        groups.setdefault(count % 10, []).append(key)
    print(sorted((k, len(v)) for k, v in groups.items()))
    names = {"name%d" % i: i for i in range(n // 10)}
    total = 0
    for i in range(0, n // 10, 3):
        total += names["name%d" % i]
    inverse = {v: k for k, v in names.items()}
    for i in range(0, n // 10, 2):
        del inverse[i]
    print(total, len(inverse), inverse[1])
    grid = {}
    for i in range(n // 5):
        grid[i % 100, i // 100 % 50] = i
    print(len(grid), sum(grid.values()), (3, 4) in grid, (200, 1) in grid)
    merged = {**counts, **{k + 5000: v for k, v in counts.items()}}
    while len(merged) > 100:
        merged.popitem()
    print(len(merged), sum(merged))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 900000)
