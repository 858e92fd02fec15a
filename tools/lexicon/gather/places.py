"""places.txt: towns and counties, with ranks by inhabitants."""
import re

from sources import ListFile, fold, is_term

INHABITANTS = ((7, 1_000_000), (6, 300_000), (5, 100_000), (4, 30_000), (3, 10_000), (2, 2_500))
# A US note names towns of the US first: others count as if they were smaller by this factor.
FAR = {"US": 1, "PR": 1, "CA": 2, "GB": 4, "IE": 4, "AU": 6, "NZ": 6, "MX": 6}
FAR_ELSE, LEAST_ELSE, LEAST_NEAR = 8, 60_000, 8_000
VARIANTS = (("saint ", "st "), ("st. ", "st "), ("sainte ", "ste "), ("fort ", "ft "), ("mount ", "mt "))
# "the Upper East Side" and towns that a list of postal places has under another name
JUNK = re.compile(r"\b(apo|fpo|dpo|afb|p o|po box|irs|unincorporated|district|region|municipality)\b")


def rank_of(n):
    for rank, least in INHABITANTS:
        if n >= least:
            return rank
    return 1


class Places:
    def __init__(self, s, words, names, own):
        self.words, self.names, self.own, self.rank = words, names, own, {}
        self.counties = set()
        for name, country, people, code, _ in s.cities():
            factor = FAR.get(country, FAR_ELSE)
            if people < (0 if factor == 1 else LEAST_NEAR if country in FAR else LEAST_ELSE):
                continue
            if code == "PPLX" and factor > 1:
                continue  # a part of a town far away
            self.add(name, rank_of(people / factor), factor > 1)
        for town, state, country in s.zip_towns():
            if state not in ("AA", "AE", "AP"):
                self.add(town, 1, country != "US")
        for n in s.name_file("us_names_places", "cities.csv"):
            self.add(n, 1, False)
        for data in s.corpora("geography/canadian_municipalities")["municipalities"]:
            self.add(data["name"], 4, False)
        for data in s.corpora("geography/english_towns_cities").values():
            for n in data if isinstance(data, list) else []:
                self.add(n, 2, True)
        for n in own.places_big:
            self.rank[n] = max(5, self.rank.get(n, 0))
        self.rank["new york"] = 7
        for state, names in s.corpora("geography/us_counties")["counties"].items():
            for n in names:
                self.add_county(n, {"Louisiana": "parish", "Alaska": "borough"}.get(state, "county"))

    def add(self, name, rank, far):
        names = self.names
        n = re.sub(r"\s*\(.*\)|/.*", "", fold(name))
        n = re.sub(r"[.,]", "", n).strip()
        n = re.sub(r" (city|town|cdp|village)$", "", n) if n.endswith(("cdp",)) else n
        if not is_term(n) or len(n) < 3 or n in self.own.places_drop or JUNK.search(n):
            return
        parts = n.split()
        if len(parts) > 5:
            return
        use = self.words.rank
        if len(parts) == 1:
            w = use.get(n, 0)
            if w >= 6 or (far and w >= 3 and rank < 6) or (w >= 4 and rank <= 1):
                return
            if far and rank < 5 and names.given.get(n, 0) >= 4:
                return
        elif all(use.get(p, 0) >= 6 for p in parts) and rank < 3:
            return
        self.rank[n] = max(rank, self.rank.get(n, 0))
        for long, short in VARIANTS:
            if n.startswith(long):
                v = short + n[len(long):]
                self.rank[v] = max(rank, self.rank.get(v, 0))
            elif n.startswith(short) and long != "st. ":
                v = long + n[len(short):]
                self.rank[v] = max(rank, self.rank.get(v, 0))

    def add_county(self, name, kind):
        n = re.sub(r"[.,]", "", fold(name))
        n = re.sub(r" (county|parish|borough|census area|municipality|city and borough)$", "", n)
        if is_term(n):
            self.counties.add(n + " " + kind)
            for long, short in VARIANTS:
                if n.startswith(short):
                    self.counties.add(long + n[len(short):] + " " + kind)

    def write(self, path):
        f = ListFile(path, [
            "Towns and cities. place: by inhabitants: 7 over a million, 6 over 300,000, 5 over 100,000,",
            "4 over 30,000, 3 over 10,000, 2 over 2,500, 1 fewer or unknown; towns outside the United",
            "States count as if they were 2 to 8 times smaller. Then counties.",
            "Made by tools/lexicon/gather/gather.py; sources: geonames zipcodes usnp corpora."])
        for r in range(7, 0, -1):
            f.section("place place=%d" % r, sorted(n for n, x in self.rank.items() if x == r))
        f.section("county", sorted(self.counties))
        f.write()
