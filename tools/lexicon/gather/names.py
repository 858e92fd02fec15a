"""surnames.txt and given_names.txt: names with how usual each is in the United States."""
import re

from sources import ListFile, fold

GIVEN_BIRTHS = ((7, 1_000_000), (6, 300_000), (5, 100_000), (4, 30_000), (3, 8_000), (2, 1_500))
SURNAME_ORDER = ((7, 150), (6, 700), (5, 2_500), (4, 8_000), (3, 20_000), (2, 60_000))
SHORT_ORDER = 12_000  # a surname of two letters must be this common


def by_order(i):
    for rank, most in SURNAME_ORDER:
        if i < most:
            return rank
    return 1


def by_births(b):
    for rank, least in GIVEN_BIRTHS:
        if b >= least:
            return rank
    return 1


def parts(name):
    """A name's words: "Anne-Marie" is two names to a tokenizer."""
    return [p for p in re.split(r"[^a-z]+", fold(name)) if p]


def faker_words(value):
    """first_name and last_name come as lists, or as lists by sex."""
    if isinstance(value, list):
        return {"": value}
    return {k: v for k, v in (value or {}).items() if isinstance(v, list)}


LATIN = ("af_ZA az cs_CZ da de de_CH en_AU en_GH en_HK en_IN en_NG en_ZA es es_MX fi fr fr_BE fr_SN hr "
         "hu id_ID it lv nb_NO nl pl pt_BR pt_PT ro ro_MD sk sr_RS_latin sv tr uz_UZ_latin vi yo_NG "
         "zu_ZA").split()


class Names:
    def __init__(self, s, words, own):
        self.words, self.own = words, own
        self.surname, self.given, self.sex = {}, {}, {}
        self.collect_surnames(s)
        self.collect_given(s)
        self.collect_faker(s)
        for k, names in own.names.items():
            self.collect_own(k, names)
        self.drop()

    def add_surname(self, n, rank):
        if len(n) >= 2 and re.fullmatch("[a-z]+", n):
            self.surname[n] = max(rank, self.surname.get(n, 0))

    def add_given(self, n, rank, sex):
        if len(n) >= 2 and re.fullmatch("[a-z]+", n):
            self.given[n] = max(rank, self.given.get(n, 0))
            self.sex.setdefault(n, set()).update(sex)

    def collect_surnames(self, s):
        for i, n in enumerate(s.census_1990()["last"]):
            n = fold(n)
            if len(n) > 2 or i < SHORT_ORDER:
                self.add_surname(n, by_order(i))
        rank = self.words.rank
        for n in s.philter("lastnames_minus_fps") | set(s.name_file("pydeid", "last_names_unambig_v2.txt")):
            if 2 < len(n) <= 13 and rank.get(n, 0) <= 1:
                self.add_surname(n, 1)
        for n in s.name_file("pydeid", "last_names_popular_v2.txt"):
            self.add_surname(n, 5)
        for key, name in (("lastnames_norwegian", "norwayLastNames"), ("lastNames", "spanishLastNames")):
            for n in s.corpora("humans/" + name).get(key, []):
                for p in parts(n):
                    if len(p) > 2 and rank.get(p, 0) <= 2:
                        self.add_surname(p, 2)

    def collect_given(self, s):
        total, by_sex = {}, {}
        for (n, sex), b in s.births().items():
            total[n] = total.get(n, 0) + b
            by_sex[n, sex] = b
        philter = s.philter("firstnames_minus_fps")
        for n, b in total.items():
            if b < (40 if n in philter else 100):
                continue
            if len(n) < 3 and b < 1500:
                continue
            sex = {x for x in "FM" if by_sex.get((n, x), 0) * 10 >= b}
            self.add_given(n, by_births(b), sex)
        # adults: the census of 1990 lifts names that are old-fashioned by births alone
        census = s.census_1990()
        for key, sex in (("first_male", "M"), ("first_female", "F")):
            for i, n in enumerate(fold(n) for n in census[key]):
                self.add_given(n, 6 if i < 100 else 5 if i < 300 else 4 if i < 600 else 3,
                               "" if n in self.sex else sex)
        for f, sex in (("male", "M"), ("female", "F")):
            for n in s.name_file("names", f + ".txt"):
                for p in parts(n):
                    if len(p) > 2:
                        self.add_given(p, 1, "" if p in self.sex else sex)
        for key, name, sex in (("firstnames_boys_norwegian", "norwayFirstNamesBoys", "M"),
                               ("firstnames_girls_norwegian", "norwayFirstNamesGirls", "F"),
                               ("firstNames", "spanishFirstNames", "FM")):
            for n in s.corpora("humans/" + name).get(key, []):
                for p in parts(n):
                    if len(p) > 2:
                        self.add_given(p, 2, "" if p in self.sex else sex)

    def collect_faker(self, s):
        data = s.faker()
        for locale in LATIN:
            for key, values in faker_words(data[locale]["first"]).items():
                sex = {"male": "M", "female": "F"}.get(key, "FM")
                for n in values:
                    for p in parts(n):
                        if len(p) > 2 and self.words.rank.get(p, 0) <= 2:
                            self.add_given(p, 2, sex if p not in self.sex else "")
            for values in faker_words(data[locale]["last"]).values():
                for n in values:
                    for p in parts(n):
                        if len(p) > 2 and self.words.rank.get(p, 0) <= 1:
                            self.add_surname(p, 2)

    def collect_own(self, kind, names):
        for n in names:
            if kind == "surname":
                self.add_surname(n, 3)
            else:
                self.add_given(n, 3, {"given-f": "F", "given-m": "M", "given": "FM"}[kind])

    def drop(self):
        """An everyday word that few people are called is no name: it would only cost precision."""
        rank, keep = self.words.rank, self.own.keep
        for table in (self.surname, self.given):
            for n in list(table):
                w, r = rank.get(n, 0), table[n]
                if n in self.own.drop or (n not in keep and (
                        (w >= 6 and r <= 4) or (w >= 5 and r <= 3) or (w >= 3 and r <= 1))):
                    del table[n]

    def write(self, surnames, given):
        f = ListFile(surnames, [
            "Surnames. surname: 7 the 150 commonest in the US census, 6 to 700, 5 to 2,500, 4 to 8,000,",
            "3 to 20,000 (and common names of other countries), 2 to 60,000, 1 the rest.",
            "Made by tools/lexicon/gather/gather.py; sources: census pydeid philter faker corpora own."])
        for r in range(7, 0, -1):
            f.section("surname surname=%d" % r, sorted(n for n, x in self.surname.items() if x == r))
        f.write()
        f = ListFile(given, [
            "Given names. given: by births in the US 1880-2023: 7 over a million, 6 over 300,000, 5 over",
            "100,000, 4 over 30,000, 3 over 8,000, 2 over 1,500 (and names of other countries), 1 fewer.",
            "Made by tools/lexicon/gather/gather.py; sources: ssa census philter nltk faker corpora own."])
        for r in range(7, 0, -1):
            for head, sex in (("given-f", {"F"}), ("given-m", {"M"}), ("given-f given-m", {"F", "M"})):
                f.section("%s given=%d" % (head, r), sorted(
                    n for n, x in self.given.items() if x == r and (self.sex[n] or {"F", "M"}) == sex))
        f.write()
