/* EMAIL, URL, IP: addresses of the domains and networks that are kept for documentation
 * (RFC 2606, 5737, 3849), so that nothing sent there reaches anyone. */
#include "redact/canonical.h"
#include "redact/follow.h"
#include "redact/name_pool.h"
#include "redact/rewrite.h"
#include "text/utf8.h"

enum { CONTACT_MAX = 2048 };

/* Where a replacement of about the same length comes together. */
struct draft {
    char *p;
    size_t n, cap;
};

static bool draft_init(struct draft *d, struct rewrite *r)
{
    /* a word of a name is at most 20 bytes, for at least one byte of the value */
    d->cap = 64 + 24 * r->value.n;
    d->n = 0;
    d->p = arena_alloc(r->arena, d->cap);
    return d->p != NULL;
}

static void add(struct draft *d, view v)
{
    BUG_IF(v.n > d->cap - d->n);
    memcpy(d->p + d->n, v.p, v.n);
    d->n += v.n;
}

static void add_char(struct draft *d, char c)
{
    add(d, view_of(&c, 1));
}

/* Letters for letters, digits for digits, the rest as it is; "%C3" stays an escape of plain text. */
static void add_like(struct draft *d, struct keyed_stream *s, view v)
{
    for (size_t pos = 0; pos < v.n;) {
        size_t start = pos;
        uint32_t cp;
        enum glyph g = glyph_next(v, &pos, &cp);
        if (cp == '%' && pos + 2 <= v.n) {
            add_char(d, '%');
            add_char(d, (char)('4' + keyed_below(s, 2)));
            add_char(d, (char)('1' + keyed_below(s, 9)));
            pos += 2;
        } else if (g == GLYPH_LETTER) {
            add_char(d, (char)((glyph_case(cp) > 0 ? 'A' : 'a') + keyed_below(s, 26)));
        } else if (g == GLYPH_DIGIT) {
            add_char(d, (char)('0' + keyed_below(s, 10)));
        } else if (g == GLYPH_BORDER) {
            if (cp < 0x80)
                add_char(d, (char)cp);
            else
                add(d, view_sub(v, start, pos));
        }
    }
}

static view example_domain(struct keyed_domain *keys, view host)
{
    static const view domains[] = { VIEW("example.org"), VIEW("example.com"), VIEW("example.net") };
    uint64_t h = keyed_hash(keys, KEYED_CONTACT, LABEL_URL, host);
    size_t i = h % COUNT_OF(domains);
    return view_eq(host, domains[i]) ? domains[(i + 1) % COUNT_OF(domains)] : domains[i];
}

static void add_name(struct draft *d, struct keyed_domain *keys, view key, bool family)
{
    if (key.n == 1)
        add_char(d, name_pool_initial(keys, key.p[0]));
    else
        add(d, name_pool_word(keys, key, family));
}

/* "jsmith", "smithj", "annasmith": the split whose parts are known names, or 0. */
static size_t name_split_at(view key)
{
    if (key.n >= 5 && name_pool_knows(view_sub(key, 1, key.n))) return 1;
    for (size_t i = 3; i + 3 <= key.n; i++)
        if (name_pool_knows(view_sub(key, 0, i)) && name_pool_knows(view_sub(key, i, key.n)))
            return i;
    if (key.n >= 5 && name_pool_knows(view_sub(key, 0, key.n - 1))) return key.n - 1;
    return 0;
}

enum { LOCAL_WORD_MAX = 64 };

/* The next run of letters at or after *at, which moves behind it; its letters in lower case into `room`, as far as they
 * fit. Empty when there is none. */
static view next_word(view v, size_t *at, char room[LOCAL_WORD_MAX], view *key)
{
    size_t from = *at;
    while (from < v.n && !ascii_is_alpha(v.p[from]))
        from++;
    size_t end = from;
    for (; end < v.n && ascii_is_alpha(v.p[end]); end++)
        if (end - from < LOCAL_WORD_MAX) room[end - from] = ascii_lower(v.p[end]);
    *key = view_of(room, MIN(end - from, (size_t)LOCAL_WORD_MAX));
    *at = end;
    return view_sub(v, from, end);
}

/* Whose the letters of "j.smith" are. */
static void ask_letters(const struct persons *p, view local, struct person_answer *out)
{
    char room[PERSON_WORDS_MAX][LOCAL_WORD_MAX];
    struct person_words asked = { 0 };
    view key;
    for (size_t at = 0; asked.n < PERSON_WORDS_MAX && next_word(local, &at, room[asked.n], &key).n;)
        asked.w[asked.n++].key = key;
    follow_letters(p, &asked, out);
}

