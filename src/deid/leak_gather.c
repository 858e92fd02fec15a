#include "deid/leak_inside.h"
#include "deid/piece_value.h"
#include "detect/known.h"
#include "lexicon/lexicon.h"
#include "redact/stamp.h"
#include "text/fold.h"

/* The words and numbers of a text, in the form in which they are compared. */
struct words {
    view v[LEAK_WORDS_MAX];
    bool is_joined[LEAK_WORDS_MAX]; /* to the one before it, by an apostrophe */
    uint32_t n;
};

static err read_words(view text, struct arena *a, struct words *w)
{
    err e = OK;
    view folded;
    struct offset_map map;
    struct tokens t;
    w->n = 0;
    TRY(fold_text(text, a, &folded, &map));
    TRY(token_split(folded, a, &t));
    for (uint32_t i = 0; i < t.n && w->n < LEAK_WORDS_MAX; i++) {
        if (t.v[i].kind == TOK_MARK) continue;
        TRY(leak_word(folded, &t.v[i], a, &w->v[w->n]));
        w->is_joined[w->n] = t.v[i].start > 0 && folded.p[t.v[i].start - 1] == '\'';
        if (w->v[w->n].n) w->n++;
    }
out:
    return e;
}

/* Words of the language alone, and years ("19 99" too: it is found as 1999): they are everywhere. */
static bool is_common(const struct words *w)
{
    char year[4];
    size_t digits = 0;
    bool has_word = false;
    for (uint32_t i = 0; i < w->n; i++) {
        view v = w->v[i];
        uint64_t n;
        if (view_to_u64(v, &n)) {
            if (v.n > sizeof year - digits) return false;
            memcpy(year + digits, v.p, v.n);
            digits += v.n;
        } else if (known_is_language(lexicon_find(lexicon_builtin(), token_hash_word(v)))) {
            has_word = true;
        } else {
            return false;
        }
    }
    if (!digits) return true;
    view y = view_of(year, digits);
    return !has_word && digits == sizeof year &&
           (view_starts(y, VIEW("19")) || view_starts(y, VIEW("20")));
}

/* A name that is a word of the language too, and usual as a name. */
static bool is_name_too(const struct words *w, enum label label, struct leak_value *what)
{
    enum { FREQUENT_SURNAME = 6, EVERYDAY_WORD = 5 };
    if (label != LABEL_NAME || w->n != 1) return false;
    const struct lex_info *l = lexicon_find(lexicon_builtin(), token_hash_word(w->v[0]));
    what->as_name = true;
    what->in_single = !known_is_given(l);
    return known_is_given(l) || (l->surname >= FREQUENT_SURNAME && l->word < EVERYDAY_WORD);
}

/* A number with fewer than two digits is a word: "Placer 1". */
static bool is_no_number(const struct words *w, enum label label)
{
    size_t digits = 0;
    bool is_number = label != LABEL_NAME && label != LABEL_LOCATION &&
                     label != LABEL_ORGANIZATION && label != LABEL_EMAIL && label != LABEL_URL;
    for (uint32_t i = 0; i < w->n; i++)
        for (size_t k = 0; k < w->v[i].n; k++)
            digits += ascii_is_digit(w->v[i].p[k]);
    return is_number && digits < 2;
}

static err add(struct leak_check *c, uint64_t h, size_t n, enum label label)
{
    return leak_add(c, h, n, (struct leak_value){ .label = (uint8_t)label });
}

static err add_words(struct leak_check *c, const struct words *w, enum label label)
{
    err e = OK;
    uint64_t forth = LEAK_ROLL_START, back = LEAK_ROLL_START, digits = LEAK_ROLL_START;
    size_t n = 0, n_digits = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        forth = leak_roll(forth, w->v[i]);
        back = leak_roll(back, w->v[w->n - 1 - i]);
        n += w->v[i].n;
        if (!ascii_is_digit(w->v[i].p[0])) continue;
        digits = leak_roll(digits, w->v[i]);
        n_digits += w->v[i].n;
    }
    struct leak_value what = { .label = (uint8_t)label,
                               .is_short_number = n_digits == n && n < LEAK_DIGITS_MIN };
    if (is_no_number(w, label) || (is_common(w) && !is_name_too(w, label, &what))) return OK;
    TRY(leak_add(c, forth, n, what));
    /* Words are swapped; the groups of a number are not. */
    if (w->n > 1 && n_digits < n) TRY(add(c, back, n, label));
    if (n_digits < n && n_digits >= LEAK_DIGITS_MIN) TRY(add(c, digits, n_digits, label));
out:
    return e;
}

/* The day in the orders in which people write it. */
static err add_birth(struct leak_check *c, const struct stamp *s)
{
    static const char *const orders[] = { "ymd", "mdy", "dmy" };
    err e = OK;
    for (size_t o = 0; o < COUNT_OF(orders); o++)
        for (int padded = 0; padded < 2; padded++) {
            char out[16];
            size_t n = 0;
            for (const char *f = orders[o]; *f; f++) {
                int v = *f == 'y' ? s->year : *f == 'm' ? s->month : s->day;
                n += (size_t)snprintf(out + n, sizeof out - n, "%0*d",
                                      *f == 'y' ? 4
                                      : padded  ? 2
                                                : 1,
                                      v);
            }
            TRY(add(c, leak_roll(LEAK_ROLL_START, view_of(out, n)), n, LABEL_DATE));
        }
out:
    return e;
}

static bool is_left_out(const struct leak_check *c, const struct finding *f)
{
    const struct profile_row *row = profile_row(c->params.profile);
    if (profile_keeps(row, f)) return true;
    if (f->label == LABEL_ORGANIZATION && row->keep_organizations) return true;
    if (f->label == LABEL_DATE && (row->date == ACTION_KEEP || f->part != PART_BIRTH)) return true;
    if (f->label == LABEL_AGE) return true;
    return f->label == LABEL_NAME && f->role == WHO_CLINICIAN && c->params.keep_clinicians;
}

err leak_gather_piece(struct leak_check *c, const struct piece *p, struct arena *a)
{
    err e = OK;
    struct finding f;
    struct stamp s;
    struct words w, one = { .n = 1 };
    bool has_value;
    if (!piece_value(lexicon_builtin(), p, a, &f, &has_value) || !has_value) return OK;
    if (is_left_out(c, &f)) return OK;
    view text = view_sub(p->text, f.start, f.end);
    if (f.label == LABEL_DATE && stamp_read(text, &s)) return s.day ? add_birth(c, &s) : OK;
    TRY(read_words(text, a, &w));
    TRY(add_words(c, &w, (enum label)f.label));
    for (uint32_t i = 0; f.label == LABEL_NAME && w.n > 1 && i < w.n; i++) {
        one.v[0] = w.v[i]; /* each word of a whole name, and "O'Brien" of "O'Brien-Smith" */
        one.n = 1;
        TRY(add_words(c, &one, LABEL_NAME));
        if (!i || !w.is_joined[i]) continue;
        one.v[0] = w.v[i - 1], one.v[1] = w.v[i];
        one.n = 2;
        TRY(add_words(c, &one, LABEL_NAME));
    }
out:
    return e;
}
