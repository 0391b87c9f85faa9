# while with break, continue, else.
i = 0
while i < 3:
    print(i)
    i += 1
else:
    print("done", i)
while True:
    i += 1
    if i % 2:
        continue
    if i > 8:
        break
    print("even", i)
else:
    print("never")
print(i)
while 0:
    print("never")
else:
    print("else of an empty loop")
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
a, b = 0, 1
while a < 100:
    print(a, end=" ")
    a, b = b, a + b
print()
outer = 0
while outer < 3:
    inner = 0
    while True:
        if inner == outer:
            break
        inner += 1
    outer += 1
    print(outer, inner)
stack = [1, [2, [3, 4]], 5]
flat = []
while stack:
    item = stack.pop()
    if isinstance(item, list):
        stack.extend(item)
    else:
        flat.append(item)
print(flat)


def search(limit):
    k = 0
    while k < limit:
        try:
            k += 1
            if k == 2:
                continue
            if k == 4:
                break
            print("try", k)
        finally:
            print("finally", k)
    else:
        return "exhausted"
    return "broken"


print(search(3))
print(search(9))
x = 10
while (x := x - 3) > 0:
    print(x)
