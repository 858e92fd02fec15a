/* detect/known_make.c — values into a compiled set. */
#include "detect/known_set.h"
#include "detect/nicknames.h"
#include "text/fold.h"

enum {
    NUMBER_SHORTEST = 4,
    JOINED_MIN = 5,
    PHRASE_LETTERS = 4,
    DISTINCT_MAX = 256,
    PERSON_CHAINS = 64
};

struct maker {
    const struct known_help *help;
    struct arena *arena;
    struct known *k;
    uint32_t cap_uses, cap_phrases, cap_typos, cap_persons, cap_births, cap_numbers;
    struct known_number *list; /* of numbers, before they are put into the table */
    uint32_t n_list;
    const struct known_value *value; /* in hand */
    view text;                       /* folded */
    struct tokens tok;
    uint32_t person;
    uint32_t chains[PERSON_CHAINS]; /* of persons with a number */
};

/* Room for one more element of `size` bytes. What was there before stays in the arena. */
static err room_for(struct maker *m, void *list, uint32_t n, uint32_t *cap, size_t size)
{
    void **v = list;
    if (n < *cap) return OK;
    uint32_t more = *cap ? *cap * 2 : 16;
    void *to = arena_array(m->arena, more, size);
    if (!to) return ERR_MEMORY;
    if (n) memcpy(to, *v, n * size);
    *v = to;
    *cap = more;
    return OK;
}
#define ROOM(m, list, n, cap) room_for((m), &(list), (n), &(cap), sizeof *(list))

static err add_use(struct maker *m, uint64_t hash, enum known_kind kind, uint32_t of)
{
    struct known *k = m->k;
    /* Most records name a dozen people. In longer lists a use may stand twice: it costs a little time. */
    for (uint32_t i = k->n_uses > DISTINCT_MAX ? k->n_uses - DISTINCT_MAX : 0; i < k->n_uses; i++)
        if (k->uses[i].hash == hash && k->uses[i].of == of &&
            (k->uses[i].kind == KNOWN_PHRASE) == (kind == KNOWN_PHRASE)) {
            k->uses[i].kind = MIN(k->uses[i].kind, (uint8_t)kind);
            return OK;
        }
    err e = ROOM(m, k->uses, k->n_uses, m->cap_uses);
    if (e) return e;
    k->uses[k->n_uses++] = (struct known_use){ .hash = hash, .of = of, .kind = (uint8_t)kind };
    k->bloom[hash >> 60] |= UINT64_C(1) << (hash >> 54 & 63);
    return OK;
}

/* ---- names ---- */

static err person_of(struct maker *m)
{
    struct known *k = m->k;
    uint32_t number = m->value->person;
    uint32_t *chain = &m->chains[number % PERSON_CHAINS];
    for (uint32_t i = number ? *chain : KNOWN_NONE; i != KNOWN_NONE; i = k->persons[i].next)
        if (k->persons[i].number == number && k->persons[i].role == m->value->role) {
            m->person = i;
            return OK;
        }
    err e = ROOM(m, k->persons, k->n_persons, m->cap_persons);
    if (e) return e;
    m->person = k->n_persons;
    k->persons[k->n_persons++] =
        (struct known_person){ .number = number, .next = *chain, .role = m->value->role };
    if (number) *chain = m->person;
    return OK;
}

static view word_at(const struct maker *m, uint32_t i)
{
    return view_sub(m->text, m->tok.v[i].start, token_end(&m->tok.v[i]));
}

