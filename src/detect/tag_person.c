#include "detect/tag_person.h"

#include "detect/shape.h"
#include "detect/tag_feature.h"
#include "detect/wordset.h"

enum {
    WORD_GREETS = 1, /* before a name, at the head of a message */
    WORD_THANKS = 2, /* before the name that closes one */
    WORD_ROLE = 4,   /* before a name: somebody's part in the work */
    WORD_AGENT = 8,  /* before a name: who did it */
    WORD_LINK = 16,  /* between things of a list */
    WORD_HEAD = 32,  /* with a colon, before the names of a hand-over */
    WORD_DOES = 64   /* behind a name: where it lies, what it does or is told */
};
static const struct wordset_row word_rows[] = {
    { "hi hello hey dear", WORD_GREETS },
    { "thanks thank you thx regards sincerely soon best cheers yours bless blessings",
      WORD_THANKS },
    { "asst assistant surgeon sitter mgr teacher coach chaplain caseworker student officer medic "
      "rep "
      "tech technician interpreter scribe chaperone witness pastor judge neighbor roommate "
      "caregiver "
      "attn presenter consent guardian claimant examinee investigator surveyor cellmate inmate "
      "host "
      "rider driver athlete landlord sponsor subscriber custodian homeroom manager adjuster clerk "
      "crew team pct cna rt signed consultation consultant covering admitting relief provider",
      WORD_ROLE },
    { "by per", WORD_AGENT },
    { "and or", WORD_LINK },
    { "npo sick watch pending today rounds handoff signout census consults call covering "
      "discharged admitted",
      WORD_HEAD },
    { "bed rm room covers rounding medicated resting crying updated informed notified aware agree "
      "agrees refused ambulated full v",
      WORD_DOES },
};
static struct wordset words = WORDSET(word_rows);

static uint32_t word_class(const struct doc *d, int64_t i)
{
    return i < 0 ? 0 : wordset_class(wordset_ready(&words), doc_tok(d, i));
}

/* A point behind an initial or a title ends nothing. */
static bool is_stop(const struct doc *d, uint32_t i)
{
    if (doc_is_mark(d, i, ';')) return true;
    const struct token *w = doc_tok(d, (int64_t)i - 1);
    const uint64_t short_forms = LEX(TITLE) | LEX(SUFFIX) | LEX(SAINT) | LEX(CREDENTIAL);
    return doc_is_mark(d, i, '.') &&
           !(w->kind == TOK_WORD && (w->len == 1 || (doc_bits(d, (int64_t)i - 1) & short_forms)));
}

static bool has_age_behind(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 1;
    if (doc_is_mark(d, i, ',') || doc_is_mark(d, i, '(')) i++;
    const struct token *n = doc_tok(d, i), *sex = doc_tok(d, (int64_t)i + 1);
    if (n->kind != TOK_NUMBER || n->len > 3 || n->hash > 120 || (n->flags & TOK_LINE)) return false;
    char c = sex->kind == TOK_WORD && sex->len == 1 ? ascii_lower(d->text.p[sex->start]) : 0;
    return c == 'm' || c == 'f' || (doc_bits(d, (int64_t)i + 1) & LEX(CUE_AGE));
}

bool tag_person_is_near(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t before = LEX(TITLE) | LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN);
    const uint64_t behind = LEX(CREDENTIAL) | LEX(PERSON_VERB) | LEX(CUE_AGE);
    if (has_age_behind(d, last)) return true;
    for (uint32_t i = first, n = 0; i > 0 && n < 3 && !(d->tok[i].flags & TOK_LINE); n++) {
        i--;
        bool counts =
            doc_tok(d, (int64_t)i - 1)->kind != TOK_NUMBER && !d->shield[i]; /* "19 Fr Blake" */
        if (counts && (d->lex[i]->bits & before)) return true;
        if (is_stop(d, i)) break;
    }
    for (uint32_t i = last + 1, n = 0; i < d->n && n < 3 && !(d->tok[i].flags & TOK_LINE);
         i++, n++) {
        uint64_t bits = d->lex[i]->bits;
        if (doc_is_mark(d, i, ';') || doc_is_mark(d, i, '.')) return false;
        if (bits & (n ? behind & ~LEX(PERSON_VERB) : behind)) return true;
        if (n && (bits & LEX(RELATIVE)) && doc_is_mark(d, (int64_t)last + 1, ',')) return true;
    }
    return false;
}

