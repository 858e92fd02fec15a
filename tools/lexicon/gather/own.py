"""What the project itself says about names and words: tools/lexicon/own/*.txt."""
import os

from sources import fold, lines


def read(folder, name):
    return {w for line in lines(os.path.join(folder, name)) if not line.startswith("#")
            for w in line.split()}


class Own:
    """keep: names although they are everyday words. drop: no names although a list has them.
    never: no words although a list has them. names: names of other countries, by kind."""

    def __init__(self, folder):
        self.keep, self.drop = read(folder, "names_keep.txt"), read(folder, "names_drop.txt")
        self.never = read(folder, "words_drop.txt")
        self.places_drop = read(folder, "places_drop.txt")
        self.places_big = [fold(x) for x in lines(os.path.join(folder, "places_big.txt")) if x[0] != "#"]
        self.names = {k: read(folder, "names_%s.txt" % k.replace("-", "_"))
                      for k in ("surname", "given-f", "given-m", "given")}
