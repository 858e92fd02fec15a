/* extract/extract_fhir.c — FHIR R4: Bundle (collection) with a DiagnosticReport and its Observations.
 *
 * Status: DiagnosticReport "preliminary" (no person has signed it), "cancelled" for a text that was not
 * read. Entries are named by UUIDs of version 5 (RFC 4122) made of the schema's name, the report's id and
 * text, and the finding: two reports of one id (every text file read by itself is "1") meet only where
 * their words are the same too, or neither could be read, and the same input has the same again.
 * Observation.value is coded POS, NEG or IND of HL7's v3-ObservationInterpretation system; what is not
 * mentioned has no Observation. Evidence: Observation.note holds the quoted words, and an extension their
 * place. Codes of findings are the schema's names in a system of their own (urn:cordon:schema:NAME), since
 * a schema need not know any terminology. Source: hl7.org/fhir/R4/diagnosticreport.html, observation.html. */
#include "extract/extract_write.h"
#include "format/sha1.h"
#include "text/utf8.h"

#define ADD(literal) TRY(buf_add(out, VIEW(literal)))

static err add_code(const struct schema *s, view code, struct buf *out)
{
    err e = OK;
    struct buf uri;
    buf_init(&uri, 4096);
    TRY(buf_add(&uri, VIEW("urn:cordon:schema:")));
    TRY(buf_add(&uri, s->name));
    ADD("{\"coding\":[{\"system\":");
    TRY(buf_add_json(out, buf_view(&uri)));
    ADD(",\"code\":");
    TRY(buf_add_json(out, code));
    ADD("}],\"text\":");
    TRY(buf_add_json(out, code));
    ADD("}");
out:
    buf_clear(&uri);
    return e;
}

/* What a report's UUIDs are made of, hashed once for all of them. */
static err hash_report(const struct schema *s, const struct extract_report *r,
                       uint8_t out[SHA1_BYTES])
{
    enum { KEY_MAX = 17 << 20 }; /* an id is of a record, which has 16 MB at most */
    static const uint8_t space[16] = { 0x5e, 0x0c, 0x9a, 0x31, 0x1d, 0x6f, 0x4b, 0x58,
                                       0x9e, 0x27, 0x83, 0xf4, 0x60, 0xd1, 0x2a, 0xc7 };
    err e = OK;
    struct buf key;
    uint8_t text[SHA1_BYTES];
    buf_init(&key, KEY_MAX);
    sha1(r->text, text);
    TRY(buf_add(&key, view_of((const char *)space, sizeof space)));
    TRY(buf_add_json(&key, s->name));
    TRY(buf_add_json(&key, r->id));
    TRY(buf_add(&key, view_of((const char *)text, sizeof text)));
    sha1(buf_view(&key), out);
out:
    buf_clear(&key);
    return e;
}

/* "urn:uuid:…" of the report itself (`part` is "") or of a finding in it. */
static err add_uuid(const uint8_t report[SHA1_BYTES], view part, struct buf *out)
{
    enum { KEY_MAX = 1 << 20 };
    static const char digits[] = "0123456789abcdef";
    err e = OK;
    struct buf key;
    uint8_t hash[SHA1_BYTES];
    buf_init(&key, KEY_MAX);
    TRY(buf_add(&key, view_of((const char *)report, SHA1_BYTES)));
    TRY(buf_add(&key, part));
    sha1(buf_view(&key), hash);
    hash[6] = (uint8_t)((hash[6] & 0x0F) | 0x50);
    hash[8] = (uint8_t)((hash[8] & 0x3F) | 0x80);
    ADD("\"urn:uuid:");
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) ADD("-");
        TRY(buf_add_char(out, digits[hash[i] >> 4]));
        TRY(buf_add_char(out, digits[hash[i] & 15]));
    }
    ADD("\"");
out:
    buf_clear(&key);
    return e;
}

static err add_value(enum status status, struct buf *out)
{
    static const char *const values[] = {
        [STATUS_ABSENT] = "\"NEG\",\"display\":\"Negative\"}],\"text\":\"absent\"}",
        [STATUS_UNCERTAIN] = "\"IND\",\"display\":\"Indeterminate\"}],\"text\":\"uncertain\"}",
        [STATUS_PRESENT] = "\"POS\",\"display\":\"Positive\"}],\"text\":\"present\"}",
    };
    err e = OK;
    ADD(",\"valueCodeableConcept\":{\"coding\":[{\"system\":"
        "\"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation\",\"code\":");
    TRY(buf_add(out, view_of_str(values[status])));
out:
    return e;
}