static uint8_t hit_label(const uint8_t *hit, uint32_t i)
{
    return hit ? hit[i] & 0x1F : 0; /* 1 + label */
}

static bool is_of_person(uint8_t hit)
{
    return hit == 1 + LABEL_PHONE || hit == 1 + LABEL_FAX || hit == 1 + LABEL_EMAIL ||
           hit == 1 + LABEL_MRN || hit == 1 + LABEL_SSN || hit == 1 + LABEL_ID;
}

bool tag_person_has_number(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    for (uint32_t i = last + 1, n = 0; i < d->n && n < 4 && !doc_opens_line(d, i); i++, n++) {
        if (is_of_person(hit_label(hit, i))) return true;
        if (is_stop(d, i)) break;
    }
    for (uint32_t i = first, n = 0; n < 2 && !doc_opens_line(d, i); n++)
        if (is_of_person(hit_label(hit, --i))) return true;
    return false;
}

/* "Birdwell 0806", "Klinkzebach 6 p.m.", "Asampoko 15:04": the hour at which somebody did it. */
static bool is_hour(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *next = doc_tok(d, i + 1);
    if (t->hash > 2359) return false;
    if (t->len == 4) return t->hash % 100 < 60 && d->text.p[t->start] == '0';
    if (t->len > 2) return false;
    if (next->hash == ':' && next->kind == TOK_MARK && doc_joined(d, i + 1))
        return doc_tok(d, i + 2)->kind == TOK_NUMBER && doc_tok(d, i + 2)->len == 2 &&
               doc_joined(d, i + 2);
    return next->kind == TOK_WORD &&
           (doc_is_word(d, i + 1, VIEW("am")) || doc_is_word(d, i + 1, VIEW("pm")) ||
            (doc_is_mark(d, i + 2, '.') && doc_is_word(d, i + 3, VIEW("m")) &&
             doc_joined(d, i + 2) && doc_joined(d, i + 3)));
}

/* "Katz 4/6" */
bool tag_person_has_value(const struct doc *d, const uint8_t *hit, uint32_t last)
{
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    return next->kind == TOK_NUMBER && !(next->flags & TOK_LINE) && !(hit && hit[last + 1]) &&
           !is_hour(d, (int64_t)last + 1);
}

/* "Jeep Wrangler, [VEHICLE]": the model of one whose plate was masked. */
static bool is_model(const struct doc *d, uint32_t last)
{
    return doc_is_mark(d, (int64_t)last + 1, ',') && doc_is_mark(d, (int64_t)last + 2, '[') &&
           doc_is_word(d, (int64_t)last + 3, VIEW("vehicle"));
}

/* "Cefepimex" over a line "3/4/2020 10:00 1 g IV" */
static bool is_over_dose(const struct doc *d, uint32_t last)
{
    enum { REACH = 12 };
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    if (next->kind != TOK_NUMBER || !(next->flags & TOK_LINE)) return false;
    for (int64_t i = (int64_t)last + 3; i < (int64_t)last + REACH; i++) {
        if (doc_tok(d, i)->flags & TOK_LINE) break;
        if (doc_bits(d, i) & LEX(UNIT) && doc_tok(d, i - 1)->kind == TOK_NUMBER) return true;
    }
    return false;
}

/* "Ohtuvayre, 2 refills", "Zorbexil works well", "was tapered": what is done with medicines and never with persons.
 * "Cita el 3/5": nor is what a line of a Spanish note begins with anybody. */
