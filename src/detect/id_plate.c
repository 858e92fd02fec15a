/* detect/id_plate.c — plates and registrations, see id_told_inside.h. */
#include "detect/cue.h"
#include "detect/id_kinds.h"
#include "detect/id_told.h"
#include "detect/id_told_inside.h"
#include "detect/number_row.h"

struct plate {
    uint32_t first, last, letters, digits, groups;
};

/* May the word at i be the letters of a plate? */
static bool is_letters(const struct doc *d, int64_t i, uint32_t most)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len <= most && t->flags & TOK_UPPER &&
           !(t->flags & TOK_WIDE) && !id_told_class_at(d, i) && !d->shield[i] &&
           !(doc_bits(d, i) & LEX(FUNCTION)) &&
           (!(doc_bits(d, i) & LEX(UNIT)) || doc_bits(d, i) & LEX(STATE_CODE));
}

/* A blank or a bracket before token i, or a mark that ends a sentence. */
SELDOM static bool stands_apart(const struct doc *d, int64_t i)
{
    return !doc_joined(d, i) || doc_is_mark(d, i - 1, '(') ||
           (doc_tok(d, i)->kind == TOK_MARK && !doc_is_mark(d, i, '-') && !doc_is_mark(d, i, '/'));
}

/* The code with a group of letters before or behind it: "KJD 2231", "KX21 BDE". */
static struct plate plate_of(const struct doc *d, const struct code *c)
{
    struct plate p = { c->first, c->last, c->letters, c->digits, 1 };
    int64_t before = (int64_t)c->first - 1;
    if (c->digits + c->letters > 5 && !code_is(c, "3-3")) return p;
    if (!doc_joined(d, c->first) && !(d->tok[c->first].flags & TOK_LINE) &&
        is_letters(d, before, 4) && doc_tok(d, before)->len > 1 && stands_apart(d, before)) {
        p.first--;
        p.letters += d->tok[before].len;
        p.groups++;
        /* "vessel reg. CF 4821 KX" */
        const int64_t end = (int64_t)c->last + 1;
        if (c->digits >= 2 && c->digits <= 4 && !c->letters && is_letters(d, end, 2) &&
            !doc_joined(d, end) && stands_apart(d, end + 1) && !(d->tok[end].flags & TOK_LINE)) {
            p.last++;
            p.letters += d->tok[end].len;
        }
    } else {
        const int64_t behind = (int64_t)c->last + 1;
        if (is_letters(d, behind, 3) && !doc_joined(d, behind) && stands_apart(d, behind + 1) &&
            !(d->tok[behind].flags & TOK_LINE)) {
            p.last++;
            p.letters += d->tok[behind].len;
            p.groups++;
        }
    }
    return p;
}

SELDOM static bool is_year(const struct token *t)
{
    return t->kind == TOK_NUMBER && t->len == 4 && t->hash >= 1920 && t->hash < 2100;
}

/* T12-L1, C5-6 */
SELDOM static bool is_level(const struct code *c)
{
    const char *s = c->shape;
    if (s[0] != 'A' || !ascii_is_digit(s[1]) || s[1] > '2' || s[2] != '-') return false;
    return (ascii_is_digit(s[3]) && s[3] <= '2') ||
           (s[3] == 'A' && ascii_is_digit(s[4]) && s[4] <= '2');
}

/* "by car, MRI 120": letters that medicine uses */
SELDOM static bool is_medical(const struct doc *d, const struct plate *p)
{
    for (uint32_t i = p->first; i <= p->last; i++)
        if (doc_bits(d, i) & (LEX(MEDICAL) | LEX(ABBREVIATION))) return true;
    return false;
}

