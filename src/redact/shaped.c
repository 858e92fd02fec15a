#include "redact/shaped.h"

#include "base/buf.h"
#include "redact/forms.h"
#include "redact/number_form.h"
#include "redact/rewrite.h"
#include "redact/stamp.h"
#include "redact/tag.h"
#include "text/uuid.h"

enum { TOKEN_MAX = 64, URL_MAX = 2048 };
#define NIL_UUID "00000000-0000-0000-0000-000000000000"

/* ---- forms ---- */

static bool is_token(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_alpha(v.p[i]) && !ascii_is_digit(v.p[i]) && v.p[i] != '-' && v.p[i] != '.')
            return false;
    return v.n > 0 && v.n <= TOKEN_MAX;
}

static bool is_lower_uuid(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] >= 'A' && v.p[i] <= 'Z') return false;
    return view_is_uuid(v);
}

/* A scheme, a colon, and nothing that a URI can't hold (RFC 3986). */
static bool is_url(view v)
{
    size_t i = 0;
    while (i < v.n && (ascii_is_alpha(v.p[i]) || (i && (ascii_is_digit(v.p[i]) || v.p[i] == '+' ||
                                                        v.p[i] == '-' || v.p[i] == '.'))))
        i++;
    if (i == 0 || i + 1 >= v.n || v.p[i] != ':') return false;
    for (; i < v.n; i++)
        if (v.p[i] <= ' ' || (unsigned char)v.p[i] >= 0x7F || memchr("\"<>\\^`{|}", v.p[i], 9))
            return false;
    return true;
}

static bool is_email(view v)
{
    size_t at = view_find_byte(v, 0, '@');
    if (at == 0 || at + 1 >= v.n || view_find_byte(v, at + 1, '@') < v.n) return false;
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] <= ' ' || v.p[i] == 0x7F || memchr("\"<>()[],;:\\", v.p[i], 11)) return false;
    return true;
}

bool form_holds(enum value_shape shape, view v)
{
    struct stamp s;
    switch (shape) {
    case FORM_ANY: return true;
    case FORM_TOKEN: return is_token(v);
    case FORM_UUID: return is_lower_uuid(v);
    case FORM_OID: return looks_like_oid(v);
    case FORM_DATE: return stamp_read(v, &s) && !s.is_compact;
    case FORM_INSTANT: return stamp_read(v, &s) && !s.is_compact && s.has_time && s.has_zone;
    case FORM_DIGITS: return view_is_digits(v) || (stamp_read(v, &s) && s.is_compact);
    case FORM_URL: return is_url(v);
    case FORM_EMAIL: return is_email(v);
    case FORM_COUNT: break;
    }
    return false;
}

/* ---- one value ---- */

struct work {
    const struct redact_params *p;
    const struct redact_domains *dom;
    const struct shaped *how;
    struct rewrite r;
    enum action action;
    enum finding_subject subject;
};

static err put_whole(struct work *w, view with)
{
    return rewrite_put(&w->r, 0, w->r.value.n, with);
}

static err put_placeholder(struct work *w)
{
    char zeros[FORM_ROOM];
    size_t n = MIN(w->r.value.n, (size_t)18);
    switch (w->how->shape) {
    case FORM_TOKEN: return put_whole(w, VIEW("masked"));
    case FORM_UUID: return put_whole(w, VIEW(NIL_UUID));
    case FORM_OID: return put_whole(w, VIEW("2.25.0"));
    case FORM_DATE: return put_whole(w, VIEW("1900"));
    case FORM_INSTANT: return put_whole(w, VIEW("1900-01-01T00:00:00Z"));
    case FORM_DIGITS:
        if (w->r.label == LABEL_DATE || w->r.label == LABEL_AGE) return put_whole(w, VIEW(""));
        memset(zeros, '0', n);
        return put_whole(w, view_of(zeros, n));
    case FORM_URL: return put_whole(w, VIEW("https://example.org/"));
    case FORM_EMAIL: return put_whole(w, VIEW("redacted@example.org"));
    case FORM_ANY:
    case FORM_COUNT: break;
    }
    return put_whole(w, tag_mask(w->r.label));
}

