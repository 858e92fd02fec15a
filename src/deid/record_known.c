#include "deid/record_known.h"

#include "base/sorted.h"
#include "deid/code_name.h"
#include "deid/piece_value.h"

enum { FIRST_SETS = 4 };

struct known_item {
    view patient;
    struct known_value value;
    uint32_t at; /* which piece */
};

view piece_patient(const struct record *r, const struct piece *p)
{
    return p->patient.n ? p->patient : r->patient;
}

/* An id that joins records stands in prose only when it is a number somebody could have typed. */
static bool is_typed(view v)
{
    size_t digits = 0;
    for (size_t i = 0; i < v.n; i++)
        digits += ascii_is_digit(v.p[i]);
    return digits >= 5;
}

bool piece_known(const struct lexicon *l, const struct piece *p, struct arena *a,
                 struct known_value *out)
{
    struct finding f;
    bool has_value;
    if (p->role < ROLE_NAME || p->role == ROLE_KEY || p->role == ROLE_DATE || p->role == ROLE_AGE)
        return false;
    if (!piece_value(l, p, a, &f, &has_value) || !has_value) return false;
    view text = view_sub(p->text, f.start, f.end);
    if (p->role == ROLE_LINK && !is_typed(text)) return false;
    if (p->role == ROLE_BIOMETRIC && text.n > KNOWN_SIGNS_MAX) return false; /* a picture */
    *out = (struct known_value){
        .text = text, .label = f.label, .part = f.part, .role = f.role, .person = p->person
    };
    return true;
}

static int by_patient(const void *pa, const void *pb)
{
    const struct known_item *a = pa, *b = pb;
    int c = view_cmp(a->patient, b->patient);
    if (c) return c;
    return a->at < b->at ? -1 : a->at > b->at;
}

#define TOO_LONG "a number is too long to be searched"
static err too_long(const struct piece *p, struct diag *diag)
{
    if (p->inside) return DIAG(diag, ERR_LIMIT, TOO_LONG);
    return DIAG_AT(diag, ERR_LIMIT, TOO_LONG, p->base + offset_start(&p->map, 0), p->text.n);
}

err record_known_init(struct record_known *k, const struct deid *d, const struct record *r,
                      struct arena *a, struct diag *diag)
{
    bool has_prose = false, sorted = true;
    uint32_t values = 0;
    *k = (struct record_known){ .d = d, .r = r, .arena = a, .needs_digits = true };
    map_init(&k->sets, a);
    for (uint32_t i = 0; i < r->n; i++) {
        has_prose |= r->pieces[i].role < ROLE_NAME && r->pieces[i].text.n > 0;
        values += r->pieces[i].role >= ROLE_NAME && r->pieces[i].role != ROLE_KEY;
    }
    if ((!has_prose && !r->n_codes) || !values) return OK;
    k->items = arena_array(a, values, sizeof *k->items);
    if (!k->items) return ERR_MEMORY;
    for (uint32_t i = 0; i < r->n; i++) {
        struct known_item *x = &k->items[k->n];
        if (!piece_known(d->lexicon, &r->pieces[i], a, &x->value)) continue;
        if (known_is_too_long(&x->value)) return too_long(&r->pieces[i], diag);
        x->patient = piece_patient(r, &r->pieces[i]);
        x->at = i;
        k->needs_digits = k->needs_digits && known_needs_digits(&x->value);
        sorted &= !k->n || by_patient(x - 1, x) <= 0;
        k->n++;
    }
    if (!sorted) qsort(k->items, k->n, sizeof *k->items, by_patient);
    return OK;
}

static bool is_before(const void *item, const void *patient)
{
    return view_cmp(((const struct known_item *)item)->patient, *(const view *)patient) < 0;
}

static uint32_t first_of(const struct record_known *k, view patient)
{
    return sorted_first(k->items, k->n, sizeof *k->items, &patient, is_before);
}

/* A set of the items from `from` up to `to`. */
static err make_set(struct record_known *k, uint32_t from, uint32_t to, struct known *base,
                    struct known **out)
{
    const struct known_help help = { k->d->lexicon, k->d->nicknames, k->d->usual.date_order };
    struct known_value *v = arena_array(k->arena, (size_t)(to - from) + 1, sizeof *v);
    if (!v) return ERR_MEMORY;
    for (uint32_t i = from; i < to; i++)
        v[i - from] = k->items[i].value;
    return known_new_over(out, base, v, to - from, &help, k->arena);
}

/* Items of nobody's come first. */
static err make_nobodys(struct record_known *k)
{
    uint32_t n = 0;
    if (k->has_nobodys) return OK;
    while (n < k->n && !k->items[n].patient.n)
        n++;
    err e = make_set(k, 0, n, NULL, &k->nobodys);
    k->has_nobodys = !e;
    return e;
}

static err make_set_of(struct record_known *k, view patient, struct known **out)
{
    err e = OK;
    uint32_t from, to;
    if (!patient.n) return make_set(k, 0, k->n, NULL, out);
    TRY(make_nobodys(k));
    for (to = from = first_of(k, patient); to < k->n && view_eq(k->items[to].patient, patient);)
        to++;
    TRY(make_set(k, from, to, k->nobodys, out));
out:
    return e;
}

/* Could a number stand in it? Digits of other scripts are told apart later. */
static bool may_have_digits(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] >= 0x80 || ascii_is_digit(v.p[i])) return true;
    return false;
}