struct local_count {
    size_t letters, words;
};
static struct local_count count_local(view local)
{
    struct local_count c = { 0 };
    bool in_word = false;
    for (size_t i = 0; i < local.n; i++) {
        bool is_letter = ascii_is_alpha(local.p[i]);
        c.letters += is_letter;
        c.words += is_letter && !in_word;
        in_word = is_letter;
    }
    return c;
}

/* A word of the local part that the persons of the text explain: one of their names, or a name in one word. */
static bool add_followed(struct draft *d, struct keyed_domain *keys, const struct persons *p,
                         view key)
{
    char out[FOLLOW_LOGIN_ROOM];
    size_t n;
    struct person_uses uses = persons_word(p, key);
    if (uses.given != uses.family)
        add(d, name_pool_word(keys, key, uses.family));
    else if (!uses.given && follow_login(keys, p, key, false, out, &n))
        add(d, view_of(out, n));
    else
        return false;
    return true;
}

/* The local part follows the person: words that are names get the names' surrogates. */
static void add_local(struct draft *d, struct keyed_domain *keys, struct keyed_stream *s,
                      const struct persons *p, view local, size_t words)
{
    struct person_answer answer = { 0 };
    size_t word = 0;
    if (p && words > 1 && words <= PERSON_WORDS_MAX) ask_letters(p, local, &answer);
    for (size_t i = 0; i < local.n;) {
        char room[LOCAL_WORD_MAX];
        view k;
        size_t end = i;
        view run = next_word(local, &end, room, &k);
        if (end - run.n > i) add_like(d, s, view_sub(local, i, end - run.n));
        i = end;
        if (!run.n) break;
        const struct person_word *of = word < PERSON_WORDS_MAX ? answer.of[word] : NULL;
        word++;
        size_t cut = name_pool_knows(k) || k.n == 1 ? 0 : name_split_at(k);
        if (run.n > k.n)
            add_like(d, s, run);
        else if (k.n == 1 && words > 1)
            add_char(d, follow_letter(keys, of, k.p[0]));
        else if (p && k.n > 1 && add_followed(d, keys, p, k))
            continue;
        else if (cut) {
            add_name(d, keys, view_sub(k, 0, cut), cut + 1 == k.n);
            add_name(d, keys, view_sub(k, cut, k.n), cut + 1 != k.n);
        } else if (name_pool_knows(k) || words > 1)
            add_name(d, keys, k, word == words);
        else
            add_like(d, s, run);
    }
}

err surrogate_email(struct rewrite *r, bool *done)
{
    struct draft d;
    struct keyed_stream s;
    char room[CANON_ROOM];
    view host, key, v = r->value;
    const struct persons *persons = NULL;
    size_t at = v.n, from = 0;
    err e = OK;
    *done = false;
    if (v.n > CONTACT_MAX) return OK;
    for (size_t i = v.n; i-- > 0 && at == v.n;)
        if (v.p[i] == '@') at = i;
    if (v.n > 7 && view_eq_nocase(view_sub(v, 0, 7), VIEW("mailto:"))) from = 7;
    if (at == v.n || at <= from) return OK;
    const view local = view_sub(v, from, at);
    const struct local_count count = count_local(local);
    if (count.letters > 1) TRY(follow_persons(r, &persons));
    if (!draft_init(&d, r)) return ERR_MEMORY;
    TRY(canonical(view_sub(v, at + 1, v.n), CANON_TEXT, r->arena, room, &host));
    view domain = example_domain(r->keys, host);
    TRY(canonical(v, CANON_TEXT, r->arena, room, &key));
    keyed_stream_init(&s, r->keys, KEYED_CONTACT, LABEL_EMAIL, key);
    add_local(&d, r->keys, &s, persons, local, count.words);
    mem_wipe(&s, sizeof s);
    add_char(&d, '@');
    add(&d, domain);
    *done = true;
    TRY(rewrite_put(r, from, v.n, view_of(d.p, d.n)));
out:
    return e;
}

/* The host ends at the first of / ? # after the scheme. */
static size_t host_end(view v, size_t from)
{
    while (from < v.n && v.p[from] != '/' && v.p[from] != '?' && v.p[from] != '#')
        from++;
    return from;
}