static err put_year(struct work *w, int year)
{
    char out[] = "yyyy-01-01T00:00:00Z";
    for (int i = 4; i-- > 0; year /= 10)
        out[i] = (char)('0' + year % 10);
    w->r.may_stay = true;
    return put_whole(w, view_of(out, w->how->shape == FORM_INSTANT ? sizeof out - 1 : 4));
}

static err replace_date(struct work *w, struct stamp *s, bool *done)
{
    err e = OK;
    bool moves = w->action == ACTION_SHIFT || w->action == ACTION_SURROGATE;
    if (w->action == ACTION_YEAR) {
        int oldest = w->p->oldest_birth_year;
        bool is_old = s->year < oldest;
        *done = !is_old || w->how->shape != FORM_ANY;
        if (*done) TRY(put_year(w, is_old ? oldest - 1 : s->year));
    } else if (moves && stamp_move(s, redact_shift_days(w->p, w->dom, w->subject))) {
        *done = true;
        w->r.may_stay = !s->month; /* a year alone moves nowhere */
        TRY(put_whole(w, stamp_view(s)));
    }
out:
    return e;
}

static err replace_digits(struct work *w, bool *done)
{
    err e = OK;
    char area[5], years[24];
    if (w->r.label == LABEL_AGE) {
        int n = snprintf(years, sizeof years, "%" PRIu64, UINT64_C(90) * MAX(w->how->in_year, 1U));
        w->r.may_stay = *done = true;
        return put_whole(w, view_of(years, (size_t)n));
    }
    if (w->action == ACTION_ZIP3 && w->r.value.n >= 5) {
        unsigned of = 0;
        for (size_t i = 0; i < 3; i++)
            of = of * 10 + (unsigned)(w->r.value.p[i] - '0');
        memset(area, '0', sizeof area);
        if (zip3_may_stay(of)) memcpy(area, w->r.value.p, 3);
        w->r.may_stay = *done = true;
        return put_whole(w, view_of(area, sizeof area));
    }
    if (w->action == ACTION_ZIP3) return OK;
    if (w->r.label == LABEL_PHONE || w->r.label == LABEL_FAX)
        TRY(surrogate_phone(&w->r, done));
    else
        TRY(number_form_put(&w->r, 0, w->r.value.n,
                            w->how->is_number ? NUMBER_NO_LEADING_ZERO : NUMBER_ANY, done));
out:
    return e;
}

/* "urn:uuid:…" and "urn:oid:…" keep their kind, all else is a page of example.org. */
static view keyed_url(struct work *w, char out[FORM_ROOM + 32])
{
    static const view heads[] = { VIEW("urn:uuid:"), VIEW("urn:oid:") };
    static const enum value_shape shapes[] = { FORM_UUID, FORM_OID };
    char room[FORM_ROOM];
    view head = VIEW("https://example.org/"), v = w->r.value;
    enum value_shape shape = FORM_TOKEN;
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        if (v.n <= heads[i].n || !view_eq_nocase(view_sub(v, 0, heads[i].n), heads[i])) continue;
        head = heads[i];
        shape = shapes[i];
        v = view_sub(v, head.n, v.n);
    }
    view tail = form_keyed(w->r.keys, v, shape, room);
    memcpy(out, head.p, head.n);
    memcpy(out + head.n, tail.p, tail.n);
    return view_of(out, head.n + tail.n);
}

static err replace_url(struct work *w, bool *done)
{
    char out[FORM_ROOM + 32];
    bool is_web = w->r.value.n > 7 && memmem(w->r.value.p, MIN(w->r.value.n, (size_t)12), "://", 3);
    if (w->r.label == LABEL_URL && !w->how->links && is_web) return surrogate_url(&w->r, done);
    *done = true;
    return put_whole(w, keyed_url(w, out));
}

static bool is_phone_part(const struct work *w)
{
    return w->how->number.n && w->action == ACTION_SURROGATE &&
           (w->r.label == LABEL_PHONE || w->r.label == LABEL_FAX);
}

