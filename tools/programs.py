# SPDX-License-Identifier: MIT
# ./dev programs: pure-Python packages of other people, run by python3.11 and by Viperine; the output must be the same.
# A package that is not installed is left out with a word. `apt-get download` and `dpkg -x` into a folder given with
# --path are enough. WORKLOADS is the whole list: name, module to look for, program.

import argparse
import sys
import tempfile
import time
from pathlib import Path

from common import CPYTHON, default_interpreter, first_difference, plain_environment, run_program

WORKLOADS = [
    ("mpmath", "mpmath", """
        from mpmath import mp, pi, zeta, gamma, quad, sin, exp, inf, findroot, matrix, lu_solve
        mp.dps = 60
        print(+pi, zeta(3), gamma(mp.mpf(1) / 3))
        print(quad(lambda x: exp(-x ** 2), [-inf, inf]) ** 2, findroot(lambda x: sin(x) - x / 2, 2))
        print(lu_solve(matrix([[1, 2], [3, 5]]), matrix([1, 2])))
        """),
    ("sympy", "sympy", """
        from sympy import *
        x, y, n = symbols("x y n")
        print(expand((x + y) ** 6), factor(x ** 6 - 1))
        print(integrate(sin(x) ** 2 * exp(x), x), diff(log(sin(x)) ** 3, x))
        print(solve(x ** 3 - 2 * x + 1, x), limit(sin(x) / x, x, 0), series(cos(x), x, 0, 8))
        print(Matrix([[1, 2], [3, x]]).inv(), simplify((x ** 2 - 1) / (x - 1)), latex(Integral(x ** 2, (x, 0, oo))))
        print(summation(1 / n ** 2, (n, 1, oo)), prime(500), factorint(2 ** 64 + 1), pretty(sqrt(x / y)))
        """),
    ("docutils", "docutils", """
        from docutils.core import publish_string
        text = "Title\\n=====\\n\\n*emphasis* and **strong**, ``code``, `a link <http://example.org>`_.\\n\\n"
        text += "- one\\n- two\\n\\n  - inner\\n\\n.. note:: Mind this.\\n\\n====  ====\\nA     B\\n====  ====\\n1     2\\n====  ====\\n"
        for writer in ("html5", "latex", "xml", "pseudoxml", "manpage"):
            print(publish_string(text, writer_name=writer, settings_overrides={"output_encoding": "unicode", "datestamp": None}))
        """),
    ("pygments", "pygments", """
        import pygments, inspect, textwrap
        from pygments.lexers import get_lexer_by_name, guess_lexer, get_all_lexers
        from pygments.formatters import HtmlFormatter, TerminalFormatter, LatexFormatter, RawTokenFormatter
        source = inspect.getsource(textwrap)
        for formatter in (HtmlFormatter(linenos=True), TerminalFormatter(), LatexFormatter(full=True), RawTokenFormatter()):
            print(pygments.highlight(source[:6000], get_lexer_by_name("python"), formatter))
        for name, text in (("c", "int main(void) { return 0; /* x */ }"), ("json", '{"a": [1, null]}'), ("html", "<p class='x'>t</p>"),
                           ("bash", "for i in *; do echo $i; done"), ("rust", "fn main() { let x = 1; }"), ("sql", "select * from t")):
            print(pygments.highlight(text, get_lexer_by_name(name), HtmlFormatter()))
        print(len(list(get_all_lexers())), guess_lexer("#!/usr/bin/perl\\nprint 1").name)
        """),
    ("jinja2", "jinja2", """
        from jinja2 import Environment, DictLoader, StrictUndefined
        env = Environment(loader=DictLoader({
            "base": "<title>{% block title %}base{% endblock %}</title>{% block body %}{% endblock %}",
            "page": "{% extends 'base' %}{% block title %}{{ super() }} page{% endblock %}{% block body %}{% for i in items if i is odd %}"
                    "{{ loop.index }}:{{ i|string|center(5) }}{% else %}none{% endfor %}{% macro m(a, b=2) %}{{ a ~ b }}{% endmacro %}{{ m(1) }}{% endblock %}"}),
            autoescape=True, undefined=StrictUndefined)
        print(env.get_template("page").render(items=range(9)))
        print(env.from_string("{{ x|upper|replace('A', '<') }} {{ d.items()|sort|list }} {{ l|map('length')|sum }} {{ '%05.2f'|format(3.14159) }}").render(x="aba", d={"k": 1}, l=["a", "bb"]))
        for bad in ("{{ nothing }}", "{% for %}", "{{ 1 + }}"):
            try: print(env.from_string(bad).render())
            except Exception as error: print(type(error).__name__, error)
        print(env.compile("{% for a in b %}{{ a }}{% endfor %}", raw=True))
        """),
    ("mako", "mako", """
        from mako.template import Template
        print(Template("<%def name='row(x)'>[${x | h}]</%def>\\n% for i in range(n):\\n${row(i)}\\n% endfor\\n<%! import math %>${math.pi}").render(n=4))
        """),
    ("networkx", "networkx", """
        import networkx as nx
        g = nx.karate_club_graph()
        print(nx.shortest_path(g, 0, 33), nx.diameter(g), sorted(nx.degree_centrality(g).items(), key=lambda p: (-p[1], p[0]))[:4])
        print(sorted(map(len, nx.connected_components(nx.gnm_random_graph(60, 50, seed=3)))), nx.is_planar(nx.complete_graph(5)))
        print(list(nx.topological_sort(nx.DiGraph([(1, 2), (2, 3), (1, 3)]))), nx.to_dict_of_lists(nx.minimum_spanning_tree(nx.cycle_graph(6))))
        d = nx.DiGraph(); d.add_weighted_edges_from([(0, 1, 3), (1, 2, 1), (0, 2, 7)]); print(nx.dijkstra_path(d, 0, 2), nx.maximum_flow(d, 0, 2, capacity="weight")[0])
        """),
    ("pyparsing", "pyparsing", """
        from pyparsing import *
        number = pyparsing_common.number()
        expression = infix_notation(number, [("-", 1, OpAssoc.RIGHT), (one_of("* /"), 2, OpAssoc.LEFT), (one_of("+ -"), 2, OpAssoc.LEFT)])
        print(expression.parse_string("1 + 2 * (3 - -4) / 5").as_list(), nested_expr().parse_string("(a (b c) (d))").as_list())
        row = Group(Word(alphas)("key") + Suppress("=") + (QuotedString('"') | Word(nums))("value"))
        print(OneOrMore(row).parse_string('a = 1 b = "two"').dump())
        try: expression.parse_string("1 + ", parse_all=True)
        except ParseException as error: print(error)
        """),
    ("ply", "ply", """
        import sys, types
        source = '''
        tokens = ("NUMBER", "PLUS", "TIMES")
        t_PLUS, t_TIMES, t_ignore = r"\\\\+", r"\\\\*", " "
        def t_NUMBER(t):
            r"\\\\d+"
            t.value = int(t.value)
            return t
        def t_error(t): raise SyntaxError(t.value)
        precedence = (("left", "PLUS"), ("left", "TIMES"))
        def p_binary(p):
            \"\"\"e : e PLUS e
                 | e TIMES e\"\"\"
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
        """),
    ("bs4", "bs4", """
        from bs4 import BeautifulSoup
        text = "<html><body><p class='a b'>One<b>two</b><p>Three &amp; &eacute;<table><tr><td>x</table><!-- c --></body>"
        for parser in ("html.parser", "html5lib"):
            soup = BeautifulSoup(text, parser)
            print(soup.prettify(), soup.p["class"], [t.name for t in soup.find_all(True)], soup.get_text("|"), soup.select("p.a > b"))
        """),
    ("markdown", "markdown", """
        import markdown
        print(markdown.markdown("# T\\n\\na *b* **c** `d`\\n\\n1. x\\n2. y\\n\\n> q\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n```python\\nx = 1\\n```\\n[^1]\\n\\n[^1]: note", extensions=["extra", "toc", "sane_lists"]))
        """),
    ("mistune", "mistune", """
        import mistune
        print(mistune.html("# T\\n\\na *b* **c** `d`\\n\\n* x\\n* y\\n\\n> q\\n\\n[l](http://x.org)\\n\\n    code\\n"))
        print(mistune.create_markdown(renderer="ast")("a **b**\\n\\n1. c"))
        """),
    ("commonmark", "commonmark", """
        import commonmark
        print(commonmark.commonmark("Hello *World*\\n\\n- a\\n- b\\n\\n[x](y \\"t\\")\\n\\n<b>\\n"), commonmark.dumpAST(commonmark.Parser().parse("a *b*")))
        """),
    ("django", "django", """
        import django
        from django.conf import settings
        settings.configure(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}], USE_TZ=True, SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
        django.setup()
        from django import forms
        from django.http import JsonResponse, HttpResponse
        from django.template import Template, Context
        from django.urls import path, reverse
        from django.test import RequestFactory, Client
        from django.utils import timezone, html, text
        class Form(forms.Form):
            name = forms.CharField(max_length=5); age = forms.IntegerField(min_value=1); mail = forms.EmailField(required=False)
        form = Form({"name": "abcdefg", "age": "0", "mail": "x"}); print(form.is_valid(), form.errors.as_json(), form["name"])
        print(Template("{% for x in l %}{{ forloop.counter }}{{ x|upper|safe }}{% empty %}-{% endfor %}{{ d|date:'Y-m-d' }}{% if a > 1 %}y{% endif %}").render(Context({"l": "a<", "a": 2, "d": timezone.datetime(2024, 2, 3)})))
        urlpatterns = [path("item/<int:n>/", lambda request, n: JsonResponse({"n": n, "q": request.GET.get("q")}), name="item")]
        print(reverse("item", args=[5]), Client().get("/item/7/?q=z").content, Client().get("/none").status_code, text.slugify("Hello, World é"))
        """),
    ("flask", "flask", """
        from flask import Flask, request, jsonify, render_template_string, session
        app = Flask("app"); app.secret_key = "k"
        @app.route("/u/<int:n>", methods=["GET", "POST"])
        def user(n):
            session["n"] = n
            return jsonify(n=n, form=request.form.to_dict(), args=request.args.to_dict())
        @app.route("/t")
        def page(): return render_template_string("{{ x }} {{ session.get('n') }} {{ url_for('user', n=3) }}", x="<b>")
        @app.errorhandler(404)
        def missing(error): return "none: %s" % error, 404
        c = app.test_client(); print(c.post("/u/5?a=b", data={"k": "v"}).data, c.get("/t").data, c.get("/zz").data, c.get("/u/5").headers["Content-Type"], app.url_map)
        """),
    ("tornado", "tornado", """
        import asyncio, tornado.web, tornado.template, tornado.httpclient, tornado.httpserver, tornado.testing
        class Main(tornado.web.RequestHandler):
            async def get(self, name):
                await asyncio.sleep(0.001); self.write({"name": name, "q": self.get_argument("q", None)})
        async def main():
            server = tornado.httpserver.HTTPServer(tornado.web.Application([(r"/(\\w+)", Main)]))
            socket, port = tornado.testing.bind_unused_port(); server.add_sockets([socket])
            answer = await tornado.httpclient.AsyncHTTPClient().fetch("http://127.0.0.1:%d/abc?q=1" % port); print(answer.code, answer.body)
        asyncio.run(main())
        print(tornado.template.Template("{% for x in y %}{{ x }}{% end %}").generate(y=[1, 2]))
        """),
    ("babel", "babel", """
        from babel import Locale, numbers, dates
        from datetime import datetime
        print(numbers.format_currency(1234567.891, "EUR", locale="de_DE"), numbers.format_decimal(12345.678, locale="fr"), numbers.format_percent(0.256, locale="en"))
        print(dates.format_datetime(datetime(2024, 2, 29, 13, 5), "full", locale="es"), Locale.parse("pt_BR").display_name, Locale("ja").territories["DE"], Locale("ru").plural_form(22))
        """),
    ("pylint", "pylint", """
        import io
        from pylint.lint import Run
        from pylint.reporters.text import TextReporter
        Path("sample.py").write_text("import os, sys\\ndef f(a, b=[]):\\n    x = 1\\n    if a == None: return undefined\\n    for i in range(len(a)): print(a[i])\\nclass c: pass\\n")
        out = io.StringIO()
        try: Run(["--persistent=n", "--score=n", "sample.py"], reporter=TextReporter(out), exit=False)
        except SystemExit as error: print("exit", error.code)
        print(out.getvalue())
        """),
    ("astroid", "astroid", """
        import astroid
        module = astroid.parse("class A:\\n    def f(self): return [x * 2 for x in (1, 2)]\\ny = A().f()\\nz = 1 + 2 * 3\\n")
        print(module.repr_tree(), module.as_string(), [v.as_string() for v in module["z"].infer()], list(module["y"].infer()))
        """),
    ("black", "black", """
        import black
        text = "x = {  'a':1, \\n 'b':  [1,2,\\n3,] }\\ndef f( a,b = 2 ,*c ) :\\n  return lambda x : x+1 if a else  not  b\\nclass A( object ):\\n\\n\\n    x:int=1\\n    @d\\n    async  def g(self): await  h( aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccccccccccc)\\n"
        print(black.format_str(text, mode=black.Mode()))
        """),
    ("mypy", "mypy", """
        from mypy import api
        Path("m.py").write_text("from typing import List\\ndef f(x: int) -> List[str]:\\n    return [x]\\nclass A:\\n    y: 'A'\\n    def g(self) -> int: return self.y.z\\nf('a')\\nreveal_type([f(i) for i in range(3)])\\n")
        out, err, status = api.run(["--no-incremental", "--cache-dir=/dev/null", "m.py"]); print(out, err, status)
        """),
    ("pytest", "pytest", """
        import pytest
        Path("test_sample.py").write_text("import pytest\\n@pytest.fixture\\ndef v(): return [1, 2]\\n@pytest.mark.parametrize('n', [1, 2, 3])\\ndef test_in(v, n): assert n in v\\ndef test_raises():\\n    with pytest.raises(ZeroDivisionError, match='div'): 1 / 0\\ndef test_tmp(tmp_path, capsys, monkeypatch):\\n    (tmp_path / 'x').write_text('y'); print('shown'); assert capsys.readouterr().out == 'shown\\\\n'\\n@pytest.mark.skip\\ndef test_s(): pass\\n")
        class Quiet:
            def pytest_report_header(self): return None
        status = pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "--tb=short", "--color=no", "-rA", "--durations=0", "-vv"][:7] + ["test_sample.py"]); print(status)
        """),
    ("hypothesis", "hypothesis", """
        from hypothesis import given, settings, strategies as st, find
        @settings(max_examples=60, database=None, derandomize=True, deadline=None)
        @given(st.lists(st.integers()), st.text(), st.dictionaries(st.text(max_size=3), st.floats(allow_nan=False)))
        def law(a, b, c): assert sorted(a) == sorted(reversed(a)) and b.encode("utf-8").decode() == b and dict(c) == c
        law(); print(find(st.lists(st.integers()), lambda x: sum(x) > 10, settings=settings(database=None, derandomize=True)))
        """),
    ("attrs", "attr", """
        import attr
        @attr.s(auto_attribs=True, order=True, frozen=True)
        class P:
            x: int = attr.ib(converter=int, validator=attr.validators.instance_of(int)); y: list = attr.Factory(list)
        print(P("3"), P(1) < P(2), attr.asdict(P(4, [P(5)])), attr.evolve(P(1), x=9), hash(P(1, ())) == hash(P(1, ())), attr.fields(P).x.name)
        try: P(1).x = 2
        except Exception as error: print(type(error).__name__, error)
        """),
    ("click", "click", """
        import click
        from click.testing import CliRunner
        @click.group()
        @click.option("--debug/--no-debug", default=False, help="Say more.")
        @click.pass_context
        def cli(context, debug): context.obj = debug
        @cli.command()
        @click.argument("name", nargs=-1); @click.option("-c", "--count", type=click.IntRange(1, 3), default=1, show_default=True) if 0 else click.argument("names", nargs=-1)
        @click.option("-c", "--count", type=click.IntRange(1, 3), default=1, show_default=True)
        @click.pass_obj
        def hello(debug, names, count): click.echo(f"{debug} {names} {count}")
        """.replace('@click.argument("name", nargs=-1); @click.option("-c", "--count", type=click.IntRange(1, 3), default=1, show_default=True) if 0 else click.argument', "@click.argument") + """
        for words in (["--help"], ["hello", "--help"], ["--debug", "hello", "a", "b", "-c", "2"], ["hello", "-c", "9"], ["nothing"]):
            result = CliRunner().invoke(cli, words); print(result.exit_code, result.output)
        """),
    ("sqlparse", "sqlparse", """
        import sqlparse
        print(sqlparse.format("select a,b, count(*) from t left join u on t.i=u.i where x in (1,2) group by a having b>1; insert into t values (1)", reindent=True, keyword_case="upper"))
        sqlparse.parse("select a from b where c = 'd'")[0]._pprint_tree()
        """),
    ("lark", "lark", """
        from lark import Lark, Transformer
        grammar = '?start: sum\\n?sum: product | sum "+" product -> add\\n?product: atom | product "*" atom -> mul\\n?atom: NUMBER -> number | "(" sum ")"\\n%import common.NUMBER\\n%import common.WS\\n%ignore WS'
        for kind in ("lalr", "earley"): print(Lark(grammar, parser=kind).parse("1 + 2 * (3 + 4)").pretty())
        """),
    ("rich", "rich", """
        import io
        from rich.console import Console
        from rich.table import Table
        from rich.markdown import Markdown
        from rich.syntax import Syntax
        from rich.tree import Tree
        out = io.StringIO(); console = Console(file=out, width=80, force_terminal=True, color_system="truecolor")
        table = Table(title="T"); table.add_column("a", justify="right"); table.add_column("b"); table.add_row("1", "[red]x[/]"); console.print(table)
        console.print(Markdown("# H\\n* a\\n* b `c`")); tree = Tree("r"); tree.add("x").add("y"); console.print(tree, {"a": [1, 2.5, None, "s"]}, Syntax("def f(): return 1", "python")); print(out.getvalue())
        """),
    ("tabulate", "tabulate", """
        from tabulate import tabulate
        for kind in ("plain", "grid", "pipe", "html", "latex", "fancy_grid"): print(tabulate([["a", 1.5], ["bb", 22]], headers=["n", "v"], tablefmt=kind))
        """),
    ("dateutil", "dateutil", """
        from dateutil import parser, rrule, relativedelta, tz
        from datetime import datetime
        print(parser.parse("3 Feb 2024 4:05pm"), parser.parse("2024-02-03T04:05:06.789+02:00"), list(rrule.rrule(rrule.MONTHLY, count=4, byweekday=rrule.FR(-1), dtstart=datetime(2024, 1, 1))), datetime(2024, 1, 31) + relativedelta.relativedelta(months=1))
        """),
    ("requests", "requests", """
        import http.server, threading, requests
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200); self.send_header("Content-Type", "application/json"); self.end_headers(); self.wfile.write(b'{"path": "%s"}' % self.path.encode())
            def log_message(self, *a): pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Handler); threading.Thread(target=server.serve_forever, daemon=True).start()
        answer = requests.get("http://127.0.0.1:%d/x" % server.server_port, params={"a": "b c"}); print(answer.status_code, answer.json(), answer.headers["content-type"], answer.ok); server.shutdown()
        """),
    ("jsonschema", "jsonschema", """
        import jsonschema
        schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 2}, "b": {"items": {"enum": [1, "x"]}}}, "additionalProperties": False}
        for value in ({"a": 3}, {"a": 1}, {"b": [2]}, {"a": 2, "c": 1}):
            print(sorted(e.message for e in jsonschema.Draft7Validator(schema).iter_errors(value)))
        """),
    ("marshmallow", "marshmallow", """
        from marshmallow import Schema, fields, validate
        class S(Schema):
            name = fields.Str(required=True, validate=validate.Length(max=3)); when = fields.Date(); n = fields.List(fields.Int())
        print(S().validate({"name": "abcd", "n": ["x"]}), S().load({"name": "a", "when": "2024-02-03", "n": ["1"]}), S().dump({"name": 1, "n": (1, 2)}))
        """),
    ("tomlkit", "tomlkit", """
        import tomlkit
        d = tomlkit.parse('# c\\n[a]\\nx = 1 # one\\ny = [1, 2]\\n[[b]]\\nz = 2024-02-03T04:05:06Z\\n'); d["a"]["x"] = 5; d["b"].append({"z": "s"}); print(tomlkit.dumps(d), d)
        """),
    ("pycodestyle", "pycodestyle", """
        import pycodestyle
        Path("p.py").write_text("import os,sys\\ndef f( a ):\\n  return a==None\\nx=1\\n\\n\\n\\n\\ny = lambda : 0\\n" + "z = '" + "x" * 90 + "'\\n")
        pycodestyle.StyleGuide(select="E,W").check_files(["p.py"])
        """),
    ("pyflakes", "pyflakes", """
        from pyflakes import api
        api.check("import os\\ndef f():\\n    x = 1\\n    return y\\nfrom a import *\\n'%s %s' % (1,)\\n", "f.py")
        """),
    ("isort", "isort", """
        import isort
        print(isort.code("import sys, os\\nfrom b import d, c\\nimport a\\nfrom . import x\\nimport collections.abc\\n"))
        """),
    ("tinycss2", "tinycss2", """
        import tinycss2
        print(tinycss2.serialize(tinycss2.parse_stylesheet("a > b:hover { color: #f00; margin: 1px 2.5em !important } @media x { }")), tinycss2.parse_one_component_value("rgba(1, 2%)"))
        """),
    ("rdflib", "rdflib", """
        from rdflib import Graph
        g = Graph().parse(data="@prefix e: <http://e.org/> . e:a e:p e:b ; e:q 5, 'x'@en . e:b e:p e:c .", format="turtle")
        print(len(g), g.serialize(format="nt").split("\\n")[0] != "", sorted(map(str, g.query("select ?x where { ?y <http://e.org/p> ?x }")))[:3], g.serialize(format="turtle"))
        """),
    ("sphinx", "sphinx", """
        import io, os
        from sphinx.application import Sphinx
        os.makedirs("s"); Path("s/conf.py").write_text("project = 'p'\\nextensions = ['sphinx.ext.autodoc']\\n"); Path("s/index.rst").write_text("Title\\n=====\\n\\n.. autofunction:: textwrap.shorten\\n\\n.. code-block:: python\\n\\n   x = 1\\n\\n.. toctree::\\n\\n   other\\n"); Path("s/other.rst").write_text("Other\\n-----\\n\\n:ref:`search`\\n")
        app = Sphinx("s", "s", "o", "d", "text", status=None, warning=io.StringIO()); app.build(); print(open("o/index.txt").read(), open("o/other.txt").read(), app.statuscode)
        """),
    ("scons", "SCons", """
        import os, sys
        Path("SConstruct").write_text("env = Environment(tools=[])\\nenv.Command('out.txt', 'in.txt', lambda target, source, env: __import__('pathlib').Path(str(target[0])).write_text(__import__('pathlib').Path(str(source[0])).read_text().upper()) and None)\\n"); Path("in.txt").write_text("abc")
        import SCons.Script; sys.argv = ["scons", "-Q"]
        try: SCons.Script.main()
        except SystemExit as error: print("exit", error.code)
        print(open("out.txt").read())
        """),
    ("meson", "mesonbuild", """
        from mesonbuild.mparser import Parser
        from mesonbuild.ast.printer import AstPrinter
        tree = Parser("project('p', 'c', version : '1')\\nif x == 1 and not y\\n  a += [1, 'b'.format(2)]\\nendif\\nforeach i : l\\n  message(i)\\nendforeach\\n", "m").parse(); printer = AstPrinter(); tree.accept(printer); printer.post_process(); print(printer.result)
        """),
    ("yaml", "yaml", """
        import yaml
        text = "a: [1, 2.5, null, true]\\nb: &x {c: 2024-02-03, d: 'e'}\\nf: *x\\ng: |\\n  lines\\n  more\\n? [k, l]\\n: v\\n".replace("? [k, l]\\n: v\\n", "")
        d = yaml.load(text, yaml.SafeLoader); print(d, yaml.safe_dump(d), yaml.dump({"x": (1, {2})}), [type(t).__name__ for t in yaml.scan("a: - b")] if 0 else "")
        try: yaml.safe_load("a: [")
        except yaml.YAMLError as error: print(error)
        """),
    ("toml", "toml", """
        import toml
        print(toml.dumps(toml.loads('x = 1\\n[a.b]\\nc = "d"\\ne = [1.5, 2.5]\\n')))
        """),
    ("chardet", "chardet", """
        import chardet
        for text, encoding in (("Привет, мир, как дела сегодня", "koi8-r"), ("été à la plage déjà vu", "latin-1"), ("日本語のテキスト", "utf-8")): print(chardet.detect(text.encode(encoding)))
        """),
    ("snowballstemmer", "snowballstemmer", """
        import snowballstemmer
        print(snowballstemmer.stemmer("english").stemWords("running generously nationality flies".split()), snowballstemmer.stemmer("german").stemWords("Häuser laufend Freundlichkeit".split()))
        """),
    ("bottle", "bottle", """
        import bottle, io
        app = bottle.Bottle()
        @app.route("/h/<name:re:[a-z]+>")
        def hello(name): return bottle.template("Hi {{n}}% if n:\\n!", n=name) if 0 else bottle.template("Hi {{n}}", n="<" + name)
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/h/bob", "wsgi.errors": io.StringIO(), "wsgi.input": io.BytesIO()}
        print(b"".join(app(environ, lambda status, headers, exc=None: print(status, sorted(headers)))))
        """),
    ("sortedcontainers", "sortedcontainers", """
        from sortedcontainers import SortedList, SortedDict, SortedSet
        s = SortedList(range(5000, 0, -3)); s.discard(50); s.update([1, 1]); print(len(s), s[5], s.bisect(100), SortedDict(b=1, a=2), SortedSet("hello")); s._check()
        """),
    ("pip", "ensurepip", """
        import os
        import subprocess
        import sys
        import zipfile

        folder = os.getcwd()
        wheel = "demo_thing-1.5-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("demo_thing/__init__.py", "def main(): print('demo', __name__)\\n")
            archive.writestr("demo_thing-1.5.dist-info/METADATA", "Metadata-Version: 2.1\\nName: demo-thing\\nVersion: 1.5\\nSummary: A thing.\\nRequires-Dist: absent; platform_python_implementation == 'Nothing'\\n")
            archive.writestr("demo_thing-1.5.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: hand\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
            archive.writestr("demo_thing-1.5.dist-info/entry_points.txt", "[console_scripts]\\ndemo = demo_thing:main\\n")
            archive.writestr("demo_thing-1.5.dist-info/RECORD", "demo_thing/__init__.py,,\\ndemo_thing-1.5.dist-info/METADATA,,\\ndemo_thing-1.5.dist-info/WHEEL,,\\ndemo_thing-1.5.dist-info/entry_points.txt,,\\ndemo_thing-1.5.dist-info/RECORD,,\\n")
        environment = {**{k: v for k, v in os.environ.items() if not k.startswith("PIP_")}, "PIP_CONFIG_FILE": "/dev/null", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1", "HOME": folder}


        def run(*command):
            done = subprocess.run(command, capture_output=True, text=True, timeout=170, env=environment)
            lines = [line for line in done.stdout.replace(folder, "DIR").splitlines() if not line.startswith(("Processing", "Location", "Editable"))]
            print(command[1:], done.returncode, "|".join(lines), done.stderr[-500:])


        print(subprocess.run([sys.executable, "-m", "venv", "env"], env=environment, timeout=170).returncode)
        python = folder + "/env/bin/python"
        run(python, "-m", "pip", "--version")
        run(python, "-m", "pip", "install", "--no-compile", wheel)
        run("env/bin/demo")
        run(python, "-m", "pip", "list", "--format=freeze")
        run(python, "-m", "pip", "show", "-f", "demo_thing")
        run(python, "-c", "import importlib.metadata as m; print(m.version('demo-thing'), [e.value for e in m.entry_points(group='console_scripts') if e.name == 'demo'], m.metadata('demo_thing')['Summary'], [str(f) for f in m.files('demo-thing')][:2])")
        run(python, "-m", "pip", "uninstall", "-y", "demo-thing")
        run(python, "-m", "pip", "install", "nothing-of-that-name")
        """),
    ("setuptools", "setuptools", """
        import os, sys, contextlib, io
        os.makedirs("pk"); Path("pk/__init__.py").write_text("x = 1\\n"); Path("setup.py").write_text("from setuptools import setup; setup(name='pk', version='1.0', packages=['pk'], entry_points={'console_scripts': ['pk = pk:x']})\\n")
        import setuptools; sys.argv = ["setup.py", "-q", "sdist", "--formats=zip", "bdist_wheel"]
        with contextlib.redirect_stdout(io.StringIO()): exec(open("setup.py").read())
        import zipfile; print(sorted(os.listdir("dist")), [sorted(zipfile.ZipFile("dist/" + f).namelist()) for f in sorted(os.listdir("dist"))])
        """),
]


