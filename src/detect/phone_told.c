/* detect/phone_told.c — plainer numbers that words tell, see phone_inside.h. */
#include "detect/number_row.h"
#include "detect/phone_inside.h"

static bool is_word_pair(const struct doc *d, int64_t i, view a, view b)
{
    return doc_is_word(d, i, b) && doc_is_word(d, i - 1, a);
}

/* "T 826-5164 | F 927-0833", "Roe MD | P 826-5164": in the foot of a letter, telephone, fax, pager, cell, home, work, mobile or
 * office by their first letters. */
static bool is_foot_letter(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *p = doc_tok(d, i - 1);
    if (t->kind != TOK_WORD || t->len != 1 || !(t->flags & TOK_UPPER) || doc_joined(d, i + 1) ||
        !strchr("TFPCHWMO", d->text.p[t->start]))
        return false;
    return i == 0 || t->flags & TOK_LINE ||
           (p->kind == TOK_MARK && (p->hash == '|' || p->hash == 0x2022));
}

bool phone_is_after_letter(const struct doc *d, uint32_t i)
{
    if (is_foot_letter(d, (int64_t)i - 1)) return true;
    const struct token *t = doc_tok(d, (int64_t)i - 2);
    return doc_is_mark(d, (int64_t)i - 1, ')') && doc_is_mark(d, (int64_t)i - 3, '(') &&
           t->kind == TOK_WORD && t->len == 1 && strchr("hcwmo", ascii_lower(d->text.p[t->start]));
}

bool phone_is_plain_pair(const struct doc *d, const struct phone_number *n)
{
    return d->tok[n->tok[0]].hash >= 200 && !number_is_row(d, n->tok[0], n->tok[1]);
}

bool phone_is_called_who(const struct doc *d, uint32_t first)
{
    enum { REACH = 6 };
    for (int64_t i = (int64_t)first - 1, n = 0; i >= 0 && n < REACH; i--, n++) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE) return false;
        if (t->kind == TOK_MARK) {
            if (t->hash != '(' && t->hash != ')' && t->hash != ',' && t->hash != '.') return false;
            continue;
        }
        if (t->kind == TOK_NUMBER) return false;
        if (cue_class_of(t) & (CUE_PHONE | CUE_PAGER)) return n > 0;
        if (!(t->flags & TOK_CAP) && !(doc_bits(d, i) & (LEX(RELATIVE) | LEX(TITLE)))) return false;
    }
    return false;
}

bool phone_is_called_at(const struct doc *d, uint32_t first)
{
    enum { REACH = 8 };
    if (!doc_is_word(d, (int64_t)first - 1, VIEW("at"))) return false;
    for (int64_t i = (int64_t)first - 2; i >= 0 && i > (int64_t)first - REACH; i--) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE) return false;
        if (t->kind == TOK_WORD && cue_class_of(t) & (CUE_CALLS | CUE_VERB)) return true;
        /* "Report called to Ada Mohr, RN at" */
        if (t->kind == TOK_NUMBER ||
            (t->kind == TOK_WORD && t->flags & TOK_LOWER && !doc_is_word(d, i, VIEW("to"))))
            return false;
    }
    return false;
}

