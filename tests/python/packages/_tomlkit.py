# package: tomlkit
import tomlkit
d = tomlkit.parse('# c\n[a]\nx = 1 # one\ny = [1, 2]\n[[b]]\nz = 2024-02-03T04:05:06Z\n'); d["a"]["x"] = 5; d["b"].append({"z": "s"}); print(tomlkit.dumps(d), d)