err record_known_for(struct record_known *k, const struct piece *p, const struct known **out)
{
    err e = OK;
    struct known *known;
    uint32_t at;
    *out = NULL;
    if (!k->n || (k->needs_digits && !may_have_digits(p->text))) return OK;
    view patient = piece_patient(k->r, p);
    if (map_get(&k->sets, patient, &at)) {
        *out = k->made[at];
        return OK;
    }
    TRY(make_set_of(k, patient, &known));
    const struct known **made =
        arena_more(k->arena, k->made, sizeof *made, k->sets.n, &k->cap_made, FIRST_SETS);
    if (!made) TRY(ERR_MEMORY);
    k->made = made;
    made[k->sets.n] = known;
    TRY(map_put(&k->sets, patient, k->sets.n));
    *out = known;
out:
    return e;
}

/* ---- in the places of codes ---- */

enum { NAME_MIN = 4, WORDS_MIN = 6, NUMBER_MIN = 6, NUMBER_OF_SYSTEM_MIN = 8, WHOLE_MAX = 128 };

static view lower(view v, char room[WHOLE_MAX])
{
    for (size_t i = 0; i < v.n; i++)
        room[i] = ascii_lower(v.p[i]);
    return view_of(room, v.n);
}

static bool is_word(const struct lexicon *l, view folded)
{
    return known_is_language(lexicon_find(l, token_hash_word(folded)));
}

/* Is the value, found whole, that value and no code? */
static bool is_telling(const struct lexicon *l, const struct known_value *x, view folded,
                       bool has_system)
{
    size_t signs = 0, digits = 0;
    for (size_t i = 0; i < folded.n; i++) {
        unsigned char c = (unsigned char)folded.p[i];
        digits += ascii_is_digit(folded.p[i]);
        signs += c >= 0x80 || ascii_is_alpha(folded.p[i]) || ascii_is_digit(folded.p[i]);
    }
    switch (x->label) {
    case LABEL_NAME: return signs >= NAME_MIN && !is_word(l, folded);
    case LABEL_ORGANIZATION:
    case LABEL_LOCATION: return signs >= WORDS_MIN && !is_word(l, folded);
    default: return digits && signs >= (has_system ? NUMBER_OF_SYSTEM_MIN : NUMBER_MIN);
    }
}

static err whole_values(const struct record_known *k, struct map *out)
{
    err e = OK;
    char room[WHOLE_MAX];
    view key;
    uint32_t at;
    map_init(out, k->arena);
    for (uint32_t i = 0; i < k->n; i++) {
        view v = k->items[i].value.text;
        if (v.n < NAME_MIN || v.n > WHOLE_MAX) continue;
        view folded = lower(v, room);
        if (!is_telling(k->d->lexicon, &k->items[i].value, folded, false)) continue;
        if (map_get(out, folded, &at)) continue;
        TRY(arena_copy(k->arena, folded, &key));
        TRY(map_put(out, key, i));
    }
out:
    return e;
}

/* Where the value stands that the code, folded, is; NULL when it is none. */
static const struct piece *value_of(const struct record_known *k, const struct map *whole,
                                    const struct record *r, view folded, bool has_system)
{
    uint32_t at;
    if (!map_get(whole, folded, &at)) return NULL;
    const struct known_item *x = &k->items[at];
    return is_telling(k->d->lexicon, &x->value, folded, has_system) ? &r->pieces[x->at] : NULL;
}

/* "smith-johnny": a name that the record names is a part of it. Those of towns and houses are parts of much else. */
static bool has_known_name(const struct record_known *k, const struct map *whole,
                           const struct record *r, view folded)
{
    for (size_t from = 0, to; from < folded.n; from = to + 1) {
        for (to = from; to < folded.n && !code_is_mark(folded.p[to]);)
            to++;
        view word = view_sub(folded, from, to);
        if (word.n == folded.n) return false;
        const struct piece *p = word.n < NAME_MIN ? NULL : value_of(k, whole, r, word, false);
        if (p && p->role >= ROLE_NAME && p->role <= ROLE_GIVEN) return true;
    }
    return false;
}

/* The value that a code is, whole; *is_name: none, but it is made of a name. */
static const struct piece *judge_code(const struct record_known *k, const struct map *whole,
                                      const struct record *r, const struct piece *code,
                                      bool *is_name)
{
    char room[WHOLE_MAX];
    view v = view_trim(code->text);
    *is_name = false;
    if (code->is_fixed || v.n < NAME_MIN || v.n > WHOLE_MAX) return NULL;
    if (whole->n) {
        view folded = lower(v, room);
        const struct piece *like = value_of(k, whole, r, folded, code->has_system);
        if (like) return like;
        *is_name = !code->has_system && has_known_name(k, whole, r, folded);
    }
    *is_name = *is_name || (!code->has_system && code_is_name(k->d->lexicon, v));
    return NULL;
}

err record_known_codes(const struct record_known *k, struct record *r)
{
    err e = OK;
    struct map whole;
    uint32_t cap = r->n;
    bool is_name;
    if (!r->n_codes) return OK;
    TRY(whole_values(k, &whole));
    for (uint32_t i = 0; i < r->n_codes; i++) {
        struct piece p = r->codes[i];
        const struct piece *like = judge_code(k, &whole, r, &p, &is_name);
        if (!like && !is_name) continue;
        p.role = ROLE_NAME;
        if (like) {
            p.role = like->role;
            p.who = like->who;
            p.person = like->person;
            p.patient = like->patient;
            p.shape = like->shape;
        }
        TRY(format_push(k->arena, &r->pieces, &r->n, &cap, &p));
    }
out:
    return e;
}
