#include "extract/extract_write.h"

/* RFC 4180: quoted where it must be. */
static err add_field(struct buf *out, view v)
{
    err e = OK;
    bool quote = false;
    for (size_t i = 0; i < v.n; i++)
        quote |= v.p[i] == ',' || v.p[i] == '"' || v.p[i] == '\n' || v.p[i] == '\r';
    /* A spreadsheet takes these for a formula. */
    quote |= v.n && strchr("=+-@\t", v.p[0]);
    if (!quote) return buf_add(out, v);
    TRY(buf_add_char(out, '"'));
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '"') TRY(buf_add_char(out, '"'));
        TRY(buf_add_char(out, v.p[i]));
    }
    TRY(buf_add_char(out, '"'));
out:
    return e;
}

err extract_csv_head(const struct schema *s, struct buf *out)
{
    err e = OK;
    TRY(buf_add(out, VIEW("id,state")));
    for (uint32_t f = 0; f < s->n_findings; f++) {
        TRY(buf_add_char(out, ','));
        TRY(add_field(out, s->findings[f].name));
    }
    TRY(buf_add_char(out, '\n'));
out:
    return e;
}

err extract_write_csv(const struct extract_options *o, const struct extract_report *r,
                      struct buf *out)
{
    static const view marks[] = { [STATUS_NOT_MENTIONED] = { "", 0 },
                                  [STATUS_ABSENT] = { "0", 1 },
                                  [STATUS_UNCERTAIN] = { "-1", 2 },
                                  [STATUS_PRESENT] = { "1", 1 } };
    err e = OK;
    TRY(add_field(out, r->id));
    TRY(buf_add_char(out, ','));
    TRY(buf_add(out, view_of_str(report_state_name(r->result->state))));
    for (uint32_t f = 0; f < o->labeler.schema->n_findings; f++) {
        TRY(buf_add_char(out, ','));
        if (r->result->state == REPORT_READ) TRY(buf_add(out, marks[r->result->answers[f].status]));
    }
    TRY(buf_add_char(out, '\n'));
out:
    return e;
}
