#include "deid/key_pieces.h"

#include "detect/key_name.h"

/* What is known of the keys of one object. */
struct tally {
    uint32_t keys, names, plain, sure;
};

err key_pieces_judge(const struct lexicon *l, const struct record *r, struct arena *a,
                     const bool **out)
{
    uint32_t groups = 0;
    *out = NULL;
    for (uint32_t i = 0; i < r->n; i++)
        if (r->pieces[i].role == ROLE_KEY) groups = MAX(groups, r->pieces[i].group + 1);
    if (!groups) return OK;
    struct tally *t = arena_array(a, groups, sizeof *t);
    bool *names = arena_array(a, groups, sizeof *names);
    if (!t || !names) return ERR_MEMORY;
    memset(t, 0, groups * sizeof *t);
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        if (p->role != ROLE_KEY) continue;
        struct tally *of = &t[p->group];
        bool lost = of->keys++ != of->names; /* one that is no name settles it */
        enum key_name k = lost ? KEY_NAME_NOT : key_name_judge(l, p->text);
        of->names += k != KEY_NAME_NOT;
        of->plain += k >= KEY_NAME_PLAIN;
        of->sure +=
            k == KEY_NAME_FULL || (k == KEY_NAME_SURE && !p->is_flat); /* {"Norton": 3}: a score */
    }
    for (uint32_t g = 0; g < groups; g++)
        names[g] = t[g].keys && t[g].names == t[g].keys &&
                   (t[g].keys > 1 ? t[g].plain * 2 >= t[g].keys : t[g].sure);
    *out = names;
    return OK;
}
