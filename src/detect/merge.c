#include "detect/merge.h"

enum { OF_CLINICIANS = 1, OF_OTHERS };
/* "Beth" may be the employer too: of what is known, somebody's name comes first, and a clinician's, which may be
 * kept, after anybody else's. */
static int name_rank(const struct finding *f)
{
    if (f->source != SOURCE_KNOWN || f->label != LABEL_NAME) return 0;
    return f->role == WHO_CLINICIAN ? OF_CLINICIANS : OF_OTHERS;
}

/* Does b name the identifier better than a? Known beats checksum beats rule beats lexicon beats
 * tagger; then the longer, then a known name, then the surer. */
static bool is_stronger(const struct finding *b, const struct finding *a)
{
    if (b->source != a->source) return b->source > a->source;
    uint32_t la = a->end - a->start, lb = b->end - b->start;
    if (la != lb) return lb > la;
    if (name_rank(a) != name_rank(b)) return name_rank(b) > name_rank(a);
    return b->score > a->score;
}

/* Would both be treated alike, whatever the profile? */
static bool is_akin(enum label a, enum label b)
{
    const uint32_t numbers = 1U << LABEL_MRN | 1U << LABEL_PLAN | 1U << LABEL_ACCOUNT |
                             1U << LABEL_LICENSE | 1U << LABEL_VEHICLE | 1U << LABEL_DEVICE |
                             1U << LABEL_BIOMETRIC | 1U << LABEL_ID;
    const uint32_t calls = 1U << LABEL_PHONE | 1U << LABEL_FAX;
    uint32_t both = 1U << a | 1U << b;
    return a == b || !(both & ~numbers) || !(both & ~calls);
}

static struct finding joined(struct finding a, struct finding b)
{
    /* Length and source of the two as they were found decide, not of what was joined before. */
    struct finding r = is_stronger(&b, &a) ? b : a;
    bool reaches_over = r.end - r.start < MAX(a.end, b.end) - MIN(a.start, b.start);
    if (r.label == a.label && r.label == b.label && !r.role) r.role = a.role ? a.role : b.role;
    if (a.start != b.start || a.end != b.end) {
        const struct finding *longer = b.end - b.start > a.end - a.start ? &b : &a;
        if (r.part != longer->part && r.label == longer->label) r.part = longer->part;
    }
    /* Nobody may keep it, or change a part of it, for what only a part of it is. */
    bool same = a.start == b.start && a.end == b.end;
    r.is_mixed = a.is_mixed || b.is_mixed || (reaches_over && !is_akin(a.label, b.label)) ||
                 (same && name_rank(&r) == OF_CLINICIANS && a.label != b.label);
    if (reaches_over && a.label == b.label && a.part != b.part && r.part != PART_STREET)
        r.part = PART_WHOLE;
    r.start = MIN(a.start, b.start);
    r.end = MAX(a.end, b.end);
    r.score = MAX(a.score, b.score);
    return r;
}

void merge_findings(struct findings *f)
{
    findings_sort(f);
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        if (n && f->v[i].start < f->v[n - 1].end)
            f->v[n - 1] = joined(f->v[n - 1], f->v[i]);
        else
            f->v[n++] = f->v[i];
    }
    f->n = n;
}
