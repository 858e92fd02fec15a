/* id.c — identifying numbers and codes of persons, accounts, plans, licences, vehicles and devices.
 *
 * Walks the numbers of a text, forms the code each stands in, reads the cue before it, and asks
 * id_checksum.c, id_cue.c and id_shape.c in turn, and id_listed.c for values listed after a found one.
 * Source: 45 CFR 164.514(b)(2)(i)(H)–(M), (R). */
#include "detect/detectors.h"
#include "detect/id_kinds.h"
#include "detect/id_told.h"
#include "detect/shape.h"

static bool is_number_after(const struct doc *d, uint32_t i)
{
    const struct token *r = doc_tok(d, (int64_t)i + 1);
    return r->kind == TOK_NUMBER && !(r->flags & TOK_LINE) && r->len >= 2;
}

/* Small plain numbers without a mark before them are most of all numbers and never identifiers. */
static bool is_idle(const struct doc *d, uint32_t i, uint32_t beside)
{
    const struct token *t = &d->tok[i];
    if (!(beside & NUMBER_SHORT) || doc_joined(d, i)) return false;
    if (beside & BESIDE_RIGHT) {
        const struct token *r = &d->tok[i + 1];
        return r->kind == TOK_MARK && r->hash != '-' && r->hash != '/' && r->hash != '_';
    }
    const struct token *p = doc_tok(d, (int64_t)i - 1);
    /* "C 28 114 907": the first group of more */
    if (is_number_after(d, i)) return false;
    /* "plate KC 44 XF": letters on both sides */
    const struct token *n = doc_tok(d, (int64_t)i + 1);
    if (UNLIKELY((t->len == 2) & (p->len == 2) & (n->len == 2) &
                 ((p->flags & n->flags & TOK_UPPER) != 0)))
        return false;
    return !(p->kind == TOK_MARK && (p->hash == ':' || p->hash == '#')) &&
           !(cue_class_of(p) & (CUE_STRONG | CUE_NUMBER | CUE_LICENSE)); /* "DL 29 481 220" */
}

static bool is_in_address(const struct doc *d, const struct code *c)
{
    return (doc_joined(d, c->first) && doc_is_mark(d, (int64_t)c->first - 1, '@')) ||
           (doc_joined(d, c->last + 1) && doc_is_mark(d, c->last + 1, '@'));
}

/* "MRN123456", "Acct-9921": the code's own first word is the cue; the value begins after it. */
static bool is_own_cue(const struct doc *d, struct code *c, struct cue *cue)
{
    uint32_t class = cue_class_of(&d->tok[c->first]), value = c->first + 1;
    if (!(class & CUE_IDS) || !(class & CUE_STRONG) || value > c->last) return false;
    if (d->tok[value].kind == TOK_MARK) value++;
    *cue = (struct cue){
        .what = class & CUE_WHAT, .worth = CUE_PLAIN, .first = c->first, .last = c->first
    };
    c->letters -= d->tok[c->first].len;
    c->first = value;
    return true;
}

/* "REF 6570-0-136 LOT 44KX21": the maker's catalogue number, which many patients' devices have. */
static bool is_catalogue(const struct doc *d, const struct code *c, const struct cue *cue)
{
    enum { REACH = 4 };
    if (cue->field || !doc_is_word(d, cue->first, VIEW("ref"))) return false;
    for (int64_t i = (int64_t)c->last + 1; i <= (int64_t)c->last + REACH; i++)
        if (cue_class_of(doc_tok(d, i)) & (CUE_SYSTEM | CUE_DEVICE)) return true;
    return false;
}

/* "FIN 0098": the financial number of a stay, which is no word in capitals. */
SELDOM static bool is_financial(const struct doc *d, const struct cue *cue)
{
    return !cue->field && !d->is_caseless && d->tok[cue->last].flags & TOK_UPPER &&
           doc_is_word(d, cue->last, VIEW("fin"));
}

/* May the code be a part of a longer value? With nothing of it to the left, the cue is the code's own. */
static bool has_neighbour(const struct doc *d, const struct code *c, const struct cue *cue)
{
    const int64_t left = (int64_t)code_start(c) - 1, right = (int64_t)c->last + 1;
    const struct token *l = doc_tok(d, left), *r = doc_tok(d, right);
    const bool upper = ((l->flags & TOK_UPPER) != 0) & (l->len <= 4);
    /* most numbers have none of these: one branch */
    if (LIKELY(!(upper | ((cue->what & CUE_IDS) != 0) | doc_joined(d, code_start(c)))))
        return false;
    if (upper) return true;
    if (l->kind == TOK_MARK && doc_joined(d, code_start(c)) && doc_joined(d, left) &&
        doc_tok(d, left - 1)->flags & TOK_UPPER)
        return true;
    if (!(cue->what & CUE_IDS)) return false;
    if (c->measure) return true;
    if (doc_joined(d, right)) return r->kind == TOK_MARK && doc_joined(d, right + 1);
    return !(r->flags & TOK_LINE) &&
           (r->kind == TOK_NUMBER || (r->kind == TOK_WORD && r->flags & TOK_UPPER && r->len <= 4));
}

