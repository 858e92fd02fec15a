/* url.c — web addresses, patient portals among them.
 *
 * With a scheme ("https://"), with "www.", or a bare domain that has a path or follows a word such as
 * "website" or "portal". Domains are looked for at dots that a letter follows, which prose hardly has.
 * Source: 45 CFR 164.514(b)(2)(i)(N). */
#include "detect/detectors.h"
#include "detect/wordset.h"

enum { URL_TLD = 1, URL_CUE = 2, URL_SCHEME_WORD = 4, URL_SHARED = 8 };

static const struct wordset_row rows[] = {
    { "com org net edu gov mil int io info biz co us uk ca au nz ie de fr nl es it ch at be se no "
      "dk fi pl pt in jp cn br mx za health care clinic hospital doctor dental me app dev online "
      "site "
      "ai cloud link page live club news blog shop store team network support zone life space "
      "website video chat tv cc ly gg eu nz sg hk ae ng ke gh pk lk kr tw th ph il tr gr cz hu ro "
      "ru "
      "ua cl pe example",
      URL_TLD },
    { "website websites site web url urls portal visit link webpage homepage page mychart online "
      "log "
      "logged login domain blog address profile",
      URL_CUE },
    { "instagram twitter tiktok snapchat venmo facebook ig insta telegram discord cashapp handle "
      "username threads youtube",
      URL_SHARED },
    { "http https hxxp hxxps ftp ftps sftp ws wss file ldap smb s gs abfs mailto",
      URL_SCHEME_WORD },
};
static struct wordset words = WORDSET(rows);

static bool is_host_char(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '.' || c == '-';
}

static bool is_url_char(char c)
{
    return (unsigned char)c > ' ' && c != '<' && c != '>' && c != '"' && c != '`' && c != '{' &&
           c != '}' && c != '|' && c != '\\' && c != '^' && c != 0x7F;
}

/* End of the address that runs from `from`: to a blank, without the sentence's own marks. */
SELDOM static uint32_t url_end(view text, uint32_t from)
{
    uint32_t i = from;
    int open = 0;
    while (i < text.n && is_url_char(text.p[i])) {
        if (text.p[i] == '(') open++;
        if (text.p[i] == ')' && open-- == 0) break;
        i++;
    }
    while (i > from && strchr(".,;:!?'\"*]", text.p[i - 1]))
        i--;
    return i;
}

static uint32_t word_class(view word)
{
    return word.n ? wordset_find(wordset_ready(&words), token_hash_word(word)) : 0;
}

SELDOM static struct finding url_finding(uint32_t start, uint32_t end, enum rule rule, float score)
{
    return (struct finding){ .start = start,
                             .end = end,
                             .score = score,
                             .rule = (uint16_t)rule,
                             .label = LABEL_URL,
                             .source = SOURCE_RULE };
}

/* Is one of the three words before byte `at` a word for web addresses? */
static bool has_cue(view text, uint32_t at)
{
    uint32_t i = at;
    for (int n = 0; n < 3; n++) {
        while (i && (text.p[i - 1] == ' ' || text.p[i - 1] == ':' || text.p[i - 1] == '('))
            i--;
        uint32_t end = i;
        while (i && ascii_is_alpha(text.p[i - 1]) && end - i < 12)
            i--;
        if (i == end) return false;
        if (word_class(view_sub(text, i, end)) & URL_CUE) return true;
    }
    return false;
}

/* "mychart.kenlowe.org": three parts, the last of which ends no sentence. */
static bool is_deep(view host)
{
    static const view ends[] = { { ".com", 4 }, { ".org", 4 }, { ".net", 4 }, { ".edu", 4 } };
    size_t dots = 0;
    for (size_t i = 0; i + 1 < host.n; i++)
        dots += host.p[i] == '.' && ascii_is_alpha(host.p[i + 1]);
    for (size_t k = 0; dots == 2 && k < COUNT_OF(ends); k++)
        if (view_eq_nocase(view_sub(host, host.n - ends[k].n, host.n), ends[k])) return true;
    return false;
}

