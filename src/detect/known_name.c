/* detect/known_name.c — a person's name in prose: a run of its parts, with initials, particles and what
 * people put between them. */
#include "detect/known_set.h"
#include "detect/shape.h"

enum { MARKS_BETWEEN = 2, INITIALS_BEFORE = 3, LONGEST_RUN = 8, SHORT_WORD = 3 };

struct run {
    const struct known *k; /* of the sets that are searched the one which knows the person */
    uint32_t first, last, person;
    uint32_t use; /* that it begins with */
    unsigned families, givens, initials;
    bool begins_family, ends_given; /* its first part, its last */
    bool nick, sure, capitals;      /* capitals: every part is written as a name is */
};

static bool is_link(const struct token *t)
{
    return t->kind == TOK_MARK && (t->hash == ',' || t->hash == '.' || t->hash == '-' ||
                                   t->hash == '\'' || t->hash == '^' || t->hash == '_');
}

uint32_t known_next_word(const struct doc *d, uint32_t i)
{
    uint32_t j = i + 1, marks = 0;
    while (j < d->n && marks < MARKS_BETWEEN && is_link(&d->tok[j]) &&
           !(d->tok[j].flags & TOK_PARA)) {
        j++;
        marks++;
    }
    if (j >= d->n || d->tok[j].kind != TOK_WORD || (d->tok[j].flags & TOK_PARA)) return KNOWN_NONE;
    bool ends = marks && doc_is_mark(d, i + 1, '.') && (d->tok[j].flags & TOK_SPACE);
    return ends && d->tok[i].len > SHORT_WORD ? KNOWN_NONE : j;
}

static int initial_of(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->kind != TOK_WORD || t->len != 1 || (!(t->flags & TOK_UPPER) && !d->is_caseless))
        return -1;
    int sign = known_sign(d->text.p[t->start]);
    return sign >= 10 ? sign - 10 : -1;
}

static bool is_initial(const struct known_person *p, int letter)
{
    return letter >= 0 && ((p->given_initials | p->family_initials) >> letter & 1);
}

/* The use of token i for this person, or KNOWN_NONE. A word may be a part of thousands of names, a person has few. */
static uint32_t part_of(const struct known *k, const struct doc *d, uint32_t i, uint32_t person)
{
    uint64_t hash = d->tok[i].hash;
    if (d->tok[i].kind != TOK_WORD || known_first_use(k, hash) == KNOWN_NONE) return KNOWN_NONE;
    uint32_t use = k->persons[person].uses;
    while (use != KNOWN_NONE && k->uses[use].hash != hash)
        use = k->uses[use].next_own;
    return use;
}

static void add_part(struct run *r, const struct doc *d, uint32_t i, uint32_t use)
{
    enum known_kind kind = r->k->uses[use].kind;
    bool family = kind == KNOWN_FAMILY;
    if (r->families + r->givens == 0) r->begins_family = family;
    r->ends_given = !family;
    r->families += family;
    r->givens += !family;
    r->nick |= kind == KNOWN_NICK;
    r->sure |= known_is_sure(d, i);
    r->capitals &= shape_may_name(d, i);
    r->last = i;
}

static const struct known_person *person_of(const struct run *r)
{
    return &r->k->persons[r->person];
}

static void extend(struct run *r, const struct doc *d)
{
    const struct known_person *p = person_of(r);
    for (uint32_t at = r->last, n = 0; n < LONGEST_RUN; n++) {
        uint32_t j = known_next_word(d, at);
        if (j == KNOWN_NONE) break;
        uint32_t use = part_of(r->k, d, j, r->person);
        if (use != KNOWN_NONE) {
            add_part(r, d, j, use);
        } else if (is_initial(p, initial_of(d, j)) && shape_owner(d, j) < 0) {
            r->initials++;
            r->last = j;
        } else if (!(doc_bits(d, j) & LEX(PARTICLE))) {
            break; /* a particle belongs to the name if another part follows */
        }
        at = j;
    }
    for (uint32_t n = 0; n < INITIALS_BEFORE && r->first > 0; n++) {
        uint32_t j = r->first - 1;
        if (d->tok[r->first].flags & TOK_PARA) break;
        if (doc_is_mark(d, j, '.') && j > 0) j--;
        if (d->tok[j].kind != TOK_WORD || !is_initial(p, initial_of(d, j))) break;
        r->initials++;
        r->first = j;
    }
}

static bool counts(const struct doc *d, const struct run *r)
{
    for (uint32_t i = r->first; i <= r->last; i++)
        if (d->shield[i] & SHIELD_TAG) return false;
    bool full = r->families && r->givens;
    if (full || r->families + r->givens > 1) return r->sure || r->capitals;
    if (r->initials) return r->sure || r->capitals;
    if (d->shield[r->first] & (SHIELD_EPONYM | SHIELD_PHRASE)) return false;
    return r->sure;
}

