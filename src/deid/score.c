#include "deid/score.h"

#include <math.h>
#include <wchar.h>

#include "text/utf8.h"

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "wmemchr searches code points");

/* Cue words are looked for in the 24 code points before a value, and must end at most 12 before it.
 */
enum { CUE_WINDOW = 24, CUE_GAP = 12 };
enum { ALNUM = 1, GOLD = 2, NEUTRAL = 4, COVERED = 8, GENERIC = 16 }; /* of a code point */

const char *score_metric_name(enum score_metric m)
{
    static const char *const names[] = {
#define X(name, text, meaning) text,
        SCORE_METRIC_MAP(X)
#undef X
    };
    return names[m];
}

const char *score_metric_meaning(enum score_metric m)
{
    static const char *const meanings[] = {
#define X(name, text, meaning) meaning,
        SCORE_METRIC_MAP(X)
#undef X
    };
    return meanings[m];
}

/* A text by code point: where each begins in bytes (n + 1 entries) and what is known of it. */
struct sheet {
    struct score_words *w;
    view text;
    uint32_t n;
    uint32_t *at;
    uint8_t *is;
};

static uint32_t clamp(const struct sheet *s, uint32_t cp)
{
    return MIN(cp, s->n);
}

static view value_of(const struct sheet *s, const struct score_span *x)
{
    return view_sub(s->text, s->at[clamp(s, x->start)], s->at[clamp(s, x->end)]);
}

/* The code point that begins at, or holds, byte `byte`; the search starts from code point `from`.
 */
static uint32_t cp_of(const struct sheet *s, uint32_t from, size_t byte)
{
    while (from < s->n && s->at[from] < byte)
        from++;
    return from;
}

static void mark(struct sheet *s, uint32_t from, uint32_t to, uint8_t bit)
{
    to = clamp(s, to);
    for (uint32_t i = from; i < to; i++)
        s->is[i] |= bit;
}

static err sheet_open(struct sheet *s, struct score_words *w, view text, struct arena *a)
{
    if (text.n >= UINT32_MAX) return ERR_LIMIT;
    size_t n = utf8_count(text);
    *s = (struct sheet){ .w = w, .text = text, .n = (uint32_t)n };
    s->at = arena_array(a, n + 1, sizeof *s->at);
    s->is = arena_array(a, n + 1, 1);
    if (!s->at || !s->is) return ERR_MEMORY;
    size_t byte = 0;
    for (uint32_t i = 0; i < n; i++) {
        s->at[i] = (uint32_t)byte;
        s->is[i] = score_is_alnum(utf8_next(text, &byte)) ? ALNUM : 0;
    }
    s->at[n] = (uint32_t)text.n;
    return OK;
}

/* Every place where a gold value stands, without case: a tool that covers it there did no harm. */
static void mark_repeats(struct sheet *s, const uint32_t *low, size_t n_low,
                         const struct score_span *x)
{
    size_t end = MIN(x->end, n_low), start = MIN(x->start, end), len = end - start;
    if (len == 0) return;
    const uint32_t *want = low + start;
    for (size_t i = 0; i + len <= n_low;) {
        const wchar_t *hit =
            wmemchr((const wchar_t *)(low + i), (wchar_t)want[0], n_low - len - i + 1);
        if (!hit) break;
        i = (size_t)((const uint32_t *)hit - low);
        if (memcmp(low + i, want, len * sizeof *low) == 0) {
            mark(s, (uint32_t)i, (uint32_t)(i + len), NEUTRAL);
            i += len;
        } else {
            i++;
        }
    }
}

static err mark_cues(struct sheet *s, const struct score_span *x)
{
    uint32_t first = x->start > CUE_WINDOW ? x->start - CUE_WINDOW : 0;
    if (first >= s->n) return OK;
    view before = view_sub(s->text, 0, s->at[clamp(s, x->start)]); /* \b sees an end at the value */
    size_t from = s->at[first], start, end;
    for (bool found;;) {
        err e = score_words_next(s->w, SCORE_CUE, before, &from, &found, &start, &end);
        if (e || !found) return e;
        uint32_t a = cp_of(s, first, start), b = cp_of(s, a, end);
        if (x->start - b <= CUE_GAP) mark(s, a, b, NEUTRAL);
    }
}

static err mark_generic(struct sheet *s, const struct score_span *x)
{
    view value = value_of(s, x);
    size_t from = 0, start, end;
    uint32_t at = clamp(s, x->start);
    for (bool found;;) {
        err e = score_words_next(s->w, SCORE_GENERIC, value, &from, &found, &start, &end);
        if (e || !found) return e;
        uint32_t a = cp_of(s, at, s->at[clamp(s, x->start)] + start);
        at = cp_of(s, a, s->at[clamp(s, x->start)] + end);
        mark(s, a, at, GENERIC);
    }
}

/* One gold span: is all of it covered, all but generic words, anything? */
static err weigh_gold(struct sheet *s, const struct score_span *x, struct score_row *r, bool *full)
{
    uint32_t start = clamp(s, x->start), end = clamp(s, x->end);
    bool bare_core = true, core = true, any = false;
    /* Generic marks belong to this span alone: spans may overlap. */
    for (uint32_t i = start; i < end; i++)
        s->is[i] &= (uint8_t)~GENERIC;
    err e = mark_generic(s, x);
    if (e) return e;
    *full = true;
    for (uint32_t i = start; i < end; i++) {
        if (!(s->is[i] & ALNUM)) continue;
        bool covered = s->is[i] & COVERED, generic = s->is[i] & GENERIC;
        *full &= covered;
        any |= covered;
        if (!generic) {
            core &= covered;
            bare_core = false;
        }
    }
    r->full += *full;
    r->any += any;
    r->core += bare_core ? any : core; /* generic words alone: touching them is all one can ask */
    return OK;
}

