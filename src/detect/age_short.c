/* detect/age_short.c — see age_short.h. */
#include "detect/age_short.h"

#include "detect/cue.h"
#include "detect/measure_words.h"
#include "detect/shape.h"

enum { FEVER_FROM = 97, USUAL_NAME = 4, LOOK_BACK = 4 };
enum short_class {
    SHORT_SEX = 1,     /* f, m */
    SHORT_KIND = 2,    /* wf, bm: race and sex */
    SHORT_SPELLED = 4, /* female, man */
    SHORT_VITAL = 8,   /* temperature, HR: what follows is a value */
    SHORT_PLACE = 16,  /* room, bed: a number of its own follows */
    SHORT_PERSON = 32,
    SHORT_STORY = 64, /* with, presents, c/o, s/p */
    SHORT_NAME = 128, /* what a placeholder calls a person */
    SHORT_OPENER = 256,
};
static const struct wordset_row rows[] = {
    { "f m", SHORT_SEX },
    { "wf wm bf bm", SHORT_KIND },
    { "female male woman man lady gentleman", SHORT_SPELLED },
    { "temp temps temperature t tm tmax tc febrile fever fevers afebrile degrees deg vitals vital "
      "vs vss "
      "afvss hr pulse rate sat sats spo spo2 sao o2 oxygen ox rr bp map ra nc bg glucose barthel "
      "lansky katz braden kept "
      "warmed "
      "cooled am pm po pr oral orally rectal rectally axillary tympanic iv",
      SHORT_VITAL },
    { "rm room bed bay", SHORT_PLACE },
    { "pt patient resident vet veteran", SHORT_PERSON },
    { "w with who presents presenting presented here adm admit admitted has had is was from c s h "
      "next found fell falls fall fallen biba bibems brought complaining lives living unresponsive "
      "p "
      "hx pmh pw co",
      SHORT_STORY },
    { "name patient person doctor", SHORT_NAME },
    { "a this", SHORT_OPENER },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool is_tag(const struct doc *d, int64_t i)
{
    return i >= 0 && i < (int64_t)d->n && d->shield[i] & SHIELD_TAG;
}

/* A word that is nothing but a name here, by what the lexicon knows and its capital. */
static bool is_name(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_CAP) || t->len < 3) return false;
    if (d->shield[i] & (SHIELD_EPONYM | SHIELD_PHRASE) || cls(d, i) ||
        wordset_class(measure_words(), t))
        return false;
    const struct lex_info *x = d->lex[i];
    if (!(x->bits & (LEX(SURNAME) | LEX_GIVEN))) return false;
    return MAX(x->given, x->surname) >= USUAL_NAME ||
           !(x->bits & (LEX(WORD) | LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) |
                        LEX(UNIT) | LEX(ABBREVIATION)));
}

/* The same, or a word that no list knows: for numbers that a sex speaks for too. */
static bool is_likely_name(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    bool unknown = t->kind == TOK_WORD && t->len > 4 && t->flags & TOK_CAP && !doc_bits(d, i) &&
                   !wordset_class(measure_words(), t);
    return unknown || is_name(d, i);
}

bool age_is_value(const struct doc *d, int64_t i)
{
    for (int64_t k = i - 1; k >= 0 && k >= i - LOOK_BACK; k--) {
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
        if (doc_is_mark(d, k, ';') ||
            (doc_is_mark(d, k, '.') && !doc_joined(d, k + 1) && doc_tok(d, k - 1)->len > 1))
            return false;
        uint32_t c = cls(d, k);
        if (c & SHORT_VITAL) return true;
        if (doc_is_mark(d, k + 1, '-') && doc_joined(d, k + 1) && doc_joined(d, k + 2) &&
            doc_tok(d, k + 2)->kind == TOK_WORD)
            continue; /* "Co-signer (93)": no cardiac output */
        if (!(c & (SHORT_PLACE | SHORT_PERSON)) &&
            wordset_class(measure_words(), doc_tok(d, k)) & MW_BEFORE)
            return true;
    }
    return false;
}

enum lead { LEAD_NONE, LEAD_LINE, LEAD_PERSON };

