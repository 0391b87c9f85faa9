# package: rdflib
from rdflib import Graph
g = Graph().parse(data="@prefix e: <http://e.org/> . e:a e:p e:b ; e:q 5, 'x'@en . e:b e:p e:c .", format="turtle")
print(len(g), g.serialize(format="nt").split("\n")[0] != "", sorted(map(str, g.query("select ?x where { ?y <http://e.org/p> ?x }")))[:3], g.serialize(format="turtle"))