/* The host around the dot at `dot`: is it an address? Sets *next past what was looked at. */
static bool judge_host(view text, uint32_t dot, struct finding *f, uint32_t *next)
{
    uint32_t a = dot, b = dot;
    while (a && is_host_char(text.p[a - 1]) && dot - a < 253)
        a--;
    while (b < text.n && is_host_char(text.p[b]) && b - dot < 253)
        b++;
    while (b > dot && !ascii_is_digit(text.p[b - 1]) && !ascii_is_alpha(text.p[b - 1]))
        b--;
    while (a < dot && !ascii_is_digit(text.p[a]) && !ascii_is_alpha(text.p[a]))
        a++;
    *next = b;
    if (a == dot || (a && (text.p[a - 1] == '@' || text.p[a - 1] == '/')) ||
        (b < text.n && text.p[b] == '@'))
        return false;
    /* "site:cdc.gov measles": where a search looks */
    if (a >= 5 && view_eq_nocase(view_sub(text, a - 5, a), VIEW("site:")) &&
        (b == text.n || text.p[b] != '/'))
        return false;
    view host = view_sub(text, a, b);
    uint32_t last = b;
    while (text.p[last - 1] != '.')
        last--;
    if (host.n > 6 && view_eq_nocase(view_sub(host, 0, 4), VIEW("www."))) {
        *f = url_finding(a, url_end(text, a), RULE_URL_SCHEME, 0.98f);
    } else {
        if (!(word_class(view_sub(text, last, b)) & URL_TLD)) return false;
        bool path = b + 1 < text.n && ((text.p[b] == '/' && is_url_char(text.p[b + 1])) ||
                                       (text.p[b] == ':' && ascii_is_digit(text.p[b + 1])));
        if (!path && !has_cue(text, a) && !is_deep(host)) return false;
        *f = url_finding(a, path ? url_end(text, a) : b, RULE_URL_DOMAIN, 0.85f);
    }
    *next = f->end > b ? f->end : b;
    return true;
}

static bool is_share_char(char c)
{
    return is_url_char(c) || c == '\\';
}

/* "\\\\filesrv2\\scans\\0441982.pdf": a file on a machine of the house, by the dot of its ending. */
SELDOM static bool judge_share(view text, uint32_t dot, struct finding *f, uint32_t *next)
{
    enum { PATH_MAX_BYTES = 200 };
    uint32_t a = dot, b = dot + 1;
    while (a && is_share_char(text.p[a - 1]) && dot - a < PATH_MAX_BYTES)
        a--;
    while (a < dot && text.p[a] != '\\')
        a++;
    if (dot - a < 4 || text.p[a + 1] != '\\' || !is_host_char(text.p[a + 2])) return false;
    while (b < text.n && is_share_char(text.p[b]))
        b++;
    while (b > dot && strchr(".,;:!?'\"*])\\", text.p[b - 1]))
        b--;
    if (b <= dot) return false;
    *f = url_finding(a, b, RULE_URL_SCHEME, 0.95f);
    *next = b;
    return true;
}

static err find_domains(const struct doc *d, struct findings *out)
{
    uint32_t at = 0;
    for (uint32_t k = 0; k < d->dots.n; k++) {
        uint32_t dot = d->tok[d->dots.v[k]].start, next = dot + 1;
        if (!dot || dot < at || !ascii_is_alpha(d->text.p[dot + 1])) continue;
        struct finding f;
        const bool share =
            doc_is_mark(d, (int64_t)d->dots.v[k] - 2, '\\') && judge_share(d->text, dot, &f, &next);
        if (share || judge_host(d->text, dot, &f, &next)) {
            err e = findings_add(out, f);
            if (e) return e;
        }
        at = next;
    }
    return OK;
}

