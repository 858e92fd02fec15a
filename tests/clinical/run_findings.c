/* run_findings — the tables of this folder against the labeler.
 *
 *     run_findings FILE …
 *
 * A row is `text => Finding status [side|severity|course …]; Finding status; …`. Escapes \n and \\ are known in the
 * text. A finding that the row does not name must be not_mentioned, but for findings of the schema that
 * say what the others leave ("No Finding"): they count where they are named. Status `historical`,
 * `hypothetical` and `other_person` are not_mentioned with that reason; `conflict` after a status asks for
 * it; a value with a minus ("-worse") must be told of no instance. "state empty" (or another) alone asks for a report that is not read. A line `# schema NAME`,
 * `# mode chexpert|clinical` or `# implied yes|no` changes what the rows below it are read by; other
 * lines that begin with '#' are comments. Exit 0 when every row holds, 1 when one does not, 2 when a
 * table can't be read.
 */
#include "base/file.h"
#include "clinical/labeler.h"
#include "escapes.h"

struct table {
    struct schema *schema;
    struct labeler labeler;
    struct label_scratch *scratch;
    const char *path;
    unsigned line, rows, failed;
};

static bool same_word(view a, const char *b)
{
    return view_eq(a, view_of_str(b));
}

static int broken(const struct table *t, const char *why)
{
    printf("%s:%u: %s\n", t->path, t->line, why);
    return 2;
}

static view cut(view *rest, const char *by)
{
    size_t n = strlen(by);
    for (size_t i = 0; i + n <= rest->n; i++) {
        if (memcmp(rest->p + i, by, n) != 0) continue;
        view head = view_sub(*rest, 0, i);
        *rest = view_sub(*rest, i + n, rest->n);
        return view_trim(head);
    }
    view all = view_trim(*rest);
    *rest = VIEW("");
    return all;
}

static int fail(struct table *t, view text, const char *finding, const char *want, const char *got)
{
    printf("%s:%u: %s should be %s, is %s\n    %.*s\n", t->path, t->line, finding, want, got,
           (int)text.n, text.p);
    return 1;
}

static const char *name_of(const struct schema *s, int f, char to[128])
{
    snprintf(to, 128, "%.*s", (int)s->findings[f].name.n, s->findings[f].name.p);
    return to;
}

/* Longest finding name that begins `want`. */
static int finding_in(const struct schema *s, view *want)
{
    int best = -1;
    for (uint32_t i = 0; i < s->n_findings; i++) {
        view name = s->findings[i].name;
        if (!view_starts(*want, name) || (want->n > name.n && want->p[name.n] != ' ')) continue;
        if (best < 0 || name.n > s->findings[best].name.n) best = (int)i;
    }
    if (best >= 0) *want = view_trim(view_sub(*want, s->findings[best].name.n, want->n));
    return best;
}

static bool has_value(const struct schema *s, const struct answer *a, view value)
{
    for (uint32_t i = 0; i < a->n_instances; i++)
        for (int g = 0; g < VALUE_GROUPS; g++)
            if (a->instances[i].values[g] != NO_VALUE &&
                view_eq(s->values[a->instances[i].values[g]].name, value))
                return true;
    return false;
}

static bool holds(const struct schema *s, const struct answer *a, view want)
{
    if (same_word(want, "historical")) return a->status == STATUS_NOT_MENTIONED && a->historical;
    if (same_word(want, "hypothetical"))
        return a->status == STATUS_NOT_MENTIONED && a->hypothetical;
    if (same_word(want, "other_person"))
        return a->status == STATUS_NOT_MENTIONED && a->other_person;
    if (same_word(want, "conflict")) return a->conflict;
    if (view_starts(want, VIEW("-"))) return !has_value(s, a, view_sub(want, 1, want.n));
    enum status status;
    if (status_from_name(want, &status)) return a->status == status;
    return has_value(s, a, want);
}

