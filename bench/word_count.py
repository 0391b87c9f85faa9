# Word statistics of generated text: Counter, defaultdict, sorting, n-grams, Markov chain.
import collections
import sys

SYLLABLES = "ka lo mi ne tu ra si po ve da".split()


def generate(n):
    x = 17
    for _ in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        length = x // 1000 % 3 + 1
        word = "".join(SYLLABLES[x // (7 ** k) % 10] for k in range(1, length + 1))
        yield word.capitalize() if x % 11 == 0 else word + ("." if x % 13 == 0 else "")


def main(n):
    text = " ".join(generate(n))
    words = [w.strip(".").lower() for w in text.split()]
    counts = collections.Counter(words)
    print(len(text), len(counts), counts.most_common(5))
    letters = collections.Counter(text)
    print(sorted(letters.items())[:6], sum(letters.values()))
    followers = collections.defaultdict(list)
    for a, b in zip(words, words[1:]):
        followers[a].append(b)
    state, chain = words[0], []
    for i in range(n // 10):
        chain.append(state)
        options = followers[state]
        state = options[i * 31 % len(options)]
    print(" ".join(chain[:8]), len(set(chain)))
    trigrams = collections.Counter(zip(words, words[1:], words[2:]))
    print(len(trigrams), trigrams.most_common(2), sum(1 for s in text.split(".") if s.strip()))
    index = collections.defaultdict(set)
    for position, word in enumerate(words):
        index[word[:2]].add(position)
    print(sorted((k, len(v)) for k, v in index.items())[:4])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 90000)
