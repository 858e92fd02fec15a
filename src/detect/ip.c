/* ip.c — internet addresses (IP), and hardware addresses of devices (DEVICE).
 *
 * Source: 45 CFR 164.514(b)(2)(i)(O), (M). */
#include <arpa/inet.h>

#include "detect/detectors.h"

/* "version 2.0.1.4", "v1.2.3.4", "section 3.2.1.1": numbered things. */
static bool is_numbering(const struct doc *d, uint32_t i)
{
    int64_t p = (int64_t)i - 1;
    return doc_is_word(d, p, VIEW("v")) || doc_is_word(d, p, VIEW("version")) ||
           doc_is_word(d, p, VIEW("section")) || doc_is_word(d, p, VIEW("release"));
}

/* Four octets from token i: the last token, or 0. */
static uint32_t octets(const struct doc *d, uint32_t i)
{
    if (doc_joined(d, i) && doc_is_mark(d, (int64_t)i - 1, '.')) return 0;
    for (uint32_t k = 0; k < 4; k++) {
        const struct token *t = doc_tok(d, i + 2 * k);
        if (t->kind != TOK_NUMBER || t->len > 3 || t->hash > 255) return 0;
        if (k && (!doc_is_mark(d, i + 2 * k - 1, '.') || !doc_joined(d, i + 2 * k - 1) ||
                  !doc_joined(d, i + 2 * k)))
            return 0;
    }
    uint32_t last = i + 6;
    bool more = doc_is_mark(d, last + 1, '.') && doc_joined(d, last + 1) &&
                doc_joined(d, last + 2) && doc_tok(d, last + 2)->kind == TOK_NUMBER;
    return more ? 0 : last;
}

/* Six pairs of hexadecimal digits with `sep` between, alone between other characters. With hyphens one
 * must be a letter: "60-50-40-30-20-10" is a dose that is tapered. */
static bool is_mac(view v, char sep)
{
    bool letter = false;
    if (v.n != 17) return false;
    for (size_t i = 0; i < v.n; i++) {
        if (i % 3 == 2 ? v.p[i] != sep : !ascii_is_hex(v.p[i])) return false;
        letter |= i % 3 != 2 && ascii_is_alpha(v.p[i]);
    }
    return letter || sep == ':';
}

static bool is_v6(view v)
{
    char z[INET6_ADDRSTRLEN];
    struct in6_addr a;
    size_t colons = 0, groups = 0;
    if (v.n >= sizeof z) return false;
    for (size_t i = 0; i < v.n; i++) {
        colons += v.p[i] == ':';
        groups += v.p[i] != ':' && (i == 0 || v.p[i - 1] == ':');
    }
    /* "1::2" or "::1" alone may be a list or a ratio: ask for what only addresses have */
    if (colons < 2 || groups < 2 || (colons < 7 && groups < 3 && v.n < 9)) return false;
    memcpy(z, v.p, v.n);
    z[v.n] = '\0';
    return inet_pton(AF_INET6, z, &a) == 1;
}

SELDOM static struct finding span(uint32_t start, uint32_t end, enum label label, enum rule rule)
{
    return (struct finding){ .start = start,
                             .end = end,
                             .score = 0.95f,
                             .rule = (uint16_t)rule,
                             .label = (uint8_t)label,
                             .source = SOURCE_RULE };
}

/* The longest run of hexadecimal digits and `sep` (and '.') around byte `at`. */
static view run_around(view text, uint32_t at, char sep, uint32_t *start)
{
    uint32_t a = at, b = at;
    while (a && (ascii_is_hex(text.p[a - 1]) || text.p[a - 1] == sep || text.p[a - 1] == '.') &&
           at - a < 48)
        a--;
    while (b < text.n && (ascii_is_hex(text.p[b]) || text.p[b] == sep || text.p[b] == '.') &&
           b - at < 48)
        b++;
    while (b > a && text.p[b - 1] == '.')
        b--;
    while (b > a && sep == ':' && text.p[b - 1] == ':' && (b < 2 || text.p[b - 2] != ':'))
        b--;
    bool cut = (a && ascii_is_alpha(text.p[a - 1])) || (b < text.n && ascii_is_alpha(text.p[b]));
    *start = a;
    return cut ? view_of(text.p, 0) : view_sub(text, a, b);
}

/* "IP address 192 168 1 1": where the dots were lost. */
SELDOM static bool is_undotted(const struct doc *d, uint32_t i)
{
    for (uint32_t k = 0; k < 4; k++) {
        const struct token *t = doc_tok(d, i + k);
        if (t->kind != TOK_NUMBER || t->len > 3 || t->hash > 255 || doc_joined(d, i + k))
            return false;
    }
    /* "192 168 4 17": no row of values begins with what all houses begin their own addresses with */
    return (d->tok[i].hash == 192 && d->tok[i + 1].hash == 168) ||
           doc_is_word(d, (int64_t)i - 1, VIEW("ip")) || doc_is_word(d, (int64_t)i - 2, VIEW("ip"));
}

/* "1.2.840.113619.2.55.3.604688119": what an image, a message or a system is called all over the world. Its last token, or 0.
 * Fewer arcs are a version or a section. */
static uint32_t uid_last(const struct doc *d, uint32_t i)
{
    enum { ARCS = 6, BYTES = 18, REACH = 48 };
    uint32_t last = i, arcs = 1;
    if (d->tok[i].hash > 2) return 0;
    while (doc_is_mark(d, last + 1, '.') && doc_joined(d, last + 1) && doc_joined(d, last + 2) &&
           doc_tok(d, (int64_t)last + 2)->kind == TOK_NUMBER && last - i < REACH) {
        last += 2;
        arcs++;
    }
    return arcs >= ARCS && token_end(&d->tok[last]) - d->tok[i].start >= BYTES ? last : 0;
}

