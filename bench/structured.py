#!/usr/bin/env python3
"""Structured input for benches: FHIR resources a line, or a table of short identifying cells.

usage: structured.py fhir BYTES [BUNDLES.tar.gz] > resources.ndjson
       structured.py cells BYTES > cells.csv

Bundles are taken apart into their resources; without them a patient with observations, encounters and
conditions is made up again and again. Values are drawn from a seed: the same bytes every time.
"""
import json
import random
import sys
import tarfile

GIVEN = 'Aaliyah Björn Chidi Dolores Esteban Fatima Giorgos Hannah Imani Jovana Kwame Liselotte Mateo Nanami Olu Priya'
FAMILY = 'Abernathy Bergström Castellanos Dimitrov Eze Fitzgerald Gutierrez Haddad Ivanova Johansson Kowalski Lindqvist'
TOWNS = 'Springfield Albany Fresno Tulsa Reno Dayton Salem Duluth Macon Provo'
VITALS = ('29463-7 Body Weight kg', '8302-2 Body Height cm', '8867-4 Heart rate /min', '9279-1 Respiratory rate /min',
          '2339-0 Glucose mg/dL', '6299-2 Urea Nitrogen mg/dL', '38483-4 Creatinine mg/dL', '2947-0 Sodium mmol/L')


def pick(r, words):
    return r.choice(words.split())


def from_bundles(path):
    with tarfile.open(path) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            if member.isfile() and member.name.endswith('.json'):
                for entry in json.load(tar.extractfile(member)).get('entry', []):
                    yield entry['resource']


def made_up(r):
    while True:
        patient = f'{r.getrandbits(32):08x}-1111-4222-8333-{r.getrandbits(48):012x}'
        given, family = pick(r, GIVEN), pick(r, FAMILY)
        yield {'resourceType': 'Patient', 'id': patient,
               'identifier': [{'type': {'coding': [{'code': 'MR'}]}, 'value': str(r.randrange(10**7, 10**8))}],
               'name': [{'family': family, 'given': [given]}], 'gender': 'female',
               'birthDate': f'{r.randrange(1940, 2015)}-0{r.randrange(1, 10)}-1{r.randrange(10)}',
               'address': [{'line': [f'{r.randrange(1, 999)} Cedar Street'], 'city': pick(r, TOWNS), 'state': 'OH'}]}
        for _ in range(40):
            code, *words, unit = r.choice(VITALS).split()
            display = ' '.join(words)
            yield {'resourceType': 'Observation', 'id': f'{r.getrandbits(60):015x}', 'status': 'final',
                   'category': [{'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/observation-category',
                                             'code': 'vital-signs', 'display': 'vital-signs'}]}],
                   'code': {'coding': [{'system': 'http://loinc.org', 'code': code, 'display': display}],
                            'text': display},
                   'subject': {'reference': f'Patient/{patient}'},
                   'effectiveDateTime': f'2021-0{r.randrange(1, 10)}-1{r.randrange(10)}T08:15:00-05:00',
                   'valueQuantity': {'value': round(r.uniform(1, 200), 2), 'unit': unit,
                                     'system': 'http://unitsofmeasure.org', 'code': unit}}
        yield {'resourceType': 'Encounter', 'id': f'{r.getrandbits(60):015x}', 'status': 'finished',
               'class': {'code': 'AMB'}, 'type': [{'text': 'Encounter for check up (procedure)'}],
               'subject': {'reference': f'Patient/{patient}', 'display': f'{given} {family}'},
               'participant': [{'individual': {'display': f'Dr. {pick(r, GIVEN)} {pick(r, FAMILY)}'}}],
               'period': {'start': '2021-03-14T08:00:00Z', 'end': '2021-03-14T08:15:00Z'}}


def fhir(want, path):
    written = 0
    while written < want:
        for resource in from_bundles(path) if path else made_up(random.Random(1)):
            line = json.dumps(resource, ensure_ascii=False, separators=(',', ':'))
            print(line)
            written += len(line.encode()) + 1
            if written >= want:
                break


def cells(want):
    r = random.Random(1)
    written = 0
    print('mrn,last_name,first_name,dob,ssn,street,city,state,zip,phone,email,admit_date,sex,provider_name')
    while written < want:
        given, family = pick(r, GIVEN), pick(r, FAMILY)
        line = (f'{r.randrange(10**7, 10**8)},{family},{given},{r.randrange(1930, 2015)}-0{r.randrange(1, 10)}-'
                f'1{r.randrange(10)},{r.randrange(100, 900)}-{r.randrange(10, 99)}-{r.randrange(1000, 9999)},'
                f'{r.randrange(1, 9999)} Cedar St,{pick(r, TOWNS)},OH,{r.randrange(10**4, 10**5)},'
                f'({r.randrange(201, 989)}) 555-{r.randrange(10**4):04},u{r.randrange(10**6)}@example.com,'
                f'2021-0{r.randrange(1, 10)}-1{r.randrange(10)},F,"{pick(r, FAMILY)}, {pick(r, GIVEN)}"')
        print(line)
        written += len(line.encode()) + 1


def main():
    what, *rest = sys.argv[1:] or ['']
    if what == 'fhir' and len(rest) in (1, 2):
        fhir(int(rest[0]), rest[1] if len(rest) == 2 else None)
    elif what == 'cells' and len(rest) == 1:
        cells(int(rest[0]))
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main()
