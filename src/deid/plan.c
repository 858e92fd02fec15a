#include "deid/plan.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"

/* Paths of ten million files; more than that is split by its owner. */
static const size_t PLAN_MAX = (size_t)4 << 30;

struct maker {
    struct plan *plan;
    const struct batch_work *work;
    const struct batch_params *params;
    struct deid_scratch *scratch; /* made when the first name is looked at */
    struct map taken;             /* output paths given out so far */
    view folder_in, folder_out;   /* the last folder and what it became */
    bool folder_changed;
    bool no_length;
    struct diag *diag;
};

static err add_item(struct maker *m, struct plan_item item)
{
    struct plan *p = m->plan;
    if (p->n == p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 16, bytes;
        if (!size_mul(cap, sizeof *p->v, &bytes)) return ERR_MEMORY;
        struct plan_item *v = mem_resize(p->v, bytes);
        if (!v) return ERR_MEMORY;
        p->v = v;
        p->cap = cap;
    }
    p->v[p->n++] = item;
    return OK;
}

static err add_failed(struct maker *m, const struct diag *d)
{
    return add_item(m, (struct plan_item){ .diag = *d });
}

view plan_name_unpacked(view name)
{
    static const view endings[] = { { ".gz", 3 }, { ".zst", 4 }, { ".zstd", 5 } };
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (name.n > endings[i].n &&
            view_eq_nocase(view_sub(name, name.n - endings[i].n, name.n), endings[i]))
            return view_sub(name, 0, name.n - endings[i].n);
    return name;
}

/* Which part an input belongs to follows from its path alone: another input more or less moves no
 * other one. */
static bool is_in_shard(const struct maker *m, view path)
{
    const struct batch_params *p = m->params;
    return !p->shards || hash64(path, p->shards) % p->shards == p->shard - 1;
}

/* a, "/" unless a is empty or ends with it, b; terminated. */
static err join(struct maker *m, view a, view b, const char **out)
{
    bool slash = a.n > 0 && a.p[a.n - 1] != '/';
    char *p = arena_alloc(&m->plan->arena, a.n + slash + b.n + 1);
    if (!p) return ERR_MEMORY;
    if (a.n) memcpy(p, a.p, a.n);
    if (slash) p[a.n] = '/';
    if (b.n) memcpy(p + a.n + slash, b.p, b.n);
    p[a.n + slash + b.n] = '\0';
    *out = p;
    return OK;
}

static view folder_of(view path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return view_sub(path, 0, n > 1 ? n - 1 : n);
}

static view base_of(view path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return view_sub(path, at, path.n);
}

/* One component of a name through the engine. */
static err clean_name(struct maker *m, view name, struct buf *out, bool *changed)
{
    bool this_changed = false;
    if (m->params->keep_names || !m->work->names) return buf_add(out, name);
    if (!m->scratch) {
        err e = deid_scratch_new(&m->scratch);
        if (e) return e;
    }
    err e = deid_name(m->work->names, m->scratch, name, out, &this_changed);
    *changed |= this_changed;
    return e;
}

/* A relative folder, component by component; files come sorted, so that the last one is remembered. */
static err clean_folder(struct maker *m, view folder, view *out, bool *changed)
{
    err e = OK;
    struct buf b;
    const char *kept;
    buf_init(&b, PATH_MAX);
    if (m->folder_in.n == 0 || !view_eq(folder, m->folder_in)) {
        m->folder_changed = false;
        for (size_t at = 0; at < folder.n;) {
            size_t end = view_find_byte(folder, at, '/');
            if (b.n > 0) TRY(buf_add_char(&b, '/'));
            TRY(clean_name(m, view_sub(folder, at, end), &b, &m->folder_changed));
            at = end + 1;
        }
        TRY(join(m, VIEW(""), buf_view(&b), &kept));
        m->folder_in = folder;
        m->folder_out = view_of(kept, b.n);
    }
    *out = m->folder_out;
    *changed |= m->folder_changed;
out:
    buf_clear(&b);
    return e;
}

