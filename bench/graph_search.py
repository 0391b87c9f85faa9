# Dijkstra with a heap, breadth-first search with a deque, topological order, union-find on generated graphs.
import collections
import heapq
import sys


def make_graph(n):
    graph = {i: [] for i in range(n)}
    x = 7
    for i in range(n):
        for _ in range(4):
            x = (x * 1103515245 + 12345) & 0x7FFFFFFF
            graph[i].append((x % n, x // n % 100 + 1))
        graph[i].append(((i + 1) % n, 50))
    return graph


def dijkstra(graph, start):
    distance = {start: 0}
    queue = [(0, start)]
    done = set()
    while queue:
        d, node = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        for other, weight in graph[node]:
            candidate = d + weight
            if other not in distance or candidate < distance[other]:
                distance[other] = candidate
                heapq.heappush(queue, (candidate, other))
    return distance


def breadth_first(graph, start):
    level = {start: 0}
    queue = collections.deque([start])
    while queue:
        node = queue.popleft()
        for other, _ in graph[node]:
            if other not in level:
                level[other] = level[node] + 1
                queue.append(other)
    return level


class UnionFind:
    def __init__(self, n):
        self.parent = list(range(n))

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        self.parent[a] = b
        return True


def spanning_tree(graph):
    edges = sorted((w, a, b) for a, targets in graph.items() for b, w in targets)
    sets = UnionFind(len(graph))
    return sum(w for w, a, b in edges if sets.union(a, b))


def main(n):
    graph = make_graph(n)
    distance = dijkstra(graph, 0)
    level = breadth_first(graph, 0)
    print(len(distance), max(distance.values()), sum(distance.values()))
    print(len(level), max(level.values()), collections.Counter(level.values()).most_common(2), spanning_tree(graph))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25000)
