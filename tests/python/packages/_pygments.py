# package: pygments
import pygments, inspect, textwrap
from pygments.lexers import get_lexer_by_name, guess_lexer, get_all_lexers
from pygments.formatters import HtmlFormatter, TerminalFormatter, LatexFormatter, RawTokenFormatter
source = inspect.getsource(textwrap)
for formatter in (HtmlFormatter(linenos=True), TerminalFormatter(), LatexFormatter(full=True), RawTokenFormatter()):
    print(pygments.highlight(source[:6000], get_lexer_by_name("python"), formatter))
for name, text in (("c", "int main(void) { return 0; /* x */ }"), ("json", '{"a": [1, null]}'), ("html", "<p class='x'>t</p>"),
                   ("bash", "for i in *; do echo $i; done"), ("rust", "fn main() { let x = 1; }"), ("sql", "select * from t")):
    print(pygments.highlight(text, get_lexer_by_name(name), HtmlFormatter()))
print(len(list(get_all_lexers())), guess_lexer("#!/usr/bin/perl\nprint 1").name)
