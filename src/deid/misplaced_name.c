#include "deid/misplaced_name.h"

#include "detect/key_name.h"
#include "detect/known.h"
#include "text/token.h"

enum { USUAL_GIVEN = 4 /* of lex_info.given */, NAMES_MAX = 4 /* in a row */ };

struct likeness {
    view names[NAMES_MAX]; /* "": there is none */
    bool has_number;
    uint32_t family; /* which of its names is the family's, from 1; 0: it is no person */
    uint16_t person; /* its number, once it has one; 0: none is left */
};

static const struct lex_info *info_of(const struct lexicon *l, view word)
{
    return lexicon_find(l, token_hash_word(word));
}

/* No word of any list: hardly a word of a field of codes. */
static bool is_unknown(const struct lex_info *w)
{
    return !w->bits && !w->word;
}

static bool is_person(const struct lexicon *l, view one, view other, bool has_number)
{
    /* A code and what it stands for are often the same word. */
    if (!one.n || !other.n || view_eq_nocase(one, other)) return false;
    const struct lex_info *family = info_of(l, one), *given = info_of(l, other);
    const bool has_given =
        key_word_is_name(given) && (given->bits & LEX_GIVEN) && given->given >= USUAL_GIVEN;
    if (has_given && (key_word_is_name(family) || is_unknown(family))) return true;
    if (!has_number) return false;
    if (has_given && (family->bits & LEX(SURNAME))) return true; /* "12^White^Mary" */
    /* nobody knows either: they go as words, and so has the number that they stand behind */
    if (is_unknown(family) && is_unknown(given)) return true;
    if ((family->bits | given->bits) & LEX(ORG_NAME)) return false; /* a maker and its device */
    return !known_is_language(family) && !known_is_language(given) &&
           ((family->bits | given->bits) & (LEX_GIVEN | LEX(SURNAME) | LEX(NICK)));
}

static void gather(struct likeness *v, const struct piece *p, uint32_t n)
{
    for (const struct piece *end = p + n; p < end; p++) {
        struct likeness *x = &v[p->like_person];
        if (!p->like_person || p->like_part > NAMES_MAX) continue;
        if (p->like_part)
            x->names[p->like_part - 1] = view_trim(p->text);
        else
            x->has_number = true;
    }
}

/* The first two in a row that are somebody: "Serum^Doe^Jane" has a word before them. */
static uint32_t family_of(const struct lexicon *l, const struct likeness *x)
{
    for (uint32_t i = 1; i < NAMES_MAX; i++)
        if (is_person(l, x->names[i - 1], x->names[i], x->has_number && i == 1)) return i;
    return 0;
}

/* Is it a part of somebody? The number stands beside the first name alone. */
static bool is_part(const struct likeness *x, const struct piece *p)
{
    return x->family && (p->like_part >= x->family || (p->like_part == 0 && x->family == 1));
}

static void name(struct piece *p, const struct likeness *x)
{
    p->role = p->like_part == 0           ? ROLE_NUMBER
              : p->like_part == x->family ? ROLE_FAMILY
                                          : ROLE_GIVEN;
    p->person = x->person;
}

err misplaced_names_take(const struct lexicon *l, struct record *r, struct arena *a)
{
    err e = OK;
    uint32_t most = 0, cap = r->n, kept = 0;
    uint16_t persons = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        most = MAX(most, r->pieces[i].like_person);
        persons = MAX(persons, r->pieces[i].person);
    }
    for (uint32_t i = 0; i < r->n_codes; i++)
        most = MAX(most, r->codes[i].like_person);
    if (!most) return OK;
    struct likeness *v = arena_array(a, (size_t)most + 1, sizeof *v);
    if (!v) return ERR_MEMORY;
    memset(v, 0, ((size_t)most + 1) * sizeof *v);
    gather(v, r->pieces, r->n);
    gather(v, r->codes, r->n_codes);
    for (uint32_t i = 1; i <= most; i++) {
        v[i].family = family_of(l, &v[i]);
        if (v[i].family && persons < UINT16_MAX) v[i].person = ++persons;
    }
    for (uint32_t i = 0; i < r->n; i++) { /* of another role they are replaced as that */
        struct piece *p = &r->pieces[i];
        if (p->role == ROLE_TEXT && is_part(&v[p->like_person], p)) name(p, &v[p->like_person]);
    }
    for (uint32_t i = 0; i < r->n_codes; i++) {
        struct piece p = r->codes[i];
        /* a measured number too: it is none before somebody's names */
        if (!is_part(&v[p.like_person], &p)) {
            r->codes[kept++] = p;
            continue;
        }
        name(&p, &v[p.like_person]);
        TRY(format_push(a, &r->pieces, &r->n, &cap, &p));
    }
    r->n_codes = kept;
out:
    return e;
}
