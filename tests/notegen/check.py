#!/usr/bin/env python3
"""check.py NOTEGEN DATA texts|sides: what tools/notegen promises (tools/notegen/grammar.h), on its own output.

texts: what every text must hold to. sides: what only many texts show, that all kinds and labels occur and
that no two sides share a name; that is a matter of DATA and the same in every build, so once is enough.
"""
import collections
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

NOTEGEN, DATA, PART = sys.argv[1:]
LABELS = set('NAME LOCATION ORGANIZATION DATE AGE PHONE FAX EMAIL SSN MRN PLAN ACCOUNT LICENSE VEHICLE '
             'DEVICE URL IP BIOMETRIC ID'.split())
NOISES = 'none lower upper title bare unmarked ocr typos together joined wrapped spaced lowbare'.split()
failed = 0


def expect(ok, what):
    global failed
    if not ok:
        failed += 1
        print('FAILED:', what)


def run(*args, data=DATA):
    return subprocess.run([NOTEGEN, '--data', data, *args], capture_output=True)


def notes(*args, data=DATA):
    r = run(*args, data=data)
    expect(r.returncode == 0, f'{args}: exit {r.returncode}: {r.stderr[:200]}')
    return [json.loads(line) for line in r.stdout.decode('utf-8').splitlines()]


def values(note, label=None):
    return [note['text'][s['start']:s['end']] for s in note['spans'] if label in (None, s['label'])]


def words(text):
    flat = unicodedata.normalize('NFD', text)
    flat = ''.join(c for c in flat if not unicodedata.combining(c)).lower()
    return re.findall(r'[a-zøæœłđıßþð]+', flat)


def grammar(folder, text):
    os.makedirs(os.path.join(folder, 'notegen'), exist_ok=True)
    if not os.path.exists(os.path.join(folder, 'lexicon')):
        os.symlink(os.path.join(os.path.abspath(DATA), 'lexicon'), os.path.join(folder, 'lexicon'))
    with open(os.path.join(folder, 'notegen', 'own.txt'), 'w', encoding='utf-8') as f:
        f.write(text)


def whole_grammar():
    r = run('--check')
    expect(r.returncode == 0, f'the grammar: {r.stderr.decode()[:300]}')


def every_kind_occurs():
    kinds = run('--kinds').stdout.decode().split()
    expect(len(kinds) >= 10, 'at least ten kinds of notes')
    seen = collections.Counter(n['id'].split('-')[0] for n in notes('--count', '3000', '--seed', '5'))
    expect(set(kinds) == set(seen), f'all kinds occur: {set(kinds) ^ set(seen)}')
    for k in kinds:
        only = {n['id'].split('-')[0] for n in notes('--count', '30', '--kind', k)}
        expect(only == {k}, f'--kind {k} gives that kind alone')


def is_sound(n):
    end = 0
    for s in n['spans']:
        value = n['text'][s['start']:s['end']]
        expect(end <= s['start'] < s['end'] <= len(n['text']), f'{n["id"]}: spans ascend')
        expect(any(c.isalnum() for c in value), f'{n["id"]}: a value says something')
        expect(value == value.strip(), f'{n["id"]}: no blanks at the ends')
        end = s['end']


def spans_are_sound():
    labels = collections.Counter()
    clean = 0
    for noise in NOISES:
        for n in notes('--count', '1200', '--seed', '11', '--noise', noise):
            is_sound(n)
            labels.update(s['label'] for s in n['spans'])
            clean += not n['spans']
    expect(set(labels) == LABELS, f'all labels occur: {LABELS ^ set(labels)}')
    expect(clean > 200, 'texts without identifiers are many')


OWN = '''@ culture
us
@ f.us
{lex.f}
@ m.us
{lex.m}
@ s.us
{lex.s}
@ mail_domain
example.org
@ code label=MRN
ZZ{digits 6}ZZ
@ quiet nolabel
YY{code}YY
@ note kind=1
see {code}, [then {code}|or {code} and [{code}|none]]; {2-4,code}. {quiet}
word {code}\\n{code}\\tand {3-3#code}
'''


