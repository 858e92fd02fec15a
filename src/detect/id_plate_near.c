/* detect/id_plate_near.c — plates in forms that measures and codes have too ("9MU 5HD", "66-9420W", "CA 436-410"), by what
 * stands straight before them or behind. See id_told_inside.h. */
#include "detect/id_kinds.h"
#include "detect/id_told_inside.h"
#include "detect/measure_words.h"

enum near_class {
    NEAR_BEARS = 1, /* what a plate is on, and what is done to it */
    NEAR_SEES = 2,  /* who or what has read it */
    NEAR_FILL = 4,  /* between those and the plate */
    NEAR_GOES = 8,  /* behind it: what a car does, or has done to it */
    NEAR_BODY = 16, /* of plates on bones, and of endoscopes */
};
static const struct wordset_row rows[] = {
    { "vehicle veh car truck van minivan suv sedan coupe pickup motorcycle motorbike scooter moped "
      "trailer taxi rv cab rental lorry bus jeepney matatu okada boda tuktuk rickshaw boat danfo "
      "tricycle "
      "bakkie ute hatchback wagon hearse dashcam tractor snowmobile atv ambulance limo convertible "
      "clamped booted towed impounded ticketed reg rego regn plate plates tag tags hin "
      "registration "
      "honda toyota ford chevy chevrolet nissan subaru hyundai kia jeep dodge bmw audi mazda lexus "
      "acura "
      "volkswagen vw volvo tesla buick cadillac gmc camry corolla civic accord altima prius "
      "silverado "
      "tahoe tacoma tundra outback forester wrangler cherokee explorer escape mustang impala "
      "malibu "
      "sentra elantra sonata jetta passat odyssey sienna caravan camper skiff ski jetski canoe "
      "kayak "
      "dinghy trawler barge houseboat catamaran sloop speedboat uber lyft rideshare motorhome "
      "sailboat "
      "motorboat yacht vessel hull tow towing impound numberplate",
      NEAR_BEARS },
    { "camera cctv witness trooper riding parking permit pass badge valet ran cameras alpr bay "
      "garage "
      "windshield windscreen bumper drives drove seat box",
      NEAR_SEES },
    { "no number is was reads read as for of shows showed wrote in to linked unit out by the a her "
      "his "
      "with up and on slip appeal ticket citation sticker",
      NEAR_FILL },
    { "leaving left towed parked rolled overturned ejected fled jackknifed dropped blocking "
      "registered "
      "owner windscreen windshield bumper speeding driving corolla camry civic",
      NEAR_GOES },
    { "lcp dcp liss screw screws hole holes locking volar plating gif", NEAR_BODY },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

struct group_run {
    uint32_t first, last, digits, letters, groups;
    bool mixed; /* letters and digits in one group */
    bool dashed;
    bool dosed;   /* a number and one word behind it are a group: "120MG" */
    bool measure; /* a word of it is one of medicine */
};

static bool is_part(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (d->shield[i] & SHIELD_TAG) return false;
    if (t->kind == TOK_NUMBER) return t->len <= 5;
    return t->kind == TOK_WORD && t->len <= 4 && t->flags & TOK_UPPER && !(t->flags & TOK_WIDE);
}

/* The last token of the group that begins with token i: letters and digits without a blank or mark; i - 1: none. */
static int64_t group_end(const struct doc *d, int64_t i)
{
    enum { PARTS = 3 };
    int64_t end = i - 1;
    while (end + 1 < (int64_t)d->n && end + 1 < i + PARTS && is_part(d, end + 1) &&
           (end + 1 == i || doc_joined(d, end + 1)))
        end++;
    return end;
}

static bool is_dash(const struct doc *d, int64_t i)
{
    enum { MIDDLE_DOT = 0xB7 };
    return (doc_is_mark(d, i, '-') || doc_is_mark(d, i, MIDDLE_DOT)) && doc_joined(d, i) &&
           doc_joined(d, i + 1);
}

static void take(const struct doc *d, struct group_run *r, int64_t from, int64_t to)
{
    r->groups++;
    r->mixed |= to > from;
    r->dosed |= to == from + 1 && d->tok[from].kind == TOK_NUMBER;
    r->dashed |= to + 1 < (int64_t)d->n && is_dash(d, to + 1);
    for (int64_t i = from; i <= to; i++) {
        const struct token *t = doc_tok(d, i);
        if (t->kind == TOK_NUMBER) {
            r->digits += t->len;
            continue;
        }
        r->letters += t->len;
        r->measure |=
            t->len > 1 && (doc_bits(d, i) & (LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION)) ||
                           wordset_class(measure_words(), t));
    }
    r->first = MIN(r->first, (uint32_t)from);
    r->last = MAX(r->last, (uint32_t)to);
}

