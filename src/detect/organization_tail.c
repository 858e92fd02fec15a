/* detect/organization_tail.c — houses called by their town or founder: the words behind a town or name found before.
 *
 *     Larkmead Children's     Elm Coulee Orthotics     Ada T. Roebuck Granite Works     Sorvik County DSS
 *     Amos Roe Angels at Home     Zelby Medic One     at Ada Roebuck Potato     ROE v. MILL VALLEY TRANSIT
 *
 * What a house is stands right behind, with capitals, and ends in a word that names of houses end in; a few such words
 * need nothing else. A doctor's field behind his family name is none. Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/organization_inside.h"
#include "detect/organization_whole.h"
#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { W_ALONE = 1, W_LAST = 2, W_TOWNS = 4, W_LEADS = 8, W_JOINED = 16, W_SOFT = 32, W_SURE = 64 };
static const struct wordset_row rows[] = {
    { "children childrens general memorial regional va state christian annex deaconess mercy "
      "baptist methodist lutheran wic dss dhs dcf dcfs dfcs rcmp vamc umc ucc pllc prep "
      "consolidated behavioral psych eye patrol precinct unit ward psychiatric vfd afc djfs fht "
      "rotary kiwanis opo bhc "
      "chc cmh pc pllp llp isd cisd usd mhmr irb",
      W_ALONE },
    /* the last word of such a name, with a capital and none behind it */
    { "mine mines one office records law logging potato meals kids rescue transit scribes "
      "compounding network information consortium study oysters foods "
      "court shop band antiques books feed service "
      "lube scooters evaluations products kitchen derby quilters knitters singers paddlers riders "
      "boys choir quartet alliance clinic freight macadamia caregivers supplies scooter motorcars "
      "emergency tours outfitters antiques upholstery cabinets windows fabrication gutters fencing "
      "assessor recorder treasurer",
      W_LAST },
    /* nobody is called so, by whatever name */
    { "auditorium cryobank biobank mortuary tavern seating excavating tabernacle",
      W_LAST | W_SURE },
    /* the same, where another word of the name stands before it or a house was found */
    { "source therapy palliative molecular record sentinel gazette weekly herald tribune courier "
      "times center spine heart air allergy",
      W_LAST | W_SOFT },
    /* behind "and" or "&": "Ear Nose and Throat", "Hospice and Palliative", "Hand & Therapy" */
    { "throat palliative therapy seating door rehab wellness ankle spine daughters sons joint",
      W_JOINED },
    { "so pd fd em", W_TOWNS }, /* letters of what only a county or town has */
    { "at aboard", W_LEADS },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "Larkmead Children's", "Zelby General": the last token of a name that ends at once behind such a word at i, or 0. */
static uint32_t alone_end(const struct doc *d, uint32_t i)
{
    if (!(wordset_class(wordset_ready(&words), &d->tok[i]) & W_ALONE)) return 0;
    if (shape_of(d, i) == SHAPE_ACRONYM) return i; /* "Zelby WIC" */
    const uint32_t after = shape_after_possessive(d, i);
    const struct token *t = doc_tok(d, after);
    if (doc_is_word(d, i, VIEW("children")) && after == i + 1) return 0;
    return after >= d->n || t->flags & TOK_LINE || shape_opens_column(d, after) ||
                   (t->kind == TOK_MARK && t->hash != ':' && t->hash != '-') ||
                   doc_bits(d, after) & LEX(FUNCTION)
               ? after - 1
               : 0;
}

/* A word with a capital that goes on with a name, on its line and in its column. */
static bool is_capital_on(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(MONTH) | LEX(WEEKDAY) | LEX(TITLE) | LEX(CREDENTIAL) | LEX(DRUG) |
                           LEX(UNIT) | LEX(CLINICIAN) | LEX(PERSON_VERB) | LEX(RELATIVE);
    return i < d->n && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 1 &&
           !(d->tok[i].flags & TOK_LINE) && !shape_opens_column(d, i) &&
           !(d->shield[i] & ~SHIELD_PHRASE) && !(doc_bits(d, i) & never);
}

/* "and Throat", "& Therapy" behind token `last` of a house: its last token, or `last`. */
static uint32_t joined_end(const struct doc *d, uint32_t last)
{
    const uint32_t and = last + 1, word = and+1;
    return (doc_is_word(d, and, VIEW("and")) || doc_is_mark(d, and, '&')) &&
                   is_capital_on(d, word) && !(d->tok[and].flags & TOK_LINE) &&
                   cls(d, word) & W_JOINED
               ? word
               : last;
}