/* What fields hold where no name is known. */
static bool is_no_name(view w)
{
    static const char *const words[] = { "unknown", "unk",    "none",    "patient",   "baby",
                                         "boy",     "girl",   "infant",  "newborn",   "twin",
                                         "male",    "female", "test",    "anonymous", "deceased",
                                         "na",      "nil",    "unnamed", "nobody",    "not",
                                         "given",   "mother", "father",  "self",      "of" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (view_eq_nocase(w, view_of_str(words[i]))) return true;
    return false;
}

static err add_typo(struct maker *m, view word, enum known_kind kind)
{
    struct known *k = m->k;
    char low[TYPO_MAX];
    struct known_typo x = { .person = m->person, .kind = (uint8_t)kind };
    if (word.n < TYPO_MIN || word.n > TYPO_MAX) return OK;
    for (size_t i = 0; i < word.n; i++)
        low[i] = ascii_lower(word.p[i]);
    err e = arena_copy(m->arena, view_of(low, word.n), &x.letters);
    if (!e) e = ROOM(m, k->typos, k->n_typos, m->cap_typos);
    if (!e) k->typos[k->n_typos++] = x;
    return e;
}

static err add_nickname(void *ctx, uint64_t hash)
{
    struct maker *m = ctx;
    return add_use(m, hash, KNOWN_NICK, m->person);
}

/* "Mary" and "Anne" of "MaryAnne", "Torvald" of "MacTorvald": people write such a name apart, too. */
static err add_halves(struct maker *m, view word, enum known_kind kind)
{
    enum { HALF_MIN = 3 };
    err e = OK;
    size_t cut = 1;
    while (cut < word.n && !(word.p[cut] >= 'A' && word.p[cut] <= 'Z' && word.p[cut - 1] >= 'a' &&
                             word.p[cut - 1] <= 'z'))
        cut++;
    if (cut >= word.n) return OK;
    const view halves[] = { view_sub(word, 0, cut), view_sub(word, cut, word.n) };
    for (size_t i = 0; i < COUNT_OF(halves); i++) {
        uint64_t hash = token_hash_word(halves[i]);
        bool is_particle = lexicon_find(m->help->lexicon, hash)->bits & LEX(PARTICLE);
        if (halves[i].n >= HALF_MIN && !is_particle) TRY(add_use(m, hash, kind, m->person));
    }
out:
    return e;
}

static err add_word(struct maker *m, view word, uint64_t hash, enum known_kind kind)
{
    err e = OK;
    struct known_person *p = &m->k->persons[m->person];
    uint32_t *initials = kind == KNOWN_FAMILY ? &p->family_initials : &p->given_initials;
    int sign = known_sign(word.p[0]);
    if (is_no_name(word)) return OK;
    if (sign >= 10) *initials |= 1U << (sign - 10);
    if (word.n < 2) return OK;
    TRY(add_use(m, hash, kind, m->person));
    TRY(add_typo(m, word, kind));
    TRY(add_halves(m, word, kind));
    if (kind == KNOWN_GIVEN && m->help->nicknames)
        TRY(nicknames_of(m->help->nicknames, hash, add_nickname, m));
out:
    return e;
}

/* "O'Brien", "Smith-Jones", "de la Cruz" written as one word. */
static err add_joined(struct maker *m, uint32_t from, uint32_t to, enum known_kind kind)
{
    char out[TYPO_MAX];
    size_t n = 0;
    uint32_t words = 0;
    for (uint32_t i = from; i < to; i++) {
        if (m->tok.v[i].kind != TOK_WORD) continue;
        view w = word_at(m, i);
        if (w.n > sizeof out - n) return OK;
        memcpy(out + n, w.p, w.n);
        n += w.n;
        words++;
    }
    view all = view_of(out, n);
    if (words < 2 || n < JOINED_MIN) return OK;
    err e = add_use(m, token_hash_word(all), kind, m->person);
    return e ? e : add_typo(m, all, kind);
}

/* "O'Brien" of "O'Brien-Smith". */
static err add_apostrophes(struct maker *m, uint32_t from, uint32_t to, enum known_kind kind)
{
    err e = OK;
    for (uint32_t i = from; i + 2 < to; i++) {
        const struct token *t = &m->tok.v[i];
        bool is_joined = t[1].kind == TOK_MARK && t[1].hash == '\'' && !(t[1].flags & TOK_SPACE) &&
                         !(t[2].flags & TOK_SPACE);
        if (is_joined) TRY(add_joined(m, i, i + 3, kind));
    }
out:
    return e;
}

static uint64_t bits_at(const struct maker *m, uint32_t i)
{
    return m->tok.v[i].kind == TOK_WORD ? lexicon_find(m->help->lexicon, m->tok.v[i].hash)->bits
                                        : 0;
}

static bool is_tail(const struct maker *m, uint32_t i)
{
    return (bits_at(m, i) & (LEX(SUFFIX) | LEX(CREDENTIAL))) && !(bits_at(m, i) & LEX_GIVEN);
}

static err add_words(struct maker *m, uint32_t from, uint32_t to, enum known_kind kind)
{
    err e = OK;
    for (uint32_t i = from; i < to; i++) {
        if (m->tok.v[i].kind != TOK_WORD) continue;
        if ((bits_at(m, i) & LEX(PARTICLE)) && i + 1 < to) continue;
        if (i > from && is_tail(m, i)) continue;
        TRY(add_word(m, word_at(m, i), m->tok.v[i].hash, kind));
    }
    TRY(add_joined(m, from, to, kind));
    TRY(add_apostrophes(m, from, to, kind));
out:
    return e;
}

/* "Smith, John Q": where the family name ends; or 0: the family name is the last word. */
static uint32_t comma_of(const struct maker *m)
{
    uint32_t comma = 0;
    while (comma < m->tok.n && !(m->tok.v[comma].kind == TOK_MARK && m->tok.v[comma].hash == ','))
        comma++;
    for (uint32_t i = comma + 1; i < m->tok.n; i++)
        if (m->tok.v[i].kind == TOK_WORD && !is_tail(m, i)) return comma;
    return 0;
}

static err take_whole_name(struct maker *m)
{
    err e = OK;
    uint32_t from = 0, to = m->tok.n, comma = comma_of(m);
    if (comma) {
        TRY(add_words(m, 0, comma, KNOWN_FAMILY));
        return add_words(m, comma + 1, m->tok.n, KNOWN_GIVEN);
    }
    while (from + 1 < to && ((bits_at(m, from) & LEX(TITLE)) || m->tok.v[from].kind != TOK_WORD))
        from++;
    while (to > from + 1 && (m->tok.v[to - 1].kind != TOK_WORD || is_tail(m, to - 1)))
        to--;
    uint32_t family = to ? to - 1 : 0;
    while (family > from + 1) { /* hyphens, apostrophes and particles lead to its first word */
        const struct token *before = &m->tok.v[family - 1];
        bool joined = before->kind == TOK_MARK && (before->hash == '-' || before->hash == '\'') &&
                      !(before->flags & TOK_SPACE);
        if (!joined && !(bits_at(m, family - 1) & LEX(PARTICLE))) break;
        family -= joined ? 2 : 1;
    }
    TRY(add_words(m, from, family, KNOWN_GIVEN));
    TRY(add_words(m, family, to, KNOWN_FAMILY));
out:
    return e;
}

static err take_name(struct maker *m)
{
    err e = person_of(m);
    if (e) return e;
    if (m->value->part == PART_WHOLE) return take_whole_name(m);
    return add_words(m, 0, m->tok.n, m->value->part == PART_FAMILY ? KNOWN_FAMILY : KNOWN_GIVEN);
}

/* ---- phrases ---- */

static err add_phrase(struct maker *m, view text, bool takes_street_type)
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
    TRY(ROOM(m, k->phrases, k->n_phrases, m->cap_phrases));
    k->phrases[k->n_phrases] = x;
    TRY(add_use(m, x.words.key[0], KNOWN_PHRASE, k->n_phrases));
    k->n_phrases++;
out:
    return e;
}

