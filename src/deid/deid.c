#include "deid/deid.h"

#include "base/random.h"
#include "deid/ahead.h"
#include "deid/inside.h"
#include "deid/site_config.h"
#include "deid/vault.h"
#include "detect/nicknames.h"
#include "lexicon/lexicon.h"

enum { SCRATCH_MAX = 1 << 30, PATIENTS_MAX = 64 << 20, KEPT_MAX = INT32_MAX };

struct deid_params deid_default_params(void)
{
    return (struct deid_params){
        .profile = PROFILE_SAFE_HARBOR,
        .style = STYLE_DEFAULT,
        .project = VIEW("project"),
        .max_document = DOCUMENT_MAX,
    };
}

err deid_new(struct deid **out, const struct deid_params *p, struct diag *diag)
{
    err e = OK;
    struct deid *d = NULL;
    const enum date_order order = p->has_date_order ? p->date_order
                                  : p->site         ? p->site->date_order
                                                    : DATE_MONTH_FIRST;
    const struct detect_params with = {
        .lexicon = lexicon_builtin(),
        .date_order = order,
        .language = p->language,
        .recall = p->recall,
        .model = p->model,
        .terms = p->site ? p->site->terms : NULL,
        .patterns = p->site ? p->site->patterns : NULL,
    };
    TRY(p->lists_only ? OK : profile_check(p, diag));
    d = mem_alloc_zero(sizeof *d);
    if (!d) return DIAG(diag, ERR_MEMORY, "no room for the engine");
    random_bytes(&d->number, sizeof d->number);
    d->row = profile_row(p->profile);
    d->max_document = p->max_document;
    d->patients = p->patients;
    d->vault = p->vault;
    d->reader = p->reader;
    buf_init(&d->project, 4096);
    buf_init(&d->patient_field, 4096);
    TRY(buf_add(&d->project, p->project));
    TRY(buf_add(&d->patient_field, p->patient_field));
    d->lexicon = with.lexicon;
    TRY(detect_new_with(&d->detect, &with));
    TRY(nicknames_new(&d->nicknames));
    if (!p->key) TRY(key_ephemeral(&d->own_key));
    d->usual = redact_default_params();
    d->usual.key = p->key ? p->key : d->own_key;
    e = keyed_domain_new(&d->links, d->usual.key, buf_view(&d->project));
    if (e == ERR_LIMIT) DIAG(diag, ERR_CONFIG, "the project's name is too long");
    if (e) TRY(e == ERR_LIMIT ? ERR_CONFIG : e);
    d->prepared = d->row->per_document ? NULL : d->links;
    d->usual.prepared = d->prepared;
    d->usual.keep_clinicians = p->keep_clinicians;
    d->usual.date_order = order;
    d->usual.shift_whole_weeks = p->shift_whole_weeks || (p->site && p->site->shift_whole_weeks);
    d->zip = d->usual;
    enum action zip_action;
    profile_actions(p, d->usual.action, &zip_action);
    profile_actions(p, d->zip.action, &zip_action);
    d->zip.action[LABEL_LOCATION] = zip_action;
    d->wide_places_go = p->site && p->site->actions[LABEL_LOCATION].is_set;
    d->follows = d->usual.action[LABEL_NAME] == ACTION_SURROGATE ||
                 d->usual.action[LABEL_EMAIL] == ACTION_SURROGATE;
    d->of_reader = d->usual;
    for (unsigned l = 0; l < LABEL_COUNT; l++)
        if (d->usual.action[l] != ACTION_KEEP && d->usual.action[l] != ACTION_TAG)
            d->of_reader.action[l] = ACTION_MASK;
    d->zip_apart = zip_action != d->usual.action[LABEL_LOCATION];
    *out = d;
    d = NULL;
out:
    if (e) DIAG(diag, e, "the engine could not be set up");
    deid_free(d);
    return e;
}

void deid_free(struct deid *d)
{
    if (!d) return;
    detect_free(d->detect);
    nicknames_free(d->nicknames);
    keyed_domain_free(d->links); /* before the key that it borrows */
    key_free(d->own_key);
    buf_clear(&d->project);
    buf_clear(&d->patient_field);
    mem_free(d);
}

