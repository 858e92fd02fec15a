#include "clinical/labeler.h"

#include "base/mem.h"
#include "text/utf8.h"

enum { ARENA_MAX = 256 << 20 };

struct label_options label_default_options(void)
{
    return (struct label_options){ 0 };
}

struct label_scratch {
    struct arena arena;
    struct context_scratch *context;
    struct vocab_memo memo;
};

err label_scratch_new(struct label_scratch **out)
{
    struct label_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    arena_init(&s->arena, ARENA_MAX);
    err e = context_scratch_new(&s->context);
    if (e) {
        label_scratch_free(s);
        return e;
    }
    *out = s;
    return OK;
}

void label_scratch_free(struct label_scratch *s)
{
    if (!s) return;
    arena_clear(&s->arena);
    context_scratch_free(s->context);
    mem_free(s);
}

/* ---- which sections count ---- */

#define BIT(k) (UINT32_C(1) << (k))
static const uint32_t never_read = BIT(SECTION_DEMOGRAPHICS) | BIT(SECTION_FAMILY_HISTORY) |
                                   BIT(SECTION_ALLERGIES) | BIT(SECTION_SIGNATURE);
static const uint32_t not_in_radiology = BIT(SECTION_INDICATION) | BIT(SECTION_HISTORY) |
                                         BIT(SECTION_SOCIAL_HISTORY) | BIT(SECTION_MEDICATIONS) |
                                         BIT(SECTION_TECHNIQUE) | BIT(SECTION_COMPARISON) |
                                         BIT(SECTION_PLAN) | BIT(SECTION_LABS);
static const uint32_t not_in_notes = BIT(SECTION_MEDICATIONS) | BIT(SECTION_TECHNIQUE);

static bool is_read(const struct labeler *l, const struct words *w, const struct sentence_span *s)
{
    uint32_t kind = BIT(s->section);
    if (kind & never_read) return false;
    if (l->schema->reads_notes) return !(kind & not_in_notes);
    if (kind & not_in_radiology) return false;
    if (l->options.context.chexpert && w->has_impression)
        return s->section == SECTION_IMPRESSION || s->section == SECTION_ADDENDUM;
    return true;
}

/* ---- many statements, one answer ---- */

struct summing {
    const struct labeler *l;
    uint8_t *counts;
    struct label_result *out;
};

/* The last addendum that says something of finding f; UINT32_MAX: none. */
static uint32_t last_addendum(const struct summing *s, uint32_t f)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t i = label_first(s->out, f); i != NO_STATEMENT; i = s->out->next[i]) {
        const struct statement *st = &s->out->statements[i];
        if (st->section == SECTION_ADDENDUM && st->status != STATUS_NOT_MENTIONED)
            last = st->section_number;
    }
    return last;
}

struct tally {
    uint32_t n[4];
    float score[4]; /* the highest of each status; of absent the lowest */
};

static void tally_add(struct tally *t, const struct statement *st)
{
    bool first = t->n[st->status]++ == 0;
    if (first || (st->status == STATUS_ABSENT ? st->score < t->score[st->status]
                                              : st->score > t->score[st->status]))
        t->score[st->status] = st->score;
}

static enum status strongest(const struct tally *t)
{
    for (int k = STATUS_PRESENT; k > STATUS_NOT_MENTIONED; k--)
        if (t->n[k]) return (enum status)k;
    return STATUS_NOT_MENTIONED;
}

/* CheXpert's own way: no and maybe together are maybe, whatever else was said. */
static enum status chexpert_status(const struct tally *t)
{
    if (t->n[STATUS_ABSENT] && t->n[STATUS_UNCERTAIN]) return STATUS_UNCERTAIN;
    return strongest(t);
}

static bool contradict(enum status a, enum status b)
{
    return (a == STATUS_PRESENT && b == STATUS_ABSENT) ||
           (a == STATUS_ABSENT && b == STATUS_PRESENT);
}

static void answer_status(const struct summing *s, struct answer *a, const struct tally *all,
                          const struct tally *before, const struct tally *impression)
{
    enum status b = strongest(before), i = strongest(impression);
    a->status = s->l->options.context.chexpert ? chexpert_status(all) : strongest(all);
    a->conflict = contradict(b, i);
    if (!s->l->options.context.chexpert && i == STATUS_ABSENT && b > STATUS_ABSENT)
        a->status = STATUS_ABSENT;
    a->score = all->score[a->status];
    if (a->status == STATUS_NOT_MENTIONED) a->score = all->n[0] ? all->score[0] : 0.1F;
    if (a->conflict) a->score = a->status == STATUS_PRESENT ? 0.7F : 0.3F;
}

