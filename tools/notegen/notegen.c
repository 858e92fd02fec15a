/* tools/notegen — clinical text with known identifiers, for training and measuring.
 *
 *     notegen --count 1000 --seed 7 --split train > notes.jsonl
 *
 *     notegen --plant mtsamples.jsonl --split test --noise none > planted.jsonl
 *
 * Writes {"id","text","spans":[{"start","end","label"}]}, a line each; offsets are code points. The same
 * options give the same bytes on every machine. What can be said stands in data/notegen (grammar.h).
 * Not installed: a tool of the build.
 */
#include "base/file.h"
#include "base/hash.h"
#include "cli/options.h"
#include "noise.h"
#include "plant.h"
#include "speak.h"

struct choice { /* what the command line asks for */
    const char *count, *seed, *kind, *data, *noise, *say, *plant;
    int split, only;
    bool help, kinds, check;
};

enum { ONLY_ALL, ONLY_KNOWN, ONLY_NEW };
static const char *const onlys[] = { "all", "known", "new", NULL };
static const char *const sides[] = { "all",    "train",   "test",    "known",  "known2", "known3",
                                     "known4", "fresh",   "known5",  "known6", "known7", "known8",
                                     "known9", "known10", "known11", "plain",  NULL };

static uint64_t number(const char *text, uint64_t usual)
{
    uint64_t n = usual;
    if (text && !view_to_u64(view_of_str(text), &n)) die("--count and --seed take numbers");
    return n;
}

static const struct grammar_rule *pick_kind(const struct grammar *g, const char *name,
                                            struct stat_random *r)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < g->n; i++)
        total += g->v[i].kind;
    if (!total) die("the grammar has no kinds of notes");
    uint32_t at = stat_random_below(r, total);
    if (name) {
        const struct grammar_rule *k = grammar_find(g, view_of_str(name));
        if (!k || !k->kind) die("there is no such kind; --kinds lists them");
        return k;
    }
    const struct grammar_rule *k = g->v;
    while (at >= k->kind)
        at -= k++->kind;
    return k;
}

static void write_note(struct speaker *s, const struct choice *c, struct stat_random *r, view id,
                       struct note *spare, struct buf *out)
{
    enum noise fixed = NOISE_none;
    bool mixed = !c->noise || strcmp(c->noise, "mixed") == 0;
    if (!mixed && !noise_from_name(view_of_str(c->noise), &fixed)) die("there is no such noise");
    noise_make(&s->note, mixed ? noise_pick(r) : fixed, r, spare);
    buf_reset(out);
    note_json(&s->note, id, out);
    if (fwrite(out->p, 1, out->n, stdout) != out->n) die("could not write");
}

static void write_notes(const struct choice *c, struct speaker *s)
{
    struct buf out;
    struct note spare = { 0 };
    struct stat_random r;
    uint64_t count = number(c->count, 10), seed = number(c->seed, 1);

    buf_init(&out, (size_t)64 << 20);
    for (uint64_t i = 0; i < count; i++) {
        char id[96];
        uint64_t own = hash_mix(hash_mix(seed, (uint64_t)c->split + 1), i);
        stat_random_seed(&r, hash_mix(own, 3));
        const struct grammar_rule *kind = pick_kind(s->g, c->kind, &r);
        speaker_begin(s, own);
        speak_rule(s, kind);
        int n = snprintf(id, sizeof id, "%.*s-%s-%" PRIu64 "-%" PRIu64, (int)kind->name.n,
                         kind->name.p, sides[c->split], seed, i);
        write_note(s, c, &r, view_of(id, (size_t)n), &spare, &out);
    }
    note_clear(&spare);
    buf_clear(&out);
}

/* Notes of others, with identifiers planted. A note belongs to one side too; the known ones have
 * those of train, which models learn from as well, and fresh and plain those of test. */
