# Sudoku by constraint propagation and search: dicts of strings, recursion, comprehensions.
import sys

DIGITS, ROWS, COLUMNS = "123456789", "ABCDEFGHI", "123456789"
CELLS = [r + c for r in ROWS for c in COLUMNS]
UNITS = ([[r + c for r in ROWS] for c in COLUMNS] + [[r + c for c in COLUMNS] for r in ROWS] +
         [[r + c for r in rs for c in cs] for rs in ("ABC", "DEF", "GHI") for cs in ("123", "456", "789")])
UNITS_OF = {cell: [unit for unit in UNITS if cell in unit] for cell in CELLS}
PEERS = {cell: set(sum(UNITS_OF[cell], [])) - {cell} for cell in CELLS}
PUZZLES = [
    "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
    "52...6.........7.13...........4..8..6......5...........418.........3..2...87.....",
    "6.....8.3.4.7.................5.4.7.3..2.....1.6.......2.....5.....8.6......1....",
    "48.3............71.2.......7.5....6....2..8.............1.76...3.....4......5....",
    "....14....3....2...7..........9...3.6.1.............8.2.....1.4....5.6.....7.8...",
    "......52..8.4......3...9...5.1...6..2..7........3.....6...1..........7.4.......3.",
]


def assign(values, cell, digit):
    others = values[cell].replace(digit, "")
    return values if all(eliminate(values, cell, d) for d in others) else None


def eliminate(values, cell, digit):
    if digit not in values[cell]:
        return values
    values[cell] = values[cell].replace(digit, "")
    if not values[cell]:
        return None
    if len(values[cell]) == 1:
        last = values[cell]
        if not all(eliminate(values, peer, last) for peer in PEERS[cell]):
            return None
    for unit in UNITS_OF[cell]:
        places = [c for c in unit if digit in values[c]]
        if not places:
            return None
        if len(places) == 1 and not assign(values, places[0], digit):
            return None
    return values


def search(values):
    if values is None:
        return None
    if all(len(values[c]) == 1 for c in CELLS):
        return values
    _, cell = min((len(values[c]), c) for c in CELLS if len(values[c]) > 1)
    for digit in values[cell]:
        found = search(assign(values.copy(), cell, digit))
        if found:
            return found
    return None


def solve(text):
    values = {c: DIGITS for c in CELLS}
    for cell, digit in zip(CELLS, text):
        if digit in DIGITS and not assign(values, cell, digit):
            return None
    return search(values)


def answer_text(puzzle):
    solved = solve(puzzle)
    return "".join(solved[c] for c in CELLS)


def main(rounds):
    for _ in range(rounds):
        for puzzle in PUZZLES:
            solved = solve(puzzle)
    print("".join(solved[c] for c in CELLS))
    print([sum(int(digit) * (i + 1) for i, digit in enumerate(answer)) for answer in map(answer_text, PUZZLES)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
