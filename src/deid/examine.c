/* deid/examine.c — one record: decoded, looked through piece by piece, and what is to be replaced in it. */
#include "deid/address_value.h"
#include "deid/ahead.h"
#include "deid/patient_cache.h"
#include "deid/person_names.h"
#include "deid/piece_value.h"

static err domains_of(struct exam *x, const struct piece *p, struct redact_domains *out)
{
    err e = OK;
    TRY(record_owner_domains(&x->owner, p, out));
    x->at = p;
    if (x->has_names) out->persons = &x->source;
out:
    return e;
}

/* Whom initials in the piece in hand may mean. */
static err persons_of_piece(void *ctx, const struct persons **out)
{
    err e = OK;
    struct exam *x = ctx;
    const struct known *known;
    struct patient_said said = { 0 };
    /* Of prose it has been asked already; a row of a table says itself who is meant. */
    if (x->at->role < ROLE_NAME)
        TRY(patient_cache_find(x->d, x->s, record_owner_patient(&x->owner, x->at), &known, &said));
    TRY(person_names_for(&x->names, x->at, said.v, said.n, out));
out:
    return e;
}

static err redact_value(const struct deid *d, struct deid_scratch *s, struct exam *x,
                        const struct piece *p, const struct deid_found *found, struct edits *out,
                        struct deid_counts *now)
{
    err e = OK;
    const struct redact_params *params = found->usual.n ? &d->usual : &d->zip;
    const struct finding *f = found->usual.n ? found->usual.v : found->zips.v;
    const struct shaped how = piece_form(d, p);
    struct redact_domains dom;
    TRY(domains_of(x, p, &dom));
    TRY(redact_shaped(params, &dom, &how, p->text, f, &s->arena, out, now->replaced, now->masked));
out:
    return e;
}

/* A key that is a name, as one. */
static err find_key(struct deid_scratch *s, const struct piece *p)
{
    s->found.n = 0;
    return findings_add(&s->found, (struct finding){ .end = (uint32_t)p->text.n,
                                                     .score = 0.8F,
                                                     .rule = RULE_NAME_KEY,
                                                     .label = LABEL_NAME,
                                                     .source = SOURCE_LEXICON });
}

/* A value of a field. A whole address is its parts, which are replaced as they are in prose, where ZIP codes are
 * treated otherwise than streets. */
static err add_value(const struct deid *d, struct deid_scratch *s, const struct piece *p,
                     const struct finding *value, bool *is_value)
{
    err e = OK;
    struct finding parts[ADDRESS_PARTS];
    uint32_t n = 0;
    bool is_place = value->part == PART_STREET || value->part == PART_TOWN;
    if ((d->zip_apart || d->row->keep_wide_places) && value->label == LABEL_LOCATION && is_place &&
        p->shape == SHAPE_ANY)
        address_parts(d->lexicon, p->text, value, &s->arena, parts, &n);
    if (!n) return findings_add(&s->found, *value);
    *is_value = false;
    for (uint32_t i = 0; i < n; i++)
        TRY(findings_add(&s->found, parts[i]));
out:
    return e;
}

/* Prose, into s->found. */
static err find_in_prose(const struct deid *d, struct deid_scratch *s, struct exam *x,
                         const struct piece *p)
{
    err e = OK;
    struct known_list known;
    if (ahead_found(x, p, &s->found)) return OK;
    TRY(ahead_known(x, p, &known));
    TRY(detect_text_known(d->detect, s->detect, p->text, p->field, &known, &s->found));
out:
    return e;
}

/* What identifies in a piece that is no key, into s->found; *is_value: it is one value of a field. */
static err find_in_piece(const struct deid *d, struct deid_scratch *s, struct exam *x,
                         const struct piece *p, bool *is_value)
{
    err e = OK;
    struct finding value;
    bool has_value;
    s->found.n = 0;
    *is_value = piece_value(d->lexicon, p, &s->arena, &value, &has_value);
    if (*is_value && !has_value) return OK;
    if (*is_value) return add_value(d, s, p, &value, is_value);
    TRY(find_in_prose(d, s, x, p));
    if (p->shape == SHAPE_DIGITS && s->found.n) { /* a number stays one */
        *is_value = true;
        s->found.n = 1;
        s->found.v[0].start = 0;
        s->found.v[0].end = (uint32_t)p->text.n;
    }
out:
    return e;
}