const struct detect *deid_detector(const struct deid *d)
{
    return d->detect;
}

enum date_order deid_date_order(const struct deid *d)
{
    return d->usual.date_order;
}

bool deid_shifts_weeks(const struct deid *d)
{
    return d->usual.shift_whole_weeks && d->usual.action[LABEL_DATE] == ACTION_SHIFT;
}

const char *deid_style_name(const struct deid *d)
{
    switch (d->usual.action[LABEL_NAME]) {
    case ACTION_MASK: return "mask";
    case ACTION_SURROGATE: return "surrogate";
    default: return "tag";
    }
}

err deid_scratch_new(struct deid_scratch **out)
{
    struct deid_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    err e = detect_scratch_new(&s->detect);
    if (!e) e = ahead_new(&s->ahead);
    if (e) {
        detect_scratch_free(s->detect);
        mem_free(s);
        return e;
    }
    arena_init(&s->arena, SCRATCH_MAX);
    arena_init(&s->cache.arena, PATIENTS_MAX);
    findings_init(&s->found, DETECT_MAX);
    findings_init(&s->zips, DETECT_MAX);
    findings_init(&s->kept, KEPT_MAX);
    *out = s;
    return OK;
}

err deid_scratch_remember(struct deid_scratch *s)
{
    err e = s->memo ? OK : value_memo_new(&s->memo);
    return e ? e : detect_scratch_remember(s->detect);
}

void deid_scratch_free(struct deid_scratch *s)
{
    if (!s) return;
    deid_reader_close(s);
    keyed_domain_wipe(&s->keys);
    value_memo_free(s->memo);
    arena_clear(&s->arena);
    arena_clear(&s->cache.arena);
    findings_clear(&s->found);
    findings_clear(&s->zips);
    findings_clear(&s->kept);
    mem_free(s->ranges);
    ahead_free(s->ahead);
    detect_scratch_free(s->detect);
    mem_free(s);
}

uint64_t deid_counts_found(const struct deid_counts *c)
{
    uint64_t n = 0;
    for (unsigned l = 0; l < LABEL_COUNT; l++)
        n += c->found[l];
    return n;
}

void deid_counts_add(struct deid_counts *to, const struct deid_counts *from)
{
    to->records += from->records;
    to->pieces += from->pieces;
    to->bytes_in += from->bytes_in;
    to->bytes_out += from->bytes_out;
    to->unread += from->unread;
    if (!deid_counts_found(from)) return; /* most records: the rest is long */
    for (unsigned l = 0; l < LABEL_COUNT; l++) {
        to->found[l] += from->found[l];
        to->replaced[l] += from->replaced[l];
        to->masked[l] += from->masked[l];
    }
    for (unsigned i = 0; i < RULE_COUNT; i++)
        to->by_rule[i] += from->by_rule[i];
    for (unsigned i = 0; i < SOURCE_COUNT; i++)
        to->by_source[i] += from->by_source[i];
    for (unsigned i = 0; i < SCORE_BANDS; i++)
        to->by_score[i] += from->by_score[i];
}

static const float score_floors[SCORE_BANDS] = { 0, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F, 0.95F, 0.99F };

double deid_score_floor(unsigned band)
{
    static const double as_written[SCORE_BANDS] = { 0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99 };
    BUG_IF(band >= SCORE_BANDS);
    return as_written[band];
}

static void count_finding(struct deid_counts *c, const struct finding *f)
{
    unsigned band = SCORE_BANDS - 1;
    while (band > 0 && !(f->score >= score_floors[band]))
        band--;
    c->found[f->label]++;
    c->by_rule[f->rule]++;
    c->by_source[f->source]++;
    c->by_score[band]++;
}

err deid_select_found(const struct deid *d, struct deid_scratch *s, struct deid_counts *counts)
{
    uint32_t kept = 0;
    s->zips.n = 0;
    for (uint32_t i = 0; i < s->found.n; i++) {
        struct finding f = s->found.v[i];
        count_finding(counts, &f);
        if (!d->wide_places_go && profile_keeps(d->row, &f)) continue;
        if (d->zip_apart && f.label == LABEL_LOCATION && f.part == PART_ZIP) {
            err e = findings_add(&s->zips, f);
            if (e) return e;
        } else {
            s->found.v[kept++] = f;
        }
    }
    s->found.n = kept;
    return OK;
}

