# Flips of permutations: small-integer list work, slices.
import sys


def fannkuch(n):
    counts = list(range(1, n + 1))
    permutation = list(range(n))
    most = checksum = index = 0
    r = n
    while True:
        while r != 1:
            counts[r - 1] = r
            r -= 1
        if permutation[0] != 0:
            flipped = permutation[:]
            flips = 0
            first = flipped[0]
            while first:
                flipped[:first + 1] = flipped[first::-1]
                flips += 1
                first = flipped[0]
            if flips > most:
                most = flips
            checksum += -flips if index & 1 else flips
        while True:
            if r == n:
                return checksum, most
            permutation.insert(r, permutation.pop(0))
            counts[r] -= 1
            if counts[r] > 0:
                break
            r += 1
        r += 0
        index += 1


def main(n):
    print(n, *fannkuch(n))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
