#include "extract/extract_write.h"
#include "text/ruler.h"

#define ADD(literal) TRY(buf_add(out, VIEW(literal)))

static err add_range(struct buf *out, struct ruler *r, uint32_t start, uint32_t end)
{
    err e = OK;
    ADD("{\"start\":");
    TRY(buf_add_u64(out, ruler_at(r, start)));
    ADD(",\"end\":");
    TRY(buf_add_u64(out, ruler_at(r, end)));
out:
    return e;
}

static err add_name(struct buf *out, view key, view value)
{
    err e = OK;
    ADD("\"");
    TRY(buf_add(out, key));
    ADD("\":");
    TRY(buf_add_json(out, value));
out:
    return e;
}

static err add_evidence(const struct extract_options *o, const struct label_result *r, uint32_t f,
                        struct ruler *ruler, struct buf *out)
{
    err e = OK;
    bool first = true;
    ADD(",\"evidence\":[");
    for (uint32_t i = label_first(r, f); i != NO_STATEMENT; i = r->next[i]) {
        const struct statement *st = &r->statements[i];
        bool is_evidence = label_is_evidence(r, i);
        if (!is_evidence && !o->explain) continue;
        if (!first) ADD(",");
        first = false;
        TRY(add_range(out, ruler, st->start, st->end));
        if (o->explain) {
            ADD(",");
            TRY(add_name(out, VIEW("says"), view_of_str(status_name((enum status)st->status))));
            if (st->cue_end > st->cue_start) {
                ADD(",\"cue\":");
                TRY(add_range(out, ruler, st->cue_start, st->cue_end));
                ADD("}");
            }
            if (!is_evidence) ADD(",\"counts\":false");
        }
        ADD("}");
    }
    ADD("]");
out:
    return e;
}

/* 0.00 to 1.00. */
static inline err add_score(struct buf *out, float score)
{
    unsigned n = (unsigned)(MAX(0.0F, MIN(score, 1.0F)) * 100.0F + 0.5F);
    const char text[4] = { (char)('0' + n / 100), '.', (char)('0' + n / 10 % 10),
                           (char)('0' + n % 10) };
    return buf_add(out, view_of(text, sizeof text));
}

static bool has_values(const struct instance *n)
{
    for (int g = 0; g < VALUE_GROUPS; g++)
        if (n->values[g] != NO_VALUE) return true;
    return false;
}

static err add_instances(const struct schema *s, const struct answer *a, struct buf *out)
{
    static const view keys[VALUE_GROUPS] = { { "side", 4 }, { "severity", 8 }, { "course", 6 } };
    err e = OK;
    bool any = false;
    for (uint32_t i = 0; i < a->n_instances; i++) {
        const struct instance *n = &a->instances[i];
        if (!has_values(n)) continue;
        TRY(buf_add(out, any ? VIEW(",{") : VIEW(",\"instances\":[{")));
        any = true;
        for (int g = 0; g < VALUE_GROUPS; g++) {
            if (n->values[g] == NO_VALUE) continue;
            TRY(add_name(out, keys[g], s->values[n->values[g]].name));
            ADD(",");
        }
        TRY(add_name(out, VIEW("status"), view_of_str(status_name((enum status)n->status))));
        ADD("}");
    }
    if (any) ADD("]");
out:
    return e;
}

/* Findings of which nothing is said beyond that they are not mentioned: a bit for each. */
static uint64_t plain_findings(const struct extract_report *r, uint32_t n)
{
    uint64_t plain = 0;
    for (uint32_t f = 0; f < n; f++) {
        const struct answer *a = &r->result->answers[f];
        const bool differs = r->by_rules && r->by_rules[f] != r->by_model[f];
        if (a->status == STATUS_NOT_MENTIONED && a->n_instances == 0 && !a->conflict &&
            !a->historical && !a->hypothetical && !a->other_person && !differs)
            plain |= UINT64_C(1) << f;
    }
    return plain & ~r->result->told & ~r->unquoted;
}

static err add_finding(const struct extract_options *o, const struct extract_report *r, uint32_t f,
                       bool is_plain, struct ruler *ruler, struct buf *out)
{
    err e = OK;
    const struct schema *s = o->labeler.schema;
    const struct answer *a = &r->result->answers[f];
    TRY(buf_add(out, s->findings[f].json_name));
    if (is_plain) { /* most of them, so written at once */
        ADD(":{\"status\":\"not_mentioned\",\"evidence\":[],\"score\":");
        TRY(add_score(out, a->score));
        ADD("}");
        return OK;
    }
    static const view starts[] = {
        [STATUS_NOT_MENTIONED] = VIEW(":{\"status\":\"not_mentioned\""),
        [STATUS_ABSENT] = VIEW(":{\"status\":\"absent\""),
        [STATUS_UNCERTAIN] = VIEW(":{\"status\":\"uncertain\""),
        [STATUS_PRESENT] = VIEW(":{\"status\":\"present\""),
    };
    TRY(buf_add(out, starts[a->status]));
    TRY(add_evidence(o, r->result, f, ruler, out));
    ADD(",\"score\":");
    TRY(add_score(out, a->score));
    TRY(add_instances(s, a, out));
    if (r->by_rules && r->by_rules[f] != r->by_model[f]) {
        ADD(",");
        TRY(add_name(out, VIEW("by_rules"), view_of_str(status_name((enum status)r->by_rules[f]))));
        ADD(",");
        TRY(add_name(out, VIEW("by_model"), view_of_str(status_name((enum status)r->by_model[f]))));
    }
    if (r->unquoted >> f & 1) ADD(",\"unquoted\":true");
    if (a->conflict) ADD(",\"conflict\":true");
    if (a->historical) ADD(",\"historical\":true");
    if (a->hypothetical) ADD(",\"hypothetical\":true");
    if (a->other_person) ADD(",\"other_person\":true");
    ADD("}");
out:
    return e;
}

err extract_write_json(const struct extract_options *o, const struct extract_report *r,
                       struct buf *out)
{
    err e = OK;
    struct ruler ruler = { .text = r->text, .bytes = o->byte_offsets || utf8_is_ascii(r->text) };
    ADD("{");
    TRY(add_name(out, VIEW("id"), r->id));
    ADD(",");
    TRY(add_name(out, VIEW("state"), view_of_str(report_state_name(r->result->state))));
    if (o->with_text && r->result->state != REPORT_NOT_TEXT) {
        ADD(",");
        TRY(add_name(out, VIEW("text"), r->text));
    }
    if (r->parts > 1) {
        ADD(",\"parts\":");
        TRY(buf_add_u64(out, r->parts));
    }
    ADD(",\"findings\":{");
    if (r->result->state == REPORT_READ) {
        const uint64_t plain = plain_findings(r, o->labeler.schema->n_findings);
        for (uint32_t f = 0; f < o->labeler.schema->n_findings; f++) {
            if (f) ADD(",");
            TRY(add_finding(o, r, f, plain >> f & 1, &ruler, out));
        }
    }
    ADD("}}\n");
out:
    return e;
}