/* "enrolled as 04-0447" */
SELDOM static bool is_entered(const struct doc *d, int64_t i)
{
    static const struct wordset_row rows[] = {
        { "enrolled registered booked admitted randomized randomised logged filed", 1 }
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), doc_tok(d, i)) != 0;
}

static bool find_one(const struct doc *d, struct code *c, const struct id_previous *p,
                     struct finding *f, uint32_t *next)
{
    struct cue cue FILLED_LATER;
    if (is_own_cue(d, c, &cue)) return id_by_cue(d, c, &cue, f, next);
    cue_before(d, c->first, &cue); /* a '#' before the code makes a cue surer */
    if (cue.what & CUE_SYSTEM && !(cue.what & CUE_IDS)) /* "plate 6h, lot 88P1182" is no car's */
        return (id_by_told(d, c, f, next) && f->label != LABEL_VEHICLE) || id_by_icd(d, c, &cue, f);
    if (is_catalogue(d, c, &cue)) return false;
    if (id_by_checksum(d, c, &cue, f)) return true;
    if ((c->digits > 2 || id_is_lettered(d, c)) &&
        (id_by_told(d, c, f, next) ||
         (UNLIKELY(id_may_be_short(d, c)) && id_by_short(d, c, f, next))))
        return true;
    if (has_neighbour(d, c, &cue) && id_by_series(d, c, f, next)) return true;
    if (cue.worth == CUE_HINT && is_financial(d, &cue)) cue.worth = CUE_CERTAIN;
    if (cue.worth && cue.what & CUE_IDS && id_by_cue(d, c, &cue, f, next)) return true;
    const enum cue_worth plain =
        cue.what & CUE_IDS && !cue.worth ? id_plain_worth(d, c, &cue) : CUE_NONE;
    if (plain) {
        cue.worth = (uint8_t)plain;
        if (id_by_cue(d, c, &cue, f, next)) return true;
    }
    if (UNLIKELY(c->letters == 1) && id_is_of_staff(d, c)) {
        *f = doc_finding(d, c->first, c->last, LABEL_ID, RULE_ID_CUE, 0.8f);
        return true;
    }
    const int64_t before = (int64_t)code_start(c) - 1;
    const uint32_t length = (uint32_t)c->digits + c->letters;
    if (length >= 6 && doc_is_mark(d, before, ':') && id_by_side(d, c, f)) return true;
    /* "Hearing aids left 1924X04Y7, right 1924X04Y8" */
    if (length >= 8 && c->letters && c->digits >= 4 && id_by_side(d, c, f)) return true;
    if (length >= 4 &&
        (doc_is_word(d, before, VIEW("under")) ||
         (doc_is_word(d, before, VIEW("as")) && is_entered(d, before - 1))) &&
        id_filed_under(d, c, f, next))
        return true;
    if (p->end && id_by_list(d, c, p, f)) return true;
    /* a telephone or social security number is found as such; "The laboratory called: S-2010-81276" */
    uint32_t own = cue_class_of(&d->tok[c->first]);
    if ((cue.what | own) & (CUE_SSN | CUE_DOB) || own & CUE_CALLS) return false;
    if (cue.what & CUE_CALLS && !(cue.colon && c->letters && c->upper)) return false;
    return id_has_shape(c) &&
           (id_by_shape(d, c, f) ||
            (UNLIKELY(length >= 6) && (id_by_glue(d, c, f) || id_by_machine(d, c, f))));
}

/* Letters on the left of a number that is touched, or capitals on its right or behind a '-': most measures have none. */
static inline bool may_be_lettered(const struct doc *d, uint32_t i, uint32_t beside)
{
    const struct token *t = &d->tok[i];
    const uint32_t right = i + 1 < d->n, after = right + (i + 2 < d->n), before = i > 1 ? 2 : 0;
    const uint32_t flags = (t - before)->flags | (t + right)->flags | (t + after)->flags;
    return ((beside & BESIDE_LEFT_WORD) | (flags & TOK_UPPER)) != 0;
}

/* A small number with letters on it, "LB07", "7GHQ2P", in what is no grade or level: it may be part of a code that the
 * words before it speak of. */
