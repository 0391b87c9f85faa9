# Lists and buffers of many pages grow by moving pages: contents, aliases and young items survive it.
import gc, io

items = []
for i in range(60000):
    items.append((i,) if i % 100 == 0 else i)
print(all(items[i] == ((i,) if i % 100 == 0 else i) for i in range(60000)))
both = list(items)
both.extend(both)
print(both[:60000] == items, both[60000:] == items)
items[10:10] = items
print(len(items), items[9:13], items[-1])
many = [[] for _ in range(10)]
for turn in range(100):
    for one in many:
        one.extend([(turn,)] * 100)
    if turn % 25 == 0:
        gc.collect()
print(all(one[i] == (i // 100,) for one in many for i in range(0, 10000, 97)))
data = bytearray(b"abc" * 10000)
data.extend(data)
data[5:5] = data
print(len(data), data[:12], data.count(b"abc"))
for i in range(60000):
    data.append(i & 255)
print(data[-3:])
text, raw = io.StringIO(), io.BytesIO()
for i in range(20000):
    text.write("x%d\n" % i)
    raw.write(b"y%d\n" % i)
text.write("\xe9" * 20000)
text.write("\u4e00" * 20000)
print(text.getvalue().split("\n")[12345], len(text.getvalue()), raw.getvalue().split(b"\n")[12345])
growing = [0] * 4000
for item in growing:
    if len(growing) < 60000:
        growing.append(1)
print(len(growing), sum(growing))
