/* bench/negation.c — how often the labeler's cues agree with people on what a sentence denies.
 *
 *     negation FILE.tsv [show]
 *
 * FILE: number, phrase, sentence, Negated or Affirmed … a line, as the NegEx collection has it. The phrase
 * is looked for in the sentence and judged as a finding would be. Prints precision, recall and F1 of
 * "negated"; `show` prints what was judged otherwise.
 */
#include <stdio.h>

#include "base/file.h"
#include "clinical/labeler.h"

static view field(view line, unsigned n)
{
    for (; n > 0; n--)
        line = view_sub(line, view_find_byte(line, 0, '\t') + 1, line.n);
    return view_sub(line, 0, view_find_byte(line, 0, '\t'));
}

static size_t find_nocase(view in, view what)
{
    for (size_t i = 0; i + what.n <= in.n; i++)
        if (view_eq_nocase(view_sub(in, i, i + what.n), what)) return i;
    return in.n;
}

struct bench {
    struct schema *schema;
    struct context_scratch *scratch;
    struct vocab_memo memo;
    struct arena arena;
    unsigned tp, fp, fn, tn, lost;
    bool show;
};

static err judge(struct bench *b, view sentence, size_t at, size_t end, bool *absent, bool *found)
{
    err e = OK;
    struct words w;
    struct statement st;
    const struct context_options o = { 0 };
    *found = false;
    arena_reset(&b->arena);
    TRY(words_read(b->schema, &b->memo, sentence, &b->arena, &w));
    for (uint32_t i = 0; i < w.n_sentences && !*found; i++) {
        uint32_t first = w.sentences[i].first, last;
        while (first < w.sentences[i].end && w.v[first].end <= at)
            first++;
        for (last = first; last < w.sentences[i].end && w.v[last].start < end; last++) {
        }
        if (last == first) continue;
        TRY(context_judge(b->scratch, b->schema, &o, &w, i, first, last, &st));
        *absent = st.status == STATUS_ABSENT;
        *found = true;
    }
out:
    return e;
}

static err one(struct bench *b, view line)
{
    view phrase = view_trim(field(line, 1)), sentence = field(line, 2), says = field(line, 3);
    bool gold = view_eq(says, VIEW("Negated")), absent = false, found = false;
    if (!gold && !view_eq(says, VIEW("Affirmed"))) return OK;
    size_t at = find_nocase(sentence, phrase);
    if (at < sentence.n) {
        err e = judge(b, sentence, at, at + phrase.n, &absent, &found);
        if (e) return e;
    }
    b->lost += !found;
    b->tp += gold && absent;
    b->fp += !gold && absent;
    b->fn += gold && !absent;
    b->tn += !gold && !absent;
    if (b->show && gold != absent)
        printf("%s %.*s | %.*s\n", gold ? "FN" : "FP", (int)phrase.n, phrase.p, (int)sentence.n,
               sentence.p);
    return OK;
}

int main(int argc, char **argv)
{
    struct bench b = { .show = argc > 2 };
    struct diag d = { 0 };
    struct buf file;
    buf_init(&file, 64 << 20);
    arena_init(&b.arena, 64 << 20);
    if (argc < 2 || file_read(argv[1], &file, &d) ||
        schema_builtin(&b.schema, VIEW("symptoms"), &d) || context_scratch_new(&b.scratch))
        return 2;
    for (view rest = buf_view(&file); rest.n;) {
        size_t end = view_find_byte(rest, 0, '\n');
        if (one(&b, view_sub(rest, 0, end))) return 2;
        rest = view_sub(rest, end + 1, rest.n);
    }
    double p = b.tp + b.fp ? (double)b.tp / (b.tp + b.fp) : 0,
           r = b.tp + b.fn ? (double)b.tp / (b.tp + b.fn) : 0;
    printf("negated: %u of %u sentences, %u phrases not found; P %.4f R %.4f F1 %.4f\n",
           b.tp + b.fn, b.tp + b.fp + b.fn + b.tn, b.lost, p, r,
           p + r > 0 ? 2 * p * r / (p + r) : 0);
    context_scratch_free(b.scratch);
    schema_free(b.schema);
    arena_clear(&b.arena);
    buf_clear(&file);
    return 0;
}
