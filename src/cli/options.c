#include "cli/options.h"

#include <limits.h>

enum { COUNT_MAX = 4096, NAME_MAX_LEN = 32, HELP_COLUMN = 27 };

/* Edits (insert, delete, change, swap of neighbours) that lead from a to b. */
static unsigned distance(view a, view b)
{
    unsigned row[3][NAME_MAX_LEN + 1];
    if (a.n > NAME_MAX_LEN || b.n > NAME_MAX_LEN) return UINT_MAX;
    for (size_t j = 0; j <= b.n; j++)
        row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *now = row[i % 3], *prev = row[(i - 1) % 3], *older = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned same = a.p[i - 1] == b.p[j - 1] ? 0 : 1;
            now[j] = MIN(MIN(prev[j], now[j - 1]) + 1, prev[j - 1] + same);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                now[j] = MIN(now[j], older[j - 2] + 1);
        }
    }
    return row[a.n % 3][b.n];
}

static const char *nearest(const struct opt *table, size_t n, view typed)
{
    const char *best = NULL;
    unsigned least = 3; /* farther than two edits is no hint but a guess */
    for (size_t i = 0; i < n; i++) {
        if (!table[i].name) continue;
        view name = view_of_str(table[i].name);
        unsigned d = distance(typed, name);
        if (typed.n >= 3 && view_starts(name, typed)) d = 1;
        if (d < least) {
            least = d;
            best = table[i].name;
        }
    }
    return best;
}

static const struct opt *by_name(const struct opt *table, size_t n, view name)
{
    for (size_t i = 0; i < n; i++)
        if (table[i].name && view_eq(view_of_str(table[i].name), name)) return &table[i];
    return NULL;
}

static const struct opt *by_letter(const struct opt *table, size_t n, char c)
{
    for (size_t i = 0; i < n; i++)
        if (table[i].letter && table[i].letter == c) return &table[i];
    return NULL;
}

static bool set_size(size_t *into, view v)
{
    uint64_t n = 0, unit = 1;
    if (v.n > 0) {
        switch (ascii_lower(v.p[v.n - 1])) {
        case 'k': unit = 1u << 10; break;
        case 'm': unit = 1u << 20; break;
        case 'g': unit = 1u << 30; break;
        default: break;
        }
        if (unit > 1) v.n--;
    }
    if (!view_to_u64(v, &n) || n == 0) return false;
    return size_mul(n, unit, into);
}

/* What is wrong with the value, or NULL. */
static const char *set_value(const struct opt *o, const char *text)
{
    uint64_t n = 0;
    switch (o->kind) {
    case OPT_TEXT:
        if (!*text) return "the value is empty";
        *(const char **)o->into = text;
        return NULL;
    case OPT_TEXTS: {
        struct opt_texts *t = o->into;
        if (!*text) return "the value is empty";
        if (t->n == OPT_TEXTS_MAX) return "the option is given too often";
        t->v[t->n++] = text;
        return NULL;
    }
    case OPT_COUNT:
        if (!view_to_u64(view_of_str(text), &n) || n < 1 || n > COUNT_MAX)
            return "the value must be a number from 1 to 4096";
        *(unsigned *)o->into = (unsigned)n;
        return NULL;
    case OPT_SIZE:
        if (!set_size(o->into, view_of_str(text)))
            return "the value must be a size such as 512K, 16M or 1G";
        return NULL;
    case OPT_CHOICE:
    case OPT_MAYBE:
        for (int i = 0; o->choices[i]; i++) {
            if (view_eq(view_of_str(text), view_of_str(o->choices[i]))) {
                *(int *)o->into = i;
                return NULL;
            }
        }
        return "the value is none of those it can take";
    case OPT_FLAG:
    case OPT_HEADING: break;
    }
    return "the option takes no value";
}

static err fault_set(struct opt_fault *f, int at, const char *what, const char *hint,
                     const struct opt *o)
{
    *f = (struct opt_fault){ .at = at, .what = what, .hint = hint, .o = o };
    return ERR_USAGE;
}