static bool is_told_code(const struct doc *d, uint32_t i, struct code *c)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *r = doc_tok(d, (int64_t)i + 1);
    bool left = doc_joined(d, i) && l->kind == TOK_WORD;
    /* "rego HWI-527 in the creek": no inches */
    left |= l->kind == TOK_MARK && l->hash == '-' && doc_joined(d, i) &&
            doc_joined(d, (int64_t)i - 1) && doc_tok(d, (int64_t)i - 2)->flags & TOK_UPPER;
    bool right = doc_joined(d, i + 1) && r->kind == TOK_WORD && r->flags & TOK_UPPER;
    /* "Unit 64-O cleared" */
    right |= doc_is_mark(d, i + 1, '-') && doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
             doc_tok(d, (int64_t)i + 2)->flags & TOK_UPPER;
    if (d->shield[i] & SHIELD_TAG || (!left && !right)) return false;
    code_around(d, i, c);
    /* "KDA 447X": the letters before it are of the same plate */
    const struct token *p = doc_tok(d, (int64_t)c->first - 1),
                       *n = doc_tok(d, (int64_t)c->last + 1);
    if (!c->shape[0]) return false;
    /* "plate A56 7NJ", "plate 2Z 3091K" */
    const bool goes_on = n->kind == TOK_NUMBER && !(n->flags & TOK_LINE) && c->upper &&
                         doc_joined(d, c->last + 2) &&
                         doc_tok(d, (int64_t)c->last + 2)->flags & TOK_UPPER &&
                         !(doc_bits(d, (int64_t)c->last + 2) & LEX(UNIT));
    uint32_t least = (p->flags & TOK_UPPER && p->len <= 4) || c->digits >= 5 || goes_on ||
                             (n->flags & TOK_UPPER && n->len <= 3) ||
                             ((c->digits == 4 || (c->digits > 1 && c->upper)) &&
                              id_is_fleet(d, (int64_t)c->first - 1)) ||
                             (c->letters == 1 && c->digits >= 3 && id_is_led_short(d, c->first)) ||
                             (c->letters == 1 && ascii_is_digit(c->shape[0]) &&
                              ascii_is_digit(c->shape[strlen(c->shape) - 1])) /* "12U81" */
                         ? 1
                         : 2;
    return c->digits >= 1 && c->letters >= least && !c->measure;
}

/* The same of one letter, behind a word of duty. */
static bool is_of_staff(const struct doc *d, uint32_t i, struct code *c)
{
    if (d->tok[i].len < 2 || d->shield[i] & SHIELD_TAG || LIKELY(!id_may_be_staff(d, i)))
        return false;
    code_around(d, i, c);
    return c->letters == 1 && id_is_of_staff(d, c);
}

static bool find_told(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next)
{
    enum { LONG = 12 };
    struct cue cue FILLED_LATER;
    if (UNLIKELY(c->letters == 1) && id_is_of_staff(d, c)) {
        *f = doc_finding(d, c->first, c->last, LABEL_ID, RULE_ID_CUE, 0.8f);
        *next = c->last + 1;
        return true;
    }
    if (id_by_told(d, c, f, next) || (id_may_be_short(d, c) && id_by_short(d, c, f, next)))
        return true;
    if (c->letters + c->digits < 6) return false;
    cue_before(d, c->first, &cue);
    if (cue.what & CUE_SYSTEM) return false;
    const enum cue_worth plain = id_plain_worth(d, c, &cue);
    if (plain) cue.worth = (uint8_t)plain; /* "Subject 207MA99", "Group: V20260L" */
    if (cue.worth && cue.what & CUE_IDS && id_by_cue(d, c, &cue, f, next)) return true;
    if (c->letters >= 2 && c->letters + c->digits >= 8 &&
        (c->digits >= 4 || doc_is_mark(d, (int64_t)c->first - 1, ':')) && id_by_side(d, c, f)) {
        *next = c->last + 1;
        return true;
    }
    /* "7RTQX-2KWPD-N8Z3M" */
    if (!(c->letters + c->digits >= LONG && id_by_shape(d, c, f)) && !id_by_machine(d, c, f))
        return false;
    *next = c->last + 1;
    return true;
}

/* Most measures have few digits and stand apart: told in one branch before more is looked at. */
static inline bool may_be_shielded(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    const bool led =
        (t->len >= 2) & !(t->flags & TOK_SPACE) & (d->tok[i - (i > 0)].kind == TOK_WORD);
    return UNLIKELY(((t->len >= 4) | led) & !(d->shield[i] & SHIELD_TAG));
}

