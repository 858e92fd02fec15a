#include "extract/extract_model.h"

#include <math.h>

#include "extract/extract_served.h"
#include "text/quote.h"

enum { PROMPT_BYTES = 4 << 20, STEP_QUESTIONS = 3, PARTS_MAX = 64 };

struct model_reader {
    const struct schema *schema;
    enum model_strategy strategy;
    struct llm *llm;   /* or */
    struct chat *chat; /* one of the two */
    float *logp;
    uint32_t n_labels;
};

/* In the order of enum status. Behind a colon, so with a blank before them. */
static const view four_labels[] = {
    { " not mentioned", 14 }, { " absent", 7 }, { " uncertain", 10 }, { " present", 8 }
};
static const view json_labels[] = {
    { "not_mentioned", 13 }, { "absent", 6 }, { "uncertain", 9 }, { "present", 7 }
};
static const view step_labels[] = { { " no", 3 }, { " yes", 4 } };

static const view reader =
    VIEW("You read medical reports and answer questions about what they say. "
         "You go by the report alone and guess nothing.");
#define MEANINGS                                                                                   \
    "present: the report says that it is there\n"                                                  \
    "absent: the report says that it is not there\n"                                               \
    "uncertain: the report says that it may be there\n"                                            \
    "not mentioned: the report says nothing about it\n"

/* The task's strings, while it is opened. */
struct prompts {
    struct buf before;
    struct buf questions[LLM_QUESTIONS_MAX];
    view views[LLM_QUESTIONS_MAX];
    uint32_t n;
};

static err ask(struct prompts *p, const view *parts, size_t n)
{
    err e = OK;
    if (p->n == LLM_QUESTIONS_MAX) return ERR_LIMIT;
    struct buf *b = &p->questions[p->n];
    buf_init(b, PROMPT_BYTES);
    p->n++;
    for (size_t i = 0; i < n; i++)
        TRY(buf_add(b, parts[i]));
    p->views[p->n - 1] = buf_view(b);
out:
    return e;
}

static err ask_finding(struct prompts *p, enum model_strategy s, const struct schema_finding *f,
                       bool first)
{
    err e = OK;
    switch (s) {
    case MODEL_PARALLEL: {
        const view parts[] = { f->name, VIEW(":") };
        return ask(p, parts, COUNT_OF(parts));
    }
    case MODEL_ONE_STEP: { /* cut where a vocabulary cuts: `","` is one token in most */
        const view parts[] = { first ? VIEW("{\"") : VIEW("\",\""), f->name, VIEW("\":\"") };
        return ask(p, parts, COUNT_OF(parts));
    }
    case MODEL_STEPS: {
        static const view step[STEP_QUESTIONS] = {
            VIEW(" Does the report say that the answer is yes?\n"),
            VIEW(" Does the report say that the answer is no?\n"),
            VIEW(" Does the report leave it open, so that it might be otherwise?\n"),
        };
        for (int k = 0; k < STEP_QUESTIONS; k++) {
            const view parts[] = { f->name, VIEW(". "), f->question, step[k] };
            TRY(ask(p, parts, COUNT_OF(parts)));
        }
    }
    }
out:
    return e;
}

/* What stands before a report: the task, and for one batch or one object each finding with its question,
 * decoded once, so that only the names are left to stand behind the report. */
static err lay_out(struct llm_task *t, enum model_strategy s, const struct schema *schema,
                   struct buf *before)
{
    err e = OK;
    buf_init(before, PROMPT_BYTES);
    t->instructions = reader;
    t->after = VIEW("\n\n");
    switch (s) {
    case MODEL_PARALLEL:
        TRY(buf_add(before,
                    VIEW("Read the report and say for each finding which of these holds:\n" MEANINGS
                         "Answer with a line for each finding: its name, a colon, what holds.\n")));
        t->labels = four_labels;
        t->n_labels = COUNT_OF(four_labels);
        t->mode = WIRE_BEGUN;
        break;
    case MODEL_ONE_STEP:
        TRY(buf_add(before,
                    VIEW("Read the report and say for each finding which of these holds:\n" MEANINGS
                         "Answer with one JSON object, the findings' names as keys.\n")));
        t->labels = json_labels;
        t->n_labels = COUNT_OF(json_labels);
        t->mode = WIRE_CHAINED;
        break;
    case MODEL_STEPS:
        TRY(buf_add(before,
                    VIEW("Read the report and answer a question about it with yes or no.\n")));
        t->after = VIEW("\n\nQuestion: ");
        t->lead = VIEW("Answer:");
        t->labels = step_labels;
        t->n_labels = COUNT_OF(step_labels);
        t->mode = WIRE_APART;
        break;
    }
    if (s != MODEL_STEPS) TRY(buf_add(before, VIEW("\nFindings:\n")));
    for (uint32_t i = 0; s != MODEL_STEPS && i < schema->n_findings; i++) {
        TRY(buf_add(before, schema->findings[i].name));
        TRY(buf_add(before, VIEW(": ")));
        TRY(buf_add(before, schema->findings[i].question));
        TRY(buf_add_char(before, '\n'));
    }
    TRY(buf_add(before, VIEW("\nReport:\n")));
    t->before = buf_view(before);
out:
    return e;
}

