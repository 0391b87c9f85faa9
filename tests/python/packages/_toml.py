# package: toml
import toml
print(toml.dumps(toml.loads('x = 1\n[a.b]\nc = "d"\ne = [1.5, 2.5]\n')))
