#include "detect/name_whole.h"

#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum {
    SYLLABLE = 1, /* begins names, and means something else in English */
    SENTENCE = 2, /* … and begins sentences too: "Saw Ada today" */
    SERVICE = 4,  /* behind a name: where somebody works, or what a heading says */
    AFTER = 8,    /* in small letters behind a whole name */
    THAT = 16,    /* "Ton That" */
    TON = 32,
    NATIVE = 64, /* begins a family name of plain words: "Standing Soldier" */
};
static const struct wordset_row rows[] = {
    { "pa eh thin tin hla moo tha ta naw ku lah chee wah ler paw mu aye khin htoo doh nwe ni yu",
      SYLLABLE },
    { "saw my win say", SYLLABLE | SENTENCE },
    { "surgery medicine imaging nursing therapy rehab pathology radiology cardiology neurology "
      "oncology urology dermatology psychiatry pediatrics anesthesia anesthesiology pharmacy lab "
      "labs vitals plan note notes exam assessment history chart room floor unit team service "
      "study trial score stage test protocol scan report consult follow discharge admit status "
      "house street road avenue investments traffic log skill form record list card line number "
      "device message letter desk office orders meds signature consent pager visit pending recs "
      "handoff "
      "diet sputum urine stool dressing splint catheter cyst palsy fracture biopsy results "
      "fax "
      "copies email portal",
      SERVICE },
    { "is was has had will would states stated says said reports reported denies denied to with "
      "and at in on who for by from does did may as",
      AFTER },
    { "tail two standing spotted whirlwind bad thunder shell running white black red yellow little "
      "big "
      "good sounding walking iron many high young old long bear crow eagle elk horse hawk wolf "
      "owl cloud lone holy kills walks runs",
      NATIVE },
    { "that", THAT },
    { "ton", TON },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* Is never a word of a name, whatever stands beside it. */
static const uint64_t NEVER = LEX(DRUG) | LEX(CLINICIAN) | LEX(TITLE) | LEX(ORG_HEAD) |
                              LEX(ORG_NAME) | LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY) | LEX(STATE) |
                              LEX(COUNTRY) | LEX(RELATIVE) | LEX(NAME_CUE) | LEX(TRADE) |
                              LEX(HOLIDAY) | LEX(STREET_TYPE) | LEX(CUE_DATE) | LEX(CUE_AGE) |
                              LEX(CUE_ADDRESS) | LEX(CUE_PHONE) | LEX(CUE_FAX) | LEX(DEMONYM);

/* A word with a capital, one blank behind the word before it. */
static bool is_beside(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return t->kind == TOK_WORD && t->flags & TOK_SPACE && !(t->flags & TOK_LINE) &&
           !shape_opens_column(d, i);
}

/* Of a capital that is due to its place nothing can be told: a line or a sentence begins, but no answer to a colon. */
static bool is_due(const struct doc *d, uint32_t i)
{
    return doc_opens_line(d, i) ||
           (shape_starts_sentence(d, i) && doc_tok(d, (int64_t)i - 1)->hash != ':');
}

/* "Pe'a", "Pi'ilani": tokens first … last. */
static bool has_sound(const struct doc *d, uint32_t first, uint32_t last)
{
    return last == first + 2 && shape_is_inside_name(d, first + 1);
}

/* "Certifier", "Notarist", "Pending": what somebody does. */
static bool is_doer(const struct doc *d, uint32_t i)
{
    static const view ends[] = { VIEW("er"), VIEW("or"), VIEW("st"), VIEW("ed"), VIEW("ng") };
    const view w = doc_view(d, i, i);
    for (size_t k = 0; k < COUNT_OF(ends); k++)
        if (view_eq(view_sub(w, (uint32_t)w.n - 2, (uint32_t)w.n), ends[k])) return true;
    return false;
}

/* "Standing Soldier", "Two Strike": two plain words, of which the second was taken for a name. */
static bool is_native(const struct doc *d, uint32_t i)
{
    enum { PLAIN = 2 };
    return cls(d, i) & NATIVE && d->lex[i + 1]->word >= PLAIN &&
           d->lex[i + 1]->word >= d->lex[i + 1]->surname;
}