static void plant_notes(const struct choice *c, struct speaker *s)
{
    struct buf file, out, id;
    struct note spare = { 0 };
    struct planter p;
    struct stat_random r;
    struct diag d = { 0 };
    struct arena a;
    bool own_rules = speaker_has_own_rules(s);
    uint64_t seed = number(c->seed, 1), count = number(c->count, UINT64_MAX), line_number = 0;

    buf_init(&file, (size_t)4 << 30);
    buf_init(&out, (size_t)64 << 20);
    buf_init(&id, 1 << 16);
    arena_init(&a, (size_t)256 << 20);
    planter_init(&p, s);
    if ((strcmp(c->plant, "-") == 0 ? file_read_fd(0, &file, &d)
                                    : file_read(c->plant, &file, &d)) != OK)
        die("the notes can't be read");
    for (size_t at = 0, end; at < file.n && p.notes < count; at = end + 1) {
        view line, own_id, text;
        end = view_find_byte(buf_view(&file), at, '\n');
        line = view_trim(view_sub(buf_view(&file), at, end));
        line_number++;
        if (!line.n) continue;
        arena_reset(&a);
        if (!plant_read(line, &a, &own_id, &text)) {
            fprintf(stderr, "notegen: line %" PRIu64 ": no {\"id\", \"text\"}\n", line_number);
            exit(2);
        }
        if (own_rules
                ? grammar_is_test(own_id) != (c->split == SIDE_FRESH || c->split == SIDE_PLAIN)
                : !speaker_may_say(s, own_id))
            continue;
        uint64_t own = hash_mix(hash_mix(seed, (uint64_t)c->split + 11), hash64(own_id, 5));
        stat_random_seed(&r, hash_mix(own, 3));
        plant(&p, s, text, own);
        buf_reset(&id);
        if (buf_add(&id, VIEW("planted-")) != OK || buf_add(&id, own_id) != OK)
            die("out of memory");
        write_note(s, c, &r, buf_view(&id), &spare, &out);
    }
    fprintf(stderr, "%" PRIu64 " notes; %" PRIu64 " of %" PRIu64 " sentences taken out\n", p.notes,
            p.dropped, p.sentences);
    planter_clear(&p);
    note_clear(&spare);
    arena_clear(&a);
    buf_clear(&id);
    buf_clear(&out);
    buf_clear(&file);
}

/* What a rule of names gives, a line each, none twice; as far as the lexicon knows them, or does not. */
static void write_names(const struct choice *c, struct speaker *s)
{
    const struct grammar_rule *rule = grammar_find(s->g, view_of_str(c->say));
    uint64_t count = number(c->count, 10), said = 0;
    struct buf raw, name;
    struct map seen;
    struct arena keep;
    uint32_t there;
    view kept;
    if (!rule) die("there is no such rule");
    buf_init(&raw, 1 << 16);
    buf_init(&name, 1 << 16);
    arena_init(&keep, (size_t)256 << 20);
    map_init(&seen, &keep);
    speaker_begin(s, number(c->seed, 1));
    for (uint64_t tries = 0; said < count && tries < count * 50 + 1000; tries++) {
        speak_aside(s, rule, &raw);
        buf_reset(&name);
        wordlists_capitals(buf_view(&raw), &name);
        bool known = wordlists_knows(s->lists, buf_view(&name), c->only == ONLY_NEW);
        if (c->only == (known ? ONLY_NEW : ONLY_KNOWN) || map_get(&seen, buf_view(&name), &there))
            continue;
        if (arena_copy(&keep, buf_view(&name), &kept) != OK || map_put(&seen, kept, 1) != OK)
            die("out of memory");
        printf("%.*s\n", (int)kept.n, kept.p);
        said++;
    }
    arena_clear(&keep);
    buf_clear(&raw);
    buf_clear(&name);
}

