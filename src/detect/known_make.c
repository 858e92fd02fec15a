/* detect/known_make.c — values into a compiled set. */
#include "detect/known_make.h"

#include "text/fold.h"

enum { PHRASE_LETTERS = 4, DISTINCT_MAX = 256 };

err known_room_for(struct known_maker *m, void *list, uint32_t n, uint32_t *cap, size_t size)
{
    void **v = list, *to = arena_more(m->arena, *v, size, n, cap, 16);
    if (!to) return ERR_MEMORY;
    *v = to;
    return OK;
}

err known_add_use(struct known_maker *m, uint64_t hash, enum known_kind kind, uint32_t of)
{
    struct known *k = m->k;
    /* Most records name a dozen people. In longer lists a use may stand twice: it costs a little time. */
    for (uint32_t i = k->n_uses > DISTINCT_MAX ? k->n_uses - DISTINCT_MAX : 0; i < k->n_uses; i++)
        if (k->uses[i].hash == hash && k->uses[i].of == of &&
            (k->uses[i].kind == KNOWN_PHRASE) == (kind == KNOWN_PHRASE)) {
            k->uses[i].kind = MIN(k->uses[i].kind, (uint8_t)kind);
            return OK;
        }
    err e = KNOWN_ROOM(m, k->uses, k->n_uses, m->cap_uses);
    if (e) return e;
    uint32_t *last = kind == KNOWN_PHRASE ? NULL : &k->persons[of].uses;
    k->uses[k->n_uses] = (struct known_use){
        .hash = hash, .of = of, .next_own = last ? *last : KNOWN_NONE, .kind = (uint8_t)kind
    };
    if (last) *last = k->n_uses;
    k->n_uses++;
    k->bloom[hash >> 60] |= UINT64_C(1) << (hash >> 54 & 63);
    return OK;
}

err known_add_phrase(struct known_maker *m, view text, bool takes_street_type)
{
    err e = OK;
    struct known *k = m->k;
    struct known_phrase x = { .label = m->value->label,
                              .part = m->value->part,
                              .role = m->value->role,
                              .takes_street_type = takes_street_type };
    e = site_phrase_read(&x.words, text, UINT32_MAX, m->arena);
    if (e == ERR_FORMAT) return OK; /* nothing to go by */
    if (e) return e;
    if (x.words.n < 2 && x.words.n_characters < PHRASE_LETTERS) return OK;
    TRY(KNOWN_ROOM(m, k->phrases, k->n_phrases, m->cap_phrases));
    k->phrases[k->n_phrases] = x;
    TRY(known_add_use(m, x.words.key[0], KNOWN_PHRASE, k->n_phrases));
    k->n_phrases++;
out:
    return e;
}

/* "12 Oak Street Apt 4": what stands before the word for street; a number alone is no address. */
static err take_street(struct known_maker *m)
{
    uint32_t i = 0, words = 0;
    bool typed = false;
    if (m->tok.n && m->tok.v[0].kind == TOK_NUMBER) {
        m->k->has_number_phrases = true;
        for (i = 1; i < m->tok.n; i++) {
            const struct token *t = &m->tok.v[i];
            if (t->kind == TOK_MARK && t->hash == ',') break;
            typed = words && (known_bits_at(m, i) & LEX(STREET_TYPE));
            if (typed) break;
            words += t->kind == TOK_WORD || t->kind == TOK_NUMBER;
        }
    }
    if (!words) return known_add_phrase(m, m->text, false);
    return known_add_phrase(m, view_sub(m->text, 0, token_end(&m->tok.v[i - 1])), typed);
}

static err take_birth(struct known_maker *m)
{
    struct written_date w;
    struct known *k = m->k;
    const uint8_t all = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY;
    if (m->value->part != PART_BIRTH) return OK;
    if (!written_date_scan(m->text, m->help->date_order, &w) || (w.part[0].has & all) != all)
        return OK;
    err e = KNOWN_ROOM(m, k->births, k->n_births, m->cap_births);
    if (e) return e;
    const struct known_birth b = { w.part[0].year, w.part[0].month, w.part[0].day, m->value->role };
    const int short_year = b.year % 100;
    const int parts[] = { b.day, b.month, short_year };
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        k->birth_parts[parts[i] >> 6] |= UINT64_C(1) << (parts[i] & 63);
    k->birth_short_years[short_year >> 6] |= UINT64_C(1) << (short_year & 63);
    k->birth_first_year = k->has_births ? MIN(k->birth_first_year, b.year) : b.year;
    k->birth_last_year = MAX(k->birth_last_year, b.year);
    k->has_births = true;
    k->births[k->n_births++] = b;
    return OK;
}

static err take_value(struct known_maker *m, const struct known_value *v)
{
    struct offset_map map;
    err e = OK;
    if (v->text.n == 0) return OK;
    m->value = v;
    TRY(fold_text(v->text, m->arena, &m->text, &map));
    TRY(token_split(m->text, m->arena, &m->tok));
    if (!m->tok.n) return OK;
    switch ((enum label)v->label) {
    case LABEL_NAME: return known_take_name(m);
    case LABEL_DATE: return take_birth(m);
    case LABEL_AGE: return OK;
    case LABEL_LOCATION:
        if (v->part == PART_STREET) return take_street(m);
        return v->part == PART_ZIP ? known_take_number(m) : known_add_phrase(m, m->text, false);
    case LABEL_ORGANIZATION:
    case LABEL_EMAIL:
    case LABEL_URL:
    case LABEL_IP: return known_add_phrase(m, m->text, false);
    default: return known_take_number(m);
    }
out:
    return e;
}

