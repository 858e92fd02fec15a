/* organization_frame.c — names of any words where nothing but an organisation stands.
 *
 *     Employer: Peterbilt     works Maytag, smokes     barista (Cobalt Bean, Zelby)     INTAKE - Sorvik House
 *     paperwork for Peterbilt faxed     transferred in from Sorvik Spine     Client: Zelby Fork Regional
 *
 * A field, or "works" before a capital, takes any name but an answer of another kind ("Employer: None"). A frame
 * that a person or a service may fill as well asks for a word at the end that names of houses end in, and one
 * before it that tells. */
#include "detect/organization_inside.h"
#include "detect/place.h"
#include "detect/wordset.h"
#include "detect/workplace.h"

enum { WORDS_MAX = 6, REACH = 3, TITLE_REACH = 4 };
enum {
    W_FIELD = 1,  /* before a colon: who employs, supplies, teaches */
    W_PAPER = 2,  /* … for */
    W_SENT = 4,   /* … from, to, by */
    W_NONE = 8,   /* an answer of another kind */
    W_TAIL = 16,  /* names of houses end so, beside the words of the lexicon */
    W_OPENS = 32, /* a heading's first word, before a dash */
    W_PREP = 64,
    W_CLIENT = 128,  /* before a colon: a person or a house */
    W_HOUSE = 256,   /* right before the name */
    W_THE = 1024,    /* "The Ada Roe Unit" */
    W_DWELLS = 2048, /* … at: a house that is somebody's home */
    W_LEAD = 4096,   /* what a house is, before its name: "Iglesia Roca Fuerte" */
    W_SHIP = 8192,   /* before a ship's name */
    W_GONE = 16384,  /* … where somebody is, or the first of a house's name */
    W_AT = 512       /* between a house and its name: "The Terrace at Sorvik" */
};
static const struct wordset_row rows[] = {
    { "employer employers workplace pharmacy agency company supplier dme vendor daycare preschool "
      "school facility emp work job gym nursery campus",
      W_FIELD },
    { "client provider sending receiving referring from to hospital clinic practice site shelter "
      "church hospice snf transport pharm pcp lab location attends attended attend",
      W_CLIENT },
    { "paperwork form forms letter fmla note papers disability excuse clearance", W_PAPER },
    { "transferred transfer transfers accepted sent flown referred transported airlifted records "
      "supplied delivered discharged return returned returns returning admitted brought shipped "
      "faxed report remanded hosp appt appointment incarcerated xfer seen evaluated followed tag "
      "slides rented loaner wheelchair walker resident",
      W_SENT },
    { "none unknown retired self unemployed disabled student homemaker not see same yes no denies "
      "declined pending other private home local grade working currently former part full never "
      "various per call please preferred different any none own day week month year new patient "
      "nights days evenings weekends mornings overtime remotely hard well pt use send current "
      "outside general public high middle elementary mail retail",
      W_NONE },
    { "hmp hotel motel orphanage dest destination prealert convent monastery campground", W_HOUSE },
    { "spine surgery middle high lutheran regional health village nephrology pulmonology neurology "
      "consultants orthopaedics "
      "vascular boats wound care surgical transit flooring nicu picu micu sicu ed er icu opd elem "
      "pd ci cc sci cir corr vision hearing ent sleep hospice homecare mobility oxygen tox walk "
      "dental renal",
      W_TAIL },
    { "intake admission encounter visit referral facility transfer", W_OPENS },
    { "from to for by with at via works worked", W_PREP },
    { "at from to on twin second iron copper zinc silver salt stone cherry honey crystal", W_GONE },
    { "uss usns uscgc hmcs hms v mv", W_SHIP },
    { "at of", W_AT },
    { "the", W_THE },
    { "lives live lived living resides residing stays home", W_DWELLS },
    { "iglesia templo parroquia congregation masjid mosque gurdwara mandir shul kollel yeshiva "
      "casa hogar escuela colegio clinica clínica hopital clsc chslc maison centro project "
      "operation camp brasserie taqueria tienda carniceria panaderia",
      W_LEAD },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

struct run {
    struct extent s;
    uint32_t n;    /* words */
    int known;     /* words that no name of any house has */
    bool has_tail; /* its last word is one that such names end in */
};

/* May the word at i be in such a name? */
static bool is_part(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(FUNCTION) | LEX(TITLE) | LEX(CREDENTIAL) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(RELATIVE) | LEX(DRUG) | LEX(UNIT);
    const enum shape s = shape_of(d, i);
    if (d->tok[i].len == 1) /* "E. J. Trelby" */
        return d->tok[i].flags & TOK_CAP && doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1);
    if (s != SHAPE_TITLE && s != SHAPE_ACRONYM) return false;
    return !(d->shield[i] & (SHIELD_TAG | SHIELD_MEASURE)) &&
           (!(d->lex[i]->bits & never) ||
            d->lex[i]->bits & (LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(TRADE) | LEX(PLACE)));
}

