# Strings: split, join, replace, find, case, translate, slices, iteration.
import sys

TEXT = ("It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, "
        "it was the epoch of belief, it was the epoch of incredulity, it was the season of Light. ")


def caesar(text, shift):
    out = []
    for c in text:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - 97 + shift) % 26 + 97))
        elif "A" <= c <= "Z":
            out.append(chr((ord(c) - 65 + shift) % 26 + 65))
        else:
            out.append(c)
    return "".join(out)


def is_palindrome(text):
    letters = [c.lower() for c in text if c.isalpha()]
    return letters == letters[::-1]


def main(n):
    text = TEXT * n
    words = text.split()
    print(len(words), len(set(words)), " ".join(reversed(words))[:40])
    print(len(text.replace("was", "is")), text.count("the"), text.find("Light", 1000), text.upper().index("SEASON"))
    print(caesar(text[:60000], 3)[:30], caesar(caesar(text[:60000], 3), -3) == text[:60000])
    table = str.maketrans("aeiou", "AEIOU", ",.")
    print(text.translate(table)[:50], len(text.title()), text.swapcase()[-20:])
    lines = ["%5d %-20s|" % (i, w) for i, w in enumerate(words)]
    print(len("\n".join(lines)), lines[77], sum(len(line.strip()) for line in lines))
    print(sum(w.startswith(("wor", "bel")) for w in words), sum(w.endswith(",") for w in words),
          sum(is_palindrome(w) for w in words))
    print(sum(text[i:i + 3] == "was" for i in range(0, len(text), 2)), text[::-7][:20])
    accents = "naïve café – déjà vu ☃ " * n
    print(len(accents), accents.count("é"), len(accents.encode()), accents.upper()[:23], accents.split("☃")[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