/* "10.72.4.19:6097", "172.18.4.96/27": the port or the length of the network's prefix behind the address. */
SELDOM static uint32_t with_port(const struct doc *d, uint32_t last)
{
    enum { PORT_MAX = 65535, PREFIX_MAX = 32 };
    const struct token *n = doc_tok(d, (int64_t)last + 2);
    if (!doc_joined(d, last + 1) || !doc_joined(d, last + 2) || n->kind != TOK_NUMBER) return last;
    const bool port = doc_is_mark(d, last + 1, ':') && n->hash <= PORT_MAX && n->len <= 5;
    const bool prefix = doc_is_mark(d, last + 1, '/') && n->hash <= PREFIX_MAX && n->len <= 2;
    return port || prefix ? last + 2 : last;
}

static err octets_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    for (uint32_t k = 0; k < d->rows.n; k++) {
        uint32_t i = d->rows.v[k], last = 0;
        if (d->tok[i].len > 3) continue;
        if (doc_joined(d, i + 1)) {
            /* no decimal: a second '.' */
            if (!doc_is_mark(d, i + 1, '.') || !doc_is_mark(d, (int64_t)i + 3, '.')) continue;
            const uint32_t uid = d->tok[i].len == 1 ? uid_last(d, i) : 0;
            if (uid)
                TRY(findings_add(
                    out, span(d->tok[i].start, token_end(&d->tok[uid]), LABEL_ID, RULE_ID_CODE)));
            else
                last = is_numbering(d, i) ? 0 : octets(d, i);
        } else if (d->tok[i].len >= 2 && doc_tok(d, i + 1)->kind == TOK_NUMBER &&
                   is_undotted(d, i)) {
            last = i + 3;
        }
        if (!last) continue;
        last = with_port(d, last);
        TRY(findings_add(out,
                         span(d->tok[i].start, token_end(&d->tok[last]), LABEL_IP, RULE_IP_SHAPE)));
    }
out:
    return e;
}

/* The hyphens of an address are three bytes apart: there is another beside the one that touches the digits of token i. */
static bool is_among_hyphens(const struct doc *d, uint32_t i)
{
    enum { STEP = 3 };
    const view text = d->text;
    const uint32_t end = token_end(&d->tok[i]);
    const uint32_t at = end < text.n && text.p[end] == '-' ? end : d->tok[i].start - 1;
    return (at >= STEP && text.p[at - STEP] == '-') ||
           (at + STEP < text.n && text.p[at + STEP] == '-');
}

/* "00-1B-44-11-3A-B7" */
static err hyphened_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t done = 0, start;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        if (LIKELY(~d->beside[k] & (NUMBER_SHORT | BESIDE_DASH | BESIDE_RIGHT))) continue;
        const uint32_t i = d->digits.v[k];
        if (d->tok[i].start < done || !is_among_hyphens(d, i)) continue;
        view v = run_around(d->text, d->tok[i].start, '-', &start);
        if (!is_mac(v, '-')) continue;
        done = start + (uint32_t)v.n;
        TRY(findings_add(out, span(start, done, LABEL_DEVICE, RULE_IP_MAC)));
    }
out:
    return e;
}

/* "f53d.82c0.fbb3", three groups of four of which one has a letter, with the first of its two dots at byte `dot`. */
static bool is_dotted_mac(view text, uint32_t dot)
{
    enum { GROUP = 4, BYTES = 14 };
    bool letter = false;
    if (dot < GROUP || dot + BYTES - GROUP > text.n) return false;
    for (uint32_t k = 0; k < BYTES; k++) {
        const char c = text.p[dot - GROUP + k];
        if (k % (GROUP + 1) == GROUP ? c != '.' : !ascii_is_hex(c)) return false;
        letter |= ascii_is_alpha(c);
    }
    const char before = dot > GROUP ? text.p[dot - GROUP - 1] : ' ';
    const char behind = dot + BYTES - GROUP < text.n ? text.p[dot + BYTES - GROUP] : ' ';
    return letter && !ascii_is_alpha(before) && !ascii_is_digit(before) &&
           !ascii_is_alpha(behind) && !ascii_is_digit(behind);
}

static err dotted_find(const struct doc *d, struct findings *out)
{
    enum { STEP = 5, GROUP = 4 };
    for (uint32_t k = 0; k + 1 < d->dots.n; k++) {
        if (LIKELY(d->dots.v[k + 1] - d->dots.v[k] > STEP)) continue;
        const uint32_t dot = d->tok[d->dots.v[k]].start;
        if (d->tok[d->dots.v[k + 1]].start != dot + STEP || !is_dotted_mac(d->text, dot)) continue;
        const err e =
            findings_add(out, span(dot - GROUP, dot + STEP + STEP, LABEL_DEVICE, RULE_IP_MAC));
        if (e) return e;
    }
    return OK;
}

err ip_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t done = 0, start;
    TRY(octets_find(d, out));
    TRY(hyphened_find(d, out));
    TRY(dotted_find(d, out));
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t at = d->tok[d->marks.v[k]].start;
        if (LIKELY(d->tok[d->marks.v[k]].hash != ':') || at < done || at + 1 >= d->text.n) continue;
        char next = d->text.p[at + 1];
        if (!ascii_is_hex(next) && next != ':') continue;
        view v = run_around(d->text, at, ':', &start);
        bool mac = is_mac(v, ':');
        done = start + (uint32_t)v.n;
        if (mac || is_v6(v))
            TRY(findings_add(out, span(start, done, mac ? LABEL_DEVICE : LABEL_IP,
                                       mac ? RULE_IP_MAC : RULE_IP_SHAPE)));
    }
out:
    return e;
}
