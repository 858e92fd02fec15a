"""words.txt: ordinary and clinical words with how usual each is in lower case."""
import re

from sources import ListFile, fold

# occurrences in a million words of clinical notes, lower-cased, for ranks 7 … 2
PER_MILLION = ((7, 1000), (6, 200), (5, 50), (4, 15), (3, 4))

MEDICAL_FORM = re.compile(
    "(itis|osis|oses|oma|omas|ectomy|otomy|ostomy|emia|emic|uria|pathy|pathic|plasty|gram|graphy|scopy"
    "|scope|algia|penia|trophy|megaly|plegia|paresis|phagia|phasia|cyte|cytes|cytosis|ectasis|lysis"
    "|rrhea|rrhage|rrhagic|genic|itic|otic|cardia|cardial|vascular|pulmonary|cerebral|spinal|enteric"
    "|gastric|hepatic|renal|thoracic|cranial|dermal|mycin|cillin|azole|[a-z]{3}pril|olol|statin)$")
LONGEST_RARE = 12  # longer words of the medical list alone are left out: nobody is called that


def rank_of_rate(rate):
    for rank, least in PER_MILLION:
        if rate >= least:
            return rank
    return 2


class Words:
    """rank[w], is_word(w), is_medical(w), rate[w] for everything that is known as a word."""

    def __init__(self, s, own_never):
        low, cap, total = s.note_words()
        small, large = s.scowl_words("american-english"), s.scowl_words("american-english-large")
        safe = {w for w in s.philter("whitelist_plus_fps_091718_nonames")
                if re.fullmatch("[a-z]{2,32}", w)}
        common = {w for w in s.name_file("pydeid", "common_words.txt") if w.isalpha()}
        commonest = {w for w in s.name_file("pydeid", "commonest_words.txt") if w.isalpha()}
        commonest &= large
        proper = s.scowl_proper("american-english-large")
        census = {fold(n): i for i, n in enumerate(s.census_1990()["last"])}
        births = {}
        for (n, _), b in s.births().items():
            births[n] = births.get(n, 0) + b
        titles = set()
        for t in s.icd10_titles():
            titles.update(w for w in re.findall("[a-z]+", t) if len(w) > 2)
        for name, key in (("symptoms", "symptoms"), ("cancer", "cancers"),
                          ("infectious_diseases", "diseases")):
            for t in s.corpora("medicine/" + name)[key]:
                titles.update(w for w in re.findall("[a-z]+", t) if len(w) > 2)

        def is_name(w):
            return census.get(w, 10 ** 6) < 20000 or births.get(w, 0) > 2000

        self.rate, self.rank, self.general, self.medical = {}, {}, set(), set()
        for w in set(low) | large | safe | common | titles:
            if not re.fullmatch("[a-z]{2,32}", w) or w in own_never:
                continue
            dictionary = w in large or w in common
            if w in safe and not dictionary and len(w) > LONGEST_RARE and w not in titles \
                    and w not in low:
                continue
            known = dictionary or w in safe or w in titles
            seen = low.get(w, 0)
            if not known and (seen < 2 or is_name(w) or w in proper):
                continue
            if not dictionary and seen < 3 and (w in census or births.get(w, 0) > 100):
                continue  # a name that a list of medical words took in
            # capitalised inside sentences far more often than not: a name, not a word
            if seen and cap.get(w, 0) > 4 * seen and not w in commonest:
                seen = 0
                if not dictionary:
                    continue
            rank = 1
            if seen >= 2 or (seen and w in large):
                rank = rank_of_rate(seen / total * 1e6)
            if w in commonest:
                rank = max(rank, 3)
            elif w in common and not is_name(w):
                rank = max(rank, 2)
            self.rate[w], self.rank[w] = seen, rank
            if dictionary:
                self.general.add(w)
            if w not in commonest and (w in titles or not dictionary or
                                       (w not in common and MEDICAL_FORM.search(w))):
                self.medical.add(w)

    def write(self, path):
        f = ListFile(path, [
            "Ordinary and clinical words. word: 7 over 1,000 of a million words of clinical notes,",
            "6 over 200, 5 over 50, 4 over 15, 3 over 4 (or among the commonest 4,000 of English),",
            "2 seen in notes or in a middle-sized dictionary, 1 in large word lists alone.",
            "Made by tools/lexicon/gather/gather.py; sources: mtsamples scowl philter pydeid icd10 corpora."])
        kinds = (("word", lambda w: w in self.general and w not in self.medical),
                 ("word medical", lambda w: w in self.general and w in self.medical),
                 ("medical", lambda w: w not in self.general))
        for rank in range(7, 0, -1):
            for head, test in kinds:
                words = [w for w, r in self.rank.items() if r == rank and test(w)]
                words.sort(key=(lambda w: (-self.rate[w], w)) if rank > 2 else None)
                f.section("%s word=%d" % (head, rank), words)
        f.write()