/* What the loader can't know: rules that nothing uses. */
static void check(const struct grammar *g)
{
    uint32_t templates = 0, unused = 0;
    for (uint32_t i = 0; i < g->n; i++) {
        const struct grammar_rule *r = &g->v[i];
        view name = grammar_plain_name(r->name);
        bool planted = view_starts(name, VIEW("plant_"));
        bool names = name.n > 2 && (name.p[1] == '.' || name.p[2] == '.');
        if (r->template) templates += r->n;
        if (r->used || names || planted || view_eq(name, VIEW("culture")) ||
            view_eq(name, VIEW("mail_domain")))
            continue;
        fprintf(stderr, "%s:%u: nothing uses this rule\n", r->file, r->line);
        unused++;
    }
    printf("%u rules, %u alternatives, %u of them templates\n", g->n, g->n_marks, templates);
    if (unused) exit(1);
}

int main(int argc, char **argv)
{
    struct choice c = { 0 };
    const struct opt table[] = {
        { "count", 'n', OPT_TEXT, &c.count, "N", "how many texts; default 10" },
        { "seed", 's', OPT_TEXT, &c.seed, "S", "another seed, other texts; default 1" },
        { "split", 0, OPT_CHOICE, &c.split, "SIDE",
          "all; train or test: neither names, facilities nor templates in common; with --plant, "
          "fresh: sentences and names that no developer has read, or known, known2 …: such as may "
          "be read",
          sides },
        { "kind", 'k', OPT_TEXT, &c.kind, "KIND", "one kind of text only" },
        { "kinds", 0, OPT_FLAG, &c.kinds, NULL, "list the kinds" },
        { "noise", 0, OPT_TEXT, &c.noise, "NOISE",
          "mixed (default), none, lower, upper, title, bare, unmarked, ocr, typos …" },
        { "plant", 0, OPT_TEXT, &c.plant, "FILE",
          "plant identifiers into these notes instead, {\"id\", \"text\"} a line; - is standard "
          "input" },
        { "say", 0, OPT_TEXT, &c.say, "RULE",
          "names that this rule gives, a line each, instead of texts" },
        { "only", 0, OPT_CHOICE, &c.only, "WHICH", "with --say: all, known to the lexicon, or new",
          onlys },
        { "data", 0, OPT_TEXT, &c.data, "FOLDER", "where notegen/ and lexicon/ are; default data" },
        { "check", 0, OPT_FLAG, &c.check, NULL, "only read the grammar and count" },
        { "help", 'h', OPT_FLAG, &c.help, NULL, "this text" },
    };
    struct opt_fault fault;
    struct grammar g;
    struct wordlists w;
    struct speaker s;
    char path[4096];
    int operands;

    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault) != OK) die(fault.what);
    if (operands) die("it takes options only");
    if (c.help) {
        printf("usage: notegen [options] > notes.jsonl\n\nWrites clinical text with marked "
               "identifiers.\n\n");
        options_help(table, COUNT_OF(table), stdout);
        return 0;
    }
    const char *data = c.data ? c.data : "data";
    if (snprintf(path, sizeof path, "%s/notegen", data) >= (int)sizeof path)
        die("--data is too long");
    grammar_load(&g, path);
    if (c.check || c.kinds) {
        for (uint32_t i = 0; i < g.n && c.kinds; i++)
            if (g.v[i].kind) printf("%.*s\n", (int)g.v[i].name.n, g.v[i].name.p);
        if (c.check) check(&g);
        grammar_clear(&g);
        return 0;
    }
    if (snprintf(path, sizeof path, "%s/lexicon", data) >= (int)sizeof path)
        die("--data is too long");
    wordlists_load(&w, path);
    speaker_init(&s, &g, &w, (enum side)c.split);
    if (speaker_has_own_rules(&s) && !c.plant && !c.say)
        die("--split known, known2 … and fresh go with --plant");
    if (c.say)
        write_names(&c, &s);
    else if (c.plant)
        plant_notes(&c, &s);
    else
        write_notes(&c, &s);
    if (fflush(stdout) != 0) die("could not write");
    speaker_clear(&s);
    wordlists_clear(&w);
    grammar_clear(&g);
    return 0;
}
