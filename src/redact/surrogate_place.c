/* LOCATION: part by part. Streets get another number and name and keep their type; towns another name;
 * ZIP codes one that does not exist; states stay, and the words that say what a thing is. */
#include "redact/letter_case.h"
#include "redact/name_pool.h"
#include "redact/number_form.h"
#include "redact/value_words.h"

struct place {
    struct rewrite *r;
    struct value_words ws;
    bool done;
};

/* Words i … j-1 become one name of the pool. */
static err put_name(struct place *p, uint32_t i, uint32_t j, enum pool pool)
{
    char room[VALUE_KEY_ROOM], out[64];
    view word = pool_surrogate(p->r->keys, SHEET_PLACE, pool, value_key(&p->ws, i, j, ' ', room));
    word = letter_case_apply(word, value_letters(&p->ws, i, j), out);
    return rewrite_put(p->r, p->ws.v[i].start, value_run_end(&p->ws, j), word);
}

static err put_number(struct place *p, uint32_t i, unsigned rules)
{
    if (!p->done) return OK;
    return number_form_put(p->r, p->ws.v[i].start, p->ws.v[i].end, rules, &p->done);
}

/* "02115" or "02115-1234" in words i … j-1: 000 to 004 begin no ZIP code. */
static err put_zip(struct place *p, uint32_t i, uint32_t j)
{
    char room[VALUE_KEY_ROOM], digits[16], out[16];
    view key = value_key(&p->ws, i, j, 0, room);
    size_t from = p->ws.v[i].start, to = p->ws.v[j - 1].end, n = 0;
    struct keyed_stream s;
    if (key.n > 9 || to - from > sizeof out) {
        p->done = false;
        return OK;
    }
    keyed_stream_init(&s, p->r->keys, KEYED_NUMBER, LABEL_LOCATION, view_sub(key, 0, 5));
    for (size_t k = 0; k < 9; k++)
        digits[k] = (char)('0' + keyed_below(&s, k < 2 ? 1 : k == 2 ? 5 : 10));
    mem_wipe(&s, sizeof s);
    if (memcmp(digits, key.p, 5) == 0) digits[4] = digits[4] == '9' ? '0' : digits[4] + 1;
    for (size_t k = from; k < to; k++)
        out[k - from] = ascii_is_digit(p->r->value.p[k]) ? digits[n++] : p->r->value.p[k];
    return rewrite_put(p->r, from, to, view_of(out, to - from));
}

static bool is_number(const struct value_word *w, uint8_t digits)
{
    return w->n_letters == 0 && w->ascii && (digits ? w->n_digits == digits : w->n_digits > 0);
}

/* How many words at the end of [i, j) are a ZIP code: 0, 1 or 2. */
static uint32_t zip_words(const struct place *p, uint32_t i, uint32_t j)
{
    const struct value_word *v = p->ws.v;
    uint32_t n = 0;
    if (j - i >= 2 && is_number(&v[j - 1], 4) && v[j - 1].joined && is_number(&v[j - 2], 5))
        n = 2;
    else if (is_number(&v[j - 1], 5) || is_number(&v[j - 1], 9))
        n = 1;
    if (n == 0) return 0;
    if (j - n > i && (v[j - n - 1].kinds & (KIND_UNIT | KIND_STREET)) &&
        !(v[j - n - 1].kinds & KIND_CODE))
        return 0; /* "Box 12345", "Route 12345" */
    return n;
}

/* How many words at the end of [i, j) name a state or the country; these stay. */
static uint32_t state_words(const struct place *p, uint32_t i, uint32_t j)
{
    char room[VALUE_KEY_ROOM];
    const struct value_word *v = p->ws.v;
    bool alone = i == 0 && p->r->part != PART_STATE; /* "New York" alone was found as a town */
    for (uint32_t n = MIN(j - i, 3u); n > 0; n--) {
        const struct pool_word *w = pool_find(SHEET_PLACE, value_key(&p->ws, j - n, j, 0, room));
        if (!w || (alone && n == j - i && !(w->kinds & KIND_NATION))) continue;
        if (w->kinds & (KIND_STATE | KIND_NATION)) return n;
        if (!(w->kinds & KIND_CODE)) continue;
        if (n == 2 && v[j - 1].n_letters == 1 && v[j - 2].n_letters == 1) return 2; /* "D.C." */
        if (n == 1 && (v[j - 1].letters > 0 || (i == j - 1 && v[i].segment))) return 1;
    }
    return 0;
}

static bool is_unit_value(const struct value_word *w)
{
    return w->n_digits > 0 || (w->n_letters == 1 && !(w->kinds & KIND_UNIT));
}

/* Whatever is left: units keep their word and change their number, numbers change, the rest is a name. */
static err put_rest(struct place *p, uint32_t i, uint32_t j, enum pool pool)
{
    err e = OK;
    bool after_unit = false;
    while (i < j) {
        const struct value_word *w = &p->ws.v[i];
        if (w->kinds & KIND_UNIT) {
            after_unit = true;
            i++;
        } else if (w->n_digits || (after_unit && is_unit_value(w))) {
            TRY(put_number(p, i++, NUMBER_ANY));
            after_unit = true; /* "Apt 4 B" */
        } else {
            uint32_t k = i;
            while (k < j && !(p->ws.v[k].kinds & KIND_UNIT) && !p->ws.v[k].n_digits)
                k++;
            TRY(put_name(p, i, k, pool));
            i = k;
            after_unit = false;
        }
    }
out:
    return e;
}

/* The street's type in [i, j), or j: its last such word that ends the street ("Port St Lucie" has none;
 * after a house number a town may follow: "12 Elm St Springfield"). */