enum { SIGNS = 10 }; /* of a plate, at most */

/* The groups around token i, a number: blanks or hyphens part them. One of more than SIGNS tokens is none of a plate, and is
 * not gone through. */
static struct group_run run_around(const struct doc *d, uint32_t i)
{
    enum { MOST = 4 };
    struct group_run r = { .first = i, .last = i };
    int64_t begin = i;
    while (begin > 0 && begin + SIGNS > i && doc_joined(d, begin) && is_part(d, begin - 1))
        begin--;
    take(d, &r, begin, group_end(d, begin));
    while (r.groups < MOST && r.first >= 1 && !(d->tok[r.first].flags & TOK_LINE)) {
        int64_t to = (int64_t)r.first - 1;
        to -= is_dash(d, to);
        if (to < 0 || d->tok[to].kind != TOK_WORD || !is_part(d, to) || doc_joined(d, to) ||
            (doc_bits(d, to) & LEX(FUNCTION)) || cls(d, to) ||
            (to + 1 == r.first && doc_joined(d, r.first)))
            break;
        take(d, &r, to, to);
    }
    while (r.groups < MOST && r.last + 1 < d->n && !(d->tok[r.last + 1].flags & TOK_LINE)) {
        const int64_t from = (int64_t)r.last + 1 + is_dash(d, (int64_t)r.last + 1);
        const int64_t to = group_end(d, from);
        if (to < from || cls(d, from)) break;
        if (from == to && doc_bits(d, to) & LEX(FUNCTION)) break;
        take(d, &r, from, to);
    }
    return r;
}

static bool is_year(const struct token *t)
{
    enum { FIRST = 1950, LAST = 2049, DIGITS = 4 };
    return t->kind == TOK_NUMBER && t->len == DIGITS && t->hash >= FIRST && t->hash <= LAST;
}

/* "45 mph": a number before it is no plate's. */
static bool is_speed(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("mph")) || doc_is_word(d, i, VIEW("kph")) ||
           doc_is_word(d, i, VIEW("kmh"));
}

static bool has_form(const struct doc *d, const struct group_run *r)
{
    const uint32_t all = r->letters + r->digits;
    const uint32_t behind = r->last + 1;
    if (all < 5 || all > SIGNS || r->digits < 2 || !r->letters) return false;
    if (doc_joined(d, behind) && (doc_is_mark(d, behind, '/') || doc_is_mark(d, behind, '%')))
        return false;
    if (doc_joined(d, r->first) && !doc_is_mark(d, (int64_t)r->first - 1, '(')) return false;
    /* "Honda 2015 MVC 45 mph", "Toyota 2018 GCS 14": the year that it was made, and measures */
    if (r->measure && !r->mixed && !r->dashed && is_year(doc_tok(d, r->first))) return false;
    if (!r->mixed && !r->dashed && d->tok[r->last].kind == TOK_NUMBER && is_speed(d, behind))
        return false;
    /* "GCS 14 ISS 22": two measures */
    if (r->measure && !r->dashed && r->groups > 3 && doc_tok(d, r->last)->len < 4) return false;
    /* "HR 110", "120MG", "GCS 15" */
    if (r->measure && r->groups < 3 && !r->dashed && (!r->mixed || (r->dosed && r->groups == 1)))
        return false;
    if (r->letters == 1) /* 66-9420W, V8550 */
        return r->digits >= 4 && r->mixed && (r->groups > 1 || !r->dosed);
    return r->digits >= 3 || (r->mixed && r->groups > 1) || r->groups > 2;
}

/* May words of medicine be letters of a plate here? "GGE 415 FN", "LDR744C", "GSC-981" */
static bool is_beyond_measure(const struct doc *d, const struct group_run *r)
{
    const bool between =
        r->groups == 3 && d->tok[r->first].kind == TOK_WORD && d->tok[r->last].kind == TOK_WORD;
    return !r->measure || r->dashed || between || (r->mixed && r->letters > 2 && !r->dosed);
}

