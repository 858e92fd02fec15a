/* The report as one JSON object:
 *
 *     {"cordon_report":1,"kind":"deid","title":…,"subtitle":…,
 *      "summary":{KEY:VALUE…},
 *      SECTION:{KEY:VALUE…, "notes":["…"], TABLE:[{COLUMN:VALUE…}…]}…}
 *
 * a line a fact and a line a row, so that two reports compare well by diff.
 */
#include "report/document.h"

static err add_key(struct buf *b, const char *key)
{
    err e = OK;
    TRY(buf_add_json(b, view_of_str(key)));
    TRY(buf_add_char(b, ':'));
out:
    return e;
}

static err add_interval(struct buf *b, const struct cell *c)
{
    err e = OK;
    TRY(buf_add(b, VIEW("{\"value\":")));
    TRY(buf_add_fixed(b, c->number, 6));
    TRY(buf_add(b, VIEW(",\"low\":")));
    TRY(buf_add_fixed(b, c->low, 6));
    TRY(buf_add(b, VIEW(",\"high\":")));
    TRY(buf_add_fixed(b, c->high, 6));
    TRY(buf_add_char(b, '}'));
out:
    return e;
}

static err add_cell(struct buf *b, const struct cell *c)
{
    if (report_cell_is_none(c)) return buf_add(b, VIEW("null"));
    switch (c->kind) {
    case CELL_TEXT:
    case CELL_CODE: return buf_add_json(b, c->text);
    case CELL_BOOL: return buf_add(b, c->count ? VIEW("true") : VIEW("false"));
    case CELL_COUNT:
    case CELL_BYTES: return buf_add_u64(b, c->count);
    case CELL_SECONDS: return buf_add_fixed(b, c->number, 3);
    case CELL_SHARE: return buf_add_fixed(b, c->number, 6);
    case CELL_INTERVAL: return add_interval(b, c);
    case CELL_NONE:
    case CELL_BLANK: break;
    }
    return buf_add(b, VIEW("null"));
}

/* `first` says whether a comma is due, and is false afterwards. */
static err next_line(struct buf *b, bool *first, const char *indent)
{
    err e = OK;
    if (!*first) TRY(buf_add_char(b, ','));
    *first = false;
    TRY(buf_add_char(b, '\n'));
    TRY(buf_add(b, view_of_str(indent)));
out:
    return e;
}

static err add_facts(struct buf *b, const struct report_fact *f, bool *first)
{
    err e = OK;
    for (; f; f = f->next) {
        TRY(next_line(b, first, "  "));
        TRY(add_key(b, f->key));
        TRY(add_cell(b, &f->cell));
    }
out:
    return e;
}

static err add_notes(struct buf *b, const struct report_text *t, bool *first)
{
    err e = OK;
    bool first_note = true;
    if (!t) return OK;
    TRY(next_line(b, first, "  "));
    TRY(buf_add(b, VIEW("\"notes\":[")));
    for (; t; t = t->next) {
        TRY(next_line(b, &first_note, "   "));
        TRY(buf_add_json(b, t->text));
    }
    TRY(buf_add(b, VIEW("]")));
out:
    return e;
}

static err add_row(struct buf *b, const struct report_grid *g, const struct report_cells *row)
{
    err e = OK;
    for (size_t i = 0; i < g->n_columns; i++) {
        TRY(buf_add_char(b, i ? ',' : '{'));
        TRY(add_key(b, g->column[i].key));
        TRY(add_cell(b, &row->v[i]));
    }
    TRY(buf_add_char(b, '}'));
out:
    return e;
}

static err add_grids(struct buf *b, const struct report_grid *g, bool *first)
{
    err e = OK;
    for (; g; g = g->next) {
        bool first_row = true;
        TRY(next_line(b, first, "  "));
        TRY(add_key(b, g->key));
        TRY(buf_add_char(b, '['));
        for (const struct report_cells *row = g->first; row; row = row->next) {
            TRY(next_line(b, &first_row, "   "));
            TRY(add_row(b, g, row));
        }
        TRY(buf_add_char(b, ']'));
    }
out:
    return e;
}

static err add_texts(struct buf *b, const struct report_json *t, bool *first)
{
    err e = OK;
    for (; t; t = t->next) {
        TRY(next_line(b, first, "  "));
        TRY(add_key(b, t->key));
        TRY(buf_add(b, t->json));
    }
out:
    return e;
}

static err add_head(const struct report *r, struct buf *b)
{
    err e = OK;
    TRY(buf_add(b, VIEW(REPORT_JSON_HEAD)));
    TRY(buf_add_u64(b, REPORT_FORMAT));
    TRY(buf_add(b, VIEW(",\n \"kind\":")));
    TRY(buf_add_json(b, view_of_str(r->kind)));
    TRY(buf_add(b, VIEW(",\n \"title\":")));
    TRY(buf_add_json(b, r->title));
    TRY(buf_add(b, VIEW(",\n \"subtitle\":")));
    TRY(buf_add_json(b, r->subtitle));
out:
    return e;
}

err report_json(const struct report *r, struct buf *out)
{
    err e = r->failed;
    size_t before = out->n;
    bool first = true;
    if (e) return e;
    TRY(add_head(r, out));
    TRY(buf_add(out, VIEW(",\n \"summary\":{")));
    TRY(add_facts(out, r->tiles, &first));
    TRY(buf_add_char(out, '}'));
    for (const struct report_part *p = r->parts; p; p = p->next) {
        first = true;
        TRY(buf_add(out, VIEW(",\n ")));
        TRY(add_key(out, p->key));
        TRY(buf_add_char(out, '{'));
        TRY(add_facts(out, p->facts, &first));
        TRY(add_notes(out, p->notes, &first));
        TRY(add_grids(out, p->grids, &first));
        TRY(add_texts(out, p->texts, &first));
        TRY(buf_add_char(out, '}'));
    }
    TRY(buf_add(out, VIEW("}\n")));
out:
    if (e) out->n = before;
    return e;
}
