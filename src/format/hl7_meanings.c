/* format/hl7_meanings.c — the fields of which the data type does not tell enough, and whom segments are
 * about. By hand, after the chapters of HL7 v2.8 on patients, orders, results, accounts and staff. */
#include "format/hl7_table.h"

enum { SEGMENT_S = -1 }; /* whose: the segment says */
struct row {
    char segment[4];
    uint8_t field, role;
    int8_t who;
};
/* clang-format off */
static const struct row rows[] = { /* ascending */
    { "ACC", 3, ROLE_TOWN, SEGMENT_S },          { "ACC", 9, ROLE_NAME, OF_UNKNOWN },
    { "AUT", 3, ROLE_ORGANIZATION, OF_UNKNOWN }, { "AUT", 6, ROLE_PLAN, SEGMENT_S },
    { "BHS", 9, ROLE_NUMBER, SEGMENT_S },        { "BHS", 11, ROLE_LINK, SEGMENT_S },
    { "BHS", 12, ROLE_LINK, SEGMENT_S },         { "BLG", 3, ROLE_ACCOUNT, OF_PATIENT },
    { "CER", 2, ROLE_LICENSE, OF_CLINICIAN },    { "CER", 13, ROLE_NAME, OF_CLINICIAN },
    { "CON", 24, ROLE_TEXT, OF_RELATIVE },
    { "CSR", 4, ROLE_MRN, OF_PATIENT },          { "CSR", 5, ROLE_MRN, OF_PATIENT },
    { "CTD", 2, ROLE_TEXT, OF_UNKNOWN },         { "DB1", 3, ROLE_NUMBER, OF_PATIENT },
    { "EQU", 1, ROLE_DEVICE, SEGMENT_S },
    { "FHS", 9, ROLE_NUMBER, SEGMENT_S },        { "FHS", 11, ROLE_LINK, SEGMENT_S },
    { "FHS", 12, ROLE_LINK, SEGMENT_S },
    { "FT1", 2, ROLE_NUMBER, SEGMENT_S },        { "FT1", 3, ROLE_NUMBER, SEGMENT_S },
    { "FT1", 42, ROLE_NUMBER, SEGMENT_S },       { "GOL", 21, ROLE_TEXT, OF_PATIENT },
    { "GT1", 2, ROLE_ACCOUNT, SEGMENT_S },       { "GT1", 8, ROLE_BIRTH, SEGMENT_S },
    { "GT1", 12, ROLE_SSN, SEGMENT_S },          { "GT1", 16, ROLE_TEXT, OF_EMPLOYER },
    { "GT1", 17, ROLE_TEXT, OF_EMPLOYER },       { "GT1", 18, ROLE_TEXT, OF_EMPLOYER },
    { "GT1", 21, ROLE_TEXT, OF_EMPLOYER },       { "GT1", 29, ROLE_NUMBER, OF_EMPLOYER },
    { "GT1", 42, ROLE_TEXT, OF_RELATIVE },       { "GT1", 45, ROLE_TEXT, OF_RELATIVE },
    { "GT1", 51, ROLE_TEXT, OF_EMPLOYER },       { "GT1", 56, ROLE_TOWN, SEGMENT_S },
    { "IAM", 14, ROLE_TEXT, OF_UNKNOWN },
    { "IN1", 4, ROLE_TEXT, OF_UNKNOWN },         { "IN1", 5, ROLE_TEXT, OF_UNKNOWN },
    { "IN1", 6, ROLE_TEXT, OF_UNKNOWN },         { "IN1", 7, ROLE_TEXT, OF_UNKNOWN },
    { "IN1", 8, ROLE_PLAN, SEGMENT_S },          { "IN1", 9, ROLE_TEXT, OF_EMPLOYER },
    { "IN1", 10, ROLE_PLAN, SEGMENT_S },         { "IN1", 11, ROLE_TEXT, OF_EMPLOYER },
    { "IN1", 18, ROLE_BIRTH, SEGMENT_S },        { "IN1", 28, ROLE_PLAN, SEGMENT_S },
    { "IN1", 36, ROLE_PLAN, SEGMENT_S },         { "IN1", 44, ROLE_TEXT, OF_EMPLOYER },
    { "IN1", 49, ROLE_PLAN, SEGMENT_S },         { "IN1", 52, ROLE_TOWN, SEGMENT_S },
    { "IN1", 54, ROLE_PLAN, SEGMENT_S },
    { "IN2", 2, ROLE_SSN, SEGMENT_S },           { "IN2", 3, ROLE_TEXT, OF_EMPLOYER },
    { "IN2", 6, ROLE_PLAN, SEGMENT_S },          { "IN2", 7, ROLE_TEXT, SEGMENT_S },
    { "IN2", 8, ROLE_PLAN, SEGMENT_S },          { "IN2", 10, ROLE_NUMBER, SEGMENT_S },
    { "IN2", 12, ROLE_ORGANIZATION, SEGMENT_S }, { "IN2", 13, ROLE_TOWN, SEGMENT_S },
    { "IN2", 25, ROLE_PLAN, SEGMENT_S },         { "IN2", 26, ROLE_PLAN, SEGMENT_S },
    { "IN2", 40, ROLE_TEXT, OF_RELATIVE },       { "IN2", 49, ROLE_TEXT, OF_EMPLOYER },
    { "IN2", 50, ROLE_TEXT, OF_EMPLOYER },       { "IN2", 52, ROLE_TEXT, OF_RELATIVE },
    { "IN2", 61, ROLE_PLAN, OF_PATIENT },        { "IN2", 64, ROLE_TEXT, OF_EMPLOYER },
    { "IN2", 69, ROLE_TEXT, OF_EMPLOYER },       { "IN2", 70, ROLE_TEXT, OF_EMPLOYER },
    { "IN3", 2, ROLE_PLAN, SEGMENT_S },          { "IN3", 15, ROLE_NAME, OF_UNKNOWN },
    { "IN3", 21, ROLE_NAME, OF_CLINICIAN },
    { "IPC", 3, ROLE_NUMBER, SEGMENT_S },
    { "MRG", 1, ROLE_MRN, OF_PATIENT },          { "MRG", 2, ROLE_MRN, OF_PATIENT },
    { "MRG", 3, ROLE_ACCOUNT, OF_PATIENT },      { "MRG", 4, ROLE_MRN, OF_PATIENT },
    { "MSA", 2, ROLE_LINK, SEGMENT_S },          { "MSH", 10, ROLE_LINK, SEGMENT_S },
    { "NK1", 12, ROLE_NUMBER, SEGMENT_S },       { "NK1", 13, ROLE_TEXT, OF_EMPLOYER },
    { "NK1", 16, ROLE_BIRTH, SEGMENT_S },        { "NK1", 26, ROLE_TEXT, OF_RELATIVE },
    { "NK1", 37, ROLE_SSN, SEGMENT_S },          { "NK1", 38, ROLE_TOWN, SEGMENT_S },
    { "OBX", 18, ROLE_DEVICE, SEGMENT_S },
    { "ORC", 17, ROLE_ORGANIZATION, OF_UNKNOWN },
    { "PCR", 12, ROLE_DEVICE, SEGMENT_S },       { "PD1", 4, ROLE_TEXT, OF_CLINICIAN },
    { "PD1", 10, ROLE_MRN, OF_PATIENT },         { "PEO", 19, ROLE_TEXT, OF_UNKNOWN },
    { "PID", 2, ROLE_MRN, OF_PATIENT },          { "PID", 3, ROLE_MRN, OF_PATIENT },
    { "PID", 4, ROLE_MRN, OF_PATIENT },          { "PID", 6, ROLE_TEXT, OF_RELATIVE },
    { "PID", 7, ROLE_BIRTH, OF_PATIENT },        { "PID", 12, ROLE_TOWN, OF_PATIENT },
    { "PID", 18, ROLE_ACCOUNT, OF_PATIENT },     { "PID", 19, ROLE_SSN, OF_PATIENT },
    { "PID", 20, ROLE_LICENSE, OF_PATIENT },     { "PID", 21, ROLE_NUMBER, OF_RELATIVE },
    { "PID", 23, ROLE_TOWN, OF_PATIENT },        { "PMT", 10, ROLE_ACCOUNT, OF_UNKNOWN },
    { "PRT", 10, ROLE_DEVICE, SEGMENT_S },       { "PRT", 16, ROLE_DEVICE, SEGMENT_S },
    { "PRT", 19, ROLE_DEVICE, SEGMENT_S },       { "PRT", 20, ROLE_NUMBER, SEGMENT_S },
                                                 { "QRD", 4, ROLE_LINK, SEGMENT_S },
    { "QRD", 8, ROLE_MRN, OF_PATIENT },          { "RX1", 26, ROLE_NUMBER, SEGMENT_S },
    { "RXD", 7, ROLE_NUMBER, SEGMENT_S },        { "RXE", 15, ROLE_NUMBER, SEGMENT_S },
    { "SCD", 33, ROLE_MRN, OF_PATIENT },         { "SCP", 4, ROLE_DEVICE, SEGMENT_S },
    { "SDD", 2, ROLE_DEVICE, SEGMENT_S },        { "SDD", 7, ROLE_NAME, OF_CLINICIAN },
    { "SLT", 1, ROLE_DEVICE, SEGMENT_S },        { "STF", 6, ROLE_BIRTH, OF_CLINICIAN },
    { "STF", 15, ROLE_EMAIL, OF_CLINICIAN },     { "TXA", 16, ROLE_NUMBER, SEGMENT_S },
    { "URD", 3, ROLE_MRN, OF_PATIENT },
};
static const struct { char segment[4]; uint8_t who; } owners[] = {
    { "ACC", OF_PATIENT }, { "DB1", OF_PATIENT }, { "GT1", OF_HOUSEHOLD }, { "IN1", OF_HOUSEHOLD },
    { "IN2", OF_HOUSEHOLD }, { "IN3", OF_HOUSEHOLD }, { "MRG", OF_PATIENT }, { "NK1", OF_RELATIVE },
    { "PD1", OF_PATIENT }, { "PDA", OF_PATIENT },
    { "PID", OF_PATIENT }, { "PRA", OF_CLINICIAN }, { "PRD", OF_CLINICIAN }, { "PV1", OF_PATIENT },
    { "PV2", OF_PATIENT }, { "STF", OF_CLINICIAN },
};
/* Table 0203, the codes that say more than "a number". */
static const struct { char code[8]; uint8_t role; } identifiers[] = {
    { "AN", ROLE_ACCOUNT }, { "ANON", ROLE_MRN }, { "ANC", ROLE_ACCOUNT }, { "ANT", ROLE_ACCOUNT },
    { "BA", ROLE_ACCOUNT }, { "BC", ROLE_ACCOUNT }, { "CC", ROLE_ACCOUNT }, { "DEA", ROLE_LICENSE },
    { "DL", ROLE_LICENSE }, { "DN", ROLE_LICENSE }, { "DPM", ROLE_LICENSE }, { "GL", ROLE_ACCOUNT },
    { "HC", ROLE_PLAN }, { "JHN", ROLE_PLAN }, { "LN", ROLE_LICENSE }, { "MA", ROLE_PLAN },
    { "MB", ROLE_PLAN }, { "MC", ROLE_PLAN }, { "MCD", ROLE_PLAN }, { "MCR", ROLE_PLAN },
    { "MD", ROLE_LICENSE }, { "MR", ROLE_MRN }, { "MRT", ROLE_MRN }, { "NH", ROLE_PLAN },
    { "NI", ROLE_NUMBER }, { "NIIP", ROLE_PLAN }, { "NP", ROLE_LICENSE }, { "NPI", ROLE_LICENSE },
    { "PA", ROLE_LICENSE }, { "PI", ROLE_MRN }, { "PN", ROLE_NUMBER }, { "PT", ROLE_MRN },
    { "RN", ROLE_LICENSE }, { "SL", ROLE_LICENSE }, { "SN", ROLE_PLAN }, { "SS", ROLE_SSN },
    { "SSN", ROLE_SSN }, { "WC", ROLE_NUMBER },
};
/* clang-format on */