static bool is_plate(const struct doc *d, const struct code *c, struct plate *p)
{
    if (doc_is_word(d, (int64_t)c->first - 1, VIEW("lot")))
        return false; /* "VA plate 6h, lot 88P1182" */
    *p = plate_of(d, c);
    const uint32_t all = p->letters + p->digits;
    if (c->measure || !p->letters || p->digits < 2 || all < 5 || all > 8) return false;
    if ((!c->upper && !d->is_caseless) || strchr(c->shape, '/') || strchr(c->shape, '_') ||
        is_level(c))
        return false;
    if (p->first == p->last || (p->groups > 1 && c->first == c->last))
        if (is_year(&d->tok[c->first])) return false; /* "Honda CRV 2014" */
    uint32_t told = id_told_before(d, p->first, 14);
    if (told & TOLD_PLATE)
        return p->digits >= 3 || told & (TOLD_CAR | TOLD_MAKE | TOLD_LICENSE) ||
               (p->groups > 1 && all >= 6) ||
               ((p->groups > 1 || code_is(c, "AA2AAA")) &&
                id_told_class_at(d, (int64_t)p->first - 1) & TOLD_PLATE);
    if (told & TOLD_TAG)
        return told & (TOLD_CAR | TOLD_MAKE | TOLD_LICENSE) ||
               (id_told_class_at(d, (int64_t)p->first - 1) |
                id_told_class_at(d, (int64_t)p->first - 2)) &
                   TOLD_TAG;
    if (told & TOLD_CAR && told & TOLD_LICENSE) return p->digits >= 3;
    /* "Car JX50 UUF left at the gate" */
    if (p->groups > 1 && c->letters && p->letters >= 4 && all >= 6 &&
        id_told_class_at(d, (int64_t)p->first - 1) & TOLD_CAR)
        return true;
    /* "in her car, OUV 1052", "Grey Corolla, 9MU 5HD": straight behind, or a comma between */
    int64_t bears = (int64_t)p->first - 1;
    bears -= doc_is_mark(d, bears, ',') || doc_is_mark(d, bears, '(') || doc_is_mark(d, bears, ':');
    if (id_told_class_at(d, bears) & (TOLD_CAR | TOLD_MAKE) && p->letters >= 2 &&
        (p->groups > 1 || strchr(c->shape, '-')) && !is_medical(d, p))
        return true;
    /* "green Jeep Wrangler, 6TRJ244": a make, and all that a plate has */
    return told & TOLD_MAKE && all >= 6 && p->digits >= 3 && p->letters >= 2;
}

/* "plates: Texas": past marks, words for a number and the state's name to the word that tells. */
static int64_t teller_of(const struct doc *d, int64_t i, bool *state)
{
    enum { STEPS = 4 };
    *state = false;
    for (int k = 0; k < STEPS && i >= 0; k++, i--) {
        if (d->tok[i + 1].flags & TOK_LINE) return -1;
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_MARK
                ? t->hash < 0x80 && strchr(":#\"'(", (int)t->hash)
                : cue_class_of(t) & (CUE_NUMBER | CUE_FILL) && !(id_told_class_at(d, i)))
            continue;
        if (*state || !(doc_bits(d, i) & LEX(STATE))) return i;
        *state = true;
    }
    return -1;
}

/* What bears a plate, or a plate, among the words around. */
SELDOM static bool is_of_car(const struct doc *d, const struct series *s)
{
    enum { REACH = 6 };
    if (id_told_before(d, s->first, REACH) & (TOLD_CAR | TOLD_MAKE | TOLD_PLATE | TOLD_TAG))
        return true;
    for (int64_t i = (int64_t)s->last + 1; i <= (int64_t)s->last + REACH && i < d->n; i++) {
        if (d->tok[i].flags & TOK_LINE) return false;
        if (id_told_class_at(d, i) & (TOLD_CAR | TOLD_MAKE | TOLD_PLATE)) return true;
    }
    return false;
}

/* Plates of states and countries in groups: "plate KDA 447X", "Vehicle KA 05 MJ 4080", "bow reg ME 7157 G",
 * "NJ H57-PVD parked": by the word straight before, or a state's name and what bears a plate. */
static bool is_grouped_plate(const struct doc *d, const struct code *c, struct series *s)
{
    bool state;
    if (c->digits > 7 || c->letters > 5 || !c->upper) return false;
    *s = series_around(d, c);
    const uint32_t all = s->digits + s->letters;
    if (s->groups > 4 || !s->letters || s->digits < 2 || all < 5 || all > 10 ||
        strchr(c->shape, '/'))
        return false;
    const int64_t teller = teller_of(d, (int64_t)s->first - 1, &state);
    const uint32_t of = teller < 0 ? 0 : id_told_class_at(d, teller);
    if (of & (TOLD_PLATE | TOLD_TAG)) return s->letters >= 2 || s->digits >= 5;
    /* "white van 8EH6DM" */
    if (of & TOLD_CAR && s->groups == 1 && s->letters >= 4 && id_is_given_out(c)) return true;
    if (s->letters < 2 && s->digits < 5) return false;
    if (of & (TOLD_CAR | TOLD_MAKE))
        return all >= 6 && s->digits >= 3 && !is_year(&d->tok[s->last]);
    state |= s->groups > 1 && doc_bits(d, s->first) & LEX(STATE_CODE) &&
             !(doc_bits(d, s->first) & LEX(FUNCTION));
    return state && all >= 6 && is_of_car(d, s);
}

/* "tail N417KE": the registration of an aircraft, N and up to five digits of which letters may end two. */
static bool is_tail(const struct doc *d, const struct code *c)
{
    enum { REACH = 5 };
    const char *s = c->shape;
    if (s[0] != 'A' || !ascii_is_digit(s[1]) || c->letters > 3 || c->digits > 5 ||
        c->digits + c->letters < 4 || !c->upper || strlen(s) != c->letters + 1U ||
        !doc_is_word(d, c->first, VIEW("n")))
        return false;
    return (id_told_before(d, c->first, REACH) & TOLD_AIR) != 0;
}

