/* llm/child/child_score.c — a text and its questions: two batches, no token ever generated. */
#include <math.h>
#include <string.h>

#include "llm/child/child.h"

void child_batch_add(struct child *c, const struct toks *t, int32_t at, int32_t seq, bool ask)
{
    struct llama_batch *b = &c->batch;
    for (int32_t i = 0; i < t->n; i++) {
        int32_t k = b->n_tokens++;
        b->token[k] = t->v[i];
        b->pos[k] = at + i;
        b->n_seq_id[k] = 1;
        b->seq_id[k][0] = seq;
        b->logits[k] = ask && i == t->n - 1;
    }
}

err child_decode(struct child *c)
{
    int32_t got = c->batch.n_tokens ? llama_decode(c->ctx, c->batch) : 0;
    c->batch.n_tokens = 0;
    if (got == 0) return OK;
    c->why = got == 2 ? "stopped before the text was read" : "the model could not be run";
    return got == 2 ? ERR_CANCELLED : got == 1 ? ERR_LIMIT : ERR_SYSTEM;
}

static int32_t batch_room(const struct child *c)
{
    return (int32_t)llama_n_batch(c->ctx) - c->batch.n_tokens;
}

/* All of t into sequence `seq` from `at` on, decoding when the batch is full. */
static err feed(struct child *c, const struct toks *t, int32_t at, int32_t seq, bool ask)
{
    err e = OK;
    for (int32_t done = 0; done < t->n;) {
        if (batch_room(c) == 0) TRY(child_decode(c));
        struct toks part = { t->v + done, MIN(t->n - done, batch_room(c)) };
        child_batch_add(c, &part, at + done, seq, ask && done + part.n == t->n);
        done += part.n;
    }
out:
    return e;
}

/* The labels of `set` (bits) share their first `depth` tokens, and `logits` are the model's for the token
 * after those, in sequence `seq` whose next position is `at`. Adds to logp what choosing among them costs:
 * the probability is that of decoding with nothing allowed but labels. */
static err choose(struct child *c, int32_t seq, int32_t at, uint32_t set, int32_t depth,
                  const float *logits, float *logp)
{
    err e = OK;
    struct branch {
        llama_token token;
        uint32_t set;
        float logit;
    } branch[LLM_LABELS_MAX];
    uint32_t n = 0;
    for (uint32_t l = 0; l < c->n_labels; l++) {
        if (!(set >> l & 1)) continue;
        llama_token token = c->label[l].v[depth];
        uint32_t k = 0;
        while (k < n && branch[k].token != token)
            k++;
        if (k == n) branch[n++] = (struct branch){ token, 0, logits[token] };
        branch[k].set |= 1U << l;
    }
    float most = branch[0].logit;
    for (uint32_t k = 1; k < n; k++)
        most = MAX(most, branch[k].logit);
    double sum = 0;
    for (uint32_t k = 0; k < n; k++)
        sum += exp((double)branch[k].logit - most);
    for (uint32_t k = 0; k < n; k++) {
        float lp = (float)((double)branch[k].logit - most - log(sum));
        if (!isfinite(lp)) lp = -1e9F;
        for (uint32_t l = 0; l < c->n_labels; l++)
            if (branch[k].set >> l & 1) logp[l] += MIN(lp, 0.0F);
        if ((branch[k].set & (branch[k].set - 1)) == 0) continue; /* one label is left */
        int32_t next = (int32_t)llama_n_seq_max(c->ctx) - 1 - depth;
        if (next <= 1 + c->group) TRY(ERR_LIMIT);
        llama_memory_seq_rm(c->memory, next, -1, -1);
        llama_memory_seq_cp(c->memory, seq, next, -1, -1);
        struct toks one = { &branch[k].token, 1 };
        child_batch_add(c, &one, at, next, true);
        TRY(child_decode(c));
        TRY(choose(c, next, at + 1, branch[k].set, depth + 1, llama_get_logits_ith(c->ctx, -1),
                   logp));
        llama_memory_seq_rm(c->memory, next, -1, -1);
    }
out:
    if (e == ERR_LIMIT && !c->why) c->why = "the model could not be run";
    return e;
}

/* The next decode takes the logits away: what of them belongs to labels is kept. */
static err keep_logits(struct child *c, int32_t index, float **out)
{
    size_t n = (size_t)llama_vocab_n_tokens(c->vocab);
    const float *all = llama_get_logits_ith(c->ctx, index);
    *out = arena_array(&c->per_text, n, sizeof **out);
    if (!*out) return ERR_MEMORY;
    if (!all) return ERR_SYSTEM;
    for (uint32_t l = 0; l < c->n_labels; l++)
        (*out)[c->label[l].v[0]] = all[c->label[l].v[0]];
    return OK;
}

static bool labels_are_plain(const struct child *c)
{
    for (uint32_t a = 0; a < c->n_labels; a++)
        for (uint32_t b = 0; b < a; b++)
            if (c->label[a].v[0] == c->label[b].v[0]) return false;
    return true;
}

