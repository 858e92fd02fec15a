#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "faults.h"

static char folder[256];

static char *in_folder(const char *name)
{
    static char path[4][512];
    static unsigned turn;
    char *p = path[turn++ % 4];
    snprintf(p, sizeof path[0], "%s/%s", folder, name);
    return p;
}

static void write_file(const char *name, view v)
{
    struct file_out f;
    assert_ok(file_out_open(&f, in_folder(name), FILE_OUT_REPLACE, NULL));
    assert_ok(file_out_write(&f, v, NULL));
    assert_ok(file_out_commit(&f, NULL));
    file_out_clear(&f);
}

#define assert_file(name, literal)                                                                 \
    do {                                                                                           \
        struct buf got_;                                                                           \
        buf_init(&got_, 1 << 20);                                                                  \
        assert_ok(file_read(in_folder(name), &got_, NULL));                                        \
        assert_view(buf_view(&got_), literal);                                                     \
        buf_clear(&got_);                                                                          \
    } while (0)

static size_t entries(const char *name)
{
    size_t n = 0;
    DIR *d = opendir(in_folder(name));
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

static int make_folder(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/cordon-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

static void remove_all(const char *path)
{
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));) {
        char below[1024];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        snprintf(below, sizeof below, "%s/%s", path, e->d_name);
        if (unlink(below) != 0) {
            chmod(below, 0700);
            remove_all(below);
        }
    }
    if (d) closedir(d);
    rmdir(path);
}

static int remove_folder(void **state)
{
    (void)state;
    remove_all(folder);
    return 0;
}

static void a_file_is_read_up_to_the_limit(void **state)
{
    (void)state;
    struct buf b;
    struct diag d = { 0 };

    write_file("ten", VIEW("0123456789"));
    buf_init(&b, 12);
    assert_ok(buf_add(&b, VIEW(">>")));
    assert_ok(file_read(in_folder("ten"), &b, &d));
    assert_view(buf_view(&b), ">>0123456789");
    buf_clear(&b);

    b.max = 9;
    assert_err(file_read(in_folder("ten"), &b, &d), ERR_LIMIT);
    assert_int_equal(b.n, 0);
    assert_int_equal(d.code, ERR_LIMIT);
    buf_clear(&b);

    /* A device tells no size: it is read to the limit, and not one byte is kept. */
    b.max = 1 << 20;
    assert_err(file_read("/dev/zero", &b, NULL), ERR_LIMIT);
    assert_int_equal(b.n, 0);
    assert_err(file_read(in_folder("none"), &b, NULL), ERR_NOT_FOUND);
    assert_err(file_read(folder, &b, NULL), ERR_IO);
    assert_ok(file_read("/dev/null", &b, NULL));
    buf_clear(&b);
    assert_int_equal(mem_in_use(), 0);
}

static void a_mapped_file_is_its_bytes(void **state)
{
    (void)state;
    struct file_map m;
    write_file("mapped", VIEW("map me"));
    assert_ok(file_map(&m, in_folder("mapped"), NULL));
    assert_view(m.bytes, "map me");
    file_unmap(&m);
    file_unmap(&m);
    write_file("mapped", VIEW(""));
    assert_ok(file_map(&m, in_folder("mapped"), NULL));
    assert_int_equal(m.bytes.n, 0);
    file_unmap(&m);
    assert_err(file_map(&m, folder, NULL), ERR_UNSUPPORTED);
    assert_err(file_map(&m, in_folder("none"), NULL), ERR_NOT_FOUND);
}

static void an_output_is_whole_or_absent(void **state)
{
    (void)state;
    struct file_out f;
    assert_int_equal(mkdir(in_folder("out"), 0777), 0);

    assert_ok(file_out_open(&f, in_folder("out/a"), 0, NULL));
    assert_ok(file_out_write(&f, VIEW("half"), NULL));
    assert_int_equal(access(in_folder("out/a"), F_OK), -1);
    file_out_clear(&f); /* gives up: nothing stays */
    assert_int_equal(entries("out"), 0);
    file_out_clear(&f);
    file_out_clear(&(struct file_out){ 0 });
    assert_true(fcntl(0, F_GETFD) >= 0 || errno == EBADF);

    assert_ok(file_out_open(&f, in_folder("out/a"), 0, NULL));
    assert_ok(file_out_write(&f, VIEW("the whole"), NULL));
    assert_ok(file_out_commit(&f, NULL));
    file_out_clear(&f);
    assert_int_equal(entries("out"), 1);
    assert_file("out/a", "the whole");
}

