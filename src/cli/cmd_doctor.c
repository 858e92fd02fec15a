/* cordon doctor — which language models this machine can run, and how fast, by running them. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/console.h"
#include "extract/extract_model.h"

/* A report of usual length, some 130 words: how long a model takes does not depend on what it says. */
static const char sample[] =
    "EXAMINATION: Chest, portable AP view.\n"
    "INDICATION: Shortness of breath, evaluate for pneumonia.\n"
    "COMPARISON: Chest radiograph of the day before.\n"
    "FINDINGS: An endotracheal tube ends 4 cm above the carina. A right internal jugular catheter "
    "ends in the "
    "superior vena cava. A nasogastric tube passes below the diaphragm; its tip is not seen. The "
    "heart is "
    "mildly enlarged, as before. There is a moderate left pleural effusion, larger than on the "
    "earlier film, "
    "with adjacent atelectasis. Patchy opacity in the right lower lung may be atelectasis or early "
    "pneumonia. "
    "Pulmonary vessels are indistinct, in keeping with mild interstitial edema. No pneumothorax is "
    "seen. Old "
    "healed fractures of the left sixth and seventh ribs.\n"
    "IMPRESSION:\n1. Larger left effusion with atelectasis.\n2. Right basal opacity, atelectasis "
    "or "
    "pneumonia.\n3. Mild interstitial edema. Tubes and lines as described.\n";

