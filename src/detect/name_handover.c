#include "detect/name_frame.h"
#include "detect/name_handover_inside.h"

static const struct wordset_row rows[] = {
    { "rm room bed bay bassinet isolette hall hallway chair tr trauma icu picu micu sicu ccu nicu "
      "pacu "
      "preop crib ldr obs tele cubicle slot cath ch station",
      W_BED },
    { "thanks sincerely regards cheers gratefully respectfully cordially yours truly bless "
      "blessings",
      W_CLOSING },
    { "belongings valuables given discussed relieved spoke spoken note handed handoff signout "
      "report orders signed "
      "paged verified reported talked deferred copy called endorsed forwarded routed released "
      "disclosed",
      W_HANDED },
    { "to with by", W_TO },
    { "covering covers covered cover", W_COVERS },
    { "aware notified ate paged retracted scrubbed phoned texted emailed relieved covering "
      "agrees recommends accepts disagrees texts drove swapped informed said",
      W_DOES },
    { "cards cardiology renal nephrology gi id heme onc psych psychiatry neuro neurology surgery "
      "ortho urology uro ent pulm pulmonology pulmonary endo endocrine endocrinology rheum "
      "rheumatology derm dermatology micu icu peds pediatrics obgyn gyn ob anesthesia palliative "
      "transplant vascular ir rads radiology pharmacy ot pt sw cm podiatry oncology hematology "
      "ophthalmology ophtho orthopedics neurosurgery gastroenterology hospitalist medicine "
      "infectious hospice nutrition toxicology trauma nsgy mfm rad surg vasc plastics anaes "
      "anaesth "
      "acs medonc radonc thoracic stroke picc resp ep",
      W_SERVICE },
    { "tell ask remind thank call cld reach reached ride wit vol leader", W_TELL },
    { "told asked answered dating reminded thanked texted emailed saw notified updated alerted "
      "messaged phoned",
      W_TOLD },
    { "sw cm rep crna interpreter chaplain doula cna lpn lvn slp wocn rph np hha cns "
      "dpm dds rrt emt omfs urol neph anesth assist scrub hv chv rmo smo sho pgy resident lpc lcsw "
      "pi para wpc coroner moonlighter teller homemaker midwife mw gp tct fto dmo adj young lodger "
      "proband",
      W_STAFF },
    { "admissions housekeeping billing micro microbiology lab labs pharm pharmacy registration "
      "scheduling dietary transport reception intake triage records purchasing security "
      "maintenance engineering biomed sterile laundry kitchen hr payroll accounting compliance "
      "cytology pathology path histology hematology chemistry bb outpatient admitting medrec "
      "informatics telemetry tele dispatch him",
      W_DEPARTMENT },
    { "pgy volunteer tech monitor aide student stud intern driver secretary clerk receptionist "
      "landlord neighbor neighbour roommate boyfriend girlfriend trainee interp interpreter "
      "scribe sitter transporter porter therapist coach teacher attorney lawyer officer",
      W_TRADE },
    { "pgr pager beeper bleep ext cell", W_PAGED },
    { "transport pod podiatry lab pharm micro nsgy rep sitter scribe tech interpreter aide "
      "volunteer driver clerk nurse partner attending resident fellow intern surgeon ortho "
      "rheum derm team neighbor neighbour landlord boss coach chaplain assist scrub",
      W_BESIDES },
    { "from presents presented who whose", W_COMES },
    { "my our", W_OUR },
    { "live play brought bring visit visited came drove", W_TOGETHER },
    { "a an", W_ARTICLE },
    { "follow see call scope operate evaluate assess staff consent round cosign clear over "
      "overread "
      "precept proctor",
      W_ACTS },
    { "ok accepts accepted prelim recs wants will to says said signed here in at rounding seeing "
      "saw "
      "evaluating following",
      W_SAYS },
    { "male female man woman boy girl gentleman lady", W_SEX },
};
struct wordset name_handover_words = WORDSET(rows);
WORDSET_CLASS_AT(cls, name_handover_words)