def spans_are_what_slots_gave(folder):
    grammar(folder, OWN)
    for noise in ('none', 'upper', 'together', 'joined', 'wrapped', 'spaced', 'bare', 'unmarked'):
        for n in notes('--count', '100', '--noise', noise, data=folder):
            text = n['text']
            quiet = [m.span() for m in re.finditer(r'YYZZ\d{6}ZZYY', text)]
            places = [m.span() for m in re.finditer(r'ZZ\d{6}ZZ', text)
                      if not any(a <= m.start() < b for a, b in quiet)]
            marked = [(s['start'], s['end']) for s in n['spans']]
            expect(places == marked and places, f'{noise}: {text!r} {marked}')


def same_options_same_bytes():
    a = run('--count', '300', '--seed', '9', '--split', 'train').stdout
    expect(a == run('--count', '300', '--seed', '9', '--split', 'train').stdout, 'the same bytes twice')
    expect(a != run('--count', '300', '--seed', '10', '--split', 'train').stdout, 'another seed')


PARTICLES = set('de la del della der di da dos das do du des van von den ter ten zu bin ibn abu al el le lo '
                'y dela mac'.split())


# the sides with rules, names and towns of their own
OWN_RULES = ('known', 'known2', 'known3', 'known4', 'known5', 'known6', 'known7', 'known8', 'known9', 'known10',
             'known11', 'fresh', 'plain')


def has_its_own(side, folder):
    """What a side with rules of its own says: names and towns, as sides_share_nothing wants them."""
    args = '--split', side, '--noise', 'none', '--plant'
    told = notes(*args, real_notes(folder, 2000))
    few = real_notes(folder, 200)
    expect(run(*args, few).stdout == run(*args, few).stdout, f'the same {side} notes twice')
    labels, names, towns = set(), set(), set()
    for n in told:
        labels |= {s['label'] for s in n['spans']}
        towns |= {v.lower() for v in values(n, 'LOCATION') if re.fullmatch(r'[A-Z][a-z]+', v)}
        for v in values(n, 'NAME'):
            names |= {w for w in words(v) if len(w) > 3}
    expect(labels == LABELS, f'all labels occur in {side} notes: {LABELS ^ labels}')
    for bad in (('--split', side), ('--split', side, '--count', '3')):
        expect(run(*bad).returncode != 0, f'{side} notes are planted, never made up')
    return names - PARTICLES, towns


def sides_share_nothing(folder):
    said = {}
    for side in ('train', 'test'):
        names, orgs, towns = set(), set(), set()
        for n in notes('--count', '2500', '--seed', '3', '--split', side, '--noise', 'none'):
            for v in values(n, 'NAME'):
                names |= {w for w in words(v) if len(w) > 3}
            towns |= {v.lower() for v in values(n, 'LOCATION') if re.fullmatch(r'[A-Z][a-z]+', v)}
        said[side] = names - PARTICLES, towns
    for side in OWN_RULES:
        said[side] = has_its_own(side, folder)
    for i, what in enumerate(('names', 'towns')):
        for side in said:
            expect(len(said[side][i]) > 50, f'enough {what} of {side}')
        for one, other in itertools.combinations(said, 2):
            both = said[one][i] & said[other][i]
            expect(not both, f'{what} of {one} and {other}: {sorted(both)[:20]}')


NOTES = '''{"id": "n%d", "text": "HISTORY:,  The patient is a 52-year-old man.  He saw Dr. X in the office.,PLAN:,1.  \
Continue aspirin 81 mg daily.  Mr. Harold Whitlock called on 03/04/2005.  In March he fell.  The patient tolerates \
lisinopril.  Seen by Jane Castellanos yesterday.  Ms. ABC agrees.  Blood pressure 140/90."}'''


