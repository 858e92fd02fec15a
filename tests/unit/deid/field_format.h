/* tests/unit/deid/field_format.h — a format for tests whose pieces are what its lines say they are.
 *
 *     ROLE SHAPE WHO PERSON PATIENT|text      ROLE and SHAPE as numbers, WHO too, PATIENT a word or "-"
 *     @patient                                whose record it is
 *
 * The text of a line is one piece; writing back changes nothing else.
 */
#pragma once
#include "unit.h"

#include "format/format.h"

static inline uint64_t field_number(view line, size_t *at)
{
    uint64_t n = 0;
    size_t end = view_find_byte(line, *at, ' ');
    assert_true(view_to_u64(view_sub(line, *at, end), &n));
    *at = end + 1;
    return n;
}

static inline void field_line(view line, size_t base, struct record *r)
{
    size_t at = 0;
    if (line.n && line.p[0] == '@') r->patient = view_sub(line, 1, line.n);
    size_t bar = view_find_byte(line, 0, '|');
    if (bar == line.n) return;
    struct piece *p = &r->pieces[r->n++];
    *p = (struct piece){ .spelling = SPELL_PLAIN, .encoding = ENC_UTF8, .field = VIEW("") };
    p->role = (enum piece_role)field_number(line, &at);
    p->shape = (enum piece_shape)field_number(line, &at);
    p->who = (enum piece_who)field_number(line, &at);
    p->person = (uint16_t)field_number(line, &at);
    view patient = view_sub(line, at, bar);
    if (!view_eq(patient, VIEW("-"))) p->patient = patient;
    p->text = view_sub(line, bar + 1, line.n);
    p->base = (uint32_t)(base + bar + 1);
}

static inline err field_decode(const struct format *self, view bytes, enum encoding enc,
                               struct arena *a, struct record *out, struct diag *d)
{
    (void)self, (void)enc;
    struct record r = { .bytes = bytes };
    r.pieces = arena_array(a, 256, sizeof *r.pieces);
    if (!r.pieces) return DIAG(d, ERR_MEMORY, "no room");
    for (size_t at = 0; at < bytes.n;) {
        size_t end = view_find_byte(bytes, at, '\n');
        assert_true(r.n < 256);
        field_line(view_sub(bytes, at, end), at, &r);
        at = end + 1;
    }
    *out = r;
    return OK;
}

static const struct format field_format = { .name = "fields",
                                            .has_fields = true,
                                            .decode = field_decode };

/* One line of such a record. */
#define FIELD(role, shape, who, text) field_text((role), (shape), (who), 0, "-", (text))
static inline const char *field_text(int role, int shape, int who, int person, const char *patient,
                                     const char *text)
{
    static char lines[8][1024];
    static unsigned next;
    char *line = lines[next++ % COUNT_OF(lines)];
    int n = snprintf(line, sizeof lines[0], "%d %d %d %d %s|%s\n", role, shape, who, person,
                     patient, text);
    assert_true(n > 0 && n < (int)sizeof lines[0]);
    return line;
}
