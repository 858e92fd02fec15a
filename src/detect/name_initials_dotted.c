#include "detect/name_initials_inside.h"
#include "detect/name_run.h"
#include "detect/shape.h"

static bool is_letter(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == 1 + ((t->flags & TOK_WIDE) != 0) &&
           (t->flags & TOK_CAP) && !d->shield[i] && doc_is_mark(d, (int64_t)i + 1, '.') &&
           doc_joined(d, (int64_t)i + 1);
}

/* "J.G.", "O. K.", "A.J.G." from token i: how many letters; *last is the last full stop. */
uint32_t name_initials_dotted_at(const struct doc *d, uint32_t i, uint32_t *last)
{
    uint32_t n = 0;
    for (uint32_t j = i; n < NAME_INITIALS_MAX && is_letter(d, j); j += 2) {
        if (n && (d->tok[j].flags & TOK_LINE)) break;
        *last = j + 1;
        n++;
    }
    return n;
}

/* The class of these letters as one word: W_DOTTED if they mean something else, as I.V., O.R., M.D. do. *doubtful: without
 * their full stops they would. */
static uint32_t dotted_class(const struct doc *d, uint32_t first, uint32_t last, bool *doubtful)
{
    char key[NAME_INITIALS_MAX];
    struct token t = { .kind = TOK_WORD };
    for (uint32_t i = first; i <= last; i += 2) {
        *doubtful = false;
        if (d->tok[i].flags & TOK_WIDE) return 0;
        key[t.len++] = d->text.p[d->tok[i].start];
    }
    t.hash = token_hash_word((view){ key, t.len });
    const uint64_t bits = lexicon_find(d->lexicon, t.hash)->bits;
    *doubtful = (bits & LEX(ABBREVIATION)) != 0;
    return name_initials_class_of(&t) | (bits & LEX(CREDENTIAL) ? W_DEGREE : 0);
}

/* "Ada Ghobrial M.D., FACS", "Roe, F.A.C.S.": behind a name, where its degrees stand. */
static bool is_behind_name(const struct doc *d, uint32_t i)
{
    int64_t b = (int64_t)i - (doc_is_mark(d, (int64_t)i - 1, ',') ? 2 : 1);
    if (d->tok[i].flags & TOK_LINE) return false;
    if (doc_is_mark(d, b, ']')) return d->shield[b] & SHIELD_TAG; /* "[NAME] M.D., FACS" */
    if (doc_is_mark(d, b, '.')) return name_run_is_credential(d, b >= 3 ? (uint32_t)b - 3 : 0);
    if (doc_joined(d, b) && doc_tok(d, b - 1)->kind == TOK_NUMBER) return false; /* "42F, R.N." */
    return doc_tok(d, b)->flags & TOK_CAP && !(name_initials_class(d, b) & W_LABEL) &&
           !(doc_bits(d, b) & (LEX(NAME_CUE) | LEX(RELATIVE)));
}

/* "… well. - J.K.": what a signature follows. */
static bool is_stroke(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK && t->flags & TOK_SPACE &&
           (t->hash == '-' || t->hash == '/' || t->hash == 0x2013 || t->hash == 0x2014);
}

/* Nothing else between two full stops. */
static bool is_sentence(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *after = doc_tok(d, (int64_t)last + 1);
    const struct token *before = doc_tok(d, (int64_t)first - 2);
    bool shouted = before->kind == TOK_WORD && before->len > 1 && (before->flags & TOK_UPPER);
    return doc_is_mark(d, (int64_t)first - 1, '.') && !shouted &&
           (last + 1 >= d->n || (after->kind == TOK_WORD && (after->flags & (TOK_LINE | TOK_CAP))));
}

/* "Typed D. R. 24 Dec", "T/ C.L. 21/2", "typed by L.A.⏎": whose line says no more than who typed, and when. */
static bool is_typed(const struct doc *d, uint32_t i, uint32_t last)
{
    int64_t b = (int64_t)i - 1;
    if (d->tok[i].flags & TOK_LINE) return false;
    if (doc_is_mark(d, b, '/') || doc_is_mark(d, b, '.') || name_initials_class(d, b) & W_BY) b--;
    if (!(name_initials_class(d, b) & (W_MARK | W_TYPED)) ||
        (b > 0 && !(d->tok[b].flags & TOK_LINE)))
        return false;
    return doc_ends_line(d, last) || d->tok[last + 1].kind == TOK_NUMBER ||
           d->lex[last + 1]->bits & (LEX(MONTH) | LEX(WEEKDAY));
}