bool name_may_be_called(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(UNIT) | LEX(ORG_HEAD) | LEX(CLINICIAN) |
                           LEX(RELATIVE) | LEX(CREDENTIAL) | LEX(FUNCTION) | LEX(DEMONYM);
    while (doc_bits(d, i) & LEX(PARTICLE) && shape_word_end(d, i) == i &&
           !(doc_tok(d, (int64_t)i + 1)->flags & TOK_LINE))
        i++;
    if (i >= d->n) return false;
    if (d->tok[i].len == 1 && doc_is_mark(d, i + 1, '.') && i + 2 < d->n) i += 2; /* E. Sow */
    if (d->tok[i].len == 1) i = shape_word_end(d, i);                             /* O'Quinn */
    const struct lex_info *l = d->lex[i];
    const int rank = MAX(l->given, l->surname);
    if (d->shield[i] || (l->bits && rank < 1) || (l->bits & other && rank < 4)) return false;
    enum shape s = shape_of(d, i);
    return s == SHAPE_TITLE || (s == SHAPE_BLANK && l->bits && rank > l->word);
}

bool name_is_usual(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(EPONYM) | LEX(MEDICAL) | LEX(DRUG) | LEX(ORG_NAME) | LEX(ORG_WORD) |
                           LEX(ABBREVIATION) | LEX(CREDENTIAL) | LEX(STATE) | LEX(COUNTRY);
    const struct lex_info *l = d->lex[i];
    const int rank = MAX(l->given, l->surname);
    return rank >= 2 && rank > l->word && rank > l->place && !(l->bits & other);
}

void name_handover_told(int64_t cue_first, int64_t cue_last, enum finding_role role,
                        struct name_context *c)
{
    name_context_reason(c, NAME_HANDOVER_POINTS, RULE_NAME_HANDOVER, (uint32_t)cue_first,
                        (uint32_t)cue_last, role);
}

int64_t name_bed_before(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind == TOK_MARK && (t->hash == ':' || t->hash == '-')) t = doc_tok(d, --i);
    if (t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_CAP) {
        if (cls(d, i - 1) & W_BED) return i - 1;   /* "hall B - Hollis" */
        if (doc_joined(d, i)) t = doc_tok(d, --i); /* "Rm 12A Oseila" */
    }
    if (t->kind != TOK_NUMBER || t->len > 4) return -1;
    i--;
    while (doc_is_mark(d, i, '#') || doc_is_mark(d, i, '.'))
        i--;
    return cls(d, i) & W_BED ? i : -1;
}

/* "14B Strand, chest pain", "214 Hollis walks", "6: Becker - fall": the place that opens the row, up to token i,
 * or -1. A number alone is one where it is as long as a room's, or where marks part the name from all else. */
static int64_t row_before(const struct doc *d, int64_t i, uint32_t first)
{
    enum { ROOM = 3, PLACE_MAX = 4 };
    const uint32_t after = shape_word_end(d, first) + 1;
    const struct lex_info *l = d->lex[first];
    const bool usual =
        l->surname > MAX(l->word, l->place) && l->word <= 1 && !(l->bits & LEX(EPONYM));
    const bool colon = doc_is_mark(d, i, ':') && !doc_joined(d, first);
    const bool ends = doc_is_mark(d, after, '-') || doc_is_mark(d, after, ',');
    bool lettered = false;
    if (doc_tok(d, i)->len == PLACE_MAX && doc_tok(d, i - 1)->kind == TOK_NUMBER &&
        doc_is_word(d, i - 2, VIEW("or")) && d->tok[i - 2].flags & TOK_UPPER)
        return i - 2; /* "OR 2 0915 Marchetti hernia" */
    if (doc_is_mark(d, i, ':')) i--;
    if (doc_tok(d, i)->kind == TOK_WORD && doc_tok(d, i)->len == 1 && doc_joined(d, i)) {
        /* "2D", "24F", "3L" are no beds where more than a mark follows the name */
        lettered = ends || !memchr("DFLMG", d->text.p[d->tok[i].start], 5);
        i--;
    }
    const struct token *t = doc_tok(d, i);
    if (i < 0 || t->kind != TOK_NUMBER || !(i == 0 || t->flags & TOK_LINE) || !(usual || ends))
        return -1;
    return (colon && t->len < PLACE_MAX) || lettered || t->len == ROOM ? i : -1;
}

