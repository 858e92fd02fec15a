#include "redact/persons.h"

#include "base/map.h"
#include "detect/finding.h"

/* Persons are held by the first letter of a family name. A text in which CHAIN_MAX names begin with one letter says
 * nothing of its initials; nor does it cost more. */
enum { LETTERS = 27, CHAIN_MAX = 64, FIRST_PERSONS = 8, NONE = UINT16_MAX };
enum { NOWHERE = 255 };

struct person {
    struct person_word *w; /* given names, then family names */
    uint8_t n, n_given;
    bool is_clinician;
};
struct link {
    uint32_t person;
    uint16_t next;
    uint8_t given; /* letter of the first given name */
};
struct persons {
    struct arena *arena;
    struct person *v;
    struct link *links;
    uint32_t n, cap, n_links, cap_links;
    uint16_t head[LETTERS];
    uint8_t length[LETTERS];
    struct map words;
};

err persons_new(struct persons **out, struct arena *a)
{
    struct persons *p = arena_alloc(a, sizeof *p);
    if (!p) return ERR_MEMORY;
    *p = (struct persons){ .arena = a };
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

static err link_to(struct persons *p, uint32_t person, unsigned given, unsigned family)
{
    if (p->length[family] == CHAIN_MAX) return OK;
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
        if (!view_eq(a->w[i].key, b->w[i].key)) return false;
    return true;
}

/* Would x tell nothing new? He stands in each chain that had room, and where none has, nobody counts. */
static bool is_there(const struct persons *p, const struct person *x)
{
    unsigned g = given_letter(x);
    for (unsigned k = x->n_given; k < x->n; k++) {
        unsigned f = letter_of(x->w[k].key);
        if (p->length[f] == CHAIN_MAX) continue;
        for (unsigned i = p->head[f]; i != NONE; i = p->links[i].next)
            if (p->links[i].given == g && is_same(&p->v[p->links[i].person], x)) return true;
        return false;
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
    own.w = arena_array(p->arena, x->n, sizeof *own.w);
    if (!own.w) return ERR_MEMORY;
    for (unsigned i = 0; i < x->n; i++) {
        own.w[i] = x->w[i];
        TRY(arena_copy(p->arena, x->w[i].key, &own.w[i].key));
    }
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
    struct person x = { .w = w, .is_clinician = from->is_clinician };
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

/* given LETTERS: whatever the given names are. */
static void weigh_chain(const struct persons *p, unsigned given, unsigned family,
                        const struct asked *q, struct best *b)
{
    b->crowded |= p->length[family] == CHAIN_MAX;
    for (unsigned i = p->head[family]; i != NONE; i = p->links[i].next)
        if (given == LETTERS || p->links[i].given == given) weigh(&p->v[p->links[i].person], q, b);
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
    uint32_t uses = 0;
    (void)map_get(&p->words, key, &uses);
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

/* The letters of names written short get the words that other names tell: all asked before any is answered, so that
 * the order shows nowhere. */
err persons_close(struct persons *p)
{
    struct person_answer *found = NULL;
    uint32_t n = 0;
    if (!p->n) return OK;
    uint32_t *which = arena_array(p->arena, p->n, sizeof *which);
    if (!which) return ERR_MEMORY;
    for (uint32_t i = 0; i < p->n; i++)
        for (unsigned k = 0; k < p->v[i].n; k++)
            if (person_is_initial(&p->v[i].w[k])) {
                which[n++] = i;
                break;
            }
    if (n) found = arena_array(p->arena, n, sizeof *found);
    if (n && !found) return ERR_MEMORY;
    for (uint32_t i = 0; i < n; i++) {
        const struct person *x = &p->v[which[i]];
        struct person_words asked = { .n = x->n };
        memcpy(asked.w, x->w, x->n * sizeof *x->w);
        persons_find(p, &asked, &found[i]);
    }
    for (uint32_t i = 0; i < n; i++)
        for (unsigned k = 0; k < p->v[which[i]].n; k++)
            if (found[i].of[k]) p->v[which[i]].w[k].key = found[i].of[k]->key;
    return OK;
}
