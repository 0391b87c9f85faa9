# package: mesonbuild
from mesonbuild.mparser import Parser
from mesonbuild.ast.printer import AstPrinter
tree = Parser("project('p', 'c', version : '1')\nif x == 1 and not y\n  a += [1, 'b'.format(2)]\nendif\nforeach i : l\n  message(i)\nendforeach\n", "m").parse(); printer = AstPrinter(); tree.accept(printer); printer.post_process(); print(printer.result)
