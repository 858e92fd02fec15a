/* See speak.h. */
#include "speak.h"

#include "base/hash.h"
#include "text/utf8.h"
#include "values.h"

#include <utf8proc.h>

struct kept { /* what a rule with `keep` said in this note */
    uint32_t note_number;
    uint32_t *cp, n;
    struct note_mark *marks;
    uint32_t n_marks;
};

enum { DEPTH_MAX = 64, TRIES_MAX = 4000 };

void speaker_init(struct speaker *s, const struct grammar *g, const struct wordlists *w,
                  enum side side)
{
    *s = (struct speaker){ .g = g, .lists = w, .side = side };
    arena_init(&s->arena, (size_t)256 << 20);
    s->kept = mem_alloc_zero(g->n * sizeof *s->kept);
    s->said = mem_alloc_zero((size_t)(g->n_marks + 1) * sizeof *s->said);
    if (!s->kept || !s->said) die("out of memory");
}

void speaker_clear(struct speaker *s)
{
    note_clear(&s->note);
    mem_free(s->kept);
    mem_free(s->said);
    arena_clear(&s->arena);
}

void speaker_begin(struct speaker *s, uint64_t seed)
{
    stat_random_seed(&s->r, seed);
    arena_reset(&s->arena);
    note_reset(&s->note);
    s->note_number++;
    s->silent = s->depth = 0;
    s->today = civil_days(1996, 1, 1) + (int32_t)between(&s->r, 0, 30 * 365);
    s->date_style = values_pick_style(s);
    memset(s->people, 0, sizeof s->people);
}

bool speaker_may_say(const struct speaker *s, view value)
{
    if (s->side == SIDE_ALL || speaker_has_own_rules(s)) return true;
    return grammar_is_test(value) == (s->side == SIDE_TEST);
}

bool speaker_has_own_rules(const struct speaker *s)
{
    return grammar_prefix(s->side).n > 0;
}

const struct grammar_rule *speaker_find(const struct speaker *s, view name)
{
    char own[80];
    view prefix = grammar_prefix(s->side);
    if (!prefix.n) return grammar_find(s->g, name);
    int n = snprintf(own, sizeof own, "%.*s%.*s", (int)prefix.n, prefix.p, (int)name.n, name.p);
    return n > 0 && n < (int)sizeof own ? grammar_find(s->g, view_of(own, (size_t)n)) : NULL;
}

static void say_case(struct speaker *s, uint32_t from, enum node_case letters)
{
    bool first = true;
    for (uint32_t i = from; i < s->note.n; i++) {
        uint32_t cp = s->note.cp[i];
        if (first || letters == CASE_UPPER)
            s->note.cp[i] = (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
        if (letters == CASE_CAPITAL) return;
        first = cp == ' ' || cp == '-' || cp == '/' || cp == '(';
    }
}

static void speak_sequence(struct speaker *s, const struct sequence *q);

static const struct sequence *choose(struct speaker *s, const struct grammar_rule *r)
{
    bool apart = r->template && (s->side == SIDE_TRAIN || s->side == SIDE_TEST);
    const struct sequence *q = NULL;
    for (int tries = 0, fresh = 0; tries < TRIES_MAX; tries++) {
        uint32_t at = stat_random_below(&s->r, r->total);
        const struct sequence *x = r->v;
        while (at >= x->weight)
            at -= x++->weight;
        if (apart && x->test != (s->side == SIDE_TEST)) continue;
        q = x;
        /* Nobody says the same thing twice in a note if there is something else to say. */
        if (!r->template || s->said[x->mark] != s->note_number || ++fresh > 6) break;
    }
    if (!q) die("a template has nothing to say on this side");
    s->said[q->mark] = s->note_number;
    return q;
}

static void recall(struct speaker *s, const struct kept *k)
{
    uint32_t base = s->note.n;
    for (uint32_t i = 0; i < k->n; i++)
        note_put(&s->note, k->cp[i]);
    for (uint32_t i = 0; i < k->n_marks && !s->silent; i++)
        note_mark(&s->note, base + k->marks[i].start, base + k->marks[i].end, k->marks[i].label);
}

static void remember(struct speaker *s, struct kept *k, uint32_t from, uint32_t marks_from)
{
    k->note_number = s->note_number;
    k->n = s->note.n - from;
    k->n_marks = s->note.n_marks - marks_from;
    k->cp = arena_array(&s->arena, (size_t)k->n + 1, sizeof *k->cp);
    k->marks = arena_array(&s->arena, (size_t)k->n_marks + 1, sizeof *k->marks);
    if (!k->cp || !k->marks) die("out of memory");
    memcpy(k->cp, s->note.cp + from, k->n * sizeof *k->cp);
    for (uint32_t i = 0; i < k->n_marks; i++) {
        k->marks[i] = s->note.marks[marks_from + i];
        k->marks[i].start -= from;
        k->marks[i].end -= from;
    }
}

static bool on_our_side(struct speaker *s, uint32_t from)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    note_utf8(&s->note, from, s->note.n, &b);
    bool yes = speaker_may_say(s, buf_view(&b));
    buf_clear(&b);
    return yes;
}

