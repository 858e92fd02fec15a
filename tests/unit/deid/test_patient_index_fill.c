/* The first pass over inputs: what is passed over in it because it was said before is missed by nobody. */
#include "unit.h"

#include <unistd.h>

#include "deid/patient_inside.h"

static const char *const lines[] = {
    "{\"resourceType\":\"Patient\",\"id\":\"1\",\"name\":[{\"family\":\"Quelby\"}]}",
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/1\"}}",
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/"
    "1\"},\"valueString\":\"x\"}",
    /* what can't be decoded says nothing, and is not taken for what can */
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/"
    "2\"},\"valueInteger\":01}",
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/"
    "2\"},\"valueInteger\":1}",
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/1\"},\"performer\":[{"
    "\"reference\":\"Practitioner/d\",\"display\":\"Dr. Okwundu\"}]}",
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/2\"},\"performer\":[{"
    "\"reference\":\"Practitioner/d\",\"display\":\"Dr. Okwundu\"}]}",
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/2\"},\"performer\":[{"
    "\"reference\":\"Practitioner/d\",\"display\":\"Dr. Okwundu\"}],\"status\":\"final\"}",
    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/2\",\"display\":\"Z. "
    "Roe\"}}",
};

static void write_lines(char *path, size_t from)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (size_t i = from; i < COUNT_OF(lines); i++)
        assert_true(dprintf(fd, "%s\n", lines[i]) > 0);
    close(fd);
}

static struct patient_index *filled(const char **paths, size_t n)
{
    struct patient_index *x;
    struct batch_params p = batch_default_params();
    p.inputs = paths;
    p.n_inputs = n;
    p.jobs = 1;
    assert_ok(patient_index_new(&x, NULL));
    patient_index_watch(x, false);
    assert_ok(patient_index_fill(x, &p, NULL));
    return x;
}

/* As a pass that decodes all of them. */
static struct patient_index *added(void)
{
    struct patient_index *x;
    struct arena a;
    struct record r;
    arena_init(&a, 64 << 20);
    assert_ok(patient_index_new(&x, NULL));
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        arena_reset(&a);
        if (format_decode(format_by_name(VIEW("ndjson")), view_of_str(lines[i]), ENC_UTF8, &a, &r,
                          NULL))
            continue;
        assert_ok(patient_index_add(x, &r, &a));
    }
    arena_clear(&a);
    return x;
}

static void nothing_is_missed(void **state)
{
    (void)state;
    char first[] = "/tmp/cordon-fill-XXXXXX", second[] = "/tmp/cordon-fill-XXXXXX";
    const char *paths[] = { first, second };
    uint64_t told[2];
    write_lines(first, 0);
    write_lines(second, 1); /* the same is said again, of the same patients by another input */
    struct patient_index *all = added(), *x = filled(paths, 2);
    assert_int_equal(x->all_told, all->all_told);
    assert_int_equal(x->n, all->n);
    assert_int_equal(patient_index_patients(x), 2);
    assert_int_equal(x->inputs.n, 4); /* each input speaks of both patients */
    for (size_t i = 0; i < 2; i++)
        assert_ok(patient_index_told(x, paths[i], &told[i]));
    assert_int_equal(told[0], told[1]);
    patient_index_free(x);
    patient_index_free(all);
    (void)unlink(first);
    (void)unlink(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_is_missed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
