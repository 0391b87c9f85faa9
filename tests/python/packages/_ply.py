# package: ply
from pathlib import Path
import sys, types
source = '''
tokens = ("NUMBER", "PLUS", "TIMES")
t_PLUS, t_TIMES, t_ignore = r"\\+", r"\\*", " "
def t_NUMBER(t):
    r"\\d+"
    t.value = int(t.value)
    return t
def t_error(t): raise SyntaxError(t.value)
precedence = (("left", "PLUS"), ("left", "TIMES"))
def p_binary(p):
    """e : e PLUS e
         | e TIMES e"""
    p[0] = p[1] + p[3] if p[2] == "+" else p[1] * p[3]
def p_number(p):
    "e : NUMBER"
    p[0] = p[1]
def p_error(p): print("syntax error at", p)
'''
import textwrap; Path("grammar.py").write_text(textwrap.dedent(source).replace("t_ignore =", "t_ignore =")); sys.path.insert(0, "."); import grammar
import ply.lex, ply.yacc
lexer = ply.lex.lex(module=grammar); parser = ply.yacc.yacc(module=grammar, write_tables=False, debug=False)
print(parser.parse("1 + 2 * 3 + 4", lexer=lexer), parser.parse("1 +", lexer=lexer))