static enum lead lead_of(const struct doc *d, int64_t i)
{
    const struct token *b = doc_tok(d, i - 1);
    if (i == 0 || doc_tok(d, i)->flags & TOK_LINE) return LEAD_LINE;
    if (is_tag(d, i - 1) || cls(d, i - 1) & SHORT_PERSON || is_likely_name(d, i - 1))
        return LEAD_PERSON;
    if (b->kind == TOK_NUMBER && b->len == 4 && !doc_joined(d, i)) /* "1/2/1930 94 F" */
        return doc_is_mark(d, i - 2, '/') && doc_tok(d, i - 3)->kind == TOK_NUMBER ? LEAD_PERSON
                                                                                   : LEAD_NONE;
    if (b->kind == TOK_NUMBER) /* "Rm 4 92F" */
        return !doc_joined(d, i) && cls(d, i - 2) & SHORT_PLACE ? LEAD_PERSON : LEAD_NONE;
    if (b->kind == TOK_WORD) {
        if (doc_is_word(d, i - 1, VIEW("is")) ||
            doc_is_word(d, i - 1, VIEW("was"))) /* "Pt is 91F" */
            return cls(d, i - 2) & SHORT_PERSON || is_name(d, i - 2) ? LEAD_PERSON : LEAD_NONE;
        bool room = b->len == 1 && doc_joined(d, i - 1) && cls(d, i - 3) & SHORT_PLACE; /* 12A */
        return room ? LEAD_PERSON : cls(d, i - 1) & SHORT_OPENER ? LEAD_LINE : LEAD_NONE;
    }
    const struct token *w = doc_tok(d, i - 2);
    switch (b->hash) {
    case ',':
        return is_tag(d, i - 2) || cls(d, i - 2) & SHORT_PERSON || is_likely_name(d, i - 2)
                   ? LEAD_PERSON
                   : LEAD_NONE;
    case '.': /* "Houten, D. 91M", "1. 92F", or a sentence of its own */
        if (doc_joined(d, i)) return LEAD_NONE;
        return w->kind == TOK_WORD && w->len == 1 && w->flags & TOK_CAP ? LEAD_PERSON : LEAD_LINE;
    case ':': /* "HPI: 92M", "Pt: 94 F", "Bed 3: 94F" */
        if (cls(d, i - 2) & SHORT_PERSON) return LEAD_PERSON;
        if (w->kind == TOK_NUMBER) return cls(d, i - 3) & SHORT_PLACE ? LEAD_PERSON : LEAD_NONE;
        return w->kind == TOK_WORD ? LEAD_LINE : LEAD_NONE;
    case '~':
    case '-':
    case '*':
    case 0x2022: return b->flags & TOK_LINE ? LEAD_LINE : LEAD_NONE;
    case ')': return w->kind == TOK_NUMBER && w->flags & TOK_LINE ? LEAD_LINE : LEAD_NONE;
    default: return LEAD_NONE;
    }
}

/* A complaint, disease or story goes on from it: "w/ UTI", "c/o CP", "CHF". */
static bool has_story(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->flags & TOK_LINE) return false;
    if (cls(d, i) & SHORT_STORY)
        return t->len > 1 || doc_is_mark(d, i + 1, '/') || ascii_lower(d->text.p[t->start]) == 'w';
    if (cls(d, i) & SHORT_VITAL || wordset_class(measure_words(), t)) return false;
    return t->flags & TOK_UPPER && t->len >= 2 && t->len <= 6 && !d->is_caseless;
}

/* "94 F Garden II": what was found goes on, with its capital. */
static bool names_finding(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->flags & TOK_CAP && !(t->flags & TOK_LINE) &&
           !(cls(d, i) & SHORT_VITAL) && doc_bits(d, i) & (LEX(EPONYM) | LEX(MEDICAL)) &&
           !wordset_class(measure_words(), t);
}

