/* id_short.c — values as short as measures, straight behind a word that leads to nothing else. See id_kinds.h.
 *
 *     (lic 0272F)   Lic. 4032N        a licence
 *     Payer Aetna 061705423 grp 5411C   PRIMARY INS: Cigna, 987651319, group VK-355     the plan's group
 *     Handicap placard FT1 60W   Volunteer's car, lic PR2 97A   van VT 0700             a plate
 *     Tag of vehicle used: 137815 */
#include "detect/id_kinds.h"
#include "detect/id_told_inside.h"
#include "detect/wordset.h"

enum short_class {
    SHORT_LICENSE = 1,
    SHORT_GROUP = 2,
    SHORT_PLATE = 4, /* what a plate is called, or straight before one */
    SHORT_CAR = 8,   /* says that a plate is a car's */
};
static const struct wordset_row rows[] = {
    { "lic license licence", SHORT_LICENSE | SHORT_PLATE },
    { "group grp", SHORT_GROUP },
    { "placard tag plate plates reg registration", SHORT_PLATE },
    { "vehicle car van truck motor ambulance hearse", SHORT_CAR },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* The token that leads to i, past "." and ":". */
static int64_t leader(const struct doc *d, uint32_t i)
{
    int64_t k = (int64_t)i - 1;
    if (d->tok[i].flags & TOK_LINE) return -1;
    k -= doc_is_mark(d, k, ':') || doc_is_mark(d, k, '.');
    return k;
}

bool id_is_led_short(const struct doc *d, uint32_t first)
{
    const int64_t lead = leader(d, first);
    return lead >= 0 && cls(d, lead);
}

static bool is_short_code(const struct code *c)
{
    return c->upper && !c->measure && c->letters && c->digits >= 2 &&
           (uint32_t)c->digits + c->letters >= 4 && !strpbrk(c->shape, "_/W") && c->shape[0];
}

/* Does the line speak of somebody's plan before token i? */
static bool is_of_plan(const struct doc *d, int64_t i)
{
    enum { REACH = 20 };
    for (int64_t k = i - 1; k >= 0 && k + REACH > i; k--) {
        const uint32_t class = cue_class_of(&d->tok[k]);
        if (class & CUE_PLAN && !(class & CUE_NEEDS)) return true;
        if (doc_is_word(d, k, VIEW("copay"))) return true;
        if (d->tok[k].flags & TOK_LINE) break;
    }
    return false;
}

/* "FT1 60W", "VT 0700": the last token of two groups that make a plate, the first of which begins at `first`, or 0. */
static uint32_t plate_last(const struct doc *d, uint32_t first)
{
    enum { GROUP = 4, LEAST = 5, MOST = 8, TWO = 2 };
    uint32_t i = first, digits = 0, letters = 0, group = 0, groups = 1;
    for (; i < d->n && (i == first || !(d->tok[i].flags & TOK_LINE)); i++) {
        const struct token *t = &d->tok[i];
        if (i > first && !doc_joined(d, i)) {
            if (groups == TWO) break;
            groups++;
            group = 0;
        }
        const bool is = t->kind == TOK_NUMBER || (t->kind == TOK_WORD && t->flags & TOK_UPPER);
        if (!is || (group += t->len) > GROUP) break;
        if (t->kind == TOK_NUMBER)
            digits += t->len;
        else
            letters += t->len;
    }
    if (i < d->n && doc_joined(d, i) && d->tok[i].kind != TOK_MARK) return 0;
    const uint32_t all = digits + letters;
    return groups == TWO && letters && digits >= 2 && all >= LEAST && all <= MOST ? i - 1 : 0;
}

/* "Handicap placard FT1 60W", "car, lic PR2 97A", "van VT 0700": the code is the first group or the second. */
static bool is_plate(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last)
{
    for (uint32_t k = c->first; k + 1 >= c->first && k > 0; k--) {
        const int64_t lead = leader(d, k);
        const uint32_t class = lead < 0 ? 0 : cls(d, lead);
        const bool car = class & SHORT_CAR && d->tok[k].flags & TOK_UPPER;
        const bool told =
            class & SHORT_PLATE && (!(class & SHORT_LICENSE) || cls(d, lead - 1) & SHORT_CAR ||
                                    cls(d, lead - 2) & SHORT_CAR);
        if (d->is_caseless || doc_bits(d, k) & LEX(FUNCTION)) continue;
        if (!told && (!car || doc_bits(d, k) & (LEX(MEDICAL) | LEX(UNIT)))) continue;
        *last = plate_last(d, k);
        if (*last && !id_plate_is_of_body(d, k, *last)) {
            *first = k;
            return true;
        }
    }
    return false;
}

/* "Tag of vehicle used: 137815" */
static bool is_tag_field(const struct doc *d, const struct code *c)
{
    enum { REACH = 6, LEAST = 5, MOST = 8 };
    bool car = false;
    if (!doc_is_mark(d, (int64_t)c->first - 1, ':') || c->digits + c->letters < LEAST ||
        c->digits + c->letters > MOST)
        return false;
    for (int64_t k = (int64_t)c->first - 2; k >= 0 && k + REACH > c->first; k--) {
        car |= (cls(d, k) & SHORT_CAR) != 0;
        if (car && cls(d, k) & SHORT_PLATE) return true;
        if (d->tok[k].kind != TOK_WORD || d->tok[k].flags & TOK_LINE) return false;
    }
    return false;
}

/* Could one of the three tokens before the code be such a word? */
static inline bool may_be_led(const struct doc *d, const struct code *c)
{
    const struct wordset *s = wordset_ready(&words);
    for (uint32_t k = c->first, n = 0; k > 0 && n < 3; n++)
        if (wordset_may_have(s, d->tok[--k].hash)) return true;
    return false;
}

bool id_by_short(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next)
{
    if (LIKELY(!may_be_led(d, c)) && !doc_is_mark(d, (int64_t)c->first - 1, ':')) return false;
    uint32_t first = c->first, last = c->last;
    const int64_t lead = leader(d, first);
    enum label label = LABEL_COUNT;
    if (!c->upper || c->measure) return false;
    const uint32_t class = lead < 0 ? 0 : cls(d, lead);
    if (class & SHORT_LICENSE && c->letters == 1 && c->digits == 4 && is_short_code(c))
        label = LABEL_LICENSE;
    else if (class & SHORT_GROUP && is_short_code(c) && is_of_plan(d, lead))
        label = LABEL_PLAN;
    else if (is_tag_field(d, c) || is_plate(d, c, &first, &last))
        label = LABEL_VEHICLE;
    if (label == LABEL_COUNT) return false;
    *f = doc_finding(d, first, last, label, RULE_ID_CUE, 0.8f);
    *next = last + 1;
    return true;
}