err model_reader_new(struct model_reader **out, const struct model_options *o, struct diag *d)
{
    err e = OK;
    struct llm_task task = { 0 };
    struct llm_params params = o->llm;
    struct prompts *p = mem_alloc_zero(sizeof *p);
    struct model_reader *r = mem_alloc_zero(sizeof *r);
    if (!p || !r) TRY(ERR_MEMORY);
    r->schema = o->schema;
    r->strategy = o->strategy;
    if (o->server) {
        TRY(chat_new(&r->chat, o->server, d));
        goto made;
    }
    TRY(lay_out(&task, o->strategy, o->schema, &p->before));
    for (uint32_t i = 0; i < o->schema->n_findings; i++) {
        const struct schema_finding *f = &o->schema->findings[i];
        if (f->question.n == 0) TRY(DIAG(d, ERR_CONFIG, "a finding of the schema has no question"));
        TRY(ask_finding(p, o->strategy, f, i == 0));
    }
    task.questions = p->views;
    task.n_questions = p->n;
    r->n_labels = task.n_labels;
    r->logp = mem_alloc_zero((size_t)p->n * task.n_labels * sizeof *r->logp);
    if (!r->logp) TRY(ERR_MEMORY);
    params.task = &task;
    TRY(llm_open(&r->llm, &params, d));
made:
    *out = r;
    r = NULL;
out:
    if (e == ERR_LIMIT) DIAG(d, e, "the schema has more questions than a model is asked at once");
    for (uint32_t i = 0; p && i < p->n; i++)
        buf_clear(&p->questions[i]);
    if (p) buf_clear(&p->before);
    mem_free(p);
    model_reader_free(r);
    return e;
}

void model_reader_free(struct model_reader *r)
{
    if (!r) return;
    llm_close(r->llm);
    chat_free(r->chat);
    mem_free(r->logp);
    mem_free(r);
}

const struct llm_facts *model_reader_facts(const struct model_reader *r)
{
    return r->llm ? llm_facts(r->llm) : NULL;
}

static struct model_answer of_four(const float *logp)
{
    struct model_answer a = { .status = STATUS_NOT_MENTIONED };
    for (uint8_t s = 1; s < 4; s++)
        if (logp[s] > logp[a.status]) a.status = s;
    a.score = expf(logp[STATUS_PRESENT]) + expf(logp[STATUS_UNCERTAIN]) / 2;
    return a;
}

/* What the study does with the three answers: hedged whichever way, it is uncertain. */
static struct model_answer of_steps(const float *logp)
{
    float yes = expf(logp[1]), no = expf(logp[3]), open = expf(logp[5]);
    struct model_answer a = { .score = yes * (1 - open / 2) };
    bool is_yes = yes > 0.5F, is_no = no > 0.5F;
    if (!is_yes && !is_no)
        a.status = open > 0.5F ? STATUS_UNCERTAIN : STATUS_NOT_MENTIONED;
    else if (open > 0.5F || is_yes == is_no)
        a.status = STATUS_UNCERTAIN;
    else
        a.status = is_yes ? STATUS_PRESENT : STATUS_ABSENT;
    return a;
}

/* Where to cut [0, n): behind the empty line, or else the line, that ends nearest the middle; 0 when
 * there is none. */
static size_t middle_of(view text)
{
    size_t best = 0, middle = text.n / 2;
    bool best_is_empty_line = false;
    for (size_t at = 0; at + 1 < text.n; at++) {
        if (text.p[at] != '\n') continue;
        bool empty_line = text.p[at + 1] == '\n' || text.p[at + 1] == '\r';
        size_t off = at > middle ? at - middle : middle - at;
        size_t best_off = best > middle ? best - middle : middle - best;
        /* an empty line may lie a quarter of the text from the middle, a line anywhere */
        if (empty_line && off > text.n / 4) empty_line = false;
        if (!best || (empty_line && !best_is_empty_line) ||
            (empty_line == best_is_empty_line && off < best_off)) {
            best = at + 1;
            best_is_empty_line = empty_line;
        }
    }
    return best;
}