bool organization_is_tail(const struct doc *d, uint32_t i)
{
    return d->lex[i]->bits & (LEX(ORG_HEAD) | LEX(TRADE)) || cls(d, i) & W_TAIL ||
           extent_is_practice(d, i);
}

/* The token that goes on with the name behind `last`: over "&", "'s", "-", "of the", initials' dots. 0: none. */
static uint32_t next_part(const struct doc *d, uint32_t last)
{
    uint32_t j = last + 1;
    if (doc_is_mark(d, j, '\'')) {
        if (organization_is_tail(d, last) || doc_is_word(d, last, VIEW("center")))
            return 0; /* "Medical Center's Outpatient Department" */
        j = shape_after_possessive(d, last);
    }
    if (doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1)) j++;
    if (doc_is_mark(d, j, '.') && doc_joined(d, j) && d->tok[last].len == 1) j++;
    if (doc_is_mark(d, j, '&') || doc_is_word(d, j, VIEW("and"))) j++;
    if (doc_is_word(d, j, VIEW("of"))) j++;
    if (doc_is_word(d, j, VIEW("the")) && j > last + 1) j++;
    if (doc_is_word(d, j, VIEW("du")) || doc_is_word(d, j, VIEW("del"))) j++; /* "Fond du Lac" */
    for (uint32_t k = last + 1; k <= j; k++)
        if (k >= d->n || d->tok[k].flags & TOK_LINE || shape_opens_column(d, k)) return 0;
    return is_part(d, j) ? j : 0;
}

static struct run run_at(const struct doc *d, uint32_t i)
{
    struct run r = { .s = { .first = i, .last = i } };
    for (uint32_t j = i; j && r.n < WORDS_MAX; j = next_part(d, j)) {
        const struct lex_info *l = d->lex[j];
        r.n++;
        r.s.last = j;
        r.known += l->bits & LEX(MEDICAL) && l->word >= 3;
        if (!organization_is_tail(d, j)) extent_count(d, j, &r.s);
    }
    const uint32_t after = shape_after_possessive(d, r.s.last);
    r.has_tail = organization_is_tail(d, r.s.last);
    if (after > r.s.last + 1) r.s.last = after - 1; /* "Zelby's" */
    return r;
}

/* "faxed", "due": what is done with a paper for somebody's employer. */
static bool is_handed_on(const struct doc *d, uint32_t last)
{
    return doc_is_word(d, (int64_t)last + 1, VIEW("faxed")) ||
           doc_is_word(d, (int64_t)last + 1, VIEW("signed")) ||
           doc_is_word(d, (int64_t)last + 1, VIEW("due"));
}

/* Does the field or clause end behind token `last`? */
static bool is_over(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (last + 1 >= d->n || t->flags & TOK_LINE || shape_opens_column(d, last + 1)) return true;
    return t->kind == TOK_NUMBER || doc_bits(d, (int64_t)last + 1) & LEX(FUNCTION) ||
           (t->kind == TOK_MARK && t->hash != ':' && t->hash != '=');
}

