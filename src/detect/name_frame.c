#include "detect/name_frame.h"

#include "detect/name_frame_inside.h"

static const struct wordset_row rows[] = {
    { "seen agree agreed agrees concur spoke spoken met staffed staff discussed discuss reviewed "
      "rounded rounding examined talked chatted worked walked ambulated consulted conferred live "
      "lives "
      "lived stays staying resides precepted supervised home sat keys",
      F_MEETS },
    { "w with", F_WITH },
    { "mrp attg spelled spelt contact orientee traveler courier collector bantay hca ofcr ssg sgt "
      "cpl pte pvt msgt phn cons rph pc overnight prim wkdy wkend neither cover covering relieved "
      "relieving nok hcp poa veteran mislabeled mislabelled maiden presenter cellmate",
      F_STRAIGHT },
    { "accepting receiving says said thx consent consenting", F_SOLE },
    { "came come here asking asks waiting vm lm message looking called number tray voicemail",
      F_AWAITS },
    { "name known listed signed registered", F_KNOWN },
    { "ride driver doc pit chief lead charge float backup cover contact proxy sitter escort "
      "oncall jeopardy poc leader recorder runner casemgr attg md rn pcp buddy orientee day "
      "interpreter scribe chaperone witness collector sponsor roommate landlord eldest youngest",
      F_IS_WHO },
    { "placed inserted removed read overread signed cosigned dictated transcribed typed "
      "performed completed checked scanned interrogated supervised accepted declined sent "
      "referred recorded entered counted witnessed collected drawn obtained interpreted staffed "
      "cleared escorted accompanied authorized dispensed filled opened tagged cancelled picked "
      "updated evaluated admitted discharged prescribed approved proctored scribed "
      "prepared taught redrawn photographed notarized countersigned initialed done started found "
      "called seen read given reviewed changed ordered assessed brought dropped driven raised "
      "adopted hung mixed primed programmed restarted stopped titrated renewed released faxed "
      "reported confirmed corrected amended edited finalized verified attested certified "
      "pronounced anointed visited bathed assisted restrained searched fitted interviewed coded "
      "swapped reset kept repaired restocked audited met obtained logged submitted posted copied",
      F_ACTED },
    { "read reread renewed signed cosigned reviewed checked verified witnessed noted approved "
      "authorized initialed overread acknowledged reconciled faxed posted",
      F_PENNED },
    { "path pathology imaging radiology rads slides slide films film biopsy bx cytology block "
      "specimen accession ct mri xr cxr pet echo ekg ecg eeg mammo mammogram scan scans histology "
      "frozen smear flow cultures plates strip holter",
      F_STUDY },
    { "rn lpn cna nurse md resident intern medic crna scrub circ circulator driver witness "
      "verifier checker reader operator surgeon assistant assist fellow attending provider "
      "interpreter crew tech signer counter rater observer caller staff aide paramedic emt",
      F_NUMBERED },
    { "md rn np pa", F_LETTERS },
    { "fyi hey hi hello hiya", F_GREETS },
    { "seeing referring reviewing assessing accepting sending", F_SEEING },
    { "surgery medicine psychology psychiatry psych nephrology renal cardiology cards neurology "
      "neuro "
      "endocrine endocrinology endo ent onc oncology hematology heme gi id ortho orthopedics "
      "urology "
      "gyn pulmonology pulm rheumatology rheum dermatology derm podiatry vascular plastics "
      "ophthalmology anesthesia palliative radiology hospitalist icu ir",
      F_SERVICE },
    { "cancel cancels canceled cancelled cxl cxld resched rescheduled reschedule noshow overbook "
      "book booked addon recall preop postop waitlist bump bumped swap squeeze",
      F_BOOKED },
    { "off signoff u workup update consult consults prelim recs plan result results report eval "
      "evaluation callback msg message dispo barrier barriers repat accept todo followup recheck "
      "line",
      F_REPORT },
    { "thanks thx ty cheers", F_THANKS },
    { "before until when because if that while since unless so but and after once", F_WHEN },
    { "tolerated done completed drawn collected rescheduled "
      "mailed faxed",
      F_DATED },
    { "out up in off down over", F_PARTICLE },
    { "kids children sons daughters twins triplets sibs siblings grandkids grandchildren boys "
      "girls brothers sisters",
      F_CHILDREN },
    { "can could will would should did does may might have has let pls please", F_MAY },
    { "call ring phone text page sign come drive bring say tell know stop talk speak drop see "
      "write pick fax email visit need want verify answer confirm arrive explain decide agree",
      F_CALLS },
    { "by for is cc as pt", F_JOINT },
    { "prescriber provider prescribed rep tech driver reader pharmacist", F_BEHIND },
};
struct wordset name_frame_words = WORDSET(rows);
WORDSET_CLASS_AT(cls, name_frame_words)