bool age_is_short(const struct doc *d, int64_t i)
{
    int64_t s = i + 1;
    const struct token *mark = doc_tok(d, s);
    bool slash = false, dash = false;
    if (mark->kind == TOK_MARK && doc_joined(d, s) && doc_joined(d, s + 1)) {
        slash = mark->hash == '/';
        dash = mark->hash == '-';
        s += slash || dash;
    }
    const struct token *sex = doc_tok(d, s), *after = doc_tok(d, s + 1);
    const uint32_t c = cls(d, s);
    if (!(c & (SHORT_SEX | SHORT_KIND | SHORT_SPELLED)) || sex->flags & TOK_LINE) return false;
    if (doc_joined(d, s + 1) &&
        (after->kind != TOK_MARK || after->hash == '/' || after->hash == '-' || after->hash == '%'))
        return false;
    const bool glued = doc_joined(d, i) && !doc_is_mark(d, i - 1, '(') &&
                       !doc_is_mark(d, i - 1, ':') && !is_tag(d, i - 1);
    if (glued || age_is_value(d, i)) return false;
    if (slash) return true;
    if (dash) return (sex->flags & TOK_UPPER) != 0;
    const enum lead lead = lead_of(d, i);
    if (lead == LEAD_NONE || c & SHORT_SPELLED) return false;
    if (c & SHORT_KIND) return true;
    if (!(sex->flags & TOK_UPPER) || after->kind == TOK_NUMBER) return false;
    if (has_story(d, s + 1)) return true;
    const bool ends = s + 1 >= (int64_t)d->n || after->flags & TOK_LINE ||
                      after->kind == TOK_MARK || shape_opens_column(d, (uint32_t)s + 1);
    if (ascii_lower(d->text.p[sex->start]) ==
        'm') /* millions and metres are counted of something */
        return ends || lead == LEAD_PERSON;
    /* "Roe, Mary 97F": a name in two words, where no temperature is told of */
    if (doc_tok(d, i)->hash >= FEVER_FROM)
        return is_name(d, i - 1) &&
               (is_name(d, i - 2) || (doc_is_mark(d, i - 2, ',') && is_likely_name(d, i - 3)));
    return lead == LEAD_PERSON || names_finding(d, s + 1);
}

/* The placeholder that ends at i is a person's. */
static bool is_name_tag(const struct doc *d, int64_t i)
{
    enum { TAG_TOKENS = 8 };
    for (int64_t k = i; is_tag(d, k) && k > i - TAG_TOKENS; k--) {
        if (cls(d, k) & SHORT_NAME) return true;
        if (doc_is_mark(d, k, '[')) break;
    }
    return false;
}

bool age_is_name(const struct doc *d, int64_t i)
{
    return is_tag(d, i) ? is_name_tag(d, i) : is_name(d, i);
}

/* "Ada Quellmark, 95, impaired", "… in Ada Quellmark, 98 years, at home", "… of Ada Quellmark, 92?": behind two words
 * of a name little else can stand. */
static bool is_beside_full_name(const struct doc *d, int64_t i)
{
    if (!doc_is_mark(d, i - 1, ',') || doc_joined(d, i) || doc_tok(d, i)->flags & TOK_LINE ||
        doc_tok(d, i - 2)->flags & TOK_LINE || !is_likely_name(d, i - 2) ||
        !is_likely_name(d, i - 3) || !(is_name(d, i - 2) || is_name(d, i - 3)) ||
        age_is_value(d, i))
        return false;
    int64_t mark = i + 1;
    if (doc_is_word(d, mark, VIEW("years")) || doc_is_word(d, mark, VIEW("yrs"))) mark++;
    if (doc_is_mark(d, mark, '?')) return true;
    const struct token *go = doc_tok(d, mark + 1);
    return doc_is_mark(d, mark, ',') && !doc_joined(d, mark + 1) && go->flags & TOK_LOWER &&
           !(go->flags & TOK_LINE) && !(wordset_class(measure_words(), go) & (MW_UNIT | MW_BEFORE));
}

bool age_is_beside_name(const struct doc *d, int64_t i)
{
    if (is_beside_full_name(d, i)) return true;
    if (!age_is_name(d, i - 2)) return false;
    if (age_is_value(d, i)) return false;
    const struct token *go = doc_tok(d, i + 2);
    const bool goes_on = go->kind == TOK_WORD && !(go->flags & TOK_LINE) &&
                         !(wordset_class(measure_words(), go) & (MW_UNIT | MW_BEFORE));
    if (doc_is_mark(d, i - 1, '(') && doc_is_mark(d, i + 1, ')'))
        return goes_on || i + 2 >= (int64_t)d->n || go->kind == TOK_MARK || go->flags & TOK_LINE;
    if (!doc_is_mark(d, i - 1, ',') || !doc_is_mark(d, i + 1, ',') || doc_joined(d, i) ||
        doc_joined(d, i + 2) || !goes_on)
        return false;
    if (cue_class_of(go) & (CUE_IDS | CUE_SSN | CUE_DOB)) return true; /* "Roe, 92, MRN 44120" */
    return go->flags & TOK_LOWER && doc_bits(d, i + 2) & (LEX(PERSON_VERB) | LEX(FUNCTION));
}
