#include "detect/name_titled.h"

#include "detect/name_small.h"
#include "detect/wordset.h"

err name_emit(const struct doc *d, struct findings *out, uint32_t first, uint32_t last, float score,
              enum rule rule, const struct name_context *c)
{
    struct finding x = doc_finding(d, first, last, LABEL_NAME, rule, score);
    bool by_lexicon =
        rule == RULE_NAME_FULL || rule == RULE_NAME_ALONE || rule == RULE_NAME_INITIAL;
    x.source = by_lexicon ? SOURCE_LEXICON : SOURCE_RULE;
    x.role = (uint8_t)c->role;
    if (c->rule) {
        x.cue_start = d->tok[c->cue_first].start;
        x.cue_end = token_end(&d->tok[c->cue_last]);
    }
    return findings_add(out, x);
}

/* "gen" at the end of a line, "switched fr Camila", "4dr white", "rev C", "Lt BKA", "MS Ortho": words that are titles
 * elsewhere. `j`: the token behind the title and its full stop. */
static bool is_other_word(const struct doc *d, uint32_t i, uint32_t j)
{
    const struct token *t = &d->tok[i], *next = &d->tok[j];
    if (j == i + 2) return false;
    if (doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER) return true;
    if (t->flags & TOK_LOWER && !d->is_caseless &&
        ((next->flags & TOK_LINE && doc_is_word(d, i, VIEW("gen"))) ||
         doc_is_word(d, i, VIEW("fr")) || (next->len == 1 && doc_is_word(d, i, VIEW("rev")))))
        return true;
    return next->flags & TOK_UPPER && next->len <= 4 && next->len > 1 && !d->is_caseless &&
           !(d->lex[j]->bits & (LEX_GIVEN | LEX(SURNAME))) &&
           (doc_is_word(d, i, VIEW("lt")) ||
            (t->flags & TOK_UPPER && doc_is_word(d, i, VIEW("ms"))));
}

/* "Dr. Lee", "Mrs. Maria de la Cruz", "Drs. Smith and Jones". The title belongs to the finding: it is
 * put back by redact/. *next is the token after what was found. */
err name_titled(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const struct token *t = doc_tok(d, i);
    enum shape s = shape_of(d, i);
    uint32_t j = doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) ? i + 2 : i + 1;
    bool dotted = j == i + 2;
    /* "Dr's Lindemar & Vann": so is the plural written as well */
    const bool plural = t->len == 2 && doc_is_mark(d, i + 1, '\'') &&
                        doc_is_word(d, i, VIEW("dr")) && doc_is_word(d, i + 2, VIEW("s"));
    if (plural) j = i + 3;
    struct name_run r;
    *next = i + 1;
    if (j >= d->n || (doc_tok(d, j)->flags & TOK_PARA) || is_other_word(d, i, j)) return OK;
    if (s == SHAPE_LOWER && doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER && t->len == 2)
        return OK; /* "600 ms. RA-ERP": milliseconds */
    /* "sister", "miss", "father": words before they are titles; "MS": a disease, but "Ms." none */
    bool plain = dotted && s == SHAPE_TITLE && t->len == 2;
    bool weak = (d->lex[i]->word >= 3 && !plain) ||
                (d->lex[i]->bits & (LEX(RELATIVE) | LEX(CLINICIAN))) ||
                (!dotted && (t->flags & TOK_UPPER) && (d->lex[i]->bits & LEX(ABBREVIATION))) ||
                (dotted && s == SHAPE_ACRONYM && t->len == 2 &&
                 shape_of(d, j) == SHAPE_TITLE); /* "trivial MR. Mitral valve": regurgitation */
    if (weak && s == SHAPE_LOWER && !dotted) return OK;
    if (!dotted && (t->flags & TOK_LINE || i == 0 || shape_opens_column(d, i)) &&
        doc_is_mark(d, j + 1, ':') && d->tok[j].len <= 4 && t->len > 2 && !d->lex[j]->given &&
        !d->lex[j]->surname)
        return OK;                               /* "Adm Dt:", "Surg Dt:": the name of a field */
    if (d->shield[i] & SHIELD_PHRASE) return OK; /* Sister Mary Joseph nodule */
    if (doc_is_word(d, i, VIEW("sr")) && doc_bits(d, j) & (LEX(MEDICAL) | LEX(DRUG)) &&
        !(doc_bits(d, j) & (LEX(SURNAME) | LEX_GIVEN)))
        return OK; /* "Sr Creatinine 1.2": of the serum */
    if (doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER &&
        (doc_is_word(d, i, VIEW("fr")) || doc_is_word(d, i, VIEW("mme"))))
        return OK; /* "16 Fr Foley", "max 60 MME" */
    if (dotted && t->len > 5 && !doc_is_word(d, i, VIEW("messrs")))
        return OK; /* no abbreviation: "given to Sheikh. Report" */
    if (dotted && s == SHAPE_ACRONYM && (doc_tok(d, j)->flags & TOK_LINE))
        return OK; /* an abbreviation at the end of its sentence */
    if (!name_run_parse(d, j, true, &r)) return OK;
    if (!r.n_words && !r.initial_dotted && r.n_initials < 2) return OK;
    if (plural && !doc_is_mark(d, (int64_t)r.last + 1, '&') &&
        !doc_is_word(d, (int64_t)r.last + 1, VIEW("and")))
        return OK; /* "Dr's Orders" */
    if (!dotted && shape_opens_column(d, j) && doc_is_mark(d, (int64_t)r.last + 1, ':'))
        return OK; /* "Med/Surg   Transport:": the next field */
    if ((weak || shape_of(d, j) == SHAPE_BLANK) && r.speaks_for <= r.speaks_against) return OK;
    struct name_context c = { .rule = RULE_NAME_TITLE, .cue_first = i, .cue_last = i };
    bool doctor = (d->lex[i]->bits & LEX(CLINICIAN)) || doc_is_word(d, i, VIEW("dr")) ||
                  doc_is_word(d, i, VIEW("drs")) || doc_is_word(d, i, VIEW("doctor")) ||
                  doc_is_word(d, i, VIEW("prof"));
    if (doctor) c.role = WHO_CLINICIAN;
    err e = name_emit(d, out, i, r.last, 0.98F, RULE_NAME_TITLE, &c);
    *next = r.last + 1;
    /* more people after the same title */
    while (!e &&
           (doc_is_word(d, *next, VIEW("and")) || doc_is_mark(d, *next, ',') ||
            doc_is_mark(d, *next, '&')) &&
           (plural || doc_is_word(d, i, VIEW("drs")) || doc_is_mark(d, *next, '&'))) {
        if (*next + 1 >= d->n || !name_run_parse(d, *next + 1, true, &r) || !r.n_words) break;
        e = name_emit(d, out, r.first, r.last, 0.95F, RULE_NAME_TITLE, &c);
        *next = r.last + 1;
    }
    return e;
}