bool name_frame_stops(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return last + 1 >= d->n || t->flags & TOK_LINE || t->kind != TOK_WORD ||
           doc_bits(d, (int64_t)last + 1) & (LEX(FUNCTION) | LEX(PERSON_VERB) | LEX(CREDENTIAL));
}

/* "signed out 10/27 by": from the word before "by" back over a day and a small word to the verb, or -1. */
static int64_t acted(const struct doc *d, int64_t i)
{
    enum { FAR = 8 };
    for (int n = 0; n < FAR && i >= 0 && doc_tok(d, i)->kind != TOK_WORD; n++) {
        const struct token *t = doc_tok(d, i);
        if (t->flags & TOK_LINE || (t->kind == TOK_MARK && t->hash != '/' && t->hash != '-' &&
                                    t->hash != ':' && t->hash != '.'))
            return -1;
        i--;
    }
    if (cls(d, i) & F_PARTICLE) i--;
    return cls(d, i) & F_ACTED ? i : -1;
}

int64_t name_frame_met(const struct doc *d, int64_t i)
{
    if (doc_is_mark(d, i, '/')) i--;
    if (!(cls(d, i) & F_WITH)) return -1;
    return cls(d, i - 1) & F_MEETS ? i - 1 : -1;
}

bool name_frame_is_thanks(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("you")) && doc_is_word(d, i - 1, VIEW("thank"));
}

bool name_frame_ends_sentence(const struct doc *d, uint32_t last)
{
    return last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE ||
           (doc_is_mark(d, (int64_t)last + 1, '.') && shape_starts_sentence(d, (int64_t)last + 2));
}

bool name_is_new_or_usual(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    const bool rare = !(l->bits & ~(LEX_GIVEN | LEX(NICK) | LEX(SURNAME))); /* and no other word */
    return l->bits && !rare ? name_is_usual(d, i) : d->tok[i].len > 2;
}

/* "MD" or "RN" at token i that nobody's name stands before. */
static bool is_title_of_letters(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *before = doc_tok(d, i - 1);
    if (!(t->flags & TOK_UPPER)) return false;
    return t->flags & TOK_LINE || !i || shape_opens_column(d, (uint32_t)i) ||
           (before->kind == TOK_WORD ? (before->flags & TOK_LOWER) != 0 : before->hash != ',');
}

bool name_is_moment(const struct doc *d, int64_t i)
{
    const struct token *mark = doc_tok(d, i + 1);
    return doc_tok(d, i)->kind == TOK_NUMBER && !(doc_tok(d, i)->flags & TOK_LINE) &&
           mark->kind == TOK_MARK &&
           (mark->hash == '/' || mark->hash == '-' || mark->hash == ':') && doc_joined(d, i + 1) &&
           doc_joined(d, i + 2) && doc_tok(d, i + 2)->kind == TOK_NUMBER;
}

