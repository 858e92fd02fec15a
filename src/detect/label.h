/* detect/label.h — the kinds of identifier, as contracts and outputs name them.
 * Source: 45 CFR 164.514(b)(2)(i)(A)–(R); the letter is given with each. */
#pragma once
#include "base/base.h"

/* clang-format off */
#define LABEL_MAP(X)                                                                               \
    X(NAME, "A")         /* of persons, with a role */                                             \
    X(LOCATION, "B")     /* geographic, smaller than a state; ZIP */                               \
    X(ORGANIZATION, "B") /* hospital, clinic, employer, school */                                  \
    X(DATE, "C")         /* all elements but the year */                                           \
    X(AGE, "C")          /* over 89 */                                                             \
    X(PHONE, "D") X(FAX, "E") X(EMAIL, "F") X(SSN, "G") X(MRN, "H") X(PLAN, "I") X(ACCOUNT, "J")   \
    X(LICENSE, "K")      /* certificate and licence numbers; NPI, DEA */                           \
    X(VEHICLE, "L") X(DEVICE, "M") X(URL, "N") X(IP, "O") X(BIOMETRIC, "P")                        \
    X(ID, "R")           /* any other unique identifying number or code */
enum label {
#define X(name, letter) LABEL_##name,
    LABEL_MAP(X)
#undef X
    LABEL_COUNT
};
/* clang-format on */
const char *label_name(enum label l);   /* "NAME" */
const char *label_letter(enum label l); /* "A": its item in (b)(2)(i) */
bool label_from_name(view name, enum label *out);