err surrogate_url(struct rewrite *r, bool *done)
{
    struct draft d;
    struct keyed_stream s;
    char room[CANON_ROOM];
    view key, v = r->value;
    size_t from = 0;
    err e = OK;
    *done = false;
    if (v.n == 0 || v.n > CONTACT_MAX) return OK;
    const char *scheme = memmem(v.p, v.n, "://", 3);
    if (scheme && scheme - v.p <= 8) from = (size_t)(scheme - v.p) + 3;
    if (!draft_init(&d, r)) return ERR_MEMORY;
    size_t end = host_end(v, from);
    if (end - from > 4 && view_eq_nocase(view_sub(v, from, from + 4), VIEW("www."))) from += 4;
    TRY(canonical(view_sub(v, from, end), CANON_TEXT, r->arena, room, &key));
    add(&d, example_domain(r->keys, key));
    TRY(canonical(v, CANON_TEXT, r->arena, room, &key));
    keyed_stream_init(&s, r->keys, KEYED_CONTACT, LABEL_URL, key);
    add_like(&d, &s, view_sub(v, end, v.n));
    mem_wipe(&s, sizeof s);
    *done = true;
    TRY(rewrite_put(r, from, v.n, view_of(d.p, d.n)));
out:
    return e;
}

static void add_decimal(struct draft *d, unsigned n)
{
    if (n >= 100) add_char(d, (char)('0' + n / 100));
    if (n >= 10) add_char(d, (char)('0' + n / 10 % 10));
    add_char(d, (char)('0' + n % 10));
}

/* The end of a dotted quad at the start of v, or 0. */
static size_t quad_end(view v)
{
    size_t i = 0;
    for (int part = 0; part < 4; part++) {
        size_t digits = 0;
        unsigned n = 0;
        if (part && (i >= v.n || v.p[i++] != '.')) return 0;
        for (; i < v.n && ascii_is_digit(v.p[i]) && digits < 4; i++, digits++)
            n = n * 10 + (unsigned)(v.p[i] - '0');
        if (digits == 0 || n > 255) return 0;
    }
    return i;
}

/* Six pairs or three fours of hexadecimal digits and their separators: a hardware address. */
static bool is_mac(view v)
{
    size_t digits = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (ascii_is_hex(v.p[i]))
            digits++;
        else if ((v.p[i] != ':' && v.p[i] != '-' && v.p[i] != '.') || digits % 2)
            return false;
    }
    return digits == 12 && (v.n == 17 || v.n == 14);
}

static void add_hex(struct draft *d, unsigned n, bool upper)
{
    add_char(d, (upper ? "0123456789ABCDEF" : "0123456789abcdef")[n & 15]);
}

err surrogate_ip(struct rewrite *r, bool *done)
{
    static const char *const networks[] = { "192.0.2.", "198.51.100.", "203.0.113." };
    struct draft d;
    struct keyed_stream s;
    char room[CANON_ROOM];
    view key, v = r->value;
    size_t end = v.n, colons = 0;
    bool upper = false;
    err e = OK;
    *done = false;
    if (v.n == 0 || v.n > 255) return OK;
    for (size_t i = 0; i < v.n; i++) {
        colons += v.p[i] == ':';
        upper |= v.p[i] >= 'A' && v.p[i] <= 'F';
    }
    if (!draft_init(&d, r)) return ERR_MEMORY;
    size_t quad = quad_end(v);
    TRY(canonical(view_sub(v, 0, quad ? quad : v.n), CANON_TEXT, r->arena, room, &key));
    keyed_stream_init(&s, r->keys, KEYED_CONTACT, LABEL_IP, key);
    if (quad) {
        end = quad; /* a port or a prefix length stays */
        add(&d, view_of_str(networks[keyed_below(&s, 3)]));
        add_decimal(&d, 1 + keyed_below(&s, 254));
        if (view_eq(view_of(d.p, d.n), view_sub(v, 0, quad))) {
            d.n = 0;
            add(&d, VIEW("192.0.2.255")); /* the one host number that is never drawn */
        }
    } else if (is_mac(v)) {
        for (size_t i = 0; i < v.n; i++) {
            if (!ascii_is_hex(v.p[i]))
                add_char(&d, v.p[i]);
            else /* second digit 2, 6, A or E: locally administered, of one station */
                add_hex(&d, i == 1 ? 2 + 4 * keyed_below(&s, 4) : keyed_below(&s, 16), upper);
        }
    } else if (colons >= 2) {
        add(&d, upper ? VIEW("2001:DB8:") : VIEW("2001:db8:"));
        for (int i = 0; i < 8; i++) {
            add_hex(&d, i % 4 ? keyed_below(&s, 16) : 1 + keyed_below(&s, 15), upper);
            if (i == 3) add_char(&d, ':');
        }
        add(&d, VIEW("::"));
        add_hex(&d, 1 + keyed_below(&s, 15), upper);
        const char *slash = memchr(v.p, '/', v.n);
        if (slash) end = (size_t)(slash - v.p);
    } else {
        goto out;
    }
    *done = true;
    TRY(rewrite_put(r, 0, end, view_of(d.p, d.n)));
out:
    mem_wipe(&s, sizeof s);
    return e;
}
