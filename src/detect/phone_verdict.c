/* phone_verdict.c — see phone_inside.h. */
#include "detect/measure_words.h"
#include "detect/number_row.h"
#include "detect/phone_inside.h"

static bool is_whole_line(const struct doc *d, uint32_t first, uint32_t last)
{
    return (first == 0 || d->tok[first].flags & TOK_LINE) &&
           (last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE);
}

/* "h 555 0183 / c 555 0138": home, cell, work, mobile */
static bool is_kind_letter(const struct doc *d, uint32_t first)
{
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_LOWER &&
           strchr("hcwm", d->text.p[t->start]) && !doc_joined(d, (int64_t)first - 1) &&
           !(d->tok[first].flags & TOK_LINE);
}

/* Numbers as countries write them that have a form of their own. */
static bool is_national(const struct doc *d, const struct phone_number *n, const struct cue *c)
{
    const struct token *t = &d->tok[n->tok[0]];
    const uint32_t len = t->len;
    const bool zero = d->text.p[t->start] == '0';
    /* "020 7946 0958", "07700 900123" */
    if (zero && len >= 3 && len <= 5 && n->n <= 4 && (n->digits == 10 || n->digits == 11) &&
        (c->what || !phone_is_timed_row(d, n)))
        return true;
    /* "0404 267 681", "1800 621 337": mobile and free numbers of Australia; no row of values begins so */
    if (n->n == 3 && len == 4 && n->len[1] == 3 && n->len[2] == 3 && !n->slash &&
        (t->hash == 1800 || t->hash == 1300 || (t->hash >= 400 && t->hash < 500)) &&
        !number_is_row(d, n->tok[0], n->tok[2]))
        return true;
    /* "03 5555 0188" abroad; "03 1200 1400" are times */
    if (n->n == 3 && len == 2 && zero && n->len[1] == 4 && n->len[2] == 4 && !n->slash &&
        (c->what || !number_is_clock(&d->tok[n->tok[1]])))
        return true;
    /* "011 509 5550 0144", "98400 55512" of kin or behind a word for telephones */
    return (len == 3 && t->hash == 11 && zero && n->n >= 3 && n->digits >= 11) ||
           (n->n == 2 && len == 5 && n->len[1] == 5 && t->hash >= 60000 &&
            (c->what || phone_is_of_person(d, n->first)));
}

struct phone_verdict phone_by_form(const struct doc *d, struct phone_number *n, const struct cue *c,
                                   uint32_t k)
{
    if (phone_is_area_and_rest(d, n) &&
        phone_ends(d, n->tok[1])) { /* "(814)5550177", "814-5550177" */
        phone_cut(d, n, 2);
        return (struct phone_verdict){ RULE_PHONE_SHAPE, 0.9f };
    }
    if (phone_is_spelled(d, n, c)) return (struct phone_verdict){ RULE_PHONE_SHAPE, 0.85f };
    if (k && phone_ends(d, n->tok[k - 1])) {
        phone_cut(d, n, k);
        return c->what ? (struct phone_verdict){ RULE_PHONE_CUE, 0.98f }
                       : (struct phone_verdict){ RULE_PHONE_SHAPE, 0.95f };
    }
    if (n->plus && n->digits >= 8 && phone_ends(d, n->last))
        return (struct phone_verdict){ RULE_PHONE_SHAPE, 0.95f };
    const bool measure = d->shield[n->tok[0]] & SHIELD_MEASURE;
    if (n->n >= 2 && (phone_is_pairs(d, n) || (!measure && is_national(d, n, c))) &&
        phone_ends(d, n->last))
        return (struct phone_verdict){ RULE_PHONE_SHAPE, 0.8f };
    return phone_none;
}

/* "Left word at 512-6776", "Desk 237-4408", "TTY 252-1335", "Alofa 865-4411, Walgreens": a hyphen in it, and no count. */
static bool is_left_word(const struct doc *d, const struct phone_number *n)
{
    static const struct wordset_row rows[] = {
        { "at desk tty tdd use try dial back number line machine list station", 1 }
    };
    static struct wordset set = WORDSET(rows);
    const int64_t before = (int64_t)n->first - 1;
    const struct token *t = doc_tok(d, before);
    const uint32_t rest = n->tok[0] + 2;
    if (n->n != 2 || n->slash || d->tok[n->tok[0]].hash < 200 || d->tok[rest].hash % 100 == 0 ||
        !doc_is_mark(d, rest - 1, '-') || d->tok[n->first].flags & TOK_LINE)
        return false;
    if (wordset_class(wordset_ready(&set), t)) return true;
    return doc_is_mark(d, n->last + 1, ',') && t->kind == TOK_WORD && t->flags & TOK_CAP &&
           t->len > 3 && (doc_bits(d, before) & (LEX_GIVEN | LEX(SURNAME)) || !doc_bits(d, before));
}