/* `path`, or when another input has it already, with "-2", "-3" … before its ending. */
static err take_path(struct maker *m, const char *path, const char **out, bool *changed)
{
    err e = OK;
    uint32_t seen = 0;
    view whole = view_of_str(path);
    struct buf b;
    buf_init(&b, PATH_MAX + 16);
    if (!map_get(&m->taken, whole, &seen)) {
        *out = path;
        e = map_put(&m->taken, whole, 1);
        goto out;
    }
    *changed = true;
    view base = base_of(whole);
    size_t dot = base.n;
    while (dot > 0 && base.p[dot - 1] != '.')
        dot--;
    size_t cut = dot > 1 ? whole.n - base.n + dot - 1 : whole.n;
    for (bool again = true; again;) {
        uint32_t unused;
        buf_reset(&b);
        TRY(buf_add(&b, view_sub(whole, 0, cut)));
        TRY(buf_add_char(&b, '-'));
        TRY(buf_add_u64(&b, ++seen));
        TRY(buf_add(&b, view_sub(whole, cut, whole.n)));
        again = map_get(&m->taken, buf_view(&b), &unused);
    }
    TRY(map_put(&m->taken, whole, seen));
    TRY(join(m, VIEW(""), buf_view(&b), out));
    TRY(map_put(&m->taken, view_of_str(*out), 1));
out:
    buf_clear(&b);
    return e;
}

/* Where the file at `relative` goes below the output folder. */
static err output_below(struct maker *m, view relative, const char **out)
{
    err e = OK;
    bool changed = false;
    view folder;
    const char *below, *path;
    struct buf name;
    buf_init(&name, PATH_MAX);
    TRY(clean_folder(m, folder_of(relative), &folder, &changed));
    TRY(clean_name(m, base_of(relative), &name, &changed));
    TRY(join(m, folder, buf_view(&name), &below));
    TRY(join(m, view_of_str(m->params->output), view_of_str(below), &path));
    TRY(take_path(m, path, out, &changed));
    m->plan->names_changed += changed;
out:
    buf_clear(&name);
    return e;
}

static void count_bytes(struct maker *m, const char *path)
{
    struct stat st;
    if ((path ? stat(path, &st) : fstat(STDIN_FILENO, &st)) != 0) return;
    if (S_ISREG(st.st_mode))
        m->plan->bytes_total += (uint64_t)st.st_size;
    else
        m->no_length = true;
}

static err add_file(struct maker *m, const char *path, view relative, view shard_by, bool below)
{
    struct plan_item item = { .input = path };
    if (below) {
        err e = output_below(m, relative, &item.output);
        if (e == ERR_MEMORY) return e;
        if (e) {
            item.diag = (struct diag){ 0 };
            DIAG(&item.diag, e, "no name for the output could be made");
        }
    }
    /* Named first, so that names don't depend on parts. */
    if (!is_in_shard(m, shard_by)) return OK;
    count_bytes(m, path);
    return add_item(m, item);
}

static err add_folder(struct maker *m, const char *root)
{
    err e = OK;
    struct file_list list;
    struct diag d = { 0 };
    const char *path;
    e = file_walk(root, &m->plan->arena, &list, &d);
    if (e == ERR_MEMORY) return e;
    if (e) return add_failed(m, &d);
    m->folder_in = VIEW("");
    m->plan->passed_over += list.passed_over;
    for (size_t i = 0; i < list.n; i++) {
        TRY(join(m, view_of_str(root), list.paths[i], &path));
        TRY(add_file(m, path, list.paths[i], list.paths[i], !m->plan->shared));
    }
    for (size_t i = 0; i < list.unreadable; i++) {
        struct diag lost = { 0 };
        DIAG(&lost, ERR_PERMISSION, "a folder below this one can't be read");
        TRY(add_failed(m, &lost));
    }
out:
    return e;
}

