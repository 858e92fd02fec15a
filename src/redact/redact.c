#include "redact/redact.h"

#include "base/clock.h"
#include "detect/subject.h"
#include "redact/date_shift.h"
#include "redact/rewrite.h"
#include "redact/tag.h"
#include "redact/value_memo.h"

enum { DATE_VALUE_MAX = 1024, DATE_TEXT_MAX = 4 * DATE_VALUE_MAX };

struct redact_params redact_default_params(void)
{
    struct redact_params p = {
        .tag_letters = REDACT_TAG_MIN,
        .shift_max_days = 364,
        .oldest_birth_year = clock_utc_now().year - 89,
    };
    for (int l = 0; l < LABEL_COUNT; l++)
        p.action[l] = ACTION_MASK;
    return p;
}

/* What one call works with. */
struct job {
    const struct redact_params *p;
    const struct redact_domains *dom;
    struct rewrite r;
    bool is_shared;                /* its domain is the params' own, for all texts */
    struct buf text;               /* of a date */
    enum finding_subject subject;  /* of the finding in hand */
    int shift_days[SUBJECT_COUNT]; /* 0: not derived yet */
};

/* 1 … max days (or whole weeks) back or forth, each as likely. */
static int derive_shift(const struct redact_params *p, view patient, enum finding_subject subject)
{
    uint8_t h[32];
    uint64_t bits;
    int step = p->shift_whole_weeks ? 7 : 1, most = p->shift_max_days / step;
    BUG_IF(most < 1);
    key_derive(p->key, VIEW("date"), patient, view_of_str(subject_name(subject)), h);
    memcpy(&bits, h, sizeof bits);
    mem_wipe(h, sizeof h);
    bits = le64toh(bits);
    int size = step * (1 + (int)(bits / 2 % (uint64_t)most));
    return bits % 2 ? size : -size;
}

int redact_shift_days(const struct redact_params *p, const struct redact_domains *dom,
                      enum finding_subject subject)
{
    struct redact_shifts *s = dom->shifts;
    view patient = dom->patient;
    if (!s || !patient.n || patient.n > sizeof s->patient) return derive_shift(p, patient, subject);
    if (!view_eq(view_of(s->patient, s->n), patient)) {
        *s = (struct redact_shifts){ .n = patient.n };
        memcpy(s->patient, patient.p, patient.n);
    }
    if (!s->days[subject]) s->days[subject] = derive_shift(p, patient, subject);
    return s->days[subject];
}

static int shift_of(struct job *j)
{
    int *days = &j->shift_days[j->subject];
    if (!*days) *days = redact_shift_days(j->p, j->dom, j->subject);
    return *days;
}

/* A year that shows an age over 89: of any date, since what was written that long ago of somebody in a record is
 * nearly always a birth, and a column's head or a form's label tells it too far away. A birth written with two
 * digits may be a hundred years older than it reads ("'25"). */
static bool is_old(const struct job *j, view year)
{
    int n = 0;
    size_t digits = 0;
    for (; digits < year.n && digits < 4 && ascii_is_digit(year.p[digits]); digits++)
        n = n * 10 + (year.p[digits] - '0');
    bool in_full = digits && memmem(j->r.value.p, j->r.value.n, year.p, digits);
    if (j->r.part == PART_BIRTH && !in_full && n >= 2000) n -= 100;
    return n < j->p->oldest_birth_year;
}

static err date_to_year(struct job *j, bool *done)
{
    err e = OK;
    if (j->r.value.n > DATE_VALUE_MAX) return OK;
    if (j->r.part == PART_YEAR)
        return OK; /* a bare year is only found when it shows an age over 89 */
    TRY(date_year(j->r.value, &j->text, done));
    if (!*done) return OK;
    j->r.may_stay = true;
    view year = buf_view(&j->text);
    if (is_old(j, year))
        *done = false;
    else
        TRY(rewrite_put(&j->r, 0, j->r.value.n, year));
out:
    return e;
}

static err date_moved(struct job *j, bool *done)
{
    err e = OK;
    if (j->r.value.n > DATE_VALUE_MAX) return OK;
    TRY(date_shift(j->r.value, j->p->date_order, j->r.part == PART_DAY, shift_of(j), &j->text,
                   done));
    if (*done) TRY(rewrite_put(&j->r, 0, j->r.value.n, buf_view(&j->text)));
out:
    return e;
}

static err surrogate(struct job *j, bool *done)
{
    static replacer_fn *const by_label[LABEL_COUNT] = {
        [LABEL_NAME] = surrogate_name,
        [LABEL_LOCATION] = surrogate_place,
        [LABEL_ORGANIZATION] = surrogate_organization,
        [LABEL_AGE] = age_ninety,
        [LABEL_PHONE] = surrogate_phone,
        [LABEL_FAX] = surrogate_phone,
        [LABEL_EMAIL] = surrogate_email,
        [LABEL_SSN] = surrogate_ssn,
        [LABEL_MRN] = surrogate_number,
        [LABEL_PLAN] = surrogate_number,
        [LABEL_ACCOUNT] = surrogate_number,
        [LABEL_LICENSE] = surrogate_number,
        [LABEL_VEHICLE] = surrogate_number,
        [LABEL_DEVICE] = surrogate_number,
        [LABEL_URL] = surrogate_url,
        [LABEL_IP] = surrogate_ip,
        [LABEL_BIOMETRIC] = surrogate_number,
        [LABEL_ID] = surrogate_number,
    };
    if (j->r.label == LABEL_DATE) return date_moved(j, done);
    replacer_fn *f = by_label[j->r.label];
    return f ? f(&j->r, done) : OK;
}

