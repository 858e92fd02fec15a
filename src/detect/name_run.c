#include "detect/name_run.h"

#include "detect/name_run_word.h"

enum { WORDS_MAX = 5 };

/* "Whitcomb  First name: …", "Okafor Service: …": the word, or it and the next, name a field. Behind a gap they
 * need be no words of the language: "Ellis  Coll: …", "T. Oyelaran  D: …". */
static bool is_field_label(const struct doc *d, uint32_t i)
{
    enum { WORDS = 2 };
    uint32_t last = i;
    while (last < i + WORDS && !doc_is_mark(d, (int64_t)last + 1, ':'))
        last++;
    if (last == i + WORDS || !doc_joined(d, last + 1)) return false;
    if (last > i && (d->tok[last].kind != TOK_WORD || d->tok[last].flags & TOK_LINE)) return false;
    if (shape_opens_column(d, i)) return true;
    return d->lex[i]->word > 1 && (last == i || d->lex[last]->bits & LEX(WORD));
}

bool name_run_is_author(const struct doc *d, uint32_t last)
{
    const uint32_t et = doc_is_mark(d, last + 1, ',') ? last + 2 : last + 1;
    if (doc_is_word(d, (int64_t)et + 1, VIEW("colleagues"))) return doc_is_word(d, et, VIEW("and"));
    return doc_is_word(d, et, VIEW("et")) && doc_is_word(d, (int64_t)et + 1, VIEW("al"));
}

/* "Anna St. John": a saint's name that is a family's. Its last token, or 0. */
static uint32_t saint_family(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->len != 2 || t->flags & (TOK_LOWER | TOK_LINE) || !(doc_bits(d, i) & LEX(SAINT)))
        return 0;
    uint32_t j = doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) ? i + 2 : i + 1;
    bool named = doc_bits(d, j) & (LEX_GIVEN | LEX(SURNAME)) && shape_may_name(d, j) &&
                 !(doc_tok(d, j)->flags & TOK_LINE);
    uint32_t end = named ? shape_word_end(d, j) : 0;
    return named && shape_after_possessive(d, end) == end + 1 &&
                   !(doc_bits(d, (int64_t)end + 1) & (LEX(ORG_HEAD) | LEX(ORG_WORD)))
               ? end
               : 0;
}

/* Particles from i on that lead to a capital: returns the token after them, or i. */
SELDOM static uint32_t skip_particles(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    while (j < i + 3 && (doc_bits(d, j) & LEX(PARTICLE)) && !(doc_tok(d, j)->flags & TOK_LINE))
        j++;
    if (j == i || !shape_may_name(d, j) || doc_tok(d, j)->len < 2) return i;
    return j;
}

static bool is_suffix(const struct doc *d, uint32_t i)
{
    return (doc_bits(d, i) & LEX(SUFFIX)) && shape_may_name(d, i) && doc_tok(d, i)->len > 1;
}

static uint32_t take_suffix(const struct doc *d, struct name_run *r)
{
    uint32_t j = r->last + 1;
    if (doc_is_mark(d, j, ',')) j++;
    if (!is_suffix(d, j) || (doc_tok(d, j)->flags & TOK_LINE)) return r->last;
    r->has_suffix = true;
    char s = (char)(d->text.p[d->tok[j].start] | 0x20);
    r->has_senior = s == 'j' || s == 's';
    return doc_is_mark(d, j + 1, '.') && doc_joined(d, j + 1) ? j + 1 : j;
}