/* "Employer: Peterbilt", "works Whirlpool", "INTAKE - Sorvik House": no person and no service stands here. */
static bool is_sure_frame(const struct doc *d, uint32_t i)
{
    const int64_t b = (int64_t)i - 1;
    const struct token *t = doc_tok(d, b);
    if (t->kind == TOK_MARK) {
        if (t->hash == ':') /* "Day care: Little Lambs" */
            return cls(d, b - 1) & W_FIELD ||
                   (doc_is_word(d, b - 1, VIEW("care")) && doc_is_word(d, b - 2, VIEW("day")));
        if (t->hash == '(') return workplace_before(d, i);
        /* "INTAKE - Sorvik House", "Psych intake - Sorvik House", not "Intake - Initial Assessment" */
        return t->hash == '-' && !doc_joined(d, i) && cls(d, b - 1) & W_OPENS &&
               (doc_tok(d, b - 1)->flags | doc_tok(d, b - 2)->flags) & TOK_LINE &&
               extent_is_telling(d, i);
    }
    if (doc_is_word(d, b, VIEW("for")) || doc_is_word(d, b, VIEW("with")))
        return workplace_before(d, i) || cls(d, b - 1) & W_PAPER;
    if (cls(d, b) & W_HOUSE) return true;
    return doc_is_word(d, b, VIEW("works")) || doc_is_word(d, b, VIEW("worked"));
}

/* "paperwork for …", "transferred in from …", "urgent care (…", "LCSW, …", "Client: …" */
static bool is_weak_frame(const struct doc *d, uint32_t i)
{
    const int64_t b = (int64_t)i - 1;
    const struct token *t = doc_tok(d, b);
    if (t->kind == TOK_MARK) {
        /* any of is_frame_mark */
        return t->hash != ':' || cls(d, b - 1) & (W_CLIENT | W_FIELD);
    }
    if (!(cls(d, b) & W_PREP)) return cls(d, b) & W_CLIENT;
    for (int64_t j = b - 1; j >= 0 && j >= b - 1 - REACH; j--)
        if (cls(d, j) & (W_SENT | W_PAPER)) return true;
    return workplace_before(d, i);
}

/* One word of medicine or usual language is an answer, more are a name. */
static bool is_name(const struct doc *d, const struct run *r)
{
    const struct lex_info *l = d->lex[r->s.first];
    if (cls(d, r->s.first) & W_NONE || r->known) return false;
    if (r->n > 1) return true;
    return l->word < 4 && d->tok[r->s.first].len > 3 &&
           !(l->bits & (LEX(DEMONYM) | LEX(ORG_HEAD) | LEX(TRADE) | LEX(CLINICIAN))) &&
           !(l->given > 2 && l->given > l->place);
}

static err frame_at(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    if (!is_part(d, i)) return OK;
    const bool sure = is_sure_frame(d, i);
    const struct token *after = doc_tok(d, (int64_t)i + 1); /* of a name of two words */
    if (!sure && ((!(after->flags & TOK_CAP) && after->kind != TOK_MARK) || !is_weak_frame(d, i)))
        return OK;
    const struct run r = run_at(d, i);
    const bool named = r.n > 1 && r.s.telling && r.has_tail && !(cls(d, i) & W_NONE);
    const bool house =
        cls(d, (int64_t)i - 1) & W_HOUSE && !d->lex[i]->bits; /* "HMP Larkmoor wing C" */
    if (!named && !house &&
        !(sure && is_name(d, &r) && (is_over(d, r.s.last) || is_handed_on(d, r.s.last))))
        return OK;
    if (place_is_cited(d, r.s.first, r.s.last)) return OK;
    return organization_emit(d, r.s, RULE_ORG_FRAME, named ? 0.85F : 0.75F, out, next);
}

/* "Employer Pacific Gas and Electric, Zelby": any capital words behind the head of that field, of
 * medicine too, but an answer of another kind. The first is token i. */
