/* detect/known_broken.c — a known word that a line break cuts in two ("Smi" / "th").
 *
 * Messages wrap text wherever their width ends (HL7's \.br\ within a word), and no blank says that a word ended.
 * The halves are put together only where they touch the break and make a word that is known; two words of the
 * language ("new" / "man") need a capital that begins no sentence.
 */
#include "detect/known_set.h"
#include "detect/shape.h"

enum { LINES_MAX = 3, BREAK_BYTES = 4, USUAL_WORD = 2 };

/* Does the word at i touch, over a line break alone, the one behind it? */
static bool touches(const struct doc *d, uint32_t i)
{
    if (i + 1 >= d->n || d->tok[i + 1].kind != TOK_WORD || !(d->tok[i + 1].flags & TOK_LINE))
        return false;
    view between = view_sub(d->text, token_end(&d->tok[i]), d->tok[i + 1].start);
    for (size_t b = 0; b < between.n; b++)
        if (between.p[b] != '\n' && between.p[b] != '\r') return false;
    return between.n && between.n <= BREAK_BYTES;
}

/* Who or what the word is of; false when it is not known, nor was it before. What must go in any case comes before
 * clinicians. */
static bool use_of(const struct known *k, uint64_t hash, bool found, struct finding *x)
{
    for (uint32_t use = known_first_use(k, hash); use != KNOWN_NONE;
         use = known_use_from(k, k->uses[use].next, hash)) {
        const struct known_use *u = &k->uses[use];
        const struct known_phrase *p = u->kind == KNOWN_PHRASE ? &k->phrases[u->of] : NULL;
        uint8_t role = p ? p->role : k->persons[u->of].role;
        if ((p && p->words.n > 1) || (found && role == WHO_CLINICIAN)) continue;
        x->label = p ? p->label : LABEL_NAME;
        x->rule = p ? RULE_KNOWN_PHRASE : RULE_KNOWN_NAME;
        x->part = p ? p->part : u->kind == KNOWN_FAMILY ? PART_FAMILY : PART_GIVEN;
        x->role = role;
        found = true;
    }
    return found;
}

static bool use_of_any(const struct known *k, uint64_t hash, struct finding *x)
{
    bool found = false;
    for (const struct known *s = known_lowest(k); s; s = known_above(k, s))
        found = use_of(s, hash, found, x);
    return found;
}

err known_broken_at(const struct known *k, const struct doc *d, uint32_t i, uint32_t *next,
                    struct findings *out)
{
    char word[TYPO_MAX];
    size_t n = 0;
    bool is_language = true;
    for (uint32_t last = i;; last++) {
        const struct token *t = &d->tok[last];
        if (t->len > sizeof word - n || (d->shield[last] & SHIELD_TAG)) return OK;
        memcpy(word + n, d->text.p + t->start, t->len);
        n += t->len;
        is_language = is_language && d->lex[last]->word >= USUAL_WORD;
        struct finding x =
            doc_finding(d, shape_word_begin(d, i), last, LABEL_NAME, RULE_KNOWN_NAME, 1.0F);
        if (last > i && use_of_any(k, token_hash_word(view_of(word, n)), &x) &&
            (!is_language || ((d->tok[i].flags & TOK_CAP) && !shape_starts_sentence(d, i)))) {
            x.source = SOURCE_KNOWN;
            *next = MAX(*next, last + 1);
            return findings_add(out, x);
        }
        if (last - i == LINES_MAX || !touches(d, last)) return OK;
    }
}
