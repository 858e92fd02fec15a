#!/usr/bin/env python3
"""openi.py REPORTS.tar.gz: the reports of Open-i (Indiana University; XML) as JSON lines with the ids that NegBio's labels
have ("CXR17"), each part under its own header."""
import json
import pathlib
import sys
import tarfile
import xml.etree.ElementTree as tree


def main():
    with tarfile.open(sys.argv[1]) as tar:
        for member in tar:
            if not member.name.endswith('.xml'):
                continue
            report = tree.fromstring(tar.extractfile(member).read())
            parts = [f'{p.get("Label")}: {p.text}' for p in report.iter('AbstractText') if p.text]
            print(json.dumps({'id': 'CXR' + pathlib.PurePath(member.name).stem, 'text': '\n'.join(parts)}))


if __name__ == '__main__':
    main()
