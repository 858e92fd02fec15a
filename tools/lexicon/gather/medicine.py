"""drugs_more.txt and organisations_more.txt: brand and generic names, hospitals."""
import re

from sources import ListFile, fold, is_term

# words of a drug's full name that are salts, forms and schedules
FORM = set("""acetate acid aluminum barium besylate bitartrate bromide butyrate calcium capsule capsules carbonate
chloride citrate cream dihydrate dipotassium dipropionate disodium drops edisylate enanthate ethyl extended
release fluoride fumarate gel gluconate glycol hcl hemihydrate hfa hydrobromide hydrochloride hydroxide
immune injection iodide iron kit lactate lotion maleate magnesium malate mesylate monohydrate nasal nitrate
ointment ophthalmic oral otic oxide pak palmitate pamoate patch peroxide phosphate plus potassium propionate
resin sodium solution spray strength sulfate suspension tablet tablets tartrate topical tosylate trihydrate
trisodium valerate vaccine virus xr er sr cr la xl odt pen hct""".split())

# a name that begins or ends so is a place more than an organisation
TAIL = set("""area state valley region regional county mental mountain vista lakes rivers river lake springs city
coast county island islands beach bay park hills heights north south east west central northern southern
eastern western northeast northwest southeast southwest upper lower greater mid new old centre center
kansas iowa ohio texas florida georgia carolina dakota virginia""".split())
HEADS = (r"(regional |community |general |memorial |county |district |university )*"
         r"(hospital|hospitals|medical center|medical centers|medical ctr|med ctr|hlth ctr|health center|"
         r"health centers|health system|healthcare system|health services|healthcare|health|clinic|center|"
         r"centre|infirmary|institute|sanatorium|hospital and medical center|rehabilitation hospital|"
         r"rehabilitation center|medical)( inc| llc)?$")


CAPITAL = r"[A-Z][a-zé]+(?:'s)?"
HEAD_OF_TITLE = (r"(?:[a-z]+ )?(?:disease|syndrome|fever|virus|encephalitis|anemia|palsy|fracture|dislocation|"
                 r"deformity|paralysis|lymphoma|tumor|sarcoma|esophagus|hernia|cyst|dystrophy|anomaly|"
                 r"malformation|thyroiditis|ulcer|arthropathy|aphasia|angina|gangrene|ataxia|chorea|"
                 r"melioidosis|leishmaniasis|trypanosomiasis|typhus|sore|purpura|tetralogy|lung|colitis)")


def eponym_phrases(s, words, eponyms):
    """ "Kaschin-Beck disease" and its like, from titles of diseases."""
    titles = s.icd10_titles()
    for name, key in (("infectious_diseases", "diseases"), ("cancer", "cancers")):
        titles += s.corpora("medicine/" + name)[key]
    for chain in s.corpora("medicine/diseases")["diseases"]:
        titles += chain
    titles += [c["desc"] for c in s.corpora("medicine/diagnoses")["codes"]]
    found = set()
    for t in titles:
        for m in re.finditer(r"(?:%s)(?:[ -]%s){0,3} %s\b" % (CAPITAL, CAPITAL, HEAD_OF_TITLE), t):
            w = fold(m.group())
            first = re.split(r"[^a-z]", w)[0]
            # the first word of a title is capital anyway: it must be no word of the language
            if is_term(w) and (m.start() > 0 or first in eponyms or words.rank.get(first, 0) == 0):
                found.add(w)
    return found


class Medicine:
    def __init__(self, s, words, names, places, own_terms):
        self.words, self.names, self.places, self.own = words, names, places, own_terms
        self.drugs, self.orgs = set(), set()
        self.collect_drugs(s)
        self.collect_hospitals(s)
        self.phrases = eponym_phrases(s, words, own_terms)

    def is_plain(self, w):
        return self.words.rank.get(w, 0) >= 3

    def is_person_or_place(self, w):
        return self.names.surname.get(w, 0) >= 1 or self.names.given.get(w, 0) >= 1 or \
            w in self.places.rank

    def collect_drugs(self, s):
        for name in s.corpora("medicine/drugs")["drugs"]:
            n = re.sub(r"\(.*?\)|\d.*|%|,.*", " ", fold(name))
            for part in re.split(r" and | / |/|;", n):
                part = " ".join(part.replace(".", " ").split())
                left = [w for w in re.split(r"[ -]", part) if w and w not in FORM]
                if len(left) > 1 and is_term(part):
                    if not all(self.is_plain(w) or len(w) < 3 for w in left):
                        self.drugs.add(part)
                for w in left[:1]:
                    if len(w) > 3 and w.isalpha() and self.words.rank.get(w, 0) <= 2 and \
                            not self.is_person_or_place(w):
                        self.drugs.add(w)

    def collect_hospitals(self, s):
        names = [fold(n) for n in s.corpora("medicine/hospitals")["hospitals"]]
        names += s.name_file("pydeid", "ontario_hospitals.txt")
        for n in names:
            n = re.sub(r"\(.*?\)", "", n)
            n = " ".join(re.sub(r"[.,]", " ", n).replace("/", " ").replace("–", " ").split())
            n = re.sub(r"^the ", "", n)
            if not is_term(n):
                continue
            parts = n.split()
            if 2 <= len(parts) <= 9 and not all(self.is_plain(p) for p in parts):
                self.orgs.add(n)
            core = re.sub(r"^(.*?) " + HEADS, r"\1", n)
            if core == n or core in self.places.rank or core in self.places.counties:
                continue
            parts = core.split()
            if len(parts) == 1:
                if not self.is_person_or_place(core) and core not in self.words.rank and len(core) > 3:
                    self.orgs.add(core)
            elif not any(w in ("at", "of", "and", "for", "the") for w in (parts[0], parts[-1])) and \
                    not all(self.words.rank.get(p, 0) >= 2 for p in parts) and \
                    not re.match(r"(north|south|east|west|st|saint|mount|mt) ?[a-z]*$", core) and \
                    parts[0] not in self.names.given and len(core) > 7 and \
                    parts[-1] not in TAIL and parts[0] not in TAIL:
                self.orgs.add(core)

    def write(self, drugs, orgs, phrases):
        f = ListFile(drugs, ["Medicines by generic and brand name, beyond those of drugs.txt.",
                             "Made by tools/lexicon/gather/gather.py; source: corpora."])
        f.section("drug", sorted(self.drugs - self.own))
        f.write()
        f = ListFile(orgs, ["Hospitals of the United States and Ontario, as they are written in full and",
                            "without the tail when what remains is distinctive.",
                            "Made by tools/lexicon/gather/gather.py; sources: corpora pydeid."])
        f.section("org-name", sorted(self.orgs - self.own))
        f.write()
        f = ListFile(phrases, ["Diseases that are named after people, places and peoples.",
                               "Made by tools/lexicon/gather/gather.py; sources: icd10 corpora."])
        f.section("medical eponym", sorted(self.phrases - self.own))
        f.write()