/* Does a word, or where it stands, tell that a local number follows? */
static bool is_told(const struct doc *d, const struct phone_number *n, bool numbered)
{
    const int64_t before = (int64_t)n->first - 1;
    const uint64_t area = d->tok[n->tok[0]].hash;
    const bool at_end = doc_is_word(d, before, VIEW("at")) && doc_ends_line(d, n->last);
    /* "sent to St. James Pharmacy, 304-1517" */
    const bool shop = doc_is_mark(d, before, ',') && area >= 200 &&
                      doc_bits(d, before - 1) & LEX(ORG_HEAD) &&
                      doc_tok(d, before - 1)->flags & TOK_CAP;
    return shop || numbered || is_left_word(d, n) || area == 555 ||
           phone_is_after_letter(d, n->first) || at_end ||
           (area >= 200 && n->n == 2 && is_whole_line(d, n->first, n->last));
}

/* Of three digits and four, in two groups: "566 1149", "304-1517". `called`: somebody is called at it. */
static struct phone_verdict by_local(const struct doc *d, struct phone_number *n, bool called)
{
    const uint32_t i = n->tok[0];
    if (n->len[0] != 3 || n->len[1] != 4) return phone_none;
    const bool numbered = doc_is_word(d, (int64_t)n->first - 1, VIEW("is")) &&
                          doc_is_word(d, (int64_t)n->first - 2, VIEW("number"));
    /* "pastor Roe 703 8750", "his number is 566 1149" */
    if (n->n == 2 && n->blanks && phone_is_plain_pair(d, n) && !(d->shield[i] & SHIELD_MEASURE) &&
        phone_ends(d, n->last) &&
        (numbered || is_kind_letter(d, n->first) || phone_is_of_person(d, n->first)))
        return (struct phone_verdict){ RULE_PHONE_SHAPE, 0.7f };
    if (!n->blanks &&
        (called || is_told(d, n, numbered) ||
         (!n->slash && d->tok[i].hash >= 200 && phone_is_of_person(d, n->first))) &&
        phone_ends(d, n->tok[1])) {
        phone_cut(d, n, 2);
        return (struct phone_verdict){ RULE_PHONE_SHAPE, 0.7f };
    }
    return phone_none;
}

struct phone_verdict phone_by_words(const struct doc *d, struct phone_number *n,
                                    const struct cue *c, bool listed)
{
    const uint32_t i = n->tok[0], len = d->tok[i].len;
    const bool measure = d->shield[i] & SHIELD_MEASURE;
    if ((c->what || listed) && !measure && phone_is_cued(d, n, c) && phone_ends(d, n->last))
        return (struct phone_verdict){ RULE_PHONE_CUE, 0.9f };
    if (n->n >= 2 && (n->len[0] == 3 || n->len[0] == 4) && n->len[1] == 4 && !n->slash &&
        (n->len[0] == 3 || !number_is_clock(&d->tok[i])) && phone_is_called_who(d, n->first) &&
        phone_is_plain_pair(d, n) && phone_ends(d, n->tok[1])) {
        phone_cut(d, n, 2);
        return (struct phone_verdict){ RULE_PHONE_CUE, 0.75f };
    }
    const bool called = phone_is_called_at(d, n->first);
    const bool desk = (n->n == 1 && (len == 4 || len == 5) && !number_is_clock(&d->tok[i])) ||
                      phone_is_in_house(n);
    if (called && desk && !measure && phone_ends(d, n->last))
        return (struct phone_verdict){ RULE_PHONE_EXTENSION, 0.8f };
    if (desk && phone_is_at_desk(d, n)) return (struct phone_verdict){ RULE_PHONE_EXTENSION, 0.7f };
    return n->n >= 2 ? by_local(d, n, called) : phone_none;
}