static err employer_at(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const uint64_t never = LEX(ABBREVIATION) | LEX(CLINICIAN) | LEX(RELATIVE) | LEX(DRUG);
    const uint64_t heads = LEX(CUE_PHONE) | LEX(CUE_FAX) | LEX(CUE_ADDRESS) | LEX(CUE_ID) |
                           LEX(NAME_CUE) | LEX(CUE_DATE) | LEX(CUE_ACCOUNT);
    if (i >= d->n || d->tok[i].flags & TOK_LINE ||
        !(is_part(d, i) || (d->tok[i].len > 4 && shape_of(d, i) == SHAPE_TITLE)) ||
        cls(d, i) & W_NONE || doc_bits(d, i) & heads || d->shield[i] & SHIELD_TAG)
        return OK;
    const struct run r = run_at(d, i);
    if (r.n == 1 && (doc_bits(d, i) & never || d->lex[i]->word >= 4 || d->tok[i].len < 3 ||
                     extent_is_practice(d, i)))
        return OK;
    const struct token *after = doc_tok(d, (int64_t)r.s.last + 1);
    if (!is_over(d, r.s.last) && !(after->flags & TOK_LOWER)) return OK;
    return organization_emit(d, r.s, RULE_ORG_FRAME, 0.75F, out, next);
}

/* "The Ada Roe Unit", "The Winship-Lowe Unit": a unit that is called by somebody, whose name begins at token i. */
SELDOM static err unit_at(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    enum { NAMES = 3 };
    uint32_t j = i, n = 0;
    for (; n <= NAMES && j < d->n && !(d->tok[j].flags & TOK_LINE); n++, j++) {
        if (n && doc_is_word(d, j, VIEW("unit"))) break;
        if (shape_of(d, j) != SHAPE_TITLE || d->shield[j] & SHIELD_TAG ||
            extent_is_practice(d, j) ||
            (doc_bits(d, j) & (LEX(FUNCTION) | LEX(MEDICAL)) && d->lex[j]->word >= 2))
            return OK;
        if (doc_is_mark(d, (int64_t)j + 1, '-') && doc_joined(d, j + 1) && doc_joined(d, j + 2))
            j++;
    }
    if (j >= d->n || !doc_is_word(d, j, VIEW("unit")) || shape_of(d, j) != SHAPE_TITLE ||
        d->tok[j].flags & TOK_LINE || doc_tok(d, (int64_t)j + 1)->kind == TOK_NUMBER ||
        extent_plain(d, i, j) < 0)
        return OK;
    for (uint32_t k = i; k < j; k++)
        if (extent_is_telling(d, k)) {
            *next = j + 1;
            return findings_add(
                out, doc_finding(d, i - 1, j, LABEL_ORGANIZATION, RULE_ORG_FRAME, 0.85F));
        }
    return OK;
}

/* "at The Lantern", "costs; The Bountiful Basket": plain words behind a capital "The" in mid-sentence, the first of
 * them token i. One alone needs a word of place before. */
SELDOM static err the_house_at(const struct doc *d, uint32_t i, struct findings *out,
                               uint32_t *next)
{
    enum { NAMES = 4, USUAL = 7 };
    const int64_t b = (int64_t)i - 2;
    const struct token *before = doc_tok(d, b);
    const bool led = before->flags & TOK_LOWER && cls(d, b) & (W_PREP | W_AT);
    if (b < 0 || cls(d, b - 1) & W_DWELLS || d->tok[i - 1].flags & TOK_LINE ||
        d->tok[i].flags & TOK_LINE || shape_opens_column(d, i - 1) || shape_opens_column(d, i) ||
        !(led || before->hash == ';' || before->hash == '(' || before->hash == '/'))
        return OK;
    uint32_t last = i, n = 1;
    for (uint32_t j = next_part(d, i); j && n <= NAMES; j = next_part(d, j), n++)
        last = j;
    if (n > NAMES || shape_of(d, i) != SHAPE_TITLE || extent_plain(d, i, last + 1) < (int)n ||
        (n == 1 && (!led || d->lex[i]->word >= USUAL)) || !is_over(d, last))
        return OK;
    *next = last + 1;
    return findings_add(out,
                        doc_finding(d, i - 1, last, LABEL_ORGANIZATION, RULE_ORG_FRAME, 0.75F));
}