/* A key that is none of a person stays. */
static bool is_passed_over(const struct piece *p, const bool *names)
{
    return p->role == ROLE_KEY && !names[p->group];
}

/* What identifies in a piece and is to be replaced, in s->found and s->zips. */
static err look_through(const struct deid *d, struct deid_scratch *s, struct exam *x,
                        const struct piece *p, bool *is_value, struct deid_counts *now)
{
    err e = OK;
    *is_value = false;
    s->zips.n = 0;
    TRY(p->role == ROLE_KEY ? find_key(s, p) : find_in_piece(d, s, x, p, is_value));
    if (s->found.n) TRY(deid_select_found(d, s, now));
out:
    return e;
}

static err replace_found(const struct deid *d, struct deid_scratch *s, struct exam *x,
                         const struct piece *p, const struct deid_found *found, bool is_value,
                         struct edits *out, struct deid_counts *now)
{
    err e = OK;
    *out = (struct edits){ 0 };
    if (!found->usual.n && !found->zips.n) return OK;
    if (is_value) return redact_value(d, s, x, p, found, out, now);
    struct redact_domains dom;
    TRY(domains_of(x, p, &dom));
    TRY(deid_redact_found(d, s, &dom, p->text, found, out, now));
out:
    return e;
}

/* Can what comes out hang on who else is in the record? */
static bool may_follow(const struct findings *f)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (f->v[i].label == LABEL_NAME || f->v[i].label == LABEL_EMAIL) return true;
    return false;
}

/* One range more than pieces, where the last one's findings end. */
static err room_for_range(struct deid_scratch *s)
{
    size_t bytes;
    if (s->n_ranges + 1 < s->cap_ranges) return OK;
    uint32_t cap = s->cap_ranges ? s->cap_ranges * 2 : 64;
    if (cap < s->cap_ranges || !size_mul(cap, sizeof *s->ranges, &bytes)) return ERR_LIMIT;
    struct found_range *v = mem_resize(s->ranges, bytes);
    if (!v) return ERR_MEMORY;
    s->ranges = v;
    s->cap_ranges = cap;
    return OK;
}

/* What was found in a piece, until all are looked through. */
static err keep_found(struct deid_scratch *s, uint32_t piece, bool is_value)
{
    err e = OK;
    TRY(room_for_range(s));
    s->ranges[s->n_ranges++] =
        (struct found_range){ piece, s->kept.n, s->kept.n + s->found.n, is_value };
    for (uint32_t i = 0; i < s->found.n; i++)
        TRY(findings_add(&s->kept, s->found.v[i]));
    for (uint32_t i = 0; i < s->zips.n; i++)
        TRY(findings_add(&s->kept, s->zips.v[i]));
    s->ranges[s->n_ranges].at = s->kept.n;
out:
    return e;
}