static void add_instance(struct answer *a, const struct statement *st)
{
    struct instance *at = NULL;
    for (uint32_t i = 0; i < a->n_instances && !at; i++)
        if (a->instances[i].values[VALUE_SIDE] == st->values[VALUE_SIDE]) at = &a->instances[i];
    if (!at) {
        if (a->n_instances == INSTANCES_MAX) return;
        at = &a->instances[a->n_instances++];
        *at = (struct instance){ .status = STATUS_NOT_MENTIONED };
        memset(at->values, NO_VALUE, sizeof at->values);
        at->values[VALUE_SIDE] = st->values[VALUE_SIDE];
    }
    if (st->status > at->status) {
        at->status = st->status;
        at->score = st->score;
    }
    for (int g = VALUE_SEVERITY; g < VALUE_GROUPS; g++)
        if (st->values[g] != NO_VALUE) at->values[g] = st->values[g];
}

/* A statement without a side tells more of the one side that was named. */
static void merge_sideless(struct answer *a)
{
    if (a->n_instances < 2) return;
    for (uint32_t i = 0; i < a->n_instances; i++) {
        struct instance *none = &a->instances[i];
        if (none->values[VALUE_SIDE] != NO_VALUE) continue;
        if (a->n_instances == 2) {
            struct instance *other = &a->instances[1 - i];
            for (int g = VALUE_SEVERITY; g < VALUE_GROUPS; g++)
                if (other->values[g] == NO_VALUE) other->values[g] = none->values[g];
            if (none->status > other->status) {
                other->status = none->status;
                other->score = none->score;
            }
        }
        memmove(none, none + 1, (a->n_instances - i - 1) * sizeof *none);
        a->n_instances--;
        return;
    }
}

/* "Blunted costophrenic angle, no effusion": the word on the finding itself outweighs a sign of it. */
static bool is_outweighed(const struct summing *s, const struct statement *sign)
{
    uint32_t i = sign->is_sign ? label_first(s->out, sign->finding) : NO_STATEMENT;
    for (; i != NO_STATEMENT; i = s->out->next[i])
        if (s->out->statements[i].status == STATUS_ABSENT) return true;
    return false;
}

static void answer_finding(struct summing *s, uint32_t f)
{
    struct answer *a = &s->out->answers[f];
    struct tally all = { 0 }, before = { 0 }, impression = { 0 };
    uint32_t addendum = last_addendum(s, f);
    for (uint32_t i = label_first(s->out, f); i != NO_STATEMENT; i = s->out->next[i]) {
        const struct statement *st = &s->out->statements[i];
        if (addendum != UINT32_MAX && st->section_number != addendum) continue;
        if (is_outweighed(s, st)) continue;
        s->counts[i] = 1;
        tally_add(&all, st);
        tally_add(st->section == SECTION_IMPRESSION ? &impression : &before, st);
        a->historical |= st->historical;
        a->hypothetical |= st->hypothetical;
        a->other_person |= st->other_person;
    }
    answer_status(s, a, &all, &before, &impression);
    if (a->status != STATUS_NOT_MENTIONED)
        a->historical = a->hypothetical = a->other_person = false;
    if (a->status < STATUS_UNCERTAIN) return;
    for (uint32_t i = label_first(s->out, f); i != NO_STATEMENT; i = s->out->next[i])
        if (s->counts[i] && s->out->statements[i].status >= STATUS_UNCERTAIN)
            add_instance(a, &s->out->statements[i]);
    merge_sideless(a);
}

static void answer_parents(struct summing *s)
{
    const struct schema *schema = s->l->schema;
    for (uint32_t f = 0; f < schema->n_findings; f++) {
        if (s->out->answers[f].status != STATUS_PRESENT) continue;
        for (int up = schema->findings[f].parent; up >= 0; up = schema->findings[up].parent) {
            struct answer *a = &s->out->answers[up];
            if (a->status == STATUS_PRESENT) continue;
            a->status = STATUS_PRESENT;
            a->score = s->out->answers[f].score;
        }
    }
}

