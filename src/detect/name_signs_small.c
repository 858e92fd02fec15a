#include "detect/name_signs_small.h"

#include "detect/name_initials.h"
#include "detect/name_run.h"
#include "detect/number_row.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    M_BY = 1,
    M_DONE = 2,   /* what is signed for, and does not end in "ed" */
    M_INIT = 4,   /* initials follow, whatever they mean else */
    M_WHO = 8,    /* who signs: initials may follow straight */
    M_STAFF = 16, /* whose initials follow in brackets */
    M_OTHER = 32, /* no person */
    M_TITLE = 64,
    M_PATIENT = 128,
    M_CREDENTIAL = 256,
};
static const struct wordset_row rows[] = {
    { "by", M_BY },
    { "seen drawn redrawn done given read taken written hung put photos pics images shown began "
      "held sent kept left tag d",
      M_DONE },
    { "init inits initials", M_INIT },
    { "wit witness scribe cosign cosigned recorder typist abstractor dict dictated trans typed "
      "transcribed listener verifier checker",
      M_WHO },
    { "nsg nursing rn lpn nurse attg attending pharm pharmacist md resident intern tech aide pct "
      "cna "
      "sw np pa charge",
      M_STAFF },
    { "est cst mst pst edt cdt mdt pdt gmt utc bst hrs hr ngt gt gtt gtts peg vm bvm nc trach pca "
      "mdi "
      "neb nebs hhn svn ivp ivpb ems tx rx dx hx sx fx pt pts ot st rt np pa md rn mom dad bro sis "
      "bf "
      "gf mob fob fam dtr wc xr ct mr us ua bm bs bp hr rr ra nkda npo po iv im sq sl pr prn bid "
      "tid "
      "qd qid qhs ac pc hs mg ml cc mcg kg lb cm mm yo yr mo wk wks min mins sec ok na ne pos neg "
      "wnl "
      "nad ekg ecg fax tel ph ext st nd rd th am pm noc amt qty bx ed er or icu ccu pacu snf ltc",
      M_OTHER },
    { "mr mrs ms miss mx", M_TITLE },
    { "pt patient client resident", M_PATIENT },
    { "rn lpn lvn cna md np crna rph", M_CREDENTIAL },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* Nothing but a mark, a number or a line's end behind it. */
static bool ends(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    if (doc_ends_line(d, i)) return true;
    if (t->kind == TOK_NUMBER) return !doc_joined(d, i + 1);
    return t->kind == TOK_MARK && t->hash < 0x80 && strchr(".,;)", (int)t->hash) &&
           !doc_joined(d, i + 2);
}

/* "changed by mwt", "tag'd by jo" */
SELDOM static bool is_done_by(const struct doc *d, int64_t i)
{
    const struct token *verb = doc_tok(d, i - 2);
    if (!(cls(d, i - 1) & M_BY) || verb->kind != TOK_WORD || !ends(d, i)) return false;
    if (cls(d, i - 2) & M_DONE) return true;
    const view end = view_sub(d->text, token_end(verb) - MIN(verb->len, 2U), token_end(verb));
    return verb->len >= 5 && view_eq_nocase(end, VIEW("ed"));
}

/* "TR band off 1410 lz" */
SELDOM static bool is_after_clock(const struct doc *d, int64_t i)
{
    const struct token *clock = doc_tok(d, i - 1);
    return clock->kind == TOK_NUMBER && number_is_clock(clock) && !doc_joined(d, i) &&
           !(clock->flags & TOK_LINE) && !doc_joined(d, i - 1) && doc_ends_line(d, i) &&
           !(d->shield[i - 1] & SHIELD_MEASURE);
}

/* "pt expired. js", "read back ok /jlw" */
SELDOM static bool is_at_end(const struct doc *d, int64_t i)
{
    const struct token *mark = doc_tok(d, i - 1), *before = doc_tok(d, i - 2);
    if (!doc_ends_line(d, i) || mark->kind != TOK_MARK || d->tok[i].flags & TOK_LINE) return false;
    if (mark->hash == '/') return mark->flags & TOK_SPACE && doc_joined(d, i);
    const bool told = (before->kind == TOK_WORD && before->flags & TOK_LOWER && before->len > 2) ||
                      (before->kind == TOK_MARK && (before->hash == ')' || before->hash == '%'));
    return mark->hash == '.' && !doc_joined(d, i) && told && !(before->flags & TOK_LINE);
}

/* "init: cp", "wit jmh", "dict/abk", "nsg (cg)" */
SELDOM static bool is_told(const struct doc *d, int64_t i)
{
    const struct token *mark = doc_tok(d, i - 1);
    if (d->tok[i].flags & TOK_LINE) return false;
    if (mark->kind == TOK_WORD)
        return cls(d, i - 1) & M_INIT || (cls(d, i - 1) & M_WHO && ends(d, i));
    if (mark->hash == ':' || mark->hash == '/')
        return cls(d, i - 2) & (M_INIT | M_WHO) &&
               (ends(d, i) || cls(d, i + 1) & M_WHO); /* dict/abk trans/pq */
    return mark->hash == '(' && cls(d, i - 2) & M_STAFF && doc_is_mark(d, i + 1, ')');
}

/* "gk rn", "gw rn 0412" */
SELDOM static bool has_credential(const struct doc *d, int64_t i)
{
    return cls(d, i + 1) & M_CREDENTIAL && !(d->tok[i + 1].flags & TOK_LINE) && ends(d, i + 1) &&
           d->tok[i + 1].flags & TOK_LOWER;
}

SELDOM static err emit(const struct doc *d, uint32_t i, enum finding_role role,
                       struct findings *out)
{
    return doc_add_name(d, i, i, RULE_NAME_INITIALS, 0.7F, role, out);
}

err name_signs_small(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const struct token *t = &d->tok[i];
    if (t->kind != TOK_WORD || t->len < 2 || t->len > 3 || !(t->flags & TOK_LOWER) ||
        t->flags & TOK_WIDE || i == 0)
        return OK;
    if (taken[i] || d->shield[i] || cls(d, i) || !name_letters_mean_nothing(d, i)) return OK;
    const int64_t at = i;
    if (!is_done_by(d, at) && !is_after_clock(d, at) && !is_at_end(d, at) && !is_told(d, at) &&
        !has_credential(d, at))
        return OK;
    return emit(d, i, WHO_CLINICIAN, out);
}

err name_titled_letter(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const struct token *title = &d->tok[i];
    if (!(cls(d, i) & M_TITLE) || title->flags & TOK_UPPER || !(title->flags & TOK_CAP)) return OK;
    const uint32_t at = i + (doc_is_mark(d, (int64_t)i + 1, '.') ? 2 : 1);
    const struct token *t = doc_tok(d, at), *next = doc_tok(d, (int64_t)at + 1);
    if (at >= d->n || t->kind != TOK_WORD || t->len != 1 || !(t->flags & TOK_CAP) || taken[at] ||
        t->flags & TOK_LINE || !(t->flags & TOK_SPACE))
        return OK;
    if (doc_joined(d, (int64_t)at + 1) && (next->kind != TOK_MARK || next->hash == '/')) return OK;
    return emit(d, at, WHO_PATIENT, out);
}

/* "41M", "66 F", "41 y/o", "41," from token i. */
SELDOM static bool is_age(const struct doc *d, int64_t i, bool comma)
{
    const struct token *n = doc_tok(d, i), *sex = doc_tok(d, i + 1);
    if (n->kind != TOK_NUMBER || n->len > 3 || n->hash > 110 || n->flags & TOK_LINE) return false;
    if (sex->kind == TOK_WORD && sex->len == 1 && sex->flags & TOK_UPPER && doc_joined(d, i + 1) &&
        !doc_joined(d, i + 2)) {
        const char c = d->text.p[sex->start];
        return c == 'M' || c == 'F';
    }
    if (comma && sex->kind == TOK_WORD && sex->len == 1 && doc_is_mark(d, i + 2, ',')) /* 48 F, */
        return sex->flags & TOK_UPPER && strchr("MF", d->text.p[sex->start]);
    if (sex->kind == TOK_WORD) return doc_bits(d, i + 1) & LEX(CUE_AGE);
    return comma && sex->hash == ',';
}

/* "34-year-old", "34 year old" from token i: of a person, whatever the letters before it mean. */
SELDOM static bool is_in_words(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i);
    if (n->kind != TOK_NUMBER || n->len > 3 || n->hash > 110 || n->flags & TOK_LINE) return false;
    return doc_bits(d, doc_is_mark(d, i + 1, '-') ? i + 2 : i + 1) & LEX(CUE_AGE);
}

