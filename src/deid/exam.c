#include "deid/exam.h"

#include "deid/key_pieces.h"
#include "deid/misplaced_name.h"
#include "deid/patient_cache.h"

void exam_serve(struct deid_scratch *s, const struct deid *d)
{
    if (s->memo) value_memo_serve(s->memo, d->number);
    if (s->engine == d->number) return;
    mem_wipe(&s->shifts, sizeof s->shifts);
    patient_cache_forget(s);
    s->engine = d->number;
}

void exam_forget_keys(struct deid_scratch *s)
{
    if (!s->keys.key) return;
    keyed_domain_wipe(&s->keys);
    s->keys.key = NULL;
}

err exam_open(const struct deid *d, struct deid_scratch *s, const struct format *f,
              enum encoding enc, view bytes, view domain, struct exam *x, struct diag *diag)
{
    err e = OK;
    *x = (struct exam){ .r = &x->record, .s = s, .d = d };
    if (bytes.n > d->max_document)
        return DIAG(diag, ERR_LIMIT, "larger than --max-document allows");
    TRY(format_decode(f, bytes, enc, &s->arena, &x->record, diag));
    record_owner_init(&x->owner, d, s, x->r, domain, !f->is_stream);
    exam_serve(s, d);
    TRY(misplaced_names_take(d->lexicon, &x->record, &s->arena));
    TRY(record_known_init(&x->values, d, x->r, &s->arena, diag));
    TRY(record_known_codes(&x->values, &x->record));
    TRY(key_pieces_judge(d->lexicon, x->r, &s->arena, &x->keys));
out:
    return e;
}