static void a_file_is_replaced_only_when_asked(void **state)
{
    (void)state;
    struct file_out f;
    write_file("old", VIEW("old"));
    assert_err(file_out_open(&f, in_folder("old"), 0, NULL), ERR_EXISTS);
    assert_file("old", "old");

    /* One that appears between open and commit is not overwritten either. */
    assert_ok(file_out_open(&f, in_folder("raced"), 0, NULL));
    assert_ok(file_out_write(&f, VIEW("mine"), NULL));
    write_file("raced", VIEW("theirs"));
    assert_err(file_out_commit(&f, NULL), ERR_EXISTS);
    file_out_clear(&f);
    assert_file("raced", "theirs");

    write_file("old", VIEW("new"));
    assert_file("old", "new");
    assert_err(file_out_open(&f, folder, FILE_OUT_REPLACE, NULL), ERR_EXISTS);
    assert_err(file_out_open(&f, in_folder("no/such"), 0, NULL), ERR_NOT_FOUND);
}

static void links_and_devices_stay_what_they_are(void **state)
{
    (void)state;
    struct file_out f;
    struct stat st;
    write_file("real", VIEW("1"));
    assert_int_equal(symlink(in_folder("real"), in_folder("link")), 0);
    write_file("link", VIEW("2"));
    assert_int_equal(lstat(in_folder("link"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_file("real", "2");

    assert_ok(file_out_open(&f, "/dev/null", FILE_OUT_REPLACE, NULL));
    assert_ok(file_out_write(&f, VIEW("gone"), NULL));
    assert_ok(file_out_commit(&f, NULL));
    file_out_clear(&f);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
}

static void a_private_file_is_nobody_elses(void **state)
{
    (void)state;
    struct file_out f;
    struct stat st;
    mode_t before = umask(022);
    assert_ok(file_out_open(&f, in_folder("key"), FILE_OUT_PRIVATE, NULL));
    assert_ok(file_out_commit(&f, NULL));
    file_out_clear(&f);
    write_file("shared", VIEW("x"));
    umask(before);
    assert_int_equal(stat(in_folder("key"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(in_folder("shared"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0644);
}

/* A full disk, in two spellings: a device that is always full, and a file that may not grow. */
static void a_full_disk_leaves_nothing(void **state)
{
    (void)state;
    struct file_out f;
    struct diag d = { 0 };
    static char block[1 << 16];
    struct rlimit before, small;

    assert_ok(file_out_open(&f, "/dev/full", 0, NULL));
    assert_err(file_out_write(&f, VIEW("x"), &d), ERR_NO_SPACE);
    file_out_clear(&f);
    assert_int_equal(d.os, ENOSPC);

    assert_int_equal(mkdir(in_folder("full"), 0777), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){ 100000, before.rlim_max };
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_ok(file_out_open(&f, in_folder("full/a"), 0, NULL));
    assert_ok(file_out_write(&f, view_of(block, sizeof block), NULL));
    err e = file_out_write(&f, view_of(block, sizeof block), NULL);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(e, ERR_LIMIT);
    file_out_clear(&f);
    assert_int_equal(entries("full"), 0);
}

static void folders_are_made_on_the_way(void **state)
{
    (void)state;
    enum file_kind kind;
    assert_ok(file_make_folders(in_folder("a/b//c/"), NULL));
    assert_ok(file_make_folders(in_folder("a/b/c"), NULL));
    assert_ok(file_kind_of(in_folder("a/b/c"), &kind, NULL));
    assert_int_equal(kind, FILE_FOLDER);
    write_file("a/file", VIEW("x"));
    assert_err(file_make_folders(in_folder("a/file"), NULL), ERR_EXISTS);
    assert_int_not_equal(file_make_folders(in_folder("a/file/below"), NULL), OK);
    assert_ok(file_kind_of("/dev/null", &kind, NULL));
    assert_int_equal(kind, FILE_OTHER);
    assert_err(file_make_folders("", NULL), ERR_NOT_FOUND);
}

static err walk_and_compare(void *ctx)
{
    static const char *const expected[] = { "B.txt", "a.txt", "a/deep/er/x", "a/y", "b" };
    err e = OK;
    struct arena a;
    struct file_list list;
    (void)ctx;

    arena_init(&a, 1 << 20);
    TRY(file_walk(in_folder("tree"), &a, &list, NULL));
    assert_int_equal(list.n, COUNT_OF(expected));
    for (size_t i = 0; i < list.n; i++)
        assert_true(view_eq(list.paths[i], view_of_str(expected[i])));
    assert_int_equal(list.unreadable, 0);
    assert_int_equal(list.passed_over, 6); /* .hidden, .git, .cordon-x1, loop, link, pipe */
out:
    arena_clear(&a);
    return e;
}
static void a_walk_is_sorted_and_passes_over_what_is_not_meant(void **state)
{
    (void)state;
    static const char *const files[] = { "a/y", "a/deep/er/x", "B.txt",       "a.txt",
                                         "b",   ".hidden",     "a/.git/conf", ".cordon-x1" };
    assert_ok(file_make_folders(in_folder("tree/a/deep/er"), NULL));
    assert_ok(file_make_folders(in_folder("tree/a/.git"), NULL));
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char name[64];
        snprintf(name, sizeof name, "tree/%s", files[i]);
        write_file(name, VIEW("x"));
    }
    assert_int_equal(symlink("..", in_folder("tree/loop")), 0);
    assert_int_equal(symlink("b", in_folder("tree/link")), 0);
    assert_int_equal(mkfifo(in_folder("tree/pipe"), 0600), 0);
    faults_in_turn(walk_and_compare, NULL);
}

static void a_closed_folder_is_counted(void **state)
{
    (void)state;
    struct arena a;
    struct file_list list;
    assert_ok(file_make_folders(in_folder("part/closed"), NULL));
    write_file("part/open", VIEW("x"));
    assert_int_equal(chmod(in_folder("part/closed"), 0), 0);
    assert_int_equal(chmod(folder, 0755), 0);
    arena_init(&a, 1 << 20);
    bool is_root = geteuid() == 0; /* to whom nothing is closed: be nobody for a while */
    if (is_root) assert_int_equal(seteuid(65534), 0);
    assert_ok(file_walk(in_folder("part"), &a, &list, NULL));
    assert_int_equal(list.n, 1);
    assert_int_equal(list.unreadable, 1);
    assert_err(file_walk(in_folder("part/closed"), &a, &list, NULL), ERR_PERMISSION);
    if (is_root) assert_int_equal(seteuid(0), 0);
    arena_clear(&a);
}

static err write_and_read(void *ctx)
{
    err e = OK;
    struct buf b;
    struct file_out f = { 0 };
    (void)ctx;

    buf_init(&b, 1000);
    TRY(file_out_open(&f, in_folder("faults/x"), FILE_OUT_REPLACE, NULL));
    TRY(file_out_write(&f, VIEW("some bytes"), NULL));
    TRY(file_out_commit(&f, NULL));
    TRY(file_read(in_folder("faults/x"), &b, NULL));
    assert_view(buf_view(&b), "some bytes");
out:
    file_out_clear(&f);
    buf_clear(&b);
    assert_true(entries("faults") <= 1); /* the result, or nothing */
    return e;
}
static void files_survive_every_fault(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_folder("faults"), 0777), 0);
    faults_in_turn(write_and_read, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_up_to_the_limit),
        cmocka_unit_test(a_mapped_file_is_its_bytes),
        cmocka_unit_test(an_output_is_whole_or_absent),
        cmocka_unit_test(a_file_is_replaced_only_when_asked),
        cmocka_unit_test(links_and_devices_stay_what_they_are),
        cmocka_unit_test(a_private_file_is_nobody_elses),
        cmocka_unit_test(a_full_disk_leaves_nothing),
        cmocka_unit_test(folders_are_made_on_the_way),
        cmocka_unit_test(a_walk_is_sorted_and_passes_over_what_is_not_meant),
        cmocka_unit_test(a_closed_folder_is_counted),
        cmocka_unit_test(files_survive_every_fault),
    };
    return cmocka_run_group_tests_name("base/file", tests, make_folder, remove_folder);
}