/* "12 Oak Street Apt 4": what stands before the word for street; a number alone is no address. */
static err take_street(struct maker *m)
{
    uint32_t i = 0, words = 0;
    bool typed = false;
    if (m->tok.n && m->tok.v[0].kind == TOK_NUMBER) {
        m->k->has_number_phrases = true;
        for (i = 1; i < m->tok.n; i++) {
            const struct token *t = &m->tok.v[i];
            if (t->kind == TOK_MARK && t->hash == ',') break;
            typed = words && (bits_at(m, i) & LEX(STREET_TYPE));
            if (typed) break;
            words += t->kind == TOK_WORD || t->kind == TOK_NUMBER;
        }
    }
    if (!words) return add_phrase(m, m->text, false);
    return add_phrase(m, view_sub(m->text, 0, token_end(&m->tok.v[i - 1])), typed);
}

/* ---- numbers ---- */

static err add_number(struct maker *m, const uint8_t *signs, size_t n, enum label label)
{
    struct known *k = m->k;
    struct known_number x = { .hash = KNOWN_ROLL_START,
                              .label = (uint8_t)label,
                              .part = m->value->part,
                              .role = m->value->role,
                              .n = (uint16_t)n };
    size_t digits = 0;
    for (size_t i = 0; i < n; i++) {
        x.hash = known_roll(x.hash, signs[i]);
        digits += signs[i] < 10;
    }
    if (n < NUMBER_SHORTEST || !digits) return OK;
    if (n == 4 && digits == 4 && (signs[0] * 10 + signs[1] == 19 || signs[0] * 10 + signs[1] == 20))
        return OK; /* a year, more often */
    if (!x.hash) x.hash = 1;
    err e = ROOM(m, m->list, m->n_list, m->cap_numbers);
    if (e) return e;
    m->list[m->n_list++] = x;
    k->number_first |= UINT64_C(1) << signs[0];
    k->number_min = k->number_min ? MIN(k->number_min, x.n) : x.n;
    k->number_longest = MAX(k->number_longest, x.n);
    return OK;
}

