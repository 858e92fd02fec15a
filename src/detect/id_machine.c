/* id_machine.c — codes that a machine made, told by how often letters and digits change in them. See id_kinds.h.
 *
 *     b590e2a2-1d7d  thumb-c4f43b  FACE-98ea5be830     sixteens: a print's or a face's template, a session
 *     DCS4PBE232  YTZUPP5XVW  0U6V-GTVN                capitals and digits: a serial number, an authorization
 *
 * Genes, cell lines, drugs, stages and models have digits too, at the end of their letters (CYP2C19, HEK293, SLC25A13,
 * T2N1M0, PCF-H180AL) and are shorter than ten signs. */
#include "detect/id_kinds.h"
#include "detect/wordset.h"

/* Signs between two marks of a code. */
struct group {
    uint32_t digits, letters, turns, run; /* run: its longest number */
    bool hex;                             /* nothing but digits and a to f */
    bool tail;                            /* letters and then digits, or either alone */
};

/* The group that begins at token *i; *i is the token past it. */
static struct group group_at(const struct doc *d, uint32_t *i, uint32_t last)
{
    struct group g = { .hex = true, .tail = true };
    uint32_t parts = 0;
    for (; *i <= last && d->tok[*i].kind != TOK_MARK; ++*i, parts++) {
        const struct token *t = &d->tok[*i];
        if (t->kind == TOK_NUMBER) {
            g.digits += t->len;
            g.run = MAX(g.run, (uint32_t)t->len);
        } else {
            g.letters += t->len;
            g.hex &= (t->flags & TOK_LOWER) != 0;
            for (uint32_t k = t->start; k < token_end(t); k++)
                g.hex &= d->text.p[k] <= 'f';
        }
        g.turns += parts > 0;
        if (parts > 1 || (parts && t->kind == TOK_WORD)) g.tail = false;
    }
    return g;
}

/* "c4f43b", "a2b03978-c703": groups of sixteens, a word of capitals before them at most. `led`: another word is joined
 * before it by a dash. */
static bool is_sixteens(const struct doc *d, const struct code *c, bool led)
{
    enum { LEAST = 6, ALONE = 8, MOST = 20, TURNS = 2, HEAD = 8, NEXT = 4 };
    uint32_t signs = 0, turns = 0, run = 0, letters = 0, head = 0;
    for (uint32_t i = c->first; i <= c->last; i++) {
        const bool opens = i == c->first;
        const struct group g = group_at(d, &i, c->last);
        if (opens && !g.digits && i < c->last && g.letters > 1) {
            led = true;
            continue;
        }
        if (!g.hex) return false;
        head = opens && g.digits + g.letters == HEAD ? HEAD : head;
        signs += g.digits + g.letters;
        letters += g.letters;
        turns = MAX(turns, g.turns);
        run = MAX(run, g.run);
    }
    /* "a4193925-4989": the first two groups of a UUID */
    if (head && signs == HEAD + NEXT && letters) return true;
    return signs >= (led ? LEAST : ALONE) && signs <= MOST && letters && turns >= TURNS && run > 1;
}

/* "T2N0M0L0V0", "G10P5A4L5": each letter has its number. */
static bool is_letter_each(const struct doc *d, const struct code *c)
{
    for (uint32_t i = c->first; i <= c->last; i++)
        if (d->tok[i].kind == TOK_WORD && d->tok[i].len > 1) return false;
    return true;
}

