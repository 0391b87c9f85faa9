# Conway's game of life on a set of cells and on a grid.
import collections
import sys

GLIDER = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
ACORN = {(0, 0), (1, 0), (1, -2), (3, -1), (4, 0), (5, 0), (6, 0)}


def step_set(cells):
    counts = collections.Counter((x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx
                                 or dy)
    return {cell for cell, n in counts.items() if n == 3 or (n == 2 and cell in cells)}


def step_grid(grid):
    height, width = len(grid), len(grid[0])
    out = []
    for y in range(height):
        above, row, below = grid[y - 1], grid[y], grid[(y + 1) % height]
        new = []
        for x in range(width):
            left, right = x - 1, (x + 1) % width
            n = above[left] + above[x] + above[right] + row[left] + row[right] + below[left] + below[x] + below[right]
            new.append(1 if n == 3 or (n == 2 and row[x]) else 0)
        out.append(new)
    return out


def main(steps):
    cells = {(x + 40, y) for x, y in GLIDER} | ACORN
    for _ in range(steps):
        cells = step_set(cells)
    print(len(cells), min(cells), max(cells))
    grid = [[0] * 64 for _ in range(48)]
    for x, y in ACORN:
        grid[y + 20][x + 30] = 1
    for _ in range(steps):
        grid = step_grid(grid)
    print(sum(map(sum, grid)), "".join(".#"[c] for c in grid[20]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 450)
