def check(a, b, c):
    if not a and (b or c is not None):
        return a < b <= c
    x = a or b and c
    if 0:
        dead()
    while True:
        if a in {1, 2}: break
    y = 1 if a else "%s-%r" % (a, b)
    del x
    return x, y, 60 * 60 + 1, (1, "two", 3.0), -a
