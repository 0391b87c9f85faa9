# Lists: append, pop, slices, comprehension, reversal, two-dimensional indexing, bubble and merge sort.
import sys


def bubble(items):
    n = len(items)
    for i in range(n):
        for j in range(n - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


def merge_sort(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    out = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            out.append(left[i])
            i += 1
        else:
            out.append(right[j])
            j += 1
    return out + left[i:] + right[j:]


def main(n):
    data = [(i * 7919 + 13) % n for i in range(n)]
    print(sum(bubble(data[:600])[::50]), sum(merge_sort(data)[::1000]))
    stack = []
    for x in data:
        stack.append(x)
        if x % 3 == 0:
            stack.pop()
        if x % 5 == 0 and stack:
            stack.pop()
    print(len(stack), sum(stack))
    rows = [[i * j % 10 for j in range(300)] for i in range(300)]
    turned = [[rows[i][j] for i in range(300)] for j in range(300)]
    print(sum(turned[5]), sum(sum(row) for row in turned))
    rotated = data
    for k in range(20):
        rotated = rotated[k * 100:] + rotated[:k * 100]
    print(rotated[:5], [x for x in rotated if x % 997 == 0][:5], len(list(reversed(rotated))))
    window = [0] * 100
    for x in data:
        window[x % 100] += x
    print(window[:5])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100000)
