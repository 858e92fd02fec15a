/* detect/organization_letters.c — hospitals by the letters their staff call them by.
 *
 *     no beds at NLMC     KRHC cath report     [Roe, Ann] [2024-03-11] [TVGH]     MSH|^~\\&|ADT|SVMH|LAB|KRHC|
 *     Left FCI Sorvik     seen by TenderHands
 *
 * Letters that the lexicon knows nothing by and that end as such names do, in "medical center", "regional hospital",
 * "health system": notes have no other word of that form. "VA" and "HD" end much else; they ask for a word before or
 * behind that only a house has. */
#include "detect/organization_inside.h"
#include "detect/place.h"
#include "detect/wordset.h"

enum { LETTERS_MIN = 4, LETTERS_MAX = 5 };
enum { W_BEFORE = 1, W_BEHIND = 2, W_PRISON = 4, W_NEVER = 8 };
static const struct wordset_row rows[] = {
    { "at to from per via by of w", W_BEFORE },
    { "records record number pacs chart labs lab images note notes reports cath ed er icu "
      "discharge admission still says portal policy protocol him transfer",
      W_BEHIND },
    { "fci usp fpc fdc fmc mcfp", W_PRISON },
    /* no house: cells, genes, stains, dialysis, hearts, bleeding, hips */
    { "pbmc pbmcs bmmc hpmc sdhc ghrh lhrh cvvh cchd ashd achd gvhd cvvhd iphc hipec bcva ucva "
      "dcva udva cdva scva mihc nrfhs dlbch agvhd cgvhd ddavp "
      "pivh pcmh ddch cchs hich sich nich rich tich ptch ebvh",
      W_NEVER },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* How the last two letters speak for a house: 2 by themselves, 1 beside a word, 0 not. */
SELDOM static int ending(const struct doc *d, const struct token *t)
{
    static const char sure[][2] = { { 'M', 'C' }, { 'M', 'H' }, { 'G', 'H' }, { 'C', 'H' },
                                    { 'R', 'H' }, { 'H', 'C' }, { 'H', 'S' }, { 'F', 'H' },
                                    { 'L', 'H' }, { 'S', 'H' }, { 'V', 'H' } };
    static const char weak[][2] = { { 'V', 'A' }, { 'H', 'D' }, { 'S', 'C' }, { 'C', 'C' } };
    const char *end = d->text.p + token_end(t) - 2;
    for (size_t k = 0; k < COUNT_OF(sure); k++)
        if (end[0] == sure[k][0] && end[1] == sure[k][1]) return 2;
    for (size_t k = 0; k < COUNT_OF(weak); k++)
        if (end[0] == weak[k][0] && end[1] == weak[k][1]) return 1;
    return 0;
}

/* "at NCVA", "NCVA records", "[NCVA]", "|NCVA|" */
SELDOM static bool is_beside(const struct doc *d, uint32_t i)
{
    const struct token *b = doc_tok(d, (int64_t)i - 1), *a = doc_tok(d, (int64_t)i + 1);
    if (a->flags & TOK_LOWER && cls(d, (int64_t)i + 1) & W_BEHIND) return true;
    const bool ends =
        i + 1 >= d->n || a->flags & TOK_LINE; /* "DR Roe, NCVA", "Tdap 3/12/2011 NCVA" */
    if (b->kind == TOK_MARK)
        return (b->hash == '[' && doc_is_mark(d, i + 1, ']')) ||
               (b->hash == '|' && doc_is_mark(d, i + 1, '|')) || (b->hash == ',' && ends);
    return cls(d, (int64_t)i - 1) & W_BEFORE || (b->kind == TOK_NUMBER && ends);
}

/* "MSHC-2", "anti-DPSH": is token `side` part of the same word, when nothing parts token i from the one before it? */
static bool is_glued(const struct doc *d, uint32_t i, int64_t side)
{
    if (doc_is_mark(d, side, '-') && doc_is_mark(d, side + 1, '>')) return false; /* "KRHC->us" */
    return doc_joined(d, i) && (doc_is_mark(d, side, '-') || doc_tok(d, side)->kind != TOK_MARK);
}

/* "FCI Sorvik": a prison at token i, by its town. */
SELDOM static err prison(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    struct town t;
    if (doc_tok(d, (int64_t)i + 1)->flags & TOK_LINE || !place_any_at(d, i + 1, &t)) return OK;
    *next = t.last + 1;
    return findings_add(out, doc_finding(d, i, t.last, LABEL_ORGANIZATION, RULE_ORG_OF, 0.85F));
}

/* Does a capital word of the text end in one of these, with a small letter before it? */
static bool ends_in(view w, const view *ends, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const size_t at = w.n < ends[k].n + 3 ? w.n : w.n - ends[k].n;
        if (view_eq(view_sub(w, at, w.n), ends[k])) return w.p[at - 1] >= 'a' && w.p[at - 1] <= 'z';
    }
    return false;
}