static err act(struct job *j, enum action action, bool *done)
{
    switch (action) {
    case ACTION_KEEP:
    case ACTION_MASK: return OK;
    case ACTION_TAG: return tag_value(&j->r, j->p->tag_letters, done);
    case ACTION_SURROGATE: return surrogate(j, done);
    case ACTION_YEAR: return j->r.label == LABEL_DATE ? date_to_year(j, done) : OK;
    case ACTION_SHIFT: return j->r.label == LABEL_DATE ? date_moved(j, done) : OK;
    case ACTION_ZIP3: return zip_three(&j->r, done);
    case ACTION_AGE90: return age_ninety(&j->r, done);
    }
    return OK;
}

/* Does what comes out follow from the value alone, or from it and the params' own domain? */
static bool may_remember(const struct job *j, enum action action)
{
    if (!j->dom->memo) return false;
    switch (action) {
    case ACTION_YEAR:
    case ACTION_ZIP3:
    case ACTION_AGE90: return true;
    case ACTION_TAG:
    case ACTION_SURROGATE: return j->is_shared && j->r.label != LABEL_DATE;
    case ACTION_KEEP:
    case ACTION_MASK:
    case ACTION_SHIFT: break;
    }
    return false;
}

/* One finding. What was not surely replaced, or came out as it was, is masked as a whole. */
static err replace(struct job *j, const struct finding *f, enum action action, bool *was_masked)
{
    bool done = false, remembers = may_remember(j, action), known = false;
    uint32_t before = j->r.n;
    err e = OK;
    if (remembers) TRY(value_memo_put(j->dom->memo, action, &j->r, was_masked, &known));
    if (known) return OK;
    buf_reset(&j->text);
    TRY(act(j, action, &done));
    *was_masked = !done || (j->r.n == before && !j->r.may_stay);
    if (*was_masked) {
        j->r.n = before;
        TRY(rewrite_put(&j->r, 0, f->end - f->start, tag_mask((enum label)f->label)));
    }
    if (remembers && !j->r.follows)
        value_memo_keep(j->dom->memo, action, &j->r, before, *was_masked);
out:
    return e;
}

enum action redact_action_for(const struct redact_params *p, const struct finding *f)
{
    /* A date that reaches over a name is no date to keep or to shift. */
    if (f->is_mixed) return p->action[f->label] == ACTION_TAG ? ACTION_TAG : ACTION_MASK;
    if (f->label == LABEL_NAME && f->role == WHO_CLINICIAN && p->keep_clinicians)
        return ACTION_KEEP;
    return p->action[f->label];
}

bool redact_is_prepared(const struct redact_params *p, const struct redact_domains *dom)
{
    return p->prepared && p->prepared->key == p->key && view_eq(p->prepared->project, dom->project);
}

err redact_text(const struct redact_params *p, const struct redact_domains *dom, view text,
                const struct findings *f, struct arena *a, struct edits *out,
                uint64_t done[LABEL_COUNT], uint64_t masked[LABEL_COUNT])
{
    struct job j = { .p = p, .dom = dom, .r = { .arena = a, .persons = dom->persons } };
    struct keyed_domain *own = NULL;
    uint32_t n_done[LABEL_COUNT] = { 0 }, n_masked[LABEL_COUNT] = { 0 };
    uint32_t last_end = 0;
    err e = OK;

    *out = (struct edits){ 0 };
    if (f->n == 0) return OK;
    BUG_IF(p->tag_letters < REDACT_TAG_MIN || p->tag_letters > REDACT_TAG_MAX);
    buf_init(&j.text, DATE_TEXT_MAX);
    if (redact_is_prepared(p, dom)) {
        j.r.keys = (struct keyed_domain *)
                       p->prepared; /* complete: it is only read, its page is read-only */
        j.is_shared = true;
    } else if (dom->working) {
        j.r.keys = dom->working;
    } else {
        own = arena_alloc(a, sizeof *own);
        if (!own) return ERR_MEMORY;
        keyed_domain_init(own, p->key, dom->project);
        j.r.keys = own;
    }
    for (uint32_t i = 0; i < f->n; i++) {
        const struct finding *x = &f->v[i];
        BUG_IF(x->start < last_end || x->end < x->start || x->end > text.n ||
               x->label >= LABEL_COUNT || x->subject >= SUBJECT_COUNT);
        last_end = x->end;
        enum action action = redact_action_for(p, x);
        if (action == ACTION_KEEP || x->start == x->end) continue;
        bool was_masked = false;
        j.r.value = view_sub(text, x->start, x->end);
        j.r.base = x->start;
        j.r.label = (enum label)x->label;
        j.r.part = x->part;
        j.r.may_stay = j.r.follows = false;
        j.subject = (enum finding_subject)x->subject;
        TRY(replace(&j, x, action, &was_masked));
        n_done[x->label]++;
        n_masked[x->label] += was_masked && action != ACTION_MASK;
    }
    for (uint32_t i = 0; i < f->n; i++) {
        enum label l = (enum label)f->v[i].label;
        done[l] += n_done[l];
        masked[l] += n_masked[l];
        n_done[l] = n_masked[l] = 0;
    }
    *out = (struct edits){ j.r.v, j.r.n };
out:
    if (own) keyed_domain_wipe(own);
    buf_clear(&j.text);
    return e;
}
