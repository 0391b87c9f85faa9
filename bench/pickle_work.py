# pickle: containers, shared references, instances, protocols; copy.deepcopy.
import copy
import pickle
import sys


class Node:
    def __init__(self, value, children):
        self.value = value
        self.children = children


class State:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __getstate__(self):
        return (self.a, self.b)

    def __setstate__(self, state):
        self.a, self.b = state

    def __reduce__(self):
        return (State, (self.a, self.b))


def tree(depth, shared):
    return Node(depth, [tree(depth - 1, shared) for _ in range(3)] if depth else shared)


def count(node):
    return 1 + sum(count(c) for c in node.children if isinstance(c, Node))


def main(n):
    data = [{"id": i, "text": "x%d" % i, "f": i / 3, "t": (i, None, True), "s": {i, i + 1}, "b": b"%d" % i,
             "big": 1 << (i % 200)} for i in range(n)]
    for protocol in range(2, 6):
        raw = pickle.dumps(data, protocol)
        print(protocol, len(raw), pickle.loads(raw) == data)
    shared = ["leaf"]
    root = tree(7, shared)
    again = pickle.loads(pickle.dumps(root))
    print(count(root), count(again), count(copy.deepcopy(root)))
    states = [State(i, [i]) for i in range(n)]
    print(sum(s.a + s.b[0] for s in pickle.loads(pickle.dumps(states))))
    print(copy.deepcopy(data[:n // 4]) == data[:n // 4], len({id(x)
                                                              for x in pickle.loads(pickle.dumps([shared] * 10))}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
