#include "deid/second_reader.h"

#include "deid/inside.h"
#include "detect/merge.h"
#include "redact/tag.h"
#include "text/quote.h"
#include "text/utf8.h"

enum { LEFT_MAX = 64 << 20, STAR_MAX = 200, TAG_CODE_MAX = 8, SESSIONS_MAX = 3 };

/* A run of the text that is left, and where it comes from. */
struct run {
    size_t start, end; /* in what is left */
    uint32_t piece, at;
};
/* What one record's reading works with. */
struct reading {
    const struct deid *d;
    struct deid_scratch *s;
    const struct deid_exam *exam;
    struct buf left;
    struct run *runs; /* in the arena, ascending */
    uint32_t n_runs, cap_runs;
    struct findings *found; /* of each piece; in the arena */
};

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Is the character that byte `at` is part of a letter or digit? Typographic quotes, dashes and blanks are none. */
static bool is_in_word(view text, size_t at)
{
    if ((unsigned char)text.p[at] < 0x80)
        return ascii_is_alpha(text.p[at]) || ascii_is_digit(text.p[at]);
    while (at > 0 && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    uint32_t c = utf8_next(text, &at);
    return c >= 0xC0 && !(c >= 0x2000 && c < 0x2070) && !(c >= 0x3000 && c < 0x3040) && c != 0xFEFF;
}

size_t reader_placeholder(view text, size_t at)
{
    size_t i = at + 1;
    if (at >= text.n || text.p[at] != '[') return 0;
    if (text.n - i >= 2 && text.p[i] == '*' && text.p[i + 1] == '*') {
        view rest = view_sub(text, i + 2, i + 2 + STAR_MAX);
        rest = view_sub(rest, 0, view_find_byte(rest, 0, '\n'));
        const char *end = memmem(rest.p, rest.n, "**]", 3);
        return end ? (size_t)(end - text.p) + 3 - at : 0;
    }
    size_t from = i;
    while (i < text.n && is_upper(text.p[i]))
        i++;
    enum label label;
    view word = view_sub(text, from, i);
    if (!label_from_name(word, &label) && !view_eq(word, VIEW("REMOVED"))) return 0;
    if (i < text.n && text.p[i] == '-') {
        from = ++i;
        while (i < text.n && i - from < TAG_CODE_MAX &&
               (is_upper(text.p[i]) || ascii_is_digit(text.p[i])))
            i++;
    }
    return i < text.n && text.p[i] == ']' ? i + 1 - at : 0;
}

/* ---- what is left ---- */

static err add_run(struct reading *r, uint32_t piece, size_t at, view text)
{
    err e = OK;
    if (!text.n) return OK;
    struct run *v = arena_more(&r->s->arena, r->runs, sizeof *v, r->n_runs, &r->cap_runs, 64);
    if (!v) return ERR_MEMORY;
    r->runs = v;
    r->runs[r->n_runs++] = (struct run){ r->left.n, r->left.n + text.n, piece, (uint32_t)at };
    TRY(buf_add(&r->left, text));
out:
    return e;
}

/* Text without a tag of ours; one that an earlier run placed is shown, and is no run. */
static err add_plain(struct reading *r, uint32_t piece, size_t at, view text)
{
    err e = OK;
    size_t from = 0;
    for (size_t i = 0; i < text.n;) {
        size_t n = reader_placeholder(text, i);
        if (!n) {
            i++;
            continue;
        }
        TRY(add_run(r, piece, at + from, view_sub(text, from, i)));
        TRY(buf_add(&r->left, view_sub(text, i, i + n)));
        from = i += n;
    }
    TRY(add_run(r, piece, at + from, view_sub(text, from, text.n)));
out:
    return e;
}

static bool has_words(view text)
{
    for (size_t i = 0; i < text.n; i++)
        if (is_in_word(text, i)) return true;
    return false;
}

/* Every text of the record with a tag in place of each edit, a line each. */
static err make_left(struct reading *r)
{
    err e = OK;
    for (uint32_t i = 0; i < r->exam->record.n; i++) {
        const struct piece *p = &r->exam->record.pieces[i];
        const struct edits *edits = &r->exam->edits[i];
        size_t at = 0;
        const bool is_prose = p->role == ROLE_TEXT || p->role == ROLE_ID || p->role == ROLE_AGE;
        if (!is_prose || !has_words(p->text)) continue;
        if (r->left.n) TRY(buf_add_char(&r->left, '\n'));
        for (uint32_t k = 0; k < edits->n; k++) {
            TRY(add_plain(r, i, at, view_sub(p->text, at, edits->v[k].start)));
            TRY(buf_add(&r->left, VIEW("[REMOVED]")));
            at = edits->v[k].end;
        }
        TRY(add_plain(r, i, at, view_sub(p->text, at, p->text.n)));
    }
out:
    return e;
}

/* ---- what was named ---- */

/* Bytes [start, end) of what is left as findings: the parts of it outside tags, in whole words. */
static err add_place(struct reading *r, const struct reader_named *named, size_t start, size_t end)
{
    err e = OK;
    uint32_t low = 0, high = r->n_runs;
    while (low < high) { /* the first run that ends behind start */
        uint32_t mid = low + (high - low) / 2;
        if (r->runs[mid].end <= start)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < r->n_runs && r->runs[low].start < end; low++) {
        const struct run *run = &r->runs[low];
        size_t a = MAX(start, run->start), b = MIN(end, run->end);
        const char *text = r->left.p;
        const view left = buf_view(&r->left);
        while (a < b && ascii_is_space(text[a]))
            a++;
        while (b > a && ascii_is_space(text[b - 1]))
            b--;
        if (!has_words(view_of(text + a, b - a))) continue;
        while (a > run->start && is_in_word(left, a) && is_in_word(left, a - 1))
            a--;
        while (b < run->end && is_in_word(left, b - 1) && is_in_word(left, b))
            b++;
        TRY(findings_add(&r->found[run->piece],
                         (struct finding){ .start = (uint32_t)(run->at + (a - run->start)),
                                           .end = (uint32_t)(run->at + (b - run->start)),
                                           .score = named->score,
                                           .rule = RULE_SECOND_READER,
                                           .label = (uint8_t)named->label,
                                           .source = SOURCE_READER }));
    }
out:
    return e;
}

/* Does no word go on at either end? */
static bool is_whole(view text, size_t start, size_t end)
{
    bool goes_back = start > 0 && is_in_word(text, start) && is_in_word(text, start - 1);
    bool goes_on = end < text.n && is_in_word(text, end - 1) && is_in_word(text, end);
    return !goes_back && !goes_on;
}

/* Every place where the words stand as whole words; where they do so nowhere, every place. */
static err add_named(struct reading *r, const struct reader_named *named, struct diag *d)
{
    err e = OK;
    view left = buf_view(&r->left);
    size_t start, end;
    uint32_t whole = 0, all = 0;
    if (named->words.n > READER_WORDS_MAX)
        return DIAG(d, ERR_MODEL, "the second reader named too long a passage");
    if (!has_words(named->words)) return OK;
    for (size_t at = 0; quote_find(left, named->words, at, &start, &end); at = start + 1) {
        all++;
        whole += is_whole(left, start, end);
    }
    if (!all) return DIAG(d, ERR_MODEL, "the second reader named what does not stand in the text");
    for (size_t at = 0; quote_find(left, named->words, at, &start, &end); at = start + 1)
        if (!whole || is_whole(left, start, end)) TRY(add_place(r, named, start, end));
out:
    return e;
}

/* More than a quarter of a text of some length is no list of what was overlooked. */
static bool is_too_much(struct reading *r)
{
    enum { SHORT_TEXT = 200 };
    size_t named = 0;
    for (uint32_t i = 0; i < r->exam->record.n; i++) {
        struct findings *f = &r->found[i];
        merge_findings(f); /* what was named twice counts once */
        for (uint32_t k = 0; k < f->n; k++)
            named += f->v[k].end - f->v[k].start;
    }
    return named > MAX(r->left.n / 4, (size_t)SHORT_TEXT);
}

/* A name is listed as often as the model met it; all its places are found the first time. */
static bool was_named(const struct reader_answer *a, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (view_eq(a->v[k].words, a->v[i].words)) return true;
    return false;
}

/* ---- asking ---- */

static err open_session(const struct deid *d, struct deid_scratch *s, struct diag *diag)
{
    err e = OK;
    if (s->reader) return OK;
    if (s->reader_ends == SESSIONS_MAX)
        return DIAG(diag, ERR_MODEL, "the second reader ended again and again");
    TRY(d->reader->open(d->reader->ctx, &s->reader, diag));
    s->reader_close = d->reader->close;
out:
    return e;
}

void deid_reader_close(struct deid_scratch *s)
{
    if (s->reader) s->reader_close(s->reader);
    s->reader = NULL;
}

/* The next part: up to READER_TEXT_MAX bytes, to the end of a line, else of a word, else of a character. */
static view next_part(view left, size_t from)
{
    if (left.n - from <= READER_TEXT_MAX) return view_sub(left, from, left.n);
    size_t most = from + READER_TEXT_MAX, end = most;
    while (end > from + READER_TEXT_MAX / 2 && left.p[end - 1] != '\n')
        end--;
    if (left.p[end - 1] != '\n')
        for (end = most; end > from + READER_TEXT_MAX / 2 && !ascii_is_space(left.p[end - 1]);)
            end--;
    if (!ascii_is_space(left.p[end - 1]))
        for (end = most; end > from && ((unsigned char)left.p[end] & 0xC0) == 0x80;)
            end--;
    return view_sub(left, from, end);
}

static err ask(struct reading *r, struct diag *d)
{
    err e = OK;
    view left = buf_view(&r->left);
    struct reader_answer *answer = arena_alloc(&r->s->arena, sizeof *answer);
    if (!answer) TRY(ERR_MEMORY);
    TRY(open_session(r->d, r->s, d));
    for (size_t from = 0; from < left.n;) {
        view part = next_part(left, from);
        answer->n = 0;
        e = r->d->reader->read(r->s->reader, part, &r->s->arena, answer, d);
        if (e == ERR_SYSTEM) {
            deid_reader_close(r->s);
            r->s->reader_ends++;
        }
        TRY(e);
        for (uint32_t i = 0; i < answer->n; i++)
            if (!was_named(answer, i)) TRY(add_named(r, &answer->v[i], d));
        from += part.n;
    }
    if (is_too_much(r))
        TRY(DIAG(d, ERR_MODEL, "the second reader named more than could have been overlooked"));
out:
    return e;
}

/* The findings of piece i as edits beside those that it has. */
static err add_edits(struct reading *r, uint32_t i, const struct redact_domains *dom,
                     struct edits *edits, struct deid_counts *now)
{
    err e = OK;
    struct edits more;
    const struct piece *p = &r->exam->record.pieces[i];
    struct findings *found = &r->s->found;
    merge_findings(&r->found[i]);
    found->n = 0;
    for (uint32_t k = 0; k < r->found[i].n; k++)
        TRY(findings_add(found, r->found[i].v[k]));
    TRY(deid_select_found(r->d, r->s, now));
    TRY(redact_text(&r->d->of_reader, dom, p->text, found, &r->s->arena, &more, now->replaced,
                    now->masked));
    TRY(deid_merge_edits(*edits, more, &r->s->arena, edits));
out:
    return e;
}

err deid_read_again(const struct deid *d, struct deid_scratch *s, const struct deid_exam *exam,
                    deid_domains_fn *domains, void *owner, struct edits *edits,
                    struct deid_counts *now, struct diag *diag)
{
    err e = OK;
    struct diag own = { 0 };
    struct reading r = { .d = d, .s = s, .exam = exam };
    const uint32_t n = exam->record.n;
    buf_init(&r.left, LEFT_MAX);
    r.found = arena_array(&s->arena, (size_t)n + 1, sizeof *r.found);
    if (!r.found) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < n; i++)
        findings_init(&r.found[i], DETECT_MAX);
    TRY(make_left(&r));
    if (!r.left.n) goto out;
    e = ask(&r, &own);
    if (e && e != ERR_MEMORY && e != ERR_CANCELLED && d->reader->may_fail) {
        now->unread++;
        e = OK;
        goto out;
    }
    TRY(e);
    for (uint32_t i = 0; i < n; i++) {
        if (!r.found[i].n) continue;
        struct redact_domains dom;
        TRY(domains(owner, &exam->record.pieces[i], &dom));
        TRY(add_edits(&r, i, &dom, &edits[i], now));
    }
out:
    for (uint32_t i = 0; r.found && i < n; i++)
        findings_clear(&r.found[i]);
    buf_clear(&r.left);
    if (e == ERR_SYSTEM) e = ERR_MODEL;
    own.code = e; /* what it is to the caller, whatever it was to the model's side */
    if (e && own.what && diag && !diag->code) *diag = own;
    return e;
}
