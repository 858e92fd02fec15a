/* Training: what is marked is learned, the bytes do not depend on the threads, bad texts are refused. */
#include "train/fit.h"
#include "unit.h"

#include "faults.h"

/* Lines "Vertex: WORD NUMBER." in which the word after the colon is a CODE, and some that have none. */
static void make_texts(struct buf *b, unsigned n)
{
    static const char *const words[] = { "alba", "brix", "corm", "dell",
                                         "eddo", "fint", "gram", "hulk" };
    for (unsigned i = 0; i < n; i++) {
        char line[256];
        const char *w = words[i * 7 % COUNT_OF(words)];
        int len =
            i % 5 == 4
                ? snprintf(line, sizeof line,
                           "{\"id\":\"%u\",\"text\":\"Nothing here %s.\",\"spans\":[]}\n", i, w)
                : snprintf(line, sizeof line,
                           "{\"id\":\"%u\",\"text\":\"Vertex: %s %u "
                           "done.\",\"spans\":[{\"start\":8,\"end\":12,"
                           "\"label\":\"CODE\"}]}\n",
                           i, w, i * 31 % 97);
        assert_ok(buf_add(b, view_of(line, (size_t)len)));
    }
}

static struct fit_params params(unsigned threads)
{
    struct fit_params p = fit_default_params();
    p.kind = tag_kind_of(VIEW("es"));
    p.threads = threads;
    p.rounds_max = 3;
    return p;
}

static void count_chosen(void *ctx, const struct fit_news *n)
{
    uint64_t *gold = ctx;
    if (n->what == FIT_CHOSEN) *gold = n->held->all.gold;
}

/* Held out in turn: what is chosen is chosen on every text, each once. */
static void holds_out_all_in_turn(void **state)
{
    (void)state;
    struct buf texts, image;
    buf_init(&texts, 1 << 20);
    buf_init(&image, 1 << 26);
    make_texts(&texts, 200);
    struct fit_params p = params(2);
    uint64_t gold = 0;
    p.folds = 4;
    p.rounds_max = 2;
    assert_ok(fit_run(&image, buf_view(&texts), &p, count_chosen, &gold, NULL));
    assert_int_equal(gold, 160);
    buf_clear(&image);
    buf_clear(&texts);
}

static void learns_what_is_marked(void **state)
{
    (void)state;
    struct buf texts, image;
    buf_init(&texts, 1 << 20);
    buf_init(&image, 1 << 26);
    make_texts(&texts, 200);
    struct fit_params p = params(1);
    struct diag d = { 0 };
    assert_ok(fit_run(&image, buf_view(&texts), &p, NULL, NULL, &d));
    struct tag_model m;
    assert_ok(tag_model_open(&m, buf_view(&image), &d));
    assert_int_equal(m.n_labels, 1);
    assert_string_equal(m.labels[0].name, "CODE");
    assert_int_equal(m.labels[0].label, TAG_NO_LABEL); /* Cordon has no such kind */
    struct corpus c = { .n_texts = 0 };
    struct tag_score s;
    assert_ok(fit_test(&m, buf_view(&texts), 1, &c, &s, &d));
    assert_int_equal(s.all.gold, 160);
    assert_int_equal(s.all.right, 160);
    assert_int_equal(s.all.found, 160);
    corpus_clear(&c);
    buf_clear(&image);
    buf_clear(&texts);
}

static void gives_the_same_bytes_with_any_threads(void **state)
{
    (void)state;
    struct buf texts, image[3];
    const unsigned threads[] = { 1, 2, 5 };
    buf_init(&texts, 1 << 20);
    make_texts(&texts, 300);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        struct fit_params p = params(threads[i]);
        buf_init(&image[i], 1 << 26);
        assert_ok(fit_run(&image[i], buf_view(&texts), &p, NULL, NULL, NULL));
        assert_true(view_eq(buf_view(&image[0]), buf_view(&image[i])));
    }
    struct fit_params p = params(2);
    p.seed = 2;
    buf_reset(&image[1]);
    assert_ok(fit_run(&image[1], buf_view(&texts), &p, NULL, NULL, NULL));
    assert_false(view_eq(buf_view(&image[0]), buf_view(&image[1])));
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        buf_clear(&image[i]);
    buf_clear(&texts);
}

static err fit_text(view text, struct diag *d)
{
    struct buf image;
    struct fit_params p = params(1);
    buf_init(&image, 1 << 26);
    err e = fit_run(&image, text, &p, NULL, NULL, d);
    assert_true(e == OK || image.n == 0);
    buf_clear(&image);
    return e;
}

static void refuses_texts_it_can_not_use(void **state)
{
    (void)state;
    struct diag d = { 0 };
    assert_err(fit_text(VIEW("{\"id\":1,\"text\":\"x\",\"spans\":["), &d), ERR_FORMAT);
    assert_int_equal(d.record, 1);
    assert_err(fit_text(VIEW("{\"id\":1,\"spans\":[]}"), NULL), ERR_FORMAT);
    assert_err(fit_text(VIEW(""), NULL), ERR_UNSUPPORTED);
    assert_err(fit_text(VIEW("{\"id\":1,\"text\":\"nobody\",\"spans\":[]}"), NULL),
               ERR_UNSUPPORTED);
    assert_err(
        fit_text(
            VIEW("{\"id\":1,\"text\":\"a\",\"spans\":[{\"start\":0,\"end\":1,\"label\":\"\"}]}"),
            NULL),
        ERR_FORMAT);
    /* spans past the end, empty and overlapping ones are no reason to stop */
    assert_err(fit_text(VIEW("{\"id\":1,\"text\":\"ab cd "
                             "ef\",\"spans\":[{\"start\":3,\"end\":5,\"label\":\"A\"},"
                             "{\"start\":4,\"end\":99,\"label\":\"B\"},{\"start\":0,\"end\":0,"
                             "\"label\":\"A\"}]}"),
                        NULL),
               OK);
}

static err run_once(void *ctx)
{
    struct buf *texts = ctx, image;
    struct fit_params p = params(1);
    p.rounds_max = 1;
    buf_init(&image, 1 << 26);
    err e = fit_run(&image, buf_view(texts), &p, NULL, NULL, NULL);
    if (!e && !image.n) e = ERR_FORMAT;
    buf_clear(&image);
    return e;
}

static void says_when_memory_is_short(void **state)
{
    (void)state;
    struct buf texts;
    buf_init(&texts, 1 << 20);
    make_texts(&texts, 12);
    faults_in_turn_by(run_once, &texts, 3);
    buf_clear(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_out_all_in_turn),
        cmocka_unit_test(learns_what_is_marked),
        cmocka_unit_test(gives_the_same_bytes_with_any_threads),
        cmocka_unit_test(refuses_texts_it_can_not_use),
        cmocka_unit_test(says_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
