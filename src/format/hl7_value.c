#include "format/hl7_value.h"

bool hl7_is_code(view v, bool known)
{
    size_t run = 0;
    if (v.n == 0 || v.n > (known ? 40 : 20)) return false;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        run = ascii_is_digit(c) ? run + 1 : 0;
        if (run >= 6 && !known) return false;
        if (!ascii_is_digit(c) && !ascii_is_alpha(c) && !strchr("-._:+*/%<>=()[]{}?!$#", c))
            return false;
    }
    return true;
}

bool hl7_is_proper(view v)
{
    enum { PROPER_MIN = 4 };
    if (v.n < PROPER_MIN || !ascii_is_alpha(v.p[0]) || ascii_lower(v.p[0]) == v.p[0]) return false;
    for (size_t i = 1; i < v.n; i++)
        if (!ascii_is_alpha(v.p[i]) || ascii_lower(v.p[i]) != v.p[i]) return false;
    return true;
}

/* Digits at v[*at], of which there may be none; how many. */
static size_t digits(view v, size_t *at)
{
    size_t from = *at;
    while (*at < v.n && ascii_is_digit(v.p[*at]))
        ++*at;
    return *at - from;
}

bool hl7_is_number(view v)
{
    size_t i = v.n && strchr("+-", v.p[0]) ? 1 : 0;
    size_t n = digits(v, &i);
    if (i < v.n && v.p[i] == '.') i++, n += digits(v, &i);
    return n > 0 && n <= 12 && i == v.n;
}

bool hl7_is_time(view v)
{
    size_t i = 0, n = 0;
    while (i < v.n && (ascii_is_digit(v.p[i]) || v.p[i] == ':'))
        n += v.p[i++] != ':';
    if (n != 2 && n != 4 && n != 6) return false;
    if (i < v.n && v.p[i] == '.') i++, (void)digits(v, &i);
    if (i < v.n && strchr("+-", v.p[i])) {
        i++;
        if (digits(v, &i) != 4) return false;
    }
    return i == v.n;
}

bool hl7_is_oid(view v)
{
    size_t dots = 0;
    if (v.n < 5 || v.n > 64 || !ascii_is_digit(v.p[0]) || v.p[0] > '2' || v.p[1] != '.')
        return false;
    for (size_t i = 1; i < v.n; i++) {
        if (v.p[i] != '.' && !ascii_is_digit(v.p[i])) return false;
        if (v.p[i] == '.' && v.p[i - 1] == '.') return false;
        dots += v.p[i] == '.';
    }
    return dots >= 2 && v.p[v.n - 1] != '.';
}

bool hl7_is_date(view v)
{
    size_t i = 0, n = digits(v, &i);
    if (n < 4 || n > 14 || n % 2) return false;
    if (i < v.n && v.p[i] == '.') i++, (void)digits(v, &i);
    if (i < v.n && strchr("+-", v.p[i])) {
        i++;
        if (digits(v, &i) != 4) return false;
    }
    return i == v.n;
}

bool hl7_is_base64(view v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        if (c == '\r' || c == '\n') continue;
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '+' && c != '/' && c != '=')
            return false;
        n++;
    }
    return n >= 64;
}