static err add_place(const struct extract_options *o, view text, uint32_t start, uint32_t end,
                     struct buf *out)
{
    err e = OK;
    uint64_t from = start, to = end;
    if (!o->byte_offsets) {
        from = utf8_count(view_sub(text, 0, start));
        to = from + utf8_count(view_sub(text, start, end));
    }
    ADD("{\"extension\":[{\"url\":\"urn:cordon:evidence\",\"extension\":["
        "{\"url\":\"start\",\"valueInteger\":");
    TRY(buf_add_u64(out, from));
    ADD("},{\"url\":\"end\",\"valueInteger\":");
    TRY(buf_add_u64(out, to));
    ADD("}]}],\"text\":");
    TRY(buf_add_json(out, view_sub(text, start, end)));
    ADD("}");
out:
    return e;
}

static err add_notes(const struct extract_options *o, const struct extract_report *r, uint32_t f,
                     struct buf *out)
{
    err e = OK;
    bool any = false;
    for (uint32_t i = label_first(r->result, f); i != NO_STATEMENT; i = r->result->next[i]) {
        const struct statement *st = &r->result->statements[i];
        if (!label_is_evidence(r->result, i)) continue;
        TRY(buf_add(out, any ? VIEW(",") : VIEW(",\"note\":[")));
        any = true;
        TRY(add_place(o, r->text, st->start, st->end, out));
    }
    if (any) ADD("]");
out:
    return e;
}

static err add_components(const struct schema *s, const struct answer *a, struct buf *out)
{
    static const char *const groups[VALUE_GROUPS] = { "side", "severity", "course" };
    err e = OK;
    bool any = false;
    for (uint32_t i = 0; i < a->n_instances; i++) {
        for (int g = 0; g < VALUE_GROUPS; g++) {
            uint8_t v = a->instances[i].values[g];
            if (v == NO_VALUE) continue;
            TRY(buf_add(out, any ? VIEW(",{") : VIEW(",\"component\":[{")));
            any = true;
            if (a->n_instances > 1) { /* which of them it is said of: each side has its own */
                ADD("\"extension\":[{\"url\":\"urn:cordon:instance\",\"valueInteger\":");
                TRY(buf_add_u64(out, i + 1));
                ADD("}],");
            }
            ADD("\"code\":{\"text\":");
            TRY(buf_add_json(out, view_of_str(groups[g])));
            ADD("},\"valueString\":");
            TRY(buf_add_json(out, s->values[v].name));
            ADD("}");
        }
    }
    if (any) ADD("]");
out:
    return e;
}

static err add_observation(const struct extract_options *o, const struct extract_report *r,
                           const uint8_t hash[SHA1_BYTES], uint32_t f, struct buf *out)
{
    err e = OK;
    const struct schema *s = o->labeler.schema;
    const struct answer *a = &r->result->answers[f];
    ADD(",{\"fullUrl\":");
    TRY(add_uuid(hash, s->findings[f].name, out));
    ADD(",\"resource\":{\"resourceType\":\"Observation\",\"status\":\"preliminary\",\"code\":");
    TRY(add_code(s, s->findings[f].name, out));
    TRY(add_value(a->status, out));
    TRY(add_notes(o, r, f, out));
    TRY(add_components(s, a, out));
    ADD("}}");
out:
    return e;
}

err extract_write_fhir(const struct extract_options *o, const struct extract_report *r,
                       struct buf *out)
{
    err e = OK;
    const struct schema *s = o->labeler.schema;
    bool is_read = r->result->state == REPORT_READ, any = false;
    uint8_t hash[SHA1_BYTES];
    TRY(hash_report(s, r, hash));
    ADD("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":");
    TRY(add_uuid(hash, VIEW(""), out));
    ADD(",\"resource\":{\"resourceType\":\"DiagnosticReport\",\"identifier\":[{\"value\":");
    TRY(buf_add_json(out, r->id));
    ADD("}],\"status\":");
    TRY(buf_add(out, is_read ? VIEW("\"preliminary\"") : VIEW("\"cancelled\"")));
    ADD(",\"code\":");
    TRY(add_code(s, s->name, out));
    if (!is_read) {
        ADD(",\"conclusion\":");
        TRY(buf_add_json(out, view_of_str(report_state_meaning(r->result->state))));
    }
    for (uint32_t f = 0; is_read && f < s->n_findings; f++) {
        if (r->result->answers[f].status == STATUS_NOT_MENTIONED) continue;
        TRY(buf_add(out, any ? VIEW(",") : VIEW(",\"result\":[")));
        any = true;
        ADD("{\"reference\":");
        TRY(add_uuid(hash, s->findings[f].name, out));
        ADD("}");
    }
    if (any) ADD("]");
    ADD("}}");
    for (uint32_t f = 0; is_read && f < s->n_findings; f++)
        if (r->result->answers[f].status != STATUS_NOT_MENTIONED)
            TRY(add_observation(o, r, hash, f, out));
    ADD("]}\n");
out:
    return e;
}
