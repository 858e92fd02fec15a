#include "detect/name_initials.h"

#include "detect/name_run.h"
#include "detect/name_signs_small.h"
#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { LETTERS_MAX = 4 };
enum { W_BY = 1, W_LABEL = 2, W_BE = 4, W_DONE = 8, W_SAYS = 16, W_MARK = 32 };
enum {
    W_DOTTED = 128,
    W_SIGNS = 256,
    W_CHECKED = 512,
    W_TYPED = 1024,
    W_ROLE = 2048,
    W_LEADS = 4096,
    W_STATE = 8192,   /* what a person is and nothing else */
    W_PLACED = 16384, /* put down … */
    W_LYING = 32768,  /* … as a person lies or sits */
    W_OWNS = 1 << 16, /* short for what can own something, and is no person */
    W_WHO = 1 << 17,
    W_INFORMS = 1 << 18, /* done to a person: the initials behind it are his */
    W_LASTS = 1 << 20,   /* what goes on for years */
    W_DEGREE = 1 << 19,  /* of no row: what dotted_class() says of "M.D." */
};
static const struct wordset_row rows[] = {
    { "by per cc attn", W_BY },
    { "initials pt patient subject participant", W_LABEL },
    { "initials tech technician scribe typist rn lpn nurse md provider pharmacist pharm rph "
      "witness ma triage qa chaperone verifier proctor aide "
      "signature interpreter phlebotomist drawn collected administered verified",
      W_SIGNS },
    { "rn lpn nurse witness signature", W_ROLE },
    { "re client resident friend roommate signature", W_LABEL },
    { "reviewed signed verified initialed checked read cosigned", W_CHECKED },
    { "sec secretary prepared transcr typist keyed", W_MARK },
    { "transcribed typed transcriptionist entered keyed user login username", W_TYPED },
    { "with w to from for by per told asked met saw and sitter advised instructed that", W_LEADS },
    { "is was has had will", W_BE },
    /* what is done to a person and to no instrument, drug or test */
    { "told seen brought admitted discharged intubated extubated taken asked advised born referred "
      "transferred counseled instructed evaluated anesthetized awakened informed notified "
      "contacted "
      "interviewed reassured updated consulted paged",
      W_DONE },
    { "underwent denies denied states stated says said reports reported complains complained "
      "presented presents returns returned tolerated agrees agreed lives endorses notes feels "
      "continues wishes understands arrived",
      W_SAYS },
    { "dd dt d t dictated job doc transcribed typed tr", W_MARK },
    { "single married divorced widowed unmarried engaged retired unemployed employed homeless "
      "pregnant alert oriented",
      W_STATE },
    { "placed positioned", W_PLACED },
    { "prone supine lithotomy decubitus sitting seated trendelenburg", W_LYING },
    { "us uk usa va ny dc er or pt ot md do rn np pa dr la", W_OWNS },
    { "who whom whose", W_WHO },
    { "problem problems history illness issue burden process course survival habit risk interval",
      W_LASTS },
    { "informed questioned counseled counselled interviewed reassured thanked let reminded",
      W_INFORMS },
    /* what is written with full stops and is no person */
    { "iv or er ed bp ng dc us mri ct ekg ecg pt ot icu tv hr rn md do ac po prn bm st tpn csf dvt "
      "uk la eeg emg gi gu ob gyn ent im sq ad lad rca lv ef av pa ap iq ph rr vs ua cbc wbc rbc "
      "bun "
      "dm ra ms hf ca mr np er dx rx tx fx sx hx cp sz ha ht wt bm uo io cn ns ln lv rv ar as ai "
      "tr ps "
      "vt vf fu ch db fc ok na cl ll ad ph rh xr mm "
      "xyz abc xxx rtw npo prn bid tid qid qhs qd qod qam qpm dob dod ssn nkda gcs loc rom cc hpi "
      "pmh "
      "psh ros sob doe pnd dnr dni pcp ama aka bka usa ne nw se sw "
      "ms am pm ob jp et id kub iud ivp cv cva cns cpr mi pe pid tb uti ii iii",
      W_DOTTED },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

static bool is_letter(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == 1 + ((t->flags & TOK_WIDE) != 0) &&
           (t->flags & TOK_CAP) && !d->shield[i] && doc_is_mark(d, (int64_t)i + 1, '.') &&
           doc_joined(d, (int64_t)i + 1);
}

/* "J.G.", "O. K.", "A.J.G." from token i: how many letters; *last is the last full stop. */
static uint32_t dotted_at(const struct doc *d, uint32_t i, uint32_t *last)
{
    uint32_t n = 0;
    for (uint32_t j = i; n < LETTERS_MAX && is_letter(d, j); j += 2) {
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
    char key[LETTERS_MAX];
    struct token t = { .kind = TOK_WORD };
    for (uint32_t i = first; i <= last; i += 2) {
        *doubtful = false;
        if (d->tok[i].flags & TOK_WIDE) return 0;
        key[t.len++] = d->text.p[d->tok[i].start];
    }
    t.hash = token_hash_word((view){ key, t.len });
    const uint64_t bits = lexicon_find(d->lexicon, t.hash)->bits;
    *doubtful = (bits & LEX(ABBREVIATION)) != 0;
    return wordset_class(wordset_ready(&words), &t) | (bits & LEX(CREDENTIAL) ? W_DEGREE : 0);
}

/* "Ada Ghobrial M.D., FACS", "Roe, F.A.C.S.": behind a name, where its degrees stand. */
static bool is_behind_name(const struct doc *d, uint32_t i)
{
    int64_t b = (int64_t)i - (doc_is_mark(d, (int64_t)i - 1, ',') ? 2 : 1);
    if (d->tok[i].flags & TOK_LINE) return false;
    if (doc_is_mark(d, b, ']')) return d->shield[b] & SHIELD_TAG; /* "[NAME] M.D., FACS" */
    if (doc_is_mark(d, b, '.')) return name_run_is_credential(d, b >= 3 ? (uint32_t)b - 3 : 0);
    if (doc_joined(d, b) && doc_tok(d, b - 1)->kind == TOK_NUMBER) return false; /* "42F, R.N." */
    return doc_tok(d, b)->flags & TOK_CAP && !(cls(d, b) & W_LABEL) &&
           !(doc_bits(d, b) & (LEX(NAME_CUE) | LEX(RELATIVE)));
}

/* "34-year-old", "34 yo", "34F"; not the "55-60" and "55%" of a value */
static bool is_number_of_years(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *next = doc_tok(d, i + 1);
    if (t->kind != TOK_NUMBER || t->len > 3) return false;
    return doc_bits(d, i + 1) & LEX(CUE_AGE) ||
           (doc_is_mark(d, i + 1, '-') && doc_tok(d, i + 2)->kind == TOK_WORD) ||
           (doc_joined(d, i + 1) && next->kind == TOK_WORD);
}

/* "10-year problem": not how old somebody is. */
static bool is_span_of(const struct doc *d, int64_t i)
{
    const int64_t unit = i + 1 + doc_is_mark(d, i + 1, '-');
    return cls(d, unit + 1) & W_LASTS;
}

/* "is a very pleasant 40-year-old", "is single", "was placed in the prone position" from the word i behind "is": nothing else
 * than a person is so. */
static bool is_told_of_person(const struct doc *d, int64_t i)
{
    enum { REACH = 5 };
    bool placed = cls(d, i) & W_PLACED;
    if (cls(d, i) & (W_DONE | W_STATE)) return true;
    for (int64_t k = i; k < i + REACH && !(doc_tok(d, k)->flags & TOK_LINE); k++) {
        if (is_number_of_years(d, k)) return !placed && !is_span_of(d, k);
        if (placed && cls(d, k) & W_LYING) return true;
        if (doc_tok(d, k)->kind != TOK_WORD) return false;
    }
    return false;
}

/* What follows speaks of a person: "was told", "is a 34-yr-old", "denies"; any word in small letters, if the
 * initials begin the sentence and mean nothing else. */
static bool goes_on_as_person(const struct doc *d, int64_t i, bool certain)
{
    const struct token *t = doc_tok(d, i);
    if (doc_is_mark(d, i, '\'')) return !certain && doc_tok(d, i + 1)->kind == TOK_WORD;
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || (t->flags & TOK_LINE)) return false;
    uint32_t c = cls(d, i);
    if ((c & W_SAYS) || !certain) return true;
    if (!(c & W_BE)) return false;
    return is_told_of_person(d, i + 1);
}

static err emit(const struct doc *d, uint32_t first, uint32_t last, float score,
                enum finding_role role, struct findings *out)
{
    struct finding x = doc_finding(d, first, last, LABEL_NAME, RULE_NAME_INITIALS, score);
    x.role = (uint8_t)role;
    return findings_add(out, x);
}

/* Two or three letters together. */
static bool is_short_word(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len >= 2 && t->len <= 3 && !(t->flags & TOK_WIDE) &&
           (t->flags & (TOK_UPPER | TOK_LOWER)) && !d->shield[i];
}

bool name_letters_mean_nothing(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(ABBREVIATION) | LEX(UNIT) | LEX(DRUG) | LEX(CREDENTIAL) |
                           LEX(FUNCTION) | LEX(TITLE) | LEX(ORG_NAME) | LEX(MONTH) | LEX(WEEKDAY) |
                           LEX(DIRECTION) | LEX(NUMBER_WORD);
    return !(d->lex[i]->bits & other) && d->lex[i]->word <= 1 && !(cls(d, i) & W_DOTTED);
}

/* "DT: 3/5/2021 1745": the line before the one that token i begins says when it was dictated or typed. */
static bool is_line_of_dictation(const struct doc *d, uint32_t i)
{
    enum { REACH = 16 };
    for (int64_t k = (int64_t)i - 1; k >= 0 && k + REACH > i; k--)
        if (d->tok[k].flags & TOK_LINE || k == 0)
            return cls(d, k) & W_MARK && d->tok[k].flags & TOK_UPPER && doc_is_mark(d, k + 1, ':');
    return false;
}

/* "A.J.G./SA", "JS/mt" around the mark m, in a line of its own. Capitals on both sides are read so with full
 * stops on the left, or where the next line says when it was dictated. */
static err typists(const struct doc *d, uint32_t m, const uint8_t *taken, struct findings *out)
{
    uint32_t first = m, last = m + 1, end;
    if (m == 0 || m + 1 >= d->n || !doc_joined(d, m) || !doc_joined(d, m + 1) ||
        !is_short_word(d, last) || d->tok[m].flags & TOK_LINE)
        return OK;
    bool dotted = doc_is_mark(d, (int64_t)m - 1, '.');
    const uint32_t reach = dotted ? 2 * LETTERS_MAX : 1;
    while (first > 0 && !(d->tok[first].flags & TOK_LINE) && m - first < reach)
        first--;
    if (!doc_opens_line(d, first) || taken[first] || taken[last]) return OK;
    if (dotted ? dotted_at(d, first, &end) < 2 || end + 1 != m
               : !is_short_word(d, first) || !(d->tok[first].flags & TOK_UPPER))
        return OK;
    bool ends = doc_ends_line(d, last) ||
                (d->tok[last + 1].kind == TOK_NUMBER && !doc_joined(d, (int64_t)last + 1));
    ends |= shape_opens_column(d, last + 1);
    bool dated = (cls(d, (int64_t)last + 1) & W_MARK && doc_is_mark(d, (int64_t)last + 2, ':')) ||
                 is_line_of_dictation(d, first);
    if (!ends && !dated) return OK;
    bool plain =
        !dotted && name_letters_mean_nothing(d, first) && name_letters_mean_nothing(d, last);
    /* "MK:NS", whatever they mean, alone on its line */
    const bool shouted = d->tok[last].flags & TOK_UPPER && doc_is_mark(d, m, ':') && ends;
    if (!dotted && !(d->tok[last].flags & TOK_LOWER) && !dated && !plain && !shouted) return OK;
    return emit(d, first, last, dotted || dated ? 0.9F : 0.75F, WHO_UNKNOWN, out);
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
    if (doc_is_mark(d, b, '/') || doc_is_mark(d, b, '.') || cls(d, b) & W_BY) b--;
    if (!(cls(d, b) & (W_MARK | W_TYPED)) || (b > 0 && !(d->tok[b].flags & TOK_LINE))) return false;
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
static err dotted(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out,
                  uint32_t *past)
{
    uint32_t last, n = dotted_at(d, i, &last);
    bool apart = !doc_joined(d, i) || doc_is_mark(d, (int64_t)i - 1, '(') ||
                 doc_is_mark(d, (int64_t)i - 1, '/') || doc_is_mark(d, (int64_t)i - 1, ':');
    if (n < 2 || !apart || taken[i] || taken[last]) return OK;
    *past = last + 1;
    const struct token *after = doc_tok(d, (int64_t)last + 1);
    if (is_joined_name(d, i, last)) {
        last = shape_word_end(d, last + 1);
        *past = last + 1;
        return emit(d, i, last, 0.75F, WHO_UNKNOWN, out);
    }
    if (doc_joined(d, (int64_t)last + 1) && after->kind != TOK_MARK) return OK;
    bool doubtful;
    const uint32_t letters = dotted_class(d, i, last, &doubtful);
    const bool other = letters & W_DOTTED;
    if (letters & W_DEGREE && is_behind_name(d, i)) return OK;
    /* "D.J.D., 22-yr-old man" */
    if (doc_is_mark(d, (int64_t)last + 1, ',') && is_number_of_years(d, (int64_t)last + 2) &&
        shape_starts_sentence(d, i))
        return emit(d, i, last, 0.8F, WHO_PATIENT, out);
    if (is_pair_of_typing(d, i, last, taken) ||
        (!other && is_dated(d, i, taken) && doc_ends_line(d, last)) ||
        (!other && i && cls(d, (int64_t)i - 1) & W_CHECKED && after->kind != TOK_WORD))
        return emit(d, i, last, 0.75F, WHO_CLINICIAN, out);
    int64_t b = (int64_t)i - 1;
    if (doc_is_mark(d, b, ':') || (doc_is_mark(d, b, ',') && cls(d, b - 1) & W_LABEL)) b--;
    uint32_t cue = d->tok[i].flags & TOK_LINE ? 0 : cls(d, b);
    bool ends = after->kind != TOK_WORD || (after->flags & (TOK_LINE | TOK_CAP));
    bool opens = shape_starts_sentence(d, i) || doc_is_mark(d, (int64_t)i - 1, ',');
    int64_t title = (int64_t)last + (after->kind == TOK_MARK && after->hash == ',' ? 2 : 1);
    if (title < (int64_t)d->n && !(d->tok[title].flags & TOK_LINE) && d->tok[title].len > 1 &&
        name_run_is_credential(d, (uint32_t)title)) /* "J.R., RN" */
        return emit(d, i, last, 0.85F, WHO_CLINICIAN, out);
    /* "Verified by M. S.", "seen 04/13 by A. S." */
    bool done_by =
        (cue & W_BY) && (cls(d, b - 1) & W_CHECKED ||
                         (doc_is_word(d, b, VIEW("by")) && doc_tok(d, b - 1)->kind == TOK_NUMBER));
    /* "T: Z. W. / 11/25/2013": who typed it, and when */
    bool typed = cue & W_MARK && b + 1 < (int64_t)i &&
                 (doc_ends_line(d, last) || (doc_is_mark(d, (int64_t)last + 1, '/') &&
                                             doc_tok(d, (int64_t)last + 2)->kind == TOK_NUMBER));
    if ((cue & (W_LABEL | W_SIGNS)) || typed || is_typed(d, i, last) || (done_by && ends) ||
        (!other && ends && ((cue & W_BY) || is_sentence(d, i, last))) ||
        (!other && doc_ends_line(d, last) && is_stroke(d, b)) || is_closing(d, i, last, taken))
        return emit(d, i, last, 0.85F, cue & W_LABEL ? WHO_PATIENT : WHO_CLINICIAN, out);
    /* "w/ J.K.", "met with J.K. and family", "checked (J.K.)", "J.K. 0730" */
    bool brackets = doc_is_mark(d, (int64_t)i - 1, '(') && doc_is_mark(d, (int64_t)last + 1, ')');
    bool timed = d->tok[i].flags & TOK_LINE && after->kind == TOK_NUMBER && after->len == 4;
    bool led =
        cls(d, doc_is_mark(d, b, '/') ? b - 1 : b) & W_LEADS && !(d->tok[i].flags & TOK_LINE);
    if (!other && !doubtful && (brackets || timed || led))
        return emit(d, i, last, 0.75F, WHO_UNKNOWN, out);
    /* "informed C.K. of", "questioned J.K. who", "R.A.'s enzymes" */
    const bool who = !(letters & W_OWNS) && (cls(d, (int64_t)last + 1) & W_WHO ||
                                             (opens && doc_is_mark(d, (int64_t)last + 1, '\'') &&
                                              doc_is_word(d, (int64_t)last + 2, VIEW("s"))));
    if (who || (!other && cue & W_INFORMS)) return emit(d, i, last, 0.75F, WHO_UNKNOWN, out);
    if (goes_on_as_person(d, (int64_t)last + 1, other || !opens))
        return emit(d, i, last, 0.85F, WHO_PATIENT, out);
    return OK;
}

err name_initials_alone(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const struct token *t = &d->tok[i], *next = doc_tok(d, (int64_t)i + 1);
    if (t->flags & (TOK_WIDE | TOK_LINE) || taken[i] || d->shield[i] ||
        !doc_is_mark(d, (int64_t)i - 1, '.') || doc_joined(d, i))
        return OK;
    /* letters that mean something too ("TM", "MP") only where the line ends with them */
    bool known = !name_letters_mean_nothing(d, i);
    if (known && (t->len > 2 || cls(d, i) & W_DOTTED)) return OK;
    const struct token *before = doc_tok(d, (int64_t)i - 2);
    /* "Braden 12. CM", but no item of a list: "2. DM" */
    bool counted = before->kind == TOK_NUMBER && !(before->flags & TOK_LINE) &&
                   doc_tok(d, (int64_t)i - 3)->kind == TOK_WORD;
    bool told = counted || before->flags & TOK_LOWER ||
                (before->kind == TOK_MARK && (before->hash == ')' || before->hash == '%'));
    /* the next sentence begins: "… well. RM The patient" */
    bool begins = next->kind == TOK_WORD && next->flags & TOK_CAP && !doc_joined(d, (int64_t)i + 1);
    bool begins_plainly =
        begins && doc_bits(d, (int64_t)i + 1) & LEX(FUNCTION) && !(next->flags & TOK_UPPER);
    bool clock = next->kind == TOK_NUMBER && next->len == 4 && next->hash < 1900;
    bool ends =
        doc_ends_line(d, i) || begins_plainly || (!known && (clock || (begins && next->len > 3)));
    return told && ends ? emit(d, i, i, known ? 0.7F : 0.75F, WHO_CLINICIAN, out) : OK;
}

/* "Ayesha R. was informed": a given name and the letter i of a family name, of whom more is said. */
static err shortened(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(TITLE) |
                           LEX(CLINICIAN) | LEX(ORG_HEAD) | LEX(STREET_TYPE) | LEX(MONTH);
    const uint32_t given = i - 1, after = i + 2;
    if (i == 0 || taken[given] || taken[i] || d->shield[given] || d->tok[i].flags & TOK_LINE ||
        !(d->tok[i].flags & TOK_SPACE) || shape_of(d, given) != SHAPE_TITLE)
        return OK;
    const struct lex_info *l = d->lex[given];
    const struct token *t = doc_tok(d, after);
    if (l->bits && (l->bits & other || l->given < 2 || l->given <= l->word)) return OK;
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || t->flags & TOK_LINE) return OK;
    if (!(cls(d, after) & (W_BE | W_SAYS)) && !(doc_bits(d, after) & LEX(PERSON_VERB))) return OK;
    return emit(d, given, i + 1, 0.85F, WHO_PATIENT, out);
}

/* "R. Ayanwale was informed": the letter i and a family name, of whom is said what is said of people only. */
static err lettered(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(TITLE) |
                           LEX(CLINICIAN) | LEX(ORG_HEAD) | LEX(STREET_TYPE) | LEX(MONTH);
    const uint32_t family = i + 2;
    if (family >= d->n || taken[i] || d->shield[family] || doc_joined(d, family) ||
        d->tok[family].flags & TOK_LINE || shape_of(d, family) != SHAPE_TITLE ||
        shape_is_class_letter(d, i))
        return OK;
    const struct token *before = doc_tok(d, (int64_t)i - 1);
    if (!shape_starts_sentence(d, i) && !(before->flags & TOK_LOWER)) return OK;
    const struct lex_info *l = d->lex[family];
    if (l->bits && (l->bits & other || l->surname < 2)) return OK; /* "T. Do was told" is one */
    const uint32_t last = shape_word_end(d, family);
    if (!goes_on_as_person(d, (int64_t)last + 1, true)) return OK;
    return emit(d, i, last, 0.85F, WHO_UNKNOWN, out);
}

/* A number of what was measured at token i, and neither the day nor the hour when somebody signed. */
static bool is_value(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i), *next = doc_tok(d, (int64_t)i + 1);
    if (t->kind != TOK_NUMBER || t->flags & TOK_LINE || t->len > 3) return false;
    if (!doc_joined(d, i + 1) || next->kind != TOK_MARK) return true;
    if (next->hash == '/') /* "98/50", no "3/14" */
        return doc_tok(d, (int64_t)i + 2)->kind == TOK_NUMBER && t->hash > 31;
    return next->hash != ':' && next->hash != '-';
}

