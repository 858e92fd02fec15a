/* detect_redact.c — reads a note, lists what identifies a person, and prints the note without it.
 *
 *     cc detect_redact.c $(pkg-config --cflags --libs cordon) -o detect_redact
 *     ./detect_redact KEYFILE [SITE.yaml] <note.txt              KEYFILE from `cordon key new KEYFILE`
 *
 * Then it pretends that someone who saw only the tags wrote an answer, and puts the values back there.
 */
#include <cordon.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A problem never holds a piece of the note, so it may be printed anywhere. */
static int fail(const struct cordon_problem *p)
{
    fprintf(stderr, "detect_redact: %s: %s\n", cordon_error_text(p->error), p->what);
    if (p->line) fprintf(stderr, "detect_redact: line %u, column %u\n", p->line, p->column);
    return 1;
}

static int list_findings(struct cordon_session *session, const char *note, size_t n)
{
    struct cordon_problem problem;
    const struct cordon_finding *found;
    size_t n_found;
    if (cordon_detect(session, note, n, &found, &n_found, &problem)) return fail(&problem);
    for (size_t i = 0; i < n_found; i++)
        printf("%3zu-%-3zu %-8s %.2f  %s\n", found[i].start, found[i].end, found[i].label,
               found[i].score, found[i].reason);
    return 0;
}

/* "Please call <what the second replacement became> back." and its restored form. */
static int answer(const struct cordon_redaction *r)
{
    struct cordon_problem problem;
    struct cordon_restore_counts counts;
    char reply[256], *restored;
    size_t n, n_list;
    const char *text = cordon_redaction_text(r, NULL);
    const struct cordon_replacement *list = cordon_redaction_list(r, &n_list);
    if (n_list < 2) return 0;
    const struct cordon_replacement *second = &list[1];
    snprintf(reply, sizeof reply, "Please call %.*s back.",
             (int)(second->new_end - second->new_start), text + second->new_start);
    if (cordon_restore(r, reply, strlen(reply), &restored, &n, &counts, &problem))
        return fail(&problem);
    printf("%s\n%s\n%zu put back, %zu left\n", reply, restored, counts.put_back, counts.left);
    cordon_free(restored);
    return 0;
}

static int print_redacted(struct cordon_session *session, const char *note, size_t n)
{
    struct cordon_problem problem;
    struct cordon_redaction *r;
    if (cordon_redact(session, note, n, "patient 17", &r, &problem)) return fail(&problem);
    const char *text = cordon_redaction_text(r, &n);
    fwrite(text, 1, n, stdout);
    int bad = answer(r);
    cordon_redaction_free(r);
    return bad;
}

int main(int argc, char **argv)
{
    static char note[1 << 16];
    struct cordon_engine *engine = NULL;
    struct cordon_session *session = NULL;
    struct cordon_problem problem;
    struct cordon_params params = cordon_default_params();
    int bad;

    params.profile = CORDON_TRANSPORT;
    params.key_file = argc > 1 ? argv[1] : NULL;
    params.site_file = argc > 2 ? argv[2] : NULL;
    if (cordon_engine_new(&engine, &params, &problem) ||
        cordon_session_new(&session, engine, &problem)) {
        bad = fail(&problem);
    } else {
        size_t n = fread(note, 1, sizeof note, stdin);
        bad = list_findings(session, note, n) || print_redacted(session, note, n);
    }
    cordon_session_free(session);
    cordon_engine_free(engine);
    return bad;
}
