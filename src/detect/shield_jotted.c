/* shield_jotted.c — things of medicine as a jotting names them, without their noun: "L Hickman", "d/c foley", "Foley out",
 * "PMH Parkinson, Addison", "mother Lynch", "Tab Telma OD", "chase CT".
 *
 * A side, an abbreviation with a slash, a state, a form of medicine or a heading right beside the word says what it is.
 * A title before it, or a credential behind it, says that it is somebody. */
#include "detect/name_run.h"
#include "detect/shape.h"
#include "detect/shield.h"
#include "detect/wordset.h"

enum {
    J_SIDED = 1,   /* is put in or found on one side, and few people are called so */
    J_MADE = 2,    /* the same, and people are called so: more must be said */
    J_SHOWN = 4,   /* behind a side and a name: what is broken, drained, lame */
    J_STATE = 8,   /* of a line, tube or drain */
    J_TUBE = 16,   /* which it is */
    J_FORM = 32,   /* of a medicine */
    J_DOSE = 64,   /* how often it is taken */
    J_EYE = 128,   /* which eye */
    J_LENS = 256,  /* what is put into it, and what ails it */
    J_HEADS = 512, /* a list of diseases or instruments */
    J_BEFORE = 1024,
    J_INHERITED = 2048, /* diseases that relatives have */
    J_GRADED = 4096,
    J_SCAN = 8192,
    J_MAKER = 16384,
    J_MODEL = 32768,
    J_GOES = 65536, /* what only persons do behind "d/c Foley" */
};
static const struct wordset_row rows[] = {
    { "hickman horner lapidus penrose quinton broviac groshong permcath colles galeazzi monteggia "
      "maisonneuve lisfranc chopart segond rolando bankart babinski tinel phalen lachman",
      J_SIDED },
    { "keller austin blake burch barton akin weil evans cotton brostrom strayer mcbride smith "
      "jones bennett cooper hunt",
      J_MADE },
    { "fx fxs fracture fractures reduced reduction palsy pupil ptosis orif drain drains cath "
      "catheter line osteotomy bunionectomy repair graft",
      J_SHOWN },
    { "out patent draining removed inserted clamped flushed unclamped dced cdi", J_STATE },
    { "foley hickman penrose blake broviac groshong quinton dobhoff salem bonanno malecot",
      J_TUBE },
    { "tab tabs tablet cap caps capsule syp syr inj", J_FORM },
    { "od bd bid tds tid qid qds hs sos stat prn", J_DOSE },
    { "od os ou", J_EYE },
    { "xen hydrus kahook durysta toric vivity tecnis panoptix baerveldt molteno fuchs coats istent "
      "stargardt best symfony acrysof clareon",
      J_LENS },
    { "pmh pmhx ddx hx instruments instrument stains criteria forceps retractors", J_HEADS },
    { "vs mod modified versus", J_BEFORE },
    { "lynch hashimoto hashimotos graves crohn crohns parkinson parkinsons alzheimer alzheimers "
      "huntington huntingtons hodgkin hodgkins addison addisons marfan marfans sjogren raynaud "
      "raynauds menieres cowden fabry gaucher",
      J_INHERITED },
    { "ward mason miller fisher gleason morse braden bishop glasgow", J_GRADED },
    { "ct cts mri mrcp mra mrv cta echo bloods xr cxr xray us uss tte toe ecg eeg emg ercp labs "
      "cultures results report path histology",
      J_SCAN },
    { "abbott gore edwards cook bard stryker zimmer smith roche beckman baxter braun arthrex "
      "boston",
      J_MAKER },
    { "mitraclip magna viabahn excluder zenith sapien proclaim assurity cardioform powerport "
      "persona "
      "legion attune architect cobas tightrope introcan emblem alaris clearlink resilia inspiris "
      "konect propaten acuseal triathlon mako triclip amplatzer portico navitor",
      J_MODEL },
    { "home to with who tomorrow today later and", J_GOES },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static const uint64_t EPONYMS = LEX(EPONYM) | LEX(EPONYM_FAMILY);

SELDOM static bool is_led(const struct doc *d, int64_t i)
{
    const uint64_t people = LEX(TITLE) | LEX(NAME_CUE) | LEX(CLINICIAN) | LEX(CREDENTIAL);
    if (doc_is_mark(d, i, ':') || doc_is_mark(d, i, '.')) i--;
    return doc_bits(d, i) & people && !(doc_bits(d, i) & LEX(FUNCTION)) && doc_tok(d, i)->len > 1;
}

/* Nothing more is told of it: the line, or an item of a list, ends before token i. */
static bool ends_item(const struct doc *d, int64_t i)
{
    if (!doc_is_on_line(d, i)) return true;
    if (doc_is_mark(d, i, ','))
        return !name_run_is_credential(d, (uint32_t)i + 1) && doc_tok(d, i + 1)->kind != TOK_NUMBER;
    return doc_is_mark(d, i, ';') || doc_is_mark(d, i, '/') ||
           (doc_is_mark(d, i, '.') && !doc_joined(d, i + 1));
}

static bool is_side(const struct doc *d, int64_t i)
{
    return (doc_is_word(d, i, VIEW("l")) || doc_is_word(d, i, VIEW("r"))) && !doc_joined(d, i);
}

/* The letter after the slash of "s/p", "d/c", "c/w", "c/f", "r/o" at token i; not "s/w" and "d/w", which are said of
 * persons. */
static bool is_tail(const struct doc *d, int64_t i)
{
    static const char tails[][2] = {
        { 's', 'p' }, { 'd', 'c' }, { 'c', 'w' }, { 'c', 'f' }, { 'r', 'o' }
    };
    const struct token *head = doc_tok(d, i - 2), *tail = doc_tok(d, i);
    if (tail->kind != TOK_WORD || tail->len != 1 || head->kind != TOK_WORD || head->len != 1 ||
        !doc_is_mark(d, i - 1, '/') || !doc_joined(d, i))
        return false;
    const char a = ascii_lower(d->text.p[head->start]), b = ascii_lower(d->text.p[tail->start]);
    for (size_t k = 0; k < COUNT_OF(tails); k++)
        if (tails[k][0] == a && tails[k][1] == b) return true;
    return false;
}

/* "#", "fx", "20 ml", "in situ" from token i on. */
SELDOM static bool is_shown(const struct doc *d, int64_t i)
{
    if (!doc_is_on_line(d, i)) return false;
    if (doc_is_mark(d, i, '#') || cls(d, i) & (J_SHOWN | J_STATE)) return true;
    if (doc_tok(d, i)->kind == TOK_NUMBER) return doc_bits(d, i + 1) & LEX(UNIT);
    return doc_is_word(d, i, VIEW("in")) &&
           (doc_is_word(d, i + 1, VIEW("situ")) || doc_is_word(d, i + 1, VIEW("place")));
}

/* "L KELLER, R AUSTIN": another side and thing beside the one that ends before token `after`. */
SELDOM static bool is_among_sides(const struct doc *d, uint32_t i, uint32_t after)
{
    const uint32_t thing = J_SIDED | J_MADE;
    const bool next = doc_is_mark(d, after, ',') && is_side(d, (int64_t)after + 1) &&
                      cls(d, (int64_t)after + 2) & thing;
    return next || (doc_is_mark(d, (int64_t)i - 2, ',') && is_side(d, (int64_t)i - 4) &&
                    cls(d, (int64_t)i - 3) & thing);
}

/* "L Hickman in situ", "R Horner", "L Smith # reduced": the word at token i behind a side. */
static bool is_sided(const struct doc *d, uint32_t i)
{
    const uint32_t class = cls(d, i), after = shape_after_possessive(d, i);
    const int64_t before = (int64_t)i - 2;
    if (!doc_is_on_line(d, i) || !is_side(d, (int64_t)i - 1)) return false;
    const bool eponym = d->lex[i]->bits & EPONYMS || class & (J_SIDED | J_MADE);
    if (!eponym || (doc_is_on_line(d, (int64_t)i - 1) && is_led(d, before))) return false;
    if (is_shown(d, after)) return true;
    const bool opens = !doc_is_on_line(d, (int64_t)i - 1) || doc_is_mark(d, before, ',') ||
                       doc_is_mark(d, before, ';') || is_tail(d, before);
    if (class & J_SIDED) return opens && ends_item(d, after);
    return class & J_MADE && opens && (is_among_sides(d, i, after) || is_tail(d, before));
}

/* "d/c foley", "s/p norwood, doing well" */
static bool is_after_tail(const struct doc *d, uint32_t i)
{
    const uint32_t after = shape_after_possessive(d, i);
    if (!doc_is_on_line(d, i) || !is_tail(d, (int64_t)i - 1) || !(d->lex[i]->bits & EPONYMS))
        return false;
    /* "d/c Foley home", "r/o Wilson" alone: only a tube leaves as a person does */
    if (cls(d, i) & J_TUBE && !doc_is_word(d, after, VIEW("home"))) return true;
    return d->lex[i]->bits & LEX(EPONYM) &&
           (ends_item(d, after) || !(cls(d, after) & J_GOES || d->tok[after].flags & TOK_CAP));
}

/* "Foley out 0600", "mod Fisher 3", "NHL vs Hodgkin", "PMH Parkinson", "Mason 2": what is said of it is said of things. */
bool shield_is_thing_told(const struct doc *d, uint32_t i)
{
    const uint32_t after = i + 1;
    const struct token *next = doc_tok(d, after), *before = doc_tok(d, (int64_t)i - 1);
    if (doc_is_on_line(d, after) && !doc_joined(d, after)) {
        if (next->flags & (TOK_LOWER | TOK_UPPER) && cls(d, after) & J_STATE)
            return cls(d, i) & J_TUBE;
        if (next->kind == TOK_NUMBER && next->len == 1 && !doc_joined(d, after + 1) &&
            cls(d, i) & J_GRADED)
            return true;
    }
    return before->kind == TOK_WORD && d->lex[i]->bits & EPONYMS && doc_is_on_line(d, i) &&
           (ends_item(d, after) || next->kind == TOK_NUMBER) &&
           cls(d, (int64_t)i - 1) & (J_BEFORE | J_HEADS);
}

/* "mother Lynch", "sister Hashimoto, father Crohn": a disease in a family. */
static bool is_inherited(const struct doc *d, uint32_t i)
{
    const struct token *relative = doc_tok(d, (int64_t)i - 1);
    return relative->flags & TOK_LOWER && doc_bits(d, (int64_t)i - 1) & LEX(RELATIVE) &&
           doc_is_on_line(d, i) && ends_item(d, i + 1) && cls(d, i) & J_INHERITED;
}

/* "Instruments Kelly Kocher Allis", "PMH: Parkinson Addison Graves": the last token of the things that the heading
 * before token i announces, or 0. Three of them, or a person might be. */
static uint32_t headed_end(const struct doc *d, uint32_t i)
{
    enum { ENOUGH = 3 };
    int64_t head = (int64_t)i - 1;
    if (doc_is_mark(d, head, ':')) head--;
    const struct token *second = doc_tok(d, (int64_t)i + 1);
    if (!doc_is_on_line(d, i) || second->flags & TOK_LOWER || !(cls(d, head) & J_HEADS)) return 0;
    uint32_t n = 0, last = 0;
    for (uint32_t j = i; j < d->n && (j == i || doc_is_on_line(d, j)); j++) {
        if (d->tok[j].kind == TOK_MARK && (doc_is_mark(d, j, ',') || doc_is_mark(d, j, '/')))
            continue;
        if (!(d->lex[j]->bits & EPONYMS)) break;
        last = j;
        n++;
    }
    return n >= ENOUGH ? last : 0;
}

/* "Tab Telma OD", "Cap Evion 400", "T. Azee 500 OD", "Xen OD": the first token of a medicine or lens, or i + 1. */
static uint32_t medicine_begin(const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    const bool number = next->kind == TOK_NUMBER && doc_is_on_line(d, (int64_t)i + 1);
    const int64_t dose = (int64_t)i + (number ? 2 : 1);
    if (!doc_is_on_line(d, (int64_t)i + 1)) return i + 1;
    if (!number && next->flags & TOK_UPPER && cls(d, i) & J_LENS && cls(d, dose) & J_EYE) return i;
    const bool taken = doc_is_on_line(d, dose) && cls(d, dose) & J_DOSE;
    if (!number && !taken) return i + 1;
    int64_t form = (int64_t)i - 1;
    if (doc_is_mark(d, form, '.')) form--;
    if (form < 0 || !doc_is_on_line(d, i)) return i + 1;
    if (cls(d, form) & J_FORM && !doc_is_word(d, form, VIEW("cap"))) return (uint32_t)form;
    const bool letter = form == (int64_t)i - 2 && d->tok[form].len == 1 &&
                        (doc_is_word(d, form, VIEW("t")) || doc_is_word(d, form, VIEW("c")));
    return (letter || doc_is_word(d, form, VIEW("cap"))) && taken ? (uint32_t)form : i + 1;
}

/* "CHA2DS2-VASc" */
static uint32_t stroke_score_end(const struct doc *d, uint32_t i)
{
    if (!doc_is_word(d, i, VIEW("cha")) || doc_tok(d, (int64_t)i + 1)->kind != TOK_NUMBER ||
        !doc_joined(d, i + 1))
        return 0;
    uint32_t j = i + 1;
    while (doc_joined(d, j + 1))
        j++;
    return j;
}

SELDOM static void shield_range(struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        d->shield[i] |= SHIELD_EPONYM;
}

/* "d/c foley and hickman": what goes out with it. */
SELDOM static uint32_t with_the_next(const struct doc *d, uint32_t i)
{
    const uint32_t next = i + 2;
    const bool joint = doc_is_word(d, (int64_t)i + 1, VIEW("and")) || doc_is_mark(d, i + 1, '&');
    return joint && doc_is_on_line(d, next) && cls(d, next) & J_TUBE ? next : i;
}

/* What stands right around the word at token i: a dose, a model, a side, the tail of an abbreviation. */
static void shield_beside(struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1), *last = doc_tok(d, (int64_t)i - 1);
    if (next->kind == TOK_NUMBER || (next->flags & TOK_UPPER && next->len <= 3)) {
        const uint32_t score = stroke_score_end(d, i), first = medicine_begin(d, i);
        if (score) shield_range(d, i, score);
        if (first <= i) shield_range(d, first, i);
    }
    if (next->flags & TOK_CAP && d->lex[i]->surname && doc_is_on_line(d, (int64_t)i + 1) &&
        cls(d, i) & J_MAKER && cls(d, (int64_t)i + 1) & J_MODEL)
        shield_range(d, i, i + 1); /* "Edwards Magna 23" */
    if (last->len == 1 && last->kind == TOK_WORD) {
        if (is_sided(d, i)) shield_range(d, i - 1, i);
        if (is_after_tail(d, i)) shield_range(d, i - 1, with_the_next(d, i));
    }
}

void shield_jotted(struct doc *d)
{
    for (uint32_t k = 0; k < d->hot.n; k++) {
        const uint32_t i = d->hot.v[k];
        if (d->shield[i] & (SHIELD_TAG | SHIELD_EPONYM)) continue;
        shield_beside(d, i);
        if (d->tok[i].len == 5 && doc_is_word(d, i, VIEW("chase")) &&
            doc_is_on_line(d, (int64_t)i + 1) && cls(d, (int64_t)i + 1) & J_SCAN)
            shield_range(d, i, i + 1);
        if (!(d->lex[i]->bits & EPONYMS)) continue;
        const uint32_t end = headed_end(d, i);
        if (end) shield_range(d, i, end);
        if (is_inherited(d, i) || (shield_is_thing_told(d, i) && !is_led(d, (int64_t)i - 1)))
            shield_range(d, i, i);
    }
}
