# The chaos game along spline curves: small float classes with operators, random numbers.
import math
import random
import sys


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def __abs__(self):
        return math.sqrt(self.x * self.x + self.y * self.y)

    def towards(self, other, share):
        return self * (1 - share) + other * share


def bezier(points, t):
    while len(points) > 1:
        points = [a.towards(b, t) for a, b in zip(points, points[1:])]
    return points[0]


def main(n):
    source = random.Random(1234)
    corners = [Vector(math.cos(k * 2 * math.pi / 3), math.sin(k * 2 * math.pi / 3)) for k in range(3)]
    point, grid = Vector(0.1, 0.1), [[0] * 40 for _ in range(40)]
    for _ in range(n):
        point = point.towards(source.choice(corners), 0.5)
        grid[int((point.y + 1) * 20) % 40][int((point.x + 1) * 20) % 40] += 1
    print(sum(1 for row in grid for c in row if c), max(max(row) for row in grid))
    control = [Vector(source.random(), source.random()) for _ in range(4)]
    length, last = 0.0, control[0]
    for i in range(1, n // 12):
        here = bezier(control, i / (n // 12))
        length += abs(here - last)
        last = here
    print("%.6f" % length)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 160000)