bool id_plate_is_of_body(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { AROUND = 3, LEVEL = 2 };
    for (int64_t i = (int64_t)first - AROUND; i <= (int64_t)last + AROUND; i++)
        if (cls(d, i) & NEAR_BODY) return true;
    const struct token *t = &d->tok[first];
    return last > first + 3 && t->len == 1 && t->kind == TOK_WORD &&
           strchr("CTLS", d->text.p[t->start]) && doc_joined(d, first + 1) &&
           d->tok[first + 1].len <= LEVEL && d->tok[first + 2].len == 1 && doc_joined(d, first + 3);
}

/* Past marks and small words to what bears a plate or has seen one. */
static uint32_t led_by(const struct doc *d, uint32_t first)
{
    enum { STEPS = 5 };
    for (int64_t i = (int64_t)first - 1, n = 0; i >= 0 && n < STEPS; i--, n++) {
        const struct token *t = doc_tok(d, i);
        if (d->tok[i + 1].flags & TOK_LINE) return 0;
        /* "Reg. 2SQ 5JO"; other points end a sentence */
        if (doc_is_mark(d, i, '.') && doc_tok(d, i - 1)->len > 4) return 0;
        const uint32_t c = cls(d, i);
        if (t->kind == TOK_WORD && doc_is_word(d, i, VIEW("tesla")) &&
            doc_tok(d, i - 1)->kind == TOK_NUMBER)
            return 0; /* "1.5 Tesla TE 92" */
        if (c & (NEAR_BEARS | NEAR_SEES)) return c;
        if (t->kind == TOK_MARK ? !(t->hash < 0x80 && t->hash && strchr(",(:#\"'.", (int)t->hash))
            : t->kind == TOK_NUMBER ? t->len > 1
                                    : !(c & NEAR_FILL))
            return 0;
    }
    return 0;
}

/* "934 PLD left in the bay, towed.": it opens its sentence, and goes. */
static bool goes(const struct doc *d, const struct group_run *r)
{
    const bool opens = d->tok[r->first].flags & TOK_LINE || !r->first ||
                       doc_is_mark(d, (int64_t)r->first - 1, '.');
    return opens && cls(d, (int64_t)r->last + 1) & NEAR_GOES;
}

/* Most codes have another word or mark before them, or a mark of values behind: told before more is looked at. */
static bool may_be_led(const struct doc *d, const struct code *c)
{
    enum { LETTERS = 3, SHORT = 4 };
    int64_t i = (int64_t)c->first - 1;
    const struct token *behind = doc_tok(d, (int64_t)c->last + 1);
    if (behind->kind == TOK_MARK && doc_joined(d, c->last + 1) && doc_joined(d, c->last + 2) &&
        !is_dash(d, (int64_t)c->last + 1))
        return false;
    for (int n = 0; n < LETTERS && i >= 0 && !(d->tok[i + 1].flags & TOK_LINE); n++, i--)
        if (!(d->tok[i].flags & TOK_UPPER && d->tok[i].len <= SHORT) && !is_dash(d, i)) break;
    if (i < 0 || d->tok[i + 1].flags & TOK_LINE || doc_is_mark(d, i, '.')) return true;
    if (d->tok[i].kind == TOK_MARK) i--;
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD ? wordset_may_have(wordset_ready(&words), t->hash) : t->len == 1;
}

bool id_plate_near(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last)
{
    if ((!c->upper && !d->is_caseless) || !may_be_led(d, c)) return false;
    uint32_t i = c->first;
    while (d->tok[i].kind != TOK_NUMBER)
        i++;
    const struct group_run r = run_around(d, i);
    if (!has_form(d, &r) || c->last > r.last) return false;
    const uint32_t led = led_by(d, r.first);
    const bool plain = r.letters > 1 && r.digits >= 3 && is_beyond_measure(d, &r);
    if (!(led & NEAR_BEARS) && !(plain && led) && !(plain && goes(d, &r))) return false;
    if (id_plate_is_of_body(d, r.first, r.last)) return false;
    *first = r.first;
    *last = r.last;
    return true;
}
