/* PHONE, FAX, SSN: numbers whose ranges say that nobody has them.
 *
 * North America: another area code, exchange 555, line 0100–0199, which the numbering plan keeps for
 * fiction. Elsewhere: the country stays, the national number begins with 000, as none does. Social
 * security numbers with area 000 or 666 were never given out. The pools are small (a few ten thousand
 * telephone numbers), so two values may share a surrogate: such domains are restored by vault alone. */
#include "redact/canonical.h"
#include "redact/rewrite.h"

enum { DIGITS_MAX = 40 };

struct digits {
    size_t n;
    uint8_t at[DIGITS_MAX]; /* places in the value */
    char was[DIGITS_MAX], now[DIGITS_MAX];
    size_t extension;   /* index of the extension's first digit, or n */
    bool international; /* '+' before the first digit */
};

/* A word of four capitals or more inside a number is dialled: "1-800-FLOWERS". Its end, or `at`. */
static size_t dialled_end(view v, size_t at, size_t digits_before)
{
    size_t end = at;
    while (end < v.n && v.p[end] >= 'A' && v.p[end] <= 'Z')
        end++;
    return digits_before >= 3 && digits_before + (end - at) <= 11 && end - at >= 4 ? end : at;
}

/* ASCII digits of the value, and letters that stand for digits. False when there are none, too many, or
 * digits of another script. */
static bool collect(view v, struct digits *d)
{
    size_t dialled = 0; /* letters before this place stand for digits */
    *d = (struct digits){ .extension = DIGITS_MAX };
    if (v.n > 255) return false;
    for (size_t pos = 0; pos < v.n;) {
        size_t start = pos;
        uint32_t cp;
        enum glyph g = glyph_next(v, &pos, &cp);
        if (g == GLYPH_DIGIT && cp >= 0x80) return false;
        if (cp == '+' && d->n == 0) d->international = true;
        if (g == GLYPH_LETTER && start >= dialled) dialled = dialled_end(v, start, d->n);
        bool is_digit = g == GLYPH_DIGIT || (g == GLYPH_LETTER && start < dialled);
        if (g == GLYPH_LETTER && !is_digit && d->n) d->extension = MIN(d->extension, d->n);
        if (!is_digit) continue;
        if (d->n == DIGITS_MAX) return false;
        d->at[d->n] = (uint8_t)start;
        d->was[d->n++] = g == GLYPH_DIGIT ? (char)cp : '0';
    }
    d->extension = MIN(d->extension, d->n);
    return d->n > 0;
}

static err put_digits(struct rewrite *r, struct digits *d)
{
    char out[256];
    memcpy(out, r->value.p, r->value.n);
    for (size_t i = 0; i < d->n; i++)
        out[d->at[i]] = d->now[i];
    err e = rewrite_put(r, 0, r->value.n, view_of(out, r->value.n));
    mem_wipe(d, sizeof *d);
    return e;
}

static void random_digits(struct keyed_stream *s, struct digits *d, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        d->now[i] = (char)('0' + keyed_below(s, 10));
}

/* Not the digits that were there. */
static void make_differ(struct digits *d, size_t from, size_t to)
{
    if (from < to && memcmp(d->now + from, d->was + from, to - from) == 0)
        d->now[to - 1] = d->now[to - 1] == '9' ? '0' : d->now[to - 1] + 1;
}

/* An area code of the plan's form that is not the one there was: no N11, N9X, 555 or 8XX of a service. */
static void area_code(struct keyed_stream *s, struct digits *d, size_t at)
{
    do {
        d->now[at] = (char)('2' + keyed_below(s, 8));
        d->now[at + 1] = (char)('0' + keyed_below(s, 9));
        d->now[at + 2] = (char)('0' + keyed_below(s, 10));
    } while (memcmp(d->now + at, d->was + at, 3) == 0 ||
             (d->now[at + 1] == '1' && d->now[at + 2] == '1') || d->now[at + 1] == d->now[at + 2] ||
             memcmp(d->now + at, "900", 3) == 0);
}

static void fiction_line(struct keyed_stream *s, struct digits *d, size_t at)
{
    memcpy(d->now + at, "55501", 5);
    random_digits(s, d, at + 5, at + 7);
    make_differ(d, at, at + 7);
}

/* Digits of the country code at the start of a number with "+" (ITU-T E.164). */
static size_t country_digits(const char *p, size_t n)
{
    /* second digits after which a code of two digits ends; all others have three */
    static const char *const rows[10] = { "",         "",        "07", "0123469", "013456789",
                                          "12345678", "0123456", "",   "12469",   "0123458" };
    if (n < 3) return 0;
    if (p[0] == '1' || p[0] == '7') return 1;
    return strchr(rows[p[0] - '0'], p[1]) && p[1] ? 2 : 3;
}

