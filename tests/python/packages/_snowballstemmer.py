# package: snowballstemmer
import snowballstemmer
print(snowballstemmer.stemmer("english").stemWords("running generously nationality flies".split()), snowballstemmer.stemmer("german").stemWords("Häuser laufend Freundlichkeit".split()))