/* CheXpert's own: failure of the heart, told or suspected, leaves its size uncertain. */
static void answer_heart_failure(struct summing *s, view text)
{
    int heart = schema_find(s->l->schema, VIEW("Cardiomegaly"));
    int edema = schema_find(s->l->schema, VIEW("Edema"));
    if (heart < 0 || edema < 0) return;
    struct answer *a = &s->out->answers[heart];
    for (uint32_t i = label_first(s->out, (uint32_t)edema);
         i != NO_STATEMENT && a->status < STATUS_UNCERTAIN; i = s->out->next[i]) {
        const struct statement *st = &s->out->statements[i];
        view words = view_sub(text, st->start, st->end);
        if (st->status < STATUS_UNCERTAIN) continue;
        if (!view_eq_nocase(words, VIEW("chf")) && !view_eq_nocase(words, VIEW("heart failure")))
            continue;
        a->status = STATUS_UNCERTAIN;
        a->score = 0.5F;
    }
}

/* The rest: present when nothing was found but what may be there, and something was said at all. */
static void answer_rest(struct summing *s, uint32_t f)
{
    const struct schema *schema = s->l->schema;
    struct answer *a = &s->out->answers[f];
    bool own = a->status == STATUS_PRESENT || a->status == STATUS_UNCERTAIN; /* its `find` words */
    bool found = own, said = s->l->options.context.chexpert || a->status == STATUS_ABSENT;
    for (uint32_t k = 0; k < schema->n_findings; k++) {
        if (k == f || schema->findings[k].is_rest || schema->findings[f].except >> k & 1) continue;
        found |= s->out->answers[k].status >= STATUS_UNCERTAIN;
        said |= s->out->answers[k].status == STATUS_ABSENT;
    }
    *a = (struct answer){ .status = STATUS_NOT_MENTIONED, .score = 0.03F };
    if (!found && said) {
        a->status = STATUS_PRESENT;
        a->score = 0.9F;
    }
}

static enum report_state state_of(const struct words *w, const struct statements *all, bool about)
{
    if (w->n_words == 0) return REPORT_EMPTY;
    if (w->foreign && (w->english == 0 || (w->foreign > 1 && w->foreign > w->english)))
        return REPORT_OTHER_LANGUAGE;
    if (w->foreign_letters > w->n_words / 3) return REPORT_OTHER_LANGUAGE;
    if (all->n == 0 && !about && !w->has_header) return REPORT_NOT_REPORT;
    return REPORT_READ;
}

static err read_all(const struct labeler *l, struct label_scratch *s, view text,
                    struct statements *all, struct label_result *out)
{
    err e = OK;
    struct words w;
    bool about = false;
    TRY(words_read(l->schema, &s->memo, text, &s->arena, &w));
    for (uint32_t i = 0; i < w.n_sentences; i++) {
        if (!is_read(l, &w, &w.sentences[i])) continue;
        TRY(context_read(s->context, l->schema, &l->options.context, &w, i, &s->arena, all,
                         &about));
    }
    out->state = state_of(&w, all, about);
out:
    return e;
}

err label_report(const struct labeler *l, struct label_scratch *s, view text,
                 struct label_result *out)
{
    err e = OK;
    struct statements all = { 0 };
    out->state = REPORT_READ;
    for (uint32_t f = 0; f < l->schema->n_findings; f++) /* the rest of the array is never used */
        out->answers[f] = (struct answer){ .status = STATUS_NOT_MENTIONED, .score = 0.1F };
    out->statements = NULL;
    out->counts = NULL;
    out->n_statements = 0;
    out->told = 0;
    arena_reset(&s->arena);
    if (text.n > REPORT_BYTES_MAX) {
        out->state = REPORT_TOO_LONG;
        return OK;
    }
    if (utf8_bad_at(text) < text.n || memchr(text.n ? text.p : "", 0, text.n)) {
        out->state = REPORT_NOT_TEXT;
        return OK;
    }
    TRY(read_all(l, s, text, &all, out));
    if (out->state != REPORT_READ) return OK;
    TRY(label_set_statements(out, all.v, all.n, &s->arena));
    struct summing sum = { l, arena_array(&s->arena, all.n + 1, 1), out };
    if (!sum.counts) return ERR_MEMORY;
    memset(sum.counts, 0, all.n + 1);
    out->counts = sum.counts;
    for (uint64_t left = out->told; left; left &= left - 1)
        answer_finding(&sum, (uint32_t)__builtin_ctzll(left));
    if (l->options.context.chexpert) answer_heart_failure(&sum, text);
    if (l->options.parents) answer_parents(&sum);
    for (uint32_t f = 0; f < l->schema->n_findings; f++)
        if (l->schema->findings[f].is_rest) answer_rest(&sum, f);
out:
    return e;
}