/* "(Bhatt)", "(Vander, first available)" */
SELDOM static bool ends_item(const struct doc *d, uint32_t first)
{
    const int64_t i = (int64_t)shape_word_end(d, first) + 1;
    return doc_is_mark(d, i, ')') || doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';');
}

/* "s/o", "d/o", "m/o" up to token i: son, daughter, mother of. */
static bool is_child_of(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("o")) && doc_is_mark(d, i - 1, '/') &&
           (doc_is_word(d, i - 2, VIEW("s")) || doc_is_word(d, i - 2, VIEW("d")) ||
            doc_is_word(d, i - 2, VIEW("m")));
}

/* "seen by renal Barrowclo.", "pharmacy Cuthmore, pt": the service in small letters, or at the head of an item of a
 * list of who is on call, and its person alone behind it. */
SELDOM static bool is_of_service(const struct doc *d, int64_t i, uint32_t first)
{
    const uint32_t last = shape_word_end(d, first);
    const struct lex_info *l = d->lex[d->tok[first].len > 1 ? first : last]; /* O'Mahony */
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    const bool item = i == 0 || d->tok[i].flags & TOK_LINE || doc_is_mark(d, i - 1, ',') ||
                      doc_is_mark(d, i - 1, ';') || doc_is_mark(d, i - 1, ':');
    const bool ends = last + 1 >= d->n || next->flags & TOK_LINE || next->hash == ',' ||
                      next->hash == ';' || next->hash == '(';
    if (shape_of(d, first) != SHAPE_TITLE || l->bits & (LEX(EPONYM) | LEX(ORG_NAME) | LEX(DRUG)) ||
        (l->bits && MAX(l->given, l->surname) < MAX(l->word, l->place + 1)))
        return false;
    if (next->kind == TOK_WORD && !(next->flags & TOK_LINE))
        return cls(d, (int64_t)last + 1) & (W_DOES | W_SAYS) && next->flags & TOK_LOWER;
    return next->hash == '.' || next->kind == TOK_NUMBER || ends
               ? d->tok[i].flags & TOK_LOWER || (item && ends)
               : false;
}

/* "--⏎Jashaw⏎", "-- Jashaw⏎": under the rule that parts a message from who signs it. The last dash is token i. */
static bool is_under_rule(const struct doc *d, int64_t i, uint32_t first)
{
    return doc_is_mark(d, i, '-') && doc_is_mark(d, i - 1, '-') && doc_joined(d, i) &&
           d->tok[i - 1].flags & TOK_LINE && doc_ends_line(d, shape_word_end(d, first));
}

/* "Infant of", "widow of" up to token i. */
static bool is_of_kin(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("of")) &&
           (doc_bits(d, i - 1) & LEX(RELATIVE) || doc_is_word(d, i - 1, VIEW("infant")) ||
            doc_is_word(d, i - 1, VIEW("baby")) || doc_is_word(d, i - 1, VIEW("widow")) ||
            doc_is_word(d, i - 1, VIEW("newborn")));
}

/* "Interpreter #4471," up to token i: the number of whoever has it. */
static bool is_behind_number(const struct doc *d, int64_t i)
{
    enum { REACH = 4 };
    if (!doc_is_mark(d, i, ',') || doc_tok(d, i - 1)->kind != TOK_NUMBER ||
        doc_tok(d, i - 1)->len < 3)
        return false;
    for (int64_t k = i - 2; k >= 0 && k >= i - 1 - REACH; k--) {
        if (doc_is_word(d, k, VIEW("interpreter")) || doc_is_word(d, k, VIEW("officer")))
            return true;
        if (doc_tok(d, k)->flags & TOK_LINE) return false;
    }
    return false;
}