/* "Tech: TM", "Patient initials: AB." after the mark m. */
static err signed_by(const struct doc *d, uint32_t m, const uint8_t *taken, struct findings *out)
{
    uint32_t i = m + 1;
    if (m == 0 || i >= d->n || !is_short_word(d, i) || !(d->tok[i].flags & TOK_UPPER) ||
        d->tok[i].flags & TOK_LINE || taken[i])
        return OK;
    const uint32_t of = cls(d, (int64_t)m - 1);
    /* "Surgeon: JK", "Patient: KL", "D: JWK": letters that mean nothing */
    bool asks = (of & (W_LABEL | W_BY | W_MARK) ||
                 doc_bits(d, (int64_t)m - 1) & (LEX(CLINICIAN) | LEX(NAME_CUE))) &&
                name_letters_mean_nothing(d, i) && doc_ends_line(d, i);
    if (!(of & W_SIGNS) && !asks) return OK;
    bool told = of & W_LABEL, role = of & W_ROLE;
    bool more = doc_tok(d, i + 1)->kind == TOK_WORD && !doc_ends_line(d, i);
    more |= is_value(d, i + 1); /* "Nurse: BP 98/50", "Pharm: AUC 480" */
    if (!told && ((d->lex[i]->bits & LEX(ABBREVIATION) && (!role || d->tok[i].len > 2)) || more))
        return OK; /* "Tech: CT without contrast" */
    return emit(d, i, i, 0.8F, told ? WHO_PATIENT : WHO_CLINICIAN, out);
}

