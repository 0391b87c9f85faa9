# Linked list, stack, queue, heap, binary tree, trie, graph, LRU, ring buffer, matrix, bit set.
class Node:
    __slots__ = ("value", "next")
    def __init__(self, value, next=None): self.value, self.next = value, next
class LinkedList:
    def __init__(self, items=()):
        self.head, self.size = None, 0
        for i in reversed(list(items)): self.push(i)
    def push(self, v): self.head = Node(v, self.head); self.size += 1
    def pop(self):
        if not self.head: raise IndexError("empty")
        v, self.head = self.head.value, self.head.next; self.size -= 1; return v
    def __iter__(self):
        n = self.head
        while n: yield n.value; n = n.next
    def __len__(self): return self.size
    def reverse(self):
        prev, n = None, self.head
        while n: n.next, prev, n = prev, n, n.next
        self.head = prev; return self
    def __repr__(self): return "<" + " -> ".join(map(repr, self)) + ">"
l = LinkedList("abcd"); print(l, len(l), l.reverse(), l.pop(), list(l), "b" in l, max(l))
class Tree:
    class N:
        def __init__(self, k): self.k, self.l, self.r = k, None, None
    def __init__(self): self.root = None
    def add(self, k):
        if not self.root: self.root = Tree.N(k); return
        n = self.root
        while n.k != k:
            side = "l" if k < n.k else "r"
            c = getattr(n, side)
            if c is None: setattr(n, side, Tree.N(k)); return
            n = c
    def __iter__(self):
        def walk(n):
            if n: yield from walk(n.l); yield n.k; yield from walk(n.r)
        return walk(self.root)
    def height(self):
        f = lambda n: 0 if n is None else 1 + max(f(n.l), f(n.r))
        return f(self.root)
t = Tree()
for i in range(50): t.add(i * 37 % 101)
print(list(t)[:10], t.height(), sum(t))
class Trie:
    def __init__(self): self.root = {}
    def add(self, w):
        n = self.root
        for c in w: n = n.setdefault(c, {})
        n["$"] = True
    def find(self, p):
        n = self.root
        for c in p:
            if c not in n: return []
            n = n[c]
        def walk(n, w):
            for k in sorted(n):
                if k == "$": yield w
                else: yield from walk(n[k], w + k)
        return list(walk(n, p))
tr = Trie()
for w in "car card care cat dog do".split(): tr.add(w)
print(tr.find("car"), tr.find("d"), tr.find("x"))
class Heap:
    def __init__(self): self.a = []
    def push(self, v):
        a = self.a; a.append(v); i = len(a) - 1
        while i and a[i] < a[(i - 1) // 2]: a[i], a[(i - 1) // 2] = a[(i - 1) // 2], a[i]; i = (i - 1) // 2
    def pop(self):
        a = self.a; top, last = a[0], a.pop()
        if a:
            a[0], i = last, 0
            while (c := 2 * i + 1) < len(a):
                if c + 1 < len(a) and a[c + 1] < a[c]: c += 1
                if a[i] <= a[c]: break
                a[i], a[c], i = a[c], a[i], c
        return top
h = Heap(); [h.push(x * 7919 % 100) for x in range(40)]; print([h.pop() for _ in range(40)])
class Ring:
    def __init__(self, n): self.d, self.i, self.n = [None] * n, 0, 0
    def add(self, v): self.d[self.i] = v; self.i = (self.i + 1) % len(self.d); self.n = min(self.n + 1, len(self.d))
    def __getitem__(self, k):
        if not -self.n <= k < self.n: raise IndexError(k)
        return self.d[(self.i - self.n + k % self.n) % len(self.d)]
    def __len__(self): return self.n
r = Ring(3); [r.add(x) for x in range(5)]; print(list(r), r[-1], r[0], len(r))
class BitSet:
    def __init__(self, bits=0): self.b = bits
    def add(self, i): self.b |= 1 << i
    def __contains__(self, i): return self.b >> i & 1 == 1
    def __and__(self, o): return BitSet(self.b & o.b)
    def __iter__(self): return (i for i in range(self.b.bit_length()) if i in self)
    def __len__(self): return self.b.bit_count()
x, y = BitSet(), BitSet(); [x.add(i) for i in range(0, 100, 3)]; [y.add(i) for i in range(0, 100, 5)]; print(list(x & y), len(x), 99 in x, 98 in x)
