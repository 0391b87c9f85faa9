# package: mako
from mako.template import Template
print(Template("<%def name='row(x)'>[${x | h}]</%def>\n% for i in range(n):\n${row(i)}\n% endfor\n<%! import math %>${math.pi}").render(n=4))
