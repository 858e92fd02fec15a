#include "detect/name_file.h"

#include "detect/code.h"
#include "detect/wordset.h"

enum { REACH = 24, USUAL = 4, FAIR = 2, NUMBER_DIGITS = 6, RECORD_DIGITS = 4 };

static const struct wordset_row rows[] = {
    { "pdf doc docx odt rtf txt csv tsv xls xlsx ppt pptx jpg jpeg png gif bmp tif tiff heic webp "
      "dcm dicom "
      "nii zip html htm xml json hl mp wav mov avi msg eml",
      1 },
};
static struct wordset endings = WORDSET(rows);

static const uint64_t OTHER = LEX(EPONYM) | LEX(DRUG) | LEX(MEDICAL) | LEX(ABBREVIATION) |
                              LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(STATE) |
                              LEX(ORG_HEAD) | LEX(FUNCTION) | LEX(NUMBER_WORD) | LEX(DIRECTION) |
                              LEX(CLINICIAN);

/* How surely a word is a name: 0 not, 1 beside another, 2 by itself. */
static int weight_of(const struct doc *d, uint64_t hash, bool whole)
{
    const struct lex_info *l = lexicon_find(d->lexicon, hash);
    int rank = MAX(l->given, l->surname);
    if (!(l->bits & (LEX_GIVEN | LEX(SURNAME) | LEX(NICK))) || l->bits & OTHER) return 0;
    if (rank < FAIR || rank <= l->word + 1) return 0;
    return whole && rank >= USUAL && l->word <= 1 ? 2 : 1;
}

/* "JSMITH", "DelgadoR", "smithj": a family name and an initial in one word. */
static bool is_login(const struct doc *d, uint32_t i)
{
    view w = doc_view(d, i, i);
    if (w.n < 6 || d->tok[i].flags & TOK_WIDE) return false;
    for (int at_end = 0; at_end <= 1; at_end++) {
        view rest = at_end ? view_sub(w, 0, w.n - 1) : view_sub(w, 1, w.n);
        const struct lex_info *l = lexicon_find(d->lexicon, token_hash_word(rest));
        if (l->surname > USUAL && !l->word && !(l->bits & OTHER)) return true;
    }
    return false;
}

/* "Quistleford" of "2552098_ref_Quistleford.rtf": one capital and small letters, known to no list or as a name above all. */
static bool is_titled(const struct doc *d, uint32_t i)
{
    enum { NEW = 4 };
    const struct token *t = &d->tok[i];
    const struct lex_info *l = d->lex[i];
    if (!(t->flags & TOK_CAP) || t->flags & TOK_UPPER || t->len < NEW) return false;
    if (l->bits) return weight_of(d, t->hash, true) > 0;
    for (uint32_t k = 1; k < t->len; k++) {
        const char c = d->text.p[t->start + k];
        if (c >= 'A' && c <= 'Z') return false; /* "LabResults" */
    }
    return true;
}

/* How many digits the file's name has. */
static uint32_t digits_in(const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_NUMBER) n += d->tok[i].len;
    return n;
}

/* May the mark at i stand inside the name of a file? */
SELDOM static bool is_inner_mark(const struct doc *d, uint32_t i)
{
    uint64_t c = d->tok[i].hash;
    return c == '_' || c == '-' || c == '.' || c == '/' || c == '\\' || c == '~' || c == '+';
}

static err add(const struct doc *d, uint32_t first, uint32_t last, enum label label, enum rule rule,
               struct findings *out)
{
    struct finding f = doc_finding(d, first, last, label, rule, 0.8f);
    f.source = SOURCE_LEXICON;
    return findings_add(out, f);
}

/* The words of first … last, which are parts of one file's path. */
SELDOM static err look(const struct doc *d, uint32_t first, uint32_t last, const uint8_t *taken,
                       struct findings *out)
{
    err e = OK;
    int weight[REACH + 1];
    const bool numbered = digits_in(d, first, last) >= RECORD_DIGITS; /* of a person, mostly */
    for (uint32_t i = first; i <= last; i++) {
        const struct token *t = &d->tok[i];
        bool is_word = t->kind == TOK_WORD && t->len > 2 && !taken[i] && !d->shield[i];
        weight[i - first] = is_word ? weight_of(d, t->hash, true) : 0;
        if (is_word && numbered && is_titled(d, i)) weight[i - first] = 2;
        if (is_word && !d->lex[i]->bits && is_login(d, i)) weight[i - first] = 2;
    }
    for (uint32_t i = first; i <= last; i++) {
        const struct token *t = &d->tok[i];
        uint32_t k = i - first;
        bool graded = i + 2 <= last && d->lex[i + 2]->bits & LEX(EPONYM_HEAD); /* wells_score.pdf */
        if (graded) weight[k] = 0;
        bool beside = (k >= 2 && weight[k - 2]) || (i + 2 <= last && weight[k + 2]);
        if (weight[k] == 2 || (weight[k] == 1 && beside))
            TRY(add(d, i, i, LABEL_NAME, RULE_NAME_FILE, out));
        if (t->kind != TOK_NUMBER || t->len < NUMBER_DIGITS || taken[i] || d->shield[i]) continue;
        struct code c;
        code_around(d, i, &c);
        bool date = t->len == 8 && t->hash >= 19000101 && t->hash < 21000000;
        if (!date && !code_is_date(d, &c)) TRY(add(d, i, i, LABEL_ID, RULE_ID_FILE, out));
    }
out:
    return e;
}

err name_files(const struct doc *d, const uint8_t *taken, struct findings *out)
{
    err e = OK;
    const struct wordset *set = wordset_ready(&endings);
    for (uint32_t k = 0; k < d->dots.n; k++) {
        uint32_t i = d->dots.v[k] + 1;
        if (!wordset_may_have(set, d->tok[i].hash)) continue; /* most are of numbers */
        if (i < 2 || !doc_joined(d, i - 1) || !wordset_class(set, &d->tok[i])) continue;
        uint32_t first = i - 1;
        while (first > 0 && i - 1 - first < REACH && doc_joined(d, first) &&
               (d->tok[first - 1].kind != TOK_MARK || is_inner_mark(d, first - 1)))
            first--;
        if (first < i - 1) TRY(look(d, first, i - 2, taken, out));
    }
out:
    return e;
}
