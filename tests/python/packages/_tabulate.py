# package: tabulate
from tabulate import tabulate
for kind in ("plain", "grid", "pipe", "html", "latex", "fancy_grid"): print(tabulate([["a", 1.5], ["bb", 22]], headers=["n", "v"], tablefmt=kind))
