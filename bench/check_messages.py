#!/usr/bin/env python3
"""check_messages.py BEFORE AFTER: do de-identified messages parse as before, and what of their headers is left?

HL7 v2 is read with the package hl7, XML with expat (and xmllint when it is there). Values are taken from
the headers by this program's own reading of the standards; each is searched in the whole output, letters
without case. Short ones are left out: under four characters, or five of letters alone. Nothing of a value is printed: file, place and length.
"""
import collections
import os
import re
import shutil
import subprocess
import sys
import xml.parsers.expat

import hl7

# segment: fields that identify; of each, every component's text
FIELDS = {
    "PID": [2, 3, 4, 5, 6, 7, 9, 11, 13, 14, 18, 19, 20, 21, 23],
    "NK1": [2, 4, 5, 6, 16, 33, 37],
    "GT1": [2, 3, 5, 6, 7, 8, 12],
    "IN1": [16, 18, 19, 36, 49],
    "IN2": [2, 6, 8, 61],
    "MRG": [1, 2, 3, 4, 7],
    "PV1": [5, 19, 50],
}
# components that are codes, authorities and marks of the type, not values
KEEP = {
    "CX": {1, 2, 3, 4, 5, 8, 9}, "XPN": {3, 4, 5, 6, 7, 8, 9, 10, 13},
    "XAD": {3, 5, 6, 10, 14, 15, 16, 17, 20, 21}, "XTN": {1, 2, 4, 5, 8, 9, 14, 15, 16, 17},
}
KIND = {2: "CX", 3: "CX", 4: "CX", 5: "XPN", 6: "XPN", 9: "XPN", 11: "XAD", 13: "XTN", 14: "XTN", 18: "CX",
        21: "CX"}
KIND_OF = {
    ("NK1", 2): "XPN", ("NK1", 4): "XAD", ("NK1", 5): "XTN", ("NK1", 6): "XTN", ("NK1", 33): "CX",
    ("GT1", 2): "CX", ("GT1", 3): "XPN", ("GT1", 5): "XAD", ("GT1", 6): "XTN", ("GT1", 7): "XTN",
    ("IN1", 16): "XPN", ("IN1", 19): "XAD", ("IN1", 49): "CX", ("IN2", 61): "CX",
    ("MRG", 1): "CX", ("MRG", 2): "CX", ("MRG", 3): "CX", ("MRG", 4): "CX", ("MRG", 7): "XPN",
    ("PV1", 5): "CX", ("PV1", 19): "CX", ("PV1", 50): "CX",
}


def hl7_segments(text):
    return [s for s in re.split(r"[\r\n]+", text) if s.strip("\ufeff\x0b\x1c ")]


def hl7_shape(text):
    """Counts of fields, repetitions, components and subcomponents, as the package sees them."""
    message = hl7.parse("\r".join(hl7_segments(text.strip("\ufeff\x0b\r\n "))) + "\r")
    shape = []
    for segment in message:
        shape.append((str(segment[0]), [
            [[len(c) if isinstance(c, hl7.Component) else 1 for c in r] if isinstance(r, hl7.Repetition) else 1
             for r in f] if isinstance(f, hl7.Field) else 1 for f in segment[1:]]))
    return shape


def hl7_values(text):
    """(place, value) of what the header names."""
    for segment in hl7_segments(text.lstrip("\ufeff\x0b")):
        fields = segment.split("|")
        for number in FIELDS.get(fields[0], []):
            if number >= len(fields):
                continue
            kind = KIND_OF.get((fields[0], number)) or (KIND.get(number) if fields[0] == "PID" else None)
            for repetition in fields[number].split("~"):
                for i, component in enumerate(repetition.split("^")):
                    if i in KEEP.get(kind, ()):
                        continue
                    if kind == "CX" and i > 0:
                        continue
                    for value in component.split("&"):
                        yield f"{fields[0]}-{number}.{i + 1}", value


HEADER = ("recordTarget",)
LEAVES = {"given", "family", "streetAddressLine", "city", "postalCode"}


def xml_shape(data):
    shape = []
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = lambda n, a: shape.append((n, sorted(a)))
    parser.EndElementHandler = lambda n: shape.append(n)
    parser.Parse(data, True)
    return shape


def xml_values(data):
    found, stack, text = [], [], []

    def start(name, attributes):
        stack.append(name.split(":")[-1])
        text.clear()
        if "patientRole" not in stack:
            return
        if stack[-1] == "id" and stack[-2] == "patientRole":
            found.append(("id", attributes.get("extension", "")))
        if stack[-1] in ("birthTime", "telecom"):
            value = attributes.get("value", "")
            found.append((stack[-1], re.sub(r"^(tel|fax|mailto):", "", value)))

    def end(name):
        if "patientRole" in stack and stack[-1] in LEAVES:
            found.append((stack[-1], "".join(text).strip()))
        stack.pop()
        text.clear()

    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.Parse(data, True)
    return found


def decode(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def main():
    before, after = sys.argv[1:3]
    tally, left, bad = collections.Counter(), [], 0
    for name in sorted(os.listdir(before), key=lambda n: (len(n), n)):
        path = os.path.join(after, name)
        if not os.path.exists(path) or os.path.getsize(path) == 0:
            tally["no output"] += 1
            continue
        old, new = (open(os.path.join(d, name), "rb").read() for d in (before, after))
        is_xml = b"<" in old[:4096] and not old.lstrip(b"\xef\xbb\xbf\r\n \x0b").startswith(b"MSH")
        try:
            same = (xml_shape(old) == xml_shape(new)) if is_xml else \
                (hl7_shape(decode(old)) == hl7_shape(decode(new)))
        except (hl7.ParseException, xml.parsers.expat.ExpatError, ValueError):
            same = None
        if is_xml and same and shutil.which("xmllint"):
            wrong = subprocess.run(["xmllint", "--noout", "--huge", path], capture_output=True, check=False)
            if wrong.returncode:
                same = None
        tally["same structure" if same else "other structure" if same is False else "does not parse"] += 1
        bad += not same
        text = decode(new).lower()
        for place, value in set(xml_values(old) if is_xml else hl7_values(decode(old))):
            value = value.strip()
            if len(value) < (5 if value.isalpha() else 4) or value == '""':
                continue
            tally["values"] += 1
            if re.search(r"(?<![0-9a-z])" + re.escape(value.lower()) + r"(?![0-9a-z])", text):
                left.append((name, place, len(value)))
    print("   " + ", ".join(f"{n} {what}" for what, n in sorted(tally.items())) + f", {len(left)} left")
    for name, place, length in left[:20]:
        print(f"   {name}: {place} ({length} characters)")
    return 1 if bad or left else 0


if __name__ == "__main__":
    sys.exit(main())
