"""A to-do list kept in a JSON file.

    todo.py add "buy milk" --tag home --due 2030-01-05
    todo.py list [--tag home] [--all]
    todo.py done 1
    todo.py remove 1
"""
import argparse
import dataclasses
import datetime
import json
import os
import sys
import tempfile


@dataclasses.dataclass
class Item:
    number: int
    text: str
    tags: list[str] = dataclasses.field(default_factory=list)
    due: str | None = None
    done: bool = False

    def line(self):
        mark = "x" if self.done else " "
        tags = "".join(f" #{tag}" for tag in sorted(self.tags))
        due = f" (due {datetime.date.fromisoformat(self.due):%d %b %Y})" if self.due else ""
        return f"[{mark}] {self.number:>3}  {self.text}{tags}{due}"


class Store:
    def __init__(self, path):
        self.path = path
        self.items = []
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.items = [Item(**entry) for entry in json.load(file)]

    def save(self):
        temporary = self.path + ".new"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump([dataclasses.asdict(item) for item in self.items], file, indent=2, ensure_ascii=False)
        os.replace(temporary, self.path)

    def find(self, number):
        for item in self.items:
            if item.number == number:
                return item
        raise SystemExit(f"todo: there is no item {number}")

    def add(self, text, tags, due):
        number = max((item.number for item in self.items), default=0) + 1
        self.items.append(Item(number, text, tags, due))
        return self.items[-1]


def date(text):
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error))


def parser():
    top = argparse.ArgumentParser(prog="todo", description="A to-do list.")
    top.add_argument("--file", default=os.path.expanduser("~/.todo.json"))
    commands = top.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add")
    add.add_argument("text")
    add.add_argument("--tag", action="append", default=[])
    add.add_argument("--due", type=date)
    listing = commands.add_parser("list")
    listing.add_argument("--tag")
    listing.add_argument("--all", action="store_true")
    for name in ("done", "remove"):
        commands.add_parser(name).add_argument("number", type=int)
    return top


def run(arguments):
    options = parser().parse_args(arguments)
    store = Store(options.file)
    match options.command:
        case "add":
            print(store.add(options.text, options.tag, options.due).line())
        case "list":
            shown = [i for i in store.items if (options.all or not i.done)
                     and (not options.tag or options.tag in i.tags)]
            for item in sorted(shown, key=lambda i: (i.done, i.due or "9999", i.number)):
                print(item.line())
            print(f"{len(shown)} of {len(store.items)}")
        case "done":
            store.find(options.number).done = True
        case "remove":
            store.items.remove(store.find(options.number))
    store.save()


def demo():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "todo.json")
        for line in (["add", "buy milk", "--tag", "home"], ["add", "write report", "--tag", "work", "--due",
                                                            "2030-01-05"],
                     ["add", "café – réservation"], ["list"], ["done", "1"], ["list", "--all"],
                     ["list", "--tag", "work"],
                     ["remove", "2"], ["list"], ["done", "9"], ["add", "x", "--due", "tomorrow"]):
            print("$ todo", *line)
            try:
                run(["--file", path, *line])
            except SystemExit as stop:
                print("exit:", stop.code)
        print(open(path, encoding="utf-8").read())


if __name__ == "__main__":
    demo() if "--demo" in sys.argv else run(sys.argv[1:])
