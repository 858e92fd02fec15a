/* detect/known_make_name.c — names into a set, see known_make.h. */
#include "detect/known_make.h"
#include "detect/nicknames.h"

enum { JOINED_MIN = 5 };

static err person_of(struct known_maker *m)
{
    struct known *k = m->k;
    uint32_t number = m->value->person;
    uint32_t *chain = &m->chains[number % KNOWN_PERSON_CHAINS];
    for (uint32_t i = number ? *chain : KNOWN_NONE; i != KNOWN_NONE; i = k->persons[i].next)
        if (k->persons[i].number == number && k->persons[i].role == m->value->role) {
            m->person = i;
            return OK;
        }
    err e = KNOWN_ROOM(m, k->persons, k->n_persons, m->cap_persons);
    if (e) return e;
    m->person = k->n_persons;
    k->persons[k->n_persons++] = (struct known_person){
        .number = number, .next = *chain, .uses = KNOWN_NONE, .role = m->value->role
    };
    if (number) *chain = m->person;
    return OK;
}

static view word_at(const struct known_maker *m, uint32_t i)
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

static err add_typo(struct known_maker *m, view word, enum known_kind kind)
{
    struct known *k = m->k;
    char low[TYPO_MAX];
    struct known_typo x = { .person = m->person, .kind = (uint8_t)kind };
    if (word.n < TYPO_MIN || word.n > TYPO_MAX) return OK;
    for (size_t i = 0; i < word.n; i++)
        low[i] = ascii_lower(word.p[i]);
    err e = arena_copy(m->arena, view_of(low, word.n), &x.letters);
    if (!e) e = KNOWN_ROOM(m, k->typos, k->n_typos, m->cap_typos);
    if (!e) k->typos[k->n_typos++] = x;
    return e;
}

static err add_nickname(void *ctx, uint64_t hash)
{
    struct known_maker *m = ctx;
    return known_add_use(m, hash, KNOWN_NICK, m->person);
}

/* "Mary" and "Anne" of "MaryAnne", "Torvald" of "MacTorvald": people write such a name apart, too. */
static err add_halves(struct known_maker *m, view word, enum known_kind kind)
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
        if (halves[i].n >= HALF_MIN && !is_particle) TRY(known_add_use(m, hash, kind, m->person));
    }
out:
    return e;
}

static err add_word(struct known_maker *m, view word, uint64_t hash, enum known_kind kind)
{
    err e = OK;
    struct known_person *p = &m->k->persons[m->person];
    uint32_t *initials = kind == KNOWN_FAMILY ? &p->family_initials : &p->given_initials;
    int sign = known_sign(word.p[0]);
    if (is_no_name(word)) return OK;
    if (sign >= 10) *initials |= 1U << (sign - 10);
    if (word.n < 2) return OK;
    TRY(known_add_use(m, hash, kind, m->person));
    TRY(add_typo(m, word, kind));
    TRY(add_halves(m, word, kind));
    if (kind == KNOWN_GIVEN && m->help->nicknames)
        TRY(nicknames_of(m->help->nicknames, hash, add_nickname, m));
out:
    return e;
}

/* "O'Brien", "Smith-Jones", "de la Cruz" written as one word. */
static err add_joined(struct known_maker *m, uint32_t from, uint32_t to, enum known_kind kind)
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
    err e = known_add_use(m, token_hash_word(all), kind, m->person);
    return e ? e : add_typo(m, all, kind);
}

/* "O'Brien" of "O'Brien-Smith". */
static err add_apostrophes(struct known_maker *m, uint32_t from, uint32_t to, enum known_kind kind)
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

static bool is_tail(const struct known_maker *m, uint32_t i)
{
    return (known_bits_at(m, i) & (LEX(SUFFIX) | LEX(CREDENTIAL))) &&
           !(known_bits_at(m, i) & LEX_GIVEN);
}

static err add_words(struct known_maker *m, uint32_t from, uint32_t to, enum known_kind kind)
{
    err e = OK;
    for (uint32_t i = from; i < to; i++) {
        if (m->tok.v[i].kind != TOK_WORD) continue;
        if ((known_bits_at(m, i) & LEX(PARTICLE)) && i + 1 < to) continue;
        if (i > from && is_tail(m, i)) continue;
        TRY(add_word(m, word_at(m, i), m->tok.v[i].hash, kind));
    }
    TRY(add_joined(m, from, to, kind));
    TRY(add_apostrophes(m, from, to, kind));
out:
    return e;
}

/* "Smith, John Q": where the family name ends; or 0: the family name is the last word. */
static uint32_t comma_of(const struct known_maker *m)
{
    uint32_t comma = 0;
    while (comma < m->tok.n && !(m->tok.v[comma].kind == TOK_MARK && m->tok.v[comma].hash == ','))
        comma++;
    for (uint32_t i = comma + 1; i < m->tok.n; i++)
        if (m->tok.v[i].kind == TOK_WORD && !is_tail(m, i)) return comma;
    return 0;
}

static err take_whole_name(struct known_maker *m)
{
    err e = OK;
    uint32_t from = 0, to = m->tok.n, comma = comma_of(m);
    if (comma) {
        TRY(add_words(m, 0, comma, KNOWN_FAMILY));
        return add_words(m, comma + 1, m->tok.n, KNOWN_GIVEN);
    }
    while (from + 1 < to &&
           ((known_bits_at(m, from) & LEX(TITLE)) || m->tok.v[from].kind != TOK_WORD))
        from++;
    while (to > from + 1 && (m->tok.v[to - 1].kind != TOK_WORD || is_tail(m, to - 1)))
        to--;
    uint32_t family = to ? to - 1 : 0;
    while (family > from + 1) { /* hyphens, apostrophes and particles lead to its first word */
        const struct token *before = &m->tok.v[family - 1];
        bool joined = before->kind == TOK_MARK && (before->hash == '-' || before->hash == '\'') &&
                      !(before->flags & TOK_SPACE);
        if (!joined && !(known_bits_at(m, family - 1) & LEX(PARTICLE))) break;
        family -= joined ? 2 : 1;
    }
    TRY(add_words(m, from, family, KNOWN_GIVEN));
    TRY(add_words(m, family, to, KNOWN_FAMILY));
out:
    return e;
}

err known_take_name(struct known_maker *m)
{
    err e = person_of(m);
    if (e) return e;
    if (m->value->part == PART_WHOLE) return take_whole_name(m);
    return add_words(m, 0, m->tok.n, m->value->part == PART_FAMILY ? KNOWN_FAMILY : KNOWN_GIVEN);
}