def dedent(program):
    """The program as a file. Files are written through Path: garbage collection may close an open() much later."""
    lines = program.splitlines()
    body = "\n".join(line[8:] if line.startswith("        ") else line for line in lines).strip()
    return "from pathlib import Path\n" + body + "\n"


def is_installed(module, environment):
    check = "import importlib.util, sys; sys.exit(importlib.util.find_spec(%r) is None)" % module
    return run_program([CPYTHON, "-c", check], environment=environment).status == 0


def compare(name, program, interpreter, environment, timeout):
    """None when both interpreters print the same and end alike, else what differs."""
    runs = []
    for command in (CPYTHON, interpreter):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "program.py").write_text(dedent(program))
            run = run_program([command, "program.py"], timeout=timeout, cwd=folder, environment=environment)
            run.out = run.out.replace(folder.encode(), b"FOLDER")
            runs.append(run)
    expected, run = runs
    seconds = "%.1f s, python3.11 %.1f s" % (run.seconds, expected.seconds)
    if expected.status != 0:
        return "python3.11 fails too: " + expected.err.decode(errors="replace").strip()[-300:], seconds
    if run.status != 0 or run.timed_out:
        return run.describe() + "\n" + run.err.decode(errors="replace").strip()[-1500:], seconds
    if run.out != expected.out:
        return first_difference(expected.out.decode(errors="replace"), run.out.decode(errors="replace"),
                                ("python3.11", "viperine")), seconds
    return None, seconds


def main(arguments):
    parser = argparse.ArgumentParser(prog="./dev programs", description=__doc__)
    parser.add_argument("names", nargs="*", help="which ones (default: all)")
    parser.add_argument("--path", default="", help="folders put on PYTHONPATH, with ':' between them")
    parser.add_argument("--interpreter", default=default_interpreter())
    parser.add_argument("--timeout", type=float, default=300)
    options = parser.parse_args(arguments)
    environment = plain_environment(PYTHONPATH=options.path) if options.path else plain_environment()
    same = different = absent = 0
    start = time.monotonic()
    for name, module, program in WORKLOADS:
        if options.names and name not in options.names:
            continue
        if not is_installed(module, environment):
            print("%-16s not installed" % name)
            absent += 1
            continue
        problem, seconds = compare(name, program, options.interpreter, environment, options.timeout)
        print("%-16s %s (%s)" % (name, "same" if problem is None else "DIFFERENT", seconds), flush=True)
        if problem is None:
            same += 1
        else:
            different += 1
            print("    " + problem.replace("\n", "\n    "), flush=True)
    print("%d the same, %d different, %d not installed in %.0f s" % (same, different, absent, time.monotonic() - start))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