/* A family name that opens its line, a comma, an initial, and no more of a sentence. */
static bool is_listed_initial(const struct doc *d, const struct name_run *r, uint32_t j)
{
    const struct lex_info *family = d->lex[r->first];
    const struct token *t = &d->tok[j], *after = doc_tok(d, (int64_t)j + 1);
    bool opens = r->first == 0 || d->tok[r->first].flags & TOK_LINE;
    bool ends = after->kind != TOK_WORD || after->flags & TOK_LINE || shape_opens_column(d, j + 1);
    /* "OKORO,C | 54F": a bar and a number make a rare family name one */
    bool in_table =
        doc_is_mark(d, (int64_t)j + 1, '|') && doc_tok(d, (int64_t)j + 2)->kind == TOK_NUMBER;
    return opens && r->n_words == 1 && family->surname >= (in_table ? 1 : 4) && family->word <= 1 &&
           !(family->bits & (LEX(EPONYM) | LEX(MEDICAL) | LEX(ORG_NAME) | LEX(DRUG))) &&
           family->place + 2 < family->surname && t->len == 1 && t->flags & TOK_CAP &&
           !(t->flags & TOK_LINE) && ends &&
           !doc_joined(d, (int64_t)j + 1) == !doc_is_mark(d, (int64_t)j + 1, '.');
}

/* "Patient: Nguyen, Van Minh": right behind a colon, what follows a family name and a comma need not be on
 * a list of given names; it is no other word that the lexicon knows. */
static bool is_new_in_field(const struct doc *d, const struct name_run *r, uint32_t j)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(CREDENTIAL) |
                           LEX(EPONYM) | LEX(PLACE) | LEX(STATE) | LEX(STATE_CODE) | LEX(COUNTRY) |
                           LEX(MONTH) | LEX(WEEKDAY) | LEX(UNIT) | LEX(ORG_HEAD) | LEX(ORG_NAME);
    return doc_is_mark(d, (int64_t)r->first - 1, ':') && !d->lex[j]->word &&
           !(d->lex[j]->bits & other) && doc_tok(d, j)->len > 1;
}

/* "SMITH, JOHN A", "Doe^Jane": after one family word. */
static void take_comma_form(const struct doc *d, struct name_run *r)
{
    uint32_t j = r->last + 1;
    bool caret = doc_is_mark(d, j, '^') && doc_joined(d, j);
    if (!caret && !doc_is_mark(d, j, ',')) return;
    if (!caret && !(r->ends_surname && r->n_words <= 2)) return;
    j++;
    const struct token *t = doc_tok(d, j);
    if (t->kind != TOK_WORD || (t->flags & TOK_LINE)) return;
    const struct lex_info *l = d->lex[j];
    if (!caret && is_listed_initial(d, r, j)) { /* "MARTINEZ, J" */
        r->last = j;
        r->n_initials++;
        r->is_comma_form = true;
        return;
    }
    bool is_given = (l->bits & (LEX_GIVEN | LEX(NICK))) && l->given > 1 && l->given > l->word;
    if (!(caret || is_given || is_new_in_field(d, r, j)) || !shape_may_name(d, j) ||
        d->shield[j] & (SHIELD_TAG | SHIELD_EPONYM))
        return;
    struct name_run given = { .first = j, .last = j };
    bool open = caret || (!is_given && is_new_in_field(d, r, j));
    if (!name_run_add_word(d, j, shape_word_end(d, j), open, &given)) return;
    /* "Robert, John and Mary" lists people: each is found on its own */
    uint32_t k = given.last + 1;
    if (doc_tok(d, k)->kind == TOK_WORD && !(doc_tok(d, k)->flags & TOK_LINE) &&
        name_run_is_initial(d, k)) {
        given.last = doc_is_mark(d, k + 1, '.') && doc_joined(d, k + 1) ? k + 1 : k;
        r->n_initials++;
    }
    r->last = given.last;
    r->speaks_for += given.speaks_for;
    r->speaks_against += given.speaks_against;
    r->n_words++;
    r->is_comma_form = true;
    while (caret && doc_is_mark(d, r->last + 1, '^') && doc_joined(d, r->last + 1) &&
           doc_tok(d, r->last + 2)->kind == TOK_WORD && doc_joined(d, r->last + 2))
        r->last += 2;
}

/* "Gon-" at the end of a line and "zalez" on the next, "Okafor-" and "Lindqvist". */
static bool goes_on_below(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 2;
    if (i >= d->n || !doc_is_mark(d, i - 1, '-') || !doc_joined(d, i - 1)) return false;
    const struct token *t = &d->tok[i];
    const struct lex_info *l = d->lex[i];
    if ((t->flags & (TOK_LINE | TOK_PARA)) != TOK_LINE || l->word >= 2 || d->shield[i])
        return false;
    return t->flags & TOK_LOWER ||
           (shape_of(d, i) == SHAPE_TITLE && (!l->bits || l->bits & LEX(SURNAME)) &&
            !(l->bits & (LEX(MEDICAL) | LEX(DRUG))));
}