/* Names and addresses wait until all pieces are looked through: whose initials they are may stand in a later one. */
static err examine_pieces(const struct deid *d, struct deid_scratch *s, struct exam *x,
                          struct edits *out, struct deid_counts *now)
{
    err e = OK;
    s->kept.n = s->n_ranges = 0;
    for (uint32_t i = 0; i < x->r->n; i++) {
        const struct piece *p = &x->r->pieces[i];
        bool is_value;
        out[i] = (struct edits){ 0 };
        if (is_passed_over(p, x->keys)) continue;
        TRY(look_through(d, s, x, p, &is_value, now));
        const struct deid_found found = { s->found, s->zips };
        if (d->follows && may_follow(&s->found))
            TRY(keep_found(s, i, is_value));
        else
            TRY(replace_found(d, s, x, p, &found, is_value, &out[i], now));
    }
    person_names_init(&x->names, x->r, s->kept.v, s->ranges, s->n_ranges, &s->arena);
    x->has_names = true;
    x->source = (struct persons_source){ persons_of_piece, x };
    for (uint32_t i = 0; i < s->n_ranges; i++) {
        const struct found_range *r = &s->ranges[i];
        struct deid_found found = { .usual.n = r->zips_at - r->at, .zips.n = r[1].at - r->zips_at };
        found.usual.v = s->kept.v + r->at;
        if (found.zips.n) found.zips.v = s->kept.v + r->zips_at;
        const struct piece *p = &x->r->pieces[r->piece];
        TRY(replace_found(d, s, x, p, &found, r->is_value, &out[r->piece], now));
    }
out:
    x->has_names = false;
    return e;
}

static err domains_of_piece(void *x, const struct piece *p, struct redact_domains *out)
{
    return domains_of(x, p, out);
}

static err give_up(err e, struct diag *diag)
{
    if (e == ERR_LIMIT) DIAG(diag, e, "too many words, signs or identifiers for one record");
    return DIAG(diag, e, "the record could not be examined");
}

/* The record in hand: opened ahead, or now into `own`. */
static err open_record(const struct deid *d, struct deid_scratch *s, const struct format *f,
                       enum encoding enc, view bytes, view domain, struct exam *own,
                       struct exam **out, struct deid_counts *now, struct diag *diag)
{
    err e = OK;
    exam_forget_keys(s);
    *out = ahead_next(d, s, f, bytes, domain);
    if (!*out) {
        *out = own;
        TRY(exam_open(d, s, f, enc, bytes, domain, own, diag));
    }
    now->records = 1;
    now->bytes_in = bytes.n;
    now->pieces = (*out)->r->n;
out:
    return e;
}

err deid_list(const struct deid *d, struct deid_scratch *s, const struct format *f,
              enum encoding enc, view bytes, deid_list_fn *each, void *ctx,
              struct deid_counts *counts, struct diag *diag)
{
    err e = OK;
    FILLED_LATER struct exam own;
    struct exam *x;
    struct deid_counts now = { 0 };
    bool is_value;
    TRY(open_record(d, s, f, enc, bytes, VIEW(""), &own, &x, &now, diag));
    for (uint32_t i = 0; i < x->r->n; i++) {
        const struct piece *p = &x->r->pieces[i];
        if (is_passed_over(p, x->keys)) continue;
        TRY(p->role == ROLE_KEY ? find_key(s, p) : find_in_piece(d, s, x, p, &is_value));
        for (uint32_t k = 0; k < s->found.n; k++)
            now.found[s->found.v[k].label]++;
        if (s->found.n) TRY(each(ctx, x->r, p, &s->found));
    }
    deid_counts_add(counts, &now);
out:
    return e ? give_up(e, diag) : OK;
}

err deid_examine_record(const struct deid *d, struct deid_scratch *s, const struct format *f,
                        enum encoding enc, view bytes, view domain, struct deid_exam *out,
                        struct deid_counts *now, struct diag *diag)
{
    err e = OK;
    struct edits *edits = NULL;
    FILLED_LATER struct exam own;
    struct exam *x;
    *out = (struct deid_exam){ 0 };
    TRY(open_record(d, s, f, enc, bytes, domain, &own, &x, now, diag));
    out->record = *x->r;
    edits = arena_array(&s->arena, (size_t)x->r->n + 1, sizeof *edits);
    if (!edits) TRY(ERR_MEMORY);
    TRY(examine_pieces(d, s, x, edits, now));
    out->edits = edits;
    if (d->reader) TRY(deid_read_again(d, s, out, domains_of_piece, x, edits, now, diag));
out:
    if (!e) return OK;
    *out = (struct deid_exam){ 0 };
    return give_up(e, diag);
}
