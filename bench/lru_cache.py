# Caches: an OrderedDict, a linked list with a dict, functools.lru_cache.
import collections
import functools
import sys


class OrderedCache:
    def __init__(self, size):
        self.size = size
        self.items = collections.OrderedDict()
        self.hits = 0

    def get(self, key, make):
        try:
            self.items.move_to_end(key)
            self.hits += 1
            return self.items[key]
        except KeyError:
            value = self.items[key] = make(key)
            if len(self.items) > self.size:
                self.items.popitem(last=False)
            return value


class Link:
    __slots__ = ("key", "value", "before", "after")


class LinkedCache:
    def __init__(self, size):
        self.size = size
        self.table = {}
        self.root = Link()
        self.root.before = self.root.after = self.root
        self.hits = 0

    def get(self, key, make):
        link = self.table.get(key)
        if link is not None:
            self.hits += 1
            link.before.after, link.after.before = link.after, link.before
        else:
            if len(self.table) >= self.size:
                oldest = self.root.after
                del self.table[oldest.key]
                self.root.after, oldest.after.before = oldest.after, self.root
            link = Link()
            link.key, link.value = key, make(key)
            self.table[key] = link
        last = self.root.before
        last.after = self.root.before = link
        link.before, link.after = last, self.root
        return link.value


@functools.lru_cache(maxsize=500)
def cached(key):
    return key * key


@functools.lru_cache(maxsize=None)
def paths(a, b):
    return 1 if a == 0 or b == 0 else paths(a - 1, b) + paths(a, b - 1)


def main(n):
    ordered, linked = OrderedCache(500), LinkedCache(500)
    x, total = 5, 0
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        key = x % 300 if x & 512 else x // 512 % 5000
        total += ordered.get(key, lambda k: k * k) - linked.get(key, lambda k: k * k) + cached(key)
    print(total, ordered.hits, linked.hits, cached.cache_info().hits, paths(80, 90))
    recent = collections.deque(maxlen=100)
    for i in range(n):
        recent.append(i * i % 1009)
    print(sum(recent), recent[0])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200000)
