/* Threads share one engine and one redaction, from the first text of the process on, so that whatever is
 * filled on first use is filled by several at once. What they write is what one thread writes alone. */
#include "library_fixture.h"

#include <pthread.h>

enum { THREADS = 4, TURNS = 8 };

struct worker {
    const struct cordon_engine *engine;
    const struct cordon_redaction *shared; /* NULL in the first round */
    pthread_barrier_t *start;
    char *texts[TURNS]; /* from strdup */
    bool restored;
};

static char *one_text(struct cordon_session *s)
{
    const struct cordon_finding *found;
    struct cordon_redaction *r;
    size_t n;
    if (cordon_detect(s, library_note, strlen(library_note), &found, &n, NULL) || n < 6)
        return NULL;
    if (cordon_redact(s, library_note, strlen(library_note), "17", &r, NULL)) return NULL;
    char *copy = strdup(cordon_redaction_text(r, NULL));
    cordon_redaction_free(r);
    return copy;
}

static bool restores(const struct cordon_redaction *r)
{
    size_t n, n_back;
    char *back;
    const char *text = cordon_redaction_text(r, &n);
    if (cordon_restore(r, text, n, &back, &n_back, NULL, NULL)) return false;
    bool is = strstr(back, "Maria Lopez") != NULL;
    cordon_free(back);
    return is;
}

static void *work(void *ctx)
{
    struct worker *w = ctx;
    struct cordon_session *s;
    pthread_barrier_wait(w->start);
    if (cordon_session_new(&s, w->engine, NULL)) return NULL;
    for (int i = 0; i < TURNS; i++)
        w->texts[i] = one_text(s);
    cordon_session_free(s);
    w->restored = !w->shared || restores(w->shared);
    return NULL;
}

static void run_round(const struct cordon_engine *engine, const struct cordon_redaction *shared)
{
    struct worker workers[THREADS];
    pthread_t ids[THREADS];
    pthread_barrier_t start;
    assert_int_equal(pthread_barrier_init(&start, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){ .engine = engine, .shared = shared, .start = &start };
        assert_int_equal(pthread_create(&ids[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(ids[i], NULL), 0);
    pthread_barrier_destroy(&start);
    for (int i = 0; i < THREADS; i++) {
        assert_true(workers[i].restored);
        for (int k = 0; k < TURNS; k++) {
            assert_non_null(workers[i].texts[k]);
            assert_string_equal(workers[i].texts[k], workers[0].texts[0]);
        }
    }
    for (int i = 0; i < THREADS; i++)
        for (int k = 0; k < TURNS; k++)
            free(workers[i].texts[k]);
}

static void threads_share(void **state)
{
    (void)state;
    struct cordon_params p = cordon_default_params();
    struct cordon_engine *engine;
    struct cordon_session *s;
    struct cordon_redaction *shared;
    assert_int_equal(cordon_engine_new(&engine, &p, NULL), CORDON_OK);
    run_round(engine, NULL); /* first: nothing of the library has run yet */
    assert_int_equal(cordon_session_new(&s, engine, NULL), CORDON_OK);
    assert_int_equal(cordon_redact(s, library_note, strlen(library_note), "17", &shared, NULL), 0);
    cordon_session_free(s);
    run_round(engine, shared);
    cordon_redaction_free(shared);
    cordon_engine_free(engine);
}

/* Engines are made and freed side by side. */
static void *make_engine(void *ctx)
{
    struct cordon_params p = cordon_default_params();
    struct cordon_engine *engine;
    struct cordon_session *s;
    bool *done = ctx;
    if (cordon_engine_new(&engine, &p, NULL)) return NULL;
    if (!cordon_session_new(&s, engine, NULL)) {
        char *text = one_text(s);
        *done = text != NULL;
        free(text);
        cordon_session_free(s);
    }
    cordon_engine_free(engine);
    return NULL;
}

static void engines_side_by_side(void **state)
{
    (void)state;
    pthread_t ids[THREADS];
    bool done[THREADS] = { 0 };
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&ids[i], NULL, make_engine, &done[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(ids[i], NULL), 0);
        assert_true(done[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share),
        cmocka_unit_test(engines_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