/* "58F rm 6", "71M onset 8/4": an age with what only a patient's row has, and no catheter or temperature. */
SELDOM static bool is_in_row(const struct doc *d, int64_t i)
{
    static const struct wordset_row row[] = {
        { "rm room bed onset admitted admit adm pod dob mrn wk week gestation hospital", 1 },
        { "ng og ct jp fc gt evd ax tm hd", 2 }, /* "CT 28F pod 2": a tube, a temperature */
    };
    static struct wordset beside = WORDSET(row);
    const struct wordset *set = wordset_ready(&beside);
    const int64_t letters = doc_is_mark(d, i - 1, ',') ? i - 2 : i - 1;
    return wordset_class(set, doc_tok(d, i + 2)) == 1 &&
           wordset_class(set, doc_tok(d, letters)) != 2;
}

/* Capitals at token i behind a word of the classes `led`, with a number or comma behind them or not. */
static err aged(const struct doc *d, uint32_t i, uint32_t led, struct findings *out)
{
    const uint64_t other =
        LEX(ABBREVIATION) | LEX(UNIT) | LEX(DRUG) | LEX(FUNCTION) | LEX(ORG_NAME);
    const struct token *t = &d->tok[i], *before = doc_tok(d, (int64_t)i - 1),
                       *next = doc_tok(d, (int64_t)i + 1);
    const bool comma = next->kind == TOK_MARK && next->hash == ',';
    if (led & M_PATIENT && !(d->lex[i]->bits & other)) {
        const bool owns = doc_is_mark(d, (int64_t)i + 1, '\'') && doc_joined(d, (int64_t)i + 1) &&
                          doc_is_word(d, (int64_t)i + 2, VIEW("s"));
        if (owns || (comma && is_age(d, (int64_t)i + 2, true))) return emit(d, i, WHO_PATIENT, out);
    }
    /* "initials RQT rand 12" */
    if (led & M_INIT && next->kind != TOK_NUMBER) return emit(d, i, WHO_UNKNOWN, out);
    if (next->kind != TOK_NUMBER && !comma) return OK;
    const bool numbered = doc_is_mark(d, (int64_t)i - 1, '.') && i > 1 &&
                          d->tok[i - 2].kind == TOK_NUMBER && doc_opens_line(d, (int64_t)i - 2);
    const bool opens = t->flags & TOK_LINE || !i || numbered ||
                       (before->kind == TOK_MARK && (before->hash == ';' || before->hash == ':'));
    if (opens && comma &&
        (is_in_words(d, (int64_t)i + 2) || (numbered && is_age(d, (int64_t)i + 2, true))))
        return emit(d, i, WHO_PATIENT, out);
    if (opens && is_age(d, (int64_t)i + 1 + comma, false) &&
        (name_letters_mean_nothing(d, i) || is_in_row(d, (int64_t)i + 1 + comma)))
        return emit(d, i, WHO_PATIENT, out);
    return OK;
}

err name_signs_aged(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const struct token *t = &d->tok[i], *next = doc_tok(d, (int64_t)i + 1);
    const uint32_t led = i && !(t->flags & TOK_LINE) ? cls(d, (int64_t)i - 1) : 0;
    const bool told = led & (M_PATIENT | M_INIT) || next->kind == TOK_NUMBER ||
                      (next->kind == TOK_MARK && next->hash == ',');
    if (!told || taken[i] || d->shield[i] || t->flags & TOK_WIDE) return OK;
    return aged(d, i, led, out);
}