static void look_before(const struct doc *d, uint32_t first, struct name_context *c)
{
    int64_t i = (int64_t)first - 1;
    if (i < 0) return;
    if (is_under_rule(d, i, first)) {
        name_handover_told(i, i, WHO_UNKNOWN, c);
        return;
    }
    if (d->tok[first].flags & TOK_LINE) {
        if (doc_is_mark(d, i, ',') || doc_is_mark(d, i, '.') || doc_is_mark(d, i, '!')) i--;
        if (cls(d, i) & W_CLOSING) name_handover_told(i, i, WHO_UNKNOWN, c);
        return;
    }
    const struct token *t = &d->tok[i];
    const bool letter = t->kind == TOK_WORD && t->len == 1 && doc_joined(d, i) &&
                        doc_tok(d, i - 1)->kind == TOK_NUMBER; /* "17A" */
    if (is_of_kin(d, i)) {
        name_handover_told(i - 1, i, WHO_UNKNOWN, c);
        return;
    }
    if (t->kind != TOK_WORD || letter) {
        if (is_behind_number(d, i)) {
            name_handover_told(i - 1, i, WHO_CLINICIAN, c);
            return;
        }
        if (t->kind == TOK_MARK && t->hash == ',') { /* "47-year-old male, Luccous, allergic" */
            bool between =
                cls(d, i - 1) & W_SEX && doc_is_mark(d, (int64_t)shape_word_end(d, first) + 1, ',');
            if (between && shape_of(d, first) == SHAPE_TITLE)
                name_handover_told(i - 1, i, WHO_PATIENT, c);
            return;
        }
        int64_t bed = name_bed_before(d, i);
        if (bed < 0) bed = row_before(d, i, first);
        if (bed >= 0) {
            name_handover_told(bed, i, WHO_PATIENT, c);
        } else if (t->kind == TOK_MARK && t->hash == '(' &&
                   (cls(d, i - 1) & (W_SERVICE | W_BESIDES) ||
                    (cls(d, i - 1) & W_DEPARTMENT &&
                     !(doc_bits(d, first) & (LEX(ORG_NAME) | LEX(EPONYM))))) &&
                   ends_item(d, first)) {
            name_handover_told(i - 1, i, WHO_CLINICIAN,
                               c); /* "ID (Bhatt)", "transport (Deshawn)" */
        }
        return;
    }
    uint32_t is = cls(d, i);
    if (!is && !(t->len == 3 && doc_is_word(d, i, VIEW("for"))) && t->len > 2) return;
    if (is_child_of(d, i)) {
        name_handover_told(i - 2, i, WHO_RELATIVE, c);
        return;
    }
    if (doc_is_word(d, i, VIEW("am")) && doc_is_word(d, i - 1, VIEW("i"))) {
        name_handover_told(i - 1, i, WHO_PATIENT, c);
        return;
    }
    if (is & W_TO && cls(d, i - 1) & W_HANDED)
        name_handover_told(i - 1, i, WHO_UNKNOWN, c);
    else if (t->len == 3 && cls(d, i - 1) & W_COVERS)
        name_handover_told(i - 1, i, WHO_CLINICIAN, c);
    else if (doc_is_word(d, i, VIEW("w")) && doc_is_mark(d, i - 1, '/') &&
             doc_is_word(d, i - 2, VIEW("d")))
        name_handover_told(i - 2, i, WHO_CLINICIAN, c); /* d/w */
    else if (is & W_TELL || (is & W_TOLD && !d->is_caseless))
        name_handover_told(i, i, WHO_UNKNOWN, c);
    else if (is & W_STAFF && (t->len > 4 || t->flags & TOK_CAP))
        name_handover_told(i, i, WHO_CLINICIAN, c);
    else if (is & (W_SERVICE | W_DEPARTMENT) && is_of_service(d, i, first))
        name_handover_told(i, i, WHO_CLINICIAN, c);
}

void name_handover(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c)
{
    const int points = c->points;
    if (!name_may_be_called(d, first)) return;
    look_before(d, first, c);
    if (c->points == points) name_handover_after(d, first, last, c);
    if (c->points == points) name_frame(d, first, last, c);
}