/* "seen in …", "admitted to …", "at …": where somebody is cared for stands at token i. */
static bool is_cared_for_at(const struct doc *d, uint32_t i)
{
    static const struct wordset_row cared[] = {
        { "seen admitted treated hospitalized hospitalised evaluated transferred transfer "
          "discharged "
          "referred followed delivered born stay stayed visit visits appointment surgery care labs "
          "works worked employed rehab",
          1 },
        { "in to from by with", 2 },
    };
    static struct wordset set = WORDSET(cared);
    const struct wordset *of = wordset_ready(&set);
    if (doc_is_word(d, (int64_t)i - 1, VIEW("at"))) return true;
    return (wordset_class(of, doc_tok(d, (int64_t)i - 1)) & 2) &&
           (wordset_class(of, doc_tok(d, (int64_t)i - 2)) & 1);
}

/* "TenderHands", "WheelWorks": two capital words made one, of which the second is what houses call themselves. Programs
 * of states are called so too ("SoonerCare"): for some of these words somebody must be cared for there. */
static bool is_brand(const struct doc *d, uint32_t i)
{
    static const view ends[] = {
        { "Works", 5 }, { "Hands", 5 }, { "Homes", 5 }, { "Labs", 4 }, { "House", 5 }
    };
    static const view cared[] = {
        { "Care", 4 }, { "Health", 6 }, { "Kids", 4 },  { "Mount", 5 },  { "Med", 3 },
        { "Path", 4 }, { "Point", 5 },  { "Rehab", 5 }, { "Clinic", 6 }, { "Center", 6 },
    };
    const view w = doc_view(d, i, i);
    return ends_in(w, ends, COUNT_OF(ends)) ||
           (ends_in(w, cared, COUNT_OF(cared)) && is_cared_for_at(d, i));
}

err organization_brand(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    struct extent s = { .first = i, .last = i, .telling = 1 };
    if (d->tok[i].len < 7 || d->shield[i] || d->is_caseless || !is_brand(d, i)) return OK;
    extent_right(d, &s);
    return organization_emit(d, s, RULE_ORG_WORD, 0.8F, out, next);
}

/* "GMFH 2": a number behind letters, at token i, is a score unless it begins a date or a time. */
static bool is_scale(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i), *mark = doc_tok(d, (int64_t)i + 1);
    return t->kind == TOK_NUMBER && !(t->flags & TOK_LINE) && t->len <= 2 &&
           !(mark->kind == TOK_MARK && doc_joined(d, i + 1) &&
             (mark->hash == '/' || mark->hash == '-' || mark->hash == ':'));
}

/* "Dr. Roe at RVI", "the GI team at HGH": letters of any kind that nobody else is called by, where a clinician works. */
static bool is_worked_at(const struct doc *d, uint32_t i)
{
    const int64_t at = (int64_t)i - 1, who = at - 1;
    if (!doc_is_word(d, at, VIEW("at")) || d->is_caseless || d->shield[i] ||
        d->tok[i].flags & TOK_LINE ||
        (doc_joined(d, i + 1) && doc_tok(d, (int64_t)i + 1)->kind != TOK_MARK) ||
        doc_is_word(d, i, VIEW("osh")) || cls(d, i) & W_NEVER || is_scale(d, i + 1))
        return false;
    if (doc_is_word(d, who, VIEW("team"))) return true;
    return shape_of(d, who) == SHAPE_TITLE &&
           doc_bits(d, who - 1 - doc_is_mark(d, who - 1, '.')) & LEX(TITLE);
}

