#include "redact/follow.h"

#include "redact/name_pool.h"

err follow_persons(struct rewrite *r, const struct persons **out)
{
    *out = NULL;
    r->follows = true;
    return r->persons ? r->persons->get(r->persons->ctx, out) : OK;
}

static char surrogate_letter(struct keyed_domain *keys, const struct person_word *w)
{
    return name_pool_word(keys, w->key, w->family).p[0];
}

char follow_letter(struct keyed_domain *keys, const struct person_word *of, char letter)
{
    return of ? surrogate_letter(keys, of) : name_pool_initial(keys, letter);
}

static bool has_answer(const struct person_answer *a)
{
    for (unsigned i = 0; i < PERSON_WORDS_MAX; i++)
        if (a->of[i]) return true;
    return false;
}

void follow_letters(const struct persons *p, struct person_words *asked, struct person_answer *out)
{
    for (uint32_t i = 0; i < asked->n; i++)
        asked->w[i].family = i + 1 == asked->n;
    persons_find(p, asked, out);
    if (has_answer(out)) return;
    for (uint32_t i = 0; i < asked->n; i++)
        asked->w[i].family = i == 0;
    persons_find(p, asked, out);
}

bool follow_login(struct keyed_domain *keys, const struct persons *p, view key, bool capitals,
                  char out[FOLLOW_LOGIN_ROOM], size_t *n)
{
    struct person_words parts;
    struct person_answer answer;
    *n = 0;
    persons_login(p, key, &parts, &answer);
    for (uint32_t i = 0; i < parts.n; i++) {
        const struct person_word *w = &parts.w[i];
        char letter = 0;
        view with = view_of(&letter, 1);
        if (person_is_initial(w))
            letter = follow_letter(keys, answer.of[i], w->key.p[0]);
        else
            with = name_pool_word(keys, w->key, w->family);
        BUG_IF(with.n > FOLLOW_LOGIN_ROOM - *n);
        memcpy(out + *n, with.p, with.n);
        if (capitals) out[*n] = (char)(out[*n] - 32);
        *n += with.n;
    }
    return parts.n > 0;
}

/* ---- a name ---- */

/* What stands in a name, by kind. */
struct census {
    uint32_t words, initials, groups, segments;
    uint32_t word; /* the last one */
    bool titled;
};

static struct census count(const struct name_words *ws)
{
    struct census c = { 0 };
    for (uint32_t i = 0; i < ws->n; i++) {
        const struct name_word *w = &ws->v[i];
        c.words += w->kind == NAME_WORD;
        c.initials += w->kind == NAME_INITIAL;
        c.groups += w->kind == NAME_INITIALS;
        c.titled |= w->kind == NAME_TITLE;
        c.segments = MAX(c.segments, w->segment);
        if (w->kind == NAME_WORD) c.word = i;
    }
    return c;
}

/* Beside words of the name. */
static void follow_beside(struct rewrite *r, const struct name_words *ws, const struct census *c,
                          const struct persons *p, struct followed *out)
{
    struct person_words asked;
    struct person_answer answer;
    person_words_of(ws, r->part, &asked);
    persons_find(p, &asked, &answer);
    if (!has_answer(&answer) && !c->segments && r->part == PART_WHOLE)
        follow_letters(p, &asked, &answer); /* "Smith J", "Mary-Anne S." */
    for (uint32_t i = 0, at = 0; i < ws->n && at < asked.n; i++) {
        const struct name_word *w = &ws->v[i];
        if (w->kind != NAME_WORD && w->kind != NAME_INITIAL) continue;
        if (w->kind == NAME_INITIAL && answer.of[at])
            out->letter[i][0] = surrogate_letter(r->keys, answer.of[at]);
        at++;
    }
}

/* What letters that stand for a whole name become. A value never becomes itself: where the surrogate has the
 * same letters, they are as nobody's. */
static void follow_group(struct rewrite *r, const struct persons *p, view letters, char **to)
{
    struct person_words asked;
    struct person_answer answer;
    bool same = true;
    persons_find_initials(p, letters, &asked, &answer);
    if (!answer.any) return;
    for (uint32_t i = 0; i < asked.n; i++) {
        *to[i] = answer.of[i] ? surrogate_letter(r->keys, answer.of[i]) : 0;
        same &= *to[i] == letters.p[i];
    }
    for (uint32_t i = 0; i < asked.n && same; i++)
        *to[i] = 0;
}

