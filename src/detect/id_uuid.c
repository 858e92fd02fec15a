/* id_uuid.c — universally unique identifiers, by their form alone. */
#include "detect/id_kinds.h"
#include "text/uuid.h"

static bool is_uuid_char(char c)
{
    return c == '-' || ascii_is_hex(c);
}

SELDOM static bool is_of_word(view text, size_t i)
{
    return i < text.n && (ascii_is_alpha(text.p[i]) || ascii_is_digit(text.p[i]));
}

bool id_by_uuid(const struct doc *d, uint32_t i, struct finding *f, uint32_t *next)
{
    size_t from = d->tok[i].start, to;
    uint32_t first = i, last = i;
    const size_t end = token_end(&d->tok[i]);
    const bool is_led = from > 0 && is_uuid_char(d->text.p[from - 1]);
    if (!is_led && !(end < d->text.n && is_uuid_char(d->text.p[end]))) return false;
    while (from > 0 && d->tok[i].start - from < UUID_LEN && is_uuid_char(d->text.p[from - 1]))
        from--;
    to = from + UUID_LEN;
    if (!view_is_uuid(view_sub(d->text, from, to)) || is_of_word(d->text, to)) return false;
    if (from > 0 && is_of_word(d->text, from - 1)) return false;
    while (first > 0 && d->tok[first].start > from)
        first--;
    while (last + 1 < d->n && token_end(&d->tok[last]) < to)
        last++;
    if (d->tok[first].start != from || token_end(&d->tok[last]) != to) return false;
    *f = doc_finding(d, first, last, LABEL_ID, RULE_ID_CODE, 0.95f);
    *next = last + 1;
    return true;
}
