# SPDX-License-Identifier: MIT
# Mutates programs at the level of their trees: constants, operators, statements, and expressions swapped within the file.

import ast
import copy
import random

CONSTANTS = (0, 1, -1, 2, 255, 2**31, 2**61, 2**63, 10**20, 0.0, -0.0, 0.5, 1e300, "", "a", "é日", b"", b"ab", None,
             True, False, ())
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.BitAnd, ast.BitOr, ast.BitXor)
COMPARES = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
FORBIDDEN = ("import os", "subprocess", "shutil", "socket", "tempfile", "open(", "id(", "time", "random", "threading",
             "signal", "sys.argv", "__file__",
             "getpid", "urandom", "object at", "multiprocessing", "asyncio", "datetime", "exec(", "eval(")


def suitable(text):
    return len(text) < 12000 and not any(word in text for word in FORBIDDEN)


class Mutator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def mutate(self, text):
        """A changed program, or None when nothing sensible came of it."""
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            return None
        for _ in range(self.random.randrange(1, 4)):
            self.random.choice((self.constant, self.operator, self.statement, self.expression, self.expression))(tree)
        try:
            return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        except Exception:
            return None

    def choose(self, tree, kinds):
        found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
        return self.random.choice(found) if found else None

    def constant(self, tree):
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        found = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in inside]
        if found:
            self.random.choice(found).value = self.random.choice(CONSTANTS)

    def operator(self, tree):
        node = self.choose(tree, (ast.BinOp, ast.Compare, ast.AugAssign, ast.BoolOp))
        if isinstance(node, (ast.BinOp, ast.AugAssign)):
            node.op = self.random.choice(OPERATORS)()
        elif isinstance(node, ast.Compare):
            node.ops[self.random.randrange(len(node.ops))] = self.random.choice(COMPARES)()
        elif node is not None:
            node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()

    def statement(self, tree):
        bodies = [getattr(node, field) for node in ast.walk(tree) for field in ("body", "orelse", "finalbody")
                  if isinstance(getattr(node, field, None), list) and len(getattr(node, field)) > 1]
        if not bodies:
            return
        body = self.random.choice(bodies)
        i = self.random.randrange(len(body))
        action = self.random.randrange(3)
        if action == 0:
            del body[i]
        elif action == 1:
            body.insert(self.random.randrange(len(body)), copy.deepcopy(body[i]))
        else:
            j = self.random.randrange(len(body))
            body[i], body[j] = body[j], body[i]

    def expression(self, tree):
        places = []
        for node in ast.walk(tree):
            if isinstance(node, (ast.JoinedStr, ast.FormattedValue, ast.match_case, ast.arguments)):
                continue
            for field, value in ast.iter_fields(node):
                if isinstance(value, ast.expr) and isinstance(getattr(value, "ctx", ast.Load()),
                                                              ast.Load) and field in ("value", "left", "right", "operand", "test", "slice", "func"):
                    places.append((node, field))
        sources = [n for n in ast.walk(tree) if isinstance(n, ast.expr)
                   and isinstance(getattr(n, "ctx", ast.Load()), ast.Load)
                   and not isinstance(n, (ast.Starred, ast.Yield, ast.YieldFrom, ast.Await, ast.Slice, ast.NamedExpr,
                                          ast.FormattedValue))]
        if places and sources:
            node, field = self.random.choice(places)
            setattr(node, field, copy.deepcopy(self.random.choice(sources)))     # never a node inside itself