const struct hl7_segment *hl7_segment_find(view name)
{
    uint32_t lo = 0, hi = hl7_segment_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int c = view_cmp(view_of_str(hl7_segments[mid].name), name);
        if (c == 0) return &hl7_segments[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* Segment and field as one number, which is in the order of the rows: asked for each field of a message. */
static uint32_t place_of(const char *segment, uint8_t field)
{
    const uint8_t *s = (const uint8_t *)segment;
    return (uint32_t)s[0] << 24 | (uint32_t)s[1] << 16 | (uint32_t)s[2] << 8 | field;
}

struct hl7_meaning hl7_field_meaning(view segment, uint32_t field)
{
    const struct hl7_meaning nothing = { ROLE_TEXT, OF_UNKNOWN, false };
    size_t lo = 0, hi = COUNT_OF(rows);
    if (segment.n != 3 || field > UINT8_MAX) return nothing;
    const uint32_t place = place_of(segment.p, (uint8_t)field);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (place_of(rows[mid].segment, rows[mid].field) < place)
            lo = mid + 1;
        else
            hi = mid;
    }
    const struct row *r = &rows[lo];
    if (lo == COUNT_OF(rows) || place_of(r->segment, r->field) != place) return nothing;
    bool has_who = r->who != SEGMENT_S;
    return (struct hl7_meaning){ r->role, has_who ? r->who : OF_UNKNOWN, has_who };
}

/* The type of a field, with what its meaning makes of it. */
static enum hl7_type field_type(view segment, uint32_t field)
{
    const struct hl7_segment *s = hl7_segment_find(segment);
    return s && field >= 1 && field <= s->n ? (enum hl7_type)s->types[field - 1] : T_TX;
}

bool hl7_field_identifies(view segment, uint32_t field)
{
    static const uint8_t harmless[] = { T_TX, T_ST, T_ID, T_IS, T_CODE, T_KEEP, T_NM, T_SI, T_TM };
    enum hl7_type leaf = hl7_type_leaf(field_type(segment, field));
    if (hl7_field_meaning(segment, field).role != ROLE_TEXT) return true;
    for (size_t i = 0; i < COUNT_OF(harmless); i++)
        if (leaf == harmless[i]) return false;
    return true;
}

/* The number at v[*at], behind a point; 0 when there is none. */
static uint32_t dotted(view v, size_t *at)
{
    uint32_t n = 0;
    if (*at >= v.n || v.p[*at] != '.') return 0;
    for (++*at; *at < v.n && ascii_is_digit(v.p[*at]) && n < 1000; ++*at)
        n = n * 10 + (uint32_t)(v.p[*at] - '0');
    return n;
}

bool hl7_target_find(view name, struct hl7_target *out)
{
    size_t at = 3;
    if (name.n && name.p[0] == '@') name = view_sub(name, 1, name.n);
    view segment = view_sub(name, 0, 3);
    uint32_t field = dotted(name, &at), component = dotted(name, &at), sub = dotted(name, &at);
    if (at != name.n || !field || !hl7_segment_find(segment)) return false;
    out->type = field_type(segment, field);
    out->meaning = hl7_field_meaning(segment, field);
    if (!out->meaning.has_who) out->meaning.who = hl7_segment_who(segment);
    out->meaning.has_who = true;
    if (component) out->type = hl7_type_part(out->type, component - 1);
    if (sub) out->type = hl7_type_part(out->type, sub - 1);
    return true;
}

enum piece_who hl7_segment_who(view segment)
{
    for (size_t i = 0; i < COUNT_OF(owners); i++)
        if (view_eq(segment, view_of_str(owners[i].segment))) return owners[i].who;
    return OF_UNKNOWN;
}

enum piece_role hl7_identifier_role(view code)
{
    for (size_t i = 0; i < COUNT_OF(identifiers); i++)
        if (view_eq_nocase(code, view_of_str(identifiers[i].code))) return identifiers[i].role;
    return ROLE_NUMBER;
}
