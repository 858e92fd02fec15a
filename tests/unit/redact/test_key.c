/* Key files: made once, private, whole or refused; and what is derived from a key. */
#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "redact/key.h"

static char folder[] = "/tmp/cordon-key-XXXXXX";
static char path[64], other[64];

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/a.key", folder);
    snprintf(other, sizeof other, "%s/b.key", folder);
    return 0;
}
static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    unlink(other);
    return rmdir(folder);
}
static int fresh(void **state)
{
    (void)state;
    unlink(path);
    unlink(other);
    return 0;
}

static void write_file(const char *to, view bytes, mode_t mode)
{
    FILE *f = fopen(to, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
    assert_int_equal(chmod(to, mode), 0);
}

static void a_new_key_opens_again(void **state)
{
    (void)state;
    struct key *a, *b;
    struct stat st;
    uint8_t x[32], y[32];
    assert_ok(key_create_file(path, NULL));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_ok(key_open_file(&a, path, NULL));
    assert_ok(key_open_file(&b, path, NULL));
    assert_int_equal(key_id(a).n, 8);
    assert_true(view_eq(key_id(a), key_id(b)));
    assert_false(key_is_ephemeral(a));
    key_derive(a, VIEW("p"), VIEW("d"), VIEW("v"), x);
    key_derive(b, VIEW("p"), VIEW("d"), VIEW("v"), y);
    assert_memory_equal(x, y, 32);
    key_free(a);
    key_free(b);
    key_free(NULL);
}

static void a_key_is_never_overwritten(void **state)
{
    (void)state;
    struct diag d = { 0 };
    write_file(path, VIEW("mine"), 0600);
    assert_err(key_create_file(path, &d), ERR_EXISTS);
    struct buf b;
    buf_init(&b, 100);
    assert_ok(file_read(path, &b, NULL));
    assert_view(buf_view(&b), "mine");
    buf_clear(&b);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
    (void)state;
    static const mode_t modes[] = { 0640, 0604, 0620, 0610, 0601 };
    struct key *k;
    struct diag d = { 0 };
    assert_ok(key_create_file(path, NULL));
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_err(key_open_file(&k, path, &d), ERR_KEY);
        assert_null(k);
    }
    assert_non_null(strstr(d.what, "chmod 600"));
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(symlink(path, other), 0);
    assert_ok(key_open_file(&k, other, NULL)); /* a link to a private file is followed */
    key_free(k);
    unlink(other);
    assert_err(key_open_file(&k, other, NULL), ERR_KEY);  /* none */
    assert_err(key_open_file(&k, folder, NULL), ERR_KEY); /* no file */
}

/* Every line changed in turn is noticed, and the diag names what is wrong. */
static void damage_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *find, *with, *says;
        err code;
    } cases[] = {
        { "cordon-key 1", "cordon-kex 1", "first line", ERR_KEY },
        { "cordon-key 1", "cordon-key 2", "later format", ERR_VERSION },
        { "\nid ", "\nix ", "'id' line", ERR_KEY },
        { "scheme 1", "scheme 2", "later scheme", ERR_VERSION },
        { "scheme 1", "scheme x", "'scheme' line", ERR_KEY },
        { "created 2", "created 3", "'check' line does not hold", ERR_KEY },
        { "created", "creatXd", "'created' line", ERR_KEY },
        { "secret ", "secret g", "'secret' line", ERR_KEY },
        { "check ", "check g", "'check' line is damaged", ERR_KEY },
        { "check", "chekc", "'check' line is damaged", ERR_KEY },
    };
    struct buf b;
    struct key *k;
    buf_init(&b, 4096);
    assert_ok(key_create_file(path, NULL));
    assert_ok(file_read(path, &b, NULL));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[4096];
        struct diag d = { 0 };
        memcpy(text, b.p, b.n);
        char *at = memmem(text, b.n, cases[i].find, strlen(cases[i].find));
        assert_non_null(at);
        memcpy(at, cases[i].with, strlen(cases[i].with));
        write_file(other, view_of(text, b.n), 0600);
        assert_err(key_open_file(&k, other, &d), cases[i].code);
        assert_null(k);
        if (!strstr(d.what, cases[i].says)) fail_msg("says: %s", d.what);
    }
    for (size_t n = 0; n < b.n; n++) { /* cut anywhere */
        write_file(other, view_of(b.p, n), 0600);
        assert_err(key_open_file(&k, other, NULL), ERR_KEY);
    }
    for (size_t i = 13; i < b.n; i++) { /* one letter changed anywhere below the first line */
        char text[4096];
        memcpy(text, b.p, b.n);
        text[i] = text[i] == '5' ? '6' : '5';
        write_file(other, view_of(text, b.n), 0600);
        err e = key_open_file(&k, other, NULL);
        assert_true(e == ERR_KEY || e == ERR_VERSION);
    }
    char large[2000];
    memset(large, 'a', sizeof large);
    write_file(other, view_of(large, sizeof large), 0600);
    assert_err(key_open_file(&k, other, NULL), ERR_KEY);
    buf_clear(&b);
}

static void ephemeral_keys_differ(void **state)
{
    (void)state;
    struct key *a, *b;
    assert_ok(key_ephemeral(&a));
    assert_ok(key_ephemeral(&b));
    assert_true(key_is_ephemeral(a));
    assert_false(view_eq(key_id(a), key_id(b)));
    key_free(a);
    key_free(b);
}

static void what_is_derived_is_framed(void **state)
{
    (void)state;
    struct key *k;
    uint8_t x[32], y[32];
    assert_ok(key_ephemeral(&k));
    key_derive(k, VIEW("a"), VIEW("bc"), VIEW("d"), x);
    key_derive(k, VIEW("ab"), VIEW("c"), VIEW("d"), y);
    assert_memory_not_equal(x, y, 32);
    key_derive(k, VIEW("a"), VIEW("bcd"), VIEW(""), y);
    assert_memory_not_equal(x, y, 32);
    key_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_new_key_opens_again, fresh),
        cmocka_unit_test_setup(a_key_is_never_overwritten, fresh),
        cmocka_unit_test_setup(a_key_that_others_may_read_is_refused, fresh),
        cmocka_unit_test_setup(damage_is_named, fresh),
        cmocka_unit_test(ephemeral_keys_differ),
        cmocka_unit_test(what_is_derived_is_framed),
    };
    return cmocka_run_group_tests_name("redact/key", tests, make_folder, remove_folder);
}
