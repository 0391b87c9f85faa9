# A recursive-descent parser and tree-walking interpreter for a small language.
import sys

PROGRAM = """
let n = 0; let total = 0; let k = 1;
while n < 200 {
  n = n + 1;
  if n - n / 3 * 3 == 0 { total = total + n * (k + 2) - -n; } else { total = total - n / 2; }
  k = (k * 7 + 3) - (k * 7 + 3) / 11 * 11;
}
print total;
"""


class Lexer:
    def __init__(self, text):
        self.tokens = []
        i = 0
        while i < len(text):
            c = text[i]
            if c.isspace():
                i += 1
            elif c.isdigit():
                j = i
                while j < len(text) and text[j].isdigit():
                    j += 1
                self.tokens.append(("number", int(text[i:j])))
                i = j
            elif c.isalpha():
                j = i
                while j < len(text) and text[j].isalnum():
                    j += 1
                word = text[i:j]
                self.tokens.append(("keyword" if word in ("let", "while", "if", "else", "print") else "name", word))
                i = j
            elif text[i:i + 2] in ("==", "<=", ">=", "!="):
                self.tokens.append(("op", text[i:i + 2]))
                i += 2
            else:
                self.tokens.append(("op", c))
                i += 1
        self.tokens.append(("end", None))


class Parser:
    LEVELS = [("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/")]

    def __init__(self, tokens):
        self.tokens = tokens
        self.position = 0

    @property
    def token(self):
        return self.tokens[self.position]

    def take(self):
        token = self.tokens[self.position]
        self.position += 1
        return token

    def expect(self, text):
        if self.token[1] != text:
            raise SyntaxError("expected %s, found %s" % (text, self.token))
        return self.take()

    def program(self):
        body = []
        while self.token[0] != "end":
            body.append(self.statement())
        return body

    def block(self):
        self.expect("{")
        body = []
        while self.token[1] != "}":
            body.append(self.statement())
        self.take()
        return body

    def statement(self):
        kind, value = self.token
        if value == "let":
            self.take()
        elif value == "while":
            self.take()
            return While(self.expression(), self.block())
        elif value == "if":
            self.take()
            condition, then = self.expression(), self.block()
            otherwise = []
            if self.token[1] == "else":
                self.take()
                otherwise = self.block()
            return If(condition, then, otherwise)
        elif value == "print":
            self.take()
            node = Print(self.expression())
            self.expect(";")
            return node
        name = self.take()[1]
        self.expect("=")
        node = Assign(name, self.expression())
        self.expect(";")
        return node

    def expression(self, level=0):
        if level == len(self.LEVELS):
            return self.unary()
        left = self.expression(level + 1)
        while self.token[0] == "op" and self.token[1] in self.LEVELS[level]:
            operator = self.take()[1]
            left = Binary(operator, left, self.expression(level + 1))
        return left

    def unary(self):
        kind, value = self.take()
        if kind == "number":
            return Number(value)
        if kind == "name":
            return Name(value)
        if value == "-":
            return Binary("-", Number(0), self.unary())
        node = self.expression()
        self.expect(")")
        return node


class Number:
    def __init__(self, value):
        self.value = value

    def evaluate(self, scope):
        return self.value


class Name:
    def __init__(self, name):
        self.name = name

    def evaluate(self, scope):
        return scope[self.name]


OPERATORS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a // b,
             "<": lambda a, b: a < b,
             ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "==": lambda a, b: a == b,
             "!=": lambda a, b: a != b}


class Binary:
    def __init__(self, operator, left, right):
        self.function = OPERATORS[operator]
        self.left = left
        self.right = right

    def evaluate(self, scope):
        return self.function(self.left.evaluate(scope), self.right.evaluate(scope))


class Assign:
    def __init__(self, name, value):
        self.name, self.value = name, value

    def run(self, scope, out):
        scope[self.name] = self.value.evaluate(scope)


class Print:
    def __init__(self, value):
        self.value = value

    def run(self, scope, out):
        out.append(self.value.evaluate(scope))


class While:
    def __init__(self, condition, body):
        self.condition, self.body = condition, body

    def run(self, scope, out):
        while self.condition.evaluate(scope):
            for node in self.body:
                node.run(scope, out)


class If:
    def __init__(self, condition, then, otherwise):
        self.condition, self.then, self.otherwise = condition, then, otherwise

    def run(self, scope, out):
        for node in self.then if self.condition.evaluate(scope) else self.otherwise:
            node.run(scope, out)


def main(n):
    out = []
    for _ in range(n):
        tree = Parser(Lexer(PROGRAM).tokens).program()
        scope = {}
        for node in tree:
            node.run(scope, out)
    print(len(out), out[0], sum(out))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