/* A word stands before the name, at token i. */
static void behind_word(const struct doc *d, int64_t i, uint32_t last, struct name_context *c)
{
    const uint32_t is = cls(d, i), next = last + 1;
    if (name_frame_is_thanks(d, i) && doc_tok(d, next)->kind == TOK_MARK)
        name_frame_told(i - 1, i, WHO_UNKNOWN, c);
    if (!is) return;
    if (is & F_WHEN && cls(d, next) & F_MAY && cls(d, (int64_t)next + 1) & F_CALLS) {
        name_frame_told(i, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("by"))) {
        const int64_t verb = name_frame_stops(d, last) ? acted(d, i - 1) : -1;
        if (verb >= 0) name_frame_told(verb, i, WHO_CLINICIAN, c);
    } else if (doc_is_word(d, i, VIEW("for"))) {
        if (doc_is_word(d, i - 1, VIEW("ask")) ||
            (cls(d, i - 1) & F_AWAITS && (name_frame_stops(d, last) || name_is_usual(d, last))))
            name_frame_told(i - 1, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("as"))) {
        if (cls(d, i - 1) & F_KNOWN && name_frame_stops(d, last))
            name_frame_told(i - 1, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("pt"))) { /* "pt Xander up" */
        if (d->tok[i].flags & TOK_LOWER) name_frame_told(i, i, WHO_PATIENT, c);
    } else if (doc_is_word(d, i, VIEW("is"))) {
        if (cls(d, i - 1) & F_IS_WHO && name_frame_stops(d, last))
            name_frame_told(i - 1, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("cc"))) {
        const bool volume = doc_tok(d, i - 1)->kind == TOK_NUMBER;
        if (!volume && doc_tok(d, i - 1)->kind == TOK_WORD && name_frame_stops(d, last))
            name_frame_told(i, i, WHO_CLINICIAN, c);
    } else if (is & F_WITH) {
        const int64_t meets = name_frame_stops(d, last) ? name_frame_met(d, i) : -1;
        if (meets >= 0) name_frame_told(meets, i, WHO_UNKNOWN, c);
    } else if (is & F_GREETS) {
        if (doc_tok(d, next)->kind == TOK_MARK && name_is_new_or_usual(d, last))
            name_frame_told(i, i, WHO_UNKNOWN, c);
    } else if (is & F_SEEING && doc_is_word(d, i - 1, VIEW("for"))) {
        if (name_is_new_or_usual(d, last)) name_frame_told(i - 1, i, WHO_PATIENT, c);
    } else if (is & F_BOOKED && name_is_new_or_usual(d, last) &&
               (doc_tok(d, next)->kind != TOK_WORD || d->tok[next].flags & TOK_LINE)) {
        name_frame_told(i, i, WHO_PATIENT, c);
    } else if (is & F_REPORT && doc_is_mark(d, next, ':') && name_is_new_or_usual(d, last) &&
               d->tok[i].flags & TOK_LOWER) {
        name_frame_told(i, i, WHO_PATIENT, c);
    } else if (is & F_LETTERS) {
        if (is_title_of_letters(d, i) &&
            (name_frame_stops(d, last) || d->tok[next].flags & TOK_LOWER))
            name_frame_told(i, i, WHO_CLINICIAN, c);
    } else if (is & F_PENNED && name_is_moment(d, next)) {
        name_frame_told(i, i, WHO_CLINICIAN, c);
    } else if (is & F_STRAIGHT) {
        name_frame_told(i, i, WHO_UNKNOWN, c);
    } else if (is & F_SOLE) {
        if (name_frame_ends_sentence(d, last) || doc_is_mark(d, (int64_t)last + 1, ','))
            name_frame_told(i, i, WHO_CLINICIAN, c);
    } else if (is & F_MAY) {
        const int64_t verb = (int64_t)last + 1;
        if (cls(d, verb) & F_CALLS && d->tok[verb].flags & TOK_LOWER)
            name_frame_told(verb, verb, WHO_UNKNOWN, c);
    }
}

void name_frame(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c)
{
    const int points = c->points;
    int64_t i = (int64_t)first - 1;
    if (d->lex[first]->bits & (LEX(STATE) | LEX(COUNTRY) | LEX(ORG_NAME))) return;
    if (i >= 0 && !(d->tok[first].flags & TOK_LINE)) {
        if (doc_is_mark(d, i, '\'') || doc_is_mark(d, i, '"')) i--; /* "that 'Ottiline be told" */
        if (doc_tok(d, i)->kind == TOK_WORD)
            behind_word(d, i, last, c);
        else if (doc_tok(d, i)->kind == TOK_MARK)
            name_frame_behind_mark(d, i, last, c);
        else if (doc_tok(d, i)->len == 1 && cls(d, i - 1) & F_NUMBERED && !doc_joined(d, i + 1) &&
                 (name_frame_stops(d, last) || shape_opens_column(d, last + 1)))
            name_frame_told(i - 1, i, WHO_CLINICIAN, c); /* "RN 2 Doi" */
    }
    if (c->points == points) name_frame_behind(d, first, last, c);
    if (c->points == points) {
        const int64_t form = name_frame_form(d, first, last);
        if (form >= 0) name_frame_told(form, form, WHO_UNKNOWN, c);
    }
    if (c->points == points) {
        int64_t two = name_frame_two(d, first, last);
        if (two < 0) two = name_frame_list(d, first, last);
        if (two < 0) two = name_frame_asked(d, first, last);
        if (two >= 0) name_frame_told(two, two, WHO_UNKNOWN, c);
    }
}
