#include "detect/name_frame.h"

#include "detect/name_handover.h"
#include "detect/name_register_inside.h"
#include "detect/wordset.h"

enum {
    F_MEETS = 1,       /* with "w/" or "with": "seen w/ Chen" */
    F_WITH = 2,        /* that word */
    F_STRAIGHT = 4,    /* its name follows: "MRP Tobrell", "spelled Brenholt" */
    F_IS_WHO = 8,      /* "ride is Tovelle", "charge = Tovelle" */
    F_ACTED = 16,      /* "placed by Selmanov" */
    F_PARTICLE = 32,   /* between that verb and "by": "signed out 10/27 by" */
    F_CHILDREN = 64,   /* with a comma: "two kids, Ilvana and Torbin" */
    F_MAY = 128,       /* before, and a verb behind: "can Tavisha call" */
    F_CALLS = 256,     /* that verb */
    F_INFORMED = 512,  /* "asks that Ottiline be told" */
    F_CIRCLE = 1024,   /* "(Rufus to friends)" */
    F_OWNED = 2048,    /* "Castellin's office" */
    F_SOLE = 4096,     /* its name ends what is said: "transferred, accepting Wexcott." */
    F_BEHIND = 8192,   /* a role: "Prescriber DEA … on the bottle, Selmanov." */
    F_JOINT = 16384,   /* the small words of these frames, before a name */
    F_GOES_ON = 32768, /* and behind one */
    F_AWAITS = 65536,  /* "transport came for Lindemann" */
    F_KNOWN = 131072,  /* "left name as Dusty" */
};
static const struct wordset_row rows[] = {
    { "seen agree agreed agrees concur spoke spoken met staffed staff discussed discuss reviewed "
      "rounded rounding examined talked chatted worked walked consulted conferred live lives "
      "lived stays staying resides precepted supervised",
      F_MEETS },
    { "w with", F_WITH },
    { "mrp attg spelled spelt contact orientee traveler courier collector bantay hca ofcr ssg sgt "
      "cpl pte pvt msgt phn cons rph pc overnight prim wkdy wkend neither cover covering relieved "
      "relieving nok hcp poa",
      F_STRAIGHT },
    { "accepting receiving says said thx", F_SOLE },
    { "came come here waiting vm lm message looking called", F_AWAITS },
    { "name known listed signed registered", F_KNOWN },
    { "ride driver doc pit chief lead charge float backup cover contact proxy sitter escort "
      "oncall jeopardy poc leader recorder runner casemgr attg md rn pcp buddy orientee day "
      "interpreter scribe chaperone witness collector",
      F_IS_WHO },
    { "placed inserted removed read overread signed cosigned dictated transcribed typed "
      "performed completed checked scanned interrogated supervised accepted declined sent "
      "referred recorded entered counted witnessed collected drawn obtained interpreted staffed "
      "cleared escorted accompanied authorized dispensed filled opened tagged cancelled picked "
      "updated evaluated admitted discharged prescribed approved proctored scribed "
      "prepared taught redrawn photographed notarized countersigned initialed",
      F_ACTED },
    { "out up in off down over", F_PARTICLE },
    { "kids children sons daughters twins triplets sibs siblings grandkids grandchildren boys "
      "girls brothers sisters",
      F_CHILDREN },
    { "can could will would should did does may might have has let pls please", F_MAY },
    { "call ring phone text page sign come drive bring say tell know stop talk speak drop see "
      "write pick fax email visit need want",
      F_CALLS },
    { "told called notified informed contacted updated paged involved", F_INFORMED },
    { "friends family everyone everybody staff neighbors neighbours", F_CIRCLE },
    { "office note notes callback voicemail pager phone cell extension desk inbox badge shift "
      "recs appointment appt bedside name birthday pt chart card meds kid avs efforts job",
      F_OWNED },
    { "by for is cc as pt", F_JOINT },
    { "to be c", F_GOES_ON },
    { "prescriber provider prescribed rep tech driver reader pharmacist", F_BEHIND },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

static void told(int64_t cue_first, int64_t cue_last, enum finding_role role,
                 struct name_context *c)
{
    name_context_reason(c, NAME_HANDOVER_POINTS, RULE_NAME_HANDOVER, (uint32_t)cue_first,
                        (uint32_t)cue_last, role);
}

/* Does what is said stop behind token `last`, or go on with a mark, a number or a small word of the language? What
 * goes on with another word is a thing called after somebody: "performed by Seldinger technique". */
static bool stops(const struct doc *d, uint32_t last)
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

/* "w/" or "with" up to token i, behind a verb of those who meet: its token, or -1. */
static int64_t met(const struct doc *d, int64_t i)
{
    if (doc_is_mark(d, i, '/')) i--;
    if (!(cls(d, i) & F_WITH)) return -1;
    return cls(d, i - 1) & F_MEETS ? i - 1 : -1;
}

/* A role that fills a cell of its own before the bar at token i: "| Attg | ". */
static bool is_role_cell(const struct doc *d, int64_t i)
{
    const uint64_t people = LEX(CLINICIAN) | LEX(RELATIVE);
    const struct token *t = doc_tok(d, i - 1);
    const bool alone = t->flags & TOK_LINE || doc_is_mark(d, i - 2, '|') || i == 1;
    return alone && t->kind == TOK_WORD &&
           (doc_bits(d, i - 1) & people || name_field_is_role(d, i - 1) ||
            cls(d, i - 1) & (F_STRAIGHT | F_IS_WHO));
}

/* The role at the head of the sentence that ends with a comma at token i and a name, or -1. */
static int64_t role_behind(const struct doc *d, int64_t i)
{
    enum { FAR = 10 };
    for (int64_t j = i - 1; j >= 0 && i - j < FAR; j--) {
        if (cls(d, j) & F_BEHIND) return j;
        if (doc_tok(d, j)->flags & TOK_LINE || doc_is_mark(d, j, ';')) return -1;
    }
    return -1;
}

static bool ends_sentence(const struct doc *d, uint32_t last)
{
    return last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE ||
           (doc_is_mark(d, (int64_t)last + 1, '.') && shape_starts_sentence(d, (int64_t)last + 2));
}

/* A mark stands before the name, at token i. */
static void behind_mark(const struct doc *d, int64_t i, uint32_t last, struct name_context *c)
{
    const uint64_t people = LEX(CLINICIAN) | LEX(RELATIVE);
    switch (doc_tok(d, i)->hash) {
    case '/': {
        const int64_t meets = met(d, i);
        if (meets >= 0) told(meets, i, WHO_UNKNOWN, c);
        break;
    }
    case '|':
        if (is_role_cell(d, i)) told(i - 1, i, WHO_UNKNOWN, c);
        break;
    case '=':
        if (cls(d, i - 1) & F_IS_WHO || doc_bits(d, i - 1) & people || name_is_usual(d, last))
            told(i - 1, i, WHO_UNKNOWN, c);
        break;
    case '@': /* "@Simone thx" */
        if (doc_joined(d, i + 1) && !doc_joined(d, i)) told(i, i, WHO_UNKNOWN, c);
        break;
    case '(': /* "badge 0417 (Hobbs)", "float (Hobbs?)" */
        if (name_is_usual(d, last) &&
            (doc_is_mark(d, (int64_t)last + 1, ')') || doc_is_mark(d, (int64_t)last + 1, '?')))
            told(i, i, WHO_UNKNOWN, c);
        break;
    case ',':
        if (cls(d, i - 1) & F_CHILDREN && doc_tok(d, i - 1)->flags & TOK_LOWER) {
            told(i - 1, i, WHO_RELATIVE, c);
        } else if (ends_sentence(d, last)) {
            const int64_t role = role_behind(d, i);
            if (role >= 0) told(role, i, WHO_CLINICIAN, c);
        }
        break;
    default: break;
    }
}

/* A word stands before the name, at token i. */
static void behind_word(const struct doc *d, int64_t i, uint32_t last, struct name_context *c)
{
    const uint32_t is = cls(d, i);
    if (!is) return;
    if (doc_is_word(d, i, VIEW("by"))) {
        const int64_t verb = stops(d, last) ? acted(d, i - 1) : -1;
        if (verb >= 0) told(verb, i, WHO_CLINICIAN, c);
    } else if (doc_is_word(d, i, VIEW("for"))) {
        if (doc_is_word(d, i - 1, VIEW("ask")) ||
            (cls(d, i - 1) & F_AWAITS && (stops(d, last) || name_is_usual(d, last))))
            told(i - 1, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("as"))) {
        if (cls(d, i - 1) & F_KNOWN && stops(d, last)) told(i - 1, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("pt"))) { /* "pt Xander up" */
        if (d->tok[i].flags & TOK_LOWER) told(i, i, WHO_PATIENT, c);
    } else if (doc_is_word(d, i, VIEW("is"))) {
        if (cls(d, i - 1) & F_IS_WHO && stops(d, last)) told(i - 1, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("cc"))) {
        const bool volume = doc_tok(d, i - 1)->kind == TOK_NUMBER;
        if (!volume && doc_tok(d, i - 1)->kind == TOK_WORD && stops(d, last))
            told(i, i, WHO_CLINICIAN, c);
    } else if (is & F_WITH) {
        const int64_t meets = stops(d, last) ? met(d, i) : -1;
        if (meets >= 0) told(meets, i, WHO_UNKNOWN, c);
    } else if (is & F_STRAIGHT) {
        told(i, i, WHO_UNKNOWN, c);
    } else if (is & F_SOLE) {
        if (ends_sentence(d, last) || doc_is_mark(d, (int64_t)last + 1, ','))
            told(i, i, WHO_CLINICIAN, c);
    } else if (is & F_MAY) {
        const int64_t verb = (int64_t)last + 1;
        if (cls(d, verb) & F_CALLS && d->tok[verb].flags & TOK_LOWER)
            told(verb, verb, WHO_UNKNOWN, c);
    }
}

/* "Castellin's office", "Delwyna's partner": what is somebody's; "took Derek's shift": whose first name it must be. */
static bool is_owner(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t i = shape_after_possessive(d, last);
    if (i > last + 1 && first == last && d->lex[first]->given >= 3 && name_is_usual(d, first) &&
        d->lex[first]->given >= d->lex[first]->surname && !shape_starts_sentence(d, first))
        return true;
    return i > last + 1 && i < d->n && d->tok[i].flags & TOK_LOWER &&
           !(d->tok[i].flags & TOK_LINE) &&
           (cls(d, i) & F_OWNED || d->lex[i]->bits & LEX(RELATIVE));
}

/* "Tolliver 6E04", "Tolliver 3S,": the bed or ward at token i, by number and side of the house. */
static bool is_ward(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i), *side = doc_tok(d, i + 1);
    return n->kind == TOK_NUMBER && n->len <= 2 && !(n->flags & TOK_LINE) &&
           side->kind == TOK_WORD && side->len == 1 && side->flags & TOK_CAP &&
           doc_joined(d, i + 1) && memchr("NESW", d->text.p[side->start], 4);
}

