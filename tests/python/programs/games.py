# Tic-tac-toe by minimax, guess the number, hangman, dice statistics, tower of Hanoi, knight's tour, mastermind, cards.
import random
from functools import lru_cache
from itertools import product
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]
@lru_cache(maxsize=None)
def best(board, me):
    for a, b, c in LINES:
        if board[a] != "." and board[a] == board[b] == board[c]: return (1 if board[a] == me else -1), None
    free = [i for i, c in enumerate(board) if c == "."]
    if not free: return 0, None
    other = "O" if me == "X" else "X"
    return max(((-best(board[:i] + me + board[i + 1:], other)[0], i) for i in free), key=lambda t: (t[0], -t[1]))
b, turn = ".........", "X"
while (move := best(b, turn)[1]) is not None: b = b[:move] + turn + b[move + 1:]; turn = "O" if turn == "X" else "X"
print(b, best.cache_info().currsize)
def guess(secret, lo=1, hi=1000):
    n = 0
    while True:
        n += 1; g = (lo + hi) // 2
        if g == secret: return n
        lo, hi = (g + 1, hi) if g < secret else (lo, g - 1)
print(max(guess(s) for s in range(1, 1001)), sum(guess(s) for s in range(1, 1001)))
def hangman(word, guesses):
    seen, lives = set(), 5
    for g in guesses:
        seen.add(g); lives -= g not in word
        shown = "".join(c if c in seen else "_" for c in word)
        if lives == 0 or "_" not in shown: break
    return shown, lives
print(hangman("python", "etaoinshrpy"), hangman("viper", "abcdfghjk"))
r = random.Random(99); rolls = [r.randint(1, 6) + r.randint(1, 6) for _ in range(2000)]
print({n: rolls.count(n) for n in range(2, 13)})
def hanoi(n, a="A", b="B", c="C"):
    if n: yield from hanoi(n - 1, a, c, b); yield a + c; yield from hanoi(n - 1, b, a, c)
print(list(hanoi(3)), sum(1 for _ in hanoi(10)))
def knight(n, start=(0, 0)):
    seen, path = {start}, [start]
    def moves(p): return [(p[0] + a, p[1] + b) for a, b in ((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)) if 0 <= p[0] + a < n and 0 <= p[1] + b < n and (p[0] + a, p[1] + b) not in seen]
    while len(path) < n * n:
        options = moves(path[-1])
        if not options: return len(path)
        p = min(options, key=lambda q: (len(moves(q)), q)); seen.add(p); path.append(p)
    return path
tour = knight(6); print(tour if isinstance(tour, int) else (len(tour), tour[:5]))
def score(s, g): exact = sum(a == b for a, b in zip(s, g)); return exact, sum(min(s.count(c), g.count(c)) for c in set(g)) - exact
codes = ["".join(p) for p in product("123456", repeat=4)]
def mastermind(secret):
    left, n = codes, 0
    while True:
        n += 1; g = left[len(left) // 2]
        if g == secret: return n
        sc = score(secret, g); left = [c for c in left if score(c, g) == sc and c != g]
print([mastermind(s) for s in ("1111", "1234", "6543", "2562")])
deck = [v + s for s in "♠♥♦♣" for v in "A23456789TJQK"]; random.Random(5).shuffle(deck); hands = [sorted(deck[i::4][:5], key=lambda c: ("23456789TJQKA".index(c[0]), c[1])) for i in range(4)]; print(hands)
def rank(h): 
    from collections import Counter
    c = sorted(Counter(x[0] for x in h).values(), reverse=True); return "flush" if len({x[1] for x in h}) == 1 else {(4, 1): "four", (3, 2): "full house", (3, 1, 1): "three", (2, 2, 1): "two pair", (2, 1, 1, 1): "pair"}.get(tuple(c), "high")
print([rank(h) for h in hands], rank(["A♠", "A♥", "A♦", "2♠", "2♥"]))
def life(cells): 
    n = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy: n[x + dx, y + dy] = n.get((x + dx, y + dy), 0) + 1
    return {c for c, k in n.items() if k == 3 or k == 2 and c in cells}
g = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for _ in range(8): g = life(g)
print(sorted(g))