/* "CHA2DS2VASC", "ST6GALNAC1", "ARHGEF10L": scores and genes that are as long. */
static bool is_known(const struct doc *d, const struct code *c)
{
    static const struct wordset_row rows[] = {
        { "cha chads has st stgal tnfrsf arhgef arhgap cyp slc hla drb dqb dqa dpb hist mir linc "
          "zscan atp "
          "calgb nct isrctn eudract chictr",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(EPONYM) | LEX(MONTH);
    if (doc_bits(d, c->last) & LEX(UNIT)) return true; /* "10X15X20MM" */
    for (uint32_t i = c->first; i <= c->last; i++) {
        if (d->tok[i].kind != TOK_WORD) continue;
        if (wordset_class(wordset_ready(&set), &d->tok[i])) return true;
        if (d->tok[i].len > 3 && d->lex[i]->bits & other) return true;
    }
    return false;
}

bool id_is_misread(const struct doc *d, const struct code *c)
{
    enum { LETTERS = 5, DIGITS = 2, VOWELS = 2 };
    uint32_t vowels = 0;
    if (c->letters < LETTERS || c->digits > DIGITS) return false;
    for (uint32_t k = d->tok[c->first].start; k < token_end(&d->tok[c->last]); k++) {
        if (d->text.p[k] >= '0' && d->text.p[k] <= '9' && !strchr("01568", d->text.p[k]))
            return false;
        vowels += strchr("AEIOUaeiou", d->text.p[k]) != NULL;
    }
    return vowels >= VOWELS;
}

/* "DCS4PBE232", "2PMPP5Y4MH" */
static bool is_serial(const struct doc *d, const struct code *c)
{
    enum { LEAST = 10, MOST = 17, TURNS = 2, LETTERS = 3 };
    uint32_t i = c->first;
    const struct group g = group_at(d, &i, c->last);
    const uint32_t signs = g.digits + g.letters;
    return i > c->last && signs >= LEAST && signs <= MOST && g.turns >= TURNS &&
           g.letters >= LETTERS && g.digits && !is_letter_each(d, c) && !is_known(d, c) &&
           !id_is_misread(d, c);
}

/* "0U6V-GTVN", "HKBU-82JA": four and four, and no word or name with its count ("MLH1-MSH2"). */
static bool is_two_fours(const struct doc *d, const struct code *c)
{
    enum { SIGNS = 4, LETTERS = 3 };
    uint32_t i = c->first;
    const struct group a = group_at(d, &i, c->last);
    if (i > c->last || !doc_is_mark(d, i, '-')) return false;
    i++;
    const struct group b = group_at(d, &i, c->last);
    return i > c->last && a.digits + a.letters == SIGNS && b.digits + b.letters == SIGNS &&
           a.letters + b.letters >= LETTERS && !(a.tail && b.tail) && !is_known(d, c);
}

bool id_is_of_machine(const struct doc *d, const struct code *c)
{
    enum { LEAST = 6, SERIAL = 8 };
    const uint32_t signs = (uint32_t)c->digits + c->letters;
    if (signs < LEAST || !c->letters || !c->digits || c->measure || id_is_of_science(d, c))
        return false;
    const int64_t dash = (int64_t)c->first - 1;
    const bool led = doc_is_mark(d, dash, '-') && doc_joined(d, c->first) &&
                     doc_joined(d, (uint32_t)dash) && doc_tok(d, dash - 1)->kind == TOK_WORD;
    /* "S85/837": of somebody in a study */
    if (code_is(c, "A2/3")) return d->tok[c->last].hash % 50 && d->tok[c->last - 2].hash > 19;
    if (!c->upper) return is_sixteens(d, c, led);
    return signs >= SERIAL && !led && (is_serial(d, c) || is_two_fours(d, c));
}

bool id_by_machine(const struct doc *d, const struct code *c, struct finding *f)
{
    if (!id_is_of_machine(d, c)) return false;
    *f = doc_finding(d, id_word_before(d, c->first), c->last, LABEL_ID, RULE_ID_CODE, 0.7f);
    return true;
}

void id_take_word(const struct doc *d, uint32_t first, struct finding *f)
{
    if (f->label == LABEL_BIOMETRIC && f->start == d->tok[first].start)
        f->start = d->tok[id_word_before(d, first)].start;
}

uint32_t id_word_before(const struct doc *d, uint32_t first)
{
    const bool led = first > 1 && doc_is_mark(d, (int64_t)first - 1, '-') && doc_joined(d, first) &&
                     doc_joined(d, first - 1) && d->tok[first - 2].kind == TOK_WORD &&
                     !d->shield[first - 2];
    return led ? first - 2 : first;
}

/* "7d3a811c8328d67d", "6b1fc96a84": what a machine computed, by the letters of its digits. */
bool id_is_computed(const struct doc *d, const struct code *c)
{
    enum { LEAST = 10, DIGITS = 3, TURNS = 4 };
    uint32_t turns = 0;
    if (c->digits + c->letters < LEAST || c->digits < DIGITS || c->letters < 2 || c->measure)
        return false;
    for (uint32_t i = c->first; i <= c->last; i++) {
        const view v = doc_view(d, i, i);
        if (d->tok[i].kind == TOK_MARK) return false;
        for (size_t k = 0; d->tok[i].kind == TOK_WORD && k < v.n; k++)
            if (ascii_lower(v.p[k]) < 'a' || ascii_lower(v.p[k]) > 'f') return false;
        turns++;
    }
    return turns >= TURNS;
}

/* "13e389c7f80bd7ad": digits and the letters a to f in their turns, as a machine writes what it computed. */
SELDOM static bool is_hexadecimal(const struct doc *d, const struct code *c)
{
    enum { LEAST = 16 };
    const view v = doc_view(d, c->first, c->last);
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_digit(v.p[i]) && !(v.p[i] >= 'a' && v.p[i] <= 'f')) return false;
    return v.n >= LEAST && c->digits >= 4;
}

/* "6GTEK57T53G442768", "1Z88Y0W70344127718", "4QTRZ-8WNBC-M2X9P": letters and digits that take turns for long, as a
 * machine gives them to vehicles, parcels, devices and accounts that wait for their owner. */
bool id_is_machine_made(const struct doc *d, const struct code *c)
{
    enum { LEAST = 12, TURNS = 3 };
    uint32_t turns = 0, marks = 0;
    if (LIKELY(c->digits + c->letters < LEAST)) return false;
    if (c->digits < 3 || c->letters < 3) return false;
    if (!c->upper) return is_hexadecimal(d, c);
    for (const char *p = c->shape; *p && p[1]; p++) {
        turns += ascii_is_digit(*p) != ascii_is_digit(p[1]) && *p != '-' && p[1] != '-';
        marks += *p == '-';
    }
    if (marks) return marks == 2 && turns >= TURNS && c->digits + c->letters == 15;
    return !strpbrk(c->shape, "_/W") && turns >= TURNS && c->digits >= 5;
}