/* Questions [from, to), each in a sequence of its own behind sequence 1, whose length is `at`. */
static err ask_group(struct child *c, uint32_t from, uint32_t to, int32_t at, float *logp)
{
    err e = OK;
    const uint32_t all = (1U << c->n_labels) - 1;
    const bool plain = labels_are_plain(c);
    int32_t end[LLM_QUESTIONS_MAX];
    float *kept[LLM_QUESTIONS_MAX];
    for (uint32_t q = from; q < to; q++) {
        int32_t seq = 2 + (int32_t)(q - from);
        llama_memory_seq_rm(c->memory, seq, -1, -1);
        llama_memory_seq_cp(c->memory, 1, seq, -1, -1);
        child_batch_add(c, &c->question[q], at, seq, c->tail.n == 0);
        child_batch_add(c, &c->tail, at + c->question[q].n, seq, true);
        end[q] = c->batch.n_tokens - 1;
    }
    TRY(child_decode(c));
    for (uint32_t q = from; q < to; q++) {
        const float *logits = llama_get_logits_ith(c->ctx, end[q]);
        if (!logits) TRY(ERR_SYSTEM);
        if (plain)
            TRY(choose(c, 0, 0, all, 0, logits, logp + (size_t)q * c->n_labels));
        else
            TRY(keep_logits(c, end[q], &kept[q]));
    }
    for (uint32_t q = from; q < to && !plain; q++)
        TRY(choose(c, 2 + (int32_t)(q - from), at + c->question[q].n + c->tail.n, all, 0, kept[q],
                   logp + (size_t)q * c->n_labels));
    for (uint32_t q = from; q < to; q++)
        llama_memory_seq_rm(c->memory, 2 + (int32_t)(q - from), -1, -1);
out:
    return e;
}

static err ask_apart(struct child *c, int32_t at, float *logp)
{
    err e = OK;
    for (uint32_t from = 0; from < c->n_questions;) {
        uint32_t to = from;
        int32_t room = (int32_t)llama_n_batch(c->ctx), tokens = 0;
        while (to < c->n_questions && to - from < (uint32_t)c->group) {
            tokens += c->question[to].n + c->tail.n;
            if (tokens > room) break;
            to++;
        }
        if (to == from) { /* one question longer than a batch */
            c->why = "the model's context is too short for the task";
            TRY(ERR_LIMIT);
        }
        TRY(ask_group(c, from, to, at, logp));
        from = to;
    }
out:
    return e;
}

static err ask_chained(struct child *c, int32_t at, float *logp)
{
    err e = OK;
    const uint32_t all = (1U << c->n_labels) - 1;
    for (uint32_t q = 0; q < c->n_questions; q++) {
        float *of = logp + (size_t)q * c->n_labels, *kept;
        TRY(feed(c, &c->question[q], at, 1, true));
        at += c->question[q].n;
        TRY(child_decode(c));
        TRY(keep_logits(c, -1, &kept));
        TRY(choose(c, 1, at, all, 0, kept, of));
        uint32_t best = 0;
        for (uint32_t l = 1; l < c->n_labels; l++)
            if (of[l] > of[best]) best = l;
        TRY(feed(c, &c->label[best], at, 1, false));
        at += c->label[best].n;
    }
out:
    return e;
}

err child_take_questions(struct child *c, struct wire_reader *r)
{
    err e = OK;
    uint32_t n;
    view question;
    TRY(wire_get_u32(r, &n));
    if (c->brings_questions ? n == 0 || n > LLM_QUESTIONS_MAX : n != 0) TRY(ERR_CORRUPT);
    if (c->brings_questions) c->n_questions = n;
    for (uint32_t i = 0; i < n; i++) {
        TRY(wire_get_str(r, &question));
        TRY(child_tokenize(c, &c->per_text, question, false, false, &c->question[i]));
    }
    if (r->rest.n) e = ERR_CORRUPT;
out:
    return e;
}

err child_score(struct child *c, view text, float *logp, uint32_t *tokens)
{
    err e = OK;
    struct toks t = { 0 };
    c->why = NULL;
    c->batch.n_tokens = 0;
    memset(logp, 0, (size_t)c->n_questions * c->n_labels * sizeof *logp);
    if (text.n > INT32_MAX / 2) TRY(ERR_LIMIT);
    /* never more tokens than bytes, but for one that some vocabularies put before a text */
    int32_t max = (int32_t)MIN(text.n + 2, (size_t)c->text_tokens + 1);
    t.v = arena_array(&c->per_text, (size_t)max, sizeof *t.v);
    if (!t.v) TRY(ERR_MEMORY);
    /* control tokens are not read: a text is never more than data */
    t.n = llama_tokenize(c->vocab, text.p, (int32_t)text.n, t.v, max, false, false);
    if (t.n < 0 || t.n > c->text_tokens) {
        c->why = "the text has too many tokens for the model";
        TRY(ERR_LIMIT);
    }
    *tokens = (uint32_t)t.n;
    llama_memory_seq_rm(c->memory, 1, -1, -1);
    llama_memory_seq_cp(c->memory, 0, 1, -1, -1);
    int32_t at = c->head.n;
    TRY(feed(c, &t, at, 1, false));
    at += t.n;
    TRY(feed(c, &c->middle, at, 1, false));
    at += c->middle.n;
    if (c->mode == WIRE_CHAINED) {
        TRY(ask_chained(c, at, logp));
    } else {
        TRY(child_decode(c));
        TRY(ask_apart(c, at, logp));
    }
out:
    c->batch.n_tokens = 0;
    for (int32_t seq = 1; seq < (int32_t)llama_n_seq_max(c->ctx); seq++)
        llama_memory_seq_rm(c->memory, seq, -1, -1);
    arena_reset(&c->per_text);
    if (e && !c->why) c->why = "the model could not be run";
    return e;
}
