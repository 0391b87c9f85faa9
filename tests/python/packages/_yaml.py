# package: yaml
import yaml
text = "a: [1, 2.5, null, true]\nb: &x {c: 2024-02-03, d: 'e'}\nf: *x\ng: |\n  lines\n  more\n? [k, l]\n: v\n".replace("? [k, l]\n: v\n", "")
d = yaml.load(text, yaml.SafeLoader); print(d, yaml.safe_dump(d), yaml.dump({"x": (1, {2})}), [type(t).__name__ for t in yaml.scan("a: - b")] if 0 else "")
try: yaml.safe_load("a: [")
except yaml.YAMLError as error: print(error)
