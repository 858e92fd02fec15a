/* detect/organization_gone.c — houses of usual words, told by where somebody is, comes from or goes to.
 *
 *     cake at Serenity     47, at Twin Oaks in Zelby     floated from Sanctuary     Discharge to Westwind, report to …
 *     works out at Curl Up and Dye     waiting on Serenity     boarded at Wheel Works
 *
 * A word of the language has a capital behind such a word in mid-sentence where it is a name: what else stands there
 * ("at Bedside", "to Hospital", "from Cardiology") is a state, a kind of house or a field of medicine. See
 * organization_inside.h. */
#include "detect/organization_everybodys.h"
#include "detect/organization_inside.h"
#include "detect/place.h"
#include "detect/wordset.h"

enum { WORDS = 5 };
enum {
    W_LEFT = 1,
    W_WENT = 2,
    W_NOWHERE = 4,
    W_LINK = 8,
    W_AWAITS = 16,
    W_ODD = 32,
    W_USUAL = 64,
    W_END = 128
};
static const struct wordset_row rows[] = {
    /* "… from" */
    { "back floated floating pulled transferred transfer returned returns returning came comes "
      "coming moved records "
      "discharged dc admitted admit sent referred home released accepted arrived report arrives "
      "flown",
      W_LEFT },
    /* "… to" */
    { "discharge discharged dc transfer transferred transferring transport went goes going go "
      "pulled floated moved "
      "admitted admit returned returns return returning back accepted took taken brought shipped "
      "flown sent referred "
      "him her them pt patient readmitted",
      W_WENT },
    { "waiting", W_AWAITS },
    /* what stands behind "at" and is no house, with a capital for weight */
    { "discharge rest baseline bedside home night noon midnight birth time times level admission "
      "arrival triage intake "
      "school work church lunch dinner breakfast risk least most all once large ease peace fault "
      "length hand bay first "
      "last goal play day week month year present onset diagnosis delivery room floor unit desk "
      "line step stage station "
      "floors stages steps term station pharmacy radiology bed table surgery postop preop follow "
      "up ward front rear base "
      "apex side speed capacity university college hospital clinic center institution facility "
      "office appointment visit "
      "point phase position exit door gate store shop market airport bank gym restaurant hotel "
      "court jail prison god jesus "
      "heaven lateral medial superior inferior anterior posterior left right upper lower midline "
      "nursing home transitional "
      "acute intensive critical emergency emergent operating recovery special general observation "
      "step short long medical "
      "social physical occupational speech internal family orthopedic outpatient inpatient walk "
      "urgent primary next this "
      "postpartum antepartum bacteriology wheelchair that these those his her their our your my "
      "she they you not labor day "
      "mother father mom dad "
      "grandma grandpa",
      W_NOWHERE },
    /* rooms, desks, services, what is awaited, where people serve or go: none by itself is a house's name */
    { "lobby cafeteria hallway basement parking garage elevator stairs roof bathroom restroom "
      "kitchen "
      "commode stretcher gurney chair recliner reception registration admitting billing scheduling "
      "housekeeping maintenance engineering dispatch security stores laundry nursery holding prep "
      "chemo cards biomed urogyn decon fasttrack detox respite swing fluoro auth authorization "
      "approval approvals signature signatures consent clearance equipment supplies denture "
      "dentures "
      "glasses shoes clothes ride rides beds tray meal meals snack snacks custody guardianship "
      "conservator guardian adoption foster police fire rescue sheriff quarantine isolation "
      "deployment navy army marines reserves military vacation holiday cruise travel overseas "
      "abroad sports camp trough peak conference huddle rounds handoff report nights evenings "
      "mornings weekends days satellite express helicopter enrollment randomization swimming "
      "practice shopping probation parole family friends neighbors parents children kids "
      "treatment testing screening monitoring counseling classes class group groups meetings "
      "meeting mass services service prayer worship bingo crafts activities staff management "
      "administration leadership risk quality records coding compliance research legal ethics "
      "volunteers volunteer chaplain chaplaincy spiritual pastoral sterile central gate platform "
      "warehouse factory plant farm field fields yard garage beach lake river mountains park "
      "gas grocery library theater pool spa salon bar pub casino church mosque temple synagogue "
      "bedtime naptime naps sleep waking wakeup dosing "
      "weaning bike horse couch car truck trampoline scratch snow storm flood "
      "withdrawal relapse remission recurrence progression",
      W_USUAL },
    /* the second of two that are no more: "Shift Change", "Prior Auth", "Gift Shop", "Fast Track" */
    { "voucher tray seat studies visit shift change found line level auth track lobby shop bed "
      "beds "
      "processing read reads living room lot break pass study stay home check out in cultures "
      "results meds teaching training education class group code status hall pod zone",
      W_END },
    { "of the and at", W_LINK },
    { "twin second iron copper zinc silver salt stone cherry honey crystal", W_ODD },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* May the word at i be in such a name? `first`: "Twin Oaks", not "Cardiac Rehab". */
static bool is_part(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(DRUG) | LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY) | LEX(HOLIDAY) |
                           LEX(DEMONYM) | LEX(COUNTRY) | LEX(STATE) | LEX(EPONYM) | LEX(TITLE) |
                           LEX(CREDENTIAL) | LEX(CLINICIAN) | LEX(ABBREVIATION) | LEX(MEDICAL) |
                           LEX(NAME_CUE);
    return i < d->n && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 1 && !d->shield[i] &&
           !(d->tok[i].flags & TOK_LINE) && !(doc_bits(d, i) & never);
}

