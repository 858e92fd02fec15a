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
 * end of the text is a spot of every rule. */
enum { EDGE = 2, EVERY = 7 };

struct part { /* of a list: those away from both ends */
    uint32_t begin, end;
};

static struct part inner_part(const struct doc *d, const struct token_list *all)
{
    struct part p = { 0, all->n };
    while (p.begin < all->n && all->v[p.begin] < EDGE)
        p.begin++;
    while (p.end > p.begin && all->v[p.end - 1] + EDGE >= d->n)
        p.end--;
    return p;
}

static struct name_spot *put_edge(struct name_spot *spot, const uint32_t *v, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        *spot++ = (struct name_spot){ v[k], EVERY };
    return spot;
}

/* Room for all of them, and the one that is always written. */
static struct name_spot *open_list(const struct doc *d, const struct token_list *all)
{
    return arena_array(d->arena, (size_t)all->n + 1, sizeof(struct name_spot));
}

/* The list ends before `end`: the room behind it is given back. */
static void close_list(const struct doc *d, struct name_spot_list *l, const struct name_spot *end)
{
    l->n = (uint32_t)(end - l->v);
    arena_trim(d->arena, l->v, l->n * sizeof *l->v);
}

static err find_words(const struct doc *d, const uint8_t *taken, struct name_spot_list *out)
{
    const struct wordset *roles = name_role_words();
    const struct token_list *all = &d->hot;
    const struct part p = inner_part(d, all);
    out->v = open_list(d, all);
    if (!out->v) return ERR_MEMORY;
    struct name_spot *spot = put_edge(out->v, all->v, p.begin);
    for (uint32_t k = p.begin; k < p.end; k++) {
        const uint32_t i = all->v[k];
        const struct token *t = &d->tok[i];
        const struct lex_info *l = d->lex[i];
        const unsigned before = kind_of(t - 1), behind = kind_of(t + 1);
        const unsigned is_free = taken[i] == 0, is_bare = (taken[i] | d->shield[i]) == 0;
        const unsigned jotted = is_bare & is_jotted(t, l, before, behind);
        const unsigned kin = is_in(l->bits, LEX(RELATIVE)) & is_in(t[1].flags, TOK_CAP);
        const unsigned role =
            is_free & is_in(t->flags, TOK_CAP) & is_of_role(t, roles, before, behind);
        const unsigned rules = jotted * NAME_SPOT_JOTTED |
                               is_entry(t, l, before) * NAME_SPOT_ENTRY |
                               (role | kin) * NAME_SPOT_ROLE;
        *spot = (struct name_spot){ i, rules };
        spot += rules != 0;
    }
    close_list(d, out, put_edge(spot, all->v + p.end, all->n - p.end));
    return OK;
}

static err find_numbers(const struct doc *d, struct name_spot_list *out)
{
    const uint64_t is = token_hash_literal(VIEW("is")), a = token_hash_literal(VIEW("a"));
    const struct token_list *all = &d->digits;
    const struct part p = inner_part(d, all);
    out->v = open_list(d, all);
    if (!out->v) return ERR_MEMORY;
    struct name_spot *spot = put_edge(out->v, all->v, p.begin);
    for (uint32_t k = p.begin; k < p.end; k++) {
        const uint32_t i = all->v[k];
        const struct token *t = &d->tok[i], *next = t + 1;
        const unsigned letters = (next->len - 2U < 2U) & is_in(next->flags, TOK_UPPER | TOK_LOWER);
        const unsigned age = (t[-1].hash == a) & (t[-2].hash == is);
        const unsigned head =
            is_in(t->flags, TOK_LINE) & ((next->hash == '.') | (next->hash == ')'));
        const unsigned rules =
            letters * NAME_SPOT_LETTERS | age * NAME_SPOT_AGE | head * NAME_SPOT_HEAD;
        *spot = (struct name_spot){ i, rules };
        spot += rules != 0;
    }
    close_list(d, out, put_edge(spot, all->v + p.end, all->n - p.end));
    return OK;
}

static err find_marks(const struct doc *d, struct name_spots *s)
{
    uint32_t *restrict colons = arena_array(d->arena, (size_t)d->marks.n + 1, sizeof *colons);
    uint32_t *restrict strokes = arena_array(d->arena, (size_t)d->marks.n + 1, sizeof *strokes);
    if (!colons || !strokes) return ERR_MEMORY;
    s->colons.v = colons;
    s->strokes.v = strokes;
    for (uint32_t k = 0; k < d->marks.n; k++) {
        const uint32_t i = d->marks.v[k];
        const uint64_t c = d->tok[i].hash;
        *colons = *strokes = i;
        colons += c == ':';
        strokes += (c == '/') | (c == '#');
    }
    s->colons.n = (uint32_t)(colons - s->colons.v);
    s->strokes.n = (uint32_t)(strokes - s->strokes.v);
    arena_trim(d->arena, s->strokes.v, s->strokes.n * sizeof *strokes);
    return OK;
}

err name_spots_find(const struct doc *d, const uint8_t *taken, struct name_spots *s)
{
    err e = OK;
    TRY(find_words(d, taken, &s->words));
    TRY(find_numbers(d, &s->numbers));
    TRY(find_marks(d, s));
out:
    return e;
}
