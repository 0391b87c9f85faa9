# A small template engine: compiles templates to Python source, executes it, renders pages.
import html
import re
import sys

TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
PAGE = """<html><title>{{ title|upper }}</title><body>
{% if user %}<p>Hello, {{ user.name }}!</p>{% else %}<p>Hello, stranger.</p>{% end %}
<ul>
{% for item in items %}<li class="{{ item.kind }}">{{ item.name|escape }}: {{ item.price|money }}
{% if item.stock %} ({{ item.stock }} left){% end %}</li>
{% end %}</ul>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% end %}</tr>
{% end %}</body></html>"""
FILTERS = {"upper": lambda v: str(v).upper(), "escape": lambda v: html.escape(str(v)), "money": lambda v: "%.2f €" % v}


class Record:
    def __init__(self, **fields):
        self.__dict__.update(fields)


def lookup(base, *names):
    for name in names:
        base = base[name] if isinstance(base, dict) else getattr(base, name)
    return base


def expression(text, bound):
    parts = text.strip().split("|")
    head, *names = parts[0].split(".")
    code = head if head in bound else "context[%r]" % head
    if names:
        code = "lookup(%s, %s)" % (code, ", ".join(map(repr, names)))
    for name in parts[1:]:
        code = "filters[%r](%s)" % (name, code)
    return code


def compile_template(text):
    lines, depth, bound = ["def render(context, out):"], 1, set()
    for token in TOKEN.split(text):
        indent = "    " * depth
        if token.startswith("{{"):
            lines.append("%sout(str(%s))" % (indent, expression(token[2:-2], bound)))
        elif token.startswith("{%"):
            words = token[2:-2].split()
            if words[0] == "if":
                lines.append("%sif %s:" % (indent, expression(words[1], bound)))
                depth += 1
            elif words[0] == "for":
                lines.append("%sfor %s in %s:" % (indent, words[1], expression(words[3], bound)))
                bound.add(words[1])
                depth += 1
            elif words[0] == "else":
                lines.append("    " * (depth - 1) + "else:")
            else:
                depth -= 1
        elif token:
            lines.append("%sout(%r)" % (indent, token))
    namespace = {"lookup": lookup, "filters": FILTERS, "str": str}
    exec("\n".join(lines), namespace)
    return namespace["render"]


def main(n):
    total = 0
    for i in range(n):
        if i % 20 == 0:
            render = compile_template(PAGE)
        context = {"title": "page %d" % i, "user": Record(name="user%d" % i) if i % 3 else None,
                   "items": [{"kind": "k%d" % (j % 3), "name": "<item %d>" % j, "price": j * 1.5, "stock": j % 4}
                             for j in range(20)],
                   "rows": [[r * c for c in range(8)] for r in range(10)]}
        parts = []
        render(context, parts.append)
        page = "".join(parts)
        total += len(page)
    print(total, page[:120])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2500)