static err take_phone(struct maker *m, const uint8_t *s, size_t n)
{
    enum label l = (enum label)m->value->label;
    err e = OK;
    bool american = (n == 11 && s[0] == 1) || n == 10;
    TRY(add_number(m, s, n, l));
    if (!american) return OK;
    uint8_t with[11] = { 1 };
    const uint8_t *ten = s + (n - 10);
    memcpy(with + 1, ten, 10);
    TRY(add_number(m, ten, 10, l));
    TRY(add_number(m, with, 11, l));
    TRY(add_number(m, ten + 3, 7, l));
out:
    return e;
}

/* Its letters and digits; 0 when it is taken as a phrase: it has other letters, or no digit. */
static size_t signs_of(view v)
{
    size_t signs = 0;
    bool any = false;
    for (size_t i = 0; i < v.n; i++) {
        if ((unsigned char)v.p[i] >= 0x80) return 0;
        signs += known_sign(v.p[i]) >= 0;
        any |= ascii_is_digit(v.p[i]);
    }
    return any ? signs : 0;
}

static bool is_number(const struct known_value *v)
{
    switch ((enum label)v->label) {
    case LABEL_NAME:
    case LABEL_DATE:
    case LABEL_ORGANIZATION:
    case LABEL_EMAIL:
    case LABEL_URL:
    case LABEL_IP: return false;
    case LABEL_LOCATION: return v->part == PART_ZIP;
    default: return true;
    }
}

static err take_number(struct maker *m)
{
    err e = OK;
    enum label l = (enum label)m->value->label;
    uint8_t signs[KNOWN_SIGNS_MAX], digits[KNOWN_SIGNS_MAX];
    size_t all = signs_of(m->text), n = 0, n_digits = 0, zeros = 0;
    if (!all) return add_phrase(m, m->text, false);
    if (all > KNOWN_SIGNS_MAX) return ERR_LIMIT;
    for (size_t i = 0; i < m->text.n; i++) {
        int s = known_sign(m->text.p[i]);
        if (s < 0) continue;
        signs[n++] = (uint8_t)s;
        if (s < 10) digits[n_digits++] = (uint8_t)s;
    }
    if (l == LABEL_PHONE || l == LABEL_FAX) return take_phone(m, digits, n_digits);
    if (l == LABEL_LOCATION && n_digits == 9) TRY(add_number(m, digits, 5, l));
    TRY(add_number(m, signs, n, l));
    while (zeros < n && signs[zeros] == 0)
        zeros++;
    if (zeros && n - zeros >= 5) TRY(add_number(m, signs + zeros, n - zeros, l));
    if (n_digits < n && n_digits >= 6) TRY(add_number(m, digits, n_digits, l));
out:
    return e;
}

