#include "redact/persons.h"

#include "base/map.h"
#include "detect/finding.h"

/* Persons are held by the first letter of a family name. A text in which CHAIN_MAX names begin with one letter says
 * nothing of its initials; nor does it cost more. */
enum { LETTERS = 27, CHAIN_MAX = 64, FIRST_PERSONS = 8, NONE = UINT16_MAX };
enum { NOWHERE = 255 };

struct person {
    const struct person_word
        *w; /* given names, then family names; once closed as others tell them */
    const struct person_word *written; /* as they came */
    uint8_t n, n_given;
    bool is_clinician;
};
struct link {
    uint32_t person;
    uint16_t next;
    uint8_t given; /* letter of the first given name */
};
/* One of the base whose letters these persons tell otherwise. */
struct retold {
    uint32_t person;
    const struct person_word *w;
};
struct persons {
    struct arena *arena;
    const struct persons *base; /* or NULL */
    bool is_closed;
    struct retold *retold;
    uint32_t n_retold;
    struct person *v;
    struct link *links;
    uint32_t n, cap, n_links, cap_links;
    uint16_t head[LETTERS];
    uint8_t length[LETTERS];
    struct map words;
};

err persons_new(struct persons **out, struct arena *a)
{
    return persons_new_over(out, NULL, a);
}

err persons_new_over(struct persons **out, const struct persons *base, struct arena *a)
{
    BUG_IF(base && (base->base || !base->is_closed));
    struct persons *p = arena_alloc(a, sizeof *p);
    if (!p) return ERR_MEMORY;
    *p = (struct persons){ .arena = a, .base = base };
    memset(p->head, 0xFF, sizeof p->head); /* NONE */
    map_init(&p->words, a);
    *out = p;
    return OK;
}

/* 0 … 25, or 26 for no letter of the alphabet. */
static unsigned letter_of(view key)
{
    return key.n && key.p[0] >= 'a' && key.p[0] <= 'z' ? (unsigned)(key.p[0] - 'a') : LETTERS - 1;
}

static unsigned given_letter(const struct person *x)
{
    return x->n_given ? letter_of(x->w[0].key) : LETTERS - 1;
}

/* ---- names as words ---- */

static bool is_clinicians(const struct name_word *w)
{
    static const char *const titles[] = { "dr",    "dra",       "drs",       "doctor",   "prof",
                                          "nurse", "professor", "attending", "resident", "fellow" };
    if (w->kind == NAME_CREDENTIAL) return true;
    for (size_t i = 0; w->kind == NAME_TITLE && i < COUNT_OF(titles); i++)
        if (view_eq(name_key(w), view_of_str(titles[i]))) return true;
    return false;
}

void person_words_of(const struct name_words *ws, uint8_t part, struct person_words *out)
{
    bool has_family = part == PART_GIVEN || part == PART_FAMILY, comma = false;
    uint32_t words = 0, last = 0;
    *out = (struct person_words){ 0 };
    for (uint32_t i = 0; i < ws->n; i++) {
        const struct name_word *w = &ws->v[i];
        out->is_clinician |= is_clinicians(w);
        if (w->kind != NAME_WORD && w->kind != NAME_INITIAL) continue;
        if (out->n == PERSON_WORDS_MAX || !w->n_key) {
            out->n = 0;
            return;
        }
        bool is_word = w->kind == NAME_WORD;
        bool family = is_word ? w->family : part == PART_FAMILY;
        words += is_word;
        has_family |= is_word && family;
        comma |= w->segment > 0;
        last = out->n;
        out->w[out->n++] = (struct person_word){ name_key(w), family };
    }
    if (!has_family && !comma && out->n > 1 && words) out->w[last].family = true;
}

/* ---- adding ---- */

static bool is_crowded(const struct persons *p, unsigned family)
{
    return p->length[family] + (p->base ? p->base->length[family] : 0) >= CHAIN_MAX;
}

