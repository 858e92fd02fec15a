/* id_behind.c — what stands straight behind a person's name and is no number of a chart.
 *
 *     Therapist Ada Mohr, LGSW 45330. Plan …       a licence, behind the credential
 *     ATTENDANT Ada Mohr PT5832    DRIVER …        the same, where its column ends with it
 *     social worker Ada Mohr (3230)                a number in the house
 *     Patient advocate Ada Mohr, 3114, took …      the same between commas
 *     f/u scan, ENT = Mohr 4033                    the same in a list of who is on
 *     MOHR, ADA (5101)                             the last of a social security number, as veterans are filed
 *     Ada Mohr (95)                                an age
 *     Ada Mohr (no. 365)                           a badge */
#include "detect/id_beside_inside.h"
#include "detect/id_kinds.h"
#include "detect/id_user.h"
#include "detect/number_row.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum { OLDEST = 115 };

static bool is_year(const struct token *t)
{
    return t->len == 4 && t->hash >= 1900 && t->hash < 2100;
}

/* "L-4231", "MDCN/R/24539", "95N3561D" at token i, with letters and so many digits; its last token, or 0. */
static uint32_t coded_last(const struct doc *d, uint32_t i, uint32_t digits, const uint8_t *taken)
{
    enum { WORDS = 6 };
    struct code c;
    uint32_t n = i;
    while (n < i + WORDS && n < d->n && d->tok[n].kind != TOK_NUMBER &&
           (n == i || doc_joined(d, n)))
        n++;
    if (doc_tok(d, n)->kind != TOK_NUMBER || d->tok[n].flags & TOK_LINE || taken[n] || d->shield[n])
        return 0;
    code_around(d, n, &c);
    if (c.first != i || !c.letters || !c.upper || c.measure || c.digits < digits ||
        code_is_date(d, &c) || taken[c.first] || taken[c.last])
        return 0;
    return c.last;
}

/* "(kdunn)", "(L-4231)", "(CRT C-8474C)": what somebody signs on with or is known by. */
static bool is_named_by(const struct doc *d, uint32_t bracket, const uint8_t *taken,
                        struct finding *f)
{
    uint32_t i = bracket + 1, first, last;
    if (i >= d->n || d->tok[i].flags & TOK_LINE || taken[i]) return false;
    if (d->tok[i].flags & TOK_LOWER && id_user_at(d, i, &first, &last) && first == i) {
        *f = doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.75F);
        return true;
    }
    /* "(CRT C-8474C)", "(IBCLC MDCN/R/24539)" */
    const struct token *t = &d->tok[i];
    const bool credential = t->kind == TOK_WORD && t->flags & TOK_UPPER && t->len > 1 &&
                            t->len <= 6 && !doc_joined(d, (int64_t)i + 1);
    last = coded_last(d, i + credential, id_is_of_duty(d, bracket) ? 3 : 4, taken);
    if (!last || !doc_is_mark(d, last + 1, ')')) return false;
    *f = doc_finding(d, i + credential, last, credential ? LABEL_LICENSE : LABEL_ID, RULE_ID_BESIDE,
                     0.7F);
    return true;
}

/* "(3230)", "(95)", "(no. 365)" at token i */
static bool in_brackets(const struct doc *d, uint32_t start, uint32_t i, const uint8_t *taken,
                        struct finding *f)
{
    uint32_t k = i + 1;
    bool told = doc_is_word(d, k, VIEW("no")) || doc_is_word(d, k, VIEW("badge"));
    if (told) k += doc_is_mark(d, k + 1, '.') || doc_is_mark(d, k + 1, '#') ? 2 : 1;
    const struct token *n = doc_tok(d, k);
    if (n->kind != TOK_NUMBER || !doc_is_mark(d, k + 1, ')') || d->shield[k] || taken[k])
        return false;
    if (told) {
        *f = doc_finding(d, k, k, LABEL_ID, RULE_ID_BESIDE, 0.7F);
        return n->len >= 3;
    }
    if (n->hash >= 90 && n->hash <= OLDEST) {
        *f = doc_finding(d, k, k, LABEL_AGE, RULE_AGE_NUMBER, 0.7F);
        return true;
    }
    const bool filed = d->tok[start].flags & TOK_UPPER && doc_is_mark(d, start + 1, ',');
    *f = doc_finding(d, k, k, filed ? LABEL_SSN : LABEL_PHONE,
                     filed ? RULE_SSN_LAST : RULE_PHONE_EXTENSION, 0.7F);
    return n->len == 4 && !is_year(n);
}