static int print_help(const struct opt *table, size_t n)
{
    fputs("usage: cordon doctor [options] MODEL.gguf|FOLDER...\n\n"
          "Says which language models this machine can run for cordon extract, and how many\n"
          "reports an hour to expect, by loading each and reading a sample report with it.\n\n"
          "  cordon doctor models/                          every .gguf file of a folder\n"
          "  cordon doctor --strategy steps model.gguf      as extract --strategy steps would\n\n"
          "options:\n",
          stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

struct doctor {
    struct model_options options;
    unsigned seconds;
    uint64_t memory; /* bytes that can be had now */
    uint32_t usable, unusable;
};

/* MemAvailable of /proc/meminfo; 0 when it does not say. */
static uint64_t memory_available(void)
{
    struct buf text;
    uint64_t kb = 0;
    buf_init(&text, 1 << 16);
    int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && file_read_fd(fd, &text, NULL) == OK) {
        static const view name = VIEW("MemAvailable:");
        const char *at = memmem(text.p, text.n, name.p, name.n);
        for (size_t i = at ? (size_t)(at - text.p) + name.n : text.n;
             i < text.n && text.p[i] != '\n'; i++)
            if (ascii_is_digit(text.p[i])) kb = kb * 10 + (uint64_t)(text.p[i] - '0');
    }
    if (fd >= 0) (void)close(fd);
    buf_clear(&text);
    return kb << 10;
}

/* Seconds for a report: the median of as many as fit the time, three at least. */
static err time_reports(struct model_reader *r, const struct doctor *o, double *seconds,
                        struct diag *d)
{
    enum { MOST = 64, LEAST = 3 };
    err e = OK;
    struct model_answer answers[FINDINGS_MAX];
    double took[MOST];
    uint32_t n = 0;
    struct model_reading reading;
    uint64_t begun = clock_mono_ns();
    TRY(model_reader_read(r, view_of_str(sample), NULL, answers, &reading,
                          d)); /* the first warms caches */
    while (n < LEAST || (n < MOST && clock_mono_ns() - begun < o->seconds * UINT64_C(1000000000))) {
        uint64_t from = clock_mono_ns();
        TRY(model_reader_read(r, view_of_str(sample), NULL, answers, &reading, d));
        double s = (double)(clock_mono_ns() - from) * 1e-9;
        uint32_t k = n++;
        for (; k > 0 && took[k - 1] > s; k--)
            took[k] = took[k - 1];
        took[k] = s;
    }
    *seconds = took[n / 2];
out:
    return e;
}

static void try_model(struct doctor *o, const char *path)
{
    err e = OK;
    struct diag d = { 0 };
    struct stat st;
    struct model_reader *r = NULL;
    double seconds = 0;
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    uint64_t begun = clock_mono_ns();
    o->options.llm.model = path;
    if (stat(path, &st)) TRY(DIAG_OS(&d, "could not open the model"));
    /* its weights, and half a gigabyte for what is worked out on the way */
    if (o->memory && (uint64_t)st.st_size + (UINT64_C(512) << 20) > o->memory)
        TRY(DIAG(&d, ERR_MEMORY, "the model does not fit into the memory that is free"));
    TRY(model_reader_new(&r, &o->options, &d));
    double loaded = (double)(clock_mono_ns() - begun) * 1e-9;
    TRY(time_reports(r, o, &seconds, &d));
    const struct llm_facts *f = model_reader_facts(r);
    printf("%-40s %s, %" PRIu64 " MB: loads in %.1f s, %.2f s a report, %.0f reports an hour%s\n",
           name, f->description, f->bytes >> 20, loaded, seconds, 3600 / seconds,
           f->has_template ? "" : "; no chat template that is known");
    o->usable++;
out:
    if (e) {
        printf("%-40s can't be used: %s\n", name, d.what ? d.what : err_text(e));
        o->unusable++;
    }
    model_reader_free(r);
}

static bool is_model(view path)
{
    const view end = VIEW(".gguf");
    return path.n > end.n && view_eq(view_sub(path, path.n - end.n, path.n), end);
}

static void try_folder(struct doctor *o, const char *folder)
{
    err e = OK;
    struct diag d = { 0 };
    struct arena a;
    struct file_list files;
    struct buf path;
    arena_init(&a, 64 << 20);
    buf_init(&path, 8192);
    TRY(file_walk(folder, &a, &files, &d));
    for (size_t i = 0; i < files.n; i++) {
        if (!is_model(files.paths[i])) continue;
        buf_reset(&path);
        TRY(buf_add(&path, view_of_str(folder)));
        TRY(buf_add_char(&path, '/'));
        TRY(buf_add(&path, files.paths[i]));
        TRY(buf_add_char(&path, '\0'));
        try_model(o, path.p);
    }
out:
    if (e) {
        fprintf(stderr, "cordon doctor: %s\n", d.what ? d.what : err_text(e));
        o->unusable++;
    }
    buf_clear(&path);
    arena_clear(&a);
}

int cmd_doctor(int argc, char **argv)
{
    static const char *const strategies[] = { "parallel", "one-step", "steps", NULL };
    bool help = false;
    int operands = 0, strategy = 0;
    unsigned threads = 0, seconds = 10;
    struct opt_fault fault;
    struct diag d = { 0 };
    struct schema *schema = NULL;
    const struct opt table[] = {
        { "strategy", 0, OPT_CHOICE, &strategy, "NAME", "parallel, one-step or steps", strategies },
        { "threads", 0, OPT_COUNT, &threads, "N", "default: one a processor" },
        { "seconds", 0, OPT_COUNT, &seconds, "N", "for each model; default 10" },
        { "help", 'h', OPT_FLAG, &help, NULL, "this text" },
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("doctor", &fault);
    if (help) return print_help(table, COUNT_OF(table));
    if (operands == 0) return console_misuse("doctor", "which models? give files or folders");
    if (schema_builtin(&schema, VIEW("chexpert14"), &d)) return EXIT_USE;
    struct doctor o = { .options = { .schema = schema,
                                     .strategy = (enum model_strategy)strategy,
                                     .llm = llm_default_params() },
                        .seconds = seconds,
                        .memory = memory_available() };
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    o.options.llm.threads = threads ? threads : (unsigned)MAX(processors, 1);
    printf("%u processors used, %" PRIu64
           " MB of memory free, 14 findings, a report of %zu bytes\n",
           o.options.llm.threads, o.memory >> 20, sizeof sample - 1);
    for (int i = 1; i <= operands; i++) {
        struct stat st;
        if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
            try_folder(&o, argv[i]);
        else
            try_model(&o, argv[i]);
    }
    schema_free(schema);
    if (o.usable + o.unusable == 0) printf("no .gguf file there\n");
    return o.usable ? EXIT_DONE : EXIT_NEGATIVE;
}