/* Nothing is written where a file of the same name could be an input. */
static err refuse_overlap(struct maker *m, const char *input, const struct stat *in)
{
    struct stat out;
    const char *output = m->params->output, *folder;
    if (!output) {
        bool same =
            fstat(STDOUT_FILENO, &out) == 0 && S_ISREG(out.st_mode) && file_is_same(&out, in);
        return same
                   ? DIAG(m->diag, ERR_USAGE, "an input is the file that standard output writes to")
                   : OK;
    }
    if (S_ISDIR(in->st_mode))
        return file_is_inside(output, in)
                   ? DIAG(m->diag, ERR_USAGE, "the output would stand inside an input folder")
                   : OK;
    if (m->plan->shared) {
        bool same = stat(output, &out) == 0 && file_is_same(&out, in);
        return same ? DIAG(m->diag, ERR_USAGE, "the output is one of the inputs") : OK;
    }
    err e = join(m, VIEW(""), folder_of(view_of_str(input)), &folder);
    if (e) return e;
    struct stat target;
    if (stat(*folder ? folder : ".", &out) == 0 && stat(output, &target) == 0 &&
        file_is_same(&out, &target))
        return DIAG(m->diag, ERR_USAGE, "the output folder is the folder of an input");
    return OK;
}

/* Are there several results, or one? */
static err decide_shape(struct maker *m)
{
    const struct batch_params *p = m->params;
    struct stat st;
    bool many = p->n_inputs > 1, has_folder = false;
    for (size_t i = 0; i < p->n_inputs; i++)
        if (strcmp(p->inputs[i], "-") != 0 && stat(p->inputs[i], &st) == 0)
            has_folder |= S_ISDIR(st.st_mode);
    bool exists = p->output && stat(p->output, &st) == 0;
    bool folder = exists && S_ISDIR(st.st_mode);
    size_t n = p->output ? strlen(p->output) : 0;
    if (n > 0 && p->output[n - 1] == '/') folder = true;
    m->plan->output = p->output;
    if (m->work->collect) {
        if (folder) return DIAG(m->diag, ERR_USAGE, "the output is one file here, not a folder");
        m->plan->shared = true;
    } else if (!p->output) {
        if (has_folder)
            return DIAG(m->diag, ERR_USAGE, "an input folder needs an output folder: -o FOLDER");
        m->plan->shared = true;
    } else if ((many || has_folder) && exists && !folder) {
        return DIAG(m->diag, ERR_USAGE, "several inputs need an output folder, and this is none");
    } else {
        m->plan->shared = !many && !has_folder && !folder;
        m->plan->adds = !m->plan->shared && !p->journal && file_folder_holds(p->output);
    }
    return OK;
}

static err add_input(struct maker *m, const char *input)
{
    err e = OK;
    struct stat st;
    struct diag d = { 0 };
    bool is_stdin = strcmp(input, "-") == 0;
    if ((is_stdin ? fstat(STDIN_FILENO, &st) : stat(input, &st)) != 0) {
        DIAG_OS(&d, "the input can't be opened");
        return add_failed(m, &d);
    }
    if (S_ISREG(st.st_mode) || (S_ISDIR(st.st_mode) && !is_stdin))
        TRY(refuse_overlap(m, is_stdin ? "/dev/stdin" : input, &st));
    if (S_ISDIR(st.st_mode) && !is_stdin) return add_folder(m, input);
    return add_file(m, is_stdin ? NULL : input,
                    is_stdin ? VIEW("input") : base_of(view_of_str(input)), view_of_str(input),
                    !m->plan->shared);
out:
    return e;
}

err plan_make(struct plan *p, const struct batch_work *w, const struct batch_params *params,
              struct diag *d)
{
    err e = OK;
    struct maker m = { .plan = p, .work = w, .params = params, .diag = d };
    *p = (struct plan){ 0 };
    arena_init(&p->arena, PLAN_MAX);
    map_init(&m.taken, &p->arena);
    TRY(decide_shape(&m));
    for (size_t i = 0; i < params->n_inputs; i++)
        TRY(add_input(&m, params->inputs[i]));
    if (m.no_length) p->bytes_total = 0;
out:
    deid_scratch_free(m.scratch);
    if (e) {
        DIAG(d, e, "the inputs could not be listed");
        plan_clear(p);
    }
    return e;
}

void plan_clear(struct plan *p)
{
    mem_free(p->v);
    arena_clear(&p->arena);
    *p = (struct plan){ 0 };
}
