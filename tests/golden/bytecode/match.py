def area(shape):
    match shape:
        case [] | None:
            return 0
        case Circle(r) | Ball(radius=r) if r > 0:
            return 3 * r ** 2
        case {"width": w, "height": h, **rest}:
            return w * h
        case [x, *_, (1 | 2) as y]:
            return x + y
        case _:
            return -1