static err link_to(struct persons *p, uint32_t person, unsigned given, unsigned family)
{
    if (is_crowded(p, family)) return OK;
    struct link *links =
        arena_more(p->arena, p->links, sizeof *links, p->n_links, &p->cap_links, FIRST_PERSONS);
    if (!links) return ERR_MEMORY;
    p->links = links;
    links[p->n_links] = (struct link){ person, p->head[family], (uint8_t)given };
    p->head[family] = (uint16_t)p->n_links++;
    p->length[family]++;
    return OK;
}

static bool is_same(const struct person *a, const struct person *b)
{
    if (a->n != b->n || a->n_given != b->n_given || a->is_clinician != b->is_clinician)
        return false;
    for (unsigned i = 0; i < a->n; i++)
        if (!view_eq(a->written[i].key, b->written[i].key)) return false;
    return true;
}

static bool is_in_chain(const struct persons *p, const struct person *x, unsigned given,
                        unsigned family)
{
    for (unsigned i = p->head[family]; i != NONE; i = p->links[i].next)
        if (p->links[i].given == given && is_same(&p->v[p->links[i].person], x)) return true;
    return false;
}

/* Would x tell nothing new? He stands in each chain that had room, and where none has, nobody counts. */
static bool is_there(const struct persons *p, const struct person *x)
{
    unsigned g = given_letter(x);
    for (unsigned k = x->n_given; k < x->n; k++) {
        unsigned f = letter_of(x->w[k].key);
        if (is_crowded(p, f)) continue;
        return is_in_chain(p, x, g, f) || (p->base && is_in_chain(p->base, x, g, f));
    }
    return true;
}

/* That the word is told as a given or a family name. */
static err add_use(struct persons *p, const struct person_word *w)
{
    err e = OK;
    uint32_t uses = 0, use = w->family ? 2U : 1U;
    view key;
    if (w->key.n < 2) return OK;
    (void)map_get(&p->words, w->key, &uses);
    if (uses & use) return OK;
    TRY(arena_copy(p->arena, w->key, &key));
    TRY(map_put(&p->words, key, uses | use));
out:
    return e;
}

/* x, whose words lie with the caller. `is_telling`: what stands beside a word says what it is. Without a family name it
 * is nobody whom initials could mean. */
static err add_person(struct persons *p, const struct person *x, bool is_telling)
{
    err e = OK;
    struct person own = *x;
    for (unsigned i = 0; i < x->n && is_telling; i++)
        TRY(add_use(p, &x->w[i]));
    if (is_there(p, x)) return OK;
    struct person_word *w = arena_array(p->arena, x->n, sizeof *w);
    if (!w) return ERR_MEMORY;
    for (unsigned i = 0; i < x->n; i++) {
        w[i] = x->w[i];
        TRY(arena_copy(p->arena, x->w[i].key, &w[i].key));
    }
    own.w = own.written = w;
    struct person *v = arena_more(p->arena, p->v, sizeof *v, p->n, &p->cap, FIRST_PERSONS);
    if (!v) return ERR_MEMORY;
    p->v = v;
    v[p->n] = own;
    for (unsigned i = own.n_given; i < own.n; i++) {
        bool again = false; /* "Smith-Sands" stands in one chain once */
        for (unsigned k = own.n_given; k < i; k++)
            again |= letter_of(own.w[k].key) == letter_of(own.w[i].key);
        if (!again) TRY(link_to(p, p->n, given_letter(&own), letter_of(own.w[i].key)));
    }
    p->n++;
out:
    return e;
}

/* Given names first, then family names. */
static struct person in_order(const struct person_words *from, struct person_word *w)
{
    struct person x = { .w = w, .written = w, .is_clinician = from->is_clinician };
    for (int family = 0; family <= 1; family++) {
        for (uint32_t i = 0; i < from->n; i++)
            if (from->w[i].family == (bool)family) w[x.n++] = from->w[i];
        if (!family) x.n_given = x.n;
    }
    return x;
}

