#include "detect/name_signs.h"

#include "detect/name_initials.h"
#include "detect/name_run.h"
#include "detect/name_signs_placed.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    S_BY = 1,        /* an actor follows */
    S_PER = 2,       /* the same, without a verb before it */
    S_PARTNER = 4,   /* with, to: after a verb of S_SHARES */
    S_SHARES = 8,    /* what is done with a colleague */
    S_DONE = 16,     /* what is signed for: initials may follow straight */
    S_DOES = 32,     /* after the initials: only persons are or do so */
    S_WHO = 64,      /* patient, client: initials may follow */
    S_GOES_ON = 128, /* after an actor: and, at, x2, on */
    S_INITIALS = 256,
    S_SIGNS =
        512, /* what persons alone do, with their initials: after it an abbreviation is none */
    S_SAYS = 2048,     /* what only a person does, whatever the letters may mean else */
    S_DONE_TO = 16384, /* is done to persons alone */
    S_ROLE = 32768,    /* nurse, tech, thanks: whose initials follow straight */
    S_TELLS = 4096,    /* told, asked: a person follows */
    S_KIN = 8192,      /* after "JK's": whose */
    S_OTHER = 1024, /* services, professions, tests, ways to give: who or what it may be done by */
};
static const struct wordset_row rows[] = {
    { "by", S_BY },
    { "per", S_PER },
    { "with to w from", S_PARTNER },
    { "discussed reviewed verified verify confirmed counted checked spoke spoken talked report "
      "reported given handoff handed endorsed signout conferred consulted staffed paged passed "
      "witnessed wasted conversation called d s",
      S_SHARES },
    { "seen drawn collected given done read checked entered charted verified administered reviewed "
      "witnessed cosigned signed initialed obtained placed removed taken completed performed "
      "received relieved written recorded documented transcribed dictated prepared dispensed "
      "back called updated assessed changed assisted inserted started hung noted",
      S_DONE },
    { "check witness", S_DONE },
    { "notified aware paged informed updated agrees agreed concurs present assisting assisted "
      "assessed reassessed responded arrived covering contacted phoned",
      S_DOES },
    { "patient pt client resident child mother father son daughter husband wife mom dad sister "
      "brother student participant subject",
      S_WHO },
    { "and at on to of that x rn md lpn np pa rph do cna at per via in who", S_GOES_ON },
    { "initials inits init initialled", S_INITIALS },
    { "nurse rn lpn cna tech technician aide scrub circulator resident attending provider surgeon "
      "scribe "
      "author editor chaperone verifier proctor sig signature witness sitter interpreter "
      "dispatcher phlebotomist hi hello hey dear thanks "
      "thx "
      "regards attn",
      S_ROLE },
    { "denies endorses states stated complains complained feels wishes understands verbalizes "
      "verbalized reported denied endorsed declined refuses refused",
      S_SAYS },
    { "seen admitted discharged brought told asked born referred counseled evaluated hospitalized "
      "advised accompanied",
      S_DONE_TO },
    { "told asked tell ask remind reminded thank call notify see notified informed paged contacted",
      S_TELLS },
    { "mother father mom dad parents family wife husband son daughter sister brother mood speech "
      "behavior teacher school pain affect progress room care symptoms chart",
      S_KIN },
    { "cosigned signed initialed witnessed transcribed dictated entered charted drawn collected "
      "administered relieved verified checked wasted counted witness",
      S_SIGNS },
    { "rn md lpn np pa cna ma do pt ot st rt rd sw cm ed er or ir gi gu id icu ccu ob gyn ent ems "
      "pcp "
      "crna rph dpm phd dds dmd msw us ct mri mra kub cxr ekg ecg eeg emg lp iv im po sq sc ng ngt "
      "og peg pcr hx ua tte tee egd pca pcn vs mom dad dr rtw pmd ho mo so rrt cta vac abg vbg poc "
      "lab "
      "fna tm nst bpp flu rsv uri uti dnr dni cpr acls ems hipaa xyz abc xxx abg nm pet mar emr "
      "ehr "
      "tpa icd cpap pod pac svc omt who cdc fda ema aha acr asa aap acg aga aan aua eau esc ash "
      "apn anp fnp msn bsn ii iii vii viii "
      "hd pd mgm mgf pgm pgf fob mob crt cvl aed ett dvt pe chf mi esr crp inr ptt tsh bmp cmp cbc "
      "wbc rbc hgb hct plt lmp",
      S_OTHER },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

bool name_signs_is_other(const struct doc *d, int64_t i)
{
    return cls(d, i) & S_OTHER;
}

/* "cosigned by TM", "drawn by BW": the verb stands for a person. */
SELDOM static bool is_signed_for(const struct doc *d, uint32_t i)
{
    int64_t b = (int64_t)i - 1;
    if (doc_is_mark(d, b, ':')) b--;
    if (cls(d, b) & S_BY || doc_is_word(d, b, VIEW("with"))) b--;
    return (cls(d, b) & S_SIGNS) || cls(d, (int64_t)i - 1) & S_INITIALS;
}

/* Nothing after it that they could be an abbreviation before: "per KLM guidelines". */
SELDOM static bool ends_phrase(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, (int64_t)i + 1);
    if (doc_ends_line(d, i)) return true;
    if (t->kind == TOK_NUMBER) return !doc_joined(d, i + 1);
    if (t->kind == TOK_WORD)
        return (cls(d, i + 1) & S_GOES_ON) || (t->flags & TOK_CAP && t->flags & TOK_UPPER);
    return t->hash == '.' || t->hash == ',' || t->hash == ';' || t->hash == ')' || t->hash == '@';
}

