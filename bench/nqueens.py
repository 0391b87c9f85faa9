# Queens that do not attack each other: permutations by generators, sets.
import sys


def permutations(pool):
    n = len(pool)
    indices = list(range(n))
    cycles = list(range(n, 0, -1))
    yield tuple(pool)
    while n:
        for i in reversed(range(n)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple(pool[k] for k in indices)
                break
        else:
            return


def queens(n):
    columns = range(n)
    for order in permutations(columns):
        if n == len(set(order[i] + i for i in columns)) == len(set(order[i] - i for i in columns)):
            yield order


def main(n):
    found = list(queens(n))
    print(n, len(found), found[0], found[-1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