bool tag_person_is_thing(const struct doc *d, uint32_t last)
{
    enum { GIVEN = 1, WAS = 2, WORKS = 4, HEAD = 8 };
    static const struct wordset_row rows[] = {
        { "refill refills tab tabs tablet tablets capsule capsules vial vials tapered titrated "
          "discontinued "
          "refilled uptitrated",
          GIVEN },
        { "was is were been being", WAS },
        { "works worked", WORKS },
        { "cita citas motivo fecha edad domicilio consulta turno receta", HEAD },
    };
    static struct wordset deeds = WORDSET(rows);
    const struct wordset *set = wordset_ready(&deeds);
    if (wordset_class(set, &d->tok[last]) & HEAD) return true;
    int64_t i = (int64_t)last + 1;
    if (is_over_dose(d, last) || is_model(d, last)) return true;
    if (doc_is_mark(d, i, ',') || doc_is_mark(d, i, ':')) i++;
    if (wordset_class(set, doc_tok(d, i)) & WORKS) return doc_is_word(d, i + 1, VIEW("well"));
    if (doc_tok(d, i)->kind == TOK_NUMBER || wordset_class(set, doc_tok(d, i)) & WAS) i++;
    return wordset_class(set, doc_tok(d, i)) & GIVEN;
}

/* "Patient: [NAME]  Lang: Hmong": the name of the next field, whether a person or a mask stands in the one before. */
bool tag_person_is_field_head(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { FAR = 32 };
    if (doc_opens_line(d, first) || !shape_opens_column(d, first) ||
        !doc_is_mark(d, (int64_t)last + 1, ':') || !doc_joined(d, last + 1))
        return false;
    for (uint32_t i = first - 1, n = 0; n < FAR && !doc_opens_line(d, i); i--, n++)
        if (doc_is_mark(d, i, ':') && doc_joined(d, i) && !doc_joined(d, i + 1)) return true;
    return false;
}

static bool is_sure_person(const uint8_t *hit, uint32_t i)
{
    return hit_label(hit, i) == 1 + LABEL_NAME && !(hit[i] & TAG_HIT_UNSURE);
}

/* A person that the rules are sure of stands on the same line, not far. */
static bool has_person_on_line(const struct doc *d, const uint8_t *hit, uint32_t first,
                               uint32_t last, uint32_t far)
{
    for (uint32_t i = first, n = 0; n < far && !doc_opens_line(d, i); n++)
        if (is_sure_person(hit, --i)) return true;
    for (uint32_t i = last, n = 0; n < far && !doc_ends_line(d, i); n++)
        if (is_sure_person(hit, ++i)) return true;
    return false;
}

static bool is_list_mark(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';') || doc_is_mark(d, i, '.');
}

static bool links(const struct doc *d, int64_t i)
{
    return word_class(d, i) & WORD_LINK;
}

bool tag_person_is_listed(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    enum { NEAR = 8 };
    int64_t before = (int64_t)first - 1, behind = shape_after_possessive(d, last);
    if (d->tok[last].len == 1 && doc_is_mark(d, behind, '.')) behind++; /* an initial */
    bool begins = doc_opens_line(d, first) || is_list_mark(d, before);
    bool ends =
        behind >= (int64_t)d->n || doc_opens_line(d, (uint32_t)behind) || is_list_mark(d, behind);
    /* "Namenda and Exelon." */
    if (!begins && ends) begins = links(d, before) && is_list_mark(d, before - 2);
    if (begins && !ends) ends = links(d, behind) && is_list_mark(d, behind + 2);
    /* "PEG placement 4/23/2010, Scarr." */
    bool is_dated =
        first > 1 && doc_is_mark(d, before, ',') && hit_label(hit, first - 2) == 1 + LABEL_DATE;
    return begins && ends && !is_dated && !has_person_on_line(d, hit, first, last, NEAR);
}

/* ------------------------------------------------------------------ places of a page */

static bool is_cell_mark(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '|');
}

static bool has_tab_before(const struct doc *d, uint32_t i)
{
    uint32_t from = i ? token_end(&d->tok[i - 1]) : 0;
    return memchr(d->text.p + from, '\t', d->tok[i].start - from) != NULL;
}

