#include "detect/name_signs_desk.h"

#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    D_CHECKED = 1 << 0, /* two sign for it: "REVIEWED: LM/OR" */
    D_TYPED = 1 << 1,   /* at the head of a line: "Typed CS." */
    D_BEFORE = 1 << 2,  /* may stand before that: "audio typist" */
    D_SEEN = 1 << 3,    /* "labs seen TR." … */
    D_PAPERS = 1 << 4,  /* … what was seen */
    D_HALF = 1 << 5,    /* of the day */
    D_BLOCKS = 1 << 6,  /* what a laboratory cut: "Tubridge/OL   blocks" */
    D_LEADS = 1 << 7,   /* who leads a study, in the next column */
    D_COLUMN = 1 << 8,  /* heads the column of initials of a table */
    D_NOBODY = 1 << 9,  /* no initials even at the end of a text */
    D_SECOND = 1 << 10, /* "2nd check", where the first was signed for too */
    D_ORDINAL = 1 << 11,
    D_INITIALS = 1 << 12,
    D_BY = 1 << 13,
    D_ABOUT = 1 << 14, /* "Re: GB" */
};
static const struct wordset_row rows[] = {
    { "reviewed checked cosign cosigned cosigns verified counted witnessed signed rev chk chkd "
      "rvwd "
      "initialed initialled validated reconciled authorised authorized screened",
      D_CHECKED },
    { "typed typist sec secretary keyed prepared transcr transcribed tr t trans transcriber "
      "transcriptionist dictated dict typ wp audio pa",
      D_TYPED },
    { "audio typed prepared keyed medical transcribed ward", D_BEFORE },
    { "seen noted reviewed checked signed actioned", D_SEEN },
    { "labs bloods results films imaging ecg ekg strip meds orders chart letter letters report "
      "reports cxr xr culture cultures abg vbg chemistry inr levels",
      D_PAPERS },
    { "am pm m", D_HALF },
    { "blocks block slides slide cassettes cassette stains sections levels", D_BLOCKS },
    { "pi investigator sponsor", D_LEADS },
    { "by init inits initial initials tech rn staff drawn", D_COLUMN },
    { "md do rn lpn np pa pt ot st slp cna ma im iv po ii iii iv am pm", D_NOBODY },
    { "check checker checked signature initials verifier", D_SECOND },
    { "by", D_BY },
    { "re", D_ABOUT },
    { "2nd nd second 3rd third other", D_ORDINAL },
    { "initials inits init initialled 1st", D_INITIALS },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* Does what was said end behind token `last`: with a line, a column, a full stop, a number or the next sentence? */
static bool ends(const struct doc *d, int64_t last)
{
    const struct token *t = doc_tok(d, last + 1);
    if (doc_ends_line(d, last) || shape_opens_column(d, (uint32_t)last + 1)) return true;
    if (t->kind == TOK_NUMBER) return !doc_joined(d, last + 1);
    if (t->kind == TOK_WORD) return t->flags & TOK_CAP && t->len > 2;
    return t->hash == '.' || t->hash == ';' || t->hash == ')' || t->hash == ',';
}

static bool is_sign(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len - 2U < 3U && t->flags & TOK_UPPER;
}

static bool is_slash(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '/') && doc_joined(d, i) && doc_joined(d, i + 1);
}

/* "REVIEWED: LM/OR", "Cosign: MB, DK": the first of two behind what they signed for: the last, or 0. */
SELDOM static uint32_t second_of_two(const struct doc *d, uint32_t i)
{
    const bool colon = doc_is_mark(d, (int64_t)i - 1, ':');
    /* "checked MRI, CT" says nothing of who did it */
    const bool joint =
        is_slash(d, (int64_t)i + 1) || (colon && doc_is_mark(d, (int64_t)i + 1, ','));
    const uint32_t last = i + 2;
    return joint && is_sign(d, last) && !(d->tok[last].flags & TOK_LINE) && ends(d, last) ? last
                                                                                          : 0;
}

/* "Typed CS. Clinic", "T/ EP 2/8", "tr. GH." at the head of a line. */
static bool is_typist(const struct doc *d, int64_t i)
{
    int64_t b = i - 1;
    bool marked = false;
    if (doc_is_word(d, b, VIEW("by"))) b--;
    if (doc_is_mark(d, b, '/') || doc_is_mark(d, b, ':') || doc_is_mark(d, b, '.')) {
        b--;
        marked = true;
    }
    if (!(cls(d, b) & D_TYPED) || (doc_tok(d, b)->len < 2 && !marked)) return false;
    if (cls(d, b - 1) & D_BEFORE && !(d->tok[b].flags & TOK_LINE)) b--;
    const struct token *next = doc_tok(d, i + 1);
    return (b == 0 || d->tok[b].flags & TOK_LINE) &&
           (doc_ends_line(d, i) || next->kind == TOK_NUMBER ||
            (next->kind == TOK_MARK && next->hash == '.'));
}

