#!/usr/bin/env python3
"""Turn a CSV of notes into JSON lines {"id", "text"}.

usage: csv_to_jsonl.py NOTES.csv[.gz] ID_COLUMN TEXT_COLUMN > notes.jsonl
"""
import csv
import gzip
import json
import sys


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    path, id_column, text_column = sys.argv[1:]
    csv.field_size_limit(1 << 27)
    opener = gzip.open if path.endswith('.gz') else open
    with opener(path, 'rt', encoding='utf-8', newline='') as f:
        for row in csv.DictReader(f):
            if row[text_column]:
                print(json.dumps({'id': row[id_column], 'text': row[text_column]}, ensure_ascii=False))


if __name__ == '__main__':
    main()