static int check_row(struct table *t, view text, view wants)
{
    struct label_result r;
    uint64_t named = 0;
    int bad = 0;
    const struct schema *s = t->schema;
    char shown[128], name[128];
    if (label_report(&t->labeler, t->scratch, text, &r)) return broken(t, "no memory");
    while (wants.n) {
        view want = cut(&wants, ";");
        if (view_starts(want, VIEW("state "))) {
            view state = view_trim(view_sub(want, 6, want.n));
            if (!same_word(state, report_state_name(r.state))) {
                snprintf(shown, sizeof shown, "%.*s", (int)state.n, state.p);
                bad |= fail(t, text, "state", shown, report_state_name(r.state));
            }
            continue;
        }
        if (same_word(want, "nothing")) continue;
        int f = finding_in(s, &want);
        if (f < 0) return broken(t, "the schema has no such finding");
        named |= UINT64_C(1) << f;
        while (want.n) {
            view one = cut(&want, " ");
            if (holds(s, &r.answers[f], one)) continue;
            snprintf(shown, sizeof shown, "%.*s", (int)one.n, one.p);
            bad |= fail(t, text, name_of(s, f, name), shown, status_name(r.answers[f].status));
        }
    }
    for (uint32_t f = 0; f < s->n_findings; f++)
        if (!(named >> f & 1) && !s->findings[f].is_rest &&
            r.answers[f].status != STATUS_NOT_MENTIONED)
            bad |= fail(t, text, name_of(s, (int)f, name), "not_mentioned",
                        status_name(r.answers[f].status));
    t->rows++;
    t->failed += bad != 0;
    return bad;
}

static int set_option(struct table *t, view line)
{
    view rest = view_trim(view_sub(line, 1, line.n)), key = cut(&rest, " ");
    if (same_word(key, "schema")) {
        struct diag d = { 0 };
        schema_free(t->schema);
        t->schema = NULL;
        if (schema_builtin(&t->schema, view_trim(rest), &d))
            return broken(t, d.what ? d.what : "schema");
        t->labeler.schema = t->schema;
    } else if (same_word(key, "mode")) {
        t->labeler.options.context.chexpert = same_word(view_trim(rest), "chexpert");
    } else if (same_word(key, "implied")) {
        t->labeler.options.context.implied = same_word(view_trim(rest), "yes");
    }
    return 0;
}

static int read_table(struct table *t)
{
    struct buf b;
    struct diag d = { 0 };
    int worst = 0;
    buf_init(&b, 16 << 20);
    if (file_read(t->path, &b, &d)) return broken(t, "can't be read");
    view rest = buf_view(&b);
    char *text = mem_alloc(rest.n + 1);
    if (!text) return broken(t, "no memory");
    for (t->line = 1; rest.n && worst < 2; t->line++) {
        size_t end = view_find_byte(rest, 0, '\n');
        view line = view_trim(view_sub(rest, 0, end));
        rest = view_sub(rest, end + 1, rest.n);
        int r = 0;
        if (line.n && line.p[0] == '#')
            r = set_option(t, line);
        else if (line.n && !t->schema)
            r = broken(t, "a line \"# schema NAME\" comes first");
        else if (line.n) {
            view want = line, from = cut(&want, "=>");
            if (want.n == 0)
                r = broken(t, "no \"=>\"");
            else
                r = check_row(t, view_of(text, unescape(from, text)), view_trim(want));
        }
        worst = MAX(worst, r);
    }
    mem_free(text);
    buf_clear(&b);
    return worst;
}

int main(int argc, char **argv)
{
    struct table t = { .labeler = { .options = label_default_options() } };
    int worst = argc > 1 ? 0 : 2;
    if (label_scratch_new(&t.scratch)) return 2;
    for (int i = 1; i < argc; i++) {
        t.path = argv[i];
        int r = read_table(&t);
        worst = MAX(worst, r);
        t.labeler.options = label_default_options();
    }
    printf("%u rows, %u failed\n", t.rows, t.failed);
    if (t.rows == 0) worst = 2;
    schema_free(t.schema);
    label_scratch_free(t.scratch);
    return worst;
}
