#include "detect/name_spots.h"

#include "detect/name_role.h"
#include "detect/wordset.h"

/* What a token is to the word beside it: kind and low bits of the hash, which for most marks is all of it. */
enum {
    B_NUMBER = 1,
    B_COMMA = 2,
    B_CARET = 4,
    B_STOP = 8,
    B_COLON = 16,
    B_BAR = 32,
    B_DASH = 64, /* and the apostrophe: they join parts of a name */
};
enum { HASHES = 128 };
#define MARK(c) [TOK_MARK * HASHES + (c)]
static const uint8_t kinds[3 * HASHES] = {
    [TOK_NUMBER * HASHES... TOK_NUMBER * HASHES + HASHES - 1] = B_NUMBER,
    MARK(',') = B_COMMA,
    MARK('^') = B_CARET,
    MARK('.') = B_STOP,
    MARK(':') = B_COLON,
    MARK('|') = B_BAR,
    MARK('-') = B_DASH,
    MARK('\'') = B_DASH,
};
#undef MARK

static unsigned kind_of(const struct token *t)
{
    return kinds[t->kind * HASHES + t->hash % HASHES];
}

static unsigned is_in(uint64_t bits, uint64_t set)
{
    return (bits & set) != 0;
}

/* "Grace slept", "Ravenscroft 55 DKA", "CT: Okpara", "Matron Ogilvie" */
static unsigned is_jotted(const struct token *t, const struct lex_info *l, unsigned before,
                          unsigned behind)
{
    const uint64_t never = LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(FUNCTION) | LEX(TITLE);
    const unsigned begins = (t[-1].kind != TOK_WORD) | is_in(t->flags, TOK_LINE);
    const unsigned called =
        begins & is_in(t[1].flags, TOK_LOWER) & is_in(t->flags, TOK_CAP) & (l->given != 0);
    /* the roles of name_jotted.c that need no colon have six letters */
    const unsigned role = (t[-1].len == 6) & is_in(t[-1].flags, TOK_CAP);
    const unsigned beside = (before & B_COLON) | (behind & (B_NUMBER | B_BAR | B_DASH));
    return called | (((beside != 0) | role) & !is_in(l->bits, never));
}

/* "Roe, Ada", "ROE^ADA", "⏎NPI: …" */
static unsigned is_entry(const struct token *t, const struct lex_info *l, unsigned before)
{
    const uint64_t number = LEX(CUE_NPI) | LEX(CUE_DEA) | LEX(CUE_LICENSE) | LEX(CUE_MRN);
    const unsigned named = is_in(before, B_COMMA) & !is_in(t[-2].flags, TOK_LOWER);
    return named | is_in(before, B_CARET) | (is_in(l->bits, number) & is_in(t->flags, TOK_LINE));
}

/* "clerk Marcus", "caseworker B. Stavrou", "Thornbury, J", "OSEI 45/F", "OR2 Mbeki": words in capitals. */
static unsigned is_of_role(const struct token *t, const struct wordset *roles, unsigned before,
                           unsigned behind)
{
    const unsigned beside = (before & B_NUMBER) | (behind & (B_NUMBER | B_DASH));
    const unsigned lettered = is_in(before, B_STOP) & (t[-2].len == 1);
    const unsigned filed = is_in(behind, B_COMMA) & (t[2].len == 1);
    return (beside != 0) | lettered | filed | wordset_may_have(roles, t[-1].hash);
}

/* What stands beside a token is looked at without asking whether it is there: a token less than EDGE away from either
 * end of the text is a spot of every rule. The first of `all` that is not, and the end of those. */
enum { EDGE = 2 };
static uint32_t inner_begin(const struct token_list *all)
{
    uint32_t k = 0;
    while (k < all->n && all->v[k] < EDGE)
        k++;
    return k;
}
static uint32_t inner_end(const struct doc *d, const struct token_list *all, uint32_t begin)
{
    uint32_t k = all->n;
    while (k > begin && all->v[k - 1] + EDGE >= d->n)
        k--;
    return k;
}

/* Room in `l` for all of them, with those before `begin` in it. */
static err open_list(const struct doc *d, const struct token_list *all, uint32_t begin,
                     struct token_list *l)
{
    l->v = arena_array(d->arena, (size_t)all->n + 1, sizeof *l->v); /* one is always written */
    if (!l->v) return ERR_MEMORY;
    memcpy(l->v, all->v, begin * sizeof *l->v);
    return OK;
}

