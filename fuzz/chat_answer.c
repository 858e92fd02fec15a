/* fuzz/chat_answer.c — whatever a model's server sends is an answer in the form asked for, or refused; a
 * quote that is found lies in the text. */
#include "extract/extract_served.h"
#include "reader/reader_engines.h"
#include "text/quote.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct schema *schema;

static void read_words(view words, view text, struct arena *a)
{
    struct served_finding found[FINDINGS_MAX];
    struct diag d = { 0 };
    struct reader_answer named;
    if (!reader_answer_read(words, a, &named, &d))
        for (uint32_t i = 0; i < named.n; i++)
            BUG_IF(named.v[i].label >= LABEL_COUNT);
    if (served_answer_read(schema, words, a, found, &d)) return;
    for (uint32_t i = 0; i < schema->n_findings; i++) {
        size_t start, end;
        BUG_IF(found[i].status > STATUS_PRESENT);
        if (quote_find(text, found[i].quote, 0, &start, &end)) BUG_IF(start >= end || end > text.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct diag d = { 0 };
    struct arena a;
    struct buf sent;
    view body = view_of((const char *)data, size), words, model;
    uint32_t n;
    if (!schema) BUG_IF(schema_builtin(&schema, VIEW("mukherjee13"), &d));
    arena_init(&a, 16 << 20);
    buf_init(&sent, 16 << 20);
    if (!chat_answer_read(body, &a, &words, &d)) read_words(words, body, &a);
    read_words(body, body, &a);
    if (!chat_models_read(body, &a, &model, &n, &d)) BUG_IF(n > 0 && !model.p);
    BUG_IF(chat_defuse(body, NULL, &sent));
    for (size_t i = 0; i + 2 < sent.n; i++)
        BUG_IF(sent.p[i] == '<' && sent.p[i + 1] == '|');
    arena_clear(&a);
    buf_clear(&sent);
    return 0;
}
