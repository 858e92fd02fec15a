#!/usr/bin/env python3
"""Spell marked texts otherwise, so that every offset still holds.

usage: perturb.py lower|upper|bare GOLD.jsonl > OUT.jsonl

lower, upper  other case, but for letters whose other case has another length
bare          every punctuation mark becomes a blank
"""
import json
import sys


def case(text, change):
    return ''.join(c if len(change(c)) != 1 else change(c) for c in text)


KINDS = {
    'lower': lambda t: case(t, str.lower),
    'upper': lambda t: case(t, str.upper),
    'bare': lambda t: ''.join(c if c.isalnum() or c.isspace() else ' ' for c in t),
}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in KINDS:
        sys.exit(__doc__)
    change = KINDS[sys.argv[1]]
    with open(sys.argv[2], encoding='utf-8') as f:
        for line in f:
            o = json.loads(line)
            text = change(o['text'])
            assert len(text) == len(o['text'])
            print(json.dumps({'id': o['id'], 'text': text, 'spans': o['spans']}, ensure_ascii=False))


if __name__ == '__main__':
    main()