/* Digits [from, to): a national number that no country gives out. */
static void nowhere(struct keyed_stream *s, struct digits *d, size_t from, size_t to)
{
    random_digits(s, d, from, to);
    for (size_t i = from; i < MIN(from + 3, to); i++)
        d->now[i] = '0';
    if (to - from <= 3) random_digits(s, d, from + 1 < to ? from + 1 : from, to);
    make_differ(d, from, to);
}

static void start_stream(struct keyed_stream *s, struct keyed_domain *keys, uint8_t kind,
                         const struct digits *d, size_t from, size_t to)
{
    keyed_stream_init(s, keys, KEYED_NUMBER, kind, view_of(d->was + from, to - from));
}

/* Where the country's digits begin after "011" or "00", the prefixes of calls abroad. */
static size_t abroad(struct digits *d, size_t n)
{
    size_t at = 0;
    if (d->international || n <= 11) return 0;
    if (memcmp(d->was, "011", 3) == 0)
        at = 3;
    else if (memcmp(d->was, "00", 2) == 0)
        at = 2;
    d->international = at > 0;
    return at;
}

static void dial(struct keyed_domain *keys, struct digits *d)
{
    struct keyed_stream s;
    size_t n = d->extension, at = abroad(d, n); /* n: digits without the extension */
    memcpy(d->now, d->was, d->n);
    /* ten or eleven digits and more without a word between: the rest is an extension */
    if (!d->international && n > 11) n = d->extension = d->was[0] == '1' ? 11 : 10;
    bool north_america = (n - at == 11 && d->was[at] == '1') || (n - at == 10 && !d->international);
    if (north_america) {
        at += n - at - 10; /* "1-617-…" and "(617) …" are one number */
        start_stream(&s, keys, LABEL_PHONE, d, at, n);
        area_code(&s, d, at);
        fiction_line(&s, d, at + 3);
    } else if (d->international) {
        start_stream(&s, keys, LABEL_PHONE, d, at, n);
        nowhere(&s, d, at + country_digits(d->was + at, n - at), n);
    } else {
        start_stream(&s, keys, LABEL_PHONE, d, 0, n);
        if (n == 7) {
            fiction_line(&s, d, 0);
        } else if (n > 7) {
            memcpy(d->now, "55501", 5);
            random_digits(&s, d, 5, n);
            make_differ(d, 0, n);
        } else { /* an extension or a pager alone; 0 calls the operator, so no line begins with it */
            nowhere(&s, d, 0, n);
        }
    }
    if (d->extension < d->n) {
        start_stream(&s, keys, LABEL_PHONE, d, 0, d->n);
        random_digits(&s, d, d->extension, d->n);
        make_differ(d, d->extension, d->n);
    }
    mem_wipe(&s, sizeof s);
}

/* Nine digits: 000 or 666, a group 01–99, a serial 0001–9999. Fewer (the last four): other digits. */
static void social(struct keyed_domain *keys, struct digits *d)
{
    struct keyed_stream s;
    start_stream(&s, keys, LABEL_SSN, d, 0, d->n);
    if (d->n != 9) {
        random_digits(&s, d, 0, d->n);
        make_differ(d, 0, d->n);
        goto out;
    }
    memcpy(d->now, keyed_below(&s, 2) ? "666" : "000", 3);
    uint32_t group = 1 + keyed_below(&s, 99), serial = 1 + keyed_below(&s, 9999);
    d->now[3] = (char)('0' + group / 10);
    d->now[4] = (char)('0' + group % 10);
    for (int i = 8; i > 4; i--, serial /= 10)
        d->now[i] = (char)('0' + serial % 10);
    if (memcmp(d->now, d->was, 9) == 0) memcpy(d->now, d->was[0] == '0' ? "666" : "000", 3);
out:
    mem_wipe(&s, sizeof s);
}

static err by_digits(struct rewrite *r, bool *done,
                     void change(struct keyed_domain *keys, struct digits *d))
{
    struct digits d;
    *done = collect(r->value, &d);
    if (!*done) return OK;
    change(r->keys, &d);
    return put_digits(r, &d);
}

err surrogate_phone(struct rewrite *r, bool *done)
{
    return by_digits(r, done, dial); /* a fax line and a telephone line are one number */
}

err surrogate_phone_part(struct rewrite *r, view number, uint32_t at, bool *done)
{
    struct digits part, whole;
    bool fits = collect(r->value, &part) && collect(number, &whole) && at < whole.n &&
                part.n <= whole.n - at && !memcmp(whole.was + at, part.was, part.n);
    if (!fits) return surrogate_phone(r, done);
    dial(r->keys, &whole);
    memcpy(part.now, whole.now + at, part.n);
    mem_wipe(&whole, sizeof whole);
    *done = true;
    return put_digits(r, &part);
}

err surrogate_ssn(struct rewrite *r, bool *done)
{
    return by_digits(r, done, social);
}
