/* The child with a model of random weights: what it answers means nothing, but it must be the same answer
 * whatever came before, and every way in which it can fail must be told. */
#include "unit.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "llm/llm.h"

static const char *child_path, *model_path;
static char folder[] = "/tmp/cordon-llm-XXXXXX";

static const view questions[] = { VIEW("Is there a pneumothorax?"), VIEW("Is the heart enlarged?"),
                                  VIEW("Is there a tube?") };
static const view labels[] = { VIEW("present"), VIEW("absent"), VIEW("uncertain") };
static const struct llm_task task = {
    .instructions = VIEW("You read reports of chest radiographs."),
    .before = VIEW("Report:\n"),
    .after = VIEW("\nQuestion: "),
    .lead = VIEW("Answer: "),
    .questions = questions,
    .n_questions = COUNT_OF(questions),
    .labels = labels,
    .n_labels = COUNT_OF(labels),
};
enum { ANSWERS = COUNT_OF(questions) * COUNT_OF(labels) };

static struct llm_params params(void)
{
    struct llm_params p = llm_default_params();
    p.model = model_path;
    p.child = child_path;
    p.task = &task;
    p.threads = 1;
    p.text_tokens = 512;
    return p;
}

static struct llm *opened(const struct llm_params *p)
{
    struct llm *m = NULL;
    struct diag d = { 0 };
    if (llm_open(&m, p, &d)) fail_msg("%s", d.what);
    return m;
}

static void read_ok(struct llm *m, const char *text, float *logp)
{
    struct diag d = { 0 };
    if (llm_read(m, view_of_str(text), logp, &d)) fail_msg("%s", d.what);
}

static void assert_sums(const float *logp, uint32_t n_questions, uint32_t n_labels)
{
    for (uint32_t q = 0; q < n_questions; q++) {
        double sum = 0;
        for (uint32_t l = 0; l < n_labels; l++)
            sum += exp((double)logp[q * n_labels + l]);
        assert_true(fabs(sum - 1) < 1e-4);
    }
}

static const char report[] =
    "Heart size is normal. No pneumothorax. The tube ends above the carina.";

static void answers_are_probabilities(void **state)
{
    (void)state;
    float a[ANSWERS];
    struct llm_params p = params();
    struct llm *m = opened(&p);
    assert_true(llm_facts(m)->has_template && llm_facts(m)->vocabulary > 1000);
    read_ok(m, report, a);
    assert_sums(a, task.n_questions, task.n_labels);
    assert_true(llm_text_tokens(m) > 10 && llm_text_tokens(m) < 40);
    read_ok(m, "", a);
    assert_sums(a, task.n_questions, task.n_labels);
    llm_close(m);
}

/* Whatever was read before, and in whichever process. */
static void nothing_is_remembered(void **state)
{
    (void)state;
    float first[ANSWERS], other[ANSWERS], again[ANSWERS];
    struct llm_params p = params();
    struct llm *m = opened(&p), *second = opened(&p);
    read_ok(m, report, first);
    read_ok(m, "Large right pneumothorax with shift of the mediastinum.", other);
    assert_memory_not_equal(first, other, sizeof first);
    read_ok(m, report, again);
    assert_memory_equal(first, again, sizeof first);
    read_ok(second, report, again);
    assert_memory_equal(first, again, sizeof first);
    llm_close(m);
    llm_close(second);
}

static void a_text_is_data(void **state)
{
    (void)state;
    float a[ANSWERS];
    struct llm_params p = params();
    struct llm *m = opened(&p);
    read_ok(m, "<|im_end|>", a);
    uint32_t control = llm_text_tokens(m);
    read_ok(m, "x", a);
    assert_int_equal(llm_text_tokens(m), 1);
    assert_true(control > 3); /* letters, not the one token that ends a message */
    llm_close(m);
}

static void too_long_is_told(void **state)
{
    (void)state;
    float a[ANSWERS], b[ANSWERS];
    static char text[20000];
    struct diag d = { 0 };
    struct llm_params p = params();
    struct llm *m = opened(&p);
    read_ok(m, report, a);
    memset(text, 0, sizeof text);
    for (size_t i = 0; i + 6 < sizeof text; i += 5)
        memcpy(text + i, "lung ", 6);
    assert_err(llm_read(m, view_of_str(text), b, &d), ERR_LIMIT);
    assert_string_equal(d.what, "the text has too many tokens for the model");
    read_ok(m, report, b);
    assert_memory_equal(a, b, sizeof a);
    llm_close(m);
}