/* "Reviewed 03/12/2004 DD." after the number at token i: who did it that day. */
static err after_day(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    uint32_t at = i + 1;
    if (doc_is_word(d, at, VIEW("am")) || doc_is_word(d, at, VIEW("pm"))) return OK; /* 12:47 PM */
    if (at >= d->n || !is_short_word(d, at) || !(d->tok[at].flags & TOK_UPPER) || taken[at] ||
        doc_joined(d, at) || (d->tok[at].flags & TOK_LINE))
        return OK;
    const struct token *after = doc_tok(d, (int64_t)at + 1);
    bool ends = doc_ends_line(d, at) || (after->kind == TOK_MARK && after->hash == '.') ||
                (after->kind == TOK_WORD && (after->flags & TOK_CAP) && after->len > 3);
    if (!ends) return OK;
    for (uint32_t j = i, n = 0; j > 0 && n < 8 && !(d->tok[j].flags & TOK_LINE); n++)
        if (cls(d, --j) & W_CHECKED) return emit(d, at, at, 0.8F, WHO_CLINICIAN, out);
    return OK;
}

/* "Transcribed by: dlauterheim", "Login: xia.liu67" after the mark m: one word in small letters that is none. */
static err typed_by(const struct doc *d, uint32_t m, const uint8_t *taken, struct findings *out)
{
    int64_t cue = (int64_t)m - 1;
    uint32_t i = m + 1, last = i;
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || t->flags & TOK_LINE || taken[i] ||
        d->shield[i])
        return OK;
    if (cls(d, cue) & W_BY) cue--;
    if (!(cls(d, cue) & W_TYPED)) return OK;
    bool is_joined = false;
    while (last + 2 < d->n && doc_joined(d, last + 1) && d->tok[last + 1].kind != TOK_WORD &&
           (d->tok[last + 1].kind == TOK_NUMBER ||
            (doc_joined(d, last + 2) && d->tok[last + 2].kind == TOK_WORD))) {
        is_joined = true;
        last += d->tok[last + 1].kind == TOK_NUMBER ? 1 : 2;
    }
    if (last + 1 < d->n && doc_joined(d, last + 1) && d->tok[last + 1].kind == TOK_NUMBER) last++;
    bool ends = doc_ends_line(d, last) || d->tok[last + 1].kind == TOK_MARK;
    if (!ends || (!is_joined && last == i && (d->lex[i]->bits & LEX(WORD)) && d->lex[i]->word > 1))
        return OK;
    return findings_add(out, doc_finding(d, i, last, LABEL_ID, RULE_ID_CUE, 0.85F));
}