/* "Twin Oaks", "Iron Ridge": a word that medicine has begins a name where another with a capital is behind it. */
static bool is_odd(const struct doc *d, uint32_t i)
{
    return cls(d, i) & W_ODD && shape_of(d, i) == SHAPE_TITLE && !d->shield[i] &&
           is_part(d, i + 1) && d->tok[i + 1].len > 3;
}

/* The token that goes on with the name behind `last`: over "&", "'s", "-", "and", "at". 0: none. */
static uint32_t next_part(const struct doc *d, uint32_t last)
{
    uint32_t j = last + 1;
    if (doc_is_mark(d, j, '\'')) j = shape_after_possessive(d, last);
    if (doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1)) j++;
    if (doc_is_mark(d, j, '&')) j++;
    /* "Curl Up and Dye"; "Růžena and Király" are two */
    if (doc_is_word(d, j, VIEW("and")) &&
        !(doc_bits(d, last) & doc_bits(d, (int64_t)j + 1) & LEX(WORD)))
        return 0;
    for (uint32_t n = 0; n < 2 && cls(d, j) & W_LINK && doc_tok(d, j)->flags & TOK_LOWER; n++)
        j++;
    for (uint32_t k = last + 1; k <= j; k++)
        if (k >= d->n || d->tok[k].flags & TOK_LINE || shape_opens_column(d, k)) return 0;
    if (doc_is_word(d, j, VIEW("in")) && shape_of(d, j) == SHAPE_TITLE && doc_joined(d, j))
        return j; /* "Drive-In" */
    return is_part(d, j) || is_odd(d, j) ? j : 0;
}

/* Is the "at", "from", "to" or "on" at token b ruled by a word of being somewhere, coming or going? */
static bool is_ruled(const struct doc *d, int64_t b)
{
    if (b < 1 || !(d->tok[b].flags & TOK_LOWER) || d->tok[b].flags & TOK_LINE) return false;
    const struct token *before = doc_tok(d, b - 1);
    if (!doc_is_word(d, b, VIEW("at"))) {
        const uint32_t verb = cls(d, b - 1) & (W_LEFT | W_WENT | W_AWAITS);
        return verb && ((verb & W_WENT && doc_is_word(d, b, VIEW("to"))) ||
                        (verb & W_LEFT && doc_is_word(d, b, VIEW("from"))) ||
                        (verb & W_AWAITS && doc_is_word(d, b, VIEW("on"))));
    }
    if (before->kind == TOK_MARK) return before->hash == ',' || before->hash == ')';
    /* "Condition at Discharge" is a heading */
    return before->kind != TOK_WORD || before->flags & TOK_LOWER || !doc_bits(d, b - 1) ||
           doc_bits(d, b - 1) & LEX_GIVEN;
}

/* Does the sentence or a part of it end behind token `last`, or go on in small letters? */
static bool is_over(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (doc_ends_line(d, last)) return true;
    if (t->kind == TOK_MARK)
        return (t->hash == '.' && !doc_joined(d, (int64_t)last + 2)) || t->hash == ',' ||
               t->hash == ';' || t->hash == ')' || t->hash == '?' || t->hash == '!' ||
               t->hash == '"' || t->hash == '(';
    return t->kind == TOK_WORD && (t->flags & TOK_LOWER || doc_bits(d, last + 1) & LEX(WEEKDAY)) &&
           !(doc_bits(d, (int64_t)last + 1) & (LEX(MEDICAL) | LEX(EPONYM_HEAD)));
}

/* A word that is more than a kind of house or a state. */
static bool is_own(const struct doc *d, uint32_t i)
{
    const uint64_t kinds = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(FUNCTION) | LEX(MEDICAL) |
                           LEX(NUMBER_WORD) | LEX(DIRECTION) | LEX(STREET_TYPE);
    const bool trade =
        doc_bits(d, i) & LEX(TRADE) && !(doc_bits(d, i) & (LEX(PLACE) | LEX(SURNAME)));
    return shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 && !(doc_bits(d, i) & kinds) &&
           !trade && !(cls(d, i) & W_NOWHERE) && !extent_is_practice(d, i);
}