/* Rare or unknown, and no word for what somebody does. */
static bool is_rare(const struct doc *d, uint32_t i)
{
    enum { RARE = 1, LONG = 4 };
    const struct lex_info *l = d->lex[i];
    return d->tok[i].len >= LONG && l->word <= RARE && !l->place && !is_doer(d, i) &&
           !(l->bits & (NEVER | LEX(FUNCTION) | LEX(ABBREVIATION))) &&
           !(l->bits ? is_due(d, i) : d->lex[i + 1]->given && is_due(d, i));
}

/* "Ray Todacheene", "El Hage" */
static bool is_given_or_particle(const struct doc *d, uint32_t i)
{
    enum { USUAL = 3 };
    const struct lex_info *l = d->lex[i];
    if (l->bits & (NEVER | LEX(FUNCTION))) return false;
    return l->given >= USUAL ||
           (d->tok[i].len > 1 && l->bits & LEX(PARTICLE) && !(l->bits & LEX(ABBREVIATION)));
}

/* May the written word first … last begin the name whose next word was found? */
static bool is_forename(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t c = cls(d, first);
    if (shape_of(d, first) != SHAPE_TITLE || d->shield[first]) return false;
    if (has_sound(d, first, last)) return true;
    if (first != last) return false;
    if (c & SYLLABLE) return !(c & SENTENCE && is_due(d, first));
    return is_native(d, first) || is_given_or_particle(d, first) || is_rare(d, first);
}

/* "St. Germaine", of which the second word was found: the first token, or `first`. */
static uint32_t saint_before(const struct doc *d, uint32_t first)
{
    const bool is = first > 1 && is_beside(d, first) && doc_is_mark(d, (int64_t)first - 1, '.') &&
                    doc_joined(d, first - 1) && doc_is_word(d, (int64_t)first - 2, VIEW("st")) &&
                    shape_of(d, first) == SHAPE_TITLE;
    return is ? first - 2 : first;
}

/* The first token of the words that begin the name found from `first` on. */
static uint32_t begin_of(const struct doc *d, uint32_t first, const uint8_t *taken)
{
    enum { WORDS = 4 };
    for (unsigned n = 0; n < WORDS && first; n++) {
        if (!is_beside(d, first) || d->tok[first].flags & TOK_LOWER) break;
        const uint32_t last = first - 1, begin = shape_word_begin(d, last);
        if (d->tok[last].kind != TOK_WORD || doc_joined(d, begin) || taken[last] || taken[begin] ||
            !is_forename(d, begin, last))
            break;
        first = begin;
    }
    return saint_before(d, first);
}

/* What stands behind a whole name: a mark, a degree, a verb, the line's end. */
static bool ends_name(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (doc_ends_line(d, last) || shape_opens_column(d, last + 1)) return true;
    if (t->kind == TOK_MARK)
        return t->hash < 0x80 && strchr(",;.()|\"]", (int)t->hash) &&
               !(t->hash == '.' && doc_joined(d, (int64_t)last + 2));
    if (t->kind == TOK_NUMBER) return false;
    return t->flags & TOK_LOWER ? cls(d, (int64_t)last + 1) & AFTER
                                : t->flags & TOK_UPPER && t->len > 1;
}

/* "Swallow", "Bile", but no "Ophthalmologic": medicine that is everybody's word. */
static bool is_medicine(const struct lex_info *l)
{
    enum { USUAL = 4 };
    return !l->bits || (l->bits & LEX(MEDICAL) && l->word < USUAL);
}

/* "Ophthalmologic Tears" */
static bool is_adjective(const struct doc *d, uint32_t i)
{
    const view w = doc_view(d, i, i), end = view_sub(w, (uint32_t)w.n - 2, (uint32_t)w.n);
    return w.n > 5 && (view_eq(end, VIEW("ic")) || view_eq(end, VIEW("al")));
}

/* A plain word of a family name of such: "Standing", "Soldier"; "Out" behind another. */
static bool is_plain(const struct doc *d, uint32_t i, bool behind)
{
    const uint64_t never = NEVER | LEX(EPONYM) | (behind ? 0 : LEX(FUNCTION));
    return is_beside(d, i) && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 &&
           !(d->shield[i] & ~(uint8_t)SHIELD_PHRASE) && !(d->lex[i]->bits & never) &&
           !is_medicine(d->lex[i]) && !is_adjective(d, i) && !(cls(d, i) & SERVICE);
}

