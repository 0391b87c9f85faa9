# package: lark
from lark import Lark, Transformer
grammar = '?start: sum\n?sum: product | sum "+" product -> add\n?product: atom | product "*" atom -> mul\n?atom: NUMBER -> number | "(" sum ")"\n%import common.NUMBER\n%import common.WS\n%ignore WS'
for kind in ("lalr", "earley"): print(Lark(grammar, parser=kind).parse("1 + 2 * (3 + 4)").pretty())
