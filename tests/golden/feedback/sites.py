# What the sites of a warm function record: kinds of operands, shapes, targets, jumps.


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return self.x * self.x + self.y * self.y


class Named:
    def __init__(self, x):
        self.name = "n"
        self.x = x

    def norm(self):
        return 1


def double(value):
    return value * 2


def work(things, texts):
    total = 0
    for i, thing in enumerate(things):
        if thing.x > 2:
            total += thing.norm()
        else:
            total -= double(thing.x)
        total = total * 1.5 + len(texts[i % 2])
        made = Point(i, total)
        made.x = texts
    return -total


points = [Point(i, 2) for i in range(6)] + [Named(5), Named(1)]
for _ in range(6):
    result = work(points, ["ab", "c"])
print(result)