/* Is the finding a given name that a family name must follow: no title before it, and no family name at its end? */
static bool wants_family(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct lex_info *l = d->lex[last];
    if (doc_is_mark(d, last, '.')) /* "Salim W." */
        return last > first + 1 && d->tok[last - 1].len == 1 && d->tok[last - 2].len > 1 &&
               !(d->lex[first]->bits & LEX(TITLE));
    if (d->tok[first].flags & TOK_LOWER || d->lex[first]->bits & LEX(TITLE) ||
        doc_bits(d, (int64_t)first - 1) & LEX(TITLE) || shape_of(d, last) != SHAPE_TITLE)
        return false;
    return first == last ? l->given || !l->surname : l->surname < MAX(l->word, 1);
}

/* The last token of the family name behind the given name first … last, or `last`. */
static uint32_t end_of(const struct doc *d, uint32_t first, uint32_t last, const uint8_t *taken)
{
    uint32_t at = last + 1;
    if (at >= d->n || taken[at]) return last;
    if (cls(d, last) & TON && cls(d, at) & THAT && shape_of(d, at) == SHAPE_TITLE &&
        is_beside(d, at))
        return at;
    const uint32_t end = shape_word_end(d, at);
    if (is_beside(d, at) && has_sound(d, at, end) && shape_of(d, at) == SHAPE_TITLE) return end;
    if (!wants_family(d, first, last) || !is_plain(d, at, first < last)) return last;
    if (at + 1 < d->n && !taken[at + 1] && is_plain(d, at + 1, true)) at++;
    const bool told = at + 1 < d->n && taken[at + 1] && !doc_joined(d, at + 1);
    /* "Russell Investments is": a family name goes on in no sentence */
    if (d->lex[last]->surname > d->lex[last]->given &&
        doc_tok(d, (int64_t)at + 1)->flags & TOK_LOWER)
        return last;
    return told || ends_name(d, at) ? at : last;
}

static bool is_capital(view text, size_t at)
{
    return text.p[at] >= 'A' && text.p[at] <= 'Z';
}

/* "Dr. X.", "Mrs. Roe": most names of ordinary notes, of which nothing is asked here. */
static bool is_titled(view text, size_t start)
{
    return start + 3 < text.n && (text.p[start] == 'D' || text.p[start] == 'M') &&
           (text.p[start + 1] == 'r' || text.p[start + 1] == 's') &&
           (text.p[start + 2] == '.' || text.p[start + 2] == ' ' || text.p[start + 2] == 's');
}

/* A word with a capital stands behind it. Most names are told by their bytes, without a search for their tokens. */
static bool may_go_on(view text, const struct finding *x)
{
    return x->end + 1 < text.n && text.p[x->end] == ' ' && is_capital(text, x->end + 1);
}

/* … and before it. */
static bool may_begin_before(view text, const struct finding *x)
{
    enum { FAR = 40 };
    size_t at = x->start;
    if (at < 3 || text.p[--at] != ' ') return false;
    while (at > 0 && at + FAR > x->start && text.p[at - 1] != ' ' && text.p[at - 1] != '\n' &&
           text.p[at - 1] != '\t')
        at--;
    while (at < x->start && !ascii_is_alpha(text.p[at]))
        at++;
    return is_capital(text, at) && text.p[x->start - 2] != ',';
}

err name_whole(const struct doc *d, struct findings *out)
{
    const uint8_t *taken = NULL;
    if (d->is_caseless) return OK;
    for (uint32_t k = 0; k < out->n; k++) {
        struct finding *x = &out->v[k];
        if (x->label != LABEL_NAME || x->source == SOURCE_KNOWN) continue;
        if (is_titled(d->text, x->start)) continue;
        const bool behind = may_go_on(d->text, x), before = may_begin_before(d->text, x);
        if (!behind && !before) continue;
        if (!taken) taken = taken_by(d, out, ~0U);
        if (!taken) return ERR_MEMORY;
        const uint32_t first = taken_token_at(d, x->start), last = taken_last(d, first, x->end);
        if (before && !(d->lex[first]->bits & LEX(TITLE)))
            x->start = d->tok[begin_of(d, first, taken)].start;
        if (behind) x->end = MAX(x->end, token_end(&d->tok[end_of(d, first, last, taken)]));
    }
    return OK;
}