/* "Kids" before another capital is no relative. */
static bool is_kids(const struct doc *d, uint32_t i)
{
    return doc_is_word(d, i, VIEW("kids")) && shape_of(d, i) == SHAPE_TITLE &&
           !(d->tok[i].flags & TOK_LINE) && is_capital_on(d, i + 1);
}

/* "Zelby Medic One", "Norbeck Vital Records", "Sorvik Search and Rescue": capitals behind token `last`, the last of them
 * one of W_LAST with no other behind it, or `last`. */
static uint32_t run_end(const struct doc *d, uint32_t last)
{
    enum { WORDS = 4 };
    uint32_t end = last, j = last + 1;
    for (uint32_t n = 0; n < WORDS && (is_capital_on(d, j) || is_kids(d, j)); n++) {
        end = j++;
        if (j + 1 < d->n && is_capital_on(d, j + 1) &&
            (doc_is_word(d, j, VIEW("and")) || doc_is_word(d, j, VIEW("of")) ||
             doc_is_mark(d, j, '&')))
            j++;
    }
    return end > last && cls(d, end) & W_LAST ? end : last;
}

/* "Dr. Roe" with the title in or before what was found: whose records they are. */
static bool person_has_title(const struct doc *d, uint32_t first)
{
    const int64_t b = (int64_t)first - 1 - doc_is_mark(d, (int64_t)first - 1, '.');
    return (doc_bits(d, first) | doc_bits(d, b)) & LEX(TITLE);
}

/* "Zelby A&M", "Sorvik Pre-K": a school in letters behind token `last`: its last token, or `last`. */
static uint32_t lettered_end(const struct doc *d, uint32_t last)
{
    const uint32_t i = last + 1, mark = i + 1, end = i + 2;
    if (end >= d->n || d->tok[i].flags & TOK_LINE || !(d->tok[end].flags & TOK_UPPER) ||
        d->tok[end].len != 1 || !doc_joined(d, mark) || !doc_joined(d, end))
        return last;
    const bool college =
        doc_is_word(d, i, VIEW("a")) && doc_is_mark(d, mark, '&') && doc_is_word(d, end, VIEW("m"));
    const bool nursery = doc_is_word(d, i, VIEW("pre")) && doc_is_mark(d, mark, '-') &&
                         doc_is_word(d, end, VIEW("k"));
    return (college || nursery) && d->tok[i].flags & TOK_CAP ? end : last;
}

/* "Amos Roe Angels at Home": what cares for people there, behind the name that ends at token `last`. */
static uint32_t home_end(const struct doc *d, uint32_t last)
{
    const uint32_t at = last + 1, home = at + 1;
    return home < d->n && doc_is_word(d, at, VIEW("at")) && doc_is_word(d, home, VIEW("home")) &&
                   shape_of(d, home) == SHAPE_TITLE &&
                   !((d->tok[at].flags | d->tok[home].flags) & TOK_LINE) &&
                   !(doc_tok(d, (int64_t)home + 1)->flags & TOK_CAP) /* "at Home Depot" */
               ? home
               : last;
}

/* "works at Ada Roebuck Potato": nobody stands at a person, so that the name is a house's with all its capitals. */
SELDOM static uint32_t led_end(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { WORDS = 3 };
    const int64_t at = (int64_t)first - 1;
    uint32_t end = last;
    if (at < 0 || d->tok[first].flags & TOK_LINE || !(d->tok[at].flags & TOK_LOWER) ||
        !(wordset_class(wordset_ready(&words), &d->tok[at]) & W_LEADS))
        return last;
    for (uint32_t n = 0; n < WORDS && is_capital_on(d, end + 1); n++) {
        const uint64_t bits = doc_bits(d, (int64_t)end + 1);
        if (bits & (LEX(MEDICAL) | LEX(ABBREVIATION))) break;
        end++;
    }
    const struct token *past = doc_tok(d, (int64_t)end + 1);
    return past->kind == TOK_WORD && past->flags & TOK_CAP && !(past->flags & TOK_LINE) ? last
                                                                                        : end;
}

/* Is it of two words or more beside its title: "Amos Roe", not "Dr. Roe"? */
static bool is_full_name(const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        n += d->tok[i].kind == TOK_WORD && !(d->lex[i]->bits & LEX(TITLE));
    return n > 1;
}