/* Filled up to `at`; those from `end` on belong to it too. */
static void close_list(const struct token_list *all, uint32_t end, uint32_t *at,
                       struct token_list *l)
{
    memcpy(at, all->v + end, (all->n - end) * sizeof *at);
    l->n = (uint32_t)(at - l->v) + all->n - end;
}

static err words(const struct doc *d, const uint8_t *taken, struct name_spots *s)
{
    err e = OK;
    const struct wordset *roles = name_role_words();
    const uint32_t begin = inner_begin(&d->hot), end = inner_end(d, &d->hot, begin);
    TRY(open_list(d, &d->hot, begin, &s->jotted));
    TRY(open_list(d, &d->hot, begin, &s->entries));
    TRY(open_list(d, &d->hot, begin, &s->roles));
    uint32_t *restrict jotted = s->jotted.v + begin, *restrict entries = s->entries.v + begin;
    uint32_t *restrict of_role = s->roles.v + begin;
    for (uint32_t k = begin; k < end; k++) {
        const uint32_t i = d->hot.v[k];
        const struct token *t = &d->tok[i];
        const struct lex_info *l = d->lex[i];
        const unsigned before = kind_of(t - 1), behind = kind_of(t + 1);
        const unsigned kin = is_in(l->bits, LEX(RELATIVE)) & is_in(t[1].flags, TOK_CAP);
        *jotted = *entries = *of_role = i;
        jotted += (taken[i] + d->shield[i] == 0) & is_jotted(t, l, before, behind);
        entries += is_entry(t, l, before);
        of_role +=
            ((taken[i] == 0) & is_in(t->flags, TOK_CAP) & is_of_role(t, roles, before, behind)) |
            kin;
    }
    close_list(&d->hot, end, jotted, &s->jotted);
    close_list(&d->hot, end, entries, &s->entries);
    close_list(&d->hot, end, of_role, &s->roles);
out:
    return e;
}

static err numbers(const struct doc *d, struct name_spots *s)
{
    err e = OK;
    const uint64_t is = token_hash_literal(VIEW("is")), a = token_hash_literal(VIEW("a"));
    const uint32_t begin = inner_begin(&d->digits), end = inner_end(d, &d->digits, begin);
    TRY(open_list(d, &d->digits, begin, &s->letters));
    TRY(open_list(d, &d->digits, begin, &s->ages));
    TRY(open_list(d, &d->digits, begin, &s->heads));
    uint32_t *restrict letters = s->letters.v + begin, *restrict ages = s->ages.v + begin;
    uint32_t *restrict heads = s->heads.v + begin;
    for (uint32_t k = begin; k < end; k++) {
        const uint32_t i = d->digits.v[k];
        const struct token *t = &d->tok[i], *next = t + 1;
        *letters = *ages = *heads = i;
        letters += (next->len - 2U < 2U) & is_in(next->flags, TOK_UPPER | TOK_LOWER);
        ages += (t[-1].hash == a) & (t[-2].hash == is);
        heads += is_in(t->flags, TOK_LINE) & ((next->hash == '.') | (next->hash == ')'));
    }
    close_list(&d->digits, end, letters, &s->letters);
    close_list(&d->digits, end, ages, &s->ages);
    close_list(&d->digits, end, heads, &s->heads);
out:
    return e;
}

static err marks(const struct doc *d, struct name_spots *s)
{
    err e = OK;
    TRY(open_list(d, &d->marks, 0, &s->colons));
    TRY(open_list(d, &d->marks, 0, &s->strokes));
    uint32_t *restrict colons = s->colons.v, *restrict strokes = s->strokes.v;
    for (uint32_t k = 0; k < d->marks.n; k++) {
        const uint32_t i = d->marks.v[k];
        const uint64_t c = d->tok[i].hash;
        *colons = *strokes = i;
        colons += c == ':';
        strokes += (c == '/') | (c == '#');
    }
    close_list(&d->marks, d->marks.n, colons, &s->colons);
    close_list(&d->marks, d->marks.n, strokes, &s->strokes);
out:
    return e;
}

err name_spots_find(const struct doc *d, const uint8_t *taken, struct name_spots *s)
{
    err e = OK;
    TRY(words(d, taken, s));
    TRY(numbers(d, s));
    TRY(marks(d, s));
out:
    return e;
}