/* "3114", "1-2043" at token i; its last token, or 0. */
static uint32_t desk_last(const struct doc *d, uint32_t i, uint32_t least, const uint8_t *taken)
{
    const struct token *t = doc_tok(d, i), *rest = doc_tok(d, i + 2);
    if (t->kind != TOK_NUMBER || t->flags & TOK_LINE || d->shield[i] || taken[i]) return 0;
    if (t->len == 1 && doc_is_mark(d, i + 1, '-') && doc_joined(d, i + 1) && rest->len == 4 &&
        doc_joined(d, i + 2) && rest->kind == TOK_NUMBER)
        return i + 2;
    return t->len >= least && t->len <= 5 && !is_year(t) && !number_is_clock(t) ? i : 0;
}

static bool ends_clause(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return last + 1 >= d->n || t->flags & TOK_LINE ||
           (t->kind == TOK_MARK && (t->hash == '.' || t->hash == ',' || t->hash == ';') &&
            !doc_joined(d, last + 2));
}

/* "45330", "R 417557-3", "7860-R": its last token, or 0. */
static uint32_t licence_last(const struct doc *d, uint32_t i, const uint8_t *taken)
{
    enum { DIGITS = 4 };
    struct code c;
    uint32_t last;
    const struct token *t = doc_tok(d, i);
    if (t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_UPPER && !doc_joined(d, i + 1) &&
        doc_tok(d, i + 1)->kind == TOK_NUMBER && !(doc_tok(d, i + 1)->flags & TOK_LINE))
        i++;
    if (i >= d->n || d->tok[i].flags & TOK_LINE) return 0;
    if (id_beside_code(d, i, taken, &last)) return last;
    if (d->tok[i].kind != TOK_NUMBER || taken[i] || d->shield[i]) return 0;
    code_around(d, i, &c); /* "7860-R" */
    return c.first == i && c.digits >= DIGITS && c.letters == 1 && c.upper && !c.measure ? c.last
                                                                                         : 0;
}

/* ", LGSW 45330", ", RT(R) PT5830": the first token behind the credentials, or i. */
static uint32_t past_credentials(const struct doc *d, uint32_t i)
{
    enum { MOST = 3, LETTERS = 6 };
    uint32_t k = i;
    for (uint32_t n = 0; n < MOST && doc_is_mark(d, k, ','); n++) {
        const struct token *t = doc_tok(d, (int64_t)k + 1);
        if (t->kind != TOK_WORD || t->flags & TOK_LINE || t->len < 2 || t->len > LETTERS ||
            !(doc_bits(d, k + 1) & LEX(CREDENTIAL) || t->flags & TOK_UPPER))
            return i;
        k += 2;
        if (doc_is_mark(d, k, '(') && doc_joined(d, k) && doc_is_mark(d, k + 2, ')')) k += 3;
    }
    return k;
}

/* "Roe, Ada, 525684, loc 6E", "Ada Mohr, 042.309.43, listed": six digits or more between commas. */
static bool is_filed_by(const struct doc *d, uint32_t i, const uint8_t *taken, uint32_t *last)
{
    enum { DIGITS = 6 };
    uint32_t digits = 0;
    if (!id_beside_code(d, i, taken, last)) return false;
    for (uint32_t k = i; k <= *last; k++)
        digits += d->tok[k].kind == TOK_NUMBER ? d->tok[k].len : 0;
    return digits >= DIGITS && ends_clause(d, *last);
}

