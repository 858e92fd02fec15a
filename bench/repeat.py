#!/usr/bin/env python3
"""The texts of a folder as JSON lines {"id", "text"}, again and again until there are enough bytes.

usage: repeat.py FOLDER BYTES > notes.jsonl
"""
import json
import pathlib
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    want = int(sys.argv[2])
    texts = [p.read_text(encoding='utf-8') for p in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt'))]
    if not texts:
        sys.exit('repeat.py: no texts there')
    written = 0
    while written < want:
        for text in texts:
            line = json.dumps({'id': str(written), 'text': text}, ensure_ascii=False)
            print(line)
            written += len(line.encode()) + 1


if __name__ == '__main__':
    main()
