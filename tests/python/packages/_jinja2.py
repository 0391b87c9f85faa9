# package: jinja2
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
