"""Makes and solves mazes: maze.py [WIDTH HEIGHT SEED]"""
import collections
import heapq
import random
import sys

WALL, OPEN, PATH = "█", " ", "·"


class Maze:
    def __init__(self, width, height, seed):
        self.width, self.height = width * 2 + 1, height * 2 + 1
        self.cells = [[WALL] * self.width for _ in range(self.height)]
        self.random = random.Random(seed)
        self.carve()

    def carve(self):
        stack = [(1, 1)]
        self.cells[1][1] = OPEN
        while stack:
            x, y = stack[-1]
            steps = [(dx, dy) for dx, dy in ((2, 0), (-2, 0), (0, 2), (0, -2))
                     if 0 < x + dx < self.width and 0 < y + dy < self.height and self.cells[y + dy][x + dx] == WALL]
            if not steps:
                stack.pop()
                continue
            dx, dy = self.random.choice(steps)
            self.cells[y + dy // 2][x + dx // 2] = OPEN
            self.cells[y + dy][x + dx] = OPEN
            stack.append((x + dx, y + dy))
        for _ in range(self.width * self.height // 40):
            x, y = self.random.randrange(1, self.width - 1), self.random.randrange(1, self.height - 1)
            self.cells[y][x] = OPEN

    def neighbours(self, place):
        x, y = place
        for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            if self.cells[y + dy][x + dx] != WALL:
                yield x + dx, y + dy

    def breadth_first(self, start, goal):
        before, queue = {start: None}, collections.deque([start])
        while queue:
            place = queue.popleft()
            if place == goal:
                return self.walk_back(before, goal), len(before)
            for other in self.neighbours(place):
                if other not in before:
                    before[other] = place
                    queue.append(other)
        return None, len(before)

    def a_star(self, start, goal):
        def guess(place):
            return abs(place[0] - goal[0]) + abs(place[1] - goal[1])
        before, cost, heap = {start: None}, {start: 0}, [(guess(start), start)]
        while heap:
            _, place = heapq.heappop(heap)
            if place == goal:
                return self.walk_back(before, goal), len(before)
            for other in self.neighbours(place):
                candidate = cost[place] + 1
                if candidate < cost.get(other, 1 << 30):
                    cost[other], before[other] = candidate, place
                    heapq.heappush(heap, (candidate + guess(other), other))
        return None, len(before)

    @staticmethod
    def walk_back(before, place):
        path = []
        while place is not None:
            path.append(place)
            place = before[place]
        return path[::-1]

    def show(self, path=()):
        marked = set(path)
        return "\n".join("".join(PATH if (x, y) in marked else cell for x, cell in enumerate(row)) for y,
                         row in enumerate(self.cells))


def main(width, height, seed):
    maze = Maze(width, height, seed)
    start, goal = (1, 1), (maze.width - 2, maze.height - 2)
    path, seen = maze.breadth_first(start, goal)
    other, fewer = maze.a_star(start, goal)
    print(maze.show(path))
    print(f"{len(path)} steps; breadth-first looked at {seen} cells, A* at {fewer}; same length: {len(path) == len(other)}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word != "--demo"]
    main(*(numbers or (24, 9, 2008)))