/* "Wi1son", "Mal0ne": a digit that a scanner put inside a word, and the letters behind it. */
static bool is_misread_part(const struct doc *d, uint32_t last)
{
    const struct token *n = doc_tok(d, (int64_t)last + 1), *w = doc_tok(d, (int64_t)last + 2);
    return n->kind == TOK_NUMBER && n->len == 1 && n->hash <= 1 &&
           doc_joined(d, (int64_t)last + 1) && doc_joined(d, (int64_t)last + 2) &&
           w->kind == TOK_WORD && w->len > 1 && w->flags & TOK_LOWER;
}

/* May the run go on with the word at j, which begins a line or stands two blanks or a tab behind it? Prose is
 * broken over lines between given and family name, and sometimes typed with two blanks; the next line or column of
 * a table is somebody else's. */
static bool goes_on_apart(const struct doc *d, const struct name_run *r, uint32_t j)
{
    enum { LINE = 40 };
    const struct token *t = &d->tok[j];
    const struct lex_info *l = d->lex[j];
    const uint32_t end = shape_word_end(d, j);
    if (!(t->flags & TOK_LINE))
        return !shape_is_wide_gap(d, j) && !name_run_is_clinical(d, j) &&
               (l->bits & NAME_RUN_NAMES || t->len == 1 || !r->n_words);
    if (t->flags & TOK_PARA || r->n_words != 1 || !r->begins_given || l->surname <= 2 ||
        l->word >= 2 || shape_of(d, j) != SHAPE_TITLE)
        return false;
    /* "Okafor, Ngozi   91" is an entry of its own, and so is what opens or closes a column */
    bool entry =
        doc_is_mark(d, (int64_t)end + 1, ',') && doc_tok(d, (int64_t)end + 2)->flags & TOK_CAP &&
        !(doc_tok(d, (int64_t)end + 2)->flags & TOK_LINE) && !name_run_is_credential(d, end + 2);
    bool column =
        end + 1 < d->n && !(d->tok[end + 1].flags & TOK_LINE) && shape_opens_column(d, end + 1);
    if (entry || column) return false;
    if (r->first && !(d->tok[r->first].flags & TOK_LINE) && shape_opens_column(d, r->first))
        return false;
    /* "PCP: Rourke": a field that its line ends, unless the line is as long as those of prose */
    if (!doc_is_mark(d, (int64_t)r->first - 1, ':')) return true;
    const size_t at = d->tok[r->first].start;
    return at > LINE && !memchr(d->text.p + at - LINE, '\n', LINE);
}

enum name_run_may name_run_rare_may_begin(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    const struct lex_info *l = d->lex[i];
    if (l->bits & LEX(PARTICLE) && (t->len == 1 || !(t->flags & TOK_UPPER))) /* to a capital */
        return t->flags & TOK_LOWER && !d->is_caseless ? NAME_RUN_IF_LED : NAME_RUN_PERHAPS;
    if (t->len == 1)
        return shape_word_end(d, i) != i || name_run_is_initial(d, i) ? NAME_RUN_PERHAPS
                                                                      : NAME_RUN_NEVER;
    if (d->shield[i]) return d->shield[i] & SHIELD_TAG ? NAME_RUN_NEVER : NAME_RUN_IF_LED;
    return name_run_may_stand_first(d, i) || shape_word_end(d, i) != i ? NAME_RUN_PERHAPS
                                                                       : NAME_RUN_IF_LED;
}

/* Cheap: can token j be of a run at all, as a word or as a mark between its words? */
static inline bool may_go_on(const struct doc *d, uint32_t j)
{
    const struct token *t = &d->tok[j];
    if (t->kind == TOK_WORD) return !name_run_is_small(d, j);
    return t->kind == TOK_MARK && (t->hash == '"' || t->hash == '(' || t->hash == '_');
}

