#!/usr/bin/env python3
"""table.py - data/fhir/*.txt as the C table that src/format/fhir_types.c looks elements up in.

    table.py TABLE.h TYPES.h elements.txt roles.txt    run by the build; the same lists give the same bytes

A type is a number (0 is "?", of which nothing is known). An element is a slot of an open hash table over
(type, key): what a string under that key is (its kind) and the type of an object under it. Where R4 and
R5 disagree, the string is the least trusting of both, and the object a type of its own that has the
elements of both.
"""
import re
import sys

# What a string of a FHIR type is, by how little it is trusted: of two the later one holds.
PRIMITIVES = {
    "boolean": "KEEP", "time": "KEEP", "decimal": "KEEP", "integer": "KEEP", "integer64": "KEEP",
    "positiveInt": "KEEP", "unsignedInt": "KEEP", "code": "CODE", "id": "CODE", "canonical": "SYSTEM",
    "uri": "SYSTEM", "date": "DATE", "dateTime": "DATE", "instant": "INSTANT", "oid": "UID", "uuid": "UID",
    "url": "URL", "base64Binary": "BASE64", "xhtml": "XHTML", "string": "TEXT", "markdown": "TEXT",
}
ORDER = list(dict.fromkeys(PRIMITIVES.values()))
LETTERS = "prcolxa"  # targets of a Reference, a bit each


