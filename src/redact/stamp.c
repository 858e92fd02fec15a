#include "redact/stamp.h"

#include "text/civil.h"

enum { MIDDLE = 15 };

static bool take_digits(view v, size_t at, size_t n, int *out)
{
    if (v.n - MIN(at, v.n) < n) return false;
    int value = 0;
    for (size_t i = at; i < at + n; i++) {
        if (!ascii_is_digit(v.p[i])) return false;
        value = value * 10 + (v.p[i] - '0');
    }
    *out = value;
    return true;
}

/* "+0200", "-05:00", "Z" from `at` to the end. */
static bool is_zone(view v, size_t at)
{
    int n;
    size_t left = v.n - at;
    if (left == 1 && (v.p[at] == 'Z' || v.p[at] == 'z')) return true;
    if (left < 5 || (v.p[at] != '+' && v.p[at] != '-') || !take_digits(v, at + 1, 2, &n))
        return false;
    if (left == 6) return v.p[at + 3] == ':' && take_digits(v, at + 4, 2, &n);
    return left == 5 && take_digits(v, at + 3, 2, &n);
}

/* "hh[:mm[:ss[.fff]]]" with or without its colons, then a zone or nothing. */
static bool read_time(view v, size_t at, struct stamp *s)
{
    int n;
    for (unsigned part = 0; part < 3; part++) {
        if (part && at < v.n && v.p[at] == ':') at++;
        if (!take_digits(v, at, 2, &n)) {
            if (!part || v.p[at - 1] == ':') return false;
            break;
        }
        if (n > (part ? 60 : 24)) return false;
        at += 2;
    }
    if (at < v.n && (v.p[at] == '.' || v.p[at] == ',')) {
        size_t from = ++at;
        while (at < v.n && ascii_is_digit(v.p[at]))
            at++;
        if (at == from) return false;
    }
    s->has_time = true;
    if (at == v.n) return true;
    s->has_zone = is_zone(v, at);
    return s->has_zone;
}

static bool is_in_calendar(const struct stamp *s)
{
    if (s->year < 1 || s->month > 12) return false;
    return !s->day || civil_is_date(s->year, s->month, s->day);
}

static bool read_dashed(view v, struct stamp *s)
{
    size_t at = 4;
    s->date_end = 4;
    if (!take_digits(v, 0, 4, &s->year)) return false;
    if (v.n == 4) return is_in_calendar(s);
    for (unsigned part = 0; part < 2 && at < v.n && v.p[at] == '-'; part++) {
        int *into = part ? &s->day : &s->month;
        if (!take_digits(v, at + 1, 2, into) || *into == 0) return false;
        at += 3;
        s->date_end = (uint8_t)at;
    }
    if (at == v.n) return is_in_calendar(s);
    if (!s->day || (v.p[at] != 'T' && v.p[at] != 't' && v.p[at] != ' ')) return false;
    return read_time(v, at + 1, s) && is_in_calendar(s);
}

static bool read_compact(view v, struct stamp *s)
{
    size_t digits = 0;
    while (digits < v.n && ascii_is_digit(v.p[digits]))
        digits++;
    s->is_compact = true;
    if (digits < 6 || digits % 2 || digits > 14) return false;
    if (!take_digits(v, 0, 4, &s->year) || !take_digits(v, 4, 2, &s->month) || !s->month)
        return false;
    if (digits >= 8 && (!take_digits(v, 6, 2, &s->day) || !s->day)) return false;
    if ((s->year < 1800 || s->year > 2199) && s->year != 9999) return false;
    s->date_end = digits == 6 ? 6 : 8;
    if (!is_in_calendar(s)) return false;
    if (v.n == s->date_end) return true;
    if (digits == 6) return false;
    size_t at = 8;
    if (digits == 8) {
        s->has_zone = is_zone(v, at);
        if (s->has_zone) return true;
        if (v.p[at] != 'T' && v.p[at] != ' ') return false;
        at++;
    }
    return read_time(v, at, s);
}

bool stamp_read(view v, struct stamp *out)
{
    struct stamp dashed = { 0 }, compact = { 0 };
    struct stamp *s = &dashed;
    if (v.n < 4 || v.n > STAMP_MAX) return false;
    if (!read_dashed(v, s)) {
        s = &compact;
        if (!read_compact(v, s)) return false;
    }
    memcpy(s->text, v.p, v.n);
    s->n = (uint8_t)v.n;
    *out = *s;
    return true;
}

static void put_digits(char *to, int value, unsigned digits)
{
    while (digits-- > 0) {
        to[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

bool stamp_move(struct stamp *s, int days)
{
    int y, m, d;
    if (!s->month) return true;
    civil_from_days(civil_days(s->year, s->month, s->day ? s->day : MIDDLE) + days, &y, &m, &d);
    if (y < 1 || y > 9999) return false;
    s->year = y;
    s->month = m;
    put_digits(s->text, y, 4);
    put_digits(s->text + (s->is_compact ? 4 : 5), m, 2);
    if (!s->day) return true;
    s->day = d;
    put_digits(s->text + (s->is_compact ? 6 : 8), d, 2);
    return true;
}
