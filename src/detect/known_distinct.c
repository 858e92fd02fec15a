/* detect/known_distinct.c — a long list of known values without what it says again.
 *
 * The observer of each of five thousand results is said each time, as somebody new. A text is held against every
 * person who has the word it names, so that saying one five thousand times would cost five thousand times as much.
 */
#include "detect/known_set.h"

enum { SHORT_LIST = 256 }; /* values: shorter ones cost less than sorting them */

struct said {
    const struct known_value *value;
    uint32_t person; /* 0 where it does not matter: only names are told apart by it */
    uint32_t at;
};
struct group { /* what is said of one person in one role */
    const struct said *v;
    uint32_t n;
};

static int by_value(const struct said *a, const struct said *b)
{
    const struct known_value *u = a->value, *v = b->value;
    if (u->label != v->label) return u->label - v->label;
    if (u->role != v->role) return u->role - v->role;
    return u->part != v->part ? u->part - v->part : view_cmp(u->text, v->text);
}

static bool is_one_person(const struct said *a, const struct said *b)
{
    return a->person && a->person == b->person && a->value->role == b->value->role;
}

/* Each person's together, the first of equal ones first. */
static int by_person(const void *pa, const void *pb)
{
    const struct said *a = pa, *b = pb;
    if (a->person != b->person) return a->person < b->person ? -1 : 1;
    int c = a->value->role - b->value->role;
    if (!c) c = by_value(a, b);
    if (c) return c;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Those of whom the same is said together, whom it is said of first first. */
static int by_group(const void *pa, const void *pb)
{
    const struct group *a = pa, *b = pb;
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    for (uint32_t i = 0; i < a->n; i++) {
        int c = by_value(&a->v[i], &b->v[i]);
        if (c) return c;
    }
    return a->v->at < b->v->at ? -1 : a->v->at > b->v->at;
}

static bool says_the_same(const struct group *a, const struct group *b)
{
    if (a->n != b->n) return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (by_value(&a->v[i], &b->v[i]) != 0) return false;
    return true;
}

/* Each thing that is said of a person once. */
static uint32_t drop_said_again(struct said *v, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct said *before = kept ? &v[kept - 1] : NULL;
        if (before && before->person == v[i].person && by_value(before, &v[i]) == 0) continue;
        v[kept++] = v[i];
    }
    return kept;
}

static uint32_t group_all(const struct said *v, uint32_t n, struct group *out)
{
    uint32_t groups = 0;
    for (uint32_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && is_one_person(&v[i], &v[j]);)
            j++;
        out[groups++] = (struct group){ .v = v + i, .n = j - i };
    }
    return groups;
}

err known_distinct(const struct known_value *v, uint32_t n, struct arena *a,
                   const struct known_value **out, uint32_t *n_out)
{
    *out = v;
    *n_out = n;
    if (n <= SHORT_LIST) return OK;
    struct said *said = arena_array(a, n, sizeof *said);
    struct group *groups = arena_array(a, n, sizeof *groups);
    bool *is_kept = arena_array(a, n, sizeof *is_kept);
    struct known_value *kept = arena_array(a, n, sizeof *kept);
    if (!said || !groups || !is_kept || !kept) return ERR_MEMORY;
    for (uint32_t i = 0; i < n; i++)
        said[i] = (struct said){ &v[i], v[i].label == LABEL_NAME ? v[i].person : 0, i };
    qsort(said, n, sizeof *said, by_person);
    uint32_t n_groups = group_all(said, drop_said_again(said, n), groups);
    qsort(groups, n_groups, sizeof *groups, by_group);
    memset(is_kept, 0, n * sizeof *is_kept);
    for (uint32_t g = 0; g < n_groups; g++)
        for (uint32_t i = 0; i < groups[g].n && (!g || !says_the_same(&groups[g - 1], &groups[g]));)
            is_kept[groups[g].v[i++].at] = true;
    *n_out = 0;
    for (uint32_t i = 0; i < n; i++)
        if (is_kept[i]) kept[(*n_out)++] = v[i];
    *out = kept;
    return OK;
}