bool phone_is_of_person(const struct doc *d, uint32_t first)
{
    enum { REACH = 9 };
    static const struct wordset_row rows[] = {
        { "party officer adjuster guardian attorney agent caseworker worker manager mgr "
          "coordinator "
          "liaison advocate kin nok poa hcpoa dpoa proxy surrogate sponsor landlord landlady "
          "teacher "
          "coach pastor rabbi imam chaplain counselor supervisor sup employer driver rep guarantor "
          "neighbor neighbour friend roommate caregiver carer aide sitter babysitter nanny "
          "probation "
          "parole sw cm lcsw emergency trustee conservator deputy detective investigator caller "
          "attn",
          1 },
        { "office desk station switchboard scheduling hours transport vm lvm sms home work direct "
          "line contact pharmacy dispatch registry clinic local",
          3 },
    };
    static struct wordset set = WORDSET(rows);
    uint32_t words = 0;
    /* "home 200-1200 mg" */
    if (doc_tok(d, (int64_t)first + 2)->hash % 100 == 0 ||
        doc_bits(d, (int64_t)first + 3) & LEX(UNIT))
        return false;
    for (int64_t i = (int64_t)first - 1, n = 0; i >= 0 && n < REACH; i--, n++) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE || t->kind == TOK_NUMBER) return false;
        if (t->kind == TOK_MARK) {
            if (t->hash != ',' && t->hash != ':' && t->hash != '-' && t->hash != '\'' &&
                t->hash != '.' && t->hash != '(' && t->hash != ')')
                return false;
            continue;
        }
        const uint32_t class = wordset_class(wordset_ready(&set), t);
        if (class & 2 && !words) return true; /* "office 832-7719" */
        if ((words && class & 1) || doc_bits(d, i) & LEX(RELATIVE)) return true;
        /* "Ada Roe, RN, 832-7719" */
        if (doc_bits(d, i) & LEX(CREDENTIAL) && t->flags & TOK_UPPER && !d->is_caseless &&
            doc_is_mark(d, i - 1, ',') && doc_is_mark(d, i + 1, ','))
            return true;
        words++;
        if (!(t->flags & TOK_CAP) && !(doc_bits(d, i) & LEX(RELATIVE))) return false;
    }
    return false;
}

/* "Spectralink 7741.", "phone 48213,": a number in the house that ends there. */
static bool is_wired(const struct doc *d, const struct phone_number *n, const struct cue *c)
{
    static const struct wordset_row rows[] = {
        { "spectra spectralink vocera ascom voalte hotline phone tel telephone ph voicemail", 1 }
    };
    static struct wordset set = WORDSET(rows);
    const struct token *t = doc_tok(d, (int64_t)n->last + 1);
    const bool ends = n->last + 1 >= d->n || t->flags & (TOK_LINE | TOK_CAP) || t->kind == TOK_MARK;
    return ends && n->n == 1 && c->last + 1 == n->first &&
           wordset_class(wordset_ready(&set), doc_tok(d, c->last));
}

bool phone_is_cued(const struct doc *d, struct phone_number *n, const struct cue *c)
{
    bool pager = c->what & CUE_PAGER;
    bool sure =
        c->colon || (pager && !(cue_class_of(&d->tok[c->last]) & CUE_VERB)) || c->number ||
        c->what & CUE_FAX ||
        (pager && doc_is_word(d, (int64_t)n->first - 1, VIEW("at"))) || /* "page me at 98468" */
        doc_is_word(d, c->last, VIEW("callback")) || doc_is_word(d, c->last, VIEW("dial")) ||
        is_word_pair(d, c->last, VIEW("by"), VIEW("telephone")) ||
        is_word_pair(d, c->last, VIEW("by"), VIEW("phone")) || is_wired(d, n, c) ||
        is_word_pair(d, c->last, VIEW("direct"), VIEW("line"));
    if (n->n >= 2 && n->len[0] == 3 && n->len[1] == 4 &&
        (!n->blanks || sure || phone_is_plain_pair(d, n))) {
        phone_cut(d, n, 2);
        return true;
    }
    if (n->len[0] == 7 || n->len[0] == 10 ||
        (n->len[0] == 11 && (d->text.p[d->tok[n->tok[0]].start] == '1' ||
                             d->text.p[d->tok[n->tok[0]].start] == '0'))) {
        phone_cut(d, n, 1);
        return true;
    }
    if (n->digits >= 8 && n->n >= 2 && n->len[1] >= 2) return true;
    if (phone_is_in_house(n)) {
        phone_cut(d, n, 2);
        return !n->blanks;
    }
    /* "pager 33-7699" */
    if (n->n == 2 && n->len[0] == 2 && (n->len[1] == 4 || (pager && n->len[1] == 3)) &&
        !n->blanks && !n->slash)
        return sure && c->what & (CUE_PAGER | CUE_PHONE | CUE_FAX);
    if (n->len[0] < 4 || n->len[0] > 6) return pager && sure && n->len[0] == 3;
    uint64_t v = d->tok[n->tok[0]].hash;
    bool year = n->len[0] == 4 && v >= 1900 && v < 2100 && !c->colon;
    phone_cut(d, n, 1);
    return sure && !year;
}