bool id_plate_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last)
{
    struct plate p;
    struct series s;
    if (is_plate(d, c, &p)) {
        if (id_plate_is_of_body(d, p.first, p.last)) return false;
        int64_t state = (int64_t)p.first - 1; /* "plate TX BRK-2219" */
        *first = p.first;
        *last = p.last;
        if (p.first == c->first && is_letters(d, state, 3) && stands_apart(d, state) &&
            !(d->tok[p.first].flags & TOK_LINE))
            --*first;
        return true;
    }
    *first = c->first;
    *last = c->last;
    if (is_tail(d, c)) return true;
    if (!is_grouped_plate(d, c, &s)) return false;
    *first = s.first;
    *last = s.last;
    return true;
}

bool id_is_fleet(const struct doc *d, int64_t i)
{
    return (id_told_class_at(d, i) & (TOLD_FLEET | TOLD_UNIT)) != 0;
}

/* "Unit 8301 back in service. Crew …": somebody drives it. */
SELDOM static bool is_driven(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { BEFORE = 10, BEHIND = 6 };
    if (id_told_before(d, first, BEFORE) & TOLD_RIDE) return true;
    for (uint32_t i = last + 1; i <= last + BEHIND && i < d->n; i++) {
        if (d->tok[i].flags & TOK_LINE) return false;
        if (id_told_class_at(d, i) & TOLD_RIDE) return true;
    }
    return false;
}

/* Past "#", "no.", "1:" to the word before a fleet's number. *marked: there was one of them. */
SELDOM static int64_t fleet_word(const struct doc *d, uint32_t first, bool *marked)
{
    int64_t i = (int64_t)first - 1;
    for (; i >= 0 && !(d->tok[i + 1].flags & TOK_LINE); i--) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_MARK
                ? t->hash != ':' && t->hash != '(' && t->hash != '.' && t->hash != '#'
            : t->kind == TOK_NUMBER ? t->len > 1 || !doc_is_mark(d, i + 1, ':')
                                    : !(cue_class_of(t) & CUE_NUMBER))
            break;
        *marked |= t->kind != TOK_MARK || t->hash == ':' || t->hash == '#';
    }
    return i;
}

bool id_fleet_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last)
{
    enum { LEAST = 4, MOST = 8, MOST_DIGITS = 6 };
    bool marked = false;
    const uint32_t length = (uint32_t)c->letters + c->digits;
    if (c->measure | (length > MOST) | (length < 2)) return false;
    const int64_t before = (int64_t)code_start(c) - 1;
    uint32_t near = 0;
    for (int64_t k = before; k > before - 3; k--)
        near |= id_told_class_at(d, k);
    if (LIKELY(!(near & (TOLD_FLEET | TOLD_UNIT))) || code_is_date(d, c)) return false;
    const struct plate p = plate_of(d, c);
    const int64_t i = fleet_word(d, p.first, &marked);
    const uint32_t class = id_told_class_at(d, i), all = p.letters + p.digits;
    if (!(class & (TOLD_FLEET | TOLD_UNIT)) || d->tok[i + 1].flags & TOK_LINE ||
        (doc_is_mark(d, i + 1, '.') && !marked))
        return false;
    if (all + (p.letters != 0) < LEAST || all > MOST || p.digits < 2 || strchr(c->shape, '/') ||
        is_level(c) || doc_bits(d, (int64_t)p.last + 1) & LEX(UNIT))
        return false;
    if (class & TOLD_UNIT && !is_driven(d, (uint32_t)i, p.last)) return false;
    *first = p.first;
    *last = p.last;
    /* "truck F150": a model */
    const struct token *n = &d->tok[c->last];
    if (p.letters) return (c->upper || d->is_caseless) && (n->kind == TOK_WORD || n->hash % 50);
    if (p.digits > MOST_DIGITS || code_is_round(d, c) || is_year(n)) return false;
    return marked || c->first != c->last || !number_is_clock(n);
}

err id_plate_after(const struct doc *d, uint32_t cue, struct findings *out)
{
    uint32_t i = cue + 1;
    if (!(id_told_before(d, cue, 5) & (TOLD_LICENSE | TOLD_CAR | TOLD_MAKE))) return OK;
    while (i < cue + 4 &&
           (doc_is_mark(d, i, ':') || doc_is_mark(d, i, '#') ||
            cue_class_of(doc_tok(d, i)) & CUE_NUMBER || id_told_class_at(d, i) & TOLD_LINK))
        i++;
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->kind != TOK_WORD || t->flags & TOK_LINE || !(t->flags & TOK_UPPER) ||
        t->len < 4 || t->len > 8 || doc_tok(d, i + 1)->kind == TOK_NUMBER ||
        !(d->tok[cue].flags & TOK_LOWER) || d->shield[i] || d->lex[i]->word > 2)
        return OK;
    return findings_add(out, doc_finding(d, i, i, LABEL_VEHICLE, RULE_ID_CUE, 0.75F));
}
