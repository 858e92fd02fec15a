/* format/fhir_roles.c — what an identifier is, by the type or the system that it is given under. */
#include "format/fhir_walk.h"

enum piece_role fhir_role_of_code(view code)
{
    static const struct {
        const char *code; /* HL7 table 0203 */
        uint8_t role;
    } codes[] = {
        { "MR", ROLE_MRN },       { "MRT", ROLE_MRN },     { "PI", ROLE_MRN },
        { "PT", ROLE_MRN },       { "PE", ROLE_MRN },      { "PN", ROLE_NUMBER },
        { "SS", ROLE_SSN },       { "SB", ROLE_SSN },      { "DL", ROLE_LICENSE },
        { "PPN", ROLE_LICENSE },  { "NPI", ROLE_LICENSE }, { "MD", ROLE_LICENSE },
        { "DEA", ROLE_LICENSE },  { "RN", ROLE_LICENSE },  { "LN", ROLE_LICENSE },
        { "DN", ROLE_LICENSE },   { "DDS", ROLE_LICENSE }, { "DO", ROLE_LICENSE },
        { "PA", ROLE_LICENSE },   { "NP", ROLE_LICENSE },  { "PRN", ROLE_LICENSE },
        { "UPIN", ROLE_LICENSE }, { "SL", ROLE_LICENSE },  { "BRN", ROLE_NUMBER },
        { "MB", ROLE_PLAN },      { "MA", ROLE_PLAN },     { "MC", ROLE_PLAN },
        { "HC", ROLE_PLAN },      { "NH", ROLE_PLAN },     { "SN", ROLE_PLAN },
        { "JHN", ROLE_PLAN },     { "PNT", ROLE_NUMBER },  { "NIIP", ROLE_PLAN },
        { "MCD", ROLE_PLAN },     { "MCR", ROLE_PLAN },    { "WC", ROLE_PLAN },
        { "AN", ROLE_ACCOUNT },   { "ANT", ROLE_ACCOUNT }, { "ANC", ROLE_ACCOUNT },
        { "AM", ROLE_ACCOUNT },   { "BA", ROLE_ACCOUNT },  { "CC", ROLE_ACCOUNT },
        { "SNO", ROLE_DEVICE },   { "UDI", ROLE_DEVICE },  { "SID", ROLE_NUMBER },
    };
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        if (view_eq_nocase(code, view_of_str(codes[i].code))) return (enum piece_role)codes[i].role;
    return ROLE_TEXT;
}

/* A bit of two characters, whatever their case. */
static uint64_t pair_bit(const char *p)
{
    return UINT64_C(1) << (((unsigned)ascii_lower(p[0]) * 7 + (unsigned)ascii_lower(p[1])) % 64);
}

/* The first of them that is a part of it. */
enum piece_role fhir_role_of_system(view namespace)
{
    static const struct {
        const char *part; /* of the system */
        uint8_t role;
    } systems[] = {
        { "/us-ssn", ROLE_SSN },
        { "2.16.840.1.113883.4.1", ROLE_SSN },
        { "/us-npi", ROLE_LICENSE },
        { "2.16.840.1.113883.4.6", ROLE_LICENSE },
        { "2.16.840.1.113883.4.814", ROLE_LICENSE }, /* DEA */
        { "2.16.840.1.113883.4.3", ROLE_LICENSE }, /* driving licences; .4.3.25 Massachusetts … */
        { "/us-medicare", ROLE_PLAN },
        { "/us-mbi", ROLE_PLAN },
        { "2.16.840.1.113883.4.927", ROLE_PLAN },
        { "2.16.840.1.113883.4.572", ROLE_PLAN },
        { "passport", ROLE_LICENSE },
        { "2.16.840.1.113883.4.330", ROLE_LICENSE }, /* passports by country */
        { "licen", ROLE_LICENSE },
        { "nhs-number", ROLE_MRN },
        { "medical-record", ROLE_MRN },
        { "mrn", ROLE_MRN },
        { "ssn", ROLE_SSN },
        { "account", ROLE_ACCOUNT },
        { "member", ROLE_PLAN },
        { "subscriber", ROLE_PLAN },
        { "insurance", ROLE_PLAN },
    };
    size_t best = COUNT_OF(systems);
    /* how they begin, a bit each: hardly any place of an address does */
    uint64_t pairs[COUNT_OF(systems)], all = 0;
    for (size_t i = 0; i < COUNT_OF(systems); i++)
        all |= pairs[i] = pair_bit(systems[i].part);
    for (size_t at = 0; at + 1 < namespace.n; at++) {
        const uint64_t pair = pair_bit(namespace.p + at);
        for (size_t i = 0; i < best && pair & all; i++) {
            if (pairs[i] != pair) continue;
            view part = view_of_str(systems[i].part);
            char behind = at + part.n < namespace.n ? namespace.p[at + part.n] : '/';
            if (at + part.n > namespace.n ||
                !view_eq_nocase(view_sub(namespace, at, at + part.n), part))
                continue;
            /* ".4.1" is no part of ".4.14"; ".4.3" is one of ".4.3.25" */
            if (ascii_is_digit(part.p[part.n - 1]) && ascii_is_digit(behind)) continue;
            best = i;
        }
    }
    if (best < COUNT_OF(systems)) return (enum piece_role)systems[best].role;
    return ROLE_TEXT;
}