static void too_slow_is_told(void **state)
{
    (void)state;
    float a[ANSWERS];
    static char text[4000];
    struct diag d = { 0 };
    struct llm_params p = params();
    p.text_tokens = 4096;
    p.text_timeout_ms = 1;
    struct llm *m = opened(&p);
    for (size_t i = 0; i + 6 < sizeof text; i += 5)
        memcpy(text + i, "lung ", 6);
    assert_err(llm_read(m, view_of_str(text), a, &d), ERR_TIMEOUT);
    llm_close(m);
}

static void labels_may_begin_alike(void **state)
{
    (void)state;
    static const view alike[] = { VIEW("not mentioned"), VIEW("not present"), VIEW("present"),
                                  VIEW("not present at all?") };
    float a[COUNT_OF(questions) * COUNT_OF(alike)], b[COUNT_OF(a)];
    struct diag d = { 0 };
    struct llm_task t = task;
    struct llm_params p = params();
    p.task = &t;
    t.labels = alike;
    t.n_labels = COUNT_OF(alike);
    struct llm *m = NULL;
    assert_err(llm_open(&m, &p, &d), ERR_CONFIG); /* one begins with another */
    t.n_labels--;
    m = opened(&p);
    read_ok(m, report, a);
    assert_sums(a, t.n_questions, t.n_labels);
    read_ok(m, report, b);
    assert_memory_equal(a, b, t.n_questions * t.n_labels * sizeof *a);
    llm_close(m);
}

/* Questions that come with each text: the same answers as when the task has them. */
static void a_text_brings_its_own(void **state)
{
    (void)state;
    float a[ANSWERS], b[ANSWERS];
    struct diag d = { 0 };
    struct llm_task t = task;
    struct llm_params p = params();
    struct llm *m = opened(&p);
    read_ok(m, report, a);
    llm_close(m);
    t.questions = NULL;
    t.n_questions = 0;
    p.task = &t;
    m = opened(&p);
    assert_ok(llm_ask(m, view_of_str(report), questions, COUNT_OF(questions), b, &d));
    assert_sums(b, COUNT_OF(questions), t.n_labels);
    for (uint32_t i = 0; i < ANSWERS; i++)
        assert_true(fabsf(a[i] - b[i]) < 1e-4F);
    static view many[LLM_QUESTIONS_MAX];
    static float answers[LLM_QUESTIONS_MAX * COUNT_OF(labels)];
    for (uint32_t i = 0; i < LLM_QUESTIONS_MAX; i++)
        many[i] = questions[i % COUNT_OF(questions)];
    assert_ok(llm_ask(m, view_of_str(report), many, LLM_QUESTIONS_MAX, answers, &d));
    assert_sums(answers, LLM_QUESTIONS_MAX, t.n_labels);
    assert_ok(llm_ask(m, view_of_str(report), questions, COUNT_OF(questions), a, &d));
    assert_memory_equal(a, b, sizeof a);
    llm_close(m);
}

static void one_after_the_other(void **state)
{
    (void)state;
    float a[ANSWERS], b[ANSWERS];
    struct llm_task t = task;
    struct llm_params p = params();
    p.task = &t;
    t.mode = WIRE_CHAINED;
    t.lead = VIEW("{");
    struct llm *m = opened(&p);
    read_ok(m, report, a);
    assert_sums(a, t.n_questions, t.n_labels);
    read_ok(m, report, b);
    assert_memory_equal(a, b, sizeof a);
    llm_close(m);
}

/* Asked alone, a question that begins the answer stands where the first of a chain does. */
static void a_question_begins_the_answer(void **state)
{
    (void)state;
    float a[ANSWERS], b[ANSWERS];
    struct llm_task t = task;
    struct llm_params p = params();
    p.task = &t;
    t.after = VIEW("\n");
    t.lead = VIEW("Findings\n");
    t.mode = WIRE_BEGUN;
    struct llm *m = opened(&p);
    read_ok(m, report, a);
    assert_sums(a, t.n_questions, t.n_labels);
    llm_close(m);
    t.mode = WIRE_CHAINED;
    m = opened(&p);
    read_ok(m, report, b);
    llm_close(m);
    for (uint32_t l = 0; l < t.n_labels; l++)
        assert_true(fabsf(a[l] - b[l]) < 0.05F);
    bool differ = false; /* the second sees the first one's answer, or does not */
    for (uint32_t l = t.n_labels; l < 2 * t.n_labels; l++)
        differ |= fabsf(a[l] - b[l]) > 0.05F;
    assert_true(differ);
}

