/* csv_write.c — replacements as a table spells them.
 *
 * A cell keeps the form it had: a quoted one stays quoted, a bare one gets quotes only when its new text
 * holds what would cut it. A spreadsheet takes a cell that begins with = + - @ for a formula: one that
 * did not begin so before gets a blank in front of it. */
#include "format/csv.h"

#include "text/utf8.h"

/* Letters, digits and what tags are made of: in no dialect but one that cuts at them does any of it need
 * care, wherever it stands in a cell and in whatever encoding of a table. That is most replacements. */
static bool is_harmless(const struct csv_dialect *q, view v)
{
    static const bool harmless[256] = { ['0' ... '9'] = true, ['A' ... 'Z'] = true,
                                        ['a' ... 'z'] = true, ['['] = true,
                                        [']'] = true,         ['-'] = true };
    if (!v.n || v.p[0] == '-') return false;
    for (size_t i = 0; i < v.n; i++)
        if (!harmless[(unsigned char)v.p[i]] || v.p[i] == q->delimiter || v.p[i] == q->quote)
            return false;
    return true;
}

static bool begins_formula(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

/* Would the cell become a formula by this edit? */
static bool makes_formula(const struct piece *p, const struct edit *x)
{
    if (x->start != 0) return false;
    char first = 0, was = p->text.n ? p->text.p[0] : 0;
    if (x->with.n)
        first = x->with.p[0];
    else if (x->end < p->text.n)
        first = p->text.p[x->end];
    return begins_formula(first) && first != was;
}

/* Appends v in the cell's encoding with what would end or cut the cell made harmless. */
static err add_escaped(const struct piece *p, bool in_quotes, view v, struct buf *out)
{
    err e = OK;
    const struct csv_dialect *q = p->csv;
    size_t from = 0;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        bool breaks = c == '\n' || c == '\r', cuts = c == q->delimiter || breaks;
        bool escapes = q->backslash && c == '\\';
        if (in_quotes ? c != q->quote && !escapes : !cuts && !escapes) continue;
        TRY(encoding_encode(p->encoding, view_sub(v, from, i), out));
        from = i + 1;
        if (in_quotes || q->backslash) {
            TRY(buf_add_char(out, q->backslash ? '\\' : q->quote));
            TRY(buf_add_char(out, in_quotes || !breaks ? c : c == '\n' ? 'n' : 'r'));
        } else {
            TRY(buf_add_char(out, ' ')); /* neither quotes nor escapes: it can't be written */
        }
    }
    TRY(encoding_encode(p->encoding, view_sub(v, from, v.n), out));
out:
    return e;
}

err csv_spell_quoted(const struct piece *p, const struct edit *x, struct buf *out)
{
    err e = OK;
    if (is_harmless(p->csv, x->with)) return buf_add(out, x->with);
    if (utf8_bad_at(x->with) < x->with.n) return ERR_ENCODING;
    if (makes_formula(p, x)) TRY(buf_add_char(out, ' '));
    TRY(add_escaped(p, true, x->with, out));
out:
    return e;
}

/* Does the new text hold a delimiter or a line's end, or begin like a quoted cell? */
static bool needs_quotes(const struct piece *p, const struct edits *edits)
{
    const struct csv_dialect *q = p->csv;
    if (!q->quote) return false;
    for (uint32_t i = 0; i < edits->n; i++) {
        view v = edits->v[i].with;
        for (size_t k = 0; k < v.n; k++)
            if (v.p[k] == q->delimiter || v.p[k] == '\n' || v.p[k] == '\r') return true;
        if (edits->v[i].start != 0) continue;
        char first = v.n ? v.p[0] : edits->v[i].end < p->text.n ? p->text.p[edits->v[i].end] : 0;
        if (first == q->quote || (q->skip_space && (first == ' ' || first == '\t'))) return true;
    }
    return false;
}

/* Bytes of the cell that stay; within new quotes the quotes among them are escaped. */
static err add_kept(const struct piece *p, bool quoted, view bytes, struct buf *out)
{
    err e = OK;
    size_t from = 0;
    for (size_t i = 0; quoted && i < bytes.n; i++) {
        if (bytes.p[i] != p->csv->quote) continue;
        if (p->csv->backslash && i && bytes.p[i - 1] == '\\') continue; /* is escaped already */
        TRY(buf_add(out, view_sub(bytes, from, i)));
        TRY(buf_add_char(out, p->csv->backslash ? '\\' : p->csv->quote));
        from = i;
    }
    TRY(buf_add(out, view_sub(bytes, from, bytes.n)));
out:
    return e;
}

/* One edit of a whole cell, as every field of a person's is. */
static bool is_whole_and_harmless(const struct piece *p, const struct edits *edits)
{
    return edits->n == 1 && !p->map.n && edits->v[0].start == 0 && edits->v[0].end == p->text.n &&
           is_harmless(p->csv, edits->v[0].with);
}

err csv_write_bare(const struct piece *p, view bytes, const struct edits *edits, struct buf *out)
{
    err e = OK;
    if (is_whole_and_harmless(p, edits)) return buf_add(out, edits->v[0].with);
    bool quoted = needs_quotes(p, edits);
    size_t pos = 0;
    if (quoted) TRY(buf_add_char(out, p->csv->quote));
    for (uint32_t i = 0; i < edits->n; i++) {
        const struct edit *x = &edits->v[i];
        if (utf8_bad_at(x->with) < x->with.n) TRY(ERR_ENCODING);
        size_t from = offset_start(&p->map, x->start), to = offset_end(&p->map, x->end);
        TRY(add_kept(p, quoted, view_sub(bytes, pos, MAX(from, pos)), out));
        if (makes_formula(p, x)) TRY(buf_add_char(out, ' '));
        TRY(add_escaped(p, quoted, x->with, out));
        pos = MAX(MAX(pos, from), to);
    }
    TRY(add_kept(p, quoted, view_sub(bytes, pos, bytes.n), out));
    if (quoted) TRY(buf_add_char(out, p->csv->quote));
out:
    return e;
}
