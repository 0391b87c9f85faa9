# json: dumps and loads of nested records, pretty printing, sorted keys, custom encoding.
import json
import sys


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, set):
            return sorted(value)
        return super().default(value)


def record(i):
    return {"id": i, "name": "user %d" % i, "tags": ["a", "b\n", "é%d" % (i % 7)], "score": i / 7,
            "active": i % 2 == 0, "parent": None,
            "address": {"street": "Main \"St\" %d" % i, "zip": [i, i + 1], "geo": {"lat": i * 0.01, "lon": -i * 0.02}}}


def main(n):
    data = [record(i) for i in range(n)]
    text = json.dumps(data)
    again = json.loads(text)
    print(len(text), again == data, text[:60])
    print(len(json.dumps(data[:n // 5], indent=2)), len(json.dumps(data, sort_keys=True, separators=(",", ":"))))
    print(json.dumps({"s": {3, 1, 2}, "f": [1e100, 1.5, float("inf")], "u": "\u2028é😀"}, cls=Encoder,
                     ensure_ascii=False))
    total = 0
    for line in [json.dumps(r) for r in data]:
        total += len(json.loads(line)["address"]["street"])
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9000)
