#include "detect/name_copies.h"

#include "detect/shape.h"
#include "detect/wordset.h"

enum { ROWS_MAX = 6, NAME_WORDS = 2 };

/* One or two words with capitals from token i to the end of its line: the last token, or i - 1. */
static uint32_t row_at(const struct doc *d, uint32_t i, const uint8_t *taken)
{
    const uint64_t never = LEX(MEDICAL) | LEX(DRUG) | LEX(ORG_HEAD) | LEX(CLINICIAN) | LEX(UNIT);
    uint32_t last = i - 1;
    for (int n = 0; n < NAME_WORDS; n++) {
        const uint32_t at = last + 1;
        if (at >= d->n || d->tok[at].kind != TOK_WORD || shape_of(d, at) != SHAPE_TITLE ||
            d->tok[at].len < 2 || taken[at] || d->shield[at] || d->lex[at]->bits & never)
            return i - 1;
        last = shape_word_end(d, at);
        if (doc_ends_line(d, last)) return last;
    }
    return i - 1;
}

err name_copies(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    static const struct wordset_row rows[] = {
        { "chart file record records", 1 },
    };
    static struct wordset ends = WORDSET(rows);
    uint32_t first[ROWS_MAX], last[ROWS_MAX], n = 0, at = i;
    for (; n < ROWS_MAX && at < d->n && (at == i || d->tok[at].flags & TOK_LINE); n++) {
        first[n] = at;
        last[n] = row_at(d, at, taken);
        if (last[n] < at) break;
        at = last[n] + 1;
    }
    /* the line that names no person says what the rows are */
    if (!n || at >= d->n || !doc_ends_line(d, at) ||
        !wordset_class(wordset_ready(&ends), doc_tok(d, at)))
        return OK;
    for (uint32_t k = 0; k < n; k++) {
        struct finding x = doc_finding(d, first[k], last[k], LABEL_NAME, RULE_NAME_LIST, 0.85F);
        x.role = WHO_CLINICIAN;
        const err e = findings_add(out, x);
        if (e) return e;
    }
    return OK;
}
