/* The public library with each allocation failing once: nothing stays, nothing half-made comes out. */
#include "library_fixture.h"

#include "faults.h"

/* library_note and faults.h's enum err: back from the public code to it. */
static err inner(enum cordon_error e)
{
    if (e == CORDON_OK) return OK;
    return e == CORDON_ERROR_MEMORY ? ERR_MEMORY : ERR_USAGE;
}

static enum cordon_error try_all(struct library *l, struct cordon_redaction **r, char **restored)
{
    struct cordon_params p = cordon_default_params();
    const struct cordon_finding *found;
    const char *text = library_note;
    size_t n, n_text = strlen(text);
    enum cordon_error e = cordon_engine_new(&l->engine, &p, NULL);
    if (e) return e;
    if ((e = cordon_session_new(&l->session, l->engine, NULL))) return e;
    if ((e = cordon_detect(l->session, text, n_text, &found, &n, NULL))) {
        assert_null(found);
        return e;
    }
    assert_true(n >= 6);
    if ((e = cordon_redact(l->session, text, n_text, NULL, r, NULL))) {
        assert_null(*r);
        return e;
    }
    text = cordon_redaction_text(*r, &n_text);
    assert_null(strstr(text, "Lopez"));
    if ((e = cordon_restore(*r, text, n_text, restored, &n, NULL, NULL))) {
        assert_null(*restored);
        return e;
    }
    assert_non_null(strstr(*restored, "Lopez"));
    return CORDON_OK;
}

static err run(void *ctx)
{
    (void)ctx;
    struct library l = { 0 };
    struct cordon_redaction *r = NULL;
    char *restored = NULL;
    enum cordon_error e = try_all(&l, &r, &restored);
    cordon_free(restored);
    cordon_redaction_free(r);
    library_close(&l);
    return inner(e);
}

static void every_allocation_fails(void **state)
{
    (void)state;
    faults_in_turn(run, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_fails) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
