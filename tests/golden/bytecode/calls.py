def call(f, a, *rest, **named):
    f()
    f(a, 1, key=2)
    a.method(f(a), x=a.y.z)
    f(*rest, **named)
    f(a, *rest, b=1, **named)
    return f(a)(a).b[0]
