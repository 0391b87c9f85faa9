"""A spreadsheet of formulas: cells refer to others, values are computed on demand, cycles are found.

    spreadsheet.py FILE    lines "A1 = 5", "B1 = =A1*2+SUM(A1:A9)"
"""
import ast
import operator
import re
import sys

SAMPLE = """A1 = 10
A2 = 20.5
A3 = =A1+A2*2
B1 = text
B2 = =SUM(A1:A3)
B3 = =IF(B2>50, MAX(A1:A3), "small")
C1 = =AVERAGE(A1:A3)/COUNT(A1:C1)
C2 = =C3+1
C3 = =C2
D1 = =A1/(A2-20.5)
D2 = =B1&" "&A1
D3 = =-A1^2
E1 = =NOPE(1)
E2 = =1+
E3 = =A9+1
"""
BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
          ast.Pow: operator.pow,
          ast.BitAnd: lambda a, b: show(a) + show(b)}
COMPARE = {ast.Lt: operator.lt, ast.Gt: operator.gt, ast.LtE: operator.le, ast.GtE: operator.ge, ast.Eq: operator.eq,
           ast.NotEq: operator.ne}


class SheetError(Exception):
    pass


def flat(values):
    for value in values:
        if isinstance(value, list):
            yield from flat(value)
        elif isinstance(value, (int, float)):
            yield value


FUNCTIONS = {"SUM": lambda *v: sum(flat(v)), "MAX": lambda *v: max(flat(v)), "MIN": lambda *v: min(flat(v)),
             "COUNT": lambda *v: len(list(flat(v))),
             "AVERAGE": lambda *v: (lambda x: sum(x) / len(x))(list(flat(v))), "ROUND": lambda v, n=0: round(v, n)}


def show(value):
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)


class Sheet:
    def __init__(self, text):
        self.sources = {}
        self.values = {}
        self.active = []
        for line in text.splitlines():
            name, _, source = line.partition(" = ")
            if name.strip():
                self.sources[name.strip()] = source.strip()

    def __getitem__(self, name):
        if name in self.active:
            raise SheetError("cycle " + " -> ".join(self.active[self.active.index(name):] + [name]))
        if name not in self.values:
            self.active.append(name)
            try:
                self.values[name] = self.compute(self.sources.get(name))
            finally:
                self.active.pop()
        return self.values[name]

    def compute(self, source):
        if source is None:
            return 0
        if not source.startswith("="):
            for kind in (int, float, str):
                try:
                    return kind(source)
                except ValueError:
                    pass
        text = re.sub(r"([A-Z]+\d+):([A-Z]+\d+)", r'RANGE("\1","\2")', source[1:].replace("^", "**"))
        try:
            return self.evaluate(ast.parse(text, mode="eval").body)
        except SyntaxError:
            raise SheetError("formula") from None
        except ZeroDivisionError:
            raise SheetError("division by zero") from None
        except (TypeError, ValueError) as error:
            raise SheetError("value: %s" % error) from error

    def evaluate(self, node):
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self[name]
            case ast.BinOp(left=left, op=op, right=right):
                return BINARY[type(op)](self.evaluate(left), self.evaluate(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.evaluate(operand)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return COMPARE[type(op)](self.evaluate(left), self.evaluate(right))
            case ast.Call(func=ast.Name(id="IF"), args=[condition, then, otherwise]):
                return self.evaluate(then if self.evaluate(condition) else otherwise)
            case ast.Call(func=ast.Name(id="RANGE"), args=[ast.Constant(a), ast.Constant(b)]):
                return [self[name] for name in self.between(a, b)]
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in FUNCTIONS:
                return FUNCTIONS[name](*map(self.evaluate, arguments))
            case ast.Call(func=ast.Name(id=name)):
                raise SheetError(f"no function {name}")
            case _:
                raise SheetError(f"not allowed: {type(node).__name__}")

    @staticmethod
    def between(a, b):
        (column, row), (last_column, last_row) = ((m[1], int(m[2]))
                                                  for m in (re.match(r"([A-Z])(\d+)", x) for x in (a, b)))
        for c in range(ord(column), ord(last_column) + 1):
            for r in range(row, last_row + 1):
                yield f"{chr(c)}{r}"

    def text(self, name):
        if name not in self.sources:
            return ""
        try:
            return show(self[name])
        except SheetError as error:
            return f"#{error}"

    def show(self):
        columns = sorted({name[0] for name in self.sources})
        rows = range(1, max(int(name[1:]) for name in self.sources) + 1)
        table = [[""] + columns] + [[str(row)] + [self.text(f"{c}{row}") for c in columns] for row in rows]
        widths = [max(len(line[i]) for line in table) for i in range(len(columns) + 1)]
        return "\n".join(" | ".join(cell.rjust(width) for cell, width in zip(line, widths)).rstrip() for line in table)


if __name__ == "__main__":
    print(Sheet(SAMPLE if "--demo" in sys.argv else open(sys.argv[1]).read()).show())