def real_notes(folder, count):
    path = os.path.join(folder, f'{count}.jsonl')
    with open(path, 'w', encoding='utf-8') as f:
        f.writelines(NOTES % i + '\n' for i in range(count))
    return path


def planted(folder):
    path = real_notes(folder, 120)
    args = '--plant', path, '--noise', 'none'
    sides = {side: notes(*args, '--split', side) for side in ('all', 'train', 'test')}
    ids = {side: {n['id'] for n in sides[side]} for side in sides}
    expect(ids['train'] | ids['test'] == ids['all'] and not ids['train'] & ids['test'], 'a note has one side')
    expect(run(*args).stdout == run(*args).stdout, 'the same notes twice')
    kept = collections.Counter()
    for n in sides['all']:
        text, end, rest = n['text'], 0, ''
        for s in n['spans']:
            expect(end <= s['start'] < s['end'] <= len(text), f'{n["id"]}: spans ascend')
            rest += text[end:s['start']]
            end = s['end']
        rest += text[end:]
        for real in ('Whitlock', '03/04/2005', 'Castellanos', 'In March he fell', 'Dr. X', 'ABC'):
            expect(real not in text, f'{n["id"]}: {real} is gone')
        for own in ('Continue aspirin 81 mg daily.', 'Blood pressure 140/90.', 'is a 52-year-old man.'):
            kept[own] += own in rest
        kept['names'] += 'NAME' in {s['label'] for s in n['spans']}
    expect(all(v >= 118 for v in kept.values()) and len(kept) == 4, f'what is harmless stays: {kept}')
    for bad in ('{"id": "a"}', '{"text": "x"}', '["a"]', '{"id": "a", "text": 1}', 'x'):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(NOTES % 1 + '\n' + bad + '\n')
        r = run(*args)
        expect(r.returncode == 2 and b'line 2' in r.stderr, f'{bad}: {r.returncode} {r.stderr}')


def sides_of_their_own_are_planted(folder):
    path = real_notes(folder, 120)
    for side in OWN_RULES:
        told = notes('--plant', path, '--split', side)
        expect(told, f'{side} notes are made')
        for n in told:
            is_sound(n)


def bad_grammars_are_refused(folder):
    head = OWN.split('@ note')[0]
    for body, line in (('@ note kind=1\na [b\nc\n', 2), ('@ note kind=1\na {b\nc\n', 2),
                       ('@ note kind=1\na\nb]\n', 3), ('@ note kind=1\na}\nb\n', 2),
                       ('@ note kind=1\na {nothere}\nb\n', 2), ('@ note kind=1\na\n<<<\nb\n', 3),
                       ('@ note kind=1\na {digits}\nb\n', 2), ('@ note colour=1\na\n', 1),
                       ('@ note kind=1\nonly one\n', 1), ('@ note kind=1\na {2-1 code}\nb\n', 2),
                       ('@ note kind=1\na\\\nb\n', 2), ('@ note kind=1\n@ code\nx\n', 1)):
        grammar(folder, head + body)
        r = run('--check', data=folder)
        where = f'own.txt:{head.count(chr(10)) + line}:'
        expect(r.returncode == 2 and where in r.stderr.decode(), f'{body!r}: {r.returncode} {r.stderr}')
    grammar(folder, head + '@ note kind=1\n{note} a\n{note} b\n')
    expect(run(data=folder).returncode == 2, 'a rule that never ends is refused')


def main():
    with tempfile.TemporaryDirectory() as folder:
        if PART == 'sides':
            every_kind_occurs()
            sides_share_nothing(folder)
        else:
            whole_grammar()
            spans_are_sound()
            same_options_same_bytes()
            spans_are_what_slots_gave(folder)
            bad_grammars_are_refused(folder)
            sides_of_their_own_are_planted(folder)
            planted(folder)
    print('failed:', failed)
    sys.exit(1 if failed else 0)


main()