static err replace(struct work *w, bool *done)
{
    char room[FORM_ROOM];
    struct stamp s;
    if (w->action == ACTION_MASK && !w->how->links) return OK;
    if (is_phone_part(w))
        return surrogate_phone_part(&w->r, w->how->number, w->how->number_at, done);
    if (w->r.label == LABEL_DATE) {
        return stamp_read(w->r.value, &s) ? replace_date(w, &s, done) : OK;
    }
    if (w->how->shape == FORM_URL) return replace_url(w, done);
    if (w->how->shape == FORM_EMAIL) return surrogate_email(&w->r, done);
    if (w->how->shape == FORM_DIGITS && !w->how->links) return replace_digits(w, done);
    if (w->how->shape == FORM_DATE || w->how->shape == FORM_INSTANT) return OK;
    *done = true;
    return put_whole(w, form_keyed(w->r.keys, w->r.value, w->how->shape, room));
}

/* Is what came out of the form? One edit of the whole, or edits of parts: looked at as a whole. */
static err came_out(struct work *w, bool *holds)
{
    err e = OK;
    struct buf whole;
    size_t at = 0;
    buf_init(&whole, URL_MAX * 32);
    for (uint32_t i = 0; i < w->r.n; i++) {
        const struct edit *x = &w->r.v[i];
        TRY(buf_add(&whole, view_sub(w->r.value, at, x->start - w->r.base)));
        TRY(buf_add(&whole, x->with));
        at = x->end - w->r.base;
    }
    TRY(buf_add(&whole, view_sub(w->r.value, at, w->r.value.n)));
    *holds = form_holds(w->how->shape, buf_view(&whole));
out:
    buf_clear(&whole);
    return e;
}

static bool is_usual(const struct shaped *how, const struct finding *f, view value)
{
    struct stamp s;
    if (how->shape != FORM_ANY || how->links) return false;
    return f->label != LABEL_DATE || !stamp_read(value, &s);
}

err redact_shaped(const struct redact_params *p, const struct redact_domains *dom,
                  const struct shaped *how, view text, const struct finding *f, struct arena *a,
                  struct edits *out, uint64_t done[LABEL_COUNT], uint64_t masked[LABEL_COUNT])
{
    err e = OK;
    struct keyed_domain *own = NULL;
    bool replaced = false, holds = true;
    BUG_IF(f->start >= f->end || f->end > text.n || f->label >= LABEL_COUNT);
    *out = (struct edits){ 0 };
    struct work w = { .p = p,
                      .dom = dom,
                      .how = how,
                      .action = redact_action_for(p, f),
                      .subject = (enum finding_subject)f->subject,
                      .r = { .arena = a,
                             .persons = dom->persons,
                             .value = view_sub(text, f->start, f->end),
                             .base = f->start,
                             .label = (enum label)f->label,
                             .part = f->part } };
    if (w.action == ACTION_KEEP) return OK;
    if (is_usual(how, f, w.r.value) && !is_phone_part(&w)) {
        struct findings one = { .v = (struct finding *)f, .n = 1, .cap = 1, .max = 1 };
        return redact_text(p, dom, text, &one, a, out, done, masked);
    }
    if (how->links) { /* prepared: it is only read */
        w.r.keys = (struct keyed_domain *)how->links;
    } else if (redact_is_prepared(p, dom)) {
        w.r.keys = (struct keyed_domain *)p->prepared;
    } else if (dom->working) {
        w.r.keys = dom->working;
    } else {
        own = arena_alloc(a, sizeof *own);
        if (!own) return ERR_MEMORY;
        keyed_domain_init(own, p->key, dom->project);
        w.r.keys = own;
    }
    TRY(replace(&w, &replaced));
    if (replaced && (w.r.n || w.r.may_stay)) TRY(came_out(&w, &holds));
    bool fell_back = !replaced || !holds || (w.r.n == 0 && !w.r.may_stay);
    if (fell_back) {
        w.r.n = 0;
        TRY(put_placeholder(&w));
    }
    done[f->label]++;
    masked[f->label] += fell_back && w.action != ACTION_MASK;
    *out = (struct edits){ w.r.v, w.r.n };
out:
    if (own) keyed_domain_wipe(own);
    return e;
}