static uint32_t power_over(uint32_t n)
{
    uint32_t cap = 8;
    while (cap < n * 2)
        cap *= 2;
    return cap;
}

/* From the last name to the first: a chain leads through the list in its order. */
static err make_typo_chains(struct known_maker *m)
{
    struct known *k = m->k;
    if (!k->n_typos) return OK;
    k->typo_chains = power_over(k->n_typos);
    k->typo_begins = arena_array(m->arena, k->typo_chains, 2 * sizeof *k->typo_begins);
    if (!k->typo_begins) return ERR_MEMORY;
    k->typo_ends = k->typo_begins + k->typo_chains;
    memset(k->typo_begins, 0xFF, k->typo_chains * 2 * sizeof *k->typo_begins);
    for (uint32_t i = k->n_typos; i-- > 0;) {
        struct known_typo *x = &k->typos[i];
        const char *end = x->letters.p + x->letters.n;
        uint32_t *begins = &k->typo_begins[known_typo_chain(k, x->letters.p[0], x->letters.p[1])];
        uint32_t *ends = &k->typo_ends[known_typo_chain(k, end[-2], end[-1])];
        x->next_begin = *begins;
        x->next_end = *ends;
        *begins = *ends = i;
    }
    return OK;
}

static err make_tables(struct known_maker *m)
{
    err e = OK;
    struct known *k = m->k;
    k->n_slots = power_over(k->n_uses);
    k->slots = arena_array(m->arena, k->n_slots, sizeof *k->slots);
    if (!k->slots) return ERR_MEMORY;
    memset(k->slots, 0xFF, k->n_slots * sizeof *k->slots);
    /* Phrases to the front: a word may be a part of thousands of names. */
    for (int phrase = 0; phrase <= 1; phrase++)
        for (uint32_t i = 0; i < k->n_uses; i++) {
            if ((k->uses[i].kind == KNOWN_PHRASE) != phrase) continue;
            uint32_t *slot = &k->slots[k->uses[i].hash & (k->n_slots - 1)];
            k->uses[i].next = *slot;
            *slot = i;
        }
    TRY(known_crowds_make(k, m->arena));
    TRY(make_typo_chains(m));
    if (!m->n_list) return OK;
    k->number_slots = power_over(m->n_list);
    k->numbers = arena_array(m->arena, k->number_slots, sizeof *k->numbers);
    if (!k->numbers) return ERR_MEMORY;
    memset(k->numbers, 0, k->number_slots * sizeof *k->numbers);
    for (uint32_t i = 0; i < m->n_list; i++) {
        uint32_t at = (uint32_t)m->list[i].hash & (k->number_slots - 1);
        while (k->numbers[at].hash && k->numbers[at].hash != m->list[i].hash)
            at = (at + 1) & (k->number_slots - 1);
        if (!k->numbers[at].hash) k->numbers[at] = m->list[i];
    }
out:
    return e;
}

/* What is asked before any list, from the base. */
static void begin_over(struct known *k, const struct known *base)
{
    *k = (struct known){ .base = base };
    if (!base) return;
    k->number_first = base->number_first;
    k->number_min = base->number_min;
    k->number_longest = base->number_longest;
    memcpy(k->birth_parts, base->birth_parts, sizeof k->birth_parts);
    memcpy(k->birth_short_years, base->birth_short_years, sizeof k->birth_short_years);
    k->birth_first_year = base->birth_first_year;
    k->birth_last_year = base->birth_last_year;
    k->has_births = base->has_births;
    k->has_number_phrases = base->has_number_phrases;
}

err known_new(struct known **out, const struct known_value *v, size_t n,
              const struct known_help *help, struct arena *a)
{
    return known_new_over(out, NULL, v, n, help, a);
}

err known_new_over(struct known **out, struct known *base, const struct known_value *v, size_t n,
                   const struct known_help *help, struct arena *a)
{
    err e = OK;
    const struct known_value *distinct;
    uint32_t n_distinct;
    BUG_IF(base && base->base);
    *out = base;
    if (!n) return OK;
    if (n > UINT32_MAX / 2) return ERR_LIMIT;
    TRY(known_distinct(v, (uint32_t)n, a, &distinct, &n_distinct));
    struct known_maker m = { .help = help, .arena = a, .k = arena_alloc(a, sizeof *m.k) };
    if (!m.k) return ERR_MEMORY;
    begin_over(m.k, base);
    memset(m.chains, 0xFF, sizeof m.chains);
    for (uint32_t i = 0; i < n_distinct; i++)
        TRY(take_value(&m, &distinct[i]));
    if (!m.k->n_uses && !m.n_list && !m.k->n_births) return OK;
    TRY(make_tables(&m));
    *out = m.k;
out:
    return e;
}
