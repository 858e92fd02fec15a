/* fuzz/deid.c — any bytes through detection and replacement, under every profile and style.
 *
 * The first byte chooses profile, style and format; the rest is the record. What comes out is well-formed,
 * is what went in but for the edits that were announced, and going through it again touches no placeholder.
 * (It may find what the first pass did not: a date cut down to its year leaves other words beside a name.)
 */
#include "deid/deid.h"
#include "redact/key_secret.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STYLES = 3, FORMATS = 3, ENGINES = PROFILE_COUNT * STYLES, RECORD_MAX = 1 << 14 };

static struct deid *engines[ENGINES]; /* NULL: profile and style do not go together */
static struct deid_scratch *scratch, *second;
static struct buf once, built;

static void set_up(void)
{
    uint8_t secret[KEY_SECRET_LEN] = { 7 };
    static struct key *key;
    struct deid_params p = deid_default_params();
    if (scratch) return;
    BUG_IF(key_from_secret(&key, secret, false) || deid_scratch_new(&scratch) ||
           deid_scratch_new(&second));
    buf_init(&once, 64 << 20);
    buf_init(&built, 64 << 20);
    p.max_document = RECORD_MAX * 8;
    for (int i = 0; i < ENGINES; i++) {
        p.profile = (enum profile)(i / STYLES);
        p.style = (enum style)(STYLE_MASK + i % STYLES);
        p.key = p.profile == PROFILE_SAFE_HARBOR ? NULL : key;
        p.shift_whole_weeks = p.profile == PROFILE_TRANSPORT;
        err e = deid_new(&engines[i], &p, NULL);
        BUG_IF(e && e != ERR_CONFIG);
    }
}

/* The text of a record that is one piece, with its edits in their places and nothing else. */
static void check_outside(const struct deid_exam *exam)
{
    size_t at = 0;
    if (exam->record.n != 1 || exam->record.pieces[0].spelling != SPELL_PLAIN) return;
    const struct piece *p = &exam->record.pieces[0];
    buf_reset(&built);
    BUG_IF(buf_add(&built, view_sub(exam->record.bytes, 0, exam->record.bytes.n - p->text.n)));
    for (uint32_t i = 0; i < exam->edits[0].n; i++) {
        const struct edit *x = &exam->edits[0].v[i];
        BUG_IF(x->start < at || x->end < x->start || x->end > p->text.n);
        BUG_IF(buf_add(&built, view_sub(p->text, at, x->start)));
        BUG_IF(x->with.n && buf_add(&built, x->with));
        at = x->end;
    }
    BUG_IF(buf_add(&built, view_sub(p->text, at, p->text.n)));
    BUG_IF(!view_eq(buf_view(&built), buf_view(&once)));
}

/* No edit of the second pass reaches into a placeholder that the first one put there. */
static void check_placeholders(const struct edits *first, const struct edits *again)
{
    int64_t moved = 0; /* of a place in the text, so far */
    uint32_t k = 0;
    for (uint32_t i = 0; i < first->n; i++) {
        const struct edit *x = &first->v[i];
        int64_t start = x->start + moved, end = start + (int64_t)x->with.n;
        moved = end - x->end;
        if (!x->with.n || x->with.p[0] != '[' || x->with.p[x->with.n - 1] != ']') continue;
        while (k < again->n && again->v[k].end <= start)
            k++;
        BUG_IF(k < again->n && again->v[k].start < end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[FORMATS] = { "text", "jsonl", "hl7" };
    struct deid_counts counts = { 0 };
    struct deid_exam exam;
    set_up();
    if (size < 1 || size > RECORD_MAX) return 0;
    unsigned choice = data[0] % (ENGINES * FORMATS), which = choice % ENGINES;
    const struct deid *d = engines[which];
    const struct format *f = format_by_name(view_of_str(formats[choice / ENGINES]));
    view record = view_of((const char *)data + 1, size - 1);
    if (!d) return 0;

    buf_reset(&once);
    err e = deid_record(d, scratch, f, ENC_UTF8, record, VIEW("p"), &once, &counts, NULL);
    if (e) {
        BUG_IF(once.n || counts.records);
        return 0;
    }
    BUG_IF(counts.records != 1 || counts.bytes_out != once.n);
    /* HL7 v2 may say another encoding than its transport */
    BUG_IF(utf8_bad_at(record) == record.n && utf8_bad_at(buf_view(&once)) < once.n);
    BUG_IF(deid_examine(d, scratch, f, ENC_UTF8, record, VIEW("p"), &exam, &counts, NULL));
    check_outside(&exam);

    enum profile p = (enum profile)(which / STYLES);
    enum style s = (enum style)(STYLE_MASK + which % STYLES);
    /* Where a place must hold a value of its form, a value of that form it stays. */
    bool has_forms = choice / ENGINES == 2;
    if (has_forms || s == STYLE_SURROGATE || p == PROFILE_EXPERT || p == PROFILE_TRANSPORT)
        return 0;
    struct deid_exam again;
    BUG_IF(deid_examine(d, second, f, ENC_UTF8, buf_view(&once), VIEW("p"), &again, &counts, NULL));
    BUG_IF(again.record.n != exam.record.n);
    for (uint32_t i = 0; i < exam.record.n; i++)
        check_placeholders(&exam.edits[i], &again.edits[i]);
    return 0;
}
