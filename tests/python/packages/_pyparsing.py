# package: pyparsing
from pyparsing import *
number = pyparsing_common.number()
expression = infix_notation(number, [("-", 1, OpAssoc.RIGHT), (one_of("* /"), 2, OpAssoc.LEFT), (one_of("+ -"), 2, OpAssoc.LEFT)])
print(expression.parse_string("1 + 2 * (3 - -4) / 5").as_list(), nested_expr().parse_string("(a (b c) (d))").as_list())
row = Group(Word(alphas)("key") + Suppress("=") + (QuotedString('"') | Word(nums))("value"))
print(OneOrMore(row).parse_string('a = 1 b = "two"').dump())
try: expression.parse_string("1 + ", parse_all=True)
except ParseException as error: print(error)
