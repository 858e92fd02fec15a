#!/usr/bin/env python3
"""Makes the generated lists of data/lexicon from public lists. Not run by the build.

    gather.py --gaz DIR --npm DIR --notes FILE --scowl DIR --ssa FILE --out data/lexicon

data/SOURCES.md says what each of these holds and where it comes from. The lists that the project
wrote itself (cues, titles, eponyms, abbreviations …) are in data/lexicon too and are not touched.
"""
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from medicine import Medicine  # noqa: E402
from names import Names      # noqa: E402
from own import Own          # noqa: E402
from places import Places    # noqa: E402
from sources import Sources, lines  # noqa: E402
from words import Words      # noqa: E402


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for a in ("gaz", "npm", "notes", "scowl", "ssa", "out"):
        p.add_argument("--" + a, required=True)
    a = p.parse_args()
    own = Own(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "own"))
    s = Sources(a.gaz, a.npm, a.notes, a.scowl, a.ssa)
    words = Words(s, own.never)
    words.write(os.path.join(a.out, "words.txt"))
    names = Names(s, words, own)
    names.write(os.path.join(a.out, "surnames.txt"), os.path.join(a.out, "given_names.txt"))
    places = Places(s, words, names, own)
    places.write(os.path.join(a.out, "places.txt"))
    written = {w for f in ("drugs", "eponyms", "organisations") for w in lines(os.path.join(a.out, f + ".txt"))}
    Medicine(s, words, names, places, written).write(
        os.path.join(a.out, "drugs_more.txt"), os.path.join(a.out, "organisations_more.txt"),
        os.path.join(a.out, "protected_more.txt"))


if __name__ == "__main__":
    main()
