#include "detect/finding.h"
#include "redact/persons_inside.h"

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
    memset(p->head, 0xFF, sizeof p->head); /* PERSONS_NONE */
    map_init(&p->words, a);
    *out = p;
    return OK;
}

static unsigned given_letter(const struct person *x)
{
    return x->n_given ? person_letter(x->w[0].key) : PERSON_LETTERS - 1;
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
    if (persons_are_crowded(p, family)) return OK;
    struct person_link *links =
        arena_more(p->arena, p->links, sizeof *links, p->n_links, &p->cap_links, PERSONS_FIRST);
    if (!links) return ERR_MEMORY;
    p->links = links;
    links[p->n_links] = (struct person_link){ person, p->head[family], (uint8_t)given };
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
    for (unsigned i = p->head[family]; i != PERSONS_NONE; i = p->links[i].next)
        if (p->links[i].given == given && is_same(&p->v[p->links[i].person], x)) return true;
    return false;
}

/* Would x tell nothing new? He stands in each chain that had room, and where none has, nobody counts. */
static bool is_there(const struct persons *p, const struct person *x)
{
    unsigned g = given_letter(x);
    for (unsigned k = x->n_given; k < x->n; k++) {
        unsigned f = person_letter(x->w[k].key);
        if (persons_are_crowded(p, f)) continue;
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
    struct person *v = arena_more(p->arena, p->v, sizeof *v, p->n, &p->cap, PERSONS_FIRST);
    if (!v) return ERR_MEMORY;
    p->v = v;
    v[p->n] = own;
    for (unsigned i = own.n_given; i < own.n; i++) {
        bool again = false; /* "Smith-Sands" stands in one chain once */
        for (unsigned k = own.n_given; k < i; k++)
            again |= person_letter(own.w[k].key) == person_letter(own.w[i].key);
        if (!again) TRY(link_to(p, p->n, given_letter(&own), person_letter(own.w[i].key)));
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