/* "laughed at Maria": one word that is hardly anything but somebody's name. */
static bool is_person(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return MAX(l->given, l->surname) > l->place && !l->word;
}

/* Tokens first … last are a town on a list, which place.c finds: "back from Pigeon Forge", "seen at Myrtle Beach". */
static bool is_town(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct phrase *p = doc_phrase_at(d, first);
    const bool whole = p && p->n == last - first + 1;
    const struct lex_info *l = whole ? p->lex : d->lex[first];
    return (whole || first == last) && l->bits & LEX(PLACE) && l->place > l->word &&
           !is_odd(d, first);
}

/* The house, and the town behind it: "at Sanctuary in Elk Bottom". */
static err emit(const struct doc *d, uint32_t first, uint32_t last, struct findings *out,
                uint32_t *next)
{
    err e = OK;
    struct town t;
    const int64_t in = (int64_t)last + 1;
    if (organization_is_everybodys(d, first, last)) return OK;
    *next = last + 1;
    TRY(findings_add(out, doc_finding(d, first, last, LABEL_ORGANIZATION, RULE_ORG_AT, 0.7F)));
    if (doc_is_word(d, in, VIEW("in")) && !(doc_tok(d, in + 1)->flags & TOK_LINE) &&
        place_any_at(d, (uint32_t)in + 1, &t)) {
        struct finding x =
            doc_finding(d, t.first, t.last, LABEL_LOCATION, RULE_PLACE_ADDRESS, 0.8F);
        x.part = PART_TOWN;
        TRY(findings_add(out, x));
    }
out:
    return e;
}

err organization_hospice(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    if (i > 1 && d->tok[i - 1].flags & TOK_CAP && is_odd(d, i - 1)) i--;
    const int64_t head = (int64_t)i - 3;
    if (head < 0 || !doc_is_word(d, head + 2, VIEW("the")) ||
        !doc_is_word(d, head + 1, VIEW("of")) || !doc_is_word(d, head, VIEW("hospice")) ||
        shape_of(d, head) != SHAPE_TITLE || !(is_part(d, i) || is_odd(d, i)))
        return OK;
    uint32_t last = i, n = 1, own = is_own(d, i);
    for (uint32_t j = next_part(d, i); j && n < WORDS; j = next_part(d, j), n++) {
        last = j;
        own += is_own(d, j);
    }
    if (!own) return OK;
    *next = last + 1;
    return findings_add(
        out, doc_finding(d, (uint32_t)head, last, LABEL_ORGANIZATION, RULE_ORG_OF, 0.85F));
}

/* "waiting on Authorization", "moved to Placement": what is done or awaited ends so, houses hardly. */
static bool is_abstract(const struct doc *d, uint32_t i)
{
    static const char *const ends[] = { "ation", "ition", "ment", "ship", "ance", "ention" };
    const view w = doc_view(d, i, i);
    for (size_t k = 0; k < COUNT_OF(ends); k++) {
        const size_t n = strlen(ends[k]);
        if (w.n > n && !memcmp(w.p + w.n - n, ends[k], n)) return true;
    }
    return false;
}

err organization_gone(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    enum { LEAST = 4, USUAL = 4 };
    if (i > 1 && d->tok[i - 1].flags & TOK_CAP && is_odd(d, i - 1) &&
        !(d->tok[i - 1].flags & TOK_LINE))
        i--;
    if (d->is_caseless || !is_ruled(d, (int64_t)i - 1) || cls(d, i) & W_NOWHERE ||
        !(is_part(d, i) || is_odd(d, i)))
        return OK;
    struct extent s = { .first = i, .last = i, .telling = 1 };
    uint32_t n = 1, own = is_own(d, i);
    for (uint32_t j = next_part(d, i); j && n < WORDS; j = next_part(d, j), n++) {
        s.last = j;
        own += is_own(d, j);
    }
    const struct lex_info *l = d->lex[i];
    if (!own || !is_over(d, s.last) || is_town(d, i, s.last)) return OK;
    /* "sent to Bacteriology Department": what says what it is, is organization_named.c's */
    if (doc_bits(d, s.last) & LEX(ORG_HEAD) && !doc_is_word(d, (int64_t)i - 1, VIEW("at")))
        return OK;
    if (n == 2 && (cls(d, s.last) & W_END || is_abstract(d, s.last))) return OK;
    if (n == 1 && (cls(d, i) & W_USUAL || is_abstract(d, i))) return OK;
    if (n == 1 && (d->tok[i].len < LEAST || l->word >= USUAL || !l->bits || is_person(d, i)))
        return OK;
    if (place_is_cited(d, s.first, s.last)) return OK;
    const uint32_t after = shape_after_possessive(d, s.last);
    if (n == 1 && after > s.last + 1) return OK; /* "at Serenity's" is somebody's */
    extent_right(d, &s);
    return emit(d, s.first, s.last, out, next);
}