static void before_words(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c)
{
    int64_t i = (int64_t)last + 1;
    if (doc_tok(d, i)->kind == TOK_MARK) {
        if (is_owner(d, first, last) ||
            (c->role == WHO_PATIENT && shape_after_possessive(d, last) > i)) {
            told(i, i, WHO_UNKNOWN, c);
            return;
        }
        if (doc_is_mark(d, i, '"')) i++;
    }
    if (is_ward(d, i)) {
        told(i, i + 1, WHO_PATIENT, c);
        return;
    }
    if (!(cls(d, i) & F_GOES_ON) || d->tok[i].flags & TOK_LINE) return;
    if (doc_is_word(d, i, VIEW("to"))) {
        const bool enclosed =
            doc_is_mark(d, (int64_t)first - 1, '(') || doc_is_mark(d, (int64_t)first - 1, '"');
        if (enclosed && cls(d, i + 1) & F_CIRCLE) told(i, i + 1, WHO_PATIENT, c);
    } else if (doc_is_word(d, i, VIEW("be"))) {
        if (cls(d, i + 1) & F_INFORMED) told(i, i + 1, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("c"))) {
        if (shape_of(d, first) == SHAPE_TITLE && doc_is_mark(d, i + 1, '/') &&
            doc_is_word(d, i + 2, VIEW("o")))
            told(i, i + 2, WHO_PATIENT, c);
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
            behind_mark(d, i, last, c);
    }
    if (c->points == points) before_words(d, first, last, c);
}