/* The last token of the house that the finding, tokens first … last, is the beginning of; `last` when it is none. */
static uint32_t house_end(const struct doc *d, const struct finding *f, uint32_t first,
                          uint32_t last)
{
    const uint32_t i = last + 1, alone = alone_end(d, i), home = home_end(d, last);
    const bool person = f->label == LABEL_NAME;
    if (home > last) return home;
    if (f->label == LABEL_ORGANIZATION && doc_tok(d, i)->flags & TOK_LOWER)
        return joined_end(d, last);
    if ((!person || first == last) && cls(d, i) & W_TOWNS && d->tok[i].flags & TOK_UPPER &&
        !person_has_title(d, first))
        return i;
    if (f->label == LABEL_ORGANIZATION && doc_is_mark(d, i, '&')) return joined_end(d, last);
    const uint32_t lettered = lettered_end(d, last);
    uint32_t run = run_end(d, last);
    /* "Ann Roe Therapy", "Dr. Ann Roe Service" */
    if (run == i && person && (cls(d, run) & W_SOFT || person_has_title(d, first))) run = last;
    if (lettered > last) return lettered;
    if ((run > last + 1 || (run > last && cls(d, run) & W_SURE)) && !person_has_title(d, first))
        return run;
    if (person && !is_full_name(d, first, last)) return last;
    if (alone) return alone;
    if (run > last) return run;
    const uint32_t end = organization_tail_end(d, last);
    if (person && doc_bits(d, end) & LEX(MEDICAL) && end == i) return last;
    return end;
}

/* "ROE v. MILL VALLEY TRANSIT": whom somebody sues, to the end of the line; the "v" is token i. */
SELDOM static err sued(const struct doc *d, uint32_t i, struct findings *out)
{
    enum { MOST = 8 };
    const uint32_t first = i + 2;
    uint32_t last = first;
    if (first >= d->n || !doc_is_word(d, i, VIEW("v")) || !doc_is_mark(d, i + 1, '.') ||
        d->tok[first].flags & TOK_LINE || d->tok[first].kind != TOK_WORD ||
        !(d->tok[first].flags & TOK_CAP))
        return OK;
    while (last < first + MOST && !doc_ends_line(d, last))
        last++;
    if (!doc_ends_line(d, last)) return OK;
    return findings_add(out,
                        doc_finding(d, first, last, LABEL_ORGANIZATION, RULE_ORG_FRAME, 0.85F));
}

static err behind(const struct doc *d, uint32_t from, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    if (d->is_caseless) return OK;
    for (uint32_t k = from; k < n; k++) {
        const struct finding f = out->v[k];
        const bool town =
            f.label == LABEL_LOCATION && (f.part == PART_TOWN || f.rule == RULE_PLACE_COUNTY);
        if (!town && f.label != LABEL_NAME && f.label != LABEL_ORGANIZATION) continue;
        if ((size_t)f.end + 4 > d->text.n || d->text.p[f.end] != ' ') continue;
        if (f.label == LABEL_NAME && d->text.p[f.end + 1] == 'v') {
            TRY(sued(d, taken_token_at(d, f.end), out));
            continue;
        }
        const bool at = d->text.p[f.end + 1] == 'a' && d->text.p[f.end + 2] == 't';
        const bool joint = f.label == LABEL_ORGANIZATION &&
                           (d->text.p[f.end + 1] == '&' || d->text.p[f.end + 1] == 'a');
        if (!at && !joint && (d->text.p[f.end + 1] < 'A' || d->text.p[f.end + 1] > 'Z')) continue;
        const uint32_t first = taken_token_at(d, f.start), last = taken_last(d, first, f.end);
        uint32_t end = house_end(d, &f, first, last);
        /* what is told by the "at" alone leaves the rest to surer rules */
        const bool led = end == last && f.label != LABEL_ORGANIZATION;
        if (led) end = home_end(d, led_end(d, first, last));
        if (end == last) continue;
        struct extent s = { .first = first, .last = end, .telling = 1 };
        uint32_t next;
        TRY(organization_emit(d, s, led ? RULE_ORG_AT : RULE_ORG_HEAD, led ? 0.7F : 0.95F, out,
                              &next));
    }
out:
    return e;
}

err organization_tail_find(const struct doc *d, struct findings *out)
{
    return behind(d, 0, out);
}

err organization_tail_learned(const struct doc *d, uint32_t from, struct findings *out)
{
    return behind(d, from, out);
}
