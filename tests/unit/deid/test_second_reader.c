/* The second reader, played by a table: where what it names is found, and what is refused. */
#include "unit.h"

#include "deid/deid.h"
#include "deid/second_reader.h"
#include "faults.h"

/* What the reader of this test does. */
static struct {
    struct reader_named named[16];
    uint32_t n;
    err fails;
    unsigned opened, closed, asked;
    size_t longest;
} play;

static err play_open(void *ctx, void **session, struct diag *d)
{
    (void)d;
    play.opened++;
    *session = ctx;
    return OK;
}

static void play_close(void *session)
{
    (void)session;
    play.closed++;
}

static err play_read(void *session, view left, struct arena *a, struct reader_answer *out,
                     struct diag *d)
{
    (void)session, (void)a;
    play.asked++;
    play.longest = MAX(play.longest, left.n);
    if (play.fails) return DIAG(d, play.fails, "it fails");
    for (uint32_t i = 0; i < play.n; i++)
        out->v[out->n++] = play.named[i];
    return OK;
}

static struct second_reader reader = {
    .ctx = &play, .open = play_open, .close = play_close, .read = play_read
};

static err read_as(const char *text, struct deid_params p, struct buf *out,
                   struct deid_counts *counts)
{
    err e = OK;
    struct deid *d = NULL;
    struct deid_scratch *s = NULL;
    struct diag diag = { 0 };
    p.reader = &reader;
    TRY(deid_new(&d, &p, &diag));
    TRY(deid_scratch_new(&s));
    TRY(deid_record(d, s, format_by_name(VIEW("text")), ENC_UTF8, view_of_str(text), VIEW(""), out,
                    counts, &diag));
out:
    deid_scratch_free(s);
    deid_free(d);
    return e;
}

static struct deid_params masking(void)
{
    struct deid_params p = deid_default_params();
    p.style = STYLE_MASK;
    return p;
}

static void check(const char *words, const char *text, const char *becomes)
{
    struct buf out;
    struct deid_counts counts = { 0 };
    buf_init(&out, 1 << 20);
    play.n = 1;
    play.fails = OK;
    play.named[0] = (struct reader_named){ view_of_str(words), LABEL_ID, 0.5F };
    assert_ok(read_as(text, masking(), &out, &counts));
    if (!view_eq(buf_view(&out), view_of_str(becomes)))
        fail_msg("\"%s\" in \"%s\": %.*s", words, text, (int)out.n, out.p);
    buf_clear(&out);
}

static void places(void **state)
{
    (void)state;
    check("lamp", "a lamp, the lamp; lamps and clamp", "a [ID], the [ID]; lamps and clamp");
    check("lamp", "lamps and clamps", "[ID] and [ID]"); /* nowhere whole: whole words of it */
    check("big lamp", "a big\n  lamp", "a [ID]");
    check(" lamp ", "a lamp", "a [ID]");
    check("l\xC3\xA4mp", "a l\xC3\xA4mp, l\xC3\xA4mpe", "a [ID], l\xC3\xA4mpe");
    check("lamp", "lamp, lamp\xE2\x80\x99s, \xE2\x80\x9Clamp\xE2\x80\x9D\xE2\x80\x94lamp",
          "[ID], [ID]\xE2\x80\x99s, \xE2\x80\x9C[ID]\xE2\x80\x9D\xE2\x80\x94[ID]");
    check("SMITH", "seen by [SMITH] and [**SMITH\n**]", "seen by [[ID]] and [**[ID]\n**]");
    check("...", "a lamp...", "a lamp...");
    check("", "a lamp", "a lamp");
    check("[REMOVED]", "Call 617-555-0123 now", "Call [PHONE] now");
    check("Call [REMOVED] now", "Call 617-555-0123 now", "[ID] [PHONE] [ID]");
    check("NAME", "the [NAME-7QK2] lamp [NAME] [**Name 3**]",
          "the [NAME-7QK2] lamp [NAME] [**Name 3**]");
    check("the [NAME] lamp", "the [NAME] lamp", "[ID] [NAME] [ID]");
}