bool name_run_parse(const struct doc *d, uint32_t i, bool led, struct name_run *out)
{
    struct name_run r = { .first = i, .last = i };
    uint32_t j = i;
    while (j < d->n && r.n_words + r.n_initials < WORDS_MAX) {
        const struct token *t = &d->tok[j];
        if (!may_go_on(d, j)) break;
        if (j > i && (t->flags & TOK_LINE || shape_opens_column(d, j)) &&
            (t->kind != TOK_WORD || !goes_on_apart(d, &r, j)))
            break;
        if (t->kind != TOK_WORD) {
            /* John "Jack" Smith */
            bool nick = t->kind == TOK_MARK && (t->hash == '"' || t->hash == '(') && r.n_words &&
                        doc_joined(d, j + 1) && (doc_bits(d, j + 1) & (LEX(NICK) | LEX_GIVEN)) &&
                        shape_of(d, j + 1) == SHAPE_TITLE &&
                        (doc_is_mark(d, j + 2, '"') || doc_is_mark(d, j + 2, ')')) &&
                        d->lex[j + 3 < d->n ? j + 3 : j]->surname;
            /* "SMITH_JOHN_CT.pdf" */
            bool file = doc_is_mark(d, j, '_') && doc_joined(d, j) && doc_joined(d, j + 1) &&
                        r.n_words == 1 &&
                        MAX(d->lex[j + 1 < d->n ? j + 1 : j]->given,
                            d->lex[j + 1 < d->n ? j + 1 : j]->surname) > 2;
            if (!nick && !file) break;
            j += nick ? 3 : 1;
            continue;
        }
        if (r.n_words && t->len == 1 && name_run_is_credential(d, j)) break; /* "Ada Hill M.D." */
        if ((r.n_words || r.n_initials) && is_field_label(d, j)) break;
        if (t->len == 1 && name_run_is_initial(d, j) && (r.n_words || r.n_initials < 3)) {
            if (r.n_words && name_run_is_clinical_letter(d, j, led)) break;
            if (r.initial_dotted && !r.n_words && name_run_begins_sentence(d, j)) break;
            bool dotted = doc_is_mark(d, j + 1, '.') && doc_joined(d, j + 1);
            const struct token *after = doc_tok(d, j + 1);
            r.initial_dotted |= dotted || after->kind == TOK_MARK || after->flags & TOK_LINE;
            r.n_initials++;
            r.last = dotted ? j + 1 : j;
            j = r.last + 1;
            continue;
        }
        uint32_t at = j;
        if (d->lex[j]->bits & LEX(PARTICLE) && (r.n_words || led || shape_of(d, j) == SHAPE_TITLE))
            at = skip_particles(d, j);
        uint32_t end = shape_word_end(d, at);
        if (r.n_words && is_suffix(d, j)) break;
        uint32_t saint = r.n_words == 1 && r.begins_given ? saint_family(d, j) : 0;
        if (saint) {
            r.speaks_for += d->lex[saint]->surname + 3;
            r.n_words++;
            r.ends_surname = true;
            r.last = saint;
            j = saint + 1;
            continue;
        }
        /* "Dr. B.  Adderall": what a title leads is the word after it, not the next sentence */
        bool leads = led && r.n_words < 2 && !(r.n_initials && !r.n_words);
        if (!name_run_add_word(d, at, end, leads, &r)) {
            /* "Smith-Jones" of which one half is no word of its own is still read up to the hyphen */
            if (end == at || !name_run_add_word(d, at, at, leads, &r)) break;
        }
        r.has_particle |= at > j && r.n_words > 1;
        if (goes_on_below(d, r.last)) r.last += 2;
        if (is_misread_part(d, r.last)) r.last += 2;
        j = r.last + 1;
    }
    if (!r.n_words && !r.n_initials) return false;
    if (r.n_words) take_comma_form(d, &r);
    if (r.n_words) r.last = take_suffix(d, &r);
    *out = r;
    return true;
}
