def sieve(limit):
    flags = [True] * limit
    i = 2
    while i * i < limit:
        if flags[i]:
            for k in range(i * i, limit, i):
                flags[k] = False
        i += 1
    return [i for i, prime in enumerate(flags) if prime]


def find(pairs, wanted):
    for key, value in pairs.items():
        if key is None or value < 0:
            continue
        if key == wanted:
            break
    else:
        return None
    return value