/* What reads like a measure in another place: "filed under 441524", "ICD 8257219671", "Path C24.5451". */
static bool find_shielded(const struct doc *d, uint32_t i, struct code *c, struct finding *f,
                          uint32_t *next)
{
    struct cue cue FILLED_LATER;
    const struct token *t = &d->tok[i], *l = doc_tok(d, (int64_t)i - 1);
    const bool led = doc_joined(d, i) && l->kind == TOK_WORD;
    if (t->len == 2 && (l->len > 1 || !doc_is_mark(d, i + 1, '.'))) return false;
    const int64_t before = (int64_t)i - 1 - led;
    const bool under = doc_is_word(d, before, VIEW("under")),
               icd = doc_is_word(d, before, VIEW("icd"));
    if (!under && !icd && t->len > 2) return false;
    code_around(d, i, c);
    *next = c->last + 1;
    if (under) return id_filed_under(d, c, f, next);
    if (!icd) return id_is_dotted_specimen(d, c) && id_by_shape(d, c, f);
    cue_before(d, c->first, &cue);
    return id_by_icd(d, c, &cue, f);
}

err id_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct id_previous p = { 0 };
    uint32_t next = 0;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        uint32_t i = d->digits.v[k];
        struct code c FILLED_LATER;
        struct finding f FILLED_LATER;
        if (i < next) continue;
        const bool is_touched = d->beside[k] & (BESIDE_LEFT_WORD | BESIDE_RIGHT_WORD | BESIDE_DASH);
        if (is_touched && !(d->shield[i] & SHIELD_TAG) && id_by_uuid(d, i, &f, &next)) {
            TRY(findings_add(out, f));
            continue;
        }
        const uint32_t block = UNLIKELY(is_touched && d->tok[i].len == 2) ? id_block_last(d, i) : 0;
        if (block) {
            next = block + 1;
            TRY(findings_add(out, doc_finding(d, i - 1, block, LABEL_ID, RULE_ID_CODE, 0.7f)));
            continue;
        }
        if (d->shield[i] & (SHIELD_MEASURE | SHIELD_TAG)) {
            if (LIKELY(!is_touched && !(d->beside[k] & NUMBER_LONG))) continue;
            if (may_be_shielded(d, i) && find_shielded(d, i, &c, &f, &next)) {
                TRY(findings_add(out, f));
                continue;
            }
            if (!may_be_lettered(d, i, d->beside[k]) || !is_told_code(d, i, &c)) {
                if (UNLIKELY(is_of_staff(d, i, &c))) {
                    next = c.last + 1;
                    TRY(findings_add(out,
                                     doc_finding(d, c.first, c.last, LABEL_ID, RULE_ID_CUE, 0.8f)));
                }
                continue;
            }
            if (UNLIKELY(p.label == LABEL_DEVICE) && id_by_other_side(d, &c, &p, &f)) {
                next = c.last + 1;
                TRY(findings_add(out, f));
            } else if (find_told(d, &c, &f, &next)) {
                id_take_word(d, c.first, &f);
                TRY(findings_add(out, f));
            }
            continue;
        }
        if (is_idle(d, i, d->beside[k])) continue;
        uint32_t gs1 = d->tok[i].len == 2 ? id_gs1_last(d, i) : 0;
        if (gs1) {
            next = gs1 + 1;
            TRY(findings_add(out, doc_finding(d, i - 1, gs1, LABEL_DEVICE, RULE_ID_CODE, 0.95f)));
            continue;
        }
        if (UNLIKELY(id_may_be_printed(d, i)) && id_as_printed(d, i, &f, &next)) {
            TRY(findings_add(out, f));
            continue;
        }
        code_around(d, i, &c);
        next = c.last + 1;
        if (is_in_address(d, &c) || !find_one(d, &c, &p, &f, &next)) continue;
        if (UNLIKELY(i && d->tok[i - 1].flags & TOK_UPPER) && f.start == d->tok[i].start &&
            f.label != LABEL_PHONE && id_is_lead(d, i - 1))
            f.start = d->tok[i - 1].start;
        id_take_word(d, c.first, &f);
        /* "DX935060(0)": the check digit of an identity card */
        if (c.digits == 6 && c.letters && c.letters <= 2 && doc_is_mark(d, next, '(') &&
            doc_joined(d, next) && doc_tok(d, (int64_t)next + 1)->len == 1 &&
            doc_tok(d, (int64_t)next + 1)->kind == TOK_NUMBER && doc_is_mark(d, next + 2, ')')) {
            f.end = token_end(&d->tok[next + 2]);
            next += 3;
        }
        if (UNLIKELY(c.digits >= 8 && doc_is_mark(d, next, '.')))
            f.end = id_file_end(d, next, f.end);
        p.end = next;
        p.label = (enum label)f.label;
        memcpy(p.shape, c.shape, sizeof p.shape);
        TRY(findings_add(out, f));
    }
    TRY(id_told_words(d, out));
out:
    return e;
}