void speak_rule(struct speaker *s, const struct grammar_rule *r)
{
    struct kept *k = &s->kept[r - s->g->v];
    uint32_t from = s->note.n, marks_from = s->note.n_marks, silent = s->silent;

    if (r->keep && k->note_number == s->note_number) {
        recall(s, k);
        return;
    }
    if (++s->depth > DEPTH_MAX) die("a rule of the grammar calls itself without end");
    s->silent = r->keep ? 0 : silent; /* what is kept is kept with its marks */
    if (r->label != -1) s->silent++;
    for (int tries = 0;; tries++) {
        speak_sequence(s, choose(s, r));
        if (!r->split || on_our_side(s, from)) break;
        if (tries == TRIES_MAX) die("a rule with `split` has nothing to say on this side");
        note_cut(&s->note, from);
    }
    if (r->label >= 0 && s->silent == 1) note_mark(&s->note, from, s->note.n, (enum label)r->label);
    if (r->keep) {
        remember(s, k, from, marks_from);
        if (silent) s->note.n_marks = marks_from;
    }
    s->silent = silent;
    s->depth--;
}

static void speak_node(struct speaker *s, const struct node *n)
{
    const struct grammar_rule *r = &s->g->v[n->rule];
    uint32_t from = s->note.n, times = between(&s->r, n->low, n->high);
    switch (n->kind) {
    case NODE_TEXT: note_add(&s->note, n->text); return;
    case NODE_ALT: {
        uint32_t at = stat_random_below(&s->r, n->total), i = 0;
        while (at >= n->choices[i].weight)
            at -= n->choices[i++].weight;
        speak_sequence(s, &n->choices[i]);
        break;
    }
    case NODE_RULE:
        for (uint32_t i = 0; i < times; i++) {
            if (i && strchr("/#-", n->between)) note_put(&s->note, '\n');
            if (i && n->between == ',') note_put(&s->note, ',');
            if (i && strchr(" ,", n->between)) note_put(&s->note, ' ');
            if (n->between == '-') note_add(&s->note, VIEW("- "));
            if (n->between == '#') {
                note_put(&s->note, '1' + (i > 8 ? 8 : i));
                note_add(&s->note, VIEW(". "));
            }
            speak_rule(s, r);
        }
        break;
    case NODE_VALUE: values_say(s, n->what, n->args); break;
    case NODE_PERSON: people_say(s, n->what, n->form); break;
    }
    if (n->letters != CASE_AS_IS) say_case(s, from, n->letters);
}

static void speak_sequence(struct speaker *s, const struct sequence *q)
{
    for (uint32_t i = 0; i < q->n; i++)
        speak_node(s, &q->v[i]);
}

void speak_aside(struct speaker *s, const struct grammar_rule *r, struct buf *out)
{
    uint32_t from = s->note.n;
    s->silent++;
    speak_rule(s, r);
    s->silent--;
    buf_reset(out);
    note_utf8(&s->note, from, s->note.n, out);
    note_cut(&s->note, from);
}