/* One predicted span: does it say anything (not only blanks, punctuation, neutral places), is it
 * right? */
static bool weigh_pred(const struct sheet *s, const struct score_span *x, bool *right)
{
    bool says = false;
    *right = false;
    for (uint32_t i = clamp(s, x->start), end = clamp(s, x->end); i < end; i++) {
        if (!(s->is[i] & ALNUM)) continue;
        if (s->is[i] & GOLD)
            says = *right = true;
        else if (!(s->is[i] & NEUTRAL))
            says = true;
    }
    return says;
}

static void count_chars(const struct sheet *s, struct score_row *r)
{
    for (uint32_t i = 0; i < s->n; i++) {
        uint8_t is = s->is[i];
        if (!(is & ALNUM)) continue;
        bool covered = is & COVERED;
        if (is & GOLD) {
            r->gold_chars++;
            r->covered += covered;
        } else if (!(is & NEUTRAL)) {
            r->other_chars++;
            r->lost += covered;
        }
    }
}

err score_text(struct score_words *w, view text, const struct score_span *gold, size_t n_gold,
               const struct score_span *pred, size_t n_pred, struct arena *a, struct score_row *row,
               score_seen *seen, void *ctx)
{
    err e = OK;
    struct sheet s;
    uint32_t *low;
    size_t n_low;
    struct score_row r = { .gold = (uint32_t)n_gold, .negative = n_gold == 0 };

    TRY(sheet_open(&s, w, text, a));
    TRY(score_lower(w, text, a, &low, &n_low));
    for (size_t i = 0; i < n_gold; i++) {
        mark(&s, gold[i].start, gold[i].end, GOLD);
        mark_repeats(&s, low, n_low, &gold[i]);
        TRY(mark_cues(&s, &gold[i]));
    }
    for (size_t i = 0; i < n_pred; i++)
        mark(&s, pred[i].start, pred[i].end, COVERED);
    count_chars(&s, &r);
    for (size_t i = 0; i < n_gold; i++) {
        bool full;
        TRY(weigh_gold(&s, &gold[i], &r, &full));
        if (seen) TRY(seen(ctx, true, &gold[i], value_of(&s, &gold[i]), full));
    }
    for (size_t i = 0; i < n_pred; i++) {
        bool right;
        if (!weigh_pred(&s, &pred[i], &right)) continue;
        view value = value_of(&s, &pred[i]);
        r.pred++;
        r.right += right;
        if (r.negative) {
            bool only_age;
            size_t from = 0, start, end;
            TRY(score_words_next(w, SCORE_AGE, value, &from, &only_age, &start, &end));
            r.touched = true;
            r.touched_more |= !only_age;
        }
        if (seen) TRY(seen(ctx, false, &pred[i], value, right));
    }
    *row = r;
out:
    return e;
}

static double share(double part, double whole)
{
    return whole != 0 ? part / whole : NAN;
}

void score_total(const struct score_row *rows, const uint32_t *items, uint32_t n,
                 double out[SCORE_METRIC_COUNT])
{
    uint64_t gold = 0, full = 0, core = 0, any = 0, gold_chars = 0, covered = 0, pred = 0,
             right = 0;
    uint64_t other_chars = 0, lost = 0, positive = 0, clean = 0, negative = 0, touched = 0,
             more = 0;

    for (uint32_t i = 0; i < n; i++) {
        const struct score_row *r = &rows[items ? items[i] : i];
        gold += r->gold, full += r->full, core += r->core, any += r->any;
        gold_chars += r->gold_chars, covered += r->covered;
        pred += r->pred, right += r->right;
        other_chars += r->other_chars, lost += r->lost;
        positive += !r->negative, clean += !r->negative && r->full == r->gold;
        negative += r->negative, touched += r->touched, more += r->touched_more;
    }
    double p = share((double)right, (double)pred), q = share((double)full, (double)gold);
    out[SCORE_E_FULL] = q;
    out[SCORE_E_CORE] = share((double)core, (double)gold);
    out[SCORE_E_ANY] = share((double)any, (double)gold);
    out[SCORE_C_REC] = share((double)covered, (double)gold_chars);
    out[SCORE_P_ENT] = p;
    out[SCORE_F1] = share(2 * p * q, p + q);
    out[SCORE_CLEAN] = share((double)clean, (double)positive);
    out[SCORE_OR] = share((double)touched, (double)negative);
    out[SCORE_OR_X] = share((double)more, (double)negative);
    out[SCORE_LOST] = share((double)lost, (double)other_chars);
}

static void total_of_sample(void *ctx, const uint32_t *items, uint32_t n, double *out)
{
    score_total(ctx, items, n, out);
}

err score_intervals(const struct score_row *rows, uint32_t n, const struct bootstrap_params *p,
                    struct interval out[SCORE_METRIC_COUNT])
{
    return bootstrap_percentile(p, n, SCORE_METRIC_COUNT, total_of_sample, (void *)rows, out);
}