/* "…	hysterectomy	Havdottir": alone in its column, and a person in another. */
static bool is_cell(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    enum { FAR = 32 };
    bool left =
        !doc_opens_line(d, first) && (has_tab_before(d, first) || is_cell_mark(d, first - 1));
    bool right =
        !doc_ends_line(d, last) && (has_tab_before(d, last + 1) || is_cell_mark(d, last + 1));
    if (!(left || right) || !(left || doc_opens_line(d, first)) ||
        !(right || doc_ends_line(d, last)))
        return false;
    return has_person_on_line(d, hit, first, last, FAR);
}

/* "Thank you, Sofía.", "… at 961-3040. - Nuno", a line of its own at the end: the last words of a message. */
static bool closes(const struct doc *d, uint32_t first, uint32_t last)
{
    bool stops = doc_is_mark(d, (int64_t)last + 1, '.');
    bool ends = doc_ends_line(d, last) || (stops && doc_ends_line(d, last + 1));
    if (doc_is_mark(d, (int64_t)first - 1, ',') &&
        ((first > 8 && doc_opens_line(d, first)) ||
         word_class(d, (int64_t)first - 2) & WORD_THANKS))
        return ends || stops;
    if (doc_is_mark(d, (int64_t)first - 1, '-') && !doc_joined(d, first))
        return ends && d->tok[first - 1].flags & (TOK_SPACE | TOK_LINE);
    return first > 8 && doc_opens_line(d, first) && last + 1 >= d->n;
}

/* "Zerata, Atieno" above a line that begins with a date or a number of a patient's. */
static bool heads(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    enum { SHORT = 5 };
    uint32_t a = first, b = last;
    while (!doc_opens_line(d, a) && first - a < SHORT)
        a--;
    while (!doc_ends_line(d, b) && b - last < SHORT)
        b++;
    if (!doc_opens_line(d, a) || !doc_ends_line(d, b) || b - a >= SHORT || b + 1 >= d->n)
        return false;
    uint8_t next = hit_label(hit, b + 1);
    return next == 1 + LABEL_DATE || is_of_person(next);
}

/* "D/c today: Bone, Nusshaus": what the list that it is in stands under. */
static bool is_under_head(const struct doc *d, uint32_t first)
{
    enum { FAR = 12 };
    for (uint32_t i = first, n = 0; n < FAR && !doc_opens_line(d, i); n++) {
        i--;
        if (doc_is_mark(d, i, ':')) return word_class(d, (int64_t)i - 1) & (WORD_HEAD | WORD_ROLE);
        bool goes_on = doc_is_mark(d, i, ',') || doc_is_mark(d, i, '-') || links(d, i) ||
                       (d->tok[i].kind == TOK_WORD && !(d->tok[i].flags & TOK_LOWER));
        if (!goes_on && !d->is_caseless) return false;
    }
    return false;
}

/* "3. Kristensen, bed 16: psoriasis", "Yip rounding with": at the head of a line or sentence, and what only a person
 * does or has behind it. */
static bool is_told_of(const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t i = last + 1;
    if (doc_is_mark(d, i, ',') || doc_is_mark(d, i, ':') || doc_is_mark(d, i, '-')) i++;
    return i < d->n && !doc_opens_line(d, i) && (word_class(d, i) & WORD_DOES) &&
           shape_starts_sentence(d, first);
}

bool tag_person_is_placed(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    if (is_under_head(d, first) || is_told_of(d, first, last)) return true;
    if (first && !doc_opens_line(d, first)) {
        uint32_t before = word_class(d, (int64_t)first - 1);
        const bool led = doc_is_mark(d, (int64_t)first - 1, ':') ||
                         (doc_is_mark(d, (int64_t)first - 1, '.') && doc_joined(d, first - 1));
        if (led && first > 1) before = word_class(d, (int64_t)first - 2) & WORD_ROLE;
        if (before & WORD_GREETS && doc_opens_line(d, first - 1)) return true;
        if (before & (WORD_ROLE | WORD_AGENT)) return true;
    }
    return closes(d, first, last) || heads(d, hit, first, last) || is_cell(d, hit, first, last);
}
