/* detect/known_make_number.c — numbers into a set, see known_make.h. */
#include "detect/known_make.h"

enum { NUMBER_SHORTEST = 4 };

static err add_number(struct known_maker *m, const uint8_t *signs, size_t n, enum label label)
{
    struct known *k = m->k;
    struct known_number x = { .hash = KNOWN_ROLL_START,
                              .label = (uint8_t)label,
                              .part = m->value->part,
                              .role = m->value->role,
                              .n = (uint16_t)n };
    size_t digits = 0;
    for (size_t i = 0; i < n; i++) {
        x.hash = known_roll(x.hash, signs[i]);
        digits += signs[i] < 10;
    }
    if (n < NUMBER_SHORTEST || !digits) return OK;
    if (n == 4 && digits == 4 && (signs[0] * 10 + signs[1] == 19 || signs[0] * 10 + signs[1] == 20))
        return OK; /* a year, more often */
    if (!x.hash) x.hash = 1;
    err e = KNOWN_ROOM(m, m->list, m->n_list, m->cap_numbers);
    if (e) return e;
    m->list[m->n_list++] = x;
    k->number_first |= UINT64_C(1) << signs[0];
    k->number_min = k->number_min ? MIN(k->number_min, x.n) : x.n;
    k->number_longest = MAX(k->number_longest, x.n);
    return OK;
}

static err take_phone(struct known_maker *m, const uint8_t *s, size_t n)
{
    enum label l = (enum label)m->value->label;
    err e = OK;
    bool american = (n == 11 && s[0] == 1) || n == 10;
    TRY(add_number(m, s, n, l));
    if (!american) return OK;
    uint8_t with[11] = { 1 };
    const uint8_t *ten = s + (n - 10);
    memcpy(with + 1, ten, 10);
    TRY(add_number(m, ten, 10, l));
    TRY(add_number(m, with, 11, l));
    TRY(add_number(m, ten + 3, 7, l));
out:
    return e;
}

/* Its letters and digits; 0 when it is taken as a phrase: it has other letters, or no digit. */
static size_t signs_of(view v)
{
    size_t signs = 0;
    bool any = false;
    for (size_t i = 0; i < v.n; i++) {
        if ((unsigned char)v.p[i] >= 0x80) return 0;
        signs += known_sign(v.p[i]) >= 0;
        any |= ascii_is_digit(v.p[i]);
    }
    return any ? signs : 0;
}

static bool is_number(const struct known_value *v)
{
    switch ((enum label)v->label) {
    case LABEL_NAME:
    case LABEL_DATE:
    case LABEL_ORGANIZATION:
    case LABEL_EMAIL:
    case LABEL_URL:
    case LABEL_IP: return false;
    case LABEL_LOCATION: return v->part == PART_ZIP;
    default: return true;
    }
}

err known_take_number(struct known_maker *m)
{
    err e = OK;
    enum label l = (enum label)m->value->label;
    uint8_t signs[KNOWN_SIGNS_MAX], digits[KNOWN_SIGNS_MAX];
    size_t all = signs_of(m->text), n = 0, n_digits = 0, zeros = 0;
    if (!all) return known_add_phrase(m, m->text, false);
    if (all > KNOWN_SIGNS_MAX) return ERR_LIMIT;
    for (size_t i = 0; i < m->text.n; i++) {
        int s = known_sign(m->text.p[i]);
        if (s < 0) continue;
        signs[n++] = (uint8_t)s;
        if (s < 10) digits[n_digits++] = (uint8_t)s;
    }
    if (l == LABEL_PHONE || l == LABEL_FAX) return take_phone(m, digits, n_digits);
    if (l == LABEL_LOCATION && n_digits == 9) TRY(add_number(m, digits, 5, l));
    TRY(add_number(m, signs, n, l));
    while (zeros < n && signs[zeros] == 0)
        zeros++;
    if (zeros && n - zeros >= 5) TRY(add_number(m, signs + zeros, n - zeros, l));
    if (n_digits < n && n_digits >= 6) TRY(add_number(m, digits, n_digits, l));
out:
    return e;
}

bool known_needs_digits(const struct known_value *v)
{
    return is_number(v) && signs_of(v->text) > 0;
}

bool known_is_too_long(const struct known_value *v)
{
    return v->text.n > KNOWN_SIGNS_MAX && is_number(v) && signs_of(v->text) > KNOWN_SIGNS_MAX;
}
