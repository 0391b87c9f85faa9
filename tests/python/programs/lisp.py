# A small Lisp interpreter.
import math, operator as op
def tokenize(s): return s.replace("(", " ( ").replace(")", " ) ").split()
def read(tokens):
    t = tokens.pop(0)
    if t == "(":
        out = []
        while tokens[0] != ")": out.append(read(tokens))
        tokens.pop(0)
        return out
    for kind in (int, float):
        try: return kind(t)
        except ValueError: pass
    return t
class Env(dict):
    def __init__(self, names=(), values=(), outer=None): super().__init__(zip(names, values)); self.outer = outer
    def find(self, n):
        if n in self: return self
        if self.outer is None: raise NameError(n)
        return self.outer.find(n)
GLOBAL = Env()
GLOBAL.update({"+": lambda *a: sum(a), "-": op.sub, "*": op.mul, "/": op.truediv, "<": op.lt, "=": op.eq, "car": lambda x: x[0], "cdr": lambda x: x[1:], "cons": lambda a, b: [a] + b, "list": lambda *a: list(a), "null?": lambda x: x == [], "length": len, "sqrt": math.sqrt, "max": max})
def evaluate(x, env=GLOBAL):
    while True:
        if isinstance(x, str): return env.find(x)[x]
        if not isinstance(x, list): return x
        match x:
            case ["quote", e]: return e
            case ["if", t, a, b]: x = a if evaluate(t, env) else b
            case ["define", n, e]: env[n] = evaluate(e, env); return None
            case ["set!", n, e]: env.find(n)[n] = evaluate(e, env); return None
            case ["lambda", ps, body]: return ("closure", ps, body, env)
            case ["begin", *es, last]:
                for e in es: evaluate(e, env)
                x = last
            case [f, *args]:
                f, args = evaluate(f, env), [evaluate(a, env) for a in args]
                if isinstance(f, tuple): x, env = f[2], Env(f[1], args, f[3])
                else: return f(*args)
for line in """(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))
(fact 30)
(define map (lambda (f l) (if (null? l) (quote ()) (cons (f (car l)) (map f (cdr l))))))
(map (lambda (x) (* x x)) (list 1 2 3 4))
(define count (lambda (n acc) (if (= n 0) acc (count (- n 1) (+ acc n)))))
(count 5000 0)
(begin (define x 1) (set! x (+ x 1)) (* x 10))
(define make (lambda (n) (lambda () (begin (set! n (+ n 1)) n))))
(define c (make 5))
(c)
(c)
(sqrt (/ 9 4))
(undefined 1)
((lambda (a b) (list b a)) 1 2.5)""".splitlines():
    try: print(line, "=>", evaluate(read(tokenize(line))))
    except Exception as e: print(line, "=>", type(e).__name__, e)