/* "Start lasix. I.V.", "Exam 3/4/2024, O.D. 20/40": how it is given, how often, or which eye. */
static bool is_way_or_eye(const struct doc *d, uint32_t first, uint32_t last)
{
    static const view ways[] = { VIEW("I.V"),   VIEW("I.M"),   VIEW("P.O"),   VIEW("P.R"),
                                 VIEW("S.C"),   VIEW("S.L"),   VIEW("S.Q"),   VIEW("O.D"),
                                 VIEW("O.S"),   VIEW("O.U"),   VIEW("Q.D"),   VIEW("H.S"),
                                 VIEW("A.C"),   VIEW("E.R"),   VIEW("B.I.D"), VIEW("T.I.D"),
                                 VIEW("Q.I.D"), VIEW("N.P.O"), VIEW("P.R.N") };
    view letters = doc_view(d, first, last);
    if (letters.n && letters.p[letters.n - 1] == '.') letters.n--;
    for (size_t k = 0; k < COUNT_OF(ways); k++)
        if (view_eq(letters, ways[k])) return true;
    return false;
}

/* "Disc sent. A.S.⏎", "transcribed 2/12/20, D.L. He": whatever the letters mean, they end a line behind a sentence in small
 * letters, or stand behind a day and a comma before the next sentence. */
static bool is_closing(const struct doc *d, uint32_t first, uint32_t last, const uint8_t *taken)
{
    const struct token *before = doc_tok(d, (int64_t)first - 2),
                       *after = doc_tok(d, (int64_t)last + 1);
    if (first < 2 || d->tok[first].flags & TOK_LINE || is_way_or_eye(d, first, last)) return false;
    if (doc_is_mark(d, (int64_t)first - 1, '.'))
        return doc_ends_line(d, last) && before->flags & TOK_LOWER && before->len > 2;
    return doc_is_mark(d, (int64_t)first - 1, ',') && before->kind == TOK_NUMBER &&
           taken[first - 2] &&
           (doc_ends_line(d, last) || (after->kind == TOK_WORD && after->flags & TOK_CAP) ||
            after->kind == TOK_NUMBER);
}

/* Straight behind a day. */
static bool is_dated(const struct doc *d, uint32_t i, const uint8_t *taken)
{
    return i && d->tok[i - 1].kind == TOK_NUMBER && taken[i - 1] && !(d->tok[i].flags & TOK_LINE);
}

/* "t: 3/5/20 Q.R.:T.U. job": who dictated and who typed it, behind the day. */
static bool is_pair_of_typing(const struct doc *d, uint32_t first, uint32_t last,
                              const uint8_t *taken)
{
    if (is_dated(d, first, taken))
        return doc_is_mark(d, (int64_t)last + 1, ':') && last + 2 < d->n && is_letter(d, last + 2);
    uint32_t k = first;
    if (k < 5 || !doc_is_mark(d, (int64_t)k - 1, ':') || !doc_is_mark(d, (int64_t)k - 2, '.'))
        return false;
    for (k--; k >= 2 && doc_is_mark(d, (int64_t)k - 1, '.') && is_letter(d, k - 2);)
        k -= 2;
    return is_dated(d, k, taken);
}

/* "/IG/D.S. 27JUL18": who dictated and who typed, alone on a line with the day. `i`: the second one's first letter. */
static bool is_slashed_pair(const struct doc *d, uint32_t i, uint32_t last)
{
    if (i < 3 || !doc_is_mark(d, i - 1, '/') || !doc_is_mark(d, i - 3, '/')) return false;
    const struct token *t = &d->tok[i - 2];
    const bool opens = i == 3 || d->tok[i - 3].flags & TOK_LINE;
    return opens && t->kind == TOK_WORD && t->flags & TOK_UPPER && t->len - 2U < 2U &&
           (doc_ends_line(d, last) || d->tok[last + 1].kind == TOK_NUMBER);
}

/* "M.N.:RM", "P.P./O.M." from the first letter of the first on: who dictated and who typed, where a line, a column or a
 * sentence begins and ends with them. The last token of the second, or 0. `last`: the first's full stop. */
static uint32_t pair_end(const struct doc *d, uint32_t first, uint32_t last, uint32_t *second)
{
    const uint32_t mark = last + 1, at = last + 2;
    uint32_t end = at;
    if (at >= d->n || !doc_joined(d, mark) || !doc_joined(d, at) ||
        !(doc_is_mark(d, mark, ':') || doc_is_mark(d, mark, '/')) || is_way_or_eye(d, first, last))
        return 0;
    if (!doc_opens_line(d, first) && !shape_opens_column(d, first) &&
        !doc_is_mark(d, (int64_t)first - 1, '.'))
        return 0;
    const struct token *t = &d->tok[at];
    if (is_letter(d, at)) {
        if (name_initials_dotted_at(d, at, &end) < 2 || is_way_or_eye(d, at, end)) return 0;
    } else if (t->kind != TOK_WORD || !(t->flags & TOK_UPPER) || t->len - 2U > 1U ||
               d->shield[at]) {
        return 0;
    }
    const struct token *next = doc_tok(d, (int64_t)end + 1);
    *second = at;
    return doc_ends_line(d, end) || (next->flags & TOK_CAP && next->flags & TOK_SPACE) ? end : 0;
}