err persons_add(struct persons *p, const struct person_part *parts, uint32_t n)
{
    err e = OK;
    struct name_words split;
    struct person_word w[PERSON_WORDS_MAX];
    struct person_words all = { 0 }, more;
    char room[PERSON_WORDS_MAX][NAME_WORD_ROOM];
    bool done, is_telling = false;
    split.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        TRY(name_split(parts[i].text, parts[i].part, p->arena, &split, &done));
        if (!done) continue;
        person_words_of(&split, parts[i].part, &more);
        all.is_clinician |= more.is_clinician || parts[i].is_clinician;
        is_telling |= parts[i].part == PART_GIVEN || parts[i].part == PART_FAMILY;
        for (uint32_t k = 0; k < more.n && all.n < PERSON_WORDS_MAX; k++) {
            view key = more.w[k].key; /* lies in `split` */
            memcpy(room[all.n], key.p, key.n);
            all.w[all.n] = (struct person_word){ view_of(room[all.n], key.n), more.w[k].family };
            all.n++;
        }
        name_words_wipe(&split);
    }
    if (all.n) {
        struct person x = in_order(&all, w);
        TRY(add_person(p, &x, is_telling || all.n > 1));
    }
out:
    name_words_wipe(&split);
    for (uint32_t i = 0; i < all.n; i++)
        mem_wipe(room[i], all.w[i].key.n);
    return e;
}

/* ---- asking ---- */

struct asked {
    const struct person_words *words;
    uint8_t order[PERSON_WORDS_MAX]; /* places in words: given names, then family names */
    unsigned n, n_given;
};
struct best {
    unsigned matched; /* words and letters, of those who tell something */
    bool any, told, clash, crowded;
    struct person_answer *out;
};

/* Is the word of a person the one asked, or does it begin with the letter asked? */
static bool is_like(const struct person_word *asked, const struct person_word *w)
{
    return person_is_initial(asked) ? w->key.p[0] == asked->key.p[0] : view_eq(asked->key, w->key);
}

static uint8_t find_in(const struct person *x, const struct person_word *asked, unsigned from,
                       unsigned to)
{
    for (unsigned k = from; k < to; k++)
        if (is_like(asked, &x->w[k])) return (uint8_t)k;
    return NOWHERE;
}

/* Which word of x each word asked is; how many are none of it, or -1 when x can't be meant. */
static int lay_over(const struct person *x, const struct asked *q, uint8_t at[PERSON_WORDS_MAX])
{
    unsigned from = 0;
    int missing = 0;
    for (unsigned i = 0; i < q->n; i++) {
        const struct person_word *w = &q->words->w[q->order[i]];
        bool family = i >= q->n_given;
        unsigned to = family               ? x->n
                      : i == 0             ? MIN(1U, x->n_given)
                      : q->words->is_group ? x->n - 1U
                                           : x->n_given;
        if (i == q->n_given) from = MAX(from, (unsigned)x->n_given);
        at[i] = find_in(x, w, from, to);
        if (at[i] != NOWHERE)
            from = at[i] + 1U;
        else if (family || i == 0 || !person_is_initial(w))
            return -1;
        else
            missing++; /* a middle initial that this name is written without */
    }
    return missing;
}

/* What x tells of the initials asked, at the places that lay_over gave. A letter tells as little as is asked. */
static unsigned tell(const struct person *x, const struct asked *q,
                     const uint8_t at[PERSON_WORDS_MAX],
                     const struct person_word *told[PERSON_WORDS_MAX])
{
    unsigned n = 0;
    for (unsigned i = 0; i < q->n; i++) {
        const struct person_word *w = at[i] == NOWHERE ? NULL : &x->w[at[i]];
        bool tells = w && person_is_initial(&q->words->w[q->order[i]]) && !person_is_initial(w);
        told[i] = tells ? w : NULL;
        n += tells;
    }
    return n;
}