/* A model lists a name once for each time it met it. */
static void named_often(void **state)
{
    (void)state;
    enum { TIMES = 14 };
    struct buf out;
    struct deid_counts counts = { 0 };
    char text[TIMES * 60 + 1];
    size_t n = 0;
    for (int i = 0; i < TIMES; i++, n += 60)
        memcpy(text + n, "the patient slept, ate and walked well; the lighthouse was near.", 60);
    text[n] = '\0';
    buf_init(&out, 1 << 20);
    play.fails = OK;
    play.n = TIMES;
    for (int i = 0; i < TIMES; i++)
        play.named[i] = (struct reader_named){ VIEW("lighthouse"), LABEL_NAME, 0.5F };
    assert_ok(read_as(text, masking(), &out, &counts));
    assert_null(memmem(out.p, out.n, "lighthouse", 10));
    buf_clear(&out);
}

static void refused(void **state)
{
    (void)state;
    static char often[4000], text[8000];
    struct buf out;
    struct deid_counts counts = { 0 };
    buf_init(&out, 1 << 20);
    play.n = 1;
    play.fails = OK;
    play.named[0].words = VIEW("candle");
    assert_err(read_as("a lamp", masking(), &out, &counts), ERR_MODEL);
    for (size_t i = 0; i + 10 < sizeof often; i += 9)
        memcpy(often + i, "the lamp ", 10);
    play.named[0].words = view_of(often, READER_WORDS_MAX + 1);
    assert_err(read_as(often, masking(), &out, &counts), ERR_MODEL);
    play.named[0].words = VIEW("lamp");
    assert_err(read_as(often, masking(), &out, &counts), ERR_MODEL); /* that is all of it */
    for (err e = ERR_CANCELLED; e <= ERR_MODEL; e++) {
        play.fails = e;
        assert_err(read_as("a lamp", masking(), &out, &counts), e == ERR_SYSTEM ? ERR_MODEL : e);
    }
    assert_int_equal(out.n, 0);
    assert_int_equal(counts.records, 0);
    /* … and one that may fail */
    reader.may_fail = true;
    play.fails = ERR_TIMEOUT;
    assert_ok(read_as("a lamp", masking(), &out, &counts));
    assert_view(buf_view(&out), "a lamp");
    assert_int_equal(counts.unread, 1);
    play.fails = ERR_CANCELLED;
    assert_err(read_as("a lamp", masking(), &out, &counts), ERR_CANCELLED);
    reader.may_fail = false;
    play.fails = OK;
    /* in parts, and none is too long, whatever its letters are */
    play.n = 0;
    play.longest = play.asked = 0;
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA4", 3);
    assert_ok(read_as(text, masking(), &out, &counts));
    assert_int_equal(play.asked, 2);
    assert_true(play.longest <= READER_TEXT_MAX);
    assert_int_equal(play.opened, play.closed);
    buf_clear(&out);
}

/* Masked where surrogates are written, kept where the profile keeps, counted apart. */
static void actions(void **state)
{
    (void)state;
    struct buf out;
    struct deid_counts counts = { 0 };
    struct deid_params p = deid_default_params();
    buf_init(&out, 1 << 20);
    play.n = 2;
    play.named[0] = (struct reader_named){ VIEW("lamp"), LABEL_NAME, 0.9F };
    play.named[1] = (struct reader_named){ VIEW("pier"), LABEL_ORGANIZATION, 0.9F };
    p.style = STYLE_SURROGATE;
    assert_ok(read_as("a lamp on a pier", p, &out, &counts));
    assert_view(buf_view(&out), "a [NAME] on a [ORGANIZATION]");
    assert_int_equal(counts.by_source[SOURCE_READER], 2);
    assert_int_equal(counts.by_rule[RULE_SECOND_READER], 2);
    buf_reset(&out);
    p.profile = PROFILE_LIMITED;
    assert_ok(read_as("a lamp on a pier", p, &out, &counts));
    assert_view(buf_view(&out), "a [NAME] on a pier");
    buf_clear(&out);
}

static err read_once(void *ctx)
{
    struct buf out;
    struct deid_counts counts = { 0 };
    (void)ctx;
    buf_init(&out, 1 << 20);
    err e = read_as("a lamp, 617-555-0123", masking(), &out, &counts);
    if (!e) assert_view(buf_view(&out), "a [ID], [PHONE]");
    buf_clear(&out);
    return e;
}

static void memory(void **state)
{
    (void)state;
    play.n = 1;
    play.named[0] = (struct reader_named){ VIEW("lamp"), LABEL_ID, 0.5F };
    faults_in_turn(read_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),  cmocka_unit_test(named_often), cmocka_unit_test(refused),
        cmocka_unit_test(actions), cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