err deid_merge_edits(struct edits a, struct edits b, struct arena *arena, struct edits *out)
{
    *out = (struct edits){ 0 };
    if (a.n == 0 || b.n == 0) {
        *out = a.n ? a : b;
        return OK;
    }
    struct edit *v = arena_array(arena, (size_t)a.n + b.n, sizeof *v);
    if (!v) return ERR_MEMORY;
    uint32_t n = 0, i = 0, j = 0;
    while (i < a.n || j < b.n)
        v[n++] = j >= b.n || (i < a.n && a.v[i].start < b.v[j].start) ? a.v[i++] : b.v[j++];
    *out = (struct edits){ v, n };
    return OK;
}

err deid_redact_found(const struct deid *d, struct deid_scratch *s,
                      const struct redact_domains *dom, view text, const struct deid_found *found,
                      struct edits *out, struct deid_counts *counts)
{
    err e = OK;
    struct edits usual = { 0 }, zips = { 0 };
    TRY(redact_text(&d->usual, dom, text, &found->usual, &s->arena, &usual, counts->replaced,
                    counts->masked));
    if (found->zips.n > 0)
        TRY(redact_text(&d->zip, dom, text, &found->zips, &s->arena, &zips, counts->replaced,
                        counts->masked));
    TRY(deid_merge_edits(usual, zips, &s->arena, out));
out:
    return e;
}

err deid_examine(const struct deid *d, struct deid_scratch *s, const struct format *f,
                 enum encoding enc, view bytes, view domain, struct deid_exam *out,
                 struct deid_counts *counts, struct diag *diag)
{
    struct deid_counts now = { 0 };
    err e = deid_examine_record(d, s, f, enc, bytes, domain, out, &now, diag);
    if (!e) deid_counts_add(counts, &now);
    return e;
}

/* What stands between two copies, before and after, into the vault. */
static err keep_way_back(const struct deid *d, struct deid_scratch *s, view bytes, view written,
                         const struct format_copies *copies)
{
    uint32_t n = 0;
    size_t from = 0, at = 0;
    struct vault_swap *v = arena_array(&s->arena, (size_t)copies->n + 1, sizeof *v);
    if (!v) return ERR_MEMORY;
    for (uint32_t i = 0; i <= copies->n; i++) {
        const struct format_copy end = { (uint32_t)bytes.n, (uint32_t)written.n, 0 };
        const struct format_copy *c = i < copies->n ? &copies->v[i] : &end;
        if (c->from > from || c->at > at)
            v[n++] = (struct vault_swap){ (uint32_t)at, view_sub(written, at, c->at),
                                          view_sub(bytes, from, c->from) };
        from = (size_t)c->from + c->n;
        at = (size_t)c->at + c->n;
    }
    return vault_add(d->vault, written, v, n);
}

err deid_record(const struct deid *d, struct deid_scratch *s, const struct format *f,
                enum encoding enc, view bytes, view domain, struct buf *out,
                struct deid_counts *counts, struct diag *diag)
{
    err e = OK;
    struct deid_exam exam;
    struct deid_counts now = { 0 };
    size_t before = out->n;
    TRY(deid_examine_record(d, s, f, enc, bytes, domain, &exam, &now, diag));
    if (d->vault) {
        struct format_copies copies = { .arena = &s->arena };
        TRY(format_write_traced(&exam.record, exam.edits, out, &copies, diag));
        view written = view_sub(buf_view(out), before, out->n);
        TRY(keep_way_back(d, s, bytes, written, &copies));
    } else {
        TRY(format_write(&exam.record, exam.edits, out, diag));
    }
    now.bytes_out = out->n - before;
    deid_counts_add(counts, &now);
out:
    if (e && out->n > before) {
        mem_wipe(out->p + before, out->n - before);
        out->n = before;
    }
    if (e) DIAG(diag, e, "the record could not be written back");
    return e;
}

err deid_settle(const struct deid *d, struct diag *diag)
{
    return d->vault ? vault_sync(d->vault, diag) : OK;
}