/* Of the names that tell something those which leave fewest letters open decide, if they agree. */
static void weigh(const struct person *x, const struct asked *q, struct best *b)
{
    uint8_t at[PERSON_WORDS_MAX];
    const struct person_word *told[PERSON_WORDS_MAX];
    if (!q->n_given && x->is_clinician != q->words->is_clinician) return;
    int missing = lay_over(x, q, at);
    if (missing < 0) return;
    b->any = true;
    unsigned matched = q->n - (unsigned)missing;
    if (!tell(x, q, at, told) || (b->told && matched < b->matched)) return;
    if (!b->told || matched > b->matched) {
        memset(b->out->of, 0, sizeof b->out->of);
        b->clash = false;
    }
    b->told = true;
    b->matched = matched;
    for (unsigned i = 0; i < q->n; i++) {
        const struct person_word **of = &b->out->of[q->order[i]];
        if (!told[i]) continue;
        b->clash |= *of && (!view_eq((*of)->key, told[i]->key) || (*of)->family != told[i]->family);
        *of = told[i];
    }
}

/* One of `of`, which are p or their base, as p tell them. */
static struct person person_of(const struct persons *p, const struct persons *of, uint32_t i)
{
    struct person x = of->v[i];
    if (!p->is_closed) x.w = x.written;
    for (uint32_t k = 0; of != p && p->is_closed && k < p->n_retold; k++)
        if (p->retold[k].person == i) x.w = p->retold[k].w;
    return x;
}

/* given LETTERS: whatever the given names are. */
static void weigh_chain(const struct persons *p, unsigned given, unsigned family,
                        const struct asked *q, struct best *b)
{
    b->crowded |= is_crowded(p, family);
    for (const struct persons *of = b->crowded ? NULL : p; of; of = of->base)
        for (unsigned i = of->head[family]; i != NONE; i = of->links[i].next) {
            if (given != LETTERS && of->links[i].given != given) continue;
            const struct person x = person_of(p, of, of->links[i].person);
            weigh(&x, q, b);
        }
}

static void settle(struct best *b, struct person_answer *out)
{
    out->any = b->any && !b->crowded; /* who of a crowd is held goes by the order */
    if (b->clash || b->crowded) memset(out->of, 0, sizeof out->of);
}

void persons_find(const struct persons *p, const struct person_words *words,
                  struct person_answer *out)
{
    struct asked q = { .words = words };
    struct best b = { .out = out };
    *out = (struct person_answer){ 0 };
    for (int family = 0; family <= 1; family++) {
        for (uint32_t i = 0; i < words->n; i++)
            if (words->w[i].family == (bool)family) q.order[q.n++] = (uint8_t)i;
        if (!family) q.n_given = q.n;
    }
    if (!q.n_given || q.n == q.n_given) return;
    unsigned g = letter_of(words->w[q.order[0]].key),
             f = letter_of(words->w[q.order[q.n_given]].key);
    weigh_chain(p, g, f, &q, &b);
    settle(&b, out);
}

void persons_find_family(const struct persons *p, const struct person_words *words,
                         struct person_answer *out)
{
    struct asked q = { .words = words, .n = 1 };
    struct best b = { .out = out };
    *out = (struct person_answer){ 0 };
    weigh_chain(p, LETTERS, letter_of(words->w[0].key), &q, &b);
    settle(&b, out);
}

struct person_uses persons_word(const struct persons *p, view key)
{
    uint32_t uses = 0, more = 0;
    (void)map_get(&p->words, key, &uses);
    if (p->base && map_get(&p->base->words, key, &more)) uses |= more;
    return (struct person_uses){ uses & 1, uses & 2 };
}

/* ---- names in one word ---- */

enum { LOGIN_MAX = 40, INITIALS_MAX = 3 };

/* Does somebody have the name that the word is cut into at `a` and at `b`? An empty middle is none. */
static bool is_cut(const struct persons *p, view key, size_t a, size_t b, bool family_first,
                   struct person_words *out, struct person_answer *answer)
{
    *out = (struct person_words){ 0 };
    out->w[out->n++] = (struct person_word){ view_sub(key, 0, a), family_first };
    if (b > a) out->w[out->n++] = (struct person_word){ view_sub(key, a, b), false };
    out->w[out->n++] = (struct person_word){ view_sub(key, b, key.n), !family_first };
    persons_find(p, out, answer);
    return answer->any;
}

