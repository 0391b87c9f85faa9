# Huffman codes: building them, writing and reading bits, move to front.
import heapq
import sys


class BitWriter:
    def __init__(self):
        self.data = bytearray()
        self.buffer = 0
        self.count = 0

    def write(self, value, width):
        self.buffer = self.buffer << width | value
        self.count += width
        while self.count >= 8:
            self.count -= 8
            self.data.append(self.buffer >> self.count & 255)
        self.buffer &= (1 << self.count) - 1

    def finish(self):
        if self.count:
            self.write(0, 8 - self.count)
        return bytes(self.data)


class BitReader:
    def __init__(self, data):
        self.data = data
        self.position = 0
        self.buffer = 0
        self.count = 0

    def bit(self):
        if self.count == 0:
            self.buffer = self.data[self.position]
            self.position += 1
            self.count = 8
        self.count -= 1
        return self.buffer >> self.count & 1


def huffman(data):
    counts = {}
    for byte in data:
        counts[byte] = counts.get(byte, 0) + 1
    heap = [(n, symbol, symbol) for symbol, n in counts.items()]
    heapq.heapify(heap)
    serial = 256
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (a[0] + b[0], serial, (a[2], b[2])))
        serial += 1
    codes = {}

    def walk(tree, code, width):
        if isinstance(tree, tuple):
            walk(tree[0], code << 1, width + 1)
            walk(tree[1], code << 1 | 1, width + 1)
        else:
            codes[tree] = code, max(width, 1)
    walk(heap[0][2], 0, 0)
    return heap[0][2], codes


def move_to_front(data):
    symbols, out = list(range(256)), bytearray()
    for byte in data:
        index = symbols.index(byte)
        out.append(index)
        if index:
            symbols.insert(0, symbols.pop(index))
    return out


def main(n):
    text = b"the quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs. "
    data = bytes(text[i * i % len(text)] for i in range(n))
    moved = move_to_front(data)
    tree, codes = huffman(moved)
    writer = BitWriter()
    for byte in moved:
        writer.write(*codes[byte])
    packed = writer.finish()
    reader, out = BitReader(packed), bytearray()
    for _ in range(n):
        node = tree
        while isinstance(node, tuple):
            node = node[reader.bit()]
        out.append(node)
    print(len(data), len(packed), out == moved, sum(packed), sorted(codes.items())[:3])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 250000)