/* "Iglesia Roca Fuerte", "Masjid As-Salaam": what it is, right before the name that begins at token i. */
SELDOM static err led_at(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    if (shape_of(d, (int64_t)i - 1) != SHAPE_TITLE || !is_part(d, i) || shape_opens_column(d, i) ||
        d->tok[i].flags & TOK_LINE || d->shield[i - 1] & SHIELD_TAG)
        return OK;
    struct run r = run_at(d, i);
    if (r.known || !(r.s.telling || r.n > 1) ||
        doc_bits(d, i) & (LEX(CLINICIAN) | LEX(MEDICAL) | LEX(ORG_HEAD)))
        return OK;
    r.s.first = i - 1;
    r.s.telling = 1;
    return organization_emit(d, r.s, RULE_ORG_FRAME, 0.8F, out, next);
}

/* "Dr A Kelly, Larkmoor Lane Surgery": a title at most four tokens before the comma at `comma`. */
static bool is_titled(const struct doc *d, int64_t comma)
{
    for (int64_t j = comma - 1; j >= 0 && j >= comma - TITLE_REACH; j--) {
        if (doc_bits(d, j) & LEX(TITLE)) return true;
        if (d->tok[j].kind == TOK_WORD ? !(d->tok[j].flags & TOK_CAP) : d->tok[j].hash != '.')
            return false;
        if (d->tok[j].flags & TOK_LINE) return false;
    }
    return false;
}

/* Is the mark before token i one that a name may stand behind? */
static bool is_frame_mark(const struct doc *d, uint32_t i)
{
    const uint64_t mark = d->tok[i - 1].hash;
    if (mark == ':') return cls(d, (int64_t)i - 2) & (W_FIELD | W_CLIENT | W_TAIL); /* "care:" */
    return mark == '(' || (mark == '-' && !doc_joined(d, i)) ||
           (mark == ',' &&
            (doc_bits(d, (int64_t)i - 2) & LEX(CREDENTIAL) || is_titled(d, (int64_t)i - 1)));
}

uint32_t organization_tail_end(const struct doc *d, uint32_t last)
{
    uint32_t end = last, n = 0;
    for (uint32_t j = next_part(d, last); j && n < WORDS_MAX; j = next_part(d, j), n++)
        if (organization_is_tail(d, j)) end = j;
    return end;
}

err organization_frames(const struct doc *d, struct findings *out)
{
    err e = OK;
    const struct wordset *w = wordset_ready(&words);
    uint32_t next = 0;
    if (d->is_caseless) return organization_small(d, out);
    for (uint32_t k = 0; k < d->called.n; k++) {
        const uint32_t i = d->called.v[k];
        const struct token *before = &d->tok[i - 1]; /* none of the list begins a line */
        const uint32_t class = before->kind == TOK_WORD ? wordset_find(w, before->hash)
                               : before->kind == TOK_MARK && is_frame_mark(d, i) ? W_CLIENT
                                                                                 : 0;
        if (LIKELY(!class) || i < next) continue;
        if (class & W_AT) TRY(organization_house(d, i, out, &next));
        if (class & W_THE && before->flags & TOK_CAP) {
            TRY(unit_at(d, i, out, &next));
            if (i >= next) TRY(the_house_at(d, i, out, &next));
        }
        if (class & (W_THE | W_GONE) && i > 2 &&
            doc_is_word(d, (int64_t)i - 2 - !(class & W_THE), VIEW("of")))
            TRY(organization_hospice(d, i, out, &next));
        if (class & W_FIELD && before->flags & TOK_CAP &&
            doc_is_word(d, (int64_t)i - 1, VIEW("employer")))
            TRY(employer_at(d, i, out, &next));
        if (class & W_SHIP) TRY(organization_ship(d, i, out, &next));
        if (class & W_LEAD) TRY(led_at(d, i, out, &next));
        if (class & (W_PREP | W_CLIENT | W_HOUSE) && i >= next) TRY(frame_at(d, i, out, &next));
        if (class & W_GONE && i >= next) TRY(organization_gone(d, i, out, &next));
    }
out:
    return e;
}