static uint32_t street_type(const struct place *p, uint32_t i, uint32_t j)
{
    const struct value_word *v = p->ws.v;
    for (uint32_t k = j; k-- > i + 1;)
        if ((v[k].kinds & KIND_STREET) &&
            (k + 1 == j || v[k + 1].n_digits || (v[k + 1].kinds & (KIND_DIRECTION | KIND_UNIT)) ||
             v[i].n_digits))
            return k;
    return j;
}

/* "123 N Main St Apt 4B", "Elm Avenue", "Route 9", "1200 Broadway". */
static err put_street(struct place *p, uint32_t i, uint32_t j)
{
    const struct value_word *v = p->ws.v;
    uint32_t type = street_type(p, i, j);
    err e = OK;
    for (; i < j && v[i].n_digits && v[i].n_letters <= 1 && i + 1 < j && i != type;
         i++) /* house number, "12-14", "221 B" */
        TRY(put_number(p, i, v[i].n_letters ? NUMBER_ANY : NUMBER_NO_LEADING_ZERO));
    while (i + 1 < j && i + 1 != type && (v[i].kinds & KIND_DIRECTION))
        i++; /* kept, unless it is the street's own name: "12 North St" */
    if (i < j && (v[i].kinds & KIND_STREET) && i + 1 < j && v[i + 1].n_digits &&
        (type == j || type <= i)) {
        TRY(put_rest(p, i + 1, j, POOL_STREET)); /* "Highway 9" */
        goto out;
    }
    if (type < j && type > i) {
        TRY(put_name(p, i, type, POOL_STREET));
        i = type + 1;
    } else { /* no type: the name ends where a unit begins */
        uint32_t k = i;
        while (k < j && !(v[k].kinds & KIND_UNIT))
            k++;
        if (k > i) TRY(put_name(p, i, k, POOL_STREET));
        i = k;
    }
    while (i < j && (v[i].kinds & KIND_DIRECTION))
        i++;
    TRY(put_rest(p, i, j, POOL_TOWN));
out:
    return e;
}

/* "Springfield", "Suffolk County", "Town of Essex", "Room 302". */
static err put_town(struct place *p, uint32_t i, uint32_t j)
{
    const struct value_word *v = p->ws.v;
    uint32_t first = i, last = j;
    err e = OK;
    while (last - first > 1 && (v[last - 1].kinds & KIND_PLACE))
        last--;
    while (last - first > 1 && (v[first].kinds & KIND_PLACE))
        first++;
    TRY(put_rest(p, first, last, POOL_TOWN));
out:
    return e;
}

static bool is_street(const struct place *p, uint32_t i, uint32_t j)
{
    if (p->r->part == PART_STREET && i == 0) return true; /* behind a comma, a town may follow */
    if (p->r->part == PART_TOWN || j - i < 2) return false;
    const struct value_word *v = p->ws.v;
    if (street_type(p, i, j) < j && !(v[i].kinds & KIND_UNIT)) return true;
    if ((v[i].kinds & KIND_STREET) && v[i + 1].n_digits) return true; /* "Highway 9" */
    return is_number(&v[i], 0) && !(v[i + 1].kinds & KIND_UNIT) && v[i + 1].n_digits == 0 &&
           v[i + 1].n_letters > 1;
}

static err put_segment(struct place *p, uint32_t i, uint32_t j)
{
    err e = OK;
    uint32_t end = j, zip = zip_words(p, i, j), state = 0;
    if (j - zip > i) state = state_words(p, i, j - zip);
    /* A line of a street alone may end in a number or in what is a state too; in both it is a whole address. */
    if (p->r->part == PART_STREET && i == 0 && (!zip || !state)) zip = state = 0;
    j -= zip + state;
    if (i < j) {
        /* "Boston Ave" is a street, "Springfield CT" a town: a code that is a street type too was
         * taken as the state only in capitals */
        if (is_street(p, i, j))
            TRY(put_street(p, i, j));
        else
            TRY(put_town(p, i, j));
    }
    if (zip && p->done) TRY(put_zip(p, end - zip, end));
out:
    return e;
}

err surrogate_place(struct rewrite *r, bool *done)
{
    struct place p = { .r = r };
    err e = OK;
    TRY(value_split(r->value, SHEET_PLACE, r->arena, &p.ws, &p.done));
    for (uint32_t i = 0, j; p.done && i < p.ws.n; i = j) {
        for (j = i + 1; j < p.ws.n && p.ws.v[j].segment == p.ws.v[i].segment; j++)
            ;
        TRY(put_segment(&p, i, j));
    }
    *done = p.done;
    r->may_stay = r->part == PART_STATE;
out:
    value_words_wipe(&p.ws);
    return e;
}

/* The area of a ZIP code alone; anything else is masked by the caller. */
err zip_three(struct rewrite *r, bool *done)
{
    unsigned area = 0;
    size_t digits = 0;
    *done = false;
    if (r->label != LABEL_LOCATION) return OK;
    view v = view_trim(r->value);
    for (size_t i = 0; i < v.n; i++) {
        if (ascii_is_digit(v.p[i])) {
            if (digits++ < 3) area = area * 10 + (unsigned)(v.p[i] - '0');
        } else if (v.p[i] != '-' || digits != 5) {
            return OK;
        }
    }
    if (digits != 5 && digits != 9) return OK;
    char out[] = "000**";
    if (zip3_may_stay(area))
        for (unsigned k = 3, a = area; k-- > 0; a /= 10)
            out[k] = (char)('0' + a % 10);
    *done = true;
    return rewrite_put(r, 0, r->value.n, view_of(out, 5));
}