/* "chaperoned", "triaged" */
SELDOM static bool is_participle(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len < 5) return false;
    view end = view_sub(d->text, token_end(t) - 2, token_end(t));
    return view_eq_nocase(end, VIEW("ed"));
}

/* "seen by", "per", "d/w", "report given to", "cosigned", "2nd check:" before token i. */
static bool is_led(const struct doc *d, uint32_t i)
{
    int64_t b = (int64_t)i - 1;
    if (d->tok[i].flags & TOK_LINE || doc_joined(d, i)) {
        bool slash = doc_is_mark(d, b, '/') && doc_joined(d, b) && !(d->tok[i].flags & TOK_LINE);
        if (!slash) return false;
    }
    if (doc_is_mark(d, b, ':') || (doc_is_mark(d, b, ',') && cls(d, b - 1) & S_ROLE)) b--;
    if (doc_is_mark(d, b, '/')) b--; /* "w/ TG" */
    const uint32_t c = cls(d, b);
    if (!c) return false;
    if (c & (S_PER | S_INITIALS)) return true;
    if (c & S_BY) return cls(d, b - 1) & S_DONE || is_participle(d, b - 1);
    if (c & S_ROLE && !doc_is_mark(d, (int64_t)i - 1, ':')) return true;
    if (c & S_TELLS && !doc_is_mark(d, (int64_t)i - 1, ':'))
        return doc_tok(d, b)->flags & TOK_LOWER;
    if (c & S_PARTNER) {
        if (doc_is_mark(d, b - 1, '/')) return cls(d, b - 2) & S_SHARES; /* d/w, s/w */
        return cls(d, b - 1) & S_SHARES && doc_tok(d, b - 1)->len > 1;
    }
    const struct token *before = doc_tok(d, b - 1);
    bool paired = before->kind == TOK_MARK && before->hash == '-'; /* co-signed */
    view w = before->kind == TOK_WORD ? doc_view(d, (uint32_t)b - 1, (uint32_t)b - 1) : VIEW("");
    paired |= view_eq_nocase(w, VIEW("double")) || view_eq_nocase(w, VIEW("second")) ||
              view_eq_nocase(w, VIEW("nd"));
    return c & S_DONE && (paired || doc_is_mark(d, (int64_t)i - 1, ':') ||
                          view_eq_nocase(doc_view(d, (uint32_t)b, (uint32_t)b), VIEW("cosigned")) ||
                          view_eq_nocase(doc_view(d, (uint32_t)b, (uint32_t)b), VIEW("witness")));
}

/* "KM notified" where a sentence begins; "JKW, RN". */
static bool is_person(const struct doc *d, uint32_t i)
{
    int64_t next = (int64_t)i + 1;
    const struct token *t = doc_tok(d, next);
    bool opens = shape_starts_sentence(d, i);
    if (doc_ends_line(d, i)) return false;
    const int64_t title = doc_is_mark(d, next, ',') ? next + 1 : next; /* "JKW, RN", "JKW RN" */
    const struct token *c = doc_tok(d, title);
    if (c->kind == TOK_WORD && c->flags & TOK_UPPER && c->len >= 2 && c->len <= 3 &&
        !(c->flags & TOK_LINE) && name_run_is_credential(d, (uint32_t)title))
        return doc_ends_line(d, title) || doc_is_mark(d, title + 1, '.') ||
               (title > next && doc_tok(d, title + 1)->flags & TOK_LOWER); /* "KW, RN at bedside" */
    if (t->kind == TOK_MARK && t->hash == ',') return false;
    if (t->kind == TOK_MARK && t->hash == '\'' && doc_joined(d, next)) /* "JK's mother" */
        return doc_is_word(d, next + 1, VIEW("s")) && cls(d, next + 2) & S_KIN;
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER)) return false;
    if (opens && cls(d, next) & (S_DOES | S_SAYS)) return true;
    /* "JK reports sleeping better", "TW was seen" */
    if (opens && doc_bits(d, next) & LEX(PERSON_VERB) && d->tok[i].len == 2 &&
        !(doc_bits(d, next) & LEX(FUNCTION)))
        return true;
    if (opens && (doc_is_word(d, next, VIEW("is")) || doc_is_word(d, next, VIEW("was")))) {
        if (cls(d, next + 1) & S_DONE_TO) return true;
        int64_t age = doc_is_word(d, next + 1, VIEW("a")) || doc_is_word(d, next + 1, VIEW("an"))
                          ? next + 2
                          : next + 1;
        return doc_tok(d, age)->kind == TOK_NUMBER &&
               (doc_bits(d, age + 1) & LEX(CUE_AGE) || doc_is_mark(d, age + 1, '-'));
    }
    return cls(d, (int64_t)i - 1) & S_WHO && !(d->tok[i].flags & TOK_LINE) &&
           doc_bits(d, next) & (LEX(PERSON_VERB) | LEX(FUNCTION));
}