/* "TVH says no beds", "SVH records came": what only a house does, behind letters that begin a sentence or a part of it. */
static bool is_speaking(const struct doc *d, uint32_t i)
{
    static const struct wordset_row says[] = {
        { "says said calls called records accepts accepted declined", 1 }
    };
    static struct wordset set = WORDSET(says);
    const struct token *b = doc_tok(d, (int64_t)i - 1), *a = doc_tok(d, (int64_t)i + 1);
    return a->flags & TOK_LOWER && !(a->flags & TOK_LINE) && !doc_joined(d, i + 1) &&
           wordset_class(wordset_ready(&set), a) && !is_glued(d, i, (int64_t)i - 1) &&
           (d->tok[i].flags & TOK_LINE || b->hash == '.' || b->hash == ';' || b->hash == ',');
}

/* "went to BHS", "infusion at FMH", "over at MVH,": three letters that nothing else is called by and that end as a high
 * school, hospital or health service does, behind a word that leads to a house. */
static bool is_gone_to(const struct doc *d, uint32_t i)
{
    static const struct wordset_row leads[] = {
        { "went goes go going sent bus back over rides took taken left transferred transfer "
          "transport her him them pt "
          "discharged admitted flown airlifted records",
          1 },
        { "to at from for", 2 },
    };
    static struct wordset set = WORDSET(leads);
    const struct wordset *of = wordset_ready(&set);
    const int64_t b = (int64_t)i - 1;
    const char last = d->text.p[token_end(&d->tok[i]) - 1];
    if (is_speaking(d, i)) return last == 'H' && !(cls(d, i) & W_NEVER);
    if (d->is_caseless || d->shield[i] || d->tok[i].flags & TOK_LINE || cls(d, i) & W_NEVER ||
        is_scale(d, i + 1) || is_glued(d, i, b) || is_glued(d, i + 1, (int64_t)i + 1) ||
        !(d->tok[b].flags & TOK_LOWER) || !(wordset_class(of, doc_tok(d, b)) & 2))
        return false;
    const char middle = d->text.p[token_end(&d->tok[i]) - 2];
    if (last != 'H' && !(last == 'S' && middle == 'H')) return false;
    return doc_is_word(d, b, VIEW("at")) || wordset_class(of, doc_tok(d, b - 1)) & 1;
}

/* "EISD", "ACISD": an independent school district, whose last three letters nothing of medicine ends in. */
static bool is_school_district(const struct doc *d, const struct token *t)
{
    return t->len >= LETTERS_MIN && t->len <= LETTERS_MAX &&
           memcmp(d->text.p + token_end(t) - 3, "ISD", 3) == 0;
}

err organization_letters(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const struct token *t = &d->tok[i];
    if (!d->is_caseless && !d->shield[i] &&
        (is_school_district(d, t) || (t->len == LETTERS_MIN - 1 && i && is_gone_to(d, i)))) {
        *next = i + 1;
        return findings_add(out, doc_finding(d, i, i, LABEL_ORGANIZATION, RULE_ORG_AT, 0.8F));
    }
    if (t->len < LETTERS_MIN && !d->is_caseless && !d->shield[i] && cls(d, i) & W_PRISON)
        return prison(d, i, out, next);
    if (t->len == LETTERS_MIN - 1 || t->len == LETTERS_MIN)
        if (is_worked_at(d, i)) {
            *next = i + 1;
            return findings_add(out, doc_finding(d, i, i, LABEL_ORGANIZATION, RULE_ORG_AT, 0.8F));
        }
    if (t->len < LETTERS_MIN || t->len > LETTERS_MAX || d->shield[i] || d->is_caseless) return OK;
    const int told = ending(d, t);
    if (!told || (told < 2 && !is_beside(d, i)) || cls(d, i) & W_NEVER) return OK;
    if (is_scale(d, i + 1)) return OK;
    if (is_glued(d, i, (int64_t)i - 1) || is_glued(d, i + 1, (int64_t)i + 1)) return OK;
    struct extent s = { .first = i, .last = i, .telling = 1 };
    extent_right(d, &s);
    return organization_emit(d, s, RULE_ORG_AT, 0.85F, out, next);
}