/* enum status goes from least to most. */
static void outweigh(struct model_answer *a, struct model_answer b)
{
    a->status = MAX(a->status, b.status);
    a->score = MAX(a->score, b.score);
}

static err read_local(struct model_reader *r, view text, struct model_answer *out, struct diag *d)
{
    err e = OK;
    TRY(llm_read(r->llm, text, r->logp, d));
    const uint32_t step = r->strategy == MODEL_STEPS ? STEP_QUESTIONS * r->n_labels : r->n_labels;
    for (uint32_t i = 0; i < r->schema->n_findings; i++) {
        const float *logp = r->logp + (size_t)i * step;
        outweigh(&out[i], r->strategy == MODEL_STEPS ? of_steps(logp) : of_four(logp));
    }
out:
    return e;
}

static err add_quote(struct arena *a, struct statements *to, struct statement st)
{
    struct statement *v = arena_more(a, to->v, sizeof *v, to->n, &to->cap, 16);
    if (!v) return ERR_MEMORY;
    to->v = v;
    to->v[to->n++] = st;
    return OK;
}

/* `part` is of `whole`, which places are told of. */
static err read_served(struct model_reader *r, view whole, view part, struct arena *a,
                       struct model_answer *out, struct model_reading *reading, struct diag *d)
{
    static const float scores[] = { [STATUS_UNCERTAIN] = 0.5F, [STATUS_PRESENT] = 1 };
    err e = OK;
    struct served_finding found[FINDINGS_MAX];
    view words;
    TRY(chat_ask(r->chat, part, &words, d));
    TRY(served_answer_read(r->schema, words, a, found, d));
    const size_t base = (size_t)(part.p - whole.p);
    for (uint32_t i = 0; i < r->schema->n_findings; i++) {
        const uint8_t status = found[i].status;
        struct statement st = { .finding = (uint16_t)i, .status = status, .score = scores[status] };
        size_t start, end;
        outweigh(&out[i], (struct model_answer){ status, scores[status] });
        if (status == STATUS_NOT_MENTIONED || !quote_find(part, found[i].quote, 0, &start, &end))
            continue;
        memset(st.values, NO_VALUE, sizeof st.values);
        st.start = st.cue_start = st.cue_end = (uint32_t)(base + start);
        st.end = (uint32_t)(base + end);
        TRY(add_quote(a, &reading->quotes, st));
    }
out:
    return e;
}

static err read_part(struct model_reader *r, view whole, view part, struct arena *a,
                     struct model_answer *out, struct model_reading *reading, struct diag *d)
{
    err e = OK;
    struct diag own = { 0 };
    size_t cut = 0;
    if (r->chat && part.n > SERVED_TEXT_MAX)
        e = DIAG(&own, ERR_LIMIT, "the text is too long for the model");
    else if (r->chat)
        e = read_served(r, whole, part, a, out, reading, &own);
    else
        e = read_local(r, part, out, &own);
    if (e == ERR_LIMIT) cut = middle_of(part);
    if (cut && reading->parts < PARTS_MAX) {
        TRY(read_part(r, whole, view_sub(part, 0, cut), a, out, reading, d));
        return read_part(r, whole, view_sub(part, cut, part.n), a, out, reading, d);
    }
    if (e && d && !d->code) *d = own;
    if (!e) reading->parts++;
out:
    return e;
}

err model_reader_read(struct model_reader *r, view text, struct arena *a, struct model_answer *out,
                      struct model_reading *reading, struct diag *d)
{
    err e = OK;
    *reading = (struct model_reading){ 0 };
    for (uint32_t i = 0; i < r->schema->n_findings; i++)
        out[i] = (struct model_answer){ 0 };
    TRY(read_part(r, text, text, a, out, reading, d));
    if (!r->chat) return OK;
    for (uint32_t i = 0; i < r->schema->n_findings; i++)
        if (out[i].status != STATUS_NOT_MENTIONED) reading->unquoted |= UINT64_C(1) << i;
    for (uint32_t k = 0; k < reading->quotes.n; k++) {
        const struct statement *q = &reading->quotes.v[k];
        if (q->status == out[q->finding].status) reading->unquoted &= ~(UINT64_C(1) << q->finding);
    }
out:
    return e;
}
