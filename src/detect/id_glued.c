/* id_glued.c — numbers told by what they are joined to, with no word before them that says what they are.
 *
 *     CL/28203/18  ZSR/3852/10       a laboratory's or an office's letters, a count and the year
 *     8:17-cv-14780                  a court's case
 *     10.535877                      a laboratory's year and count
 *     Roe_MU84870.pdf  KV58596.dcm   in the name of a file
 *     svc_ZUNX4  nt\COEQ84           what machines and people of a network sign on with
 */
#include "detect/code.h"
#include "detect/id_kinds.h"
#include "detect/measure_words.h"

static bool is_letters(const struct doc *d, int64_t i, uint32_t least, uint32_t most)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->flags & TOK_UPPER && !(t->flags & TOK_WIDE) &&
           t->len >= least && t->len <= most;
}

/* "CL/28203/18": the code is the two numbers; not "BP/120/80". */
static bool is_stroked(const struct doc *d, const struct code *c, uint32_t *first)
{
    const int64_t stroke = (int64_t)c->first - 1;
    if (LIKELY(!doc_is_mark(d, stroke, '/')) || !doc_joined(d, c->first) ||
        !(code_is(c, "4/2") || code_is(c, "5/2") || code_is(c, "6/2") || code_is(c, "6/1")) ||
        !doc_joined(d, (uint32_t)stroke) || !is_letters(d, stroke - 1, 2, 4))
        return false;
    *first = c->first - 2;
    return !doc_joined(d, *first) || doc_tok(d, stroke - 2)->kind == TOK_MARK;
}

/* "8:17-cv-14780": the court's district, the year, what kind of case, its count. */
static bool is_of_court(const struct doc *d, const struct code *c)
{
    static const view kinds[] = { { "cv", 2 }, { "cr", 2 }, { "bk", 2 }, { "mj", 2 },
                                  { "mc", 2 }, { "md", 2 }, { "ap", 2 }, { "po", 2 } };
    const uint32_t kind = c->first + 4;
    if (c->digits < 6 || c->letters != 2 || c->last != c->first + 6 ||
        !doc_is_mark(d, c->first + 1, ':'))
        return false;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        if (doc_is_word(d, kind, kinds[k])) return true;
    return false;
}

/* "10.535877": no measure has two digits before the point and six behind it. */
static bool is_dotted_count(const struct doc *d, const struct code *c)
{
    const struct token *before = doc_tok(d, (int64_t)c->first - 1);
    if (!c->measure || !code_is(c, "2.6") || doc_bits(d, (int64_t)c->last + 1) & LEX(UNIT))
        return false;
    return !doc_joined(d, c->first) && !doc_is_mark(d, (int64_t)c->last + 1, '%') &&
           !(before->kind == TOK_MARK && before->hash == '=') &&
           !(wordset_class(measure_words(), before) & MW_BEFORE);
}

/* ".pdf", ".docx" at the end of the run without blanks that the code is in. */
static bool is_in_file(const struct doc *d, const struct code *c)
{
    enum { REACH = 12 };
    static const struct wordset_row rows[] = {
        { "pdf doc docx tif tiff jpg jpeg png dcm rtf txt xls xlsx csv msg eml mp3 wav mp4 zip", 1 }
    };
    static struct wordset set = WORDSET(rows);
    for (uint32_t i = c->last + 1; i < d->n && i <= c->last + REACH && doc_joined(d, i); i++)
        if (doc_is_mark(d, i, '.') && doc_joined(d, i + 1))
            return wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)i + 1));
    return false;
}

/* Behind the last '_' before the number: what stands before that is a name or the kind of the paper. */
static uint32_t part_first(const struct doc *d, const struct code *c)
{
    uint32_t first = c->first;
    for (uint32_t i = c->first; i < c->last && d->tok[i].kind != TOK_NUMBER; i++)
        if (doc_is_mark(d, i, '_')) first = i + 1;
    return first;
}

/* "nt\COEQ84" */
static bool is_of_domain(const struct doc *d, const struct code *c)
{
    const struct token *domain = doc_tok(d, (int64_t)c->first - 2);
    return c->letters >= 2 && c->digits >= 2 && doc_is_mark(d, (int64_t)c->first - 1, '\\') &&
           doc_joined(d, c->first) && doc_joined(d, c->first - 1) && domain->kind == TOK_WORD &&
           domain->len >= 2 && domain->len <= 8;
}

bool id_by_glue(const struct doc *d, const struct code *c, struct finding *f)
{
    uint32_t first = c->first;
    if (c->letters ? is_of_court(d, c) || doc_is_word(d, c->first, VIEW("svc")) ||
                         (c->upper && (code_is(c, "A8.1") || code_is(c, "A7.1")))
                   : is_stroked(d, c, &first) || is_dotted_count(d, c)) {
        *f = doc_finding(d, first, c->last, LABEL_ID, RULE_ID_CODE, 0.75F);
        return true;
    }
    if (is_of_domain(d, c)) {
        *f = doc_finding(d, c->first - 2, c->last, LABEL_ID, RULE_ID_CODE, 0.8F);
        return true;
    }
    /* "Roe_2021.docx" */
    if (c->digits < (c->letters && c->upper ? 4 : 5) || c->measure || code_is_date(d, c) ||
        !is_in_file(d, c))
        return false;
    *f = doc_finding(d, part_first(d, c), c->last, LABEL_ID, RULE_ID_CODE, 0.75F);
    return true;
}

uint32_t id_file_end(const struct doc *d, uint32_t dot, uint32_t end)
{
    static const struct wordset_row rows[] = { { "wav mp3 m4a dss ds2", 1 } };
    static struct wordset set = WORDSET(rows);
    if (!doc_joined(d, dot) || !doc_joined(d, dot + 1)) return end;
    if (token_end(&d->tok[dot - 1]) != end) return end;
    const struct token *t = doc_tok(d, (int64_t)dot + 1);
    return wordset_class(wordset_ready(&set), t) ? (uint32_t)token_end(t) : end;
}
