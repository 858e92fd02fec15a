/* redact/shaped.h — a whole value whose place bears only a certain form, and links that must join.
 *
 * A tag such as "[DATE]" would make a FHIR resource, a typed HL7 field or a number column invalid. So the
 * value of such a place is replaced by one of its form:
 *
 *   form      tag, surrogate                        mask, or what can't be replaced otherwise
 *   TOKEN     twenty signs, keyed                   masked
 *   UUID      a version 4 UUID, keyed               00000000-0000-0000-0000-000000000000
 *   OID       2.25. and 38 digits or so, keyed      2.25.0
 *   DATE      a year, or the shifted date           1900
 *   INSTANT   1 January of its year, or shifted     1900-01-01T00:00:00Z
 *   DIGITS    as many digits, keyed                 as many zeros; a date: nothing at all
 *   URL       below example.org, .com or .net       https://example.org/
 *   EMAIL     at example.org, .com or .net          redacted@example.org
 *
 * A date so old that it may show an age over 89 becomes the year before the first that does not: the one category
 * of 45 CFR 164.514(b)(2)(i)(C). An age over 89 in digits becomes 90 years, in its unit. A ZIP area in digits
 * ends with zeros.
 *
 * A link joins records: its replacement is a keyed function of the value alone, in a domain that the whole
 * run shares, so that the graph joins as before. Its form follows from how the value looks (a UUID becomes
 * a UUID, an OID an OID, digits eighteen digits, all else a token), so that an id and a reference to it
 * agree even if their places bear different forms. docs/adr/0007-links.md says what that tells.
 * Threads: pure; the arena is the caller's.
 */
#pragma once
#include "redact/redact.h"

/* In the order of enum piece_shape of format/format.h. */
enum value_shape {
    FORM_ANY,
    FORM_TOKEN,
    FORM_UUID,
    FORM_OID,
    FORM_DATE,
    FORM_INSTANT,
    FORM_DIGITS,
    FORM_URL,
    FORM_EMAIL,
    FORM_COUNT,
};
/* Is v of the form? */
bool form_holds(enum value_shape shape, view v);

struct shaped {
    enum value_shape shape;
    bool is_number;   /* of DIGITS: no zero before others */
    uint32_t in_year; /* AGE: of its unit; 0: years */
    /* PHONE, FAX: the value's digits are those of `number` behind its first number_at; "": all of its own. Its
     * surrogate is that part of the number's. */
    view number;
    uint32_t number_at;
    const struct keyed_domain *links; /* not NULL: the value is a link of this domain (prepared) */
};
/* As redact_text for the one finding f, which is the whole value of its place. */
MUST_USE err redact_shaped(const struct redact_params *p, const struct redact_domains *dom,
                           const struct shaped *how, view text, const struct finding *f,
                           struct arena *a, struct edits *out, uint64_t done[LABEL_COUNT],
                           uint64_t masked[LABEL_COUNT]);
