#include "detect/tag_fact.h"

#include "detect/name_run.h"
#include "detect/organization_everybodys.h"
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_person.h"

static uint8_t byte_of(uint64_t n)
{
    return (uint8_t)MIN(n, 255);
}

/* 0, 1, 2 … 15, then eight steps each time it doubles. */
static uint8_t scale_of(uint32_t n)
{
    if (n < 16) return (uint8_t)n;
    const uint32_t top = 31 - (uint32_t)__builtin_clz(n);
    return byte_of(16 + (top - 4) * 8 + (n >> (top - 3) & 7));
}

static uint8_t *of_token(const struct tag_scene *s, int64_t i, uint8_t *at)
{
    const struct doc *d = s->d;
    if (i < 0 || i >= (int64_t)d->n) {
        memset(at, 0, TAG_TOKEN_FACTS);
        *at = 255; /* past the text */
        return at + TAG_TOKEN_FACTS;
    }
    const struct token *t = &d->tok[i];
    const struct lex_info *l = d->lex[i];
    *at++ = t->kind;
    *at++ = byte_of(t->len);
    *at++ = t->flags;
    *at++ = t->kind == TOK_WORD ? 0 : byte_of(t->hash); /* which mark, or how much */
    *at++ = s->hit[i] & 0x1F;
    *at++ = s->hit[i] >> 5;
    *at++ = d->shield[i];
    *at++ = l->given;
    *at++ = l->surname;
    *at++ = l->place;
    *at++ = l->word;
    *at++ = (uint8_t)(doc_phrase_at(d, (uint32_t)i) != NULL);
    for (uint32_t b = 0; b < LEX_BIT_COUNT; b++)
        *at++ = l->bits >> b & 1;
    return at;
}

/* How far the next finding is from token i, and of which label; by steps of 1 or -1. */
static uint8_t *of_finding(const struct tag_scene *s, int64_t i, int step, uint8_t *at)
{
    enum { FAR = 12, NONE = 15, EDGE = 20 };
    at[0] = NONE;
    at[1] = 0;
    for (uint8_t n = 1; n < FAR; n++) {
        i += step;
        if (i < 0 || i >= (int64_t)s->d->n) {
            at[0] = EDGE;
            break;
        }
        if (!s->hit[i]) continue;
        at[0] = n;
        at[1] = s->hit[i] & 0x1F;
        break;
    }
    return at + 2;
}

static uint32_t from_line_start(const struct doc *d, uint32_t i)
{
    uint32_t n = 0;
    for (; n < 255 && i > n && !(d->tok[i - n].flags & TOK_LINE); n++)
        ;
    return n;
}

static uint32_t to_line_end(const struct doc *d, uint32_t i)
{
    uint32_t n = 0;
    for (; n < 255 && i + n + 1 < d->n && !(d->tok[i + n + 1].flags & TOK_LINE); n++)
        ;
    return n;
}

/* What the gate asks of names and houses. */
static uint8_t *of_words(const struct tag_scene *s, uint32_t first, uint32_t last, uint8_t *at)
{
    const struct doc *d = s->d;
    *at++ = (uint8_t)shape_of(d, first);
    *at++ = (uint8_t)shape_of(d, last);
    *at++ = shape_starts_sentence(d, first);
    *at++ = tag_gate_is_word_of_name(d, first);
    *at++ = tag_gate_is_word_of_name(d, last);
    *at++ = tag_person_is_near(d, first, last);
    *at++ = tag_person_has_number(d, s->hit, first, last);
    *at++ = tag_person_is_placed(d, s->hit, first, last);
    *at++ = tag_person_is_listed(d, s->hit, first, last);
    *at++ = tag_person_has_value(d, s->hit, last);
    *at++ = tag_person_is_thing(d, last);
    *at++ = tag_person_is_field_head(d, first, last);
    *at++ = tag_gate_is_thing(d, first, last);
    *at++ = tag_gate_is_given(d, first);
    *at++ = tag_gate_has_thing_behind(d, last);
    *at++ = tag_gate_is_row_of_things(d, first, last);
    *at++ = tag_gate_is_code(d, last);
    *at++ = name_run_is_author(d, last);
    *at++ = organization_is_everybodys(d, first, last);
    *at++ = byte_of(tag_digits(d, first, last));
    return at;
}

struct tag_scene tag_scene_of(const struct doc *d, const uint8_t *hit)
{
    uint64_t hits = 0;
    for (uint32_t i = 0; i < d->n; i++)
        hits += hit[i] != 0;
    return (struct tag_scene){ d, hit, byte_of(hits * 255 / d->n) };
}

const struct tag_doubt *tag_facts(const struct tag_scene *s, const struct tag_doubt *v,
                                  uint32_t first, uint32_t last, uint8_t facts[TAG_FACTS])
{
    const struct doc *d = s->d;
    const uint32_t n = last - first + 1;
    const struct tag_doubt *most = v;
    uint32_t sum = 0, least = 255, tagged = 0;
    for (uint32_t k = 0; k < n; k++) {
        if (v[k].inside > most->inside) most = &v[k];
        least = MIN(least, v[k].inside);
        sum += v[k].inside;
        tagged += v[k].tagged;
    }
    uint8_t *at = facts;
    *at++ = most->inside;
    *at++ = (uint8_t)least;
    *at++ = byte_of(sum / n);
    *at++ = byte_of(n);
    *at++ = most->label;
    *at++ = byte_of(tagged * 255 / n);
    *at++ = scale_of(d->n_said);
    *at++ = d->tok[first].flags & (TOK_SPACE | TOK_LINE | TOK_PARA);
    *at++ = last + 1 < d->n ? d->tok[last + 1].flags & (TOK_SPACE | TOK_LINE | TOK_PARA) : 255;
    *at++ = d->is_caseless;
    *at++ = s->share;
    *at++ = byte_of(from_line_start(d, first));
    *at++ = byte_of(to_line_end(d, last));
    at = of_finding(s, first, -1, at);
    at = of_finding(s, last, 1, at);
    at = of_words(s, first, last, at);
    at = of_token(s, first, at);
    at = of_token(s, last, at);
    at = of_token(s, (int64_t)first - 1, at);
    at = of_token(s, (int64_t)last + 1, at);
    BUG_IF(at != facts + TAG_FACTS);
    return most;
}