err name_greeted(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const uint64_t other = LEX(TITLE) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(NAME_CUE) |
                           LEX(FUNCTION) | LEX(ORG_HEAD) | LEX(ORG_WORD);
    static const struct wordset_row rows[] = {
        { "veteran member customer subscriber enrollee resident applicant beneficiary claimant",
          1 },
    };
    static struct wordset anybody = WORDSET(rows);
    uint32_t last = i;
    if (wordset_class(wordset_ready(&anybody), doc_tok(d, (int64_t)i + 1))) return OK;
    if (i && !(d->tok[i].flags & TOK_LINE) && !doc_is_mark(d, (int64_t)i - 1, ',')) return OK;
    for (uint32_t j = i + 1; j < d->n && j < i + 4; j = last + 1) {
        const struct lex_info *l = d->lex[j];
        const bool name = MAX(l->given, l->surname) > l->word || l->given >= 3;
        if (d->tok[j].flags & TOK_LINE || !shape_may_name(d, j) || d->shield[j] ||
            (l->bits & other && !name) || (l->word >= 4 && !name))
            break;
        last = shape_word_end(d, j);
        const uint32_t joint = last + 1; /* "Dear Ilvana and Torbin," */
        if (doc_is_word(d, joint, VIEW("and")) && joint + 1 < d->n &&
            shape_of(d, (int64_t)joint + 1) == SHAPE_TITLE && !d->lex[joint + 1]->word)
            last = shape_word_end(d, joint + 1);
    }
    bool ends = doc_is_mark(d, last + 1, ',') || doc_is_mark(d, last + 1, ':') ||
                (last + 1 < d->n && d->tok[last + 1].flags & TOK_LINE);
    if (last == i || !ends) return OK;
    struct name_context c = { .rule = RULE_NAME_CUE, .cue_first = i, .cue_last = i };
    *next = last + 1;
    return name_emit(d, out, i + 1, last, 0.9F, RULE_NAME_CUE, &c);
}

err name_titled_small(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out,
                      uint32_t *next)
{
    uint32_t first, last;
    if (!name_small_after(d, i, &first, &last) || taken[last]) return OK;
    struct name_context c = { .cue_first = i, .cue_last = i };
    c.rule = first == i ? RULE_NAME_TITLE : RULE_NAME_CUE;
    *next = last + 1;
    return name_emit(d, out, first, last, 0.85F, c.rule, &c);
}