/* Patients first: clinicians' names may be kept, and nobody else's. */
static int rank_of(uint8_t role)
{
    static const uint8_t ranks[] = { [WHO_UNKNOWN] = 2,   [WHO_PATIENT] = 6,  [WHO_RELATIVE] = 5,
                                     [WHO_HOUSEHOLD] = 4, [WHO_EMPLOYER] = 3, [WHO_CLINICIAN] = 1 };
    return role < COUNT_OF(ranks) ? ranks[role] : 0;
}

static err add(const struct doc *d, struct findings *out, uint32_t first, uint32_t last,
               enum rule rule, float score, uint8_t role, enum finding_part part)
{
    struct finding x = doc_finding(d, first, last, LABEL_NAME, rule, score);
    x.source = SOURCE_KNOWN;
    x.role = role;
    x.part = (uint8_t)part;
    return findings_add(out, x);
}

/* "Smith-Jones" goes as a whole when "Smith" is known; "Smith-related" does not. */
static uint32_t whole_word(const struct doc *d, uint32_t last)
{
    uint32_t end = shape_word_end(d, last);
    return end != last && !known_is_language(d->lex[end]) && shape_may_name(d, end) ? end : last;
}

/* The name that the use begins into *best, unless what is there is as good and came first. */
static void hold_against(const struct known *k, const struct doc *d, uint32_t i, uint32_t use,
                         struct run *best)
{
    struct run r = {
        .k = k, .first = i, .last = i, .use = use, .person = k->uses[use].of, .capitals = true
    };
    add_part(&r, d, i, use);
    extend(&r, d);
    if (!counts(d, &r)) return;
    bool better = best->first == KNOWN_NONE || r.last - r.first > best->last - best->first;
    if (!better && r.last - r.first == best->last - best->first) {
        int above = rank_of(person_of(&r)->role) - rank_of(person_of(best)->role);
        better = above > 0 || (above == 0 && best->k == k && use > best->use);
    }
    if (better) *best = r;
}

/* The same of all that a set knows. Later uses come first in a word's chain. */
static void best_name(const struct known *k, const struct doc *d, uint32_t i, struct run *best)
{
    uint64_t hash = d->tok[i].hash;
    FILLED_LATER uint32_t tried[KNOWN_TRIED_MAX];
    uint32_t n = known_crowd_at(k, d, i, tried);
    for (uint32_t t = 0; n != KNOWN_NONE && t < n; t++)
        hold_against(k, d, i, tried[t], best);
    for (uint32_t use = n == KNOWN_NONE ? known_first_use(k, hash) : KNOWN_NONE; use != KNOWN_NONE;
         use = known_use_from(k, k->uses[use].next, hash))
        if (k->uses[use].kind != KNOWN_PHRASE) hold_against(k, d, i, use, best);
}

err known_name_at(const struct known *k, const struct doc *d, uint32_t i, uint32_t *next,
                  struct findings *out)
{
    struct run best = { .first = KNOWN_NONE };
    for (const struct known *s = known_lowest(k); s; s = known_above(k, s))
        best_name(s, d, i, &best);
    if (best.first == KNOWN_NONE) return OK;
    *next = best.last + 1;
    bool is_swapped = best.families && best.givens && best.begins_family && best.ends_given;
    enum finding_part part = is_swapped                                        ? PART_FAMILY_FIRST
                             : best.initials || (best.families && best.givens) ? PART_WHOLE
                             : best.families                                   ? PART_FAMILY
                                                                               : PART_GIVEN;
    return add(d, out, shape_word_begin(d, best.first), whole_word(d, best.last),
               best.nick ? RULE_KNOWN_NICKNAME : RULE_KNOWN_NAME, best.nick ? 0.95F : 1.0F,
               person_of(&best)->role, part);
}

/* ---- one edit ---- */

static char low_at(view v, size_t i)
{
    return ascii_lower(v.p[i]);
}

/* One letter more, less, other, or two swapped. Equal words are none. */
static bool is_one_edit(view known, view word)
{
    size_t a = known.n, b = word.n, i = 0;
    if (a > b + 1 || b > a + 1) return false;
    while (i < MIN(a, b) && known.p[i] == low_at(word, i))
        i++;
    if (a == b) {
        if (i == a) return false;
        size_t j = i + 1; /* other letter, or swapped with the next */
        if (j < a && known.p[i] == low_at(word, j) && known.p[j] == low_at(word, i)) j++;
        while (j < a && known.p[j] == low_at(word, j))
            j++;
        return j == a;
    }
    size_t x = i + (a > b), y = i + (b > a);
    while (x < a && y < b && known.p[x] == low_at(word, y))
        x++, y++;
    return x == a && y == b;
}

