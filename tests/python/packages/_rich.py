# package: rich
import io
from rich.console import Console
from rich.table import Table
from rich.markdown import Markdown
from rich.syntax import Syntax
from rich.tree import Tree
out = io.StringIO(); console = Console(file=out, width=80, force_terminal=True, color_system="truecolor")
table = Table(title="T"); table.add_column("a", justify="right"); table.add_column("b"); table.add_row("1", "[red]x[/]"); console.print(table)
console.print(Markdown("# H\n* a\n* b `c`")); tree = Tree("r"); tree.add("x").add("y"); console.print(tree, {"a": [1, 2.5, None, "s"]}, Syntax("def f(): return 1", "python")); print(out.getvalue())
