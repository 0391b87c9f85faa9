"""A text adventure with a small parser: adventure.py. With --demo it plays a recorded game."""
import sys
import textwrap

WORLD = {
    "hall": ("You stand in a dusty hall. A door leads north, stairs lead down.",
             {"north": "library", "down": "cellar"}),
    "library": ("Shelves up to the ceiling. The hall is south.", {"south": "hall"}),
    "cellar": ("It is dark and smells of wine. Stairs lead up; there is an iron door to the east.",
               {"up": "hall", "east": "vault"}),
    "vault": ("Gold! You have found the treasure of the house.", {"west": "cellar"}),
}
ITEMS = {"lamp": "hall", "key": "library", "book": "library", "bottle": "cellar"}
SYNONYMS = {"n": "north", "s": "south", "e": "east", "w": "west", "u": "up", "d": "down", "get": "take",
            "x": "examine", "l": "look",
            "i": "inventory", "grab": "take", "lantern": "lamp"}
TEXTS = {"lamp": "An old brass lamp. It still burns.", "key": "A heavy iron key.",
         "book": "'The Snake That Digested Itself'. Pages are missing.",
         "bottle": "Château Vipère, 1968. Empty."}


class GameOver(Exception):
    pass


class Game:
    def __init__(self, say=print):
        self.place = "hall"
        self.items = dict(ITEMS)
        self.unlocked = False
        self.turns = 0
        self.say = lambda text: say(textwrap.fill(text, 70))

    def look(self, *words):
        if self.place == "cellar" and self.items["lamp"] not in ("carried", "cellar"):
            return self.say("It is pitch dark.")
        self.say(WORLD[self.place][0])
        here = [name for name, where in self.items.items() if where == self.place]
        if here:
            self.say("You see: " + ", ".join(here) + ".")

    def go(self, direction=None, *rest):
        exits = WORLD[self.place][1]
        if direction not in exits:
            return self.say("You cannot go that way." if direction else "Go where?")
        if exits[direction] == "vault" and not self.unlocked:
            return self.say("The iron door is locked.")
        self.place = exits[direction]
        self.look()
        if self.place == "vault":
            raise GameOver(f"You win in {self.turns} turns.")

    def take(self, name=None, *rest):
        if self.items.get(name) == self.place:
            self.items[name] = "carried"
            self.say(f"Taken: {name}.")
        else:
            self.say(f"There is no {name} here." if name else "Take what?")

    def drop(self, name=None, *rest):
        if self.items.get(name) == "carried":
            self.items[name] = self.place
            self.say("Dropped.")
        else:
            self.say("You do not have that.")

    def examine(self, name=None, *rest):
        self.say(TEXTS[name] if self.items.get(name) in ("carried", self.place) else "You see nothing special.")

    def inventory(self, *words):
        carried = [name for name, where in self.items.items() if where == "carried"]
        self.say("You carry " + (", ".join(carried) if carried else "nothing") + ".")

    def unlock(self, *words):
        if self.place == "cellar" and self.items["key"] == "carried":
            self.unlocked = True
            self.say("The lock gives way with a groan.")
        else:
            self.say("You cannot unlock that.")

    def quit(self, *words):
        raise GameOver("Goodbye.")

    def obey(self, line):
        words = [SYNONYMS.get(word, word) for word in line.casefold().split()
                 if word not in ("the", "a", "at", "with", "door")]
        if not words:
            return
        self.turns += 1
        verb, *rest = words
        match verb, rest:
            case ("north" | "south" | "east" | "west" | "up" | "down"), []:
                self.go(verb)
            case "take", ["all" | "everything"]:
                for name in [n for n, where in self.items.items() if where == self.place]:
                    self.take(name)
            case ("look" | "go" | "take" | "drop" | "examine" | "inventory" | "unlock" | "quit"), _:
                getattr(self, verb)(*rest)
            case _:
                self.say(f"I do not know how to {verb}.")


def play(lines):
    game = Game()
    game.look()
    try:
        for line in lines:
            print(">", line)
            game.obey(line)
    except GameOver as end:
        print(end)


def keyboard():
    while True:
        try:
            yield input()
        except EOFError:
            return


if __name__ == "__main__":
    recorded = ["look", "take the lamp", "dance", "n", "get all", "x book", "drop bottle", "i", "s", "go", "d", "e",
                "unlock the door with key", "east"]
    play(recorded if "--demo" in sys.argv else keyboard())