/* "Her Instagram is @mossy.lark": the page's name is among the three words before. */
static bool is_shared_on(const struct doc *d, uint32_t at)
{
    for (int64_t i = (int64_t)at - 1; i >= 0 && i + 3 >= at; i--)
        if (wordset_class(wordset_ready(&words), doc_tok(d, i)) & URL_SHARED) return true;
    return false;
}

/* "@lindthorp33", "@ada_mohr": what somebody is called where pictures and calls are shared. */
SELDOM static bool is_handle(const struct doc *d, uint32_t at, uint32_t *last)
{
    enum { LENGTH = 6 };
    const struct token *t = doc_tok(d, (int64_t)at + 1);
    bool told = is_shared_on(d, at);
    if (d->shield[at] || t->kind != TOK_WORD || t->flags & TOK_UPPER || !doc_joined(d, at + 1) ||
        (doc_joined(d, at) && !doc_is_mark(d, (int64_t)at - 1, '(')))
        return false;
    told |= !d->lex[at + 1]->bits && !d->lex[at + 1]->word; /* "@lmarquezz: bed ready?" */
    uint32_t i = at + 1;
    while (doc_joined(d, i + 1) &&
           (d->tok[i + 1].kind != TOK_MARK ||
            (strchr("_-.", (int)(d->tok[i + 1].hash & 0x7F)) && d->tok[i + 1].hash < 0x80 &&
             doc_joined(d, i + 2) && doc_tok(d, (int64_t)i + 2)->kind != TOK_MARK))) {
        i++;
        told |= d->tok[i].kind == TOK_NUMBER || doc_is_mark(d, i, '_');
    }
    *last = i;
    return told && token_end(&d->tok[i]) - d->tok[at].start > LENGTH;
}

/* "data:image/png;base64,iVBO…": a picture within the text, which nobody looks at. The colon is at `at`. */
static bool is_data(view text, const struct token *word, uint32_t at)
{
    enum { TYPE_MAX = 128 };
    static const view mark = VIEW(";base64,");
    if (LIKELY(word->len != 4)) return false;
    view head = view_sub(text, at, MIN(text.n, (size_t)at + TYPE_MAX));
    size_t end = 0;
    if (!view_eq_nocase(view_sub(text, word->start, token_end(word)), VIEW("data"))) return false;
    while (end < head.n && is_url_char(head.p[end]) && head.p[end] != ',')
        end++;
    return end + 1 >= mark.n && end < head.n &&
           view_eq_nocase(view_sub(head, end + 1 - mark.n, end + 1), mark);
}

err url_find(const struct doc *d, struct findings *out)
{
    uint32_t taken = 0; /* "http://a/http://b" is one */
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t i = d->marks.v[k], last;
        if (UNLIKELY(d->tok[i].hash == '@') && is_handle(d, i, &last)) {
            err e = findings_add(
                out, url_finding(d->tok[i].start, token_end(&d->tok[last]), RULE_URL_HANDLE, 0.8f));
            if (e) return e;
            continue;
        }
        if (d->tok[i].hash != ':' || !i || !doc_joined(d, i)) continue;
        const struct token *s = &d->tok[i - 1];
        /* "s3://": a word and a number */
        if (s->kind == TOK_NUMBER && s->hash == 3 && doc_joined(d, (int64_t)i - 1)) s--;
        bool is_remote = doc_is_mark(d, i + 1, '/') && doc_is_mark(d, i + 2, '/') &&
                         wordset_class(wordset_ready(&words), s) & URL_SCHEME_WORD;
        if (s->kind != TOK_WORD || s->start < taken ||
            (!is_remote && !is_data(d->text, s, d->tok[i].start)))
            continue;
        uint32_t end = url_end(d->text, s->start);
        taken = end;
        if (end <= token_end(&d->tok[i + 2])) continue;
        err e = findings_add(out, url_finding(s->start, end, RULE_URL_SCHEME, 0.99f));
        if (e) return e;
    }
    return find_domains(d, out);
}