/* The first name of the list that `word`, five letters or more, is one edit from; or KNOWN_NONE. */
static uint32_t typo_of(const struct known *k, view word)
{
    if (!k->n_typos) return KNOWN_NONE;
    uint32_t b = k->typo_begins[known_typo_chain(k, low_at(word, 0), low_at(word, 1))];
    uint32_t e =
        k->typo_ends[known_typo_chain(k, low_at(word, word.n - 2), low_at(word, word.n - 1))];
    while (b != KNOWN_NONE && !is_one_edit(k->typos[b].letters, word))
        b = k->typos[b].next_begin;
    while (e < b && !is_one_edit(k->typos[e].letters, word))
        e = k->typos[e].next_end;
    return MIN(b, e);
}

err known_typo_at(const struct known *k, const struct doc *d, uint32_t i, struct findings *out)
{
    view word = view_sub(d->text, d->tok[i].start, token_end(&d->tok[i]));
    if (d->shield[i] & (SHIELD_TAG | SHIELD_EPONYM | SHIELD_PHRASE)) return OK;
    for (; k; k = k->base) {
        uint32_t t = typo_of(k, word);
        if (t == KNOWN_NONE) continue;
        const struct known_typo *x = &k->typos[t];
        return add(d, out, shape_word_begin(d, i), i, RULE_KNOWN_TYPO, 0.9F,
                   k->persons[x->person].role, x->kind == KNOWN_FAMILY ? PART_FAMILY : PART_GIVEN);
    }
    return OK;
}

/* ---- initials ---- */

/* The letters of "J.S.", "J. Q. S." or "JS" from token i; their last token into *last. */
static unsigned read_initials(const struct doc *d, uint32_t i, int letters[4], uint32_t *last)
{
    const struct token *t = &d->tok[i];
    unsigned n = 0;
    *last = i;
    if (t->len > 1) {
        for (; n < t->len; n++) {
            int sign = known_sign(d->text.p[t->start + n]);
            if (sign < 10) return 0;
            letters[n] = sign - 10;
        }
        return n;
    }
    for (uint32_t j = i; n < 4; j += 2) {
        const struct token *w = doc_tok(d, j);
        if (w->kind != TOK_WORD || w->len != 1 || !(w->flags & TOK_UPPER)) break;
        int sign = known_sign(d->text.p[w->start]);
        if (sign < 10 || !doc_is_mark(d, (int64_t)j + 1, '.')) return 0;
        letters[n++] = sign - 10;
        *last = j + 1;
    }
    return n;
}

static bool are_initials(const struct known_person *p, const int *letters, unsigned n)
{
    if (p->role != WHO_PATIENT && p->role != WHO_RELATIVE) return false;
    for (unsigned i = 0; i + 1 < n; i++)
        if (!(p->given_initials >> letters[i] & 1)) return false;
    return p->family_initials >> letters[n - 1] & 1;
}

/* Does a word that announces a person stand before? Then "MD" may be Mary Doe. */
static bool is_announced(const struct doc *d, uint32_t i)
{
    int64_t at = (int64_t)i - 1;
    if (doc_is_mark(d, at, ':') || doc_is_mark(d, at, '.')) at--;
    return (doc_bits(d, at) & (LEX(NAME_CUE) | LEX(RELATIVE))) != 0;
}

static bool is_abbreviation(const struct doc *d, const int *letters, unsigned n)
{
    char word[4];
    for (unsigned i = 0; i < n; i++)
        word[i] = (char)('a' + letters[i]);
    const struct lex_info *l = lexicon_find(d->lexicon, token_hash_word(view_of(word, n)));
    return known_is_language(l) || (l->bits & (LEX(CREDENTIAL) | LEX(STATE_CODE) | LEX(ORG_NAME)));
}

err known_initials_at(const struct known *k, const struct doc *d, uint32_t i, struct findings *out)
{
    int letters[4];
    uint32_t last;
    bool dotted = d->tok[i].len == 1;
    if (d->shield[i] & SHIELD_TAG) return OK;
    if (dotted && i > 1 && doc_is_mark(d, i - 1, '.') && d->tok[i - 2].len == 1) return OK;
    unsigned n = read_initials(d, i, letters, &last);
    if (n < 2) return OK;
    bool announced = is_announced(d, i);
    if (!announced && (!dotted || is_abbreviation(d, letters, n))) return OK;
    if (!dotted && is_abbreviation(d, letters, n)) return OK;
    for (; k; k = k->base)
        for (uint32_t p = 0; p < k->n_persons; p++) {
            if (!are_initials(&k->persons[p], letters, n)) continue;
            return add(d, out, i, last, RULE_KNOWN_INITIALS, 0.9F, k->persons[p].role,
                       PART_INITIAL);
        }
    return OK;
}