def key_hash(key):
    """The hash of fhir_types.c: length, the first and the last eight bytes."""
    n, mask = len(key), (1 << 64) - 1
    if n >= 8:
        a, b = int.from_bytes(key[:8], "little"), int.from_bytes(key[-8:], "little")
    elif n >= 4:
        a, b = int.from_bytes(key[:4], "little"), int.from_bytes(key[-4:], "little")
    else:
        a, b = (key[0] if n else 0), (key[n // 2] | key[n - 1] << 8 if n else 0)
    m = ((a ^ 0x9E3779B97F4A7C15) * ((b + n * 0xD6E8FEB86659FD93 & mask) | 1)) & mask
    return (m ^ m >> 32) & 0xFFFFFFFF


def read(path, types):
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if line.startswith("#") or not line.strip():
            continue
        m = re.fullmatch(r"(\S+?)(?: < (\S+))?: ?(.*)", line.rstrip("\n"))
        if not m:
            sys.exit(f"{path}:{number}: not TYPE < BASE: ELEMENT KIND, ...")
        name, base, rest = m.groups()
        t = types.setdefault(name, {"base": "-", "elements": {}})
        if base:
            t["base"] = base
        for item in filter(None, rest.split(", ")):
            key, kinds = item.split(" ")
            t["elements"].setdefault(key, []).append(kinds.split("|"))


def union(types, names):
    """The type that has the elements of all of `names`."""
    name = "|".join(names)
    if name not in types:
        merged = types[name] = {"base": types[names[0]]["base"], "elements": {}}
        for part in reversed(names):
            while part in types:  # with what each inherits: the bases may differ
                for key, kinds in types[part]["elements"].items():
                    merged["elements"].setdefault(key, []).extend(kinds)
                part = types[part]["base"]
    return name


def resolve(types, lists):
    """(kind, name of the type of an object or "?", bits of targets) of an element's entries."""
    kind, targets, hint, ruled = None, [], 0, None
    for kinds in lists:
        for k in kinds:
            if k.startswith("!"):
                ruled = k[1:].upper()
            elif k in PRIMITIVES:
                p = PRIMITIVES[k]
                if len(kinds) == 1 and len(lists) > 1 and kinds is lists[-1]:
                    ruled = p  # roles.txt has said so
                kind = p if kind is None or ORDER.index(p) > ORDER.index(kind) else kind
            elif k.startswith("Reference("):
                targets.append("Reference")
                for letter in k[10:-1]:
                    hint |= 1 << LETTERS.index(letter)
            elif k in types:
                if len(lists) > 1 and kinds is lists[-1] and len(kinds) == 1:
                    targets = []  # roles.txt names another type
                targets.append(k)
            else:
                sys.exit(f"{k}: no type")
    targets = list(dict.fromkeys(targets))
    target = "?" if not targets else targets[0] if len(targets) == 1 else union(types, targets)
    return ruled or kind or "NONE", target, hint


def is_resource(types, name):
    while name in types:
        if name == "Resource":
            return True
        name = types[name]["base"]
    return False


def main():
    table, enums, *lists = sys.argv[1:]
    types = {}
    for path in lists:
        read(path, types)
    resolved = {}
    while todo := [n for n in types if n not in resolved]:  # unions are types that come up on the way
        for name in todo:
            resolved[name] = {k: resolve(types, v) for k, v in types[name]["elements"].items()}
    names = ["?"] + sorted(n for n in types if n != "?")
    number = {n: i for i, n in enumerate(names)}
    rows = [(number[t], k, *r) for t in names for k, r in sorted(resolved[t].items())]
    roots = len(names)  # the pseudo-type whose elements are the types of resources
    for n in names[1:]:
        if is_resource(types, n) and "|" not in n and "." not in n:
            base = types[n]["base"]
            canonical = base in ("CanonicalResource", "MetadataResource") or n in ("Questionnaire", "Library")
            rows.append((roots, n, "KEEP", n, int(canonical)))
    keys = sorted({r[1] for r in rows})
    key_number = {k: i for i, k in enumerate(keys)}
    at, pool = {}, ""
    for k in keys:
        at[k] = len(pool)
        pool += k
    size = 1
    while size < len(rows) * 3 // 2:
        size *= 2
    slots = [None] * size
    for owner, key, kind, target, hint in rows:
        i = (key_hash(key.encode()) ^ owner * 0x9E3779B1) & (size - 1)
        while slots[i] is not None:
            i = (i + 1) & (size - 1)
        slots[i] = (owner, key_number[key], number[target], kind, hint)
    with open(table, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/fhir/table.py out of data/fhir. */\n")
        f.write(f"enum {{ FHIR_SLOTS = {size} }};\n")
        f.write(f"static const uint16_t fhir_base[{roots + 1}] = {{")
        f.write(", ".join(str(number.get(types[n]["base"], 0)) for n in names) + ", 0};\n")
        f.write("static const char fhir_pool[] =\n")
        for i in range(0, len(pool), 90):
            f.write(f'    "{pool[i:i + 90]}"\n')
        f.write(";\nstatic const struct fhir_key { uint16_t at; uint8_t n; } fhir_keys[] = {")
        f.write(", ".join(f"{{{at[k]},{len(k)}}}" for k in keys) + "};\n")
        f.write(f"static const uint16_t fhir_root_key[{roots + 1}] = {{")  # 1 + the key that names it; 0: no resource
        named = {target: key_number[key] + 1 for owner, key, _, target, _ in rows if owner == roots}
        f.write(", ".join(str(named.get(n, 0)) for n in names) + ", 0};\n")
        f.write("static const struct fhir_element fhir_slots[FHIR_SLOTS] = {\n")
        for s in slots:
            f.write("{0,0,0,FHIR_EMPTY,0},\n" if s is None else
                    f"{{{s[0]},{s[1]},{s[2]},FHIR_{s[3]},{s[4]}}},\n")
        f.write("};\n")
    with open(enums, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/fhir/table.py out of data/fhir: the types that have a name. */\n")
        f.write("#pragma once\nenum fhir_type {\n    FHIR_T_UNKNOWN,\n")
        for n in names[1:]:
            if "|" not in n:
                f.write(f"    FHIR_T_{n.replace('.', '_')} = {number[n]},\n")
        f.write(f"    FHIR_T_ROOTS = {roots}, /* its elements are the types of resources */\n}};\n")


main()