/* argv[*at] is a long option; *at is moved to its value when that stands apart. */
static err parse_long(const struct opt *table, size_t n, int argc, char **argv, int *at,
                      struct opt_fault *fault)
{
    view arg = view_of_str(argv[*at] + 2);
    size_t eq = view_find_byte(arg, 0, '=');
    const struct opt *o = by_name(table, n, view_sub(arg, 0, eq));
    if (!o)
        return fault_set(fault, *at, "is no option of this command",
                         nearest(table, n, view_sub(arg, 0, eq)), NULL);
    const char *wrong = NULL;
    if (o->kind == OPT_FLAG) {
        if (eq < arg.n) return fault_set(fault, *at, "the option takes no value", NULL, o);
        *(bool *)o->into = true;
    } else if (eq < arg.n) {
        wrong = set_value(o, arg.p + eq + 1);
    } else if (o->kind == OPT_MAYBE) {
        *(int *)o->into = 0;
    } else if (*at + 1 >= argc) {
        wrong = "the option needs a value";
    } else {
        wrong = set_value(o, argv[++*at]);
    }
    return wrong ? fault_set(fault, *at, wrong, NULL, o) : OK;
}

/* argv[*at] is one dash and letters: flags, the last of which may take a value. */
static err parse_letters(const struct opt *table, size_t n, int argc, char **argv, int *at,
                         struct opt_fault *fault)
{
    for (const char *p = argv[*at] + 1; *p; p++) {
        const struct opt *o = by_letter(table, n, *p);
        if (!o) return fault_set(fault, *at, "is no option of this command", NULL, NULL);
        if (o->kind == OPT_FLAG) {
            *(bool *)o->into = true;
            continue;
        }
        if (o->kind == OPT_MAYBE) {
            *(int *)o->into = 0;
            continue;
        }
        const char *wrong = NULL;
        if (p[1])
            wrong = set_value(o, p + 1);
        else if (*at + 1 >= argc)
            wrong = "the option needs a value";
        else
            wrong = set_value(o, argv[++*at]);
        return wrong ? fault_set(fault, *at, wrong, NULL, o) : OK;
    }
    return OK;
}

err options_parse(const struct opt *table, size_t n, int argc, char **argv, int *operands,
                  struct opt_fault *fault)
{
    err e = OK;
    int kept = 0;
    bool ended = false;
    for (int i = 1; i < argc; i++) {
        char *a = argv[i];
        if (ended || a[0] != '-' || a[1] == '\0')
            argv[1 + kept++] = a; /* never ahead of i */
        else if (a[1] == '-' && a[2] == '\0')
            ended = true;
        else if (a[1] == '-')
            TRY(parse_long(table, n, argc, argv, &i, fault));
        else
            TRY(parse_letters(table, n, argc, argv, &i, fault));
    }
    *operands = kept;
out:
    return e;
}

void options_help(const struct opt *table, size_t n, FILE *to)
{
    for (size_t i = 0; i < n; i++) {
        const struct opt *o = &table[i];
        if (o->kind == OPT_HEADING) {
            fprintf(to, "\n%s\n", o->help);
            continue;
        }
        char left[64];
        const char *before = o->kind == OPT_FLAG ? "" : o->kind == OPT_MAYBE ? "[=" : " ";
        int len = snprintf(left, sizeof left, "  %c%c%s --%s%s%s%s", o->letter ? '-' : ' ',
                           o->letter ? o->letter : ' ', o->letter ? "," : " ", o->name, before,
                           o->value ? o->value : "", o->kind == OPT_MAYBE ? "]" : "");
        fprintf(to, "%-*s%s", HELP_COLUMN, left, len >= HELP_COLUMN ? "\n" : "");
        if (len >= HELP_COLUMN) fprintf(to, "%*s", HELP_COLUMN, "");
        for (const char *p = o->help; *p; p++) { /* further lines stand below the first */
            fputc(*p, to);
            if (*p == '\n') fprintf(to, "%*s", HELP_COLUMN, "");
        }
        fputc('\n', to);
    }
}