/* "6:41 AM by NG⏎", "4 p.m. by HB⏎" */
static bool is_behind_time(const struct doc *d, int64_t i)
{
    if (!doc_ends_line(d, i) || !doc_is_word(d, i - 1, VIEW("by"))) return false;
    int64_t b = i - 2;
    if (doc_is_mark(d, b, '.')) b--;
    return doc_tok(d, b)->kind == TOK_NUMBER ||
           (cls(d, b) & D_HALF &&
            (doc_tok(d, b - 1)->kind == TOK_NUMBER || doc_is_mark(d, b - 1, '.')));
}

/* "Initials: BG   2nd check: MA" */
static bool is_second(const struct doc *d, int64_t i)
{
    enum { FAR = 8 };
    if (!doc_is_mark(d, i - 1, ':') || !(cls(d, i - 2) & D_SECOND) || !(cls(d, i - 3) & D_ORDINAL))
        return false;
    for (int64_t k = i - 4; k > i - 4 - FAR; k--)
        if (cls(d, k) & D_INITIALS) return true;
    return false;
}

/* "From: Vann Re: GB": behind the sender of a message on the same line. */
static bool is_subject(const struct doc *d, int64_t i)
{
    enum { FAR = 6 };
    if (!doc_is_mark(d, i - 1, ':') || !doc_is_word(d, i - 2, VIEW("re")) || !ends(d, i))
        return false;
    if (doc_is_mark(d, i - 3, ':') && doc_is_word(d, i - 4, VIEW("re")))
        return doc_tok(d, i + 1)->kind == TOK_NUMBER;
    for (int64_t k = i - 3; k > i - 3 - FAR && !(doc_tok(d, k + 1)->flags & TOK_LINE); k--)
        if (doc_is_word(d, k, VIEW("from")) && doc_is_mark(d, k + 1, ':')) return true;
    return false;
}

static bool is_after_tab(const struct doc *d, int64_t i)
{
    return i > 0 && !(d->tok[i].flags & TOK_LINE) && d->text.p[d->tok[i].start - 1] == '\t';
}

/* The last cell of a row, under a header whose last cell asks who: behind a day. */
SELDOM static bool is_in_column(const struct doc *d, int64_t i, const uint8_t *taken)
{
    enum { FAR = 48 };
    if (!is_after_tab(d, i) || !taken[i - 1]) return false;
    for (int64_t k = i - 2; k > 0 && k > i - FAR; k--)
        if (d->tok[k + 1].flags & TOK_LINE && cls(d, k) & D_COLUMN && is_after_tab(d, k))
            return true;
    return false;
}

/* Behind a word of class c at token b, with one mark between at most. */
SELDOM static bool is_led(const struct doc *d, int64_t i, int64_t b, uint32_t c)
{
    if (c & D_BLOCKS || d->tok[i].flags & TOK_LINE) return false;
    if (c & D_SEEN && b == i - 1 && cls(d, b - 1) & D_PAPERS)
        return doc_is_mark(d, i + 1, '.') || doc_ends_line(d, i);
    return (c & (D_TYPED | D_BY) && is_typist(d, i)) || (c & D_BY && is_behind_time(d, i)) ||
           (c & D_SECOND && is_second(d, i)) || (c & D_ABOUT && is_subject(d, i));
}

/* Before a word of class c. */
SELDOM static bool is_before(const struct doc *d, int64_t i, uint32_t c)
{
    if (!shape_opens_column(d, (uint32_t)i + 1)) return false;
    if (c & D_BLOCKS) return is_slash(d, i - 1) && i > 1 && d->tok[i - 2].len > 3;
    return c & D_LEADS && !shape_opens_column(d, (uint32_t)i) && doc_tok(d, i + 2)->flags & TOK_CAP;
}

/* "-NS" alone at the end of the text. */
SELDOM static bool is_last(const struct doc *d, int64_t i)
{
    return i > 2 && doc_is_mark(d, i - 1, '-') && d->tok[i - 1].flags & TOK_LINE &&
           doc_joined(d, i) && !(cls(d, i) & D_NOBODY);
}

SELDOM static err add(const struct doc *d, uint32_t i, struct findings *out)
{
    return doc_add_name(d, i, i, RULE_NAME_INITIALS, 0.75F, WHO_CLINICIAN, out);
}

err name_signs_desk(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const struct token *t = &d->tok[i], *next = doc_tok(d, (int64_t)i + 1);
    const bool apart = next->start > token_end(t) + 1;
    /* beside most of them are none of these words */
    if (!i) return OK;
    const int64_t b = (int64_t)i - (d->tok[i - 1].kind == TOK_MARK ? 2 : 1);
    const uint32_t before = cls(d, b), after = apart ? cls(d, (int64_t)i + 1) : 0;
    if (!(before | after) && i + 1 < d->n && d->text.p[t->start - 1] != '\t') return OK;
    if (d->shield[i] || taken[i]) return OK;
    const uint32_t second = before & D_CHECKED && !(t->flags & TOK_LINE) ? second_of_two(d, i) : 0;
    const bool found = second || is_led(d, i, b, before) || (after && is_before(d, i, after)) ||
                       (i + 1 == d->n && is_last(d, i)) ||
                       (doc_ends_line(d, i) && is_in_column(d, i, taken));
    err e = found ? add(d, i, out) : OK;
    return e || !second || taken[second] ? e : add(d, second, out);
}
