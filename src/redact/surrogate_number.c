/* MRN, account, plan, licence, device, vehicle and any other number. */
#include "redact/canonical.h"
#include "redact/check_digits.h"
#include "redact/fpe.h"
#include "redact/number_form.h"
#include "text/utf8.h"

/* The walk ends long before: at least one in thirty results is acceptable for every shape that has one. */
enum { WALK_MAX = 2000 };

struct form {
    view value;
    unsigned rules;
    size_t n; /* digits and letters */
    uint8_t radix[NUMBER_FORM_MAX], sym[NUMBER_FORM_MAX], was[NUMBER_FORM_MAX];
    uint8_t at[NUMBER_FORM_MAX]; /* their places in value */
};

/* A long value of digits and the letters a to f stays hexadecimal (a UUID, a hardware address). */
static void keep_hexadecimal(struct form *f)
{
    size_t letters = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (f->radix[i] != 26) continue;
        if (f->was[i] >= 6) return;
        letters++;
    }
    if (f->n < 12 || letters < 2 || letters == f->n) return;
    for (size_t i = 0; i < f->n; i++)
        if (f->radix[i] == 26) f->radix[i] = 6;
}

static bool take_apart(struct form *f)
{
    f->n = 0;
    if (f->value.n > NUMBER_FORM_MAX) return false;
    for (size_t pos = 0; pos < f->value.n;) {
        size_t start = pos;
        uint32_t cp;
        enum glyph g = glyph_next(f->value, &pos, &cp);
        if (g != GLYPH_LETTER && g != GLYPH_DIGIT) continue;
        if (cp >= 0x80) return false;
        f->radix[f->n] = g == GLYPH_DIGIT ? 10 : 26;
        f->was[f->n] =
            (uint8_t)(g == GLYPH_DIGIT ? cp - '0' : (uint32_t)(ascii_lower((char)cp) - 'a'));
        f->at[f->n++] = (uint8_t)start;
    }
    keep_hexadecimal(f);
    memcpy(f->sym, f->was, f->n);
    return f->n > 0;
}

static bool is_vowel(uint8_t letter)
{
    return letter == 0 || letter == 4 || letter == 8 || letter == 14 || letter == 20;
}

/* Runs of digits or letters in a row, separators between them or not. */
static bool run_is_acceptable(const struct form *f, size_t from, size_t to)
{
    const uint8_t *s = f->sym + from;
    size_t n = to - from;
    bool rare = false;
    if (memcmp(s, f->was + from, n) == 0) return false;
    if (f->radix[from] == 10) {
        if ((f->rules & NUMBER_NO_LEADING_ZERO) && s[0] == 0) return false;
        for (size_t i = 0; i + 4 <= n; i++)
            if ((s[i] == 1 && s[i + 1] == 9) || (s[i] == 2 && s[i + 1] == 0)) return false;
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        if (is_vowel(s[i]) && ((n >= 3 && n <= 5) || (f->rules & NUMBER_ACRONYM))) return false;
        if (s[i] == f->was[from + i] && (f->rules & NUMBER_ACRONYM))
            return false; /* MGH, not MGJ */
        rare |= s[i] == 'j' - 'a' || s[i] == 'k' - 'a' || s[i] == 'q' - 'a' || s[i] == 'x' - 'a' ||
                s[i] == 'z' - 'a';
    }
    return rare || !(f->rules & NUMBER_ACRONYM);
}

static bool is_acceptable(const struct form *f)
{
    char plain[NUMBER_FORM_MAX];
    size_t from = 0;
    for (size_t i = 1; i <= f->n; i++)
        if (i == f->n || f->radix[i] != f->radix[from]) {
            if (!run_is_acceptable(f, from, i)) return false;
            from = i;
        }
    for (size_t i = 0; i < f->n; i++)
        plain[i] = (char)((f->radix[i] == 10 ? '0' : 'a') + f->sym[i]);
    return !check_digits_valid(view_of(plain, f->n));
}

void number_form(struct keyed_domain *keys, view value, unsigned rules, char out[NUMBER_FORM_MAX],
                 bool *done)
{
    struct form f = { .value = value, .rules = rules };
    *done = false;
    if (!take_apart(&f)) goto out;
    const uint8_t *key = keyed_use_key(keys, KEYED_FORM);
    uint32_t family = 0;
    int walk = 0;
    do {
        if (++walk > WALK_MAX) goto out;
        fpe_permute(key, family, f.radix, f.sym, f.n);
        /* Back where it began ("7" alone has few places to go): on with another permutation. */
        if (memcmp(f.sym, f.was, f.n) == 0) family++;
    } while (!is_acceptable(&f));
    memcpy(out, value.p, value.n);
    for (size_t i = 0; i < f.n; i++) {
        char *c = &out[f.at[i]];
        *c = (char)((f.radix[i] == 10 ? '0' : *c >= 'a' ? 'a' : 'A') + f.sym[i]);
    }
    *done = true;
out:
    mem_wipe(f.sym, f.n);
    mem_wipe(f.was, f.n);
}

err number_form_put(struct rewrite *r, size_t from, size_t to, unsigned rules, bool *done)
{
    char out[NUMBER_FORM_MAX];
    view v = view_sub(r->value, from, to);
    number_form(r->keys, v, rules, out, done);
    return *done ? rewrite_put(r, from, to, view_of(out, v.n)) : OK;
}

err surrogate_number(struct rewrite *r, bool *done)
{
    return number_form_put(r, 0, r->value.n, NUMBER_ANY, done);
}