/* "enzyme immuno assay (EIA)": the words before the bracket at m begin with these letters. */
static bool is_spelled_out(const struct doc *d, uint32_t i, int64_t m)
{
    enum { REACH = 8 };
    char first = ascii_lower(d->text.p[d->tok[i].start]);
    for (int64_t k = m - 1; k >= 0 && k >= m - REACH; k--) {
        const struct token *t = doc_tok(d, k);
        if (t->kind == TOK_WORD && ascii_lower(d->text.p[t->start]) == first) return true;
        if (d->tok[k].flags & TOK_LINE) break;
    }
    return false;
}

/* "-JKT", "— JW", "/JKT", "(JKV)" behind a sentence, at the end of its line. */
static bool is_signature(const struct doc *d, uint32_t i)
{
    int64_t m = (int64_t)i - 1;
    const struct token *mark = doc_tok(d, m);
    bool brackets = doc_is_mark(d, m, '(') && doc_is_mark(d, (int64_t)i + 1, ')');
    bool stroke = mark->kind == TOK_MARK && (mark->hash == '-' || mark->hash == 0x2013 ||
                                             mark->hash == 0x2014 || mark->hash == '/');
    int64_t last = (int64_t)i + brackets;
    if (brackets && doc_is_mark(d, last + 1, '.') && !doc_ends_line(d, last)) last++;
    if ((!brackets && !stroke) || !doc_ends_line(d, last)) return false;
    if (brackets && m > 0 && !(d->lex[i]->bits & LEX(MEDICAL)) && !is_spelled_out(d, i, m))
        return true;
    if (m < 0 || d->tok[i].flags & TOK_LINE) return false;
    if (mark->hash == '/' && doc_is_word(d, m - 1, VIEW("s")) && doc_is_mark(d, m - 2, '/'))
        return true; /* "/s/ JK" */
    if (mark->flags & TOK_LINE) return mark->hash == '/' || mark->hash >= 0x2013;
    const struct token *before = doc_tok(d, m - 1);
    return mark->flags & TOK_SPACE && before->kind == TOK_MARK &&
           (before->hash == '.' || before->hash == '%' || before->hash == ';' ||
            before->hash == '!');
}

/* "sponge count correct JKW/MBR": two who sign together, at the line's end; token m is the stroke. */
static bool is_pair(const struct doc *d, int64_t m)
{
    uint32_t left = (uint32_t)m - 1, right = (uint32_t)m + 1;
    if (m < 1 || !doc_is_mark(d, m, '/') || !doc_joined(d, m) || !doc_joined(d, m + 1))
        return false;
    for (uint32_t i = left; i <= right; i += 2) {
        const struct token *t = &d->tok[i];
        if (t->kind != TOK_WORD || t->len < 2 || t->len > 3 || !(t->flags & TOK_UPPER) ||
            !name_letters_mean_nothing(d, i) || cls(d, i) & S_OTHER ||
            d->lex[i]->bits & LEX(MEDICAL))
            return false;
    }
    return !doc_joined(d, left) && (doc_ends_line(d, right) || doc_is_mark(d, m + 2, '.'));
}

/* Behind a word on its line: nothing begins there. */
static bool is_amid_words(const struct doc *d, uint32_t i)
{
    return i && d->tok[i - 1].kind == TOK_WORD && !(d->tok[i].flags & TOK_LINE);
}

/* `known`: the letters mean something too. */
static err look(const struct doc *d, uint32_t i, const uint8_t *taken, bool known,
                struct findings *out)
{
    bool led = is_led(d, i) && ends_phrase(d, i);
    bool says = shape_starts_sentence(d, i) && cls(d, (int64_t)i + 1) & S_SAYS &&
                doc_tok(d, (int64_t)i + 1)->flags & TOK_LOWER &&
                !doc_is_word(d, i, VIEW("ae")); /* an adverse event is reported */
    bool found = known ? (led && is_signed_for(d, i)) || says
                       : led || is_signature(d, i) || is_person(d, i) ||
                             is_pair(d, (int64_t)i + 1) || is_pair(d, (int64_t)i - 1);
    if (!found && !name_signs_placed(d, i, taken, known)) return OK;
    return doc_add_name(d, i, i, RULE_NAME_INITIALS, 0.75F,
                        cls(d, (int64_t)i - 1) & S_WHO ? WHO_PATIENT : WHO_CLINICIAN, out);
}

err name_signs(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    if (d->shield[i] || taken[i] || d->tok[i].flags & TOK_WIDE || cls(d, i) & S_OTHER) return OK;
    const bool known = !name_letters_mean_nothing(d, i);
    /* most of them */
    if (known && is_amid_words(d, i) && !cls(d, (int64_t)i - 1) &&
        !name_signs_placed(d, i, taken, known))
        return OK;
    return look(d, i, taken, known, out);
}