/* "K.R.Narlikar": a family name joined to its initials, tokens first … last. */
static bool is_joined_name(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(FUNCTION) | LEX(UNIT) |
                           LEX(ABBREVIATION) | LEX(ORG_NAME) | LEX(ORG_HEAD) | LEX(EPONYM);
    const uint32_t at = last + 1;
    const struct token *t = doc_tok(d, at);
    bool doubtful;
    if (!doc_joined(d, at) || t->kind != TOK_WORD || !(t->flags & TOK_CAP) || t->len < 3 ||
        d->shield[at] || (d->lex[at]->bits & other && d->lex[at]->surname < 3))
        return false;
    return !(dotted_class(d, first, last, &doubtful) & W_DOTTED) &&
           (!d->lex[at]->bits || d->lex[at]->surname > d->lex[at]->word);
}

/* Initials with full stops from token i on. *past: the token after them, where there were some. */
SELDOM static err dotted(const struct doc *d, uint32_t i, const uint8_t *taken,
                         struct findings *out, uint32_t *past)
{
    uint32_t last, n = name_initials_dotted_at(d, i, &last);
    bool apart = !doc_joined(d, i) || doc_is_mark(d, (int64_t)i - 1, '(') ||
                 doc_is_mark(d, (int64_t)i - 1, '/') || doc_is_mark(d, (int64_t)i - 1, ':');
    if (n < 2 || !apart || taken[i] || taken[last]) return OK;
    *past = last + 1;
    const struct token *after = doc_tok(d, (int64_t)last + 1);
    if (is_joined_name(d, i, last)) {
        last = shape_word_end(d, last + 1);
        *past = last + 1;
        return name_initials_add(d, i, last, 0.75F, WHO_UNKNOWN, out);
    }
    if (doc_joined(d, (int64_t)last + 1) && after->kind != TOK_MARK) return OK;
    bool doubtful;
    const uint32_t letters = dotted_class(d, i, last, &doubtful);
    const bool other = letters & W_DOTTED;
    /* "Typist N.P." signs */
    const bool signs =
        i && !(d->tok[i].flags & TOK_LINE) && name_initials_class(d, (int64_t)i - 1) & W_SIGNS;
    if (letters & W_DEGREE && !signs && is_behind_name(d, i)) return OK;
    /* "D.J.D., 22-yr-old man" */
    if (doc_is_mark(d, (int64_t)last + 1, ',') && name_initials_is_years(d, (int64_t)last + 2) &&
        shape_starts_sentence(d, i))
        return name_initials_add(d, i, last, 0.8F, WHO_PATIENT, out);
    if (is_slashed_pair(d, i, last) && !taken[i - 2]) {
        const err e = name_initials_add(d, i - 2, i - 2, 0.75F, WHO_CLINICIAN, out);
        return e ? e : name_initials_add(d, i, last, 0.75F, WHO_CLINICIAN, out);
    }
    uint32_t second;
    const uint32_t end = pair_end(d, i, last, &second);
    if (end && !taken[second]) {
        *past = end + 1;
        const err e = name_initials_add(d, i, last, 0.9F, WHO_CLINICIAN, out);
        return e ? e : name_initials_add(d, second, end, 0.9F, WHO_CLINICIAN, out);
    }
    /* "Initialed H.C. on each page" */
    const bool initialed = doc_is_word(d, (int64_t)i - 1, VIEW("initialed")) ||
                           (doc_is_word(d, (int64_t)i - 1, VIEW("by")) &&
                            doc_is_word(d, (int64_t)i - 2, VIEW("initialed")));
    /* "Addendum 11/15/2008 D.B.: called", "acc. QRF414672 - S. T.": whatever they mean, behind what was found */
    const bool filed =
        !is_way_or_eye(d, i, last) &&
        ((is_dated(d, i, taken) && doc_is_mark(d, (int64_t)last + 1, ':')) ||
         (is_stroke(d, (int64_t)i - 1) && i > 1 && taken[i - 2] && doc_ends_line(d, last)));
    if (initialed || filed || is_pair_of_typing(d, i, last, taken) ||
        (!other && is_dated(d, i, taken) &&
         (doc_ends_line(d, last) || doc_is_mark(d, (int64_t)last + 1, ':'))) ||
        (!other && i && name_initials_class(d, (int64_t)i - 1) & W_CHECKED &&
         after->kind != TOK_WORD))
        return name_initials_add(d, i, last, 0.75F, WHO_CLINICIAN, out);
    int64_t b = (int64_t)i - 1;
    if (doc_is_mark(d, b, ':') ||
        (doc_is_mark(d, b, ',') && name_initials_class(d, b - 1) & W_LABEL))
        b--;
    uint32_t cue = d->tok[i].flags & TOK_LINE ? 0 : name_initials_class(d, b);
    bool ends = after->kind != TOK_WORD || (after->flags & (TOK_LINE | TOK_CAP));
    bool opens = shape_starts_sentence(d, i) || doc_is_mark(d, (int64_t)i - 1, ',');
    int64_t title = (int64_t)last + (after->kind == TOK_MARK && after->hash == ',' ? 2 : 1);
    if (title < (int64_t)d->n && !(d->tok[title].flags & TOK_LINE) && d->tok[title].len > 1 &&
        name_run_is_credential(d, (uint32_t)title)) /* "J.R., RN" */
        return name_initials_add(d, i, last, 0.85F, WHO_CLINICIAN, out);
    /* "Verified by M. S.", "seen 04/13 by A. S." */
    bool done_by =
        (cue & W_BY) && (name_initials_class(d, b - 1) & W_CHECKED ||
                         (doc_is_word(d, b, VIEW("by")) && doc_tok(d, b - 1)->kind == TOK_NUMBER));
    /* "T: Z. W. / 11/25/2013": who typed it, and when */
    bool typed = cue & W_MARK && b + 1 < (int64_t)i &&
                 (doc_ends_line(d, last) || (doc_is_mark(d, (int64_t)last + 1, '/') &&
                                             doc_tok(d, (int64_t)last + 2)->kind == TOK_NUMBER));
    if ((cue & (W_LABEL | W_SIGNS)) || typed || is_typed(d, i, last) || (done_by && ends) ||
        (!other && ends && ((cue & W_BY) || is_sentence(d, i, last))) ||
        (!other && doc_ends_line(d, last) && is_stroke(d, b)) || is_closing(d, i, last, taken))
        return name_initials_add(d, i, last, 0.85F, cue & W_LABEL ? WHO_PATIENT : WHO_CLINICIAN,
                                 out);
    /* "w/ J.K.", "met with J.K. and family", "checked (J.K.)", "J.K. 0730" */
    bool brackets = doc_is_mark(d, (int64_t)i - 1, '(') && doc_is_mark(d, (int64_t)last + 1, ')');
    bool timed = d->tok[i].flags & TOK_LINE && after->kind == TOK_NUMBER && after->len == 4;
    bool led = name_initials_class(d, doc_is_mark(d, b, '/') ? b - 1 : b) & W_LEADS &&
               !(d->tok[i].flags & TOK_LINE);
    if (!other && !doubtful && (brackets || timed || led))
        return name_initials_add(d, i, last, 0.75F, WHO_UNKNOWN, out);
    /* "informed C.K. of", "questioned J.K. who", "R.A.'s enzymes" */
    const bool who = !(letters & W_OWNS) && (name_initials_class(d, (int64_t)last + 1) & W_WHO ||
                                             (opens && doc_is_mark(d, (int64_t)last + 1, '\'') &&
                                              doc_is_word(d, (int64_t)last + 2, VIEW("s"))));
    if (who || (!other && cue & W_INFORMS))
        return name_initials_add(d, i, last, 0.75F, WHO_UNKNOWN, out);
    if (name_initials_go_on(d, (int64_t)last + 1, other || !opens))
        return name_initials_add(d, i, last, 0.85F, WHO_PATIENT, out);
    return OK;
}

err name_initials_dotted(const struct doc *d, const uint8_t *taken, struct findings *out)
{
    err e = OK;
    const view text = d->text;
    uint32_t past = 0;
    for (uint32_t k = 0; k < d->letter_dots.n; k++) {
        uint32_t i = d->letter_dots.v[k] - 1;
        if (i < past || !is_letter(d, i)) continue;
        TRY(name_initials_shortened(d, i, taken, out));
        TRY(name_initials_lettered(d, i, taken, out));
        size_t dot = d->tok[i + 1].start;
        size_t next = dot + 1 + (dot + 1 < text.n && text.p[dot + 1] == ' ');
        bool more = next + 1 < text.n && text.p[next] >= 'A' && text.p[next] <= 'Z' &&
                    text.p[next + 1] == '.';
        if (more) TRY(dotted(d, i, taken, out, &past));
    }
out:
    return e;
}