bool known_needs_digits(const struct known_value *v)
{
    return is_number(v) && signs_of(v->text) > 0;
}

bool known_is_too_long(const struct known_value *v)
{
    return v->text.n > KNOWN_SIGNS_MAX && is_number(v) && signs_of(v->text) > KNOWN_SIGNS_MAX;
}

static err take_birth(struct maker *m)
{
    struct written_date w;
    struct known *k = m->k;
    const uint8_t all = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY;
    if (m->value->part != PART_BIRTH) return OK;
    if (!written_date_scan(m->text, m->help->date_order, &w) || (w.part[0].has & all) != all)
        return OK;
    err e = ROOM(m, k->births, k->n_births, m->cap_births);
    if (e) return e;
    const struct known_birth b = { w.part[0].year, w.part[0].month, w.part[0].day, m->value->role };
    const int short_year = b.year % 100;
    const int parts[] = { b.day, b.month, short_year };
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        k->birth_parts[parts[i] >> 6] |= UINT64_C(1) << (parts[i] & 63);
    k->birth_short_years[short_year >> 6] |= UINT64_C(1) << (short_year & 63);
    k->birth_first_year = k->n_births ? MIN(k->birth_first_year, b.year) : b.year;
    k->birth_last_year = MAX(k->birth_last_year, b.year);
    k->births[k->n_births++] = b;
    return OK;
}

/* ---- all of them ---- */

static err take_value(struct maker *m, const struct known_value *v)
{
    struct offset_map map;
    err e = OK;
    if (v->text.n == 0) return OK;
    m->value = v;
    TRY(fold_text(v->text, m->arena, &m->text, &map));
    TRY(token_split(m->text, m->arena, &m->tok));
    if (!m->tok.n) return OK;
    switch ((enum label)v->label) {
    case LABEL_NAME: return take_name(m);
    case LABEL_DATE: return take_birth(m);
    case LABEL_AGE: return OK;
    case LABEL_LOCATION:
        if (v->part == PART_STREET) return take_street(m);
        return v->part == PART_ZIP ? take_number(m) : add_phrase(m, m->text, false);
    case LABEL_ORGANIZATION:
    case LABEL_EMAIL:
    case LABEL_URL:
    case LABEL_IP: return add_phrase(m, m->text, false);
    default: return take_number(m);
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
static err make_typo_chains(struct maker *m)
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

static err make_tables(struct maker *m)
{
    err e = OK;
    struct known *k = m->k;
    k->n_slots = power_over(k->n_uses);
    k->slots = arena_array(m->arena, k->n_slots, sizeof *k->slots);
    if (!k->slots) return ERR_MEMORY;
    memset(k->slots, 0xFF, k->n_slots * sizeof *k->slots);
    for (uint32_t i = 0; i < k->n_uses; i++) {
        uint32_t *slot = &k->slots[k->uses[i].hash & (k->n_slots - 1)];
        k->uses[i].next = *slot;
        *slot = i;
    }
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

err known_new(struct known **out, const struct known_value *v, size_t n,
              const struct known_help *help, struct arena *a)
{
    err e = OK;
    const struct known_value *distinct;
    uint32_t n_distinct;
    *out = NULL;
    if (!n) return OK;
    if (n > UINT32_MAX / 2) return ERR_LIMIT;
    TRY(known_distinct(v, (uint32_t)n, a, &distinct, &n_distinct));
    struct maker m = { .help = help, .arena = a, .k = arena_alloc(a, sizeof *m.k) };
    if (!m.k) return ERR_MEMORY;
    *m.k = (struct known){ 0 };
    memset(m.chains, 0xFF, sizeof m.chains);
    for (uint32_t i = 0; i < n_distinct; i++)
        TRY(take_value(&m, &distinct[i]));
    if (!m.k->n_uses && !m.n_list && !m.k->n_births) return OK;
    TRY(make_tables(&m));
    *out = m.k;
out:
    return e;
}