err name_initials(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                  struct findings *out)
{
    err e = OK;
    const view text = d->text;
    for (uint32_t k = 0; k < d->marks.n; k++) {
        const uint32_t m = d->marks.v[k];
        const struct token *next = doc_tok(d, (int64_t)m + 1);
        const uint64_t c = d->tok[m].hash;
        if (!(next->flags & (TOK_UPPER | TOK_LOWER))) continue; /* "PLAN: The", "3/4" */
        if (next->len - 2U < 2U) {
            if (c == '/' || c == ':') TRY(typists(d, m, taken, out));
            if (next->flags & TOK_LOWER) TRY(name_signs_small(d, m + 1, taken, out));
            if (c == ':') TRY(signed_by(d, m, taken, out));
        }
        if (c == ':' && next->flags & TOK_LOWER) TRY(typed_by(d, m, taken, out));
    }
    for (uint32_t k = 0; k < s->numbers.n; k++) {
        if (!(s->numbers.v[k].rules & NAME_SPOT_LETTERS)) continue;
        const uint32_t i = s->numbers.v[k].at, next = i + 1;
        TRY(after_day(d, i, taken, out));
        if (name_may_sign_small(d, next)) TRY(name_signs_small(d, next, taken, out));
    }
    uint32_t past = 0;
    for (uint32_t k = 0; k < d->letter_dots.n; k++) {
        uint32_t i = d->letter_dots.v[k] - 1;
        if (i < past || !is_letter(d, i)) continue;
        TRY(shortened(d, i, taken, out));
        TRY(lettered(d, i, taken, out));
        size_t dot = d->tok[i + 1].start;
        size_t next = dot + 1 + (dot + 1 < text.n && text.p[dot + 1] == ' ');
        bool more = next + 1 < text.n && text.p[next] >= 'A' && text.p[next] <= 'Z' &&
                    text.p[next + 1] == '.';
        if (more) TRY(dotted(d, i, taken, out, &past));
    }
out:
    return e;
}