void persons_find_initials(const struct persons *p, view letters, struct person_words *asked,
                           struct person_answer *out)
{
    BUG_IF(letters.n > PERSON_WORDS_MAX);
    *asked = (struct person_words){ .n = (uint32_t)letters.n, .is_group = true };
    for (size_t i = 0; i < letters.n; i++)
        asked->w[i] = (struct person_word){ view_sub(letters, i, i + 1), i + 1 == letters.n };
    persons_find(p, asked, out);
}

void persons_login(const struct persons *p, view key, struct person_words *out,
                   struct person_answer *answer)
{
    size_t n = key.n;
    if (n >= 2 && n <= LOGIN_MAX) {
        for (size_t i = 2; i + 2 <= n; i++)
            for (int family_first = 0; family_first <= 1; family_first++)
                if (is_cut(p, key, i, i, family_first, out, answer)) return;
        if (n > 2 && is_cut(p, key, 1, 1, false, out, answer)) return;
        if (n > 2 && is_cut(p, key, n - 1, n - 1, true, out, answer)) return;
        if (n > 2 && is_cut(p, key, n - 1, n - 1, false, out, answer)) return;
        if (n > 3 && is_cut(p, key, 1, 2, false, out, answer)) return;
        persons_find_initials(p, view_sub(key, 0, MIN(n, INITIALS_MAX)), out, answer);
        if (n <= INITIALS_MAX && answer->of[0] && answer->of[n - 1]) return;
    }
    out->n = 0;
    *answer = (struct person_answer){ 0 };
}

/* ---- closing ---- */

static bool has_initial(const struct person *x)
{
    for (unsigned k = 0; k < x->n; k++)
        if (person_is_initial(&x->written[k])) return true;
    return false;
}

static bool is_told_so(const struct person *x, const struct person_answer *a)
{
    for (unsigned k = 0; k < x->n; k++)
        if (!view_eq(x->w[k].key, (a->of[k] ? a->of[k] : &x->written[k])->key)) return false;
    return true;
}

/* The words of x, where others tell them otherwise than they stand in x->w; else NULL. */
static err retell(struct persons *p, const struct person *x, const struct person_word **out)
{
    struct person_words asked = { .n = x->n };
    struct person_answer answer;
    *out = NULL;
    if (!has_initial(x)) return OK;
    memcpy(asked.w, x->written, x->n * sizeof *x->written);
    persons_find(p, &asked, &answer);
    if (is_told_so(x, &answer)) return OK;
    struct person_word *w = arena_array(p->arena, x->n, sizeof *w);
    if (!w) return ERR_MEMORY;
    for (unsigned k = 0; k < x->n; k++) {
        w[k] = x->written[k];
        if (answer.of[k]) w[k].key = answer.of[k]->key;
    }
    *out = w;
    return OK;
}

/* Those of the base whose letters go by family names that begin with f. */
static err retell_base(struct persons *p, unsigned f, uint32_t *cap)
{
    err e = OK;
    for (unsigned i = p->base->head[f]; i != NONE; i = p->base->links[i].next) {
        uint32_t at = p->base->links[i].person;
        const struct person *x = &p->base->v[at];
        const struct person_word *w;
        if (letter_of(x->w[x->n_given].key) != f) continue;
        TRY(retell(p, x, &w));
        if (!w) continue;
        struct retold *v =
            arena_more(p->arena, p->retold, sizeof *v, p->n_retold, cap, FIRST_PERSONS);
        if (!v) TRY(ERR_MEMORY);
        p->retold = v;
        v[p->n_retold++] = (struct retold){ at, w };
    }
out:
    return e;
}

/* The letters of names written short get the words that other names tell. Until all are told everyone is asked as he
 * is written, so that the order shows nowhere. */
err persons_close(struct persons *p)
{
    err e = OK;
    uint32_t cap = 0;
    const struct person_word *w;
    for (uint32_t i = 0; i < p->n; i++) {
        TRY(retell(p, &p->v[i], &w));
        if (w) p->v[i].w = w;
    }
    for (unsigned f = 0; p->base && f < LETTERS; f++)
        if (p->length[f]) TRY(retell_base(p, f, &cap));
    p->is_closed = true;
out:
    return e;
}
