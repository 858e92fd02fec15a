#include "clinical/pattern.h"

struct parser {
    view text;
    size_t at;
    struct pattern_parts *out;
    const char **why;
};

static err wrong(struct parser *p, const char *why)
{
    *p->why = why;
    return ERR_CONFIG;
}

/* What is a blank between words, in patterns as in texts. */
static bool is_blank(char c)
{
    return ascii_is_space(c) || c == '-' || c == '/' || c == '\'' || c == '"';
}

static bool is_letter(char c)
{
    return ascii_is_alpha(c) || (unsigned char)c >= 0x80;
}

static void skip_blanks(struct parser *p)
{
    while (p->at < p->text.n && is_blank(p->text.p[p->at]))
        p->at++;
}

static char peek(const struct parser *p)
{
    return p->at < p->text.n ? p->text.p[p->at] : '\0';
}

static size_t run_of(const struct parser *p, bool digits)
{
    size_t at = p->at;
    while (at < p->text.n && (digits ? ascii_is_digit(p->text.p[at]) : is_letter(p->text.p[at])))
        at++;
    return at - p->at;
}

static err read_stem(struct parser *p, struct pattern_atom *a)
{
    p->at++;
    if (a->is_class || a->text.n < 3)
        return wrong(p, "a pattern: * needs at least three letters before it");
    for (size_t i = 0; i < a->text.n; i++)
        if (!ascii_is_alpha(a->text.p[i]))
            return wrong(p, "a pattern: before * only the letters a to z");
    a->is_stem = true;
    return OK;
}

static err read_atom(struct parser *p)
{
    struct pattern_atom a = { 0 };
    char c = peek(p);
    if (p->out->n_atoms == PATTERN_ATOMS_MAX) return wrong(p, "a pattern: too many words");
    if (c == ',' || c == '?') {
        a.mark = c;
        p->at++;
    } else {
        bool digits = ascii_is_digit(c);
        a.is_class = c == '$';
        if (a.is_class) p->at++;
        size_t n = run_of(p, digits);
        if (n == 0) return wrong(p, "a pattern: a word is expected");
        a.text = view_of(p->text.p + p->at, n);
        p->at += n;
        if (peek(p) == '*') {
            err e = read_stem(p, &a);
            if (e) return e;
        }
    }
    p->out->atoms[p->out->n_atoms++] = a;
    return OK;
}

/* word|word|word, up to a blank or a closing bracket. */
static err read_choice(struct parser *p, struct pattern_item *item)
{
    err e = OK;
    item->first = p->out->n_atoms;
    for (;;) {
        TRY(read_atom(p));
        if (peek(p) != '|') break;
        p->at++;
    }
    item->n = (uint16_t)(p->out->n_atoms - item->first);
    char c = peek(p);
    if (c && !is_blank(c) && c != ']' && c != ',' && c != '?')
        return wrong(p, "a pattern: only words, *, |, [ ], .., $ and marks are known");
out:
    return e;
}

static err read_gap(struct parser *p, uint8_t *gap)
{
    uint8_t n = 3;
    p->at++;
    if (peek(p) != '.') return wrong(p, "a pattern: a gap is written with two dots");
    p->at++;
    if (ascii_is_digit(peek(p))) {
        n = (uint8_t)(peek(p) - '0');
        p->at++;
    }
    if (n == 0 || *gap) return wrong(p, "a pattern: a gap is of one to nine words");
    *gap = n;
    return OK;
}

static err read_item(struct parser *p, uint8_t *gap)
{
    err e = OK;
    struct pattern_item item = { .gap = *gap };
    if (p->out->n_items == PATTERN_ITEMS_MAX) return wrong(p, "a pattern: too many words");
    item.optional = peek(p) == '[';
    if (item.optional) p->at++;
    TRY(read_choice(p, &item));
    if (item.optional) {
        if (peek(p) != ']') return wrong(p, "a pattern: one word, or several with |, in [ ]");
        if (item.gap) return wrong(p, "a pattern: no gap before a word that may be missing");
        p->at++;
    }
    p->out->items[p->out->n_items++] = item;
    *gap = 0;
out:
    return e;
}

err pattern_parse(view text, struct pattern_parts *out, const char **why)
{
    err e = OK;
    uint8_t gap = 0;
    out->n_atoms = out->n_items = 0;
    struct parser p = { text, 0, out, why };
    if (text.n > PATTERN_BYTES_MAX) return wrong(&p, "a pattern: too long");
    for (skip_blanks(&p); p.at < text.n; skip_blanks(&p)) {
        if (peek(&p) == '.')
            TRY(read_gap(&p, &gap));
        else
            TRY(read_item(&p, &gap));
    }
    if (out->n_items == 0) return wrong(&p, "a pattern: it has no words");
    if (gap || out->items[0].optional || out->items[0].gap)
        return wrong(&p,
                     "a pattern: it begins with a word that must be there, and ends with no gap");
out:
    return e;
}