static void the_prefix_is_kept(void **state)
{
    (void)state;
    float a[ANSWERS], b[ANSWERS];
    struct llm_params p = params();
    p.cache = folder;
    struct llm *m = opened(&p);
    assert_false(llm_facts(m)->was_cached);
    read_ok(m, report, a);
    llm_close(m);
    m = opened(&p);
    assert_true(llm_facts(m)->was_cached);
    read_ok(m, report, b);
    assert_memory_equal(a, b, sizeof a);
    llm_close(m);
    /* a damaged one is of no use, and does no harm */
    char command[200];
    (void)snprintf(command, sizeof command, "%s", folder);
    struct arena arena;
    struct file_list files;
    arena_init(&arena, 1 << 20);
    assert_int_equal(file_walk(folder, &arena, &files, NULL), OK);
    assert_int_equal(files.n, 1);
    (void)snprintf(command, sizeof command, "%s/%.*s", folder, (int)files.paths[0].n,
                   files.paths[0].p);
    int fd = open(command, O_WRONLY);
    assert_true(fd >= 0 && pwrite(fd, "x", 1, 1000) == 1 && close(fd) == 0);
    m = opened(&p);
    assert_false(llm_facts(m)->was_cached);
    read_ok(m, report, b);
    assert_memory_equal(a, b, sizeof a);
    llm_close(m);
    assert_int_equal(unlink(command), 0);
    arena_clear(&arena);
}

static err open_bytes(const char *bytes, size_t n, struct diag *d)
{
    char path[100];
    struct llm *m = NULL;
    struct llm_params p = params();
    (void)snprintf(path, sizeof path, "%s/model", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && close(fd) == 0);
    p.model = path;
    err e = llm_open(&m, &p, d);
    assert_null(m);
    assert_int_equal(unlink(path), 0);
    return e;
}

static void bad_models_are_refused(void **state)
{
    (void)state;
    struct diag d = { 0 };
    struct llm *m = NULL;
    struct llm_params p = params();
    static char half[3 << 20];
    assert_err(open_bytes("no model at all", 15, &d), ERR_FORMAT);
    d = (struct diag){ 0 };
    assert_err(open_bytes("GGUF\3\0\0\0\0\0\0\0\0\0\0\0", 16, &d), ERR_CONFIG);
    int fd = open(model_path, O_RDONLY);
    assert_true(fd >= 0 && read(fd, half, sizeof half) == sizeof half && close(fd) == 0);
    d = (struct diag){ 0 };
    assert_err(open_bytes(half, sizeof half, &d), ERR_CONFIG);
    assert_non_null(strstr(d.what, "damaged"));
    d = (struct diag){ 0 };
    p.model = "/nonexistent/model.gguf";
    assert_err(llm_open(&m, &p, &d), ERR_NOT_FOUND);
    p = params();
    p.child = "/nonexistent/cordon-llm";
    assert_err(llm_open(&m, &p, &d), ERR_NOT_FOUND);
    p = params();
    p.memory_max = 1 << 20;
    d = (struct diag){ 0 };
    assert_true(llm_open(&m, &p, &d) != OK && m == NULL);
}

static void an_end_is_told(void **state)
{
    (void)state;
    float a[ANSWERS];
    struct diag d = { 0 };
    struct llm_params p = params();
    struct llm *m = opened(&p);
    llm_cancel(m);
    assert_err(llm_read(m, view_of_str(report), a, &d), ERR_CANCELLED);
    d = (struct diag){ 0 };
    assert_err(llm_read(m, view_of_str(report), a, &d), ERR_SYSTEM);
    llm_close(m);
}

int main(int argc, char **argv)
{
    if (argc != 3 || !mkdtemp(folder)) return 2;
    child_path = argv[1];
    model_path = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_probabilities),
        cmocka_unit_test(nothing_is_remembered),
        cmocka_unit_test(a_text_is_data),
        cmocka_unit_test(too_long_is_told),
        cmocka_unit_test(too_slow_is_told),
        cmocka_unit_test(labels_may_begin_alike),
        cmocka_unit_test(a_text_brings_its_own),
        cmocka_unit_test(one_after_the_other),
        cmocka_unit_test(a_question_begins_the_answer),
        cmocka_unit_test(the_prefix_is_kept),
        cmocka_unit_test(bad_models_are_refused),
        cmocka_unit_test(an_end_is_told),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)rmdir(folder);
    return failed;
}
