/* tests/unit/format/pieces.h — the pieces of a record as lines that a test can be compared with:
 *
 *     PID-5 FAMILY patient/1 'DOE'
 *     OBX-5 TEXT 'first⏎second'            prose has nobody; a line feed is shown as ⏎
 */
#pragma once
#include "unit.h"

#include "format/format.h"

static inline err pieces_print(const struct record *r, struct buf *out)
{
    static const char *const roles[ROLE_COUNT] = {
        "TEXT",   "ID",        "NAME",   "FAMILY", "GIVEN", "STREET",  "TOWN",    "STATE",
        "ZIP",    "ORG",       "DATE",   "BIRTH",  "AGE",   "PHONE",   "FAX",     "EMAIL",
        "URL",    "IP",        "SSN",    "MRN",    "PLAN",  "ACCOUNT", "LICENSE", "VEHICLE",
        "DEVICE", "BIOMETRIC", "NUMBER", "LINK",   "KEY",
    };
    static const char *const whose[] = { "",          "patient",  "relative",
                                         "household", "employer", "clinician" };
    err e = OK;
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        TRY(buf_add(out, p->field));
        TRY(buf_add_char(out, ' '));
        TRY(buf_add(out, view_of_str(roles[p->role])));
        if (p->who || p->person) {
            TRY(buf_add_char(out, ' '));
            TRY(buf_add(out, view_of_str(whose[p->who])));
            if (p->person) TRY(buf_add_char(out, '/'));
            if (p->person) TRY(buf_add_u64(out, p->person));
        }
        if (p->patient.n) {
            TRY(buf_add(out, VIEW(" of ")));
            TRY(buf_add(out, p->patient));
        }
        TRY(buf_add(out, VIEW(" '")));
        for (size_t k = 0; k < p->text.n; k++) {
            if (p->text.p[k] == '\n')
                TRY(buf_add(out, VIEW("\xE2\x8F\x8E")));
            else
                TRY(buf_add_char(out, p->text.p[k]));
        }
        TRY(buf_add(out, VIEW("'\n")));
    }
out:
    return e;
}

static inline void assert_pieces(const struct record *r, const char *expected)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    assert_ok(pieces_print(r, &b));
    if (!view_eq(buf_view(&b), view_of_str(expected)))
        fail_msg("is:\n%.*sshould be:\n%s", (int)b.n, b.p, expected);
    buf_clear(&b);
}