/* "J.S.", "J. R. S.": nothing but points and blanks between the letters. */
static bool are_one_group(view v, const struct name_words *ws)
{
    for (uint32_t i = 1; i < ws->n; i++)
        for (size_t at = ws->v[i - 1].end; at < ws->v[i].start; at++)
            if (v.p[at] != '.' && !ascii_is_space(v.p[at])) return false;
    return ws->n <= 4;
}

static void follow_dotted(struct rewrite *r, const struct name_words *ws, const struct persons *p,
                          struct followed *out)
{
    char letters[PERSON_WORDS_MAX], *to[PERSON_WORDS_MAX];
    if (!are_one_group(r->value, ws)) return;
    for (uint32_t i = 0; i < ws->n; i++) {
        letters[i] = ws->v[i].key[0];
        to[i] = &out->letter[i][0];
    }
    follow_group(r, p, view_of(letters, ws->n), to);
}

/* "Mr. S." */
static void follow_family(struct rewrite *r, const struct name_words *ws, const struct persons *p,
                          struct followed *out)
{
    struct person_words asked;
    struct person_answer answer;
    person_words_of(ws, r->part, &asked);
    if (asked.n != 1) return;
    asked.w[0].family = true;
    persons_find_family(p, &asked, &answer);
    char letter = answer.of[0] ? surrogate_letter(r->keys, answer.of[0]) : 0;
    for (uint32_t i = 0; i < ws->n; i++)
        if (ws->v[i].kind == NAME_INITIAL && letter != ws->v[i].key[0]) out->letter[i][0] = letter;
}

static bool is_plain(view key)
{
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] < 'a' || key.p[i] > 'z') return false;
    return key.n > 2;
}

/* A word that no list knows, alone: elsewhere in the text it may say what it is, or whose name in one word. */
static void follow_lone(struct name_word *w, const struct persons *p, struct followed *out)
{
    struct person_uses uses = persons_word(p, name_key(w));
    if (uses.given != uses.family)
        w->family = uses.family;
    else if (!uses.given && is_plain(name_key(w)) && !w->tail_end)
        out->login = p;
}

/* "AL", "MS" alone: a given name and a title, but all letters may be the initials of one person here. */
static bool may_be_initials(const struct name_words *ws, uint8_t part)
{
    const struct name_word *w = &ws->v[0];
    if (part != PART_WHOLE && part != PART_INITIAL) return false;
    return ws->n == 1 && (w->kind == NAME_WORD || w->kind == NAME_TITLE) && w->letters > 0 &&
           w->n_letters > 1 && w->n_letters <= FOLLOW_LETTERS_MAX && w->end - w->start == w->n_key;
}

static void mark_followed(struct name_word *w, const struct persons *p)
{
    struct person_answer answer;
    struct person_words asked;
    struct person_uses uses = persons_word(p, name_key(w));
    persons_find_initials(p, name_key(w), &asked, &answer);
    bool all = !uses.given && !uses.family;
    for (uint32_t i = 0; i < asked.n; i++)
        all &= answer.of[i] != NULL;
    if (all) w->kind = NAME_INITIALS;
}

err follow_name(struct rewrite *r, struct name_words *ws, struct followed *out)
{
    err e = OK;
    const struct persons *p;
    const struct census c = count(ws);
    bool letters = c.initials || c.groups, doubtful = may_be_initials(ws, r->part);
    bool lone = c.words == 1 && !letters && !c.titled && r->part == PART_WHOLE &&
                !name_pool_knows(name_key(&ws->v[c.word]));
    out->login = NULL;
    if (!letters && !lone && !doubtful) return OK;
    memset(out->letter, 0, ws->n * sizeof out->letter[0]);
    TRY(follow_persons(r, &p));
    if (!p) return OK;
    if (doubtful) mark_followed(&ws->v[0], p);
    if (lone) follow_lone(&ws->v[c.word], p, out);
    if (c.words && c.initials) follow_beside(r, ws, &c, p, out);
    if (!c.words && c.initials == ws->n && c.initials > 1) follow_dotted(r, ws, p, out);
    if (!c.words && c.initials == 1 && c.titled) follow_family(r, ws, p, out);
    for (uint32_t i = 0; i < ws->n; i++) {
        struct name_word *w = &ws->v[i];
        char *to[FOLLOW_LETTERS_MAX] = { &out->letter[i][0], &out->letter[i][1],
                                         &out->letter[i][2] };
        if (w->kind == NAME_INITIALS && w->n_key <= FOLLOW_LETTERS_MAX && w->n_key > 1)
            follow_group(r, p, name_key(w), to);
    }
out:
    return e;
}