/* "SW Olavi Suom 868", "RN Ada Mohr 5731" in a line of their own: who is on, and where to call. */
static bool is_on_list(const struct doc *d, uint32_t start, uint32_t last)
{
    static const struct wordset_row rows[] = {
        { "sw cm md rn lpn np pa pt ot slp rt cna lcsw msw chaplain pharm pharmd dietitian rd hm "
          "wk "
          "resident intern fellow attending charge nurse bleep pager desk coordinator scheduler "
          "navigator liaison registrar secretary manager clerk",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    int64_t role = (int64_t)start - 1;
    role -= doc_is_mark(d, role, ':');
    return role >= 0 && wordset_class(wordset_ready(&set), &d->tok[role]) &&
           (role == 0 || d->tok[role].flags & TOK_LINE) && doc_ends_line(d, last);
}

/* "Thx!! Mohr / 44453", "Thanks, Ada / 86-091": who wrote it signs with where to call; the number's last token, or 0. */
static uint32_t signed_last(const struct doc *d, uint32_t start, uint32_t slash,
                            const uint8_t *taken)
{
    enum { REACH = 5, LEAST = 3, MOST = 7 };
    static const struct wordset_row rows[] = {
        { "thx thanks thank ty tx cheers regards sincerely best respectfully yours", 1 },
    };
    static struct wordset set = WORDSET(rows);
    const uint32_t i = slash + 1, two = i + 2;
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_NUMBER || doc_joined(d, i) || t->flags & TOK_LINE || taken[i]) return 0;
    const bool pair = doc_is_mark(d, i + 1, '-') && doc_joined(d, i + 1) && doc_joined(d, two) &&
                      doc_tok(d, two)->kind == TOK_NUMBER;
    const uint32_t last = pair ? two : i, digits = t->len + (pair ? d->tok[two].len : 0);
    if (digits < LEAST || digits > MOST || !doc_ends_line(d, last) || is_year(t)) return 0;
    for (uint32_t k = start, n = 0; k > 0 && n < REACH; n++) {
        if (wordset_class(wordset_ready(&set), &d->tok[--k])) return last;
        if (d->tok[k].flags & TOK_LINE) break;
    }
    return 0;
}

/* "RPh (BO 0746)", "CGC (849.530135)" from the bracket on, behind credentials: the number's first token and its last, or
 * 0. */
static uint32_t bracketed_licence(const struct doc *d, uint32_t bracket, const uint8_t *taken)
{
    enum { REACH = 6, LEAST = 4, MOST = 10 };
    uint32_t digits = 0, i = bracket + 1;
    for (; i < d->n && i < bracket + REACH && !doc_is_mark(d, i, ')'); i++) {
        const struct token *t = &d->tok[i];
        if (t->flags & TOK_LINE || taken[i]) return 0;
        if (t->kind == TOK_NUMBER)
            digits += t->len;
        else if (t->kind == TOK_WORD ? !(t->flags & TOK_UPPER) || t->len > 4
                                     : t->hash != '.' && t->hash != '-')
            return 0;
    }
    return doc_is_mark(d, i, ')') && digits >= LEAST && digits <= MOST &&
                   !is_year(doc_tok(d, bracket + 1))
               ? i - 1
               : 0;
}

/* ", paramedic 21-9216" from the comma on: the last token, or 0. */
static uint32_t trade_last(const struct doc *d, uint32_t comma, const uint8_t *taken)
{
    static const struct wordset_row rows[] = {
        { "paramedic emt aemt notary phlebotomist technician technologist hygienist optician "
          "esthetician interpreter",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    struct code c;
    const uint32_t i = comma + 2;
    if (!wordset_class(wordset_ready(&set), doc_tok(d, comma + 1)) ||
        doc_tok(d, i)->kind != TOK_NUMBER || d->tok[i].flags & TOK_LINE || taken[i])
        return 0;
    code_around(d, i, &c);
    return (code_is(&c, "2-4") || code_is(&c, "5") || code_is(&c, "6")) && ends_clause(d, c.last)
               ? c.last
               : 0;
}

bool id_behind_person(const struct doc *d, uint32_t start, uint32_t end, const uint8_t *taken,
                      struct finding *f)
{
    const uint32_t i = end + 1;
    uint32_t last;
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->flags & TOK_LINE || d->is_caseless) return false;
    if (t->kind == TOK_MARK && t->hash == '(')
        return in_brackets(d, start, i, taken, f) || is_named_by(d, i, taken, f);
    const bool comma = t->kind == TOK_MARK && t->hash == ',';
    if (comma && doc_tok(d, i + 1)->kind == TOK_NUMBER) {
        last = desk_last(d, i + 1, 4, taken); /* "Jackson Pratt, 150, emptied" */
        uint32_t filed;
        if (!last && is_filed_by(d, i + 1, taken, &filed)) {
            *f = doc_finding(d, i + 1, filed, LABEL_MRN, RULE_ID_BESIDE, 0.75F);
            return true;
        }
        if (!last || !doc_is_mark(d, last + 1, ',') || doc_joined(d, last + 2) ||
            doc_tok(d, last + 2)->kind != TOK_WORD)
            return false;
        *f = doc_finding(d, i + 1, last, LABEL_PHONE, RULE_PHONE_EXTENSION, 0.7F);
        return true;
    }
    if (t->kind == TOK_MARK && t->hash == '/' && !doc_joined(d, i) &&
        (last = signed_last(d, start, i, taken))) {
        *f = doc_finding(d, i + 1, last, LABEL_PHONE, RULE_PHONE_EXTENSION, 0.7F);
        return true;
    }
    if (comma && (last = trade_last(d, i, taken))) {
        *f = doc_finding(d, i + 2, last, LABEL_LICENSE, RULE_ID_BESIDE, 0.75F);
        return true;
    }
    if (comma) {
        const uint32_t bracket = past_credentials(d, i);
        if (bracket > i && doc_is_mark(d, bracket, '(') && !doc_joined(d, bracket) &&
            (last = bracketed_licence(d, bracket, taken))) {
            *f = doc_finding(d, bracket + 1, last, LABEL_LICENSE, RULE_ID_BESIDE, 0.75F);
            return true;
        }
    }
    if (comma) {
        const uint32_t first = past_credentials(d, i);
        if (first == i || !(last = licence_last(d, first, taken)) ||
            !(ends_clause(d, last) || id_beside_ends(d, last)))
            return false;
        *f = doc_finding(d, first, last, LABEL_LICENSE, RULE_ID_BESIDE, 0.75F);
        return true;
    }
    if (t->kind == TOK_MARK || doc_joined(d, i) || shape_opens_column(d, i)) return false;
    if (doc_is_mark(d, (int64_t)start - 1, '=') && (last = desk_last(d, i, 3, taken)) &&
        ends_clause(d, last)) {
        *f = doc_finding(d, i, last, LABEL_PHONE, RULE_PHONE_EXTENSION, 0.7F);
        return true;
    }
    if (t->kind == TOK_NUMBER && (last = desk_last(d, i, 3, taken)) && is_on_list(d, start, last)) {
        *f = doc_finding(d, i, last, LABEL_PHONE, RULE_PHONE_EXTENSION, 0.7F);
        return true;
    }
    const struct token *role = doc_tok(d, (int64_t)start - 1);
    if (role->kind != TOK_WORD || d->tok[start].flags & TOK_LINE ||
        !(last = licence_last(d, i, taken)) || !id_beside_ends(d, last) ||
        doc_is_mark(d, last + 1, ')'))
        return false;
    *f = doc_finding(d, i, last, LABEL_LICENSE, RULE_ID_BESIDE, 0.7F);
    return true;
}
